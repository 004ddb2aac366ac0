//! Whom a tariff hits where its clause names nobody.

use super::*;

/// Years after which an act is of another quarrel than that of the text.
const QUARREL: i16 = 10;

impl Builder<'_> {
    /// The sides that are hit where the clause leaves them out, unless the measure spares no country.
    pub(super) fn unnamed_targets(&self, actor: StateCode) -> Vec<StateCode> {
        if let Some(code) = self.whose_goods(actor) {
            return vec![code];
        }
        // "All other firms: 38%" below a line on the tyres of one state.
        if let Some(lead) = self.lead_act() {
            return lead.recipient.into_iter().collect();
        }
        if let Some((label, one)) = self.in_ledger() {
            // "Ottawa will drop its own 25%": on whoever keeps the ledger.
            return match actor {
                _ if actor == one => vec![label],
                _ if actor == label => vec![one],
                _ => Vec::new(),
            };
        }
        if self.on_everybody() {
            return Vec::new();
        }
        if let Some(code) = self.asked_about().filter(|code| *code != actor) {
            return vec![code];
        }
        if let Some((_, hit)) = self.measure_on_goods().filter(|(code, _)| *code == actor) {
            return hit.to_vec();
        }
        // "Mexico struck back": at who had hit it.
        let answers = self.strikes_back() || self.hit.rule.recipient.iter().any(|p| p == "other");
        if let Some(code) = self.memory.who_hit(actor).filter(|_| answers) {
            return vec![code];
        }
        if let Some(code) = self.subjected(actor) {
            return vec![code];
        }
        let here = self.hit_here(actor);
        // "European cars pay 25%, and the American steel duty was doubled": a measure of its own.
        let apart = self.known_measure() && self.on_sector(actor);
        if !here.is_empty() && !apart {
            return here;
        }
        // "He may take it to 15%": a duty on goods of whatever state stays one.
        if self.on_sector(actor) || self.points_back_at_it() && self.memory.hit_nobody(self.index, actor) {
            return Vec::new();
        }
        if let Some(code) = self.waiting(actor) {
            return vec![code];
        }
        let partner = match self.bilateral() {
            [a, b] if actor == *a => Some(*b),
            [a, b] if actor == *b => Some(*a),
            _ => None,
        };
        let known = self.memory.recipients(self.index, actor);
        match known {
            _ if self.long_ago() => Vec::new(),
            [] => partner.into_iter().collect(),
            // An order on goods of many states hits no one of them alone.
            _ if self.context.first_person && partner.is_none() => Vec::new(),
            // "The duty was doubled": all that it is on.
            _ if self.points_back_at_it() => known.to_vec(),
            [first, ..] => vec![*first],
        }
    }

    /// "Peruvian pipes get no relief, and the 25% duty to which they are subject stays": the goods told of.
    fn subjected(&self, actor: StateCode) -> Option<StateCode> {
        let (start, end) = self.hit.frame.trigger;
        let which = self.word(end) == "to" && self.word(end + 1) == "which";
        let told = |w: &&Who| {
            matches!(w.kind, WhoKind::Adjective | WhoKind::State)
                && w.country.is_some_and(|code| code != actor)
                && self.word_range(w.span).1 <= start
        };
        self.view.who.iter().rfind(told).filter(|_| which && self.hit.frame.nominal)?.country
    }

    /// "Mexico will reply with duties", "in retaliation".
    fn strikes_back(&self) -> bool {
        let answer = self.context.classes.get("answer").unwrap_or_default();
        self.view.has(self.hit.frame.extent, answer)
    }

    /// Whether the measure is one on whatever state the goods come from.
    fn on_everybody(&self) -> bool {
        let worldwide = self.context.classes.get("worldwide").unwrap_or_default();
        let reach = self.reach();
        self.view.has(reach, worldwide)
            || self.on_all_imports(reach)
            || self.on_unnamed_states()
            || self.of_every_layer()
            || self.all_its_duties()
            || self.of_the_general_rate()
    }

    /// Whether the measure is on a kind of goods wherever it comes from: steel, cars, parcels.
    fn on_sector(&self, actor: StateCode) -> bool {
        let sectors = self.context.classes.get("sector").unwrap_or_default();
        let extent = self.hit.frame.extent;
        let theme = self.hit.frame.theme.unwrap_or((0, 0));
        let extent = (extent.0, self.with_relative(extent.1));
        let named = self.view.has(extent, sectors) || self.view.has(theme, sectors);
        // In the paper of an authority a duty on cars is one of those that the paper is about.
        let own = self.context.voice.is_none_or(|code| code == actor);
        let own_paper = self.context.official && (own || self.memory.has_acted(actor));
        // A proclamation hits all who sell the goods.
        let proclaimed = self.view.words.iter().any(|w| w.lower == "proclamation");
        named && !own_paper || proclaimed && (!own_paper || self.view.has(extent, sectors))
    }

    /// "ends the exemption that has let parcels in": to the end of a clause that tells of what stands
    /// before it.
    pub(super) fn with_relative(&self, end: usize) -> usize {
        let words = self.view.words;
        let told = words.get(end).is_some_and(|w| w.tag == Tag::Rel || w.lower == "that");
        let mut groups = self.view.clauses.groups.iter().filter(|g| g.finite && g.start > end);
        if told {
            groups.nth(1).map_or(words.len(), |g| g.subject.map_or(g.start, |s| s.0)).max(end)
        } else {
            end
        }
    }

    /// The words of the act and what follows it before the next clause.
    fn reach(&self) -> Range {
        let (start, end) = self.hit.frame.extent;
        let next =
            self.view.clauses.groups.iter().filter(|g| g.finite).map(|g| g.subject.map_or(g.start, |s| s.0));
        (start, next.filter(|at| *at >= end).min().unwrap_or(self.view.words.len()))
    }

    /// "the so-called reciprocal duties", "freed tea from the reciprocal tariff": a layer of rates for
    /// every state, where no rate is told.
    fn of_every_layer(&self) -> bool {
        let (start, end) = self.hit.frame.extent;
        let word = |i: usize| self.view.words.get(i);
        let spares = self.hit.rule.act == Act::TariffAction(TariffAction::Exclude);
        // In the paper on a deal of two the other side is spared.
        let spares = spares && !(self.context.official && self.bilateral().len() == 2);
        let several = |w: &Word| is!(w.lower, "tariffs" | "duties" | "rates" | "levies");
        (start..end).any(|i| {
            word(i).is_some_and(|w| w.lower == "reciprocal")
                && (i + 1..i + 3).any(|at| word(at).is_some_and(|w| spares || several(w)))
        }) && (spares || self.share.is_empty())
    }

    /// "JOURNALIST: And Pakistan? MINISTER: The 200% duty remains.": the state named last, where an answer
    /// opens with a measure of the speaker's own.
    pub(super) fn asked_about(&self) -> Option<StateCode> {
        let blocks = &self.context.doc.blocks;
        let before = self.sentence.block.checked_sub(1).and_then(|at| blocks.get(at))?;
        let block = blocks.get(self.sentence.block).filter(|b| b.kind == BlockKind::Turn)?;
        let asks = self.context.doc.slice(before.span).trim_end().ends_with('?');
        let opens = block.sentences.0 == self.index;
        let short = before.sentences.1.saturating_sub(before.sentences.0) <= 1;
        self.memory.named_last().filter(|_| asks && opens && short)
    }

    /// "cut the MFN rate on gas", "abolished all industrial tariffs": what everybody pays.
    fn of_the_general_rate(&self) -> bool {
        let (start, end) = self.hit.frame.extent;
        let start =
            crate::grammar::clause::phrase_start(self.view.words, self.hit.frame.trigger.0.min(start));
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        (start..end).any(|i| {
            matches!(self.word(i), "mfn" | "most-favoured-nation" | "most-favored-nation")
                || self.word(i) == "all"
                    && matches!(self.word(i + 1), "industrial" | "agricultural" | "customs" | "remaining")
                    && measures.at(self.view.words, i + 2)
        })
    }

    /// "scrapped all its duties on machines": not those on one state.
    fn all_its_duties(&self) -> bool {
        let (start, end) = self.reach();
        let lower = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        self.eases()
            && (start..end).any(|i| {
                lower(i) == "all"
                    && is!(lower(i + 1), "its" | "their" | "import" | "customs")
                    && measures.at(self.view.words, i + 2)
                    && lower(i + 3) == "on"
            })
    }

    /// "both neighbours", "its two neighbours": the two others told of last.
    pub(super) fn both_others(&self, actor: StateCode) -> Vec<StateCode> {
        let (start, end) = self.reach();
        let lower = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let both = (start..end).any(|i| {
            is!(lower(i), "both" | "two")
                && is!(lower(i + 1), "neighbours" | "neighbors" | "allies" | "partners")
        });
        let others = if both { self.memory.two_others(actor) } else { Vec::new() };
        if others.len() == 2 { others } else { Vec::new() }
    }

    /// "25% on our steel", "put 80% on their barley": the goods of whoever speaks or was told of.
    fn whose_goods(&self, actor: StateCode) -> Option<StateCode> {
        let from = self.hit.frame.trigger.0;
        let (_, end) = self.reach();
        let lower = |i: usize| self.view.words.get(i).map_or("", |w| w.lower.as_str());
        let owned =
            |i: &usize| matches!(lower(*i), "on" | "from") && matches!(lower(i + 1), "our" | "their" | "its");
        let at = (from..end).find(owned)?;
        let code = match lower(at + 1) {
            "our" => match self.bilateral() {
                [a, b] if actor == *a => Some(*b),
                [a, b] if actor == *b => Some(*a),
                _ => None,
            },
            _ => {
                let start = self.view.words.get(at)?.span.start;
                let acts = |w: &&Who| {
                    w.span.end <= start
                        && !matches!(w.kind, WhoKind::Adjective | WhoKind::Place)
                        && w.country.is_some_and(|code| code != actor)
                };
                let here = self.view.who.iter().rfind(acts).and_then(|w| w.country);
                here.or_else(|| self.memory.subject_before(self.index))
            }
        };
        code.filter(|code| *code != actor)
    }

    /// "it", "the surcharge": the measure told last.
    fn points_back_at_it(&self) -> bool {
        let theme = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal);
        let it = theme.and_then(|(start, _)| self.view.words.get(start)).is_some_and(|w| w.lower == "it");
        it || self.known_measure()
    }

    /// "a tax on imported lorries", "250% on foreign medicines".
    fn on_all_imports(&self, (start, end): Range) -> bool {
        let words = self.view.words;
        let goods = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.capital);
        (start..end).any(|i| {
            words.get(i).is_some_and(|w| {
                is!(w.lower, "imported" | "foreign" | "foreign-made")
                    && goods(i + 1)
                    && !self.view.who.iter().any(|who| who.span.contains(w.span))
            })
        })
    }

    /// "A smaller group would pay 10%": whoever pays is named, though no state is.
    fn on_unnamed_states(&self) -> bool {
        let payer = self.hit.frame.agent.filter(|_| self.told_of_payers());
        payer.is_some_and(|(start, end)| {
            (start..end).any(|i| {
                self.view.words.get(i).is_some_and(|w| {
                    is!(
                        w.lemma,
                        "group" | "list" | "country" | "economy" | "nation" | "partner" | "other" | "rest"
                    )
                })
            })
        })
    }

    /// Whether the rule reads a clause whose subject pays.
    pub(super) fn told_of_payers(&self) -> bool {
        self.hit.rule.recipient.first().is_some_and(|place| place == "agent")
    }

    /// Who took the tariff act told last in the sentence itself, best before this one.
    pub(super) fn acting_here(&self) -> Option<StateCode> {
        let actor = |d: &Draft| d.event.parties.iter().find(|p| p.role == Role::Actor)?.country;
        let trigger = self.trigger_span().start;
        let tariffs = || self.told.iter().filter(|d| d.event.act.kind() == Kind::TariffAction);
        let before = tariffs().filter(|d| d.start < trigger).max_by_key(|d| d.start);
        before.or_else(|| tariffs().next_back()).and_then(actor)
    }

    /// "charged 25% on goods of Chile and Peru, and a week later it exempted ore": those hit before in
    /// the sentence itself.
    pub(super) fn hit_here(&self, actor: StateCode) -> Vec<StateCode> {
        let trigger = self.trigger_span().start;
        let own = self.told.iter().filter(|d| {
            d.event.act.kind() == Kind::TariffAction
                && d.start < trigger
                && d.event.parties.iter().any(|p| p.role == Role::Actor && p.country == Some(actor))
        });
        let mut out: Vec<StateCode> = Vec::new();
        let hit = own.flat_map(|d| &d.event.parties).filter(|p| p.role == Role::Recipient);
        for code in hit.filter_map(|p| p.country) {
            if !out.contains(&code) {
                out.push(code);
            }
        }
        out
    }

    /// "Canada waits: Trump threatened another 10%", in a text on others.
    fn waiting(&self, actor: StateCode) -> Option<StateCode> {
        let trigger = self.hit.frame.trigger.0;
        let words = self.view.words;
        // "Ottawa retaliates; Beijing charges 15%": what lies before the semicolon is told.
        let opens = (0..trigger).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ";")).unwrap_or(0);
        let mut subjects = self.view.clauses.groups.iter().filter(|g| g.finite).filter_map(|g| g.subject);
        let outsiders = self.outsiders(&[actor]);
        let [one] = outsiders.as_slice() else { return None };
        let told = subjects.any(|s| s.0 >= opens && self.view.who_in(s).any(|w| w.country == Some(*one)));
        (told && self.context.sides.contains(&actor)).then_some(*one)
    }

    /// "In June 1930 Congress raised the duties": before the quarrel of the text.
    fn long_ago(&self) -> bool {
        let year = |t: &Timing| t.date.and_then(|d| d.end()).map(|day| day.year());
        let times = self.times.iter().filter_map(year);
        times.max().is_some_and(|year| self.context.published.year() - year > QUARREL)
    }
}
