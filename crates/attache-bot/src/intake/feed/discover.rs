//! From a web page to the feeds it names: `<link rel="alternate">`, in the order they stand.

use dom_query::Document;
use reqwest::Url;

/// Feeds named by one page that are looked at.
const MOST: usize = 5;
const TYPES: [&str; 5] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/json",
];

/// The addresses of the feeds that a page names. Feeds of comments stand last.
pub(crate) fn feeds(html: &str, url: &str) -> Vec<String> {
    let Ok(mut base) = Url::parse(url) else { return Vec::new() };
    let document = Document::from(html);
    if let Some(href) = document.select_single("base[href]").attr("href")
        && let Ok(stated) = base.join(&href)
    {
        base = stated;
    }
    let mut found = Vec::new();
    for link in document.select("link[rel][href][type]").iter() {
        let attribute = |name: &str| link.attr(name).unwrap_or_default().trim().to_ascii_lowercase();
        let alternate = attribute("rel").split_whitespace().any(|rel| rel == "alternate");
        let kind = attribute("type");
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !alternate || !TYPES.contains(&kind) {
            continue;
        }
        if let Ok(address) = base.join(link.attr("href").unwrap_or_default().trim()) {
            let comments = address.as_str().contains("comment") || attribute("title").contains("comment");
            found.push((comments, address.to_string()));
        }
    }
    found.sort_by_key(|(comments, _)| *comments);
    let mut addresses: Vec<String> = Vec::new();
    for (_, address) in found {
        if !addresses.contains(&address) && addresses.len() < MOST {
            addresses.push(address);
        }
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        assert_eq!(feeds(html, "https://paper.example/news/today"), expected);
    }

    #[test]
    fn a_page_names_its_feeds() {
        check("<p>no feed", &[]);
        check(
            "<head><LINK REL=alternate TYPE='application/rss+xml' HREF='/comments/feed'>\
             <link rel='alternate home' type='application/atom+xml; charset=utf-8' href=atom.xml>\
             <link rel=alternate type=text/html hreflang=de href=/de>\
             <link rel=stylesheet type='application/rss+xml' href=/no></head>",
            &["https://paper.example/news/atom.xml", "https://paper.example/comments/feed"],
        );
        check(
            "<base href='https://cdn.example/x/'><link rel=alternate type=application/feed+json href=f.json>",
            &["https://cdn.example/x/f.json"],
        );
    }
}
