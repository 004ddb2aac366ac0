//! Ordered keys: every number big-endian, so that bytes sort as values do.

use jiff::civil::Date;

use crate::id::{ArticleId, EventId, SubscriptionId};

/// Sort key of an event: its day, then its id. Days before year 0 do not occur in news.
pub(crate) type DayKey = [u8; 20];

/// Days as `yyyymmdd`, four bytes.
pub(crate) fn day(day: Date) -> [u8; 4] {
    day_number(day).to_be_bytes()
}

/// Days as numbers that sort as they do: `yyyymmdd`.
pub(crate) fn day_number(day: Date) -> u32 {
    let number = i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    u32::try_from(number).unwrap_or(0)
}

pub(crate) fn by_day(on: Date, event: EventId) -> DayKey {
    let mut key = [0; 20];
    key[..4].copy_from_slice(&day(on));
    key[4..].copy_from_slice(&event.0);
    key
}

pub(crate) fn day_and_id(key: &DayKey) -> (u32, EventId) {
    let [a, b, c, d, id @ ..] = *key;
    (u32::from_be_bytes([a, b, c, d]), EventId(id))
}

pub(crate) fn article_piece(article: ArticleId, piece: u32) -> Vec<u8> {
    [&article.0[..], &piece.to_be_bytes()].concat()
}

/// Key of a page's address.
pub(crate) fn address(url: &str) -> [u8; 17] {
    hashed(b'c', crate::address::canonical(url).as_bytes())
}

/// Key of an address in stores of earlier releases.
pub(crate) fn url(url: &str) -> [u8; 17] {
    hashed(b'u', normal_url(url).as_bytes())
}

/// Key that leads from a reprint's text to the stored article.
pub(crate) fn copied_text(text: ArticleId) -> [u8; 17] {
    named(b't', text.0)
}

/// Key that leads from an article's later text to its first.
pub(crate) fn later_text(text: ArticleId) -> [u8; 17] {
    named(b'r', text.0)
}

fn hashed(kind: u8, bytes: &[u8]) -> [u8; 17] {
    let mut half = [0; 16];
    half.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    named(kind, half)
}

fn named(kind: u8, name: [u8; 16]) -> [u8; 17] {
    let mut key = [kind; 17];
    key[1..].copy_from_slice(&name);
    key
}

pub(crate) fn sent(event: EventId, subscription: SubscriptionId) -> Vec<u8> {
    [&event.0[..], &subscription.0.to_be_bytes()].concat()
}

/// The address as earlier releases took it: without fragment, some tracking parameters, a trailing
/// slash, `www.`, the case of scheme and host. Never changes, so that their rows are found.
pub(crate) fn normal_url(url: &str) -> String {
    let url = url.trim().split('#').next().unwrap_or_default();
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_ascii_lowercase();
    let kept: Vec<_> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("utm_") && !part.starts_with("fbclid="))
        .collect();
    let scheme = scheme.to_ascii_lowercase().replace("https", "http");
    let mut out =
        format!("{scheme}://{}/{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'));
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    out
}

/// A key as messages show it.
pub(crate) fn hex(key: &[u8]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_sort_as_their_keys(a in 0_i32..3_000_000, b in 0_i32..3_000_000) {
            let of = |n: i32| Date::new(1, 1, 1).unwrap().checked_add(jiff::Span::new().days(n)).unwrap();
            prop_assert_eq!(of(a).cmp(&of(b)), day(of(a)).cmp(&day(of(b))));
        }
    }

    #[track_caller]
    fn check_same_page(a: &str, b: &str, same: bool) {
        assert_eq!(normal_url(a) == normal_url(b), same, "{a} / {b}");
    }

    #[test]
    fn addresses_of_one_page_are_one() {
        check_same_page("https://www.Example.org/a/", "http://example.org/a?utm_source=x#top", true);
        check_same_page("https://example.org/a?id=1", "https://example.org/a?id=2", false);
        check_same_page("https://example.org/A", "https://example.org/a", false);
    }
}
