//! Who puts a tariff on whom. Texts leave out half of it: "the duty on Chinese steel", "he made it 15%".

use super::*;

impl Builder<'_> {
    /// One imposing side (two where both act) and the states that are hit.
    pub(super) fn tariff_sides(&self, stance: &Stance) -> Result<Vec<Side>, String> {
        let mut actors = self.imposers();
        let mut hit = self.those_hit(&actors);
        let renewed = self.hit.rule.act == Act::TariffAction(TariffAction::ExtendSuspension);
        let mutual =
            self.view.has(self.hit.frame.extent, self.context.classes.get("mutual").unwrap_or_default());
        if actors.is_empty() && mutual {
            actors = self.both();
            hit.clear();
        }
        let joint = renewed && !self.context.first_person;
        if actors.is_empty() && joint && self.measure_owner().is_none() && self.owner_by_name().is_none() {
            actors = self.both();
            hit.clear();
        }
        if actors.is_empty() {
            let actor = self.unnamed_imposer(stance, &hit).ok_or("nobody is named who does it")?;
            hit.retain(|s| s.party.country != actor.party.country);
            actors.push(actor);
        }
        let codes = distinct(actors.iter().filter_map(|s| s.party.country));
        if hit.is_empty()
            && let [actor] = codes.as_slice()
            && let Some(code) = self.unnamed_target(*actor)
        {
            let mut side = self.state(code, Role::Recipient, self.trigger_span());
            side.understood = true;
            hit.push(side);
        }
        if hit.is_empty() {
            hit.extend(self.everybody());
        }
        let mut out = actors;
        out.extend(hit);
        Ok(out)
    }

    /// "a tariff on all countries": they are named, though no state is.
    fn everybody(&self) -> Option<Side> {
        let groups = self.view.who_in(self.hit.frame.extent);
        let all = groups.filter(|w| w.kind == WhoKind::Group && w.country.is_none()).find(|w| {
            let before = self.before(w.span);
            let states = w.name.as_deref().is_some_and(|name| {
                ["countries", "nations", "trading partners", "partners", "economies"]
                    .iter()
                    .any(|noun| name.eq_ignore_ascii_case(noun))
            });
            states
                && matches!(before.as_slice(), [.., on, all]
                    if matches!(on.lower.as_str(), "on" | "against") && all.lower.as_str() == "all")
        })?;
        let start = self.before(all.span).last().map_or(all.span.start, |w| w.span.start);
        let at = Span::new(start, all.span.end);
        let name = at.of(self.context.doc.text).map(str::to_owned);
        let party = Party { name, office: None, country: None, role: Role::Recipient };
        Some(Side { party, name: Some(at), office: None, at, pair: false, understood: true })
    }

    /// The sides named where the rule expects them, else as the owner of the measure.
    fn imposers(&self) -> Vec<Side> {
        let rule = self.hit.rule;
        // "won a cut in the American duty": whose duty it is tells more than who won.
        if self.hit.frame.nominal
            && let Some(span) = self.measure_owner()
            && let Some(who) = self.view.who.iter().find(|w| w.span == span)
            && who.kind != WhoKind::Group
            && let Some(code) = who.country
        {
            return vec![self.state(code, Role::Actor, span)];
        }
        for place in &rule.actor {
            let mut found = Vec::new();
            for range in self.ranges(place) {
                self.collect(range, Role::Actor, &mut found);
            }
            let people = |s: &Side| s.party.country.is_some() && !self.is_group(s.at);
            found.retain(people);
            if !found.is_empty() {
                let states = distinct(found.iter().filter_map(|s| s.party.country)).len();
                found.truncate(if states == 2 { 2 } else { 1 });
                return found;
            }
        }
        self.aside().into_iter().collect()
    }

    /// Whose the measure is by a clause beside it: "the duty imposed by China", "duties China put on …".
    fn aside(&self) -> Option<Side> {
        let (start, end) = self.hit.frame.extent;
        let imposing = self.context.classes.get("impose").unwrap_or_default();
        let groups = &self.view.clauses.groups;
        let group = groups.iter().find(|g| {
            start <= g.start && g.start < end && g.passive && self.view.has((g.head, g.head + 1), imposing)
        })?;
        let by = group
            .preps
            .iter()
            .find(|(p, _)| self.view.words.get(*p).is_some_and(|w| w.lower == "by"))
            .map(|(_, range)| *range)?;
        let mut found = Vec::new();
        self.collect(by, Role::Actor, &mut found);
        found.into_iter().find(|s| s.party.country.is_some() && !self.is_group(s.at))
    }

    /// A truce is prolonged by both sides unless the text says otherwise.
    fn both(&self) -> Vec<Side> {
        let [a, b] = self.context.sides.as_slice() else { return Vec::new() };
        let side = |code: StateCode| {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            side
        };
        vec![side(*a), side(*b)]
    }

    fn is_group(&self, at: Span) -> bool {
        self.view.who.iter().any(|w| w.span == at && matches!(w.kind, WhoKind::Group | WhoKind::Place))
    }

    /// States named where the rule expects them, else the origin of goods named in the clause.
    fn those_hit(&self, actors: &[Side]) -> Vec<Side> {
        let acting = distinct(actors.iter().filter_map(|s| s.party.country));
        let owned = self.measure_owner();
        let places = self.hit.rule.recipient.iter().map(String::as_str).filter(|p| *p != "other");
        for place in places {
            let mut found = Vec::new();
            for range in self.ranges(place) {
                self.collect(range, Role::Recipient, &mut found);
            }
            let whole = matches!(place, "theme" | "agent" | "object");
            found.retain(|s| {
                s.party.country.is_some_and(|c| !acting.contains(&c))
                    && Some(s.at) != owned
                    && !(whole && self.is_destination(s.at))
            });
            let found = self.countries_of(found);
            if !found.is_empty() {
                return found;
            }
        }
        if acting.len() > 1 {
            return Vec::new();
        }
        let note = |w: &Who| {
            let after = self.view.words.iter().find(|x| x.span.start >= w.span.end);
            after.is_some_and(|x| x.lower == "note")
        };
        let origin = |w: &&Who| {
            if note(w) {
                return false;
            }
            let from = self.before(w.span).last().is_some_and(|b| {
                matches!(b.lower.as_str(), "on" | "from" | "against" | "of") && w.kind == WhoKind::State
            });
            (w.kind == WhoKind::Adjective && Some(w.span) != owned) || from
        };
        let found = self
            .view
            .who_in(self.hit.frame.extent)
            .filter(origin)
            .filter(|w| w.country.is_some_and(|c| !acting.contains(&c)))
            .filter_map(|w| Some(self.state(w.country?, Role::Recipient, w.span)))
            .collect();
        let mut found = self.countries_of(found);
        found.truncate(1);
        found
    }

    /// "vehicles imported into the United States": where goods go, not where they come from.
    fn is_destination(&self, at: Span) -> bool {
        let before = self.before(at);
        let word = |back: usize| {
            before.len().checked_sub(back).and_then(|i| before.get(i)).map_or("", |w| w.lower.as_str())
        };
        let prep = |w: &str| matches!(w, "into" | "to" | "in" | "by");
        prep(word(1)) || word(1) == "the" && prep(word(2))
    }

    /// The adjective right at the measure: "American tariffs".
    fn measure_owner(&self) -> Option<Span> {
        let at = self.measure()?;
        let start = crate::grammar::clause::phrase_start(self.view.words, at);
        self.view
            .who_in((start, at))
            .filter(|w| {
                w.country.is_some()
                    && matches!(w.kind, WhoKind::Adjective | WhoKind::State | WhoKind::Body | WhoKind::Firm)
            })
            .map(|w| w.span)
            .next()
    }

    fn unnamed_imposer(&self, stance: &Stance, hit: &[Side]) -> Option<Side> {
        let target = hit.first().and_then(|s| s.party.country);
        let free = |code: &StateCode| !hit.iter().any(|s| s.party.country == Some(*code));
        // "American duties on …"
        if let Some(span) = self.measure_owner()
            && let Some(who) = self.view.who.iter().find(|w| w.span == span)
            && let Some(code) = who.country
            && (free(&code) || hit.len() == 1 && hit.first().is_some_and(|s| s.at == span))
        {
            return Some(self.state(code, Role::Actor, span));
        }
        if let Some(code) = self.section().filter(free) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some((code, range)) = self.owner_by_name().filter(|(code, _)| free(code)) {
            let mut side = self.state(code, Role::Actor, self.span_of(range));
            side.understood = true;
            return Some(side);
        }
        if let Some(range) = stance.speaker {
            let mut out = Vec::new();
            self.collect(range, Role::Actor, &mut out);
            let own = |s: &Side| s.party.country.is_some_and(|c| free(&c)) && !self.is_group(s.at);
            if let Some(first) = out.into_iter().find(own) {
                return Some(first);
            }
        }
        let code = match (target, self.context.sides.as_slice()) {
            (Some(hit), [a, b]) if hit == *a => Some(*b),
            (Some(hit), [a, b]) if hit == *b => Some(*a),
            _ => None,
        }
        .filter(free)
        .or_else(|| self.memory.actor(self.index).filter(free))
        .or_else(|| self.court().filter(free))
        .or_else(|| self.memory.only_actor().filter(free))
        .or_else(|| self.context.voice.filter(|v| self.context.official && free(v)))?;
        let mut side = self.state(code, Role::Actor, self.trigger_span());
        side.understood = true;
        Some(side)
    }

    /// A court rules on the measures of its own state.
    fn court(&self) -> Option<StateCode> {
        let court = |w: &&Who| {
            w.kind == WhoKind::Body && self.context.doc.slice(w.span).to_lowercase().contains("court")
        };
        self.view.who.iter().find(court).and_then(|w| w.country)
    }

    /// The state whose measures bear a name of the sentence, such as "Section 301".
    pub(super) fn owner_by_name(&self) -> Option<(StateCode, Range)> {
        let words = self.view.words;
        let measures: Vec<_> = self.context.classes.starting("measure_").collect();
        (0..words.len()).find_map(|at| {
            measures.iter().find_map(|(state, phrases)| {
                let phrase = phrases.find(words, at)?;
                Some((state.parse().ok()?, (at, at + phrase.len())))
            })
        })
    }

    /// The side that is hit where the clause leaves it out, unless the measure spares no country.
    fn unnamed_target(&self, actor: StateCode) -> Option<StateCode> {
        let worldwide = self.context.classes.get("worldwide").unwrap_or_default();
        if self.view.has(self.hit.frame.extent, worldwide) {
            return None;
        }
        let sectors = self.context.classes.get("sector").unwrap_or_default();
        if !self.context.official && self.view.has(self.hit.frame.extent, sectors) {
            return None;
        }
        let remembered = self.memory.recipient(self.index, Some(actor));
        remembered.or(match self.context.sides.as_slice() {
            [a, b] if actor == *a => Some(*b),
            [a, b] if actor == *b => Some(*a),
            _ => None,
        })
    }

    /// Tariffs hit countries: persons and bodies stand for theirs.
    fn countries_of(&self, found: Vec<Side>) -> Vec<Side> {
        let mut out: Vec<Side> = Vec::new();
        for side in found {
            let Some(code) = side.party.country else { continue };
            if out.iter().any(|s| s.party.country == Some(code)) {
                continue;
            }
            let name = Some((self.context.state_name)(code));
            out.push(Side { party: Party { name, office: None, ..side.party }, ..side });
        }
        out
    }
}
