//! One announced event as it stands now: also reported by others, corrected, or taken back.

use attache_extract::Event;
use attache_store::{Action, AuditEntry, StoredEvent};

use super::Nothing;
use crate::app::App;
use crate::reply::event_card::{CardSource, cited, event_card_with};
use crate::reply::{Answer, Block, Piece, Rich};

/// Further sources named; the rest is counted.
const NAMED: usize = 5;

/// The event's announcement.
pub(super) fn card(app: &App, row: &StoredEvent) -> Result<Answer, Nothing> {
    let first = row.sources.first().ok_or(Nothing::Left("the event has no source"))?;
    let article = app.store.article(first.article)?;
    let article = article.as_ref();
    let event = Event::try_from(row.event.clone())?;
    let id = row.id.short();
    let source = CardSource::of(&id, article, first.published);
    let mut further = also(app, row)?;
    let changes = if row.revision > 1 { app.store.changes_of(row.id, 1)? } else { Vec::new() };
    let last = changes.first();
    if row.deleted {
        return Ok(taken_back(event_card_with(&event, &source, further), row, last));
    }
    further.extend(last.and_then(corrected));
    Ok(event_card_with(&event, &source, further))
}

/// Who else reports it.
fn also(app: &App, row: &StoredEvent) -> Result<Vec<Block>, Nothing> {
    let others = row.sources.get(1..).unwrap_or_default();
    let mut blocks = Vec::new();
    for source in others.iter().take(NAMED) {
        let article = app.store.article(source.article)?;
        let article = article.as_ref();
        let cited = cited(&CardSource::of("", article, source.published));
        let mut line = Rich::default().strong("Also reported by").and(" ");
        line.0.extend(cited.0);
        blocks.push(Block::Line(line.and(", ").day(source.published)));
    }
    let rest = others.len().saturating_sub(NAMED);
    if rest > 0 {
        blocks.push(Block::Line(Rich::text(format!("and {rest} more"))));
    }
    Ok(blocks)
}

/// That and why it reads otherwise than at first.
fn corrected(entry: &AuditEntry) -> Option<Block> {
    let what = match entry.action {
        Action::Edited => "Corrected",
        Action::Restored => "Taken out and put back",
        Action::Undid(_) => "A correction was taken back",
        Action::Absorbed(_) => "Put together with another report",
        Action::Parted(_) | Action::PartedFrom(_) => "Parted from another report",
        Action::Confirmed => "Confirmed by a curator",
        Action::Disputed => "Doubted by a curator",
        Action::Reread(_) => "Read anew",
        Action::Deleted | Action::MergedInto(_) | Action::Added | Action::Resolved | Action::Reopened => {
            return None;
        }
    };
    Some(Block::Line(said(what, entry)))
}

fn said(what: &str, entry: &AuditEntry) -> Rich {
    let mut line = Rich::default().strong(what).and(" ");
    line.0.push(Piece::Instant(entry.at));
    if entry.reason.is_empty() { line } else { line.and(format!(": {}", entry.reason)) }
}

/// The announcement of an event that was taken out: struck, with the reason above it.
fn taken_back(mut answer: Answer, row: &StoredEvent, last: Option<&AuditEntry>) -> Answer {
    let head = match last {
        Some(entry) => match entry.action {
            Action::MergedInto(kept) => {
                let line = Rich::default().strong("The same event as").and(" ");
                line.code(kept.short())
                    .and(", which stands for both: ")
                    .code(format!("/event id:{}", kept.short()))
            }
            _ => said("Taken back by a curator", entry),
        },
        None => Rich::text("Taken back."),
    };
    let struck = |rich: &mut Rich| {
        let text = rich.plain();
        *rich = Rich(vec![Piece::Struck(text)]);
    };
    for block in &mut answer.blocks {
        match block {
            Block::Line(rich) => struck(rich),
            Block::Quote { text, .. } => {
                *block = Block::Line(Rich(vec![Piece::Struck(format!("“{text}”"))]));
            }
            Block::Item { .. } | Block::Heading(_) => {}
        }
    }
    answer.title = format!("Taken back: {}", answer.title);
    answer.blocks.insert(0, Block::Line(head));
    answer.blocks.pop();
    answer.blocks.push(Block::Line(Rich::text("More: ").code(format!("/event id:{}", row.id.short()))));
    answer
}
