//! Registering commands and listing them.

use serde_json::{Value, json};

use super::limits;
use super::rest::{Call, Reply, refuse};
use super::routes::Route;
use super::state::State;
use super::world::GuildId;

pub(crate) fn handle(state: &mut State, call: &Call<'_>) -> Reply {
    if call.id(0) != state.bot.id.0 {
        return Reply::error(403, 20012, "You are not authorized to perform this action on this application");
    }
    let in_guild =
        matches!(call.route, Route::ListGuildCommands | Route::SetGuildCommands | Route::CreateGuildCommand);
    let guild = in_guild.then(|| GuildId(call.id(1)));
    if guild.is_some_and(|guild| !state.guilds.contains_key(&guild)) {
        return Reply::error(403, 50001, "Missing Access");
    }
    let known = match guild {
        Some(guild) => state.guild_commands.get(&guild).cloned().unwrap_or_default(),
        None => state.global_commands.clone(),
    };
    let (wanted, single) = match call.route {
        Route::SetGlobalCommands | Route::SetGuildCommands => {
            (call.body.as_array().cloned().unwrap_or_default(), false)
        }
        Route::CreateGlobalCommand | Route::CreateGuildCommand => {
            let mut all = known.clone();
            all.retain(|old| !same(old, &call.body));
            all.push(call.body.clone());
            (all, true)
        }
        _ => return Reply::ok(known.into()),
    };
    let breaches = limits::commands(&wanted);
    if !breaches.is_empty() {
        return refuse(state, call, &breaches);
    }
    let stored: Vec<Value> = wanted.iter().map(|command| store(state, command, &known, guild)).collect();
    let reply = match stored.last() {
        Some(last) if single => Reply { status: 201, body: last.clone() },
        _ => Reply::ok(stored.clone().into()),
    };
    state.registrations += 1;
    match guild {
        Some(guild) => drop(state.guild_commands.insert(guild, stored)),
        None => state.global_commands = stored,
    }
    reply
}

fn same(one: &Value, other: &Value) -> bool {
    one["name"] == other["name"] && one["type"].as_u64().unwrap_or(1) == other["type"].as_u64().unwrap_or(1)
}

/// The command as Discord gives it back: ids stay with the name, defaults are filled in.
fn store(state: &mut State, command: &Value, known: &[Value], guild: Option<GuildId>) -> Value {
    let id = match known.iter().find(|old| same(old, command)) {
        Some(old) => old["id"].clone(),
        None => Value::String(state.mint().to_string()),
    };
    let mut stored = json!({
        "type": 1, "description": "", "options": [], "default_member_permissions": null, "nsfw": false,
        "name_localizations": null, "description_localizations": null, "integration_types": [0],
        "contexts": null, "dm_permission": true,
    });
    if let (Some(stored), Some(command)) = (stored.as_object_mut(), command.as_object()) {
        stored.extend(command.clone().into_iter().filter(|(_, value)| !value.is_null()));
    }
    stored["id"] = id;
    stored["application_id"] = state.bot.id.json();
    stored["version"] = Value::String(state.mint().to_string());
    if let Some(guild) = guild {
        stored["guild_id"] = guild.json();
    }
    stored
}
