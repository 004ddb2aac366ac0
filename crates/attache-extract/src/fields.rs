//! The words each field of an event was read from.

use smol_str::{SmolStr, format_smolstr};

use crate::span::Span;

/// Spans by field path, in the order of the paths. Paths are short, so that a whole list needs memory
/// once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(Vec<(SmolStr, Span)>);

impl Fields {
    /// An empty list with room for so many.
    pub(crate) fn with_capacity(room: usize) -> Self {
        Self(Vec::with_capacity(room))
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words a field was read from.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Span> {
        self.0.iter().find(|(known, _)| known == field).map(|(_, span)| span)
    }

    /// Whether a field has words of its own.
    #[must_use]
    pub fn contains_key(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    /// Sets the words a field was read from.
    pub fn insert(&mut self, field: impl AsRef<str>, span: Span) {
        self.add(SmolStr::new(field), span);
    }

    /// Sets the words of a field, where it has any.
    pub(crate) fn put(&mut self, field: &'static str, span: Option<Span>) {
        if let Some(span) = span {
            self.add(SmolStr::new_static(field), span);
        }
    }

    /// Sets the words of a field whose path comes behind all others.
    pub(crate) fn push(&mut self, field: SmolStr, span: Span) {
        debug_assert!(self.0.last().is_none_or(|(last, _)| *last < field), "{field} comes too late");
        self.0.push((field, span));
    }

    /// Sets the words of a field; one behind all others finds its place at once.
    pub(crate) fn add(&mut self, field: SmolStr, span: Span) {
        if self.0.last().is_none_or(|(last, _)| *last < field) {
            self.0.push((field, span));
            return;
        }
        match self.0.binary_search_by(|(known, _)| known.cmp(&field)) {
            Ok(at) => {
                if let Some((_, known)) = self.0.get_mut(at) {
                    *known = span;
                }
            }
            Err(at) => self.0.insert(at, (field, span)),
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, field: &str) {
        self.0.retain(|(known, _)| known != field);
    }

    /// Takes all fields out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Keeps the fields that `keep` holds of.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Span) -> bool) {
        self.0.retain_mut(|(field, span)| keep(field, span));
    }

    /// The fields in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Span)> {
        self.0.iter().map(|(field, span)| (field.as_str(), span))
    }
}

/// A field of one of several claims, parties or topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    Claim,
    PartyCountry,
    PartyName,
    PartyOffice,
    Topic,
}

/// The paths of the first of several, which need no memory of their own.
macro_rules! first_paths {
    ($list:literal, $part:literal) => {
        &[
            concat!($list, ".0", $part),
            concat!($list, ".1", $part),
            concat!($list, ".2", $part),
            concat!($list, ".3", $part),
            concat!($list, ".4", $part),
            concat!($list, ".5", $part),
        ]
    };
}

impl Listed {
    /// The path of the field for the one with this number: "parties.1.name".
    pub(crate) fn path(self, number: usize) -> SmolStr {
        let (first, list, part): (&[&'static str], _, _) = match self {
            Self::Claim => (first_paths!("claims", ""), "claims", ""),
            Self::PartyCountry => (first_paths!("parties", ".country"), "parties", ".country"),
            Self::PartyName => (first_paths!("parties", ".name"), "parties", ".name"),
            Self::PartyOffice => (first_paths!("parties", ".office"), "parties", ".office"),
            Self::Topic => (first_paths!("topics", ""), "topics", ""),
        };
        match first.get(number) {
            Some(path) => SmolStr::new_static(path),
            None => format_smolstr!("{list}.{number}{part}"),
        }
    }
}

impl<S: AsRef<str>> FromIterator<(S, Span)> for Fields {
    fn from_iter<I: IntoIterator<Item = (S, Span)>>(fields: I) -> Self {
        let mut out = Self::default();
        fields.into_iter().for_each(|(field, span)| out.insert(field, span));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_stands_once_and_in_order() {
        let mut fields: Fields = [("rate", Span::new(4, 6)), ("date", Span::new(0, 3))].into_iter().collect();
        fields.insert("rate", Span::new(7, 9));
        fields.insert(String::from("effective"), Span::new(1, 2));
        let listed: Vec<_> = fields.iter().collect();
        assert_eq!(
            listed,
            [("date", &Span::new(0, 3)), ("effective", &Span::new(1, 2)), ("rate", &Span::new(7, 9))]
        );
        fields.retain(|field, _| field != "date");
        fields.remove("effective");
        assert!(fields.get("date").is_none() && fields.contains_key("rate") && !fields.is_empty());
    }

    #[test]
    fn paths_of_several_are_told_by_number() {
        assert_eq!(Listed::PartyName.path(0), "parties.0.name");
        assert_eq!(Listed::PartyCountry.path(12), "parties.12.country");
        assert_eq!(Listed::Topic.path(3), "topics.3");
    }
}
