//! "left the duty at 10%, with 24 points suspended": what stays is part of the suspension.

use crate::build_event::Draft;
use crate::event::{Act, RateUnit, TariffAction};
use crate::grammar::tag::Word;

/// Words that tell what goes on as it was.
const STAYS: &[&str] = &["still", "leave", "keep", "remain", "stay", "retain", "continue", "maintain"];

/// "by suspending those duties and to instead impose one of 10 percent": the rate behind "instead" is what
/// is charged meanwhile.
pub(crate) fn charge_instead(drafts: &mut Vec<Draft>, words: &[Word]) {
    let Some(at) = words.iter().position(|w| w.lower == "instead").and_then(|i| words.get(i)) else { return };
    let pauses = |d: &Draft| {
        matches!(d.event.act, Act::TariffAction(TariffAction::Suspend | TariffAction::ExtendSuspension))
            && d.start < at.span.start
    };
    let imposes =
        |d: &Draft| d.event.act == Act::TariffAction(TariffAction::Impose) && d.start > at.span.start;
    let behind =
        |d: &Draft| d.event.evidence.fields.get("rate").is_some_and(|span| span.start > at.span.start);
    let paused = positions(drafts, pauses);
    let own =
        paused.iter().filter_map(|&n| drafts.get(n)).find(|d| behind(d)).and_then(|d| d.event.rate.clone());
    let charged = positions(drafts, imposes);
    let told = charged.iter().filter_map(|&n| drafts.get(n)).find_map(|d| d.event.rate.clone());
    let Some(mut rate) = own.or(told).filter(|rate| rate.value.is_some() && rate.retained.is_none()) else {
        return;
    };
    rate.retained = rate.value.take();
    for &n in &paused {
        if let Some(draft) = drafts.get_mut(n) {
            draft.event.rate = Some(rate.clone());
        }
    }
    if !paused.is_empty() {
        drafts.retain(|d| !imposes(d));
    }
}

/// Of one sentence, joins the rate that is still charged to the suspension of the points above it.
pub(crate) fn keep_what_stays(drafts: &mut Vec<Draft>, words: &[Word]) {
    let suspends = |d: &Draft| {
        matches!(d.event.act, Act::TariffAction(TariffAction::Suspend | TariffAction::ExtendSuspension))
            && d.event.rate.as_ref().is_some_and(|r| {
                r.unit == RateUnit::PercentagePoints && r.value.is_some() && r.retained.is_none()
            })
    };
    let stays = |d: &Draft| {
        d.event.act == Act::TariffAction(TariffAction::Impose)
            && d.event.rate.as_ref().is_some_and(|r| {
                r.unit == RateUnit::Percent && r.value.is_some() && r.from.is_none() && r.to.is_none()
            })
    };
    let actor = |d: &Draft| d.event.actor();
    let [at] = positions(drafts, suspends)[..] else { return };
    let [left] = positions(drafts, stays)[..] else { return };
    let told = words.iter().any(|w| STAYS.iter().any(|word| w.lemma == *word));
    let one = drafts.get(at).and_then(actor) == drafts.get(left).and_then(actor);
    if !told || !one {
        return;
    }
    let value = drafts.get(left).and_then(|d| d.event.rate.as_ref()).and_then(|r| r.value);
    if let Some(rate) = drafts.get_mut(at).and_then(|d| d.event.rate.as_mut()) {
        rate.retained = value;
        drafts.remove(left);
    }
}

fn positions(drafts: &[Draft], fits: impl Fn(&Draft) -> bool) -> Vec<usize> {
    drafts.iter().enumerate().filter(|(_, d)| fits(d)).map(|(at, _)| at).collect()
}
