//! A press of a button, a choice of a menu, a form sent off: each is the call of a command, made
//! with the rights of who acts, in the place where it happens.
//!
//! A control says nothing that counts but which call it stands for. The call is read by the same
//! code as a typed line, so that an option a command does not have, or a value out of its bounds,
//! is refused; rights and place are asked anew. So a forged, replayed or foreign control gives what
//! the slash command would give, and no more. Where somebody else than who was answered presses, a
//! command open to everyone answers them alone; others refuse, so that nobody finishes what another
//! began.

use serenity::all::{
    ActionRowComponent, ComponentInteraction, ComponentInteractionDataKind, Http, Message, MessageFlags,
    ModalInteraction,
};

use super::access::{caller, permit};
use super::components::form;
use super::custom_id::{Called, Id};
use super::dispatch::{Ready, Turn, fill, run, shown};
use super::framework::{Data, Leaf};
use super::respond::{Reply, only};
use crate::command::{Access, Args, Body, Caller, Fault, OptKind, Value};
use crate::line;
use crate::locale::Locale;
use crate::reply::Show;

/// What acted: enough to answer, and who it was.
struct Act<'i> {
    data: &'i Data,
    reply: Reply<'i>,
    caller: Caller,
    locale: Locale,
    /// The control stands under a message that only who acts sees.
    unseen: bool,
    /// What was typed into a form.
    typed: Vec<(&'i str, &'i str)>,
    /// A form was sent off, so none is to be shown.
    sent: bool,
}

/// Answers a press of a button or a choice of a menu.
pub(super) async fn pressed(data: &Data, http: &Http, pressed: &ComponentInteraction) {
    let chosen = match &pressed.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    };
    let act = Act {
        data,
        reply: Reply { http, id: pressed.id, token: &pressed.token, user: pressed.user.id.get() },
        caller: caller(&data.curators, pressed),
        locale: Locale::of(&pressed.locale),
        unseen: unseen(Some(&pressed.message)),
        typed: Vec::new(),
        sent: false,
    };
    logged(act, &pressed.data.custom_id, chosen).await;
}

/// Answers a form.
pub(super) async fn submitted(data: &Data, http: &Http, sent: &ModalInteraction) {
    let inputs = sent.data.components.iter().flat_map(|row| &row.components);
    let typed = inputs.filter_map(|component| match component {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.as_str(), input.value.as_deref().unwrap_or_default()))
        }
        _ => None,
    });
    let act = Act {
        data,
        reply: Reply { http, id: sent.id, token: &sent.token, user: sent.user.id.get() },
        caller: caller(&data.curators, sent),
        locale: Locale::of(&sent.locale),
        unseen: unseen(sent.message.as_deref()),
        typed: typed.collect(),
        sent: true,
    };
    logged(act, &sent.data.custom_id, None).await;
}

fn unseen(message: Option<&Message>) -> bool {
    message.and_then(|message| message.flags).is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

async fn logged(act: Act<'_>, id: &str, chosen: Option<&str>) {
    let turn = Turn::begin(act.data, act.caller.user().unwrap_or_default()).await;
    let reply = act.reply;
    if let Some(told) = turn.held_back(reply).await {
        return turn.end("control", told);
    }
    let (name, outcome) = match understood(&act, id, chosen) {
        Ok(Asked::Nothing) => ("cancel".to_owned(), reply.drop_controls().await.map(|()| "taken away")),
        Ok(Asked::Form(name, form)) => (name, reply.ask(form).await.map(|()| "asked with a form")),
        Ok(Asked::Call(call)) => (call.name.clone(), answer(act, call).await),
        Err((name, fault)) => {
            let text = shown(&name, &fault);
            (name, reply.say(&text).await.map(|()| "refused"))
        }
    };
    turn.end(&name, outcome);
}

/// What a control asks for.
enum Asked {
    /// To take the controls away.
    Nothing,
    /// A form, of the command of this name.
    Form(String, serde_json::Value),
    /// A call that may be made.
    Call(Pressed),
}

/// A call that may be made.
struct Pressed {
    name: String,
    leaf: Leaf,
    args: Args,
    show: Show,
}

fn understood(act: &Act<'_>, id: &str, chosen: Option<&str>) -> Result<Asked, (String, Fault)> {
    let nameless = |fault| ("control".to_owned(), fault);
    let id = Id::read(id).ok_or_else(|| nameless(outdated()))?;
    let user = act.caller.user().unwrap_or_default();
    let own = id.owner == Some(user);
    let Some(show) = id.show else {
        return if own { Ok(Asked::Nothing) } else { Err(nameless(of_another())) };
    };
    let line = line_of(act, chosen.unwrap_or(&id.call)).map_err(nameless)?;
    let path = line::path(&line);
    let name = path.join(" ");
    let named = |fault| (name.clone(), fault);
    let leaf = Leaf::find(&path).ok_or_else(|| nameless(outdated()))?;
    permit(leaf, &act.caller, &name).map_err(named)?;
    if !own && leaf.access != Access::Everyone {
        return Err(named(of_another()));
    }
    let show = if own { show } else { Show::Alone };
    let (command, mut args) = line::read_part(&line).map_err(named)?;
    if !id.ask.is_empty() && !act.sent {
        // What is asked for anew comes back under the asker's own name.
        let id = Id { owner: Some(user), show: Some(show), ..id };
        let form = form(&id, &name, command, &args).ok_or_else(|| named(outdated()))?;
        return Ok(Asked::Form(name, form));
    }
    let Body::Run { options, .. } = command.body else { return Err(named(outdated())) };
    for (option, text) in &act.typed {
        let asked = id.ask.iter().any(|name| name == option);
        let opt = options.iter().find(|opt| asked && opt.name == *option).ok_or_else(|| named(outdated()))?;
        if text.trim().is_empty() {
            args.unset(option);
            continue;
        }
        args.set(option, line::value_of(opt, text).map_err(named)?);
    }
    for opt in options {
        let foreign = matches!(opt.kind, OptKind::File) && args.has(opt.name);
        if foreign {
            return Err(named(outdated()));
        }
        if opt.required && !args.has(opt.name) {
            return Err(named(Fault::user(format!("The option {} is missing.", opt.name))));
        }
        own_channel(act, &args, opt.name).map_err(named)?;
    }
    Ok(Asked::Call(Pressed { name, leaf, args, show }))
}

fn line_of(act: &Act<'_>, text: &str) -> Result<String, Fault> {
    match Called::read(text) {
        Called::Line(line) => Ok(line),
        Called::Kept(name) => act.data.app.store.kept_call(&name)?.ok_or_else(outdated),
    }
}

/// A control says nothing of what its user may do in another channel than the one they are in.
fn own_channel(act: &Act<'_>, args: &Args, option: &str) -> Result<(), Fault> {
    let Some(named) = args.iter().find_map(|(name, value)| match value {
        Value::Channel(id) if name == option => Some(*id),
        _ => None,
    }) else {
        return Ok(());
    };
    match act.caller {
        Caller::Operator | Caller::Member { curator: true, .. } => Ok(()),
        Caller::Member { channel, manages_channel: true, .. } if channel == named => Ok(()),
        Caller::Member { .. } => Err(Fault::user(
            "A button cannot tell what you may do in another channel. Give the command itself.",
        )),
    }
}

async fn answer(act: Act<'_>, call: Pressed) -> serenity::Result<&'static str> {
    let Act { data, reply, caller, locale, unseen, .. } = act;
    let Pressed { name, leaf, args, show } = call;
    let only_theirs = leaf.access != Access::Everyone || args.flag("private");
    let show = if show == Show::Here && only_theirs && !unseen { Show::Alone } else { show };
    let call = Ready { name: &name, leaf, caller, args, locale };
    if show == Show::Here {
        reply.defer_change().await?;
        return match run(data, call).await {
            Ok(laid) if laid.private && !unseen => {
                reply.add_privately(&laid).await.map(|()| "answered in private")
            }
            Ok(laid) => match reply.fill(&laid).await {
                Ok(()) => Ok("changed"),
                Err(error) => {
                    let fault = Fault::Internal(Box::new(error));
                    reply.add_privately(&only(&shown(&name, &fault))).await.map(|()| "refused")
                }
            },
            // The answer that stands there stays.
            Err(fault) => reply.add_privately(&only(&shown(&name, &fault))).await.map(|()| "refused"),
        };
    }
    let private = only_theirs || show == Show::Alone || unseen && show != Show::Openly;
    reply.defer(private).await?;
    match run(data, call).await {
        Ok(laid) if laid.private && !private => {
            reply.fill_privately(&laid).await.map(|()| "answered in private")
        }
        Ok(laid) => fill(&name, reply, &laid).await,
        Err(fault) => reply.fill(&only(&shown(&name, &fault))).await.map(|()| "refused"),
    }
}

fn outdated() -> Fault {
    Fault::user("This is from an older version of the bot, or was taken away. Give the command again.")
}

fn of_another() -> Fault {
    Fault::user("This belongs to whoever gave the command. Give it yourself to go on.")
}
