//! Why something was not fetched, in words for whoever gave the link.

use std::net::IpAddr;
use std::time::Duration;

use super::resolve::{Barred, Unknown};

/// Why something was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// Not a link that is followed.
    #[error("{0}")]
    Link(String),
    /// An address nobody outside may make us ask.
    #[error("{host} is not asked: {address} is {why}")]
    Barred {
        /// As the link names it.
        host: String,
        /// Where it leads.
        address: IpAddr,
        /// What that is.
        why: &'static str,
    },
    /// The name leads nowhere.
    #[error("there is no host {host}: {why}")]
    NoHost {
        /// As the link names it.
        host: String,
        /// The resolver's word.
        why: String,
    },
    /// No connection, or a broken one.
    #[error("the connection to {host} failed: {why}")]
    Unreachable {
        /// As the link names it.
        host: String,
        /// The cause.
        why: String,
    },
    /// Too slow.
    #[error("{host} took too long: {what} within {} s", .most.as_secs_f32())]
    Late {
        /// As the link names it.
        host: String,
        /// What did not come.
        what: &'static str,
        /// The limit.
        most: Duration,
    },
    /// Another status than success.
    #[error("the server answered {status}{}", words(*.status))]
    Status {
        /// HTTP's number.
        status: u16,
        /// When to come again, where the server says.
        again: Option<Duration>,
    },
    /// More than is read.
    #[error("it is larger than {most} bytes (the config's fetch.largest)")]
    TooLarge {
        /// The limit.
        most: usize,
    },
    /// Redirects without end, or into nothing.
    #[error("{0}")]
    Redirect(String),
    /// Neither a page nor a feed.
    #[error("it is {0}, not a page")]
    Type(String),
    /// The body does not read.
    #[error("the answer does not read: {0}")]
    Body(String),
    /// The site does not want it.
    #[error("the robots.txt of {host} does not allow programs to read this")]
    Robots {
        /// As the link names it.
        host: String,
    },
    /// Nobody knows what the site wants.
    #[error("the robots.txt of {host} could not be read ({why}), so nothing else is asked of it for now")]
    RobotsUnread {
        /// As the link names it.
        host: String,
        /// The cause.
        why: String,
    },
    /// Ours to mend.
    #[error("{0}")]
    Internal(String),
}

fn words(status: u16) -> &'static str {
    match status {
        401 | 403 => " (no right to read it)",
        404 => " (there is no such page)",
        410 => " (gone for good)",
        429 => " (too many requests)",
        500..=599 => " (its own fault)",
        _ => "",
    }
}

impl FetchError {
    /// Whether asking again later may help.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            Self::NoHost { .. }
            | Self::Unreachable { .. }
            | Self::Late { .. }
            | Self::RobotsUnread { .. }
            | Self::Internal(_) => true,
            Self::Body(_) => true,
            _ => false,
        }
    }

    /// The library's error in our words: without the link, which may be long and is known to the asker.
    pub(super) fn of(error: &reqwest::Error, host: &str, longest: Duration) -> Self {
        let host = host.to_owned();
        let causes = || {
            std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source())
        };
        if let Some(barred) = causes().find_map(|cause| cause.downcast_ref::<Barred>()) {
            return Self::Barred { host: barred.host.clone(), address: barred.address, why: barred.why };
        }
        if let Some(unknown) = causes().find_map(|cause| cause.downcast_ref::<Unknown>()) {
            return Self::NoHost { host: unknown.host.clone(), why: unknown.why.clone() };
        }
        if error.is_timeout() {
            let what = if error.is_connect() { "no connection" } else { "the answer did not end" };
            return Self::Late { host, what, most: longest };
        }
        let innermost = causes().last().map_or_else(String::new, ToString::to_string);
        Self::Unreachable { host, why: innermost.chars().filter(|c| !c.is_control()).take(200).collect() }
    }
}
