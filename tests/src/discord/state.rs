//! All that the double remembers, behind one lock.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use super::faults::Faults;
use super::limits::Violation;
use super::routes::Route;
use super::world::{
    Attachment, Channel, ChannelId, ChannelKind, File, Guild, GuildId, Message, MessageId, Role, RoleId,
    User, UserId, permissions,
};

/// A request as it came in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Request {
    /// What was asked.
    pub route: Route,
    /// The HTTP method.
    pub method: String,
    /// The path after `/api/v10`, interaction tokens included.
    pub path: String,
    /// The JSON body (`payload_json` of a multipart body); `Null` if there was none.
    pub body: Value,
    /// The files of a multipart body.
    pub files: Vec<File>,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The status it was answered with; 0 while unanswered, or if the connection was cut.
    pub status: u16,
    /// When it came in.
    pub at: Instant,
}

/// What the double does to a gateway connection.
#[derive(Clone, Debug)]
pub(crate) enum Order {
    Send(Value),
    Close(u16),
    Cut,
    IgnoreHeartbeats,
}

/// A gateway session, which outlives its connections.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: u64,
    pub(crate) compress: bool,
    pub(crate) seq: u64,
    pub(crate) log: Vec<Value>,
    pub(crate) link: Option<mpsc::UnboundedSender<Order>>,
}

impl Session {
    /// Numbers an event, keeps it for a resume and sends it if the session is connected.
    pub(crate) fn push(&mut self, name: &str, data: &Value) {
        self.seq += 1;
        let payload = json!({"op": 0, "s": self.seq, "t": name, "d": data});
        self.log.push(payload.clone());
        if let Some(link) = &self.link {
            // A closed link is a dropped connection: the log keeps the event for the resume.
            let _ = link.send(Order::Send(payload));
        }
    }
}

/// One interaction sent to the bot, and how far its answer has come.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) id: u64,
    /// Who acted.
    pub(crate) user: UserId,
    pub(crate) token: String,
    pub(crate) kind: u8,
    pub(crate) issued: Instant,
    pub(crate) channel: ChannelId,
    /// Installed for the user only, where the bot has five follow-ups and no channel of its own.
    pub(crate) user_only: bool,
    /// The message whose component was used.
    pub(crate) source: Option<MessageId>,
    /// The callback's type, once there was one.
    pub(crate) answered: Option<u64>,
    /// A deferred answer that still shows "thinking".
    pub(crate) thinking: bool,
    pub(crate) original: Option<MessageId>,
    pub(crate) follow_ups: Vec<MessageId>,
    pub(crate) choices: Option<Vec<Value>>,
    pub(crate) modal: Option<Value>,
}

/// How long Discord waits; see [`Double::set_patience`](super::Double::set_patience).
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// From the interaction to its first answer.
    pub first_answer: Duration,
    /// From the interaction to the end of its token.
    pub token: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { first_answer: Duration::from_secs(3), token: Duration::from_secs(15 * 60) }
    }
}

pub(crate) struct State {
    pub(crate) address: String,
    pub(crate) token: String,
    pub(crate) bot: User,
    pub(crate) users: BTreeMap<UserId, User>,
    pub(crate) guilds: BTreeMap<GuildId, Guild>,
    pub(crate) channels: BTreeMap<ChannelId, Channel>,
    /// Guilds the bot was thrown out of, with their channels.
    pub(crate) left: BTreeMap<GuildId, (Guild, BTreeMap<ChannelId, Channel>)>,
    pub(crate) messages: BTreeMap<MessageId, Message>,
    pub(crate) nonces: HashMap<(ChannelId, String), MessageId>,
    pub(crate) files: BTreeMap<u64, Attachment>,
    pub(crate) global_commands: Vec<Value>,
    pub(crate) guild_commands: BTreeMap<GuildId, Vec<Value>>,
    /// How often commands were registered, here or there.
    pub(crate) registrations: usize,
    pub(crate) interactions: BTreeMap<u64, Issued>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) identifies: Vec<Value>,
    pub(crate) shards: u64,
    pub(crate) resumes: usize,
    pub(crate) heartbeats: usize,
    pub(crate) heartbeat_interval: Duration,
    pub(crate) refuse_sessions: bool,
    pub(crate) requests: Vec<Request>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) mentions_on: Vec<String>,
    /// Roles that messages may mention.
    pub(crate) mentionable: Vec<RoleId>,
    pub(crate) faults: Faults,
    pub(crate) patience: Patience,
    pub(crate) skew: Duration,
    minted: u64,
    changed: watch::Sender<u64>,
}

impl State {
    pub(crate) fn new(address: String, token: String) -> Self {
        let bot = User {
            id: UserId(1_100_000_000_000_000_001),
            name: "attache".to_owned(),
            bot: true,
            locale: "en-US".to_owned(),
        };
        Self {
            address,
            token,
            users: BTreeMap::from([(bot.id, bot.clone())]),
            bot,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            left: BTreeMap::new(),
            messages: BTreeMap::new(),
            nonces: HashMap::new(),
            files: BTreeMap::new(),
            global_commands: Vec::new(),
            guild_commands: BTreeMap::new(),
            registrations: 0,
            interactions: BTreeMap::new(),
            sessions: Vec::new(),
            identifies: Vec::new(),
            shards: 1,
            resumes: 0,
            heartbeats: 0,
            heartbeat_interval: Duration::from_millis(41_250),
            refuse_sessions: false,
            requests: Vec::new(),
            violations: Vec::new(),
            mentions_on: Vec::new(),
            mentionable: Vec::new(),
            faults: Faults::default(),
            patience: Patience::default(),
            skew: Duration::ZERO,
            minted: 0,
            changed: watch::Sender::new(0),
        }
    }

    /// A fresh snowflake: larger than all before it, and dated now.
    pub(crate) fn mint(&mut self) -> u64 {
        let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
        let since_2015 = u64::try_from(unix).unwrap_or_default().saturating_sub(1_420_070_400_000);
        self.minted = (since_2015 << 22).max(self.minted + 1);
        self.minted
    }

    /// The double's clock: the real one, put forward by what a test has asked for.
    pub(crate) fn now(&self) -> Instant {
        Instant::now() + self.skew
    }

    /// The moment on the double's clock, RFC 3339 in UTC.
    pub(crate) fn timestamp(&self) -> String {
        let now = jiff::Timestamp::now() + jiff::SignedDuration::try_from(self.skew).unwrap_or_default();
        format!("{now:.6}")
    }

    /// Wakes whoever waits for something to happen.
    pub(crate) fn wake(&self) {
        self.changed.send_modify(|version| *version += 1);
    }

    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub(crate) fn violate(&mut self, rule: &str, place: &str, detail: impl Into<String>) {
        self.violations.push(Violation {
            rule: rule.to_owned(),
            place: place.to_owned(),
            detail: detail.into(),
        });
    }

    /// Sends an event to every session, connected or not: a resume replays it.
    pub(crate) fn dispatch(&mut self, name: &str, data: &Value) {
        let of_guilds = ["GUILD_", "CHANNEL_", "THREAD_"].iter().any(|prefix| name.starts_with(prefix));
        for session in self.sessions.iter_mut().filter(|it| !of_guilds || it.intents & 1 != 0) {
            session.push(name, data);
        }
    }

    pub(crate) fn order(&self, order: &Order) {
        for link in self.sessions.iter().filter_map(|session| session.link.as_ref()) {
            let _ = link.send(order.clone());
        }
    }

    pub(crate) fn connected(&self) -> bool {
        self.sessions.iter().any(|session| session.link.is_some())
    }

    /// Whether a bot gets what is sent now: at once, or when it resumes a session whose socket is gone.
    pub(crate) fn reachable(&self) -> bool {
        !self.sessions.is_empty()
    }

    /// What the bot may do in a channel.
    pub(crate) fn bot_permissions(&self, channel: &Channel) -> u64 {
        let Some(guild) = channel.guild else { return permissions::INVITE };
        let parent = channel.parent.and_then(|id| self.channels.get(&id)).and_then(|it| it.bot_permissions);
        let by_roles = self.guilds.get(&guild).map_or(0, |guild| guild.permissions_of(self.bot.id));
        channel.bot_permissions.or(parent).unwrap_or(by_roles)
    }

    pub(crate) fn guild_create(&self, guild: &Guild) -> Value {
        let mut json = guild.json();
        let of_guild = |thread: bool| -> Vec<Value> {
            self.channels
                .values()
                .filter(|channel| channel.guild == Some(guild.id))
                .filter(|channel| (channel.kind == ChannelKind::Thread) == thread)
                .map(|channel| channel.json(self.bot.id))
                .collect()
        };
        let members: Vec<Value> = guild
            .members
            .keys()
            .filter_map(|id| self.users.get(id))
            .map(|user| guild.member_json(user))
            .collect();
        let extra = json!({
            "joined_at": "2025-01-02T03:04:05.000000+00:00", "large": false, "unavailable": false,
            "member_count": members.len(), "voice_states": [], "members": members,
            "channels": of_guild(false), "threads": of_guild(true), "presences": [],
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        });
        if let (Some(json), Value::Object(extra)) = (json.as_object_mut(), extra) {
            json.extend(extra);
        }
        json
    }

    pub(crate) fn add_guild(&mut self, name: &str) -> GuildId {
        let owner = self.add_user("owner");
        let id = GuildId(self.mint());
        let bot_role =
            Role { id: RoleId(self.mint()), name: self.bot.name.clone(), permissions: permissions::INVITE };
        let everyone =
            Role { id: RoleId(id.0), name: "@everyone".to_owned(), permissions: permissions::EVERYONE };
        let members = BTreeMap::from([(owner, vec![]), (self.bot.id, vec![bot_role.id])]);
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            locale: "en-US".to_owned(),
            roles: vec![everyone, bot_role],
            members,
        };
        self.guilds.insert(id, guild.clone());
        self.dispatch("GUILD_CREATE", &self.guild_create(&guild));
        id
    }

    pub(crate) fn add_user(&mut self, name: &str) -> UserId {
        let id = UserId(self.mint());
        let user = User { id, name: name.to_owned(), bot: false, locale: "en-US".to_owned() };
        self.users.insert(id, user);
        id
    }

    pub(crate) fn add_channel(
        &mut self,
        guild: GuildId,
        name: &str,
        kind: ChannelKind,
        parent: Option<ChannelId>,
    ) -> ChannelId {
        let id = ChannelId(self.mint());
        let channel = Channel {
            id,
            guild: Some(guild),
            name: name.to_owned(),
            kind,
            parent,
            recipient: None,
            archived: false,
            locked: false,
            bot_permissions: None,
        };
        let event = if kind == ChannelKind::Thread { "THREAD_CREATE" } else { "CHANNEL_CREATE" };
        self.dispatch(event, &channel.json(self.bot.id));
        self.channels.insert(id, channel);
        id
    }

    /// A thread with the id of the message it hangs on.
    pub(crate) fn add_thread(&mut self, message: MessageId, parent: &Channel, name: &str) -> ChannelId {
        let id = ChannelId(message.0);
        let channel = Channel {
            id,
            guild: parent.guild,
            name: name.to_owned(),
            kind: ChannelKind::Thread,
            parent: Some(parent.id),
            recipient: None,
            archived: false,
            locked: false,
            bot_permissions: None,
        };
        self.dispatch("THREAD_CREATE", &channel.json(self.bot.id));
        self.channels.insert(id, channel);
        id
    }

    /// The direct-message channel with a user, opened if it is not yet.
    pub(crate) fn dm(&mut self, user: UserId) -> Option<ChannelId> {
        let known = self.channels.values().find(|it| it.recipient.as_ref().is_some_and(|who| who.id == user));
        if let Some(channel) = known {
            return Some(channel.id);
        }
        let recipient = self.users.get(&user)?.clone();
        let id = ChannelId(self.mint());
        let channel = Channel {
            id,
            guild: None,
            name: String::new(),
            kind: ChannelKind::Dm,
            parent: None,
            recipient: Some(recipient),
            archived: false,
            locked: false,
            bot_permissions: None,
        };
        self.channels.insert(id, channel);
        Some(id)
    }

    pub(crate) fn store_file(&mut self, file: File) -> Attachment {
        let id = self.mint();
        let url = format!("http://{}/attachments/{id}/{}", self.address, file.name);
        let attachment = Attachment { id, file, url };
        self.files.insert(id, attachment.clone());
        attachment
    }

    pub(crate) fn message_json(&self, id: MessageId) -> Option<Value> {
        let message = self.messages.get(&id)?;
        let author = self.users.get(&message.author)?;
        let mut json = message.json(author);
        if message.interaction.is_some() {
            json["application_id"] = self.bot.id.json();
            json["webhook_id"] = self.bot.id.json();
        }
        Some(json)
    }

    /// Whether a user sees a message: an ephemeral one only if it answers that user.
    pub(crate) fn seen_by(&self, message: MessageId, user: UserId) -> bool {
        let Some(message) = self.messages.get(&message) else { return false };
        let asker = message.interaction.and_then(|id| self.interactions.get(&id)).map(|issued| issued.user);
        !message.ephemeral() || asker == Some(user)
    }

    pub(crate) fn issued_by_token(&mut self, token: &str) -> Option<&mut Issued> {
        self.interactions.values_mut().find(|issued| issued.token == token)
    }

    /// The commands a user sees in this guild (or, with `None`, outside of any).
    pub(crate) fn commands_in(&self, guild: Option<GuildId>) -> impl Iterator<Item = &Value> {
        let own = guild.and_then(|guild| self.guild_commands.get(&guild)).into_iter().flatten();
        own.chain(&self.global_commands)
    }
}
