//! "Five days later he did", "on May 10 he made good on it": a threat told right before, carried out.

use jiff::civil::Date;

use crate::build_event::Draft;
use crate::event::{Act, Factuality, Status};
use crate::frame_match::View;
use crate::grammar::clause::{Group, Tense};
use crate::grammar::lower::{WordId, is};
use crate::grammar::tag::Tag;
use crate::span::Span;
use crate::timing::Timing;
use crate::when::EventDate;

/// How many sentences a threat stays in mind.
const REACH: usize = 2;

/// The act itself, where the sentence says that the one threatened by `threat` was done.
pub(crate) fn carried_out(
    (index, span, text): (usize, Span, &str),
    view: View<'_>,
    times: &[Timing],
    threat: &Draft,
    published: Date,
) -> Option<Draft> {
    let action = threat.threatened?;
    (index > threat.sentence && index - threat.sentence <= REACH).then_some(())?;
    let group = view.clauses.groups.iter().find(|g| does(view, g))?;
    by_the_same(view, group, threat).then_some(())?;
    let head = view.words.get(group.head)?.span;
    let time = times.iter().find(|t| t.date.is_some_and(|d| d.end().is_some_and(|day| day <= published)));
    let date = time.and_then(|t| t.date).unwrap_or(EventDate::UNKNOWN);
    let mut draft = threat.clone();
    draft.sentence = index;
    draft.start = head.start;
    draft.dated = time.is_some();
    draft.definite = false;
    draft.threatened = None;
    let event = &mut draft.event;
    event.act = Act::TariffAction(action);
    event.factuality = Factuality::Asserted;
    event.status = Some(Status::InForce);
    event.date = date;
    (event.effective, event.expires, event.duration) = (None, None, None);
    event.claims.clear();
    // Where it was threatened is not where it is done.
    event.place = None;
    event.quote = span.of(text).unwrap_or("").to_owned();
    event.evidence.quote = span;
    let kept = |field: &str| {
        field.starts_with("parties.") || field.starts_with("topics.") || matches!(field, "rate" | "scope")
    };
    event.evidence.fields.retain(|field, _| kept(field));
    event.evidence.fields.insert("status", head);
    if let Some(time) = time {
        event.evidence.fields.insert("date", time.span);
    }
    Some(draft)
}

/// "did", "did so", "followed through", "made good on it".
fn does(view: View<'_>, group: &Group) -> bool {
    let lower = |at: usize| view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
    let ends = |at: usize| view.words.get(at).is_none_or(|w| w.tag == Tag::Punct);
    let told = group.finite && !group.negated && matches!(group.tense, Tense::Past | Tense::Perfect);
    let next = group.head + 1;
    told && match group.lemma.as_str() {
        "do" => {
            ends(next) || lower(next) == "so" && ends(next + 1) || lower(next + 1) == "that" && ends(next + 2)
        }
        "follow" => lower(next) == "through",
        "make" => lower(next) == "good" && lower(next + 1) == "on",
        _ => false,
    }
}

/// The subject is a pronoun or the side that threatened.
fn by_the_same(view: View<'_>, group: &Group, threat: &Draft) -> bool {
    let Some(subject) = group.subject else { return false };
    let actor = threat.event.actor();
    let pronoun = view.words.get(subject.0).is_some_and(|w| is!(w.lower, "he" | "she" | "it" | "they"));
    pronoun || view.who_in(subject).any(|w| w.country.is_some() && w.country == actor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Event, Extractor, Kind};

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let events = Extractor::builtin().extract(&Article::new(text, Date::constant(2026, 2, 20))).events;
        let done = events
            .iter()
            .find(|e| matches!(e.act, Act::TariffAction(_)) && e.factuality == Factuality::Asserted);
        let day = done.and_then(|e| e.date.start()).map(|day| day.to_string());
        assert_eq!(day.as_deref(), expected, "{text:?}");
    }

    #[test]
    fn a_threat_carried_out_is_an_act_of_its_own_day() {
        let threat = "Trump threatened on May 5, 2025, to raise the tariff on Peruvian copper to 25%.";
        check(&format!("{threat} Five days later he did."), Some("2025-05-10"));
        check(&format!("{threat} On May 12 he did so."), Some("2025-05-12"));
        check(&format!("{threat} On May 12 Washington followed through."), Some("2025-05-12"));
        check(&format!("{threat} Five days later he did not."), None);
        check(&format!("{threat} Five days later Lima did."), None);
        check(&format!("{threat} On May 12 he did an interview."), None);
    }

    #[test]
    fn the_act_carried_out_keeps_the_words_of_its_goods() {
        let text = "On May 5, 2025, Trump threatened to raise the tariff on Peruvian copper to 25%. \
                    Five days later he did.";
        let events = Extractor::builtin().extract(&Article::new(text, Date::constant(2026, 2, 20))).events;
        let done = |e: &&Event| e.act.kind() == Kind::TariffAction && e.factuality == Factuality::Asserted;
        let done = events.iter().find(done).unwrap();
        let span = done.evidence.fields.get("scope").and_then(|span| span.of(text));
        assert_eq!(done.scope.as_deref(), Some("Peruvian copper"));
        assert_eq!(span, done.scope.as_deref());
    }
}
