//! The real program as a child process.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

/// Longest wait for anything the program should do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// What the program wrote to standard error so far, and a bell for each line.
type Log = Arc<(Mutex<String>, Condvar)>;

/// `attache run`, killed when dropped.
pub(crate) struct Process {
    child: Child,
    log: Log,
}

impl Process {
    /// Starts the program in `folder`, where it finds its `bot-config.toml`.
    pub(crate) fn start(folder: &Path) -> Self {
        let mut child = Command::new(program())
            .arg("run")
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Log::default();
        let (lines, shared) = (BufReader::new(child.stderr.take().unwrap()).lines(), Arc::clone(&log));
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let (text, bell) = &*shared;
                let mut text = text.lock().unwrap();
                text.push_str(&line);
                text.push('\n');
                bell.notify_all();
            }
        });
        Self { child, log }
    }

    /// Waits until the log has `text`.
    pub(crate) fn wait_for_log(&self, text: &str) {
        let (log, bell) = &*self.log;
        let start = Instant::now();
        let mut log = log.lock().unwrap();
        while !log.contains(text) {
            assert!(start.elapsed() < PATIENCE, "the log never said {text:?}:\n{log}");
            log = bell.wait_timeout(log, Duration::from_millis(200)).unwrap().0;
        }
    }

    /// The log so far.
    pub(crate) fn log(&self) -> String {
        self.log.0.lock().unwrap().clone()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log()
    }

    /// Asks it to end, as a service manager does, and waits until it has.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        self.wait()
    }

    /// Waits until it ends by itself.
    pub(crate) fn ended(mut self) -> (ExitStatus, String) {
        self.wait()
    }

    fn wait(&mut self) -> (ExitStatus, String) {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // The reader thread may still be at the last lines.
                thread::sleep(Duration::from_millis(50));
                return (status, self.log());
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, built once: `cargo test` builds no binary of another package.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().unwrap();
        let folder = test.parent().and_then(Path::parent).unwrap();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", "attache-bot", "--bin", "attache"]);
        build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        build.env("CARGO_TARGET_DIR", folder.parent().unwrap());
        if folder.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success(), "the program does not build");
        folder.join("attache")
    })
}
