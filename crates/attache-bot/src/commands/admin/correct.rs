//! `/admin event edit`, `delete` and `restore`: corrections of one event.

use attache_store::record::EventRecord;
use attache_store::{AuditEntry, Correction, StoredEvent};
use serde_json::{Value, json};

use crate::command::{Access, Body, Call, Command, Fault, Opt, OptKind, Place};
use crate::commands::common::{self, EVENT_ID};
use crate::commands::confirm::{self, CONFIRM};
use crate::reply::{Answer, Block};

pub(super) const REASON: Opt = Opt {
    name: "reason",
    about: "Why; kept in the log of changes",
    kind: OptKind::Text { max: 300, complete: None },
    required: true,
};

pub(super) const EDIT: Command = Command {
    name: "edit",
    about: "Correct one field of an event",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run {
        options: &[
            EVENT_ID,
            common::needed("field", "Path of the field, such as place, status or parties.0.name"),
            Opt {
                name: "value",
                about: "The new value: text, a number, or JSON; null for unknown",
                kind: OptKind::Text { max: 1000, complete: None },
                required: true,
            },
            REASON,
        ],
        run: edit,
    },
};

pub(super) const DELETE: Command = Command {
    name: "delete",
    about: "Take an event out; it can be restored",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[EVENT_ID, REASON, CONFIRM], run: delete },
};

pub(super) const RESTORE: Command = Command {
    name: "restore",
    about: "Put an event back that was taken out",
    access: Access::Curator,
    place: Place::Anywhere,
    body: Body::Run { options: &[EVENT_ID, REASON], run: |call| correct(call, Correction::Restore) },
};

fn edit(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = common::read_event(call)?;
    let field = call.args.text("field").unwrap_or_default();
    let value = call.args.text("value").unwrap_or_default();
    let record = changed(&row.event, field, value).map_err(Fault::User)?;
    correct(call, Correction::Edit(Box::new(record)))
}

/// The record with one field set. Text that is not JSON is taken as text.
fn changed(record: &EventRecord, field: &str, value: &str) -> Result<EventRecord, String> {
    let mut json = serde_json::to_value(record).map_err(|error| error.to_string())?;
    let pointer = format!("/{}", field.replace('.', "/"));
    if field.starts_with("evidence") || field == "quote" {
        return Err("field: the sentence and its evidence are the article's, not ours to change".to_owned());
    }
    let place = json.pointer_mut(&pointer).ok_or_else(|| {
        format!(
            "field: an event has no {field:?}; it has {}",
            serde_json::to_value(record).map(keys).unwrap_or_default()
        )
    })?;
    *place = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
    let record = serde_json::from_value(json).map_err(|error| format!("value: {error}"))?;
    attache_extract::Event::try_from(EventRecord::clone(&record)).map_err(|what| format!("value: {what}"))?;
    Ok(record)
}

fn keys(json: Value) -> String {
    let keys = json.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
    keys.unwrap_or_default().join(", ")
}

fn delete(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = common::read_event(call)?;
    let does = format!("Event {} would be taken out; it could be restored.", row.id.short());
    match confirm::asked(call, "admin event delete", &does, common::entry(call.app, &row)?) {
        Some(asked) => Ok(asked),
        None => correct_row(call, &row, Correction::Delete),
    }
}

pub(super) fn correct(call: &Call<'_>, correction: Correction) -> Result<Answer, Fault> {
    correct_row(call, &common::read_event(call)?, correction)
}

/// Corrects an event and shows it.
pub(super) fn correct_row(
    call: &Call<'_>,
    row: &StoredEvent,
    correction: Correction,
) -> Result<Answer, Fault> {
    let reason = call.args.text("reason").unwrap_or_default();
    let entry = call.app.store.correct(row.id, correction, &call.caller.label(), reason, call.now)?;
    done(call, &entry)
}

/// What a change did: the event as it is now, and how to take the change back.
pub(super) fn done(call: &Call<'_>, entry: &AuditEntry) -> Result<Answer, Fault> {
    let now = call.app.store.event(entry.event)?;
    let blocks: Vec<Block> =
        now.iter().map(|row| common::entry(call.app, row)).collect::<Result<Vec<_>, _>>()?.concat();
    Ok(Answer {
        title: format!(
            "Change {}: event {} {}",
            entry.id,
            entry.event.short(),
            crate::commands::event::action(entry.action)
        ),
        blocks,
        notes: vec![format!("/admin undo change:{} takes it back.", entry.id)],
        private: true,
        data: json!({"change": entry.id.0, "event": now.as_ref().map(common::data)}),
        ..Answer::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> EventRecord {
        serde_json::from_value(json!({
            "kind": "engagement", "subtype": "call", "parties": [{"name": "Ana Reyes", "office": null, "country": "US",
            "role": "participant"}], "date": {"start": null, "end": null, "precision": "unknown"}, "effective": null,
            "expires": null, "duration": null, "rate": null, "scope": null, "topics": [], "place": null,
            "factuality": "asserted", "status": "occurred", "quote": "q", "claims": [],
            "plover": {"category": "CONSULT", "mode": null}, "confidence": 0.5, "evidence": {"quote": [0, 1], "rules": []}
        }))
        .unwrap()
    }

    #[test]
    fn a_field_is_set_by_its_path() {
        assert_eq!(changed(&record(), "place", "Geneva").unwrap().place.as_deref(), Some("Geneva"));
        assert_eq!(
            changed(&record(), "parties.0.name", "Ben Ito").unwrap().parties[0].name.as_deref(),
            Some("Ben Ito")
        );
        assert_eq!(changed(&record(), "topics", "[\"trade\"]").unwrap().topics, ["trade"]);
        assert_eq!(changed(&record(), "parties.0.country", "null").unwrap().parties[0].country, None);
    }

    #[test]
    fn a_value_that_fits_no_event_is_refused() {
        for (field, value, expected) in [
            ("colour", "red", "no \"colour\"; it has claims, confidence"),
            ("status", "done", "none of: occurred"),
            ("parties.0.country", "USA", "two-letter"),
            ("confidence", "2", "not between 0 and 1"),
            ("quote", "x", "not ours to change"),
        ] {
            let error = changed(&record(), field, value).unwrap_err();
            assert!(error.contains(expected), "{field}: {error}");
        }
    }
}
