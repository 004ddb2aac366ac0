//! What a command is: defined once, from which Discord's registration, the console's parser,
//! the help and the README's table are derived.
//!
//! A command is a plain function from a [`Call`] to an [`Answer`]. It knows neither Discord nor
//! the terminal, and it may block: the Discord side runs it off the gateway's threads.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::app::App;
use crate::reply::Answer;

/// One command or subcommand.
#[derive(Debug)]
pub struct Command {
    /// Lower-case name, 1 to 32 characters, as Discord and the console take it.
    pub name: &'static str,
    /// One line of help, 1 to 100 characters.
    pub about: &'static str,
    /// Who may run it.
    pub access: Access,
    /// Where it is offered.
    pub place: Place,
    /// What it does.
    pub body: Body,
}

/// A command either runs or holds subcommands; of these some may be groups again (two levels, as
/// Discord has them).
#[derive(Debug)]
pub enum Body {
    /// Runs with these options.
    Run {
        /// Required ones first, as Discord demands.
        options: &'static [Opt],
        /// The work.
        run: fn(&Call<'_>) -> Result<Answer, Fault>,
    },
    /// Subcommands.
    Group(&'static [Command]),
}

/// Who may run a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone who sees it: it tells what is stored, the same to everybody, and changes nothing.
    Everyone,
    /// Who may manage the channel on Discord (Manage Channels), and curators.
    ChannelManager,
    /// A curator named in the config. On Discord hidden by default as well
    /// (`default_member_permissions`), but the config decides.
    Curator,
}

/// Where a command is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Servers, direct messages, and anywhere when installed by a user.
    Anywhere,
    /// Only in servers that installed the bot.
    Server,
}

/// One option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Lower-case name, 1 to 32 characters.
    pub name: &'static str,
    /// One line of help, 1 to 100 characters.
    pub about: &'static str,
    /// What it takes.
    pub kind: OptKind,
    /// Whether the command needs it.
    pub required: bool,
}

/// Suggests completions of what was typed so far: at most 25, each 1 to 100 characters.
pub type Complete = fn(&App, &str) -> Vec<String>;

/// What an option takes.
#[derive(Debug, Clone, Copy)]
pub enum OptKind {
    /// Free text of at most so many characters, with suggestions where there are any.
    Text {
        /// Longest accepted text, in characters (Discord's own limit is 6000).
        max: u16,
        /// Suggestions while typing.
        complete: Option<Complete>,
    },
    /// One of these words (at most 25).
    Word(fn() -> Vec<&'static str>),
    /// A whole number within these bounds, both included.
    Whole {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// Yes or no.
    Flag,
    /// A text channel, thread or forum.
    Channel,
    /// A role of the server.
    Role,
    /// A file: an attachment on Discord, a path in the terminal.
    File,
}

/// The value given for an option, already of the option's kind and within its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of [`OptKind::Text`] and [`OptKind::Word`].
    Text(String),
    /// Of [`OptKind::Whole`].
    Whole(i64),
    /// Of [`OptKind::Flag`].
    Flag(bool),
    /// Of [`OptKind::Channel`]: Discord's id.
    Channel(u64),
    /// Of [`OptKind::Role`]: Discord's id.
    Role(u64),
    /// Of [`OptKind::File`], read whole (the reader enforces the size limit).
    File {
        /// Name without folders.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
}

/// Set beside the options where a channel that was given is a forum.
pub const FORUM: &str = "forum";

/// Set beside the options: the day a message was posted, for articles in it that give no day.
pub const POSTED: &str = "posted";

/// The options given, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Args(BTreeMap<String, Value>);

impl Args {
    /// Adds or replaces one.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Takes one away.
    pub fn unset(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// What was given, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether `name` was given.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The text or word given for `name`.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The number given for `name`.
    #[must_use]
    pub fn whole(&self, name: &str) -> Option<i64> {
        match self.0.get(name) {
            Some(Value::Whole(number)) => Some(*number),
            _ => None,
        }
    }

    /// Whether `name` was given as yes.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Flag(true)))
    }

    /// The channel given for `name`.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<u64> {
        match self.0.get(name) {
            Some(Value::Channel(id)) => Some(*id),
            _ => None,
        }
    }

    /// The role given for `name`.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<u64> {
        match self.0.get(name) {
            Some(Value::Role(id)) => Some(*id),
            _ => None,
        }
    }

    /// The file given for `name`: its name and bytes.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<(&str, &[u8])> {
        match self.0.get(name) {
            Some(Value::File { name, bytes }) => Some((name, bytes)),
            _ => None,
        }
    }
}

/// Who asks. Permissions are already decided; see [`Access`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Whoever runs the program in a terminal: may do everything.
    Operator,
    /// A person on Discord.
    Member {
        /// User id.
        user: u64,
        /// Server, `None` in direct messages.
        guild: Option<u64>,
        /// Channel the command was given in.
        channel: u64,
        /// May manage that channel.
        manages_channel: bool,
        /// Named as a curator in the config, as a user or by a role.
        curator: bool,
    },
}

impl Caller {
    /// Whether this caller may run what asks for `access`.
    #[must_use]
    pub const fn may(&self, access: Access) -> bool {
        match (self, access) {
            (Self::Operator, _) | (_, Access::Everyone) => true,
            (Self::Member { manages_channel, curator, .. }, Access::ChannelManager) => {
                *manages_channel || *curator
            }
            (Self::Member { curator, .. }, Access::Curator) => *curator,
        }
    }

    /// Discord's id of the person; the terminal has none.
    #[must_use]
    pub const fn user(&self) -> Option<u64> {
        match self {
            Self::Operator => None,
            Self::Member { user, .. } => Some(*user),
        }
    }

    /// Name of the caller in the audit log.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Operator => "operator".to_owned(),
            Self::Member { user, .. } => format!("discord:{user}"),
        }
    }
}

/// One request.
#[derive(Debug)]
pub struct Call<'a> {
    /// The program.
    pub app: &'a App,
    /// Who asks.
    pub caller: &'a Caller,
    /// With which options.
    pub args: &'a Args,
    /// At which instant; "today" is its UTC day.
    pub now: Timestamp,
}

/// Why a command gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The asker can mend it; the text is ours and says how.
    #[error("{0}")]
    User(String),
    /// Ours to mend; logged, and shown to the asker only as an incident number.
    #[error("{0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Fault {
    /// A fault the asker can mend.
    pub fn user(text: impl Into<String>) -> Self {
        Self::User(text.into())
    }
}
