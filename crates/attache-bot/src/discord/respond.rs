//! Answers to interactions, tried again where that can help.

use std::future::Future;
use std::time::Duration;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use serenity::all::{CreateAttachment, Http, HttpError, InteractionId, LightMethod, Request, Route};

use super::components::{Keep, rows};
use super::custom_id::address;
use crate::locale::Locale;
use crate::reply::embed::{no_mentions, render};
use crate::reply::{Answer, Block, Picture, Rich};

/// Waits between tries; the first answer has to arrive within three seconds.
const WAITS: [Duration; 2] = [Duration::from_millis(250), Duration::from_millis(900)];
/// Shown to the asker only; the one flag a deferred answer may carry.
const EPHEMERAL: u64 = 64;
/// Discord's code for "this interaction has its first answer already".
const ANSWERED: isize = 40060;

/// Where answers to one interaction go.
#[derive(Clone, Copy)]
pub(super) struct Reply<'i> {
    pub(super) http: &'i Http,
    pub(super) id: InteractionId,
    pub(super) token: &'i str,
    /// Who is answered.
    pub(super) user: u64,
}

impl Reply<'_> {
    /// Promises an answer.
    pub(super) async fn defer(self, private: bool) -> serenity::Result<()> {
        let data = if private { json!({ "flags": EPHEMERAL }) } else { json!({}) };
        self.first(json!({ "type": 5, "data": data })).await
    }

    /// Answers at once, without having deferred.
    pub(super) async fn answer(self, laid: &Laid, private: bool) -> serenity::Result<()> {
        let flags = if private { EPHEMERAL } else { 0 };
        let body = laid.message(self.user, &format!("{{\"type\":4,\"data\":{{\"flags\":{flags},"), "}");
        self.first_with(body, laid).await
    }

    /// Says one thing at once, to the asker only.
    pub(super) async fn say(self, text: &str) -> serenity::Result<()> {
        self.answer(&only(text), true).await
    }

    /// Suggests nothing.
    pub(super) async fn suggest_nothing(self) -> serenity::Result<()> {
        self.first(json!({ "type": 8, "data": { "choices": [] } })).await
    }

    /// Fills the deferred answer.
    pub(super) async fn fill(self, laid: &Laid) -> serenity::Result<()> {
        let body = raw(laid.message(self.user, "{", ""))?;
        patiently(|| self.http.edit_original_interaction_response(self.token, &body, laid.files()))
            .await
            .map(drop)
    }

    /// Promises that the message a control stands under will change, or stay as it is.
    pub(super) async fn defer_change(self) -> serenity::Result<()> {
        self.first(json!({ "type": 6 })).await
    }

    /// Takes the controls of a message away.
    pub(super) async fn drop_controls(self) -> serenity::Result<()> {
        self.first(json!({ "type": 7, "data": { "components": [], "allowed_mentions": no_mentions() } }))
            .await
    }

    /// Asks with a form.
    pub(super) async fn ask(self, form: Value) -> serenity::Result<()> {
        self.first(json!({ "type": 9, "data": form })).await
    }

    /// Adds an answer that only who acted sees.
    pub(super) async fn add_privately(self, laid: &Laid) -> serenity::Result<()> {
        let body = raw(laid.message(self.user, &format!("{{\"flags\":{EPHEMERAL},"), ""))?;
        patiently(|| self.http.create_followup_message(self.token, &body, laid.files())).await.map(drop)
    }

    /// Fills a deferred answer that everybody would see with one that only the asker may.
    pub(super) async fn fill_privately(self, laid: &Laid) -> serenity::Result<()> {
        patiently(|| self.http.delete_original_interaction_response(self.token)).await?;
        self.add_privately(laid).await
    }

    async fn first(self, body: Value) -> serenity::Result<()> {
        self.first_with(body.to_string(), &Laid::default()).await
    }

    async fn first_with(self, body: String, laid: &Laid) -> serenity::Result<()> {
        let sent = if laid.pictures.is_empty() {
            patiently(|| self.first_as_written(&body)).await
        } else {
            let body = raw(body)?;
            patiently(|| self.http.create_interaction_response(self.id, self.token, &body, laid.files()))
                .await
        };
        match sent {
            // An earlier try arrived although its answer did not.
            Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(ref refused)))
                if refused.error.code == ANSWERED =>
            {
                Ok(())
            }
            other => other,
        }
    }

    /// Sends what is JSON already, which serenity's own function would write once more.
    async fn first_as_written(self, body: &str) -> serenity::Result<()> {
        let route = Route::InteractionResponse { interaction_id: self.id, token: self.token };
        let request = Request::new(route, LightMethod::Post).body(Some(body.as_bytes().to_vec()));
        self.http.request(request).await.map(drop)
    }
}

fn raw(json: String) -> serde_json::Result<Box<RawValue>> {
    RawValue::from_string(json)
}

/// An answer as it is sent, to whoever asks.
#[derive(Debug, Default)]
pub(super) struct Laid {
    /// A message, as JSON; its controls are for [`ANYBODY`](super::custom_id::ANYBODY).
    body: String,
    pictures: Vec<Picture>,
    pub(super) private: bool,
}

impl Laid {
    /// Lays an answer out; `keep` keeps calls that are too long for a control.
    pub(super) fn of<E>(answer: Answer, locale: Locale, keep: Keep<'_, E>) -> Result<Self, E> {
        let answer = answer.localised(locale);
        let body = json!({
            "embeds": render(&answer),
            "components": rows(&answer.controls, keep)?,
            "allowed_mentions": no_mentions(),
            "attachments": described(&answer),
        });
        Ok(Self { body: body.to_string(), private: answer.private, pictures: answer.pictures })
    }

    /// How much it holds, in bytes.
    pub(super) fn size(&self) -> usize {
        self.body.len() + self.pictures.iter().map(|picture| picture.bytes.len()).sum::<usize>()
    }

    /// The message to `owner`, with `head` in the place of its brace and `tail` behind it.
    fn message(&self, owner: u64, head: &str, tail: &str) -> String {
        let inner = self.body.strip_prefix('{').unwrap_or(&self.body);
        let mut message = String::with_capacity(head.len() + inner.len() + tail.len());
        message.push_str(head);
        address(inner, owner, &mut message);
        message.push_str(tail);
        message
    }

    fn files(&self) -> Vec<CreateAttachment> {
        let file = |picture: &Picture| CreateAttachment::bytes(picture.bytes.clone(), picture.name.clone());
        self.pictures.iter().map(file).collect()
    }
}

/// What the files show, by their place.
fn described(answer: &Answer) -> Vec<Value> {
    let one = |(id, picture): (usize, &Picture)| json!({ "id": id.to_string(), "filename": picture.name, "description": picture.alt });
    answer.pictures.iter().enumerate().map(one).collect()
}

/// An answer of one sentence.
pub(super) fn only(text: &str) -> Laid {
    let body = json!({
        "embeds": render(&sentence(text)), "components": [], "allowed_mentions": no_mentions(), "attachments": [],
    });
    Laid { body: body.to_string(), pictures: Vec::new(), private: true }
}

fn sentence(text: &str) -> Answer {
    Answer { blocks: vec![Block::Line(Rich::text(text))], ..Answer::default() }
}

/// Repeats a request that failed for a reason that may pass.
async fn patiently<T, F, R>(mut request: F) -> serenity::Result<T>
where
    F: FnMut() -> R,
    R: Future<Output = serenity::Result<T>>,
{
    for wait in WAITS {
        match request().await {
            Err(error) if may_pass(&error) => tokio::time::sleep(wait).await,
            done => return done,
        }
    }
    request().await
}

fn may_pass(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(refused)) => {
            refused.status_code.is_server_error() || refused.status_code.as_u16() == 429
        }
        serenity::Error::Http(HttpError::Request(_)) => true,
        _ => false,
    }
}
