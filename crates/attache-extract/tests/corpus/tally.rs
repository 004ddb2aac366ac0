//! How much of what is annotated was read, and how much of what was read is annotated.

use std::collections::BTreeMap;
use std::fmt;

use attache_extract::event::Factuality;
use attache_extract::{Extractor, Kind};

use super::gold::Case;
use super::pairing::pairs;

/// Counts of events.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    /// Annotated and read.
    pub(crate) right: usize,
    /// Read and not annotated.
    pub(crate) false_alarms: usize,
    /// Annotated and not read.
    pub(crate) missed: usize,
}

/// A whole run over the corpus.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) kinds: BTreeMap<Kind, Counts>,
    /// Of the right ones, those whose subtype, sides and factuality are right as well.
    pub(crate) strict: usize,
    /// Told as a fact, although the annotation has no fact there.
    pub(crate) unsafe_facts: usize,
    /// Told as a fact.
    pub(crate) facts: usize,
    /// Articles without any event, and the events read in them.
    pub(crate) negatives: usize,
    pub(crate) in_negatives: usize,
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

impl Counts {
    /// The share of what was read that is right.
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.right + self.false_alarms)
    }

    /// The share of what is annotated that was read.
    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.false_alarms + self.missed)
    }
}

impl Tally {
    /// Reads all articles. An optional event counts neither where it is read nor where it is not.
    pub(crate) fn of(cases: &[Case], extractor: &Extractor) -> Self {
        let mut out = Self::default();
        for case in cases {
            let reads = case.read(extractor);
            let pairs = pairs(&case.events, &reads);
            let negative = case.events.is_empty();
            out.negatives += usize::from(negative);
            out.in_negatives += if negative { reads.len() } else { 0 };
            for (g, gold) in case.events.iter().enumerate().filter(|(_, gold)| !gold.optional) {
                let counts = out.kinds.entry(gold.act.kind()).or_default();
                match pairs.iter().find(|pair| pair.0 == g).and_then(|pair| reads.get(pair.1)) {
                    Some(read) => {
                        counts.right += 1;
                        let free = matches!(gold.act.kind(), Kind::BusinessShift | Kind::Forecast);
                        let same = free || gold.act == read.act;
                        let strict = same && gold.sides == read.sides && gold.factuality == read.factuality;
                        out.strict += usize::from(strict);
                    }
                    None => counts.missed += 1,
                }
            }
            for (r, read) in reads.iter().enumerate() {
                let gold = pairs.iter().find(|pair| pair.1 == r).and_then(|pair| case.events.get(pair.0));
                let fact = read.factuality == Factuality::Asserted;
                out.facts += usize::from(fact);
                let none = gold.map_or(negative, |gold| gold.factuality != Factuality::Asserted);
                out.unsafe_facts += usize::from(fact && none);
                if gold.is_none() {
                    out.kinds.entry(read.act.kind()).or_default().false_alarms += 1;
                }
            }
        }
        out
    }

    /// All kinds together.
    pub(crate) fn total(&self) -> Counts {
        self.kinds.values().fold(Counts::default(), |sum, counts| Counts {
            right: sum.right + counts.right,
            false_alarms: sum.false_alarms + counts.false_alarms,
            missed: sum.missed + counts.missed,
        })
    }

    /// F1 where an event is right only if subtype, sides and factuality are.
    pub(crate) fn strict_f1(&self) -> f64 {
        let total = self.total();
        share(2 * self.strict, 2 * total.right + total.false_alarms + total.missed)
    }

    /// The share of what is told as a fact that the annotation does not have as one.
    pub(crate) fn unsafe_share(&self) -> f64 {
        share(self.unsafe_facts, self.facts)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<16} {:>5} {:>5} {:>6} {:>6} {:>6}", "kind", "gold", "read", "P", "R", "F1")?;
        let total = self.total();
        let rows = self.kinds.iter().map(|(kind, counts)| (kind.to_string(), *counts));
        for (name, counts) in rows.chain([("all".to_owned(), total)]) {
            let (gold, read) = (counts.right + counts.missed, counts.right + counts.false_alarms);
            let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
            writeln!(f, "{name:<16} {gold:>5} {read:>5} {p:>6.3} {r:>6.3} {f1:>6.3}")?;
        }
        writeln!(f, "subtype, sides and factuality right as well: F1 {:.3}", self.strict_f1())?;
        writeln!(f, "told as facts and none: {:.1}%", 100.0 * self.unsafe_share())?;
        write!(f, "{} events in {} articles without any", self.in_negatives, self.negatives)
    }
}
