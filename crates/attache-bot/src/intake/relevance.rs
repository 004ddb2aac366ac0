//! Whether a text can be one of our stories at all: in English, and with some word of trade or
//! diplomacy in it. Cheap, before anything is read in it, and in doubt yes.

use std::sync::LazyLock;

use regex::bytes::{Regex, RegexSet};
use whatlang::{Lang, detect};

/// Why a text is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// It is in another language; its English name.
    Language(&'static str),
    /// Nothing in it is of trade or diplomacy.
    Topic,
}

impl std::fmt::Display for Aside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Language(name) => write!(f, "it is not in English but in {name}"),
            Self::Topic => f.write_str("it has no word of trade or diplomacy"),
        }
    }
}

/// Words below which nothing is told of a text.
const FEWEST_WORDS: usize = 12;
/// Bytes that tell a language; more tell no more.
const SAMPLE: usize = 6000;
/// Share of a text's words that are English function words, in hundredths, from which it is English
/// whatever else says; English texts have 30 to 50, lists of goods 10.
const ENGLISH: usize = 8;

/// Judges a text with its headline.
pub fn judge(title: Option<&str>, text: &str) -> Option<Aside> {
    if text.split_whitespace().take(FEWEST_WORDS).count() < FEWEST_WORDS && text.len() < 120 {
        return None;
    }
    if let Some(language) = foreign(text) {
        return Some(Aside::Language(language));
    }
    let told = [title.unwrap_or_default(), text].iter().any(|part| is_ours(part.as_bytes()));
    (!told).then_some(Aside::Topic)
}

/// The language, where it is certainly not English.
fn foreign(text: &str) -> Option<&'static str> {
    let end = text.floor_char_boundary(SAMPLE);
    let sample = text.get(..end).unwrap_or(text);
    let (mut words, mut english) = (0_usize, 0_usize);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(FUNCTION_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    if words > 0 && english * 100 >= words * ENGLISH {
        return None;
    }
    let found = detect(sample)?;
    let sure = found.is_reliable() && found.confidence() >= 0.9 && found.lang() != Lang::Eng;
    sure.then(|| found.lang().eng_name())
}

/// Words that hold English sentences together and are rare in languages written alike.
const FUNCTION_WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "for", "with", "was", "were", "is", "by", "from", "has", "have", "had",
    "will", "would", "its", "their", "which", "after", "said", "been", "are", "be", "this", "as", "it",
];

/// One of these words is enough.
static STRONG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)tariff|\bdut(?:y|ies)\b|dutiable|surtax|\btrad(?:e|es|ed|ing)\b|\bexport|\bimport(?:s|ed|er|ers|ing|ation)?\b|customs|quota|\blev(?:y|ies|ied)\b|sanction|embargo|dumping|countervailing|safeguard measure|retaliat|countermeasure|\bWTO\b|\bUSTR\b|MOFCOM|\bNAFTA\b|USMCA|\bIEEPA\b|section (?:122|201|232|301|338|1260H)|entity list|blacklist|de minimis|rare earth|diplomat|ambassador|embass|consul|bilateral|multilateral|\bsummit|\btreat(?:y|ies)\b|\benvoys?\b|foreign minist|foreign secretar|foreign affairs|state department|secretary of state|commerce minist|minist(?:er|ry) of commerce|commerce (?:secretary|department)|delegation|communiqu|readout|memorandum of understanding|joint statement|decoupl|protectionis|most.favou?red|market access|supply chain|\bentity\b.{0,20}\blist|port fees?|licen[cs]ing|shipbuild",
    )
    .ok()
});

/// Of these two different ones are: alone each is in texts of any kind.
static WEAK: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    RegexSet::new([
        r"(?i-u)\bminist(?:er|ers|ry|erial)\b", r"(?i-u)\bpresident\b", r"(?i-u)\bpremier\b|prime minister|chancellor", r"(?i-u)\btalks?\b|negotiat|consultation|dialogue", r"(?i-u)\bagreements?\b|\baccords?\b|\btruce\b|\bdeal\b|\bpact\b",
        r"(?i-u)\bgovernments?\b", r"(?i-u)\bvisit(?:s|ed)?\b|\bmet with\b|\bmeeting\b", r"(?i-u)washington|white house|\bU\.?S\.?\b|united states|america", r"(?i-u)beijing|china|chinese", r"(?i-u)brussels|european (?:union|commission)|\bEU\b",
        r"(?i-u)japan|korea|taiwan|india|mexico|canad|brazil|vietnam|russia|ukrain|german|franc|brit|swiss|switzerland|indonesia|malaysia|australia", r"(?i-u)\bban(?:s|ned)?\b|restrict|suspen|blockade", r"(?i-u)\bpercent\b|per cent|%", r"(?i-u)soybean|steel|alumini?um|copper|semiconductor|\bchips?\b|magnet|beef|pork|\bcars\b|vehicles|fentanyl|tiktok",
        r"(?i-u)commerce|industry|econom", r"(?i-u)\bforeign\b|international|\bglobal\b|abroad|overseas", r"(?i-u)protest|condemn|denounce|lodged|summoned|expel",
    ])
    .ok()
});

fn is_ours(text: &[u8]) -> bool {
    STRONG.as_ref().is_none_or(|strong| strong.is_match(text))
        || WEAK.as_ref().is_none_or(|weak| weak.matches(text).iter().count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Aside>) {
        assert_eq!(judge(None, text), expected, "{text}");
    }

    #[test]
    fn the_patterns_are_good() {
        assert!(STRONG.is_some() && WEAK.is_some());
    }

    #[test]
    fn other_languages_are_set_aside_where_they_are_certain() {
        check(
            "Le ministre du commerce a annoncé mardi que les droits de douane sur l'acier seraient relevés à vingt-cinq pour cent dès le mois de juin, selon un communiqué publié à Paris.",
            Some(Aside::Language("French")),
        );
        check(
            "商务部新闻发言人星期四在北京举行的例行新闻发布会上表示，中方将采取必要措施，坚决维护自身的合法权益，并敦促美方立即取消单边关税措施。",
            Some(Aside::Language("Mandarin")),
        );
        check(
            "El gobierno de México anunció este lunes que impondrá aranceles de hasta el cincuenta por ciento a las importaciones de automóviles procedentes de países sin tratado comercial.",
            Some(Aside::Language("Spanish")),
        );
        // Too short to tell, or with enough English in it.
        check("Zölle auf Stahl steigen.", None);
        check(
            "The ministry (商务部) said that the tariff of 25% would be raised by the end of the month, 并敦促美方.",
            None,
        );
        check(
            "HS 7208: hot-rolled coil, 25%. HS 7210: plated sheet, 15%. HS 7306: welded tubes, 12%. Origin: CN, VN, TR. Tariff code, duty, unit, kg.",
            None,
        );
    }

    #[test]
    fn texts_of_other_things_are_set_aside() {
        check(
            "The striker scored twice in the second half as the visitors came from behind to win at a rain-soaked ground on Saturday, and the goalkeeper saved a late penalty.",
            Some(Aside::Topic),
        );
        check(
            "Heat the oven, whisk the eggs with the sugar until they are pale, fold in the flour and bake for forty minutes until a knife comes out clean from the middle.",
            Some(Aside::Topic),
        );
        check(
            "The two sides met in Geneva for a second day, and the Chinese delegation left without a word to the reporters who had been waiting in the rain since six.",
            None,
        );
        check(
            "President Lee spoke with his counterpart in Japan on Monday evening for about forty minutes, his office said, and the two leaders will see each other in the spring.",
            None,
        );
    }
}
