//! One entry per group of goods with a rate of its own.

use super::*;

/// How far before a total its verb may stand, in words.
const TOTAL: usize = 11;

/// How many words behind the rate of an item the one before it may stand.
const ORIGIN: usize = 4;

/// Rates of one measure and, where they stand beside them, the goods it is on.
#[derive(Debug, Clone, Default)]
pub(super) struct Variant {
    pub(super) items: Vec<Percentage>,
    pub(super) goods: Option<Range>,
    /// The words behind the rate, where they name who is hit.
    pub(super) hit: Option<Range>,
    /// The words that tell of these goods alone, where one rate has several days.
    pub(super) segment: Option<Range>,
}

impl Builder<'_> {
    /// One entry per group of goods with a rate of its own.
    pub(super) fn tariff_variants(&self, kind: Kind) -> Vec<Variant> {
        if kind == Kind::Forecast {
            return vec![Variant { items: self.foreseen_rates(), ..Variant::default() }];
        }
        if kind != Kind::TariffAction {
            return vec![Variant::default()];
        }
        let mut items = self.share.to_vec();
        self.drop_total(&mut items);
        // "to 50% on steel and 20% on aluminium": "to" holds for both.
        let on = |i: &Percentage| matches!(self.word(i.words.1), "on" | "for");
        let listed = matches!(items.as_slice(), [first, rest @ ..]
            if first.part == Part::To && on(first) && rest.iter().all(|i| i.part == Part::Value && on(i)));
        if listed {
            for item in &mut items {
                item.part = Part::To;
            }
        }
        // "to 25% and 15%, respectively": "to" holds for both.
        if let [first, second] = items.as_mut_slice()
            && first.part == Part::To
            && second.part == Part::Value
            && self.only_joins((first.words.1, second.words.0))
        {
            second.part = Part::To;
        }
        // "Cranes: 25 percent": the goods stand before the colon.
        let trigger = self.hit.frame.trigger.0;
        if self.of_list() {
            let (action, items) = self.listed_act(TariffAction::Impose);
            let moves = matches!(action, TariffAction::Increase | TariffAction::Reduce);
            let part = |i: &Percentage| if moves && i.part == Part::Value { Part::To } else { i.part };
            let behind = items.iter().filter(|i| i.words.0 > trigger);
            let own = behind.map(|i| Percentage { part: part(i), ..*i });
            let items = own.scan(None, |done: &mut Option<usize>, i| {
                // The rate itself, or all that tells where it goes: "to 25% from 10%".
                let origin = i.part == Part::From && done.is_some_and(|end| i.words.0 <= end + ORIGIN);
                let next = done.is_none() || origin;
                *done = if i.part == Part::From && !origin { None } else { Some(i.words.1) };
                next.then_some(i)
            });
            let mut items: Vec<Percentage> = items.collect();
            if let [value, from] = items.as_mut_slice()
                && value.part == Part::Value
                && from.part == Part::From
            {
                value.part = Part::To;
            }
            return vec![Variant { items, goods: self.item_name(), hit: None, segment: None }];
        }
        if let Some(dated) = self.twice_dated(&items) {
            return dated;
        }
        if items.len() < 2 {
            return vec![Variant { items, goods: None, hit: None, segment: None }];
        }
        let anew = |a: &Percentage, b: &Percentage| {
            (a.words.1..b.words.0).any(|i| matches!(self.word(i), "on" | "for"))
        };
        if let Some(mut steps) = steps(&items, anew) {
            self.goods_of_steps(&mut steps);
            return steps;
        }
        let one_kind = |part: Part| items.iter().all(|i| i.part == part);
        if !(one_kind(Part::Value) || one_kind(Part::To)) {
            return vec![Variant { items, goods: None, hit: None, segment: None }];
        }
        self.behind_rates(&items)
            .or_else(|| self.before_rates(&items))
            .or_else(|| self.side_by_side(&items))
            .or_else(|| self.of_one_kind(&items))
            .or_else(|| self.each_its_measure(&items))
            .or_else(|| self.each_its_time(&items))
            .unwrap_or_else(|| {
                let trigger = self.hit.frame.trigger.0;
                let near = items.iter().min_by_key(|i| i.words.0.abs_diff(trigger)).copied();
                vec![Variant { items: near.into_iter().collect(), goods: None, hit: None, segment: None }]
            })
    }

    /// "Chile and Peru raised their duties on each other to 45% and 25%": to each the rate told in its place, and
    /// none where it is not said whose is which ("the two sides").
    pub(super) fn one_rate_each(&self, splits: &[Vec<Side>]) -> Option<[Variant; 2]> {
        let [first, second] = self.share.as_slice() else { return None };
        let (first, mut second) = (*first, *second);
        if !self.only_joins((first.words.1, second.words.0)) {
            return None;
        }
        if first.part == Part::To && second.part == Part::Value {
            second.part = Part::To;
        }
        let actor = |sides: &[Side]| sides.iter().find(|s| s.party.role == Role::Actor).cloned();
        let [one, other] = [actor(splits.first()?)?, actor(splits.get(1)?)?];
        let named = !one.pair && !other.pair && !one.understood && one.at != other.at;
        let rates = match (named, one.at.start < other.at.start) {
            (false, _) => [None, None],
            (true, true) => [Some(first), Some(second)],
            (true, false) => [Some(second), Some(first)],
        };
        Some(rates.map(|rate| Variant { items: rate.into_iter().collect(), ..Variant::default() }))
    }

    /// "the suspended 24 points could return", "the duty would go from 10% to 34%".
    fn foreseen_rates(&self) -> Vec<Percentage> {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let moves = group.is_some_and(|g| {
            is!(g.lemma, "return" | "go" | "snap" | "rise" | "fall" | "increase" | "climb" | "jump")
                || is!(g.lemma, "come" | "raise" | "double" | "drop" | "revert" | "spring")
        });
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let subject = group.and_then(|g| g.subject).filter(|_| moves);
        let duty = subject.is_some_and(|(start, end)| {
            self.view.has((start, end), measures)
                || (start..end).any(|i| words.get(i).is_some_and(|w| is!(w.lower, "rate" | "points")))
        });
        if duty { crate::slots::percentages(words, frame.extent) } else { self.rates_foreseen() }
    }

    /// "will pay 34%, bringing the total to 54%": a total beside its part.
    fn drop_total(&self, items: &mut Vec<Percentage>) {
        let total = |i: &Percentage| {
            let from = i.words.0.saturating_sub(TOTAL);
            let said = |words: &[&str]| (from..i.words.0).any(|at| words.contains(&self.word(at)));
            i.part == Part::To
                && said(&["bringing", "taking", "lifting", "pushing"])
                && said(&["total", "overall", "combined", "cumulative"])
        };
        if items.iter().any(|i| i.part == Part::Value) {
            items.retain(|i| !total(i));
        }
    }

    /// "100% on cars since October 1 and 25% on steel since October 22": the words of each rate, where
    /// each has a time.
    pub(super) fn segments(&self, variants: &[Variant]) -> Vec<Range> {
        let own: Vec<Range> = variants.iter().filter_map(|v| v.segment).collect();
        if !own.is_empty() {
            return own;
        }
        let starts: Vec<usize> = variants.iter().filter_map(|v| v.items.first().map(|i| i.words.0)).collect();
        if variants.len() < 2 || starts.len() < variants.len() {
            return Vec::new();
        }
        // "In 2018 the rate fell to 40%, in 2021 to 20%": the time stands before its rate.
        let led = |start: &usize| {
            let to = start.checked_sub(1).filter(|&i| matches!(self.word(i), "to" | "at"));
            to.and_then(|i| self.view.words.get(i.checked_sub(1)?)).is_some_and(|w| w.time)
        };
        let ends = || variants.iter().filter_map(|v| v.items.first().map(|i| i.words.1));
        let ahead: Vec<Range> = std::iter::once(0).chain(ends()).zip(ends()).collect();
        let first = ahead.first().is_some_and(|range| self.times_in(*range).any(|t| t.date.is_some()));
        if first && starts.iter().skip(1).all(led) {
            return ahead;
        }
        let end = |number: usize| starts.get(number + 1).copied().unwrap_or(self.view.words.len());
        let out: Vec<Range> = starts.iter().enumerate().map(|(at, start)| (*start, end(at))).collect();
        let timed = |range: &Range| self.times_in(*range).any(|t| t.date.is_some() || t.moment.is_some());
        if out.iter().all(timed) { out } else { Vec::new() }
    }

    /// "30% on China and 15% on Turkey": each rate hits its own.
    pub(super) fn those_of(&self, variant: &Variant, sides: &[Side]) -> Option<Vec<Side>> {
        if let Some(gapped) = self.gapped(variant, sides) {
            return Some(gapped);
        }
        let goods = variant.hit?;
        let acting =
            distinct(sides.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
        let aimed = |w: &&Who| w.country.is_some_and(|c| !acting.contains(&c)) && !self.spared(w.span);
        let named: Vec<&Who> = self.view.who_in(goods).filter(aimed).collect();
        let codes = distinct(named.iter().filter_map(|w| w.country));
        let old = sides.iter().filter(|s| s.party.role == Role::Recipient);
        let same = old.clone().filter_map(|s| s.party.country).eq(codes.iter().copied());
        // "50% on copper and 25% on goods from Chile": the copper is nobody's.
        let sectors = self.context.classes.get("sector").unwrap_or_default();
        let theirs = (goods.0..goods.1).any(|i| matches!(self.word(i), "its" | "their" | "his" | "her"));
        let worldwide = self.context.classes.get("worldwide").unwrap_or_default();
        let theirs = theirs || (goods.0..goods.1).any(|i| matches!(self.word(i), "country's" | "country"));
        let lent = (!theirs && self.view.has(goods, sectors) || self.view.has(goods, worldwide))
            && old.clone().all(|s| !s.understood && !self.span_of(goods).contains(s.at));
        if same || codes.is_empty() && !(lent && old.count() > 0) {
            return None;
        }
        let mut out: Vec<Side> = sides.iter().filter(|s| s.party.role != Role::Recipient).cloned().collect();
        for &code in codes.iter() {
            let at = named.iter().find(|w| w.country == Some(code)).map_or(self.trigger_span(), |w| w.span);
            out.push(self.state(code, Role::Recipient, at));
        }
        Some(out)
    }

    /// "… charge 15% on shoes, China 5% on crude oil": a state right before its rate acts itself.
    fn gapped(&self, variant: &Variant, sides: &[Side]) -> Option<Vec<Side>> {
        let mut at = variant.items.first()?.words.0;
        // "the US to 30% and China to 10%"
        while at > 0
            && matches!(
                self.word(at - 1),
                "to" | "at"
                    | "by"
                    | "from"
                    | "just"
                    | "only"
                    | "a"
                    | "an"
                    | "another"
                    | "its"
                    | "their"
                    | "own"
            )
        {
            at -= 1;
        }
        if let Some(theirs) = self.next_measure(variant, at, sides) {
            return Some(theirs);
        }
        let last = at.checked_sub(1).and_then(|i| self.view.words.get(i))?;
        let who = self.view.who.iter().find(|w| w.kind == WhoKind::State && w.span.end == last.span.end)?;
        let start = self.view.words.iter().position(|w| w.span.start >= who.span.start)?;
        let start = start - usize::from(start > 0 && self.word(start - 1) == "the");
        let opens = start.checked_sub(1).and_then(|i| self.view.words.get(i));
        let code =
            who.country.filter(|_| opens.is_some_and(|w| is!(w.lower, "," | "and" | ";" | ":" | "while")))?;
        // "charges Chile and Peru 25%, and Brazil 10%": all of them pay.
        if self.payers_before_rates(sides) {
            let first = self
                .share
                .first()
                .is_some_and(|one| Some(one.words.0) == variant.items.first().map(|i| i.words.0));
            let mut out: Vec<Side> =
                sides.iter().filter(|s| first || s.party.role == Role::Actor).cloned().collect();
            if !first {
                out.push(self.state(code, Role::Recipient, who.span));
            }
            return Some(out);
        }
        let actor = sides.iter().find(|s| s.party.role == Role::Actor)?.party.country?;
        // "India faces 50%, Brazil 50% and Switzerland 39%": those who pay.
        if self.hit.rule.recipient.first().is_some_and(|place| place == "agent") {
            let mut out: Vec<Side> = sides.iter().filter(|s| s.party.role == Role::Actor).cloned().collect();
            out.push(self.state(code, Role::Recipient, who.span));
            return (code != actor).then_some(out);
        }
        let hit = sides.iter().find(|s| s.party.role == Role::Recipient).and_then(|s| s.party.country);
        (code != actor).then(|| {
            let mut out = vec![self.state(code, Role::Actor, who.span)];
            let other = hit.filter(|hit| *hit != code).unwrap_or(actor);
            let mut side = self.state(other, Role::Recipient, self.trigger_span());
            side.understood = true;
            out.push(side);
            out
        })
    }

    /// "cut the American duty on Chinese goods to 30% and the Chinese duty on American goods to 10%": the
    /// other state's measure, named before its rate, which ends at `at`.
    fn next_measure(&self, variant: &Variant, at: usize, sides: &[Side]) -> Option<Vec<Side>> {
        let words = self.view.words;
        let first = variant.items.first()?.words.0;
        let floor = self.share.iter().map(|i| i.words.1).filter(|end| *end <= first).max()?;
        let moves = variant.items.iter().all(|i| matches!(i.part, Part::To | Part::From | Part::By));
        let actor = sides.iter().find(|s| s.party.role == Role::Actor)?.party.country.filter(|_| moves)?;
        let measures = self.context.classes.get("tariff")?;
        let owner = self.view.who_in((floor, at)).find(|w| {
            let (start, end) = self.word_range(w.span);
            let owned = words.get(end).is_some_and(|w| w.tag == Tag::Poss || w.lower == "its");
            let behind = end + usize::from(owned);
            // "Beijing's on American ones", "Beijing its own on cars"
            let measure = (behind..at.min(behind + 3)).find(|&i| measures.at(words, i));
            let led =
                start.checked_sub(1).is_none_or(|i| !matches!(self.word(i), "on" | "from" | "of" | "for"));
            let bare = owned && matches!(self.word(behind), "on" | "own");
            let aimed = measure.is_some_and(|m| self.names_target(w, m));
            matches!(w.kind, WhoKind::Adjective | WhoKind::State)
                && led
                && (bare || measure.is_some() && !aimed)
        })?;
        let code = owner.country.filter(|code| *code != actor)?;
        let (_, behind) = self.word_range(owner.span);
        let mut out = vec![self.state(code, Role::Actor, owner.span)];
        let hit = self.view.who_in((behind, at)).find(|w| w.country.is_some_and(|c| c != code));
        let mut side =
            self.state(hit.and_then(|w| w.country).unwrap_or(actor), Role::Recipient, self.trigger_span());
        side.understood = hit.is_none();
        side.at = hit.map_or(side.at, |w| w.span);
        out.push(side);
        Some(out)
    }

    /// "charges Chile 25%": the first rate stands right behind one of those that pay.
    fn payers_before_rates(&self, sides: &[Side]) -> bool {
        let first = self.share.first().and_then(|one| self.view.words.get(one.words.0.checked_sub(1)?));
        let pays =
            |s: &Side| s.party.role == Role::Recipient && first.is_some_and(|w| w.span.end == s.at.end);
        sides.iter().any(|s| s.party.role == Role::Actor && !s.understood) && sides.iter().any(pays)
    }

    /// "25% on wine from June 1 and on cheese from July 15": one rate, two days.
    fn twice_dated(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let words = self.view.words;
        let from = self.hit.frame.trigger.1;
        let target = |i: usize| matches!(self.word(i), "on" | "for");
        let named = |i: usize| words.get(i).is_some_and(|w| !w.time);
        let dated = |range: Range| self.times_in(range).any(|t| t.moment.is_some_and(|m| m.month.is_some()));
        let joint = (from + 2..words.len().saturating_sub(2)).find(|&i| {
            self.word(i) == "and" && words.get(i - 1).is_some_and(|w| w.time) && target(i + 1) && named(i + 2)
        })?;
        let on = (from..joint).find(|&i| target(i) && named(i + 1))?;
        let end = self.view.clauses.groups.iter().find(|g| g.start > joint && g.finite);
        let end = end.map_or(words.len(), |g| g.start);
        let rated = items.iter().any(|i| i.words.0 > on);
        let (first, second) = ((on, joint), (joint, end));
        (items.len() < 2 && !rated && dated(first) && dated(second)).then(|| {
            let of = |at: usize, segment: Range| Variant {
                items: items.to_vec(),
                goods: self.goods_from(at + 1, segment.1),
                hit: Some((at + 1, segment.1)),
                segment: Some(segment),
            };
            vec![of(on, first), of(joint + 1, second)]
        })
    }

    /// "on cars from 25% to 100%, on cells from 25% to 50%": goods before each move.
    fn goods_of_steps(&self, steps: &mut [Variant]) {
        let mut floor = self.hit.frame.trigger.1;
        for step in steps {
            let (Some(first), Some(last)) = (step.items.first(), step.items.last()) else { return };
            let on = (floor..first.words.0).rfind(|&i| matches!(self.word(i), "on" | "for"));
            if let Some(on) = on {
                step.goods = self.goods_from(on + 1, first.words.0.saturating_sub(1));
            }
            floor = last.words.1;
        }
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.view.words.get(at).map_or("", |w| w.lower.as_str())
    }

    /// Whether the words at `at` are those of `phrase`.
    pub(super) fn spells(&self, at: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(i, word)| self.word(at + i) == word)
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
        // "on almonds and a whopping 120% levy on walnuts": the next rate opens a phrase of its own.
        let rated = |i: usize| {
            matches!(self.word(i), "%" | "percent" | "pct" | "cent") || self.word(i).ends_with("-percent")
        };
        if let Some(rate) = (from + 2..limit + 2).find(|&i| rated(i)) {
            let opens = |i: usize| {
                self.view.words.get(i).is_some_and(|w| {
                    matches!(w.tag, Tag::Num | Tag::Det | Tag::Poss | Tag::Prep | Tag::To | Tag::Adv)
                        || w.name
                        || w.lower == "%"
                })
            };
            let joint = (rate.saturating_sub(6).max(from + 1)..rate).rev().find(|&i| {
                matches!(self.word(i), "and" | "," | "plus" | ";" | "(" | "but" | "versus" | "while")
                    && opens(i + 1)
            });
            limit = joint.unwrap_or(limit).min(limit);
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
        let stop = (start..end).find(|&i| self.ends_goods(i)).unwrap_or(end);
        crate::grammar::clause::trim(self.view.words, (start, stop))
    }

    /// "cars effective May 1", "fruit such as pears": where the name of the goods is over.
    fn ends_goods(&self, at: usize) -> bool {
        let timed = |i: usize| self.view.words.get(i).is_some_and(|w| w.time);
        match self.word(at) {
            "effective" | "beginning" | "starting" | "commencing" => {
                (1..=3).any(|by| timed(at + by)) || self.word(at + 1) == "immediately"
            }
            "such" => self.word(at + 1) == "as",
            "retroactive" | "retroactively" | "--" => true,
            // "made its duty on zips definitive"
            "definitive" | "permanent" => self.view.words.get(at + 1).is_none_or(|w| w.tag != Tag::Noun),
            _ => timed(at),
        }
    }

    /// "15% on A, 25% on B".
    fn behind_rates(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let mut out = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let target = |i: usize| {
                matches!(self.word(i), "on" | "for")
                    || self.word(i) == "to"
                        && self.view.words.get(i + 1).is_some_and(|w| w.tag != Tag::Num && w.tag != Tag::Adv)
            };
            let at = (item.words.1..item.words.1 + 4).find(|&i| target(i))?;
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
            // "… and 20% on Chinese ones, and Ottawa struck back": the next clause names others.
            let next = self.view.clauses.groups.iter().find(|g| g.finite && g.start > at);
            let clause = next.map(|g| g.opens());
            let limit = clause.filter(|&start| start > at + 1).map_or(limit, |start| start.min(limit));
            out.push(Variant {
                items: vec![*item],
                goods: self.goods_from(at + 1, limit),
                hit: Some((at + 1, limit)),
                segment: None,
            });
        }
        Some(out)
    }

    /// "A will be charged 25%; B, 50%" and "25% for A" told the other way round.
    fn before_rates(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let mut out = Vec::new();
        let trigger = self.hit.frame.trigger;
        let behind = items.first().is_some_and(|i| i.words.0 >= trigger.1);
        let verb = self.own_group();
        let light = |i: usize| matches!(self.word(i), "up" | "down" | "to" | "at" | "by" | "a" | "an");
        let named =
            items.first().is_some_and(|i| (trigger.1..i.words.0).all(light) || self.word(trigger.1) == "at");
        let mut floor = match verb {
            Some(verb) if behind && !named => verb.head + 1,
            _ => self.hit.frame.extent.0,
        };
        for item in items {
            let mut end = item.words.0;
            while end > floor && (light(end - 1) || matches!(self.word(end - 1), "," | ":" | "(" | "-" | "–"))
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
            out.push(Variant { items: vec![*item], goods: Some(goods), hit: Some(goods), segment: None });
            floor = self.behind_day(item.words.1);
        }
        Some(out)
    }

    /// "10% as of May 1, pipes 12%": the pipes stand behind the day of the rate before.
    fn behind_day(&self, rate: usize) -> usize {
        let words = self.view.words;
        let joint = (rate..words.len()).find(|&i| matches!(self.word(i), "," | "and" | ";"));
        let dated = |end: &usize| (rate..*end).any(|i| words.get(i).is_some_and(|w| w.time));
        joint.filter(dated).map_or(rate, |end| end + 1)
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
            let head = self.view.first((item.words.1, limit), measures)?;
            let goods = (head > item.words.1 && number + 1 < items.len()).then_some((item.words.1, head + 1));
            out.push(Variant { items: vec![*item], goods, hit: None, segment: None });
        }
        Some(out)
    }

    /// "10% on May 1, 25% from June 1": a day of its own behind each rate.
    fn each_its_time(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let close = |i: &Percentage| {
            (i.words.1..i.words.1 + 4).any(|at| self.view.words.get(at).is_some_and(|w| w.time))
        };
        let all = || items.iter().map(|i| Variant { items: vec![*i], goods: None, hit: None, segment: None });
        if items.iter().all(close) {
            return Some(all().collect());
        }
        // "25% on goods on August 7 and a second 25% on August 27"
        let end = |number: usize| items.get(number + 1).map_or(self.view.words.len(), |n| n.words.0);
        let again = |i: &Percentage| {
            (i.words.0.saturating_sub(3)..i.words.0)
                .any(|at| matches!(self.word(at), "another" | "second" | "further" | "extra"))
        };
        let timed = |number: usize, i: &Percentage| {
            self.times_in((i.words.1, end(number))).any(|t| t.date.is_some() || t.moment.is_some())
        };
        let more = items.len() > 1 && items.iter().skip(1).all(again);
        (more && items.iter().enumerate().all(|(number, i)| timed(number, i))).then(|| all().collect())
    }

    /// "the 10% and 15% duties on farm goods": two rates on one kind of goods.
    fn of_one_kind(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let [first, second] = items else { return None };
        let joined = first.words.1 + 1 == second.words.0 && self.word(first.words.1) == "and";
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let behind = self.view.has((second.words.1, second.words.1 + 3), measures);
        (joined && behind).then(|| {
            items.iter().map(|i| Variant { items: vec![*i], goods: None, hit: None, segment: None }).collect()
        })
    }

    /// "on steel and aluminum, 25% and 10%": as many goods as rates.
    fn side_by_side(&self, items: &[Percentage]) -> Option<Vec<Variant>> {
        let [first, second] = items else { return None };
        self.only_joins((first.words.1, second.words.0)).then_some(())?;
        if let Some(goods) = self.two_behind(second.words.1) {
            return Some(vec![
                Variant { items: vec![*first], goods: Some(goods.0), hit: None, segment: None },
                Variant { items: vec![*second], goods: Some(goods.1), hit: None, segment: None },
            ]);
        }
        let mut end = first.words.0;
        while end > 0 && matches!(self.word(end - 1), "," | "of" | "at" | ":" | "to") {
            end -= 1;
        }
        let and = (end.saturating_sub(5)..end).rev().find(|&i| self.word(i) == "and")?;
        let start = crate::grammar::clause::phrase_start(self.view.words, and);
        (start < and && and + 1 < end).then(|| {
            vec![
                Variant { items: vec![*first], goods: Some((start, and)), hit: None, segment: None },
                Variant { items: vec![*second], goods: Some((and + 1, end)), hit: None, segment: None },
            ]
        })
    }

    /// "25% and 15%": nothing but a joint stands between two rates.
    fn only_joins(&self, (from, to): Range) -> bool {
        from < to && (from..to).all(|i| matches!(self.word(i), "and" | "," | "respectively"))
    }

    /// "25% and 15% respectively on steel and aluminium": the goods of each, where the text says that there are
    /// as many as rates.
    fn two_behind(&self, from: usize) -> Option<(Range, Range)> {
        let told = (from..self.view.words.len()).find(|&i| self.word(i) == "respectively")?;
        let on = (from..from + RESPECTIVELY).find(|&i| matches!(self.word(i), "on" | "for"))?;
        let and = (on + 2..self.view.words.len()).find(|&i| self.word(i) == "and")?;
        let end = if told > and { told } else { self.view.words.len() };
        let second = self.goods_from(and + 1, end)?;
        Some(((on + 1, and), second))
    }
}

/// How many words behind two rates their goods may stand.
const RESPECTIVELY: usize = 4;

/// How far behind the rate it goes to the one that it comes from may stand, in words.
const BACK: usize = 2;

/// "from 34% to 84% to 125%", "from 10% to 25% on A and from 25% to 30% on B"; a rate that is one of other goods
/// begins `anew`: "on tin from zero to 25%, and on zinc to 50%".
fn steps(items: &[Percentage], anew: impl Fn(&Percentage, &Percentage) -> bool) -> Option<Vec<Variant>> {
    let parts: Vec<Part> = items.iter().map(|i| i.part).collect();
    let moves = parts.iter().filter(|p| **p == Part::From).count();
    let simple = parts.iter().all(|p| matches!(p, Part::From | Part::To));
    let down_first = parts.first() == Some(&Part::To) && moves > 0;
    if !simple || items.len() < 3 || parts.first() != Some(&Part::From) && !down_first {
        return None;
    }
    if moves == 1 && !down_first {
        let pairs = items.windows(2).filter_map(|pair| match pair {
            [a, b] if a.part == Part::To && anew(a, b) => {
                Some(Variant { items: vec![*b], goods: None, hit: None, segment: None })
            }
            [a, b] => Some(Variant {
                items: vec![Percentage { part: Part::From, ..*a }, Percentage { part: Part::To, ..*b }],
                goods: None,
                hit: None,
                segment: None,
            }),
            _ => None,
        });
        return Some(pairs.collect());
    }
    let mut out: Vec<Variant> = Vec::new();
    for item in items {
        match out.last_mut() {
            Some(last) if item.part == Part::To && last.items.iter().all(|i| i.part == Part::From) => {
                last.items.push(*item);
            }
            // "to 30% from 145% and … to 10% from 125%"
            Some(last)
                if item.part == Part::From
                    && matches!(last.items.as_slice(), [one]
                        if one.part == Part::To && item.words.0 <= one.words.1 + BACK) =>
            {
                last.items.push(*item);
            }
            _ => out.push(Variant { items: vec![*item], goods: None, hit: None, segment: None }),
        }
    }
    Some(out)
}
