//! How a question was understood, in words.

use attache_extract::event::Act;
use attache_extract::{Intent, Subject, Turn, Vocabulary as _};

use super::Asked;

/// How a question was understood, with what was passed over in it.
pub(super) fn in_words(asked: &Asked) -> String {
    let reading = &asked.reading;
    if reading.is_empty() && !super::only_days(reading) {
        return "not understood".to_owned();
    }
    let mut parts = vec![
        match reading.subject {
            Subject::Tariffs => "duties as of a day",
            Subject::Tensions => "tensions as of a day",
            Subject::Deadlines => "what starts or ends",
            Subject::Comparison => "what differs between two days",
            Subject::Events => match reading.intent {
                Intent::Count => "how many events",
                Intent::When | Intent::Latest => "the latest event",
                Intent::First => "the earliest event",
                Intent::Who => "who took part in events",
                Intent::Whether => "whether there is an event",
                Intent::Why | Intent::List => "events",
            },
        }
        .to_owned(),
    ];
    let list =
        |name: &str, items: Vec<String>| (!items.is_empty()).then(|| format!("{name} {}", items.join(", ")));
    parts.extend(list("of kind", reading.kinds.iter().map(|kind| kind.as_str().replace('_', " ")).collect()));
    parts.extend(list(
        "form",
        reading.acts.iter().map(Act::subtype).map(|word| word.replace('_', " ")).collect(),
    ));
    parts.extend(list("which are", reading.statuses.iter().map(|s| s.as_str().to_owned()).collect()));
    parts.extend(list("at the level", reading.levels.iter().map(|l| l.as_str().replace('_', " ")).collect()));
    parts.extend(reading.turn.map(|turn| match turn {
        Turn::Announced => "when announced".to_owned(),
        Turn::Signed => "signed".to_owned(),
        Turn::Effective => "when in effect".to_owned(),
        Turn::Expires => "when it ends".to_owned(),
    }));
    match (reading.actor, reading.recipient) {
        (Some(actor), Some(on)) => parts.push(format!("by {actor} on {on}")),
        (Some(actor), None) => parts.push(format!("by {actor}")),
        (None, Some(on)) => parts.push(format!("on {on}")),
        (None, None) => {}
    }
    let others = reading.states.iter().filter(|c| ![reading.actor, reading.recipient].contains(&Some(**c)));
    parts.extend(list("with", others.map(ToString::to_string).collect()));
    parts.extend(list(
        "naming",
        reading.people.iter().chain(&reading.offices).chain(&reading.bodies).cloned().collect(),
    ));
    parts.extend(list("about", reading.topics.clone()));
    parts.extend(list("in", reading.places.clone()));
    parts.extend(list("with the words", reading.unknown.iter().chain(&asked.found).cloned().collect()));
    parts.extend(match (reading.since, reading.until) {
        (Some(from), Some(to)) if from == to => Some(format!("on {from}")),
        (Some(from), Some(to)) => Some(format!("between {from} and {to}")),
        (Some(from), None) => Some(format!("since {from}")),
        (None, Some(to)) => Some(format!("until {to}")),
        (None, None) => None,
    });
    parts.extend(reading.mended.iter().map(|(typed, word)| format!("“{typed}” taken for “{word}”")));
    parts.extend(list("not understood:", asked.unread.clone()));
    parts.join("; ")
}
