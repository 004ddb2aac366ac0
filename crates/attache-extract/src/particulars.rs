//! "Peru will raise its duty on 28 products from Sunday. The duty on walnuts rises to 20%": what spells out a
//! measure told right before begins and ends with it.

use jiff::civil::Date;

use crate::build_event::Draft;
use crate::event::{Act, Event, Role, Status, TariffAction};
use crate::state::StateCode;

/// How many sentences behind the measure its particulars may stand, each no further from the one before.
const NEAR: usize = 2;
/// How many acts back the measure may be told.
const LOOK_BACK: usize = 8;

/// Gives the particulars of a measure its terms, drafts being in text order.
pub(crate) fn share_terms(drafts: &mut [Draft], published: Date) {
    for at in 0..drafts.len() {
        let Some((known, rest)) = drafts.split_at_mut_checked(at) else { continue };
        let Some(draft) = rest.first_mut().filter(|draft| open(draft)) else { continue };
        let whole = known.iter().rev().take(LOOK_BACK).find(|whole| spells_out(draft, whole));
        if let Some(whole) = whole {
            take_terms(&mut draft.event, &whole.event, published);
        }
    }
}

/// A part with a rate and no terms of its own.
fn open(draft: &Draft) -> bool {
    let event = &draft.event;
    draft.particular && event.rate.is_some() && event.effective.is_none() && event.expires.is_none()
}

fn spells_out(part: &Draft, whole: &Draft) -> bool {
    let distance = part.sentence - whole.sentence;
    let (x, y) = (&whole.event, &part.event);
    let told = x.rate.is_none() || whole.particular && whole.block == part.block;
    let fits = x.effective.is_some() && told && (1..=NEAR).contains(&distance);
    let hit = hits(y);
    fits && direction(&x.act).is_some()
        && direction(&x.act) == direction(&y.act)
        && x.factuality == y.factuality
        && x.actor() == y.actor()
        && (hit.is_empty() || hit == hits(x))
}

/// Up, or down.
fn direction(act: &Act) -> Option<bool> {
    match act {
        Act::TariffAction(TariffAction::Impose | TariffAction::Increase) => Some(true),
        Act::TariffAction(TariffAction::Reduce | TariffAction::Remove) => Some(false),
        _ => None,
    }
}

fn take_terms(part: &mut Event, whole: &Event, published: Date) {
    (part.effective, part.expires, part.duration) = (whole.effective, whole.expires, whole.duration);
    if part.date.interval.is_none() {
        part.date = whole.date;
    }
    let begins = part.effective.and_then(|moment| moment.days()).map(|(first, _)| first);
    if part.status == Some(Status::InForce) && begins.is_some_and(|first| first > published) {
        part.status = Some(Status::Announced);
    }
    part.rest_on(whole, &["effective", "expires", "duration", "date"]);
}

/// The states that are hit.
fn hits(event: &Event) -> Vec<StateCode> {
    event.parties.iter().filter(|p| p.role == Role::Recipient).filter_map(|p| p.country).collect()
}
