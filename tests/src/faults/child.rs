//! The worker as a process: started, killed, heard to the end. It is the test program once more,
//! which runs nothing but its test `worker::worker` then.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use super::workload::{Job, Said};

/// Longer than any run takes; a worker that hangs is a fault.
const LIMIT: Duration = Duration::from_secs(120);

/// Variable of the environment that holds a worker's job.
pub const JOB: &str = "ATTACHE_FAULTS_JOB";

/// A worker at work.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    lines: Receiver<Said>,
    said: Vec<Said>,
    job: Job,
}

/// What a worker said, and whether it ended by itself and well.
#[derive(Debug)]
pub struct Ended {
    /// Its lines in order.
    pub said: Vec<Said>,
    /// Exit code, where it was not killed.
    pub code: Option<i32>,
}

impl Worker {
    /// Starts one.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start(job: &Job) -> Self {
        let text = serde_json::to_string(job).expect("a job is JSON");
        let mut command = Command::new(std::env::current_exe().expect("a test knows its own path"));
        command
            .args(["--exact", "worker::worker", "--ignored", "--nocapture", "-q", "--test-threads", "1"])
            .env(JOB, text)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let out = child.stdout.take().expect("standard output is piped");
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
                // The test harness speaks too, and the last line may be cut by the kill: what is not
                // whole was not said.
                let Ok(said) = serde_json::from_slice(&line) else { continue };
                if sender.send(said).is_err() {
                    return;
                }
            }
        });
        Self { child, lines, said: Vec::new(), job: job.clone() }
    }

    /// Waits until the store is open, or until the worker ends.
    pub fn wait_until_open(&mut self) {
        while !self.said.contains(&Said::Open) {
            let Ok(said) = self.lines.recv_timeout(LIMIT) else { return };
            self.said.push(said);
        }
    }

    /// SIGKILL, and what it had said by then.
    ///
    /// # Panics
    /// If it cannot be waited for.
    #[must_use]
    pub fn kill(mut self) -> Ended {
        // One that has ended cannot be killed, which is as well.
        let _ = self.child.kill();
        self.end()
    }

    /// Waits until it ends.
    ///
    /// # Panics
    /// If it hangs.
    #[must_use]
    pub fn end(mut self) -> Ended {
        let limit = Instant::now() + LIMIT;
        loop {
            match self.lines.recv_timeout(limit.saturating_duration_since(Instant::now())) {
                Ok(said) => self.said.push(said),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("the worker hangs: {:?}, after {:?}", self.job, self.said.last());
                }
            }
        }
        let status = self.child.wait().expect("a child can be waited for");
        Ended { said: self.said, code: status.code() }
    }
}

/// Runs a worker to its end.
#[must_use]
pub fn run(job: &Job) -> Ended {
    Worker::start(job).end()
}
