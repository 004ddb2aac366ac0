//! Whether two tellings of a tariff act are of one and the same act.

use crate::build_event::Draft;
use crate::event::{Event, Rate, Role, Status};
use crate::state::StateCode;
use crate::when::Moment;

/// How many days an announcement and its start may lie apart where one telling gives no rate.
const NEAR_DAYS: i32 = 3;

/// Same side, no contradiction in rate, start and goods, and near or alike enough to be one.
///
/// Kind, subtype, states and factuality are the caller's business.
pub(crate) fn same_tariff(a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.event, &b.event);
    let effective = match (x.effective, y.effective) {
        // One telling may give the hour, the other the day.
        (Some(a), Some(b)) => a.by == b.by && a.days() == b.days(),
        _ => true,
    };
    if x.actor() != y.actor() || !effective {
        return false;
    }
    let (p, q) = (hits(x), hits(y));
    if !p.is_empty() && !q.is_empty() && !p.iter().any(|code| q.contains(code)) {
        return false;
    }
    let one_sentence = a.sentence == b.sentence;
    // "ended on May 2 for goods of A, and will end on July 1 for all others": two ends.
    let other_end =
        one_sentence && a.dated && x.effective.is_none() && y.effective > x.date.end().map(Moment::on);
    if other_end && x.status == Some(Status::InForce) && y.status == Some(Status::Announced) {
        return false;
    }
    let distance = a.sentence.abs_diff(b.sentence);
    let one_rate = x.rate.is_some() && x.rate == y.rate;
    let one_day = a.dated && b.dated && x.date == y.date && x.rate.is_some() != y.rate.is_some();
    let near = one_sentence || distance <= 2 || one_day;
    if !near && !one_rate {
        return false;
    }
    let goods = match alike(x.scope.as_deref(), y.scope.as_deref()) {
        Some(true) if told_apart(x, y) => Some(false),
        goods => goods,
    };
    let rates = match (&x.rate, &y.rate) {
        (Some(r), Some(s)) => fit(r, s) && (x.scope == y.scope || !one_sentence && goods != Some(false)),
        (None, None) => goods != Some(false),
        _ if one_sentence => a.start.abs_diff(b.start) < 80 && goods != Some(false),
        // "goods sent by way of others pay 40%. … The exemption of Malaysian chips from the duty ends": of one
        // more state, and told with a day of its own.
        _ => {
            let others =
                hits(x).is_empty() && !hits(y).is_empty() && x.effective.is_none() && y.effective.is_some();
            goods == Some(true)
                || goods.is_none() && distance <= 1 && hits(x) == hits(y)
                || b.definite && !(others && x.rate.is_some() && distance > 1)
        }
    };
    let dated = x.date.interval.is_some() && x.date == y.date;
    let told_again = one_rate && (goods == Some(true) || dated || b.definite);
    rates && (near || told_again) && !layers_apart(x, y)
}

/// An announcement without its rate and the measure itself a few days later, told side by side.
pub(crate) fn announces(a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.event, &b.event);
    let one_rate = x.rate.is_some() != y.rate.is_some();
    let (Some((first, _)), Some((second, _))) = (x.date.interval, y.date.interval) else { return false };
    let days = (second - first).get_days().abs();
    one_rate
        && days <= NEAR_DAYS
        && a.sentence.abs_diff(b.sentence) <= 3
        && x.actor() == y.actor()
        && alike(x.scope.as_deref(), y.scope.as_deref()) == Some(true)
}

/// Names of legal layers and their causes, as topics have them.
const LAYERS: [&str; 9] = [
    "fentanyl",
    "reciprocal",
    "section 122",
    "section 201",
    "section 232",
    "section 301",
    "section 338",
    "anti-dumping",
    "de minimis",
];

/// Both name a layer, and none of the other's.
fn layers_apart(a: &Event, b: &Event) -> bool {
    let named = |event: &Event| {
        let told =
            event.topics.iter().chain(&event.scope).map(|topic| topic.to_lowercase()).collect::<Vec<_>>();
        LAYERS.into_iter().filter(|layer| told.iter().any(|topic| topic.contains(layer))).collect::<Vec<_>>()
    };
    let (a, b) = (named(a), named(b));
    // The end of an exemption is no duty with a rate.
    if a.contains(&"de minimis") != b.contains(&"de minimis") {
        return true;
    }
    !a.is_empty() && !b.is_empty() && !a.iter().any(|layer| b.contains(layer))
}

/// The states that are hit.
fn hits(event: &Event) -> Vec<Option<StateCode>> {
    event.parties.iter().filter(|p| p.role == Role::Recipient).map(|p| p.country).collect()
}

/// "50% on Brazilian goods" and "50% on copper": all goods of one state, and one kind of whatever state.
fn told_apart(x: &Event, y: &Event) -> bool {
    let hit = |event: &Event| event.parties.iter().any(|p| p.role == Role::Recipient && p.country.is_some());
    let (Some(a), Some(b)) = (x.scope.as_deref(), y.scope.as_deref()) else { return false };
    let (of_all, other) = match (hit(x), hit(y)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return false,
    };
    let known = other.split_whitespace().next().is_some_and(|w| {
        matches!(w.to_lowercase().as_str(), "the" | "these" | "those" | "such" | "its" | "their" | "all")
    });
    x.rate.is_some() && y.rate.is_some() && kinds(of_all).is_empty() && !kinds(other).is_empty() && !known
}

/// The words that name a kind of goods.
fn kinds(goods: &str) -> Vec<String> {
    goods
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 3 && !w.starts_with(char::is_uppercase) && !ANY_GOODS.contains(w))
        .map(|w| w.to_lowercase().trim_end_matches('s').to_owned())
        .collect()
}

/// "to 25%" and "from 10% to 25%" are one rise.
fn fit(r: &Rate, s: &Rate) -> bool {
    let part = |a: Option<_>, b: Option<_>| a.is_none() || b.is_none() || a == b;
    if r.to.is_some() && s.to.is_some() {
        return r.to == s.to && part(r.from, s.from);
    }
    // "raises the duty to 50%" and "imposes a duty of 50%"
    let ends = |a: &Rate, b: &Rate| a.to.is_some() && a.to == b.value && b.to.is_none() && b.from.is_none();
    if ends(r, s) || ends(s, r) {
        return r.unit == s.unit;
    }
    (r.value, r.from, r.to) == (s.value, s.from, s.to)
}

/// Words that any goods may be named with.
const ANY_GOODS: &[&str] = &[
    "goods",
    "good",
    "product",
    "products",
    "import",
    "imports",
    "imported",
    "export",
    "exports",
    "item",
    "items",
    "worth",
    "billion",
    "million",
    "from",
    "other",
    "most",
    "some",
    "certain",
    "additional",
];

/// The numbers in a name of goods.
fn amounts(goods: &str) -> Vec<&str> {
    goods
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .map(|n| n.trim_matches(['.', ',']))
        .filter(|n| !n.is_empty())
        .collect()
}

/// Whether two names of goods share a word that matters; unknown where one is not named.
fn alike(a: Option<&str>, b: Option<&str>) -> Option<bool> {
    let (a, b) = (a?, b?);
    if a == b {
        return Some(true);
    }
    let goods = (a, b);
    // "$34 billion of goods" and "another $16 billion" are two lots.
    let (lot, other) = (amounts(a), amounts(b));
    if !lot.is_empty() && !other.is_empty() && lot.iter().all(|n| !other.contains(n)) {
        return Some(false);
    }
    // Where goods come from, and that they are goods, tells them from no others.
    let (a, b) = (kinds(a), kinds(b));
    // "Japanese cars" and "other Japanese goods"
    let rest = |s: &str| s.split_whitespace().any(|w| matches!(w, "other" | "another" | "remaining"));
    if rest(goods.1) && !rest(goods.0) {
        return Some(false);
    }
    // "another $200 billion" is not "all goods".
    if (a.is_empty() || b.is_empty()) && lot.is_empty() != other.is_empty() {
        return Some(false);
    }
    Some(a.is_empty() || b.is_empty() || a.iter().any(|w| b.contains(w)))
}
