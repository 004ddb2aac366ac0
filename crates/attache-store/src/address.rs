//! One page, one address: what does not name the page is taken out of its address, so that the same
//! page found twice is found again.
//!
//! In goes an address as somebody gave it, out comes one that is the same for all its spellings. Nothing
//! is fetched: that two addresses lead to one page by a redirect is for who follows it to say.

use url::{Host, Url};

/// Beginnings of the names of parameters that say who sent the reader.
const TRACKING: [&str; 13] =
    ["utm_", "at_", "ns_", "mc_", "hsa_", "_hs", "pk_", "mtm_", "guce_", "oly_", "vero_", "soc_", "wt_"];

/// Names of parameters that say who sent the reader, who the reader is, or in which dress the page is shown.
const PASSING: [&str; 38] = [
    "_ga",
    "_gl",
    "amp",
    "cmp",
    "cmpid",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "guccounter",
    "icid",
    "igshid",
    "ito",
    "jsessionid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ocid",
    "outputtype",
    "phpsessid",
    "ref",
    "ref_src",
    "ref_url",
    "reflink",
    "s_cid",
    "share",
    "sharetype",
    "si",
    "smid",
    "smtyp",
    "spm",
    "sr_share",
    "sref",
    "taid",
    "twclid",
    "wbraid",
    "xtor",
    "yclid",
];

/// Host labels of a site's other dresses.
const DRESSES: [&str; 6] = ["www", "www2", "m", "mobile", "amp", "edition"];

/// File names that a folder shows by itself.
const INDEXES: [&str; 4] = ["index.html", "index.htm", "index.shtml", "index.php"];

/// The address by which a page is known: `https`, host in ASCII without `www.`, `m.` and `amp.`, no
/// default port, credentials, fragment or trailing slash, without parameters that name no page, the
/// others in order of their names. An address that does not read as one stays as it is.
#[must_use]
pub fn canonical(address: &str) -> String {
    let address = address.trim();
    let Some(url) = read(address) else { return address.to_owned() };
    if !matches!(url.scheme(), "http" | "https") {
        return url.to_string();
    }
    if let Some(original) = behind_a_cache(&url) {
        return canonical(&original);
    }
    let host = match url.host() {
        Some(Host::Domain(name)) => site(name),
        Some(host) => host.to_string(),
        None => String::new(),
    };
    if host.is_empty() {
        return address.to_owned();
    }
    let port = url.port().filter(|port| !matches!(port, 80 | 443));
    let mut out = format!("https://{host}");
    if let Some(port) = port {
        out.push_str(&format!(":{port}"));
    }
    out.push_str(&path(&url));
    let mut kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| names_a_page(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    kept.sort();
    if !kept.is_empty() {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
        out.push('?');
        out.push_str(&query);
    }
    // Pages that scripts choose are named behind `#!`.
    if let Some(page) = url.fragment().filter(|fragment| fragment.starts_with('!')) {
        out.push('#');
        out.push_str(page);
    }
    out
}

/// The address, whose scheme may be left out where a site's name stands first.
fn read(address: &str) -> Option<Url> {
    if let Ok(url) = Url::parse(address)
        && (url.has_host() || url.cannot_be_a_base())
    {
        return Some(url);
    }
    let site = address.split(['/', '?', '#']).next().unwrap_or_default();
    let named = site.contains('.') && !address.contains(char::is_whitespace);
    Url::parse(&format!("https://{address}")).ok().filter(|_| named && !address.contains("://"))
}

fn names_a_page(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.is_empty()
        && !PASSING.contains(&name.as_str())
        && !TRACKING.iter().any(|head| name.starts_with(head))
}

/// The host without the labels of its other dresses, as long as a name with a dot is left.
fn site(host: &str) -> String {
    let whole = host;
    let mut host = host.trim_end_matches('.');
    // Without its dots "0.." would be a number, and so an address of the old internet.
    if host.rsplit('.').next().is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit())) {
        return whole.to_owned();
    }
    while let Some((label, rest)) = host.split_once('.') {
        if !DRESSES.contains(&label) || !rest.contains('.') {
            break;
        }
        host = rest;
    }
    host.to_owned()
}

/// The page's path: signs that need no escape are plain, no empty parts, no dress, no session.
fn path(url: &Url) -> String {
    let mut parts: Vec<String> = url.path().split('/').filter(|part| !part.is_empty()).map(plain).collect();
    if let Some(last) = parts.last_mut()
        && let Some((file, _)) = last.split_once(";jsessionid=")
    {
        *last = file.to_owned();
    }
    if parts.last().is_some_and(|last| INDEXES.contains(&last.to_ascii_lowercase().as_str())) {
        parts.pop();
    }
    if parts.len() > 1 && parts.last().is_some_and(|last| last == "amp") {
        parts.pop();
    } else if parts.len() > 1 && parts.first().is_some_and(|first| first == "amp") {
        parts.remove(0);
    }
    if let Some(last) = parts.last_mut() {
        if let Some(stem) = last.strip_suffix(".amp") {
            *last = stem.to_owned();
        } else if let Some(stem) = last.strip_suffix(".amp.html") {
            *last = format!("{stem}.html");
        }
    }
    parts.iter().flat_map(|part| ["/", part]).collect()
}

/// `%7E` is `~`, `%c3` is `%C3`.
fn plain(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut pieces = part.split('%');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let code = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (code, piece.get(2..)) {
            (Some(byte), Some(rest)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte));
                out.push_str(rest);
            }
            (Some(byte), Some(rest)) => {
                out.push_str(&format!("%{byte:02X}"));
                out.push_str(rest);
            }
            _ => {
                out.push('%');
                out.push_str(piece);
            }
        }
    }
    out
}

/// The address that a search engine's cache of light pages stands for.
fn behind_a_cache(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let path = url.path();
    let rest = if host.ends_with(".cdn.ampproject.org") {
        path.strip_prefix("/c/").or_else(|| path.strip_prefix("/v/"))?
    } else if host.starts_with("www.google.") {
        path.strip_prefix("/amp/")?
    } else {
        return None;
    };
    let rest = rest.strip_prefix("s/").unwrap_or(rest);
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("https://{rest}{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(address: &str, expected: &str) {
        assert_eq!(canonical(address), expected, "{address}");
    }

    #[test]
    fn what_names_no_page_is_left_out() {
        let page = "https://example.org/a/story";
        for address in [
            "https://example.org/a/story",
            "http://example.org/a/story/",
            "HTTPS://WWW.Example.ORG:443/a/story",
            "http://example.org:80/a/story#top",
            "https://m.example.org/a/story?utm_source=x&utm_medium=y",
            "https://amp.example.org/a/story?fbclid=1&gclid=2",
            "https://example.org/a/story/amp",
            "https://example.org/amp/a/story/",
            "https://example.org/a/story.amp",
            "https://example.org//a//story?amp=1",
            "https://user:secret@www.m.example.org./a/story?ref=home",
            "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a/story",
            "https://www.google.com/amp/s/www.example.org/a/story?utm_campaign=1",
            "example.org/a/story",
            "  https://example.org/a/story;jsessionid=AB12?PHPSESSID=3 ",
            "https://example.org/a/%73tory",
        ] {
            check(address, page);
        }
        check("https://example.org/", "https://example.org");
        check("https://example.org/news/index.html", "https://example.org/news");
        check("https://example.org/2025/05/x.amp.html", "https://example.org/2025/05/x.html");
    }

    #[test]
    fn what_names_a_page_stays() {
        check("https://example.org/a?page=2&id=1", "https://example.org/a?id=1&page=2");
        check("https://example.org/A", "https://example.org/A");
        check("https://example.org:8443/a", "https://example.org:8443/a");
        check("https://example.org/#!/story/7", "https://example.org#!/story/7");
        check("https://amp.dev/story", "https://amp.dev/story");
        check("https://example.org/amp", "https://example.org/amp");
        check("https://b\u{fc}cher.example/%c3%bc", "https://xn--bcher-kva.example/%C3%BC");
        check("https://xn--bcher-kva.example/\u{fc}", "https://xn--bcher-kva.example/%C3%BC");
        check("https://[::1]:80/a", "https://[::1]/a");
        check("news of the day", "news of the day");
        check("urn:x:1", "urn:x:1");
        check("", "");
    }

    proptest! {
        #[test]
        fn an_address_made_canonical_stays_so(address in "(https?://)?[a-zäM.:0-9@]{0,18}(/[a-zA-Z0-9%;.~é]{0,8}){0,4}(\\?[a-z_=&%1]{0,16})?(#!?[a-z]{0,3})?") {
            let once = canonical(&address);
            prop_assert_eq!(canonical(&once), once);
        }
    }
}
