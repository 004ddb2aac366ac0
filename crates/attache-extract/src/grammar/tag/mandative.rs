//! The bare verb of what is demanded: "asked that the duty be lifted", "insisted that Lima accept it".

use super::{Tag, Word};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{WordList, is};

/// Verbs and nouns of asking for what a clause with a bare verb tells.
static ASKS: WordList = WordList::new(&[
    "advise",
    "agree",
    "ask",
    "beg",
    "call",
    "command",
    "condition",
    "decree",
    "demand",
    "desire",
    "direct",
    "insist",
    "insistence",
    "instruct",
    "instruction",
    "mandate",
    "move",
    "order",
    "petition",
    "plea",
    "plead",
    "prefer",
    "propose",
    "proposal",
    "provide",
    "recommend",
    "recommendation",
    "request",
    "require",
    "requirement",
    "resolve",
    "rule",
    "stipulate",
    "stipulation",
    "suggest",
    "suggestion",
    "urge",
    "wish",
]);

/// What is said of an act that is asked for.
static NEEDED: WordList = WordList::new(&[
    "advisable",
    "critical",
    "crucial",
    "desirable",
    "essential",
    "imperative",
    "important",
    "necessary",
    "preferable",
    "vital",
]);

/// How many words a subject before a bare verb may have.
const FAR_SUBJECT: usize = 12;

/// The word of asking by which the bare verb at `at` stands, where there is one.
pub(in crate::grammar) fn mandated(words: &[Word], at: usize) -> Option<&Word> {
    let word = words.get(at)?;
    let be = word.tag == Tag::Be && word.lower == "be";
    if !be && word.tag != Tag::Verb(VerbForm::Base) {
        return None;
    }
    let subject = subject_before(words, at)?;
    let that = |i: usize| words.get(i).is_some_and(|w| w.lower == "that");
    let opener = subject.checked_sub(1).filter(|&i| that(i));
    // "demanded the duty be lifted": only "be" cannot be anything else.
    if !be && (opener.is_none() || !alone(words, subject, at) || !takes_on(words, at)) {
        return None;
    }
    let named = |w: &Word| matches!(w.tag, Tag::Noun | Tag::Pron | Tag::Num);
    words.get(subject..at).filter(|subject| subject.iter().any(named))?;
    let mut end = opener.unwrap_or(subject);
    // "asked that tea be spared and that the duty on silk be cut"
    let joined = end.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Conj);
    if joined && opener.is_some() {
        end = (0..end).rev().take(2 * FAR_SUBJECT).find(|&i| that(i)).unwrap_or(end);
    }
    asking_before(words, end)
}

/// Whether the verb at `at` has its clause to itself: "that Lima lift it", not "that Lima lift curbs be eased".
fn takes_on(words: &[Word], at: usize) -> bool {
    let object = words.get(at + 1).is_none_or(|w| {
        w.name
            || matches!(
                w.tag,
                Tag::Det | Tag::Num | Tag::Pron | Tag::Poss | Tag::Prep | Tag::To | Tag::Adv | Tag::Noun
            )
            || is!(w.lower, "." | "," | "\"" | "”" | "$")
    });
    let verb = |w: &Word| matches!(w.tag, Tag::Be | Tag::Have | Tag::Modal);
    let breaks =
        |w: &Word| matches!(w.tag, Tag::Punct | Tag::Conj | Tag::Sub | Tag::Rel | Tag::Prep | Tag::To);
    let next = words.iter().skip(at + 1).find(|w| verb(w) || breaks(w));
    object && !next.is_some_and(verb)
}

/// Where what may be the subject of the verb at `at` begins, behind "that" or a verb.
fn subject_before(words: &[Word], at: usize) -> Option<usize> {
    let part = |w: &Word| {
        w.lower != "that"
            && (matches!(
                w.tag,
                Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Adv | Tag::Pron | Tag::Prep | Tag::Not
            ) || is!(w.lower, "and" | "or" | "$" | "%" | "-"))
    };
    let far = words.get(at.saturating_sub(FAR_SUBJECT)..at).unwrap_or_default();
    let parts = far.iter().rev().take_while(|w| part(w)).count();
    (parts > 0).then(|| at - parts)
}

/// The word of asking before `end`, with at most those who are asked, or when, in between.
fn asking_before(words: &[Word], end: usize) -> Option<&Word> {
    let between = |w: &Word| {
        w.time
            || w.name
            || matches!(w.tag, Tag::Prep | Tag::Det | Tag::Adv | Tag::Noun | Tag::To | Tag::Pron | Tag::Conj)
    };
    let asks = |w: &Word| ASKS.has(&w.lemma) || NEEDED.has(&w.lower);
    let nearest = (end.saturating_sub(FAR_SUBJECT)..end)
        .rev()
        .filter_map(|i| words.get(i))
        .find(|w| asks(w) || !between(w));
    nearest.filter(|w| asks(w))
}

/// Whether the subject is of one, which a verb of the present would show by its ending.
fn alone(words: &[Word], from: usize, to: usize) -> bool {
    let subject = words.get(from..to).unwrap_or_default();
    let last = subject.iter().rfind(|w| matches!(w.tag, Tag::Noun | Tag::Pron));
    let joined = subject.iter().any(|w| w.tag == Tag::Conj || w.tag == Tag::Prep);
    !joined
        && last.is_some_and(|w| match w.tag {
            Tag::Pron => is!(w.lower, "it" | "he" | "she"),
            _ => w.name || !w.lower.ends_with('s'),
        })
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor};

    /// The kinds of event that a text gives.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 9, 10)));
        let told: Vec<&str> = read.events.iter().map(|e| e.act.subtype()).collect();
        assert_eq!(told, expected, "{text:?}");
    }

    #[test]
    fn what_is_asked_for_is_not_done() {
        check("Canada asked that potash be exempted from the American duty.", &["demand"]);
        check("Peru demanded the tariff on its grapes be lifted by Chile.", &["demand"]);
        check("The EU insisted that Norway's duty on cheese be cut to 10%.", &["demand"]);
        check("Kenya asked that Uganda remove its ban on Kenyan milk.", &["demand"]);
    }

    #[test]
    fn what_is_decreed_is_done() {
        check(
            "President Javier Milei decreed that the duty on Chinese tyres be raised to 30% from Friday.",
            &["increase"],
        );
    }
}
