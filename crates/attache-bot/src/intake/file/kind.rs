//! What a file is, by its first bytes.

use std::fmt;
use std::io::Cursor;

use zip::ZipArchive;

use super::BadFile;

/// The types that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, Markdown among it.
    Text,
    /// A web page.
    Html,
    /// An e-mail.
    Mail,
    /// A PDF.
    Pdf,
    /// A Word document.
    Docx,
    /// An article a line.
    JsonLines,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Html => "web page",
            Self::Mail => "e-mail",
            Self::Pdf => "PDF",
            Self::Docx => "Word document",
            Self::JsonLines => "JSON Lines",
        })
    }
}

/// Bytes at the beginning that are looked at.
pub(super) const LOOKED_AT: usize = 4096;

impl Kind {
    /// Tells the type.
    ///
    /// # Errors
    /// When it is one that is not read: the error names it.
    pub fn of(bytes: &[u8]) -> Result<Self, BadFile> {
        let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
        if head.windows(5).take(1024).any(|window| window == b"%PDF-") {
            return Ok(Self::Pdf);
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return packed(bytes);
        }
        if head.starts_with(b"{\\rtf") {
            return Err(BadFile::Refused("an RTF document".to_owned()));
        }
        let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        if let Some(refusal) = (!wide).then(|| binary(head)).flatten() {
            return Err(refusal);
        }
        let text = super::text(head);
        let text = text.trim_start();
        let lower = text.to_ascii_lowercase();
        if text.starts_with('<') {
            return marked_up(&lower);
        }
        if text.starts_with('{') {
            return Ok(Self::JsonLines);
        }
        if text.starts_with("[{") || text.starts_with("[\n") && text.contains('{') {
            return Err(BadFile::Refused("a JSON array (JSON Lines has one object on each line)".to_owned()));
        }
        Ok(if is_mail(text) { Self::Mail } else { Self::Text })
    }
}

/// Word documents and others are ZIP archives within.
fn packed(bytes: &[u8]) -> Result<Kind, BadFile> {
    let refused = |name: &str| Err(BadFile::Refused(name.to_owned()));
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Err(BadFile::Archive("a ZIP archive, and a damaged one"));
    };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        Ok(Kind::Docx)
    } else if has("xl/workbook.xml") {
        refused("an Excel workbook")
    } else if has("ppt/presentation.xml") {
        refused("a PowerPoint presentation")
    } else if has("META-INF/container.xml") {
        refused("an EPUB book")
    } else if has("content.xml") && has("mimetype") {
        refused("an OpenDocument file")
    } else if has("META-INF/MANIFEST.MF") || has("AndroidManifest.xml") {
        refused("a program")
    } else {
        Err(BadFile::Archive("a ZIP archive"))
    }
}

fn binary(head: &[u8]) -> Option<BadFile> {
    let refused = |name: String| Some(BadFile::Refused(name));
    if head.starts_with(b"\x7fELF") || head.starts_with(b"MZ") {
        return refused("a program".to_owned());
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return refused("an old Office document (.doc, .xls, .msg) or one with a password".to_owned());
    }
    if let Some(found) = infer::get(head) {
        let name = found.mime_type();
        let archive = match name {
            "application/gzip" => Some("a gzip archive"),
            "application/x-7z-compressed" => Some("a 7-Zip archive"),
            "application/vnd.rar" => Some("a RAR archive"),
            "application/x-tar" => Some("a tar archive"),
            "application/x-bzip2" => Some("a bzip2 archive"),
            "application/x-xz" => Some("an xz archive"),
            "application/zstd" => Some("a Zstandard archive"),
            "application/x-lz4" => Some("an LZ4 archive"),
            "application/x-compress" => Some("a compressed file"),
            "application/vnd.ms-cab-compressed" => Some("a cabinet archive"),
            _ => None,
        };
        if let Some(archive) = archive {
            return Some(BadFile::Archive(archive));
        }
        return match found.matcher_type() {
            infer::MatcherType::Image => refused(format!("a picture ({name})")),
            infer::MatcherType::Audio => refused(format!("a sound file ({name})")),
            infer::MatcherType::Video => refused(format!("a film ({name})")),
            infer::MatcherType::Font => refused(format!("a font ({name})")),
            infer::MatcherType::Text => None,
            _ if name.contains("executable") || name.contains("mach") => refused("a program".to_owned()),
            _ => refused(format!("a file of type {name}")),
        };
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(BadFile::Archive("a tar archive"));
    }
    let odd = head.iter().filter(|b| **b < 9 || (14..32).contains(*b) && **b != 27).count();
    (odd * 100 > head.len()).then(|| BadFile::Refused("binary data of an unknown type".to_owned()))
}

fn marked_up(lower: &str) -> Result<Kind, BadFile> {
    let has = |tag: &str| lower.contains(tag);
    if has("<!doctype html") || has("<html") || has("<head") || has("<body") {
        return Ok(Kind::Html);
    }
    if has("<rss") || has("<feed") || has("<rdf:rdf") {
        return Err(BadFile::Refused("a feed, not an article".to_owned()));
    }
    if has("<svg") {
        return Err(BadFile::Refused("a picture (SVG)".to_owned()));
    }
    if lower.starts_with("<?xml") {
        return Err(BadFile::Refused("an XML document".to_owned()));
    }
    let parts = [
        "<p", "<div", "<h1", "<title", "<meta", "<article", "<table", "<span", "<!--", "<main", "<section",
        "<br", "<a ",
    ];
    Ok(if parts.iter().any(|tag| lower.starts_with(tag)) { Kind::Html } else { Kind::Text })
}

/// Whether it begins with the head of an e-mail: several known fields, a sender among them.
fn is_mail(text: &str) -> bool {
    const KNOWN: &[&str] = &[
        "from",
        "date",
        "subject",
        "to",
        "mime-version",
        "message-id",
        "received",
        "return-path",
        "content-type",
        "delivered-to",
        "reply-to",
        "cc",
    ];
    let mut fields = Vec::new();
    for line in text.lines().take(80) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && !fields.is_empty() {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            if fields.is_empty() && line.starts_with("From ") {
                continue;
            }
            return false;
        };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return false;
        }
        fields.push(name.to_ascii_lowercase());
    }
    let known = fields.iter().filter(|field| KNOWN.contains(&field.as_str())).count();
    known >= 3 && fields.iter().any(|field| field == "from")
}
