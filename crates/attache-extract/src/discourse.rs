//! Whom a pronoun stands for, told from the subjects before it.
//!
//! Sentences come in text order; each is read with what the ones before left in mind: the person,
//! the state or body, and the several that were spoken of last. "He" is never guessed among two
//! persons unless one of them was the subject.

use crate::caseless;
use crate::factuality::Stances;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Clauses, Group, Range};
use crate::grammar::lower::{Lower, WordId, is};
use crate::grammar::openings::Opened;
use crate::grammar::tag::{Tag, Word};
use crate::span::Span;
use crate::who::{STRANGERS, Who, WhoKind};

/// Sentences a pronoun may look back.
const REACH: usize = 2;

/// Whether a word points back at somebody named before.
fn points(word: &Word) -> bool {
    is!(
        word.lower,
        "he" | "she"
            | "his"
            | "her"
            | "him"
            | "i"
            | "it"
            | "country"
            | "nation"
            | "they"
            | "their"
            | "two"
            | "pair"
    )
}

/// What the sentences so far speak of, with the sentence that last did.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    person: Option<(usize, Who)>,
    thing: Option<(usize, Who)>,
    several: Option<(usize, Vec<Who>)>,
    signatory: Option<Who>,
    /// The person of the text whose surname is "He".
    he: Option<Who>,
}

impl Discourse {
    /// Nothing said yet; `signatory` is who says "I".
    pub(crate) fn new(signatory: Option<Who>) -> Self {
        Self { signatory, ..Self::default() }
    }

    /// Adds to the mentions of sentence `index` those its pronouns stand for.
    pub(crate) fn resolve(
        &mut self,
        index: usize,
        (words, opened): (&[Word], &Opened<'_>),
        clauses: &Clauses,
        classes: &Classes,
        who: &mut Vec<Who>,
    ) {
        seated(words, who);
        let surname =
            |w: &&Who| w.kind == WhoKind::Person && w.name.as_deref().is_some_and(|n| n.starts_with("He "));
        self.he = who.iter().rfind(surname).cloned().or(self.he.take());
        self.abroad(index, words, who);
        of_the_subject(words, clauses, classes, who);
        staff(words, who);
        let mut found: Vec<Who> = Vec::new();
        let stances = Stances::default();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| points(word)) {
            let view = View::alone(words, clauses, who, opened, &stances);
            let meant = match word.lower.as_str() {
                // A capital "He" inside a sentence is a surname.
                "he" if word.capital
                    && at > 0
                    && words.get(at - 1).is_some_and(|w| w.tag != Tag::Punct || w.lower == "-") =>
                {
                    Vec::new()
                }
                // "He, in remarks to the press, said": a pronoun stands before no comma.
                "he" if at == 0 && word.capital && words.get(1).is_some_and(|w| w.lower == ",") => {
                    self.he.iter().cloned().collect()
                }
                "he" | "she" if word.tag == Tag::Pron => self.person(index, view, at).into_iter().collect(),
                "his" | "her" if contact_ahead(words, at) => {
                    self.person(index, view, at).into_iter().collect()
                }
                "him" if word.tag == Tag::Pron => self.other_person(index, view, at).into_iter().collect(),
                "i" if word.tag == Tag::Pron => {
                    let speaks = || closing_speaker(view, at).or_else(|| opening_speaker(view, at));
                    self.signatory.clone().or_else(speaks).into_iter().collect()
                }
                // "Chinese companies" are a "they".
                "it" if subject_of(clauses, at).is_some_and(|g| acts(g) || goes_on(words, g)) => {
                    let many = |w: &Who| {
                        w.kind == WhoKind::Group && w.name.as_deref().is_some_and(|name| name.ends_with('s'))
                    };
                    self.thing(index, view, at).filter(|w| !many(w)).into_iter().collect()
                }
                "country" | "nation"
                    if at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "the")
                        && subject_of(clauses, at).is_some() =>
                {
                    self.thing(index, view, at).filter(|w| w.kind == WhoKind::State).into_iter().collect()
                }
                "they"
                    if subject_of(clauses, at)
                        .is_some_and(|g| acts(g) || goes_on(words, g) || awaited(g) || to_come(words, g)) =>
                {
                    self.several(index, view, at)
                }
                "their" if contact_ahead(words, at) => self.several(index, view, at),
                "two" | "pair" if pair_at(words, at) => self.several(index, view, at),
                _ => Vec::new(),
            };
            // "She said": nobody whose name is a man's.
            let other = match word.lower.as_str() {
                "she" | "her" => Some("given_name_man"),
                "he" | "his" | "him" => Some("given_name_woman"),
                _ => None,
            };
            let meant: Vec<Who> = meant
                .into_iter()
                .filter(|one| !other.is_some_and(|class| is_called(one, class, classes)))
                .collect();
            // "He said that he would …": the same person all along.
            let again = is!(word.lower, "he" | "she") && word.tag == Tag::Pron;
            let before = found.iter().rfind(|w| {
                again && words.iter().any(|x| x.span == w.span && x.lower == word.lower && x.tag == Tag::Pron)
            });
            let meant = before.cloned().map_or(meant, |one| vec![one]);
            found.extend(meant.into_iter().map(|one| Who { span: word.span, city: false, ..one }));
        }
        // "A spokesperson said" after "the ministry said": of the same house.
        if let Some((seen, house)) = self.thing.as_ref().filter(|(seen, _)| index - seen <= REACH) {
            let speaks = matches!(house.kind, WhoKind::Body | WhoKind::State) && *seen < index;
            for office in who.iter_mut().filter(|w| {
                speaks && w.kind == WhoKind::Office && w.country.is_none() && w.name.is_none() && spokes(w)
            }) {
                office.country = house.country;
            }
        }
        self.remember(index, View::alone(words, clauses, who, opened, &stances));
        if !found.is_empty() {
            // "Had he talked to Roe? No, he said": who acts stays in mind, rather than whom he acts on.
            let acts = |one: &&Who| {
                one.kind == WhoKind::Person
                    && words.iter().position(|w| w.span == one.span).is_some_and(|at| {
                        words.get(at).is_some_and(|w| is!(w.lower, "he" | "she"))
                            && (subject_of(clauses, at).is_some() || asks_of(words, at))
                    })
            };
            let acting = found.iter().find(acts).filter(|_| {
                let mut subjects = clauses.groups.iter().filter(|g| g.finite).filter_map(|g| g.subject);
                let view = View::alone(words, clauses, who, opened, &stances);
                !subjects.any(|range| persons_in(view, range).next().is_some())
            });
            if let Some(one) = acting.filter(|_| self.signatory.is_none()) {
                self.person = Some((index, one.clone()));
            }
            // A person who is only spoken of as "he" stays in mind.
            if let [one] = found.as_slice()
                && one.kind == WhoKind::Person
                && self.signatory.is_none()
                && self.person.as_ref().is_none_or(|(at, _)| *at < index)
            {
                self.person = Some((index, one.clone()));
            }
            // "It called the practice illegal. It suspended the case."
            if let [one] = found.as_slice()
                && matches!(one.kind, WhoKind::State | WhoKind::Body)
                && self.thing.is_none()
            {
                self.thing = Some((index, one.clone()));
            }
            who.extend(found);
            who.sort_by_key(|w| w.span.start);
        }
    }

    /// "Its embassy in Ottawa": of whoever was spoken of, not of the city it lies in.
    fn abroad(&self, index: usize, words: &[Word], who: &mut [Who]) {
        let mission = |one: &Who| {
            one.kind == WhoKind::Body
                && one.name.as_deref().is_some_and(|n| {
                    ["embassy", "consulate", "mission"].iter().any(|word| caseless::ends_with(n, word))
                })
        };
        if !who.iter().any(mission) {
            return;
        }
        let places: Vec<(usize, Option<crate::state::StateCode>)> = (who.iter())
            .filter(|w| w.kind == WhoKind::Place && w.city)
            .map(|w| (w.span.start, w.country))
            .collect();
        for one in who.iter_mut().filter(|w| mission(w)) {
            let Some(at) = words.iter().position(|w| w.span.start == one.span.start) else { continue };
            let near = |&(start, code): &(usize, Option<crate::state::StateCode>)| {
                code.is_some() && code == one.country && start > one.span.end && start < one.span.end + 6
            };
            let its = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "its");
            if its && places.iter().any(near) {
                let told = self.thing.as_ref().filter(|(told, _)| index - (*told).min(index) <= REACH);
                one.country = told.and_then(|(_, thing)| thing.country);
            }
        }
    }

    fn person(&self, index: usize, view: View<'_>, at: usize) -> Option<Who> {
        // "Asked about a visit of the minister, she said": whoever was asked is no one named in the question.
        let known = self.person.as_ref().filter(|(seen, _)| index - seen <= REACH);
        // "Asked about a visit, Roe said she was sure": who speaks is named.
        let speaks = view
            .clauses
            .groups
            .iter()
            .rfind(|g| g.finite && g.head < at)
            .filter(|g| is!(g.lemma, "say" | "tell" | "reply" | "answer" | "add" | "write" | "insist"))
            .and_then(|g| g.subject)
            .and_then(|range| only(persons_in(view, range), same_person));
        if let Some((_, who)) = known
            && speaks.is_none()
            && view
                .words
                .first()
                .is_some_and(|w| is!(w.lower, "asked" | "pressed" | "questioned" | "quizzed"))
        {
            return Some(who.clone());
        }
        let before = persons(view, (0, at));
        match before.as_slice() {
            // "Its president flew to Lima, where he was heard": of no known name.
            [] if view.clauses.groups.iter().any(|g| g.finite && g.head < at && nameless(view, g)) => None,
            [] => {
                let known = self.person.as_ref().filter(|(seen, _)| index - seen <= REACH);
                known.map(|(_, who)| who.clone()).or_else(|| closing_speaker(view, at))
            }
            [one] => Some((*one).clone()),
            _ => {
                let subjects = view.clauses.groups.iter().filter(|g| g.finite && g.head < at);
                let sole = |range| only(persons_in(view, range), same_person).cloned();
                subjects.filter_map(|g| g.subject).filter_map(sole).next_back()
            }
        }
    }

    /// "him" is not the subject of its own clause.
    fn other_person(&self, index: usize, view: View<'_>, at: usize) -> Option<Who> {
        let group = view.clauses.groups.iter().rev().find(|g| g.finite && g.head < at);
        let subject = group.and_then(|g| g.subject).map(|range| persons(view, range)).unwrap_or_default();
        let same = |who: &Who| subject.iter().any(|s| s.name == who.name);
        // "Lee maintained that Roe had called him": Lee.
        let own = view.clauses.groups.iter().rfind(|g| g.finite && g.head < at).and_then(|g| g.subject);
        let told = own.map(|own| persons(view, (0, own.0))).unwrap_or_default();
        let teller = match told.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        };
        self.person(index, view, at)
            .filter(|who| !same(who))
            .or_else(|| teller.filter(|who| !same(who)))
            .or_else(|| {
                self.person.as_ref().filter(|(seen, _)| index - seen <= REACH).map(|(_, who)| who.clone())
            })
            .filter(|who| !same(who))
    }

    fn thing(&self, index: usize, view: View<'_>, at: usize) -> Option<Who> {
        let subjects = view.clauses.groups.iter().filter(|g| g.finite && g.head < at && !g.passive);
        // "In July it put the duty off, and in May it did so again": the same all along.
        let same = |&(from, to): &Range| {
            to == from + 1 && view.words.get(from).is_some_and(|w| w.lower == "it" && w.tag == Tag::Pron)
        };
        let before = subjects.filter_map(|g| g.subject).rfind(|range| !same(range));
        match before {
            Some(range) => only(things_in(view, range), same_thing).cloned(),
            None => {
                let (seen, who) = self.thing.as_ref()?;
                (index - seen <= 1).then(|| who.clone())
            }
        }
    }

    fn several(&self, index: usize, view: View<'_>, at: usize) -> Vec<Who> {
        let subjects = view.clauses.groups.iter().filter(|g| g.finite && g.head < at);
        let mut here = subjects.filter_map(|g| g.subject).map(|range| actors(view, range));
        let others = view.clauses.groups.iter().filter(|g| g.finite && g.head < at).any(|g| {
            g.subject.is_some_and(|range| {
                let pronoun = view.words.get(range.0).is_some_and(|w| w.tag == Tag::Pron);
                !pronoun && actors(view, range).is_empty()
            })
        });
        let named = persons(view, (0, at));
        if let Some(group) = here.rfind(|group| many(group)) {
            return owned(&group);
        }
        // "Importers said they would".
        let nearest = view.clauses.groups.iter().rfind(|g| g.finite && g.head < at).and_then(|g| g.subject);
        if let Some(one) = nearest.and_then(|range| only(things_in(view, range), same_thing).cloned())
            && one.kind == WhoKind::Group
        {
            return vec![one];
        }
        if named.len() > 1 {
            // "Wang said Xi had called Trump and they …": not Wang.
            let tells = |g: &&Group| {
                is!(
                    g.lemma,
                    "say"
                        | "point"
                        | "note"
                        | "stress"
                        | "state"
                        | "tell"
                        | "add"
                        | "emphasize"
                        | "emphasise"
                )
            };
            let first = view.clauses.groups.iter().find(|g| g.finite).filter(tells).and_then(|g| g.subject);
            let teller = first
                .and_then(|range| only(persons_in(view, range), same_person).cloned())
                .filter(|_| named.len() > 2);
            let kept: Vec<&Who> =
                named.into_iter().filter(|who| teller.as_ref().is_none_or(|t| t.name != who.name)).collect();
            return owned(&kept);
        }
        // "The growers said they …" means the growers.
        match &self.several {
            Some((seen, group)) if index - seen <= 1 && !others => group.clone(),
            // "The delegation … They …".
            _ => match &self.thing {
                Some((seen, one)) if index - seen <= 1 && !others && one.kind == WhoKind::Body => {
                    vec![one.clone()]
                }
                _ => Vec::new(),
            },
        }
    }

    /// Keeps what the sentence speaks of.
    fn remember(&mut self, index: usize, view: View<'_>) {
        let mut subjects = view.clauses.groups.iter().filter(|g| g.finite).filter_map(|g| g.subject);
        let all = (0, view.words.len());
        let subject = subjects.clone().find_map(|range| only(persons_in(view, range), same_person));
        let several = if let Some(one) = subject {
            self.person = Some((index, one.clone()));
            None
        } else {
            let one = only(persons_in(view, all), same_person);
            let several = one.is_none() && persons_in(view, all).next().is_some();
            if several || one.is_some() {
                self.person = one.map(|one| (index, one.clone()));
            }
            Some(several)
        };
        let first = view.clauses.groups.iter().find(|g| g.finite);
        if stranger(view) || first.is_some_and(|g| nameless(view, g)) {
            self.person = None;
        }
        // "When Oslo raised its duty, Lima kept still": Lima is what the sentence is about.
        let beside = |g: &&Group| {
            let opener = g.opens().checked_sub(1).and_then(|i| view.words.get(i));
            opener.is_some_and(|w| matches!(w.tag, Tag::Sub | Tag::Rel))
        };
        let main = view.clauses.groups.iter().filter(|g| g.finite && !beside(g)).find_map(|g| g.subject);
        let main = main.filter(|&range| things_in(view, range).next().is_some());
        let Some(first) = main.or_else(|| subjects.next()) else { return };
        if let Some(one) = only(things_in(view, first), same_thing) {
            self.thing = Some((index, one.clone()));
        } else if things_in(view, first).next().is_none() && persons_in(view, first).next().is_none() {
            self.thing = None;
        }
        let group = actors(view, first);
        let several = several.unwrap_or_else(|| {
            persons_in(view, all).next().is_some() && only(persons_in(view, all), same_person).is_none()
        });
        if many(&group) {
            self.several = Some((index, owned(&group)));
        } else if several {
            let everybody = persons(view, all);
            // Not whoever only tells of them.
            let tells = |who: &Who| {
                let next = view.words.iter().find(|w| w.span.start >= who.span.end);
                next.is_some_and(|w| is!(w.lemma, "say" | "add"))
            };
            let told: Vec<_> = everybody.iter().filter(|who| !tells(who)).copied().collect();
            self.several = Some((index, owned(if told.len() > 1 { &told } else { &everybody })));
        } else if group.is_empty() {
            self.several = None;
        }
    }
}

/// "Chile does not fear Peru's duty, its trade minister said": of whoever the sentence is about.
fn of_the_subject(words: &[Word], clauses: &Clauses, classes: &Classes, who: &mut [Who]) {
    let lower = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(WordId::NONE, |w| w.lower.id());
    let house = |w: &Who| matches!(w.kind, WhoKind::Office | WhoKind::Body);
    for place in 0..who.len() {
        let Some(span) = who.get(place).filter(|w| house(w)).map(|w| w.span) else { continue };
        let Some(at) = words.iter().position(|w| w.span.start == span.start) else { continue };
        if lower(at.checked_sub(1)) != "its" || lower(at.checked_sub(2)) != "," {
            continue;
        }
        let says = |g: &Group| {
            g.finite
                && g.head > at
                && g.subject.is_some_and(|s| s.0 <= at && at < s.1)
                && classes.has("say", &g.lemma)
        };
        let Some(subject) = clauses
            .groups
            .iter()
            .any(says)
            .then(|| clauses.groups.iter().find(|g| g.finite && g.head < at))
            .flatten()
            .and_then(|g| g.subject)
        else {
            continue;
        };
        let Some((first, last)) =
            words.get(subject.0).zip(subject.1.checked_sub(1).and_then(|i| words.get(i)))
        else {
            continue;
        };
        let range = Span::new(first.span.start, last.span.end);
        let acts = |w: &&Who| w.span.overlaps(range) && matches!(w.kind, WhoKind::State | WhoKind::Body);
        let mut named = who.iter().filter(acts).filter_map(|w| w.country);
        if let (Some(code), None) = (named.next(), named.next())
            && let Some(one) = who.get_mut(place)
        {
            one.country = Some(code);
        }
    }
}

/// "Commerce Secretary Roe and his chief negotiator, Doe": whoever serves under Roe is of the same state.
fn staff(words: &[Word], who: &mut [Who]) {
    let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
    for place in 1..who.len() {
        let Some(one) = who.get(place).filter(|w| matches!(w.kind, WhoKind::Person | WhoKind::Office)) else {
            continue;
        };
        let Some(at) = words.iter().position(|w| w.span.start == one.span.start) else { continue };
        let serves = (at..at + 4).any(|i| {
            is!(
                lower(i),
                "negotiator"
                    | "deputy"
                    | "aide"
                    | "adviser"
                    | "advisor"
                    | "spokesman"
                    | "spokeswoman"
                    | "spokesperson"
            )
        });
        let owned = at >= 2 && is!(lower(at - 1), "his" | "her") && is!(lower(at - 2), "and" | "with" | ",");
        if !serves || !owned {
            continue;
        }
        let before = words.get(at - 1).map_or(0, |w| w.span.start);
        let chief = who.iter().rfind(|w| w.span.end < before && w.kind == WhoKind::Person);
        if let Some(code) = chief.and_then(|w| w.country)
            && let Some(one) = who.get_mut(place)
        {
            one.country = Some(code);
        }
    }
}

/// Whether the given name of a person is one of the class.
fn is_called(who: &Who, class: &str, classes: &Classes) -> bool {
    if who.kind != WhoKind::Person {
        return false;
    }
    let mut names = who.name.as_deref().unwrap_or("").split_whitespace();
    let Some(first) = names.next() else { return false };
    // "TANAKA Yoko": the family name in capitals stands first.
    let loud = first.len() > 1 && first.chars().all(|c| c.is_uppercase() || c == '-');
    let given = match (names.next(), loud) {
        (Some(second), true) => second,
        (Some(_), false) => first,
        (None, _) => return false,
    };
    classes.has(class, &Lower::new(&given.to_lowercase()))
}

/// "An economist beside him thinks", "its president flew": the subject is somebody without a name who speaks
/// for no state.
fn nameless(view: View<'_>, group: &Group) -> bool {
    let Some((from, to)) = group.subject else { return false };
    let word = |at: usize| view.words.get(at);
    let led = word(from).is_some_and(|w| {
        is!(w.lower, "a" | "an" | "one" | "another" | "its" | "their") || w.tag == Tag::Poss && from == 0
    });
    let end =
        (from..to).find(|&i| word(i).is_some_and(|w| w.tag == Tag::Prep || w.lower == ",")).unwrap_or(to);
    let office = |w: &Who| w.kind == WhoKind::Office && w.country.is_none() && !spokes(w);
    let head = end.checked_sub(1).filter(|&head| head > from).and_then(word);
    let named = view.who_in((from, end)).any(|w| w.kind == WhoKind::Person);
    led && !named && (view.who_in((from, end)).any(office) || head.is_some_and(|w| STRANGERS.has(&w.lemma)))
}

/// "Had he talked to Roe?", "Did she ring him?": the pronoun behind what opens a question.
fn asks_of(words: &[Word], at: usize) -> bool {
    at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
        is!(w.lower, "had" | "has" | "did" | "does" | "will" | "would" | "could" | "is" | "was")
    })
}

/// "…, said Marta Kline, who trades in feed": somebody of no known name has the word, so that "she" is
/// nobody told before.
fn stranger(view: View<'_>) -> bool {
    let unknown = |at: usize| {
        view.words.get(at).is_some_and(|w| {
            w.capital
                && w.tag == Tag::Noun
                && !w.time
                && !view.who.iter().any(|one| one.span.start <= w.span.start && w.span.end <= one.span.end)
        })
    };
    view.clauses
        .groups
        .iter()
        .filter(|g| g.finite && is!(g.lemma, "say" | "add" | "argue" | "note" | "warn" | "explain" | "write"))
        .any(|g| {
            g.subject
                .is_some_and(|(from, to)| from > 0 && from + 1 < to && unknown(from) && unknown(from + 1))
        })
}

/// "A spokesperson", "an official", with nothing that says whose.
fn spokes(who: &Who) -> bool {
    let office = who.office.as_deref().unwrap_or("");
    caseless::starts_with(office, "spokes") || caseless::ends_with(office, "official")
}

/// The group whose subject ends with the word at `at`.
fn subject_of(clauses: &Clauses, at: usize) -> Option<&Group> {
    clauses.groups.iter().find(|g| g.finite && g.subject.is_some_and(|s| s.1 == at + 1))
}

/// "It is", "it seems" point at no actor.
fn acts(group: &Group) -> bool {
    let idle = ["be", "seem", "appear", "become", "mean", "remain", "take", "mark", "come", "follow", "have"];
    // "It stands at 25%", "it expires in May": a measure, no state.
    let runs = is!(
        group.lemma,
        "stand" | "sit" | "peak" | "expire" | "lapse" | "run" | "rise" | "fall" | "climb" | "apply" | "bite"
    ) && group.theme.is_none();
    !idle.contains(&group.lemma.as_str()) && !group.passive && !runs
}

/// "It followed up with duties", "it followed suit", "it took the matter to court".
fn goes_on(words: &[Word], group: &Group) -> bool {
    let next = words.get(group.head + 1).map_or("", |w| w.lower.as_str());
    // "It takes effect", "it took two years": nobody acts.
    let takes = || {
        group.theme.is_some_and(|(from, to)| {
            words.get(from..to).unwrap_or_default().iter().all(|w| {
                !w.time && w.tag != Tag::Num && !is!(w.lower, "effect" | "place" | "time" | "courage")
            })
        })
    };
    group.lemma == "follow" && matches!(next, "up" | "suit" | "through") || group.lemma == "take" && takes()
}

/// "They are expected to meet".
fn awaited(group: &Group) -> bool {
    group.passive && is!(group.lemma, "expect" | "schedule" | "set" | "slate")
}

/// "She met her counterpart on Monday, the minister said": who speaks at the end, where nobody was told
/// of before.
fn closing_speaker(view: View<'_>, at: usize) -> Option<Who> {
    let says = |g: &&Group| g.finite && g.head > at && is!(g.lemma, "say" | "tell" | "add" | "write");
    let subject = view.clauses.groups.iter().filter(says).find_map(|g| g.subject)?;
    only(persons_in(view, subject), same_person).filter(|_| subject.0 > at).cloned()
}

/// "Roe told reporters: “I have lifted the ban”".
fn opening_speaker(view: View<'_>, at: usize) -> Option<Who> {
    let quote = (0..at).rev().find(|&i| view.words.get(i).is_some_and(|w| is!(w.lower, "“" | "\"")))?;
    let says = |g: &&Group| g.finite && g.head < quote && is!(g.lemma, "say" | "tell" | "add" | "write");
    let subject = view.clauses.groups.iter().rfind(says).and_then(|g| g.subject)?;
    only(persons_in(view, subject), same_person).cloned()
}

/// "They are to meet", "they are due to speak".
fn to_come(words: &[Word], group: &Group) -> bool {
    let next = words.get(group.head + 1).map_or("", |w| w.lower.as_str());
    group.lemma == "be" && matches!(next, "to" | "due")
}

/// "their first meeting", "their call".
fn contact_ahead(words: &[Word], at: usize) -> bool {
    let contact = |w: &Word| {
        is!(
            w.lemma,
            "meeting"
                | "call"
                | "talk"
                | "summit"
                | "conversation"
                | "encounter"
                | "contact"
                | "conference"
                | "visit"
                | "trip"
        )
    };
    words.iter().skip(at + 1).take(3).any(contact)
}

/// "the two", "the pair" with no noun behind.
fn pair_at(words: &[Word], at: usize) -> bool {
    let the = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "the");
    let next = words.get(at + 1);
    the && next.is_none_or(|w| {
        matches!(
            w.tag,
            Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal | Tag::Sub | Tag::Conj | Tag::Punct | Tag::Adv
        ) && w.lower != "-"
    })
}

/// "In Beijing a foreign ministry spokesman": an official without a state serves the one of the city
/// that opens the sentence.
fn seated(words: &[Word], who: &mut [Who]) {
    let opens = words.first().is_some_and(|w| w.lower == "in");
    let Some(([place, ..], rest)) = who.split_at_mut_checked(1) else { return };
    let near = words.get(1).is_some_and(|w| w.span.start == place.span.start);
    if !opens || !near || !place.city || !matches!(place.kind, WhoKind::Place | WhoKind::State) {
        return;
    }
    const SERVES: &[&str] =
        &["ministry", "minister", "government", "commission", "trade", "foreign", "commerce"];
    let Some(next) = rest.first_mut().filter(|w| w.kind == WhoKind::Office && w.country.is_none()) else {
        return;
    };
    let office = next.office.as_deref().unwrap_or_default().to_lowercase();
    if SERVES.iter().any(|word| office.contains(word)) {
        next.country = place.country;
    }
}

/// The mentions of persons in a range.
fn persons_in<'v>(view: View<'v>, range: Range) -> impl Iterator<Item = &'v Who> {
    let official = |w: &&Who| w.kind == WhoKind::Person || w.kind == WhoKind::Office && w.country.is_some();
    view.who_in(range).filter(official)
}

/// The mentions of states, bodies and groups in a range.
fn things_in<'v>(view: View<'v>, range: Range) -> impl Iterator<Item = &'v Who> {
    let thing = |w: &&Who| matches!(w.kind, WhoKind::State | WhoKind::Body | WhoKind::Firm | WhoKind::Group);
    view.who_in(range).filter(thing)
}

fn same_person(a: &Who, b: &Who) -> bool {
    a.name == b.name && a.country == b.country
}

fn same_thing(a: &Who, b: &Who) -> bool {
    a.name == b.name
}

/// The one that all of some mentions name.
fn only<'w>(mut found: impl Iterator<Item = &'w Who>, same: fn(&Who, &Who) -> bool) -> Option<&'w Who> {
    let first = found.next()?;
    found.all(|other| same(first, other)).then_some(first)
}

/// The different persons named in a range.
fn persons(view: View<'_>, range: Range) -> Vec<&Who> {
    let mut out: Vec<&Who> = Vec::new();
    for who in persons_in(view, range) {
        if !out.iter().any(|known| same_person(known, who)) {
            out.push(who);
        }
    }
    out
}

fn actors(view: View<'_>, range: Range) -> Vec<&Who> {
    view.who_in(range)
        .filter(|w| {
            matches!(
                w.kind,
                WhoKind::Person
                    | WhoKind::State
                    | WhoKind::Office
                    | WhoKind::Authority
                    | WhoKind::Body
                    | WhoKind::Pair
            )
        })
        .collect()
}

fn owned(group: &[&Who]) -> Vec<Who> {
    group.iter().map(|&who| who.clone()).collect()
}

fn many(group: &[&Who]) -> bool {
    group.len() > 1 || group.iter().any(|w| w.kind == WhoKind::Pair)
}
