//! A whole expression: a date, a time of day or both, or a range of two.

use super::grammar::Grammar;
use super::lexicon::{Key, Shift, Word};
use super::node::{Clock, Core, Modifier, Node, Parts};
use super::period::{Grain, Period};
use super::resolve;

/// An expression from one token up to, not including, another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) core: Core,
    pub(super) days: Option<Period>,
    /// First and last unit of a range.
    pub(super) ends: Option<(Period, Period)>,
    pub(super) modifier: Option<Modifier>,
    pub(super) clock: Option<Clock>,
    /// A time of day without a word of the day.
    pub(super) bare_clock: bool,
    pub(super) next: usize,
}

/// The expression at token `at`.
pub(super) fn expression(grammar: &Grammar<'_>, at: usize) -> Option<Found> {
    // "will last five years"
    let verb = || {
        grammar.before(at) == Word::Future
            || grammar.before(at) == Word::Key(Key::To) && grammar.before(at - 1) == Word::Future
    };
    if grammar.word(at) == Word::Shift(Shift::Last) && verb() {
        return None;
    }
    if let Some((clock, next)) = grammar.clock(at) {
        return Some(clock_first(grammar, clock, next));
    }
    let node = lent_year(grammar, grammar.date(at)?);
    if let Some(found) = range(grammar, node, at) {
        return Some(found);
    }
    let days = grammar.settle(node, at);
    if days.is_none() && matches!(node.core, Core::Parts(_) | Core::Quarter { .. }) {
        return None;
    }
    let mut found = Found {
        core: node.core,
        days,
        ends: None,
        modifier: node.modifier,
        clock: None,
        bare_clock: false,
        next: node.next,
    };
    if days.is_some_and(|days| days.grain == Grain::Day) {
        if grammar.is(node.next.wrapping_sub(1), Key::Tonight) {
            found.clock = Some(Clock::Part(super::lexicon::Part::Night));
        }
        if let Some((clock, next)) = clock_after(grammar, node.next) {
            found.clock = Some(clock);
            found.next = next;
            year_last(grammar, &mut found);
        }
    }
    Some(found)
}

/// "In early May and early July 2024": the last of a list lends its year.
fn lent_year(grammar: &Grammar<'_>, node: Node) -> Node {
    let Core::Parts(parts @ Parts { year: None, month: Some(month), .. }) = node.core else { return node };
    let joined = matches!(grammar.word(node.next), Word::Key(Key::And | Key::Or) | Word::Sign(','));
    let from = match grammar.word(node.next + 1) {
        Word::Key(Key::In | Key::On | Key::And) => node.next + 2,
        _ => node.next + 1,
    };
    let last = joined.then(|| grammar.date(from)).flatten();
    match last.map(|last| last.core) {
        Some(Core::Parts(Parts { year: Some(year), month: Some(later), .. })) => {
            let year = year - i16::from(month > later);
            Node { core: Core::Parts(Parts { year: Some(year), ..parts }), ..node }
        }
        _ => node,
    }
}

/// A time of day and the date that follows it, if one does.
fn clock_first(grammar: &Grammar<'_>, clock: Clock, next: usize) -> Found {
    let comma = grammar.past_sign(next, ',');
    let from = grammar.past_key(comma, Key::On);
    let dated = grammar.date(from).and_then(|node| Some((node, grammar.settle(node, from)?)));
    let bare_clock = dated.is_none_or(|(_, days)| days.grain != Grain::Day);
    let today = Period::day(grammar.today());
    let (core, days, next) = match dated {
        Some((node, days)) if days.grain == Grain::Day => (node.core, days, node.next),
        _ => (Core::Period(today), today, next),
    };
    // "12:01 a.m. on November 1 (EST)": the zone behind the day.
    let (clock, next) = if bare_clock { (clock, next) } else { grammar.zoned(clock, next) };
    Found { core, days: Some(days), ends: None, modifier: None, clock: Some(clock), bare_clock, next }
}

/// "Thu Oct 26 11:00:09 2023": the year stands behind a clock time with seconds.
fn year_last(grammar: &Grammar<'_>, found: &mut Found) {
    let Core::Parts(parts @ Parts { year: None, day: Some(_), .. }) = found.core else { return };
    if let Some(Clock::At { second: Some(_), .. }) = found.clock
        && let Some((year, next)) = grammar.year_number(found.next)
    {
        let core = Core::Parts(Parts { year: Some(year), ..parts });
        if let Some(days) = grammar.settle(Node::new(core, next), next) {
            (found.core, found.days, found.next) = (core, Some(days), next);
        }
    }
}

/// "at 12:01 a.m.", ", 8 p.m.", "morning", "T00:01" after a day.
fn clock_after(grammar: &Grammar<'_>, at: usize) -> Option<(Clock, usize)> {
    if let Word::Part(part) = grammar.word(at) {
        return Some((Clock::Part(part), at + 1));
    }
    let from = match grammar.word(at) {
        Word::Key(Key::T) if grammar.glued(at) && grammar.glued(at + 1) => at + 1,
        Word::Sign('-' | '.') if grammar.glued(at) && grammar.glued(at + 1) && grammar.sign(at + 2, ':') => {
            at + 1
        }
        Word::Sign(',') => grammar.past_key(at + 1, Key::At),
        Word::Key(Key::At) => grammar.past_key(at + 1, Key::About),
        _ => at,
    };
    grammar.clock(from)
}

fn range(grammar: &Grammar<'_>, first: Node, at: usize) -> Option<Found> {
    let dated = |core| {
        matches!(core, Core::Parts(_) | Core::Quarter { .. })
            || matches!(core, Core::Period(period) if period.grain != Grain::Range)
    };
    if !dated(first.core) {
        return None;
    }
    let lead =
        if grammar.before(at) == Word::Key(Key::The) { grammar.before(at - 1) } else { grammar.before(at) };
    let joined = match grammar.word(first.next) {
        Word::Key(Key::To | Key::Through) => true,
        Word::Key(Key::Until) => lead == Word::Key(Key::From),
        Word::Key(Key::And) => lead == Word::Key(Key::Between),
        _ => grammar.dash(first.next),
    };
    if !joined {
        return None;
    }
    let from = match grammar.word(first.next + 1) {
        Word::Key(Key::On | Key::In) => first.next + 2,
        _ => first.next + 1,
    };
    let last = grammar.date(from)?;
    if !dated(last.core) {
        return None;
    }
    let ends = resolve::ends(first.core, last.core, grammar.today(), grammar.direction(at))?;
    let days = Period::range(ends.0.start, ends.1.end);
    Some(Found {
        core: Core::Period(days),
        days: Some(days),
        ends: Some(ends),
        modifier: None,
        clock: None,
        bare_clock: false,
        next: last.next,
    })
}
