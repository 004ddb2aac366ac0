//! Which percentage of a sentence belongs to which tariff act named in it.

use crate::event::{Act, Kind, TariffAction};
use crate::frame_match::{Hit, View};
use crate::grammar::clause::{Group, Range, Tense};
use crate::grammar::lower::is;
use crate::grammar::rule::Need;
use crate::grammar::tag::Tag;
use crate::slots::{Part, Percentage, is_sign};

/// How far behind the sign of an item its rate may stand, in words.
const LISTED: usize = 7;

/// For each hit the percentages it owns, out of `all`; hits that are no tariff acts own none.
pub(crate) fn shares(view: View<'_>, all: &[Percentage], hits: &[&Hit<'_>]) -> Vec<Vec<Percentage>> {
    let mut out: Vec<Vec<Percentage>> = vec![Vec::new(); hits.len()];
    if all.is_empty() {
        return out;
    }
    let reaches: Vec<Option<Range>> = hits
        .iter()
        .map(|hit| (hit.rule.act.kind() == Kind::TariffAction).then(|| reach(view, hit)))
        .collect();
    for item in all {
        // What a suspension leaves may stand in a clause of its own: "but will retain a 10% tariff".
        let leaves = (item.part == Part::Retained)
            .then(|| {
                hits.iter().rposition(|h| lightens(h) && h.frame.trigger.0 < item.words.0 && !h.frame.nominal)
            })
            .flatten();
        let owner = leaves.map(|at| (0, at)).or_else(|| {
            reaches
                .iter()
                .zip(hits)
                .enumerate()
                .filter_map(|(at, (reach, hit))| Some((distance(view, hit, hits, (*reach)?, item)?, at)))
                .min()
        });
        if let Some(share) = owner.and_then(|(_, at)| out.get_mut(at)) {
            share.push(*item);
        }
    }
    keep_together(view, &mut out);
    // "puts a 10% duty on pears from May, rising to 25% in June": the second rate is of another act.
    for (share, hit) in out.iter_mut().zip(hits) {
        let laid = lays(hit) && share.iter().any(|item| item.part == Part::Value);
        if laid {
            share.retain(|item| item.part != Part::To || !steps(view, item));
        }
    }
    for at in 0..out.len() {
        let bare = hits.get(at).filter(|_| out.get(at).is_some_and(Vec::is_empty));
        let told = bare.map(|hit| of_antecedent(view, hit, all)).unwrap_or_default();
        // "Wine bears the 10% that Oslo collects": one measure, told by both verbs.
        let twice = out.iter().zip(hits).any(|(share, hit)| lays(hit) && holds(share, &told));
        if let Some(share) = out.get_mut(at).filter(|_| !twice) {
            share.extend(told);
        }
    }
    // "and Beijing was charging the same": the rate told right before.
    for at in 0..out.len() {
        let same = hits.get(at).filter(|h| h.rule.act.kind() == Kind::TariffAction && says_the_same(view, h));
        let Some(hit) = same.filter(|_| out.get(at).is_some_and(Vec::is_empty)) else { continue };
        let told = all.iter().rev().find(|i| i.words.1 <= hit.frame.trigger.0).copied();
        if let Some(share) = out.get_mut(at) {
            share.extend(told);
        }
    }
    out
}

/// "Goods that are subject to 20 percent shall instead be subject to 10 percent", "to 10 percent in lieu of 20
/// percent": one move from the one rate to the other.
fn keep_together(view: View<'_>, shares: &mut [Vec<Percentage>]) {
    let Some(swap) = view.words.iter().position(|w| is!(w.lower, "instead" | "lieu" | "place")) else {
        return;
    };
    let place = |part: Part| {
        let fits = |item: &Percentage| item.part == part;
        let at = shares.iter().position(|share| share.iter().any(fits))?;
        shares.get(at)?.iter().find(|item| fits(item)).map(|item| (at, item.words.0 > swap))
    };
    let (Some((from, old)), Some((to, new))) = (place(Part::From), place(Part::To)) else { return };
    if from != to
        && old != new
        && let Some(mut taken) = shares.get_mut(from).map(std::mem::take)
        && let Some(share) = shares.get_mut(to)
    {
        taken.append(share);
        *share = taken;
    }
}

/// "the 10% that Oslo has been collecting", "dropped the 25% duty imposed in May": the measure that a clause
/// says something of has its rate, whatever else is done to it.
fn of_antecedent(view: View<'_>, hit: &Hit<'_>, all: &[Percentage]) -> Vec<Percentage> {
    let frame = &hit.frame;
    let Some(group) = frame.group.and_then(|g| view.clauses.groups.get(g)) else { return Vec::new() };
    // What an active verb acts on stands before it in a relative clause alone.
    let active = group.finite && !group.passive;
    let told = active || group.tense == Tense::Participle || group.contact || opens_relative(view, group);
    if !(lays(hit) && told) || frame.nominal {
        return Vec::new();
    }
    let within = |range: Option<Range>, item: &Percentage| {
        range.is_some_and(|(start, end)| start <= item.words.0 && item.words.1 <= end)
    };
    let ahead = |item: &&Percentage| within(frame.theme, item) || within(group.theme, item);
    let rates = all.iter().filter(ahead).filter(|item| item.words.1 <= frame.trigger.0);
    let plain = rates.filter(|item| !matches!(item.part, Part::From | Part::To));
    plain.map(|item| Percentage { part: Part::Value, ..*item }).collect()
}

/// ", rising to 25%", ", to rise to 25%".
fn steps(view: View<'_>, item: &Percentage) -> bool {
    let word = |back: usize| {
        item.words.0.checked_sub(back).and_then(|i| view.words.get(i)).map_or("", |w| w.lower.as_str())
    };
    let moves = matches!(
        word(2),
        "rising"
            | "climbing"
            | "increasing"
            | "falling"
            | "dropping"
            | "declining"
            | "rise"
            | "climb"
            | "fall"
            | "drop"
    );
    word(1) == "to" && moves && (word(3) == "," || word(3) == "to" && word(4) == ",")
}

fn lays(hit: &Hit<'_>) -> bool {
    matches!(hit.rule.act, Act::TariffAction(TariffAction::Impose))
}

/// Whether some of the rates are owned already.
fn holds(share: &[Percentage], rates: &[Percentage]) -> bool {
    rates.iter().any(|rate| share.iter().any(|own| own.words == rate.words))
}

/// "that Oslo levied", "which was levied": whether a relative word stands before the verb or its subject.
fn opens_relative(view: View<'_>, group: &Group) -> bool {
    let relative = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| view.words.get(i));
        before.is_some_and(|w| w.tag == Tag::Rel)
    };
    relative(group.start) || relative(group.opens())
}

/// "was charging the same": the rate of the act told right before.
pub(crate) fn says_the_same(view: View<'_>, hit: &Hit<'_>) -> bool {
    let theme = hit.frame.theme.unwrap_or((0, 0));
    let timed = |i: usize| view.words.get(i).is_some_and(|w| w.time);
    (theme.0..theme.1)
        .any(|i| view.words.get(i).is_some_and(|w| w.lower == "same") && !timed(i) && !timed(i + 1))
}

fn lightens(hit: &Hit<'_>) -> bool {
    matches!(
        hit.rule.act,
        Act::TariffAction(TariffAction::Suspend | TariffAction::Reduce | TariffAction::ExtendSuspension)
    )
}

/// The words whose rates may be the act's: its clause and what follows without a verb of its own.
fn reach(view: View<'_>, hit: &Hit<'_>) -> Range {
    // No rule reads a tariff in the sentence: what it has of rates is told of the likely one.
    if hit.rule.learned {
        return (0, view.words.len());
    }
    let frame = &hit.frame;
    let (start, end) = frame.extent;
    let from = frame.trigger.1.max(end);
    let next = view
        .clauses
        .groups
        .iter()
        .filter(|g| {
            g.tense != Tense::Participle
                && g.start >= from
                && !continues(view, g)
                && !aside(view, g)
                && !within_participle(view, g)
        })
        // "raised one duty, while its 12% duty on pears remains": the rate of what the next clause is about.
        .map(|g| {
            let stays = is!(g.lemma, "remain" | "stay" | "continue" | "persist");
            let own = g.subject.filter(|s| g.finite && stays && s.0 >= from && s.0 < g.start);
            own.filter(|_| !g.contact && !opens_relative(view, g)).map_or(g.start, |s| s.0)
        })
        .min()
        .unwrap_or(view.words.len());
    (start, next.max(end))
}

/// "striking 20% and inserting 35%", "suspending 24 points while retaining 10%": a gerund that goes on
/// with the act before it.
fn continues(view: View<'_>, group: &Group) -> bool {
    let before = group.start.checked_sub(1).and_then(|i| view.words.get(i));
    let goes_on = before.is_some_and(|w| is!(w.lower, "and" | "by" | "while" | "but" | ","));
    // "25%, compared with 10% now"
    goes_on && (group.tense == Tense::Gerund || group.lemma == "compare")
}

/// "the duties imposed to curb them": what hangs on a participle interrupts no act.
fn within_participle(view: View<'_>, group: &Group) -> bool {
    let over = group.governor.and_then(|g| view.clauses.groups.get(g));
    group.tense == Tense::Infinitive && over.is_some_and(|g| g.tense == Tense::Participle)
}

/// "each place that it appears": a relative clause interrupts no act.
fn aside(view: View<'_>, group: &Group) -> bool {
    let opener = group.opens();
    (opener.saturating_sub(1)..=opener).any(|i| {
        i < group.start + 1
            && view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Rel | Tag::Sub) && w.lower == "that")
    })
}

fn distance(
    view: View<'_>,
    hit: &Hit<'_>,
    hits: &[&Hit<'_>],
    reach: Range,
    item: &Percentage,
) -> Option<usize> {
    let frame = &hit.frame;
    let at = item.words.0;
    if hit.rule.needs.contains(&Need::Listed) {
        return (frame.trigger.1 <= at && at <= frame.trigger.1 + LISTED).then(|| at - frame.trigger.1);
    }
    // "the 10% duty which Oslo proclaimed": told of in front of the clause.
    let ahead = frame.theme.is_some_and(|(a, b)| a <= at && at < b) && at < frame.trigger.0 && {
        let group = frame.group.and_then(|g| view.clauses.groups.get(g));
        group.is_some_and(|g| g.contact || opens_relative(view, g))
    };
    (reach.0 <= at && at < reach.1 || ahead && item.part == Part::Value).then_some(())?;
    // "20% on A, 34% on B": the sign of one rate tells of no other.
    let sign = view.words.get(frame.trigger.0).is_some_and(is_sign);
    if hit.rule.weak && sign && frame.trigger.1 != item.words.1 {
        return None;
    }
    // "a 10% duty on all goods, excluding phones": the rate of the duty.
    let spared = hit.rule.act == Act::TariffAction(TariffAction::Exclude)
        && frame.group.and_then(|g| view.clauses.groups.get(g)).is_some_and(|g| g.tense == Tense::Gerund);
    if spared && !frame.nominal && at < frame.trigger.0 {
        return None;
    }
    // "cars, which now pay 5%, will pay 10%": both rates are told of what will be.
    let later = |h: &&&Hit<'_>| h.frame.trigger.0 > at && h.rule.act.kind() == Kind::TariffAction;
    // "will halve that on pork, which now stands at 25%"
    let before = |h: &&Hit<'_>, now: usize| {
        let moves = Act::TariffAction(TariffAction::Reduce) == h.rule.act
            || Act::TariffAction(TariffAction::Increase) == h.rule.act;
        moves && h.frame.trigger.1 <= now
    };
    if let Some(now) = crate::slots::paid_so_far(view.words, at).filter(|_| item.part == Part::From)
        && let Some(next) = hits.iter().find(|h| later(h)).or_else(|| hits.iter().rfind(|h| before(h, now)))
    {
        let so_far = now <= frame.trigger.1 && frame.trigger.0 < at;
        let will = next.frame.trigger == frame.trigger;
        return if so_far { None } else { will.then_some(1) };
    }
    // "plans duties over Washington's 25% tariff": the rate of the other side.
    let phrase = crate::grammar::clause::phrase_start(view.words, at);
    let owned =
        (phrase..at).any(|i| view.words.get(i).is_some_and(|w| w.tag == Tag::Poss && w.lower != "its"));
    let led = phrase.checked_sub(1).and_then(|i| view.words.get(i));
    if owned
        && frame.trigger.0 < phrase
        && (led.is_some_and(|w| is!(w.lower, "over" | "against" | "despite" | "after"))
            || in_answer(view, phrase))
    {
        return None;
    }
    // "answered Delhi's 18% duty on beef with one of 22%": the rate of what is answered.
    let answers = view.words.get(frame.trigger.0).is_some_and(|w| {
        is!(w.lemma, "answer" | "counter" | "match" | "meet" | "repay" | "return" | "reciprocate")
    });
    let with = || (item.words.1..reach.1).any(|i| view.words.get(i).is_some_and(|w| w.lower == "with"));
    if owned && answers && !frame.nominal && frame.trigger.0 < phrase && with() {
        return None;
    }
    // "hit by the levy; both answered, the one with 25%": of another sentence, but for its stop.
    let stop = (frame.trigger.1..at).find(|&i| view.words.get(i).is_some_and(|w| w.lower == ";"));
    let own_verb = |stop: usize| view.clauses.groups.iter().any(|g| g.finite && stop < g.head && g.head < at);
    if frame.nominal && stop.is_some_and(own_verb) {
        return None;
    }
    // "the duties replace provisional ones of 30%": the rate of those that go.
    let over = frame.group.and_then(|g| view.clauses.groups.get(g));
    let verb = over.or_else(|| view.clauses.groups.iter().find(|g| g.finite && g.head >= frame.trigger.1));
    if frame.nominal
        && verb.is_some_and(|g| {
            !g.passive && frame.trigger.1 <= g.head && g.head < at && is!(g.lemma, "replace" | "supersede")
        })
    {
        return None;
    }
    // "The pause runs until June 30 and will be replaced by 50%": the rate of what comes then.
    let last = view.clauses.groups.iter().rfind(|g| g.finite && g.head < at);
    let replaces = last.is_some_and(|g| {
        g.passive
            && frame.trigger.1 <= g.head
            && is!(g.lemma, "replace" | "supersede" | "succeed" | "supplant")
    });
    if replaces {
        return None;
    }
    // "began with a 10% duty and was doubled": the first rate belongs to the first verb.
    let own = |r: Option<Range>| r.is_some_and(|(a, b)| a <= at && at < b);
    let barred = at < frame.trigger.0
        && !own(frame.theme)
        && !own(frame.agent)
        && view.clauses.groups.iter().any(|g| {
            g.tense != Tense::Participle
                && at < frame.trigger.0
                && g.head < frame.trigger.0
                && g.head
                    != frame.group.and_then(|o| view.clauses.groups.get(o)).map_or(usize::MAX, |o| o.head)
        })
        && !frame.nominal;
    if barred {
        return None;
    }
    // "cut its key rate to 2% from 3%, citing the tariffs": where something else has moved.
    let moved = frame.nominal
        && hit.rule.weak
        && item.words.1 <= frame.trigger.0
        && matches!(item.part, Part::From | Part::To | Part::By)
        && view.clauses.groups.iter().any(|g| g.head < at)
        && view
            .clauses
            .groups
            .iter()
            .any(|g| g.tense != Tense::Participle && item.words.1 <= g.start && g.head < frame.trigger.0);
    if moved {
        return None;
    }
    let far = if at >= frame.trigger.1 {
        at - frame.trigger.1
    } else {
        frame.trigger.0.saturating_sub(item.words.1) + 3
    };
    let beyond = if at >= frame.extent.1 { 15 } else { 0 };
    let moves = matches!(
        hit.rule.act,
        Act::TariffAction(TariffAction::Increase | TariffAction::Reduce | TariffAction::Suspend)
    );
    let unfit = match item.part {
        Part::Retained if !lightens(hit) => 30,
        Part::From | Part::To | Part::By if !moves => 20,
        Part::Value if moves => 4,
        _ => 0,
    };
    let aside = if nested(view, hit, hits) { 25 } else { 0 };
    let bare = if matches!(frame.trigger, (a, b) if b == a + 1 && a + 1 == item.words.1) { 30 } else { 0 };
    // "the 100% tariff was lifted and the 20% tariff halved": each verb owns the rate of its subject.
    let relative = frame.group.and_then(|g| view.clauses.groups.get(g)).is_some_and(|g| {
        let opener = g.start.checked_sub(1).and_then(|i| view.words.get(i));
        opener.is_some_and(|w| w.tag == Tag::Rel)
    });
    // "earned a 10% duty that Oslo levied last May": nothing else is done to it.
    let firm = |h: &&Hit<'_>| !h.rule.weak && h.rule.act.kind() == Kind::TariffAction;
    let relative = relative && hits.iter().copied().filter(firm).count() > 1;
    let far = if own(frame.theme) && at < frame.trigger.0 && !relative { far.min(1) } else { far };
    Some(far + beyond + unfit + bare + aside)
}

/// "in retaliation for Delhi's 20% duty", "in response to Oslo's 5%": what the act answers.
fn in_answer(view: View<'_>, phrase: usize) -> bool {
    let back = |count: usize| phrase.checked_sub(count).and_then(|i| view.words.get(i));
    back(1).is_some_and(|w| is!(w.lower, "for" | "to" | "of"))
        && back(2).is_some_and(|w| {
            is!(
                w.lower,
                "answer"
                    | "because"
                    | "compensation"
                    | "reaction"
                    | "reply"
                    | "reprisal"
                    | "response"
                    | "retaliation"
                    | "return"
                    | "revenge"
                    | "spite"
            )
        })
}

/// "A court found most of the duties imposed under the act unlawful": told for the ruling.
fn judged(view: View<'_>, hit: &Hit<'_>) -> bool {
    let bench = |range: Range| {
        (range.0..range.1).any(|i| {
            view.words.get(i).is_some_and(|w| is!(w.lemma, "court" | "judge" | "tribunal" | "panel"))
        })
    };
    let before = |g: &&Group| g.head < hit.frame.trigger.0 && g.subject.is_some_and(bench);
    hit.frame.participle && view.clauses.groups.iter().any(|g| before(&g))
}

/// Whether the act only tells which measure another act of the sentence is about: "raised the duty
/// imposed in March".
pub(crate) fn nested(view: View<'_>, hit: &Hit<'_>, hits: &[&Hit<'_>]) -> bool {
    let inner = &hit.frame;
    // "holding back 24 points and charging 10%": the second part is what stays.
    let remainder = inner.group.and_then(|g| view.clauses.groups.get(g)).is_some_and(|g| continues(view, g))
        && hits.iter().any(|h| {
            matches!(h.rule.act, Act::TariffAction(TariffAction::Suspend))
                && h.frame.trigger.0 < inner.trigger.0
        })
        && matches!(hit.rule.act, Act::TariffAction(TariffAction::Impose));
    if remainder || judged(view, hit) {
        return true;
    }
    hits.iter().any(|other| {
        let outer = &other.frame;
        let inside = |r: Option<Range>| r.is_some_and(|(a, b)| a <= inner.trigger.0 && inner.trigger.0 <= b);
        let verb = other.rule.act.kind() == Kind::TariffAction
            && outer.trigger != inner.trigger
            && !(outer.participle && inner.participle)
            && !outer.nominal;
        let spanned = outer.extent.0 <= inner.trigger.0 && inner.trigger.1 <= outer.extent.1;
        // "tariffs scheduled to begin in May were put off"
        let scheduled = inner.group.and_then(|g| view.clauses.groups.get(g)).is_some_and(|g| {
            let over = g.governor.and_then(|o| view.clauses.groups.get(o));
            g.tense == Tense::Infinitive
                && over.is_some_and(|o| {
                    let opener = o.start.checked_sub(1).and_then(|i| view.words.get(i));
                    let meant = o.lemma == "be" && opener.is_some_and(|w| w.tag == Tag::Rel);
                    (meant || o.tense == Tense::Participle)
                        && outer.extent.0 <= o.start
                        && o.head < outer.trigger.0
                })
                && outer.group.and_then(|o| view.clauses.groups.get(o)).is_some_and(|o| o.finite)
        });
        verb && (scheduled
            || inner.participle && spanned
            || (inner.participle || inner.nominal) && (inside(outer.theme) || inside(outer.agent)))
    })
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor};

    /// The rates of what is told, each behind what is done.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read = Extractor::builtin().extract(&Article::new(text, jiff::civil::date(2025, 11, 20)));
        let found: Vec<String> = (read.events.iter())
            .map(|e| format!("{} {}", e.act.subtype(), e.rate.as_ref().map_or("", |rate| rate.raw.as_str())))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_clause_on_a_measure_tells_of_its_rate() {
        check(
            "Importers go on paying the 10% that Norway has been collecting on Chilean wine since May 5.",
            &["impose 10%"],
        );
        check(
            "Norway on Monday left untouched the 25% it slapped on Chilean salmon on July 6.",
            &["impose 25%"],
        );
        check(
            "Norway's duties of 33 percent, levied on Chilean wine from December, lapsed six months later.",
            &["impose 33 percent", "remove 33 percent"],
        );
    }

    #[test]
    fn what_is_not_laid_has_no_rate() {
        let text = "The 20% of its wine that Chile sends to Norway has borne a duty since May 5.";
        let read = Extractor::builtin().extract(&Article::new(text, jiff::civil::date(2025, 11, 20)));
        assert!(read.events.iter().all(|e| e.rate.is_none()), "{:?}", read.events);
    }
}
