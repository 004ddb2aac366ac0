//! What words beside a date say of it.

/// Whether a text tells of a change and not of publication.
pub(super) fn is_change(text: &str) -> bool {
    let lower = text.to_lowercase();
    let published = ["publish", "posted", "issued", "released"].iter().any(|word| lower.contains(word));
    ["updat", "modif", "revised", "last edited", "last changed", "last reviewed", "corrected"]
        .iter()
        .any(|word| lower.contains(word))
        && !published
}

/// Whether a text is of today, or of another day than that of publication.
pub(super) fn is_today(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["today is", "copyright", "©", "all rights", "©", "effective", "deadline", "expires", "event date"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Whether a line calls its date the one of publication.
pub(in crate::intake::page) fn is_labelled(text: &str) -> bool {
    let lower = text.to_lowercase();
    let labels = [
        "published",
        "publication date",
        "date of publication",
        "publish date",
        "release date",
        "date released",
        "for release",
        "date issued",
        "issued:",
        "issued on",
        "date:",
        "posted",
        "发布时间",
        "发布日期",
        "release time",
        "pubdate",
        "first published",
        "updated:",
        "last updated",
        "last modified",
        "from:",
        "for immediate release",
    ];
    labels.iter().any(|label| lower.starts_with(label) || lower.contains(&format!(" {label}")))
}

/// Splits "Published May 12 Updated May 13" before what tells of the change.
pub(super) fn split_at_change(text: &str) -> Vec<&str> {
    let lower = text.to_ascii_lowercase();
    match ["updated", "last modified", "modified", "last updated"]
        .iter()
        .filter_map(|word| lower.find(word))
        .min()
    {
        Some(at) if at > 0 && text.is_char_boundary(at) => {
            let (a, b) = text.split_at(at);
            vec![a, b]
        }
        _ => vec![text],
    }
}
