//! From a rule on a frame to events: parties, dates, rates, scope, factuality, status.

use std::collections::BTreeMap;

use crate::document::{BlockKind, Document};
use crate::event::{
    Act, Agreement, Confidence, Event, Evidence, Factuality, Kind, Party, Role, Status, TariffAction,
};
use crate::factuality::{Stance, factuality, stance};
use crate::frame_match::{Hit, View};
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Range};
use crate::grammar::tag::{Tag, Word};
use crate::sentence::Sentence;
use crate::slots::{Part, Percentage, percentages, rate};
use crate::span::Span;
use crate::state::StateCode;
use crate::timing::Timing;
use crate::when::{EventDate, Moment, Precision, TimeUnit};
use crate::who::{Who, WhoKind};

/// What the whole article says about its sentences.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    pub(crate) doc: &'c Document<'c>,
    pub(crate) classes: &'c Classes,
    pub(crate) published: jiff::civil::Date,
    /// The two states the article is about, the first one first.
    pub(crate) sides: Vec<StateCode>,
    /// A text of an authority in its own voice, and whose.
    pub(crate) official: bool,
    pub(crate) voice: Option<StateCode>,
    pub(crate) state_name: fn(StateCode) -> String,
    /// Topics per sentence.
    pub(crate) topics: &'c [Vec<(String, Span)>],
}

/// An event with what merging needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) event: Event,
    pub(crate) sentence: usize,
    pub(crate) start: usize,
    /// Named with "the" or "this": points back if it can.
    pub(crate) definite: bool,
    /// Carries a date of its own.
    pub(crate) dated: bool,
}

/// Events of one hit, or why there are none.
pub(crate) fn build(
    context: &Context<'_>,
    index: usize,
    sentence: &Sentence,
    view: View<'_>,
    times: &[Timing],
    hit: &Hit<'_>,
) -> Result<Vec<Draft>, String> {
    let builder = Builder { context, index, sentence, view, times, hit };
    builder.run()
}

struct Builder<'b> {
    context: &'b Context<'b>,
    index: usize,
    sentence: &'b Sentence,
    view: View<'b>,
    times: &'b [Timing],
    hit: &'b Hit<'b>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Side {
    party: Party,
    name: Option<Span>,
    office: Option<Span>,
    at: Span,
    pair: bool,
}

impl Builder<'_> {
    fn run(&self) -> Result<Vec<Draft>, String> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        let stance = stance(self.view, self.context.classes, &self.hit.frame);
        if stance.negated && !stance.denied {
            return Err("negated".to_owned());
        }
        if self
            .view
            .has((0, self.view.words.len()), self.context.classes.get("off_topic").unwrap_or_default())
        {
            return Err("another subject".to_owned());
        }
        if kind == Kind::Engagement && self.points_back() {
            return Err("says more of a contact told before".to_owned());
        }
        let question = self.block_kind() == Some(BlockKind::Question);
        let asks = self.context.doc.slice(self.sentence.span).trim_end_matches(['”', '"']).ends_with('?');
        if asks && kind != Kind::Statement {
            return Err("asked, not told".to_owned());
        }
        let parties = self.parties(&stance)?;
        let states: Vec<StateCode> = distinct(parties.iter().filter_map(|s| s.party.country));
        if states.len() < rule.states {
            return Err(format!("{} of {} states take part", states.len(), rule.states));
        }
        let own = self.own_voice(&stance, &parties);
        let mut fact = factuality(&stance, own);
        if fact == Factuality::Asserted && question {
            fact = Factuality::Reported;
        }
        if rule.hypothetical {
            fact = Factuality::Hypothetical;
        }
        if kind == Kind::Statement {
            fact = if matches!(self.block_kind(), Some(BlockKind::Turn)) {
                Factuality::Asserted
            } else {
                Factuality::Reported
            };
        }
        if matches!(rule.act.subtype(), "warning" | "condemnation" | "accusation")
            && fact == Factuality::Reported
        {
            fact = Factuality::Asserted;
        }
        if kind == Kind::Engagement && fact == Factuality::Hypothetical && parties.iter().any(|s| s.pair) {
            return Err("nobody named may meet".to_owned());
        }
        let act = if kind == Kind::TariffAction && fact == Factuality::Hypothetical && self.threat() {
            Act::TariffAction(TariffAction::Threaten)
        } else {
            rule.act.clone()
        };
        let variants = self.tariff_variants(kind);
        let mut out = Vec::new();
        for sides in self.split(kind, parties) {
            for variant in &variants {
                out.push(self.draft(&act, fact, &stance, &sides, variant));
            }
        }
        // What carries neither counterpart nor rate nor date is no background worth telling.
        out.retain(|d: &Draft| {
            let bare = d.event.rate.is_none()
                && !d.dated
                && d.event.effective.is_none()
                && d.event.duration.is_none();
            kind != Kind::TariffAction || !bare || d.event.parties.iter().any(|p| p.role == Role::Recipient)
        });
        if out.is_empty() {
            return Err("neither counterpart, rate nor date".to_owned());
        }
        Ok(out)
    }

    /// "It was their first meeting since …".
    fn points_back(&self) -> bool {
        let frame = &self.hit.frame;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        frame.nominal
            && group.is_some_and(|g| {
                g.lemma == "be"
                    && g.head < frame.trigger.0
                    && g.subject
                        .and_then(|s| self.view.words.get(s.0))
                        .is_some_and(|w| matches!(w.lower.as_str(), "it" | "this"))
            })
    }

    fn block_kind(&self) -> Option<BlockKind> {
        self.context.doc.block_of(self.sentence).map(|b| b.kind)
    }

    /// The act is threatened rather than merely thought about.
    fn threat(&self) -> bool {
        let lemma = |g: usize| self.view.clauses.groups.get(g).map(|g| g.lemma.as_str());
        self.hit.frame.group.is_some_and(|g| {
            self.view
                .clauses
                .chain(g)
                .into_iter()
                .any(|g| matches!(lemma(g), Some("threaten" | "warn" | "vow")))
        })
    }

    /// One tariff event per imposing side where both sides act.
    fn split(&self, kind: Kind, sides: Vec<Side>) -> Vec<Vec<Side>> {
        let actors: Vec<&Side> = sides.iter().filter(|s| s.party.role == Role::Actor).collect();
        let per_side = matches!(kind, Kind::TariffAction)
            && distinct(actors.iter().filter_map(|s| s.party.country)).len() == 2;
        if !per_side {
            return vec![sides];
        }
        actors
            .iter()
            .map(|actor| {
                let others = actors.iter().filter(|o| o.party.country != actor.party.country);
                let mut out = vec![(*actor).clone()];
                out.extend(others.map(|o| Side {
                    party: Party { role: Role::Recipient, ..o.party.clone() },
                    ..(*o).clone()
                }));
                out
            })
            .collect()
    }

    /// Ranges a role word stands for.
    fn ranges(&self, place: &str) -> Vec<Range> {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let governing = group.filter(|_| frame.nominal);
        match place {
            "agent" => {
                let mut out: Vec<Range> = frame.agent.into_iter().collect();
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
                    } else if !contains {
                        out.extend(group.subject);
                    }
                }
                out
            }
            "owner" => self.owner().into_iter().collect(),
            "theme" => frame.theme.into_iter().collect(),
            "clause" => vec![frame.extent],
            "sentence" => vec![(0, words.len())],
            prep => {
                let own = frame.preps.iter();
                let others = governing.map(|g| g.preps.iter()).into_iter().flatten();
                own.chain(others)
                    .filter(|(p, _)| words.get(*p).is_some_and(|w| w.lower == prep))
                    .map(|(_, r)| *r)
                    .collect()
            }
        }
    }

    /// The words before the measure in its own phrase: "Washington's new duties".
    fn owner(&self) -> Option<Range> {
        let theme = self.hit.frame.theme?;
        let head = (theme.0..theme.1).find(|&at| self.view.has((at, at + 1), &self.hit.rule.theme))?;
        let start = crate::grammar::clause::phrase_start(self.view.words, head).max(theme.0);
        (start < head).then_some((start, head))
    }

    /// The side of the two that does not act.
    fn other(&self, found: &[Side], role: Role) -> Option<Side> {
        let actor = found.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country)?;
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

    fn parties(&self, stance: &Stance) -> Result<Vec<Side>, String> {
        let rule = self.hit.rule;
        let mut out: Vec<Side> = Vec::new();
        let tariff = rule.act.kind() == Kind::TariffAction;
        for place in &rule.actor {
            if out.iter().any(|s| s.party.role == Role::Actor) {
                break;
            }
            for range in self.ranges(place) {
                self.collect(range, Role::Actor, &mut out);
            }
        }
        let actors: Vec<StateCode> = distinct(out.iter().filter_map(|s| s.party.country));
        for place in &rule.recipient {
            if out.iter().any(|s| s.party.role == Role::Recipient) {
                break;
            }
            if place == "other" {
                let side = self.other(&out, Role::Recipient);
                out.extend(side);
                continue;
            }
            for range in self.ranges(place) {
                let mut found = Vec::new();
                self.collect(range, Role::Recipient, &mut found);
                found.retain(|s| s.party.country.is_some_and(|c| !actors.contains(&c)));
                if tariff {
                    found = countries_only(self.context, found);
                }
                out.extend(found);
            }
        }
        for place in &rule.participant {
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
        if rule.act.kind() == Kind::Agreement
            && !rule.participant.is_empty()
            && distinct(out.iter().filter_map(|s| s.party.country)).is_empty()
        {
            self.collect((0, self.view.words.len()), Role::Participant, &mut out);
            out.retain(|s| s.pair);
        }
        if !rule.participant.is_empty() {
            drop_states_of_people(&mut out);
        }
        if out.iter().all(|s| s.party.role != Role::Actor) && !rule.actor.is_empty() {
            if let Some(actor) = self.understood_actor(stance, &out) {
                out.insert(0, actor);
            } else if rule.actor.iter().any(|a| a != "?") {
                return Err("nobody is named who does it".to_owned());
            }
        }
        let joint = rule.actor.is_empty() && rule.act.kind() == Kind::Engagement;
        if joint
            && distinct(out.iter().filter_map(|s| s.party.country)).len() < 2
            && self.points_at_pair(&out)
        {
            let missing: Vec<StateCode> = self
                .context
                .sides
                .iter()
                .copied()
                .filter(|c| !out.iter().any(|s| s.party.country == Some(*c)))
                .collect();
            for code in missing {
                let mut side = self.state(code, Role::Participant, self.trigger_span());
                side.pair = true;
                out.push(side);
            }
        }
        if out.is_empty() {
            return Err("no party is named".to_owned());
        }
        dedup(&mut out);
        Ok(out)
    }

    /// A contact told without its parties, but with a day or a place, is one of the two sides.
    fn points_at_pair(&self, found: &[Side]) -> bool {
        if self.context.sides.len() < 2
            || found.iter().any(|s| s.party.country.is_some_and(|c| !self.context.sides.contains(&c)))
        {
            return false;
        }
        let frame = &self.hit.frame;
        let dated = self.times_in(frame.extent).any(|t| t.date.is_some());
        let generic = |r: Option<Range>| {
            r.is_some_and(|(a, b)| {
                (a..b).any(|i| {
                    self.view
                        .words
                        .get(i)
                        .is_some_and(|w| w.lower == "they" || self.context.classes.has("envoy", &w.lemma))
                })
            })
        };
        let subject = frame.group.and_then(|g| self.view.clauses.groups.get(g)).and_then(|g| g.subject);
        if frame.nominal {
            return (dated || self.place(Kind::Engagement).is_some())
                && (found.is_empty() || found.len() == 1 && dated && self.place(Kind::Engagement).is_some());
        }
        found.is_empty()
            && (generic(frame.agent) || generic(subject))
            && (dated || self.place(Kind::Engagement).is_some())
    }

    /// The side that acts where the clause leaves it out: the other one of the two, or the voice.
    fn understood_actor(&self, stance: &Stance, found: &[Side]) -> Option<Side> {
        if let Some(range) = stance.speaker {
            let mut out = Vec::new();
            self.collect(range, Role::Actor, &mut out);
            if let Some(first) = out.into_iter().find(|s| s.party.country.is_some()) {
                return Some(first);
            }
        }
        let hit = found.iter().find(|s| s.party.role == Role::Recipient).and_then(|s| s.party.country);
        let code = match (hit, self.context.sides.as_slice()) {
            (Some(hit), [a, b]) if hit == *a || hit == *b => Some(if hit == *a { *b } else { *a }),
            (None, _) | (Some(_), _) => None,
        }
        .or(self.context.voice.filter(|v| Some(*v) != hit))?;
        Some(self.state(code, Role::Actor, self.trigger_span()))
    }

    fn trigger_span(&self) -> Span {
        self.span_of(self.hit.frame.trigger)
    }

    fn span_of(&self, range: Range) -> Span {
        let start = self.view.words.get(range.0).map_or(self.sentence.span.start, |w| w.span.start);
        let end = range.1.checked_sub(1).and_then(|i| self.view.words.get(i)).map_or(start, |w| w.span.end);
        Span::new(start, end.max(start))
    }

    fn state(&self, code: StateCode, role: Role, at: Span) -> Side {
        let name = Some((self.context.state_name)(code));
        Side {
            party: Party { name, office: None, country: Some(code), role },
            name: Some(at),
            office: None,
            at,
            pair: false,
        }
    }

    /// The parties named in a range of words.
    fn collect(&self, range: Range, role: Role, out: &mut Vec<Side>) {
        let found: Vec<&Who> = self.view.who_in(range).collect();
        let engagement = self.hit.rule.act.kind() == Kind::Engagement;
        let places = !engagement || self.hit.rule.act.subtype() == "visit";
        for who in &found {
            match who.kind {
                WhoKind::Place if !places || role == Role::Actor => {}
                WhoKind::Place => {
                    if let Some(code) = who.country {
                        out.push(self.state(code, role, who.span));
                    }
                }
                WhoKind::Adjective if role == Role::Participant => {}
                WhoKind::Pair => {
                    for &code in &self.context.sides {
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
                _ => out.push(Side {
                    party: Party {
                        name: who.name.clone(),
                        office: who.office.clone(),
                        country: who.country,
                        role,
                    },
                    name: who.name_span,
                    office: who.office_span,
                    at: who.span,
                    pair: false,
                }),
            }
        }
        // A person or body speaks for its state: the bare state beside it is no second party.
        if role != Role::Participant {
            let head = out.iter().position(|s| s.party.role == role);
            if let Some(head) = head.and_then(|h| out.get(h)).cloned() {
                let country = head.party.country;
                let fuller = out
                    .iter()
                    .find(|s| {
                        s.party.role == role
                            && s.party.country == country
                            && (s.party.office.is_some()
                                || s.party.name != head.party.name
                                    && head.party.name == country.map(self.context.state_name))
                    })
                    .cloned();
                out.retain(|s| s.party.role != role || s.party.country != country);
                out.insert(0, fuller.unwrap_or(head));
            }
        }
    }

    fn own_voice(&self, stance: &Stance, parties: &[Side]) -> bool {
        let Some(range) = stance.speaker else { return true };
        let mut speakers = Vec::new();
        self.collect(range, Role::Actor, &mut speakers);
        let codes: Vec<StateCode> = speakers.iter().filter_map(|s| s.party.country).collect();
        let pronoun = (range.0..range.1).any(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Pron));
        let doers: Vec<&Side> = parties.iter().filter(|s| s.party.role == Role::Actor).collect();
        if doers.is_empty() {
            // A joint act told by one side only is reported; told by both it is theirs.
            return parties.iter().all(|p| p.party.country.is_some_and(|c| codes.contains(&c)));
        }
        (pronoun && codes.is_empty())
            || doers.iter().any(|d| d.party.country.is_some_and(|c| codes.contains(&c)))
    }

    /// One entry per group of goods with a rate of its own.
    fn tariff_variants(&self, kind: Kind) -> Vec<Vec<Percentage>> {
        if kind != Kind::TariffAction {
            return vec![Vec::new()];
        }
        let frame = &self.hit.frame;
        let items = percentages(self.view.words, self.context.doc.text, frame.extent);
        let values = items.iter().filter(|i| i.part == Part::Value).count();
        let plain = items.iter().all(|i| i.part == Part::Value);
        let goods = |i: &Percentage| {
            (i.words.1..i.words.1 + 3)
                .any(|at| self.view.words.get(at).is_some_and(|w| matches!(w.lower.as_str(), "on" | "for")))
        };
        if plain && values > 1 && items.iter().all(goods) {
            return items.into_iter().map(|i| vec![i]).collect();
        }
        if plain && values > 1 {
            let near = items.iter().min_by_key(|i| i.words.0.abs_diff(frame.trigger.0)).copied();
            return vec![near.into_iter().collect()];
        }
        vec![items]
    }

    fn draft(
        &self,
        act: &Act,
        fact: Factuality,
        stance: &Stance,
        sides: &[Side],
        items: &[Percentage],
    ) -> Draft {
        let rule = self.hit.rule;
        let kind = act.kind();
        let text = self.context.doc.text;
        let mut fields: BTreeMap<String, Span> = BTreeMap::new();
        let mut parties = Vec::new();
        for (number, side) in sides.iter().enumerate() {
            if let Some(span) = side.name {
                fields.insert(format!("parties.{number}.name"), span);
            }
            if let Some(span) = side.office {
                fields.insert(format!("parties.{number}.office"), span);
            }
            fields.insert(format!("parties.{number}.country"), side.at);
            parties.push(side.party.clone());
        }
        let mut put = |field: &str, span: Span| {
            fields.insert(field.to_owned(), span);
        };
        let rate = rate(items, self.view.words, text).map(|(rate, span)| {
            put("rate", span);
            rate
        });
        let measure = matches!(kind, Kind::TariffAction | Kind::Tension | Kind::Agreement);
        let terms = if measure { self.terms() } else { Terms::default() };
        let (date, date_span) = self.date(&terms, stance, fact, kind);
        if let Some(span) = date_span {
            put("date", span);
        }
        for (field, span) in [
            ("effective", terms.effective_span),
            ("expires", terms.expires_span),
            ("duration", terms.duration_span),
        ] {
            if let Some(span) = span {
                put(field, span);
            }
        }
        let scope = self.scope(kind, items).map(|span| {
            put("scope", span);
            span.of(text).unwrap_or("").to_owned()
        });
        let place = self.place(kind).map(|span| {
            put("place", span);
            span.of(text).unwrap_or("").to_owned()
        });
        let mut topics = Vec::new();
        for (topic, span) in self.context.topics.get(self.index).into_iter().flatten() {
            if !topics.contains(topic) && topics.len() < 4 {
                put(&format!("topics.{}", topics.len()), *span);
                topics.push(topic.clone());
            }
        }
        let mut claims = Vec::new();
        for span in self.claims(kind) {
            put(&format!("claims.{}", claims.len()), span);
            claims.push(span.of(text).unwrap_or("").to_owned());
        }
        let status = self.status(act, fact, stance, &terms);
        if status.is_some() {
            put("status", self.trigger_span());
        }
        let dated = date_span.is_some();
        let doubt = if sides.iter().any(|s| s.pair) { 50 } else { 0 }
            + if fact == Factuality::Asserted { 0 } else { 50 };
        let event = Event {
            act: act.clone(),
            parties,
            date,
            effective: terms.effective,
            expires: terms.expires,
            duration: terms.duration,
            rate,
            scope,
            topics,
            place,
            factuality: fact,
            status,
            quote: self.sentence.span.of(text).unwrap_or("").to_owned(),
            claims,
            plover: rule.plover.clone(),
            confidence: Confidence::from_thousandths(rule.confidence.saturating_sub(doubt)),
            evidence: Evidence { quote: self.sentence.span, fields, rules: vec![rule.name.clone()] },
        };
        Draft {
            event,
            sentence: self.index,
            start: self.trigger_span().start,
            definite: self.definite(),
            dated,
        }
    }

    fn definite(&self) -> bool {
        let frame = &self.hit.frame;
        let start = crate::grammar::clause::phrase_start(self.view.words, frame.trigger.0);
        frame.nominal
            && self
                .view
                .words
                .get(start)
                .is_some_and(|w| matches!(w.lower.as_str(), "the" | "this" | "that" | "these"))
    }

    /// The times in the clause, then those of the sentence before any verb.
    fn times_in(&self, range: Range) -> impl Iterator<Item = &Timing> {
        let span = self.span_of(range);
        self.times.iter().filter(move |t| span.contains(t.span))
    }

    /// The words of the sentence that stand right before a span.
    fn before(&self, span: Span) -> Vec<&Word> {
        let end =
            self.view.words.iter().position(|w| w.span.start >= span.start).unwrap_or(self.view.words.len());
        self.view.words.get(end.saturating_sub(4)..end).unwrap_or_default().iter().collect()
    }

    fn terms(&self) -> Terms {
        let mut out = Terms::default();
        let frame = &self.hit.frame;
        let mut range = frame.extent;
        // "to take effect on …", "which expires on …" hang on the act although they are clauses of their own.
        range.1 = self.view.words.len();
        for time in self.times_in(range) {
            if time.span.start < self.span_of(frame.extent).start {
                continue;
            }
            let before = self.before(time.span);
            let lower: Vec<&str> = before.iter().map(|w| w.lower.as_str()).collect();
            let first =
                self.context.doc.slice(time.span).split_whitespace().next().unwrap_or("").to_lowercase();
            let lead = if matches!(
                first.as_str(),
                "from"
                    | "until"
                    | "till"
                    | "through"
                    | "by"
                    | "since"
                    | "on"
                    | "to"
                    | "starting"
                    | "effective"
                    | "for"
            ) {
                first.as_str()
            } else {
                lower.last().copied().unwrap_or("")
            };
            let near = |words: &[&str]| lower.iter().any(|l| words.contains(l));
            let expiring = near(&[
                "expire", "expires", "expiring", "expired", "runs", "lapse", "lapses", "ends", "ending",
            ]);
            if let Some(length) = time.length {
                if out.duration.is_none()
                    && (lead == "for"
                        || near(&["by", "another", "additional", "of", "to", "for"])
                        || self.context.doc.slice(time.span).contains('-'))
                {
                    out.duration = Some(length);
                    out.duration_span = Some(time.span);
                }
                continue;
            }
            let Some(moment) = time.moment else { continue };
            if expiring || matches!(lead, "until" | "till" | "through") {
                if out.expires.is_none() {
                    out.expires = Some(Moment { by: false, ..moment });
                    out.expires_span = Some(time.span);
                }
            } else if matches!(lead, "from" | "effective" | "starting" | "beginning" | "of" | "by")
                || lead == "since" && self.hit.rule.act.kind() == Kind::TariffAction
                || near(&["effect", "force", "effective", "starting", "beginning", "begin", "start"])
            {
                let of = lead == "of" && !near(&["as"]);
                if out.effective.is_none() && !of {
                    out.effective = Some(if lead == "by" {
                        Moment { by: true, ..moment }
                    } else {
                        Moment { by: false, ..moment }
                    });
                    out.effective_span = Some(time.span);
                }
            }
        }
        if let (None, Some(start), Some(length)) = (out.expires, out.effective, out.duration)
            && !start.by
            && let Some(end) = add(start, length)
        {
            out.expires = Some(end);
            out.expires_span = out.duration_span;
        }
        out
    }

    fn date(
        &self,
        terms: &Terms,
        stance: &Stance,
        fact: Factuality,
        kind: Kind,
    ) -> (EventDate, Option<Span>) {
        let frame = &self.hit.frame;
        let taken = [terms.effective_span, terms.expires_span, terms.duration_span];
        let usable =
            |t: &&Timing| t.date.is_some_and(|d| d.interval.is_some()) && !taken.contains(&Some(t.span));
        let trigger = self.trigger_span().start;
        // A date that belongs to something else: "since November 2023", "the first since …".
        let own = |t: &&Timing| {
            let before = self.before(t.span);
            let first = self.context.doc.slice(t.span).split_whitespace().next().unwrap_or("").to_lowercase();
            !(first == "since" || before.iter().any(|w| w.lower == "since")) || kind != Kind::Engagement
        };
        // "… since earlier talks in Geneva": the clause's day is not the day of those talks.
        let start = crate::grammar::clause::phrase_start(self.view.words, frame.trigger.0);
        let aside = frame.nominal
            && start.checked_sub(1).and_then(|i| self.view.words.get(i)).is_some_and(|w| {
                matches!(
                    w.lower.as_str(),
                    "since" | "after" | "before" | "following" | "from" | "during" | "until"
                )
            });
        let reach = if aside {
            let end = frame.preps.iter().map(|(_, r)| r.1).max().unwrap_or(frame.trigger.1);
            (start, end.max(frame.trigger.1))
        } else {
            frame.extent
        };
        let nearest = self
            .times_in(reach)
            .filter(usable)
            .filter(own)
            .min_by_key(|t| t.span.start.abs_diff(trigger))
            .or_else(|| {
                if aside {
                    return None;
                }
                // A time that opens the sentence holds for its main clauses.
                let first = self.view.clauses.groups.first().map_or(usize::MAX, |g| g.start);
                let opening = self.view.words.get(first).map_or(usize::MAX, |w| w.span.start);
                self.times.iter().filter(usable).filter(own).find(|t| {
                    t.span.end <= opening && !frame.nominal || t.span.start <= self.sentence.span.start + 8
                })
            });
        if let Some(time) = nearest {
            return (time.date.unwrap_or(EventDate::UNKNOWN), Some(time.span));
        }
        let running = kind == Kind::TariffAction
            && fact == Factuality::Asserted
            && !stance.future
            && !self.context.official;
        if let (true, Some(moment), Some(span)) = (running, terms.effective, terms.effective_span)
            && !moment.by
            && let Some((first, last)) = moment.days()
            && first <= self.context.published
        {
            let precision = match (moment.month, moment.day) {
                (Some(_), Some(_)) => Precision::Day,
                (Some(_), None) => Precision::Month,
                _ => Precision::Year,
            };
            return (EventDate { interval: Some((first, last)), precision }, Some(span));
        }
        if self.context.official && (kind != Kind::Engagement || !stance.future) {
            return (EventDate::day(self.context.published), None);
        }
        (EventDate::UNKNOWN, None)
    }

    fn status(&self, act: &Act, fact: Factuality, stance: &Stance, terms: &Terms) -> Option<Status> {
        let kind = act.kind();
        if matches!(kind, Kind::Statement | Kind::Forecast | Kind::BusinessShift) {
            return None;
        }
        if fact == Factuality::Denied {
            return Some(Status::Denied);
        }
        let published = self.context.published;
        let started = terms.effective.and_then(|m| m.days()).map(|(first, _)| first <= published);
        Some(match act {
            Act::Engagement(_) => match fact {
                Factuality::Hypothetical => Status::Planned,
                _ if stance.future => Status::Planned,
                _ => Status::Occurred,
            },
            Act::TariffAction(TariffAction::Threaten) => Status::Threatened,
            Act::TariffAction(action) => match (fact, started) {
                (Factuality::Hypothetical, _) => Status::Threatened,
                (_, Some(false)) => Status::Announced,
                (_, None) if stance.future => Status::Announced,
                (_, None) if self.context.official && !stance.past => Status::Announced,
                _ if *action == TariffAction::Remove => Status::Removed,
                _ => Status::InForce,
            },
            Act::Agreement(Agreement::Deal) if fact == Factuality::Hypothetical => Status::Planned,
            Act::Agreement(_) => match fact {
                Factuality::Hypothetical => Status::Planned,
                _ => self.hit.rule.status.unwrap_or(Status::Announced),
            },
            _ => self.hit.rule.status.unwrap_or(Status::Open),
        })
    }

    /// The goods or the list concerned.
    fn scope(&self, kind: Kind, items: &[Percentage]) -> Option<Span> {
        if !matches!(kind, Kind::TariffAction | Kind::Tension | Kind::Agreement) {
            return None;
        }
        // "N% on goods": what stands behind the rate, up to the next preposition or conjunction with a rate.
        if let Some(item) = items.first() {
            let mut at = item.words.1;
            let end = (at + 5).min(self.view.words.len());
            while at < end && self.view.words.get(at).is_some_and(|w| w.lower != "on" && w.tag != Tag::Punct)
            {
                at += 1;
            }
            if self.view.words.get(at).is_some_and(|w| w.lower == "on") {
                let (theme, _, _) =
                    crate::grammar::clause::phrases(self.view.words, at + 1, self.view.words.len());
                if let Some((start, end)) = theme {
                    let cut = (start..end)
                        .find(|&i| i > start + 1 && self.view.words.get(i).is_some_and(|w| w.lower == "%"))
                        .and_then(|i| {
                            (start..i)
                                .rev()
                                .find(|&j| self.view.words.get(j).is_some_and(|w| w.tag == Tag::Conj))
                        });
                    return Some(self.span_of((start, cut.unwrap_or(end))));
                }
            }
        }
        for place in &self.hit.rule.scope {
            if let Some(range) = self.ranges(place).into_iter().next() {
                return Some(self.span_of(range));
            }
        }
        None
    }

    /// A capitalised place behind "in" or "at" of the act.
    fn place(&self, kind: Kind) -> Option<Span> {
        if !matches!(kind, Kind::Engagement) {
            return None;
        }
        for prep in ["in", "at"] {
            for (start, end) in self.ranges(prep) {
                let mut stop = start;
                while stop < end
                    && self
                        .view
                        .words
                        .get(stop)
                        .is_some_and(|w| (w.capital && !w.time) || (w.lower == "the" && stop == start))
                {
                    stop += 1;
                }
                let first = self.view.words.get(start).filter(|w| w.capital && !w.time);
                if first.is_some() && stop > start && prep == "in" {
                    return Some(self.span_of((start, stop)));
                }
            }
        }
        None
    }

    /// Ordinals printed with the act.
    fn claims(&self, kind: Kind) -> Vec<Span> {
        if !matches!(kind, Kind::Engagement | Kind::Agreement) {
            return Vec::new();
        }
        let words = self.view.words;
        let mut out = Vec::new();
        for at in 0..words.len() {
            let ordinal = words.get(at).is_some_and(|w| {
                matches!(
                    w.lower.as_str(),
                    "first"
                        | "second"
                        | "third"
                        | "fourth"
                        | "fifth"
                        | "sixth"
                        | "seventh"
                        | "eighth"
                        | "ninth"
                        | "tenth"
                )
            });
            let noun = words
                .get(at + 1)
                .is_some_and(|w| w.tag == Tag::Noun || w.lower == "such" || matches!(w.tag, Tag::Verb(_)));
            if ordinal && noun {
                let end = (at..words.len())
                    .find(|&i| {
                        words.get(i).is_some_and(|w| {
                            matches!(w.lower.as_str(), "," | "." | ";" | "—")
                                || (w.lower == "and" && i > at + 2)
                        })
                    })
                    .unwrap_or(words.len());
                out.push(self.span_of((at, end)));
                break;
            }
        }
        out
    }
}

#[derive(Debug, Default)]
struct Terms {
    effective: Option<Moment>,
    effective_span: Option<Span>,
    expires: Option<Moment>,
    expires_span: Option<Span>,
    duration: Option<crate::when::Length>,
    duration_span: Option<Span>,
}

/// Start plus duration, where the start is a full date.
fn add(start: Moment, length: crate::when::Length) -> Option<Moment> {
    let day = jiff::civil::Date::new(start.year, start.month?, start.day?).ok()?;
    let count = i64::from(length.count.min(10_000));
    let span = match length.unit {
        TimeUnit::Hour => return None,
        TimeUnit::Day => jiff::Span::new().try_days(count).ok()?,
        TimeUnit::Week => jiff::Span::new().try_weeks(count).ok()?,
        TimeUnit::Month => jiff::Span::new().try_months(count).ok()?,
        TimeUnit::Year => jiff::Span::new().try_years(count).ok()?,
    };
    Some(Moment::on(day.checked_add(span).ok()?))
}

fn distinct(codes: impl Iterator<Item = StateCode>) -> Vec<StateCode> {
    let mut out = Vec::new();
    for code in codes {
        if !out.contains(&code) {
            out.push(code);
        }
    }
    out
}

/// Tariffs hit countries: persons and bodies stand for theirs.
fn countries_only(context: &Context<'_>, found: Vec<Side>) -> Vec<Side> {
    let mut out: Vec<Side> = Vec::new();
    for side in found {
        let Some(code) = side.party.country else { continue };
        if out.iter().any(|s| s.party.country == Some(code)) {
            continue;
        }
        let name = Some((context.state_name)(code));
        out.push(Side { party: Party { name, office: None, ..side.party }, ..side });
    }
    out
}

/// Where people of a state are named, the state itself is no further participant.
fn drop_states_of_people(sides: &mut Vec<Side>) {
    let people: Vec<StateCode> = sides
        .iter()
        .filter(|s| s.office.is_some() || s.party.office.is_some() || s.name != Some(s.at))
        .filter_map(|s| s.party.country)
        .collect();
    sides.retain(|s| {
        let bare = s.party.office.is_none() && s.name == Some(s.at);
        !(bare && s.party.country.is_some_and(|c| people.contains(&c)))
    });
}

fn dedup(sides: &mut Vec<Side>) {
    let mut seen: Vec<(Option<String>, Option<String>, Option<StateCode>)> = Vec::new();
    sides.retain(|s| {
        let key = (
            s.party.name.clone(),
            if s.party.name.is_some() { None } else { s.party.office.clone() },
            s.party.country,
        );
        if seen.contains(&key) {
            return false;
        }
        seen.push(key);
        true
    });
}

/// The frame's words, for the explanation.
pub(crate) fn frame_span(view: View<'_>, frame: &Frame) -> Span {
    let start = view.words.get(frame.trigger.0).map_or(0, |w| w.span.start);
    let end = frame.trigger.1.checked_sub(1).and_then(|i| view.words.get(i)).map_or(start, |w| w.span.end);
    Span::new(start, end.max(start))
}
