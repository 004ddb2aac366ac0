//! What can be made to go wrong with the next requests, and when.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Value, json};

use super::routes::Route;

/// One thing that goes wrong with one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 429. `retry_after` is in seconds; `global` says that every route is held, not only this one.
    RateLimited {
        /// Seconds until the next try may be made.
        retry_after: f64,
        /// Whether the limit counts for the whole bot.
        global: bool,
    },
    /// 403 with code 50001: the bot does not see the channel.
    MissingAccess,
    /// 403 with code 50013: the bot sees the channel and may not do this there.
    MissingPermissions,
    /// 404 with code 10003: the channel is gone.
    UnknownChannel,
    /// A 5xx of this status, with the kind of body a proxy in front of Discord sends (not JSON).
    ServerError(u16),
    /// Any status with any body.
    Status(u16, Value),
    /// The request is carried out, and answered only after this long.
    Slow(Duration),
    /// The connection breaks before anything was recorded.
    DropBefore,
    /// The request is carried out, then the connection breaks: the bot cannot know.
    DropAfter,
    /// Nothing is recorded and no answer ever comes: time to kill the bot.
    SilenceBefore,
    /// The request is carried out and no answer ever comes: time to kill the bot.
    SilenceAfter,
}

/// What answers the request instead of the ordinary handler.
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Fault {
    /// The answer of a fault that is an answer.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let plain = |status, code, message: &str| {
            Some(Refusal { status, body: json!({"message": message, "code": code}), headers: Vec::new() })
        };
        match self {
            Self::RateLimited { retry_after, global } => {
                let body = json!({
                    "message": "You are being rate limited.", "retry_after": retry_after, "global": global,
                });
                let mut headers = vec![
                    ("retry-after", format!("{}", retry_after.ceil())),
                    ("x-ratelimit-scope", if *global { "global" } else { "user" }.to_owned()),
                ];
                if *global {
                    headers.push(("x-ratelimit-global", "true".to_owned()));
                }
                Some(Refusal { status: 429, body, headers })
            }
            Self::MissingAccess => plain(403, 50001, "Missing Access"),
            Self::MissingPermissions => plain(403, 50013, "Missing Permissions"),
            Self::UnknownChannel => plain(404, 10003, "Unknown Channel"),
            Self::ServerError(status) => Some(Refusal {
                status: *status,
                body: Value::String("upstream connect error".to_owned()),
                headers: Vec::new(),
            }),
            Self::Status(status, body) => {
                Some(Refusal { status: *status, body: body.clone(), headers: Vec::new() })
            }
            _ => None,
        }
    }
}

/// The faults still to come, in the order they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Faults(VecDeque<(Route, u64, Fault)>);

impl Faults {
    pub(crate) fn add(&mut self, route: Route, times: u64, fault: Fault) {
        self.0.push_back((route, times, fault));
    }

    /// The fault for a request on this route, counted down; [`Route::Any`] matches every route.
    pub(crate) fn take(&mut self, route: Route) -> Option<Fault> {
        let at = self.0.iter().position(|(wanted, ..)| *wanted == route || *wanted == Route::Any)?;
        let (_, left, fault) = &mut self.0[at];
        let fault = fault.clone();
        *left = left.saturating_sub(1);
        if *left == 0 {
            self.0.remove(at);
        }
        Some(fault)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn pending(&self) -> usize {
        self.0.len()
    }
}
