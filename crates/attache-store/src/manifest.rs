//! What stands outside sled so that sled's loss is noticed: the format, how many commits were
//! acknowledged, and how long sled's file was then. sled opens a truncated file as an empty store
//! without a word.
//!
//! The file is text: a line with the format, then two lines of fixed width that are overwritten in
//! turn. A write that is torn leaves the other line whole, and a full disk cannot stop it.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The format this release writes.
pub(crate) const FORMAT: u32 = 1;

/// The file, open, and what its younger line says.
#[derive(Debug)]
pub(crate) struct Manifest {
    file: File,
    pub(crate) mark: Mark,
}

/// What was acknowledged last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Mark {
    pub(crate) commits: u64,
    /// Length of sled's file.
    pub(crate) bytes: u64,
}

/// Why a manifest could not be read.
#[derive(Debug)]
pub(crate) enum Fault {
    Io(io::Error),
    /// Its format, which a later release wrote.
    Newer(u32),
    Unreadable(String),
}

/// Where it stands in a store's folder.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("MANIFEST")
}

fn head() -> String {
    format!("format {FORMAT}\n")
}

fn line(mark: Mark) -> String {
    let said = format!("commits {:020} bytes {:020}", mark.commits, mark.bytes);
    format!("{said} crc {:08x}\n", crc32fast::hash(said.as_bytes()))
}

fn read_line(text: &str) -> Option<Mark> {
    let (said, _) = text.split_once(" crc ")?;
    let (commits, bytes) = said.strip_prefix("commits ")?.split_once(" bytes ")?;
    let mark = Mark { commits: commits.parse().ok()?, bytes: bytes.parse().ok()? };
    (line(mark).trim_end() == text).then_some(mark)
}

impl Manifest {
    /// The manifest of a new store: written beside, synced, renamed, folder synced.
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        let beside = folder.join("MANIFEST.new");
        let mark = Mark::default();
        let mut file = File::create(&beside)?;
        write!(file, "{}{}{}", head(), line(mark), line(mark))?;
        file.sync_all()?;
        fs::rename(&beside, path(folder))?;
        File::open(folder)?.sync_all()?;
        Ok(Self { file, mark })
    }

    /// `None` where there is none yet.
    pub(crate) fn open(folder: &Path) -> Result<Option<Self>, Fault> {
        let mut file = match File::options().read(true).write(true).open(path(folder)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Fault::Io(error)),
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(Fault::Io)?;
        let text = String::from_utf8_lossy(&bytes);
        let unreadable = || Fault::Unreadable(format!("MANIFEST does not read: {text:?}"));
        let mut lines = text.lines();
        let format = lines.next().and_then(|line| line.strip_prefix("format ")?.parse::<u32>().ok());
        match format.ok_or_else(unreadable)? {
            FORMAT => {}
            newer => return Err(Fault::Newer(newer)),
        }
        let mark = lines.filter_map(read_line).max().ok_or_else(unreadable)?;
        Ok(Some(Self { file, mark }))
    }

    /// Notes a commit, in the older line's place, and returns when it is on disk.
    pub(crate) fn advance(&mut self, mark: Mark) -> io::Result<()> {
        let line = line(mark);
        let place = head().len() as u64 + (mark.commits % 2) * line.len() as u64;
        self.file.seek(SeekFrom::Start(place))?;
        self.file.write_all(line.as_bytes())?;
        self.file.sync_data()?;
        self.mark = mark;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_younger_whole_line_counts() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::create(folder.path()).unwrap();
        let read = || Manifest::open(folder.path()).map(|manifest| manifest.map(|m| m.mark.commits));
        for commits in 1..=7 {
            manifest.advance(Mark { commits, bytes: 9 }).unwrap();
            assert!(matches!(read(), Ok(Some(n)) if n == commits));
        }
        let text = fs::read_to_string(path(folder.path())).unwrap();
        fs::write(
            path(folder.path()),
            text.replace("commits 00000000000000000007", "commits 00000000000000000107"),
        )
        .unwrap();
        assert!(matches!(read(), Ok(Some(6))), "a torn line is passed over");
        fs::write(path(folder.path()), head()).unwrap();
        assert!(matches!(read(), Err(Fault::Unreadable(_))));
        assert!(matches!(Manifest::open(Path::new("/nowhere")), Ok(None)));
    }
}
