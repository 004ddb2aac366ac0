//! A folder that is looked into again and again: each file put there is read once and moved to `taken`,
//! or to `refused`, with a word on what of it was not stored.
//!
//! ```text
//! file ─ the same at two looks ─ read ─ articles ──▶ store ─ moved
//! ```
//!
//! Moving comes last, so that nothing is lost where the program ends in between: a file that was stored
//! and not moved is read again, and is known. Links are not followed, folders not entered.

mod look;
mod reading;
mod shelf;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::Notify;

use crate::app::App;
use look::Look;
use reading::{Later, Verdict};

/// What the config says of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Where it is.
    pub folder: PathBuf,
    /// Pause between two looks.
    pub every: Duration,
}

/// The running watch.
#[derive(Debug)]
#[must_use]
pub(crate) struct Watch {
    /// Dropped to end it.
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Watch {
    /// Ends it; waits for what is being stored just then.
    pub(crate) fn stop(self) {
        drop(self.stop);
        if self.thread.join().is_err() {
            tracing::error!("the watched folder was no longer looked into");
        }
    }
}

/// Starts looking into the folder, where one is configured. `wake` is told when something may have to be
/// delivered.
///
/// # Errors
/// When the folder cannot be made or is not for this, in words.
pub(crate) fn start(app: &Arc<App>, wake: Arc<Notify>) -> Result<Option<Watch>, String> {
    let Some(Watched { folder, every }) = app.watch.clone() else { return Ok(None) };
    let refused = |why: &dyn std::fmt::Display| format!("intake.watch: {}: {why}", folder.display());
    for shelf in shelf::ALL {
        fs::create_dir_all(folder.join(shelf)).map_err(|error| refused(&error))?;
    }
    apart(&folder, app.store.folder()).map_err(|why| refused(&why))?;
    let (stop, stopped) = channel();
    let mut desk = Desk {
        app: Arc::clone(app),
        wake,
        folder: folder.clone(),
        seen: BTreeMap::new(),
        stuck: BTreeMap::new(),
        told: None,
        stopped,
    };
    let thread = thread::Builder::new().name("attache-watch".to_owned());
    let thread = thread.spawn(move || desk.keep_looking(every)).map_err(|error| refused(&error))?;
    Ok(Some(Watch { stop, thread }))
}

/// Everything in the folder is moved: neither the store nor the program's own files may lie there.
fn apart(folder: &Path, store: &Path) -> Result<(), String> {
    let whole = |path: &Path| fs::canonicalize(path).map_err(|error| error.to_string());
    let (folder, store) = (whole(folder)?, whole(store)?);
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    if folder.starts_with(&store) || store.starts_with(&folder) || whole(&here)?.starts_with(&folder) {
        return Err("it has to be a folder of its own: everything in it is moved, and the store or the \
                    program's own files are in there"
            .to_owned());
    }
    Ok(())
}

struct Desk {
    app: Arc<App>,
    wake: Arc<Notify>,
    folder: PathBuf,
    /// What was there at the last look.
    seen: BTreeMap<OsString, Look>,
    /// Files that were read and cannot be moved: left alone until they change.
    stuck: BTreeMap<OsString, Look>,
    /// The last trouble that was told, so that it is not told at each look.
    told: Option<String>,
    stopped: Receiver<()>,
}

impl Desk {
    fn keep_looking(&mut self, every: Duration) {
        loop {
            if let Err(error) = self.look() {
                self.tell(&format!("the watched folder cannot be read: {error}"));
            }
            if self.stopped.recv_timeout(every) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.try_recv() == Err(TryRecvError::Disconnected)
    }

    fn tell(&mut self, trouble: &str) {
        if self.told.as_deref() != Some(trouble) {
            tracing::warn!("{trouble}");
            self.told = Some(trouble.to_owned());
        }
    }

    /// Reads what has not changed since the last look.
    fn look(&mut self) -> io::Result<()> {
        let files = look::into(&self.folder)?;
        let last = std::mem::replace(&mut self.seen, files.clone());
        self.stuck.retain(|name, look| files.get(name) == Some(look));
        let whole = files.into_iter().filter(|(name, look)| last.get(name) == Some(look));
        let ready: Vec<_> = whole.filter(|(name, _)| !self.stuck.contains_key(name)).collect();
        for (name, look) in ready {
            if self.is_stopped() {
                break;
            }
            self.one(name, look);
        }
        Ok(())
    }

    fn one(&mut self, name: OsString, look: Look) {
        let path = self.folder.join(&name);
        let shown = shelf::plain(&name);
        let read = catch_unwind(AssertUnwindSafe(|| {
            reading::take(&self.app, &path, &shown, &look, &|| self.is_stopped())
        }));
        let verdict = match read {
            Ok(Ok(verdict)) => verdict,
            Ok(Err(Later::Changed)) => return,
            Ok(Err(Later::Store(error))) => {
                return self.tell(&format!("{shown} waits in the watched folder: {error}"));
            }
            Err(_) => Verdict::refused("its text does not read".to_owned()),
        };
        if verdict.news {
            self.wake.notify_one();
        }
        match shelf::put_away(&self.folder, &name, &look, &verdict) {
            Ok(()) => {
                self.told = None;
                let remarks = verdict.remarks.join("; ");
                let articles = verdict.articles;
                tracing::info!(
                    file = shown,
                    articles,
                    remarks,
                    "{} from the watched folder",
                    verdict.shelf()
                );
            }
            Err(error) => {
                tracing::warn!(file = shown, "was read and cannot be moved, it is left alone: {error}");
                self.stuck.insert(name, look);
            }
        }
    }
}
