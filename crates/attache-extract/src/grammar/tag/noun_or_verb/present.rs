//! Third persons that are hardly ever plurals: "the duty on cranes comes back".

use super::Site;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{WordId, WordList, is};
use crate::grammar::tag::{Tag, Word};

/// Whether a third person is a verb by itself, or by what stands around it.
pub(super) fn third_is_verb(site: &Site<'_>) -> bool {
    never_plural(site)
        || this_harms(site)
        || this_gives(site)
        || hardly_noun(site)
        || duty_moves(site)
        || behind_aside(site)
        || calls_for(site)
        || charges_it(site)
        || for_its_part(site)
        || closes_condition(site)
        || house_foresees(site)
        || sets_off(site)
}

/// "Oman's trade minister, Jane Roe, flies to Lima": behind a name set in between commas.
fn sets_off(site: &Site<'_>) -> bool {
    let name = site.back(2).is_some_and(|w| w.capital && !w.time && w.tag == Tag::Noun);
    let comma = site.back(1).is_some_and(|b| b.lower == ",");
    let apposed = (site.at.saturating_sub(7)..site.at.saturating_sub(2))
        .any(|i| site.words.get(i).is_some_and(|w| w.lower == ","));
    name && comma
        && apposed
        && is!(
            site.word.lower,
            "flies"
                | "travels"
                | "heads"
                | "journeys"
                | "returns"
                | "lands"
                | "stops"
                | "sits"
                | "talks"
                | "moves"
        )
        && site.after.is_some_and(|w| {
            is!(
                w.lower,
                "to" | "on"
                    | "into"
                    | "in"
                    | "for"
                    | "from"
                    | "back"
                    | "home"
                    | "out"
                    | "off"
                    | "down"
                    | "with"
            )
        })
}

/// "Barclays sees growth slowing", "Roe Economics forecasts that": whatever the name ends in.
fn house_foresees(site: &Site<'_>) -> bool {
    let named =
        site.before.is_some_and(|b| b.capital && !b.time && b.tag == Tag::Noun && b.lower.ends_with('s'));
    named
        && is!(site.word.lower, "sees" | "forecasts" | "estimates" | "projects" | "puts")
        && (matches!(site.after_tag, Some(Tag::Det | Tag::Num | Tag::Noun | Tag::Poss | Tag::Pron))
            || site.after.is_some_and(|w| w.lower == "that"))
}

/// "If the duty stays, Oman will answer": the verb of a condition that ends with it.
fn closes_condition(site: &Site<'_>) -> bool {
    const REACH: usize = 9;
    let Site { words, at, word, after, .. } = *site;
    let opens = |i: &usize| words.get(*i).is_some_and(|w| is!(w.lower, "if" | "unless" | "while" | "once"));
    let opener = (at.saturating_sub(REACH)..at.saturating_sub(1)).rev().find(opens);
    let plain = |i: usize| {
        words.get(i).is_some_and(|w| {
            matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::Adv | Tag::Pron)
        })
    };
    after.is_some_and(|w| w.lower == ",")
        && is!(
            word.lemma,
            "stay"
                | "last"
                | "hold"
                | "stand"
                | "pass"
                | "persist"
                | "bite"
                | "fail"
                | "collapse"
                | "end"
                | "fall"
        )
        && opener.is_some_and(|i| i + 2 < at && (i + 1..at).all(plain))
}

/// "This gravely harms both"
fn this_harms(site: &Site<'_>) -> bool {
    site.before.is_some_and(|b| b.lower == "this")
        && site.back(1).is_some_and(|w| w.tag == Tag::Adv && w.lower.ends_with("ly"))
}

/// "This gives our exporters a rate"
fn this_gives(site: &Site<'_>) -> bool {
    site.before.is_some_and(|b| is!(b.lower, "this" | "that"))
        && (matches!(site.after_tag, Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Pron))
            || site.after.is_some_and(|w| w.lower == "that"))
}

/// "The move disrupts trade", "and seriously undermines trust": never plurals.
fn never_plural(site: &Site<'_>) -> bool {
    let led = |tag| matches!(tag, Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::To);
    NEVER_PLURAL.has(&site.word.lower) && site.before.is_some_and(|b| !led(b.tag))
}

/// Third persons that no noun is spelt like.
static NEVER_PLURAL: WordList = WordList::new(&[
    "abolishes",
    "accepts",
    "accuses",
    "acknowledges",
    "adheres",
    "admits",
    "adopts",
    "agrees",
    "allows",
    "announces",
    "anticipates",
    "approves",
    "argues",
    "arrives",
    "asks",
    "asserts",
    "attends",
    "authorises",
    "authorizes",
    "averts",
    "believes",
    "broadens",
    "compels",
    "concedes",
    "confirms",
    "contends",
    "continues",
    "contravenes",
    "convenes",
    "decides",
    "declares",
    "denies",
    "departs",
    "deplores",
    "describes",
    "destabilises",
    "destabilizes",
    "dismisses",
    "disregards",
    "disrupts",
    "distorts",
    "eliminates",
    "enables",
    "encourages",
    "endangers",
    "ensures",
    "entails",
    "envisages",
    "erodes",
    "escalates",
    "establishes",
    "excludes",
    "exempts",
    "expands",
    "expects",
    "extends",
    "follows",
    "foresees",
    "gets",
    "goes",
    "hampers",
    "hinders",
    "impairs",
    "impedes",
    "imposes",
    "includes",
    "infringes",
    "insists",
    "introduces",
    "invites",
    "jeopardises",
    "jeopardizes",
    "lets",
    "lowers",
    "maintains",
    "meets",
    "negotiates",
    "obliges",
    "obstructs",
    "obtains",
    "opens",
    "opposes",
    "owes",
    "pays",
    "penalises",
    "penalizes",
    "permeates",
    "predicts",
    "prepares",
    "prevents",
    "prohibits",
    "proposes",
    "protects",
    "provides",
    "publishes",
    "punishes",
    "pursues",
    "receives",
    "reckons",
    "reconvenes",
    "reduces",
    "refuses",
    "reimposes",
    "reinstates",
    "reiterates",
    "removes",
    "renews",
    "reopens",
    "repeals",
    "replaces",
    "requires",
    "restores",
    "restricts",
    "retains",
    "retaliates",
    "revokes",
    "says",
    "seeks",
    "sends",
    "softens",
    "speaks",
    "suffers",
    "suspends",
    "tells",
    "thinks",
    "threatens",
    "tightens",
    "undermines",
    "upholds",
    "violates",
    "waives",
    "warns",
    "weakens",
    "welcomes",
    "widens",
    "withdraws",
    "withholds",
    "writes",
]);

/// "The duty on cranes comes back": hardly ever nouns.
fn hardly_noun(site: &Site<'_>) -> bool {
    is!(
        site.word.lower,
        "comes"
            | "goes"
            | "becomes"
            | "begins"
            | "expires"
            | "applies"
            | "remains"
            | "takes"
            | "brings"
            | "gives"
            | "makes"
            | "keeps"
            | "looms"
            | "awaits"
            | "persists"
            | "kicks"
            | "lapses"
            | "vanishes"
            | "stems"
            | "hinges"
    ) && site.before.is_some_and(|b| b.tag == Tag::Noun || b.tag == Tag::Num && b.time)
        // "a pause of duties on goods runs until May"
        || site.word.lower == "runs"
            && site.behind(Tag::Noun)
            && site.after.is_some_and(|w| is!(w.lower, "until" | "till" | "through"))
}

/// "Steel and copper remain at 50%": two things joined are many.
pub(super) fn pair_remains(site: &Site<'_>) -> bool {
    let plain = |w: &Word| w.tag == Tag::Noun && !w.time;
    site.form == VerbForm::Base
        && is!(
            site.word.lower,
            "remain"
                | "stay"
                | "stand"
                | "pay"
                | "carry"
                | "attract"
                | "incur"
                | "bear"
                | "come"
                | "go"
                | "become"
                | "begin"
                | "enter"
                | "get"
                | "escape"
        )
        && site.before.is_some_and(|b| plain(b) && !b.name)
        && site.back(2).is_some_and(|w| is!(w.lower, "and" | "or"))
        && site.back(3).is_some_and(plain)
        && matches!(site.after_tag, Some(Tag::Noun | Tag::Num | Tag::Det | Tag::Prep | Tag::To | Tag::Adv))
}

/// "A further carve-out, open until May 3, covers tiles"
fn behind_aside(site: &Site<'_>) -> bool {
    let commas = || site.words.iter().take(site.at).filter(|w| w.lower == ",").count();
    (moves(site)
        || is!(
            site.word.lower,
            "covers" | "applies" | "remains" | "expires" | "lapses" | "takes" | "affects"
        ))
        && site.before.is_some_and(|b| b.lower == ",")
        && matches!(site.after_tag, Some(Tag::Noun | Tag::Det | Tag::Prep | Tag::To | Tag::Num))
        && commas() > 1
}

/// What a duty does on a day or to a rate, spelt like a noun.
static MOVES: WordList =
    WordList::new(&["climb", "double", "drop", "end", "fall", "increase", "jump", "return", "rise", "start"]);

/// "the ceiling on Swiss goods drops from 39%", "returns on May 3": a day or a number follows.
pub(super) fn moves(site: &Site<'_>) -> bool {
    MOVES.has(&site.word.lemma)
        && site.after.is_some_and(|w| is!(w.lower, "on" | "in" | "to" | "from" | "by" | "at" | "after"))
        && site.words.get(site.at + 2).is_some_and(|w| w.time || w.tag == Tag::Num)
}

/// "Oslo's duty on Chilean wine returns on May 3": of the duty, not of the wine; "the levy rises on May 3".
fn duty_moves(site: &Site<'_>) -> bool {
    let noun = |w: &Word| w.tag == Tag::Noun && !w.time;
    if !moves(site) || !site.before.is_some_and(noun) {
        return false;
    }
    let led = (site.at.saturating_sub(5)..site.at)
        .rev()
        .find(|&i| site.words.get(i).is_some_and(|w| is!(w.lower, "on" | "for" | "against")));
    let head = led.and_then(|i| site.words.get(i.checked_sub(1)?));
    let verb = |w: &Word| {
        matches!(
            w.tag,
            Tag::Be
                | Tag::Have
                | Tag::Modal
                | Tag::Verb(VerbForm::Past | VerbForm::PastOrParticiple | VerbForm::ThirdPerson)
        )
    };
    let far = head.is_some_and(|w| noun(w) && !w.name && !w.lower.ends_with('s'));
    // "The duty rises on May 3 hit mills": a thing, where a verb follows in the same clause.
    let near = || {
        let rest = site.words.get(site.at + 1..).unwrap_or_default();
        site.before.is_some_and(|b| {
            is!(b.lower, "duty" | "tariff" | "levy" | "charge" | "surcharge" | "surtax" | "rate" | "tax")
        }) && !rest.iter().take_while(|w| w.tag != Tag::Punct).any(verb)
    };
    (far || near()) && !site.words.iter().take(site.at).any(verb)
}

/// "The deal calls for Jakarta to buy": a call is not made to act.
fn calls_for(site: &Site<'_>) -> bool {
    site.word.lower == "calls"
        && site.after.is_some_and(|w| w.lower == "for")
        && site.before.is_some_and(|b| b.tag == Tag::Noun && !b.time && !b.lower.ends_with('s'))
        && site.words.iter().skip(site.at + 2).take(8).any(|w| w.tag == Tag::To)
}

/// "The duty Peru charges on rice", "the duty that Peru levies on it": whose duty it is, no charge of Peru.
fn charges_it(site: &Site<'_>) -> bool {
    if !is!(site.word.lower, "charges" | "levies" | "taxes" | "demands" | "places")
        || !site.after.is_some_and(|w| is!(w.lower, "on" | "for" | "from" | "at"))
    {
        return false;
    }
    let named = |i: &usize| site.words.get(*i).is_some_and(|w| w.name && w.tag == Tag::Noun);
    let Some(first) = (0..site.at).rev().take_while(named).last() else { return false };
    let before = |at: usize| at.checked_sub(1).and_then(|i| site.words.get(i));
    let first = first - usize::from(before(first).is_some_and(|w| w.lower == "the"));
    let charge = |w: &Word| {
        is!(
            w.lemma,
            "duty" | "tariff" | "levy" | "surcharge" | "surtax" | "rate" | "fee" | "tax" | "%" | "percent"
        )
    };
    before(first)
        .is_some_and(|w| charge(w) || is!(w.lower, "that" | "which") && before(first - 1).is_some_and(charge))
}

/// "The EU, for its part, shelves the duty", "Peru, meanwhile, halts its purchases".
fn for_its_part(site: &Site<'_>) -> bool {
    let lower = |back: usize| site.back(back).map_or(WordId::NONE, |w| w.lower.id());
    let aside = is!(lower(2), "part" | "turn" | "meanwhile" | "however" | "instead" | "too" | "though");
    lower(1) == ","
        && aside
        && (2..5).any(|back| lower(back + 1) == ",")
        && site.after_tag.is_some_and(|tag| {
            matches!(tag, Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::To | Tag::Noun | Tag::Pron)
        })
}
