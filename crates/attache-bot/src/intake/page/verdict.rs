//! Whether what was read of a page is an article, and if not, what stands in its place.

use std::collections::HashMap;

use dom_query::{Document, NodeId};

use super::body::Body;
use super::identity::is_front;
use super::meta::{Meta, field};
use super::refusal::NotAnArticle;

/// Fewest words of an article: short notices of ministries have some thirty.
const FEWEST: usize = 20;
/// Above it a page with a notice in it is an article all the same.
const WHOLE: usize = 260;

/// What is judged.
pub(super) struct Page<'a> {
    pub(super) url: &'a str,
    pub(super) document: &'a Document,
    pub(super) meta: &'a Meta,
    pub(super) body: &'a Body,
    pub(super) title: Option<&'a str>,
    /// All that the body shows, lower case.
    pub(super) shown: &'a str,
}

const PAYWALL: &[&str] = &[
    "subscribe to continue",
    "subscribe to read",
    "subscribe now to read",
    "subscribe to keep reading",
    "subscribers only",
    "subscriber-only",
    "for subscribers",
    "exclusive to subscribers",
    "become a subscriber",
    "already a subscriber",
    "to continue reading",
    "to keep reading",
    "to read the full",
    "to read this article",
    "to read the rest",
    "unlock this article",
    "unlock the full",
    "this content is reserved",
    "this article is reserved",
    "premium content",
    "reached your limit",
    "reached your article limit",
    "free articles remaining",
    "start your free trial",
    "this is a premium article",
    "members only",
    "try unlimited access",
    "continue reading with a subscription",
    "purchase this article",
    "gift this article to unlock",
];
const CONSENT: &[&str] = &[
    "before you continue",
    "we value your privacy",
    "we and our partners",
    "accept all cookies",
    "accept cookies",
    "cookie settings",
    "manage cookies",
    "manage preferences",
    "your consent",
    "consent to the use",
    "uses cookies",
    "use cookies",
    "our use of cookies",
    "legitimate interest",
    "cookie policy",
];
const ROBOTS: &[&str] = &[
    "verify you are human",
    "verify that you are human",
    "verifying you are human",
    "checking your browser",
    "checking if the site connection is secure",
    "are you a robot",
    "not a robot",
    "unusual traffic",
    "unusual activity",
    "complete the captcha",
    "solve the captcha",
    "press & hold",
    "ddos protection",
    "enable javascript and cookies to continue",
    "please wait while we verify",
    "automated access",
    "bot protection",
    "request unsuccessful. incapsula",
];
const SCRIPT: &[&str] = &[
    "enable javascript",
    "javascript is disabled",
    "javascript is required",
    "requires javascript",
    "turn on javascript",
    "javascript to run this app",
    "javascript must be enabled",
    "browser does not support javascript",
    "without javascript",
];
const ERRORS: &[&str] = &[
    "page not found",
    "404 not found",
    "404 error",
    "error 404",
    "not found (404)",
    "page cannot be found",
    "page can't be found",
    "page could not be found",
    "page you requested",
    "page you are looking for",
    "page you were looking for",
    "page does not exist",
    "page doesn't exist",
    "page no longer exists",
    "no longer available",
    "access denied",
    "403 forbidden",
    "forbidden",
    "internal server error",
    "500 error",
    "service unavailable",
    "bad gateway",
    "gateway timeout",
    "something went wrong",
    "temporarily unavailable",
    "not available in your region",
    "unavailable for legal reasons",
    "site is under maintenance",
    "under maintenance",
    "technical difficulties",
    "an error occurred",
    "too many requests",
    "content is not available",
    "article not found",
    "article has been removed",
    "oops",
];

/// Judges.
pub(super) fn judge(page: &Page<'_>) -> Result<(), NotAnArticle> {
    let words = page.body.words();
    let prose: usize =
        page.body.blocks.iter().filter(|block| block.is_prose()).map(|block| block.words).sum();
    let names = |list: &[&str]| list.iter().filter(|phrase| page.shown.contains(**phrase)).count();
    let shown = page.body.page_words;
    if let Some(error) = error_page(page, words) {
        return Err(error);
    }
    if names(ROBOTS) > 0 && words < WHOLE / 2
        || title_has(
            page,
            &["just a moment...", "attention required!", "access to this page has been denied"],
        ) && words < WHOLE
    {
        return Err(NotAnArticle::RobotCheck);
    }
    if words < WHOLE && is_paid(page, names(PAYWALL), words) {
        return Err(NotAnArticle::Paywall);
    }
    let article_says = page.meta.article(page.url).is_some();
    if prose < 120 && names(CONSENT) >= 2 && !(article_says && prose >= 60) {
        return Err(NotAnArticle::ConsentWall);
    }
    if is_login(page) && prose < 80 {
        return Err(NotAnArticle::Login);
    }
    if prose < 40 && (is_script_only(page, names(SCRIPT), shown)) {
        return Err(NotAnArticle::ScriptOnly);
    }
    if shown == 0 || words == 0 && page.body.page_linked == 0 {
        return Err(if shown == 0 { NotAnArticle::Empty } else { NotAnArticle::TooShort(shown) });
    }
    if is_listing(page, prose) {
        return Err(NotAnArticle::Listing);
    }
    if words < FEWEST {
        return Err(NotAnArticle::TooShort(words));
    }
    Ok(())
}

fn title_has(page: &Page<'_>, phrases: &[&str]) -> bool {
    let titles = [page.title, page.meta.title.as_deref()];
    titles
        .into_iter()
        .flatten()
        .map(str::to_lowercase)
        .any(|title| phrases.iter().any(|phrase| title.contains(phrase)))
}

fn error_page(page: &Page<'_>, words: usize) -> Option<NotAnArticle> {
    if words >= 150 {
        return None;
    }
    let headings = page
        .document
        .select("h1, h2")
        .nodes()
        .iter()
        .take(6)
        .map(|node| node.text().trim().to_owned())
        .collect::<Vec<_>>();
    let titles = page.meta.title.iter().cloned().chain(page.title.map(str::to_owned)).chain(headings);
    let found = titles.map(|title| title.replace('\u{2019}', "'")).find(|title| {
        let lower = title.to_lowercase();
        let code = lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "404" | "403" | "410" | "500" | "502" | "503"))
            && title.split_whitespace().count() <= 6;
        code || (title.split_whitespace().count() <= 12 && ERRORS.iter().any(|phrase| lower.contains(phrase)))
    });
    found.map(|title| NotAnArticle::ErrorPage(title.chars().take(80).collect()))
}

fn is_paid(page: &Page<'_>, phrases: usize, words: usize) -> bool {
    let article = page.meta.article(page.url);
    let free = article.and_then(|node| field(node, "isAccessibleForFree"));
    let closed = free.is_some_and(|free| free.eq_ignore_ascii_case("false"));
    let tier = page
        .meta
        .get(&["article:content_tier", "content_tier", "og:article:content_tier"])
        .is_some_and(|tier| matches!(tier, "locked" | "metered" | "premium"));
    let walls = page.document.select("[class*=paywall], [id*=paywall], [class*=regwall], [class*=piano-], [class*=subscriber-only], [class*=gateway-]").length() > 0;
    let body = article.and_then(|node| field(node, "articleBody"));
    let whole = body.is_some_and(|body| body.split_whitespace().count() <= words + words / 10);
    let signs = phrases + usize::from(closed) + usize::from(tier) + usize::from(walls);
    !whole && (signs >= 2 || (phrases >= 1 && words < 150) || (closed && words < 120))
}

fn is_login(page: &Page<'_>) -> bool {
    let password = page.document.select("input[type=password]").length() > 0;
    password || title_has(page, &["log in", "login", "sign in", "signin"])
}

fn is_script_only(page: &Page<'_>, phrases: usize, shown: usize) -> bool {
    let noscript = page.document.select("noscript").text().to_lowercase();
    let asks = phrases > 0 || SCRIPT.iter().any(|phrase| noscript.contains(phrase));
    let roots = page
        .document
        .select("#root, #app, #__next, #__nuxt, [ng-app], [data-reactroot], app-root, #___gatsby, #svelte")
        .length()
        > 0;
    let scripts = page.document.select("script").length();
    asks || (roots && scripts > 0) || (shown < 15 && scripts >= 2)
}

/// Whether it is a list of headlines: links all over, little running text, several stories.
fn is_listing(page: &Page<'_>, prose: usize) -> bool {
    if page.meta.article(page.url).is_some() && prose >= 60 {
        return false;
    }
    let (words, linked) = (page.body.page_words, page.body.page_linked);
    let stories = page.document.select("h2 a, h3 a, h4 a, a h2, a h3, a h4").length();
    let dates = page.document.select("time").length();
    let longest =
        page.body.blocks.iter().filter(|block| block.is_prose()).map(|block| block.words).max().unwrap_or(0);
    let front = is_front(page.url);
    let says = page.meta.is_collection() || page.meta.get(&["og:type"]) == Some("website") || front;
    let linky = linked * 2 >= words && words > 0;
    (linky && prose < 60)
        || (linky && linked > 120 && prose < 150 && longest < 60)
        || (stories >= 5 && says && prose < stories * 45)
        || (stories >= 8
            && prose < stories * 40
            && dates + usize::from(says) > 0
            && longest < 70
            && !runs_on(page.document))
}

/// Whether paragraphs follow one another as in an article; teasers stand each in a box of its own.
fn runs_on(document: &Document) -> bool {
    /// Words of a paragraph, and so many paragraphs side by side.
    const WORDS: usize = 12;
    const PARAGRAPHS: usize = 4;
    let mut beside: HashMap<NodeId, usize> = HashMap::new();
    for paragraph in document.select("p").nodes() {
        let words = paragraph.text().split_whitespace().count();
        if let Some(parent) = paragraph.parent().filter(|_| words >= WORDS) {
            *beside.entry(parent.id).or_default() += 1;
        }
    }
    beside.into_values().any(|count| count >= PARAGRAPHS)
}
