//! Control: the understood subject of an infinitive, a gerund or a participle.
//!
//! It is the subject or the object of the verb above, as that verb has it ("promised to", "urged X
//! to"), unless the words around name another: "X's decision to", ", with X saying".

use super::noun_phrase::{genitive, phrase_start, trim};
use super::relative::antecedent;
use super::reporting::UTTERS;
use super::subject_phrase::subject_phrase;
use super::{Clauses, Group, Range, Tense};
use crate::grammar::lower::{WordList, is};
use crate::grammar::tag::{Tag, Word};

impl Clauses {
    /// The understood subject of an infinitive, a gerund or a participle.
    pub(super) fn inherited(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        if group.tense == Tense::Participle {
            return self.described_by_participle(words, at);
        }
        if let Some(supposed) = self.supposing(words, at) {
            return Some(supposed);
        }
        let gerund = group.tense == Tense::Gerund;
        let own = if gerund { own_subject(words, group.start) } else { None };
        let named = own
            .or_else(|| resolver(words, group.start))
            .or_else(|| if gerund { self.subject_of_gerund(words, at) } else { None })
            .or_else(|| self.subject_of_added(words, at));
        if named.is_some() {
            return named;
        }
        let before = self.groups.get(..at)?;
        if let Some(previous) = before.last() {
            let between = words.get(previous.head + 1..group.start).unwrap_or_default();
            if controls(words, previous, group, between) {
                // "called on Beijing to lift its ban"
                let led =
                    between.first().is_some_and(|w| is!(w.lower, "on" | "upon" | "for" | "with" | "to"));
                let from = previous.head + 1 + usize::from(led);
                return subject_phrase(words, trim(words, (from, group.start))?, false);
            }
            // "X changes the rate set in Order 3, by suspending a part", "X lifts the duty put on Y, and to
            // charge …": what hangs on the participle ends at the comma.
            let passed = previous.tense == Tense::Participle
                && matches!(group.tense, Tense::Gerund | Tense::Infinitive)
                && between.iter().any(|w| w.lower == ",");
            // "urged Oslo to lift the ban, calling it a blow": whoever urges says so.
            let said = previous.tense == Tense::Infinitive
                && gerund
                && between.last().is_some_and(|w| w.lower == ",")
                && (UTTERS.has(&group.lemma)
                    || is!(
                        group.lemma,
                        "say" | "describe" | "cite" | "blame" | "denounce" | "label" | "brand" | "complain"
                    ));
            if !previous.finite && !passed && !said {
                return previous.subject;
            }
        }
        let above = before.iter().rev().find(|g| g.finite);
        if above.is_some_and(|above| planned_in_what_is_said(words, above, group.start)) {
            return None;
        }
        if let Some(subject) = above.and_then(|g| g.subject) {
            return Some(subject);
        }
        // A gerund before its main clause: "After raising duties, Washington …".
        let next = self.groups.get(at + 1..)?.iter().find(|g| g.finite)?;
        let mut commas =
            (group.head..next.start).rev().filter(|&i| words.get(i).is_some_and(|w| w.lower == ","));
        let last = commas.next()?;
        // "Meeting Roe in Lima, Chile's minister, Doe, raised": before the name set in between commas.
        match trim(words, (last + 1, next.start)) {
            None => subject_phrase(words, trim(words, (commas.nth(1)? + 1, last))?, false),
            found => found,
        }
    }

    /// What the participle `at` describes: the noun before it or, where it opens the sentence, what the main
    /// clause is about: "Imposed in 2018, the duties remain".
    fn described_by_participle(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        antecedent(words, group.start).or_else(|| {
            let next = self.groups.get(at + 1..)?.iter().find(|g| g.finite)?;
            let comma = (group.head..next.start).find(|&i| words.get(i).is_some_and(|w| w.lower == ","))?;
            let last = (comma + 1..next.start).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
            let from = last.filter(|&i| i > comma && i + 1 < next.start).unwrap_or(comma);
            subject_phrase(words, trim(words, (from + 1, next.start))?, false)
        })
    }

    /// Who does what the gerund `at` says, where the words around it tell.
    fn subject_of_gerund(&self, words: &[Word], at: usize) -> Option<Range> {
        let start = self.groups.get(at)?.start;
        let before = self.groups.get(..at)?;
        // "…, with both sides pledging to go on".
        let floor = before.last().map_or(0, |g| g.head + 1);
        let with = (floor.max(1)..start).rev().take(12).find(|&i| {
            words.get(i).is_some_and(|w| w.lower == "with")
                && words.get(i - 1).is_some_and(|w| w.lower == ",")
        });
        if let Some(with) = with
            && let Some(found) = trim(words, (with + 1, start))
        {
            return Some(found);
        }
        // "committed to lifting the curbs and removing its firms": one who does both.
        let joined = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Conj);
        let twin = || before.iter().rev().take_while(|g| !g.finite).find(|g| g.tense == Tense::Gerund);
        if joined && let Some(subject) = twin().and_then(|g| g.subject) {
            return Some(subject);
        }
        let previous = before.last().filter(|p| !p.passive)?;
        let region = (previous.head + 1, start);
        // "criticised Washington for imposing curbs": whoever is blamed imposes them.
        if BLAMES_FOR.has(&previous.lemma)
            && let Some(found) = blamed(words, region)
        {
            return Some(found);
        }
        // "The deal includes India buying jets".
        is!(
            previous.lemma,
            "include"
                | "involve"
                | "see"
                | "require"
                | "mean"
                | "envisage"
                | "entail"
                | "regret"
                | "oppose"
                | "deplore"
                | "condemn"
                | "criticise"
                | "criticize"
                | "welcome"
                | "follow"
        )
        .then(|| trim(words, region))?
        .filter(|found| words.get(found.1 - 1).is_some_and(|w| w.name))
    }

    /// "was ordering firms to leave, as well as raising duties"
    fn subject_of_added(&self, words: &[Word], at: usize) -> Option<Range> {
        let start = self.groups.get(at)?.start;
        let added = start.checked_sub(3).and_then(|i| words.get(i..start)).is_some_and(
            |w| matches!(w, [a, b, c] if a.lower == "as" && b.lower == "well" && c.lower == "as"),
        );
        let above = self.groups.get(..at)?.iter().rev().find(|g| added && g.finite)?;
        above.subject
    }
}

/// Whether the object of `previous` does what the infinitive `group` says; `between` are the words that
/// part the two.
fn controls(words: &[Word], previous: &Group, group: &Group, between: &[Word]) -> bool {
    // "promised to order jets and to take wheat": whoever orders takes.
    let joined = previous.tense == Tense::Infinitive
        && words.get(group.start).is_some_and(|w| w.tag == Tag::To)
        && between.last().is_some_and(|w| w.tag == Tag::Conj);
    let control = OBJECT_CONTROL.has(&previous.lemma) && group.tense == Tense::Infinitive && !joined;
    // "called Trump to tell him": whoever called tells him.
    let rings = previous.lemma == "call"
        && is!(
            group.lemma,
            "tell"
                | "say"
                | "discuss"
                | "congratulate"
                | "thank"
                | "express"
                | "explain"
                | "convey"
                | "warn"
                | "inform"
                | "brief"
        );
    // "led a delegation to Bern to plead": whoever led it pleads.
    let team = previous.lemma == "lead"
        && between.iter().any(|w| is!(w.lower, "delegation" | "mission" | "team" | "group"));
    // "expects him to travel to Lima"
    let pronoun = || match between {
        [one] => is!(one.lower, "him" | "her" | "them"),
        _ => false,
    };
    let named = || between.iter().any(|w| w.tag == Tag::Noun);
    control && !rings && !team && !previous.passive && (named() || pronoun())
}

/// "of Mexico last month imposing", ", with Beijing taxing", "to the United States listing", "Ottawa's
/// banning": a gerund with a subject of its own.
fn own_subject(words: &[Word], start: usize) -> Option<Range> {
    let named = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun && w.name);
    let mut end = start;
    while end > 0 && words.get(end - 1).is_some_and(|w| w.time) {
        end -= 1;
    }
    let owned = end > 0 && words.get(end - 1).is_some_and(|w| w.tag == Tag::Poss && genitive(w));
    end -= usize::from(owned);
    let mut from = end;
    while from > 0 && named(from - 1) {
        from -= 1;
    }
    if from < end && from > 0 && words.get(from - 1).is_some_and(|w| w.lower == "the") {
        from -= 1;
    }
    if owned && from < end {
        return Some((from, end));
    }
    let lower =
        |back: usize| from.checked_sub(back).and_then(|i| words.get(i)).map_or("", |w| w.lower.as_str());
    // "sent a letter to Lula announcing": whoever sent it announces.
    let addressed = lower(1) == "to"
        && matches!(lower(2), "letter" | "letters" | "message" | "note" | "reply" | "notice" | "statement");
    let led = !addressed
        && matches!(lower(1), "of" | "for" | "to" | "over" | "about" | "despite" | "without" | ",")
        || lower(1) == "with" && matches!(lower(2), "," | "—" | "–");
    (from < end && led).then_some((from, end))
}

/// "said that the plan to double the duty would close mills": whose plan it is stands nowhere.
fn planned_in_what_is_said(words: &[Word], above: &Group, start: usize) -> bool {
    let to = words.get(start).is_some_and(|w| w.tag == Tag::To);
    let Some(noun) = start.checked_sub(1).filter(|_| to) else { return false };
    let from = phrase_start(words, noun);
    let said = from.checked_sub(1).filter(|&i| i > above.head).and_then(|i| words.get(i));
    words.get(noun).is_some_and(|w| w.tag == Tag::Noun && RESOLVES.has(&w.lemma))
        && said.is_some_and(|w| w.lower == "that" && w.tag != Tag::Det)
        && !(from..noun)
            .any(|i| words.get(i).is_some_and(|w| is!(w.lower, "its" | "his" | "her" | "their" | "our")))
}

/// Who is blamed in "Washington for", "Beijing of".
fn blamed(words: &[Word], region: Range) -> Option<Range> {
    let (from, to) = region;
    let last = to.checked_sub(1).filter(|&i| i > from)?;
    let led = words.get(last).is_some_and(|w| is!(w.lower, "for" | "of" | "with"));
    let named = |w: &Word| w.tag == Tag::Noun && (w.name || w.capital) || w.tag == Tag::Pron;
    let plain = (from..last).all(|i| {
        words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Pron | Tag::Adv))
    });
    (led && plain && (from..last).any(|i| words.get(i).is_some_and(named))).then_some((from, last))
}

/// "Washington's decision to raise duties", "the US announcement of adding firms": who decides it.
fn resolver(words: &[Word], start: usize) -> Option<Range> {
    let to = words.get(start).is_some_and(|w| w.tag == Tag::To);
    let of = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "of");
    let mut noun = start.checked_sub(if to { 1 } else { 2 }).filter(|_| to || of)?;
    // "the Dutch decision of last Friday to require permits"
    let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
    if to && timed(noun) {
        while noun > 0 && timed(noun) {
            noun -= 1;
        }
        let led = words.get(noun).is_some_and(|w| is!(w.lower, "of" | "on" | "in"));
        noun = noun.saturating_sub(usize::from(led));
    }
    let resolves = words.get(noun).is_some_and(|w| w.tag == Tag::Noun && RESOLVES.has(&w.lemma));
    let mut from = phrase_start(words, noun);
    // 'Washington's "unjustified" decision'
    let quote = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "\"" | "“" | "”" | "‘" | "’"));
    if from > 0
        && quote(from - 1)
        && let Some(open) = (from.saturating_sub(5)..from - 1).rev().find(|&i| quote(i))
        && open > 0
    {
        from = phrase_start(words, open - 1).min(open);
    }
    let owned = (from..noun)
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Poss && genitive(w)))
        .unwrap_or(noun);
    let named =
        (from..owned).any(|i| words.get(i).is_some_and(|w| w.capital && !w.time && w.tag == Tag::Noun));
    (resolves && named).then_some((from, owned))
}

/// Verbs whose object does what the infinitive behind it says: "urged Beijing to lift its ban".
static OBJECT_CONTROL: WordList = WordList::new(&[
    "ask",
    "urge",
    "call",
    "order",
    "tell",
    "force",
    "want",
    "allow",
    "require",
    "direct",
    "instruct",
    "invite",
    "press",
    "request",
    "push",
    "expect",
    "encourage",
    "see",
    "help",
    "lead",
    "get",
    "oblige",
    "prompt",
    "compel",
    "provoke",
    "like",
    "spur",
    "persuade",
    "convince",
    "cause",
    "appeal",
    "plead",
]);

/// Verbs whose object is blamed, praised or punished for what it does.
static BLAMES_FOR: WordList = WordList::new(&[
    "accuse",
    "attack",
    "blame",
    "blast",
    "castigate",
    "censure",
    "charge",
    "chide",
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "fault",
    "hail",
    "lambast",
    "lambaste",
    "penalise",
    "penalize",
    "praise",
    "punish",
    "rebuke",
    "reproach",
    "scold",
    "slam",
    "suspect",
    "thank",
]);

/// Nouns of deciding and telling, which name who does what hangs on them.
pub(super) static RESOLVES: WordList = WordList::new(&[
    "agreement",
    "announcement",
    "attempt",
    "bid",
    "choice",
    "commitment",
    "consent",
    "decision",
    "intention",
    "move",
    "offer",
    "order",
    "plan",
    "pledge",
    "practice",
    "promise",
    "proposal",
    "refusal",
    "step",
    "threat",
    "undertaking",
    "vote",
    "vow",
    "willingness",
]);
