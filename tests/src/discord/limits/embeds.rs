//! Limits of embeds.

use serde_json::Value;

use super::{Checker, items};

/// Over all embeds of a message, in code points.
const WHOLE: usize = 6000;

pub(crate) fn check(checker: &mut Checker, embeds: &Value, path: &str) {
    let list = items(embeds, path);
    checker.count(list.len(), path, 0, 10);
    let mut whole = 0;
    let mut seen: Vec<&str> = Vec::new();
    for (path, embed) in list {
        whole += check_one(checker, embed, &path);
        if let Some(url) = embed["url"].as_str() {
            checker.require(
                !seen.contains(&url),
                &path,
                "MERGED",
                "Embeds with the same URL are shown as one.",
            );
            seen.push(url);
        }
    }
    if whole > WHOLE {
        checker.add(
            path,
            "MAX_EMBED_SIZE_EXCEEDED",
            format!("Embed size exceeds maximum size of {WHOLE}: {whole}."),
        );
    }
}

/// Checks one embed and gives the length that counts towards the whole.
fn check_one(checker: &mut Checker, embed: &Value, path: &str) -> usize {
    let mut total = 0;
    let mut text = |checker: &mut Checker, value: &Value, name: &str, least: usize, most: usize| {
        checker.length(value, &format!("{path}.{name}"), least, most);
        total += value.as_str().map_or(0, |text| text.trim().chars().count());
    };
    text(checker, &embed["title"], "title", 0, 256);
    text(checker, &embed["description"], "description", 0, 4096);
    if !embed["footer"].is_null() {
        text(checker, &embed["footer"]["text"], "footer.text", 1, 2048);
    }
    if !embed["author"].is_null() {
        text(checker, &embed["author"]["name"], "author.name", 1, 256);
    }
    let fields = items(&embed["fields"], "fields");
    for (at, field) in &fields {
        text(checker, &field["name"], &format!("{at}.name"), 1, 256);
        text(checker, &field["value"], &format!("{at}.value"), 1, 1024);
    }
    checker.count(fields.len(), &format!("{path}.fields"), 0, 25);
    let web = ["http://", "https://"];
    let image = ["http://", "https://", "attachment://"];
    checker.address(&embed["url"], &format!("{path}.url"), &web);
    checker.address(&embed["author"]["url"], &format!("{path}.author.url"), &web);
    checker.address(&embed["image"]["url"], &format!("{path}.image.url"), &image);
    checker.address(&embed["thumbnail"]["url"], &format!("{path}.thumbnail.url"), &image);
    if let Some(colour) = embed["color"].as_u64() {
        let fits = colour <= 0xFF_FFFF;
        checker.require(fits, &format!("{path}.color"), "NUMBER_TYPE_MAX", "Must be at most 16777215.");
    }
    if let Some(time) = embed["timestamp"].as_str() {
        let fits = time.parse::<jiff::Timestamp>().is_ok();
        checker.require(fits, &format!("{path}.timestamp"), "DATE_TIME_TYPE_PARSE", "Not an ISO 8601 time.");
    }
    let shown = ["image", "thumbnail", "video"].iter().any(|key| !embed[key].is_null());
    checker.require(total > 0 || shown, path, "BASE_TYPE_REQUIRED", "An embed that shows nothing.");
    total
}
