//! `/tariffs history`: every tariff step of one side, latest first.

use attache_store::StoredEvent;

use super::{IMPOSER, ON, PRODUCT};
use crate::command::{Access, Body, Call, Command, Fault, Opt, Place};
use crate::commands;
use crate::reply::Answer;

pub(super) const COMMAND: Command = Command {
    name: "history",
    about: "Every step of one side's tariffs, latest first",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[IMPOSER, ON, PRODUCT];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let (imposer, on) = super::sides(call)?;
    let mut rows: Vec<StoredEvent> = super::actions(call, imposer)?;
    if let Some(code) = on {
        rows.retain(|row| {
            row.event.parties.iter().any(|party| party.country.as_deref() == Some(code.as_str()))
        });
    }
    let title = match rows.len() {
        0 => format!("No tariff step of {imposer} is stored that fits"),
        n => format!("{n} tariff steps of {imposer}, latest first"),
    };
    commands::listed(call, title, &rows, rows.len())
}
