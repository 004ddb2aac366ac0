//! The index saved beside the journal, so that opening need not read all commits. It is a copy: one
//! that does not read, or that other code made, is passed over and made anew.

use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::Path;

use roaring::RoaringBitmap;

use super::{Articles, Index, NO_BLOCK, Ordered, facets::Facet, hash_of};
use crate::engine::Place;
use crate::id::EventId;

const NAME: &str = "index.snap";

const MAGIC: &[u8; 8] = b"attachei";

/// What fills the index: a change in any of these makes older snapshots useless.
const MADE_BY: [&str; 13] = [
    include_str!("snapshot.rs"),
    include_str!("articles.rs"),
    include_str!("../likeness.rs"),
    include_str!("../likeness/words.rs"),
    include_str!("../likeness/furniture.rs"),
    include_str!("facets.rs"),
    include_str!("ordered.rs"),
    include_str!("../index.rs"),
    include_str!("../join.rs"),
    include_str!("../join/subject.rs"),
    include_str!("../view/engagements.rs"),
    include_str!("../view/tariffs/layer.rs"),
    include_str!("../view/origin.rs"),
];

fn made_by() -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for source in MADE_BY {
        hasher.update(source.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

impl Index {
    /// Saves the index in a store's folder, in place of the one before.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        let mut body = Vec::with_capacity(self.ids.len() * 96);
        self.write(&mut body)?;
        let beside = folder.join("index.snap.new");
        let mut file = File::create(&beside)?;
        file.write_all(MAGIC)?;
        file.write_all(&made_by())?;
        file.write_all(&crc32fast::hash(&body).to_be_bytes())?;
        file.write_all(&body)?;
        file.sync_all()?;
        fs::rename(beside, folder.join(NAME))?;
        File::open(folder)?.sync_all()
    }

    /// The saved index, where there is one that this program made and that reads.
    pub(crate) fn saved(folder: &Path) -> Option<Self> {
        let mut bytes = Vec::new();
        File::open(folder.join(NAME)).ok()?.read_to_end(&mut bytes).ok()?;
        let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&made_by())?;
        let (sum, mut body) = rest.split_first_chunk::<4>()?;
        if crc32fast::hash(body) != u32::from_be_bytes(*sum) {
            return None;
        }
        Self::read(&mut body).ok()
    }

    pub(crate) fn write(&self, to: &mut Vec<u8>) -> io::Result<()> {
        to.extend_from_slice(&self.seq.to_be_bytes());
        to.extend_from_slice(&count(self.ids.len()).to_be_bytes());
        for id in &self.ids {
            to.extend_from_slice(&id.0);
        }
        for day in &self.days {
            to.extend_from_slice(&day.to_be_bytes());
        }
        for confidence in &self.confidence {
            to.extend_from_slice(&confidence.to_be_bytes());
        }
        for Place { segment, offset, length } in &self.places {
            for part in [segment, offset, length] {
                to.extend_from_slice(&part.to_be_bytes());
            }
        }
        for block in &self.block_of {
            to.extend_from_slice(&block.to_be_bytes());
        }
        self.live.serialize_into(&mut *to)?;
        to.extend_from_slice(&count(self.facets.len()).to_be_bytes());
        for (facet, numbers) in &self.facets {
            let facet = postcard::to_stdvec(facet).map_err(io::Error::other)?;
            bytes(to, &facet);
            numbers.serialize_into(&mut *to)?;
        }
        to.extend_from_slice(&count(self.words.len()).to_be_bytes());
        for (word, numbers) in &self.words {
            bytes(to, word.as_bytes());
            numbers.serialize_into(&mut *to)?;
        }
        self.articles.write(to);
        Ok(())
    }

    pub(crate) fn read(from: &mut &[u8]) -> io::Result<Self> {
        let mut index = Self { seq: number::<8>(from).map(u64::from_be_bytes)?, ..Self::default() };
        let events = list_length(from, 16)?;
        for _ in 0..events {
            index.ids.push(EventId(number(from)?));
        }
        for _ in 0..events {
            index.days.push(u32::from_be_bytes(number(from)?));
        }
        for _ in 0..events {
            index.confidence.push(u16::from_be_bytes(number(from)?));
        }
        for _ in 0..events {
            let mut part = || number(from).map(u32::from_be_bytes);
            index.places.push(Place { segment: part()?, offset: part()?, length: part()? });
        }
        for _ in 0..events {
            index.block_of.push(u64::from_be_bytes(number(from)?));
        }
        index.live = RoaringBitmap::deserialize_from(&mut *from)?;
        for _ in 0..list_length(from, 1)? {
            let facet: Facet = postcard::from_bytes(part(from)?).map_err(io::Error::other)?;
            index.facets.insert(facet, RoaringBitmap::deserialize_from(&mut *from)?);
        }
        for _ in 0..list_length(from, 1)? {
            let word = std::str::from_utf8(part(from)?).map_err(io::Error::other)?.into();
            index.words.insert(word, RoaringBitmap::deserialize_from(&mut *from)?);
        }
        index.articles = Articles::read(from)?;
        if !from.is_empty() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        index.derive();
        Ok(index)
    }

    /// What follows from the columns.
    fn derive(&mut self) {
        let mut order: Vec<u32> = (0..).take(self.ids.len()).collect();
        let day = |n: &u32| self.days.get(*n as usize).copied().unwrap_or(0);
        order.sort_unstable_by_key(|n| (day(n), self.ids.get(*n as usize).copied()));
        let ordered = Ordered::of(&self.facets, &self.live, &order);
        for number in order {
            self.by_day.entry(day(&number)).or_default().push(number);
            let block = self.block_of.get(number as usize).copied().unwrap_or(NO_BLOCK);
            if block != NO_BLOCK {
                self.blocks.entry(block).or_default().push((day(&number), number));
            }
        }
        self.ordered = ordered;
        // Equal days stand by number there, by id here.
        self.blocks.values_mut().for_each(|list| list.sort_unstable());
        let ids = &self.ids;
        let hash = |n: &u32| ids.get(*n as usize).map_or(0, |id| hash_of(*id));
        self.by_id.reserve(ids.len(), hash);
        for number in (0..).take(ids.len()) {
            self.by_id.insert_unique(hash(&number), number, hash);
        }
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn bytes(to: &mut Vec<u8>, part: &[u8]) {
    to.extend_from_slice(&count(part.len()).to_be_bytes());
    to.extend_from_slice(part);
}

pub(super) fn number<const N: usize>(from: &mut &[u8]) -> io::Result<[u8; N]> {
    let (head, rest) = from.split_first_chunk::<N>().ok_or(io::ErrorKind::UnexpectedEof)?;
    *from = rest;
    Ok(*head)
}

/// A length, of items of so many bytes at least.
pub(super) fn list_length(from: &mut &[u8], least: usize) -> io::Result<usize> {
    let length = u32::from_be_bytes(number(from)?) as usize;
    if length > from.len() / least { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(length) }
}

fn part<'b>(from: &mut &'b [u8]) -> io::Result<&'b [u8]> {
    let length = list_length(from, 1)?;
    let (head, rest) = from.split_at_checked(length).ok_or(io::ErrorKind::UnexpectedEof)?;
    *from = rest;
    Ok(head)
}
