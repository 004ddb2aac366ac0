//! Which event that was read is which event that was annotated.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::gold::Gold;

/// So much of the shorter quote has to stand in the longer one.
const OVERLAP: f64 = 0.5;

/// How well two events agree; `None` where they cannot be the same: another kind, no state in common,
/// days more than one apart, or another sentence.
fn agreement(gold: &Gold, read: &Gold) -> Option<f64> {
    let states = |event: &Gold| event.sides.iter().map(|side| side.0).collect::<BTreeSet<_>>();
    let (ours, theirs) = (states(gold), states(read));
    let common = ours.intersection(&theirs).count();
    if gold.act.kind() != read.act.kind() || common == 0 && !ours.is_empty() && !theirs.is_empty() {
        return None;
    }
    if let (Some(a), Some(b)) = (gold.days, read.days)
        && !near(a, b)
    {
        return None;
    }
    let quote = overlap(&gold.quote, &read.quote);
    let mut weight = (quote >= OVERLAP).then_some(quote)?;
    weight += if gold.days.is_some() && read.days.is_some() { 1.0 } else { 0.5 };
    for agrees in [
        gold.sides == read.sides,
        gold.act == read.act,
        gold.rate == read.rate,
        gold.days == read.days,
        gold.factuality == read.factuality,
    ] {
        weight += if agrees { 0.2 } else { 0.0 };
    }
    Some(weight)
}

/// Whether two spans of days touch or overlap.
fn near(a: (Date, Date), b: (Date, Date)) -> bool {
    let after = |day: Date| day.tomorrow().unwrap_or(day);
    a.0 <= after(b.1) && b.0 <= after(a.1)
}

/// The share of the shorter text's words that stand in the other.
fn overlap(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = u32::try_from(a.intersection(&b).count()).unwrap_or(u32::MAX);
    let shorter = u32::try_from(a.len().min(b.len())).unwrap_or(u32::MAX);
    f64::from(shared) / f64::from(shorter.max(1))
}

/// Pairs of indexes, the best agreement first; each event is in one pair at most.
pub(crate) fn pairs(golds: &[Gold], reads: &[Gold]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (g, gold) in golds.iter().enumerate() {
        for (r, read) in reads.iter().enumerate() {
            all.extend(agreement(gold, read).map(|weight| (weight, g, r)));
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, g, r) in all {
        if out.iter().all(|&(gold, read)| gold != g && read != r) {
            out.push((g, r));
        }
    }
    out
}
