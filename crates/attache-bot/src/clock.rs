//! What time it is: the system's, or, in tests of schedules, what a file says.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};

/// Tells the time. Everything below the bot is given it; nothing there asks.
pub trait Clock: Debug + Send + Sync {
    /// The instant.
    fn now(&self) -> Timestamp;

    /// How long somebody who waits for an instant may sleep before asking again, whatever the
    /// instant: this clock may be moved meanwhile.
    fn patience(&self) -> Duration;
}

/// The clock of a configuration: the system's, unless it names a file.
#[must_use]
pub fn of(file: &Path) -> Box<dyn Clock> {
    if file.as_os_str().is_empty() {
        return Box::new(System);
    }
    tracing::warn!(file = %file.display(), "the clock is what this file says: for tests only");
    Box::new(Led { file: file.to_owned() })
}

/// The system's clock.
#[derive(Debug, Clone, Copy)]
pub struct System;

impl Clock for System {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(2)
    }
}

/// A clock that is led by a file: it holds an instant, from which time runs on since the file was
/// written. Where the file is not there or says none, the system's clock counts.
#[derive(Debug, Clone)]
pub struct Led {
    file: PathBuf,
}

impl Clock for Led {
    fn now(&self) -> Timestamp {
        self.led().unwrap_or_else(Timestamp::now)
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(50)
    }
}

impl Led {
    fn led(&self) -> Option<Timestamp> {
        let told: Timestamp = fs::read_to_string(&self.file).ok()?.trim().parse().ok()?;
        let written = fs::metadata(&self.file).and_then(|meta| meta.modified()).ok()?;
        let since = SystemTime::now().duration_since(written).unwrap_or_default();
        told.checked_add(SignedDuration::try_from(since).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_part_of_the_program() {
        let own = jiff::tz::TimeZoneDatabase::bundled();
        for zone in ["Asia/Shanghai", "America/New_York", "Europe/Brussels"] {
            assert!(own.get(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn a_file_leads_the_clock_and_time_runs_on() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        let clock = of(&file);
        assert!(clock.now().duration_since(Timestamp::now()).abs() < SignedDuration::from_mins(1));
        fs::write(&file, "2026-03-07T12:00:00Z\n").unwrap();
        let (first, told): (_, Timestamp) = (clock.now(), "2026-03-07T12:00:00Z".parse().unwrap());
        assert!(first >= told && first < told + SignedDuration::from_mins(1), "{first}");
        std::thread::sleep(Duration::from_millis(20));
        assert!(clock.now() > first);
    }
}
