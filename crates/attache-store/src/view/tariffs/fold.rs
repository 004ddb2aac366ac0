//! One measure's events, oldest first, folded into its state as of a day.

use attache_extract::Vocabulary as _;
use attache_extract::event::{Factuality, RateUnit, Status, TariffAction};
use attache_extract::when::{Length, Moment, TimeUnit};
use jiff::civil::Date;

use super::{Conflict, Layer, State};
use crate::record::EventRecord;
use crate::row::StoredEvent;

/// The measure's state, and beside it what is announced or threatened for later.
pub(super) fn layers(name: &str, rows: &[&StoredEvent], as_of: Date) -> Vec<Layer> {
    let mut held: Option<Layer> = None;
    let mut ahead: Vec<Layer> = Vec::new();
    for step in steps(rows, as_of) {
        let (row, action) = (step.row, step.action);
        if step.threat {
            let mut threat = Layer { state: State::Threatened, ..read(name, row, None) };
            if threat.effective.as_deref().and_then(last_day).is_some_and(|last| last < as_of) {
                threat.then = Some("its day has passed; no stored text says that it came".to_owned());
            }
            ahead.push(threat);
            continue;
        }
        if step.begin.is_none_or(|begin| begin > as_of) {
            ahead.push(Layer { state: State::Announced, ..read(name, row, None) });
            continue;
        }
        let mut next = read(name, row, held.as_ref());
        next.state = match (action, row.event.status.map(|status| status.0)) {
            (TariffAction::Remove, _) | (_, Some(Status::Removed)) => State::Removed,
            (TariffAction::Suspend | TariffAction::ExtendSuspension, _) | (_, Some(Status::Suspended)) => {
                State::Suspended
            }
            (TariffAction::Reduce, _) if next.until.is_some() && next.points.is_some() => State::Suspended,
            _ => State::InForce,
        };
        // A threat or an announcement that came true is no longer ahead.
        ahead.retain(|layer| layer.rate.is_some() && layer.rate != next.rate && next.rate.is_some());
        held = Some(next);
    }
    if let Some(layer) = &mut held
        && layer.until.as_deref().is_some_and(|until| ended(until, as_of))
    {
        layer.state = State::Expired;
    }
    held.into_iter().chain(ahead).collect()
}

/// One event's part in its measure.
struct Step<'e> {
    row: &'e StoredEvent,
    action: TariffAction,
    threat: bool,
    /// The day it has begun for certain; `None` where the text leaves it open.
    begin: Option<Date>,
}

/// What was said by the end of `as_of`, in the order in which it begins.
fn steps<'e>(rows: &[&'e StoredEvent], as_of: Date) -> Vec<Step<'e>> {
    let mut steps: Vec<_> =
        rows.iter().filter(|row| row.sort_day <= as_of).filter_map(|row| step(row)).collect();
    let called_off: Vec<bool> =
        steps.iter().map(|step| steps.iter().any(|later| calls_off(later, step))).collect();
    let mut gone = called_off.into_iter();
    steps.retain(|_| !gone.next().unwrap_or_default());
    steps.sort_by_key(|step| {
        let begin = step.begin.unwrap_or(step.row.sort_day);
        (begin, step.row.sort_day, step.row.event.evidence.quote, step.row.id)
    });
    steps
}

fn step(row: &StoredEvent) -> Option<Step<'_>> {
    let event = &row.event;
    let action = TariffAction::parse(&event.subtype)?;
    let threat = action == TariffAction::Threaten || event.status.is_some_and(|s| s.0 == Status::Threatened);
    let told = matches!(event.factuality.0, Factuality::Asserted | Factuality::Reported);
    let fits = if threat { event.factuality.0 != Factuality::Denied } else { told };
    // An exclusion exempts goods; it is no state of the duty itself.
    let counts = fits && action != TariffAction::Exclude;
    counts.then(|| Step { row, action, threat, begin: begin(event, row.sort_day) })
}

/// Whether `later` stopped `step` before it began: a pause, a prolonged pause or an end that was
/// decided after it was announced, and runs by the day it should have begun.
fn calls_off(later: &Step<'_>, step: &Step<'_>) -> bool {
    let stops =
        matches!(later.action, TariffAction::Suspend | TariffAction::ExtendSuspension | TariffAction::Remove);
    let (Some(its), Some(begin)) = (later.begin, step.begin) else { return false };
    stops
        && !later.threat
        && !step.threat
        && later.row.sort_day > step.row.sort_day
        && later.row.sort_day < begin
        && its <= begin
}

/// The day from which the text lets no doubt that it has begun: the last of the days that its start
/// leaves open, the first where it is told as running.
fn begin(event: &EventRecord, day: Date) -> Option<Date> {
    let states = [Status::InForce, Status::Suspended, Status::Removed];
    let running = event.status.is_some_and(|status| states.contains(&status.0));
    match event.effective.as_deref().and_then(|text| text.parse::<Moment>().ok()?.days()) {
        Some((first, last)) => Some(if running { first } else { last }),
        None => running.then_some(day),
    }
}

/// Whether an end has come by the end of a day. An end that gives an hour has come on its day; one
/// that gives only the day may run through it.
fn ended(until: &str, as_of: Date) -> bool {
    let Ok(end) = until.parse::<Moment>() else { return false };
    let last = end.days().map(|(_, last)| last);
    last.is_some_and(|last| last < as_of || (last == as_of && end.time.is_some()))
}

fn read(name: &str, row: &StoredEvent, before: Option<&Layer>) -> Layer {
    let event = &row.event;
    let rate = event.rate.as_ref();
    let percent = rate.filter(|rate| rate.unit.0 == RateUnit::Percent);
    let points = rate.filter(|rate| rate.unit.0 == RateUnit::PercentagePoints).and_then(|rate| rate.value);
    let charged = rate
        .and_then(|rate| rate.retained.or(rate.to))
        .or_else(|| percent.and_then(|rate| rate.value))
        .map(|percent| percent.0);
    let removed = event.subtype == TariffAction::Remove.as_str();
    let until = event.expires.clone().or_else(|| computed_end(event));
    let points = points.map(|percent| percent.0);
    let mut sources = vec![row.id];
    sources.extend(before.into_iter().flat_map(|layer| layer.sources.iter().copied()));
    Layer {
        layer: name.to_owned(),
        scope: event.scope.clone(),
        rate: charged
            .or_else(|| before.and_then(|layer| layer.rate).filter(|_| !removed && points.is_none())),
        points: points.or_else(|| {
            let extends = event.subtype == TariffAction::ExtendSuspension.as_str();
            before.and_then(|layer| layer.points).filter(|_| extends)
        }),
        state: State::InForce,
        effective: event.effective.clone().or_else(|| event.date.start.map(|day| day.to_string())),
        then: until.is_some().then(|| what_then(event, points)),
        until,
        sources,
    }
}

fn what_then(event: &EventRecord, points: Option<attache_extract::event::Percent>) -> String {
    match TariffAction::parse(&event.subtype) {
        Some(TariffAction::Suspend | TariffAction::ExtendSuspension | TariffAction::Reduce) => match points {
            Some(points) => format!("unless prolonged, {points} percentage points come back"),
            None => "unless prolonged, the suspension ends; the text gives no rate".to_owned(),
        },
        _ => "unless prolonged, the measure ends".to_owned(),
    }
}

/// The end, where both its start and its length stand in the text. It keeps the start's hour, and
/// not its offset, which summer time may change.
fn computed_end(event: &EventRecord) -> Option<String> {
    let start: Moment = event.effective.as_deref()?.parse().ok()?;
    let length: Length = event.duration.as_deref()?.parse().ok()?;
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

fn last_day(text: &str) -> Option<Date> {
    text.parse::<Moment>().ok()?.days().map(|(_, last)| last)
}

/// Two reports of one day's same step that give different rates or ends.
pub(super) fn conflicts(name: &str, rows: &[&StoredEvent], as_of: Date) -> Vec<Conflict> {
    let said: Vec<_> = rows.iter().filter(|row| row.sort_day <= as_of).collect();
    let mut found = Vec::new();
    for (n, row) in said.iter().enumerate() {
        for other in said.iter().take(n) {
            let one_step = row.event.subtype == other.event.subtype
                && row.sort_day == other.sort_day
                && meet(row.event.effective.as_deref(), other.event.effective.as_deref());
            if !one_step {
                continue;
            }
            if let (Some(this), Some(that)) = (&row.event.rate, &other.event.rate)
                && (this.value, this.from, this.to) != (that.value, that.from, that.to)
            {
                let what = format!("rate: {} in one source, {} in the other", this.raw, that.raw);
                found.push(Conflict { layer: name.to_owned(), what, followed: row.id, other: other.id });
            }
            if let (Some(this), Some(that)) = (&row.event.expires, &other.event.expires)
                && !meet(Some(this), Some(that))
            {
                let what = format!("end: {this} in one source, {that} in the other");
                found.push(Conflict { layer: name.to_owned(), what, followed: row.id, other: other.id });
            }
        }
    }
    found
}

/// Whether two moments may be one: the days they leave open meet.
fn meet(a: Option<&str>, b: Option<&str>) -> bool {
    let days = |text: Option<&str>| text?.parse::<Moment>().ok()?.days();
    match (days(a), days(b)) {
        (Some((a0, a1)), Some((b0, b1))) => a0 <= b1 && b0 <= a1,
        (None, None) => true,
        _ => false,
    }
}

/// A later pause, cut or end that does not name its layer may have changed a layer that is held.
pub(super) fn unclear(layers: &[Layer], rows: &[&StoredEvent], as_of: Date) -> Vec<Conflict> {
    let mut found = Vec::new();
    for step in steps(rows, as_of) {
        let eases = matches!(
            step.action,
            TariffAction::Suspend
                | TariffAction::ExtendSuspension
                | TariffAction::Reduce
                | TariffAction::Remove
        );
        if step.threat || !eases || step.begin.is_none_or(|begin| begin > as_of) {
            continue;
        }
        for layer in layers {
            let held = layer.layer != super::UNSPECIFIED && layer.state == State::InForce;
            let since = layer.effective.as_deref().and_then(last_day);
            if let Some(followed) = layer.sources.first().filter(|_| held)
                && since.is_none_or(|since| since < step.row.sort_day)
            {
                let what =
                    "a later report eases duties without naming the layer; it may be this one".to_owned();
                found.push(Conflict {
                    layer: layer.layer.clone(),
                    what,
                    followed: *followed,
                    other: step.row.id,
                });
            }
        }
    }
    found
}
