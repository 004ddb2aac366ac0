//! Acts that no rule reads where most sentences of the like tell one.

use crate::event::Kind;
use crate::frame_match::{Hit, View, around, fits};
use crate::grammar::classes::Classes;
use crate::grammar::rule::RuleSet;
use crate::learned::{Heard, Odds, PROPOSED, PROPOSED_BESIDE, PROPOSED_OFFICIAL, Weights};
use crate::trigger_frame::TriggerFrame;
use crate::vocabulary::Vocabulary as _;

/// The likeliest act of a sentence of a kind that is not `told` there, read at the word that speaks most for it. None where
/// no act is likely.
pub(crate) fn propose<'r>(
    (weights, rules, classes): (&Weights, &'r RuleSet, &Classes),
    view: View<'_>,
    (heard, odds): (&Heard, Odds),
    told: &[Kind],
) -> Option<Hit<'r>> {
    let least = match told {
        [] if view.voice.official => PROPOSED_OFFICIAL,
        [] => PROPOSED,
        _ => PROPOSED_BESIDE,
    };
    let likely = Kind::ALL.iter().filter(|kind| odds.of(**kind) >= least && !told.contains(kind));
    let kind = likely.max_by_key(|kind| odds.of(**kind))?;
    let rule = rules.stand_in(weights.act(heard, *kind)?)?;
    let read = |at: usize| {
        around(view, rule, (at, at + 1))?;
        let mut reading = TriggerFrame::of(view, (at, at + 1))?;
        reading.tried(view, rule, |frame| Some(frame.clone()))
    };
    let frame = weights.tellers(heard, *kind).into_iter().find_map(read)?;
    fits(view, classes, rule, &frame)?;
    Some(Hit { rule, frame, others: Vec::new() })
}
