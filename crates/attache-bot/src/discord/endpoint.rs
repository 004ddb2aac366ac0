//! Where requests go: Discord itself, or another address from the config.
//!
//! serenity ignores an override of its address while its rate limiter is on, and falls back to the
//! real gateway when it cannot ask for one. So an override is proved to be in force, on the very
//! client that will be used, before the token goes anywhere.

use std::time::Duration;

use reqwest::Url;
use serenity::all::CreateAllowedMentions;
use serenity::http::{Http, HttpBuilder, LightMethod, Request, Route};

use super::{Settings, StartError};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest wait for an answer, uploads included.
const ANSWER: Duration = Duration::from_secs(30);

/// Checked addresses and the clients that use them.
#[derive(Debug)]
pub(super) struct Endpoint {
    /// For everything that is not serenity's: downloads, and sends whose headers matter.
    pub(super) client: reqwest::Client,
    /// REST, with the token.
    pub(super) http: Http,
    /// Where the gateway is.
    pub(super) gateway: Url,
    /// Origin of the override, if there is one.
    pub(super) api: Option<Url>,
}

/// Builds the clients and proves where they lead. The token is sent nowhere.
pub(super) async fn open(settings: &Settings) -> Result<Endpoint, StartError> {
    let wanted = match (&settings.api_url, &settings.gateway_url) {
        (None, None) => None,
        (Some(api), Some(gateway)) => Some((
            checked("discord.api_url", api, ["https", "http"])?,
            checked("discord.gateway_url", gateway, ["wss", "ws"])?,
        )),
        (Some(_), None) => {
            return Err(StartError::Half { set: "discord.api_url", missing: "discord.gateway_url" });
        }
        (None, Some(_)) => {
            return Err(StartError::Half { set: "discord.gateway_url", missing: "discord.api_url" });
        }
    };
    let mut client = reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .redirect(reqwest::redirect::Policy::none());
    if wanted.is_some() {
        // A proxy from the environment would see the token on its way to the override.
        client = client.no_proxy();
    }
    let client = client.build().map_err(|error| StartError::Client(Box::new(error.without_url())))?;
    let mut builder = HttpBuilder::new(&settings.token)
        .client(client.clone())
        .default_allowed_mentions(CreateAllowedMentions::new());
    if let Some((api, _)) = &wanted {
        builder = builder.proxy(api.as_str().trim_end_matches('/')).ratelimiter_disabled(true);
    }
    let http = builder.build();
    let api = wanted.as_ref().map(|(api, _)| api.clone());
    in_force(&client, &http, api.as_ref())?;
    let gateway = ask_gateway(&client, api.as_ref()).await?;
    let gateway = match wanted {
        Some((_, wanted)) if !same_origin(&wanted, &gateway) => {
            return Err(StartError::OtherGateway { wanted: wanted.to_string(), given: gateway.to_string() });
        }
        Some((_, wanted)) => wanted,
        None if is_discords(&gateway) => gateway,
        None => return Err(StartError::ForeignGateway { given: gateway.to_string() }),
    };
    Ok(Endpoint { client, http, gateway, api })
}

/// An address that may be used instead of Discord's: encrypted, or on this machine.
fn checked(key: &'static str, text: &str, schemes: [&str; 2]) -> Result<Url, StartError> {
    let bad = |why: String| StartError::Address { key, why };
    let url = Url::parse(text).map_err(|error| bad(error.to_string()))?;
    let [secure, open] = schemes;
    if url.scheme() != secure && url.scheme() != open {
        return Err(bad(format!("it begins with {}://, not {secure}:// or {open}://", url.scheme())));
    }
    if url.scheme() == open && !is_loopback(&url) {
        return Err(bad(format!("{open}:// is allowed only on this machine (127.0.0.1, [::1], localhost)")));
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err(bad("it may hold neither a user, a query nor a fragment".to_owned()));
    }
    if url.path() != "/" {
        return Err(bad("it may hold no path: /api/v10/… is added to it".to_owned()));
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}

/// Builds a request as serenity will, with a stand-in for the token, and looks where it would go.
fn in_force(client: &reqwest::Client, http: &Http, api: Option<&Url>) -> Result<(), StartError> {
    if api.is_some() && http.ratelimiter.is_some() {
        return Err(StartError::NotInForce { goes_to: "https://discord.com".to_owned() });
    }
    let unknown = || StartError::NotInForce { goes_to: "an address that could not be found out".to_owned() };
    let probe = Request::new(Route::Gateway, LightMethod::Get)
        .build(client, "none", http.proxy.as_deref())
        .map_err(|_| unknown())?
        .build()
        .map_err(|_| unknown())?;
    let goes_to = probe.url();
    let right = match api {
        Some(api) => same_origin(api, goes_to),
        None => goes_to.scheme() == "https" && goes_to.host_str() == Some("discord.com"),
    };
    if right {
        Ok(())
    } else {
        Err(StartError::NotInForce { goes_to: goes_to.origin().ascii_serialization() })
    }
}

/// Asks for the gateway's address, which needs no token.
async fn ask_gateway(client: &reqwest::Client, api: Option<&Url>) -> Result<Url, StartError> {
    #[derive(serde::Deserialize)]
    struct Gateway {
        url: String,
    }
    let base = api.map_or("https://discord.com", Url::as_str).trim_end_matches('/');
    let address = format!("{base}/api/v10/gateway");
    let unreachable = |why: String| StartError::Unreachable { base: base.to_owned(), why };
    let response = client.get(&address).send().await.map_err(|error| unreachable(deepest(&error)))?;
    if !response.status().is_success() {
        return Err(unreachable(format!("it answered {} to GET /gateway", response.status())));
    }
    let body = response.bytes().await.map_err(|error| unreachable(deepest(&error)))?;
    let gateway: Gateway =
        serde_json::from_slice(&body).map_err(|error| unreachable(format!("GET /gateway: {error}")))?;
    Url::parse(&gateway.url).map_err(|_| unreachable(format!("GET /gateway gave {:?}", gateway.url)))
}

/// The cause at the bottom, which is the one that says something ("connection refused").
fn deepest(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

fn is_discords(url: &Url) -> bool {
    url.scheme() == "wss"
        && url.host_str().is_some_and(|host| host == "discord.gg" || host.ends_with(".discord.gg"))
}

/// Whether scheme, host and port are the same.
pub(super) fn same_origin(one: &Url, other: &Url) -> bool {
    let port = |url: &Url| {
        url.port_or_known_default().or(match url.scheme() {
            "wss" => Some(443),
            "ws" => Some(80),
            _ => None,
        })
    };
    one.scheme() == other.scheme() && one.host_str() == other.host_str() && port(one) == port(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::Curators;
    use crate::loopback::Loopback;

    #[track_caller]
    fn check(text: &str, expected: Result<(), &str>) {
        let got = checked("discord.api_url", text, ["https", "http"]).map(drop).map_err(|e| e.to_string());
        match (&got, expected) {
            (Ok(()), Ok(())) => {}
            (Err(got), Err(part)) if got.contains(part) => {}
            _ => panic!("{text}: {got:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn an_override_is_encrypted_or_on_this_machine() {
        check("http://127.0.0.1:8080", Ok(()));
        check("http://[::1]:8080/", Ok(()));
        check("https://proxy.example", Ok(()));
        check("http://proxy.example", Err("only on this machine"));
        check("ftp://127.0.0.1", Err("begins with ftp://"));
        check("http://127.0.0.1/api", Err("no path"));
        check("https://user@proxy.example", Err("neither a user"));
        check("nonsense", Err("relative URL"));
    }

    #[test]
    fn an_override_behind_the_rate_limiter_is_not_in_force() {
        let api = Url::parse("http://127.0.0.1:9").unwrap();
        let client = reqwest::Client::new();
        let limited = HttpBuilder::new("t").proxy("http://127.0.0.1:9").build();
        assert!(matches!(in_force(&client, &limited, Some(&api)), Err(StartError::NotInForce { .. })));
        let forgotten = HttpBuilder::new("t").ratelimiter_disabled(true).build();
        assert!(matches!(in_force(&client, &forgotten, Some(&api)), Err(StartError::NotInForce { .. })));
        let right = HttpBuilder::new("t").proxy("http://127.0.0.1:9").ratelimiter_disabled(true).build();
        assert!(in_force(&client, &right, Some(&api)).is_ok());
    }

    #[test]
    fn only_discords_own_gateway_is_discords() {
        let of = |text: &str| is_discords(&Url::parse(text).unwrap());
        assert!(of("wss://gateway.discord.gg"));
        assert!(!of("wss://gateway.discord.gg.evil.example"));
        assert!(!of("ws://gateway.discord.gg"));
        assert!(!of("wss://notdiscord.gg"));
    }

    fn settings(api: Option<&str>, gateway: Option<&str>) -> Settings {
        Settings {
            token: "secret-token".to_owned(),
            api_url: api.map(str::to_owned),
            gateway_url: gateway.map(str::to_owned),
            dev_guild: None,
            curators: Curators::default(),
            limits: Default::default(),
            largest_attachment: 1,
        }
    }

    #[tokio::test]
    async fn half_an_override_is_refused() {
        let api = open(&settings(Some("http://127.0.0.1:1"), None)).await.unwrap_err();
        assert!(matches!(api, StartError::Half { missing: "discord.gateway_url", .. }), "{api}");
        let gateway = open(&settings(None, Some("ws://127.0.0.1:1"))).await.unwrap_err();
        assert!(matches!(gateway, StartError::Half { missing: "discord.api_url", .. }), "{gateway}");
    }

    #[tokio::test]
    async fn an_address_where_nobody_listens_is_named() {
        let error = open(&settings(Some("http://127.0.0.1:1"), Some("ws://127.0.0.1:1"))).await.unwrap_err();
        assert!(error.to_string().starts_with("http://127.0.0.1:1 cannot be reached: "), "{error}");
    }

    #[tokio::test]
    async fn another_gateway_than_the_configs_ends_it_before_the_token_is_sent() {
        let body = r#"{"url":"wss://gateway.discord.gg"}"#.to_owned();
        let server = Loopback::start(vec![(200, "", body)]).await;
        let error = open(&settings(Some(&server.url), Some("ws://127.0.0.1:9"))).await.unwrap_err();
        assert!(matches!(error, StartError::OtherGateway { .. }), "{error}");
        assert_eq!(server.seen().len(), 1);
        assert!(server.seen().iter().all(|request| !request.contains("secret-token")));
    }

    #[tokio::test]
    async fn an_override_in_force_is_used_without_a_rate_limiter() {
        let body = r#"{"url":"ws://127.0.0.1:9"}"#.to_owned();
        let server = Loopback::start(vec![(200, "", body)]).await;
        let endpoint = open(&settings(Some(&server.url), Some("ws://127.0.0.1:9"))).await.unwrap();
        assert!(endpoint.http.ratelimiter.is_none());
        assert_eq!(endpoint.gateway.as_str(), "ws://127.0.0.1:9/");
    }
}
