//! Damage to the files of a closed store: it says what is wrong and where, shows nothing that is not
//! so, and has everything back after a repair.

use std::path::Path;

use attache_store::Store;
use attache_tests::faults::chance::Chance;
use attache_tests::faults::child::run;
use attache_tests::faults::damage::{Answers, Damage, Trial, copy_folder, files_of};
use attache_tests::faults::workload::Job;

use crate::{Place, rounds, scratch};

/// A closed store and the truth about it.
pub(crate) struct Sound {
    pub(crate) place: Place,
    pub(crate) truth: Answers,
}

impl Sound {
    pub(crate) fn new() -> Self {
        let mut place = Place::new();
        let mut chance = Chance::new(42);
        for _ in 0..2 {
            let job = Job { segments: Some(100 << 10), ..place.job(&mut chance, 25) };
            place.model.hear(&run(&job).said);
        }
        place.settle().unwrap();
        let truth = Answers::of(&Store::open(&place.store()).unwrap()).unwrap();
        Self { place, truth }
    }
}

/// What a store said of one damage.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    /// The file is as it was.
    Nothing,
    /// By not opening.
    Refused,
    /// When it was opened, or by its check.
    Named,
    /// Nothing, and nothing is wrong: a copy that is made anew was lost.
    Unharmed,
}

/// Whether words name a file, or the folder of the engine's files, and the place in it where it is a
/// file of records.
fn names(words: &str, trial: &Trial) -> bool {
    let file = trial.file.to_string_lossy();
    let place = ["at byte", "head", "bytes", "ends with", "it does not begin"];
    match trial.file.iter().next().and_then(|first| first.to_str()) {
        Some("journal") => words.contains(&*file) && place.iter().any(|part| words.contains(part)),
        Some(first) => words.contains(first),
        None => false,
    }
}

pub(crate) fn check_truth(folder: &Path, truth: &Answers) -> Result<(), String> {
    let store = Store::open(folder).map_err(|error| format!("opening: {error}"))?;
    let honesty = truth.ask(&store);
    if !honesty.lies.is_empty() || !honesty.errors.is_empty() {
        return Err(format!("wrong: {:?}, errors: {:?}", honesty.lies, honesty.errors));
    }
    let report = store.check().map_err(|error| format!("check: {error}"))?;
    if report.faults.is_empty() { Ok(()) } else { Err(format!("check: {:?}", report.faults)) }
}

fn one(sound: &Sound, trial: &Trial) -> Result<Told, String> {
    let folder = scratch();
    let folder = folder.path();
    copy_folder(&sound.place.store(), folder).unwrap();
    if !trial.inflict(folder).unwrap() {
        return Ok(Told::Nothing);
    }
    let told = match Store::open(folder) {
        Err(error) if names(&error.to_string(), trial) => Told::Refused,
        Err(error) => return Err(format!("the refusal names no file or place: {error}")),
        Ok(store) => {
            let honesty = sound.truth.ask(&store);
            if !honesty.lies.is_empty() {
                return Err(format!("wrong without a word: {:?}", honesty.lies));
            }
            let mut words = store.notes().to_vec();
            words.extend(store.check().map_or_else(|error| vec![error.to_string()], |report| report.faults));
            if words.iter().any(|words| names(words, trial)) {
                Told::Named
            } else if !words.is_empty() || !honesty.errors.is_empty() {
                return Err(format!("named otherwise: {words:?}, errors {:?}", honesty.errors));
            } else if trial.file == Path::new("index.snap") {
                Told::Unharmed
            } else {
                return Err("opened, and neither a note nor the check says what is damaged".to_owned());
            }
        }
    };
    let notes = Store::repair(folder).map_err(|error| format!("repair: {error}"))?;
    check_truth(folder, &sound.truth).map_err(|what| format!("after the repair ({notes:?}): {what}"))?;
    Ok(told)
}

fn damages(usual: u64) {
    let sound = Sound::new();
    let mut counts = [0; 4];
    let mut failures = Vec::new();
    for seed in rounds(usual) {
        let trial = Trial::choose(&sound.place.store(), &mut Chance::new(seed));
        match one(&sound, &trial) {
            Ok(told) => counts[told as usize] += 1,
            Err(what) => failures.push(format!("seed {seed}: {trial:?}: {what}")),
        }
    }
    let [nothing, refused, named, unharmed] = counts;
    eprintln!("{refused} refused, {named} named, {unharmed} without harm, {nothing} no damage");
    for failure in &failures {
        eprintln!("{failure}");
    }
    assert!(failures.is_empty(), "{} of {usual} damages; ATTACHE_FAULTS_SEED chooses one", failures.len());
}

#[test]
fn damage_is_told_and_mended_short() {
    damages(60);
}

#[test]
#[ignore = "the full form"]
fn damage_is_told_and_mended_full() {
    damages(500);
}

/// A byte of the journal flipped every so many bytes: each kind of change is lost once and comes back.
fn journal_damages(step: usize) {
    let sound = Sound::new();
    let mut failures = Vec::new();
    for file in files_of(&sound.place.store()).unwrap().into_iter().filter(|file| file.starts_with("journal"))
    {
        let length = std::fs::metadata(sound.place.store().join(&file)).unwrap().len();
        for at in (0..usize::try_from(length).unwrap()).step_by(step) {
            let trial = Trial { file: file.clone(), damage: Damage::Flipped { at, bits: 4 } };
            if let Err(what) = one(&sound, &trial) {
                failures.push(format!("{}, byte {at}: {what}", file.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
#[ignore = "the full form"]
fn a_lost_record_comes_back_full() {
    journal_damages(1999);
}
