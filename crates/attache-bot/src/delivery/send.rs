//! One message to one channel, and what its failure means.

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use serenity::all::{ChannelId, ErrorResponse, Http, HttpError, LightMethod, Request, Route};

use crate::reply::Answer;
use crate::reply::embed::{no_mentions, render};

/// Longest nonce Discord takes.
const NONCE: usize = 25;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It stands in the channel, under this id.
    Delivered(u64),
    /// It may work later: not before `after`, where Discord said so. `everywhere` if no channel
    /// takes anything until then.
    Later { after: Option<Duration>, everywhere: bool, why: String },
    /// Nothing can be posted in this channel until somebody changes something there.
    Closed { why: String },
    /// This message will never be taken.
    Refused { why: String },
}

/// What is sent with. The rate limiter of [`Http`] is used where it is on; where it is off (an
/// override of the address), the waiting time is read from Discord's answer here, because `Http`
/// drops it.
pub(super) struct Sender<'a> {
    pub(super) http: &'a Http,
    pub(super) client: &'a reqwest::Client,
}

impl Sender<'_> {
    /// Posts an answer. The same nonce within a few minutes gives the first message again, so that
    /// repeating after a lost answer posts nothing twice.
    pub(super) async fn post(&self, channel: u64, nonce: &str, answer: &Answer) -> Outcome {
        let nonce: String = nonce.chars().take(NONCE).collect();
        let body = json!({
            "embeds": render(answer),
            "allowed_mentions": no_mentions(),
            "nonce": nonce,
            "enforce_nonce": true,
        });
        let route = Route::ChannelMessages { channel_id: ChannelId::new(channel.max(1)) };
        let request = Request::new(route, LightMethod::Post).body(Some(body.to_string().into_bytes()));
        if self.http.ratelimiter.is_some() {
            return match self.http.request(request).await {
                Ok(response) => read(response).await,
                Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(refused))) => refusal(&refused),
                Err(error) => later(error.to_string()),
            };
        }
        match request.build(self.client, self.http.token(), self.http.proxy.as_deref()) {
            Ok(request) => match request.send().await {
                Ok(response) => read(response).await,
                Err(error) => later(lost(&error)),
            },
            Err(error) => Outcome::Refused { why: error.to_string() },
        }
    }
}

async fn read(response: Response) -> Outcome {
    let status = response.status();
    let header = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<f64>().ok());
    let body: Value = match response.bytes().await {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        // The message may stand there; the nonce finds out.
        Err(error) => return later(lost(&error)),
    };
    if status.is_success() {
        return match body["id"].as_str().and_then(|id| id.parse().ok()) {
            Some(id) => Outcome::Delivered(id),
            None => later("Discord's answer names no message".to_owned()),
        };
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        let seconds = body["retry_after"].as_f64().or(header);
        return Outcome::Later {
            after: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
            everywhere: body["global"].as_bool().unwrap_or(false),
            why: "Discord asks to wait (429)".to_owned(),
        };
    }
    classify(status, body["code"].as_i64().unwrap_or(0), body["message"].as_str().unwrap_or_default())
}

fn refusal(refused: &ErrorResponse) -> Outcome {
    let code = i64::try_from(refused.error.code).unwrap_or(0);
    let status = StatusCode::from_u16(refused.status_code.as_u16()).unwrap_or(StatusCode::BAD_REQUEST);
    classify(status, code, &refused.error.message)
}

fn classify(status: StatusCode, code: i64, message: &str) -> Outcome {
    let closed = |why: &str| Outcome::Closed { why: why.to_owned() };
    match (status.as_u16(), code) {
        (_, 50001) => closed("the bot cannot see the channel (View Channel is missing)"),
        (_, 50013) => closed(
            "the bot may not post there (it needs View Channel, Send Messages and Embed Links, in threads Send \
             Messages in Threads)",
        ),
        (_, 10003) => closed("the channel does not exist any more"),
        (_, 50083) => closed("the thread is archived"),
        (_, 160005) => closed("the thread is locked"),
        (_, 50007) => closed("the person does not take messages from the bot"),
        (403, _) => Outcome::Closed { why: format!("Discord forbids posting there: {}", short(message)) },
        (404, _) => closed("the channel was not found"),
        (429 | 401 | 408, _) | (500.., _) => later(format!("Discord answered {}", status.as_u16())),
        _ => Outcome::Refused {
            why: format!("Discord refused the message ({}): {}", status.as_u16(), short(message)),
        },
    }
}

fn later(why: String) -> Outcome {
    Outcome::Later { after: None, everywhere: false, why }
}

/// A network error in words, without the address.
fn lost(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "no answer in time".to_owned()
    } else if error.is_connect() {
        "Discord cannot be reached".to_owned()
    } else {
        "the connection broke".to_owned()
    }
}

fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use serenity::all::HttpBuilder;

    use super::*;
    use crate::loopback::{Canned, Loopback};

    #[track_caller]
    fn check(status: u16, code: i64, expected: &str) {
        let outcome = classify(StatusCode::from_u16(status).unwrap(), code, "");
        let kind = match outcome {
            Outcome::Delivered(_) => "delivered",
            Outcome::Later { .. } => "later",
            Outcome::Closed { .. } => "closed",
            Outcome::Refused { .. } => "refused",
        };
        assert_eq!(kind, expected, "{status} {code}");
    }

    #[test]
    fn failures_are_told_apart() {
        check(403, 50013, "closed");
        check(403, 50001, "closed");
        check(404, 10003, "closed");
        check(400, 50083, "closed");
        check(400, 50035, "refused");
        check(401, 0, "later");
        check(500, 0, "later");
        check(502, 0, "later");
        check(429, 0, "later");
    }

    async fn post(answers: Vec<Canned>) -> (Outcome, Vec<String>) {
        let server = Loopback::start(answers).await;
        let http = HttpBuilder::new("t").proxy(&server.url).ratelimiter_disabled(true).build();
        let answer = Answer { title: "Title".to_owned(), ..Answer::default() };
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let sender = Sender { http: &http, client: &client };
        (sender.post(7, "a-nonce-that-is-longer-than-discord-takes", &answer).await, server.seen())
    }

    #[tokio::test]
    async fn a_message_carries_its_nonce_and_no_mentions() {
        let (outcome, seen) = post(vec![(200, "", r#"{"id":"99"}"#.to_owned())]).await;
        assert_eq!(outcome, Outcome::Delivered(99));
        let (head, body) = seen[0].split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /api/v10/channels/7/messages "), "{head}");
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["nonce"], "a-nonce-that-is-longer-th");
        assert_eq!(body["enforce_nonce"], true);
        assert_eq!(body["allowed_mentions"], json!({ "parse": [] }));
    }

    #[tokio::test]
    async fn the_wait_discord_asks_for_is_read() {
        let body = r#"{"message":"slow","retry_after":1.5,"global":true}"#.to_owned();
        let (outcome, _) = post(vec![(429, "retry-after: 2\r\n", body)]).await;
        let Outcome::Later { after, everywhere, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!((after, everywhere), (Some(Duration::from_millis(1500)), true));
        let (outcome, _) = post(vec![(429, "retry-after: 2\r\n", String::new())]).await;
        let Outcome::Later { after, everywhere, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!((after, everywhere), (Some(Duration::from_secs(2)), false));
    }

    #[tokio::test]
    async fn a_dropped_connection_is_tried_again() {
        let (outcome, _) = post(vec![(0, "", String::new())]).await;
        assert!(matches!(outcome, Outcome::Later { after: None, .. }), "{outcome:?}");
    }

    #[tokio::test]
    async fn a_missing_permission_shuts_the_channel() {
        let body = r#"{"message":"Missing Permissions","code":50013}"#.to_owned();
        let (outcome, _) = post(vec![(403, "", body)]).await;
        assert!(matches!(outcome, Outcome::Closed { .. }), "{outcome:?}");
    }
}
