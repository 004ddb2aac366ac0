//! One message to one channel, and what its failure means.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use serenity::all::{
    ChannelId, ErrorResponse, GuildId, Http, HttpError, LightMethod, MessageId, Request, Route,
};

use super::message::{Story, To};
use super::queue::Parcel;
use crate::reply::embed::{no_mentions, render};

/// Minutes without a message after which Discord archives a thread: a week.
const KEPT_OPEN: u32 = 10_080;
/// Longest nonce Discord takes.
const NONCE: usize = 25;

/// Messages asked for at once, and how often, when one is looked for.
const PAGE: usize = 100;
const PAGES: usize = 5;
/// Our clock may be ahead of Discord's by so much.
const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// Where Discord's ids begin to count, in milliseconds of Unix time.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;
const UNREADABLE: &str = "the bot may not look (it needs Read Message History)";

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It stands in the channel, or in a thread of it, under this id. The note is for the log.
    Delivered { place: Option<u64>, message: u64, note: Option<String> },
    /// The message that stood there says it now, or a new one in its place.
    Rewritten { anew: Option<u64> },
    /// It may work later: not before `after`, where Discord said so. `everywhere` if no channel
    /// takes anything until then; `untaken` if Discord surely posted nothing.
    Later { after: Option<Duration>, everywhere: bool, untaken: bool, why: String },
    /// Nothing can be posted in this channel until somebody changes something there.
    Closed { why: String },
    /// This message will never be taken.
    Refused { why: String },
}

/// A message that stands.
struct Standing {
    message: u64,
    note: Option<String>,
}

impl Standing {
    fn in_place(self, place: Option<u64>) -> Outcome {
        Outcome::Delivered { place, message: self.message, note: self.note }
    }
}

/// What was found of an earlier try.
enum Look {
    Found(u64),
    NotThere,
    /// Nobody knows, and why.
    Unseen(&'static str),
}

/// What is sent with. The rate limiter of [`Http`] is used where it is on; where it is off (an
/// override of the address), the waiting time is read from Discord's answer here, because `Http`
/// drops it.
pub(super) struct Sender<'a> {
    pub(super) http: &'a Http,
    pub(super) client: &'a reqwest::Client,
}

impl Sender<'_> {
    /// Sends a message where it belongs.
    pub(super) async fn send(&self, parcel: &Parcel) -> Outcome {
        match &parcel.to {
            To::Channel { channel, mention } => self.post(*channel, *mention, parcel).await,
            To::Story(story) => self.tell_on(story, parcel).await,
            To::Instead { channel, message } => self.rewrite(*channel, *message, parcel).await,
            To::Person { user } => self.tell(*user, parcel).await,
        }
    }

    /// Posts where a story stands, and opens it anew where its thread is gone or locked.
    async fn tell_on(&self, story: &Story, parcel: &Parcel) -> Outcome {
        let Some(thread) = story.thread else { return self.open(story, parcel).await };
        match self.post_plainly(thread, story.mention, parcel).await {
            Ok(posted) => posted.in_place(Some(thread)),
            Err(Refusal::Refused { code: 10003 | 160_005, .. }) if story.forum => {
                self.open(story, parcel).await
            }
            Err(Refusal::Refused { code: 10003, .. }) => self.branch(story, thread, parcel).await,
            Err(Refusal::Refused { code: 160_005, .. }) => {
                self.post(story.channel, story.mention, parcel).await
            }
            Err(fault) => fault.outcome(),
        }
    }

    /// Opens a forum post with the message. Discord takes no nonce here, so a second try looks first
    /// whether the one before has arrived.
    async fn open(&self, story: &Story, parcel: &Parcel) -> Outcome {
        if !story.forum {
            return self.post(story.channel, story.mention, parcel).await;
        }
        if parcel.tries > 1
            && let Some(thread) = self.arrived(story, parcel).await
        {
            return post_of(thread);
        }
        let channel_id = ChannelId::new(story.channel.max(1));
        let body = json!({
            "name": story.title,
            "auto_archive_duration": KEPT_OPEN,
            "message": said(story.mention, parcel),
        });
        match self.ask(Route::ChannelForumPosts { channel_id }, LightMethod::Post, &body).await {
            Ok(said) => match id_of(&said) {
                Some(thread) => post_of(thread),
                None => later("Discord's answer names no thread".to_owned()),
            },
            Err(fault) => fault.outcome(),
        }
    }

    /// The forum post that an earlier try opened.
    async fn arrived(&self, story: &Story, parcel: &Parcel) -> Option<u64> {
        let guild_id = GuildId::new(story.guild?.max(1));
        let active = self.get(Route::GuildThreadsActive { guild_id }).await.ok()?;
        let forum = story.channel.to_string();
        let named = active["threads"]
            .as_array()?
            .iter()
            .filter(|thread| thread["parent_id"] == forum.as_str() && thread["name"] == story.title.as_str());
        for thread in named.filter_map(id_of) {
            let (channel_id, message_id) = (ChannelId::new(thread), MessageId::new(thread));
            let first = self.get(Route::ChannelMessage { channel_id, message_id }).await.ok()?;
            if is_marked(&first, parcel) {
                return Some(thread);
            }
        }
        None
    }

    /// Opens a thread under a story's first message and posts there.
    async fn branch(&self, story: &Story, message: u64, parcel: &Parcel) -> Outcome {
        let (channel_id, message_id) = (ChannelId::new(story.channel.max(1)), MessageId::new(message.max(1)));
        let body = json!({ "name": story.title, "auto_archive_duration": KEPT_OPEN });
        match self
            .ask(Route::ChannelMessageThreads { channel_id, message_id }, LightMethod::Post, &body)
            .await
        {
            // It has one by now.
            Ok(_) | Err(Refusal::Refused { code: 160_004, .. }) => {}
            // The message is gone: the story begins anew in the channel.
            Err(Refusal::Refused { code: 10008, .. }) => {
                return self.post(story.channel, story.mention, parcel).await;
            }
            Err(fault) => return fault.outcome(),
        }
        match self.post_plainly(message, story.mention, parcel).await {
            Ok(posted) => posted.in_place(Some(message)),
            Err(fault) => fault.outcome(),
        }
    }

    /// Posts an answer. The same nonce within a few minutes gives the first message again, so that
    /// repeating after a lost answer posts nothing twice; later than that it is looked for first.
    async fn post(&self, channel: u64, mention: Option<u64>, parcel: &Parcel) -> Outcome {
        match self.post_plainly(channel, mention, parcel).await {
            Ok(posted) => posted.in_place(None),
            Err(fault) => fault.outcome(),
        }
    }

    async fn post_plainly(
        &self,
        channel: u64,
        mention: Option<u64>,
        parcel: &Parcel,
    ) -> Result<Standing, Refusal> {
        let mut note = None;
        if let Some(since) = parcel.look {
            match self.look_for(channel, since, parcel).await? {
                Look::Found(message) => return Ok(Standing { message, note: None }),
                Look::NotThere => {}
                Look::Unseen(why) => {
                    note = Some(format!("sent again: an earlier try may stand there too; {why}"))
                }
            }
        }
        let mut body = said(mention, parcel);
        body["nonce"] = parcel.nonce.chars().take(NONCE).collect::<String>().into();
        body["enforce_nonce"] = true.into();
        let route = Route::ChannelMessages { channel_id: ChannelId::new(channel.max(1)) };
        let said = self.awake(channel, route, LightMethod::Post, &body).await?;
        let message = id_of(&said).ok_or_else(|| lost_for("Discord's answer names no message".to_owned()))?;
        Ok(Standing { message, note })
    }

    /// Looks through what was posted in a channel since an instant for a message of an earlier try.
    async fn look_for(&self, channel: u64, since: Timestamp, parcel: &Parcel) -> Result<Look, Refusal> {
        let channel_id = ChannelId::new(channel.max(1));
        let mut after = snowflake(since.saturating_sub(SKEW).unwrap_or(since));
        let begin = after;
        for _ in 0..PAGES {
            let params = vec![("after", after.to_string()), ("limit", PAGE.to_string())];
            let route = Route::ChannelMessages { channel_id };
            let asked = Request::new(route, LightMethod::Get).params(Some(params));
            let page = match self.request(asked).await {
                Ok(page) => page,
                Err(Refusal::Refused { status, code, .. }) if status == StatusCode::FORBIDDEN => {
                    tracing::debug!(channel, code, "the channel's history may not be read");
                    return Ok(Look::Unseen(UNREADABLE));
                }
                Err(fault) => return Err(fault),
            };
            let messages = page.as_array().map(Vec::as_slice).unwrap_or_default();
            if let Some(found) = messages.iter().find(|one| is_marked(one, parcel)).and_then(id_of) {
                return Ok(Look::Found(found));
            }
            if messages.len() < PAGE {
                // Without the right to read history Discord gives an empty list.
                let hidden = messages.is_empty() && after == begin && self.newest(channel_id).await? > begin;
                return Ok(if hidden { Look::Unseen(UNREADABLE) } else { Look::NotThere });
            }
            after = messages.iter().filter_map(id_of).max().unwrap_or(after);
        }
        Ok(Look::Unseen("too much was posted there since to look through all of it"))
    }

    /// The newest message of a channel, as the channel itself tells it.
    async fn newest(&self, channel_id: ChannelId) -> Result<u64, Refusal> {
        let channel = self.get(Route::Channel { channel_id }).await?;
        Ok(channel["last_message_id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(0))
    }

    /// Puts an answer in the place of a message.
    async fn rewrite(&self, channel: u64, message: u64, parcel: &Parcel) -> Outcome {
        let (channel_id, message_id) = (ChannelId::new(channel.max(1)), MessageId::new(message.max(1)));
        let body = json!({ "embeds": render(&parcel.answer), "allowed_mentions": no_mentions() });
        let route = Route::ChannelMessage { channel_id, message_id };
        match self.awake(channel, route, LightMethod::Patch, &body).await {
            Ok(_) => Outcome::Rewritten { anew: None },
            // Too many edits of messages older than an hour.
            Err(Refusal::Refused { code: 30046, .. }) => match self.post(channel, None, parcel).await {
                Outcome::Delivered { message, .. } => Outcome::Rewritten { anew: Some(message) },
                other => other,
            },
            Err(Refusal::Refused { code: 10008, .. }) => {
                Outcome::Refused { why: "the message was deleted".to_owned() }
            }
            // The rest of the channel takes messages all the same.
            Err(Refusal::Refused { code: 50083 | 160_005, .. }) => Outcome::Refused {
                why: "its thread is locked, so that the message cannot be changed".to_owned(),
            },
            Err(fault) => fault.outcome(),
        }
    }

    /// Writes to a person.
    async fn tell(&self, user: u64, parcel: &Parcel) -> Outcome {
        let body = json!({ "recipient_id": user.to_string() });
        match self.ask(Route::UserMeDmChannels, LightMethod::Post, &body).await {
            Ok(said) => match id_of(&said) {
                Some(channel) => self.post(channel, None, parcel).await,
                None => later("Discord's answer names no channel".to_owned()),
            },
            Err(fault) => fault.outcome(),
        }
    }

    /// Asks for something in a channel; an archived thread is woken first where it has to be.
    async fn awake(
        &self,
        channel: u64,
        route: Route<'_>,
        method: LightMethod,
        body: &Value,
    ) -> Result<Value, Refusal> {
        let asked = self.ask(route, method, body).await;
        if !matches!(asked, Err(Refusal::Refused { code: 50083, .. })) {
            return asked;
        }
        let thread = Route::Channel { channel_id: ChannelId::new(channel.max(1)) };
        match self.ask(thread, LightMethod::Patch, &json!({ "archived": false })).await {
            // Only who may manage threads wakes a locked one, which says nothing of the channel.
            Err(Refusal::Refused { status, code: 50013, message }) => {
                Err(Refusal::Refused { status, code: 160_005, message })
            }
            Err(fault) => Err(fault),
            Ok(_) => self.ask(route, method, body).await,
        }
    }

    async fn ask(&self, route: Route<'_>, method: LightMethod, body: &Value) -> Result<Value, Refusal> {
        self.request(Request::new(route, method).body(Some(body.to_string().into_bytes()))).await
    }

    async fn get(&self, route: Route<'_>) -> Result<Value, Refusal> {
        self.request(Request::new(route, LightMethod::Get)).await
    }

    async fn request(&self, request: Request<'_>) -> Result<Value, Refusal> {
        if self.http.ratelimiter.is_some() {
            return match self.http.request(request).await {
                Ok(response) => read(response).await,
                Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(refused))) => Err(refusal(&refused)),
                Err(error) => Err(lost_for(error.to_string())),
            };
        }
        match request.build(self.client, self.http.token(), self.http.proxy.as_deref()) {
            Ok(request) => match request.send().await {
                Ok(response) => read(response).await,
                Err(error) => Err(lost(&error)),
            },
            Err(error) => {
                let (status, message) = (StatusCode::BAD_REQUEST, error.to_string());
                Err(Refusal::Refused { status, code: 0, message })
            }
        }
    }
}

/// Why Discord did not do what it was asked for.
#[derive(Debug)]
enum Refusal {
    /// Perhaps later; perhaps it was done, and the answer was lost.
    Later { after: Option<Duration>, everywhere: bool, untaken: bool, why: String },
    /// It says no.
    Refused { status: StatusCode, code: i64, message: String },
}

impl Refusal {
    fn outcome(self) -> Outcome {
        match self {
            Self::Later { after, everywhere, untaken, why } => {
                Outcome::Later { after, everywhere, untaken, why }
            }
            Self::Refused { status, code, message } => classify(status, code, &message),
        }
    }
}

/// A message's content, without its nonce.
fn said(mention: Option<u64>, parcel: &Parcel) -> Value {
    let mut body = json!({ "embeds": render(&parcel.answer), "allowed_mentions": no_mentions() });
    if let Some(role) = mention {
        body["content"] = format!("<@&{role}>").into();
        body["allowed_mentions"]["roles"] = json!([role.to_string()]);
    }
    body
}

fn id_of(said: &Value) -> Option<u64> {
    said["id"].as_str().and_then(|id| id.parse().ok())
}

/// The first message of a forum post has the post's id.
const fn post_of(thread: u64) -> Outcome {
    Outcome::Delivered { place: Some(thread), message: thread, note: None }
}

/// Whether a message is the one this parcel is to post.
fn is_marked(message: &Value, parcel: &Parcel) -> bool {
    let embeds = message["embeds"].as_array().into_iter().flatten();
    let mut small_print = embeds.filter_map(|embed| embed["footer"]["text"].as_str());
    !parcel.mark.is_empty() && small_print.any(|text| text.contains(&parcel.mark))
}

/// The least id that a message of an instant can have.
fn snowflake(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond().saturating_sub(DISCORD_EPOCH)).unwrap_or(0) << 22
}

fn lost_for(why: String) -> Refusal {
    Refusal::Later { after: None, everywhere: false, untaken: false, why }
}

async fn read(response: Response) -> Result<Value, Refusal> {
    let status = response.status();
    let header = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<f64>().ok());
    let body: Value = match response.bytes().await {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        // The message may stand there; the nonce finds out.
        Err(error) => return Err(lost(&error)),
    };
    if status.is_success() {
        return Ok(body);
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        let seconds = body["retry_after"].as_f64().or(header);
        return Err(Refusal::Later {
            after: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
            everywhere: body["global"].as_bool().unwrap_or(false),
            untaken: true,
            why: "Discord asks to wait (429)".to_owned(),
        });
    }
    let (code, message) = (body["code"].as_i64().unwrap_or(0), body["message"].as_str().unwrap_or_default());
    Err(Refusal::Refused { status, code, message: message.to_owned() })
}

fn refusal(refused: &ErrorResponse) -> Refusal {
    let code = i64::try_from(refused.error.code).unwrap_or(0);
    let status = StatusCode::from_u16(refused.status_code.as_u16()).unwrap_or(StatusCode::BAD_REQUEST);
    Refusal::Refused { status, code, message: refused.error.message.clone() }
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
        (429 | 401, _) => Outcome::Later {
            after: None,
            everywhere: false,
            untaken: true,
            why: format!("Discord answered {}", status.as_u16()),
        },
        (408, _) | (500.., _) => later(format!("Discord answered {}", status.as_u16())),
        _ => Outcome::Refused {
            why: format!("Discord refused the message ({}): {}", status.as_u16(), short(message)),
        },
    }
}

fn later(why: String) -> Outcome {
    Outcome::Later { after: None, everywhere: false, untaken: false, why }
}

/// A network error in words, without the address.
fn lost(error: &reqwest::Error) -> Refusal {
    let untaken = error.is_connect();
    let why = if error.is_timeout() {
        "no answer in time"
    } else if untaken {
        "Discord cannot be reached"
    } else {
        "the connection broke"
    };
    Refusal::Later { after: None, everywhere: false, untaken, why: why.to_owned() }
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
            Outcome::Delivered { .. } | Outcome::Rewritten { .. } => "delivered",
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
        let answer = crate::reply::Answer { title: "Title".to_owned(), ..Default::default() };
        let parcel = Parcel {
            id: attache_store::DeliveryId(1),
            fence: 1,
            channel: 7,
            to: To::Channel { channel: 7, mention: None },
            event: String::new(),
            nonce: "a-nonce-that-is-longer-than-discord-takes".to_owned(),
            answer,
            tries: 1,
            mark: String::new(),
            sure: true,
            look: None,
        };
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let sender = Sender { http: &http, client: &client };
        (sender.send(&parcel).await, server.seen())
    }

    #[tokio::test]
    async fn a_message_carries_its_nonce_and_no_mentions() {
        let (outcome, seen) = post(vec![(200, "", r#"{"id":"99"}"#.to_owned())]).await;
        assert_eq!(outcome, Outcome::Delivered { place: None, message: 99, note: None });
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
