//! From the bytes of a web page to an article: what a reader would call its text, its title, who
//! wrote it and when it was published, and from which part of the page each was read.
//!
//! Pure functions: no network, no clock. A page that holds no article is refused with a reason
//! that can be shown; nothing is guessed from a consent wall, a login or a list of headlines.

mod article;
mod body;
mod dates;
mod decode;
mod guard;
mod identity;
mod meta;
mod noise;
mod published;
mod refusal;
mod text;
mod tree;
mod verdict;

pub use article::{PageArticle, Published, Source};
pub use refusal::NotAnArticle;

use attache_store::ReadFrom;
use dom_query::Document;

use self::dates::Habits;
use self::meta::{Meta, field};
use self::tree::Tree;
use super::Draft;

/// A page as it was fetched.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// Address the bytes came from, after redirects; empty where they came from a file.
    pub url: String,
    /// The `Content-Type` header, where the server sent one.
    pub content_type: Option<String>,
    /// The body, decompressed.
    pub bytes: Vec<u8>,
}

/// Reads the article of a page.
///
/// # Errors
/// When the page holds no article, or is more than is read of a page; see [`NotAnArticle`].
pub fn read(page: &Fetched) -> Result<PageArticle, NotAnArticle> {
    let html = decode::decode(&page.bytes, page.content_type.as_deref());
    guard::check(&html)?;
    let document = Document::from(html);
    let meta = Meta::new(&document);
    let tree = Tree::new(&document);
    let title = identity::title(&meta, &tree, &page.url);
    let title = title.as_deref();
    let body = body::find(&tree, title);
    let shown = tree.plain(0).to_lowercase().replace('\u{2019}', "'");
    let url = page.url.as_str();
    let stated = stated_text(&meta, url, &body);
    let judged = verdict::judge(&verdict::Page {
        url,
        document: &document,
        meta: &meta,
        body: &body,
        title,
        shown: &shown,
    });
    let text = match (judged, stated) {
        (Ok(()), None) => body.text(),
        (
            Ok(()) | Err(NotAnArticle::ScriptOnly | NotAnArticle::TooShort(_) | NotAnArticle::Empty),
            Some(stated),
        ) => stated,
        (Err(refusal), _) => return Err(refusal),
    };
    let language = identity::language(&meta, url);
    let habits = habits(language.as_deref(), url);
    let times =
        published::find(&published::Page { url, meta: &meta, tree: &tree, body: &body, title, habits });
    let canonical = identity::canonical(&meta, url);
    Ok(PageArticle {
        title: title.map(str::to_owned),
        byline: identity::byline(&meta, &tree, url),
        site: identity::site(&meta, url),
        language,
        canonical,
        published: times.published,
        modified: times.modified,
        notes: times.notes,
        text,
    })
}

impl From<PageArticle> for Draft {
    fn from(page: PageArticle) -> Self {
        let date = page.published.as_ref().map_or_else(String::new, |published| published.source.to_string());
        let own = || "the page".to_owned();
        Self {
            title: page.title,
            url: page.canonical,
            publisher: page.site,
            published: page.published.map(|published| published.day),
            text: page.text,
            from: Some(ReadFrom { date, title: own(), text: own() }),
        }
    }
}

/// The text of bytes in whatever charset they are written.
pub(super) fn decode(bytes: &[u8]) -> String {
    decode::decode(bytes, None)
}

/// The day that a document's first lines give as its own: a line that is nothing but a date, or
/// calls it the date of publication.
pub(super) fn day_of_lines(text: &str) -> Option<jiff::civil::Date> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(15);
    lines.filter(|line| line.len() <= 120).find_map(|line| {
        let words = line.split_whitespace().count();
        let tells = noise::is_head_line(line, words) || published::is_labelled(line);
        tells.then(|| dates::first(line, Habits::default())).flatten().map(|read| read.day)
    })
}

/// The text JSON-LD carries, where the page itself shows less than half of it.
fn stated_text(meta: &Meta, url: &str, body: &body::Body) -> Option<String> {
    let node = meta.article(url)?;
    let stated = node.get("articleBody").and_then(serde_json::Value::as_str)?;
    let words = stated.split_whitespace().count();
    let lines = stated.lines().filter_map(meta::tidy).collect::<Vec<_>>().join("\n\n");
    let free = field(node, "isAccessibleForFree").is_none_or(|free| !free.eq_ignore_ascii_case("false"));
    (words >= 60 && words > body.words() * 2 && free).then_some(lines)
}

/// How dates are written where a page comes from, by its language and the end of its host.
fn habits(language: Option<&str>, url: &str) -> Habits {
    let host = identity::host(url);
    let end = host.rsplit('.').next().unwrap_or_default();
    let language = language.unwrap_or_default();
    Habits {
        month_first: language == "en-us" || matches!(end, "gov" | "mil" | "us"),
        day_first: matches!(
            language,
            "en-gb" | "en-au" | "en-nz" | "en-ie" | "en-in" | "en-sg" | "en-hk" | "en-za"
        ) || matches!(end, "uk" | "au" | "nz" | "ie" | "in" | "sg" | "hk" | "eu" | "za" | "my"),
        chinese: matches!(end, "cn" | "hk" | "tw" | "mo") || language.starts_with("zh"),
    }
}
