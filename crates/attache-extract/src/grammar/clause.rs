//! Clause frames: a verb or a noun of action with who does it, to what, and under which words.
//!
//! An active clause, its passive and its nominal form give the same frame: `agent` does something
//! to `theme`, the rest hangs on prepositions. [`Clauses::read`] has the order of the steps; each
//! knows what those before it have found. No step knows what a verb or a noun is about.

mod boundary;
mod complement;
mod contact_clause;
mod control;
mod coordination;
mod enclosed;
mod frame;
mod governor;
mod headline;
mod inner_comma;
mod noun_phrase;
mod prepositional;
mod reduced_relative;
mod relative;
mod reporting;
mod subject;
mod subject_phrase;
mod verb_group;

use crate::grammar::lower::{Lower, is};
use crate::grammar::preps::Preps;
use crate::grammar::tag::Word;

use contact_clause::contact;
use noun_phrase::only_time;
pub(crate) use noun_phrase::{phrase_start, trim};
pub(crate) use prepositional::phrases;
use reporting::TELLS_BEHIND;

/// A half-open range of word indices.
pub(crate) type Range = (usize, usize);

/// When the verb group places the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tense {
    Past,
    Perfect,
    Present,
    Future,
    Infinitive,
    Gerund,
    Participle,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) start: usize,
    pub(crate) head: usize,
    /// Where its clause begins.
    left: usize,
    /// What stands between its subject and it.
    aside: Option<Aside>,
    pub(crate) lemma: Lower,
    pub(crate) tense: Tense,
    pub(crate) modal: Option<Lower>,
    pub(crate) negated: bool,
    pub(crate) passive: bool,
    pub(crate) finite: bool,
    /// The verb group this one is the complement of.
    pub(crate) governor: Option<usize>,
    /// Describes the noun before it without "that": "the duty it announced".
    pub(crate) contact: bool,
    /// Stands in an if-clause, or is inverted ("should the side insist").
    pub(crate) condition: bool,
    pub(crate) subject: Option<Range>,
    pub(crate) theme: Option<Range>,
    pub(crate) preps: Preps,
    /// From the subject to the last complement.
    pub(crate) extent: Range,
}

impl Group {
    /// The first word of its clause that is its own: of its subject, or of the verb itself.
    pub(crate) fn opens(&self) -> usize {
        self.subject.map_or(self.start, |s| s.0.min(self.start))
    }

    /// Where its clause begins, with what stands before its subject.
    pub(crate) const fn begins(&self) -> usize {
        self.left
    }

    /// Whether a word stands in the aside between the subject and the verb.
    pub(crate) fn encloses(&self, word: usize) -> bool {
        self.aside.is_some_and(|aside| aside.open < word && word < self.start)
    }
}

/// What stands between a subject and its verb, mostly between commas.
#[derive(Debug, Clone, Copy)]
struct Aside {
    /// Where the clause begins.
    start: usize,
    /// The subject.
    host: Range,
    /// The word right before it, mostly a comma.
    open: usize,
}

/// The verb groups of a sentence in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clauses {
    pub(crate) groups: Vec<Group>,
}

/// An act named in the sentence, by a verb or by a noun.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) trigger: Range,
    pub(crate) nominal: bool,
    /// A participle beside its noun: "the duty imposed in March".
    pub(crate) participle: bool,
    pub(crate) agent: Option<Range>,
    pub(crate) theme: Option<Range>,
    /// The object, where a rule reads its theme behind a preposition.
    pub(crate) object: Option<Range>,
    /// Preposition (word index) and what follows it.
    pub(crate) preps: Preps,
    /// The verb group itself, or the one that governs the noun.
    pub(crate) group: Option<usize>,
    /// Words of the act, for dates and rates.
    pub(crate) extent: Range,
}

impl Clauses {
    /// Finds the verb groups, their subjects, objects and governors.
    pub(crate) fn read(words: &[Word]) -> Self {
        let mut clauses = Self::found(words);
        clauses.complete_all(words);
        clauses
    }

    /// The same for many sentences, which go through each half together: that keeps its code at hand.
    pub(crate) fn read_all(sentences: &mut [(&[Word], &mut Self)]) {
        for (words, clauses) in sentences.iter_mut() {
            **clauses = Self::found(words);
        }
        for (words, clauses) in sentences {
            clauses.complete_all(words);
        }
    }

    /// The verb groups, and where their clauses begin.
    fn found(words: &[Word]) -> Self {
        let mut clauses = Self { groups: verb_group::find(words) };
        reduced_relative::reduce(words, &mut clauses.groups);
        headline::announce(words, &mut clauses.groups);
        coordination::share_modals(words, &mut clauses.groups);
        coordination::share_infinitives(words, &mut clauses.groups);
        coordination::share_passives(words, &mut clauses.groups);
        clauses.enclose(words);
        for at in 0..clauses.groups.len() {
            let left = clauses.left_boundary(words, at);
            if let Some(group) = clauses.groups.get_mut(at) {
                group.left = left;
            }
        }
        clauses
    }

    fn complete_all(&mut self, words: &[Word]) {
        for at in 0..self.groups.len() {
            self.complete(words, at);
        }
    }

    /// Gives the group `at` its subject, complements and governor; those before it have theirs.
    fn complete(&mut self, words: &[Word], at: usize) {
        let subject = self.subject(words, at);
        let (theme, preps, end) = self.complements(words, at);
        let governor = self.governor(words, at, subject);
        let condition = self.condition(words, at);
        // "The sanctions that China announced this week": the time is no object.
        // "The accord that they made public": what was made so is the accord.
        let public = |&(from, to): &Range| {
            to == from + 1 && words.get(from).is_some_and(|w| is!(w.lower, "public" | "known"))
        };
        let timed = |range: &Range| only_time(words, *range) || public(range);
        let described = self.described_object(words, at);
        let theme = theme.filter(|t| described.is_none() || !timed(t)).or(described);
        let told = self.told_behind(words, at, theme);
        let Some(group) = self.groups.get_mut(at) else { return };
        group.extent = (subject.map_or(group.start, |s| s.0.min(group.start)), end);
        group.subject = subject;
        group.theme = theme;
        if let Some((subject, object)) = contact(words, group) {
            group.subject = Some(subject);
            group.theme = Some(object);
            group.contact = true;
            group.extent.0 = subject.0;
        }
        group.preps = Preps::from(&preps);
        group.governor = governor;
        group.condition = condition;
        // '"…," said X': the speaker stands behind the verb.
        let quote = group.start.checked_sub(1).and_then(|i| words.get(i));
        let inverted = group.finite
            && group.start == group.head
            && TELLS_BEHIND.has(&group.lemma)
            && (told || quote.is_some_and(|w| is!(w.lower, "”" | "“" | "\"" | "’")));
        if inverted && let Some(speaker) = group.theme {
            group.subject = Some(speaker);
            group.theme = None;
        }
    }

    /// Where the clause of the group `at` begins.
    fn left(&self, at: usize) -> usize {
        self.groups.get(at).map_or(0, |group| group.left)
    }

    /// The group whose head is at `word`.
    pub(crate) fn at(&self, word: usize) -> Option<usize> {
        self.groups.iter().position(|g| g.head == word)
    }

    /// The group and the verbs it is a complement of, innermost first.
    pub(crate) fn chain(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(group), |&at| self.groups.get(at)?.governor.filter(|&above| above < at))
    }

    /// The verbs that the group is a complement of, innermost first.
    pub(crate) fn above(&self, group: usize) -> impl Iterator<Item = &Group> + '_ {
        self.chain(group).skip(1).filter_map(|at| self.groups.get(at))
    }
}
