//! What rules demand: of the words around a trigger, and of the frame that the trigger opens.

use crate::event::{Act, Kind, Status, TariffAction};
use crate::frame_match::{Past, View};
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Range, Tense};
use crate::grammar::lower::{WordId, WordList, is};
use crate::grammar::mood::Mood;
use crate::grammar::openings::Opened;
use crate::grammar::rule::{Need, Rule};
use crate::grammar::tag::{Tag, Word};
use crate::state::StateCode;
use crate::who::{STRANGERS, Who, WhoKind};
use crate::whose_words::in_whose_words;

/// How many demands on the words around the trigger are met, or `None` where one is not met.
pub(crate) fn around(view: View<'_>, rule: &Rule, trigger: Range) -> Option<usize> {
    let mut weight = 0;
    if !rule.sentence.is_empty() {
        view.opened.names(&rule.sentence).then_some(())?;
        weight += 1;
    }
    if !rule.never.is_empty() {
        (!view.opened.names(&rule.never)).then_some(())?;
        weight += 1;
    }
    if !rule.next.is_empty() {
        let mut at = past_time(view.words, trigger.1);
        // "denied on Monday that …"
        if matches!(rule.act.kind(), Kind::Statement | Kind::Tension) {
            let aside = |i: usize| {
                view.words.get(i).is_some_and(|w| w.time)
                    || view.words.get(i).is_some_and(|w| w.lower == "on")
                        && view.words.get(i + 1).is_some_and(|w| w.time)
            };
            at = (at..at + 6).find(|&i| !aside(i)).unwrap_or(at);
        }
        let timed = (at..at + 2).any(|i| view.words.get(i).is_some_and(|w| w.time));
        (!timed && view.names_at(at, &rule.next)).then_some(())?;
        weight += 1;
    }
    if !rule.context.is_empty() {
        let understood = view.on_tariffs && rule.act.kind() == Kind::TariffAction;
        let named = |past: &Past<'_>| past.opened.names(&rule.context);
        (understood || view.opened.names(&rule.context) || view.before.iter().any(named)).then_some(())?;
        weight += 1;
    }
    Some(weight)
}

/// "a pause, until April 2, on …": where the words go on behind a time set between commas.
fn past_time(words: &[Word], at: usize) -> usize {
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    if lower(at) != "," || !(at + 1..at + 3).any(|i| words.get(i).is_some_and(|w| w.time)) {
        return at;
    }
    let close = (at + 1..at + 10).find(|&i| lower(i) == ",");
    close.map_or(at, |i| i + 1)
}

/// How many demands of the rule the frame meets, or `None` where one is not met.
///
/// Most rules fail, and most of those by what one look tells: that comes first.
pub(crate) fn fits(view: View<'_>, classes: &Classes, rule: &Rule, frame: &Frame) -> Option<usize> {
    let mut weight = put_so(view, rule, frame)?;
    weight += names(view, rule, frame)?;
    weight += on_theme(view, classes, rule, frame)?;
    (!tells_else(view, classes, rule, frame)).then_some(())?;
    weight += hits_whom(view, rule, frame)?;
    weight += counts_sides(view, rule, frame)?;
    weight += acted_by(view, classes, rule, frame)?;
    weight += in_whose_words(view, classes, rule, frame)?;
    Some(weight)
}

/// The demands on how the verb is put, where the frame has what others ask for at all.
fn put_so(view: View<'_>, rule: &Rule, frame: &Frame) -> Option<usize> {
    if frame.agent.is_none() && !rule.agent.is_empty() || frame.theme.is_none() && !rule.object.is_empty() {
        return None;
    }
    if rule.mood.is_empty() {
        return Some(0);
    }
    // "products not covered by the pact": tells which products.
    if rule.mood == [Mood::Not] && frame.participle && matches!(rule.act, Act::TariffAction(_)) {
        return None;
    }
    let mood = view.clauses.mood(view.words, frame.group?);
    rule.mood.contains(&mood).then_some(2)
}

/// The demands on what parts of the clause name, but for the theme.
fn names(view: View<'_>, rule: &Rule, frame: &Frame) -> Option<usize> {
    let mut weight = 0;
    let extent = if rule.general { view.clauses.reach(frame) } else { frame.extent };
    if !rule.clause.is_empty() {
        // "vowed to retaliate": what somebody threatens hangs on the verb.
        let whole = if rule.hypothetical { view.clauses.reach(frame) } else { extent };
        view.has(whole, &rule.clause).then_some(())?;
        weight += 2;
    }
    if !rule.unlike.is_empty() {
        (!frame.theme.is_some_and(|t| view.has(t, &rule.unlike))).then_some(())?;
        weight += 1;
    }
    if !rule.moved.is_empty() {
        frame.object.is_some_and(|object| view.has(object, &rule.moved)).then_some(())?;
        weight += 2;
    }
    if !rule.agent_has.is_empty() {
        // "Assembly is being moved": what is moved stands for whoever moves it.
        let moved = frame.theme.filter(|t| rule.act.kind() == Kind::BusinessShift && t.1 <= frame.trigger.0);
        let subject = frame.agent.or(moved);
        subject.is_some_and(|a| view.has(a, &rule.agent_has)).then_some(())?;
        weight += 2;
    }
    if !rule.lacks.is_empty() {
        // "retaliated against poultry tariffs by putting 25% on cars": the words of the gerund alone.
        let means = frame.group.and_then(|g| view.clauses.groups.get(g)).filter(|g| {
            let by = g.start.checked_sub(1).and_then(|i| view.words.get(i));
            !frame.nominal && g.tense == Tense::Gerund && by.is_some_and(|w| w.lower == "by")
        });
        let place = match means {
            _ if rule.weak => (0, view.words.len()),
            Some(gerund) => (gerund.start, extent.1.max(gerund.start)),
            None => extent,
        };
        (!view.has(place, &rule.lacks)).then_some(())?;
        weight += 1;
    }
    if !rule.governor.is_empty() {
        let group = frame.group?;
        let skip = usize::from(!frame.nominal);
        let governed = view
            .clauses
            .chain(group)
            .skip(skip)
            .any(|g| view.clauses.groups.get(g).is_some_and(|g| view.names_at(g.head, &rule.governor)));
        governed.then_some(())?;
        weight += 3;
    }
    Some(weight)
}

/// The demand on what the theme names.
fn on_theme(view: View<'_>, classes: &Classes, rule: &Rule, frame: &Frame) -> Option<usize> {
    if rule.theme.is_empty() {
        Some(0)
    } else if frame.theme.is_some_and(|t| view.has(t, &rule.theme)) {
        Some(3)
    } else {
        points_back(view, classes, rule, frame).then_some(1)
    }
}

/// Whether the words tell something else than the act: what eases a measure, a look at it, or nothing new.
fn tells_else(view: View<'_>, classes: &Classes, rule: &Rule, frame: &Frame) -> bool {
    let rises = matches!(rule.act, Act::TariffAction(TariffAction::Impose | TariffAction::Increase));
    // "The exemption from the duty lapses" is for a rule that asks for exemptions.
    let restricts = rule.act.kind() == Kind::Tension
        && rule.status.is_none()
        && !matches!(rule.act.subtype(), "warning" | "condemnation" | "accusation");
    let relief = (frame.theme.filter(|_| (rises || restricts) && !frame.nominal))
        .and_then(|theme| relieves(view, classes, theme));
    if relief.is_some_and(|head| !view.names_at(head, &rule.theme)) {
        return true;
    }
    // "announced a review of the duties": what is announced is the review.
    let object = frame.theme.filter(|theme| theme.0 >= frame.trigger.1);
    if rises && !frame.nominal && object.is_some_and(|theme| examines(view, theme)) {
        return true;
    }
    let says = matches!(rule.act.kind(), Kind::Statement | Kind::Forecast);
    if says && !frame.nominal && (quoted_aside(view, frame) || adds_things(view, frame)) {
        return true;
    }
    rule.act.kind() == Kind::Forecast
        && (crate::firm::relative(view, frame)
            || told_by_verb(view, classes, frame)
            || hoped(view, frame)
            || compared(view, frame)
            || !frame.nominal && frame.participle)
}

/// The demand on whom or what the theme is.
fn hits_whom(view: View<'_>, rule: &Rule, frame: &Frame) -> Option<usize> {
    if rule.object.is_empty() {
        return Some(0);
    }
    let theme = frame.theme?;
    // "called Trump's tariff blackmail": the tariff, not its owner.
    let met = rule.act.kind() == Kind::Engagement && !frame.nominal;
    let is_it = |w: &Who| !(met && beneath(view, theme, w)) && rule.object.iter().any(|kind| w.is(kind));
    view.who_in(theme).any(is_it).then_some(2)
}

/// The demand on how many states act.
fn counts_sides(view: View<'_>, rule: &Rule, frame: &Frame) -> Option<usize> {
    let counted = rule.needs.iter().find_map(|need| match need {
        Need::Onesided => Some(false),
        Need::Joint => Some(true),
        _ => None,
    });
    let Some(joint) = counted else { return Some(0) };
    let mut states: Vec<StateCode> = Vec::new();
    for who in view.who_in(frame.agent?).filter(|w| w.kind != WhoKind::Place) {
        states.extend(who.country.filter(|code| !states.contains(code)));
    }
    let with = frame.preps.iter().filter(|(p, _)| view.words.get(*p).is_some_and(|w| w.lower == "with"));
    for who in with.flat_map(|(_, range)| view.who_in(*range)) {
        states.extend(who.country.filter(|code| !states.contains(code)));
    }
    // "The Swiss bank agreed": not Switzerland.
    let (start, end) = frame.agent?;
    let last = end.checked_sub(1).and_then(|i| view.words.get(i)).map_or(0, |w| w.span.end);
    let alone = end == start + 1
        || view.who_in((start, end)).any(|w| {
            !matches!(w.kind, WhoKind::Adjective | WhoKind::Group | WhoKind::Place) && w.span.end == last
        });
    ((states.len() > 1) == joint && (joint || alone)).then_some(1)
}

/// The demand on who acts.
fn acted_by(view: View<'_>, classes: &Classes, rule: &Rule, frame: &Frame) -> Option<usize> {
    if rule.agent.is_empty() {
        return Some(0);
    }
    let agent = frame.agent?;
    let fits = |w: &Who| rule.agent.iter().any(|kind| w.is(kind));
    let possessed =
        |w: &Who| frame.nominal && rule.agent.iter().any(|k| k == "official") && w.country.is_some();
    // "A toy company in Ohio" is a firm though it has no name.
    let business = || {
        rule.agent.iter().any(|kind| kind == "firm")
            && !crate::firm::restricts(view, frame)
            && !crate::firm::carries(view, frame)
            && crate::firm::acting(view, classes, frame).is_some()
    };
    let forecaster =
        || rule.agent.iter().any(|kind| kind == "forecaster") && crate::firm::judges(view, classes, agent);
    // "India's Bajaj Auto": the firm acts, not the state it is of.
    let fits = |w: &Who| {
        let official = rule.agent.iter().any(|k| k == "official");
        // "The gamble of Xi's term could spread": the gamble could.
        let foretold = rule.act.kind() == Kind::Forecast && official;
        // "Duties on Canadian goods were to begin": no promise of Canada's.
        let described = w.kind == WhoKind::Adjective && rule.act.kind() == Kind::Agreement;
        // "India's duty seems justified": no word of India's.
        let owner_only = rule.act.kind() == Kind::Statement && w.kind == WhoKind::State;
        fits(w)
            && !(owner_only && (possesses(view, agent, w) || coupled(view, agent, w)))
            && !(official && owner(view, classes, agent, w))
            && !(official && beside_stranger(view, agent, w))
            && !((foretold || described) && beneath(view, agent, w))
    };
    // "I met X", in the words of somebody who speaks for a state.
    let joint = matches!(rule.act.kind(), Kind::Engagement | Kind::Agreement);
    let oneself = joint
        && view.voice.own.as_deref().is_some_and(|w| w.country.is_some())
        && (agent.0..agent.1).any(|i| view.words.get(i).is_some_and(|w| is!(w.lower, "i" | "we")));
    let named = view.who_in(agent).any(|w| fits(w) || possessed(w));
    (named || oneself || forecaster() || business()).then_some(2)
}

/// "announced a suspension of tariffs": what is announced is the relief.
fn relieves(view: View<'_>, classes: &Classes, theme: Range) -> Option<usize> {
    const EASING: [&str; 3] = ["sequel_pause", "sequel_cut", "sequel_exemption"];
    if !EASING.iter().filter_map(|class| classes.get(class)).any(|set| view.opened.names(set)) {
        return None;
    }
    let prep = (theme.0..theme.1).find(|&i| {
        view.words
            .get(i)
            .is_some_and(|w| is!(w.lower, "of" | "on" | "from" | "to" | "for" | "in" | "," | "until"))
    });
    let word = |at: usize| view.words.get(at);
    let eases = |at: usize| word(at).is_some_and(|w| EASING.iter().any(|class| classes.has(class, &w.lower)));
    let head = prep.and_then(|i| i.checked_sub(1)).filter(|&i| i >= theme.0 && eases(i));
    // "announced a tariff holiday"
    let measures = classes.get("tariff").unwrap_or_default();
    let compound = || {
        (theme.0 + 1..=theme.1).find(|&i| {
            eases(i) && word(i).is_some_and(|w| w.tag == Tag::Noun) && view.has((i - 1, i), measures)
        })
    };
    head.or_else(compound)
}

/// Nouns of looking into a measure.
static LOOKS: WordList = WordList::new(&[
    "assessment",
    "challenge",
    "complaint",
    "consultation",
    "hearing",
    "inquiry",
    "investigation",
    "probe",
    "review",
    "study",
    "survey",
]);

/// "a review of the duties": the head of the phrase is a look at them.
fn examines(view: View<'_>, theme: Range) -> bool {
    let prep = (theme.0..theme.1)
        .find(|&i| view.words.get(i).is_some_and(|w| is!(w.lower, "of" | "on" | "into" | "to" | "against")));
    let head = prep.and_then(|i| i.checked_sub(1)).filter(|&i| i >= theme.0);
    head.and_then(|i| view.words.get(i)).is_some_and(|w| w.tag == Tag::Noun && LOOKS.has(&w.lemma))
}

/// "… a duty, and suspended it", "It put the measure on hold": the theme is what was told before.
fn points_back(view: View<'_>, classes: &Classes, rule: &Rule, frame: &Frame) -> bool {
    let eases = matches!(rule.status, Some(Status::Eased | Status::Resolved));
    let rises = matches!(rule.act, Act::TariffAction(TariffAction::Impose | TariffAction::Increase));
    let measure = matches!(rule.act, Act::TariffAction(_)) || rule.act.kind() == Kind::Tension && eases;
    let Some((start, end)) = frame.theme.filter(|_| measure && !frame.nominal && !rule.general) else {
        return false;
    };
    let lower = |at: usize| view.words.get(at).map_or("", |w| w.lower.as_str());
    let many = match lower(start) {
        "it" => false,
        "them" | "they" => true,
        // "raised its own on sixteen products"
        "its" | "their" | "his" if lower(start + 1) == "own" && end == start + 2 => true,
        // "halves that on pork", "scrapped those on milk"
        word @ ("that" | "those") if end == start + 1 && matches!(lower(end), "on" | "for" | "against") => {
            word == "those"
        }
        "the" | "this" | "that" | "these" | "those" => {
            let noun = lower(start + 1);
            let bare = end == start + 2 || view.words.get(start + 2).is_some_and(|w| w.time);
            let told = view.words.get(start + 1).is_some_and(|w| classes.has("sequel_any", &w.lower));
            if !(bare && told) {
                return false;
            }
            noun.ends_with('s')
        }
        _ => return false,
    };
    // "raised it with the minister" is another raising.
    let verb = view.words.get(frame.trigger.0).map_or("", |w| w.lemma.as_str());
    let plain = matches!(
        verb,
        "double" | "triple" | "quadruple" | "impose" | "reimpose" | "reinstate" | "collect" | "levy"
    );
    // "The ministry announced the step on Tuesday": told once already.
    if matches!(verb, "announce" | "unveil" | "publish" | "issue" | "release" | "gazette" | "notify") {
        return false;
    }
    // "raised its own on sixteen products"
    let own = matches!(lower(start), "its" | "their" | "his") || end == start + 1 && lower(end) == "on";
    if rises && !plain && !own {
        return false;
    }
    let told = |words: &[Word], opened: &Opened<'_>, end: usize| {
        opened.places((0, end), &rule.theme).any(|at| {
            words.get(at).is_some_and(|w| own || many == w.lower.ends_with('s') || w.tag != Tag::Noun)
        })
    };
    let here = told(view.words, view.opened, frame.trigger.0);
    let before = |past: &Past<'_>| told(&past.words, &past.opened, past.words.len());
    // Another clause of the sentence offers its own things to point at.
    let at = frame.group.unwrap_or(0);
    let alone = !view.clauses.groups.iter().take(at).any(|g| g.finite && !classes.has("say", &g.lemma));
    here || (alone || own) && view.before.last().is_some_and(before)
}

/// "Policies that the agency says distort trade": only names the source of a description.
fn quoted_aside(view: View<'_>, frame: &Frame) -> bool {
    let group = frame.group.and_then(|g| view.clauses.groups.get(g));
    group.is_some_and(|g| {
        g.subject.is_some_and(|(from, to)| {
            let opener = from.checked_sub(1).and_then(|i| view.words.get(i));
            to == g.start && opener.is_some_and(|w| w.tag == Tag::Rel || w.lower == "what")
        })
    })
}

/// "added 30 firms to the list", "noted the announcement": nothing is said.
fn adds_things(view: View<'_>, frame: &Frame) -> bool {
    let adds = view.words.get(frame.trigger.0).is_some_and(|w| is!(w.lemma, "add" | "note" | "state"));
    adds && frame.theme.is_some_and(|theme| {
        theme.0 >= frame.trigger.1
            && !view.measures_only(theme)
            && view.words.get(frame.trigger.1).is_none_or(|w| w.lower != "that")
    })
}

/// "We expect the duties to go", in the words of somebody who speaks for a state: a demand.
fn hoped(view: View<'_>, frame: &Frame) -> bool {
    let ours = frame.agent.is_some_and(|(start, end)| {
        end == start + 1 && view.words.get(start).is_some_and(|w| is!(w.lower, "we" | "i"))
    });
    let speaker = view.voice.own.as_deref().or(view.voice.carried.as_deref());
    ours && speaker.is_some_and(|w| w.country.is_some())
}

/// "more than expected", "as feared".
fn compared(view: View<'_>, frame: &Frame) -> bool {
    let before = frame.trigger.0.checked_sub(1).and_then(|i| view.words.get(i));
    !frame.nominal && before.is_some_and(|w| is!(w.lower, "than" | "as"))
}

/// Whether a mention only tells more of the phrase that names it: behind a preposition, or as its owner.
fn beneath(view: View<'_>, range: Range, who: &Who) -> bool {
    let before = |i: usize| view.words.get(i).is_some_and(|w| w.span.end <= who.span.start);
    if possesses(view, range, who) {
        return true;
    }
    (range.0..range.1)
        .take_while(|&i| before(i))
        .any(|i| view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To) && !w.name))
}

/// "A man from Lima", "an economist beside him": whoever stands behind the preposition does not act.
fn beside_stranger(view: View<'_>, range: Range, who: &Who) -> bool {
    let word = |i: usize| view.words.get(i).filter(|w| w.span.end <= who.span.start);
    let prep = (range.0..range.1).find(|&i| word(i).is_some_and(|w| w.tag == Tag::Prep));
    prep.is_some_and(|i| {
        let apart = word(i).is_some_and(|w| {
            is!(w.lower, "from" | "beside" | "behind" | "near" | "next" | "by" | "at" | "in" | "across")
        });
        let head = i.checked_sub(1).filter(|&head| head >= range.0).and_then(word);
        apart && head.is_some_and(|w| STRANGERS.has(&w.lemma))
    })
}

/// Whether a genitive sign follows a mention.
fn possesses(view: View<'_>, range: Range, who: &Who) -> bool {
    let sign = |w: &Word| w.span.start == who.span.end && w.tag == Tag::Poss;
    (range.0..range.1).any(|i| view.words.get(i).is_some_and(sign))
}

/// "Peru-Chile relations will prosper": a hyphen joins the state to another, and neither of them acts.
fn coupled(view: View<'_>, range: Range, who: &Who) -> bool {
    let joins =
        |w: &Word| is!(w.lower, "-" | "–") && (w.span.start == who.span.end || w.span.end == who.span.start);
    (range.0..range.1).any(|i| view.words.get(i).is_some_and(joins))
}

/// A state whose genitive only says whose firm the agent is.
fn owner(view: View<'_>, classes: &Classes, agent: Range, who: &Who) -> bool {
    let next = (agent.0..agent.1).find(|&i| view.words.get(i).is_some_and(|w| w.span.start >= who.span.end));
    let Some(next) = next.filter(|_| who.kind == WhoKind::State) else { return false };
    let genitive = view.words.get(next).is_some_and(|w| w.tag == Tag::Poss);
    let rest = (next + 1, agent.1);
    let named = view.words.get(rest.0).is_some_and(|w| w.capital && !w.name);
    genitive && named && rest.0 < rest.1 && crate::firm::named(view, classes, rest)
}

/// "Farmers fear prices could fall": the verb of foreseeing tells it already.
fn told_by_verb(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let Some(group) = frame.group.filter(|_| !frame.nominal) else { return false };
    view.clauses.chain(group).skip(1).any(|g| {
        let lemma = view.clauses.groups.get(g).map(|g| &g.lemma);
        lemma.is_some_and(|l| classes.has("foresee", l) && l.as_str() != "imagine")
    })
}
