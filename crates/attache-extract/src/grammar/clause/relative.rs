//! Relative clauses and other clauses that describe a noun: which noun it is, and which verb it has.
//!
//! "Goods that enter the United States are taxed": what enters is what is taxed, and the United States is
//! the object within.

use super::noun_phrase::{phrase_start, trim};
use super::reduced_relative::INTRANSITIVE;
use super::reporting::{COMPLEMENT_TAKERS, INSERTED, TELLS_BEHIND, reports};
use super::subject_phrase::subject_phrase;
use super::{Clauses, Group, Range, Tense};
use crate::grammar::aside;
use crate::grammar::lower::{WordId, is};
use crate::grammar::tag::{Tag, Word};

impl Clauses {
    /// "The accord that India and Britain concluded": the object of a relative clause stands before it.
    pub(super) fn described_object(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|g| g.finite && !g.passive && g.lemma != "be")?;
        let left = self.left(at);
        let opener = left
            .checked_sub(1)
            .filter(|&i| words.get(i).is_some_and(|w| is!(w.lower, "that" | "which" | "whom")))?;
        let person = words.get(opener).is_some_and(|w| w.lower == "whom");
        // "whom Roe saw": whoever is seen, and no clause.
        if INTRANSITIVE.has(&group.lemma) || COMPLEMENT_TAKERS.has(&group.lemma) && !person {
            return None;
        }
        // "a report that Oslo had offered to lower the duty": what is reported, not what was offered.
        let claim = opener.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
            is!(
                w.lemma,
                "report" | "claim" | "suggestion" | "rumour" | "rumor" | "allegation" | "notion" | "idea"
            )
        });
        if claim && words.get(group.head + 1).is_some_and(|w| w.tag == Tag::To) {
            return None;
        }
        // "The inquiry, which Washington opened in March"
        let comma = opener.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == ","));
        let aside = comma.filter(|_| words.get(opener).is_some_and(|w| w.tag == Tag::Rel)).unwrap_or(opener);
        let before = aside.checked_sub(1).and_then(|i| words.get(i));
        // "Firms from China that Washington had listed", but not "said in China that …"
        let placed = || {
            before.is_some_and(|w| w.tag == Tag::Noun && w.name)
                && antecedent(words, opener).is_some_and(|(from, _)| {
                    from == 0
                        && words.get(from).is_some_and(|w| !w.name)
                        && (from..aside).any(|i| words.get(i).is_some_and(|w| is!(w.lower, "from" | "of")))
                })
        };
        let noun = before.is_some_and(|w| {
            w.tag == Tag::Noun && !w.name && !w.time && !w.capital || is!(w.lower, "%" | "percent")
        }) || placed()
            || measured(words, aside)
            || person && before.is_some_and(|w| w.tag == Tag::Noun);
        // "no word from Roe, whom he had met": the one named last, not what came from her.
        if person && before.is_some_and(|w| w.name) {
            let last = aside.checked_sub(1)?;
            return (left < group.start).then(|| (phrase_start(words, last), aside));
        }
        // "Roe, the Chilean minister, whom she saw": from the name on.
        if person
            && let Some((from, _)) = antecedent(words, opener)
            && let Some(name) = from.checked_sub(2)
            && words.get(name).is_some_and(|w| w.name)
            && words.get(name + 1).is_some_and(|w| w.lower == ",")
        {
            return (left < group.start).then(|| (phrase_start(words, name), aside));
        }
        (noun && left < group.start).then(|| antecedent(words, opener))?
    }

    /// The verb of a relative clause right before the verb `at`, past what hangs on it.
    pub(super) fn relative_host(&self, words: &[Word], at: usize) -> Option<usize> {
        let hangs = |g: &&Group| matches!(g.tense, Tense::Infinitive | Tense::Participle);
        let back = self.groups.get(..at)?.iter().rev().take_while(hangs).count();
        at.checked_sub(1 + back).filter(|&host| self.in_relative(words, host))
    }

    /// Whether a word that opens a clause stands before the clause of the group `at`.
    pub(super) fn in_relative(&self, words: &[Word], at: usize) -> bool {
        let left = self.left(at);
        left.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| matches!(w.tag, Tag::Rel | Tag::Sub))
    }

    /// "The talks that were planned have ended": what a relative clause right before the verb describes.
    pub(super) fn described(&self, words: &[Word], at: usize) -> Option<Range> {
        let before = self.relative_host(words, at).or(at.checked_sub(1))?;
        self.described_by(words, at, before)
    }

    /// The same where `before` is the verb of the relative clause.
    fn described_by(&self, words: &[Word], at: usize, before: usize) -> Option<Range> {
        let inner = self.groups.get(before).filter(|g| g.finite)?;
        let left = self.left(before);
        // "The curbs that Beijing brought in have alarmed …": what the inner verb has for its object.
        let object = self.described_object(words, before).is_some();
        let opener =
            left.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| object || w.tag == Tag::Rel))?;
        let group = self.groups.get(at)?;
        // "who lost orders from Oslo and Lima are": two nouns of one phrase.
        let joined = (inner.head + 1..group.start).any(|i| {
            words.get(i).is_some_and(|w| w.tag == Tag::Sub || w.tag == Tag::Conj && !pairs(words, i))
        });
        if joined {
            return None;
        }
        let floor = self.groups.get(..before)?.iter().rev().find(|g| g.finite).map_or(0, |g| g.head + 1);
        // "waived its tax, and importers who … bought": past what the clause before it tells.
        let region = trim(words, (floor, opener))?;
        let next = (region.0 + 1..region.1).rev().find(|&i| {
            floor > 0
                && words.get(i).is_some_and(|w| w.tag == Tag::Conj)
                && words.get(i - 1).is_some_and(|w| w.lower == ",")
        });
        let region = next.and_then(|i| trim(words, (i + 1, region.1))).unwrap_or(region);
        // "rules that Lima issued on May 4, which would reach all, have been": whatever the inner verb has.
        subject_phrase(words, region, false).or_else(|| inner.subject.filter(|_| left == inner.start))
    }

    /// "The duty that Lima had levied on goods for buying oil was lifted": behind a gerund that tells why in a
    /// relative clause stands its object; what is lifted is what the clause describes.
    pub(super) fn behind_inner_gerund(&self, words: &[Word], at: usize) -> Option<Range> {
        let gerund =
            at.checked_sub(1).and_then(|i| self.groups.get(i)).filter(|g| g.tense == Tense::Gerund)?;
        let led = gerund.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Prep);
        let end = self.groups.get(at)?.start;
        let closed = (gerund.head + 1..end).any(|i| {
            words
                .get(i)
                .is_some_and(|w| matches!(w.tag, Tag::Conj | Tag::Sub | Tag::Rel | Tag::Punct) && !w.name)
        });
        (led && !closed && gerund.head + 1 < end).then_some(())?;
        let host = self.relative_host(words, at - 1)?;
        self.described_by(words, at, host)
    }

    /// "Goods entering the United States will be taxed": what enters is taxed.
    pub(super) fn gerund_host(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        let gerund = at.checked_sub(1).and_then(|i| self.groups.get(i))?;
        let behind = (gerund.head + 1, group.start);
        let closed = (behind.0..behind.1).any(|i| {
            words.get(i).is_some_and(|w| {
                matches!(w.tag, Tag::Conj | Tag::Sub | Tag::Rel | Tag::Pron | Tag::Punct) && !w.name
            })
        });
        let noun = gerund.start.checked_sub(1)?;
        let thing = words.get(noun).is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && !w.capital);
        let object = gerund.tense == Tense::Gerund && behind.0 < behind.1 && !closed;
        (object && thing).then_some(())?;
        // "The duty of $80 on each parcel coming from Brazil will end": what the parcels belong to.
        let whole = trim(words, (gerund.left, noun + 1)).and_then(|r| subject_phrase(words, r, false));
        whole.filter(|r| r.1 == noun + 1).or_else(|| Some((phrase_start(words, noun), noun + 1)))
    }

    /// "Johnson, annoyed by what Europeans charged, laid a tax": what an aside between commas, the second
    /// of them right before the verb, describes.
    pub(super) fn aside_host(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|g| !INSERTED.has(&g.lemma) && !TELLS_BEHIND.has(&g.lemma))?;
        let close = (0..group.start).rev().find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Adv))?;
        let describes = |first: usize| {
            let inner = self.groups.iter().find(|g| g.start >= first && g.start < close);
            inner.is_some_and(|g| {
                g.start == first
                    && matches!(g.tense, Tense::Participle | Tense::Past | Tense::Gerund)
                    && g.subject.is_none_or(|s| s.1 < first)
            })
        };
        let open = aside::opening(words, close, describes)?;
        let before =
            self.groups.iter().rfind(|g| g.head < open && (g.finite || g.tense == Tense::Infinitive));
        let floor = before.map_or(0, |g| g.head + 1);
        let boundary = (floor..open).rev().find(|&i| {
            words
                .get(i)
                .is_some_and(|w| matches!(w.tag, Tag::Sub | Tag::Rel) || is!(w.lower, ";" | ":" | "—" | "“"))
        });
        let object = boundary.is_none()
            && before.is_some_and(|g| !COMPLEMENT_TAKERS.has(&g.lemma) && !reports(&g.lemma));
        if object {
            return None;
        }
        let region = trim(words, (boundary.map_or(floor, |i| i + 1), open))?;
        subject_phrase(words, region, false).filter(|r| r.1 == region.1)
    }
}

/// "phones and toys": whether the conjunction at `at` stands right between two nouns.
pub(super) fn pairs(words: &[Word], at: usize) -> bool {
    let noun = |i: Option<usize>| i.and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Noun && !w.time);
    noun(at.checked_sub(1)) && noun(Some(at + 1))
}

/// "A reprieve of 30 days that Oslo granted": the noun before its length.
fn measured(words: &[Word], end: usize) -> bool {
    let of = (0..end).rev().find(|&i| words.get(i).is_none_or(|w| !w.time && w.tag != Tag::Num));
    let noun = of.and_then(|i| words.get(i.checked_sub(1)?));
    of.is_some_and(|i| i + 1 < end && words.get(i).is_some_and(|w| w.lower == "of"))
        && noun.is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time)
}

/// How many words ", not the European Union," may have.
const NOT_HIM: usize = 5;

/// The noun phrase that a relative or participle clause starting at `at` describes.
pub(super) fn antecedent(words: &[Word], at: usize) -> Option<Range> {
    let mut end = at;
    while end > 0 && words.get(end - 1).is_some_and(|w| w.tag == Tag::Punct && w.lower == ",") {
        end -= 1;
    }
    // "It was Oslo, not Bern, that taxed feed"
    let lower =
        |back: usize| end.checked_sub(back).and_then(|i| words.get(i)).map_or(WordId::NONE, |w| w.lower.id());
    if end < at
        && let Some(back) = (2..=NOT_HIM).find(|&back| lower(back) == "not" && lower(back + 1) == ",")
    {
        end -= back + 1;
    }
    let mut start = end;
    while start > 0 {
        let Some(word) = words.get(start - 1) else { break };
        let inside = matches!(word.tag, Tag::Noun | Tag::Num | Tag::Det | Tag::Poss | Tag::Adv)
            || is!(word.lower, "$" | "%" | "-" | "of" | "on" | "from" | "and" | "in" | "into" | "against")
            // "Oslo's halt to Danish butter, imposed in May"
            || end < at
                && is!(word.lower, "to" | "for")
                && words.get(at).is_some_and(|w| matches!(w.tag, Tag::Verb(_)))
            // "the rule of May 4, 2025, which reaches"
            || word.lower == "," && word.time;
        // "raised to 30% the duty that": the duty alone.
        let rate = is!(word.lower, "%" | "percent" | "points")
            && start < end
            && words.get(start).is_some_and(|w| is!(w.lower, "the" | "a" | "an" | "its" | "their"));
        if !inside || rate {
            break;
        }
        start -= 1;
    }
    // "found that the duty of 25% which he laid": the word before the article opens the clause.
    let opens = words.get(start).is_some_and(|w| w.lower == "that")
        && words.get(start + 1).is_some_and(|w| w.tag == Tag::Det);
    start += usize::from(opens);
    trim(words, (start, end)).map(|range| (from_the_name(words, range, at), range.1))
}

/// "Ana Roe, Minister of Economy, Trade and Industry, who": where a name begins whose office holds commas.
fn from_the_name(words: &[Word], (start, end): Range, who: usize) -> usize {
    const PARTS: usize = 4;
    let capital = |i: usize| {
        words.get(i).is_some_and(|w| {
            w.capital && w.tag == Tag::Noun || is!(w.lower, "of" | "for" | "and" | "the" | "," | "." | "-")
        })
    };
    let who = words.get(who).is_some_and(|w| w.lower == "who");
    if !who || !(start..end).all(capital) {
        return start;
    }
    let (mut from, mut office) = (start, false);
    for _ in 0..PARTS {
        let Some(comma) = from.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == ","))
        else {
            break;
        };
        let first =
            (0..comma).rev().take_while(|&i| capital(i) && words.get(i).is_some_and(|w| w.lower != ","));
        let Some(first) = first.last() else { break };
        from = first;
        let part = || words.get(first..comma).unwrap_or_default();
        // The part with "of" in it opens the office; the name stands right before.
        if office {
            return if part().iter().any(|w| w.name) { first } else { start };
        }
        office = part().iter().any(|w| is!(w.lower, "of" | "for"));
    }
    start
}
