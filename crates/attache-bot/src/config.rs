//! Configuration: defaults, then `bot-config.toml`, then the environment, then flags.
//!
//! Unknown keys, wrong types and impossible values are refused with the key, where it stands, and
//! what would be right. `bot-config.example.toml` documents every key.

mod feeds;
mod shape;

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use attache_store::Pace;
use config::{Config, ConfigError, Environment, File, FileFormat};
use serde::Deserialize;

use crate::intake::watch::Watched;
use crate::log;

/// The example shipped with the program: its values are the defaults.
pub const EXAMPLE: &str = include_str!("../../../bot-config.example.toml");

/// File read from the working directory when no other is named.
pub const FILE: &str = "bot-config.toml";

/// The whole configuration, checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where things are kept.
    pub store: Store,
    /// The Discord side.
    pub discord: Discord,
    /// What is sent.
    pub delivery: Delivery,
    /// What is taken in.
    pub intake: Intake,
    /// How the world is asked.
    pub fetch: Fetch,
    /// How feeds are read.
    pub feeds: Feeds,
    /// The feeds.
    #[serde(default)]
    pub feed: Vec<Feed>,
    /// The terminal.
    pub console: Console,
    /// The log.
    pub log: Log,
    /// What whoever runs the program sees.
    pub operator: Operator,
}

/// `[store]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// Folder of the store.
    pub path: PathBuf,
    /// Load the shipped chronology into an empty store.
    pub chronology: bool,
    /// Where `/admin backup` writes; empty: `backups` in the store's folder.
    pub backups: PathBuf,
}

impl Store {
    /// Where backups are written.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        if self.backups.as_os_str().is_empty() { self.path.join("backups") } else { self.backups.clone() }
    }
}

/// `[discord]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discord {
    /// Bot token; empty: no Discord.
    pub token: Token,
    /// Another base address for REST; empty: Discord's.
    pub api_url: String,
    /// Another address of the gateway; empty: Discord's.
    pub gateway_url: String,
    /// Server to register commands in while developing; 0: everywhere.
    pub dev_guild: u64,
    /// Users who may change what is stored.
    pub curator_users: Vec<u64>,
    /// Roles whose members may.
    pub curator_roles: Vec<u64>,
    /// Requests of one user that are answered within `cooldown_seconds`; 0: no limit.
    pub cooldown_requests: u32,
    /// The window of `cooldown_requests`.
    pub cooldown_seconds: u32,
}

/// `[delivery]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// Messages in ten minutes that a subscription gets one by one.
    pub burst: usize,
    /// File that leads the clock, for tests; empty: the system's clock.
    pub clock_file: PathBuf,
}

impl Delivery {
    /// When many messages become one.
    #[must_use]
    pub fn pace(&self) -> Pace {
        Pace { burst: self.burst, ..Pace::default() }
    }
}

/// `[intake]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// Largest article, in bytes.
    pub largest_article: usize,
    /// Largest file an article is read from, in bytes.
    pub largest_file: usize,
    /// Folder whose files are taken in; empty: none.
    pub watch: PathBuf,
    /// Seconds between two looks into it.
    pub watch_seconds: u64,
}

impl Intake {
    /// The folder that is looked into.
    #[must_use]
    pub fn watched(&self) -> Option<Watched> {
        let every = Duration::from_secs(self.watch_seconds);
        (!self.watch.as_os_str().is_empty()).then(|| Watched { folder: self.watch.clone(), every })
    }
}

/// `[fetch]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fetch {
    /// Told to every server.
    pub contact: String,
    /// Longest request, in seconds.
    pub longest: u64,
    /// Pause between two requests to a host, in milliseconds.
    pub pause: u64,
    /// Largest feed or page, in bytes.
    pub largest: usize,
    /// Ports that are asked.
    pub ports: Vec<u16>,
    /// For tests: loopback may be asked.
    pub allow_loopback: bool,
}

/// `[feeds]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feeds {
    /// Seconds between two looks at a feed.
    pub every: u64,
    /// Days back that the first reading goes.
    pub days: u32,
}

/// `[[feed]]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Address of the feed, or of a page that names it.
    pub url: String,
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// Seconds between two looks at this one.
    #[serde(default)]
    pub every: Option<u64>,
}

/// `[console]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    /// Load the shipped sample into an empty store.
    pub sample: bool,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug`, `trace`, or a filter such as `info,serenity=debug`.
    pub level: String,
    /// `text`, or `json`: one object a line.
    pub format: String,
}

/// `[operator]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Address and port of `/health` and `/metrics`; empty: none.
    pub listen: String,
    /// Lets `listen` be an address that other machines reach.
    pub allow_remote: bool,
}

impl Operator {
    /// Where to listen.
    ///
    /// # Errors
    /// Says what would be right.
    pub fn address(&self) -> Result<Option<SocketAddr>, String> {
        let text = self.listen.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let address: SocketAddr =
            text.parse().map_err(|_| "is not an address and port, such as \"127.0.0.1:9464\"".to_owned())?;
        if !address.ip().is_loopback() && !self.allow_remote {
            return Err("is an address that other machines reach; set operator.allow_remote = true where \
                        that is meant"
                .to_owned());
        }
        Ok(Some(address))
    }
}

/// The bot token: it cannot be printed.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// The token, for the one place that sends it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.trim()
    }

    /// Whether none is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reveal().is_empty()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "not set" } else { "set (hidden)" })
    }
}

/// Keys that are in force at once when the configuration is read again.
const RELOADED: [&str; 5] = [
    "discord.curator_users",
    "discord.curator_roles",
    "discord.cooldown_requests",
    "discord.cooldown_seconds",
    "log.level",
];

/// Sections of which the same is true, the list's own name too.
const RELOADED_SECTIONS: [&str; 2] = ["feeds.", "[feed]."];

/// The lines of [`Settings::shown`] by section and key.
fn keyed(shown: &str) -> BTreeMap<String, String> {
    let mut section = "";
    let mut keys = BTreeMap::new();
    for line in shown.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        } else if let Some((key, value)) = line.split_once(" = ") {
            keys.insert(format!("{section}.{key}"), value.to_owned());
        }
    }
    keys
}

/// A configuration that is refused; the text names the key, where it stands and what would be right.
#[derive(Debug, thiserror::Error)]
#[error("configuration: {0}")]
pub struct BadConfig(String);

/// Reads the configuration. `file` must exist where it is given; without it [`FILE`] is read where
/// it exists.
///
/// # Errors
/// See [`BadConfig`].
pub fn load(file: Option<&Path>) -> Result<Settings, BadConfig> {
    let mut builder = Config::builder().add_source(File::from_str(EXAMPLE, FileFormat::Toml));
    let path = file.unwrap_or(Path::new(FILE));
    if let Some(text) = shape::read(path, file.is_some())? {
        shape::check_file(path, &text)?;
        builder = builder.add_source(File::from_str(&text, FileFormat::Toml));
    }
    shape::check_environment(env::vars_os())?;
    let mut environment = Environment::with_prefix(shape::PREFIX)
        .prefix_separator("__")
        .separator("__")
        .try_parsing(true)
        .list_separator(",");
    for key in ["discord.curator_users", "discord.curator_roles", "fetch.ports"] {
        environment = environment.with_list_parse_key(key);
    }
    builder = builder.add_source(environment);
    if let Ok(token) = env::var("DISCORD_TOKEN")
        && !token.trim().is_empty()
    {
        builder = builder.set_override("discord.token", token).map_err(in_words)?;
    }
    let settings: Settings = builder.build().and_then(Config::try_deserialize).map_err(in_words)?;
    settings.checked()
}

/// The library's word, without what a value might give away of the token.
fn in_words(error: ConfigError) -> BadConfig {
    let text = error.to_string();
    if text.contains("token") {
        return BadConfig("`discord.token` must be a text".to_owned());
    }
    BadConfig(text)
}

impl Settings {
    fn checked(self) -> Result<Self, BadConfig> {
        let refuse = |key: &str, why: &str| Err(BadConfig(format!("`{key}` {why}")));
        if self.store.path.as_os_str().is_empty() {
            return refuse("store.path", "is empty; give a folder, such as \"data\"");
        }
        if !(1..=4 << 20).contains(&self.intake.largest_article) {
            return refuse("intake.largest_article", "must lie between 1 and 4194304 bytes");
        }
        if !(self.intake.largest_article..=64 << 20).contains(&self.intake.largest_file) {
            return refuse(
                "intake.largest_file",
                "must lie between intake.largest_article and 67108864 bytes",
            );
        }
        if !(1..=3600).contains(&self.intake.watch_seconds) {
            return refuse("intake.watch_seconds", "must lie between 1 and 3600 seconds");
        }
        if !(1..=1000).contains(&self.delivery.burst) {
            return refuse("delivery.burst", "must lie between 1 and 1000 messages");
        }
        if self.discord.token.reveal().contains(char::is_whitespace) {
            return refuse("discord.token", "has a blank in it; copy the token whole, without \"Bot \"");
        }
        self.check_feeds()?;
        for (key, value, schemes) in [
            ("discord.api_url", &self.discord.api_url, ["http://", "https://"]),
            ("discord.gateway_url", &self.discord.gateway_url, ["ws://", "wss://"]),
        ] {
            if !value.is_empty() && !schemes.iter().any(|scheme| value.starts_with(scheme)) {
                return refuse(key, &format!("must begin with {} or {}", schemes[0], schemes[1]));
            }
        }
        if self.discord.api_url.is_empty() != self.discord.gateway_url.is_empty() {
            return refuse("discord.api_url", "and `discord.gateway_url` go together: set both or neither");
        }
        if !["text", "json"].contains(&self.log.format.as_str()) {
            return refuse("log.format", "must be \"text\" or \"json\"");
        }
        if let Err(why) = log::filter(&self.log.level) {
            return refuse("log.level", &format!("is refused: {why}"));
        }
        if let Err(why) = self.operator.address() {
            return refuse("operator.listen", &why);
        }
        Ok(self)
    }

    /// Keys whose values differ and take a restart, by name.
    #[must_use]
    pub fn fixed_differences(&self, new: &Self) -> Vec<String> {
        let (old, now) = (keyed(&self.shown()), keyed(&new.shown()));
        let mut names: Vec<String> = now
            .iter()
            .filter(|(key, value)| old.get(*key) != Some(value) && !RELOADED.contains(&key.as_str()))
            .filter(|(key, _)| !RELOADED_SECTIONS.iter().any(|section| key.starts_with(section)))
            .map(|(key, _)| key.clone())
            .collect();
        if self.discord.token != new.discord.token {
            names.push("discord.token".to_owned());
        }
        names
    }

    /// The settings as TOML, with the token hidden.
    #[must_use]
    pub fn shown(&self) -> String {
        let Discord {
            token,
            api_url,
            gateway_url,
            dev_guild,
            curator_users,
            curator_roles,
            cooldown_requests,
            cooldown_seconds,
        } = &self.discord;
        format!(
            "[store]\npath = {:?}\nchronology = {}\nbackups = {:?}\n\n[discord]\n# token: {token:?}\napi_url = {api_url:?}\ngateway_url = {gateway_url:?}\n\
             dev_guild = {dev_guild}\ncurator_users = {curator_users:?}\ncurator_roles = {curator_roles:?}\n\
             cooldown_requests = {cooldown_requests}\ncooldown_seconds = {cooldown_seconds}\n\n\
             [delivery]\nburst = {}\nclock_file = {:?}\n\n[intake]\nlargest_article = {}\nlargest_file = {}\nwatch = {:?}\nwatch_seconds = {}\n\n{}\n[console]\nsample = {}\n\n[log]\nlevel = {:?}\nformat = {:?}\n\n\
             [operator]\nlisten = {:?}\nallow_remote = {}\n",
            self.store.path.display().to_string(),
            self.store.chronology,
            self.store.backups.display().to_string(),
            self.delivery.burst,
            self.delivery.clock_file.display().to_string(),
            self.intake.largest_article,
            self.intake.largest_file,
            self.intake.watch.display().to_string(),
            self.intake.watch_seconds,
            self.shown_feeds(),
            self.console.sample,
            self.log.level,
            self.log.format,
            self.operator.listen,
            self.operator.allow_remote,
        )
    }
}
