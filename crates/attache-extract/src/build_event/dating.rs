//! When an act happened or was announced.

use super::*;
use crate::grammar::lower::{Lower, few, is};
use crate::time::Relation;

/// A date, the words it was read from, and whether they are the act's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub(super) date: EventDate,
    pub(super) span: Option<Span>,
    pub(super) own: bool,
}

impl Dated {
    const UNKNOWN: Self = Self { date: EventDate::UNKNOWN, span: None, own: false };

    fn inherited((date, span): (EventDate, Span)) -> Self {
        Self { date, span: Some(span), own: false }
    }
}

/// How many words into a sentence an official text says that a paper is of its day.
const SAME_DAY: usize = 10;
/// So many days before another, a day is of another story.
const LONG_BEFORE: i32 = 20;

/// How many words into a sentence it says how far from another its day is.
const COUNTED: usize = 6;
/// How many words "under that bargain" has at most.
const PHRASE: usize = 7;
/// How many words from the act "within hours of the ruling" may stand.
const HOURS: usize = 8;
/// Most days that a contact lasts.
const LONG_CONTACT: u32 = 10;
/// Most words between how long a contact lasts and its name.
const BEFORE_CONTACT: usize = 4;
/// In an official text, what is told behind these first sentences in the perfect is background.
const MAIN: usize = 2;

impl Builder<'_> {
    /// The day of the act: its own, that of its section, the one it took effect on, or that of the
    /// occasion the text is about.
    pub(super) fn date(&self, terms: &Terms, stance: &Stance, fact: Factuality, kind: Kind) -> Dated {
        if kind != Kind::Engagement
            && let Some(dated) = self.separately()
        {
            return dated;
        }
        if let Some(dated) = self.own_date(terms, stance, fact, kind) {
            return dated;
        }
        // "On July 16 Canada announced a surtax. China deplores this.": on the day of the answer.
        let blames = self.only_words();
        let own = blames || kind == Kind::Statement;
        if own && fact != Factuality::Reported && self.answer().is_some() {
            return Dated { date: EventDate::day(self.context.published), span: None, own: false };
        }
        if let Some(paper) = self.papers().first() {
            return Dated { date: paper.date, span: Some(paper.day), own: true };
        }
        if let Some(dated) = self.announced().filter(|_| !stance.future) {
            return dated;
        }
        if let Some(dated) = self.made_known(fact, kind) {
            return dated;
        }
        if matches!(kind, Kind::Agreement | Kind::TariffAction)
            && let Some(dated) = self.of_its_accord(kind)
        {
            return dated;
        }
        let earlier = kind == Kind::Engagement && self.earlier_contact();
        let asked = self.asked() && fact != Factuality::Denied;
        if matches!(kind, Kind::Forecast | Kind::BusinessShift) || asked || earlier {
            return Dated::UNKNOWN;
        }
        let by_the_way = || {
            self.told_for_its_end()
                || terms.effective.is_none() && (self.duty_by_the_way() || self.only_regarded())
        };
        if kind == Kind::TariffAction && !self.context.official && by_the_way() {
            return Dated::UNKNOWN;
        }
        let planned = stance.future || fact == Factuality::Hypothetical;
        // "Invited him to attend on that occasion": the day of the visit, not of the invitation.
        let bids_come = self.hit.rule.act == Act::Engagement(Engagement::Invitation);
        if !planned && terms.effective.is_none() && self.hours_from() {
            let day = self.memory.day(self.index, self.sentence.block);
            return day.map_or(Dated::UNKNOWN, Dated::inherited);
        }
        // "An agreement is to be signed by May": on no day yet.
        if stance.future
            && matches!(self.hit.rule.act, Act::Agreement(Agreement::Deal | Agreement::JointStatement))
        {
            return Dated::UNKNOWN;
        }
        if !planned && !bids_come && self.soon_or_there() {
            // "a visit on May 2 by Roe, who asked on that occasion": told in the sentence itself.
            let trigger = self.trigger_span().start;
            let here = self.times.iter().rfind(|t| t.span.end <= trigger && t.relation == Relation::At);
            let here = here.and_then(|t| Some((t.date.filter(|d| d.precision == Precision::Day)?, t.span)));
            if let Some(day) = here.or(self.memory.last_day()) {
                return Dated::inherited(day);
            }
        }
        // "has been collected since Friday", below "Monday."
        if self.tense() == Some(Tense::Perfect)
            && let Some(dated) = self.date_in_force(terms, stance, kind, planned)
        {
            return dated;
        }
        if let Some(head) = self.context.occasions.head(self.index)
            && !(planned && kind == Kind::Engagement)
        {
            return Dated::inherited(head);
        }
        // An entry of a live report tells of its own day, be it of what is to be done.
        // What it only points at ("the curbs announced before") may be of any day.
        let pointed = kind == Kind::Tension && (self.hit.frame.nominal || self.hit.frame.participle);
        let to_come = planned && matches!(kind, Kind::Engagement | Kind::Agreement);
        // "How we got here: The EU took it to the WTO the year after and won in November 2022."
        let long_ago = |t: &Timing| {
            let end = t.date.filter(|_| t.relation == Relation::At).and_then(|date| date.end());
            end.is_some_and(|end| {
                self.context.published.since(end).is_ok_and(|gap| gap.get_days() > LONG_BEFORE)
            })
        };
        let recap = self.tense() == Some(Tense::Past) && self.times.iter().any(long_ago);
        let live = self.block_kind() == Some(BlockKind::Entry)
            && !to_come
            && !pointed
            && !recap
            && fact != Factuality::Denied;
        if live {
            return Dated { date: EventDate::day(self.context.published), span: None, own: false };
        }
        let story =
            || if self.context.official { Dated::UNKNOWN } else { self.story_date(stance, fact, kind) };
        if kind == Kind::TariffAction && !self.context.official && self.only_proclaimed(terms) {
            return story();
        }
        if let Some(dated) = self.date_in_force(terms, stance, kind, planned) {
            // "put the fees on ice from May 4": decided on the day the story is at.
            let to_start = kind == Kind::Tension
                && self
                    .times
                    .iter()
                    .any(|t| Some(t.span) == terms.effective_span && t.relation == Relation::From);
            let told = if terms.told_elsewhere || to_start { story() } else { Dated::UNKNOWN };
            return if told.date.interval.is_some() { told } else { dated };
        }
        if self.context.official {
            return self.official_date(terms, stance, fact, kind, planned);
        }
        self.story_date(stance, fact, kind)
    }

    /// "Peru doubles its duty on cement. The decree, signed on Tuesday, …": the day that a sentence beside it
    /// gives the measure.
    fn made_known(&self, fact: Factuality, kind: Kind) -> Option<Dated> {
        let frame = &self.hit.frame;
        let told = matches!(fact, Factuality::Asserted | Factuality::Reported);
        let news = kind == Kind::TariffAction && told && !frame.participle && !self.hit.rule.weak;
        let actor = frame.agent.and_then(|range| self.view.who_in(range).find_map(|w| w.country));
        let dated = news.then(|| self.context.occasions.announced(self.index, actor)).flatten()?;
        Some(Dated { date: dated.0, span: Some(dated.1), own: false })
    }

    /// "Under the understanding of last autumn, Chile promised to buy it", "The truce concluded on May 12 brought
    /// the duty down to 10%": what was promised or done has the day of the accord that is told with it.
    fn of_its_accord(&self, kind: Kind) -> Option<Dated> {
        let words = self.view.words;
        let first = words.iter().position(|w| w.tag != Tag::Punct)?;
        let clauses = &self.view.clauses;
        let own = self.hit.frame.group?;
        let group = clauses.groups.get(own)?;
        let comma = match kind {
            Kind::Agreement => words.iter().position(|w| w.lower == ",")?,
            _ => {
                let behind = group.subject.map_or(0, |s| s.0);
                let comma = words.get(..self.hit.frame.trigger.0)?.iter().rposition(|w| w.lower == ",");
                comma.map_or(behind, |comma| comma.max(behind))
            }
        };
        let opener = &words.get(first)?.lower;
        let opens = comma < self.hit.frame.trigger.0
            && (kind == Kind::Agreement && is!(opener, "under" | "in" | "as") || opener == "under");
        // "promised to buy it"
        let done = clauses
            .chain(own)
            .filter_map(|g| clauses.groups.get(g))
            .any(|g| g.finite && g.modal.is_none() && matches!(g.tense, Tense::Past | Tense::Perfect));
        let accords = self.context.classes.get("agreement_noun").unwrap_or_default();
        let subject = group.subject.filter(|s| s.1 <= group.start);
        let within = |t: &&Timing| {
            let (start, end) = self.word_range(t.span);
            let opening = opens && first < start && end <= comma && self.view.has((first, start), accords);
            let acts =
                subject.is_some_and(|s| s.0 < start && end <= s.1 && self.view.has((s.0, start), accords));
            (opening || acts) && matches!(t.relation, Relation::At)
        };
        let time = self.times.iter().filter(|_| done).find(within)?;
        let date = time.date.filter(|d| d.end() <= Some(self.context.published))?;
        // The day of an accord is none on which a duty under it starts.
        Some(Dated { date, span: Some(time.span), own: kind == Kind::Agreement })
    }

    /// "the first call since earlier talks in Geneva": not of the day the text is about.
    fn earlier_contact(&self) -> bool {
        let words = self.view.words;
        let trigger = self.hit.frame.trigger.0;
        let mut start = crate::grammar::clause::phrase_start(words, trigger);
        // "prior economic and trade talks": the phrase goes on before "and".
        let and = start.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == "and"));
        if let Some(before) = and.and_then(|i| i.checked_sub(1)) {
            start = crate::grammar::clause::phrase_start(words, before);
        }
        let said = |at: usize, list: &[&str]| words.get(at).is_some_and(|w| list.contains(&w.lower.as_str()));
        // "carry out what was agreed at the Oslo talks", in the account of another contact.
        let named = |w: &Who| w.kind == WhoKind::Place;
        let label = self.memory.opens_with_contact()
            && said(start, &["the"])
            && start.checked_sub(1).is_some_and(|at| said(at, &["at", "in", "during", "of"]))
            && self.view.who_in((start, trigger)).any(named);
        self.hit.frame.nominal
            && (label
                || (start..trigger).any(|at| said(at, &["earlier", "previous", "prior", "past"]))
                || start.checked_sub(1).is_some_and(|at| {
                    // "May 2: Following talks in Oslo, the ministers sign": on that day.
                    let headed = self.context.occasions.head(self.index).is_some();
                    said(at, &["since"])
                        || said(at, &["following"]) && !headed && self.on_that_day().is_none()
                }))
    }

    /// "Peru and Fiji have struck an accord, the minister said on Tuesday": on the day it was made known.
    fn announced(&self) -> Option<Dated> {
        let joint = self.hit.rule.act.kind() == Kind::Agreement && !self.hit.rule.participant.is_empty();
        (joint && !self.hit.frame.nominal && self.tense() == Some(Tense::Perfect)).then_some(())?;
        let says =
            |g: &&Group| g.finite && g.tense == Tense::Past && self.context.classes.has("say", &g.lemma);
        let said = self.view.clauses.groups.iter().find(says)?;
        let time = self.times_in((said.head, said.extent.1)).find(|t| {
            t.date.is_some_and(|d| d.precision == Precision::Day && d.end() <= Some(self.context.published))
        })?;
        Some(Dated { date: time.date?, span: Some(time.span), own: true })
    }

    /// "On May 2, following a call with X, he put it off", "put off on May 2 after a call": on that day.
    fn on_that_day(&self) -> Option<Dated> {
        let (frame, words) = (&self.hit.frame, self.view.words);
        if !frame.nominal || self.times.is_empty() {
            return None;
        }
        let at = crate::grammar::clause::phrase_start(words, frame.trigger.0).checked_sub(1)?;
        let lead = words.get(at).filter(|w| is!(w.lower, "following" | "after"));
        let comma = at.checked_sub(1).is_some_and(|i| words.get(i).is_some_and(|w| w.lower == ","));
        let end = at.checked_sub(usize::from(comma)).filter(|_| lead.is_some())?;
        let right_before = |t: &&Timing| self.word_range(t.span).1 == end;
        let time = self.times.iter().find(right_before)?;
        let date = self.days_of(time, false, true).filter(|d| d.precision == Precision::Day)?;
        // "On Monday, after a call on Friday, he told reporters": the call has a day of its own.
        let own = self.times_in((frame.trigger.1, frame.extent.1)).any(|t| t.date.is_some());
        (!own).then_some(Dated { date, span: Some(time.span), own: true })
    }

    /// What somebody said or offered who took part in the contact that the text opens with: "If the EU
    /// insists, he warned, China will act."
    pub(super) fn said_there(&self, act: &Act, sides: &[Side]) -> Option<EventDate> {
        let met = |name: Option<&str>| name.and_then(|name| self.memory.contact_of(name));
        let actor = sides.iter().find(|s| s.party.role == Role::Actor)?;
        let own = met(actor.party.name.as_deref());
        match act {
            Act::Statement(_) => own,
            Act::Engagement(Engagement::Invitation) => own.filter(|_| self.tense() == Some(Tense::Past)),
            act if in_words(act) => own.or_else(|| {
                let speaker = self.speaker_before()?;
                met(speaker.name.as_deref()).filter(|_| speaker.country == actor.party.country)
            }),
            _ => None,
        }
    }

    /// Who has the word: "he stressed that China will act", or who was quoted right before.
    fn speaker_before(&self) -> Option<&Who> {
        let frame = &self.hit.frame;
        let mut above = self
            .view
            .clauses
            .groups
            .iter()
            .enumerate()
            .filter(|(i, g)| g.finite && g.head < frame.trigger.0 && frame.group != Some(*i));
        let named = above.find_map(|(_, g)| self.view.who_in(g.subject?).find(|w| w.kind == WhoKind::Person));
        let voice = &self.view.voice;
        voice.own.as_deref().or(voice.says.as_deref()).or(named).or(voice.carried.as_deref())
    }

    /// What the sides of the contact that the text opens with agreed: "The two ministers agreed to".
    pub(super) fn agreed_there(&self, act: &Act, sides: &[Side]) -> Option<EventDate> {
        if act.kind() != Kind::Agreement {
            return None;
        }
        let past = |g: &&crate::grammar::clause::Group| g.finite && g.tense == Tense::Past && !g.negated;
        // "agreed to keep up their talks": when they agreed.
        let above = self.hit.frame.group.into_iter().flat_map(|g| self.view.clauses.chain(g));
        let of_both = |subject: Range| {
            (subject.0..subject.1).any(|i| {
                let word = self.view.words.get(i).map_or("", |w| w.lower.as_str());
                matches!(word, "they" | "both" | "two" | "sides" | "ministers" | "leaders" | "presidents")
            })
        };
        let told = above.filter_map(|g| self.view.clauses.groups.get(g)).filter(past);
        let both = told.filter_map(|g| g.subject.filter(|s| s.0 < g.head)).any(of_both);
        (both && !self.has_day()).then_some(())?;
        self.memory.contact_between(&distinct(sides.iter().filter_map(|s| s.party.country)))
    }

    /// "The parties recalled the framework that the presidents launched on May 2", in a paper of June: a contact or an
    /// accord told beside a day that is not tied to it is of no day of the text.
    pub(super) fn of_a_day_untold(&self, kind: Kind, told: &Dated, date: &EventDate) -> bool {
        let published = self.context.published;
        let here = told.span.is_some_and(|span| self.sentence.span.contains(span));
        let beside = |t: &Timing| {
            let days = t.date.filter(|d| matches!(d.precision, Precision::Day | Precision::Range));
            t.relation == Relation::At && days.and_then(|d| d.end()).is_some_and(|last| last < published)
        };
        let open = match kind {
            Kind::Engagement => true,
            Kind::Agreement => date.start() == Some(published),
            _ => false,
        };
        open && !told.own && !here && self.times.iter().any(beside)
    }

    /// "He recalled the accord of May 2. The two ministers stressed the need for haste": what is said or
    /// agreed at the contact that the text opens with was not said on an earlier day told in passing.
    pub(super) fn not_before_contact(&self, act: &Act, sides: &[Side], told: &Dated) -> Option<EventDate> {
        if told.own || !matches!(act.kind(), Kind::Statement | Kind::Agreement) {
            return None;
        }
        let there = self.said_there(act, sides).or_else(|| self.agreed_there(act, sides));
        there.filter(|there| told.date.end() < there.start())
    }

    /// "The minister said that the meeting rests on the accord of May 2": a day within what is said in a
    /// readout is no day of the saying.
    fn within_what_is_said(&self, time: &Timing) -> bool {
        let frame = &self.hit.frame;
        let that = self.view.words.get(frame.trigger.1).is_some_and(|w| w.lower == "that");
        // "said that over the past year talks had been held": nobody says a thing all year.
        let long = time.date.is_some_and(|d| matches!(d.precision, Precision::Year | Precision::Quarter));
        let behind = self.word_from(time.span.start) > frame.trigger.1;
        (self.context.official || long) && that && !frame.nominal && behind
    }

    /// "This meeting is the first under the accord of May 2": of what is spoken of as "this" a day behind
    /// another verb tells nothing.
    fn of_this(&self, time: Span) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let start = crate::grammar::clause::phrase_start(words, frame.trigger.0);
        let named =
            |range: Range| (range.0..range.1).any(|i| words.get(i).is_some_and(|w| w.lower == "this"));
        let subject = self.own_group().and_then(|g| g.subject);
        let this = named((start, frame.trigger.0)) || subject.is_some_and(named);
        let at = self.word_from(time.start);
        let verb = |g: &crate::grammar::clause::Group| frame.trigger.1 <= g.head && g.head < at;
        frame.nominal && this && self.context.official && self.view.clauses.groups.iter().any(verb)
    }

    /// "Under the deal, cars are subject to 10%."
    fn under_deal(&self) -> bool {
        let deal = self.context.classes.get("agreement_noun");
        let first = self.view.words.first().is_some_and(|w| w.lower == "under");
        first && deal.is_some_and(|deal| self.view.has((1, 6.min(self.view.words.len())), deal))
    }

    /// "Under that bargain Peru is to buy jets", "In return Peru has promised": on the day of the deal of these
    /// states, or of the meeting at which it was made.
    pub(super) fn day_of_bargain(
        &self,
        act: &Act,
        sides: &[Side],
        told: &Dated,
        start: Option<Span>,
    ) -> Option<Dated> {
        let occasion = self.of_that_occasion();
        let part = occasion
            || !self.context.official
                && (self.under_deal()
                    || self.opens_with(&["in", "return"])
                    || self.opens_with(&["in", "exchange"])
                    || self.opens_with(&["for", "its", "part"]));
        let promise = *act == Act::Agreement(Agreement::Commitment);
        let duty = act.kind() == Kind::TariffAction && (occasion || self.under_deal());
        // "During those talks Peru promised to drop the duty from May 1": when it starts is no day of the promise.
        let starts = occasion && start.is_some() && told.span == start;
        let here = told.span.is_some_and(|span| self.sentence.span.contains(span));
        ((promise || duty) && part && (starts || !here && !told.own)).then_some(())?;
        let states = distinct(sides.iter().filter_map(|s| s.party.country));
        let bargain = if occasion { self.memory.bargain_with(&states) } else { self.memory.bargain(&states) };
        bargain.map(Dated::inherited)
    }

    /// Whether the sentence begins with these words, in lower case.
    fn opens_with(&self, lead: &[&str]) -> bool {
        let begins = self.view.words.get(..lead.len());
        begins.is_some_and(|begins| begins.iter().zip(lead).all(|(w, word)| w.lower == *word))
    }

    /// "It raised the duty on June 21. Its next blow fell on Wednesday. Cars now pay 120%": what is taken in Wednesday's
    /// step did not start with the one before.
    pub(super) fn drop_older_start(&self, told: &Dated, terms: &mut Terms) {
        let elsewhere = terms.effective_span.is_some_and(|span| !self.sentence.span.contains(span));
        let ends = terms.effective.and_then(|start| start.days()).map(|(_, last)| last);
        let heralded = self.context.occasions.announced(self.index, None).map(|(date, _)| date);
        if elsewhere && heralded == Some(told.date) && ends < told.date.start() {
            (terms.effective, terms.effective_span) = (None, None);
        }
    }

    /// "Under that bargain", "During those meetings", "In keeping with this statement", "Under it": of what was told
    /// before.
    fn of_that_occasion(&self) -> bool {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let leads: [&[&str]; 13] = [
            &["in", "keeping", "with"],
            &["in", "line", "with"],
            &["in", "accordance", "with"],
            &["consistent", "with"],
            &["pursuant", "to"],
            &["as", "part", "of"],
            &["on", "the", "basis", "of"],
            &["within", "the", "framework", "of"],
            &["thanks", "to"],
            &["under"],
            &["during"],
            &["at"],
            &["in"],
        ];
        let Some(lead) = leads.iter().find(|lead| self.opens_with(lead)).map(|lead| lead.len()) else {
            return false;
        };
        if lower(0) == "under" && lower(lead) == "it" {
            return true;
        }
        let contacts = |at: usize| {
            is!(
                lower(at),
                "meeting"
                    | "meetings"
                    | "talks"
                    | "call"
                    | "consultations"
                    | "summit"
                    | "visit"
                    | "dialogue"
                    | "round"
                    | "discussions"
                    | "conversation"
                    | "statement"
                    | "encounter"
            )
        };
        let accords = self.context.classes.get("agreement_noun").unwrap_or_default();
        let comma = (lead..words.len().min(lead + PHRASE)).take_while(|at| lower(*at) != ",");
        is!(lower(lead), "that" | "those" | "these" | "this")
            && comma.into_iter().skip(1).any(|at| contacts(at) || self.view.names_at(at, accords))
    }

    fn asked(&self) -> bool {
        self.block_kind() == Some(BlockKind::Question)
    }

    fn own_date(&self, terms: &Terms, stance: &Stance, fact: Factuality, kind: Kind) -> Option<Dated> {
        let taken = [terms.effective_span, terms.expires_span, terms.duration_span];
        // "A second duty came on June 1, beside the 25% collected since May 2": begun on a day of its own.
        let begun = self.times.iter().any(|t| {
            let own = || self.bond(t.span).is_some_and(|bond| bond <= Bond::Opening);
            Some(t.span) == terms.effective_span && Self::since(t) && own()
        });
        let subject = self.own_group().and_then(|g| g.subject).map(|s| self.span_of(s).start);
        let apart = |t: &Timing| begun && subject.is_some_and(|start| start > t.span.end);
        let trigger = self.trigger_span().start;
        let contact = kind == Kind::Engagement;
        let planned = contact
            && (stance.future
                || fact == Factuality::Hypothetical
                || self.prospect()
                || self.planned()
                || self.scheduled());
        if contact
            && fact == Factuality::Denied
            && let Some(dated) = self.day_set_for()
        {
            return Some(dated);
        }
        if !planned
            && let Some(dated) =
                self.days_before().or_else(|| if contact { self.on_that_day() } else { None })
        {
            return Some(dated);
        }
        // "A joint statement is to be signed in mid-March": not the last one.
        let to_come = planned || kind == Kind::Agreement && stance.future;
        // "Did the two hold a call on Monday?": on the last one.
        let gone = self.asked()
            && self.view.words.iter().find(|w| w.tag != Tag::Punct).is_some_and(|w| w.lower == "did");
        let to_come = to_come && !gone;
        // "invited him to come in October": the day of the visit.
        let bids_come = self.hit.rule.act == Act::Engagement(Engagement::Invitation);
        // "came at 15% on May 2 and was halved with effect from June 1": halved on another day.
        let starts_from = |span: Span| {
            let from = |t: &Timing| t.span == span && t.relation == Relation::From;
            self.bond(span) == Some(Bond::Own) && self.times.iter().any(from)
        };
        let own_start = kind == Kind::TariffAction
            && !terms.told_elsewhere
            && self.own_group().is_some_and(|g| g.finite)
            && terms.effective.and_then(|m| m.days()).is_some_and(|(_, last)| last <= self.context.published)
            && terms.effective_span.is_some_and(starts_from);
        // What is announced for a day to come happens today; the day is when it starts.
        let lies_ahead = |date: &EventDate| {
            date.interval.is_some_and(|(first, last)| {
                first > self.context.published || stance.future && last > self.context.published
            })
        };
        // "At 4 p.m." is of the day that heads the section.
        let headed = self.context.occasions.head(self.index).is_some();
        self.times
            .iter()
            .filter(|t| !taken.contains(&Some(t.span)))
            // "On May 2 it put 25% on pork from June 1 and 10% on beef from July 1": told of both.
            .filter(|t| self.in_segment(t.span) || t.span.end <= trigger && t.relation == Relation::At)
            .filter(|t| !(kind == Kind::TariffAction && stance.future && self.this_year(t)))
            .filter(|t| !(self.compared(t.span) || t.bare_clock && headed))
            .filter(|t| self.to_come_after_all(t).is_none() && !self.of_another_clause(t))
            .filter(|t| !((contact || self.not_yet()) && Self::since(t)))
            // "made it subject to licensing as of August 1", told in July: when that starts.
            .filter(|t| {
                !(self.as_of(t.span) && t.date.is_some_and(|d| d.start() > Some(self.context.published)))
            })
            // "wanted it in force by January", "asked him to come by May": when that is to be.
            .filter(|t| !((bids_come || kind == Kind::Statement) && t.relation == Relation::By))
            // "has promised to buy 3 million tons by the end of May": when it is to be kept.
            .filter(|t| !(self.is_commitment() && t.relation == Relation::By))
            // "is raising its prices from September": when it starts.
            .filter(|t| {
                let starts = kind == Kind::BusinessShift && t.relation == Relation::From;
                !(starts && self.tense() == Some(Tense::Present))
            })
            .filter(|t| !((contact || kind == Kind::Agreement) && self.beyond_another(t.span)))
            .filter(|t| !(kind == Kind::Agreement && self.of_what_is_agreed(t.span)))
            .filter(|t| !(contact && (self.of_confirming(t.span) || self.of_this(t.span))))
            .filter(|t| !(kind == Kind::Statement && self.within_what_is_said(t)))
            .filter(|_| !(kind == Kind::Agreement && self.comes_into_effect()))
            .filter(|t| !(kind == Kind::Agreement && self.of_coming_into_effect(t.span)))
            .filter(|t| !(self.of_the_original(t) || stance.future && self.first_told(t.span)))
            .filter(|t| !matches!(t.relation, Relation::Before | Relation::After | Relation::Until))
            // "had threatened 30% for August 1": when it would start.
            .filter(|t| {
                kind != Kind::TariffAction
                    || t.relation != Relation::For
                        && !self.was_planned_for(t.span)
                        && !self.due_on(t.span)
                        && !self.compared_with(t)
            })
            .filter_map(|t| Some((self.bond(t.span)?, t, self.days_of(t, to_come, gone || !stance.future)?)))
            // "halved it from May 10 and prolonged the other": the start of the one is no day of both.
            .filter(|(bond, t, _)| *bond != Bond::Beside || t.relation != Relation::From && !own_start)
            .filter(|(bond, t, _)| *bond == Bond::Own || !apart(t))
            .filter(|(_, _, date)| contact && !bids_come || kind == Kind::Forecast || !lies_ahead(date))
            // "are to invest $50 billion, a third of it this year": when it is to be kept.
            .filter(|(_, _, date)| {
                let running = date.precision == Precision::Year && date.end() >= Some(self.context.published);
                !(running && self.is_commitment())
            })
            // "has opened an inquiry into the purchase in 2020": that year is of what is looked into.
            .filter(|(_, t, date)| {
                let measure = matches!(kind, Kind::Tension | Kind::TariffAction | Kind::Agreement);
                let vague = matches!(date.precision, Precision::Year);
                let long_past = date.end().is_some_and(|day| day.year() < self.context.published.year());
                // "In 2018 Oslo had opened one": told of that year.
                let had = self.own_group().is_some_and(|g| {
                    (g.start..g.head).any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "had"))
                });
                let perfect = self.tense() == Some(Tense::Perfect) && !had;
                !(measure && vague && long_past && perfect && !Self::since(t))
            })
            // What is foreseen is not past.
            .filter(|(_, _, date)| kind != Kind::Forecast || date.end() > Some(self.context.published))
            .min_by_key(|(bond, t, date)| {
                let far = t.span.start.abs_diff(trigger);
                (self.first_told(t.span), *bond, rank(date.precision), far)
            })
            .map(|(_, t, date)| {
                let start = date.start().filter(|_| Self::since(t) && kind != Kind::BusinessShift);
                let date = if contact && !planned { self.days_up_to(t.span, date) } else { date };
                Dated { date: start.map_or(date, EventDate::day), span: Some(t.span), own: true }
            })
    }

    /// "Three days of talks ended on Thursday", "wrapped up a two-day visit on Thursday": from the first day to
    /// the last.
    fn days_up_to(&self, time: Span, date: EventDate) -> EventDate {
        let trigger = self.hit.frame.trigger;
        let (at, _) = self.word_range(time);
        let days = self.times.iter().find_map(|t| {
            let length =
                t.length.filter(|l| l.unit == TimeUnit::Day && (2..=LONG_CONTACT).contains(&l.count))?;
            let (_, end) = self.word_range(t.span);
            (end <= trigger.1 && trigger.0 <= end + BEFORE_CONTACT).then_some(length.count)
        });
        let holds = |r: Option<Range>| r.is_some_and(|r| r.0 <= trigger.0 && trigger.0 < r.1);
        let ends = |g: &Group| {
            let of = !self.hit.frame.nominal || holds(g.subject) || holds(g.theme);
            self.ends_contact(g) && g.head < at && of
        };
        let named = self.hit.frame.nominal || self.tense() == Some(Tense::Gerund);
        let ended = named && self.view.clauses.groups.iter().any(ends);
        let (Some(days), Some((day, last)), true) = (days, date.interval, ended) else { return date };
        match day.checked_sub(jiff::Span::new().days(i64::from(days) - 1)) {
            Ok(first) if date.precision == Precision::Day => {
                EventDate { interval: Some((first, last)), precision: Precision::Range }
            }
            _ => date,
        }
    }

    /// "was set to begin on July 9, but was put off": the day of a plan.
    fn was_planned_for(&self, time: Span) -> bool {
        let (start, _) = self.word_range(time);
        let lower = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let verb = self.view.clauses.groups.iter().rfind(|g| g.head < start);
        verb.is_some_and(|g| {
            g.tense == Tense::Infinitive
                && (g.start.saturating_sub(2)..=g.start).any(|at| {
                    is!(lower(at), "set" | "due" | "scheduled" | "slated" | "supposed" | "planned" | "meant")
                })
        })
    }

    /// "The tariff, due on March 4, was put off": the day of a plan.
    fn due_on(&self, time: Span) -> bool {
        let due = |w: &Word| is!(w.lower, "due" | "scheduled" | "slated" | "planned");
        match self.before(time) {
            [.., word, prep] if is!(prep.lower, "on" | "for" | "from" | "in") => due(word),
            [.., word] => due(word),
            [] => false,
        }
    }

    /// "The meeting planned for Tuesday did not take place", "a call that had been arranged for May 6": the day of
    /// what was called off.
    fn day_set_for(&self) -> Option<Dated> {
        let set = |w: &Word| {
            is!(
                w.lower,
                "planned"
                    | "scheduled"
                    | "set"
                    | "due"
                    | "slated"
                    | "pencilled"
                    | "arranged"
                    | "foreseen"
                    | "booked"
            )
        };
        let trigger = self.trigger_span().end;
        let time = self.times.iter().find(|t| {
            t.span.start > trigger
                && match self.before(t.span) {
                    [.., word, one, two] => {
                        set(word) && one.lower == "in" && two.lower == "for"
                            || set(one) && is!(two.lower, "for" | "on" | "in")
                    }
                    _ => false,
                }
        })?;
        // "set for Monday, did not take place": the last one; "called off a meeting set for Monday": perhaps the next.
        let to_come = self.view.clauses.groups.iter().any(|g| g.negated && g.tense == Tense::Future);
        let gone = self.came_to_nothing() && !to_come;
        let date = if gone { time.back.or(time.date) } else { time.date };
        Some(Dated { date: date?, span: Some(time.span), own: true })
    }

    /// "The deal that they signed last year takes effect on May 1": when it is to work.
    fn of_coming_into_effect(&self, time: Span) -> bool {
        let (frame, at) = (&self.hit.frame, self.word_from(time.start));
        let sets_in = self.context.classes.get("set_in");
        !frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                let inside = g.subject.is_some_and(|s| {
                    s.0 <= frame.trigger.0 && frame.trigger.0 < s.1
                        || frame.trigger.1 <= g.head && frame.theme.is_some_and(|t| t.0 == s.0)
                });
                inside && g.head < at && sets_in.is_some_and(|verbs| verbs.at(self.view.words, g.head))
            })
    }

    /// "The deal takes effect on May 1": no day on which it was struck.
    fn comes_into_effect(&self) -> bool {
        let sets_in = self.context.classes.get("set_in");
        self.hit.frame.nominal
            && self.own_group().is_some_and(|g| {
                sets_in.is_some_and(|verbs| verbs.at(self.view.words, g.head))
                    && g.subject
                        .is_some_and(|s| s.0 <= self.hit.frame.trigger.0 && self.hit.frame.trigger.0 < s.1)
            })
    }

    /// "came on June 5, a week later than planned": how far from a plan.
    fn compared(&self, time: Span) -> bool {
        let (_, end) = self.word_range(time);
        self.view.words.get(end).is_some_and(|w| w.lower == "than")
    }

    /// "laid a list on the table on Monday, two days after Oslo threatened it": on Saturday.
    fn days_before(&self) -> Option<Dated> {
        let (words, groups) = (self.view.words, &self.view.clauses.groups);
        let trigger = self.hit.frame.trigger.0;
        let (length, side) = self.times.iter().filter(|t| t.length.is_some()).find_map(|t| {
            let (_, end) = self.word_range(t.span);
            let side = match words.get(end).filter(|_| end < trigger)?.lower.as_str() {
                "after" => -1,
                "before" => 1,
                _ => return None,
            };
            // What the one verb behind it tells, or what that depends on: "after Oslo threatened to charge".
            let mut told =
                groups.iter().filter(|g| g.finite && g.head > end && g.head <= trigger.max(g.start));
            let verb = told.next()?;
            let past = matches!(verb.tense, Tense::Past | Tense::Perfect) && verb.modal.is_none();
            (past && told.next().is_none()).then_some((t, side))
        })?;
        let days = match length.length?.unit {
            TimeUnit::Day => 1,
            TimeUnit::Week => 7,
            _ => return None,
        };
        let days = i64::from(length.length?.count) * days * side;
        let exact = |t: &&Timing| t.date.is_some_and(|d| d.precision == Precision::Day);
        let main = self.times.iter().rfind(|t| exact(t) && t.span.end < length.span.start)?;
        let day = main.date?.start()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Dated { date: EventDate::day(day), span: Some(length.span), own: true })
    }

    /// "proclaimed a 10% duty, which took effect on May 3": proclaimed on another day.
    fn only_proclaimed(&self, terms: &Terms) -> bool {
        let groups = &self.view.clauses.groups;
        let trigger = self.hit.frame.trigger;
        let verb = groups.iter().rfind(|g| g.finite && g.head < trigger.1);
        let proclaims = verb.is_some_and(|g| {
            matches!(g.tense, Tense::Past | Tense::Perfect)
                && !g.passive
                && is!(
                    g.lemma,
                    "proclaim"
                        | "announce"
                        | "order"
                        | "decree"
                        | "unveil"
                        | "sign"
                        | "declare"
                        | "approve"
                        | "adopt"
                )
        });
        let begins = |span: Span| {
            let (start, _) = self.word_range(span);
            let force = |w: &Word| is!(w.lower, "effect" | "force" | "effective" | "place");
            start >= trigger.1 && self.view.words.get(trigger.1..start).unwrap_or_default().iter().any(force)
        };
        proclaims && terms.effective_span.is_some_and(begins)
    }

    /// A measure told as running was taken on the day it took effect, as far as the text tells.
    fn date_in_force(&self, terms: &Terms, stance: &Stance, kind: Kind, planned: bool) -> Option<Dated> {
        let measure = matches!(kind, Kind::TariffAction | Kind::Tension);
        // What a curb is dated by stands with it.
        let told = !terms.told_elsewhere || kind == Kind::TariffAction;
        let moment = terms.effective.filter(|m| !m.by && !planned && measure && told)?;
        let (first, last) = moment.days()?;
        // A year in which it starts is no day on which it was done, nor is the past that it reaches back to.
        let since = |t: &Timing| Some(t.span) == terms.effective_span && Self::since(t);
        if moment.month.is_none() && !self.times.iter().any(since) {
            return None;
        }
        let backdated = |w: &Word| is!(w.lower, "retroactive" | "retroactively" | "backdated");
        // "had signed a proclamation; it kicked in on May 9": signed on another day.
        let later =
            |span: Span| self.was_planned_for(span) || self.goes_on_behind(self.word_from(span.start));
        let planned = terms.effective_span.is_some_and(later);
        if planned || self.view.words.iter().any(backdated) {
            return None;
        }
        let told = !self.context.official || stance.past && first < self.context.published;
        (first <= self.context.published && told).then_some(())?;
        let precision = match (moment.month, moment.day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            _ => Precision::Year,
        };
        let date = EventDate { interval: Some((first, last)), precision };
        Some(Dated { date, span: terms.effective_span, own: kind == Kind::TariffAction })
    }

    /// The publication day of an official text, or the day it gives the occasion.
    fn official_date(
        &self,
        terms: &Terms,
        stance: &Stance,
        fact: Factuality,
        kind: Kind,
        planned: bool,
    ) -> Dated {
        let contact = kind == Kind::Engagement;
        let promise = self.is_commitment();
        let words = in_words(&self.hit.rule.act);
        // "The U.S. side also listed firms": told of as known, far from what the text announces.
        let foreign = (self.hit.frame.agent)
            .and_then(|agent| self.view.who_in(agent).find_map(|w| w.country))
            .is_some_and(|code| Some(code) != self.context.voice);
        let background = self.tense() == Some(Tense::Perfect)
            && self.index > MAIN
            && kind != Kind::Statement
            && !promise
            && (!words || foreign && self.hit.rule.act != Act::Tension(Tension::Accusation));
        let invited = self.hit.rule.act == Act::Engagement(Engagement::Invitation);
        let apart = contact
            && !invited
            && (planned || self.index > MAIN || stance.doubtful || self.presupposed() || self.earlier());
        // "Canada imposes tariffs on cars": how things stand, not what is announced.
        let group = self.own_group();
        let standing = group.is_some_and(|g| g.tense == Tense::Present && !g.passive)
            && self.hit.rule.act == Act::TariffAction(TariffAction::Impose)
            && self.index > MAIN
            && !stance.future
            && !self.under_deal()
            && !self.context.first_person
            && terms.effective.is_none()
            && terms.duration.is_none();
        let denied = fact == Factuality::Denied;
        // "I determined that … by suspending": as past as its verb.
        let mut finite = self.view.clauses.groups.iter().filter(|g| g.finite);
        let told_past =
            finite.rfind(|g| g.head <= self.hit.frame.trigger.0).is_some_and(|g| g.tense == Tense::Past);
        // "It also undertook to license the mines", below what was agreed on another day: on that day.
        if self.context.first_person
            && promise
            && told_past
            && let Some(told) = self.memory.day(self.index, self.sentence.block)
        {
            return Dated::inherited(told);
        }
        if let Some(dated) = self.by_order().filter(|_| (stance.past || told_past) && !contact) {
            return dated;
        }
        let known = kind == Kind::Tension
            && !words
            && !planned
            && (foreign || told_past && self.index > MAIN && !self.one_more());
        if !denied && (standing || background || known || apart) {
            return Dated::UNKNOWN;
        }
        let signed = self.context.occasions.signed.filter(|_| !contact);
        let occasions = &self.context.occasions;
        let reply = occasions.answered && !matches!(kind, Kind::Engagement | Kind::Agreement);
        let opening = occasions.opening.filter(|_| !self.context.first_person && !reply);
        match signed.or(opening) {
            Some(told) => Dated::inherited(told),
            None => Dated { date: EventDate::day(self.context.published), span: None, own: false },
        }
    }

    /// "By a separate notice of the same day": the day of the official text itself.
    fn separately(&self) -> Option<Dated> {
        if !(self.context.official && self.may_say(few!["same"])) {
            return None;
        }
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let reach = words.len().min(SAME_DAY);
        let other = (0..reach).any(|at| is!(lower(at), "separate" | "another" | "further"));
        let same = (0..reach).any(|at| lower(at) == "same" && lower(at + 1) == "day");
        (other && same).then_some(())?;
        let published = Dated { date: EventDate::day(self.context.published), span: None, own: false };
        Some(self.context.occasions.signed.map_or(published, Dated::inherited))
    }

    /// "Within hours it revoked them", "On the day of the signing it …", "denied at the same briefing": on the
    /// day told last.
    fn soon_or_there(&self) -> bool {
        if !self.may_say(few!["hours", "minutes", "day", "same", "occasion"]) {
            return false;
        }
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let counted = |at: usize| is!(lower(at), "hours" | "minutes");
        let soon = lower(0) == "within" && counted(1) || counted(0) && lower(1) == "later";
        let event = |at: usize| {
            is!(
                lower(at),
                "signing"
                    | "signature"
                    | "summit"
                    | "meeting"
                    | "talks"
                    | "ceremony"
                    | "announcement"
                    | "decree"
                    | "order"
                    | "proclamation"
                    | "ruling"
                    | "verdict"
                    | "decision"
                    | "vote"
                    | "call"
                    | "handshake"
                    | "publication"
            )
        };
        let that_day = |at: usize| {
            lower(at) == "day" && lower(at + 1) == "of" && lower(at + 2) == "the" && event(at + 3)
        };
        let there = |at: usize| {
            lower(at) == "same"
                && is!(lower(at + 1), "occasion" | "briefing" | "event" | "ceremony" | "session" | "speech")
                || lower(at) == "that" && lower(at + 1) == "occasion"
        };
        soon || (0..3).any(that_day) || (0..words.len()).any(there)
    }

    /// "said within hours of the ruling that", "hours after its publication": on a day told of that.
    pub(super) fn hours_from(&self) -> bool {
        if !self.may_say(few!["hours", "minutes", "moments"]) {
            return false;
        }
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let (from, to) = (self.hit.frame.trigger.0.saturating_sub(HOURS), self.hit.frame.trigger.1 + HOURS);
        (from..to).any(|at| {
            let near = is!(lower(at), "hours" | "minutes" | "moments");
            let from = is!(lower(at + 1), "of" | "after")
                && is!(lower(at + 2), "the" | "its" | "this" | "that" | "their");
            near && from
                && !self
                    .barriers(at, at + HOURS)
                    .iter()
                    .any(|&g| self.view.clauses.groups.get(g).is_some_and(|g| g.finite && g.head > at))
        })
    }

    /// "It also listed firms", "At the same time it listed firms", "In a separate notice it listed firms":
    /// one more of what the text announces.
    fn one_more(&self) -> bool {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or("", |w| w.lower.as_str());
        (0..words.len()).any(|at| match lower(at) {
            "also" | "additionally" | "furthermore" | "moreover" | "simultaneously" | "likewise" => true,
            "same" => matches!(lower(at + 1), "time" | "day") && at < 12,
            "separate" | "parallel" | "second" | "another" | "further" => {
                matches!(
                    lower(at + 1),
                    "action" | "step" | "notice" | "order" | "decision" | "announcement" | "move" | "rule"
                )
            }
            "addition" => at == 1,
            _ => false,
        })
    }

    /// "In Executive Order 14257 of April 2, I imposed": done on the day of that order.
    fn by_order(&self) -> Option<Dated> {
        let order = |w: &Word| is!(w.lower, "order" | "proclamation");
        let trigger = self.trigger_span().start;
        let time = self.times.iter().filter(|_| self.context.first_person).find(|t| {
            t.span.end <= trigger && self.in_title(t.span) && self.before(t.span).iter().any(order)
        })?;
        let date = time.date.filter(|d| d.precision == Precision::Day)?;
        Some(Dated { date, span: Some(time.span), own: true })
    }

    /// In news, the day that the paragraph has come to, else the day the text opens with.
    fn story_date(&self, stance: &Stance, fact: Factuality, kind: Kind) -> Dated {
        let told = matches!(fact, Factuality::Asserted | Factuality::Reported | Factuality::Denied);
        if !told
            || kind == Kind::TariffAction && self.stands(stance) && !self.hit.rule.weak
            || kind == Kind::Statement
            || self.tense() == Some(Tense::Perfect)
        {
            return Dated::UNKNOWN;
        }
        let group = self.own_group();
        // "Is in talks with": going on, on no day in particular.
        let goes_on = group.is_some_and(|g| g.lemma == "be" && g.tense == Tense::Present);
        if kind == Kind::Engagement && (stance.future || goes_on) {
            return Dated::UNKNOWN;
        }
        if kind == Kind::Agreement && self.definite() {
            return Dated::UNKNOWN;
        }
        let at_the_time = self.may_say(few!["time"])
            && self.view.words.windows(3).any(|w| {
                let lower = |i: usize| w.get(i).map_or(WordId::NONE, |w| w.lower.id());
                lower(0) == "at" && is!(lower(1), "the" | "that") && lower(2) == "time"
            });
        let day = if at_the_time {
            self.memory.last_day()
        } else {
            self.memory.day(self.index, self.sentence.block)
        };
        // A tariff has the day of the deal it is part of, and words that of the occasion on which they fell;
        // neither has that of a neighbour.
        let part = match kind {
            Kind::TariffAction => self.memory.day_of() == Some(Kind::Agreement),
            _ if in_words(&self.hit.rule.act) => self.memory.day_of() == Some(Kind::Engagement),
            _ => true,
        };
        let day = day.filter(|_| part && !self.counts_from());
        let opening = self.context.occasions.opening.filter(|_| self.index <= MAIN + 1 || stance.future);
        // "condemned the duty that Oslo announced last week": the week of what is condemned.
        let blamed = |(_, span): &(EventDate, Span)| {
            (in_words(&self.hit.rule.act) || kind == Kind::Tension)
                && self.sentence.span.contains(*span)
                && self.bond(*span).is_none()
        };
        let next = |(_, span): &(EventDate, Span)| {
            self.sentence.span.contains(*span)
                && (self.of_next(*span) || self.long_before() || self.decided_by_another())
        };
        let told = day.or(opening).filter(|told| !blamed(told) && !next(told) && !self.looks_back_from(told));
        told.map_or(Dated::UNKNOWN, Dated::inherited)
    }

    /// "They were adopted in July and shelved two weeks later, when the two signed a pact": what is told behind a time
    /// long before the day the story is at has another day than the story.
    fn looks_back_from(&self, (day, _): &(EventDate, Span)) -> bool {
        let trigger = self.trigger_span().start;
        let Some(start) = day.start() else { return false };
        let long_before = |t: &&Timing| {
            let end = t.date.and_then(|date| date.end());
            end.is_some_and(|end| start.since(end).is_ok_and(|gap| gap.get_days() > LONG_BEFORE))
        };
        let told = |t: &&Timing| t.span.end <= trigger && t.relation == Relation::At;
        self.times.iter().filter(told).any(|t| long_before(&t))
    }

    /// "signed a pact on Monday, four months after the two had promised one": so long before it.
    pub(super) fn long_before(&self) -> bool {
        let words = self.view.words;
        let lower =
            |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(WordId::NONE, |w| w.lower.id());
        let Some(group) = self.own_group() else { return false };
        let first = group.opens();
        is!(lower(first.checked_sub(1)), "after" | "before")
            && is!(
                lower(first.checked_sub(2)),
                "days" | "week" | "weeks" | "month" | "months" | "year" | "years"
            )
    }

    /// "The day after the list grew, …", "Two weeks later …": on another day than the one told before.
    fn counts_from(&self) -> bool {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        (0..words.len().min(COUNTED)).any(|at| {
            let unit = is!(
                lower(at),
                "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years" | "morning"
            );
            unit && is!(lower(at + 1), "after" | "before" | "later" | "earlier")
        })
    }

    /// "a 12% duty, first announced on January 8": the day of an older word of it.
    pub(super) fn first_told(&self, time: Span) -> bool {
        let start = self.word_from(time.start);
        let word = |back: usize| {
            start
                .checked_sub(back)
                .and_then(|i| self.view.words.get(i))
                .map_or(WordId::NONE, |w| w.lower.id())
        };
        let once = |back: usize| is!(word(back), "first" | "originally" | "initially" | "previously");
        let told = |back: usize| {
            is!(
                word(back),
                "announced"
                    | "proposed"
                    | "threatened"
                    | "unveiled"
                    | "floated"
                    | "imposed"
                    | "introduced"
                    | "set"
                    | "planned"
                    | "scheduled"
                    | "agreed"
                    | "adopted"
                    | "published"
                    | "raised"
            )
        };
        (1..=3).any(|back| told(back) && once(back + 1))
    }

    /// "confirmed the encounter yesterday": the day of confirming.
    fn of_confirming(&self, time: Span) -> bool {
        let frame = &self.hit.frame;
        let start = crate::grammar::clause::phrase_start(self.view.words, frame.trigger.0);
        let known = self.view.words.get(start).is_some_and(|w| w.tag == Tag::Det && w.lower == "the");
        let (at, _) = self.word_range(time);
        let confirms = self.own_group().is_some_and(|g| {
            g.head < frame.trigger.0 && is!(g.lemma, "confirm" | "deny" | "reveal" | "disclose" | "announce")
        });
        frame.nominal && known && confirms && at == frame.trigger.1
    }

    /// "agreed on Saturday to meet on Tuesday": the day of what is agreed on, where agreeing has its own.
    fn of_what_is_agreed(&self, time: Span) -> bool {
        let groups = &self.view.clauses.groups;
        let agrees = |g: &&crate::grammar::clause::Group| g.finite && g.lemma == "agree";
        let Some(agree) = groups.iter().find(agrees) else { return false };
        let next = groups.iter().find(|g| g.head > agree.head && g.tense == Tense::Infinitive);
        let (Some(next), (start, _)) = (next, self.word_range(time)) else { return false };
        start > next.head && self.times_in((agree.head, next.start)).any(|t| t.date.is_some())
    }

    /// "suspends its curbs of October 9": the day of the curbs is not the day of their easing.
    fn of_the_original(&self, time: &Timing) -> bool {
        if self.of_the_described(time.span) {
            return true;
        }
        // "which dated from March", "that dates back to 2018"
        let lead = self.before(time.span);
        let older = lead.iter().rev().take(3).any(|w| is!(w.lower, "date" | "dated" | "dates" | "dating"));
        let described = lead.iter().any(|w| is!(w.lower, "which" | "that"));
        if older && described && lead.last().is_some_and(|w| is!(w.lower, "from" | "to")) {
            return true;
        }
        if !matches!(self.hit.rule.status, Some(Status::Eased | Status::Resolved)) {
            return false;
        }
        let frame = &self.hit.frame;
        let subject = frame.group.and_then(|g| self.view.clauses.groups.get(g)).and_then(|g| g.subject);
        let named = |range: Option<Range>| range.is_some_and(|r| self.span_of(r).contains(time.span));
        let lead = self.before(time.span);
        let dates =
            |w: &Word| is!(w.lower, "since" | "of" | "dated" | "announced" | "issued" | "imposed" | "taken");
        let first = self.context.doc.slice(time.span).split_whitespace().next().unwrap_or("");
        named(frame.theme)
            || named(subject)
            || first.eq_ignore_ascii_case("since")
            || lead.iter().rev().take(2).any(dates)
    }

    /// "decided to end the duties that were imposed before the talks": they were imposed another day.
    fn told_for_its_end(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some((own, group)) = self.hit.frame.group.and_then(|g| Some((g, groups.get(g)?))) else {
            return false;
        };
        let opener = group.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        let hangs = opener.is_some_and(|w| w.tag == Tag::Rel) || group.tense == Tense::Participle;
        let ends = |lemma: &Lower| {
            ["suspend", "remove", "reduce"].iter().any(|class| self.context.classes.has(class, lemma))
        };
        let rises = self.lays_more();
        rises && hangs && !self.hit.frame.nominal && groups.iter().take(own).any(|g| ends(&g.lemma))
    }

    /// "has halved the duties, which took effect in September": the day of what is eased.
    pub(super) fn of_the_described(&self, time: Span) -> bool {
        let eases = matches!(
            self.hit.rule.act,
            Act::TariffAction(
                TariffAction::Reduce
                    | TariffAction::Remove
                    | TariffAction::Suspend
                    | TariffAction::ExtendSuspension
                    | TariffAction::Exclude
            )
        );
        if !eases {
            return false;
        }
        let start = self.word_from(time.start);
        let from = self.hit.frame.trigger.1;
        start > from
            && self.view.clauses.groups.iter().rfind(|g| g.start < start).is_some_and(|g| {
                // "ends for goods entered on or after March 10": when it does.
                if self.context.classes.has("clear_customs", &g.lemma) {
                    return false;
                }
                let opener = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
                let past = matches!(g.tense, Tense::Past | Tense::Perfect | Tense::Participle);
                // "spared it the duty that begins on May 4": when the duty does.
                let set_in = self.context.classes.get("set_in");
                let starts = set_in.is_some_and(|verbs| verbs.at(self.view.words, g.head));
                let described = opener.is_some_and(|w| w.tag == Tag::Rel)
                    || g.contact
                    || g.tense == Tense::Participle && g.passive;
                g.start > from && (past || starts) && described
            })
    }

    /// "will rise to 25% in 2024", said in 2024: when it starts.
    pub(super) fn this_year(&self, time: &Timing) -> bool {
        time.date.is_some_and(|d| d.precision == Precision::Year)
            && time.moment.is_some_and(|m| m.month.is_none() && m.year == self.context.published.year())
    }

    /// Whether a time stands with the rate that is told, where each of several has its own.
    pub(super) fn in_segment(&self, time: Span) -> bool {
        self.segment.is_none_or(|segment| self.span_of(segment).contains(time))
    }

    /// "Canada already pays 35%": how things stand, on no day in particular.
    fn stands(&self, stance: &Stance) -> bool {
        let group = self.own_group();
        let pays = |g: &crate::grammar::clause::Group| {
            is!(g.lemma, "pay" | "face" | "be" | "carry" | "charge" | "attract" | "bear" | "cover")
        };
        !stance.future && group.is_some_and(|g| g.tense == Tense::Present && pays(g))
    }

    pub(super) fn tense(&self) -> Option<Tense> {
        self.own_group().map(|g| g.tense)
    }
}

/// What is done by saying it.
pub(super) fn in_words(act: &Act) -> bool {
    matches!(act, Act::Tension(Tension::Warning | Tension::Condemnation | Tension::Accusation))
}

/// The finest first.
const fn rank(precision: Precision) -> u8 {
    match precision {
        Precision::Day | Precision::Range => 0,
        Precision::Week => 1,
        Precision::Month => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor};

    /// Subtype, day and start of each event, `-` where there is none.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        // By the rules alone: whether such sentences mostly tell both acts is another matter.
        let rules = Extractor::by_rules().unwrap_or_else(|faults| panic!("{faults}"));
        let read = rules.extract(&Article::new(text, Date::constant(2025, 9, 10)));
        let or = |field: Option<String>| field.unwrap_or_else(|| "-".to_owned());
        let told: Vec<String> = (read.events.iter())
            .map(|e| {
                let (day, start) =
                    (e.date.start().map(|d| d.to_string()), e.effective.map(|m| m.to_string()));
                format!("{} {} {}", e.act.subtype(), or(day), or(start))
            })
            .collect();
        assert_eq!(told, expected, "{text:?}");
    }

    #[test]
    fn each_act_has_the_day_of_its_own_clause() {
        check(
            "Norway imposed a 12% tariff on Chilean salmon on March 3, raised it to 20% on April 15 and cut it to 8% on July 1.",
            &["impose 2025-03-03 -", "increase 2025-04-15 2025-04-15", "reduce 2025-07-01 2025-07-01"],
        );
        check(
            "Denmark's foreign minister, speaking in Copenhagen on Monday, condemned the tariff that Washington announced last week.",
            &["condemnation 2025-09-08 -", "impose 2025-09-01 -"],
        );
        check(
            "Beijing added four Canadian firms to its unreliable entity list on Monday, a day after Ottawa banned imports of Chinese drones.",
            &["entity_listing 2025-09-08 -", "sanction 2025-09-07 -"],
        );
    }

    #[test]
    fn words_have_the_day_on_which_they_fall() {
        check(
            "Britain will strike back if its mills are shut out by the EU's steel tariff, a spokesperson for the trade secretary said on Monday.",
            &["warning 2025-09-08 -"],
        );
        check("The European Commission has called on Japan to drop its tariff on wine.", &["demand - -"]);
        check(
            "Under the truce of last May, China promised to buy 3 million tons of American wheat.",
            &["commitment 2025-05-01 -"],
        );
    }

    #[test]
    fn what_has_been_in_force_since_a_day_was_done_on_it() {
        check(
            "Since June 4 Mexico has charged a 30% duty on Brazilian sugar.",
            &["impose 2025-06-04 2025-06-04"],
        );
        check(
            "Chinese exporters have needed licences for graphite since December 1, 2023.",
            &["export_control 2023-12-01 2023-12-01"],
        );
        check(
            "Japan cut its tariff on Australian beef to 20% with retroactive effect from July 1.",
            &["reduce - 2025-07-01"],
        );
    }

    #[test]
    fn what_goods_have_had_to_pay_since_a_day_they_pay() {
        check(
            "Since 7 August, goods from Norway have had to pay a duty of 39 percent in the United States.",
            &["impose 2025-08-07 2025-08-07"],
        );
        check(
            "Since March 4 the 20% tariff of Peru applies to Chilean goods.",
            &["impose 2025-03-04 2025-03-04"],
        );
        check("Canada is to scrap the 20% tariff on Chilean goods.", &["remove - -"]);
    }

    #[test]
    fn several_rates_share_the_day_on_which_they_are_told() {
        check(
            "Ottawa announced on August 26 that Chinese bicycles will pay a surtax of 100% from October 1, and Chinese pipes 25% from October 15.",
            &["impose 2025-08-26 2025-10-01", "impose 2025-08-26 2025-10-15"],
        );
    }

    #[test]
    fn what_an_accord_brought_has_its_day() {
        check(
            "Under the deal that Peru and Chile reached in Lima on July 30, Peru halved its duty on Chilean wine to 10%.",
            &["deal 2025-07-30 -", "reduce 2025-07-30 -"],
        );
        check(
            "Under the deal, Peru halved its duty on Chilean wine to 10% on August 4.",
            &["reduce 2025-08-04 2025-08-04"],
        );
    }

    #[test]
    fn a_later_clause_says_when_it_starts() {
        check(
            "On June 8 Peru put a 25% levy on Chinese steel, and it kicked in on June 20.",
            &["impose 2025-06-08 2025-06-20"],
        );
        check(
            "On June 8 Peru put a 25% levy on Chinese steel; collection started last Friday.",
            &["impose 2025-06-08 2025-09-05"],
        );
        check(
            "China made gallium subject to export licensing as of October 1.",
            &["export_control - 2025-10-01"],
        );
    }

    #[test]
    fn what_a_colon_introduces_has_the_day_before_it() {
        check(
            "Peru replied in kind on Friday: Chilean wine will pay a duty of 20% from October 1.",
            &["impose 2025-09-05 -", "impose 2025-09-05 2025-10-01"],
        );
    }

    #[test]
    fn who_bids_somebody_come_does_so_before_the_visit() {
        check(
            "Peru's president asked President Xi Jinping to visit Lima in May 2026.",
            &["invitation - -", "visit 2026-05-01 -"],
        );
    }

    #[test]
    fn what_was_told_in_a_later_clause_keeps_its_start() {
        check(
            "The American duty on Indian shoes came on March 3 at 15 percent and was halved to 7.5 percent with effect from June 14.",
            &["impose 2025-03-03 -", "reduce 2025-06-14 2025-06-14"],
        );
    }

    #[test]
    fn what_ended_after_some_days_took_all_of_them() {
        check("Chile and Peru ended three days of trade talks in Lima on Thursday.", &["talks 2025-09-02 -"]);
        check(
            "Chile and Peru opened three days of trade talks in Lima on Thursday.",
            &["talks 2025-09-04 -"],
        );
    }

    #[test]
    fn what_is_proclaimed_was_proclaimed_before_it_starts() {
        check(
            "President Donald Trump proclaimed a 12% duty on Chilean salmon, which took effect on June 4.",
            &["impose - 2025-06-04"],
        );
        check(
            "On March 7 the United States raised the duty on Norwegian salmon to 25%, and that rate has been in effect since March 20.",
            &["increase 2025-03-07 2025-03-20"],
        );
    }

    #[test]
    fn a_rate_moves_on_the_day_it_is_told_to() {
        check(
            "The American duty on Chilean salmon rose to 20% on April 15.",
            &["increase 2025-04-15 2025-04-15"],
        );
    }

    #[test]
    fn a_start_to_come_is_no_day_of_the_act() {
        check(
            "India announced on Tuesday a 15% tariff on Turkish steel from October 1.",
            &["impose 2025-09-09 2025-10-01"],
        );
        check(
            "By the end of the year, Norway will remove its 10% tariff on Chinese bicycles.",
            &["remove - by 2025-12-31"],
        );
    }

    #[test]
    fn the_sides_of_a_contact_agree_on_its_day() {
        check(
            "Japan's trade minister met his Korean counterpart in Busan last Thursday. The two sides agreed to restart talks on semiconductors.",
            &["meeting 2025-09-04 -", "consensus 2025-09-04 -"],
        );
    }
}
