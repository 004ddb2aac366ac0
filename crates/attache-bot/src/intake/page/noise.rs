//! Which elements stand around an article: navigation, sharing, related stories, notices.

use super::tree::{Element, Id, Tree};

/// Words of a class or id that name what is around an article, as the first or last word of a label.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "adslot",
    "addthis",
    "banner",
    "bookmark",
    "breadcrumb",
    "breadcrumbs",
    "caption",
    "captions",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "crumb",
    "crumbs",
    "disqus",
    "donate",
    "donation",
    "dpsp",
    "feedback",
    "flyout",
    "footer",
    "gdpr",
    "hashtag",
    "hashtags",
    "interstitial",
    "jp",
    "keywords",
    "lightbox",
    "livefyre",
    "login",
    "masthead",
    "menu",
    "mega",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "onetrust",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "piano",
    "player",
    "podcast",
    "popular",
    "popup",
    "print",
    "printonly",
    "promo",
    "promos",
    "promotion",
    "rail",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "regwall",
    "related",
    "rightcol",
    "leftcol",
    "leftnav",
    "rightnav",
    "relatedposts",
    "relevant",
    "respond",
    "rss",
    "search",
    "share",
    "sharebar",
    "shared",
    "sharedaddy",
    "sharing",
    "sidebar",
    "sidebars",
    "signup",
    "skip",
    "skyscraper",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "sponsors",
    "subscribe",
    "subscription",
    "tag",
    "taglist",
    "tags",
    "taboola",
    "teasers",
    "ticker",
    "toolbar",
    "tools",
    "topbar",
    "topics",
    "toc",
    "trending",
    "upsell",
    "utility",
    "watermark",
];

/// Pairs of words that do so together.
const PAIRS: &[(&str, &str)] = &[
    ("about", "author"),
    ("about", "us"),
    ("also", "read"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "info"),
    ("author", "card"),
    ("back", "top"),
    ("editors", "picks"),
    ("editor", "picks"),
    ("follow", "us"),
    ("inline", "related"),
    ("inline", "story"),
    ("latest", "news"),
    ("latest", "posts"),
    ("more", "from"),
    ("more", "on"),
    ("more", "stories"),
    ("more", "news"),
    ("most", "popular"),
    ("most", "read"),
    ("most", "viewed"),
    ("must", "read"),
    ("next", "article"),
    ("next", "post"),
    ("next", "story"),
    ("post", "meta"),
    ("entry", "meta"),
    ("entry", "footer"),
    ("post", "navigation"),
    ("prev", "next"),
    ("read", "also"),
    ("read", "more"),
    ("read", "next"),
    ("see", "also"),
    ("sign", "up"),
    ("skip", "link"),
    ("skip", "to"),
    ("top", "stories"),
    ("up", "next"),
    ("you", "may"),
    ("font", "size"),
    ("text", "size"),
    ("read", "time"),
    ("reading", "time"),
    ("site", "header"),
    ("site", "footer"),
    ("page", "header"),
    ("page", "footer"),
    ("global", "header"),
    ("story", "tools"),
    ("visually", "hidden"),
    ("screen", "reader"),
    ("sr", "only"),
    ("image", "description"),
    ("photo", "description"),
];

/// Elements and roles that are it by themselves.
const ELEMENTS: &[&str] = &["nav", "aside", "footer", "menu", "figcaption", "caption-text"];
const ROLES: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "note-ad",
];

/// Words of a class or id, or values of `itemprop`, that name what heads an article: it is read for
/// other fields and is no text.
const HEADS: &[&str] = &[
    "byline",
    "dateline",
    "timestamp",
    "pubdate",
    "datetime",
    "kicker",
    "eyebrow",
    "authors",
    "author",
    "updated",
    "published",
    "postdate",
    "posted",
    "publishdate",
    "articledate",
];

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
    const OTHERS: &[&str] = &[
        "related",
        "recommended",
        "comment",
        "comments",
        "sidebar",
        "rail",
        "popular",
        "trending",
        "teasers",
        "recirc",
        "newsletter",
        "promo",
        "nav",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "latest",
        "cookie",
        "consent",
        "disqus",
        "rightcol",
        "leftcol",
        "ranking",
        "events",
    ];
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

/// Lines that stand in an article and are none of it, by how they begin (lower case).
const OPENINGS: &[&str] = &[
    "advertisement",
    "read more",
    "read also",
    "also read",
    "see also:",
    "related:",
    "related stories",
    "related articles",
    "related news",
    "related content",
    "related topics",
    "more on this",
    "more from",
    "share this",
    "share on",
    "share:",
    "share",
    "follow us",
    "follow ",
    "subscribe",
    "sign up",
    "click here",
    "click to",
    "tap here",
    "photo:",
    "photo by",
    "image:",
    "image source",
    "image credit",
    "picture:",
    "file photo",
    "getty images",
    "listen to this",
    "listen ",
    "print this",
    "print",
    "email this",
    "copy link",
    "tags:",
    "topics:",
    "filed under",
    "posted in",
    "categories:",
    "keywords:",
    "all rights reserved",
    "©",
    "copyright",
    "(c) ",
    "skip to",
    "back to ",
    "printed from",
    "go to ",
    "recommended",
    "you may also",
    "you might also",
    "most read",
    "most popular",
    "editors' picks",
    "editor's picks",
    "trending",
    "up next",
    "read next",
    "continue reading",
    "story continues",
    "article continues",
    "don't miss",
    "download our",
    "download the app",
    "join our",
    "get the latest",
    "get our",
    "comments",
    "leave a comment",
    "leave a reply",
    "loading",
    "previous article",
    "next article",
    "previous:",
    "next:",
    "contact us",
    "contacts",
    "contact",
    "press contact",
    "press contacts",
    "media contact",
    "media contacts",
    "media enquiries",
    "media inquiries",
    "associated links",
    "related links",
    "related products",
    "more information",
    "date modified",
    "last review",
    "last reviewed",
    "our standards:",
    "reporting by",
    "(reporting by",
    "editing by",
    "read this release in",
    "(release id",
    "terms of use",
    "privacy policy",
    "[ close ]",
    "close",
    "font size",
    "text size",
    "editor:",
    "web editor",
    "(editor:",
    "[editor",
    "responsible editor",
    "read full story",
    "watch:",
    "watch live",
    "video:",
    "explore more",
    "home >",
    "home »",
    "home /",
    "you are here",
    "newsletter",
    "print |",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "e-mail",
];

/// Whether a line is none of the article, by its words.
pub(super) fn is_noise_line(text: &str, words: usize, linked: usize) -> bool {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let lower = lower.trim_start_matches(['>', '»', '•', '-', '|', ' ', '*', '▶', '►', '→']);
    let opens = OPENINGS.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| {
            let whole = opening.ends_with([' ', ':', '|', '>', '»', '/', '©'])
                || !rest.starts_with(|c: char| c.is_alphanumeric());
            // A word that also begins sentences counts only where nothing like a sentence follows.
            whole
                && (words <= 4 || (words <= 18 && !is_sentence(text)) || (linked * 2 >= words && words <= 30))
        })
    });
    let minutes = words <= 5
        && (lower.ends_with("min read") || lower.ends_with("minute read") || lower.ends_with("minutes read"));
    opens
        || minutes
        || (words <= 40
            && ["all rights reserved", "©", "(c) 20", "copyright 20"].iter().any(|of| lower.contains(of)))
}

/// Whether a line before the text names who wrote it, or is nothing but its date.
pub(super) fn is_head_line(text: &str, words: usize) -> bool {
    const OF_DATES: &[&str] = &[
        "published",
        "posted",
        "updated",
        "last",
        "on",
        "at",
        "date",
        "release",
        "released",
        "issued",
        "first",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "edt",
        "est",
        "et",
        "gmt",
        "utc",
        "bst",
        "kst",
        "jst",
        "hkt",
        "cet",
        "cest",
        "time",
        "beijing",
        "local",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "th",
        "st",
        "nd",
        "rd",
        "t",
        "z",
    ];
    let lower = text.to_lowercase();
    let date = words <= 12
        && lower.chars().any(|c| c.is_ascii_digit())
        && lower
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| OF_DATES.contains(&word));
    let dated = words <= 9
        && !lower.starts_with("for ")
        && super::dates::first(text, super::dates::Habits::default()).is_some()
        && !text.ends_with('.');
    date || dated || (words <= 12 && lower.starts_with("by ") && !lower.ends_with('.'))
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '"', '”', ':']) && text.split_whitespace().count() >= 8
}
