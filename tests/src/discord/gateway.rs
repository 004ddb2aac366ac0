//! The gateway: hello, identify, resume, heartbeats, events and their replay, closing on demand.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Inner;
use super::state::{Order, Session, State};
use super::wire::Cutter;

/// Members, presences, message content: what Discord grants only on request.
const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | 1 << 15;

const UNKNOWN_OPCODE: u16 = 4001;
const DECODE_ERROR: u16 = 4002;
const NOT_AUTHENTICATED: u16 = 4003;
const AUTHENTICATION_FAILED: u16 = 4004;
const ALREADY_AUTHENTICATED: u16 = 4005;
const RATE_LIMITED: u16 = 4008;
const TIMED_OUT: u16 = 4009;
const DISALLOWED_INTENTS: u16 = 4014;

/// One connection as the double sees it.
struct Connection {
    socket: WebSocket,
    inner: Arc<Inner>,
    cutter: Cutter,
    orders: mpsc::UnboundedReceiver<Order>,
    link: mpsc::UnboundedSender<Order>,
    session: Option<String>,
    compress: bool,
    ignore_heartbeats: bool,
    received: Vec<Instant>,
}

/// Why a connection ends.
enum End {
    Close(u16),
    Gone,
}

/// Speaks with one client until either side ends it.
pub(crate) async fn serve(socket: WebSocket, inner: Arc<Inner>, cutter: Cutter) {
    let (link, orders) = mpsc::unbounded_channel();
    let mut connection = Connection {
        socket,
        inner,
        cutter,
        orders,
        link,
        session: None,
        compress: false,
        ignore_heartbeats: false,
        received: Vec::new(),
    };
    let Err(end) = connection.run().await;
    if let End::Close(code) = end {
        let frame = CloseFrame { code, reason: "".into() };
        // The client may have gone first.
        let _ = connection.socket.send(Frame::Close(Some(frame))).await;
    }
    connection.unlink();
}

impl Connection {
    async fn run(&mut self) -> Result<std::convert::Infallible, End> {
        let interval = self.inner.state().heartbeat_interval;
        let millis = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
        self.send(&json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": millis}})).await?;
        let mut deadline = tokio::time::Instant::now() + interval * 2;
        loop {
            tokio::select! {
                frame = self.socket.recv() => match frame {
                    Some(Ok(Frame::Text(text))) => {
                        deadline = tokio::time::Instant::now() + interval * 2;
                        self.receive(text.as_str()).await?;
                    }
                    Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => {}
                    Some(Ok(Frame::Binary(_))) => return Err(self.refuse(DECODE_ERROR, "a binary frame")),
                    Some(Ok(Frame::Close(_)) | Err(_)) | None => return Err(End::Gone),
                },
                Some(order) = self.orders.recv() => self.obey(order).await?,
                () = tokio::time::sleep_until(deadline) => return Err(End::Close(TIMED_OUT)),
            }
        }
    }

    async fn obey(&mut self, order: Order) -> Result<(), End> {
        match order {
            Order::Send(payload) => self.send(&payload).await,
            Order::Close(code) => Err(End::Close(code)),
            Order::IgnoreHeartbeats => {
                self.ignore_heartbeats = true;
                Ok(())
            }
            Order::Cut => {
                self.cutter.cut();
                Err(End::Gone)
            }
        }
    }

    async fn receive(&mut self, text: &str) -> Result<(), End> {
        let now = Instant::now();
        self.received.retain(|at| now.duration_since(*at) < Duration::from_secs(60));
        self.received.push(now);
        if self.received.len() > 120 {
            return Err(self.refuse(RATE_LIMITED, "more than 120 gateway sends in 60 s"));
        }
        if text.len() > 4096 {
            return Err(self.refuse(DECODE_ERROR, "a gateway payload of more than 4096 bytes"));
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return Err(self.refuse(DECODE_ERROR, "a gateway payload that is not JSON"));
        };
        match payload["op"].as_u64() {
            Some(1) => self.heartbeat().await,
            Some(2) => self.identify(&payload["d"]),
            Some(6) => self.resume(&payload["d"]).await,
            Some(3 | 4 | 8 | 31) if self.session.is_some() => Ok(()),
            Some(3 | 4 | 8 | 31) => Err(self.refuse(NOT_AUTHENTICATED, "a payload before identify")),
            _ => Err(self.refuse(UNKNOWN_OPCODE, "an unknown opcode")),
        }
    }

    async fn heartbeat(&mut self) -> Result<(), End> {
        self.inner.change(|state| state.heartbeats += 1);
        if self.ignore_heartbeats {
            return Ok(());
        }
        self.send(&json!({"op": 11, "s": null, "t": null, "d": null})).await
    }

    fn identify(&mut self, data: &Value) -> Result<(), End> {
        if self.session.is_some() {
            return Err(self.refuse(ALREADY_AUTHENTICATED, "identify twice on one connection"));
        }
        let mut state = self.inner.state();
        state.identifies.push(data.clone());
        state.wake();
        let token = data["token"].as_str().unwrap_or_default();
        if token.strip_prefix("Bot ").unwrap_or(token) != state.token {
            return Err(End::Close(AUTHENTICATION_FAILED));
        }
        let intents = data["intents"].as_u64().unwrap_or(0);
        if intents & PRIVILEGED != 0 {
            state.violate("intents", "identify", format!("privileged intents asked for: {intents:#b}"));
            return Err(End::Close(DISALLOWED_INTENTS));
        }
        for needed in ["properties", "intents", "token"] {
            if data[needed].is_null() {
                state.violate("identify", "identify", format!("no `{needed}`"));
            }
        }
        self.compress = data["compress"] == true;
        let id = format!("session-{}", state.mint());
        self.session = Some(id.clone());
        state.sessions.retain(|session| session.link.is_some());
        state.sessions.push(Session {
            id: id.clone(),
            intents,
            compress: self.compress,
            seq: 0,
            log: Vec::new(),
            link: Some(self.link.clone()),
        });
        greet(&mut state, &id, &data["shard"]);
        Ok(())
    }

    async fn resume(&mut self, data: &Value) -> Result<(), End> {
        let wanted = data["session_id"].as_str().unwrap_or_default().to_owned();
        let seq = data["seq"].as_u64().unwrap_or(0);
        let resumed = {
            let mut state = self.inner.state();
            let token = data["token"].as_str().unwrap_or_default();
            if token.strip_prefix("Bot ").unwrap_or(token) != state.token {
                return Err(End::Close(AUTHENTICATION_FAILED));
            }
            state.resumes += 1;
            let refused = state.refuse_sessions;
            let link = self.link.clone();
            let known = state.sessions.iter_mut().find(|session| session.id == wanted && !refused);
            let resumed = known.map(|session| {
                session.link = Some(link);
                self.compress = session.compress;
                for missed in session.log.iter().filter(|event| event["s"].as_u64() > Some(seq)) {
                    let _ = self.link.send(Order::Send(missed.clone()));
                }
                session.seq += 1;
                let done = json!({"op": 0, "s": session.seq, "t": "RESUMED", "d": {"_trace": []}});
                session.log.push(done.clone());
                let _ = self.link.send(Order::Send(done));
            });
            state.wake();
            resumed
        };
        match resumed {
            Some(()) => {
                self.session = Some(wanted);
                Ok(())
            }
            None => self.send(&json!({"op": 9, "s": null, "t": null, "d": false})).await,
        }
    }

    /// A breach of the gateway's rules: recorded, and answered by closing.
    fn refuse(&self, code: u16, what: &str) -> End {
        self.inner.change(|state| state.violate("gateway", "gateway", what));
        End::Close(code)
    }

    async fn send(&mut self, payload: &Value) -> Result<(), End> {
        let text = payload.to_string();
        let frame = if self.compress {
            let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
            zlib.write_all(text.as_bytes()).expect("a vector takes every byte");
            Frame::Binary(zlib.finish().expect("a vector takes every byte").into())
        } else {
            Frame::Text(text.into())
        };
        self.socket.send(frame).await.map_err(|_| End::Gone)
    }

    fn unlink(&self) {
        self.inner.change(|state| {
            for session in &mut state.sessions {
                if session.link.as_ref().is_some_and(|link| link.same_channel(&self.link)) {
                    session.link = None;
                }
            }
        });
    }
}

/// READY and one GUILD_CREATE per guild, for the newest session.
fn greet(state: &mut State, session: &str, shard: &Value) {
    let guilds: Vec<Value> =
        state.guilds.keys().map(|id| json!({"id": id.json(), "unavailable": true})).collect();
    let ready = json!({
        "v": 10, "user": state.bot.own_json(), "guilds": guilds, "session_id": session,
        "resume_gateway_url": format!("ws://{}", state.address),
        "shard": if shard.is_null() { json!([0, 1]) } else { shard.clone() },
        "application": {"id": state.bot.id.json(), "flags": 0}, "private_channels": [], "presences": [],
        "relationships": [], "geo_ordered_rtc_regions": [], "session_type": "normal",
        "user_settings": {}, "_trace": [],
    });
    let mut events = vec![("READY", ready)];
    events.extend(state.guilds.values().map(|guild| ("GUILD_CREATE", state.guild_create(guild))));
    let Some(new) = state.sessions.iter_mut().find(|known| known.id == session) else { return };
    for (name, data) in events {
        if name == "GUILD_CREATE" && new.intents & 1 == 0 {
            continue;
        }
        new.push(name, &data);
    }
    state.wake();
}
