//! Holds one ledger against another, instant by instant.

use attache_extract::StateCode;
use attache_store::EventId;
use attache_store::view::tariffs::{AsOf, Layer, Ledger, State, TariffStatus, zone_of};
use jiff::Timestamp;
use jiff::civil::Date;

/// A stretch of time in which the two ledgers do not say the same of one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The measure: layer, and goods where it is not on all.
    pub(crate) measure: String,
    /// The first instant.
    pub(crate) from: Timestamp,
    /// The first instant after it; `None` to the end.
    pub(crate) to: Option<Timestamp>,
    /// What the ledger in question says.
    pub(crate) says: Said,
    /// What the one it is held against says.
    pub(crate) against: Said,
    /// What the former rests on.
    pub(crate) sources: Vec<EventId>,
}

/// What a ledger says of a measure: the rates charged, and what is suspended until when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Said(pub(crate) Vec<String>);

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() { f.write_str("nothing") } else { f.write_str(&self.0.join(" + ")) }
    }
}

/// Where they differ of a pair's duties until the end of a day, and for how many instants they agree on
/// some measure. What only `against` knows is a difference too, with [`Said`] empty.
pub(crate) fn differences(
    ledger: &Ledger,
    against: &Ledger,
    imposer: StateCode,
    on: StateCode,
    all_goods: bool,
    last: Date,
) -> (Vec<Difference>, usize) {
    let mut turns = ledger.turns(imposer, on);
    turns.extend(against.turns(imposer, on));
    turns.sort();
    turns.dedup();
    let zone = zone_of(imposer);
    turns.retain(|at| zone.to_datetime(*at).date() <= last);
    let mut found: Vec<Difference> = Vec::new();
    let mut agreed = 0;
    for (n, at) in turns.iter().enumerate() {
        let as_of = AsOf::Instant { at: *at, day: zone.to_datetime(*at).date() };
        let here = ledger.status(imposer, Some(on), as_of);
        let there = against.status(imposer, Some(on), as_of);
        let mut measures: Vec<_> =
            [&here, &there].into_iter().flat_map(|status| names(status, all_goods)).collect();
        measures.sort();
        measures.dedup();
        for measure in measures {
            let (says, wants) = (said(&here, &measure), said(&there, &measure));
            if says == wants {
                agreed += usize::from(!says.0.is_empty());
                continue;
            }
            let to = turns.get(n + 1).copied();
            let sources = rows(&here, &measure).flat_map(|layer| layer.sources.iter().copied()).collect();
            let open = found.iter_mut().rev().find(|known| known.measure == measure && known.to == Some(*at));
            match open {
                Some(known) if known.says == says && known.against == wants => known.to = to,
                _ => found.push(Difference { measure, from: *at, to, says, against: wants, sources }),
            }
        }
    }
    found.sort_by(|a, b| (&a.measure, a.from).cmp(&(&b.measure, b.from)));
    (found, agreed)
}

fn name(layer: &Layer) -> String {
    if layer.goods.is_empty() { layer.layer.clone() } else { format!("{}: {}", layer.layer, layer.goods) }
}

fn names(status: &TariffStatus, all_goods: bool) -> Vec<String> {
    let wanted = |layer: &&Layer| layer.state.stands() && (!all_goods || layer.on_all_goods());
    status.layers.iter().filter(wanted).map(name).collect()
}

fn rows<'s>(status: &'s TariffStatus, measure: &'s str) -> impl Iterator<Item = &'s Layer> {
    status.layers.iter().filter(move |layer| layer.state.stands() && name(layer) == measure)
}

fn said(status: &TariffStatus, measure: &str) -> Said {
    let show = |layer: &Layer| {
        let figure = |percent: Option<_>| {
            percent.map_or_else(|| "?".to_owned(), |p: attache_extract::event::Percent| p.to_string())
        };
        match layer.state {
            State::Suspended => {
                let until = layer.until_day.map_or_else(|| "?".to_owned(), |day| day.to_string());
                format!("{} points suspended until {until}", figure(layer.points))
            }
            _ => format!("{}%", figure(layer.rate)),
        }
    };
    let mut list: Vec<_> = rows(status, measure).map(show).collect();
    list.sort();
    list.dedup();
    Said(list)
}
