//! `/ask`: a question in plain English, answered from the store.

use super::common;
use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::question;
use crate::reply::Answer;

pub(super) static COMMAND: Command = Command {
    name: "ask",
    about: "A question in plain English, such as: When did Rubio last speak to Wang Yi?",
    access: Access::Everyone,
    place: Place::Anywhere,
    body: Body::Run { options: OPTIONS, run },
};

const OPTIONS: &[Opt] = &[
    Opt {
        name: "question",
        about: "The question",
        kind: OptKind::Text { max: 500, complete: None },
        required: true,
    },
    common::PAGE,
    common::SOURCES,
    common::PRIVATE,
];

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let text = call.args.text("question").unwrap_or_default();
    let today = common::today(call);
    let reading = call.app.extractor.read_question(text, today);
    question::answer(call, &reading, today)
}
