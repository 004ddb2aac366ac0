//! The log: lines on standard error, without secrets.
//!
//! Libraries below us put addresses with interaction and webhook tokens into their debug output
//! and errors. Every line passes through [`Redactor`] before it leaves the program.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::{Arc, LazyLock, OnceLock};

use regex::{Captures, Regex, RegexSet};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, Registry, reload};

/// Why the log could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The level is no filter.
    #[error(
        "log level {level:?} is not error, warn, info, debug, trace or a filter like \"info,serenity=debug\""
    )]
    Level {
        /// As given.
        level: String,
    },
    /// A log was set up before.
    #[error("the log is set up already")]
    Twice,
}

/// Starts the log on standard error.
///
/// `level` is one of the five levels or a filter like `info,serenity=debug`; `json` writes one object
/// a line. Each of `secrets` is replaced wherever it would appear.
///
/// # Errors
/// When `level` is not understood, or a log was set up before.
pub fn start(level: &str, json: bool, secrets: Vec<String>) -> Result<(), LogError> {
    let (filter, handle) = reload::Layer::new(filter(level)?);
    let writer = Redacted(Arc::new(Redactor::new(secrets)));
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer);
    let lines = if json { lines.json().boxed() } else { lines.boxed() };
    tracing_subscriber::registry().with(filter).with(lines).try_init().map_err(|_| LogError::Twice)?;
    // A log that could be started is the only one.
    let _ = LEVEL.set(handle);
    // A panic's message goes the same way as everything else.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    Ok(())
}

static LEVEL: OnceLock<reload::Handle<EnvFilter, Registry>> = OnceLock::new();

/// Sets another level, from now on.
///
/// # Errors
/// When it is not understood; the one before stays.
pub fn set_level(level: &str) -> Result<(), LogError> {
    let filter = filter(level)?;
    if let Some(handle) = LEVEL.get() {
        handle.reload(filter).map_err(|_| LogError::Level { level: level.to_owned() })?;
    }
    Ok(())
}

/// The filter a level stands for.
///
/// # Errors
/// When it is not understood.
pub fn filter(level: &str) -> Result<EnvFilter, LogError> {
    EnvFilter::builder().parse(spelled(level)).map_err(|_| LogError::Level { level: level.to_owned() })
}

/// A bare level is meant for this program: libraries below say only what worries them. serenity
/// otherwise prints every event into the span of every line. `trace` leaves nothing out.
fn spelled(level: &str) -> String {
    match level {
        "debug" | "info" => {
            format!("warn,attache={level},attache_bot={level},attache_store={level},attache_extract={level}")
        }
        other => other.to_owned(),
    }
}

/// Takes secrets out of text.
#[derive(Debug)]
pub struct Redactor {
    secrets: Vec<String>,
}

/// What stands where a secret stood.
const REDACTED: &str = "[redacted]";

/// The shapes secrets have in addresses, in JSON, and in what `Debug` prints. The first group, where
/// there is one, is kept. Letters and digits are ASCII's: with Unicode's, every line of the log would be
/// searched by the slowest of the engine's ways.
const SHAPES: [&str; 5] = [
    r"(?i)(/interactions/[0-9]+/)[^/\s\x22'?]+",
    r"(?i)(/webhooks/[0-9]+/)[^/\s\x22'?]+",
    r"(?i)(\\*\x22?token\\*\x22?\s*[:=]\s*(?:[0-9a-z_]+\()?\\*\x22)[^\x22\\]+",
    r"(?i)((?-u:\b)(?:Bot|Bearer)\s+)[0-9a-z_.\-]{20,}",
    // A bot token: id, time and signature in base64.
    r"()(?-u:\b)[0-9A-Za-z_\-]{18,30}\.[0-9A-Za-z_\-]{6,7}\.[0-9A-Za-z_\-]{27,}",
];

/// All shapes in one pass, since few lines have any.
static ANY: LazyLock<Option<RegexSet>> = LazyLock::new(|| RegexSet::new(SHAPES).ok());
static EACH: LazyLock<Vec<Regex>> =
    LazyLock::new(|| SHAPES.iter().filter_map(|shape| Regex::new(shape).ok()).collect());

impl Redactor {
    /// Takes out these words and whatever has the shape of a token.
    #[must_use]
    pub fn new(mut secrets: Vec<String>) -> Self {
        secrets.retain(|secret| !secret.trim().is_empty());
        Self { secrets }
    }

    /// The text without secrets.
    #[must_use]
    pub fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for secret in &self.secrets {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), REDACTED).into();
            }
        }
        if ANY.as_ref().is_some_and(|any| !any.is_match(&text)) {
            return text;
        }
        for shape in EACH.iter() {
            let kept =
                |found: &Captures<'_>| format!("{}{REDACTED}", found.get(1).map_or("", |g| g.as_str()));
            text = shape.replace_all(&text, kept).into_owned().into();
        }
        text
    }
}

#[derive(Debug, Clone)]
struct Redacted(Arc<Redactor>);

impl<'a> MakeWriter<'a> for Redacted {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { redactor: Arc::clone(&self.0), buffer: Vec::new() }
    }
}

/// Collects one log line, so that a secret written in two parts is still seen whole.
struct Line {
    redactor: Arc<Redactor>,
    buffer: Vec<u8>,
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = {
            let line = String::from_utf8_lossy(&self.buffer);
            io::stderr().lock().write_all(self.redactor.clean(&line).as_bytes())
        };
        self.buffer.clear();
        written
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // Nobody is left to tell that the log itself cannot be written.
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        let redactor = Redactor::new(vec!["my-bot-token".to_owned(), String::new()]);
        assert_eq!(redactor.clean(input), expected);
    }

    #[test]
    fn the_bot_token_never_shows() {
        check("identify my-bot-token now", "identify [redacted] now");
        check("Authorization: Bot abcdefghijklmnopqrstuvwxyz", "Authorization: Bot [redacted]");
        let shaped =
            format!("x {}.{}.{} y", "MTk4NjIyNDgzNDcxOTI1MjQ4", "Cl2FMQ", "ZnCjm1XVW7vRze4b7Cq4se7kKWs");
        check(&shaped, "x [redacted] y");
    }

    #[test]
    fn addresses_lose_their_token() {
        check(
            "POST http://127.0.0.1:9/api/v10/interactions/12/aW50ZXI/callback?x",
            "POST http://127.0.0.1:9/api/v10/interactions/12/[redacted]/callback?x",
        );
        check(
            "url (https://discord.com/api/v10/webhooks/9/tok-en_1)",
            "url (https://discord.com/api/v10/webhooks/9/[redacted]",
        );
        check("/webhooks/9/tok/messages/@original", "/webhooks/9/[redacted]/messages/@original");
    }

    #[test]
    fn values_named_token_lose_it() {
        check(r#"{"id":"1","token":"abc"}"#, r#"{"id":"1","token":"[redacted]"}"#);
        check(r#"route: X { id: 1, token: "abc" }"#, r#"route: X { id: 1, token: "[redacted]" }"#);
        check(r#"token: Some("abc")"#, r#"token: Some("[redacted]")"#);
        check(r#"{"token": String("abc")}"#, r#"{"token": String("[redacted]")}"#);
        check(r#"text: {\"token\":\"abc\"}"#, r#"text: {\"token\":\"[redacted]\"}"#);
    }

    #[test]
    fn the_rest_stays() {
        check("delivered event 12 to channel 34", "delivered event 12 to channel 34");
    }
}
