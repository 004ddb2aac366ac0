//! An event's parts in words, the same in a notification, an answer and the terminal: the doubt up
//! front, precision said, nothing added.

use attache_extract::event::{Factuality, Rate, RateUnit, Role, Status};
use attache_extract::when::{EventDate, Moment, Precision};
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

/// The title with the sides: who towards whom, who with whom. A line of its own, without offices.
pub(crate) fn headline(event: &Event) -> String {
    let short = |party: &Party| match (&party.name, party.country, &party.office) {
        (Some(name), ..) => Some(name.clone()),
        (None, Some(country), _) => Some(country.to_string()),
        (None, None, office) => office.clone(),
    };
    match sides(&event.parties, short) {
        Some(sides) => format!("{} · {sides}", title(event)),
        None => title(event),
    }
}

pub(crate) fn who(parties: &[Party]) -> Option<Rich> {
    sides(parties, |party| Some(named(party))).map(Rich::text)
}

fn sides(parties: &[Party], called: impl Fn(&Party) -> Option<String>) -> Option<String> {
    let side = |role: Role| {
        let mut names: Vec<String> = Vec::new();
        for name in parties.iter().filter(|party| party.role == role).filter_map(&called) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    };
    let towards = [side(Role::Actor), side(Role::Recipient)].into_iter().flatten().collect::<Vec<_>>();
    let all = [(!towards.is_empty()).then(|| towards.join(" → ")), side(Role::Participant)];
    let all = all.into_iter().flatten().collect::<Vec<_>>();
    (!all.is_empty()).then(|| all.join("; with "))
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
        event.effective.map(|at| led(moment(&at))),
        event.expires.map(|at| format!("until {}", moment(&at))),
        event.duration.map(|length| format!("for {length}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| Rich::text(parts.join(", ")))
}

/// An instant as exact as the text has it: "by 14 May 2025, 00:01 (UTC−4)", "May 2025", "2026".
pub(crate) fn moment(moment: &Moment) -> String {
    let first = |month| Date::new(moment.year, month, moment.day.unwrap_or(1)).ok();
    let mut text = match (moment.month.and_then(first), moment.day) {
        (Some(date), Some(_)) => day(date),
        (Some(date), None) => date.strftime("%B %Y").to_string(),
        (None, _) => moment.year.to_string(),
    };
    if let Some(time) = moment.time {
        text.push_str(&time.strftime(", %H:%M").to_string());
    }
    if let Some(offset) = moment.offset {
        let (sign, minutes) = (if offset < 0 { '−' } else { '+' }, offset.unsigned_abs());
        text.push_str(&match (minutes / 60, minutes % 60) {
            (0, 0) => " (UTC)".to_owned(),
            (hours, 0) => format!(" (UTC{sign}{hours})"),
            (hours, rest) => format!(" (UTC{sign}{hours}:{rest:02})"),
        });
    }
    if moment.by { format!("by {text}") } else { text }
}

/// An instant as it is kept, in words; what is none stays as it is.
pub(crate) fn written(kept: &str) -> String {
    kept.parse().map_or_else(|_| kept.to_owned(), |at| moment(&at))
}

/// "from 14 May 2025", or "by 14 May 2025" where the text gives a deadline.
pub(crate) fn from(kept: &str) -> String {
    led(written(kept))
}

fn led(at: String) -> String {
    if at.starts_with("by ") { at } else { format!("from {at}") }
}

/// " until 14 May 2025", behind what ends then; nothing where that is not known.
pub(crate) fn until(kept: Option<&String>) -> String {
    kept.map(|until| format!(" until {}", written(until))).unwrap_or_default()
}

/// How sure an event is, of 1, in percent.
pub(crate) fn chance(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::event_card::tests::threat;
    use attache_extract::StateCode;

    #[test]
    fn an_instant_is_as_exact_in_words_as_it_is_kept() {
        for (kept, expected) in [
            ("2026", "2026"),
            ("2025-11", "November 2025"),
            ("2025-05-14", "14 May 2025"),
            ("by 2025-05-14", "by 14 May 2025"),
            ("2025-05-14T00:01", "14 May 2025, 00:01"),
            ("2025-05-14T00:01-04:00", "14 May 2025, 00:01 (UTC−4)"),
            ("2025-05-14T09:00+05:30", "14 May 2025, 09:00 (UTC+5:30)"),
            ("2025-05-14T12:00+00:00", "14 May 2025, 12:00 (UTC)"),
            ("soon", "soon"),
        ] {
            assert_eq!(written(kept), expected);
        }
    }

    #[test]
    fn a_headline_names_each_side_once() {
        let mut event = threat();
        let party = |name: Option<&str>, country, role| Party {
            name: name.map(str::to_owned),
            office: None,
            country: Some(country),
            role,
        };
        let actor = event.parties[0].clone();
        event.parties = vec![
            actor.clone(),
            actor,
            party(Some("Mara Quist"), StateCode::US, Role::Actor),
            party(None, StateCode::CN, Role::Recipient),
        ];
        let doubt = "Tariff: threaten (threatened, not a measure)";
        assert_eq!(headline(&event), format!("{doubt} · US, Mara Quist → CN"));
        event.parties.clear();
        assert_eq!(headline(&event), doubt);
    }

    #[test]
    fn a_chance_is_told_in_percent() {
        assert_eq!(chance(0.874), "87%");
    }
}
