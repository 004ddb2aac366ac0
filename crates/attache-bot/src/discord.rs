//! The commands on Discord, and the connection they arrive on.
//!
//! Nothing here knows what a command does: registration, dispatch and suggestions are derived from
//! [`commands::ALL`].

mod access;
mod answers;
mod args;
mod attachment;
pub(crate) mod components;
mod cooldown;
mod custom_id;
mod dispatch;
mod endpoint;
mod extract;
mod framework;
mod incident;
mod inquiry;
mod places;
mod press;
mod register;
mod respond;
mod unread;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::{ClientBuilder, GatewayError, GatewayIntents, HttpError};
use tokio::sync::{Notify, mpsc};

use crate::app::App;
use crate::commands;
use crate::config;
use crate::delivery;
use crate::intake::{feed, watch};
use crate::operator;
use endpoint::same_origin;
use framework::Data;
use unread::Unread;

pub use access::Curators;
pub use cooldown::Limits;
pub(crate) use inquiry::Inquiry;
pub use register::{Fault as RegistrationFault, payload as registration};

/// Longest wait at shutdown for answers that are being worked on.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// How long a call that was too long for its button is kept.
const KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(90 * 24);

/// What the Discord side needs from the config.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token; never shown.
    pub token: String,
    /// Another address than Discord's for REST: scheme, host and port only.
    pub api_url: Option<String>,
    /// Another address than Discord's for the gateway; goes with `api_url`.
    pub gateway_url: Option<String>,
    /// Registers the commands in this server only, where they appear at once.
    pub dev_guild: Option<u64>,
    /// Who may change what is stored.
    pub curators: Curators,
    /// How many requests of one user are answered.
    pub limits: Limits,
    /// Largest attachment that is read, in bytes.
    pub largest_attachment: usize,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("api_url", &self.api_url)
            .field("gateway_url", &self.gateway_url)
            .field("dev_guild", &self.dev_guild)
            .field("curators", &self.curators)
            .field("largest_attachment", &self.largest_attachment)
            .finish_non_exhaustive()
    }
}

impl From<&config::Settings> for Settings {
    fn from(settings: &config::Settings) -> Self {
        let discord = &settings.discord;
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            token: discord.token.reveal().to_owned(),
            api_url: given(&discord.api_url),
            gateway_url: given(&discord.gateway_url),
            dev_guild: Some(discord.dev_guild).filter(|guild| *guild > 0),
            curators: Curators::from(discord),
            limits: Limits::from(discord),
            largest_attachment: settings.intake.largest_file,
        }
    }
}

/// An error of a library below, kept whole for the log.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the bot could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Only one of the two addresses is overridden.
    #[error(
        "{set} is set but {missing} is not: both or neither, so that no request leaves for the real Discord"
    )]
    Half {
        /// The key that is set.
        set: &'static str,
        /// The key that is not.
        missing: &'static str,
    },
    /// An address that may not be used.
    #[error("{key}: {why}")]
    Address {
        /// The config key.
        key: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The HTTP client could not be built.
    #[error("the HTTP client could not be set up: {0}")]
    Client(Cause),
    /// The override of the address would not be used.
    #[error("discord.api_url is not in force: requests would go to {goes_to}; the token was not sent")]
    NotInForce {
        /// Where requests would go.
        goes_to: String,
    },
    /// REST cannot be reached.
    #[error("{base} cannot be reached: {why}")]
    Unreachable {
        /// Scheme, host and port.
        base: String,
        /// The cause.
        why: String,
    },
    /// The other end names another gateway than the config.
    #[error("discord.gateway_url is {wanted} but discord.api_url names {given}; the token was not sent")]
    OtherGateway {
        /// From the config.
        wanted: String,
        /// From `GET /gateway`.
        given: String,
    },
    /// Discord named a gateway that is not Discord's.
    #[error("Discord named {given} as its gateway, which is not one of Discord's; the token was not sent")]
    ForeignGateway {
        /// From `GET /gateway`.
        given: String,
    },
    /// The token is refused.
    #[error(
        "Discord refused the token: take a new one from the developer portal, page Bot, and set DISCORD_TOKEN"
    )]
    Token,
    /// An intent is refused.
    #[error("Discord refused the bot's intents, although it asks for none that needs approval")]
    Intents,
    /// A command breaks one of Discord's limits.
    #[error("the commands cannot be registered: {0}")]
    Commands(#[from] RegistrationFault),
    /// The folder that is to be watched.
    #[error("{0}")]
    Watch(String),
    /// Registration failed.
    #[error("the commands could not be registered: {0}")]
    Registration(Cause),
    /// Anything else.
    #[error("the connection to Discord failed: {0}")]
    Connection(Cause),
    /// All shards ended although nobody asked them to.
    #[error("the connection to Discord ended")]
    Ended,
}

impl From<serenity::Error> for StartError {
    fn from(error: serenity::Error) -> Self {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(ref response))
                if response.status_code.as_u16() == 401 =>
            {
                Self::Token
            }
            serenity::Error::Gateway(GatewayError::InvalidAuthentication) => Self::Token,
            serenity::Error::Gateway(
                GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents,
            ) => Self::Intents,
            other => Self::Connection(Box::new(other)),
        }
    }
}

/// Connects and serves until `stop` completes.
///
/// At shutdown the connection is closed first; answers being worked on get ten seconds, and what
/// was not delivered stays in the store's outbox.
///
/// # Errors
/// When the config, the token, an address or the registration is refused, or the connection ends
/// for good. Lost connections are taken up again and are no error.
pub async fn run(
    app: Arc<App>,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> Result<(), StartError> {
    let mut commands = register::payload(commands::ALL)?;
    if let Some(list) = commands.as_array_mut() {
        list.push(extract::registration());
    }
    let now = jiff::Timestamp::now();
    match app.store.forget_calls(now.saturating_sub(KEPT).unwrap_or(now), now) {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "calls of old buttons were forgotten"),
        Err(error) => tracing::warn!("calls of old buttons could not be forgotten: {error}"),
    }
    let endpoint = endpoint::open(&settings).await?;
    let gateway = endpoint.gateway.clone();
    let (fail, mut failed) = mpsc::channel(1);
    let (ready, wake) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let data = Data::new(Arc::clone(&app), &settings, &endpoint, Arc::clone(&wake));
    let in_flight = data.in_flight.clone();
    let framework = framework::build(data, commands, settings.dev_guild, Arc::clone(&ready), fail);
    let mut client = ClientBuilder::new_with_http(endpoint.http, GatewayIntents::GUILDS)
        .framework(framework)
        .raw_event_handler(Unread)
        .await?;
    point_at(&client, &gateway).await?;
    let intake = feed::start(&app, Arc::clone(&wake)).map_err(|error| StartError::Client(Box::new(error)))?;
    let watch = watch::start(&app, Arc::clone(&wake)).map_err(StartError::Watch)?;
    let delivery = delivery::start(app, Arc::clone(&client.http), endpoint.client, ready, wake);
    let shards = Arc::clone(&client.shard_manager);
    let outcome = tokio::select! {
        ended = client.start_autosharded() => ended.map_err(StartError::from).and(Err(StartError::Ended)),
        Some(error) = failed.recv() => Err(error),
        () = stop => Ok(()),
    };
    operator::stopping();
    shards.shutdown_all().await;
    intake.stop().await;
    if let Some(watch) = watch {
        // What is being stored just then is worth waiting for, not blocking for.
        let _ = tokio::task::spawn_blocking(move || watch.stop()).await;
    }
    in_flight.finish(LAST_ANSWERS).await;
    delivery.stop().await;
    outcome
}

/// serenity asks for the gateway once more and falls back to the real one when that fails; what was
/// checked before is what counts.
async fn point_at(client: &serenity::Client, gateway: &reqwest::Url) -> Result<(), StartError> {
    let mut address = client.ws_url.lock().await;
    *address = gateway.as_str().trim_end_matches('/').to_owned();
    let given = address.clone();
    match reqwest::Url::parse(&given) {
        Ok(url) if same_origin(&url, gateway) => Ok(()),
        _ => Err(StartError::OtherGateway { wanted: gateway.to_string(), given }),
    }
}

/// Completes when the program is asked to end: SIGTERM or ctrl-c.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
