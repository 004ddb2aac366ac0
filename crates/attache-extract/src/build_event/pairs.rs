//! An act between several states as one event for each pair of sides that it is told for.

use super::*;

impl Builder<'_> {
    /// One tariff event per imposing side where both sides act.
    pub(super) fn split(&self, kind: Kind, sides: Vec<Side>) -> Vec<Vec<Side>> {
        let acts = |s: &&Side| s.party.role == Role::Actor;
        let acting = distinct(sides.iter().filter(acts).filter_map(|s| s.party.country)).len();
        let both = acting == 2 || kind == Kind::TariffAction && acting > 2;
        let opposed = kind == Kind::Tension && acting == 2 && self.against_each_other(&sides);
        if !opposed && (kind != Kind::TariffAction || !both) {
            return vec![sides];
        }
        let actors: SmallVec<[&Side; 4]> = sides.iter().filter(acts).collect();
        if opposed {
            return facing(&actors);
        }
        // "They reached a deal that ends the 25% tariff": of the one who has charged 25%.
        let charging: Vec<Option<StateCode>> =
            self.share.iter().map(|i| self.memory.who_charges(i.value)).collect();
        let known = charging.first().copied().flatten().filter(|c| charging.iter().all(|o| *o == Some(*c)));
        let actors = match known.filter(|c| actors.iter().any(|a| a.party.country == Some(*c))) {
            Some(code) if self.eases() => {
                let other = actors.iter().find(|a| a.party.country != Some(code)).copied();
                let one: SmallVec<[&Side; 4]> =
                    actors.iter().filter(|a| a.party.country == Some(code)).copied().collect();
                let recipient = other.map(|o| Side {
                    party: Player { role: Role::Recipient, ..o.party.clone() },
                    ..o.clone()
                });
                let named = sides.iter().filter(|s| s.party.role == Role::Recipient).cloned();
                let own = one.into_iter().cloned();
                let mut out: Vec<Side> = own.chain(named).collect();
                if !out.iter().any(|s| s.party.role == Role::Recipient) {
                    out.extend(recipient);
                }
                return vec![out];
            }
            _ => actors,
        };
        // "Canada and the United States put surtaxes on cars from China": the third is hit by both.
        let third = |s: &&Side| {
            s.party.role == Role::Recipient && actors.iter().all(|a| a.party.country != s.party.country)
        };
        let mut hit: Vec<Side> = sides.iter().filter(third).cloned().collect();
        // "Canada and Mexico said they would cancel their retaliatory levies": on who had hit both.
        let foes: Vec<Option<StateCode>> =
            actors.iter().map(|a| self.memory.who_hit(a.party.country?)).collect();
        if let [Some(foe), Some(other)] = foes.as_slice()
            && foe == other
            && hit.is_empty()
        {
            let mut side = self.state(*foe, Role::Recipient, self.trigger_span());
            side.understood = true;
            hit.push(side);
        }
        // "Switzerland and Liechtenstein will remove duties", told of their deal with a third.
        let outside = |code: &&StateCode| actors.iter().all(|a| a.party.country != Some(**code));
        let mutual = self.context.classes.get("mutual").unwrap_or_default();
        if let ([a, b], true) = (self.context.sides.as_slice(), hit.is_empty())
            && let [Some(third), None] | [None, Some(third)] =
                [Some(a).filter(outside), Some(b).filter(outside)]
            && !self.view.has(self.hit.frame.extent, mutual)
        {
            let mut side = self.state(*third, Role::Recipient, self.trigger_span());
            side.understood = true;
            hit.push(side);
        }
        // "Chile, Peru and Bolivia taxed them": each on whomever, not on the others.
        if hit.is_empty() && acting > 2 {
            return actors.iter().map(|actor| vec![(*actor).clone()]).collect();
        }
        if hit.is_empty() {
            return facing(&actors);
        }
        let against = |actor: &&Side| std::iter::once((*actor).clone()).chain(hit.iter().cloned()).collect();
        actors.iter().map(against).collect()
    }

    /// "Washington and Beijing suspended their port fees": each has its own, on the other. Two who hit a
    /// third, or who blame it, act as one.
    pub(super) fn against_each_other(&self, sides: &[Side]) -> bool {
        let measure = !self.only_words();
        let actors =
            distinct(sides.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
        let pair = sides.iter().any(|s| s.pair && s.party.role == Role::Actor);
        let third = sides.iter().any(|s| {
            s.party.role == Role::Recipient && s.party.country.is_none_or(|code| !actors.contains(&code))
        });
        let mutual = self.context.classes.get("mutual").unwrap_or_default();
        let pair = pair || self.view.has(self.hit.frame.extent, mutual);
        measure && !third && (pair || actors.iter().all(|code| self.context.sides.contains(code)))
    }
}

/// Each actor with the others as those it acts on.
fn facing(actors: &[&Side]) -> Vec<Vec<Side>> {
    let against = |actor: &&Side| {
        let others = actors.iter().filter(|o| o.party.country != actor.party.country);
        let hit = others
            .map(|o| Side { party: Player { role: Role::Recipient, ..o.party.clone() }, ..(*o).clone() });
        std::iter::once((*actor).clone()).chain(hit).collect()
    };
    actors.iter().map(against).collect()
}
