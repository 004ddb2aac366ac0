//! All measures of all states: kept measure by measure, so that one event more touches one measure.

use std::collections::BTreeMap;

use attache_extract::StateCode;
use attache_extract::Vocabulary as _;
use attache_extract::event::{Kind, Percent, Role, Statement};
use jiff::civil::Date;

use super::layer::{all_goods, goods, layer_of};
use super::measure::{Instant, Measure};
use super::step::{Deed, Step};
use super::zone::zone_of;
use super::{AsOf, Conflict, Layer, State, TariffStatus, UNSPECIFIED, total};
use crate::held::Fold;
use crate::id::EventId;
use crate::row::StoredEvent;

/// A measure's name: who charges, on whose goods (`None`: everybody's), on which legal layer, on
/// which goods (empty: all, or those of the layer).
pub(super) type Name = (StateCode, Option<StateCode>, String, String);

/// The fold of tariff events into measures. The same events give the same ledger in whatever order
/// they arrive, and taking one out leaves the ledger as if it had never been there.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    measures: BTreeMap<Name, Measure>,
    /// What courts held of a layer.
    rulings: BTreeMap<(StateCode, String), Vec<Ruling>>,
    /// Where an event stands.
    of: BTreeMap<EventId, Vec<Name>>,
    /// Steps of named layers by the day they were said: which layer a report means that names none.
    named: BTreeMap<(StateCode, Date, EventId), Told>,
}

/// A step of a named layer, as far as another report may tell of it.
#[derive(Debug, Clone)]
struct Told {
    goods: String,
    deed: Deed,
    eases: bool,
    rate: Option<Percent>,
    points: Option<Percent>,
    begin_day: Option<Date>,
}

/// A step that names no layer, and the measure it is told under.
struct Home<'m> {
    name: &'m Name,
    step: &'m Step,
    /// What had been announced for that day.
    before: &'m Step,
}

impl Home<'_> {
    fn conflict(&self) -> Conflict {
        let rate = |step: &Step| step.rate.map_or_else(|| "no rate".to_owned(), |rate| format!("{rate}%"));
        Conflict {
            layer: label(self.name),
            what: format!(
                "rate: {} by a text that names no layer, {} was announced for that day",
                rate(self.step),
                rate(self.before)
            ),
            why: "it was said later, and nothing else was to begin that day".to_owned(),
            followed: self.step.id,
            other: self.before.id,
        }
    }
}

impl Told {
    fn of(step: &Step, goods: &str) -> Self {
        Self {
            goods: goods.to_owned(),
            deed: step.deed,
            eases: step.eases(),
            rate: step.rate,
            points: step.points,
            begin_day: step.begin_day,
        }
    }

    /// Whether a report that names no layer tells of this step: its form and figures; the rate charged
    /// from its day on; or, without figures, an easing at the same time.
    fn is_told_by(&self, step: &Step) -> bool {
        let figure = step.rate.is_some() || step.points.is_some();
        let one_form = (self.deed, self.rate, self.points) == (step.deed, step.rate, step.points);
        let one_part = self.deed == Deed::Pause && step.deed == Deed::Pause && self.points == step.points;
        let ends = self.deed == Deed::End || step.deed == Deed::End;
        let one_day = step.begin_day.is_some() && self.begin_day == step.begin_day;
        let one_rate = !ends && step.rate.is_some() && self.rate == step.rate;
        if self.deed == Deed::Threat || step.deed == Deed::Threat {
            return figure && one_form;
        }
        figure && (one_form || one_part && step.points.is_some() || one_day && one_rate)
            || !figure
                && !ends
                && self.eases
                && step.eases()
                && (one_day || step.begin.is_none() || step.assumed)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Ruling {
    said: Date,
    id: EventId,
    quote: String,
}

impl Fold for Ledger {
    const KINDS: &'static [Kind] = &[Kind::TariffAction, Kind::Statement];

    fn put(&mut self, row: &StoredEvent) {
        Self::put(self, row);
    }

    fn forget(&mut self, id: EventId) {
        Self::forget(self, id);
    }
}

impl Ledger {
    /// The ledger of these events; those of other kinds are passed over.
    #[must_use]
    pub fn of<'e>(events: impl IntoIterator<Item = &'e StoredEvent>) -> Self {
        let mut ledger = Self::default();
        for row in events {
            ledger.put(row);
        }
        ledger
    }

    /// How many measures it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.measures.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.measures.is_empty()
    }

    /// Every state that charges, or is said to.
    #[must_use]
    pub fn imposers(&self) -> Vec<StateCode> {
        let mut codes: Vec<_> = self.measures.keys().map(|name| name.0).collect();
        codes.dedup();
        codes
    }

    /// Takes an event in, in the place of its earlier revision; a deleted one is taken out.
    pub fn put(&mut self, row: &StoredEvent) {
        self.forget(row.id);
        if row.deleted {
            return;
        }
        match row.event.kind.0 {
            Kind::TariffAction => self.put_step(row),
            Kind::Statement => self.put_ruling(row),
            _ => {}
        }
    }

    /// Takes an event out.
    pub fn forget(&mut self, id: EventId) {
        for name in self.of.remove(&id).unwrap_or_default() {
            if let Some(measure) = self.measures.get_mut(&name) {
                for step in measure.remove(id, &zone_of(name.0)) {
                    self.named.remove(&(name.0, step.said, id));
                }
                if measure.steps.is_empty() {
                    self.measures.remove(&name);
                }
            }
            if let Some(rulings) = self.rulings.get_mut(&(name.0, name.2)) {
                rulings.retain(|ruling| ruling.id != id);
            }
        }
    }

    fn put_step(&mut self, row: &StoredEvent) {
        let layer = layer_of(&row.event);
        let goods = goods(&row.event);
        let mut names = Vec::new();
        for imposer in states(row, |role| role != Role::Recipient) {
            let zone = zone_of(imposer);
            let Some(step) = Step::read(row, &zone) else { return };
            let recipients = states(row, |role| role == Role::Recipient);
            let on: Vec<_> =
                if recipients.is_empty() { vec![None] } else { recipients.into_iter().map(Some).collect() };
            if layer != UNSPECIFIED {
                self.named.insert((imposer, step.said, step.id), Told::of(&step, &goods));
            }
            for on in on {
                let name = (imposer, on, layer.clone(), goods.clone());
                self.measures.entry(name.clone()).or_default().insert(step.clone(), &zone);
                names.push(name);
            }
        }
        self.of.insert(row.id, names);
    }

    fn put_ruling(&mut self, row: &StoredEvent) {
        let event = &row.event;
        let layer = layer_of(event);
        let quote = event.quote.to_lowercase();
        let held = ["unlawful", "illegal", "invalid", "against"].iter().any(|word| quote.contains(word))
            && quote.contains("court");
        let assessment = event.subtype == Statement::Assessment.as_str();
        if !assessment || !held || layer == UNSPECIFIED {
            return;
        }
        let mut names = Vec::new();
        for state in states(row, |role| role != Role::Recipient) {
            let ruling = Ruling { said: row.sort_day, id: row.id, quote: event.quote.clone() };
            let rulings = self.rulings.entry((state, layer.clone())).or_default();
            let at = rulings.partition_point(|known| *known < ruling);
            rulings.insert(at, ruling);
            names.push((state, None, layer.clone(), String::new()));
        }
        self.of.insert(row.id, names);
    }

    /// The duties of one side on another's goods (`None`: on everybody's) as of an instant.
    #[must_use]
    pub fn status(&self, imposer: StateCode, on: Option<StateCode>, as_of: AsOf) -> TariffStatus {
        let zone = zone_of(imposer);
        let now = Instant { at: as_of.instant(&zone), day: as_of.day(&zone), clocked: as_of.clocked() };
        let mut status = TariffStatus {
            imposer,
            on,
            as_of: as_of.own_day(),
            layers: Vec::new(),
            total: None,
            conflicts: Vec::new(),
        };
        let begin = (imposer, None, String::new(), String::new());
        let of_imposer = self.measures.range(begin..).take_while(|(name, _)| name.0 == imposer);
        let fits = |name: &Name| on.is_none() || name.1.is_none() || name.1 == on;
        let measures: Vec<_> = of_imposer.filter(|(name, _)| fits(name)).collect();
        let mut known = false;
        let mut open = false;
        // A measure on this side's goods takes the place of the one on everybody's.
        let mut own: Vec<(&str, &str)> = Vec::new();
        let mut ended = Vec::new();
        let mut found = Vec::new();
        let homes = self.homes(&measures, &now);
        for (name, measure) in &measures {
            known |= measure.steps.first().is_some_and(|step| step.said <= now.day);
            let twin = |step: &Step| {
                name.2 == UNSPECIFIED
                    && (self.told_elsewhere(step, name) || homes.iter().any(|home| home.step.id == step.id))
            };
            let guests: Vec<_> = homes.iter().filter(|home| home.name == *name).collect();
            let standing = if guests.is_empty() {
                measure.standing(&now, &twin)
            } else {
                let mut whole = (*measure).clone();
                for home in &guests {
                    whole.insert(home.step.clone(), &zone);
                    status.conflicts.push(home.conflict());
                }
                whole.standing(&now, &twin)
            };
            if name.1.is_some() && standing.holds {
                own.push((&name.2, &name.3));
            } else if name.1.is_some() && !standing.layers.is_empty() {
                ended.push((name.2.as_str(), name.3.as_str()));
            }
            found.push((*name, standing));
        }
        for (name, standing) in found {
            let of_layer = (name.2.as_str(), name.3.as_str());
            let both_over =
                ended.contains(&of_layer) && standing.layers.iter().all(|layer| layer.state.is_over());
            if name.1.is_none() && on.is_some() && (own.contains(&of_layer) || both_over) {
                continue;
            }
            let whole = all_goods(&name.2) && name.3.is_empty();
            open |= standing.open && whole;
            for mut layer in standing.layers {
                layer.layer.clone_from(&name.2);
                layer.goods.clone_from(&name.3);
                layer.on = name.1;
                layer.legal = self.legal(imposer, &layer, &now);
                open |= whole && layer.layer == UNSPECIFIED && layer.state.stands();
                status.layers.push(layer);
            }
            for differ in standing.differ {
                status.conflicts.push(Conflict {
                    layer: label(name),
                    what: differ.what,
                    why: differ.why,
                    followed: differ.followed,
                    other: differ.other,
                });
            }
        }
        let unclear = self.unclear(&status.layers, &measures, &now);
        open |= !unclear.is_empty();
        status.conflicts.extend(unclear);
        status.layers.sort_by(|a, b| rank(a).cmp(&rank(b)));
        let specific = on.is_none() && status.layers.iter().any(|layer| layer.on.is_some() && layer.adds());
        status.total = total(&status.layers).filter(|_| known && !open && !specific);
        status
    }

    /// Whether a report that names no layer tells of a named layer's step said within a week.
    fn told_elsewhere(&self, step: &Step, name: &Name) -> bool {
        let week = jiff::Span::new().days(7);
        let (from, to) = (step.said.saturating_sub(week), step.said.saturating_add(week));
        let mut near =
            self.named.range((name.0, from, EventId([0; 16]))..=(name.0, to, EventId([u8::MAX; 16])));
        near.any(|(_, told)| told.goods == name.3 && told.is_told_by(step))
    }

    /// Steps that name no layer but change what one layer alone had announced for that day.
    fn homes<'m>(&self, measures: &[(&'m Name, &'m Measure)], now: &Instant) -> Vec<Home<'m>> {
        let whole = |name: &Name| all_goods(&name.2) && name.3.is_empty();
        let mut found = Vec::new();
        for (name, measure) in measures.iter().filter(|(name, _)| name.2 == UNSPECIFIED && whole(name)) {
            let open = measure.steps.iter().filter(|step| step.said <= now.day && !step.assumed);
            for step in open.filter(|step| step.deed == Deed::Charge && step.rate.is_some()) {
                if step.begin_day.is_none() || self.told_elsewhere(step, name) {
                    continue;
                }
                let planned = |other: &&Step| {
                    other.deed == Deed::Charge && other.begin_day == step.begin_day && other.said <= step.said
                };
                let others = measures.iter().filter(|(other, _)| {
                    other.2 != UNSPECIFIED && whole(other) && (other.1 == name.1 || name.1.is_none())
                });
                let mut hosts = others
                    .filter_map(|(other, measure)| Some((*other, measure.steps.iter().rev().find(planned)?)));
                if let (Some((host, before)), None) = (hosts.next(), hosts.next()) {
                    found.push(Home { name: host, step, before });
                }
            }
        }
        found
    }

    /// A later pause, cut or end that does not name its layer may have changed a layer that is held.
    fn unclear(&self, layers: &[Layer], measures: &[(&Name, &Measure)], now: &Instant) -> Vec<Conflict> {
        let mut found = Vec::new();
        let unnamed = |name: &Name| name.2 == UNSPECIFIED && name.3.is_empty();
        for (name, measure) in measures.iter().filter(|(name, _)| unnamed(name)) {
            for step in measure.steps.iter().filter(|step| step.said <= now.day && step.eases()) {
                if step.begin.is_none_or(|begin| begin > now.at) || self.told_elsewhere(step, name) {
                    continue;
                }
                found.extend(layers.iter().filter_map(|layer| may_mean(step, layer)));
            }
        }
        found
    }

    /// What courts held of a layer that is still charged.
    fn legal(&self, imposer: StateCode, layer: &Layer, now: &Instant) -> Option<String> {
        let rulings = self.rulings.get(&(imposer, layer.layer.clone()))?;
        let known = rulings.iter().rev().find(|ruling| ruling.said <= now.day)?;
        let stands = layer.state.stands();
        stands.then(|| format!("held unlawful on {}, still charged: {}", known.said, known.quote))
    }

    /// Every instant at which the state of a pair's duties may change, in order.
    #[must_use]
    pub fn turns(&self, imposer: StateCode, on: StateCode) -> Vec<jiff::Timestamp> {
        let begin = (imposer, None, String::new(), String::new());
        let of_imposer = self.measures.range(begin..).take_while(|(name, _)| name.0 == imposer);
        let mut turns = Vec::new();
        for (name, measure) in of_imposer {
            if name.1.is_none() || name.1 == Some(on) {
                for step in &measure.steps {
                    turns.push(super::zone::start_of(step.said, &zone_of(imposer)));
                    turns.extend(step.begin);
                    turns.extend(step.until.as_ref().map(|until| until.at));
                }
            }
        }
        turns.sort();
        turns.dedup();
        turns
    }
}

fn label(name: &Name) -> String {
    if name.3.is_empty() { name.2.clone() } else { format!("{}: {}", name.2, name.3) }
}

/// What stands first, then what comes, then what is over; what adds up before what does not.
fn rank(layer: &Layer) -> (bool, State, bool, &str, &str, Option<&str>) {
    (
        layer.state.is_over(),
        layer.state,
        !layer.on_all_goods(),
        &layer.layer,
        &layer.goods,
        layer.effective.as_deref(),
    )
}

fn states(row: &StoredEvent, wanted: impl Fn(Role) -> bool) -> Vec<StateCode> {
    let parties = row.event.parties.iter().filter(|party| wanted(party.role.0));
    let mut codes: Vec<StateCode> =
        parties.filter_map(|party| party.country.as_deref()?.parse().ok()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// The layer in force that a report which names none may have changed.
fn may_mean(step: &Step, layer: &Layer) -> Option<Conflict> {
    let held = layer.layer != UNSPECIFIED && layer.adds();
    let since = layer.effective.as_deref().and_then(super::last_day);
    let followed = layer.sources.first().filter(|_| held && since.is_none_or(|since| since < step.said))?;
    Some(Conflict {
        layer: layer.layer.clone(),
        what: "a later report eases duties without naming the layer; it may be this one".to_owned(),
        why: "only the other one names the layer".to_owned(),
        followed: *followed,
        other: step.id,
    })
}
