//! Verbs of holding a view, many of them spelt like nouns: "few expect", "Moody's estimates that".

use super::Site;
use super::agreement::firm_pauses;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;
use crate::grammar::tag::that::THAT_CLAUSE;
use crate::grammar::tag::{Tag, Word};

/// Whether a form of the present tells what somebody named before it holds or does.
pub(super) fn held(site: &Site<'_>) -> bool {
    let by_one = site.form == VerbForm::ThirdPerson
        && (house_estimates(site) || firm_pauses(site) || claims(site) || says_aside(site));
    by_one || told_last(site) || held_behind_aside(site) || set_between(site) || makers_estimate(site)
}

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
fn house_estimates(site: &Site<'_>) -> bool {
    site.form == VerbForm::ThirdPerson
        && site.before.is_some_and(|b| !b.time && b.tag == Tag::Poss)
        && site.after.is_some_and(|w| w.lower == "that")
}

/// "…, the OECD estimates", "…, the bank's analysts reckon.": whose view ends the sentence.
fn told_last(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, after, .. } = *site;
    let ends = after.is_none_or(|w| w.tag == Tag::Punct && is!(w.lower, "." | "," | ";"));
    if !ends || !VIEWS.contains(&word.lemma.as_str()) {
        return false;
    }
    let subject = site.back(1).is_some_and(|b| {
        b.tag == Tag::Noun && !b.time && (b.lower.ends_with('s') && !b.name) == (form == VerbForm::Base)
    });
    let comma = || (at.saturating_sub(9)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    subject
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

/// "In that case, my broker bets, Oslo will pay": whose view is set between commas behind an adverbial.
fn set_between(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, after, .. } = *site;
    let comma = |i: &usize| words.get(*i).is_some_and(|w| w.lower == ",");
    let open = || (at.saturating_sub(6)..at).rev().find(comma);
    let noun = |w: &Word| {
        w.tag == Tag::Noun && !w.time && (w.lower.ends_with('s') && !w.name) == (form == VerbForm::Base)
    };
    let plain = |range: std::ops::Range<usize>| {
        words.get(range).unwrap_or_default().iter().all(|w| {
            matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Prep | Tag::Adv | Tag::Pron | Tag::Num)
        })
    };
    after.is_some_and(|w| w.lower == ",")
        && is!(
            word.lemma,
            "bet" | "reckon" | "believe" | "predict" | "expect" | "suspect" | "guess" | "wager"
        )
        && site.back(1).is_some_and(noun)
        && open().is_some_and(|open| open < 5 && plain(0..open) && plain(open + 1..at))
}

/// "Chile, the minister says, has agreed": a speaker set between commas.
fn says_aside(site: &Site<'_>) -> bool {
    let Site { words, at, word, after, .. } = *site;
    if after.is_none_or(|w| w.lower != ",") {
        return false;
    }
    let says = || SAYS.contains(&word.lemma.as_str());
    let verbal = |w: &Word| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Verb(_) | Tag::Conj);
    let goes_on = words.get(at + 2).is_some_and(|w| verbal(w) && w.tag != Tag::Conj);
    let named = site.back(1).is_some_and(|b| matches!(b.tag, Tag::Noun | Tag::Pron) && !b.time);
    let comma = || (at.saturating_sub(9)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    goes_on
        && named
        && says()
        && comma()
            .is_some_and(|comma| comma > 0 && !words.get(comma..at).unwrap_or_default().iter().any(verbal))
}

/// "Washington, for its part, insists that", "Moody's warned that".
pub(super) fn claims(site: &Site<'_>) -> bool {
    let Site { word, form, before, after, .. } = *site;
    after.is_some_and(|w| w.lower == "that")
        && matches!(form, VerbForm::ThirdPerson | VerbForm::PastOrParticiple)
        && before.is_some_and(|b| b.tag == Tag::Poss || b.lower == "," && form == VerbForm::ThirdPerson)
        && THAT_CLAUSE.has(&word.lemma)
}

/// "Jane Roe, a trade lawyer in Lima, doubts that Oslo will act": what somebody described in an aside holds.
pub(super) fn held_behind_aside(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, after, after_tag, .. } = *site;
    // "Jane Roe, the minister, forecast that Oslo would act"
    if is!(word.lower, "forecast") && after.is_some_and(|w| w.lower == "that") {
        return site.before.is_some_and(|w| w.lower == ",");
    }
    if form != VerbForm::ThirdPerson {
        return false;
    }
    let closes = at.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    let Some(close) = closes else { return false };
    let comma = |i: &usize| words.get(*i).is_some_and(|w| w.lower == ",");
    let Some(open) = (0..close).rev().find(comma) else { return false };
    // "a trade lawyer in Lima", "the bank's trade lawyer", "of the importers' guild": no list of things.
    let describes = words.get(open + 1).is_some_and(|w| {
        matches!(w.tag, Tag::Det | Tag::Poss | Tag::Rel) || w.name || !w.capital && w.tag == Tag::Noun
    });
    let one = open.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.capital && w.tag == Tag::Noun);
    let object = matches!(after_tag, Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Pron | Tag::Sub | Tag::To))
        || after.is_some_and(|w| w.name);
    describes && one && object && VIEWED.contains(&word.lower.as_str())
}

/// Third persons of holding or voicing a view that are nouns as well.
const VIEWED: &[&str] = &[
    "bets",
    "calls",
    "claims",
    "doubts",
    "estimates",
    "fears",
    "finds",
    "forecasts",
    "hopes",
    "projects",
    "puts",
];

/// "Clothing makers estimate losses at".
fn makers_estimate(site: &Site<'_>) -> bool {
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
