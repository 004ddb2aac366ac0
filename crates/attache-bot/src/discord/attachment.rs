//! Fetches an attachment: only from where Discord keeps them, only so much, only for so long.

use std::time::Duration;

use reqwest::{Client, Url};
use serenity::all::Attachment;

use super::endpoint::same_origin;
use crate::command::{Fault, Value};

/// Longest download.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Hosts Discord serves attachments from.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// Where attachments may come from and how large they may be.
#[derive(Debug)]
pub(super) struct Fetcher {
    pub(super) client: Client,
    pub(super) api: Option<Url>,
    pub(super) largest: usize,
}

impl Fetcher {
    /// Reads one whole. The stated size and type are only hints of the uploader.
    pub(super) async fn fetch(&self, attachment: &Attachment) -> Result<Value, Fault> {
        let too_large =
            || Fault::user(format!("The file is too large: at most {} KB are read.", self.largest / 1024));
        if usize::try_from(attachment.size).is_ok_and(|size| size > self.largest) {
            return Err(too_large());
        }
        let url = self.allowed(&attachment.url).ok_or_else(|| {
            Fault::user("The file does not lie where Discord keeps attachments, so it was not read.")
        })?;
        let failed = |error: reqwest::Error| Fault::Internal(Box::new(error.without_url()));
        let mut response = self.client.get(url).timeout(TIMEOUT).send().await.map_err(failed)?;
        if !response.status().is_success() {
            let status = response.status().as_u16();
            return Err(Fault::user(format!(
                "Discord did not hand out the file (status {status}). Attach it again."
            )));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > self.largest {
                return Err(too_large());
            }
        }
        let name = attachment.filename.rsplit(['/', '\\']).next().unwrap_or_default();
        Ok(Value::File { name: name.to_owned(), bytes })
    }

    fn allowed(&self, url: &str) -> Option<Url> {
        let url = Url::parse(url).ok()?;
        let discords = url.scheme() == "https"
            && url.port().is_none()
            && url.host_str().is_some_and(|host| HOSTS.contains(&host));
        let overridden = self.api.as_ref().is_some_and(|api| same_origin(api, &url));
        let plain = url.username().is_empty() && url.password().is_none();
        (plain && (discords || overridden)).then_some(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, api: Option<&str>, expected: bool) {
        let api = api.map(|api| Url::parse(api).unwrap());
        let fetcher = Fetcher { client: Client::new(), api, largest: 10 };
        assert_eq!(fetcher.allowed(url).is_some(), expected, "{url}");
    }

    #[test]
    fn only_discords_hosts_are_asked() {
        check("https://cdn.discordapp.com/attachments/1/2/a.txt?ex=1", None, true);
        check("http://cdn.discordapp.com/attachments/1/2/a.txt", None, false);
        check("https://cdn.discordapp.com.evil.example/a", None, false);
        check("https://cdn.discordapp.com@evil.example/a", None, false);
        check("https://cdn.discordapp.com:8443/a", None, false);
        check("http://127.0.0.1:80/a", None, false);
        check("http://127.0.0.1:80/a", Some("http://127.0.0.1:80"), true);
        check("http://127.0.0.1:81/a", Some("http://127.0.0.1:80"), false);
        check("file:///etc/passwd", None, false);
    }
}
