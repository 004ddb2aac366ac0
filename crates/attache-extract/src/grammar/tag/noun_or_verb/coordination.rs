//! Bare and third-person forms behind a verb, a conjunction or a sign: a further verb of the sentence
//! ("… and calls on Lima to act") or a noun ("held talks").

use super::Site;
use crate::grammar::lemma::{VerbForm, same_form};
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};

/// "will buy fuel, and increase purchases of jets"
pub(super) fn promised(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, after, .. } = *site;
    form == VerbForm::Base
        && at > 1
        && is!(
            word.lemma,
            "increase"
                | "expand"
                | "boost"
                | "buy"
                | "lift"
                | "resume"
                | "open"
                | "ease"
                | "reduce"
                | "invest"
                | "raise"
        )
        && words.get(at - 1).is_some_and(|w| w.lower == "and")
        && words.get(at - 2).is_some_and(|w| w.lower == ",")
        && after.is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && w.lower.ends_with('s'))
        && words.iter().take(at).any(|w| is!(w.lower, "will" | "would" | "shall"))
}

/// "Will, for its part, drop": the verb of the modal before the aside.
pub(super) fn behind_aside_of_modal(site: &Site<'_>) -> bool {
    let Site { words, at, form, before, .. } = *site;
    form == VerbForm::Base
        && before.is_some_and(|w| w.lower == ",")
        && (at.saturating_sub(9)..at.saturating_sub(1)).any(|i| {
            words.get(i).is_some_and(|w| w.tag == Tag::Modal)
                && words.get(i + 1).is_some_and(|w| w.lower == ",")
        })
}

/// Whether the form is a noun behind a verb, a conjunction or a sign, or where it opens the sentence.
pub(super) fn is_noun(site: &Site<'_>) -> bool {
    let Site { form, before, after, after_tag, .. } = *site;
    // "held talks", "have talks"; "and call on" keeps its verb when an object follows.
    let object = after_tag.is_some_and(|t| matches!(t, Tag::Det | Tag::Num | Tag::Pron))
        || after.is_some_and(|w| w.name);
    let third = form == VerbForm::ThirdPerson;
    let joined = before.is_some_and(|b| b.tag == Tag::Conj);
    let verb = third && joined && (goes_on(site) || second_present(site))
        || !third && (joined && (shares_modal(site) || shares_past(site)) || agrees_to(site))
        || third && (never_noun(site) || behind_aside_of_first(site))
        || put_or_set(site, object)
        || aims(site);
    !verb && (!object || !third && before.is_none_or(|b| b.tag != Tag::Conj))
}

/// "and hopes that", "and seeks to": the verb goes on.
fn goes_on(site: &Site<'_>) -> bool {
    let Site { words, at, word, after, after_tag, .. } = *site;
    let particle = after.is_some_and(|w| is!(w.lower, "off" | "out" | "up" | "back" | "down"))
        && words.get(at + 2).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Num | Tag::Noun));
    particle
        // "opposes this and calls on Lima to act"
        || word.lower == "calls" && after.is_some_and(|w| is!(w.lower, "on" | "upon"))
        || matches!(after_tag, Some(Tag::Sub | Tag::To))
        || after.is_some_and(|w| is!(w.lower, "never" | "not"))
            && words.get(at + 2).is_some_and(|w| w.tag == Tag::To)
}

/// "abolishes its duties on fish and opens quotas", "leaves on Monday and sits down with X"
fn second_present(site: &Site<'_>) -> bool {
    !site.often_noun()
        && site.after.is_some_and(|w| {
            matches!(w.tag, Tag::Prep | Tag::Adv) || w.tag == Tag::Noun && w.lower.ends_with('s')
        })
        && site
            .words
            .get(..site.at)
            .unwrap_or_default()
            .iter()
            .any(|w| w.tag == Tag::Verb(VerbForm::ThirdPerson))
}

/// "Will pause its controls and commit to buying": a word that is hardly ever a noun.
fn shares_modal(site: &Site<'_>) -> bool {
    let Site { words, at, word, after, after_tag, .. } = *site;
    let keeps = after.is_some_and(|w| w.lower == "from") && is!(word.lemma, "refrain" | "abstain" | "desist");
    (keeps
        || matches!(after_tag, Some(Tag::To | Tag::Det | Tag::Num))
        // "will abolish duties and accept vehicles", "and take corresponding steps"
        || (at + 1..at + 3).any(|i| {
            let plain = |w: &Word| w.tag == Tag::Noun && !w.name && !w.time;
            words.get(i).is_some_and(|w| plain(w) && w.lower.ends_with('s'))
                && words.get(at + 1).is_some_and(|w| plain(w) || w.lower.ends_with("ing"))
        }))
        && !site.often_noun()
        && words.iter().take(at).any(|w| w.tag == Tag::Modal)
}

/// "ruled on Friday and set duties": a past form that looks like its noun.
fn shares_past(site: &Site<'_>) -> bool {
    same_form(&site.word.lemma)
        && site.after_tag == Some(Tag::Noun)
        && site
            .words
            .get(..site.at)
            .unwrap_or_default()
            .iter()
            .any(|w| matches!(w.tag, Tag::Verb(VerbForm::Past | VerbForm::PastOrParticiple)))
}

/// "Xi and Trump, joined by aides, agree to a truce": hardly ever a noun.
fn agrees_to(site: &Site<'_>) -> bool {
    site.before.is_some_and(|b| b.lower == ",")
        && is!(site.word.lemma, "agree" | "vow" | "pledge" | "decide" | "begin" | "continue")
        && site.after_tag == Some(Tag::To)
}

/// "…, goes", "…, runs until May".
fn never_noun(site: &Site<'_>) -> bool {
    let Site { word, before, after, .. } = *site;
    before.is_some_and(|b| matches!(b.tag, Tag::Punct | Tag::Verb(_)))
        && (is!(
            word.lemma,
            "come" | "go" | "enter" | "become" | "begin" | "remain" | "expire" | "lapse" | "apply"
        ) || word.lower == "runs"
            && after.is_some_and(|w| is!(w.lower, "out" | "until" | "till" | "through")))
}

/// Past forms that look like the base form; `object` where an object follows.
fn put_or_set(site: &Site<'_>, object: bool) -> bool {
    let Site { word, before, after, .. } = *site;
    // "were unveiled in April, put on ice a week later"
    let shared = word.lower == "put"
        && before.is_some_and(|b| b.lower == "," || b.tag == Tag::Conj)
        && after.is_some_and(|w| is!(w.lower, "on" | "off" | "into" | "at" | "in" | "back"));
    // "The package, published on May 2, put 140 firms on a list".
    let set_up = word.lower == "set" && after.is_some_and(|w| is!(w.lower, "up" | "out" | "aside" | "off"));
    shared || same_form(&word.lemma) && (object || set_up)
}

/// "The bank, in a note on Friday, forecasts growth": the verb of what opens the sentence, behind what stands
/// between commas.
fn behind_aside_of_first(site: &Site<'_>) -> bool {
    let Site { words, at, word, before, after, .. } = *site;
    let comma = |i: &usize| words.get(*i).is_some_and(|w| w.lower == ",");
    let Some(first) = (1..at.saturating_sub(1)).find(comma) else { return false };
    let led = words.get(first + 1).is_some_and(|w| is!(w.lower, "in" | "at" | "citing" | "for"));
    let plain = |i: usize| {
        words.get(i).is_some_and(|w| w.name || matches!(w.tag, Tag::Det | Tag::Noun | Tag::Poss | Tag::Prep))
    };
    let short = (first + 1..at - 1).all(|i| {
        words
            .get(i)
            .is_some_and(|w| w.time || !matches!(w.tag, Tag::Verb(_) | Tag::Conj | Tag::Rel | Tag::Punct))
    });
    is!(word.lower, "forecasts" | "estimates" | "projects" | "plans" | "warns" | "reports" | "claims")
        && before.is_some_and(|w| w.lower == ",")
        && led
        && (0..first).all(plain)
        && short
        && after.is_some_and(|w| !matches!(w.tag, Tag::Punct | Tag::Prep | Tag::Conj | Tag::Be | Tag::Modal))
}

/// "Solar cells, too, move to 50 percent".
fn aims(site: &Site<'_>) -> bool {
    site.after_tag == Some(Tag::To) && site.words.get(site.at + 2).is_some_and(|w| w.tag == Tag::Num)
}
