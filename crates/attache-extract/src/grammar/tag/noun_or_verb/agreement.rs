//! Agreement: a verb of the present agrees in number with the noun that it is told of, which may stand
//! before a preposition or an aside: "analysts at the bank expect", "the levy on toys comes".

use super::Site;
use super::homograph::OFTEN_NOUNS;
use crate::grammar::aside;
use crate::grammar::lemma::{VerbForm, same_form};
use crate::grammar::lower::{Lower, WordList, is};
use crate::grammar::tag::that::THAT_CLAUSE;
use crate::grammar::tag::{Tag, Word};

/// "Longi pauses production": a name and its verb.
pub(super) fn firm_pauses(site: &Site<'_>) -> bool {
    site.form == VerbForm::ThirdPerson
        && is!(site.word.lemma, "pause" | "halt" | "freeze" | "delay" | "switch" | "shift" | "raise" | "cut")
        && site.before.is_some_and(|b| !b.time && b.capital && b.tag == Tag::Noun)
        && matches!(site.after_tag, Some(Tag::Noun | Tag::Det | Tag::Poss | Tag::Num))
}

/// Whether a form of the present is the verb of a noun that stands before it, but not right before it, or
/// the only verb there may be.
pub(super) fn is_verb(site: &Site<'_>) -> bool {
    only_verb_of_condition(site)
        || with_noun_before_of(site)
        || with_noun_before_aside(site)
        || behind_apposition(site)
}

/// "If the court rules for the importers, …": the only word of a condition that can be its verb.
fn only_verb_of_condition(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, before, .. } = *site;
    if !before.is_some_and(|b| b.tag == Tag::Noun && !b.time) {
        return false;
    }
    let opens = |w: &Word| is!(w.lower, "if" | "unless" | "once");
    let first = words.iter().position(|w| w.tag != Tag::Punct).filter(|&i| words.get(i).is_some_and(opens));
    let Some(first) = first.filter(|&i| i + 1 < at) else { return false };
    let end = (first..words.len()).find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    let Some(end) = end.filter(|&end| at + 1 < end) else { return false };
    let other = (first + 1..end).any(|i| {
        i != at
            && words.get(i).is_some_and(|w| {
                matches!(w.tag, Tag::Be | Tag::Have | Tag::Modal | Tag::Do)
                    || matches!(w.tag, Tag::Verb(form) if form != VerbForm::Gerund)
            })
    });
    let plural = before.is_some_and(|b| many(&b.lower) && !b.name);
    let agrees = same_form(&word.lemma) || plural == (form == VerbForm::Base);
    agrees && !other
}

/// "exempted, and residents of the port get a refund": the noun before "of" decides.
fn with_noun_before_of(site: &Site<'_>) -> bool {
    let Site { words, at, form, before, after_tag, .. } = *site;
    form == VerbForm::Base
        && after_tag == Some(Tag::Det)
        && before.is_some_and(|b| b.tag == Tag::Noun && !b.lower.ends_with('s'))
        && !site.often_noun()
        && (at.saturating_sub(4)..at)
            .rev()
            .find(|&i| words.get(i).is_some_and(|w| w.lower == "of"))
            .and_then(|led| words.get(led.checked_sub(1)?))
            .is_some_and(|head| head.tag == Tag::Noun && !head.name && head.lower.ends_with('s'))
}

/// "The pact, signed in May, takes effect": the verb behind an aside agrees with the noun before it.
fn with_noun_before_aside(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, after, after_tag, .. } = *site;
    let Some(noun) = at.checked_sub(1).and_then(|close| aside_noun(words, close)) else { return false };
    let many = noun.lower.ends_with('s') && !noun.name;
    let agrees = same_form(&word.lemma) || many == (form == VerbForm::Base);
    let object = matches!(after_tag, Some(Tag::Det | Tag::Num | Tag::Pron | Tag::To | Tag::Adv))
        || after.is_some_and(|w| w.name || w.tag == Tag::Noun && same_form(&word.lemma));
    agrees && (object || !site.often_noun() && after_tag != Some(Tag::Punct))
}

/// "Roe & Sons, a chain of shops, cut prices": a past form that looks like its noun, behind what somebody
/// named is, where the sentence has no verb of its own yet.
fn behind_apposition(site: &Site<'_>) -> bool {
    let Site { words, at, word, after, after_tag, .. } = *site;
    let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
    if !at.checked_sub(1).is_some_and(comma) || word.lower != word.lemma || !same_form(&word.lemma) {
        return false;
    }
    let open = (1..at - 1).find(|&i| comma(i));
    let named = open.is_some_and(|i| {
        words.get(i - 1).is_some_and(|w| w.name || w.capital)
            && words.get(i + 1).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss) || w.lower == "one")
    });
    let verb = |w: &Word| matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal);
    let object = matches!(after_tag, Some(Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Pron))
        || after.is_some_and(|w| is!(w.lower, "up" | "down" | "out" | "off" | "back" | "aside"));
    named && object && !words.iter().take(at).any(verb)
}

/// Whether a bare or third-person form right behind a noun is a noun as well: "export controls", "trade
/// talks".
pub(super) fn is_noun(site: &Site<'_>) -> bool {
    let Site { words, at, word, form, before, after, after_tag, .. } = *site;
    let third = form == VerbForm::ThirdPerson;
    // "Analysts at the bank expect": the verb agrees with the noun before the preposition.
    let head = (at.saturating_sub(5)..at)
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep && w.lower != "of"))
        .and_then(|i| {
            // "Goods bound for Canada face": the goods do.
            let bound = i.checked_sub(1).and_then(|i| words.get(i));
            let skip = 1 + usize::from(bound.is_some_and(|w| is!(w.lower, "bound" | "destined")));
            outer_noun(words, i.checked_sub(skip)?)
        })
        .filter(|w| w.tag == Tag::Noun && !w.name && w.lower.ends_with('s'));
    let named = before.is_some_and(|b| b.name) && head.is_none();
    let plural = head.is_some() || before.is_some_and(|b| many(&b.lower) && !singular(site));
    let agrees = same_form(&word.lemma)
        || third != (plural && !named || named && pair_of_names(site) || joined_names(words, at));
    let verb = if site.often_noun() {
        often_noun_is_verb(site, named, agrees)
    } else {
        let gerund = matches!(after_tag, Some(Tag::Verb(VerbForm::Gerund)));
        agrees && (object(site) || gerund || named || plural || after_tag == Some(Tag::Noun))
            || word.lower == "goes" && matches!(after_tag, Some(Tag::Adv | Tag::To))
    };
    // "the duty for lamps climbs to 40 percent"
    let aims = (matches!(after_tag, Some(Tag::To)) || after.is_some_and(|w| is!(w.lower, "by" | "from")))
        && words.get(at + 2).is_some_and(|w| w.tag == Tag::Num)
        && third
        && (!site.often_noun() || is!(word.lemma, "rise" | "increase" | "move" | "drop"));
    // "diplomatic ties", "economic sanctions"
    let described = || !named && third && before.is_some_and(|b| adjective(&b.lower));
    !verb && !aims || described()
}

/// Whether what follows may be an object or an adverbial.
fn object(site: &Site<'_>) -> bool {
    site.after_tag.is_some_and(|t| {
        matches!(t, Tag::Det | Tag::Num | Tag::Pron | Tag::Prep | Tag::To | Tag::Sub | Tag::Adv)
    }) || site.after.is_some_and(|w| w.name || is!(w.lower, "$" | "€" | "£"))
}

/// "export controls", "trade talks": two nouns, unless the second takes an object. `named` where a name
/// stands before, `agrees` where the form fits the noun before.
fn often_noun_is_verb(site: &Site<'_>, named: bool, agrees: bool) -> bool {
    let Site { words, at, word, form, after, after_tag, .. } = *site;
    let behind = words.get(at + 2).map(|w| w.tag);
    // "Canada calls on the United States".
    let appeals =
        named && word.lower == "calls" && after.is_some_and(|w| is!(w.lower, "on" | "upon" | "for"));
    // "Russia cut oil exports": a past form that looks like a noun.
    let past = same_form(&word.lemma)
        && (after_tag == Some(Tag::Noun) || compound_follows(site))
        && (named || opens_alone(words, at));
    if past || appeals {
        return true;
    }
    // "are pulling handbag orders out of": what the verb before them takes.
    let taken = !named
        && site.back(2).is_some_and(|w| {
            matches!(w.tag, Tag::Verb(VerbForm::Gerund | VerbForm::Past | VerbForm::PastOrParticiple))
                && !THAT_CLAUSE.has(&w.lemma)
        });
    if taken || !agrees {
        return false;
    }
    // "China bans exports of": nothing else in the sentence can be its verb.
    let only = named
        && form == VerbForm::ThirdPerson
        && after.is_some_and(|w| w.tag == Tag::Noun || OFTEN_NOUNS.has(&w.lemma))
        && !words.iter().skip(at + 2).take(40).any(|w| {
            !OFTEN_NOUNS.has(&w.lemma)
                && matches!(
                    w.tag,
                    Tag::Be
                        | Tag::Have
                        | Tag::Modal
                        | Tag::Do
                        | Tag::Verb(VerbForm::ThirdPerson | VerbForm::Past | VerbForm::PastOrParticiple)
                )
        });
    // "solar cells move to 50 percent"
    let goods = is!(word.lemma, "import" | "export");
    let target = !goods
        && (after_tag == Some(Tag::To) || after.is_some_and(|w| is!(w.lower, "by" | "from")))
        && behind == Some(Tag::Num);
    // "Ireland plans to supply": an infinitive is an object too.
    let infinitive = after_tag == Some(Tag::To) && behind == Some(Tag::Verb(VerbForm::Base));
    let particle = named && after.is_some_and(|w| is!(w.lower, "off" | "back" | "out"));
    let open = particle || !matches!(after_tag, Some(Tag::Prep | Tag::To));
    // "holiday orders where they could": no clause is the object of a thing.
    let clause = after.is_some_and(|w| w.tag == Tag::Sub && w.lower != "that");
    only || target || infinitive || object(site) && open && !clause
}

/// "cut import tariffs": what follows is the first of two nouns, though it may be a verb by its form.
fn compound_follows(site: &Site<'_>) -> bool {
    site.after.is_some_and(|w| w.lower == w.lemma && OFTEN_NOUNS.has(&w.lemma))
        && site.words.get(site.at + 2).is_some_and(|w| w.tag == Tag::Noun && many(&w.lower) && !w.name)
}

/// Whether a word is a plural: "plans", not "Airbus".
fn many(word: &str) -> bool {
    word.ends_with('s') && !["is", "us", "ss"].iter().any(|end| word.ends_with(end))
}

/// Whether the noun before is none that the verb agrees with though it ends as a plural does.
fn singular(site: &Site<'_>) -> bool {
    let Site { words, at, form, before, .. } = *site;
    // "Goldman Sachs raises", "TD Economics sees": the end of a longer name.
    let title = before.is_some_and(|b| b.capital)
        && at > 1
        && words.get(at - 2).is_some_and(|w| w.capital && w.tag == Tag::Noun && !w.name);
    if title || form != VerbForm::ThirdPerson {
        return title;
    }
    // "Our supplier of magnets sources": the noun before "of" decides.
    let led = (at.saturating_sub(4)..at)
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| w.lower == "of"))
        .and_then(|i| words.get(i.checked_sub(1)?))
        .is_some_and(|w| w.tag == Tag::Noun && !w.name && !many(&w.lower));
    // "The levy on toys comes into effect": the verb agrees with the levy.
    led || !site.often_noun() && head_before(words, at).is_some_and(|w| !w.lower.ends_with('s'))
}

/// "Chile and Peru plan to": two names are many.
fn pair_of_names(site: &Site<'_>) -> bool {
    let Site { words, left, .. } = *site;
    if left <= 1 {
        return false;
    }
    // "Peru and the U.S."
    let led = usize::from(words.get(left - 1).is_some_and(|w| w.lower == "the"));
    let back = |n: usize| left.checked_sub(n + led).and_then(|i| words.get(i));
    back(1).is_some_and(|w| w.lower == "and") && back(2).is_some_and(|w| w.name)
}

/// The noun before the aside that the comma at `close` ends: "the pact, signed in May,".
fn aside_noun(words: &[Word], close: usize) -> Option<&Word> {
    let describes = |first: usize| {
        words.get(first).is_some_and(|w| {
            matches!(w.tag, Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Participle | VerbForm::Gerund))
                || is!(w.lower, "in" | "due") && close - first < 9
        })
    };
    let open = aside::opening(words, close, describes)?;
    words.get(open.checked_sub(1)?).filter(|w| w.tag == Tag::Noun && !w.time)
}

/// "a surcharge of 10% on imports": the noun that the phrase at `at` hangs on in the end.
fn outer_noun(words: &[Word], mut at: usize) -> Option<&Word> {
    for _ in 0..3 {
        let mut before = at;
        while before > 0
            && words.get(before - 1).is_some_and(|w| {
                matches!(w.tag, Tag::Det | Tag::Num | Tag::Poss) || w.lower == "%" || w.lower == "$"
            })
        {
            before -= 1;
        }
        let prep = before.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep));
        match prep.and_then(|i| i.checked_sub(1)) {
            Some(outer) if words.get(outer).is_some_and(|w| w.tag == Tag::Noun || w.lower == "%") => {
                at = outer
            }
            _ => break,
        }
    }
    words.get(at)
}

/// The noun that a phrase right before `at` belongs to: "levy" of "levy on toys".
fn head_before(words: &[Word], at: usize) -> Option<&Word> {
    let prep = (at.saturating_sub(5)..at)
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep && w.lower != "of"))?;
    words.get(prep.checked_sub(1)?).filter(|w| w.tag == Tag::Noun && !w.name && !w.time)
}

/// "Roe, Doe and Jane Poe meet": several names before the word at `at`.
fn joined_names(words: &[Word], at: usize) -> bool {
    let named = |i: usize| words.get(i).is_some_and(|w| w.name || w.lower == "the");
    let and = (at.saturating_sub(6)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == "and"));
    // "Roe, Doe speak by phone": two names open a headline.
    let headed = || {
        let listed = |i: usize| named(i) || words.get(i).is_some_and(|w| w.lower == ",");
        at > 2 && at < 9 && (0..at).all(listed) && !(0..at).all(named)
    };
    and.is_some_and(|and| and > 0 && named(and - 1) && (and + 1..at).all(named)) || headed()
}

/// "Honda cut output because …": a past form behind the name that opens the sentence, where its
/// clause has no other verb.
fn opens_alone(words: &[Word], at: usize) -> bool {
    let capitals = at > 0
        && at < 4
        && words.get(..at).unwrap_or_default().iter().all(|w| w.capital && w.tag == Tag::Noun && !w.time);
    let clause = words
        .iter()
        .skip(at + 1)
        .take_while(|w| !matches!(w.tag, Tag::Sub | Tag::Rel) && !is!(w.lower, "," | ";" | ":"));
    capitals
        && !clause
            .into_iter()
            .any(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::Verb(_)))
}

/// Whether a lower-case word is an adjective by its ending.
fn adjective(word: &Lower) -> bool {
    static NOUNS: WordList = WordList::new(&[
        "republic",
        "public",
        "critic",
        "cleric",
        "music",
        "traffic",
        "fabric",
        "panic",
        "logic",
        "clinic",
        "topic",
        "executive",
        "representative",
        "initiative",
        "native",
        "detective",
        "directive",
        "objective",
        "alternative",
        "perspective",
        "archive",
        "motive",
        "incentive",
        "secretary",
        "military",
        "dignitary",
        "anniversary",
        "boundary",
        "summary",
        "salary",
        "library",
        "commentary",
        "adversary",
        "treasury",
        "medic",
        "rental",
    ]);
    let ends = ["ic", "ous", "ive", "ary", "ical", "ional", "rial", "cial", "ental"];
    ends.iter().any(|end| word.ends_with(end)) && word.len() > 5 && !NOUNS.has(word)
}
