//! Words beside an act that keep it from having happened: almosts, conditions, hindrances, rumours.

use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Group, Range, Tense};
use crate::grammar::lower::{WordId, WordList, few, is};
use crate::grammar::tag::{Tag, Word};

/// Nouns of what is only told about, before "that" or "of".
static UNCERTAIN: WordList = WordList::new(&[
    "chance",
    "chatter",
    "danger",
    "fantasy",
    "fear",
    "gossip",
    "hope",
    "hypothesis",
    "idea",
    "likelihood",
    "myth",
    "notion",
    "possibility",
    "prospect",
    "risk",
    "rumor",
    "rumour",
    "spectre",
    "specter",
    "speculation",
    "suggestion",
    "suspicion",
    "talk",
    "whisper",
]);

/// Those who do not decide for a state.
static ONLOOKERS: WordList = WordList::new(&[
    "analyst",
    "bookmaker",
    "commentator",
    "critic",
    "economist",
    "exporter",
    "farmer",
    "gambler",
    "importer",
    "investor",
    "observer",
    "optimist",
    "pessimist",
    "pundit",
    "sceptic",
    "skeptic",
    "strategist",
    "trader",
]);

/// Verbs that keep somebody from an act.
static HINDERING: WordList = WordList::new(&[
    "ban",
    "bar",
    "block",
    "deter",
    "discourage",
    "dissuade",
    "enjoin",
    "forbid",
    "hinder",
    "keep",
    "preclude",
    "prevent",
    "prohibit",
    "restrain",
    "save",
    "spare",
    "stop",
]);

/// Verbs that leave an act to somebody.
pub(crate) static ENABLING: WordList =
    WordList::new(&["allow", "authorise", "authorize", "empower", "enable", "entitle", "let", "permit"]);

/// "According to a rumour", "by a leaked draft": words nobody answers for.
pub(crate) fn hearsay(view: View<'_>, (from, to): Range) -> bool {
    let words = view.words.get(from..to).unwrap_or_default();
    words.iter().any(|w| {
        is!(w.lemma, "rumour" | "rumor" | "gossip" | "draft" | "legend" | "leak" | "folklore" | "myth")
            || w.lower == "leaked"
    })
}

/// "Few expect Oslo to lift the duty", "no one believes that it will".
pub(crate) fn hardly_anybody(view: View<'_>, group: &Group) -> bool {
    let first = group.subject.and_then(|s| view.words.get(s.0));
    first.is_some_and(|w| is!(w.lower, "few" | "nobody" | "no" | "none" | "neither" | "nothing" | "hardly"))
}

/// What the onlookers at `group` say of what others do or will do is no more than a belief.
///
/// "Traders believe that Oslo will lift its ban on salmon feed."
pub(crate) fn guessed(view: View<'_>, group: &Group, below: &Group) -> bool {
    // "Traders said they would buy feed": their own business.
    let own = below.subject.and_then(|s| view.words.get(s.0)).is_some_and(|w| w.tag == Tag::Pron);
    let mut speaker =
        group.subject.into_iter().flat_map(|(from, to)| view.words.get(from..to).unwrap_or_default());
    !own && speaker.any(|w| ONLOOKERS.has(&w.lemma))
        && (below.modal.is_some() || is!(group.lemma, "believe" | "think" | "reckon" | "suppose" | "suspect"))
}

/// What is said is made up: "a fake letter said that Oslo had lifted the ban", "wrongly said that it had".
pub(crate) fn made_up(view: View<'_>, group: &Group) -> bool {
    let mut speaker =
        group.subject.into_iter().flat_map(|(from, to)| view.words.get(from..to).unwrap_or_default());
    let beside = view.words.get(group.start.saturating_sub(1)..group.head + 3).unwrap_or_default();
    // "It would be wrong to say that Oslo has lifted the ban."
    let wrong = group.tense == Tense::Infinitive
        && back(view, group.start, 1).is_some_and(|w| {
            is!(
                w.lower,
                "wrong"
                    | "inaccurate"
                    | "false"
                    | "misleading"
                    | "untrue"
                    | "incorrect"
                    | "mistaken"
                    | "mistake"
                    | "error"
            )
        });
    // "An earlier version of this article said that Oslo had lifted the ban."
    let superseded = speaker.clone().any(|w| w.lower == "version")
        && speaker.clone().any(|w| is!(w.lower, "earlier" | "previous" | "original" | "first"));
    wrong
        || superseded
        || speaker.any(|w| {
            is!(w.lemma, "fake" | "bogus" | "forged" | "doctored" | "hoax" | "deepfake" | "satirical")
        })
        || beside
            .iter()
            .any(|w| is!(w.lower, "wrongly" | "falsely" | "mistakenly" | "erroneously" | "incorrectly"))
}

/// Whether the act of a frame is left open by the words beside it.
pub(crate) fn open(view: View<'_>, classes: &Classes, frame: &Frame, chain: &[usize]) -> bool {
    let mut groups = chain.iter().filter_map(|&g| view.clauses.groups.get(g));
    let left_open = |g: &Group| {
        g.passive && made_up(view, g) || nearly(view, g) || rumoured(view, g) || drafted(view, classes, g)
    };
    groups.clone().any(left_open)
        || groups.clone().skip(1).any(|g| voted(view, g))
        || !frame.nominal && groups.next().is_some_and(|g| hedged(view, g) || willing(view, g))
        || !frame.nominal && possible(view, classes, frame)
        || frame.nominal && left_to_others(view, classes, frame)
        || goes_on(view, classes, frame)
        || judged(view, frame)
        || shown_by_draft(view, classes, frame)
        || !frame.nominal && (buried(view, frame) || aimed_at(view, frame))
        || floated(view, frame)
        || only_proposed(view, frame)
        || under_negotiation(view, classes, frame)
        || offered(view, frame)
        || perhaps(view, chain)
        || whenever(view, frame)
        || supposed(view, frame, chain)
}

/// "kept Oslo from taxing feed": not done.
pub(crate) fn hindered(view: View<'_>, chain: &[usize]) -> bool {
    let groups = &view.clauses.groups;
    chain.iter().filter_map(|&at| Some((at, groups.get(at)?))).any(|(at, group)| {
        let above = at.checked_sub(1).and_then(|above| groups.get(above));
        let from = back(view, group.head, 1).is_some_and(|w| w.lower == "from");
        // "talked Oslo out of taxing feed"
        let out_of = back(view, group.head, 1).is_some_and(|w| w.lower == "of")
            && back(view, group.head, 2).is_some_and(|w| w.lower == "out");
        group.tense == Tense::Gerund
            && above.is_some_and(|g| !g.negated && (from && HINDERING.has(&g.lemma) || out_of))
    })
}

/// "Oslo abolishes the duty once the treaty is ratified": told in the present, to come.
pub(crate) fn awaits(view: View<'_>, frame: &Frame) -> bool {
    let Some(own) = frame.group.filter(|_| !frame.nominal).and_then(|g| view.clauses.groups.get(g)) else {
        return false;
    };
    let opens = |at: usize| {
        let lower = |at: usize| view.words.get(at).map_or("", |w| w.lower.as_str());
        is_when(lower(at)) || lower(at) == "as" && lower(at + 1) == "soon" && lower(at + 2) == "as"
    };
    own.finite
        && own.modal.is_none()
        && own.tense == Tense::Present
        && view.clauses.groups.iter().any(|g| {
            let from = g.opens();
            let opener = from.checked_sub(1).filter(|&at| at == 0 || at > own.head);
            g.finite
                && g.head != own.head
                && matches!(g.tense, Tense::Present | Tense::Perfect)
                && opener.is_some_and(|at| opens(at) || at >= 2 && opens(at - 2))
        })
}

fn is_when(word: &str) -> bool {
    matches!(word, "when" | "once")
}

/// The word `count` before `at`.
fn back(view: View<'_>, at: usize, count: usize) -> Option<&Word> {
    at.checked_sub(count).and_then(|i| view.words.get(i))
}

/// "criticism of the 40% duty", "complaints about it": the noun is what somebody finds fault with.
pub(crate) fn blamed(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let start = crate::grammar::clause::phrase_start(view.words, frame.trigger.0);
    let linked =
        back(view, start, 1).is_some_and(|w| is!(w.lower, "of" | "about" | "over" | "against" | "to" | "at"));
    // "criticism on Monday of the duty"
    let mut before = view.words.get(..start.saturating_sub(1)).unwrap_or_default().iter().rev();
    let noun = before.find(|w| !(w.time || w.lower == "on"));
    linked && noun.is_some_and(|w| classes.has("blame_noun", &w.lemma))
}

/// "almost taxed feed", "all but dropped the duty", but not "nearly doubled the duty".
fn hedged(view: View<'_>, group: &Group) -> bool {
    let measured = is!(group.lemma, "double" | "triple" | "treble" | "quadruple" | "halve" | "reach");
    let all_but = back(view, group.head, 1).is_some_and(|w| w.lower == "but")
        && back(view, group.head, 2).is_some_and(|w| w.lower == "all");
    let adverb = |w: &Word| {
        is!(w.lower, "almost" | "nearly" | "supposedly" | "purportedly" | "ostensibly" | "theoretically")
    };
    let near = || view.words.get(group.start.saturating_sub(1)..group.head).unwrap_or_default();
    !measured && (all_but || near().iter().any(adverb))
}

/// "close to taxing feed", "on the brink of it", "came within days of it", "was about to tax it".
fn nearly(view: View<'_>, group: &Group) -> bool {
    let word = |count: usize| back(view, group.head, count).map_or(WordId::NONE, |w| w.lower.id());
    let gerund = || view.words.get(group.head).is_some_and(|w| w.lower.as_str().ends_with("ing"));
    let close = word(1) == "to" && is!(word(2), "close" | "closer" | "near");
    let brink = word(1) == "of" && is!(word(2), "brink" | "verge" | "edge" | "cusp" | "point");
    let within = word(1) == "of"
        && (2..6).any(|count| {
            word(count) == "within"
                && back(view, group.head, count + 1)
                    .is_some_and(|w| is!(w.lemma, "come" | "be" | "get" | "stand"))
        });
    // "was about to tax feed": it did not come to that.
    let about = word(1) == "to"
        && (word(2) == "about" && is!(word(3), "was" | "were" | "been")
            || word(2) == "going" && is!(word(3), "was" | "were"));
    (close || brink || within) && gerund() || about
}

/// "A leaked draft shows Oslo cutting its duty": what a paper that is not yet law would do.
fn shown_by_draft(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let groups = &view.clauses.groups;
    let Some(at) = frame.group.filter(|_| !frame.nominal) else { return false };
    let gerund = groups.get(at).is_some_and(|g| g.tense == Tense::Gerund);
    let above = at.checked_sub(1).and_then(|above| groups.get(above));
    let draft = |w: &Word| {
        w.lower == "draft"
            || w.tag == Tag::Noun && (classes.has("proposal", &w.lemma) || UNCERTAIN.has(&w.lemma))
    };
    gerund
        && above.is_some_and(|g| {
            let (from, to) = g.subject.unwrap_or_default();
            is!(g.lemma, "show" | "see" | "have" | "envisage" | "foresee")
                && view.words.get(from..to).unwrap_or_default().iter().any(draft)
        })
}

/// "Most farmers oppose dropping the duty", "favours taxing feed": what somebody thinks of it.
fn judged(view: View<'_>, frame: &Frame) -> bool {
    let own = frame.group.filter(|_| !frame.nominal).and_then(|g| view.clauses.groups.get(g));
    own.filter(|g| g.tense == Tense::Gerund).and_then(|g| back(view, g.start, 1)).is_some_and(|w| {
        is!(w.lemma, "oppose" | "favour" | "favor" | "support" | "resist" | "back" | "advocate" | "regret")
    })
}

/// "put a cut in the duty on the table", "tabled a lower rate": offered, not done.
pub(crate) fn offered(view: View<'_>, frame: &Frame) -> bool {
    let Some(group) = frame.group.filter(|_| frame.nominal).and_then(|g| view.clauses.groups.get(g)) else {
        return false;
    };
    if !view.stances.words(view).may_have(few!["table"]) && group.lemma != "table" {
        return false;
    }
    let ends = |three: &[Word]| match three {
        [on, the, table] => {
            is!(on.lower, "on" | "onto") && is!(the.lower, "the" | "its" | "their") && table.lower == "table"
        }
        _ => false,
    };
    let behind = view.words.get(frame.trigger.1..).unwrap_or_default();
    group.head < frame.trigger.0
        && (group.lemma == "table"
            || is!(group.lemma, "put" | "lay" | "place" | "leave" | "have") && behind.windows(3).any(ends))
}

/// "made any relief contingent on deliveries", "keeps an end of the duty conditional on a deal": it waits for that.
pub(crate) fn contingent(view: View<'_>, frame: &Frame) -> bool {
    let Some(group) = frame.group.filter(|_| frame.nominal).and_then(|g| view.clauses.groups.get(g)) else {
        return false;
    };
    if !is!(group.lemma, "make" | "keep" | "leave") || group.head >= frame.trigger.0 {
        return false;
    }
    let behind = view.words.get(group.head + 1..).unwrap_or_default();
    let hangs = |two: &[Word]| match two {
        [how, on] => {
            is!(how.lower, "contingent" | "conditional" | "dependent") && is!(on.lower, "on" | "upon")
        }
        _ => false,
    };
    behind.windows(2).any(hangs)
}

/// "are close to a deal to cut the rate", "hopes for an accord that …": the deal is not made.
fn under_negotiation(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let Some(own) = frame.group.filter(|_| !frame.nominal).and_then(|g| view.clauses.groups.get(g)) else {
        return false;
    };
    // "is close to a deal that would cut its rate"
    let would = own.modal.as_deref().is_some_and(|m| matches!(m, "would" | "could" | "might" | "may"));
    let that = back(view, own.start, 1).filter(|w| would && is!(w.lower, "that" | "which"));
    let noun = own.start.checked_sub(1 + usize::from(that.is_some())).filter(|&i| {
        (own.tense == Tense::Infinitive || that.is_some())
            && view.words.get(i).is_some_and(|w| classes.has("agreement_noun", &w.lemma))
    });
    noun.is_some_and(|at| {
        let start = crate::grammar::clause::phrase_start(view.words, at);
        // "is “very close” to a deal"
        let before = view.words.get(..start).unwrap_or_default().iter().rev();
        let said: Vec<&str> =
            before.filter(|w| w.tag != Tag::Punct).take(2).map(|w| w.lower.as_str()).collect();
        let led = |count: usize| said.get(count - 1).copied().unwrap_or_default();
        matches!(
            (led(1), led(2)),
            ("to" | "on", "close" | "closer" | "near" | "in")
                | ("for" | "of", "hopes" | "hope" | "push" | "talks")
        ) || matches!(
            led(1),
            "near" | "nearing" | "towards" | "toward" | "seek" | "seeking" | "negotiating" | "over"
        )
    })
}

/// "wants to go on talking to Oslo", "hopes to keep taxing feed": what somebody means to go on with.
fn goes_on(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let groups = &view.clauses.groups;
    let Some(at) = frame.group.filter(|_| !frame.nominal) else { return false };
    let (Some(own), Some(before)) = (groups.get(at), at.checked_sub(1)) else { return false };
    let Some(above) =
        groups.get(before).filter(|g| is!(g.lemma, "go" | "keep" | "continue" | "resume" | "start"))
    else {
        return false;
    };
    let next = own.tense == Tense::Gerund && own.start <= above.head + 2;
    next && above.tense == Tense::Infinitive
        && view
            .clauses
            .chain(before)
            .skip(1)
            .filter_map(|g| groups.get(g))
            .any(|g| classes.has("doubt", &g.lemma))
}

/// "is willing to drop the duty": offered at most.
fn willing(view: View<'_>, group: &Group) -> bool {
    back(view, group.head, 1).is_some_and(|w| w.tag == Tag::To)
        && back(view, group.head, 2).is_some_and(|w| {
            is!(w.lower, "willing" | "ready" | "prepared" | "inclined" | "reluctant" | "tempted" | "eager")
        })
}

/// "voted against a duty", "dodged a duty": there is none.
fn averted(view: View<'_>, group: &Group) -> bool {
    let next = view.words.get(group.head + 1);
    !group.negated
        && (is!(group.lemma, "block" | "veto" | "thwart" | "avert" | "defeat" | "dodge" | "escape")
            // "was split on Monday over a duty"
            || is!(group.lemma, "split" | "divide" | "disagree" | "quarrel" | "clash" | "differ" | "squabble")
            || group.lemma == "vote" && next.is_some_and(|w| is!(w.lower, "against" | "down")))
}

/// "the Senate voted to end the duty": one chamber makes no law.
fn voted(view: View<'_>, group: &Group) -> bool {
    let (from, to) = group.subject.unwrap_or_default();
    group.lemma == "vote"
        && view.words.get(from..to).unwrap_or_default().iter().any(|w| {
            is!(w.lower, "senate" | "house" | "senators" | "chamber" | "committee" | "commons" | "lawmakers")
        })
}

/// "announced a possible 25% duty", "faces the threat of a 35% duty".
fn possible(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let (from, to) = frame.theme.unwrap_or_default();
    // "dropped its threat to raise the duty", "denounced the threat": that is done.
    let verb = frame.group.and_then(|g| view.clauses.groups.get(g)).map(|g| &g.lemma);
    let past_it = || {
        verb.is_some_and(|lemma| {
            is!(lemma, "back" | "walk" | "retract" | "take" | "lift")
                || ["cancel", "suspend", "remove", "condemn", "judge_verb"]
                    .iter()
                    .any(|class| classes.has(class, lemma))
        })
    };
    let looms = |w: &Word| is!(w.lower, "threat" | "threats" | "prospect" | "spectre" | "specter");
    view.words.get(from..to).unwrap_or_default().iter().take_while(|w| w.tag != Tag::Prep).any(|w| {
        is!(w.lower, "possible" | "potential" | "eventual" | "hypothetical" | "would-be")
            || looms(w) && !past_it()
    })
}

/// "Was to have met", "was due to have been raised", of what did not come about.
pub(crate) fn was_to_have(view: View<'_>, group: &Group) -> bool {
    let been = usize::from(back(view, group.head, 1).is_some_and(|w| w.lower == "been"));
    let word = |count: usize| back(view, group.head, count + been).map_or(WordId::NONE, |w| w.lower.id());
    let meant = usize::from(is!(word(3), "due" | "meant" | "scheduled" | "supposed"));
    word(1) == "have" && word(2) == "to" && is!(word(3 + meant), "was" | "were")
}

/// "Could find itself facing a duty", "may end up paying": as open as the verb it hangs on.
pub(crate) fn may_end_up(view: View<'_>, group: &Group) -> bool {
    const BETWEEN: usize = 3;
    let ends = |g: &&Group| {
        g.head < group.start
            && group.start <= g.head + BETWEEN
            && matches!(g.modal.as_deref(), Some("could" | "may" | "might" | "would" | "can"))
            && is!(g.lemma, "find" | "end" | "wind" | "finish" | "start" | "begin" | "stop" | "risk" | "land")
    };
    group.tense == Tense::Gerund && view.clauses.groups.iter().any(|g| ends(&g))
}

/// "Had been due to raise", of a plan that has been overtaken.
pub(crate) fn had_been_due(view: View<'_>, group: &Group) -> bool {
    let word = |count: usize| back(view, group.head, count).map_or(WordId::NONE, |w| w.lower.id());
    // "Another round had been planned for May"
    let planned =
        is!(group.lemma, "plan" | "schedule" | "foresee" | "slate" | "pencil" | "book" | "envisage");
    word(1) == "to"
        && is!(word(2), "due" | "set" | "scheduled" | "slated" | "supposed" | "expected" | "meant" | "poised")
        && word(3) == "been"
        && word(4) == "had"
        || planned && group.passive && word(1) == "been" && word(2) == "had"
}

/// Verbs by which a bill or a motion comes to nothing.
static BURIED: WordList = WordList::new(&[
    "abandon", "block", "bury", "defeat", "drop", "kill", "reject", "scrap", "shelve", "sink", "veto",
    "vote", "withdraw",
]);

/// "rejected an amendment that taxed feed", "a bill taxing feed was shelved": the paper was never law.
fn buried(view: View<'_>, frame: &Frame) -> bool {
    let groups = &view.clauses.groups;
    let Some(own) = frame.group.and_then(|g| groups.get(g)) else { return false };
    let (from, to) = own.subject.unwrap_or_default();
    let paper =
        |w: &Word| is!(w.lemma, "amendment" | "bill" | "motion" | "resolution" | "proposal" | "petition");
    let opens = view.words.get(from..to).unwrap_or_default().iter().take_while(|w| w.tag != Tag::Prep);
    let within = |range: Range| range.0 <= from && to <= range.1;
    opens.clone().any(paper)
        && groups.iter().any(|g| {
            let fate = if g.passive { g.subject } else { g.theme };
            BURIED.has(&g.lemma) && g.head != own.head && fate.is_some_and(within)
        })
}

/// "the 25% duty on feed that Oslo proposed in May": no more than a proposal, unless it is told what became of it.
fn only_proposed(view: View<'_>, frame: &Frame) -> bool {
    let words = view.words;
    let noun = frame.trigger.0;
    let groups = &view.clauses.groups;
    let subject = groups.iter().any(|g| g.finite && g.subject.is_some_and(|s| s.0 <= noun && noun < s.1));
    frame.nominal
        && !subject
        && groups.iter().any(|g| {
            let opener = g.opens().checked_sub(1).and_then(|i| words.get(i));
            let led = g.contact || opener.is_some_and(|w| is!(w.lower, "that" | "which"));
            led && g.finite
                && !g.negated
                && noun < g.head
                && g.head <= noun + PROPOSED
                && g.theme.is_none_or(|theme| theme.1 <= g.start)
                && matches!(g.tense, Tense::Past | Tense::Perfect)
                && is!(g.lemma, "propose" | "recommend" | "suggest" | "float" | "moot")
        })
}

/// How many words behind a duty it may stand that it was proposed.
const PROPOSED: usize = 14;

/// "a 25% duty on feed, once floated by Oslo": spoken of by those who might have laid it.
fn floated(view: View<'_>, frame: &Frame) -> bool {
    let words = view.words;
    let behind =
        |at: usize| words.get(at).is_some_and(|w| is!(w.lower, "floated" | "mooted" | "touted" | "dangled"));
    frame.nominal
        && (frame.trigger.1..words.len().min(frame.trigger.1 + FLOATED))
            .take_while(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Sub && w.lower != ";"))
            .any(|at| {
                behind(at)
                    && (words.get(at + 1).is_some_and(|w| w.lower == "by")
                        || at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
                            is!(w.lower, "once" | "earlier" | "first" | "long" | "," | "briefly")
                        }))
            })
}

/// How many words behind a duty it may stand that it was only floated.
const FLOATED: usize = 10;

/// "To tax feed, Oslo would need a new law": what is not yet so, in order that it may be done.
fn aimed_at(view: View<'_>, frame: &Frame) -> bool {
    let groups = &view.clauses.groups;
    let Some(own) = frame.group.and_then(|g| groups.get(g)) else { return false };
    let first = view.words.iter().position(|w| w.tag != Tag::Punct);
    let opens = view.words.get(own.start).is_some_and(|w| w.tag == Tag::To) && first == Some(own.start);
    let main = groups.iter().find(|g| g.finite && g.head > own.head);
    opens
        && main.is_some_and(|g| {
            g.modal.is_some() || is!(g.lemma, "need" | "require" | "take" | "must" | "want" | "hope" | "have")
        })
}

/// "The draft order taxes feed", "the order, if signed, taxes feed".
fn drafted(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    if group.tense != Tense::Present || !group.finite {
        return false;
    }
    let (from, to) = group.subject.unwrap_or_default();
    let subject = view.words.get(from..to).unwrap_or_default();
    let proposal = |w: &Word| {
        is!(w.lower, "draft" | "proposed") || w.tag == Tag::Noun && classes.has("proposal", &w.lemma)
    };
    let drafted = subject.iter().take_while(|w| w.tag != Tag::Prep).any(proposal);
    let awaited = || {
        view.words.get(from..group.head).unwrap_or_default().windows(3).any(|three| match three {
            [comma, when, verb] => {
                comma.lower == "," && is!(when.lower, "if" | "once") && matches!(verb.tag, Tag::Verb(_))
            }
            _ => false,
        })
    };
    drafted || awaited()
}

/// "Each time Oslo taxes feed", "by the time it lifts the duty", "whether it lifts the duty or not".
fn whenever(view: View<'_>, frame: &Frame) -> bool {
    let lower = |at: usize| view.words.get(at).map_or(WordId::NONE, |w| w.lower.id());
    let own = frame.group.and_then(|g| view.clauses.groups.get(g));
    let Some(own) = own.filter(|g| g.finite && g.modal.is_none() && g.tense == Tense::Present) else {
        return false;
    };
    let every = lower(0) == "whenever" || is!(lower(0), "each" | "every") && lower(1) == "time";
    let from = own.opens();
    let near = |count: usize| back(view, from, count).map_or(WordId::NONE, |w| w.lower.id());
    let opened = is!(near(1), "whenever" | "until")
        || near(1) == "whether"
        || near(1) == "not" && near(2) == "or" && near(3) == "whether"
        || near(1) == "time" && is!(near(2), "the" | "each" | "every")
        // "asks what happens when Oslo taxes feed"
        // "Not until Oslo lifts the duty will Bern sign."
        || lower(0) == "not" && lower(1) == "until"
        || is!(near(1), "when" | "if") && is!(near(2), "happens" | "happened" | "ensues" | "follows");
    // "After Oslo lifts the duty, exports could double."
    let later = near(1) == "after"
        && view.clauses.groups.iter().any(|g| g.head > own.head && g.finite && g.modal.is_some());
    every || opened || later
}

/// "rumours that Oslo had taxed feed", "rumours are flying that Oslo will tax feed".
fn rumoured(view: View<'_>, group: &Group) -> bool {
    let from = group.opens();
    let rumour = |w: &Word| w.tag == Tag::Noun && UNCERTAIN.has(&w.lemma);
    let spread = || {
        let that = from.checked_sub(1)?;
        let verb = view.clauses.groups.iter().rfind(|g| g.finite && g.head < that)?;
        let goes_round = verb.head > verb.start
            || is!(
                verb.lemma,
                "swirl" | "spread" | "circulate" | "fly" | "mount" | "grow" | "abound" | "persist"
            );
        let spreads = that - verb.head < SPREAD && goes_round;
        let (_, end) = verb.subject.filter(|_| spreads && verb.modal.is_none())?;
        view.words.get(end.checked_sub(1)?).filter(|w| rumour(w))
    };
    // "the idea of Oslo taxing feed"
    let thought_of = group.tense == Tense::Gerund
        && back(view, from, 1).is_some_and(|w| is!(w.lower, "of" | "about"))
        && back(view, from, 2).is_some_and(rumour);
    thought_of
        || group.finite
            && back(view, from, 1).is_some_and(|w| w.lower == "that")
            && (back(view, from, 2).is_some_and(rumour) || spread().is_some())
}

/// A verb stands fewer words before "that" where it only tells that a rumour spreads.
const SPREAD: usize = 4;

/// "lets the minister put 5% on feed", "demand that Oslo tax feed", "the idea of a duty on feed".
fn left_to_others(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let start = crate::grammar::clause::phrase_start(view.words, frame.trigger.0);
    let led = |count: usize| back(view, start, count).map_or("", |w| w.lemma.as_str());
    // "a plan for a duty", "a vote on a duty", "split over a duty", "for want of a duty".
    let sought = match led(1) {
        "for" => matches!(
            led(2),
            "plan"
                | "proposal"
                | "push"
                | "bid"
                | "demand"
                | "call"
                | "plea"
                | "petition"
                | "appetite"
                | "support"
                | "argument"
                | "case"
                | "vote"
                | "hope"
                | "need"
        ),
        "on" | "over" => matches!(
            led(2),
            "vote"
                | "ballot"
                | "referendum"
                | "debate"
                | "divided"
                | "divide"
                | "split"
                | "torn"
                | "undecided"
        ),
        "of" => matches!(led(2), "want" | "lack" | "absence" | "instead" | "out" | "mention"),
        // "was amended to remove a reference to a duty"
        "to" => matches!(led(2), "reference" | "allusion"),
        _ => false,
    };
    let idea = sought
        || back(view, start, 1).is_some_and(|w| is!(w.lower, "of" | "about"))
            && back(view, start, 2).is_some_and(|w| UNCERTAIN.has(&w.lemma));
    let toyed = back(view, start, 1).is_some_and(|w| w.lower == "with")
        && back(view, start, 2).is_some_and(|w| is!(w.lower, "toyed" | "toying" | "flirted" | "flirting"));
    let above = view.clauses.groups.iter().rev().find(|g| g.head < start);
    let between = |g: &Group| view.words.get(g.head + 1..frame.trigger.0).unwrap_or_default();
    // The verb of the act stands without "to" and is no group of its own.
    let leaves = |g: &Group| ENABLING.has(&g.lemma) || classes.has("doubt", &g.lemma);
    let laid = |w: &Word| {
        is!(
            w.lower,
            "impose" | "levy" | "put" | "place" | "set" | "lay" | "slap" | "charge" | "add" | "raise" | "cut"
        )
    };
    // "Section 5 lets the minister lay a duty": after its number, "lets" is taken for no verb.
    let lets = || {
        view.stances.words(view).may_have(few!["lets"])
            && view.words.get(..frame.trigger.0).unwrap_or_default().iter().any(|w| w.lower == "lets")
    };
    idea || toyed
        || lets()
        || above.is_some_and(|g| {
            let direct = between(g).iter().all(|w| !is!(w.lower, "," | ";" | ":" | "—"));
            direct && (averted(view, g) || leaves(g) && between(g).iter().any(laid))
        })
}

/// "Accused Bern of taxing feed": whose word it is that the act was done.
pub(crate) fn accuser(view: View<'_>, frame: &Frame) -> Option<Range> {
    let at = frame.group.filter(|_| !frame.nominal)?;
    let own = view.clauses.groups.get(at)?;
    let above = view.clauses.groups.get(at.checked_sub(1)?)?;
    let of = own.tense == Tense::Gerund && back(view, own.head, 1).is_some_and(|w| w.lower == "of");
    above.subject.filter(|_| of && !above.passive && is!(above.lemma, "accuse" | "suspect"))
}

/// "Perhaps Oslo has taxed feed": of the main clause.
fn perhaps(view: View<'_>, chain: &[usize]) -> bool {
    let main = view.clauses.groups.iter().position(|g| g.finite);
    let next = view.words.get(1);
    main.is_some_and(|main| chain.contains(&main))
        && view.words.first().is_some_and(|w| {
            is!(w.lower, "perhaps" | "maybe" | "conceivably" | "possibly" | "presumably" | "supposedly")
        })
        && next.is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Pron | Tag::Poss))
}

/// How many words "Under the main opposition party's plan" may have.
const PLAN: usize = 9;

/// "Without a deal, Oslo taxes feed", "Assuming that Oslo taxes feed": under a condition set in front.
fn supposed(view: View<'_>, frame: &Frame, chain: &[usize]) -> bool {
    let words = view.words;
    let lower = |at: usize| words.get(at).map_or(WordId::NONE, |w| w.lower.id());
    let done = chain
        .first()
        .and_then(|&g| view.clauses.groups.get(g))
        .is_some_and(|g| g.finite && g.modal.is_none() && matches!(g.tense, Tense::Past | Tense::Perfect));
    if done || frame.trigger.0 == 0 {
        return false;
    }
    let after = if lower(0) == "short" || lower(0) == "in" { 3 } else { 1 };
    let accord = |w: &Word| {
        is!(
            w.lemma,
            "deal"
                | "agreement"
                | "accord"
                | "breakthrough"
                | "extension"
                | "truce"
                | "compromise"
                | "settlement"
                | "progress"
                | "pact"
                | "reprieve"
                | "solution"
                | "concession"
        )
    };
    let accord = || words.get(after..(after + 4).min(words.len())).unwrap_or_default().iter().any(accord);
    let missing = is!(lower(0), "without" | "absent" | "barring" | "failing")
        || lower(0) == "short" && lower(1) == "of"
        || lower(0) == "in" && lower(1) == "the" && lower(2) == "absence";
    let assumed = is!(lower(0), "assuming" | "supposing" | "provided" | "suppose" | "imagine")
        && words.get(1).is_some_and(|w| w.lower != ",");
    // "Say Oslo taxes feed."
    let let_be = is!(lower(0), "say" | "picture" | "pretend")
        && words.get(1).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det) || w.lower == "that");
    // "Under the opposition's plan Oslo taxes feed."
    let under_plan = is!(lower(0), "under" | "in")
        && words.iter().take(PLAN).take_while(|w| w.lower != ",").any(|w| {
            is!(
                w.lemma,
                "draft"
                    | "bill"
                    | "proposal"
                    | "motion"
                    | "petition"
                    | "manifesto"
                    | "opposition"
                    | "scenario"
                    | "blueprint"
            )
        });
    let otherwise = lower(0) == "otherwise"
        && words.get(1).is_some_and(|w| w.lower == "," || matches!(w.tag, Tag::Noun | Tag::Det | Tag::Pron));
    missing && accord() || assumed || let_be || under_plan || otherwise
}

/// "The controls have not gone away", "the case was never closed": what does not end goes on.
pub(crate) fn persists(view: View<'_>, group: &Group) -> bool {
    let away = || view.words.get(group.head + 1).is_some_and(|w| is!(w.lower, "away" | "anywhere"));
    group.negated
        && group.modal.is_none()
        && (group.lemma == "go" && away()
            || is!(group.lemma, "lapse" | "expire" | "end" | "vanish" | "disappear" | "cease")
            || group.passive
                && is!(
                    group.lemma,
                    "lift" | "remove" | "withdraw" | "close" | "repeal" | "revoke" | "rescind" | "scrap"
                ))
}

/// "Talks failed to settle it": they were held, and the duty that "failed to curb imports" was laid.
pub(crate) fn falls_short(view: View<'_>, group: &Group) -> bool {
    let at = |by: usize| view.words.get(group.head + by);
    let comes_about = |w: &Word| {
        is!(
            w.lemma,
            "be" | "take"
                | "happen"
                | "start"
                | "begin"
                | "materialise"
                | "materialize"
                | "go"
                | "come"
                | "occur"
                | "resume"
                | "get"
                | "pass"
                | "apply"
                | "enter"
        )
    };
    group.lemma == "fail" && at(1).is_some_and(|w| w.tag == Tag::To) && at(2).is_some_and(|w| !comes_about(w))
}
