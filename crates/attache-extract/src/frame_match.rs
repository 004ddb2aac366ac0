//! Which rules fit the acts named in a sentence.

use crate::event::{Act, Kind, Status, TariffAction};
use crate::factuality::{Stances, stance};
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Clauses, Frame, Range, Tense};
use crate::grammar::lower::{WordId, WordList, is};
use crate::grammar::mood::Mood;
use crate::grammar::openings::Opened;
use crate::grammar::phrases::Set;
use crate::grammar::rule::{Need, Rule, RuleSet, Told};
use crate::grammar::tag::{Tag, Word};
use crate::slots::may_name_rates;
use crate::span::Span;
use crate::speech::{SILENT, Voice};
use crate::state::StateCode;
use crate::trigger_frame::TriggerFrame;
use crate::who::{STRANGERS, Who, WhoKind};

/// A rule on a frame.
#[derive(Debug)]
pub(crate) struct Hit<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) frame: Frame,
    /// Less demanding rules on the same words, for where this one finds no parties.
    pub(crate) others: Vec<(&'r Rule, Frame)>,
}

/// Everything a rule may look at in a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'v> {
    pub(crate) words: &'v [Word],
    pub(crate) clauses: &'v Clauses,
    pub(crate) who: &'v [Who],
    /// What the words open.
    pub(crate) opened: &'v Opened<'v>,
    /// The sentences right before, the nearest one last.
    pub(crate) before: &'v [Past<'v>],
    pub(crate) voice: &'v Voice,
    pub(crate) stances: &'v Stances,
    /// The whole text is on tariffs, so that a rate alone tells of one.
    pub(crate) on_tariffs: bool,
}

/// The words of an earlier sentence, and what they open.
#[derive(Debug, Default)]
pub(crate) struct Past<'o> {
    pub(crate) words: Vec<Word>,
    pub(crate) opened: Opened<'o>,
}

impl<'v> View<'v> {
    /// A sentence by itself, told by nobody.
    pub(crate) const fn alone(
        words: &'v [Word],
        clauses: &'v Clauses,
        who: &'v [Who],
        opened: &'v Opened<'v>,
        stances: &'v Stances,
    ) -> Self {
        Self { words, clauses, who, opened, before: &[], voice: &SILENT, stances, on_tariffs: false }
    }

    /// Whether one of the phrases stands in the range.
    pub(crate) fn has(&self, range: Range, phrases: &Set) -> bool {
        self.opened.has(range, phrases)
    }

    /// Whether one of the phrases starts at a word.
    pub(crate) fn names_at(&self, at: usize, phrases: &Set) -> bool {
        self.opened.has((at, at + 1), phrases)
    }

    /// Where in the range the first of the phrases stands.
    pub(crate) fn first(&self, range: Range, phrases: &Set) -> Option<usize> {
        self.opened.places(range, phrases).next()
    }

    /// The state whose measures bear a name of the sentence, such as "Section 301", and where it stands.
    pub(crate) fn owner_by_name(&self, classes: &Classes) -> Option<(StateCode, Range)> {
        let named = classes.measures().filter_map(|(state, phrases)| {
            let at = self.first((0, self.words.len()), phrases)?;
            Some((state, (at, at + phrases.find(self.words, at)?.len())))
        });
        named.min_by_key(|(_, (at, _))| *at)
    }

    /// Whether a range names nothing but amounts and times.
    pub(crate) fn measures_only(&self, range: Range) -> bool {
        (range.0..range.1).all(|i| {
            self.words.get(i).is_none_or(|w| {
                w.tag != Tag::Noun
                    || w.time
                    || is!(
                        w.lemma,
                        "percent" | "percentage" | "point" | "half" | "third" | "effect" | "force"
                    )
            })
        })
    }

    /// The mentions that lie in a range of words, in text order.
    pub(crate) fn who_in(&self, range: Range) -> impl Iterator<Item = &'v Who> + use<'v> {
        let stretch = self.stretch(range);
        self.who.iter().filter(move |w| w.span.overlaps(stretch))
    }

    /// From the start of the first word of a range to the end of the last one; ends before it starts where one of them
    /// does not stand.
    pub(crate) fn stretch(&self, range: Range) -> Span {
        let start = self.words.get(range.0).map_or(usize::MAX, |w| w.span.start);
        let end = range.1.checked_sub(1).and_then(|i| self.words.get(i)).map_or(0, |w| w.span.end);
        Span::new(start, end)
    }
}

/// A rule whose trigger stands in the sentence, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chance<'r> {
    rule: &'r Rule,
    trigger: Range,
}

/// Adds the rules that may fit to `out`, by the words of the sentence and those right before it alone, those on
/// general diplomacy only where `general` asks for them.
pub(crate) fn chances<'r>(
    rules: &'r RuleSet,
    line: &Past<'_>,
    general: bool,
    before: &[Past<'_>],
    out: &mut Vec<Chance<'r>>,
) {
    let before = Opened::union(before.iter().map(|past| &past.opened));
    rules.openings.triggers(&line.words, &line.opened, general, &before, |rule, trigger| {
        out.extend(rules.rules.get(rule).map(|rule| Chance { rule, trigger }));
    });
}

/// Lists that each sentence fills anew.
#[derive(Default)]
pub(crate) struct Tried<'r> {
    /// What fits the words at hand, and how well.
    best: Vec<(usize, Hit<'r>)>,
    /// The frames of triggers that start there.
    readings: Vec<(Range, Option<TriggerFrame>)>,
}

/// For each act of the sentence the rule that fits it best, in text order.
///
/// A weak rule tells nothing where the sentence has no rate, and is not tried there, unless its trigger is
/// of several words: those it keeps from other rules.
pub(crate) fn hits<'r>(
    classes: &Classes,
    view: View<'_>,
    chances: &[Chance<'r>],
    Tried { best, readings }: &mut Tried<'r>,
) -> Vec<Hit<'r>> {
    let mut out: Vec<Hit<'r>> = Vec::new();
    let rated = chances.iter().any(|chance| chance.rule.weak) && may_name_rates(view.words);
    for chances in chances.chunk_by(|a, b| a.trigger.0 == b.trigger.0) {
        readings.clear();
        for &Chance { rule, trigger } in chances {
            if rule.weak && !rated && trigger.1 == trigger.0 + 1 {
                continue;
            }
            let Some(around) = around(view, rule, trigger) else { continue };
            let known = readings.iter().position(|(known, _)| *known == trigger).unwrap_or(readings.len());
            if known == readings.len() {
                readings.push((trigger, TriggerFrame::of(view, trigger)));
            }
            let Some((_, Some(reading))) = readings.get_mut(known) else { continue };
            let tried =
                reading.tried(view, rule, |frame| Some((fits(view, classes, rule, frame)?, frame.clone())));
            if let Some((weight, frame)) = tried {
                best.push((
                    around + weight + (trigger.1 - trigger.0) * 4,
                    Hit { rule, frame, others: Vec::new() },
                ));
            }
        }
        if best.is_empty() {
            continue;
        }
        // One act per word and kind: the most demanding rule speaks.
        best.sort_by(|a, b| {
            (a.1.rule.weak.cmp(&b.1.rule.weak))
                .then(stands_back(a.1.rule).cmp(&stands_back(b.1.rule)))
                .then(b.0.cmp(&a.0))
                .then_with(|| a.1.rule.name.cmp(&b.1.rule.name))
        });
        for (_, hit) in best.drain(..) {
            let taken = out.iter_mut().find(|h| {
                !h.rule.general
                    && !hit.rule.general
                    && h.rule.act.kind() == hit.rule.act.kind()
                    && h.frame.trigger.0 < hit.frame.trigger.1
                    && hit.frame.trigger.0 < h.frame.trigger.1
            });
            match taken {
                None => out.push(hit),
                Some(first) if second_choice(first, &hit) => first.others.push((hit.rule, hit.frame)),
                Some(_) => {}
            }
        }
    }
    out.sort_by_key(|h| h.rule.general);
    out
}

/// A rule that speaks only where no other tells of a statement, or of what a firm changes.
fn stands_back(rule: &Rule) -> bool {
    let kind = rule.act.kind();
    matches!(kind, Kind::Statement | Kind::BusinessShift) && rule.residual.contains(&kind)
}

/// All but tariffs, whose rates are shared out, are tried again by the next rule.
fn second_choice(first: &Hit<'_>, next: &Hit<'_>) -> bool {
    next.rule.act.kind() != Kind::TariffAction
        && first.frame.trigger.0 == next.frame.trigger.0
        && !next.rule.weak
        && first.others.len() < 3
}

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
    if !rule.voice.is_empty() {
        rule.voice.contains(&told(view, classes, frame)).then_some(())?;
        weight += 1;
    }
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

/// Whether the words name somebody who speaks for an authority: "a spokesperson", "its statement".
fn authority(view: View<'_>, range: Range) -> bool {
    const WORDS: &[&str] = &[
        "official",
        "minister",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "commissioner",
        "statement",
        "embassy",
        "ministry",
        "mission",
        "government",
        "commission",
        "department",
        "delegation",
        "ambassador",
    ];
    (range.0..range.1).any(|i| view.words.get(i).is_some_and(|w| WORDS.iter().any(|word| w.lemma == *word)))
}

/// "the bank's chief executive": an office outside government.
fn business_office(view: View<'_>, range: Range) -> bool {
    const WORDS: &[&str] = &[
        "executive",
        "ceo",
        "economist",
        "analyst",
        "strategist",
        "manager",
        "founder",
        "owner",
        "researcher",
        "lawyer",
        "attorney",
        "consultant",
        "professor",
        "scholar",
        "trader",
        "broker",
        "forwarder",
    ];
    (range.0..range.1).any(|i| view.words.get(i).is_some_and(|w| WORDS.iter().any(|word| w.lemma == *word)))
}

/// Texts that lay down what is to be.
const LAYS_DOWN: &[&str] = &[
    "decree",
    "pact",
    "agreement",
    "contract",
    "law",
    "regulation",
    "protocol",
    "proclamation",
    "order",
    "notice",
    "act",
    "treaty",
    "deal",
    "rule",
    "accord",
    "memorandum",
    "circular",
    "text",
    "budget",
];

/// Whether an office as printed is one of government, whatever its state.
fn public_office(office: &str) -> bool {
    const WORDS: &[&str] = &[
        "minister",
        "secretary",
        "trade representative",
        "ambassador",
        "commissioner",
        "negotiator",
        "envoy",
    ];
    let office = office.to_lowercase();
    WORDS.iter().any(|word| office.contains(word))
}

/// In whose words an act is told.
fn told(view: View<'_>, classes: &Classes, frame: &Frame) -> Told {
    if let Some(speaker) = stance(view, classes, frame).speaker {
        // "according to the decree": what a text lays down is nobody's guess.
        let last = speaker.1.checked_sub(1).and_then(|i| view.words.get(i));
        if last.is_some_and(|w| LAYS_DOWN.contains(&w.lemma.as_str())) {
            return Told::Documented;
        }
        let unplaced = |w: &Who| matches!(w.kind, WhoKind::Person | WhoKind::Office | WhoKind::Body);
        // A firm's body, or a person of no state: somebody who judges from outside.
        let private = |w: &Who| match w.kind {
            WhoKind::Body if w.country.is_some() => !w.is("official"),
            WhoKind::Body => !authority(view, speaker),
            WhoKind::Person => !w.is("official") && !w.office.as_deref().is_some_and(public_office),
            WhoKind::Office => w.country.is_none() && business_office(view, speaker),
            _ => false,
        };
        let office = authority(view, speaker);
        let official = office || view.who_in(speaker).any(|w| w.is("official") || unplaced(w) && !private(w));
        if official { Told::Said } else { Told::Guessed }
    } else if view.voice.own.is_some() {
        Told::Own
    } else if view.voice.carried.is_some() {
        Told::Carried
    } else if view.voice.official {
        Told::Documented
    } else {
        Told::Narrated
    }
}
