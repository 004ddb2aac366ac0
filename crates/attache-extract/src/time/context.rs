//! What the words around an expression say of it.

use super::lexicon::{Key, Shift, Unit, Word};
use super::scan::Token;

/// Which way a clause points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Told as past.
    Past,
    /// Known to be past.
    Back,
    /// Told as to come.
    Future,
    /// A limit that is still to come: "until", "by".
    Due,
    /// Nothing says.
    Open,
}

impl Direction {
    /// Whether the clause points ahead.
    pub(super) fn ahead(self) -> bool {
        matches!(self, Self::Future | Self::Due)
    }
}

/// How an expression bears on what it dates, read from the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// At, on, in, during, or nothing at all.
    At,
    /// "by", "no later than": a deadline.
    By,
    /// "until", "through".
    Until,
    /// "since".
    Since,
    /// "from", "starting", "effective".
    From,
    /// "before".
    Before,
    /// "after".
    After,
    /// "for", "over": how long.
    For,
    /// "within": at some time before this has passed.
    Within,
}

/// How far around an expression the clause is read, in tokens.
const REACH: usize = 18;

/// A rate moves at most so many tokens before the day on which it does.
const MOVES: usize = 7;

/// What is retroactive is so from a day at most so many tokens behind.
const RETROACTIVE: usize = 3;

/// The direction of the clause around token `at`: the nearest word before it that tells, else the
/// nearest after it where the sentence starts with it.
pub(super) fn direction(tokens: &[Token], at: usize) -> Direction {
    let word = |at: usize| tokens.get(at).map_or(Word::Other, |token| token.word);
    // "suspended it through June 30", "up to and including June 30", "until at least June 30"
    if relation(tokens, at) == Relation::Until {
        return Direction::Due;
    }
    // "retroactive to January 1", "with retroactive effect from January 1"
    if (1..=RETROACTIVE)
        .any(|back| at.checked_sub(back).is_some_and(|at| word(at) == Word::Key(Key::Retroactive)))
    {
        return Direction::Back;
    }
    for back in 1..=REACH {
        let start = at + 1 - back;
        let Some(here) = at.checked_sub(back) else { return unlisted(tokens, start, at) };
        if ends_sentence(tokens, here) {
            return unlisted(tokens, start, at);
        }
        let told = |range: std::ops::RangeInclusive<usize>| {
            range
                .filter_map(|far| here.checked_sub(far))
                .any(|far| matches!(word(far), Word::Key(Key::Had | Key::Was | Key::Been)))
        };
        match word(here) {
            Word::Key(Key::Until | Key::By) if back <= 2 => return Direction::Due,
            Word::Key(Key::Than) if back == 1 && word(here.wrapping_sub(1)) == Word::Key(Key::Later) => {
                return Direction::Due;
            }
            Word::Key(Key::Starting) if back <= 2 => return Direction::Future,
            // "starting with a first part on Tuesday"
            Word::Key(Key::Starting) if back <= 12 && word(here + 1) == Word::Other => {
                return Direction::Future;
            }
            Word::Key(Key::Since) if back <= 2 => return Direction::Back,
            // "a notice dated Saturday"
            Word::Key(Key::Dated) if back == 1 => return Direction::Back,
            Word::Key(Key::Set)
                if matches!(word(here + 1), Word::Key(Key::To | Key::For)) && !told(1..=2) =>
            {
                return Direction::Future;
            }
            // "was to kick in on Monday", "is to halve it from July"
            Word::Key(Key::Was | Key::Is) if word(here + 1) == Word::Key(Key::To) => {
                return Direction::Future;
            }
            // "takes effect on Tuesday", "expires Friday": a timetable.
            Word::Key(Key::Turns) if back <= 2 && !told(1..=2) => return Direction::Future,
            Word::Key(Key::Runs) if back <= 3 && !told(1..=2) => return Direction::Future,
            // "rises on May 3", "goes up on May 3"
            Word::Key(Key::Climbs) if back <= 2 && !told(1..=2) => return Direction::Future,
            Word::Key(Key::Sets) if back <= 3 && word(here + 1) == Word::Key(Key::Up) && !told(1..=2) => {
                return Direction::Future;
            }
            // "leaves for Oslo on Monday", "hosts the premier on Friday"
            Word::Key(Key::Leaves) if back <= 8 && !told(1..=2) => return Direction::Future,
            Word::Key(Key::Sets) if sets_in(tokens, here) && !told(1..=4) => return Direction::Future,
            Word::Future => return if told(1..=2) { Direction::Past } else { Direction::Future },
            // "could start on Monday", not "could not agree on Monday", "could have left on Monday"
            Word::Key(Key::Could) if !matches!(word(here + 1), Word::Key(Key::No | Key::Have)) => {
                return Direction::Future;
            }
            // "Chinese-made goods", "state-owned mills": no verb of the clause.
            Word::Past | Word::Key(Key::Done) if compound(tokens, here) => {}
            Word::Key(Key::Done) if !as_of(tokens, at) => return done(tokens, here),
            // "sat down in Oslo on May 3": no Saturday.
            Word::Key(Key::Brief(6)) if tokens.get(here).is_some_and(|token| !token.upper) => {
                return Direction::Past;
            }
            // "extended the pause to May 3", "put off to May 3"
            Word::Key(Key::Deferred) if led_by_to(tokens, at) => return Direction::Due,
            Word::Past | Word::Key(Key::Deferred) if planned(tokens, here) => return Direction::Future,
            // "will charge 100% on cars made in China from October 1"
            Word::Past | Word::Key(Key::Deferred)
                if at > 0 && word(at - 1) == Word::Key(Key::From) && foretold(tokens, at) =>
            {
                return Direction::Future;
            }
            // "announced a duty from March 1": when it starts, which may lie ahead.
            Word::Past | Word::Key(Key::Had | Key::Was | Key::Deferred)
                if at > 0
                    && matches!(word(at - 1), Word::Key(Key::From | Key::Starting | Key::Beginning)) =>
            {
                return Direction::Open;
            }
            // "made it subject to licensing as of March 1"
            Word::Past | Word::Key(Key::Had | Key::Was | Key::Done | Key::Deferred) if as_of(tokens, at) => {
                return Direction::Open;
            }
            // "decided to bring back a duty on December 15"
            Word::Past if word(here + 1) == Word::Key(Key::To) => return Direction::Open,
            Word::Past | Word::Key(Key::Had | Key::Was | Key::Deferred) => return Direction::Past,
            _ => {}
        }
    }
    Direction::Open
}

/// "rises to 25 percent on" before token `at`.
pub(super) fn moves(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or(Word::Other, |token| token.word);
    let led =
        at.checked_sub(1).is_some_and(|at| matches!(word(at), Word::Key(Key::On | Key::In | Key::From)));
    let verb = (2..=MOVES)
        .filter_map(|back| at.checked_sub(back))
        .find(|&here| word(here) == Word::Key(Key::Climbs));
    led && verb.is_some_and(|verb| {
        word(verb + 1) == Word::Key(Key::To)
            && matches!(word(verb + 2), Word::Digits { .. })
            && !(verb..at).any(|at| {
                matches!(word(at), Word::Past | Word::Key(Key::Deferred)) || ends_sentence(tokens, at)
            })
    })
}

/// "to May 3", "to the end of May" from token `at`.
fn led_by_to(tokens: &[Token], at: usize) -> bool {
    let key = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map(|token| token.word);
    let the = usize::from(key(1) == Some(Word::Key(Key::The)));
    key(1 + the) == Some(Word::Key(Key::To))
}

/// Whether a hyphen ties token `at` to the word before it.
fn compound(tokens: &[Token], at: usize) -> bool {
    let ends = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let (Some(sign), Some(first)) = (ends(1), ends(2)) else { return false };
    let glued = tokens.get(at).is_some_and(|own| own.start == sign.end) && sign.start == first.end;
    glued && matches!(sign.word, Word::Sign('-' | '‑' | '‐'))
}

/// "as of" before token `at`.
fn as_of(tokens: &[Token], at: usize) -> bool {
    let key = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map(|token| token.word);
    key(1) == Some(Word::Key(Key::Of)) && key(2) == Some(Word::Key(Key::As))
}

/// "takes effect", "come into force", "kicks in".
fn sets_in(tokens: &[Token], at: usize) -> bool {
    let key = |at: usize| match tokens.get(at).map(|token| token.word) {
        Some(Word::Key(key)) => Some(key),
        _ => None,
    };
    key(at + 1) == Some(Key::Force) || key(at + 2) == Some(Key::Force) || key(at + 1) == Some(Key::In)
}

fn done(tokens: &[Token], at: usize) -> Direction {
    if planned(tokens, at) { Direction::Future } else { Direction::Back }
}

/// "will be suspended", "is scheduled to be held" is not done.
fn planned(tokens: &[Token], at: usize) -> bool {
    let word =
        |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map_or(Word::Other, |t| t.word);
    (1..=3).any(|back| word(back) == Word::Future) && !(1..=5).any(|back| word(back) == Word::Key(Key::Was))
}

/// Whether a word before token `at` points ahead in its sentence.
pub(super) fn foretold(tokens: &[Token], at: usize) -> bool {
    (1..=REACH)
        .map_while(|back| at.checked_sub(back))
        .take_while(|&here| !ends_sentence(tokens, here))
        .any(|here| tokens.get(here).is_some_and(|token| token.word == Word::Future))
}

/// Whether nothing before token `at` in its sentence is told as past.
pub(super) fn not_past(tokens: &[Token], at: usize) -> bool {
    (1..=REACH)
        .map_while(|back| at.checked_sub(back))
        .take_while(|&here| !ends_sentence(tokens, here))
        .filter_map(|here| tokens.get(here))
        .all(|token| {
            !matches!(
                token.word,
                Word::Past | Word::Key(Key::Had | Key::Was | Key::Been | Key::Done | Key::Deferred)
            )
        })
}

/// "Canada had not waited: in May": told of what was before.
pub(super) fn pluperfect(tokens: &[Token], at: usize) -> bool {
    let before = (1..=REACH).map_while(|back| at.checked_sub(back));
    before
        .take_while(|&here| !ends_sentence(tokens, here))
        .any(|here| tokens.get(here).is_some_and(|token| token.word == Word::Key(Key::Had)))
}

/// Whether the sentence of token `at` also names a month or a year by its distance from the day of
/// publication: "last September", "this year".
pub(super) fn counts_from_now(tokens: &[Token], at: usize) -> bool {
    let near = |here: usize| {
        let word = |at: usize| tokens.get(at).map_or(Word::Other, |token| token.word);
        matches!(word(here), Word::Shift(Shift::Last | Shift::This))
            && matches!(word(here + 1), Word::Month { .. } | Word::Unit { unit: Unit::Year, .. })
    };
    let before = (1..=REACH).map_while(|back| at.checked_sub(back));
    before.take_while(|&here| !ends_sentence(tokens, here)).any(near)
        || (at..at + 2 * REACH).take_while(|&here| !ends_sentence(tokens, here)).any(near)
}

/// Where no listed word before token `at` tells: "the ministry instructed its officers on Tuesday" by the end of the
/// verb, else the words behind. The sentence starts with token `start`.
fn unlisted(tokens: &[Token], start: usize, at: usize) -> Direction {
    let the =
        |at: usize| tokens.get(at).is_some_and(|token| matches!(token.word, Word::Key(Key::The | Key::A)));
    let behind = |verb: usize| {
        let Some(noun) = verb.checked_sub(1).filter(|noun| *noun >= start) else { return false };
        follows_name(tokens, verb) || !the(noun) && noun > start && the(noun - 1)
    };
    // "A reply followed: 10% on grain, from Friday"
    let begins = relation(tokens, at) == Relation::From;
    let told =
        !begins && (start..at).any(|verb| tokens.get(verb).is_some_and(|token| token.ed) && behind(verb));
    if told { Direction::Past } else { onward(tokens, at) }
}

/// Whether a name stands right before token `at`: "Peru served".
fn follows_name(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_some_and(|name| name.upper && name.word == Word::Other)
}

fn onward(tokens: &[Token], at: usize) -> Direction {
    for here in at + 1..=at + REACH {
        let Some(token) = tokens.get(here) else { break };
        if ends_sentence(tokens, here) {
            break;
        }
        let up = || tokens.get(here + 1).is_some_and(|next| next.word == Word::Key(Key::Up));
        match token.word {
            // "On Jan. 1 it rises to 20%, as Roe decreed": a timetable.
            Word::Future | Word::Key(Key::Turns | Key::Climbs) => return Direction::Future,
            Word::Key(Key::Sets) if up() || sets_in(tokens, here) => return Direction::Future,
            Word::Past | Word::Key(Key::Had | Key::Was | Key::Done | Key::Deferred) => {
                return Direction::Past;
            }
            // "On Tuesday Peru served notice that it would not."
            _ if token.ed && follows_name(tokens, here) => return Direction::Past,
            _ => {}
        }
    }
    Direction::Open
}

/// Whether token `at` ends a sentence; the full stop of "Nov." does not.
pub(super) fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    match token.word {
        Word::Sign('\n' | '!' | '?' | ';') => true,
        Word::Sign('.') => {
            let upper = tokens.get(at + 1).is_none_or(|next| next.upper);
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let short = before.is_some_and(|before| {
                // The full stop of "25%." ends its sentence, that of "U.S." does not.
                let letter = before.end - before.start == 1
                    && (before.upper || matches!(before.word, Word::Key(Key::M | Key::P)));
                matches!(before.word, Word::Month { short: true, .. }) || letter
            });
            upper && !short
        }
        _ => false,
    }
}

/// The relation that the words before token `at` give.
pub(super) fn relation(tokens: &[Token], at: usize) -> Relation {
    let key = |back: usize| match at.checked_sub(back).and_then(|at| tokens.get(at)).map(|token| token.word) {
        Some(Word::Key(key)) => Some(key),
        _ => None,
    };
    // "before the year 2020"
    let unit = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| token.word);
    let the = at.checked_sub(2).and_then(|at| tokens.get(at)).map(|token| token.word);
    if matches!(unit, Some(Word::Unit { plural: false, .. })) && the == Some(Word::Key(Key::The)) {
        return relation(tokens, at - 1);
    }
    // "until at least March 1"
    if key(1) == Some(Key::Least) && key(2) == Some(Key::At) {
        return relation(tokens, at - 2);
    }
    // "up to and inclusive of 30 June"
    if key(1) == Some(Key::Of) && key(2) == Some(Key::Including) {
        return relation(tokens, at - 1);
    }
    // "up to and including 30 June"
    if key(1) == Some(Key::Including) && key(2) == Some(Key::And) {
        return match key(3) {
            Some(Key::Until | Key::Through) => Relation::Until,
            Some(Key::To) if key(4) == Some(Key::Up) => Relation::Until,
            _ => Relation::At,
        };
    }
    let (near, far) = if key(1) == Some(Key::The) || key(1) == Some(Key::About) {
        (key(2), key(3))
    } else {
        (key(1), key(2))
    };
    match near {
        Some(Key::By) => Relation::By,
        Some(Key::Than) if far == Some(Key::Later) => {
            if key(3) == Some(Key::No) {
                Relation::By
            } else {
                Relation::After
            }
        }
        Some(Key::Until | Key::Through) => Relation::Until,
        Some(Key::Since) => Relation::Since,
        Some(Key::From | Key::Starting | Key::Beginning) => Relation::From,
        Some(Key::To) if far == Some(Key::Retroactive) => Relation::From,
        Some(Key::To) if far == Some(Key::Up) => Relation::Until,
        Some(Key::On | Key::In | Key::At) if matches!(far, Some(Key::Starting | Key::Beginning)) => {
            Relation::From
        }
        // "on or before"; "before 2010 or after 2018" is a choice.
        Some(Key::Before | Key::After) if far == Some(Key::Or) && key(3).is_none() => {
            if near == Some(Key::Before) { Relation::Before } else { Relation::After }
        }
        Some(Key::Before) if far == Some(Key::Or) => Relation::By,
        Some(Key::Before) => Relation::Before,
        Some(Key::After) if matches!(far, Some(Key::Or | Key::And)) => Relation::From,
        Some(Key::After) => Relation::After,
        Some(Key::For | Key::Over) => Relation::For,
        Some(Key::Within) => Relation::Within,
        _ => Relation::At,
    }
}
