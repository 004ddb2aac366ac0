//! What a text is beside a report: advice to its reader, or history. Neither tells what states do today.

use jiff::civil::Date;

use crate::document::{BlockKind, Document};
use crate::grammar::lower::is;
use crate::timing::Timing;
use crate::when::Precision;

/// The genre of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Genre {
    /// It speaks to its reader ("if you buy from abroad, you pay the duty") or explains what always holds.
    pub(crate) advice: bool,
    /// Nearly all the years it names are long past.
    pub(crate) history: bool,
}

/// Fewer sentences that say "you" make no advice.
const ADDRESSED: usize = 3;
/// Fewer years long past make no history.
const YEARS: usize = 2;
/// A text of more sentences says when, if it reports.
const PASSAGE: usize = 8;
/// What lies further back than this is history.
const LONG_AGO: i16 = 40;

impl Genre {
    /// Reads a document with its times by sentence.
    pub(crate) fn read(doc: &Document<'_>, times: &[Vec<Timing>], published: Date) -> Self {
        let addressed = doc.sentences.iter().filter(|sentence| {
            let told = doc
                .block_of(sentence)
                .is_none_or(|b| !matches!(b.kind, BlockKind::Turn | BlockKind::Question));
            told && sentence.lower.iter().any(|w| is!(w, "you" | "your"))
                && !doc.slice(sentence.span).contains(['“', '"'])
        });
        let count = addressed.count();
        let addressed = count >= ADDRESSED && count * 4 >= doc.sentences.len();
        // An explanation is of no time.
        let day = |t: &Timing| {
            t.date.is_some_and(|date| !matches!(date.precision, Precision::Year | Precision::Unknown))
        };
        let timeless = doc.sentences.len() > PASSAGE && !times.iter().flatten().any(day);
        let advice = addressed || timeless;
        let (mut old, mut new) = (0, 0);
        for time in times.iter().flatten() {
            let Some(day) = time.date.and_then(|date| date.end()) else { continue };
            // "the Trade Act of 1974" is law today.
            let lead = doc.text.get(..time.span.start).unwrap_or("").trim_end();
            if long_ago(day, published) {
                old += usize::from(!(lead.ends_with(" of") && lead.trim_end_matches(" of").ends_with("Act")));
            } else if doc.slice(time.span).bytes().any(|b| b.is_ascii_digit()) {
                new += 1;
            }
        }
        Self { advice, history: old >= YEARS && old > 2 * new }
    }
}

/// Whether a day is history at the time of publication.
pub(crate) fn long_ago(day: Date, published: Date) -> bool {
    published.year() - day.year() > LONG_AGO
}
