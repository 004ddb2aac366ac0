//! Who acts and who is hit in what somebody foresees.

use super::*;

use crate::grammar::lower::{WordId, is};

/// How far behind a state the measure of it may stand, in words: "the average American tariff rate".
const OWNED: usize = 4;

/// How far before its rate a measure may stand, in words.
const RATED: usize = 9;

impl Builder<'_> {
    /// Adds whose measure is foreseen and on whom, where the act itself names them.
    pub(super) fn sides_foreseen(&self, out: &mut Vec<Side>) {
        if out.iter().any(|s| s.party.role == Role::Participant) || self.hit.frame.nominal {
            return;
        }
        let content = self.what_is_foreseen();
        let acts = |s: &Side| s.party.role == Role::Actor && s.party.country.is_some();
        if !out.iter().any(acts) {
            // "sees the American duty on Peruvian wine settling at 10%": whoever judges does nothing.
            let Some((code, at)) = self.owner_foreseen(content) else {
                out.extend(self.measure_known().filter(|_| out.is_empty()).into_iter().flatten());
                return;
            };
            *out = vec![self.state(code, Role::Actor, at)];
        }
        if out.iter().any(|s| s.party.role == Role::Recipient) {
            return;
        }
        let actors = distinct(out.iter().filter_map(|s| s.party.country));
        let hit = self.view.who_in(content).find(|who| {
            let other = who.country.is_some_and(|code| !actors.contains(&code));
            other && self.is_hit(who)
        });
        if let Some((code, at)) = hit.and_then(|who| Some((who.country?, who.span))) {
            out.push(self.state(code, Role::Recipient, at));
            self.rest_of_list(out);
        }
    }

    /// The words behind the verb that say what is to come, without its reasons and conditions.
    fn what_is_foreseen(&self) -> Range {
        let words = self.view.words;
        let start = self.hit.frame.trigger.1;
        let ends = |w: &Word| {
            is!(w.lower, ";" | "because" | "if" | "unless" | "since" | "although" | "though" | "as")
                || is!(w.lower, "after" | "once" | "when" | "before" | "while" | "until" | "given" | "should")
                || w.tag == Tag::Rel
        };
        let end = (start..words.len()).find(|&i| words.get(i).is_some_and(ends));
        (start, end.unwrap_or(words.len()))
    }

    /// "sees the American tariff rate settle at 18%": the rates of measures in what is foreseen.
    pub(super) fn rates_foreseen(&self) -> Vec<Percentage> {
        let words = self.view.words;
        let content = self.what_is_foreseen();
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let near = |item: &Percentage| {
            let floor = content.0.saturating_sub(RATED).max(item.words.0.saturating_sub(RATED));
            let before = (floor..item.words.0).any(|i| {
                measures.at(words, i) || words.get(i).is_some_and(|w| is!(w.lower, "rate" | "rates"))
            });
            before || measures.at(words, item.words.1)
        };
        let mut out = crate::slots::percentages(words, content);
        // "to shrink by a tenth", "would shave 1% off growth": not of the measure.
        let of_else = |item: &Percentage| {
            item.part == Part::By
                || is!(words.get(item.words.1).map_or(WordId::NONE, |w| w.lower.id()), "off")
        };
        out.retain(|item| near(item) && !of_else(item));
        for item in out.iter_mut().filter(|item| matches!(item.part, Part::At | Part::Retained)) {
            item.part = Part::Value;
        }
        out.truncate(2);
        out
    }

    /// "the American levy on chips": whose measure is spoken of.
    fn owner_foreseen(&self, content: Range) -> Option<(StateCode, Span)> {
        let words = self.view.words;
        let measures = self.context.classes.get("tariff")?;
        let owner = self.view.who_in(content).find(|who| {
            let (_, end) = self.word_range(who.span);
            let near = (end..content.1.min(end + OWNED)).take_while(|&i| {
                words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Poss | Tag::Num))
            });
            let mut heads = near.filter(|&i| measures.at(words, i));
            matches!(who.kind, WhoKind::Adjective | WhoKind::State)
                && heads.next().is_some_and(|measure| !self.names_target(who, measure))
                && !self.is_hit(who)
        })?;
        Some((owner.country?, owner.span))
    }

    /// "The suspended 24 points could return", "those duties would bite": of a measure told before, whose it
    /// was and whom it hit.
    fn measure_known(&self) -> Option<[Side; 2]> {
        let words = self.view.words;
        let (start, end) = self.hit.frame.agent.or(self.hit.frame.theme)?;
        let pointed = words.get(start).is_some_and(|w| is!(w.lower, "the" | "those" | "these"));
        let measures = self.context.classes.get("tariff")?;
        let rated = !crate::slots::percentages(words, (start, end)).is_empty();
        let owned = self.view.who_in((start, end)).next().is_some();
        let told = pointed && !owned && (rated || self.view.has((start, end), measures));
        // "The duty might cost it jobs": what comes of a measure is nobody's act.
        let fate = self.own_group().is_some_and(|g| {
            is!(
                g.lemma,
                "return"
                    | "rise"
                    | "fall"
                    | "hold"
                    | "last"
                    | "stay"
                    | "remain"
                    | "shrink"
                    | "go"
                    | "expire"
                    | "lapse"
                    | "drop"
                    | "come"
                    | "settle"
                    | "climb"
                    | "double"
                    | "end"
                    | "be"
                    | "follow"
                    | "snap"
                    | "start"
            )
        });
        let ours = |code: &StateCode| self.context.sides.contains(code);
        let pair = self.memory.last_pair().filter(|(actor, hit)| ours(actor) && ours(hit));
        let (actor, hit) = pair.filter(|_| told && fate)?;
        let at = self.trigger_span();
        Some([self.state(actor, Role::Actor, at), self.state(hit, Role::Recipient, at)])
    }

    /// "Importers should note that refunds may be requested".
    pub(super) fn advised(&self) -> bool {
        self.view.clauses.groups.iter().any(|g| {
            let told = matches!(g.modal.as_deref(), Some("should" | "must" | "may"));
            let word =
                |back: usize| self.view.words.get(g.head + back).map_or(WordId::NONE, |w| w.lower.id());
            told && (is!(g.lemma, "note" | "remember" | "consult")
                || g.lemma == "be" && word(1) == "aware"
                || g.lemma == "wish" && word(2) == "note")
        })
    }

    /// "One manager expects to ship less", "I reckon that": whoever stands before the verb guesses.
    pub(super) fn guesses(&self) -> bool {
        let thinks = self.own_group().is_some_and(|g| {
            is!(
                g.lemma,
                "expect"
                    | "think"
                    | "believe"
                    | "reckon"
                    | "figure"
                    | "predict"
                    | "forecast"
                    | "bet"
                    | "guess"
            ) && !g.passive
        });
        let agent = self.hit.frame.agent.and_then(|(start, _)| self.view.words.get(start));
        thinks
            && agent
                .is_some_and(|w| !is!(w.lower, "it" | "this" | "that" | "which" | "they" | "who" | "nobody"))
    }

    /// Whose acts are foreseen where nobody is named where the rule looks: whoever acts in the clauses of the
    /// sentence, toward the other side of the text; else of a measure, those of the last one told; both sides
    /// together where a pact is foreseen, or nothing tells.
    pub(super) fn sides_understood(&self) -> Vec<Side> {
        let [first, second] = *self.context.sides.as_slice() else { return Vec::new() };
        let here = self.trigger_span();
        let acting =
            |actor, at, hit| vec![self.state(actor, Role::Actor, at), self.state(hit, Role::Recipient, here)];
        if let Some((code, at)) = self.acts_in_sentence() {
            return acting(code, at, if code == first { second } else { first });
        }
        let pacts = self.context.classes.get("agreement_noun").unwrap_or_default();
        let pact = self.view.has((0, self.view.words.len()), pacts);
        let ours = |code: &StateCode| self.context.sides.contains(code);
        let last = self.memory.last_pair().filter(|(actor, hit)| ours(actor) && ours(hit));
        match last.filter(|_| !pact) {
            Some((actor, hit)) => acting(actor, here, hit),
            None => self.both_take_part(),
        }
    }

    /// "The talks collapse and Oslo raises its duties", "sees Oslo falling short", "an Oslo response": the first
    /// of the two sides that does something in this sentence.
    fn acts_in_sentence(&self) -> Option<(StateCode, Span)> {
        let words = self.view.words;
        let of = |range: Range| {
            let head = crate::firm::head_part(self.view, range);
            self.view.who_in(head).find_map(|who| {
                let ours = who.country.filter(|code| self.context.sides.contains(code))?;
                let (start, end) = self.word_range(who.span);
                let acts = match who.kind {
                    WhoKind::Adjective => words.get(end).is_some_and(|w| {
                        is!(
                            w.lemma,
                            "response" | "retaliation" | "countermeasure" | "reply" | "move" | "step"
                        )
                    }),
                    _ => end == head.1 || start == head.0,
                };
                acts.then_some((ours, who.span))
            })
        };
        let groups = &self.view.clauses.groups;
        groups.iter().filter_map(|g| g.subject).find_map(of)
    }

    /// "a case against Peru", "duties on Peruvian wine", "aim at its services": named as the one it is done to.
    fn is_hit(&self, who: &Who) -> bool {
        let words = self.view.words;
        let sited = |w: &Who| matches!(w.kind, WhoKind::State | WhoKind::Adjective | WhoKind::Group);
        let place = who.kind == WhoKind::Place && !who.city;
        let (at, _) = self.word_range(who.span);
        let start = crate::grammar::clause::phrase_start(words, at);
        let led = start.checked_sub(1).and_then(|i| words.get(i)).map_or(WordId::NONE, |w| w.lower.id());
        // "exports to Peru will fall", "turn to Peruvian oil": nobody does anything to it.
        let before = start.checked_sub(2).and_then(|i| words.get(i));
        let goes = before.is_some_and(|w| {
            is!(w.lemma, "shipment" | "export" | "sale" | "delivery" | "supply" | "flow" | "turn" | "move")
        });
        let aimed = is!(led, "against" | "on" | "for" | "at" | "through" | "to" | "with");
        (sited(who) || place) && !who.city && aimed && !goes
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor, Kind, Role};

    /// The states of the forecast, `>` between those who act and those who are hit.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let text = format!("Norway and Chile quarrel over tariffs. {text}");
        let read = Extractor::builtin().extract(&Article::new(&text, jiff::civil::date(2025, 11, 20)));
        let found = read.events.iter().find(|e| e.act.kind() == Kind::Forecast);
        let of = |role: Role| {
            let sides = found.iter().flat_map(|e| &e.parties).filter(|p| p.role == role);
            sides.filter_map(|p| p.country).map(|code| code.to_string()).collect::<Vec<_>>().join(",")
        };
        assert_eq!(format!("{}>{}", of(Role::Actor), of(Role::Recipient)), expected, "{text:?}");
    }

    #[test]
    fn whoever_is_hit_is_named_with_the_act() {
        check("Trade lawyers think Norway will open a case against Peru before June.", "NO>PE");
        check("Economists think that Norway could raise its duties on Peruvian wine.", "NO>PE");
        check("Jane Roe of Acme Research sees the Norwegian duty on Chilean wine settling at 10%.", "NO>CL");
    }

    #[test]
    fn whoever_is_expected_to_act_does() {
        check("Analysts expect Chilean packers to ship more to Spain.", "CL>ES");
        check(
            "With a probability of 30%, the talks collapse and Norway raises the duty to 25% in the first week of March.",
            "NO>CL",
        );
    }

    #[test]
    fn the_rate_of_a_measure_is_foreseen() {
        for (text, expected) in [
            (
                "Economists think the Norwegian duty on Chilean wine will settle at around 18% by June.",
                Some("18%"),
            ),
            ("Economists expect Norwegian tariffs to cut Chilean exports by 12%.", None),
        ] {
            let text = format!("Norway and Chile quarrel over tariffs. {text}");
            let read = Extractor::builtin().extract(&Article::new(&text, jiff::civil::date(2025, 11, 20)));
            let found = read.events.iter().find(|e| e.act.kind() == Kind::Forecast);
            let rate = found.and_then(|e| e.rate.as_ref()).map(|rate| rate.raw.as_str());
            assert_eq!(rate, expected, "{text:?}");
        }
    }

    #[test]
    fn trade_hits_nobody() {
        check("Acme Research expects shipments to Peru to fall by a tenth.", ">");
    }
}
