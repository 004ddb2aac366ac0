//! What the word over an infinitive or a gerund makes of its act: done, open, or not done.
//!
//! Few words carry an act out ("managed to", "began", "after"; the implicative verbs of Karttunen 1971);
//! after all others it may or may not have come to it, so that an act stands open unless its word is known
//! to carry it out. A verb that is joined to another shares the word over that one.

use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Clauses, Group, Tense, phrase_start};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{WordList, is};
use crate::grammar::tag::{Tag, Word};
use crate::undone::ENABLING;

/// Words whose infinitive or gerund is done, or said to be to come: verbs by their lemma, and adjectives.
static CARRYING: WordList = WordList::new(&[
    "able",
    "accede",
    "acknowledge",
    "acquiesce",
    "act",
    "admit",
    "advisable",
    "agree",
    "announce",
    "appropriate",
    "arrange",
    "arrive",
    "assent",
    "begin",
    "bid",
    "bother",
    "cease",
    "choose",
    "combine",
    "come",
    "commence",
    "commit",
    "compel",
    "complete",
    "consent",
    "conspire",
    "continue",
    "contract",
    "convene",
    "cooperate",
    "dare",
    "decide",
    "delay",
    "delighted",
    "determine",
    "direct",
    "do",
    "drive",
    "due",
    "elect",
    "end",
    "excited",
    "fast",
    "find",
    "finish",
    "first",
    "fly",
    "force",
    "gather",
    "gear",
    "get",
    "glad",
    "go",
    "halt",
    "happen",
    "happy",
    "hasten",
    "have",
    "head",
    "hear",
    "help",
    "honored",
    "honoured",
    "hurry",
    "include",
    "instruct",
    "intervene",
    "involve",
    "issue",
    "join",
    "keep",
    "know",
    "last",
    "latest",
    "lead",
    "line",
    "make",
    "manage",
    "mean",
    "meet",
    "move",
    "necessary",
    "oblige",
    "obliged",
    "only",
    "opt",
    "order",
    "persuade",
    "pleased",
    "pledge",
    "postpone",
    "privileged",
    "proceed",
    "proclaim",
    "promise",
    "prompt",
    "proud",
    "prove",
    "queue",
    "quick",
    "quit",
    "race",
    "react",
    "recall",
    "report",
    "resolve",
    "respond",
    "resume",
    "retaliate",
    "return",
    "right",
    "rush",
    "say",
    "schedule",
    "scheduled",
    "scramble",
    "second",
    "see",
    "serve",
    "set",
    "share",
    "sign",
    "signal",
    "slate",
    "slated",
    "spend",
    "start",
    "step",
    "stop",
    "swear",
    "swift",
    "team",
    "third",
    "threaten",
    "thrilled",
    "travel",
    "turn",
    "undertake",
    "use",
    "volunteer",
    "vote",
    "vow",
    "wrong",
]);

/// Words whose gerund behind a preposition is done: "admitted to", "the cost of".
static CARRYING_BEFORE: WordList = WordList::new(&[
    "accuse",
    "act",
    "addition",
    "admit",
    "aftermath",
    "anniversary",
    "announcement",
    "apart",
    "aside",
    "back",
    "benefit",
    "carry",
    "coerce",
    "come",
    "commit",
    "confess",
    "consequence",
    "cost",
    "course",
    "day",
    "decision",
    "due",
    "effect",
    "embark",
    "force",
    "fresh",
    "gain",
    "go",
    "hour",
    "impact",
    "keep",
    "month",
    "policy",
    "practice",
    "pressure",
    "prior",
    "profit",
    "push",
    "range",
    "resort",
    "response",
    "result",
    "return",
    "rush",
    "season",
    "side",
    "stem",
    "suffer",
    "thanks",
    "turn",
    "wake",
    "week",
    "year",
]);

/// Verbs that leave it to their object whether it acts, beside those that enable it to.
static LEFT_TO: WordList = WordList::new(&[
    "advise",
    "beg",
    "challenge",
    "coax",
    "dare",
    "encourage",
    "implore",
    "invite",
    "lobby",
    "nudge",
    "press",
    "pressure",
    "tempt",
]);

/// What may be let happen.
static ENDS: WordList =
    WordList::new(&["drop", "end", "expire", "fall", "go", "lapse", "rise", "run", "stand", "take"]);

/// Nouns of acts, which tell of what stands behind their "of" or "in".
static ACTION: WordList = WordList::new(&[
    "adoption",
    "ban",
    "cut",
    "doubling",
    "end",
    "expansion",
    "extension",
    "halving",
    "hike",
    "imposition",
    "increase",
    "introduction",
    "launch",
    "lifting",
    "listing",
    "opening",
    "reduction",
    "removal",
    "rise",
    "signing",
    "suspension",
]);

/// What may stand before a noun of action for its act to be no more than spoken of, as lemmas.
const SPOKEN_OF: &[&[&str]] = &[
    &["argue", "against"],
    &["argue", "for"],
    &["back", "away", "from"],
    &["brace", "for"],
    &["campaign", "against"],
    &["campaign", "for"],
    &["close", "to"],
    &["closer", "to"],
    &["consultation", "on"],
    &["delay"],
    &["dream", "of"],
    &["fear"],
    &["hearing", "on"],
    &["hint", "at"],
    &["hope", "for"],
    &["lobby", "against"],
    &["lobby", "for"],
    &["model"],
    &["oppose"],
    &["plan", "for"],
    &["plead", "for"],
    &["postpone"],
    &["prepare", "for"],
    &["press", "for"],
    &["push", "for"],
    &["ready", "for"],
    &["silent", "about"],
    &["silent", "on"],
    &["simulate"],
    &["speak", "of"],
    &["talk", "about"],
    &["talk", "of"],
    &["think", "about"],
    &["think", "of"],
    &["vote", "against"],
    &["vote", "on"],
    &["wait", "for"],
    &["warn", "about"],
    &["warn", "against"],
    &["warn", "of"],
];

/// What becomes of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is said against it.
    Stands,
    Open,
    NotDone,
}

/// What the words over the verb group `at` make of its act, and of those joined to it, where it is the [`first`] of
/// them; [`Outcome::Stands`] for finite verbs.
pub(crate) fn outcome(view: View<'_>, classes: &Classes, at: usize) -> Outcome {
    let Some(first) = view.clauses.groups.get(at) else { return Outcome::Stands };
    match first.tense {
        Tense::Infinitive => of_infinitive(view, classes, first),
        Tense::Gerund => of_gerund(view, classes, alternative(view, first).unwrap_or(first.start)),
        Tense::Present if left(view, first) => Outcome::Open,
        _ => Outcome::Stands,
    }
}

/// The first of the infinitives or gerunds that the one at `at` is joined to: "leave" in "threatened to leave,
/// tax feed and ban salmon".
pub(crate) fn first(words: &[Word], clauses: &Clauses, at: usize) -> usize {
    let Some(group) = clauses.groups.get(at) else { return at };
    if !matches!(group.tense, Tense::Infinitive | Tense::Gerund) {
        return at;
    }
    let infinitive = group.tense == Tense::Infinitive;
    let mut found = at;
    let mut joined = false;
    loop {
        let start = clauses.groups.get(found).map_or(0, |g| g.start);
        let joint = words.get(..start).and_then(|w| w.iter().rev().find(|w| w.tag != Tag::Adv));
        // Behind a comma alone, a gerund tells of something else that was done.
        let joins = joint.is_some_and(|w| {
            (w.tag == Tag::Conj || is!(w.lower, "or" | "and")) && !is!(w.lower, "but" | "yet")
                || w.lower == "," && (joined || infinitive)
        });
        let elder = clauses.groups.get(..found).and_then(|g| g.iter().rposition(|g| g.tense == group.tense));
        // A finite verb between two gerunds parts them.
        let parted = |elder: usize| {
            !infinitive
                && clauses
                    .groups
                    .get(elder + 1..found)
                    .is_some_and(|between| between.iter().any(|g| g.finite))
        };
        match elder.filter(|&elder| joins && !parted(elder)) {
            Some(elder) => found = elder,
            None => return found,
        }
        joined = true;
    }
}

/// "needs Congress to let it tax feed": a bare verb behind what is yet to be left to somebody.
fn left(view: View<'_>, group: &Group) -> bool {
    let bare = group.start == group.head
        && view.words.get(group.head).is_some_and(|w| w.tag == Tag::Verb(VerbForm::Base));
    let over = group.subject.filter(|s| s.1 == group.start).and_then(|s| s.0.checked_sub(1));
    bare && over.is_some_and(|at| {
        let word = |back: usize| at.checked_sub(back).and_then(|i| view.words.get(i));
        word(0).is_some_and(|w| w.lemma == "let") && word(1).is_some_and(|w| w.tag == Tag::To)
    })
}

/// The words before `start`, last first, without adverbs, times and what only joins.
fn before<'v>(view: View<'v>, start: usize) -> impl Iterator<Item = &'v Word> {
    let words = view.words.get(..start).unwrap_or_default();
    let mut timed = false;
    words.iter().rev().filter(move |w| {
        // "on Thursday": no "on" that the verb hangs on.
        let of_time = std::mem::replace(&mut timed, w.time) && w.tag == Tag::Prep;
        let adverb = w.tag == Tag::Adv && !is!(w.lower, "about" | "on");
        !of_time && !adverb && !w.time && !is!(w.lower, "either" | "both")
    })
}

/// Whether a verb tells of an act or decides on it.
fn tells(classes: &Classes, verb: &Word) -> bool {
    ["say", "announce", "decide"].iter().any(|class| classes.has(class, &verb.lemma))
}

/// "threatened Oslo with taxing feed"
fn threatened_with(view: View<'_>, start: usize) -> bool {
    view.clauses.groups.iter().rfind(|g| g.head < start).is_some_and(|g| g.lemma == "threaten")
}

fn of_infinitive(view: View<'_>, classes: &Classes, group: &Group) -> Outcome {
    if view.words.get(group.start).is_none_or(|w| w.tag != Tag::To) {
        return Outcome::Stands;
    }
    let mut words = before(view, group.start);
    let (Some(over), second) = (words.next(), words.next()) else { return Outcome::Stands };
    // "has until May to", "has 90 days to"
    if over.tag == Tag::Have && view.words.get(group.start.saturating_sub(1)).is_some_and(|w| w.time) {
        return Outcome::Open;
    }
    if for_others(view, group) || left_to(view, group) {
        return Outcome::Open;
    }
    if over.tag == Tag::Noun
        && let Some(outcome) = of_noun(view, group.start.saturating_sub(1))
    {
        return outcome;
    }
    // "was due to": it may not have come to that.
    let was = second.is_some_and(|w| is!(w.lower, "was" | "were"));
    if was && is!(over.lower, "due" | "set" | "scheduled" | "slated" | "supposed" | "meant" | "poised") {
        return Outcome::Open;
    }
    // "whether to", "how to", "enough to"
    if over.tag == Tag::Rel || is!(over.lower, "whether" | "how" | "when" | "enough") {
        return Outcome::Open;
    }
    let carries = CARRYING.has(&over.lemma) || CARRYING.has(&over.lower) || tells(classes, over);
    let predicate = second.is_some_and(|w| w.tag == Tag::Be) || matches!(over.tag, Tag::Verb(_));
    if predicate && !carries { Outcome::Open } else { Outcome::Stands }
}

/// Where the first of two alternatives starts, of which the second is a gerund: "either leaving the talks or taxing
/// feed".
fn alternative(view: View<'_>, second: &Group) -> Option<usize> {
    let words = view.words.get(..second.start)?;
    words.last().filter(|w| is!(w.lower, "or" | "and"))?;
    let at = words.iter().rposition(|w| is!(w.lower, "either" | "both"))?;
    let gerund = words.get(at + 1).is_some_and(|w| w.lower.as_str().ends_with("ing"));
    gerund.then_some(at)
}

fn of_gerund(view: View<'_>, classes: &Classes, start: usize) -> Outcome {
    let mut words = before(view, start);
    let (Some(over), second) = (words.next(), words.next()) else { return Outcome::Stands };
    // "accused Oslo of taxing feed", "admitted to taxing it"
    let verb = view.clauses.groups.iter().rfind(|g| g.head < start);
    let carried = second.is_some_and(|w| CARRYING_BEFORE.has(&w.lemma))
        || verb.is_some_and(|g| CARRYING_BEFORE.has(&g.lemma));
    match over.lower.as_str() {
        "of" | "about" | "on" | "upon" | "toward" | "towards" | "at" | "into" if second.is_none() => {
            Outcome::Stands
        }
        _ if carried => Outcome::Stands,
        // "held off on taxing feed": an act of its own.
        "on" if second.is_some_and(|w| w.lower == "off") => Outcome::Stands,
        "of" | "about" | "on" | "toward" | "towards" | "to" | "at" | "into" => Outcome::Open,
        "from" | "against" => Outcome::NotDone,
        // "put off taxing feed"
        "off" if second.is_some_and(|w| is!(w.lemma, "put" | "call" | "hold")) => Outcome::NotDone,
        "with" if threatened_with(view, start) => Outcome::Open,
        _ if over.lemma == "avoid" => Outcome::NotDone,
        _ if matches!(over.tag, Tag::Verb(_)) && !CARRYING.has(&over.lemma) && !tells(classes, over) => {
            Outcome::Open
        }
        _ => Outcome::Stands,
    }
}

/// "a deadline for Oslo to tax feed"
fn for_others(view: View<'_>, group: &Group) -> bool {
    let start = group.start.checked_sub(1).map(|noun| phrase_start(view.words, noun));
    start.and_then(|at| at.checked_sub(1)).and_then(|i| view.words.get(i)).is_some_and(|w| w.lower == "for")
}

/// "advised Oslo to tax feed", but not "allowed the duty to lapse".
fn left_to(view: View<'_>, group: &Group) -> bool {
    let over = view.clauses.groups.iter().rfind(|g| g.head < group.start);
    over.is_some_and(|g| {
        let own = g.theme.is_some_and(|(from, to)| from == g.head + 1 && to <= group.start);
        // "pleaded with Oslo to tax feed"
        let asked = is!(g.lemma, "appeal" | "plead");
        asked || own && (ENABLING.has(&g.lemma) || LEFT_TO.has(&g.lemma)) && !ENDS.has(&group.lemma)
    })
}

/// "close to a decision to tax feed", "with no order to tax it": what the words before a noun make of what it
/// leads to.
fn of_noun(view: View<'_>, noun: usize) -> Option<Outcome> {
    let start = phrase_start(view.words, noun);
    let back = |count: usize| start.checked_sub(count).and_then(|i| view.words.get(i));
    let lower = |count: usize| back(count).map_or("", |w| w.lower.as_str());
    let none = view.words.get(start).is_some_and(|w| w.lower == "no");
    match (lower(2), lower(1)) {
        ("close" | "closer" | "near" | "nearer", "to") => Some(Outcome::Open),
        ("short", "of") | (_, "without") => Some(Outcome::NotDone),
        _ if none => Some(Outcome::NotDone),
        _ => None,
    }
}

/// Whether the noun of action at `noun` stands behind words that only speak of it: "hinted at an end to the talks
/// and a duty of 20%".
pub(crate) fn spoken_of(view: View<'_>, noun: usize) -> bool {
    let mut start = phrase_start(view.words, noun);
    let head = view.words.get(noun);
    let definite = |at: usize| {
        view.words
            .get(at)
            .is_some_and(|w| is!(w.lower, "the" | "its" | "their" | "his" | "her" | "this" | "these"))
            || view.words.get(at..noun).is_some_and(|w| w.iter().any(|w| w.tag == Tag::Poss))
    };
    // "silent on the 20% duty": on one that stands.
    let stands = definite(start) && !head.is_some_and(|w| ACTION.has(&w.lemma));
    let over = outer(view, start);
    if stands && over.is_none() {
        return false;
    }
    start = over.unwrap_or(start);
    let near = view.words.get(..start).unwrap_or_default();
    SPOKEN_OF.iter().any(|words| ends_in(near.iter().rev(), words))
}

/// Whether words, told last first, end in these, each by its lemma or as printed.
pub(crate) fn ends_in<'w>(mut back: impl Iterator<Item = &'w Word>, wanted: &[&str]) -> bool {
    wanted
        .iter()
        .rev()
        .all(|wanted| back.next().is_some_and(|word| word.lemma == **wanted || word.lower == **wanted))
}

/// Where the phrase starts that the one at `start` is part of by nouns of action or by "and".
fn outer(view: View<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    while let Some((link, noun)) =
        at.checked_sub(2).and_then(|i| view.words.get(i..at)).and_then(|two| match two {
            [noun, link] => Some((link, noun)),
            _ => None,
        })
    {
        let of = is!(link.lower, "of" | "in" | "to" | "on") && ACTION.has(&noun.lemma);
        let joined = is!(link.lower, "and" | "or") && noun.tag == Tag::Noun;
        if !(of || joined) {
            break;
        }
        at = phrase_start(view.words, at - 2);
    }
    (at < start).then_some(at)
}
