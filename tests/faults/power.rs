//! Power cuts: what nobody synced is dropped, torn, scattered or turned to zeros, names too.

use attache_tests::faults::chance::Chance;
use attache_tests::faults::child::{Ended, run};
use attache_tests::faults::disk::{Cut, Disk};
use attache_tests::faults::workload::{Change, DiskJob, Job, PlainSync, Said, Target};

use crate::{Place, log, round, round_of, rounds};

/// Rounds on one folder.
const ON_ONE_FOLDER: usize = 5;

/// Whether names are lost that no sync of their folder kept; where not, only as on a file system with
/// a journal.
pub(crate) const LOSE_NAMES: bool = true;

/// Runs a worker whose power fails after so many operations, and makes the disk that is left.
fn cut_run(
    place: &mut Place,
    job: Job,
    after: u64,
    journalled: bool,
    chance: &mut Chance,
) -> Result<(Ended, Cut), String> {
    let cut = Cut::choose(chance);
    let slow = chance.pick(&[0, 0, 200, 2000]).copied().unwrap_or(0);
    let disk = DiskJob { cut: Some(after), slow, ..place.disk() };
    let mut ended = run_and_cut(place, vec![Job { disk: Some(disk), ..job }], journalled, cut, chance)?;
    Ok((ended.pop().unwrap(), cut))
}

/// Runs workers on one disk, one after the other, to whatever end, and makes the disk that is left
/// after a cut.
pub(crate) fn run_and_cut(
    place: &mut Place,
    jobs: Vec<Job>,
    journalled: bool,
    cut: Cut,
    chance: &mut Chance,
) -> Result<Vec<Ended>, String> {
    let mut before = Disk::load(&place.root, journalled).map_err(|error| error.to_string())?;
    let mut ended = Vec::new();
    for job in jobs {
        ended.push(run(&job));
        before.replay(&log(&place.disk().log));
        before.hold_against_folder()?;
    }
    place.cuts += 1;
    before.cut(cut, chance).map_err(|error| error.to_string())?;
    Ok(ended)
}

pub(crate) fn shut(ended: &Ended) -> Result<(), String> {
    match ended.said.iter().find(|said| matches!(said, Said::Shut(_))) {
        Some(Said::Shut(error)) => Err(format!("opening in the worker: {error}")),
        _ => Ok(()),
    }
}

fn cuts(usual: u64) {
    let (mut acknowledged, mut power_failed) = (0, 0);
    let mut place = Place::new();
    for (number, seed) in rounds(usual).enumerate() {
        if number % ON_ONE_FOLDER == 0 {
            acknowledged += place.model.acknowledged;
            place = Place::new();
        }
        round("power::cuts", seed, |chance| {
            let after = 1 + match chance.below(4) {
                0 => chance.below(60),
                1 => chance.below(300),
                _ => chance.below(2000),
            };
            let job = place.job(chance, 400);
            let journalled = !LOSE_NAMES || chance.percent(50);
            let (ended, cut) = cut_run(&mut place, job, after, journalled, chance)?;
            place.model.hear(&ended.said);
            power_failed += u32::from(ended.code.is_none());
            shut(&ended)?;
            // And again while what is left is being opened.
            let mut story = format!("{cut:?} after {after}");
            while chance.percent(35) {
                let most = chance.pick(&[50, 500]).copied().unwrap_or(50);
                let (again, job) = (1 + chance.below(most), place.job(chance, 0));
                let (ended, cut) = cut_run(&mut place, job, again, journalled, chance)?;
                story.push_str(&format!(", {cut:?} after {again}"));
                shut(&ended).map_err(|error| format!("{story}: {error}"))?;
            }
            place.settle().map_err(|error| format!("{story}: {error}"))
        });
    }
    acknowledged += place.model.acknowledged;
    eprintln!("{acknowledged} changes acknowledged, {power_failed} power cuts");
    assert!(acknowledged as u64 > usual, "{acknowledged} changes in all rounds: nothing was tested");
}

#[test]
fn cuts_lose_nothing_short() {
    cuts(12);
}

#[test]
#[ignore = "the full form"]
fn cuts_lose_nothing_full() {
    cuts(100);
}

/// The power fails after each operation of a store's first moments: its making, its first changes, its
/// closing; or after some of them.
fn first_moments(every: impl Fn(u64) -> bool, cuts: &[Cut]) {
    let mut after = 0;
    loop {
        after += 1;
        let mut power_failed = false;
        for cut in cuts.iter().copied().filter(|_| every(after)) {
            round_of("power::first", after, |chance| {
                let mut place = Place::new();
                let job = Job { seed: 7, threads: 1, ..place.job(chance, 4) };
                let disk = DiskJob { cut: Some(after), ..place.disk() };
                let jobs = vec![Job { disk: Some(disk), ..job }];
                let ended = run_and_cut(&mut place, jobs, !LOSE_NAMES, cut, chance)?.pop().unwrap();
                power_failed = ended.code.is_none();
                shut(&ended)?;
                place.model.hear(&ended.said);
                place.settle().map_err(|error| format!("{cut:?} after {after}: {error}"))
            });
        }
        if every(after) && !power_failed {
            assert!(after > 30, "a store of {after} operations");
            return;
        }
    }
}

#[test]
fn first_moments_are_safe_short() {
    first_moments(|after| after % 7 == 3, &[Cut::Dropped, Cut::Zeros]);
}

#[test]
#[ignore = "the full form"]
fn first_moments_are_safe_full() {
    first_moments(
        |_| true,
        &[Cut::Dropped, Cut::Torn, Cut::Scattered, Cut::InPlace, Cut::Zeros, Cut::Nothing],
    );
}

/// Acknowledged lines that cuts took from a plain file, in some rounds.
fn lost_lines(sync: PlainSync) -> usize {
    let mut lost = 0;
    for seed in 1..=12 {
        let mut chance = Chance::new(seed);
        let mut place = Place::new();
        std::fs::create_dir(place.store()).unwrap();
        let after = 10 + chance.below(80);
        let job = Job { target: Target::Plain(sync), ..place.job(&mut chance, 100) };
        let (ended, _) = cut_run(&mut place, job, after, false, &mut chance).unwrap();
        let held = std::fs::read(place.store().join("plain")).unwrap_or_default();
        let held = String::from_utf8_lossy(&held).into_owned();
        let mut label = String::new();
        for said in ended.said {
            match said {
                Said::Try(_, Change::Article { label: tried, .. }) => label = tried,
                Said::Done(_) => lost += usize::from(!held.lines().any(|line| line == label)),
                _ => {}
            }
        }
    }
    lost
}

/// A test of losses that cannot fail shows nothing: these lose, and must be seen to.
#[test]
fn what_is_not_durable_is_seen_to_be_lost() {
    assert!(lost_lines(PlainSync::None) > 0, "no sync at all");
    assert!(lost_lines(PlainSync::Range) > 0, "sync_file_range alone");
    assert!(lost_lines(PlainSync::NoFolder) > 0, "the folder is never synced");
    assert_eq!(lost_lines(PlainSync::Whole), 0, "synced as it should be");
}
