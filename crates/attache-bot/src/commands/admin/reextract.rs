//! `/admin reextract`: reads stored articles again with the rules of today, shows what would differ,
//! and takes it over as one change once that is confirmed. What curators touched stays.

use attache_extract::Article;
use attache_store::{Reread, StoredEvent};
use serde_json::{Value, json};

use super::correct::REASON;
use crate::command::{Access, Body, Call, Command, Fault, Opt, Place};
use crate::commands::common;
use crate::commands::confirm::{self, CONFIRM};
use crate::reply::controls::{Button, Step, Tone};
use crate::reply::{Answer, Block, Rich, words};

pub(super) const COMMAND: Command = Command {
    name: "reextract",
    about: "Read stored articles with today's rules; shows what would differ, then takes it over",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            Opt { required: false, ..REASON },
            common::text("since", "Articles published on this day or later, YYYY-MM-DD"),
            CONFIRM,
        ],
        run,
    },
};

/// Events of each sort that are shown; the rest is counted.
const SHOWN: usize = 4;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let since = common::read_date(call, "since")?;
    let extractor = call.app.extractor;
    let difference = call.app.store.compare_reading(
        &|article| since.is_none_or(|day| article.published >= day),
        &|article, text| {
            let article = Article {
                title: article.title.as_deref(),
                url: article.url.as_deref(),
                publisher: article.publisher.as_deref(),
                published: article.published,
                text,
            };
            extractor.extract(&article).events
        },
        call.now,
    )?;
    let summary = format!(
        "{} articles read: {} events new, {} gone, {} changed; {} that curators touched stay as they are",
        difference.articles,
        difference.new.len(),
        difference.gone.len(),
        difference.changed.len(),
        difference.kept.len()
    );
    let blocks = shown(&difference)?;
    if difference.is_idle() {
        return Ok(answer("Nothing would change", summary, blocks, &difference, None));
    }
    if let Some(mut asked) = confirm::asked(call, "admin reextract", &format!("{summary}."), blocks.clone()) {
        asked.data = data(&difference, None);
        if !call.args.has("reason") {
            // The button asks for what is still missing.
            let step = Step::again("admin reextract", call.args).yes("confirm");
            let button = Button::here("Do it", step).tone(Tone::Danger).asking(&["reason"]);
            asked.controls = vec![button.into(), Button::cancel("Leave it").into()];
        }
        return Ok(asked);
    }
    let reason =
        call.args.text("reason").ok_or_else(|| Fault::user("reason: say why; it is kept in the log"))?;
    let entries = call.app.store.take_reading(&difference, &call.caller.label(), reason, call.now)?;
    let change = entries.first().map(|entry| entry.id.0);
    let mut answer = answer("Taken over", summary, blocks, &difference, change);
    if let Some(change) = change {
        answer.notes.push(format!("/admin undo change:{change} takes all of it back."));
    }
    Ok(answer)
}

fn answer(
    title: &str,
    summary: String,
    blocks: Vec<Block>,
    difference: &Reread,
    change: Option<u64>,
) -> Answer {
    let mut all = vec![Block::Line(Rich::text(summary))];
    all.extend(blocks);
    let data = data(difference, change);
    Answer { title: title.to_owned(), blocks: all, private: true, data, ..Answer::default() }
}

fn data(difference: &Reread, change: Option<u64>) -> Value {
    let ids = |rows: &[StoredEvent]| rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    json!({"articles": difference.articles, "new": ids(&difference.new), "gone": ids(&difference.gone),
        "changed": difference.changed.iter().map(|(row, _)| row.id.to_string()).collect::<Vec<_>>(),
        "kept": difference.kept.iter().map(ToString::to_string).collect::<Vec<_>>(), "change": change})
}

fn shown(difference: &Reread) -> Result<Vec<Block>, Fault> {
    let mut blocks = Vec::new();
    for (word, rows) in [("New", &difference.new), ("Gone", &difference.gone)] {
        if !rows.is_empty() {
            blocks.push(Block::Heading(format!("{word} ({})", rows.len())));
        }
        for row in rows.iter().take(SHOWN) {
            blocks.push(item(row, vec![Rich::text(row.event.quote.clone())])?);
        }
    }
    if !difference.changed.is_empty() {
        blocks.push(Block::Heading(format!("Changed ({})", difference.changed.len())));
    }
    for (before, after) in difference.changed.iter().take(SHOWN) {
        blocks.push(item(before, fields(before, after))?);
    }
    Ok(blocks)
}

fn item(row: &StoredEvent, lines: Vec<Rich>) -> Result<Block, Fault> {
    let event = common::domain(row)?;
    let head = Rich::default().code(row.id.short()).and(" ").strong(words::title(&event));
    Ok(Block::Item { head, lines })
}

/// The fields that differ, one a line.
fn fields(before: &StoredEvent, after: &StoredEvent) -> Vec<Rich> {
    let (old, new) = (json!(before.event), json!(after.event));
    let names = old.as_object().into_iter().flatten().map(|(name, _)| name);
    let mut lines: Vec<Rich> = names
        .filter(|name| *name != "evidence" && old[name.as_str()] != new[name.as_str()])
        .map(|name| Rich::text(format!("{name}: {} → {}", old[name.as_str()], new[name.as_str()])))
        .collect();
    if before.sources.len() != after.sources.len() {
        lines.push(Rich::text(format!("sources: {} → {}", before.sources.len(), after.sources.len())));
    }
    if before.deleted && !after.deleted {
        lines.push(Rich::text("put back"));
    }
    if lines.is_empty() {
        lines.push(Rich::text("only the evidence differs"));
    }
    lines
}
