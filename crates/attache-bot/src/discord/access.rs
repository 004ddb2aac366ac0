//! Who asks, as the config and the interaction say it.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use serenity::all::{
    CommandInteraction, ComponentInteraction, InteractionContext, Member, ModalInteraction, Permissions,
};

use super::framework::Leaf;
use crate::command::{Access, Caller, Fault, Place};
use crate::config;

/// Who may change what is stored: named in the config, whatever rights Discord gives. Clones are the
/// same list, which may change while the bot runs.
#[derive(Debug, Clone, Default)]
pub struct Curators(Arc<RwLock<Named>>);

#[derive(Debug, Default)]
struct Named {
    users: BTreeSet<u64>,
    /// A member with one of these roles is a curator.
    roles: BTreeSet<u64>,
}

impl From<&config::Discord> for Curators {
    fn from(discord: &config::Discord) -> Self {
        let curators = Self::default();
        curators.set(discord);
        curators
    }
}

impl Curators {
    /// Those of this configuration, and nobody else, from now on.
    pub fn set(&self, discord: &config::Discord) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Named {
            users: discord.curator_users.iter().copied().collect(),
            roles: discord.curator_roles.iter().copied().collect(),
        };
    }

    pub(super) fn names(&self, user: u64, roles: impl IntoIterator<Item = u64>) -> bool {
        let named = self.0.read().unwrap_or_else(PoisonError::into_inner);
        named.users.contains(&user) || roles.into_iter().any(|role| named.roles.contains(&role))
    }
}

/// What any interaction says of who acts where.
#[derive(Clone, Copy)]
pub(super) struct Who<'i> {
    user: u64,
    member: Option<&'i Member>,
    guild: Option<u64>,
    channel: u64,
    with_bot: bool,
}

impl<'i> From<&'i CommandInteraction> for Who<'i> {
    fn from(one: &'i CommandInteraction) -> Self {
        Self {
            user: one.user.id.get(),
            member: one.member.as_deref(),
            guild: one.guild_id.map(|guild| guild.get()),
            channel: one.channel_id.get(),
            with_bot: one.context == Some(InteractionContext::BotDm),
        }
    }
}

impl<'i> From<&'i ComponentInteraction> for Who<'i> {
    fn from(one: &'i ComponentInteraction) -> Self {
        Self {
            user: one.user.id.get(),
            member: one.member.as_ref(),
            guild: one.guild_id.map(|guild| guild.get()),
            channel: one.channel_id.get(),
            with_bot: one.context == Some(InteractionContext::BotDm),
        }
    }
}

impl<'i> From<&'i ModalInteraction> for Who<'i> {
    fn from(one: &'i ModalInteraction) -> Self {
        Self {
            user: one.user.id.get(),
            member: one.member.as_ref(),
            guild: one.guild_id.map(|guild| guild.get()),
            channel: one.channel_id.get(),
            // serenity drops a form's context, so nobody owns the conversation it came from.
            with_bot: false,
        }
    }
}

/// The caller of an interaction. Read anew for every interaction: rights change.
pub(super) fn caller<'i>(curators: &Curators, who: impl Into<Who<'i>>) -> Caller {
    let Who { user, member, guild, channel, with_bot } = who.into();
    let roles = member.into_iter().flat_map(|member| member.roles.iter().map(|role| role.get()));
    let manages_channel = match member.and_then(|member| member.permissions) {
        Some(permissions) => manages(permissions),
        // A conversation with the bot belongs to whoever talks to it.
        None => guild.is_none() && with_bot,
    };
    Caller::Member { user, guild, channel, manages_channel, curator: curators.names(user, roles) }
}

/// Whether this caller may run the command here, however it was called.
pub(super) fn permit(leaf: Leaf, caller: &Caller, name: &str) -> Result<(), Fault> {
    if leaf.place == Place::Server && matches!(caller, Caller::Member { guild: None, .. }) {
        return Err(Fault::user("This command works only in a server."));
    }
    if caller.may(leaf.access) {
        return Ok(());
    }
    tracing::warn!(command = name, caller = caller.label(), "no right to do this");
    Err(Fault::user(match leaf.access {
        Access::Curator => "Only curators may do this. Who is one is set in the bot's config.",
        _ => "You need the permission Manage Channels here to do this.",
    }))
}

/// Whether these rights in a channel are enough to decide what is posted there.
pub(super) const fn manages(permissions: Permissions) -> bool {
    permissions.contains(Permissions::MANAGE_CHANNELS) || permissions.contains(Permissions::ADMINISTRATOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curators_are_named_by_user_or_role() {
        let named = Named { users: [1].into(), roles: [7].into() };
        let curators = Curators(Arc::new(RwLock::new(named)));
        assert!(curators.names(1, []));
        assert!(curators.names(2, [6, 7]));
        assert!(!curators.names(2, [1, 6]));
        assert!(!Curators::default().names(0, [0]));
    }
}
