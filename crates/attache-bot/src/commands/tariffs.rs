//! `/tariffs`: duties by legal layer, their history and their deadlines.

mod deadlines;
mod history;
mod series;
mod status;

use attache_extract::StateCode;
use attache_extract::event::Kind;
use attache_store::EventQuery;

use super::{common, suggest};
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};

pub(super) static COMMAND: Command = Command {
    name: "tariffs",
    about: "Tariffs: what is in force, what happened, what ends when",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Group(&[status::COMMAND, history::COMMAND, deadlines::COMMAND]),
};

const IMPOSER: Opt = common::country("imposer", "Who charges the duty; the United States unless given");
const ON: Opt = common::country("on", "On whose goods, such as CN; everybody's unless given");
const PRODUCT: Opt = Opt {
    name: "product",
    about: "A word for the goods, such as steel",
    kind: OptKind::Text { max: common::SHORT, complete: Some(suggest::products) },
    required: false,
};

/// The two sides asked about; the imposer is the United States unless given.
fn sides(call: &Call<'_>) -> Result<(StateCode, Option<StateCode>), Fault> {
    let imposer = common::read_country(call, "imposer")?.unwrap_or(StateCode::US);
    Ok((imposer, common::read_country(call, "on")?))
}

/// What asks for the tariff actions of an imposer, narrowed by the product asked for.
fn actions(call: &Call<'_>, imposer: StateCode) -> EventQuery {
    let words = call.args.text("product").map(str::to_owned).into_iter().collect();
    EventQuery { actor: Some(imposer), words, ..EventQuery::of(Kind::TariffAction) }
}

pub(super) use deadlines::item as deadline_item;
pub(crate) use deadlines::{Deadline, ahead};
pub(crate) use status::is_named;
pub(super) use status::{figure, name, of as status, state as phrase};
