//! Properties of the reader on any text.

use attache_extract::{Article, Extractor, Span};
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
        let article = Article::new(&text, date(2025, 5, 23));
        let extractor = Extractor::builtin();
        let first = extractor.extract(&article);
        for event in &first.events {
            prop_assert_eq!(event.evidence.quote.of(&text), Some(event.quote.as_str()));
            for span in event.evidence.fields.values() {
                prop_assert!(span.of(&text).is_some());
            }
            if let (Some(scope), Some(span)) = (&event.scope, event.evidence.fields.get("scope")) {
                prop_assert_eq!(span.of(&text), Some(scope.as_str()));
            }
        }
        prop_assert_eq!(&extractor.extract(&article), &first);
        let shown = extractor.explain(&article);
        prop_assert!(shown.sentences.iter().all(|s| s.span.of(&text).is_some()));
    }
}

#[test]
fn hostile_texts_end() {
    for unit in
        ["(((", "and and and ", "tariffs ", "\"\"\"", "China said that ", "imposed 25% on ", ", ", "a.b."]
    {
        let text = unit.repeat(200_000 / unit.len());
        let found = Extractor::builtin().extract(&Article::new(&text, date(2025, 5, 23)));
        assert!(found.events.iter().all(|e| e.evidence.quote != Span::new(1, 0)));
    }
}
