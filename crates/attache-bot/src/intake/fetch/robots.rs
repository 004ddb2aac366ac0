//! robots.txt, read as RFC 9309 says: what is not there allows everything, what cannot be read allows
//! nothing for now.

use std::time::Duration;

use reqwest::Url;
use texting_robots::Robot;
use tokio::time::Instant;

use super::FetchError;

/// The name robots.txt knows us by.
pub(super) const NAME: &str = "attache";
/// Bytes of a robots.txt that are read.
pub(super) const LARGEST: usize = 500 << 10;
/// How long what it said holds.
const HOLDS: Duration = Duration::from_secs(12 * 3600);
/// When one that could not be read is asked for again.
const AGAIN: Duration = Duration::from_secs(600);
/// The longest pause between requests that a site's word brings about.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What a host's robots.txt said.
#[derive(Debug)]
pub(super) struct Known {
    word: Word,
    until: Instant,
}

#[derive(Debug)]
enum Word {
    Rules(Box<Robot>),
    Everything,
    /// It could not be read, for this reason.
    Nothing(String),
}

impl Known {
    /// Takes what came of asking for it.
    pub(super) async fn of(answer: Result<Vec<u8>, FetchError>) -> Self {
        let (word, holds) = match answer {
            Ok(bytes) => {
                let read = tokio::task::spawn_blocking(move || Robot::new(NAME, &bytes));
                match read.await {
                    Ok(Ok(robot)) => (Word::Rules(Box::new(robot)), HOLDS),
                    _ => (Word::Nothing("it does not read".to_owned()), AGAIN),
                }
            }
            Err(FetchError::Status { status: 400..=499, .. }) => (Word::Everything, HOLDS),
            Err(error) => (Word::Nothing(error.to_string()), AGAIN),
        };
        Self { word, until: Instant::now() + holds }
    }

    /// Whether it still holds.
    pub(super) fn holds(&self) -> bool {
        self.until > Instant::now()
    }

    /// Whether a link may be asked for, and which pause the site wishes.
    pub(super) fn allows(&self, url: &Url) -> Result<Duration, FetchError> {
        let host = || url.host_str().unwrap_or_default().to_owned();
        match &self.word {
            Word::Everything => Ok(Duration::ZERO),
            Word::Nothing(why) => Err(FetchError::RobotsUnread { host: host(), why: why.clone() }),
            Word::Rules(robot) if robot.allowed(url.as_str()) => {
                let wished = robot.delay.unwrap_or_default();
                let pause = Duration::try_from_secs_f32(wished).unwrap_or(LONGEST_PAUSE);
                Ok(pause.min(LONGEST_PAUSE))
            }
            Word::Rules(_) => Err(FetchError::Robots { host: host() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn check(answer: Result<&str, FetchError>, path: &str, expected: Result<u64, &str>) {
        let known = Known::of(answer.map(|text| text.as_bytes().to_vec())).await;
        let allowed = known.allows(&Url::parse(&format!("https://paper.example{path}")).unwrap());
        match expected {
            Ok(seconds) => assert_eq!(allowed.unwrap(), Duration::from_secs(seconds), "{path}"),
            Err(why) => {
                let error = allowed.unwrap_err().to_string();
                assert!(error.contains(why), "{path}: {error}");
            }
        }
    }

    #[tokio::test]
    async fn what_robots_txt_says_is_done() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: attache\nDisallow: /private\nCrawl-delay: 3\n";
        check(Ok(text), "/news", Ok(3)).await;
        check(Ok(text), "/private/x", Err("robots.txt of paper.example does not allow")).await;
        check(Ok("User-agent: *\nDisallow: /\n"), "/news", Err("does not allow")).await;
        check(Ok("<html>not found</html>"), "/news", Ok(0)).await;
        check(Ok("User-agent: *\nCrawl-delay: 1e30\n"), "/news", Ok(30)).await;
        let missing = FetchError::Status { status: 404, again: None };
        check(Err(missing), "/news", Ok(0)).await;
        let broken = FetchError::Status { status: 503, again: None };
        check(Err(broken), "/news", Err("could not be read")).await;
    }
}
