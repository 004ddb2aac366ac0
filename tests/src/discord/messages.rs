//! Channels and the messages in them.

use serde_json::{Value, json};

use super::limits::{self, Breach};
use super::rest::{Call, Reply, refuse, visible};
use super::routes::Route;
use super::state::State;
use super::world::{Attachment, Channel, ChannelId, ChannelKind, Message, MessageId, UserId, permissions};

/// The part of the body that says what a message holds, taken over by a create or an edit.
const PIECES: [&str; 5] = ["content", "embeds", "components", "attachments", "flags"];

pub(crate) fn handle(state: &mut State, call: &Call<'_>) -> Reply {
    if call.route == Route::CreateDm {
        return create_dm(state, call);
    }
    let channel = match visible(state, call.id(0)) {
        Ok(channel) => channel,
        Err(reply) => return reply,
    };
    let message = MessageId(call.id(1));
    match call.route {
        Route::Typing => Reply::empty(),
        Route::ListMessages => list(state, &channel, call.query),
        Route::CreateMessage => create(state, call, &channel),
        Route::GetMessage | Route::EditMessage | Route::DeleteMessage => {
            match state.messages.get(&message) {
                Some(found) if found.channel == channel.id && !found.ephemeral() => {}
                _ => return Reply::error(404, 10008, "Unknown Message"),
            }
            match call.route {
                Route::EditMessage => edit(state, call, message),
                Route::DeleteMessage => {
                    state.messages.remove(&message);
                    Reply::empty()
                }
                _ => Reply::ok(state.message_json(message).unwrap_or_default()),
            }
        }
        _ => Reply::ok(channel.json(state.bot.id)),
    }
}

fn create_dm(state: &mut State, call: &Call<'_>) -> Reply {
    let recipient = call.body["recipient_id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(0);
    let bot = state.bot.id;
    match state.dm(UserId(recipient)).and_then(|id| state.channels.get(&id)) {
        Some(channel) => Reply::ok(channel.json(bot)),
        None => Reply::error(400, 50033, "Invalid Recipient(s)"),
    }
}

fn list(state: &State, channel: &Channel, query: &str) -> Reply {
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("limit="));
    let limit = asked.and_then(|limit| limit.parse().ok()).unwrap_or(50);
    Reply::ok(
        state
            .messages
            .values()
            .rev()
            .filter(|message| message.channel == channel.id && !message.ephemeral())
            .take(limit)
            .filter_map(|message| state.message_json(message.id))
            .collect(),
    )
}

fn create(state: &mut State, call: &Call<'_>, channel: &Channel) -> Reply {
    let allowed = state.bot_permissions(channel);
    let send = match channel.kind {
        ChannelKind::Thread => permissions::SEND_MESSAGES_IN_THREADS,
        _ => permissions::SEND_MESSAGES,
    };
    let embeds = call.body["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty());
    let missing = allowed & send == 0
        || embeds && allowed & permissions::EMBED_LINKS == 0
        || !call.files.is_empty() && allowed & permissions::ATTACH_FILES == 0;
    if missing {
        return Reply::error(403, 50013, "Missing Permissions");
    }
    if matches!(channel.kind, ChannelKind::Category | ChannelKind::Forum) {
        return Reply::error(400, 50008, "Cannot send messages in a non-text channel");
    }
    let nonce = match &call.body["nonce"] {
        Value::Null => None,
        Value::String(nonce) => Some(nonce.clone()),
        other => Some(other.to_string()),
    };
    let enforced = call.body["enforce_nonce"] == true;
    if let Some(first) = nonce.clone().filter(|_| enforced).and_then(|nonce| {
        state.nonces.get(&(channel.id, nonce)).copied().filter(|first| state.messages.contains_key(first))
    }) {
        return Reply::ok(state.message_json(first).unwrap_or_default());
    }
    note_mentions(state, call, &call.body);
    let mut breaches = limits::message(&call.body, call.files.len());
    breaches.extend(limits::nonce(&call.body));
    match write(state, call, &call.body, channel.id, None, breaches) {
        Ok(id) => {
            if let (Some(nonce), true) = (nonce.clone(), enforced) {
                state.nonces.insert((channel.id, nonce), id);
            }
            if let Some(message) = state.messages.get_mut(&id) {
                message.nonce = nonce;
            }
            Reply::ok(state.message_json(id).unwrap_or_default())
        }
        Err(reply) => reply,
    }
}

fn edit(state: &mut State, call: &Call<'_>, id: MessageId) -> Reply {
    if state.messages.get(&id).is_some_and(|message| message.author != state.bot.id) {
        return Reply::error(403, 50005, "Cannot edit a message authored by another user");
    }
    note_mentions(state, call, &call.body);
    match rewrite(state, call, &call.body, id, true) {
        Ok(()) => Reply::ok(state.message_json(id).unwrap_or_default()),
        Err(reply) => reply,
    }
}

/// Writes a new message of the bot.
///
/// # Errors
///
/// Discord's refusal, which is recorded as a violation.
pub(crate) fn write(
    state: &mut State,
    call: &Call<'_>,
    body: &Value,
    channel: ChannelId,
    interaction: Option<u64>,
    breaches: Vec<Breach>,
) -> Result<MessageId, Reply> {
    if !breaches.is_empty() {
        return Err(refuse(state, call, &breaches));
    }
    let mut message = blank(state, channel, state.bot.id);
    message.interaction = interaction;
    fill(state, call, body, &mut message)?;
    let id = message.id;
    state.messages.insert(id, message);
    Ok(id)
}

/// Changes a message of the bot; `counts` says whether a reader sees "(edited)".
///
/// # Errors
///
/// Discord's refusal, which is recorded as a violation.
pub(crate) fn rewrite(
    state: &mut State,
    call: &Call<'_>,
    body: &Value,
    id: MessageId,
    counts: bool,
) -> Result<(), Reply> {
    let breaches = limits::edit(body, call.files.len());
    if !breaches.is_empty() {
        return Err(refuse(state, call, &breaches));
    }
    let Some(mut message) = state.messages.get(&id).cloned() else {
        return Err(Reply::error(404, 10008, "Unknown Message"));
    };
    fill(state, call, body, &mut message)?;
    if counts {
        message.edits += 1;
        message.edited = Some(state.timestamp());
    }
    state.messages.insert(id, message);
    Ok(())
}

/// A message without anything in it.
pub(crate) fn blank(state: &mut State, channel: ChannelId, author: UserId) -> Message {
    Message {
        id: MessageId(state.mint()),
        channel,
        author,
        content: String::new(),
        embeds: Vec::new(),
        components: Vec::new(),
        attachments: Vec::new(),
        flags: 0,
        nonce: None,
        edits: 0,
        interaction: None,
        timestamp: state.timestamp(),
        edited: None,
    }
}

fn fill(state: &mut State, call: &Call<'_>, body: &Value, message: &mut Message) -> Result<(), Reply> {
    for piece in PIECES.into_iter().filter(|piece| body.get(piece).is_some()) {
        let value = &body[piece];
        let list = || value.as_array().cloned().unwrap_or_default();
        match piece {
            "content" => message.content = value.as_str().unwrap_or_default().to_owned(),
            "embeds" => message.embeds = list(),
            "components" => message.components = list(),
            "flags" => message.flags = message.flags & 64 | value.as_u64().unwrap_or(0),
            _ => keep_files(&mut message.attachments, &list()),
        }
    }
    message.attachments.extend(call.files.iter().map(|file| state.store_file(file.clone())));
    let empty = message.content.trim().is_empty()
        && message.embeds.is_empty()
        && message.components.is_empty()
        && message.attachments.is_empty();
    if empty {
        state.violate("limit", &call.place, "an empty message");
        return Err(Reply::error(400, 50006, "Cannot send an empty message"));
    }
    Ok(())
}

/// An edit that names attachments keeps only those it names.
fn keep_files(files: &mut Vec<Attachment>, named: &[Value]) {
    files.retain(|file| named.iter().any(|name| name["id"] == json!(file.id.to_string())));
}

/// Records a message that could ping somebody.
pub(crate) fn note_mentions(state: &mut State, call: &Call<'_>, body: &Value) {
    let allowed = &body["allowed_mentions"];
    let none = |key: &str| allowed[key].as_array().is_none_or(Vec::is_empty);
    let off = allowed["parse"].as_array().is_some_and(Vec::is_empty)
        && none("users")
        && none("roles")
        && allowed["replied_user"] != true;
    if !off {
        state.mentions_on.push(format!("{}: allowed_mentions is {allowed}", call.place));
    }
}
