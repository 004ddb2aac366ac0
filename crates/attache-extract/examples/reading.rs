//! Prints how well the reader reads the articles of `corpus/`: precision and recall per kind.

#[path = "../tests/corpus/gold.rs"]
mod gold;
#[path = "../tests/corpus/pairing.rs"]
mod pairing;
#[path = "../tests/corpus/tally.rs"]
mod tally;

use std::io::{self, Write as _};

use attache_extract::Extractor;

fn main() -> io::Result<()> {
    let cases = gold::cases().map_err(io::Error::other)?;
    writeln!(io::stdout(), "{}", tally::Tally::of(&cases, Extractor::builtin()))
}
