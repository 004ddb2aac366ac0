//! Disks that fill up and syncs that fail: a clean error, nothing lost, and on again afterwards.

use attache_tests::faults::child::run;
use attache_tests::faults::disk::Cut;
use attache_tests::faults::workload::{DiskJob, Job, Said};

use crate::power::{LOSE_NAMES, run_and_cut};
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
                let disk = DiskJob { room: Some(room), copies: chance.percent(50), ..place.disk() };
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

/// How many of a hundred stores whose sync failed are opened once more, and go on, before the power
/// fails.
const OPENED_AGAIN: u64 = 50;

/// A sync fails once. What it was to keep is gone for good when the power fails later, so a store that
/// tries again and goes on loses it.
fn fail_syncs(usual: u64) {
    let mut refused = 0;
    for seed in rounds(usual) {
        round("full::syncs", seed, |chance| {
            let mut place = Place::new();
            if chance.percent(50) {
                let job = place.job(chance, 10);
                place.model.hear(&run(&job).said);
                place.settle()?;
            }
            let most = chance.pick(&[15, 150]).copied().unwrap_or(15);
            let disk = DiskJob { fail: Some(1 + chance.below(most)), slow: 100, ..place.disk() };
            let cut = Cut::choose(chance);
            let mut story = format!("sync {:?} failed, then {cut:?}", disk.fail);
            let mut jobs = vec![Job { disk: Some(disk), ..place.job(chance, 100) }];
            if chance.percent(OPENED_AGAIN) {
                story.push_str(", and a run between");
                jobs.push(Job { disk: Some(place.disk()), fresh: true, ..place.job(chance, 10) });
            }
            for ended in run_and_cut(&mut place, jobs, !LOSE_NAMES, cut, chance)? {
                let refusals =
                    ended.said.iter().filter(|said| matches!(said, Said::Shut(_) | Said::Failed { .. }));
                refused += refusals.count();
                if ended.code != Some(0) {
                    return Err(format!("{story}: the worker ended {:?}", ended.code));
                }
                place.model.hear(&ended.said);
            }
            place.settle().map_err(|error| format!("{story}: {error}"))
        });
    }
    eprintln!("{refused} changes refused");
    assert!(refused as u64 >= usual / 2, "{refused} refusals: no sync failed");
}

#[test]
fn syncs_that_fail_lose_nothing_short() {
    fail_syncs(8);
}

#[test]
#[ignore = "the full form"]
fn syncs_that_fail_lose_nothing_full() {
    fail_syncs(60);
}
