//! Counting contacts by level and channel from bitmaps alone: what a list says above its first entry
//! costs the same however long the list is.

use std::ops::RangeInclusive;

use attache_extract::Vocabulary as _;
use attache_extract::event::{Engagement, Factuality, Status};
use roaring::RoaringBitmap;

use super::Index;
use super::facets::Facet;
use super::plan::Window;
use crate::query::EventQuery;
use crate::view::engagements::{Level, Tally};

impl Index {
    /// How many contacts a query finds and how many of them took place; `None` where words decide.
    pub(crate) fn tally(&self, query: &EventQuery) -> Option<Tally> {
        if query.reads_text() || query.least_confidence > 0 {
            return None;
        }
        let Some(sets) = self.sets(query) else { return Some(Tally::default()) };
        let mut found = sets.iter().fold(self.live.clone(), |left, set| left & &**set);
        if query.since.is_some() || query.until.is_some() {
            found = self.on(Window::of(query, None).days(), &found);
        }
        let told = [Factuality::Asserted, Factuality::Reported].map(Facet::factuality);
        let held = &found & &*self.any_of(&told) & &*self.any_of(&[Facet::status(Status::Occurred)]);
        let of = |facet: &Facet| {
            let both = self.facets.get(facet).map_or(0, |numbers| numbers.intersection_len(&held));
            usize::try_from(both).unwrap_or(usize::MAX)
        };
        let wide = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let mut tally = Tally { found: wide(found.len()), took_place: wide(held.len()), ..Tally::default() };
        tally.levels =
            Level::ALL.iter().rev().map(|level| (Some(*level), of(&Facet::level(*level)))).collect();
        let known: usize = tally.levels.iter().map(|(_, count)| count).sum();
        tally.levels.push((None, tally.took_place.saturating_sub(known)));
        let channel = |one: &Engagement| (one.as_str(), of(&Facet::Subtype(one.as_str().into())));
        tally.channels = Engagement::ALL.iter().map(channel).collect();
        tally.levels.retain(|(_, count)| *count > 0);
        tally.channels.retain(|(_, count)| *count > 0);
        Some(tally)
    }

    /// Those of these events that are on one of the days, by whichever way looks at fewer.
    fn on(&self, days: RangeInclusive<u32>, found: &RoaringBitmap) -> RoaringBitmap {
        let lists = || self.by_day.range(days.clone()).map(|(_, numbers)| numbers);
        if lists().map(|numbers| numbers.len() as u64).sum::<u64>() < found.len() {
            return lists().flatten().filter(|number| found.contains(**number)).collect();
        }
        let on_one = |number: &u32| self.days.get(*number as usize).is_some_and(|day| days.contains(day));
        found.iter().filter(on_one).collect()
    }
}
