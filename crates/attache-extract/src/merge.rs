//! Mentions of one event become one event; events apart stay apart.

use jiff::civil::Date;
use smallvec::SmallVec;

use crate::build_event::{Draft, apart};
use crate::event::{
    Act, Agreement, Engagement, Event, Factuality, Kind, Party, PloverCategory, Role, Status, TariffAction,
    Tension,
};
use crate::fields::Listed;
use crate::learned::weighed;
use crate::particulars::share_terms;
use crate::restated::say_once;
use crate::same_tariff::{announces, same_tariff};
use crate::span::Span;
use crate::state::StateCode;
use crate::states::States;
use crate::when::{EventDate, Moment, Precision};

/// Joins the drafts of an article, in text order.
pub(crate) fn merge(mut drafts: Vec<Draft>, published: Date) -> Vec<Event> {
    drafts.sort_by_key(|d| (d.sentence, d.start));
    told_for_its_end(&mut drafts);
    share_terms(&mut drafts, published);
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        if let Some(known) = out.last().filter(|known| known.sentence == draft.sentence) {
            leave_rate(&known.event, &mut draft.event);
        }
        if draft.retells {
            if let Some(known) = out.iter_mut().rev().take(LOOK_BACK).find(|known| retold(known, &draft)) {
                add_claims(&mut known.event, &draft.event);
            }
            continue;
        }
        if draft.anaphoric
            && draft.event.act.kind() == Kind::Engagement
            && !draft.event.parties.iter().any(|p| p.office.is_some())
            && let Some(known) = out.iter().rev().take(LOOK_BACK).find(|known| antecedent(known, &draft))
        {
            adopt_parties(&mut draft.event, &known.event);
        }
        if let Some(known) = out.iter_mut().rev().take(LOOK_BACK).find(|known| told_by(known, &draft)) {
            join(known, draft, true);
            continue;
        }
        match out.iter_mut().rev().take(LOOK_BACK).find(|known| same(known, &draft)) {
            Some(known) => join(known, draft, false),
            None => out.push(draft),
        }
    }
    blame_once(&mut out);
    say_once(&mut out);
    date_parts(&mut out);
    let sure =
        |draft: Draft| Event { confidence: weighed(draft.event.confidence, draft.odds), ..draft.event };
    out.into_iter().map(sure).collect()
}

/// "The curbs announced in May are off the table": the measure is told only for its end.
fn told_for_its_end(drafts: &mut Vec<Draft>) {
    let ends: Vec<(usize, Act, Option<String>)> = drafts
        .iter()
        .filter(|d| d.event.act.kind() == Kind::Tension)
        .filter(|d| matches!(d.event.status, Some(Status::Eased | Status::Resolved)))
        .map(|d| (d.sentence, d.event.act.clone(), d.event.scope.clone()))
        .collect();
    drafts.retain(|d| {
        // "by shelving its October curbs on magnets": the very goods that the end is told of.
        let same_goods = |at: usize, scope: &Option<String>| {
            at == d.sentence && scope.is_some() && *scope == d.event.scope
        };
        let told =
            ends.iter().any(|(at, _, scope)| same_goods(*at, scope)) || d.pointer || d.official && !d.dated;
        let described = d.event.act.kind() == Kind::Tension && told && d.event.status == Some(Status::Open);
        !described || !ends.iter().any(|(at, act, _)| *at == d.sentence && *act == d.event.act)
    });
}

/// What a side lays to another's charge beside its words of blame for a measure is part of them.
fn blame_once(drafts: &mut Vec<Draft>) {
    let blames = |d: &Draft| d.event.act == Act::Tension(Tension::Condemnation);
    let blamed: Vec<(usize, States, Option<StateCode>)> = drafts
        .iter()
        .filter(|d| blames(d))
        .map(|d| (d.sentence, states(&d.event), d.event.actor()))
        .collect();
    drafts.retain(|d| {
        let charge = d.event.act == Act::Tension(Tension::Accusation) && !d.dated && !d.residual.is_empty();
        let sides = states(&d.event);
        !charge
            || !blamed.iter().any(|(at, states, by)| {
                *by == d.event.actor() && *states == sides && at.abs_diff(d.sentence) <= REPEATED
            })
    });
}

/// A paper is about a deal that was made at most so many days before.
const OWN_DEAL: i32 = 14;

/// Parts of a deal that carry no day of their own take that of the deal told before them.
fn date_parts(drafts: &mut [Draft]) {
    let mut deal: Option<Event> = None;
    for draft in drafts {
        if draft.promised && !draft.dated {
            date_promise(draft, deal.as_ref());
        }
        let Act::Agreement(form) = &draft.event.act else { continue };
        let whole = !matches!(form, Agreement::Commitment | Agreement::Mechanism);
        // "fleshes out the framework of last October": what is older than the deal told is background.
        let newer = deal.as_ref().is_none_or(|known| {
            known.date.end() <= draft.event.date.end() || states(known) != states(&draft.event)
        });
        if whole && draft.event.date.interval.is_some() && newer {
            deal = Some(draft.event.clone());
        }
        // "The truce goes back to October", told further down, is no day of what was promised above.
        let told = |deal: &&Event| deal.evidence.fields.get("date").is_none_or(|day| day.start < draft.start);
        let Some(deal) = deal.as_ref().filter(|_| !whole && !draft.dated).filter(told) else { continue };
        // A paper's own terms are of its day, not of that of an older deal.
        let passed = deal.date.end().zip(draft.event.date.start()).and_then(|(a, b)| a.until(b).ok());
        if draft.official && passed.is_some_and(|span| span.get_days() > OWN_DEAL) {
            continue;
        }
        if states(deal) == states(&draft.event) && draft.event.factuality != Factuality::Hypothetical {
            draft.event.date = deal.date;
            copy(&mut draft.event, "date", deal.evidence.fields.get("date").copied());
        }
    }
}

/// What the other side of a deal has promised under it was promised on its day.
fn date_promise(draft: &mut Draft, deal: Option<&Event>) {
    let Some(deal) = deal else { return };
    if states(&draft.event).iter().all(|code| states(deal).contains(code)) {
        draft.event.date = deal.date;
        draft.dated = true;
        copy(&mut draft.event, "date", deal.evidence.fields.get("date").copied());
    }
}

/// How many events back a mention may belong to; keeps hostile texts linear.
const LOOK_BACK: usize = 200;

/// How many sentences later a contact may be told again without its day.
const RETOLD: usize = 12;

/// How far behind "maintain" what is maintained may stand, in bytes.
const KEPT: usize = 160;

/// How many sentences later a measure may be told again.
const REPEATED: usize = 8;

/// Below this a rule names a contact without its form ("exchanged views").
const VAGUE: u16 = 700;

/// A contact named without its form is the dated one told right before, of the same states.
fn told_by(known: &Draft, draft: &Draft) -> bool {
    let (x, y) = (&known.event, &draft.event);
    let near = draft.sentence - known.sentence <= RETOLD;
    let vague = y.confidence.thousandths() < VAGUE && near;
    let again = draft.anaphoric && near;
    x.act.kind() == Kind::Engagement
        && y.act.kind() == Kind::Engagement
        // "A trip to Lima in May. She has asked him to return it": another journey.
        && (y.act != Act::Engagement(Engagement::Invitation) || x.act == y.act)
        && (vague || again)
        && (!draft.dated || x.date == y.date)
        && y.place.is_none()
        && (known.dated || x.date.interval.is_some())
        && !known.pointer
        && !draft.other
        && x.status == y.status
        && x.factuality != Factuality::Hypothetical
        && states(x) == states(y)
        && people_fit(x, y)
}

fn states(event: &Event) -> States {
    event.parties.iter().filter_map(|p| p.country).collect::<States>().sorted()
}

fn acts(a: &Act, b: &Act) -> bool {
    match (a, b) {
        (Act::Engagement(a), Act::Engagement(b)) => {
            a == b
                || matches!(
                    (a, b),
                    (
                        Engagement::Meeting | Engagement::Talks | Engagement::Summit,
                        Engagement::Meeting | Engagement::Talks | Engagement::Summit
                    ) | (Engagement::Call | Engagement::VideoCall, Engagement::Call | Engagement::VideoCall)
                        | (Engagement::Visit, Engagement::Meeting | Engagement::Talks)
                        | (Engagement::Meeting | Engagement::Talks, Engagement::Visit)
                )
        }
        (Act::TariffAction(a), Act::TariffAction(b)) => {
            let rises = |t: &TariffAction| matches!(t, TariffAction::Impose | TariffAction::Increase);
            let falls = |t: &TariffAction| matches!(t, TariffAction::Reduce | TariffAction::Suspend);
            a == b || rises(a) && rises(b) || falls(a) && falls(b)
        }
        (Act::Agreement(a), Act::Agreement(b)) => {
            let loose =
                |x: &Agreement| matches!(x, Agreement::Deal | Agreement::Framework | Agreement::Consensus);
            a == b || loose(a) && loose(b)
        }
        _ => a == b,
    }
}

/// "will cut the duty by 10 points and keep up its pause of others": the points are of the cut.
fn leave_rate(known: &Event, event: &mut Event) {
    let at = |event: &Event, field: &str| event.evidence.fields.get(field).map(|span| span.start);
    let paused = known.act == Act::TariffAction(TariffAction::ExtendSuspension)
        && event.act == Act::TariffAction(TariffAction::Suspend);
    if paused
        && known.rate.is_none()
        && at(event, "rate").zip(at(known, "status")).is_some_and(|(rate, act)| rate < act)
    {
        event.rate = None;
        event.evidence.fields.remove("rate");
    }
}

/// "will extend its suspension": the suspension named is the one prolonged.
fn prolongs(x: &Event, y: &Event) -> bool {
    x.act == Act::TariffAction(TariffAction::ExtendSuspension)
        && y.act == Act::TariffAction(TariffAction::Suspend)
        && states(x) == states(y)
        && (y.rate.is_none() || x.rate == y.rate)
        && (y.expires.is_none() || x.expires == y.expires)
}

fn same(a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.event, &b.event);
    let kind = x.act.kind();
    let one_sentence = a.sentence == b.sentence;
    let alike = acts(&x.act, &y.act);
    if !alike && !one_sentence {
        return false;
    }
    // "The measures under Announcement No. 21", "those under No. 22"
    if a.official && !one_sentence && other_paper(x, y) {
        return false;
    }
    // What two papers did was done twice.
    if a.paper.is_some() && b.paper.is_some() && a.paper != b.paper {
        return false;
    }
    // "paused it on May 3 and prolonged the pause on August 1": two acts.
    let two_days = a.dated && b.dated && x.date != y.date;
    if one_sentence && prolongs(x, y) && !two_days {
        return true;
    }
    // "The first joint paper since May 2022, when the two had agreed to …".
    let spelt_out = one_sentence
        && x.act == Act::Agreement(Agreement::JointStatement)
        && y.act == Act::Agreement(Agreement::Consensus)
        && x.date == y.date;
    // "will maintain its suspension of the tariffs until …": what goes on is no act of its own.
    let pair = (&x.act, &y.act);
    let extended =
        (&Act::TariffAction(TariffAction::ExtendSuspension), &Act::TariffAction(TariffAction::Suspend));
    let kept = one_sentence
        && !two_days
        && (pair == extended || (pair.1, pair.0) == extended)
        && (x.rate.is_none() || y.rate.is_none())
        && b.start.abs_diff(a.start) < KEPT
        && (x.expires.is_none() || y.expires.is_none() || x.expires == y.expires);
    if kept && x.actor() == y.actor() {
        return true;
    }
    // "Will meet X in a virtual meeting on Monday".
    let by_video = one_sentence
        && same_people(x, y)
        && x.date == y.date
        && x.status == y.status
        && matches!(x.act, Act::Engagement(Engagement::Meeting | Engagement::Talks))
        && matches!(y.act, Act::Engagement(Engagement::VideoCall));
    if by_video {
        return true;
    }
    if !alike && !spelt_out {
        return false;
    }
    // "Visited Rome from May 2 to 5. On May 3 he met the minister": a meeting within the visit.
    let hosts = |event: &Event| -> Vec<Option<StateCode>> {
        let named = event.parties.iter().filter(|p| p.name.is_some() && p.office.is_some());
        named.map(|p| p.country).collect()
    };
    if !one_sentence
        && x.act == Act::Engagement(Engagement::Visit)
        && matches!(y.act, Act::Engagement(Engagement::Meeting | Engagement::Talks))
        && hosts(y).iter().any(|code| !hosts(x).contains(code))
        && !hosts(x).is_empty()
        && !b.anaphoric
    {
        return false;
    }
    // "Was in Rome on Monday for talks. His trip to Italy …": one contact of one day.
    if matches!((&x.act, &y.act), (Act::Engagement(a), Act::Engagement(Engagement::Visit)) if *a != Engagement::Visit)
        && (one_sentence || x.date.interval.is_none() || x.date != y.date)
    {
        return false;
    }
    // "… cuts the duty to 18%. In April a duty was paused for 90 days": two acts, but for "the pause".
    let mixed = kind == Kind::TariffAction
        && x.act != y.act
        && matches!(y.act, Act::TariffAction(TariffAction::Suspend))
        && !one_sentence
        && x.rate.is_some()
        && y.rate.is_none()
        && !b.definite
        && x.duration.is_none()
        && x.expires.is_none();
    if mixed {
        return false;
    }
    // Only a cut for a time is a suspension.
    let timed = |e: &Event| e.duration.is_some() || e.expires.is_some();
    if kind == Kind::TariffAction
        && x.act != y.act
        && matches!(y.act, Act::TariffAction(TariffAction::Reduce | TariffAction::Suspend))
        && !one_sentence
        && !timed(x)
        && !timed(y)
    {
        return false;
    }
    let one_place = x.place.is_some() && x.place == y.place && x.date == y.date;
    // One noun read by two words of it is one contact.
    let twice = one_sentence
        && x.evidence.rules == y.evidence.rules
        && x.parties == y.parties
        && x.date == y.date
        && x.place == y.place
        && x.status == y.status;
    if kind == Kind::Engagement
        && !twice
        && (a.other || b.other)
        && !(a.dated && b.dated && x.date == y.date || one_place && (b.definite || b.local))
    {
        return false;
    }
    // "Was in Beijing on Thursday for talks": one contact.
    if one_sentence
        && matches!(x.act, Act::Engagement(Engagement::Visit))
        && x.confidence.thousandths() < VAGUE
        && matches!(y.act, Act::Engagement(Engagement::Meeting | Engagement::Talks))
        && x.status == y.status
        && states(x) == states(y)
        && people_fit(x, y)
        && b.start - a.start.min(b.start) < 120
        && (!a.dated || !b.dated || x.date.start() == y.date.start())
    {
        return true;
    }
    if kind == Kind::Engagement && same_journey(a, b) {
        return true;
    }
    if kind == Kind::Engagement && x.status != y.status && x.date.interval.is_none_or(|_| x.date != y.date) {
        return false;
    }
    let real = |e: &Event| e.factuality != Factuality::Hypothetical;
    if x.factuality != y.factuality
        && !(real(x) && real(y) && x.factuality != Factuality::Denied && y.factuality != Factuality::Denied)
    {
        return false;
    }
    let (sx, sy) = (states(x), states(y));
    let subset = sx.iter().all(|s| sy.contains(s)) || sy.iter().all(|s| sx.contains(s));
    if !subset {
        return false;
    }
    let dates = match (x.date.interval, y.date.interval) {
        (Some((a0, a1)), Some((b0, b1))) => {
            let day = x.date.precision == Precision::Day && y.date.precision == Precision::Day;
            if day { a0 == b0 } else { a0 <= b1 && b0 <= a1 }
        }
        _ => true,
    };
    // "raised to 30% the duty it has charged since 2024": laid then, raised on a day untold.
    let charged_before = one_sentence
        && x.act == Act::TariffAction(TariffAction::Increase)
        && y.act == Act::TariffAction(TariffAction::Impose)
        && a.start < b.start
        && x.date.interval.is_none()
        && y.date.start().is_some()
        && y.date.start() == y.effective.and_then(|m| m.days()).map(|(first, _)| first);
    if charged_before {
        return false;
    }
    // "Signed an order to impose a duty, which took effect on August 6".
    let started = (one_sentence || (b.sentence - a.sentence <= 2 || b.definite) && y.scope.is_none())
        && kind == Kind::TariffAction
        && y.rate.is_none()
        && y.effective.is_some()
        && x.effective == y.effective;
    let announced = kind == Kind::TariffAction && (announces(a, b) || started);
    if !(dates || announced) {
        return false;
    }
    let near = b.sentence - a.sentence <= 2;
    match kind {
        Kind::Engagement => {
            let dated = x.date.interval.is_some() && y.date.interval.is_some();
            places_fit(a, b)
                && people_fit(x, y)
                && (dated
                    || one_sentence
                    || near
                    || b.definite
                    || b.local && x.place == y.place
                    || same_people(x, y)
                    || goes_on(a, b))
        }
        Kind::TariffAction => same_tariff(a, b) || doubled(a, b),
        Kind::Agreement if matches!(x.act, Act::Agreement(Agreement::Commitment)) => {
            let spelt = b.elaborates && b.sentence - a.sentence <= 1;
            let bare = one_sentence && (x.scope.is_none() || y.scope.is_none());
            let scope = |event: &Event| event.evidence.fields.get("scope").copied();
            let one_phrase = scope(x).zip(scope(y)).is_some_and(|(p, q)| p.start < q.end && q.start < p.end);
            x.actor() == y.actor()
                && (bare || spelt || one_phrase || one_subject(x.scope.as_deref(), y.scope.as_deref()))
        }
        // "A working group will be set up. An exchange will be launched."
        Kind::Agreement if matches!(x.act, Act::Agreement(Agreement::Mechanism)) && !b.definite => {
            one_sentence
        }
        // What is still to be signed is told apart from what is agreed.
        Kind::Agreement if (x.status == Some(Status::Planned)) != (y.status == Some(Status::Planned)) => {
            false
        }
        Kind::Agreement => {
            let dated = x.date.interval.is_some() && b.dated;
            let there = x.place.is_some() && x.place == y.place;
            // A readout opens a paragraph for each subject on which both agree.
            let consensus =
                x.act == Act::Agreement(Agreement::Consensus) && x.act == y.act && !b.residual.is_empty();
            let near = near && !(consensus && a.official && b.official && a.block != b.block);
            one_sentence || near || dated || b.definite || there
        }
        Kind::Statement => one_sentence,
        Kind::Tension => {
            let told_again = x.status == y.status
                && sx == sy
                && b.sentence - a.sentence <= REPEATED
                && (x.date.interval == y.date.interval || !b.dated)
                && (x.scope.is_none() && y.scope.is_none()
                    || one_subject(x.scope.as_deref(), y.scope.as_deref()));
            // Two states charge each other's ships but once.
            let ships = x.act == Act::Tension(Tension::PortFees)
                && x.status == y.status
                && sx == sy
                && (x.date.interval.is_none() || y.date.interval.is_none());
            // "He voiced concern over the raids. He voiced concern over the tolls": each its own charge.
            if x.act == Act::Tension(Tension::Accusation) && a.official && b.official {
                return one_sentence && x.actor() == y.actor();
            }
            // "put two firms on its list and took the list down": each a step of its own.
            let steps = over(x) != over(y) && a.depth == 0 && b.depth == 0;
            x.actor() == y.actor()
                && !steps
                && !((one_sentence || over(x) && over(y)) && apart(&a.marks, &b.marks))
                && (one_sentence
                    || ships
                    || x.date.interval == y.date.interval && x.scope == y.scope && near
                    || told_again)
        }
        Kind::BusinessShift | Kind::Forecast => one_sentence && actor_name(x) == actor_name(y),
    }
}

/// "Q: The customs began to collect a surcharge. A: The United States has imposed a surcharge of 10 percent":
/// the answer says what the question is about.
fn doubled(a: &Draft, b: &Draft) -> bool {
    let (x, y) = (&a.event, &b.event);
    a.question.is_some()
        && a.question == b.answer
        && x.actor() == y.actor()
        && (x.rate.is_none() || y.rate.is_none() || x.rate == y.rate)
        && (x.effective.is_none() || y.effective.is_none() || x.effective == y.effective)
}

/// A measure that is eased or gone.
fn over(event: &Event) -> bool {
    matches!(event.status, Some(Status::Eased | Status::Resolved))
}

/// Words of amounts, which say nothing of the goods.
const MEASURES: &[&str] = &[
    "billion",
    "million",
    "trillion",
    "thousand",
    "dollars",
    "euros",
    "tons",
    "tonnes",
    "metric",
    "more",
    "least",
    "additional",
    "year",
    "annually",
    "worth",
    "some",
    "about",
    "from",
    "american",
    "chinese",
    "exports",
    "purchases",
    "imports",
];

/// Both sentences name papers by their numbers, and none of the other's.
fn other_paper(x: &Event, y: &Event) -> bool {
    let x = paper_numbers(&x.quote);
    if x.is_empty() {
        return false;
    }
    let y = paper_numbers(&y.quote);
    !y.is_empty() && !x.iter().any(|number| y.contains(number))
}

/// The numbers of the papers that some words name.
fn paper_numbers(words: &str) -> SmallVec<[&str; 2]> {
    let number = |part| str::split(part, |c: char| !c.is_ascii_digit()).next().unwrap_or("");
    words.split("No. ").skip(1).map(number).filter(|number| !number.is_empty()).collect()
}

/// Two scopes speak of the same goods: half the words of the shorter one are shared.
fn one_subject(a: Option<&str>, b: Option<&str>) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 3 && w.starts_with(char::is_alphabetic) && !MEASURES.contains(w))
            .map(|w| w.strip_suffix('s').unwrap_or(w).to_owned())
            .collect()
    };
    let (Some(a), Some(b)) = (a.map(words), b.map(words)) else { return false };
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared > 0 && shared * 2 >= a.len().min(b.len())
}

/// One place, or one within the other.
fn places_fit(a: &Draft, b: &Draft) -> bool {
    let (Some(x), Some(y)) = (&a.event.place, &b.event.place) else { return true };
    let wide = |one: &Draft, other: &Draft| !one.local && one.seat.is_some() && one.seat == other.seat;
    x.contains(y.as_str()) || y.contains(x.as_str()) || wide(a, b) || wide(b, a)
}

/// "The minister's trip", of whom a journey to that state has been told.
fn same_journey(a: &Draft, b: &Draft) -> bool {
    let visit = |d: &Draft| d.event.act == Act::Engagement(Engagement::Visit);
    let traveller = |p: &&Party| {
        p.name.is_some() && p.office.is_some() && b.event.parties.iter().any(|q| q.name == p.name)
    };
    visit(a)
        && visit(b)
        && (b.pointer || a.event.status == b.event.status)
        && !b.other
        && (!b.dated || b.event.date == a.event.date)
        && places_fit(a, b)
        && states(&a.event) == states(&b.event)
        && a.event.factuality != Factuality::Denied
        && a.event.parties.iter().any(|p| traveller(&p))
}

/// "Before discussions began on Monday": the undated contact told shortly before, without people or place.
fn goes_on(a: &Draft, b: &Draft) -> bool {
    b.sentence - a.sentence <= 4
        && a.event.date.interval.is_none()
        && b.event.place.is_none()
        && a.event.act == b.event.act
        && states(&a.event) == states(&b.event)
        && b.event.parties.iter().all(|p| p.office.is_none())
}

/// Somebody of each of two states is named in both.
fn same_people(x: &Event, y: &Event) -> bool {
    let shared = |p: &&Party| {
        p.name.as_deref().is_some_and(|n| n.contains(' '))
            && y.parties.iter().any(|q| q.name == p.name && q.country == p.country)
    };
    let mut states: Vec<StateCode> = x.parties.iter().filter(shared).filter_map(|p| p.country).collect();
    states.sort_unstable();
    states.dedup();
    states.len() >= 2
}

/// Two lists of people of one state name the same people, or one of them none.
fn people_fit(x: &Event, y: &Event) -> bool {
    let people = |e: &Event, state: Option<StateCode>| -> Vec<Option<String>> {
        let mut names: Vec<_> = e
            .parties
            .iter()
            .filter(|p| p.country == state && p.office.is_some())
            .map(|p| p.name.clone().or_else(|| p.office.clone()))
            .collect();
        names.sort();
        names
    };
    x.parties.iter().map(|p| p.country).all(|state| {
        let (a, b) = (people(x, state), people(y, state));
        let of_rank = unranked(x, state) || unranked(y, state);
        a.is_empty() || b.is_empty() || a.iter().any(|n| b.contains(n)) || of_rank && x.date == y.date
    })
}

/// The people of a state are told only by what they are to the others: "its top official", "his counterparts".
fn unranked(event: &Event, state: Option<StateCode>) -> bool {
    let mut own = event.parties.iter().filter(|p| p.country == state && p.office.is_some()).peekable();
    own.peek().is_some() && own.all(of_no_rank)
}

/// An office that names no rank.
fn of_no_rank(party: &Party) -> bool {
    let last = party.office.as_deref().and_then(|o| o.rsplit(' ').next()).unwrap_or("");
    party.name.is_none()
        && matches!(
            last.to_lowercase().as_str(),
            "counterpart"
                | "counterparts"
                | "official"
                | "officials"
                | "leader"
                | "negotiator"
                | "envoy"
                | "chief"
        )
}

fn actor_name(event: &Event) -> Option<&str> {
    event.parties.iter().find(|p| p.role == Role::Actor).and_then(|p| p.name.as_deref())
}

/// How much a draft says: the fuller sentence is quoted.
fn weight(event: &Event) -> usize {
    usize::from(event.date.interval.is_some()) * 2
        + usize::from(matches!(event.date.precision, Precision::Day | Precision::Range))
        + usize::from(event.place.is_some())
        + usize::from(event.rate.is_some()) * 3
        + usize::from(event.effective.is_some())
        + usize::from(event.duration.is_some())
        + event.parties.iter().filter(|p| p.office.is_some() && p.name.is_some()).count()
}

/// Whether `other` tells the same moment as `known` more closely: "July", "12:01 a.m. on July 9".
fn details(known: Moment, other: Moment) -> bool {
    let within = known.year == other.year
        && known.month.is_none_or(|month| other.month == Some(month))
        && known.day.is_none_or(|day| other.day == Some(day));
    let depth = |m: Moment| {
        usize::from(m.month.is_some()) + usize::from(m.day.is_some()) + usize::from(m.time.is_some())
    };
    within && depth(other) > depth(known)
}

/// Unites two tellings; the fuller one speaks, unless the second names no form (`formless`).
pub(crate) fn join(known: &mut Draft, other: Draft, formless: bool) {
    // Of words of blame the plainest are quoted.
    let plainer = known.event.act == Act::Tension(Tension::Condemnation)
        && other.event.confidence > known.event.confidence;
    // Of what a question tells and its answer bears out, the answer is quoted.
    let borne_out = known.answer.is_none()
        && other.answer.is_some()
        && known.event.factuality == Factuality::Reported
        && other.event.factuality == Factuality::Asserted;
    // Of a measure and its end the end is told.
    let tension = known.event.act.kind() == Kind::Tension;
    let ends = tension && over(&known.event) != over(&other.event);
    let swap = if ends {
        over(&other.event)
    } else {
        plainer || borne_out || !formless && weight(&other.event) > weight(&known.event) + 1
    };
    let (first, start) = (known.sentence, known.start);
    let (main, mut side) = (known, other);
    let odds = main.odds.max(side.odds);
    if swap {
        std::mem::swap(main, &mut side);
    }
    main.odds = odds;
    let order = first.min(main.sentence);
    let (event, extra) = (&mut main.event, side.event);
    // "proclaimed a duty, which took effect on May 3": the day of its start is no day of the proclaiming.
    let start_alone = main.sentence == side.sentence
        && event.effective.is_some()
        && event.effective == extra.effective
        && extra.effective.and_then(|m| m.days()).map(|(day, _)| day) == extra.date.start();
    // "The sanctions that Oslo imposed in 2021 were lifted": the day of the start is not that of the end.
    let start_alone = start_alone || ends && event.effective.is_none();
    if event.date.interval.is_none() && extra.date.interval.is_some() && !start_alone
        || side.dated && within(&extra.date, &event.date)
    {
        event.date = extra.date;
        copy(event, "date", extra.evidence.fields.get("date").copied());
    }
    // "a 50% duty" and "from 10% to 50%": the second tells both ends.
    let fuller = event.rate.as_ref().zip(extra.rate.as_ref()).is_some_and(|(known, other)| {
        known.from.is_none()
            && other.from.is_some()
            && other.to.is_some()
            && known.to.or(known.value) == other.to
            && known.unit == other.unit
    });
    if (event.rate.is_none() || fuller) && extra.rate.is_some() {
        event.rate.clone_from(&extra.rate);
        copy(event, "rate", extra.evidence.fields.get("rate").copied());
    }
    let finer = extra.effective.is_some_and(|m| m.time.is_some());
    if event.effective.is_none_or(|m| m.time.is_none() && finer) {
        event.effective = extra.effective;
        copy(event, "effective", extra.evidence.fields.get("effective").copied());
    }
    let closer = |known: Moment| extra.expires.is_some_and(|end| details(known, end));
    if event.expires.is_none_or(closer) {
        event.expires = extra.expires;
        copy(event, "expires", extra.evidence.fields.get("expires").copied());
    }
    if event.duration.is_none() {
        event.duration = extra.duration;
        copy(event, "duration", extra.evidence.fields.get("duration").copied());
    }
    if event.place.is_none() && extra.place.is_some() {
        event.place.clone_from(&extra.place);
        copy(event, "place", extra.evidence.fields.get("place").copied());
    }
    if event.scope.is_none() && extra.scope.is_some() {
        event.scope.clone_from(&extra.scope);
        copy(event, "scope", extra.evidence.fields.get("scope").copied());
    }
    let strong = event.act == Act::Engagement(Engagement::Visit) && event.confidence.thousandths() >= VAGUE;
    if event.act != extra.act
        && extra.confidence.thousandths() >= VAGUE
        && !strong
        && better(&extra.act, &event.act)
    {
        event.act = extra.act.clone();
        event.plover = extra.plover.clone();
    }
    if event.plover.category == PloverCategory::Statement {
        event.plover = extra.plover.clone();
    }
    add_claims(event, &extra);
    for rule in &extra.evidence.rules {
        if !event.evidence.rules.contains(rule) {
            event.evidence.rules.push(rule.clone());
        }
    }
    // What general diplomacy reads of an act adds nobody to what its own rule reads.
    if main.general == side.general {
        join_parties(event, &extra);
    } else if main.general {
        event.parties.clone_from(&extra.parties);
        event.evidence.fields.retain(|field, _| !field.starts_with("parties."));
        for (field, span) in extra.evidence.fields.iter().filter(|(f, _)| f.starts_with("parties.")) {
            event.evidence.fields.insert(field, *span);
        }
    }
    main.general &= side.general;
    main.sentence = order;
    main.start = start;
    main.dated |= side.dated;
}

/// A day or a span of days inside a longer one that the other mention names.
fn within(a: &EventDate, b: &EventDate) -> bool {
    let (Some((a0, a1)), Some((b0, b1))) = (a.interval, b.interval) else { return false };
    b0 <= a0 && a1 <= b1 && (a0, a1) != (b0, b1) && b.precision != Precision::Day
}

/// Claims of one mention, kept with the event.
fn add_claims(event: &mut Event, extra: &Event) {
    for (number, claim) in extra.claims.iter().enumerate() {
        if !event.claims.contains(claim) {
            if let Some(span) = extra.evidence.fields.get(&Listed::Claim.path(number)) {
                event.evidence.fields.add(Listed::Claim.path(event.claims.len()), *span);
            }
            event.claims.push(claim.clone());
        }
    }
}

/// "It was their first meeting since …": the contact told shortly before.
fn retold(known: &Draft, draft: &Draft) -> bool {
    known.event.act.kind() == Kind::Engagement
        && draft.sentence - known.sentence <= 4
        && known.event.factuality != Factuality::Hypothetical
}

/// The contact whose people a pronoun stands for.
fn antecedent(known: &Draft, draft: &Draft) -> bool {
    let (x, y) = (&known.event, &draft.event);
    matches!(x.act.kind(), Kind::Engagement | Kind::Agreement)
        && draft.sentence - known.sentence <= 2
        && states(y).iter().all(|s| states(x).contains(s))
        && x.parties.iter().any(|p| p.office.is_some() || p.name.is_none())
}

/// Takes over the parties of a contact told before.
fn adopt_parties(event: &mut Event, from: &Event) {
    event.evidence.fields.retain(|field, _| !field.starts_with("parties."));
    event.parties.clone_from(&from.parties);
    for party in &mut event.parties {
        party.role = Role::Participant;
    }
    for (field, span) in from.evidence.fields.iter().filter(|(f, _)| f.starts_with("parties.")) {
        event.evidence.fields.insert(field, *span);
    }
}

/// The narrower word for one contact.
fn better(a: &Act, b: &Act) -> bool {
    matches!(
        (a, b),
        (Act::Engagement(Engagement::Talks | Engagement::Meeting), Act::Engagement(Engagement::Visit))
            | (Act::Engagement(Engagement::Talks | Engagement::Summit), Act::Engagement(Engagement::Meeting))
            | (
                Act::Engagement(Engagement::VideoCall),
                Act::Engagement(Engagement::Call | Engagement::Meeting | Engagement::Talks)
            )
            | (Act::TariffAction(TariffAction::Increase), Act::TariffAction(TariffAction::Impose))
            | (Act::TariffAction(TariffAction::ExtendSuspension), Act::TariffAction(TariffAction::Suspend))
    )
}

fn copy(event: &mut Event, field: &'static str, span: Option<Span>) {
    event.evidence.fields.put(field, span);
}

/// A party that is a state by its own name.
fn state_itself(party: &Party) -> bool {
    let name = party.name.as_deref();
    party.office.is_none()
        && party.country.is_some_and(|code| name == Some(crate::surroundings::state_name(code).as_ref()))
}

/// The fields of a party.
const PARTY: [Listed; 3] = [Listed::PartyName, Listed::PartyOffice, Listed::PartyCountry];

/// The union of both lists, people in place of the bare state they act for.
fn join_parties(event: &mut Event, extra: &Event) {
    let bare = |p: &Party| p.office.is_none() && p.country.is_some();
    let spans = |e: &Event, n: usize| PARTY.map(|field| e.evidence.fields.get(&field.path(n)).copied());
    let mut all: Vec<(Party, [Option<Span>; 3])> =
        event.parties.iter().enumerate().map(|(n, p)| (p.clone(), spans(event, n))).collect();
    let joint = event.act.kind() == Kind::Engagement || event.act.kind() == Kind::Agreement;
    for (n, party) in extra.parties.iter().enumerate() {
        let known = all.iter().position(|(p, _)| {
            p.role == party.role
                && p.country == party.country
                && (p.name == party.name || p.name.is_none() && p.office == party.office)
        });
        match known {
            Some(at) => {
                if let Some((p, s)) = all.get_mut(at)
                    && p.office.is_none()
                    && party.office.is_some()
                {
                    p.office.clone_from(&party.office);
                    s[1] = spans(extra, n)[1];
                }
            }
            None if joint || !all.iter().any(|(p, _)| p.role == party.role) => {
                let same = |p: &Party| p.country == party.country && p.role == party.role;
                let stated = all.iter().any(|(p, _)| same(p));
                // "flew to Washington, where he met Greer": whom he met, not only whose.
                let person = event.act.kind() == Kind::Engagement
                    && party.name.is_some()
                    && !state_itself(party)
                    && all.iter().all(|(p, _)| !same(p) || state_itself(p));
                if person && stated {
                    all.retain(|(p, _)| !same(p));
                    all.push((party.clone(), spans(extra, n)));
                } else if !(bare(party) && stated) {
                    all.retain(|(p, _)| {
                        !(bare(p) && !bare(party) && p.country == party.country && p.role == party.role)
                    });
                    all.push((party.clone(), spans(extra, n)));
                }
            }
            None => {}
        }
    }
    let named: Vec<(Option<StateCode>, Role)> = all
        .iter()
        .filter(|(p, _)| p.name.is_some() && p.office.is_some())
        .map(|(p, _)| (p.country, p.role))
        .collect();
    all.retain(|(p, _)| !(of_no_rank(p) && named.contains(&(p.country, p.role))));
    event.evidence.fields.retain(|field, _| !field.starts_with("parties."));
    event.parties.clear();
    for (n, (party, spans)) in all.into_iter().enumerate() {
        for (field, span) in PARTY.into_iter().zip(spans) {
            if let Some(span) = span {
                event.evidence.fields.add(field.path(n), span);
            }
        }
        event.parties.push(party);
    }
}
