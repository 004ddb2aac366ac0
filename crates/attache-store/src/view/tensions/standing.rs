//! Where a thread stands as of a day: what its moves, or a curator's word, left of it.

use std::collections::BTreeMap;

use attache_extract::event::Status;
use attache_extract::when::Moment;
use jiff::civil::Date;

use super::{Link, Standing, is_comment, mover};
use crate::row::StoredEvent;
use crate::view::origin;

/// Days after which a thread of words alone, in which nobody moved, has lapsed.
const SILENT: i32 = 365;

/// What is left of a thread, or of one of its measures.
#[derive(Clone)]
pub(super) struct Left {
    pub(super) status: Standing,
    pub(super) until: Option<String>,
    pub(super) note: Option<String>,
}

/// As the moves have it, unless a curator said otherwise after the last one.
pub(super) fn state(moves: &[Link], as_of: Date) -> Left {
    let said = |link: &Link| {
        let ruling = origin::ruling(&link.row.event).filter(|ruling| ruling.day <= as_of)?;
        let (status, word) =
            if ruling.open { (Standing::Open, "open again") } else { (Standing::Resolved, "resolved") };
        let note = format!("{word} by a curator's word of {}: {}", ruling.day, ruling.why);
        Some(Left { status, until: None, note: Some(note) })
    };
    let ruled = moves.iter().enumerate().rev().find_map(|(at, link)| Some((at, said(link)?)));
    match ruled {
        Some((at, left)) if at + 1 == moves.len() => left,
        // What was resolved is over; only what came after it counts.
        Some((at, left)) if left.status == Standing::Resolved => {
            by_moves(moves.get(at + 1..).unwrap_or_default(), as_of)
        }
        _ => by_moves(moves, as_of),
    }
}

/// A thread is open while any of its measures is; the latest move on a measure, one side's acts of
/// one form, decides about that measure. A thread of words alone is open as its last word has it.
fn by_moves(moves: &[Link], as_of: Date) -> Left {
    let mut measures: BTreeMap<(&str, &str), Left> = BTreeMap::new();
    for row in moves.iter().map(|link| &link.row).filter(|row| !is_comment(row)) {
        let name = (mover(row).unwrap_or_default(), row.event.subtype.as_str());
        let before = measures.get(&name).cloned();
        measures.insert(name, measure(row, before, as_of));
    }
    if measures.is_empty() {
        let Some(row) = moves.last().map(|link| &link.row) else {
            return Left { status: Standing::Open, until: None, note: None };
        };
        let silent = row.sort_day.until(as_of).is_ok_and(|span| span.get_days() > SILENT);
        let left = measure(row, None, as_of);
        if silent && left.status == Standing::Open {
            let note = Some(format!("words alone, and none stored for more than {SILENT} days"));
            return Left { status: Standing::Lapsed, until: None, note };
        }
        return left;
    }
    let of = |wanted: Standing| measures.values().filter(move |left| left.status == wanted);
    if let Some(open) = of(Standing::Open).max_by_key(|left| left.note.is_some()) {
        return open.clone();
    }
    // The first end is the one to watch.
    let eased = of(Standing::Eased).min_by_key(|left| (left.until.is_none(), left.until.clone()));
    eased.cloned().unwrap_or(Left { status: Standing::Resolved, until: None, note: None })
}

/// What one move leaves of its measure. An easing begins when the text says, and when it has run
/// out the measure is open again.
fn measure(row: &StoredEvent, before: Option<Left>, as_of: Date) -> Left {
    let status = match row.event.status.map(|status| status.0) {
        Some(Status::Eased) => Standing::Eased,
        Some(Status::Resolved) => Standing::Resolved,
        _ => Standing::Open,
    };
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Moment>().ok());
    let first = day(&row.event.effective).and_then(|start| start.days()).map(|(first, _)| first);
    if status != Standing::Open && first.is_some_and(|first| first > as_of) {
        let from = row.event.effective.clone().unwrap_or_default();
        let note = Some(format!("{} from {from} on, as announced", status.as_str()));
        let before = before.unwrap_or(Left { status: Standing::Open, until: None, note: None });
        return Left { note, ..before };
    }
    let until = row.event.expires.clone().filter(|_| status == Standing::Eased);
    let end = day(&until);
    let over = end.and_then(|end| Some((end, end.days()?.1)));
    // An end that gives an hour has come by the end of its day.
    if over.is_some_and(|(end, last)| last < as_of || (last == as_of && end.time.is_some())) {
        let until = until.unwrap_or_default();
        let note =
            Some(format!("its suspension ran until {until}; no stored text says whether it was prolonged"));
        return Left { status: Standing::Open, until: None, note };
    }
    Left { status, until, note: None }
}
