//! A Discord that does next to nothing, fast: it takes a bot in, sends it interactions and notes when
//! the first answer that a person would see arrives.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use axum::extract::{Path, State, WebSocketUpgrade};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, patch, post, put};
use axum::serve::ListenerExt as _;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};

use crate::load::{Figures, Load};

pub(crate) const APPLICATION: &str = "1000000000000000001";
pub(crate) const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.double.only-valid-on-loopback";

struct Inner {
    address: String,
    next: AtomicU64,
    sequence: AtomicU64,
    send: Mutex<Option<mpsc::UnboundedSender<String>>>,
    waiting: Mutex<HashMap<u64, oneshot::Sender<Instant>>>,
    commands: Mutex<Vec<Value>>,
    ready: watch::Sender<bool>,
    refused: AtomicUsize,
}

#[derive(Clone)]
pub(crate) struct Rig(Arc<Inner>);

impl Rig {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let inner = Arc::new(Inner {
            address,
            next: AtomicU64::new(1_100_000_000_000_000_000),
            sequence: AtomicU64::new(1),
            send: Mutex::default(),
            waiting: Mutex::default(),
            commands: Mutex::default(),
            ready: watch::channel(false).0,
            refused: AtomicUsize::new(0),
        });
        let router = Router::new()
            .route("/", any(gateway))
            .route("/api/v10/gateway", get(entrance))
            .route("/api/v10/gateway/bot", get(entrance))
            .route("/api/v10/applications/{id}/commands", put(register))
            .route("/api/v10/interactions/{id}/{token}/callback", post(callback))
            .route("/api/v10/webhooks/{application}/{token}/messages/@original", patch(filled))
            .with_state(Arc::clone(&inner));
        // Else the gateway's next event waits for the answer to the one before to be acknowledged.
        let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self(inner)
    }

    pub(crate) fn api(&self) -> String {
        format!("http://{}", self.0.address)
    }

    pub(crate) fn gateway(&self) -> String {
        format!("ws://{}", self.0.address)
    }

    /// The commands the bot registered.
    pub(crate) fn commands(&self) -> Vec<Value> {
        self.0.commands.lock().unwrap().clone()
    }

    /// Waits until a bot is connected, and a moment for it to settle.
    pub(crate) async fn ready(&self, limit: Duration) {
        let mut ready = self.0.ready.subscribe();
        tokio::time::timeout(limit, ready.wait_for(|ready| *ready)).await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_secs(2)).await;
    }

    /// Sends interactions, so many at once, for so long and at least so many; waits for each answer.
    pub(crate) async fn drive(&self, load: &Load, at_once: usize, long: Duration, least: usize) -> Figures {
        let started = Instant::now();
        let turn = Arc::new(AtomicUsize::new(0));
        let tasks: Vec<_> = (0..at_once)
            .map(|_| {
                let (rig, load, turn) = (self.clone(), load.clone(), Arc::clone(&turn));
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    while started.elapsed() < long || times.len() < least {
                        let (kind, data) = load.at(turn.fetch_add(1, Ordering::Relaxed));
                        times.push(rig.ask(kind, data).await);
                    }
                    times
                })
            })
            .collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.unwrap());
        }
        let refused = self.0.refused.swap(0, Ordering::Relaxed);
        assert!(refused == 0, "{refused} answers were no answers");
        Figures::new(times, started.elapsed())
    }

    async fn ask(&self, kind: u8, data: &str) -> Duration {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        let (told, answer) = oneshot::channel();
        self.0.waiting.lock().unwrap().insert(id, told);
        let event = self.event("INTERACTION_CREATE", &interaction(id, kind, data));
        let began = Instant::now();
        self.0.send.lock().unwrap().as_ref().unwrap().send(event).unwrap();
        let limit = Duration::from_secs(60);
        let arrived = tokio::time::timeout(limit, answer).await.unwrap().unwrap();
        arrived.duration_since(began)
    }

    fn event(&self, name: &str, data: &str) -> String {
        let s = self.0.sequence.fetch_add(1, Ordering::Relaxed);
        format!("{{\"op\":0,\"s\":{s},\"t\":\"{name}\",\"d\":{data}}}")
    }
}

fn interaction(id: u64, kind: u8, data: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"application_id\":\"{APPLICATION}\",\"type\":{kind},\"token\":\"interaction-token-{id}\",\
         \"version\":1,\"channel_id\":\"1000000000000000004\",\"channel\":{{\"id\":\"1000000000000000004\",\"type\":0,\
         \"guild_id\":\"1000000000000000003\",\"name\":\"news\",\"position\":0,\"permission_overwrites\":[],\
         \"parent_id\":null,\"topic\":null,\"nsfw\":false,\"rate_limit_per_user\":0,\"last_message_id\":null,\
         \"flags\":0,\"permissions\":\"8\"}},\"locale\":\"en-US\",\"guild_locale\":\"en-US\",\"entitlements\":[],\
         \"app_permissions\":\"274877959168\",\"authorizing_integration_owners\":{{\"0\":\"1000000000000000003\"}},\
         \"context\":0,\"attachment_size_limit\":10485760,\"entitlement_sku_ids\":[],\
         \"guild_id\":\"1000000000000000003\",\"guild\":{{\"id\":\"1000000000000000003\",\"locale\":\"en-US\",\
         \"features\":[]}},\"member\":{{\"user\":{{\"id\":\"1000000000000000002\",\"username\":\"ada\",\
         \"global_name\":\"ada\",\"discriminator\":\"0\",\"avatar\":null,\"bot\":false,\"public_flags\":0}},\
         \"nick\":null,\"avatar\":null,\"banner\":null,\"roles\":[],\"joined_at\":\
         \"2025-01-02T03:04:05.000000+00:00\",\"premium_since\":null,\"deaf\":false,\"mute\":false,\"flags\":0,\
         \"pending\":false,\"communication_disabled_until\":null,\"permissions\":\"8\"}},\"data\":{data}}}"
    )
}

async fn entrance(State(inner): State<Arc<Inner>>) -> Response {
    axum::Json(json!({"url": format!("ws://{}", inner.address), "shards": 1, "session_start_limit":
        {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}}))
    .into_response()
}

async fn register(State(inner): State<Arc<Inner>>, body: Bytes) -> Response {
    let mut commands: Vec<Value> = serde_json::from_slice(&body).unwrap();
    for (n, command) in commands.iter_mut().enumerate() {
        command["id"] = format!("12000000000000000{n:02}").into();
        command["application_id"] = APPLICATION.into();
        command["version"] = "1".into();
        if command.get("description").is_none() {
            command["description"] = "".into();
        }
    }
    inner.commands.lock().unwrap().clone_from(&commands);
    axum::Json(commands).into_response()
}

async fn callback(
    State(inner): State<Arc<Inner>>,
    Path((id, _)): Path<(u64, String)>,
    body: Bytes,
) -> StatusCode {
    // A promise to answer is no answer. A file makes a multipart body, whose first part is the answer.
    let head = body.get(..body.len().min(400)).map(String::from_utf8_lossy).unwrap_or_default();
    let deferred = head.contains("\"type\":5") && !head.contains("\"embeds\"");
    if !deferred {
        answered(&inner, id);
    }
    StatusCode::NO_CONTENT
}

async fn filled(
    State(inner): State<Arc<Inner>>,
    Path((_, token)): Path<(String, String)>,
    _body: Bytes,
) -> Response {
    let id = token.rsplit('-').next().and_then(|id| id.parse().ok()).unwrap_or(0);
    answered(&inner, id);
    let message = json!({"id": "1", "channel_id": "1000000000000000004", "author": {"id": APPLICATION,
        "username": "a", "discriminator": "0", "avatar": null}, "content": "", "timestamp":
        "2025-01-02T03:04:05.000000+00:00", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 20});
    ([(header::CONTENT_TYPE, "application/json")], message.to_string()).into_response()
}

fn answered(inner: &Inner, id: u64) {
    match inner.waiting.lock().unwrap().remove(&id) {
        Some(told) => drop(told.send(Instant::now())),
        None => drop(inner.refused.fetch_add(1, Ordering::Relaxed)),
    }
}

async fn gateway(State(inner): State<Arc<Inner>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| speak(socket, Rig(inner)))
}

async fn speak(mut socket: WebSocket, rig: Rig) {
    let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": 41_250}});
    if socket.send(Message::Text(hello.to_string().into())).await.is_err() {
        return;
    }
    let (send, mut events) = mpsc::unbounded_channel::<String>();
    loop {
        tokio::select! {
            Some(event) = events.recv() => {
                if socket.send(Message::Text(event.into())).await.is_err() {
                    return;
                }
            }
            received = socket.recv() => {
                let Some(Ok(message)) = received else { return };
                let Ok(text) = message.into_text() else { continue };
                let said: Value = serde_json::from_str(&text).unwrap_or_default();
                match said["op"].as_u64() {
                    Some(1) => {
                        let ack = json!({"op": 11, "s": null, "t": null, "d": null}).to_string();
                        if socket.send(Message::Text(ack.into())).await.is_err() {
                            return;
                        }
                    }
                    Some(2) => {
                        *rig.0.send.lock().unwrap() = Some(send.clone());
                        send.send(rig.event("READY", &welcome(&rig).to_string())).unwrap();
                        rig.0.ready.send_replace(true);
                    }
                    _ => {}
                }
            }
        }
    }
}

fn welcome(rig: &Rig) -> Value {
    json!({"v": 10, "user": {"id": APPLICATION, "username": "bench", "global_name": null, "discriminator": "0",
        "avatar": null, "bot": true, "verified": true, "mfa_enabled": true, "flags": 0, "email": null,
        "locale": "en-US", "public_flags": 0}, "guilds": [], "session_id": "one",
        "resume_gateway_url": rig.gateway(), "shard": [0, 1], "application": {"id": APPLICATION, "flags": 0},
        "private_channels": [], "presences": [], "relationships": [], "geo_ordered_rtc_regions": [],
        "session_type": "normal", "user_settings": {}, "_trace": []})
}
