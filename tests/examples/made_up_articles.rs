//! Prints made-up articles as JSON Lines: `cargo run -p attache-tests --example made_up_articles -- 100000 [SEED]`.

use std::io::{self, BufWriter, Write as _};

fn main() -> io::Result<()> {
    let mut given = std::env::args().skip(1).map(|word| word.parse::<usize>());
    let mut next = |default: usize| given.next().and_then(Result::ok).unwrap_or(default);
    let (count, seed) = (next(1000), next(7));
    let mut out = BufWriter::new(io::stdout().lock());
    for number in 0..count {
        writeln!(out, "{}", attache_tests::made_up::article(seed as u64, number))?;
    }
    out.flush()
}
