//! What is not asked, and what a curator is told of it.

use attache_tests::scenario::Scenario;
use attache_tests::web::{Host, Page};

use super::{LOOPBACK, admin};

/// Asks for a test of each address and holds the answer against the words expected.
async fn check(story: &mut Scenario, cases: &[(&str, String, &str)]) {
    let guild = story.discord.guild("Trade desk");
    let desk = story.discord.channel(guild, "desk");
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    let mut wrong = Vec::new();
    for (case, url, expected) in cases {
        for command in ["admin feeds test", "admin ingest"] {
            let told = admin(story, curator, desk, command, &[("url", url)]).await;
            if !told.contains(expected) {
                wrong.push(format!("{command}, {case}: {told:?} lacks {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    story.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_into_this_machine_and_its_network_are_refused() {
    let secret = Host::start().await;
    secret.put("/", Page::html("<p>secret"));
    let port = secret.address().split(':').nth(1).unwrap().to_owned();
    let mut story = Scenario::new().await;
    story.config(&format!("[fetch]\nports = [80, 443, {port}]\npause = 0\nlongest = 3\n"));
    let at = |host: &str| format!("http://{host}:{port}/");
    let cases = [
        ("loopback", at("127.0.0.1"), "is a loopback address"),
        ("loopback, decimal", at("2130706433"), "is a loopback address"),
        ("loopback, hexadecimal", at("0x7f000001"), "is a loopback address"),
        ("loopback, octal", at("0177.0.0.1"), "is a loopback address"),
        ("loopback, short", at("127.1"), "is a loopback address"),
        ("loopback, IPv6", at("[::1]"), "is a loopback address"),
        ("loopback, mapped", at("[::ffff:127.0.0.1]"), "is a loopback address"),
        ("a name that leads to loopback", at("localhost"), "localhost is not asked"),
        ("the same name, absolute", at("localhost."), "is not asked"),
        ("private", at("10.0.0.1"), "is a private address"),
        ("private, IPv6", at("[fd00::1]"), "is a private address"),
        ("metadata", at("169.254.169.254"), "is a link-local address"),
        ("unspecified", at("0.0.0.0"), "not an address on the internet"),
        ("another port", "http://paper.example:22/".to_owned(), "port 22 is not asked"),
        ("another scheme", "ftp://paper.example/".to_owned(), "only http and https links"),
        ("a file", "file:///etc/passwd".to_owned(), "only http and https links"),
        ("credentials", "https://me:secret@paper.example/".to_owned(), "user name or password"),
    ];
    check(&mut story, &cases).await;
    assert!(secret.all_requests().is_empty(), "{:?}", secret.all_requests());
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_followed_only_so_far_and_only_outside() {
    let web = Host::start().await;
    for (path, to) in [
        ("/private", "http://10.0.0.1/"),
        ("/metadata", "http://169.254.169.254/latest/meta-data/"),
        ("/mapped", "http://[::ffff:10.0.0.1]/"),
        ("/file", "file:///etc/passwd"),
        ("/credentials", "http://me:secret@127.0.0.1/"),
        ("/port", "http://paper.example:25/"),
        ("/self", "/self"),
        ("/a", "/b"),
        ("/b", "/a"),
        ("/nowhere", "http://"),
    ] {
        web.put(path, Page::to(302, to));
    }
    web.put("/blank", Page::status(302));
    let mut story = Scenario::new().await;
    story.config(LOOPBACK);
    let cases = [
        ("to a private address", web.url("/private"), "is a private address"),
        ("to metadata", web.url("/metadata"), "is a link-local address"),
        ("to a mapped address", web.url("/mapped"), "is a private address"),
        ("to a file", web.url("/file"), "only http and https links"),
        ("to credentials", web.url("/credentials"), "user name or password"),
        ("to another port", web.url("/port"), "port 25 is not asked"),
        ("to itself", web.url("/self"), "redirected to itself"),
        ("in a circle", web.url("/a"), "redirected more than 5 times"),
        ("to nowhere", web.url("/nowhere"), "redirected to nowhere"),
        ("without saying where", web.url("/blank"), "redirected to nowhere"),
    ];
    check(&mut story, &cases).await;
    story.end();
}
