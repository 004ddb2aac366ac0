//! Word forms: which lemma and tense a word may stand for.

use std::borrow::Cow;

use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::tag::Tag;
use crate::grammar::tag::closed_class::{CLOSED, LATE};

/// Which form of a verb a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum VerbForm {
    Base,
    ThirdPerson,
    Past,
    PastOrParticiple,
    Participle,
    Gerund,
}

/// Verbs by any of their forms, and the words of closed classes: each word is looked up once.
#[derive(Debug)]
pub(crate) struct Verbs {
    forms: ByWord<Known>,
    lemmas: Vec<Lower>,
}

/// What a word is known to be; small, for nearly every word of a text is looked up.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    /// The closed class it belongs to.
    pub(crate) closed: Option<Tag>,
    /// The verb it is, by the place of its lemma, and the form.
    verb: Option<(u32, VerbForm)>,
    /// What it is where it is neither.
    pub(crate) late: Option<Tag>,
}

impl Default for Verbs {
    fn default() -> Self {
        let mut forms: ByWord<Known> = ByWord::new();
        for &(tag, words) in CLOSED {
            for word in words {
                forms.entry(&Lower::new(word), Known::default).closed.get_or_insert(tag);
            }
        }
        for &(tag, words) in LATE {
            for word in words {
                forms.entry(&Lower::new(word), Known::default).late = Some(tag);
            }
        }
        Self { forms, lemmas: Vec::new() }
    }
}

impl Verbs {
    /// Adds a verb; `past` and `participle` are empty for a regular one.
    pub(crate) fn add(&mut self, lemma: &str, past: &str, participle: &str) {
        let place = u32::try_from(self.lemmas.len()).unwrap_or(u32::MAX);
        self.lemmas.push(Lower::new(lemma));
        let mut put = |form: String, kind: VerbForm| {
            let known = self.forms.entry(&Lower::new(&form), Known::default);
            known.verb.get_or_insert((place, kind));
        };
        put(lemma.to_owned(), VerbForm::Base);
        put(third_person(lemma), VerbForm::ThirdPerson);
        for gerund in suffixed(lemma, "ing") {
            put(gerund, VerbForm::Gerund);
        }
        if past.is_empty() {
            for form in suffixed(lemma, "ed") {
                put(form, VerbForm::PastOrParticiple);
            }
        } else if past == participle {
            put(past.to_owned(), VerbForm::PastOrParticiple);
        } else {
            put(past.to_owned(), VerbForm::Past);
            put(participle.to_owned(), VerbForm::Participle);
        }
        // A verb without endings in the past ("cut") is read by its base form and its context.
    }

    /// Lemma and form of a lower-case word.
    pub(crate) fn get(&self, word: &Lower) -> Option<(&Lower, VerbForm)> {
        self.verb(self.known(word)?)
    }

    /// Lemma and form of the verb that a word is known to be.
    pub(crate) fn verb(&self, known: &Known) -> Option<(&Lower, VerbForm)> {
        let (place, form) = known.verb?;
        Some((self.lemmas.get(place as usize)?, form))
    }

    /// What a lower-case word is known to be.
    pub(crate) fn known(&self, word: &Lower) -> Option<&Known> {
        self.forms.get(word)
    }
}

fn third_person(lemma: &str) -> String {
    if lemma == "have" {
        return "has".to_owned();
    }
    let sibilant = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| lemma.ends_with(end));
    match lemma.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if sibilant => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    }
}

const fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The possible spellings of a lemma with `ed` or `ing`.
fn suffixed(lemma: &str, suffix: &str) -> Vec<String> {
    let ing = suffix == "ing";
    if let Some(stem) = lemma.strip_suffix("ie").filter(|_| ing) {
        return vec![format!("{stem}ying")];
    }
    if let Some(stem) = lemma.strip_suffix('e').filter(|s| !s.ends_with('e')) {
        return vec![format!("{stem}{suffix}")];
    }
    if let Some(stem) = lemma.strip_suffix('e') {
        return vec![if ing { format!("{lemma}ing") } else { format!("{stem}ed") }];
    }
    if let Some(stem) = lemma.strip_suffix('y').filter(|s| !s.ends_with(vowel) && !ing) {
        return vec![format!("{stem}ied")];
    }
    let plain = format!("{lemma}{suffix}");
    let letters: Vec<char> = lemma.chars().collect();
    match letters.as_slice() {
        [.., a, b, c] if !vowel(*a) && vowel(*b) && !vowel(*c) && !matches!(c, 'w' | 'x' | 'y') => {
            vec![plain, format!("{lemma}{c}{suffix}")]
        }
        _ => vec![plain],
    }
}

/// The singular of a lower-case noun, by its ending.
pub(crate) fn singular(word: &str) -> Cow<'_, str> {
    let ending = match word.as_bytes() {
        [_, _, _, .., b'i', b'e', b's'] => {
            let mut one = word.strip_suffix("ies").unwrap_or(word).to_owned();
            one.push('y');
            return Cow::Owned(one);
        }
        [.., b'c' | b's', b'h', b'e', b's'] | [.., b's', b's', b'e', b's'] | [.., b'x', b'e', b's'] => "es",
        [.., b's' | b'u' | b'i', b's'] => "",
        [_, _, _, .., b's'] => "s",
        _ => "",
    };
    Cow::Borrowed(word.strip_suffix(ending).unwrap_or(word))
}

/// Verbs whose past looks like their base form.
pub(crate) fn same_form(lemma: &str) -> bool {
    matches!(
        lemma,
        "cut"
            | "put"
            | "set"
            | "hit"
            | "let"
            | "shut"
            | "cost"
            | "quit"
            | "split"
            | "spread"
            | "offset"
            | "bid"
            | "read"
            | "cast"
            | "shed"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(past: (&str, &str, &str), word: &str, form: VerbForm) {
        let mut verbs = Verbs::default();
        verbs.add(past.0, past.1, past.2);
        assert_eq!(verbs.get(&Lower::new(word)), Some((&Lower::new(past.0), form)));
    }

    #[test]
    fn endings() {
        check(("impose", "", ""), "imposing", VerbForm::Gerund);
        check(("levy", "", ""), "levied", VerbForm::PastOrParticiple);
        check(("stop", "", ""), "stopped", VerbForm::PastOrParticiple);
        check(("agree", "", ""), "agreed", VerbForm::PastOrParticiple);
        check(("take", "took", "taken"), "taken", VerbForm::Participle);
        check(("push", "", ""), "pushes", VerbForm::ThirdPerson);
    }

    #[test]
    fn plurals() {
        for (plural, expected) in
            [("duties", "duty"), ("taxes", "tax"), ("goods", "good"), ("sanctions", "sanction")]
        {
            assert_eq!(singular(plural), expected);
        }
    }
}
