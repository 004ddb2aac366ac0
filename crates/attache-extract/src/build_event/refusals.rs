//! Why an act that a rule has found is not told: each ground with the question that decides it.
//!
//! A ground goes into the first table whose cases know what its question needs: the words alone, who
//! takes part, or the factuality too. Within a table cheap questions come first.

use super::standing::Standing;
use super::*;

use crate::grammar::lower::is;

/// A longer text is no mere passage.
const PASSAGE: usize = 4;
/// Verbs of making it possible that others act.
const HELPS: &[&str] =
    &["help", "allow", "enable", "encourage", "want", "let", "assist", "support", "persuade"];
/// Verbs of making others act.
const TELLS: &[&str] = &["tell", "order", "instruct", "ask", "advise", "direct", "urge"];

/// What is known of an act when it is asked whether to tell it.
pub(super) struct Case<'c> {
    pub(super) standing: &'c Standing<'c>,
    /// Who takes part; nobody as long as that is not found out.
    pub(super) sides: &'c [Side],
    /// As long as it is not found out, none.
    pub(super) fact: Option<Factuality>,
}

/// A ground on which acts of some kinds are not told.
pub(super) struct Refusal {
    kinds: Kinds,
    holds: fn(&Builder<'_>, &Case<'_>) -> bool,
    reason: &'static str,
}

/// Some kinds, a bit each.
#[derive(Clone, Copy)]
struct Kinds(u32);

impl Kinds {
    const fn of(kinds: &[Kind]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    const fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u32 != 0
    }
}

const fn no(kinds: &[Kind], reason: &'static str, holds: fn(&Builder<'_>, &Case<'_>) -> bool) -> Refusal {
    Refusal { kinds: Kinds::of(kinds), holds, reason }
}

use Kind::{
    Agreement as Agreed, BusinessShift, Engagement, Forecast, Statement, TariffAction as Tariff, Tension,
};

/// No more bytes tell who reported what is asked about: ", as a national network has reported".
const TELLER: usize = 50;

const ANY: &[Kind] = &[Engagement, Tariff, Tension, Agreed, Statement, BusinessShift, Forecast];
const NOT_SAID: &[Kind] = &[Engagement, Tariff, Tension, Agreed, BusinessShift, Forecast];

/// What the words around the act decide.
pub(super) const BY_WORDS: &[Refusal] = &[
    no(ANY, "another subject", |b, _| b.off_topic()),
    no(NOT_SAID, "asked, not told", |b, _| b.asks()),
    no(&[Tariff], "advice to the reader", |b, _| b.context.genre.advice && !b.has_day()),
    no(&[Tariff], "the end of a relief told by the way", |b, _| b.ends_by_the_way()),
    no(&[Tariff], "no more than a plan", |b, _| b.had_in_mind()),
    no(&[Tension], "done no more", |b, _| b.since_resumed()),
    no(&[Forecast, BusinessShift], "advice to the reader", |b, _| b.context.genre.advice),
    no(&[Forecast], "advice to the reader", |b, _| b.advised()),
    no(&[Forecast, BusinessShift, Tariff], "a utility's tariff", |b, _| b.context.utility),
    no(&[Forecast, BusinessShift], "in a text on sports and the like", |b, _| b.context.elsewhere),
    no(&[Tariff, Tension, Agreed], "supposed, not done", |b, _| b.of_any_state() || b.imagined()),
    no(&[Engagement, Agreed, Statement], "of one state alone", |b, _| b.of_home_alone()),
    no(&[Engagement], "part of an invitation", |b, _| b.invited()),
    no(&[Agreed, Tariff, Engagement], "asked whether, not told", |b, _| b.wondered()),
    no(NOT_SAID, "demanded, not done", |b, _| b.demanded()),
    no(&[Tariff], "told where the paper or the law lays it down", |b, _| {
        b.of_this_paper() || b.lawful() || b.replaced()
    }),
    no(ANY, "in the title of a paper", |b, _| b.in_paper_title()),
    no(&[Tariff], "weighed, not laid", |b, _| b.only_weighed()),
    no(&[Tariff], "what the rate was before", |b, _| b.former_rate()),
    no(&[Tariff], "an average that somebody reckons with", |b, _| b.average_reckoned()),
    no(&[Tariff], "judged needed, not done", |b, _| b.deemed_needed()),
    no(&[Tension], "promised, not done to anybody", |b, _| b.forgone_as_promised()),
    no(&[Tension], "accused, accusing nobody", |b, _| b.stands_accused()),
    no(&[Tension], "a condition, no warning", |b, _| b.hit.rule.hypothetical && b.supposes()),
    no(&[Engagement], "whom an authority consults", |b, _| b.consulting()),
    no(&[Agreed], "a paper of one's own", |b, _| b.own_memorandum()),
    no(
        &[Engagement, Agreed, Statement, BusinessShift, Forecast],
        "what agencies are bidden to do",
        |b, _| b.bids(),
    ),
    no(&[Tariff], "what a means is for", |b, _| b.means()),
    no(&[Tariff], "of what is not said", |b, _| b.unnamed_thing()),
    no(&[Tariff], "brought up, not raised", |b, _| b.brought_up()),
    no(&[Tariff], "no duty on imports", |b, _| b.of_other_tariff()),
    no(&[Tariff], "a court orders it; the duty stands until the executive acts", |b, _| b.ordered_by_court()),
    no(&[Engagement], "talked up or down, not with", |b, _| b.talks_something_down()),
    no(&[Agreed], "only compared with", |b, _| b.than()),
    no(&[Agreed], "aimed at, not told", |b, _| b.aim()),
    no(&[Agreed], "taken back again", |b, _| b.is_commitment() && b.taken_back()),
];

/// What needs to know who takes part.
pub(super) const BY_SIDES: &[Refusal] = &[
    no(&[Tension], "firms do it, no state", |b, c| b.by_firms(c.sides)),
    no(&[Statement], "addressed, not speaking", |b, c| b.addressed(c.sides)),
    no(&[Tariff], "moved by the one that lays it, or for the one that pays it", |b, c| {
        b.moves_itself(c.sides)
    }),
    no(&[Engagement], "the talks that the text opens with", |b, c| b.of_these_talks(c.sides)),
    no(&[Engagement], "a contact without day, place or people", |b, c| {
        !c.standing.retells && !b.telling(c.sides)
    }),
    no(&[Agreed], "of others than the two of the text", |b, c| b.of_others(c.sides)),
    no(&[Agreed], "when the agreement begins that was signed", |b, _| b.takes_effect_as_signed()),
    no(&[Agreed], "promised to nobody", |b, c| b.promised_to_nobody(c.sides)),
    no(&[Agreed], "a label of an agreement", |b, c| !b.is_commitment() && b.label(c.sides)),
    // "Both sides should work to extend it": wished for.
    no(&[Tariff], "wished for, not done", |b, c| {
        b.hit.rule.act == Act::TariffAction(TariffAction::ExtendSuspension)
            && b.only_urged()
            && !c.standing.stance.future
    }),
    no(&[Agreed], "asked for, not agreed", |_, c| {
        matches!(c.standing.modal, Some("should" | "must" | "ought")) && !c.standing.stance.future
    }),
];

/// What needs to know how true the act is told to be.
pub(super) const BY_FACT: &[Refusal] = &[
    no(ANY, "what a measure is for", |b, _| b.only_words() && b.for_a_purpose()),
    no(&[Tension], "foreseen, not threatened", |b, c| {
        c.hypothetical() && !b.hit.rule.hypothetical && (b.blames() || !b.pursued() && !b.only_vowed())
    }),
    no(&[Forecast], "a provision of a document", |b, c| {
        b.context.official && !b.judged() && b.stateless_speaker(&c.standing.stance)
    }),
    // "If the court finds for the importers": nobody has found anything.
    no(&[Statement], "only a condition", |b, _| b.own_group().is_some_and(|g| g.condition)),
    no(&[Statement], "only asked for", |b, _| b.hit.rule.act.subtype() == "assessment" && b.asked_for()),
    no(ANY, "done at somebody's request, asked of nobody", |b, _| b.at_whose_request()),
    no(ANY, "asked of one's own side", |b, c| b.hit.rule.act.subtype() == "demand" && b.of_own_side(c.sides)),
    no(ANY, "nobody blames a measure of his own side", |b, c| {
        !b.hit.rule.agent_has.is_empty() && b.hit.rule.actor == ["speaker"] && b.own_measure(c.sides)
    }),
    no(&[Tension], "laid to somebody's charge", |b, _| {
        b.hit.rule.act.subtype() != "accusation" && b.charged()
    }),
    // "The EU has called the rule unfair. What do you say?": words of a third, at second hand.
    no(ANY, "told in a question", |b, c| {
        let agent = b.hit.rule.actor.first().is_some_and(|place| place == "agent");
        c.standing.question && b.blames() && !agent && c.standing.stance.speaker.is_none()
    }),
    no(&[Agreed, Engagement], "both sides of another subject", |b, c| {
        b.context.elsewhere && c.sides.iter().all(|s| s.pair)
    }),
    no(&[BusinessShift], "supposed, not done", |b, _| b.own_group().is_some_and(|g| g.condition)),
    no(&[BusinessShift], "a provision of a document", |b, _| b.context.official && b.lays_down()),
    no(&[BusinessShift], "a measure takes effect", |b, _| b.in_effect()),
    no(&[BusinessShift], "said to be untrue", |b, _| b.called_untrue()),
    no(&[BusinessShift], "goes on as before", |b, _| b.as_before()),
    no(&[BusinessShift], "as it once was", |b, _| b.used_to()),
    no(&[BusinessShift], "part of a bargain", |b, c| {
        let stance = &c.standing.stance;
        // "its carriers will take delivery of fifty aircraft", says an authority's paper.
        let ahead = b.context.official && stance.future && b.official_speaker(stance);
        b.in_return() || ahead || b.context.official && b.promised()
    }),
    no(&[BusinessShift], "foreseen by others", |b, _| b.foreseen() || b.told_to()),
    // "She expects both capitals to renew the truce": a forecast, which another rule tells.
    no(&[Agreed], "foreseen by others", |b, c| c.hypothetical() && !b.hit.rule.hypothetical && b.foreseen()),
    no(&[Engagement], "nobody named may meet", |b, c| c.hypothetical() && b.nobody_named_meets(c.sides)),
];

impl Case<'_> {
    fn hypothetical(&self) -> bool {
        self.fact == Some(Factuality::Hypothetical)
    }
}

impl Builder<'_> {
    /// The first ground of a table that holds.
    pub(super) fn refuse(&self, table: &[Refusal], case: &Case<'_>) -> Result<(), Reason> {
        let kind = self.hit.rule.act.kind();
        match table.iter().find(|refusal| refusal.kinds.has(kind) && (refusal.holds)(self, case)) {
            Some(refusal) => Err(refusal.reason.into()),
            None => Ok(()),
        }
    }

    /// The sentence is a question.
    pub(super) fn asks(&self) -> bool {
        let text = self.context.doc.slice(self.sentence.span).trim_end_matches(['”', '"']);
        text.strip_suffix('?').is_some_and(|asked| {
            // "Did the two speak on Monday, as a network reported?": told by the network.
            let told =
                ["reported", "reports", "has written", "wrote"].iter().any(|verb| asked.ends_with(verb));
            !(told && asked.rfind(", as ").is_some_and(|at| at + TELLER > asked.len()))
        })
    }

    /// "Each government may prolong its pause": of whoever it may be.
    fn of_any_state(&self) -> bool {
        self.hit.frame.agent.is_some_and(|(start, end)| {
            let word = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
            // "Should a trading partner retaliate by taxing exports"
            if end == start + 3 && is!(word(start + 1), "trading" | "trade") && word(start + 2) == "partner" {
                return is!(word(start), "a" | "any" | "each" | "every" | "one");
            }
            end == start + 2
                && is!(word(start), "a" | "any" | "each" | "every" | "one")
                && is!(word(start + 1), "country" | "state" | "government" | "nation" | "partner")
                && self.view.who_in((start, end)).all(|w| w.country.is_none())
        })
    }

    /// "Suppose the duty doubles", "Take a grower who pays 40%".
    fn imagined(&self) -> bool {
        let mut words = self.view.words.iter().filter(|w| w.tag != Tag::Punct);
        let mut next = || words.next().map_or("", |w| w.lower.as_str());
        match next() {
            "suppose" | "imagine" | "assume" | "picture" => true,
            "take" | "consider" | "say" => matches!(next(), "a" | "an"),
            _ => false,
        }
    }

    /// "Under the pact made in Delhi, India will lower its duty on European cars": no pact of the two that the text
    /// is about, where the sentence names two others.
    fn of_others(&self, sides: &[Side]) -> bool {
        let named = distinct(
            self.view.who.iter().filter(|w| w.kind != WhoKind::Place && !w.city).filter_map(|w| w.country),
        );
        self.hit.rule.participant == ["pair"]
            && named.len() > 1
            && sides.iter().filter_map(|s| s.party.country).all(|code| !named.contains(&code))
    }

    /// "Both sides should work to extend it": whether "should" stands over the act.
    fn only_urged(&self) -> bool {
        let chain = self.hit.frame.group.into_iter().flat_map(|g| self.view.clauses.chain(g));
        let mut over = chain.filter_map(|g| self.view.clauses.groups.get(g));
        over.any(|g| g.modal.as_deref().is_some_and(|m| matches!(m, "should" | "ought")))
    }

    /// Told in a longer text that is no state's paper and knows one state alone.
    fn of_home_alone(&self) -> bool {
        let passage = self.context.doc.sentences.len() <= PASSAGE;
        let home = !self.context.abroad && !passage && !self.context.official;
        home && match self.hit.rule.act.kind() {
            Statement => !self.context.on_trade,
            _ => !self.is_commitment(),
        }
    }

    /// "Zambia and Malawi stand accused of dumping": no verb of theirs.
    fn stands_accused(&self) -> bool {
        let at = self.hit.frame.trigger.0;
        let word = |i: Option<usize>| i.map_or("", |i| self.word(i));
        word(Some(at)) == "accused" && matches!(word(at.checked_sub(1)), "stand" | "stands" | "stood")
    }

    /// A tariff of another sort: on power, on calls.
    fn of_other_tariff(&self) -> bool {
        let Some(other) = self.context.classes.get("other_tariff") else { return false };
        let extent = self.hit.frame.extent;
        self.view.has(extent, other)
            && !self.view.opened.places(extent, other).all(|at| self.answered_with_duty(at))
    }

    /// "a 25% duty over its digital tax", "in answer to the tax": what stands at `at` is what a duty answers.
    fn answered_with_duty(&self, at: usize) -> bool {
        const FAR: usize = 7;
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let words = self.view.words;
        let from = at.saturating_sub(FAR);
        let led = (from..at).rfind(|&i| {
            let next = |n: usize| words.get(i + n).map_or(WordId::NONE, |w| w.lower.id());
            is!(next(0), "over" | "against" | "because")
                || next(0) == "in"
                    && is!(next(1), "answer" | "reply" | "response" | "retaliation" | "protest")
        });
        led.is_some_and(|led| {
            (self.hit.frame.extent.0..led).any(|i| measures.at(words, i))
                && !(led..at).any(|i| measures.at(words, i))
        })
    }

    /// "We promise that", said in a turn to nobody who is named.
    fn promised_to_nobody(&self, sides: &[Side]) -> bool {
        let spoken = matches!(self.block_kind(), Some(BlockKind::Turn | BlockKind::Question));
        self.is_commitment()
            && spoken
            && sides.iter().any(|s| s.party.role == Role::Recipient && s.at == self.trigger_span())
    }

    fn stateless_speaker(&self, stance: &Stance) -> bool {
        let mut speakers = Vec::new();
        self.collect(stance.speaker.unwrap_or((0, 0)), Role::Actor, &mut speakers);
        speakers.iter().all(|s| s.party.country.is_none())
    }

    /// "Importers asked the court to strike it down": it has not done so.
    fn asked_for(&self) -> bool {
        let above = self.own_group().filter(|g| g.tense == Tense::Infinitive).and_then(|g| g.governor);
        above.and_then(|g| self.view.clauses.groups.get(g)).is_some_and(|g| {
            is!(g.lemma, "ask" | "want" | "expect" | "petition" | "invite" | "beg" | "press" | "allow")
                || self.context.classes.has("urge", &g.lemma)
        })
    }

    /// "Exporters shall apply to the Ministry": what a notice lays down.
    fn lays_down(&self) -> bool {
        self.view.clauses.groups.iter().any(|g| g.finite && g.modal.as_deref() == Some("shall"))
    }

    /// "Pursuant to the order, the duty on tin took effect": a duty takes no goods.
    fn in_effect(&self) -> bool {
        let next = self.view.words.get(self.hit.frame.trigger.1);
        next.is_some_and(|w| is!(w.lower, "effect" | "force"))
    }

    /// "Oslo answered with 30%. In March Lima went to 50%": where Lima has laid duties before, it is hardly the payer.
    fn moves_itself(&self, sides: &[Side]) -> bool {
        let rule = self.hit.rule;
        let state_moves = rule.weak && rule.actor == ["by"] && rule.recipient == ["agent"];
        let mut payers = sides.iter().filter(|s| s.party.role == Role::Recipient);
        state_moves && payers.any(|s| s.party.country.is_some_and(|code| self.memory.has_acted(code)))
    }

    /// "Agreed to talk the dollar down".
    fn talks_something_down(&self) -> bool {
        let (from, to) = self.hit.frame.trigger;
        let talks = to == from + 1 && self.view.words.get(from).is_some_and(|w| w.lemma == "talk");
        let thing =
            self.view.words.get(to).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Noun | Tag::Poss));
        talks && thing && (to + 1..to + 5).any(|i| matches!(self.word(i), "up" | "down"))
    }

    /// "Was put off at Peru's request".
    pub(super) fn at_whose_request(&self) -> bool {
        let words = self.view.words;
        let trigger = self.hit.frame.trigger.0;
        let request = words.get(trigger).is_some_and(|w| is!(w.lower, "request" | "urging" | "behest"));
        let whose = (trigger.saturating_sub(6)..trigger)
            .rev()
            .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep || matches!(w.tag, Tag::Verb(_))));
        request && whose.and_then(|i| words.get(i)).is_some_and(|w| w.lower == "at")
    }

    /// "a report according to which traders have stopped buying: “pure fabrication”"
    fn called_untrue(&self) -> bool {
        let words = self.context.classes.get("untrue");
        words.is_some_and(|words| self.view.has((0, self.view.words.len()), words))
    }

    /// A contact to come of which no day is told, or of two sides without plan.
    fn nobody_named_meets(&self, sides: &[Side]) -> bool {
        let set = || self.meant_to() || self.place(Kind::Engagement).is_some();
        let dated = self.has_day() || people_meet(sides) && set();
        !dated || sides.iter().all(|s| s.pair) && !self.planned()
    }

    /// Names sports, art or travel: in a text on trade a goal or a season is no such thing.
    fn off_topic(&self) -> bool {
        let Some(phrases) = self.context.classes.get("off_topic") else { return false };
        let words = self.view.words;
        let noun = |i: &usize| words.get(*i).is_some_and(|w| !matches!(w.tag, Tag::Verb(_)));
        let mut named: Vec<usize> = self.view.opened.places((0, words.len()), phrases).filter(noun).collect();
        named.dedup();
        named.len() > usize::from(self.context.on_trade && !self.context.sides.is_empty())
            && !ambiguous(self.context.classes, words.iter().map(|w| &w.lemma))
    }

    /// "what was added in April": nothing is named.
    fn unnamed_thing(&self) -> bool {
        let group = self.own_group();
        group.filter(|_| !self.hit.frame.nominal).is_some_and(|g| {
            let before = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            g.passive && before.is_some_and(|w| w.lower == "what")
        })
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
        let firm = |s: &Side| self.kind_at(s) == Some(WhoKind::Firm);
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

    /// "Where we still buy most of it": no change.
    fn as_before(&self) -> bool {
        let group = self.own_group().filter(|g| g.tense == Tense::Present);
        group.is_some_and(|g| {
            (g.start.saturating_sub(1)..=g.head + 1)
                .any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "still"))
        })
    }

    /// "Used to ship its ore to Chile": a habit that is no more.
    fn used_to(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let word = |at: usize| self.view.words.get(at);
        // "Have grown used to splitting it": as it is.
        let once = |g: &Group| {
            g.lemma == "use"
                && g.tense == Tense::Past
                && !g.passive
                && word(g.head + 1).is_some_and(|w| w.tag == Tag::To)
                && word(g.head + 2).is_some_and(|w| !w.lower.ends_with("ing"))
        };
        let above = |g: &Group| g.governor.and_then(|g| groups.get(g)).filter(|a| a.head + 1 == g.start);
        self.own_group().is_some_and(|own| once(own) || above(own).is_some_and(once))
    }

    /// "Importers are told to stop buying": whoever tells them acts.
    fn told_to(&self) -> bool {
        let groups = &self.view.clauses.groups;
        // "A licence allows firms based in Lima to keep buying there": may do so.
        let agent = self.hit.frame.agent.map_or(0, |agent| agent.0);
        let lets = |g: &&Group| {
            g.finite
                && g.head < agent
                && HELPS.contains(&g.lemma.as_str())
                && g.theme.is_some_and(|(from, to)| from <= agent && agent < to)
        };
        if agent > 0 && self.own_group().is_some_and(|g| !g.finite) && groups.iter().any(|g| lets(&g)) {
            return true;
        }
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
                    || g.tense == Tense::Present
                        && is!(g.lemma, "compel" | "require" | "oblige" | "commit");
                // "asked its suppliers to swallow half of it": one firm tells another.
                let told = g.theme.zip(self.hit.frame.agent);
                let another = told.is_some_and(|(theme, agent)| theme.0 == agent.0);
                made || (g.passive || another || g.theme.is_some() && named(g.subject))
                    && TELLS.contains(&g.lemma.as_str())
            })
        })
    }

    /// "agreed to stop buying Chilean copper", "under the deal Peru will end its imports": no blow to whoever sells.
    fn forgone_as_promised(&self) -> bool {
        let retaliates = self.hit.rule.act.subtype() == "retaliation" && self.hit.rule.status.is_none();
        let groups = &self.view.clauses.groups;
        let promises = |g: &Group| {
            !g.negated && is!(g.lemma, "agree" | "pledge" | "promise" | "commit" | "undertake" | "consent")
        };
        let chain = || self.hit.frame.group.into_iter().flat_map(|g| self.view.clauses.chain(g));
        let promised = || chain().skip(1).filter_map(|g| groups.get(g)).any(promises);
        let under_deal = || {
            self.view.words.windows(4).any(|w| match w {
                [under, the, a, b] => {
                    let deal = |w: &Word| is!(w.lower, "deal" | "accord" | "agreement" | "pact");
                    is!(under.lower, "under") && is!(the.lower, "the" | "their" | "a") && (deal(a) || deal(b))
                }
                _ => false,
            })
        };
        retaliates && (promised() || under_deal())
    }

    /// "resumed imports of Thai rice, which it had stopped in 2021": stopped no more.
    fn since_resumed(&self) -> bool {
        let words = self.view.words;
        let Some(own) = self.own_group().filter(|_| !self.hit.frame.nominal) else { return false };
        let had = words.get(own.start).is_some_and(|w| w.lower == "had");
        let opener = own.opens().checked_sub(1);
        let Some(which) = opener.filter(|&i| had && words.get(i).is_some_and(|w| w.tag == Tag::Rel)) else {
            return false;
        };
        let main = self.view.clauses.groups.iter().rfind(|g| g.finite && g.head < which);
        self.hit.rule.status.is_none()
            && main.is_some_and(|g| {
                !g.negated
                    && is!(g.lemma, "resume" | "reopen" | "restart" | "restore" | "unblock" | "readmit")
            })
    }

    /// "Jordan's pledge fell through", "Chile's promise was withdrawn", "India dropped its pledge": it stands no more.
    fn taken_back(&self) -> bool {
        let frame = &self.hit.frame;
        let at = frame.trigger.0;
        let over = |r: Option<Range>| r.is_some_and(|(from, to)| from <= at && at < to);
        let falls = |g: &Group| {
            let behind = self.view.words.get(g.head + 1).map_or(WordId::NONE, |w| w.lower.id());
            is!(g.lemma, "lapse" | "collapse" | "evaporate" | "vanish" | "unravel" | "expire")
                || g.lemma == "fall" && is!(behind, "through" | "apart" | "away")
        };
        let undone = |g: &Group| {
            is!(
                g.lemma,
                "withdraw" | "drop" | "scrap" | "shelve" | "abandon" | "cancel" | "rescind" | "revoke"
            ) || is!(g.lemma, "retract" | "renounce" | "ditch" | "axe" | "annul" | "void" | "bury")
        };
        frame.nominal
            && self.own_group().is_some_and(|g| {
                !g.negated
                    && g.modal.is_none()
                    && (over(g.subject) && (falls(g) || g.passive && undone(g)) || over(g.theme) && undone(g))
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
                given || wished || self.bidden(g) || self.context.classes.has("demand", &g.lemma)
            })
        })
    }

    /// "Beijing told Tokyo to lift its curbs", "Tokyo was told to": one state cannot give orders to another.
    fn bidden(&self, group: &Group) -> bool {
        let states = |range: Option<Range>| {
            let range = range.unwrap_or_default();
            let official = self.view.who_in(range).filter(|w| w.is("official"));
            distinct(official.filter_map(|w| w.country))
        };
        let (teller, told) = (states(group.subject), states(group.theme));
        let other = |code: &StateCode| !teller.contains(code);
        self.hit.rule.act.kind() == Kind::Tension
            && !self.hit.frame.nominal
            && is!(group.lemma, "tell" | "instruct" | "advise")
            && self.own_group().is_some_and(|own| own.tense == Tense::Infinitive)
            && if group.passive { !teller.is_empty() } else { !teller.is_empty() && told.iter().any(other) }
    }

    /// Whether the words behind a verb are a time that is left: "until June 30", "90 days", "a deadline".
    fn in_time(&self, group: &Group) -> bool {
        let next = |by: usize| self.view.words.get(group.head + by);
        let first = (1..=4).find(|&by| next(by).is_some_and(|w| w.tag != Tag::Det && !w.name)).unwrap_or(1);
        next(first).is_some_and(|w| w.time || is!(w.lower, "until" | "till" | "time" | "deadline"))
    }
}

/// Somebody by name or office on two sides.
fn people_meet(sides: &[Side]) -> bool {
    let people = sides.iter().filter(|s| s.party.office.is_some() || s.name != Some(s.at));
    distinct(people.filter_map(|s| s.party.country)).len() >= 2
}
