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
    fold(drafts, |draft| draft.official && sets_in(&draft.event), begins, true);
    fold(drafts, |draft| draft.official && collected(&draft.event), of_one_sentence, true);
    fold(drafts, |draft| draft.effect, brings_about, true);
    spare_once(drafts);
}

/// Whether `effect` is what `act` comes to: both of one sentence and side, and both ways up or both down.
fn brings_about(act: &Event, effect: &Event) -> bool {
    let way = |event: &Event| match event.act {
        Act::TariffAction(TariffAction::Impose | TariffAction::Increase) => Some(true),
        Act::TariffAction(TariffAction::Reduce | TariffAction::Suspend | TariffAction::Exclude) => {
            Some(false)
        }
        _ => None,
    };
    let of = |event: &Event, role: Role| -> Vec<_> {
        event.parties.iter().filter(|p: &&Party| p.role == role).filter_map(|p| p.country).collect()
    };
    let (x, y) = (of(act, Role::Recipient), of(effect, Role::Recipient));
    way(act).is_some()
        && way(act) == way(effect)
        && act.factuality == effect.factuality
        && act.evidence.quote == effect.evidence.quote
        && (act.rate.is_none() || effect.rate.is_none() || act.rate == effect.rate)
        && of(act, Role::Actor) == of(effect, Role::Actor)
        && (x == y || y.is_empty())
}

/// "The duty took effect on April 14": told with its start alone.
fn sets_in(event: &Event) -> bool {
    let day = event.effective.and_then(|m| m.days()).map(|(first, _)| first);
    event.act == Act::TariffAction(TariffAction::Impose)
        && event.rate.is_none()
        && day.is_some()
        && event.date.start() == day
}

/// "a duty of 10 percent, which has been collected since May 6": its start without its rate.
fn collected(event: &Event) -> bool {
    event.act == Act::TariffAction(TariffAction::Impose) && event.rate.is_none() && event.effective.is_some()
}

/// Whether one sentence tells of the rate of `act` and of its start.
fn of_one_sentence(act: &Event, start: &Event) -> bool {
    act.act == start.act
        && act.rate.is_some()
        && act.effective.is_none()
        && act.evidence.quote == start.evidence.quote
        && one_act(act, start)
}

/// Whether `act` is the imposition whose start `start` tells.
fn begins(act: &Event, start: &Event) -> bool {
    let of = |event: &Event, role: Role| -> Vec<_> {
        event.parties.iter().filter(|p: &&Party| p.role == role).filter_map(|p| p.country).collect()
    };
    act.act == start.act
        && act.effective == start.effective
        && act.date.start() < start.date.start()
        && of(act, Role::Actor) == of(start, Role::Actor)
        && of(act, Role::Recipient) == of(start, Role::Recipient)
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

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor};

    /// Subtype, day and rate of what a titled text of an authority tells of tariffs.
    #[track_caller]
    fn check(title: &str, text: &str, expected: &[&str]) {
        let article = Article { title: Some(title), ..Article::new(text, Date::constant(2025, 9, 16)) };
        let read = Extractor::builtin().extract(&article);
        let part = |p: Option<crate::event::Percent>| p.map_or_else(|| "-".to_owned(), |p| p.to_string());
        let told = read.events.iter().filter(|e| e.act.kind() == crate::Kind::TariffAction).map(|e| {
            let day = e.date.start().map_or_else(|| "-".to_owned(), |day| day.to_string());
            let rate = e.rate.as_ref();
            let rate = [
                rate.and_then(|r| r.from),
                rate.and_then(|r| r.to),
                rate.and_then(|r| r.value),
                rate.and_then(|r| r.retained),
            ]
            .map(part);
            format!("{} {day} {}", e.act.subtype(), rate.join(" "))
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{text:?}");
    }

    /// An order below its words of enactment.
    fn order(body: &str) -> String {
        format!(
            "By the authority vested in me as President by the laws of the United States of America, it is hereby ordered:\n\n{body}\n\nDONALD J. TRUMP\n\nTHE WHITE HOUSE, September 16, 2025.\n"
        )
    }

    #[test]
    fn what_stays_charged_belongs_to_the_suspension() {
        check(
            "Suspending Duties on Articles of Peru",
            &order(
                "Articles of Peru shall be subject to a duty of 10 percent. This duty of 10 percent reflects a modification of the duty on articles of Peru, by suspending 20 percentage points of that rate, and the retention of the remaining rate of 10 percent.",
            ),
            &["suspend 2025-09-16 - - 20 10"],
        );
        check(
            "Suspending Duties on Articles of Peru",
            &order(
                "In Executive Order 10912 of May 9, 2025 (Modifying Rates of Duty), I determined that it was necessary to act by suspending the duties imposed on Peru, and to instead impose on articles of Peru a duty of 10 percent.",
            ),
            &["suspend 2025-05-09 - - - 10"],
        );
    }

    #[test]
    fn a_suspension_is_continued_once() {
        check(
            "Continuing the Suspension of Duties on Articles of Peru",
            &order(
                "I determine that it is necessary to continue the suspension of the duties on imports of Peru until November 10, 2026.\n\nHeading 9903.01.63 of the Harmonized Tariff Schedule of the United States shall continue to be suspended until November 10, 2026.",
            ),
            &["extend_suspension 2025-09-16 - - - -"],
        );
    }

    #[test]
    fn a_notice_is_of_its_own_day() {
        check(
            "Announcement of the Customs Tariff Commission of the State Council on Additional Tariffs",
            "On September 15, 2025, the Government of the United States announced that it would raise its tariff on Chinese goods from 10% to 30%. The Customs Tariff Commission has decided to adjust, as of September 20, 2025, the tariffs on American goods. The particulars are as follows:\n\n1. The additional tariff on American beef shall be raised to 25%.",
            &["increase 2025-09-15 10 30 - -", "increase 2025-09-16 - 25 - -"],
        );
        check(
            "Notice of Modification: Practices of China",
            "AGENCY: Office of the United States Trade Representative (USTR).\n\nThe U.S. Trade Representative has determined to increase the rate of additional duties of China on tin from 0 percent to 25 percent, and on zinc to 50 percent.",
            &["increase 2025-09-16 0 25 - -", "increase 2025-09-16 - 50 - -"],
        );
    }
}
