//! One measure: its steps, and its state as of an instant.
//!
//! A step is known from the day it was said, and works from the instant it begins. The plan is what
//! the steps known so far leave standing, in the order in which it begins: a later decision about
//! the same day takes the earlier one's place, a pause or an end takes away what was planned after
//! it. What an unconfirmed digest says never takes the place of what an official text says.

use attache_extract::event::Percent;
use jiff::Timestamp;
use jiff::civil::Date;

use super::step::{Deed, Step, Weight};
use super::{Layer, State};
use crate::id::EventId;

/// All steps of one measure, in the order they were said.
#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    pub(super) steps: Vec<Step>,
}

/// What the ledger knows when it answers.
#[derive(Debug, Clone)]
pub(super) struct Instant {
    pub(super) at: Timestamp,
    /// Its day on the imposer's calendar.
    pub(super) day: Date,
    /// The asker gave an hour: what was said that day may have been said later.
    pub(super) clocked: bool,
}

/// Two steps that say different things of one.
#[derive(Debug, Clone)]
pub(super) struct Differ {
    pub(super) what: String,
    pub(super) why: String,
    pub(super) followed: EventId,
    pub(super) other: EventId,
}

/// A part of the plan.
#[derive(Debug, Clone)]
struct Segment<'m> {
    begin: Timestamp,
    step: &'m Step,
    deed: Deed,
    rate: Option<Percent>,
    points: Option<Percent>,
}

/// What stands, what comes, what was threatened.
struct Plan<'m> {
    segments: Vec<Segment<'m>>,
    threats: Vec<(&'m Step, bool)>,
    undated: Vec<&'m Step>,
    differ: Vec<Differ>,
}

/// The answer for one measure.
#[derive(Debug, Default)]
pub(super) struct Standing {
    pub(super) layers: Vec<Layer>,
    pub(super) differ: Vec<Differ>,
    /// It is charged, or kept from being charged.
    pub(super) holds: bool,
    /// What is charged now is not known for certain.
    pub(super) open: bool,
}

/// A threat without a day that nothing followed is over after so many days.
const THREAT_HOLDS: i32 = 365;

impl Measure {
    pub(super) fn insert(&mut self, step: Step) {
        let at = self.steps.partition_point(|known| known.order() < step.order());
        self.steps.insert(at, step);
    }

    /// Takes an event's steps out.
    pub(super) fn remove(&mut self, id: EventId) -> Vec<Step> {
        self.steps.extract_if(.., |step| step.id == id).collect()
    }

    /// The state as of an instant; `other` says which reports are told under another layer.
    pub(super) fn standing(&self, now: &Instant, skip: &dyn Fn(&Step) -> bool) -> Standing {
        let known = self.steps.partition_point(|step| step.said <= now.day);
        let earlier = self.steps.partition_point(|step| step.said < now.day);
        let known = self.steps.get(..known).unwrap_or_default();
        let mut standing = self.told(known, now, skip);
        // What was said on the day itself may have been said after the hour asked about.
        if now.clocked && earlier < known.len() {
            let before = self.told(known.get(..earlier).unwrap_or_default(), now, skip);
            let fresh = before.layers.into_iter().filter(|layer| layer.state == State::Announced);
            let told = |layer: &Layer| {
                standing.layers.iter().any(|now| now.rate == layer.rate && now.state != State::Threatened)
            };
            let new: Vec<_> = fresh.filter(|layer| !told(layer)).collect();
            standing.layers.extend(new);
        }
        standing
    }

    fn told(&self, known: &[Step], now: &Instant, skip: &dyn Fn(&Step) -> bool) -> Standing {
        let plan = plan(known.iter().filter(|step| !skip(step)));
        let current = plan.segments.partition_point(|segment| segment.begin <= now.at);
        let mut standing = Standing { differ: plan.differ.clone(), ..Standing::default() };
        if let Some(at) = current.checked_sub(1) {
            running(&plan, at, now, &mut standing);
        }
        for segment in plan.segments.get(current..).unwrap_or_default() {
            standing.layers.push(ahead(segment));
        }
        for step in &plan.undated {
            let layer = Layer { rate: step.rate, points: step.points, ..bare(step, State::Announced) };
            standing.layers.push(layer);
        }
        for (step, met) in &plan.threats {
            standing.layers.extend(threat(step, *met, now));
        }
        standing
    }
}

/// Applies the steps in the order they were said.
fn plan<'m>(known: impl Iterator<Item = &'m Step>) -> Plan<'m> {
    let mut plan =
        Plan { segments: Vec::new(), threats: Vec::new(), undated: Vec::new(), differ: Vec::new() };
    for step in known {
        if step.deed == Deed::Threat {
            plan.threats.push((step, false));
            continue;
        }
        for (threat, met) in &mut plan.threats {
            *met |= meets(threat, step);
        }
        let Some(begin) = step.begin else {
            plan.undated.push(step);
            continue;
        };
        // What was announced without a day has come with this, unless it was another rate.
        plan.undated.retain(|open| open.rate.is_some() && open.rate != step.rate && step.rate.is_some());
        if let Some(reason) = set_aside(&plan, step, begin) {
            plan.differ.push(reason);
            continue;
        }
        apply(&mut plan, step, begin);
    }
    let dated = std::mem::take(&mut plan.undated);
    plan.undated =
        dated.into_iter().filter(|step| !plan.segments.iter().any(|dated| tells(step, dated.step))).collect();
    plan
}

/// Whether a step without a day tells of one that has a day: said about the same time, of one form,
/// with figures that fit.
fn tells(undated: &Step, dated: &Step) -> bool {
    let fits = |a: Option<Percent>, b: Option<Percent>| a.is_none() || b.is_none() || a == b;
    let apart = undated.said.until(dated.said).map_or(i32::MAX, |span| span.get_days().saturating_abs());
    apart <= 14
        && undated.deed == dated.deed
        && fits(undated.points, dated.points)
        && (fits(undated.rate, dated.rate) || undated.points.is_some() && undated.points == dated.points)
}

fn apply<'m>(plan: &mut Plan<'m>, step: &'m Step, begin: Timestamp) {
    let stops = matches!(step.deed, Deed::Pause | Deed::End);
    if stops {
        plan.segments.retain(|segment| segment.begin < begin || same_step(segment.step, step));
    }
    // One day's later decision takes the place of the earlier one.
    plan.segments.retain(|segment| {
        let replaced =
            segment.step.begin_day == step.begin_day && (segment.begin <= begin || !step.clocked());
        !(replaced && (segment.step.said < step.said || same_step(segment.step, step)))
    });
    let at = plan.segments.partition_point(|segment| segment.begin <= begin);
    let before = at.checked_sub(1).and_then(|at| plan.segments.get(at));
    let held = before.and_then(|segment| segment.rate);
    let mut segment = Segment { begin, step, deed: step.deed, rate: step.rate, points: step.points };
    match step.deed {
        Deed::Pause => {
            if let Some((from, _)) = step.puts_off() {
                segment.rate = Some(from);
                segment.deed = Deed::Charge;
            }
            let extends = step.action == attache_extract::event::TariffAction::ExtendSuspension;
            if extends && segment.points.is_none() {
                segment.points = before.and_then(|segment| segment.points);
            }
            if extends && step.rate.is_none() {
                segment.rate = held;
            }
        }
        Deed::End => segment.rate = held.or(step.from).or(step.rate),
        Deed::Charge if segment.rate.is_none() => {
            segment.rate = match (step.points, held) {
                (Some(points), Some(held)) if raises(step) => Some(plus(held, points)),
                // Another rate, which the text does not give.
                (None, _) if step.words.is_some() || changes(step) => None,
                (None, held) => held,
                _ => None,
            };
        }
        Deed::Charge | Deed::Threat => {}
    }
    plan.segments.insert(at, segment);
}

fn raises(step: &Step) -> bool {
    step.action == attache_extract::event::TariffAction::Increase
}

fn changes(step: &Step) -> bool {
    use attache_extract::event::TariffAction;
    matches!(step.action, TariffAction::Increase | TariffAction::Reduce)
}

fn plus(a: Percent, b: Percent) -> Percent {
    Percent::from_ten_thousandths(a.ten_thousandths() + b.ten_thousandths())
}

fn minus(a: Percent, b: Percent) -> Percent {
    Percent::from_ten_thousandths(a.ten_thousandths() - b.ten_thousandths())
}

/// Two reports of one step: said on one day, about one day, of one form.
fn same_step(a: &Step, b: &Step) -> bool {
    a.said == b.said && a.deed == b.deed && a.action == b.action
}

/// Why a step is not followed, where another one stands in its way.
fn set_aside(plan: &Plan<'_>, step: &Step, begin: Timestamp) -> Option<Differ> {
    for other in plan.segments.iter().map(|segment| segment.step) {
        if same_step(other, step) && other.begin_day == step.begin_day {
            let Some(what) = difference(other, step) else { continue };
            let followed =
                other.over.contains(&step.id) || !step.over.contains(&other.id) && other.weight > step.weight;
            let (follow, drop) = if followed { (other, step) } else { (step, other) };
            let differ = Differ { what, why: why(follow, drop), followed: follow.id, other: drop.id };
            if followed {
                return Some(differ);
            }
        }
    }
    let running = plan.segments.iter().rev().find(|segment| segment.begin <= begin)?;
    let unsure = step.weight == Weight::Digest && running.step.weight > Weight::Digest;
    if !unsure || step.over.contains(&running.step.id) {
        return None;
    }
    let what = difference(running.step, step)?;
    Some(Differ { what, why: why(running.step, step), followed: running.step.id, other: step.id })
}

/// Conflicts in which the later step was followed.
pub(super) fn overruled(known: &[Step]) -> Vec<Differ> {
    let mut found = Vec::new();
    // Reports of one step stand side by side: steps are sorted by the day they were said.
    for (n, step) in known.iter().enumerate() {
        for other in
            known.get(..n).unwrap_or_default().iter().rev().take_while(|other| other.said == step.said)
        {
            if step.deed == Deed::Threat || !same_step(other, step) || other.begin_day != step.begin_day {
                continue;
            }
            let Some(what) = difference(other, step) else { continue };
            let first =
                other.over.contains(&step.id) || !step.over.contains(&other.id) && other.weight > step.weight;
            if !first {
                found.push(Differ { what, why: why(step, other), followed: step.id, other: other.id });
            }
        }
    }
    found
}

fn difference(a: &Step, b: &Step) -> Option<String> {
    let show = |step: &Step| step.words.clone().unwrap_or_else(|| "no rate".to_owned());
    let rates = a.rate.zip(b.rate).is_some_and(|(a, b)| a != b)
        || a.points.zip(b.points).is_some_and(|(a, b)| a != b);
    if rates {
        return Some(format!("rate: {} by one source, {} by the other", show(a), show(b)));
    }
    match (&a.until, &b.until) {
        (Some(this), Some(that)) if this.day != that.day && !this.about && !that.about => {
            Some(format!("end: {} by one source, {} by the other", this.text, that.text))
        }
        _ => None,
    }
}

fn why(followed: &Step, other: &Step) -> String {
    if followed.over.contains(&other.id) {
        return "a curator settled it".to_owned();
    }
    if followed.weight != other.weight {
        return format!("{} weighs more than {}", followed.weight.words(), other.weight.words());
    }
    "it was said later, or stands later".to_owned()
}

/// Whether a step carries out a threat: the rate or the rise that was threatened, or the day.
fn meets(threat: &Step, step: &Step) -> bool {
    let rise = step.to.zip(step.from).map(|(to, from)| minus(to, from));
    if threat.rate.is_none() && step.deed == Deed::Charge && step.said >= threat.said {
        return true;
    }
    let rate = threat.rate.is_some()
        && (threat.rate == step.rate || threat.rate == rise || threat.to == step.to && threat.to.is_some());
    let day = threat.begin.is_some() && threat.begin == step.begin && step.deed == Deed::Charge;
    step.said >= threat.said && (rate || day)
}

/// Rows for what has begun.
fn running(plan: &Plan<'_>, at: usize, now: &Instant, standing: &mut Standing) {
    let Some(segment) = plan.segments.get(at) else { return };
    let step = segment.step;
    // A pause that is known to go on ends when its last prolongation does.
    let mut last = step;
    let mut chain: Vec<EventId> = Vec::new();
    for next in plan.segments.get(at + 1..).unwrap_or_default() {
        let joins = last.until.as_ref().is_some_and(|until| next.begin <= until.at);
        let prolongs = segment.deed == Deed::Pause && next.deed == Deed::Pause;
        if !(joins && prolongs) {
            break;
        }
        last = next.step;
        chain.insert(0, last.id);
    }
    let until = last.until.as_ref();
    let over = until.is_some_and(|until| until.at <= now.at);
    let since = since(plan, at);
    let sources = chain.into_iter().chain(sources(plan, at)).collect::<Vec<_>>();
    let row = |state: State| Layer { sources: sources.clone(), ..bare(step, state) };
    let ends = |layer: Layer, then: String| Layer {
        until: until.map(|until| until.text.clone()),
        until_day: until.map(|until| until.day),
        about: until.is_some_and(|until| until.about),
        then: until.is_some().then_some(then),
        ..layer
    };
    standing.holds = match segment.deed {
        Deed::End => false,
        Deed::Pause => true,
        Deed::Charge | Deed::Threat => !over || step.puts_off().is_some(),
    };
    let ended = "its time has run out; no stored text says what followed";
    match segment.deed {
        Deed::End => {
            let then = segment.step.until.as_ref().map(|until| format!("until {}", until.text));
            standing.layers.push(Layer { rate: segment.rate, then, ..row(State::Removed) });
        }
        Deed::Charge if step.puts_off().is_some() => {
            standing.layers.push(Layer { rate: segment.rate, effective: since, ..row(State::InForce) });
            let Some((from, to)) = step.puts_off() else { return };
            if until.is_some() {
                let state = if over { State::Expired } else { State::Suspended };
                let then = if over {
                    ended.to_owned()
                } else {
                    format!("unless it is put off again, the rate rises from {from}% to {to}%")
                };
                standing.layers.push(ends(Layer { points: Some(minus(to, from)), ..row(state) }, then));
                standing.open |= over;
            }
        }
        Deed::Pause => {
            if segment.rate.is_some_and(|rate| rate.ten_thousandths() > 0) {
                standing.layers.push(Layer { rate: segment.rate, effective: since, ..row(State::InForce) });
            }
            let state = if over { State::Expired } else { State::Suspended };
            let then = match segment.points {
                _ if over => ended.to_owned(),
                Some(points) => format!("unless prolonged, {points} percentage points come back"),
                None => "unless prolonged, the suspension ends; the text gives no rate".to_owned(),
            };
            standing.layers.push(ends(Layer { points: segment.points, ..row(state) }, then));
            standing.open |= over || segment.rate.is_none();
        }
        Deed::Charge | Deed::Threat => {
            let state = if over { State::Expired } else { State::InForce };
            let then = if over { "its time has run out" } else { "unless prolonged, the duty ends" };
            standing.layers.push(ends(
                Layer {
                    rate: segment.rate,
                    effective: since.or_else(|| step.effective.clone()),
                    ..row(state)
                },
                then.to_owned(),
            ));
            standing.open |= segment.rate.is_none() && !over;
        }
    }
}

/// Since when the present rate is charged, as the text of its first step has it.
fn since(plan: &Plan<'_>, at: usize) -> Option<String> {
    let present = plan.segments.get(at)?;
    let mut first = present;
    for earlier in plan.segments.get(..at)?.iter().rev() {
        let charged = matches!(earlier.deed, Deed::Charge | Deed::Pause);
        if !charged || earlier.rate != present.rate || earlier.rate.is_none() {
            break;
        }
        first = earlier;
    }
    let said = Some(first.step.said.to_string());
    first.step.effective.clone().or(said)
}

/// The step followed and those it follows from, latest first.
fn sources(plan: &Plan<'_>, at: usize) -> Vec<EventId> {
    let earlier = plan.segments.get(..=at).unwrap_or_default().iter().rev();
    earlier.take(MOST_SOURCES).map(|segment| segment.step.id).collect()
}

const MOST_SOURCES: usize = 12;

/// A row for what is decided and has not begun.
fn ahead(segment: &Segment<'_>) -> Layer {
    let step = segment.step;
    let until = step.until.as_ref();
    let then = match segment.deed {
        Deed::End => Some("the duty ends then".to_owned()),
        Deed::Pause if step.puts_off().is_some() => Some("a planned rise is put off".to_owned()),
        Deed::Pause => {
            segment.points.map(|points| format!("{points} percentage points are not charged from then on"))
        }
        Deed::Charge | Deed::Threat => None,
    };
    Layer {
        rate: if segment.deed == Deed::End { None } else { segment.rate },
        points: segment.points,
        until: until.map(|until| until.text.clone()),
        until_day: until.map(|until| until.day),
        about: until.is_some_and(|until| until.about),
        then,
        ..bare(step, State::Announced)
    }
}

fn threat(step: &Step, met: bool, now: &Instant) -> Option<Layer> {
    let passed = step.begin.is_some_and(|begin| begin <= now.at);
    let age = step.said.until(now.day).map_or(0, |span| span.get_days());
    let stale = step.begin.is_none() && age > THREAT_HOLDS;
    if met || stale {
        return None;
    }
    let then = passed.then(|| "its day has passed; no stored text says that it came".to_owned());
    // A threat that came to nothing is worth a row for as long as an undated one holds.
    let forgotten = passed && age > THREAT_HOLDS;
    let state = if passed { State::Lapsed } else { State::Threatened };
    (!forgotten).then(|| Layer { rate: step.rate, points: step.points, then, ..bare(step, state) })
}

fn bare(step: &Step, state: State) -> Layer {
    Layer {
        layer: String::new(),
        goods: String::new(),
        on: None,
        scope: step.scope.clone(),
        rate: None,
        words: step.words.clone(),
        points: None,
        state,
        effective: step.effective.clone(),
        until: None,
        until_day: None,
        about: false,
        then: None,
        legal: None,
        certainty: step.certainty,
        key: step.key.clone(),
        sources: vec![step.id],
    }
}
