//! "Extract events", a command of a message's menu: shows, to who asked alone, what the bot would
//! store from a message, the pages it links to and its attachments. Nothing is stored.

use std::sync::Arc;

use jiff::Timestamp;
use poise::{BoxFuture, FrameworkError};
use serde_json::{Value, json};
use serenity::all::Message;

use super::StartError;
use super::dispatch::{Context, Turn, shown};
use super::framework::Data;
use super::respond::{Laid, Reply, only};
use crate::command::{Args, Call, Fault, POSTED, Value as Given};
use crate::commands;
use crate::intake::link;
use crate::locale::Locale;
use crate::reply::{Answer, Block, Rich};

/// Its name in the menu.
pub(super) const NAME: &str = "Extract events";
/// Its name for who reads Chinese.
const CHINESE: &str = "提取事件";
/// Attachments that are read.
const FILES: usize = 3;
/// Links whose pages are read.
const LINKS: usize = 3;

/// As it is registered: it works wherever there are messages.
pub(super) fn registration() -> Value {
    json!({
        "type": 3, "name": NAME, "name_localizations": { "en-US": NAME, "zh-CN": CHINESE },
        "integration_types": [0, 1], "contexts": [0, 1, 2],
    })
}

/// The command as poise dispatches it.
pub(super) fn command() -> poise::Command<Data, StartError> {
    poise::Command {
        name: NAME.into(),
        qualified_name: NAME.into(),
        identifying_name: NAME.into(),
        source_code_name: NAME.into(),
        context_menu_name: Some(NAME.into()),
        context_menu_action: Some(poise::ContextMenuCommandAction::Message(asked)),
        ..poise::Command::default()
    }
}

fn asked(
    ctx: Context<'_>,
    message: Message,
) -> BoxFuture<'_, Result<(), FrameworkError<'_, Data, StartError>>> {
    Box::pin(async move {
        let data = ctx.framework.user_data;
        let interaction = ctx.interaction;
        let http = &ctx.framework.serenity_context.http;
        let user = interaction.user.id.get();
        let reply = Reply { http, id: interaction.id, token: &interaction.token, user };
        let turn = Turn::begin(data, user).await;
        let outcome = match turn.held_back(reply).await {
            Some(told) => told,
            None => answer(data, reply, &message, Locale::of(&interaction.locale)).await,
        };
        turn.end(NAME, outcome);
        Ok(())
    })
}

async fn answer(
    data: &Data,
    reply: Reply<'_>,
    message: &Message,
    locale: Locale,
) -> serenity::Result<&'static str> {
    reply.defer(true).await?;
    let told = match read(data, message).await {
        Ok(texts) => preview(data, texts, locale).await,
        Err(fault) => Err(fault),
    };
    match told {
        Ok(laid) => reply.fill(&laid).await.map(|()| "answered"),
        Err(fault) => reply.fill(&only(&shown(NAME, &fault))).await.map(|()| "refused"),
    }
}

/// The addresses in a message, each once, as they are typed: bare, in angle brackets or behind words.
fn links(content: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let starts = content.match_indices("http").map(|(at, _)| at);
    for rest in starts.filter_map(|at| content.get(at..)).filter(|rest| link::is_link(rest)) {
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '|' | '"' | '`' | ']');
        let whole = rest.split(ends).next().unwrap_or(rest);
        // A bracket belongs to the address only where it was opened in it.
        let open = |c: char| whole.matches(c).count();
        let closed = if open('(') < open(')') {
            whole.split_once(')').map_or(whole, |(start, _)| start)
        } else {
            whole
        };
        let address = closed.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// What a message says beside the addresses in it.
fn said_beside(content: &str, links: &[&str]) -> bool {
    let bare = links.iter().fold(content.to_owned(), |text, link| text.replace(link, " "));
    bare.chars().any(char::is_alphanumeric)
}

/// The message's own text, the pages behind its links and its attachments, each as the options of an
/// ingest that stores nothing. What does not come says why, and the others are read.
async fn read(data: &Data, message: &Message) -> Result<Vec<(String, Result<Args, String>)>, Fault> {
    let posted = message.timestamp.unix_timestamp();
    let day = Timestamp::from_second(posted).map(|at| at.strftime("%Y-%m-%d").to_string());
    let day = day.map_err(|error| Fault::Internal(Box::new(error)))?;
    let one = |name: &str, option: &str, value: Given| {
        let mut args = Args::default();
        args.set(option, value);
        args.set(POSTED, Given::Text(day.clone()));
        args.set("dry_run", Given::Flag(true));
        (name.to_owned(), Ok(args))
    };
    let mut texts = Vec::new();
    let links = links(&message.content);
    if said_beside(&message.content, &links) {
        texts.push(one("The message", "text", Given::Text(message.content.clone())));
    }
    for link in links.into_iter().take(LINKS) {
        texts.push(one(link, "url", Given::Text(link.to_owned())));
    }
    for attachment in message.attachments.iter().take(FILES) {
        match data.fetcher.fetch(attachment).await {
            Ok(file) => texts.push(one(&attachment.filename, "file", file)),
            Err(Fault::User(why)) => texts.push((attachment.filename.to_string(), Err(why))),
            Err(fault) => return Err(fault),
        }
    }
    if texts.is_empty() {
        return Err(Fault::user("This message has no text, no link and no attachment to read."));
    }
    Ok(texts)
}

async fn preview(
    data: &Data,
    texts: Vec<(String, Result<Args, String>)>,
    locale: Locale,
) -> Result<Laid, Fault> {
    let app = Arc::clone(&data.app);
    let job = tokio::task::spawn_blocking(move || {
        let now = app.clock.now();
        let mut whole = Answer { private: true, ..Answer::default() };
        for (name, args) in texts {
            let done = args.map_err(Fault::User).and_then(|args| {
                let call = Call { app: &app, caller: &crate::command::Caller::Operator, args: &args, now };
                commands::run(&call, &["admin", "ingest"], args.clone())
            });
            match done {
                Ok(answer) => {
                    whole.blocks.push(Block::Heading(format!("{name}: {}", answer.title)));
                    whole.blocks.extend(answer.blocks);
                    whole.notes.extend(answer.notes);
                }
                Err(Fault::User(why)) => {
                    whole.blocks.push(Block::Heading(name));
                    whole.blocks.push(Block::Line(Rich::text(why)));
                }
                Err(fault) => return Err(fault),
            }
        }
        "What would be stored from this message".clone_into(&mut whole.title);
        let note = "Nothing was stored. Days are counted from the day a file gives, else from the day the \
                    message was posted.";
        whole.notes.push(note.to_owned());
        Ok(Laid::of(whole, locale, &|line| app.store.keep_call(line, now))?)
    });
    job.await.map_err(|panic| Fault::Internal(Box::new(panic)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, expected: &[&str], beside: bool) {
        let found = links(content);
        assert_eq!(found, expected, "{content}");
        assert_eq!(said_beside(content, &found), beside, "{content}");
    }

    #[test]
    fn links_are_found_as_people_type_them() {
        check("see https://a.example/x?y=1.", &["https://a.example/x?y=1"], true);
        check("<https://a.example/x>", &["https://a.example/x"], false);
        check("[read](https://a.example/x) HTTPS://A.example", &["https://a.example/x"], true);
        check("https://a.example/w_(x) https://a.example/w_(x)", &["https://a.example/w_(x)"], false);
        check("no link, not http:/x", &[], true);
    }
}
