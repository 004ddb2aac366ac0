//! What a sentence says of measures told in another one: when they start, when they end, how long
//! they run. "The duty … . It takes effect on March 4."
//!
//! The sentence must be about them and nothing else: its subject is a pronoun or a known noun ("the
//! measures", "these curbs"), its verb one of beginning, ending or lasting, and the time hangs on
//! that verb. A label does the same ("Effective date: March 4").

use std::sync::LazyLock;

use jiff::civil::Date;
use memchr::memmem::Finder;

use crate::document::{BlockKind, Document};
use crate::event::{Act, Kind, TariffAction, Tension};
use crate::grammar::classes::Classes;
use crate::grammar::lower::{Lower, WordList, is};
use crate::grammar::phrases::Set;
use crate::occasion::Told;
use crate::sentence::Sentence;
use crate::span::Span;
use crate::state::StateCode;
use crate::time::Relation;
use crate::timing::Timing;
use crate::token::Token;
use crate::when::{Length, Moment};
use crate::who::{Who, WhoKind};

/// What is said of the measures told around a sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sequel {
    pub(crate) start: Told<Moment>,
    pub(crate) end: Told<Moment>,
    pub(crate) length: Told<Length>,
    /// "Takes effect within 21 days": how long after the act, and whether at the latest then.
    pub(crate) delay: Told<(Length, bool)>,
    /// "Takes effect immediately."
    pub(crate) at_once: bool,
    /// How many sentences away that is said.
    pub(crate) far: usize,
    /// Said before the measures are told one by one.
    leads: bool,
    about: About,
    /// Whose measures, where the subject says so.
    state: Option<StateCode>,
    /// One measure, not several.
    single: bool,
    /// The goods of that measure, where the subject names them: "The sugar duty".
    pub(crate) goods: Option<Span>,
}

/// Which measures a subject can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum About {
    #[default]
    Any,
    Tariff,
    Pause,
    Cut,
    Rise,
    Exemption,
    Curb,
    Fee,
    Sanction,
}

/// The class of nouns for each.
const NOUNS: &[(&str, About)] = &[
    ("sequel_any", About::Any),
    ("sequel_tariff", About::Tariff),
    ("sequel_pause", About::Pause),
    ("sequel_cut", About::Cut),
    ("sequel_rise", About::Rise),
    ("sequel_exemption", About::Exemption),
    ("sequel_curb", About::Curb),
    ("sequel_fee", About::Fee),
    ("sequel_sanction", About::Sanction),
];

/// What a verb says of the time behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Start,
    End,
    /// Start or end, as the preposition of the time tells.
    Runs,
    /// What was paused comes back: the pause ends.
    Returns,
}

/// One of these stands in every such sentence without a day.
static AT_ONCE: WordList =
    WordList::new(&["effect", "effective", "force", "apply", "applies", "applied", "applicable"]);

/// One of these does as well.
const AT_ONCE_MARKS: [&str; 3] = ["mmediate", "date of", "upon"];

/// The same, to be looked for in a whole text.
static AT_ONCE_FINDERS: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| AT_ONCE_MARKS.map(Finder::new));

/// Verbs of beginning, ending or lasting, and words that stand for one, as [`Line::verb`] reads them.
#[rustfmt::skip]
static VERBS: WordList = WordList::new(&[
    "activated", "applicable", "applied", "applies", "apply", "backdated", "began", "begin", "begins",
    "bite", "bites", "cease", "ceases", "charge", "charging", "collect", "collecting", "continue",
    "continues", "die", "dies", "duration", "fall", "falls", "good", "hold", "holds", "levy", "levying",
    "limited", "operative", "pay", "payable", "paying", "reimposed", "reinstated", "remain", "remains",
    "restored", "resume", "resumes", "return", "returns", "reverts", "snap", "snaps", "stand", "stands",
    "scheduled", "set", "slated", "stay", "stays", "term", "terminate", "terminates", "validity",
    "brought", "came", "charged", "collected", "come", "comes", "coming", "commence", "commenced",
    "commences", "date", "effective", "end", "ended", "ends", "enforce", "enforced", "enter", "entered",
    "entering", "enters", "expire", "expired", "expires", "expiry", "go", "goes", "implement",
    "implemented", "implements", "imposed", "in", "introduce", "introduced", "introduces", "kick",
    "kicked", "kicks", "lapse", "lapsed", "lapses", "last", "lasted", "lasts", "levied", "made", "make",
    "makes", "put", "ran", "retroactive", "retroactively", "run", "runs", "start", "started", "starts",
    "sunset", "sunsets", "suspended", "take", "takes", "taking", "took", "valid", "went",
]);

/// How verbs begin that curb trade.
const CURBING: &[&str] = &["restrict", "prohibit", "bann", "blacklist", "forbid", "bar"];

/// How far back such a sentence reaches in a text of an authority, and elsewhere.
const BACK: (usize, usize) = (8, 3);
/// How far on it reaches within its paragraph.
const ON: usize = 3;
/// How many sentences a line that ends in a colon introduces.
const LIST: usize = 12;
/// A label is no longer than this many words.
const LABEL: usize = 12;
/// Words in front of the noun of a measure that name no goods.
const MEASURING: &[&str] = &[
    "additional",
    "anti",
    "baseline",
    "compensatory",
    "countervailing",
    "customs",
    "definitive",
    "dumping",
    "emergency",
    "export",
    "extra",
    "flat",
    "general",
    "higher",
    "import",
    "increased",
    "lower",
    "new",
    "percent",
    "proposed",
    "provisional",
    "punitive",
    "reciprocal",
    "reduced",
    "retaliatory",
    "revised",
    "safeguard",
    "same",
    "special",
    "temporary",
    "trade",
    "universal",
];
/// How many words may stand between a verb and its bare day.
const CLOSE: usize = 5;
/// A subject is no longer than this many words.
const SUBJECT: usize = 9;
/// Most words of an aside that says how a measure was made known.
const ASIDE: usize = 12;

impl Sequel {
    /// Whether this can be said of `act` of `actor`.
    pub(crate) fn concerns(&self, act: &Act, eased: bool, actor: Option<StateCode>) -> bool {
        use TariffAction::{Exclude, ExtendSuspension, Impose, Increase, Reduce, Remove, Suspend, Threaten};
        let pauses = matches!(act, Act::TariffAction(Suspend | ExtendSuspension | Exclude | Remove));
        let tension = act.kind() == Kind::Tension;
        let fits = match self.about {
            About::Any => true,
            About::Tariff => act.kind() == Kind::TariffAction && !(pauses && self.end.is_some()),
            // "The suspension takes effect on May 4" is said of no goods left out.
            About::Pause => {
                pauses && *act != Act::TariffAction(Exclude)
                    || matches!(act, Act::TariffAction(Reduce))
                    || tension && eased
            }
            About::Cut => pauses || matches!(act, Act::TariffAction(Reduce)),
            About::Rise => matches!(act, Act::TariffAction(Increase | Impose | Threaten)),
            About::Exemption => {
                matches!(act, Act::TariffAction(Exclude | Suspend | ExtendSuspension))
            }
            About::Curb => tension && !matches!(act, Act::Tension(Tension::PortFees)),
            About::Fee => matches!(act, Act::Tension(Tension::PortFees)) || act.kind() == Kind::TariffAction,
            About::Sanction => matches!(act, Act::Tension(Tension::Sanction | Tension::EntityListing)),
        };
        fits && (self.state.is_none() || actor.is_none() || self.state == actor)
    }

    fn is_empty(&self) -> bool {
        let dated = self.start.is_some() || self.end.is_some();
        !dated && self.length.is_none() && self.delay.is_none() && !self.at_once
    }

    /// Takes from a sentence further away what the nearer one leaves open.
    fn fill(&mut self, other: &Self) {
        if self.is_empty() {
            *self = *other;
        } else if self.about == other.about || other.about == About::Any {
            self.start = self.start.or(other.start);
            self.end = self.end.or(other.end);
            self.length = self.length.or(other.length);
        }
    }
}

/// A sentence as read here.
struct Line<'l> {
    tokens: &'l [Token],
    lower: &'l [Lower],
    times: &'l [Timing],
    who: &'l [Who],
    nouns: &'l Nouns<'l>,
    published: Date,
}

/// The classes of [`NOUNS`], looked up once for a text.
struct Nouns<'c>(Vec<(&'c Set, About)>);

impl<'c> Nouns<'c> {
    fn of(classes: &'c Classes) -> Self {
        Self(NOUNS.iter().filter_map(|&(class, about)| Some((classes.get(class)?, about))).collect())
    }

    /// Which measures a noun can stand for.
    fn about(&self, noun: &Lower) -> Option<About> {
        self.0.iter().find(|(set, _)| set.has_word(noun)).map(|&(_, about)| about)
    }
}

/// The subject of such a sentence.
#[derive(Debug, Clone, Copy)]
struct Subject {
    about: About,
    state: Option<StateCode>,
    single: bool,
    goods: Option<Span>,
}

/// Per sentence of a document what others say of the measures it tells.
pub(crate) fn sequels(
    doc: &Document<'_>,
    times: &[Vec<Timing>],
    who: &[Vec<Who>],
    classes: &Classes,
    (published, official): (Date, bool),
) -> Vec<Sequel> {
    let mut out = vec![Sequel::default(); doc.sentences.len()];
    let kind = |at: usize| doc.sentences.get(at).and_then(|s| doc.block_of(s)).map(|b| b.kind);
    let mut own = vec![false; doc.sentences.len()];
    let nouns = &Nouns::of(classes);
    let at_once_words = AT_ONCE.table();
    let at_once_somewhere = AT_ONCE_FINDERS.iter().any(|mark| mark.find(doc.text.as_bytes()).is_some());
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let timed = times.get(index).filter(|t| !t.is_empty());
        let at_once = || AT_ONCE_MARKS.iter().any(|mark| doc.slice(sentence.span).contains(mark));
        if timed.is_none()
            && !(at_once_somewhere
                && sentence.lower.iter().any(|word| at_once_words.get(word).is_some())
                && at_once())
        {
            continue;
        }
        let line = Line::read(sentence, times.get(index), who.get(index), (nouns, published));
        let Some(said) = line.sequel() else { continue };
        if let Some(place) = own.get_mut(index) {
            *place = true;
        }
        let tells = |at: usize| doc.sentences.get(at).is_some_and(|s| tells(s, nouns, said.about));
        let reach = if official { BACK.0 } else { BACK.1 };
        let mut before: Vec<usize> = (index.saturating_sub(reach)..index)
            .rev()
            .take_while(|&at| kind(at) != Some(BlockKind::Heading))
            .filter(|&at| !own.get(at).is_some_and(|own| *own))
            .collect();
        if said.leads {
            before.clear();
        } else if !official {
            let first = before.iter().position(|&at| tells(at));
            let last = first.map_or(0, |first| if said.single { first + 1 } else { before.len() });
            before.truncate(last);
            before.drain(..first.unwrap_or(0).min(before.len()));
        }
        // "Both sides will take these actions by …" holds for all that an official text lists.
        let whole = official && said.start.is_some_and(|(moment, _)| moment.by);
        let on = match (whole, said.single && !official) {
            (true, _) => LIST,
            (false, true) => 0,
            (false, false) => ON,
        };
        let listed = official && said.leads;
        let on = if listed { LIST } else { on };
        let behind = (index + 1..=index + on).take_while(|&at| {
            let sentence_at = doc.sentences.get(at);
            sentence_at.is_some_and(|s| whole || listed || s.block == sentence.block)
        });
        for at in before.into_iter().chain(behind) {
            if let Some(place) = out.get_mut(at) {
                place.fill(&Sequel { far: index.abs_diff(at), ..said });
            }
        }
    }
    out
}

/// Whether a sentence may tell a measure: it prints a rate or names such a thing.
fn tells(sentence: &Sentence, nouns: &Nouns<'_>, on: About) -> bool {
    let curbs = |word: &Lower| on == About::Curb && CURBING.iter().any(|stem| word.starts_with(stem));
    sentence.lower.iter().any(|word| {
        is!(word, "%" | "percent" | "cent" | "measure" | "measures")
            || curbs(word)
            || nouns.about(word).is_some_and(|about| about != About::Any)
    })
}

impl<'l> Line<'l> {
    fn read(
        sentence: &'l Sentence,
        times: Option<&'l Vec<Timing>>,
        who: Option<&'l Vec<Who>>,
        (nouns, published): (&'l Nouns<'l>, Date),
    ) -> Self {
        Self {
            tokens: &sentence.tokens,
            lower: &sentence.lower,
            times: times.map_or(&[], Vec::as_slice),
            who: who.map_or(&[], Vec::as_slice),
            nouns,
            published,
        }
    }

    fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", Lower::as_str)
    }

    fn about(&self, at: usize) -> Option<About> {
        self.nouns.about(self.lower.get(at)?)
    }

    fn back(&self, at: usize, by: usize) -> &str {
        at.checked_sub(by).map_or("", |at| self.word(at))
    }

    /// Whether a word stands in an expression of time.
    fn timed(&self, at: usize) -> bool {
        let span = self.tokens.get(at).map(|w| w.span);
        span.is_some_and(|span| self.times.iter().any(|t| t.span.overlaps(span)))
    }

    /// What the sentence says of measures told elsewhere, or `None` where it tells its own.
    fn sequel(&self) -> Option<Sequel> {
        if let Some(said) = self.leads_a_list() {
            return Some(said);
        }
        let table = VERBS.table();
        let may = self.lower.iter().enumerate().filter(|(_, word)| table.get(word).is_some());
        let verbs: Vec<(usize, Says, usize)> =
            may.filter_map(|(at, _)| self.verb(at).map(|(says, next)| (at, says, next))).collect();
        let &(first, ..) = verbs.first()?;
        // "The duties originally set to start on Monday will begin in April": the later verb holds.
        let once = |at: usize| (1..=4).any(|by| matches!(self.back(at, by), "initially" | "originally"));
        let now = verbs.get(1).map(|v| v.0).filter(|&at| once(first) && !once(at) && self.helps(at - 1));
        // A later verb of the same subject; one of another clause speaks of something else.
        let verbs: Vec<(usize, Says, usize)> = verbs
            .iter()
            .copied()
            .filter(|&(at, ..)| now.map_or(at == first || self.goes_on(at), |now| at == now))
            .collect();
        let taken = self.word(first) == "take" && self.word(first + 1) == "these";
        let all = Subject { about: About::Any, state: None, single: false, goods: None };
        let subject = Some(all)
            .filter(|_| taken)
            .or_else(|| self.dated_subject(first))
            .or_else(|| self.paid(first))
            .or_else(|| self.subject(first))
            .or_else(|| self.label(first))?;
        // "The minimum is $7,000, and it takes effect on": what the pronoun opens.
        let opens = (2..first).rev().find(|&at| {
            matches!(self.word(at), "it" | "they") && matches!(self.back(at, 1), "and" | "but" | ";")
        });
        let rate = (opens.unwrap_or(0)..first).any(|at| matches!(self.word(at), "%" | "percent" | "$" | "€"));
        // "If adopted, the duties would run for five years."
        let open = (0..first)
            .any(|at| matches!(self.word(at), "if" | "unless" | "whether" | "could" | "might"))
            || matches!(self.word(0), "should" | "were" | "had");
        // "It was to take effect on May 4 but was put off": what was planned then.
        let planned = self.back(first, 1) == "to"
            && (2..=4).any(|by| matches!(self.back(first, by), "was" | "were" | "had"))
            && now.is_none();
        if rate || open || planned || self.in_brackets(first) {
            return None;
        }
        let mut said = Sequel {
            about: subject.about,
            state: subject.state,
            single: subject.single,
            goods: subject.goods,
            ..Sequel::default()
        };
        // "The duty returns on May 1": the pause of it ends.
        if verbs.iter().any(|(_, says, _)| *says == Says::Returns) {
            said.about = About::Pause;
        }
        for (number, &(at, says, next)) in verbs.iter().enumerate() {
            let end = verbs.get(number + 1).map_or(self.tokens.len(), |v| v.0);
            self.say(&mut said, (at, next, end), says);
        }
        (!said.is_empty()).then_some(said)
    }

    /// Adds what the verb at the first place, its words ending at the second, says of the times up
    /// to the third.
    fn say(&self, said: &mut Sequel, (at, next, end): (usize, usize, usize), says: Says) {
        let place = |at: usize| self.tokens.get(at).map_or(usize::MAX, |w| w.span.start);
        let (from, to) = (place(next), place(end));
        let within = |t: &&Timing| {
            let at = self.tokens.partition_point(|w| w.span.start < t.span.start);
            !self.in_brackets(at)
        };
        let behind = || {
            let told = self.times.iter().filter(move |t| from <= t.span.start && t.span.start < to);
            told.filter(within)
        };
        let ahead = || self.times.iter().filter(move |t| t.span.end <= place(at));
        let negated = (at.saturating_sub(3)..at).any(|i| matches!(self.word(i), "not" | "no"));
        let dated = |t: &&Timing| t.moment.is_some() && t.length.is_none();
        let past = self.past(at);
        let told = |t: &Timing| {
            let moment = if past { t.moment } else { t.upcoming(self.published) };
            Some((moment?, t.span))
        };
        // A day without a preposition that says so stands close to its verb.
        let near = |t: &&Timing| {
            let words =
                self.tokens.iter().filter(|w| from <= w.span.start && w.span.end <= t.span.start).count();
            let at = self.tokens.iter().position(|w| w.span.start >= t.span.start).unwrap_or(0);
            let as_of = self.back(at, 1) == "of" && self.back(at, 2) == "as";
            !matches!(t.relation, Relation::At) || as_of || words <= CLOSE
        };
        for time in behind().filter(dated).filter(near).chain(ahead().filter(dated)) {
            let Some((moment, span)) = told(time) else { continue };
            let opening = time.span.end <= place(at);
            let by = time.relation == Relation::By;
            let ends = match (says, time.relation) {
                (_, Relation::Until) => !negated,
                (Says::Start, _) => false,
                (Says::End | Says::Returns, _) => true,
                // "on or after May 2 and before June 1", but not "goods loaded before May 2"
                (Says::Runs, Relation::Before) => {
                    let at = self.tokens.iter().position(|w| w.span.start >= time.span.start).unwrap_or(0);
                    (2..=3).any(|by| self.back(at, by) == "and")
                }
                (Says::Runs, _) => false,
            };
            if negated && !matches!(time.relation, Relation::Until | Relation::Before) || opening && ends {
                continue;
            }
            let moment = Moment { by: by && !ends, ..moment };
            let field = if ends { &mut said.end } else { &mut said.start };
            *field = field.or(Some((moment, span)));
            // The second of two dates is of something else.
            if !ends && says == Says::Start {
                break;
            }
        }
        let length = behind().find(|t| t.length.is_some() && t.date.is_none());
        match length {
            // "It expires after 90 days."
            Some(time) if time.relation == Relation::After && says == Says::End => {
                said.length = said.length.or(time.length.map(|l| (l, time.span)));
            }
            Some(time) if matches!(time.relation, Relation::Within | Relation::After) => {
                let by = time.relation == Relation::Within;
                said.delay = said.delay.or(time.length.map(|l| ((l, by), time.span)));
            }
            Some(time) if says != Says::Start || time.relation == Relation::For => {
                said.length = said.length.or(time.length.map(|l| (l, time.span)));
            }
            _ => {}
        }
        let now = (next..(next + 2).min(end)).any(|i| matches!(self.word(i), "immediately" | "instantly"))
            || (at.saturating_sub(2)..at).any(|i| matches!(self.word(i), "immediately" | "immediate"));
        let now = now || self.with_its_issue(next, end);
        said.at_once |= now && says != Says::End && !negated && said.start.is_none();
    }

    /// "(the duty ran for 24 hours)": what is told in passing.
    fn in_brackets(&self, at: usize) -> bool {
        let bracket = (0..at).rev().find(|&i| matches!(self.word(i), "(" | ")"));
        let open = bracket.filter(|&i| self.word(i) == "(");
        open.is_some_and(|open| (open..at + 4).filter(|&i| self.verb(i).is_some()).count() > 0 || open == 0)
    }

    /// "As of the date of its issuance", "upon publication": on the day of the act itself.
    fn with_its_issue(&self, from: usize, to: usize) -> bool {
        let issue = |at: usize| {
            matches!(
                self.word(at),
                "issuance" | "promulgation" | "publication" | "release" | "signing" | "signature"
            )
        };
        (from..to).any(|at| {
            self.word(at) == "upon" && (at..at + 3).any(issue)
                || self.word(at) == "date" && self.word(at + 1) == "of" && (at..at + 5).any(issue)
        })
    }

    /// Whether the verb at a word is told as past.
    fn past(&self, at: usize) -> bool {
        let done = matches!(
            self.word(at),
            "took"
                | "went"
                | "came"
                | "entered"
                | "kicked"
                | "began"
                | "started"
                | "commenced"
                | "applied"
                | "lasted"
                | "ran"
                | "ended"
                | "expired"
                | "lapsed"
        );
        let helper = (at.saturating_sub(3)..at)
            .any(|i| matches!(self.word(i), "was" | "were" | "had" | "have" | "has"));
        done || helper
    }

    /// A verb of beginning, ending or lasting at a word, and the word behind it.
    fn verb(&self, at: usize) -> Option<(Says, usize)> {
        if !self.lower.get(at).is_some_and(|word| VERBS.has(word)) {
            return None;
        }
        let next = self.word(at + 1);
        let found = match self.word(at) {
            "take" | "takes" | "took" | "taking" if next == "effect" => (Says::Start, at + 2),
            "make" | "makes" | "made" | "apply" | "applies" | "implement" | "implements" | "implemented"
            | "introduce" | "introduces" | "enforce"
                if matches!(next, "the" | "these" | "this") && self.about(at + 2).is_some() =>
            {
                (Says::Start, at + 3)
            }
            "take" if next == "these" && matches!(self.word(at + 2), "actions" | "steps") => {
                (Says::Start, at + 3)
            }
            "go" | "goes" | "went" | "come" | "comes" | "came" | "put" | "enter" | "enters" | "entered"
            | "brought" | "entering" | "coming"
                if next == "into"
                    && matches!(self.word(at + 2), "effect" | "force" | "operation" | "application") =>
            {
                (Says::Start, at + 3)
            }
            "kick" | "kicks" | "kicked" if next == "in" => (Says::Start, at + 2),
            "fall" | "falls" if next == "due" => (Says::Start, at + 2),
            "fall" | "falls" if next == "away" => (Says::End, at + 2),
            "cease" | "ceases" if next == "to" && matches!(self.word(at + 2), "apply" | "be" | "have") => {
                (Says::End, at + 3)
            }
            "die" | "dies" | "terminate" | "terminates" => (Says::End, at + 1),
            "come" | "comes" | "snap" | "snaps" | "go" | "goes" if next == "back" && self.comes_back(at + 2) => {
                (Says::Returns, at + 2)
            }
            "return" | "returns" | "resume" | "resumes" | "reverts" if self.comes_back(at + 1) => {
                (Says::Returns, at + 1)
            }
            "reinstated" | "reimposed" | "restored" if self.back(at, 1) == "be" => (Says::Returns, at + 1),
            "stay" | "stays" | "remain" | "remains" | "hold" | "holds" | "continue" | "continues" | "good"
            | "stand" | "stands"
                if matches!(next, "until" | "till" | "through" | "for") =>
            {
                (Says::Runs, at + 1)
            }
            "stay" | "stays" | "remain" | "remains" if next == "on" && self.word(at + 3) == "books" => {
                (Says::Runs, at + 4)
            }
            // "stays at that level until", "remains at 20% until"
            "stay" | "stays" | "remain" | "remains" if next == "at" => {
                (Says::Runs, (at + 3..=at + 5).find(|&i| matches!(self.word(i), "until" | "through"))?)
            }
            // "Implementation is set for May 1"
            "set" | "scheduled" | "due" | "slated"
                if next == "for"
                    && matches!(self.word(0), "implementation" | "collection" | "enforcement")
                    && self.timed(at + 2) =>
            {
                (Says::Start, at + 1)
            }
            "limited" if next == "to" && self.timed(at + 2) => (Says::Runs, at + 2),
            "payable" | "operative" => (Says::Runs, at + 1),
            "pay" | "paying" | "collect" | "collecting" | "charge" | "charging" | "levy" | "levying"
                if self.paid(at).is_some() =>
            {
                (Says::Start, at + 1)
            }
            "term" | "duration" | "validity" if matches!(next, "is" | "of" | ":") && self.timed(at + 2) => {
                (Says::Runs, at + 2)
            }
            "bite" | "bites" => (Says::Start, at + 1),
            "go" | "goes" | "went" if next == "live" => (Says::Start, at + 2),
            "run" | "runs" | "ran" if next == "out" => (Says::End, at + 2),
            "come" | "comes" | "came" if next == "to" && self.word(at + 3) == "end" => (Says::End, at + 4),
            "effective" if self.word(at + 1) != "date" => (Says::Start, at + 1),
            "date" if matches!(self.back(at, 1), "effective" | "start" | "starting" | "commencement") => {
                (Says::Start, at + 1)
            }
            "date" if matches!(self.back(at, 1), "expiry" | "expiration" | "end" | "sunset") => {
                (Says::End, at + 1)
            }
            "retroactive" | "retroactively" | "backdated" => (Says::Start, at + 1),
            "begin" | "begins" | "began" | "start" | "starts" | "started" | "commence" | "commences"
            | "commenced" => (Says::Start, at + 1),
            "apply" | "applies" | "applied" | "run" | "runs" | "ran" | "last" | "lasts" | "lasted"
            | "valid" | "applicable" => (Says::Runs, at + 1),
            "in" if matches!(next, "effect" | "force" | "place") => (Says::Runs, at + 2),
            "implemented" | "imposed" | "levied" | "collected" | "charged" | "enforced" | "introduced"
            | "activated" | "suspended"
                // "had been imposed": another measure, or the one that ends now.
                // "ceased to be collected": that it ends is told.
                if !((1..=3).any(|by| self.back(at, by) == "had")
                    || self.back(at, 2) == "to" && self.back(at, 3).starts_with("cease"))
                    && (1..=3).any(|by| matches!(self.back(at, by), "be" | "is" | "are" | "been")) =>
            {
                (Says::Runs, at + 1)
            }
            // "will end its exemption": another thing.
            "end" | "ends" | "ended" if matches!(next, "its" | "their" | "the" | "a" | "an" | "this" | "all") => {
                return None;
            }
            "expire" | "expires" | "expired" | "lapse" | "lapses" | "lapsed" | "end" | "ends" | "ended"
            | "expiry" | "sunset" | "sunsets" => (Says::End, at + 1),
            _ => return None,
        };
        // A verb inside an expression of time is one of a few.
        let begins = || matches!(self.word(at), "effective" | "start" | "begin" | "starts" | "begins");
        (!self.timed(at) || begins()).then_some(found)
    }

    /// "returns on May 1", "reverts to 25% on May 1", not "returns to parliament on May 1".
    fn comes_back(&self, next: usize) -> bool {
        let number = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        self.timed(next)
            || matches!(self.word(next), "on" | "from" | "in" | "at" | "by" | "after") && self.timed(next + 1)
            || self.word(next) == "to" && number(next + 1)
    }

    /// Whether a word only helps the verb behind it.
    fn helps(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "will"
                | "would"
                | "shall"
                | "is"
                | "are"
                | "was"
                | "were"
                | "be"
                | "been"
                | "being"
                | "to"
                | "due"
                | "set"
                | "scheduled"
                | "expected"
                | "slated"
                | "also"
                | "then"
                | "each"
                | "not"
                | "only"
                | "automatically"
                | "formally"
                | "officially"
                | "initially"
                | "originally"
                | "now"
                | "already"
                | "have"
                | "has"
                | "had"
                | "become"
                | "becomes"
                | "became"
                | "remain"
                | "remains"
                | "stay"
                | "stays"
                | "itself"
                | "themselves"
                | "do"
                | "does"
                | "both"
                | "all"
                | "first"
                | "therefore"
                | "must"
                | "thus"
                | "immediately"
                | "with"
        )
    }

    /// Whether the verb at `verb` is joined to one before it: "and will expire on".
    fn goes_on(&self, verb: usize) -> bool {
        let mut end = verb;
        while end > 0 && self.helps(end - 1) {
            end -= 1;
        }
        // "…, and it will lapse on".
        let again = end > 1 && matches!(self.word(end - 1), "it" | "they") && self.word(end - 2) == "and";
        again || end > 0 && matches!(self.word(end - 1), "and" | "or" | "but" | "which" | ",")
    }

    /// "The effective date of the tariffs is March 23."
    fn dated_subject(&self, verb: usize) -> Option<Subject> {
        let label = matches!(self.word(verb), "date" | "term" | "duration" | "validity");
        (label && verb <= 2).then_some(())?;
        let all = Subject { about: About::Any, state: None, single: true, goods: None };
        if !matches!(self.word(verb + 1), "of" | "for") {
            return Some(all);
        }
        let end = (verb + 2..self.tokens.len()).find(|&at| matches!(self.word(at), "is" | "was" | "will"))?;
        self.points(verb + 2, end, false)
    }

    /// "Importers must pay it from May 1", "customs will start collecting them": paying what is told elsewhere.
    fn paid(&self, verb: usize) -> Option<Subject> {
        let pays = matches!(
            self.word(verb),
            "pay" | "paying" | "collect" | "collecting" | "charge" | "charging" | "levy" | "levying"
        );
        let payer = |at: usize| {
            matches!(
                self.word(at),
                "importers" | "shippers" | "traders" | "buyers" | "customs" | "officers" | "authorities"
            )
        };
        let known = (verb.saturating_sub(SUBJECT)..verb).any(payer);
        let next = self.word(verb + 1);
        let object = matches!(next, "it" | "them")
            || matches!(next, "the" | "this" | "these") && self.about(verb + 2) == Some(About::Tariff)
            || matches!(next, "from" | "as") && self.word(verb).starts_with("pay");
        (pays && known && object).then_some(Subject {
            about: About::Tariff,
            state: None,
            single: false,
            goods: None,
        })
    }

    /// The subject of the verb at `verb`, where it points at measures told elsewhere.
    fn subject(&self, verb: usize) -> Option<Subject> {
        let mut end = verb;
        while end > 0 && (self.helps(end - 1) || self.timed(end - 1)) {
            let pronoun = matches!(self.word(end - 1), "both" | "all" | "each");
            let opens = end == 1 || matches!(self.back(end, 2), "," | "that" | "said");
            if pronoun && opens {
                break;
            }
            end -= 1;
        }
        // "The measure has a term of five years", "has a sunset date of May 1"
        let noun = matches!(self.word(verb), "date" | "term" | "duration" | "validity");
        let carries = |at: usize| {
            matches!(
                self.word(at),
                "a" | "an"
                    | "has"
                    | "have"
                    | "sunset"
                    | "expiry"
                    | "expiration"
                    | "end"
                    | "effective"
                    | "start"
            )
        };
        while noun && end > 0 && carries(end - 1) {
            end -= 1;
        }
        // "The levy, which runs for 200 days, …": the noun the clause describes.
        if end > 2 && matches!(self.word(end - 1), "which" | "that") && self.word(end - 2) == "," {
            end -= 2;
        }
        // "The decree, published overnight, takes effect on": past the aside.
        if end > 2 && self.word(end - 1) == "," {
            let open = (end.saturating_sub(ASIDE)..end - 1).rev().find(|&at| self.word(at) == ",");
            let issued = |at: usize| {
                matches!(
                    self.word(at),
                    "published"
                        | "signed"
                        | "issued"
                        | "announced"
                        | "approved"
                        | "adopted"
                        | "gazetted"
                        | "posted"
                        | "released"
                        | "unveiled"
                )
            };
            end = open.filter(|&open| issued(open + 1)).unwrap_or(end);
        }
        let set = matches!(
            self.word(end),
            "effective" | "set" | "due" | "scheduled" | "slated" | "expected" | "initially" | "originally"
        );
        if end > 1 && self.word(end - 1) == "," && set {
            end -= 1;
        }
        // "The order covers 300 lines and takes effect on …".
        let shared = end > 0 && self.word(end - 1) == "and";
        let bounds = |at: usize| {
            matches!(
                self.word(at),
                "," | ";" | ":" | "that" | "said" | "says" | "“" | "\"" | "but" | "—" | "–" | ")" | "added"
            ) || self.timed(at)
        };
        let shared_from =
            |at: usize| (at == 0 || self.word(at - 1) == ",").then(|| self.points(at, end, true)).flatten();
        if shared {
            return (0..end).filter(|&at| !self.leading(at)).find_map(shared_from);
        }
        let start = (0..end).rev().find(|&at| bounds(at)).map_or(0, |at| at + 1);
        let start = (start..end).find(|&at| !self.leading(at))?;
        // "By law the surcharge lapses on": what opens the sentence before its subject.
        let opened = matches!(self.word(start), "by" | "under" | "as" | "in" | "with" | "at");
        let behind = |at: &usize| matches!(self.word(*at), "the" | "these" | "this" | "it" | "they" | "its");
        self.points(start, end, false).or_else(|| {
            let subject = (start + 1..end.min(start + 5)).rev().find(behind).filter(|_| opened)?;
            self.points(subject, end, false)
        })
    }

    /// "And", "However": words that open a sentence before its subject.
    fn leading(&self, at: usize) -> bool {
        matches!(self.word(at), "and" | "but" | "however" | "meanwhile" | "on" | "-" | "•" | "–" | "*")
    }

    /// Whether the words from `start` to `end` stand for measures told elsewhere; only their
    /// beginning must where a predicate is shared.
    fn points(&self, start: usize, end: usize, shared: bool) -> Option<Subject> {
        let first = self.word(start);
        let pronoun = matches!(first, "it" | "they" | "these" | "this" | "those" | "both" | "all" | "each");
        if pronoun && (end == start + 1 || shared && matches!(first, "it" | "they")) {
            let single = matches!(first, "it" | "this");
            return Some(Subject { about: About::Any, state: None, single, goods: None });
        }
        if !shared && end > start + SUBJECT {
            return None;
        }
        let known = matches!(
            first,
            "the"
                | "these"
                | "this"
                | "those"
                | "such"
                | "both"
                | "all"
                | "its"
                | "their"
                | "his"
                | "each"
                | "provisional"
                | "definitive"
        );
        let bare = matches!(first, "collection" | "implementation" | "enforcement");
        let span = |at: usize| self.tokens.get(at).map(|w| w.span);
        let owner = self.who.iter().find(|w| Some(w.span.start) == span(start).map(|s| s.start));
        let owned = owner.filter(|w| matches!(w.kind, WhoKind::State | WhoKind::Adjective));
        if !known && !bare && owned.is_none() {
            return None;
        }
        let reach = end.min(start + SUBJECT);
        let noun = (start..reach).find(|&at| {
            let ends = at + 1 >= end || !self.noun_follows(at);
            ends && self.about(at).is_some()
        })?;
        // "Those tariffs were meant to …" tells of a plan of then.
        let clause = (noun + 1..end.min(reach + 4)).take_while(|_| !shared).any(|at| {
            matches!(
                self.word(at),
                "was" | "were" | "is" | "are" | "has" | "have" | "had" | "would" | "could"
            )
        });
        if clause {
            return None;
        }
        let partial = (start..noun).any(|at| {
            matches!(self.word(at), "first" | "second" | "third" | "other" | "remaining" | "earlier" | "rest")
        });
        // "The tariff on cars takes effect": goods of its own; "its halt on tariffs" has none.
        let pauses = matches!(self.about(noun), Some(About::Pause));
        let goods = (noun + 1..reach)
            .take_while(|_| !shared)
            .any(|at| matches!(self.word(at), "on" | "for" | "against" | "from" | "over"));
        if partial || goods && !pauses {
            return None;
        }
        let word = self.word(noun);
        let state = self.who.iter().find(|w| {
            w.country.is_some()
                && span(start).is_some_and(|s| s.start <= w.span.start)
                && span(noun).is_some_and(|s| w.span.end <= s.start)
        });
        // "the tariff increase measures" are of the increase.
        let kind = match self.about(noun)? {
            About::Any if noun > start => {
                self.about(noun - 1).filter(|_| noun - 1 > start).unwrap_or(About::Any)
            }
            kind => kind,
        };
        // "The sugar duty", not "the import duty".
        let plain = |at: usize| {
            let word = self.tokens.get(at).filter(|_| self.about(at).is_none());
            word.is_some_and(|w| self.who.iter().all(|who| !who.span.overlaps(w.span)))
                && self.word(at).chars().all(char::is_alphabetic)
                && !MEASURING.contains(&self.word(at))
        };
        let goods = noun.checked_sub(1).filter(|&at| at > start && plain(at)).and_then(span);
        Some(Subject {
            about: kind,
            goods,
            state: state.and_then(|w| w.country),
            single: !word.ends_with('s') && !matches!(first, "both" | "all" | "these" | "those"),
        })
    }

    /// Whether the noun at `at` only describes the one behind it: "tariff suspension".
    fn noun_follows(&self, at: usize) -> bool {
        self.about(at + 1).is_some()
    }

    /// "Effective date: March 4": a line of its own that says when.
    fn label(&self, verb: usize) -> Option<Subject> {
        let short = self.tokens.len() <= LABEL;
        let opens = (0..verb).all(|at| {
            self.leading(at) || matches!(self.word(at), "effective" | "entry" | "date" | "of" | "(")
        });
        let dated = (verb..verb + 4).any(|at| self.timed(at))
            || self.word(verb + 1) == ":" && (verb..self.tokens.len()).any(|at| self.timed(at));
        let last = self.times.iter().map(|t| t.span.end).max()?;
        let rest = self.tokens.iter().filter(|w| w.span.start >= last && w.span.len() > 1).count();
        (short && opens && dated && rest <= 2).then_some(Subject {
            about: About::Any,
            state: None,
            goods: None,
            single: true,
        })
    }

    /// "It was decided that duties shall be levied as of …": the rates follow.
    fn leads_a_list(&self) -> Option<Sequel> {
        let levied = (1..self.tokens.len()).find(|&at| {
            let be = self.back(at, 1) == "be" && matches!(self.back(at, 2), "shall" | "will");
            match self.word(at) {
                "levied" | "imposed" | "collected" => be,
                "adjusted" => be || self.back(at, 1) == "are",
                _ => false,
            }
        })?;
        let rate = self.lower.iter().any(|w| matches!(w.as_str(), "%" | "percent" | "$"));
        let subject = self.subject(levied);
        let time = self.times.iter().find(|t| t.moment.is_some() && t.relation != Relation::Until)?;
        (!rate && subject.is_none()).then_some(Sequel {
            start: time.moment.map(|m| (Moment { by: time.relation == Relation::By, ..m }, time.span)),
            leads: true,
            about: About::Tariff,
            ..Sequel::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Extractor};

    /// `effective`, `expires` and `duration` of each event, `-` where there is none.
    fn terms(text: &str) -> Vec<String> {
        let events = Extractor::builtin().extract(&Article::new(text, Date::constant(2026, 2, 20))).events;
        let or = |field: Option<String>| field.unwrap_or_else(|| "-".to_owned());
        events
            .iter()
            .filter(|e| e.act.kind() == Kind::TariffAction)
            .map(|e| {
                let (start, end) = (e.effective.map(|m| m.to_string()), e.expires.map(|m| m.to_string()));
                format!("{} {} {}", or(start), or(end), or(e.duration.map(|l| l.to_string())))
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(terms(text), expected, "{text:?}");
    }

    #[test]
    fn a_later_sentence_says_when_a_measure_starts() {
        let duty = "Canada will charge a 25% tariff on American washing machines.";
        check(&format!("{duty} It takes effect on March 4."), &["2026-03-04 - -"]);
        check(&format!("{duty} The measure will be in place for three years."), &["- - 3 years"]);
        check(&format!("{duty} The effective date of the tariff is March 4."), &["2026-03-04 - -"]);
        check(
            &format!("{duty} The duty applies to goods entered on or after March 4, 2026."),
            &["2026-03-04 - -"],
        );
        check(
            &format!("{duty} Ottawa said the measure will enter into force at 12:01 a.m. EST on March 4."),
            &["2026-03-04T00:01-05:00 - -"],
        );
    }

    #[test]
    fn one_start_holds_for_several_measures() {
        let text = "Japan will impose a 10% tariff on Chinese bearings and an 8% tariff on Chinese pipes.";
        check(
            &format!("{text} Both measures come into force on March 9."),
            &["2026-03-09 - -", "2026-03-09 - -"],
        );
    }

    #[test]
    fn what_is_said_of_another_thing_is_not_said_of_the_measure() {
        let duty = "Canada will charge a 25% tariff on American washing machines.";
        check(&format!("{duty} The pact on copper takes effect on March 4."), &["- - -"]);
        check(&format!("{duty} The suspension runs until March 4."), &["- - -"]);
        check(&format!("{duty} The conference starts on March 4."), &["- - -"]);
        check(&format!("{duty} It does not take effect on March 4."), &["- - -"]);
    }

    #[test]
    fn a_pause_has_the_end_it_is_due_to_have() {
        check(
            "The 90-day pause on American tariffs on Peru is due to end on March 9.",
            &["- 2026-03-09 90 days"],
        );
        check(
            "On Friday Canada extended its exclusion for American pumps from the 10% tariff through January 31.",
            &["- 2027-01-31 -"],
        );
        check(
            "Canada delayed introducing a 50% tariff on American whiskey until mid-April.",
            &["- 2026-04 -"],
        );
        let duty = "Canada will charge a 25% tariff on American washing machines.";
        check(
            &format!("{duty} The duty, originally set to start on March 1, will begin on March 9."),
            &["2026-03-09 - -"],
        );
        check(
            &format!("{duty} The duty takes effect at one minute past midnight on March 9."),
            &["2026-03-09T00:01 - -"],
        );
        check(
            &format!("{duty} The duty takes effect at 12:01 a.m. EST (0501 GMT) on March 9."),
            &["2026-03-09T00:01-05:00 - -"],
        );
    }
}
