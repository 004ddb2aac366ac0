//! A small stand-in for Discord: just the routes and gateway messages these stories need.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write as _;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, patch, post, put};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::process::PATIENCE;

/// The token that is accepted.
pub(crate) const TOKEN: &str = "MTAxMDEwMTAxMDEwMTAxMDEw.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789ab";

/// What the next message to a channel meets.
#[derive(Clone)]
pub(crate) enum Trouble {
    /// An answer with this status and body; nothing is posted.
    Answer(u16, Value),
    /// The connection drops; nothing is posted.
    Drop,
    /// The message is posted, then the connection drops.
    PostAndDrop,
    /// No answer ever; nothing is posted.
    Hang,
}

/// A posted message.
#[derive(Clone)]
pub(crate) struct Posted {
    pub(crate) channel: u64,
    pub(crate) body: Value,
}

#[derive(Default)]
struct Seen {
    registered: Option<Value>,
    first: BTreeMap<String, Value>,
    filled: BTreeMap<String, Value>,
    posted: Vec<Posted>,
    nonces: BTreeMap<(u64, String), u64>,
    tries: BTreeMap<u64, usize>,
    troubles: BTreeMap<u64, VecDeque<Trouble>>,
    files: BTreeMap<String, Vec<u8>>,
    gateways: Vec<UnboundedSender<Frame>>,
    hellos: Vec<Value>,
    complaints: Vec<String>,
    requests: Vec<String>,
    sequence: u64,
    interactions: u64,
}

enum Frame {
    Json(Value),
    Cut,
}

struct Shared {
    seen: Mutex<Seen>,
    bell: Condvar,
    address: String,
}

/// The running stand-in.
#[derive(Clone)]
pub(crate) struct Wire(Arc<Shared>);

type Handle = State<Arc<Shared>>;

impl Wire {
    pub(crate) fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Shared { seen: Mutex::default(), bell: Condvar::new(), address });
        let router = router(Arc::clone(&shared));
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
            runtime.unwrap().block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        Self(shared)
    }

    /// Address of REST.
    pub(crate) fn api_url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// Address of the gateway.
    pub(crate) fn gateway_url(&self) -> String {
        format!("ws://{}", self.0.address)
    }

    fn wait<T>(&self, what: &str, mut found: impl FnMut(&mut Seen) -> Option<T>) -> T {
        let start = Instant::now();
        let mut seen = self.0.seen.lock().unwrap();
        loop {
            if let Some(found) = found(&mut seen) {
                return found;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}; requests: {:#?}", seen.requests);
            seen = self.0.bell.wait_timeout(seen, Duration::from_millis(200)).unwrap().0;
        }
    }

    /// The commands, once they are registered.
    pub(crate) fn registered(&self) -> Value {
        self.wait("the registration", |seen| seen.registered.clone())
    }

    /// Waits for so many identifies and resumes together, and gives the last one.
    pub(crate) fn greeting(&self, count: usize) -> Value {
        self.wait("a greeting", |seen| seen.hellos.get(count - 1).cloned())
    }

    /// Number of identifies and resumes so far.
    pub(crate) fn greetings(&self) -> usize {
        self.0.seen.lock().unwrap().hellos.len()
    }

    /// Sends an event to the latest connection.
    pub(crate) fn dispatch(&self, kind: &str, data: Value) {
        let mut seen = self.0.seen.lock().unwrap();
        seen.sequence += 1;
        let frame = json!({ "op": 0, "s": seen.sequence, "t": kind, "d": data });
        seen.gateways.last().unwrap().send(Frame::Json(frame)).unwrap();
    }

    /// Sends an operation that is no event.
    pub(crate) fn operation(&self, op: u64, data: Value) {
        let seen = self.0.seen.lock().unwrap();
        seen.gateways.last().unwrap().send(Frame::Json(json!({ "op": op, "d": data }))).unwrap();
    }

    /// Drops the latest connection without a word.
    pub(crate) fn cut(&self) {
        self.0.seen.lock().unwrap().gateways.last().unwrap().send(Frame::Cut).unwrap();
    }

    /// The number of a new interaction.
    pub(crate) fn new_interaction(&self) -> u64 {
        let mut seen = self.0.seen.lock().unwrap();
        seen.interactions += 1;
        1000 + seen.interactions
    }

    /// The first answer to an interaction.
    pub(crate) fn first_answer(&self, token: &str) -> Value {
        self.wait("a first answer", |seen| seen.first.get(token).cloned())
    }

    /// What a deferred answer was filled with.
    pub(crate) fn filled(&self, token: &str) -> Value {
        self.wait("a filled answer", |seen| seen.filled.get(token).cloned())
    }

    /// Messages in a channel, once there are so many.
    pub(crate) fn messages(&self, channel: u64, count: usize) -> Vec<Posted> {
        self.wait("messages", |seen| {
            let here: Vec<_> = seen.posted.iter().filter(|one| one.channel == channel).cloned().collect();
            (here.len() >= count).then_some(here)
        })
    }

    /// Messages in a channel now.
    pub(crate) fn messages_now(&self, channel: u64) -> usize {
        self.0.seen.lock().unwrap().posted.iter().filter(|one| one.channel == channel).count()
    }

    /// Waits until so many posts to a channel were tried.
    pub(crate) fn tried(&self, channel: u64, count: usize) {
        self.wait("tries", |seen| (seen.tries.get(&channel).copied().unwrap_or(0) >= count).then_some(()));
    }

    /// What the next posts to a channel meet.
    pub(crate) fn trouble(&self, channel: u64, troubles: impl IntoIterator<Item = Trouble>) {
        self.0.seen.lock().unwrap().troubles.entry(channel).or_default().extend(troubles);
    }

    /// Removes what is left of the trouble.
    pub(crate) fn no_trouble(&self) {
        self.0.seen.lock().unwrap().troubles.clear();
    }

    /// Offers a file for download and gives its address.
    pub(crate) fn host(&self, name: &str, bytes: &[u8]) -> String {
        self.0.seen.lock().unwrap().files.insert(name.to_owned(), bytes.to_vec());
        format!("{}/files/{name}", self.api_url())
    }

    /// Fails if a request was not as Discord wants it, or a token would have left for elsewhere.
    pub(crate) fn assert_clean(&self) {
        let seen = self.0.seen.lock().unwrap();
        assert!(seen.complaints.is_empty(), "{:#?}", seen.complaints);
    }
}

impl Shared {
    fn change<T>(&self, change: impl FnOnce(&mut Seen) -> T) -> T {
        let changed = change(&mut self.seen.lock().unwrap());
        self.bell.notify_all();
        changed
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(gateway))
        .route("/files/{name}", get(file))
        .route("/api/v10/gateway", get(gateway_address))
        .route("/api/v10/gateway/bot", get(gateway_address))
        .route("/api/v10/applications/{app}/commands", put(register))
        .route("/api/v10/interactions/{id}/{token}/callback", post(callback))
        .route("/api/v10/webhooks/{app}/{token}/messages/@original", patch(fill))
        .route("/api/v10/channels/{channel}/messages", post(message))
        .fallback(unknown)
        .with_state(shared)
}

async fn unknown(State(shared): Handle, request: axum::extract::Request) -> StatusCode {
    shared
        .change(|seen| seen.complaints.push(format!("unknown route {} {}", request.method(), request.uri())));
    StatusCode::NOT_FOUND
}

fn json_answer(status: u16, body: &Value) -> Response {
    (StatusCode::from_u16(status).unwrap(), [("content-type", "application/json")], body.to_string())
        .into_response()
}

fn authorised(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == format!("Bot {TOKEN}").as_str())
}

async fn gateway_address(State(shared): Handle, uri: axum::http::Uri, headers: HeaderMap) -> Response {
    if uri.path().ends_with("/bot") && !authorised(&headers) {
        return json_answer(401, &json!({ "message": "401: Unauthorized", "code": 0 }));
    }
    let limit = json!({ "total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1 });
    let url = format!("ws://{}", shared.address);
    json_answer(200, &json!({ "url": url, "shards": 1, "session_start_limit": limit }))
}

async fn register(State(shared): Handle, body: Bytes) -> Response {
    let commands: Value = serde_json::from_slice(&body).unwrap();
    shared.change(|seen| seen.registered = Some(commands));
    json_answer(200, &json!([]))
}

async fn callback(State(shared): Handle, Path((_, token)): Path<(String, String)>, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    shared.change(|seen| {
        let flags = body["data"]["flags"].as_u64().unwrap_or(0);
        if body["type"] == 5 && flags & !64 != 0 {
            seen.complaints.push(format!("a deferred answer with flags {flags}"));
        }
        if body["type"] == 4 {
            judge(seen, &body["data"]);
        }
        if seen.first.insert(token.clone(), body).is_some() {
            seen.complaints.push(format!("two first answers to {token}"));
        }
    });
    StatusCode::NO_CONTENT.into_response()
}

async fn fill(State(shared): Handle, Path((_, token)): Path<(String, String)>, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    shared.change(|seen| {
        judge(seen, &body);
        seen.filled.insert(token, body);
    });
    json_answer(200, &a_message(1, 1))
}

async fn message(
    State(shared): Handle,
    Path(channel): Path<u64>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    if !authorised(&headers) {
        return json_answer(401, &json!({ "message": "401: Unauthorized", "code": 0 }));
    }
    let trouble = shared.change(|seen| {
        *seen.tries.entry(channel).or_default() += 1;
        judge(seen, &body);
        seen.troubles.get_mut(&channel).and_then(VecDeque::pop_front)
    });
    match trouble {
        Some(Trouble::Answer(status, answer)) => return json_answer(status, &answer),
        Some(Trouble::Hang) => std::future::pending().await,
        Some(Trouble::Drop) => cut_connection(),
        Some(Trouble::PostAndDrop) => {
            post_once(&shared, channel, &body);
            cut_connection();
        }
        None => {}
    }
    let id = post_once(&shared, channel, &body);
    json_answer(200, &a_message(id, channel))
}

/// Ends the connection without an answer, silently.
fn cut_connection() -> ! {
    std::panic::resume_unwind(Box::new("cut"))
}

fn post_once(shared: &Shared, channel: u64, body: &Value) -> u64 {
    shared.change(|seen| {
        let nonce = body["nonce"].as_str().unwrap_or_default().to_owned();
        if nonce.is_empty() || nonce.len() > 25 || body["enforce_nonce"] != true {
            seen.complaints.push(format!("nonce {nonce:?}, enforced {}", body["enforce_nonce"]));
        }
        if let Some(id) = seen.nonces.get(&(channel, nonce.clone())) {
            return *id;
        }
        seen.posted.push(Posted { channel, body: body.clone() });
        let id = 5000 + seen.posted.len() as u64;
        seen.nonces.insert((channel, nonce), id);
        id
    })
}

/// What every message has to keep: no mentions, some content, the limits of embeds.
fn judge(seen: &mut Seen, body: &Value) {
    if body["allowed_mentions"] != json!({ "parse": [] }) {
        seen.complaints.push(format!("mentions are not off: {body}"));
    }
    let empty = Vec::new();
    let embeds = body["embeds"].as_array().unwrap_or(&empty);
    let length = |value: &Value| value.as_str().map_or(0, |text| text.encode_utf16().count());
    let mut total = 0;
    for embed in embeds {
        let sizes =
            [length(&embed["title"]), length(&embed["description"]), length(&embed["footer"]["text"])];
        total += sizes.iter().sum::<usize>();
        if sizes[0] > 256 || sizes[1] > 4096 || sizes[2] > 2048 {
            seen.complaints.push(format!("embed of sizes {sizes:?}"));
        }
    }
    if embeds.is_empty() || embeds.len() > 10 || total == 0 || total > 6000 {
        seen.complaints.push(format!("{} embeds of {total} characters", embeds.len()));
    }
}

async fn file(State(shared): Handle, Path(name): Path<String>, headers: HeaderMap) -> Response {
    if headers.contains_key("authorization") {
        shared.change(|seen| seen.complaints.push("the token was sent with a download".to_owned()));
    }
    let bytes = shared.change(|seen| seen.files.get(&name).cloned());
    bytes.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |bytes| Body::from(bytes).into_response())
}

fn a_message(id: u64, channel: u64) -> Value {
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "author": bot_user(), "content": "",
        "timestamp": "2025-01-01T00:00:00Z", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "pinned": false, "type": 0,
    })
}

fn bot_user() -> Value {
    json!({
        "id": "42", "username": "attache", "discriminator": "0", "global_name": null, "avatar": null,
        "bot": true, "verified": true, "mfa_enabled": false, "email": null, "flags": 0,
    })
}

async fn gateway(State(shared): Handle, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| serve_gateway(shared, socket))
}

async fn serve_gateway(shared: Arc<Shared>, mut socket: WebSocket) {
    let (sender, mut frames) = unbounded_channel();
    let _ = socket.send(packed(&json!({ "op": 10, "d": { "heartbeat_interval": 1000 } }))).await;
    loop {
        tokio::select! {
            frame = frames.recv() => match frame {
                Some(Frame::Json(frame)) => drop(socket.send(packed(&frame)).await),
                Some(Frame::Cut) | None => return,
            },
            received = socket.recv() => {
                let Some(Ok(received)) = received else { return };
                let Message::Text(text) = received else { continue };
                let said: Value = serde_json::from_str(&text).unwrap();
                if said["op"] == 1 {
                    let _ = socket.send(packed(&json!({ "op": 11 }))).await;
                } else if said["op"] == 2 || said["op"] == 6 {
                    greet(&shared, &said, &sender);
                }
            }
        }
    }
}

fn greet(shared: &Shared, said: &Value, sender: &UnboundedSender<Frame>) {
    shared.change(|seen| {
        seen.sequence += 1;
        let (kind, data) = if said["op"] == 2 {
            let ready = json!({
                "v": 10, "user": bot_user(), "guilds": [], "session_id": "session",
                "resume_gateway_url": format!("ws://{}", shared.address), "shard": said["d"]["shard"],
                "application": { "id": "42", "flags": 0 },
            });
            ("READY", ready)
        } else {
            ("RESUMED", json!({}))
        };
        let frame = json!({ "op": 0, "s": seen.sequence, "t": kind, "d": data });
        sender.send(Frame::Json(frame)).unwrap();
        seen.gateways.push(sender.clone());
        seen.hellos.push(said.clone());
    });
}

/// A frame as serenity asks for it: zlib, each on its own.
fn packed(frame: &Value) -> Message {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(frame.to_string().as_bytes()).unwrap();
    Message::Binary(encoder.finish().unwrap().into())
}
