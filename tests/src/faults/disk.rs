//! The disk after a power cut, from the log of `attache-shim`.
//!
//! Files and folders have contents as the program saw them and contents that are durable; what lies
//! between is a list of writes, or of names made, moved and removed, in order. A sync of a file makes
//! its writes durable, a sync of a folder the names in it, as far as they came before the sync began:
//! no more than POSIX promises. What else survives a cut is chance.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::chance::Chance;

/// Disks write whole sectors.
const SECTOR: usize = 512;

/// A file or folder, by its place in [`Disk::nodes`].
type Id = usize;

/// A disk, from the start of a run on.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    nodes: Vec<Node>,
    /// Changes of names, oldest first; those that became durable are gone.
    names: Vec<Naming>,
    /// Syncs that began: the sync's number, what it syncs, and how much came before.
    syncs: BTreeMap<u64, (Id, u64)>,
    /// Operations so far.
    clock: u64,
    /// See [`Disk::load`].
    journalled: bool,
}

#[derive(Debug)]
enum Node {
    File(FileNode),
    Folder(Folder),
}

#[derive(Debug, Default)]
struct FileNode {
    seen: Vec<u8>,
    durable: Vec<u8>,
    unsynced: Vec<Unsynced>,
}

/// A write, and when it came.
#[derive(Debug)]
struct Unsynced {
    at: u64,
    writing: Writing,
    /// A sync of it failed. The system counts it as written then and tries no more, so no later sync
    /// makes it durable.
    given_up: bool,
}

#[derive(Debug, Clone)]
enum Writing {
    Bytes(usize, Vec<u8>),
    Length(usize),
}

#[derive(Debug, Default)]
struct Folder {
    seen: BTreeMap<String, Id>,
    durable: BTreeMap<String, Id>,
}

/// Names that change together.
#[derive(Debug, Clone)]
struct Naming {
    at: u64,
    sets: Vec<(Id, String, Option<Id>)>,
}

/// What survives of what nobody synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Nothing.
    Dropped,
    /// Everything up to some operation, the last write torn.
    Torn,
    /// Sectors and names at random, whatever their order.
    Scattered,
    /// What overwrites; files keep their length, and names are lost.
    InPlace,
    /// Names and lengths, and zeros where the bytes should be.
    Zeros,
    /// Everything, as after a kill.
    Nothing,
}

impl Cut {
    /// One of them.
    pub fn choose(chance: &mut Chance) -> Self {
        match chance.below(20) {
            0..5 => Self::Dropped,
            5..9 => Self::Torn,
            9..14 => Self::Scattered,
            14..16 => Self::InPlace,
            16..19 => Self::Zeros,
            _ => Self::Nothing,
        }
    }
}

impl Writing {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Bytes(at, new) => {
                let end = at + new.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                if let Some(place) = bytes.get_mut(*at..end) {
                    place.copy_from_slice(new);
                }
            }
            Self::Length(length) => bytes.resize(*length, 0),
        }
    }

    /// Its parts that a disk writes each by itself.
    fn sectors(&self) -> Vec<Self> {
        match self {
            Self::Bytes(at, bytes) => {
                let first = (SECTOR - at % SECTOR).min(bytes.len());
                let (head, rest) = bytes.split_at(first);
                let mut parts = vec![Self::Bytes(*at, head.to_vec())];
                let places = (at + first..).step_by(SECTOR);
                parts
                    .extend(places.zip(rest.chunks(SECTOR)).map(|(at, part)| Self::Bytes(at, part.to_vec())));
                parts
            }
            Self::Length(_) => vec![self.clone()],
        }
    }
}

impl Disk {
    /// The disk as a folder is now, all of it durable. On a journalled one any sync makes every
    /// earlier name durable, as on ext4; else only the sync of the folder it stands in does, which is
    /// what POSIX promises.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn load(root: &Path, journalled: bool) -> io::Result<Self> {
        let mut disk = Self {
            root: root.to_owned(),
            nodes: vec![Node::Folder(Folder::default())],
            names: Vec::new(),
            syncs: BTreeMap::new(),
            clock: 0,
            journalled,
        };
        disk.load_folder(0, root)?;
        Ok(disk)
    }

    fn load_folder(&mut self, id: Id, path: &Path) -> io::Result<()> {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let inner = self.nodes.len();
            if entry.file_type()?.is_dir() {
                self.nodes.push(Node::Folder(Folder::default()));
                self.load_folder(inner, &entry.path())?;
            } else {
                let bytes = fs::read(entry.path())?;
                self.nodes.push(Node::File(FileNode {
                    seen: bytes.clone(),
                    durable: bytes,
                    unsynced: Vec::new(),
                }));
            }
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(Node::Folder(folder)) = self.nodes.get_mut(id) {
                folder.seen.insert(name.clone(), inner);
                folder.durable.insert(name, inner);
            }
        }
        Ok(())
    }

    fn folder(&self, id: Id) -> Option<&Folder> {
        match self.nodes.get(id) {
            Some(Node::Folder(folder)) => Some(folder),
            _ => None,
        }
    }

    /// The node of a path, by the names the program sees.
    fn find(&self, path: &str) -> Option<Id> {
        let inner = Path::new(path).strip_prefix(&self.root).ok()?;
        inner.iter().try_fold(0, |id, name| self.folder(id)?.seen.get(name.to_str()?).copied())
    }

    /// The folder of a path, and the name there.
    fn split(&self, path: &str) -> Option<(Id, String)> {
        let (folder, name) = path.rsplit_once('/')?;
        Some((self.find(folder)?, name.to_owned()))
    }

    /// Does what the log says.
    ///
    /// # Panics
    /// When the log tells of what cannot have happened.
    pub fn replay(&mut self, log: &[u8]) {
        let mut rest = log;
        while !rest.is_empty() {
            // The cut comes after a whole entry, so every entry is whole.
            let (entry, after) = Entry::read(rest).expect("the log of the disk is whole");
            self.clock += 1;
            self.step(&entry).unwrap_or_else(|| panic!("the log of the disk says what cannot be: {entry:?}"));
            rest = after;
        }
    }

    fn step(&mut self, entry: &Entry) -> Option<()> {
        // A file that was removed while it is open is nobody's concern any more.
        if entry.name.ends_with(" (deleted)") {
            return Some(());
        }
        match entry.op {
            1 | 8 => {
                let place = self.split(&entry.name)?;
                let folder = entry.op == 8;
                self.nodes.push(if folder {
                    Node::Folder(Folder::default())
                } else {
                    Node::File(FileNode::default())
                });
                self.rename_all(vec![(place.0, place.1, Some(self.nodes.len() - 1))]);
            }
            2 => {
                let at = usize::try_from(entry.number).ok()?;
                self.write(&entry.name, Writing::Bytes(at, entry.bytes.clone()))?;
            }
            3 => self.write(&entry.name, Writing::Length(usize::try_from(entry.number).ok()?))?,
            4 => {
                let id = self.find(&entry.name)?;
                self.syncs.insert(entry.number, (id, self.clock));
            }
            5 => {
                let (id, since) = self.syncs.remove(&entry.number)?;
                self.sync(id, since);
            }
            6 => {
                let moved = self.find(&entry.name)?;
                let (from, to) =
                    (self.split(&entry.name)?, self.split(std::str::from_utf8(&entry.bytes).ok()?)?);
                self.rename_all(vec![(from.0, from.1, None), (to.0, to.1, Some(moved))]);
            }
            10 => {
                let (id, since) = self.syncs.remove(&entry.number)?;
                if let Some(Node::File(file)) = self.nodes.get_mut(id) {
                    file.unsynced.iter_mut().filter(|write| write.at < since).for_each(|w| w.given_up = true);
                }
            }
            7 | 9 => {
                let place = self.split(&entry.name)?;
                self.rename_all(vec![(place.0, place.1, None)]);
            }
            _ => return None,
        }
        Some(())
    }

    fn write(&mut self, name: &str, writing: Writing) -> Option<()> {
        let id = self.find(name)?;
        let Some(Node::File(file)) = self.nodes.get_mut(id) else { return None };
        writing.apply(&mut file.seen);
        file.unsynced.push(Unsynced { at: self.clock, writing, given_up: false });
        Some(())
    }

    fn rename_all(&mut self, sets: Vec<(Id, String, Option<Id>)>) {
        self.set_names(&sets, |folder| &mut folder.seen);
        self.names.push(Naming { at: self.clock, sets });
    }

    fn set_names(
        &mut self,
        sets: &[(Id, String, Option<Id>)],
        list: impl Fn(&mut Folder) -> &mut BTreeMap<String, Id>,
    ) {
        for (folder, name, id) in sets {
            if let Some(Node::Folder(folder)) = self.nodes.get_mut(*folder) {
                match id {
                    Some(id) => list(folder).insert(name.clone(), *id),
                    None => list(folder).remove(name),
                };
            }
        }
    }

    /// What came before `since` is durable.
    fn sync(&mut self, id: Id, since: u64) {
        if let Some(Node::File(file)) = self.nodes.get_mut(id) {
            let later = file.unsynced.partition_point(|write| write.at < since);
            for write in file.unsynced.drain(..later).filter(|write| !write.given_up) {
                write.writing.apply(&mut file.durable);
            }
            if !self.journalled {
                return;
            }
        }
        let mut chosen: Vec<bool> = self
            .names
            .iter()
            .map(|naming| {
                naming.at < since && (self.journalled || naming.sets.iter().any(|(folder, ..)| *folder == id))
            })
            .collect();
        self.with_what_they_rest_on(&mut chosen);
        for (naming, chosen) in std::mem::take(&mut self.names).into_iter().zip(chosen) {
            if chosen {
                self.set_names(&naming.sets, |folder| &mut folder.durable);
            } else {
                self.names.push(naming);
            }
        }
    }

    /// A name is not made again by an earlier change that comes after a later one.
    fn with_what_they_rest_on(&self, chosen: &mut [bool]) {
        let mut places = BTreeSet::new();
        for (naming, chosen) in self.names.iter().zip(chosen).rev() {
            let touched = |(folder, name, _): &(Id, String, Option<Id>)| (*folder, name.clone());
            *chosen |= naming.sets.iter().any(|set| places.contains(&touched(set)));
            if *chosen {
                places.extend(naming.sets.iter().map(touched));
            }
        }
    }

    /// Whether the program's folder is what the log says: a write that the log does not know would
    /// make every later finding worthless.
    ///
    /// # Errors
    /// The first file that differs.
    pub fn hold_against_folder(&self) -> Result<(), String> {
        let real = Self::load(&self.root, self.journalled).map_err(|error| error.to_string())?;
        let list = |disk: &Self| disk.files(|folder| &folder.seen);
        let (here, there) = (list(self), list(&real));
        if here.keys().ne(there.keys()) {
            return Err(format!("the log knows {:?}, the folder has {:?}", here.keys(), there.keys()));
        }
        for (path, id) in here {
            let bytes = |disk: &Self, id: Option<Id>| match id.and_then(|id| disk.nodes.get(id)) {
                Some(Node::File(file)) => Some(file.seen.clone()),
                _ => None,
            };
            if bytes(self, id) != bytes(&real, there.get(&path).copied().flatten()) {
                return Err(format!("{path} is not what the log says"));
            }
        }
        Ok(())
    }

    /// Paths of everything that can be reached; folders have no id.
    fn files(&self, list: impl Fn(&Folder) -> &BTreeMap<String, Id>) -> BTreeMap<String, Option<Id>> {
        let mut found = BTreeMap::new();
        let mut open = vec![(0, String::new())];
        while let Some((id, path)) = open.pop() {
            let Some(folder) = self.folder(id) else { continue };
            for (name, inner) in list(folder) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
                let is_folder = self.folder(*inner).is_some();
                found.insert(path.clone(), (!is_folder).then_some(*inner));
                if is_folder {
                    open.push((*inner, path));
                }
            }
        }
        found
    }

    /// The power fails now: the folder becomes what the disk has.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn cut(mut self, cut: Cut, chance: &mut Chance) -> io::Result<()> {
        let last = chance.below(self.clock + 1);
        let often = chance.pick(&[10, 50, 90]).copied().unwrap_or(50);
        let mut chosen: Vec<bool> = self
            .names
            .iter()
            .map(|naming| match cut {
                Cut::Dropped | Cut::InPlace => false,
                Cut::Torn => naming.at < last,
                Cut::Scattered => chance.percent(often),
                Cut::Zeros | Cut::Nothing => true,
            })
            .collect();
        self.with_what_they_rest_on(&mut chosen);
        for (naming, chosen) in std::mem::take(&mut self.names).into_iter().zip(chosen) {
            if chosen {
                self.set_names(&naming.sets, |folder| &mut folder.durable);
            }
        }
        for node in &mut self.nodes {
            if let Node::File(file) = node {
                file.cut(cut, last, often, chance);
            }
        }
        self.store()
    }

    /// Makes the folder anew from what is durable.
    fn store(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.root)? {
            let path = entry?.path();
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
        for (path, id) in self.files(|folder| &folder.durable) {
            let path = self.root.join(path);
            match id.and_then(|id| self.nodes.get(id)) {
                Some(Node::File(file)) => fs::write(path, &file.durable)?,
                _ => fs::create_dir(path)?,
            }
        }
        Ok(())
    }
}

impl FileNode {
    fn cut(&mut self, cut: Cut, last: u64, often: u64, chance: &mut Chance) {
        let length = self.durable.len();
        for Unsynced { at, writing, given_up } in std::mem::take(&mut self.unsynced) {
            match cut {
                _ if given_up && cut != Cut::Scattered => {}
                Cut::Dropped => {}
                Cut::Nothing => writing.apply(&mut self.durable),
                Cut::Torn if at < last => writing.apply(&mut self.durable),
                Cut::Torn => {
                    if at == last {
                        let sectors = writing.sectors();
                        let whole = chance.place(sectors.len() + 1);
                        sectors.iter().take(whole).for_each(|part| part.apply(&mut self.durable));
                    }
                }
                Cut::Scattered => {
                    for part in writing.sectors() {
                        if chance.percent(often) {
                            part.apply(&mut self.durable);
                        }
                    }
                }
                Cut::InPlace => {
                    if matches!(writing, Writing::Bytes(..)) {
                        writing.apply(&mut self.durable);
                        self.durable.truncate(length);
                    }
                }
                Cut::Zeros => match writing {
                    Writing::Bytes(at, bytes) => {
                        let end = (at + bytes.len()).max(self.durable.len());
                        self.durable.resize(end, 0);
                    }
                    Writing::Length(length) => self.durable.resize(length, 0),
                },
            }
        }
    }
}

/// An entry of the log.
#[derive(Debug)]
struct Entry {
    op: u8,
    number: u64,
    name: String,
    bytes: Vec<u8>,
}

impl Entry {
    fn read(log: &[u8]) -> Option<(Self, &[u8])> {
        let (op, rest) = log.split_first()?;
        let (number, rest) = rest.split_first_chunk()?;
        let (name, rest) = rest.split_first_chunk()?;
        let (bytes, rest) = rest.split_first_chunk()?;
        let length = |bytes: &[u8; 8]| usize::try_from(u64::from_be_bytes(*bytes)).ok();
        let (name, rest) = rest.split_at_checked(length(name)?)?;
        let (bytes, rest) = rest.split_at_checked(length(bytes)?)?;
        let entry = Self {
            op: *op,
            number: u64::from_be_bytes(*number),
            name: String::from_utf8(name.to_vec()).ok()?,
            bytes: bytes.to_vec(),
        };
        Some((entry, rest))
    }
}
