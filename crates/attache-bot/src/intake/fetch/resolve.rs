//! Names to addresses: what a connection is made to is what was judged, once for each connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Rules;
use super::address::permitted;

/// A name that leads only to addresses nobody outside may make us ask.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{host} leads to {address}, {why}")]
pub(super) struct Barred {
    pub(super) host: String,
    pub(super) address: IpAddr,
    pub(super) why: &'static str,
}

/// A name that leads nowhere.
#[derive(Debug, Clone, thiserror::Error)]
#[error("there is no host {host}: {why}")]
pub(super) struct Unknown {
    pub(super) host: String,
    pub(super) why: String,
}

/// The resolver of the one client.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) rules: Arc<Rules>,
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let rules = Arc::clone(&self.rules);
        Box::pin(async move {
            // The dot that ends an absolute name is no part of it.
            let host = name.as_str().trim_end_matches('.').to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await;
            let found = found.map(Iterator::collect::<Vec<_>>);
            sifted(host, found, &rules).map(|addresses| Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// The addresses of a name that may be connected to.
fn sifted(host: String, found: io::Result<Vec<SocketAddr>>, rules: &Rules) -> Result<Vec<SocketAddr>, Cause> {
    let found = found.map_err(|error| Unknown { host: host.clone(), why: error.to_string() })?;
    let mut barred = None;
    let mut good = Vec::new();
    for address in found {
        match permitted(address.ip(), rules) {
            Ok(()) => good.push(address),
            Err(why) => barred = Some(Barred { host: host.clone(), address: address.ip(), why }),
        }
    }
    match (good.is_empty(), barred) {
        (false, _) => Ok(good),
        (true, Some(barred)) => Err(barred.into()),
        (true, None) => Err(Unknown { host, why: "it has no address".to_owned() }.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(addresses: &[&str], expected: Result<&[&str], &str>) {
        let parsed = addresses.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect();
        let sifted = sifted("paper.example".to_owned(), Ok(parsed), &Rules::default());
        match expected {
            Ok(kept) => {
                let left: Vec<_> = sifted.unwrap().iter().map(|address| address.ip().to_string()).collect();
                assert_eq!(left, kept);
            }
            Err(why) => assert_eq!(sifted.unwrap_err().to_string(), why),
        }
    }

    #[test]
    fn inner_addresses_of_a_name_are_never_connected_to() {
        check(&["1.1.1.1"], Ok(&["1.1.1.1"]));
        check(&["127.0.0.1", "1.1.1.1", "10.0.0.1"], Ok(&["1.1.1.1"]));
        check(&["::1"], Err("paper.example leads to ::1, a loopback address"));
        check(&["10.0.0.1"], Err("paper.example leads to 10.0.0.1, a private address"));
        check(&[], Err("there is no host paper.example: it has no address"));
    }
}
