//! Articles out of a folder or a file, one after the other, in an order that is the same each time, and
//! places to begin again at. Never more of a file in memory than one article.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Item;
use crate::intake::file::{self, BadFile, Limits};
use crate::intake::{Draft, read_line};

/// Bytes before a place that must be what they were for it to be the same place.
const PROOF: u64 = 4096;

/// A line may be so much longer than the text in it: escapes and the other fields.
const ESCAPED: usize = 6;

/// Deepest nesting of folders.
const DEEPEST: usize = 32;

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadSource {
    /// The operating system said no.
    #[error("{}: {source}", path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// Its word.
        source: io::Error,
    },
    /// There is nothing in it to read.
    #[error("{}: there is no file in it", .0.display())]
    Nothing(PathBuf),
}

impl BadSource {
    pub(super) fn broken_off() -> Self {
        let source = io::Error::other("reading it broke off");
        Self::Io { path: PathBuf::new(), source }
    }
}

/// A place behind an article: in which file, how many bytes and lines in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file's path below the source.
    file: String,
    bytes: u64,
    lines: u64,
    /// CRC-32 of what stands right before.
    proof: u32,
}

impl Place {
    /// Reads what was written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The path of its file, where this is the source's.
    #[must_use]
    pub fn of(&self, source: &Path) -> PathBuf {
        if self.file.is_empty() { source.to_owned() } else { source.join(&self.file) }
    }

    /// The line before it, counted from 1; 0 where the file is one article.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.lines
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.file.as_str(), self.lines) {
            ("", lines) => format!("line {lines}"),
            (file, 0) => file.to_owned(),
            (file, lines) => format!("{file}, line {lines}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// A folder or file of articles.
#[derive(Debug)]
pub struct Source {
    name: String,
    /// Path below the source, path, size.
    files: Vec<(String, PathBuf, u64)>,
    at: usize,
    lines: Option<Lines>,
    /// Bytes of the files before this one.
    done: u64,
    limits: Limits,
    published: Option<Date>,
}

#[derive(Debug)]
struct Lines {
    file: BufReader<File>,
    bytes: u64,
    number: u64,
    /// The last bytes read.
    tail: Vec<u8>,
}

impl Source {
    /// Finds the files of a source. `published` is for texts whose head gives no day.
    ///
    /// # Errors
    /// When it cannot be read, or a folder holds nothing to read.
    pub fn open(path: &Path, limits: Limits, published: Option<Date>) -> Result<Self, BadSource> {
        let told = |source| BadSource::Io { path: path.to_owned(), source };
        let whole = fs::canonicalize(path).map_err(told)?;
        let mut files = Vec::new();
        let data = fs::metadata(&whole).map_err(told)?;
        if data.is_dir() {
            walk(&whole, "", 0, &mut files)?;
            files.sort();
            if files.is_empty() {
                return Err(BadSource::Nothing(path.to_owned()));
            }
        } else {
            files.push((String::new(), whole.clone(), data.len()));
        }
        let name = format!("backfill: {}", whole.display());
        Ok(Self { name, files, at: 0, lines: None, done: 0, limits, published })
    }

    /// The name under which a store keeps how far it was read.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes of all files.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.files.iter().map(|(_, _, size)| size).sum()
    }

    /// Begins behind a place, where it is still there: else from the start, and says so.
    pub(super) fn go_behind(&mut self, place: &Place) -> Result<bool, BadSource> {
        let Some(at) = self.files.iter().position(|(name, _, _)| *name == place.file) else {
            return Ok(false);
        };
        let Some((_, path, size)) = self.files.get(at) else { return Ok(false) };
        let told = |source| BadSource::Io { path: path.clone(), source };
        if *size < place.bytes {
            return Ok(false);
        }
        let mut file = File::open(path).map_err(told)?;
        let from = place.bytes.saturating_sub(PROOF);
        file.seek(SeekFrom::Start(from)).map_err(told)?;
        let mut tail = Vec::new();
        (&mut file).take(place.bytes - from).read_to_end(&mut tail).map_err(told)?;
        if crc32(&tail) != place.proof {
            return Ok(false);
        }
        self.done = self.files.iter().take(at).map(|(_, _, size)| size).sum();
        self.at = at;
        let (bytes, number) = (place.bytes, place.lines);
        self.lines = Some(Lines { file: BufReader::new(file), bytes, number, tail });
        // A file that is one article has no lines to go on behind.
        if number == 0 {
            self.leave();
        }
        Ok(true)
    }

    fn leave(&mut self) {
        self.done += self.files.get(self.at).map_or(0, |(_, _, size)| *size);
        self.at += 1;
        self.lines = None;
    }

    /// The next article, or why there is none where one should be; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Item>, BadSource> {
        loop {
            let Some((name, path, _)) = self.files.get(self.at).cloned() else { return Ok(None) };
            let told = |source| BadSource::Io { path: path.clone(), source };
            if self.lines.is_none() {
                match open(&path) {
                    Ok((file, true)) => self.lines = Some(Lines::of(file)),
                    opened => {
                        let item = self.whole(&name, &path, opened);
                        self.leave();
                        return Ok(Some(item));
                    }
                }
            }
            let most = self.limits.article.saturating_mul(ESCAPED).saturating_add(1 << 16);
            let Some(lines) = &mut self.lines else { return Ok(None) };
            let Some(line) = lines.next(most).map_err(told)? else {
                self.leave();
                continue;
            };
            let place = lines.place(name);
            let done = self.done + place.bytes;
            if line.as_ref().is_ok_and(|line| line.trim().is_empty()) {
                continue;
            }
            let draft = line.and_then(|line| {
                let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
                read_line(line, self.limits.article)
                    .map(|(_, draft)| draft)
                    .map_err(|error| error.to_string())
            });
            let number = place.lines;
            let draft = draft.map_err(|what| format!("{}, line {number}: {what}", path.display()));
            return Ok(Some((draft, place, done)));
        }
    }

    /// A file that is one article, or is not read.
    fn whole(&self, name: &str, path: &Path, opened: io::Result<(File, bool)>) -> Item {
        let loaded = opened.map_err(BadFile::Io).and_then(|(file, _)| {
            let size = file.metadata()?.len();
            file::load(file, Some(size), self.limits)
        });
        let bytes = loaded.as_deref().unwrap_or_default();
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let tail = bytes.get(bytes.len().saturating_sub(PROOF as usize)..).unwrap_or_default();
        let place = Place { file: name.to_owned(), bytes: length, lines: 0, proof: crc32(tail) };
        let draft = match &loaded {
            Ok(bytes) => file::read_one(name, bytes, self.limits),
            Err(error) => Err(error.to_string()),
        };
        let dated = draft.and_then(|draft| {
            let draft = Draft { published: draft.published.or(self.published), ..draft };
            draft.article().map(|_| ()).map_err(|error| error.to_string()).map(|()| draft)
        });
        let size = self.files.get(self.at).map_or(length, |(_, _, size)| *size);
        (dated.map_err(|what| format!("{}: {what}", path.display())), place, self.done + size)
    }
}

/// Opens a file, and says whether it has an article on each line.
fn open(path: &Path) -> io::Result<(File, bool)> {
    let mut file = File::open(path)?;
    let lines = file::has_lines(path, &mut file)?;
    Ok((file, lines))
}

impl Lines {
    fn of(file: File) -> Self {
        Self { file: BufReader::new(file), bytes: 0, number: 0, tail: Vec::new() }
    }

    /// The next line, or why it is none; `None` at the end. A longer one than `most` is passed over.
    fn next(&mut self, most: usize) -> io::Result<Option<Result<String, String>>> {
        let (mut line, mut length) = (Vec::new(), 0_usize);
        loop {
            let held = self.file.fill_buf()?;
            if held.is_empty() {
                break;
            }
            let end = held.iter().position(|byte| *byte == b'\n');
            let part = held.get(..end.map_or(held.len(), |end| end + 1)).unwrap_or(held);
            length += part.len();
            if line.len() <= most {
                line.extend_from_slice(part);
            }
            keep_tail(&mut self.tail, part);
            let used = part.len();
            self.file.consume(used);
            if end.is_some() {
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        self.bytes += u64::try_from(length).unwrap_or(u64::MAX);
        self.number += 1;
        if length > most {
            return Ok(Some(Err(format!("{length} bytes are more than a line may have ({most})"))));
        }
        Ok(Some(String::from_utf8(line).map_err(|error| {
            format!("not UTF-8 text: byte {} does not fit", error.utf8_error().valid_up_to())
        })))
    }

    fn place(&self, file: String) -> Place {
        Place { file, bytes: self.bytes, lines: self.number, proof: crc32(&self.tail) }
    }
}

/// The last bytes of everything read.
fn keep_tail(tail: &mut Vec<u8>, part: &[u8]) {
    let most = PROOF as usize;
    if part.len() >= most {
        tail.clear();
        tail.extend_from_slice(part.get(part.len() - most..).unwrap_or_default());
        return;
    }
    let over = (tail.len() + part.len()).saturating_sub(most);
    tail.drain(..over);
    tail.extend_from_slice(part);
}

fn crc32(bytes: &[u8]) -> u32 {
    crc32fast::hash(bytes)
}

fn walk(
    folder: &Path,
    below: &str,
    depth: usize,
    files: &mut Vec<(String, PathBuf, u64)>,
) -> Result<(), BadSource> {
    let told = |source| BadSource::Io { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(told)? {
        let entry = entry.map_err(told)?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') {
            continue;
        }
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        // Links are not followed: they may lead in a circle or out of the folder.
        let kind = entry.file_type().map_err(told)?;
        if kind.is_dir() && depth < DEEPEST {
            walk(&path, &name, depth + 1, files)?;
        } else if kind.is_file() {
            let size = entry.metadata().map_err(told)?.len();
            files.push((name, path, size));
        }
    }
    Ok(())
}
