//! Reading files and standard input, with limits and words for what is wrong.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;
use crate::intake::file::{self, BadFile, Limits};

/// Opens a file, or standard input for `-`.
pub(super) fn open(file: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let opened = File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Box::new(BufReader::new(opened)))
}

/// Whether a file is a folder or has an article on each line; standard input is not touched. One that
/// cannot be opened is told of by who reads it.
pub(super) fn has_many(file: &Path) -> bool {
    if file == Path::new("-") {
        return false;
    }
    let lines = || File::open(file).and_then(|mut opened| file::has_lines(file, &mut opened));
    file.is_dir() || file.is_file() && lines().unwrap_or(false)
}

/// Reads a whole file, or standard input for `-`.
pub(super) fn load(file: &Path, limits: Limits) -> Result<Vec<u8>, BadFile> {
    if file == Path::new("-") {
        return file::load(io::stdin(), None, limits);
    }
    let opened = File::open(file)?;
    let size = opened.metadata()?.len();
    file::load(opened, Some(size), limits)
}

/// Reads a whole file of at most `most` bytes, one more to show that it is too long.
pub(super) fn read(file: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = open(file)?.take(limit).read_to_end(&mut bytes);
    read.map_err(|error| format!("{}: {error}", name(file)))?;
    if bytes.len() > most {
        let what = "is larger than an article may be";
        return Err(
            format!("{} {what} ({most} bytes, the config's intake.largest_article)", name(file)).into()
        );
    }
    Ok(bytes)
}

/// How a file is called in messages.
pub(super) fn name(file: &Path) -> String {
    if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() }
}

/// A bar over the lines of a file, on a terminal only.
pub(super) fn progress(file: &Path) -> ProgressBar {
    progress_of(file.metadata().ok().map(|data| data.len()))
}

/// A bar over so many bytes, on a terminal only.
pub(super) fn progress_of(size: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = size.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let style = ProgressStyle::with_template("{elapsed_precise} {wide_bar} {bytes}/{total_bytes} {eta}");
    style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
}

/// Tells of a line that was passed over.
pub(super) fn complain(file: &Path, line: usize, what: &str) -> io::Result<()> {
    writeln!(io::stderr(), "attache: {}, line {line}: {what}", name(file))
}
