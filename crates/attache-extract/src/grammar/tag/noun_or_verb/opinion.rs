//! Verbs of holding a view, many of them spelt like nouns: "few expect", "Moody's estimates that".

use super::Site;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;
use crate::grammar::tag::that::THAT_CLAUSE;
use crate::grammar::tag::{Tag, Word};

/// "Some believe Oslo has taxed feed", "few expect Oslo to tax it": what people think.
pub(super) fn people_think(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, .. } = *site;
    form == VerbForm::Base
        && at == 1
        && words.first().is_some_and(|w| is!(w.lower, "few" | "some" | "many" | "most" | "others"))
        && words.get(2).is_some_and(|w| w.name || w.lower == "that")
        && (THAT_CLAUSE.has(&word.lemma) || is!(word.lemma, "expect" | "hope" | "fear" | "doubt" | "think"))
}

/// "Moody's estimates that": a name and its verb.
pub(super) fn house_estimates(site: &Site<'_>) -> bool {
    site.form == VerbForm::ThirdPerson
        && site.before.is_some_and(|b| !b.time && b.tag == Tag::Poss)
        && site.after.is_some_and(|w| w.lower == "that")
}

/// "…, the OECD estimates", "…, the bank's analysts reckon.": whose view ends the sentence.
pub(super) fn told_last(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, after, .. } = *site;
    if !matches!(form, VerbForm::Base | VerbForm::ThirdPerson) || !VIEWS.contains(&word.lemma.as_str()) {
        return false;
    }
    let ends = after.is_none_or(|w| w.tag == Tag::Punct && is!(w.lower, "." | "," | ";"));
    let subject = site.back(1).is_some_and(|b| {
        b.tag == Tag::Noun && !b.time && (b.lower.ends_with('s') && !b.name) == (form == VerbForm::Base)
    });
    let comma = || (at.saturating_sub(9)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    ends && subject
        && comma().is_some_and(|comma| {
            words
                .get(..comma)
                .unwrap_or_default()
                .iter()
                .any(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Verb(_)))
                && !words
                    .get(comma..at)
                    .unwrap_or_default()
                    .iter()
                    .any(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Verb(_) | Tag::Conj))
        })
}

/// "Chile, the minister says, has agreed": a speaker set between commas.
pub(super) fn says_aside(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, after, .. } = *site;
    let says = form == VerbForm::ThirdPerson && SAYS.contains(&word.lemma.as_str());
    let verbal = |w: &Word| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Verb(_) | Tag::Conj);
    let closed = after.is_some_and(|w| w.lower == ",");
    let goes_on = words.get(at + 2).is_some_and(|w| verbal(w) && w.tag != Tag::Conj);
    let named = site.back(1).is_some_and(|b| matches!(b.tag, Tag::Noun | Tag::Pron) && !b.time);
    let comma = || (at.saturating_sub(9)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    says && closed
        && goes_on
        && named
        && comma()
            .is_some_and(|comma| comma > 0 && !words.get(comma..at).unwrap_or_default().iter().any(verbal))
}

/// "Washington, for its part, insists that", "Moody's warned that".
pub(super) fn claims(site: &Site<'_>) -> bool {
    let Site { word, form, before, after, .. } = *site;
    THAT_CLAUSE.has(&word.lemma)
        && after.is_some_and(|w| w.lower == "that")
        && before.is_some_and(|b| b.tag == Tag::Poss || b.lower == "," && form == VerbForm::ThirdPerson)
        && (form == VerbForm::ThirdPerson || form == VerbForm::PastOrParticiple)
}

/// "Clothing makers estimate losses at".
pub(super) fn makers_estimate(site: &Site<'_>) -> bool {
    site.form == VerbForm::Base
        && site.word.lemma == "estimate"
        && site.before.is_some_and(|b| b.tag == Tag::Noun && b.lower.ends_with('s'))
        && site.after_tag == Some(Tag::Noun)
}

/// "Some expect the …".
pub(super) fn some_expect(site: &Site<'_>) -> bool {
    site.before.is_some_and(|w| is!(w.lower, "some" | "many" | "others" | "most" | "several" | "few"))
        && matches!(site.after_tag, Some(Tag::Det | Tag::Sub))
}

/// Verbs of saying that may stand with their speaker between commas.
const SAYS: &[&str] =
    &["say", "write", "add", "warn", "insist", "argue", "explain", "believe", "predict", "reckon", "claim"];

/// Verbs of holding a view whose forms are also nouns.
const VIEWS: &[&str] = &[
    "believe",
    "bet",
    "calculate",
    "claim",
    "estimate",
    "expect",
    "fear",
    "forecast",
    "guess",
    "hope",
    "predict",
    "project",
    "reckon",
    "suspect",
    "warn",
    "worry",
];
