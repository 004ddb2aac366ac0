//! What a sentence says to the learned reader.

use crate::document::BlockKind;
use crate::event::{Act, Engagement, Kind, Statement};
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::lower::Lower;
use crate::learned::clues::{self, Sink};
use crate::learned::weights::{Number, Row};
use crate::learned::{COLUMNS, Odds, Weights, column};

/// Clues that a sentence has for each of its words, nearly always fewer.
const PER_WORD: usize = 4;

/// Of the acts of a kind, the likeliest is told from 18 in 100 on, in thousandths of log-odds.
const LIKELIEST: i32 = -1_500;
/// Another act of the kind is told where it is likelier by so much, 88 in 100 against 50.
const LIKELIER: i32 = 2_000;

/// Acts that rules read wherever nothing says more, and what sentences of the like tell rather: "the minister said
/// that …" is a stand or a judgement, "flew to Lima" a visit or the talks it was made for.
const OPEN: [(Act, Act); 2] = [
    (Act::Statement(Statement::Position), Act::Statement(Statement::Assessment)),
    (Act::Engagement(Engagement::Visit), Act::Engagement(Engagement::Talks)),
];

/// What a sentence says by its clues; one serves all sentences of a text, each of which fills it anew.
#[derive(Debug)]
pub(crate) struct Heard<'w> {
    weights: &'w Weights,
    /// The index of the sentence.
    sentence: Option<usize>,
    clues: Clues,
    /// What those with weights say, each of them once.
    known: Vec<&'w Row>,
    /// Which rows those are, one bit each.
    said: Vec<u64>,
    /// The others.
    strange: Different,
    /// The square root of how many different clues there are.
    root: f64,
}

/// The clues of a sentence.
#[derive(Debug, Default)]
struct Clues {
    /// By number, each with the word it tells of; the same clue may stand several times.
    all: Vec<(u64, Option<usize>)>,
    /// The numbers of the classes that are named, which are clues as well.
    classes: Vec<usize>,
}

impl Sink for Clues {
    fn clue<const N: usize>(&mut self, parts: [&Lower; N], word: Option<usize>) {
        self.all.push((parts.into_iter().fold(Number::default(), Number::with).get(), word));
    }

    fn class(&mut self, number: usize, _: &Lower) {
        self.classes.push(number);
    }
}

impl<'w> Heard<'w> {
    /// Nothing so far, to be judged by these weights.
    pub(crate) fn by(weights: &'w Weights) -> Self {
        let (clues, strange) = (Clues::default(), Different::default());
        let (known, said) = (Vec::new(), Vec::new());
        Self { weights, sentence: None, clues, known, said, strange, root: 1.0 }
    }

    /// Takes in the sentence with this index, and nothing else.
    pub(crate) fn hear(&mut self, sentence: usize, view: View<'_>, classes: &Classes, block: BlockKind) {
        if self.sentence.replace(sentence) == Some(sentence) {
            return;
        }
        self.clues.all.clear();
        self.clues.all.reserve(view.words.len() * PER_WORD);
        self.clues.classes.clear();
        clues::read(view, classes, block, &mut self.clues);
        self.look_up();
    }

    /// Finds what the clues say.
    fn look_up(&mut self) {
        let (weights, rows) = (self.weights, self.weights.rows());
        let Self { clues, known, said, strange, .. } = self;
        known.clear();
        known.reserve(clues.all.len() + clues.classes.len());
        said.clear();
        said.resize(rows.len().div_ceil(64), 0);
        strange.clear(clues.all.len());
        for &(clue, _) in &clues.all {
            let Some(number) = weights.number(clue) else {
                strange.add(clue);
                continue;
            };
            if let Some(row) = rows.get(number).filter(|_| is_new(said, number)) {
                known.push(row);
            }
        }
        // Each class is named once.
        let mut count = strange.count;
        for &class in &clues.classes {
            match weights.number_of_class(class).and_then(|number| rows.get(number)) {
                Some(row) => known.push(row),
                None => count += 1,
            }
        }
        count += known.len();
        self.root = f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX)).sqrt();
    }

    /// What a sum of weights amounts to in a sentence of so many clues.
    #[expect(clippy::cast_possible_truncation, reason = "a sum of some hundred weights of 16 bits")]
    fn weighed(&self, sum: i32) -> i32 {
        (f64::from(sum) / self.root).round() as i32
    }

    /// How likely the sentence tells what.
    pub(crate) fn odds(&self) -> Odds {
        let mut sums = [0; COLUMNS];
        for row in &self.known {
            sums.iter_mut().zip(row.kinds).for_each(|(sum, weight)| *sum += i32::from(weight));
        }
        let mut out = [0; COLUMNS];
        for ((odds, sum), bias) in out.iter_mut().zip(sums).zip(self.weights.bias) {
            *odds = self.weighed(sum) + i32::from(bias);
        }
        Odds(out)
    }

    /// Every act of the kind that is told apart, with its log-odds in a sentence that tells the kind.
    fn act_odds(&self, kind: Kind) -> impl Iterator<Item = (i32, &'w Act)> {
        let weights = self.weights;
        let mut sums: Vec<i32> = vec![0; weights.act_names.len()];
        for (number, weight) in self.known.iter().flat_map(|row| weights.acts(row, kind)) {
            if let Some(sum) = sums.get_mut(usize::from(*number)) {
                *sum += i32::from(*weight);
            }
        }
        let acts = weights.act_names.iter().zip(sums).zip(&weights.act_bias);
        acts.filter(move |((act, _), _)| act.kind() == kind)
            .map(|((act, sum), bias)| (self.weighed(sum) + i32::from(*bias), act))
    }

    /// The likeliest act of a kind, where it is likely enough.
    pub(super) fn act(&self, kind: Kind) -> Option<&'w Act> {
        let likeliest = self.act_odds(kind).max_by_key(|(odds, _)| *odds);
        likeliest.filter(|(odds, _)| *odds >= LIKELIEST).map(|(_, act)| act)
    }

    /// Whether a rule may have left open which act of its kind it is.
    pub(crate) fn left_open(read: &Act) -> bool {
        OPEN.iter().any(|(open, _)| open == read)
    }

    /// What sentences of the like tell rather than an act that a rule leaves open.
    pub(crate) fn rather(&self, read: &Act) -> Option<Act> {
        let (_, other) = OPEN.iter().find(|(open, _)| open == read)?;
        let known: Vec<(i32, &Act)> = self.act_odds(read.kind()).collect();
        let odds = |wanted: &Act| known.iter().find(|(_, act)| *act == wanted).map(|(odds, _)| *odds);
        let likelier = odds(other)? >= odds(read)? + LIKELIER;
        likelier.then(|| other.clone())
    }

    /// The words of the sentence that say something of a kind, those that say most for it first.
    pub(super) fn tellers(&self, kind: Kind) -> Vec<usize> {
        let at = column(kind);
        // Of each word what its clues say together, where it has any.
        let mut sums: Vec<Option<i32>> = Vec::new();
        for &(clue, word) in &self.clues.all {
            let Some(word) = word else { continue };
            if word >= sums.len() {
                sums.resize(word + 1, None);
            }
            let row = self.weights.number(clue).and_then(|number| self.weights.rows().get(number));
            let weight = row.and_then(|row| row.kinds.get(at)).copied().unwrap_or(0);
            if let Some(sum) = sums.get_mut(word) {
                *sum = Some(sum.unwrap_or(0) + i32::from(weight));
            }
        }
        let told = sums.into_iter().enumerate().filter_map(|(word, sum)| Some((-sum?, word)));
        let mut found: Vec<(i32, usize)> = told.collect();
        found.sort_unstable();
        found.into_iter().map(|(_, word)| word).collect()
    }
}

/// Sets the bit of a row; whether it was not set before.
#[inline]
fn is_new(said: &mut [u64], row: usize) -> bool {
    let bit = 1 << (row % 64);
    let before = said.get_mut(row / 64).map_or(bit, |bits| std::mem::replace(bits, *bits | bit));
    before & bit == 0
}

/// Different numbers other than 0; open addressing, at most two thirds of the places taken.
#[derive(Debug, Default)]
struct Different {
    slots: Vec<u64>,
    count: usize,
}

impl Different {
    /// Forgets all, and makes room for at most so many.
    fn clear(&mut self, most: usize) {
        self.slots.clear();
        self.slots.resize((most + most / 2 + 1).next_power_of_two(), 0);
        self.count = 0;
    }

    /// Adds a number, which may be among them.
    #[inline]
    fn add(&mut self, number: u64) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (number >> 32) as usize & mask;
        while let Some(slot) = self.slots.get_mut(at).filter(|slot| **slot != number) {
            if *slot == 0 {
                *slot = number;
                self.count += 1;
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: &str =
        "clue,engagement,tariff_action,tension,agreement,statement,business_shift,forecast,doubt\n";
    const ACTS: &str = "clue,kind,subtype,weight\n";

    fn heard<'w>(weights: &'w Weights, clues: &[(&str, Option<usize>)]) -> Heard<'w> {
        let mut heard = Heard::by(weights);
        heard.clues.all = clues.iter().map(|(clue, word)| (Number::of(clue), *word)).collect();
        heard.look_up();
        heard
    }

    #[test]
    fn weights_of_one_clue_are_found_by_its_text() {
        let kinds = format!("{KINDS}(bias),-1000,0,0,0,0,0,0,0\nw tea,4000,0,0,0,0,0,0,0\n");
        let weights = Weights::read(&kinds, ACTS, &Classes::default()).unwrap();
        let clues =
            [("w tea", Some(3)), ("w tea", Some(5)), ("w cup", None), ("w pot", None), ("w tin", None)];
        let heard = heard(&weights, &clues);
        assert_eq!(heard.odds().of(Kind::Engagement), 1_000, "one clue counts once: 4000 / 2 - 1000");
        assert_eq!(heard.odds().of(Kind::Tension), 0);
        assert_eq!(heard.tellers(Kind::Engagement), [3, 5]);
    }

    #[test]
    fn what_a_rule_leaves_open_is_what_the_like_tell() {
        let acts = format!(
            "{ACTS}(bias),statement,position,0\n(bias),statement,assessment,0\n\
             w good,statement,assessment,1500\nw good,statement,position,-600\n"
        );
        let weights = Weights::read(KINDS, &acts, &Classes::default()).unwrap();
        let rather = |clue: &str, read: &str| {
            let read = Act::new(Kind::Statement, read).unwrap();
            heard(&weights, &[(clue, None)]).rather(&read).map(|act| act.subtype().to_owned())
        };
        assert_eq!(rather("w bad", "position"), None, "nothing says more");
        assert_eq!(rather("w good", "position"), Some("assessment".to_owned()));
        assert_eq!(rather("w good", "assessment"), None, "a rule that reads a judgement knows");
    }

    #[test]
    fn each_number_counts_once() {
        let mut different = Different::default();
        different.clear(5);
        [7, 1 << 36, 7, 2 << 36, 1 << 36].into_iter().for_each(|number| different.add(number));
        assert_eq!(different.count, 3);
        different.clear(1);
        different.add(7);
        assert_eq!(different.count, 1);
    }
}
