//! Who pays a tariff, by the goods and by what stands beside the rate.

use super::*;
use smallvec::smallvec;

use crate::grammar::lower::few;

/// What a measure is put into before it is one.
const PAPERS: &[&str] = &[
    "bill",
    "draft",
    "law",
    "legislation",
    "motion",
    "order",
    "decree",
    "plan",
    "proposal",
    "package",
    "regulation",
    "regime",
    "rule",
    "scheme",
    "system",
    "reform",
];

impl Builder<'_> {
    /// "Peru, whose copper", "Peruvian grapes": goods rather than a measure or those who take it.
    pub(super) fn told_of_goods(&self, (start, end): Range) -> bool {
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let steps = self.context.classes.get("measure_noun").unwrap_or_default();
        let pauses = self.context.classes.get("sequel_pause").unwrap_or_default();
        !self.view.has((start, end), measures)
            && !self.view.has((start, end), pauses)
            && !self.view.has((start, end), steps)
            && !(start..end).any(|i| self.is_rate(i))
    }

    fn is_rate(&self, at: usize) -> bool {
        self.view.words.get(at).is_some_and(|w| {
            is!(w.lower, "%" | "percent" | "pct" | "cent" | "rate" | "rates" | "points")
                || w.lower.ends_with("-percent")
        })
    }

    /// "Peruvian grapes bear a duty": the adjective tells where goods come from, not who acts.
    pub(super) fn origin_of_goods(&self, at: Span) -> bool {
        let Some(who) = self.view.who.iter().find(|w| w.span == at) else { return false };
        if who.kind != WhoKind::Adjective {
            return false;
        }
        let (_, behind) = self.word_range(at);
        let plain =
            |i: &usize| self.view.words.get(*i).is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time);
        let end = (behind..).find(|i| !plain(i)).unwrap_or(behind);
        let acts = |i: usize| {
            self.view.words.get(i).is_some_and(|w| {
                self.context.classes.get("authority_word").is_some_and(|words| words.at(self.view.words, i))
                    || is!(
                        w.lemma,
                        "side"
                            | "team"
                            | "government"
                            | "authority"
                            | "official"
                            | "leader"
                            | "officer"
                            | "customs"
                            | "president"
                            | "minister"
                            | "lawmaker"
                            | "administration"
                            | "regulator"
                            | "negotiator"
                            | "decision"
                            | "cabinet"
                            | "state"
                    )
            })
        };
        behind < end && !(behind..end).any(acts) && self.told_of_goods((behind, end))
    }

    /// "Lee sent the assembly a bill that would raise duties", "a bill sent to Congress by Lee would raise them",
    /// "proposed replacing the quota with a scheme that would charge 50%": whoever put it forward.
    pub(super) fn mover_of_bill(&self) -> Option<Side> {
        let own = self.hit.frame.group.filter(|_| !self.hit.frame.nominal)?;
        let agent = self.hit.frame.agent?;
        let paper = self.view.words.get(agent.1.checked_sub(1)?)?;
        let groups = &self.view.clauses.groups;
        let gives = |g: &&crate::grammar::clause::Group| {
            g.finite
                && !g.passive
                && g.theme.is_some_and(|t| t.0 < agent.1 && agent.0 < t.1)
                && (is!(
                    g.lemma,
                    "send"
                        | "submit"
                        | "present"
                        | "table"
                        | "introduce"
                        | "propose"
                        | "lay"
                        | "offer"
                        | "draft"
                        | "unveil"
                ) || self.context.classes.has("issue", &g.lemma)
                    || self.context.classes.has("sign", &g.lemma))
        };
        PAPERS.contains(&paper.lemma.as_str()).then_some(())?;
        if let Some(subject) = groups.iter().take(own).rfind(gives).and_then(|g| g.subject) {
            return self.actor_in(subject);
        }
        let start = groups.get(own)?.start;
        let by = (agent.1..start).find(|&i| self.view.words.get(i).is_some_and(|w| w.lower == "by"));
        let official = |side: &Side| self.view.who.iter().any(|w| w.span == side.at && w.is("official"));
        if let Some(side) = by.and_then(|by| self.actor_in((by + 1, start))).filter(official) {
            return Some(side);
        }
        let proposes = |g: &&crate::grammar::clause::Group| {
            g.finite && !g.passive && g.head < agent.0 && is!(g.lemma, "propose" | "suggest" | "recommend")
        };
        self.actor_in(groups.iter().take(own).rfind(proposes)?.subject?).filter(official)
    }

    /// "…, and Chile hit back": who answers the act later in the sentence has borne it.
    pub(super) fn answered_by(&self) -> Option<StateCode> {
        let answer = self.context.classes.get("answer")?;
        let after = |g: &&crate::grammar::clause::Group| {
            g.finite
                && !g.passive
                && g.head > self.hit.frame.trigger.0
                && self.view.has((g.head, g.head + 2), answer)
        };
        let subject = self.view.clauses.groups.iter().find(after)?.subject?;
        (subject.0 > self.hit.frame.trigger.0).then_some(())?;
        self.view.who_in(subject).find(|w| w.is("official")).and_then(|w| w.country)
    }

    /// "a duty on Chilean wine for buying Iranian oil", "over its purchases of Russian gas": named in the
    /// reason alone.
    pub(super) fn in_reason(&self, at: Span) -> bool {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let (end, _) = self.word_range(at);
        let start = end.saturating_sub(REASON);
        let clause = (start..end)
            .rev()
            .find(|&i| matches!(lower(i), "," | ";" | ":" | "that" | "which" | "while" | "on" | "against"))
            .map_or(start, |i| i + 1);
        let deals = |i: usize| {
            matches!(
                lower(i),
                "buying" | "purchasing" | "importing" | "selling" | "supporting" | "purchase" | "purchases"
            )
                // "a duty for imports of Chilean wine" is on them.
                || lower(i) == "imports"
                    && i.checked_sub(1).is_some_and(|b| matches!(lower(b), "'s" | "’s" | "its" | "their"))
        };
        let likes = |i: usize| {
            matches!(lower(i), "taste" | "appetite" | "thirst" | "dealings" | "support" | "purchases")
        };
        let near = |i: usize, tells: &dyn Fn(usize) -> bool| (i + 1..end.min(i + 6)).any(tells);
        // "over Russian oil", "linked to Russian oil"
        let of_goods = || {
            let who = self.view.who.iter().find(|w| w.span == at);
            who.is_some_and(|w| w.kind == WhoKind::Adjective)
                && words.get(self.word_range(at).1).is_some_and(|w| w.tag == Tag::Noun)
        };
        let cause = match end.checked_sub(1).map_or("", lower) {
            "over" => true,
            "to" => end > 1 && matches!(lower(end - 2), "linked" | "tied" | "related"),
            "of" => end > 1 && lower(end - 2) == "because",
            _ => false,
        };
        if cause && of_goods() {
            return true;
        }
        (clause..end).any(|i| match lower(i) {
            "for" | "over" | "because" | "about" | "linked" | "tied" => near(i, &deals) || near(i, &likes),
            "its" | "their" => near(i, &likes),
            _ => false,
        })
    }

    /// Those that stand beside the rate itself: "Chile 20%", "the rate for Chile", "for Chile the duty …".
    pub(super) fn named_by_rate(&self, acting: &[StateCode]) -> Vec<Side> {
        let list = self.listed_payers(acting);
        if list.len() > 1 {
            return list;
        }
        if let Some(code) = self.label_of_item().filter(|(code, _)| !acting.contains(code)) {
            return vec![self.state(code.0, Role::Recipient, code.1)];
        }
        let mut at: SmallVec<[&Who; 4]> = self.before_bracket().into_iter().collect();
        if at.is_empty() {
            at = self.before_rate().map(|who| self.joined_before(who)).unwrap_or_default();
        }
        if at.is_empty() {
            at = self.behind_for().map(|who| self.joined_behind(who)).unwrap_or_default();
        }
        if at.is_empty() {
            at.extend(self.noun_target());
        }
        let sides = at.iter().filter_map(|who| Some((who.country?, who.span)));
        let spared = |at: Span| self.spared(at) || self.in_reason(at);
        let sides = sides.filter(|(code, span)| !acting.contains(code) && !spared(*span));
        sides.map(|(code, span)| self.state(code, Role::Recipient, span)).collect()
    }

    /// "Chile 10%, Peru and Laos 20%": a state before a rate and those joined to it.
    fn joined_before<'a>(&'a self, who: &'a Who) -> SmallVec<[&'a Who; 4]> {
        let mut out: SmallVec<[&Who; 4]> = smallvec![who];
        let (mut start, _) = self.word_range(who.span);
        loop {
            let the = usize::from(start > 0 && self.word(start - 1) == "the");
            let Some(joint) = start.checked_sub(1 + the).filter(|&i| matches!(self.word(i), "and" | ","))
            else {
                return out;
            };
            let end = joint.checked_sub(1).and_then(|i| self.view.words.get(i)).map(|w| w.span.end);
            let state = |w: &&Who| w.kind == WhoKind::State && Some(w.span.end) == end;
            let Some(next) = self.view.who.iter().find(state) else { return out };
            out.push(next);
            (start, _) = self.word_range(next.span);
        }
    }

    /// "for Chile, Peru and the European Union": a state behind "for" and those joined to it.
    fn joined_behind<'a>(&'a self, who: &'a Who) -> SmallVec<[&'a Who; 4]> {
        let mut out: SmallVec<[&Who; 4]> = smallvec![who];
        let (_, mut end) = self.word_range(who.span);
        while matches!(self.word(end), "and" | ",") {
            let joint = end + usize::from(self.word(end) == "," && self.word(end + 1) == "and");
            let next = joint + 1 + usize::from(self.word(joint + 1) == "the");
            let start = self.view.words.get(next).map(|w| w.span.start);
            let state = |w: &&Who| w.kind == who.kind && Some(w.span.start) == start;
            let Some(next) = self.view.who.iter().find(state) else { break };
            out.push(next);
            (_, end) = self.word_range(next.span);
        }
        // "For Chile, Peru has a lesson": what stands behind the comma alone is of another clause.
        let last = out.last().map(|w| self.word_range(w.span).0).unwrap_or_default();
        let closed = out.len() < 2 || (last.saturating_sub(2)..last).any(|i| self.word(i) == "and");
        if !closed {
            out.truncate(1);
        }
        out
    }

    /// "- Canada: 25 percent since March, raised to 35 percent in August": an item on the one state that heads
    /// it.
    fn label_of_item(&self) -> Option<(StateCode, Span)> {
        let item = self.block_kind() == Some(BlockKind::Item);
        let first = self.view.words.iter().position(|w| w.tag != Tag::Punct).filter(|_| item)?;
        let start = self.view.words.get(first)?.span.start;
        let who = self.view.who.iter().find(|w| w.kind == WhoKind::State && w.span.start == start)?;
        let (_, end) = self.word_range(who.span);
        let code = who.country?;
        let alone = self.view.who.iter().all(|w| w.country.is_none_or(|other| other == code));
        (self.word(end) == ":" && alone).then_some((code, who.span))
    }

    /// The state right before a bracket that opens with a number: "duties on Peru (40 percent, from May)".
    fn bracketed_number(&self, who: &Who) -> bool {
        let (_, end) = self.word_range(who.span);
        who.kind == WhoKind::State
            && self.word(end) == "("
            && self.view.words.get(end + 1).is_some_and(|w| w.tag == Tag::Num)
    }

    /// "duties on Peru (40 percent) and Chile (25 percent)": whom the rate in brackets is for.
    fn before_bracket(&self) -> Option<&Who> {
        let [one] = self.share.as_slice() else { return None };
        let open = one.words.0.checked_sub(1).filter(|&i| self.word(i) == "(")?;
        let before = self.view.words.get(open.checked_sub(1)?)?;
        self.view.who.iter().find(|w| w.span.end == before.span.end && self.bracketed_number(w))
    }

    /// States that only stand before such a bracket pay, whatever else the clause seems to say of them.
    pub(super) fn only_bracketed(&self, at: Span) -> bool {
        self.view.who.iter().any(|w| w.span == at && self.bracketed_number(w))
    }

    /// "…, the EU is given 20% and China 34%": the state right before the rate.
    fn before_rate(&self) -> Option<&Who> {
        let [one] = self.share.as_slice() else { return None };
        let bare = self.hit.frame.nominal && self.is_rate(self.hit.frame.trigger.0);
        let last = one.words.0.checked_sub(1).filter(|_| bare).and_then(|i| self.view.words.get(i))?;
        let who = self.view.who.iter().find(|w| w.kind == WhoKind::State && w.span.end == last.span.end)?;
        let (start, _) = self.word_range(who.span);
        let start = start - usize::from(start > 0 && self.word(start - 1) == "the");
        let opens = start.checked_sub(1).map_or("", |i| self.word(i));
        matches!(opens, "," | "and" | ";" | "while").then_some(who)
    }

    /// "the China duties": a state's noun right before the measure names whom it hits, where it has an
    /// adjective of its own for the owner.
    pub(super) fn names_target(&self, who: &Who, measure: usize) -> bool {
        let (_, behind) = self.word_range(who.span);
        let printed = self.context.doc.slice(who.span);
        let full =
            printed.len() > 3 && who.country.is_some_and(|code| (self.context.state_name)(code) == printed);
        let owned = self.view.words.get(behind).is_some_and(|w| w.tag == Tag::Poss);
        who.kind == WhoKind::State
            && full
            && !owned
            && behind <= measure
            && !matches!(printed, "United States" | "European Union" | "United Kingdom" | "Hong Kong")
    }

    /// The state whose noun stands right before the measure.
    fn noun_target(&self) -> Option<&Who> {
        let at = self.measure()?;
        let start = crate::grammar::clause::phrase_start(self.view.words, at);
        self.view.who_in((start, at)).find(|w| self.names_target(w, at))
    }

    /// "goods of states such as Chile and Peru", "Chile and Peru among them": all that a list names.
    pub(super) fn listed_payers(&self, acting: &[StateCode]) -> Vec<Side> {
        if !self.may_say(few!["among", "including", "notably", "such"]) {
            return Vec::new();
        }
        let words = self.view.words;
        let from = self.hit.frame.trigger.1;
        let joint = |i: usize| matches!(self.word(i), "," | "and" | "the" | "or");
        let name = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun && w.name);
        let states = |i: usize| {
            words.get(i).is_some_and(|w| {
                is!(
                    w.lemma,
                    "country"
                        | "nation"
                        | "economy"
                        | "partner"
                        | "state"
                        | "supplier"
                        | "origin"
                        | "neighbour"
                        | "neighbor"
                )
            })
        };
        let behind = (from..words.len()).find(|&i| self.word(i) == "among" && self.word(i + 1) == "them");
        let range = if let Some(end) = behind {
            let start = (from..end).rev().find(|&i| !joint(i) && !name(i)).map_or(from, |i| i + 1);
            // "on sixteen partners, among them Chile and Peru"
            let last = (end + 2..words.len()).find(|&i| !joint(i) && !name(i)).unwrap_or(words.len());
            let before = (start..end).any(name);
            Some(if before { (start, end) } else { (end + 2, last) })
        } else {
            let such = |i: usize| {
                matches!(self.word(i), "including" | "notably")
                    && (states(i - 1) || self.word(i - 1) == "," && states(i - 2))
                    || self.word(i) == "as" && self.word(i - 1) == "such" && states(i - 2)
            };
            let start = (from + 2..words.len()).find(|&i| such(i));
            start.map(|i| {
                (i + 1, (i + 1..words.len()).find(|&i| !joint(i) && !name(i)).unwrap_or(words.len()))
            })
        };
        let Some(range) = range else { return Vec::new() };
        let named = self.view.who_in(range).filter(|w| w.kind == WhoKind::State);
        let mut out: Vec<Side> = Vec::new();
        for (code, span) in named.filter_map(|w| Some((w.country?, w.span))) {
            if !acting.contains(&code) && !out.iter().any(|s| s.party.country == Some(code)) {
                out.push(self.state(code, Role::Recipient, span));
            }
        }
        out
    }

    /// "sets the rate for China at 125%", "For Chinese goods the duty is doubled".
    fn behind_for(&self) -> Option<&Who> {
        if !self.may_say(few!["for"]) {
            return None;
        }
        let words = self.view.words;
        let trigger = self.hit.frame.trigger.0;
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let clauses = |from: usize| {
            let groups = self.view.clauses.groups.iter();
            groups.filter(|g| g.finite && from <= g.head && g.head <= trigger).count()
        };
        let one = |i: usize| !(i..trigger).any(|at| self.word(at) == ";");
        let opens = |i: usize| {
            one(i) && (i == 0 || matches!(self.word(i - 1), ":" | ";" | "but" | "and") && clauses(i) < 2)
        };
        let (start, end) = self.hit.frame.extent;
        let led = |i: usize| {
            let rated = || i > 0 && (self.is_rate(i - 1) || measures.at(words, i - 1));
            words.get(i).is_some_and(|w| w.lower == "for")
                && (opens(i) && i < trigger || start <= i && i < end && rated())
        };
        let at = (0..end).find(|&i| led(i))?;
        let next = at + 1 + usize::from(self.word(at + 1) == "the");
        let start = words.get(next)?.span.start;
        let states =
            |w: &&Who| matches!(w.kind, WhoKind::State | WhoKind::Adjective) && w.span.start == start;
        self.view.who.iter().find(states)
    }
}

/// How far before a name its reason may open, in words.
const REASON: usize = 8;
