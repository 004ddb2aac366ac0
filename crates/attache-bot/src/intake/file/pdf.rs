//! The text layer of a PDF, its lines joined to paragraphs.

use std::collections::{BTreeSet, HashMap};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use pdf_extract::{Document, Object, PlainTextOutput, output_doc_page};

use super::{BadFile, Kind, pdf_guard};
use crate::intake::Draft;
use crate::intake::page::day_of_lines;

/// Most pages read.
const MOST_PAGES: usize = 400;
/// Longest reading of a file; what takes longer is given up, and its thread left to itself.
const LONGEST: Duration = Duration::from_secs(60);
/// What is said where the library panics.
const BROKEN: &str = "it is broken in a way its reader does not know";
/// Stack of the thread that reads: the library recurses over nested objects.
const STACK: usize = 16 << 20;

/// The name of threads whose panics are a file's fault and nobody's news.
const THREAD: &str = "attache-pdf";

/// Keeps what [`THREAD`]s panic with out of the log: the refusal says it. Other panics are told as before.
fn keep_quiet() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(THREAD) {
                told(panic);
            }
        }));
    });
}

/// Reads the text. The library panics on some broken files; it does so in a thread of its own.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, BadFile> {
    keep_quiet();
    pdf_guard::streams(bytes).map_err(|what| damaged(&what))?;
    let bytes = bytes.to_vec();
    let (tell, hear) = sync_channel(1);
    let work = move || {
        let read = catch_unwind(AssertUnwindSafe(|| extract(&bytes)));
        // Whoever asked may have stopped waiting.
        let _ = tell.send(read.unwrap_or_else(|_| Err(damaged(BROKEN))));
    };
    let thread = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK);
    thread.spawn(work).map_err(|error| damaged(&error.to_string()))?;
    match hear.recv_timeout(LONGEST) {
        Ok(read) => read,
        Err(RecvTimeoutError::Timeout) => {
            Err(damaged(&format!("it is not read in {} seconds", LONGEST.as_secs())))
        }
        Err(RecvTimeoutError::Disconnected) => Err(damaged(BROKEN)),
    }
}

fn damaged(what: &str) -> BadFile {
    BadFile::Damaged { kind: Kind::Pdf, what: what.to_owned() }
}

fn extract(bytes: &[u8]) -> Result<Draft, BadFile> {
    let document = Document::load_mem(bytes).map_err(|error| damaged(&error.to_string()))?;
    if document.is_encrypted() || document.trailer.get(b"Encrypt").is_ok() {
        return Err(BadFile::Locked(Kind::Pdf));
    }
    let count = document.get_pages().len();
    if count == 0 {
        return Err(damaged("it has no pages"));
    }
    if count > MOST_PAGES {
        return Err(damaged(&format!("it has {count} pages, at most {MOST_PAGES} are read")));
    }
    pdf_guard::structure(&document).map_err(|what| damaged(&what))?;
    let mut pages = Vec::new();
    for number in document.get_pages().into_keys() {
        let mut page = String::new();
        let mut output = PlainTextOutput::new(&mut page);
        output_doc_page(&document, &mut output, number)
            .map_err(|error| damaged(&format!("page {number}: {error}")))?;
        pages.push(page);
    }
    let letters = pages.iter().flat_map(|page| page.chars()).filter(|c| c.is_alphabetic()).count();
    if letters < 20 {
        return Err(BadFile::Scanned(count));
    }
    let text = paragraphs(&pages);
    Ok(Draft { title: title(&document), published: day_of_lines(&text), text, ..Draft::default() })
}

/// The title the file states, unless it is the name of the program or file it was made from.
fn title(document: &Document) -> Option<String> {
    let info = document
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .and_then(|id| document.get_dictionary(id))
        .ok()?;
    let title = pdf_extract::decode_text_string(info.get(b"Title").ok()?).ok()?;
    let title = title.trim().to_owned();
    let named = [".doc", ".docx", ".pdf", ".indd", "Microsoft Word", "untitled", "Untitled"];
    (title.split_whitespace().count() >= 3 && !named.iter().any(|part| title.contains(part))).then_some(title)
}

/// Joins the lines of pages to paragraphs: without what stands on every page, with words put
/// together again that were parted at a line's end.
fn paragraphs(pages: &[String]) -> String {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let edges: BTreeSet<&str> = lines.iter().take(2).chain(lines.iter().rev().take(2)).copied().collect();
        for line in edges {
            *seen.entry(line).or_default() += 1;
        }
    }
    let repeated =
        |line: &str| pages.len() >= 3 && seen.get(line).is_some_and(|times| *times * 2 > pages.len());
    let mut done: Vec<String> = Vec::new();
    let mut open = String::new();
    for line in pages.iter().flat_map(|page| page.lines().map(str::trim).chain([""])) {
        if line.is_empty() {
            // A page may end within a sentence.
            let ended =
                open.ends_with(['.', '?', '!', ':', '"', '”', '|']) || open.split_whitespace().count() < 12;
            if ended && !open.is_empty() {
                done.push(std::mem::take(&mut open));
            }
            continue;
        }
        let number =
            line.trim_matches(|c: char| !c.is_alphanumeric()).parse::<u32>().is_ok() && line.len() <= 6;
        let page_of = line.len() <= 16 && line.to_lowercase().starts_with("page ");
        if number || page_of || repeated(line) {
            continue;
        }
        let parted = open
            .strip_suffix('-')
            .filter(|head| head.ends_with(char::is_alphabetic) && line.starts_with(char::is_lowercase));
        match parted {
            Some(head) => open = format!("{head}{line}"),
            None if open.is_empty() => line.clone_into(&mut open),
            None => {
                open.push(' ');
                open.push_str(line);
            }
        }
    }
    done.push(open);
    done.retain(|paragraph| !paragraph.is_empty());
    done.join("\n\n")
}
