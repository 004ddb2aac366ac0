//! From the store's outbox to the channels: once, soon, in order.

use std::sync::Arc;

use serenity::all::Http;
use tokio::sync::Notify;

use crate::app::App;

/// The running worker.
#[derive(Debug)]
pub(crate) struct Delivery;

pub(crate) fn start(
    _app: Arc<App>,
    _http: Arc<Http>,
    _client: reqwest::Client,
    _wake: Arc<Notify>,
) -> Delivery {
    Delivery
}

impl Delivery {
    pub(crate) async fn stop(self) {}
}

pub(crate) async fn pause_channel(_app: Arc<App>, _channel: u64, _why: &'static str) {}
pub(crate) async fn pause_guild(_app: Arc<App>, _guild: u64, _why: &'static str) {}
