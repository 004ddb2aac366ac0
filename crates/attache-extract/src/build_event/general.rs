//! Diplomacy of any subject: whose act it is, towards whom, and which act a sentence is about.

use super::collect::dedup;
use super::*;
use crate::factuality::unreal;

impl Builder<'_> {
    /// The event of a rule on general diplomacy, or why there is none.
    pub(super) fn general(&self, stance: &Stance) -> Result<Vec<Draft>, Reason> {
        let rule = self.hit.rule;
        if rule.mood.is_empty() && (stance.negated || stance.doubtful) || stance.denied {
            return Err("not told as done".into());
        }
        // "Nobody from Lima met her", "signed no treaty", where the rule looks at the verb alone.
        let frame = &self.hit.frame;
        let done = matches!(rule.act.kind(), Kind::Agreement | Kind::Engagement);
        let plain = matches!(rule.mood.as_slice(), [Mood::Plain | Mood::Will] | [Mood::Plain, Mood::Will]);
        // "lodged no protest", "gave no support"
        let of_nothing = |r: Option<Range>| r.is_some_and(|r| crate::factuality::nothing(self.view, r));
        let acts = done || rule.act.kind() == Kind::Tension;
        if plain && (acts && of_nothing(frame.theme) || done && of_nothing(frame.agent)) {
            return Err("done by nobody or to nobody".into());
        }
        let verbal = self.only_words();
        if stance.doubtful && rule.act.kind() == Kind::Tension && !verbal && rule.mood == [Mood::Plain] {
            return Err("only possible, not done".into());
        }
        if self.at_whose_request() {
            return Err("done at somebody's request, asked of nobody".into());
        }
        if self.never_done() {
            return Err("only imagined".into());
        }
        if self.block_kind() == Some(BlockKind::Question) {
            return Err("asked, not told".into());
        }
        // "It must rest" asks nothing of another.
        if rule.actor == ["speaker"]
            && (stance.speaker.is_none() || self.hit.frame.agent.is_some_and(|r| self.pronoun(r)))
        {
            return Err("said of oneself".into());
        }
        let mut parties = self.general_parties(stance)?;
        if rule.act.kind() == Kind::Engagement {
            parties.retain(|s| !self.left_behind(self.word_range(s.at).0));
        }
        let firm = |s: &Side| self.kind_at(s) == Some(WhoKind::Firm);
        if parties.iter().any(|s| s.party.role != Role::Recipient && firm(s)) {
            return Err("a firm's act".into());
        }
        let business = self.says((0, self.view.words.len()), "business");
        let promise = self.is_commitment();
        if promise
            && business
            && parties.iter().all(|s| s.party.role == Role::Recipient || s.party.country.is_none())
        {
            return Err("a firm's act".into());
        }
        if parties.iter().any(|s| s.pair) {
            return Err("nobody is named".into());
        }
        if self.is_commitment() && self.hostile_promise(&parties) {
            return Err("against the other side, not for it".into());
        }
        let acting: Vec<&Side> = parties.iter().filter(|s| s.party.role != Role::Recipient).collect();
        let foreign = parties
            .iter()
            .any(|s| s.party.role == Role::Recipient && self.kind_at(s) == Some(WhoKind::State));
        let public = |r: Range| self.says(r, "public_actor");
        let own = self.hit.frame.agent.filter(|&r| !self.pronoun(r));
        let agent = own.or(stance.speaker).or(self.hit.frame.theme);
        let led = if acting.is_empty() {
            agent.is_some_and(public) || public((0, self.hit.frame.trigger.0))
        } else {
            acting.iter().any(|s| self.is_public(s)) || agent.is_some_and(public)
        };
        // "The Swiss bank agreed to pay": nobody's government.
        let trade = self.view.words.iter().take(self.hit.frame.trigger.0).any(|w| {
            is!(
                w.lemma,
                "bank" | "owner" | "club" | "company" | "firm" | "group" | "fund" | "chain" | "carmaker"
            )
        });
        let owned = trade
            && !acting.is_empty()
            && acting.iter().all(|s| self.kind_at(s) == Some(WhoKind::Adjective) && !self.is_public(s));
        if owned && self.is_commitment() || !(led || foreign && !acting.is_empty()) {
            return Err("no public actor".into());
        }
        let states = distinct(parties.iter().filter_map(|s| s.party.country));
        // An organisation of states is a counterpart too.
        let bodies = parties.iter().filter(|s| s.party.country.is_none() && s.party.office.is_none());
        let named =
            bodies.filter(|s| s.party.name.as_deref().is_some_and(|n| n.starts_with(char::is_uppercase)));
        // "The president" of a state the sentence does not name.
        let unplaced =
            !acting.is_empty() && acting.iter().all(|s| s.party.country.is_none() && self.is_public(s));
        let count = if states.is_empty() { 0 } else { states.len() + named.count() + usize::from(unplaced) };
        // A state by itself is told of only where its peace or its order is at stake.
        let strife = self.says((0, self.view.words.len()), "strife");
        let needed = rule.states.max(if strife { 1 } else { 2 });
        if count < needed {
            return Err(Reason::TooFew { count, needed });
        }
        let own = stance.speaker.is_none() || self.own_voice(stance, &parties);
        let verbal = self.only_words();
        let fact = if own && rule.act.kind() != Kind::Statement || verbal {
            Factuality::Asserted
        } else {
            Factuality::Reported
        };
        let mut draft = self.draft(&rule.act, fact, stance, &parties, &Variant::default());
        // "Traders bet that Oslo will lift its ban": nobody's word for it.
        if stance.doubtful && matches!(rule.act.kind(), Kind::Agreement | Kind::Engagement) {
            draft.event.factuality = Factuality::Hypothetical;
            draft.event.status = Some(Status::Planned);
        }
        Ok(vec![draft])
    }

    /// "Tokyo would have gone to court", "a bill before Congress would ban them": nobody does it.
    fn never_done(&self) -> bool {
        let words = self.view.words;
        let unreal = self.own_group().is_some_and(|g| {
            matches!(g.modal.as_deref(), Some("would" | "could" | "might")) && unreal(self.view, g)
        });
        let proposal = |w: &Word| w.tag == Tag::Noun && self.context.classes.has("proposal", &w.lemma);
        let proposed = self.hit.frame.agent.is_some_and(|(from, to)| {
            let head = words.get(from..to).unwrap_or_default();
            head.iter().take_while(|w| w.tag != Tag::Prep).any(proposal)
        });
        unreal || proposed
    }

    fn says(&self, range: Range, class: &str) -> bool {
        self.context.classes.get(class).is_some_and(|phrases| self.view.has(range, phrases))
    }

    /// A state, an authority, a holder of an office, or people of a public kind: "Peruvian rebels".
    fn is_public(&self, side: &Side) -> bool {
        let Some(who) = self.view.who.iter().find(|w| w.span == side.at) else { return true };
        match who.kind {
            WhoKind::State | WhoKind::Body | WhoKind::Office | WhoKind::Authority | WhoKind::Pair => true,
            WhoKind::Firm => false,
            WhoKind::Person => who.office.is_some() || who.country.is_some(),
            WhoKind::Adjective | WhoKind::Group | WhoKind::Place => {
                let words = self.view.words;
                let from = words.iter().position(|w| w.span.start >= side.at.start).unwrap_or(words.len());
                let before = from.saturating_sub(4);
                let until = (from..words.len().min(from + 7))
                    .find(|&i| {
                        words
                            .get(i)
                            .is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal))
                    })
                    .unwrap_or(words.len().min(from + 7));
                self.says((before, until), "public_actor")
            }
        }
    }

    fn general_parties(&self, stance: &Stance) -> Result<Vec<Side>, Reason> {
        let rule = self.hit.rule;
        let mut out = Vec::new();
        for place in &rule.actor {
            for range in self.places_of(place, stance) {
                self.named(range, Role::Actor, &mut out);
            }
            if !out.is_empty() {
                break;
            }
        }
        let mut joint = Vec::new();
        for place in &rule.participant {
            for range in self.places_of(place, stance) {
                self.named(range, Role::Recipient, &mut joint);
            }
        }
        let together = !joint.is_empty();
        out.extend(joint);
        dedup(&mut out);
        let actors = states_of(&out);
        if !together {
            let found = self.recipients(stance, &out, &actors);
            let reciprocal = actors.len() > 1 && states_of(&found).is_empty();
            if !reciprocal {
                out.extend(found);
                // Two firms of one state stand for it once.
                dedup(&mut out);
                self.at_home(&mut out);
                self.only_state(&mut out);
                only_states_where_known(&mut out);
                return if out.is_empty() { Err("no party is named".into()) } else { Ok(out) };
            }
        }
        self.only_state(&mut out);
        for side in &mut out {
            side.party.role = Role::Participant;
        }
        only_states_where_known(&mut out);
        Ok(out)
    }

    fn recipients(&self, stance: &Stance, known: &[Side], actors: &[StateCode]) -> Vec<Side> {
        let fresh = |s: &Side| {
            !known.iter().any(|k| k.at.start < s.at.end && s.at.start < k.at.end)
                && match s.party.country {
                    Some(code) if actors.contains(&code) => {
                        s.party.name.as_deref() != Some(&*(self.context.state_name)(code))
                    }
                    _ => true,
                }
        };
        let mut vague = Vec::new();
        for place in &self.hit.rule.recipient {
            // "The secretary general of the bloc and Chile's minister signed it in Lima": of nobody else.
            let joined = known.iter().filter(|s| s.party.name.is_some()).count() > 1
                && known
                    .iter()
                    .any(|s| s.party.country.is_none() && self.kind_at(s) == Some(WhoKind::Person));
            if place == "else" && actors.len() < 2 && !joined && !self.hits_home() {
                let found: Vec<Side> = self.elsewhere(stance, actors).into_iter().collect();
                if !found.is_empty() {
                    return found;
                }
            }
            let mut found = Vec::new();
            for range in self.places_of(place, stance) {
                self.named(range, Role::Recipient, &mut found);
                if place == "complement" && !states_of(&found).is_empty() {
                    break;
                }
            }
            found.retain(fresh);
            if found.iter().any(|s| s.party.country.is_some_and(|c| !actors.contains(&c))) {
                found.retain(|s| s.party.country.is_some_and(|c| !actors.contains(&c)));
                return found;
            }
            if vague.is_empty() {
                vague = found;
            }
        }
        vague
    }

    /// The first other state named behind the act, else before it.
    fn elsewhere(&self, stance: &Stance, actors: &[StateCode]) -> Option<Side> {
        let trigger = self.trigger_span();
        let speaker = stance.speaker.map(|r| self.span_of(r));
        let usable = |w: &&Who| {
            w.country.is_some_and(|c| !actors.contains(&c))
                && !speaker.is_some_and(|s| s.contains(w.span))
                && w.kind != WhoKind::Group
        };
        let behind = self.view.who.iter().filter(usable).find(|w| w.span.start >= trigger.end);
        let found =
            behind.or_else(|| self.view.who.iter().filter(usable).find(|w| w.kind != WhoKind::Place))?;
        Some(self.state(found.country?, Role::Recipient, found.span))
    }

    /// Parties at the head of a range: before its first preposition, else anywhere in it.
    fn named(&self, range: Range, role: Role, out: &mut Vec<Side>) {
        let words = self.view.words;
        let stop = (range.0..range.1)
            .find(|&i| {
                let aside = words.get(i).is_some_and(|w| w.lower == ",")
                    && words.get(i + 1).is_some_and(|w| is!(w.lower, "a" | "an" | "the"));
                aside || words.get(i).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To) && !w.name)
            })
            .unwrap_or(range.1);
        let mut found = Vec::new();
        self.collect((range.0, stop), role, &mut found);
        // "Mexican-American groups" are of neither.
        found.retain(|s| !self.compound(s.at) || self.kind_at(s) != Some(WhoKind::Adjective));
        if states_of(&found).is_empty() && stop < range.1 {
            let mut rest = Vec::new();
            self.collect((stop, range.1), role, &mut rest);
            // "Opposition groups in Peru" are of Peru.
            let place = self.view.who_in((stop, range.1)).find(|w| w.kind == WhoKind::Place);
            if let (true, Some(code)) = (rest.is_empty(), place.and_then(|w| w.country)) {
                rest.push(self.state(code, role, self.span_of((stop, range.1))));
            }
            found.extend(rest);
        }
        out.extend(found);
    }

    fn places_of(&self, place: &str, stance: &Stance) -> Ranges {
        let groups = &self.view.clauses.groups;
        match place {
            "speaker" => stance.speaker.into_iter().collect(),
            "else" => Ranges::new(),
            "subject" => self.hit.frame.group.and_then(|g| groups.get(g)?.subject).into_iter().collect(),
            "agent" => {
                let mut out = self.ranges(place);
                let unnamed = out.is_empty() && !self.passive() || out.iter().any(|&r| self.pronoun(r));
                if unnamed {
                    let first = groups.iter().find_map(|g| g.subject).filter(|&r| !self.pronoun(r));
                    out = stance.speaker.or(first).into_iter().collect();
                }
                out
            }
            _ => self.ranges(place),
        }
    }

    fn passive(&self) -> bool {
        self.own_group().is_some_and(|g| g.passive)
    }

    pub(super) fn pronoun(&self, range: Range) -> bool {
        let pronoun = |i| self.view.words.get(i).is_some_and(|w: &Word| w.tag == Tag::Pron && !w.name);
        (range.0..range.1.min(range.0 + 2)).any(pronoun)
    }

    /// Whether the act is done to people of the actor's own state: "the opposition", "the rebels".
    fn hits_home(&self) -> bool {
        let own = self.context.classes.get("domestic").unwrap_or_default();
        let frame = &self.hit.frame;
        let near = frame.theme.or_else(|| frame.preps.first().map(|(_, r)| *r));
        near.is_some_and(|r| self.view.has(r, own))
    }

    /// A party of a state that deals with its own people.
    fn at_home(&self, sides: &mut Vec<Side>) {
        let domestic = self.context.classes.get("domestic").unwrap_or_default();
        let of = |role: Role, sides: &[Side]| {
            distinct(sides.iter().filter(|s| s.party.role == role).filter_map(|s| s.party.country))
        };
        let (actors, hit) = (of(Role::Actor, sides), of(Role::Recipient, sides));
        let reach = self.view.clauses.reach(&self.hit.frame);
        let behind = (self.hit.frame.trigger.1, reach.1.max(self.hit.frame.trigger.1));
        match (actors.as_slice(), hit.as_slice()) {
            ([own], []) if self.view.has(behind, domestic) && !self.hit.rule.recipient.is_empty() => {
                sides.push(self.state(*own, Role::Recipient, self.trigger_span()));
            }
            ([], [own]) if self.hit.frame.agent.is_some_and(|r| self.view.has(r, domestic)) => {
                sides.insert(0, self.state(*own, Role::Actor, self.trigger_span()));
            }
            _ => {}
        }
    }

    /// Officials of no named state are of the only one the sentence names.
    fn only_state(&self, sides: &mut Vec<Side>) {
        if !states_of(sides).is_empty() {
            return;
        }
        if let [only] = distinct(self.view.who.iter().filter_map(|w| w.country)).as_slice() {
            sides.insert(0, self.state(*only, Role::Actor, self.trigger_span()));
        }
    }

    /// How far the act stands from the main clause of its sentence.
    pub(super) fn depth(&self) -> usize {
        let frame = &self.hit.frame;
        let clauses = &self.view.clauses;
        let of = |class: &str, g: usize| {
            clauses.groups.get(g).is_some_and(|g| self.context.classes.has(class, &g.lemma))
        };
        let Some(group) = frame.group else { return 2 };
        let carried = !frame.nominal || of("carrier", group);
        let mut depth = usize::from(!carried);
        for (step, at) in clauses.chain(group).enumerate() {
            let told = step == 0 || of("say", at) || clauses.is_light(at);
            depth += usize::from(!told);
            // "the fees it charges": tells which are meant.
            let contact = clauses.groups.get(at).is_some_and(|g| g.contact);
            depth += 2 * usize::from(contact || clauses.is_aside(self.view.words, at));
        }
        depth
    }
}

fn states_of(sides: &[Side]) -> States {
    distinct(sides.iter().filter_map(|s| s.party.country))
}

/// Beside a party whose state is known, those of the same role without one are left out.
fn only_states_where_known(sides: &mut Vec<Side>) {
    let known: Vec<Role> = sides.iter().filter(|s| s.party.country.is_some()).map(|s| s.party.role).collect();
    sides.retain(|s| s.party.country.is_some() || !known.contains(&s.party.role));
}

/// Of the acts of a sentence on general diplomacy the one it is about; the others go, or keep their
/// event without a PLOVER class.
pub(crate) fn main_act(drafts: &mut Vec<Draft>) {
    if !drafts.iter().any(|d| d.general) {
        return;
    }
    let coded = |d: &Draft| d.event.plover.category != PloverCategory::Statement;
    let Some(best) = drafts.iter().filter(|d| coded(d)).map(|d| (d.depth, d.start)).min() else { return };
    let mut told = false;
    drafts.retain(|d| !d.general || (d.depth, d.start) == best && !std::mem::replace(&mut told, true));
    for draft in drafts.iter_mut().filter(|d| (d.depth, d.start) != best && d.depth > best.0) {
        draft.event.plover = Plover { category: PloverCategory::Statement, mode: None };
    }
}

/// The PLOVER class of an act by how far the text commits itself. A contact, support or aid to come
/// is an agreement to it, a retreat to come a concession; what is only possible is not coded.
pub(super) fn plover(rule: &Plover, act: &Act, fact: Factuality, future: bool) -> Plover {
    use PloverCategory::{
        Agree, Aid, Concede, Consult, Cooperate, Retreat, Sanction, Statement, Support, Threaten,
    };
    let plain = |category| Plover { category, mode: None };
    let unreal = matches!(fact, Factuality::Hypothetical | Factuality::Denied);
    match rule.category {
        _ if matches!(act, Act::TariffAction(TariffAction::Threaten)) => plain(Threaten),
        Consult | Cooperate | Agree | Aid | Support | Retreat | Concede | Sanction if unreal => {
            plain(Statement)
        }
        Consult | Cooperate | Aid | Support if future => plain(Agree),
        Retreat if future => plain(Concede),
        Sanction if future && matches!(act, Act::Tension(Tension::Retaliation)) => plain(Threaten),
        _ => rule.clone(),
    }
}
