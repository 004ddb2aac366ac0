//! One measure: its steps, and its state as of an instant.
//!
//! A step is known from the day it was said, and works from the instant it begins. The plan is what
//! the steps known so far leave standing, in the order in which it begins; a pause or an end takes
//! away what was planned after it.
//!
//! # Two acts about one day
//!
//! Where two steps begin on one day, the first of these rules that tells them apart decides:
//!
//! 1. What a curator settled.
//! 2. Tellings of one state are one step: the terms are those of the one that tells most, the start is
//!    the most exact one (an hour before a day, an official text before a report), and what one leaves
//!    open the other fills in. A duty of 34% of which 24 points are suspended is a duty of 10%.
//! 3. What changes the rate that the other one sets comes after it.
//! 4. A decision said on a later day takes the place of the earlier one; but what a weaker source says
//!    once the day has come retells it and decides nothing, nor does an unconfirmed digest.
//! 5. Said on one day: the official text before an article's own statement, that before a report, a
//!    digest last; then the one that leaves a part charged before the one that only says that a duty
//!    ends, an hour before a bare day, a figure before none, and what stands later in a text.
//!
//! Where figures or ends differ under 4 (in its second half) and 5, both are shown.

use attache_extract::event::{Percent, TariffAction};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::step::{Deed, End, Step, Weight, minus};
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
    day: Option<Date>,
    /// Whose terms are followed.
    step: &'m Step,
    /// Whose start is followed; `None` where it is only known to have begun by the day of the report.
    start: Option<&'m Step>,
    until: Option<&'m End>,
    /// Other events that tell of it.
    also: Vec<EventId>,
    deed: Deed,
    rate: Option<Percent>,
    points: Option<Percent>,
}

/// What stands, what comes, what was threatened.
#[derive(Default)]
struct Plan<'m> {
    segments: Vec<Segment<'m>>,
    threats: Vec<(&'m Step, bool)>,
    undated: Vec<&'m Step>,
    quarrels: Vec<Quarrel<'m>>,
}

/// Two steps that say different things of one, before anybody has asked for the words.
struct Quarrel<'m> {
    followed: &'m Step,
    other: &'m Step,
    /// What stands in the way, where it is not another source of the same step.
    reason: Option<Reason>,
}

/// Why a step cannot be what it seems to be.
enum Reason {
    /// Another rate than the one charged is changed, and only the headline names the layer.
    Foreign(Option<Percent>),
    /// Told without its day beside a dated one.
    Older(Option<Percent>),
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

/// Days either way within which a step without a day may be one that has a day.
const TOLD_AGAIN: i32 = 14;

impl Measure {
    pub(super) fn insert(&mut self, step: Step, zone: &TimeZone) {
        let said = step.said;
        let at = self.steps.partition_point(|known| known.order() < step.order());
        self.steps.insert(at, step);
        self.settle(said, zone);
    }

    /// Takes an event's steps out.
    pub(super) fn remove(&mut self, id: EventId, zone: &TimeZone) -> Vec<Step> {
        let removed: Vec<Step> = self.steps.extract_if(.., |step| step.id == id).collect();
        for step in &removed {
            self.settle(step.said, zone);
        }
        removed
    }

    /// Gives the steps said on a day the starts that others of that day tell.
    fn settle(&mut self, said: Date, zone: &TimeZone) {
        let first = self.steps.partition_point(|step| step.said < said);
        let last = self.steps.partition_point(|step| step.said <= said);
        let Some(day) = self.steps.get_mut(first..last) else { return };
        let mut changed = false;
        for step in day.iter_mut() {
            changed |= step.drop_start();
        }
        for n in 0..day.len() {
            let dated = day.get(n).and_then(|step| {
                day.iter().filter(|dated| starts(dated, step)).min_by_key(|dated| dated.order())
            });
            if let (Some(dated), Some(step)) = (dated.cloned(), day.get_mut(n)) {
                step.start_with(&dated, zone);
                changed = true;
            }
        }
        if changed {
            day.sort_by_key(Step::order);
        }
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
        let plan = plan(known, skip);
        let current = plan.segments.partition_point(|segment| segment.begin <= now.at);
        let mut standing = Standing::default();
        if let Some(at) = current.checked_sub(1) {
            running(&plan, at, now, &mut standing);
        }
        for segment in plan.segments.get(current..).unwrap_or_default() {
            standing.layers.push(ahead(segment));
        }
        for step in &plan.undated {
            let until = step.until.as_ref();
            standing.layers.push(Layer {
                rate: step.rate,
                points: step.points,
                until: until.map(|until| until.text.clone()),
                until_day: until.map(|until| until.day),
                about: until.is_some_and(|until| until.about),
                then: prolongs(step).then(|| "promised; no stored text says that it is done".to_owned()),
                ..bare(step, State::Announced)
            });
        }
        for (step, met) in &plan.threats {
            standing.layers.extend(threat(step, *met, now));
        }
        // A quarrel about what has since been overtaken is history.
        let shown = plan.segments.get(current.saturating_sub(1)..).unwrap_or_default();
        let concerns = |id: EventId| shown.iter().any(|segment| segment.tells(id));
        let shown = |quarrel: &&Quarrel<'_>| concerns(quarrel.followed.id) || concerns(quarrel.other.id);
        standing.differ = plan.quarrels.iter().filter(shown).map(Quarrel::told).collect();
        standing
    }
}

impl<'m> Segment<'m> {
    fn of(step: &'m Step, begin: Timestamp, day: Option<Date>) -> Self {
        Self {
            begin,
            day,
            step,
            start: (!step.background && step.by_then.is_none()).then_some(step),
            until: step.until.as_ref(),
            also: Vec::new(),
            deed: step.deed,
            rate: step.rate,
            points: step.points,
        }
    }

    fn tells(&self, id: EventId) -> bool {
        self.step.id == id || self.also.contains(&id)
    }

    /// One of two tellings of a state tells more.
    fn telling(&self) -> (bool, usize, Weight, bool) {
        let figures = usize::from(self.rate.is_some()) + usize::from(self.points.is_some());
        (self.deed == Deed::Pause, figures, self.step.weight, self.until.is_some())
    }

    /// Two tellings of one state.
    fn merged(self, other: Self) -> Self {
        let (mut kept, less) = if other.telling() > self.telling() { (other, self) } else { (self, other) };
        kept.rate = kept.rate.or(less.rate);
        if less.deed == kept.deed {
            kept.points = kept.points.or(less.points);
        } else if kept.deed == Deed::Pause && kept.points.is_none() {
            let rest = less.rate.zip(kept.rate).filter(|(whole, part)| whole > part);
            kept.points = rest.map(|(whole, part)| minus(whole, part));
        }
        let exact = |segment: &Self| segment.start.map(|start| (start.clocked(), start.weight));
        if exact(&less) > exact(&kept) {
            (kept.start, kept.begin) = (less.start, less.begin);
        }
        let sure = |until: &&End| (!until.about, until.text.contains('T'));
        if kept.deed == less.deed && less.until.as_ref().map(sure) > kept.until.as_ref().map(sure) {
            kept.until = less.until;
        }
        kept.also.push(less.step.id);
        kept.also.extend(less.also);
        kept
    }
}

/// Whether a step gives the start that another one of its day leaves out: the rate charged is the same.
fn starts(dated: &Step, step: &Step) -> bool {
    let open = step.begin.is_none() && step.deed == Deed::Pause && dated.deed == Deed::Charge;
    open && dated.article == step.article
        && !dated.assumed
        && dated.begin.is_some()
        && step.rate.is_some()
        && dated.rate == step.rate
}

/// Applies the steps in the order they were said.
fn plan<'m>(known: &'m [Step], skip: &dyn Fn(&Step) -> bool) -> Plan<'m> {
    let mut plan = Plan::default();
    for (n, step) in known.iter().enumerate().filter(|(_, step)| !skip(step)) {
        if step.deed == Deed::Threat {
            plan.threats.push((step, false));
            continue;
        }
        for (threat, met) in &mut plan.threats {
            *met |= meets(threat, step);
        }
        if (step.begin.is_none() || step.assumed)
            && near(known, n).any(|dated| tells(step, dated) && !skip(dated))
        {
            continue;
        }
        let Some((begin, day)) = start(&plan, step) else {
            plan.undated.push(step);
            continue;
        };
        // What was announced without a day has come with this, unless it was another rate.
        plan.undated.retain(|open| open.rate.is_some() && open.rate != step.rate && step.rate.is_some());
        if let Some(reason) = set_aside(&plan, step, begin) {
            plan.quarrels.push(reason);
            continue;
        }
        apply(&mut plan, step, begin, day);
    }
    plan
}

/// When a step begins. A prolongation that is carried out begins where what it prolongs ends.
fn start(plan: &Plan<'_>, step: &Step) -> Option<(Timestamp, Option<Date>)> {
    let own = step.begin.map(|begin| (begin, step.begin_day));
    let until = step.until.as_ref().filter(|until| prolongs(step) && step.done && !until.about);
    let Some(until) = until.filter(|_| step.assumed || own.is_none()) else { return own };
    let paused = plan.segments.iter().rev().find(|segment| segment.deed == Deed::Pause);
    match paused.and_then(|segment| segment.until) {
        Some(before) if before.day < until.day && before.at > step.said_at => Some((before.at, None)),
        _ => own.or(Some((step.said_at, Some(step.said)))),
    }
}

/// It suspends what is suspended already, for longer.
fn prolongs(step: &Step) -> bool {
    step.action == TariffAction::ExtendSuspension
}

/// The steps said shortly before and after one.
fn near(known: &[Step], n: usize) -> impl Iterator<Item = &Step> {
    let said = known.get(n).map(|step| step.said);
    let close = move |step: &&Step| {
        let apart = said.and_then(|said| said.until(step.said).ok()).map(|span| span.get_days().abs());
        apart.is_some_and(|days| days <= TOLD_AGAIN)
    };
    let after = known.get(n + 1..).unwrap_or_default().iter().take_while(close);
    let before = known.get(..n).unwrap_or_default().iter().rev().take_while(close);
    after.chain(before)
}

/// Whether a step without a day tells of one that has a day: said about the same time, of one form,
/// with figures that fit.
fn tells(step: &Step, dated: &Step) -> bool {
    let fits = |a: Option<Percent>, b: Option<Percent>| a.is_none() || b.is_none() || a == b;
    let form =
        step.eases() == dated.eases() && (step.deed == dated.deed || step.eases() && step.deed != Deed::End);
    let ends = match (&step.until, &dated.until) {
        (Some(this), Some(that)) => this.about || that.about || this.day == that.day,
        (Some(this), None) => this.about || !prolongs(step),
        (None, _) => true,
    };
    form && dated.begin.is_some()
        && !dated.assumed
        && ends
        && fits(step.points, dated.points)
        && (fits(step.rate, dated.rate) || step.points.is_some() && step.points == dated.points)
}

/// How a step stands to another one that begins on its day; whether they quarrel.
#[derive(Clone, Copy)]
enum Relation {
    /// Both tell of one state.
    Same,
    /// It takes the place of the other one.
    Over(bool),
    /// The other one stays.
    Aside(bool),
}

fn apply<'m>(plan: &mut Plan<'m>, step: &'m Step, begin: Timestamp, day: Option<Date>) {
    let mut segment = Segment::of(step, begin, day);
    while let Some(at) = rival(&plan.segments, begin, day) {
        let Some(rival) = plan.segments.get(at) else { break };
        let (old, new) = (rival.step, segment.step);
        let quarrel = |followed: &'m Step, other: &'m Step| Quarrel { followed, other, reason: None };
        match relation(rival, &segment) {
            Relation::Aside(differ) => {
                plan.quarrels.extend(differ.then(|| quarrel(old, new)));
                // What was merged with it on the way has its place.
                if segment.step.id == step.id && segment.also.is_empty() {
                    return;
                }
                break;
            }
            Relation::Over(differ) => {
                plan.segments.remove(at);
                plan.quarrels.extend(differ.then(|| quarrel(new, old)));
            }
            Relation::Same => segment = plan.segments.remove(at).merged(segment),
        }
    }
    let begin = segment.begin;
    if matches!(segment.deed, Deed::Pause | Deed::End) {
        let first = plan.segments.partition_point(|earlier| earlier.begin < begin);
        let later = plan.segments.split_off(first);
        plan.segments.extend(later.into_iter().filter(|planned| same_step(planned.step, step)));
    }
    let at = plan.segments.partition_point(|earlier| earlier.begin <= begin);
    let before = at.checked_sub(1).and_then(|at| plan.segments.get(at));
    let held = before.and_then(|segment| segment.rate);
    match segment.deed {
        Deed::Pause => {
            if let Some((from, _)) = segment.step.puts_off() {
                segment.rate = Some(from);
                segment.deed = Deed::Charge;
            }
            if prolongs(segment.step) && segment.points.is_none() {
                segment.points = before.and_then(|segment| segment.points);
            }
            if prolongs(segment.step) && segment.step.rate.is_none() {
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

/// Where the plan has something else that begins on the day, by whatever hour.
fn rival(segments: &[Segment<'_>], begin: Timestamp, day: Option<Date>) -> Option<usize> {
    let day = day?;
    let about = SignedDuration::from_hours(48);
    let from = segments.partition_point(|segment| segment.begin.duration_until(begin) > about);
    let near =
        segments.get(from..)?.iter().take_while(|segment| begin.duration_until(segment.begin) <= about);
    near.enumerate().find(|(_, segment)| segment.day == Some(day)).map(|(n, _)| from + n)
}

fn raises(step: &Step) -> bool {
    step.action == TariffAction::Increase
}

fn changes(step: &Step) -> bool {
    matches!(step.action, TariffAction::Increase | TariffAction::Reduce)
}

fn plus(a: Percent, b: Percent) -> Percent {
    Percent::from_ten_thousandths(a.ten_thousandths() + b.ten_thousandths())
}

/// Two steps of one form, said on one day.
fn same_step(a: &Step, b: &Step) -> bool {
    a.said == b.said && a.deed == b.deed && a.action == b.action
}

/// See the module's rules.
fn relation(rival: &Segment<'_>, segment: &Segment<'_>) -> Relation {
    let (old, new) = (rival.step, segment.step);
    let differ = differs(old, new);
    if new.over.contains(&old.id) {
        return Relation::Over(differ);
    }
    if old.over.contains(&new.id) {
        return Relation::Aside(differ);
    }
    if agree(rival, segment) {
        return Relation::Same;
    }
    // One changes what the other sets: it comes after it.
    if new.from.is_some() && new.from == rival.rate {
        return Relation::Over(false);
    }
    if old.from.is_some() && old.from == segment.rate {
        return Relation::Aside(false);
    }
    if old.said != new.said {
        let come = segment.day.is_some_and(|day| day <= new.said);
        return if new.weight < old.weight && come { Relation::Aside(differ) } else { Relation::Over(false) };
    }
    let weighs = |step: &Step, segment: &Segment<'_>| {
        (step.weight, step.deed != Deed::End, step.clocked(), segment.rate.is_some())
    };
    if weighs(old, rival) > weighs(new, segment) { Relation::Aside(differ) } else { Relation::Over(differ) }
}

/// Whether two steps that begin on one day tell of one state.
fn agree(a: &Segment<'_>, b: &Segment<'_>) -> bool {
    let (ends, charged) = (a.deed == Deed::End, b.deed == Deed::End);
    if ends || charged {
        return ends && charged;
    }
    let one_end = match (a.until, b.until) {
        (Some(this), Some(that)) => this.day == that.day || this.about || that.about,
        _ => true,
    };
    // The whole duty told beside the part of it that is not charged, which one text may leave to be
    // reckoned.
    let one_text = a.step.article == b.step.article;
    let whole = |whole: &Segment<'_>, part: &Segment<'_>| {
        whole.deed == Deed::Charge
            && part.deed == Deed::Pause
            && match (part.rate, part.points) {
                (Some(rate), Some(points)) => whole.rate == Some(plus(rate, points)),
                (Some(rate), None) => one_text && whole.rate.is_some_and(|whole| whole > rate),
                _ => false,
            }
    };
    if a.step.said == b.step.said && (whole(a, b) || whole(b, a)) {
        return true;
    }
    let no_figure = |segment: &Segment<'_>| segment.rate.is_none() && segment.points.is_none();
    if no_figure(a) || no_figure(b) {
        return one_end && (a.step.eases() == b.step.eases());
    }
    let pauses = a.deed == Deed::Pause && b.deed == Deed::Pause;
    let one_rate = a.rate.is_none() || b.rate.is_none() || a.rate == b.rate;
    let one_part = !pauses || a.points.is_none() || b.points.is_none() || a.points == b.points;
    let shared = a.rate.is_some() && a.rate == b.rate || pauses && a.points.is_some() && a.points == b.points;
    one_end && one_rate && one_part && shared
}

/// Why a step is not followed, where what runs when it begins stands in its way.
fn set_aside<'m>(plan: &Plan<'m>, step: &'m Step, begin: Timestamp) -> Option<Quarrel<'m>> {
    let begun = plan.segments.partition_point(|segment| segment.begin <= begin);
    let begun = plan.segments.get(..begun)?;
    let running = begun.last()?;
    let followed = running.step;
    if step.over.contains(&followed.id) {
        return None;
    }
    let quarrel = |reason| Some(Quarrel { followed, other: step, reason });
    // One of another duty.
    if let Some(from) = step.from.filter(|_| step.by_headline) {
        let before =
            begun.iter().rev().find(|segment| segment.begin < begin && segment.day != step.begin_day);
        let held = before.and_then(|segment| segment.rate);
        if held.is_some_and(|held| held != from) {
            return quarrel(Some(Reason::Foreign(held)));
        }
    }
    // An older rate told in passing.
    if step.background && !followed.background && step.rate != running.rate {
        return quarrel(Some(Reason::Older(running.rate)));
    }
    let unsure = step.weight == Weight::Digest && followed.weight != Weight::Digest;
    if unsure && differs(followed, step) { quarrel(None) } else { None }
}

impl Quarrel<'_> {
    fn told(&self) -> Differ {
        let show =
            |rate: Option<Percent>| rate.map_or_else(|| "no rate".to_owned(), |rate| format!("{rate}%"));
        let (what, why) = match self.reason {
            None => (difference(self.followed, self.other), why(self.followed, self.other)),
            Some(Reason::Foreign(held)) => (
                format!("rate: {} before, by one source, {} by the other", show(held), show(self.other.from)),
                "only the headline names its layer, and it changes another rate than the one charged"
                    .to_owned(),
            ),
            Some(Reason::Older(rate)) => (
                format!("rate: {} by one source, {} by the other", show(rate), show(self.other.rate)),
                "the other text tells of a duty without its day, and may mean an older one".to_owned(),
            ),
        };
        Differ { what, why, followed: self.followed.id, other: self.other.id }
    }
}

/// Whether what they say of one step cannot both be so.
fn differs(a: &Step, b: &Step) -> bool {
    if a.deed == Deed::End || b.deed == Deed::End {
        // Two parts of one text are read together.
        return a.deed != b.deed && a.article != b.article;
    }
    rates_differ(a, b) || ends_differ(a, b)
}

fn rates_differ(a: &Step, b: &Step) -> bool {
    let apart = |a: Option<Percent>, b: Option<Percent>| a.zip(b).is_some_and(|(a, b)| a != b);
    apart(a.rate, b.rate) || apart(a.points, b.points)
}

fn ends_differ(a: &Step, b: &Step) -> bool {
    let exact = |step: &'_ Step| step.until.as_ref().filter(|until| !until.about).map(|until| until.day);
    exact(a).zip(exact(b)).is_some_and(|(a, b)| a != b)
}

fn difference(a: &Step, b: &Step) -> String {
    if a.deed == Deed::End || b.deed == Deed::End {
        return "one source says that the duty ends, the other that a part of it stays".to_owned();
    }
    if rates_differ(a, b) {
        let show = |step: &Step| step.words.clone().unwrap_or_else(|| "no rate".to_owned());
        return format!("rate: {} by one source, {} by the other", show(a), show(b));
    }
    let end = |step: &Step| step.until.as_ref().map(|until| until.text.clone()).unwrap_or_default();
    format!("end: {} by one source, {} by the other", end(a), end(b))
}

fn why(followed: &Step, other: &Step) -> String {
    if followed.over.contains(&other.id) {
        return "a curator settled it".to_owned();
    }
    if followed.weight != other.weight {
        return format!("{} weighs more than {}", followed.weight.words(), other.weight.words());
    }
    if followed.clocked() && !other.clocked() {
        return "it gives the hour, the other one only the day".to_owned();
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
    let mut last = segment;
    let mut chain: Vec<EventId> = Vec::new();
    for next in plan.segments.get(at + 1..).unwrap_or_default() {
        let joins = last.until.is_some_and(|until| next.begin <= until.at);
        let prolongs = segment.deed == Deed::Pause && next.deed == Deed::Pause;
        // A prolongation that is only promised moves no end; it stands beside it as announced.
        if !(joins && prolongs && next.step.done) {
            break;
        }
        last = next;
        chain.insert(0, last.step.id);
    }
    let until = last.until;
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
            let then = segment.until.map(|until| format!("until {}", until.text));
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
            standing
                .layers
                .push(ends(Layer { rate: segment.rate, effective: since, ..row(state) }, then.to_owned()));
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
    Some(match first.start {
        Some(start) => start.effective.clone().unwrap_or_else(|| start.said.to_string()),
        None => format!("by {}", first.step.by_then.unwrap_or(first.step.said)),
    })
}

/// The step followed and those it follows from, latest first, each with the others that tell of it.
fn sources(plan: &Plan<'_>, at: usize) -> Vec<EventId> {
    let mut ids = Vec::new();
    for segment in plan.segments.get(..=at).unwrap_or_default().iter().rev().take(MOST_SOURCES) {
        for id in std::iter::once(segment.step.id).chain(segment.also.iter().copied()) {
            if ids.len() < MOST_SOURCES && !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}

const MOST_SOURCES: usize = 12;

/// A row for what is decided and has not begun.
fn ahead(segment: &Segment<'_>) -> Layer {
    let step = segment.step;
    let until = segment.until;
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
        effective: segment.start.and_then(|start| start.effective.clone()),
        sources: std::iter::once(step.id).chain(segment.also.iter().copied()).collect(),
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
