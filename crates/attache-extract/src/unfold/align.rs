//! Which phrase of a whole clause each phrase of a clause with a gap stands in the place of.

use super::phrase::{Phrase, Sort};
use crate::grammar::clause::Range;
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};
use crate::token::TokenKind;
use crate::who::{Who, WhoKind};

/// Where in its clause a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the subject.
    Ahead,
    /// The subject, or what hangs on it.
    Subject,
    Behind,
}

/// A phrase of the whole clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) phrase: Phrase,
    pub(super) place: Place,
}

/// The whole clause.
pub(super) struct Whole<'w> {
    pub(super) words: &'w [Word],
    pub(super) who: &'w [Who],
    pub(super) slots: Vec<Slot>,
    /// Its verb acts on what stands behind it: no "be", no passive.
    pub(super) active: bool,
}

/// Words of the whole clause and the phrase that takes their place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Swap {
    /// None where nothing in the whole clause corresponds.
    pub(super) old: Option<Range>,
    /// None where what corresponds is not told.
    pub(super) new: Option<Range>,
    /// The sign of the rate, where a number stands alone; the noun behind "another".
    pub(super) sign: Option<Range>,
}

impl Whole<'_> {
    /// What takes the place of what where `rest` is told by the same verb; none where it does not fit.
    pub(super) fn align(&self, rest: &[Phrase]) -> Option<Vec<Swap>> {
        if rest.len() < 2 || rest.iter().any(|phrase| !self.sound(phrase)) {
            return None;
        }
        // Phrases that fit by their kind; then what is named, by what stands next to it.
        let mut pairs: Vec<(Phrase, Option<usize>)> = Vec::new();
        // What each of them names without what hangs on it.
        let mut heads: Vec<Range> = Vec::new();
        let mut used: Vec<usize> = Vec::new();
        for (number, phrase) in rest.iter().enumerate() {
            let bare = phrase.sort == Sort::Plain && phrase.prep(self.words).is_empty();
            let opening = number == 0 || number == 1 && rest.first().is_some_and(|p| p.sort == Sort::Plain);
            let found = if bare { None } else { self.like(phrase, &used, (number == 0, opening)) };
            used.extend(found);
            match (found, pairs.last_mut()) {
                (None, Some((last, _))) if !bare && phrase.sort == Sort::Plain && !last.tells_apart() => {
                    // "goods made in Peru": part of what is named before it.
                    last.whole.1 = phrase.whole.1;
                    last.inner.1 = phrase.inner.1;
                }
                (None, _) if !bare && phrase.sort != Sort::Time => return None,
                _ => {
                    pairs.push((*phrase, found));
                    heads.push(phrase.inner);
                }
            }
        }
        for number in 0..pairs.len() {
            let (phrase, found) = *pairs.get(number)?;
            let bare = phrase.sort == Sort::Plain && phrase.prep(self.words).is_empty();
            if !bare || found.is_some() {
                continue;
            }
            let next = pairs.get(number + 1).and_then(|(_, at)| *at);
            let at = self.named(*heads.get(number)?, next, &used)?;
            used.push(at);
            pairs.get_mut(number)?.1 = Some(at);
        }
        // A time of which the whole clause has none holds for all.
        let timed = self.slots.iter().any(|s| {
            let (from, to) = s.phrase.whole;
            let times = self.words.get(from..to).unwrap_or_default().iter().any(|w| w.time);
            times && s.place == Place::Behind
        });
        let later = pairs.iter().position(|(_, at)| at.is_none());
        if later.is_some_and(|later| timed || later + 1 < pairs.len()) || self.told_as_one(&pairs) {
            return None;
        }
        // "on cars, steel and shoes from May on": a list goes on.
        let rated =
            pairs.iter().any(|(phrase, _)| matches!(phrase.sort, Sort::Rate | Sort::Number | Sort::Money));
        let lists = pairs.first().zip(heads.first()).is_some_and(|((phrase, _), head)| {
            let last = self.slots.last().filter(|s| s.place == Place::Behind).map(|s| s.phrase);
            let alike = |p: Phrase| p.sort == Sort::Plain && self.party(p.inner) == self.party(*head);
            phrase.sort == Sort::Plain && phrase.prep(self.words).is_empty() && last.is_some_and(alike)
        });
        if lists && !rated {
            return None;
        }
        let apart = pairs.iter().any(|(phrase, at)| phrase.tells_apart() && at.is_some());
        let named = pairs.iter().filter(|(_, at)| at.is_some()).count();
        if !apart || named < 2 {
            return None;
        }
        let swap = |((phrase, at), head): ((Phrase, Option<usize>), Range)| {
            let swap = self.swap(&phrase, at.and_then(|at| self.slots.get(at)));
            // "a call between X and Y in May and a visit to Oslo in June": no visit between X and Y.
            let own = phrase.inner.1 > head.1;
            let hangs = |at: &usize| {
                own && !used.contains(at) && self.slots.get(*at).is_some_and(|s| !s.phrase.tells_apart())
            };
            let last = at.and_then(|at| (at + 1..self.slots.len()).take_while(hangs).last());
            match (swap.old, last.and_then(|at| self.slots.get(at))) {
                (Some(old), Some(slot)) => Swap { old: Some((old.0, slot.phrase.whole.1)), ..swap },
                _ => swap,
            }
        };
        let mut out: Vec<Swap> = pairs.iter().copied().zip(heads).map(swap).collect();
        // "from 10% to 25%, on plums to 50%": the rate that plums start from is not told.
        let left = self.slots.iter().enumerate().filter(|(at, slot)| {
            rated && !used.contains(at) && slot.place == Place::Behind && slot.phrase.sort == Sort::Rate
        });
        out.extend(left.map(|(_, s)| Swap { old: Some(s.phrase.whole), new: None, sign: None }));
        Some(out)
    }

    /// "effective May 1", "the agency having asked for it in May", "less than a week ago": no phrase that
    /// stands in the place of another.
    fn sound(&self, phrase: &Phrase) -> bool {
        let words = self.words.get(phrase.inner.0..phrase.inner.1).unwrap_or_default();
        let first = words.first().is_some_and(|w| {
            !matches!(w.tag, Tag::Verb(_))
                && !is!(
                    w.lower,
                    "effective" | "retroactive" | "beginning" | "starting" | "less" | "more" | "due"
                )
        });
        // "and Oslo its own to 10%"
        let acts = words.iter().any(|w| is!(w.lower, "having" | "being" | "own"));
        let names = words.iter().any(|w| {
            w.time
                || matches!(w.tag, Tag::Noun | Tag::Num | Tag::Pron | Tag::Det)
                || w.kind == TokenKind::Number
        });
        first && !acts && names
    }

    /// "10% on pears and 20% on plums": rates of one measure are told apart by whoever reads it.
    fn told_as_one(&self, pairs: &[(Phrase, Option<usize>)]) -> bool {
        let rate = pairs.first().is_some_and(|(p, _)| matches!(p.sort, Sort::Rate | Sort::Number));
        let goods = pairs.iter().skip(1).filter(|(_, at)| at.is_some()).all(|(phrase, _)| {
            phrase.sort == Sort::Plain && matches!(phrase.prep(self.words), "on" | "for" | "to")
        });
        rate && goods
    }

    /// The phrase of the whole clause that is of the same kind and has the same preposition; the first phrase may
    /// stand for a time ahead of the subject, one that opens for what hangs on the subject.
    fn like(&self, phrase: &Phrase, used: &[usize], (first, opening): (bool, bool)) -> Option<usize> {
        let prep = phrase.prep(self.words);
        let fits = |slot: &Slot| {
            let own = slot.phrase.prep(self.words);
            match (phrase.sort, slot.phrase.sort) {
                (Sort::Time, Sort::Time) => slot.place != Place::Subject && side(own) == side(prep),
                // "to 10% in April and 25% in May"
                (Sort::Rate | Sort::Number, Sort::Rate) => {
                    own == prep || loose(own) && loose(prep) || own == "to" && prep.is_empty()
                }
                (Sort::Another, Sort::Plain) => own.is_empty() && self.one(slot.phrase.inner),
                (Sort::Money, Sort::Money) | (Sort::Plain, Sort::Plain) => own == prep,
                _ => false,
            }
        };
        let at = |place: Place| {
            let free =
                |&(at, slot): &(usize, &Slot)| slot.place == place && !used.contains(&at) && fits(slot);
            let mut all = self.slots.iter().enumerate().filter(free).map(|(at, _)| at);
            // "$200 billion, in slices of $20 billion": the sum is told first.
            if matches!(phrase.sort, Sort::Time | Sort::Plain | Sort::Another) {
                all.next_back()
            } else {
                all.next()
            }
        };
        let ahead = || at(Place::Ahead).filter(|_| first && phrase.sort == Sort::Time);
        let subject = || at(Place::Subject).filter(|_| opening);
        at(Place::Behind).or_else(subject).or_else(ahead)
    }

    /// What is named in the whole clause as `head` is here, before the slot `next`.
    fn named(&self, head: Range, next: Option<usize>, used: &[usize]) -> Option<usize> {
        let before = next.unwrap_or(self.slots.len());
        let party = self.party(head);
        (0..before).rev().find(|&at| {
            self.slots.get(at).is_some_and(|slot| {
                let prep = slot.phrase.prep(self.words);
                let behind = slot.place == Place::Behind;
                let stands = match slot.place {
                    Place::Ahead => false,
                    Place::Subject => prep.is_empty(),
                    Place::Behind if self.active => true,
                    Place::Behind => matches!(prep, "on" | "for" | "against" | "from" | "with"),
                };
                let near = prep.is_empty() || behind && next == Some(at + 1);
                // "takes effect", "comes into force": part of the verb.
                let (from, to) = slot.phrase.inner;
                let fixed = to == from + 1
                    && self.words.get(from).is_some_and(|w| {
                        is!(
                            w.lower,
                            "effect" | "force" | "place" | "part" | "shape" | "stock" | "aim" | "note"
                        )
                    });
                let plain = slot.phrase.sort == Sort::Plain && !fixed;
                plain && stands && near && !used.contains(&at) && self.party(slot.phrase.inner) == party
            })
        })
    }

    /// "one probe", "a case"
    fn one(&self, (from, to): Range) -> bool {
        to > from + 1 && self.words.get(from).is_some_and(|w| is!(w.lower, "one" | "a" | "an"))
    }

    /// Whether the words name somebody rather than something.
    fn party(&self, (from, to): Range) -> bool {
        let phrase = self.words.get(from..to).unwrap_or_default();
        let named = |who: &&Who| !matches!(who.kind, WhoKind::Adjective | WhoKind::Group);
        let first = phrase.iter().position(|w| w.tag != Tag::Det).unwrap_or(0);
        let Some((head, last)) = phrase.get(first).zip(phrase.last()) else { return false };
        let pronoun = is!(head.lower, "it" | "they" | "he" | "she" | "we" | "i");
        pronoun
            || self.who.iter().filter(named).any(|who| {
                // "Peru's levy", "the Commission proposal": no party.
                let behind = phrase.iter().find(|w| w.span.start >= who.span.end);
                let alone = behind.is_none_or(|w| !matches!(w.tag, Tag::Poss | Tag::Noun));
                who.span.end == last.span.end || who.span.start == head.span.start && alone
            })
    }

    fn swap(&self, phrase: &Phrase, slot: Option<&Slot>) -> Swap {
        let Some(slot) = slot else { return Swap { old: None, new: Some(phrase.whole), sign: None } };
        let old = &slot.phrase;
        let bare = phrase.prep(self.words).is_empty();
        let whole = phrase.sort == Sort::Time || !bare;
        let (old_range, new) = if whole { (old.whole, phrase.whole) } else { (old.inner, phrase.inner) };
        // "at a rate of 20% for pears and of 10% for plums"
        let of = |(from, to): Range| (from..to).find(|&i| self.words.get(i).is_some_and(|w| w.lower == "of"));
        let old_range = match of(old.inner).filter(|_| of(new) == Some(new.0)) {
            Some(at) => (at, old.inner.1),
            None => old_range,
        };
        let sign = match phrase.sort {
            Sort::Number => sign(self.words, old.inner),
            Sort::Another => Some((old.inner.0 + 1, old.inner.1)),
            _ => None,
        };
        Swap { old: Some(old_range), new: Some(new), sign }
    }
}

/// Which side of what it dates a time stands on, by its preposition.
fn side(prep: &str) -> u8 {
    match prep {
        "until" | "till" | "through" | "by" | "before" => 1,
        "for" | "during" | "within" | "over" => 2,
        "after" => 3,
        _ => 0,
    }
}

/// A rate is named without a preposition or with one of several that say the same.
fn loose(prep: &str) -> bool {
    matches!(prep, "" | "at" | "with" | "by")
}

/// "%", "per cent" among the words.
fn sign(words: &[Word], (from, to): Range) -> Option<Range> {
    let at =
        (from..to).find(|&i| words.get(i).is_some_and(|w| is!(w.lower, "%" | "percent" | "pct" | "per")))?;
    let two = words.get(at).is_some_and(|w| w.lower == "per");
    Some((at, at + 1 + usize::from(two)))
}
