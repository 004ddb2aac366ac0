//! Reduced relative clauses: "the duties imposed by X" against "X imposed duties".
//!
//! Most past forms are participles as well. A bare one is taken for a main verb unless its
//! surroundings tell that it only describes the noun before it.

use super::contact_clause::{MADE, both};
use super::noun_phrase::phrase_start;
use super::reporting::COMPLEMENT_TAKERS;
use super::{Group, Tense};
use crate::grammar::lemma::{VerbForm, same_form};
use crate::grammar::lower::{WordList, is};
use crate::grammar::tag::{Tag, Word};

/// Turns "the duties imposed by X" into a participle clause where a bare past form is no main verb.
pub(super) fn reduce(words: &[Word], groups: &mut [Group]) {
    for at in 0..groups.len() {
        if (describes(words, groups, at) || twin(words, groups, at))
            && let Some(group) = groups.get_mut(at)
        {
            group.become_participle();
        }
    }
}

/// Whether the group `at` describes the noun before it and is no main verb.
fn describes(words: &[Word], groups: &[Group], at: usize) -> bool {
    let Some(group) = groups.get(at) else { return false };
    if not_covered(words, group) {
        return true;
    }
    if group.start != group.head || group.tense != Tense::Past || group.lemma == "be" {
        return false;
    }
    if sited(words, group) || left_so(words, groups, at) {
        return true;
    }
    let past = PastForm::new(words, groups, at, group);
    if past.quoted() || !past.by && (past.in_relative() || past.in_contact_clause()) {
        return false;
    }
    group.form_allows(words)
        && (past.fronted()
            || past.titled()
            || past.enclosed()
            || past.apposed()
            || past.loose()
            || past.issued()
            || past.due()
            || past.laid_down()
            || (past.after_noun || past.comma) && (past.by || past.crowded() && !past.object && !past.says())
            || past.trailing()
            || past.hung()
            || past.agreed()
            || past.absolute())
}

/// "steel melted and poured in Peru": describes as the participle right before it does.
fn twin(words: &[Word], groups: &[Group], at: usize) -> bool {
    let Some((group, before)) = groups.get(at).zip(at.checked_sub(1).and_then(|i| groups.get(i))) else {
        return false;
    };
    let object =
        |w: &Word| !w.time && matches!(w.tag, Tag::Det | Tag::Num | Tag::Noun | Tag::Pron | Tag::Sub);
    before.tense == Tense::Participle
        && before.start == before.head
        && group.start == before.head + 2
        && group.start == group.head
        && group.tense == Tense::Past
        && group.form_allows(words)
        && words.get(before.head + 1).is_some_and(|w| is!(w.lower, "and" | "or"))
        && !words.get(group.head + 1).is_some_and(object)
}

/// "products not covered by the pact": a finite verb would say "did not".
fn not_covered(words: &[Word], group: &Group) -> bool {
    group.tense == Tense::Past
        && group.start + 1 == group.head
        && words.get(group.start).is_some_and(|w| {
            // ", never used before," as well
            let aside = || group.start > 0 && words.get(group.start - 1).is_some_and(|w| w.lower == ",");
            w.lower == "not" || w.lower == "never" && aside()
        })
}

/// "companies based in China": tells where they are.
fn sited(words: &[Word], group: &Group) -> bool {
    let word = |i: Option<usize>| i.and_then(|i| words.get(i));
    word(Some(group.head)).is_some_and(|w| SITED.contains(&w.lower.as_str()))
        && word(group.head.checked_add(1)).is_some_and(|w| is!(w.lower, "in" | "at" | "outside"))
        && word(group.start.checked_sub(1)).is_some_and(|w| w.tag == Tag::Noun)
}

/// "will leave its ban suspended": what is left so.
fn left_so(words: &[Word], groups: &[Group], at: usize) -> bool {
    let Some((group, above)) = groups.get(at).zip(at.checked_sub(1).and_then(|i| groups.get(i))) else {
        return false;
    };
    is!(above.lemma, "leave" | "keep")
        && above.head + 1 < group.start
        && words
            .get(above.head + 1..group.start)
            .unwrap_or_default()
            .iter()
            .all(|w| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::To))
        && words.get(group.head + 1).is_none_or(|w| {
            w.time || matches!(w.tag, Tag::Prep | Tag::Punct | Tag::Conj) || w.lower == "until"
        })
}

/// A bare past form and what stands around it.
struct PastForm<'s> {
    words: &'s [Word],
    groups: &'s [Group],
    at: usize,
    group: &'s Group,
    before: Option<&'s Word>,
    after: Option<&'s Word>,
    after_noun: bool,
    /// Behind a comma.
    comma: bool,
    /// Before what may be its object.
    object: bool,
    /// Before whoever did it: "imposed this month by the United States".
    by: bool,
}

impl<'s> PastForm<'s> {
    fn new(words: &'s [Word], groups: &'s [Group], at: usize, group: &'s Group) -> Self {
        let after = words.get(group.head + 1);
        // "a draft put forward by the Commission"
        let particle = after.is_some_and(|w| {
            is!(w.lower, "forward" | "out" | "down" | "up" | "in" | "on" | "off" | "together")
        }) && words.get(group.head + 2).is_some_and(|w| w.lower == "by");
        let behind = (group.head + 1 + usize::from(particle)..words.len())
            .find(|&i| words.get(i).is_some_and(|w| !w.time))
            .unwrap_or(words.len());
        let by = words.get(behind).is_some_and(|w| {
            // "delayed by a year", "put off by one day": by how long
            w.lower == "by" && words.get(behind + 1).is_none_or(|n| n.tag != Tag::Num && !n.time)
        }) && !words.get(behind + 1).is_some_and(|w| MEANS.has(&w.lemma));
        // "Peru raised its duty and Chile answered by taxing grapes": how it did so.
        let replies = is!(group.lemma, "answer" | "counter") || INTRANSITIVE.has(&group.lemma);
        let by = by
            && !(replies
                && words.get(behind + 1).is_some_and(|w| matches!(w.tag, Tag::Verb(VerbForm::Gerund))));
        // "a tariff previously imposed over oil"
        let once = group
            .start
            .checked_sub(1)
            .filter(|&i| words.get(i).is_some_and(|w| w.lower == "previously") && i > 0);
        let before = once.or(Some(group.start)).and_then(|i| words.get(i.checked_sub(1)?));
        let object = after.filter(|w| !w.time).is_some_and(|w| {
            matches!(w.tag, Tag::Det | Tag::Num | Tag::Noun | Tag::Pron | Tag::Sub | Tag::To)
        }) || after.is_some_and(|w| w.lower == "$")
            // "called off a rise planned for May"
            || after.is_some_and(|w| is!(w.lower, "off" | "out" | "up" | "down" | "back" | "away"))
                && words.get(group.head + 2).is_some_and(|w| {
                    !w.time && matches!(w.tag, Tag::Det | Tag::Num | Tag::Poss) && w.lower != "'s"
                })
            // "Ghana in March brought in a 35% levy"
            || is!(group.lemma, "bring" | "phase")
                && after.is_some_and(|w| w.lower == "in")
                && words.get(group.head + 2).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Num | Tag::Poss));
        Self {
            words,
            groups,
            at,
            group,
            before,
            after,
            after_noun: before.is_some_and(|w| w.tag == Tag::Noun || w.lower == "%"),
            comma: before.is_some_and(|w| w.lower == ","),
            object,
            by,
        }
    }

    fn lower(&self, at: usize) -> &'s str {
        self.words.get(at).map_or("", |w| w.lower.as_str())
    }

    /// The group before this one.
    fn previous(&self) -> Option<&'s Group> {
        self.at.checked_sub(1).and_then(|i| self.groups.get(i))
    }

    /// The group behind this one.
    fn next(&self) -> Option<&'s Group> {
        self.groups.get(self.at + 1)
    }

    /// "announced on Wednesday he would delay": what follows is announced.
    fn quoted(&self) -> bool {
        (COMPLEMENT_TAKERS.has(&self.group.lemma) || self.group.lemma == "announce")
            && self.next().is_some_and(|next| {
                next.modal.is_some()
                    && next.start.checked_sub(1).is_some_and(|i| {
                        i > self.group.head && matches!(self.lower(i), "he" | "she" | "it" | "they")
                    })
            })
    }

    /// "The accord that India and Britain concluded": the verb of its own relative clause.
    fn in_relative(&self) -> bool {
        let (words, start) = (self.words, self.group.start);
        let floor = self.previous().map_or(0, |g| g.head + 1);
        (floor.max(1)..start).rev().take(12).any(|i| {
            words.get(i).is_some_and(|w| is!(w.lower, "that" | "which") && w.tag != Tag::Det)
                // "the 40% that Chile laid on it"
                && words.get(i - 1).is_some_and(|w| w.tag == Tag::Noun || is!(w.lower, "%" | "percent"))
                && i + 1 < start
        })
    }

    /// "The accord Canada reached with Mexico": the verb of a clause without "that".
    fn in_contact_clause(&self) -> bool {
        let mut first = self.group.start;
        while first > 0 && self.words.get(first - 1).is_some_and(|w| w.name) {
            first -= 1;
        }
        first = both(self.words, self.group.start).unwrap_or(first);
        let bare_noun = first
            .checked_sub(1)
            .and_then(|i| self.words.get(i))
            .is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && !w.capital);
        first < self.group.start && bare_noun && MADE.has(&self.group.lemma)
    }

    /// Another finite verb that shares this subject, with nothing to open a clause between.
    fn crowded(&self) -> bool {
        let (words, head) = (self.words, self.group.head);
        self.next().is_some_and(|next| {
            next.finite
                && !(head..next.start).any(|i| {
                    words.get(i).is_some_and(|w| {
                        // "The accord struck between Peru and Chile caps duties".
                        let pairs =
                            || w.lower == "and" && (head..i).any(|between| self.lower(between) == "between");
                        matches!(w.tag, Tag::Sub | Tag::Rel)
                            || w.tag == Tag::Conj && !pairs()
                            || is!(w.lower, "," | ";" | ":" | "—" | "”" | "\"" | "as" | "while")
                    }) || words.get(i).is_some_and(|w| w.lower == "after")
                        && words
                            .get(i + 1)
                            .is_some_and(|w| !w.time && matches!(w.tag, Tag::Det | Tag::Noun | Tag::Pron))
                        && self.before.is_some_and(|w| w.name)
                })
        })
    }

    /// "said on Tuesday it would levy" has its subject before it.
    fn says(&self) -> bool {
        COMPLEMENT_TAKERS.has(&self.group.lemma)
    }

    /// Whether "to" follows.
    fn purpose(&self) -> bool {
        self.after.is_some_and(|w| w.tag == Tag::To)
    }

    /// "announced a duty linked to fentanyl": behind the object of the verb before.
    fn trailing(&self) -> bool {
        let words = self.words;
        self.after_noun
            && (!self.object || self.purpose())
            && self.before.is_some_and(|w| !w.name && !w.time)
            && !INTRANSITIVE.has(&self.group.lemma)
            && self.previous().is_some_and(|previous| {
                // "added a 25% duty linked to": what is added is a thing here.
                let adds = previous.lemma == "add"
                    && words.get(previous.head + 1).is_some_and(|w| is!(w.lower, "a" | "an" | "another"));
                (adds || !COMPLEMENT_TAKERS.has(&previous.lemma))
                    && previous.head + 1 < self.group.start
                    && !(previous.head + 1..self.group.start).any(|i| {
                        words.get(i).is_some_and(|w| {
                            matches!(w.tag, Tag::Sub | Tag::Rel)
                                || is!(w.lower, "," | ";" | ":" | "—" | "–" | "”" | "\"")
                        })
                    })
            })
    }

    /// First word of the noun phrase before.
    fn phrase_start(&self) -> usize {
        self.group.start.checked_sub(1).map_or(0, |i| phrase_start(self.words, i))
    }

    /// "Under an agreement struck on Sunday": what hangs on a preposition is nobody's subject.
    fn hung(&self) -> bool {
        if !self.after_noun
            || self.object
            || self.before.is_some_and(|w| w.name || w.time)
            || INTRANSITIVE.has(&self.group.lemma)
        {
            return false;
        }
        let words = self.words;
        let start = self.phrase_start();
        words.get(start).is_some_and(|w| w.tag == Tag::Det)
            && start
                .checked_sub(1)
                .and_then(|i| words.get(i))
                .is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To))
            && (start == 1 || words.get(start.wrapping_sub(2)).is_some_and(|w| w.tag == Tag::Punct))
    }

    /// "The truce agreed with Peru on Monday": a thing agrees with nobody.
    fn agreed(&self) -> bool {
        self.after_noun
            && self.group.lemma == "agree"
            && self.after.is_some_and(|w| is!(w.lower, "with" | "between" | "in" | "on" | "last"))
            && self.before.is_some_and(|w| AGREED.has(&w.lemma))
            && self.words.get(self.phrase_start()).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss))
    }

    /// "…, with 24 points suspended for 90 days": beside the clause before it.
    fn absolute(&self) -> bool {
        if !self.after_noun || self.object {
            return false;
        }
        let start = self.phrase_start();
        let word = |back: usize| start.checked_sub(back).map_or("", |i| self.lower(i));
        start < self.group.start && word(1) == "with" && matches!(word(2), "," | "—" | "–")
    }

    /// "The pact, signed in January, cut the rate": between commas, before a verb without a subject.
    fn enclosed(&self) -> bool {
        let (words, group) = (self.words, self.group);
        self.comma
            && !self.object
            && !INTRANSITIVE.has(&group.lemma)
            && !COMPLEMENT_TAKERS.has(&group.lemma)
            && group.start >= 2
            && words.get(group.start - 2).is_some_and(|w| w.tag == Tag::Noun && !w.time)
            && self.next().is_some_and(|next| {
                let opened = |w: &Word| matches!(w.tag, Tag::Sub | Tag::Rel | Tag::Conj);
                next.finite
                    && next.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",")
                    && !(group.head..next.start).any(|i| words.get(i).is_some_and(opened))
            })
    }

    /// "The listing of Acme, a firm put on the list in May, is lifted": within what is set off by commas,
    /// before an auxiliary without a subject.
    fn apposed(&self) -> bool {
        let (words, group) = (self.words, self.group);
        let plain = self.after_noun
            && !self.object
            && self.before.is_some_and(|w| !w.name && !w.time)
            && !INTRANSITIVE.has(&group.lemma)
            && !COMPLEMENT_TAKERS.has(&group.lemma);
        if !plain {
            return false;
        }
        let start = self.phrase_start();
        words.get(start).is_some_and(|w| w.tag == Tag::Det)
            && start.checked_sub(1).is_some_and(|i| i > 0 && self.lower(i) == ",")
            && self.next().is_some_and(|next| {
                let opened = |w: &Word| {
                    matches!(w.tag, Tag::Sub | Tag::Rel | Tag::Conj) || is!(w.lower, ";" | ":" | "—")
                };
                next.finite
                    && (next.start < next.head || next.lemma == "be")
                    && next.start.checked_sub(1).is_some_and(|i| self.lower(i) == ",")
                    && !(group.head..next.start).any(|i| words.get(i).is_some_and(opened))
            })
    }

    /// "Held talks with X, aimed at …": no verb of its own where a finite one stands before the comma.
    fn loose(&self) -> bool {
        self.comma
            && self.after.is_some_and(|w| w.tag == Tag::Prep)
            && AIMED.has(&self.group.lemma)
            && self.groups.get(..self.at).unwrap_or_default().iter().any(|g| g.finite)
    }

    /// "criticised the rule on etching, issued in August": nobody issues without an object.
    fn issued(&self) -> bool {
        let (words, group) = (self.words, self.group);
        let noun = group.start.checked_sub(2).and_then(|i| words.get(i));
        self.comma
            && !self.object
            && ISSUED.has(&group.lemma)
            && self.after.is_some_and(|w| w.time || is!(w.lower, "in" | "on" | "last" | "by" | "under"))
            && noun.is_some_and(|w| w.tag == Tag::Noun && !w.time && !w.name)
            && self.previous().is_some_and(|g| g.finite && g.head + 1 < group.start)
    }

    /// "Imposed in 2018, the duties remain": before a clause with a subject of its own.
    fn fronted(&self) -> bool {
        let (words, group) = (self.words, self.group);
        !self.object
            && group.start == 0
            && !INTRANSITIVE.has(&group.lemma)
            && self.groups.get(self.at + 1..).unwrap_or_default().iter().find(|g| g.finite).is_some_and(
                |next| {
                    let comma = (group.head..next.start).find(|&i| self.lower(i) == ",");
                    comma.is_some_and(|comma| {
                        comma + 1 < next.start
                            && words.get(comma + 1).is_some_and(|w| {
                                matches!(w.tag, Tag::Det | Tag::Poss | Tag::Pron)
                                    || w.tag == Tag::Noun && !w.time
                            })
                    })
                },
            )
    }

    /// "the rate set forth in Order No. 3"
    fn laid_down(&self) -> bool {
        self.group.lemma == "set"
            && matches!(self.lower(self.group.head + 1), "forth" | "out")
            && matches!(self.lower(self.group.head + 2), "in" | "under" | "by")
    }

    /// "tariffs scheduled to take effect": nothing schedules by itself.
    fn due(&self) -> bool {
        self.purpose()
            && self.after_noun
            && is!(self.group.lemma, "schedule" | "slate")
            && self.before.is_some_and(|w| !w.name)
    }

    /// "the rule titled Expansion of Controls"
    fn titled(&self) -> bool {
        is!(self.group.lemma, "title" | "entitle" | "dub")
            && self.before.is_some_and(|w| w.tag == Tag::Noun && !w.name)
    }
}

impl Group {
    /// What looked like a main verb describes a noun: "the duties imposed by X".
    fn become_participle(&mut self) {
        self.tense = Tense::Participle;
        self.finite = false;
        self.passive = true;
    }

    /// Whether the verb may be a participle by its form.
    pub(super) fn form_allows(&self, words: &[Word]) -> bool {
        words
            .get(self.head)
            .is_some_and(|w| matches!(w.tag, Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Participle)))
            || same_form(&self.lemma)
    }
}

/// Verbs whose past form describes no noun before it: "the talks ended on Friday".
pub(super) static INTRANSITIVE: WordList = WordList::new(&[
    "end",
    "climb",
    "jump",
    "drop",
    "expire",
    "lapse",
    "die",
    "happen",
    "occur",
    "arrive",
    "remain",
    "stay",
    "fall",
    "rise",
    "work",
    "fail",
    "last",
    "continue",
    "start",
    "proceed",
    "act",
    "agree",
    "respond",
    "reply",
    "retaliate",
    "react",
    "travel",
    "talk",
    "decline",
    "slump",
    "surge",
    "rally",
    "gain",
    "slip",
    "resume",
]);

/// Verbs whose past form behind a comma and before a preposition describes what was told.
static AIMED: WordList = WordList::new(&[
    "aim", "focus", "centre", "center", "attend", "base", "direct", "gear", "follow", "chair", "lead",
    "mediate", "host",
]);

/// Verbs that have an object unless they describe what was issued.
static ISSUED: WordList =
    WordList::new(&["adopt", "enact", "impose", "introduce", "issue", "levy", "publish", "unveil"]);

/// What somebody agrees on.
static AGREED: WordList = WordList::new(&[
    "accord",
    "agenda",
    "armistice",
    "arrangement",
    "cap",
    "ceasefire",
    "ceiling",
    "compromise",
    "deal",
    "formula",
    "framework",
    "outline",
    "pact",
    "package",
    "pause",
    "plan",
    "quota",
    "rate",
    "roadmap",
    "schedule",
    "settlement",
    "term",
    "text",
    "timetable",
    "truce",
    "understanding",
]);

/// What something is done by, rather than who does it: "settled by telephone".
static MEANS: WordList =
    WordList::new(&["telephone", "phone", "video", "letter", "mail", "decree", "proclamation", "then"]);

/// Participles that say where a firm is.
const SITED: &[&str] =
    &["based", "domiciled", "headquartered", "incorporated", "located", "registered", "situated"];
