//! A web of ours on loopback: many hosts, each a port of its own, whose pages a test scripts, good and
//! bad; and a note of every request.
//!
//! ```no_run
//! # async fn story() {
//! use attache_tests::web::{Host, Page};
//!
//! let paper = Host::start().await;
//! paper.put("/feed", Page::rss(&[("A meeting", "/a", "Wed, 11 Jun 2025 10:00:00 GMT")]));
//! paper.put("/a", Page::html("<h1>A meeting</h1>…").slow(std::time::Duration::from_secs(1)));
//! // … a bot that reads paper.url("/feed") …
//! assert_eq!(paper.count("/feed"), 1);
//! # }
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

mod page;

pub use page::{Body, Page};

/// One host. Clones are the same host; it ends with the test's runtime.
#[derive(Clone)]
pub struct Host {
    address: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    pages: BTreeMap<String, Page>,
    requests: Vec<Request>,
    now: usize,
    most: usize,
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Request {
    /// Path and query.
    pub path: String,
    /// Headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// When.
    pub at: Instant,
}

impl Host {
    /// Starts a host on a free port of 127.0.0.1. Everything is 404 until it is put there.
    ///
    /// # Panics
    /// If no port can be bound.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound listener has an address").to_string();
        let host = Self { address, state: Arc::default() };
        let server = host.clone();
        tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(server.clone().serve(stream));
            }
        });
        host
    }

    /// The address of a path on this host.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Host and port.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Puts a page at a path, in place of what was there. What it says of `HOST` is this host.
    pub fn put(&self, path: &str, page: Page) {
        self.state().pages.insert(path.to_owned(), page.on(&format!("http://{}", self.address)));
    }

    /// The requests so far for a path.
    #[must_use]
    pub fn requests(&self, path: &str) -> Vec<Request> {
        self.state().requests.iter().filter(|request| request.path == path).cloned().collect()
    }

    /// All requests so far.
    #[must_use]
    pub fn all_requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    /// How many requests there were for a path.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        self.requests(path).len()
    }

    /// The most requests that were being answered at one time.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.state().most
    }

    /// Waits until there were so many requests for a path.
    ///
    /// # Panics
    /// If they do not come in time.
    pub async fn wait_for(&self, path: &str, count: usize, limit: Duration) {
        let end = Instant::now() + limit;
        while self.count(path) < count {
            let seen = self.count(path);
            assert!(Instant::now() < end, "{seen} of {count} requests for {path} within {limit:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(self, mut stream: TcpStream) {
        let mut read = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = read.windows(4).position(|window| window == b"\r\n\r\n") {
                    break at + 4;
                }
                let mut chunk = [0; 4096];
                match stream.read(&mut chunk).await {
                    Ok(1..) if read.len() > 1 << 16 => return,
                    Ok(count @ 1..) => read.extend(chunk.iter().take(count)),
                    _ => return,
                }
            };
            let head: Vec<u8> = read.drain(..end).collect();
            let request = request(&String::from_utf8_lossy(&head));
            let page = {
                let mut state = self.state();
                state.requests.push(request.clone());
                state.now += 1;
                state.most = state.most.max(state.now);
                state.pages.get(&request.path).cloned()
            };
            let sent = page.unwrap_or_else(|| Page::status(404)).send(&mut stream, &request).await;
            self.state().now -= 1;
            if !sent {
                let _ = stream.shutdown().await;
                return;
            }
        }
    }
}

fn request(head: &str) -> Request {
    let mut lines = head.lines();
    let path = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    Request { path, headers: headers.collect(), at: Instant::now() }
}
