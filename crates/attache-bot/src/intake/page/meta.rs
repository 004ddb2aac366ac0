//! What a page says of itself in its head: meta elements, links, JSON-LD.

use dom_query::Document;
use serde_json::Value;

/// The page's own words on itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// Names (lower case) and contents of `<meta>`, in order.
    metas: Vec<(String, String)>,
    /// The nodes of all JSON-LD that are objects with a type, outermost first.
    nodes: Vec<Value>,
    /// `<title>`.
    pub(super) title: Option<String>,
    /// `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// `<html lang>`.
    pub(super) language: Option<String>,
}

/// Types of JSON-LD that are articles; each ends so.
const ARTICLES: &[&str] = &[
    "Article",
    "BlogPosting",
    "Report",
    "PressRelease",
    "SpecialAnnouncement",
    "SocialMediaPosting",
    "ClaimReview",
];
/// Most nodes of JSON-LD looked at.
const MOST_NODES: usize = 500;

impl Meta {
    /// Reads a document's head, wherever its elements stand.
    pub(super) fn new(document: &Document) -> Self {
        let mut meta = Self::default();
        for node in document.select("meta").nodes() {
            let name = node
                .attr("property")
                .or_else(|| node.attr("name"))
                .or_else(|| node.attr("itemprop"))
                .or_else(|| node.attr("http-equiv"));
            if let (Some(name), Some(content)) = (name, node.attr("content"))
                && let Some(content) = tidy(&content)
            {
                meta.metas.push((name.trim().to_lowercase(), content));
            }
        }
        for node in document.select("script").nodes() {
            if node.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                && let Some(value) = parse(&node.text())
            {
                collect(value, &mut meta.nodes);
            }
        }
        meta.title = document.select_single("title").nodes().first().and_then(|node| tidy(&node.text()));
        let links = document.select("link[rel]");
        let canonical = links
            .nodes()
            .iter()
            .find(|node| node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")));
        meta.canonical = canonical.and_then(|node| node.attr("href")).and_then(|href| tidy(&href));
        let root = document.html_root();
        meta.language = root.attr("lang").or_else(|| root.attr("xml:lang")).and_then(|lang| tidy(&lang));
        meta
    }

    /// The first content of the first of these names that has one.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas.iter().find(|(key, _)| key == name).map(|(_, content)| content.as_str())
        })
    }

    /// The JSON-LD of the page's article: one that names the page's own headline or address, or the
    /// only one there is.
    pub(super) fn article(&self, url: &str) -> Option<&Value> {
        let articles: Vec<&Value> = self.nodes.iter().filter(|node| is_article(node)).collect();
        let own = [self.get(&["og:title", "twitter:title"]), self.title.as_deref()];
        let addresses = [self.canonical.as_deref(), self.get(&["og:url"]), Some(url)];
        let named = |node: &&&Value| {
            let headline = field(node, "headline").or_else(|| field(node, "name"));
            headline.is_some_and(|headline| {
                own.iter()
                    .flatten()
                    .any(|title| super::body::same_words(title, &headline) || title.contains(&headline))
            })
        };
        let placed = |node: &&&Value| {
            let its = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|key| field(node, key));
            its.into_iter()
                .any(|its| addresses.iter().flatten().any(|own| !own.is_empty() && same_address(own, &its)))
        };
        let found =
            articles.iter().find(named).or_else(|| articles.iter().find(placed)).or(match &articles[..] {
                [only] if !self.is_collection() => Some(only),
                _ => None,
            });
        found.copied()
    }

    /// The JSON-LD of the page itself, where the article has none.
    pub(super) fn page(&self) -> Option<&Value> {
        self.nodes.iter().find(|node| {
            types(node).any(|kind| matches!(kind, "WebPage" | "ItemPage" | "AboutPage" | "MedicalWebPage"))
        })
    }

    /// Whether the page calls itself a list of others.
    pub(super) fn is_collection(&self) -> bool {
        self.nodes.iter().any(|node| {
            types(node).any(|kind| matches!(kind, "CollectionPage" | "SearchResultsPage" | "ItemList"))
        })
    }
}

/// A field's text: a string, a number, or the name or address of what stands there; of several all
/// that are different, with commas.
pub(super) fn field(node: &Value, key: &str) -> Option<String> {
    fn text(value: &Value) -> Option<String> {
        match value {
            Value::String(text) => tidy(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Object(object) => {
                ["name", "@value", "url", "@id"].iter().find_map(|key| object.get(*key).and_then(text))
            }
            Value::Array(items) => {
                let mut all: Vec<String> = Vec::new();
                for item in items.iter().take(8).filter_map(text) {
                    if !all.contains(&item) {
                        all.push(item);
                    }
                }
                (!all.is_empty()).then(|| all.join(", "))
            }
            _ => None,
        }
    }
    node.get(key).and_then(text)
}

fn is_article(node: &Value) -> bool {
    types(node).any(|kind| ARTICLES.iter().any(|known| kind.ends_with(known)) || kind == "LiveBlogPosting")
}

fn types(node: &Value) -> impl Iterator<Item = &str> {
    let kinds = match node.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind.as_str()],
        _ => Vec::new(),
    };
    kinds.into_iter().map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

/// Reads JSON-LD as pages have it: in comments or CDATA, with raw line breaks within strings.
fn parse(text: &str) -> Option<Value> {
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let text = text
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let mended: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

fn collect(value: Value, nodes: &mut Vec<Value>) {
    let mut waiting = std::collections::VecDeque::from([value]);
    while let Some(value) = waiting.pop_front() {
        if nodes.len() >= MOST_NODES {
            return;
        }
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(mut object) => {
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                    if let Some(inner) =
                        object.get_mut(key).filter(|inner| inner.is_object() || inner.is_array())
                    {
                        // What stood there moves out; its address stays.
                        let address = inner.get("@id").cloned().unwrap_or(Value::Null);
                        waiting.push_back(std::mem::replace(inner, address));
                    }
                }
                nodes.push(Value::Object(object));
            }
            _ => {}
        }
    }
}

/// Whether two addresses are one page's: without scheme, `www.`, query, fragment and last slash.
fn same_address(a: &str, b: &str) -> bool {
    fn bare(url: &str) -> &str {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let url = url.split(['?', '#']).next().unwrap_or(url);
        url.trim_start_matches("www.").trim_end_matches('/')
    }
    !bare(a).is_empty() && bare(a) == bare(b)
}

/// Text without markup, entities or needless whitespace; none where nothing is left.
pub(super) fn tidy(text: &str) -> Option<String> {
    let text = if text.contains('&') && text.contains(';') || text.contains("</") {
        // Contents are often escaped twice.
        Document::fragment(text.replace('<', " <").as_str()).text().to_string()
    } else {
        text.to_owned()
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
