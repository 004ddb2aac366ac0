//! Disks that fill up: a clean error, nothing lost, and on again once there is room.

use attache_tests::faults::child::run;
use attache_tests::faults::workload::{DiskJob, Job, Said};

use crate::{Place, round, rounds};

fn fill(usual: u64) {
    let (mut acknowledged, mut refused) = (0, 0);
    for seed in rounds(usual) {
        round("full::", seed, |chance| {
            let mut place = Place::new();
            // Half of the disks fill up under a store that has something to lose.
            if chance.percent(50) {
                let job = place.job(chance, 10);
                place.model.hear(&run(&job).said);
                place.settle()?;
            }
            // And one in three a second time, without a byte of room.
            let mut rooms = vec![
                chance.pick(&[0, 3_000, 100_000, 1_000_000]).map_or(0, |most| chance.clone().below(most + 1)),
            ];
            if chance.percent(33) {
                rooms.push(0);
            }
            for room in rooms {
                let disk = DiskJob {
                    root: place.root.clone(),
                    log: place.root.with_file_name("log"),
                    cut: None,
                    room: Some(room),
                    copies: chance.percent(50),
                    slow: 0,
                };
                let job = place.job(chance, 400);
                let ended = run(&Job { disk: Some(disk), ..job });
                let errors: Vec<&String> = ended
                    .said
                    .iter()
                    .filter_map(|said| match said {
                        Said::Shut(error) | Said::Failed { error, .. } => Some(error),
                        _ => None,
                    })
                    .collect();
                refused += errors.len();
                let first = errors.first();
                if ended.code != Some(0) || !first.is_none_or(|error| error.contains("space")) {
                    return Err(format!(
                        "with room for {room} bytes the worker ended {:?}: {errors:?}",
                        ended.code
                    ));
                }
                place.model.hear(&ended.said);
            }
            place.settle().map_err(|error| format!("with room again: {error}"))?;
            let job = place.job(chance, 5);
            let ended = run(&job);
            if ended.said.last() != Some(&Said::End)
                || ended.said.iter().any(|s| matches!(s, Said::Failed { .. }))
            {
                return Err(format!("with room again: {:?}", ended.said.last()));
            }
            place.model.hear(&ended.said);
            acknowledged += place.model.acknowledged;
            place.settle().map_err(|error| format!("with room again, and changed: {error}"))
        });
    }
    eprintln!("{acknowledged} changes acknowledged, {refused} refused");
    assert!(refused as u64 >= usual / 2, "{refused} refusals: the disks never filled up");
}

#[test]
fn full_disks_lose_nothing_short() {
    fill(6);
}

#[test]
#[ignore = "the full form"]
fn full_disks_lose_nothing_full() {
    fill(30);
}
