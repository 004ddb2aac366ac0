//! An event's parts in words, the same in a notification, an answer and the terminal: the doubt up
//! front, precision said, nothing added.

use attache_extract::event::{Factuality, Rate, RateUnit, Role, Status};
use attache_extract::when::{EventDate, Precision};
use attache_extract::{Event, Kind, Party};
use jiff::civil::Date;

use super::Rich;

/// What happened in a few words, with the doubt up front: a threat is not a tariff.
pub(crate) fn title(event: &Event) -> String {
    let kind = match event.act.kind() {
        Kind::Engagement => "Engagement",
        Kind::TariffAction => "Tariff",
        Kind::Tension => "Tension",
        Kind::Agreement => "Agreement",
        Kind::Statement => "Statement",
        Kind::BusinessShift => "Business shift",
        Kind::Forecast => "Forecast",
    };
    let what = event.act.subtype().replace('_', " ");
    let doubt = match (event.factuality, event.status) {
        (Factuality::Denied, _) | (_, Some(Status::Denied)) => " (denied)",
        (_, Some(Status::Threatened)) => " (threatened, not a measure)",
        (_, Some(Status::Planned)) => " (planned, has not happened)",
        (Factuality::Hypothetical, _) => " (not a fact)",
        (_, Some(Status::Announced)) => " (announced)",
        (Factuality::Reported, _) => " (reported)",
        (Factuality::Asserted, _) => "",
    };
    format!("{kind}: {what}{doubt}")
}

pub(crate) fn who(parties: &[Party]) -> Option<Rich> {
    let side = |role: Role| {
        let names: Vec<_> = parties.iter().filter(|party| party.role == role).map(named).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let text = match (side(Role::Actor), side(Role::Recipient), side(Role::Participant)) {
        (None, None, None) => return None,
        (actors, recipients, participants) => {
            let towards = [actors, recipients].into_iter().flatten().collect::<Vec<_>>().join(" → ");
            let sides = [Some(towards).filter(|side| !side.is_empty()), participants];
            sides.into_iter().flatten().collect::<Vec<_>>().join("; with ")
        }
    };
    Some(Rich::text(text))
}

pub(crate) fn named(party: &Party) -> String {
    let country = party.country.map(|code| code.to_string());
    match (&party.name, &party.office) {
        (Some(name), office) => {
            let known: Vec<_> = [office.clone(), country].into_iter().flatten().collect();
            if known.is_empty() { name.clone() } else { format!("{name} ({})", known.join(", ")) }
        }
        (None, Some(office)) => match country {
            Some(country) => format!("{office} ({country}, not named)"),
            None => format!("{office} (not named)"),
        },
        (None, None) => country.unwrap_or_else(|| "somebody not named".to_owned()),
    }
}

pub(crate) fn when(date: &EventDate) -> Rich {
    let Some((start, end)) = date.interval else { return Rich::text("the text does not say") };
    match date.precision {
        Precision::Day => Rich::default().day(start),
        Precision::Week => Rich::text("in the week of ").day(start),
        Precision::Month => Rich::text(start.strftime("in %B %Y").to_string()),
        Precision::Quarter => {
            Rich::text(format!("in quarter {} of {}", (start.month() - 1) / 3 + 1, start.year()))
        }
        Precision::Year => Rich::text(format!("in {}", start.year())),
        Precision::Range | Precision::Unknown => Rich::text("between ").day(start).and(" and ").day(end),
    }
}

pub(crate) fn terms(event: &Event) -> Option<Rich> {
    let parts: Vec<_> = [
        event.rate.as_ref().map(rate),
        event.effective.map(|moment| format!("from {moment}")),
        event.expires.map(|moment| format!("until {moment}")),
        event.duration.map(|length| format!("for {length}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| Rich::text(parts.join(", ")))
}

fn rate(rate: &Rate) -> String {
    let unit = match rate.unit {
        RateUnit::Percent => "%",
        RateUnit::PercentagePoints => " percentage points",
    };
    let mut parts = Vec::new();
    match (rate.from, rate.to) {
        (Some(from), Some(to)) => parts.push(format!("from {from}% to {to}%")),
        (None, Some(to)) => parts.push(format!("to {to}%")),
        (Some(from), None) => parts.push(format!("from {from}%")),
        (None, None) => {}
    }
    if let Some(value) = rate.value {
        parts.insert(0, format!("{value}{unit}"));
    }
    if let Some(retained) = rate.retained {
        parts.push(format!("{retained}{unit} stay in force"));
    }
    if parts.is_empty() { rate.raw.clone() } else { parts.join(", ") }
}

pub(crate) fn state(event: &Event) -> String {
    let sure = match event.factuality {
        Factuality::Asserted => "stated as a fact",
        Factuality::Reported => "reported by others than those who act",
        Factuality::Hypothetical => "not a fact: possible, proposed or conditional",
        Factuality::Denied => "denied",
    };
    let status = match event.status {
        None => return sure.to_owned(),
        Some(Status::Occurred) => "took place",
        Some(Status::Planned) => "planned, had not taken place when it was told",
        Some(Status::Denied) => "said not to be so",
        Some(Status::Unknown) => "the text leaves open whether it happened",
        Some(Status::Announced) => "announced, not in force when it was told",
        Some(Status::Signed) => "signed",
        Some(Status::InForce) => "in force",
        Some(Status::Suspended) => "suspended",
        Some(Status::Removed) => "ended",
        Some(Status::Threatened) => "threatened only",
        Some(Status::Open) => "open",
        Some(Status::Eased) => "eased",
        Some(Status::Resolved) => "resolved",
    };
    format!("{status}; {sure}")
}

pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
