//! From a file of the folder to articles in the store, and what is to be said of it.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use attache_store::{Announce, CommitError};

use super::look::Look;
use super::shelf;
use crate::app::App;
use crate::intake::{self, How, Outcome, Sift, file};

/// Remarks on one file; the rest is counted.
const REMARKS: usize = 200;

/// What became of a file.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// Articles of it that are stored now.
    pub(super) articles: usize,
    /// Whether somebody may have to be told.
    pub(super) news: bool,
    /// What was not stored, and why.
    pub(super) remarks: Vec<String>,
    /// Something in it is wrong.
    fault: bool,
    unsaid: usize,
}

/// Why a file stays where it is for now.
#[derive(Debug)]
pub(super) enum Later {
    /// It is not what it was, or is no longer there, or the program ends.
    Changed,
    /// The store takes nothing.
    Store(CommitError),
}

impl Verdict {
    pub(super) fn refused(why: String) -> Self {
        Self { remarks: vec![why], fault: true, ..Self::default() }
    }

    /// Where it goes.
    pub(super) fn shelf(&self) -> &'static str {
        if self.fault || self.articles == 0 { shelf::REFUSED } else { shelf::TAKEN }
    }

    /// The remarks as a text, where there are any.
    pub(super) fn note(&self) -> Option<String> {
        let mut lines = self.remarks.clone();
        if self.unsaid > 0 {
            lines.push(format!("and {} more", self.unsaid));
        }
        if self.articles > 0 && !lines.is_empty() {
            lines.push(format!("{} articles of it are stored.", self.articles));
        }
        (!lines.is_empty()).then(|| lines.join("\n") + "\n")
    }

    fn remark(&mut self, text: String) {
        if self.remarks.len() < REMARKS {
            self.remarks.push(text);
        } else {
            self.unsaid += 1;
        }
    }

    fn count(&mut self, of: &str, became: Result<Outcome, String>) {
        match became {
            Ok(Outcome::SetAside { reason }) => self.remark(format!("{of}set aside: {reason}")),
            Ok(Outcome::Duplicate { .. }) => self.articles += 1,
            Ok(Outcome::New { .. } | Outcome::Revision { .. }) => {
                self.articles += 1;
                self.news = true;
            }
            Err(why) => {
                self.fault = true;
                let named = why.starts_with("line ");
                self.remark(if named { why } else { format!("{of}{why}") });
            }
        }
    }
}

/// Reads a file and stores its articles.
pub(super) fn take(
    app: &App,
    path: &Path,
    name: &str,
    look: &Look,
    stopping: &dyn Fn() -> bool,
) -> Result<Verdict, Later> {
    if let Some(other) = look.other {
        return Ok(Verdict::refused(format!("it is {other}")));
    }
    let bytes = match load(app, path, look)? {
        Ok(bytes) => bytes,
        Err(why) => return Ok(Verdict::refused(why.to_string())),
    };
    let drafts = match file::read(name, &bytes, app.limits()) {
        Ok(drafts) => drafts,
        Err(why) => return Ok(Verdict::refused(why.to_string())),
    };
    let several = drafts.len() > 1;
    let announce = if several { Announce::Digest } else { Announce::All };
    let how = How { origin: "folder", announce, sift: Sift::Ours, now: app.clock.now() };
    let mut verdict = Verdict::default();
    let mut done = 0;
    let mut told = |number, became| {
        verdict.count(&if several { format!("article {number}: ") } else { String::new() }, became);
        done += 1;
        if stopping() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    intake::take_all(app, &drafts, &how, &mut told).map_err(Later::Store)?;
    if done < drafts.len() {
        return Err(Later::Changed);
    }
    if drafts.is_empty() {
        verdict.remark("there is no article in it".to_owned());
    }
    Ok(verdict)
}

/// The bytes of the very file that was looked at.
fn load(app: &App, path: &Path, look: &Look) -> Result<Result<Vec<u8>, file::BadFile>, Later> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Later::Changed),
        Err(error) => return Ok(Err(error.into())),
    };
    let same = || file.metadata().is_ok_and(|data| Look::of(&data) == *look);
    if !same() {
        return Err(Later::Changed);
    }
    let bytes = file::load(&file, Some(look.bytes), app.limits());
    if same() { Ok(bytes) } else { Err(Later::Changed) }
}
