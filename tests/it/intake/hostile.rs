//! Feeds of every make, and what a curator is told of those that do not read.

use std::fmt::Write as _;
use std::time::Duration;

use attache_tests::scenario::Scenario;
use attache_tests::web::{Body, Host, Page};

use super::{LOOPBACK, TEXT, admin};

const RSS: &str = "<rss version=\"2.0\"><channel><title>T</title><item><title>A caf\u{e9}</title>\
    <link>HOST/a</link><guid>1</guid><pubDate>Thu, 12 Jun 2025 09:00:00 GMT</pubDate></item></channel></rss>";

/// A hundred megabytes of zeros, packed by brotli into 93 bytes.
const BROTLI_BOMB: &[u8] = &[
    0xcf, 0xff, 0xff, 0x7f, 0xf8, 0x27, 0x00, 0xe2, 0xb1, 0x40, 0x20, 0xf7, 0xfe, 0x9f, 0xff, 0xff, 0xff,
    0xf0, 0x4f, 0x00, 0xc4, 0x61, 0x01, 0x80, 0xee, 0xfd, 0x3f, 0xff, 0xff, 0xff, 0xe1, 0x9f, 0x00, 0x88,
    0xc3, 0x22, 0x00, 0xdd, 0xfb, 0x7f, 0xfe, 0xff, 0xff, 0xc3, 0x3f, 0x01, 0x10, 0x87, 0x05, 0x00, 0xba,
    0xf7, 0xff, 0xfc, 0xff, 0xff, 0x87, 0x7f, 0x02, 0x20, 0x0e, 0x0b, 0x00, 0x74, 0xef, 0xff, 0xf9, 0xff,
    0xff, 0x0f, 0xff, 0x04, 0x40, 0x1c, 0x16, 0x00, 0xe8, 0xde, 0xff, 0xe7, 0xff, 0xff, 0x0f, 0xfe, 0x09,
    0x80, 0x38, 0x2c, 0x00, 0xd0, 0xbd, 0xff, 0x01,
];

/// "hello" in brotli is no feed, but reads.
const BROTLI: &[u8] = b"\x0b\x02\x80hello\x03";

fn xml(body: impl Into<Vec<u8>>) -> Page {
    Page::new("application/xml", body)
}

/// A feed of so many items.
fn long(items: usize) -> String {
    let mut feed = "<rss version=\"2.0\"><channel><title>Long</title>".to_owned();
    for n in 0..items {
        let _ = write!(
            feed,
            "<item><title>Item {n}</title><link>HOST/item/{n}</link><guid>{n}</guid>\
             <description>{}</description></item>",
            "word ".repeat(200)
        );
    }
    feed + "</channel></rss>"
}

/// Each case: its name, its path, its page, and words the curator reads.
fn cases() -> Vec<(&'static str, Page, &'static str)> {
    let whole = TEXT.map(|text| format!("<p>{text}</p>")).concat();
    let latin: Vec<u8> = RSS.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let declared = [b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>".as_slice(), &latin].concat();
    let utf16: Vec<u8> = RSS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
        <rss version=\"2.0\"><channel><title>&b;</title></channel></rss>";
    let deep = format!("<rss version=\"2.0\"><channel>{}</channel></rss>", "<a>".repeat(200_000));
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"x\":{}",
        "[".repeat(100_000)
    );
    vec![
        ("RSS 2.0", xml(RSS), "A caf\u{e9}"),
        ("RSS 0.90 by its number", xml(RSS.replace("2.0", "0.90")), "A caf\u{e9}"),
        ("RSS 0.91", xml(RSS.replace("2.0", "0.91")), "A caf\u{e9}"),
        ("RSS without a version", xml(RSS.replace(" version=\"2.0\"", "")), "A caf\u{e9}"),
        (
            "RSS 1.0",
            xml(
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">\
                <channel><title>R</title></channel><item><title>One</title><link>HOST/a</link></item></rdf:RDF>",
            ),
            "1 items",
        ),
        (
            "Atom with the whole text",
            xml(format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>At</title><entry><title>One</title><id>1</id>\
                 <link href=\"HOST/a\"/><published>2025-06-12T23:30:00-04:00</published><content type=\"html\">{}</content>\
                 </entry></feed>",
                whole.replace('<', "&lt;")
            )),
            "by: the feed",
        ),
        (
            "JSON Feed",
            Page::new(
                "application/feed+json",
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"items\":[{\"id\":\"1\",\"url\":\"HOST/a\",\"title\":\"One\"}]}",
            ),
            "1 items",
        ),
        ("of type text/html", Page::new("text/html", RSS), "A caf\u{e9}"),
        ("of type image/png", Page::new("image/png", RSS), "A caf\u{e9}"),
        ("Latin-1 by its declaration", xml(declared), "A caf\u{e9}"),
        ("Latin-1 by its header", Page::new("text/xml; charset=ISO-8859-1", latin.clone()), "A caf\u{e9}"),
        ("Latin-1 that nobody declares", xml(latin), "A caf\u{e9}"),
        ("UTF-8 that is called Latin-1", Page::new("text/xml; charset=iso-8859-1", RSS), "A caf\u{e9}"),
        ("UTF-16 without a mark", xml(utf16), "A caf\u{e9}"),
        ("gzip", xml(RSS.replace("HOST", "http://127.0.0.1:1")).gzip(), "A caf\u{e9}"),
        ("brotli", xml("").packed("br", BROTLI.to_vec()), "it is no feed"),
        (
            "a page that names it",
            Page::html("<link rel=alternate type=application/rss+xml href=/rss>"),
            "It is read from",
        ),
        ("a page that names none", Page::html("<!doctype html><p>hello"), "a web page that names no feed"),
        (
            "a page that names a page",
            Page::html("<html><link rel=alternate type=application/rss+xml href=/none>"),
            "but it is a web page",
        ),
        ("nothing", xml(""), "it is empty"),
        ("something else", xml("hello"), "it is no feed"),
        ("XML that breaks off", xml(&RSS.as_bytes()[..80]), "it is no feed"),
        ("an expanding entity", xml(entities), "defines XML entities of its own"),
        ("nested without end", xml(deep), "it is no feed"),
        ("JSON nested without end", Page::new("application/json", json), "it is no feed"),
        ("a gzip bomb", xml(vec![b' '; 5 << 20]).gzip(), "it is empty"),
        ("a brotli bomb", xml("").packed("br", BROTLI_BOMB.to_vec()), "it is empty"),
        ("packed by something else", xml("").packed("zstd", b"x".to_vec()), "which was not asked for"),
        ("packed wrongly", xml("").packed("gzip", b"hello".to_vec()), "does not unpack"),
        ("a long one that is cut off", xml(long(5_000)), "items, none is dated"),
        ("an endless one", Page::body(Body::Endless(vec![b' '; 1 << 16], Duration::ZERO)), "it is empty"),
        ("a trickle", Page::body(Body::Endless(b" ".to_vec(), Duration::from_millis(100))), "took too long"),
        ("silence", Page::body(Body::Silence), "took too long"),
        ("a broken connection", Page::body(Body::Broken(b"<rss".to_vec())), "the connection to"),
        ("401", Page::status(401), "answered 401 (no right"),
        ("404", Page::status(404), "answered 404 (there is no such page)"),
        ("410", Page::status(410), "answered 410 (gone for good)"),
        ("429", Page::status(429).header("Retry-After", "7"), "answered 429 (too many"),
        ("500", Page::status(500), "answered 500 (its own fault)"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_feed_reads_or_says_why_not() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    let curator = story.curator(guild, "ada");
    story.config(LOOPBACK);
    story.start_bot().await;
    let mut wrong = Vec::new();
    for (case, page, expected) in cases() {
        // A host each: a slow one holds up only itself.
        let web = Host::start().await;
        web.put("/rss", xml(RSS));
        web.put("/none", Page::html("<!doctype html><p>no feed"));
        web.put("/feed", page);
        let told = admin(&story, curator, desk, "admin feeds test", &[("url", &web.url("/feed"))]).await;
        let shown = told.replace(web.address(), "HOST").replace('\n', " | ");
        println!("{case}: {}", shown.chars().take(220).collect::<String>());
        if !told.contains(expected) {
            wrong.push(format!("{case}: {told:?} lacks {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(story.bot().is_running());
    story.stop().await;
    story.end();
}
