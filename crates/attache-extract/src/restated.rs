//! What an order says twice: in its own words, and in those of the schedule it amends.

use crate::build_event::Draft;
use crate::event::{Act, Event, Party, Percent, RateUnit, Role, TariffAction};
use crate::merge::join;

/// Joins each amendment of a schedule to the act it carries out, and what is charged meanwhile to the
/// suspension that leaves it.
///
/// "The duty shall be 10 percent in place of 20 percent. Heading 12 is amended by striking “20%” and
/// inserting “10%”": one cut.
pub(crate) fn say_once(drafts: &mut Vec<Draft>) {
    let charges =
        |draft: &Draft| draft.official && draft.event.act == Act::TariffAction(TariffAction::Impose);
    fold(drafts, |draft| draft.amends, carries_out, false);
    fold(drafts, charges, leaves, true);
    fold(drafts, |draft| draft.official && restates(&draft.event), prolongs, true);
    spare_once(drafts);
}

/// "The United States committed to keep the suspension", "Heading 12 shall continue to be suspended": told in
/// other words than those of whoever signs.
fn restates(event: &Event) -> bool {
    let signed = event.parties.iter().any(|p| p.role == Role::Actor && p.office.is_some());
    let schedule = ["eading ", "Harmonized Tariff Schedule", "HTSUS"].iter().any(|w| event.quote.contains(w));
    event.act == Act::TariffAction(TariffAction::ExtendSuspension) && (!signed || schedule)
}

/// Whether both prolong a suspension until the same day.
fn prolongs(act: &Event, again: &Event) -> bool {
    let rates = act.rate.is_none() || again.rate.is_none() || act.rate == again.rate;
    act.act == again.act
        && again.expires.is_some()
        && act.expires == again.expires
        && rates
        && one_act(act, again)
}

/// "The surcharge imposed in this order shall not apply to articles of Annex 1": what an order spares of its own
/// duty, whoever's goods they are, is one list.
fn spare_once(drafts: &mut Vec<Draft>) {
    let spares = |d: &Draft| {
        let hit = d.event.parties.iter().any(|p| p.role == Role::Recipient);
        let own = ["in this proclamation", "in this order", "by this proclamation", "by this order"];
        d.official
            && d.event.act == Act::TariffAction(TariffAction::Exclude)
            && !hit
            && own.iter().any(|paper| d.event.quote.contains(paper))
    };
    let Some(first) = drafts.iter().position(spares) else { return };
    let mut at = first + 1;
    while let Some(draft) = drafts.get(at) {
        if spares(draft) && drafts.get(first).is_some_and(|known| known.event.date == draft.event.date) {
            let again = drafts.remove(at);
            if let Some(known) = drafts.get_mut(first) {
                join(known, again, true);
            }
        } else {
            at += 1;
        }
    }
}

/// Joins every draft that `again` picks to the first other one that `same` finds for it, which is `quoted` or
/// else the fuller of the two.
fn fold(
    drafts: &mut Vec<Draft>,
    again: impl Fn(&Draft) -> bool,
    same: impl Fn(&Event, &Event) -> bool,
    quoted: bool,
) {
    let mut at = 0;
    while let Some(draft) = drafts.get(at) {
        let fits = |(_, other): &(usize, &Draft)| !again(other) && same(&other.event, &draft.event);
        let found = if again(draft) { drafts.iter().enumerate().find(fits).map(|(n, _)| n) } else { None };
        match found {
            Some(known) => {
                let draft = drafts.remove(at);
                let known = if known > at { known - 1 } else { known };
                if let Some(known) = drafts.get_mut(known) {
                    join(known, draft, quoted);
                }
            }
            None => at += 1,
        }
    }
}

/// Whether `amends` only puts `act` into the words of a schedule.
fn carries_out(act: &Event, amends: &Event) -> bool {
    let (Act::TariffAction(a), Act::TariffAction(b)) = (&act.act, &amends.act) else { return false };
    let rises = |t: &TariffAction| matches!(t, TariffAction::Impose | TariffAction::Increase);
    let falls = |t: &TariffAction| {
        matches!(t, TariffAction::Reduce | TariffAction::Suspend | TariffAction::ExtendSuspension)
    };
    let one_way = rises(a) && rises(b) || falls(a) && falls(b);
    let to = amends.rate.as_ref().and_then(|r| r.to);
    let rates = act.rate.as_ref().is_none_or(|rate| {
        rate.to.is_some() && rate.to == to
            || rate.value.is_some() && rate.value == to
            || rate.unit == RateUnit::PercentagePoints && whole(rate.value, rate.retained) == to
    });
    one_way && rates && to.is_some() && one_act(act, amends)
}

/// "24 points are suspended and 10 percent stays": the rate of which part is suspended.
fn whole(suspended: Option<Percent>, stays: Option<Percent>) -> Option<Percent> {
    Some(Percent::from_ten_thousandths(suspended?.ten_thousandths() + stays?.ten_thousandths()))
}

/// Whether `charged` is what `act` leaves in force of the rate it suspends.
fn leaves(act: &Event, charged: &Event) -> bool {
    let suspends =
        matches!(act.act, Act::TariffAction(TariffAction::Suspend | TariffAction::ExtendSuspension));
    let left = act.rate.as_ref().and_then(|r| r.retained);
    let rate = charged.rate.as_ref().filter(|r| r.unit == RateUnit::Percent).and_then(|r| r.value);
    suspends && left.is_some() && left == rate && one_act(act, charged)
}

/// One side, one day, nobody hit by the one whom the other spares.
fn one_act(a: &Event, b: &Event) -> bool {
    let of = |event: &Event, role: Role| -> Vec<_> {
        event.parties.iter().filter(|p: &&Party| p.role == role).filter_map(|p| p.country).collect()
    };
    let (x, y) = (of(a, Role::Recipient), of(b, Role::Recipient));
    a.date == b.date
        && a.factuality == b.factuality
        && of(a, Role::Actor) == of(b, Role::Actor)
        && (x == y || x.is_empty() || y.is_empty())
}
