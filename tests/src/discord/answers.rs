//! How the bot answers an interaction: the callback, edits of the answer, follow-ups.

use serde_json::{Value, json};

use super::limits;
use super::messages::{blank, note_mentions, rewrite, write};
use super::rest::{Call, Reply, refuse};
use super::routes::Route;
use super::state::{Issued, State};
use super::world::MessageId;

/// Message flags.
const EPHEMERAL: u64 = 64;
const LOADING: u64 = 128;

/// Callback types.
const MESSAGE: u64 = 4;
const DEFERRED_MESSAGE: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const MODAL: u64 = 9;

/// A user-installed bot's follow-ups to one interaction.
const FOLLOW_UPS_OF_USER_INSTALL: usize = 5;

pub(crate) fn handle(state: &mut State, call: &Call<'_>) -> Reply {
    let result = match call.route {
        Route::Callback => callback(state, call),
        _ => webhook(state, call),
    };
    result.unwrap_or_else(|refusal| refusal)
}

fn breach(state: &mut State, call: &Call<'_>, detail: &str, reply: Reply) -> Reply {
    state.violate("interaction", &call.place, detail);
    reply
}

fn callback(state: &mut State, call: &Call<'_>) -> Result<Reply, Reply> {
    let unknown = || Reply::error(404, 10062, "Unknown interaction");
    let known = state.interactions.get(&call.id(0)).filter(|issued| issued.token == call.part(1)).cloned();
    let Some(issued) = known else {
        return Err(breach(state, call, "an interaction that was never sent", unknown()));
    };
    if issued.answered.is_some() {
        let twice = Reply::error(400, 40060, "Interaction has already been acknowledged.");
        return Err(breach(state, call, "an interaction answered twice", twice));
    }
    let waited = state.now().saturating_duration_since(issued.issued);
    if waited > state.patience.first_answer {
        let detail = format!("first answer after {waited:.1?}");
        return Err(breach(state, call, &detail, unknown()));
    }
    let breaches = limits::callback(&call.body, issued.kind, issued.source.is_some(), call.files.len());
    if !breaches.is_empty() {
        return Err(refuse(state, call, &breaches));
    }
    let kind = call.body["type"].as_u64().unwrap_or(0);
    let data = &call.body["data"];
    let flags = data["flags"].as_u64().unwrap_or(0);
    let mut answered = Issued { answered: Some(kind), ..issued.clone() };
    match kind {
        MESSAGE => {
            note_mentions(state, call, data);
            answered.original = Some(write(state, call, data, issued.channel, Some(issued.id), Vec::new())?);
        }
        DEFERRED_MESSAGE => {
            let mut message = blank(state, issued.channel, state.bot.id);
            message.interaction = Some(issued.id);
            message.flags = flags & EPHEMERAL | LOADING;
            answered.original = Some(message.id);
            answered.thinking = true;
            state.messages.insert(message.id, message);
        }
        DEFERRED_UPDATE => {
            answered.original = issued.source;
            answered.thinking = true;
        }
        UPDATE => {
            note_mentions(state, call, data);
            let source = issued.source.unwrap_or(MessageId(0));
            rewrite(state, call, data, source, true)?;
            answered.original = Some(source);
        }
        CHOICES => answered.choices = Some(data["choices"].as_array().cloned().unwrap_or_default()),
        MODAL => answered.modal = Some(data.clone()),
        _ => {}
    }
    let response = json!({
        "interaction": {"id": issued.id.to_string(), "type": issued.kind, "response_message_id":
            answered.original.map(MessageId::json), "response_message_loading": answered.thinking,
            "response_message_ephemeral": flags & EPHEMERAL != 0},
        "resource": {"type": kind, "message": answered.original.and_then(|id| state.message_json(id))},
    });
    state.interactions.insert(issued.id, answered);
    let asked = call.query.split('&').any(|pair| pair == "with_response=true");
    Ok(if asked { Reply::ok(response) } else { Reply::empty() })
}

fn webhook(state: &mut State, call: &Call<'_>) -> Result<Reply, Reply> {
    let unknown = || Reply::error(404, 10015, "Unknown Webhook");
    let application = call.id(0) == state.bot.id.0;
    let known = state.issued_by_token(call.part(1)).filter(|_| application).map(|issued| issued.clone());
    let Some(issued) = known else {
        return Err(breach(state, call, "an interaction token that was never given out", unknown()));
    };
    if state.now().saturating_duration_since(issued.issued) > state.patience.token {
        let expired = Reply::error(401, 50027, "Invalid Webhook Token");
        return Err(breach(state, call, "an interaction token used after its end", expired));
    }
    if issued.answered.is_none() {
        return Err(breach(state, call, "a follow-up before the first answer", unknown()));
    }
    match call.route {
        Route::FollowUp => follow_up(state, call, issued),
        Route::GetOriginal => read(state, issued.original),
        Route::EditOriginal => edit_original(state, call, issued),
        Route::DeleteOriginal => delete(state, issued.original),
        _ => {
            let id = MessageId(call.id(2));
            let own = issued.original == Some(id) || issued.follow_ups.contains(&id);
            let id = own.then_some(id);
            match (call.route, id) {
                (Route::EditFollowUp, Some(id)) => {
                    note_mentions(state, call, &call.body);
                    rewrite(state, call, &call.body, id, true)?;
                    read(state, Some(id))
                }
                (Route::DeleteFollowUp, id) => delete(state, id),
                (_, id) => read(state, id),
            }
        }
    }
}

fn follow_up(state: &mut State, call: &Call<'_>, mut issued: Issued) -> Result<Reply, Reply> {
    // Discord lets the first follow-up after "thinking" take the place of the original answer.
    if issued.thinking && issued.answered == Some(DEFERRED_MESSAGE) {
        return edit_original(state, call, issued);
    }
    if issued.user_only && issued.follow_ups.len() >= FOLLOW_UPS_OF_USER_INSTALL {
        let many =
            Reply::error(400, 40094, "This interaction has hit the maximum number of follow up messages.");
        return Err(breach(state, call, "a sixth follow-up of a user-installed bot", many));
    }
    note_mentions(state, call, &call.body);
    let breaches = limits::answer(&call.body, call.files.len());
    let id = write(state, call, &call.body, issued.channel, Some(issued.id), breaches)?;
    issued.follow_ups.push(id);
    issued.thinking = false;
    state.interactions.insert(issued.id, issued);
    read(state, Some(id))
}

fn edit_original(state: &mut State, call: &Call<'_>, mut issued: Issued) -> Result<Reply, Reply> {
    let Some(id) = issued.original else { return Err(Reply::error(404, 10008, "Unknown Message")) };
    note_mentions(state, call, &call.body);
    let first = issued.thinking && issued.answered == Some(DEFERRED_MESSAGE);
    let mut body = call.body.clone();
    if first {
        // Whether it is ephemeral was settled by the deferral.
        body["flags"] = Value::from(body["flags"].as_u64().unwrap_or(0) & !EPHEMERAL);
    }
    rewrite(state, call, &body, id, !first)?;
    issued.thinking = false;
    state.interactions.insert(issued.id, issued);
    read(state, Some(id))
}

fn read(state: &State, id: Option<MessageId>) -> Result<Reply, Reply> {
    match id.and_then(|id| state.message_json(id)) {
        Some(message) => Ok(Reply::ok(message)),
        None => Err(Reply::error(404, 10008, "Unknown Message")),
    }
}

fn delete(state: &mut State, id: Option<MessageId>) -> Result<Reply, Reply> {
    match id.and_then(|id| state.messages.remove(&id)) {
        Some(_) => Ok(Reply::empty()),
        None => Err(Reply::error(404, 10008, "Unknown Message")),
    }
}
