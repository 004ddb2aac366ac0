//! Who takes part in an act, after the places that its rule names: who is added, who is left out, and
//! whether as many states remain as the act needs.

use super::standing::Standing;
use super::*;

use crate::grammar::clause::phrase_start;
use crate::grammar::lower::is;

impl Builder<'_> {
    /// Who takes part, or why nobody does whom the rule asks for.
    pub(super) fn taking_part(&self, standing: &Standing<'_>) -> Result<Vec<Side>, Reason> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        let stance = &standing.stance;
        let tariff = kind == Kind::TariffAction;
        let mut sides = if tariff { self.tariff_sides(stance)? } else { self.parties(stance)? };
        if rule.act == Act::TariffAction(TariffAction::Exclude) {
            self.hit_by_the_duty(&mut sides);
        }
        if self.is_commitment() {
            if self.of_its_partner() {
                return Err("the deal does it, not the partner".into());
            }
            self.beneficiary(&mut sides);
            share(&mut sides);
            if self.hostile_promise(&sides) {
                return Err("against the other side, not for it".into());
            }
        }
        sides.retain(|s| !self.only_treated(s));
        if self.of_one_house(&sides) {
            return Err("offices of one state, or firms".into());
        }
        if kind == Kind::Engagement {
            // "Roe, not Doe, met her": who was not there.
            sides.retain(|s| self.before(s.at).last().is_none_or(|w| w.lower != "not"));
            sides.retain(|s| !self.left_behind(self.word_range(s.at).0));
        }
        if tariff && sides.iter().any(|s| self.firm_of_state(s)) {
            return Err("a firm that bears the name of a state".into());
        }
        self.signed(&mut sides);
        self.drop_named_counterparts(&mut sides);
        // Measures and blame are a state's.
        let nobody = |s: &Side| s.party.role != Role::Actor || s.party.country.is_none();
        if kind == Kind::Tension && sides.iter().all(nobody) {
            return Err("no state does it".into());
        }
        self.enough_states(&mut sides)?;
        self.asked_to_come(&mut sides);
        Ok(sides)
    }

    /// "At the invitation of X, Y will visit Peru": Y is the one invited.
    fn asked_to_come(&self, sides: &mut [Side]) {
        if self.hit.rule.act != Act::Engagement(Engagement::Invitation) || !self.hit.frame.nominal {
            return;
        }
        let trigger = self.hit.frame.trigger;
        let subjects: Vec<Span> = (self.view.clauses.groups.iter().filter(|g| g.finite))
            .filter_map(|g| g.subject.filter(|s| s.0 >= trigger.1))
            .map(|subject| self.span_of(subject))
            .collect();
        let comes = |s: &Side| subjects.iter().any(|span| span.contains(s.at));
        if sides.iter().any(|s| s.party.role == Role::Actor && !comes(s)) {
            for side in sides.iter_mut().filter(|s| comes(s)) {
                side.party.role = Role::Recipient;
            }
        }
    }

    /// "Howard Roe, his American counterpart": one person.
    fn drop_named_counterparts(&self, sides: &mut Vec<Side>) {
        let named: Vec<StateCode> = (sides.iter())
            .filter(|s| s.party.name.is_some() && s.party.office.as_deref() != Some("counterpart"))
            .filter(|s| self.kind_at(s) == Some(WhoKind::Person))
            .filter_map(|s| s.party.country)
            .collect();
        sides.retain(|s| {
            s.party.name.is_some()
                || s.party.office.as_deref() != Some("counterpart")
                || s.party.country.is_none_or(|code| !named.contains(&code))
        });
    }

    /// Adds the counterpart that is named elsewhere in the sentence, where the act needs two states;
    /// refuses where too few remain.
    fn enough_states(&self, sides: &mut Vec<Side>) -> Result<(), Reason> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        let private = matches!(kind, Kind::Engagement | Kind::Agreement) && !self.is_commitment();
        let counts = |s: &&Side| !private || !self.of_group(s);
        let mut states = distinct(sides.iter().filter(counts).filter_map(|s| s.party.country));
        // A bloc of states is a counterpart too, and so is who speaks for it.
        let bloc = |s: &&Side| {
            let of = |words: &str| BLOCS.contains(&words);
            let serves = |office: &str| office.split_once(" of the ").is_some_and(|(_, house)| of(house));
            s.party.country.is_none()
                && (s.party.name.as_deref().is_some_and(of)
                    || s.party
                        .office
                        .as_deref()
                        .is_some_and(|office| serves(office) || heads_world_body(office)))
        };
        let blocs = sides.iter().filter(|_| private).filter(bloc).count();
        if let [one] = *states
            && private
            && blocs == 0
            && !self.own_joint_paper(sides)
            && rule.states == 2
            && let Some(side) = self.second_named(one)
        {
            sides.push(side);
            states = distinct(sides.iter().filter(|s| !self.of_group(s)).filter_map(|s| s.party.country));
        }
        if let [one] = *states
            && kind == Kind::Agreement
            && blocs == 0
            && rule.states == 2
            && let Some(side) = self.met_with(one)
        {
            sides.push(side);
            states = distinct(sides.iter().filter_map(|s| s.party.country));
        }
        // "- Minister Roe: “We have reached an agreement.”", below the news of it.
        let deal = rule.act == Act::Agreement(Agreement::Deal);
        if deal && self.quoted_item() && self.memory.has_struck(&states) && !self.has_day() {
            return Err("told before, here in other words".into());
        }
        if states.len() + blocs < rule.states {
            return Err(Reason::TooFew { count: states.len(), needed: rule.states });
        }
        Ok(())
    }

    /// "India's finance and trade ministers said in a joint statement": of nobody else.
    fn own_joint_paper(&self, sides: &[Side]) -> bool {
        let of_kind = |s: &Side, kinds: &[WhoKind]| self.kind_at(s).is_some_and(|kind| kinds.contains(&kind));
        self.hit.rule.act == Act::Agreement(Agreement::JointStatement)
            && !sides.iter().any(|s| of_kind(s, &[WhoKind::Person]))
            && sides.iter().any(|s| of_kind(s, &[WhoKind::Authority, WhoKind::Body, WhoKind::Office]))
    }

    /// "Peru Power cut its tariff": whoever acts is a firm named after a state.
    fn firm_of_state(&self, side: &Side) -> bool {
        let next = self.view.words.iter().find(|w| w.span.start >= side.at.end);
        side.party.role == Role::Actor
            && !side.understood
            && next.is_some_and(|w| {
                w.capital
                    && is!(
                        w.lower,
                        "airlines"
                            | "airways"
                            | "electric"
                            | "electricity"
                            | "gas"
                            | "mobile"
                            | "post"
                            | "power"
                            | "railway"
                            | "railways"
                            | "telecom"
                            | "telekom"
                            | "unicom"
                            | "water"
                    )
            })
    }

    /// The verb group of the act.
    /// "Lula called on Trump in Utah and came away with a deal": the only other state whose people or organs
    /// the sentence names.
    fn second_named(&self, one: StateCode) -> Option<Side> {
        // "spoke about the summit": what a contact is about is not held by those who speak.
        let about = self.own_group().filter(|_| self.hit.frame.nominal).is_some_and(|g| {
            is!(
                g.lemma,
                "speak" | "talk" | "meet" | "call" | "telephone" | "phone" | "discuss" | "tell" | "brief"
            )
        });
        if about && self.hit.rule.act.kind() == Kind::Engagement {
            return None;
        }
        // "Roe met Doe after a call with Lima": Doe is somebody, if nobody known.
        // "After a summit in Lisbon, Roe met Doe in Madrid": Doe was at another contact.
        let start = phrase_start(self.view.words, self.hit.frame.trigger.0);
        let left = start.checked_sub(1).and_then(|i| self.view.words.get(i)).is_some_and(|w| {
            self.hit.frame.nominal && is!(w.lower, "after" | "following" | "before" | "from")
        });
        let meets = |g: &Group| {
            g.finite && is!(g.lemma, "meet" | "receive" | "see" | "host" | "welcome" | "greet" | "visit")
        };
        // "fresh from talks in Doha, called Doe"
        let behind = left && start.checked_sub(1).is_some_and(|i| self.word(i) == "from");
        if left
            && self.hit.rule.act.kind() == Kind::Engagement
            && (behind || self.view.clauses.groups.iter().any(meets))
        {
            return None;
        }
        let stranger = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal).is_some_and(|(from, to)| {
            to == from + 1 && self.view.words.get(from).is_some_and(|w| w.capital && w.tag == Tag::Noun)
        });
        if stranger {
            return None;
        }
        if let Some(side) = self.other_than_we(one) {
            return Some(side);
        }
        let mut others = Vec::new();
        self.collect((0, self.view.words.len()), Role::Participant, &mut others);
        others.retain(|s| !s.pair && s.party.country.is_some_and(|code| code != one) && !self.of_group(s));
        // "the accord with Lima, Roe told lawmakers": whoever only tells of it takes no part.
        let own = self.hit.frame.group;
        let tells = |(at, group): (usize, &Group)| {
            let says = self.context.classes.has("say", &group.lemma) && own != Some(at);
            group.subject.filter(|_| says).map(|range| self.span_of(range))
        };
        let groups = || self.view.clauses.groups.iter().enumerate();
        let tellers: Vec<Span> = groups().filter_map(tells).collect();
        // "Roe, who thought Doe brave, spoke in Lima": whom a clause behind "who" names takes no part.
        let contact = self.hit.rule.act.kind() == Kind::Engagement;
        let aside = |(at, group): (usize, &Group)| {
            let who = group.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            let apart = contact && own != Some(at) && who.is_some_and(|w| w.lower == "who");
            apart.then(|| self.span_of((group.start, group.extent.1)))
        };
        let asides: Vec<Span> = groups().filter_map(aside).collect();
        let elsewhere = |s: &Side| tellers.iter().chain(&asides).any(|span| span.contains(s.at));
        others.retain(|s| !elsewhere(s) && !self.only_treated(s));
        let only = distinct(others.iter().filter_map(|s| s.party.country)).len() == 1;
        others.into_iter().next().filter(|_| only)
    }

    /// "We have concluded a deal", quoted of one side's envoy in a text on two: with the other.
    fn other_than_we(&self, one: StateCode) -> Option<Side> {
        let (from, to) = self.hit.frame.agent.filter(|_| !self.hit.frame.nominal)?;
        let we = to == from + 1 && self.view.words.get(from).is_some_and(|w| w.lower == "we");
        let own = self.view.voice.own.as_deref().and_then(|w| w.country) == Some(one);
        let [a, b] = self.context.sides.as_slice() else { return None };
        let deal = matches!(self.hit.rule.act, Act::Agreement(Agreement::Deal | Agreement::Consensus));
        let other = if *a == one { *b } else { *a };
        let sides = (*a == one || *b == one) && we && own && deal;
        sides.then(|| self.state(other, Role::Participant, self.trigger_span()))
    }
}

/// What two states commit to together is theirs alike.
fn share(sides: &mut Vec<Side>) {
    let actors =
        distinct(sides.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
    if actors.len() < 2 {
        return;
    }
    sides.retain(|s| s.party.role == Role::Actor);
    for side in sides {
        side.party.role = Role::Participant;
    }
}

/// "WTO Director-General", "World Bank President": of many states.
pub(super) fn heads_world_body(office: &str) -> bool {
    let mut words = office.split([' ', '\'', '’']);
    office.starts_with("World Bank ")
        || words.any(|word| matches!(word, "ASEAN" | "IMF" | "OECD" | "OPEC" | "UNCTAD" | "WTO"))
}
