//! The two bots as processes, each on one core where that can be asked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use attache_tests::binary::attache;

use crate::rig::{Rig, TOKEN};

/// A running bot; it ends with this.
pub(crate) struct Bot(Child);

impl Bot {
    /// The most memory it held so far, in megabytes.
    pub(crate) fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Copies a store that was made before.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The command on one core, where that can be asked for.
fn pinned(program: &Path) -> Command {
    let can = Command::new("taskset").arg("-V").stdout(Stdio::null()).status().is_ok_and(|s| s.success());
    if !can {
        println!("(taskset is not there: not pinned to one core)");
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", "1"]).arg(program);
    command
}

pub(crate) fn ours(folder: &Path, rig: &Rig) -> Bot {
    let config = format!(
        "[discord]\ncooldown_requests = 0\napi_url = \"{}\"\ngateway_url = \"{}\"\n\n[store]\npath = \"data\"\nchronology = false\n",
        rig.api(),
        rig.gateway()
    );
    fs::write(folder.join("bot-config.toml"), config).unwrap();
    let mut command = pinned(attache());
    command.arg("run").current_dir(folder).env("DISCORD_TOKEN", TOKEN);
    let log = fs::File::create(folder.join("log")).unwrap();
    command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    Bot(command.spawn().unwrap())
}

const PEER: &str = r#"
const { Client, GatewayIntentBits } = require('discord.js');
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env.BENCH_API + '/api', version: '10', globalRequestsPerSecond: Infinity },
});
const embed = { title: '12 engagements, latest first', description: 'x'.repeat(600),
  fields: Array.from({ length: 10 }, (_, n) => ({ name: `Entry ${n}`, value: 'y'.repeat(200) })) };
client.on('interactionCreate', (i) => i.reply({ embeds: [embed], allowedMentions: { parse: [] } }).catch((e) => { console.error(e); process.exit(1); }));
client.login(process.env.DISCORD_TOKEN);
"#;

/// A folder in which the peer is installed.
pub(crate) fn peer_folder() -> Result<PathBuf, String> {
    for program in ["node", "npm"] {
        let there = Command::new(program).arg("--version").stdout(Stdio::null()).status();
        if !there.is_ok_and(|status| status.success()) {
            return Err(format!("{program} is not installed"));
        }
    }
    let folder = std::env::var_os("ATTACHE_BENCH_PEER")
        .map_or_else(|| std::env::temp_dir().join("attache-bench-peer"), PathBuf::from);
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    if !folder.join("node_modules/discord.js").is_dir() {
        let mut install = Command::new("npm");
        install.args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"]).arg(&folder);
        let done = install.arg("discord.js@14").status().map_err(|error| error.to_string())?;
        if !done.success() {
            return Err("npm could not install discord.js".to_owned());
        }
    }
    fs::write(folder.join("bot.js"), PEER).map_err(|error| error.to_string())?;
    Ok(folder)
}

pub(crate) fn peer(folder: &Path, rig: &Rig) -> Bot {
    let mut command = pinned(Path::new("node"));
    command.arg("bot.js").current_dir(folder).env("DISCORD_TOKEN", TOKEN).env("BENCH_API", rig.api());
    command.stdin(Stdio::null()).stdout(Stdio::null());
    Bot(command.spawn().unwrap())
}
