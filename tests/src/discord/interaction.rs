//! What a user does, and what the user then sees.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::Double;
use super::state::{Issued, State};
use super::world::{ChannelId, ChannelKind, File, GuildId, Message, MessageId, RoleId, UserId, permissions};

const SLASH: u8 = 2;
const COMPONENT: u8 = 3;
const AUTOCOMPLETE: u8 = 4;
const SUBMITTED: u8 = 5;

/// How the bot comes to be where the interaction happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Install {
    /// A member of the guild; in a direct message, the bot's own one.
    #[default]
    Guild,
    /// Installed by the user only: in any guild or any private channel, the bot not being there.
    User,
}

/// The value of an option as a user gives it.
#[derive(Clone, Debug)]
pub enum Input {
    /// Text, as typed: turned into whatever type the registered option has.
    Text(String),
    /// A JSON value of the right type.
    Json(Value),
    /// A channel.
    Channel(ChannelId),
    /// A user.
    User(UserId),
    /// A role.
    Role(RoleId),
    /// A file.
    File(File),
}

impl From<&str> for Input {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Input {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Input {
    fn from(number: i64) -> Self {
        Self::Json(number.into())
    }
}

impl From<bool> for Input {
    fn from(value: bool) -> Self {
        Self::Json(value.into())
    }
}

impl From<ChannelId> for Input {
    fn from(id: ChannelId) -> Self {
        Self::Channel(id)
    }
}

impl From<UserId> for Input {
    fn from(id: UserId) -> Self {
        Self::User(id)
    }
}

impl From<RoleId> for Input {
    fn from(id: RoleId) -> Self {
        Self::Role(id)
    }
}

impl From<File> for Input {
    fn from(file: File) -> Self {
        Self::File(file)
    }
}

/// A slash command, a message command, a button, a select, a modal or a keystroke in an option.
///
/// Build it, then hand it to [`Double::run`] or [`Double::send`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Interaction {
    kind: u8,
    path: Vec<String>,
    options: Vec<(String, Input)>,
    focused: Option<(String, String)>,
    target: Option<MessageId>,
    custom_id: String,
    data: Value,
    locale: Option<String>,
    install: Install,
    unchecked: bool,
    patience: Duration,
}

impl Interaction {
    fn new(kind: u8) -> Self {
        Self {
            kind,
            path: Vec::new(),
            options: Vec::new(),
            focused: None,
            target: None,
            custom_id: String::new(),
            data: Value::Null,
            locale: None,
            install: Install::Guild,
            unchecked: false,
            patience: Duration::from_secs(10),
        }
    }

    /// A slash command by its full name: `"tariffs status"`, with or without the slash.
    pub fn slash(name: &str) -> Self {
        let path = name.trim_start_matches('/').split_whitespace().map(str::to_owned).collect();
        Self { path, ..Self::new(SLASH) }
    }

    /// A command of a message's context menu; names may hold blanks.
    pub fn message_command(name: &str, target: MessageId) -> Self {
        Self { path: vec![name.to_owned()], target: Some(target), ..Self::new(SLASH) }
    }

    /// A user typing into an option of a slash command.
    pub fn typing(command: &str, option: &str, so_far: &str) -> Self {
        let focused = Some((option.to_owned(), so_far.to_owned()));
        Self { kind: AUTOCOMPLETE, focused, ..Self::slash(command) }
    }

    /// A press of the button with this `custom_id`.
    pub fn press(message: MessageId, custom_id: &str) -> Self {
        Self { target: Some(message), custom_id: custom_id.to_owned(), ..Self::new(COMPONENT) }
    }

    /// A choice of values in the select with this `custom_id`.
    pub fn select(message: MessageId, custom_id: &str, values: &[&str]) -> Self {
        Self { data: json!(values), ..Self::press(message, custom_id) }
    }

    /// A modal sent off, with the values of its inputs by their `custom_id`.
    pub fn submit(custom_id: &str, values: &[(&str, &str)]) -> Self {
        let rows: Vec<Value> = values
            .iter()
            .map(|(id, value)| {
                json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]})
            })
            .collect();
        Self { data: rows.into(), custom_id: custom_id.to_owned(), ..Self::new(SUBMITTED) }
    }

    /// One more word of the command's name: a group or a sub-command.
    pub fn subcommand(mut self, name: &str) -> Self {
        self.path.push(name.to_owned());
        self
    }

    /// An option and its value.
    pub fn option(mut self, name: &str, value: impl Into<Input>) -> Self {
        self.options.push((name.to_owned(), value.into()));
        self
    }

    /// An option that takes a file.
    pub fn attach(self, name: &str, file: File) -> Self {
        self.option(name, file)
    }

    /// The message a modal came from.
    pub fn from_message(mut self, message: MessageId) -> Self {
        self.target = Some(message);
        self
    }

    /// The user's language; "en-US" otherwise.
    pub fn locale(mut self, locale: &str) -> Self {
        self.locale = Some(locale.to_owned());
        self
    }

    /// By way of an installation for the user only.
    pub fn user_installed(mut self) -> Self {
        self.install = Install::User;
        self
    }

    /// As no client of Discord's would send it: options and their values are not checked against the
    /// registered command.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// How long to wait for the answer, on the real clock; 10 s otherwise.
    pub fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }
}

/// What a user sees after an interaction.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The interaction.
    pub id: u64,
    /// The callback's type: 4 message, 5 deferred message, 6 deferred update, 7 update, 8 choices,
    /// 9 modal.
    pub callback: u64,
    /// The message that answers, as it was when it became visible; `None` for choices and modals,
    /// or if it was deleted.
    pub message: Option<Message>,
    /// The choices of an autocomplete.
    pub choices: Vec<Value>,
    /// The modal.
    pub modal: Option<Value>,
}

impl Answer {
    /// Whether only the user who asked sees it.
    #[must_use]
    pub fn ephemeral(&self) -> bool {
        self.message.as_ref().is_some_and(Message::ephemeral)
    }

    /// Whether the bot first showed "thinking".
    #[must_use]
    pub fn deferred(&self) -> bool {
        matches!(self.callback, 5 | 6)
    }

    /// The message that answers.
    ///
    /// # Panics
    /// If the answer is no message.
    #[must_use]
    #[track_caller]
    pub fn message(&self) -> &Message {
        self.message.as_ref().unwrap_or_else(|| panic!("the answer is no message: {self:?}"))
    }

    /// Everything a reader sees; empty if the answer is no message.
    #[must_use]
    pub fn text(&self) -> String {
        self.message.as_ref().map(Message::text).unwrap_or_default()
    }

    /// The values of an autocomplete's choices, as text.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.choices.iter().map(|choice| text(&choice["value"])).collect()
    }
}

/// The state of an answer, once the user sees one.
pub(crate) fn visible(state: &State, id: u64) -> Option<Answer> {
    let issued = state.interactions.get(&id)?;
    let callback = issued.answered.filter(|_| !issued.thinking)?;
    let shown = issued.original.filter(|_| callback != 6 || issued.follow_ups.is_empty());
    let shown = shown.or(issued.follow_ups.first().copied());
    Some(Answer {
        id,
        callback,
        message: shown.and_then(|id| state.messages.get(&id)).cloned(),
        choices: issued.choices.clone().unwrap_or_default(),
        modal: issued.modal.clone(),
    })
}

impl Double {
    /// Sends an interaction to the bot and gives its id; does not wait for an answer.
    ///
    /// # Panics
    /// If the bot is not connected, or if Discord's client would not let the user send this: the
    /// command is not registered there, an option is unknown, missing or of the wrong type, the
    /// control is not on the message.
    #[track_caller]
    pub fn send(&self, user: UserId, channel: ChannelId, interaction: &Interaction) -> u64 {
        let mut state = self.inner.state();
        assert!(state.reachable(), "no bot is connected: use `wait_until_ready` first");
        match build(&mut state, user, channel, interaction) {
            Ok((issued, payload)) => {
                let id = issued.id;
                state.interactions.insert(id, issued);
                state.dispatch("INTERACTION_CREATE", &payload);
                id
            }
            Err(why) => {
                drop(state);
                panic!("Discord's client would refuse {interaction:?}: {why}")
            }
        }
    }
}

fn build(
    state: &mut State,
    user: UserId,
    channel: ChannelId,
    wanted: &Interaction,
) -> Result<(Issued, Value), String> {
    let place = state.channels.get(&channel).cloned().ok_or("no such channel")?;
    let who = state.users.get(&user).cloned().ok_or("no such user")?;
    let user_only = wanted.install == Install::User;
    let id = state.mint();
    let token = format!("interaction-token-{id}");
    let guild = place.guild.and_then(|id| state.guilds.get(&id)).cloned();
    let may = guild.as_ref().map_or(permissions::EVERYONE, |guild| guild.permissions_of(user));
    let app = if user_only { permissions::EVERYONE } else { state.bot_permissions(&place) };
    let owners = match (&guild, user_only) {
        (_, true) => json!({"1": user.json()}),
        (Some(guild), false) => json!({"0": guild.id.json()}),
        (None, false) => json!({"0": "0"}),
    };
    let context = match (place.kind, &guild, user_only) {
        (_, Some(_), _) => 0,
        (ChannelKind::Dm, None, false) => 1,
        _ => 2,
    };
    let mut payload = json!({
        "id": id.to_string(), "application_id": state.bot.id.json(), "type": wanted.kind, "token": token,
        "version": 1, "channel_id": channel.json(), "channel": place.partial_json(state.bot.id, may),
        "locale": wanted.locale.clone().unwrap_or(who.locale.clone()), "entitlements": [],
        "app_permissions": app.to_string(), "authorizing_integration_owners": owners, "context": context,
        "attachment_size_limit": 10 * 1024 * 1024, "entitlement_sku_ids": [],
    });
    match &guild {
        Some(guild) => {
            if !guild.members.contains_key(&user) {
                return Err("the user is not in this guild".to_owned());
            }
            payload["guild_id"] = guild.id.json();
            payload["guild_locale"] = guild.locale.clone().into();
            payload["guild"] = json!({"id": guild.id.json(), "locale": guild.locale, "features": []});
            payload["member"] = guild.member_json(&who);
            payload["member"]["permissions"] = may.to_string().into();
        }
        None => payload["user"] = who.json(),
    }
    let source = matches!(wanted.kind, COMPONENT | SUBMITTED).then_some(wanted.target).flatten();
    if !wanted.unchecked && source.is_some_and(|source| !state.seen_by(source, user)) {
        return Err("the message is another user's alone".to_owned());
    }
    payload["data"] = match wanted.kind {
        COMPONENT => control(state, wanted)?,
        SUBMITTED => json!({"custom_id": wanted.custom_id, "components": wanted.data}),
        _ => command(state, wanted, guild.map(|guild| guild.id), may)?,
    };
    if let Some(source) = source {
        payload["message"] = state.message_json(source).ok_or("no such message")?;
    }
    let issued = Issued {
        id,
        user,
        token,
        kind: wanted.kind,
        issued: state.now(),
        channel,
        user_only,
        source,
        answered: None,
        thinking: false,
        original: None,
        follow_ups: Vec::new(),
        choices: None,
        modal: None,
    };
    Ok((issued, payload))
}

fn control(state: &State, wanted: &Interaction) -> Result<Value, String> {
    let message = wanted.target.and_then(|id| state.messages.get(&id)).ok_or("no such message")?;
    if wanted.unchecked {
        let kind = if wanted.data.is_array() { 3 } else { 2 };
        let mut data = json!({"custom_id": wanted.custom_id, "component_type": kind, "id": 1});
        if wanted.data.is_array() {
            data["values"] = wanted.data.clone();
        }
        return Ok(data);
    }
    let control = message
        .controls()
        .find(|control| control["custom_id"] == wanted.custom_id.as_str())
        .ok_or_else(|| format!("the message has no control {:?}", wanted.custom_id))?;
    if control["disabled"] == true {
        return Err(format!("the control {:?} is disabled", wanted.custom_id));
    }
    let mut data = json!({"custom_id": wanted.custom_id, "component_type": control["type"], "id": 1});
    if let Some(values) = wanted.data.as_array() {
        let offered = control["options"].as_array().map(Vec::as_slice).unwrap_or_default();
        let known = |value: &Value| offered.iter().any(|option| option["value"] == *value);
        if control["type"] == 3 && !values.iter().all(known) {
            return Err(format!("not among the options of {:?}: {values:?}", wanted.custom_id));
        }
        data["values"] = values.clone().into();
    }
    Ok(data)
}

fn command(
    state: &mut State,
    wanted: &Interaction,
    guild: Option<GuildId>,
    may: u64,
) -> Result<Value, String> {
    let name = wanted.path.first().ok_or("no command named")?;
    let kind = if wanted.target.is_some() { 3 } else { 1 };
    let registered = state
        .commands_in(guild)
        .find(|command| command["name"] == name.as_str() && command["type"] == kind)
        .cloned()
        .ok_or_else(|| format!("no command {name:?} of type {kind} is registered here"))?;
    offered_here(&registered, wanted, guild, may)?;
    let mut resolved = Map::new();
    let mut data = json!({"id": registered["id"], "name": name, "type": kind});
    if let Some(guild) = registered.get("guild_id") {
        data["guild_id"] = guild.clone();
    }
    if let Some(target) = wanted.target {
        data["target_id"] = target.json();
        let message = state.message_json(target).ok_or("no such message")?;
        resolved.insert("messages".to_owned(), json!({target.to_string(): message}));
    } else {
        data["options"] = options(state, wanted, &registered, 1, &mut resolved)?;
    }
    // A resolved channel carries what the user may do there.
    for channel in resolved
        .get_mut("channels")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|all| all.values_mut())
    {
        channel["permissions"] = may.to_string().into();
    }
    if !resolved.is_empty() {
        data["resolved"] = resolved.into();
    }
    Ok(data)
}

/// Whether the client shows the command to this user in this place.
fn offered_here(
    registered: &Value,
    wanted: &Interaction,
    guild: Option<GuildId>,
    may: u64,
) -> Result<(), String> {
    if wanted.unchecked {
        return Ok(());
    }
    let lists = |key: &str, number: u64| {
        registered[key].as_array().is_none_or(|list| list.iter().any(|item| *item == number))
    };
    let install = if wanted.install == Install::User { 1 } else { 0 };
    if !lists("integration_types", install) {
        return Err(format!("the command is not offered for installation {:?}", wanted.install));
    }
    let context = match (guild, wanted.install) {
        (Some(_), _) => 0,
        (None, Install::Guild) => 1,
        (None, Install::User) => 2,
    };
    if !lists("contexts", context) {
        return Err(format!("the command is not offered in context {context}"));
    }
    let needed = registered["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
    if guild.is_some()
        && needed.is_some_and(|needed| may & permissions::ADMINISTRATOR == 0 && may & needed != needed)
    {
        return Err("the user lacks the command's default_member_permissions".to_owned());
    }
    Ok(())
}

/// The options below one level of the command's name.
fn options(
    state: &mut State,
    wanted: &Interaction,
    level: &Value,
    depth: usize,
    resolved: &mut Map<String, Value>,
) -> Result<Value, String> {
    let declared = level["options"].as_array().cloned().unwrap_or_default();
    let nested = |option: &&Value| matches!(option["type"].as_u64(), Some(1 | 2));
    if let Some(name) = wanted.path.get(depth) {
        let inner = declared
            .iter()
            .filter(nested)
            .find(|option| option["name"] == name.as_str())
            .ok_or_else(|| format!("{:?} has no sub-command {name:?}", level["name"]))?;
        let below = options(state, wanted, inner, depth + 1, resolved)?;
        return Ok(json!([{"name": name, "type": inner["type"], "options": below}]));
    }
    if let Some(sub) = declared.iter().find(nested) {
        return Err(format!("{:?} needs a sub-command such as {}", level["name"], sub["name"]));
    }
    let mut given = Vec::new();
    for (name, input) in &wanted.options {
        let option = declared.iter().find(|option| option["name"] == name.as_str());
        let option = match option {
            Some(option) => option.clone(),
            None if wanted.unchecked => json!({"name": name, "type": 3}),
            None => return Err(format!("{:?} has no option {name:?}", level["name"])),
        };
        let value = value(state, wanted, &option, input, resolved)?;
        given.push(json!({"name": name, "type": option["type"], "value": value}));
    }
    if let Some((name, so_far)) = &wanted.focused {
        let option = declared
            .iter()
            .find(|option| option["name"] == name.as_str() && option["autocomplete"] == true)
            .ok_or_else(|| format!("no option {name:?} with autocomplete"))?;
        given.push(json!({"name": name, "type": option["type"], "value": so_far, "focused": true}));
    } else if !wanted.unchecked {
        let missing = declared.iter().find(|option| {
            option["required"] == true && !given.iter().any(|it: &Value| it["name"] == option["name"])
        });
        if let Some(missing) = missing {
            return Err(format!("the required option {} is missing", missing["name"]));
        }
    }
    Ok(given.into())
}

/// An input as the registered option's type, its object resolved.
fn value(
    state: &mut State,
    wanted: &Interaction,
    option: &Value,
    input: &Input,
    resolved: &mut Map<String, Value>,
) -> Result<Value, String> {
    let kind = option["type"].as_u64().unwrap_or(0);
    let wrong = || format!("option {} of type {kind} does not take {input:?}", option["name"]);
    let mut resolve = |group: &str, id: u64, object: Value| {
        resolved.entry(group).or_insert_with(|| json!({}))[id.to_string()] = object;
        Ok(Value::String(id.to_string()))
    };
    let plain = match (kind, input) {
        (11, Input::File(file)) => {
            let stored = state.store_file(file.clone());
            return resolve("attachments", stored.id, stored.json(true));
        }
        (7 | 9, Input::Channel(id)) => {
            let channel = state.channels.get(id).ok_or_else(wrong)?;
            let taken = option["channel_types"].as_array();
            if taken.is_some_and(|kinds| !kinds.is_empty() && !kinds.contains(&channel.kind.number().into()))
            {
                return Err(wrong());
            }
            return resolve("channels", id.0, channel.partial_json(state.bot.id, permissions::EVERYONE));
        }
        (6 | 9, Input::User(id)) => {
            return resolve("users", id.0, state.users.get(id).ok_or_else(wrong)?.json());
        }
        (8 | 9, Input::Role(id)) => {
            let role = state.guilds.values().flat_map(|guild| &guild.roles).find(|role| role.id == *id);
            return resolve("roles", id.0, role.ok_or_else(wrong)?.json(1));
        }
        (3, Input::Text(text)) => text.clone().into(),
        (4, Input::Text(text)) => text.parse::<i64>().map_err(|_| wrong())?.into(),
        (5, Input::Text(text)) => match text.to_lowercase().as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => return Err(wrong()),
        },
        (10, Input::Text(text)) => text.parse::<f64>().map_err(|_| wrong())?.into(),
        (3..=5 | 10, Input::Json(value)) => value.clone(),
        _ => return Err(wrong()),
    };
    if !wanted.unchecked {
        in_bounds(option, &plain).map_err(|why| format!("option {}: {why}", option["name"]))?;
    }
    Ok(plain)
}

fn in_bounds(option: &Value, value: &Value) -> Result<(), String> {
    let choices = option["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !choices.is_empty() && !choices.iter().any(|choice| choice["value"] == *value) {
        let offered: Vec<&Value> = choices.iter().map(|choice| &choice["value"]).collect();
        return Err(format!("{value} is not among {offered:?}"));
    }
    let size = match value {
        Value::String(text) => Some((text.chars().count() as f64, "length")),
        number => number.as_f64().map(|number| (number, "value")),
    };
    if let Some((size, what)) = size {
        let least = option[&format!("min_{what}")].as_f64().unwrap_or(f64::MIN);
        let most = option[&format!("max_{what}")].as_f64().unwrap_or(if what == "length" {
            6000.0
        } else {
            f64::MAX
        });
        if size < least || size > most {
            return Err(format!("{what} {size} is not within {least}..={most}"));
        }
    }
    Ok(())
}

/// Reads `/tariffs status imposer:US text:several words` the way the client's input line does: the
/// name runs until the first `option:`, a value until the next option the command has.
pub(crate) fn read_line(state: &State, guild: Option<GuildId>, line: &str) -> Interaction {
    let words: Vec<&str> = line.trim().trim_start_matches('/').split(' ').collect();
    let mut level = state
        .commands_in(guild)
        .find(|command| Some(&command["name"].as_str().unwrap_or_default()) == words.first());
    let mut interaction = Interaction::slash("");
    let mut rest = words.as_slice();
    if let [first, more @ ..] = rest {
        interaction = interaction.subcommand(first);
        rest = more;
    }
    while let [first, more @ ..] = rest {
        let inner = level.and_then(|level| level["options"].as_array()).into_iter().flatten();
        let nested = inner.filter(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
        let Some(found) = nested.into_iter().find(|option| option["name"] == *first) else { break };
        interaction = interaction.subcommand(first);
        level = Some(found);
        rest = more;
    }
    let declared = level.and_then(|level| level["options"].as_array());
    let known = |name: &str| declared.into_iter().flatten().any(|option| option["name"] == name);
    let mut given: Vec<(String, String)> = Vec::new();
    for word in rest {
        match (word.split_once(':'), given.last_mut()) {
            (Some((name, value)), None) => given.push((name.to_owned(), value.to_owned())),
            (Some((name, value)), Some(_)) if known(name) => given.push((name.to_owned(), value.to_owned())),
            (_, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => interaction = interaction.subcommand(word),
        }
    }
    given.into_iter().fold(interaction, |interaction, (name, value)| interaction.option(&name, value))
}
