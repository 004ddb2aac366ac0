//! Who takes part, read from the places a rule names.

use super::*;

use smallvec::{SmallVec, smallvec};

use crate::grammar::lower::{Lower, WordList, is};

/// People who speak for nobody but themselves or their trade.
static PRIVATE: WordList = WordList::new(&[
    "academic",
    "analyst",
    "broadcaster",
    "businessman",
    "businesswoman",
    "citizen",
    "columnist",
    "commentator",
    "company",
    "consumer",
    "daily",
    "economist",
    "entrepreneur",
    "executive",
    "expert",
    "exporter",
    "farmer",
    "firm",
    "giant",
    "grower",
    "historian",
    "importer",
    "investor",
    "journalist",
    "lawyer",
    "magazine",
    "maker",
    "manufacturer",
    "netizen",
    "newspaper",
    "observer",
    "paper",
    "professor",
    "reader",
    "researcher",
    "resident",
    "retailer",
    "scholar",
    "scientist",
    "startup",
    "student",
    "trader",
    "worker",
]);

/// Within how many words behind a demand the one stands of whom it is demanded.
const ASKED: usize = 8;
/// Whoever is sent to a state.
static MISSIONS: WordList = WordList::new(&[
    "ambassador",
    "chamber",
    "commerce",
    "consulate",
    "embassy",
    "envoy",
    "mission",
    "representative",
]);

impl Builder<'_> {
    pub(super) fn parties(&self, stance: &Stance) -> Result<Vec<Side>, Reason> {
        let rule = self.hit.rule;
        if rule.act.kind() == Kind::Forecast
            && let Some(sides) = self.parties_of_joint_act()
        {
            return Ok(sides);
        }
        let mut out: Vec<Side> = Vec::new();
        for place in &rule.actor {
            if out.iter().any(|s| s.party.role == Role::Actor) {
                break;
            }
            if place == "speaker" {
                self.collect_speaker(stance, &mut out);
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
                out.extend(state.map(|(code, at)| self.state(code, Role::Actor, at)));
                continue;
            }
            for range in self.ranges(place) {
                let range = if place == "theme" { self.whose_measure(range) } else { range };
                self.collect(self.firm_alone(range), Role::Actor, &mut out);
            }
        }
        // "The fees that Washington adopted remain suspended": whoever made the measure.
        let measure = rule.act.kind() == Kind::Tension && rule.actor.iter().any(|a| a == "agent");
        if measure && out.iter().all(|s| s.party.country.is_none()) {
            let maker =
                self.hit.frame.theme.and_then(|theme| self.view.clauses.maker(self.view.words, theme));
            if let Some(range) = maker.or_else(|| self.issuer()) {
                let mut found = Vec::new();
                self.collect(range, Role::Actor, &mut found);
                if found.iter().any(|s| s.party.country.is_some()) {
                    out = found;
                }
            }
        }
        // "The harbour authorities will collect the dues", in a ministry's own paper: those of its state.
        let nameless = |s: &Side| {
            let authority = |w: &Who| w.span == s.at && w.kind == WhoKind::Authority;
            s.party.country.is_none() && self.view.who.iter().any(authority)
        };
        if measure && !out.is_empty() && out.iter().all(nameless) {
            out = self.author().map_or(out, |author| vec![author]);
        }
        let actors = distinct(out.iter().filter_map(|s| s.party.country));
        for place in &rule.recipient {
            if out.iter().any(|s| s.party.role == Role::Recipient) {
                break;
            }
            let guessed = matches!(place.as_str(), "other" | "doer of it");
            if guessed && let Some(side) = self.maker_of_measure(&actors) {
                out.push(side);
                continue;
            }
            if guessed && let Some(side) = self.third_named(&actors) {
                out.push(side);
                continue;
            }
            if place == "other" {
                let side = self.other(&out, Role::Recipient);
                out.extend(side);
                continue;
            }
            // "Ottawa called the step unjustified": who took the step told last.
            if place == "doer of it" {
                let doer = self.memory.doer(self.index).filter(|code| !actors.contains(code));
                out.extend(doer.map(|code| self.state(code, Role::Recipient, self.trigger_span())));
                continue;
            }
            for range in self.ranges(place) {
                let mut found = Vec::new();
                self.collect(self.whole_list(range), Role::Recipient, &mut found);
                found.retain(|s| s.party.country.is_some_and(|c| !actors.contains(&c)));
                out.extend(found);
            }
        }
        if rule.act.kind() == Kind::Tension {
            // "opened inquiries into sixteen partners, among them Chile and Peru"
            if !rule.recipient.is_empty() && out.iter().all(|s| s.party.role != Role::Recipient) {
                out.extend(self.listed_payers(&actors));
            }
            self.rest_of_list(&mut out);
        }
        if rule.act.kind() == Kind::Statement {
            self.home_of_court(&mut out);
        }
        for place in &rule.participant {
            // "Spent four days there": in the state where the text was last.
            if place == "there" {
                out.extend(self.there(&out));
                continue;
            }
            if place == "pair" {
                out.extend(
                    self.context.sides.iter().map(|&c| self.state(c, Role::Participant, self.trigger_span())),
                );
            }
            for range in self.ranges(place) {
                self.collect(range, Role::Participant, &mut out);
            }
        }
        // "This was the first joint statement since …, when both sides …".
        let bloc = |s: &Side| s.party.name.as_deref().is_some_and(|name| BLOCS.contains(&name));
        if rule.act.kind() == Kind::Agreement
            && !rule.participant.is_empty()
            && distinct(out.iter().filter_map(|s| s.party.country)).is_empty()
            && !out.iter().any(bloc)
        {
            self.collect((0, self.view.words.len()), Role::Participant, &mut out);
            out.retain(|s| s.pair);
        }
        if !rule.participant.is_empty() {
            self.led_by(&mut out);
            self.drop_states_of_people(&mut out);
        }
        let named = |s: &Side| s.party.country.is_some() || s.party.name.is_some();
        if !out.iter().any(|s| s.party.role == Role::Actor && named(s)) {
            self.unnamed_actor(&mut out);
        }
        if rule.act.kind() == Kind::BusinessShift {
            self.firm_of_its_state(&mut out);
        }
        // What nobody is said to do concerns both sides.
        let forecast = rule.act.kind() == Kind::Forecast;
        // "Jane Roe, a trade economist in Lima, expects": of the state in which she sits.
        if forecast
            && let [Side { party: Player { role: Role::Actor, country: country @ None, .. }, at, .. }] =
                out.as_mut_slice()
        {
            let agent = self.hit.frame.agent.filter(|&range| self.span_of(range).contains(*at));
            *country = agent.and_then(|range| crate::firm::home(self.view, range));
        }
        // "Acme expects the duties to cost it millions": nobody acts, whoever judges is named.
        if forecast && out.is_empty() && !self.hit.frame.nominal {
            let mut judges = stance.speaker.into_iter().chain(self.hit.frame.agent);
            let judge = judges.find(|&range| crate::firm::judges(self.view, self.context.classes, range));
            out.extend(judge.and_then(|range| self.unnamed_firm(range)));
            if !out.is_empty() {
                return Ok(out);
            }
        }
        if forecast && out.is_empty() && self.context.on_trade && self.context.sides.len() == 2 {
            out.extend(self.context.sides.iter().map(|&c| {
                let mut side = self.state(c, Role::Participant, self.trigger_span());
                side.pair = true;
                side
            }));
            return Ok(out);
        }
        if out.iter().all(|s| s.party.role != Role::Actor) && !rule.actor.is_empty() {
            let agent = self.hit.frame.agent.or(self.hit.frame.theme).filter(|_| forecast);
            if let Some(actor) = self.understood_actor(stance, &out) {
                out.insert(0, actor);
            } else if let Some(range) = agent {
                out.extend(self.unnamed_firm(range));
            } else if rule.act.kind() == Kind::BusinessShift
                && !rule.agent_has.is_empty()
                && let Some(range) = self.hit.frame.agent.or(self.hit.frame.theme)
            {
                out.extend(self.unnamed_firm(range));
            } else if rule.actor.iter().any(|a| a != "?") {
                return Err("nobody is named who does it".into());
            }
        }
        if out.iter().all(|s| s.party.role != Role::Recipient)
            && let Some(hit) = self.sited_recipient(&out).or_else(|| self.understood_recipient(&out))
        {
            out.push(hit);
        }
        if rule.actor.is_empty() && matches!(rule.act.kind(), Kind::Engagement | Kind::Agreement) {
            self.oneself(stance, &mut out);
            if rule.act.kind() == Kind::Engagement {
                self.told_each_other(&mut out);
                self.at_request(&mut out);
                self.named_behind(&mut out);
                self.led_there(&mut out);
                self.who_calls_off(&mut out);
                out.retain(|s| !of_a_firm(s));
            }
            self.host_of_phrase(&mut out);
            self.teller(stance, &mut out);
            self.opposite(&mut out);
            self.third_place(&mut out);
            self.counterpart(&mut out);
            let named = out.iter().any(|s| s.pair && s.at != self.trigger_span());
            let people = if self.beside_another() || self.own_people() {
                Vec::new()
            } else {
                self.people_of_both_sides(named)
            };
            if rule.act.kind() == Kind::Engagement && out.iter().all(|s| s.pair) && !people.is_empty() {
                out = people;
            }
        }
        if out.is_empty() {
            return Err("no party is named".into());
        }
        if !rule.participant.is_empty() {
            self.drop_states_of_people(&mut out);
            self.drop_teller(stance, &mut out);
        }
        if rule.act.kind() == Kind::Statement {
            self.for_the_state(stance, &mut out);
        }
        // "The boss of Acme is disappointed with the curbs": he accuses no state for his own.
        let acts = |s: &Side| s.party.role == Role::Actor;
        if rule.act.kind() == Kind::Tension && out.iter().any(acts) {
            out.retain(|s| !acts(s) || !of_a_firm(s));
            if !out.iter().any(acts) {
                return Err("speaks for no state".into());
            }
        }
        dedup(&mut out);
        Ok(out)
    }

    /// "Spent four days there": the state named last, if not that of whoever was there.
    fn there(&self, out: &[Side]) -> Option<Side> {
        let (from, to) = self.hit.frame.extent;
        let at = (self.hit.frame.trigger.1..to.max(from)).find(|&i| self.word(i) == "there")?;
        // "Spent a week in Lima and talked to bankers there".
        let named = self.view.who_in((0, at)).any(|w| matches!(w.kind, WhoKind::Place | WhoKind::State));
        let code = self.memory.scene(self.index).filter(|_| !named)?;
        let home = out.iter().any(|s| s.party.country == Some(code));
        (!home).then(|| self.state(code, Role::Participant, self.trigger_span()))
    }

    /// "Chile's pause runs until May, and its licensing rule is on ice": whose what the first clause is about is.
    fn possessor_before(&self) -> Option<StateCode> {
        let frame = &self.hit.frame;
        let own = frame.theme.or(frame.agent)?;
        self.view.words.get(own.0).filter(|w| w.lower == "its")?;
        let groups = &self.view.clauses.groups;
        let before = groups.iter().rfind(|g| g.finite && g.head < own.0)?;
        self.view.who_in(before.subject?).find_map(|w| w.country)
    }

    /// "America's port fees on Chinese ships": the part of a measure's phrase that says whose it is.
    fn whose_measure(&self, range: Range) -> Range {
        let aims = (range.0 + 1..range.1).find(|&i| {
            let word = self.view.words.get(i);
            word.is_some_and(|w| w.tag == Tag::Prep && is!(w.lower, "on" | "against" | "for" | "upon"))
        });
        let Some(aim) = aims else { return range };
        let measure = |class: &str| {
            let phrases = self.context.classes.get(class);
            phrases.is_some_and(|phrases| phrases.at(self.view.words, aim - 1))
        };
        let owned = self.view.who_in((range.0, aim)).any(|w| w.country.is_some());
        let measured = measure("measure_noun") || measure("curb_noun") || measure("charge_noun");
        if owned && measured { (range.0, aim) } else { range }
    }

    /// "Met officials headed by X": X takes part.
    fn led_by(&self, out: &mut Vec<Side>) {
        let words = self.view.words;
        let leads = |p: usize| {
            words.get(p).is_some_and(|w| w.lower == "by")
                && p.checked_sub(1)
                    .and_then(|i| words.get(i))
                    .is_some_and(|w| is!(w.lemma, "lead" | "head" | "chair" | "represent" | "spearhead"))
        };
        for (_, range) in self.hit.frame.preps.iter().filter(|(p, _)| leads(*p)) {
            self.collect(*range, Role::Participant, out);
        }
    }

    /// "deplored the duties that Chile applied to its goods", "condemned the increase for his country":
    /// whose measure is blamed, by the clause that tells of it or as the last one on whoever blames.
    fn maker_of_measure(&self, actors: &States) -> Option<Side> {
        if !matches!(self.hit.rule.act.subtype(), "condemnation" | "accusation") {
            return None;
        }
        let theme = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal)?;
        let foreign = |code: StateCode| !actors.contains(&code);
        let maker = self.view.clauses.maker(self.view.words, theme).and_then(|range| self.actor_in(range));
        if let Some(code) = maker.and_then(|s| s.party.country).filter(|code| foreign(*code)) {
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

    /// "The Supreme Court found that the statute allows no duties": a court rules on the measures of its
    /// own state, by their name or as those told of last.
    fn home_of_court(&self, out: &mut [Side]) {
        for side in out.iter_mut().filter(|s| s.party.role == Role::Actor && s.party.country.is_none()) {
            let court = side.party.name.as_deref().is_some_and(|name| caseless::contains(name, "court"));
            let named = || self.owner_by_name().map(|(code, _)| code);
            if court {
                side.party.country =
                    named().or_else(|| self.memory.only_actor()).or_else(|| self.memory.doer(self.index));
            }
        }
    }

    /// "firms in Ghana, Chile and Peru": all states of the list in which the first one that is hit stands.
    fn rest_of_list(&self, out: &mut Vec<Side>) {
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
                None => break,
            }
        }
    }

    /// "wafers from Ghana and Chile": the last state of a list that an "and" cuts off.
    fn whole_list(&self, range: Range) -> Range {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        if self.hit.rule.act.kind() != Kind::Tension || !is!(lower(range.1), "and" | "or") {
            return range;
        }
        let ends = range.1.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.name);
        let next = range.1 + 1 + usize::from(lower(range.1 + 1) == "the");
        let state = words.get(next).filter(|w| w.name && ends).and_then(|w| {
            self.view.who.iter().find(|who| {
                who.span.start == w.span.start
                    && matches!(who.kind, WhoKind::State | WhoKind::Place)
                    && !who.city
            })
        });
        state.map_or(range, |who| (range.0, self.word_range(who.span).1))
    }

    /// "Acme, a supplier to the US,": the firm that acts, without what the text tells of it.
    fn firm_alone(&self, range: Range) -> Range {
        let word = |at: usize| self.view.words.get(at);
        let comma = (range.0..range.1).find(|&at| word(at).is_some_and(|w| w.lower == ","));
        let Some(comma) = comma.filter(|_| self.hit.rule.act.kind() == Kind::BusinessShift) else {
            return range;
        };
        let apposed = word(comma + 1).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Rel | Tag::Num));
        if apposed && comma > range.0 { (range.0, comma) } else { range }
    }

    /// Where people of a state are named, the state itself is no further participant; nor are "economies".
    fn drop_states_of_people(&self, sides: &mut Vec<Side>) {
        let bare = |s: &Side| {
            s.party.office.is_none()
                && s.party.name.is_some()
                && s.party.name.as_deref() == s.party.country.map(self.context.state_name).as_deref()
        };
        let people: SmallVec<[StateCode; 8]> = sides
            .iter()
            .filter(|s| s.party.country.is_some() && !bare(s))
            .filter_map(|s| s.party.country)
            .collect();
        let several = distinct(sides.iter().filter_map(|s| s.party.country)).len() >= 2;
        sides.retain(|s| !(s.party.country.is_some_and(|c| people.contains(&c)) && bare(s)));
        let nobody = |s: &Side| {
            s.party.country.is_none()
                && s.party.office.is_none()
                && (self.of_group(s)
                    || s.party
                        .name
                        .as_deref()
                        .is_some_and(|n| matches!(n, "Delegations" | "Officials" | "Negotiators" | "Teams"))
                    || s.party.name.as_deref().is_some_and(|n| n.starts_with(char::is_lowercase)))
        };
        if several {
            sides.retain(|s| !nobody(s));
        }
        // "A delegation led by X": X.
        let led = |s: &Side| {
            s.party.name.as_deref() == Some("delegation")
                && people.iter().filter(|c| Some(**c) == s.party.country).count() > 1
        };
        sides.retain(|s| !led(s));
    }

    /// "Wang said that Xi and Trump had agreed": whoever only tells of it is no party.
    fn drop_teller(&self, stance: &Stance, sides: &mut Vec<Side>) {
        let Some(range) = stance.speaker.or_else(|| self.who_tells()) else { return };
        let told = self.span_of(range);
        let others: Vec<StateCode> =
            sides.iter().filter(|s| !told.contains(s.at)).filter_map(|s| s.party.country).collect();
        sides.retain(|s| !(told.contains(s.at) && s.party.country.is_some_and(|c| others.contains(&c))));
    }

    /// "Ana Muestra said that they held a meeting in Oslo, which marked a new start": who says so, though
    /// the act hangs on another verb.
    fn who_tells(&self) -> Option<Range> {
        let that = |g: &Group| self.view.words.get(g.head + 1).is_some_and(|w| w.lower == "that");
        let tells = |g: &&Group| g.finite && self.context.classes.has("say", &g.lemma) && that(g);
        let mut before = self.view.clauses.groups.iter().filter(|g| g.head < self.hit.frame.trigger.0);
        before.find(tells)?.subject
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
        let state = |s: &Side| self.view.who.iter().any(|w| w.span == s.at && w.kind == WhoKind::State);
        for one in sides.iter_mut() {
            if one.party.role == Role::Actor && one.party.country == who.country && state(one) {
                *one = side(who, Role::Actor);
            }
        }
    }

    /// In an order, its signatory acts where nobody of the state is named.
    pub(super) fn signed(&self, sides: &mut [Side]) {
        let Some(signatory) = &self.context.signatory else { return };
        let measure = matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension);
        if !self.context.first_person && !measure {
            return;
        }
        let trigger = self.trigger_span();
        let unnamed = |s: &&mut Side| {
            s.party.role == Role::Actor
                && (s.understood || s.at == trigger)
                && s.party.country == signatory.country
        };
        for side in sides.iter_mut().filter(unnamed) {
            side.party.name.clone_from(&signatory.name);
            side.party.office.clone_from(&signatory.office);
            side.name = signatory.name_span;
            side.office = signatory.office_span;
        }
    }

    /// "Talks between negotiators of both": its own, though no state is named with them.
    fn own_people(&self) -> bool {
        let frame = &self.hit.frame;
        frame.nominal
            && frame
                .preps
                .iter()
                .any(|(p, _)| self.view.words.get(*p).is_some_and(|w| is!(w.lower, "between" | "among")))
    }

    /// "A pause agreed during the first round in Oslo": the people of the sentence are of another contact.
    fn beside_another(&self) -> bool {
        let words = self.view.words;
        let mut start = crate::grammar::clause::phrase_start(words, self.hit.frame.trigger.0);
        // "The first round of negotiations".
        let of = start.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == "of"));
        if let Some(head) = of.and_then(|i| i.checked_sub(1)) {
            start = crate::grammar::clause::phrase_start(words, head);
        }
        let before = start.checked_sub(1).and_then(|i| words.get(i));
        (self.presupposed() || of.is_some())
            && start > 4
            && before.is_some_and(|w| is!(w.lower, "during" | "in" | "at" | "since" | "after" | "following"))
    }

    /// The persons the sentence names, where they are of both sides and of no other.
    fn people_of_both_sides(&self, sides_named: bool) -> Vec<Side> {
        // "They agreed that their teams meet": not they.
        let group = self.own_group();
        let by_teams = |(from, to): Range| {
            (from..to).any(|i| {
                self.view.words.get(i).is_some_and(|w| is!(w.lower, "teams" | "team" | "delegations"))
            })
        };
        if self.hit.frame.agent.into_iter().chain(group.and_then(|g| g.subject)).any(by_teams) {
            return Vec::new();
        }
        let text = self.context.doc.text;
        let mut out = Vec::new();
        self.collect((0, self.view.words.len()), Role::Participant, &mut out);
        out.retain(|s| s.name != Some(s.at) || s.party.office.is_some());
        out.retain(|s| {
            s.at.of(text).is_some_and(|w| w.len() > 4 || w.starts_with(char::is_uppercase) && w != "They")
        });
        // Not those of what the contact is about: "talks on carrying out what the presidents agreed".
        let end = self.hit.frame.trigger.1;
        let words = self.view.words;
        let about = |at: Span| {
            self.view.clauses.groups.iter().any(|g| {
                g.head >= end
                    && words.get(g.head).is_some_and(|w| w.span.end <= at.start)
                    && !is!(
                        g.lemma,
                        "lead"
                            | "head"
                            | "chair"
                            | "attend"
                            | "include"
                            | "involve"
                            | "bring"
                            | "feature"
                            | "be"
                            | "take"
                    )
            })
        };
        out.retain(|s| !(sides_named && about(s.at)));
        let states = distinct(out.iter().filter_map(|s| s.party.country));
        let both = states.len() == 2 && states.iter().all(|code| self.context.sides.contains(code));
        if both { out } else { Vec::new() }
    }

    /// "China's mission to the EU", "the ambassador to India": where somebody is sent is not who acts.
    fn accredited(&self, who: &Who) -> bool {
        let before = self.before(who.span);
        let before = match before {
            [rest @ .., the] if the.lower == "the" => rest,
            all => all,
        };
        matches!(before, [.., noun, to] if to.tag == Tag::To && MISSIONS.has(&noun.lemma))
    }

    /// A firm that only its words or its pronoun name; a forecaster of no state.
    fn unnamed_actor(&self, out: &mut Vec<Side>) {
        let rule = self.hit.rule;
        let range = match rule.act.kind() {
            Kind::BusinessShift => crate::firm::acting(self.view, self.context.classes, &self.hit.frame),
            Kind::Forecast if rule.actor == ["agent"] => self.hit.frame.agent,
            // "The appeals court found", "the guild, whose members build pumps, called it".
            Kind::Statement if rule.actor == ["agent"] => self.hit.frame.agent.filter(|&range| {
                let court = (range.0..range.1).any(|i| self.word(i) == "court" || self.word(i) == "tribunal");
                let outsiders = rule.agent.iter().any(|kind| kind == "group");
                court && rule.agent.is_empty()
                    || outsiders && crate::firm::named(self.view, self.context.classes, range)
            }),
            _ => None,
        };
        let Some(range) = range.map(|range| self.firm_alone(range)) else { return };
        self.collect(range, Role::Actor, out);
        if out.iter().all(|s| s.party.role != Role::Actor) {
            out.extend(self.unnamed_firm(range));
        }
    }

    /// "German toolmakers" are toolmakers, of Germany; "a mill in Santos" is one of Brazil.
    fn firm_of_its_state(&self, out: &mut Vec<Side>) {
        let Some(range) = crate::firm::acting(self.view, self.context.classes, &self.hit.frame) else {
            return;
        };
        let home = crate::firm::home(self.view, range);
        let inside = self.span_of(range);
        // "Importers of Colombian coffee": Colombia does nothing.
        let head = self.span_of(crate::firm::head_part(self.view, range));
        let others = out.iter().any(|s| s.party.role == Role::Actor && head.contains(s.at));
        let goods = |at: Span| {
            let who = self.view.who.iter().find(|w| w.span == at);
            others
                && inside.contains(at)
                && !head.contains(at)
                && who.is_some_and(|w| w.kind == WhoKind::Adjective)
        };
        out.retain(|s| s.party.role != Role::Actor || !goods(s.at));
        for one in out.iter_mut().filter(|s| s.party.role == Role::Actor && inside.contains(s.at)) {
            let adjective = self
                .view
                .who
                .iter()
                .any(|w| w.span == one.at && matches!(w.kind, WhoKind::Adjective | WhoKind::State));
            if adjective && let Some(firm) = self.unnamed_firm(self.firm_alone(range)) {
                let country = one.party.country;
                *one = firm;
                one.party.country = country;
            }
            one.party.country = one.party.country.or(home);
        }
    }

    /// "A toy company in Ohio": a firm without a name, of the state its phrase names.
    fn unnamed_firm(&self, range: Range) -> Option<Side> {
        let word = |i: usize| self.view.words.get(i);
        let start = (range.0..range.1).find(|&i| word(i).is_some_and(|w| w.tag != Tag::Det || w.name))?;
        let end = (start..range.1).find(|&i| word(i).is_some_and(|w| w.tag == Tag::Prep)).unwrap_or(range.1);
        // "Most of the cost" names nobody.
        (start < end).then_some(())?;
        let at = self.span_of((start, end));
        let country = match self.hit.rule.act.kind() {
            Kind::BusinessShift | Kind::Statement => crate::firm::home(self.view, range),
            _ => crate::firm::home(self.view, range)
                .or_else(|| self.view.who_in(range).find_map(|w| w.country)),
        };
        let name = Some(SmolStr::new(self.context.doc.slice(at)));
        let party = Player { name, office: None, country, role: Role::Actor };
        Some(Side { party, name: Some(at), office: None, at, pair: false, understood: false })
    }

    /// "said a US entrepreneur", "a GM executive in China": the state only tells where somebody private is.
    fn of_private(&self, who: &Who) -> bool {
        let says = matches!(
            self.hit.rule.act.subtype(),
            "warning" | "condemnation" | "accusation" | "position" | "assessment" | "demand" | "denial"
        );
        if !says || !matches!(who.kind, WhoKind::State | WhoKind::Adjective) {
            return false;
        }
        let (_, end) = self.word_range(who.span);
        let noun = |i: usize| {
            self.view.words.get(i).filter(|w| w.tag == Tag::Noun && !w.name && !w.time && !w.capital)
        };
        let head = (end..end + 3).take_while(|&i| noun(i).is_some()).last().and_then(noun);
        head.is_some_and(|w| PRIVATE.has(&w.lemma))
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
            let blames = matches!(self.hit.rule.act.subtype(), "condemnation" | "accusation");
            let governed = self.own_group().is_none_or(|g| g.governor.is_some());
            out.extend(self.author().filter(|_| !blames || self.depth() == 0 && !governed));
        }
    }

    /// The authority that condemns or orders in a paper of its own.
    fn author(&self) -> Option<Side> {
        let tension = self.hit.rule.act.kind() == Kind::Tension && self.context.official;
        if !tension || self.context.first_person {
            return None;
        }
        let named = self.context.signatory.as_ref().map(|who| side(who, Role::Actor));
        named.or_else(|| Some(self.state(self.context.voice?, Role::Actor, self.trigger_span())))
    }

    /// "Issued notices that put ten firms on the list": whoever issued them.
    fn issuer(&self) -> Option<Range> {
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
            let groups = &self.view.clauses.groups;
            let mut above = self.view.clauses.chain(g).skip(1).filter_map(|g| groups.get(g));
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
        let blames = matches!(self.hit.rule.act.subtype(), "warning" | "condemnation" | "accusation");
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
            .or_else(|| self.memory.doer(self.index).filter(|code| tension && !blames && free(code)));
        Some(self.state(code?, Role::Actor, self.trigger_span()))
    }

    /// "Fees will be levied on ships built in China or run by Chinese firms": not by China.
    fn on_ships_of(&self, code: StateCode) -> bool {
        let mut named = self.view.who.iter().filter_map(|w| w.country).peekable();
        self.hit.rule.act == Act::Tension(Tension::PortFees)
            && named.peek().is_some()
            && named.all(|country| country == code)
    }

    /// "The October rules on rare earths have been shelved": whose rules such are, in a text of the two.
    fn control_owner(&self) -> Option<StateCode> {
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

    /// The state whose actions the list tells, by its heading.
    pub(super) fn section(&self) -> Option<StateCode> {
        self.context.sections.get(self.index).copied().flatten()
    }

    /// "closed its tenders to European makers": the one state outside the two of the text that the words
    /// behind the act name, rather than the other of the two.
    fn third_named(&self, actors: &States) -> Option<Side> {
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
    fn sited_recipient(&self, found: &[Side]) -> Option<Side> {
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
    fn understood_recipient(&self, found: &[Side]) -> Option<Side> {
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
        let mut side = self.other(found, Role::Recipient)?;
        side.pair = true;
        Some(side)
    }

    /// What one of the two sides promises is promised to the other one, whatever else it names.
    pub(super) fn beneficiary(&self, sides: &mut Vec<Side>) {
        let [a, b] = *self.context.sides.as_slice() else { return };
        let code =
            |role: Role| sides.iter().filter(move |s| s.party.role == role).filter_map(|s| s.party.country);
        // "China will buy U.S. soybeans", told in an article on others.
        let theme = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal).map(|t| self.span_of(t));
        let goods_of = |s: &Side| {
            s.party.role == Role::Recipient
                && s.at != self.trigger_span()
                && theme.is_some_and(|t| t.contains(s.at))
        };
        if sides.iter().any(goods_of) {
            return;
        }
        let gives = code(Role::Actor).any(|c| c == a || c == b);
        let hits = code(Role::Recipient).any(|c| c == a || c == b);
        if gives
            && !hits
            && let Some(other) = self.other(sides, Role::Recipient)
        {
            sides.retain(|s| s.party.role != Role::Recipient);
            sides.push(other);
        } else if gives && hits {
            sides.retain(|s| {
                s.party.role != Role::Recipient || s.party.country.is_some_and(|c| c == a || c == b)
            });
        }
    }

    /// The side of the two that does not act.
    pub(super) fn other(&self, found: &[Side], role: Role) -> Option<Side> {
        let actor = found.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country)?;
        // In a text on the bargains of one state with several, what is promised is promised to that one.
        if let [hub] = *self.context.sides.as_slice()
            && hub != actor
            && self.hit.rule.act == Act::Agreement(Agreement::Commitment)
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
        Some(self.state(code, role, self.trigger_span()))
    }

    /// The words before the measure in its own phrase: "Washington's new duties".
    pub(super) fn owner(&self) -> Option<Range> {
        let theme = self.hit.frame.theme?;
        let head = self.view.first(theme, &self.hit.rule.theme)?;
        let start = crate::grammar::clause::phrase_start(self.view.words, head).max(theme.0);
        (start < head).then_some((start, head))
    }

    /// Ranges a role word stands for.
    pub(super) fn ranges(&self, place: &str) -> Ranges {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let contact = self.hit.rule.act.kind() == Kind::Engagement;
        let governing =
            group.filter(|_| frame.nominal && !(contact && (self.presupposed() || self.own_people())));
        match place {
            // "The presidents agreed that their teams go on": the presidents.
            "agent" if self.hit.rule.act.kind() == Kind::Agreement && self.agreeing().is_some() => {
                self.agreeing().into_iter().collect()
            }
            "agent" => {
                let mut out: Ranges = frame.agent.into_iter().collect();
                // "Investors studied Japan's pledge": Japan's.
                let promised = matches!(self.hit.rule.act, Act::Agreement(Agreement::Commitment))
                    && out.iter().any(|r| self.view.who_in(*r).any(|w| w.country.is_some()));
                if let Some(group) = governing {
                    let contains =
                        group.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
                    let by = group
                        .preps
                        .iter()
                        .filter(|(p, _)| words.get(*p).is_some_and(|w| w.lower == "by"))
                        .map(|(_, r)| *r);
                    if group.passive {
                        out.extend(by);
                    } else if !(contains
                        || promised
                        || self.hit.rule.act.kind() == Kind::TariffAction && self.owned_by_name()
                        || contact && frame.agent.is_some() && self.by_somebody())
                    {
                        out.extend(group.subject);
                    }
                }
                out
            }
            "subject" => group.and_then(|g| g.subject).into_iter().collect(),
            // A subject that is nothing but a state, an official or a pronoun for one.
            "doer" => {
                let lone = |(start, end): Range| {
                    let span = self.span_of((start, end));
                    self.view.who.iter().any(|w| {
                        !matches!(w.kind, WhoKind::Adjective | WhoKind::Group | WhoKind::Place)
                            && span.contains(w.span)
                            && span.end == w.span.end
                            && !(start..end).any(|i| {
                                words.get(i).is_some_and(|x| {
                                    x.span.start < w.span.start && matches!(x.tag, Tag::Prep | Tag::Punct)
                                })
                            })
                    })
                };
                // "Lee, who inherited the quarrel, dropped it"
                let alone = |r: Range| {
                    let aside = (r.0 + 1..r.1).find(|&i| {
                        words.get(i).is_some_and(|w| w.lower == ",")
                            && words.get(i + 1).is_some_and(|w| w.tag == Tag::Rel)
                    });
                    aside.map_or(r, |i| (r.0, i))
                };
                frame.agent.map(alone).into_iter().filter(|r| lone(*r)).collect()
            }
            "owner" => self.owner().into_iter().collect(),
            "theme" if self.hit.rule.act.kind() == Kind::Forecast => {
                frame.theme.and_then(|theme| self.who_would_act(theme)).into_iter().collect()
            }
            "theme" => frame.theme.into_iter().collect(),
            "object" => frame.object.into_iter().collect(),
            "clause" => smallvec![frame.extent],
            "sentence" => smallvec![(0, words.len())],
            "complement" if self.hit.rule.act.kind() == Kind::Forecast => {
                self.foreseen_to_act().into_iter().filter_map(|range| self.who_would_act(range)).collect()
            }
            "complement" => self.complement().into_iter().chain(self.asked_party()).collect(),
            prep => {
                let prep = &Lower::new(prep);
                let own = (frame.preps.iter())
                    .take_while(|(p, _)| !((frame.nominal || contact) && self.turns_away(*p)));
                // "20% on French and 34% on Chinese goods": each rate has its own.
                let led = |p: usize| words.get(p).is_some_and(|w| w.lower == *prep);
                let rated = self.hit.rule.weak && self.hit.rule.act.kind() == Kind::TariffAction;
                let closed = rated && frame.preps.iter().any(|(p, _)| led(*p));
                let shared = governing.filter(|g| !closed && (!contact || self.shares_phrases(g)));
                let others = shared.map(|g| g.preps.iter()).into_iter().flatten();
                let leading = group.and_then(|g| self.leading(g.subject?, prep));
                let leading = leading.as_slice().iter();
                own.chain(others.take_while(|(p, _)| !(contact && self.turns_away(*p))))
                    .filter(|(p, r)| led(*p) && !self.absolute(*p, *r))
                    .chain(leading)
                    .map(|(_, r)| *r)
                    .collect()
            }
        }
    }

    /// "complained of China's imposition of duties": China's.
    fn owned_by_name(&self) -> bool {
        let Some((start, end)) = self.hit.frame.agent.filter(|_| self.hit.frame.nominal) else {
            return false;
        };
        let mark = |i: usize| self.view.words.get(i).is_some_and(|w| is!(w.lower, "'s" | "’s" | "'" | "’"));
        (start..end).any(mark) && self.view.who_in((start, end)).any(|w| w.country.is_some())
    }

    /// "A China visit by X": X's own.
    fn by_somebody(&self) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let start = crate::grammar::clause::phrase_start(self.view.words, trigger);
        let host = start < trigger && self.view.who_in((start, trigger)).any(|w| w.country.is_some());
        host && self
            .hit
            .frame
            .preps
            .iter()
            .any(|(p, _)| self.view.words.get(*p).is_some_and(|w| w.lower == "by"))
    }

    /// Whoever is said to agree, where a rule reads what is agreed to.
    fn agreeing(&self) -> Option<Range> {
        let rule = self.hit.rule;
        let own = self.hit.frame.group.filter(|_| !rule.governor.is_empty())?;
        let groups = &self.view.clauses.groups;
        let mut above = self.view.clauses.chain(own).skip(1).filter_map(|g| groups.get(g));
        above.find(|g| self.view.names_at(g.head, &rule.governor)).and_then(|g| g.subject)
    }

    /// "Talks followed a clash with Japan": what comes behind the verb is not of the talks.
    fn shares_phrases(&self, group: &crate::grammar::clause::Group) -> bool {
        let trigger = self.hit.frame.trigger.0;
        // "Had lunch with X on Monday and a call with Y": not with X.
        let start = crate::grammar::clause::phrase_start(self.view.words, trigger);
        let second = group.head + 2 < start
            && self.view.words.get(start).is_some_and(|w| w.tag == Tag::Det)
            && self.view.words.get(start - 1).is_some_and(|w| is!(w.lower, "," | "and"));
        if second && self.hit.rule.act.kind() == Kind::Engagement {
            return false;
        }
        let subject = group.subject.is_some_and(|s| s.0 <= trigger && trigger < s.1);
        let holds = self.context.classes.get("hold").unwrap_or_default();
        !subject || group.lemma == "be" || self.view.has((group.head, group.head + 1), holds)
    }

    /// "…, with the presidents expected to sign": a clause of its own.
    fn absolute(&self, prep: usize, range: Range) -> bool {
        let words = self.view.words;
        let with = words.get(prep).is_some_and(|w| w.lower == "with")
            && prep.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        with && self.view.clauses.groups.iter().any(|g| {
            (g.start == range.1 || g.start == range.1 + 1)
                && (!g.finite || g.start == g.head && g.tense == crate::grammar::clause::Tense::Past)
        })
    }

    /// "The visit came after messages by the two presidents": another matter begins.
    fn turns_away(&self, prep: usize) -> bool {
        // "A lunch with X on Monday and a call with Y": the call is another contact.
        let frame = &self.hit.frame;
        let another = (frame.nominal || frame.theme.is_some())
            && (frame.trigger.1..prep.saturating_sub(1)).any(|i| {
                let word = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
                is!(word(i), "and" | ",")
                    && is!(word(i + 1), "a" | "an" | "another")
                    && self.view.words.get(prep - 1).is_some_and(|w| {
                        ["meeting_noun", "call_noun", "talk_noun", "video_noun"]
                            .iter()
                            .any(|class| self.context.classes.has(class, &w.lemma))
                            || is!(w.lower, "lunch" | "dinner" | "breakfast" | "visit")
                    })
            });
        // "Built on the accord as well as on the call between X and Y": the call's.
        let contact = |i: usize| {
            self.view.words.get(i).is_some_and(|w| {
                w.tag == Tag::Noun
                    && ["meeting_noun", "call_noun", "video_noun"]
                        .iter()
                        .any(|class| self.context.classes.has(class, &w.lemma))
            })
        };
        let beyond = frame.nominal
            && self.view.words.get(prep).is_some_and(|w| w.lower == "between")
            && (frame.trigger.1 + 1..prep).any(|i| {
                let start = crate::grammar::clause::phrase_start(self.view.words, i);
                contact(i)
                    && start > frame.trigger.1
                    && self.view.words.get(start).is_some_and(|w| w.tag == Tag::Det)
            });
        another
            || beyond
            || self.view.words.get(prep).is_some_and(|w| {
                is!(
                    w.lower,
                    "following" | "after" | "amid" | "despite" | "against" | "because" | "ahead" | "during"
                )
            })
    }

    /// "for China the rate goes up": a phrase right before the subject.
    fn leading(&self, subject: Range, prep: &Lower) -> Option<(usize, Range)> {
        let words = self.view.words;
        let mut end = subject.0;
        if end > 0 && words.get(end - 1).is_some_and(|w| w.lower == ",") {
            end -= 1;
        }
        let at =
            (end.saturating_sub(4)..end).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == *prep))?;
        let plain = (at + 1..end)
            .all(|i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det) && !w.time));
        (plain && at + 1 < end).then_some((at, (at + 1, end)))
    }

    /// Subjects, objects and phrases of the clauses that hang on the act.
    fn complement(&self) -> Vec<Range> {
        let clauses = &self.view.clauses;
        let Some(own) = self.hit.frame.group else { return Vec::new() };
        let mut out = Vec::new();
        for (at, group) in clauses.groups.iter().enumerate().skip(own + 1) {
            if !clauses.chain(at).any(|g| g == own) {
                continue;
            }
            let subject = group.subject.filter(|s| group.finite && s.0 > self.hit.frame.trigger.0);
            out.extend(subject.into_iter().chain(group.theme).chain(group.preps.iter().map(|(_, r)| *r)));
        }
        out
    }

    /// "Thinks that Oslo will act", "expects that it will be answered by Oslo", "thinks there will be a deal
    /// between Oslo and Lima": who is foreseen to act, not what is acted on.
    fn foreseen_to_act(&self) -> Vec<Range> {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group else { return Vec::new() };
        let hangs = |at: usize| self.view.clauses.chain(at).any(|g| g == own);
        let says = |group: &Group| self.context.classes.has("say", &group.lemma);
        let mut out = Vec::new();
        for (at, group) in groups.iter().enumerate().skip(own + 1) {
            if !hangs(at) || says(group) {
                continue;
            }
            let by = |p: usize| self.view.words.get(p).is_some_and(|w| w.lower == "by");
            let exists = group.lemma == "be";
            let subject = group.subject.filter(|s| group.finite && s.0 > self.hit.frame.trigger.0);
            out.extend(subject.into_iter().chain(group.theme.filter(|_| exists)));
            out.extend(group.preps.iter().filter(|(p, _)| exists || by(*p)).map(|(_, range)| *range));
        }
        out
    }

    /// "Analysts doubt the truce will last": what is foreseen of a deal both its parties would do.
    fn parties_of_joint_act(&self) -> Option<Vec<Side>> {
        let words = self.view.words;
        let deals = self.context.classes.get("agreement_noun").unwrap_or_default();
        let joint = |range: &Range| {
            let head = crate::firm::head_part(self.view, *range);
            let noun = (head.0..head.1).rfind(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun))?;
            // "An extension of the truce"
            let more =
                words.get(noun).is_some_and(|w| is!(w.lower, "extension" | "renewal" | "prolongation"))
                    && self.view.has((noun, range.1), deals);
            (more || deals.at(words, noun)).then_some(*range)
        };
        let own = self.hit.frame.agent.filter(|_| !self.hit.frame.nominal);
        // "More likely is another truce"
        let exists = self.own_group().is_some_and(|g| g.lemma == "be");
        let theme = self.hit.frame.theme.filter(|_| exists);
        let range = own.iter().chain(&theme).chain(&self.foreseen_to_act()).find_map(joint)?;
        let mut out = Vec::new();
        self.collect(range, Role::Participant, &mut out);
        let named = distinct(out.iter().filter_map(|s| s.party.country)).len();
        if named == 0 && self.context.sides.len() == 2 {
            let both = self.context.sides.iter();
            out = both.map(|&code| self.state(code, Role::Participant, self.trigger_span())).collect();
            out.iter_mut().for_each(|side| side.pair = true);
        }
        (distinct(out.iter().filter_map(|s| s.party.country)).len() == 2).then_some(out)
    }

    /// "Expects beef sales to Chile to triple": no act of Chile's is foreseen, nor one of whoever sells;
    /// "expects Chile's duties to rise" foresees one.
    fn who_would_act(&self, range: Range) -> Option<Range> {
        let words = self.view.words;
        let head = crate::firm::head_part(self.view, range);
        let outcome = self.context.classes.get("outcome").unwrap_or_default();
        let noun = (head.0..head.1).rfind(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun));
        if noun.is_some_and(|i| outcome.at(words, i)) {
            return None;
        }
        Some(if self.view.who_in(head).next().is_some() { head } else { range })
    }

    /// "Demanded that Oslo drop it", "wants Oslo to relist them": of whom it is demanded, also where the
    /// verb of the demand is no known one.
    fn asked_party(&self) -> Option<Range> {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let frame = &self.hit.frame;
        (self.hit.rule.act.subtype() == "demand" && !frame.nominal).then_some(())?;
        let behind = frame.trigger.1;
        let that = (behind..words.len().min(behind + ASKED)).find(|&at| is!(lower(at), "that" | "for"));
        let start = that.map_or(behind, |at| at + 1);
        let start = start + usize::from(words.get(start).is_some_and(|w| w.tag == Tag::Det));
        let who = self.view.who_in((start, start + 1)).find(|w| w.kind != WhoKind::Adjective)?;
        let end = self.word_range(who.span).1;
        // "wants Chinese buyers", "asked for Chile’s help": nobody is told to do anything.
        let told = that.is_some_and(|at| lower(at) == "that") || lower(end) == "to";
        told.then_some((start, end))
    }

    /// The usual name of a state.
    pub(super) fn name_of(&self, code: StateCode) -> SmolStr {
        match (self.context.state_name)(code) {
            Cow::Borrowed(name) => SmolStr::new_static(name),
            Cow::Owned(name) => SmolStr::from(name),
        }
    }

    pub(super) fn state(&self, code: StateCode, role: Role, at: Span) -> Side {
        let name = Some(self.name_of(code));
        Side {
            party: Player { name, office: None, country: Some(code), role },
            name: Some(at),
            office: None,
            at,
            pair: false,
            understood: false,
        }
    }

    /// "China-U.S. relations": the states of a compound do not act.
    pub(super) fn compound(&self, span: Span) -> bool {
        let text = self.context.doc.text;
        let dash = |c: char| matches!(c, '-' | '–');
        text.get(span.end..).is_some_and(|rest| rest.starts_with(dash))
            || text.get(..span.start).is_some_and(|rest| rest.ends_with(dash))
    }

    /// The parties named in a range of words.
    pub(super) fn collect(&self, range: Range, role: Role, out: &mut Vec<Side>) {
        let found: SmallVec<[&Who; 8]> = self.view.who_in(range).collect();
        let engagement = self.hit.rule.act.kind() == Kind::Engagement;
        let accord = self.hit.rule.act.kind() == Kind::Agreement && role == Role::Participant;
        let places = !engagement && !accord || self.hit.rule.act.subtype() == "visit";
        for (number, who) in found.iter().enumerate() {
            let founded = self.hit.rule.act == Act::Agreement(Agreement::Mechanism)
                && who.kind == WhoKind::Body
                && self.hit.frame.theme.is_some_and(|t| self.span_of(t).contains(who.span));
            // "Chile, home to mines run by Peru's firms, pledged": Chile.
            let owner = self.hit.rule.act.kind() == Kind::Agreement
                && role == Role::Actor
                && number > 0
                && who.kind == WhoKind::State
                && self.view.words.iter().any(|w| w.tag == Tag::Poss && w.span.start == who.span.end);
            // "Japan's Toyota": a firm.
            let of_firm = engagement
                && who.kind == WhoKind::State
                && found.get(number + 1).is_some_and(|next| {
                    next.kind == WhoKind::Firm
                        && matches!(
                            self.context.doc.text.get(who.span.end..next.span.start),
                            Some("'s " | "’s ")
                        )
                });
            // "China, the world's top producer of graphite,": what a state is, nobody beside it.
            let apposed = who.kind == WhoKind::Group
                && who.country.is_none()
                && number.checked_sub(1).and_then(|i| found.get(i)).is_some_and(|one| {
                    let between = self.context.doc.text.get(one.span.end..who.span.start);
                    between.is_some_and(|b| b.starts_with(", ") && !b.contains(" and "))
                });
            if self.of_private(who) || self.accredited(who) {
                continue;
            }
            if founded || of_firm || owner || apposed || engagement && self.of_business(who) {
                continue;
            }
            let holds = |one: &&Who| self.serves(one, who);
            if engagement
                && who.kind == WhoKind::Body
                && self.before(who.span).iter().rev().take(2).any(|w| w.lower == "at")
            {
                continue;
            }
            if found.get(number + 1).is_some_and(|next| self.belongs_to(who, next))
                || number.checked_sub(1).and_then(|i| found.get(i)).is_some_and(holds)
            {
                continue;
            }
            if engagement
                && !places
                && self.hit.frame.nominal
                && self.in_modifiers(who)
                && self.names_place(who)
            {
                continue;
            }
            match who.kind {
                WhoKind::State if role != Role::Participant && self.compound(who.span) => {}
                WhoKind::Place if !places || role == Role::Actor => {}
                WhoKind::Place => {
                    if let Some(code) = who.country {
                        out.push(self.state(code, role, who.span));
                    }
                }
                WhoKind::Adjective if role == Role::Participant => {}
                // A measure against firms or bodies hits their state.
                WhoKind::Group | WhoKind::Body | WhoKind::Firm
                    if role == Role::Recipient && who.country.is_some() =>
                {
                    if let Some(code) = who.country {
                        out.push(self.state(code, role, who.span));
                    }
                }
                WhoKind::Pair => {
                    // A text about something else has no sides.
                    let own = who.country.as_slice();
                    let sides = self.context.sides.as_slice();
                    for &code in if own.is_empty() || sides.is_empty() { sides } else { own } {
                        let mut side = self.state(code, role, who.span);
                        side.pair = true;
                        out.push(side);
                    }
                }
                WhoKind::State | WhoKind::Adjective => {
                    if let Some(code) = who.country {
                        out.push(self.state(code, role, who.span));
                    }
                }
                _ => out.push(side(who, role)),
            }
        }
        // A person or body speaks for its state: the bare state beside it is no second party.
        if role != Role::Participant {
            let first = out.iter().position(|s| s.party.role == role);
            if let Some((first, head)) = first.and_then(|at| Some((at, out.get(at)?))) {
                let country = head.party.country;
                let bare = || head.party.name.as_deref() == country.map(self.context.state_name).as_deref();
                let fuller = out.iter().position(|s| {
                    s.party.role == role
                        && s.party.country == country
                        && (s.party.office.is_some() || s.party.name != head.party.name && bare())
                });
                let kept = out.remove(fuller.unwrap_or(first));
                out.retain(|s| s.party.role != role || s.party.country != country);
                out.insert(0, kept);
            }
        }
    }

    /// "U.S. business executives": no party of their state.
    fn of_business(&self, who: &Who) -> bool {
        let words = self.view.words;
        let from = words.partition_point(|w| w.span.start < who.span.end);
        matches!(who.kind, WhoKind::State | WhoKind::Adjective | WhoKind::Authority)
            && (from..words.len().min(from + 4))
                .take_while(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time))
                .any(|i| {
                    words.get(i).is_some_and(|w| {
                        is!(
                            w.lower,
                            "executives"
                                | "companies"
                                | "firms"
                                | "businesses"
                                | "investors"
                                | "ceos"
                                | "enterprises"
                                | "farmers"
                                | "journalists"
                                | "students"
                                | "scholars"
                                | "lawmakers'"
                                | "businessmen"
                                | "businesspeople"
                                | "entrepreneurs"
                                | "fans"
                                | "tourists"
                        )
                    })
                })
    }

    /// "Jane Roe of the State Council": the council is where she serves.
    fn serves(&self, person: &Who, body: &Who) -> bool {
        person.kind == WhoKind::Person
            && body.kind == WhoKind::Body
            && person.country == body.country
            && self
                .context
                .doc
                .text
                .get(person.span.end..body.span.start)
                .is_some_and(|gap| matches!(gap.trim(), "of" | "of the" | "from the" | "at the" | "("))
    }

    /// "Xi's top adviser, Liu He", "the president's pick for secretary, X": the one named next is meant;
    /// "its chief negotiator, Vice Premier X" is one person.
    fn belongs_to(&self, who: &Who, next: &Who) -> bool {
        if !matches!(next.kind, WhoKind::Person | WhoKind::Office)
            || !matches!(who.kind, WhoKind::Person | WhoKind::Office)
        {
            return false;
        }
        let gap = self.context.doc.text.get(who.span.end..next.span.start).unwrap_or("");
        if who.kind == WhoKind::Office && who.name.is_none() && next.name.is_some() && gap == ", " {
            return who.country.is_none() || next.country.is_none() || who.country == next.country;
        }
        let Some(rest) = gap.strip_prefix("'s").or_else(|| gap.strip_prefix("’s")) else { return false };
        let of_another = |word: &str| {
            matches!(
                word,
                "pick"
                    | "choice"
                    | "nominee"
                    | "for"
                    | "as"
                    | "new"
                    | "top"
                    | "own"
                    | "chief"
                    | "former"
                    | "then"
                    | "economic"
                    | "trade"
                    | "senior"
                    | "incoming"
                    | "newly"
                    | "appointed"
                    | "key"
                    | "close"
            )
        };
        rest.split_whitespace().all(of_another)
    }

    /// Stands before the noun of the act, in its phrase.
    fn in_modifiers(&self, who: &Who) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let start = crate::grammar::clause::phrase_start(self.view.words, trigger);
        start < trigger && self.span_of((start, trigger)).contains(who.span)
    }

    pub(super) fn own_voice(&self, stance: &Stance, parties: &[Side]) -> bool {
        let voice = self.view.voice;
        let doers = || parties.iter().filter(|s| s.party.role == Role::Actor);
        let Some(range) = stance.speaker else {
            let quoted = voice.carried.as_deref().filter(|_| voice.quoted);
            let speaker = voice.own.as_deref().or(quoted).and_then(|w| w.country);
            let opens = self.context.doc.slice(self.sentence.span).starts_with(['“', '"']);
            if opens && speaker.is_none() && voice.own.is_none() {
                return false;
            }
            // In their own words people vouch for what they and both sides do, not for the others.
            return speaker.is_none()
                || doers().next().is_none()
                || doers().any(|d| d.party.country.is_none() || d.party.country == speaker);
        };
        if self.hit.rule.act.kind() == Kind::Engagement && self.told_by_the_way(range) {
            return true;
        }
        // "The mill has moved its orders, its manager said": the firm tells of itself.
        let theirs = self.view.words.get(range.0).is_some_and(|w| is!(w.lower, "its" | "their"));
        if theirs && self.hit.rule.act.kind() == Kind::BusinessShift && !self.context.official {
            return true;
        }
        let mut speakers = Vec::new();
        self.collect(range, Role::Actor, &mut speakers);
        let codes: Vec<StateCode> = speakers.iter().filter_map(|s| s.party.country).collect();
        let pronoun = (range.0..range.1).any(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Pron));
        if doers().next().is_none() {
            // A joint act told by one side only is reported; told by both it is theirs.
            let told = |p: &Side| p.party.country.is_some_and(|c| codes.contains(&c));
            return parties.iter().all(told) || stance.announced && parties.iter().any(told);
        }
        let unnamed = pronoun && codes.is_empty();
        let oneself = |d: &Side| {
            d.party.country.is_some_and(|c| codes.contains(&c))
                || d.party.name.is_some() && speakers.iter().any(|s| s.party.name == d.party.name)
        };
        unnamed && doers().all(|d| d.at == self.span_of(range)) || doers().any(oneself)
    }

    /// "Roe, who travels to Lima next week, said", "Receiving the envoy in May, the president said", "…, a sign
    /// that it keeps the promise made when they met in Lima, traders said": a contact that no speaker vouches for.
    fn told_by_the_way(&self, speaker: Range) -> bool {
        let words = self.view.words;
        let groups = &self.view.clauses.groups;
        let Some(group) = self.own_group().filter(|_| !self.hit.frame.nominal) else { return false };
        let opener = group.opens();
        let before = |at: usize| at.checked_sub(1).and_then(|i| words.get(i));
        let who = |at: usize| before(at).is_some_and(|w| w.tag == Tag::Rel && is!(w.lower, "who" | "where"));
        let plain = group.finite && group.modal.is_none();
        let described = plain && (who(opener) || who(group.start));
        let when = plain
            && matches!(group.tense, Tense::Past | Tense::Perfect)
            && before(opener).is_some_and(|w| is!(w.lower, "when" | "after"));
        let main = groups.iter().find(|g| g.finite && g.start > group.head);
        let receiving = group.tense == Tense::Gerund
            && words.iter().position(|w| w.tag != Tag::Punct) == Some(group.start)
            && main.is_some_and(|g| g.subject == Some(speaker));
        described || when || receiving
    }

    /// One tariff event per imposing side where both sides act.
    pub(super) fn split(&self, kind: Kind, sides: Vec<Side>) -> Vec<Vec<Side>> {
        let acts = |s: &&Side| s.party.role == Role::Actor;
        let both = distinct(sides.iter().filter(acts).filter_map(|s| s.party.country)).len() == 2;
        let opposed = kind == Kind::Tension && both && self.against_each_other(&sides);
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
        if hit.is_empty() {
            return facing(&actors);
        }
        let against = |actor: &&Side| std::iter::once((*actor).clone()).chain(hit.iter().cloned()).collect();
        actors.iter().map(against).collect()
    }

    /// "Washington and Beijing suspended their port fees": each has its own, on the other. Two who hit a
    /// third, or who blame it, act as one.
    fn against_each_other(&self, sides: &[Side]) -> bool {
        let measure = !matches!(self.hit.rule.act.subtype(), "warning" | "condemnation" | "accusation");
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

/// A party as it is named.
pub(super) fn side(who: &Who, role: Role) -> Side {
    Side {
        party: Player { name: who.name.clone(), office: who.office.clone(), country: who.country, role },
        name: who.name_span,
        office: who.office_span,
        at: who.span,
        pair: false,
        understood: false,
    }
}

/// "The chairman of Example Electronics" speaks for no state.
fn of_a_firm(side: &Side) -> bool {
    let Some(office) = side.party.office.as_deref().map(str::to_lowercase) else { return false };
    let chair = office.contains("chairman") && office.contains(' ');
    let public = [
        "committee",
        "commission",
        "council",
        "party",
        "house",
        "senate",
        "reserve",
        "board",
        "congress",
        "bank",
        "vice",
        "parliament",
    ];
    // "Acme boss", but not "EU trade boss".
    let boss = office.ends_with(" boss") || office.starts_with("boss of ");
    let boss = boss && !["trade", "fed", "customs", "treasury"].iter().any(|word| office.contains(word));
    let governs = side.party.country.is_some_and(|c| matches!(c.as_str(), "HK" | "MO"));
    office.contains("chief executive") && !governs
        || boss
        || office.split(' ').any(|w| w == "ceo" || w == "founder")
        || chair && !public.iter().any(|word| office.contains(word))
}

pub(super) fn dedup(sides: &mut Vec<Side>) {
    let same = |a: &Player, b: &Player| {
        a.name == b.name && (a.name.is_some() || a.office == b.office) && a.country == b.country
    };
    let mut at = 0;
    while let Some((before, side)) = sides.get(..at).zip(sides.get(at)) {
        if before.iter().any(|known| same(&known.party, &side.party)) {
            sides.remove(at);
        } else {
            at += 1;
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
    fn whoever_is_told_to_act_is_addressed() {
        check(
            "Chile demanded that Peru “immediately correct” its tariff on copper.",
            &["demand CL>PE reported"],
        );
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
