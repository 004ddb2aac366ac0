//! What holds of the reading of any text, checked by the property tests and by the fuzzer.

use std::fs;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use attache_extract::event::Event;
use attache_extract::time::{Reference, timexes};
use attache_extract::{Article, Document, Extractor, Span};

/// What this thread has cost so far, on Linux without the time it waited for a processor.
pub(crate) fn spent() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let start = START.get_or_init(Instant::now);
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let ran = stat.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    ran.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The first thing that does not hold, in words.
///
/// # Errors
/// When it does not hold.
pub(crate) fn check(article: &Article<'_>) -> Result<(), String> {
    let text = article.text;
    let doc = Document::read(text);
    ordered("blocks", text, doc.blocks.iter().map(|b| b.span))?;
    ordered("sentences", text, doc.sentences.iter().map(|s| s.span))?;
    for sentence in &doc.sentences {
        ordered("tokens", text, sentence.tokens.iter().map(|t| t.span))?;
    }
    let times = timexes(text, &Reference::on(article.published));
    ordered("times", text, times.iter().map(|t| t.span))?;
    let extractor = Extractor::builtin();
    let found = extractor.extract(article);
    for event in &found.events {
        evidence(text, event)?;
    }
    if extractor.extract(article) != found {
        return Err("a second reading differs".to_owned());
    }
    let shown = extractor.explain(article);
    ordered("explained sentences", text, shown.sentences.iter().map(|s| s.span))?;
    for (_, span) in shown.sentences.iter().flat_map(|s| &s.seen) {
        within(text, "what was seen", *span)?;
    }
    let _ = shown.to_string();
    Ok(())
}

/// Spans are ranges of the text, one behind the other.
fn ordered(what: &str, text: &str, spans: impl Iterator<Item = Span>) -> Result<(), String> {
    let mut end = 0;
    for span in spans {
        within(text, what, span)?;
        if span.start < end || span.is_empty() {
            return Err(format!("{what} overlap, or one is empty, at {}", span.start));
        }
        end = span.end;
    }
    Ok(())
}

fn within<'t>(text: &'t str, what: &str, span: Span) -> Result<&'t str, String> {
    span.of(text).ok_or_else(|| format!("{what}: {span:?} is no range of the text"))
}

/// Every field points into the text, and the verbatim ones say what stands there.
fn evidence(text: &str, event: &Event) -> Result<(), String> {
    let same = |what: &str, span: Span, value: &str| match within(text, what, span)? {
        surface if surface == value => Ok(()),
        surface => Err(format!("{what} is {value:?} where {surface:?} stands")),
    };
    same("quote", event.evidence.quote, &event.quote)?;
    for (field, span) in event.evidence.fields.iter() {
        if within(text, field, *span)?.is_empty() {
            return Err(format!("{field} points at nothing"));
        }
    }
    let verbatim = |field: &str, value: Option<&str>| match (event.evidence.fields.get(field), value) {
        (Some(span), Some(value)) => same(field, *span, value),
        (None, Some(value)) => Err(format!("{field} is {value:?} without evidence")),
        (_, None) => Ok(()),
    };
    verbatim("scope", event.scope.as_deref())?;
    verbatim("place", event.place.as_deref())?;
    verbatim("rate", event.rate.as_ref().map(|r| r.raw.as_str()))?;
    for (number, claim) in event.claims.iter().enumerate() {
        verbatim(&format!("claims.{number}"), Some(claim))?;
    }
    for (number, party) in event.parties.iter().enumerate() {
        // An office may stand in the headline alone, and of two presidents each is a president.
        if let (Some(span), Some(office)) =
            (event.evidence.fields.get(&format!("parties.{number}.office")), party.office.as_deref())
        {
            let surface = within(text, "office", *span)?;
            let alike = surface.chars().zip(office.chars()).take_while(|(a, b)| a == b).count();
            if alike < office.chars().count().min(4) {
                return Err(format!("the office is {office:?} where {surface:?} stands"));
            }
        }
    }
    for field in ["effective", "expires", "duration"] {
        let filled = match field {
            "effective" => event.effective.is_some(),
            "expires" => event.expires.is_some(),
            _ => event.duration.is_some(),
        };
        if filled && !event.evidence.fields.contains_key(field) {
            return Err(format!("{field} without evidence"));
        }
    }
    if event.evidence.rules.is_empty() || event.confidence.thousandths() > 1000 {
        return Err("no rule, or more than certain".to_owned());
    }
    Ok(())
}
