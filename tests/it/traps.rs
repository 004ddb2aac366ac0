//! Traps of Discord and its libraries that somebody met, each with the test that would catch it again.

use std::fs;
use std::path::Path;

/// What once went wrong, and the tests that see it.
const TRAPS: &[(&str, &[&str])] = &[
    (
        "a base address is ignored while the rate limiter is on",
        &[
            "an_override_behind_the_rate_limiter_is_not_in_force",
            "an_override_in_force_is_used_without_a_rate_limiter",
        ],
    ),
    ("with the limiter off a 429 loses how long to wait", &["the_wait_discord_asks_for_is_read"]),
    (
        "the real gateway is taken where the configured one is not named",
        &[
            "another_gateway_than_configured_ends_it_before_the_token_is_sent",
            "another_gateway_than_the_configs_ends_it_before_the_token_is_sent",
            "only_discords_own_gateway_is_discords",
        ],
    ),
    ("no request times out by itself", &["a_channel_that_never_answers_delays_no_other"]),
    ("no 5xx is tried again by itself", &["failures_that_pass_end_in_one_message"]),
    ("a global limit holds no other route", &["a_global_limit_holds_every_channel_and_no_answer"]),
    (
        "a lost session is begun anew, with controls that were shown before",
        &[
            "it_comes_back_after_a_reconnect_a_cut_and_a_lost_session",
            "what_was_shown_before_a_new_session_still_works_after_it",
        ],
    ),
    ("errors and spans hold tokens", &["no_token_is_ever_in_the_log_however_much_it_says"]),
    (
        "events that cannot be read are dropped in silence",
        &["no_token_is_ever_in_the_log_however_much_it_says"],
    ),
    (
        "mentions of users are on by default",
        &["a_message_carries_its_nonce_and_no_mentions", "a_hostile_sentence_arrives_as_plain_words"],
    ),
    (
        "pages are kept in memory and anybody may turn them",
        &["pages_turn_across_a_restart", "a_stranger_gets_an_answer_of_their_own"],
    ),
    ("a bot whose registration failed is online and dead", &["a_bot_that_cannot_register_ends_with_a_word"]),
    (
        "lengths and counts are checked by Discord alone",
        &[
            "the_shipped_commands_keep_every_limit",
            "controls_fit_discord_at_every_edge",
            "the_bot_stays_within_every_limit_however_much_there_is",
        ],
    ),
    (
        "an answer after a promise comes by either of two routes",
        &["controls_modals_message_commands_and_direct_messages_work"],
    ),
    (
        "a nonce is known for some minutes only, and is cut at 25 characters",
        &[
            "what_an_earlier_try_posted_is_found_and_not_posted_again",
            "a_message_carries_its_nonce_and_no_mentions",
        ],
    ),
    ("an answer has three seconds, its token fifteen minutes", &["answers_come_once_and_in_time"]),
    ("a promise takes no content, suggestions cannot be promised", &["answers_come_once_and_in_time"]),
    (
        "messages of an hour ago take few edits (30046)",
        &["where_discord_takes_no_more_edits_the_message_comes_anew"],
    ),
    (
        "the published description lets pass what Discord refuses",
        &[
            "messages_beyond_the_limits_are_refused",
            "messages_are_taken_up_to_each_limit_and_not_beyond",
            "commands_are_taken_up_to_each_limit_and_not_beyond",
            "forms_and_suggestions_are_taken_up_to_each_limit_and_not_beyond",
        ],
    ),
    ("misspelt keys pass", &["bodies_are_held_against_the_published_description"]),
    ("privileged intents", &["it_asks_for_no_privileged_intent_and_ends_politely"]),
    ("threads do not inherit the right to write", &["a_thread_needs_a_right_of_its_own"]),
    ("default permissions are only a default", &["who_has_no_right_changes_nothing_by_any_way"]),
    (
        "access lost is no reason to forget a subscription",
        &[
            "a_channel_without_permission_is_paused_and_the_others_are_served",
            "a_server_that_was_left_and_joined_again_has_lost_nothing",
            "a_locked_post_is_left_alone_and_its_story_goes_on_in_another",
        ],
    ),
    ("a bot that is online and silent", &["health_tells_a_bot_that_is_online_and_silent"]),
];

fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn each_trap_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = String::new();
    sources(&root.join("tests/it"), &mut all);
    sources(&root.join("crates/attache-bot/src"), &mut all);
    for (trap, tests) in TRAPS {
        for test in *tests {
            assert!(all.contains(&format!("fn {test}()")), "{trap}: there is no test {test}");
        }
    }
}
