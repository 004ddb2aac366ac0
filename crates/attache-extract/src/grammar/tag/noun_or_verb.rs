//! Whether a word that is a form of a verb is a verb here, or a noun or what describes one.
//!
//! [`is_noun`] asks small questions in a fixed order, and the first that holds decides: words and phrases
//! that decide by themselves stand before those that only make one reading likely. Which questions are
//! asked depends on the form. What none of them settles goes by the form of the word and the word before it.

mod agreement;
mod command;
mod coordination;
mod fixed_phrase;
mod gerund;
mod homograph;
mod opinion;
mod participle;
mod phrase_head;
mod present;

use super::inversion::inverted;
use super::mandative::mandated;
use super::seen::seen;
use super::{Tag, Word};
use crate::grammar::lemma::{VerbForm, same_form};
use crate::grammar::lower::is;

use crate::grammar::lower::WordList;
use homograph::OFTEN_NOUNS;

/// Forms in "-s" of verbs of which there is no noun: "took effect in May and expires in July".
static ONLY_VERBS: WordList =
    WordList::new(&["applies", "becomes", "begins", "expires", "imposes", "lowers", "suspends"]);

/// A form of a verb and what stands around it.
#[derive(Clone, Copy)]
struct Site<'w> {
    words: &'w [Word],
    at: usize,
    word: &'w Word,
    form: VerbForm,
    /// Where the word before stands, past adverbs and an opening quotation mark.
    left: usize,
    before: Option<&'w Word>,
    after: Option<&'w Word>,
    after_tag: Option<Tag>,
}

impl<'w> Site<'w> {
    fn new(words: &'w [Word], at: usize, word: &'w Word, form: VerbForm) -> Self {
        let mut left = at;
        let before = loop {
            left = match left.checked_sub(1) {
                Some(i) => i,
                None => break None,
            };
            match words.get(left).map(|w| w.tag) {
                Some(Tag::Adv) => {}
                // "It further agreed to"
                _ if form == VerbForm::PastOrParticiple
                    && words.get(left).is_some_and(|w| w.lower == "further") => {}
                // "which today face 40%"
                _ if behind_relative(words, left) => {}
                // "would more than double the levy"
                Some(Tag::Det) if words.get(left + 1).is_some_and(|w| w.lower == "than") => {}
                // "will “correct” it", "China “firmly opposes” it"
                Some(Tag::Punct) if quotes_verb(words, left) => {}
                other => break other.map(|_| left),
            }
        };
        let after = words.get(at + 1);
        Self {
            words,
            at,
            word,
            form,
            left,
            before: before.and_then(|i| words.get(i)),
            after,
            after_tag: after.map(|w| w.tag),
        }
    }

    /// The word `count` words before.
    fn back(&self, count: usize) -> Option<&'w Word> {
        self.at.checked_sub(count).and_then(|i| self.words.get(i))
    }

    /// Whether the word before, past adverbs, has this tag.
    fn behind(&self, tag: Tag) -> bool {
        self.before.is_some_and(|b| b.tag == tag)
    }

    fn often_noun(&self) -> bool {
        OFTEN_NOUNS.has(&self.word.lemma)
    }
}

/// Whether the word at `at`, by its spelling this form of a verb, is none here.
pub(super) fn is_noun(words: &[Word], at: usize, form: VerbForm) -> bool {
    let Some(word) = words.get(at) else { return false };
    let bare = || inverted(words, at) || mandated(words, at).is_some() || seen(words, at).is_some();
    if form == VerbForm::Base && bare() {
        return false;
    }
    let site = &Site::new(words, at, word, form);
    let settled = match form {
        VerbForm::Base | VerbForm::ThirdPerson => present_is_noun(site),
        _ => other_is_noun(site),
    };
    settled.unwrap_or_else(|| by_word_before(site))
}

/// The questions that forms of the present are asked: "cut", "cuts".
fn present_is_noun(site: &Site<'_>) -> Option<bool> {
    let third = site.form == VerbForm::ThirdPerson;
    if third && ONLY_VERBS.has(&site.word.lower) {
        return Some(false);
    }
    if opinion::people_think(site)
        || command::paused(site)
        || fixed_phrase::lasts(site)
        || fixed_phrase::takes_effect(site)
    {
        return Some(false);
    }
    // "its list of trading partners"
    let traders = is!(site.word.lower, "partners" | "houses" | "blocs");
    if traders && site.back(1).is_some_and(|w| w.lower == "trading") {
        return Some(true);
    }
    if fixed_phrase::of_trade(site)
        || fixed_phrase::of_metal(site)
        || fixed_phrase::behind_rate(site)
        || fixed_phrase::cut_flowers(site)
    {
        return Some(true);
    }
    if let Some(noun) = fixed_phrase::license(site) {
        return Some(noun);
    }
    if coordination::promised(site) || fixed_phrase::they_meet(site) || fixed_phrase::leaves_for(site) {
        return Some(false);
    }
    if command::capital_within(site) || hyphened(site) || phrase_head::titled(site) {
        return Some(true);
    }
    if coordination::behind_aside_of_modal(site) {
        return Some(false);
    }
    if phrase_head::before_auxiliary(site)
        || fixed_phrase::by_phone(site)
        || fixed_phrase::export_controls(site)
    {
        return Some(true);
    }
    // "according to press reports": no infinitive.
    let phrase = site.back(2).is_some_and(|w| is!(w.lower, "according" | "owing" | "contrary" | "thanks"));
    if phrase && site.back(1).is_some_and(|w| w.tag == Tag::To) {
        return Some(true);
    }
    // Right behind "to" or a modal it is told of no noun before it.
    let bare = site.back(1).is_some_and(|w| matches!(w.tag, Tag::To | Tag::Modal));
    if !bare && opinion::held(site) {
        return Some(false);
    }
    if fixed_phrase::free_of(site) || fixed_phrase::bound_for(site) || fixed_phrase::by_order(site) {
        return Some(true);
    }
    if command::first(site) {
        return Some(false);
    }
    if fixed_phrase::set_of(site) {
        return Some(true);
    }
    if command::numbered(site) {
        return Some(false);
    }
    if fixed_phrase::points(site) || fixed_phrase::concerns_about(site) {
        return Some(true);
    }
    if !bare && agreement::is_verb(site) {
        return Some(false);
    }
    let heads = third
        && (phrase_head::before_contact_clause(site)
            || phrase_head::taken(site)
            || phrase_head::before_relative(site));
    if heads || fixed_phrase::made_subject_to(site) {
        return Some(true);
    }
    let verb = if third { present::third_is_verb(site) } else { present::pair_remains(site) };
    (verb || fixed_phrase::runs_counter(site)).then_some(false)
}

/// The questions that past forms, participles and gerunds are asked: "frozen", "freezing".
fn other_is_noun(site: &Site<'_>) -> Option<bool> {
    if let Some(noun) = fixed_phrase::license(site) {
        return Some(noun);
    }
    if participle::of_goods(site)
        || hyphened(site)
        || fixed_phrase::by_phone(site)
        || fixed_phrase::export_controls(site)
        || fixed_phrase::cut_flowers(site)
    {
        return Some(true);
    }
    if opinion::claims(site) || opinion::held_behind_aside(site) {
        return Some(false);
    }
    if fixed_phrase::bound_for(site)
        || participle::counted(site)
        || participle::paired(site)
        || fixed_phrase::heading(site)
        || fixed_phrase::set_of(site)
        || fixed_phrase::points(site)
        || fixed_phrase::concerns_about(site)
        || participle::tells_how(site)
    {
        return Some(true);
    }
    fixed_phrase::runs_counter(site).then_some(false)
}

/// "tariff-cut": the end of a compound.
fn hyphened(site: &Site<'_>) -> bool {
    site.before.is_some_and(|w| w.lower == "-")
}

/// Whether it is no verb by its form and the word before it alone.
fn by_word_before(site: &Site<'_>) -> bool {
    let before = site.before.map(|w| w.tag);
    match site.form {
        _ if matches!(before, Some(Tag::Modal | Tag::Pron | Tag::Not | Tag::Do)) => false,
        VerbForm::Base | VerbForm::ThirdPerson => base_or_present(site, before),
        VerbForm::Gerund => gerund::is_noun(site),
        VerbForm::PastOrParticiple | VerbForm::Participle => participle::is_noun(site),
        VerbForm::Past => false,
    }
}

/// The same for "call" and "calls".
fn base_or_present(site: &Site<'_>, before: Option<Tag>) -> bool {
    let Site { words, at, word, after, after_tag, .. } = *site;
    if site.form == VerbForm::Base {
        match before {
            // "was cut", "has put".
            Some(Tag::Be | Tag::Have) if same_form(&word.lemma) => return false,
            // "will be run by both".
            Some(Tag::Be) if is!(word.lemma, "run" | "overcome") => {
                return after.is_none_or(|w| w.lower != "by");
            }
            // "Have come to terms".
            Some(Tag::Have) if is!(word.lemma, "come" | "become" | "run" | "overcome") => {
                return false;
            }
            // "goods that entered free, become subject to": never a noun.
            Some(Tag::Punct)
                if is!(word.lemma, "become" | "begin" | "remain" | "apply" | "expire" | "impose") =>
            {
                return false;
            }
            Some(Tag::Det) if shared_subject(words, at) || opinion::some_expect(site) => return false,
            // "committed to dialogue" is no infinitive, "to call" is.
            Some(Tag::To) => return false,
            // "Free access to its market".
            _ if word.lower == "free" && after_tag == Some(Tag::Noun) => return true,
            _ => {}
        }
    }
    match before {
        Some(Tag::Num) if behind_label(words, at) => false,
        Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::To) => true,
        // "a probe whose result is due"
        Some(Tag::Rel) if site.before.is_some_and(|b| b.lower == "whose") => true,
        Some(Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Conj | Tag::Punct) | None => {
            coordination::is_noun(site)
        }
        Some(Tag::Noun) => agreement::is_noun(site),
        Some(Tag::Sub) => phrase_head::of_subordinate(site),
        _ => false,
    }
}

/// "goods of heading 8703 enter", "those in Annex 2 pay": the number only says which.
fn behind_label(words: &[Word], at: usize) -> bool {
    let label = at.checked_sub(2).and_then(|i| words.get(i));
    let behind = words.get(at + 1).is_some_and(|w| {
        w.name || matches!(w.tag, Tag::Det | Tag::Num | Tag::Poss | Tag::Prep | Tag::To | Tag::Adv)
    });
    behind
        && label.is_some_and(|w| {
            is!(
                w.lower,
                "chapter"
                    | "chapters"
                    | "heading"
                    | "headings"
                    | "subheading"
                    | "annex"
                    | "list"
                    | "appendix"
            ) || is!(w.lower, "section" | "schedule" | "article" | "item" | "category" | "line" | "column")
        })
}

/// "will each lower", "must both cut".
fn shared_subject(words: &[Word], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).and_then(|i| words.get(i));
    word(1).is_some_and(|w| is!(w.lower, "each" | "both" | "all" | "further"))
        && word(2).is_some_and(|w| w.name || matches!(w.tag, Tag::Modal | Tag::To))
}

/// Whether the word is of a time right behind a relative pronoun: "which today", "who last year".
fn behind_relative(words: &[Word], at: usize) -> bool {
    let timed = |i: &usize| words.get(*i).is_some_and(|w| w.time);
    let first = (0..=at).rev().take_while(timed).last();
    let opener = first.and_then(|i| words.get(i.checked_sub(1)?));
    opener.is_some_and(|w| w.tag == Tag::Rel && w.lower != "whose")
}

/// Whether a quotation mark stands right behind a modal, "to" or a name.
fn quotes_verb(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| matches!(w.lower.as_str(), "\"" | "“" | "‘" | "'"))
        && at
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| matches!(w.tag, Tag::Modal | Tag::To) || w.name && !w.time)
}
