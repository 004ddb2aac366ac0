//! REST v10: one entrance for every request, which records it, lets it fail if it is to fail, checks
//! it against the limits and the published description, and passes it on.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, FromRequest, Multipart, Request as HttpRequest, State as Extract};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::Inner;
use super::faults::{Fault, Refusal};
use super::limits::{self, Breach};
use super::openapi;
use super::routes::Route;
use super::state::{Request, State};
use super::wire::Cutter;
use super::world::{ChannelId, File, GuildId, UserId};
use super::{answers, commands, messages};

/// The largest request Discord takes.
const LARGEST_REQUEST: usize = 25 * 1024 * 1024;
/// The largest file of a bot without a boosted guild.
const LARGEST_FILE: usize = 10 * 1024 * 1024;

/// What is asked, taken apart.
pub(crate) struct Call<'a> {
    pub(crate) route: Route,
    /// The variable parts of the path.
    pub(crate) ids: Vec<&'a str>,
    pub(crate) query: &'a str,
    pub(crate) body: Value,
    pub(crate) files: Vec<File>,
    /// `POST /users/@me`, for messages about it.
    pub(crate) place: String,
}

impl Call<'_> {
    /// A variable part of the path as an id; 0, which nothing has, if it is none.
    pub(crate) fn id(&self, at: usize) -> u64 {
        self.ids.get(at).and_then(|part| part.parse().ok()).unwrap_or(0)
    }

    /// A variable part of the path as it stands.
    pub(crate) fn part(&self, at: usize) -> &str {
        self.ids.get(at).copied().unwrap_or_default()
    }
}

/// An answer: status and body; `Null` is an empty body.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    pub(crate) fn empty() -> Self {
        Self { status: 204, body: Value::Null }
    }

    pub(crate) fn error(status: u16, code: u32, message: &str) -> Self {
        Self { status, body: json!({"message": message, "code": code}) }
    }
}

/// Every request but the gateway's and those for files.
pub(crate) async fn handle(
    Extract(inner): Extract<Arc<Inner>>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    http: HttpRequest,
) -> Response {
    let method = http.method().to_string();
    let uri = http.uri().clone();
    let authorization =
        http.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let path = uri.path().strip_prefix("/api/v10").unwrap_or_default();
    let (route, ids) = Route::parse(&method, path);
    let read = read_body(http).await;
    let place = format!("{route:?}");
    let (body, files) = match &read {
        Ok((body, files)) => (body.clone(), files.clone()),
        Err(_) => (Value::Null, Vec::new()),
    };
    let number = inner.change(|state| {
        state.requests.push(Request {
            route,
            method,
            path: path.to_owned(),
            body: body.clone(),
            files: files.clone(),
            authorization: authorization.clone(),
            status: 0,
            at: Instant::now(),
        });
        state.requests.len() - 1
    });
    let fault = inner.state().faults.take(route);
    match &fault {
        Some(Fault::DropBefore) => {
            cutter.cut();
            return Response::new(Body::empty());
        }
        Some(Fault::SilenceBefore) => return std::future::pending().await,
        _ => {}
    }
    let refusal = fault.as_ref().and_then(Fault::refusal);
    let (reply, headers) = match (refusal, read) {
        (Some(Refusal { status, body, headers }), _) => (Reply { status, body }, headers),
        (None, Err(why)) => {
            inner.change(|state| state.violate("body", &place, why));
            (Reply::error(400, 50109, "The request body contains invalid JSON."), Vec::new())
        }
        (None, Ok(_)) => {
            let call = Call { route, ids, query: uri.query().unwrap_or_default(), body, files, place };
            (answer(&inner, &call, authorization.as_deref()), Vec::new())
        }
    };
    match fault {
        Some(Fault::DropAfter) => {
            cutter.cut();
            return Response::new(Body::empty());
        }
        Some(Fault::SilenceAfter) => return std::future::pending().await,
        Some(Fault::Slow(time)) => tokio::time::sleep(time).await,
        _ => {}
    }
    inner.change(|state| state.requests[number].status = reply.status);
    respond(route, &reply, headers)
}

/// The checks that need no knowledge of the world, then the route's own handler.
fn answer(inner: &Inner, call: &Call<'_>, authorization: Option<&str>) -> Reply {
    let unknown = openapi::complaints(call.route, &call.body, !call.files.is_empty());
    let mut state = inner.state();
    if call.route.needs_token() && authorization != Some(&format!("Bot {}", state.token)) {
        return Reply::error(401, 0, "401: Unauthorized");
    }
    for complaint in unknown {
        state.violate("openapi", &call.place, complaint);
    }
    let size: usize = call.files.iter().map(|file| file.bytes.len()).sum();
    if size > LARGEST_REQUEST || call.files.iter().any(|file| file.bytes.len() > LARGEST_FILE) {
        state.violate("size", &call.place, format!("files of {size} bytes"));
        return Reply::error(413, 40005, "Request entity too large");
    }
    let reply = dispatch(&mut state, call);
    state.wake();
    reply
}

fn dispatch(state: &mut State, call: &Call<'_>) -> Reply {
    match call.route {
        Route::Gateway => Reply::ok(json!({"url": format!("ws://{}", state.address)})),
        Route::GatewayBot => Reply::ok(json!({
            "url": format!("ws://{}", state.address), "shards": state.shards,
            "session_start_limit":
                {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1},
        })),
        Route::CurrentUser => Reply::ok(state.bot.own_json()),
        Route::User => match state.users.get(&UserId(call.id(0))) {
            Some(user) => Reply::ok(user.json()),
            None => Reply::error(404, 10013, "Unknown User"),
        },
        Route::CurrentUserGuilds => Reply::ok(
            state
                .guilds
                .values()
                .map(|guild| {
                    let permissions = guild.permissions_of(state.bot.id).to_string();
                    json!({"id": guild.id.json(), "name": guild.name, "icon": null, "banner": null,
                        "owner": false, "features": [], "permissions": permissions})
                })
                .collect(),
        ),
        Route::CurrentApplication | Route::OauthApplication => Reply::ok(application(state)),
        Route::ListGlobalCommands
        | Route::SetGlobalCommands
        | Route::CreateGlobalCommand
        | Route::ListGuildCommands
        | Route::SetGuildCommands
        | Route::CreateGuildCommand => commands::handle(state, call),
        Route::Callback
        | Route::FollowUp
        | Route::GetOriginal
        | Route::EditOriginal
        | Route::DeleteOriginal
        | Route::GetFollowUp
        | Route::EditFollowUp
        | Route::DeleteFollowUp => answers::handle(state, call),
        Route::CreateDm
        | Route::GetChannel
        | Route::EditChannel
        | Route::OpenThread
        | Route::OpenThreadUnder
        | Route::Typing
        | Route::ListMessages
        | Route::CreateMessage
        | Route::GetMessage
        | Route::EditMessage
        | Route::DeleteMessage => messages::handle(state, call),
        Route::GetGuild
        | Route::ActiveThreads
        | Route::GuildChannels
        | Route::GuildRoles
        | Route::GuildMember => guild(state, call),
        Route::Any | Route::Attachment | Route::Unknown => {
            state.violate("route", &call.place, "a route the double does not know");
            Reply::error(404, 0, "404: Not Found")
        }
    }
}

fn application(state: &State) -> Value {
    json!({
        "id": state.bot.id.json(), "name": "Attaché", "icon": null, "description": "", "summary": "",
        "bot_public": true, "bot_require_code_grant": false, "verify_key": "0".repeat(64), "flags": 0,
        "hook": true, "bot": state.bot.json(), "team": null, "rpc_origins": [], "redirect_uris": [],
        "owner": {"id": "1000000000000000001", "username": "owner", "discriminator": "0", "avatar": null,
            "global_name": null, "public_flags": 0},
        "integration_types_config": {"0": {}, "1": {}}, "approximate_guild_count": state.guilds.len(),
        "approximate_user_install_count": 0,
    })
}

fn guild(state: &State, call: &Call<'_>) -> Reply {
    let Some(guild) = state.guilds.get(&GuildId(call.id(0))) else {
        return Reply::error(404, 10004, "Unknown Guild");
    };
    match call.route {
        Route::GuildChannels => Reply::ok(
            state
                .channels
                .values()
                .filter(|channel| channel.guild == Some(guild.id))
                .map(|channel| channel.json(state.bot.id))
                .collect(),
        ),
        Route::ActiveThreads => {
            let of_guild = |channel: &&super::world::Channel| {
                channel.guild == Some(guild.id) && channel.kind == super::world::ChannelKind::Thread
            };
            let threads: Vec<Value> = state
                .channels
                .values()
                .filter(of_guild)
                .filter(|channel| !channel.archived)
                .map(|channel| channel.json(state.bot.id))
                .collect();
            Reply::ok(json!({"threads": threads, "members": []}))
        }
        Route::GuildRoles => Reply::ok(guild.roles_json()),
        Route::GuildMember => {
            let user = UserId(call.id(1));
            match state.users.get(&user).filter(|_| guild.members.contains_key(&user)) {
                Some(user) => Reply::ok(guild.member_json(user)),
                None => Reply::error(404, 10007, "Unknown Member"),
            }
        }
        _ => Reply::ok(guild.json()),
    }
}

/// Records what was broken and gives the body Discord refuses with.
pub(crate) fn refuse(state: &mut State, call: &Call<'_>, breaches: &[Breach]) -> Reply {
    for breach in breaches {
        state.violate("limit", &call.place, breach.to_string());
    }
    Reply { status: 400, body: limits::error_body(breaches) }
}

/// A channel the bot sees, or Discord's refusal.
pub(crate) fn visible(state: &State, id: u64) -> Result<super::world::Channel, Reply> {
    let Some(channel) = state.channels.get(&ChannelId(id)) else {
        return Err(Reply::error(404, 10003, "Unknown Channel"));
    };
    let seen = state.bot_permissions(channel) & super::world::permissions::VIEW_CHANNEL != 0;
    if seen { Ok(channel.clone()) } else { Err(Reply::error(403, 50001, "Missing Access")) }
}

async fn read_body(http: HttpRequest) -> Result<(Value, Vec<File>), String> {
    let kind = http.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        let parts = Multipart::from_request(http, &()).await.map_err(|error| error.to_string())?;
        return read_multipart(parts).await;
    }
    let json = kind.starts_with("application/json");
    let bytes = Bytes::from_request(http, &()).await.map_err(|error| error.to_string())?;
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    if !json {
        return Err("a body whose Content-Type is not application/json".to_owned());
    }
    let body = serde_json::from_slice(&bytes).map_err(|error| format!("not JSON: {error}"))?;
    Ok((body, Vec::new()))
}

/// `payload_json` and the files, put into the order of their numbers.
async fn read_multipart(mut parts: Multipart) -> Result<(Value, Vec<File>), String> {
    let mut body = Value::Null;
    let mut files = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|error| error.to_string())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().unwrap_or_default().to_owned();
        let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes = part.bytes().await.map_err(|error| error.to_string())?.to_vec();
        if name == "payload_json" {
            body = serde_json::from_slice(&bytes).map_err(|error| format!("payload_json: {error}"))?;
            continue;
        }
        let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
        let number: u64 = number
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| format!("a part named {name:?}: neither payload_json nor files[n]"))?;
        files.push((number, File { name: file_name, content_type, bytes }));
    }
    files.sort_by_key(|(number, _)| *number);
    Ok((body, files.into_iter().map(|(_, file)| file).collect()))
}

fn respond(route: Route, reply: &Reply, extra: Vec<(&'static str, String)>) -> Response {
    let limited = reply.status == 429;
    let reset_after = reply.body["retry_after"].as_f64().unwrap_or(1.0);
    let reset = jiff::Timestamp::now().as_millisecond() as f64 / 1000.0 + reset_after;
    let mut builder = Response::builder()
        .status(reply.status)
        .header("x-ratelimit-limit", "5")
        .header("x-ratelimit-remaining", if limited { "0" } else { "4" })
        .header("x-ratelimit-reset", format!("{reset:.3}"))
        .header("x-ratelimit-reset-after", format!("{reset_after:.3}"))
        .header("x-ratelimit-bucket", format!("bucket-{route:?}"));
    for (name, value) in extra {
        builder = builder.header(name, value);
    }
    let response = match &reply.body {
        Value::Null => builder.body(Body::empty()),
        Value::String(text) => builder.header(CONTENT_TYPE, "text/plain").body(text.clone().into()),
        json => builder.header(CONTENT_TYPE, "application/json").body(json.to_string().into()),
    };
    response.unwrap_or_else(|error| error.to_string().into_response())
}
