//! The frames that rules look at: a verb or a noun of action with its agent and its theme.

use super::noun_phrase::{phrase_start, trim};
use super::prepositional::{phrases, phrases_of_noun};
use super::relative::antecedent;
use super::{Clauses, Frame, Group, Range, Tense};
use crate::grammar::lower::is;
use crate::grammar::preps::{Gathered, Phrase, Preps};
use crate::grammar::tag::{Tag, Word};

impl Clauses {
    /// The frame of the verb group `at`, with active and passive made alike.
    pub(crate) fn verb_frame(&self, words: &[Word], at: usize, trigger: Range) -> Option<Frame> {
        let group = self.groups.get(at)?;
        let by =
            group.preps.iter().find(|(p, _)| words.get(*p).is_some_and(|w| w.lower == "by")).map(|(_, r)| *r);
        let mut theme = group.theme;
        // A particle that belongs to the trigger is no complement.
        let own = |(p, _): &Phrase| *p >= trigger.1 || *p < trigger.0;
        let mut preps = group.preps.clone();
        if !preps.iter().all(own) {
            let mut kept = Gathered::default();
            kept.extend(preps.iter().copied().filter(own));
            preps = Preps::from(&kept);
        }
        // "Roe, with whom Doe had lunch"
        if let Some(with) = self.led_by_preposition(words, at) {
            let mut more = Gathered::default();
            more.extend(preps.iter().copied().chain([with]));
            preps = Preps::from(&more);
        }
        if let Some((_, end)) = theme.filter(|t| t.0 < trigger.1 && trigger.0 < t.1) {
            theme = (trigger.1 < end).then_some((trigger.1, end));
        }
        if trigger.1 > group.head + 1 {
            let (found, rest, _) = phrases(words, trigger.1, group.extent.1.max(trigger.1));
            theme = found.or(theme);
            preps = Preps::from(&rest);
        }
        let (agent, theme) = match group.passive {
            // "was hit by a duty": the trigger names the whole of it.
            true if trigger.0 < group.head => (group.subject, theme.filter(|_| trigger.1 > group.head + 1)),
            true => (by.or_else(|| self.leaver(words, at)), group.subject),
            false => (group.subject, theme),
        };
        Some(Frame {
            trigger,
            nominal: false,
            participle: group.tense == Tense::Participle || group.contact,
            agent,
            theme,
            object: None,
            preps,
            group: Some(at),
            extent: group.extent,
        })
    }

    /// "Roe, with whom Doe had lunch": the preposition before "whom" and whom it means.
    fn led_by_preposition(&self, words: &[Word], at: usize) -> Option<Phrase> {
        let whom = self.left(at).checked_sub(1)?;
        let prep = whom.checked_sub(1)?;
        let led = words.get(whom).is_some_and(|w| w.lower == "whom")
            && words.get(prep).is_some_and(|w| w.tag == Tag::Prep);
        led.then(|| Some((prep, antecedent(words, prep)?)))?
    }

    /// "China will leave its ban suspended": whoever leaves it so.
    fn leaver(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|g| g.tense == Tense::Participle)?;
        let above = at.checked_sub(1).and_then(|i| self.groups.get(i))?;
        let object = group.subject.is_some_and(|s| s.0 > above.head);
        let plain = words.get(above.head + 1..group.start)?.iter().all(|w| w.lower != ",");
        (is!(above.lemma, "leave" | "keep") && object && plain).then_some(above.subject)?
    }

    /// "the fees that Washington adopted": who made what the range names, by a clause that describes it.
    pub(crate) fn maker(&self, words: &[Word], theme: Range) -> Option<Range> {
        let by = |g: &Group| {
            let led = |p: usize| words.get(p).is_some_and(|w| w.lower == "by");
            g.preps.iter().find(|(p, _)| led(*p)).map(|(_, r)| *r)
        };
        let described = |g: &&Group| {
            let same = |r: Option<Range>| r.is_some_and(|r| theme.0 <= r.0 && r.1 <= theme.1 || r == theme);
            let close = g.start >= theme.0 && g.start < theme.1 + 12;
            close && (g.tense == Tense::Participle && same(g.subject) || !g.passive && same(g.theme))
        };
        let group = self.groups.iter().find(described)?;
        if group.tense == Tense::Participle { by(group) } else { group.subject }
    }

    /// The frame of a noun of action at `trigger`.
    pub(crate) fn noun_frame(&self, words: &[Word], trigger: Range) -> Frame {
        let start = phrase_start(words, trigger.0);
        let limit = self
            .groups
            .iter()
            .filter(|g| g.start >= trigger.1 && g.tense != Tense::Participle)
            .map(|g| g.start)
            .min();
        let (_, preps, end) = phrases_of_noun(words, trigger.1, limit.unwrap_or(words.len()));
        let led = |prep: &str| {
            preps.iter().find(|(p, _)| words.get(*p).is_some_and(|w| w.lower == *prep)).map(|(_, r)| *r)
        };
        let (mut by, mut of) = (led("by"), led("of"));
        // "the introduction by Beijing of controls"
        if of.is_none()
            && let Some((from, to)) = by
            && let Some(inner) = (from + 1..to).find(|&i| words.get(i).is_some_and(|w| w.lower == "of"))
            && words.get(inner - 1).is_some_and(|w| w.name)
        {
            by = Some((from, inner));
            of = trim(words, (inner + 1, to));
        }
        let group = self.verb_over(words, start, trigger);
        let modifiers = (start < trigger.0).then_some((start, trigger.0));
        let mut extent = (start, end);
        if let Some(g) = group.and_then(|g| self.groups.get(g)) {
            extent = (extent.0.min(g.extent.0), extent.1.max(g.extent.1));
        }
        Frame {
            trigger,
            nominal: true,
            participle: false,
            agent: by.or(modifiers),
            theme: of,
            object: None,
            preps: Preps::from(&preps),
            group,
            extent,
        }
    }

    /// The verb that the noun at `trigger` hangs on; its phrase starts at `start`.
    fn verb_over(&self, words: &[Word], start: usize, trigger: Range) -> Option<usize> {
        let governs = |g: &Group| {
            (g.head < start && g.extent.1 >= trigger.1)
                || g.subject.is_some_and(|s| s.0 <= trigger.0 && trigger.0 < s.1)
        };
        // "announced a suspension of duties on goods covered by …": what only describes does not govern.
        let describes = |g: &Group| g.tense == Tense::Participle && g.head >= trigger.1;
        // "threatened everything made in Chile with a duty": what only tells which things does not either.
        let within = |at: usize, g: &Group| {
            matches!(g.tense, Tense::Participle | Tense::Past)
                && g.start == g.head
                && is!(g.lemma, "make" | "produce" | "import" | "ship" | "originate" | "grow")
                && self.groups.get(..at).unwrap_or_default().last().is_some_and(|o| {
                    o.finite
                        && !words.get(o.head + 1..g.start).unwrap_or_default().iter().any(|w| w.lower == ",")
                })
        };
        (self.groups.iter().enumerate())
            .rposition(|(at, g)| governs(g) && !describes(g) && !within(at, g))
            .or_else(|| self.groups.iter().rposition(|g| governs(g) && !describes(g)))
            .or_else(|| self.groups.iter().rposition(governs))
            .or_else(|| self.coordinated(words, start))
    }

    /// "Had breakfast with X on Monday, a working lunch with Y on Tuesday": the verb of the first noun.
    fn coordinated(&self, words: &[Word], start: usize) -> Option<usize> {
        let joins =
            start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| is!(w.lower, "," | "and"));
        let at = self.groups.iter().rposition(|g| g.head < start)?;
        let light = self.groups.get(at).is_some_and(|g| {
            g.finite && !g.passive && is!(g.lemma, "have" | "hold" | "conduct" | "make" | "take" | "attend")
        });
        let opened = words.get(start).is_some_and(|w| w.tag == Tag::Det);
        (joins && light && opened).then_some(at)
    }
}
