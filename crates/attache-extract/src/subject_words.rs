//! What single words say of the subject of a text; each word is looked up once.

use crate::grammar::classes::Classes;
use crate::grammar::lower::{ByWord, Lower};
use crate::off_topic::ambiguous;
use crate::sentence::Sentence;

/// Sports, art, travel.
const ELSEWHERE: u8 = 1;
/// Power, water, calls.
const UTILITY: u8 = 2;
/// Trade across a border.
const IMPORT: u8 = 4;
/// What is charged on it.
const CHARGE: u8 = 8;

const CLASSES: &[(&str, u8)] =
    &[("off_topic", ELSEWHERE), ("utility_word", UTILITY), ("import_word", IMPORT)];

const CHARGES: &[&str] = &["duty", "duties", "levy", "levies", "surcharge", "tariff", "tariffs"];

/// Words that tell the subject of a text, with what each tells.
#[derive(Debug)]
pub(crate) struct SubjectWords(ByWord<u8>);

/// How often a text names which subject.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Sentences that name sports and the like, in no words that trade uses too.
    pub(crate) elsewhere: usize,
    /// Words of a utility.
    pub(crate) utility: usize,
    /// Words of imports.
    pub(crate) imports: usize,
    /// Whether a duty is named.
    pub(crate) charged: bool,
}

impl SubjectWords {
    pub(crate) fn new(classes: &Classes) -> Self {
        let mut words = ByWord::new();
        for (class, bit) in CLASSES {
            for phrase in classes.get(class).into_iter().flat_map(|set| set.iter()) {
                if let [word] = phrase {
                    *words.entry(word, || 0) |= bit;
                }
            }
        }
        CHARGES.iter().for_each(|word| *words.entry(&Lower::new(word), || 0) |= CHARGE);
        Self(words)
    }

    /// Whether some words name sports and the like.
    pub(crate) fn elsewhere(&self, words: &[Lower], classes: &Classes) -> bool {
        words.iter().any(|word| self.0.get(word).is_some_and(|bits| bits & ELSEWHERE != 0))
            && !ambiguous(classes, words.iter())
    }

    /// Counts the subjects of sentences.
    pub(crate) fn tally(&self, sentences: &[Sentence], classes: &Classes) -> Tally {
        let mut out = Tally::default();
        for sentence in sentences {
            let mut named = 0;
            for &bits in sentence.lower.iter().filter_map(|word| self.0.get(word)) {
                named |= bits;
                out.utility += usize::from(bits & UTILITY != 0);
                out.imports += usize::from(bits & IMPORT != 0);
            }
            out.charged |= named & CHARGE != 0;
            let elsewhere = named & ELSEWHERE != 0 && !ambiguous(classes, sentence.lower.iter());
            out.elsewhere += usize::from(elsewhere);
        }
        out
    }
}
