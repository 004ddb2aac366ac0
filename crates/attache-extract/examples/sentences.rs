//! Prints the sentences of texts, for measuring: JSON Lines `{"id", "text"}` in, `{"id", "sents"}`
//! out, each sentence as `[start, end]` in characters.

use std::io::{self, BufRead as _, Write as _};

use attache_extract::Document;
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?).map_err(io::Error::other)?;
        let text = row.get("text").and_then(Value::as_str).unwrap_or_default();
        let (mut byte, mut character) = (0, 0);
        let mut characters = |to: usize| {
            character += text.get(byte..to).map_or(0, |part| part.chars().count());
            byte = to;
            character
        };
        let sents: Vec<[usize; 2]> = Document::read(text)
            .sentences
            .iter()
            .map(|s| [characters(s.span.start), characters(s.span.end)])
            .collect();
        writeln!(out, "{}", json!({ "id": row.get("id"), "sents": sents }))?;
    }
    out.flush()
}
