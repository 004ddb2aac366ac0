//! Writes to a store and says so, until it is done or killed: this program once more, as a process
//! of its own. Its job stands in the environment; each line it prints is a `Said`, whole before the
//! next begins, and an acknowledgement stands there only after the store gave it.

use std::error::Error;
use std::fs::File;
use std::io::Write as _;

use attache_store::{
    AuditId, Correction, Delivery, Errand, EventId, EventQuery, NewArticle, OpenError, Outcome, Pace, Store,
    SubscriptionId, WriteError,
};
use attache_tests::faults::chance::Chance;
use attache_tests::faults::child::JOB;
use attache_tests::faults::workload::{self, Change, Job, PlainSync, Said, Target};

type Fault = Box<dyn Error + Send + Sync>;

/// Failures after which a thread gives up.
const PATIENCE: u32 = 5;

#[test]
#[ignore = "started by the other tests"]
fn worker() {
    let Ok(job) = std::env::var(JOB) else { return };
    // The test harness may have left a line open.
    println!();
    let done = serde_json::from_str(&job).map_err(Fault::from).and_then(|job| run(&job));
    if let Err(error) = done {
        say(&Said::Wrong(error.to_string()));
    }
}

fn run(job: &Job) -> Result<(), Fault> {
    if let Some(disk) = &job.disk {
        attache_shim::start(attache_shim::Plan {
            root: disk.root.clone(),
            log: File::create(&disk.log)?,
            boot: disk.boot.clone(),
            cut: disk.cut,
            room: disk.room,
            copies: disk.copies,
            fail: disk.fail,
            slow: disk.slow,
        });
    }
    match job.target {
        Target::Store => on_store(job),
        Target::Repair => {
            say(&ended(Store::repair(&job.folder)));
            Ok(())
        }
        Target::Compact => {
            say(&ended(Store::compact(&job.folder)));
            Ok(())
        }
        Target::Plain(sync) => on_plain_file(job, sync),
    }
}

fn ended<T>(done: Result<T, OpenError>) -> Said {
    done.map_or_else(|error| Said::Shut(error.to_string()), |_| Said::End)
}

/// One line, in one write.
fn say(said: &Said) {
    let Ok(mut line) = serde_json::to_string(said) else { return };
    line.push('\n');
    let mut out = std::io::stdout().lock();
    // Nobody listens to a worker whose test has ended.
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
}

fn on_plain_file(job: &Job, sync: PlainSync) -> Result<(), Fault> {
    let mut file = File::options().create(true).append(true).open(job.folder.join("plain"))?;
    if sync == PlainSync::Whole {
        File::open(&job.folder)?.sync_all()?;
    }
    say(&Said::Open);
    for number in 0..job.changes {
        let label = format!("r{}t0n{number}", job.run);
        say(&Said::Try(0, Change::Article { label: label.clone(), events: 0, loud: false }));
        writeln!(file, "{label}")?;
        match sync {
            PlainSync::None => {}
            PlainSync::Range => attache_shim::write_back(&file)?,
            PlainSync::NoFolder | PlainSync::Whole => file.sync_data()?,
        }
        say(&Said::Done(0));
    }
    say(&Said::End);
    Ok(())
}

fn on_store(job: &Job) -> Result<(), Fault> {
    let opened = match job.segments {
        Some(bytes) => Store::open_with_segments_of(&job.folder, bytes),
        None => Store::open(&job.folder),
    };
    let store = match opened {
        Ok(store) => store,
        Err(error) => {
            say(&Said::Shut(error.to_string()));
            return Ok(());
        }
    };
    say(&Said::Open);
    let mut threads = known(&store, job)?;
    if job.changes > 0 {
        // Whoever held a claim is gone.
        if let Some(first) = threads.first_mut().filter(|_| !job.fresh) {
            first.make(Change::Release)?;
        }
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = threads.into_iter().map(|thread| scope.spawn(|| thread.work())).collect();
        for thread in running {
            thread.join().map_err(|_| "a thread panicked")??;
        }
        Ok::<_, Fault>(())
    })?;
    drop(store);
    say(&Said::End);
    Ok(())
}

/// An event this thread may change.
#[derive(Clone)]
struct Own {
    label: String,
    id: EventId,
    loud: bool,
    deleted: bool,
    /// Deleted before each of its changes, with the change's id.
    changes: Vec<(AuditId, bool)>,
}

/// One writing thread: what it made and may change.
struct Thread<'s> {
    store: &'s Store,
    job: &'s Job,
    number: u64,
    chance: Chance,
    events: Vec<Own>,
    channels: Vec<(u64, SubscriptionId)>,
    claims: Vec<Delivery>,
    made: u64,
    failures: u32,
}

/// The threads, each with what it left in the store in earlier runs.
fn known<'s>(store: &'s Store, job: &'s Job) -> Result<Vec<Thread<'s>>, Fault> {
    let mut threads: Vec<_> = (0..job.threads)
        .map(|number| Thread {
            store,
            job,
            number,
            chance: Chance::of(job.seed, number),
            events: Vec::new(),
            channels: Vec::new(),
            claims: Vec::new(),
            made: 0,
            failures: 0,
        })
        .collect();
    for row in store.all_events(&EventQuery::default())? {
        let label = row.event.scope.clone().unwrap_or_default();
        let owner = workload::thread_of(&label).and_then(|number| usize::try_from(number).ok());
        if let Some(thread) = owner.and_then(|number| threads.get_mut(number)) {
            let loud = row.event.topics == [workload::LOUD];
            thread.events.push(Own { label, id: row.id, loud, deleted: false, changes: Vec::new() });
        }
    }
    for entry in store.history(usize::MAX)?.into_iter().rev() {
        let owned = threads.iter_mut().flat_map(|thread| &mut thread.events);
        if let Some(event) = owned.into_iter().find(|event| event.id == entry.event) {
            event.changes.push((entry.id, entry.before.deleted));
        }
    }
    if let Some(first) = threads.first_mut() {
        first.channels = store.subscriptions()?.into_iter().map(|s| (s.channel, s.id)).collect();
    }
    Ok(threads)
}

impl Thread<'_> {
    fn work(mut self) -> Result<(), Fault> {
        for _ in 0..self.job.changes {
            let change = self.choose();
            self.make(change)?;
            if self.failures >= PATIENCE {
                break;
            }
        }
        Ok(())
    }

    /// The next change. After a failure only new things are made: what became of the failed change
    /// is not known, so nothing may rest on it.
    fn choose(&mut self) -> Change {
        let first = self.number == 0;
        let dice = self.chance.below(100);
        let wanted = match dice {
            _ if self.failures > 0 || self.job.fresh => None,
            0..12 => self
                .one(|event| workload::is_contact(&event.label) && !event.deleted)
                .map(|event| Change::Report { label: self.label(), event: event.label }),
            12..26 => self.one(|event| !event.deleted).map(|event| Change::Edit {
                event: event.label,
                words: format!("Words {:x}.", self.chance.next()),
            }),
            26..32 => {
                self.one(|event| !event.changes.is_empty()).map(|event| Change::Undo { event: event.label })
            }
            32..36 => self
                .one(|event| !event.loud && !event.deleted)
                .map(|event| Change::Delete { event: event.label }),
            36..40 => self.one(|event| event.deleted).map(|event| Change::Restore { event: event.label }),
            40..43 if first && self.channels.len() < 3 => {
                Some(Change::Subscribe { channel: self.job.run * 10_000 + self.made })
            }
            43..44 if first => {
                let channel = self.chance.pick(&self.channels).copied();
                channel.map(|(channel, _)| Change::Unsubscribe { channel })
            }
            44..60 if first => self.next_sending().or(Some(Change::Claim)),
            60..63 => Some(Change::Read {
                feed: workload::feed(self.number),
                place: (dice > 60).then(|| format!("item {:x}", self.chance.next())),
            }),
            _ => None,
        };
        wanted.unwrap_or_else(|| {
            let many = if self.chance.percent(3) { 100 } else { 4 };
            let events = self.chance.below(many);
            let loud = first && !self.job.fresh && self.chance.percent(50);
            Change::Article { label: self.label(), events, loud }
        })
    }

    fn label(&self) -> String {
        format!("r{}t{}n{}", self.job.run, self.number, self.made)
    }

    fn one(&mut self, keep: impl Fn(&Own) -> bool) -> Option<Own> {
        let fitting: Vec<_> = self.events.iter().filter(|event| keep(event)).collect();
        self.chance.pick(&fitting).map(|event| (*event).clone())
    }

    fn next_sending(&self) -> Option<Change> {
        let claim = self.claims.last()?;
        Some(Change::Send { channel: claim.channel, message: 1_000_000 * self.job.run + self.made })
    }

    fn make(&mut self, change: Change) -> Result<(), Fault> {
        self.made += 1;
        say(&Said::Try(self.number, change.clone()));
        match self.attempt(&change) {
            Ok(()) => say(&Said::Done(self.number)),
            Err(Stop::Store(error)) => {
                self.failures += 1;
                let uncertain = matches!(error, WriteError::Uncertain(_));
                if let Change::Delete { event } | Change::Undo { event } = &change {
                    // It may be gone.
                    self.events.retain(|own| own.label != *event);
                }
                self.look_around(&change, uncertain)?;
                say(&Said::Failed { thread: self.number, error: error.to_string(), uncertain });
            }
            Err(Stop::Wrong(what)) => return Err(format!("{change:?}: {what}").into()),
        }
        Ok(())
    }

    /// After a failure a read gives the truth or an error, and what was refused does not show.
    fn look_around(&self, change: &Change, uncertain: bool) -> Result<(), Fault> {
        if let Change::Article { label, .. } = change
            && !uncertain
            && self.store.has_text(&workload::text(label)).unwrap_or(false)
        {
            return Err(format!("{label} was refused, and is there").into());
        }
        if let Ok(all) = self.store.all_events(&EventQuery::default()) {
            for event in self.events.iter().filter(|event| !event.deleted) {
                if !all.iter().any(|row| row.id == event.id) {
                    return Err(format!("{} does not show after a failure", event.label).into());
                }
            }
        }
        Ok(())
    }

    fn attempt(&mut self, change: &Change) -> Result<(), Stop> {
        let now = workload::now();
        match change {
            Change::Article { label, events, loud } => {
                let labels: Vec<_> = (0..*events).map(|place| workload::event_label(label, place)).collect();
                let records: Vec<_> = labels.iter().map(|label| workload::event(label, *loud)).collect();
                let (new, joined) = self.commit(label, records)?;
                if new.len() != labels.len() || !joined.is_empty() {
                    return Err(Stop::Wrong(format!("new {new:?}, joined {joined:?}")));
                }
                self.events.extend(labels.into_iter().zip(new).map(|(label, id)| Own {
                    label,
                    id,
                    loud: *loud,
                    deleted: false,
                    changes: Vec::new(),
                }));
            }
            Change::Report { label, event } => {
                let known = self.own(event)?.clone();
                let (new, joined) = self.commit(label, vec![workload::event(event, known.loud)])?;
                if joined != [known.id] || !new.is_empty() {
                    return Err(Stop::Wrong(format!("new {new:?}, joined {joined:?}")));
                }
            }
            Change::Edit { event, words } => {
                let id = self.own(event)?.id;
                let held = self.store.event(id).map_err(WriteError::from)?;
                let mut record = held.ok_or_else(|| Stop::Wrong(format!("{event} is gone")))?.event;
                record.claims = vec![words.clone()];
                self.correct(event, Correction::Edit(Box::new(record)), |_| {})?;
            }
            Change::Delete { event } => self.correct(event, Correction::Delete, |own| own.deleted = true)?,
            Change::Restore { event } => {
                self.correct(event, Correction::Restore, |own| own.deleted = false)?
            }
            Change::Undo { event } => {
                let last = self.own(event)?.changes.last().copied();
                let (change, before) = last.ok_or_else(|| Stop::Wrong("nothing to undo".to_owned()))?;
                let entry = self.store.undo(change, "operator", now)?;
                let own = self.own(event)?;
                own.changes.push((entry.id, own.deleted));
                own.deleted = before;
            }
            Change::Subscribe { channel } => {
                let made = self.store.subscribe(workload::subscription(*channel), now)?;
                self.channels.push((*channel, made.id));
            }
            Change::Unsubscribe { channel } => {
                let at = self.channels.iter().position(|(known, _)| known == channel);
                let at = at.ok_or_else(|| Stop::Wrong("no such channel".to_owned()))?;
                let (_, id) = self.channels.swap_remove(at);
                self.claims.retain(|claim| claim.channel != *channel);
                self.store.unsubscribe(id, "operator", now)?;
            }
            Change::Claim => {
                let pace = Pace::one_by_one();
                let (claims, _) = self.store.claim("worker", now, workload::lease(), usize::MAX, &pace)?;
                // What follows from further reports, and what was on its way when its subscription ended, is
                // in no model; its claims lapse.
                let modelled = |claim: &Delivery| {
                    claim.errand == Errand::Event
                        && self.channels.iter().any(|(channel, _)| *channel == claim.channel)
                };
                self.claims.extend(claims.into_iter().filter(modelled));
            }
            Change::Release => {
                self.claims.clear();
                self.store.release_claims(now)?;
            }
            Change::Read { feed, place } => self.store.set_feed_mark(feed, place.as_deref(), now)?,
            Change::Send { channel, message } => {
                let at = self.claims.iter().position(|claim| claim.channel == *channel);
                let claim = self.claims.swap_remove(at.ok_or_else(|| Stop::Wrong("no claim".to_owned()))?);
                self.store.delivered(claim.id, claim.fence, *message, now)?;
            }
        }
        Ok(())
    }

    fn own(&mut self, label: &str) -> Result<&mut Own, Stop> {
        let found = self.events.iter_mut().find(|event| event.label == label);
        found.ok_or_else(|| Stop::Wrong(format!("{label} is not of this thread")))
    }

    fn commit(
        &self,
        label: &str,
        records: Vec<attache_store::record::EventRecord>,
    ) -> Result<(Vec<EventId>, Vec<EventId>), Stop> {
        let events = records.into_iter().map(attache_extract::Event::try_from).collect::<Result<Vec<_>, _>>();
        let events = events.map_err(Stop::Wrong)?;
        let text = workload::text(label);
        let article = NewArticle {
            title: Some(label),
            url: None,
            publisher: None,
            published: workload::day(label),
            text: &text,
            origin: "test",
            rules: "0",
        };
        let done = self.store.commit_article(&article, &events, workload::now());
        let done = done.map_err(|error| match error {
            attache_store::CommitError::Write(error) => Stop::Store(error),
            other => Stop::Wrong(other.to_string()),
        })?;
        match done.outcome {
            Outcome::New { events, joined } => Ok((events, joined)),
            other => Err(Stop::Wrong(format!("the article was known: {other:?}"))),
        }
    }

    fn correct(
        &mut self,
        label: &str,
        correction: Correction,
        make: impl FnOnce(&mut Own),
    ) -> Result<(), Stop> {
        let id = self.own(label)?.id;
        let entry = self.store.correct(id, correction, "operator", "because", workload::now())?;
        let own = self.own(label)?;
        own.changes.push((entry.id, own.deleted));
        make(own);
        Ok(())
    }
}

/// Why a change was not made.
enum Stop {
    /// The store said so.
    Store(WriteError),
    /// The store said it was, and something else came of it.
    Wrong(String),
}

impl From<WriteError> for Stop {
    fn from(error: WriteError) -> Self {
        Self::Store(error)
    }
}
