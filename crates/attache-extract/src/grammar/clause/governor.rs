//! Governors: which verb another is the complement of ("said it would try to lift" is a chain of
//! three), and whether its clause is a condition.

use super::reporting::{COMPLEMENT_TAKERS, reports, reports_behind};
use super::{Clauses, Group, Range, Tense};
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};

/// How many words an aside between a verb and its "that" may have.
const ASIDE: usize = 24;
/// How many words a subject behind "were" may have.
const SUPPOSED: usize = 8;

impl Clauses {
    /// The verb group that the group `at` is the complement of.
    pub(super) fn governor(&self, words: &[Word], at: usize, subject: Option<Range>) -> Option<usize> {
        let group = self.groups.get(at)?;
        match group.tense {
            Tense::Infinitive => self.governor_of_infinitive(words, at),
            Tense::Gerund => self.governor_of_gerund(words, at),
            _ if group.finite => self.governor_of_clause(words, at, subject),
            _ => None,
        }
    }

    fn governor_of_infinitive(&self, words: &[Word], at: usize) -> Option<usize> {
        let group = self.groups.get(at)?;
        if words.get(group.start).is_some_and(|w| w.lower != "to") && group.start == group.head {
            let elder = self.groups.get(..at)?.iter().rfind(|g| g.tense == Tense::Infinitive)?;
            return elder.governor;
        }
        let mut previous = at.checked_sub(1)?;
        // "invoked an act, never used before, to order duties": the aside orders nothing.
        if let Some(aside) = self.groups.get(previous).filter(|g| g.tense == Tense::Participle)
            && (aside.head..group.start).any(|i| words.get(i).is_some_and(|w| w.lower == ","))
        {
            previous = self.groups.get(..previous)?.iter().rposition(|g| g.tense != Tense::Participle)?;
        }
        let before = self.groups.get(previous)?;
        // A coordinated infinitive hangs on what its elder sibling hangs on.
        let between = words.get(before.head + 1..group.start).unwrap_or_default();
        let coordinated = before.tense == Tense::Infinitive
            && between.last().is_some_and(|w| w.tag == Tag::Conj || w.lower == ",");
        if coordinated { before.governor.or(Some(previous)) } else { Some(previous) }
    }

    fn governor_of_gerund(&self, words: &[Word], at: usize) -> Option<usize> {
        let group = self.groups.get(at)?;
        let previous = at.checked_sub(1)?;
        let before = self.groups.get(previous)?;
        let between = words.get(before.head + 1..group.start).unwrap_or_default();
        // "Committed to buying beans and ordering jets".
        let joined = between.last().is_some_and(|w| w.tag == Tag::Conj)
            && matches!(before.tense, Tense::Gerund | Tense::Infinitive)
            && words.get(before.head).is_some_and(|w| w.lower.ends_with("ing"));
        if joined {
            return before.governor;
        }
        // "Might retaliate against the duties by filing": as open as the means it is.
        if between.last().is_some_and(|w| w.lower == "by") {
            return self.groups.get(..at)?.iter().rposition(|g| g.tense != Tense::Participle);
        }
        // "Looks forward to reaching", "refrain from banning".
        let linked = between.len() <= 2
            && between.last().is_none_or(|w| is!(w.lower, "to" | "from" | "of" | "against" | "by"))
            && between.iter().rev().skip(1).all(|w| matches!(w.tag, Tag::Adv) || w.lower == "forward");
        linked.then_some(previous)
    }

    fn governor_of_clause(&self, words: &[Word], at: usize, subject: Option<Range>) -> Option<usize> {
        let group = self.groups.get(at)?;
        let previous = match group.aside {
            // "said Japan, stung by duties, would": what is in the aside governs nothing behind it.
            Some(aside) => self.groups.get(..at)?.iter().rposition(|g| g.head < aside.open)?,
            None => at.checked_sub(1)?,
        };
        let before = self.groups.get(previous)?;
        let left = self.left(at);
        let opener = left.checked_sub(1).and_then(|i| words.get(i));
        let that = opener.is_some_and(|w| is!(w.lower, "that" | "whether" | "how"));
        let relative = that && opener.is_some_and(|w| w.tag == Tag::Rel);
        let direct = left == before.head + 1;
        let verb =
            |g: &Group| g.finite || matches!(g.tense, Tense::Infinitive | Tense::Gerund | Tense::Participle);
        // "Talks that led to a deal" stand in the words of whoever tells of the talks.
        if relative {
            let over = (0..at).rev().find(|&i| self.groups.get(i).is_some_and(|g| verb(g) && g.head < left));
            return over.and_then(|i| self.groups.get(i)).and_then(|g| g.governor);
        }
        // "My guess is that it will be fought in court, and that Lima will pay": as far as the clause before.
        let second =
            that && left.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Conj);
        if second {
            let opened = |i: &usize| {
                self.left(*i).checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "that")
            };
            if let Some(elder) = (0..at).rev().find(opened).and_then(|i| self.groups.get(i)) {
                return elder.governor;
            }
        }
        if that {
            if let Some(told) = self.told_before_aside(words, left - 1) {
                return Some(told);
            }
            return (0..at).rev().find(|&i| self.groups.get(i).is_some_and(|g| verb(g) && g.head < left));
        }
        // "and pledged": the same level as the clause before, the same saying verb above.
        let coordinated = words.get(group.start.saturating_sub(1)).is_some_and(|w| w.tag == Tag::Conj);
        if coordinated {
            let elder = self.groups.get(..at)?.iter().rev().find(|g| g.finite).unwrap_or(before);
            return elder.governor;
        }
        // "Goods that do not qualify were taxed": the subject stands before the clause that describes it.
        if let Some(subject) =
            subject.filter(|s| s.1 <= before.start && self.relative_host(words, at).is_some())
        {
            let above = self.groups.get(..at)?.iter().rposition(|g| g.finite && g.head < subject.0)?;
            let head = self.groups.get(above)?.head;
            let told = (head + 1..subject.0).all(|i| {
                words.get(i).is_some_and(|w| w.lower == "that" || matches!(w.tag, Tag::Adv | Tag::Det))
            });
            return told.then_some(above);
        }
        // Without "that", only a subject right behind the verb makes a complement clause.
        // "said the duty on cars, lumber and medicines would rise": commas within the subject part nothing.
        let listed = direct
            && reports(&before.lemma)
            && words.get(left).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss));
        let comma = !listed
            && words.get(before.head + 1..group.start).unwrap_or_default().iter().any(|w| w.lower == ",");
        if direct && !comma {
            return Some(previous);
        }
        // "It does not want to wait, the minister said": what is said stands below, not above.
        if direct && comma && !reports_behind(&group.lemma) {
            // "Urging Washington to stop, he said …": what stands in front governs nothing behind it.
            let fronted = |g: &Group| g.tense == Tense::Gerund && g.governor.is_none() && g.start < 2;
            return before.governor.filter(|&g| !self.groups.get(g).is_some_and(fronted));
        }
        None
    }

    /// "said on Monday, after the envoy had left, that": the verb before the aside that ends in front of "that".
    fn told_before_aside(&self, words: &[Word], that: usize) -> Option<usize> {
        let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
        let close = that.checked_sub(1).filter(|&i| comma(i))?;
        let opens = |i: &usize| {
            comma(*i)
                && words.get(i + 1).is_some_and(|w| {
                    is!(
                        w.lower,
                        "after" | "before" | "when" | "while" | "as" | "following" | "hours" | "days"
                    ) || w.tag == Tag::Rel
                })
        };
        let open = (close.saturating_sub(ASIDE)..close).rev().find(opens)?;
        let told = self.groups.iter().rposition(|g| g.head < open)?;
        let inside = self.groups.iter().any(|g| open < g.head && g.head < close);
        // "said, when he spoke to reporters, that": the aside tells of nothing said.
        let group = self
            .groups
            .get(told)
            .filter(|g| inside && (reports(&g.lemma) || COMPLEMENT_TAKERS.has(&g.lemma)))?;
        let plain = |i: usize| !words.get(i).is_some_and(|w| matches!(w.tag, Tag::Sub | Tag::Conj));
        (group.head + 1..open).all(plain).then_some(told)
    }

    /// "Were Oslo to tax feed, farms would close": the subject of an infinitive behind "were".
    pub(super) fn supposing(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|g| g.tense == Tense::Infinitive)?;
        words.get(group.start).filter(|w| w.tag == Tag::To)?;
        let opens = |i: usize| {
            i == 0
                || words
                    .get(i - 1)
                    .is_some_and(|w| is!(w.lower, "," | ";" | ":" | "—" | "“") || w.tag == Tag::Conj)
        };
        let were = (0..group.start)
            .rev()
            .take(SUPPOSED)
            .find(|&i| words.get(i).is_some_and(|w| w.lower == "were" && w.tag == Tag::Be) && opens(i))?;
        let plain = (were + 1..group.start).all(|i| {
            words
                .get(i)
                .is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Pron | Tag::Conj))
        });
        (plain && were + 1 < group.start).then_some((were + 1, group.start))
    }

    pub(super) fn condition(&self, words: &[Word], at: usize) -> bool {
        let Some(group) = self.groups.get(at) else { return false };
        let left = self.left(at);
        let opener = left.checked_sub(1).and_then(|i| words.get(i));
        if self.supposing(words, at).is_some() {
            return true;
        }
        opener.is_some_and(|w| match w.lower.as_str() {
            // "whether or not assembled": in either case.
            "whether" => words.get(left).is_none_or(|w| w.lower != "or"),
            "if" | "unless" => true,
            // "Except as otherwise provided, …"
            "provided" => {
                let before = left.checked_sub(2).and_then(|i| words.get(i));
                before.is_none_or(|w| !is!(w.lower, "as" | "otherwise"))
            }
            // "will stay until the other side lifts its own"
            "until" | "till" | "once" => group.tense == Tense::Present,
            // "asked for their removal before it will drop its complaint"
            "before" => {
                group.tense == Tense::Present
                    || group.modal.as_ref().is_some_and(|m| matches!(m.as_str(), "will" | "would" | "can"))
            }
            _ => false,
        })
    }
}
