//! In whose words an act is told.

use crate::factuality::stance;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Range};
use crate::grammar::lower::WordList;
use crate::grammar::rule::{Rule, Told};
use crate::who::{Who, WhoKind};

/// The demand on in whose words the act is told.
pub(crate) fn in_whose_words(view: View<'_>, classes: &Classes, rule: &Rule, frame: &Frame) -> Option<usize> {
    if rule.voice.is_empty() {
        return Some(0);
    }
    let teller = teller(view);
    // Who speaks around the act takes long to tell, and does not matter to a rule that no speaker suits.
    let suits =
        |voice: &Told| *voice == teller || matches!(voice, Told::Said | Told::Guessed | Told::Documented);
    rule.voice.iter().any(suits).then_some(())?;
    let told = stance(view, classes, frame).speaker.map_or(teller, |speaker| spoken(view, speaker));
    rule.voice.contains(&told).then_some(1)
}

/// In whose words an act is told that these words name the speaker of.
fn spoken(view: View<'_>, speaker: Range) -> Told {
    // "according to the decree": what a text lays down is nobody's guess.
    let last = speaker.1.checked_sub(1).and_then(|i| view.words.get(i));
    if last.is_some_and(|w| LAYS_DOWN.has(&w.lemma)) {
        return Told::Documented;
    }
    let unplaced = |w: &Who| matches!(w.kind, WhoKind::Person | WhoKind::Office | WhoKind::Body);
    // A firm's body, or a person of no state: somebody who judges from outside.
    let private = |w: &Who| match w.kind {
        WhoKind::Body if w.country.is_some() => !w.is("official"),
        WhoKind::Body => !authority(view, speaker),
        WhoKind::Person => !w.is("official") && !w.office.as_deref().is_some_and(public_office),
        WhoKind::Office => w.country.is_none() && business_office(view, speaker),
        _ => false,
    };
    let office = authority(view, speaker);
    let official = office || view.who_in(speaker).any(|w| w.is("official") || unplaced(w) && !private(w));
    if official { Told::Said } else { Told::Guessed }
}

/// In whose words what nobody says is told: those of the text, or of who has the word in it.
fn teller(view: View<'_>) -> Told {
    if view.voice.own.is_some() {
        Told::Own
    } else if view.voice.carried.is_some() {
        Told::Carried
    } else if view.voice.official {
        Told::Documented
    } else {
        Told::Narrated
    }
}

/// Whether the words name one of a list.
fn names(view: View<'_>, (from, to): Range, list: &WordList) -> bool {
    view.words.get(from..to).unwrap_or_default().iter().any(|w| list.has(&w.lemma))
}

/// Whether the words name somebody who speaks for an authority: "a spokesperson", "its statement".
fn authority(view: View<'_>, range: Range) -> bool {
    static WORDS: WordList = WordList::new(&[
        "official",
        "minister",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "commissioner",
        "statement",
        "embassy",
        "ministry",
        "mission",
        "government",
        "commission",
        "department",
        "delegation",
        "ambassador",
    ]);
    names(view, range, &WORDS)
}

/// "the bank's chief executive": an office outside government.
fn business_office(view: View<'_>, range: Range) -> bool {
    static WORDS: WordList = WordList::new(&[
        "executive",
        "ceo",
        "economist",
        "analyst",
        "strategist",
        "manager",
        "founder",
        "owner",
        "researcher",
        "lawyer",
        "attorney",
        "consultant",
        "professor",
        "scholar",
        "trader",
        "broker",
        "forwarder",
    ]);
    names(view, range, &WORDS)
}

/// Texts that lay down what is to be.
static LAYS_DOWN: WordList = WordList::new(&[
    "decree",
    "pact",
    "agreement",
    "contract",
    "law",
    "regulation",
    "protocol",
    "proclamation",
    "order",
    "notice",
    "act",
    "treaty",
    "deal",
    "rule",
    "accord",
    "memorandum",
    "circular",
    "text",
    "budget",
]);

/// Whether an office as printed is one of government, whatever its state.
fn public_office(office: &str) -> bool {
    const WORDS: &[&str] = &[
        "minister",
        "secretary",
        "trade representative",
        "ambassador",
        "commissioner",
        "negotiator",
        "envoy",
    ];
    let office = office.to_lowercase();
    WORDS.iter().any(|word| office.contains(word))
}
