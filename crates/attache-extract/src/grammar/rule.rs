//! Rules as data: one file is one rule with its examples.
//!
//! In goes the text of rule files, out comes the [`RuleSet`], or every fault of every file with its
//! line and column. A rule without an example and a counterexample is refused, but for those that stand in for what
//! is learned: `tests/corpus` proves them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use memchr::memmem;
use serde::Deserialize;
use serde::de::value::StrDeserializer;

use crate::event::{Act, Kind, Plover, PloverCategory, Status};
use crate::grammar::classes::Classes;
use crate::grammar::lower::Lower;
use crate::grammar::mood::Mood;
use crate::grammar::openings::{Demands, Gathering, MARKED, Openings};
use crate::grammar::phrases::{Phrases, Set};
use crate::grammar::plain::{self, Line, Value};
use crate::vocabulary::Vocabulary as _;

/// A rule file that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path of the file within the crate.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// Every fault found while loading rules and lexicons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadErrors(pub Vec<Fault>);

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadErrors {}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    name: toml::Spanned<String>,
    source: String,
    added: String,
    when: WhenFile,
    event: EventFile,
}

impl RuleFile {
    /// The rule that stands in some lines, where all keys are known, are what they have to be, and none
    /// is missing.
    fn of(lines: Vec<plain::Line<'_>>) -> Option<Self> {
        let (mut name, mut source, mut added) = (None, None, None);
        let (mut kind, mut subtype, mut trigger, mut plover) = (None, None, None, None);
        let mut when = WhenFile::default();
        let mut event = EventFile::default();
        for Line { section, key, value, place } in lines {
            match (section, key) {
                ("", "name") => name = Some(spanned(place, value)?),
                ("", "source") => source = Some(text(value)?),
                ("", "added") => added = Some(text(value)?),
                ("when", "trigger") => trigger = Some(toml::Spanned::new(place, list(value)?)),
                ("when", "form") => when.form = word(&text(value)?)?,
                ("when", "agent") => when.agent = list(value)?,
                ("when", "object") => when.object = list(value)?,
                ("when", "agent_has") => when.agent_has = list(value)?,
                ("when", "theme") => when.theme = list(value)?,
                ("when", "unlike") => when.unlike = list(value)?,
                ("when", "moved") => when.moved = list(value)?,
                ("when", "clause") => when.clause = list(value)?,
                ("when", "sentence") => when.sentence = list(value)?,
                ("when", "lacks") => when.lacks = list(value)?,
                ("when", "never") => when.never = list(value)?,
                ("when", "governor") => when.governor = list(value)?,
                ("when", "voice") => when.voice = words(value)?,
                ("when", "states") => when.states = number(value)?.into(),
                ("when", "behind") => when.behind = list(value)?,
                ("when", "next") => when.next = list(value)?,
                ("when", "context") => when.context = list(value)?,
                ("when", "weak") => when.weak = truth(value)?,
                ("when", "needs") => when.needs = words(value)?,
                ("when", "mood") => when.mood = words(value)?,
                ("when", "general") => when.general = truth(value)?,
                ("when", "learned") => when.learned = truth(value)?,
                ("event", "kind") => kind = Some(spanned(place, value)?),
                ("event", "subtype") => subtype = Some(spanned(place, value)?),
                ("event", "actor") => event.actor = list(value)?,
                ("event", "recipient") => event.recipient = list(value)?,
                ("event", "participant") => event.participant = list(value)?,
                ("event", "status") => event.status = Some(spanned(place, value)?),
                ("event", "hypothetical") => event.hypothetical = truth(value)?,
                ("event", "same") => event.same = truth(value)?,
                ("event", "residual") => {
                    let Value::List(items) = value else { return None };
                    let spanned =
                        |(place, text): plain::Placed<'_>| toml::Spanned::new(place, text.to_owned());
                    event.residual = items.into_iter().map(spanned).collect();
                }
                ("event", "scope") => event.scope = list(value)?,
                ("event", "plover") => plover = Some(toml::Spanned::new(place, list(value)?)),
                ("event", "confidence") => event.confidence = number(value)?,
                _ => return None,
            }
        }
        let trigger = if when.learned { trigger.unwrap_or_else(nothing) } else { trigger? };
        let when = WhenFile { trigger, ..when };
        let event = EventFile { kind: kind?, subtype: subtype?, plover: plover?, ..event };
        Some(Self { name: name?, source: source?, added: added?, when, event })
    }
}

fn text(value: Value<'_>) -> Option<String> {
    if let Value::Text(text) = value { Some(text.to_owned()) } else { None }
}

fn spanned(place: Range<usize>, value: Value<'_>) -> Option<toml::Spanned<String>> {
    Some(toml::Spanned::new(place, text(value)?))
}

fn list(value: Value<'_>) -> Option<Vec<String>> {
    let Value::List(items) = value else { return None };
    Some(items.into_iter().map(|(_, text)| text.to_owned()).collect())
}

fn number(value: Value<'_>) -> Option<u16> {
    if let Value::Number(number) = value { Some(number) } else { None }
}

fn truth(value: Value<'_>) -> Option<bool> {
    if let Value::Truth(truth) = value { Some(truth) } else { None }
}

/// One of a few words that stand for something.
fn word<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(text)).ok()
}

fn words<T: serde::de::DeserializeOwned>(value: Value<'_>) -> Option<Vec<T>> {
    let Value::List(items) = value else { return None };
    items.iter().map(|(_, text)| word(text)).collect()
}

fn nothing<T: Default>() -> toml::Spanned<T> {
    toml::Spanned::new(0..0, T::default())
}

impl Default for WhenFile {
    fn default() -> Self {
        Self {
            trigger: nothing(),
            form: Form::default(),
            agent: Vec::new(),
            object: Vec::new(),
            agent_has: Vec::new(),
            theme: Vec::new(),
            unlike: Vec::new(),
            moved: Vec::new(),
            clause: Vec::new(),
            sentence: Vec::new(),
            lacks: Vec::new(),
            never: Vec::new(),
            governor: Vec::new(),
            voice: Vec::new(),
            states: 0,
            behind: Vec::new(),
            next: Vec::new(),
            context: Vec::new(),
            weak: false,
            needs: Vec::new(),
            mood: Vec::new(),
            general: false,
            learned: false,
        }
    }
}

impl Default for EventFile {
    fn default() -> Self {
        Self {
            kind: nothing(),
            subtype: nothing(),
            actor: Vec::new(),
            recipient: Vec::new(),
            participant: Vec::new(),
            status: None,
            hypothetical: false,
            same: false,
            residual: Vec::new(),
            scope: Vec::new(),
            plover: nothing(),
            confidence: usual_confidence(),
        }
    }
}

/// The end of a rule file: what proves the rule.
#[cfg(test)]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofFile {
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counterexample: Vec<Counterexample>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenFile {
    #[serde(default = "nothing")]
    trigger: toml::Spanned<Vec<String>>,
    #[serde(default)]
    form: Form,
    #[serde(default)]
    agent: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    agent_has: Vec<String>,
    #[serde(default)]
    theme: Vec<String>,
    #[serde(default)]
    unlike: Vec<String>,
    #[serde(default)]
    moved: Vec<String>,
    #[serde(default)]
    clause: Vec<String>,
    #[serde(default)]
    sentence: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    governor: Vec<String>,
    #[serde(default)]
    voice: Vec<Told>,
    #[serde(default)]
    states: usize,
    #[serde(default)]
    behind: Vec<String>,
    #[serde(default)]
    next: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    needs: Vec<Need>,
    #[serde(default)]
    mood: Vec<Mood>,
    #[serde(default)]
    general: bool,
    #[serde(default)]
    learned: bool,
}

/// What else must hold of the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Need {
    /// The noun is told as known: "the deal", "their accord".
    Definite,
    /// The text says where.
    Placed,
    /// The text says where or on which day.
    Located,
    /// The sentence says more of an act told before: "it was the fifth such …".
    Retold,
    /// All parties are named, none is understood.
    Named,
    /// Somebody will do it, or has agreed, pledged or promised to.
    Promised,
    /// The noun carries a day in its own phrase: "the July 30 accord".
    Dated,
    /// Those who act are of one state.
    Onesided,
    /// Those who act are of two states or more.
    Joint,
    /// The text names a measure of trade policy.
    Policy,
    /// Who acts is not a pronoun for whoever has the word.
    Apart,
    /// Told in the present tense.
    Present,
    /// The clause that hangs on the act has another state for its subject.
    Asked,
    /// An infinitive hangs on the act: "told Washington to lift".
    Infinitive,
    /// No infinitive hangs on the act: "called on the minister".
    Bare,
    /// Somebody denies it: "denied that there was a pact".
    Denied,
    /// A clause with a verb of its own hangs on the act: "said the letter was wrong".
    Clause,
    /// Nothing is said of whoever stands as object: "called Roe a friend" rings nobody up.
    Unqualified,
    /// A bare rate in a text on tariffs, of which the clause says who or what pays it: "Laos is worst
    /// off, with 40%".
    Charged,
    /// An item without a verb, below a line or heading that names a tariff: "Chile: 20%".
    Listed,
    /// Told as a change rather than as how things stand: "makes shoes" is none, "now makes" is.
    Changing,
    /// A place is named behind the act: "in Ohio", "to Penang".
    Elsewhere,
    /// In what an item of a list quotes: "- Minister Roe: “…”".
    Quoted,
}

/// In whose words a rule wants its act told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Told {
    /// The speaker's own turn, post or remarks.
    Own,
    /// Governed by a verb of saying in the sentence.
    Said,
    /// As said, by people who only judge from outside: analysts, brokers, "others".
    Guessed,
    /// Words of somebody quoted right before, which run on.
    Carried,
    /// The narrator's.
    Narrated,
    /// An authority's document speaks.
    Documented,
}

/// Which form of the act a rule reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    #[default]
    Any,
    Verb,
    Noun,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    kind: toml::Spanned<String>,
    subtype: toml::Spanned<String>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
    #[serde(default)]
    participant: Vec<String>,
    #[serde(default)]
    status: Option<toml::Spanned<String>>,
    #[serde(default)]
    hypothetical: bool,
    #[serde(default)]
    same: bool,
    #[serde(default)]
    residual: Vec<toml::Spanned<String>>,
    #[serde(default)]
    scope: Vec<String>,
    plover: toml::Spanned<Vec<String>>,
    #[serde(default = "usual_confidence")]
    confidence: u16,
}

const fn usual_confidence() -> u16 {
    800
}

/// A text on which the rule must fire, and what it must say.
#[cfg(test)]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    pub(crate) text: String,
    /// `US>CN` (actor, recipient) or `CN,US` (participants).
    #[serde(default)]
    pub(crate) parties: Option<String>,
    #[serde(default)]
    pub(crate) factuality: Option<String>,
    #[serde(default)]
    pub(crate) status: Option<String>,
    #[serde(default)]
    pub(crate) date: Option<String>,
    #[serde(default)]
    pub(crate) rate: Option<String>,
}

/// A text on which the rule must not fire.
#[cfg(test)]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counterexample {
    pub(crate) text: String,
}

/// A checked rule.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "named by the tests of the rules"))]
    pub(crate) file: String,
    pub(crate) form: Form,
    pub(crate) agent: Vec<String>,
    /// What the theme must be, in the words of `agent`.
    pub(crate) object: Vec<String>,
    /// What the agent must name.
    pub(crate) agent_has: Set,
    pub(crate) theme: Set,
    /// What the theme must not name.
    pub(crate) unlike: Set,
    /// What must stand in the object where the theme stands behind a preposition.
    pub(crate) moved: Set,
    pub(crate) clause: Set,
    pub(crate) sentence: Set,
    pub(crate) lacks: Set,
    pub(crate) never: Set,
    pub(crate) governor: Set,
    pub(crate) voice: Vec<Told>,
    pub(crate) states: usize,
    /// Prepositions behind which the theme stands.
    pub(crate) behind: Vec<String>,
    /// What must stand right behind the trigger.
    pub(crate) next: Set,
    /// What this sentence or one of the four before it must name.
    pub(crate) context: Set,
    /// Speaks only of what no other rule of its kind has read.
    pub(crate) weak: bool,
    pub(crate) needs: Vec<Need>,
    /// How the verb may be put; empty for any, as the factuality tells.
    pub(crate) mood: Vec<Mood>,
    /// Reads diplomacy of any subject: silent in a text about trade, and one act a sentence.
    pub(crate) general: bool,
    /// Stands in where the learned reader finds its act likely and no rule reads any.
    pub(crate) learned: bool,
    pub(crate) act: Act,
    pub(crate) actor: Vec<String>,
    pub(crate) recipient: Vec<String>,
    pub(crate) participant: Vec<String>,
    pub(crate) status: Option<Status>,
    pub(crate) hypothetical: bool,
    /// The act is that of the tariff told right before: "Beijing did the same".
    pub(crate) same: bool,
    pub(crate) residual: Vec<Kind>,
    pub(crate) scope: Vec<String>,
    pub(crate) plover: Plover,
    pub(crate) confidence: u16,
    #[cfg(test)]
    pub(crate) examples: Vec<Example>,
    #[cfg(test)]
    pub(crate) counterexamples: Vec<Counterexample>,
}

impl Rule {
    /// What its sentence has to name, wherever it stands there.
    fn demands(&self) -> Demands {
        // "… a duty, and suspended it": the theme may have been named before.
        let looks_back = matches!(self.act, Act::TariffAction(_));
        let sets = [&self.clause, &self.sentence, &self.next, &self.agent_has, &self.governor];
        Demands::new(&self.theme, looks_back, sets)
    }
}

/// All rules.
#[derive(Debug, Default)]
pub(crate) struct RuleSet {
    pub(crate) rules: Vec<Rule>,
    /// Those of the learned reader, by their places among all.
    stand_ins: Vec<usize>,
    /// What words may open of rules and classes.
    pub(crate) openings: Openings,
}

impl RuleSet {
    /// The rule that stands in for an act which the learned reader finds.
    pub(crate) fn stand_in(&self, act: &Act) -> Option<&Rule> {
        // What firms do and what is foreseen have subtypes of any wording.
        let free = matches!(act, Act::BusinessShift(_) | Act::Forecast(_));
        let same = |rule: &&Rule| rule.act == *act || free && rule.act.kind() == act.kind();
        self.stand_ins.iter().filter_map(|at| self.rules.get(*at)).find(same)
    }

    /// Loads rule files.
    ///
    /// # Errors
    /// When a file is no rule, names an unknown class, kind, subtype or status, repeats a name, or
    /// has no example or no counterexample. All faults of all files are reported.
    pub(crate) fn load(files: &[(&str, &str)], classes: &Classes) -> Result<Self, LoadErrors> {
        let mut faults = Vec::new();
        let mut set = Self::default();
        let mut names = BTreeSet::new();
        let mut sets = BTreeMap::new();
        let mut gathering = Gathering::default();
        for (file, text) in files {
            let mut loader = Loader { file, text, classes, faults: &mut faults, sets: &mut sets };
            if let Some((rule, triggers)) = loader.rule() {
                if !names.insert(rule.name.clone()) {
                    loader.fault(0, format!("a second rule is called {:?}", rule.name));
                }
                let at = set.rules.len();
                gathering.rule(at, &rule, &triggers, rule.demands());
                set.stand_ins.extend(rule.learned.then_some(at));
                set.rules.push(rule);
            }
        }
        set.openings = gathering.with(classes.all().iter().chain(sets.values()));
        let count = classes.all().len() + sets.len();
        if count > MARKED {
            let message = format!("{count} sets of phrases; there may be {MARKED}");
            faults.push(Fault { file: "lexicon/acts.csv".to_owned(), line: 1, column: 1, message });
        }
        if faults.is_empty() { Ok(set) } else { Err(LoadErrors(faults)) }
    }
}

/// What opens an example and a counterexample.
const PROOFS: [&str; 2] = ["\n[[example]]", "\n[[counterexample]]"];

struct Loader<'a> {
    file: &'a str,
    text: &'a str,
    classes: &'a Classes,
    faults: &'a mut Vec<Fault>,
    /// The sets of phrases so far, by their lines in a rule.
    sets: &'a mut BTreeMap<Vec<String>, Set>,
}

impl Loader<'_> {
    fn fault(&mut self, offset: usize, message: String) {
        let before = self.text.get(..offset).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        self.faults.push(Fault { file: self.file.to_owned(), line, column, message });
    }

    /// A part of the file that starts at `from`.
    fn parsed<T: serde::de::DeserializeOwned>(&mut self, part: &str, from: usize) -> Option<T> {
        match toml::from_str(part) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                let offset = error.span().map_or(0, |s| s.start);
                self.fault(from + offset, error.message().to_owned());
                None
            }
        }
    }

    /// The rule of the file and its triggers.
    fn rule(&mut self) -> Option<(Rule, Phrases)> {
        // The examples stand at the end and are a third of all files; the tests alone read them.
        let found = |head: &&str| memmem::find(self.text.as_bytes(), head.as_bytes());
        let end = PROOFS.iter().filter_map(found).min().unwrap_or(self.text.len());
        let (rule, proof) = self.text.split_at(end);
        let file = match plain::lines(rule).and_then(RuleFile::of) {
            Some(file) => file,
            None => self.parsed(rule, 0)?,
        };
        #[cfg(test)]
        let proofs: ProofFile = self.parsed(proof, end)?;
        let known = self.faults.len();
        let at = file.name.span().start;
        for head in PROOFS {
            // What is learned is proved by the corpus as a whole.
            if !file.when.learned && memmem::find(proof.as_bytes(), head.as_bytes()).is_none() {
                self.fault(at, format!("a rule needs at least one {}", head.trim_start()));
            }
        }
        if file.source.trim().is_empty() || file.added.parse::<jiff::civil::Date>().is_err() {
            self.fault(
                at,
                "a rule needs a source and a day like 2026-01-31 on which it was added".to_owned(),
            );
        }
        let when = file.when;
        let trigger_at = when.trigger.span().start;
        let triggers = self.phrases(trigger_at, &when.trigger.into_inner());
        if triggers.is_empty() != when.learned {
            let asked = if when.learned { "a learned rule has no trigger" } else { "a rule needs a trigger" };
            self.fault(trigger_at, asked.to_owned());
        }
        let kind_at = file.event.kind.span().start;
        let subtype_at = file.event.subtype.span().start;
        let kind = Kind::parse(file.event.kind.get_ref());
        if kind.is_none() {
            self.fault(kind_at, format!("no such kind; the kinds are: {}", Kind::words()));
        }
        let act = kind.and_then(|kind| match Act::new(kind, file.event.subtype.get_ref()) {
            Ok(act) => Some(act),
            Err(error) => {
                self.fault(subtype_at, error.to_string());
                None
            }
        });
        let status = file.event.status.and_then(|word| {
            let status = Status::parse(word.get_ref());
            if status.is_none() {
                self.fault(word.span().start, format!("no such status; there are: {}", Status::words()));
            }
            status
        });
        let mut residual = Vec::new();
        for word in &file.event.residual {
            match Kind::parse(word.get_ref()) {
                Some(kind) => residual.push(kind),
                None => {
                    self.fault(word.span().start, format!("no such kind; the kinds are: {}", Kind::words()));
                }
            }
        }
        let plover_at = file.event.plover.span().start;
        let category = file.event.plover.get_ref().first().and_then(|word| PloverCategory::parse(word));
        if category.is_none() {
            self.fault(plover_at, format!("no such PLOVER category; there are: {}", PloverCategory::words()));
        }
        let mode = file.event.plover.get_ref().get(1);
        if let (Some(category), Some(mode)) = (category, mode)
            && !category.modes().contains(&mode.as_str())
        {
            let modes = category.modes().join(", ");
            self.fault(plover_at, format!("{category} has no mode {mode:?}; it has: {modes}"));
        }
        let plover =
            category.map(|category| Plover { category, mode: file.event.plover.get_ref().get(1).cloned() });
        let rule = Rule {
            name: file.name.into_inner(),
            file: self.file.to_owned(),
            form: when.form,
            agent: when.agent,
            object: when.object,
            agent_has: self.set(trigger_at, &when.agent_has),
            theme: self.set(trigger_at, &when.theme),
            unlike: self.set(trigger_at, &when.unlike),
            moved: self.set(trigger_at, &when.moved),
            clause: self.set(trigger_at, &when.clause),
            sentence: self.set(trigger_at, &when.sentence),
            lacks: self.set(trigger_at, &when.lacks),
            never: self.set(trigger_at, &when.never),
            governor: self.set(trigger_at, &when.governor),
            voice: when.voice,
            states: when.states,
            behind: when.behind,
            next: self.set(trigger_at, &when.next),
            context: self.set(trigger_at, &when.context),
            weak: when.weak,
            needs: when.needs,
            mood: when.mood,
            general: when.general,
            learned: when.learned,
            act: act?,
            actor: file.event.actor,
            recipient: file.event.recipient,
            participant: file.event.participant,
            status,
            hypothetical: file.event.hypothetical,
            same: file.event.same,
            residual,
            scope: file.event.scope,
            plover: plover?,
            confidence: file.event.confidence,
            #[cfg(test)]
            examples: proofs.example,
            #[cfg(test)]
            counterexamples: proofs.counterexample,
        };
        (self.faults.len() == known).then_some((rule, triggers))
    }

    /// The set of the phrases of a list; that of a class where the list is just its name.
    fn set(&mut self, offset: usize, list: &[String]) -> Set {
        if list.is_empty() {
            return Set::nothing();
        }
        if let [one] = list
            && let Some(members) = one.strip_prefix('@').and_then(|class| self.classes.get(class))
        {
            return members.clone();
        }
        if let Some(known) = self.sets.get(list) {
            return known.clone();
        }
        let known = self.faults.len();
        let number = self.classes.all().len() + self.sets.len();
        let out = Set::new(self.phrases(offset, list), u16::try_from(number).unwrap_or(u16::MAX));
        // A class that does not exist is a fault of each rule that names it.
        if self.faults.len() == known {
            self.sets.insert(list.to_vec(), out.clone());
        }
        out
    }

    /// Lemma phrases, with `@class` replaced by its members.
    fn phrases(&mut self, offset: usize, list: &[String]) -> Phrases {
        let mut out = Phrases::default();
        for entry in list {
            match entry.strip_prefix('@') {
                Some(class) => match self.classes.get(class) {
                    Some(members) => out.add_all(members),
                    None => self.fault(offset, format!("lexicon/acts.csv has no class {class:?}")),
                },
                None => out.add(entry.split_whitespace().map(Lower::new)),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
name = "<state> imposes tariff"
source = "test"
added = "2026-01-01"
[when]
trigger = ["impose"]
[event]
kind = "tariff_action"
subtype = "impose"
plover = ["SANCTION"]
[[example]]
text = "A."
[[counterexample]]
text = "B."
"#;

    #[track_caller]
    fn check(text: &str, line: usize, message: &str) {
        let errors = RuleSet::load(&[("rules/x.toml", text)], &Classes::default()).unwrap_err();
        assert!(
            errors.0.iter().any(|f| f.line == line && f.message.contains(message)),
            "expected {message:?} on line {line}, found: {errors}"
        );
    }

    #[test]
    fn a_whole_rule_loads() {
        assert_eq!(RuleSet::load(&[("rules/x.toml", GOOD)], &Classes::default()).unwrap().rules.len(), 1);
    }

    #[test]
    fn both_ways_of_reading_a_file_agree() {
        for (file, text) in crate::embedded::RULES.iter().chain([&("rules/x.toml", GOOD)]) {
            let end = PROOFS.iter().filter_map(|head| text.find(head)).min().unwrap_or(text.len());
            let rule = text.get(..end).unwrap();
            let plain = plain::lines(rule).and_then(RuleFile::of);
            // A quotation mark among quotation marks is for the parser.
            let read = (!rule.contains('\\')).then(|| toml::from_str(rule).unwrap());
            assert_eq!(plain, read, "{file}");
        }
    }

    #[test]
    fn an_untested_rule_is_refused() {
        check(&GOOD.replace("[[example]]\ntext = \"A.\"\n", ""), 2, "[[example]]");
        check(&GOOD.replace("[[counterexample]]\ntext = \"B.\"\n", ""), 2, "[[counterexample]]");
    }

    #[test]
    fn unknown_words_are_refused() {
        check(&GOOD.replace("\"impose\"\nplover", "\"raise\"\nplover"), 9, "no subtype");
        check(&GOOD.replace("[\"impose\"]", "[\"@levies\"]"), 6, "no class");
        check(&GOOD.replace("[\"SANCTION\"]", "[\"SANCTION\", \"phone\"]"), 10, "no mode");
        check(&GOOD.replace("source", "sauce"), 3, "unknown field");
    }
}
