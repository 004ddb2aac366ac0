//! What an event's evidence says about where it comes from, beyond its article: the shipped
//! chronology's name and certainty, the thread it belongs to, what a curator settled.
//!
//! These stand among the names of the rules that made the event ([`EvidenceRecord::rules`]), so that
//! they travel with it through export and import, and a correction of them is undone like any other.
//!
//! [`EvidenceRecord::rules`]: crate::record::EvidenceRecord::rules

pub use attache_extract::event::{OWN_ORDER, OWN_TEXT};

use jiff::civil::Date;

use crate::id::{ArticleId, EventId};
use crate::record::EventRecord;

/// How well a record of the chronology is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Read only in a digest of news; its own source was not seen.
    Digest,
    /// From press or reference works.
    Secondary,
    /// From the text of those who acted.
    Primary,
}

impl Certainty {
    /// The word used in the chronology and in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Secondary => "secondary",
            Self::Primary => "primary",
        }
    }

    /// Reads [`as_str`](Self::as_str)'s word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Digest, Self::Secondary, Self::Primary].into_iter().find(|known| known.as_str() == word)
    }
}

const KEY: &str = "chronology: ";
const CERTAINTY: &str = "certainty: ";
const THREAD: &str = "thread: ";
const OVER: &str = "settled over: ";
const LAYER: &str = "layer by the headline: ";
const LEFT: &str = "no longer in: ";
const CONFIRMED: &str = "confirmed by a curator: ";
const DISPUTED: &str = "disputed by a curator: ";
const RESOLVED: &str = "resolved by a curator on ";
const REOPENED: &str = "opened again by a curator on ";

const BY_HAND: &str = "added by a curator";

/// What a curator thinks of an event, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'r> {
    /// It is right.
    Confirmed(&'r str),
    /// It is doubtful; it stays, and says so.
    Disputed(&'r str),
}

/// What a curator said of a tension when this move was its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling<'r> {
    /// Opened again; else resolved.
    pub open: bool,
    /// On which day.
    pub day: Date,
    /// Why.
    pub why: &'r str,
}

fn after<'r>(event: &'r EventRecord, head: &str) -> impl Iterator<Item = &'r str> {
    event.evidence.rules.iter().filter_map(move |rule| rule.strip_prefix(head))
}

/// The shipped chronology's name for the event.
#[must_use]
pub fn key(event: &EventRecord) -> Option<&str> {
    after(event, KEY).next()
}

/// How well the chronology's record is supported; `None` for an event read from an article.
#[must_use]
pub fn certainty(event: &EventRecord) -> Option<Certainty> {
    after(event, CERTAINTY).next().and_then(Certainty::parse)
}

/// The thread of the tension register that the event is said to belong to.
#[must_use]
pub fn thread(event: &EventRecord) -> Option<&str> {
    after(event, THREAD).next()
}

/// The legal layer that the headline of its article names, where the event's own words name none.
#[must_use]
pub fn layer(event: &EventRecord) -> Option<&str> {
    after(event, LAYER).next()
}

/// Whether the actor's own text tells of the act: its order, its fact sheet, its statement.
#[must_use]
pub fn own_text(event: &EventRecord) -> bool {
    event.evidence.rules.iter().any(|rule| rule == OWN_TEXT || rule == OWN_ORDER)
}

/// Whether the actor's own order carries the act out, so that it is done and not only promised.
#[must_use]
pub fn own_order(event: &EventRecord) -> bool {
    event.evidence.rules.iter().any(|rule| rule == OWN_ORDER)
}

/// Takes over from another report that it is the actor's own text.
pub(crate) fn adopt_own(event: &mut EventRecord, from: &EventRecord) {
    for rule in from.evidence.rules.iter().filter(|rule| *rule == OWN_TEXT || *rule == OWN_ORDER) {
        if !event.evidence.rules.contains(rule) {
            event.evidence.rules.push(rule.clone());
        }
    }
}

/// Writes down the layer that the headline names.
pub(crate) fn set_layer(event: &mut EventRecord, layer: &str) {
    event.evidence.rules.push(format!("{LAYER}{layer}"));
}

/// Everything that is told here, as it stands among the rules.
pub(crate) fn notes(event: &EventRecord) -> Vec<String> {
    let told = |rule: &&String| {
        [KEY, CERTAINTY, THREAD, OVER, LAYER, LEFT, CONFIRMED, DISPUTED, RESOLVED, REOPENED]
            .iter()
            .any(|head| rule.starts_with(head))
    };
    event.evidence.rules.iter().filter(told).cloned().collect()
}

/// Sources whose article no longer has the event in its present version, by the text that had it last.
#[must_use]
pub fn left_by(event: &EventRecord) -> Vec<ArticleId> {
    after(event, LEFT).filter_map(ArticleId::parse).collect()
}

/// Writes down that an article's present version no longer has the event.
pub(crate) fn set_left(event: &mut EventRecord, article: ArticleId) {
    event.evidence.rules.push(format!("{LEFT}{article}"));
}

/// The article has the event again.
pub(crate) fn returned(event: &mut EventRecord, article: ArticleId) {
    let note = format!("{LEFT}{article}");
    event.evidence.rules.retain(|rule| *rule != note);
}

/// Events that a curator put this one above.
#[must_use]
pub fn settled_over(event: &EventRecord) -> Vec<EventId> {
    after(event, OVER).filter_map(EventId::parse).collect()
}

/// The names under which the chronology's facts stand among an event's rules.
pub(crate) fn rules(key: &str, certainty: Certainty, thread: Option<&str>) -> Vec<String> {
    let mut rules = vec![format!("{KEY}{key}"), format!("{CERTAINTY}{}", certainty.as_str())];
    rules.extend(thread.map(|thread| format!("{THREAD}{thread}")));
    rules
}

/// Writes down that this event is to be followed where it and the other differ.
pub fn settle(event: &mut EventRecord, other: EventId) {
    event.evidence.rules.push(format!("{OVER}{other}"));
}

/// Puts the event into a thread of the register, or takes it out of the one it was put into.
pub fn set_thread(event: &mut EventRecord, thread: Option<&str>) {
    event.evidence.rules.retain(|rule| !rule.starts_with(THREAD));
    event.evidence.rules.extend(thread.map(|thread| format!("{THREAD}{thread}")));
}

/// What a curator thinks of the event.
#[must_use]
pub fn verdict(event: &EventRecord) -> Option<Verdict<'_>> {
    let confirmed = after(event, CONFIRMED).next().map(Verdict::Confirmed);
    confirmed.or_else(|| after(event, DISPUTED).next().map(Verdict::Disputed))
}

/// Writes down what a curator thinks of the event, in the place of what was thought before.
pub fn judge(event: &mut EventRecord, verdict: Verdict<'_>) {
    event.evidence.rules.retain(|rule| !rule.starts_with(CONFIRMED) && !rule.starts_with(DISPUTED));
    event.evidence.rules.push(match verdict {
        Verdict::Confirmed(why) => format!("{CONFIRMED}{why}"),
        Verdict::Disputed(why) => format!("{DISPUTED}{why}"),
    });
}

/// What a curator said of the tension whose last move this is.
#[must_use]
pub fn ruling(event: &EventRecord) -> Option<Ruling<'_>> {
    let of = |open: bool, head: &str| {
        let (day, why) = after(event, head).next()?.split_once(": ")?;
        Some(Ruling { open, day: day.parse().ok()?, why })
    };
    of(false, RESOLVED).or_else(|| of(true, REOPENED))
}

/// Writes down what a curator said of the tension whose last move this is.
pub fn rule(event: &mut EventRecord, ruling: Ruling<'_>) {
    event.evidence.rules.retain(|rule| !rule.starts_with(RESOLVED) && !rule.starts_with(REOPENED));
    let head = if ruling.open { REOPENED } else { RESOLVED };
    event.evidence.rules.push(format!("{head}{}: {}", ruling.day, ruling.why));
}

/// Writes down that a curator added the event by hand.
pub(crate) fn by_hand(event: &mut EventRecord) {
    event.evidence.rules.push(BY_HAND.to_owned());
}

/// Whether a curator added the event by hand.
#[must_use]
pub fn is_by_hand(event: &EventRecord) -> bool {
    event.evidence.rules.iter().any(|rule| rule == BY_HAND)
}

/// Whether a name among an event's rules is a curator's word, not a rule that read it.
#[must_use]
pub fn is_curators(rule: &str) -> bool {
    [OVER, CONFIRMED, DISPUTED, RESOLVED, REOPENED].iter().any(|head| rule.starts_with(head))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_curators_word_takes_the_place_of_the_one_before() {
        let mut event: EventRecord = serde_json::from_str(crate::record::SAMPLE).unwrap();
        assert_eq!((verdict(&event), ruling(&event)), (None, None));
        judge(&mut event, Verdict::Confirmed("read the order"));
        judge(&mut event, Verdict::Disputed("the ministry: denies it"));
        assert_eq!(verdict(&event), Some(Verdict::Disputed("the ministry: denies it")));
        let first = Ruling { open: false, day: date(2026, 1, 2), why: "a deal: signed" };
        rule(&mut event, first);
        assert_eq!(ruling(&event), Some(first));
        let then = Ruling { open: true, day: date(2026, 2, 2), why: "it failed" };
        rule(&mut event, then);
        assert_eq!(ruling(&event), Some(then));
        let marks = event.evidence.rules.iter().filter(|rule| is_curators(rule)).count();
        assert_eq!((marks, event.evidence.rules.len()), (2, 3));
    }
}
