//! Title, byline, site, language and address of a page.

use reqwest::Url;

use super::body::same_words;
use super::meta::{Meta, field};
use super::noise::is_head_line;
use super::text::{Shape, blocks};
use super::tree::{Id, Tree};

/// Between a title and the site's name.
const BETWEEN: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", "_", " / "];

/// The headline, without the site's name.
pub(super) fn title(meta: &Meta, tree: &Tree, url: &str) -> Option<String> {
    let site = site(meta, url);
    let of_article = meta.article(url).and_then(|node| field(node, "headline"));
    let own =
        [of_article.as_deref(), meta.get(&["og:title"]), meta.get(&["twitter:title"]), meta.title.as_deref()];
    let own: Vec<String> = own.into_iter().flatten().map(|title| bare(title, site.as_deref(), url)).collect();
    let first: Vec<String> = headings(tree, "h1");
    // What stands over the text, where the head has the same; the head may cut it or add to it.
    let agreed =
        first.iter().find(|heading| own.iter().any(|own| same_words(own, heading) || akin(own, heading)));
    // Where the head names the site with no sign between, what stands over the text ends it or
    // begins it.
    let lesser = ["h1", "h2", "h3", "h4"].iter().flat_map(|name| headings(tree, name)).find(|heading| {
        let heading_letters = letters(heading);
        let mut own = own.iter().map(|own| letters(own));
        heading.split_whitespace().count() >= 4
            && own.any(|own| own.ends_with(&heading_letters) || own.starts_with(&heading_letters))
    });
    let alone = || {
        (first.len() == 1)
            .then(|| first.first())
            .flatten()
            .filter(|heading| heading.split_whitespace().count() >= 4)
    };
    // A head that is the same on every page says nothing of this one.
    let only = || {
        let all: Vec<String> = ["h1", "h2"].iter().flat_map(|name| headings(tree, name)).collect();
        let own: Vec<String> = own.iter().flat_map(|own| long_words(own)).collect();
        let told = |heading: &&String| {
            let words = long_words(heading);
            words.len() >= 3 && !words.iter().any(|word| own.contains(word))
        };
        (all.len() == 1).then(|| all.first().filter(told).cloned()).flatten()
    };
    let only = if agreed.is_none() && lesser.is_none() { only() } else { None };
    agreed
        .or(lesser.as_ref())
        .or(only.as_ref())
        .or_else(|| own.first())
        .or_else(alone)
        .cloned()
        .filter(|title| !title.is_empty())
}

fn headings(tree: &Tree, name: &str) -> Vec<String> {
    let ids = (0..tree.len()).filter(|id| tree.name(*id) == name).take(20);
    ids.map(|id| tree.plain(id)).filter(|text| !text.is_empty() && text.len() < 400).collect()
}

fn long_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    words.map(str::to_lowercase).collect()
}

/// Whether most words of the shorter are in the other, as in a headline written twice.
fn akin(a: &str, b: &str) -> bool {
    let (a, b) = (long_words(a), long_words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    short.len() >= 3 && short.iter().filter(|word| long.contains(word)).count() * 3 >= short.len() * 2
}

/// A title without the site's name before or behind it.
fn bare(title: &str, site: Option<&str>, url: &str) -> String {
    let is_site = |part: &str| {
        let part_letters = letters(part);
        let named = site.is_some_and(|site| {
            let site = letters(site);
            part_letters == site
                || (site.len() > 3 && part_letters.len() <= site.len() + 12 && part_letters.contains(&site))
                || (part_letters.len() > 4 && site.contains(&part_letters))
        });
        let host = host(url);
        let of_host = part_letters.len() > 3 && letters(&host).contains(&part_letters);
        let with_host = part.split_whitespace().count() <= 5
            && host.split('.').map(letters).any(|label| label.len() > 4 && part_letters.contains(&label));
        named || of_host || with_host
    };
    let mut title = title.trim();
    for _ in 0..3 {
        let last =
            BETWEEN.iter().filter_map(|between| title.rfind(between).map(|at| (at, between.len()))).max();
        let Some((at, len)) = last else { break };
        let (head, tail) = (title.get(..at).unwrap_or_default(), title.get(at + len..).unwrap_or_default());
        let short = tail.split_whitespace().count() <= 4
            && head.split_whitespace().count() >= 5
            && !title.contains(" – ");
        if is_site(tail) || (short && site.is_none() && title.get(at..at + len) == Some(" | ")) {
            title = head.trim();
        } else {
            break;
        }
    }
    let first = BETWEEN.iter().filter_map(|between| title.find(between).map(|at| (at, between.len()))).min();
    if let Some((at, len)) = first
        && is_site(title.get(..at).unwrap_or_default())
        && !is_head_line(title.get(at + len..).unwrap_or_default(), 1)
    {
        title = title.get(at + len..).unwrap_or_default().trim();
    }
    title.to_owned()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The host an address names; empty where it names none.
pub(super) fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// The site's or publisher's name.
pub(super) fn site(meta: &Meta, url: &str) -> Option<String> {
    let publisher = || {
        meta.article(url)
            .and_then(|node| node.get("publisher"))
            .and_then(|publisher| field(publisher, "name").or_else(|| publisher.as_str().map(str::to_owned)))
    };
    let named = |names: &[&str]| {
        meta.get(names)
            .filter(|name| name.len() <= 80 && !name.starts_with("http") && !name.starts_with('@'))
            .map(str::to_owned)
    };
    named(&["og:site_name"])
        .or_else(publisher)
        .or_else(|| {
            named(&[
                "dc.publisher",
                "dcterms.publisher",
                "publisher",
                "citation_publisher",
                "copyright",
                "application-name",
                "sitename",
            ])
        })
        .filter(|name| name.len() <= 80)
}

/// Who wrote it.
pub(super) fn byline(meta: &Meta, tree: &Tree, url: &str) -> Option<String> {
    let of_article = meta.article(url).and_then(|node| field(node, "author"));
    let named = || {
        meta.get(&[
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
            "citation_author",
            "cxenseparse:author",
            "twitter:creator",
        ])
        .map(str::to_owned)
    };
    of_article
        .filter(|name| is_name(name))
        .or_else(|| named().filter(|name| is_name(name)))
        .or_else(|| visible_byline(tree))
        .map(|name| {
            let lower = name.to_lowercase();
            let name = if lower.starts_with("by ") { name.get(3..).unwrap_or_default() } else { &name };
            name.trim().to_owned()
        })
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 160
        && !name.contains("://")
        && !name.starts_with('@')
        && name.chars().any(char::is_alphabetic)
}

fn visible_byline(tree: &Tree) -> Option<String> {
    let marked = |id: &Id| {
        tree.element(*id).is_some_and(|element| {
            element.attr("rel") == Some("author")
                || element.attr("itemprop") == Some("author")
                || element.labels.iter().any(|label| {
                    label.iter().any(|word| matches!(word.as_str(), "byline" | "author" | "authors"))
                        && !label
                            .iter()
                            .any(|word| matches!(word.as_str(), "bio" | "about" | "image" | "avatar" | "box"))
                })
        })
    };
    let name = (0..tree.len())
        .filter(marked)
        .map(|id| tree.plain(id))
        .find(|name| is_name(name) && name.split_whitespace().count() <= 12);
    name.or_else(|| {
        let lines = blocks(tree, 0, &|_| false);
        let heads = lines.iter().take(60).filter(|line| line.words <= 20 && line.shape == Shape::Paragraph);
        let mut lines = heads.flat_map(|line| line.text.lines());
        let line = lines.find(|line| line.starts_with("By ") && line.split_whitespace().count() <= 8);
        line.map(str::to_owned)
    })
}

/// The language the page states, lower case.
pub(super) fn language(meta: &Meta, url: &str) -> Option<String> {
    let of_article = || meta.article(url).and_then(|node| field(node, "inLanguage"));
    let named = || {
        meta.get(&["og:locale", "content-language", "language", "dc.language", "dcterms.language"])
            .map(str::to_owned)
    };
    let stated = meta.language.clone().or_else(of_article).or_else(named)?;
    let tag = stated.trim().to_lowercase().replace('_', "-");
    let tag = if tag == "english" { "en".to_owned() } else { tag };
    let shape = tag.len() <= 20
        && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && tag.split('-').next().is_some_and(|part| (2..=3).contains(&part.len()));
    shape.then_some(tag)
}

/// The address the page gives for itself, made whole; http and https alone.
pub(super) fn canonical(meta: &Meta, url: &str) -> Option<String> {
    let base = Url::parse(url).ok();
    let whole = |address: &str| {
        let parsed = match &base {
            Some(base) => base.join(address).ok()?,
            None => Url::parse(address).ok()?,
        };
        let plain = parsed.username().is_empty() && parsed.password().is_none();
        (matches!(parsed.scheme(), "http" | "https") && plain && parsed.as_str().len() <= 1000)
            .then(|| parsed.to_string())
    };
    let of_article =
        meta.article(url).and_then(|node| field(node, "url").or_else(|| field(node, "mainEntityOfPage")));
    let stated = [meta.canonical.as_deref(), meta.get(&["og:url"]), of_article.as_deref()];
    stated.into_iter().flatten().filter_map(whole).find(|address| !is_front(address))
}

/// Whether an address is that of a site's front page.
pub(super) fn is_front(address: &str) -> bool {
    Url::parse(address).is_ok_and(|parsed| parsed.path() == "/" && parsed.query().is_none())
}
