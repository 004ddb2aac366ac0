//! A test that reads as a story: a Discord of its own, a data folder of its own, the real bot.
//!
//! ```no_run
//! # async fn story() {
//! use attache_tests::scenario::Scenario;
//!
//! let mut story = Scenario::new().await;
//! let guild = story.discord.guild("Trade desk");
//! let news = story.discord.channel(guild, "news");
//! let curator = story.curator(guild, "ada");
//! story.start_bot().await;
//! story.discord.slash(curator, news, "/subscribe").await;
//! story.kill9();
//! story.start_bot().await;
//! story.end();
//! # }
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::binary::{Process, attache};
use crate::discord::{Double, GuildId, RoleId, UserId, permissions};

/// How long a bot may take to connect and to register its commands. Serenity waits five seconds
/// between two identifies, and the tests' machine may be busy.
const READY: Duration = Duration::from_secs(60);

/// One story. The bot, if it runs, is killed when this is dropped.
pub struct Scenario {
    /// The Discord of this story.
    pub discord: Double,
    folder: TempDir,
    curator_users: Vec<UserId>,
    curator_roles: Vec<RoleId>,
    environment: Vec<(String, String)>,
    more_config: String,
    chronology: bool,
    bot: Option<Process>,
}

impl Scenario {
    /// A double and an empty data folder; no bot yet.
    ///
    /// # Panics
    /// If there is no room for a temporary folder.
    pub async fn new() -> Self {
        Self {
            discord: Double::start().await,
            folder: TempDir::new().expect("a temporary folder"),
            curator_users: Vec::new(),
            curator_roles: Vec::new(),
            environment: Vec::new(),
            more_config: String::new(),
            chronology: false,
            bot: None,
        }
    }

    /// A member of the guild who is a curator by the bot's config and may manage the guild.
    /// To be called before the bot starts.
    pub fn curator(&mut self, guild: GuildId, name: &str) -> UserId {
        let user = self.discord.member(guild, name, permissions::ADMINISTRATOR);
        self.curator_users.push(user);
        user
    }

    /// Makes the members of a role curators. To be called before the bot starts.
    pub fn curator_role(&mut self, role: RoleId) {
        self.curator_roles.push(role);
    }

    /// A further environment variable of the bot.
    pub fn env(&mut self, key: &str, value: &str) {
        self.environment.push((key.to_owned(), value.to_owned()));
    }

    /// Lets the bot load the shipped chronology into its empty store. To be called before it starts.
    pub fn with_chronology(&mut self) {
        self.chronology = true;
    }

    /// Further lines at the end of the config file, beginning with their `[section]`.
    pub fn config(&mut self, lines: &str) {
        self.more_config.push_str(lines);
        self.more_config.push('\n');
    }

    /// Sets the bot's clock to an instant, from which it runs on. To be called first before the bot
    /// starts, then whenever time is to pass.
    ///
    /// # Panics
    /// If the file that leads the clock cannot be written.
    pub fn set_clock(&mut self, instant: &str) {
        let (file, new) = (self.folder.path().join("clock"), self.folder.path().join("clock.new"));
        if !file.exists() {
            self.env("ATTACHE__DELIVERY__CLOCK_FILE", "clock");
        }
        // In one step: half an instant would be none.
        std::fs::write(&new, instant).expect("the clock is written");
        std::fs::rename(new, file).expect("the clock is put in place");
    }

    /// The folder of the story: the config file and the store lie in it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The store's folder.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The `attache` command in the story's folder, with its config and the double's token.
    ///
    /// # Panics
    /// If the config file cannot be written.
    #[must_use]
    pub fn command(&self) -> Command {
        let list = |ids: Vec<u64>| ids.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        let users = list(self.curator_users.iter().map(|user| user.0).collect());
        let roles = list(self.curator_roles.iter().map(|role| role.0).collect());
        let config = format!(
            // Stories ask faster than people do.
            "[discord]\napi_url = \"{}\"\ngateway_url = \"{}\"\ncurator_users = [{users}]\n\
             curator_roles = [{roles}]\ncooldown_requests = 0\n\n[store]\npath = \"data\"\nchronology = {}\n\n{}",
            self.discord.api_url(),
            self.discord.gateway_url(),
            self.chronology,
            self.more_config,
        );
        std::fs::write(self.folder.path().join("bot-config.toml"), config).expect("the config is written");
        let mut command = Command::new(attache());
        command.current_dir(self.folder.path());
        for (key, _) in std::env::vars().filter(|(key, _)| key.starts_with("ATTACHE__")) {
            command.env_remove(key);
        }
        command.env("DISCORD_TOKEN", self.discord.token());
        command.envs(self.environment.iter().map(|(key, value)| (key, value)));
        command
    }

    /// Starts the bot (`attache run`) and waits until it is connected and has registered commands.
    ///
    /// # Panics
    /// If it is not ready in time, with all that it wrote.
    pub async fn start_bot(&mut self) {
        // Of a bot that was killed, the double may not have seen the end yet.
        let before = self.discord.registrations();
        self.launch_bot();
        self.discord.wait_until_ready_again(before, READY).await;
    }

    /// Starts the bot without waiting for anything: for bots that are to fail.
    pub fn launch_bot(&mut self) {
        let mut command = self.command();
        self.bot = Some(Process::start(command.arg("run")));
    }

    /// The running bot.
    ///
    /// # Panics
    /// If none was started.
    pub fn bot(&mut self) -> &mut Process {
        self.bot.as_mut().expect("a bot was started")
    }

    /// Kills the bot where it stands.
    pub fn kill9(&mut self) {
        self.bot().kill9();
        self.bot = None;
    }

    /// Kills the bot where it stands and starts it again on the same data.
    pub async fn restart(&mut self) {
        self.kill9();
        self.start_bot().await;
    }

    /// Asks the bot to stop and waits until it has.
    ///
    /// # Panics
    /// If it does not stop within ten seconds.
    pub async fn stop(&mut self) {
        self.bot().terminate();
        self.bot().wait(Duration::from_secs(10)).await;
        self.bot = None;
    }

    /// Ends the story: no rule of Discord's was broken, no message could ping.
    ///
    /// # Panics
    /// If one was.
    #[track_caller]
    pub fn end(self) {
        self.discord.assert_clean();
    }
}

/// A story that ends without a word is held to the rules all the same.
impl Drop for Scenario {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.discord.assert_clean();
        }
    }
}
