//! The power fails while a store is mended, made smaller or brought over from an earlier format: doing it again
//! ends as if nothing had happened.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use attache_store::Store;
use attache_tests::faults::damage::{Damage, Trial, copy_folder};
use attache_tests::faults::disk::Cut;
use attache_tests::faults::workload::{DiskJob, Job, Said, Target};

use crate::damage::{Sound, check_truth};
use crate::power::run_and_cut;
use crate::{Place, round_of};

/// Runs the job on a copy of a folder, with the power failing after operation 1, 1 + `step` and so on
/// until it ends before that; looks at each folder that is left.
fn cut_everywhere(
    folder: &Path,
    target: Target,
    step: usize,
    cuts: &[Cut],
    look: impl Fn(&Path) -> Result<(), String>,
) {
    for after in (1..).step_by(step) {
        let mut ended = true;
        for cut in cuts.iter().copied() {
            round_of("mend::", after, |chance| {
                let mut place = Place::new();
                copy_folder(folder, &place.store()).unwrap();
                let disk = DiskJob { cut: Some(after), ..place.disk() };
                let job = Job { target, disk: Some(disk), ..place.job(chance, 0) };
                for run in run_and_cut(&mut place, vec![job], false, cut, chance)? {
                    ended &= run.code.is_some();
                    if let Some(Said::Shut(error)) = run.said.first() {
                        return Err(format!("it was refused: {error}"));
                    }
                }
                look(&place.store()).map_err(|error| format!("{cut:?} after {after}: {error}"))
            });
        }
        if ended {
            assert!(after > 10, "only {after} operations");
            return;
        }
    }
}

/// Where a byte of the journal is another, half-way.
fn damaged(sound: &Sound) -> PathBuf {
    let folder = sound.place.root.join("damaged");
    copy_folder(&sound.place.store(), &folder).unwrap();
    let file = Path::new("journal").join("00000001.log");
    let at = usize::try_from(fs::metadata(folder.join(&file)).unwrap().len() / 2).unwrap();
    Trial { file, damage: Damage::Flipped { at, bits: 1 } }.inflict(&folder).unwrap();
    folder
}

fn cut_repairs(step: usize, cuts: &[Cut]) {
    let sound = Sound::new();
    cut_everywhere(&damaged(&sound), Target::Repair, step, cuts, |folder| {
        // Who opens it now is refused, or told the truth.
        let copy = folder.with_file_name("copy");
        copy_folder(folder, &copy).unwrap();
        if let Ok(store) = Store::open(&copy) {
            let lies = sound.truth.ask(&store).lies;
            if !lies.is_empty() {
                return Err(format!("opened, and wrong without a word: {lies:?}"));
            }
        }
        Store::repair(folder).map_err(|error| format!("repair: {error}"))?;
        check_truth(folder, &sound.truth)
    });
}

#[test]
fn a_repair_cut_off_goes_on_short() {
    cut_repairs(29, &[Cut::Dropped, Cut::Scattered]);
}

#[test]
#[ignore = "the full form"]
fn a_repair_cut_off_goes_on_full() {
    cut_repairs(13, &[Cut::Dropped, Cut::Torn, Cut::Scattered, Cut::Zeros, Cut::Nothing]);
}

fn cut_compactions(step: usize, cuts: &[Cut]) {
    let sound = Sound::new();
    cut_everywhere(&sound.place.store(), Target::Compact, step, cuts, |folder| {
        check_truth(folder, &sound.truth)
    });
}

#[test]
fn a_compaction_cut_off_goes_on_short() {
    cut_compactions(17, &[Cut::Dropped, Cut::Scattered]);
}

#[test]
#[ignore = "the full form"]
fn a_compaction_cut_off_goes_on_full() {
    cut_compactions(1, &[Cut::Dropped, Cut::Torn, Cut::Scattered, Cut::Zeros, Cut::Nothing]);
}

/// A store as the first release wrote it.
fn format_1(folder: &Path) -> Vec<u8> {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("old-stores/format-1");
    fs::create_dir_all(folder.join("sled")).unwrap();
    for entry in fs::read_dir(&old).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        match name.as_str() {
            "MANIFEST" => drop(fs::copy(entry.path(), folder.join(name)).unwrap()),
            "export.jsonl" => {}
            "db.gz" => {
                let mut bytes = Vec::new();
                let mut packed = flate2::read::GzDecoder::new(File::open(entry.path()).unwrap());
                packed.read_to_end(&mut bytes).unwrap();
                fs::write(folder.join("sled/db"), bytes).unwrap();
            }
            _ => drop(fs::copy(entry.path(), folder.join("sled").join(name)).unwrap()),
        }
    }
    fs::read(old.join("export.jsonl")).unwrap()
}

fn cut_migrations(step: usize, cuts: &[Cut]) {
    let place = Place::new();
    let folder = place.root.join("old");
    let held = format_1(&folder);
    let lines = |bytes: &[u8]| -> Vec<String> {
        String::from_utf8_lossy(bytes).lines().skip(1).map(str::to_owned).collect()
    };
    cut_everywhere(&folder, Target::Store, step, cuts, |folder| {
        let store = Store::open(folder).map_err(|error| format!("opening: {error}"))?;
        let mut export = Vec::new();
        store.export(&mut export).map_err(|error| error.to_string())?;
        let report = store.check().map_err(|error| error.to_string())?;
        if lines(&export) != lines(&held) || !report.faults.is_empty() {
            return Err(format!("not what the old store held; check: {:?}", report.faults));
        }
        Ok(())
    });
}

#[test]
fn a_migration_cut_off_goes_on_short() {
    cut_migrations(11, &[Cut::Dropped, Cut::Scattered]);
}

#[test]
#[ignore = "the full form"]
fn a_migration_cut_off_goes_on_full() {
    cut_migrations(5, &[Cut::Dropped, Cut::Torn, Cut::Scattered, Cut::Zeros, Cut::Nothing]);
}
