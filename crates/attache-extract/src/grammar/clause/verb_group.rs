//! Verb groups: a verb with the auxiliaries before it, "would not have been taxed".
//!
//! Decides which words make one group and what they say of tense, voice and negation. Whose verb it
//! is and what it takes is for later steps.

use super::{Group, Tense};
use crate::grammar::lemma::{VerbForm, same_form};
use crate::grammar::lower::{Lower, is};
use crate::grammar::preps::Preps;
use crate::grammar::tag::inversion::inverted;
use crate::grammar::tag::mandative::mandated;
use crate::grammar::tag::seen::modal_of_seen;
use crate::grammar::tag::{Tag, Word};

/// How many words there are to a verb group.
const USUAL_CLAUSE: usize = 6;

/// The verb groups of a sentence in order, each as it looks by itself.
pub(super) fn find(words: &[Word]) -> Vec<Group> {
    let mut groups = Vec::with_capacity(words.len() / USUAL_CLAUSE + 1);
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match if opens_group(word.tag) { group_at(words, at) } else { None } {
            Some(mut group) => {
                at = group.head + 1;
                // "neither answered nor complained"
                let before = group.start.checked_sub(1).and_then(|i| words.get(i));
                group.negated |= before.is_some_and(|w| w.lower == "nor");
                groups.push(group);
            }
            None => at += 1,
        }
    }
    groups
}

/// Whether a verb group may start with such a word.
const fn opens_group(tag: Tag) -> bool {
    matches!(tag, Tag::Modal | Tag::To | Tag::Not | Tag::Be | Tag::Have | Tag::Do | Tag::Verb(_))
}

/// Whether nothing but a time stands between `at` and the verb behind it.
fn timed_verb(words: &[Word], at: usize) -> bool {
    let prep = words.get(at).is_some_and(|w| w.tag == Tag::Prep && !w.time);
    let from = at + usize::from(prep);
    let next = (from..from + 6).find(|&i| words.get(i).is_none_or(|w| !w.time));
    next.is_some_and(|i| i > from && words.get(i).is_some_and(|w| matches!(w.tag, Tag::Verb(_)) && !w.name))
}

/// "remain" or "stay" at `at`, before a participle of what lasts.
fn lasting(words: &[Word], at: usize) -> bool {
    let lasts = words.get(at).is_some_and(|w| is!(w.lemma, "remain" | "stay"));
    lasts
        && words
            .get(at + 1)
            .is_some_and(|w| matches!(w.tag, Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple)))
}

/// The verb group that starts at `start`.
fn group_at(words: &[Word], start: usize) -> Option<Group> {
    let mut parts = Parts::read(words, start)?;
    parts.mandate(words);
    let (head, form, lemma) = match (parts.verb, parts.be, parts.have) {
        (Some((head, form)), _, _) => (head, Some(form), words.get(head)?.lemma.clone()),
        (None, Some(head), _) => (head, None, Lower::new("be")),
        (None, None, Some(head)) => (head, None, Lower::new("have")),
        (None, None, None) => (parts.helper?, None, Lower::new("do")),
    };
    let participle = matches!(form, Some(VerbForm::Participle | VerbForm::PastOrParticiple))
        || (parts.be.is_some()
            && form.is_some_and(|f| f == VerbForm::Base)
            && (same_form(&lemma) || is!(lemma, "run" | "overcome")));
    let passive = parts.be.is_some() && parts.be != Some(head) && participle;
    let first = if parts.to { start + 1 } else { start };
    let tense = parts.tense(words, first, (head, form, &lemma))?;
    let finite = !matches!(tense, Tense::Infinitive | Tense::Gerund | Tense::Participle);
    Some(Group {
        start,
        head,
        left: 0,
        aside: None,
        lemma,
        tense,
        passive: passive || tense == Tense::Participle,
        modal: parts.modal,
        negated: parts.negated,
        finite,
        governor: None,
        condition: false,
        contact: false,
        subject: None,
        theme: None,
        preps: Preps::default(),
        extent: (start, head + 1),
    })
}

/// What a verb group is made of.
struct Parts {
    modal: Option<Lower>,
    be: Option<usize>,
    have: Option<usize>,
    /// A form of "do".
    helper: Option<usize>,
    to: bool,
    negated: bool,
    /// The verb itself; none where the last auxiliary is the verb.
    verb: Option<(usize, VerbForm)>,
}

impl Parts {
    /// Reads on from `start` to the verb or to the first word that belongs to no verb group.
    fn read(words: &[Word], start: usize) -> Option<Self> {
        let mut modal = None;
        let (mut be, mut have, mut to, mut negated) = (None, None, false, false);
        let mut helper = None;
        let mut at = start;
        let mut verb = None;
        while let Some(word) = words.get(at) {
            match word.tag {
                Tag::Modal if verb.is_none() && modal.is_none() => {
                    modal = Some(word.lower.clone());
                    negated |= word.lower.ends_with('t')
                        && (word.lower.contains('\'') || word.lower.contains('’'))
                        || word.lower == "cannot";
                }
                // "ought to publish", "ought not to"
                Tag::To if modal.as_ref().is_some_and(|m| m.as_str() == "ought") => {}
                Tag::To if at == start => {
                    to = true;
                    // "agreed not to impose"
                    negated |=
                        at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Not);
                }
                // "Are not having talks".
                Tag::Have if be.is_some() && word.lower == "having" => {
                    verb = Some((at, VerbForm::Gerund));
                    break;
                }
                // "having had an hour with her", "has had talks"
                Tag::Have
                    if have.is_some()
                        && word.lower == "had"
                        && words.get(at + 1).is_none_or(|w| w.tag != Tag::To) =>
                {
                    verb = Some((at, VerbForm::Participle));
                    break;
                }
                Tag::Have => have = have.or(Some(at)),
                Tag::Be => be = Some(at),
                Tag::Do => {
                    helper = Some(at);
                    negated |= word.lower.ends_with('t');
                }
                Tag::Not => negated = true,
                // "has today opened", "had on Monday filed".
                Tag::Prep
                    if have.is_some()
                        && word.lower == "by"
                        && words.get(at + 1).is_some_and(|w| is!(w.lower, "then" | "now"))
                        && words.get(at + 2).is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be)) =>
                {
                    at += 1;
                }
                // "had this month redirected"
                Tag::Noun | Tag::Prep | Tag::Det
                    if at > start
                        && (word.tag != Tag::Det || word.time)
                        && (have.is_some() || be.is_some() || modal.is_some())
                        && timed_verb(words, at) => {}
                // "Will, for its part, drop".
                // "had, on 1 December, suspended", "will not, after all, travel"
                Tag::Punct
                    if word.lower == ","
                        && at == start + 1 + usize::from(negated && !cut_off(words, start))
                        && (modal.is_some() || have.is_some()) =>
                {
                    match past_aside(words, at, have.is_some()) {
                        Some(close) => at = close,
                        None => break,
                    }
                }
                // "Would “firmly” respond": a quotation may open within the group.
                Tag::Punct
                    if (modal.is_some() || to || have.is_some() || be.is_some())
                        && is!(word.lower, "\"" | "“" | "”" | "‘" | "'")
                        && words
                            .get(at + 1)
                            .is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Adv | Tag::Not)) => {}
                // "Would neither confirm nor deny".
                _ if modal.is_some() && word.lower == "neither" => negated = true,
                Tag::Adv if at > start => {}
                // "Has since notified".
                _ if have.is_some()
                    && word.lower == "since"
                    && words.get(at + 1).is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be)) => {}
                Tag::Det if at > start && is!(word.lower, "further" | "more" | "each" | "both" | "all") => {}
                Tag::Adv
                    if words.get(at + 1).is_some_and(|w| {
                        matches!(w.tag, Tag::Verb(_) | Tag::Modal | Tag::Be | Tag::Have)
                    }) && at == start =>
                {
                    return None;
                }
                // "remains suspended": as "is suspended".
                Tag::Verb(_) if lasting(words, at) => be = Some(at),
                Tag::Verb(form) => {
                    // After "be" only a participle or gerund goes on; after "have" only a participle.
                    if be.is_some()
                        && matches!(form, VerbForm::Base | VerbForm::ThirdPerson | VerbForm::Past)
                        && !same_form(&word.lemma)
                        && !is!(word.lower, "run" | "overcome")
                    {
                        break;
                    }
                    verb = Some((at, form));
                    break;
                }
                _ => break,
            }
            at += 1;
        }
        let negated_be =
            |i: usize| words.get(i).is_some_and(|w| w.lower.ends_with("n't") || w.lower.ends_with("n’t"));
        negated |= be.is_some_and(negated_be) || have.is_some_and(negated_be);
        Some(Self { modal, be, have, helper, to, negated, verb })
    }

    /// "asked that it be lifted": as "should be"; "ordered that it be lifted": as "shall be".
    fn mandate(&mut self, words: &[Word]) {
        let verb = self.be.or(self.verb.map(|(at, _)| at));
        let bare = self.modal.is_none() && !self.to && self.have.is_none() && self.helper.is_none();
        // "will see Oslo halve its duty": as "will halve".
        if let Some(modal) = verb.filter(|_| bare).and_then(|at| modal_of_seen(words, at)) {
            self.modal = Some(modal.lower.clone());
            return;
        }
        let Some(asking) = verb.filter(|_| bare).and_then(|at| mandated(words, at)) else { return };
        let ordered =
            is!(asking.lemma, "agree" | "decide" | "decree" | "direct" | "order" | "resolve" | "stipulate");
        self.modal = Some(Lower::new(if ordered { "shall" } else { "should" }));
    }

    /// The tense of the group whose first word but for "to" stands at `first`.
    fn tense(
        &self,
        words: &[Word],
        first: usize,
        (head, form, lemma): (usize, Option<VerbForm>, &Lower),
    ) -> Option<Tense> {
        let start = first;
        let first = words.get(first)?;
        let Self { be, have, helper, .. } = *self;
        Some(match (&self.modal, form) {
            _ if self.to => Tense::Infinitive,
            (Some(_), _) => Tense::Future,
            (None, _) if have.is_some() && have != Some(head) => {
                let having = have.and_then(|i| words.get(i)).is_some_and(|w| w.lower == "having");
                if having { Tense::Gerund } else { Tense::Perfect }
            }
            (None, _) if be.is_some() || helper.is_some() || have == Some(head) => {
                auxiliary_tense(words, start, first)
            }
            (None, Some(VerbForm::Gerund)) => Tense::Gerund,
            (None, Some(VerbForm::Participle)) => Tense::Participle,
            (None, Some(VerbForm::Past | VerbForm::PastOrParticiple)) => Tense::Past,
            // "cut", not "cuts".
            (None, _) if same_form(lemma) && words.get(head).is_some_and(|w| w.lower == *lemma) => {
                Tense::Past
            }
            (None, _) => Tense::Present,
        })
    }
}

/// The tense that a form of "be", "have" or "do" gives the group it opens at `start`.
fn auxiliary_tense(words: &[Word], start: usize, first: &Word) -> Tense {
    match first.lower.as_str() {
        "was" | "were" | "did" | "had" | "wasn't" | "weren't" | "didn't" | "didn’t" | "remained"
        | "stayed" => Tense::Past,
        "being" => Tense::Participle,
        // "Should new duties be put on": a condition.
        "be" if inverted(words, start) => Tense::Present,
        "be" | "been" | "having" => Tense::Gerund,
        _ => Tense::Present,
    }
}

/// "Won't", "cannot", "hasn't": what denies is no word of its own.
fn cut_off(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_none_or(|w| w.tag != Tag::Not)
}

/// "Will, for its part, drop": the comma that ends the aside whose first comma stands at `at`, where
/// the verb goes on behind it.
fn past_aside(words: &[Word], at: usize, perfect: bool) -> Option<usize> {
    let close = (at + 2..at + 8).find(|&i| words.get(i).is_some_and(|w| w.lower == ","))?;
    words
        .get(close + 1)
        .is_some_and(|w| match w.tag {
            Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple) => perfect,
            Tag::Verb(VerbForm::Base) | Tag::Have => !perfect,
            Tag::Be | Tag::Adv => !perfect || w.lower == "been",
            _ => false,
        })
        .then_some(close)
}
