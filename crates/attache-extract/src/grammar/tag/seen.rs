//! The bare verb of what somebody is seen or let do: "the pact will see Oslo halve its duty".

use super::{Tag, Word};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::is;

/// Most words of a name before the bare verb.
const NAME: usize = 4;

/// The verb of seeing or letting by which the bare verb at `at` stands, where there is one.
pub(in crate::grammar) fn seen(words: &[Word], at: usize) -> Option<usize> {
    // "see the US trade deficit": what follows must be what the verb takes.
    let takes = words.get(at + 1).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Num));
    let last = at.checked_sub(1).filter(|_| takes)?;
    let named = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun && w.capital && !w.time);
    if !named(last) {
        return None;
    }
    let name = |i: usize| named(i) || words.get(i).is_some_and(|w| w.lower == "the");
    let first = (last.saturating_sub(NAME)..last).rev().find(|&i| !name(i))?;
    let verb = words.get(first)?;
    let sees = matches!(verb.tag, Tag::Verb(VerbForm::Base | VerbForm::ThirdPerson | VerbForm::Past))
        && is!(verb.lemma, "see" | "let" | "watch" | "help" | "make");
    sees.then_some(first)
}

/// "Will", "would" or their like before the verb of seeing: what is seen is as much to come.
pub(in crate::grammar) fn modal_of_seen(words: &[Word], at: usize) -> Option<&Word> {
    let before = seen(words, at)?.checked_sub(1)?;
    words.get(before).filter(|w| w.tag == Tag::Modal)
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read = Extractor::builtin().extract(&Article::new(text, jiff::civil::date(2025, 11, 20)));
        let told = |e: &crate::Event| {
            let who: Vec<String> = e.parties.iter().filter_map(|p| Some(p.country?.to_string())).collect();
            format!("{} {}", e.act.subtype(), who.join(">"))
        };
        let found: Vec<String> =
            read.events.iter().filter(|e| e.act.kind() == crate::Kind::TariffAction).map(told).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_pact_sees_a_state_act() {
        for verb in ["halve", "lower", "slash", "reduce"] {
            let text = format!("The trade pact will see Norway {verb} its 20% duty on Kenyan roses.");
            check(&text, &["reduce NO>KE"]);
        }
        check("Kenya will see the Norway trade figures in May.", &[]);
    }
}
