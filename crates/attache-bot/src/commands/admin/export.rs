//! `/admin export` and `backup`: what is stored, as a file.

use std::fs;
use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::json;

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common;
use crate::reply::{Answer, Block, Picture, Rich};
use crate::tables::{View, table, write_calendar, write_csv};

/// Largest file that goes with an answer; Discord takes ten megabytes.
const LARGEST: usize = 9 << 20;

pub(super) const EXPORT: Command = Command {
    name: "export",
    about: "What is stored as a file: everything, a view as a table, deadlines as a calendar",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            Opt {
                name: "what",
                about: "everything unless given",
                kind: OptKind::Word(|| WHATS.to_vec()),
                required: false,
            },
            common::text("as_of", "The day of a table, YYYY-MM-DD"),
        ],
        run: export,
    },
};

pub(super) const BACKUP: Command = Command {
    name: "backup",
    about: "Write a backup and prove that it restores",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[], run: backup },
};

const WHATS: [&str; 6] = ["everything", "tariffs", "tensions", "engagements", "deadlines", "calendar"];

fn export(call: &Call<'_>) -> Result<Answer, Fault> {
    let day = common::read_date(call, "as_of")?.unwrap_or_else(|| common::today(call));
    let what = call.args.text("what").unwrap_or("everything");
    let mut bytes = Bounded { bytes: Vec::new(), over: false };
    let view = match what {
        "tariffs" => Some(View::Tariffs),
        "tensions" => Some(View::Tensions),
        "engagements" => Some(View::Engagements),
        "deadlines" => Some(View::Deadlines),
        _ => None,
    };
    let written = match (what, view) {
        (_, Some(view)) => write_csv(&table(call.app, view, day)?, &mut bytes).map_err(internal),
        ("calendar", None) => {
            write_calendar(call.app, day, call.now, &mut bytes).map(drop).map_err(Fault::Internal)
        }
        _ => call.app.store.export(&mut bytes).map(drop).map_err(internal),
    };
    if bytes.over {
        return Err(Fault::user(format!(
            "more than {} MB, too much for a message; in the terminal: attache export FILE, or /admin backup",
            LARGEST >> 20
        )));
    }
    written?;
    let ending = match (what, view) {
        (_, Some(_)) => "csv",
        ("calendar", None) => "ics",
        _ => "jsonl",
    };
    let name = format!("attache-{what}-{}.{ending}", call.now.strftime("%Y-%m-%d"));
    let size = bytes.bytes.len();
    let data = json!({"as_of": call.now, "what": what, "file": name, "bytes": size});
    Ok(Answer {
        title: format!("{what}, {size} bytes"),
        pictures: vec![Picture { name, bytes: bytes.bytes, alt: format!("Export of {what} as of {day}") }],
        notes: vec![common::freshness(call)?],
        private: true,
        data,
        ..Answer::default()
    })
}

fn backup(call: &Call<'_>) -> Result<Answer, Fault> {
    let folder = &call.app.backups;
    fs::create_dir_all(folder).map_err(internal)?;
    let name = format!("attache-{}.jsonl", call.now.strftime("%Y-%m-%dT%H-%M-%SZ"));
    let path = folder.join(&name);
    let lines = call.app.store.backup(&path).map_err(internal)?;
    let size = fs::metadata(&path).map_err(internal)?.len();
    let small = usize::try_from(size).is_ok_and(|size| size <= LARGEST);
    let pictures = match small {
        true => vec![Picture {
            name,
            bytes: fs::read(&path).map_err(internal)?,
            alt: format!("Backup of {}", Timestamp::strftime(&call.now, "%Y-%m-%d %H:%M UTC")),
        }],
        false => Vec::new(),
    };
    let place = path.display().to_string();
    let told = if small { "It goes with this answer as well." } else { "It is too large for a message." };
    Ok(Answer {
        title: format!("Backup of {lines} lines, {size} bytes"),
        blocks: vec![
            Block::Line(
                Rich::text("It was restored once to prove it. On the bot's machine: ").code(place.clone()),
            ),
            Block::Line(Rich::text(told)),
        ],
        notes: vec!["attache import FILE takes it in.".to_owned()],
        private: true,
        pictures,
        data: json!({"as_of": call.now, "lines": lines, "bytes": size, "file": place, "attached": small}),
        ..Answer::default()
    })
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Fault {
    Fault::Internal(Box::new(error))
}

/// Collects so much and not more.
struct Bounded {
    bytes: Vec<u8>,
    over: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > LARGEST {
            self.over = true;
            return Err(io::Error::other("too large for a message"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
