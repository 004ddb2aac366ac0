//! The real `attache` binary as a child process: built once, started, watched, killed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// The path of the `attache` binary, built first if this is the first call.
///
/// It is built in the profile and target folder of the running test.
///
/// # Panics
/// If it does not build.
#[must_use]
pub fn attache() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let test = std::env::current_exe().expect("a test knows its own path");
        // target/<profile>/deps/<test>
        let folder = test.ancestors().nth(2).expect("tests lie in target/<profile>/deps");
        let mut build = Command::new(env!("CARGO"));
        build
            .args(["build", "--quiet", "--package", "attache-bot", "--bin", "attache"])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
            .env("CARGO_TARGET_DIR", folder.parent().expect("a profile lies in a target folder"));
        if folder.file_name().is_some_and(|profile| profile == "release") {
            build.arg("--release");
        }
        let status = build.status().expect("cargo starts");
        assert!(status.success(), "the attache binary does not build");
        folder.join("attache")
    })
}

/// A running child whose output is kept line by line. It is killed when this is dropped.
pub struct Process {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Process {
    /// Starts a command, its standard output and error captured.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start(command: &mut Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (out, err) = (child.stdout.take(), child.stderr.take());
        collect(out.expect("standard output is piped"), &lines);
        collect(err.expect("standard error is piped"), &lines);
        Self { child, lines }
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The lines of both streams so far.
    ///
    /// # Panics
    /// Never: the lock is not held across anything that panics.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("no panic under this lock").clone()
    }

    /// Waits for a line that contains this text and gives it.
    ///
    /// # Panics
    /// If none comes in time, with all that was written.
    pub async fn wait_for_line(&self, text: &str, limit: Duration) -> String {
        let end = Instant::now() + limit;
        loop {
            if let Some(line) = self.lines().into_iter().find(|line| line.contains(text)) {
                return line;
            }
            assert!(Instant::now() < end, "no line with {text:?} within {limit:?}: {:#?}", self.lines());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether the process still runs.
    ///
    /// # Panics
    /// If the system does not know the process.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child can be asked").is_none()
    }

    /// Waits until the process ends by itself.
    ///
    /// # Panics
    /// If it does not end in time, with all that was written.
    pub async fn wait(&mut self, limit: Duration) -> ExitStatus {
        let end = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                return status;
            }
            assert!(Instant::now() < end, "still running after {limit:?}: {:#?}", self.lines());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// SIGKILL: no chance to tidy up. Returns when the process is gone.
    pub fn kill9(&mut self) {
        // A process that has ended cannot be killed, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// SIGTERM: a polite request to stop.
    ///
    /// # Panics
    /// If the `kill` command cannot be started.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Any signal, by its name without SIG.
    ///
    /// # Panics
    /// If the `kill` command cannot be started.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        Command::new("kill").args([&format!("-{name}"), &id]).status().expect("kill starts");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill9();
        if std::thread::panicking() {
            // What the bot said is what a failed test needs; the harness shows it with the panic.
            for line in self.lines.lock().map(|lines| lines.clone()).unwrap_or_default() {
                show(&line);
            }
        }
    }
}

#[expect(clippy::print_stderr, reason = "the output of a failed test")]
fn show(line: &str) {
    eprintln!("bot: {line}");
}

fn collect(stream: impl Read + Send + 'static, lines: &Arc<Mutex<Vec<String>>>) {
    let lines = Arc::clone(lines);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            lines.lock().expect("no panic under this lock").push(line);
        }
    });
}
