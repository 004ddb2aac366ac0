//! How likely an event is right, told from what stands in it.
//!
//! A sum of few parts, each a property that holds over rules, fitted by ridge regression to how often
//! events with it were right on annotated articles, those that no rule was written by counting most
//! (`examples/calibrate.rs` prints the curve). What a text dates or names people for is right more
//! often than what somebody is said to have said.

use crate::event::{Confidence, Event, Factuality, Kind};
use crate::states::States;

/// Share of plain events that are right, in thousandths.
const BASE: i32 = 710;
/// The rule itself counts for so much less than it claims, above or below this.
const RULE: (i32, i32) = (700, 6);
/// Never quite certain, never hopeless.
const BOUNDS: (i32, i32) = (200, 930);

/// The chance that an event is right; its confidence so far is the rule's, in the light of what sentences of the like tell.
pub(crate) fn of(event: &Event) -> Confidence {
    let states: States = event.parties.iter().filter_map(|p| p.country).collect();
    let parts = [
        (event.act.kind() == Kind::Statement, -230),
        (event.factuality == Factuality::Denied, -80),
        (event.evidence.fields.contains_key("date"), 80),
        (event.parties.iter().any(|p| p.name.is_some() && p.office.is_some()), 90),
        (states.len() > 1, 20),
        (event.scope.is_some(), 45),
    ];
    let rule = (i32::from(event.confidence.thousandths()) - RULE.0) / RULE.1;
    let sum = parts.iter().filter(|(holds, _)| *holds).map(|(_, part)| part).sum::<i32>();
    let sure = (BASE + rule + sum).clamp(BOUNDS.0, BOUNDS.1);
    Confidence::from_thousandths(u16::try_from(sure).unwrap_or(0))
}
