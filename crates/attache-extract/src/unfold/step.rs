//! The next step of a rate that a participle tells: "puts a 10% duty on pears, rising to 25% in June".

use super::{Bit, Gaps};
use crate::grammar::clause::{Clauses, Range};
use crate::grammar::lower::is;
use crate::grammar::tag::Word;
use crate::token::TokenKind;

/// Most words from the next rate to its day.
const CLOSE: usize = 4;

/// The step that a sentence tells behind the act that lays a duty.
pub(super) fn find(words: &[Word], clauses: &Clauses) -> Option<Gaps> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    (1..words.len()).find_map(|comma| {
        let verb = if lower(comma + 1) == "to" { comma + 2 } else { comma + 1 };
        let telling = match lower(verb) {
            "rising" | "climbing" | "increasing" => "the duty rises",
            "falling" | "dropping" | "declining" => "the duty falls",
            "rise" | "climb" | "increase" if verb == comma + 2 => "the duty will rise",
            "fall" | "drop" if verb == comma + 2 => "the duty will fall",
            _ => return None,
        };
        let rate = (verb + 1..verb + 3).find(|&i| lower(i) == "to")?;
        let sign = (rate + 2..rate + 4).find(|&i| matches!(lower(i), "%" | "percent" | "cent"))?;
        let number = words.get(rate + 1).is_some_and(|w| w.kind == TokenKind::Number);
        if lower(comma) != "," || !number || !dated(words, sign) || !laid(words, clauses, comma) {
            return None;
        }
        // The sentence goes on: nobody knows where the step ends.
        let full_stop = words.last().filter(|w| is!(w.lower, "." | ";")).map_or(0, |_| 1);
        let end = words.len() - full_stop;
        if clauses.groups.iter().any(|g| g.finite && g.head > verb) {
            return None;
        }
        Some(Gaps {
            whole: comma,
            clauses: vec![vec![Bit::Put(telling), Bit::Words((rate, end))]],
            end,
            shared: None,
        })
    })
}

/// Whether a day stands close behind the sign of the rate.
fn dated(words: &[Word], sign: usize) -> bool {
    let close = words.get(sign + 1..).unwrap_or_default().iter().take(CLOSE);
    close.clone().any(|w| w.time) && !close.clone().any(|w| w.lower == "by")
}

/// Whether a verb before the comma has a duty with a rate for its object.
fn laid(words: &[Word], clauses: &Clauses, comma: usize) -> bool {
    let Some(verb) = clauses.groups.iter().rfind(|g| g.finite && g.head < comma) else { return false };
    let behind: Range = (verb.head + 1, comma);
    let has = |test: fn(&Word) -> bool| words.get(behind.0..behind.1).unwrap_or_default().iter().any(test);
    // What a duty begins at is told with the verb that tells the step.
    let stands = is!(
        verb.lemma,
        "be" | "start" | "begin" | "stand" | "pay" | "face" | "rise" | "fall" | "take" | "come"
    );
    !stands
        && !verb.condition
        && has(|w| is!(w.lemma, "duty" | "tariff" | "levy" | "surcharge" | "surtax" | "tax"))
        && has(|w| is!(w.lower, "%" | "percent" | "cent"))
}
