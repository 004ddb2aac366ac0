//! What each clue says, as it was learned.

use crate::event::{Act, Kind};
use crate::grammar::classes::Classes;
use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::phrases::{part, small};
use crate::learned::{COLUMNS, column};
use crate::vocabulary::Vocabulary as _;

/// What stands in the weight files for what holds without any clue.
const BIAS: &str = "(bias)";

/// The parts of a text between ASCII signs. They are a few bytes each, so that a plain loop finds the next sign
/// sooner than a search made for long texts.
fn parted(text: &str, sign: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let end = here.bytes().position(|byte| byte == sign);
        rest = end.and_then(|end| here.get(end + 1..));
        here.get(..end.unwrap_or(here.len()))
    })
}

/// The weights of all clues.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    clues: ByWord<Row>,
    /// Which row tells what it says that a class is named, by the number of the class.
    classes: Vec<Option<usize>>,
    pub(super) bias: [i16; COLUMNS],
    /// Acts by number and their weights, those of one clue together in the order of kinds.
    acts: Vec<(u8, i16)>,
    pub(super) act_bias: Vec<i16>,
    pub(super) act_names: Vec<Act>,
}

/// What one clue says.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) kinds: [i16; COLUMNS],
    /// Where what it says of acts stands.
    from: u32,
    /// Of how many acts of each kind it says something.
    acts: [u8; Kind::ALL.len()],
}

impl Row {
    /// How many acts of the kinds before this one it says something of.
    fn before(&self, kind: Kind) -> u32 {
        self.acts.iter().take(column(kind)).copied().map(u32::from).sum()
    }
}

/// The number of a clue, by those of its parts: as good as no other clue has it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Number(u64);

impl Number {
    /// That of a clue as it is written in the weight files.
    pub(super) fn of(clue: &str) -> u64 {
        let mut parts = parted(clue, b' ').peekable();
        let mut out = Self::default();
        while let Some(part) = parts.next() {
            // "may (month)" is one word.
            out = match parts.next_if(|next| next.starts_with('(')) {
                Some(more) => out.with(&Lower::new(&format!("{part} {more}"))),
                None => out.with(&Lower::new(part)),
            };
        }
        out.get()
    }

    /// That of the clue which goes on with this part.
    #[inline]
    pub(super) const fn with(self, part: &Lower) -> Self {
        let sum = (self.0 ^ part.number()).wrapping_mul(0xd6e8_feb8_6659_fd93);
        Self(sum ^ (sum >> 29))
    }

    /// Never 0.
    #[inline]
    pub(super) const fn get(self) -> u64 {
        if self.0 == 0 { 1 } else { self.0 }
    }
}

impl Weights {
    /// Reads the weight files, which may name these classes.
    ///
    /// # Errors
    /// Names the file and the line that holds no weights.
    pub(crate) fn read(kinds: &str, acts: &str, classes: &Classes) -> Result<Self, (&'static str, usize)> {
        let mut out = Self::default();
        for (number, line) in (1..).zip(kinds.lines()).skip(1) {
            out.kinds_row(line).ok_or(("weights/kinds.csv", number))?;
        }
        for (number, line) in (1..).zip(acts.lines()).skip(1) {
            out.acts_row(line).ok_or(("weights/acts.csv", number))?;
        }
        let clue = |name: &Lower| Number::of(&format!("c {name}"));
        out.classes = classes.names().iter().map(|name| out.number(clue(name))).collect();
        Ok(out)
    }

    fn kinds_row(&mut self, line: &str) -> Option<()> {
        let mut cells = parted(line, b',');
        let clue = cells.next()?;
        let mut row = [0; COLUMNS];
        for weight in &mut row {
            *weight = cells.next()?.parse().ok()?;
        }
        if clue == BIAS {
            self.bias = row;
        } else {
            self.entry(clue).kinds = row;
        }
        cells.next().is_none().then_some(())
    }

    fn acts_row(&mut self, line: &str) -> Option<()> {
        let mut cells = parted(line, b',');
        let (clue, kind, subtype) = (cells.next()?, Kind::parse(cells.next()?)?, cells.next()?);
        let weight = cells.next()?.parse().ok()?;
        let act = Act::new(kind, subtype).ok()?;
        let known = self.act_names.iter().position(|known| *known == act);
        let number = known.unwrap_or_else(|| {
            self.act_names.push(act);
            self.act_bias.push(0);
            self.act_names.len() - 1
        });
        if clue == BIAS {
            *self.act_bias.get_mut(number)? = weight;
        } else {
            let at = self.room(clue, kind)?;
            self.acts.insert(at, (u8::try_from(number).ok()?, weight));
        }
        cells.next().is_none().then_some(())
    }

    /// Where what a clue says of one more act is to stand; nowhere where what another clue says stands behind it.
    fn room(&mut self, clue: &str, kind: Kind) -> Option<usize> {
        let end = small(self.acts.len());
        let row = self.entry(clue);
        let known: u32 = row.acts.iter().copied().map(u32::from).sum();
        if known == 0 {
            row.from = end;
        }
        (row.from + known == end).then_some(())?;
        let own = row.acts.get_mut(column(kind))?;
        *own = own.checked_add(1)?;
        let own = u32::from(*own);
        usize::try_from(row.from + row.before(kind) + own - 1).ok()
    }

    fn entry(&mut self, clue: &str) -> &mut Row {
        self.clues.entry_of(Number::of(clue), Row::default)
    }

    /// What all clues say.
    pub(super) fn rows(&self) -> &[Row] {
        self.clues.values()
    }

    /// Which row tells what the clue with this number says.
    #[inline]
    pub(super) fn number(&self, clue: u64) -> Option<usize> {
        self.clues.index_of_number(clue)
    }

    /// Which row tells what it says that a class is named.
    #[inline]
    pub(super) fn number_of_class(&self, class: usize) -> Option<usize> {
        self.classes.get(class).copied().flatten()
    }

    /// What a clue says of the acts of a kind, which stand by their numbers.
    pub(super) fn acts(&self, row: &Row, kind: Kind) -> &[(u8, i16)] {
        let from = row.from + row.before(kind);
        part(&self.acts, from, from + row.acts.get(column(kind)).copied().map_or(0, u32::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded::WEIGHTS;

    const HEAD: &str =
        "clue,engagement,tariff_action,tension,agreement,statement,business_shift,forecast,doubt\n";

    #[test]
    fn what_a_clue_says_of_acts_stands_by_kinds() {
        let acts = "clue,kind,subtype,weight\nw tea,tension,warning,1\nw tea,engagement,call,2\n\
                    w tea,tension,warning,3\nw cup,engagement,call,4\n";
        let weights = Weights::read(HEAD, acts, &Classes::default()).unwrap();
        let row = |clue: &str| &weights.rows()[weights.number(Number::of(clue)).unwrap()];
        assert_eq!(weights.acts(row("w tea"), Kind::Engagement), [(1, 2)]);
        assert_eq!(weights.acts(row("w tea"), Kind::Tension), [(0, 1), (0, 3)]);
        assert_eq!(weights.acts(row("w cup"), Kind::Engagement), [(1, 4)]);
        assert_eq!(weights.acts(row("w cup"), Kind::Statement), []);
    }

    #[test]
    fn a_class_is_known_by_its_number() {
        let mut classes = Classes::default();
        classes.add("pot", "kettle");
        classes.add("tea", "green tea");
        let weights = Weights::read(&format!("{HEAD}c tea,1,2,3,4,5,6,7,8\n"), "", &classes).unwrap();
        assert_eq!([0, 1, 2].map(|class| weights.number_of_class(class)), [None, Some(0), None]);
    }

    #[test]
    fn a_faulty_line_of_weights_is_named() {
        let acts = "clue,kind,subtype,weight\n";
        let classes = Classes::default();
        let read = |kinds: &str, acts: &str| Weights::read(kinds, acts, &classes).map(|_| ()).unwrap_err();
        assert_eq!(read(&format!("{HEAD}w tea,1,2\n"), acts), ("weights/kinds.csv", 2));
        assert_eq!(read(&format!("{HEAD}w tea,1,2,3,4,5,6,7,8,9\n"), acts), ("weights/kinds.csv", 2));
        let apart = "clue,kind,subtype,weight\nw tea,engagement,call,5\nw cup,engagement,call,5\nw tea,tension,warning,5\n";
        assert_eq!(read(HEAD, apart), ("weights/acts.csv", 4));
        assert_eq!(
            read(HEAD, "clue,kind,subtype,weight\nw tea,engagement,supper,5\n"),
            ("weights/acts.csv", 2)
        );
        assert_eq!(
            read(HEAD, "clue,kind,subtype,weight\nw tea,engagement,call,much\n"),
            ("weights/acts.csv", 2)
        );
    }

    #[test]
    fn no_two_clues_have_the_same_number() {
        let mut known = std::collections::BTreeMap::new();
        let lines = WEIGHTS.iter().flat_map(|(_, text)| text.lines().skip(1));
        for clue in lines.filter_map(|line| line.split(',').next()) {
            assert_eq!(*known.entry(Number::of(clue)).or_insert(clue), clue);
        }
    }

    #[test]
    fn each_act_has_a_rule_that_stands_in_for_it() {
        let reader = crate::Extractor::builtin();
        let weights = crate::extractor::weights(&reader.classes).unwrap_or_else(|fault| panic!("{fault:?}"));
        for act in &weights.act_names {
            assert!(reader.rules.stand_in(act).is_some(), "rules/learned has none for {act:?}");
        }
    }
}
