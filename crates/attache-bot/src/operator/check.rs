//! What `attache check` asks Discord: whether the token is good, what the application may, and whether
//! the bot may post where somebody subscribed.

use std::collections::BTreeSet;

use attache_store::Subscription;
use serde_json::Value;

use crate::discord::{self, StartError};

/// One line of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Nothing to do here.
    pub(crate) good: bool,
    /// In words.
    pub(crate) text: String,
}

/// The rights a channel needs, with their names in Discord's settings.
const NEEDED: [(u64, &str); 3] =
    [(1 << 10, "View Channel"), (1 << 11, "Send Messages"), (1 << 14, "Embed Links")];
/// Posting in threads, instead of in channels.
const IN_THREADS: (u64, &str) = (1 << 38, "Send Messages in Threads");
const ADMINISTRATOR: u64 = 1 << 3;
/// Flags of an application whose privileged intents are switched on.
const PRIVILEGED: [(u64, &str); 3] =
    [(0b11 << 12, "Presence"), (0b11 << 14, "Server Members"), (0b11 << 18, "Message Content")];

fn good(text: impl Into<String>) -> Finding {
    Finding { good: true, text: text.into() }
}

fn bad(text: impl Into<String>) -> Finding {
    Finding { good: false, text: text.into() }
}

/// Asks Discord about the token and each channel somebody subscribed.
pub(crate) async fn ask(settings: &discord::Settings, subscriptions: &[Subscription]) -> Vec<Finding> {
    let inquiry = match discord::Inquiry::open(settings).await {
        Ok(inquiry) => inquiry,
        Err(error) => return vec![bad(format!("Discord: {error}"))],
    };
    let application = match inquiry.get("applications/@me").await {
        Ok((200, application)) => application,
        Ok((401, _)) => return vec![bad(format!("token: {}", StartError::Token))],
        Ok((status, _)) => return vec![bad(format!("token: Discord answered {status}"))],
        Err(why) => return vec![bad(format!("Discord: {why}"))],
    };
    let name = application["name"].as_str().unwrap_or("?");
    let id = application["id"].as_str().unwrap_or_default().to_owned();
    let mut findings = vec![good(format!("token: good, of the application {name} ({id})"))];
    findings.push(intents(application["flags"].as_u64().unwrap_or(0)));
    findings.extend(installations(&application["integration_types_config"]));
    let bot = application["bot"]["id"].as_str().map_or_else(|| id.clone(), str::to_owned);
    let mut seen = BTreeSet::new();
    for subscription in subscriptions {
        if seen.insert(subscription.channel) {
            findings.push(channel(&inquiry, &bot, subscription.channel).await);
        }
    }
    if seen.is_empty() {
        findings.push(good("channels: nobody subscribed yet"));
    }
    findings
}

fn intents(flags: u64) -> Finding {
    let on: Vec<&str> =
        PRIVILEGED.iter().filter(|(bits, _)| flags & bits != 0).map(|(_, name)| *name).collect();
    if on.is_empty() {
        return good("intents: none that needs approval is switched on, and none is needed");
    }
    good(format!("intents: {} switched on in the developer portal; the bot does not need it", on.join(", ")))
}

fn installations(config: &Value) -> Option<Finding> {
    let offered = config.as_object()?;
    let missing: Vec<&str> = [("0", "Guild Install"), ("1", "User Install")]
        .iter()
        .filter(|(key, _)| !offered.contains_key(*key))
        .map(|(_, name)| *name)
        .collect();
    Some(match missing.as_slice() {
        [] => good("installation: for servers and for users"),
        missing => bad(format!(
            "installation: {} is switched off in the developer portal, page Installation",
            missing.join(" and ")
        )),
    })
}

async fn channel(inquiry: &discord::Inquiry, bot: &str, id: u64) -> Finding {
    let place = format!("channel {id}");
    let found = match inquiry.get(&format!("channels/{id}")).await {
        Ok((200, channel)) => channel,
        Ok((403, _)) => return bad(format!("{place}: the bot cannot see it; give it View Channel there")),
        Ok((404, _)) => return bad(format!("{place}: it does not exist any more; end its subscriptions")),
        Ok((status, _)) => return bad(format!("{place}: Discord answered {status}")),
        Err(why) => return bad(format!("{place}: {why}")),
    };
    let place = format!("{place} (#{})", found["name"].as_str().unwrap_or("?"));
    let Some(guild) = found["guild_id"].as_str() else { return good(format!("{place}: a conversation")) };
    let thread = matches!(found["type"].as_u64(), Some(10..=12));
    // A thread has its parent's rights.
    let holder = match found["parent_id"].as_str().filter(|_| thread) {
        Some(parent) => match inquiry.get(&format!("channels/{parent}")).await {
            Ok((200, parent)) => parent,
            _ => found.clone(),
        },
        None => found.clone(),
    };
    let (roles, member) = match (
        inquiry.get(&format!("guilds/{guild}/roles")).await,
        inquiry.get(&format!("guilds/{guild}/members/{bot}")).await,
    ) {
        (Ok((200, roles)), Ok((200, member))) => (roles, member),
        _ => return bad(format!("{place}: the bot is not in its server any more")),
    };
    let rights = rights(guild, bot, &roles, &member["roles"], &holder["permission_overwrites"]);
    let mut needed = NEEDED;
    if thread {
        needed[1] = IN_THREADS;
    }
    let missing: Vec<&str> =
        needed.iter().filter(|(bit, _)| rights & bit == 0).map(|(_, name)| *name).collect();
    match missing.as_slice() {
        [] => good(format!("{place}: the bot may post there")),
        missing => bad(format!("{place}: the bot lacks {}", missing.join(", "))),
    }
}

/// What a member may do in a channel, by Discord's order: roles, then the channel's exceptions for
/// everyone, for roles, for the member.
fn rights(guild: &str, bot: &str, roles: &Value, own: &Value, exceptions: &Value) -> u64 {
    let bits = |value: &Value| value.as_str().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    let own: BTreeSet<&str> = own.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let held = |id: &str| id == guild || own.contains(id);
    let roles = roles.as_array().into_iter().flatten();
    let mut rights = roles
        .filter(|role| role["id"].as_str().is_some_and(held))
        .fold(0, |all, role| all | bits(&role["permissions"]));
    if rights & ADMINISTRATOR != 0 {
        return u64::MAX;
    }
    let exceptions: Vec<&Value> = exceptions.as_array().into_iter().flatten().collect();
    let mut apply = |applies: &dyn Fn(&str) -> bool| {
        let of: Vec<_> = exceptions.iter().filter(|one| one["id"].as_str().is_some_and(applies)).collect();
        let deny = of.iter().fold(0, |all, one| all | bits(&one["deny"]));
        let allow = of.iter().fold(0, |all, one| all | bits(&one["allow"]));
        rights = rights & !deny | allow;
    };
    apply(&|id| id == guild);
    apply(&|id| id != guild && own.contains(id));
    apply(&|id| id == bot);
    rights
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rights_are_added_up_in_discords_order() {
        let roles = json!([{"id": "1", "permissions": "1024"}, {"id": "2", "permissions": "2048"},
            {"id": "3", "permissions": "8"}]);
        let of = |own: Value, exceptions: Value| rights("1", "9", &roles, &own, &exceptions);
        assert_eq!(of(json!(["2"]), json!([])), 1024 | 2048);
        assert_eq!(of(json!(["3"]), json!([])), u64::MAX);
        let shut = json!([{"id": "1", "deny": "3072", "allow": "0"}]);
        assert_eq!(of(json!(["2"]), shut), 0);
        let open = json!([{"id": "1", "deny": "3072", "allow": "0"}, {"id": "2", "deny": "0", "allow": "1024"},
            {"id": "9", "deny": "0", "allow": "2048"}]);
        assert_eq!(of(json!(["2"]), open.clone()), 3072);
        assert_eq!(of(json!([]), open), 2048);
    }

    #[test]
    fn privileged_intents_are_named() {
        assert!(intents(0).text.contains("none that needs approval"));
        assert!(intents(1 << 19).text.contains("Message Content"));
    }
}
