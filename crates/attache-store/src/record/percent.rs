//! A percentage: a plain number in JSON, an exact integer in stored values.

use attache_extract::event::Percent;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A [`Percent`], serialised: `24`, `7.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PercentRecord(pub Percent);

impl Serialize for PercentRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let exact = self.0.ten_thousandths();
        if !serializer.is_human_readable() {
            return serializer.serialize_i64(exact);
        }
        if exact % 10_000 == 0 {
            return serializer.serialize_i64(exact / 10_000);
        }
        serializer.serialize_f64(self.0.to_string().parse().unwrap_or(f64::NAN))
    }
}

impl<'de> Deserialize<'de> for PercentRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Ok(Self(Percent::from_ten_thousandths(i64::deserialize(deserializer)?)));
        }
        let number = f64::deserialize(deserializer)?;
        let percent = Percent::parse(&number.to_string());
        percent
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("{number} is not a percentage with up to four decimals")))
    }
}
