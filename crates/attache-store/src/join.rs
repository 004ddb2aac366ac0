//! Whether two reports tell of one event. Pure, and careful: joining two different events hides
//! one of them, keeping one event twice only repeats it.

use attache_extract::event::Kind;
use attache_extract::when::Precision;
use jiff::civil::Date;

use crate::record::{DateRecord, EventRecord, PartyRecord};

/// Kinds whose date, parties and form say which one it is. Statements, shifts and forecasts are
/// told apart by their sentence and are never joined.
const JOINED: [Kind; 4] = [Kind::Engagement, Kind::TariffAction, Kind::Tension, Kind::Agreement];

/// Days either way within which a differently dated report may mean the same day: the two sides
/// of the Pacific date one call a day apart.
const SLACK: i64 = 1;

/// The days in which a stored report of the same event would sort, or `None` where the event is
/// not one that is ever joined. A month-long interval still begins within it.
pub(crate) fn window(record: &EventRecord) -> Option<(Date, Date)> {
    let (start, end) = (record.date.start?, record.date.end?);
    let exact = matches!(record.date.precision.0, Precision::Day | Precision::Range | Precision::Week);
    if !JOINED.contains(&record.kind.0) || !exact {
        return None;
    }
    let days = |n: i64| jiff::Span::new().days(n);
    Some((start.checked_sub(days(SLACK + 6)).ok()?, end.checked_add(days(SLACK)).ok()?))
}

/// The reason why both are one event, or `None`.
pub(crate) fn same(stored: &EventRecord, new: &EventRecord) -> Option<String> {
    let alike = stored.kind == new.kind
        && stored.subtype == new.subtype
        && stored.factuality == new.factuality
        && stored.status == new.status
        && countries(stored) == countries(new)
        && days_meet(stored.date, new.date)
        && agree(
            stored.rate.as_ref().map(|r| (r.value, r.from, r.to)),
            new.rate.as_ref().map(|r| (r.value, r.from, r.to)),
        )
        && agree(stored.effective.as_deref(), new.effective.as_deref())
        && agree(stored.place.as_deref(), new.place.as_deref());
    if !alike || countries(new).is_empty() {
        return None;
    }
    let shared = shared_people(stored, new);
    match new.kind.0 {
        Kind::Engagement if shared > 0 => {
            Some(format!("same contact: {shared} of the same people, same days"))
        }
        Kind::Engagement => None,
        Kind::TariffAction => {
            let told = new.rate.is_some() && stored.rate.is_some();
            (told && scopes_meet(stored, new)).then(|| "same measure: sides, rate, dates".to_owned())
        }
        Kind::Tension | Kind::Agreement => {
            let scoped = stored.scope.is_some() && scopes_meet(stored, new);
            scoped.then(|| "same measure: sides, subject, dates".to_owned())
        }
        _ => None,
    }
}

/// Takes over what the new report says more exactly: a day for a week, a fact for a gap.
pub(crate) fn sharpen(stored: &mut EventRecord, new: &EventRecord) {
    if new.date.precision.0 < stored.date.precision.0 {
        stored.date = new.date;
    }
    fill(&mut stored.effective, new.effective.as_ref());
    fill(&mut stored.expires, new.expires.as_ref());
    fill(&mut stored.duration, new.duration.as_ref());
    fill(&mut stored.place, new.place.as_ref());
    fill(&mut stored.scope, new.scope.as_ref());
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
    use attache_extract::Vocabulary as _;
    let mut list: Vec<_> =
        record.parties.iter().filter_map(|p| Some((p.country.as_deref()?, p.role.0.as_str()))).collect();
    list.sort_unstable();
    list.dedup();
    list
}

fn days_meet(a: DateRecord, b: DateRecord) -> bool {
    let (Some(a0), Some(a1), Some(b0), Some(b1)) = (a.start, a.end, b.start, b.end) else { return false };
    let slack = jiff::Span::new().days(SLACK);
    a0 <= b1.saturating_add(slack) && b0 <= a1.saturating_add(slack)
}

fn shared_people(a: &EventRecord, b: &EventRecord) -> usize {
    a.parties.iter().filter(|p| p.office.is_some() && b.parties.iter().any(|q| same_person(p, q))).count()
}

fn same_person(a: &PartyRecord, b: &PartyRecord) -> bool {
    a.country == b.country && a.name.is_some() && a.name == b.name
}

fn scopes_meet(a: &EventRecord, b: &EventRecord) -> bool {
    let words = |record: &EventRecord| -> Vec<String> {
        let scope = record.scope.as_deref().unwrap_or_default().to_lowercase();
        scope.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    (a.is_empty() && b.is_empty()) || a.iter().any(|word| b.contains(word))
}
