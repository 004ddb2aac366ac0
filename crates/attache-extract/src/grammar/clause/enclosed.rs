//! Asides between the subject of a clause and its verb: "Japan, stung by Canadian duties, raised …".
//!
//! A finite verb behind a comma, with no finite verb of its clause before it, closes an aside, whatever
//! the aside is made of: a participle, a phrase, an adjective, a clause with its own verb. The subject
//! stands before the comma that opens it. An apposition belongs to the subject and is no aside.
//! Without commas an infinitive may stand there: "Japan's decision to raise the duty angered growers".

use smallvec::SmallVec;

use super::noun_phrase::trim;
use super::reporting::{INSERTED, TELLS_BEHIND, reports};
use super::subject_phrase::{FRONTED, after_adverbial, subject_like};
use super::{Aside, Clauses, Group, Range, Tense};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};

/// How many words an aside may have.
const FAR: usize = 40;

impl Clauses {
    /// Finds what stands between the subjects and their verbs.
    pub(super) fn enclose(&mut self, words: &[Word]) {
        for at in 0..self.groups.len() {
            let aside = self.aside(words, at).or_else(|| self.noun_with_infinitive(words, at));
            let Some(aside) = aside else { continue };
            let Some(group) = self.groups.get_mut(at) else { continue };
            group.aside = Some(aside);
            // "Japan, asked whether it would, said": it was asked, it asked nothing.
            let first = (aside.open + 1..).find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Adv));
            let describes =
                |g: &&mut Group| Some(g.start) == first && g.start == g.head && g.tense == Tense::Past;
            if let Some(inner) = self.groups.iter_mut().find(describes) {
                (inner.tense, inner.finite, inner.passive) = (Tense::Participle, false, true);
                inner.subject = Some(aside.host);
            }
        }
    }

    /// The aside right before the verb `at`.
    fn aside(&self, words: &[Word], at: usize) -> Option<Aside> {
        let group = self.groups.get(at).filter(|g| g.finite)?;
        let close = (0..group.start).rev().find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Adv))?;
        words.get(close).filter(|w| w.lower == ",")?;
        let far = close.saturating_sub(FAR);
        let starts = (far..close).rev().filter(|&i| i == 0 || self.clause_opens(words, i));
        starts.into_iter().find_map(|start| self.aside_from(words, at, (start, close)))
    }

    /// The infinitive that hangs on the subject of the verb `at`.
    fn noun_with_infinitive(&self, words: &[Word], at: usize) -> Option<Aside> {
        let group = self.groups.get(at).filter(|g| g.finite)?;
        let before = self.groups.get(..at)?;
        let hangs = |g: &&Group| matches!(g.tense, Tense::Infinitive | Tense::Participle);
        let first = before.iter().rev().take_while(hangs).filter(|g| g.tense == Tense::Infinitive).last()?;
        let behind = words.get(first.head + 1..group.start)?;
        // "to end the dispute between Chile and Peru"
        let pair = behind.iter().any(|w| w.lower == "between");
        let parted = behind.iter().any(|w| match w.tag {
            Tag::Conj => !pair,
            Tag::Punct => !is!(w.lower, "%" | "$"),
            Tag::Sub | Tag::Rel | Tag::Pron => true,
            _ => false,
        });
        let to = words.get(first.start).is_some_and(|w| w.tag == Tag::To);
        if parted || !to {
            return None;
        }
        let start = (0..first.start).rev().find(|&i| i == 0 || self.clause_opens(words, i))?;
        let free = !before.iter().any(|g| g.finite && start <= g.head && g.head < first.start);
        let region = trim(words, (start, first.start)).filter(|r| r.1 == first.start)?;
        let plain = (region.0..region.1).all(|i| words.get(i).is_some_and(|w| w.lower != ","));
        let host = after_adverbial(words, region);
        // "Canada to raise duties": the state is no noun that an infinitive explains.
        let noun = (host.0..host.1)
            .rev()
            .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time))
            .and_then(|i| words.get(i));
        let common = noun.is_some_and(|w| !w.name && (!w.capital || host.1 - host.0 == 1));
        let sound = free && plain && common && subject_like(words, host);
        sound.then_some(Aside { start, host, open: first.start.checked_sub(1)? })
    }

    /// Whether a clause may begin at the word `at`.
    fn clause_opens(&self, words: &[Word], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| words.get(i)) else { return true };
        let linked = before.tag == Tag::Conj
            && is!(before.lower, "and" | "but" | "while" | "yet" | "so")
            && at.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        let told = || self.groups.iter().any(|g| g.head + 1 == at && g.finite && reports(&g.lemma));
        linked
            || before.tag == Tag::Sub
            || before.tag == Tag::Rel && before.lower == "that"
            || is!(before.lower, ";" | ":" | "—" | "–" | "“")
            || told()
    }

    /// The aside in a clause that begins at `start` and whose verb `at` stands behind the comma at `close`.
    fn aside_from(&self, words: &[Word], at: usize, (start, close): Range) -> Option<Aside> {
        let group = self.groups.get(at)?;
        let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
        let mut from = start;
        let (host, open) = loop {
            let open = (from..close).find(|&i| comma(i))?;
            let part = trim(words, (from, open)).map(|part| after_adverbial(words, part));
            match part.filter(|part| subject_like(words, *part)) {
                Some(part) => break (part, open),
                None => from = open + 1,
            }
        };
        let nominal = host.1 == open
            && words.get(host.1 - 1).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Pron) && !w.time)
            && words.get(host.0).is_some_and(|w| {
                matches!(w.tag, Tag::Det | Tag::Poss | Tag::Pron)
                    || w.name
                    || w.capital
                    || w.lower.ends_with('s')
            });
        let acts = self.groups.iter().any(|g| {
            start <= g.head && g.head < open && !matches!(g.tense, Tense::Participle | Tense::Gerund)
        });
        let quoted = (start..close).any(|i| words.get(i).is_some_and(|w| is!(w.lower, "“" | "”" | "\"")));
        let told = INSERTED.has(&group.lemma) || TELLS_BEHIND.has(&group.lemma);
        // "The duties, according to the ministry, said": a verb of saying may have its speaker there.
        let phrase = !told || words.get(open + 1).is_none_or(|w| w.tag != Tag::Noun);
        let sound = nominal
            && !acts
            && !quoted
            && phrase
            && self.describes(words, (open + 1, close))
            && self.whole(words, (open + 1, close));
        sound.then_some(Aside { start, host, open })
    }

    /// Whether what stands in `range` describes the noun before it without naming it again.
    fn describes(&self, words: &[Word], range: Range) -> bool {
        let Some(first) = (range.0..range.1).find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Adv)) else {
            return true;
        };
        let led = |i: usize, prep: &str| words.get(i).is_some_and(|w| w.lower == prep);
        let article = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "a" | "an" | "the"));
        let opens = words.get(first).is_some_and(|w| {
            matches!(w.tag, Tag::Prep | Tag::To | Tag::Verb(_) | Tag::Rel | Tag::Sub | Tag::Not)
                || matches!(w.tag, Tag::Have | Tag::Be)
                || FRONTED.has(&w.lower)
                || is!(w.lower, "no" | "long" | "home" | "host" | "heir" | "alone")
                // Verbs that no table knows: "smarting from", "stung by".
                || w.tag == Tag::Noun && !w.capital && (w.lower.ends_with("ing") || led(first + 1, "by"))
                // "it emerged on Tuesday"
                || w.tag == Tag::Pron
        });
        // "once a champion of free trade"
        let once = range.0 < first && article(first);
        // "the minister of one state, and Roe, that of another, met": two subjects.
        let joined = (range.0..range.1).any(|i| {
            words.get(i).is_some_and(|w| w.lower == ",")
                && words.get(i + 1).is_some_and(|w| w.tag == Tag::Conj)
                && words.get(i + 2).is_some_and(|w| w.name || w.tag == Tag::Det)
        });
        (opens || once) && !joined
    }

    /// Whether every clause within `range` has its verb, and every finite verb there its clause.
    fn whole(&self, words: &[Word], range: Range) -> bool {
        let opens = |i: &usize| words.get(*i).is_some_and(|w| matches!(w.tag, Tag::Sub | Tag::Rel));
        let mut waiting: SmallVec<[usize; 4]> = (range.0..range.1).filter(opens).collect();
        let first = self.groups.iter().find(|g| range.0 <= g.start);
        for group in self.groups.iter().filter(|g| g.finite && range.0 <= g.start && g.head < range.1) {
            // "stung by duties" right behind the comma describes.
            let describes = first.is_some_and(|f| f.head == group.head)
                && group.start == group.head
                && (range.0..group.start).all(|i| words.get(i).is_some_and(|w| w.tag == Tag::Adv))
                && words.get(group.head).is_some_and(|w| w.tag == Tag::Verb(VerbForm::PastOrParticiple));
            let clause = (range.0..group.start).any(|i| {
                words.get(i).is_some_and(|w| is!(w.lower, "after" | "before" | "since" | "until" | "as"))
            });
            if describes {
                continue;
            }
            match waiting.iter().rposition(|&i| i < group.start) {
                Some(own) => {
                    waiting.remove(own);
                }
                None if clause || INSERTED.has(&group.lemma) => {}
                None => return false,
            }
        }
        // "saying that the other side, its rival, had cheated": behind a comma the verb may still come.
        let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
        waiting.iter().all(|&opener| !(opener..range.1).any(comma))
    }
}
