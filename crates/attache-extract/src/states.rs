//! A few states.

use std::ops::Deref;

use crate::state::StateCode;

/// More than usually act in one sentence.
const FEW: usize = 8;

/// Different states in the order of their naming. The usual few need no memory of their own.
#[derive(Debug, Clone)]
pub(crate) struct States {
    few: [StateCode; FEW],
    len: usize,
    /// All of them, once they are more than a few.
    many: Vec<StateCode>,
}

impl States {
    /// Adds a state that is not among them.
    fn add(&mut self, code: StateCode) {
        if self.contains(&code) {
            return;
        }
        match self.few.get_mut(self.len) {
            Some(place) => *place = code,
            None => {
                if self.many.is_empty() {
                    self.many.extend(self.few);
                }
                self.many.push(code);
            }
        }
        self.len += 1;
    }

    /// The same states in the order of their codes.
    pub(crate) fn sorted(mut self) -> Self {
        match self.few.get_mut(..self.len) {
            Some(few) => few.sort_unstable(),
            None => self.many.sort_unstable(),
        }
        self
    }

    /// The states in order.
    pub(crate) fn as_slice(&self) -> &[StateCode] {
        self.few.get(..self.len).unwrap_or(&self.many)
    }
}

impl FromIterator<StateCode> for States {
    fn from_iter<I: IntoIterator<Item = StateCode>>(codes: I) -> Self {
        let mut out = Self { few: [StateCode::US; FEW], len: 0, many: Vec::new() };
        codes.into_iter().for_each(|code| out.add(code));
        out
    }
}

impl PartialEq for States {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Deref for States {
    type Target = [StateCode];

    fn deref(&self) -> &[StateCode] {
        self.as_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_stands_once_however_many_there_are() {
        let codes: Vec<StateCode> =
            (b'A'..=b'Z').map(|c| format!("X{}", char::from(c)).parse().unwrap()).collect();
        for count in 0..codes.len() {
            let twice = codes.iter().take(count).chain(codes.iter().take(count));
            assert_eq!(twice.copied().collect::<States>().as_slice(), &codes[..count]);
            let back = codes.iter().take(count).rev().copied();
            assert_eq!(back.collect::<States>().sorted().as_slice(), &codes[..count]);
        }
    }
}
