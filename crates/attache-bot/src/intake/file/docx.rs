//! A Word document: paragraphs, items of lists and rows of tables of its main part, without what
//! was deleted under change tracking, headers, footers and notes.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{BadFile, Kind};
use crate::intake::Draft;
use crate::intake::page::day_of_lines;

/// Most bytes a part may have when it is unpacked; a novel has a tenth of it.
const LARGEST_PART: u64 = 32 << 20;

/// Reads the document.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, BadFile> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    let document = part(&mut archive, "word/document.xml")?;
    let mut writer = Writer::default();
    walk(&document, &mut writer)?;
    let core = part(&mut archive, "docProps/core.xml").unwrap_or_default();
    let title = writer.title.take().or_else(|| text_of(&core, "title"));
    let text = writer.text();
    Ok(Draft { published: day_of_lines(&text), title, text, ..Draft::default() })
}

fn damaged(what: &str) -> BadFile {
    BadFile::Damaged { kind: Kind::Docx, what: what.to_owned() }
}

/// Unpacks a part, no further than the limit: its stated size is only the sender's word.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, BadFile> {
    let entry = archive.by_name(name).map_err(|error| damaged(&format!("{name}: {error}")))?;
    let mut bytes = Vec::new();
    entry
        .take(LARGEST_PART + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| damaged(&format!("{name}: {error}")))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST_PART {
        return Err(damaged(&format!("{name} unpacks to more than {} MB", LARGEST_PART >> 20)));
    }
    Ok(super::text(&bytes))
}

#[derive(Default)]
struct Writer {
    blocks: Vec<String>,
    line: String,
    /// Cells of the row that is open, by depth of tables.
    rows: Vec<Vec<String>>,
    item: bool,
    style_title: bool,
    title: Option<String>,
    /// Depth within what is not shown.
    hidden: usize,
    shows: bool,
}

impl Writer {
    fn start(&mut self, element: &BytesStart<'_>, empty: bool) {
        let value = |name: &str| {
            let mut attributes = element.attributes().flatten();
            attributes
                .find(|attribute| attribute.key.local_name().as_ref() == name)
                .map(|attribute| attribute.value.to_string())
        };
        match element.local_name().as_ref() {
            "del" | "moveFrom" | "footnote" | "instrText" | "delText" | "AlternateContent" if !empty => {
                self.hidden += 1
            }
            _ if self.hidden > 0 => {}
            "t" if !empty => self.shows = true,
            "tab" if !self.line.is_empty() => self.line.push(' '),
            "br" | "cr" => self.line.push('\n'),
            "noBreakHyphen" => self.line.push('-'),
            "numPr" => self.item = true,
            "pStyle" => {
                let style = value("val").unwrap_or_default().to_lowercase();
                self.style_title = style == "title";
                self.item |= style.starts_with("list");
            }
            "tr" if !empty => self.rows.push(Vec::new()),
            "tc" if !empty => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" | "footnote" | "instrText" | "delText" | "AlternateContent" => {
                self.hidden = self.hidden.saturating_sub(1)
            }
            "t" => self.shows = false,
            "p" => self.paragraph(),
            "tr" => {
                let row = self.rows.pop().unwrap_or_default();
                let row = row
                    .iter()
                    .map(|cell| cell.trim())
                    .filter(|cell| !cell.is_empty())
                    .collect::<Vec<_>>()
                    .join(" | ");
                self.put(row);
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        let (item, title) = (std::mem::take(&mut self.item), std::mem::take(&mut self.style_title));
        let line = line
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        if line.is_empty() {
        } else if title && self.title.is_none() && self.rows.is_empty() {
            self.title = Some(line.replace('\n', " "));
        } else {
            let lead = if item && self.rows.is_empty() { "- " } else { "" };
            self.put(format!("{lead}{line}"));
        }
    }

    /// Into the cell that is open, or as a block.
    fn put(&mut self, text: String) {
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => {
                cell.push(' ');
                cell.push_str(&text.replace('\n', " "));
            }
            None if !text.is_empty() => self.blocks.push(text),
            None => {}
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut last = "";
        for block in &self.blocks {
            let same = |mark: &str| block.contains(mark) && last.contains(mark);
            let together = block.starts_with("- ") && last.starts_with("- ") || same(" | ");
            text.push_str(if text.is_empty() {
                ""
            } else if together {
                "\n"
            } else {
                "\n\n"
            });
            text.push_str(block);
            last = block;
        }
        text
    }
}

fn walk(xml: &str, writer: &mut Writer) -> Result<(), BadFile> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| damaged(&error.to_string()))? {
            Event::Start(element) => writer.start(&element, false),
            Event::Empty(element) => writer.start(&element, true),
            Event::End(element) => writer.end(element.local_name().as_ref()),
            Event::Text(text) if writer.shows && writer.hidden == 0 => writer.line.push_str(&text),
            Event::GeneralRef(entity) if writer.shows && writer.hidden == 0 => {
                writer.line.extend(entity.resolve_char_ref().ok().flatten().or(named(&entity)));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// XML's own entities; others a document would have to define itself, and is not let to.
fn named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// The text of the first element of a name.
fn text_of(xml: &str, name: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut inside, mut found) = (false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => inside = element.local_name().as_ref() == name,
            Event::Text(text) if inside => found.push_str(&text),
            Event::GeneralRef(entity) if inside => {
                found.extend(entity.resolve_char_ref().ok().flatten().or(named(&entity)))
            }
            Event::End(_) if inside => break,
            Event::Eof => break,
            _ => {}
        }
    }
    let found = found.trim().to_owned();
    (!found.is_empty()).then_some(found)
}
