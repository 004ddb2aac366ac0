//! `/admin ingest` of a file that holds several articles: JSON Lines.

use std::ops::ControlFlow;

use attache_store::Announce;
use serde_json::json;

use super::{completed, fault, how, sift};
use crate::command::{Call, Fault};
use crate::commands::common;
use crate::intake::{self, Draft, Outcome};
use crate::reply::{Answer, Block, Rich};

/// Options that say something of one article.
const OF_ONE: [&str; 4] = ["published", "title", "url", "publisher"];

/// What came of the articles so far.
#[derive(Default)]
struct Tally {
    articles: usize,
    known: usize,
    events: usize,
    joined: usize,
    aside: Vec<String>,
    refused: Vec<String>,
}

/// Takes in each; one that is wrong is told, and the others are kept. Who subscribed hears of them as of
/// many at once.
pub(super) fn run(call: &Call<'_>, drafts: Vec<Result<Draft, String>>) -> Result<Answer, Fault> {
    if let Some(option) = OF_ONE.iter().find(|option| call.args.has(option)) {
        let text = format!("{option}: the file holds {} articles, each with its own", drafts.len());
        return Err(Fault::user(text));
    }
    let drafts: Vec<_> = drafts
        .into_iter()
        .map(|draft| draft.and_then(|draft| completed(call, draft).map_err(|error| error.to_string())))
        .collect();
    let dry_run = call.args.flag("dry_run");
    let mut tally = Tally::default();
    if dry_run {
        look(call, &drafts, &mut tally)?;
    } else {
        let mut told = |number, became: Result<Outcome, String>| {
            match became {
                Ok(outcome) => tally.count(number, &outcome),
                Err(why) => tally.refuse(number, why),
            }
            ControlFlow::Continue(())
        };
        intake::take_all(call.app, &drafts, &how(call, Announce::Digest), &mut told).map_err(fault)?;
    }
    Ok(tally.answer(dry_run))
}

fn look(call: &Call<'_>, drafts: &[Result<Draft, String>], tally: &mut Tally) -> Result<(), Fault> {
    for (number, draft) in (1..).zip(drafts) {
        let draft = draft.as_ref().map_err(Clone::clone);
        match draft.and_then(|draft| draft.article().map_err(|error| error.to_string())) {
            Ok(article) => {
                let (outcome, events) = intake::would_take(call.app, &article, sift(call)).map_err(fault)?;
                tally.count(number, &outcome);
                if matches!(outcome, Outcome::New { .. } | Outcome::Revision { .. }) {
                    tally.events += events.len();
                }
            }
            Err(why) => tally.refuse(number, why),
        }
    }
    Ok(())
}

impl Tally {
    /// What is wrong with a line names it already.
    fn refuse(&mut self, number: usize, why: String) {
        self.refused.push(if why.starts_with("line ") { why } else { format!("article {number}: {why}") });
    }

    fn count(&mut self, number: usize, outcome: &Outcome) {
        match outcome {
            Outcome::Duplicate { .. } => self.known += 1,
            Outcome::SetAside { reason } => self.aside.push(format!("article {number}: {reason}")),
            Outcome::New { events, joined, .. } | Outcome::Revision { events, joined, .. } => {
                self.articles += 1;
                self.events += events.len();
                self.joined += joined.len();
            }
        }
    }

    fn answer(self, dry_run: bool) -> Answer {
        let Self { articles, known, events, joined, aside, refused } = self;
        let would = if dry_run { "would be " } else { "" };
        let title = format!(
            "{articles} articles {would}stored with {events} new events; {known} were known, {} set aside, {} refused",
            aside.len(),
            refused.len()
        );
        let mut blocks = Vec::new();
        for (heading, lines) in [("Refused", &refused), ("Set aside", &aside)] {
            if !lines.is_empty() {
                blocks.push(Block::Heading(heading.to_owned()));
            }
            let shown = lines.iter().take(common::SHOWN);
            blocks.extend(shown.map(|line| Block::Line(Rich::text(line.clone()))));
            if lines.len() > common::SHOWN {
                let more = format!("and {} more", lines.len() - common::SHOWN);
                blocks.push(Block::Line(Rich::text(more)));
            }
        }
        let data = json!({"articles": articles, "known": known, "events": events, "joined": joined,
            "set_aside": aside, "refused": refused});
        Answer { title, blocks, private: true, data, ..Answer::default() }
    }
}
