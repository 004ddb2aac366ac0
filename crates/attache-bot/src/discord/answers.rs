//! Answers that were given, kept until what they rest on changes: what many ask alike is put together
//! once.
//!
//! What everybody may ask is answered alike to all ([`Access::Everyone`](crate::command::Access)), from
//! what is stored, as of a minute. So an answer holds for the same words asked in the same language
//! within the same minute, as long as nothing was stored since.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::respond::Laid;
use crate::app::App;
use crate::command::Args;
use crate::line;
use crate::locale::Locale;

/// Most that is kept, in bytes; beyond that all are forgotten.
const MOST: usize = 4 << 20;

/// What answers rest on: what is stored, and the minute that they say they hold for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct At {
    taken_in: u64,
    minute: i64,
}

impl At {
    /// As it is now.
    pub(super) fn of(app: &App) -> Self {
        Self { taken_in: app.store.taken_in(), minute: app.clock.now().as_second().div_euclid(60) }
    }
}

/// The answers given since what they rest on changed.
#[derive(Debug, Default)]
pub(super) struct Answers(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    at: At,
    answers: HashMap<String, Arc<Laid>>,
    bytes: usize,
}

impl Answers {
    /// What a call asks for, in words.
    pub(super) fn asked(name: &str, args: &Args, locale: Locale) -> String {
        let mut asked = line::write(name, args);
        asked.push_str(match locale {
            Locale::English => " en",
            Locale::Chinese => " zh",
        });
        asked
    }

    /// The answer that was given.
    pub(super) fn given(&self, at: At, asked: &str) -> Option<Arc<Laid>> {
        let kept = self.kept();
        kept.answers.get(asked).filter(|_| kept.at == at).map(Arc::clone)
    }

    /// Keeps an answer.
    pub(super) fn keep(&self, at: At, asked: String, laid: &Arc<Laid>) {
        let size = asked.len() + laid.size();
        let mut kept = self.kept();
        if kept.at != at || kept.bytes + size > MOST {
            *kept = Kept { at, ..Kept::default() };
        }
        if size <= MOST && kept.answers.insert(asked, Arc::clone(laid)).is_none() {
            kept.bytes += size;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::respond::only;

    #[test]
    fn an_answer_holds_until_something_is_stored_or_the_minute_is_over() {
        let answers = Answers::default();
        let at = At { taken_in: 3, minute: 100 };
        answers.keep(at, "/brief en".to_owned(), &Arc::new(only("x")));
        assert!(answers.given(at, "/brief en").is_some());
        assert!(answers.given(at, "/brief zh").is_none());
        assert!(answers.given(At { taken_in: 4, ..at }, "/brief en").is_none());
        assert!(answers.given(At { minute: 101, ..at }, "/brief en").is_none());
        answers.keep(At { taken_in: 4, ..at }, "/ask en".to_owned(), &Arc::new(only("x")));
        assert!(answers.given(at, "/brief en").is_none(), "what was stored cannot be unstored");
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let answers = Answers::default();
        for n in 0..9 {
            answers.keep(At::default(), n.to_string(), &Arc::new(only(&"x".repeat(3000))));
        }
        assert!(answers.kept().answers.len() == 9);
        let long = "x".repeat(MOST - 4096);
        answers.keep(At::default(), long.clone(), &Arc::new(only("")));
        assert!(answers.given(At::default(), &long).is_some());
        assert_eq!(answers.kept().answers.len(), 1);
        answers.keep(At::default(), "x".repeat(MOST), &Arc::new(only("")));
        assert!(answers.kept().answers.is_empty());
    }
}
