//! Who in a clause is a firm or a trade: by a noun of business, by the name of a company, or by a name
//! in capitals that is nobody else's.

use crate::factuality::stance;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Range, Tense};
use crate::grammar::lower::{WordId, WordList, is};
use crate::grammar::tag::Tag;
use crate::state::StateCode;
use crate::who::{Who, WhoKind};

/// The words that name the firm which acts in a frame; for "it" and "they" those of who has the word.
pub(crate) fn acting(view: View<'_>, classes: &Classes, frame: &Frame) -> Option<Range> {
    let agent = frame.agent?;
    if named(view, classes, agent) {
        return Some(agent);
    }
    let pronoun = |at: usize| {
        view.words.get(at).is_some_and(|w| is!(w.lower, "it" | "they" | "we" | "he" | "she" | "i"))
    };
    if agent.1 > agent.0 + 1 || !pronoun(agent.0) {
        return None;
    }
    let Some(speaker) = stance(view, classes, frame).speaker else {
        // "We have moved two lines": a firm tells of itself.
        let ours = view.words.get(agent.0).is_some_and(|w| w.lower == "we");
        let plain = view.voice.own.is_none() && view.voice.carried.is_none() && !view.voice.official;
        return (ours && plain).then_some(agent);
    };
    // "We have moved it," said the head of a toy maker.
    let private = view.who_in(speaker).any(|w| w.kind == WhoKind::Person && w.country.is_none());
    // "China has means with which it could answer," said a scholar: a person is no "it".
    let private = private && view.words.get(agent.0).is_none_or(|w| w.lower != "it");
    // "said the owner of a small studio"
    let of = (speaker.0..speaker.1).find(|&i| view.words.get(i).is_some_and(|w| is!(w.lower, "of" | "at")));
    let house = of.map(|i| (i + 1, speaker.1)).filter(|rest| rest.0 < rest.1);
    (private || named(view, classes, speaker) || house.is_some_and(|rest| named(view, classes, rest)))
        .then_some(speaker)
}

/// The state a firm's phrase places it in: "a German toolmaker", "a packer in Santos", "Acme of Dayton,
/// Ohio", "Acme, an Osaka-based maker of pumps"; or the sentence: "In Lyon, two weavers moved …".
pub(crate) fn home(view: View<'_>, range: Range) -> Option<StateCode> {
    let words = view.words;
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let tag = |i: usize| words.get(i).map(|w| w.tag);
    let own = |w: &&Who| {
        matches!(
            w.kind,
            WhoKind::Adjective | WhoKind::State | WhoKind::Place | WhoKind::Group | WhoKind::Firm
        )
    };
    let of_state = |part: Range| view.who_in(part).filter(own).find_map(|w| w.country);
    let site = |w: &&Who| matches!(w.kind, WhoKind::State | WhoKind::Place);
    if let Some(code) = of_state(head_part(view, range)) {
        return Some(code);
    }
    let apposed = (range.0 + 1..range.1)
        .find(|&i| lower(i - 1) == "," && matches!(tag(i), Some(Tag::Det | Tag::Num)))
        .map(|i| head_part(view, (i, range.1)));
    if let Some(code) = apposed.and_then(of_state) {
        return Some(code);
    }
    let titled = |i: usize| words.get(i).is_some_and(|w| w.capital && w.tag == Tag::Noun);
    // "Of Dayton, Ohio": a town nobody knows, with its state behind it.
    let seat = |from: usize| {
        let known = view.who_in((from, from + 1)).find(site);
        let end = (from..range.1).find(|&i| !titled(i)).unwrap_or(range.1);
        let behind = (known.is_none() && end > from && lower(end) == ",").then_some(end + 1);
        let place = known.or_else(|| view.who_in((behind?, behind? + 1)).find(site))?;
        // "Buyers of Brazil nuts"
        let after = words.partition_point(|w| w.span.start < place.span.end);
        (tag(after) != Some(Tag::Noun) || after >= range.1).then_some(place.country)?
    };
    let of = (range.0 + 1..range.1).find(|&i| lower(i) == "of");
    if let Some(code) = of.and_then(|i| seat(i + 1)) {
        return Some(code);
    }
    let ends = (range.0..range.1).find(|&i| tag(i) == Some(Tag::Rel)).unwrap_or(range.1);
    let led = (range.0..ends).find(|&i| {
        is!(lower(i), "in" | "near" | "outside" | "around" | "from" | "at") && tag(i) == Some(Tag::Prep)
    });
    let sited = led.and_then(|i| of_state((i + 1, range.1.min(i + 6))));
    let fronted = || {
        let comma = range.0.checked_sub(1).filter(|&i| lower(i) == ",")?;
        let first = words.iter().position(|w| w.tag != Tag::Punct)?;
        let small = words.get(range.1.checked_sub(1)?).is_some_and(|w| !w.capital);
        let here = small && comma <= first + 4 && is!(lower(first), "in" | "near" | "around" | "outside");
        view.who_in((first + 1, comma)).filter(|_| here).find(site)?.country
    };
    sited.or_else(fronted)
}

/// "Companies that relocate", "that will invest": in a clause that only says which ones are meant.
pub(crate) fn restricts(view: View<'_>, frame: &Frame) -> bool {
    let group = frame.group.and_then(|g| view.clauses.groups.get(g));
    group.is_some_and(|g| matches!(g.tense, Tense::Present | Tense::Future)) && relative(view, frame)
}

/// "Steps that could include duties": in a clause that only says what is meant.
pub(crate) fn relative(view: View<'_>, frame: &Frame) -> bool {
    let Some(group) = frame.group.and_then(|g| view.clauses.groups.get(g)) else { return false };
    let mut at = group.start;
    while at.checked_sub(1).and_then(|i| view.words.get(i)).is_some_and(|w| w.tag == Tag::Adv) {
        at -= 1;
    }
    let tag = |back: usize| at.checked_sub(back).and_then(|i| view.words.get(i)).map(|w| w.tag);
    let what = at.checked_sub(1).and_then(|i| view.words.get(i)).is_some_and(|w| w.lower == "what");
    what || tag(1) == Some(Tag::Rel) && tag(2) != Some(Tag::Punct)
}

/// Whether a noun phrase names somebody who may judge what is to come: a group, a body, a firm, "we".
pub(crate) fn judges(view: View<'_>, classes: &Classes, range: Range) -> bool {
    let first = view.words.get(range.0).map_or("", |w| w.lower.as_str());
    let known =
        |w: &Who| !matches!(w.kind, WhoKind::State | WhoKind::Adjective | WhoKind::Place | WhoKind::Pair);
    let ours = matches!(first, "we" | "we’ve" | "we've" | "they" | "i");
    ours || view.who_in(range).any(known) || named(view, classes, range)
}

/// Words that end the name of a firm though they mean goods, trades or results by themselves.
static FIRM_NAMES: WordList = WordList::new(&[
    "aerospace",
    "airlines",
    "airways",
    "apparel",
    "automotive",
    "aviation",
    "brands",
    "chemical",
    "chemicals",
    "electric",
    "electronics",
    "energy",
    "exports",
    "foods",
    "garments",
    "holdings",
    "imports",
    "industries",
    "instruments",
    "laboratories",
    "lines",
    "logistics",
    "machinery",
    "metals",
    "mills",
    "motor",
    "motors",
    "packers",
    "petrochemicals",
    "petroleum",
    "pharma",
    "power",
    "resources",
    "robotics",
    "semiconductor",
    "semiconductors",
    "shipping",
    "steel",
    "systems",
    "technologies",
    "textiles",
    "tools",
]);

/// Whether a noun phrase names a firm or a trade.
pub(crate) fn named(view: View<'_>, classes: &Classes, range: Range) -> bool {
    let theirs = head_part(view, range);
    let has = |class: &str| classes.get(class).is_some_and(|phrases| view.has(theirs, phrases));
    // The last noun of the phrase.
    let noun = |i: &usize| view.words.get(*i).is_some_and(|w| w.tag == Tag::Noun);
    let head = (theirs.0..theirs.1).rfind(noun);
    let at_head = |class: &str| {
        head.is_some_and(|at| classes.get(class).is_some_and(|phrases| phrases.at(view.words, at)))
    };
    let covers = |at: usize, w: &Who| {
        view.words.get(at).is_some_and(|word| w.span.start < word.span.end && word.span.start < w.span.end)
    };
    let at = head.unwrap_or(range.0);
    // "General Motors": a firm by its name, whatever the last word of it means.
    if view.who_in(range).any(|who| who.kind == WhoKind::Firm && covers(at, who)) {
        return true;
    }
    // "Our members", "its clients": whoever speaks here speaks for firms.
    let lower = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    if is!(lower(at), "members" | "clients" | "suppliers")
        && (theirs.0..at).any(|i| is!(lower(i), "our" | "its" | "their"))
    {
        return true;
    }
    // "Ferrania Motors"
    let ends_name = |i: usize| view.words.get(i).is_some_and(|w| FIRM_NAMES.has(&w.lower));
    let titled = |i: usize| view.words.get(i).is_some_and(|w| w.capital && w.tag == Tag::Noun);
    if titled(at) && at > range.0 && titled(at - 1) && ends_name(at) {
        return true;
    }
    // "A cognac house", "the lace houses of Calais"
    let small = |i: usize| view.words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time);
    if is!(lower(at), "house" | "houses")
        && at > theirs.0
        && small(at - 1)
        && !is!(lower(at - 1), "lower" | "upper")
        && view.words.get(at).is_some_and(|w| !w.capital)
    {
        return true;
    }
    if at_head("no_firm") {
        return false;
    }
    if let Some(who) = view.who_in(range).find(|who| covers(at, who)) {
        return match who.kind {
            WhoKind::Group | WhoKind::Firm => true,
            // An organisation by the form of its name.
            WhoKind::Body => who.country.is_none() && !has("authority_word"),
            _ => false,
        };
    }
    // "Roasters", "tanners": those who make or trade something.
    let makers = head.and_then(|at| view.words.get(at)).is_some_and(|w| {
        w.tag == Tag::Noun && (w.lower.ends_with("ers") || w.lower.ends_with("ors")) && w.lower.len() > 6
    });
    // "half of the firm's lobster": what the firm owns.
    let owned = (theirs.0..at).rev().find(|&i| view.words.get(i).is_some_and(|w| w.tag == Tag::Poss));
    let business = classes.get("business").is_some_and(|phrases| {
        let from =
            owned.filter(|_| at_head("hard_goods") || at_head("shift_object")).map_or(theirs.0, |i| i + 1);
        view.has((from, theirs.1), phrases)
    });
    if makers || business {
        return true;
    }
    // "Longi", "Yeti Holdings": capitals that name no state, body or person.
    let Some(head) = head else { return false };
    let first = view.words.iter().position(|w| w.tag != Tag::Punct) == Some(head);
    let official = view.who_in(range).any(|w| w.is("official") && w.kind != WhoKind::State);
    // "Copper is scarce": goods, not a firm of that name.
    let goods = first && at_head("goods_word");
    !official
        && !goods
        && view.words.get(head).is_some_and(|w| {
            w.capital
                && !w.name
                && !w.time
                && w.tag == Tag::Noun
                && (!first || !plural(&w.lower) || singular(view, head + 1))
        })
}

/// "Mercedes is", "Adidas moves": a verb in the singular behind a name.
fn singular(view: View<'_>, at: usize) -> bool {
    let group = view.clauses.groups.iter().find(|g| g.start == at || g.start == at + 1);
    let first = group.and_then(|g| view.words.get(g.start)).map_or("", |w| w.lower.as_str());
    let present = group.is_some_and(|g| g.tense == Tense::Present && g.start == g.head);
    matches!(first, "is" | "has" | "was" | "does") || present && first.ends_with('s')
}

/// "Hotels", not "Novartis".
fn plural(word: &str) -> bool {
    word.ends_with('s') && !["is", "us", "ss"].iter().any(|end| word.ends_with(end))
}

/// Verbs that only begin or end what their complement names.
const CARRYING: &[&str] =
    &["start", "begin", "stop", "halt", "cease", "quit", "pause", "suspend", "resume", "continue", "restart"];

/// "Have stopped taking components": the complement is told, not the stopping.
pub(crate) fn carries(view: View<'_>, frame: &Frame) -> bool {
    let groups = &view.clauses.groups;
    frame.group.is_some_and(|own| {
        groups.get(own).is_some_and(|g| CARRYING.contains(&g.lemma.as_str()))
            && groups.iter().any(|g| !g.finite && g.governor == Some(own) && g.tense != Tense::Participle)
    })
}

/// The phrase before its first preposition, comma or relative: "two of the mills" are mills.
pub(crate) fn head_part(view: View<'_>, range: Range) -> Range {
    let lower = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let counted = (range.0..range.1.min(range.0 + 3)).find(|&i| {
        lower(i + 1) == "of"
            && view.words.get(i).is_some_and(|w| {
                w.tag == Tag::Num
                    || is!(w.lower, "several" | "some" | "many" | "most" | "all" | "one" | "few" | "half")
            })
    });
    // "Two out of three American firms"
    let shared = (range.0..range.1.min(range.0 + 2)).find(|&i| {
        lower(i + 1) == "out" && lower(i + 2) == "of" && view.words.get(i).is_some_and(|w| w.tag == Tag::Num)
    });
    let range = counted.map(|i| (i + 2, range.1)).or(shared.map(|i| (i + 3, range.1))).unwrap_or(range);
    let ends = |i: usize| {
        view.words.get(i).is_some_and(|w| {
            matches!(w.tag, Tag::Prep | Tag::To | Tag::Rel | Tag::Sub) && !w.name || w.lower == ","
        })
    };
    (range.0, (range.0 + 1..range.1).find(|&i| ends(i)).unwrap_or(range.1))
}
