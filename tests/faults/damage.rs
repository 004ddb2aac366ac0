//! Damage to the files of a closed store: it says what is wrong, and shows nothing that is not so.

use attache_store::Store;
use attache_tests::faults::child::run;
use attache_tests::faults::damage::{Answers, Trial, copy_folder};

use crate::{Place, round, rounds};

fn damages(usual: u64) {
    let mut place = Place::new();
    let mut first = attache_tests::faults::chance::Chance::new(42);
    for _ in 0..2 {
        let job = place.job(&mut first, 25);
        place.model.hear(&run(&job).said);
    }
    place.settle().unwrap();
    let truth = Answers::of(&Store::open(&place.store()).unwrap()).unwrap();
    let (mut refused, mut told, mut unharmed) = (0, 0, 0);
    for seed in rounds(usual) {
        round("damage::", seed, |chance| {
            let trial = Trial::choose(&place.store(), chance);
            let folder = tempfile::tempdir().unwrap();
            copy_folder(&place.store(), folder.path()).unwrap();
            if !trial.inflict(folder.path()).unwrap() {
                unharmed += 1;
                return Ok(());
            }
            let store = match Store::open(folder.path()) {
                Ok(store) => store,
                Err(_) => {
                    refused += 1;
                    return Ok(());
                }
            };
            let honesty = truth.ask(&store);
            if !honesty.lies.is_empty() {
                return Err(format!("{trial:?}: wrong without a word: {:?}", honesty.lies));
            }
            let faults = store.check().map_or_else(|error| vec![error.to_string()], |report| report.faults);
            if faults.is_empty() && !honesty.errors.is_empty() {
                return Err(format!("{trial:?}: the check finds nothing, but {:?}", honesty.errors));
            }
            if faults.is_empty() {
                unharmed += 1
            } else {
                told += 1
            }
            Ok(())
        });
    }
    eprintln!("{refused} refused, {told} told by the check, {unharmed} without harm");
}

#[test]
fn damage_is_told_short() {
    damages(60);
}

#[test]
#[ignore = "the full form"]
fn damage_is_told_full() {
    damages(500);
}
