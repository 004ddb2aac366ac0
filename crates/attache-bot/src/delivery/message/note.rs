//! Messages beside announcements: a correction, a deadline ahead, a pause.

use attache_extract::Event;
use attache_store::{Action, AuditId, Delivery, DeliveryState, Errand, StoredEvent, Subscription};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Nothing;
use crate::app::App;
use crate::commands;
use crate::reply::{Answer, Block, Rich, words};

/// That something posted was corrected, and where it stands.
pub(super) fn correction(
    app: &App,
    held: &Subscription,
    row: &StoredEvent,
    change: AuditId,
) -> Result<Answer, Nothing> {
    let event = Event::try_from(row.event.clone())?;
    let entry = app.store.changes_of(row.id, usize::MAX)?.into_iter().find(|entry| entry.id == change);
    let entry = entry.ok_or(Nothing::Left("the change is gone"))?;
    let what = match entry.action {
        Action::Edited => "was corrected",
        Action::Deleted => "was taken back: it is not so, or nothing supports it",
        Action::Restored => "was put back",
        Action::Undid(_) => "stands as before: a correction was taken back",
        Action::MergedInto(_) => "is the same as another event, which stands for both",
        Action::Disputed => "is doubted",
        Action::Reread(_) => "was read anew",
        _ => "was changed",
    };
    let mut blocks = vec![Block::Line(Rich::default().strong(words::title(&event)).and(format!(" {what}.")))];
    if !entry.reason.is_empty() {
        blocks.push(Block::Line(Rich::default().strong("Why").and(format!(" {}", entry.reason))));
    }
    for (field, before, after) in differences(&entry.before, row) {
        let mut line = Rich::default().strong(field).and(" ");
        line.0.push(crate::reply::Piece::Struck(before));
        blocks.push(Block::Line(line.and(format!(" → {after}"))));
    }
    let mut more = Rich::text("More: ").code(format!("/event id:{}", row.id.short()));
    if let Some(posted) = app.store.announcement(row.id, held.id)?
        && let Some(url) = address(held, &posted)
    {
        more = more.and("; ").link("the message", url);
    }
    blocks.push(Block::Line(more));
    Ok(Answer { title: "Correction".to_owned(), blocks, ..Answer::default() })
}

/// What of an event reads otherwise, field by field.
fn differences(before: &StoredEvent, after: &StoredEvent) -> Vec<(&'static str, String, String)> {
    let none = || "unknown".to_owned();
    let day = |row: &StoredEvent| row.event.date.start.map_or_else(none, |day| day.to_string());
    let rate = |row: &StoredEvent| row.event.rate.as_ref().map_or_else(none, |rate| rate.raw.clone());
    let fields = |row: &StoredEvent| {
        [
            ("Kind", format!("{} {}", row.event.kind.0, row.event.subtype).replace('_', " ")),
            ("Date", day(row)),
            ("From", row.event.effective.clone().unwrap_or_else(none)),
            ("Until", row.event.expires.clone().unwrap_or_else(none)),
            ("Rate", rate(row)),
            ("Concerns", row.event.scope.clone().unwrap_or_else(none)),
            ("How sure the text is", row.event.factuality.0.to_string()),
            ("State", row.event.status.map_or_else(none, |status| status.0.to_string().replace('_', " "))),
        ]
    };
    let pairs = fields(before).into_iter().zip(fields(after));
    pairs.filter(|(a, b)| a.1 != b.1).map(|((field, a), (_, b))| (field, a, b)).collect()
}

/// Discord's address of a message that was delivered.
pub(crate) fn address(held: &Subscription, posted: &Delivery) -> Option<String> {
    let DeliveryState::Delivered(message, _) = posted.state else { return None };
    let guild = held.guild.map_or_else(|| "@me".to_owned(), |guild| guild.to_string());
    let channel = posted.place.unwrap_or(posted.channel);
    Some(format!("https://discord.com/channels/{guild}/{channel}/{message}"))
}

/// That a deadline lies ahead; nothing where it no longer does.
pub(super) fn reminder(app: &App, row: &StoredEvent, day: Date) -> Result<Answer, Nothing> {
    let today = TimeZone::UTC.to_datetime(app.clock.now()).date();
    let days = today.until(day).map_or(0, |span| span.get_days());
    let from = today.min(day.yesterday().unwrap_or(day));
    let ahead = commands::ahead(&app.store, from, i64::from(days.max(1)) + 1)?;
    let found = ahead.into_iter().find(|deadline| deadline.day == day && deadline.row.id == row.id);
    let deadline = found.ok_or(Nothing::Left("the deadline was moved or is no longer one"))?;
    let what = match deadline.what {
        "starts" => "Starts",
        "ends" => "Ends",
        "comes_back" => "Comes back",
        _ => "Planned",
    };
    let title = match days {
        0 => format!("{what} today: {}", deadline.title),
        1 => format!("{what} tomorrow: {}", deadline.title),
        n => format!("{what} in {n} days: {}", deadline.title),
    };
    let quote = commands::quote(app, row).map_err(|fault| Nothing::Unreadable(fault.to_string().into()))?;
    let blocks = vec![
        Block::Line(Rich::default().strong("When").and(" ").day(day)),
        Block::Line(Rich::default().strong("Then").and(format!(" {}", deadline.then))),
        quote,
        Block::Line(
            Rich::text("More: ")
                .code(format!("/event id:{}", row.id.short()))
                .and(", ")
                .code("/tariffs deadlines"),
        ),
    ];
    let notes = vec!["A reminder; what was posted before stands.".to_owned()];
    Ok(Answer { title, blocks, notes, ..Answer::default() })
}

/// A reminder that was posted of a deadline that holds no longer.
pub(super) fn moved(app: &App, row: &StoredEvent, day: Date, why: &str) -> Result<Answer, Nothing> {
    let title = words::title(&Event::try_from(row.event.clone())?);
    let struck = |text: String| Block::Line(Rich(vec![crate::reply::Piece::Struck(text)]));
    let mut blocks = vec![Block::Line(Rich::default().strong("No longer so").and(format!(": {why}.")))];
    let last = app.store.changes_of(row.id, 1)?.into_iter().next();
    if let Some(entry) = last.filter(|entry| !entry.reason.is_empty()) {
        blocks.push(Block::Line(Rich::default().strong("Why").and(format!(" {}", entry.reason))));
    }
    blocks.push(struck(format!("{title}: {}", day.strftime("%-d %B %Y"))));
    blocks.push(Block::Line(Rich::text("More: ").code(format!("/event id:{}", row.id.short()))));
    Ok(Answer { title: format!("Taken back: {title}"), blocks, ..Answer::default() })
}

/// A correction or reminder as one line of a digest.
pub(super) fn line(app: &App, delivery: &Delivery, row: &StoredEvent) -> Result<Rich, Nothing> {
    let event = Event::try_from(row.event.clone())?;
    let title = words::title(&event);
    let line = match &delivery.errand {
        Errand::Reminder { day, .. } => Rich::text("Deadline ").day(*day).and(": ").strong(title),
        Errand::Notice { change } => {
            let entry =
                app.store.changes_of(row.id, usize::MAX)?.into_iter().find(|entry| entry.id == *change);
            let why = entry.map(|entry| format!(": {}", entry.reason)).unwrap_or_default();
            Rich::text("Corrected: ").strong(title).and(why)
        }
        _ => Rich::default().strong(title),
    };
    Ok(line.and("  ").code(row.id.short()))
}

/// That the program paused a subscription, for whoever made it.
pub(super) fn paused(held: &Subscription, why: &str) -> Answer {
    let line = Rich::text(format!("Subscription {} to channel ", held.id)).code(held.channel.to_string());
    Answer {
        title: format!("Subscription {} is paused", held.id),
        blocks: vec![
            Block::Line(line.and(format!(" is paused: {why}."))),
            Block::Line(
                Rich::text("Nothing is lost: what comes meanwhile waits. When it is mended: ")
                    .code(format!("/subscriptions resume number:{}", held.id)),
            ),
        ],
        ..Answer::default()
    }
}

/// Something to see whether messages arrive.
pub(super) fn sample(card: Option<Answer>, held: &Subscription) -> Answer {
    let mut answer = card.unwrap_or_else(|| Answer {
        blocks: vec![Block::Line(Rich::text("Nothing stored fits the filter yet."))],
        ..Answer::default()
    });
    answer.title = format!("Sample: {}", answer.title);
    answer.notes.push(format!("A test of subscription {}. It mentions nobody and is no news.", held.id));
    answer
}
