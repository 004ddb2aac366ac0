//! The learned reader: which kinds of event a sentence tells, by the wordings of the annotated corpus.
//!
//! Rules know the wordings that somebody wrote down. A logistic regression on the words, verbs and mentions
//! of a sentence ([`clues`]) knows how often sentences like it tell of a tariff, a meeting, a threat. It is asked
//! twice: what rules read where hardly any such sentence tells that kind of event is left out, and where
//! no rule reads that kind and most such sentences tell one, the stand-in rule of the likeliest act reads
//! it ([`propose`]): sides, days, rates and factuality come from the grammar as for every other rule, what the words refuse
//! stays refused, and where acts of such sentences were mostly not done, it is told as possible at most.
//! Where a rule leaves open which act of a kind it is, they decide.
//!
//! The weights are data: `weights/kinds.csv` and `weights/acts.csv`, thousandths of log-odds, written by
//! `cargo run --release -p attache-extract --example train` from `corpus/` and the examples of the rules. Sums are of
//! whole numbers and the one division is rounded as IEEE 754 says, so that a text is read alike on every machine.

mod clues;
mod heard;
mod propose;
mod weights;

use crate::document::BlockKind;
use crate::event::{Confidence, Event, Kind};
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::lower::Lower;
use crate::vocabulary::Vocabulary as _;

pub(crate) use heard::Heard;
pub(crate) use propose::{likeliest, propose, unsure_tariff};
pub(crate) use weights::Weights;

/// One column for each kind, and one for doubt.
const COLUMNS: usize = Kind::ALL.len() + 1;

/// Log-odds in thousandths: nothing is proposed that is less likely than this, 55 in 100.
const PROPOSED: i32 = 200;
/// Beside what a rule reads in the sentence, in a text that is not on trade, and in an authority's own paper, which is
/// wordy and much in it sounds like an act: 78 in 100.
const PROPOSED_ELSEWHERE: i32 = 1_265;
/// A tariff in a clause that names none: 67 in 100.
const PROPOSED_UNNAMED: i32 = 700;
/// An act that no rule reads is told as possible at most where three in ten of the like were none yet.
const DOUBTED: i32 = -850;
/// Nothing is kept that is less likely than one in eight.
const KEPT: i32 = -2_000;
/// What the text gives a day of its own may be so much less likely, one in seventeen.
const DATED: i32 = 800;
/// So may what stands in a sentence of fewer words, which has few clues: one in twenty-one.
const SHORT: (usize, i32) = (14, 1_000);

/// Log-odds, in thousandths, that count as much as one thousandth of what a rule claims; and how far they count.
const SURER: i32 = 4;
const LESS_SURE: (i32, i32) = (-1_000, 150);

/// The column of a kind.
fn column(kind: Kind) -> usize {
    Kind::ALL.iter().take_while(|known| **known != kind).count()
}

/// Log-odds of a sentence, in thousandths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Odds([i32; COLUMNS]);

impl Odds {
    /// That it tells an event of the kind.
    pub(crate) fn of(&self, kind: Kind) -> i32 {
        self.0.get(column(kind)).copied().unwrap_or(i32::MIN)
    }

    /// Whether an event is too unlikely in a sentence of so many words.
    pub(crate) fn rule_out(&self, event: &Event, words: usize) -> bool {
        let dated = if event.evidence.fields.contains_key("date") { DATED } else { 0 };
        let short = if words < SHORT.0 { SHORT.1 } else { 0 };
        self.of(event.act.kind()) < KEPT - dated - short
    }

    /// Whether what it tells was perhaps not done: threatened, hoped for, denied.
    pub(crate) fn doubt(&self) -> bool {
        self.0.last().is_some_and(|odds| *odds > DOUBTED)
    }
}

/// How sure a reading is in the light of what sentences of the like tell; `rule` is what its rule claims.
pub(crate) fn weighed(rule: Confidence, odds: i32) -> Confidence {
    let sum = i32::from(rule.thousandths()) + (odds / SURER).clamp(LESS_SURE.0, LESS_SURE.1);
    Confidence::from_thousandths(u16::try_from(sum.clamp(0, 1000)).unwrap_or(0))
}

/// The clues of a sentence, spelled out: what the weights are trained on.
pub(crate) fn spelled(view: View<'_>, classes: &Classes, block: BlockKind) -> Vec<String> {
    struct Spelled(Vec<String>);
    impl clues::Sink for Spelled {
        fn clue<const N: usize>(&mut self, parts: [&Lower; N], _: Option<usize>) {
            self.0.push(parts.map(Lower::as_str).join(" "));
        }

        fn class(&mut self, _: usize, name: &Lower) {
            self.0.push(format!("c {name}"));
        }
    }
    let mut out = Spelled(Vec::new());
    clues::read(view, classes, block, &mut out);
    out.0.sort_unstable();
    out.0.dedup();
    out.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Extractor};

    fn acts(text: &str) -> Vec<(String, String)> {
        let today = jiff::civil::date(2025, 5, 23);
        let found = Extractor::builtin().extract(&Article::new(text, today)).events;
        found.iter().map(|e| (e.act.subtype().to_owned(), e.evidence.rules.join(" "))).collect()
    }

    #[test]
    fn a_wording_that_no_rule_knows_is_read_by_those_like_it() {
        let text = "Norway and Chile have quarrelled over tariffs. Norwegian Foreign Minister Jan Roe picked up the \
                    receiver on Monday for a half-hour call with Chilean President Ana Paz.";
        let found = acts(text);
        assert!(found.iter().any(|(act, rule)| act == "call" && rule.contains("likely call")), "{found:?}");
        let by_rules = Extractor::by_rules()
            .map(|reader| reader.extract(&Article::new(text, jiff::civil::date(2025, 5, 23))).events.len());
        assert!(by_rules.is_ok_and(|count| count < found.len()));
    }

    #[test]
    fn what_is_likely_enough_is_told_in_a_text_that_names_no_trade() {
        let text = "Norwegian Foreign Minister Jan Roe picked up the receiver on Monday for a half-hour call with \
                    Chilean President Ana Paz.";
        assert!(acts(text).iter().any(|(act, rule)| act == "call" && rule.contains("likely call")));
        let film = "The film on the foreign minister of Norway won a prize at the festival on Monday. Its director \
                    called the actor who plays the president of Chile.";
        assert_eq!(acts(film), []);
    }

    #[test]
    fn what_is_unlikely_lowers_the_confidence_of_a_rule_and_what_is_likely_raises_it_little() {
        let rule = Confidence::from_thousandths(700);
        let sure = |odds| weighed(rule, odds).thousandths();
        assert_eq!([sure(-400), sure(0), sure(400), sure(9_000), sure(-9_000)], [600, 700, 800, 850, 0]);
    }
}
