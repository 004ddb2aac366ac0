//! Where everything runs that waits for the world: threads of its own, so that no feed, however slow
//! or large, keeps Discord waiting.

use std::future::Future;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::runtime::{Builder, Handle, Runtime};

use super::fetch::{FetchError, Fetcher, Rules};

/// Threads that wait. Reading and storing is done by others.
const THREADS: usize = 2;
/// Threads that read, store, and look names up.
const BLOCKING: usize = 64;

/// The world, asked only through here. Nothing is started before the first question.
#[derive(Debug, Default)]
pub struct World {
    rules: Rules,
    fetcher: OnceLock<Result<Arc<Fetcher>, FetchError>>,
    runtime: Mutex<Option<Runtime>>,
}

impl World {
    /// The world under these rules.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self { rules, fetcher: OnceLock::new(), runtime: Mutex::default() }
    }

    /// The one client.
    ///
    /// # Errors
    /// When it could not be made.
    pub fn fetcher(&self) -> Result<Arc<Fetcher>, FetchError> {
        self.fetcher.get_or_init(|| Fetcher::new(self.rules.clone()).map(Arc::new)).clone()
    }

    /// The runtime's handle; the runtime is started when it is asked for first.
    ///
    /// # Errors
    /// When the operating system gives no threads.
    pub fn handle(&self) -> Result<Handle, FetchError> {
        let mut runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = runtime.as_ref() {
            return Ok(runtime.handle().clone());
        }
        let started = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .max_blocking_threads(BLOCKING)
            .thread_name("attache-world")
            .enable_all()
            .build()
            .map_err(|error| FetchError::Internal(error.to_string()))?;
        let handle = started.handle().clone();
        *runtime = Some(started);
        Ok(handle)
    }

    /// Does the work there and waits for it here: for threads that may block.
    ///
    /// # Errors
    /// When the runtime did not start, or the work panicked.
    pub fn wait<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, FetchError> {
        let (tell, hear) = std::sync::mpsc::sync_channel(1);
        self.handle()?.spawn(async move {
            // Whoever asked may have left.
            let _ = tell.send(work.await);
        });
        hear.recv().map_err(|_| FetchError::Internal("reading from the world failed".to_owned()))
    }
}

impl Drop for World {
    /// Lets go of what still waits: a runtime must not be waited for within another.
    fn drop(&mut self) {
        let runtime = self.runtime.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
    }
}
