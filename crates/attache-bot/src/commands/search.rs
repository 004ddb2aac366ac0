//! `/search`: events by words, kind and days.

use attache_extract::event::{Factuality, Kind};
use attache_store::EventQuery;

use super::common::{self, country, text, words_of};
use super::suggest;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::reply::Answer;

pub(super) static COMMAND: Command = Command {
    name: "search",
    about: "Events of any kind that hold all of these words",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

/// The legal layer of a tariff.
pub(super) const LAYER: Opt = Opt {
    name: "layer",
    about: "The legal layer of a tariff, such as section_301",
    kind: OptKind::Text { max: common::SHORT, complete: Some(suggest::layers) },
    required: false,
};

const OPTIONS: &[Opt] = &[
    text("words", "Words of the sentence, names, goods or subjects"),
    Opt { name: "kind", about: "One kind of event", kind: OptKind::Word(words_of::<Kind>), required: false },
    country("country", "A country that takes part"),
    Opt {
        name: "factuality",
        about: "How sure the text is",
        kind: OptKind::Word(words_of::<Factuality>),
        required: false,
    },
    text("since", "First day, YYYY-MM-DD"),
    text("until", "Last day, YYYY-MM-DD"),
    LAYER,
    common::PAGE,
    common::SOURCES,
    common::PRIVATE,
];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let query = EventQuery {
        words: call.args.text("words").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        kinds: common::read_word(call, "kind").into_iter().collect(),
        countries: common::read_country(call, "country")?.into_iter().collect(),
        layers: call.args.text("layer").map(str::to_owned).into_iter().collect(),
        factualities: common::read_word(call, "factuality").into_iter().collect(),
        since: common::read_date(call, "since")?,
        until: common::read_date(call, "until")?,
        ..EventQuery::default()
    };
    let found = common::Fitting::of(call, &query)?;
    let title = match found.total {
        0 => "No stored event holds all of that".to_owned(),
        1 => "1 event".to_owned(),
        n if found.more => format!("More than {n} events, the latest {n} first"),
        n => format!("{n} events, latest first"),
    };
    let part = common::Part::of(call, found.total);
    super::listed_to(part, call, "search", title, &found.rows, found.total)
}
