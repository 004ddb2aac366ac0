//! Rates, read part by part: a rate before, a rate after, points taken off, the part that stays.

use std::borrow::Cow;

use crate::event::{Percent, Rate, RateUnit, TariffAction};
use crate::grammar::clause::Range;
use crate::grammar::lower::{Few, Lower, WordId, WordList, is};
use crate::grammar::tag::{Tag, Word};
use crate::span::Span;
use crate::token::TokenKind;

/// How a percentage stands to its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The rate itself.
    Value,
    /// After "from".
    From,
    /// After "to".
    To,
    /// After "at": the rate itself, or where a move ends.
    At,
    /// After "by".
    By,
    /// What stays in force.
    Retained,
    /// The rate that a move starts from, the only one told: "cut its 40% duty".
    Moved,
}

/// One percentage in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Percentage {
    pub(crate) words: Range,
    pub(crate) value: Percent,
    pub(crate) unit: RateUnit,
    pub(crate) part: Part,
}

/// Whether there may be percentages among some words: what every one of them needs is there.
pub(crate) fn may_name_rates(words: &[Word]) -> bool {
    words.iter().any(|w| {
        let sign = is!(w.lower, "%" | "percent" | "pct" | "pc" | "per" | "percentage" | "point" | "points");
        // "25-percent", "25pc", "a 10-point rise"
        let joined = w.kind == TokenKind::Number && w.lower.contains('p');
        sign || joined || is!(w.lower, "zero" | "nothing" | "nil")
    })
}

/// The percentages among the words of `range`.
pub(crate) fn percentages(words: &[Word], range: Range) -> Vec<Percentage> {
    let mut out: Vec<Percentage> = Vec::new();
    let mut next = range.0;
    for (at, word) in words.iter().enumerate().take(range.1).skip(range.0) {
        let none = || is!(word.lower, "zero" | "nothing" | "nil");
        let told = if word.kind == TokenKind::Number { None } else { spelled(&word.lower) };
        if word.kind != TokenKind::Number && told.is_none() && !none() {
            continue;
        }
        let nought = || none().then(|| no_duty(words, at, out.last())).flatten();
        if let Some(part) = nought().or_else(|| unsigned(words, at, out.last())) {
            let value = number(&word.lower).map_or(Percent::from_ten_thousandths(0), |(value, _)| value);
            out.push(Percentage { words: (at, at + 1), value, unit: RateUnit::Percent, part });
            continue;
        }
        let figure = || if word.kind == TokenKind::Number { number(&word.lower) } else { None };
        let Some((value, rest)) = told.map(|value| (value, "")).or_else(figure) else { continue };
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        // "between 10% and 15%", "10 to 15 percent": which goods pay which of them is not said.
        if let Some(end) = spread(words, at).filter(|_| rest.is_empty() || rest == "%") {
            next = end;
        }
        if at < next {
            continue;
        }
        let sign = |i: usize| {
            is!(lower(i), "%" | "percent" | "pct" | "pc") || lower(i) == "per" && lower(i + 1) == "cent"
        };
        let printed = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let (unit, len) = match (rest, printed(at + 1)) {
            ("", "%" | "percent" | "pct" | "pc") => match printed(at + 2) {
                "point" | "points" => (RateUnit::PercentagePoints, 3),
                _ => (RateUnit::Percent, 2),
            },
            ("", "per") if lower(at + 2) == "cent" => (RateUnit::Percent, 3),
            ("", "percentage") => (RateUnit::PercentagePoints, 3),
            ("", "point" | "points") => (RateUnit::PercentagePoints, 2),
            ("-percent" | "-per-cent" | "pc" | "pct", _) => (RateUnit::Percent, 1),
            ("-percentage-point" | "-point", _) => (RateUnit::PercentagePoints, 1),
            // "10 to 25 percent", "50 or 100%": the sign belongs to both numbers.
            ("", "to" | "or" | "and") if sign(at + 3) && digits(words, at + 2) => (RateUnit::Percent, 1),
            _ => continue,
        };
        // "99% of the goods" is a share.
        let own =
            is!(lower(at + len + 1), "its" | "his" | "her" | "their" | "our") && lower(at + len + 2) == "own";
        if lower(at + len) == "of" && unit == RateUnit::Percent && !own {
            continue;
        }
        // "adds 40 points to the 10% already charged": what stands beside the act is not its own rate.
        if lower(at + len) == "already" {
            continue;
        }
        // "on top of the usual 10%": what is paid anyway.
        let last = at.checked_sub(1).map_or(WordId::NONE, lower);
        let base = (2..=9).any(|back| {
            let Some(i) = at.checked_sub(back) else { return false };
            let plain = || {
                words.get(i + 2..at).unwrap_or_default().iter().all(|w| {
                    (matches!(w.tag, Tag::Det | Tag::Noun | Tag::Poss | Tag::Prep | Tag::Verb(_))
                        || is!(w.lower, "“" | "”" | "‘" | "’" | "\"" | "'"))
                        && !is!(w.lower, "%" | "percent" | "point" | "points")
                })
            };
            lower(i) == "top" && lower(i + 1) == "of" && (back < 4 || plain())
                || lower(i) == "addition" && lower(i + 1) == "to" && (back < 6 || plain())
        });
        if base || is!(last, "usual" | "ordinary" | "regular" | "normal" | "customary" | "mfn") {
            continue;
        }
        // "the duties above the 10% base were paused": what the rate bounds is not it.
        let bound = last == "the"
            && at.checked_sub(2).is_some_and(|i| is!(lower(i), "above" | "below" | "beyond" | "over"));
        if bound || of_a_market(words, at) || of_no_duty(words, at) {
            continue;
        }
        // "with threats of 20%": charged to nobody. "VAT of 20%": paid on goods of the land as well.
        let of = |i: usize| is!(lower(i), "threat" | "threats" | "vat" | "gst");
        if last == "of" && at.checked_sub(2).is_some_and(of) || is!(last, "vat" | "gst") {
            continue;
        }
        // "an average tariff of 47%": no measure has it.
        if (1..=4).any(|back| at.checked_sub(back).is_some_and(|i| lower(i) == "average")) {
            continue;
        }
        // "suspends 20 points of its 30 percent duty": what the points are taken from.
        let whole = is!(last, "its" | "the" | "their" | "a" | "an" | "this" | "that")
            && at.checked_sub(3).is_some_and(|i| is!(lower(i), "point" | "points") && lower(i + 1) == "of");
        if whole {
            continue;
        }
        // "could push growth below 6%": a rate of something else.
        let economy = (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|i| {
                is!(
                    lower(i),
                    "growth" | "inflation" | "unemployment" | "gdp" | "probability" | "likelihood" | "odds"
                ) || lower(i) == "chance" && lower(i + 1) == "of"
            })
        });
        if economy {
            continue;
        }
        // "blades with at least 80 percent American steel", "whose local content amounts to 60 percent"
        if (1..=CONTENT).any(|back| {
            at.checked_sub(back)
                .and_then(|i| words.get(i))
                .is_some_and(|w| is!(w.lemma, "contain" | "content" | "comprise" | "consist" | "purity"))
        }) {
            continue;
        }
        // "goods with more than 40% Chinese content", "a 51% foreign stake"
        let behind = (0..OF_WHAT).map(|i| lower(at + len + i));
        if behind
            .take_while(|w| !is!(*w, "on" | "of" | "for" | "," | "and"))
            .any(|w| is!(w, "content" | "share" | "stake" | "ownership" | "owned" | "shareholding"))
        {
            continue;
        }
        let part = part(words, at);
        // "would stay at 25% and not go to 30%"
        if part == Part::To && (2..=4).any(|back| at.checked_sub(back).is_some_and(|i| lower(i) == "not")) {
            continue;
        }
        let part = match part {
            Part::Value if lower(at + len) == "→" => Part::From,
            Part::Value if last == "→" => Part::To,
            part => part,
        };
        let part = if part == Part::Value && told_as_former(words, at, len) { Part::From } else { part };
        out.push(Percentage { words: (at, at + len), value, unit, part });
    }
    replace(words, &mut out);
    out
}

/// "from 25% to nil", "to 20% from nil", "from zero to 25%": how the word at `at` for no duty stands to the
/// measure, behind the percentage `last`.
fn no_duty(words: &[Word], at: usize, last: Option<&Percentage>) -> Option<Part> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let close = last.is_some_and(|last| last.words.1 + BACK >= at);
    match at.checked_sub(1).map_or("", lower) {
        // "amounts to nothing" is no rate.
        "to" => (lower(at) != "nothing" || close).then_some(Part::To),
        "from" => (close || lower(at + 1) == "to").then_some(Part::From),
        _ => None,
    }
}

/// "to 70 per cent from 30", "from 10 percent to 40", "50 percent instead of 25": the sign of the first number
/// holds for the second.
fn unsigned(words: &[Word], at: usize, last: Option<&Percentage>) -> Option<Part> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let whole = |w: &Word| w.lower.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = words.get(at).is_some_and(|w| w.kind == TokenKind::Number && !w.time && whole(w));
    let last = last.filter(|last| number && last.unit == RateUnit::Percent)?;
    let lead = words.get(last.words.1..at)?;
    let told = |n: usize| lead.get(n).map_or(WordId::NONE, |w| w.lower.id());
    let lead_in = (told(0), told(1), told(2));
    let older = match lead_in {
        (a, b, WordId::NONE) => {
            a == "instead" && b == "of"
                || a == "as" && b == "against"
                || a == "rather" && b == "than"
                || is!(a, "up" | "down") && b == "from"
        }
        (a, b, c) if lead.len() == 3 => {
            a == "in" && is!(b, "place" | "lieu") && c == "of"
                || a == "," && is!(b, "up" | "down") && c == "from"
        }
        _ => false,
    };
    let (opener, part) = match last.part {
        Part::Value | Part::To | Part::At if older => ("", Part::From),
        Part::To => ("from", Part::From),
        Part::From => ("to", Part::To),
        _ => return None,
    };
    let plain = |w: &Word| FILLER.has(&w.lower);
    let opens = || lead.iter().position(|w| w.lower == opener);
    let light =
        lead.len() <= BACK + 1 && (older || opens().is_some_and(|at| lead.iter().skip(at + 1).all(plain)));
    // "to 25% from 10 countries", "from 10 May"
    let ends = words.get(at + 1).is_none_or(|w| {
        matches!(w.tag, Tag::Punct | Tag::Conj | Tag::Prep | Tag::Sub)
            || is!(w.lower, "previously" | "before")
    });
    let sign = matches!(lower(at + 1), "%" | "percent" | "pct" | "per" | "to");
    (light && ends && !sign).then_some(part)
}

/// How many words behind a rate the one before it begins.
const BACK: usize = 3;

/// "by ten points", "five percent": numbers that are written out.
fn spelled(word: &Lower) -> Option<Percent> {
    let value = SPELLED.place(word.number()).and_then(|at| VALUES.get(at))?;
    Some(Percent::from_ten_thousandths(value * 10_000))
}

const SPELLED: Few<18> = Few::new([
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "fifteen",
    "twenty",
    "twenty-five",
    "thirty",
    "thirty-five",
    "forty",
    "fifty",
]);

/// What they stand for.
const VALUES: [i64; 18] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 35, 40, 50];

/// "25%, compared with 10% now", "15% against 39% before": what was paid so far.
fn told_as_former(words: &[Word], at: usize, len: usize) -> bool {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let back = |by: usize| at.checked_sub(by).map_or(WordId::NONE, lower);
    let compared = back(2) == "compared" && is!(back(1), "with" | "to") || back(1) == "against";
    let rated = (2..=6).any(|by| is!(back(by), "%" | "percent" | "cent" | "pct"));
    let before = is!(
        lower(at + len),
        "now" | "before" | "previously" | "currently" | "today" | "earlier" | "hitherto" | "formerly"
    ) || lower(at + len) == "at" && lower(at + len + 1) == "present"
        || lower(at + len) == "until" && lower(at + len + 1) == "now";
    compared && rated && before
}

/// How many words behind a percentage it may stand of what it is a part.
const OF_WHAT: usize = 3;
/// How far before a share of something the word stands that makes it one, in words.
const CONTENT: usize = 5;

/// "Goods that are subject to a duty of 20 percent shall instead be subject to one of 10 percent", "shall pay 10
/// percent in lieu of 20 percent": from the one to the other.
fn replace(words: &[Word], items: &mut [Percentage]) {
    let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
    let swap = |at: &usize| {
        lower(*at) == "instead" && lower(at + 1) != "of"
            || lower(*at) == "in" && is!(lower(at + 1), "lieu" | "place") && lower(at + 2) == "of"
    };
    if items.len() < 2 {
        return;
    }
    let Some(at) = (0..words.len()).find(swap) else { return };
    let plain = |item: &Percentage| matches!(item.part, Part::Value | Part::To | Part::At);
    let before = items.iter().rposition(|item| item.words.1 <= at && plain(item));
    let after = items.iter().position(|item| item.words.0 > at && plain(item));
    let (Some(before), Some(after)) = (before, after) else { return };
    let start = |n: usize| items.get(n).map_or(0, |item| item.words.0);
    let pays = |from: usize, to: usize| {
        let between = words.get(from..to).unwrap_or_default();
        between.iter().any(|w| is!(w.lemma, "subject" | "bear" | "pay" | "carry" | "attract" | "be"))
    };
    let instead = lower(at) == "instead";
    if !pays(0, start(before))
        || instead && !pays(at, start(after))
        || !instead && start(after) > at + REPLACED
    {
        return;
    }
    let parts = if instead { (Part::From, Part::To) } else { (Part::To, Part::From) };
    for (n, part) in [(before, parts.0), (after, parts.1)] {
        if let Some(item) = items.get_mut(n) {
            item.part = part;
        }
    }
}

/// How many words behind "in lieu of" the rate stands that is replaced.
const REPLACED: usize = 14;

/// What is bought and sold, whose moves are told beside those of duties.
static MARKETS: WordList = WordList::new(&[
    "composite",
    "currency",
    "dax",
    "dow",
    "freight",
    "ftse",
    "gauge",
    "hang",
    "index",
    "kospi",
    "nasdaq",
    "nifty",
    "nikkei",
    "peso",
    "ringgit",
    "rupee",
    "seng",
    "sensex",
    "shares",
    "spot",
    "stock",
    "stocks",
    "stoxx",
    "topix",
    "yen",
    "yuan",
]);

/// How far before its move a market is named, in words.
const MARKET: usize = 6;

/// "the Composite added 0.5 percent": the move of a market.
fn of_a_market(words: &[Word], at: usize) -> bool {
    let here = words.get(at.saturating_sub(MARKET)..at).unwrap_or_default();
    here.iter()
        .rev()
        .take_while(|w| !is!(w.lower, "," | ";" | "and" | "while" | "as" | "after"))
        .any(|w| MARKETS.has(&w.lower))
}

/// What is raised to a percentage, or cut by one, and is no duty.
pub(crate) static NO_DUTIES: WordList = WordList::new(&[
    "budget",
    "consumption",
    "dependence",
    "dividend",
    "emission",
    "harvest",
    "headcount",
    "holding",
    "investment",
    "output",
    "payroll",
    "pension",
    "production",
    "purchase",
    "reliance",
    "requirement",
    "salary",
    "spending",
    "staff",
    "stake",
    "target",
    "threshold",
    "turnover",
    "vat",
    "wage",
    "workforce",
]);

/// "raised its stake in the smelter to 20%", "cut its purchases of oil by a fifth": no duty is named between the verb and
/// its rate.
fn of_no_duty(words: &[Word], at: usize) -> bool {
    let Some(prep) =
        at.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| is!(w.lower, "to" | "by" | "at")))
    else {
        return false;
    };
    let here = words.get(prep.saturating_sub(OBJECT)..prep).unwrap_or_default();
    let from =
        here.iter().rposition(|w| matches!(w.tag, Tag::Verb(_) | Tag::Punct)).map_or(0, |verb| verb + 1);
    let object = here.get(from..).unwrap_or_default();
    let duty = |w: &Word| {
        is!(
            w.lemma,
            "tariff"
                | "duty"
                | "levy"
                | "tax"
                | "surcharge"
                | "charge"
                | "rate"
                | "fee"
                | "toll"
                | "cess"
                | "surtax"
        )
    };
    object.iter().any(|w| NO_DUTIES.has(&w.lemma)) && !object.iter().any(duty)
}

/// Most words of an object that stand before its rate.
const OBJECT: usize = 10;

/// Where a range of rates that starts at `at` ends.
fn spread(words: &[Word], at: usize) -> Option<usize> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let unit = |i: usize| match lower(i) {
        "%" | "percent" | "pct" | "pc" => 1,
        "per" if lower(i + 1) == "cent" => 2,
        _ => 0,
    };
    let joint = at + 1 + unit(at + 1);
    let second = joint + 1;
    let close = second + 1 + unit(second + 1);
    let before = at.checked_sub(1).map_or("", lower);
    // "ranging from 10% to 25%": no duty goes from one to the other.
    let ranges = before == "from"
        && at.checked_sub(2).is_some_and(|i| {
            matches!(
                lower(i),
                "ranging"
                    | "range"
                    | "ranges"
                    | "ranged"
                    | "varying"
                    | "vary"
                    | "varies"
                    | "anywhere"
                    | "running"
            )
        });
    let named = match lower(joint) {
        "and" => before == "between",
        "to" => unit(second + 1) > 0 && (ranges || part(words, at) == Part::Value),
        _ => false,
    };
    (named && digits(words, second)).then_some(close)
}

fn digits(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.kind == TokenKind::Number)
}

fn number(word: &str) -> Option<(Percent, &str)> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(end)?;
    let plain =
        if digits.contains(',') { Cow::Owned(digits.replace(',', "")) } else { Cow::Borrowed(digits) };
    Percent::parse(&plain).map(|value| (value, rest))
}

/// Words that may stand between a preposition and its percentage.
static FILLER: WordList = WordList::new(&[
    "the",
    "a",
    "an",
    "current",
    "about",
    "some",
    "as",
    "much",
    "high",
    "low",
    "additional",
    "around",
    "roughly",
    "its",
    "just",
    "only",
    "nearly",
    "still",
    "further",
    "“",
    "\"",
    "‘",
    "between",
    "approximately",
    "flat",
    "extra",
    "another",
    "full",
    "initial",
    "present",
    "new",
    "total",
    "combined",
    "least",
    "most",
    "whopping",
    "hefty",
    "steep",
    "staggering",
    "massive",
    "punishing",
    "crippling",
    "previous",
    "prior",
    "earlier",
    "original",
    "old",
    "existing",
    "planned",
    "threatened",
    "previously",
    "proposed",
    "originally",
    "record",
    "mere",
    "punitive",
    "higher",
    "lower",
    "reduced",
    "uniform",
    "standard",
    "blanket",
    "prohibitive",
    "eye-watering",
    "swingeing",
    "stiff",
    "general",
    "single",
    "provisional",
    "definitive",
    "headline",
    "cumulative",
    "overall",
    "effective",
    "minimum",
    "maximum",
    "near",
    "precisely",
    "exactly",
    "almost",
]);

/// Words that say of the percentage behind them that it stays.
static STAYING: WordList = WordList::new(&[
    "retain",
    "retaining",
    "retained",
    "retains",
    "remaining",
    "keeping",
    "keeps",
    "keep",
    "kept",
    "leaving",
    "leaves",
    "leave",
    "left",
    "maintaining",
    "maintain",
    "maintains",
    "stays",
    "stay",
    "remains",
    "remain",
]);

/// How far before a percentage such a word may stand.
const KEPT: usize = 9;

/// What the words before a percentage at `at` say of it.
fn part(words: &[Word], at: usize) -> Part {
    let mut before = at;
    while before > 0 && words.get(before - 1).is_some_and(|w| FILLER.has(&w.lower)) {
        before -= 1;
    }
    let word =
        |back: usize| before.checked_sub(back).and_then(|i| words.get(i)).map_or("", |w| w.lower.as_str());
    // A percentage, a full clause or the end of the list between them breaks the tie.
    let stays = || {
        let near = words.get(before.saturating_sub(KEPT)..before).unwrap_or_default();
        (near.iter().rev())
            .take_while(|w| !is!(w.lower, "%" | "percent" | "points" | ";" | "which" | "that"))
            .any(|w| STAYING.has(&w.lower))
    };
    match word(1) {
        "from" => Part::From,
        "of" if matches!(word(2), "instead" | "place" | "lieu") => Part::From,
        // "rated at 10% as against 20%", "pays 10% rather than 20%"
        "against" if word(2) == "as" => Part::From,
        "than" if word(2) == "rather" => Part::From,
        // "Cranes: 25% (was 10%)"
        "was" | "currently" | "formerly" | "previously" | "now" | "before" if word(2) == "(" => Part::From,
        _ if paid_so_far(words, at)
            .is_some_and(|now| another_rate(words, at) || beside_another(words, now)) =>
        {
            Part::From
        }
        "at" if matches!(word(2), "stands" | "stand")
            && matches!(word(3), "now" | "currently" | "presently")
            && !older_behind(words, at) =>
        {
            Part::From
        }
        // "goes to 8%, not 12%"
        "not" if word(2) == "," && matches!(word(3), "%" | "percent") => Part::From,
        // "to 8% from the general duty of 12%"
        "of" if matches!(word(2), "rate" | "duty" | "tariff" | "level" | "rates" | "duties" | "tariffs")
            && (3..=6)
                .map(word)
                .take_while(|w| !matches!(*w, "%" | "percent" | "," | ""))
                .any(|w| w == "from") =>
        {
            Part::From
        }
        // "reduce to 12 percent the rate of 18 percent"
        "of" if matches!(word(2), "rate" | "duty" | "tariff" | "level")
            && (3..=7).any(|i| matches!(word(i), "%" | "percent") && word(i + 2) == "to") =>
        {
            Part::From
        }
        // "the rate of 18 percent is replaced by a rate of 12 percent"
        "of" if word(2) == "rate" && word(4) == "by" && matches!(word(5), "replaced" | "superseded") => {
            Part::To
        }
        "than" if word(2) == "rather" => Part::From,
        // "will be 15% rather than at the 25% announced"
        "at" | "to" if word(2) == "than" && word(3) == "rather" => Part::From,
        // "duties amounting to 35%", "duties that run to 35%": no move.
        "to" if matches!(
            word(2),
            "amount" | "amounts" | "amounted" | "amounting" | "run" | "runs" | "ran" | "running"
        ) =>
        {
            Part::Value
        }
        "deleting" | "striking" | "removing" | "replacing" | "strike" | "delete" | "replace" => Part::From,
        "inserting" | "substituting" | "insert" | "substitute" => Part::To,
        // "inserting in lieu thereof “10%”"
        "thereof" if word(2) == "lieu" => Part::To,
        "to" if word(2) == "up" && word(3) == "of" || word(2) == "subject" || word(2) == "liable" => {
            Part::Value
        }
        _ if stays() => Part::Retained,
        // "levies of up to 15%", but "went up to 15%"
        "to" if word(2) == "up"
            && !matches!(
                word(3),
                "go" | "goes"
                    | "going"
                    | "gone"
                    | "went"
                    | "move"
                    | "moves"
                    | "moved"
                    | "pushed"
                    | "raised"
                    | "hiked"
                    | "jacked"
                    | "bumped"
                    | "ramped"
                    | "ratcheted"
                    | "stepped"
                    | "climbed"
                    | "shot"
            ) =>
        {
            Part::Value
        }
        "to" if matches!(
            word(2),
            "response"
                | "addition"
                | "reply"
                | "answer"
                | "opposed"
                | "compared"
                | "due"
                | "similar"
                | "thanks"
        ) =>
        {
            Part::Value
        }
        "to" | "into" | "became" | "becomes" | "become" => Part::To,
        "at" if matches!(word(2), "now" | "currently" | "previously" | "today") => Part::From,
        "at" => Part::At,
        "by" => Part::By,
        "of" if matches!(
            word(2),
            "rate" | "level" | "total" | "maximum" | "minimum" | "ceiling" | "peak" | "high"
        ) && (4..=6).any(|i| word(i) == "to" && word(i + 1) != "subject") =>
        {
            Part::To
        }
        _ => Part::Value,
    }
}

/// Whether a rate stands behind the one at `at`.
fn another_rate(words: &[Word], at: usize) -> bool {
    let behind = words.get(at + 3..).unwrap_or_default();
    behind.iter().any(is_sign)
}

/// "a duty of 5% on pork, which today faces 40%": whether the word at `now` stands in a clause that is added to
/// one with a rate.
fn beside_another(words: &[Word], now: usize) -> bool {
    let back = |by: usize| now.checked_sub(by).and_then(|i| words.get(i));
    let added = back(1).is_some_and(|w| w.lower == ",")
        || back(1).is_some_and(|w| w.tag == Tag::Rel) && back(2).is_some_and(|w| w.lower == ",");
    let before = words.get(..now).unwrap_or_default();
    added && before.iter().any(is_sign)
}

/// Whether a word marks a number as a rate.
pub(crate) fn is_sign(word: &Word) -> bool {
    is!(word.lower, "%" | "percent" | "pct" | "cent")
}

/// Within so many words "instead" stands behind a rate, and "down from".
const NEAR: usize = 6;
const OLDER: usize = 12;
/// Most words between "until now" and the rate that was paid.
const SO_FAR: usize = 7;

/// "cars, which now pay 5%, will pay 10%", "pipes, until now charged 5%": where the word stands that tells
/// of the rate at `at` that it was paid so far, and will be another.
pub(crate) fn paid_so_far(words: &[Word], at: usize) -> Option<usize> {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    if older_behind(words, at) || goes_on_with_another(words, at) {
        return None;
    }
    let floor = at.saturating_sub(SO_FAR);
    let now = (floor..at).rfind(|&i| {
        // "growers who had been paying 27%, had their bill cut"
        lower(i) == "had" && is!(lower(i + 1), "been" | "stood" | "amounted")
            || is!(
                lower(i),
                "now"
                    | "today"
                    | "currently"
                    | "presently"
                    | "previously"
                    | "hitherto"
                    | "heretofore"
                    | "far"
                    | "date"
            )
    })?;
    let pays = |w: &Word| {
        is!(
            w.lemma,
            "pay"
                | "charge"
                | "tax"
                | "face"
                | "carry"
                | "bear"
                | "subject"
                | "dutiable"
                | "attract"
                | "stand"
                | "amount"
                | "high"
                | "sit"
        )
    };
    let clause = words.get(now + 1..at).unwrap_or_default();
    (clause.iter().any(pays) && !clause.iter().any(|w| w.lower == ",")).then_some(now)
}

/// "now face 15% instead of 39%", "now pay 15% in Lima, down from 39%": whether the rate before stands behind the one
/// at word `at`.
fn older_behind(words: &[Word], at: usize) -> bool {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let instead = (at..at + NEAR).any(|i| is!(lower(i), "instead" | "rather" | "against" | "place"));
    let moved = (at + 1..at + OLDER)
        .take_while(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Num))
        .any(|i| is!(lower(i), "down" | "up") && lower(i + 1) == "from");
    instead || moved
}

/// "cars now pay 50% and salmon 20%", "now pay 50%, and a 20% duty applies": other goods with a rate of their own,
/// while "pays 5% now and will pay 10%" is the same.
fn goes_on_with_another(words: &[Word], at: usize) -> bool {
    let and = (at + 1..words.len().min(at + SO_FAR))
        .find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Punct && !is_sign(w) && w.lower != "per"));
    let Some(and) = and.filter(|&i| words.get(i).is_some_and(|w| is!(w.lower, "and" | "while"))) else {
        return false;
    };
    let next = words.get(and + 1);
    next.is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Noun | Tag::Num))
}

/// Parts as the act at word `trigger` gives them: what a cut starts from, what a suspension leaves.
pub(crate) fn settle(items: &mut [Percentage], action: TariffAction, trigger: usize) {
    // "keeps 24 percentage points on hold": the only number is what is held.
    if let ([only], TariffAction::Suspend) = (&mut *items, action)
        && only.part == Part::Retained
        && only.unit == RateUnit::PercentagePoints
    {
        only.part = Part::Value;
    }
    // "the 24% tariff continues to be suspended": what is held, in front of the verb that says so.
    if let ([only], TariffAction::Suspend | TariffAction::ExtendSuspension) = (&mut *items, action)
        && only.part == Part::Retained
        && only.words.1 <= trigger
    {
        only.part = Part::Value;
    }
    let moves = matches!(action, TariffAction::Increase | TariffAction::Reduce);
    let target = items.iter().position(|i| matches!(i.part, Part::To | Part::At));
    for item in items.iter_mut() {
        match item.part {
            // "gave Oslo 90 more days at 25%": what it pays until then.
            Part::At if action == TariffAction::Suspend => item.part = Part::Retained,
            Part::At => item.part = if moves { Part::To } else { Part::Value },
            Part::Retained
                if !matches!(
                    action,
                    TariffAction::Suspend | TariffAction::ExtendSuspension | TariffAction::Reduce
                ) =>
            {
                item.part = Part::Value;
            }
            // "woke up to a 39% duty"
            Part::To
                if action == TariffAction::Impose && (item.words.1..item.words.1 + 3).contains(&trigger) =>
            {
                item.part = Part::Value;
            }
            Part::To if !moves && action != TariffAction::Suspend && action != TariffAction::Threaten => {}
            _ => {}
        }
    }
    let has = |items: &[Percentage], part: Part| items.iter().any(|i| i.part == part);
    if moves && !has(items, Part::From) && !has(items, Part::By) {
        // "the 15% duty is halved to 7.5%"
        if let Some(target) = target
            && let Some(value) = items.iter_mut().take(target).find(|i| i.part == Part::Value)
            && (value.words.0 < trigger || value.unit == RateUnit::Percent)
        {
            value.part = Part::From;
        }
    }
    // "a 15% tariff, down from 27.5%": the duty goes from one to the other.
    if matches!(items, [from, value] if from.part == Part::From && value.part == Part::Value) {
        items.reverse();
    }
    if let [value, from] = &mut *items
        && value.part == Part::Value
        && from.part == Part::From
        && value.unit == from.unit
        && matches!(action, TariffAction::Impose | TariffAction::Increase | TariffAction::Reduce)
    {
        value.part = Part::To;
    }
    let pauses = matches!(action, TariffAction::Suspend | TariffAction::ExtendSuspension);
    if pauses && items.len() > 1 && !has(items, Part::From) {
        // "holds back 24 points and charges 10%", "the duty of 10% reflects a suspension of 24 points"
        let points = |i: &Percentage| i.unit == RateUnit::PercentagePoints && i.part == Part::Value;
        if items.iter().any(points) {
            let rest = items.iter_mut().filter(|i| i.unit == RateUnit::Percent && i.part == Part::Value);
            rest.for_each(|rest| rest.part = Part::Retained);
        }
    }
}

/// "cut its 40% duty", "halved the duty from 40%": where the only rate that is told of a move is the one it
/// starts from.
pub(crate) fn settle_origin(items: &mut [Percentage], words: &[Word], action: TariffAction, trigger: usize) {
    let moves = matches!(action, TariffAction::Increase | TariffAction::Reduce);
    let [only] = items else { return };
    if !moves || only.unit != RateUnit::Percent || only.words.0 < trigger {
        return;
    }
    let before = (trigger + 1..only.words.0)
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| !FILLER.has(&w.lower) || is!(w.lower, "the" | "its")));
    let owned = before.and_then(|i| words.get(i)).is_some_and(|w| {
        w.tag == Tag::Poss || is!(w.lower, "the" | "its" | "their" | "his" | "this" | "that")
    });
    let named = words.get(only.words.1).is_some_and(|w| w.tag == Tag::Noun && !w.time);
    let added =
        words.get(trigger..only.words.0).unwrap_or_default().iter().any(|w| {
            is!(w.lower, "additional" | "extra" | "further" | "another" | "new" | "higher" | "lower")
        });
    if only.part == Part::From || only.part == Part::Value && owned && named && !added {
        only.part = Part::Moved;
    }
}

/// The rate that percentages of one measure give together.
pub(crate) fn rate(items: &[Percentage], words: &[Word], text: &str) -> Option<(Rate, Span)> {
    let first = items.first()?;
    let of = |part: Part| items.iter().find(|i| i.part == part);
    let (from, to, by) = (of(Part::From), of(Part::To), of(Part::By));
    let retained = of(Part::Retained);
    let value = of(Part::Value);
    let mut used: Vec<&Percentage> = Vec::new();
    let mut rate =
        Rate { raw: String::new(), value: None, from: None, to: None, unit: first.unit, retained: None };
    match (from, to, by) {
        (Some(from), Some(to), _) => {
            rate.from = Some(from.value);
            rate.to = Some(to.value);
            used.extend([from, to]);
        }
        // "adds 40 points, lifting the total to 50%": the act is the points.
        (_, Some(to), _)
            if value.is_some_and(|v| v.unit == RateUnit::PercentagePoints && to.unit != v.unit) =>
        {
            if let Some(value) = value {
                rate.value = Some(value.value);
                rate.unit = value.unit;
                used.push(value);
                // "raised it 10 points to 25%"
                if value.words.1 + 1 == to.words.0 {
                    rate.to = Some(to.value);
                    used.push(to);
                }
            }
        }
        (_, Some(to), _) => {
            rate.to = Some(to.value);
            used.push(to);
            if let Some(by) = by {
                rate.value = Some(by.value);
                rate.unit = RateUnit::PercentagePoints;
                used.push(by);
            }
        }
        (_, _, Some(by)) => {
            rate.value = Some(by.value);
            rate.unit = RateUnit::PercentagePoints;
            used.push(by);
        }
        _ => {
            if let Some(value) = value.or(from) {
                rate.value = Some(value.value);
                rate.unit = value.unit;
                used.push(value);
            }
        }
    }
    if let (None, Some(moved)) = (value.or(from).or(to).or(by), of(Part::Moved)) {
        rate.from = Some(moved.value);
        used.push(moved);
    }
    if let Some(retained) = retained {
        rate.retained = Some(retained.value);
        used.push(retained);
    }
    let start = used.iter().map(|i| i.words.0).min()?;
    let end = used.iter().map(|i| i.words.1).max()?;
    let span = Span::new(words.get(start)?.span.start, words.get(end - 1)?.span.end);
    rate.raw = span.of(text)?.to_owned();
    Some((rate, span))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor, Kind};

    /// Value, rate before and rate after of the first tariff, `-` where there is none.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 2, 21)));
        let rate =
            read.events.iter().find(|e| e.act.kind() == Kind::TariffAction).and_then(|e| e.rate.clone());
        let or = |part: Option<super::Percent>| part.map_or_else(|| "-".to_owned(), |p| p.to_string());
        let told = rate.map(|r| format!("{}/{}/{}", or(r.value), or(r.from), or(r.to)));
        assert_eq!(told.as_deref(), Some(expected), "{text:?}");
    }

    #[test]
    fn where_a_move_starts_and_ends() {
        let duty = "Canada raised its tariff on Chinese steel";
        check(&format!("{duty} to 25% from nil."), "-/0/25");
        check(&format!("{duty} to 25 per cent from 10."), "-/10/25");
        check(&format!("{duty} from 10 percent to 25."), "-/10/25");
        check(&format!("{duty} to 25%, compared with 10% now."), "-/10/25");
        check(&format!("{duty} by ten points to 25%."), "10/-/25");
        check(&format!("{duty} to a uniform 25%."), "-/-/25");
        check(&format!("{duty} to 25% from 1 March."), "-/-/25");
        check(&format!("{duty} to 25 percent, up from 10."), "-/10/25");
        check(
            "From July Chinese steel will attract 25 percent instead of 10 in Canada under its new duty.",
            "-/10/25",
        );
        check(&format!("{duty} to 25% from 10 suppliers."), "-/-/25");
        check("Canada halved its 25% tariff on Chinese steel.", "-/25/-");
        check("Canada dropped its 25% tariff on Chinese steel.", "25/-/-");
        check(
            "Canada's tariff on Chinese steel, which had stood at 10%, is to go up to 25% in March.",
            "-/10/25",
        );
        check("Canada imposed tariffs running to 25% on Chinese steel on Monday.", "25/-/-");
    }

    #[test]
    fn each_of_two_goods_has_its_rate() {
        let text = "Canada raised its tariffs on Chinese steel and aluminium to 25% and 15% respectively.";
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 2, 21)));
        let rates: Vec<String> =
            read.events.iter().filter_map(|e| e.rate.as_ref()?.to).map(|to| to.to_string()).collect();
        assert_eq!(rates, ["25", "15"]);
    }
}
