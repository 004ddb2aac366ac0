//! The goods, firms or list concerned.

use super::*;

impl Builder<'_> {
    /// The goods or the list concerned.
    pub(super) fn scope(&self, kind: Kind, variant: &Variant) -> Option<Span> {
        if !matches!(kind, Kind::TariffAction | Kind::Tension | Kind::Agreement) {
            return None;
        }
        if kind == Kind::TariffAction {
            return self.tariff_scope(variant).map(|range| self.span_of(range));
        }
        // "waived its fees on Monday", "lifted it": neither a day nor a pronoun names goods.
        let named = |range: &Range| {
            (range.0..range.1).any(|i| {
                self.view.words.get(i).is_some_and(|w| !w.time && matches!(w.tag, Tag::Noun | Tag::Num))
            })
        };
        let places = &self.hit.rule.scope;
        places.iter().find_map(|place| self.ranges(place).into_iter().find(named)).map(|r| self.span_of(r))
    }

    /// The goods a tariff is on; else its layer ("the fentanyl tariff").
    fn tariff_scope(&self, variant: &Variant) -> Option<Range> {
        let found = self.goods_named(variant)?;
        if self.of_list() {
            // "Chile: 20%" names no goods.
            let state = self.view.who_in(found).any(|w| w.country.is_some() && w.kind != WhoKind::Firm);
            let named = (found.0..found.1)
                .any(|i| self.view.words.get(i).is_some_and(|w| !w.time && w.tag == Tag::Noun));
            return (!state && named).then_some(found);
        }
        // "the duty on China", "it": no goods; the measure's own name tells more.
        if self.names_goods(found) { Some(found) } else { self.layer().or_else(|| self.whole_measure()) }
    }

    /// Whether a phrase holds a noun that is neither a state nor a time.
    fn names_goods(&self, (start, end): Range) -> bool {
        (start..end).any(|i| {
            self.view.words.get(i).is_some_and(|w| {
                let party = self.view.who.iter().any(|who| {
                    who.span.contains(w.span) && !matches!(who.kind, WhoKind::Group | WhoKind::Body)
                });
                let amount = is!(
                    w.lemma,
                    "percent" | "percentage" | "point" | "%" | "day" | "week" | "month" | "year"
                );
                matches!(w.tag, Tag::Noun | Tag::Verb(_)) && !w.time && !party && !amount
            })
        })
    }

    /// "initial 34% tariff".
    fn whole_measure(&self) -> Option<Range> {
        let at = self.measure()?;
        let words = self.view.words;
        let mut start = crate::grammar::clause::phrase_start(words, at);
        while start < at && words.get(start).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Adv))
        {
            start += 1;
        }
        // A rate alone tells it from nothing.
        let told = (start..at).any(|i| {
            words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && w.lemma != "percent")
        });
        told.then_some((start, at + 1))
    }

    fn goods_named(&self, variant: &Variant) -> Option<Range> {
        if variant.goods.is_some() {
            return variant.goods;
        }
        let words = self.view.words;
        let on = |from: usize, reach: usize| {
            (from..(from + reach).min(words.len()))
                .take_while(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Punct || w.lower == "%"))
                .find(|&i| {
                    words.get(i).is_some_and(|w| {
                        (w.lower == "on" || w.lower == "for")
                            && !w.time
                            && !follows_time(words, i)
                            && !for_a_while(words, i)
                    })
                })
        };
        // "exempted phones from the duty on China": the phones.
        if self.hit.rule.act == Act::TariffAction(TariffAction::Exclude)
            && let Some((start, end)) = self.hit.frame.theme
            && !self.view.has((start, end), self.context.classes.get("exemption").unwrap_or_default())
        {
            return self.goods_from(start, end);
        }
        // "N% on goods": what stands behind the rate.
        let rated = variant.items.first().and_then(|item| on(item.words.1, 5));
        let measure = self.measure().and_then(|at| on(at + 1, 6));
        for at in [rated, measure].into_iter().flatten() {
            if let Some(goods) = self.goods_from(at + 1, words.len()) {
                return Some(goods);
            }
        }
        if let Some(goods) = self.opening_goods() {
            return Some(goods);
        }
        for place in &self.hit.rule.scope {
            let found = self.ranges(place).into_iter().find_map(|(start, end)| self.goods_from(start, end));
            if let Some(range) = found {
                return Some(self.without_measure(range)).flatten();
            }
        }
        self.layer()
    }

    /// "For wheat and corn, the duty shall be 15%."
    fn opening_goods(&self) -> Option<Range> {
        let words = self.view.words;
        words.first().filter(|w| w.lower == "for")?;
        let verb = self.own_group()?;
        let end = (1..verb.start).rev().find(|&i| {
            words.get(i).is_some_and(|w| w.lower == ",")
                && words.get(i + 1).is_some_and(|w| w.tag == Tag::Det)
        })?;
        words.get(1).filter(|w| !w.time)?;
        crate::grammar::clause::trim(words, (1, end))
    }

    /// The word of the measure ("tariff") nearest to the act.
    pub(super) fn measure(&self) -> Option<usize> {
        *self.known.measure.get_or_init(|| self.nearest_measure())
    }

    fn nearest_measure(&self) -> Option<usize> {
        let frame = &self.hit.frame;
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let distance = |at: &usize| at.abs_diff(frame.trigger.0);
        let view = self.view;
        let named = view.opened.places(frame.extent, measures).min_by_key(distance);
        // "the reciprocal layer", "the rate for chips".
        let layer = |at: &usize| view.words.get(*at).is_some_and(|w| is!(w.lemma, "layer" | "rate" | "list"));
        named.or_else(|| (frame.extent.0..frame.extent.1).filter(layer).min_by_key(distance))
    }

    /// "the duty on cars" is about cars; "the fentanyl tariff" about itself.
    fn without_measure(&self, range: Range) -> Option<Range> {
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let Some(at) = self.view.opened.places(range, measures).last() else {
            return Some(range);
        };
        let on =
            (at + 1..range.1).find(|&i| self.view.words.get(i).is_some_and(|w| is!(w.lower, "on" | "for")));
        match on {
            Some(on) => self.goods_from(on + 1, range.1),
            None => self.layer(),
        }
    }

    /// What tells the measure from others: "reciprocal", "Section 301".
    fn layer(&self) -> Option<Range> {
        let at = self.measure()?;
        let start = crate::grammar::clause::phrase_start(self.view.words, at);
        let layers = self.context.classes.get("layer").unwrap_or_default();
        let first = self.view.first((start, at), layers)?;
        Some((first, at + 1))
    }
}

/// "on Monday", "on April 2": a time, no goods.
fn follows_time(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| {
        w.time
            || is!(
                w.lower,
                "hold" | "ice" | "top" | "condition" | "grounds" | "now" | "another" | "a" | "good"
            )
    }) || words.get(at + 2).is_some_and(|w| {
        w.time
            || is!(
                w.lower,
                "grounds" | "condition" | "basis" | "back" | "heels" | "eve" | "table" | "side" | "sidelines"
            )
    })
}

/// "for an initial period of 90 days": how long, not which goods.
fn for_a_while(words: &[Word], at: usize) -> bool {
    let phrase = words.get(at + 1..words.len().min(at + 5)).unwrap_or_default();
    let noun = phrase.iter().take_while(|w| matches!(w.tag, Tag::Det | Tag::Adv | Tag::Noun | Tag::Num));
    noun.into_iter().any(|w| is!(w.lower, "period" | "term" | "duration"))
}
