//! One entry per group of goods with a rate of its own.

use super::*;

/// Rates of one measure and, where they stand beside them, the goods it is on.
#[derive(Debug, Clone, Default)]
pub(super) struct Variant {
    pub(super) items: Vec<Percentage>,
    pub(super) goods: Option<Range>,
}

impl Builder<'_> {
    /// One entry per group of goods with a rate of its own.
    pub(super) fn tariff_variants(&self, kind: Kind) -> Vec<Variant> {
        if kind != Kind::TariffAction {
            return vec![Variant::default()];
        }
        let items = self.share.to_vec();
        if items.len() < 2 {
            return vec![Variant { items, goods: None }];
        }
        if let Some(steps) = steps(&items) {
            return steps;
        }
        let one_kind = |part: Part| items.iter().all(|i| i.part == part);
        if !(one_kind(Part::Value) || one_kind(Part::To)) {
            return vec![Variant { items, goods: None }];
        }
        self.behind_rates(&items)
            .or_else(|| self.before_rates(&items))
            .or_else(|| self.side_by_side(&items))
            .or_else(|| self.each_its_measure(&items))
            .unwrap_or_else(|| {
                let trigger = self.hit.frame.trigger.0;
                let near = items.iter().min_by_key(|i| i.words.0.abs_diff(trigger)).copied();
                vec![Variant { items: near.into_iter().collect(), goods: None }]
            })
    }

    fn word(&self, at: usize) -> &str {
        self.view.words.get(at).map_or("", |w| w.lower.as_str())
    }

    /// The words from `from` on that name goods: up to a verb, a time or a sign that closes the phrase.
    pub(super) fn goods_from(&self, from: usize, limit: usize) -> Option<Range> {
        let mut limit = limit.min(self.view.words.len());
        if let Some(next) = self.view.clauses.groups.iter().find(|g| g.start >= from && g.start < limit) {
            limit = next.start;
            // "… on goods, and Beijing charges": the joint opens the next clause.
            let own = next.subject.map_or(next.start, |s| s.0).max(from);
            let joint = (from + 1..limit.min(own + 1)).rev().find(|&i| {
                self.word(i) == ","
                    && self.view.words.get(i + 1).is_some_and(|w| matches!(w.tag, Tag::Conj | Tag::Sub))
            });
            if let Some(joint) = joint.filter(|_| next.finite) {
                limit = joint;
            }
        }
        let (theme, preps, _) = crate::grammar::clause::phrases(self.view.words, from, limit);
        let (start, mut end) = theme?;
        // "all goods from China": where they come from is part of what they are.
        if let Some((prep, range)) = preps.first()
            && *prep == end
            && self.word(*prep) == "from"
            && self.view.who_in(*range).next().is_some()
        {
            end = range.1;
        }
        let stop = (start..end).find(|&i| self.view.words.get(i).is_some_and(|w| w.time)).unwrap_or(end);
        crate::grammar::clause::trim(self.view.words, (start, stop))
    }

    /// "15% on A, 25% on B".
    fn behind_rates(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let mut out = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let at = (item.words.1..item.words.1 + 4).find(|&i| matches!(self.word(i), "on" | "for"))?;
            let mut limit = items.get(number + 1).map_or(self.view.words.len(), |n| n.words.0);
            // "… on A and of 10% on B": the joint before the next rate is no part of the goods.
            if number + 1 < items.len() {
                let joint = |i: usize| {
                    matches!(
                        self.word(i),
                        "and" | "," | "of" | "a" | "an" | "or" | "while" | ";" | "to" | "at"
                    )
                };
                while limit > at + 2 && joint(limit - 1) {
                    limit -= 1;
                }
            }
            out.push(Variant { items: vec![*item], goods: self.goods_from(at + 1, limit) });
        }
        Some(out)
    }

    /// "A will be charged 25%; B, 50%" and "25% for A" told the other way round.
    fn before_rates(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let mut out = Vec::new();
        let trigger = self.hit.frame.trigger;
        let behind = items.first().is_some_and(|i| i.words.0 >= trigger.1);
        let verb = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let named = items.first().is_some_and(|i| i.words.0 == trigger.1 || self.word(trigger.1) == "at");
        let mut floor = match verb {
            Some(verb) if behind && !named => verb.head + 1,
            _ => self.hit.frame.extent.0,
        };
        for item in items {
            let mut end = item.words.0;
            while end > floor
                && matches!(self.word(end - 1), "," | ":" | "at" | "to" | "by" | "a" | "(" | "-" | "–")
            {
                end -= 1;
            }
            let group = self.view.clauses.groups.iter().find(|g| g.head + 1 == end && g.start >= floor);
            let end = group.map_or(end, |g| g.start);
            let goods = crate::grammar::clause::trim(self.view.words, (floor, end))?;
            let goods = self.behind_on(goods);
            let noun = (goods.0..goods.1)
                .any(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time));
            let verb = self.view.clauses.groups.iter().any(|g| g.head >= goods.0 && g.head < goods.1);
            (noun && !verb).then_some(())?;
            out.push(Variant { items: vec![*item], goods: Some(goods) });
            floor = item.words.1;
        }
        Some(out)
    }

    /// "the tariff on syringes": the syringes.
    fn behind_on(&self, (start, end): Range) -> Range {
        let on = (start..end).find(|&i| matches!(self.word(i), "on" | "for"));
        on.filter(|at| at + 1 < end).map_or((start, end), |at| (at + 1, end))
    }

    /// "a 10% fentanyl tariff and a 34% reciprocal tariff": a measure behind each rate.
    fn each_its_measure(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let mut out = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let limit = items.get(number + 1).map_or(item.words.1 + 4, |n| n.words.0);
            let head = (item.words.1..limit).find(|&i| self.view.has((i, i + 1), measures))?;
            let goods = (head > item.words.1 && number + 1 < items.len()).then_some((item.words.1, head + 1));
            out.push(Variant { items: vec![*item], goods });
        }
        Some(out)
    }

    /// "on steel and aluminum, 25% and 10%": as many goods as rates.
    fn side_by_side(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let [first, second] = items else { return None };
        let between =
            (first.words.1..second.words.0).all(|i| matches!(self.word(i), "and" | "," | "respectively"));
        between.then_some(())?;
        let mut end = first.words.0;
        while end > 0 && matches!(self.word(end - 1), "," | "of" | "at" | ":") {
            end -= 1;
        }
        let and = (end.saturating_sub(5)..end).rev().find(|&i| self.word(i) == "and")?;
        let start = crate::grammar::clause::phrase_start(self.view.words, and);
        (start < and && and + 1 < end).then(|| {
            vec![
                Variant { items: vec![*first], goods: Some((start, and)) },
                Variant { items: vec![*second], goods: Some((and + 1, end)) },
            ]
        })
    }
}

/// "from 34% to 84% to 125%", "from 10% to 25% on A and from 25% to 30% on B".
fn steps(items: &[Percentage]) -> Option<Vec<Variant>> {
    let parts: Vec<Part> = items.iter().map(|i| i.part).collect();
    let moves = parts.iter().filter(|p| **p == Part::From).count();
    let simple = parts.iter().all(|p| matches!(p, Part::From | Part::To));
    if !simple || items.len() < 3 || parts.first() != Some(&Part::From) {
        return None;
    }
    if moves == 1 {
        let pairs = items.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(Variant {
                items: vec![Percentage { part: Part::From, ..*a }, Percentage { part: Part::To, ..*b }],
                goods: None,
            }),
            _ => None,
        });
        return Some(pairs.collect());
    }
    let mut out: Vec<Variant> = Vec::new();
    for item in items {
        match out.last_mut() {
            Some(last) if item.part == Part::To => last.items.push(*item),
            _ => out.push(Variant { items: vec![*item], goods: None }),
        }
    }
    Some(out)
}
