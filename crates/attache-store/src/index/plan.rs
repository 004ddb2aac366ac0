//! How a question is answered: the bitmaps it needs, and whether to walk the days or to sort what
//! few events are left.

use std::borrow::Cow;
use std::ops::ControlFlow;

use roaring::RoaringBitmap;

use super::Index;
use super::facets::{self, Facet};
use super::ordered::{Columns, Of, Ordered};
use crate::engine::Place;
use crate::id::EventId;
use crate::key;
use crate::query::EventQuery;

/// So few events are sorted sooner than the days are walked.
const FEW: u64 = 8_192;

/// After this many events of the walk that did not fit, the bitmaps are intersected after all.
const PATIENCE: usize = 50_000;

/// An event that the bitmaps let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) id: EventId,
    /// `yyyymmdd`.
    pub(crate) day: u32,
    pub(crate) place: Place,
}

impl Candidate {
    fn order(&self) -> (u32, EventId) {
        (self.day, self.id)
    }
}

pub(super) type Bitmap<'i> = Cow<'i, RoaringBitmap>;

impl Index {
    /// The newest `most` events that the bitmaps let through, newest day first, before `after`.
    /// Whether words stand where the query wants them is for the caller to see.
    pub(crate) fn select(
        &self,
        query: &EventQuery,
        after: Option<(u32, EventId)>,
        most: usize,
    ) -> Vec<Candidate> {
        let window = Window::of(query, after);
        if let Some(list) = self.list_of(query) {
            return self.listed(query, list, window, most);
        }
        let Some(sets) = self.sets(query) else { return Vec::new() };
        let smallest = sets.first().map_or(self.live.len(), |set| set.len());
        let few = !sets.is_empty() && (smallest <= FEW || smallest <= most as u64);
        if few { self.sorted(query, &sets, window, most) } else { self.walked(query, &sets, window, most) }
    }

    /// How many events the bitmaps let through, where they alone decide.
    pub(crate) fn count(&self, query: &EventQuery) -> Option<u64> {
        if query.reads_text() {
            return None;
        }
        let window = Window::of(query, None);
        if let Some(list) = self.list_of(query).filter(|_| query.least_confidence == 0) {
            let stretch = Ordered::within(list, self.columns(), window.from, window.to);
            return Some(stretch.len() as u64);
        }
        let Some(sets) = self.sets(query) else { return Some(0) };
        let whole = query.since.is_none() && query.until.is_none() && query.least_confidence == 0;
        if whole {
            return Some(match sets.as_slice() {
                [] => self.live.len(),
                [only] => only.intersection_len(&self.live),
                [first, rest @ ..] => intersection(first, rest).intersection_len(&self.live),
            });
        }
        let smallest = sets.first().map_or(u64::MAX, |set| set.len());
        let in_window = self.by_day.range(window.days()).map(|(_, list)| list.len() as u64).sum::<u64>();
        let mut count = 0;
        if in_window < smallest {
            for number in self.by_day.range(window.days()).flat_map(|(_, list)| list) {
                count += u64::from(self.fits(query, &sets, *number));
            }
        } else if let [first, rest @ ..] = sets.as_slice() {
            let left = intersection(first, rest);
            for number in left.iter().filter(|n| self.live.contains(*n)) {
                let day = self.days.get(number as usize).copied().unwrap_or(0);
                count += u64::from(window.holds_day(day) && self.sure(query, number));
            }
        }
        Some(count)
    }

    fn columns(&self) -> Columns<'_> {
        Columns { ids: &self.ids, days: &self.days }
    }

    /// The one list that holds all the query asks for but its days and confidence.
    fn list_of(&self, query: &EventQuery) -> Option<&[u32]> {
        let EventQuery { kinds, countries, .. } = query;
        let rest = EventQuery {
            kinds: Vec::new(),
            countries: Vec::new(),
            since: None,
            until: None,
            least_confidence: 0,
            ..query.clone()
        };
        if rest != EventQuery::default() {
            return None;
        }
        let kind = |kind| match Facet::kind(kind) {
            Facet::Kind(code) => code,
            _ => u8::MAX,
        };
        let key = match (kinds.as_slice(), countries.as_slice()) {
            ([one], []) => Of::Kind(kind(*one)),
            ([], [code]) => Of::Country(code.bytes()),
            ([one], [code]) => Of::Both(kind(*one), code.bytes()),
            _ => return None,
        };
        Some(self.ordered.list(key))
    }

    /// Takes the newest of an ordered list.
    fn listed(&self, query: &EventQuery, list: &[u32], window: Window, most: usize) -> Vec<Candidate> {
        let stretch = Ordered::within(list, self.columns(), window.from, window.to);
        let numbers = list.get(stretch).unwrap_or_default().iter().rev();
        let sure = numbers.filter(|number| self.sure(query, **number));
        let found = sure.filter_map(|number| self.candidate(*number));
        found.filter(|candidate| window.holds(candidate)).take(most).collect()
    }

    /// Sorts what passes all bitmaps.
    fn sorted(&self, query: &EventQuery, sets: &[Bitmap<'_>], window: Window, most: usize) -> Vec<Candidate> {
        let Some((first, rest)) = sets.split_first() else { return Vec::new() };
        let left = intersection(first, rest);
        let mut list: Vec<Candidate> = left
            .iter()
            .filter(|n| self.live.contains(*n) && self.sure(query, *n))
            .filter_map(|n| self.candidate(n))
            .filter(|candidate| window.holds(candidate))
            .collect();
        if list.len() > most && most > 0 {
            list.select_nth_unstable_by(most - 1, |a, b| b.order().cmp(&a.order()));
        }
        list.truncate(most);
        list.sort_unstable_by_key(|candidate| std::cmp::Reverse(candidate.order()));
        list
    }

    /// Walks the days, newest first.
    fn walked(&self, query: &EventQuery, sets: &[Bitmap<'_>], window: Window, most: usize) -> Vec<Candidate> {
        let mut list = Vec::new();
        let mut patience = PATIENCE;
        let walk = self.by_day.range(window.days()).rev().flat_map(|(_, numbers)| numbers.iter().rev());
        let done = walk.copied().try_for_each(|number| {
            if list.len() == most {
                return ControlFlow::Break(true);
            }
            let fits = self.fits(query, sets, number);
            if let Some(candidate) = self.candidate(number).filter(|found| fits && window.holds(found)) {
                list.push(candidate);
            } else if !sets.is_empty() {
                patience -= 1;
                if patience == 0 {
                    return ControlFlow::Break(false);
                }
            }
            ControlFlow::Continue(())
        });
        if done == ControlFlow::Break(false) { self.sorted(query, sets, window, most) } else { list }
    }

    fn fits(&self, query: &EventQuery, sets: &[Bitmap<'_>], number: u32) -> bool {
        sets.iter().all(|set| set.contains(number)) && self.live.contains(number) && self.sure(query, number)
    }

    fn sure(&self, query: &EventQuery, number: u32) -> bool {
        query.least_confidence == 0
            || self.confidence.get(number as usize).is_some_and(|held| *held >= query.least_confidence)
    }

    /// The bitmaps that must all hold, smallest first; `None` where one of them is empty.
    pub(super) fn sets(&self, query: &EventQuery) -> Option<Vec<Bitmap<'_>>> {
        let mut sets_of: Vec<Vec<Facet>> = vec![
            query.kinds.iter().map(|kind| Facet::kind(*kind)).collect(),
            query.subtypes.iter().map(|subtype| Facet::Subtype(subtype.as_str().into())).collect(),
            query.factualities.iter().map(|word| Facet::factuality(*word)).collect(),
            query.statuses.iter().map(|word| Facet::status(*word)).collect(),
            query.layers.iter().map(|layer| Facet::Layer(layer.as_str().into())).collect(),
            query.levels.iter().map(|level| Facet::level(*level)).collect(),
        ];
        sets_of.extend(query.countries.iter().map(|code| vec![Facet::country(*code)]));
        sets_of.extend(query.actor.iter().map(|code| vec![Facet::actor(*code)]));
        let asked = sets_of.iter().filter(|facets| !facets.is_empty());
        let mut sets: Vec<Bitmap<'_>> = asked.map(|facets| self.any_of(facets)).collect();
        sets.extend(query.people.iter().chain(&query.words).filter_map(|phrase| self.phrase(phrase)));
        if !query.topics.is_empty() {
            let each: Option<Vec<_>> = query.topics.iter().map(|topic| self.phrase(topic)).collect();
            sets.extend(each.and_then(|each| each.into_iter().reduce(|a, b| Cow::Owned(&*a | &*b))));
        }
        sets.sort_by_key(|set| set.len());
        (!sets.first().is_some_and(|set| set.is_empty())).then_some(sets)
    }

    pub(super) fn any_of(&self, facets: &[Facet]) -> Bitmap<'_> {
        let mut held = facets.iter().filter_map(|facet| self.facets.get(facet));
        match (held.next(), held.next()) {
            (None, _) => Cow::Owned(RoaringBitmap::new()),
            (Some(only), None) => Cow::Borrowed(only),
            (Some(first), Some(second)) => {
                let mut all = first | second;
                held.for_each(|more| all |= more);
                Cow::Owned(all)
            }
        }
    }

    /// Events with all words of a phrase; its last word may stand in the plural. `None` for a phrase
    /// without a word.
    fn phrase(&self, phrase: &str) -> Option<Bitmap<'_>> {
        let lower = phrase.to_lowercase();
        let words: Vec<&str> = facets::split(&lower).collect();
        let (last, rest) = words.split_last()?;
        let one =
            |word: &str| self.words.get(word).map_or_else(|| Cow::Owned(RoaringBitmap::new()), Cow::Borrowed);
        let plural = self.words.get(format!("{last}s").as_str());
        let mut all = match plural {
            Some(plural) => Cow::Owned(&*one(last) | plural),
            None => one(last),
        };
        for word in rest {
            all = Cow::Owned(&*all & &*one(word));
        }
        Some(all)
    }
}

fn intersection<'i>(first: &'i Bitmap<'i>, rest: &[Bitmap<'_>]) -> Bitmap<'i> {
    rest.iter().fold(Cow::Borrowed(&**first), |left, set| Cow::Owned(&*left & &**set))
}

/// The days asked for, and where the page before ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    from: u32,
    to: u32,
    before: Option<(u32, EventId)>,
}

impl Window {
    pub(super) fn of(query: &EventQuery, before: Option<(u32, EventId)>) -> Self {
        let from = query.since.map_or(0, key::day_number);
        let to = query.until.map_or(u32::MAX, key::day_number);
        Self { from, to: before.map_or(to, |(day, _)| day.min(to)), before }
    }

    pub(super) fn days(&self) -> std::ops::RangeInclusive<u32> {
        // A range that ends before it begins panics; no event sorts on day 0.
        if self.from > self.to { 0..=0 } else { self.from..=self.to }
    }

    fn holds_day(&self, day: u32) -> bool {
        (self.from..=self.to).contains(&day)
    }

    fn holds(&self, candidate: &Candidate) -> bool {
        self.holds_day(candidate.day) && self.before.is_none_or(|before| candidate.order() < before)
    }
}
