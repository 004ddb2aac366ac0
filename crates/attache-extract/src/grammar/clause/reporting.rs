//! Reported speech: verbs of saying, where their speaker stands, and what is said of what was told.

use super::noun_phrase::trim;
use super::subject_phrase::subject_phrase;
use super::{Clauses, Group, Range};
use crate::grammar::lower::{Lower, WordId, WordList};
use crate::grammar::tag::{Tag, Word};

/// Verbs that tell what follows without "that".
pub(super) fn reports(lemma: &str) -> bool {
    matches!(lemma, "say" | "announce" | "write" | "post" | "confirm" | "state" | "declare")
}

/// Whether what such a verb reports may stand in front of it: "It will wait, the minister told reporters".
pub(super) fn reports_behind(lemma: &Lower) -> bool {
    lemma == "tell" || TELLS_BEHIND.has(lemma) || INSERTED.has(lemma) || reports(lemma)
}

impl Clauses {
    /// "The duties serve the mills, said the Chinese ambassador": who speaks stands behind a whole clause.
    pub(super) fn told_behind(&self, words: &[Word], at: usize, theme: Option<Range>) -> bool {
        let Some((group, theme)) = self.groups.get(at).zip(theme) else { return false };
        let comma = group.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        if !comma || !TELLS_BEHIND.has(&group.lemma) || theme.0 != group.head + 1 {
            return false;
        }
        let whole = (0..at).any(|i| {
            self.groups.get(i).is_some_and(|g| g.finite && g.subject.is_some()) && !self.in_relative(words, i)
        });
        let person = (theme.0..theme.1)
            .any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time && (w.name || w.capital)));
        // "said China would": what is said follows.
        let own = self.groups.get(at + 1).is_some_and(|next| {
            next.finite && (theme.1..next.start).all(|i| words.get(i).is_some_and(|w| w.tag == Tag::Adv))
        });
        whole && person && !own
    }

    /// "Reports that Lima will halt all shipments are untrue": what is called so, not what it is about.
    pub(super) fn rumour(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        let judged = group.passive && JUDGES.has(&group.lemma)
            || group.lemma == "be"
                && words
                    .get(group.head + 1..)
                    .unwrap_or_default()
                    .iter()
                    .take(3)
                    .any(|w| UNTRUE.has(&w.lower));
        if !judged {
            return None;
        }
        let first = self.groups.iter().take(at).position(|g| g.finite)?;
        let opener =
            self.left(first).checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == "that"))?;
        let noun = opener.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| RUMOURS.has(&w.lemma)))?;
        subject_phrase(words, trim(words, (0, noun + 1))?, false)
    }
}

/// The subject of the main clause and the speaker set into it: "The duties, the ministry said, are …".
pub(super) fn inserted(words: &[Word], group: &Group, left: usize) -> Option<(Range, Range)> {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    if !group.finite || group.start != group.head || !INSERTED.has(&group.lemma) {
        return None;
    }
    // "…, the minister said on Tuesday, …"
    let timed = |i: &usize| {
        words.get(*i).is_some_and(|w| w.time)
            || lower(*i) == "on" && words.get(*i + 1).is_some_and(|w| w.time)
    };
    let end = (group.head + 1..words.len()).find(|i| !timed(i)).unwrap_or(words.len());
    if lower(end) != "," {
        return None;
    }
    let comma = (left..group.start).rev().find(|&i| lower(i) == ",")?;
    let speaker = trim(words, (comma + 1, group.start))?;
    let host = trim(words, (left, comma))?;
    let named = |range: Range| {
        (range.0..range.1)
            .any(|i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Pron) && !w.time))
    };
    let opens =
        words.get(host.0).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To | Tag::Sub | Tag::Verb(_)));
    let listed = (host.0..speaker.1).any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Conj));
    (comma + 1 < group.start && named(speaker) && named(host) && !opens && !listed).then_some((host, speaker))
}

/// Verbs of saying whose subject may stand behind them.
pub(super) static TELLS_BEHIND: WordList = WordList::new(&[
    "say",
    "add",
    "note",
    "warn",
    "write",
    "explain",
    "argue",
    "stress",
    "underline",
    "quip",
    "declare",
    "conclude",
    "remark",
    "observe",
    "joke",
    "insist",
    "complain",
    "caution",
    "retort",
    "recall",
]);

/// Verbs of saying that stand with their speaker between commas.
pub(super) static INSERTED: WordList = WordList::new(&[
    "say", "add", "note", "argue", "warn", "insist", "complain", "declare", "claim", "write", "post",
    "explain", "admit", "concede", "believe", "think", "predict", "reckon", "announce", "confirm", "report",
    "remark", "observe",
]);

/// Verbs that a clause without "that" may follow: "said the duty applied".
pub(super) static COMPLEMENT_TAKERS: WordList = WordList::new(&[
    "say",
    "think",
    "believe",
    "know",
    "mean",
    "ensure",
    "hope",
    "tell",
    "report",
    "claim",
    "note",
    "add",
    "warn",
    "confirm",
    "argue",
    "suggest",
    "insist",
    "state",
    "see",
    "find",
    "feel",
    "fear",
    "acknowledge",
    "deny",
    "reveal",
    "indicate",
    "wish",
    "learn",
    "show",
]);

/// Verbs of speaking that people do, and things do not.
pub(super) static UTTERS: WordList = WordList::new(&[
    "accuse",
    "add",
    "argue",
    "call",
    "criticise",
    "criticize",
    "demand",
    "express",
    "insist",
    "note",
    "pledge",
    "promise",
    "reiterate",
    "reject",
    "stress",
    "tell",
    "threaten",
    "urge",
    "vow",
    "warn",
]);

/// Nouns of what is told, before the clause that tells it.
static RUMOURS: WordList = WordList::new(&[
    "allegation",
    "assertion",
    "claim",
    "idea",
    "news",
    "notion",
    "report",
    "rumor",
    "rumour",
    "speculation",
    "story",
    "suggestion",
    "talk",
    "theory",
    "word",
]);

/// Verbs that say whether what was told holds.
static JUDGES: WordList = WordList::new(&[
    "call",
    "confirm",
    "contradict",
    "deny",
    "describe",
    "dismiss",
    "dispute",
    "reject",
    "refute",
]);

/// Words for what does not hold.
static UNTRUE: WordList = WordList::new(&[
    "baseless",
    "fabricated",
    "false",
    "groundless",
    "inaccurate",
    "incorrect",
    "unfounded",
    "untrue",
    "wrong",
    "exaggerated",
    "premature",
    "invented",
    "nonsense",
]);
