//! The published shape of an event: what `attache extract --json` prints, what export writes, and
//! (in a compact encoding of the same structs) what the store keeps.
//!
//! Unknown is `null` or `[]`. Evidence offsets are byte offsets into the article's text.

mod evidence;
mod percent;
mod word;

use attache_extract::event::{
    Act, Confidence, Event, Evidence, Factuality, Kind, Party, Plover, PloverCategory, Rate, RateUnit, Role,
    Status,
};
use attache_extract::when::{EventDate, Precision};
use attache_extract::{Span, StateCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use evidence::EvidenceRecord;
pub use percent::PercentRecord;
pub use word::Word;

/// One event; see the module's documentation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecord {
    /// Kind.
    pub kind: Word<Kind>,
    /// Subtype, one of the kind's.
    pub subtype: String,
    /// Who takes part.
    pub parties: Vec<PartyRecord>,
    /// When it happened or was announced.
    pub date: DateRecord,
    /// Start of the measure, as [`Moment`](attache_extract::when::Moment) is written.
    pub effective: Option<String>,
    /// End of the measure, written likewise.
    pub expires: Option<String>,
    /// How long, as [`Length`](attache_extract::when::Length) is written.
    pub duration: Option<String>,
    /// The rate.
    pub rate: Option<RateRecord>,
    /// Goods, firms or list.
    pub scope: Option<String>,
    /// Subjects.
    pub topics: Vec<String>,
    /// City, else country.
    pub place: Option<String>,
    /// How far the text commits itself.
    pub factuality: Word<Factuality>,
    /// State at publication.
    pub status: Option<Word<Status>>,
    /// The sentence, verbatim.
    pub quote: String,
    /// Ordinals, views, attributions.
    pub claims: Vec<String>,
    /// PLOVER class.
    pub plover: PloverRecord,
    /// Estimated chance to be right, 0.0 to 1.0, three decimals.
    pub confidence: f64,
    /// Spans and rules.
    pub evidence: EvidenceRecord,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyRecord {
    /// Name.
    pub name: Option<String>,
    /// Office as printed.
    pub office: Option<String>,
    /// Two-letter code.
    pub country: Option<String>,
    /// Role.
    pub role: Word<Role>,
}

/// A date with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRecord {
    /// First possible day.
    pub start: Option<Date>,
    /// Last possible day.
    pub end: Option<Date>,
    /// Precision.
    pub precision: Word<Precision>,
}

/// A rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateRecord {
    /// The words.
    pub raw: String,
    /// The rate or points.
    pub value: Option<PercentRecord>,
    /// Before.
    pub from: Option<PercentRecord>,
    /// After.
    pub to: Option<PercentRecord>,
    /// Percent or points.
    pub unit: Word<RateUnit>,
    /// What stays.
    pub retained: Option<PercentRecord>,
}

/// PLOVER category and mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PloverRecord {
    /// Category.
    pub category: Word<PloverCategory>,
    /// Mode.
    pub mode: Option<String>,
}

impl From<&Event> for EventRecord {
    fn from(event: &Event) -> Self {
        Self {
            kind: Word(event.act.kind()),
            subtype: event.act.subtype().to_owned(),
            parties: event.parties.iter().map(PartyRecord::from).collect(),
            date: DateRecord {
                start: event.date.start(),
                end: event.date.end(),
                precision: Word(event.date.precision),
            },
            effective: event.effective.map(|moment| moment.to_string()),
            expires: event.expires.map(|moment| moment.to_string()),
            duration: event.duration.map(|length| length.to_string()),
            rate: event.rate.as_ref().map(RateRecord::from),
            scope: event.scope.clone(),
            topics: event.topics.clone(),
            place: event.place.clone(),
            factuality: Word(event.factuality),
            status: event.status.map(Word),
            quote: event.quote.clone(),
            claims: event.claims.clone(),
            plover: PloverRecord { category: Word(event.plover.category), mode: event.plover.mode.clone() },
            confidence: f64::from(event.confidence.thousandths()) / 1000.0,
            evidence: EvidenceRecord {
                quote: pair(event.evidence.quote),
                fields: event
                    .evidence
                    .fields
                    .iter()
                    .map(|(field, span)| (field.to_owned(), pair(*span)))
                    .collect(),
                rules: event.evidence.rules.clone(),
            },
        }
    }
}

impl From<&Party> for PartyRecord {
    fn from(party: &Party) -> Self {
        Self {
            name: party.name.clone(),
            office: party.office.clone(),
            country: party.country.map(|code| code.to_string()),
            role: Word(party.role),
        }
    }
}

impl From<&Rate> for RateRecord {
    fn from(rate: &Rate) -> Self {
        Self {
            raw: rate.raw.clone(),
            value: rate.value.map(PercentRecord),
            from: rate.from.map(PercentRecord),
            to: rate.to.map(PercentRecord),
            unit: Word(rate.unit),
            retained: rate.retained.map(PercentRecord),
        }
    }
}

impl TryFrom<EventRecord> for Event {
    type Error = String;

    /// # Errors
    /// Names the field that no event can have, and what would be right.
    fn try_from(record: EventRecord) -> Result<Self, String> {
        let act = Act::new(record.kind.0, &record.subtype).map_err(|error| format!("subtype: {error}"))?;
        let parties = record.parties.into_iter().map(Party::try_from).collect::<Result<_, _>>()?;
        let interval = match (record.date.start, record.date.end) {
            (None, None) => None,
            (Some(start), Some(end)) if start <= end => Some((start, end)),
            _ => return Err("date: needs both start and end in order, or neither".to_owned()),
        };
        if interval.is_none() != (record.date.precision.0 == Precision::Unknown) {
            return Err("date: precision is \"unknown\" if and only if start and end are null".to_owned());
        }
        if !(0.0..=1.0).contains(&record.confidence) {
            return Err(format!("confidence: {} is not between 0 and 1", record.confidence));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 1000 by the check above"
        )]
        let confidence = Confidence::from_thousandths((record.confidence * 1000.0).round() as u16);
        Ok(Self {
            act,
            parties,
            date: EventDate { interval, precision: record.date.precision.0 },
            effective: field("effective", record.effective.as_deref())?,
            expires: field("expires", record.expires.as_deref())?,
            duration: field("duration", record.duration.as_deref())?,
            rate: record.rate.map(Rate::from),
            scope: record.scope,
            topics: record.topics,
            place: record.place,
            factuality: record.factuality.0,
            status: record.status.map(|word| word.0),
            quote: record.quote,
            claims: record.claims,
            plover: Plover { category: record.plover.category.0, mode: record.plover.mode },
            confidence,
            evidence: Evidence {
                quote: span(record.evidence.quote),
                fields: record.evidence.fields.into_iter().map(|(name, at)| (name, span(at))).collect(),
                rules: record.evidence.rules,
            },
        })
    }
}

impl TryFrom<PartyRecord> for Party {
    type Error = String;

    fn try_from(record: PartyRecord) -> Result<Self, String> {
        let country: Option<StateCode> = field("country", record.country.as_deref())?;
        Ok(Self { name: record.name, office: record.office, country, role: record.role.0 })
    }
}

impl From<RateRecord> for Rate {
    fn from(record: RateRecord) -> Self {
        let percent = |value: Option<PercentRecord>| value.map(|PercentRecord(percent)| percent);
        Self {
            raw: record.raw,
            value: percent(record.value),
            from: percent(record.from),
            to: percent(record.to),
            unit: record.unit.0,
            retained: percent(record.retained),
        }
    }
}

fn field<T: std::str::FromStr<Err: std::fmt::Display>>(
    name: &str,
    text: Option<&str>,
) -> Result<Option<T>, String> {
    text.map(|text| text.parse().map_err(|error| format!("{name}: {error}"))).transpose()
}

fn pair(span: Span) -> [usize; 2] {
    [span.start, span.end]
}

fn span([start, end]: [usize; 2]) -> Span {
    Span::new(start, end)
}

#[cfg(test)]
pub(crate) use tests::SAMPLE;

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) const SAMPLE: &str = r#"{"kind":"tariff_action","subtype":"suspend",
        "parties":[{"name":"United States","office":null,"country":"US","role":"actor"}],
        "date":{"start":"2025-05-14","end":"2025-05-14","precision":"day"},
        "effective":"2025-05-14T00:01-04:00","expires":"by 2025-08","duration":"90 days",
        "rate":{"raw":"24 points","value":24,"from":null,"to":7.5,"unit":"percentage_points","retained":10},
        "scope":"reciprocal tariff","topics":["tariffs"],"place":null,"factuality":"asserted",
        "status":"in_force","quote":"It is so.","claims":[],
        "plover":{"category":"RETREAT","mode":null},"confidence":0.934,
        "evidence":{"quote":[0,9],"rate":[3,5],"parties.0.name":[0,2],"rules":["a rule"]}}"#;

    #[test]
    fn json_and_bytes_keep_everything() {
        let record: EventRecord = serde_json::from_str(SAMPLE).unwrap();
        let event = Event::try_from(record.clone()).unwrap();
        assert_eq!(EventRecord::from(&event), record);
        let json = serde_json::to_value(&record).unwrap();
        assert_eq!(json, serde_json::from_str::<serde_json::Value>(SAMPLE).unwrap());
        let bytes = postcard::to_stdvec(&record).unwrap();
        assert_eq!(postcard::from_bytes::<EventRecord>(&bytes).unwrap(), record);
    }

    #[track_caller]
    fn check_refused(from: &str, to: &str, expected: &str) {
        let changed = SAMPLE.replacen(from, to, 1);
        assert_ne!(changed, SAMPLE);
        let error = serde_json::from_str::<EventRecord>(&changed)
            .map_err(|error| error.to_string())
            .and_then(|record| Event::try_from(record).map(|_| ()))
            .unwrap_err();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn what_no_event_can_be_is_refused_by_name() {
        check_refused("suspend", "condemn", "tariff_action has no subtype");
        check_refused("\"US\"", "\"USA\"", "country: \"USA\"");
        check_refused("\"actor\"", "\"source\"", "actor, recipient, participant");
        check_refused("2025-05-14\",\"end", "2025-05-15\",\"end", "date: needs both");
        check_refused("\"day\"", "\"unknown\"", "date: precision");
        check_refused("90 days", "some days", "duration: ");
        check_refused("0.934", "1.5", "confidence: 1.5");
        check_refused("\"scope\"", "\"scoop\"", "unknown field");
        check_refused("7.5", "-7.5", "percent");
    }
}
