//! Properties of the reader on any text.

#[path = "properties/holds.rs"]
mod holds;

use attache_extract::{Article, Extractor};
use jiff::civil::date;
use proptest::prelude::*;

/// Words the rules know, signs that open and close, and anything else.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("China"),
        Just("the United States"),
        Just("tariffs"),
        Just("imposed"),
        Just("25%"),
        Just("said"),
        Just("that"),
        Just("on Monday"),
        Just("would"),
        Just("not"),
        Just("talks"),
        Just("held"),
        Just("with"),
        Just("by"),
        Just("if"),
        Just("“"),
        Just("”"),
        Just("("),
        Just(","),
        Just("."),
        Just("\n\n"),
        Just("- "),
        Just("Q:"),
        Just("He"),
        Just("é"),
        Just("中国"),
        Just("’s"),
        Just("U.S."),
        Just("agreed to"),
        Just("which"),
    ];
    prop_oneof![prop::collection::vec(word, 0..60).prop_map(|w| w.join(" ")), any::<String>()]
}

proptest! {
    #[test]
    fn every_span_is_one_of_the_text_and_a_second_reading_is_the_same(text in text()) {
        let checked = holds::check(&Article::new(&text, date(2025, 5, 23)));
        prop_assert!(checked.is_ok(), "{checked:?}");
    }
}

/// Paragraphs that tell each of something else, with all that is needed to read them.
const UNRELATED: &[&str] = &[
    "The United States imposed a 25% tariff on Chinese steel on May 12, 2025.",
    "Chinese Vice Premier He Lifeng met U.S. Treasury Secretary Scott Bessent in Geneva on May 10, 2025.",
    "China suspended export controls on rare earths for American firms on May 14, 2025.",
    "On May 15, 2025, the United States raised its tariff on Chinese batteries from 25 to 50 percent.",
    "The Chinese commerce ministry condemned the U.S. chip rules on May 19, 2025.",
    "On March 3, 2025, Canada imposed a 10% tariff on American aluminum.",
    "Japanese Foreign Minister Ken Example visited South Korea on April 2, 2025.",
    "Washington and Beijing issued a joint statement on May 12, 2025.",
];

/// Each event as far as it does not depend on where it stands.
fn told(paragraphs: &[&str]) -> Vec<String> {
    let text = paragraphs.join("\n\n");
    let found = Extractor::builtin().extract(&Article::new(&text, date(2025, 5, 23)));
    let mut told: Vec<String> = found
        .events
        .iter()
        .map(|e| {
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {}",
                e.act, e.parties, e.date, e.effective, e.rate, e.scope, e.factuality, e.status, e.quote
            )
        })
        .collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn unrelated_paragraphs_may_stand_in_any_order(order in Just(UNRELATED.to_vec()).prop_shuffle()) {
        let found = told(UNRELATED);
        prop_assert!(found.len() >= 6, "{found:#?}");
        prop_assert_eq!(told(&order), found);
    }
}

#[test]
fn threads_read_the_same() {
    let texts: Vec<String> = (0..24)
        .map(|at| {
            let mut paragraphs = UNRELATED.to_vec();
            paragraphs.rotate_left(at % UNRELATED.len());
            paragraphs.get(..at % 5 + 3).unwrap_or_default().join(if at % 2 == 0 { "\n\n" } else { " " })
        })
        .collect();
    let read = |texts: &[String]| -> Vec<String> {
        let extractor = Extractor::builtin();
        let one = |text: &String| format!("{:?}", extractor.extract(&Article::new(text, date(2025, 5, 23))));
        texts.iter().map(one).collect()
    };
    let alone = read(&texts);
    for threads in [2, 5] {
        let together: Vec<String> = std::thread::scope(|scope| {
            let parts: Vec<_> =
                texts.chunks(texts.len().div_ceil(threads)).map(|part| scope.spawn(|| read(part))).collect();
            parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
        });
        assert_eq!(together, alone);
    }
}

/// What an attacker or a broken page repeats.
const HOSTILE: &[&str] = &[
    "(((",
    "and and and ",
    "“",
    "\"",
    "'",
    "’",
    "12.",
    "$1 ",
    "e\u{301}\u{302}",
    "\u{5d0}\u{202e}",
    "\0",
    "- ",
    ", ",
    "a.b.",
    "Q: ",
    "1. ",
    "China said that ",
    "China and ",
    "the leaders of China and ",
    "if ",
    "imposed 25% on ",
    "tariffs ",
    "Minister of ",
    "\n",
    "- \n",
    "10:30 \n",
    "May ",
    "90 days from ",
    "U.S. ",
    "A ",
    ". ",
    "Jane Roe, ",
    "who said ",
    "China met Japan. ",
    "Zhao Example: We met Jane Roe.\n\n",
    "Vice Minister Zhao Example met her. ",
    "China imposed a 25% tariff on Japan on May 12. ",
    "the two sides ",
    "Secretary of State for Foreign Affairs and Trade and ",
];

#[test]
fn hostile_texts_take_linear_time() {
    let small = 6_000;
    let time = |unit: &str, size: usize| {
        let text = unit.repeat(size / unit.len());
        let start = holds::spent();
        let found = Extractor::builtin().extract(&Article::new(&text, date(2025, 5, 23)));
        assert!(found.events.iter().all(|e| e.evidence.quote.of(&text).is_some()));
        holds::spent() - start
    };
    for unit in HOSTILE {
        // Twice linear is allowed, and a busy machine gets further tries.
        let fits = |_| time(unit, 4 * small) < 8 * time(unit, small).max(std::time::Duration::from_millis(2));
        assert!((0..6).any(fits), "reading {unit:?} over and over is slower than linear");
    }
}
