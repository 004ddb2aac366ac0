//! Files of every type that is read, made here; and what is said of those that are not.

use std::io::{Cursor, Write as _};

use attache_bot::intake::Draft;
use attache_bot::intake::file::{Limits, read};
use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LIMITS: Limits = Limits { file: 8 << 20, article: 1 << 20 };
const SENTENCE: &str = "The ministry said that the duty on steel would rise to 25 percent on 1 June.";

fn one(name: &str, bytes: &[u8]) -> Draft {
    let mut drafts = read(name, bytes, LIMITS).unwrap();
    assert_eq!(drafts.len(), 1);
    drafts.pop().unwrap().unwrap()
}

#[track_caller]
fn check_refused(bytes: &[u8], expected: &str) {
    let said = read("file.txt", bytes, LIMITS).unwrap_err().to_string();
    assert!(said.starts_with(expected), "{said}");
}

#[test]
fn text_is_read_in_whatever_charset() {
    assert_eq!(one("a.txt", SENTENCE.as_bytes()).text, SENTENCE);
    assert_eq!(one("a", b"The \x93truce\x94 holds.").text, "The \u{201c}truce\u{201d} holds.");
    let wide: Vec<u8> = "\u{feff}The duty.".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(one("a.txt", &wide).text, "The duty.");
    let head = one("a.txt", b"---\ntitle: Duties\npublished: 2025-05-23\n---\nText.");
    assert_eq!(
        (head.title.as_deref(), head.published.unwrap().to_string().as_str()),
        (Some("Duties"), "2025-05-23")
    );
}

#[test]
fn markdown_is_read_without_its_marks() {
    let markdown = "---\npublished: 2025-05-23\n---\n# Duties rise\n\nThe **duty** on [steel](https://a.example) rises\nto *25%*. ![x](y.png)\n\n- first list\n- second `list`\n\n| Good | Rate |\n|---|---|\n| Steel | 25% |\n";
    let draft = one("a.md", markdown.as_bytes());
    assert_eq!(draft.title.as_deref(), Some("Duties rise"));
    assert_eq!(
        draft.text,
        "The duty on steel rises to 25%.\n\n- first list\n- second list\n\nGood | Rate\n\nSteel | 25%"
    );
}

#[test]
fn html_is_read_as_a_page_whatever_its_name() {
    let html = format!(
        "<!doctype html><title>Duty on steel rises</title><meta property='article:published_time' content='2025-05-23T10:00:00+02:00'><h1>Duty on steel rises</h1><p>{SENTENCE}</p><p>{SENTENCE}</p>"
    );
    let draft = one("saved.txt", html.as_bytes());
    assert_eq!(draft.text, format!("{SENTENCE}\n\n{SENTENCE}"));
    assert_eq!(draft.published.unwrap().to_string(), "2025-05-23");
    check_refused(b"<html><title>404 Not Found</title><h1>404 Not Found</h1><p>nginx", "it is an error page");
}

#[test]
fn an_email_gives_its_subject_sender_and_day() {
    let mail = "Return-Path: <press@trade.example>\r\nFrom: \"Trade Ministry\" <press@trade.example>\r\nTo: list@trade.example\r\nSubject: Fwd: =?utf-8?Q?Duty_on_steel_=E2=80=93_notice?=\r\nDate: Fri, 23 May 2025 23:30:00 -0400\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe ministry said that the duty on steel would rise to 25 percent =\r\non 1 June.\r\n\r\n> an older message\r\n-- \r\nPress office\r\n";
    let draft = one("mail.txt", mail.as_bytes());
    assert_eq!(draft.title.as_deref(), Some("Duty on steel \u{2013} notice"));
    assert_eq!(draft.publisher.as_deref(), Some("Trade Ministry"));
    assert_eq!(draft.published.unwrap().to_string(), "2025-05-23");
    assert_eq!(draft.text, SENTENCE);
}

#[test]
fn an_email_in_html_is_read_as_a_page() {
    let mail = format!(
        "From: press@trade.example\r\nSubject: Duty on steel\r\nDate: Fri, 23 May 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nView this mail in your browser.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><table><tr><td><p>{SENTENCE}</p><p>{SENTENCE}</p></td></tr></table></body></html>\r\n--b--\r\n"
    );
    assert_eq!(one("a.eml", mail.as_bytes()).text, format!("{SENTENCE}\n\n{SENTENCE}"));
}

pub(crate) fn docx(document: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", document),
        (
            "docProps/core.xml",
            "<cp:coreProperties xmlns:dc='d'><dc:title>Notice &amp; annex</dc:title></cp:coreProperties>",
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_word_document_gives_paragraphs_items_and_rows() {
    let document = "<?xml version='1.0'?><w:document xmlns:w='w'><w:body>\
        <w:p><w:r><w:t>May 23, 2025</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space='preserve'>The duty on steel </w:t></w:r><w:del><w:r><w:delText>will not</w:delText></w:r></w:del><w:ins><w:r><w:t>rises to 25% &#8211; at once &amp; for all.</w:t></w:r></w:ins></w:p>\
        <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>first</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val='ListBullet'/></w:pPr><w:r><w:t>second</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Good</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Rate</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>Steel</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>25%</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:body></w:document>";
    let draft = one("notice.bin", &docx(document));
    assert_eq!(draft.title.as_deref(), Some("Notice & annex"));
    assert_eq!(draft.published.unwrap().to_string(), "2025-05-23");
    assert_eq!(
        draft.text,
        "May 23, 2025\n\nThe duty on steel rises to 25% \u{2013} at once & for all.\n\n- first\n- second\n\nGood | Rate\nSteel | 25%"
    );
}

#[test]
fn a_word_document_that_is_made_to_hurt_is_refused() {
    check_refused(
        &docx(&" ".repeat(40 << 20)),
        "the Word document cannot be read: word/document.xml unpacks to more than 32 MB",
    );
    check_refused(&docx("<w:document><w:body><w:p>"), "there is no text in it");
    check_refused(&docx("<w:document></w:body>"), "the Word document cannot be read");
    let entity = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]><w:document><w:body><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(one("a.docx", &docx(entity)).text, "xy");
    let deep = format!("<w:document>{}", "<w:tbl><w:tr><w:tc>".repeat(100_000));
    check_refused(&docx(&deep), "there is no text in it");
}

/// A PDF of pages, each of lines.
pub(crate) fn pdf(pages: &[&[&str]]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font =
        document.add_object(dictionary! {"Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica"});
    let resources = document.add_object(dictionary! {"Font" => dictionary! {"F1" => font}});
    let mut kids = Vec::new();
    for page in pages {
        let mut operations = vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 12.into()]),
            Operation::new("Td", vec![72.into(), 720.into()]),
        ];
        for line in *page {
            operations.push(Operation::new("Tj", vec![Object::string_literal(*line)]));
            let down = if line.is_empty() { -30 } else { -14 };
            operations.push(Operation::new("Td", vec![0.into(), down.into()]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = Content { operations }.encode().unwrap();
        let content = document.add_object(Stream::new(dictionary! {}, content));
        kids.push(Object::from(document.add_object(dictionary! {"Type" => "Page", "Parent" => tree, "Contents" => content, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()]})));
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(
        tree,
        dictionary! {"Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources}.into(),
    );
    let catalog = document.add_object(dictionary! {"Type" => "Catalog", "Pages" => tree});
    document.trailer.set("Root", catalog);
    document
}

pub(crate) fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_text_of_a_pdf_is_read_without_what_stands_on_every_page() {
    let first: &[&str] = &[
        "Trade Gazette",
        "May 23, 2025",
        "",
        "The ministry said that the duty on steel would rise to 25 per-",
        "cent on 1 June. The duty on copper was not chan-",
        "ged and stays at 5 percent until the end of the",
        "1",
    ];
    let second: &[&str] = &["Trade Gazette", "year, when it will be looked at again.", "2"];
    let third: &[&str] = &["Trade Gazette", "Exports of scrap were not mentioned in the notice.", "3"];
    let draft = one("a.pdf", &saved(pdf(&[first, second, third])));
    assert_eq!(draft.published.unwrap().to_string(), "2025-05-23");
    let text = draft.text.replace("\n\n", " ");
    assert!(text.contains("rise to 25 percent on 1 June. The duty on copper was not changed and stays at 5 percent until the end of the year, when it will be looked at again."), "{text}");
    assert!(!text.contains("Gazette"), "{text}");
}

#[test]
fn a_pdf_without_text_or_made_to_hurt_is_refused() {
    check_refused(&saved(pdf(&[&[], &[]])), "the PDF has no text, only pictures of its 2 pages (a scan)");
    check_refused(b"%PDF-1.5\nnothing of the kind", "the PDF cannot be read");
    let mut many = vec![&["x"][..]; 401];
    check_refused(&saved(pdf(&many)), "the PDF cannot be read: it has 401 pages, at most 400 are read");
    many.truncate(1);
    // A form that draws itself.
    let mut document = pdf(&many);
    let form = document.new_object_id();
    let resources = dictionary! {"XObject" => dictionary! {"X" => form}};
    document.objects.insert(
        form,
        Stream::new(
            dictionary! {"Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone()},
            b"/X Do".to_vec(),
        )
        .into(),
    );
    draw(&mut document, resources);
    check_refused(&saved(document), "the PDF cannot be read: a form draws itself");
    // Forms that draw the next one ten times each.
    let mut document = pdf(&many);
    let mut below: Option<Dictionary> = None;
    for _ in 0..8 {
        let resources = below.take().unwrap_or_default();
        let form = document.add_object(Stream::new(
            dictionary! {"Type" => "XObject", "Subtype" => "Form", "Resources" => resources},
            b"/X Do ".repeat(10),
        ));
        below = Some(dictionary! {"XObject" => dictionary! {"X" => form}});
    }
    draw(&mut document, below.unwrap());
    check_refused(&saved(document), "the PDF cannot be read: a page draws forms without end");
    // A stream of 512 MB in half a megabyte.
    let mut document = pdf(&many);
    let mut bomb = Stream::new(dictionary! {}, vec![0; 64 << 20]);
    bomb.compress().unwrap();
    for _ in 0..5 {
        document.add_object(bomb.clone());
    }
    check_refused(&saved(document), "the PDF cannot be read: its streams unpack to more than 256 MB");
}

/// Makes the first page draw the form X of the resources.
fn draw(document: &mut Document, resources: Dictionary) {
    let content = document.add_object(Stream::new(dictionary! {}, b"/X Do".to_vec()));
    let page = *document.get_pages().get(&1).unwrap();
    let page = document.get_dictionary_mut(page).unwrap();
    page.set("Resources", resources);
    page.set("Contents", content);
}

#[test]
fn broken_pdfs_never_end_the_program() {
    let whole = saved(pdf(&[&["The duty on steel rises to 25 percent today."]]));
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    for _ in 0..60 {
        let mut broken = whole.clone();
        for _ in 0..=next() % 8 {
            let at = next() % broken.len();
            broken[at] = u8::try_from(next() % 256).unwrap();
        }
        broken.truncate(if next() % 4 == 0 { next() % broken.len() } else { broken.len() });
        let _ = read("a.pdf", &broken, LIMITS);
    }
}

#[test]
fn json_lines_give_an_article_each_and_name_the_bad_line() {
    let lines = format!(
        "{{\"published\":\"2025-05-23\",\"text\":\"{SENTENCE}\"}}\n\n{{\"text\":\"x\"}}\n{{\"published\":\"2025-05-24\",\"text\":\"b\",\"title\":\"T\"}}\n"
    );
    let drafts = read("a.dat", lines.as_bytes(), LIMITS).unwrap();
    assert_eq!(drafts.len(), 3);
    assert_eq!(drafts[0].as_ref().unwrap().text, SENTENCE);
    assert!(
        drafts[1].as_ref().unwrap_err().starts_with("line 3: missing field `published`"),
        "{:?}",
        drafts[1]
    );
    assert_eq!(drafts[2].as_ref().unwrap().title.as_deref(), Some("T"));
}

#[test]
fn what_is_not_read_is_called_by_its_name() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(SENTENCE.as_bytes()).unwrap();
    check_refused(
        &zip.finish().unwrap().into_inner(),
        "it is a ZIP archive; unpack it and give the files in it",
    );
    check_refused(b"\x1f\x8b\x08\0\0\0\0\0\0\x03abc", "it is a gzip archive; unpack it");
    check_refused(b"Rar!\x1a\x07\x01\0abc", "it is a RAR archive; unpack it");
    check_refused(b"7z\xbc\xaf\x27\x1c\0\x04abc", "it is a 7-Zip archive; unpack it");
    check_refused(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "it is a picture (image/png), which is not read; give text, Markdown, HTML",
    );
    check_refused(b"ID3\x03\0\0\0\0\0\x21TSSE", "it is a sound file");
    check_refused(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "it is a program");
    check_refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0", "it is an old Office document");
    check_refused(b"{\\rtf1\\ansi The duty}", "it is an RTF document");
    check_refused(
        b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>",
        "it is a feed, not an article",
    );
    check_refused(b"<?xml version='1.0'?><order/>", "it is an XML document");
    check_refused(b"[{\"text\":1}]", "it is a JSON array");
    check_refused(&[1, 2, 3, 4, 5, 6, 200, 201], "it is binary data of an unknown type");
    check_refused(b"", "there is no text in it");
    check_refused(
        &vec![b'a'; 9 << 20],
        "9437184 bytes are more than a file may have (8388608, the config's intake.largest_file)",
    );
    check_refused(&vec![b'a'; 2 << 20], "2097152 bytes are more than an article may have");
}

/// A PDF whose reader panics.
pub(crate) fn panicking() -> Vec<u8> {
    let mut document = pdf(&[&["The duty on steel rises to 25 percent today."]]);
    let page = *document.get_pages().get(&1).unwrap();
    let content = document.add_object(Stream::new(dictionary! {}, b"BT /F9 12 Tf (x) Tj ET".to_vec()));
    document.get_dictionary_mut(page).unwrap().set("Contents", content);
    saved(document)
}
