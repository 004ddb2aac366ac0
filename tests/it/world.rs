//! One test's world: a folder with a store and a config, the stand-in for Discord, the program.

use attache_extract::event::{
    Act, Confidence, Engagement, Evidence, Factuality, Plover, PloverCategory, Status,
};
use attache_extract::when::EventDate;
use attache_extract::{Event, Party, Role, Span, StateCode};
use attache_store::{NewArticle, NewSubscription, Store, Subscription};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::Process;
use crate::wire::{TOKEN, Wire};

/// The server of all stories.
pub(crate) const GUILD: u64 = 500;
/// A curator, and somebody who is none.
pub(crate) const CURATOR: u64 = 601;
pub(crate) const STRANGER: u64 = 602;

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) wire: Wire,
}

impl World {
    pub(crate) fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap(), wire: Wire::start() };
        world.configure(TOKEN, &world.wire.api_url(), &world.wire.gateway_url(), "debug");
        world
    }

    /// Writes the config anew.
    pub(crate) fn configure(&self, token: &str, api: &str, gateway: &str, level: &str) {
        let text = format!(
            "[discord]\ntoken = {token:?}\napi_url = {api:?}\ngateway_url = {gateway:?}\n\
             curator_users = [{CURATOR}]\n[log]\nlevel = {level:?}\n"
        );
        std::fs::write(self.folder.path().join("bot-config.toml"), text).unwrap();
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.folder.path().join("data")).unwrap()
    }

    /// Subscribes these channels, then stores an article with so many events, while no program
    /// runs: what is announced waits in the outbox.
    pub(crate) fn store_events(&self, channels: &[u64], count: usize, quote: &str) {
        let store = self.store();
        for channel in channels {
            let new = NewSubscription {
                guild: Some(GUILD),
                channel: *channel,
                author: "discord:601".to_owned(),
                filter: Default::default(),
            };
            store.subscribe(new, Timestamp::UNIX_EPOCH).unwrap();
        }
        let article = NewArticle {
            title: Some("A meeting"),
            url: Some("https://paper.example/meeting"),
            publisher: Some("The Paper"),
            published: date(2025, 5, 14),
            text: quote,
            origin: "test",
            rules: "1",
        };
        let events: Vec<_> = (0..count).map(|n| meeting(n, quote)).collect();
        store.commit_article(&article, &events, Timestamp::now()).unwrap();
    }

    pub(crate) fn subscriptions(&self) -> Vec<Subscription> {
        self.store().subscriptions().unwrap()
    }

    pub(crate) fn start(&self) -> Process {
        Process::start(self.folder.path())
    }

    /// Gives a slash command and says under which token the answer will come.
    pub(crate) fn give(&self, user: u64, guild: Option<u64>, kind: u64, data: Value) -> String {
        let number = self.wire.new_interaction();
        let token = format!("interactiontoken{number}");
        let person = json!({
            "id": user.to_string(), "username": "somebody", "discriminator": "0", "global_name": null,
            "avatar": null, "bot": false, "public_flags": 0,
        });
        let mut interaction = json!({
            "id": number.to_string(), "application_id": "42", "type": kind, "token": token, "version": 1,
            "locale": "en-US", "channel_id": "9", "entitlements": [], "app_permissions": "0",
            "attachment_size_limit": 10_485_760, "authorizing_integration_owners": {},
            "context": if guild.is_some() { 0 } else { 1 },
            "channel": { "id": "9", "type": 0, "name": "c", "permissions": "0" },
            "data": data,
        });
        match guild {
            Some(guild) => {
                interaction["guild_id"] = json!(guild.to_string());
                interaction["member"] = json!({
                    "user": person, "roles": [], "joined_at": "2024-01-01T00:00:00Z", "deaf": false,
                    "mute": false, "flags": 0, "permissions": "0", "nick": null, "avatar": null,
                    "premium_since": null, "pending": false,
                });
            }
            None => interaction["user"] = person,
        }
        self.wire.dispatch("INTERACTION_CREATE", interaction);
        token
    }
}

fn meeting(n: usize, quote: &str) -> Event {
    let party = |name: &str, country| Party {
        name: Some(name.to_owned()),
        office: None,
        country: Some(country),
        role: Role::Participant,
    };
    Event {
        act: Act::Engagement(Engagement::Meeting),
        parties: vec![party(&format!("Envoy {n}"), StateCode::US), party("Other Envoy", StateCode::CN)],
        date: EventDate::day(date(2025, 5, 12)),
        effective: None,
        expires: None,
        duration: None,
        rate: None,
        scope: None,
        topics: Vec::new(),
        place: None,
        factuality: Factuality::Asserted,
        status: Some(Status::Occurred),
        quote: quote.to_owned(),
        claims: Vec::new(),
        plover: Plover { category: PloverCategory::Consult, mode: None },
        confidence: Confidence::from_thousandths(900),
        evidence: Evidence {
            quote: Span::new(0, quote.len()),
            fields: Default::default(),
            rules: Vec::new(),
        },
    }
}
