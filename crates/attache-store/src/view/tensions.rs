//! The tension register: threads of moves on one subject between the same sides.

use std::collections::BTreeMap;

use attache_extract::Vocabulary as _;
use attache_extract::event::{Factuality, Kind, Status, Tension};
use attache_extract::when::Moment;
use jiff::civil::Date;

use crate::id::EventId;
use crate::row::StoredEvent;
use crate::view::origin;

/// Days after which a later move on the same subject begins a thread of its own.
const APART: i32 = 120;

/// Days after which a thread of words alone, in which nobody moved, has lapsed.
const SILENT: i32 = 365;

/// Where a tension stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stands.
    Open,
    /// Suspended or softened.
    Eased,
    /// Ended.
    Resolved,
    /// Words that nobody took up again.
    Lapsed,
}

impl Standing {
    /// All, as commands list them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Eased, Self::Resolved, Self::Lapsed];

    /// The word used in commands and data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Eased => "eased",
            Self::Resolved => "resolved",
            Self::Lapsed => "lapsed",
        }
    }
}

/// A move and why it is in its thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The move.
    pub row: StoredEvent,
    /// The reason; `None` for the one that opened the thread.
    pub why: Option<String>,
}

/// One tension.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The first move's id.
    pub id: EventId,
    /// The thread's name, which a move may carry to belong to it: the chronology's, or the first
    /// move's id.
    pub name: String,
    /// Both sides, sorted.
    pub sides: Vec<String>,
    /// The subject the moves share.
    pub subject: String,
    /// Its moves, oldest first; never empty.
    pub moves: Vec<Link>,
    /// State as of the day asked for.
    pub status: Standing,
    /// Until when it is eased, where the text says.
    pub until: Option<String>,
    /// What the state rests on or waits for, where that needs words.
    pub note: Option<String>,
}

impl Thread {
    /// The first move.
    #[must_use]
    pub fn first(&self) -> Option<&StoredEvent> {
        self.moves.first().map(|link| &link.row)
    }

    /// The latest move.
    #[must_use]
    pub fn last(&self) -> Option<&StoredEvent> {
        self.moves.last().map(|link| &link.row)
    }

    /// Who made the latest move.
    #[must_use]
    pub fn last_mover(&self) -> Option<&str> {
        mover(self.last()?)
    }

    /// The other side, where the latest move left the tension open: the next move is theirs.
    #[must_use]
    pub fn owed_by(&self) -> Option<&str> {
        let mover = self.last_mover().filter(|_| self.status == Standing::Open)?;
        self.sides.iter().map(String::as_str).find(|side| *side != mover)
    }

    /// What would open it again, where it is eased.
    #[must_use]
    pub fn reopens(&self) -> Option<String> {
        if self.status != Standing::Eased {
            return None;
        }
        let end =
            self.until.as_ref().map(|until| format!("its suspension ends on {until} and is not prolonged"));
        Some(end.unwrap_or_else(|| "the measure is taken up again; the texts give no day".to_owned()))
    }

    /// The chronology's names for its moves.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.moves.iter().filter_map(|link| origin::key(&link.row.event))
    }
}

/// The threads as they stood at the end of a day, latest move first. Only what had happened and
/// was said to be so counts; a denial or a mere possibility opens nothing.
#[must_use]
pub fn register(events: &[StoredEvent], as_of: Date) -> Vec<Thread> {
    let mut moves: Vec<_> = events.iter().filter(|row| is_move(row) && row.sort_day <= as_of).collect();
    // Of one day those first that have a thread by name: the others may belong to it.
    moves.sort_by_key(|row| {
        (row.sort_day, origin::thread(&row.event).is_none(), row.event.evidence.quote, row.id)
    });
    let mut threads: Vec<Thread> = Vec::new();
    for row in moves {
        let found = place(&threads, row);
        match found.and_then(|(at, why)| threads.get_mut(at).zip(Some(why))) {
            Some((thread, why)) => thread.moves.push(Link { row: row.clone(), why: Some(why) }),
            None => threads.push(open(row)),
        }
    }
    for thread in &mut threads {
        thread.sides = thread.moves.iter().flat_map(|link| sides(&link.row)).collect();
        thread.sides.sort();
        thread.sides.dedup();
        let state = state(&thread.moves, as_of);
        (thread.status, thread.until, thread.note) = (state.status, state.until, state.note);
    }
    threads.sort_by_key(|thread| std::cmp::Reverse(thread.last().map(|row| (row.sort_day, row.id))));
    threads
}

/// The thread a move belongs to, and why.
fn place(threads: &[Thread], row: &StoredEvent) -> Option<(usize, String)> {
    let named = |name: &str| threads.iter().position(|thread| thread.name == name);
    if let Some(name) = origin::thread(&row.event) {
        let why = match origin::key(&row.event) {
            Some(_) => format!("the chronology counts it to {name}"),
            None => "a curator put it here".to_owned(),
        };
        return named(name).map(|at| (at, why));
    }
    if let Some(at) = named(&row.id.to_string()) {
        return Some((at, "a curator put another move to this one".to_owned()));
    }
    let fitting = threads.iter().enumerate().filter_map(|(at, thread)| {
        let (closeness, why) = continues(thread, row)?;
        Some((closeness, thread.last().map(|last| last.sort_day), at, why))
    });
    let best = fitting.max_by_key(|(closeness, last, at, _)| (*closeness, *last, std::cmp::Reverse(*at)));
    best.map(|(_, _, at, why)| (at, why))
}

fn is_move(row: &StoredEvent) -> bool {
    let told = matches!(row.event.factuality.0, Factuality::Asserted | Factuality::Reported);
    row.event.kind.0 == Kind::Tension && told && !row.deleted
}

fn open(row: &StoredEvent) -> Thread {
    Thread {
        id: row.id,
        name: origin::thread(&row.event).map_or_else(|| row.id.to_string(), str::to_owned),
        sides: sides(row),
        subject: subject(row),
        moves: vec![Link { row: row.clone(), why: None }],
        status: Standing::Open,
        until: None,
        note: None,
    }
}

fn sides(row: &StoredEvent) -> Vec<String> {
    let mut codes: Vec<_> = row.event.parties.iter().filter_map(|party| party.country.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn subject(row: &StoredEvent) -> String {
    // The chronology names the measure itself in the scope.
    let own = row.event.scope.clone().filter(|_| origin::key(&row.event).is_some());
    let telling = || row.event.topics.iter().find(|topic| !LOOSE.contains(&topic.as_str()));
    let topic = own.or_else(|| telling().or_else(|| row.event.topics.first()).cloned());
    topic.or_else(|| row.event.scope.clone()).unwrap_or_else(|| row.event.subtype.replace('_', " "))
}

/// Topics that say of which form a measure is, or only that it is about trade: no two measures are one
/// for sharing them.
const LOOSE: [&str; 15] = [
    "countermeasures",
    "export controls",
    "export curbs",
    "exports",
    "imports",
    "investigation",
    "port fees",
    "restrictions",
    "sanctions",
    "section 301",
    "supply chains",
    "tariffs",
    "technology",
    "trade",
    "unreliable entity list",
];

/// Days within which words are about a measure that they name by its form.
const ANSWERED: i32 = 14;

/// How closely a move belongs to a thread, and why: the same named measure at any time, shared subjects
/// within [`APART`] days, or words about the other side's measure, between the same sides.
fn continues(thread: &Thread, row: &StoredEvent) -> Option<(usize, String)> {
    let last = thread.last()?;
    let days = last.sort_day.until(row.sort_day).map_or(i32::MAX, |span| span.get_days());
    let its = sides(row);
    let sides_fit = !its.is_empty()
        && (its.iter().all(|side| thread.sides.contains(side))
            || thread.sides.iter().all(|side| its.contains(side)));
    if !sides_fit {
        return None;
    }
    let scope = row.event.scope.as_deref().map(str::to_lowercase).filter(|scope| scope.contains(' '));
    let earlier = || thread.moves.iter().map(|link| &link.row.event);
    if let Some(scope) = scope
        && earlier().any(|event| event.scope.as_deref().map(str::to_lowercase).as_ref() == Some(&scope))
    {
        return Some((SAME_MEASURE, format!("same sides, same measure: {scope}")));
    }
    if days > APART {
        return None;
    }
    let topics = &row.event.topics;
    let told = |topic: &String| earlier().any(|event| event.topics.contains(topic));
    let shared: Vec<&str> = topics
        .iter()
        .filter(|topic| !LOOSE.contains(&topic.as_str()) && told(topic))
        .map(String::as_str)
        .collect();
    if !shared.is_empty() {
        let list = shared.join(", ");
        return Some((
            1 + shared.len(),
            format!("same sides, same subject ({list}), {days} days after the last move"),
        ));
    }
    if let Some(measure) = earlier_measure(thread, row) {
        let of = mover(measure).unwrap_or_default();
        let form = measure.event.subtype.replace('_', " ");
        return Some((1, format!("its words are about the {form} of {of} on {}", measure.sort_day)));
    }
    let form = |event: &crate::record::EventRecord| {
        topics.is_empty() && event.subtype == row.event.subtype && event.scope == row.event.scope
    };
    let alike = earlier().any(form);
    alike.then(|| (0, format!("same sides, same form, {days} days after the last move")))
}

/// Above any number of shared subjects.
const SAME_MEASURE: usize = usize::MAX;

/// The other side's measure shortly before that words of condemnation or warning name by its form.
fn earlier_measure<'t>(thread: &'t Thread, row: &StoredEvent) -> Option<&'t StoredEvent> {
    if !is_comment(row) {
        return None;
    }
    let quote = row.event.quote.to_lowercase();
    let named = |measure: &StoredEvent| {
        let words: &[&str] = match Tension::parse(&measure.event.subtype) {
            Some(Tension::ExportControl) => &["control", "curb"],
            Some(Tension::EntityListing) => &["list"],
            Some(Tension::Sanction) => &["sanction"],
            Some(Tension::Investigation) => &["investigation", "probe"],
            Some(Tension::PortFees) => &["fee"],
            _ => &[],
        };
        words.iter().any(|word| quote.contains(word))
    };
    let fits = |measure: &&StoredEvent| {
        let days = measure.sort_day.until(row.sort_day).map_or(i32::MAX, |span| span.get_days());
        (0..=ANSWERED).contains(&days)
            && mover(measure) != mover(row)
            && !is_comment(measure)
            && named(measure)
    };
    thread.moves.iter().rev().map(|link| &link.row).find(fits)
}

/// What is left of a thread, or of one of its measures.
#[derive(Clone)]
struct Left {
    status: Standing,
    until: Option<String>,
    note: Option<String>,
}

/// As the moves have it, unless a curator said otherwise after the last one.
fn state(moves: &[Link], as_of: Date) -> Left {
    let said = |link: &Link| {
        let ruling = origin::ruling(&link.row.event).filter(|ruling| ruling.day <= as_of)?;
        let (status, word) =
            if ruling.open { (Standing::Open, "open again") } else { (Standing::Resolved, "resolved") };
        let note = format!("{word} by a curator's word of {}: {}", ruling.day, ruling.why);
        Some(Left { status, until: None, note: Some(note) })
    };
    let ruled = moves.iter().enumerate().rev().find_map(|(at, link)| Some((at, said(link)?)));
    match ruled {
        Some((at, left)) if at + 1 == moves.len() => left,
        // What was resolved is over; only what came after it counts.
        Some((at, left)) if left.status == Standing::Resolved => {
            by_moves(moves.get(at + 1..).unwrap_or_default(), as_of)
        }
        _ => by_moves(moves, as_of),
    }
}

/// A thread is open while any of its measures is; the latest move on a measure, one side's acts of
/// one form, decides about that measure. A thread of words alone is open as its last word has it.
fn by_moves(moves: &[Link], as_of: Date) -> Left {
    let mut measures: BTreeMap<(&str, &str), Left> = BTreeMap::new();
    for row in moves.iter().map(|link| &link.row).filter(|row| !is_comment(row)) {
        let name = (mover(row).unwrap_or_default(), row.event.subtype.as_str());
        let before = measures.get(&name).cloned();
        measures.insert(name, measure(row, before, as_of));
    }
    if measures.is_empty() {
        let Some(row) = moves.last().map(|link| &link.row) else {
            return Left { status: Standing::Open, until: None, note: None };
        };
        let silent = row.sort_day.until(as_of).is_ok_and(|span| span.get_days() > SILENT);
        let left = measure(row, None, as_of);
        if silent && left.status == Standing::Open {
            let note = Some(format!("words alone, and none stored for more than {SILENT} days"));
            return Left { status: Standing::Lapsed, until: None, note };
        }
        return left;
    }
    let of = |wanted: Standing| measures.values().filter(move |left| left.status == wanted);
    if let Some(open) = of(Standing::Open).max_by_key(|left| left.note.is_some()) {
        return open.clone();
    }
    // The first end is the one to watch.
    let eased = of(Standing::Eased).min_by_key(|left| (left.until.is_none(), left.until.clone()));
    eased.cloned().unwrap_or(Left { status: Standing::Resolved, until: None, note: None })
}

/// What one move leaves of its measure. An easing begins when the text says, and when it has run
/// out the measure is open again.
fn measure(row: &StoredEvent, before: Option<Left>, as_of: Date) -> Left {
    let status = match row.event.status.map(|status| status.0) {
        Some(Status::Eased) => Standing::Eased,
        Some(Status::Resolved) => Standing::Resolved,
        _ => Standing::Open,
    };
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Moment>().ok());
    let first = day(&row.event.effective).and_then(|start| start.days()).map(|(first, _)| first);
    if status != Standing::Open && first.is_some_and(|first| first > as_of) {
        let from = row.event.effective.clone().unwrap_or_default();
        let note = Some(format!("{} from {from} on, as announced", status.as_str()));
        let before = before.unwrap_or(Left { status: Standing::Open, until: None, note: None });
        return Left { note, ..before };
    }
    let until = row.event.expires.clone().filter(|_| status == Standing::Eased);
    let end = day(&until);
    let over = end.and_then(|end| Some((end, end.days()?.1)));
    // An end that gives an hour has come by the end of its day.
    if over.is_some_and(|(end, last)| last < as_of || (last == as_of && end.time.is_some())) {
        let until = until.unwrap_or_default();
        let note =
            Some(format!("its suspension ran until {until}; no stored text says whether it was prolonged"));
        return Left { status: Standing::Open, until: None, note };
    }
    Left { status, until, note: None }
}

fn mover(row: &StoredEvent) -> Option<&str> {
    let acts = |role| role != attache_extract::Role::Recipient;
    row.event.parties.iter().find(|party| acts(party.role.0))?.country.as_deref()
}

/// Words about a measure do not change the measure.
fn is_comment(row: &StoredEvent) -> bool {
    let words = [Tension::Condemnation, Tension::Accusation, Tension::Warning];
    Tension::parse(&row.event.subtype).is_some_and(|subtype| words.contains(&subtype))
}
