//! Which elements stand around an article: navigation, sharing, related stories, notices.

mod lines;
mod openings;
mod words;

use super::tree::{Element, Id, Tree};
use words::{ELEMENTS, HEADS, OTHERS, PAIRS, ROLES, WORDS};

pub(super) use lines::{is_head_line, is_noise_line};

/// Whether the element stands around an article. Says nothing of how much text it holds.
pub(super) fn is_noise(tree: &Tree, id: Id) -> bool {
    let Some(element) = tree.element(id) else { return false };
    let name = element.name.as_str();
    if matches!(name, "body" | "html" | "main" | "h1") {
        return false;
    }
    ELEMENTS.contains(&name)
        || element.attr("role").is_some_and(|role| ROLES.contains(&role))
        || (name != "article" && element.labels.iter().any(|label| names_noise(label)))
        || is_consent(element)
}

fn names_noise(label: &[String]) -> bool {
    let ends = [label.first(), label.last()];
    let word = ends.iter().flatten().any(|word| WORDS.contains(&word.as_str()));
    let pair = label.windows(2).any(|pair| match pair {
        [a, b] => PAIRS.contains(&(a.as_str(), b.as_str())),
        _ => false,
    });
    word || pair
}

fn is_consent(element: &Element) -> bool {
    element.labelled(&["onetrust", "cookiebot", "didomi", "usercentrics", "quantcast", "cmp"])
}

/// Whether the element is of other articles or of the site, so that no date in it is this one's.
pub(super) fn is_elsewhere(tree: &Tree, id: Id) -> bool {
    let Some(element) = tree.element(id) else { return false };
    let name = element.name.as_str();
    let of_site = name == "footer" && !tree.upwards(id).any(|up| matches!(tree.name(up), "article" | "main"));
    matches!(name, "nav" | "aside")
        || of_site
        || element
            .attr("role")
            .is_some_and(|role| matches!(role, "navigation" | "complementary" | "contentinfo"))
        || (!matches!(name, "body" | "main" | "article")
            && element.labels.iter().any(|label| {
                [label.first(), label.last()].iter().flatten().any(|word| OTHERS.contains(&word.as_str()))
            }))
}

/// Whether the element names the article's author or date.
pub(super) fn is_head(tree: &Tree, id: Id) -> bool {
    tree.element(id).is_some_and(|element| {
        let ends = |label: &Vec<String>| {
            [label.first(), label.last()]
                .iter()
                .flatten()
                .any(|word| HEADS.contains(&word.as_str()) || *word == "date" || *word == "time")
        };
        element.labels.iter().any(ends)
            || element.attr("rel") == Some("author")
            || element.attr("itemprop").is_some_and(|of| of == "author" || of.starts_with("date"))
            || element.name == "address"
    })
}
