//! The Discord double: a server of ours on loopback that speaks the parts of REST v10 and Gateway v10
//! which the bot uses, plays Discord's users, and remembers every rule the bot breaks.
//!
//! ```no_run
//! # async fn story() {
//! use attache_tests::discord::{Double, Fault, File, Interaction, Route, permissions};
//! use std::time::Duration;
//!
//! let discord = Double::start().await;
//! let guild = discord.guild("Trade desk");
//! let news = discord.channel(guild, "news");
//! let curator = discord.member(guild, "ada", permissions::MANAGE_GUILD);
//! // … start a bot with discord.api_url(), discord.gateway_url() and discord.token() …
//! discord.wait_until_ready(Duration::from_secs(20)).await;
//!
//! let answer = discord.slash(curator, news, "/tariffs status imposer:US").await;
//! assert!(answer.text().contains("10%") && !answer.ephemeral());
//!
//! let file = File::text("article.txt", "A government imposed a tariff.");
//! let ingest = Interaction::slash("admin ingest").attach("file", file);
//! discord.fail_next(Route::CreateMessage, Fault::DropAfter);
//! discord.run(curator, news, ingest).await;
//! discord.wait_for_posts(news, 1, Duration::from_secs(10)).await;
//! discord.assert_clean();
//! # }
//! ```
//!
//! **Where the bot connects.** `api_url()` is scheme, host and port: serenity's `proxy` puts
//! `/api/v10/…` behind it (its rate limiter has to be off). `gateway_url()` is for `client.ws_url`.
//!
//! **Answers.** [`Double::run`] waits until the user sees something: a message, the edit or follow-up
//! that ends "thinking", an update, choices or a modal. It panics if that does not come.
//!
//! **Rules.** A request that breaks a documented limit is refused as Discord refuses it and stands in
//! [`Double::violations`]; so do answers that come too late or twice, unknown routes, bodies the
//! published description does not allow, privileged intents and breaches of the gateway's rules.
//! [`Double::assert_clean`] fails on any. What a test has provoked itself, with
//! [`Double::fail_next`] or by taking a permission away, is no violation.
//!
//! **What is not there**: TLS, rate limits by real counting, more than one shard, voice, reactions,
//! webhooks of channels.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, State as Extract, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use tokio::net::TcpListener;

mod answers;
mod commands;
mod faults;
mod gateway;
mod interaction;
mod limits;
mod messages;
pub mod openapi;
mod rest;
mod routes;
mod state;
mod wire;
mod world;

pub use faults::Fault;
pub use interaction::{Answer, Input, Install, Interaction};
pub use limits::Violation;
pub use routes::Route;
pub use state::{Patience, Request};
pub use world::{
    Attachment, ChannelId, ChannelKind, File, GuildId, Message, MessageId, RoleId, UserId, permissions,
};

use state::{Order, State};
use wire::{Cutter, Wires};

/// The token the double takes unless a test says otherwise; three parts, as serenity wants it.
const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.double.only-valid-on-loopback";

pub(crate) struct Inner {
    state: Mutex<State>,
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        // A test that panicked while holding the lock has failed already; the others may go on.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Changes the state and wakes whoever waits.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state();
        let result = change(&mut state);
        state.wake();
        result
    }
}

/// The running double. Clones are the same double; the server ends with the test's runtime.
#[derive(Clone)]
pub struct Double {
    pub(crate) inner: Arc<Inner>,
}

/// Starting and addresses.
impl Double {
    /// Starts a double on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// If no port can be bound.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound listener has an address").to_string();
        let inner = Arc::new(Inner { state: Mutex::new(State::new(address, TOKEN.to_owned())) });
        let router = Router::new()
            .route("/", get(gateway_entrance))
            .route("/attachments/{id}/{name}", get(attachment))
            .fallback(rest::handle)
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&inner));
        let service = router.into_make_service_with_connect_info::<Cutter>();
        tokio::spawn(async move { axum::serve(Wires(listener), service).await });
        Self { inner }
    }

    /// `http://127.0.0.1:port`, for `discord.api_url`.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("http://{}", self.inner.state().address)
    }

    /// `ws://127.0.0.1:port`, for `discord.gateway_url`.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.inner.state().address)
    }

    /// The bot's token, without "Bot ".
    #[must_use]
    pub fn token(&self) -> String {
        self.inner.state().token.clone()
    }

    /// From now on only this token is right.
    pub fn change_token(&self, token: &str) {
        token.clone_into(&mut self.inner.state().token);
    }

    /// The bot's user id, which is its application id too.
    #[must_use]
    pub fn bot(&self) -> UserId {
        self.inner.state().bot.id
    }
}

/// Building the world. What is added while a bot is connected reaches it as an event.
impl Double {
    /// A guild the bot is in, with the permissions of its invite.
    #[must_use]
    pub fn guild(&self, name: &str) -> GuildId {
        self.inner.change(|state| state.add_guild(name))
    }

    /// The guild's language; "en-US" otherwise.
    pub fn set_guild_locale(&self, guild: GuildId, locale: &str) {
        self.inner.change(|state| {
            locale.clone_into(&mut state.guilds.get_mut(&guild).expect("a guild of this double").locale);
        });
    }

    /// The bot is thrown out: its guild, channels and guild commands are gone for it.
    pub fn remove_guild(&self, guild: GuildId) {
        self.inner.change(|state| {
            let (gone, kept) = std::mem::take(&mut state.channels)
                .into_iter()
                .partition(|(_, channel)| channel.guild == Some(guild));
            state.channels = kept;
            if let Some(home) = state.guilds.remove(&guild) {
                state.left.insert(guild, (home, gone));
            }
            state.guild_commands.remove(&guild);
            state.dispatch("GUILD_DELETE", &serde_json::json!({"id": guild.0.to_string()}));
        });
    }

    /// The bot is let in again where it was thrown out.
    pub fn invite_again(&self, guild: GuildId) {
        self.inner.change(|state| {
            let (home, channels) = state.left.remove(&guild).expect("a guild the bot was thrown out of");
            state.guilds.insert(guild, home.clone());
            state.channels.extend(channels);
            let json = state.guild_create(&home);
            state.dispatch("GUILD_CREATE", &json);
        });
    }

    /// A text channel.
    #[must_use]
    pub fn channel(&self, guild: GuildId, name: &str) -> ChannelId {
        self.channel_of(guild, name, ChannelKind::Text, None)
    }

    /// A channel of any kind; a thread has a parent.
    #[must_use]
    pub fn channel_of(
        &self,
        guild: GuildId,
        name: &str,
        kind: ChannelKind,
        parent: Option<ChannelId>,
    ) -> ChannelId {
        self.inner.change(|state| state.add_channel(guild, name, kind, parent))
    }

    /// Deletes a channel or thread with its messages.
    pub fn delete_channel(&self, id: ChannelId) {
        self.inner.change(|state| {
            let Some(channel) = state.channels.remove(&id) else { return };
            state.messages.retain(|_, message| message.channel != id);
            let event = if channel.kind == ChannelKind::Thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
            state.dispatch(event, &channel.json(state.bot.id));
        });
    }

    /// Archives a thread, as Discord does after days of silence.
    pub fn archive(&self, id: ChannelId) {
        self.inner.change(|state| {
            state.channels.get_mut(&id).expect("a thread of this double").archived = true;
        });
    }

    /// Locks a thread; only who may manage threads may wake it or write in it.
    pub fn lock(&self, id: ChannelId) {
        self.inner.change(|state| {
            state.channels.get_mut(&id).expect("a thread of this double").locked = true;
        });
    }

    /// The threads of a channel, posts of a forum among them, oldest first, with their names.
    #[must_use]
    pub fn threads(&self, parent: ChannelId) -> Vec<(ChannelId, String)> {
        let state = self.inner.state();
        let own = state.channels.values().filter(|channel| channel.parent == Some(parent));
        own.filter(|channel| channel.kind == ChannelKind::Thread)
            .map(|channel| (channel.id, channel.name.clone()))
            .collect()
    }

    /// What the bot may do in a channel from now on: bits of [`permissions`].
    pub fn set_bot_permissions(&self, id: ChannelId, allowed: u64) {
        self.inner.change(|state| {
            let bot = state.bot.id;
            let channel = state.channels.get_mut(&id).expect("a channel of this double");
            channel.bot_permissions = Some(allowed);
            let json = channel.json(bot);
            state.dispatch("CHANNEL_UPDATE", &json);
        });
    }

    /// A role of a guild, without members.
    #[must_use]
    pub fn role(&self, guild: GuildId, name: &str, allowed: u64) -> RoleId {
        self.inner.change(|state| {
            let id = RoleId(state.mint());
            let role = world::Role { id, name: name.to_owned(), permissions: allowed };
            let home = state.guilds.get_mut(&guild).expect("a guild of this double");
            let json = role.json(home.roles.len());
            home.roles.push(role);
            let event = serde_json::json!({"guild_id": guild.0.to_string(), "role": json});
            state.dispatch("GUILD_ROLE_CREATE", &event);
            id
        })
    }

    /// From now on a message that mentions this role is as it should be.
    pub fn expect_mentions_of(&self, role: RoleId) {
        self.inner.change(|state| state.mentionable.push(role));
    }

    /// A user who is in no guild.
    #[must_use]
    pub fn user(&self, name: &str) -> UserId {
        self.inner.change(|state| state.add_user(name))
    }

    /// A user's language; "en-US" otherwise.
    pub fn set_locale(&self, user: UserId, locale: &str) {
        self.inner.change(|state| {
            locale.clone_into(&mut state.users.get_mut(&user).expect("a user of this double").locale);
        });
    }

    /// Puts a user into a guild, with these roles and no others.
    pub fn join(&self, guild: GuildId, user: UserId, roles: &[RoleId]) {
        self.inner.change(|state| {
            let home = state.guilds.get_mut(&guild).expect("a guild of this double");
            home.members.insert(user, roles.to_vec());
        });
    }

    /// A new user in a guild who may do this beyond what everyone may.
    #[must_use]
    pub fn member(&self, guild: GuildId, name: &str, allowed: u64) -> UserId {
        let user = self.user(name);
        let role = self.role(guild, name, allowed);
        self.join(guild, user, &[role]);
        user
    }

    /// The direct-message channel of the bot and a user.
    #[must_use]
    pub fn dm(&self, user: UserId) -> ChannelId {
        self.inner.change(|state| state.dm(user)).expect("a user of this double")
    }

    /// A message written by a user, for message commands to act on.
    #[must_use]
    pub fn write_message(&self, user: UserId, channel: ChannelId, content: &str) -> MessageId {
        self.write_message_with(user, channel, content, Vec::new())
    }

    /// A message with files, written by a user.
    #[must_use]
    pub fn write_message_with(
        &self,
        user: UserId,
        channel: ChannelId,
        content: &str,
        files: Vec<File>,
    ) -> MessageId {
        self.inner.change(|state| {
            let mut message = messages::blank(state, channel, user);
            content.clone_into(&mut message.content);
            message.attachments = files.into_iter().map(|file| state.store_file(file)).collect();
            let id = message.id;
            state.messages.insert(id, message);
            id
        })
    }
}

/// Acting as a user.
impl Double {
    /// Sends an interaction and waits until the user sees an answer.
    ///
    /// # Panics
    /// As [`Double::send`], or if no answer comes within the interaction's patience.
    pub async fn run(&self, user: UserId, channel: ChannelId, interaction: Interaction) -> Answer {
        let id = self.send(user, channel, &interaction);
        self.answer(id, interaction.patience()).await
    }

    /// Waits for the answer to an interaction that was sent.
    ///
    /// # Panics
    /// If it does not come in time.
    pub async fn answer(&self, id: u64, patience: Duration) -> Answer {
        match self.wait_for(patience, |state| interaction::visible(state, id)).await {
            Some(answer) => answer,
            None => panic!("no answer within {patience:?}; {}", self.report()),
        }
    }

    /// Runs a slash command as typed: `/tariffs status imposer:US`.
    ///
    /// # Panics
    /// As [`Double::run`].
    pub async fn slash(&self, user: UserId, channel: ChannelId, line: &str) -> Answer {
        let interaction = {
            let state = self.inner.state();
            let guild = state.channels.get(&channel).and_then(|channel| channel.guild);
            interaction::read_line(&state, guild, line)
        };
        self.run(user, channel, interaction).await
    }

    /// The choices offered while a user types into an option.
    ///
    /// # Panics
    /// As [`Double::run`].
    pub async fn autocomplete(
        &self,
        user: UserId,
        channel: ChannelId,
        command: &str,
        option: &str,
        so_far: &str,
    ) -> Vec<String> {
        self.run(user, channel, Interaction::typing(command, option, so_far)).await.values()
    }

    /// Presses a button under a message.
    ///
    /// # Panics
    /// As [`Double::run`].
    pub async fn press_button(&self, user: UserId, message: MessageId, custom_id: &str) -> Answer {
        self.run(user, self.place_of(message), Interaction::press(message, custom_id)).await
    }

    /// Chooses values in a select under a message.
    ///
    /// # Panics
    /// As [`Double::run`].
    pub async fn select(&self, user: UserId, message: MessageId, custom_id: &str, values: &[&str]) -> Answer {
        self.run(user, self.place_of(message), Interaction::select(message, custom_id, values)).await
    }

    /// Sends off a modal.
    ///
    /// # Panics
    /// As [`Double::run`].
    pub async fn modal_submit(
        &self,
        user: UserId,
        channel: ChannelId,
        custom_id: &str,
        values: &[(&str, &str)],
    ) -> Answer {
        self.run(user, channel, Interaction::submit(custom_id, values)).await
    }

    fn place_of(&self, message: MessageId) -> ChannelId {
        self.message(message).expect("a message of this double").channel
    }
}

/// Looking.
impl Double {
    /// What stands in a channel for all to see, oldest first: posts and answers, without "thinking".
    #[must_use]
    pub fn messages(&self, channel: ChannelId) -> Vec<Message> {
        shown(&self.inner.state(), channel)
    }

    /// What the bot posted in a channel of its own accord, oldest first: no answers to commands.
    #[must_use]
    pub fn posts(&self, channel: ChannelId) -> Vec<Message> {
        posted(&self.inner.state(), channel)
    }

    /// A message as it is now.
    #[must_use]
    pub fn message(&self, id: MessageId) -> Option<Message> {
        self.inner.state().messages.get(&id).cloned()
    }

    /// All messages that answer an interaction, as they are now: the first answer, then follow-ups.
    #[must_use]
    pub fn answers(&self, id: u64) -> Vec<Message> {
        let state = self.inner.state();
        let Some(issued) = state.interactions.get(&id) else { return Vec::new() };
        let all = issued.original.iter().chain(&issued.follow_ups);
        all.filter_map(|id| state.messages.get(id)).cloned().collect()
    }

    /// Every request so far, in the order they came.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.inner.state().requests.clone()
    }

    /// The requests on one route.
    #[must_use]
    pub fn requests_on(&self, route: Route) -> Vec<Request> {
        self.inner.state().requests.iter().filter(|it| it.route == route).cloned().collect()
    }

    /// The commands registered globally, as Discord gives them back.
    #[must_use]
    pub fn registered_commands(&self) -> Vec<Value> {
        self.inner.state().global_commands.clone()
    }

    /// How often commands were registered so far, globally or for a guild.
    #[must_use]
    pub fn registrations(&self) -> usize {
        self.inner.state().registrations
    }

    /// The commands registered for one guild.
    #[must_use]
    pub fn guild_commands(&self, guild: GuildId) -> Vec<Value> {
        self.inner.state().guild_commands.get(&guild).cloned().unwrap_or_default()
    }

    /// The data of every identify so far, token included.
    #[must_use]
    pub fn identifies(&self) -> Vec<Value> {
        self.inner.state().identifies.clone()
    }

    /// The intents of the newest identify; privileged ones are a violation in any case.
    #[must_use]
    pub fn intents(&self) -> Option<u64> {
        self.inner.state().identifies.last().and_then(|data| data["intents"].as_u64())
    }

    /// How many resumes were tried.
    #[must_use]
    pub fn resumes(&self) -> usize {
        self.inner.state().resumes
    }

    /// How many heartbeats came.
    #[must_use]
    pub fn heartbeats(&self) -> usize {
        self.inner.state().heartbeats
    }

    /// Whether a bot is connected and identified.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.inner.state().connected()
    }

    /// Every broken rule so far.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        self.inner.state().violations.clone()
    }

    /// Every broken rule so far, which are then forgotten: for tests that break them on purpose.
    #[must_use]
    pub fn take_violations(&self) -> Vec<Violation> {
        std::mem::take(&mut self.inner.state().violations)
    }

    /// The messages sent without `allowed_mentions: {"parse": []}`: each could have pinged somebody.
    #[must_use]
    pub fn mentions_left_on(&self) -> Vec<String> {
        self.inner.state().mentions_on.clone()
    }

    /// Fails if any rule was broken or any message could ping.
    ///
    /// # Panics
    /// With the list of what was broken.
    #[track_caller]
    pub fn assert_clean(&self) {
        let mut broken: Vec<String> = self.violations().iter().map(Violation::to_string).collect();
        broken.extend(self.mentions_left_on());
        assert!(broken.is_empty(), "the bot broke Discord's rules or ours:\n  {}", broken.join("\n  "));
    }

    fn report(&self) -> String {
        let state = self.inner.state();
        let recent: Vec<String> = state
            .requests
            .iter()
            .rev()
            .take(8)
            .map(|request| format!("{} {} → {}", request.method, request.path, request.status))
            .collect();
        format!(
            "connected: {}; newest requests: {recent:#?}; violations: {:#?}",
            state.connected(),
            state.violations
        )
    }
}

/// Waiting, always with a limit on the real clock.
impl Double {
    /// Waits until a bot is connected and has registered commands.
    ///
    /// # Panics
    /// If that does not happen in time.
    pub async fn wait_until_ready(&self, limit: Duration) {
        let ready = |state: &State| {
            let registered = !state.global_commands.is_empty() || !state.guild_commands.is_empty();
            (state.connected() && registered).then_some(())
        };
        if self.wait_for(limit, ready).await.is_none() {
            panic!("no bot was ready within {limit:?}; {}", self.report());
        }
    }

    /// Waits until commands were registered more often than `before` and a bot is connected: a bot that
    /// is started again, while what is known of the one before it still stands.
    ///
    /// # Panics
    /// If that does not happen in time.
    pub async fn wait_until_ready_again(&self, before: usize, limit: Duration) {
        let ready = |state: &State| (state.connected() && state.registrations > before).then_some(());
        if self.wait_for(limit, ready).await.is_none() {
            panic!("no bot was ready within {limit:?}; {}", self.report());
        }
    }

    /// Waits until a bot is connected, whether or not it has registered commands.
    ///
    /// # Panics
    /// If that does not happen in time.
    pub async fn wait_until_connected(&self, limit: Duration) {
        if self.wait_for(limit, |state| state.connected().then_some(())).await.is_none() {
            panic!("no bot connected within {limit:?}; {}", self.report());
        }
    }

    /// Waits until `count` messages stand in a channel and gives them all.
    ///
    /// # Panics
    /// If there are fewer in the end.
    pub async fn wait_for_message(&self, channel: ChannelId, count: usize, limit: Duration) -> Vec<Message> {
        self.wait_for_count(count, limit, move |state| shown(state, channel)).await
    }

    /// Waits until the bot has posted `count` messages in a channel and gives them all.
    ///
    /// # Panics
    /// If there are fewer in the end.
    pub async fn wait_for_posts(&self, channel: ChannelId, count: usize, limit: Duration) -> Vec<Message> {
        self.wait_for_count(count, limit, move |state| posted(state, channel)).await
    }

    /// Waits until `count` requests have come in on a route, answered or not, and gives them all.
    ///
    /// # Panics
    /// If there are fewer in the end.
    pub async fn wait_for_requests(&self, route: Route, count: usize, limit: Duration) -> Vec<Request> {
        let found = move |state: &State| -> Vec<Request> {
            state.requests.iter().filter(|request| request.route == route).cloned().collect()
        };
        self.wait_for_count(count, limit, found).await
    }

    async fn wait_for_count<T>(
        &self,
        count: usize,
        limit: Duration,
        find: impl Fn(&State) -> Vec<T>,
    ) -> Vec<T> {
        let enough = |state: &State| Some(find(state)).filter(|found| found.len() >= count);
        match self.wait_for(limit, enough).await {
            Some(found) => found,
            None => {
                let found = find(&self.inner.state()).len();
                panic!("{found} of {count} within {limit:?}; {}", self.report())
            }
        }
    }

    async fn wait_for<T>(&self, limit: Duration, find: impl Fn(&State) -> Option<T>) -> Option<T> {
        let mut changes = self.inner.state().watch();
        let search = async {
            loop {
                if let Some(found) = find(&self.inner.state()) {
                    return found;
                }
                // The sender lives in the state, which lives as long as this double.
                let _ = changes.changed().await;
            }
        };
        tokio::time::timeout(limit, search).await.ok()
    }
}

/// Making things go wrong.
impl Double {
    /// The next request on this route meets this fault.
    pub fn fail_next(&self, route: Route, fault: Fault) {
        self.fail_times(route, 1, fault);
    }

    /// The next `times` requests on this route meet this fault. Faults queue up in order.
    pub fn fail_times(&self, route: Route, times: u64, fault: Fault) {
        self.inner.state().faults.add(route, times, fault);
    }

    /// Forgets the faults that have not struck yet.
    pub fn clear_faults(&self) {
        self.inner.state().faults.clear();
    }

    /// How many kinds of fault have not struck in full.
    #[must_use]
    pub fn faults_pending(&self) -> usize {
        self.inner.state().faults.pending()
    }

    /// Asks the bot to reconnect (op 7), as Discord does every few hours.
    pub fn ask_to_reconnect(&self) {
        self.tell(serde_json::json!({"op": 7, "s": null, "t": null, "d": null}));
    }

    /// Declares the session invalid (op 9). A session that is not resumable is forgotten.
    pub fn invalidate_session(&self, resumable: bool) {
        self.tell(serde_json::json!({"op": 9, "s": null, "t": null, "d": resumable}));
        if !resumable {
            self.inner.change(|state| state.refuse_sessions = true);
        }
    }

    /// Whether resumes are refused with an invalid session.
    pub fn refuse_resumes(&self, refuse: bool) {
        self.inner.change(|state| state.refuse_sessions = refuse);
    }

    /// Asks for a heartbeat at once (op 1).
    pub fn ask_for_heartbeat(&self) {
        self.tell(serde_json::json!({"op": 1, "s": null, "t": null, "d": null}));
    }

    /// Closes the gateway connection with this code.
    pub fn close_gateway(&self, code: u16) {
        self.inner.change(|state| state.order(&Order::Close(code)));
    }

    /// Breaks the gateway connection without a word.
    pub fn cut_gateway(&self) {
        self.inner.change(|state| state.order(&Order::Cut));
    }

    /// Stops answering heartbeats on the present connection: a dead line that looks alive.
    pub fn ignore_heartbeats(&self) {
        self.inner.change(|state| state.order(&Order::IgnoreHeartbeats));
    }

    /// The heartbeat interval told to connections from now on; 41.25 s otherwise.
    pub fn set_heartbeat_interval(&self, interval: Duration) {
        self.inner.change(|state| state.heartbeat_interval = interval);
    }

    /// How many shards are recommended to a bot that asks; one otherwise. Events go to all of them.
    pub fn recommend_shards(&self, shards: u64) {
        self.inner.change(|state| state.shards = shards);
    }

    /// How long Discord waits for answers; 3 s and 15 min otherwise.
    pub fn set_patience(&self, patience: Patience) {
        self.inner.change(|state| state.patience = patience);
    }

    /// Puts the double's clock forward: interaction tokens age at once.
    pub fn advance(&self, time: Duration) {
        self.inner.change(|state| state.skew += time);
    }

    /// Forgets the nonces of earlier messages, as Discord does after some minutes.
    pub fn forget_nonces(&self) {
        self.inner.change(|state| state.nonces.clear());
    }

    /// Sends any event to the bot.
    pub fn dispatch(&self, name: &str, data: &Value) {
        self.inner.change(|state| state.dispatch(name, data));
    }

    fn tell(&self, payload: Value) {
        self.inner.change(|state| state.order(&Order::Send(payload)));
    }
}

fn shown(state: &State, channel: ChannelId) -> Vec<Message> {
    let loading = 128;
    let visible = |message: &&Message| {
        message.channel == channel && !message.ephemeral() && message.flags & loading == 0
    };
    state.messages.values().filter(visible).cloned().collect()
}

fn posted(state: &State, channel: ChannelId) -> Vec<Message> {
    let mut posts = shown(state, channel);
    posts.retain(|message| message.interaction.is_none() && message.author == state.bot.id);
    posts
}

async fn gateway_entrance(
    Extract(inner): Extract<Arc<Inner>>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| gateway::serve(socket, inner, cutter))
}

async fn attachment(Extract(inner): Extract<Arc<Inner>>, Path((id, name)): Path<(u64, String)>) -> Response {
    let mut state = inner.state();
    let request = Request {
        route: Route::Attachment,
        method: "GET".to_owned(),
        path: format!("/attachments/{id}/{name}"),
        body: Value::Null,
        files: Vec::new(),
        authorization: None,
        status: 200,
        at: std::time::Instant::now(),
    };
    state.requests.push(request);
    let fault = state.faults.take(Route::Attachment);
    state.wake();
    let refused = fault.and_then(|fault| fault.refusal()).map(|refusal| refusal.status);
    if let Some(status) = refused {
        return StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY).into_response();
    }
    match state.files.get(&id) {
        Some(found) => {
            let kind = found.file.content_type.clone();
            ([("content-type", kind)], found.file.bytes.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
