//! A question, read with the lexicons of the articles.

use jiff::civil::Date;

use crate::event::{Act, Kind};
use crate::reading::{Intent, Reading};

/// What the words of a question ask for.
pub(crate) fn read(text: &str, today: Date) -> Reading {
    let lower = text.to_lowercase().replace(['’', '\''], " ");
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty()).collect();
    let has = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|w| w == phrase.as_slice())
    };
    let doc = crate::document::Document::read(text);
    let seen = crate::surroundings::read(&doc, &crate::article::Article::new(text, today));
    let mut out = Reading {
        intent: intent(&has),
        states: Vec::new(),
        people: Vec::new(),
        offices: Vec::new(),
        topics: Vec::new(),
        kinds: Vec::new(),
        acts: Vec::new(),
        period: None,
        negated: ["not", "never", "without", "no", "didn", "hasn", "isn"].iter().any(|w| has(w)),
        rest: Vec::new(),
    };
    let mut covered = vec![false; text.len()];
    let mut cover = |span: crate::span::Span| {
        if let Some(part) = covered.get_mut(span.range()) {
            part.fill(true);
        }
    };
    for who in seen.who.iter().flatten() {
        cover(who.span);
        if matches!(who.kind, crate::who::WhoKind::Person | crate::who::WhoKind::Body) {
            push(&mut out.people, who.name.clone());
        } else {
            push(&mut out.states, who.country);
        }
        push(&mut out.offices, who.office.clone());
    }
    for time in seen.times.iter().flatten() {
        cover(time.span);
        if let Some((start, end)) = time.date.and_then(|d| d.interval) {
            out.period = Some(out.period.map_or((start, end), |(a, b)| (a.min(start), b.max(end))));
        }
    }
    for (topic, span) in seen.topics.iter().flatten() {
        cover(*span);
        push(&mut out.topics, Some(topic.clone()));
    }
    acts(&has, &mut out);
    for token in doc.sentences.iter().flat_map(|s| &s.tokens) {
        let word = doc.slice(token.span).to_lowercase();
        let new = covered.get(token.span.start).is_some_and(|c| !c);
        if new
            && word.len() > 3
            && token.kind == crate::token::TokenKind::Word
            && !COMMON.contains(&word.as_str())
        {
            push(&mut out.rest, Some(word));
        }
    }
    out
}

const COMMON: &[&str] = &[
    "what", "when", "where", "which", "have", "does", "with", "between", "about", "there", "that", "this",
    "from", "were", "been", "many", "much", "happens", "happened", "last", "next", "first", "most", "recent",
    "recently", "since", "after", "before", "show", "list", "tell", "give", "their", "they", "them", "will",
    "would", "could", "should", "latest",
];

fn push<T: PartialEq>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item.filter(|i| !list.contains(i)) {
        list.push(item);
    }
}

fn intent(has: &impl Fn(&str) -> bool) -> Intent {
    let any = |list: &[&str]| list.iter().any(|p| has(p));
    if any(&["how many", "how often", "number of"]) {
        Intent::Count
    } else if any(&[
        "what happens",
        "expire",
        "expires",
        "run out",
        "runs out",
        "upcoming",
        "what comes",
        "next",
    ]) {
        Intent::Ahead
    } else if any(&["last", "latest", "most recent", "most recently"])
        && !any(&["last week", "last month", "last year"])
    {
        Intent::Latest
    } else if any(&["first", "earliest"]) {
        Intent::First
    } else if any(&["who", "whom", "with whom"]) {
        Intent::Who
    } else if any(&["when", "what date", "which day", "since when"]) {
        Intent::When
    } else if any(&["did", "has", "have", "is there", "are there", "was there", "were there"]) {
        Intent::Whether
    } else {
        Intent::List
    }
}

/// Kinds and subtypes by the words people use for them.
fn acts(has: &impl Fn(&str) -> bool, out: &mut Reading) {
    let words: &[(&str, Kind, Option<&str>)] = &[
        ("call", Kind::Engagement, Some("call")),
        ("calls", Kind::Engagement, Some("call")),
        ("phone", Kind::Engagement, Some("call")),
        ("video", Kind::Engagement, Some("video_call")),
        ("meet", Kind::Engagement, None),
        ("met", Kind::Engagement, None),
        ("meeting", Kind::Engagement, None),
        ("meetings", Kind::Engagement, None),
        ("talks", Kind::Engagement, None),
        ("talk", Kind::Engagement, None),
        ("spoke", Kind::Engagement, None),
        ("speak", Kind::Engagement, None),
        ("negotiations", Kind::Engagement, None),
        ("summit", Kind::Engagement, Some("summit")),
        ("visit", Kind::Engagement, Some("visit")),
        ("visited", Kind::Engagement, Some("visit")),
        ("engagement", Kind::Engagement, None),
        ("engagements", Kind::Engagement, None),
        ("tariff", Kind::TariffAction, None),
        ("tariffs", Kind::TariffAction, None),
        ("duty", Kind::TariffAction, None),
        ("duties", Kind::TariffAction, None),
        ("truce", Kind::TariffAction, Some("suspend")),
        ("suspension", Kind::TariffAction, Some("suspend")),
        ("tension", Kind::Tension, None),
        ("tensions", Kind::Tension, None),
        ("export controls", Kind::Tension, Some("export_control")),
        ("export control", Kind::Tension, Some("export_control")),
        ("sanctions", Kind::Tension, Some("sanction")),
        ("port fees", Kind::Tension, Some("port_fees")),
        ("entity list", Kind::Tension, Some("entity_listing")),
        ("investigation", Kind::Tension, Some("investigation")),
        ("warned", Kind::Tension, Some("warning")),
        ("condemned", Kind::Tension, Some("condemnation")),
        ("agreement", Kind::Agreement, None),
        ("agreements", Kind::Agreement, None),
        ("agree", Kind::Agreement, None),
        ("agreed", Kind::Agreement, None),
        ("deal", Kind::Agreement, None),
        ("joint statement", Kind::Agreement, Some("joint_statement")),
        ("statement", Kind::Statement, None),
        ("said", Kind::Statement, None),
        ("say", Kind::Statement, None),
        ("forecast", Kind::Forecast, None),
        ("expect", Kind::Forecast, None),
        ("suppliers", Kind::BusinessShift, None),
        ("sourcing", Kind::BusinessShift, None),
    ];
    for (word, kind, subtype) in words {
        if !has(word) {
            continue;
        }
        push(&mut out.kinds, Some(*kind));
        if let Some(subtype) = subtype {
            push(&mut out.acts, Act::new(*kind, subtype).ok());
        }
    }
}
