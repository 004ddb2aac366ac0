//! Whether two reports tell of one event. Pure, and careful: joining two different events hides
//! one of them, keeping one event twice only repeats it.

mod subject;

use attache_extract::Vocabulary as _;
use attache_extract::event::{Engagement, Factuality, Kind};
use attache_extract::when::{Moment, Precision};
use jiff::civil::Date;

use crate::record::{DateRecord, EventRecord, PartyRecord, PercentRecord};
use crate::row::StoredEvent;
use crate::view::origin;
use crate::view::tariffs::layer_of;
use subject::{Fit, fit};

/// Kinds whose date, parties and form say which one it is. Statements, shifts and forecasts are
/// told apart by their sentence and are never joined.
const JOINED: [Kind; 4] = [Kind::Engagement, Kind::TariffAction, Kind::Tension, Kind::Agreement];

/// Whether reports of events of this kind are ever joined.
pub(crate) fn is_joined(kind: Kind) -> bool {
    JOINED.contains(&kind)
}

/// Days either way within which a differently dated report may mean the same day: the two sides
/// of the Pacific date one call a day apart.
const SLACK: i64 = 1;

/// Days after an event in which a report that gives no day for it still tells the news, and in which two
/// such reports tell of one.
const NEWS: i64 = 7;

/// What is told of an event, and the day it was first printed on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Report<'r> {
    pub(crate) record: &'r EventRecord,
    pub(crate) printed: Date,
}

impl<'r> Report<'r> {
    /// The first report of a stored event.
    pub(crate) fn of(row: &'r StoredEvent) -> Self {
        let first = row.sources.iter().map(|source| source.published).min();
        Self { record: &row.event, printed: first.unwrap_or(row.sort_day) }
    }
}

/// The days in which a stored report of the same event would sort, or `None` where the event is
/// not one that is ever joined. A month-long interval still begins within it.
pub(crate) fn window(report: Report<'_>) -> Option<(Date, Date)> {
    let Report { record, printed } = report;
    if !is_joined(record.kind.0) {
        return None;
    }
    let days = |n: i64| jiff::Span::new().days(n);
    let (Some(start), Some(end)) = (record.date.start, record.date.end) else {
        return Some((printed.checked_sub(days(NEWS)).ok()?, printed.checked_add(days(NEWS)).ok()?));
    };
    let exact = matches!(record.date.precision.0, Precision::Day | Precision::Range | Precision::Week);
    exact.then_some((start.checked_sub(days(SLACK + 6)).ok()?, end.checked_add(days(NEWS)).ok()?))
}

/// A number that all reports which [`same`] could join share: of kind and countries. `None`
/// where the event is not one that is ever joined.
pub(crate) fn block(record: &EventRecord) -> Option<u64> {
    if !is_joined(record.kind.0) {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(record.kind.0.as_str().as_bytes());
    let mut codes: Vec<&str> = record.parties.iter().filter_map(|party| party.country.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        hasher.update(b" ").update(code.as_bytes());
    }
    let [a, b, c, d, e, f, g, h, ..] = *hasher.finalize().as_bytes();
    Some(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

/// How far the days of two reports say that they tell of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Days {
    /// One gives no day and was printed when the other's was news, or both give none.
    Open,
    /// Within [`SLACK`].
    Near,
    /// The same.
    Same,
}

fn days(a: Report<'_>, b: Report<'_>) -> Option<Days> {
    let dated = |report: Report<'_>| report.record.date.start.zip(report.record.date.end);
    let news = jiff::Span::new().days(NEWS);
    match (dated(a), dated(b)) {
        (Some(_), Some(_)) if days_meet(a.record.date, b.record.date, 0) => Some(Days::Same),
        (Some(_), Some(_)) => days_meet(a.record.date, b.record.date, SLACK).then_some(Days::Near),
        (Some((start, end)), None) => {
            (start <= b.printed && b.printed <= end.saturating_add(news)).then_some(Days::Open)
        }
        (None, Some(_)) => days(b, a),
        (None, None) => {
            let (first, last) = (a.printed.min(b.printed), a.printed.max(b.printed));
            (last <= first.saturating_add(news)).then_some(Days::Open)
        }
    }
}

/// The reason why both are one event, or `None`. What both tell must agree; what only one tells
/// may be so. Where a report gives no day, what it tells of has to be said more closely.
pub(crate) fn same(stored: Report<'_>, new: Report<'_>) -> Option<String> {
    let days = days(stored, new)?;
    let (stored, new) = (stored.record, new.record);
    let alike = stored.kind == new.kind
        && one_form(stored, new)
        && stored.status == new.status
        && commitments_fit(stored, new)
        && countries(stored) == countries(new)
        && rates_agree(stored, new)
        && moments_agree(stored.effective.as_deref(), new.effective.as_deref())
        && moments_agree(stored.expires.as_deref(), new.expires.as_deref())
        && agree(stored.duration.as_deref(), new.duration.as_deref())
        && agree(stored.place.as_deref(), new.place.as_deref());
    if !alike || countries(new).is_empty() {
        return None;
    }
    match new.kind.0 {
        Kind::Engagement => one_contact(stored, new, days),
        Kind::TariffAction | Kind::Tension | Kind::Agreement if layer_of(stored) != layer_of(new) => None,
        Kind::TariffAction => one_tariff(stored, new, days),
        Kind::Tension => one_step(stored, new, days),
        Kind::Agreement => one_agreement(stored, new, days),
        _ => None,
    }
}

/// The place that both name.
fn one_place<'r>(stored: &'r EventRecord, new: &EventRecord) -> Option<&'r str> {
    stored.place.as_deref().filter(|place| new.place.as_deref() == Some(*place))
}

fn one_contact(stored: &EventRecord, new: &EventRecord, days: Days) -> Option<String> {
    if days == Days::Open {
        return None;
    }
    let shared = shared_people(stored, new)?;
    if shared > 0 {
        return Some(format!("same contact: {shared} of the same people, same days"));
    }
    if days != Days::Same || !(nobody(stored) || nobody(new)) {
        return None;
    }
    if let Some(place) = one_place(stored, new) {
        return Some(format!("same contact: same sides, same days, both in {place}; one names nobody"));
    }
    // Of two delegations that nobody is named of, one day's talks are one.
    let about = !matches!(fit(stored, new), Fit::Other | Fit::Apart);
    (nobody(stored) && nobody(new) && about)
        .then(|| "same contact: same sides, same day, nobody named".to_owned())
}

fn one_tariff(stored: &EventRecord, new: &EventRecord, days: Days) -> Option<String> {
    let told = new.rate.is_some() && stored.rate.is_some();
    match fit(stored, new) {
        Fit::Same if told => Some("same measure: sides, rate, goods".to_owned()),
        // All goods of a side, by both.
        Fit::Topics { .. } | Fit::Open | Fit::Apart if told && days > Days::Open => {
            Some("same measure: sides, rate, dates".to_owned())
        }
        // Where a report tells no rate in percent, the goods and the day have to say which one it is.
        Fit::Same if days == Days::Same => Some("same measure: sides, goods, day".to_owned()),
        _ => None,
    }
}

fn one_step(stored: &EventRecord, new: &EventRecord, days: Days) -> Option<String> {
    match fit(stored, new) {
        Fit::Same => Some("same measure: sides, subject, dates".to_owned()),
        Fit::Topics { shared } if shared > 1 && days != Days::Near => {
            Some(format!("same step: sides, {shared} topics, day"))
        }
        _ => None,
    }
}

fn one_agreement(stored: &EventRecord, new: &EventRecord, days: Days) -> Option<String> {
    let two = countries(new).len() > 1;
    match fit(stored, new) {
        Fit::Same => Some("same agreement: sides, subject, dates".to_owned()),
        Fit::Topics { .. } if two && days != Days::Near => {
            Some("same agreement: sides, topics, day".to_owned())
        }
        // Two sides sign one thing at a place on a day; which one, its sentence need not say.
        Fit::Open | Fit::Apart if two && days == Days::Same => {
            let place = one_place(stored, new)?;
            Some(format!("same agreement: same sides, same day, both in {place}"))
        }
        _ => None,
    }
}

/// Takes over what the new report says more exactly: a day for a week, a fact for a gap. Evidence
/// of a field taken over stands in the other article, so the field keeps none here.
pub(crate) fn sharpen(stored: &mut EventRecord, new: &EventRecord) {
    let fields = &mut stored.evidence.fields;
    if sharper(stored.date, new.date) {
        stored.date = new.date;
        fields.remove("date");
    }
    fill(&mut stored.effective, new.effective.as_ref());
    fill(&mut stored.expires, new.expires.as_ref());
    fill(&mut stored.duration, new.duration.as_ref());
    fill(&mut stored.place, new.place.as_ref());
    fill(&mut stored.scope, new.scope.as_ref());
    if stored.kind.0 == Kind::Engagement {
        name_people(stored, new);
    }
    if stored.factuality.0 == Factuality::Reported && new.factuality.0 == Factuality::Asserted {
        stored.factuality = new.factuality;
    }
    origin::adopt_own(stored, new);
}

/// Puts the people whom the new report names in the place of a side of which nobody is named. The other
/// parties' numbers change with it, so none keeps evidence of its own.
fn name_people(stored: &mut EventRecord, new: &EventRecord) {
    let named = |record: &EventRecord, side: Option<&str>| !people(record, side).is_empty();
    let of_new: Vec<PartyRecord> = new
        .parties
        .iter()
        .filter(|party| party.office.is_some() && !named(stored, party.country.as_deref()))
        .cloned()
        .collect();
    if of_new.is_empty() {
        return;
    }
    let replaced = |party: &PartyRecord| of_new.iter().any(|other| other.country == party.country);
    stored.parties.retain(|party| !replaced(party));
    stored.parties.extend(of_new);
    stored.evidence.fields.retain(|field, _| !field.starts_with("parties."));
}

/// A day within a week or a month tells more; one beside the days of talks, or one of them, does not.
fn sharper(known: DateRecord, new: DateRecord) -> bool {
    let within = known.start <= new.start && new.end <= known.end;
    within && new.precision.0 < known.precision.0 && known.precision.0 != Precision::Range
}

/// Whether two reports may mean the same days.
pub(crate) fn same_days(a: &EventRecord, b: &EventRecord) -> bool {
    days_meet(a.date, b.date, SLACK)
}

/// Days between the first days of two events; where one gives none, the day it was printed stands for it.
pub(crate) fn days_between(a: Report<'_>, b: Report<'_>) -> i32 {
    let first = |report: Report<'_>| report.record.date.start.unwrap_or(report.printed);
    let (a, b) = (first(a), first(b));
    a.until(b).map_or(i32::MAX, |span| span.get_days().saturating_abs())
}

/// Whether a report may be of an event in other words, of which both speak in much the same text: nothing
/// that both tell differs.
pub(crate) fn may_be_same(stored: &EventRecord, new: &EventRecord) -> bool {
    let codes = |record| countries(record).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    let (here, there) = (codes(stored), codes(new));
    let within = |a: &[&str], b: &[&str]| a.iter().all(|code| b.contains(code));
    let dated = stored.date.start.is_some() && new.date.start.is_some();
    stored.kind == new.kind
        && !there.is_empty()
        && (within(&here, &there) || within(&there, &here))
        && rates_agree(stored, new)
        && (!dated || days_meet(stored.date, new.date, SLACK))
        && (new.kind.0 != Kind::Engagement || shared_people(stored, new).is_some())
}

fn fill<T: Clone>(gap: &mut Option<T>, value: Option<&T>) {
    if gap.is_none() {
        *gap = value.cloned();
    }
}

fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn countries(record: &EventRecord) -> Vec<(&str, &str)> {
    let mut list: Vec<_> =
        record.parties.iter().filter_map(|p| Some((p.country.as_deref()?, p.role.0.as_str()))).collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// The same form of event; talks, a meeting and a summit are one form for those who were not told which.
fn one_form(a: &EventRecord, b: &EventRecord) -> bool {
    let forms = |event: &EventRecord| match Engagement::parse(&event.subtype) {
        Some(Engagement::Meeting | Engagement::Talks | Engagement::Summit) => 1,
        Some(Engagement::Call | Engagement::VideoCall) => 2,
        _ => 0,
    };
    let contact = a.kind.0 == Kind::Engagement && forms(a) > 0 && forms(a) == forms(b);
    // A duty raised to a rate is charged at it from then on.
    let charged = |record: &EventRecord| matches!(record.subtype.as_str(), "impose" | "increase");
    let levied = a.kind.0 == Kind::TariffAction && charged(a) && charged(b) && outcome(a).is_some();
    a.subtype == b.subtype || contact || levied && outcome(a) == outcome(b)
}

/// The rate in the end: of "to 50% from 25%", 50.
fn outcome(record: &EventRecord) -> Option<PercentRecord> {
    let rate = record.rate.as_ref()?;
    rate.to.or(rate.value)
}

/// No person is named.
fn nobody(record: &EventRecord) -> bool {
    !record.parties.iter().any(|party| party.office.is_some() && party.name.is_some())
}

fn days_meet(a: DateRecord, b: DateRecord, slack: i64) -> bool {
    let (Some(a0), Some(a1), Some(b0), Some(b1)) = (a.start, a.end, b.start, b.end) else { return false };
    let slack = jiff::Span::new().days(slack);
    a0 <= b1.saturating_add(slack) && b0 <= a1.saturating_add(slack)
}

/// People named in both reports; `None` where one side is named in both, and nobody twice.
fn shared_people(a: &EventRecord, b: &EventRecord) -> Option<usize> {
    let mut shared = 0;
    let mut sides: Vec<_> = a.parties.iter().map(|party| party.country.as_deref()).collect();
    sides.sort_unstable();
    sides.dedup();
    for side in sides {
        let (mut here, mut there) = (people(a, side), people(b, side));
        let (bare_here, bare_there) = (bare(a, side, &there), bare(b, side, &here));
        here.extend(bare_here);
        there.extend(bare_there);
        let both = here.iter().filter(|name| there.iter().any(|other| one_name(name, other))).count();
        if both == 0 && !here.is_empty() && !there.is_empty() {
            return None;
        }
        shared += both;
    }
    Some(shared)
}

/// "Reyes" is "Ana Reyes".
fn one_name(a: &str, b: &str) -> bool {
    let part = |name: &str, of: &str| !name.contains(' ') && of.split(' ').any(|word| word == name);
    a == b || part(a, b) || part(b, a)
}

fn people<'r>(record: &'r EventRecord, side: Option<&str>) -> Vec<&'r str> {
    let of_side = |party: &&PartyRecord| party.country.as_deref() == side && party.office.is_some();
    record.parties.iter().filter(of_side).filter_map(|party| party.name.as_deref()).collect()
}

/// Those named without an office whom the other report knows by one: they are people, not bodies.
fn bare<'r>(record: &'r EventRecord, side: Option<&str>, known: &[&str]) -> Vec<&'r str> {
    let of_side = |party: &&PartyRecord| party.country.as_deref() == side && party.office.is_none();
    let names = record.parties.iter().filter(of_side).filter_map(|party| party.name.as_deref());
    names.filter(|name| known.contains(name)).collect()
}

/// Told in the article's own voice or by somebody else: the same event. Put as possible, or
/// denied: another.
fn commitments_fit(a: &EventRecord, b: &EventRecord) -> bool {
    let told =
        |record: &EventRecord| matches!(record.factuality.0, Factuality::Asserted | Factuality::Reported);
    a.factuality == b.factuality || told(a) && told(b)
}

fn rates_agree(a: &EventRecord, b: &EventRecord) -> bool {
    let (Some(a), Some(b)) = (&a.rate, &b.rate) else { return true };
    let ends = a.to.or(a.value) == b.to.or(b.value);
    a.unit == b.unit && ends && agree(a.from, b.from) && agree(a.to, b.to) && agree(a.retained, b.retained)
}

/// The days two moments leave open meet: "November" and "10 November" may be one.
fn moments_agree(a: Option<&str>, b: Option<&str>) -> bool {
    let days = |text: Option<&str>| text?.parse::<Moment>().ok()?.days();
    let (Some((a0, a1)), Some((b0, b1))) = (days(a), days(b)) else { return true };
    a0 <= b1 && b0 <= a1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> EventRecord {
        let mut record: EventRecord = serde_json::from_str(crate::record::SAMPLE).unwrap();
        record.parties.push(PartyRecord { country: Some("CN".to_owned()), ..record.parties[0].clone() });
        record
    }

    fn told(record: &EventRecord) -> Report<'_> {
        Report { record, printed: record.date.start.unwrap() }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut EventRecord), expected: bool) {
        let (report, mut other) = (report(), report());
        change(&mut other);
        let (one, other) = (told(&report), told(&other));
        assert_eq!(same(one, other).is_some(), expected);
        assert_eq!(same(other, one).is_some(), expected, "the other way round");
    }

    #[test]
    fn what_only_one_report_tells_may_be_so() {
        check(|_| {}, true);
        check(|other| other.effective = None, true);
        check(|other| other.effective = Some("2025-05".to_owned()), true);
        check(|other| other.expires = Some("2025-08-12".to_owned()), true);
        check(|other| other.scope = Some("the reciprocal tariffs on Chinese goods".to_owned()), true);
        check(|other| other.factuality.0 = Factuality::Reported, true);
    }

    fn talks(place: Option<&str>, people: &[(&str, &str)]) -> EventRecord {
        let mut record = report();
        record.kind.0 = Kind::Engagement;
        record.subtype = "talks".to_owned();
        record.rate = None;
        (record.effective, record.expires, record.duration) = (None, None, None);
        record.place = place.map(str::to_owned);
        for party in &mut record.parties {
            party.role.0 = attache_extract::Role::Participant;
        }
        for (country, name) in people {
            let office = Some("Minister".to_owned());
            let (name, country) = (Some((*name).to_owned()), Some((*country).to_owned()));
            record.parties.push(PartyRecord { name, office, country, ..record.parties[0].clone() });
        }
        record
    }

    #[track_caller]
    fn check_contact(a: &EventRecord, b: &EventRecord, expected: bool) {
        assert_eq!(same(told(a), told(b)).is_some(), expected);
        assert_eq!(same(told(b), told(a)).is_some(), expected, "the other way round");
    }

    #[test]
    fn talks_told_without_names_are_those_of_that_day_and_place() {
        let named = talks(Some("London"), &[("US", "Ana Reyes"), ("CN", "Chen Bo")]);
        let nameless = talks(Some("London"), &[]);
        check_contact(&named, &nameless, true);
        let mut met = nameless.clone();
        met.subtype = "meeting".to_owned();
        check_contact(&named, &met, true);
        met.subtype = "call".to_owned();
        check_contact(&named, &met, false);
        check_contact(&named, &talks(Some("Geneva"), &[]), false);
        check_contact(&named, &talks(None, &[]), false);
        check_contact(&named, &talks(Some("London"), &[("US", "Joan Smith")]), false);
        check_contact(&named, &talks(None, &[("US", "Reyes")]), true);
        let mut next_day = nameless.clone();
        next_day.date.start = next_day.date.start.map(|day| day.tomorrow().unwrap());
        next_day.date.end = next_day.date.start;
        check_contact(&named, &next_day, false);
        let mut untitled = talks(None, &[("US", "Ana Reyes"), ("CN", "Chen Bo")]);
        for party in untitled.parties.iter_mut().skip(2) {
            party.office = None;
        }
        check_contact(&named, &untitled, true);
        untitled.parties[2].name = Some("Joan Smith".to_owned());
        untitled.parties[3].name = Some("Li Wei".to_owned());
        check_contact(&named, &untitled, false);
        let mut joined = nameless;
        sharpen(&mut joined, &named);
        let names: Vec<_> = joined
            .parties
            .iter()
            .filter_map(|party| party.office.as_ref().and(party.name.as_deref()))
            .collect();
        assert_eq!(names, ["Ana Reyes", "Chen Bo"]);
        assert_eq!(joined.parties.len(), 2);
    }

    #[track_caller]
    fn check_date(known: (&str, &str, Precision), new: &str, taken: bool) {
        let date = |start: &str, end: &str, precision| DateRecord {
            start: start.parse().ok(),
            end: end.parse().ok(),
            precision: crate::record::Word(precision),
        };
        let (start, end, precision) = known;
        let (mut stored, mut other) = (report(), report());
        stored.date = date(start, end, precision);
        other.date = date(new, new, Precision::Day);
        sharpen(&mut stored, &other);
        assert_eq!(stored.date.precision.0 == Precision::Day, taken, "{known:?} {new}");
    }

    #[test]
    fn a_day_is_taken_over_from_within_a_week_only() {
        check_date(("2025-05-05", "2025-05-11", Precision::Week), "2025-05-09", true);
        check_date(("2025-05-05", "2025-05-11", Precision::Week), "2025-05-12", false);
        check_date(("2025-05-10", "2025-05-11", Precision::Range), "2025-05-12", false);
        check_date(("2025-05-10", "2025-05-11", Precision::Range), "2025-05-10", false);
    }

    #[test]
    fn what_differs_stays_apart() {
        check(|other| other.effective = Some("2025-05-15".to_owned()), false);
        check(|other| other.expires = Some("2026-01-10".to_owned()), false);
        check(|other| other.scope = Some("fentanyl tariff".to_owned()), false);
        check(|other| other.scope = Some("reciprocal tariff on steel".to_owned()), false);
        check(|other| other.rate = None, false);
        check(|other| other.rate.as_mut().unwrap().retained = None, true);
        check(|other| other.rate.as_mut().unwrap().to = None, false);
        check(|other| other.factuality.0 = Factuality::Hypothetical, false);
        check(|other| other.duration = Some("100 days".to_owned()), false);
    }
}
