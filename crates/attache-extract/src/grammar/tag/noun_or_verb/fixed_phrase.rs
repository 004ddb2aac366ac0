//! Words and set phrases that are one or the other by themselves: "take effect", "a set of", "heading 9903".

use super::Site;
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};

/// "The curbs announced on October 9 stay suspended".
pub(super) fn lasts(site: &Site<'_>) -> bool {
    is!(site.word.lower, "remain" | "remains" | "stay" | "stays")
        && matches!(site.after_tag, Some(Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple)))
}

/// "The duties announced on February 10 take effect", "rates for Chile (15%) kick in".
pub(super) fn takes_effect(site: &Site<'_>) -> bool {
    is!(site.word.lower, "take" | "takes") && site.after.is_some_and(|w| w.lower == "effect")
        || is!(site.word.lower, "kick" | "kicks") && site.after.is_some_and(|w| w.lower == "in")
}

/// "The practice runs counter to the rules".
pub(super) fn runs_counter(site: &Site<'_>) -> bool {
    site.word.lemma == "run" && site.after.is_some_and(|w| w.lower == "counter")
}

/// A license is a thing unless somebody "will license" a sale; none for another word.
pub(super) fn license(site: &Site<'_>) -> Option<bool> {
    let Site { word, form, before, .. } = *site;
    let acts = form == VerbForm::Base && before.is_some_and(|b| matches!(b.tag, Tag::Modal | Tag::To));
    (word.lemma == "license" && form != VerbForm::PastOrParticiple).then_some(!acts)
}

/// "The two ministers, Roe and Doe, meet in Oslo": hardly ever a noun.
pub(super) fn they_meet(site: &Site<'_>) -> bool {
    let many = |b: &Word| is!(b.lower, "," | "two" | "both" | "three" | "sides" | "they");
    site.word.lower == "meet" && site.before.is_some_and(many) && site.after_tag != Some(Tag::Noun)
}

/// "steel bars from Peru", "copper plates": what metal is made into, though one may bar or plate something.
pub(super) fn of_metal(site: &Site<'_>) -> bool {
    is!(site.word.lower, "bars" | "coils" | "pipes" | "plates" | "rods" | "sheets" | "tubes" | "wires")
        && site.back(1).is_some_and(|w| {
            is!(
                w.lower,
                "alloy"
                    | "aluminium"
                    | "aluminum"
                    | "brass"
                    | "copper"
                    | "iron"
                    | "lead"
                    | "metal"
                    | "nickel"
                    | "reinforcing"
                    | "silver"
                    | "stainless"
                    | "steel"
                    | "titanium"
                    | "zinc"
            )
        })
}

/// "US trade negotiators", "its trade deficit": what describes the noun behind it.
pub(super) fn of_trade(site: &Site<'_>) -> bool {
    // "a trading partner", "trade partners"
    if is!(site.word.lower, "partner" | "partners")
        && site.before.is_some_and(|w| is!(w.lower, "trading" | "trade"))
    {
        return true;
    }
    site.word.lower == "trade"
        && site.after.is_some_and(|w| {
            is!(
                w.lemma,
                "adviser"
                    | "balance"
                    | "barrier"
                    | "body"
                    | "chief"
                    | "commissioner"
                    | "deal"
                    | "deficit"
                    | "delegation"
                    | "diplomat"
                    | "envoy"
                    | "minister"
                    | "mission"
                    | "negotiator"
                    | "official"
                    | "pact"
                    | "partner"
                    | "representative"
                    | "secretary"
                    | "surplus"
                    | "talk"
                    | "team"
                    | "truce"
                    | "war"
            )
        })
}

/// "free of the 19 percent export duty": what kind of duty it is.
pub(super) fn behind_rate(site: &Site<'_>) -> bool {
    let sign = if site.back(1).is_some_and(|w| w.lower == "cent") { 2 } else { 1 };
    site.form == VerbForm::Base
        && site.back(1).is_some_and(|w| is!(w.lower, "percent" | "cent" | "pct"))
        && site.back(sign + 1).is_some_and(|w| w.tag == Tag::Num)
        && site.back(sign + 2).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss))
        && site.after_tag == Some(Tag::Noun)
}

/// "The minister, Jane Roe, leaves for Oslo": hardly ever those of a tree.
pub(super) fn leaves_for(site: &Site<'_>) -> bool {
    let goal = site.words.get(site.at + 2);
    site.word.lower == "leaves"
        && site.after.is_some_and(|w| w.lower == "for")
        && goal.is_some_and(|w| w.capital || w.lower == "the" || w.name)
        && site.before.is_some_and(|b| b.lower == "," || b.tag == Tag::Noun)
}

/// "after a Monday telephone call", "its duty on mobile telephones"
pub(super) fn by_phone(site: &Site<'_>) -> bool {
    is!(site.word.lemma, "telephone" | "phone")
        && (site
            .after
            .is_some_and(|w| is!(w.lower, "call" | "calls" | "conversation" | "conversations" | "talks"))
            || site.before.is_some_and(|w| is!(w.lower, "mobile" | "cellular" | "satellite")))
}

/// "closed the border to cut flowers": goods, not what is done to them.
pub(super) fn cut_flowers(site: &Site<'_>) -> bool {
    site.word.lower == "cut"
        && site.after.is_some_and(|w| {
            is!(w.lemma, "flower" | "rose" | "tulip" | "carnation" | "orchid" | "chrysanthemum" | "gladiolus")
        })
}

/// "The new export controls an act of bullying": nouns, whatever follows.
pub(super) fn export_controls(site: &Site<'_>) -> bool {
    let word = site.word;
    site.back(1).is_some_and(|w| w.lower == "export")
        && is!(word.lemma, "control" | "curb" | "rule" | "ban" | "limit" | "check" | "permit")
        || is!(
            word.lower,
            "arms" | "bullying" | "disappointing" | "troubling" | "alarming" | "misleading" | "damaging"
        )
}

/// "admit products free of duty"
pub(super) fn free_of(site: &Site<'_>) -> bool {
    site.word.lower == "free"
        && site.after.is_some_and(|w| is!(w.lower, "of" | "from"))
        && site.behind(Tag::Noun)
}

/// "ended the duties by executive order the same day"
pub(super) fn by_order(site: &Site<'_>) -> bool {
    site.back(1).is_some_and(|w| is!(w.lower, "executive"))
        || site.back(2).is_some_and(|w| w.lower == "by")
            && site.back(1).is_some_and(|w| w.tag == Tag::Noun && !w.name)
            && site.often_noun()
}

/// "heading 9903.01.63"
pub(super) fn heading(site: &Site<'_>) -> bool {
    site.word.lower == "heading" && site.after_tag == Some(Tag::Num)
}

/// "a set of goods"
pub(super) fn set_of(site: &Site<'_>) -> bool {
    site.word.lower == "set" && site.after.is_some_and(|w| w.lower == "of")
}

/// "24 percentage points": a unit.
pub(super) fn points(site: &Site<'_>) -> bool {
    site.word.lemma == "point"
        && site.before.is_some_and(|w| w.tag == Tag::Num || is!(w.lower, "percentage" | "%" | "percent"))
}

/// "raised deep concerns about the tolls", "the unfriendly acts of a state", "voiced continued support"
pub(super) fn concerns_about(site: &Site<'_>) -> bool {
    let Some(next) = site.after else { return false };
    let word = &site.word.lower;
    let taken = |b: &Word| matches!(b.tag, Tag::Verb(_) | Tag::Det | Tag::Poss | Tag::Prep);
    is!(word, "concerns") && is!(next.lower, "about" | "over" | "regarding")
        || is!(word, "acts") && next.lower == "of"
        || is!(word, "continued")
            && is!(next.lower, "concern" | "concerns" | "support" | "cooperation" | "efforts" | "interest")
            && site.before.is_some_and(taken)
}

/// "goods bound for Chile": tells which goods.
pub(super) fn bound_for(site: &Site<'_>) -> bool {
    is!(site.word.lower, "bound" | "destined")
        && site.after.is_some_and(|w| w.lower == "for")
        && site.back(1).is_some_and(|w| w.tag == Tag::Noun)
}

/// "made exports of magnets subject to a licence", "have been subject to 50%"
pub(super) fn made_subject_to(site: &Site<'_>) -> bool {
    let Site { words, at, word, after_tag, .. } = *site;
    if !is!(word.lower, "subject") || after_tag != Some(Tag::To) {
        return false;
    }
    // "goods subject to Section 301 duties": the verb would have an object.
    let told = || words.iter().take(at).any(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be));
    site.behind(Tag::Be)
        || site.behind(Tag::Noun) && told()
        || site.behind(Tag::Noun)
            && words.get(at.saturating_sub(12)..at).unwrap_or_default().iter().any(|w| {
                matches!(w.tag, Tag::Verb(_))
                    && is!(w.lemma, "make" | "render" | "leave" | "keep" | "declare")
            })
}
