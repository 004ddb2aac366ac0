//! Gerunds that name a thing: "military training", "the trading system".

use super::Site;
use crate::grammar::lower::{WordList, is};
use crate::grammar::tag::Tag;

/// Whether a gerund is a noun or part of one.
pub(super) fn is_noun(site: &Site<'_>) -> bool {
    let Site { word, before, after, after_tag, .. } = *site;
    match before.map(|w| w.tag) {
        Some(Tag::Det | Tag::Poss) => true,
        // "The multilateral trading system".
        _ if word.lower == "trading"
            && after.is_some_and(|w| {
                is!(
                    w.lemma,
                    "system"
                        | "partner"
                        | "order"
                        | "bloc"
                        | "nation"
                        | "house"
                        | "company"
                        | "rule"
                        | "regime"
                )
            }) =>
        {
            true
        }
        // "four shipping firms", "Hong Kong trading houses".
        _ if OF_TRADE.contains(&word.lower.as_str())
            && after.is_some_and(|w| FIRMS.contains(&w.lower.as_str())) =>
        {
            before.is_none_or(|b| b.tag != Tag::Be)
        }
        // "Three working groups".
        _ if word.lower == "working"
            && after.is_some_and(|w| {
                is!(
                    w.lower,
                    "group" | "groups" | "party" | "lunch" | "dinner" | "level" | "meeting" | "visit"
                )
            }) =>
        {
            true
        }
        // "told visiting executives": who visits is met or told something; but "put off visiting them".
        Some(Tag::Verb(_)) if word.lower == "visiting" => {
            before.is_some_and(|w| {
                is!(w.lemma, "tell" | "meet" | "host" | "receive" | "greet" | "welcome" | "inform")
            }) && after.is_some_and(|w| w.capital || w.tag == Tag::Noun)
        }
        // "A trade meeting in Geneva".
        Some(Tag::Noun) if word.lower == "meeting" => {
            !matches!(after_tag, Some(Tag::Det | Tag::Num | Tag::Pron)) && !after.is_some_and(|w| w.name)
        }
        // "A March 20 meeting of ministers".
        Some(Tag::Num) if word.lower == "meeting" && site.back(2).is_some_and(|w| w.time && w.capital) => {
            !matches!(after_tag, Some(Tag::Det | Tag::Num | Tag::Pron)) && !after.is_some_and(|w| w.name)
        }
        // "Rare earth processing facilities".
        Some(Tag::Noun) if CRAFTS.contains(&word.lower.as_str()) => {
            matches!(after_tag, Some(Tag::Noun)) || after.is_some_and(|w| w.lower.ends_with('s'))
        }
        // "Memorandum of understanding", "a consensus or understanding".
        Some(Tag::Prep | Tag::Conj) if word.lower == "understanding" => true,
        // "An explicit undertaking that".
        _ if word.lower == "undertaking" => {
            before.is_none_or(|b| b.tag != Tag::Be)
                && !matches!(after_tag, Some(Tag::Det | Tag::Poss | Tag::Pron))
        }
        // "military training", "halted lending to": a thing rather than an act.
        Some(Tag::Noun | Tag::Verb(_))
            if GERUND_NOUNS.has(&word.lower)
                && after.is_none_or(|w| {
                    w.time || matches!(w.tag, Tag::Prep | Tag::To | Tag::Punct | Tag::Conj)
                }) =>
        {
            true
        }
        // "A threatened doubling of duties".
        Some(Tag::Noun | Tag::Num) if after.is_some_and(|w| w.lower == "of") => {
            is!(
                word.lemma,
                "double" | "triple" | "halve" | "raise" | "lower" | "tighten" | "ease" | "lift" | "scrap"
            )
        }
        Some(Tag::Noun) => after_tag.is_none_or(|t| matches!(t, Tag::Verb(_) | Tag::Be)),
        _ => false,
    }
}

/// Gerunds that say what a firm lives by.
const OF_TRADE: &[&str] = &[
    "shipping",
    "trading",
    "mining",
    "logging",
    "fishing",
    "refining",
    "manufacturing",
    "drilling",
    "holding",
    "processing",
    "consulting",
    "packaging",
    "printing",
    "smelting",
    "farming",
];

/// Firms and their like.
const FIRMS: &[&str] = &[
    "firm",
    "firms",
    "company",
    "companies",
    "line",
    "lines",
    "group",
    "groups",
    "giant",
    "giants",
    "house",
    "houses",
    "concern",
    "concerns",
    "agent",
    "agents",
    "industry",
    "sector",
    "businesses",
    "magnate",
    "outfit",
    "outfits",
];

/// Gerunds that name a thing as often as an act.
static GERUND_NOUNS: WordList = WordList::new(&[
    "training",
    "hearing",
    "meeting",
    "gathering",
    "funding",
    "shipping",
    "lending",
    "fighting",
    "bombing",
    "shelling",
    "killing",
    "crossing",
    "trading",
    "fishing",
    "mining",
    "landing",
    "spending",
    "smuggling",
    "trafficking",
    "logging",
    "whaling",
    "briefing",
    "ruling",
    "warning",
    "building",
    "planning",
    "beginning",
    "understanding",
]);

/// Gerunds of a trade, which before a noun say what it is for.
const CRAFTS: &[&str] = &[
    "processing",
    "refining",
    "manufacturing",
    "packaging",
    "testing",
    "farming",
    "smelting",
    "assembling",
    "chipmaking",
    "shipbuilding",
    "steelmaking",
    "licensing",
    "bargaining",
    "fishing",
    "mining",
];
