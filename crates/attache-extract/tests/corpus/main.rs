//! How well the reader reads: articles of our own against events written down by hand.
//!
//! `cargo run -p attache-extract --example reading` prints the table. The floors stand a little below
//! what the reader reaches: raise them when it reads better.

mod gold;
mod pairing;
mod tally;

use attache_extract::Extractor;

use gold::cases;
use tally::Tally;

#[test]
fn the_corpus_is_read_at_least_as_well_as_before() {
    let cases = cases().unwrap_or_else(|fault| panic!("{fault}"));
    let tally = Tally::of(&cases, Extractor::builtin());
    let total = tally.total();
    for (what, reached, floor) in [
        ("precision", total.precision(), PRECISION),
        ("recall", total.recall(), RECALL),
        ("strict F1", tally.strict_f1(), STRICT),
        ("safety", 1.0 - tally.unsafe_share(), SAFETY),
    ] {
        assert!(reached >= floor, "{what} is {reached:.3}, below {floor}:\n{tally}");
    }
}

/// Of all that is read.
const PRECISION: f64 = 0.78;
/// Of all that is annotated.
const RECALL: f64 = 0.57;
/// Subtype, sides and factuality right as well.
const STRICT: f64 = 0.46;
/// The share of what is told as a fact that is one.
const SAFETY: f64 = 0.95;
