//! Acts that no rule reads where most sentences of the like tell one.

use crate::demands::{around, fits};
use crate::event::Kind;
use crate::frame_match::{Hit, View};
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Group, Range};
use crate::grammar::lower::{WordList, is};
use crate::grammar::rule::RuleSet;
use crate::grammar::tag::{Tag, Word};
use crate::learned::{Heard, Odds, PROPOSED, PROPOSED_ELSEWHERE, PROPOSED_UNNAMED};
use crate::slots::NO_DUTIES;
use crate::trigger_frame::TriggerFrame;
use crate::vocabulary::Vocabulary as _;
use crate::who::WhoKind;

/// The kind that a sentence most likely tells of those that are not `told` there; none where none is likely. A text
/// that is not `on_policy` of trade tells of contacts and pacts alone, in so many words: what it calls a levy is
/// paid at home, and its quarrels are on something else.
pub(crate) fn likeliest(view: View<'_>, odds: Odds, (told, on_policy): (&[Kind], bool)) -> Option<Kind> {
    let plain = told.is_empty() && on_policy && !view.voice.official;
    let least = if plain { PROPOSED } else { PROPOSED_ELSEWHERE };
    let joint = |kind: &Kind| matches!(kind, Kind::Engagement | Kind::Agreement);
    let told_of = |kind: &Kind| !told.contains(kind) && (on_policy || joint(kind));
    let likely = Kind::ALL.iter().filter(|kind| odds.of(**kind) >= least && told_of(kind));
    likely.max_by_key(|kind| odds.of(**kind)).copied()
}

/// The likeliest act of a kind, read at each word of the sentence that it may be read at, those that speak most for
/// it first, a tariff at the first one and at nouns.
pub(crate) fn propose<'p, 'r: 'p>(
    (rules, classes): (&'r RuleSet, &'p Classes),
    view: View<'p>,
    (heard, odds): (&Heard<'_>, Odds),
    kind: Kind,
) -> impl Iterator<Item = Hit<'r>> + use<'p, 'r> {
    let rule = heard.act(kind).and_then(|act| rules.stand_in(act));
    let words = heard.tellers(kind);
    // "The bank cut its rate to 2.5%, citing tariffs": whoever acts elsewhere in the sentence lays no duty.
    let elsewhere =
        move |number: usize, hit: &Hit<'_>| kind == Kind::TariffAction && number > 0 && !hit.frame.nominal;
    let frames = words.into_iter().filter_map(move |at| {
        let rule = rule?;
        // "agreed to meet again in Lima in May": a day tells no pact, "On May 2" no duty.
        let word = view.words.get(at)?;
        let on_a_day = matches!(kind, Kind::Agreement | Kind::TariffAction);
        if on_a_day && (word.time || word.tag == Tag::Prep) {
            return None;
        }
        around(view, rule, (at, at + 1))?;
        // "curbed Australian wine": an act of whoever curbed it, and none of Australia.
        let at = if kind == Kind::Tension { done_to_goods(view, classes, at).unwrap_or(at) } else { at };
        let mut reading = TriggerFrame::of(view, (at, at + 1))?;
        let frame = reading.tried(view, rule, |frame| Some(frame.clone()))?;
        Some(Hit { rule, frame, others: Vec::new() })
    });
    // "set June 1 as the deadline for a deal": none is made yet.
    let awaited = kind == Kind::Agreement
        && view
            .words
            .iter()
            .any(|w| is!(w.lower, "deadline" | "deadlines" | "timetable" | "mandate" | "mandates"));
    let speaks = matches!(kind, Kind::Statement | Kind::Forecast | Kind::BusinessShift);
    let doubted = odds.doubt();
    // "will start talks on a trade deal": a contact.
    let talked = move |frame: &Frame| {
        let begun = |w: &Word| is!(w.lower, "talks" | "negotiations" | "consultations" | "discussions");
        kind == Kind::Agreement
            && frame.group.and_then(|g| view.clauses.groups.get(g)).is_some_and(|g| {
                is!(
                    g.lemma,
                    "start" | "begin" | "open" | "launch" | "resume" | "restart" | "hold" | "continue"
                )
            })
            && frame
                .theme
                .and_then(|(from, to)| view.words.get(from..to))
                .is_some_and(|theme| theme.iter().any(begun))
    };
    // What is open at the word that speaks most for it is not done at another.
    let missed = kind == Kind::Engagement && kept_away(view);
    let stands = move |hit: &Hit<'_>| {
        !awaited && !missed && !talked(&hit.frame) && (speaks || doubted || !left_open(view, &hit.frame))
    };
    // "The central bank cut its rate": no duty.
    let bank = |(from, to): Range| {
        view.words.get(from..to).unwrap_or_default().iter().any(|w| is!(w.lower, "bank" | "fed" | "ecb"))
    };
    let lends = kind == Kind::TariffAction
        && view.clauses.groups.iter().any(|g| g.finite && g.subject.is_some_and(bank));
    let unnamed = move |hit: &Hit<'_>| {
        kind == Kind::TariffAction
            && names_no_tariff(view, classes, &hit.frame)
            && (odds.of(kind) < PROPOSED_UNNAMED || measured(view, &hit.frame))
    };
    let own =
        frames.enumerate().filter(move |(number, hit)| !elsewhere(*number, hit) && !lends && !unnamed(hit));
    let own = own.map(|(_, hit)| hit);
    own.take_while(stands).filter(move |hit| fits(view, classes, hit.rule, &hit.frame).is_some())
}

/// What is measured in percentages.
static FIGURES: WordList = WordList::new(&[
    "average",
    "bond",
    "currency",
    "deficit",
    "dollar",
    "earning",
    "economy",
    "euro",
    "export",
    "future",
    "gdp",
    "growth",
    "index",
    "inflation",
    "margin",
    "output",
    "peso",
    "price",
    "profit",
    "revenue",
    "rupee",
    "sale",
    "share",
    "stock",
    "surplus",
    "turnover",
    "yield",
    "yuan",
]);

/// "The index lost 1.8%", "cut its spending to 4%": what is measured rather than charged.
fn measured(view: View<'_>, frame: &Frame) -> bool {
    let names = |(from, to): Range, list: &WordList| {
        view.words.get(from..to).unwrap_or_default().iter().any(|w| list.has(&w.lemma))
    };
    frame.agent.is_some_and(|agent| names(agent, &FIGURES)) || names(frame.extent, &NO_DUTIES)
}

fn names_no_tariff(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    !classes.get("tariff").is_some_and(|tariff| view.has(frame.extent, tariff))
}

/// "half the 36% that Oslo had threatened to charge", "was spared the 36%": a clause names no tariff, and somewhere in the
/// sentence something is not done.
pub(crate) fn unsure_tariff(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    names_no_tariff(view, classes, frame) && clouded(view, classes)
}

fn clouded(view: View<'_>, classes: &Classes) -> bool {
    let open = |g: &Group| {
        let modal = g.modal.as_deref().is_some_and(|m| !matches!(m, "will" | "shall" | "must"));
        g.negated || g.condition || modal || classes.has("doubt", &g.lemma)
    };
    let spared = |w: &Word| {
        is!(
            w.lemma,
            "avert"
                | "avoid"
                | "dodge"
                | "escape"
                | "fear"
                | "plan"
                | "proposal"
                | "rumour"
                | "rumor"
                | "spare"
                | "threat"
        )
    };
    view.clauses.groups.iter().any(open) || view.words.iter().any(spared)
}

/// The verb that is done to the goods which the word at `at` names; none where it names a measure.
fn done_to_goods(view: View<'_>, classes: &Classes, at: usize) -> Option<usize> {
    let word = view.words.get(at).filter(|w| w.tag == Tag::Noun && !w.name && !w.time)?;
    let measure = ["curb", "curb_noun", "sanction_noun", "tariff", "port_fee", "list_noun"]
        .iter()
        .any(|class| classes.has(class, &word.lemma))
        || is!(
            word.lemma,
            "action"
                | "ban"
                | "case"
                | "complaint"
                | "control"
                | "countermeasure"
                | "decision"
                | "dispute"
                | "embargo"
                | "fee"
                | "inquiry"
                | "investigation"
                | "list"
                | "measure"
                | "move"
                | "order"
                | "probe"
                | "response"
                | "restriction"
                | "retaliation"
                | "rule"
                | "step"
                | "threat"
        );
    let own = |g: &&Group| {
        g.finite
            && !g.passive
            && g.subject.is_some()
            && g.theme.is_some_and(|(from, to)| {
                let of_state = view.who_in((from, at)).any(|w| w.kind == WhoKind::Adjective);
                g.head < from && from < at && at + 1 == to && of_state
            })
    };
    view.clauses.groups.iter().find(own).filter(|_| !measure).map(|g| g.head)
}

/// "blocked sanctions of the bloc", "dodges the duty": a measure of others that somebody keeps off.
fn undone_measure(view: View<'_>, group: &Group) -> bool {
    let (from, to) = group.theme.filter(|_| !group.passive).unwrap_or_default();
    is!(
        group.lemma,
        "block"
            | "veto"
            | "evade"
            | "circumvent"
            | "dodge"
            | "skirt"
            | "defy"
            | "flout"
            | "survive"
            | "weather"
    ) && view.words.get(from..to).unwrap_or_default().iter().any(|w| {
        is!(
            w.lemma,
            "sanction"
                | "tariff"
                | "duty"
                | "levy"
                | "curb"
                | "embargo"
                | "ban"
                | "probe"
                | "measure"
                | "pact"
        )
    })
}

/// "skipped a meeting", "a meeting planned for May 2, which is now off": somebody keeps away from the contact.
fn kept_away(view: View<'_>) -> bool {
    view.clauses.groups.iter().any(|g| {
        let behind = |by: usize, word: &str| view.words.get(g.head + by).is_some_and(|w| w.lower == word);
        is!(g.lemma, "skip" | "miss" | "snub" | "shun" | "boycott" | "cancel" | "decline" | "forgo" | "scrap")
            || g.lemma == "turn" && behind(1, "down")
            || is!(g.lemma, "call" | "put" | "be") && (behind(1, "off") || behind(2, "off"))
    })
}

/// "said a probe could be opened", "ruled out a probe": what the verb of a frame leads to is not told as done.
fn left_open(view: View<'_>, frame: &Frame) -> bool {
    let groups = &view.clauses.groups;
    let Some(own) = frame.group else { return false };
    let open = |g: &Group| {
        let behind = |word: &str| view.words.get(g.head + 1).is_some_and(|w| w.lower == word);
        g.negated
            || g.modal.as_deref().is_some_and(|m| matches!(m, "may" | "might" | "could" | "can" | "should"))
            || is!(g.lemma, "rule") && behind("out")
            || is!(g.lemma, "speak" | "talk" | "hint" | "warn")
                && (behind("of") || behind("at") || behind("against"))
            // "cut its rate to 2.5%, citing tariffs"
            || frame.nominal && is!(g.lemma, "cite" | "blame" | "mention" | "discuss" | "debate" | "lament")
            || is!(g.lemma, "oppose" | "reject" | "avoid" | "delay" | "postpone" | "fail" | "deny" | "refuse")
            || g.lemma == "vote" && behind("against")
            || undone_measure(view, g)
    };
    groups
        .iter()
        .enumerate()
        .any(|(at, g)| (at == own || view.clauses.chain(at).any(|over| over == own)) && open(g))
}
