//! From the world to the store: feeds, pages, files, a watched folder. Here: texts with an optional head,
//! and JSON Lines.

mod backfill;
pub mod feed;
pub mod fetch;
pub mod file;
pub(crate) mod link;
pub mod page;
pub mod relevance;
mod take;
pub mod watch;
mod world;

use attache_extract::Article;
use attache_store::ReadFrom;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

pub use backfill::{BadSource, Place, Source, Stopped, Told, backfill, survey};
pub use take::{
    How, Outcome, Read, ReadArticle, Sift, read, take, take_all, take_from, take_read, would_take,
};
pub use world::World;

/// Version of rules and lexicons, kept with each article.
pub const RULES: &str = env!("CARGO_PKG_VERSION");

/// An article as it came, not read yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Local day of publication, where the head gives it.
    pub published: Option<Date>,
    /// The text.
    pub text: String,
    /// What its parts were read from, where whoever read them says so.
    pub from: Option<ReadFrom>,
}

/// Why bytes are no article; the text says what is wrong and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadArticle {
    /// More than is taken.
    #[error("{bytes} bytes are more than an article may have ({most}, the config's intake.largest_article)")]
    TooLarge {
        /// Given.
        bytes: usize,
        /// Taken.
        most: usize,
    },
    /// Not UTF-8.
    #[error("not UTF-8 text: byte {0} does not fit")]
    NotText(usize),
    /// No letters.
    #[error("there is no text in it")]
    Empty,
    /// A line of the head is wrong.
    #[error("head, line {line}: {what}")]
    Head {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A JSON line is wrong.
    #[error("{0}")]
    Json(String),
    /// Nobody said when it was published.
    #[error("the day of publication is missing; give it as published: YYYY-MM-DD")]
    Undated,
}

/// Reads a text file: a head of `title:`, `published:`, `publisher:` and `url:` between two lines
/// of `---`, where there is one, then the text.
///
/// # Errors
/// See [`BadArticle`].
pub fn read_text(bytes: &[u8], most: usize) -> Result<Draft, BadArticle> {
    let text = utf8(bytes, most)?;
    let mut draft = Draft::default();
    let body = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((head, body)) => {
            read_head(head, &mut draft)?;
            body
        }
        None => text,
    };
    draft.text = body.trim_matches('\n').to_owned();
    if draft.text.trim().is_empty() {
        return Err(BadArticle::Empty);
    }
    Ok(draft)
}

fn utf8(bytes: &[u8], most: usize) -> Result<&str, BadArticle> {
    if bytes.len() > most {
        return Err(BadArticle::TooLarge { bytes: bytes.len(), most });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| BadArticle::NotText(error.valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn read_head(head: &str, draft: &mut Draft) -> Result<(), BadArticle> {
    for (line, text) in (2..).zip(head.lines()) {
        let wrong = |what: String| BadArticle::Head { line, what };
        let (key, value) =
            text.split_once(':').ok_or_else(|| wrong(format!("{text:?} is not `key: value`")))?;
        let value = value.trim().to_owned();
        match key.trim() {
            "title" => draft.title = Some(value),
            "url" => draft.url = Some(value),
            "publisher" => draft.publisher = Some(value),
            "published" => draft.published = Some(read_published(&value).map_err(wrong)?),
            other => {
                return Err(wrong(format!(
                    "unknown key {other:?}; known are title, published, publisher, url"
                )));
            }
        }
    }
    Ok(())
}

/// Reads `2025-05-23`.
///
/// # Errors
/// Says what would be right.
pub fn read_day(text: &str) -> Result<Date, String> {
    let shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let day = text.parse().ok().filter(|_| shape);
    day.ok_or_else(|| format!("{text:?} is not a day; write it as YYYY-MM-DD, such as 2025-05-23"))
}

/// Reads the local day of a publication: a day, or a date-time whose own calendar day counts.
///
/// # Errors
/// Says what would be right.
pub fn read_published(text: &str) -> Result<Date, String> {
    let clocked = text.parse::<Timestamp>().is_ok() || text.parse::<DateTime>().is_ok();
    read_day(text.get(..10).filter(|_| clocked).unwrap_or(text))
}

/// One line of JSON Lines.
#[derive(Debug, Deserialize)]
pub struct ArticleLine {
    /// The sender's name for it, of any JSON type; given back as it came.
    #[serde(default)]
    pub id: serde_json::Value,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Address.
    #[serde(default)]
    pub url: Option<String>,
    /// Publisher.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Day of publication, or date-time with its own calendar day.
    pub published: String,
    /// The text.
    pub text: String,
}

/// Reads one line of JSON Lines: an object with `published` and `text`, and `id`, `title`, `url`
/// and `publisher` where they are known. Other keys are passed over.
///
/// # Errors
/// See [`BadArticle`].
pub fn read_line(line: &str, most: usize) -> Result<(serde_json::Value, Draft), BadArticle> {
    let line: ArticleLine = serde_json::from_str(line).map_err(|error| BadArticle::Json(in_words(&error)))?;
    utf8(line.text.as_bytes(), most)?;
    let published =
        read_published(&line.published).map_err(|what| BadArticle::Json(format!("published: {what}")))?;
    let draft = Draft {
        title: line.title,
        url: line.url,
        publisher: line.publisher,
        published: Some(published),
        text: line.text,
        from: None,
    };
    Ok((line.id, draft))
}

/// Its line is always the first: who reads many lines says which one it was.
fn in_words(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", ", column ")
}

impl Draft {
    /// The article as the extractor takes it.
    ///
    /// # Errors
    /// When the day of publication is not known.
    pub fn article(&self) -> Result<Article<'_>, BadArticle> {
        Ok(Article {
            title: self.title.as_deref(),
            url: self.url.as_deref(),
            publisher: self.publisher.as_deref(),
            published: self.published.ok_or(BadArticle::Undated)?,
            text: &self.text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<(&str, Option<&str>), &str>) {
        let read = read_text(bytes, 100);
        let read = read
            .as_ref()
            .map(|draft| (draft.text.as_str(), draft.title.as_deref()))
            .map_err(ToString::to_string);
        assert_eq!(read, expected.map_err(str::to_owned));
    }

    #[test]
    fn a_head_is_read_where_there_is_one() {
        check(b"Text.", Ok(("Text.", None)));
        check(
            b"\xef\xbb\xbf---\ntitle: A: b\npublished: 2025-05-23\n---\n\nText.\n",
            Ok(("Text.", Some("A: b"))),
        );
        check(b"---\nText that begins with a rule.", Ok(("---\nText that begins with a rule.", None)));
    }

    #[test]
    fn what_is_no_article_is_named() {
        check(b" \n", Err("there is no text in it"));
        check(b"abc\xff", Err("not UTF-8 text: byte 3 does not fit"));
        check(
            &[b'a'; 101],
            Err("101 bytes are more than an article may have (100, the config's intake.largest_article)"),
        );
        check(
            b"---\nby: me\n---\nx",
            Err("head, line 2: unknown key \"by\"; known are title, published, publisher, url"),
        );
        check(
            b"---\ntitle: x\npublished: 23 May\n---\nx",
            Err("head, line 3: \"23 May\" is not a day; write it as YYYY-MM-DD, such as 2025-05-23"),
        );
    }

    #[test]
    fn a_publication_may_carry_its_clock_time() {
        let day = Ok(Date::constant(2025, 5, 12));
        for text in ["2025-05-12", "2025-05-12T23:01:01-04:00", "2025-05-12T23:01", "2025-05-12T00:30:00Z"] {
            assert_eq!(read_published(text), day, "{text}");
        }
        for text in ["2025-05-12T", "2025-05-12Tea", "2025-05-12T9x", "2025-05-1"] {
            assert!(read_published(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_json_line_names_its_fault() {
        let fault = |line: &str| read_line(line, 9).unwrap_err().to_string();
        assert!(fault("{").contains("EOF"));
        assert!(fault(r#"{"text":"x"}"#).contains("missing field `published`"));
        assert!(fault(r#"{"text":"x","published":"May"}"#).contains("published: \"May\" is not a day"));
        assert!(fault(r#"{"text":"0123456789","published":"2025-05-23"}"#).contains("10 bytes are more"));
    }
}
