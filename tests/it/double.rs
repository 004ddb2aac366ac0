//! The Discord double against a real serenity client, and against requests no library would send.

use std::time::Duration;

use attache_tests::discord::{
    ChannelId, Double, Fault, File, GuildId, Interaction as Act, Patience, Route, UserId, permissions,
};
use serde_json::{Value, json};
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, Client, Command, CommandOptionType, CommandType, Context,
    CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateAutocompleteResponse, CreateButton,
    CreateCommand, CreateCommandOption, CreateEmbed, CreateInputText, CreateInteractionResponse as Reply,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage as ReplyMessage, CreateMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse,
    EventHandler, GatewayIntents, Http, HttpBuilder, InputTextStyle, Interaction, ResolvedValue,
};
use serenity::async_trait;

pub(crate) const SOON: Duration = Duration::from_secs(20);

/// A bot of the test's own that does one thing of each sort.
struct TestBot;

fn quiet() -> CreateAllowedMentions {
    CreateAllowedMentions::new()
}

fn said(text: &str) -> ReplyMessage {
    ReplyMessage::new().content(text).allowed_mentions(quiet())
}

fn option(kind: CommandOptionType, name: &str) -> CreateCommandOption {
    CreateCommandOption::new(kind, name, "an option")
}

#[async_trait]
impl EventHandler for TestBot {
    async fn ready(&self, context: Context, ready: serenity::all::Ready) {
        assert!(!ready.guilds.is_empty());
        let status = option(CommandOptionType::SubCommand, "status")
            .add_sub_option(option(CommandOptionType::String, "imposer").set_autocomplete(true))
            .add_sub_option(option(CommandOptionType::Integer, "days").max_int_value(30))
            .add_sub_option(option(CommandOptionType::Attachment, "file"))
            .add_sub_option(option(CommandOptionType::Channel, "where"));
        let commands = vec![
            CreateCommand::new("tariffs").description("Tariffs.").add_option(status),
            CreateCommand::new("panel").description("Controls."),
            CreateCommand::new("late").description("Answers by follow-up."),
            CreateCommand::new("Explain").kind(CommandType::Message),
        ];
        Command::set_global_commands(&context, commands).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => match command.data.name.as_str() {
                "tariffs" => tariffs(&context, command).await,
                "panel" => {
                    let select = CreateSelectMenuKind::String {
                        options: vec![CreateSelectMenuOption::new("One", "1")],
                    };
                    let rows = vec![
                        CreateActionRow::Buttons(vec![CreateButton::new("v1:next").label("Next")]),
                        CreateActionRow::SelectMenu(CreateSelectMenu::new("v1:kind", select)),
                    ];
                    let message = said("page 1").components(rows);
                    command.create_response(&context, Reply::Message(message)).await.unwrap();
                }
                "late" => {
                    let thinking = ReplyMessage::new().ephemeral(true);
                    command.create_response(&context, Reply::Defer(thinking)).await.unwrap();
                    for text in ["first", "second"] {
                        let follow_up =
                            CreateInteractionResponseFollowup::new().content(text).allowed_mentions(quiet());
                        command.create_followup(&context, follow_up).await.unwrap();
                    }
                }
                _ => {
                    let target = command.data.resolved.messages.values().next().unwrap().content.clone();
                    command.create_response(&context, Reply::Message(said(&target))).await.unwrap();
                }
            },
            Interaction::Autocomplete(typing) => {
                let so_far = typing.data.autocomplete().unwrap().value.to_owned();
                let choices = vec![AutocompleteChoice::new("United States", format!("{so_far}S"))];
                let answer = CreateAutocompleteResponse::new().set_choices(choices);
                typing.create_response(&context, Reply::Autocomplete(answer)).await.unwrap();
            }
            Interaction::Component(used) if used.data.custom_id == "v1:next" => {
                used.create_response(&context, Reply::UpdateMessage(said("page 2"))).await.unwrap();
            }
            Interaction::Component(used) => {
                let input = CreateInputText::new(InputTextStyle::Short, "Why", "why");
                let modal = CreateModal::new("v1:form", "Tell us")
                    .components(vec![CreateActionRow::InputText(input)]);
                used.create_response(&context, Reply::Modal(modal)).await.unwrap();
            }
            Interaction::Modal(form) => {
                let ActionRowComponent::InputText(input) = &form.data.components[0].components[0] else {
                    panic!("no input: {form:?}")
                };
                let text = input.value.clone().unwrap();
                form.create_response(&context, Reply::Message(said(&text))).await.unwrap();
            }
            _ => {}
        }
    }
}

async fn tariffs(context: &Context, command: serenity::all::CommandInteraction) {
    command.create_response(context, Reply::Defer(ReplyMessage::new())).await.unwrap();
    let options = command.data.options();
    let ResolvedValue::SubCommand(options) = &options[0].value else { panic!("no sub-command") };
    let mut text = format!("locale {}", command.locale);
    for option in options {
        match &option.value {
            ResolvedValue::String(value) => text.push_str(&format!("; {} is {value}", option.name)),
            ResolvedValue::Integer(value) => text.push_str(&format!("; {} is {value}", option.name)),
            ResolvedValue::Channel(channel) => text.push_str(&format!("; in {:?}", channel.name)),
            ResolvedValue::Attachment(file) => {
                let bytes = file.download().await.unwrap();
                text.push_str(&format!("; file says {}", String::from_utf8(bytes).unwrap()));
            }
            _ => {}
        }
    }
    let embed = CreateEmbed::new().title("Tariffs").description(text).field("In force", "none", false);
    let edit = EditInteractionResponse::new().embed(embed).allowed_mentions(quiet());
    command.edit_response(context, edit).await.unwrap();
}

fn http(double: &Double) -> Http {
    HttpBuilder::new(double.token())
        .application_id(double.bot().0.into())
        .proxy(double.api_url())
        .ratelimiter_disabled(true)
        .build()
}

/// A double with one guild and one channel, a user, and the test's bot connected to it.
pub(crate) async fn connected() -> (Double, GuildId, ChannelId, UserId) {
    let double = Double::start().await;
    let guild = double.guild("Trade desk");
    let channel = double.channel(guild, "news");
    let user = double.member(guild, "ada", permissions::MANAGE_GUILD);
    connect(&double).await;
    double.wait_until_ready(SOON).await;
    (double, guild, channel, user)
}

async fn connect(double: &Double) {
    let mut client = serenity::client::ClientBuilder::new_with_http(http(double), GatewayIntents::GUILDS)
        .event_handler(TestBot)
        .await
        .unwrap();
    *client.ws_url.lock().await = double.gateway_url();
    tokio::spawn(async move { run(&mut client).await });
}

async fn run(client: &mut Client) {
    // A test that ends takes its runtime along; an error is seen by the double as a missing answer.
    let _ = client.start().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_serenity_client_connects_registers_and_answers() {
    let (double, _, channel, user) = connected().await;
    assert_eq!(double.intents(), Some(1));
    assert_eq!(double.identifies()[0]["compress"], true);
    assert_eq!(double.registered_commands().len(), 4);

    let answer = double.slash(user, channel, "/tariffs status imposer:the US days:7").await;
    assert!(answer.deferred() && !answer.ephemeral());
    assert_eq!(answer.text(), "Tariffs\nlocale en-US; imposer is the US; days is 7\nIn force\nnone");
    assert_eq!(double.messages(channel).len(), 1);
    assert_eq!(double.posts(channel).len(), 0);

    let with_file = Act::slash("/tariffs status")
        .attach("file", File::text("a.txt", "tariffs rise"))
        .option("where", channel)
        .locale("de");
    let answer = double.run(user, channel, with_file).await;
    assert_eq!(
        answer.message().embeds[0]["description"],
        "locale de; file says tariffs rise; in Some(\"news\")"
    );

    assert_eq!(double.autocomplete(user, channel, "tariffs status", "imposer", "U").await, ["US"]);
    double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn controls_modals_message_commands_and_direct_messages_work() {
    let (double, _, channel, user) = connected().await;
    let panel = double.slash(user, channel, "/panel").await;
    let message = panel.message().id;
    let next = panel.message().button("Next").unwrap();
    let turned = double.press_button(user, message, &next).await;
    assert_eq!((turned.message().content.as_str(), turned.message().id), ("page 2", message));

    let form = double.select(user, message, "v1:kind", &["1"]).await.modal.unwrap();
    assert_eq!(form["title"], "Tell us");
    let sent = double.modal_submit(user, channel, "v1:form", &[("why", "because")]).await;
    assert_eq!(sent.text(), "because");

    let target = double.write_message(user, channel, "Tariffs rise.");
    let explained = double.run(user, channel, Act::message_command("Explain", target)).await;
    assert_eq!(explained.text(), "Tariffs rise.");

    let dm = double.dm(user);
    assert_eq!(double.slash(user, dm, "/panel").await.text(), "page 1\nNext");

    let late = double.slash(user, channel, "/late").await;
    assert!(late.ephemeral());
    assert_eq!(late.text(), "first");
    double.wait_for_requests(Route::FollowUp, 2, SOON).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let texts: Vec<String> = double.answers(late.id).iter().map(|message| message.text()).collect();
    assert_eq!(texts, ["first", "second"]);
    double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_socket_is_resumed_and_nothing_is_missed() {
    let (double, _, channel, user) = connected().await;
    double.cut_gateway();
    // Sent into the dark, and replayed when the client resumes.
    let id = double.send(user, channel, &Act::slash("panel"));
    assert_eq!(double.answer(id, SOON).await.text(), "page 1\nNext");
    assert_eq!((double.resumes(), double.identifies().len()), (1, 1));

    double.ask_to_reconnect();
    let before = double.resumes();
    while double.resumes() == before {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(double.slash(user, channel, "/panel").await.text(), "page 1\nNext");
    double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_may_be_declared_invalid_and_yet_resumable() {
    let (double, _, channel, user) = connected().await;
    double.invalidate_session(true);
    let id = double.send(user, channel, &Act::slash("panel"));
    assert_eq!(double.answer(id, SOON).await.text(), "page 1\nNext");
    assert_eq!(double.identifies().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heartbeats_keep_time_and_silence_is_noticed() {
    let double = Double::start().await;
    // Serenity looks at its clock twice a second at most.
    double.set_heartbeat_interval(Duration::from_millis(900));
    let guild = double.guild("Trade desk");
    assert!(double.messages(double.channel(guild, "news")).is_empty());
    connect(&double).await;
    double.wait_until_ready(SOON).await;
    while double.heartbeats() < 3 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!((double.resumes(), double.identifies().len()), (0, 1));
    double.ignore_heartbeats();
    // Serenity gives such a session up instead of resuming it.
    while double.identifies().len() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_is_started_again_is_not_taken_for_the_one_before() {
    let (double, ..) = connected().await;
    let before = double.registrations();
    let again = double.wait_until_ready_again(before, SOON);
    assert!(tokio::time::timeout(Duration::from_millis(300), again).await.is_err());
    connect(&double).await;
    double.wait_until_ready_again(before, SOON).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalid_session_makes_the_client_identify_again() {
    let (double, _, channel, user) = connected().await;
    double.invalidate_session(false);
    while double.identifies().len() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    double.refuse_resumes(false);
    double.wait_until_connected(SOON).await;
    assert_eq!(double.slash(user, channel, "/panel").await.text(), "page 1\nNext");
}

#[tokio::test]
async fn a_wrong_token_is_refused_by_both_doors() {
    let double = Double::start().await;
    let wrong =
        HttpBuilder::new("MTA.wrong.token").proxy(double.api_url()).ratelimiter_disabled(true).build();
    assert!(wrong.get_current_user().await.unwrap_err().to_string().contains("401"));
    let mut client =
        serenity::client::ClientBuilder::new_with_http(wrong, GatewayIntents::GUILDS).await.unwrap();
    *client.ws_url.lock().await = double.gateway_url();
    let error = tokio::time::timeout(SOON, client.start()).await.unwrap().unwrap_err();
    assert!(error.to_string().to_lowercase().contains("auth"), "{error}");
}

#[tokio::test]
async fn faults_strike_as_often_as_asked_and_a_nonce_posts_once() {
    let double = Double::start().await;
    let guild = double.guild("Trade desk");
    let channel = double.channel(guild, "news");
    let http = http(&double);
    let place = serenity::all::ChannelId::new(channel.0);
    let post = |nonce: &str| {
        let nonce = serenity::all::Nonce::String(nonce.to_owned());
        let message = CreateMessage::new().content("news").allowed_mentions(quiet());
        place.send_message(&http, message.nonce(nonce).enforce_nonce(true))
    };
    double.fail_next(Route::CreateMessage, Fault::RateLimited { retry_after: 0.2, global: false });
    post("a").await.unwrap_err();
    post("a").await.unwrap();
    assert_eq!(double.posts(channel).len(), 1);

    double.fail_next(Route::CreateMessage, Fault::DropBefore);
    post("b").await.unwrap_err();
    assert_eq!(double.posts(channel).len(), 1);
    double.fail_next(Route::CreateMessage, Fault::DropAfter);
    post("b").await.unwrap_err();
    assert_eq!(double.posts(channel).len(), 2);
    let again = post("b").await.unwrap();
    assert_eq!(again.id.get(), double.posts(channel)[1].id.0);
    assert_eq!(double.posts(channel).len(), 2);

    for (fault, code) in [
        (Fault::MissingAccess, "Missing Access"),
        (Fault::MissingPermissions, "Missing Permissions"),
        (Fault::UnknownChannel, "Unknown Channel"),
    ] {
        double.fail_next(Route::CreateMessage, fault);
        assert!(post("c").await.unwrap_err().to_string().contains(code));
    }
    double.fail_next(Route::CreateMessage, Fault::ServerError(502));
    post("c").await.unwrap_err();
    assert_eq!(double.faults_pending(), 0);

    double.set_bot_permissions(channel, permissions::VIEW_CHANNEL);
    assert!(post("d").await.unwrap_err().to_string().contains("Missing Permissions"));
    double.set_bot_permissions(channel, 0);
    assert!(post("d").await.unwrap_err().to_string().contains("Missing Access"));
    double.delete_channel(channel);
    assert!(post("d").await.unwrap_err().to_string().contains("Unknown Channel"));
    double.assert_clean();
}

#[tokio::test]
async fn files_of_a_multipart_body_are_served_again() {
    let double = Double::start().await;
    let guild = double.guild("Trade desk");
    let channel = double.channel(guild, "news");
    let message = CreateMessage::new()
        .allowed_mentions(quiet())
        .add_file(CreateAttachment::bytes("a;b\n1;2\n".as_bytes(), "table.csv"));
    let place = serenity::all::ChannelId::new(channel.0);
    let posted = place.send_message(http(&double), message).await.unwrap();
    assert_eq!(posted.attachments[0].download().await.unwrap(), b"a;b\n1;2\n");
    assert_eq!(double.posts(channel)[0].attachments[0].file.name, "table.csv");
    double.assert_clean();
}

/// A request as no library would send it.
pub(crate) async fn raw(double: &Double, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let method = method.parse().unwrap();
    let response = reqwest::Client::new()
        .request(method, format!("{}/api/v10{path}", double.api_url()))
        .header("Authorization", format!("Bot {}", double.token()))
        .header("Content-Type", "application/json")
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    assert!(response.headers().contains_key("x-ratelimit-bucket"));
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// Posting this body is refused, the error stands at this place of the tree, and the test would fail.
#[track_caller]
fn refused(answer: &(u16, Value), double: &Double, pointer: &str) {
    let (status, body) = answer;
    assert_eq!(*status, 400, "{body}");
    assert_eq!(body["code"], 50035, "{body}");
    assert!(body["errors"].pointer(&format!("{pointer}/_errors/0/code")).is_some(), "{pointer} in {body}");
    assert!(!double.take_violations().is_empty());
}

#[tokio::test]
async fn messages_beyond_the_limits_are_refused() {
    let double = Double::start().await;
    let guild = double.guild("Trade desk");
    let channel = double.channel(guild, "news");
    let path = format!("/channels/{channel}/messages");
    let button = |button: Value| json!({"components": [{"type": 1, "components": [button]}], "content": "x"});
    let field = |name: &str| json!({"embeds": [{"fields": [{"name": name, "value": "x"}]}]});
    for (body, pointer) in [
        (json!({"content": "x".repeat(2001)}), "/content"),
        (json!({"embeds": [{"title": "x".repeat(257)}]}), "/embeds/0/title"),
        (json!({"embeds": [{"description": "x".repeat(4097)}]}), "/embeds/0/description"),
        (json!({"embeds": [{"title": "x", "footer": {"text": "x".repeat(2049)}}]}), "/embeds/0/footer/text"),
        (json!({"embeds": vec![json!({"description": "x".repeat(3001)}); 2]}), "/embeds"),
        (json!({"embeds": vec![json!({"title": "x"}); 11]}), "/embeds"),
        (json!({"embeds": [{"fields": vec![json!({"name": "x", "value": "x"}); 26]}]}), "/embeds/0/fields"),
        (json!({"embeds": [{"color": 1}]}), "/embeds/0"),
        (json!({"embeds": [{"title": "x", "url": "ftp://x"}]}), "/embeds/0/url"),
        (field(" "), "/embeds/0/fields/0/name"),
        (button(json!({"type": 2, "style": 1, "label": "x"})), "/components/0/components/0/custom_id"),
        (button(json!({"type": 2, "style": 5, "label": "x"})), "/components/0/components/0/url"),
        (
            button(json!({"type": 2, "style": 1, "label": "x", "custom_id": "x".repeat(101)})),
            "/components/0/components/0/custom_id",
        ),
        (json!({"content": "x", "nonce": "x".repeat(26)}), "/nonce"),
        (json!({"content": "x", "flags": 64}), "/flags"),
    ] {
        let answer = raw(&double, "POST", &path, &body).await;
        refused(&answer, &double, pointer);
    }
    let (status, empty) = raw(&double, "POST", &path, &json!({"content": " "})).await;
    assert_eq!((status, &empty["code"]), (400, &json!(50006)));
    assert!(!double.take_violations().is_empty());
    assert!(double.posts(channel).is_empty());

    let (status, _) = raw(&double, "POST", &path, &json!({"content": "x".repeat(2000)})).await;
    assert_eq!(status, 200);
    assert_eq!(double.take_violations(), []);
    assert!(!double.mentions_left_on().is_empty(), "no allowed_mentions, no mention of it");
}

#[tokio::test]
async fn commands_beyond_the_limits_are_refused() {
    let double = Double::start().await;
    let path = format!("/applications/{}/commands", double.bot());
    let with = |option: Value| json!([{"name": "x", "description": "x", "options": [option]}]);
    let text = |name: &str| json!({"type": 3, "name": name, "description": "x"});
    let many: Vec<Value> = (0..26).map(|at| text(&format!("o{at}"))).collect();
    let mut late = [text("a"), text("b")];
    late[1]["required"] = true.into();
    let mut torn = text("a");
    torn["autocomplete"] = true.into();
    torn["choices"] = json!([{"name": "x", "value": "x"}]);
    let heavy: Vec<Value> = (0..25)
        .map(|at| {
            let choices: Vec<Value> =
                (0..5).map(|c| json!({"name": format!("{c}"), "value": "v".repeat(90)})).collect();
            json!({"type": 3, "name": format!("o{at}"), "description": "x", "choices": choices})
        })
        .collect();
    for (body, pointer) in [
        (json!([{"name": "Upper", "description": "x"}]), "/0/name"),
        (json!([{"name": "two words", "description": "x"}]), "/0/name"),
        (json!([{"name": "x", "description": ""}]), "/0/description"),
        (json!([{"name": "x", "description": "x".repeat(101)}]), "/0/description"),
        (json!([{"name": "x", "description": "x", "options": many}]), "/0/options"),
        (json!([{"name": "x", "description": "x", "options": late}]), "/0/options/1"),
        (json!([{"name": "x", "description": "x"}, {"name": "x", "description": "y"}]), "/1/name"),
        (json!([{"name": "x", "description": "x", "options": heavy}]), "/0"),
        (with(torn), "/0/options/0"),
        (
            with(json!({"type": 4, "name": "n", "description": "x", "min_length": 2})),
            "/0/options/0/min_length",
        ),
    ] {
        let answer = raw(&double, "PUT", &path, &body).await;
        refused(&answer, &double, pointer);
    }
    let hundred: Vec<Value> =
        (0..101).map(|at| json!({"name": format!("c{at}"), "description": "x"})).collect();
    let (status, _) = raw(&double, "PUT", &path, &json!(hundred)).await;
    assert_eq!(status, 400);
    assert!(double.registered_commands().is_empty());
    let (status, stored) = raw(&double, "PUT", &path, &json!([{"name": "größe", "description": "x"}])).await;
    assert_eq!((status, &stored[0]["type"]), (200, &json!(1)), "{stored}");
}

#[tokio::test]
async fn bodies_are_held_against_the_published_description() {
    if !attache_tests::discord::openapi::at_hand() {
        return;
    }
    let double = Double::start().await;
    let guild = double.guild("Trade desk");
    let path = format!("/channels/{}/messages", double.channel(guild, "news"));
    for (body, what) in [
        (json!({"content": "x", "contents": "y"}), "/contents"),
        (json!({"embeds": [{"title": "x", "colour": 3}]}), "/embeds/0/colour"),
        (json!({"content": 3}), "/content"),
        (
            json!({"content": "x", "allowed_mentions": {"parse": [], "reply": true}}),
            "/allowed_mentions/reply",
        ),
    ] {
        raw(&double, "POST", &path, &body).await;
        let found = double.take_violations();
        assert!(found.iter().any(|it| it.rule == "openapi" && it.detail.starts_with(what)), "{found:#?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_come_once_and_in_time() {
    let (double, _, channel, user) = connected().await;
    let answer = double.slash(user, channel, "/panel").await;
    let callback = double.requests_on(Route::Callback).pop().unwrap();
    let (status, body) = raw(&double, "POST", &callback.path, &json!({"type": 5})).await;
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
    assert_eq!(double.take_violations().len(), 1);

    let token = callback.path.split('/').nth(3).unwrap().to_owned();
    let edit = format!("/webhooks/{}/{token}/messages/@original", double.bot());
    let (status, _) = raw(&double, "PATCH", &edit, &json!({"content": "page 3"})).await;
    assert_eq!(status, 200);
    assert_eq!(double.message(answer.message().id).unwrap().content, "page 3");
    double.advance(Duration::from_secs(15 * 60));
    let (status, body) = raw(&double, "PATCH", &edit, &json!({"content": "page 4"})).await;
    assert_eq!((status, &body["code"]), (401, &json!(50027)));
    assert_eq!(double.take_violations().len(), 1);

    double.set_patience(Patience { first_answer: Duration::ZERO, token: Duration::from_secs(900) });
    let id = double.send(user, channel, &Act::slash("panel"));
    double.wait_for_requests(Route::Callback, 3, SOON).await;
    while double.violations().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(double.answers(id).is_empty());
    assert!(double.take_violations()[0].detail.contains("first answer after"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "has no option")]
async fn discords_client_knows_the_options() {
    let (double, _, channel, user) = connected().await;
    double.slash(user, channel, "/tariffs status colour:red").await;
}
