//! Acts told as fiction, in jest, as a rumour, by hearsay or in error: what never was, and what nobody in
//! particular answers for.
//!
//! What goes for a whole sentence is read once ([`sentence`]); the rest looks at the words right before the
//! clause of the act.

use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Group, Tense};
use crate::grammar::lower::{few, is};
use crate::grammar::tag::{Tag, Word};

/// How many words the setting of a tale may stand in: "On the first day of the war game, …".
const SETTING: usize = 10;

/// Whether a sentence is of what was only played through, dreamt up or told in jest: "in the novel",
/// "…, if you believe the tabloids".
pub(crate) fn sentence(view: View<'_>, classes: &Classes) -> bool {
    let end = view.words.len();
    classes.get("tale_opening").is_some_and(|words| view.has((0, end.min(SETTING)), words))
        || classes.get("tale_mark").is_some_and(|words| view.has((0, end), words))
}

/// Whether a sentence takes back at its end what it tells: "…, which it never did".
pub(crate) fn taken_back(view: View<'_>, classes: &Classes) -> bool {
    let Some(phrases) = classes.get("taken_back") else { return false };
    let words = view.words;
    // "cocoa, which it does not grow itself": another verb behind "not" describes the goods.
    let ends = |at: usize| {
        phrases.find(words, at).is_some_and(|phrase| {
            let open = phrase.last().is_some_and(|w| w == "not");
            let mut behind = words.get(at + phrase.len()..).unwrap_or_default().iter();
            let next = behind.find(|w| w.tag != Tag::Adv);
            !open
                || next
                    .is_none_or(|w| !matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have) || w.lemma == "do")
        })
    };
    view.has((0, words.len()), phrases) && (0..words.len()).any(ends)
}

/// The word before the clause of a group, past "that".
fn leads(view: View<'_>, group: &Group) -> Option<usize> {
    let before = group.opens().checked_sub(1)?;
    let that = view.words.get(before).is_some_and(|w| w.lower == "that");
    if that { before.checked_sub(1) } else { Some(before) }
}

/// "I dreamt that Oslo had taxed feed", "joked that it had", "is rumoured to have taxed it", "as if it had".
pub(crate) fn unreal(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    group.finite && imagined(view, classes, group)
        || reputed(view, group).is_some_and(|w| classes.has("rumour_verb", &w.lemma))
        || view.stances.words(view).may_have(few!["allegedly", "supposedly", "purportedly"])
            && beside(view, group, |w| is!(w.lower, "allegedly" | "supposedly" | "purportedly"))
}

/// "I dreamt that Oslo had taxed feed", "as if it had": what the words before a clause make of it.
fn imagined(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| view.words.get(at));
    let before = leads(view, group);
    let lead = word(before);
    let led = |class: &str| lead.is_some_and(|w| classes.has(class, &w.lemma));
    let as_if = lead.is_some_and(|w| is!(w.lower, "if" | "though"))
        && word(before.and_then(|at| at.checked_sub(1))).is_some_and(|w| w.lower == "as");
    let passive = || {
        before.is_some_and(|at| {
            view.words.get(at.saturating_sub(2)..at).unwrap_or_default().iter().any(|w| w.tag == Tag::Be)
        })
    };
    as_if || led("dream_verb") || passive() && led("rumour_verb") || nobodys(view, group)
}

/// "Few in Bern believe that Oslo has taxed feed": a clause behind the verb of hardly anybody.
fn nobodys(view: View<'_>, group: &Group) -> bool {
    let few = view.words.first().is_some_and(|w| is!(w.lower, "few" | "nobody" | "hardly"));
    let that = group.opens().checked_sub(1).and_then(|at| view.words.get(at));
    few && that.is_some_and(|w| w.lower == "that")
}

/// "no sign of Oslo taxing feed", "no evidence has emerged that it did": nothing says so.
pub(crate) fn unproven(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    let Some(opener) = group.opens().checked_sub(1) else { return false };
    if !view.words.get(opener).is_some_and(|w| is!(w.lower, "that" | "of")) {
        return false;
    }
    let from = opener.saturating_sub(EVIDENCE);
    let near = view.words.get(from..opener).unwrap_or_default();
    let none = |w: &Word| is!(w.lower, "no" | "little" | "scant" | "without" | "any" | "zero" | "nothing");
    let noun = near.iter().rposition(|w| w.lower == "nothing" || classes.has("evidence_noun", &w.lemma));
    noun.is_some_and(|at| near.get(..=at).unwrap_or_default().iter().any(none))
}

/// How many words "no evidence has so far emerged" may have.
const EVIDENCE: usize = 7;

/// "dreams of Oslo taxing feed", "insists on the minister lifting the duty": what somebody counts on.
pub(crate) fn counted_on(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    if group.tense != Tense::Gerund {
        return false;
    }
    let name = |w: &&Word| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss);
    let before = view.words.get(..group.start).unwrap_or_default();
    let whose = before.iter().rev().take_while(name).count();
    let word = |back: usize| before.len().checked_sub(whose + back).and_then(|at| before.get(at));
    let linked = word(1).is_some_and(|w| is!(w.lower, "on" | "upon" | "of" | "for" | "about"));
    (1..=NAME).contains(&whose) && linked && word(2).is_some_and(|w| classes.has("hope_word", &w.lemma))
}

/// How many words name who is counted on.
const NAME: usize = 4;

/// "is said to have taxed feed", "reportedly taxed it": told by nobody in particular.
pub(crate) fn heard(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    let before = group.start.checked_sub(1).and_then(|at| view.words.get(at));
    let said = group.tense == Tense::Infinitive
        && before.is_some_and(|w| matches!(w.tag, Tag::Verb(_)) && classes.has("heard_verb", &w.lemma))
        // "It was understood to …", but not "refused to say to …"
        && before.is_some_and(|w| w.lower != w.lemma);
    let adverbs = classes.get("heard_adverb").filter(|set| view.opened.names(set));
    said || adverbs.is_some_and(|set| beside(view, group, |w| set.has_word(&w.lower)))
}

/// The word before an infinitive of what is past: "is said to have taxed".
fn reputed<'v>(view: View<'v>, group: &Group) -> Option<&'v Word> {
    let verb = view.words.get(group.start..group.head).filter(|_| group.tense == Tense::Infinitive)?;
    let before = group.start.checked_sub(1).and_then(|at| view.words.get(at));
    before.filter(|_| verb.iter().any(|w| w.lower == "have"))
}

/// Whether an adverb stands at the verb or opens the sentence.
fn beside(view: View<'_>, group: &Group, wanted: impl Fn(&Word) -> bool) -> bool {
    let near = view.words.get(group.start.saturating_sub(1)..group.head).unwrap_or_default();
    // "Reportedly, Oslo has taxed feed."
    let first = || view.clauses.groups.iter().find(|g| g.finite).is_some_and(|g| g.head == group.head);
    near.iter().any(&wanted) || view.words.first().is_some_and(&wanted) && first()
}

/// "Contrary to reports that Oslo taxed feed, …": what the reports said is not so.
pub(crate) fn contrary(view: View<'_>, frame: &Frame) -> bool {
    if !view.stances.words(view).may_have(few!["contrary"]) {
        return false;
    }
    let words = view.words.get(..frame.trigger.0).unwrap_or_default();
    let Some(at) = words.iter().rposition(|w| w.lower == "contrary") else { return false };
    let to = words.get(at + 1).is_some_and(|w| w.lower == "to");
    to && !words.get(at..).unwrap_or_default().iter().any(|w| is!(w.lower, "," | ";"))
}

/// "At no point had Oslo taxed feed", "no such thing as a duty", "It was not the case that it did": what stands
/// behind such words is denied.
pub(crate) fn gainsaid(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let from = frame.group.and_then(|g| view.clauses.groups.get(g)).map_or(frame.trigger.0, Group::opens);
    let upto = frame.trigger.0.max(from);
    classes.get("gainsays").is_some_and(|words| view.has((0, upto), words))
}

/// "The report was withdrawn", "retracted its story", "the reports were premature": a claim that does not
/// stand.
pub(crate) fn claim_falls(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    let claims = |range: Option<(usize, usize)>| {
        let (from, to) = range.unwrap_or_default();
        let words = view.words.get(from..to).unwrap_or_default();
        words.iter().take_while(|w| w.lower != "that").any(|w| classes.has("claim_noun", &w.lemma))
    };
    let withdrawn = classes.has("claim_ends", &group.lemma);
    let found_wrong = group.lemma == "be"
        && view.words.iter().skip(group.head + 1).take(3).any(|w| {
            is!(
                w.lower,
                "premature" | "exaggerated" | "overblown" | "overdone" | "mistaken" | "wrong" | "off"
            )
        });
    // "Reports of a call were made up", "a made-up report": of nothing that was.
    let invented = group.passive
        && (group.lemma == "make" && view.words.get(group.head + 1).is_some_and(|w| w.lower == "up")
            || is!(group.lemma, "invent" | "fabricate"));
    let found_wrong = found_wrong || invented;
    if !withdrawn && !found_wrong {
        return false;
    }
    // "The report that Oslo had taxed feed was withdrawn"
    let opens = view
        .words
        .iter()
        .zip(view.words.iter().skip(1))
        .take(4)
        .any(|(noun, that)| that.lower == "that" && classes.has("claim_noun", &noun.lemma));
    let behind = (group.head + 1, (group.head + 4).min(view.words.len()));
    withdrawn && !group.passive && (claims(group.theme) || claims(Some(behind)))
        || (withdrawn && group.passive || found_wrong) && (opens || claims(group.subject))
}
