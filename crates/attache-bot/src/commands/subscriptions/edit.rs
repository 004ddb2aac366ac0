//! `/subscriptions edit`: another filter or plan; what is not named stays.

use super::{NUMBER, asked, options, wording};
use crate::command::{Access, Body, Call, Command, Fault, Place};
use crate::commands::subscribe;
use crate::reply::{Answer, Block, Rich};

pub(super) const COMMAND: Command = Command {
    name: "edit",
    about: "Change what a subscription sends, when and how; an option that is left out stays, none empties",
    access: Access::ChannelManager,
    place: Place::Server,
    body: Body::Run { options: &options::with_number(NUMBER), run },
};

fn run(call: &Call<'_>) -> Result<Answer, Fault> {
    let before = asked(call)?;
    let filter = options::filter(call, before.filter.clone())?;
    let plan = options::plan(call, before.plan.clone(), before.guild)?;
    let preview_only = call.args.flag("preview");
    let (was, is) =
        (subscribe::would_have(call, &before.filter)?.len(), subscribe::would_have(call, &filter)?.len());
    let after = if preview_only {
        attache_store::Subscription { filter, plan, ..before.clone() }
    } else {
        call.app.store.rearrange(before.id, &filter, &plan, &call.caller.label(), call.now)?
    };
    let mut blocks = vec![
        Block::Line(Rich::default().strong("Before").and(" ").and(wording::filter(&before.filter))),
        Block::Line(Rich::text(wording::plan(&before.plan))),
        Block::Line(Rich::default().strong("After").and(" ").and(wording::filter(&after.filter))),
        Block::Line(Rich::text(wording::plan(&after.plan))),
        Block::Line(Rich::text(format!("In the last 30 days: {was} before, {is} after."))),
    ];
    blocks.extend(subscribe::preview(call, &after.filter)?);
    let title = if preview_only {
        format!("Subscription {} would be so; nothing was changed", after.id)
    } else {
        format!("Subscription {} is changed", after.id)
    };
    Ok(Answer { title, blocks, private: true, data: subscribe::data(&after), ..Answer::default() })
}
