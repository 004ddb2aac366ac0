//! Evidence: in JSON one object whose keys are `quote`, `rules` and the field paths.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Byte spans `[start, end)` and the names of the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// The sentence.
    pub quote: [usize; 2],
    /// By field path.
    pub fields: BTreeMap<String, [usize; 2]>,
    /// Chain of rules.
    pub rules: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Span([usize; 2]),
    Rules(Vec<String>),
}

impl Serialize for EvidenceRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return (&self.quote, &self.fields, &self.rules).serialize(serializer);
        }
        let mut map = serializer.serialize_map(Some(self.fields.len() + 2))?;
        map.serialize_entry("quote", &self.quote)?;
        for (field, span) in &self.fields {
            map.serialize_entry(field, span)?;
        }
        map.serialize_entry("rules", &self.rules)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for EvidenceRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (quote, fields, rules) = Deserialize::deserialize(deserializer)?;
            return Ok(Self { quote, fields, rules });
        }
        let mut record = Self::default();
        for (key, entry) in BTreeMap::<String, Entry>::deserialize(deserializer)? {
            match (key.as_str(), entry) {
                ("quote", Entry::Span(span)) => record.quote = span,
                ("rules", Entry::Rules(rules)) => record.rules = rules,
                (_, Entry::Span(span)) if key != "rules" => {
                    record.fields.insert(key, span);
                }
                _ => return Err(D::Error::custom(format!("evidence: {key} is not a pair of byte offsets"))),
            }
        }
        Ok(record)
    }
}
