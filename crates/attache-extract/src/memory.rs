//! What the text last told of a tariff, for sentences that leave it out.

use jiff::civil::Date;

use crate::event::{Act, Engagement, Event, Factuality, Kind, Percent, Role, Status, TariffAction};
use crate::span::Span;
use crate::state::StateCode;
use crate::states::States;
use crate::time::Relation;
use crate::timing::Timing;
use crate::when::{EventDate, Length, Moment, Precision};

/// Who acted against whom in the tariff told last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    actor: Option<StateCode>,
    recipients: Vec<StateCode>,
    sentence: usize,
    day: Option<(EventDate, Span, usize, usize)>,
    told: Option<(EventDate, Span)>,
    /// Of what kind of event the day is that the paragraph has come to.
    day_of: Option<Kind>,
    /// The contact the text opens with, and who took part.
    met: Option<Met>,
    /// Who has hit whom, the latest last.
    pairs: Vec<(StateCode, StateCode)>,
    /// Whose act or words were aimed at whom, of whatever kind, and where, the latest last.
    quarrels: Vec<(StateCode, StateCode, usize)>,
    /// Which rates whose tariffs have come to, the latest last.
    rates: Vec<(StateCode, Percent)>,
    /// On which goods of whom there are tariffs, in the words of the text, the latest last.
    goods: Vec<(String, StateCode, Vec<StateCode>)>,
    /// What was done to the tariff told last.
    act: Option<TariffAction>,
    /// The tariff told last, and where.
    tariffs: Vec<(Told, usize)>,
    /// The tariff told last that runs for a time, and where.
    timed: Option<(Told, usize)>,
    /// The duty laid on last, and where.
    laid: Option<(Told, usize)>,
    /// Who took the measure told last, of whatever kind, and where.
    doer: Option<(StateCode, usize)>,
    /// Several states have taken measures so far.
    doers: bool,
    /// Who last announced tariffs without saying which.
    announcer: Option<StateCode>,
    /// The measure named last by its owner and whom it hits: "American duties on Chilean wine".
    named: Option<(StateCode, StateCode)>,
    /// The state whose measures bear the name mentioned last: "Section 301".
    law: Option<StateCode>,
    /// The states named so far, the latest last.
    states: Vec<StateCode>,
    /// The state where the text was last, by what went on there, and in which sentence.
    scene: Option<(StateCode, usize)>,
    /// The state the sentence before was about.
    subject: Option<(StateCode, usize)>,
    /// Several sides have acted so far.
    several: bool,
    /// Who has made a deal with whom.
    struck: Vec<States>,
    /// The last deal or meeting with a day of its own, and of which states.
    bargain: Option<(EventDate, Span, States)>,
    contact: bool,
    /// The states of the contact told last, and in which sentence.
    sat: Option<(Vec<StateCode>, usize)>,
}

/// A contact.
#[derive(Debug, Clone)]
struct Met {
    date: EventDate,
    names: Vec<String>,
    states: Vec<StateCode>,
}

/// What a list goes on with: the tariff told in the line above it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) act: TariffAction,
    pub(crate) factuality: Factuality,
    pub(crate) actor: Option<StateCode>,
    pub(crate) recipient: Option<StateCode>,
    pub(crate) day: Option<(EventDate, Option<Span>)>,
    pub(crate) start: Option<(Moment, Option<Span>)>,
    pub(crate) end: Option<(Moment, Option<Span>)>,
    pub(crate) length: Option<(Length, Option<Span>)>,
}

impl Told {
    fn of(event: &Event, act: TariffAction) -> Self {
        let state = |role| event.parties.iter().find(|p| p.role == role).and_then(|p| p.country);
        let span = |field: &str| event.evidence.fields.get(field).copied();
        Self {
            act,
            factuality: event.factuality,
            actor: state(Role::Actor),
            recipient: state(Role::Recipient),
            day: event.date.interval.map(|_| (event.date, span("date"))),
            start: event.effective.map(|m| (m, span("effective"))),
            end: event.expires.map(|m| (m, span("expires"))),
            length: event.duration.map(|l| (l, span("duration"))),
        }
    }
}

/// How many sentences a measure stays in mind.
const REACH: usize = 4;
/// How many sentences open a text.
const OPENING: usize = 3;

impl Memory {
    /// Keeps what the events of a sentence say.
    pub(crate) fn keep<'e>(&mut self, sentence: usize, events: impl Iterator<Item = &'e Event>) {
        for event in events {
            self.contact |= event.act.kind() == Kind::Engagement;
            if matches!(event.act.subtype(), "talks" | "meeting" | "video_call" | "summit") {
                let states: Vec<StateCode> = event.parties.iter().filter_map(|p| p.country).collect();
                self.sat =
                    states.iter().any(|code| Some(code) != states.first()).then_some((states, sentence));
            }
            let words =
                matches!(event.act.subtype(), "warning" | "condemnation" | "accusation" | "wto_dispute");
            if matches!(event.act.kind(), Kind::TariffAction | Kind::Tension) && !words {
                let actor = event.actor();
                self.doers |= self.doer.is_some_and(|(known, _)| actor.is_some_and(|code| code != known));
                self.doer = actor.map(|code| (code, sentence)).or(self.doer);
            }
            if matches!(event.act.kind(), Kind::TariffAction | Kind::Tension | Kind::Statement) {
                let hit = event.parties.iter().filter(|p| p.role == Role::Recipient);
                let hit = hit.filter_map(|p| p.country).collect::<States>();
                if let (Some(actor), [one]) = (event.actor(), hit.as_slice()) {
                    self.quarrels.push((actor, *one, sentence));
                }
            }
            if event.act.kind() == Kind::Agreement {
                self.struck.push(event.parties.iter().filter_map(|p| p.country).collect::<States>().sorted());
            }
            let Act::TariffAction(act) = event.act else { continue };
            self.act = Some(act);
            let told = Told::of(event, act);
            if told.length.is_some() {
                self.timed = Some((told, sentence));
            }
            let lays = matches!(act, TariffAction::Impose | TariffAction::Increase);
            if lays && told.day.is_some() && event.factuality != Factuality::Hypothetical {
                self.laid = Some((told, sentence));
            }
            self.tariffs.push((told, sentence));
            let state = |role| event.parties.iter().find(|p| p.role == role).and_then(|p| p.country);
            if let Some(actor) = state(Role::Actor) {
                self.several |= self.actor.is_some_and(|known| known != actor);
                // What both do to each other in one sentence leaves the first of them in mind.
                let returned = self.sentence == sentence
                    && self.recipients.first() == Some(&actor)
                    && self.actor == state(Role::Recipient);
                if !returned {
                    self.actor = Some(actor);
                    let hit = event.parties.iter().filter(|p| p.role == Role::Recipient);
                    self.recipients = hit.filter_map(|p| p.country).collect();
                }
                self.sentence = sentence;
                if let Some(goods) = &event.scope {
                    let hit = event.parties.iter().filter(|p| p.role == Role::Recipient);
                    let hit: Vec<StateCode> = hit.filter_map(|p| p.country).collect();
                    if !hit.is_empty() {
                        self.goods.push((goods.to_lowercase(), actor, hit));
                    }
                }
                if let Some(rate) = event.rate.as_ref().and_then(|r| r.to.or(r.value)) {
                    self.rates.retain(|known| *known != (actor, rate));
                    self.rates.push((actor, rate));
                }
                let hit = event.parties.iter().filter(|p| p.role == Role::Recipient);
                for pair in hit.filter_map(|p| Some((actor, p.country?))) {
                    self.pairs.retain(|known| *known != pair);
                    self.pairs.push(pair);
                }
            }
        }
    }

    /// Whether a deal of the same sides was told before.
    pub(crate) fn has_struck(&self, sides: &[StateCode]) -> bool {
        let sides = sides.iter().copied().collect::<States>().sorted();
        self.struck.contains(&sides)
    }

    /// Who has laid on the duty told last, not long before a sentence.
    pub(crate) fn laid_by(&self, sentence: usize) -> Option<StateCode> {
        let near = |(_, at): &(Told, usize)| sentence - *at <= 2 * REACH;
        self.laid.filter(near).and_then(|(told, _)| told.actor)
    }

    /// The duty that `actor` has laid on not long before a sentence.
    pub(crate) fn laid_on(&self, sentence: usize, actor: Option<StateCode>) -> Option<Told> {
        let near = |(told, at): &(Told, usize)| told.actor == actor && sentence - *at <= 2 * REACH;
        self.laid.filter(near).map(|(told, _)| told)
    }

    /// Keeps who announced tariffs.
    pub(crate) fn keep_announcer(&mut self, code: Option<StateCode>) {
        self.announcer = code.or(self.announcer);
    }

    /// Keeps whom a sentence names, whom it is about and whose measure on whom it mentions.
    pub(crate) fn keep_named(
        &mut self,
        sentence: usize,
        states: impl Iterator<Item = StateCode>,
        subject: Option<StateCode>,
        measure: Option<(StateCode, StateCode)>,
    ) {
        for code in states {
            self.states.retain(|known| *known != code);
            self.states.push(code);
        }
        self.subject = subject.map(|code| (code, sentence)).or(self.subject);
        self.named = measure.or(self.named);
    }

    /// Keeps whose measures bear a name that a sentence mentions.
    pub(crate) fn keep_law(&mut self, owner: Option<StateCode>) {
        self.law = owner.or(self.law);
    }

    /// Keeps where a sentence takes the text: to the last place it names, or whither somebody went.
    pub(crate) fn keep_scene<'e>(
        &mut self,
        sentence: usize,
        places: impl Iterator<Item = StateCode>,
        events: impl Iterator<Item = &'e Event>,
    ) {
        let visits = |event: &&Event| event.act == Act::Engagement(Engagement::Visit);
        let host = |event: &Event| event.parties.iter().rfind(|p| p.office.is_none()).and_then(|p| p.country);
        let went = events.filter(visits).filter_map(host).last();
        self.scene = went.or_else(|| places.last()).map(|code| (code, sentence)).or(self.scene);
    }

    /// Where the text was not long before a sentence.
    pub(crate) fn scene(&self, sentence: usize) -> Option<StateCode> {
        self.scene.filter(|(_, told)| sentence.saturating_sub(*told) <= 2).map(|(code, _)| code)
    }

    /// The measure named last by its owner and whom it hits.
    pub(crate) fn named_measure(&self) -> Option<(StateCode, StateCode)> {
        self.named
    }

    /// The state whose measures bear the name mentioned last.
    pub(crate) fn owner_by_name(&self) -> Option<StateCode> {
        self.law
    }

    /// The two states named last beside `actor`: "both neighbours".
    pub(crate) fn two_others(&self, actor: StateCode) -> Vec<StateCode> {
        let mut out: Vec<StateCode> =
            self.states.iter().rev().copied().filter(|code| *code != actor).take(2).collect();
        out.reverse();
        out
    }

    /// The state named last before this sentence.
    pub(crate) fn named_last(&self) -> Option<StateCode> {
        self.states.last().copied()
    }

    /// The state that the sentence before is about.
    pub(crate) fn subject_before(&self, sentence: usize) -> Option<StateCode> {
        self.subject.filter(|(_, told)| sentence.saturating_sub(*told) <= 1).map(|(code, _)| code)
    }

    /// Whether the tariff told last is one of `actor` on goods of whatever state.
    pub(crate) fn hit_nobody(&self, sentence: usize, actor: StateCode) -> bool {
        self.actor(sentence) == Some(actor) && self.recipients.is_empty()
    }

    /// Who last announced tariffs, whichever they are.
    pub(crate) fn announcer(&self) -> Option<StateCode> {
        self.announcer
    }

    /// Keeps the day that the dated events of a sentence have come to.
    pub(crate) fn keep_day<'e>(
        &mut self,
        sentence: usize,
        block: usize,
        published: Date,
        events: impl Iterator<Item = &'e Event>,
    ) {
        let events: Vec<&Event> = events.collect();
        if events.is_empty() {
            return;
        }
        let told = |event: &Event| event.date.interval.is_some_and(|(_, last)| last <= published);
        let opens = |event: &&&Event| matches!(event.act, Act::Engagement(_)) && told(event);
        if sentence < OPENING && self.met.is_none() {
            self.met = events.iter().find(opens).map(|event| Met {
                date: event.date,
                names: event.parties.iter().filter_map(|p| p.name.clone()).collect(),
                states: event.parties.iter().filter_map(|p| p.country).collect(),
            });
        }
        let exact = |event: &Event| {
            matches!(event.date.precision, Precision::Day | Precision::Range | Precision::Week)
        };
        let joint = |event: &&&Event| {
            let form = event.act.subtype();
            told(event)
                && (exact(event) || event.date.precision == Precision::Month)
                && matches!(event.act, Act::Engagement(_) | Act::Agreement(_))
                && !matches!(form, "commitment" | "visit" | "invitation" | "mechanism")
        };
        let day = |event: &&Event| {
            let span = *event.evidence.fields.get("date")?;
            Some((
                event.date,
                span,
                event.parties.iter().filter_map(|p| p.country).collect::<States>().sorted(),
            ))
        };
        self.bargain = events.iter().filter(joint).filter_map(day).next_back().or(self.bargain.take());
        // A day that is only planned, or on which somebody spoke, is not where the story stands.
        let happened = |e: &&&Event| e.status != Some(Status::Planned) && e.act.kind() != Kind::Statement;
        if let Some(event) = events.iter().filter(happened).rfind(|e| told(e) && exact(e))
            && let Some(span) = event.evidence.fields.get("date")
        {
            self.day_of = Some(event.act.kind());
            self.day = Some((event.date, *span, sentence, block));
        }
    }

    /// The day of the last deal or meeting of just these states.
    pub(crate) fn bargain(&self, sides: &[StateCode]) -> Option<(EventDate, Span)> {
        let sides = sides.iter().copied().collect::<States>().sorted();
        self.bargain.as_ref().filter(|(_, _, known)| *known == sides).map(|(date, span, _)| (*date, *span))
    }

    /// The day of the last deal or meeting, where these states, of which not all need be named, took part in it.
    pub(crate) fn bargain_with(&self, sides: &[StateCode]) -> Option<(EventDate, Span)> {
        let all = |known: &[StateCode]| !sides.is_empty() && sides.iter().all(|code| known.contains(code));
        self.bargain.as_ref().filter(|(_, _, known)| all(known)).map(|(date, span, _)| (*date, *span))
    }

    /// The day of the contact that the text opens with, where `name` took part in it.
    pub(crate) fn contact_of(&self, name: &str) -> Option<EventDate> {
        let met = self.met.as_ref()?;
        met.names.iter().any(|known| known == name).then_some(met.date)
    }

    /// Whether the text opens with a contact of several states.
    pub(crate) fn opens_with_contact(&self) -> bool {
        self.met.as_ref().is_some_and(|met| met.states.iter().any(|code| Some(code) != met.states.first()))
    }

    /// The other state of the contact that the text opens with, where it was one of two.
    pub(crate) fn met_with(&self, one: StateCode) -> Option<StateCode> {
        let states = &self.met.as_ref()?.states;
        let other = states.iter().copied().find(|code| *code != one)?;
        (states.contains(&one) && states.iter().all(|code| [one, other].contains(code))).then_some(other)
    }

    /// The day of the contact that the text opens with, where it was one between these states.
    pub(crate) fn contact_between(&self, states: &[StateCode]) -> Option<EventDate> {
        let met = self.met.as_ref()?;
        (states.len() > 1 && states.iter().all(|code| met.states.contains(code))).then_some(met.date)
    }

    /// The day the paragraph has come to.
    pub(crate) fn day(&self, sentence: usize, block: usize) -> Option<(EventDate, Span)> {
        self.day
            .filter(|(_, _, told, place)| *place == block && sentence - told.min(&sentence) <= REACH)
            .map(|(date, span, _, _)| (date, span))
    }

    /// Of what kind of event the day is that the paragraph has come to.
    pub(crate) fn day_of(&self) -> Option<Kind> {
        self.day_of
    }

    /// The day told last, in whatever paragraph: "at the time".
    pub(crate) fn last_day(&self) -> Option<(EventDate, Span)> {
        self.told
    }

    /// Keeps the last day a sentence names; what it tells `ahead` is still to come.
    pub(crate) fn keep_time(&mut self, times: &[Timing], published: Date, ahead: &[Span]) {
        let day = |t: &Timing| {
            let date = t.date.filter(|d| d.precision == Precision::Day && !ahead.contains(&t.span))?;
            (date.start()? <= published).then_some((date, t.span))
        };
        // "was decreed on July 30 and has been levied since August 6": the day of the decree.
        let own = |t: &&Timing| t.relation == Relation::At;
        let plain = times.iter().rev().filter(own).find_map(day);
        self.told = plain.or_else(|| times.iter().rev().find_map(day)).or(self.told);
    }

    /// The states that sat together in the sentence before or in the one before that.
    pub(crate) fn sat_together(&self, sentence: usize) -> &[StateCode] {
        let near = self.sat.as_ref().filter(|(_, told)| (1..=2).contains(&sentence.saturating_sub(*told)));
        near.map_or(&[], |(states, _)| states.as_slice())
    }

    /// Whether a contact was told, on whose occasion words may have fallen.
    pub(crate) fn told_contact(&self) -> bool {
        self.contact
    }

    /// The side that acted, where it is near.
    pub(crate) fn actor(&self, sentence: usize) -> Option<StateCode> {
        self.actor.filter(|_| sentence.saturating_sub(self.sentence) <= REACH)
    }

    /// Who hit `target` last.
    pub(crate) fn who_hit(&self, target: StateCode) -> Option<StateCode> {
        self.pairs.iter().rev().find(|(_, hit)| *hit == target).map(|(actor, _)| *actor)
    }

    /// With whom a state was last at odds, no more than so many sentences ago.
    pub(crate) fn opponent(&self, sentence: usize, of: StateCode, reach: usize) -> Option<StateCode> {
        let near = self.quarrels.iter().rev().take_while(|(_, _, at)| sentence.saturating_sub(*at) <= reach);
        near.filter(|(actor, hit, _)| actor != hit).find_map(|(actor, hit, _)| match () {
            () if *actor == of => Some(*hit),
            () if *hit == of => Some(*actor),
            () => None,
        })
    }

    /// Who hit whom last.
    pub(crate) fn last_pair(&self) -> Option<(StateCode, StateCode)> {
        self.pairs.last().copied()
    }

    /// Whom `side` hit last.
    pub(crate) fn whom_hits(&self, side: StateCode) -> Option<StateCode> {
        self.pairs.iter().rev().find(|(actor, _)| *actor == side).map(|(_, hit)| *hit)
    }

    /// The one state that has hit or been hit by more others than any other has, and by two at least.
    pub(crate) fn hub(&self) -> Option<StateCode> {
        let dealings = |code: StateCode| {
            let other = |(a, b): &(StateCode, StateCode)| match () {
                () if *a == code => Some(*b),
                () if *b == code => Some(*a),
                () => None,
            };
            self.pairs.iter().filter_map(other).collect::<States>().len()
        };
        let all: States = self.pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let most = all.iter().map(|code| dealings(*code)).max().filter(|most| *most > 1)?;
        let mut hubs = all.iter().filter(|code| dealings(**code) == most);
        let hub = hubs.next()?;
        hubs.next().is_none().then_some(*hub)
    }

    /// The one side whose tariff has been told to be this high.
    pub(crate) fn who_charges(&self, rate: Percent) -> Option<StateCode> {
        let mut sides = self.rates.iter().filter(|(_, known)| *known == rate).map(|(side, _)| *side);
        let first = sides.next()?;
        sides.next().is_none().then_some(first)
    }

    /// The tariff told last up to the line that heads a list, unless more than `reach` sentences before it.
    /// What the items of the list tell says nothing of each other.
    pub(crate) fn above(&self, sentence: usize, reach: usize) -> Option<&Told> {
        let last = self.tariffs.iter().rfind(|(_, told)| *told <= sentence);
        last.filter(|(_, told)| sentence - told <= reach).map(|(told, _)| told)
    }

    /// The tariff told last that runs as long as `length`, where it is near.
    pub(crate) fn as_long(&self, sentence: usize, length: Length) -> Option<&Told> {
        let told = self.timed.as_ref().filter(|(_, at)| sentence.saturating_sub(*at) <= REACH);
        told.map(|(told, _)| told).filter(|told| told.length.is_some_and(|(known, _)| known == length))
    }

    /// Whose tariff on whom those goods are told to pay, where the text tells of but one side's.
    pub(crate) fn on_goods(&self, noun: &str) -> Option<(StateCode, &[StateCode])> {
        let stem = |word: &str| word.trim_end_matches('s').to_owned();
        let named =
            |goods: &str| goods.split(|c: char| !c.is_alphanumeric()).any(|word| stem(word) == stem(noun));
        let mut known = self.goods.iter().rev().filter(|(goods, ..)| named(goods));
        let (_, actor, hit) = known.next()?;
        known.all(|(_, other, _)| other == actor).then_some((*actor, hit.as_slice()))
    }

    /// What was done to the tariff told last, where it is near.
    pub(crate) fn act(&self, sentence: usize) -> Option<TariffAction> {
        self.act.filter(|_| sentence.saturating_sub(self.sentence) <= REACH)
    }

    /// Whether a state has acted so far in the text.
    pub(crate) fn has_acted(&self, code: StateCode) -> bool {
        self.actor == Some(code) || self.pairs.iter().any(|(actor, _)| *actor == code)
    }

    /// The side that was hit last, however far back.
    pub(crate) fn last_recipient(&self) -> Option<StateCode> {
        self.pairs.last().map(|(_, hit)| *hit)
    }

    /// The side that acted last, however far back.
    pub(crate) fn last_actor(&self) -> Option<StateCode> {
        self.actor
    }

    /// Who took the measure told last, where it is near or nobody else has taken any.
    pub(crate) fn doer(&self, sentence: usize) -> Option<StateCode> {
        self.doer
            .filter(|(_, told)| !self.doers || sentence.saturating_sub(*told) <= REACH)
            .map(|(code, _)| code)
    }

    /// Whether a measure was told.
    pub(crate) fn told_measure(&self) -> bool {
        self.doer.is_some()
    }

    /// The side that has hit the most states so far, where it has hit three or more and nobody else two.
    pub(crate) fn main_actor(&self) -> Option<StateCode> {
        let hits = |code: StateCode| self.pairs.iter().filter(|(actor, _)| *actor == code).count();
        let main = self.pairs.iter().map(|(actor, _)| *actor).max_by_key(|code| hits(*code))?;
        let alone = self.pairs.iter().all(|(actor, _)| *actor == main || hits(*actor) < 2);
        (hits(main) >= 3 && alone).then_some(main)
    }

    /// The one side that has acted so far in the text.
    pub(crate) fn only_actor(&self) -> Option<StateCode> {
        self.actor.filter(|_| !self.several)
    }

    /// The sides that were hit by what `actor` did, where it is near.
    pub(crate) fn recipients(&self, sentence: usize, actor: StateCode) -> &[StateCode] {
        if self.actor(sentence) == Some(actor) { &self.recipients } else { &[] }
    }
}
