//! Our commands as poise dispatches them, and the events poise leaves to us.

use std::sync::Arc;
use std::time::Duration;

use poise::{CommandParameter, FrameworkContext, FrameworkError, FrameworkOptions};
use serde_json::Value;
use serenity::all::{
    ChannelId, ConnectionStage, CreateAllowedMentions, FullEvent, GuildId, Http, Interaction,
};
use tokio::sync::{Notify, OwnedRwLockReadGuard, RwLock, mpsc};

use super::access::Curators;
use super::answers::Answers;
use super::attachment::Fetcher;
use super::cooldown::Cooldown;
use super::endpoint::Endpoint;
use super::incident::Incident;
use super::places::{Happened, Places};
use super::register::{for_guild, stricter};
use super::respond::Reply;
use super::{Settings, StartError, dispatch, extract, press};
use crate::app::App;
use crate::command::{Access, Body, Command, Opt, OptKind, Place};
use crate::commands;
use crate::operator;
use crate::operator::health::health;

/// What every interaction is worked on with.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) app: Arc<App>,
    pub(super) curators: Curators,
    pub(super) fetcher: Fetcher,
    pub(super) cooldown: Cooldown,
    pub(super) answers: Answers,
    pub(super) in_flight: InFlight,
    pub(super) wake: Arc<Notify>,
    pub(super) places: Places,
}

impl Data {
    pub(super) fn new(app: Arc<App>, settings: &Settings, endpoint: &Endpoint, wake: Arc<Notify>) -> Self {
        let fetcher = Fetcher {
            client: endpoint.client.clone(),
            api: endpoint.api.clone(),
            largest: settings.largest_attachment,
        };
        let places = Places::follow(Arc::clone(&app), Arc::clone(&wake));
        let cooldown = Cooldown::new(settings.limits.clone());
        Self {
            app,
            curators: settings.curators.clone(),
            fetcher,
            cooldown,
            answers: Answers::default(),
            in_flight: InFlight::default(),
            wake,
            places,
        }
    }
}

/// Answers being worked on, so that a shutdown can wait for them.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight(Arc<RwLock<()>>);

impl InFlight {
    /// Counts as being worked on until the guard is dropped.
    pub(super) async fn enter(&self) -> OwnedRwLockReadGuard<()> {
        Arc::clone(&self.0).read_owned().await
    }

    /// Waits until none is left, at most so long.
    pub(super) async fn finish(&self, most: Duration) {
        if tokio::time::timeout(most, self.0.write()).await.is_err() {
            tracing::warn!("stopping although answers are still being worked on");
        }
    }
}

/// A command that runs, with the rights and place its group adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    pub(super) command: &'static Command,
    pub(super) access: Access,
    pub(super) place: Place,
}

impl Leaf {
    /// The command these words name.
    pub(super) fn find(path: &[String]) -> Option<Self> {
        let (mut found, mut access, mut place): (Option<&'static Command>, _, _) =
            (None, Access::Everyone, Place::Anywhere);
        for word in path {
            let command = match found.map(|command| &command.body) {
                None => commands::ALL.iter().copied().find(|command| command.name == word)?,
                Some(Body::Group(members)) => members.iter().find(|member| member.name == word)?,
                Some(Body::Run { .. }) => return None,
            };
            // As in registration: where a command is offered is said by its outermost group.
            if found.is_none() {
                place = command.place;
            }
            access = stricter(command.access, access);
            found = Some(command);
        }
        found.map(|command| Self { command, access, place })
    }
}

/// Builds the framework. Registration happens when the first shard is ready, and `registered` is
/// told; where it fails, the error goes to `fail`, because a bot without commands is online and dead.
pub(super) fn build(
    data: Data,
    registration: Value,
    dev_guild: Option<u64>,
    registered: Arc<Notify>,
    fail: mpsc::Sender<StartError>,
) -> poise::Framework<Data, StartError> {
    let options = FrameworkOptions {
        commands: commands::ALL.iter().map(|command| top(command)).chain([extract::command()]).collect(),
        on_error: |error| Box::pin(report(error)),
        event_handler: |framework, event| Box::pin(other(framework, event)),
        allowed_mentions: Some(CreateAllowedMentions::new()),
        ..FrameworkOptions::default()
    };
    poise::Framework::builder()
        .options(options)
        .initialize_owners(false)
        .setup(move |ctx, ready, _| {
            Box::pin(async move {
                match register(&ctx.http, &registration, dev_guild).await {
                    Ok(count) => {
                        tracing::info!(user = ready.user.name, commands = count, "connected to Discord");
                        registered.notify_one();
                        health().registered();
                        operator::ready();
                        Ok(data)
                    }
                    Err(error) => {
                        let _ = fail.try_send(error);
                        Err(StartError::Ended)
                    }
                }
            })
        })
        .build()
}

async fn register(http: &Http, commands: &Value, dev_guild: Option<u64>) -> Result<usize, StartError> {
    let registered = match dev_guild {
        Some(guild) => http.create_guild_commands(GuildId::new(guild), &for_guild(commands.clone())).await,
        None => http.create_global_commands(commands).await,
    };
    registered.map(|commands| commands.len()).map_err(|error| StartError::Registration(Box::new(error)))
}

fn top(command: &'static Command) -> poise::Command<Data, StartError> {
    convert(command, Access::Everyone, command.place)
}

fn convert(command: &'static Command, outer: Access, place: Place) -> poise::Command<Data, StartError> {
    let access = stricter(command.access, outer);
    let (subcommands, parameters) = match &command.body {
        Body::Group(members) => {
            (members.iter().map(|member| convert(member, access, place)).collect(), Vec::new())
        }
        Body::Run { options, .. } => (Vec::new(), options.iter().map(parameter).collect()),
    };
    poise::Command {
        slash_action: Some(dispatch::slash),
        subcommand_required: !subcommands.is_empty(),
        subcommands,
        parameters,
        name: command.name.into(),
        qualified_name: command.name.into(),
        identifying_name: command.name.into(),
        source_code_name: command.name.into(),
        description: Some(command.about.into()),
        custom_data: Box::new(Leaf { command, access, place }),
        ..poise::Command::default()
    }
}

fn parameter(option: &Opt) -> CommandParameter<Data, StartError> {
    let completes = matches!(option.kind, OptKind::Text { complete: Some(_), .. });
    CommandParameter {
        name: option.name.into(),
        name_localizations: Default::default(),
        description: Some(option.about.into()),
        description_localizations: Default::default(),
        required: option.required,
        channel_types: None,
        choices: Default::default(),
        // Registration is written by `register`, which knows bounds that this form cannot carry.
        type_setter: None,
        autocomplete_callback: completes.then_some(dispatch::suggest),
        __non_exhaustive: (),
    }
}

/// What poise could not do itself: every interaction still gets an answer.
async fn report(error: FrameworkError<'_, Data, StartError>) {
    match error {
        FrameworkError::UnknownInteraction { framework, interaction, .. } => {
            let reply = Reply {
                http: &framework.serenity_context.http,
                id: interaction.id,
                token: &interaction.token,
                user: interaction.user.id.get(),
            };
            tracing::warn!(command = interaction.data.name, "unknown command");
            let sent = if interaction.data.autocomplete().is_some() {
                reply.suggest_nothing().await
            } else {
                reply
                    .say("This command no longer exists. Reload Discord (Ctrl+R) to see the present ones.")
                    .await
            };
            lost(sent);
        }
        FrameworkError::Setup { .. } => {}
        other => {
            tracing::error!(incident = %Incident::new(), "{other}");
        }
    }
}

/// Events beside commands.
async fn other(
    framework: FrameworkContext<'_, Data, StartError>,
    event: &FullEvent,
) -> Result<(), StartError> {
    let data = framework.user_data;
    let http = &framework.serenity_context.http;
    match event {
        FullEvent::InteractionCreate { interaction: Interaction::Component(pressed) } => {
            press::pressed(data, http, pressed).await;
        }
        FullEvent::InteractionCreate { interaction: Interaction::Modal(sent) } => {
            press::submitted(data, http, sent).await;
        }
        FullEvent::ChannelDelete { channel, .. } => {
            data.places.note(Happened::Gone { channel: channel.id.get() });
        }
        FullEvent::ThreadDelete { thread, .. } => {
            data.places.note(Happened::Gone { channel: thread.id.get() });
        }
        FullEvent::GuildDelete { incomplete, .. } if !incomplete.unavailable => {
            data.places.note(Happened::Left { guild: incomplete.id.get() });
        }
        FullEvent::GuildCreate { guild, .. } => back(data, guild.id, None),
        FullEvent::GuildRoleUpdate { new, .. } => back(data, new.guild_id, None),
        FullEvent::ChannelUpdate { new, .. } => back(data, new.guild_id, Some(new.id)),
        FullEvent::ThreadUpdate { new, .. } => back(data, new.guild_id, Some(new.id)),
        FullEvent::Resume { .. } => tracing::info!("connection to Discord resumed"),
        FullEvent::ShardStageUpdate { event } => {
            health().shard(event.shard_id.0, event.new == ConnectionStage::Connected);
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn lost(sent: serenity::Result<()>) {
    if let Err(error) = sent {
        tracing::error!(incident = %Incident::new(), "the answer was not delivered: {error}");
    }
}

fn back(data: &Data, guild: GuildId, channel: Option<ChannelId>) {
    data.places.note(Happened::Back { guild: guild.get(), channel: channel.map(ChannelId::get) });
}
