//! Who has no right to it changes nothing, however the interaction comes: every command of the list
//! that is not for everybody, tried by slash, by completion, by button, by modal, replayed.

use attache_bot::command::{Access, Body, Command, Opt, OptKind};
use attache_bot::commands;
use attache_tests::discord::{File, Interaction, permissions};
use attache_tests::scenario::Scenario;
use serde_json::json;

use crate::seed::{QUOTE, SOON, events, store};

/// A command that is not for everybody: its full name, who may, its options.
struct Shut {
    name: String,
    access: Access,
    options: &'static [Opt],
}

fn shut() -> Vec<Shut> {
    let mut all = Vec::new();
    commands::ALL.iter().for_each(|command| below("", command, Access::Everyone, &mut all));
    all
}

fn below(before: &str, command: &'static Command, outer: Access, all: &mut Vec<Shut>) {
    let name = format!("{before} {}", command.name).trim().to_owned();
    let access = if command.access == Access::Everyone { outer } else { command.access };
    match command.body {
        Body::Group(members) => members.iter().for_each(|member| below(&name, member, access, all)),
        Body::Run { options, .. } if access != Access::Everyone => all.push(Shut { name, access, options }),
        Body::Run { .. } => {}
    }
}

/// The command with everything filled in, confirmation too.
fn filled(shut: &Shut, event: &str) -> Interaction {
    let interaction = Interaction::slash(&shut.name).unchecked().within(SOON);
    shut.options.iter().fold(interaction, |interaction, opt| match opt.kind {
        OptKind::Text { .. } if ["id", "into", "follow", "over", "event"].contains(&opt.name) => {
            interaction.option(opt.name, event)
        }
        OptKind::Text { .. } => interaction.option(opt.name, "2025-05-12"),
        OptKind::Word(words) => interaction.option(opt.name, words()[0]),
        OptKind::Whole { min, .. } => interaction.option(opt.name, min),
        OptKind::Flag => interaction.option(opt.name, true),
        OptKind::Channel | OptKind::Role => interaction,
        OptKind::File => interaction.attach(opt.name, File::text("a.txt", "They met.")),
    })
}

/// The command as it is typed, with what it needs and confirmed.
fn typed(shut: &Shut, event: &str) -> String {
    let needed = shut.options.iter().filter(|opt| opt.required || opt.name == "confirm");
    needed.fold(shut.name.clone(), |line, opt| {
        let value = match opt.kind {
            OptKind::Text { .. } if ["id", "into", "follow", "over"].contains(&opt.name) => event.to_owned(),
            OptKind::Word(words) => words()[0].to_owned(),
            OptKind::Whole { min, .. } => min.to_string(),
            OptKind::Flag => "yes".to_owned(),
            _ => "x".to_owned(),
        };
        format!("{line} {}:{value}", opt.name)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_right_changes_nothing_by_any_way() {
    let mut story = Scenario::new().await;
    let guild = story.discord.guild("Trade desk");
    let news = story.discord.channel(guild, "news");
    // Discord would show everything to an administrator; the config decides all the same.
    let boss = story.discord.member(guild, "eve", permissions::ADMINISTRATOR);
    let reader = story.discord.member(guild, "bob", 0);
    let dm = story.discord.dm(reader);
    events(&story, 2, QUOTE);
    let event = store(&story).events(&Default::default(), None, 1).unwrap().events[0].id.short();
    let curator = story.curator(guild, "ada");
    story.start_bot().await;
    let brief = story.discord.slash(reader, news, "/brief").await;
    let shut = shut();
    assert!(shut.iter().filter(|one| one.access == Access::Curator).count() >= 20);
    for one in &shut {
        let filled = filled(one, &event);
        let mut tries = vec![(reader, news, filled.clone()), (reader, news, filled.clone().user_installed())];
        if one.access == Access::Curator {
            tries.push((boss, news, filled.clone()));
            tries.push((reader, dm, filled));
        }
        for (who, place, asked) in tries {
            let refused = story.discord.run(who, place, asked).await;
            let text = refused.text();
            let told = ["Only curators", "Manage Channels", "only in a server"];
            assert!(refused.ephemeral() && told.iter().any(|one| text.contains(one)), "{}: {text}", one.name);
        }
        for opt in
            one.options.iter().filter(|opt| matches!(opt.kind, OptKind::Text { complete: Some(_), .. }))
        {
            let typing = Interaction::typing(&one.name, opt.name, "").unchecked();
            let offered = story.discord.run(reader, news, typing).await.values();
            assert!(offered.is_empty(), "{} {}: {offered:?}", one.name, opt.name);
        }
        // Forms and buttons that the bot never showed, written as the bot would write them.
        for forged in [format!("1.0.0.a..{}", typed(one, &event)), one.name.clone()] {
            for (who, place) in [(reader, news), (boss, news), (reader, dm)] {
                if who == boss && one.access != Access::Curator {
                    continue;
                }
                let form = story.discord.modal_submit(who, place, &forged, &[("reason", "x")]).await;
                assert!(form.ephemeral(), "{forged}: {}", form.text());
            }
            for who in [reader, boss] {
                if who == boss && one.access != Access::Curator {
                    continue;
                }
                let press = Interaction::press(brief.message().id, &forged).unchecked().within(SOON);
                let told = story.discord.run(who, news, press).await;
                assert!(told.ephemeral() && told.modal.is_none(), "{forged}: {}", told.text());
            }
        }
    }
    // Buttons that the bot did show, to a curator, pressed by others: as they are, and again.
    let shown = story.discord.slash(curator, news, "/admin review below:100").await;
    let ids: Vec<String> =
        shown.message().controls().filter_map(|one| one["custom_id"].as_str().map(str::to_owned)).collect();
    assert!(ids.len() >= 6, "{ids:?}");
    for id in ids.iter().chain(&ids) {
        for who in [reader, boss] {
            let press = Interaction::press(shown.message().id, id).unchecked().within(SOON);
            let told = story.discord.run(who, news, press).await;
            assert!(told.ephemeral() && told.text().contains("Only curators"), "{id}: {}", told.text());
        }
    }
    story.stop().await;
    let store = store(&story);
    assert_eq!(store.history(1).unwrap(), []);
    assert!(store.subscriptions().unwrap().is_empty());
    let left = json!(store.events(&Default::default(), None, 9).unwrap().events.len());
    assert_eq!(left, 2);
    story.end();
}
