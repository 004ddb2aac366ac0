//! Events of a kind, of a country, and of both together, in order of day and id: what is asked most
//! is answered by a search in one list.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use roaring::RoaringBitmap;

use super::facets::Facet;
use crate::id::EventId;

/// What events are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Of {
    Kind(u8),
    Country([u8; 2]),
    Both(u8, [u8; 2]),
}

/// The columns that decide the order.
#[derive(Clone, Copy)]
pub(super) struct Columns<'i> {
    pub(super) ids: &'i [EventId],
    pub(super) days: &'i [u32],
}

impl Columns<'_> {
    fn order(self, number: u32) -> (u32, Option<EventId>) {
        let at = number as usize;
        (self.days.get(at).copied().unwrap_or(0), self.ids.get(at).copied())
    }
}

/// Numbers in order of day and id.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ordered {
    lists: HashMap<Of, Vec<u32>>,
}

/// The lists that an event of these facets is in.
fn keys(facets: &[Facet]) -> Vec<Of> {
    let kinds = || facets.iter().filter_map(|f| if let Facet::Kind(kind) = f { Some(*kind) } else { None });
    let mut countries: Vec<[u8; 2]> =
        facets.iter().filter_map(|f| if let Facet::Country(code) = f { Some(*code) } else { None }).collect();
    countries.sort_unstable();
    countries.dedup();
    let mut keys: Vec<Of> = kinds().map(Of::Kind).collect();
    for code in countries {
        keys.push(Of::Country(code));
        keys.extend(kinds().map(|kind| Of::Both(kind, code)));
    }
    keys
}

impl Ordered {
    pub(super) fn insert(&mut self, number: u32, facets: &[Facet], columns: Columns<'_>) {
        for key in keys(facets) {
            let list = self.lists.entry(key).or_default();
            let at = list.partition_point(|held| columns.order(*held) < columns.order(number));
            list.insert(at, number);
        }
    }

    /// Takes a number out; its columns are still what they were when it came in.
    pub(super) fn remove(&mut self, number: u32, facets: &[Facet], columns: Columns<'_>) {
        for key in keys(facets) {
            let Some(list) = self.lists.get_mut(&key) else { continue };
            let at = list.partition_point(|held| columns.order(*held) < columns.order(number));
            if list.get(at) == Some(&number) {
                list.remove(at);
            }
            if list.is_empty() {
                self.lists.remove(&key);
            }
        }
    }

    /// The list of a key.
    pub(super) fn list(&self, key: Of) -> &[u32] {
        self.lists.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The stretch of a list whose days lie from one to another.
    pub(super) fn within(list: &[u32], columns: Columns<'_>, from: u32, to: u32) -> Range<usize> {
        let day = |number: &u32| columns.order(*number).0;
        let first = list.partition_point(|number| day(number) < from);
        let end = list.partition_point(|number| day(number) <= to);
        first..end.max(first)
    }

    /// The lists of whole bitmaps, where `order` has all numbers in order.
    pub(super) fn of(facets: &BTreeMap<Facet, RoaringBitmap>, live: &RoaringBitmap, order: &[u32]) -> Self {
        let mut rank = vec![0_u32; order.len()];
        for (place, number) in (0_u32..).zip(order) {
            if let Some(held) = rank.get_mut(*number as usize) {
                *held = place;
            }
        }
        let sorted = |numbers: RoaringBitmap| {
            let mut ranks: Vec<u32> = numbers.iter().filter_map(|n| rank.get(n as usize).copied()).collect();
            ranks.sort_unstable();
            ranks.iter().filter_map(|place| order.get(*place as usize).copied()).collect::<Vec<u32>>()
        };
        let mut lists = HashMap::new();
        let mut put = |key: Of, numbers: RoaringBitmap| {
            if !numbers.is_empty() {
                lists.insert(key, sorted(numbers));
            }
        };
        let kinds: Vec<(u8, RoaringBitmap)> = facets
            .iter()
            .filter_map(
                |(facet, held)| if let Facet::Kind(kind) = facet { Some((*kind, held & live)) } else { None },
            )
            .collect();
        for (facet, held) in facets {
            let Facet::Country(code) = facet else { continue };
            let held = held & live;
            for (kind, of_kind) in &kinds {
                put(Of::Both(*kind, *code), &held & of_kind);
            }
            put(Of::Country(*code), held);
        }
        for (kind, held) in kinds {
            put(Of::Kind(kind), held);
        }
        Self { lists }
    }
}
