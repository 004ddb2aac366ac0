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
    for row in rows.iter().filter(|row| row.sort_day <= as_of) {
        let event = &row.event;
        let told = matches!(event.factuality.0, Factuality::Asserted | Factuality::Reported);
        let Some(action) = TariffAction::parse(&event.subtype) else { continue };
        let threat =
            action == TariffAction::Threaten || event.status.is_some_and(|s| s.0 == Status::Threatened);
        if threat && event.factuality.0 != Factuality::Denied {
            ahead.push(Layer { state: State::Threatened, ..read(name, row, None) });
            continue;
        }
        if !told {
            continue;
        }
        if !has_begun(event, row.sort_day, as_of) {
            ahead.push(Layer { state: State::Announced, ..read(name, row, None) });
            continue;
        }
        let mut next = read(name, row, held.as_ref());
        next.state = match action {
            TariffAction::Suspend | TariffAction::ExtendSuspension => State::Suspended,
            TariffAction::Reduce if next.until.is_some() && next.points.is_some() => State::Suspended,
            TariffAction::Remove => State::Removed,
            _ => State::InForce,
        };
        // A threat or an announcement that came true is no longer ahead.
        ahead.retain(|layer| layer.rate.is_some() && layer.rate != next.rate && next.rate.is_some());
        held = Some(next);
    }
    if let Some(layer) = &mut held
        && layer.until.as_deref().and_then(last_day).is_some_and(|last| last < as_of)
    {
        layer.state = State::Expired;
    }
    held.into_iter().chain(ahead).collect()
}

/// In force only where the text says so: its start has come, or it is told as running.
fn has_begun(event: &EventRecord, day: Date, as_of: Date) -> bool {
    if let Some((first, _)) = event.effective.as_deref().and_then(|text| text.parse::<Moment>().ok()?.days())
    {
        return first <= as_of;
    }
    let running = [Status::InForce, Status::Suspended, Status::Removed];
    day <= as_of && event.status.is_some_and(|status| running.contains(&status.0))
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

/// The end, where both its start and its length stand in the text.
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
    (first == last).then(|| first.checked_add(span.ok()?).ok()).flatten().map(|day| day.to_string())
}

fn last_day(text: &str) -> Option<Date> {
    text.parse::<Moment>().ok()?.days().map(|(_, last)| last)
}

/// Two reports of one day's same step that give different rates or ends.
pub(super) fn conflicts(name: &str, rows: &[&StoredEvent]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        for other in rows.iter().take(n) {
            let one_step = row.event.subtype == other.event.subtype
                && row.sort_day == other.sort_day
                && row.event.effective == other.event.effective;
            if !one_step {
                continue;
            }
            let pairs = [
                (
                    "rate",
                    row.event.rate.as_ref().map(|r| r.raw.clone()),
                    other.event.rate.as_ref().map(|r| r.raw.clone()),
                ),
                ("end", row.event.expires.clone(), other.event.expires.clone()),
            ];
            for (what, this, that) in pairs.into_iter().filter_map(|(what, a, b)| Some((what, a?, b?))) {
                if this != that {
                    let what = format!("{what}: {this} in one source, {that} in the other");
                    found.push(Conflict { layer: name.to_owned(), what, followed: row.id, other: other.id });
                }
            }
        }
    }
    found
}
