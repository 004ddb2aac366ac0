//! Which links are followed and which addresses are connected to.
//!
//! A link is judged by its words; a host's address is judged where the connection is made, so that a
//! name which leads somewhere else the second time it is asked gains nothing by it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;
use url::Host;

use super::{FetchError, Rules};

/// Longest link that is followed, in bytes.
const LONGEST: usize = 2_000;

/// Reads a link somebody gave, or a server redirected to.
///
/// # Errors
/// When it is no link, not http(s), carries credentials, names a port that is not allowed or an
/// address that nobody outside may make us ask.
pub fn link(text: &str, rules: &Rules) -> Result<Url, FetchError> {
    if text.len() > LONGEST {
        return Err(FetchError::Link(format!("a link of {} bytes; at most {LONGEST} are taken", text.len())));
    }
    let url = Url::parse(text.trim()).map_err(|error| FetchError::Link(format!("it is no link: {error}")))?;
    judged(url, rules)
}

/// Judges a link that is read already.
pub(super) fn judged(mut url: Url, rules: &Rules) -> Result<Url, FetchError> {
    let refuse = |what: String| Err(FetchError::Link(what));
    if !["http", "https"].contains(&url.scheme()) {
        return refuse(format!("only http and https links are followed, not {}:", shown(url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("a link with a user name or password in it is not followed".to_owned());
    }
    let address = match url.host() {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(_)) => None,
        None => return refuse("the link names no host".to_owned()),
    };
    let host = url.host_str().unwrap_or_default().to_owned();
    if let Some(address) = address {
        permitted(address, rules).map_err(|why| FetchError::Barred { host: host.clone(), address, why })?;
    }
    let port = url.port_or_known_default().unwrap_or(0);
    // The tests' servers of an operator who allows loopback stand on whatever port was free.
    let ours = rules.allow_loopback && address.is_some_and(|address| address.is_loopback());
    if !ours && !rules.ports.contains(&port) {
        let ports: Vec<_> = rules.ports.iter().map(ToString::to_string).collect();
        return refuse(format!(
            "port {port} is not asked, only {} (the config's fetch.ports)",
            ports.join(", ")
        ));
    }
    url.set_fragment(None);
    Ok(url)
}

/// At most so many characters of something from outside.
fn shown(text: &str) -> String {
    text.chars().take(20).collect()
}

/// Whether an address may be connected to; else what it is.
///
/// # Errors
/// Says what the address is.
pub(super) fn permitted(address: IpAddr, rules: &Rules) -> Result<(), &'static str> {
    if rules.allow_loopback && address.is_loopback() {
        return Ok(());
    }
    match address {
        IpAddr::V4(v4) => of_v4(v4),
        IpAddr::V6(v6) => of_v6(v6),
    }
    .map_or(Ok(()), Err)
}

/// What is special about an address of IPv4: the registry of RFC 6890 and what stands in it since.
fn of_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, d] = address.octets();
    match (a, b, c, d) {
        (0, ..) => Some("not an address on the internet"),
        (127, ..) => Some("a loopback address"),
        (10, ..) | (172, 16..=31, ..) | (192, 168, ..) => Some("a private address"),
        (169, 254, ..) => Some("a link-local address, where clouds keep their metadata"),
        (100, 64..=127, ..) => Some("an address shared behind a carrier"),
        (168, 63, 129, 16) => Some("an address where a cloud keeps its metadata"),
        (192, 0, 0 | 2, _) | (198, 51, 100, _) | (203, 0, 113, _) | (198, 18..=19, ..) | (192, 88, 99, _) => {
            Some("an address reserved for special use")
        }
        (224..=239, ..) => Some("a multicast address"),
        (240.., ..) => Some("a reserved address"),
        _ => None,
    }
}

/// What is special about an address of IPv6. An address that stands for one of IPv4 is as good as it.
fn of_v6(address: Ipv6Addr) -> Option<&'static str> {
    if let Some(v4) = address.to_ipv4_mapped() {
        return of_v4(v4);
    }
    let [a, b, c, d, e, f, g, h] = address.segments();
    if [a, b, c, d, e, f] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let ([g1, g2], [h1, h2]) = (g.to_be_bytes(), h.to_be_bytes());
        return of_v4(Ipv4Addr::new(g1, g2, h1, h2));
    }
    match (a, b) {
        _ if address.is_loopback() => Some("a loopback address"),
        _ if address.is_unspecified() => Some("not an address on the internet"),
        (0xfc00..=0xfdff, _) => Some("a private address"),
        (0xfe80..=0xfebf, _) => Some("a link-local address"),
        (0xff00.., _) => Some("a multicast address"),
        (0x2001, 0) | (0x2002, _) => Some("an address that leads through a tunnel"),
        (0x2001, 1..=0x01ff) | (0x2001, 0x0db8) => Some("an address reserved for special use"),
        (0x2000..=0x3ffe, _) => None,
        _ => Some("not an address on the internet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(allow_loopback: bool) -> Rules {
        Rules { allow_loopback, ..Rules::default() }
    }

    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        let read = link(text, &rules(false));
        match expected {
            Ok(address) => assert_eq!(read.unwrap().as_str(), address),
            Err(why) => {
                let error = read.unwrap_err().to_string();
                assert!(error.contains(why), "{text}: {error}");
            }
        }
    }

    #[test]
    fn only_plain_links_to_the_world_are_followed() {
        check(" https://Example.org/a?b#c", Ok("https://example.org/a?b"));
        check("http://example.org:80/", Ok("http://example.org/"));
        check("https://1.1.1.1/", Ok("https://1.1.1.1/"));
        for other in ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:text/html,x"]
        {
            check(other, Err("only http and https links"));
        }
        check("example.org", Err("it is no link"));
        check("https://", Err("it is no link"));
        check("https://a:b@example.org/", Err("user name or password"));
        check("https://a@example.org/", Err("user name or password"));
        check("https://example.org:22/", Err("port 22 is not asked, only 80, 443"));
        check("https://example.org:8080/", Err("port 8080"));
        check(&format!("https://example.org/{}", "a".repeat(2000)), Err("a link of 2020 bytes"));
        // A line break within a link is no header of ours.
        check("https://example.org/a\r\nX-Evil: 1", Ok("https://example.org/aX-Evil:%201"));
    }

    #[test]
    fn every_way_to_write_an_inner_address_is_refused() {
        for inner in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "127.0.0.1.",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::127.0.0.1]",
            "\u{ff11}27.0.0.1",
        ] {
            check(&format!("http://{inner}/"), Err("is a loopback address"));
        }
        for inner in
            ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "[fd00:ec2::254]", "167772161"]
        {
            check(&format!("http://{inner}/"), Err("is a private address"));
        }
        check("http://169.254.169.254/latest/meta-data", Err("link-local address, where clouds"));
        check("http://[fe80::1]/", Err("is a link-local address"));
        check("http://100.100.100.200/", Err("shared behind a carrier"));
        check("http://168.63.129.16/", Err("metadata"));
        check("http://0/", Err("not an address on the internet"));
        check("http://[::]/", Err("not an address on the internet"));
        check("http://[::7f00:1]/", Err("not an address on the internet"));
        check("http://[2002:7f00:1::]/", Err("through a tunnel"));
        check("http://[2001:0:1::]/", Err("through a tunnel"));
        check("http://224.0.0.1/", Err("multicast"));
        check("http://255.255.255.255/", Err("reserved"));
        check("http://[64:ff9b:1::1]/", Err("not an address on the internet"));
        check("http://[2001:db8::1]/", Err("special use"));
        check("http://[2606:4700::1111]/", Ok("http://[2606:4700::1111]/"));
        check("http://[64:ff9b::1.1.1.1]/", Ok("http://[64:ff9b::101:101]/"));
    }

    #[test]
    fn an_operator_may_allow_loopback_and_nothing_else() {
        let open = rules(true);
        link("http://127.0.0.1:1234/", &open).unwrap();
        link("http://[::1]:1234/", &open).unwrap();
        for inner in [
            "http://10.0.0.1/",
            "http://169.254.169.254/",
            "http://example.org:1234/",
            "http://[::ffff:127.0.0.1]/",
        ] {
            link(inner, &open).unwrap_err();
        }
    }
}
