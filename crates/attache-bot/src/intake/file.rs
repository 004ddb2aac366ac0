//! From a file's bytes to articles, whatever the file is called: text, Markdown, HTML, e-mail, PDF,
//! Word, JSON Lines. The type is told by the content; what is not read is refused by its name.
//!
//! No network, no clock, nothing written; a path is only looked at for its name. Archives within archives, decompression
//! bombs, endless nesting and files that make a parser panic end in a refusal.

mod docx;
mod kind;
mod mail;
mod markdown;
mod pdf;
mod pdf_guard;

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::page::{self, Fetched, NotAnArticle};
use super::{BadArticle, Draft, read_line, read_text};

pub use kind::Kind;

/// How much is read of a file.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of a file.
    pub file: usize,
    /// Most bytes of an article's text.
    pub article: usize,
}

/// Why a file holds no article.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BadFile {
    /// More than is taken.
    #[error("{bytes} bytes are more than a file may have ({most}, the config's intake.largest_file)")]
    TooLarge {
        /// Given.
        bytes: usize,
        /// Taken.
        most: usize,
    },
    /// A type that is not read.
    #[error(
        "it is {0}, which is not read; give text, Markdown, HTML, an e-mail (.eml), a PDF with text, a Word document (.docx) or JSON Lines"
    )]
    Refused(String),
    /// A collection of files.
    #[error("it is {0}; unpack it and give the files in it")]
    Archive(&'static str),
    /// Broken or made to hurt.
    #[error("the {kind} cannot be read: {what}")]
    Damaged {
        /// Its type.
        kind: Kind,
        /// What is wrong.
        what: String,
    },
    /// Pictures of pages.
    #[error("the PDF has no text, only pictures of its {0} pages (a scan); give a PDF with a text layer")]
    Scanned(usize),
    /// A secret is needed.
    #[error("the {0} is protected by a password")]
    Locked(Kind),
    /// The operating system said no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The text itself.
    #[error(transparent)]
    Article(#[from] BadArticle),
    /// The page in it.
    #[error(transparent)]
    Page(#[from] NotAnArticle),
}

/// Whether a file has an article on each line: by its beginning, and by its name where the beginning may
/// be any text. The file is at its beginning afterwards.
///
/// # Errors
/// When it cannot be read.
pub fn has_lines(name: &Path, file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let mut head = Vec::new();
    file.by_ref().take(kind::LOOKED_AT as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let named = name
        .extension()
        .is_some_and(|end| ["jsonl", "ndjson"].iter().any(|known| end.eq_ignore_ascii_case(known)));
    Ok(match Kind::of(&head) {
        Ok(Kind::JsonLines) => true,
        Ok(Kind::Text) => named,
        _ => false,
    })
}

/// Reads a file whole, no further than the limit; `size` is what it is said to have.
///
/// # Errors
/// When it is too large or cannot be read.
pub fn load(file: impl Read, size: Option<u64>, limits: Limits) -> Result<Vec<u8>, BadFile> {
    let too_large = |bytes: u64| BadFile::TooLarge {
        bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
        most: limits.file,
    };
    let most = u64::try_from(limits.file).unwrap_or(u64::MAX);
    if let Some(size) = size.filter(|size| *size > most) {
        return Err(too_large(size));
    }
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() > limits.file {
        return Err(too_large(u64::try_from(bytes.len()).unwrap_or(u64::MAX)));
    }
    Ok(bytes)
}

/// Reads a file that is to hold one article.
///
/// # Errors
/// When it is not read, or holds several.
pub fn read_one(name: &str, bytes: &[u8], limits: Limits) -> Result<Draft, String> {
    let mut drafts = read(name, bytes, limits).map_err(|error| error.to_string())?;
    match (drafts.pop(), drafts.is_empty()) {
        (Some(draft), true) => draft,
        _ => Err("it holds several articles".to_owned()),
    }
}

/// Reads a file of any type.
///
/// Each article or line of JSON Lines is a result of its own; other types hold one article.
///
/// # Errors
/// When the file as a whole is not read; see [`BadFile`].
pub fn read(name: &str, bytes: &[u8], limits: Limits) -> Result<Vec<Result<Draft, String>>, BadFile> {
    if bytes.len() > limits.file {
        return Err(BadFile::TooLarge { bytes: bytes.len(), most: limits.file });
    }
    let draft = match Kind::of(bytes)? {
        Kind::JsonLines => return Ok(lines(&text(bytes), limits.article)),
        Kind::Text if is_markdown(name) => markdown::read(&text(bytes), limits.article)?,
        Kind::Text => read_text(text(bytes).as_bytes(), limits.article)?,
        Kind::Html => html(bytes.to_vec())?,
        Kind::Mail => mail::read(bytes)?,
        Kind::Pdf => pdf::read(bytes)?,
        Kind::Docx => docx::read(bytes)?,
    };
    if draft.text.trim().is_empty() {
        return Err(BadArticle::Empty.into());
    }
    if draft.text.len() > limits.article {
        return Err(BadArticle::TooLarge { bytes: draft.text.len(), most: limits.article }.into());
    }
    Ok(vec![Ok(draft)])
}

/// Markdown is text to any program; only its name tells.
fn is_markdown(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
}

fn text(bytes: &[u8]) -> String {
    page::decode(bytes)
}

fn lines(text: &str, most: usize) -> Vec<Result<Draft, String>> {
    let numbered = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    numbered
        .map(|(line, number)| {
            read_line(line, most).map(|(_, draft)| draft).map_err(|error| format!("line {number}: {error}"))
        })
        .collect()
}

fn html(bytes: Vec<u8>) -> Result<Draft, NotAnArticle> {
    Ok(page::read(&Fetched { bytes, ..Fetched::default() })?.into())
}
