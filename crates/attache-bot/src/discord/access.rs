//! Who asks, as the config and the interaction say it.

use std::collections::BTreeSet;

use serenity::all::{CommandInteraction, InteractionContext, Permissions};

use crate::command::Caller;

/// Who may change what is stored: named in the config, whatever rights Discord gives.
#[derive(Debug, Clone, Default)]
pub struct Curators {
    /// User ids.
    pub users: BTreeSet<u64>,
    /// Role ids; a member with one of them is a curator.
    pub roles: BTreeSet<u64>,
}

impl Curators {
    fn names(&self, user: u64, roles: impl IntoIterator<Item = u64>) -> bool {
        self.users.contains(&user) || roles.into_iter().any(|role| self.roles.contains(&role))
    }
}

/// The caller of an interaction. Read anew for every interaction: rights change.
pub(super) fn caller(curators: &Curators, interaction: &CommandInteraction) -> Caller {
    let user = interaction.user.id.get();
    let member = interaction.member.as_deref();
    let roles = member.into_iter().flat_map(|member| member.roles.iter().map(|role| role.get()));
    let manages_channel = match member.and_then(|member| member.permissions) {
        Some(permissions) => manages(permissions),
        // A conversation with the bot belongs to whoever talks to it.
        None => interaction.context == Some(InteractionContext::BotDm),
    };
    Caller::Member {
        user,
        guild: interaction.guild_id.map(|guild| guild.get()),
        channel: interaction.channel_id.get(),
        manages_channel,
        curator: curators.names(user, roles),
    }
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
        let curators = Curators { users: [1].into(), roles: [7].into() };
        assert!(curators.names(1, []));
        assert!(curators.names(2, [6, 7]));
        assert!(!curators.names(2, [1, 6]));
        assert!(!Curators::default().names(0, [0]));
    }
}
