//! "A network reported that Roe had rung Doe. 'There was no such call,' said her spokesman.": what is told at second
//! hand and denied right behind is told as denied.

use crate::build_event::Draft;
use crate::event::{Act, Factuality, Kind, Statement, Status, Tension};
use crate::grammar::lower::Lower;
use crate::sentence::Sentence;

/// Longer sentences say more than that something is untrue.
const LONGEST: usize = 170;

/// By which a sentence denies a contact told before.
const NO_CONTACT: &[&str] = &[
    "no such call",
    "no such phone call",
    "no such contact",
    "no such conversation",
    "no such meeting",
    "no such talks",
    "no such visit",
    "there was no call",
    "there was no contact",
    "there was no conversation",
    "there was no meeting",
    "there were no talks",
];

/// By which it denies whatever was told before.
const UNTRUE: &[&str] = &[
    "called the report false",
    "called the report untrue",
    "called the report fake",
    "called that false",
    "called this false",
    "called it fake news",
    "denied the report",
    "denied that report",
    "dismissed the report",
    "it never happened",
    "no such deal",
    "no such decision",
    "no such measure",
    "no such order",
    "no such plan",
    "that is false",
    "that is not true",
    "that is untrue",
    "that never happened",
    "that was false",
    "that was not true",
    "the claim is false",
    "the report is false",
    "the report is inaccurate",
    "the report is not true",
    "the report is untrue",
    "the reports are false",
    "the reports are not true",
    "the reports are untrue",
    "the story is false",
    "the story is made up",
    "the story is not true",
    "these reports are false",
    "these reports are not true",
    "this is false",
    "this is not true",
    "this is untrue",
    "this never happened",
    "this report is not true",
];

/// By which it says that a contact told before is off.
const OFF: &[&str] = &["cancel", "call", "scrap", "shelv", "postpone", "put off", "abandon"];

/// How a contact told before is named.
const KNOWN: &[&str] = &["the trip", "the visit", "the talks", "the meeting", "the summit", "the call"];

/// What makes such words say something else: "had the report been false", "whether it is untrue".
const UNSURE: &[&str] = &["whether", " if ", "could", "may ", "might", "should ", "unless", " why ", "?"];

/// How some word begins in whatever denies anything or names a contact above: a sentence without one is read no further.
const STEMS: &[&str] = &[
    "call",
    "contact",
    "conversation",
    "fake",
    "false",
    "happened",
    "inaccurate",
    "made",
    "meeting",
    "report",
    "such",
    "summit",
    "talks",
    "trip",
    "true",
    "untrue",
    "visit",
];

/// A sentence that denies what was told before it.
pub(crate) struct Gainsaid {
    sentence: usize,
    block: usize,
    /// It names a contact.
    contact: bool,
    /// It says that a planned one is off.
    off: bool,
}

impl Gainsaid {
    /// What a sentence denies, if anything.
    pub(crate) fn read(index: usize, sentence: &Sentence, words: &str) -> Option<Self> {
        let speaks = |word: &Lower| STEMS.iter().any(|stem| word.as_str().starts_with(stem));
        if words.len() > LONGEST || !sentence.lower.iter().any(speaks) {
            return None;
        }
        let lower = words.to_ascii_lowercase();
        let says = |known: &[&str]| known.iter().any(|one| lower.contains(one));
        let contact = says(NO_CONTACT);
        let off = !contact && calls_off(&lower);
        let denies = (contact || off || says(UNTRUE)) && !says(UNSURE);
        denies.then_some(Self { sentence: index, block: sentence.block, contact, off })
    }

    /// Whether it speaks of an act: told right before it, or in the question that it answers.
    fn concerns(&self, draft: &Draft) -> bool {
        // "We asked. 'There was no call,' says the ministry."
        let near = draft.sentence + 1 == self.sentence
            || draft.sentence + 2 == self.sentence && draft.block == self.block;
        let asked = draft.question.is_some_and(|q| q + 1 == self.block);
        let blames = matches!(
            draft.event.act,
            Act::Tension(Tension::Warning | Tension::Condemnation | Tension::Accusation)
        );
        let kind = draft.event.act.kind();
        if self.off {
            let planned = draft.event.status == Some(Status::Planned);
            return planned && kind == Kind::Engagement && draft.sentence + 1 == self.sentence;
        }
        (near || asked)
            && draft.event.factuality == Factuality::Reported
            && !blames
            && match kind {
                Kind::Engagement => true,
                Kind::TariffAction | Kind::Tension | Kind::Agreement => !self.contact,
                _ => false,
            }
    }
}

/// "Oslo cancelled the trip late on Friday", "The visit was called off", "called the talks off": in a sentence that
/// names the contact by nothing but "the".
fn calls_off(lower: &str) -> bool {
    let Some((at, known)) = KNOWN.iter().find_map(|known| Some((lower.find(known)?, known))) else {
        return false;
    };
    let behind = lower.get(at + known.len()..).unwrap_or_default();
    let before = lower.get(..at).unwrap_or_default();
    let ended = |word: &str| {
        OFF.iter().any(|verb| word.starts_with(verb) && (*verb != "call" || behind.starts_with(" off")))
    };
    let active = before.split_whitespace().next_back().is_some_and(ended)
        || ["called off ", "put off ", "broke off "].iter().any(|verb| before.ends_with(verb));
    let passive = [" was ", " were ", " has been ", " have been "].iter().any(|be| {
        let rest = behind.strip_prefix(be).unwrap_or_default();
        let rest = rest.strip_prefix("then ").or_else(|| rest.strip_prefix("later ")).unwrap_or(rest);
        rest.starts_with("called off")
            || ["cancel", "scrapped", "shelved", "postponed", "put off"].iter().any(|v| rest.starts_with(v))
    });
    active || passive
}

/// Denies what the sentences of `gainsaid` deny, and leaves out what they tell besides.
pub(crate) fn deny(drafts: &mut Vec<Draft>, gainsaid: &[Gainsaid]) {
    for one in gainsaid {
        // "The first report is not true", of several: which of them is for the answer to say.
        let told = drafts.iter().filter(|draft| one.concerns(draft)).map(|draft| draft.sentence);
        let Some(last) = told.max() else { continue };
        for draft in drafts.iter_mut().filter(|draft| draft.sentence == last && one.concerns(draft)) {
            draft.event.factuality = Factuality::Denied;
            draft.event.status = Some(Status::Denied);
        }
        let says = |draft: &Draft| {
            draft.sentence == one.sentence
                && (one.off && draft.event.act == Act::Statement(Statement::Assessment)
                    || matches!(draft.event.act, Act::Statement(Statement::Denial | Statement::Position)))
        };
        drafts.retain(|draft| !says(draft));
    }
}
