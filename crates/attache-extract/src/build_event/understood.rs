//! Sides that the sentence does not name with the act: told before, or known from the text as a whole.

use super::*;

use super::collect::side;
use crate::grammar::lower::is;

/// A text of so many sentences tells of the two it names.
const SHORT: usize = 4;

/// How many sentences a quarrel stays in mind.
const AT_ODDS: usize = 4;

impl Builder<'_> {
    /// "Spent four days there": the state named last, if not that of whoever was there.
    pub(super) fn there(&self, out: &[Side]) -> Option<Side> {
        let (from, to) = self.hit.frame.extent;
        let at = (self.hit.frame.trigger.1..to.max(from)).find(|&i| self.word(i) == "there")?;
        // "Spent a week in Lima and talked to bankers there".
        let named = self.view.who_in((0, at)).any(|w| matches!(w.kind, WhoKind::Place | WhoKind::State));
        let code = self.memory.scene(self.index).filter(|_| !named)?;
        let home = out.iter().any(|s| s.party.country == Some(code));
        (!home).then(|| self.state(code, Role::Participant, self.trigger_span()))
    }

    /// "Chile's pause runs until May, and its licensing rule is on ice": whose what the first clause is about is.
    pub(super) fn possessor_before(&self) -> Option<StateCode> {
        let frame = &self.hit.frame;
        let own = frame.theme.or(frame.agent)?;
        self.view.words.get(own.0).filter(|w| w.lower == "its")?;
        let groups = &self.view.clauses.groups;
        let before = groups.iter().rfind(|g| g.finite && g.head < own.0)?;
        self.view.who_in(before.subject?).find_map(|w| w.country)
    }

    /// "deplored the duties that Chile applied to its goods", "condemned the increase for his country":
    /// whose measure is blamed, by the clause that tells of it or as the last one on whoever blames.
    pub(super) fn maker_of_measure(&self, actors: &States) -> Option<Side> {
        if !self.blames() {
            return None;
        }
        let theme = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal)?;
        let foreign = |code: StateCode| !actors.contains(&code);
        let maker = self.view.clauses.maker(self.view.words, theme).and_then(|range| self.actor_in(range));
        if let Some(code) = maker.and_then(|s| s.party.country).filter(|code| foreign(*code)) {
            return Some(self.state(code, Role::Recipient, self.trigger_span()));
        }
        // "Delhi is weighing a fee on ships, which Colombo calls unfriendly": whoever does to it what the clause before
        // tells.
        let holds = |range: Range| range.0 <= theme.0 && theme.0 < range.1;
        let before = self.view.clauses.groups.iter().rfind(|g| {
            g.finite
                && !g.passive
                && theme.1 < self.hit.frame.trigger.0
                && g.head < theme.0
                && (g.theme.is_some_and(holds) || g.preps.iter().any(|(_, range)| holds(*range)))
        });
        let maker = before.and_then(|g| self.actor_in(g.subject?)).and_then(|s| s.party.country);
        if let Some(code) = maker.filter(|code| foreign(*code)) {
            return Some(self.state(code, Role::Recipient, self.trigger_span()));
        }
        // "criticised the rule and urged Washington to revoke it": whoever is urged made it.
        let subject = self.own_group().and_then(|g| g.subject);
        let urged = self.view.clauses.groups.iter().find(|g| {
            subject.is_some()
                && g.subject == subject
                && g.finite
                && g.head > self.hit.frame.trigger.0
                && is!(g.lemma, "urge" | "ask" | "press")
        });
        let urged = urged.and_then(|g| self.actor_in(g.theme?)).and_then(|s| s.party.country);
        if let Some(code) = urged.filter(|code| foreign(*code)) {
            return Some(self.state(code, Role::Recipient, self.trigger_span()));
        }
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let rise = (theme.0..theme.1).any(|i| self.word(i) == "increase" || self.word(i) == "rise");
        let on_tariff = rise || self.view.has(theme, measures);
        let named = self.view.who_in(theme).any(|w| w.country.is_some_and(foreign));
        let [actor] = actors.as_slice() else { return None };
        let code = self.memory.who_hit(*actor).filter(|_| on_tariff && !named)?;
        Some(self.state(code, Role::Recipient, self.trigger_span()))
    }

    /// The authority that condemns or orders in a paper of its own.
    pub(super) fn author(&self) -> Option<Side> {
        let tension = self.hit.rule.act.kind() == Kind::Tension && self.context.official;
        if !tension || self.context.first_person {
            return None;
        }
        let named = self.context.signatory.as_ref().map(|who| side(who, Role::Actor));
        named.or_else(|| Some(self.state(self.context.voice?, Role::Actor, self.trigger_span())))
    }

    /// "Issued notices that put ten firms on the list": whoever issued them.
    pub(super) fn issuer(&self) -> Option<Range> {
        let agent = self.hit.frame.agent?;
        let issues = |g: &&Group| !g.passive && g.theme == Some(agent) && g.head < agent.0;
        self.view.clauses.groups.iter().find(issues)?.subject
    }

    /// The side that acts where the clause leaves it out: the other one of the two, or the voice.
    pub(super) fn understood_actor(&self, stance: &Stance, found: &[Side]) -> Option<Side> {
        if let Some(range) = stance.speaker {
            let mut out = Vec::new();
            self.collect(range, Role::Actor, &mut out);
            if let Some(first) = out.into_iter().find(|s| s.party.country.is_some()) {
                return Some(first);
            }
        }
        // "The ministry announced that curbs would apply": whoever announced them.
        let teller = self.hit.frame.group.filter(|_| self.hit.rule.act.kind() == Kind::Tension);
        let above = teller.and_then(|g| {
            let mut above = self.view.clauses.above(g);
            above.find(|g| !g.passive && self.context.classes.has("declare", &g.lemma))?.subject
        });
        if let Some(first) = above.and_then(|range| self.actor_in(range)) {
            return Some(first);
        }
        let hits: Vec<StateCode> = found
            .iter()
            .filter(|s| s.party.role == Role::Recipient)
            .filter_map(|s| s.party.country)
            .collect();
        let free = |code: &StateCode| !hits.contains(code) && !self.on_ships_of(*code);
        let other = match (hits.first(), self.context.sides.as_slice()) {
            (Some(hit), [a, b]) if hit == a || hit == b => Some(if hit == a { *b } else { *a }),
            _ => None,
        };
        // "Beijing announced three steps: the lifting of …": whoever announced them.
        let opener = || self.before_colon().filter(|_| self.hit.rule.act.kind() == Kind::Tension);
        let tension = self.hit.rule.act.kind() == Kind::Tension;
        let blames = self.only_words();
        // "The rule adds two firms to the list", in the paper of an authority: it does.
        let house = || self.context.voice.filter(|_| tension && self.context.official);
        let guess = || {
            other
                .filter(free)
                .or_else(|| self.control_owner().filter(free))
                .or_else(|| self.owner_by_name().map(|(code, _)| code).filter(free))
        };
        // "Fees will be levied on ships built in China": by the other one of the two.
        let payer = match self.context.sides.as_slice() {
            [a, b] if self.on_ships_of(*a) => Some(*b),
            [a, b] if self.on_ships_of(*b) => Some(*a),
            _ => None,
        };
        let code = payer
            .or_else(|| self.section())
            .filter(free)
            .or_else(|| opener().filter(free))
            .or_else(|| house().filter(free))
            // Whose blame it is cannot be guessed.
            .or_else(|| if tension && blames { None } else { guess() })
            .or(self.context.voice.filter(free))
            // "An inquiry into brandy was opened": by the side that acted last.
            .or_else(|| {
                // "India's ban on Bangladeshi jute was announced in June": by no third state.
                let named = distinct(self.view.who.iter().filter_map(|w| w.country));
                let may = |code: &StateCode| named.len() < 2 || named.contains(code);
                self.memory.doer(self.index).filter(|code| tension && !blames && free(code) && may(code))
            });
        Some(self.state(code?, Role::Actor, self.trigger_span()))
    }

    /// "Fees will be levied on ships built in China or run by Chinese firms": not by China.
    pub(super) fn on_ships_of(&self, code: StateCode) -> bool {
        let mut named = self.view.who.iter().filter_map(|w| w.country).peekable();
        self.hit.rule.act == Act::Tension(Tension::PortFees)
            && named.peek().is_some()
            && named.all(|country| country == code)
    }

    /// "The October rules on rare earths have been shelved": whose rules such are, in a text of the two.
    pub(super) fn control_owner(&self) -> Option<StateCode> {
        let tension = self.hit.rule.act.kind() == Kind::Tension;
        let known = |class: &str| {
            self.context.classes.get(class).is_some_and(|p| self.view.has((0, self.view.words.len()), p))
        };
        let code: StateCode = match () {
            () if known("control_cn") => "CN".parse().ok()?,
            () if known("control_us") => "US".parse().ok()?,
            () => return None,
        };
        (tension && self.context.sides.contains(&code)).then_some(code)
    }

    /// The state whose actions the list tells, by its heading, or the passage, by its label; where but one
    /// state has acted so far, the labels tell of whom it hits.
    pub(super) fn section(&self) -> Option<StateCode> {
        let at = |of: &[Option<StateCode>]| of.get(self.index).copied().flatten();
        let label = || {
            // Where whoever has acted is itself a label, the labels tell of who acts.
            let labelled = |one: StateCode| self.context.labels.contains(&Some(one));
            let one = self.memory.only_actor().filter(|one| !labelled(*one));
            at(self.context.labels)
                .filter(|code| one.is_none_or(|one| one == *code) && !self.names_others(*code))
        };
        at(self.context.sections).or_else(|| self.context.ledger.is_none().then(label).flatten())
    }

    /// "India", above a paragraph of a ledger of somebody else's duties: who pays, and who has laid them.
    pub(super) fn in_ledger(&self) -> Option<(StateCode, StateCode)> {
        let label = self.context.labels.get(self.index).copied().flatten()?;
        Some((label, self.context.ledger?))
    }

    /// "INDIA. On Monday America's duty on its goods began": whether the sentence names another state that acts.
    fn names_others(&self, label: StateCode) -> bool {
        self.view.who.iter().any(|w| {
            w.country.is_some_and(|code| code != label)
                && !matches!(w.kind, WhoKind::Adjective | WhoKind::Group | WhoKind::Firm | WhoKind::Place)
                && !self.of_goods(w)
        })
    }

    /// "closed its tenders to European makers": the one state outside the two of the text that the words
    /// behind the act name, rather than the other of the two.
    pub(super) fn third_named(&self, actors: &States) -> Option<Side> {
        let words = self.view.words;
        let from = self.hit.frame.trigger.1;
        let ends = |w: &Word| {
            w.lower == ";"
                || is!(
                    w.lower,
                    "while"
                        | "whereas"
                        | "after"
                        | "before"
                        | "because"
                        | "although"
                        | "but"
                        | "said"
                        | "says"
                )
        };
        let end = (from..words.len()).find(|&i| words.get(i).is_some_and(ends)).unwrap_or(words.len());
        // "Brussels freezes its retaliation, Delhi digs in": what another clause is about is not hit.
        let comma =
            |start: usize| start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        let groups = self.view.clauses.groups.iter();
        let next = groups.filter(|g| g.finite && g.start > from).filter_map(|g| g.subject).map(|s| s.0);
        let end = next.filter(|&start| start > from && comma(start)).fold(end, usize::min);
        // "took it to Geneva, and found buyers in Peru": what the next verb tells is of others.
        let joined = |g: &&Group| {
            let before = g.start.checked_sub(1).and_then(|i| words.get(i));
            g.finite && g.start > from && before.is_some_and(|w| w.tag == Tag::Conj || w.lower == ",")
        };
        let end = self.view.clauses.groups.iter().find(joined).map_or(end, |g| g.start.min(end));
        let kinds = |w: &&Who| {
            matches!(w.kind, WhoKind::State | WhoKind::Adjective | WhoKind::Group | WhoKind::Body)
                && w.country.is_some()
        };
        let tension = self.hit.rule.act.kind() == Kind::Tension;
        let mut found =
            self.view.who_in((from, end)).filter(kinds).filter_map(|w| w.country.map(|c| (c, w.span)));
        let (code, at) = found.next().filter(|_| tension)?;
        let alone = found.all(|(other, _)| other == code);
        let outside = !actors.contains(&code) && !self.context.sides.contains(&code);
        (alone && outside).then(|| self.state(code, Role::Recipient, at))
    }

    /// "designated a refinery in Hebei, China": the state where whatever is hit lies.
    pub(super) fn sited_recipient(&self, found: &[Side]) -> Option<Side> {
        let rule = self.hit.rule;
        let aimed = rule.act.kind() == Kind::Tension
            && matches!(rule.act.subtype(), "sanction" | "entity_listing" | "investigation")
            && !rule.recipient.is_empty()
            && !self.hit.frame.nominal;
        let frame = &self.hit.frame;
        let within = frame.preps.iter().filter(|(p, _)| {
            self.view.words.get(*p).is_some_and(|w| is!(w.lower, "in" | "into" | "from" | "against"))
        });
        let actors: Vec<Option<StateCode>> =
            found.iter().filter(|s| s.party.role == Role::Actor).map(|s| s.party.country).collect();
        let mut ranges = frame.theme.filter(|_| aimed).into_iter().chain(within.map(|(_, r)| *r));
        let sited =
            |w: &&Who| w.kind == WhoKind::Place && w.country.is_some() && !actors.contains(&w.country);
        let who = ranges.find_map(|range| self.view.who_in(range).find(sited)).filter(|_| aimed)?;
        Some(self.state(who.country?, Role::Recipient, who.span))
    }

    /// Whom a measure hits where its clause names nobody: a state whose goods or firms the clause
    /// speaks of, else the other one of the two sides. A measure on the goods of all hits nobody.
    pub(super) fn understood_recipient(&self, found: &[Side]) -> Option<Side> {
        let rule = self.hit.rule;
        let aimed = rule.act.kind() == Kind::Tension && rule.act.subtype() != "export_control";
        if !aimed || rule.recipient.is_empty() {
            return None;
        }
        let actor = found.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country)?;
        let extent = self.hit.frame.extent;
        let named = self
            .view
            .who_in(extent)
            .filter(|w| matches!(w.kind, WhoKind::Adjective | WhoKind::State | WhoKind::Group))
            .filter_map(|w| w.country.map(|code| (code, w.span)))
            .find(|(code, _)| *code != actor && self.context.sides.contains(code));
        if let Some((code, span)) = named {
            return Some(self.state(code, Role::Recipient, span));
        }
        let worldwide = self.context.classes.get("worldwide").unwrap_or_default();
        if self.view.has(extent, worldwide) {
            return None;
        }
        let other = self.other(found, Role::Recipient).map(|side| Side { pair: true, ..side });
        // Firms that are listed may be of any state.
        let firms = matches!(rule.act.subtype(), "sanction" | "entity_listing");
        other.or_else(|| self.at_odds_with(actor).filter(|_| !firms && !rule.hypothetical))
    }

    /// "Peru ended its duty on Chilean wine, and Santiago dropped its complaint": the one other state that the
    /// sentence names, else the one with which the text has told the actor to be at odds.
    pub(super) fn at_odds_with(&self, actor: StateCode) -> Option<Side> {
        let acts = |w: &&Who| {
            matches!(w.kind, WhoKind::State | WhoKind::Adjective | WhoKind::Body | WhoKind::Person)
        };
        let named = self.view.who.iter().filter(acts).filter_map(|w| w.country);
        let named: States = named.filter(|code| *code != actor).collect();
        let code = match named.as_slice() {
            [] => self.memory.opponent(self.index, actor, AT_ODDS)?,
            [one] => *one,
            _ => return None,
        };
        Some(self.state(code, Role::Recipient, self.trigger_span()))
    }

    /// "the inquiry into chip imports that the Commerce Department opened": on national security, into the
    /// goods of all states, where nobody speaks of dumping or subsidies.
    fn probes_all_imports(&self, actor: StateCode) -> bool {
        if self.hit.rule.act.subtype() != "investigation" || actor != StateCode::US {
            return false;
        }
        let words = self.view.words;
        let sold =
            |w: &Word| is!(w.lemma, "dumping" | "anti-dumping" | "antidumping" | "subsidy" | "antitrust");
        let any = words.iter().any(|w| is!(w.lower, "imports" | "imported"));
        let house = self.view.who.iter().filter(|w| w.country == Some(StateCode::US));
        let mut house = house.filter_map(|w| w.name.as_deref().into_iter().chain(w.office.as_deref()).next());
        let commerce = house.any(|name| caseless::contains(name, "commerce"));
        (any || commerce) && !words.iter().any(sold)
    }

    /// The side of the two that does not act.
    pub(super) fn other(&self, found: &[Side], role: Role) -> Option<Side> {
        let actor = found.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country)?;
        if self.probes_all_imports(actor) {
            return None;
        }
        // In a text on the bargains of one state with several, what is promised is promised to that one.
        if let [hub] = *self.context.sides.as_slice()
            && hub != actor
            && self.is_commitment()
            && self.context.on_trade
        {
            return Some(self.state(hub, role, self.trigger_span()));
        }
        let [a, b] = self.context.sides.as_slice() else { return None };
        let code = if actor == *a {
            *b
        } else if actor == *b {
            *a
        } else {
            return None;
        };
        // A text on many states, in which these two have done nothing to each other, tells of no pair.
        let pair = self.context.bilateral
            || match self.memory.opponent(self.index, actor, usize::MAX) {
                Some(last) => last == code,
                None => self.context.doc.sentences.len() <= SHORT,
            };
        pair.then(|| self.state(code, role, self.trigger_span()))
    }
}
