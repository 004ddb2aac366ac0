//! Reads damaged journals, snapshots and rows: `fuzz SECONDS SEED`. Panics are findings; so is a record
//! that reads and was never written.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::time::{Duration, Instant};

use attache_store::engine::{Put, Table};
use attache_store::{Act, Change, Store, fuzzing};
use jiff::Timestamp;

/// Numbers that look random and are not: splitmix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { usize::try_from(self.next() % limit as u64).unwrap_or(0) }
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most)).map(|_| self.next().to_be_bytes()[0]).collect()
    }
}

fn changes(chance: &mut Chance) -> Vec<Change> {
    let puts = |chance: &mut Chance| {
        (0..chance.below(6))
            .map(|_| Put {
                table: Table::ALL[chance.below(Table::ALL.len())],
                key: chance.bytes(24),
                value: (chance.below(5) > 0).then(|| chance.bytes(300)),
            })
            .collect()
    };
    let change = |chance: &mut Chance| Change {
        at: Timestamp::UNIX_EPOCH,
        act: Act::Ingest,
        author: "ann".to_owned(),
        puts: puts(chance),
    };
    (0..1 + chance.below(12)).map(|_| change(chance)).collect()
}

/// Flips, cuts, repeats, overwrites.
fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..1 + chance.below(4) {
        let at = chance.below(bytes.len());
        match chance.below(6) {
            0 => bytes.truncate(at),
            1 => {
                let part = bytes[at..].iter().take(chance.below(200)).copied().collect::<Vec<_>>();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, part);
            }
            2 => {
                let end = (at + chance.below(64)).min(bytes.len());
                bytes[at..end].fill(0);
            }
            3 => {
                let end = (at + 4).min(bytes.len());
                bytes[at..end].fill(0xff);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << chance.below(8);
                }
            }
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let number =
        |at: usize, usual: u64| std::env::args().nth(at).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seconds, seed) = (number(1, 60), number(2, 7));
    let mut chance = Chance(seed);
    let store = Store::in_memory()?;
    store.load_chronology(Timestamp::UNIX_EPOCH)?;
    let index = fuzzing::snapshot(&store)?;
    let events = store.all_events(&attache_store::EventQuery::default())?;
    let start = Instant::now();
    let mut rounds = 0_u64;
    while start.elapsed() < Duration::from_secs(seconds) {
        let written = changes(&mut chance);
        let mut bytes = fuzzing::segment(&written)?;
        damage(&mut bytes, &mut chance);
        let found = fuzzing::read_segment(&bytes)?;
        let known = found.iter().all(|seq| (1..=written.len() as u64).contains(seq));
        if !known || !found.is_sorted() {
            return Err(
                format!("round {rounds} of seed {seed}: records {found:?} of {}", written.len()).into()
            );
        }
        if rounds.is_multiple_of(64) {
            let mut bytes = index.clone();
            damage(&mut bytes, &mut chance);
            let _ = fuzzing::read_snapshot(&bytes);
        }
        let garbage = chance.bytes(600);
        let _ = fuzzing::read_segment(&garbage)?;
        let _ = (fuzzing::read_row(&garbage), fuzzing::read_body(&garbage));
        let event = events.get(chance.below(events.len()));
        if let Some(Ok(mut body)) = event.map(postcard::to_stdvec) {
            damage(&mut body, &mut chance);
            let _ = fuzzing::read_body(&body);
        }
        rounds += 1;
    }
    println!("{rounds} rounds, nothing found");
    Ok(())
}
