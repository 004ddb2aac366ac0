//! Who and what there is: guilds, channels, roles, users, messages, and how each reads as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl $name {
            pub(crate) fn json(self) -> Value {
                Value::String(self.0.to_string())
            }
        }
    )*};
}

ids! {
    /// The id of a guild (a "server").
    GuildId
    /// The id of a channel, a thread or a direct-message channel.
    ChannelId
    /// The id of a user, bots included.
    UserId
    /// The id of a role.
    RoleId
    /// The id of a message.
    MessageId
}

/// Permission bits by Discord's names.
pub mod permissions {
    /// Everything.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// Change the channels of a guild.
    pub const MANAGE_CHANNELS: u64 = 1 << 4;
    /// Change a guild's settings.
    pub const MANAGE_GUILD: u64 = 1 << 5;
    /// See a channel.
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    /// Post in a channel.
    pub const SEND_MESSAGES: u64 = 1 << 11;
    /// Post embeds.
    pub const EMBED_LINKS: u64 = 1 << 14;
    /// Post files.
    pub const ATTACH_FILES: u64 = 1 << 15;
    /// Read what was posted before.
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    /// Use slash commands.
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    /// Open threads under messages.
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    /// Post in threads.
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// What the bot's invite asks for: view, send, embed, attach, send in threads.
    pub const INVITE: u64 =
        VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | SEND_MESSAGES_IN_THREADS;
    /// What every member has unless a test says otherwise.
    pub const EVERYONE: u64 = INVITE | READ_MESSAGE_HISTORY | USE_APPLICATION_COMMANDS;
}

/// A kind of channel, with Discord's number for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// A text channel of a guild.
    Text,
    /// A direct-message channel.
    Dm,
    /// A voice channel.
    Voice,
    /// A category, which holds channels.
    Category,
    /// An announcement channel.
    News,
    /// A public thread; its parent is a channel.
    Thread,
    /// A forum, whose posts are threads.
    Forum,
}

impl ChannelKind {
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Dm => 1,
            Self::Voice => 2,
            Self::Category => 4,
            Self::News => 5,
            Self::Thread => 11,
            Self::Forum => 15,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) bot: bool,
    pub(crate) locale: String,
}

impl User {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id.json(), "username": self.name, "global_name": self.name,
            "discriminator": "0", "avatar": null, "bot": self.bot, "public_flags": 0,
        })
    }

    /// The bot's own user as `GET /users/@me` gives it.
    pub(crate) fn own_json(&self) -> Value {
        let mut own = self.json();
        own["verified"] = true.into();
        own["mfa_enabled"] = true.into();
        own["flags"] = 0.into();
        own["email"] = Value::Null;
        own["locale"] = "en-US".into();
        own
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) id: RoleId,
    pub(crate) name: String,
    pub(crate) permissions: u64,
}

impl Role {
    pub(crate) fn json(&self, position: usize) -> Value {
        json!({
            "id": self.id.json(), "name": self.name, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false, "icon": null, "unicode_emoji": null, "position": position,
            "permissions": self.permissions.to_string(), "managed": false, "mentionable": false, "flags": 0,
        })
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Guild {
    pub(crate) id: GuildId,
    pub(crate) name: String,
    pub(crate) owner: UserId,
    pub(crate) locale: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) members: BTreeMap<UserId, Vec<RoleId>>,
}

impl Guild {
    /// What a member may do in the guild by its roles.
    pub(crate) fn permissions_of(&self, user: UserId) -> u64 {
        if user == self.owner {
            return u64::MAX >> 12;
        }
        let own = self.members.get(&user).map(Vec::as_slice).unwrap_or_default();
        self.roles
            .iter()
            .filter(|role| role.id.0 == self.id.0 || own.contains(&role.id))
            .fold(0, |all, role| all | role.permissions)
    }

    pub(crate) fn member_json(&self, user: &User) -> Value {
        let roles = self.members.get(&user.id).cloned().unwrap_or_default();
        json!({
            "user": user.json(), "nick": null, "avatar": null, "banner": null,
            "roles": roles.iter().map(|role| role.json()).collect::<Vec<_>>(),
            "joined_at": "2025-01-02T03:04:05.000000+00:00", "premium_since": null,
            "deaf": false, "mute": false, "flags": 0, "pending": false,
            "communication_disabled_until": null,
        })
    }

    pub(crate) fn roles_json(&self) -> Value {
        self.roles.iter().enumerate().map(|(position, role)| role.json(position)).collect()
    }

    /// The guild as `GET /guilds/{id}` gives it.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id.json(), "name": self.name, "icon": null, "splash": null,
            "discovery_splash": null, "owner_id": self.owner.json(), "afk_channel_id": null,
            "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
            "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
            "roles": self.roles_json(), "emojis": [], "stickers": [], "features": [], "mfa_level": 0,
            "application_id": null, "system_channel_id": null, "system_channel_flags": 0,
            "rules_channel_id": null, "vanity_url_code": null, "description": null, "banner": null,
            "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": self.locale,
            "public_updates_channel_id": null, "nsfw_level": 0, "premium_progress_bar_enabled": false,
            "safety_alerts_channel_id": null, "max_members": 500_000,
        })
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: ChannelId,
    pub(crate) guild: Option<GuildId>,
    pub(crate) name: String,
    pub(crate) kind: ChannelKind,
    pub(crate) parent: Option<ChannelId>,
    /// The human of a direct-message channel.
    pub(crate) recipient: Option<User>,
    /// A thread that takes nothing until it is woken.
    pub(crate) archived: bool,
    /// A thread that only who may manage threads may wake or write in.
    pub(crate) locked: bool,
    /// What the bot may do here, where a test has said so.
    pub(crate) bot_permissions: Option<u64>,
}

impl Channel {
    pub(crate) fn json(&self, bot: UserId) -> Value {
        if let Some(recipient) = &self.recipient {
            return json!({
                "id": self.id.json(), "type": self.kind.number(), "last_message_id": null,
                "recipients": [recipient.json()], "flags": 0,
            });
        }
        let overwrites = match self.bot_permissions {
            Some(allowed) => json!([{
                "id": bot.json(), "type": 1, "allow": allowed.to_string(),
                "deny": (!allowed & permissions::EVERYONE).to_string(),
            }]),
            None => json!([]),
        };
        let mut channel = json!({
            "id": self.id.json(), "type": self.kind.number(), "guild_id": self.guild.map(GuildId::json),
            "name": self.name, "position": 0, "permission_overwrites": overwrites,
            "parent_id": self.parent.map(ChannelId::json), "topic": null, "nsfw": false,
            "rate_limit_per_user": 0, "last_message_id": null, "flags": 0,
        });
        if self.kind == ChannelKind::Thread {
            channel["owner_id"] = bot.json();
            channel["message_count"] = 0.into();
            channel["member_count"] = 1.into();
            channel["thread_metadata"] = json!({
                "archived": self.archived, "auto_archive_duration": 1440, "locked": self.locked,
                "archive_timestamp": "2025-01-02T03:04:05.000000+00:00",
            });
        }
        channel
    }

    /// The channel as an interaction carries it: `permissions` are those of the user who acts.
    pub(crate) fn partial_json(&self, bot: UserId, permissions: u64) -> Value {
        let mut channel = self.json(bot);
        channel["permissions"] = permissions.to_string().into();
        channel
    }
}

/// A file that hangs on a message or an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name it is shown under.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl File {
    /// A plain text file.
    #[must_use]
    pub fn text(name: &str, text: &str) -> Self {
        Self::bytes(name, "text/plain; charset=utf-8", text.as_bytes())
    }

    /// Any file.
    #[must_use]
    pub fn bytes(name: &str, content_type: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), content_type: content_type.to_owned(), bytes: bytes.to_vec() }
    }
}

/// A file as stored: Discord's attachment object and the bytes behind its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: u64,
    /// The file itself.
    pub file: File,
    /// Where the double serves it.
    pub url: String,
}

impl Attachment {
    pub(crate) fn json(&self, ephemeral: bool) -> Value {
        json!({
            "id": self.id.to_string(), "filename": self.file.name, "size": self.file.bytes.len(),
            "url": self.url, "proxy_url": self.url, "content_type": self.file.content_type,
            "ephemeral": ephemeral,
        })
    }
}

/// A message, as the channel (or, when ephemeral, one user) shows it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Where it stands.
    pub channel: ChannelId,
    /// Who wrote it; the bot for all but messages made with
    /// [`Double::write_message`](super::Double::write_message).
    pub author: UserId,
    /// The text above the embeds; empty if none.
    pub content: String,
    /// The embeds as Discord's JSON.
    pub embeds: Vec<Value>,
    /// The component rows as Discord's JSON.
    pub components: Vec<Value>,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// Message flags; 64 is "ephemeral".
    pub flags: u64,
    /// The nonce it was posted with.
    pub nonce: Option<String>,
    /// How often it was edited, the first filling of a deferred answer not counted.
    pub edits: u32,
    /// The interaction it answers; `None` for a post.
    pub interaction: Option<u64>,
    /// When it was written, RFC 3339 in UTC.
    pub timestamp: String,
    /// When it was last edited, RFC 3339 in UTC.
    pub edited: Option<String>,
}

impl Message {
    /// Whether only the user who asked sees it.
    #[must_use]
    pub fn ephemeral(&self) -> bool {
        self.flags & 64 != 0
    }

    /// Everything a reader sees, one piece per line: content, then of each embed author, title,
    /// description, fields (name, value) and footer, then the labels of the components.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![self.content.clone()];
        for embed in &self.embeds {
            for pointer in ["/author/name", "/title", "/description"] {
                lines.extend(embed.pointer(pointer).and_then(Value::as_str).map(str::to_owned));
            }
            for field in embed["fields"].as_array().into_iter().flatten() {
                lines.extend(field["name"].as_str().map(str::to_owned));
                lines.extend(field["value"].as_str().map(str::to_owned));
            }
            lines.extend(embed.pointer("/footer/text").and_then(Value::as_str).map(str::to_owned));
        }
        for component in self.controls() {
            lines.extend(component["label"].as_str().map(str::to_owned));
            lines.extend(component["placeholder"].as_str().map(str::to_owned));
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// The title of the first embed that has one.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.embeds.iter().find_map(|embed| embed["title"].as_str())
    }

    /// The value of the first field of this name in any embed.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.embeds
            .iter()
            .flat_map(|embed| embed["fields"].as_array().into_iter().flatten())
            .find(|field| field["name"] == name)
            .and_then(|field| field["value"].as_str())
    }

    /// The buttons and selects, flattened out of their rows.
    pub fn controls(&self) -> impl Iterator<Item = &Value> {
        self.components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten())
    }

    /// The `custom_id` of the button with this label.
    #[must_use]
    pub fn button(&self, label: &str) -> Option<String> {
        self.controls()
            .find(|control| control["type"] == 2 && control["label"] == label)
            .and_then(|control| control["custom_id"].as_str())
            .map(str::to_owned)
    }

    pub(crate) fn json(&self, author: &User) -> Value {
        let ephemeral = self.ephemeral();
        let embeds: Vec<Value> = self
            .embeds
            .iter()
            .map(|embed| {
                let mut embed = embed.clone();
                embed["type"] = "rich".into();
                embed
            })
            .collect();
        json!({
            "id": self.id.json(), "channel_id": self.channel.json(), "author": author.json(),
            "content": self.content, "timestamp": self.timestamp, "edited_timestamp": self.edited,
            "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
            "attachments": self.attachments.iter().map(|file| file.json(ephemeral)).collect::<Vec<_>>(),
            "embeds": embeds, "components": self.components, "pinned": false,
            "type": if self.interaction.is_some() { 20 } else { 0 },
            "flags": self.flags, "nonce": self.nonce,
        })
    }
}
