//! Many events in one message: the weightiest first, each with its source, the rest counted.

use attache_extract::{Event, Kind};
use attache_store::{Action, Delivery, Errand, StoredEvent};

use super::Nothing;
use crate::app::App;
use crate::commands;
use crate::reply::{Answer, Block, Piece, Rich, words};

/// With so many events and fewer, each has its sentence.
const WITH_SENTENCE: usize = 8;

/// The digest of what was collected. `collected` by a subscription's plan; otherwise because much came
/// at once.
pub(super) fn digest(
    app: &App,
    items: &[(Delivery, StoredEvent)],
    collected: bool,
) -> Result<Answer, Nothing> {
    let events = items.iter().filter(|(delivery, _)| matches!(delivery.errand, Errand::Event)).count();
    let mut blocks = Vec::new();
    let kinds = [
        Kind::TariffAction,
        Kind::Agreement,
        Kind::Tension,
        Kind::Engagement,
        Kind::Statement,
        Kind::BusinessShift,
        Kind::Forecast,
    ];
    for kind in kinds {
        let of_kind = |(delivery, row): &&(Delivery, StoredEvent)| {
            row.event.kind.0 == kind && matches!(delivery.errand, Errand::Event)
        };
        let rows: Vec<_> = items.iter().filter(of_kind).collect();
        if rows.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(format!("{} ({})", name(kind), rows.len())));
        for (_, row) in rows {
            blocks.extend(item(app, row, items.len() <= WITH_SENTENCE)?);
        }
    }
    let others: Vec<_> =
        items.iter().filter(|(delivery, _)| !matches!(delivery.errand, Errand::Event)).collect();
    if !others.is_empty() {
        blocks.push(Block::Heading("Corrections and deadlines".to_owned()));
    }
    for (delivery, row) in others {
        let title = super::note::line(app, delivery, row)?;
        blocks.push(Block::Item { head: title, lines: Vec::new() });
    }
    let title = match events {
        0 => "Corrections and deadlines".to_owned(),
        1 => "1 event".to_owned(),
        n => format!("{n} events"),
    };
    let title = if collected { format!("Digest: {title}") } else { format!("{title} that came together") };
    let note = "Read by rule from the sentences; /event shows each with its sentence and sources.".to_owned();
    Ok(Answer { title, blocks, notes: vec![note], ..Answer::default() })
}

fn item(app: &App, row: &StoredEvent, with_sentence: bool) -> Result<Vec<Block>, Nothing> {
    let event = Event::try_from(row.event.clone())?;
    if with_sentence && !row.deleted {
        return commands::entry(app, row).map_err(|fault| Nothing::Unreadable(fault.to_string().into()));
    }
    let mut head = words::when(&event.date).and("  ").strong(words::title(&event));
    if let Some(Rich(who)) = words::who(&event.parties) {
        head = head.and(": ");
        head.0.extend(who);
    }
    if row.deleted {
        let last = app.store.changes_of(row.id, 1)?.into_iter().next().map(|entry| entry.action);
        let why = match last {
            Some(Action::MergedInto(kept)) => format!(" the same event as {}", kept.short()),
            _ => " taken back by a curator".to_owned(),
        };
        head = Rich(vec![Piece::Struck(head.plain())]).and(why);
    }
    let mut lines = vec![head.and("  ").code(row.id.short())];
    let head = lines.remove(0);
    Ok(vec![Block::Item { head, lines }])
}

const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::TariffAction => "Tariffs",
        Kind::Agreement => "Agreements",
        Kind::Tension => "Tensions",
        Kind::Engagement => "Engagements",
        Kind::Statement => "Statements",
        Kind::BusinessShift => "Business",
        Kind::Forecast => "Forecasts",
    }
}
