//! One event as it is announced: what, who, when, on which terms, how sure, and the sentence it
//! rests on. What the text does not say is not said here either.

use attache_extract::event::{Factuality, Rate, RateUnit, Role, Status};
use attache_extract::when::{EventDate, Precision};
use attache_extract::{Event, Kind, Party};
use jiff::civil::Date;

use super::{Answer, Block, Rich};

/// Where the announced event was read.
#[derive(Debug, Clone, Copy)]
pub struct CardSource<'a> {
    /// The event's id in the store, as commands take it.
    pub event_id: &'a str,
    /// Headline of the article.
    pub title: Option<&'a str>,
    /// Address of the article.
    pub url: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// The day it was published.
    pub published: Date,
}

/// The event's announcement.
#[must_use]
pub fn event_card(event: &Event, source: &CardSource<'_>) -> Answer {
    let mut blocks = Vec::new();
    let mut say = |label: &str, text: Option<Rich>| {
        if let Some(Rich(pieces)) = text {
            let mut line = Rich::default().strong(label).and(" ");
            line.0.extend(pieces);
            blocks.push(Block::Line(line));
        }
    };
    say("Who", who(&event.parties));
    say("When", Some(when(&event.date)));
    say("Terms", terms(event));
    say("Concerns", event.scope.as_deref().map(Rich::text));
    say("Where", event.place.as_deref().map(Rich::text));
    say("State", Some(Rich::text(state(event))));
    blocks.push(Block::Quote { text: event.quote.clone(), source: cited(source) });
    blocks.push(Block::Line(Rich::text("More: ").code(format!("/event id:{}", source.event_id))));
    Answer {
        title: title(event),
        blocks,
        notes: vec![format!(
            "Read by rule from the sentence above; published {}; estimated chance of being right {}.",
            day(source.published),
            event.confidence,
        )],
        ..Answer::default()
    }
}

/// What happened in a few words, with the doubt up front: a threat is not a tariff.
fn title(event: &Event) -> String {
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

fn who(parties: &[Party]) -> Option<Rich> {
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

fn named(party: &Party) -> String {
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

fn when(date: &EventDate) -> Rich {
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

fn terms(event: &Event) -> Option<Rich> {
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

fn state(event: &Event) -> String {
    let sure = match event.factuality {
        Factuality::Asserted => "stated as a fact",
        Factuality::Reported => "reported by others than those who act",
        Factuality::Hypothetical => "not a fact: possible, proposed or conditional",
        Factuality::Denied => "denied",
    };
    let status = match event.status {
        None => return sure.to_owned(),
        Some(Status::Occurred) => "took place",
        Some(Status::Planned) => "planned, has not taken place",
        Some(Status::Denied) => "said not to be so",
        Some(Status::Unknown) => "the text leaves open whether it happened",
        Some(Status::Announced) => "announced, not in force",
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

fn cited(source: &CardSource<'_>) -> Rich {
    let name = source.title.or(source.publisher).unwrap_or("source");
    let cited = match source.url {
        Some(url) => Rich::default().link(name, url),
        None => Rich::text(name),
    };
    match source.publisher.filter(|_| source.title.is_some()) {
        Some(publisher) => cited.and(format!(", {publisher}")),
        None => cited,
    }
}

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
pub(crate) mod tests {
    use attache_extract::event::{Act, Confidence, Evidence, Plover, PloverCategory, TariffAction};
    use attache_extract::{Span, StateCode};
    use jiff::civil::date;

    use super::*;
    use crate::reply::embed::render;

    pub(crate) fn threat() -> Event {
        Event {
            act: Act::TariffAction(TariffAction::Threaten),
            parties: vec![Party {
                name: None,
                office: Some("finance minister".to_owned()),
                country: Some(StateCode::US),
                role: Role::Actor,
            }],
            date: EventDate::UNKNOWN,
            effective: None,
            expires: None,
            duration: None,
            rate: None,
            scope: Some("ceramic tiles".to_owned()),
            topics: Vec::new(),
            place: None,
            factuality: Factuality::Hypothetical,
            status: Some(Status::Threatened),
            quote: "We may tax @everyone's tiles.".to_owned(),
            claims: Vec::new(),
            plover: Plover { category: PloverCategory::Threaten, mode: None },
            confidence: Confidence::from_thousandths(800),
            evidence: Evidence { quote: Span::new(0, 1), fields: Default::default(), rules: Vec::new() },
        }
    }

    #[test]
    fn a_threat_is_shown_as_a_threat_and_what_is_unknown_as_unknown() {
        let source = CardSource {
            event_id: "e1",
            title: Some("Tiles"),
            url: Some("https://paper.example/tiles"),
            publisher: Some("The Paper"),
            published: date(2025, 5, 14),
        };
        let embeds = render(&event_card(&threat(), &source));
        assert_eq!(embeds[0].title, "Tariff: threaten (threatened, not a measure)");
        assert_eq!(
            embeds[0].description,
            "**Who** finance minister (US, not named)\n\
             **When** the text does not say\n\
             **Concerns** ceramic tiles\n\
             **State** threatened only; not a fact: possible, proposed or conditional\n\
             > “We may tax \\@\u{2060}everyone's tiles.”\n\
             > — [Tiles](https://paper.example/tiles), The Paper\n\
             More: `/event id:e1`"
        );
    }
}
