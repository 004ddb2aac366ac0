//! What destroys asks first: without `confirm:yes` a command shows what it would do and does nothing.

use serde_json::json;

use crate::command::{Call, Opt, OptKind};
use crate::reply::{Answer, Block, Rich, controls};

/// The option by which a destructive command is told to go ahead.
pub(super) const CONFIRM: Opt =
    Opt { name: "confirm", about: "yes to do it", kind: OptKind::Flag, required: false };

/// The answer that asks, where nobody confirmed yet, with a button that does. `path` names the command,
/// `does` is what would happen, as a sentence; `blocks` show on what.
pub(super) fn asked(call: &Call<'_>, path: &str, does: &str, blocks: Vec<Block>) -> Option<Answer> {
    if call.args.flag("confirm") {
        return None;
    }
    let mut all = vec![Block::Line(Rich::text(does))];
    all.extend(blocks);
    Some(Answer {
        title: "Nothing is changed yet".to_owned(),
        blocks: all,
        notes: vec!["Give the command again with confirm:yes to do it.".to_owned()],
        private: true,
        controls: controls::confirm("Do it", path, call),
        data: json!({"confirmed": false, "would": does}),
        ..Answer::default()
    })
}
