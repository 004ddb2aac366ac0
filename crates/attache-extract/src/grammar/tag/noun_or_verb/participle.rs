//! Participles and gerunds that describe the noun behind them: "imported steel", "sweeping controls".

use super::Site;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{WordList, is};
use crate::grammar::tag::Tag;
use crate::token::TokenKind;

/// "additional manufactured goods", "of imported steel"
pub(super) fn of_goods(site: &Site<'_>) -> bool {
    is!(
        site.word.lower,
        "manufactured"
            | "processed"
            | "finished"
            | "refined"
            | "imported"
            | "advanced"
            | "frozen"
            | "chilled"
    ) && site.before.is_some_and(|b| !b.name && !b.lower.ends_with('s'))
        // "firms that have frozen investments"
        && !(site.behind(Tag::Have) && site.after.is_some_and(|w| PLANS.has(&w.lower)))
        && site.after.is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && w.lower.ends_with('s'))
}

/// "Two expedited investigations".
pub(super) fn counted(site: &Site<'_>) -> bool {
    matches!(site.form, VerbForm::PastOrParticiple)
        && site.before.is_some_and(|b| b.tag == Tag::Num && !b.time)
        && site.after.is_some_and(|w| w.tag == Tag::Noun && w.lower.ends_with('s') && !w.time)
        && site.back(1).is_some_and(|w| w.kind == TokenKind::Word)
}

/// "its current and proposed controls", "new or planned duties": described in two ways.
pub(super) fn paired(site: &Site<'_>) -> bool {
    site.form == VerbForm::PastOrParticiple
        && site.before.is_some_and(|w| is!(w.lower, "and" | "or"))
        && site.back(2).is_some_and(|w| {
            is!(
                w.lower,
                "current" | "existing" | "present" | "new" | "future" | "pending" | "past" | "actual"
            )
        })
        && site.after.is_some_and(|w| !w.time && matches!(w.tag, Tag::Noun))
}

/// "sweeping controls", "alleged dumping": what tells how a thing is.
pub(super) fn tells_how(site: &Site<'_>) -> bool {
    site.after.is_some_and(|w| !w.time && matches!(w.tag, Tag::Noun | Tag::Verb(_)))
        && !site.before.is_some_and(|b| matches!(b.tag, Tag::Pron | Tag::Be | Tag::Have) || b.name)
        && HOW.has(&site.word.lower)
}

/// Whether a past form or a participle only describes a noun, by the word before it.
pub(super) fn is_noun(site: &Site<'_>) -> bool {
    match site.before.map(|w| w.tag) {
        Some(Tag::Det | Tag::Poss) => true,
        // "more than doubled" compares nothing.
        Some(Tag::Prep) => {
            let than = site.back(1).is_some_and(|w| w.lower == "than");
            !(than && site.back(2).is_some_and(|w| w.lower == "more"))
        }
        // "access to advanced chips": no form that follows "to" as a verb.
        Some(Tag::To) => site.form == VerbForm::PastOrParticiple && site.word.lower.ends_with("ed"),
        Some(Tag::Sub) => site.form == VerbForm::PastOrParticiple && in_subject_of_told(site),
        // "deploying targeted restrictions": a modifier.
        Some(Tag::Verb(_)) => site.form == VerbForm::PastOrParticiple && site.after_tag == Some(Tag::Noun),
        _ => false,
    }
}

/// "said that imported lorries would be taxed": a modifier.
fn in_subject_of_told(site: &Site<'_>) -> bool {
    let mut behind =
        site.words.get(site.at + 1..).unwrap_or_default().iter().take_while(|w| w.tag != Tag::Punct);
    let verb = behind
        .find(|w| !matches!(w.tag, Tag::Noun | Tag::Adv | Tag::Num | Tag::Prep | Tag::Poss | Tag::Conj));
    site.before.is_some_and(|w| w.lower == "that")
        && site.back(2).is_some_and(|w| matches!(w.tag, Tag::Verb(_)) || w.time)
        && site.after_tag == Some(Tag::Noun)
        && verb.is_some_and(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have))
}

/// What is frozen or refined by somebody, and is no goods.
static PLANS: WordList = WordList::new(&[
    "accounts",
    "assets",
    "funds",
    "investments",
    "orders",
    "payments",
    "plans",
    "prices",
    "projects",
    "purchases",
    "relations",
    "shipments",
    "talks",
    "tariffs",
    "ties",
]);

/// Participles that tell how a thing is rather than what is done to it.
static HOW: WordList = WordList::new(&[
    "alleged",
    "biting",
    "bottled",
    "canned",
    "crippling",
    "cured",
    "dried",
    "dumping",
    "existing",
    "looming",
    "mounting",
    "neighboring",
    "neighbouring",
    "ongoing",
    "outstanding",
    "pending",
    "prevailing",
    "punishing",
    "purported",
    "remaining",
    "smoked",
    "supposed",
    "suspected",
    "sweeping",
    "tinned",
    "upcoming",
]);
