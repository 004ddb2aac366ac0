//! Who takes part, read from the places a rule names.

use super::*;

use super::collect::{dedup, of_a_firm, side};
use crate::grammar::lower::{WordId, is};

/// So many words may stand between what is stopped and its stop: "end its purchases", "cut its own imports".
const SHUNS: usize = 5;

impl Builder<'_> {
    /// Who takes part, or why nobody does.
    pub(super) fn parties(&self, stance: &Stance) -> Result<Vec<Side>, Reason> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        if kind == Kind::Forecast
            && let Some(sides) = self.parties_of_joint_act()
        {
            return Ok(sides);
        }
        let mut out: Vec<Side> = Vec::new();
        self.done_by(stance, &mut out);
        if kind == Kind::Tension {
            self.joined_by(&mut out);
        }
        // The measure is somebody's who does it.
        if kind == Kind::Tension && rule.actor.iter().any(|a| a == "agent") {
            self.makers(&mut out);
        }
        let actors = distinct(out.iter().filter_map(|s| s.party.country));
        if self.bound_for(&actors) {
            return Err("the goods were bound for whoever stops them".into());
        }
        self.done_to(&actors, &mut out);
        if kind == Kind::Tension {
            self.hit_by_ban(&actors, &mut out);
            // "opened inquiries into sixteen partners, among them Chile and Peru"
            if !rule.recipient.is_empty() && out.iter().all(|s| s.party.role != Role::Recipient) {
                out.extend(self.listed_payers(&actors));
            }
            self.rest_of_list(&mut out);
        }
        if matches!(kind, Kind::Statement | Kind::Forecast) {
            self.home_of_court(&mut out);
        }
        self.done_together(&mut out);
        let named = |s: &Side| s.party.country.is_some() || s.party.name.is_some();
        if !out.iter().any(|s| s.party.role == Role::Actor && named(s)) {
            self.unnamed_actor(&mut out);
        }
        if kind == Kind::BusinessShift {
            self.firm_of_its_state(&mut out);
        }
        if kind == Kind::Forecast {
            self.sides_foreseen(&mut out);
            if self.whose_forecast(stance, &mut out) {
                return Ok(out);
            }
        }
        // Before the two sides of the text are understood.
        if out.is_empty() && kind == Kind::Engagement {
            self.goes_on(&mut out);
        }
        self.actor_understood(stance, &mut out)?;
        if out.iter().all(|s| s.party.role != Role::Recipient)
            && let Some(hit) = self.sited_recipient(&out).or_else(|| self.understood_recipient(&out))
        {
            out.push(hit);
        }
        if rule.actor.is_empty() && matches!(kind, Kind::Engagement | Kind::Agreement) {
            self.others_of_joint_act(stance, &mut out);
        }
        self.inviter(&mut out);
        if out.is_empty() {
            return Err("no party is named".into());
        }
        if !rule.participant.is_empty() {
            self.drop_states_of_people(&mut out);
            self.drop_teller(stance, &mut out);
        }
        if kind == Kind::Statement {
            self.for_the_state(stance, &mut out);
            let addressee = self.addressee(&out);
            out.extend(addressee);
        }
        // "The boss of Acme is disappointed with the curbs": he accuses no state for his own.
        let acts = |s: &Side| s.party.role == Role::Actor;
        if kind == Kind::Tension && out.iter().any(acts) {
            // "A WTO panel will hear Norway's complaint": the case is Norway's.
            let of_state = |s: &Side| acts(s) && s.party.country.is_some();
            if rule.act == Act::Tension(Tension::WtoDispute) && out.iter().any(of_state) {
                out.retain(|s| !acts(s) || s.party.country.is_some());
            }
            out.retain(|s| !acts(s) || !of_a_firm(s));
            if !out.iter().any(acts) {
                return Err("speaks for no state".into());
            }
        }
        if let Some(shunned) = self.shunned() {
            let seller = |s: &Side| s.party.country.is_some_and(|code| shunned.contains(&code));
            out.retain(|s| s.party.role != Role::Recipient || !seller(s));
        }
        dedup(&mut out);
        Ok(out)
    }

    /// Whoever does it, from the first place of the rule that names somebody.
    fn done_by(&self, stance: &Stance, out: &mut Vec<Side>) {
        let rule = self.hit.rule;
        // "“Firms must open their books,” Roe told reporters": Roe speaks, not the firms.
        if let Some(speaker) = self.quoted_before().filter(|_| rule.act.kind() == Kind::Statement) {
            self.collect(speaker, Role::Actor, out);
            return;
        }
        // "Roe, on X: “Peru is cheating us”": Roe blames Peru.
        let words = rule.act.kind() == Kind::Statement || self.only_words();
        if let Some(speaker) = self.speaks_before_colon().filter(|_| words && rule.learned) {
            self.collect(speaker, Role::Actor, out);
            if !out.is_empty() {
                return;
            }
        }
        for place in &rule.actor {
            if out.iter().any(|s| s.party.role == Role::Actor) {
                break;
            }
            // "He spoke on Monday. The World Bank expects growth to slow": the bank's view, not his.
            let judges = |range: Range| self.view.who_in(range).any(|w| w.kind == WhoKind::Body);
            let own_view = rule.act.kind() == Kind::Forecast && stance.speaker.is_none();
            if place == "speaker" && own_view && self.hit.frame.agent.is_some_and(judges) {
                continue;
            }
            if place == "speaker" {
                self.collect_speaker(stance, out);
                // "A duty on Canadian goods would cost jobs, Acme Research said": whose view it is.
                let judge = stance.speaker.filter(|&range| {
                    rule.act.kind() == Kind::Forecast
                        && out.is_empty()
                        && crate::firm::judges(self.view, self.context.classes, range)
                });
                out.extend(judge.and_then(|range| self.unnamed_firm(range)));
                continue;
            }
            // "That rule has been on ice": whose it is was told before.
            if place == "doer of it" {
                let doer = self.possessor_before().or_else(|| self.memory.doer(self.index));
                out.extend(doer.map(|code| self.state(code, Role::Actor, self.trigger_span())));
                continue;
            }
            // "Exporters in China need a permit": of their state.
            if place == "state of agent" {
                let agent = self.hit.frame.agent.unwrap_or((0, 0));
                let state = self.view.who_in(agent).find_map(|w| w.country.map(|code| (code, w.span)));
                // "Thai Airways will order 45 aircraft": the firm, where it commits itself.
                let commits =
                    self.is_commitment() && crate::firm::named(self.view, self.context.classes, agent);
                let firm =
                    commits.then(|| self.unnamed_firm(crate::firm::head_part(self.view, agent))).flatten();
                out.extend(state.map(|(code, at)| match firm {
                    Some(mut firm) => {
                        firm.party.country = Some(code);
                        firm
                    }
                    None => self.state(code, Role::Actor, at),
                }));
                continue;
            }
            for range in self.ranges(place) {
                let range = if place == "theme" { self.whose_measure(range) } else { range };
                // "India's ban on Bangladeshi jute hurts traders": India's act alone.
                let ban = rule.act.kind() == Kind::Tension && place == "agent";
                if let Some(owner) = ban.then(|| self.owner_of_ban(range)).flatten() {
                    out.push(owner);
                    continue;
                }
                self.collect(self.firm_alone(range), Role::Actor, out);
            }
            // "are welcome again in Chile", "were turned away in Chile": the state lets them in or does not.
            let there = rule.act.kind() == Kind::Tension
                && matches!(place.as_str(), "in" | "into" | "at")
                && out.iter().all(|s| s.party.role != Role::Actor);
            if there {
                let sites: Vec<Range> = self.ranges(place).into_iter().collect();
                let site = |w: &&Who| w.kind == WhoKind::Place && w.country.is_some();
                let site = sites.into_iter().find_map(|range| self.view.who_in(range).find(site));
                out.extend(site.and_then(|w| Some(self.state(w.country?, Role::Actor, w.span))));
            }
        }
    }

    /// Who tells what stands in the quotation with which the sentence begins, where the act is told in it.
    fn quoted_before(&self) -> Option<Range> {
        let words = self.view.words;
        let mark = |i: &usize| words.get(*i).is_some_and(|w| is!(w.lower, "\"" | "“" | "”"));
        let opened = words.first().is_some_and(|w| is!(w.lower, "\"" | "“"));
        let close = (self.hit.frame.trigger.1..words.len()).find(mark).filter(|_| opened)?;
        let tells = |g: &&Group| {
            g.finite && g.head > close && (g.lemma == "tell" || self.context.classes.has("say", &g.lemma))
        };
        let told = self.view.clauses.groups.iter().find(tells)?;
        // "…, said Roe"
        let behind = (told.head == close + 1).then_some(told.theme.or(told.subject)).flatten();
        behind.or(told.subject).filter(|range| range.0 > close)
    }

    /// Whoever is named before the colon that opens the quotation in which the act is told.
    fn speaks_before_colon(&self) -> Option<Range> {
        let words = self.view.words;
        let opens = |&i: &usize| {
            words.get(i).is_some_and(|w| w.lower == ":")
                && words.get(i + 1).is_some_and(|w| is!(w.lower, "\"" | "“" | "‘" | "'"))
        };
        let colon = (0..self.hit.frame.trigger.0).find(opens)?;
        let wrote = self.view.clauses.groups.iter().rfind(|g| g.finite && g.head < colon);
        let range = wrote.map_or(Some((0, colon)), |g| g.subject)?;
        let first = self.view.who_in(range).next()?;
        let speaks =
            matches!(first.kind, WhoKind::Person | WhoKind::Office | WhoKind::Body | WhoKind::Authority);
        let (from, to) = self.word_range(first.span);
        (speaks && from <= range.0 + 2).then_some((from, to))
    }

    /// "Chile, joined by Peru and Brazil, put the bank on its list": all of them did.
    fn joined_by(&self, out: &mut Vec<Side>) {
        let [one] = out.as_slice() else { return };
        let words = self.view.words;
        let (_, end) = self.word_range(one.at);
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let led = lower(end) == ","
            && (lower(end + 1) == "joined" && lower(end + 2) == "by"
                || is!(lower(end + 1), "together" | "along") && lower(end + 2) == "with");
        let start = end + 3;
        let close = (start..self.hit.frame.trigger.0).find(|&i| {
            lower(i) == "," && !words.get(i + 1..i + 4).unwrap_or_default().iter().any(|w| w.lower == "and")
        });
        if let Some(close) = close.filter(|_| led) {
            self.collect((start, close), Role::Actor, out);
        }
    }

    /// Where no state is named that does it: the one that made the measure, or whose paper tells it.
    fn makers(&self, out: &mut Vec<Side>) {
        // "The fees that Washington adopted remain suspended": whoever made the measure.
        if out.iter().all(|s| s.party.country.is_none()) {
            let maker =
                self.hit.frame.theme.and_then(|theme| self.view.clauses.maker(self.view.words, theme));
            if let Some(range) = maker.or_else(|| self.issuer()) {
                let mut found = Vec::new();
                self.collect(range, Role::Actor, &mut found);
                if found.iter().any(|s| s.party.country.is_some()) {
                    *out = found;
                }
            }
        }
        // "Beijing's halt to Japanese fish, imposed in 2023, is still in place": whose ban it is.
        if out.iter().all(|s| s.party.country.is_none())
            && !self.hit.frame.nominal
            && let Some(owner) = self.hit.frame.theme.and_then(|theme| self.owner_of_ban(theme))
        {
            *out = vec![owner];
        }
        // "The harbour authorities will collect the dues", in a ministry's own paper: those of its state.
        let nameless = |s: &Side| s.party.country.is_none() && self.kind_at(s) == Some(WhoKind::Authority);
        if !out.is_empty()
            && out.iter().all(nameless)
            && let Some(author) = self.author()
        {
            *out = vec![author];
        }
    }

    /// "China's ban on fish", "the Chinese embargo": the state before the noun of a measure.
    fn owner_of_ban(&self, theme: Range) -> Option<Side> {
        let words = self.view.words;
        let prep = (theme.0..theme.1)
            .find(|&i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To)))
            .unwrap_or(theme.1);
        let noun = (theme.0..prep).rev().find(|&i| {
            words.get(i).is_some_and(|w| {
                is!(
                    w.lemma,
                    "ban"
                        | "embargo"
                        | "halt"
                        | "boycott"
                        | "prohibition"
                        | "block"
                        | "freeze"
                        | "moratorium"
                        | "curb"
                        | "restriction"
                        | "control"
                )
            })
        })?;
        let mut owners = self.view.who_in((theme.0, noun)).filter(|w| {
            let (_, end) = self.word_range(w.span);
            w.country.is_some()
                && (words.get(end).is_some_and(|next| is!(next.lower, "'s" | "’s"))
                    // "Russian curbs" may be those on Russia.
                    || w.kind == WhoKind::Adjective
                        && end <= noun
                        && noun - end <= 2
                        && !words.get(noun).is_some_and(|w| is!(w.lemma, "curb" | "restriction" | "control")))
        });
        let owner = owners.next().filter(|_| owners.next().is_none())?;
        owner.country.map(|code| self.state(code, Role::Actor, owner.span))
    }

    /// "India's ban on Bangladeshi jute hurts traders": whose goods are banned.
    fn hit_by_ban(&self, actors: &States, out: &mut Vec<Side>) {
        let frame = &self.hit.frame;
        if out.iter().any(|s| s.party.role == Role::Recipient) {
            return;
        }
        let ban =
            frame.agent.into_iter().chain(frame.theme).find(|&range| self.owner_of_ban(range).is_some());
        let mut found = Vec::new();
        self.collect(ban.unwrap_or((0, 0)), Role::Recipient, &mut found);
        found.retain(|s| s.party.country.is_some_and(|code| !actors.contains(&code)));
        out.extend(found);
    }

    /// "Myanmar's shipments of ore to China were stopped by Beijing", "customs stopped a shipment of Thai gloves":
    /// whoever stops what others send it controls no exports.
    fn bound_for(&self, actors: &States) -> bool {
        let Some((start, end)) = self.hit.frame.theme else { return false };
        let words = self.view.words;
        let at = |span: Span| words.partition_point(|w| w.span.start < span.start);
        let mut named = self.view.who_in((start, end)).filter_map(|w| Some((at(w.span), w.country?)));
        let sender = |(_, code): &(usize, StateCode)| !actors.contains(code);
        let Some((first, _)) = named.next().filter(sender) else { return false };
        let adjective = self.view.who_in((start, end)).next().is_some_and(|w| w.kind == WhoKind::Adjective);
        let word = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or(WordId::NONE, |w| w.lower.id());
        let shipped =
            is!(word(first.checked_sub(2)), "shipment" | "shipments" | "deliveries" | "consignments");
        let of_others = adjective && shipped && word(first.checked_sub(1)) == "of";
        let sent_here = named.any(|(at, code)| word(at.checked_sub(1)) == "to" && actors.contains(&code));
        self.hit.rule.act == Act::Tension(Tension::ExportControl)
            && self.hit.rule.status != Some(Status::Eased)
            && (sent_here
                || of_others
                    && !words.get(first..end).is_some_and(|rest| rest.iter().any(|w| w.lower == "to")))
    }

    /// "She urged the Chilean side to revoke it": whoever is urged does not speak.
    pub(super) fn addressed(&self, sides: &[Side]) -> bool {
        let urged = |at: Span| {
            self.view.clauses.groups.iter().any(|g| {
                g.finite
                    && !g.passive
                    && is!(
                        g.lemma,
                        "urge" | "ask" | "press" | "tell" | "call" | "implore" | "accuse" | "warn"
                    )
                    && g.subject.is_some()
                    && g.theme.is_some_and(|theme| self.span_of(theme).contains(at))
            })
        };
        // "We have asked Lima to think again", whoever we are: not Lima.
        let asked =
            self.own_group().filter(|g| is!(g.lemma, "urge" | "ask" | "press" | "call") && !g.passive);
        let asked = asked.and_then(|g| g.theme).and_then(|theme| {
            self.view.who_in(theme).find(|w| w.kind == WhoKind::State).and_then(|w| w.country)
        });
        sides
            .iter()
            .filter(|s| s.party.role == Role::Actor)
            .any(|s| self.hit.rule.learned && urged(s.at) || asked.is_some() && s.party.country == asked)
    }

    /// Whoever it is done to.
    fn done_to(&self, actors: &States, out: &mut Vec<Side>) {
        let rule = self.hit.rule;
        for place in &rule.recipient {
            if out.iter().any(|s| s.party.role == Role::Recipient) {
                break;
            }
            let guessed = matches!(place.as_str(), "other" | "doer of it");
            if guessed && let Some(side) = self.maker_of_measure(actors) {
                out.push(side);
                continue;
            }
            if guessed && let Some(side) = self.third_named(actors) {
                out.push(side);
                continue;
            }
            if place == "other" {
                let side = self.other(out, Role::Recipient);
                out.extend(side);
                continue;
            }
            // "Ottawa called the step unjustified": who took the step told last.
            if place == "doer of it" {
                let doer = self.memory.doer(self.index).filter(|code| !actors.contains(code));
                out.extend(doer.map(|code| self.state(code, Role::Recipient, self.trigger_span())));
                continue;
            }
            let mut found = Vec::new();
            for range in self.ranges(place) {
                self.collect(self.whole_list(range), Role::Recipient, &mut found);
            }
            found.retain(|s| s.party.country.is_some_and(|c| !actors.contains(&c)));
            // "asked for a panel on Norway's fee, an official said in Geneva": where it is said.
            let sited = |s: &Side| self.kind_at(s) == Some(WhoKind::Place);
            let wide = matches!(place.as_str(), "complement" | "clause" | "sentence");
            if wide && rule.act.kind() == Kind::Tension && !found.iter().all(sited) {
                found.retain(|s| !sited(s));
            }
            // "brought the case in Geneva": where the court sits.
            if rule.act == Act::Tension(Tension::WtoDispute) {
                found.retain(|s| {
                    let (at, _) = self.word_range(s.at);
                    self.view.words.get(at).is_none_or(|w| w.lower != "geneva")
                });
            }
            out.extend(found);
        }
    }

    /// "promised to stop buying Chilean copper", "agreed to end its imports of copper from Chile": whose goods they
    /// are has no gain of the promise.
    fn shunned(&self) -> Option<States> {
        let words = self.view.words;
        let from = self.hit.frame.trigger.0;
        let stops = |w: &Word| {
            is!(
                w.lemma,
                "stop" | "cease" | "halt" | "end" | "cut" | "reduce" | "slash" | "limit" | "phase" | "curb"
            )
        };
        let buys =
            |w: &Word| is!(w.lemma, "buy" | "purchase" | "import" | "imports" | "purchases" | "buying");
        let stop = (from..words.len()).find(|&i| words.get(i).is_some_and(stops))?;
        let bought = (stop + 1..(stop + SHUNS).min(words.len())).find(|&i| words.get(i).is_some_and(buys))?;
        let end = words.get(bought..)?.iter().position(|w| is!(w.lower, "," | ";" | "and" | "to" | "under"));
        let last = end.map_or(words.len(), |end| bought + end).checked_sub(1)?;
        let shunned = distinct(self.view.who_in((bought, last + 1)).filter_map(|w| w.country));
        self.is_commitment().then_some(shunned)
    }

    /// Whoever does it together with others.
    fn done_together(&self, out: &mut Vec<Side>) {
        let rule = self.hit.rule;
        for place in &rule.participant {
            // "Spent four days there": in the state where the text was last.
            if place == "there" {
                out.extend(self.there(out));
                continue;
            }
            if place == "pair" {
                out.extend(
                    self.context.sides.iter().map(|&c| self.state(c, Role::Participant, self.trigger_span())),
                );
            }
            for range in self.ranges(place) {
                self.collect(range, Role::Participant, out);
            }
        }
        // "This was the first joint statement since …, when both sides …".
        let bloc = |s: &Side| s.party.name.as_deref().is_some_and(|name| BLOCS.contains(&name));
        if rule.act.kind() == Kind::Agreement
            && !rule.participant.is_empty()
            && distinct(out.iter().filter_map(|s| s.party.country)).is_empty()
            && !out.iter().any(bloc)
        {
            self.collect((0, self.view.words.len()), Role::Participant, out);
            out.retain(|s| s.pair);
        }
        if !rule.participant.is_empty() {
            self.led_by(out);
            self.drop_states_of_people(out);
        }
    }

    /// Adds whose view a forecast is and whom it is about; whether nobody else is to be looked for.
    fn whose_forecast(&self, stance: &Stance, out: &mut Vec<Side>) -> bool {
        // "Jane Roe, a trade economist in Lima, expects": of the state in which she sits.
        if let [Side { party: Player { role: Role::Actor, country: country @ None, .. }, at, .. }] =
            out.as_mut_slice()
        {
            let agent = self.hit.frame.agent.filter(|&range| self.span_of(range).contains(*at));
            // "The World Bank's office in Hanoi": a body of many states is of none.
            let agent = agent.filter(|&range| {
                !self
                    .view
                    .who_in(range)
                    .any(|w| w.kind == WhoKind::Body && w.country.is_none() && w.name.is_some())
            });
            *country = agent.and_then(|range| crate::firm::home(self.view, range));
        }
        // "Acme expects the duties to cost it millions": nobody acts, whoever judges is named.
        if out.is_empty() && !self.hit.frame.nominal {
            let mut judges = stance.speaker.into_iter().chain(self.hit.frame.agent);
            let judge = judges.find(|&range| crate::firm::judges(self.view, self.context.classes, range));
            out.extend(judge.and_then(|range| self.unnamed_firm(range)));
            if !out.is_empty() {
                return true;
            }
        }
        // "One manager expects to ship less": no state's act.
        if out.is_empty() && !self.hit.frame.nominal && self.guesses() {
            out.extend(self.hit.frame.agent.and_then(|range| self.unnamed_firm(range)));
        }
        if out.is_empty() && self.context.on_trade && self.context.sides.len() == 2 {
            out.extend(self.sides_understood());
            return true;
        }
        false
    }

    /// Adds who is understood to do it, where the rule asks for somebody and nobody is named.
    fn actor_understood(&self, stance: &Stance, out: &mut Vec<Side>) -> Result<(), Reason> {
        let rule = self.hit.rule;
        let forecast = rule.act.kind() == Kind::Forecast;
        if out.iter().all(|s| s.party.role != Role::Actor) && !rule.actor.is_empty() {
            let agent = self.hit.frame.agent.or(self.hit.frame.theme).filter(|_| forecast);
            if let Some(actor) = self.understood_actor(stance, out) {
                out.insert(0, actor);
            } else if let Some(range) = agent {
                out.extend(self.unnamed_firm(range));
            } else if rule.act.kind() == Kind::BusinessShift
                && (!rule.agent_has.is_empty() || rule.learned)
                && let Some(range) = self.hit.frame.agent.or(self.hit.frame.theme)
            {
                out.extend(self.unnamed_firm(range));
            } else if rule.actor.iter().any(|a| a != "?") {
                return Err("nobody is named who does it".into());
            }
        }
        Ok(())
    }

    /// The others of an act that nobody does alone.
    fn others_of_joint_act(&self, stance: &Stance, out: &mut Vec<Side>) {
        let kind = self.hit.rule.act.kind();
        // "Both sides should carry out what the Oslo meeting agreed": theirs.
        if kind == Kind::Engagement && self.hit.frame.nominal && out.is_empty() {
            let pair = self.view.who.iter().filter(|w| w.kind == WhoKind::Pair);
            let both = pair.filter_map(|w| w.country.map(|code| self.state(code, Role::Participant, w.span)));
            out.extend(both.map(|side| Side { pair: true, ..side }));
        }
        self.oneself(stance, out);
        if kind == Kind::Engagement {
            self.told_each_other(out);
            self.at_request(out);
            self.named_behind(out);
            self.led_there(out);
            self.who_calls_off(out);
            self.named_on(out);
            self.accompanied(out);
            out.retain(|s| !of_a_firm(s));
        }
        self.host_of_phrase(out);
        self.teller(stance, out);
        self.opposite(out);
        self.third_place(out);
        self.counterpart(out);
        if kind == Kind::Engagement {
            self.named_peer(out);
            self.held_by_people(out);
            self.heads_of_sides(out);
        }
        if kind == Kind::Engagement
            && out.iter().all(|s| s.pair)
            && !self.beside_another()
            && !self.own_people()
        {
            let named = out.iter().any(|s| s.at != self.trigger_span());
            let people = self.people_of_both_sides(named);
            if !people.is_empty() {
                *out = people;
            }
        }
    }

    /// "The Supreme Court found that the statute allows no duties": a court rules on the measures of its
    /// own state, by their name or as those told of last.
    fn home_of_court(&self, out: &mut [Side]) {
        for side in out.iter_mut().filter(|s| s.party.role == Role::Actor && s.party.country.is_none()) {
            let court = side.party.name.as_deref().is_some_and(|name| caseless::contains(name, "court"));
            let named = || self.owner_by_name().map(|(code, _)| code);
            if court {
                // Washington's measures are those that courts at home rule on.
                let american = || self.context.sides.contains(&StateCode::US).then_some(StateCode::US);
                side.party.country = named()
                    .or_else(|| self.memory.only_actor())
                    .or_else(|| self.memory.doer(self.index))
                    .or_else(american);
            }
        }
    }

    /// "firms in Ghana, Chile and Peru": all states of the list in which the first one that is hit stands.
    pub(super) fn rest_of_list(&self, out: &mut Vec<Side>) {
        let acting =
            distinct(out.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
        let named = |s: &&Side| s.party.role == Role::Recipient && s.at != self.trigger_span();
        let Some(first) = out.iter().rfind(named).map(|s| s.at) else { return };
        let (_, mut at) = self.word_range(first);
        // A firm's state stands behind it: "two firms in Ghana".
        if self.word(at) == "in" {
            at += 1 + usize::from(self.word(at + 1) == "the");
        }
        while let Some(word) = self.view.words.get(at) {
            let site = self.view.who.iter().find(|w| {
                w.span.start == word.span.start
                    && matches!(w.kind, WhoKind::State | WhoKind::Place)
                    && !w.city
                    && w.country.is_some()
            });
            match site {
                Some(who) => {
                    let known = |code: StateCode| {
                        acting.contains(&code)
                            || out
                                .iter()
                                .any(|s| s.party.role == Role::Recipient && s.party.country == Some(code))
                    };
                    if let Some(code) = who.country.filter(|code| !known(*code)) {
                        out.push(self.state(code, Role::Recipient, who.span));
                    }
                    at = self.word_range(who.span).1;
                }
                None if is!(word.lower, "," | "and" | "the") => at += 1,
                // "twelve firms in Ghana, one in Togo and two in Benin"
                None if self.word(at + 1) == "in" && (word.tag == Tag::Num || word.lower == "one") => at += 2,
                None => break,
            }
        }
    }

    /// "Canberra wants a larger quota": a demand is made of the other side, where it names none.
    fn addressee(&self, sides: &[Side]) -> Option<Side> {
        let actor = sides.iter().find(|s| s.party.role == Role::Actor)?;
        let demands = self.hit.rule.act.subtype() == "demand";
        let addressed = sides.iter().any(|s| s.party.role == Role::Recipient);
        // Whoever speaks for a trade asks their own government.
        let private = self.view.who.iter().any(|w| w.span == actor.at && !w.is("official"));
        let code = actor.party.country.filter(|_| demands && !addressed && !private)?;
        // "The premier wants Ottawa to act", "Congress should refuse": at home.
        let behind = self.hit.frame.trigger.1;
        let at_home = self.view.who_in((behind, self.view.words.len())).any(|w| {
            w.country == Some(code) && w.span != actor.at && matches!(w.kind, WhoKind::State | WhoKind::Body)
        });
        let modal =
            self.own_group().and_then(|g| g.modal.as_ref()).is_some_and(|m| is!(m, "should" | "must"));
        if at_home || modal {
            return None;
        }
        self.at_odds_with(code).or_else(|| self.other(sides, Role::Recipient))
    }

    /// "The premier praised the host. Peru is willing to open its ports": the stance is the premier's, who
    /// has the word in a readout.
    fn for_the_state(&self, stance: &Stance, sides: &mut [Side]) {
        let voice = &self.view.voice;
        let unsaid = stance.speaker.is_none() && voice.own.is_none();
        let Some(who) = voice.carried.as_deref().filter(|w| unsaid && w.kind == WhoKind::Person) else {
            return;
        };
        let took_part = who.name.as_deref().is_some_and(|name| self.memory.contact_of(name).is_some());
        if !(self.context.official || took_part) || who.country.is_none() {
            return;
        }
        let state = |s: &Side| self.kind_at(s) == Some(WhoKind::State);
        for one in sides.iter_mut() {
            if one.party.role == Role::Actor && one.party.country == who.country && state(one) {
                *one = side(who, Role::Actor);
            }
        }
    }

    /// Whoever has the word: in the sentence, in the turn, or right before.
    fn collect_speaker(&self, stance: &Stance, out: &mut Vec<Side>) {
        if let Some(range) = stance.speaker {
            self.collect(range, Role::Actor, out);
        }
        if out.iter().all(|s| s.party.role != Role::Actor)
            && let Some(who) = self.view.voice.own.as_deref().or(self.view.voice.carried.as_deref())
        {
            out.push(side(who, Role::Actor));
        }
        if out.iter().all(|s| s.party.role != Role::Actor) {
            // "… has found that the practice harms trade": what it has found, not what it blames.
            let blames = self.blames();
            let governed = self.own_group().is_none_or(|g| g.governor.is_some());
            out.extend(self.author().filter(|_| !blames || self.depth() == 0 && !governed));
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor, Role};

    /// Subtype, states with `>` between those who act and those who are hit, and factuality of each event.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 9, 10)));
        let told: Vec<String> = (read.events.iter())
            .map(|e| {
                let of = |role: Role| {
                    let states = e.parties.iter().filter(|p| p.role == role).filter_map(|p| p.country);
                    states.map(|code| code.to_string()).collect::<Vec<_>>().join(",")
                };
                let sides = format!("{}>{}", of(Role::Actor), of(Role::Recipient));
                format!("{} {sides} {}", e.act.subtype(), e.factuality)
            })
            .collect();
        assert_eq!(told, expected, "{text:?}");
    }

    #[test]
    fn a_firm_is_of_where_it_sits() {
        for (firm, state) in [
            ("Acme Tools of Dayton, Ohio,", "US"),
            ("Acme Pumps, a Japanese maker of valves,", "JP"),
            ("A weaver in Lyon", "FR"),
            ("Acme, which makes pumps in Vietnam,", ""),
        ] {
            check(
                &format!("{firm} is moving production to Spain to escape the tariffs."),
                &[&format!("supply_chain_relocation {state}> asserted")],
            );
        }
        check(
            "In Lyon, two weavers have moved production to Spain to avoid the tariffs.",
            &["supply_chain_relocation FR> asserted"],
        );
        check(
            "Importers of Colombian coffee are moving their orders to Peru to avoid the tariffs.",
            &["sourcing_change > asserted"],
        );
    }

    #[test]
    fn firms_are_named_beside_what_they_are() {
        for (firm, expected) in [
            ("Toymaker Example Brands", "Example Brands"),
            ("Norwegian pump maker Example Pumps", "Example Pumps"),
            ("Posco and Hyundai Steel", "Posco, Hyundai Steel"),
        ] {
            let text = format!("{firm} shifted production to Spain in May because of the tariffs.");
            let read = Extractor::builtin().extract(&Article::new(&text, Date::constant(2025, 9, 10)));
            let names = read.events.iter().flat_map(|e| &e.parties).filter_map(|p| p.name.as_deref());
            assert_eq!(names.collect::<Vec<_>>().join(", "), expected, "{text:?}");
        }
    }

    #[test]
    fn what_others_tell_is_reported() {
        for (text, expected) in [
            (
                "Chile and Peru will hold talks in Lima on Monday, according to two people familiar with the plan.",
                "talks > reported",
            ),
            (
                "Chile will buy 200,000 tons of Peruvian corn a year, by the Lima government's account.",
                "commitment CL>PE reported",
            ),
            (
                "Peru's president boasted that Chile had agreed to buy 200,000 tons of Peruvian corn a year.",
                "commitment CL>PE reported",
            ),
        ] {
            check(text, &[expected]);
        }
    }

    #[test]
    fn a_demand_is_made_of_the_other_side() {
        check(
            "Chile raised its tariff on Peruvian wine to 20% on Monday. Lima asked for a larger quota on Tuesday.",
            &["increase CL>PE asserted", "demand PE>CL reported"],
        );
    }

    #[test]
    fn whoever_is_told_to_act_is_addressed() {
        check(
            "Chile demanded that Peru “immediately correct” its tariff on copper.",
            &["demand CL>PE reported"],
        );
    }

    #[test]
    fn a_list_of_states_goes_on_behind_numbers() {
        check(
            "On Monday the Commerce Department added 23 firms in China, one in Turkey and two in Oman to the Entity List.",
            &["entity_listing US>CN,TR,OM asserted"],
        );
    }

    #[test]
    fn a_case_at_the_wto_is_one_between_states() {
        let watched = "Officials watch the tariffs, the export controls and the trade truce.";
        check(
            &format!("{watched} A WTO panel will hear Norway's complaint against Peru's copper fee."),
            &["wto_dispute NO>PE asserted"],
        );
        // Geneva is where it is said.
        check(
            &format!(
                "{watched} Norway has asked the WTO to set up a panel on Peru's copper fee, an official said in Geneva."
            ),
            &["wto_dispute NO>PE reported"],
        );
    }

    #[test]
    fn firms_are_named_where_they_are_listed() {
        let text = "The United States put Huawei and ZTE on its Entity List on Monday.";
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 9, 10)));
        let hit = read.events.iter().flat_map(|e| &e.parties).filter(|p| p.role == Role::Recipient);
        assert_eq!(hit.filter_map(|p| p.name.as_deref()).collect::<Vec<_>>(), ["Huawei", "ZTE"]);
    }

    #[test]
    fn goods_pay_where_they_are_built() {
        check(
            "Since May 3, lorries built in Chile have faced a Canadian tariff of 25%.",
            &["impose CA>CL asserted"],
        );
    }

    #[test]
    fn a_condition_behind_a_colon_leaves_it_open() {
        check(
            "Vietnam has troubles of its own: unless it has a deal by November 9, it faces a US duty of 46%.",
            &["threaten US>VN hypothetical"],
        );
    }

    #[test]
    fn a_firm_tells_of_itself_through_its_people() {
        check(
            "The mill has moved its orders from China to Mexico because of the tariffs, its manager said.",
            &["sourcing_change > asserted"],
        );
    }
}
