//! From a rule on a frame to events: parties, dates, rates, scope, factuality, status.

mod claims;
mod commitment;
mod contact;
mod dating;
mod general;
mod goods;
mod listed;
mod marks;
mod needs;
mod not_laid;
mod own_time;
mod papers;
mod parties;
mod place;
mod prospect;
mod scope;
mod stated;
mod status;
mod tariff_act;
mod tariff_payers;
mod tariff_sides;
mod tariff_target;
mod terms;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

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
use crate::grammar::lower::{WordId, is};
use crate::grammar::mood::Mood;
use crate::grammar::tag::{Tag, Word};
use crate::memory::Memory;
use crate::occasion::Occasions;
use crate::off_topic::ambiguous;
use crate::sentence::Sentence;
use crate::slots::{Part, Percentage, rate, settle};
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
    /// States, their bodies or officials are named, rather than goods and people of theirs alone.
    pub(crate) governed: bool,
    /// Per sentence of a list, the state that the heading above it names.
    pub(crate) sections: &'c [Option<StateCode>],
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
            general: false,
            official: false,
            depth: 0,
            residual: Vec::new(),
            threatened: None,
            paper: None,
            promised: false,
            amends: false,
            seat: None,
            local: false,
            answer: None,
            question: None,
            marks: Vec::new(),
        }
    }

    /// How many states take part.
    pub(crate) fn states(&self) -> usize {
        distinct(self.event.parties.iter().filter_map(|p| p.country)).len()
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

/// Why an act is not told.
pub(crate) type Reason = Cow<'static, str>;

/// Events of one hit, or why there are none; `share` holds the percentages that are its own.
pub(crate) fn build(
    context: &Context<'_>,
    scene: Scene<'_>,
    hit: &Hit<'_>,
    share: &[Percentage],
) -> Result<Vec<Draft>, Reason> {
    let Scene { index, sentence, view, times, memory, cited, told } = scene;
    let mut share = share.to_vec();
    if let Act::TariffAction(action) = hit.rule.act {
        settle(&mut share, action, hit.frame.trigger.0);
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
    fn run(&self) -> Result<Vec<Draft>, Reason> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        let contact = kind == Kind::Engagement;
        let mut stance = stance(self.view, self.context.classes, &self.hit.frame);
        // "shall not be exported": what is forbidden is no doubt.
        if kind == Kind::Tension && rule.mood == [Mood::Not] && !rule.hypothetical && self.forbidden() {
            (stance.doubtful, stance.negated, stance.future) = (false, false, true);
        }
        if contact {
            stance = self.contact_stance(stance)?;
        }
        // "Said no deal had been signed".
        if kind == Kind::Agreement
            && stance.negated
            && !stance.doubtful
            && !stance.future
            && self.official_speaker(&stance)
        {
            stance.denied = true;
        }
        // "Must buy 12 million tons under the deal": bound to.
        let bound = self.own_group().and_then(|g| g.modal.as_deref()).is_some_and(|m| m == "must");
        if matches!(rule.act, Act::Agreement(Agreement::Commitment)) && bound && self.in_return() {
            stance.doubtful = false;
            stance.future = true;
        }
        // "The Participants intend to import": how a joint paper lays down what is to be done.
        if matches!(rule.act, Act::Agreement(Agreement::Commitment)) && self.laid_down() {
            stance.doubtful = false;
        }
        if kind == Kind::BusinessShift && self.underway() {
            stance.doubtful = false;
        }
        // "will not rise to 25% as planned": a rise called off.
        let rise = matches!(rule.act, Act::TariffAction(TariffAction::Increase | TariffAction::Impose));
        // "will not lift its tariffs": stays as it is.
        let lifts = self.view.words.get(self.hit.frame.trigger.0).is_some_and(|w| w.lemma == "lift");
        let rise = rise && !lifts;
        let ahead = rule.act == Act::TariffAction(TariffAction::Increase) && stance.future;
        let own = self.own_group();
        // "is not ready to lift the duties": nothing is called off.
        let ready = own.is_some_and(|g| {
            g.tense == crate::grammar::clause::Tense::Infinitive
                && g.start.checked_sub(1).and_then(|i| self.view.words.get(i)).is_some_and(|w| {
                    is!(w.lower, "ready" | "willing" | "prepared" | "able" | "inclined" | "eager")
                })
        });
        let called_off =
            rise && stance.negated && !ready && (ahead || self.planned_before()) && !self.limits();
        if (contact || rise) && self.no_plan() {
            stance.denied = true;
            stance.doubtful = false;
        }
        // Where the rule reads what is said, "must" and "should not" are the message, no doubt of the act.
        let must = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g)?.modal.as_deref());
        let message = !rule.voice.is_empty();
        let bidden = message && matches!(must, Some("should" | "must" | "can" | "cannot"));
        let refusal = rule.mood.contains(&Mood::Not) || kind == Kind::Forecast;
        // "No longer buys frames there": what a firm has given up.
        let ended = matches!(kind, Kind::TariffAction | Kind::BusinessShift) && self.no_longer();
        // "ruled out any concession": refused, not left unsaid.
        let refusal = refusal
            || kind == Kind::Statement
                && own.is_some_and(|g| {
                    !g.negated && is!(g.lemma, "rule" | "reject" | "dismiss" | "deny" | "oppose" | "rebuff")
                });
        if stance.negated && !stance.denied && !called_off && !bidden && !refusal && !ended && !rule.general {
            return Err("negated".into());
        }
        if rule.general {
            return self.general(&stance);
        }
        if self.off_topic() && !ambiguous(self.context.classes, self.view.words.iter().map(|w| &w.lemma)) {
            return Err("another subject".into());
        }
        let retells = contact && self.points_back();
        let question = self.block_kind() == Some(BlockKind::Question);
        let asks = self.context.doc.slice(self.sentence.span).trim_end_matches(['”', '"']).ends_with('?');
        if asks && kind != Kind::Statement {
            return Err("asked, not told".into());
        }
        if let Some(reason) = self.no_report(kind) {
            return Err(reason.into());
        }
        if contact && self.invited() {
            return Err("part of an invitation".into());
        }
        if matches!(kind, Kind::Agreement | Kind::TariffAction | Kind::Engagement) && self.wondered() {
            return Err("asked whether, not told".into());
        }
        if kind != Kind::Statement && self.demanded() {
            return Err("demanded, not done".into());
        }
        if kind == Kind::TariffAction && (self.of_this_paper() || self.lawful() || self.replaced()) {
            return Err("told where the paper or the law lays it down".into());
        }
        if self.in_paper_title() {
            return Err("in the title of a paper".into());
        }
        if kind == Kind::TariffAction && self.deemed_needed() {
            return Err("judged needed, not done".into());
        }
        if kind == Kind::Tension && rule.hypothetical && self.supposes() {
            return Err("a condition, no warning".into());
        }
        if contact && self.consulting() {
            return Err("whom an authority consults".into());
        }
        if kind == Kind::Agreement && self.own_memorandum() {
            return Err("a paper of one's own".into());
        }
        if kind != Kind::TariffAction && kind != Kind::Tension && self.bids() {
            return Err("what agencies are bidden to do".into());
        }
        if kind == Kind::TariffAction && self.means() {
            return Err("what a means is for".into());
        }
        if kind == Kind::TariffAction && self.unnamed_thing() {
            return Err("of what is not said".into());
        }
        if kind == Kind::TariffAction && self.context.utility {
            return Err("a utility's tariff".into());
        }
        let other_tariff = self.context.classes.get("other_tariff");
        if kind == Kind::TariffAction && other_tariff.is_some_and(|o| self.view.has(self.hit.frame.extent, o))
        {
            return Err("no duty on imports".into());
        }
        if kind == Kind::TariffAction && self.ordered_by_court() {
            return Err("a court orders it; the duty stands until the executive acts".into());
        }
        let mut parties =
            if kind == Kind::TariffAction { self.tariff_sides(&stance)? } else { self.parties(&stance)? };
        if rule.act == Act::TariffAction(TariffAction::Exclude) {
            self.hit_by_the_duty(&mut parties);
        }
        if matches!(rule.act, Act::Agreement(Agreement::Commitment)) {
            if self.of_its_partner() {
                return Err("the deal does it, not the partner".into());
            }
            self.beneficiary(&mut parties);
            share(&mut parties);
        }
        parties.retain(|s| !self.only_treated(s));
        if self.of_one_house(&parties) {
            return Err("offices of one state, or firms".into());
        }
        if contact {
            // "Roe, not Doe, met her": who was not there.
            parties.retain(|s| self.before(s.at).last().is_none_or(|w| w.lower != "not"));
        }
        if kind == Kind::TariffAction && parties.iter().any(|s| self.firm_of_state(s)) {
            return Err("a firm that bears the name of a state".into());
        }
        self.signed(&mut parties);
        // "Howard Roe, his American counterpart": one person.
        let named: Vec<StateCode> = (parties.iter())
            .filter(|s| s.party.name.is_some() && s.party.office.as_deref() != Some("counterpart"))
            .filter(|s| self.view.who.iter().any(|w| w.span == s.at && w.kind == WhoKind::Person))
            .filter_map(|s| s.party.country)
            .collect();
        parties.retain(|s| {
            s.party.name.is_some()
                || s.party.office.as_deref() != Some("counterpart")
                || s.party.country.is_none_or(|code| !named.contains(&code))
        });
        // Measures and blame are a state's.
        let nobody = |s: &Side| s.party.role != Role::Actor || s.party.country.is_none();
        if kind == Kind::Tension && parties.iter().all(nobody) {
            return Err("no state does it".into());
        }
        let private = matches!(kind, Kind::Engagement | Kind::Agreement)
            && !matches!(rule.act, Act::Agreement(Agreement::Commitment));
        let counts = |s: &&Side| !private || !self.of_group(s);
        let mut states = distinct(parties.iter().filter(counts).filter_map(|s| s.party.country));
        // "India's finance and trade ministers said in a joint statement": of nobody else.
        let of_kind = |s: &Side, kinds: &[WhoKind]| {
            self.view.who.iter().any(|w| w.span == s.at && kinds.contains(&w.kind))
        };
        let own_paper = rule.act == Act::Agreement(Agreement::JointStatement)
            && !parties.iter().any(|s| of_kind(s, &[WhoKind::Person]))
            && parties.iter().any(|s| of_kind(s, &[WhoKind::Authority, WhoKind::Body, WhoKind::Office]));
        if let [one] = *states
            && private
            && !own_paper
            && rule.states == 2
            && let Some(side) = self.second_named(one)
        {
            parties.push(side);
            states = distinct(parties.iter().filter(|s| !self.of_group(s)).filter_map(|s| s.party.country));
        }
        if let [one] = *states
            && kind == Kind::Agreement
            && rule.states == 2
            && let Some(side) = self.met_with(one)
        {
            parties.push(side);
            states = distinct(parties.iter().filter_map(|s| s.party.country));
        }
        // "- Minister Roe: “We have reached an agreement.”", below the news of it.
        let deal = rule.act == Act::Agreement(Agreement::Deal);
        if deal && self.quoted_item() && self.memory.has_struck(&states) && !self.has_day() {
            return Err("told before, here in other words".into());
        }
        // A bloc of states is a counterpart too.
        let blocs = parties.iter().filter(|s| {
            private
                && s.party.country.is_none()
                && s.party.name.as_deref().is_some_and(|n| BLOCS.contains(&n))
        });
        if states.len() + blocs.count() < rule.states {
            return Err(format!("{} of {} states take part", states.len(), rule.states).into());
        }
        if kind == Kind::Tension && self.by_firms(&parties) {
            return Err("firms do it, no state".into());
        }
        if contact && self.of_these_talks(&parties) {
            return Err("the talks that the text opens with".into());
        }
        if contact && !retells && !self.telling(&parties) {
            return Err("a contact without day, place or people".into());
        }
        let spoken = matches!(self.block_kind(), Some(BlockKind::Turn | BlockKind::Question));
        if matches!(rule.act, Act::Agreement(Agreement::Commitment))
            && spoken
            && parties.iter().any(|s| s.party.role == Role::Recipient && s.at == self.trigger_span())
        {
            return Err("promised to nobody".into());
        }
        if kind == Kind::Agreement && self.than() {
            return Err("only compared with".into());
        }
        if kind == Kind::Agreement && self.aim() {
            return Err("aimed at, not told".into());
        }
        let promise = matches!(rule.act, Act::Agreement(Agreement::Commitment));
        if kind == Kind::Agreement && !promise && self.label(&parties) {
            return Err("a label of an agreement".into());
        }
        let bid = matches!(must, Some("should" | "must" | "ought"));
        if kind == Kind::Agreement && bid && !stance.future {
            return Err("asked for, not agreed".into());
        }
        self.needs(&stance, &parties)?;
        let own = self.own_voice(&stance, &parties);
        let mut fact = factuality(&stance, own);
        if fact == Factuality::Asserted
            && (question || matches!(kind, Kind::TariffAction | Kind::Tension) && self.of_another(&parties))
        {
            fact = Factuality::Reported;
        }
        if matches!(rule.act, Act::Agreement(Agreement::Commitment))
            && fact == Factuality::Hypothetical
            && self.in_return()
        {
            fact = Factuality::Reported;
        }
        // In an order, what another side has promised is its own word.
        let promise = matches!(rule.act, Act::Agreement(Agreement::Commitment));
        if promise && fact == Factuality::Asserted && self.promised_us(&parties) {
            fact = Factuality::Reported;
        }
        if rule.hypothetical
            || self.lead_act().is_some_and(|lead| lead.factuality == Factuality::Hypothetical)
        {
            fact = Factuality::Hypothetical;
        }
        if kind == Kind::Statement {
            fact = self.stated(&stance, &parties)?;
        }
        if matches!(rule.act.subtype(), "warning" | "condemnation" | "accusation")
            && (fact == Factuality::Reported || message && !rule.hypothetical)
        {
            fact = Factuality::Asserted;
        }
        let blames = matches!(rule.act.subtype(), "condemnation" | "accusation");
        if (blames || rule.act.subtype() == "warning") && self.for_a_purpose() {
            return Err("what a measure is for".into());
        }
        if kind == Kind::Tension
            && fact == Factuality::Hypothetical
            && !rule.hypothetical
            && (blames || !self.pursued())
        {
            return Err("foreseen, not threatened".into());
        }
        if kind == Kind::Forecast && self.context.official && !self.judged() {
            let mut speakers = Vec::new();
            self.collect(stance.speaker.unwrap_or((0, 0)), Role::Actor, &mut speakers);
            if speakers.iter().all(|s| s.party.country.is_none()) {
                return Err("a provision of a document".into());
            }
        }
        // "If the court finds for the importers": nobody has found anything.
        if kind == Kind::Statement && self.own_group().is_some_and(|g| g.condition) {
            return Err("only a condition".into());
        }
        // "Importers asked the court to strike it down": it has not done so.
        let above = self.own_group().filter(|g| g.tense == Tense::Infinitive).and_then(|g| g.governor);
        let asked = above.and_then(|g| self.view.clauses.groups.get(g)).is_some_and(|g| {
            is!(g.lemma, "ask" | "want" | "expect" | "petition" | "invite" | "beg" | "press" | "allow")
                || self.context.classes.has("urge", &g.lemma)
        });
        if rule.act.subtype() == "assessment" && asked {
            return Err("only asked for".into());
        }
        if rule.act.subtype() == "demand" && self.of_own_side(&parties) {
            return Err("asked of one's own side".into());
        }
        if !rule.agent_has.is_empty() && rule.actor == ["speaker"] && self.own_measure(&parties) {
            return Err("nobody blames a measure of his own side".into());
        }
        if kind == Kind::Tension && rule.act.subtype() != "accusation" && self.charged() {
            return Err("laid to somebody's charge".into());
        }
        // "The EU has called the rule unfair. What do you say?": words of a third, at second hand.
        if question && blames {
            // "The ministry has said that the rule harms trade": who says it is told.
            if rule.actor.first().is_none_or(|place| place != "agent") && stance.speaker.is_none() {
                return Err("told in a question".into());
            }
            fact = Factuality::Reported;
        }
        let joint = matches!(kind, Kind::Agreement | Kind::Engagement);
        if joint && self.context.elsewhere && parties.iter().all(|s| s.pair) {
            return Err("both sides of another subject".into());
        }
        let supposed = self.own_group();
        if kind == Kind::BusinessShift && supposed.is_some_and(|g| g.condition) {
            return Err("supposed, not done".into());
        }
        // "Exporters shall apply to the Ministry": what a notice lays down.
        let lays_down = |g: &Group| g.finite && g.modal.as_deref() == Some("shall");
        let laid_down = self.view.clauses.groups.iter().any(lays_down);
        if kind == Kind::BusinessShift && self.context.official && laid_down {
            return Err("a provision of a document".into());
        }
        // "Pursuant to the order, the duty on tin took effect": a duty takes no goods.
        let next = self.view.words.get(self.hit.frame.trigger.1);
        if kind == Kind::BusinessShift && next.is_some_and(|w| is!(w.lower, "effect" | "force")) {
            return Err("a measure takes effect".into());
        }
        // "a report according to which traders have stopped buying: “pure fabrication”"
        let untrue = || {
            self.context
                .classes
                .get("untrue")
                .is_some_and(|words| self.view.has((0, self.view.words.len()), words))
        };
        if kind == Kind::BusinessShift && untrue() {
            return Err("said to be untrue".into());
        }
        if kind == Kind::BusinessShift && self.as_before() {
            return Err("goes on as before".into());
        }
        // "its carriers will take delivery of fifty aircraft", says an authority's paper.
        let ahead = self.context.official && stance.future && self.official_speaker(&stance);
        if kind == Kind::BusinessShift
            && (self.in_return() || ahead || self.context.official && self.promised())
        {
            return Err("part of a bargain".into());
        }
        if kind == Kind::BusinessShift && (self.foreseen() || self.told_to()) {
            return Err("foreseen by others".into());
        }
        // "She expects both capitals to renew the truce": a forecast, which another rule tells.
        if kind == Kind::Agreement
            && fact == Factuality::Hypothetical
            && !rule.hypothetical
            && self.foreseen()
        {
            return Err("foreseen by others".into());
        }
        if contact && fact == Factuality::Hypothetical {
            let dated = self.has_day() || self.meant_to() && people_meet(&parties);
            if !dated || parties.iter().all(|s| s.pair) && !self.planned() {
                return Err("nobody named may meet".into());
            }
        }
        if let Act::TariffAction(action) = rule.act
            && fact != Factuality::Denied
            && self.threatened_if(action, &stance)
        {
            fact = Factuality::Hypothetical;
        }
        let act = match rule.act {
            Act::TariffAction(action) if rule.same => {
                Act::TariffAction(self.memory.act(self.index).unwrap_or(action))
            }
            Act::TariffAction(_) if called_off => Act::TariffAction(TariffAction::Suspend),
            Act::TariffAction(action) if self.of_list() => {
                let (action, items) = self.listed_act(action);
                if items.is_empty() {
                    return Err("no rate of its own".into());
                }
                Act::TariffAction(action)
            }
            Act::TariffAction(action) => Act::TariffAction(self.tariff_act(action, fact, &parties)?),
            _ => rule.act.clone(),
        };
        let of = |role: Role| parties.iter().filter(move |s| s.party.role == role);
        let both = distinct(of(Role::Actor).filter_map(|s| s.party.country)).len() > 1;
        // An official text tells what its own state is to do without saying to whom.
        let command = self.own_group().is_some_and(|g| {
            g.subject.is_none() && g.tense == crate::grammar::clause::Tense::Present && g.start == 0
        });
        let spoken_for = |s: &Side| !s.understood || command && s.party.country == self.context.voice;
        let groups = &self.view.clauses.groups;
        let main = self.hit.frame.group.and_then(|own| groups.iter().take(own + 1).rev().find(|g| g.finite));
        let will = main.and_then(|g| g.modal.as_deref()).is_some_and(|m| matches!(m, "will" | "shall"));
        // "The duties are hereby terminated": done by the words themselves.
        let hereby = self.view.words.iter().any(|w| w.lower == "hereby");
        let firm = self.context.official
            && (stance.future || command || will || hereby)
            && of(Role::Actor).any(|s| spoken_for(s) || hereby);
        let named = both || firm || of(Role::Recipient).any(|s| !s.understood);
        // "The U.S. side imposed sanctions on our firms", says another state: a complaint, told for no day.
        let does = distinct(of(Role::Actor).filter_map(|s| s.party.country));
        let teller = stance.speaker.and_then(|range| self.view.who_in(range).find_map(|w| w.country));
        let teller = teller.or(self.view.voice.own.as_deref().and_then(|w| w.country)).or(self.context.voice);
        let complains = kind == Kind::Tension
            && fact == Factuality::Reported
            && rule.status.is_none()
            && teller.is_some_and(|code| !does.contains(&code));
        let open = of(Role::Actor).any(|s| !s.understood);
        let variants = self.tariff_variants(kind);
        let segments = self.segments(&variants);
        let mut out = Vec::with_capacity(variants.len());
        let splits = self.split(kind, parties);
        let several = splits.len() > 1;
        let actor =
            |sides: &[Side]| sides.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country);
        for sides in splits {
            for (number, variant) in variants.iter().enumerate() {
                let part = Builder { segment: segments.get(number).copied(), share: Vec::new(), ..*self };
                let act = moved(&act, &variant.items);
                let own = if variants.len() > 1 { self.those_of(variant, &sides) } else { None };
                // "Both cut duties, the US to 30% and China to 10%": each its own.
                if several && own.as_ref().is_some_and(|own| actor(own) != actor(&sides)) {
                    continue;
                }
                let draft = part.draft(&act, fact, &stance, own.as_ref().unwrap_or(&sides), variant);
                if matches!(act, Act::Agreement(Agreement::Commitment)) {
                    out.extend(self.commitments(draft));
                } else if contact {
                    out.extend(self.contacts(Draft { retells, ..draft }, &sides));
                } else {
                    out.push(draft);
                }
            }
        }
        self.once_per_paper(&mut out);
        // What carries neither counterpart nor rate nor date is no background worth telling.
        out.retain(|d: &Draft| {
            let bare = d.event.rate.is_none()
                && !d.dated
                && d.event.effective.is_none()
                && d.event.expires.is_none()
                && d.event.duration.is_none();
            // "China's list covers 106 products": how many tells which.
            let counted = d.event.scope.as_deref().is_some_and(|s| s.contains(|c: char| c.is_ascii_digit()));
            // "signed an order exempting bananas from his duties"
            let ordered = d.event.act == Act::TariffAction(TariffAction::Exclude)
                && d.event.scope.is_some()
                && self
                    .view
                    .words
                    .iter()
                    .any(|w| is!(w.lower, "order" | "proclamation" | "decree" | "notice" | "announced"));
            // "scrapped its retaliatory duties": those on whom they answered.
            let answer = self.hit.frame.theme.is_some_and(|(a, b)| {
                (a..b).any(|i| {
                    self.view.words.get(i).is_some_and(|w| is!(w.lower, "retaliatory" | "counter-tariffs"))
                })
            });
            // "revoked the fentanyl duties": a layer known by its name.
            let layer = self.eases()
                && self.own_group().is_some_and(|g| g.finite && !g.passive && !g.condition)
                && !self.conditional()
                && self.hit.frame.theme.filter(|_| !self.hit.frame.nominal).is_some_and(|theme| {
                    let known = self.context.classes.get("layer").unwrap_or_default();
                    self.view.has(theme, known)
                });
            // "is considering higher duties on Asian cars": a plan of its own, for goods that are named.
            let plans = rule.hypothetical
                && fact == Factuality::Hypothetical
                && d.event.scope.is_some()
                && open
                && self.own_group().is_some_and(|g| g.finite && g.modal.is_none());
            // "did away with the duty-free allowance for parcels"
            let opened = d.event.act == Act::TariffAction(TariffAction::Impose)
                && fact == Factuality::Asserted
                && open
                && self.hit.frame.theme.filter(|_| !self.hit.frame.nominal).is_some_and(|theme| {
                    let relief = self.context.classes.get("exemption").unwrap_or_default();
                    self.view.has(theme, relief)
                });
            // "Blades of glass are exempt from the duty": from that told right before.
            let spared = d.event.act == Act::TariffAction(TariffAction::Exclude)
                && d.event.scope.is_some()
                && self.spared_measure(does.first().copied()).is_some();
            // "…, though it let off the makers that keep to a price": from the duty told right before.
            let freed = d.event.act == Act::TariffAction(TariffAction::Exclude)
                && d.event.scope.is_some()
                && fact != Factuality::Hypothetical
                && d.states() > 1
                && self.memory.act(self.index).is_some()
                && self.own_group().is_some_and(|g| {
                    let measures = self.context.classes.get("tariff").unwrap_or_default();
                    let active = !g.passive || self.view.has(self.hit.frame.extent, measures);
                    g.finite && active && !g.condition && !self.hit.frame.nominal
                });
            // "Should new duties be put on our goods, we will answer."
            let supposed = fact == Factuality::Hypothetical
                && self.own_group().is_some_and(|g| g.condition && g.finite)
                && !self.hit.frame.nominal;
            let kept = named || ordered || layer || plans || opened || (counted || answer) && d.states() > 1;
            kind != Kind::TariffAction || !bare || (kept || spared || freed) && !supposed
        });
        // "The United States has put ten firms on its list", opening an answer: the news it is about.
        let news = self.answer().is_some() && self.opens_block() && self.tense() == Some(Tense::Perfect);
        out.retain(|d| !complains || news || d.dated || d.event.effective.is_some());
        let pointer = self.hit.frame.participle && kind == Kind::TariffAction;
        let starts_here = |d: &Draft| {
            let span = d.event.evidence.fields.get("effective").copied();
            span.is_some_and(|span| self.sentence.span.contains(span))
        };
        out.retain(|d| !pointer || d.event.rate.is_some() || d.dated || starts_here(d));
        if out.is_empty() {
            return Err("neither counterpart, rate nor date".into());
        }
        self.day_by_day(&mut out);
        self.respectively(&mut out);
        Ok(out)
    }

    /// Names sports, art or travel: in a text on trade a goal or a season is no such thing.
    fn off_topic(&self) -> bool {
        let Some(phrases) = self.context.classes.get("off_topic") else { return false };
        let words = self.view.words;
        let noun = |i: &usize| words.get(*i).is_some_and(|w| !matches!(w.tag, Tag::Verb(_)));
        let mut named: Vec<usize> = self.view.opened.places((0, words.len()), phrases).filter(noun).collect();
        named.dedup();
        named.len() > usize::from(self.context.on_trade && !self.context.sides.is_empty())
    }

    /// "may not be shipped", "no item shall be sold".
    fn forbidden(&self) -> bool {
        let modal = self.own_group().and_then(|g| g.modal.as_deref());
        modal.is_some_and(|m| matches!(m, "may" | "must" | "shall" | "can" | "cannot"))
    }

    /// "accelerate efforts to relocate": firms that make an effort have begun to shift.
    fn underway(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.hit.frame.group else { return false };
        let mut chain = self.view.clauses.chain(own).filter_map(|g| groups.get(g));
        let effort = chain.next().and_then(|g| g.start.checked_sub(1)).and_then(|at| self.view.words.get(at));
        effort.is_some_and(|w| w.lemma == "effort")
            && chain.all(|g| g.modal.is_none() && !g.negated && !g.condition)
    }

    /// "will not go above 45%": a promise of a ceiling, no rise called off.
    fn limits(&self) -> bool {
        let frame = &self.hit.frame;
        (frame.trigger.1..frame.extent.1)
            .any(|i| self.view.words.get(i).is_some_and(|w| is!(w.lower, "above" | "beyond" | "over")))
    }

    /// "what was added in April": nothing is named.
    fn unnamed_thing(&self) -> bool {
        let group = self.own_group();
        group.filter(|_| !self.hit.frame.nominal).is_some_and(|g| {
            let before = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            g.passive && before.is_some_and(|w| w.lower == "what")
        })
    }

    /// "The duties planned for December were never imposed".
    fn planned_before(&self) -> bool {
        let planned = |i: usize| {
            self.view
                .words
                .get(i)
                .is_some_and(|w| is!(w.lower, "planned" | "scheduled" | "threatened" | "due" | "announced"))
        };
        let frame = &self.hit.frame;
        !frame.nominal && frame.theme.is_some_and(|(start, end)| (start..end).any(planned))
            || (frame.trigger.1..frame.extent.1).any(|i| {
                planned(i)
                    && i.checked_sub(1).and_then(|b| self.view.words.get(b)).is_some_and(|w| w.lower == "as")
            })
    }

    /// "Peru Power cut its tariff": whoever acts is a firm named after a state.
    fn firm_of_state(&self, side: &Side) -> bool {
        let next = self.view.words.iter().find(|w| w.span.start >= side.at.end);
        side.party.role == Role::Actor
            && !side.understood
            && next.is_some_and(|w| {
                w.capital
                    && is!(
                        w.lower,
                        "airlines"
                            | "airways"
                            | "electric"
                            | "electricity"
                            | "gas"
                            | "mobile"
                            | "post"
                            | "power"
                            | "railway"
                            | "railways"
                            | "telecom"
                            | "telekom"
                            | "unicom"
                            | "water"
                    )
            })
    }

    /// In a speaker's own voice, what another side did.
    fn of_another(&self, parties: &[Side]) -> bool {
        let spoken = self.block_kind() == Some(BlockKind::Turn) || self.context.first_person;
        let mut actors = parties.iter().filter(|s| s.party.role == Role::Actor);
        let speaker = self.view.voice.own.as_ref().and_then(|who| who.country);
        let voice = speaker.or(self.context.voice);
        spoken && voice.is_some() && actors.all(|s| s.party.country != voice)
    }

    /// Somebody wants, plans or threatens it, rather than others thinking it possible.
    fn pursued(&self) -> bool {
        let classes = self.context.classes;
        self.hit.frame.group.is_some_and(|g| {
            self.view
                .clauses
                .chain(g)
                .filter_map(|g| self.view.clauses.groups.get(g))
                .any(|g| classes.has("doubt", &g.lemma) && !classes.has("foresee", &g.lemma))
        })
    }

    /// Whoever is to do it plans or intends it.
    fn meant_to(&self) -> bool {
        let groups = &self.view.clauses.groups;
        self.hit.frame.group.is_some_and(|g| {
            let chain = || self.view.clauses.chain(g).filter_map(|g| groups.get(g));
            chain().all(|g| !g.negated && !g.condition)
                && chain().any(|g| is!(g.lemma, "plan" | "intend" | "aim" | "hope" | "want"))
        })
    }

    /// "Accused Beijing of having done little to stop exports": told of the accused.
    fn charged(&self) -> bool {
        let groups = &self.view.clauses.groups;
        self.hit.frame.group.filter(|_| !self.hit.frame.nominal).is_some_and(|own| {
            let mut above = self.view.clauses.chain(own).skip(1).filter_map(|g| groups.get(g));
            above.any(|g| is!(g.lemma, "accuse" | "blame" | "suspect"))
        })
    }

    /// "Growers expect Beijing to retaliate": an outsider's judgement, in whatever paper it stands. "The
    /// Department expects firms to comply" is a provision.
    fn judged(&self) -> bool {
        let frame = &self.hit.frame;
        let foresees = self.view.words.get(frame.trigger.0).is_some_and(|w| {
            self.context.classes.has("foresee", &w.lemma) || is!(w.lemma, "believe" | "reckon")
        });
        let outside = |a: Range| {
            crate::firm::judges(self.view, self.context.classes, a)
                && !self.pronoun(a)
                && !self.view.who_in(a).any(|w| w.is("official"))
        };
        foresees && frame.agent.is_some_and(outside)
    }

    /// "The President is calling on the agency": whoever is asked serves the one who asks.
    fn of_own_side(&self, parties: &[Side]) -> bool {
        let frame = &self.hit.frame;
        let on = frame
            .preps
            .iter()
            .find(|(p, _)| self.view.words.get(*p).is_some_and(|w| is!(w.lower, "on" | "upon" | "to")));
        let Some(asked) = frame.theme.or(on.map(|(_, range)| *range)) else { return false };
        // A guild may ask things of its own government.
        let private = frame.agent.is_some_and(|a| self.view.who_in(a).all(|w| !w.is("official")));
        if private {
            return false;
        }
        let actor = parties.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country);
        let mut found = self.view.who_in(asked).filter(|w| {
            w.country.is_some() && matches!(w.kind, WhoKind::Body | WhoKind::Person | WhoKind::Office)
        });
        self.hit.rule.actor == ["agent"]
            && found.next().is_some_and(|w| w.country == actor)
            && found.all(|w| w.country == actor)
    }

    /// "wondered whether the two will reach a deal".
    fn wondered(&self) -> bool {
        let own = self.own_group();
        let start = own.filter(|_| !self.hit.frame.nominal).map(|g| g.opens());
        let opener = start.and_then(|at| at.checked_sub(1)).and_then(|i| self.view.words.get(i));
        opener.is_some_and(|w| w.lower == "whether")
    }

    /// "more than it has committed to buy".
    fn than(&self) -> bool {
        let own = self.own_group();
        own.filter(|_| !self.hit.frame.nominal).is_some_and(|g| {
            let word = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
            // "fell short of what it had pledged"
            let from = g.subject.map_or(g.start, |s| s.0);
            let what = from.checked_sub(1).is_some_and(|i| word(i) == "what") && g.tense == Tense::Perfect;
            what || (g.start.saturating_sub(2)..g.start).any(|i| word(i) == "than")
        })
    }

    /// All that act are firms.
    fn by_firms(&self, parties: &[Side]) -> bool {
        let mut actors = parties.iter().filter(|s| s.party.role == Role::Actor).peekable();
        let firm = |s: &Side| self.view.who.iter().any(|w| w.span == s.at && w.kind == WhoKind::Firm);
        actors.peek().is_some() && actors.all(firm)
    }

    /// The measure spoken of is the actor's own.
    fn own_measure(&self, parties: &[Side]) -> bool {
        let measure = self.hit.frame.agent.unwrap_or((0, 0));
        let mut owners = self.view.who_in(measure).filter_map(|w| w.country);
        let by = |code: StateCode| {
            parties.iter().any(|s| s.party.role == Role::Actor && s.party.country == Some(code))
        };
        owners.next().is_some_and(by)
    }

    /// "has no plans to tax rice", "has no intention of ringing him": said not to be coming.
    fn no_plan(&self) -> bool {
        let Some(own) = self.own_group() else { return false };
        let back = |n: usize| own.start.checked_sub(n).and_then(|i| self.view.words.get(i));
        let led = usize::from(back(1).is_some_and(|w| w.lower == "of"));
        back(1 + led).is_some_and(|w| is!(w.lower, "plan" | "plans" | "intention" | "intentions" | "intent"))
            && back(2 + led).is_some_and(|w| w.lower == "no")
    }

    /// Others expect it, or it is told as likely.
    fn foreseen(&self) -> bool {
        let groups = &self.view.clauses.groups;
        // "Factories will move, the association predicts."
        let own = self.hit.frame.group.and_then(|g| groups.get(g));
        let predicted = own.filter(|g| g.modal.is_some()).is_some_and(|own| {
            groups.iter().any(|g| {
                let comma =
                    (own.head..g.head).any(|i| self.view.words.get(i).is_some_and(|w| w.lower == ","));
                g.finite && g.head > own.head && comma && self.context.classes.has("foresee", &g.lemma)
            })
        });
        if predicted {
            return true;
        }
        self.hit.frame.group.is_some_and(|g| {
            let chain = self.view.clauses.chain(g);
            chain.filter_map(|g| groups.get(g)).any(|g| {
                let before = g.start.checked_sub(1).and_then(|at| self.view.words.get(at));
                self.context.classes.has("foresee", &g.lemma)
                    || before.is_some_and(|w| is!(w.lower, "likely" | "unlikely"))
            })
        })
    }

    /// Why the text or the sentence is no report of what somebody does.
    fn no_report(&self, kind: Kind) -> Option<&'static str> {
        let guessed = matches!(kind, Kind::Forecast | Kind::BusinessShift);
        if self.context.genre.advice && (guessed || kind == Kind::TariffAction && !self.has_day()) {
            return Some("advice to the reader");
        }
        if guessed && self.context.utility {
            return Some("a utility's tariff");
        }
        if guessed && self.context.elsewhere {
            return Some("in a text on sports and the like");
        }
        let first = self.view.words.iter().find(|w| w.tag != Tag::Punct).map_or("", |w| w.lower.as_str());
        let measure = matches!(kind, Kind::TariffAction | Kind::Tension | Kind::Agreement);
        // "Each government prolonged its pause": of the two that the text is about.
        let any = self.hit.frame.agent.is_some_and(|(start, end)| {
            let word = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
            end == start + 2
                && is!(word(start), "a" | "any" | "each" | "every" | "one")
                && is!(word(start + 1), "country" | "state" | "government" | "nation")
                && self.view.who_in((start, end)).all(|w| w.country.is_none())
        });
        if measure && (any || matches!(first, "suppose" | "imagine" | "assume" | "picture")) {
            return Some("supposed, not done");
        }
        let passage = self.context.doc.sentences.len() <= PASSAGE;
        let home = !self.context.abroad && !passage && !self.context.official;
        let promise = matches!(self.hit.rule.act, Act::Agreement(Agreement::Commitment));
        let joint = matches!(kind, Kind::Engagement | Kind::Agreement) && !promise;
        let words = kind == Kind::Statement && !self.context.on_trade;
        (home && (joint || words)).then_some("of one state alone")
    }

    /// "Where we still buy most of it": no change.
    fn as_before(&self) -> bool {
        let group = self.own_group().filter(|g| g.tense == crate::grammar::clause::Tense::Present);
        group.is_some_and(|g| {
            (g.start.saturating_sub(1)..=g.head + 1)
                .any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "still"))
        })
    }

    /// "Importers are told to stop buying": whoever tells them acts.
    fn told_to(&self) -> bool {
        let groups = &self.view.clauses.groups;
        self.hit.frame.group.is_some_and(|g| {
            let mut above = self.view.clauses.chain(g).skip(1).filter_map(|g| groups.get(g));
            // "Washington told two firms to stop selling": so does whoever tells them by name.
            let named = |r: Option<Range>| r.is_some_and(|r| self.view.who_in(r).any(|w| w.is("official")));
            above.any(|g| {
                // "helping producers to find buyers", "will force firms to move"
                let made = HELPS.contains(&g.lemma.as_str())
                    || g.modal.is_some()
                        && is!(g.lemma, "force" | "push" | "lead" | "prompt" | "cause")
                    // "a rule that compels carmakers to invest there"
                    || g.tense == crate::grammar::clause::Tense::Present
                        && is!(g.lemma, "compel" | "require" | "oblige" | "commit");
                // "asked its suppliers to swallow half of it": one firm tells another.
                let told = g.theme.zip(self.hit.frame.agent);
                let another = told.is_some_and(|(theme, agent)| theme.0 == agent.0);
                made || (g.passive || another || g.theme.is_some() && named(g.subject))
                    && TELLS.contains(&g.lemma.as_str())
            })
        })
    }

    /// Somebody else is asked to do it: the demand is the event.
    fn demanded(&self) -> bool {
        let frame = &self.hit.frame;
        let skip = usize::from(!frame.nominal);
        frame.group.is_some_and(|g| {
            self.view.clauses.chain(g).skip(skip).filter_map(|g| self.view.clauses.groups.get(g)).any(|g| {
                // "has until June 30 to lift them": given time, not done.
                let given = !frame.nominal && is!(g.lemma, "have" | "give") && self.in_time(g);
                // "We hope the other side will lift its curbs" asks for it.
                let wished =
                    self.hit.rule.act.kind() == Kind::Tension && is!(g.lemma, "hope" | "wish" | "want");
                given || wished || self.context.classes.has("demand", &g.lemma)
            })
        })
    }

    /// Whether the words behind a verb are a time that is left: "until June 30", "90 days", "a deadline".
    fn in_time(&self, group: &Group) -> bool {
        let next = |by: usize| self.view.words.get(group.head + by);
        let first = (1..=4).find(|&by| next(by).is_some_and(|w| w.tag != Tag::Det && !w.name)).unwrap_or(1);
        next(first).is_some_and(|w| w.time || is!(w.lower, "until" | "till" | "time" | "deadline"))
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

    fn draft(
        &self,
        act: &Act,
        fact: Factuality,
        stance: &Stance,
        sides: &[Side],
        variant: &Variant,
    ) -> Draft {
        let rule = self.hit.rule;
        let kind = act.kind();
        // "announced that cars would face 25%": a threat is of what is not yet so.
        let open = *act == Act::TariffAction(TariffAction::Threaten) && fact != Factuality::Denied;
        let fact = if open { Factuality::Hypothetical } else { fact };
        let text = self.context.doc.text;
        let rate = rate(&variant.items, self.view.words, text);
        let measure = matches!(kind, Kind::TariffAction | Kind::Tension | Kind::Agreement);
        let mut terms = if measure { self.terms() } else { Terms::default() };
        if let Some((day, span)) = self.day_of_row() {
            (terms.effective, terms.effective_span) = (Some(day), Some(span));
        }
        if let Some((first, last, span)) = self.period_of_row() {
            (terms.effective, terms.effective_span) = (Some(first), Some(span));
            (terms.expires, terms.expires_span) = (Some(last), Some(span));
        }
        let lead = self.lead_act();
        if let Some(lead) = lead {
            terms.take_from(lead);
        }
        // What is agreed on is no measure that starts, and only a deal lapses.
        if let Act::Agreement(form) = act {
            (terms.effective, terms.effective_span) = (None, None);
            if *form != Agreement::Deal {
                (terms.expires, terms.expires_span) = (None, None);
            }
        }
        // "will stop collecting the duty for 90 days": it comes back.
        let paused = Act::TariffAction(TariffAction::Suspend);
        let for_a_time = *act == Act::TariffAction(TariffAction::Remove) && terms.duration.is_some();
        let act = if for_a_time { &paused } else { act };
        // "The 10% surcharge, in force since May 3, expired on July 1": the surcharge with its two ends.
        let laid = Act::TariffAction(TariffAction::Impose);
        let act = if self.ended_with_start(act, &mut terms) { &laid } else { act };
        let told = self.date(&terms, stance, fact, kind);
        let told = self.with_the_duty(act, sides, told, &mut terms);
        let told = lead.and_then(|lead| self.day_of_lead(&told, lead)).unwrap_or(told);
        let told = self.day_of_bargain(act, sides, &told).unwrap_or(told);
        terms.settle(&told, self.context.doc);
        let date = match told.date.interval {
            None => {
                let there = self.said_there(act, sides).or_else(|| self.agreed_there(act, sides));
                there.or_else(|| self.spoken_today(act, sides)).unwrap_or(told.date)
            }
            Some(_) => match self.not_before_contact(act, sides, &told) {
                Some(there) => there,
                None => told.date,
            },
        };
        // "the deadline of July 21, set after they met in Rome": whoever met has met.
        let met = kind == Kind::Engagement
            && !self.hit.frame.nominal
            && !stance.future
            && self.own_group().is_some_and(|g| {
                g.finite && g.modal.is_none() && g.tense == crate::grammar::clause::Tense::Past
            })
            && date.start().is_some_and(|day| day > self.context.published);
        let date = if met { EventDate::UNKNOWN } else { date };
        // "The American escalation of duties is a mistake", in another's paper: of no day told here.
        let theirs = kind == Kind::TariffAction
            && self.context.official
            && self.hit.frame.nominal
            && told.span.is_none()
            && self.context.voice.is_some()
            && sides.iter().all(|s| s.party.role != Role::Actor || s.party.country != self.context.voice);
        let date = if theirs { EventDate::UNKNOWN } else { date };
        // "Recent calls" were on no day told here.
        let date =
            if kind == Kind::Engagement && !told.own && self.recent() { EventDate::UNKNOWN } else { date };
        let scope = self.scope(kind, variant);
        let spot = self.spot(kind);
        let place = spot.map(|spot| self.span_of(spot.words));
        let mut topics: SmallVec<[(&'static str, Span); 4]> = SmallVec::new();
        for &(topic, span) in self.context.topics.get(self.index).into_iter().flatten() {
            if !topics.iter().any(|(known, _)| *known == topic) && topics.len() < 4 {
                topics.push((topic, span));
            }
        }
        let claims = self.claims(kind);
        let foreign = self.context.official
            && sides.iter().any(|s| s.party.role == Role::Actor && s.party.country != self.context.voice);
        // "Fees will be levied on ships built in China": told by China, on no day of its own paper.
        let of_paper = foreign
            && *act == Act::Tension(Tension::PortFees)
            && told.span.is_none()
            && date.interval == EventDate::day(self.context.published).interval;
        let date = if of_paper { EventDate::UNKNOWN } else { date };
        let status = self.status(act, fact, stance, &terms, &date, foreign);
        let mut fields = Fields::with_capacity(FIELDS);
        for (number, span) in claims.iter().enumerate() {
            fields.add(Listed::Claim.path(number), *span);
        }
        fields.put("date", told.span.filter(|_| !met));
        fields.put("duration", terms.duration_span);
        fields.put("effective", terms.effective_span);
        fields.put("expires", terms.expires_span);
        for (number, side) in sides.iter().enumerate() {
            fields.add(Listed::PartyCountry.path(number), side.at);
            for (field, span) in [(Listed::PartyName, side.name), (Listed::PartyOffice, side.office)] {
                if let Some(span) = span {
                    fields.add(field.path(number), span);
                }
            }
        }
        fields.put("place", place);
        fields.put("rate", rate.as_ref().map(|(_, span)| *span));
        fields.put("scope", scope);
        fields.put("status", status.map(|_| self.trigger_span()));
        for (number, (_, span)) in topics.iter().enumerate() {
            fields.add(Listed::Topic.path(number), *span);
        }
        let words = |span: Span| span.of(text).unwrap_or("").to_owned();
        let published = date.interval == EventDate::day(self.context.published).interval;
        // In a participle of an official text, "today" points at the main act.
        let pointer = self.hit.frame.participle && self.context.official && published;
        let dated = told.own && !pointer;
        let doubt = if sides.iter().any(|s| s.pair) { 50 } else { 0 }
            + if fact == Factuality::Asserted { 0 } else { 50 };
        let event = Event {
            act: act.clone(),
            parties: sides.iter().map(|side| side.party.party()).collect(),
            date,
            effective: terms.effective,
            expires: terms.expires,
            duration: terms.duration,
            rate: rate.map(|(rate, _)| rate),
            scope: scope.map(words),
            topics: topics.iter().map(|(topic, _)| (*topic).to_owned()).collect(),
            place: place.map(words),
            factuality: fact,
            status,
            quote: words(self.sentence.span),
            claims: claims.into_iter().map(words).collect(),
            plover: general::plover(&rule.plover, act, fact, stance.future),
            confidence: Confidence::from_thousandths(rule.confidence.saturating_sub(doubt)),
            evidence: Evidence { quote: self.sentence.span, fields, rules: vec![rule.name.clone()] },
        };
        Draft {
            event,
            sentence: self.index,
            start: self.trigger_span().start,
            block: self.sentence.block,
            carried: stance.speaker.is_none() && self.words_run_on(sides),
            definite: self.definite(),
            dated,
            retells: false,
            anaphoric: self.anaphoric(),
            pointer: kind == Kind::Engagement && self.presupposed()
                || kind == Kind::Tension && self.hit.frame.participle,
            other: kind == Kind::Engagement && (self.another() || self.often()),
            elaborates: self.elaborates(),
            general: rule.general,
            official: self.context.official,
            depth: self.depth(),
            residual: rule.residual.clone(),
            threatened: match rule.act {
                Act::TariffAction(action) if *act == Act::TariffAction(TariffAction::Threaten) => {
                    Some(action).filter(|action| *action != TariffAction::Threaten)
                }
                _ => None,
            },
            paper: None,
            promised: self.promised_us(sides),
            amends: rule.weak
                && self
                    .view
                    .words
                    .get(self.hit.frame.trigger.0)
                    .is_some_and(|w| is!(w.lemma, "delete" | "strike" | "substitute")),
            seat: spot.and_then(|s| s.country),
            local: spot.is_some_and(|s| s.local),
            answer: self.answer(),
            question: Some(self.sentence.block).filter(|_| self.block_kind() == Some(BlockKind::Question)),
            marks: if kind == Kind::Tension { self.marks() } else { Vec::new() },
        }
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
        (frame.nominal || agreed.is_some())
            && !aim
            && self.view.words.get(start).is_some_and(|w| is!(w.lower, "the" | "this" | "that" | "these"))
    }

    /// The times in the clause, then those of the sentence before any verb.
    fn times_in(&self, range: Range) -> impl Iterator<Item = &Timing> {
        let span = self.span_of(range);
        self.times.iter().filter(move |t| span.contains(t.span))
    }

    /// "We have concluded a deal", quoted of one side's envoy in a text on two: with the other.
    fn other_than_we(&self, one: StateCode) -> Option<Side> {
        let (from, to) = self.hit.frame.agent.filter(|_| !self.hit.frame.nominal)?;
        let we = to == from + 1 && self.view.words.get(from).is_some_and(|w| w.lower == "we");
        let own = self.view.voice.own.as_deref().and_then(|w| w.country) == Some(one);
        let [a, b] = self.context.sides.as_slice() else { return None };
        let deal = matches!(self.hit.rule.act, Act::Agreement(Agreement::Deal | Agreement::Consensus));
        let other = if *a == one { *b } else { *a };
        let sides = (*a == one || *b == one) && we && own && deal;
        sides.then(|| self.state(other, Role::Participant, self.trigger_span()))
    }

    /// The verb group of the act.
    /// "Lula called on Trump in Utah and came away with a deal": the only other state whose people or organs
    /// the sentence names.
    fn second_named(&self, one: StateCode) -> Option<Side> {
        // "spoke about the summit": what a contact is about is not held by those who speak.
        let about = self.own_group().filter(|_| self.hit.frame.nominal).is_some_and(|g| {
            is!(
                g.lemma,
                "speak" | "talk" | "meet" | "call" | "telephone" | "phone" | "discuss" | "tell" | "brief"
            )
        });
        if about && self.hit.rule.act.kind() == Kind::Engagement {
            return None;
        }
        // "Roe met Doe after a call with Lima": Doe is somebody, if nobody known.
        let stranger = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal).is_some_and(|(from, to)| {
            to == from + 1 && self.view.words.get(from).is_some_and(|w| w.capital && w.tag == Tag::Noun)
        });
        if stranger {
            return None;
        }
        if let Some(side) = self.other_than_we(one) {
            return Some(side);
        }
        let mut others = Vec::new();
        self.collect((0, self.view.words.len()), Role::Participant, &mut others);
        others.retain(|s| !s.pair && s.party.country.is_some_and(|code| code != one) && !self.of_group(s));
        // "the accord with Lima, Roe told lawmakers": whoever only tells of it takes no part.
        let own = self.hit.frame.group;
        let tells = |(at, group): (usize, &Group)| {
            let says = self.context.classes.has("say", &group.lemma) && own != Some(at);
            group.subject.filter(|_| says).map(|range| self.span_of(range))
        };
        let tellers: Vec<Span> = self.view.clauses.groups.iter().enumerate().filter_map(tells).collect();
        others.retain(|s| !tellers.iter().any(|told| told.contains(s.at)) && !self.only_treated(s));
        let only = distinct(others.iter().filter_map(|s| s.party.country)).len() == 1;
        others.into_iter().next().filter(|_| only)
    }

    fn own_group(&self) -> Option<&Group> {
        self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g))
    }

    /// The words of the sentence that stand right before a span.
    fn before(&self, span: Span) -> &[Word] {
        let end = self.view.words.partition_point(|w| w.span.start < span.start);
        self.view.words.get(end.saturating_sub(4)..end).unwrap_or_default()
    }
}

/// A longer text is no mere passage.
const PASSAGE: usize = 4;

/// Verbs of making it possible that others act.
const HELPS: &[&str] =
    &["help", "allow", "enable", "encourage", "want", "let", "assist", "support", "persuade"];

/// Verbs of making others act.
const TELLS: &[&str] = &["tell", "order", "instruct", "ask", "advise", "direct", "urge"];

/// What two states commit to together is theirs alike.
fn share(sides: &mut Vec<Side>) {
    let actors =
        distinct(sides.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
    if actors.len() < 2 {
        return;
    }
    sides.retain(|s| s.party.role == Role::Actor);
    for side in sides {
        side.party.role = Role::Participant;
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

/// Somebody by name or office on two sides.
fn people_meet(sides: &[Side]) -> bool {
    let people = sides.iter().filter(|s| s.party.office.is_some() || s.name != Some(s.at));
    distinct(people.filter_map(|s| s.party.country)).len() >= 2
}

/// How many fields of an event mostly have words of their own.
const FIELDS: usize = 12;

fn distinct(codes: impl Iterator<Item = StateCode>) -> States {
    codes.collect()
}

/// A duty that goes from one rate to another rises or falls, whatever the verb.
fn moved(act: &Act, items: &[Percentage]) -> Act {
    let of = |part: Part| items.iter().find(|i| i.part == part).map(|i| i.value.ten_thousandths());
    match (act, of(Part::From), of(Part::To)) {
        (
            Act::TariffAction(TariffAction::Impose | TariffAction::Increase | TariffAction::Reduce),
            Some(from),
            Some(to),
        ) if from != to => {
            Act::TariffAction(if from < to { TariffAction::Increase } else { TariffAction::Reduce })
        }
        _ => act.clone(),
    }
}

/// The frame's words, for the explanation.
pub(crate) fn frame_span(view: View<'_>, frame: &Frame) -> Span {
    let start = view.words.get(frame.trigger.0).map_or(0, |w| w.span.start);
    let end = frame.trigger.1.checked_sub(1).and_then(|i| view.words.get(i)).map_or(start, |w| w.span.end);
    Span::new(start, end.max(start))
}
