//! The one way by which anything is read from the world: feeds, pages, links people give.
//!
//! A link comes in; a body, or words that say why there is none, go out. Every step is limited: which
//! addresses are connected to, how long anything may take, how much is read and unpacked, how often a
//! host is asked and what its robots.txt allows. What is in the body is none of its business.

mod address;
mod body;
mod error;
mod host;
mod resolve;
mod robots;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::{Client, Response, StatusCode, Url};
use tokio::sync::Semaphore;
use tokio::time::timeout;

pub use address::link;
pub use error::FetchError;

use host::Hosts;
use resolve::Guard;
use robots::Known;

/// Requests on their way at one time: what bounds memory, not what slows feeds down.
const AT_ONCE: usize = 200;
/// Redirects that are followed.
const HOPS: usize = 5;
/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest silence within an answer.
const SILENCE: Duration = Duration::from_secs(15);
/// Longest value of a header that is kept.
const HEADER: usize = 1_000;
/// Longest that a server's word puts us off.
const PUT_OFF: Duration = Duration::from_secs(24 * 3600);

/// What the config allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// A mail address or page of whoever runs this program, told to every server.
    pub contact: String,
    /// Longest one request may take.
    pub longest: Duration,
    /// Pause between two requests to a host.
    pub pause: Duration,
    /// Most bytes of a body, unpacked.
    pub largest: usize,
    /// Ports that are asked.
    pub ports: Vec<u16>,
    /// Loopback addresses may be asked, at any port: for tests.
    pub allow_loopback: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            contact: String::new(),
            longest: Duration::from_secs(30),
            pause: Duration::from_secs(1),
            largest: 10 << 20,
            ports: vec![80, 443],
            allow_loopback: false,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// A feed: what is too large is cut off, of any type.
    Feed,
    /// A web page or a text.
    Page,
    /// A robots.txt: what is too large is cut off.
    Robots,
}

/// What a server said of a body the last time, so that it need not send it again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A body.
    Fresh(Page),
    /// Nothing has changed.
    Unchanged {
        /// Where it lies from now on, where the server says it moved for good.
        moved: Option<String>,
    },
}

/// A body and what was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Where it came from, after redirects.
    pub url: String,
    /// Where it lies from now on, where the server says it moved for good.
    pub moved: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// For the next request.
    pub validators: Validators,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
    /// There was more.
    pub cut: bool,
}

/// The client.
#[derive(Debug)]
pub struct Fetcher {
    rules: Arc<Rules>,
    client: Client,
    hosts: Hosts,
    slots: Semaphore,
}

impl Fetcher {
    /// Makes the client.
    ///
    /// # Errors
    /// When the TLS library does not start.
    pub fn new(rules: Rules) -> Result<Self, FetchError> {
        let rules = Arc::new(rules);
        let client = Client::builder()
            .user_agent(user_agent(&rules.contact))
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(Arc::new(Guard { rules: Arc::clone(&rules) }))
            // A proxy would look names up itself, past the guard.
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT.min(rules.longest))
            .read_timeout(SILENCE.min(rules.longest))
            .timeout(rules.longest)
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(20))
            .build()
            .map_err(|error| FetchError::Internal(error.to_string()))?;
        Ok(Self { rules, client, hosts: Hosts::default(), slots: Semaphore::new(AT_ONCE) })
    }

    /// The limits in force.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Fetches what lies behind a link, following redirects.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn get(&self, link: &str, want: Want, validators: &Validators) -> Result<Answer, FetchError> {
        let mut url = address::link(link, &self.rules)?;
        let mut moved = None;
        // Only a chain of permanent moves from the first address on moves the first address.
        let mut for_good = true;
        for _ in 0..=HOPS {
            let pause = if want == Want::Robots { Duration::ZERO } else { self.allowed(&url).await? };
            let outcome = self.once(&url, want, validators, pause).await?;
            match outcome {
                Hop::To { next, permanent } => {
                    let next = address::judged(next, &self.rules)?;
                    for_good &= permanent;
                    if for_good {
                        moved = Some(next.to_string());
                    }
                    url = next;
                }
                Hop::Unchanged => return Ok(Answer::Unchanged { moved }),
                Hop::Here(page) => return Ok(Answer::Fresh(Page { moved, ..page })),
            }
        }
        Err(FetchError::Redirect(format!("it is redirected more than {HOPS} times")))
    }

    /// Asks the host's robots.txt, once in a while, and gives the pause it wishes for.
    async fn allowed(&self, url: &Url) -> Result<Duration, FetchError> {
        let host = self.hosts.of(url);
        let mut known = host.robots.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.holds()) {
            return known.allows(url);
        }
        let mut robots = url.clone();
        robots.set_path("/robots.txt");
        robots.set_query(None);
        let none = Validators::default();
        let answer = Box::pin(self.get(robots.as_str(), Want::Robots, &none)).await;
        let fresh = Known::of(answer.map(|answer| match answer {
            Answer::Fresh(page) => page.bytes,
            Answer::Unchanged { .. } => Vec::new(),
        }))
        .await;
        let allowed = fresh.allows(url);
        *known = Some(fresh);
        allowed
    }

    /// One request, in the host's turn.
    async fn once(
        &self,
        url: &Url,
        want: Want,
        validators: &Validators,
        pause: Duration,
    ) -> Result<Hop, FetchError> {
        let host = url.host_str().unwrap_or_default();
        let _turn = self.hosts.of(url).turn(self.rules.pause.max(pause)).await;
        let _slot = self.slots.acquire().await;
        let late = |what| FetchError::Late { host: host.to_owned(), what, most: self.rules.longest };
        let request = self.client.get(url.clone()).headers(headers(want, validators));
        let failed = |error: reqwest::Error| FetchError::of(&error, host, self.rules.longest);
        let work = async {
            let mut response = request.send().await.map_err(failed)?;
            self.connected_to(&response, host)?;
            if let Some(hop) = hop(&response, url)? {
                return Ok(Sent::Hop(hop));
            }
            let head = Head::of(&response, want)?;
            let most = if want == Want::Robots { robots::LARGEST } else { self.rules.largest };
            if want == Want::Page && response.content_length().is_some_and(|length| length > most as u64) {
                return Err(FetchError::TooLarge { most });
            }
            let body = body::received(&mut response, most).await.map_err(failed)?;
            Ok(Sent::Body(head, body, most))
        };
        match timeout(self.rules.longest, work).await.map_err(|_| late("the answer did not end"))?? {
            Sent::Hop(hop) => Ok(hop),
            Sent::Body(head, body, most) => head.with(url, body, want, most).await,
        }
    }

    /// What was connected to is judged once more, whatever the resolver said.
    fn connected_to(&self, response: &Response, host: &str) -> Result<(), FetchError> {
        let Some(address) = response.remote_addr().map(|address| address.ip()) else { return Ok(()) };
        let barred = |why| FetchError::Barred { host: host.to_owned(), address, why };
        address::permitted(address, &self.rules).map_err(barred)
    }
}

/// What a request led to.
enum Hop {
    Here(Page),
    Unchanged,
    To { next: Url, permanent: bool },
}

/// What was sent, before it is unpacked.
enum Sent {
    Hop(Hop),
    Body(Head, body::Body, usize),
}

/// What an answer's head says.
struct Head {
    content_type: Option<String>,
    encoding: String,
    validators: Validators,
}

impl Head {
    fn of(response: &Response, want: Want) -> Result<Self, FetchError> {
        let headers = response.headers();
        let content_type = text(headers, CONTENT_TYPE);
        if want == Want::Page
            && let Some(other) = content_type.as_deref().and_then(other_than_page)
        {
            return Err(FetchError::Type(other));
        }
        let encodings = headers.get_all(CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        Ok(Self {
            content_type,
            encoding: encodings.collect::<Vec<_>>().join(","),
            validators: Validators { etag: text(headers, ETAG), modified: text(headers, LAST_MODIFIED) },
        })
    }

    /// Unpacks the body where that may take its time.
    async fn with(self, url: &Url, body: body::Body, want: Want, most: usize) -> Result<Hop, FetchError> {
        let encoding = self.encoding;
        let unpacked = tokio::task::spawn_blocking(move || body::unpacked(body, &encoding, most)).await;
        let body = unpacked.map_err(|panic| FetchError::Internal(panic.to_string()))??;
        if body.cut && want == Want::Page {
            return Err(FetchError::TooLarge { most });
        }
        Ok(Hop::Here(Page {
            url: url.to_string(),
            moved: None,
            content_type: self.content_type,
            validators: self.validators,
            bytes: body.bytes,
            cut: body.cut,
        }))
    }
}

/// What an answer leads to, unless it is a body.
fn hop(response: &Response, url: &Url) -> Result<Option<Hop>, FetchError> {
    let status = response.status();
    match status {
        StatusCode::NOT_MODIFIED => Ok(Some(Hop::Unchanged)),
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let to = response.headers().get(LOCATION).and_then(|to| std::str::from_utf8(to.as_bytes()).ok());
            let next = to.and_then(|to| url.join(to).ok());
            let next = next.ok_or_else(|| FetchError::Redirect("it is redirected to nowhere".to_owned()))?;
            if next == *url {
                return Err(FetchError::Redirect("it is redirected to itself".to_owned()));
            }
            let permanent = matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            Ok(Some(Hop::To { next, permanent }))
        }
        _ if status.is_success() => Ok(None),
        _ => Err(FetchError::Status { status: status.as_u16(), again: again(response.headers()) }),
    }
}

/// When the server wishes to be asked again, from its own word in seconds.
fn again(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(PUT_OFF))
}

/// A header's value, unless it is too long to be kept or is no text.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= HEADER).then(|| value.to_owned())
}

/// The type, where it is one that no article is written in.
fn other_than_page(content_type: &str) -> Option<String> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let read =
        ["", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream", "text/markdown"];
    (!read.contains(&kind.as_str())).then(|| kind.chars().filter(|c| !c.is_control()).take(60).collect())
}

fn headers(want: Want, validators: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let accept = match want {
        Want::Feed => {
            "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, \
             application/json;q=0.8, text/xml;q=0.8, */*;q=0.5"
        }
        Want::Page => "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
        Want::Robots => "text/plain, */*;q=0.5",
    };
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, deflate"));
    for (name, value) in [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.modified)] {
        // What a server once sent is no header of ours until it reads as one.
        if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

/// How the program names itself.
fn user_agent(contact: &str) -> String {
    let name = concat!("attache/", env!("CARGO_PKG_VERSION"));
    let contact: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    if contact.trim().is_empty() { name.to_owned() } else { format!("{name} (+{})", contact.trim()) }
}
