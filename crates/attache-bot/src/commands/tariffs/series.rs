//! A pair's duties over time, read from the ledger turn by turn.

use attache_extract::StateCode;
use attache_extract::event::Percent;
use attache_store::view::tariffs::{AsOf, State, TariffStatus, label, zone_of};
use jiff::civil::Date;

use crate::chart::rates::{Chart, Panel, Step};
use crate::command::{Call, Fault};

/// Turns looked at for one answer.
const MOST: usize = 2000;

/// The state from a day on.
pub(super) struct Turn {
    pub(super) day: Date,
    pub(super) status: TariffStatus,
}

/// The state on the first day and after each turn until the last, oldest first; what was not known
/// on a day is not told of that day.
pub(super) fn turns(
    call: &Call<'_>,
    imposer: StateCode,
    on: StateCode,
    first: Date,
    last: Date,
) -> Result<Vec<Turn>, Fault> {
    let zone = zone_of(imposer);
    call.app.store.with_ledger(|ledger| {
        let mut days: Vec<Date> =
            ledger.turns(imposer, on).into_iter().map(|at| zone.to_datetime(at).date()).collect();
        days.retain(|day| (first..=last).contains(day));
        days.push(first);
        days.sort();
        days.dedup();
        if days.len() > MOST {
            return Err(Fault::user(format!(
                "{} days on which something turned are too many for one answer; narrow it with since: and until:",
                days.len()
            )));
        }
        let status = |day: Date| ledger.status(imposer, Some(on), AsOf::Day(day));
        Ok(days.into_iter().map(|day| Turn { day, status: status(day) }).collect())
    })?
}

/// Both directions as a chart.
pub(super) fn chart(
    call: &Call<'_>,
    imposer: StateCode,
    on: StateCode,
    first: Date,
    last: Date,
) -> Result<Chart, Fault> {
    let mut layers: Vec<String> = Vec::new();
    let mut panels = Vec::new();
    let end = last.tomorrow().unwrap_or(last);
    for (imposer, on) in [(imposer, on), (on, imposer)] {
        let turns = turns(call, imposer, on, first, last)?;
        let ends = turns.iter().skip(1).map(|turn| turn.day).chain([end]);
        let mut steps = Vec::new();
        for (turn, to) in turns.iter().zip(ends) {
            let mut rates = vec![0.0; layers.len()];
            for layer in turn.status.layers.iter().filter(|layer| layer.adds()) {
                let name = group(&layer.layer);
                let at = layers.iter().position(|known| *known == name).unwrap_or_else(|| {
                    layers.push(name);
                    rates.push(0.0);
                    layers.len() - 1
                });
                if let (Some(rate), Some(slot)) = (layer.rate, rates.get_mut(at)) {
                    *slot += number(rate);
                }
            }
            let suspended = turn
                .status
                .layers
                .iter()
                .filter(|layer| layer.state == State::Suspended && layer.on_all_goods());
            steps.push(Step {
                from: turn.day,
                to,
                rates,
                suspended: suspended.filter_map(|layer| layer.points.map(number)).sum(),
                known: turn.status.total.is_some(),
            });
        }
        panels.push(Panel { title: format!("{imposer} on goods of {on}"), steps });
    }
    let order = tell_apart(&layers);
    for step in panels.iter_mut().flat_map(|panel| &mut panel.steps) {
        step.rates.resize(layers.len(), 0.0);
        step.rates = order.iter().map(|at| step.rates.get(*at).copied().unwrap_or(0.0)).collect();
    }
    let layers = order.iter().filter_map(|at| layers.get(*at).cloned()).collect();
    Ok(Chart {
        title: format!("Duties on all goods, {imposer} and {on}"),
        panels,
        layers,
        first,
        last: end,
        note: format!("Attaché's ledger until {last}. Duties on single goods are not in it."),
    })
}

/// The order of layers, from the ground up, which is one in all charts.
fn tell_apart(layers: &[String]) -> Vec<usize> {
    const KNOWN: [&str; 3] = ["IEEPA fentanyl", RECIPROCAL, "Section 122"];
    let rank = |name: &str| KNOWN.iter().position(|known| *known == name).unwrap_or(KNOWN.len());
    let mut order: Vec<usize> = (0..layers.len()).collect();
    order.sort_by_key(|at| layers.get(*at).map(|name| (rank(name), name)));
    order
}

const RECIPROCAL: &str = "Reciprocal, and the answer to it";

/// A layer and the other side's answer to it have one colour.
fn group(layer: &str) -> String {
    match layer.split_once("-retaliation-") {
        Some((_, cause)) => group(&format!("IEEPA-{cause}")),
        None if layer == "IEEPA-reciprocal" => RECIPROCAL.to_owned(),
        None => label(layer),
    }
}

fn number(percent: Percent) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "rates are small")]
    let whole = percent.ten_thousandths() as f64;
    whole / 10_000.0
}
