//! The learned reader: which kinds of event a sentence tells, by the wordings of the annotated corpus.
//!
//! Rules know the wordings that somebody wrote down. A logistic regression on the words, verbs and mentions
//! of a sentence ([`clues`]) knows how often sentences like it tell of a tariff, a meeting, a threat. It is asked
//! twice: what rules read where hardly any such sentence tells that kind of event is left out, and where
//! no rule reads that kind and most such sentences tell one, the stand-in rule of the likeliest act reads
//! it ([`propose`]): sides, days, rates and factuality come from the grammar as for every other rule, what the words refuse
//! stays refused, and where acts of such sentences were mostly not done, it is told as possible at most.
//! Where a rule leaves open which act of a kind it is, they decide.
//!
//! The weights are data: `weights/kinds.csv` and `weights/acts.csv`, thousandths of log-odds, written by
//! `cargo run --release -p attache-extract --example train` from `corpus/` and the examples of the rules. Sums are of
//! whole numbers and the one division is rounded as IEEE 754 says, so that a text is read alike on every machine.

mod clues;
mod heard;
mod propose;

use crate::document::BlockKind;
use crate::event::{Act, Confidence, Engagement, Kind, Statement};
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::lower::{ByWord, Lower};
use crate::grammar::phrases::{part, small};
use crate::vocabulary::Vocabulary as _;

pub(crate) use heard::Heard;
pub(crate) use propose::propose;

/// One column for each kind, and one for doubt.
const COLUMNS: usize = Kind::ALL.len() + 1;

/// What stands in the weight files for what holds without any clue.
const BIAS: &str = "(bias)";

/// Log-odds in thousandths: nothing is proposed that is less likely than this, 64 in 100.
const PROPOSED: i32 = 575;
/// Beside what a rule reads in the sentence, in a text that is not on trade, and in an authority's own paper, which is
/// wordy and much in it sounds like an act: 78 in 100.
const PROPOSED_ELSEWHERE: i32 = 1_265;
/// Of the acts of a kind, the likeliest is told from 18 in 100 on.
const LIKELIEST: i32 = -1_500;
/// An act that no rule reads is told as possible at most where three in ten of the like were none yet.
const DOUBTED: i32 = -850;
/// Nothing is kept that is less likely than one in sixteen.
const KEPT: i32 = -2_700;

/// Another act of the kind is told where it is likelier by so much, 88 in 100 against 50.
const LIKELIER: i32 = 2_000;
/// Acts that rules read wherever nothing says more, and what sentences of the like tell rather: "the minister said
/// that …" is a stand or a judgement, "flew to Lima" a visit or the talks it was made for.
const OPEN: [(Act, Act); 2] = [
    (Act::Statement(Statement::Position), Act::Statement(Statement::Assessment)),
    (Act::Engagement(Engagement::Visit), Act::Engagement(Engagement::Talks)),
];

/// Log-odds, in thousandths, that count as much as one thousandth of what a rule claims; and how far they count.
const SURER: i32 = 4;
const LESS_SURE: (i32, i32) = (-1_000, 150);

/// The weights of all clues.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    clues: ByWord<Row>,
    bias: [i16; COLUMNS],
    /// Acts by number and their weights, those of one clue together.
    acts: Vec<(u8, i16)>,
    act_bias: Vec<i16>,
    act_names: Vec<Act>,
}

/// What one clue says.
#[derive(Debug, Default)]
struct Row {
    kinds: [i16; COLUMNS],
    /// Where what it says of acts stands.
    acts: (u32, u32),
}

/// The number of a clue, by those of its words: as good as no other clue has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Number(u64);

impl Number {
    /// That of a clue as it is written in the weight files.
    fn of(clue: &str) -> Self {
        let mut parts = clue.split(' ').peekable();
        let mut out = Self::default();
        while let Some(part) = parts.next() {
            // "may (month)" is one word.
            out = match parts.next_if(|next| next.starts_with('(')) {
                Some(more) => out.with(&Lower::new(&format!("{part} {more}"))),
                None => out.with(&Lower::new(part)),
            };
        }
        out
    }

    /// That of the clue which goes on with this part, the same clue where the part is empty.
    #[inline]
    const fn with(self, part: &Lower) -> Self {
        if part.number() == EMPTY.number() {
            return self;
        }
        let sum = (self.0 ^ part.number()).wrapping_mul(0xd6e8_feb8_6659_fd93);
        Self(sum ^ (sum >> 29))
    }

    /// Never 0.
    #[inline]
    const fn get(self) -> u64 {
        if self.0 == 0 { 1 } else { self.0 }
    }
}

static EMPTY: Lower = Lower::known("");

/// The column of a kind.
fn column(kind: Kind) -> usize {
    Kind::ALL.iter().take_while(|known| **known != kind).count()
}

/// Log-odds of a sentence, in thousandths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Odds([i32; COLUMNS]);

impl Odds {
    /// That it tells an event of the kind.
    pub(crate) fn of(&self, kind: Kind) -> i32 {
        self.0.get(column(kind)).copied().unwrap_or(i32::MIN)
    }

    /// Whether an event of the kind is too unlikely.
    pub(crate) fn rule_out(&self, kind: Kind) -> bool {
        self.of(kind) < KEPT
    }

    /// Whether what it tells was perhaps not done: threatened, hoped for, denied.
    pub(crate) fn doubt(&self) -> bool {
        self.0.last().is_some_and(|odds| *odds > DOUBTED)
    }
}

/// How sure a reading is in the light of what sentences of the like tell; `rule` is what its rule claims.
pub(crate) fn weighed(rule: Confidence, odds: i32) -> Confidence {
    let sum = i32::from(rule.thousandths()) + (odds / SURER).clamp(LESS_SURE.0, LESS_SURE.1);
    Confidence::from_thousandths(u16::try_from(sum.clamp(0, 1000)).unwrap_or(0))
}

impl Weights {
    /// Reads the weight files.
    ///
    /// # Errors
    /// Names the file and the line that holds no weights.
    pub(crate) fn read(kinds: &str, acts: &str) -> Result<Self, (&'static str, usize)> {
        let mut out = Self::default();
        for (number, line) in (1..).zip(kinds.lines()).skip(1) {
            out.kinds_row(line).ok_or(("weights/kinds.csv", number))?;
        }
        for (number, line) in (1..).zip(acts.lines()).skip(1) {
            out.acts_row(line).ok_or(("weights/acts.csv", number))?;
        }
        Ok(out)
    }

    fn kinds_row(&mut self, line: &str) -> Option<()> {
        let mut cells = line.split(',');
        let clue = cells.next()?;
        let mut row = [0; COLUMNS];
        for weight in &mut row {
            *weight = cells.next()?.parse().ok()?;
        }
        if clue == BIAS {
            self.bias = row;
        } else {
            self.row(clue).kinds = row;
        }
        cells.next().is_none().then_some(())
    }

    fn acts_row(&mut self, line: &str) -> Option<()> {
        let mut cells = line.split(',');
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
            let end = small(self.acts.len());
            let row = self.row(clue);
            if row.acts == (0, 0) {
                row.acts = (end, end);
            }
            (row.acts.1 == end).then_some(())?;
            row.acts.1 += 1;
            self.acts.push((u8::try_from(number).ok()?, weight));
        }
        cells.next().is_none().then_some(())
    }

    fn row(&mut self, clue: &str) -> &mut Row {
        self.clues.entry_of(Number::of(clue).get(), Row::default)
    }

    /// How likely the sentence tells what.
    pub(crate) fn odds(&self, heard: &Heard<'_>) -> Odds {
        let mut sums = [0; COLUMNS];
        for row in &heard.known {
            sums.iter_mut().zip(row.kinds).for_each(|(sum, weight)| *sum += i32::from(weight));
        }
        let mut out = [0; COLUMNS];
        for ((odds, sum), bias) in out.iter_mut().zip(sums).zip(self.bias) {
            *odds = heard.weighed(sum) + i32::from(bias);
        }
        Odds(out)
    }

    /// Of the acts that are told apart those that are `wanted`, with their log-odds in a sentence that tells their kind.
    fn act_odds(
        &self,
        heard: &Heard<'_>,
        wanted: impl Fn(&Act) -> bool,
    ) -> impl Iterator<Item = (i32, &Act)> {
        let mut sums: Vec<i32> = vec![0; self.act_names.len()];
        for (number, weight) in heard.known.iter().flat_map(|row| part(&self.acts, row.acts.0, row.acts.1)) {
            if let Some(sum) = sums.get_mut(usize::from(*number)) {
                *sum += i32::from(*weight);
            }
        }
        let acts = self.act_names.iter().zip(sums).zip(&self.act_bias);
        acts.filter(move |((act, _), _)| wanted(act))
            .map(|((act, sum), bias)| (heard.weighed(sum) + i32::from(*bias), act))
    }

    /// The likeliest act of a kind, where it is likely enough.
    fn act(&self, heard: &Heard<'_>, kind: Kind) -> Option<&Act> {
        let found = self.act_odds(heard, |act| act.kind() == kind);
        found.max_by_key(|(odds, _)| *odds).filter(|(odds, _)| *odds >= LIKELIEST).map(|(_, act)| act)
    }

    /// What sentences of the like tell rather than an act that a rule leaves open.
    pub(crate) fn rather(&self, heard: &Heard<'_>, read: &Act) -> Option<Act> {
        let (_, other) = OPEN.iter().find(|(open, _)| open == read)?;
        let known: Vec<(i32, &Act)> = self.act_odds(heard, |act| act == read || act == other).collect();
        let odds = |wanted: &Act| known.iter().find(|(_, act)| *act == wanted).map(|(odds, _)| *odds);
        let likelier = odds(other)? >= odds(read)? + LIKELIER;
        likelier.then(|| other.clone())
    }

    /// The words of a sentence that say something of a kind, those that say most for it first.
    fn tellers(&self, heard: &Heard<'_>, kind: Kind) -> Vec<usize> {
        let at = column(kind);
        // Of each word what its clues say together, where it has any.
        let mut sums: Vec<Option<i32>> = Vec::new();
        for &(clue, word) in &heard.clues {
            let Some(word) = word else { continue };
            if word >= sums.len() {
                sums.resize(word + 1, None);
            }
            let weight =
                self.clues.get_of(clue.get()).and_then(|row| row.kinds.get(at)).copied().unwrap_or(0);
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

/// The clues of a sentence, spelled out: what the weights are trained on.
pub(crate) fn spelled(view: View<'_>, classes: &Classes, block: BlockKind) -> Vec<String> {
    struct Spelled(Vec<String>);
    impl clues::Sink for Spelled {
        fn clue<const N: usize>(&mut self, parts: [&Lower; N], _: Option<usize>) {
            let parts: Vec<&str> =
                parts.into_iter().map(Lower::as_str).filter(|part| !part.is_empty()).collect();
            self.0.push(parts.join(" "));
        }
    }
    let mut out = Spelled(Vec::new());
    clues::read(view, classes, block, &mut out);
    out.0.sort_unstable();
    out.0.dedup();
    out.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Extractor};

    const HEAD: &str =
        "clue,engagement,tariff_action,tension,agreement,statement,business_shift,forecast,doubt\n";

    fn acts(text: &str) -> Vec<(String, String)> {
        let today = jiff::civil::date(2025, 5, 23);
        let found = Extractor::builtin().extract(&Article::new(text, today)).events;
        found.iter().map(|e| (e.act.subtype().to_owned(), e.evidence.rules.join(" "))).collect()
    }

    #[test]
    fn a_wording_that_no_rule_knows_is_read_by_those_like_it() {
        let text = "Norway and Chile have quarrelled over tariffs. Norwegian Foreign Minister Jan Roe picked up the \
                    receiver on Monday for a half-hour call with Chilean President Ana Paz.";
        let found = acts(text);
        assert!(found.iter().any(|(act, rule)| act == "call" && rule.contains("likely call")), "{found:?}");
        let by_rules = Extractor::by_rules()
            .map(|reader| reader.extract(&Article::new(text, jiff::civil::date(2025, 5, 23))).events.len());
        assert!(by_rules.is_ok_and(|count| count < found.len()));
    }

    #[test]
    fn what_is_likely_enough_is_told_in_a_text_that_names_no_trade() {
        let text = "Norwegian Foreign Minister Jan Roe picked up the receiver on Monday for a half-hour call with \
                    Chilean President Ana Paz.";
        assert!(acts(text).iter().any(|(act, rule)| act == "call" && rule.contains("likely call")));
        let film = "The film on the foreign minister of Norway won a prize at the festival on Monday. Its director \
                    called the actor who plays the president of Chile.";
        assert_eq!(acts(film), []);
    }

    #[test]
    fn weights_of_one_clue_are_found_by_its_text() {
        let kinds = format!("{HEAD}(bias),-1000,0,0,0,0,0,0,0\nw tea,4000,0,0,0,0,0,0,0\n");
        let weights = Weights::read(&kinds, "clue,kind,subtype,weight\n").unwrap();
        let clues =
            [("w tea", Some(3)), ("w tea", Some(5)), ("w cup", None), ("w pot", None), ("w tin", None)];
        let heard = Heard::of(&weights, clues.map(|(clue, word)| (Number::of(clue), word)).to_vec());
        let odds = weights.odds(&heard);
        assert_eq!(odds.of(Kind::Engagement), 1_000, "one clue counts once: 4000 / 2 - 1000");
        assert_eq!(odds.of(Kind::Tension), 0);
        assert_eq!(weights.tellers(&heard, Kind::Engagement), [3, 5]);
    }

    #[test]
    fn what_a_rule_leaves_open_is_what_the_like_tell() {
        let acts = "clue,kind,subtype,weight\n(bias),statement,position,0\n(bias),statement,assessment,0\n\
                    w good,statement,assessment,1500\nw good,statement,position,-600\n";
        let weights = Weights::read(HEAD, acts).unwrap();
        let heard = |clue: &str| Heard::of(&weights, vec![(Number::of(clue), None)]);
        let stand = Act::new(Kind::Statement, "position").unwrap();
        assert_eq!(weights.rather(&heard("w bad"), &stand), None, "nothing says more");
        assert_eq!(
            weights.rather(&heard("w good"), &stand).map(|act| act.subtype().to_owned()),
            Some("assessment".to_owned())
        );
        let judgement = Act::new(Kind::Statement, "assessment").unwrap();
        assert_eq!(weights.rather(&heard("w good"), &judgement), None, "a rule that reads a judgement knows");
    }

    #[test]
    fn what_is_unlikely_lowers_the_confidence_of_a_rule_and_what_is_likely_raises_it_little() {
        let rule = Confidence::from_thousandths(700);
        let sure = |odds| weighed(rule, odds).thousandths();
        assert_eq!([sure(-400), sure(0), sure(400), sure(9_000), sure(-9_000)], [600, 700, 800, 850, 0]);
    }

    #[test]
    fn a_faulty_line_of_weights_is_named() {
        let acts = "clue,kind,subtype,weight\n";
        let read = |kinds: &str, acts: &str| Weights::read(kinds, acts).map(|_| ()).unwrap_err();
        assert_eq!(read(&format!("{HEAD}w tea,1,2\n"), acts), ("weights/kinds.csv", 2));
        assert_eq!(read(&format!("{HEAD}w tea,1,2,3,4,5,6,7,8,9\n"), acts), ("weights/kinds.csv", 2));
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
        let lines = crate::embedded::WEIGHTS.iter().flat_map(|(_, text)| text.lines().skip(1));
        for clue in lines.filter_map(|line| line.split(',').next()) {
            assert_eq!(*known.entry(Number::of(clue).get()).or_insert(clue), clue);
        }
    }

    #[test]
    fn each_act_has_a_rule_that_stands_in_for_it() {
        let reader = Extractor::builtin();
        let weights = crate::extractor::weights().unwrap_or_else(|fault| panic!("{fault:?}"));
        for act in &weights.act_names {
            assert!(reader.rules.stand_in(act).is_some(), "rules/learned has none for {act:?}");
        }
    }
}
