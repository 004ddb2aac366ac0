//! Pages that hold no article, each with the words its reader is told; and pages made to hurt.

use std::time::{Duration, Instant};

use attache_bot::intake::page::{Fetched, read};

const PARAGRAPH: &str =
    "<p>The ministry said on Monday that the duty on steel would rise to 25 percent in June.</p>";

fn fetched(html: &str) -> Fetched {
    Fetched {
        url: "https://site.example/news/1".to_owned(),
        bytes: html.as_bytes().to_vec(),
        ..Fetched::default()
    }
}

#[track_caller]
fn check(html: &str, expected: &str) {
    let said = read(&fetched(html)).map(|article| format!("taken: {}", article.text));
    assert_eq!(said.unwrap_or_else(|refusal| refusal.to_string()), expected);
}

#[test]
fn what_stands_in_place_of_an_article_is_named() {
    check("", "the page holds no text");
    check("<html><body><div> </div><img src=a></body>", "the page holds no text");
    check(
        "<title>News</title><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=a.js></script>",
        "the page shows its text only by running scripts, which are not run",
    );
    check(
        &format!(
            "<title>Steel duty rises</title><h1>Steel duty rises</h1>{PARAGRAPH}<div class=paywall-box><h3>Subscribe to continue reading</h3><p>Already a subscriber? Log in.</p></div>"
        ),
        "the text is behind a paywall; only its beginning is on the page",
    );
    check(
        &format!(
            r#"<title>Steel duty rises</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"Steel duty rises","isAccessibleForFree":false}}</script><h1>Steel duty rises</h1>{PARAGRAPH}"#
        ),
        "the text is behind a paywall; only its beginning is on the page",
    );
    check(
        "<title>Before you continue</title><h1>Before you continue</h1><p>We and our partners use cookies to keep this site reliable and secure, and to measure its use. You can accept cookies or manage preferences at any time.</p><button>Accept all cookies</button>",
        "a cookie or consent question stands in place of the article",
    );
    check(
        "<title>Sign in - Site</title><h1>Sign in</h1><form><p>Enter your e-mail and your password to go on reading what you chose.</p><input type=email><input type=password></form>",
        "the page asks to log in",
    );
    check(
        "<title>Just a moment...</title><h1>site.example</h1><p>Verifying you are human. This may take a few seconds.</p>",
        "the site checks for robots in place of the article",
    );
    check(
        "<title>Page not found | Site</title><h1>404</h1><p>Sorry, the page you are looking for has moved or was never here. Try the search.</p>",
        "it is an error page: \"Page not found | Site\"",
    );
    let teasers: String = (0..12)
        .map(|n| format!("<div class=story><h3><a href=/n/{n}>Ministers meet for round {n} of the tariff talks</a></h3><p>Delegations arrived on Monday, officials said.</p><time datetime=2025-05-0{}>x</time></div>", n % 9 + 1))
        .collect();
    check(
        &format!(
            "<title>Trade news</title><meta property=og:type content=website><h1>Trade news</h1>{teasers}"
        ),
        "it is a list of headlines, not an article; give the address of one article",
    );
    let links: String = (0..40)
        .map(|n| {
            format!("<li><a href=/r/{n}>Statement number {n} of the ministry on duties</a> 2025-05-12</li>")
        })
        .collect();
    check(
        &format!("<title>Statements</title><ul>{links}</ul>"),
        "it is a list of headlines, not an article; give the address of one article",
    );
    check(
        "<title>Note</title><p>Office closed today.</p>",
        "the page holds only 3 words, too few for an article",
    );
}

#[test]
fn a_notice_beside_a_whole_article_is_no_wall() {
    let html = format!(
        "<title>Steel duty rises again</title><h1>Steel duty rises again</h1>{}<div class=promo>Subscribe to continue reading more stories like this. We use cookies. Manage preferences. Log in.</div><form><input type=password></form>",
        PARAGRAPH.repeat(20)
    );
    assert!(read(&fetched(&html)).unwrap().text.contains("rise to 25 percent"));
}

/// Reads in a thread with the stack that threads have.
fn timed(name: &str, bytes: Vec<u8>) -> String {
    let begun = Instant::now();
    let page = Fetched { url: "https://site.example/1".to_owned(), bytes, ..Fetched::default() };
    let said = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || {
            read(&page).map_or_else(
                |refusal| refusal.to_string(),
                |article| format!("taken: {} bytes", article.text.len()),
            )
        })
        .unwrap()
        .join()
        .unwrap();
    println!("{name:24} {:7.2} s  {said}", begun.elapsed().as_secs_f64());
    assert!(begun.elapsed() < Duration::from_secs(60), "{name} took too long");
    said
}

#[test]
fn hostile_pages_cost_bounded_time_and_stack() {
    let deep = |tag: &str, times: usize| format!("<{tag}>").repeat(times).into_bytes();
    assert!(timed("deep div", deep("div", 500_000)).contains("nested 500000 deep"));
    assert!(timed("deep just below", deep("div", 1000)).contains("holds no text"));
    assert!(timed("deep b and p", "<b><p>x ".repeat(900).into_bytes()).contains("taken"));
    assert!(timed("deep font", "<font size=1 color=red>x<p>".repeat(900).into_bytes()).contains("taken"));
    assert!(timed("deep a", "<a href=x><div>".repeat(300_000).into_bytes()).contains("deep"));
    timed("deep table", "<table><tr><td>x".repeat(900).into_bytes());
    timed("misnested", "<a><b><i><u></a></b>".repeat(40_000).into_bytes());
    timed("list items", "<li>a b c d e f g<p>h".repeat(2_000).into_bytes());
    assert!(timed("elements", "<br>".repeat(900_000).into_bytes()).contains("900000 elements"));
    assert!(
        timed("attributes", format!("<p {}>x", "a b=c ".repeat(500_000)).into_bytes())
            .contains("attributes without end")
    );
    timed("entities", "&amp;&lt;&#x1F600;&notanentity;&#99999999;".repeat(5_000).into_bytes());
    timed("null bytes", vec![0; 10 << 20]);
    timed("unclosed comment", format!("<!--{}", "x".repeat(1 << 19)).into_bytes());
    timed("unclosed script", format!("<script>{}", "<div>".repeat(1 << 18)).into_bytes());
    timed("half open tags", "<p <".repeat(1 << 20).into_bytes());
    assert!(
        timed("one line of 450 KB", format!("<p>{}", "the duty rose. ".repeat(30_000)).into_bytes())
            .contains("taken")
    );
    assert!(timed("13 MB", vec![b'x'; 13 << 20]).contains("too large"));
    timed(
        "noise",
        (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_be_bytes()[3]).collect(),
    );
    let nested = format!(
        "<script type=application/ld+json>{}</script><p>x",
        r#"{"mainEntityOfPage":"#.repeat(100_000)
    );
    timed("deep JSON", nested.into_bytes());
    let chain = (0..100).fold(format!("\"{}\"", "x".repeat(1 << 20)), |inner, _| {
        format!(r#"{{"@type":"Article","mainEntityOfPage":{inner}}}"#)
    });
    timed("heavy JSON", format!("<script type=application/ld+json>{chain}</script><p>x").into_bytes());
    let dates = "<h1>T</h1>".to_owned() + &"<div>May 12, 2025 10:00 EDT </div>".repeat(2_000);
    timed("dates", dates.into_bytes());
    timed(
        "headings",
        "<h1>Duties rise again today</h1><h2><a href=x>More duties</a></h2>".repeat(1_500).into_bytes(),
    );
    timed("classes", format!("<p class='{}'>x", "share nav ".repeat(300_000)).into_bytes());
    timed("times", "<time datetime=2025-05-12>x</time>".repeat(3_000).into_bytes());
}
