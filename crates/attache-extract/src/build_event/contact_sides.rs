//! Who takes part in a contact, besides those that the verb names.

use super::claims::LATER;
use super::taking_part::heads_world_body;
use super::*;

use crate::grammar::clause::phrase_start;
use crate::grammar::lower::{Lower, is};

impl Builder<'_> {
    /// "In a call with X on Monday, Y raised …": Y is the other one.
    pub(super) fn host_of_phrase(&self, out: &mut Vec<Side>) {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let start = phrase_start(words, frame.trigger.0);
        let leads = frame.nominal
            && start > 0
            && start <= 4
            && words.get(start - 1).is_some_and(|w| {
                is!(w.lower, "in" | "at" | "during" | "after" | "following" | "before" | "of")
            });
        if !leads || distinct(out.iter().filter_map(|s| s.party.country)).len() >= 2 {
            return;
        }
        let main = self.view.clauses.groups.iter().find(|g| g.finite && g.head > frame.trigger.1);
        let Some(subject) = main.and_then(|g| g.subject).filter(|s| s.0 >= frame.trigger.1) else { return };
        self.collect(subject, Role::Participant, out);
        // A state that follows a place in the sentence is one of those who act all the same.
        // But not "Kuala Lumpur, Malaysia".
        let text = self.context.doc.text;
        let beyond = |w: &&Who| {
            self.view.who.iter().any(|city| {
                city.city
                    && city.span.end <= w.span.start
                    && text.get(city.span.end..w.span.start) == Some(", ")
            })
        };
        let states =
            self.view.who_in(subject).filter(|w| w.kind == WhoKind::Place && !w.city).filter(|w| !beyond(w));
        let states: Vec<(StateCode, Span)> = states.filter_map(|w| Some((w.country?, w.span))).collect();
        out.extend(states.into_iter().map(|(code, span)| self.state(code, Role::Participant, span)));
    }

    /// "X thanked Y for a call on Monday", "X told Y in a meeting": both took part.
    pub(super) fn told_each_other(&self, out: &mut Vec<Side>) {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let mut start = phrase_start(words, frame.trigger.0);
        // "For an “excellent and respectful” call".
        let joins =
            |i: usize| words.get(i).is_some_and(|w| matches!(w.lower.as_str(), "“" | "”" | "\"" | "and"));
        while start > 0 && frame.trigger.0 - start < 8 && joins(start - 1) {
            start = phrase_start(words, start - 1);
        }
        let beside = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
            is!(w.lower, "in" | "during" | "for" | "at" | "over" | "by" | "after" | "following")
        });
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let Some(group) = group.filter(|g| frame.nominal && beside && g.head < frame.trigger.0) else {
            return;
        };
        if group.negated || distinct(out.iter().filter_map(|s| s.party.country)).len() >= 2 {
            return;
        }
        let mut both = Vec::new();
        // "Had an exchange with Y by video link".
        let with = group.preps.iter().filter(|(prep, _)| self.word(*prep) == "with").map(|(_, range)| *range);
        for range in group.subject.into_iter().chain(group.theme).chain(with) {
            self.collect(range, Role::Participant, &mut both);
        }
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        // "Japan asked Peru at Monday's talks to drop the duty"
        let there = known.is_empty()
            && is!(group.lemma, "ask" | "tell" | "urge" | "press" | "warn" | "promise" | "assure" | "offer")
            && self.has_day();
        both.retain(|s| {
            let person = |w: &Who| {
                w.span == s.at
                    && (matches!(w.kind, WhoKind::Person | WhoKind::Office)
                        || there && w.kind == WhoKind::State)
            };
            self.view.who.iter().any(person)
        });
        let states = distinct(both.iter().filter_map(|s| s.party.country));
        // "X left Rome after talks with Y".
        let joins = states.len() == 1 && known.len() == 1 && states != known;
        if states.len() == 2 || joins {
            out.extend(both);
        }
    }

    /// "At Roe's invitation, Peru's president will be in Lima": who invites stands before the noun.
    pub(super) fn inviter(&self, out: &mut [Side]) {
        let (trigger, words) = (self.hit.frame.trigger, self.view.words);
        let owned = self.hit.frame.nominal && self.hit.rule.act.subtype() == "invitation";
        let Some(mark) = trigger.0.checked_sub(1).filter(|_| owned) else { return };
        if !words.get(mark).is_some_and(|w| w.tag == Tag::Poss && w.lower.ends_with('s')) {
            return;
        }
        let edge = words.get(mark).map_or(0, |w| w.span.start);
        let Some(host) = self.view.who.iter().find(|w| w.span.end == edge).and_then(|w| w.country) else {
            return;
        };
        for side in out {
            side.party.role = if side.party.country == Some(host) { Role::Actor } else { Role::Recipient };
        }
    }

    /// "X declared the talks with Peru \"terminated\"": X was to take part.
    pub(super) fn who_calls_off(&self, out: &mut Vec<Side>) {
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        if known.len() != 1 || self.called_off().is_none() {
            return;
        }
        let trigger = self.hit.frame.trigger.0;
        let main = self.view.clauses.groups.iter().find(|g| g.finite && g.head < trigger);
        let Some(subject) = main.filter(|g| !g.passive && !g.negated).and_then(|g| g.subject) else { return };
        let mut found = Vec::new();
        self.collect(subject, Role::Participant, &mut found);
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "I had a good meeting with X": whoever says so took part.
    pub(super) fn oneself(&self, stance: &Stance, out: &mut Vec<Side>) {
        let words = self.view.words;
        let group = self.own_group();
        let agent = self.hit.frame.agent.into_iter().chain(group.and_then(|g| g.subject));
        let own = |(from, to): Range| {
            (from..to).any(|i| words.get(i).is_some_and(|w| is!(w.lower, "i" | "we" | "my" | "our")))
        };
        // "“Had a good call with Roe,” Doe wrote": whoever writes leaves himself out.
        let elided = group.is_some_and(|g| {
            g.subject.is_none()
                && g.finite
                && !g.passive
                && g.tense == Tense::Past
                && (0..g.head).all(|i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Punct | Tag::Adv)))
        });
        if !(elided || agent.into_iter().any(own)) {
            return;
        }
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let mut found = Vec::new();
        if let Some(range) = stance.speaker {
            self.collect(range, Role::Participant, &mut found);
        }
        if found.is_empty()
            && let Some(who) = self.view.voice.own.as_deref().or(self.view.voice.carried.as_deref())
        {
            found.push(super::collect::side(who, Role::Participant));
        }
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        // "I spoke by telephone with X", in an order: its signatory, or the state that speaks.
        if found.is_empty() && self.context.first_person {
            let signatory = self.context.signatory.as_ref().filter(|who| who.country.is_some());
            let signatory = signatory.map(|who| super::collect::side(who, Role::Participant));
            let state = || Some(self.state(self.context.voice?, Role::Participant, self.trigger_span()));
            found.extend(
                signatory.or_else(state).filter(|s| s.party.country.is_some_and(|c| !known.contains(&c))),
            );
        }
        out.extend(found);
    }

    /// "The next round is due in May", right behind the round before: of the states that sat together there.
    pub(super) fn goes_on(&self, out: &mut Vec<Side>) {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let start = phrase_start(words, frame.trigger.0);
        let word = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let again = (start..frame.trigger.0).any(|i| {
            is!(word(i), "next" | "another" | "further" | "following" | "subsequent")
                || words.get(i).is_some_and(|w| counted(&w.lower))
        });
        let sits = words
            .get(frame.trigger.0)
            .is_some_and(|w| is!(w.lemma, "round" | "talk" | "session" | "negotiation" | "consultation"));
        let nobody = self.view.who.iter().all(|w| matches!(w.kind, WhoKind::Place));
        if frame.nominal && again && sits && nobody {
            let at = self.trigger_span();
            let states = distinct(self.memory.sat_together(self.index).iter().copied());
            out.extend(states.iter().map(|&code| self.state(code, Role::Participant, at)));
        }
    }

    /// "The premier said that we had reached an understanding": with whom he spoke when he said so.
    pub(super) fn met_with(&self, one: StateCode) -> Option<Side> {
        let (from, to) = self.own_group().and_then(|g| g.subject)?;
        let word = |at: usize| self.view.words.get(at).map_or("", |w| w.lower.as_str());
        // "carry out what we agreed on": only points back.
        let what = from.checked_sub(1).is_some_and(|i| word(i) == "what");
        let we = word(from) == "we" && to == from + 1 && !what;
        let told = self.view.voice.own.is_none() && self.hit.rule.act == Act::Agreement(Agreement::Consensus);
        let other = self.memory.met_with(one).filter(|_| we && told)?;
        Some(self.state(other, Role::Participant, self.trigger_span()))
    }

    /// "Met his counterpart, the trade representative, X", "met with officials from X": with X.
    pub(super) fn named_behind(&self, out: &mut Vec<Side>) {
        let words = self.view.words;
        let peer = |(from, to): Range| {
            (from..to)
                .any(|i| words.get(i).is_some_and(|w| is!(w.lemma, "counterpart" | "opposite")))
                .then_some(to)
        };
        self.sent_from(out);
        let ranges = self.hit.frame.theme.into_iter().chain(self.hit.frame.preps.iter().map(|(_, r)| *r));
        let Some(from) = ranges.filter_map(peer).next() else { return };
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        if known.len() != 1 || words.get(from).is_none_or(|w| w.lower != ",") {
            return;
        }
        let next = self.view.clauses.groups.iter().find(|g| g.start >= from).map_or(words.len(), |g| g.start);
        let mut found = Vec::new();
        self.collect((from, next), Role::Participant, &mut found);
        found.retain(|s| s.party.office.is_some() && s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "Talks between Peru and Chile, with Minister X and his counterpart Y": a peer of no state told is of the one
    /// for which nobody else sits.
    pub(super) fn named_peer(&self, out: &mut Vec<Side>) {
        let peer = |s: &Side| {
            let behind = self.before(s.at).iter().rev().find(|w| w.lower != ",");
            s.party.country.is_none()
                && self.kind_at(s) == Some(WhoKind::Person)
                && behind.is_some_and(|w| w.lower == "counterpart")
        };
        let Some(at) = out.iter().position(peer) else { return };
        let bare =
            |s: &&Side| s.party.name.as_deref() == s.party.country.map(self.context.state_name).as_deref();
        let named = distinct(out.iter().filter(|s| !bare(s)).filter_map(|s| s.party.country));
        let free = out.iter().filter(bare).filter_map(|s| s.party.country);
        let free = distinct(free.filter(|code| !named.contains(code)));
        // "Minister X and his farm counterpart Z": of one state.
        let (from, _) = self.word_range(out.get(at).map_or(Span::new(0, 0), |s| s.at));
        let fellow = (from.saturating_sub(6)..from)
            .any(|i| self.word(i) == "and" && matches!(self.word(i + 1), "his" | "her" | "their"));
        let before =
            |s: &&Side| s.party.country.is_some() && out.get(at).is_some_and(|one| s.at.end <= one.at.start);
        let own = out.iter().filter(before).max_by_key(|s| s.at.end).and_then(|s| s.party.country);
        let country = match free.as_slice() {
            [one] => Some(*one),
            _ => own.filter(|_| fellow),
        };
        match (country, out.get_mut(at)) {
            (Some(code), Some(side)) => side.party.country = Some(code),
            _ => {
                out.remove(at);
            }
        }
    }

    /// "X and Y launched negotiations between Peru and Chile", "at the summit of Peru and Chile, X and Y agreed": the
    /// two by name.
    pub(super) fn held_by_people(&self, out: &mut Vec<Side>) {
        let frame = &self.hit.frame;
        let Some(group) = self.own_group().filter(|g| frame.nominal && !g.negated) else { return };
        let start = phrase_start(self.view.words, frame.trigger.0);
        let at = start.checked_sub(1).is_some_and(|i| matches!(self.word(i), "at" | "in" | "during"));
        let holds = is!(
            group.lemma,
            "hold"
                | "launch"
                | "open"
                | "start"
                | "begin"
                | "resume"
                | "conclude"
                | "close"
                | "conduct"
                | "lead"
                | "wrap"
                | "complete"
                | "continue"
                | "chair"
                | "co-chair"
                | "host"
        );
        let bare =
            |s: &Side| s.party.name.as_deref() == s.party.country.map(self.context.state_name).as_deref();
        let states = distinct(out.iter().filter_map(|s| s.party.country));
        if states.len() != 2 || !out.iter().all(bare) || !(at || holds) {
            return;
        }
        let Some(subject) = group.subject else { return };
        let mut found = Vec::new();
        self.collect(subject, Role::Participant, &mut found);
        found.retain(|s| self.kind_at(s) == Some(WhoKind::Person));
        let sent = distinct(found.iter().filter_map(|s| s.party.country));
        if sent.len() == 2 && sent.iter().all(|code| states.contains(code)) {
            *out = found;
        }
    }

    /// "Will lead a delegation to Lima to hold talks with X": whoever leads it talks, Peru gives the room.
    pub(super) fn led_there(&self, out: &mut Vec<Side>) {
        let groups = &self.view.clauses.groups;
        let Some(over) = self.own_group().and_then(|g| g.governor).and_then(|g| groups.get(g)) else {
            return;
        };
        let (Some(leader), Some(sent)) = (over.subject, over.theme) else { return };
        let team = (sent.0..sent.1)
            .any(|i| self.view.words.get(i).is_some_and(|w| is!(w.lemma, "delegation" | "team" | "mission")));
        if !team || !is!(over.lemma, "lead" | "head" | "bring" | "take" | "send") {
            return;
        }
        out.retain(|s| self.before(s.at).last().is_none_or(|w| w.lower != "to"));
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let mut found = Vec::new();
        self.collect(leader, Role::Participant, &mut found);
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "Met with counterparts from X and Y": with both.
    pub(super) fn sent_from(&self, out: &mut Vec<Side>) {
        const SENT: &[&str] = &[
            "counterpart",
            "official",
            "minister",
            "negotiator",
            "representative",
            "delegation",
            "delegate",
            "leader",
            "envoy",
            "diplomat",
            "regulator",
            "team",
        ];
        let words = self.view.words;
        let word = |i: usize| words.get(i);
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        for &(prep, range) in &self.hit.frame.preps {
            let sent = prep.checked_sub(1).and_then(word).is_some_and(|w| SENT.contains(&w.lemma.as_str()));
            let with =
                (prep.saturating_sub(4)..prep).any(|i| word(i).is_some_and(|w| is!(w.lower, "with" | "met")));
            if !(sent && with && word(prep).is_some_and(|w| w.lower == "from")) {
                continue;
            }
            let mut found = Vec::new();
            self.collect(range, Role::Participant, &mut found);
            found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
            out.extend(found);
        }
    }

    /// "Had a video meeting at the invitation of X": with X.
    pub(super) fn at_request(&self, out: &mut Vec<Side>) {
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let words = self.view.words;
        let end = self.hit.frame.extent.1.min(words.len());
        let asked = (self.hit.frame.trigger.1..end).find(|&i| {
            words.get(i).is_some_and(|w| is!(w.lower, "invitation" | "request"))
                && words.get(i + 1).is_some_and(|w| w.lower == "of")
        });
        let Some(at) = asked.filter(|_| (1..=2).contains(&known.len())) else { return };
        let stop = (at + 2..end).find(|&i| words.get(i).is_some_and(|w| w.lower == ",")).unwrap_or(end);
        // "of his Indian counterpart, Jane Roe": her name stands behind the comma.
        let edge = self.span_of((at + 2, stop)).end;
        let over = self.view.who.iter().find(|w| w.span.start < edge && edge < w.span.end);
        let stop = over.map_or(stop, |w| self.word_from(w.span.end));
        let mut found = Vec::new();
        self.collect((at + 2, stop), Role::Participant, &mut found);
        // "To Lima on the invitation of President Roe of Peru": the president stands for the state gone to.
        let nameless = |code| {
            out.iter().all(|s| s.party.country != Some(code) || self.kind_at(s) == Some(WhoKind::State))
        };
        found.retain(|s| {
            s.party.country.is_some_and(|c| {
                let guest = known.len() == 2 && known.contains(&c);
                !known.contains(&c) && known.len() == 1 || guest && nameless(c)
            })
        });
        out.extend(found);
    }

    /// "The Commission said a deal had been reached with Mexico": who says so is the other one.
    pub(super) fn teller(&self, stance: &Stance, out: &mut Vec<Side>) {
        let group = self.own_group();
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let Some(range) = stance.speaker else { return };
        if self.hit.rule.act.kind() != Kind::Agreement
            || known.len() != 1
            || !group.is_some_and(|g| g.passive)
        {
            return;
        }
        let mut found = Vec::new();
        self.collect(range, Role::Participant, &mut found);
        found.retain(|s| s.party.country.is_some_and(|c| !known.contains(&c)));
        out.extend(found);
    }

    /// "Jane Roe, head of the secretariat, met the American representative": whoever is of no state told
    /// is of the other one of the two sides.
    pub(super) fn opposite(&self, out: &mut [Side]) {
        let [a, b] = *self.context.sides.as_slice() else { return };
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        let other = match known.as_slice() {
            [one] if *one == a => b,
            [one] if *one == b => a,
            _ => return,
        };
        // "IMF Managing Director": of neither.
        // The Union has commissioners, no ministers.
        let of_many = |s: &Side| {
            s.party.office.as_deref().is_some_and(|office| {
                let minister = other.as_str() == "EU" && caseless::contains(office, "minister");
                heads_world_body(office) || minister
            })
        };
        let person = |s: &Side| {
            s.party.country.is_none()
                && s.party.name.is_some()
                && !of_many(s)
                && self
                    .view
                    .who
                    .iter()
                    .any(|w| w.span == s.at && w.kind == WhoKind::Person && w.office.is_some())
        };
        let host = self.hit.rule.act == Act::Engagement(Engagement::Visit);
        let official = out.iter().any(|s| s.party.country.is_some() && s.party.office.is_some());
        if official || host {
            for side in out.iter_mut().filter(|s| person(s)) {
                side.party.country = Some(other);
            }
        }
    }

    /// "Will fly to Madrid to meet X of China": Spain only gives the room.
    pub(super) fn third_place(&self, out: &mut Vec<Side>) {
        let [a, b] = *self.context.sides.as_slice() else { return };
        if self.hit.rule.act != Act::Engagement(Engagement::Visit) {
            return;
        }
        let Some(seat) = self.spot(Kind::Engagement).and_then(|s| s.country).filter(|&c| c != a && c != b)
        else {
            return;
        };
        let host = out.iter().any(|s| s.party.country == Some(seat) && s.party.office.is_some());
        let travellers = distinct(out.iter().filter_map(|s| s.party.country).filter(|&c| c != seat));
        let other = match travellers.as_slice() {
            [one] if *one == a => b,
            [one] if *one == b => a,
            _ => return,
        };
        // "told the Peruvian premier of his trip to Oslo": he goes to Oslo, not to the premier.
        let trigger = self.trigger_span().start;
        let named = |before: bool| {
            let there = |w: &Who| w.country == Some(other) && (w.span.end <= trigger) == before;
            self.view.who.iter().any(there)
        };
        let hearer = self.hit.frame.nominal && named(true) && !named(false);
        // "Roe's visit to Jordan in May": nobody else is told of.
        let alone = self.hit.frame.nominal && !named(true) && !named(false);
        if !host && !hearer && !alone {
            out.retain(|s| s.party.country != Some(seat));
            let mut side = self.state(other, Role::Participant, self.trigger_span());
            side.pair = true;
            out.push(side);
        }
    }

    /// Fills in the side that a contact leaves to the reader.
    pub(super) fn counterpart(&self, out: &mut Vec<Side>) {
        if !self.context.governed || !self.context.on_trade && !self.context.official {
            return;
        }
        let [a, b] = *self.context.sides.as_slice() else { return };
        let known = distinct(out.iter().filter_map(|s| s.party.country));
        // "The framework of July 22 caps Japanese cars at 15%, Washington says": the two states told.
        if self.hit.rule.act.kind() == Kind::Agreement
            && self.hit.frame.nominal
            && self.hit.rule.needs.contains(&crate::grammar::rule::Need::Dated)
            && known.len() < 2
        {
            let told = |w: &&Who| !matches!(w.kind, WhoKind::Place | WhoKind::Firm);
            let states = distinct(self.view.who.iter().filter(told).filter_map(|w| w.country));
            if states.len() == 2 && known.iter().all(|code| states.contains(code)) {
                for &code in states.as_slice().iter().filter(|code| !known.contains(code)) {
                    let mut side = self.state(code, Role::Participant, self.trigger_span());
                    side.pair = true;
                    out.push(side);
                }
                return;
            }
        }
        // "Signed a memorandum for 700,000 tons of American wheat": with those whose wheat it is.
        let theme = self.hit.frame.theme.filter(|_| self.hit.rule.act == Act::Agreement(Agreement::Deal));
        if let ([one], Some(theme)) = (known.as_slice(), theme)
            && !self.hit.frame.nominal
        {
            let goods = distinct(
                (self.view.who_in(theme).filter(|w| w.kind == WhoKind::Adjective))
                    .filter_map(|w| w.country)
                    .filter(|code| code != one),
            );
            if let [other] = *goods.as_slice() {
                out.push(self.state(other, Role::Participant, self.trigger_span()));
                return;
            }
        }
        // "The APEC meeting" is not one of the two sides alone.
        // "The meeting of the Committee" is one of both.
        let joint = |s: &Side| {
            let last = s.party.name.as_deref().and_then(|name| name.rsplit(' ').next()).unwrap_or("");
            matches!(
                last,
                "Committee" | "Commission" | "Dialogue" | "Council" | "Group" | "Board" | "Panel" | "Forum"
            ) && self.hit.rule.act.kind() == Kind::Engagement
        };
        let of_many =
            |s: &Side| s.party.country.is_none() && !joint(s) && self.kind_at(s) == Some(WhoKind::Body);
        if out.iter().any(of_many) {
            return;
        }
        if known.len() >= 2 || known.iter().any(|c| *c != a && *c != b) {
            return;
        }
        if !self.leaves_out(known.is_empty()) {
            return;
        }
        // "On a visit to a factory in Jiangxi": at home.
        let home = self.hit.rule.act == Act::Engagement(Engagement::Visit)
            && self.spot(Kind::Engagement).and_then(|s| s.country).is_some_and(|c| known.as_slice() == [c]);
        if home {
            return;
        }
        // "Canada waits: Trump broke off the talks", in a text on others.
        let outsiders = self.outsiders(&known);
        match (known.as_slice(), outsiders.as_slice()) {
            (_, []) => {}
            ([_], [one]) => {
                let mut side = self.state(*one, Role::Participant, self.trigger_span());
                side.pair = true;
                out.push(side);
                return;
            }
            _ if self.hit.rule.act.kind() == Kind::Agreement => return,
            // "India and the United States put off the talks", in a text on others.
            ([], _) => {
                let told = |w: &&Who| {
                    matches!(w.kind, WhoKind::State | WhoKind::Person | WhoKind::Body | WhoKind::Authority)
                };
                let states = distinct(self.view.who.iter().filter(told).filter_map(|w| w.country));
                if states.len() == 2 {
                    out.extend(
                        states
                            .as_slice()
                            .iter()
                            .map(|&code| self.state(code, Role::Participant, self.trigger_span())),
                    );
                    out.iter_mut().for_each(|side| side.pair = true);
                }
                return;
            }
            _ => {}
        }
        for code in [a, b] {
            if !known.contains(&code) {
                let mut side = self.state(code, Role::Participant, self.trigger_span());
                side.pair = true;
                out.push(side);
            }
        }
    }

    /// States the sentence names besides those of the text's two sides and those `known`.
    pub(super) fn outsiders(&self, known: &[StateCode]) -> States {
        let sides = &self.context.sides;
        distinct(
            (self.view.who.iter())
                .filter(|w| {
                    matches!(w.kind, WhoKind::State | WhoKind::Person | WhoKind::Body | WhoKind::Authority)
                        || known.is_empty() && w.kind == WhoKind::Adjective
                })
                .filter_map(|w| w.country)
                .filter(|code| !known.contains(code) && !sides.contains(code)),
        )
    }

    /// Whether the words of the act stand for the two sides of the article.
    pub(super) fn leaves_out(&self, nobody: bool) -> bool {
        let frame = &self.hit.frame;
        let occasions = self.hit.rule.act.kind() == Kind::Engagement && !self.occasions().is_empty();
        let dated = occasions
            || self.times_in(frame.extent).any(|t| t.date.is_some())
            || self.hit.rule.act.kind() == Kind::Engagement
                && self.context.occasions.head(self.index).is_some();
        let placed = occasions || self.place(self.hit.rule.act.kind()).is_some();
        let denied = frame.group.is_some_and(|g| {
            self.view.clauses.chain(g).any(|g| {
                self.view.clauses.groups.get(g).is_some_and(|g| self.context.classes.has("deny", &g.lemma))
            })
        });
        let generic = |r: Option<Range>| {
            r.is_some_and(|(a, b)| {
                (a..b).any(|i| {
                    self.view.words.get(i).is_some_and(|w| {
                        is!(w.lower, "they" | "their")
                            || self.context.classes.has("envoy", &w.lemma) && !w.name
                    })
                })
            })
        };
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let subject = group.and_then(|g| g.subject);
        let somebody = generic(frame.agent)
            || generic(subject)
            || frame.preps.iter().any(|(p, r)| {
                self.view.words.get(*p).is_some_and(|w| is!(w.lower, "with" | "between" | "of"))
                    && generic(Some(*r))
            });
        if !nobody {
            if self.hit.rule.act.kind() == Kind::Agreement {
                return dated && group.is_some_and(|g| g.passive);
            }
            let met = generic(frame.theme);
            return frame.nominal && dated && placed || somebody && (dated || placed) || met;
        }
        if self.hit.rule.act.kind() == Kind::Agreement {
            let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
            return somebody || group.is_some_and(|g| g.passive) || frame.nominal && (dated || placed);
        }
        if !frame.nominal {
            return somebody && (dated || placed);
        }
        let held = subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1)
            && group.is_some_and(|g| g.passive && g.lemma == "hold");
        dated || placed || denied || held || somebody && self.held()
    }

    /// Firms, visitors and the like make no contact between governments.
    pub(super) fn of_group(&self, side: &Side) -> bool {
        let contact = self.hit.rule.act.kind() == Kind::Engagement;
        let private = |kind: WhoKind| kind == WhoKind::Group || contact && kind == WhoKind::Firm;
        !side.pair && self.view.who.iter().any(|w| w.span == side.at && private(w.kind))
    }

    /// Whoever is named only in what a joint paper is about: "a joint statement hailing the pact with Peru", "on
    /// the duties against Chile".
    pub(super) fn only_treated(&self, side: &Side) -> bool {
        let frame = &self.hit.frame;
        if !frame.nominal || self.hit.rule.act != Act::Agreement(Agreement::JointStatement) {
            return false;
        }
        let (at, _) = self.word_range(side.at);
        let behind = frame.trigger.1;
        let hails = |g: &Group| g.tense == Tense::Gerund && g.start == behind && g.head < at;
        let matters =
            ["agreement_noun", "tariff"].map(|class| self.context.classes.get(class).unwrap_or_default());
        let about = self.view.words.get(behind).is_some_and(|w| {
            is!(w.lower, "on" | "about" | "over" | "against" | "regarding" | "concerning" | "after")
        });
        let matter = || behind < at && matters.iter().any(|class| self.view.has((behind, at), class));
        self.view.clauses.groups.iter().any(hails) || about && matter()
    }

    /// "A joint notice of the two ministries", "the carrier and the maker agreed": a paper of offices of one
    /// state, or a matter of firms, is no act of several states.
    pub(super) fn of_one_house(&self, sides: &[Side]) -> bool {
        let joint = self.hit.rule.act == Act::Agreement(Agreement::JointStatement);
        if !joint && self.hit.rule.act != Act::Agreement(Agreement::Consensus) {
            return false;
        }
        let kind = |s: &Side| self.view.who.iter().find(|w| w.span == s.at);
        let speaks = |s: &&Side| !s.pair && kind(s).is_some_and(|w| w.is("official"));
        let private = |s: &Side| {
            kind(s).is_some_and(|w| w.kind == WhoKind::Firm || w.kind == WhoKind::Body && w.country.is_some())
                && !speaks(&s)
        };
        if sides.iter().any(private) {
            return true;
        }
        // "Jane Roe, head of the commission, left with a joint statement": one person.
        let several = |of: &[WhoKind]| {
            let of_kind = |s: &&Side| speaks(s) && kind(s).is_some_and(|w| of.contains(&w.kind));
            sides.iter().filter(of_kind).count() > 1
        };
        let offices = [WhoKind::Body, WhoKind::Authority];
        joint
            && (several(&offices) || several(&[WhoKind::Person]) || several(&[WhoKind::Office]))
            && distinct(sides.iter().filter_map(|s| s.party.country)).len() < 2
    }
}

/// "second", "14th": one of several of its kind.
fn counted(word: &Lower) -> bool {
    let digits = word.as_str();
    LATER.has(word)
        || digits.starts_with(|c: char| c.is_ascii_digit())
            && ["st", "nd", "rd", "th"].iter().any(|ending| digits.ends_with(ending))
}
