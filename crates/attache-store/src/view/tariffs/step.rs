//! One tariff event as the ledger takes it: what it does to its measure, from when, until when, and
//! how much its source weighs.

use attache_extract::Vocabulary as _;
use attache_extract::event::{Factuality, Percent, RateUnit, Status, TariffAction};
use attache_extract::when::{Length, Moment, TimeUnit};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::zone::start_of;
use crate::id::{ArticleId, EventId};
use crate::record::EventRecord;
use crate::row::StoredEvent;
use crate::view::origin::{self, Certainty};

/// What an event does to its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// Only threatened.
    Threat,
    /// A duty is charged, at a new rate.
    Charge,
    /// The duty, or a part of it, is not charged for a time.
    Pause,
    /// The duty ends.
    End,
}

/// How much a source weighs against another one: the official text most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// A digest that nobody has held against its source.
    Digest,
    /// Told by others than those who act.
    Report,
    /// Told in the article's own voice.
    Told,
    /// The official text.
    Official,
}

impl Weight {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Digest => "an unconfirmed digest",
            Self::Report => "a report",
            Self::Told => "an article's own statement",
            Self::Official => "an official text",
        }
    }
}

/// An end: as the text has it, and as an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End {
    pub(super) text: String,
    /// The first instant at which it has come.
    pub(super) at: Timestamp,
    /// The end's own calendar day.
    pub(super) day: Date,
    /// Reckoned from the day of the report, not from the measure's start.
    pub(super) about: bool,
}

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) id: EventId,
    /// The article it was first read in.
    pub(super) article: Option<ArticleId>,
    /// The day it was said, on the imposer's calendar.
    pub(super) said: Date,
    /// The first instant of that day.
    pub(super) said_at: Timestamp,
    pub(super) quote: [usize; 2],
    pub(super) action: TariffAction,
    pub(super) deed: Deed,
    /// The instant from which it has begun for certain; `None` where the text leaves it open.
    pub(super) begin: Option<Timestamp>,
    /// Its day on the imposer's calendar.
    pub(super) begin_day: Option<Date>,
    /// No text gives the start: it is the day of the report, by which it had begun.
    pub(super) assumed: bool,
    /// The day by which it had begun, where the text gives only the day it was decided.
    pub(super) by_then: Option<Date>,
    /// Told in passing, without its own day: an older duty may be meant.
    pub(super) background: bool,
    /// Carried out: by an order, or in force when told. Else it is promised.
    pub(super) done: bool,
    /// Its own end, where its start was taken from another telling of the same day.
    pub(super) without: Option<Option<End>>,
    /// Only the headline names the layer.
    pub(super) by_headline: bool,
    /// The start, as the text has it.
    pub(super) effective: Option<String>,
    /// What is charged from then on.
    pub(super) rate: Option<Percent>,
    /// Points added, suspended or threatened.
    pub(super) points: Option<Percent>,
    pub(super) from: Option<Percent>,
    pub(super) to: Option<Percent>,
    /// The rate in the text's words.
    pub(super) words: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) until: Option<End>,
    /// How long, where the text gives no start to reckon from.
    pub(super) length: Option<Length>,
    pub(super) weight: Weight,
    pub(super) certainty: Option<Certainty>,
    /// The shipped chronology's name for it.
    pub(super) key: Option<String>,
    /// Events that a curator put this one above.
    pub(super) over: Vec<EventId>,
}

impl Step {
    /// The step of an event, `None` where it changes no duty: a denial, an exclusion of goods.
    pub(super) fn read(row: &StoredEvent, zone: &TimeZone) -> Option<Self> {
        let event = &row.event;
        let action = TariffAction::parse(&event.subtype)?;
        let status = event.status.map(|status| status.0);
        let threat = action == TariffAction::Threaten || status == Some(Status::Threatened);
        let told = matches!(event.factuality.0, Factuality::Asserted | Factuality::Reported);
        let fits = if threat { event.factuality.0 != Factuality::Denied } else { told };
        // An exclusion exempts goods; it is no state of the duty itself.
        if !fits || action == TariffAction::Exclude {
            return None;
        }
        let rate = event.rate.as_ref();
        let part = |percent: Option<crate::record::PercentRecord>| percent.map(|percent| percent.0);
        let value = rate.and_then(|rate| part(rate.value));
        let percent = rate.is_some_and(|rate| rate.unit.0 == RateUnit::Percent);
        let points = value.filter(|_| !percent || threat);
        let certainty = origin::certainty(event);
        // An order that tells what an earlier one did gives that one's date, and no start: it had begun
        // when the later one told of it.
        let told = row.sources.first().map(|source| source.published);
        let said = said(row, told);
        let known = told.filter(|told| origin::own_order(event) && *told > said);
        let begin = begin(event, known.unwrap_or(said), zone);
        let assumed = event.effective.is_none() && begin.is_some();
        let undated = event.date.start.is_none()
            || origin::own_order(event) && !event.evidence.fields.contains_key("date");
        let running = matches!(status, Some(Status::InForce | Status::Suspended | Status::Removed));
        let mut step = Self {
            id: row.id,
            article: row.sources.first().map(|source| source.article),
            said,
            said_at: start_of(said, zone),
            quote: event.evidence.quote,
            action,
            deed: Deed::Charge,
            begin,
            begin_day: begin.map(|at| zone.to_datetime(at).date()),
            assumed,
            background: assumed && undated && certainty.is_none(),
            by_then: known.filter(|_| assumed),
            done: running
                || origin::own_order(event)
                || certainty.is_some_and(|certainty| certainty > Certainty::Digest),
            without: None,
            by_headline: origin::layer(event).is_some(),
            effective: event.effective.clone(),
            rate: rate
                .and_then(|rate| part(rate.retained).or(part(rate.to)))
                .or_else(|| value.filter(|_| percent || action == TariffAction::Impose)),
            points,
            from: rate.and_then(|rate| part(rate.from)),
            to: rate.and_then(|rate| part(rate.to)),
            words: rate.map(|rate| rate.raw.clone()),
            scope: event.scope.clone(),
            until: end(event, zone),
            length: event.duration.as_deref().and_then(|text| text.parse().ok()),
            weight: weigh(event, certainty),
            certainty,
            key: origin::key(event).map(str::to_owned),
            over: origin::settled_over(event),
        };
        step.deed = match (action, status) {
            _ if threat => Deed::Threat,
            (TariffAction::Remove, _) | (_, Some(Status::Removed)) => Deed::End,
            (TariffAction::Suspend | TariffAction::ExtendSuspension, _) | (_, Some(Status::Suspended)) => {
                Deed::Pause
            }
            (TariffAction::Reduce, _) if step.until.is_some() && points.is_some() => Deed::Pause,
            _ => Deed::Charge,
        };
        // "Suspend the 34% duty and keep 10%": 24 points are not charged.
        if let (Deed::Pause, None, Some(whole), Some(kept)) = (step.deed, points, value, step.rate)
            && whole > kept
            && step.to.is_none()
            && rate.is_some_and(|rate| rate.retained.is_some())
        {
            step.points = Some(minus(whole, kept));
        }
        // A pause of a whole duty names the duty's rate, not what is still charged.
        let retained = rate.and_then(|rate| part(rate.retained));
        if step.deed == Deed::Pause && retained.is_none() && step.points.is_none() && step.to.is_none() {
            step.points = step.rate.take();
            step.rate = step.points.map(|_| Percent::from_ten_thousandths(0));
        }
        Some(step)
    }

    /// Steps are told in this order, however they arrive. Of one instant a pause comes first: what else
    /// is told of the duty is held against it.
    pub(super) fn order(&self) -> (Date, Option<Timestamp>, bool, [usize; 2], EventId) {
        (self.said, self.begin, self.deed != Deed::Pause, self.quote, self.id)
    }

    /// Takes the start that another telling of the same day gives, and reckons the end from it.
    pub(super) fn start_with(&mut self, other: &Self, zone: &TimeZone) {
        self.without = Some(self.until.clone());
        (self.begin, self.begin_day) = (other.begin, other.begin_day);
        self.effective.clone_from(&other.effective);
        let start = other.effective.as_deref().and_then(|text| text.parse::<Moment>().ok());
        if let (Some(start), Some(length)) = (start, self.length)
            && self.until.as_ref().is_none_or(|until| until.about)
        {
            self.until = after(&start, length).and_then(|text| to_end(text, false, zone));
        }
    }

    /// Gives back a start taken from another telling.
    pub(super) fn drop_start(&mut self) -> bool {
        let Some(until) = self.without.take() else { return false };
        (self.begin, self.begin_day, self.effective, self.until) = (None, None, None, until);
        true
    }

    /// Its start gives an hour, and not only the day.
    pub(super) fn clocked(&self) -> bool {
        self.effective.as_deref().is_some_and(|text| text.contains('T'))
    }

    /// Takes something off, for a time or for good.
    pub(super) fn eases(&self) -> bool {
        matches!(self.deed, Deed::Pause | Deed::End) || self.action == TariffAction::Reduce
    }

    /// A rise that was planned and is put off: nothing that is charged changes.
    pub(super) fn puts_off(&self) -> Option<(Percent, Percent)> {
        let (from, to) = (self.from?, self.to?);
        (self.deed == Deed::Pause && self.points.is_none() && to > from).then_some((from, to))
    }
}

/// The day it was said: of several days that it may have been, the last, for it was not known before.
fn said(row: &StoredEvent, told: Option<Date>) -> Date {
    let last = row.event.date.end.unwrap_or(row.sort_day);
    told.map_or(last, |told| last.min(told)).max(row.sort_day)
}

fn weigh(event: &EventRecord, certainty: Option<Certainty>) -> Weight {
    match (certainty, event.factuality.0) {
        (Some(Certainty::Primary), _) => Weight::Official,
        (Some(Certainty::Secondary), _) => Weight::Told,
        (Some(Certainty::Digest), _) => Weight::Digest,
        (None, Factuality::Asserted) if origin::own_text(event) => Weight::Official,
        (None, Factuality::Asserted) => Weight::Told,
        (None, _) => Weight::Report,
    }
}

fn begin(event: &EventRecord, said: Date, zone: &TimeZone) -> Option<Timestamp> {
    let running = event
        .status
        .is_some_and(|status| matches!(status.0, Status::InForce | Status::Suspended | Status::Removed));
    let Some(moment) = event.effective.as_deref().and_then(|text| text.parse::<Moment>().ok()) else {
        return running.then(|| start_of(said, zone));
    };
    let (first, last) = moment.days()?;
    if !running && (moment.by || first != last) && moment.time.is_none() {
        // On some day until the last one: certain only when that one ends.
        let next = last.tomorrow().map_or(Timestamp::MAX, |next| start_of(next, zone));
        return next.checked_sub(jiff::SignedDuration::from_nanos(1)).ok();
    }
    Some(instant(&moment, if running { first } else { last }, zone))
}

/// The instant of a moment, on the day of those it leaves open that is given.
fn instant(moment: &Moment, day: Date, zone: &TimeZone) -> Timestamp {
    let Some(time) = moment.time else { return start_of(day, zone) };
    let local = day.to_datetime(time);
    let zone = moment
        .offset
        .and_then(|minutes| jiff::tz::Offset::from_seconds(i32::from(minutes) * 60).ok())
        .map_or_else(|| zone.clone(), TimeZone::fixed);
    zone.to_timestamp(local).unwrap_or(Timestamp::MAX)
}

fn end(event: &EventRecord, zone: &TimeZone) -> Option<End> {
    let (text, about) = match &event.expires {
        Some(text) => (text.clone(), false),
        None => reckoned(event)?,
    };
    to_end(text, about, zone)
}

fn to_end(text: String, about: bool, zone: &TimeZone) -> Option<End> {
    let moment: Moment = text.parse().ok()?;
    let (_, day) = moment.days()?;
    let at = match moment.time {
        Some(_) => instant(&moment, day, zone),
        // An end that gives only the day may run through it.
        None => day.tomorrow().map_or(Timestamp::MAX, |next| start_of(next, zone)),
    };
    Some(End { text, at, day, about })
}

/// The end, where its length stands in the text: from the start, else roughly, from the last day to
/// start or the day of the report.
fn reckoned(event: &EventRecord) -> Option<(String, bool)> {
    let length: Length = event.duration.as_deref()?.parse().ok()?;
    let (start, about) = match &event.effective {
        Some(text) => {
            let start: Moment = text.parse().ok()?;
            // "By 14 May": the end is as open as the start.
            (Moment { by: false, ..start }, start.by)
        }
        None => (Moment::on(event.date.end?), true),
    };
    Some((after(&start, length)?, about))
}

/// The moment a length after a start: with the start's hour but not its offset, which summer time may
/// change.
fn after(start: &Moment, length: Length) -> Option<String> {
    let (first, last) = start.days()?;
    let count = i64::from(length.count);
    let span = match length.unit {
        TimeUnit::Hour => return None,
        TimeUnit::Day => jiff::Span::new().try_days(count),
        TimeUnit::Week => jiff::Span::new().try_weeks(count),
        TimeUnit::Month => jiff::Span::new().try_months(count),
        TimeUnit::Year => jiff::Span::new().try_years(count),
    };
    if first != last || start.by {
        return None;
    }
    let day = first.checked_add(span.ok()?).ok()?;
    Some(Moment { time: start.time, ..Moment::on(day) }.to_string())
}

/// One rate less another.
pub(super) fn minus(a: Percent, b: Percent) -> Percent {
    Percent::from_ten_thousandths(a.ten_thousandths() - b.ten_thousandths())
}
