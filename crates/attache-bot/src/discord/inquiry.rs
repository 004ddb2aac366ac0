//! Single questions to Discord with the bot's token, for `attache check`.

use reqwest::Url;
use reqwest::header::AUTHORIZATION;
use serde_json::Value;

use super::endpoint;
use super::{Settings, StartError};

/// Asks one thing after the other, where the addresses were proved to lead.
pub(crate) struct Inquiry {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Inquiry {
    /// Proves the addresses; the token is sent nowhere yet.
    pub(crate) async fn open(settings: &Settings) -> Result<Self, StartError> {
        let endpoint = endpoint::open(settings).await?;
        let base = endpoint.api.as_ref().map_or("https://discord.com", Url::as_str);
        Ok(Self {
            client: endpoint.client,
            base: base.trim_end_matches('/').to_owned(),
            token: settings.token.clone(),
        })
    }

    /// The answer's status and body. A fault is told without the address.
    pub(crate) async fn get(&self, path: &str) -> Result<(u16, Value), String> {
        let request = self.client.get(format!("{}/api/v10/{path}", self.base));
        let sent = request.header(AUTHORIZATION, format!("Bot {}", self.token)).send().await;
        let response = sent.map_err(|error| error.without_url().to_string())?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|error| error.without_url().to_string())?;
        Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
    }
}
