//! Channels and the messages in them.

use serde_json::{Value, json};

use super::limits::{self, Breach};
use super::rest::{Call, Reply, refuse, visible};
use super::routes::Route;
use super::state::State;
use super::world::{
    Attachment, Channel, ChannelId, ChannelKind, Message, MessageId, RoleId, UserId, permissions,
};

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
        Route::EditChannel => wake(state, call, &channel),
        Route::OpenThread => open_post(state, call, &channel),
        Route::OpenThreadUnder => open_thread(state, call, &channel, message),
        Route::EditMessage if channel.archived => archived(),
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
        _ => {
            let newest = state.messages.values().rev().find(|message| message.channel == channel.id);
            let mut json = channel.json(state.bot.id);
            json["last_message_id"] = newest.map(|message| message.id.to_string()).into();
            Reply::ok(json)
        }
    }
}

fn archived() -> Reply {
    Reply::error(400, 50083, "Thread is archived")
}

/// Takes a thread out of the archive, the one change of channels that the bot makes.
fn wake(state: &mut State, call: &Call<'_>, channel: &Channel) -> Reply {
    if channel.kind != ChannelKind::Thread || call.body["archived"] != false {
        state.violate("channel", &call.place, "a change of a channel that the bot has no business with");
        return Reply::error(403, 50013, "Missing Permissions");
    }
    if channel.locked {
        return Reply::error(403, 50013, "Missing Permissions");
    }
    let bot = state.bot.id;
    match state.channels.get_mut(&channel.id) {
        Some(thread) => {
            thread.archived = false;
            Reply::ok(thread.json(bot))
        }
        None => Reply::error(404, 10003, "Unknown Channel"),
    }
}

/// A post in a forum: a thread with its first message.
fn open_post(state: &mut State, call: &Call<'_>, channel: &Channel) -> Reply {
    if channel.kind != ChannelKind::Forum {
        return Reply::error(400, 50024, "Cannot execute action on this channel type");
    }
    if state.bot_permissions(channel) & permissions::SEND_MESSAGES == 0 {
        return Reply::error(403, 50013, "Missing Permissions");
    }
    let (name, body) = (call.body["name"].as_str().unwrap_or_default(), &call.body["message"]);
    note_mentions(state, call, body);
    let mut breaches = limits::message(body, call.files.len());
    breaches.extend(limits::thread_name(name));
    match write(state, call, body, channel.id, None, breaches) {
        Ok(id) => {
            let thread = state.add_thread(id, channel, name);
            if let Some(message) = state.messages.get_mut(&id) {
                message.channel = thread;
            }
            let bot = state.bot.id;
            let mut json = state.channels.get(&thread).map(|it| it.json(bot)).unwrap_or_default();
            json["message"] = state.message_json(id).unwrap_or_default();
            Reply { status: 201, body: json }
        }
        Err(reply) => reply,
    }
}

/// A thread under a message.
fn open_thread(state: &mut State, call: &Call<'_>, channel: &Channel, message: MessageId) -> Reply {
    if state.messages.get(&message).is_none_or(|found| found.channel != channel.id) {
        return Reply::error(404, 10008, "Unknown Message");
    }
    if state.bot_permissions(channel) & permissions::CREATE_PUBLIC_THREADS == 0 {
        return Reply::error(403, 50013, "Missing Permissions");
    }
    if state.channels.contains_key(&ChannelId(message.0)) {
        return Reply::error(400, 160_004, "A thread has already been created for this message");
    }
    let name = call.body["name"].as_str().unwrap_or_default();
    let breaches = limits::thread_name(name);
    if !breaches.is_empty() {
        return refuse(state, call, &breaches);
    }
    let thread = state.add_thread(message, channel, name);
    let bot = state.bot.id;
    Reply { status: 201, body: state.channels.get(&thread).map(|it| it.json(bot)).unwrap_or_default() }
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
    let asked = |key: &str| {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        value.and_then(|value| value.parse::<u64>().ok())
    };
    let limit = asked("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Reply::error(400, 50035, "Invalid Form Body");
    }
    // Who may not read history gets an empty list, not a refusal.
    let hidden =
        channel.guild.is_some() && state.bot_permissions(channel) & permissions::READ_MESSAGE_HISTORY == 0;
    let shown = |message: &&Message| message.channel == channel.id && !message.ephemeral() && !hidden;
    let mut found: Vec<&Message> = match asked("after") {
        Some(after) => {
            let later = state.messages.values().filter(|message| message.id.0 > after);
            later.filter(shown).take(limit).collect()
        }
        None => state.messages.values().rev().filter(shown).take(limit).collect(),
    };
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    Reply::ok(found.into_iter().filter_map(|message| state.message_json(message.id)).collect())
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
    if channel.archived {
        return archived();
    }
    if channel.locked {
        return Reply::error(400, 160_005, "Thread is locked");
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
    // Roles that a test expects to be mentioned, and no others.
    let roles = allowed["roles"].as_array().into_iter().flatten();
    let expected = |role: &Value| {
        let id = role.as_str().and_then(|id| id.parse().ok());
        id.is_some_and(|id| state.mentionable.contains(&RoleId(id)))
    };
    let off = allowed["parse"].as_array().is_some_and(Vec::is_empty)
        && none("users")
        && roles.into_iter().all(expected)
        && allowed["replied_user"] != true;
    if !off {
        state.mentions_on.push(format!("{}: allowed_mentions is {allowed}", call.place));
    }
}
