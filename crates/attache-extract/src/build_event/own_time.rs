//! Which times of a sentence belong to the act: those of its own clause, those that open the sentence,
//! and those of the verb that announces it; not the times of what else the sentence mentions.

use super::*;

use super::claims::LATER;
use super::contact_missed::Missed;
use crate::grammar::clause::phrase_start;
use crate::grammar::lower::{few, is};
use crate::time::Relation;

/// How a time hangs on the act, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// Told of the act itself.
    Own,
    /// Opens the sentence or the part of it that the act stands in.
    Opening,
    /// Told of the saying or deciding that the act depends on.
    Above,
    /// Told of another act that the sentence tells in one breath.
    Beside,
}

/// "Surtax Order (2018)": a bare year.
fn numeral(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// A date turned ahead lies at most a year off, one turned back less unless its clause is of the past.
const TURNED_AHEAD: i32 = 366;
const TURNED_BACK: i32 = 270;
const TOLD_BACK: i32 = 366;

/// Parts of a day and their like: "the morning of May 5" is that day.
const PARTS: &[&str] =
    &["morning", "afternoon", "evening", "night", "day", "week", "eve", "hours", "start", "end", "as"];
/// A paper by which an authority acts.
fn is_paper(word: &str) -> bool {
    matches!(
        word,
        "order"
            | "proclamation"
            | "decree"
            | "notice"
            | "notification"
            | "circular"
            | "letter"
            | "memorandum"
            | "announcement"
            | "rule"
            | "regulation"
            | "determination"
            | "decision"
    )
}

/// Verbs of speaking in public that report no words themselves.
const SPEAKS: &[&str] = &[
    "speak", "address", "brief", "talk", "visit", "appear", "testify", "meet", "write", "post", "answer",
    "tour", "host", "open", "present", "unveil", "sign", "announce", "respond", "react", "comment", "read",
    "travel",
];
/// How many words before a day it may stand by whom a paper was signed.
const SIGNED_BY: usize = 10;
/// How many words behind a day "the day on which" may stand.
const DAY_ON_WHICH: usize = 5;
/// Most words of a subject behind an aside.
const ASIDE_SUBJECT: usize = 12;
/// How many words into a sentence the paper stands that it is about.
const LETTERHEAD: usize = 8;
/// Most words between a duty and the clause that describes it.
const DESCRIBED: usize = 6;
/// "hours after" keeps to the same day.
const SOON: &[&str] = &["hours", "minutes", "moments", "shortly", "immediately", "soon"];

/// Words before a noun of action that make it a mere point of reference.
const ASIDE: &[&str] = &["since", "after", "before", "following", "from", "during", "until"];

/// "prior to April 2", "the order dated April 8": no day of the act, by the words before it.
fn prior_to(before: &[Word]) -> bool {
    matches!(before, [.., prior, to] if prior.lower == "prior" && to.lower == "to")
        || before.last().is_some_and(|w| w.lower == "dated")
}

/// "has this month raised": words within a verb.
fn within(group: &Group, (start, end): (usize, usize)) -> bool {
    group.start < start && end <= group.head
}

impl Builder<'_> {
    /// How `time` hangs on the act, or `None` where it is told of something else.
    pub(super) fn bond(&self, time: Span) -> Option<Bond> {
        // "10% from May; 18% from June": what stands with a rate is told of it.
        if self.segment.is_some() && self.in_segment(time) {
            return Some(Bond::Own);
        }
        let known = self.known.bonds.borrow().iter().find(|(known, _)| *known == time).copied();
        known.map_or_else(
            || {
                let bond = self.bond_in_sentence(time);
                self.known.bonds.borrow_mut().push((time, bond));
                bond
            },
            |(_, bond)| bond,
        )
    }

    /// As [`Self::bond`], whatever rate the time stands with.
    fn bond_in_sentence(&self, time: Span) -> Option<Bond> {
        let dateline = self.context.doc.block_of(self.sentence).and_then(|b| b.prefix);
        let words = self.view.words;
        let (start, end) = (self.word_from(time.start), self.word_from(time.end));
        if self.on_paper(start, end.min(words.len())) {
            return Some(Bond::Opening);
        }
        let before = self.right_before(start);
        if dateline.is_some_and(|d| d.contains(time)) || self.within_title(before, time) || prior_to(before) {
            return None;
        }
        if self.duty_by_the_way() || self.day_of_regard(time) || self.of_talk_about_it(start) {
            return None;
        }
        // "criticised the rule, applied since May, and urged Oslo to drop it": nobody urges since May.
        let words_of = |kind: Kind| kind == Kind::Statement || self.only_words();
        if words_of(self.hit.rule.act.kind())
            && !self.hit.frame.nominal
            && start < self.hit.frame.trigger.0
            && self.times.iter().any(|t| t.span == time && Self::since(t))
        {
            return None;
        }
        // "their fourth encounter since August": how often, not when. "its displeasure at the charge, payable
        // since May": when the charge began.
        if self.times.iter().any(|t| t.span == time && Self::since(t)) {
            let counted = (start.saturating_sub(7)..start).any(|i| self.counts(i));
            let standing = words_of(self.hit.rule.act.kind()) && self.of_standing_measure(start);
            if counted || standing {
                return None;
            }
        }
        // "no smaller than today's": what it is measured by.
        let behind = self.context.doc.text.get(time.end..).unwrap_or_default();
        let whose = behind.starts_with("'s") || behind.starts_with("’s");
        if whose && start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "than") {
            return None;
        }
        // "has this month raised it": of the verb that it stands in.
        let own = self.own_group().filter(|_| !self.hit.frame.nominal);
        if self.as_it_has(start) || own.is_some_and(|g| within(g, (start, end))) {
            return Some(Bond::Own);
        }
        let trigger = self.hit.frame.trigger;
        let end = end.min(words.len());
        if self.bracketed(trigger.0) && !self.bracketed_together(trigger.0, start) {
            return None;
        }
        // "May 10 – Envoys meet": an entry of a chronology.
        let heads = words.get(end).is_some_and(|w| is!(w.lower, "–" | "—" | ":"));
        // "April 3, 2018 Washington proposes …"
        let printed = self.context.doc.slice(time);
        let entry = words.get(end).is_some_and(|w| w.capital && w.tag != Tag::Punct)
            && printed.len() > 6
            && printed.get(printed.len() - 4..).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()));
        if start == 0 && (heads || entry) && end <= trigger.0 {
            return Some(Bond::Opening);
        }
        if start >= trigger.1 { self.bond_behind(start, end) } else { self.bond_before(start, end) }
    }

    /// "goes on charging 25%, as it has since July 6": the verb left out is that of the act.
    fn as_it_has(&self, start: usize) -> bool {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let Some(since) = start.checked_sub(1).filter(|&i| lower(i) == "since") else { return false };
        let from = self.hit.frame.trigger.1;
        let Some(at) = (from.max(since.saturating_sub(5))..since).rfind(|&i| lower(i) == "as") else {
            return false;
        };
        let stands_in = |i: usize| {
            is!(lower(i), "it" | "they" | "he" | "she" | "we" | "has" | "have" | "had" | "been" | "done")
        };
        at + 2 < since + 1 && (at + 1..since).all(stands_in) && self.barriers(from, at).is_empty()
    }

    /// Where the bracket opens that a word stands in.
    fn bracket(&self, at: usize) -> Option<usize> {
        if !self.may_say(few!["("]) {
            return None;
        }
        let words = self.view.words.get(..at)?;
        words
            .iter()
            .rposition(|w| is!(w.lower, "(" | ")"))
            .filter(|&i| words.get(i).is_some_and(|w| w.lower == "("))
    }

    /// "(the duty was in force for a day)": what is told in passing.
    pub(super) fn bracketed(&self, at: usize) -> bool {
        self.bracket(at).is_some()
    }

    fn bracketed_together(&self, one: usize, other: usize) -> bool {
        self.bracket(one) == self.bracket(other)
    }

    /// "With an order dated May 4, …", "In a letter, published on May 4, …": the paper by which it is done.
    fn on_paper(&self, start: usize, end: usize) -> bool {
        if !matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension) {
            return false;
        }
        let lower = |i: usize| self.view.words.get(i).map_or("", |w| w.lower.as_str());
        let paper = |i: usize| is_paper(lower(i)) || lower(i) == "it";
        let told = |i: &usize| {
            self.view.words.get(*i).is_some_and(|w| {
                is!(
                    w.lower,
                    "dated" | "signed" | "issued" | "published" | "released" | "sent" | "posted" | "of"
                )
            })
        };
        // "Order No. 12, signed by President Roe on June 11, raises": the one who signed it stands between.
        let by = |i: &usize| told(i) && lower(i + 1) == "by" && lower(*i) != "of";
        let plain = |i: usize| {
            self.view
                .words
                .get(i)
                .is_some_and(|w| w.name || w.capital || is!(w.lower, "by" | "on" | "the" | "of" | "."))
        };
        let far = || {
            let at = (1..start).rev().take(SIGNED_BY).find(by)?;
            (at + 1..start).all(plain).then_some(at)
        };
        let at = (1..start).rev().take(3).find(told).or_else(far);
        // "Order No. 12,": its number stands behind the paper.
        let numbered = |i: usize| (i.saturating_sub(4)..i).any(|at| paper(at) && lower(at) != "it");
        let named =
            |i: usize| paper(i - 1) || i > 1 && lower(i - 1) == "," && (paper(i - 2) || numbered(i - 1));
        if !at.is_some_and(named) {
            return false;
        }
        // "Oslo, in a notice dated June 11, barred": right before the verb as well.
        let aside = (1..start).rev().take(9).find(|&i| lower(i) == ",").is_some_and(|i| {
            matches!(lower(i + 1), "with" | "in" | "under" | "by")
                && lower(end) == ","
                && self.hit.frame.trigger.0 <= end + 2
        });
        let opens = aside
            || matches!(lower(0), "with" | "in" | "under" | "by")
                && start < 9
                && self.hit.frame.trigger.0 > end;
        // "An order of May 3 laid 10% on them as of May 9", "is held at 10% under an order of May 3"
        let subject = self.own_group().and_then(|g| g.subject).filter(|_| !self.hit.frame.nominal);
        let acts = subject.is_some_and(|s| s.0 < start && end <= s.1 + 1) && self.hit.frame.trigger.0 >= end;
        let after = self.hit.frame.trigger.1;
        let under = at.is_some_and(|i| {
            let lead = |words: &[&str]| (i.saturating_sub(5)..i).any(|i| words.contains(&lower(i)));
            // "cut it in a notice dated December 4", but not "below the 30% notified in a letter of July 7"
            let told = || self.view.clauses.groups.iter().any(|g| after <= g.head && g.head + 1 < i);
            // "…, according to a notice dated Monday", as well
            let cites = lead(&["under", "by", "according"]);
            start > after && (cites || lead(&["in", "through", "via"]) && !told())
        });
        // "Its letter, dated Monday and posted online, sets"
        let heads = at.is_some_and(|i| {
            let told = |g: &Group| g.head < i || g.finite && g.tense != Tense::Past && end <= g.head;
            let verb = self.hit.frame.trigger.0;
            i < LETTERHEAD
                && verb >= end
                && !self.view.clauses.groups.iter().any(|g| g.head < verb && told(g))
        });
        opens || acts || heads || under
    }

    /// The words of a time.
    pub(super) fn word_range(&self, time: Span) -> Range {
        (self.word_from(time.start), self.word_from(time.end).min(self.view.words.len()))
    }

    /// The index of the first word that starts at or behind a place in the text.
    pub(super) fn word_from(&self, place: usize) -> usize {
        self.view.words.partition_point(|w| w.span.start < place)
    }

    /// Whether the text gives the act a day of its own.
    pub(super) fn has_day(&self) -> bool {
        let days =
            self.times.iter().filter(|t| t.date.is_some_and(|d| d.interval.is_some()) && !Self::since(t));
        days.filter_map(|t| self.bond(t.span)).any(|bond| bond <= Bond::Opening)
    }

    /// A time behind the act is its own unless another verb stands between.
    fn bond_behind(&self, start: usize, end: usize) -> Option<Bond> {
        let (frame, words) = (&self.hit.frame, self.view.words);
        // "will pay 5%, which today face 40%": a day of the clause it opens.
        let relative = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Rel);
        let of_other_verb = self
            .view
            .clauses
            .groups
            .iter()
            .any(|g| g.finite && frame.trigger.1 <= g.start && within(g, (start, end)));
        if relative
            || of_other_verb
            || self.modifies_noun(start, end)
            || self.opens_next(start, end)
            || self.before_next_verb(start, end)
            || self.in_what_is_said(start, end)
        {
            return None;
        }
        // "complained in June of the imposition of duties on Monday": told of the complaint.
        let noun = phrase_start(words, frame.trigger.0);
        let led = noun
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| is!(w.lower, "over" | "against" | "about"));
        if frame.nominal && led && self.hit.rule.act.kind() == Kind::TariffAction {
            return None;
        }
        let aside = (frame.trigger.1..start).any(|i| {
            let sets_apart = |w: &&Word| is!(w.lower, "following" | "before" | "after" | "since" | ";");
            words.get(i).filter(sets_apart).is_some_and(|w| match w.lower.as_str() {
                "following" => i.checked_sub(1).and_then(|i| words.get(i)).is_none_or(|w| w.lower != "the"),
                // "hauled Oslo before the WTO on Monday"
                "before" => {
                    !self.view.who_in((i + 1, (i + 3).min(start))).any(|who| who.kind == WhoKind::Body)
                }
                // "will lift a ban in place since an outbreak in 2025"
                "since" => words.get(i + 1).is_some_and(|w| !w.time),
                // "on and after May 1"
                "after" => {
                    let joint = i.checked_sub(1).and_then(|i| words.get(i));
                    !joint.is_some_and(|w| is!(w.lower, "and" | "or"))
                }
                _ => true,
            })
        });
        if aside {
            return None;
        }
        let between = self.barriers(frame.trigger.1, start);
        let Some(last) = between.last().and_then(|&g| Some((g, self.view.clauses.groups.get(g)?))) else {
            return Some(Bond::Own);
        };
        let (index, group) = last;
        // "has had an inquiry running since May": what runs is the act's own.
        if between.len() == 1 && group.tense == Tense::Gerund && is!(group.lemma, "run" | "go" | "pend") {
            return Some(Bond::Own);
        }
        if frame.nominal && between.len() == 1 && self.done_to_it(group) {
            return Some(Bond::Own);
        }
        if self.charged_since(start) || between.len() == 1 && self.named_act_ends(group) {
            return Some(Bond::Own);
        }
        if self.only_complements(&between, start) || self.only_describing(&between, start) {
            return Some(Bond::Own);
        }
        let carries = |r: Option<Range>| r.is_some_and(|r| r.0 <= frame.trigger.0 && frame.trigger.0 < r.1);
        // "The tariff applies from …, the government said on Monday": one verb is the tariff's own.
        let others = between.iter().filter(|&&g| {
            !frame.nominal || !self.view.clauses.groups.get(g).is_some_and(|g| carries(g.subject))
        });
        // "curbs on goods made with its software, an official said on Monday"
        let level = |g: &&usize| {
            self.view.clauses.groups.get(**g).is_some_and(|g| g.finite && g.tense != Tense::Participle)
        };
        // "will strike back if its mills are shut out, an envoy said on Monday": the condition tells no act. Where
        // the act itself stands in it, the clause that it conditions does not count either.
        let condition = |g: usize| self.view.clauses.groups.get(g).is_some_and(|g| g.condition);
        let conditioned = frame.group.is_some_and(condition);
        let others = others.filter(level).filter(|&&g| !condition(g)).count();
        let others = others - usize::from(conditioned && others == 2);
        let holds = |r: Option<Range>| r.is_some_and(|r| r.0 <= frame.trigger.0 && frame.trigger.0 < r.1);
        let finite = |&&g: &&usize| self.view.clauses.groups.get(g).is_some_and(|g| g.finite);
        if between.iter().filter(finite).count() == 1 && self.when_they(group) {
            return Some(Bond::Beside);
        }
        let held =
            frame.nominal && (frame.group == Some(index) || holds(group.subject) || holds(group.theme));
        // "the deal reached in Oslo and announced on Monday"
        let both = frame.participle && group.tense == Tense::Participle;
        if held || both {
            return Some(Bond::Own);
        }
        // "…, the ministry said on Monday"
        let says = others == 1 && self.context.classes.has("say", &group.lemma);
        let subject = group.subject.map_or(group.start, |s| s.0);
        let behind = subject.checked_sub(1).and_then(|i| words.get(i));
        let apart = behind.is_some_and(|w| matches!(w.lower.as_str(), "," | "”" | "\"" | "’"));
        (says && apart).then_some(Bond::Above)
    }

    /// "the duty to which they have been subject since May 4", "the deposit that importers have had to lodge since":
    /// the clause that describes a duty tells since when it is in force.
    fn charged_since(&self, start: usize) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let lays = frame.nominal && self.hit.rule.act == Act::TariffAction(TariffAction::Impose);
        if !lays || !start.checked_sub(1).is_some_and(|i| lower(i) == "since") {
            return false;
        }
        let end = frame.trigger.1;
        let Some(which) =
            (end..start.min(end + DESCRIBED)).find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Rel))
        else {
            return false;
        };
        let verbs =
            || self.view.clauses.groups.iter().filter(|g| which < g.head && g.head < start && g.finite);
        // "have had to lodge" is one verb in three groups.
        let one = verbs().zip(verbs().skip(1)).all(|(a, b)| b.start <= a.head + 2);
        one && verbs().next().is_some() && !(which..start).any(|i| is!(lower(i), "," | ";"))
    }

    /// "Three days of bargaining in Lima ended on Thursday": of what a gerund names.
    fn named_act_ends(&self, group: &Group) -> bool {
        let own = self.own_group().filter(|g| g.tense == Tense::Gerund && !self.hit.frame.nominal);
        let of = own.and_then(|g| g.start.checked_sub(1)).and_then(|i| self.view.words.get(i));
        let relative = group.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        of.is_some_and(|w| w.lower == "of")
            && self.ends_contact(group)
            && relative.is_none_or(|w| w.tag != Tag::Rel)
    }

    /// "ended", "came to a close", of a contact.
    pub(super) fn ends_contact(&self, group: &Group) -> bool {
        let over = is!(
            group.lemma,
            "end" | "conclude" | "close" | "finish" | "complete" | "wrap" | "wind" | "break"
        );
        let behind = self.view.words.get(group.head..group.head + 4).unwrap_or_default();
        let comes =
            group.lemma == "come" && behind.iter().any(|w| is!(w.lower, "end" | "close" | "conclusion"));
        group.finite && group.tense == Tense::Past && (over || comes)
    }

    /// "said that, on the basis of the talks of May 4, Lima would …": a time before the verb of what is said.
    fn in_what_is_said(&self, start: usize, end: usize) -> bool {
        let (frame, words) = (&self.hit.frame, self.view.words);
        let finite = |from: usize, to: usize| {
            self.view.clauses.groups.iter().any(|g| g.finite && (from..to).contains(&g.start))
        };
        let opener = (frame.trigger.1..start)
            .find(|&i| words.get(i).is_some_and(|w| w.lower == "that" && w.tag == Tag::Sub));
        !frame.nominal && opener.is_some_and(|i| !finite(i, start) && finite(end, words.len()))
    }

    /// "barred the firm from selling chips on Monday": all that stands between hangs on the act.
    fn only_complements(&self, between: &[usize], start: usize) -> bool {
        let frame = &self.hit.frame;
        let Some(own) = frame.group.filter(|_| !frame.nominal) else { return false };
        let clauses = &self.view.clauses;
        let kept_from = |g: &Group| {
            let led = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            g.tense == Tense::Gerund && led.is_some_and(|w| w.lower == "from")
        };
        let hangs = |&g: &usize| {
            let below = clauses.groups.get(g);
            below.is_some_and(|b| matches!(b.tense, Tense::Gerund | Tense::Infinitive))
                && (clauses.chain(g).any(|above| above == own)
                    || below.is_some_and(kept_from) && g == own + 1)
        };
        self.hit.rule.act.kind() == Kind::Tension
            && clauses.groups.get(own).is_some_and(|g| matches!(g.tense, Tense::Past | Tense::Perfect))
            && between.iter().all(hangs)
            && self.times_in((frame.trigger.1, start)).next().is_none()
    }

    /// "signed a protocol upgrading their pact on Monday", "received a team led by Roe on May 4": all that stands
    /// between only tells which protocol or team.
    fn only_describing(&self, between: &[usize], start: usize) -> bool {
        let frame = &self.hit.frame;
        let past =
            self.own_group().is_some_and(|g| g.finite && matches!(g.tense, Tense::Past | Tense::Perfect));
        let which = |&g: &usize| {
            let Some(group) = self.view.clauses.groups.get(g) else { return false };
            let before = group.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            let led = is!(group.lemma, "lead" | "head" | "chair") && group.tense == Tense::Participle;
            // "an anti-dumping proceeding" is none of what is done.
            let does = group.tense == Tense::Gerund && (group.theme.is_some() || group.lemma == "proceed");
            !group.finite && before.is_some_and(|w| w.tag == Tag::Noun) && (led || does)
        };
        matches!(self.hit.rule.act.kind(), Kind::Agreement | Kind::Engagement | Kind::Tension)
            && !frame.nominal
            && past
            && between.iter().all(which)
            && self.times_in((frame.trigger.1, start)).next().is_none()
    }

    /// "warned him when they met on Friday": on that day.
    fn when_they(&self, group: &Group) -> bool {
        let subject = group.subject.map_or(group.start, |s| s.0);
        let when = subject.checked_sub(1).and_then(|i| self.view.words.get(i));
        when.is_some_and(|w| w.lower == "when")
            && group.finite
            && group.tense == Tense::Past
            && self.own_group().is_some_and(|own| own.finite && own.tense == Tense::Past)
    }

    /// "the surcharge that she proclaimed in May", "which they prolonged": a relative clause that tells the act
    /// a noun names.
    pub(super) fn done_to_it(&self, group: &Group) -> bool {
        let words = self.view.words;
        let from = self.hit.frame.trigger.1;
        let subject = group.subject.filter(|s| s.0 >= from).map_or(group.start, |s| s.0);
        let described = group.contact
            || (subject.saturating_sub(2).max(from)..subject)
                .any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Rel));
        let acts = ["impose", "raise", "extend", "issue", "announce", "suspend"];
        described
            && group.finite
            && !group.negated
            && matches!(group.tense, Tense::Past | Tense::Perfect)
            && group.modal.is_none()
            && acts.iter().any(|class| self.context.classes.has(class, &group.lemma))
    }

    /// Whether a time behind the act opens the next clause.
    pub(super) fn of_next(&self, time: Span) -> bool {
        let (start, end) = self.word_range(time);
        start >= self.hit.frame.trigger.1
            && (self.opens_next(start, end) || self.before_next_verb(start, end))
    }

    /// A time that opens the next clause: "…, and on Friday it announced".
    fn opens_next(&self, start: usize, end: usize) -> bool {
        let words = self.view.words;
        let edge = self.clause_edge(start);
        let subject = words.get(end).is_some_and(|w| {
            matches!(w.tag, Tag::Noun | Tag::Det | Tag::Pron | Tag::Poss) || w.name || w.lower == ","
        });
        let joined = edge.checked_sub(1).and_then(|i| words.get(i));
        // "said that in May it had closed its ports and that on Friday it had opened them"
        let before = edge.checked_sub(2).and_then(|i| words.get(i));
        let and_that =
            |w: &Word| is!(w.lower, "that" | "since") && before.is_some_and(|b| b.tag == Tag::Conj);
        edge > self.hit.frame.trigger.1
            && joined
                .is_some_and(|w| w.tag == Tag::Conj || is!(w.lower, ";" | "while" | "whereas") || and_that(w))
            && subject
            && self.view.clauses.groups.iter().any(|g| g.finite && g.head >= end && g.head < end + 16)
    }

    /// "The ministry, which had opened a case in May, on Monday urged", "taxed rice and this month banned sugar": a
    /// time right before the verb that the sentence goes on with behind a comma or "and".
    fn before_next_verb(&self, start: usize, end: usize) -> bool {
        let words = self.view.words;
        let led = start.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep));
        let comma = led.unwrap_or(start).checked_sub(1).and_then(|i| words.get(i));
        let trigger = self.hit.frame.trigger;
        comma.is_some_and(|w| w.lower == "," || w.tag == Tag::Conj)
            && self
                .view
                .clauses
                .groups
                .iter()
                .any(|g| g.finite && g.start == end && g.subject.is_some_and(|s| s.1 <= trigger.0))
    }

    fn came_before(&self, at: usize) -> bool {
        let who = |g: &Group| g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        self.hit.frame.group != Some(at)
            && self.view.clauses.groups.get(at).is_some_and(|g| {
                is!(g.lemma, "arrive" | "land" | "fly" | "come" | "return" | "leave" | "depart")
                    && who(g).is_some_and(|w| w.lower == "who")
            })
    }

    fn bond_before(&self, start: usize, end: usize) -> Option<Bond> {
        let (frame, words) = (&self.hit.frame, self.view.words);
        // "signed it on Monday, four months after they had promised it"
        let first = self.own_group().map_or(0, Group::opens);
        if end + 2 < first && self.long_before() {
            return None;
        }
        let noun = phrase_start(words, frame.trigger.0);
        let aside =
            noun.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| ASIDE.contains(&w.lower.as_str()));
        let cut = (end..frame.trigger.0).any(|i| words.get(i).is_some_and(|w| w.lower == ";"));
        // "Would speak on Friday as officials reached a deal": told of the speaking.
        let subject = frame.group.and_then(|g| self.view.clauses.groups.get(g)).and_then(|g| g.subject);
        let meanwhile = subject
            .and_then(|s| s.0.checked_sub(1))
            .is_some_and(|i| i >= end && i > 0 && words.get(i).is_some_and(|w| w.lower == "as"));
        let on_that_day = self.by_which(start, end)
            || self.day_on_which(start, end)
            || self.the_very_day(end)
            || self.during_which(end);
        if on_that_day || self.before_its_noun(start, end, noun) {
            return Some(Bond::Own);
        }
        if meanwhile
            || frame.nominal && aside && start < noun
            || cut
            || self.modifies_noun(start, end)
            || self.in_subjects_aside(start, end)
        {
            return None;
        }
        if frame.nominal && self.spelt_out(end) || self.elaborated(end) {
            return Some(Bond::Beside);
        }
        let above =
            |g: usize| frame.group.is_some_and(|own| self.view.clauses.chain(own).skip(1).any(|c| c == g));
        if self.antecedent_of_when(end) {
            return Some(Bond::Own);
        }
        let edge = self.clause_edge(start);
        if let Some(&governor) = self.barriers(edge, start).last() {
            // "Roe, who arrived on Sunday, met Doe": on no day told.
            if self.hit.rule.act.kind() == Kind::Engagement && self.came_before(governor) {
                return None;
            }
            if above(governor) && self.decided_by_another() {
                return None;
            }
            return if frame.group == Some(governor) || self.in_passing(governor, end) {
                Some(Bond::Own)
            } else if above(governor)
                || self.said_in_between(governor, end)
                || self.said_in_one_breath(governor, end)
            {
                Some(Bond::Above)
            } else {
                let put = self.put_forward(governor).then_some(Bond::Above);
                put.or_else(|| self.beside(governor, edge, end).then_some(Bond::Beside))
            };
        }
        let first =
            frame.group.and_then(|g| self.view.clauses.groups.get(g)).map_or(noun, |g| g.start.min(noun));
        let subordinate = (end..first.max(end)).rev().find(|&i| {
            words.get(i).is_some_and(|w| matches!(w.tag, Tag::Sub | Tag::Rel)) && !self.behind_subject(i)
        });
        let between = self.barriers(end, frame.trigger.0);
        let said = between.iter().any(|&g| above(g));
        // "On Monday Washington issued a rule that suspends …"
        let issued = |at: usize| {
            let before = self.barriers(end, at);
            let verb = before.last().and_then(|&g| self.view.clauses.groups.get(g));
            // "sent parliament a bill that would raise"
            let paper = |g: &Group| g.theme.is_some_and(|t| (t.0..t.1).any(|i| self.bill(i)));
            before.len() == 1
                && verb.is_some_and(|g| self.context.classes.has("issue", &g.lemma) || g.finite && paper(g))
        };
        match subordinate.and_then(|i| words.get(i)) {
            Some(word) if word.lower == "that" && said => Some(Bond::Above),
            Some(word) if word.tag == Tag::Rel && subordinate.is_some_and(issued) => Some(Bond::Above),
            // "Starting March 20, oil will pay 100%, while pork will pay 25%": said of both.
            Some(word) if word.lower == "while" && start <= 2 && !said => Some(Bond::Opening),
            // "was in Lima from May 2 to 4, where he met the minister": in those days.
            Some(word) if word.lower == "where" && between.is_empty() => Some(Bond::Above),
            Some(_) if self.soon_after(subordinate) => Some(Bond::Beside),
            Some(_) => None,
            None if said => Some(Bond::Above),
            None => Some(Bond::Opening),
        }
    }

    /// "said on Monday that Oslo's decision to tax feed was unjust": on no day told, by whoever is above.
    pub(super) fn decided_by_another(&self) -> bool {
        let clauses = &self.view.clauses;
        let Some(own) = self.own_group().filter(|g| g.tense == Tense::Infinitive) else { return false };
        let noun = own.start.checked_sub(1).and_then(|i| self.view.words.get(i));
        let state = |range: Option<Range>| self.view.who_in(range?).find_map(|who| who.country);
        let Some(decides) = state(self.hit.frame.agent) else { return false };
        let above = self.hit.frame.group.into_iter().flat_map(|g| clauses.chain(g).skip(1));
        noun.is_some_and(|w| w.tag == Tag::Noun)
            && above
                .filter_map(|g| clauses.groups.get(g).filter(|g| g.finite))
                .any(|g| state(g.subject).is_some_and(|other| other != decides))
    }

    /// "The duty on candles, set at 6% in 2022, is repealed": a time in what is told by the way of the subject.
    fn in_subjects_aside(&self, start: usize, end: usize) -> bool {
        let words = self.view.words;
        let own = self.hit.frame.group.filter(|_| !self.hit.frame.nominal);
        let Some(group) = own.and_then(|g| self.view.clauses.groups.get(g)) else { return false };
        let from = group.subject.map_or(group.start, |subject| subject.0);
        let comma = |i: &usize| words.get(*i).is_some_and(|w| w.lower == ",");
        let Some(open) = (from..start).rev().find(comma) else { return false };
        // "made public on the 13th" is told of the act itself.
        let described = words.get(open + 1).is_some_and(|w| {
            ["impose", "set_in"].iter().any(|class| self.context.classes.has(class, &w.lemma))
                || is!(w.lower, "set" | "put" | "fixed" | "first" | "originally" | "initially" | "last")
                // ", in effect since May,"
                || w.lower == "in"
                    && self.eases()
                    && words.get(open + 2).is_some_and(|w| is!(w.lower, "effect" | "force" | "place"))
        });
        let finite = |g: &Group| g.finite && open < g.head && g.head < end;
        described && comma(&end) && end < group.head && !self.view.clauses.groups.iter().any(finite)
    }

    /// "Unless the fee goes, the minister said on Monday, Oslo will close its ports": on the day of the words set in.
    fn said_in_between(&self, governor: usize, end: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let comma = |i: Option<usize>| i.and_then(|i| self.view.words.get(i)).is_some_and(|w| w.lower == ",");
        let Some(own) = self.own_group().filter(|own| own.start > end) else { return false };
        let told = own.modal.is_some() || self.only_words() || self.hit.rule.act.kind() == Kind::Statement;
        let says = groups.get(governor).is_some_and(|g| {
            g.finite
                && g.tense == Tense::Past
                && self.context.classes.has("say", &g.lemma)
                && comma(g.subject.and_then(|s| s.0.checked_sub(1)))
        });
        told && says
            && comma(Some(end))
            && !groups.iter().any(|g| g.finite && end <= g.head && g.head < own.head)
    }

    /// "called the duty a blow on Monday and said that Oslo would answer": both were said that day.
    fn said_in_one_breath(&self, governor: usize, end: usize) -> bool {
        let clauses = &self.view.clauses;
        let groups = &clauses.groups;
        let Some(own) = self.hit.frame.group else { return false };
        let words =
            !self.hit.frame.nominal && (self.hit.rule.act.kind() == Kind::Statement || self.only_words());
        // "welcomed the ruling on Monday but said that it came late and asked Oslo to act": the asking itself.
        let top = clauses.chain(own).skip(1).last().or(Some(own).filter(|_| words));
        // "struck a softer note on Sunday, saying that it was written, yet he refused to say more": his own act.
        let next = |at: usize| {
            groups.get(at).is_some_and(|g| {
                let she = g.subject.and_then(|s| self.view.words.get(s.0));
                g.finite && she.is_some_and(|w| is!(w.lower, "he" | "she"))
            })
        };
        let top = if words && next(own) { Some(own) } else { top };
        let Some(top) = top.and_then(|g| groups.get(g)) else { return false };
        let and = (end..top.start).rev().filter_map(|i| self.view.words.get(i)).find(|w| w.tag != Tag::Adv);
        let past = |g: &Group| g.finite && g.tense == Tense::Past && g.modal.is_none();
        let same =
            groups.get(governor).is_some_and(|g| past(g) && g.subject.is_some() && g.subject == top.subject);
        // "took a softer line on Monday, yet she refused to say more"
        let pronoun = || {
            let first = groups.iter().find(|g| g.finite);
            let she = top.subject.and_then(|s| self.view.words.get(s.0).filter(|_| s.1 == s.0 + 1));
            let joint = top.subject.and_then(|s| self.view.words.get(s.0.checked_sub(1)?));
            words
                && groups.get(governor).zip(first).is_some_and(|(g, first)| g.head == first.head && past(g))
                && she.is_some_and(|w| is!(w.lower, "he" | "she"))
                && joint.is_some_and(|w| is!(w.lower, "and" | "but" | "yet"))
        };
        let says = past(top) && top.start >= end && (words || self.context.classes.has("say", &top.lemma));
        says && (same && and.is_some_and(|w| is!(w.lower, "and" | "but" | "yet")) || pronoun())
    }

    /// "on May 2, when Oslo closed its ports": the day that a clause behind it tells of.
    pub(super) fn antecedent_of_when(&self, end: usize) -> bool {
        (end..end + 2)
            .find(|&i| self.view.words.get(i).is_some_and(|w| is!(w.lower, "when" | "where")))
            .filter(|&when| when < self.hit.frame.trigger.0)
            .is_some_and(|when| self.barriers(when, self.hit.frame.trigger.0).len() <= 2)
    }

    /// "the rule of May 2 by which Oslo closed its ports", "the notice of May 2 that closes": the paper by
    /// which it is done.
    fn by_which(&self, start: usize, end: usize) -> bool {
        let word = |at: usize| self.view.words.get(at);
        let back = |by: usize| start.checked_sub(by).and_then(word);
        let which = word(end).is_some_and(|w| w.tag == Tag::Prep)
            && word(end + 1).is_some_and(|w| w.lower == "which");
        let that = word(end).is_some_and(|w| w.tag == Tag::Rel)
            && back(1).is_some_and(|w| is!(w.lower, "of" | "dated"))
            && back(2).is_some_and(|w| is_paper(&w.lower));
        let measure = matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension);
        measure && (which || that) && self.barriers(end, self.hit.frame.trigger.0).is_empty()
    }

    /// "Friday was also the day on which Oslo ended it".
    fn day_on_which(&self, start: usize, end: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let lower = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let is = |g: &usize| groups.get(*g).is_some_and(|g| g.lemma == "be");
        let day = (end..end + DAY_ON_WHICH).any(|at| {
            is!(lower(at), "day" | "week" | "month")
                && (is!(lower(at + 1), "when" | "that") || lower(at + 2) == "which")
        });
        start == 0
            && day
            && matches!(self.barriers(end, self.hit.frame.trigger.0).as_slice(), [only] if is(only))
    }

    /// "a call on May 2 between Roe and Doe, during which Doe renewed his invitation".
    fn during_which(&self, end: usize) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let lower = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        let opener =
            (end..trigger).find(|&at| is!(lower(at), "during" | "at" | "in") && lower(at + 1) == "which");
        opener.is_some_and(|at| {
            self.barriers(end, at).is_empty()
                && self.times_in((end, at)).next().is_none()
                && self.only_governors(at, trigger)
        })
    }

    /// Whether no verb stands between but those that govern the act.
    fn only_governors(&self, from: usize, to: usize) -> bool {
        let clauses = &self.view.clauses;
        let above = |g: &usize| self.hit.frame.group.is_some_and(|own| clauses.chain(own).any(|c| c == *g));
        self.barriers(from, to).iter().all(above)
    }

    /// "Peru replied in kind on Friday: Chilean ships will pay a fee": what a colon introduces was done or said
    /// on the day told before it.
    fn elaborated(&self, end: usize) -> bool {
        let (trigger, groups) = (self.hit.frame.trigger.0, &self.view.clauses.groups);
        let words = self.view.words;
        let Some(colon) = (end..trigger).rfind(|&i| words.get(i).is_some_and(|w| w.lower == ":")) else {
            return false;
        };
        let finite =
            |from: usize, to: usize| groups.iter().any(|g| g.finite && from <= g.head && g.head < to);
        let told = groups.iter().rfind(|g| g.finite && g.head < colon);
        let measure =
            matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension | Kind::Agreement);
        measure
            && told.is_some_and(|g| g.modal.is_none() && matches!(g.tense, Tense::Past | Tense::Perfect))
            && !finite(colon, self.own_group().map_or(trigger, |g| g.start))
            && !self
                .times_in((colon, words.len()))
                .any(|t| t.date.is_some_and(|d| d.start() <= Some(self.context.published)))
    }

    /// "on May 2, the very day on which Oslo ended it", "since May, the month in which": a time that what
    /// follows is told of.
    fn the_very_day(&self, end: usize) -> bool {
        let lower = |at: usize| self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
        if !(lower(end) == "," && lower(end + 1) == "the") {
            return false;
        }
        let unit = if is!(lower(end + 2), "very" | "same") { end + 3 } else { end + 2 };
        let opener = unit + 1 + usize::from(is!(lower(unit + 1), "on" | "in" | "from" | "since"));
        is!(lower(unit), "day" | "date" | "week" | "month" | "year" | "morning" | "evening" | "weekend")
            && is!(lower(opener), "which" | "when" | "that")
            && opener < self.hit.frame.trigger.0
            && self.only_governors(opener, self.hit.frame.trigger.0)
    }

    /// "Ours came in May: 15% on salmon": what a colon introduces is what was told before it.
    fn spelt_out(&self, end: usize) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let colon = (end..trigger).rfind(|&i| self.view.words.get(i).is_some_and(|w| w.lower == ":"));
        let finite = |&g: &usize| self.view.clauses.groups.get(g).is_some_and(|g| g.finite);
        colon.is_some_and(|colon| colon <= end + 1 && !self.barriers(colon, trigger).iter().any(finite))
    }

    /// "On May 2 the king, angry at what they charged, raised": what a clause between the subject and its verb
    /// opens with.
    fn behind_subject(&self, at: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let own = self.hit.frame.group.and_then(|g| groups.get(g)).filter(|g| g.finite);
        own.is_some_and(|own| {
            own.subject.is_some_and(|s| s.0 < at)
                && at < own.start
                && groups.iter().any(|g| at < g.head && g.head < own.start)
        })
    }

    /// A paper that may say what is to be done.
    fn bill(&self, at: usize) -> bool {
        self.view.words.get(at).is_some_and(|w| {
            is_paper(&w.lower) || is!(w.lower, "bill" | "draft" | "law" | "proposal" | "plan")
        })
    }

    /// "A bill tabled on Thursday would end the duty": a participle that tells how the subject, a paper, came
    /// to be.
    fn put_forward(&self, governor: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let subject = self.hit.frame.group.and_then(|g| groups.get(g)).and_then(|own| own.subject);
        let Some((group, subject)) = groups.get(governor).zip(subject) else { return false };
        group.tense == Tense::Participle
            && subject.0 < group.start
            && group.head < subject.1
            && group.start.checked_sub(1).is_some_and(|at| self.bill(at))
    }

    /// "tabled on Thursday", "gave notice on Friday": the verb a time hangs on tells of the past, whatever
    /// else is to come.
    pub(super) fn told_as_past(&self, time: &Timing) -> bool {
        let (start, end) = self.word_range(time.span);
        let groups = &self.view.clauses.groups;
        let edge = self.clause_edge(start);
        let before = groups.iter().rfind(|g| edge <= g.head && g.head < start);
        let verb = before.or_else(|| groups.iter().find(|g| g.head >= end && g.finite));
        time.relation == Relation::At
            && verb.is_some_and(|g| {
                g.modal.is_none()
                    && (matches!(g.tense, Tense::Past | Tense::Perfect) && g.finite
                        || g.tense == Tense::Participle && g.passive)
            })
    }

    /// "Chen, speaking in Rome on Friday, insisted": told of whoever acts, between commas.
    fn in_passing(&self, governor: usize, end: usize) -> bool {
        let groups = &self.view.clauses.groups;
        let lower = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let Some(group) = groups.get(governor) else { return false };
        let Some(own) = self.hit.frame.group.and_then(|g| groups.get(g)) else { return false };
        let opens = group.start == 0 || lower(group.start - 1) == ",";
        let reacts = !is!(group.lemma, "follow" | "include" | "cite" | "recall" | "date" | "begin");
        let spoken = self.context.classes.has("say", &group.lemma) || SPEAKS.contains(&group.lemma.as_str());
        let asked = group.passive && is!(group.lemma, "ask" | "quote" | "reach");
        let fits =
            group.tense == Tense::Gerund && reacts && spoken || group.tense == Tense::Participle && asked;
        // "Chen, speaking on Friday, condemned the duty that Oslo announced": he acts, not Oslo.
        let other = |g: &&Group| g.finite && g.head > end && g.head < own.start && g.subject != own.subject;
        let first = !groups.iter().any(|g| other(&g));
        opens
            && fits
            && first
            && own.finite
            && lower(end) == ","
            && own.start > end
            && own.start <= end + 1 + ASIDE_SUBJECT
    }

    /// "their May 2, 2024, call": the day stands before the noun that it belongs to.
    fn before_its_noun(&self, start: usize, end: usize, noun: usize) -> bool {
        let word = |at: usize| self.view.words.get(at).map_or("", |w| w.lower.as_str());
        let whose = start.checked_sub(1).map_or("", word);
        let determined = matches!(whose, "their" | "the" | "his" | "her" | "its" | "our" | "this");
        self.hit.frame.nominal && determined && word(end) == "," && noun == end + 1
    }

    /// A finite verb of the same rank as the act: "came in April and climbed in three steps".
    fn beside(&self, governor: usize, edge: usize, end: usize) -> bool {
        let words = self.view.words;
        let opener = edge.checked_sub(1).and_then(|i| words.get(i));
        // "When the duty came, on May 2, Norway answered": on that day.
        let when = edge == 1 && opener.is_some_and(|w| w.lower == "when");
        if when && words.get(end).is_some_and(|w| w.lower == ",") {
            // "When they met, on May 2, Norway agreed to buy": the first verb behind it.
            let clauses = &self.view.clauses;
            let own = self.hit.frame.group.is_some_and(|own| {
                clauses
                    .chain(own)
                    .filter_map(|g| clauses.groups.get(g))
                    .any(|g| g.finite && matches!(g.tense, Tense::Past | Tense::Perfect) && g.start > end)
            });
            let past = self.view.clauses.groups.get(governor).is_some_and(|g| g.tense == Tense::Past);
            let between = self.barriers(end, self.hit.frame.trigger.0);
            let above =
                |g: &usize| self.hit.frame.group.is_some_and(|own| clauses.chain(own).any(|c| c == *g));
            return own && past && between.iter().all(above);
        }
        // "After the ministers met on May 2, Norway halved its duty": on another day.
        let first = words.get(edge);
        let after = |w: &Word| is!(w.lower, "after" | "before" | "since");
        let apart = |w: &Word| matches!(w.tag, Tag::Sub | Tag::Rel) || after(w);
        let groups = &self.view.clauses.groups;
        // "He noted that they met in May and reached an accord": both verbs stand behind "that".
        let subject = groups.get(governor).and_then(|g| g.subject);
        let that = opener.is_some_and(|w| w.lower == "that");
        let level = that && subject.is_some() && self.own_group().is_some_and(|g| g.subject == subject);
        if opener.is_some_and(apart) && !level || first.is_some_and(after) {
            return false;
        }
        let finite = |g: usize| groups.get(g).is_some_and(|g| g.finite && g.tense != Tense::Participle);
        let frame = &self.hit.frame;
        let own =
            frame.group.is_some_and(|g| finite(g) || groups.get(g).is_some_and(|g| g.tense == Tense::Gerund));
        let down = (end..frame.trigger.0)
            .rev()
            .find(|&i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Sub | Tag::Rel)));
        // "The duty came in June and will rise in October": not on the same day.
        let to_come = self.own_group().is_some_and(|g| g.tense == Tense::Future);
        finite(governor) && own && !to_come && (down.is_none() || self.soon_after(down))
    }

    /// "hours after", "shortly before".
    fn soon_after(&self, word: Option<usize>) -> bool {
        let at = |i: usize| self.view.words.get(i).map_or("", |w| w.lower.as_str());
        word.is_some_and(|i| {
            matches!(at(i), "after" | "before") && i.checked_sub(1).is_some_and(|i| SOON.contains(&at(i)))
        })
    }

    /// The verb groups with their heads in a range of words, but for participles before a noun.
    pub(super) fn barriers(&self, from: usize, to: usize) -> SmallVec<[usize; 8]> {
        let words = self.view.words;
        let adjective = |g: &crate::grammar::clause::Group| {
            g.tense == Tense::Participle
                && words.get(g.head + 1).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Num) && !w.time)
        };
        // "Beginning March 3, …": the verb only leads to its time.
        let leads = |g: &crate::grammar::clause::Group| {
            let next = |by: usize| words.get(g.head + by);
            let timed = next(1).is_some_and(|w| w.time)
                || next(1).is_some_and(|w| w.tag == Tag::Prep) && next(2).is_some_and(|w| w.time);
            g.tense == Tense::Gerund && is!(g.lemma, "begin" | "start" | "commence") && timed
        };
        // "goods that are entered or withdrawn on or after …": when the measure applies to them.
        let cleared = |g: &crate::grammar::clause::Group| {
            // "The duty laid in 2019 was withdrawn in May": no goods are.
            self.context.classes.has("clear_customs", &g.lemma)
                && !(g.finite && g.tense == Tense::Past)
                && (g.passive || g.theme.is_none() || matches!(g.tense, Tense::Participle | Tense::Gerund))
                // "for entries made from"
                || g.lemma == "make"
                    && g.head
                        .checked_sub(1)
                        .and_then(|i| words.get(i))
                        .is_some_and(|w| is!(w.lower, "entries" | "entry"))
        };
        let own = self.hit.frame.group.filter(|_| !self.hit.frame.nominal);
        let mut out = SmallVec::new();
        for (at, group) in self.view.clauses.groups.iter().enumerate() {
            let between = from <= group.head && group.head < to && own != Some(at);
            if between && !adjective(group) && !leads(group) && !cleared(group) {
                out.push(at);
            }
        }
        out
    }

    /// Where the part of the sentence begins that a time at `start` stands in.
    fn clause_edge(&self, start: usize) -> usize {
        let words = self.view.words;
        (0..start)
            .rev()
            .find(|&i| {
                words.get(i).is_some_and(|w| match w.tag {
                    Tag::Sub | Tag::Rel => true,
                    Tag::Conj => i + 2 >= start,
                    _ => is!(w.lower, ";" | ":" | "—" | "–" | "("),
                })
            })
            .map_or(0, |i| i + 1)
    }

    /// "the rules of October 9", "the August deadline": a time that tells which thing is meant.
    pub(super) fn modifies_noun(&self, start: usize, end: usize) -> bool {
        let words = self.view.words;
        let trigger = self.hit.frame.trigger;
        let own = |i: usize| trigger.0 <= i && i < trigger.1;
        let noun = |i: usize| {
            !own(i) && words.get(i).is_some_and(|w| !w.time && matches!(w.tag, Tag::Noun | Tag::Num))
        };
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let Some(mut before) = start.checked_sub(1) else { return false };
        let points = |i: usize| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss));
        // "offer January slots": slots of a month.
        let month = || {
            let word = words.get(start).filter(|_| end == start + 1);
            word.is_some_and(|w| crate::time::is_month(self.context.doc.slice(w.span)))
        };
        let led = words.get(before).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To | Tag::Punct));
        let plain = words.get(end).is_some_and(|w| w.tag == Tag::Noun && !w.capital && !w.name);
        if !led && plain && !own(end) && month() {
            return true;
        }
        let within = points(before) || start + 1 < end && points(start);
        if within && noun(end) && !words.get(end).is_some_and(|w| w.name) {
            return true;
        }
        // "of 2018 and 2019"
        if matches!(lower(before), "and" | "or")
            && before > 0
            && words.get(before - 1).is_some_and(|w| w.time)
        {
            while before > 0 && words.get(before).is_some_and(|w| w.time || is!(w.lower, "and" | "or")) {
                before -= 1;
            }
        }
        // "announced it in a letter of July 9": the letter is the act.
        let carried = before.checked_sub(1).is_some_and(|i| {
            matches!(
                lower(i),
                "letter" | "post" | "proclamation" | "notice" | "speech" | "statement" | "tweet"
            )
        }) && self.hit.rule.act.kind() == Kind::TariffAction;
        // "the ministry's decision on Monday": the day of that decision.
        // "released a statement on Monday": the statement is what was made that day.
        let made = self.hit.rule.act.kind() == Kind::Agreement
            && self.hit.frame.theme.is_some_and(|(from, to)| from < before && before <= to);
        // "welcomed the ruling on Monday": that day somebody welcomed it, unless it is the day on which to act was
        // decided.
        let judged = !self.hit.frame.nominal
            && (self.hit.rule.act.kind() == Kind::Statement || self.only_words())
            && !matches!(words.get(end).map(|w| w.tag), Some(Tag::To | Tag::Sub | Tag::Rel | Tag::Prep));
        let told = !made
            && !judged
            && lower(before) == "on"
            && before.checked_sub(1).is_some_and(|i| {
                i >= trigger.1
                    && words.get(i).is_some_and(|w| self.context.classes.has("told_noun", &w.lemma))
            });
        told || lower(before) == "of"
            && !carried
            && before.checked_sub(1).is_some_and(|i| {
                // "with an effective date of May 1"
                noun(i) && !PARTS.contains(&lower(i)) && lower(i) != "date"
            })
    }

    /// "the Trade Act of 1974", "Executive Order 14257 of April 2, 2025".
    pub(super) fn in_title(&self, span: Span) -> bool {
        self.within_title(self.before(span), span)
    }

    /// As [`Self::in_title`], given the words before the time.
    fn within_title(&self, before: &[Word], span: Span) -> bool {
        let printed = self.context.doc.slice(span);
        let first = || printed.split_whitespace().next().unwrap_or("");
        let led = printed.starts_with(['o', 'O']) && first().eq_ignore_ascii_case("of");
        let (of, name) = match before {
            _ if led => (true, before.last()),
            [.., name, of] => (of.lower == "of" || of.lower == "(" && numeral(first()), Some(name)),
            _ => (false, None),
        };
        of && name.is_some_and(|w| (w.capital || w.tag == Tag::Num) && !w.time && w.lower != "as")
    }

    /// The days a time means for this act, joined with the next day of "Thursday and Friday".
    pub(super) fn days_of(&self, time: &Timing, planned: bool, told: bool) -> Option<EventDate> {
        let published = self.context.published;
        let date = time.date.filter(|d| d.interval.is_some())?;
        let turned = match (date.interval, planned) {
            (Some((_, last)), true) if last < published => time.ahead.map(|(ahead, _)| ahead),
            (Some((first, _)), false) if first > published && (told || self.told_as_past(time)) => time.back,
            // "A trip planned for June was scrapped", told in July.
            (Some((first, _)), _) if first > published && self.called_off_since(time) => time.back,
            // "Was due in Lima on Monday and did not turn up"
            (Some((first, _)), _) if first > published && self.not_come() => time.back,
            _ => None,
        };
        let turned = turned.filter(|turned| {
            let far = turned.start().and_then(|day| published.until(day).ok());
            let group = self.own_group().filter(|_| self.hit.rule.act.kind() != Kind::Forecast);
            let past = group.is_some_and(|g| {
                g.tense == Tense::Past && g.modal.is_none() && time.span.end < self.trigger_span().start
            });
            let back = if past { TOLD_BACK } else { TURNED_BACK };
            far.is_some_and(|far| (-back..=TURNED_AHEAD).contains(&far.get_days()))
        });
        let date = turned.unwrap_or(date);
        let date = if planned { self.to_its_end(date) } else { date };
        if turned.is_some() || date.precision != Precision::Day {
            return Some(date);
        }
        let joined = self.times.iter().find_map(|other| {
            let (left, right) = if other.span.start > time.span.end {
                (time, other)
            } else if other.span.end < time.span.start {
                (other, time)
            } else {
                return None;
            };
            let gap = self.context.doc.slice(Span::new(left.span.end, right.span.start)).trim();
            let linked = matches!(gap, "and" | "and on" | "to" | "through");
            let ((from, _), (_, to)) = (left.date?.interval?, right.date?.interval?);
            let near = from.until(to).is_ok_and(|far| (1..=4).contains(&far.get_days()));
            (linked && near).then_some(EventDate { interval: Some((from, to)), precision: Precision::Range })
        });
        Some(joined.unwrap_or(date))
    }

    /// "A trip planned for June was scrapped": the time of a contact that did not come about.
    fn called_off_since(&self, time: &Timing) -> bool {
        let groups = &self.view.clauses.groups;
        let (start, end) = self.word_range(time.span);
        let planned = groups
            .iter()
            .rfind(|g| g.head < start)
            .is_some_and(|g| g.tense == Tense::Participle && is!(g.lemma, "plan" | "schedule" | "slate"));
        let off = groups.iter().find(|g| g.finite && g.head >= end).is_some_and(|g| {
            g.passive
                && g.tense == Tense::Past
                && is!(g.lemma, "scrap" | "cancel" | "call" | "postpone" | "put" | "drop" | "shelve" | "axe")
        });
        self.hit.rule.act.kind() == Kind::Engagement && planned && off
    }

    /// An ordinal at `at` that tells how often something has happened: "their fourth encounter".
    fn counts(&self, at: usize) -> bool {
        let owned = |i: usize| matches!(self.word(i), "their" | "the" | "his" | "her" | "its");
        at > 0
            && owned(at - 1)
            && self.view.words.get(at).is_some_and(|w| is!(w.lower, "first" | "only") || LATER.has(&w.lower))
    }

    /// "The charge, payable since 1 May": the time at `start` is that of the measure spoken of.
    fn of_standing_measure(&self, start: usize) -> bool {
        (start.saturating_sub(3)..start).any(|i| {
            matches!(
                self.word(i),
                "payable"
                    | "due"
                    | "levied"
                    | "charged"
                    | "applied"
                    | "collected"
                    | "force"
                    | "effect"
                    | "place"
            )
        })
    }

    /// Somebody who was to come did not, so that the day has been.
    fn not_come(&self) -> bool {
        self.hit.rule.act.kind() == Kind::Engagement && self.missed() == Some(Missed::Absent)
    }

    /// "will visit Lima this month": what is to come may do so until the month is over, while what has been
    /// has been so by the day of publication.
    fn to_its_end(&self, date: EventDate) -> EventDate {
        let Some((start, end)) = date.interval.filter(|(_, end)| *end == self.context.published) else {
            return date;
        };
        let last = match date.precision {
            Precision::Week => start.checked_add(jiff::Span::new().days(6)).ok(),
            Precision::Month => Some(start.last_of_month()),
            Precision::Year => Some(start.last_of_year()),
            _ => None,
        };
        EventDate { interval: Some((start, last.map_or(end, |last| last.max(end)))), ..date }
    }

    /// Whether the time is the beginning of something that goes on.
    pub(super) fn since(time: &Timing) -> bool {
        time.relation == Relation::Since
    }
}
