//! What an `ingest` came to, told at its end.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use crate::intake::Outcome;

/// What came of it so far.
#[derive(Default)]
pub(super) struct Tally {
    articles: usize,
    events: usize,
    joined: usize,
    known: usize,
    reprints: usize,
    versions: usize,
    updated: usize,
    gone: usize,
    /// Set aside, by reason.
    aside: BTreeMap<String, usize>,
    pub(super) faults: usize,
}

impl Tally {
    pub(super) fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::SetAside { reason } => *self.aside.entry(reason.clone()).or_default() += 1,
            Outcome::Duplicate { alike, .. } => {
                self.known += 1;
                self.reprints += usize::from(alike.is_some());
            }
            Outcome::New { events, joined, .. } => {
                self.articles += 1;
                self.events += events.len();
                self.joined += joined.len();
            }
            Outcome::Revision { events, joined, updated, gone, .. } => {
                self.articles += 1;
                self.versions += 1;
                self.events += events.len();
                self.joined += joined.len();
                self.updated += updated.len();
                self.gone += gone.len();
            }
        }
    }

    /// An article that would come in with so many events.
    pub(super) fn count_dry(&mut self, outcome: &Outcome, events: usize) {
        self.count(outcome);
        if matches!(outcome, Outcome::New { .. } | Outcome::Revision { .. }) {
            self.events += events;
        }
    }

    pub(super) fn tell(&self, dry_run: bool) -> io::Result<()> {
        let Self { articles, events, joined, known, reprints, versions, updated, gone, aside, faults } = self;
        let would = if dry_run { "would be " } else { "" };
        let why: Vec<_> = aside.iter().map(|(reason, count)| format!("{count}: {reason}")).collect();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
        let aside: usize = aside.values().sum();
        writeln!(
            io::stdout(),
            "{articles} articles {would}stored with {events} new events, {versions} of them later versions; {joined} events gained a source, {updated} were corrected, {gone} are no longer told; {known} articles were known, {reprints} of them in another place; {aside} were set aside{why}; {faults} were refused."
        )
    }
}
