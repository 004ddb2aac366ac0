//! From method and path to what is meant: the routes of REST v10 the double knows.

/// A route, for asking "which requests?" and for choosing which are to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Route {
    /// Every route; only for choosing.
    Any,
    /// `GET /gateway`
    Gateway,
    /// `GET /gateway/bot`
    GatewayBot,
    /// `GET /users/@me`
    CurrentUser,
    /// `GET /users/{id}`
    User,
    /// `GET /users/@me/guilds`
    CurrentUserGuilds,
    /// `GET /applications/@me`
    CurrentApplication,
    /// `GET /oauth2/applications/@me`
    OauthApplication,
    /// `GET /applications/{id}/commands`
    ListGlobalCommands,
    /// `PUT /applications/{id}/commands`
    SetGlobalCommands,
    /// `POST /applications/{id}/commands`
    CreateGlobalCommand,
    /// `GET /applications/{id}/guilds/{id}/commands`
    ListGuildCommands,
    /// `PUT /applications/{id}/guilds/{id}/commands`
    SetGuildCommands,
    /// `POST /applications/{id}/guilds/{id}/commands`
    CreateGuildCommand,
    /// `POST /interactions/{id}/{token}/callback`
    Callback,
    /// `POST /webhooks/{application}/{token}`
    FollowUp,
    /// `GET /webhooks/{application}/{token}/messages/@original`
    GetOriginal,
    /// `PATCH /webhooks/{application}/{token}/messages/@original`
    EditOriginal,
    /// `DELETE /webhooks/{application}/{token}/messages/@original`
    DeleteOriginal,
    /// `GET /webhooks/{application}/{token}/messages/{id}`
    GetFollowUp,
    /// `PATCH /webhooks/{application}/{token}/messages/{id}`
    EditFollowUp,
    /// `DELETE /webhooks/{application}/{token}/messages/{id}`
    DeleteFollowUp,
    /// `POST /users/@me/channels`
    CreateDm,
    /// `GET /channels/{id}`
    GetChannel,
    /// `PATCH /channels/{id}`
    EditChannel,
    /// `POST /channels/{id}/threads`
    OpenThread,
    /// `POST /channels/{id}/messages/{id}/threads`
    OpenThreadUnder,
    /// `GET /guilds/{id}/threads/active`
    ActiveThreads,
    /// `POST /channels/{id}/typing`
    Typing,
    /// `GET /channels/{id}/messages`
    ListMessages,
    /// `POST /channels/{id}/messages`
    CreateMessage,
    /// `GET /channels/{id}/messages/{id}`
    GetMessage,
    /// `PATCH /channels/{id}/messages/{id}`
    EditMessage,
    /// `DELETE /channels/{id}/messages/{id}`
    DeleteMessage,
    /// `GET /guilds/{id}`
    GetGuild,
    /// `GET /guilds/{id}/channels`
    GuildChannels,
    /// `GET /guilds/{id}/roles`
    GuildRoles,
    /// `GET /guilds/{id}/members/{id}`
    GuildMember,
    /// `GET /attachments/…`, the double's own file server
    Attachment,
    /// Anything else: refused with 404, and recorded as a violation.
    Unknown,
}

impl Route {
    /// The route and the variable parts of its path, in order. `path` starts after `/api/v10`.
    pub(crate) fn parse<'a>(method: &str, path: &'a str) -> (Self, Vec<&'a str>) {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match (method, parts.as_slice()) {
            ("GET", ["gateway"]) => (Self::Gateway, vec![]),
            ("GET", ["gateway", "bot"]) => (Self::GatewayBot, vec![]),
            ("GET", ["users", "@me"]) => (Self::CurrentUser, vec![]),
            ("GET", ["users", "@me", "guilds"]) => (Self::CurrentUserGuilds, vec![]),
            ("POST", ["users", "@me", "channels"]) => (Self::CreateDm, vec![]),
            ("GET", ["users", id]) => (Self::User, vec![id]),
            ("GET", ["applications", "@me"]) => (Self::CurrentApplication, vec![]),
            ("GET", ["oauth2", "applications", "@me"]) => (Self::OauthApplication, vec![]),
            ("GET", ["applications", app, "commands"]) => (Self::ListGlobalCommands, vec![app]),
            ("PUT", ["applications", app, "commands"]) => (Self::SetGlobalCommands, vec![app]),
            ("POST", ["applications", app, "commands"]) => (Self::CreateGlobalCommand, vec![app]),
            ("GET", ["applications", app, "guilds", guild, "commands"]) => {
                (Self::ListGuildCommands, vec![app, guild])
            }
            ("PUT", ["applications", app, "guilds", guild, "commands"]) => {
                (Self::SetGuildCommands, vec![app, guild])
            }
            ("POST", ["applications", app, "guilds", guild, "commands"]) => {
                (Self::CreateGuildCommand, vec![app, guild])
            }
            ("POST", ["interactions", id, token, "callback"]) => (Self::Callback, vec![id, token]),
            ("POST", ["webhooks", app, token]) => (Self::FollowUp, vec![app, token]),
            ("GET", ["webhooks", app, token, "messages", "@original"]) => {
                (Self::GetOriginal, vec![app, token])
            }
            ("PATCH", ["webhooks", app, token, "messages", "@original"]) => {
                (Self::EditOriginal, vec![app, token])
            }
            ("DELETE", ["webhooks", app, token, "messages", "@original"]) => {
                (Self::DeleteOriginal, vec![app, token])
            }
            ("GET", ["webhooks", app, token, "messages", id]) => (Self::GetFollowUp, vec![app, token, id]),
            ("PATCH", ["webhooks", app, token, "messages", id]) => (Self::EditFollowUp, vec![app, token, id]),
            ("DELETE", ["webhooks", app, token, "messages", id]) => {
                (Self::DeleteFollowUp, vec![app, token, id])
            }
            ("GET", ["channels", id]) => (Self::GetChannel, vec![id]),
            ("PATCH", ["channels", id]) => (Self::EditChannel, vec![id]),
            ("POST", ["channels", id, "threads"]) => (Self::OpenThread, vec![id]),
            ("POST", ["channels", id, "messages", message, "threads"]) => {
                (Self::OpenThreadUnder, vec![id, message])
            }
            ("GET", ["guilds", id, "threads", "active"]) => (Self::ActiveThreads, vec![id]),
            ("POST", ["channels", id, "typing"]) => (Self::Typing, vec![id]),
            ("GET", ["channels", id, "messages"]) => (Self::ListMessages, vec![id]),
            ("POST", ["channels", id, "messages"]) => (Self::CreateMessage, vec![id]),
            ("GET", ["channels", id, "messages", message]) => (Self::GetMessage, vec![id, message]),
            ("PATCH", ["channels", id, "messages", message]) => (Self::EditMessage, vec![id, message]),
            ("DELETE", ["channels", id, "messages", message]) => (Self::DeleteMessage, vec![id, message]),
            ("GET", ["guilds", id]) => (Self::GetGuild, vec![id]),
            ("GET", ["guilds", id, "channels"]) => (Self::GuildChannels, vec![id]),
            ("GET", ["guilds", id, "roles"]) => (Self::GuildRoles, vec![id]),
            ("GET", ["guilds", id, "members", user]) => (Self::GuildMember, vec![id, user]),
            _ => (Self::Unknown, vec![]),
        }
    }

    /// Whether Discord asks for the bot's token here. Interaction tokens stand in for it elsewhere.
    pub(crate) fn needs_token(self) -> bool {
        !matches!(
            self,
            Self::Gateway
                | Self::Callback
                | Self::FollowUp
                | Self::GetOriginal
                | Self::EditOriginal
                | Self::DeleteOriginal
                | Self::GetFollowUp
                | Self::EditFollowUp
                | Self::DeleteFollowUp
                | Self::Attachment
        )
    }

    /// Where the published description keeps the request's body: path template and method.
    pub(crate) fn described(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::SetGlobalCommands => ("/applications/{application_id}/commands", "put"),
            Self::CreateGlobalCommand => ("/applications/{application_id}/commands", "post"),
            Self::SetGuildCommands => ("/applications/{application_id}/guilds/{guild_id}/commands", "put"),
            Self::CreateGuildCommand => ("/applications/{application_id}/guilds/{guild_id}/commands", "post"),
            Self::Callback => ("/interactions/{interaction_id}/{interaction_token}/callback", "post"),
            Self::FollowUp => ("/webhooks/{webhook_id}/{webhook_token}", "post"),
            Self::EditOriginal => ("/webhooks/{webhook_id}/{webhook_token}/messages/@original", "patch"),
            Self::EditFollowUp => ("/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", "patch"),
            Self::CreateDm => ("/users/@me/channels", "post"),
            Self::EditChannel => ("/channels/{channel_id}", "patch"),
            Self::OpenThread => ("/channels/{channel_id}/threads", "post"),
            Self::OpenThreadUnder => ("/channels/{channel_id}/messages/{message_id}/threads", "post"),
            Self::CreateMessage => ("/channels/{channel_id}/messages", "post"),
            Self::EditMessage => ("/channels/{channel_id}/messages/{message_id}", "patch"),
            _ => return None,
        })
    }
}
