//! Whom a tariff hits where its clause names nobody.

use super::*;

/// Years after which an act is of another quarrel than that of the text.
const QUARREL: i16 = 10;

impl Builder<'_> {
    /// The sides that are hit where the clause leaves them out, unless the measure spares no country.
    pub(super) fn unnamed_targets(&self, actor: StateCode) -> Vec<StateCode> {
        if self.spares_nobody(actor) {
            return Vec::new();
        }
        if let Some(lead) = self.lead_act() {
            return lead.recipient.into_iter().collect();
        }
        // "Mexico struck back": at who had hit it.
        let answers = self.strikes_back() || self.hit.rule.recipient.iter().any(|p| p == "other");
        if let Some(code) = self.memory.who_hit(actor).filter(|_| answers) {
            return vec![code];
        }
        let here = self.hit_here(actor);
        if !here.is_empty() {
            return here;
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
            _ => known.to_vec(),
        }
    }

    /// "Mexico will reply with duties", "in retaliation".
    fn strikes_back(&self) -> bool {
        let answer = self.context.classes.get("answer").unwrap_or_default();
        self.view.has(self.hit.frame.extent, answer)
    }

    /// Whether the measure is one on whatever state the goods come from.
    fn spares_nobody(&self, actor: StateCode) -> bool {
        let extent = self.hit.frame.extent;
        let theme = self.hit.frame.theme.unwrap_or((0, 0));
        let worldwide = self.context.classes.get("worldwide").unwrap_or_default();
        if self.view.has(extent, worldwide) || self.on_all_imports() || self.on_unnamed_states() {
            return true;
        }
        let sectors = self.context.classes.get("sector").unwrap_or_default();
        // In the paper of an authority a duty on cars is one of those that the paper is about.
        let own = self.context.voice.is_none_or(|code| code == actor);
        let own_paper = self.context.official && (own || self.memory.has_acted(actor));
        if !own_paper && (self.view.has(extent, sectors) || self.view.has(theme, sectors)) {
            return true;
        }
        // A proclamation on a sector hits all who sell its goods.
        let proclaimed = self.view.words.iter().any(|w| w.lower == "proclamation");
        proclaimed && (!own_paper || self.view.has(extent, sectors))
    }

    /// "a tax on imported lorries", "250% on foreign medicines".
    fn on_all_imports(&self) -> bool {
        let (start, end) = self.hit.frame.extent;
        let words = self.view.words;
        let goods = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.capital);
        (start..end).any(|i| {
            words.get(i).is_some_and(|w| {
                matches!(w.lower.as_str(), "imported" | "foreign" | "foreign-made")
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
                    matches!(
                        w.lemma.as_str(),
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
    fn hit_here(&self, actor: StateCode) -> Vec<StateCode> {
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
        let told = subjects
            .any(|s| s.0 >= opens && self.view.who_in(s).any(|w| w.country == Some(*one)));
        (told && self.context.sides.contains(&actor)).then_some(*one)
    }

    /// "In June 1930 Congress raised the duties": before the quarrel of the text.
    fn long_ago(&self) -> bool {
        let year = |t: &Timing| t.date.and_then(|d| d.end()).map(|day| day.year());
        let times = self.times.iter().filter_map(year);
        times.max().is_some_and(|year| self.context.published.year() - year > QUARREL)
    }
}
