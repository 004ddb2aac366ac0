//! The reader: lexicons and rules loaded once, then any number of texts.

use std::cell::Cell;
use std::sync::OnceLock;

use jiff::civil::Date;
use memchr::memchr;
use memchr::memmem::Finder;
use smallvec::SmallVec;

use crate::article::Article;
use crate::as_printed::name_states;
use crate::author::Author;
use crate::build_event::{Context, Draft, Refused, Scene, build, frame_span, main_act};
use crate::carried_out::carried_out;
use crate::cited::{self, Cited};
use crate::company::{company, may_have_company};
use crate::confidence;
use crate::discourse::Discourse;
use crate::document::{BlockKind, Document};
use crate::embedded::{LEXICONS, RULES, WEIGHTS};
use crate::event::{Act, Agreement, Event, Extraction, Factuality, Kind, OWN_ORDER, OWN_TEXT, Role};
use crate::explain::{Explanation, SentenceExplanation};
use crate::factuality::{Stances, look_around};
use crate::frame_match::{Chance, Hit, Past, Tried, View, chances, hits};
use crate::gainsaid::{self, Gainsaid};
use crate::genre::{Genre, long_ago};
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Clauses, Group, Tense};
use crate::grammar::lemma::{Verbs, singular};
use crate::grammar::lower::{Lower, few, is};
use crate::grammar::openings::Search;
use crate::grammar::phrases::Set;
use crate::grammar::rule::{Fault, LoadErrors, Need, RuleSet};
use crate::grammar::tag::{Marked, Tag, Word, tag};
use crate::headline::{Carriers, names_joint_statement, names_readout};
use crate::learned::{self, Heard, Odds, Weights};
use crate::memory::Memory;
use crate::merge::merge;
use crate::named::{
    bilateral, governed, named_as_such, only_in_passing, passing, powers, several, sides, sole,
};
use crate::occasion::Occasions;
use crate::reading::Reading;
use crate::retained::{charge_instead, keep_what_stays};
use crate::sentence::Sentence;
use crate::shares::{nested, says_the_same, shares};
use crate::slots::{may_name_rates, percentages};
use crate::span::Span;
use crate::speech::{Speech, Voice, hear_ahead};
use crate::state::StateCode;
use crate::subject_words::{SubjectWords, Tally};
use crate::surplus::{
    drop_attributions, drop_carried_views, drop_formulas, drop_repeated_blame, drop_repeated_views,
    drop_residual,
};
use crate::surroundings::{self, Seen};
use crate::time::Relation;
use crate::timing::Timing;
use crate::unfold::{ReadAhead, Unfolded, unfold};
use crate::who::{Who, WhoKind};

/// Sentences longer than this many tokens are read in their first part only: no grammar holds there.
const LONGEST: usize = 400;

/// How far behind "an order" its subject is looked for, in words.
const ORDER_REACH: usize = 6;

/// How many sentences before one a rule may look at.
const CONTEXT: usize = 4;

/// So many sentences go through each stage together, which keeps its code at hand.
const BATCH: usize = 32;

/// A text that has named sports, art or travel this often is no longer read for diplomacy.
const LEISURE: usize = 3;

/// A text longer than this names both sides of what it tells of general diplomacy.
pub(crate) const PASSAGE: usize = 3;

/// A text of more sentences tells of something that was done, if it tells anything.
const LONG: usize = 5;

/// A text that names trade this often is about it.
const TRADE_SUBJECTS: usize = 2;

/// Of so many kinds of act that no rule reads in a sentence one is looked for.
const KINDS_PROPOSED: usize = 3;

thread_local! {
    /// Lists of words that texts read before have left; never more than two batches need.
    static SPARE_WORDS: Cell<Vec<Vec<Word>>> = const { Cell::new(Vec::new()) };
}

/// Reads articles and questions. Holds the rules and lexicons; sharing it between threads is free.
#[derive(Debug)]
pub struct Extractor {
    verbs: Verbs,
    pub(crate) classes: Classes,
    pub(crate) rules: RuleSet,
    subjects: SubjectWords,
    /// None where rules alone are to read.
    learned: Option<Weights>,
}

/// How much of a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// What events need.
    Events,
    /// Also the sentences no rule speaks of, and why rules said nothing.
    Everything,
}

/// Whose text it is, and which two states it is about.
struct Told {
    official: bool,
    /// It tells of times long past.
    history: bool,
    /// More than a passage.
    long: bool,
    order: bool,
    state: Option<StateCode>,
    sides: Vec<StateCode>,
    /// The day of the text: the one it was signed on, or that of publication.
    day: jiff::civil::Date,
}

/// Whether the act is of the state that tells it.
fn acts_for(event: &Event, state: Option<StateCode>) -> bool {
    let actor = event.parties.iter().find(|party| party.role != Role::Recipient);
    state.is_some() && actor.and_then(|actor| actor.country) == state
}

/// A text, cut up, and who is named where.
struct Seeing<'a> {
    article: &'a Article<'a>,
    doc: Document<'a>,
    seen: Seen,
    /// The sentences that were read for what they leave out.
    ahead: ReadAhead,
}

impl<'a> Seeing<'a> {
    fn of(article: &'a Article<'a>) -> Self {
        let doc = Document::read(article.text);
        let seen = surroundings::read(&doc, article);
        Self { article, doc, seen, ahead: ReadAhead::default() }
    }
}

/// One sentence as read.
#[derive(Default)]
struct Read {
    heading: bool,
    clauses: Clauses,
    who: Vec<Who>,
    times: Vec<Timing>,
    /// The titles of papers it cites, and who is named in each.
    titled: Vec<(Span, Vec<Who>)>,
    voice: Voice,
    stances: Stances,
}

impl Extractor {
    /// The extractor with the rules and lexicons shipped in this crate.
    ///
    /// # Panics
    /// Never in a released build: the tests load the same files.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Extractor> = OnceLock::new();
        BUILTIN.get_or_init(|| match Self::new() {
            Ok(extractor) => extractor,
            #[expect(clippy::panic, reason = "the embedded files are checked by the tests of this crate")]
            Err(errors) => panic!("{errors}"),
        })
    }

    /// Loads the rules and lexicons shipped in this crate.
    ///
    /// # Errors
    /// When a rule or lexicon file is faulty; every fault is listed with file, line and column.
    pub fn new() -> Result<Self, LoadErrors> {
        let reader = Self::by_rules()?;
        let learned = weights(&reader.classes).map_err(|fault| LoadErrors(vec![fault]))?;
        Ok(Self { learned: Some(learned), ..reader })
    }

    /// The same extractor without what was learned from the corpus: to train it, and to compare.
    ///
    /// # Errors
    /// As [`new`](Self::new), for the rules and lexicons.
    pub fn by_rules() -> Result<Self, LoadErrors> {
        let mut verbs = Verbs::default();
        let mut classes = Classes::default();
        let mut faults = Vec::new();
        rows("lexicon/verbs.csv", &mut faults, |row| {
            if let (Some(lemma), Some(past), Some(participle)) = (row.get(0), row.get(1), row.get(2)) {
                verbs.add(lemma, past, participle);
            }
        });
        for file in ["lexicon/acts.csv", "lexicon/diplomacy.csv", "lexicon/questions.csv"] {
            rows(file, &mut faults, |row| {
                if let (Some(class), Some(phrase)) = (row.get(0), row.get(1)) {
                    classes.add(class, phrase);
                }
            });
        }
        let rules = match RuleSet::load(RULES, &classes) {
            Ok(rules) => rules,
            Err(mut errors) => {
                errors.0.extend(faults);
                return Err(errors);
            }
        };
        let subjects = SubjectWords::new(&classes);
        if faults.is_empty() {
            Ok(Self { verbs, classes, rules, subjects, learned: None })
        } else {
            Err(LoadErrors(faults))
        }
    }

    /// What the learned reader goes by in each sentence of an article that is no heading: its clues, as they
    /// stand in `weights/kinds.csv`.
    #[must_use]
    pub fn clues(&self, article: &Article<'_>) -> Vec<(Span, Vec<String>)> {
        let doc = Document::read(article.text);
        let mut out = Vec::new();
        self.read(Seeing::of(article), Depth::Events, |sentence, view, read, _, _| {
            if !read.heading {
                out.push((sentence.span, learned::spelled(view, &self.classes, kind_of(&doc, sentence))));
            }
        });
        out
    }

    /// The events of an article, in text order. Any text is fine; one without events gives none.
    #[must_use]
    pub fn extract(&self, article: &Article<'_>) -> Extraction {
        let mut seeing = Seeing::of(article);
        let Some(unfolded) = self.unfold(&mut seeing) else { return self.events(article, seeing) };
        let told = Article { text: &unfolded.text, ..*article };
        let mut out = self.events(&told, Seeing::of(&told));
        out.events.iter_mut().for_each(|event| unfolded.restore(event, article.text));
        out
    }

    /// The text with what clauses leave out, where they do.
    fn unfold(&self, seeing: &mut Seeing<'_>) -> Option<Unfolded> {
        let Seeing { doc, seen, ahead, .. } = seeing;
        ahead.spare = SPARE_WORDS.take();
        let tag = |sentence: &Sentence, who: &[Who], times: &[Timing], words: &mut Vec<Word>| {
            self.words(doc, sentence, who, times, words);
        };
        let out = unfold(doc, seen, ahead, tag);
        if out.is_some() {
            ahead.forget();
        }
        SPARE_WORDS.set(std::mem::take(&mut ahead.spare));
        out
    }

    /// The events of a text that leaves nothing out.
    fn events(&self, article: &Article<'_>, seeing: Seeing<'_>) -> Extraction {
        let mut drafts = Vec::new();
        let mut carriers = Carriers::default();
        let mut gainsaid = Vec::new();
        let mut index = 0;
        let told = self.read(seeing, Depth::Events, |sentence, _, read, found, _| {
            let words = sentence.span.of(article.text).unwrap_or("");
            gainsaid.extend(Gainsaid::read(index, sentence, words));
            carriers.see(index, sentence.span, words, &read.who);
            index += 1;
            append(&mut drafts, found);
        });
        let title = article.title.unwrap_or("");
        if told.official {
            drafts.extend(self.headline(article, title, &told, &carriers, &drafts));
        }
        gainsaid::deny(&mut drafts, &gainsaid);
        drop_carried_views(&mut drafts);
        drop_repeated_blame(&mut drafts, article.text);
        drop_repeated_views(&mut drafts);
        drop_formulas(&mut drafts);
        let mut events = merge(drafts, article.published);
        if told.history {
            let recent = |e: &Event| e.date.start().is_some_and(|day| !long_ago(day, article.published));
            events.retain(recent);
        }
        // A text that tells nothing but what may happen is about no act at all.
        if told.long && events.iter().all(|e| e.act.kind() == Kind::Forecast) {
            events.clear();
        }
        name_states(&mut events, article.text);
        for event in &mut events {
            event.confidence = confidence::of(event);
            if told.official && acts_for(event, told.state) {
                let own = if told.order { OWN_ORDER } else { OWN_TEXT };
                event.evidence.rules.push(own.to_owned());
            }
        }
        Extraction { events }
    }

    /// The events of an official text that only its headline tells.
    fn headline(
        &self,
        article: &Article<'_>,
        title: &str,
        told: &Told,
        carriers: &Carriers,
        drafts: &[Draft],
    ) -> Option<Draft> {
        let mut found = if names_joint_statement(title) {
            let known = |d: &&Draft| d.event.act == Act::Agreement(Agreement::JointStatement);
            if drafts.iter().any(|d| known(&d)) {
                return None;
            }
            carriers.joint_statement(&told.sides, surroundings::state_name, told.day)?
        } else if names_readout(title) {
            let mut heads = Vec::new();
            // A line without a full stop would be taken for a heading of the text.
            let line = format!("{}.", title.trim_end_matches('.'));
            let line = Article::new(&line, article.published);
            self.read(Seeing::of(&line), Depth::Events, |_, _, _, found, _| heads.extend(found));
            heads.iter().find_map(|head| carriers.contact(head, drafts, article.published))?
        } else {
            return None;
        };
        found.event.quote = found.event.evidence.quote.of(article.text).unwrap_or("").to_owned();
        Some(found)
    }

    /// How an article was read: what was seen, which rules fired, what was dropped and why.
    #[must_use]
    pub fn explain(&self, article: &Article<'_>) -> Explanation {
        let mut seeing = Seeing::of(article);
        let Some(unfolded) = self.unfold(&mut seeing) else { return self.explained(article, seeing) };
        let told = Article { text: &unfolded.text, ..*article };
        let mut out = self.explained(&told, Seeing::of(&told));
        unfolded.restore_explanation(&mut out, article.text);
        out
    }

    fn explained(&self, article: &Article<'_>, seeing: Seeing<'_>) -> Explanation {
        let mut sentences = Vec::new();
        self.read(seeing, Depth::Everything, |sentence, view, read, found, notes| {
            let words = view.words;
            let mut seen: Vec<(String, Span)> = Vec::new();
            for who in &read.who {
                let country = who.country.map(|c| c.to_string()).unwrap_or_default();
                let name = who.name.as_deref().unwrap_or("");
                let office = who.office.as_deref().unwrap_or("");
                seen.push((format!("{:?} {country} {name} ({office})", who.kind), who.span));
            }
            for time in &read.times {
                let start = time.date.and_then(|d| d.start()).map(|d| d.to_string()).unwrap_or_default();
                seen.push((format!("time {start}"), time.span));
            }
            for group in &read.clauses.groups {
                let span = |r: Option<(usize, usize)>| {
                    let text = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
                    r.map(|(a, b)| (a..b).map(text).collect::<Vec<_>>().join(" ")).unwrap_or_default()
                };
                let label = format!(
                    "verb {} {:?}{}{} [{}] → [{}]",
                    group.lemma,
                    group.tense,
                    if group.passive { " passive" } else { "" },
                    if group.negated { " not" } else { "" },
                    span(group.subject),
                    span(group.theme)
                );
                if let (Some(a), Some(b)) = (words.get(group.start), words.get(group.head)) {
                    seen.push((label, Span::new(a.span.start, b.span.end)));
                }
            }
            let fired = found
                .iter()
                .flat_map(|d| {
                    d.event.evidence.rules.iter().map(|r| (r.clone(), Span::new(d.start, d.start + 1)))
                })
                .collect();
            let text = sentence.span.of(article.text).unwrap_or("").to_owned();
            sentences.push(SentenceExplanation { span: sentence.span, text, seen, fired, dropped: notes });
        });
        Explanation { sentences }
    }

    /// Reads a question; `today` (a local day) anchors "last month" and the like.
    #[must_use]
    pub fn read_question(&self, text: &str, today: Date) -> Reading {
        crate::question::read(self, text, today)
    }

    /// Every name of a ministry, court or organisation that goes by `name`: "CIT" is the Court of
    /// International Trade.
    #[must_use]
    pub fn body_names(&self, name: &str) -> Vec<String> {
        crate::question::body_names(name)
    }

    /// Whether a word in small letters is one of the lexicons' own.
    pub(crate) fn knows(&self, lower: &str) -> bool {
        let forms = [Lower::printed(lower), Lower::printed(&singular(lower))];
        forms.iter().any(|form| {
            let held = |set: &Set| set.iter().flatten().any(|word| word.as_str() == form.as_str());
            self.verbs.get(form).is_some() || self.classes.all().iter().any(held)
        })
    }

    /// The words that questions are asked in.
    pub(crate) fn question_words(&self) -> impl Iterator<Item = &str> {
        let classes =
            ["ask.", "act.", "status."].into_iter().flat_map(|prefix| self.classes.starting(prefix));
        classes.flat_map(|(_, set)| set.iter()).flatten().map(Lower::as_str)
    }

    /// Reads every sentence and hands over what was found in it.
    fn read(
        &self,
        seeing: Seeing<'_>,
        depth: Depth,
        mut each: impl FnMut(&Sentence, View<'_>, &Read, Vec<Draft>, Vec<(String, String)>),
    ) -> Told {
        let Seeing { article, doc, mut seen, mut ahead } = seeing;
        let tally = self.subjects.tally(&doc.sentences, &self.classes);
        let elsewhere = self.about_else(&doc, article.title.unwrap_or(""), &tally);
        let sides = match seen.sides.as_slice() {
            _ if elsewhere => Vec::new(),
            [_, _] => seen.sides.clone(),
            _ => sides(&seen.who),
        };
        let sides = if passing(&seen.who, &sides) { Vec::new() } else { sides };
        let home = only_in_passing(&seen.who);
        let author = Author::read(article, &doc, &self.classes, &seen.who, &sides);
        let mut genre = Genre::read(&doc, &seen.times, article.published);
        genre.advice &= !author.official;
        let mut occasions = Occasions::read(
            &doc,
            (&seen.times, &seen.who),
            &self.classes,
            article.published,
            (author.official, author.state),
        );
        let house = author.signatory.as_ref().filter(|_| !author.order).and_then(|house| house.country);
        occasions.answered = occasions.opening.is_some_and(|(_, span)| foreign(&doc, &seen.who, span, house));
        let mut context = Context {
            doc: &doc,
            classes: &self.classes,
            published: article.published,
            bilateral: bilateral(&seen.who, &sides),
            sole: sole(&seen.who),
            sides,
            official: author.official,
            voice: author.state,
            first_person: author.order,
            on_trade: self.on_trade(&seen.topics),
            genre,
            abroad: several(&seen.who) && powers(&seen.who),
            // It names power or calls more than imports.
            utility: tally.utility >= 2
                && tally.utility > tally.imports
                // Gas and power are traded between states as well.
                && !(tally.imports >= 2 && powers(&seen.who)),
            elsewhere,
            on_policy: self.on_policy(&seen.topics) && several(&seen.who),
            controls: self.on_controls(&seen.topics),
            governed: governed(&seen.who),
            powers: named_as_such(article.text, &seen.who),
            signatory: author.signatory.clone(),
            state_name: surroundings::state_name,
            topics: &seen.topics,
            sections: &seen.sections,
            labels: &seen.labels,
            ledger: seen.ledger,
            occasions,
        };
        // The two states of the whole text, which those of a question make way for.
        let whole = (context.sides.clone(), context.bilateral);
        let on_tariffs = self.on_tariffs(&doc, &seen.topics, &tally, governed(&seen.who));
        let mut memory = Memory::default();
        let mut cited = Cited::default();
        // The sentences of a batch, behind those before it that a rule may look at.
        let mut lines: Vec<Past<'_>> = Vec::with_capacity(doc.sentences.len().min(BATCH + CONTEXT));
        // Lists that are no longer looked at serve the next sentences, those of words the next texts too.
        let mut spare: Vec<Past<'_>> = Vec::new();
        let mut spare_words = SPARE_WORDS.take();
        // What an authority cites is read in another way than its other words.
        if author.official {
            ahead.forget();
        }
        spare_words.append(&mut ahead.spare);
        let mut open: Vec<Chance<'_>> = Vec::new();
        let mut search = Search::default();
        let mut tried = Tried::default();
        let mut heard = self.learned.as_ref().map(Heard::by);
        let mut discourse = Discourse::new(author.signatory.filter(|_| author.order));
        // A short text that names one measure of trade policy is on it.
        let on_trade = context.on_trade || context.on_policy && doc.sentences.len() <= PASSAGE;
        // One that names a duty beside states tells of other diplomacy no more than contacts.
        let contacts_only = tally.charged && context.governed;
        let general = !on_trade && !context.official && !elsewhere;
        let house = author.state.filter(|_| author.official && !author.order).map(|code| Who {
            span: Span::new(0, 0),
            kind: WhoKind::State,
            name: Some(surroundings::state_name(code).into()),
            name_span: None,
            office: None,
            office_span: None,
            country: Some(code),
            city: false,
            apart: false,
        });
        let mut speech = Speech::new(author.official, house);
        let pastimes = self.classes.get("leisure").unwrap_or_default();
        let mut leisure = 0;
        let mut threat: Option<Draft> = None;
        let mut contact: Option<Draft> = None;
        for (number, batch) in doc.sentences.chunks(BATCH).enumerate() {
            spare.extend(lines.drain(..lines.len().saturating_sub(CONTEXT)));
            let (offset, first) = (number * BATCH, lines.len());
            let mut reads: Vec<Read> = Vec::with_capacity(batch.len());
            for (index, sentence) in (offset..).zip(batch) {
                let heading = doc.block_of(sentence).is_none_or(|b| b.kind == BlockKind::Heading);
                let before =
                    index.checked_sub(1).and_then(|i| doc.sentences.get(i)).map(|s| doc.slice(s.span));
                let heading = heading || author.official && cited::caption(before, doc.slice(sentence.span));
                let mut who = seen.who.get_mut(index).map(std::mem::take).unwrap_or_default();
                let mut times = seen.times.get_mut(index).map(std::mem::take).unwrap_or_default();
                let titled = take_titles(&doc, sentence, &mut times, &mut who);
                let plain = cited::plain(sentence, &titled, author.official);
                let mut line = spare.pop().unwrap_or_default();
                let mut clauses = Clauses::default();
                if let Some((words, read)) =
                    ahead.take(index).filter(|_| titled.is_empty() && plain.is_none())
                {
                    spare_words.push(std::mem::replace(&mut line.words, words));
                    clauses = read;
                } else {
                    if line.words.capacity() == 0 {
                        line.words = spare_words.pop().unwrap_or_default();
                    }
                    self.words(&doc, plain.as_ref().unwrap_or(sentence), &who, &times, &mut line.words);
                    if author.official {
                        cited::mark_set(&mut line.words);
                    }
                }
                lines.push(line);
                reads.push(Read { heading, clauses, who, times, titled, ..Read::default() });
            }
            open.clear();
            // How many chances the sentences so far have.
            let mut opened: Vec<usize> = Vec::with_capacity(batch.len());
            for at in first..lines.len() {
                let (before, rest) = lines.split_at_mut(at);
                let Some(line) = rest.first_mut() else { break };
                self.rules.openings.open(&line.words, &mut search, &mut line.opened);
                let general = general && {
                    let here = line.opened.count(pastimes);
                    leisure += here;
                    here == 0 && leisure < LEISURE
                };
                if reads.get(opened.len()).is_some_and(|read| !read.heading) {
                    chances(&self.rules, line, general, context_of(before), &mut open);
                }
                opened.push(open.len());
            }
            let lines_here = lines.get(first..).unwrap_or_default();
            let unread =
                |read: &Read| read.clauses.groups.is_empty() && !(read.heading && depth == Depth::Events);
            let mut all: Vec<(&[Word], &mut Clauses)> = (lines_here.iter().zip(&mut reads))
                .filter(|(_, read)| unread(read))
                .map(|(line, read)| (line.words.as_slice(), &mut read.clauses))
                .collect();
            Clauses::read_all(&mut all);
            for ((index, line), read) in (offset..).zip(lines_here).zip(&mut reads) {
                if !read.heading {
                    let Read { clauses, who, .. } = read;
                    discourse.resolve(index, (&line.words, &line.opened), clauses, &self.classes, who);
                }
            }
            for ((sentence, line), read) in batch.iter().zip(lines_here).zip(&mut reads) {
                let Read { clauses, who, .. } = read;
                let own = seen.speakers.get(sentence.block).and_then(Option::as_ref);
                read.voice = speech.hear(doc.text, sentence, (&line.words, clauses), who, own, &self.classes);
            }
            hear_ahead(batch.iter().zip(&mut reads).rev().map(|(s, read)| (&mut read.voice, s.block)));
            let mut fired: Vec<(View<'_>, Vec<Hit<'_>>)> = Vec::with_capacity(batch.len());
            let mut from = 0;
            for ((at, to), read) in (first..).zip(opened).zip(&reads) {
                let Some(Past { words, opened }) = lines.get(at) else { break };
                let chances = open.get(std::mem::replace(&mut from, to)..to).unwrap_or_default();
                let view = View {
                    words,
                    clauses: &read.clauses,
                    who: &read.who,
                    opened,
                    before: context_of(lines.get(..at).unwrap_or_default()),
                    voice: &read.voice,
                    stances: &read.stances,
                    on_tariffs,
                };
                fired.push((view, hits(&self.classes, view, chances, &mut tried)));
            }
            // What surrounds the acts of all sentences is looked at in one go as well.
            for (view, hits) in &fired {
                hits.iter().for_each(|hit| look_around(*view, &self.classes, &hit.frame));
            }
            // What the learned reader knows is large: it is at hand for as long as all sentences are heard.
            let mut odds: Vec<Option<Odds>> = Vec::with_capacity(batch.len());
            for (((index, sentence), read), (view, hits)) in (offset..).zip(batch).zip(&reads).zip(&fired) {
                let silent = read.heading || hits.is_empty() && elsewhere;
                let heard = heard.as_mut().filter(|_| !silent);
                odds.push(heard.map(|heard| {
                    heard.hear(index, *view, &self.classes, kind_of(&doc, sentence));
                    heard.odds()
                }));
            }
            for (((index, sentence), read), (view, hits)) in (offset..).zip(batch).zip(&reads).zip(&fired) {
                let view = *view;
                if !seen.exchanges.is_empty() && !elsewhere {
                    let asked = seen.exchanges.get(index).copied().flatten();
                    (context.sides, context.bilateral) =
                        asked.map_or_else(|| whole.clone(), |pair| (pair.to_vec(), true));
                }
                if author.order {
                    cited.go_on(&doc, sentence, view, &read.times, &read.titled);
                }
                let scene = Scene {
                    index,
                    sentence,
                    view,
                    times: &read.times,
                    memory: &memory,
                    cited: &cited,
                    told: &[],
                };
                let (mut drafts, mut notes, refused) = told_by(&context, scene, hits, depth);
                if let (true, Some(threat)) = (drafts.is_empty(), &threat) {
                    let place = (index, sentence.span, doc.text);
                    drafts.extend(carried_out(place, view, &read.times, threat, article.published));
                }
                if let (Some(heard), false) = (&mut heard, read.heading) {
                    let odds = odds.get(index - offset).copied().flatten();
                    let found = (&mut drafts, &mut notes);
                    self.second_reading((heard, odds), &context, scene, &refused, found, depth);
                }
                if let Some(told) = drafts.iter().rfind(|d| d.threatened.is_some()) {
                    threat = Some(told.clone());
                }
                if contacts_only {
                    drafts.retain(|d| !d.general || d.event.act.kind() == Kind::Engagement);
                }
                if doc.sentences.len() > PASSAGE {
                    drafts.retain(|d| !d.general || d.states() >= 2);
                }
                // "Hoped to meet X" promises nothing beside the meeting.
                let joint = |d: &Draft| matches!(d.event.act.kind(), Kind::Engagement | Kind::Agreement);
                if drafts.iter().any(|d| !d.general && joint(d)) {
                    drafts.retain(|d| !(d.general && d.event.act == Act::Agreement(Agreement::Commitment)));
                }
                if home {
                    drafts.retain(|d| d.states() >= 2);
                }
                main_act(&mut drafts);
                let more = contact.as_ref().and_then(|contact| company(index, view, contact));
                if more.is_some() {
                    // "He is accompanied by Roe and Doe": no contact of their own.
                    drafts.retain(|d| d.event.act.kind() != Kind::Engagement || d.states() >= 2);
                }
                memory.keep_announcer(self.announces(view));
                let named = view.who.iter().filter(|w| w.kind != WhoKind::Place);
                let measure = named_measure(view, &self.classes);
                memory.keep_law(view.owner_by_name(&self.classes).map(|(code, _)| code));
                memory.keep_named(index, named.filter_map(|w| w.country), told_of(view), measure);
                let places = view.who.iter().filter(|w| w.city || w.kind == WhoKind::Place);
                memory.keep_scene(index, places.filter_map(|w| w.country), drafts.iter().map(|d| &d.event));
                memory.keep(index, drafts.iter().map(|d| &d.event));
                // "On Friday it listed ten firms, one of which it had warned on May 2": the story is at Friday.
                let main = drafts.iter().filter(|d| d.dated).map(|d| d.depth).min();
                let days = drafts.iter().filter(|d| d.dated && Some(d.depth) == main).map(|d| &d.event);
                let to_come = |d: &&Draft| d.event.date.start().is_some_and(|day| day > article.published);
                let ahead: Vec<Span> = drafts
                    .iter()
                    .filter(to_come)
                    .filter_map(|d| d.event.evidence.fields.get("date").copied())
                    .collect();
                memory.keep_time(&read.times, article.published, &ahead);
                memory.keep_day(index, sentence.block, article.published, days);
                if let Some(told) = more.as_ref().or_else(|| drafts.iter().rfind(|d| may_have_company(d))) {
                    contact = Some(told.clone());
                }
                drafts.extend(more);
                each(sentence, view, read, drafts, notes);
            }
        }
        let left = lines.into_iter().chain(spare).map(|line| line.words);
        spare_words.extend(left.filter(|words| words.capacity() <= 2 * LONGEST));
        spare_words.truncate(2 * BATCH);
        SPARE_WORDS.set(spare_words);
        Told {
            official: context.official,
            history: context.genre.history,
            long: context.doc.sentences.len() > LONG,
            order: context.first_person,
            state: context.voice,
            day: context.occasions.signed.and_then(|(date, _)| date.start()).unwrap_or(article.published),
            sides: whole.0,
        }
    }

    /// Leaves out what is unlikely in the words of the sentence, and tells what is likely there and not told.
    fn second_reading(
        &self,
        (heard, odds): (&mut Heard<'_>, Option<Odds>),
        context: &Context<'_>,
        scene: Scene<'_>,
        refused: &[Kind],
        (drafts, notes): (&mut Vec<Draft>, &mut Vec<(String, String)>),
        depth: Depth,
    ) {
        let elsewhere = drafts.is_empty() && context.elsewhere;
        if elsewhere || drafts.iter().any(|d| d.general) {
            return;
        }
        let hear = |heard: &mut Heard<'_>| {
            heard.hear(scene.index, scene.view, &self.classes, kind_of(context.doc, scene.sentence));
        };
        let odds = odds.unwrap_or_else(|| {
            hear(heard);
            heard.odds()
        });
        drafts.retain(|draft| {
            // An authority's own paper is wordy where the corpus is not, and rarely misread.
            let kept = context.official || !odds.rule_out(&draft.event, scene.view.words.len());
            if !kept && depth == Depth::Everything {
                let rule = draft.event.evidence.rules.first().cloned().unwrap_or_default();
                notes.push((rule, "unlikely in these words".to_owned()));
            }
            kept
        });
        for draft in drafts.iter_mut() {
            draft.odds = odds.of(draft.event.act.kind());
            if Heard::left_open(&draft.event.act) {
                hear(heard);
                if let Some(act) = heard.rather(&draft.event.act) {
                    draft.event.act = act;
                }
            }
        }
        if !context.elsewhere {
            let mut told: SmallVec<[Kind; 8]> = drafts.iter().map(|d| d.event.act.kind()).collect();
            for _ in 0..KINDS_PROPOSED {
                let kind = learned::likeliest(scene.view, odds, (&told, context.on_policy));
                // What a rule has read and was denied, doubted or only spoken of stays untold.
                let Some(kind) = kind else { break };
                told.push(kind);
                if refused.contains(&kind) {
                    continue;
                }
                hear(heard);
                let others = (drafts.as_slice(), &mut *notes);
                let likely = self.likely((context, scene, depth), (&*heard, odds), kind, others);
                drafts.extend(likely);
            }
        }
    }

    /// What most sentences of the like tell of a kind and no rule reads.
    fn likely(
        &self,
        (context, scene, depth): (&Context<'_>, Scene<'_>, Depth),
        (heard, odds): (&Heard<'_>, Odds),
        kind: Kind,
        (drafts, notes): (&[Draft], &mut Vec<(String, String)>),
    ) -> Vec<Draft> {
        let reader = (&self.rules, &self.classes);
        let mut found = Vec::new();
        for hit in learned::propose(reader, scene.view, (heard, odds), kind) {
            let at = frame_span(scene.view, &hit.frame);
            if drafts.iter().any(|draft| at.contains(Span::new(draft.start, draft.start))) {
                continue;
            }
            let (mut built, more, refused_here) = told_by(context, scene, std::slice::from_ref(&hit), depth);
            notes.extend(more);
            if kind == Kind::TariffAction && learned::unsure_tariff(scene.view, &self.classes, &hit.frame) {
                built.retain(|draft| {
                    !matches!(draft.event.factuality, Factuality::Asserted | Factuality::Reported)
                });
            }
            found = built;
            if !found.is_empty() || !refused_here.is_empty() {
                break;
            }
        }
        let contact = |draft: &Draft| draft.event.act.kind() == Kind::Engagement;
        // "The ambassador will speak in Lima": to nobody who is named.
        let speaks = |g: &Group| g.finite && is!(g.lemma, "speak" | "address");
        let least = if scene.view.clauses.groups.iter().any(speaks) { 2 } else { 1 };
        found.retain(|draft| !contact(draft) || draft.states() >= least || draft.with_bloc());
        // "called on the minister, who assured them": they visited her and asked for nothing.
        let words = scene.view.words;
        let called_on = words.windows(2).any(|pair| {
            matches!(pair, [call, on] if is!(call.lower, "called" | "calls" | "calling") && on.lower == "on")
        });
        let asks = || scene.view.clauses.groups.iter().any(|g| g.tense == Tense::Infinitive);
        if called_on && !asks() {
            found.retain(|draft| draft.event.act != Act::Statement(crate::event::Statement::Demand));
        }
        // "Japan and Korea have been at odds over export controls since 2019": each would lay the other's.
        if mutual(&found) {
            return Vec::new();
        }
        for event in found.iter_mut().map(|draft| &mut draft.event).filter(|_| odds.doubt()) {
            if matches!(event.factuality, Factuality::Asserted | Factuality::Reported)
                && !matches!(event.act.kind(), Kind::Statement | Kind::Forecast)
            {
                event.factuality = Factuality::Hypothetical;
                event.status = None;
            }
        }
        found
    }

    /// "The White House published new tariff rates": who does.
    fn announces(&self, view: View<'_>) -> Option<StateCode> {
        let tariff = self.classes.get("tariff")?;
        if !view.has((0, view.words.len()), tariff) {
            return None;
        }
        let verbs = ["decide", "impose", "issue", "sign"];
        // "put out the list of rates"
        let rates = |theme: (usize, usize)| {
            (theme.0..theme.1).any(|i| {
                view.words.get(i).is_some_and(|w| is!(w.lower, "rates" | "list" | "table" | "letters"))
            })
        };
        let tells = |g: &&Group| {
            let plain = g.finite && !g.passive && !g.negated && !g.condition && g.modal.is_none();
            plain
                && verbs.iter().any(|class| self.classes.has(class, &g.lemma))
                && g.theme.is_some_and(|theme| {
                    // "signed an order on new duties"
                    let whole = (theme.0, (theme.1 + ORDER_REACH).min(view.words.len()));
                    view.has(theme, tariff)
                        || view.on_tariffs && rates(theme)
                        || is!(g.lemma, "sign" | "issue") && view.has(whole, tariff)
                })
        };
        let Some((from, to)) = view.clauses.groups.iter().rfind(tells).and_then(|g| g.subject) else {
            return owner_of_new(view, tariff);
        };
        let start = view.words.get(from)?.span.start;
        let end = view.words.get(to.checked_sub(1)?)?.span.end;
        let named = |w: &&Who| w.is("official") && start <= w.span.start && w.span.end <= end;
        view.who.iter().find(named).and_then(|w| w.country)
    }

    /// A text on sports and the like: one sentence in six names such a thing, or half of a few.
    fn about_else(&self, doc: &Document<'_>, title: &str, tally: &Tally) -> bool {
        let title: Vec<Lower> = title.split(|c: char| !c.is_alphanumeric()).map(Lower::printed).collect();
        let count = tally.elsewhere + usize::from(self.subjects.elsewhere(&title, &self.classes));
        (count >= 3 && count * 6 >= doc.sentences.len()) || (count >= 2 && count * 2 >= doc.sentences.len())
    }

    /// The words of a sentence, given who is named in it and its times; they are put into `out`.
    pub(crate) fn words(
        &self,
        doc: &Document<'_>,
        sentence: &Sentence,
        who: &[Who],
        times: &[Timing],
        out: &mut Vec<Word>,
    ) {
        let names = |w: &&Who| {
            !matches!(w.kind, WhoKind::Group | WhoKind::Pair | WhoKind::Adjective | WhoKind::Authority)
        };
        let marked = Marked {
            names: who.iter().filter(names).map(|w| w.span),
            adjectives: who.iter().filter(|w| w.kind == WhoKind::Adjective).map(|w| w.span),
            times: times.iter().map(|t| t.span),
        };
        tag(doc, sentence, &self.verbs, marked, out);
        out.truncate(LONGEST);
    }

    /// Whether a text is on tariffs: it names them again and again, or once among many rates.
    fn on_tariffs(
        &self,
        doc: &Document<'_>,
        topics: &[Vec<(&str, Span)>],
        tally: &Tally,
        governed: bool,
    ) -> bool {
        let subjects = self.classes.get("tariff_subject").unwrap_or_default();
        let named = |topics: &&Vec<(&str, Span)>| topics.iter().any(|(name, _)| subjects.has_phrase(name));
        let count = topics.iter().filter(named).count();
        if count >= TRADE_SUBJECTS {
            return true;
        }
        // "The 15% that cars pay", in a text that says "duty" but once.
        if count == 0 && !(governed && tally.charged) {
            return false;
        }
        let business = self.classes.get("business_result");
        let tells = |s: &Sentence| s.lower.iter().any(|word| business.is_some_and(|b| b.has_word(word)));
        let per = [Finder::new("percent"), Finder::new("per cent")];
        let rated = |s: &&Sentence| {
            let text = doc.slice(s.span).as_bytes();
            memchr(b'%', text).is_some() || per.iter().any(|words| words.find(text).is_some())
        };
        let rates = doc.sentences.iter().filter(rated).count();
        (rates >= TRADE_SUBJECTS && rates * 3 >= doc.sentences.len()
            || rates >= 2 && rates * 4 >= doc.sentences.len() && governed)
            && !doc.sentences.iter().any(tells)
    }

    /// Whether a text is on trade, or names a measure of trade policy.
    fn on_policy(&self, topics: &[Vec<(&str, Span)>]) -> bool {
        let subjects = self.classes.get("policy_subject").unwrap_or_default();
        self.on_trade(topics) || topics.iter().flatten().any(|(name, _)| subjects.has_phrase(name))
    }

    /// Whether a text names a measure that a state lays on its exports, alone as it may.
    fn on_controls(&self, topics: &[Vec<(&str, Span)>]) -> bool {
        let subjects = self.classes.get("control_subject").unwrap_or_default();
        topics.iter().flatten().any(|(name, _)| subjects.has_phrase(name))
    }

    /// Whether a text names subjects of trade again and again.
    fn on_trade(&self, topics: &[Vec<(&str, Span)>]) -> bool {
        let subjects = self.classes.get("trade_subject").unwrap_or_default();
        let named = topics.iter().flatten().filter(|(name, _)| subjects.has_phrase(name));
        named.take(TRADE_SUBJECTS).count() == TRADE_SUBJECTS
    }
}

/// "Jane Roe's new duties took effect": whose duties the sentence is about, whoever pays them.
fn owner_of_new(view: View<'_>, tariff: &Set) -> Option<StateCode> {
    let subjects = view.clauses.groups.iter().filter(|g| g.finite && !g.negated).filter_map(|g| g.subject);
    let owner = |(from, to): (usize, usize)| {
        let noun = view.first((from, to), tariff)?;
        let plain = |(start, end): (usize, usize)| {
            view.words.get(start..end).is_some_and(|between| between.iter().all(|w| w.tag != Tag::Prep))
        };
        let by = |w: &&Who| {
            let end = view.words.partition_point(|word| word.span.start < w.span.end);
            // "Danish steel duties" may be duties on Danish steel.
            let own = w.is("official") || w.kind == WhoKind::Adjective && end + 1 >= noun;
            own && end <= noun && plain((end, noun))
        };
        view.who_in((from, noun)).find(by).and_then(|w| w.country)
    };
    subjects.filter_map(owner).next()
}

/// "On May 9 the Government of Chile announced …", in a notice of another state's ministry: what it answers
/// is not the occasion of the notice.
fn foreign(doc: &Document<'_>, who: &[Vec<Who>], day: Span, house: Option<StateCode>) -> bool {
    let Some(house) = house else { return false };
    let told = doc.sentences.iter().zip(who).find(|(sentence, _)| sentence.span.contains(day));
    let first = told.and_then(|(_, who)| who.iter().find(|w| w.is("official")));
    first.and_then(|w| w.country).is_some_and(|code| code != house)
}

/// Takes what the titles of papers name out of what is read of a sentence, and hands it over by title.
fn take_titles(
    doc: &Document<'_>,
    sentence: &Sentence,
    times: &mut Vec<Timing>,
    who: &mut Vec<Who>,
) -> Vec<(Span, Vec<Who>)> {
    let titles = cited::titles(doc, sentence, times);
    let named = |title: Span| who.iter().filter(|w| title.contains(w.span)).cloned().collect();
    let titled: Vec<(Span, Vec<Who>)> = titles.iter().map(|&title| (title, named(title))).collect();
    if !titled.is_empty() {
        who.retain(|w| !titles.iter().any(|title| title.contains(w.span)));
        times.retain(|t| !titles.iter().any(|title| title.contains(t.span)));
    }
    titled
}

/// What the block of a sentence is for.
fn kind_of(doc: &Document<'_>, sentence: &Sentence) -> BlockKind {
    doc.block_of(sentence).map_or(BlockKind::Body, |block| block.kind)
}

/// Whether one side does to another what that one does to it.
fn mutual(drafts: &[Draft]) -> bool {
    let side =
        |draft: &Draft, role| draft.event.parties.iter().find(|p| p.role == role).and_then(|p| p.country);
    let does = |draft: &Draft| side(draft, Role::Actor).zip(side(draft, Role::Recipient));
    let pairs: Vec<_> = drafts.iter().filter_map(does).collect();
    pairs.iter().any(|&(actor, recipient)| pairs.contains(&(recipient, actor)))
}

/// The weights shipped in this crate.
pub(crate) fn weights(classes: &Classes) -> Result<Weights, Fault> {
    let file = |name: &str| WEIGHTS.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text);
    let read = Weights::read(file("weights/kinds.csv"), file("weights/acts.csv"), classes);
    read.map_err(|(file, line)| {
        let message = "no clue with its weights".to_owned();
        Fault { file: file.to_owned(), line, column: 1, message }
    })
}

/// "The first American increases on Chilean wine": whose measure the sentence names, and on whom.
fn named_measure(view: View<'_>, classes: &Classes) -> Option<(StateCode, StateCode)> {
    let measures = classes.get("tariff")?;
    let by = |range| {
        let origin = |w: &&Who| matches!(w.kind, WhoKind::Adjective | WhoKind::State);
        view.who_in(range).find(origin).and_then(|w| w.country)
    };
    let word = |at: usize| view.words.get(at);
    (0..view.words.len()).find_map(|at| {
        let next = word(at + 1).is_some_and(|w| is!(w.lower, "on" | "against"));
        let rise = || word(at).is_some_and(|w| is!(w.lemma, "increase" | "rise" | "hike" | "measure"));
        (next && (rise() || view.names_at(at, measures))).then_some(())?;
        let owner = by((crate::grammar::clause::phrase_start(view.words, at), at))?;
        let hit = by((at + 2, at + 5))?;
        (owner != hit).then_some((owner, hit))
    })
}

/// The state that the first clause is about, by name or by its people.
fn told_of(view: View<'_>) -> Option<StateCode> {
    let subject = view.clauses.groups.iter().filter(|g| g.finite).find_map(|g| g.subject)?;
    let own = |w: &&Who| !matches!(w.kind, WhoKind::Adjective | WhoKind::Place);
    view.who_in(subject).find(own).and_then(|w| w.country)
}

/// Puts `found` behind the drafts so far; where there are none yet, nothing is copied.
fn append(drafts: &mut Vec<Draft>, found: Vec<Draft>) {
    if drafts.is_empty() {
        *drafts = found;
    } else {
        drafts.extend(found);
    }
}

/// What the hits of a sentence tell, and where everything is asked for, why some tell nothing; last the kinds of those
/// that the words themselves refuse.
fn told_by(
    context: &Context<'_>,
    scene: Scene<'_>,
    hits: &[Hit<'_>],
    depth: Depth,
) -> (Vec<Draft>, Vec<(String, String)>, Vec<Kind>) {
    let (mut drafts, mut notes, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    if hits.is_empty() {
        return (drafts, notes, refused);
    }
    let (view, words) = (scene.view, scene.view.words);
    let rated = hits.iter().any(|h| h.rule.act.kind() == Kind::TariffAction);
    let mut rates =
        if rated && may_name_rates(words) { percentages(words, (0, words.len())) } else { Vec::new() };
    // Rules on bare rates come behind the others, those on items of lists last of all.
    let lists = |h: &Hit<'_>| h.rule.needs.contains(&Need::Listed);
    for (weak, listed) in [(false, false), (true, false), (true, true)] {
        let in_turn = |h: &&Hit<'_>| h.rule.weak == weak && lists(h) == listed;
        if !hits.iter().any(|hit| in_turn(&hit)) {
            continue;
        }
        let chosen: SmallVec<[&Hit<'_>; 8]> = hits.iter().filter(in_turn).collect();
        let shares = if rates.is_empty() { Vec::new() } else { shares(view, &rates, &chosen) };
        for (number, &hit) in chosen.iter().enumerate() {
            let share = shares.get(number).map(Vec::as_slice).unwrap_or_default();
            // What a narrower rule has told is not told again.
            let at = frame_span(view, &hit.frame);
            if hit.rule.general && drafts.iter().any(|d: &Draft| d.tells(at)) {
                continue;
            }
            let mut built = if weak && share.is_empty() {
                Err(Refused { reason: "told by another rule".into(), lacking: true })
            } else if !matches!(hit.rule.act.kind(), Kind::Engagement | Kind::Agreement)
                && nested(view, hit, &chosen)
                && share.is_empty()
                && !dated(view, hit, scene.times)
            {
                Err("tells which measure another act is about".into())
            } else {
                build(context, Scene { told: &drafts, ..scene }, hit, share)
            };
            for (rule, frame) in &hit.others {
                if built.is_ok() {
                    break;
                }
                let other = Hit { rule, frame: frame.clone(), others: Vec::new() };
                built = build(context, Scene { told: &drafts, ..scene }, &other, share).or(built);
            }
            match built {
                Ok(found) => {
                    if !says_the_same(view, hit) {
                        rates.retain(|r| !share.contains(r));
                    }
                    append(&mut drafts, found);
                }
                Err(Refused { reason, lacking }) => {
                    if !lacking {
                        refused.push(hit.rule.act.kind());
                    }
                    if depth == Depth::Everything {
                        let place = format!("{} at \"{}\"", hit.rule.name, context.doc.slice(at));
                        notes.push((place, reason.to_string()));
                    }
                }
            }
        }
    }
    if drafts.is_empty() {
        return (drafts, notes, refused);
    }
    drop_residual(&mut drafts, context.doc.text);
    drop_attributions(view, &mut drafts);
    if view.stances.words(view).may_have(few!["instead"]) {
        charge_instead(&mut drafts, words);
    }
    keep_what_stays(&mut drafts, words);
    share_start(&mut drafts, context.doc.text);
    (drafts, notes, refused)
}

/// The last of some sentences, which a rule may look back at.
fn context_of<'l, 'o>(lines: &'l [Past<'o>]) -> &'l [Past<'o>] {
    lines.get(lines.len().saturating_sub(CONTEXT)..).unwrap_or_default()
}

/// Whether the act has a time of its own.
fn dated(view: View<'_>, hit: &Hit<'_>, times: &[Timing]) -> bool {
    let end = hit.frame.extent.1.checked_sub(1).and_then(|i| view.words.get(i)).map_or(0, |w| w.span.end);
    let start = view.words.get(hit.frame.trigger.0).map_or(0, |w| w.span.start);
    // "the duties that it has announced since May": on no day told.
    let group = hit.frame.group.and_then(|g| view.clauses.groups.get(g));
    let has = group.is_some_and(|g| g.tense == Tense::Perfect && !g.passive);
    let told = |t: &&Timing| t.date.is_some() && !(has && t.relation == Relation::Since);
    times.iter().filter(told).any(|t| start <= t.span.start && t.span.end <= end)
}

/// "announced tariffs that begin on October 1: 25% on trucks and 50% on cabinets": what stands behind
/// the colon begins with what stands before it.
fn share_start(drafts: &mut [Draft], text: &str) {
    let tariff = |d: &Draft| d.event.act.kind() == Kind::TariffAction;
    if !drafts.iter().any(|d| tariff(d) && d.event.effective.is_none()) {
        return;
    }
    let Some(head) = drafts.iter().find(|d| tariff(d) && d.event.effective.is_some()).cloned() else {
        return;
    };
    for one in drafts.iter_mut().filter(|d| tariff(d) && d.event.effective.is_none() && d.start > head.start)
    {
        let behind = text.get(head.start..one.start).is_some_and(|between| between.contains(": "));
        if !behind || one.event.actor() != head.event.actor() || one.event.factuality != head.event.factuality
        {
            continue;
        }
        one.event.effective = head.event.effective;
        one.event.status = head.event.status;
        if one.event.date.interval.is_none() {
            one.event.date = head.event.date;
        }
        one.event.rest_on(&head.event, &["effective", "status", "date"]);
    }
}

/// Hands over the rows of an embedded lexicon, without the header.
fn rows(file: &str, faults: &mut Vec<Fault>, mut each: impl FnMut(&csv::StringRecord)) {
    let Some((_, text)) = LEXICONS.iter().find(|(name, _)| *name == file) else {
        faults.push(Fault {
            file: file.to_owned(),
            line: 1,
            column: 1,
            message: "no such lexicon".to_owned(),
        });
        return;
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => each(&record),
            Ok(false) => return,
            Err(error) => {
                let line = error.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1));
                faults.push(Fault { file: file.to_owned(), line, column: 1, message: error.to_string() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Event;

    /// The one day all examples are published on, a Friday.
    const TODAY: Date = Date::constant(2025, 5, 23);

    fn parties(event: &Event) -> String {
        let of = |role: Role| -> String {
            let mut codes: Vec<String> = event
                .parties
                .iter()
                .filter(|p| p.role == role)
                .map(|p| p.country.map_or_else(|| "-".to_owned(), |c| c.to_string()))
                .collect();
            codes.dedup();
            codes.join(",")
        };
        let (actor, recipient, both) = (of(Role::Actor), of(Role::Recipient), of(Role::Participant));
        if both.is_empty() { format!("{actor}>{recipient}") } else { both }
    }

    fn differs(expected: Option<&String>, found: Option<String>) -> bool {
        expected.is_some_and(|e| Some(e) != found.as_ref())
    }

    #[test]
    fn every_rule_reads_its_examples_and_no_counterexample() {
        let extractor = Extractor::new().unwrap_or_else(|e| panic!("{e}"));
        let mut failures = Vec::new();
        for rule in &extractor.rules.rules {
            for example in &rule.examples {
                let events = extractor.extract(&Article::new(&example.text, TODAY)).events;
                let own: Vec<&Event> =
                    events.iter().filter(|e| e.evidence.rules.contains(&rule.name)).collect();
                let right = own.iter().any(|e| {
                    e.act == rule.act
                        && !differs(example.parties.as_ref(), Some(parties(e)))
                        && !differs(example.factuality.as_ref(), Some(e.factuality.to_string()))
                        && !differs(example.status.as_ref(), e.status.map(|s| s.to_string()))
                        && !differs(example.date.as_ref(), e.date.start().map(|d| d.to_string()))
                        && !differs(
                            example.rate.as_ref(),
                            e.rate.as_ref().and_then(|r| r.value.or(r.to)).map(|p| p.to_string()),
                        )
                });
                if !right {
                    let found: Vec<String> = events
                        .iter()
                        .map(|e| {
                            format!("{:?} {} {} {:?}", e.act, parties(e), e.factuality, e.evidence.rules)
                        })
                        .collect();
                    failures.push(format!("{}: {:?} gives {found:?}", rule.file, example.text));
                }
            }
            for counterexample in &rule.counterexamples {
                let events = extractor.extract(&Article::new(&counterexample.text, TODAY)).events;
                if events.iter().any(|e| e.evidence.rules.contains(&rule.name)) {
                    failures.push(format!("{}: must not fire on {:?}", rule.file, counterexample.text));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
