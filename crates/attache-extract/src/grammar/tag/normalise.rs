//! Spellings that stand for something else: "per cent" for a sign, a pair of dashes for two commas, the
//! number of an item for nothing.

use super::{Tag, Word};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{Lower, is};
use crate::token::TokenKind;

/// "Will no longer supply"; "25 per cent", "15 pct": the sign of a percentage in words.
#[inline]
pub(super) fn join_last(words: &mut [Word]) {
    // Nearly no word is the second of such a pair.
    if words
        .last()
        .is_some_and(|w| is!(w.lower, "longer" | "only" | "merely" | "more" | "pct" | "pc" | "cent"))
    {
        join(words);
    }
}

fn join(words: &mut [Word]) {
    let counted = |w: &Word| w.kind == TokenKind::Number || w.tag == Tag::Num;
    match words {
        [.., no, longer] if longer.lower == "longer" && no.lower == "no" => {
            (no.tag, longer.tag) = (Tag::Not, Tag::Adv);
        }
        // "not only breach the rules but also hurt trade": nothing is denied.
        [.., not, only] if is!(only.lower, "only" | "merely") && not.lower == "not" => {
            (not.tag, only.tag) = (Tag::Adv, Tag::Adv);
        }
        // "he once more called on Lima to act"
        [.., once, more] if more.lower == "more" && once.lower == "once" => {
            (once.tag, more.tag) = (Tag::Adv, Tag::Adv);
        }
        [.., number, sign] if counted(number) && is!(sign.lower, "pct" | "pc") => {
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
        && !is!(before.lower, "section" | "subsection" | "paragraph" | "note" | "subdivision");
    if short && running {
        words.truncate(words.len() - 3);
    }
}

/// The verb in "we've", "they'll" and "it's"; none for any other word.
#[inline]
pub(super) fn spelt_out(before: &[Word], lower: &Lower) -> Option<Lower> {
    let short =
        is!(lower, "'m" | "’m" | "'re" | "’re" | "'ve" | "’ve" | "'ll" | "’ll" | "'d" | "’d" | "'s" | "’s");
    if short { full(before, lower) } else { None }
}

fn full(before: &[Word], short: &Lower) -> Option<Lower> {
    let full = match short.as_str() {
        "'m" | "’m" => "am",
        "'re" | "’re" => "are",
        "'ve" | "’ve" => "have",
        "'ll" | "’ll" => "will",
        "'d" | "’d" => "would",
        _ if before.last().is_some_and(|w| takes_is(&w.lower)) => "is",
        _ => return None,
    };
    Some(Lower::new(full))
}

/// Words behind which "'s" is a verb.
fn takes_is(word: &Lower) -> bool {
    is!(word, "it" | "he" | "she" | "that" | "there" | "what" | "here" | "where" | "who")
}

/// "it's put a duty on feed", "they'd agreed": an auxiliary that a participle with an object follows is "has",
/// one that may be "would" is "had".
pub(super) fn join_auxiliaries(words: &mut [Word]) {
    for at in 0..words.len() {
        let word = |i: usize| words.get(i);
        let Some(short) = word(at).filter(|w| is!(w.lower, "is" | "would")) else { continue };
        if short.kind != TokenKind::Possessive && short.span.len() >= short.lower.len() {
            continue;
        }
        let next = (at + 1..words.len())
            .find(|&i| words.get(i).is_some_and(|w| !matches!(w.tag, Tag::Adv | Tag::Not)));
        let Some(verb) = next.and_then(word) else { continue };
        let participle = matches!(verb.tag, Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple));
        let object = next
            .and_then(|i| word(i + 1))
            .is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Num | Tag::Pron));
        let been = is!(verb.lower, "been" | "had");
        let full = match short.lower.as_str() {
            "is" if participle && object || been => "has",
            "would" if participle => "had",
            _ => continue,
        };
        if let Some(word) = words.get_mut(at) {
            (word.lower, word.lemma, word.tag) = (Lower::new(full), Lower::new("have"), Tag::Have);
        }
    }
}

/// How many words may stand between quotation marks that only set them off.
const SET_OFF: usize = 3;

/// 'would "substantially" raise', 'the "reciprocal" duties': marks around a few words within a phrase are no
/// words of it.
pub(super) fn unquote(words: &mut Vec<Word>) {
    let mut at = 1;
    while at < words.len() {
        let mark = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "\"" | "“" | "”" | "‘"));
        if !mark(at) {
            at += 1;
            continue;
        }
        let within =
            |i: usize| words.get(i).is_some_and(|w| !matches!(w.tag, Tag::Punct | Tag::Poss | Tag::Sub));
        let close = (at + 2..at + 2 + SET_OFF).find(|&i| mark(i));
        let close = close.filter(|&close| (at + 1..close).all(within) && close + 1 < words.len());
        let goes_on = close.and_then(|close| Some((words.get(at - 1)?, words.get(close + 1)?))).is_some_and(
            |(before, after)| match (before.tag, after.tag) {
                (Tag::Modal | Tag::Have, Tag::Verb(_) | Tag::Be) => true,
                (Tag::Det | Tag::Poss | Tag::Num | Tag::Noun | Tag::Prep | Tag::Verb(_), Tag::Noun) => {
                    !after.time && !after.name
                }
                (Tag::Noun, Tag::Prep | Tag::To) => before.name,
                _ => false,
            },
        );
        match close.filter(|_| goes_on) {
            Some(close) => {
                words.remove(close);
                words.remove(at);
            }
            None => at += 1,
        }
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
