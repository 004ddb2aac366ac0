//! Spellings that stand for something else: "per cent" for a sign, a pair of dashes for two commas, the
//! number of an item for nothing.

use super::{Tag, Word};
use crate::grammar::lower::Lower;
use crate::token::TokenKind;

/// "Will no longer supply"; "25 per cent", "15 pct": the sign of a percentage in words.
pub(super) fn join_last(words: &mut [Word]) {
    let counted = |w: &Word| w.kind == TokenKind::Number || w.tag == Tag::Num;
    match words {
        [.., no, longer] if longer.lower == "longer" && no.lower == "no" => {
            (no.tag, longer.tag) = (Tag::Not, Tag::Adv);
        }
        [.., number, sign] if counted(number) && matches!(sign.lower.as_str(), "pct" | "pc") => {
            (sign.tag, sign.lemma) = (Tag::Noun, Lower::new("percent"));
        }
        [.., per, cent] if cent.lower == "cent" && per.lower == "per" => {
            for word in [per, cent] {
                (word.tag, word.lemma) = (Tag::Noun, Lower::new("percent"));
            }
        }
        _ => {}
    }
}

/// "will (i) modify the duty": the number of an item inside a sentence is no word of it.
pub(super) fn drop_number(words: &mut Vec<Word>) {
    if words.last().is_none_or(|close| close.lower != ")") {
        return;
    }
    let [.., before, open, number, _] = words.as_slice() else { return };
    if open.lower != "(" {
        return;
    }
    let short = number.lower.len() <= 4
        && number.lower.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'a'..='e' | '1'..='9'));
    let running = !matches!(before.tag, Tag::Num)
        && before.lower != ")"
        && !matches!(before.lower.as_str(), "section" | "subsection" | "paragraph" | "note" | "subdivision");
    if short && running {
        words.truncate(words.len() - 3);
    }
}

/// "Acme—a maker of toys—said": a pair of dashes within a sentence parts as two commas do.
pub(super) fn level_dashes(words: &mut [Word]) {
    let mut dashes = [0; 2];
    let mut count = 0;
    for (at, _) in words.iter().enumerate().filter(|(_, w)| w.lower == "—" || w.lower == "–") {
        if let Some(slot) = dashes.get_mut(count) {
            *slot = at;
        }
        count += 1;
    }
    let [open, close] = dashes;
    if count != 2 || open == 0 || close - open > 25 || close + 1 >= words.len() {
        return;
    }
    for at in dashes {
        if let Some(word) = words.get_mut(at) {
            word.lower = Lower::new(",");
            word.lemma = Lower::new(",");
        }
    }
}
