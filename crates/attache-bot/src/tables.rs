//! Views as tables for other programs: comma-separated values, and deadlines as a calendar.

use std::io::{self, Write};

use attache_extract::event::Kind;
use attache_store::view::engagements::{channel, level};
use attache_store::view::origin::{self, Certainty};
use attache_store::view::tariffs::AsOf;
use attache_store::view::tensions;
use attache_store::{EventQuery, ReadError, StoredEvent};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::App;
use crate::commands::{Deadline, ahead};

/// A view with a table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum View {
    /// Every measure of every state as of the day.
    Tariffs,
    /// Every thread of the register as of the day.
    Tensions,
    /// Every contact, those to come too.
    Engagements,
    /// What starts or ends within the days ahead.
    Deadlines,
}

/// A table: names of columns, then rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Days ahead that an exported list of deadlines covers.
const AHEAD: i64 = 3650;

/// The table of a view as of the end of a day.
///
/// # Errors
/// When the store cannot be read.
pub fn table(app: &App, view: View, day: Date) -> Result<Table, ReadError> {
    match view {
        View::Tariffs => tariffs(app, day),
        View::Tensions => tension_threads(app, day),
        View::Engagements => engagements(app, day),
        View::Deadlines => deadlines(app, day),
    }
}

fn tariffs(app: &App, day: Date) -> Result<Table, ReadError> {
    let head = vec![
        "imposer",
        "on",
        "layer",
        "goods",
        "scope",
        "status",
        "rate_percent",
        "rate_text",
        "points",
        "effective",
        "until",
        "until_approximate",
        "then",
        "legal",
        "certainty",
        "key",
        "sources",
    ];
    let rows = app.store.with_ledger(|ledger| {
        let mut rows = Vec::new();
        for imposer in ledger.imposers() {
            for layer in ledger.status(imposer, None, AsOf::Day(day)).layers {
                rows.push(vec![
                    imposer.to_string(),
                    layer.on.map(|code| code.to_string()).unwrap_or_default(),
                    layer.layer,
                    layer.goods,
                    layer.scope.unwrap_or_default(),
                    layer.state.as_str().to_owned(),
                    layer.rate.map(|rate| rate.to_string()).unwrap_or_default(),
                    layer.words.unwrap_or_default(),
                    layer.points.map(|points| points.to_string()).unwrap_or_default(),
                    layer.effective.unwrap_or_default(),
                    layer.until.unwrap_or_default(),
                    layer.about.to_string(),
                    layer.then.unwrap_or_default(),
                    layer.legal.unwrap_or_default(),
                    layer.certainty.map(Certainty::as_str).unwrap_or_default().to_owned(),
                    layer.key.unwrap_or_default(),
                    layer.sources.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
                ]);
            }
        }
        rows
    })?;
    Ok(Table { head, rows })
}

fn tension_threads(app: &App, day: Date) -> Result<Table, ReadError> {
    let head = vec![
        "id",
        "title",
        "sides",
        "status",
        "until",
        "note",
        "opened",
        "last_move",
        "last_by",
        "owed_by",
        "reopens",
        "keys",
        "events",
    ];
    let threads = app.store.threads(day)?;
    let row = |thread: &tensions::Thread| {
        vec![
            thread.id.to_string(),
            thread.subject.clone(),
            thread.sides.join(" "),
            thread.status.as_str().to_owned(),
            thread.until.clone().unwrap_or_default(),
            thread.note.clone().unwrap_or_default(),
            thread.first().map(|row| row.sort_day.to_string()).unwrap_or_default(),
            thread.last().map(|row| row.sort_day.to_string()).unwrap_or_default(),
            thread.last_mover().unwrap_or_default().to_owned(),
            thread.owed_by().unwrap_or_default().to_owned(),
            thread.reopens().unwrap_or_default(),
            thread.keys().collect::<Vec<_>>().join(" "),
            thread.moves.iter().map(|link| link.row.id.to_string()).collect::<Vec<_>>().join(" "),
        ]
    };
    Ok(Table { head, rows: threads.iter().map(row).collect() })
}

fn engagements(app: &App, day: Date) -> Result<Table, ReadError> {
    let head = vec![
        "id",
        "start",
        "end",
        "precision",
        "channel",
        "level",
        "status",
        "factuality",
        "place",
        "parties",
        "topics",
        "certainty",
        "key",
        "sentence",
        "sources",
    ];
    let query = EventQuery { until: Some(day), ..EventQuery::of(Kind::Engagement) };
    let mut rows = Vec::new();
    for row in app.store.all_events(&query)? {
        rows.push(engagement(app, &row)?);
    }
    Ok(Table { head, rows })
}

fn engagement(app: &App, row: &StoredEvent) -> Result<Vec<String>, ReadError> {
    use attache_extract::Vocabulary as _;
    let event = &row.event;
    let party = |party: &attache_store::record::PartyRecord| {
        let words = [&party.name, &party.office, &party.country];
        words.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    };
    let mut urls = Vec::new();
    for source in &row.sources {
        let article = app.store.article(source.article)?;
        urls.push(article.and_then(|article| article.url).unwrap_or_else(|| source.article.to_string()));
    }
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    Ok(vec![
        row.id.to_string(),
        day(event.date.start),
        day(event.date.end),
        event.date.precision.0.as_str().to_owned(),
        channel(row),
        level(row).map(|level| level.as_str().to_owned()).unwrap_or_default(),
        event.status.map(|status| status.0.as_str().to_owned()).unwrap_or_default(),
        event.factuality.0.as_str().to_owned(),
        event.place.clone().unwrap_or_default(),
        event.parties.iter().map(party).collect::<Vec<_>>().join("; "),
        event.topics.join("; "),
        origin::certainty(event).map(Certainty::as_str).unwrap_or_default().to_owned(),
        origin::key(event).unwrap_or_default().to_owned(),
        event.quote.clone(),
        urls.join(" "),
    ])
}

fn deadlines(app: &App, day: Date) -> Result<Table, ReadError> {
    let head = vec!["date", "days", "what", "title", "then", "certainty", "sentence", "event"];
    let row = |deadline: Deadline| {
        vec![
            deadline.day.to_string(),
            day.until(deadline.day).map_or(0, |span| span.get_days()).to_string(),
            deadline.what.to_owned(),
            deadline.title,
            deadline.then,
            origin::certainty(&deadline.row.event).map(Certainty::as_str).unwrap_or_default().to_owned(),
            deadline.row.event.quote.clone(),
            deadline.row.id.to_string(),
        ]
    };
    Ok(Table { head, rows: ahead(&app.store, day, AHEAD)?.into_iter().map(row).collect() })
}

/// Writes a table as comma-separated values. A cell that a spreadsheet would run as a formula gets
/// an apostrophe before it.
///
/// # Errors
/// When `to` cannot be written.
pub fn write_csv(table: &Table, to: &mut dyn Write) -> io::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record(&table.head)?;
    for row in &table.rows {
        let inert = row.iter().map(|cell| {
            let live = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            if live { format!("'{cell}") } else { cell.clone() }
        });
        out.write_record(inert)?;
    }
    out.flush()
}

/// Writes the deadlines after a day as an iCalendar file (RFC 5545): an all-day event each.
///
/// # Errors
/// When the store cannot be read or `to` not be written.
pub fn write_calendar(
    app: &App,
    day: Date,
    now: Timestamp,
    to: &mut dyn Write,
) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    let deadlines = ahead(&app.store, day, AHEAD)?;
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//attache//deadlines//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "NAME:Trade deadlines".to_owned(),
        "X-WR-CALNAME:Trade deadlines".to_owned(),
    ];
    for deadline in &deadlines {
        let event = &deadline.row.event;
        let digest = origin::certainty(event) == Some(Certainty::Digest);
        let mark = if digest { " (news digest only, not confirmed)" } else { "" };
        let next = deadline.day.tomorrow().unwrap_or(deadline.day);
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}-{}-{}@attache", deadline.row.id, deadline.what, deadline.day),
            format!("DTSTAMP:{stamp}"),
            format!("DTSTART;VALUE=DATE:{}", deadline.day.strftime("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")),
            format!("SUMMARY:{}", escaped(&format!("{}{mark}", deadline.title))),
            format!("DESCRIPTION:{}", escaped(&format!("{}\n\n“{}”", deadline.then, event.quote))),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    for line in lines {
        to.write_all(folded(&line).as_bytes())?;
    }
    to.flush()?;
    Ok(deadlines.len())
}

/// TEXT of RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A content line of at most 75 bytes, gone on in lines that begin with a blank.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        let table = Table {
            head: vec!["a", "b"],
            rows: vec![
                vec!["=1+1".to_owned(), "two, \"words\"".to_owned()],
                vec!["-5".to_owned(), String::new()],
            ],
        };
        let mut out = Vec::new();
        write_csv(&table, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,b\n'=1+1,\"two, \"\"words\"\"\"\n'-5,\n");
    }

    #[test]
    fn lines_of_a_calendar_are_short_and_read_back_whole() {
        let line = format!("SUMMARY:{}", "ä".repeat(100));
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|part| part.len() <= 75));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
        assert_eq!(escaped("a; b, c\\d\ne"), "a\\; b\\, c\\\\d\\ne");
    }
}
