//! How well the reader reads: articles of our own against events written down by hand.
//!
//! `cargo run -p attache-extract --example reading` prints the tables. The floors stand a little below
//! what the reader reaches: raise them when it reads better.

mod gold;
mod pairing;
mod tally;

use attache_extract::Extractor;

use gold::{APART, BRIEFS, DRILLS, DRILLS_APART, OPEN, cases};
use tally::Tally;

/// The least that a folder of articles is read with: precision and recall of events, F1 of those whose
/// subtype, sides and factuality are right as well, and the share of what is told as a fact that is one.
struct Floor {
    precision: f64,
    recall: f64,
    strict: f64,
    safety: f64,
}

#[test]
fn the_corpus_is_read_at_least_as_well_as_before() -> Result<(), String> {
    holds(OPEN, &Floor { precision: 0.82, recall: 0.72, strict: 0.54, safety: 0.97 })
}

#[test]
fn articles_that_no_rule_was_written_from_are_read_at_least_as_well_as_before() -> Result<(), String> {
    holds(APART, &Floor { precision: 0.76, recall: 0.69, strict: 0.475, safety: 0.955 })
}

#[test]
fn short_news_is_read_at_least_as_well_as_before() -> Result<(), String> {
    holds(BRIEFS, &Floor { precision: 0.81, recall: 0.70, strict: 0.55, safety: 0.93 })
}

#[test]
fn drills_are_read_at_least_as_well_as_before() -> Result<(), String> {
    holds(DRILLS, &Floor { precision: 0.70, recall: 0.49, strict: 0.41, safety: 0.94 })?;
    holds(DRILLS_APART, &Floor { precision: 0.71, recall: 0.49, strict: 0.38, safety: 0.92 })
}

fn holds(folder: &str, floor: &Floor) -> Result<(), String> {
    let cases = cases(folder)?;
    assert!(cases.len() > 10, "few texts in {folder}");
    let tally = Tally::of(&cases, Extractor::builtin());
    let total = tally.total();
    for (what, reached, floor) in [
        ("precision", total.precision(), floor.precision),
        ("recall", total.recall(), floor.recall),
        ("strict F1", tally.strict_f1(), floor.strict),
        ("safety", 1.0 - tally.unsafe_share(), floor.safety),
    ] {
        assert!(reached >= floor, "{folder}: {what} is {reached:.3}, below {floor}:\n{tally}");
    }
    Ok(())
}
