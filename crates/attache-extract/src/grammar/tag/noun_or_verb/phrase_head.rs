//! Nouns that head a phrase, by what stands around the phrase: "the sweeping export rules it had issued".

use super::Site;
use super::present::moves;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;
use crate::grammar::tag::that::THAT_CLAUSE;
use crate::grammar::tag::{Tag, Word};

/// "Expansion of End-User Controls"
pub(super) fn titled(site: &Site<'_>) -> bool {
    site.word.capital
        && site.form == VerbForm::ThirdPerson
        && site.at > 1
        && site.before.is_some_and(|w| w.capital && w.tag == Tag::Noun && !w.name && !w.time)
        && site.back(2).is_some_and(|w| w.lower == "-" || w.capital && w.tag == Tag::Noun && !w.name)
}

/// "exports could", "trade has": no verb stands before an auxiliary, but "denies having agreed".
pub(super) fn before_auxiliary(site: &Site<'_>) -> bool {
    let having = site.after.is_some_and(|w| w.lower == "having");
    let owns = is!(site.word.lemma, "deny" | "regret" | "admit" | "recall" | "remember" | "acknowledge");
    matches!(site.after_tag, Some(Tag::Modal | Tag::Have | Tag::Do)) && !(having && owns)
}

/// "the sweeping export rules it had issued"
pub(super) fn before_contact_clause(site: &Site<'_>) -> bool {
    site.after.is_some_and(|w| is!(w.lower, "it" | "they" | "he" | "she" | "we"))
        && site.often_noun()
        && site.words.get(site.at + 2).is_some_and(|w| match w.tag {
            Tag::Have | Tag::Be | Tag::Modal => true,
            Tag::Verb(form) => {
                matches!(form, VerbForm::Past | VerbForm::PastOrParticiple | VerbForm::ThirdPerson)
            }
            _ => false,
        })
}

/// "the magnet controls that Beijing brought in"
pub(super) fn before_relative(site: &Site<'_>) -> bool {
    site.after.is_some_and(|w| is!(w.lower, "that" | "which" | "who"))
        && (site.before.is_some_and(|b| b.tag == Tag::Noun && !b.name)
            && site.often_noun()
            && !THAT_CLAUSE.has(&site.word.lemma)
            || licensing_rules(site))
}

/// "Licensing rules that Beijing brought in", "the rules which": of no court.
fn licensing_rules(site: &Site<'_>) -> bool {
    let court = |w: &Word| {
        w.name
            || is!(
                w.lemma,
                "court"
                    | "judge"
                    | "panel"
                    | "tribunal"
                    | "bench"
                    | "body"
                    | "jury"
                    | "arbiter"
                    | "arbitrator"
            )
    };
    site.word.lower == "rules"
        && site.after.is_some_and(|w| is!(w.lower, "that" | "which"))
        && site.back(1).is_some_and(|b| matches!(b.tag, Tag::Noun | Tag::Verb(VerbForm::Gerund)) && !court(b))
}

/// "unveiled its most sweeping chip curbs yet": the head of a phrase that a verb or a preposition takes.
pub(super) fn taken(site: &Site<'_>) -> bool {
    !matches!(site.after_tag, Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Pron))
        && !site.after.is_some_and(|w| w.name)
        && site.often_noun()
        && !moves(site)
        && taken_phrase(site.words, site.at)
}

/// "said that demand from brewers was growing"
pub(super) fn of_subordinate(site: &Site<'_>) -> bool {
    let then = site.words.get(site.at + 2).map(|w| w.tag);
    let head = site.after_tag == Some(Tag::Noun)
        && matches!(then, Some(Tag::Be | Tag::Modal | Tag::Have | Tag::Do | Tag::Verb(_)));
    head || site.often_noun()
        && matches!(
            site.after_tag,
            Some(Tag::Prep | Tag::Be | Tag::Modal | Tag::Have | Tag::Do | Tag::Verb(_))
        )
}

/// Whether the phrase that ends at `at` opens with an article right behind a verb or a preposition.
fn taken_phrase(words: &[Word], at: usize) -> bool {
    let inside = |i: usize| {
        words.get(i).is_some_and(|w| {
            !w.time
                && matches!(
                    w.tag,
                    Tag::Noun | Tag::Adv | Tag::Verb(VerbForm::Gerund | VerbForm::PastOrParticiple)
                )
        })
    };
    let mut first = at;
    while first > 0 && at - first < 5 && inside(first - 1) {
        first -= 1;
    }
    let article =
        first.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss)));
    article.filter(|_| first < at).and_then(|i| i.checked_sub(1)).and_then(|i| words.get(i)).is_some_and(
        |w| matches!(w.tag, Tag::Prep) || matches!(w.tag, Tag::Verb(_)) && !THAT_CLAUSE.has(&w.lemma),
    )
}
