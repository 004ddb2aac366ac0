//! Subjects of finite verbs.
//!
//! The noun phrase before a verb is its subject unless it hangs on an earlier verb: then the subject is
//! shared, described by a clause in between, or stands before an aside. [`Clauses::subject`] has the
//! order in which the cases are tried; verbs that are not finite have theirs in [`super::control`].

use super::noun_phrase::trim;
use super::relative::{antecedent, pairs};
use super::reporting::{COMPLEMENT_TAKERS, INSERTED, inserted, reports};
use super::subject_phrase::{subject_like, subject_phrase};
use super::{Clauses, Group, Range, Tense};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;
use crate::grammar::tag::mandative::mandated;
use crate::grammar::tag::that::THAT_CLAUSE;
use crate::grammar::tag::{Tag, Word};

impl Clauses {
    /// The subject of the group `at`.
    pub(super) fn subject(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        if let Some(known) = group.subject {
            return Some(known);
        }
        if !group.finite {
            return self.inherited(words, at);
        }
        if let Some(aside) = group.aside {
            return Some(aside.host);
        }
        let left = self.left(at);
        let last = before_adverbial(words, (left, group.start));
        // "X did this and said that": one subject for both verbs.
        if last.is_some_and(|w| w.tag == Tag::Conj)
            && let Some(shared) = self.shared_subject(words, at)
        {
            return Some(shared);
        }
        if let Some(rumour) = self.rumour(words, at) {
            return Some(rumour);
        }
        // "Chile, which had banned the export, will lift the ban": who is described, not what was banned.
        let enclosed = last.is_some_and(|w| w.lower == ",");
        if enclosed && let Some(described) = self.aside_host(words, at).or_else(|| self.described(words, at))
        {
            return Some(described);
        }
        let region = trim(words, (left, group.start));
        if let Some(found) = self
            .before_colon(words, at)
            .or_else(|| self.behind_inner_gerund(words, at))
            .or_else(|| self.gerund_host(words, at))
        {
            return Some(found);
        }
        if self.behind_relative(words, at, region, enclosed)
            && let Some(described) = self.described(words, at)
        {
            return Some(described);
        }
        if let Some(described) = self.behind_contact_clause(words, at, region) {
            return Some(described);
        }
        // "Trump hit Brazil with a duty, announced another on India, and revealed a deal".
        if enclosed
            && self.serial(words, at)
            && let Some(shared) = self.shared_subject(words, at)
        {
            return Some(shared);
        }
        if let Some((_, speaker)) = inserted(words, group, left) {
            return Some(speaker);
        }
        let found = self
            .before_speaker(words, at, region)
            .or_else(|| pronoun_before(words, left, group.start))
            .or_else(|| self.behind_addressee(words, at, region?))
            .or_else(|| self.phrase_before(words, at, region?));
        if found.is_some() {
            return found;
        }
        if left.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Rel) {
            // "rules that Lima issued on May 4, which would reach": the rules and not the day.
            let day = |&(from, to): &Range| {
                (from..to).all(|i| words.get(i).is_some_and(|w| w.time || w.tag == Tag::Prep))
            };
            return match antecedent(words, left - 1) {
                Some(found) if day(&found) => self.verb_before(at).and_then(|p| p.theme).or(Some(found)),
                found => found,
            };
        }
        self.described(words, at).or_else(|| self.shared_subject(words, at))
    }

    /// The last group before `at` that is no participle.
    fn verb_before(&self, at: usize) -> Option<&Group> {
        self.groups.get(..at)?.iter().rfind(|g| g.tense != Tense::Participle)
    }

    /// "Announcement No. 5: Imposes controls on …": what is named before the colon.
    fn before_colon(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|_| at == 0)?;
        let left = self.left(at);
        let third = words.get(group.head).is_some_and(|w| w.tag == Tag::Verb(VerbForm::ThirdPerson));
        let colon = left.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == ":"));
        trim(words, (0, colon.filter(|_| left == group.start && third)?))
    }

    /// Whether what stands between a relative clause and the verb `at` still belongs to that clause;
    /// `enclosed` where a comma stands right before the verb.
    fn behind_relative(&self, words: &[Word], at: usize, region: Option<Range>, enclosed: bool) -> bool {
        // "A levy that had been due on May Day was shelved": what follows "due" is its complement.
        let complement = || {
            region.and_then(|r| words.get(r.0)).is_some_and(|w| {
                matches!(w.tag, Tag::Prep | Tag::To | Tag::Adv) || is!(w.lower, "due" | "set" | "ready")
            })
        };
        // "Beijing, which put duties on corn in April, agreed to"
        let Some(host) = self.relative_host(words, at) else { return false };
        // "With regard to the ban which Lima put in place in May, the minister said": the main clause.
        let resumed = || !enclosed && self.fronted(words, host) && region.is_some_and(|r| resumes(words, r));
        (enclosed || complement() || region.is_some() && self.behind_inner_object(words, at)) && !resumed()
    }

    /// Whether what the relative clause of the group `host` describes hangs on a preposition that opens
    /// the sentence.
    fn fronted(&self, words: &[Word], host: usize) -> bool {
        let first = self.groups.iter().position(|g| g.finite);
        let opens = words.iter().find(|w| !matches!(w.tag, Tag::Punct | Tag::Num));
        first == Some(host) && opens.is_some_and(|w| w.tag == Tag::Prep)
    }

    /// "goods that enter the United States are charged": the object of the relative clause.
    fn behind_inner_object(&self, words: &[Word], at: usize) -> bool {
        let Some(group) = self.groups.get(at) else { return false };
        let left = self.left(at);
        self.verb_before(at).is_some_and(|p| {
            let opener = p.start.checked_sub(1).and_then(|i| words.get(i));
            let inside = p.finite && opener.is_some_and(|w| w.tag == Tag::Rel)
                // "the duty that was to hit toys on Sunday will not be collected"
                || p.tense == Tense::Infinitive
                    // "The pact under which Peru is to admit cars was signed"
                    && (group.passive || matches!(group.modal.as_deref(), Some("will" | "would")))
                    && self.relative_host(words, at).is_some();
            inside && p.head + 1 == left && !COMPLEMENT_TAKERS.has(&p.lemma)
        }) && !(left..group.start).any(|i| {
            let pair = i > left && pairs(words, i);
            words.get(i).is_some_and(|w| w.lower == "," || w.tag == Tag::Sub || w.tag == Tag::Conj && !pair)
        })
    }

    /// "The duty Peru imposed on rice was raised", "The accord they signed in May lapsed": what the clause in between
    /// describes, where nothing but its complements stands behind its verb.
    fn behind_contact_clause(&self, words: &[Word], at: usize, region: Option<Range>) -> Option<Range> {
        let group = self.groups.get(at)?;
        let inner = at.checked_sub(1).and_then(|i| self.groups.get(i)).filter(|g| g.finite && !g.passive)?;
        let (described, doer) = (inner.theme?, inner.subject?);
        let contact = described.1 == doer.0 && doer.1 <= inner.start;
        let complement = region
            .is_none_or(|r| words.get(r.0).is_some_and(|w| w.time || matches!(w.tag, Tag::Prep | Tag::Adv)));
        let plain = (inner.head + 1..group.start).all(|i| {
            words.get(i).is_some_and(|w| !matches!(w.tag, Tag::Punct | Tag::Sub | Tag::Conj | Tag::Rel))
        });
        (contact && complement && plain).then_some(described)
    }

    /// Whether the group `at`, right behind a comma, is the next verb of a series.
    fn serial(&self, words: &[Word], at: usize) -> bool {
        let Some(group) = self.groups.get(at) else { return false };
        let left = self.left(at);
        // "…, X, the ministry's spokesman, said on Monday": somebody speaks of what was told.
        let closing = INSERTED.has(&group.lemma)
            && words.get(group.head + 1).is_none_or(|w| w.time || matches!(w.tag, Tag::Punct | Tag::Prep));
        !closing
            && !words.get(left.saturating_sub(1)).is_some_and(|w| matches!(w.tag, Tag::Rel | Tag::Sub))
            && self.verb_before(at).is_some_and(|p| {
                let alike = p.tense == group.tense
                    || p.tense == Tense::Perfect && group.tense == Tense::Past && group.start == group.head;
                p.finite && p.head + 1 == left && alike && p.passive == group.passive
            })
            && !at.checked_sub(1).is_some_and(|p| self.in_relative(words, p))
    }

    /// "The duties, the ministry said, are unfair."
    fn before_speaker(&self, words: &[Word], at: usize, region: Option<Range>) -> Option<Range> {
        // "The duties, the ministry said on Monday, are unfair."
        let bare = |(from, to): Range| {
            (from..to).all(|i| words.get(i).is_some_and(|w| w.time || w.tag == Tag::Prep || w.lower == ","))
        };
        let aside = at.checked_sub(1).filter(|_| region.is_none_or(bare))?;
        let (host, _) = inserted(words, self.groups.get(aside)?, self.left(aside))?;
        Some(host)
    }

    /// "Told reporters the United States was ready": whoever is told is no subject.
    fn behind_addressee(&self, words: &[Word], at: usize, (from, to): Range) -> Option<Range> {
        let left = self.left(at);
        let told = self
            .verb_before(at)
            .is_some_and(|p| p.head + 1 == left && is!(p.lemma, "tell" | "inform" | "assure" | "remind"))
            && words.get(from).is_some_and(|w| w.tag == Tag::Noun && !w.name && w.lower.ends_with('s'))
            && from + 1 < to
            && words.get(from + 1).is_some_and(|w| w.tag == Tag::Det || w.name);
        told.then_some((from + 1, to))
    }

    /// The noun phrase in `region`, which ends at the verb `at`, that is its subject.
    fn phrase_before(&self, words: &[Word], at: usize, region: Range) -> Option<Range> {
        let left = self.left(at);
        let previous = self.verb_before(at);
        // Straight after a verb the first phrase is its object; the subject follows a comma or "and".
        // "said the duty on cars, lumber and medicines would rise": the list is all subject.
        let bare = self.groups.get(at).is_some_and(|g| mandated(words, g.start).is_some());
        let told = previous.is_some_and(|p| bare || reports(&p.lemma))
            && words.get(region.0).is_some_and(|w| bare || matches!(w.tag, Tag::Det | Tag::Poss));
        let after_verb =
            previous.is_some_and(|p| p.head + 1 == left && p.tense != Tense::Participle) && !told;
        // "gives the mills access and Lima is buying jets": one who buys.
        if after_verb && let Some(next) = self.behind_object(words, at, region) {
            return Some(next);
        }
        let next = told.then(|| behind_day(words, region).or_else(|| named_next(words, region))).flatten();
        subject_phrase(words, next.unwrap_or(region), after_verb)
    }
}

impl Clauses {
    /// "cut its duty on lamps and Lima dropped the ban": what stands behind the object of the verb before
    /// and a conjunction, where that verb takes an object and no clause.
    fn behind_object(&self, words: &[Word], at: usize, region: Range) -> Option<Range> {
        let group = self.groups.get(at)?;
        let previous = self.verb_before(at)?;
        let conjunction = |i: &usize| {
            words.get(*i).is_some_and(|w| w.tag == Tag::Conj && is!(w.lower, "and" | "but" | "while" | "yet"))
        };
        let last = (region.0 + 1..region.1).rev().find(conjunction)?;
        let name = |i: usize| words.get(i).is_some_and(|w| w.name || w.tag == Tag::Det);
        // "and Lima and Quito dropped": all that are named.
        let first = (region.0 + 1..last).rev().find(conjunction);
        let and = first.filter(|&i| i + 1 < last && (i + 1..last).all(name)).unwrap_or(last);
        let next = trim(words, (and + 1, region.1))?;
        let named = (next.0..next.1).all(name);
        if named && words.get(group.start).is_some_and(|w| is!(w.lower, "is" | "was" | "has")) {
            return Some(next);
        }
        // "Chile's rate fell to 15% and Laos got 40%": no rate is joined to a name.
        let rated = and.checked_sub(1).and_then(|i| words.get(i));
        if named && rated.is_some_and(|w| is!(w.lower, "%" | "percent" | "cent" | "points")) {
            return Some(next);
        }
        let within = self.groups.get(..at)?.iter().rposition(|g| g.tense != Tense::Participle)?;
        let object = words
            .get(region.0)
            .is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Num | Tag::Noun) && !w.time);
        let clear = object
            && previous.tense != Tense::Participle
            && !previous.passive
            && !COMPLEMENT_TAKERS.has(&previous.lemma)
            && !THAT_CLAUSE.has(&previous.lemma)
            && !reports(&previous.lemma)
            && !self.in_relative(words, within);
        let subject = words.get(next.0).is_some_and(|w| {
            matches!(w.tag, Tag::Det | Tag::Poss | Tag::Pron)
                || w.name
                || w.tag == Tag::Noun && w.capital && !w.time
        });
        (clear && subject).then_some(next)
    }
}

/// "announced a duty on cars, and since July Chile has": what stands behind a conjunction and a time.
fn behind_day(words: &[Word], (from, to): Range) -> Option<Range> {
    let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
    let and = (from..to).rev().find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Conj))?;
    let led = words.get(and + 1).is_some_and(|w| w.tag == Tag::Prep);
    let start = and + 1 + usize::from(led);
    let end = (start..to).find(|&i| !timed(i)).filter(|&end| end > start)?;
    trim(words, (end, to))
}

/// "announced a duty on cars, and Chile raised its own": the name behind the conjunction, where no names are listed.
fn named_next(words: &[Word], (from, to): Range) -> Option<Range> {
    let comma = (from..to).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","))?;
    let and = words.get(comma + 1).filter(|w| w.tag == Tag::Conj)?;
    let name = |i: usize| words.get(i).is_some_and(|w| w.name || w.tag == Tag::Det);
    let listed = words.get(from + 1).is_some_and(|w| w.name) || !is!(and.lower, "and" | "but" | "while");
    let next = trim(words, (comma + 2, to)).filter(|_| !listed)?;
    (next.0..next.1).all(name).then_some(next)
}

/// "in place on May 4, the minister": whether a comma and a subject stand before the verb behind `region`.
fn resumes(words: &[Word], region: Range) -> bool {
    let comma = (region.0..region.1).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    comma.is_some_and(|i| trim(words, (i + 1, region.1)).is_some_and(|part| subject_like(words, part)))
}

/// The word before a verb and the adverbs in front of it: "took a softer line and on 12 June requested", "and
/// in Lima signed" as much as "and later signed".
fn before_adverbial(words: &[Word], (left, verb): Range) -> Option<&Word> {
    let before = |to: usize| (left..to).rev().find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Adv));
    let last = before(verb)?;
    let timed = |i: &usize| words.get(*i).is_some_and(|w| w.time);
    let times = (left..=last).rev().take_while(timed).last();
    let name = words.get(last).is_some_and(|w| w.name && w.tag == Tag::Noun).then_some(last);
    let prep = |at: usize| {
        at.checked_sub(1).filter(|&i| i >= left && words.get(i).is_some_and(|w| w.tag == Tag::Prep))
    };
    // "and on 12 June", "and in Lima", "and the next day"
    let start = times.map(|at| prep(at).unwrap_or(at)).or_else(|| prep(name?));
    let conjunction = start.and_then(before).and_then(|i| words.get(i)).filter(|w| w.tag == Tag::Conj);
    conjunction.or_else(|| words.get(last))
}

/// "Told customers it would": the pronoun right before the verb, not the object before it.
fn pronoun_before(words: &[Word], left: usize, verb: usize) -> Option<Range> {
    // "On the margins he also held talks": past the adverb.
    let to = (left..verb)
        .rev()
        .take(3)
        .find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Adv))
        .map_or(left, |i| i + 1);
    // "Roe announced a duty, and one week later he paused it"
    let later = || {
        let timed = |i: &usize| words.get(*i).is_some_and(|w| w.time);
        let day = (left..to.saturating_sub(1)).rev().take_while(timed).last();
        day.and_then(|i| words.get(i.checked_sub(1)?)).is_some_and(|w| w.tag == Tag::Conj)
    };
    let pronoun = to > left + 1
        && words
            .get(to - 1)
            .is_some_and(|w| is!(w.lower, "it" | "they" | "he" | "she" | "we" | "i") && w.tag == Tag::Pron)
        && words.get(to - 2).is_some_and(|w| {
            // "told Oslo on Monday it would"
            let timed = w.time && to > left + 3;
            w.tag == Tag::Noun && !w.time
                || timed
                || is!(w.lower, "us" | "me" | "him" | "them" | "you")
                || later()
        });
    pronoun.then(|| (to - 1, to))
}
