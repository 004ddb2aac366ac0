//! One interaction: who asks, what was asked, the work, the answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use poise::{ApplicationContext, BoxFuture, FrameworkError};
use serenity::all::{CreateAutocompleteResponse, ResolvedValue};
use tokio::sync::OwnedRwLockReadGuard;

use super::StartError;
use super::access::{caller, permit};
use super::answers::{Answers, At};
use super::args::{self, Given};
use super::framework::{Data, Leaf};
use super::incident::Incident;
use super::respond::{Laid, Reply, only};
use crate::command::{Access, Args, Body, Call, Caller, Fault, OptKind};
use crate::locale::Locale;
use crate::operator::health::{Busy, health};
use crate::operator::metrics;
use crate::reply::{Button, Show, Step};

/// Longest a command may work.
const WORK: Duration = Duration::from_secs(120);
/// An answer that takes longer than this is promised first: Discord waits three seconds for one.
const AT_ONCE: Duration = Duration::from_millis(1500);
/// Longest suggestions may take; Discord waits three seconds.
const SUGGEST: Duration = Duration::from_millis(2000);
/// Suggestions Discord shows, and the longest one.
const SUGGESTIONS: usize = 25;
const SUGGESTION: usize = 100;

pub(super) type Context<'a> = ApplicationContext<'a, Data, StartError>;

/// Every slash command's action.
pub(super) fn slash(ctx: Context<'_>) -> BoxFuture<'_, Result<(), FrameworkError<'_, Data, StartError>>> {
    Box::pin(async move {
        answer(ctx).await;
        Ok(())
    })
}

/// Every option's suggestions.
pub(super) fn suggest<'a>(ctx: Context<'a>, typed: &'a str) -> BoxFuture<'a, CreateAutocompleteResponse> {
    Box::pin(async move {
        let mut response = CreateAutocompleteResponse::new();
        for suggestion in suggestions(ctx, typed).await {
            response = response.add_string_choice(suggestion.clone(), suggestion);
        }
        response
    })
}

async fn answer(ctx: Context<'_>) {
    let interaction = ctx.interaction;
    let turn = Turn::begin(ctx.framework.user_data, interaction.user.id.get()).await;
    let reply = Reply {
        http: &ctx.framework.serenity_context.http,
        id: interaction.id,
        token: &interaction.token,
        user: interaction.user.id.get(),
    };
    let name = ctx.command().qualified_name.as_ref();
    let outcome = match turn.held_back(reply).await {
        Some(told) => told,
        None => match prepare(ctx) {
            Ok(prepared) => work(ctx, reply, prepared).await,
            Err(fault) => reply.say(&shown(name, &fault)).await.map(|()| "refused"),
        },
    };
    turn.end(name, outcome);
}

/// An interaction that is worked on, whatever kind it is: shutdown and health know of it until it ends.
pub(super) struct Turn<'d> {
    data: &'d Data,
    user: u64,
    started: Instant,
    _busy: (OwnedRwLockReadGuard<()>, Busy),
}

impl<'d> Turn<'d> {
    /// Begins to work for a user.
    pub(super) async fn begin(data: &'d Data, user: u64) -> Self {
        let _busy = (data.in_flight.enter().await, health().work());
        Self { data, user, started: Instant::now(), _busy }
    }

    /// Tells a user who asks too often to wait; `None` where they need not.
    pub(super) async fn held_back(&self, reply: Reply<'_>) -> Option<serenity::Result<&'static str>> {
        let cooldown = &self.data.cooldown;
        let wait = cooldown.take(self.user, self.started).err()?;
        Some(reply.say(&cooldown.message(wait)).await.map(|()| "told to wait"))
    }

    /// Logs how it ended.
    pub(super) fn end(self, name: &str, outcome: serenity::Result<&'static str>) {
        let (user, took) = (self.user, self.started.elapsed());
        health().answered(outcome.is_ok());
        metrics::answer(name, outcome.as_ref().copied().unwrap_or("not delivered"), took);
        let ms = took.as_millis();
        match outcome {
            Ok(outcome) => tracing::info!(command = name, user, ms, "{outcome}"),
            Err(error) => tracing::error!(command = name, user, ms, "the answer was not delivered: {error}"),
        }
    }
}

/// A request that may be worked on.
struct Prepared<'i> {
    leaf: Leaf,
    caller: Caller,
    given: Given<'i>,
}

fn prepare<'a>(ctx: Context<'a>) -> Result<Prepared<'a>, Fault> {
    let leaf = leaf(ctx).ok_or_else(|| Fault::user("Choose one of the subcommands."))?;
    let caller = caller(&ctx.framework.user_data.curators, ctx.interaction);
    permit(leaf, &caller, ctx.command().qualified_name.as_ref())?;
    let Body::Run { options, .. } = leaf.command.body else {
        return Err(Fault::user("Choose one of the subcommands."));
    };
    let given = args::read(options, ctx.args, &caller)?;
    Ok(Prepared { leaf, caller, given })
}

async fn work(ctx: Context<'_>, reply: Reply<'_>, prepared: Prepared<'_>) -> serenity::Result<&'static str> {
    let data = ctx.framework.user_data;
    let Prepared { leaf, caller, given: Given { mut args, files } } = prepared;
    let private = leaf.access != Access::Everyone || args.flag("private");
    let mut deferred = !files.is_empty();
    if deferred {
        reply.defer(private).await?;
    }
    for (name, attachment) in files {
        match data.fetcher.fetch(attachment).await {
            Ok(file) => args.set(name, file),
            Err(fault) => return refuse(ctx, reply, &fault).await,
        }
    }
    let name = ctx.command().qualified_name.as_ref();
    let locale = Locale::of(&ctx.interaction.locale);
    let job = run(data, Ready { name, leaf, caller, args, locale });
    tokio::pin!(job);
    let outcome = tokio::select! {
        // An answer that is kept needs no timer.
        biased;
        outcome = &mut job => outcome,
        () = tokio::time::sleep(AT_ONCE), if !deferred => {
            deferred = true;
            reply.defer(private).await?;
            job.await
        }
    };
    match outcome {
        Ok(laid) if !deferred => at_once(name, reply, &laid, private).await,
        Ok(laid) if laid.private && !private => {
            reply.fill_privately(&laid).await.map(|()| "answered in private")
        }
        Ok(laid) => fill(name, reply, &laid).await,
        Err(fault) if deferred => refuse(ctx, reply, &fault).await,
        Err(fault) => reply.answer(&only(&shown(name, &fault)), private).await.map(|()| "refused"),
    }
}

/// Gives the answer as the first and only one; where Discord refuses it, at least says so under a
/// number.
pub(super) async fn at_once(
    name: &str,
    reply: Reply<'_>,
    laid: &Laid,
    private: bool,
) -> serenity::Result<&'static str> {
    match reply.answer(laid, private || laid.private).await {
        Ok(()) => Ok("answered"),
        Err(error) => {
            let fault = Fault::Internal(Box::new(error));
            reply.say(&shown(name, &fault)).await.map(|()| "refused")
        }
    }
}

/// Fills the answer; where Discord refuses it, at least says so under a number.
pub(super) async fn fill(name: &str, reply: Reply<'_>, laid: &Laid) -> serenity::Result<&'static str> {
    match reply.fill(laid).await {
        Ok(()) => Ok("answered"),
        Err(error) => {
            let fault = Fault::Internal(Box::new(error));
            reply.fill(&only(&shown(name, &fault))).await.map(|()| "refused")
        }
    }
}

async fn refuse(ctx: Context<'_>, reply: Reply<'_>, fault: &Fault) -> serenity::Result<&'static str> {
    reply.fill(&only(&shown(ctx.command().qualified_name.as_ref(), fault))).await.map(|()| "refused")
}

/// A call that may be made.
pub(super) struct Ready<'n> {
    /// The command's name.
    pub(super) name: &'n str,
    pub(super) leaf: Leaf,
    pub(super) caller: Caller,
    pub(super) args: Args,
    pub(super) locale: Locale,
}

/// The answer to a call, laid out: one that was given before, where nothing it rests on has changed,
/// or a new one.
pub(super) async fn run(data: &Data, call: Ready<'_>) -> Result<Arc<Laid>, Fault> {
    if call.leaf.access != Access::Everyone {
        return work_out(data, call).await.map(Arc::new);
    }
    let at = At::of(&data.app);
    let asked = Answers::asked(call.name, &call.args, call.locale);
    if let Some(laid) = data.answers.given(at, &asked) {
        return Ok(laid);
    }
    let laid = Arc::new(work_out(data, call).await?);
    // What was stored meanwhile may be in it or not.
    if At::of(&data.app) == at {
        data.answers.keep(at, asked, &laid);
    }
    Ok(laid)
}

/// Runs the command where it may block, lays its answer out, and takes a panic for what it is: our
/// fault.
async fn work_out(data: &Data, call: Ready<'_>) -> Result<Laid, Fault> {
    let Ready { name, leaf, caller, args, locale } = call;
    let Body::Run { run, .. } = leaf.command.body else {
        return Err(Fault::user("Choose one of the subcommands."));
    };
    let (app, path) = (Arc::clone(&data.app), name.to_owned());
    let before = data.app.store.commits().ok();
    let job = tokio::task::spawn_blocking(move || {
        let now = app.clock.now();
        let mut answer = run(&Call { app: &app, caller: &caller, args: &args, now })?;
        answer.as_of = Some(now);
        answer.updated = app.store.newest()?.1;
        if args.flag("private") && leaf.access == Access::Everyone {
            let open = Step::again(&path, &args).without("private");
            answer
                .controls
                .push(Button { show: Show::Openly, ..Button::here("Show everybody", open) }.into());
        }
        Ok(Laid::of(answer, locale, &|line| app.store.keep_call(line, now))?)
    });
    let answer = match tokio::time::timeout(WORK, job).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(panic)) => Err(Fault::Internal(Box::new(panic))),
        Err(late) => Err(Fault::Internal(Box::new(late))),
    };
    // What a command stored may be waiting to be delivered.
    if data.app.store.commits().ok() != before {
        data.wake.notify_one();
    }
    answer
}

/// What the asker is told; what is ours is logged under the number the asker sees.
pub(super) fn shown(command: &str, fault: &Fault) -> String {
    match fault {
        Fault::User(text) => text.clone(),
        Fault::Internal(error) => {
            let incident = Incident::new();
            tracing::error!(command, %incident, "{}", chain(error.as_ref()));
            incident.message()
        }
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

async fn suggestions(ctx: Context<'_>, typed: &str) -> Vec<String> {
    let data = ctx.framework.user_data;
    let focused = ctx.args.iter().find(|one| matches!(one.value, ResolvedValue::Autocomplete { .. }));
    let Some((leaf, focused)) = leaf(ctx).zip(focused) else { return Vec::new() };
    let Body::Run { options, .. } = leaf.command.body else { return Vec::new() };
    let complete = options.iter().find(|opt| opt.name == focused.name).and_then(|opt| match opt.kind {
        OptKind::Text { complete, .. } => complete,
        _ => None,
    });
    let Some(complete) = complete else { return Vec::new() };
    if !caller(&data.curators, ctx.interaction).may(leaf.access) {
        return Vec::new();
    }
    let (app, typed) = (Arc::clone(&data.app), typed.to_owned());
    let job = tokio::task::spawn_blocking(move || complete(&app, &typed));
    match tokio::time::timeout(SUGGEST, job).await {
        Ok(Ok(suggestions)) => presentable(suggestions),
        Ok(Err(panic)) => {
            tracing::error!(incident = %Incident::new(), "suggestions: {panic}");
            Vec::new()
        }
        Err(_) => {
            tracing::warn!(command = ctx.command().qualified_name.as_ref(), "suggestions took too long");
            Vec::new()
        }
    }
}

/// At most 25 different ones of 1 to 100 characters, as Discord takes them.
fn presentable(mut suggestions: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    suggestions.retain(|one| {
        let length = one.encode_utf16().count();
        (1..=SUGGESTION).contains(&length) && !one.trim().is_empty() && seen.insert(one.clone())
    });
    suggestions.truncate(SUGGESTIONS);
    suggestions
}

fn leaf(ctx: Context<'_>) -> Option<Leaf> {
    ctx.command().custom_data.downcast_ref::<Leaf>().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_fit_discord() {
        let many = (0..40).map(|n| n.to_string()).chain(["".into(), "x".repeat(101), "0".into()]);
        let kept = presentable(many.rev().collect());
        assert_eq!(kept.len(), 25);
        assert!(kept.iter().all(|one| !one.is_empty() && one.len() <= 100));
    }
}
