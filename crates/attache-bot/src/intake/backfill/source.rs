//! Articles out of a folder or a file, one after the other, in an order that is the same each time. Never more of a file in memory than one article.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Item;
use super::lines::Lines;
use super::place::Place;
use crate::intake::file::{self, BadFile, Limits};
use crate::intake::{Draft, read_line};

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
        let Some(tail) = place.seek(&mut file).map_err(told)? else { return Ok(false) };
        self.done = self.files.iter().take(at).map(|(_, _, size)| size).sum();
        self.at = at;
        self.lines = Some(Lines::behind(file, place, tail));
        // A file that is one article has no lines to go on behind.
        if place.lines == 0 {
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
        let place = Place::behind(name.to_owned(), length, 0, bytes);
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
