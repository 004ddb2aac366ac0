//! Prints how well the reader reads the articles of `corpus/`, those of `corpus/apart/`, which nobody reads
//! who works on the reader, and the short news of `corpus/briefs/`: precision and recall per kind.

#[path = "../tests/corpus/gold.rs"]
mod gold;
#[path = "../tests/corpus/pairing.rs"]
mod pairing;
#[path = "../tests/corpus/tally.rs"]
mod tally;

use std::io::{self, Write as _};

use attache_extract::Extractor;

fn main() -> io::Result<()> {
    for folder in [gold::OPEN, gold::APART, gold::BRIEFS, gold::DRILLS, gold::DRILLS_APART] {
        let cases = gold::cases(folder).map_err(io::Error::other)?;
        let tally = tally::Tally::of(&cases, Extractor::builtin());
        writeln!(io::stdout(), "{folder}: {} texts\n{tally}\n", cases.len())?;
    }
    Ok(())
}
