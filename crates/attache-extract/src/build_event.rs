//! From a rule on a frame to events: parties, dates, rates, scope, factuality, status.

mod accord_run;
mod claims;
mod collect;
mod commitment;
mod contact;
mod contact_act;
mod contact_missed;
mod contact_occasions;
mod contact_off;
mod contact_sides;
mod dating;
mod draft;
mod fact;
mod foreseen;
mod general;
mod goods;
mod joint;
mod known_duty;
mod listed;
mod marks;
mod needs;
mod not_laid;
mod own_time;
mod pairs;
mod papers;
mod parties;
mod place;
mod places;
mod prospect;
mod refusals;
mod scope;
mod standing;
mod stated;
mod status;
mod taking_part;
mod tariff_act;
mod tariff_payers;
mod tariff_sides;
mod tariff_target;
mod terms;
mod told;
mod understood;
mod unnamed;
mod vowed;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::fmt;

use crate::caseless;
use crate::cited::Cited;
use crate::document::{Block, BlockKind, Document};
use crate::event::{
    Act, Agreement, Confidence, Engagement, Event, Evidence, Factuality, Fields, Kind, Party, Plover,
    PloverCategory, Role, Status, TariffAction, Tension,
};
use crate::factuality::{Stance, factuality, stance};
use crate::fields::Listed;
use crate::frame_match::{Hit, View};
use crate::genre::Genre;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Group, Range, Tense};
use crate::grammar::lower::{Few, WordId, is};
use crate::grammar::mood::Mood;
use crate::grammar::rule::Need;
use crate::grammar::tag::{Tag, Word};
use crate::memory::Memory;
use crate::occasion::Occasions;
use crate::off_topic::ambiguous;
use crate::sentence::Sentence;
use crate::slots::{Part, Percentage, rate, settle, settle_origin};
use crate::span::Span;
use crate::state::StateCode;
use crate::states::States;
use crate::timing::Timing;
use crate::when::{EventDate, Moment, Precision, TimeUnit};
use crate::who::{Who, WhoKind};
use smallvec::SmallVec;
use smol_str::SmolStr;

pub(crate) use general::main_act;
use goods::Variant;
use marks::Mark;
pub(crate) use marks::apart;
use own_time::Bond;
use place::Spot;
use refusals::Case;
use terms::Terms;

/// What the whole article says about its sentences.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    pub(crate) doc: &'c Document<'c>,
    pub(crate) classes: &'c Classes,
    pub(crate) published: jiff::civil::Date,
    /// The two states the article is about, the first one first.
    pub(crate) sides: Vec<StateCode>,
    /// It is about these two rather than about several.
    pub(crate) bilateral: bool,
    /// The one state the text names, where a body or official of its government is among those named.
    pub(crate) sole: Option<StateCode>,
    /// A text of an authority in its own voice, and whose.
    pub(crate) official: bool,
    pub(crate) voice: Option<StateCode>,
    /// An order in which an authority says "I".
    pub(crate) first_person: bool,
    /// The text is on trade.
    pub(crate) on_trade: bool,
    /// Advice or history rather than a report.
    pub(crate) genre: Genre,
    /// Several states are named.
    pub(crate) abroad: bool,
    /// The tariffs of the text are those of a utility.
    pub(crate) utility: bool,
    /// The text is on sports, art, travel.
    pub(crate) elsewhere: bool,
    /// The text is on trade or a measure of trade policy, between two states or more.
    pub(crate) on_policy: bool,
    /// Names measures on exports, of whatever state.
    pub(crate) controls: bool,
    /// States, their bodies or officials are named, rather than goods and people of theirs alone.
    pub(crate) governed: bool,
    /// The states that are named as such, and not for what comes from there.
    pub(crate) powers: States,
    /// Per sentence of a list, the state that the heading above it names.
    pub(crate) sections: &'c [Option<StateCode>],
    /// Per sentence, the state by which its passage is labelled.
    pub(crate) labels: &'c [Option<StateCode>],
    /// Whose duties the labelled passages tell of, each label being whoever pays.
    pub(crate) ledger: Option<StateCode>,
    /// Who acts where an order in the first person names nobody.
    pub(crate) signatory: Option<Who>,
    pub(crate) state_name: fn(StateCode) -> Cow<'static, str>,
    /// Topics per sentence.
    pub(crate) topics: &'c [Vec<(&'static str, Span)>],
    /// Dates that hold for more than one sentence.
    pub(crate) occasions: Occasions,
}

/// An event with what merging needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) event: Event,
    pub(crate) sentence: usize,
    pub(crate) start: usize,
    /// The block it stands in.
    pub(crate) block: usize,
    /// Told in words of somebody quoted before, which run on.
    pub(crate) carried: bool,
    /// Named with "the" or "this": points back if it can.
    pub(crate) definite: bool,
    /// Carries a date of its own.
    pub(crate) dated: bool,
    /// Says more of a contact told before, and is none by itself.
    pub(crate) retells: bool,
    /// Its parties are pronouns or nobody: those of the contact told right before.
    pub(crate) anaphoric: bool,
    /// Only points at a contact that is known, or describes a measure ("the curbs announced in May").
    pub(crate) pointer: bool,
    /// Told apart from the one before: "the previous round", "another meeting".
    pub(crate) other: bool,
    /// "Specifically, …": spells out the act told before.
    pub(crate) elaborates: bool,
    /// "The duty on walnuts rises to 20%": may spell out a measure told before.
    pub(crate) particular: bool,
    /// Made by a rule on general diplomacy.
    pub(crate) general: bool,
    /// Told by a text of an authority.
    pub(crate) official: bool,
    /// How far the act stands from the main clause; 0 in it.
    pub(crate) depth: usize,
    /// Only worth telling where the sentence tells nothing of these kinds.
    pub(crate) residual: Vec<Kind>,
    /// What a threat threatens to do.
    pub(crate) threatened: Option<TariffAction>,
    /// The number of the paper by which it was done, where several are cited.
    pub(crate) paper: Option<SmolStr>,
    /// In an order, another side has promised it.
    pub(crate) promised: bool,
    /// Changes the wording of a schedule: "by striking “20%” and inserting “35%”".
    pub(crate) amends: bool,
    /// Told as what the act before it in the sentence comes to: "…, lowering the rate to 15%".
    pub(crate) effect: bool,
    /// The state its place lies in.
    pub(crate) seat: Option<StateCode>,
    /// Its place is a city or region rather than a whole country.
    pub(crate) local: bool,
    /// Which answer of a transcript it stands in: the block of the question, or of "as for your second one".
    pub(crate) answer: Option<usize>,
    /// The block of the question it stands in.
    pub(crate) question: Option<usize>,
    /// Which of several measures it is about.
    pub(crate) marks: Vec<Mark>,
    /// How likely sentences like its own tell its kind: log-odds in thousandths, 0 where nobody asked.
    pub(crate) odds: i32,
}

/// How a speaker turns to the next of several questions.
const NEXT_ANSWER: &[&str] = &["regarding your", "as for your", "on your", "as to your", "concerning your"];

impl Draft {
    /// An event told by the text as a whole.
    pub(crate) fn of(event: Event) -> Self {
        Self {
            event,
            sentence: 0,
            start: 0,
            block: 0,
            carried: false,
            definite: false,
            dated: false,
            retells: false,
            anaphoric: false,
            pointer: false,
            other: false,
            elaborates: false,
            particular: false,
            general: false,
            official: false,
            depth: 0,
            residual: Vec::new(),
            threatened: None,
            paper: None,
            promised: false,
            amends: false,
            effect: false,
            seat: None,
            local: false,
            answer: None,
            question: None,
            marks: Vec::new(),
            odds: 0,
        }
    }

    /// How many states take part.
    pub(crate) fn states(&self) -> usize {
        distinct(self.event.parties.iter().filter_map(|p| p.country)).len()
    }

    /// Whether a bloc of states takes part.
    pub(crate) fn with_bloc(&self) -> bool {
        self.event.parties.iter().any(|p| p.name.as_deref().is_some_and(|name| BLOCS.contains(&name)))
    }

    /// Whether this is a narrower or a more demanding rule's reading of the words at `trigger`.
    pub(crate) fn tells(&self, trigger: Span) -> bool {
        trigger.start <= self.start
            && self.start < trigger.end
            && self.event.plover.category != PloverCategory::Statement
    }
}

/// A sentence and what the text told before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'b> {
    pub(crate) index: usize,
    pub(crate) sentence: &'b Sentence,
    pub(crate) view: View<'b>,
    pub(crate) times: &'b [Timing],
    pub(crate) memory: &'b Memory,
    /// The papers by whose day the paragraph tells what was done.
    pub(crate) cited: &'b Cited,
    /// What the sentence itself has told so far.
    pub(crate) told: &'b [Draft],
}

/// Why an act is not told; put into words only where somebody asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reason {
    Ground(&'static str),
    /// The rule needs what is not there.
    Unmet(Need),
    /// Fewer states take part than the act needs.
    TooFew {
        count: usize,
        needed: usize,
    },
}

impl From<&'static str> for Reason {
    fn from(ground: &'static str) -> Self {
        Self::Ground(ground)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ground(ground) => f.write_str(ground),
            Self::Unmet(need) => f.write_str(&format!("not {need:?}").to_lowercase()),
            Self::TooFew { count, needed } => write!(f, "{count} of {needed} states take part"),
        }
    }
}

/// An act that is not told.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) reason: Reason,
    /// The rule lacks something that it asks for, or a side: the words may tell the act all the same.
    pub(crate) lacking: bool,
}

impl Refused {
    /// For want of something.
    fn lacking(reason: Reason) -> Self {
        Self { reason, lacking: true }
    }
}

impl<R: Into<Reason>> From<R> for Refused {
    fn from(reason: R) -> Self {
        Self { reason: reason.into(), lacking: false }
    }
}

/// Events of one hit, or why there are none; `share` holds the percentages that are its own.
pub(crate) fn build(
    context: &Context<'_>,
    scene: Scene<'_>,
    hit: &Hit<'_>,
    share: &[Percentage],
) -> Result<Vec<Draft>, Refused> {
    let Scene { index, sentence, view, times, memory, cited, told } = scene;
    let mut share = share.to_vec();
    if let Act::TariffAction(action) = hit.rule.act {
        let action = tariff_act::decreed(view, context.classes, hit).unwrap_or(action);
        settle(&mut share, action, hit.frame.trigger.0);
        settle_origin(&mut share, view.words, action, hit.frame.trigger.0);
    }
    let known = Known::default();
    let builder = Builder {
        context,
        index,
        sentence,
        view,
        times,
        hit,
        memory,
        cited,
        told,
        share,
        segment: None,
        known: &known,
    };
    builder.run()
}

/// What is found out about an act once, whoever asks for it.
#[derive(Debug, Default)]
struct Known {
    presupposed: OnceCell<bool>,
    measure: OnceCell<Option<usize>>,
    measure_owner: OnceCell<Option<Span>>,
    pays_rate: OnceCell<Option<Span>>,
    owner_by_name: OnceCell<Option<(StateCode, Range)>>,
    spot: OnceCell<Option<Spot>>,
    bonds: RefCell<Bonds>,
}

/// How times of the sentence are tied to the act.
type Bonds = SmallVec<[(Span, Option<Bond>); 4]>;

/// The words that a place of a rule stands for: hardly ever more than one or two phrases.
type Ranges = SmallVec<[Range; 2]>;

struct Builder<'b> {
    context: &'b Context<'b>,
    index: usize,
    sentence: &'b Sentence,
    view: View<'b>,
    times: &'b [Timing],
    hit: &'b Hit<'b>,
    memory: &'b Memory,
    cited: &'b Cited,
    told: &'b [Draft],
    share: Vec<Percentage>,
    /// The words of one of several rates, where each has a time of its own.
    segment: Option<Range>,
    known: &'b Known,
}

/// A party while its event is put together: names that need no memory of their own are soon copied.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Player {
    name: Option<SmolStr>,
    office: Option<SmolStr>,
    country: Option<StateCode>,
    role: Role,
}

impl Player {
    fn party(&self) -> Party {
        let owned = |text: &Option<SmolStr>| text.as_deref().map(str::to_owned);
        Party { name: owned(&self.name), office: owned(&self.office), country: self.country, role: self.role }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Side {
    party: Player,
    name: Option<Span>,
    office: Option<Span>,
    at: Span,
    pair: bool,
    /// Not named with the act.
    understood: bool,
}

impl Builder<'_> {
    /// The events of the act, or why there are none.
    fn run(&self) -> Result<Vec<Draft>, Refused> {
        let standing = self.standing()?;
        if self.hit.rule.general {
            return Ok(self.general(&standing.stance)?);
        }
        self.refuse(refusals::BY_WORDS, &Case { standing: &standing, sides: &[], fact: None })?;
        // "Hungary criticised the idea of a 35% duty": whoever lays it, the words refuse it to Hungary.
        let watched = || self.hit.rule.act.kind() == Kind::TariffAction && !self.onlookers().is_empty();
        let sides = self.taking_part(&standing).map_err(|reason| Refused { reason, lacking: !watched() })?;
        let case = Case { standing: &standing, sides: &sides, fact: None };
        self.refuse(refusals::BY_SIDES, &case).map_err(Refused::lacking)?;
        self.needs(&standing.stance, &sides).map_err(Refused::lacking)?;
        let fact = self.fact(&standing, &sides)?;
        self.refuse(refusals::BY_FACT, &Case { standing: &standing, sides: &sides, fact: Some(fact) })?;
        let act = self.act_told(&standing, fact, &sides)?;
        self.told(&standing, &act, fact, sides).map_err(Refused::lacking)
    }

    /// The rule reads a condemnation or an accusation.
    fn blames(&self) -> bool {
        matches!(self.hit.rule.act.subtype(), "condemnation" | "accusation")
    }

    /// The rule reads what a side says against another, and no measure.
    fn only_words(&self) -> bool {
        self.blames() || self.hit.rule.act.subtype() == "warning"
    }

    /// The rule reads what one side commits to.
    fn is_commitment(&self) -> bool {
        self.hit.rule.act == Act::Agreement(Agreement::Commitment)
    }

    /// What stands where a side was read.
    fn kind_at(&self, side: &Side) -> Option<WhoKind> {
        self.view.who.iter().find(|w| w.span == side.at).map(|w| w.kind)
    }

    fn block_kind(&self) -> Option<BlockKind> {
        self.context.doc.block_of(self.sentence).map(|b| b.kind)
    }

    fn trigger_span(&self) -> Span {
        self.span_of(self.hit.frame.trigger)
    }

    fn span_of(&self, range: Range) -> Span {
        let start = self.view.words.get(range.0).map_or(self.sentence.span.start, |w| w.span.start);
        let end = range.1.checked_sub(1).and_then(|i| self.view.words.get(i)).map_or(start, |w| w.span.end);
        Span::new(start, end.max(start))
    }

    /// The first sentence of its block.
    fn opens_block(&self) -> bool {
        self.context.doc.block_of(self.sentence).is_some_and(|b| b.sentences.0 == self.index)
    }

    /// Remarks of one voice, not what a list quotes of somebody.
    pub(super) fn in_speech(&self) -> bool {
        self.view.voice.own.is_some() && self.block_kind() == Some(BlockKind::Body)
    }

    /// The block that opens the answer a turn belongs to.
    pub(super) fn answer(&self) -> Option<usize> {
        let doc = self.context.doc;
        let opens = |block: &Block| {
            let words =
                doc.slice(Span::new(block.prefix.map_or(block.span.start, |p| p.end), block.span.end));
            block.kind == BlockKind::Question
                || NEXT_ANSWER.iter().any(|opening| caseless::starts_with(words, opening))
        };
        let before = doc.blocks.get(..=self.sentence.block)?;
        // A speech without questions is one answer.
        if self.in_speech() {
            return Some(0);
        }
        before.last().filter(|b| b.kind == BlockKind::Turn)?;
        before.iter().rposition(opens)
    }

    fn definite(&self) -> bool {
        let frame = &self.hit.frame;
        // "The memorandum was signed by …".
        let agreed = (self.hit.rule.act.kind() == Kind::Agreement).then_some(frame.theme).flatten();
        if !(frame.nominal || agreed.is_some()) {
            return false;
        }
        let start = match agreed.filter(|_| !frame.nominal) {
            Some((start, _)) => start,
            None => crate::grammar::clause::phrase_start(self.view.words, frame.trigger.0),
        };
        // "stressed the importance of haste": an aim, no accord that is known.
        let aim = self.view.words.get(start + 1).is_some_and(|w| {
            is!(
                w.lemma,
                "need" | "importance" | "necessity" | "significance" | "urgency" | "strength" | "value"
            )
        });
        !aim && self.view.words.get(start).is_some_and(|w| is!(w.lower, "the" | "this" | "that" | "these"))
    }

    /// The times in the clause, then those of the sentence before any verb.
    fn times_in(&self, range: Range) -> impl Iterator<Item = &Timing> {
        let span = self.span_of(range);
        self.times.iter().filter(move |t| span.contains(t.span))
    }

    /// Whether the sentence may have one of a few words; if not, it has none.
    fn may_say<const N: usize>(&self, few: &Few<N>) -> bool {
        self.view.stances.words(self.view).may_have(few)
    }

    fn own_group(&self) -> Option<&Group> {
        self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g))
    }

    /// The words of the sentence that stand right before a span.
    fn before(&self, span: Span) -> &[Word] {
        self.right_before(self.word_from(span.start))
    }

    /// The words of the sentence that stand right before another one.
    fn right_before(&self, at: usize) -> &[Word] {
        self.view.words.get(at.saturating_sub(4)..at).unwrap_or_default()
    }
}

/// Blocs that make accords of their own.
const BLOCS: &[&str] = &[
    "ASEAN",
    "Asean",
    "Mercosur",
    "GCC",
    "Gulf Cooperation Council",
    "EFTA",
    "European Free Trade Association",
    "African Union",
    "CARICOM",
    "Pacific Alliance",
    "Eurasian Economic Union",
    "Association of Southeast Asian Nations",
];

fn distinct(codes: impl Iterator<Item = StateCode>) -> States {
    codes.collect()
}

/// The frame's words, for the explanation.
pub(crate) fn frame_span(view: View<'_>, frame: &Frame) -> Span {
    let start = view.words.get(frame.trigger.0).map_or(0, |w| w.span.start);
    let end = frame.trigger.1.checked_sub(1).and_then(|i| view.words.get(i)).map_or(start, |w| w.span.end);
    Span::new(start, end.max(start))
}
