//! From the bytes of a feed to its items. Whatever a feed is called, what it holds decides.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dom_query::Document as Html;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use feed_rs::model::{Entry, Text};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ZonedDateTime};

/// Items read of one document; the rest is passed over and counted.
pub(super) const MOST: usize = 20_000;
/// Bytes before the root element in which a document type may stand.
const PROLOG: usize = 64 << 10;
/// From so many letters on, what stands as an item's content is the whole text; a description has to
/// be longer, because most are only the beginning.
const WHOLE: usize = 400;
const WHOLE_DESCRIPTION: usize = 1_800;
/// Longest name of an item that is kept as it is given.
const LONGEST: usize = 2_000;

/// A feed as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Document {
    /// What it calls itself.
    pub(crate) title: Option<String>,
    /// Its items, as they stand.
    pub(crate) items: Vec<Item>,
    /// Items beyond the most that are read.
    pub(crate) beyond: usize,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Item {
    /// 48 bits that name it within its feed.
    pub(crate) key: u64,
    /// Where the article lies.
    pub(crate) link: Option<String>,
    /// Headline.
    pub(crate) title: Option<String>,
    /// When it was published, by the feed.
    pub(crate) published: Option<When>,
    /// The whole text, where the feed holds it.
    pub(crate) text: Option<String>,
    /// Of what the feed says of it: another one, and the article was changed.
    pub(crate) print: u32,
}

/// An instant, and the calendar day it was in the zone it was given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) at: Timestamp,
    pub(crate) day: Date,
}

/// Why bytes are no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotAFeed {
    /// A page that may name one.
    #[error("it is a web page, not a feed")]
    Page,
    /// It defines entities, which only somebody who wants to harm does in a feed.
    #[error("it defines XML entities of its own; such a feed is not read")]
    Entities,
    /// Anything else.
    #[error("it is no feed: {0}")]
    Other(String),
}

/// Reads a feed. One that was cut off gives the items that are whole.
pub(crate) fn read(
    bytes: &[u8],
    content_type: Option<&str>,
    url: &str,
    cut: bool,
) -> Result<Document, NotAFeed> {
    let text = decoded(bytes, content_type);
    let text = text.trim_start_matches(['\u{feff}', '\0']).trim_start();
    let head = text.get(..floor(text, PROLOG)).unwrap_or(text);
    if text.is_empty() {
        return Err(NotAFeed::Other("it is empty".to_owned()));
    }
    if head.contains("<!ENTITY") {
        return Err(NotAFeed::Entities);
    }
    let body = without_declaration(text);
    let whole = if cut { closed(&body) } else { body };
    let offsets = Arc::new(Mutex::new(HashMap::new()));
    let seen = Arc::clone(&offsets);
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(url))
        .sanitize_content(false)
        .timestamp_parser(move |text| {
            let (at, offset) = instant(text)?;
            let at = Timestamp::from_microsecond(at.as_microsecond()).ok()?;
            seen.lock().unwrap_or_else(PoisonError::into_inner).entry(at).or_insert(offset);
            foreign(at)
        })
        .build();
    let feed = parser.parse(whole.as_bytes()).map_err(|error| refused(head, content_type, &error))?;
    let offsets = offsets.lock().unwrap_or_else(PoisonError::into_inner);
    let beyond = feed.entries.len().saturating_sub(MOST);
    let items = feed.entries.into_iter().take(MOST).map(|entry| item(entry, &offsets)).collect();
    Ok(Document { title: feed.title.and_then(|title| words(&title)), items, beyond })
}

/// Whether the bytes are a web page, so that it may be searched for its feed.
fn is_page(head: &str, content_type: Option<&str>) -> bool {
    let head = head.to_ascii_lowercase();
    let said = content_type
        .is_some_and(|kind| ["text/html", "application/xhtml"].iter().any(|page| kind.starts_with(page)));
    let feed = ["<rss", "<feed", "<rdf:rdf"].iter().any(|mark| head.contains(mark));
    !feed
        && (said && head.contains('<') || ["<!doctype html", "<html"].iter().any(|mark| head.contains(mark)))
}

fn refused(head: &str, content_type: Option<&str>, error: &feed_rs::parser::ParseFeedError) -> NotAFeed {
    if is_page(head, content_type) {
        return NotAFeed::Page;
    }
    let why: String = error.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
    NotAFeed::Other(why)
}

/// The text: byte order mark, then UTF-8 wherever the bytes are that, then what the header, then what
/// the document says; servers that say one thing for all files are wrong for some.
fn decoded(bytes: &[u8], content_type: Option<&str>) -> String {
    let stated = content_type.and_then(charset).or_else(|| declared(bytes));
    let shifting = stated.filter(|encoding| !encoding.is_ascii_compatible());
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or(match bytes {
            [b'<', 0, ..] => Some(UTF_16LE),
            [0, b'<', ..] => Some(UTF_16BE),
            _ => None,
        })
        .or(shifting.filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE))
        .or_else(|| std::str::from_utf8(bytes).is_ok().then_some(UTF_8))
        .or(stated)
        .unwrap_or(WINDOWS_1252);
    encoding.decode(bytes).0.into_owned()
}

/// The charset of a `Content-Type`.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let value = lower.split(';').filter_map(|part| part.trim().strip_prefix("charset=")).next()?;
    Encoding::for_label(value.trim_matches(['"', '\'', ' ']).as_bytes())
}

/// The charset of an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
    let (_, rest) = head.split_once("<?xml")?;
    let (declaration, _) = rest.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    Encoding::for_label(value.split(['"', '\'']).nth(1)?.as_bytes())
}

/// The document without its XML declaration, whose charset no longer holds, and with a version of RSS
/// that the parser knows.
fn without_declaration(text: &str) -> String {
    let body = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, body)) => body,
        None => text,
    };
    let Some(at) = body.find("<rss").filter(|at| *at < PROLOG) else { return body.to_owned() };
    let (before, root) = body.split_at_checked(at).unwrap_or((body, ""));
    let Some((tag, after)) = root.split_once('>') else { return body.to_owned() };
    if ["0.91", "0.92", "2.0"].iter().any(|known| tag.contains(&format!("\"{known}\""))) {
        return body.to_owned();
    }
    // 0.90, 0.93, 0.94 and those that say nothing read as 2.0, which came from them.
    let attributes: Vec<_> = tag.split_whitespace().skip(1).filter(|a| !a.starts_with("version")).collect();
    format!("{before}<rss version=\"2.0\" {}>{after}", attributes.join(" "))
}

/// A document that was cut off, closed behind its last whole item.
fn closed(text: &str) -> String {
    let ends = [("</item>", "</channel></rss>"), ("</entry>", "</feed>")];
    let last = ends.iter().filter_map(|(end, close)| Some((text.rfind(end)? + end.len(), *close))).max();
    let Some((at, close)) = last else { return text.to_owned() };
    let close = if text.contains("<rdf:RDF") { "</rdf:RDF>" } else { close };
    format!("{}{close}", text.get(..at).unwrap_or(text))
}

/// The last character boundary at or before a place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Reads a time with its offset: RFC 2822 as in RSS, RFC 3339 as in Atom, and what is made of them.
fn instant(text: &str) -> Option<(Timestamp, Offset)> {
    let text = text.trim();
    let whole = |zoned: ZonedDateTime| (zoned.timestamp(), zoned.offset());
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(whole(zoned));
    }
    if let Ok(pieces) = jiff::fmt::temporal::Pieces::parse(text) {
        let time = pieces.time().unwrap_or_default();
        let offset = match pieces.to_numeric_offset() {
            Some(offset) => offset,
            None => Offset::UTC,
        };
        let at = offset.to_timestamp(pieces.date().to_datetime(time)).ok()?;
        return Some((at, offset));
    }
    // A wrong weekday, a year of two digits, a zone by its name: the library's leniency, without a zone.
    let named = text.replace("GMT", "+0000").replace("UTC", "+0000").replace("EDT", "-0400");
    let named = named.replace("EST", "-0500").replace("PDT", "-0700").replace("PST", "-0800");
    let undressed = named.split_once(", ").map_or(named.as_str(), |(_, rest)| rest);
    jiff::fmt::rfc2822::parse(undressed).ok().map(whole)
}

/// The instant in the parser's own type, by way of the one that everybody knows.
fn foreign<T: From<SystemTime>>(at: Timestamp) -> Option<T> {
    let micros = Duration::from_micros(at.as_microsecond().unsigned_abs());
    let time = match at.as_microsecond() {
        0.. => UNIX_EPOCH.checked_add(micros),
        _ => UNIX_EPOCH.checked_sub(micros),
    };
    time.map(T::from)
}

fn ours(time: SystemTime) -> Option<Timestamp> {
    let micros = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_micros()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_micros()).ok()?,
    };
    Timestamp::from_microsecond(micros).ok()
}

fn item(entry: Entry, offsets: &HashMap<Timestamp, Offset>) -> Item {
    let print = print(&entry);
    let published = entry.published.or(entry.updated).and_then(|time| {
        let at = ours(time.into())?;
        let offset = offsets.get(&at).copied().unwrap_or(Offset::UTC);
        Some(When { at, day: offset.to_datetime(at).date() })
    });
    let link = entry
        .links
        .iter()
        .filter(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .chain(entry.links.iter().filter(|link| link.rel.as_deref() == Some("via")))
        .map(|link| link.href.trim().to_owned())
        .find(|href| href.starts_with("http") && href.len() <= LONGEST);
    let title = entry.title.as_ref().and_then(words);
    let content = entry.content.and_then(|content| content.body);
    let text = content
        .and_then(|html| whole(&html, WHOLE))
        .or_else(|| whole(&entry.summary?.content, WHOLE_DESCRIPTION));
    let named = if entry.id.is_empty() { link.as_deref() } else { Some(entry.id.as_str()) };
    let named = named.or(title.as_deref()).unwrap_or_default();
    Item { key: key(named), link, title, published, text, print }
}

/// 32 bits of everything by which a feed shows that it has another text: the headline, the times, the
/// words.
fn print(entry: &Entry) -> u32 {
    let mut hash = blake3::Hasher::new();
    let times =
        [entry.published, entry.updated].map(|time| time.map(|time| time.timestamp()).unwrap_or_default());
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let texts =
        [entry.title.as_ref(), entry.summary.as_ref()].map(|text| text.map(|text| text.content.as_str()));
    for time in times {
        hash.update(&time.to_be_bytes());
    }
    for text in texts.into_iter().chain([content]) {
        for word in text.unwrap_or_default().split_whitespace() {
            hash.update(word.as_bytes()).update(b" ");
        }
        hash.update(&[0]);
    }
    hash.finalize().as_bytes().iter().take(4).fold(0, |print, byte| print << 8 | u32::from(*byte))
}

fn key(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    hash.as_bytes().iter().take(6).fold(0, |key, byte| key << 8 | u64::from(*byte))
}

/// The text of an item's HTML, where it is the whole text and not its beginning.
fn whole(html: &str, least: usize) -> Option<String> {
    if html.len() < least {
        return None;
    }
    let text = of_html(html);
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let end = text.trim_end().trim_end_matches(['.', ']', ')', ' ', '\u{bb}', '>']).to_lowercase();
    let ends = ["\u{2026}", "[\u{2026}", "read more", "continue reading", "read the full story"];
    let begun = text.trim_end().ends_with("...")
        || text.trim_end().ends_with("[\u{2026}]")
        || end.lines().last().is_some_and(|line| line.trim_start().starts_with("[+"))
        || ends.iter().any(|mark| end.ends_with(mark));
    (letters >= least && !begun).then_some(text)
}

/// A text of a feed as plain words on one line.
fn words(text: &Text) -> Option<String> {
    let plain = if text.content.contains(['<', '&']) { of_html(&text.content) } else { text.content.clone() };
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!plain.is_empty()).then_some(plain)
}

/// A fragment of HTML as text, with a line for each paragraph.
fn of_html(html: &str) -> String {
    let fragment = Html::fragment(html);
    fragment.select("script, style, iframe, figure, noscript").remove();
    fragment.formatted_text().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(xml: &str) -> Document {
        read(xml.as_bytes(), None, "https://paper.example/feed", false).unwrap()
    }

    fn rss(item: &str) -> String {
        format!(
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>{item}\
             </item></channel></rss>"
        )
    }

    #[track_caller]
    fn check_day(text: &str, expected: Option<&str>) {
        let document = of(&rss(&format!("<title>x</title><pubDate>{text}</pubDate>")));
        let day = document.items[0].published.map(|when| when.day.to_string());
        assert_eq!(day.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_publication_has_the_day_of_its_own_zone() {
        check_day("Thu, 12 Jun 2025 23:30:00 -0400", Some("2025-06-12"));
        check_day("Thu, 12 Jun 2025 23:30:00 EDT", Some("2025-06-12"));
        check_day("12 Jun 2025 23:30:00 +0000", Some("2025-06-12"));
        check_day("Thu, 12 Jun 2025 00:30:00 GMT", Some("2025-06-12"));
        check_day("Fri, 12 Jun 2025 00:30:00 GMT", Some("2025-06-12"));
        check_day("2025-06-12T23:30:00-04:00", Some("2025-06-12"));
        check_day("2025-06-12T00:30:00+08:00", Some("2025-06-12"));
        check_day("2025-06-12", Some("2025-06-12"));
        check_day("yesterday", None);
        check_day("", None);
    }

    #[test]
    fn the_whole_text_is_told_from_its_beginning() {
        let long = "<p>Some words of an article.</p>".repeat(40);
        let content =
            |html: &str| of(&rss(&format!("<content:encoded><![CDATA[{html}]]></content:encoded>")));
        let text = content(&long).items[0].text.clone().unwrap();
        assert!(text.starts_with("Some words") && text.contains('\n'), "{text}");
        assert_eq!(content("<p>Short.</p>").items[0].text, None);
        for cut in [
            "\u{2026}",
            "...",
            "[\u{2026}]",
            "<p>Read more</p>",
            "<a href=x>Continue reading \u{bb}</a>",
            "[+3500 chars]",
        ] {
            assert_eq!(content(&format!("{long}{cut}")).items[0].text, None, "{cut}");
        }
        let described = of(&rss(&format!("<description><![CDATA[{long}]]></description>")));
        assert_eq!(described.items[0].text, None, "a description is the beginning, unless it is long");
    }

    #[test]
    fn an_item_is_named_by_its_id_and_linked_to_its_page() {
        let one = of(&rss("<guid>7</guid><link>/a</link><title>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>"));
        let again = of(&rss("<guid>7</guid><link>https://other.example/b</link>"));
        assert_eq!(one.items[0].key, again.items[0].key);
        assert_eq!(one.items[0].link.as_deref(), Some("https://paper.example/a"));
        assert_eq!(one.items[0].title.as_deref(), Some("A & B"));
        let bare = of(&rss("<link>javascript:alert(1)</link><title>x</title>"));
        assert_eq!(bare.items[0].link, None);
    }

    #[test]
    fn an_item_that_is_changed_has_another_print() {
        let print = |item: &str| of(&rss(item)).items[0].print;
        let item = "<guid>7</guid><title>A</title><pubDate>Thu, 12 Jun 2025 09:00:00 GMT</pubDate><description>x y</description>";
        assert_eq!(print(item), print(&item.replace("x y", "x\n  y")));
        for (from, to) in [("<title>A", "<title>B"), ("x y", "x z"), ("09:00", "10:00")] {
            assert_ne!(print(item), print(&item.replace(from, to)), "{to}");
        }
    }

    #[test]
    fn what_was_cut_off_gives_its_whole_items() {
        let item = "<item><title>x</title></item>";
        let text = format!("<rss version='2.0'><channel>{item}{item}<item><title>y");
        let document = read(text.as_bytes(), None, "https://paper.example/feed", true).unwrap();
        assert_eq!(document.items.len(), 2);
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title></entry><entry><ti";
        assert_eq!(read(atom.as_bytes(), None, "https://paper.example/feed", true).unwrap().items.len(), 1);
    }

    #[test]
    fn entities_of_its_own_are_refused_before_anything_is_expanded() {
        let text = "<!DOCTYPE rss [<!ENTITY a \"&a;&a;\">]><rss version='2.0'><channel/></rss>";
        let refused = read(text.as_bytes(), None, "https://paper.example/feed", false);
        assert_eq!(refused, Err(NotAFeed::Entities));
    }
}
