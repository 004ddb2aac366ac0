//! One event as it is announced: what, who, when, on which terms, how sure, and the sentence it
//! rests on. What the text does not say is not said here either.

use attache_extract::Event;
use attache_store::Article;
use jiff::civil::Date;

use super::words::{chance, day, headline, state, terms, when, who};
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

impl<'a> CardSource<'a> {
    /// An article that was published on a day, or one that is not there.
    #[must_use]
    pub fn of(event_id: &'a str, article: Option<&'a Article>, published: Date) -> Self {
        Self {
            event_id,
            title: article.and_then(|article| article.title.as_deref()),
            url: article.and_then(|article| article.url.as_deref()),
            publisher: article.and_then(|article| article.publisher.as_deref()),
            published,
        }
    }
}

/// The event's announcement.
#[must_use]
pub fn event_card(event: &Event, source: &CardSource<'_>) -> Answer {
    event_card_with(event, source, Vec::new())
}

/// The event's announcement, with what else is to be said under its sentence.
#[must_use]
pub(crate) fn event_card_with(event: &Event, source: &CardSource<'_>, further: Vec<Block>) -> Answer {
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
    blocks.extend(further);
    blocks.push(Block::Line(Rich::text("More: ").code(format!("/event id:{}", source.event_id))));
    Answer {
        title: headline(event),
        blocks,
        notes: vec![format!(
            "Read by rule from the sentence above; published {}; estimated chance of being right {}.",
            day(source.published),
            chance(f64::from(event.confidence.thousandths()) / 1000.0),
        )],
        ..Answer::default()
    }
}

pub(crate) fn cited(source: &CardSource<'_>) -> Rich {
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

#[cfg(test)]
pub(crate) mod tests {
    use attache_extract::event::{Act, Confidence, Evidence, Plover, PloverCategory, TariffAction};
    use attache_extract::event::{Factuality, Role, Status};
    use attache_extract::when::EventDate;
    use attache_extract::{Party, Span, StateCode};
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
        assert_eq!(embeds[0].title, "Tariff: threaten (threatened, not a measure) · US");
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
