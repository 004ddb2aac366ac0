//! `/admin review`: events that the reader was least sure of, those that wait longest first, until a
//! curator confirms, corrects or deletes them.

use serde_json::json;

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::reply::controls::{Button, Control, Step, Tone};
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "review",
    about: "Events the reader was unsure of, oldest first, to approve, edit or reject",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            Opt {
                name: "below",
                about: "Chance of being right, in percent; 70 unless given",
                kind: OptKind::Whole { min: 1, max: 100 },
                required: false,
            },
            Opt {
                name: "skip",
                about: "So many of the queue are passed over",
                kind: OptKind::Whole { min: 0, max: 100_000 },
                required: false,
            },
        ],
        run,
    },
};

/// Chance below which an event is looked at, in percent.
const BELOW: i64 = 70;

/// Entries shown at once: each has three commands under it.
const SHOWN: usize = 4;

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let below = call.args.whole("below").unwrap_or(BELOW);
    let skip = call.args.whole("skip").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let thousandths = u16::try_from(below * 10).unwrap_or(1000);
    let queue = call.app.store.doubtful(thousandths)?;
    let (mut blocks, mut controls) = (Vec::new(), Vec::<Control>::new());
    for row in queue.iter().skip(skip).take(SHOWN) {
        let mut entry = common::entry(call.app, row)?;
        if let Some(Block::Item { lines, .. }) = entry.first_mut() {
            let id = row.id.short();
            let chance = (row.event.confidence * 100.0).round();
            lines.push(Rich::text(format!(
                "estimated chance of being right {chance}%; stored {}",
                row.known_since.strftime("%Y-%m-%d")
            )));
            for (word, command) in [
                ("Approve", format!("/admin event confirm id:{id} reason:")),
                ("Edit", format!("/admin event edit id:{id} field: value: reason:")),
                ("Reject", format!("/admin event delete id:{id} confirm:yes reason:")),
            ] {
                lines.push(Rich::text(format!("{word}: ")).code(command));
            }
        }
        blocks.extend(entry);
        let id = row.id.short();
        let of = |path: &str| Step::of(path).text("id", id.clone());
        let approve = of("admin event confirm").text("reason", "reviewed");
        controls.push(Button::alone(format!("Approve {id}"), approve).tone(Tone::Good).into());
        let edit = Button::alone(format!("Edit {id}"), of("admin event edit"));
        controls.push(edit.asking(&["field", "value", "reason"]).into());
        let reject = Button::alone(format!("Reject {id}"), of("admin event delete").yes("confirm"));
        controls.push(reject.tone(Tone::Danger).asking(&["reason"]).into());
    }
    let title = match queue.len() {
        0 => format!("No event waits whose chance is below {below}%"),
        1 => format!("1 event waits whose chance is below {below}%"),
        n => format!("{n} events wait whose chance is below {below}%, oldest first"),
    };
    let next = skip + SHOWN;
    let more = (next < queue.len()).then(|| format!("Go on with /admin review below:{below} skip:{next}"));
    if next < queue.len() {
        let step = Step::again("admin review", call.args).whole("skip", i64::try_from(next).unwrap_or(0));
        controls.push(Button::here("Next ▶", step).into());
    }
    let data = json!({"as_of": call.now, "below": below, "total": queue.len(),
        "events": queue.iter().skip(skip).take(SHOWN).map(common::data).collect::<Vec<_>>()});
    Ok(Answer {
        title,
        blocks,
        notes: more.into_iter().collect(),
        private: true,
        data,
        controls,
        ..Answer::default()
    })
}
