//! How far the text commits itself to an act: modality, negation and attribution around its frame.

use std::cell::{OnceCell, RefCell};
use std::sync::LazyLock;

use smallvec::SmallVec;

use crate::complement::{self, Outcome};
use crate::event::Factuality;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Group, Range, Tense};
use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{ByWord, Lower, WordBits, WordId, WordList, few, is};
use crate::grammar::tag::{Tag, Word};
use crate::make_believe;
use crate::undone;
use crate::who::WhoKind;

/// What surrounds an act.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stance {
    /// Whose words the act is told in, as a range of words.
    pub(crate) speaker: Option<Range>,
    /// Possible, conditional, wished.
    pub(crate) doubtful: bool,
    /// Not so, in the words around the act.
    pub(crate) negated: bool,
    /// The speaker announces or confirms it.
    pub(crate) announced: bool,
    /// Somebody denies it.
    pub(crate) denied: bool,
    /// To come.
    pub(crate) future: bool,
    /// Told as something that has happened.
    pub(crate) past: bool,
    /// Told by nobody in particular: "reportedly", "is said to have".
    pub(crate) heard: bool,
}

/// What the acts of a sentence are surrounded by, each read once, and what is said of all of them.
#[derive(Debug, Default)]
pub(crate) struct Stances {
    acts: RefCell<Vec<(Place, Stance)>>,
    untrue: OnceCell<bool>,
    make_believe: OnceCell<bool>,
    according: OnceCell<Option<Range>>,
    parenthetical: OnceCell<Option<Range>>,
    /// The last clause that vouches for something.
    vouching: OnceCell<Option<usize>>,
    bits: OnceCell<WordBits>,
}

/// Where an act stands in its sentence, whoever does it to whatever.
type Place = (Range, bool, Option<usize>);

impl Stances {
    /// Which words the sentence may have, as printed.
    pub(crate) fn words(&self, view: View<'_>) -> &WordBits {
        self.bits.get_or_init(|| WordBits::of(view.words.iter().map(|w| w.lower.number())))
    }

    fn of(&self, frame: &Frame, read: impl FnOnce() -> Stance) -> Stance {
        let place = (frame.trigger, frame.nominal, frame.group);
        let known = self.acts.borrow().iter().find(|(known, _)| *known == place).map(|(_, stance)| *stance);
        known.unwrap_or_else(|| {
            let stance = read();
            self.acts.borrow_mut().push((place, stance));
            stance
        })
    }
}

/// "knocked down a report that", "poured cold water on the idea that": a claim is denied by more than one word.
fn shoots_down(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    let named = |class: &str, range: Range| classes.get(class).is_some_and(|set| view.has(range, set));
    named("shoot_down", (group.head, group.head + 1))
        && named("claim_noun", (group.head + 1, group.extent.1.max(group.head + 1)))
}

/// "a bill to raise duties", "a proposal to suspend them": what a noun of proposing leads to.
fn tabled(view: View<'_>, classes: &Classes, start: usize) -> bool {
    noun_over(view, start).is_some_and(|w| w.tag == Tag::Noun && classes.has("proposal", &w.lemma))
}

/// The stance of a frame.
pub(crate) fn stance(view: View<'_>, classes: &Classes, frame: &Frame) -> Stance {
    let mut out = view.stances.of(frame, || around(view, classes, frame));
    out.negated |= [frame.agent, frame.theme].into_iter().flatten().any(|range| nothing(view, range));
    out
}

/// Looks at what surrounds the act of a frame, for whoever asks for its stance.
pub(crate) fn look_around(view: View<'_>, classes: &Classes, frame: &Frame) {
    view.stances.of(frame, || around(view, classes, frame));
}

/// "no duties", "neither side": whether a phrase names none of a thing.
pub(crate) fn nothing(view: View<'_>, (start, end): Range) -> bool {
    // "Not a single minister", "not one minister"
    let lower = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let one = || lower(start) == "a" && lower(start + 1) == "single" || lower(start) == "one";
    if start.checked_sub(1).is_some_and(|i| lower(i) == "not") && one() {
        return true;
    }
    (start..end.min(start + 3)).any(|i| {
        // "no less than 12 million tons" is a measure.
        let measured = || {
            let next = view.words.get(i + 1);
            next.is_some_and(|w| is!(w.lower, "less" | "fewer" | "more" | "later" | "longer"))
        };
        view.words.get(i).is_some_and(|w| {
            // "would answer any such fee" answers one.
            let any = || w.lower == "any" && view.words.get(i + 1).is_none_or(|w| w.lower != "such");
            is!(w.lower, "neither" | "nobody" | "none") || any() || w.lower == "no" && !measured()
        })
    })
}

/// The stance of a frame by what stands around it.
fn around(view: View<'_>, classes: &Classes, frame: &Frame) -> Stance {
    let mut out = Stance::default();
    let groups = &view.clauses.groups;
    let short = groups.iter().position(|g| {
        let subject = g
            .subject
            .filter(|_| frame.nominal)
            .is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
        subject && (undone::falls_short(view, g) || undone::persists(view, g))
    });
    let over = short.or(frame.group);
    let chain: SmallVec<[usize; 8]> = over.into_iter().flat_map(|g| view.clauses.chain(g)).collect();
    let mut saying = false;
    let described = chain.first().and_then(|&g| groups.get(g)).is_some_and(|g| {
        let opener = g.opens();
        let before = |at: usize| at.checked_sub(1).and_then(|i| view.words.get(i));
        let relative = |at: usize| before(at).is_some_and(|w| w.tag == Tag::Rel);
        // "wants it done before the minister travels to Oslo"
        let timed = before(opener).is_some_and(|w| is!(w.lower, "before" | "after" | "when" | "since"));
        let past = matches!(g.tense, Tense::Past | Tense::Perfect);
        !frame.nominal
            && g.finite
            && g.modal.is_none()
            && !g.condition
            && (past && (g.contact || relative(opener) || relative(g.start))
                || timed && (past || g.tense == Tense::Present))
    });
    for (depth, &index) in chain.iter().enumerate() {
        let Some(group) = groups.get(index) else { continue };
        // What becomes of it leaves it as told.
        if depth == 0 && short.is_some() {
            out.past |= matches!(group.tense, Tense::Past | Tense::Perfect);
            continue;
        }
        // "has yet to end the truce and tax feed": what stands over the first verb stands over all.
        let lead = complement::first(view.words, view.clauses, index);
        let start = groups.get(lead).map_or(group.start, |g| g.start);
        let own = depth == 0 && !frame.nominal;
        let lemma = group.lemma.as_str();
        // "Rumour has it that …"
        let has_it = lemma == "have" && view.words.get(group.head + 1).is_some_and(|w| w.lower == "it");
        let say = !own && (has_it || classes.has("say", &group.lemma));
        let below = depth.checked_sub(1).and_then(|d| chain.get(d)).and_then(|&b| groups.get(b));
        // "Roe, whom Doe saw on Monday, said": the clause describes who speaks, and is no part of what is said.
        let of_speaker = |b: &Group| {
            described && depth == 1 && b.head < group.head && group.subject.is_some_and(|s| s.1 <= b.opens())
        };
        let complement = below.is_some_and(|b| b.finite && !of_speaker(b));
        // "is weighing duties under the case it opened in May": what describes a thing has happened, whatever
        // becomes of that thing.
        if described && depth > 0 && !(say && complement) {
            continue;
        }
        let denies = || classes.has("deny", &group.lemma) || shoots_down(view, classes, group);
        if !own && (depth > 0 || frame.nominal) && denies() {
            // "dismissed criticism of the 40% duty": the duty stands.
            if frame.nominal && depth == 0 && undone::blamed(view, classes, frame) {
                continue;
            }
            // "rejected the offer", "rejects the 40% duty": turned down, not said to be untrue.
            let turns_down = depth == 0 && is!(group.lemma, "reject" | "dismiss");
            // "would neither confirm nor deny", "did not deny that": it may be so.
            let or = group.head.checked_sub(1).and_then(|i| view.words.get(i));
            let undecided = group.negated || or.is_some_and(|w| is!(w.lower, "nor" | "or"));
            out.denied |= !turns_down && !undecided;
            out.doubtful |= undecided;
            out.negated |= turns_down || undecided;
            out.speaker = out.speaker.or(group.subject);
            saying = true;
            continue;
        }
        if say && complement {
            out.speaker = out.speaker.or(group.subject);
            out.announced |= !saying && classes.has("declare", &group.lemma);
            // "Most diplomats think that the duties will go up."
            let below = depth.checked_sub(1).and_then(|d| chain.get(d)).and_then(|&b| groups.get(b));
            out.doubtful |= lemma == "think" && below.is_some_and(|b| b.modal.is_some());
            out.doubtful |= below.is_some_and(|b| undone::guessed(view, group, b));
            // "It would be a mistake to think that Oslo has lifted the ban."
            // "One could be forgiven for thinking that Oslo has lifted the ban."
            out.doubtful |= matches!(group.tense, Tense::Infinitive | Tense::Gerund)
                && is!(group.lemma, "think" | "believe");
            out.doubtful |= undone::hardly_anybody(view, group);
            out.denied |= undone::made_up(view, group);
            saying = true;
            if group.negated {
                out.doubtful = true;
            }
            continue;
        }
        if saying {
            continue;
        }
        // "prepared the ground in a call": what is doubted is not the call.
        let beside = frame.nominal && depth == 0 && beside(view, frame, group);
        // "The curbs of May 2 were aimed at Oslo": what they were for is told, not wished.
        let aimed = lemma == "aim" && group.passive;
        // "The joint statement issued on Monday calls for open markets": it was issued.
        let speaks = frame.nominal
            && depth == 0
            && !group.passive
            && is!(group.lemma, "call" | "seek" | "urge" | "aim" | "propose")
            && group.subject.is_some_and(|(from, to)| from <= frame.trigger.0 && frame.trigger.0 < to);
        let set = own || beside || aimed || speaks || lemma == "plan" && group.passive;
        // "declined to extend the exclusions": not done.
        let right_behind = || {
            let below = depth.checked_sub(1).and_then(|d| chain.get(d));
            let first = below.map(|&b| complement::first(view.words, view.clauses, b));
            first.and_then(|b| groups.get(b)).is_some_and(|b| b.start == group.head + 1)
        };
        let refuses = (matches!(lemma, "decline" | "refuse") || lemma == "fail" && right_behind())
            && !group.negated
            && depth == 1
            && !frame.nominal;
        // "At the foot stands Brazil with 50%"
        let stands = lemma == "stand" && view.words.get(group.head + 1).is_none_or(|w| w.tag != Tag::To);
        if !set && !stands && classes.has("doubt", &group.lemma) {
            out.doubtful = true;
            out.negated |= depth > 0 && undone::hardly_anybody(view, group);
            out.negated |= refuses;
        }
        match complement::outcome(view, classes, lead) {
            Outcome::Stands => {}
            Outcome::Open => out.doubtful = true,
            Outcome::NotDone => out.negated = true,
        }
        // "has yet to lower the duty"
        let back = |n: usize| start.checked_sub(n).and_then(|i| view.words.get(i));
        out.negated |= depth == 0
            && view.words.get(start).is_some_and(|w| w.tag == Tag::To)
            && back(1).is_some_and(|w| w.lower == "yet")
            && back(2).is_some_and(|w| matches!(w.tag, Tag::Have | Tag::Be));
        // "Due to meet her on Friday, he said": set, with no verb of its own.
        let set = |w: &Word| {
            is!(
                w.lower,
                "due" | "scheduled" | "slated" | "set" | "expected" | "booked" | "supposed" | "meant"
            )
        };
        out.future |= depth == 0 && group.tense == Tense::Infinitive && back(1).is_some_and(set);
        let over = noun_over(view, start);
        // "has no plans to lower the duty"
        out.negated |= depth == 0
            && over.is_some_and(|w| w.tag == Tag::Noun)
            && back(2).is_some_and(|w| w.lower == "no");
        // "its refusal to exempt them"
        out.negated |= depth == 0
            && over.is_some_and(|w| {
                is!(w.lower, "refusal" | "failure" | "reluctance" | "unwillingness" | "inability")
            });
        // "would not hesitate to impose"
        // "have not ruled out that the two could meet": it may be.
        let left_open = || match lemma {
            "rule" => view.words.get(group.head + 1).is_some_and(|w| w.lower == "out"),
            _ => matches!(lemma, "exclude" | "preclude"),
        };
        let ready = !own && group.negated && (lemma == "hesitate" || depth > 0 && left_open());
        out.doubtful |= ready;
        // "will not be renewed, so that the duty applies again": what follows from it is so.
        let result = depth > 0
            && chain.get(depth - 1).and_then(|&below| groups.get(below)).is_some_and(|below| {
                let opener = below.opens();
                below.finite
                    && (group.head + 1..opener).any(|i| {
                        let at = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
                        at(i) == "because" || at(i) == "so" && at(i + 1) == "that"
                    })
            });
        if result {
            break;
        }
        out.negated |= group.negated && !ready;
        // "vowed not to end the truce or tax feed"
        let joint = || group.start.checked_sub(1).and_then(|i| view.words.get(i));
        out.negated |= lead != index
            && groups.get(lead).is_some_and(|g| g.negated)
            && joint().is_some_and(|w| is!(w.lower, "and" | "or" | "nor"));
        let planned = over.is_some_and(|w| w.tag == Tag::Noun && w.lemma == "plan");
        let plan = depth == 0 && planned && plan_announced(view, classes, &chain, start);
        out.future |= plan;
        // "rather than letting it rise to 30%"
        out.negated |= depth > 0 && lemma == "let" && forgone(view, group, start);
        // "the necessity of continuing to impose"
        let hung = depth == 0 || matches!(group.tense, Tense::Gerund | Tense::Infinitive);
        // "his threat to impose", "the power to raise": the noun before an infinitive leaves it open.
        let not_yet = || over.is_some_and(|w| classes.has("open_noun", &w.lemma));
        out.doubtful |= group.condition || hung && !plan && not_yet();
        out.doubtful |= depth == 0 && tabled(view, classes, start);
        // "will probably answer": guessed.
        let guessed = |w: &Word| {
            is!(w.lower, "probably" | "likely" | "presumably" | "perhaps" | "possibly" | "conceivably")
        };
        out.doubtful |= group.modal.is_some()
            && view.words.get(group.start..group.head).unwrap_or_default().iter().any(guessed);
        // "weighs a new list, potentially adding chipmakers"
        out.doubtful |= depth == 0
            && !frame.nominal
            && !group.finite
            && back(1).is_some_and(|w| is!(w.lower, "potentially" | "possibly" | "perhaps"));
        if let Some(modal) = group.modal.as_deref() {
            match modal {
                // "will stay, in line with the understanding that they reached": that was before.
                "will" | "shall"
                    if depth
                        .checked_sub(1)
                        .and_then(|d| chain.get(d))
                        .and_then(|&g| groups.get(g))
                        .is_some_and(|below| below.finite && below.tense == Tense::Past) => {}
                "will" | "shall" => out.future = true,
                "won't" | "won’t" => out.negated = true,
                // "Exporters must apply for a licence": an order to those it binds.
                "must" if bound(view, group) => out.future = true,
                // "Under the joint statement, Washington must lower its levy."
                "must" if under_accord(view, classes) => out.future = true,
                // "Would have been off the table".
                "would" | "could" | "might" if unreal(view, group) => out.doubtful = true,
                // Reported speech puts "will" into the past.
                // "Agreed that their teams should meet".
                "should"
                    if chain
                        .iter()
                        .skip(depth + 1)
                        .any(|&g| groups.get(g).is_some_and(|g| g.lemma == "agree")) =>
                {
                    out.future = true;
                }
                "would"
                    if !group.condition
                        && (announced(view, classes, &chain, depth)
                            || decided(view, classes, group)
                            || agreed(view, classes, group)) =>
                {
                    out.future = true;
                }
                _ => out.doubtful = true,
            }
        }
        let led = depth.checked_sub(1).and_then(|d| chain.get(d)).and_then(|&g| groups.get(g));
        if lemma == "be" && led.is_some_and(|g| g.tense == Tense::Infinitive) {
            out.future = true;
        }
        // "My guess is that Washington will open a case".
        out.doubtful |= depth > 0
            && is!(group.lemma, "be" | "have")
            && group.subject.is_some_and(|(from, to)| {
                view.words.get(from..to).unwrap_or_default().iter().any(|w| GUESSES.has(&w.lemma))
            });
        out.denied |= depth == 0 && !frame.nominal && undone::was_to_have(view, group);
        out.doubtful |= depth == 0 && !frame.nominal && undone::may_end_up(view, group);
        out.doubtful |= depth == 0 && frame.nominal && !beside && undone::had_been_due(view, group);
        // "It is unlikely that talks conclude".
        if depth > 0 && lemma == "be" {
            out.doubtful |= (group.head + 1..group.head + 4).any(|i| {
                view.words.get(i).is_some_and(|w| {
                    is!(
                        w.lower,
                        "unlikely"
                            | "likely"
                            | "possible"
                            | "doubtful"
                            | "uncertain"
                            | "unclear"
                            | "conceivable"
                            | "hopeful"
                            | "optimistic"
                    )
                })
            });
        }
        if depth == 0 || frame.nominal {
            out.past |= matches!(group.tense, Tense::Past | Tense::Perfect);
        }
        if matches!(lemma, "schedule" | "set" | "due" | "expect" | "plan" | "slate" | "book" | "arrange")
            && group.passive
            && !own
        {
            out.future = true;
        }
        let behind = |word: &str| view.words.get(group.head + 1).is_some_and(|w| w.lower == word);
        // "have pencilled in a call": to come.
        out.future |= !own && (lemma == "schedule" && depth == 0 || lemma == "pencil" && behind("in"));
        // "are sounding out a meeting", "are at work on a call": open.
        let felt_for = lemma == "sound" && behind("out")
            || lemma == "work" && (behind("on") || behind("towards") || behind("toward"))
            || lemma == "feel" && behind("out");
        out.doubtful |= !own && !beside && depth == 0 && frame.nominal && felt_for;
        // "is arranging to leave on Monday"
        let arranging = view.words.get(group.head).is_some_and(|w| w.lower == "arranging");
        out.future |= arranging && depth > 0 && !frame.nominal;
    }
    let lead = frame.group.and_then(|g| groups.get(complement::first(view.words, view.clauses, g)));
    out.negated |= frame
        .group
        .and_then(|g| groups.get(g))
        .zip(lead)
        .is_some_and(|(own, lead)| forgone(view, own, lead.start));
    let start = crate::grammar::clause::phrase_start(view.words, frame.trigger.0);
    out.negated |= frame.nominal && ruled_out(view, start);
    out.doubtful |= frame.nominal && complement::spoken_of(view, frame.trigger.0);
    out.negated |= undone::hindered(view, &chain) || undone::contingent(view, frame);
    out.doubtful |= undone::open(view, classes, frame, &chain);
    out.future |= undone::awaits(view, frame);
    // "retaliated against no one"
    let nobody = |range: Range| {
        view.words.get(range.0).is_some_and(|w| {
            is!(w.lower, "nobody" | "none" | "neither")
                || w.lower == "no" && view.words.get(range.0 + 1).is_some_and(|n| n.lower == "one")
        })
    };
    out.negated |= !frame.nominal && frame.preps.iter().any(|(_, range)| nobody(*range));
    out.negated |= frame.nominal && nothing(view, (start, frame.trigger.0.max(start + 1)));
    let told = frame.group.and_then(|g| groups.get(g)).and_then(|g| g.subject);
    out.negated |= told.is_some_and(|subject| nothing(view, subject));
    // "A bill to raise duties to 50% is in committee": the duties are only those of the bill.
    out.doubtful |= groups.iter().any(|g| {
        let object = told.is_some_and(|subject| subject.0 == g.head + 1);
        let inside = frame.nominal && g.head < frame.trigger.0 && frame.trigger.1 <= g.extent.1;
        (object || inside) && tabled(view, classes, g.start)
    });
    out.doubtful |= frame.nominal
        && (start..frame.trigger.0).any(|i| {
            view.words.get(i).is_some_and(|w| {
                is!(w.lower, "future" | "possible" | "potential" | "eventual" | "hypothetical")
            })
        });
    out.doubtful |= frame.nominal && of_a_threat(view, start);
    out.doubtful |= frame.nominal && proposed(view, classes, start);
    // "And if you import steel, remember that the duty doubled": told as done all the same.
    let done = frame.group.and_then(|g| groups.get(g)).is_some_and(|g| {
        // "Had Washington imposed it, …"
        let unreal =
            view.words.iter().find(|w| w.tag != Tag::Punct).is_some_and(|w| is!(w.lower, "had" | "were"))
                && !view.words.get(..frame.trigger.0).unwrap_or_default().iter().any(|w| w.lower == ",");
        g.finite
            && !g.condition
            && g.modal.is_none()
            && matches!(g.tense, Tense::Past | Tense::Perfect)
            && !unreal
    });
    out.doubtful |= (frame.nominal || !done) && opened_by_if(view, frame);
    out.doubtful |= no_surprise(view, frame);
    // "China will list the firm if the sale goes ahead."
    // "China will retaliate by listing the firm if needed."
    out.doubtful |= !frame.nominal
        && chain.iter().filter_map(|&g| groups.get(g)).any(|own| {
            let open = matches!(own.modal.as_deref(), Some("will" | "would" | "shall"))
                || own.tense == Tense::Infinitive
                // "Cranes are spared if they arrive in May": a term.
                || own.tense == Tense::Present && !own.passive;
            open && closed_by_if(view, own)
        });
    // "Doubling the duties could reignite the conflict": only imagined.
    let cut = frame.nominal
        && groups.iter().any(|g| {
            let within = g.subject.is_some_and(|s| s.0 <= frame.trigger.0 && frame.trigger.0 < s.1);
            let may = g.modal.as_deref().is_some_and(|m| matches!(m, "would" | "could" | "might"));
            let starts = || {
                g.passive
                    || classes.has("inchoative", &g.lemma) && g.theme.is_none()
                    || is!(g.lemma, "be" | "take" | "apply" | "go" | "come" | "remain" | "rise" | "fall")
            };
            within && may && !starts()
        });
    // "Lawmakers want the duty removed."
    let wanted = frame.group.and_then(|g| Some((g, groups.get(g)?))).is_some_and(|(at, own)| {
        let above = at.checked_sub(1).and_then(|i| groups.get(i));
        own.tense == Tense::Participle
            && !frame.nominal
            && above.is_some_and(|g| {
                g.finite && is!(g.lemma, "want" | "need" | "wish" | "like" | "prefer" | "see")
            })
    });
    let imagined = frame.group.and_then(|g| groups.get(g)).filter(|_| !frame.nominal).is_some_and(|own| {
        matches!(own.tense, Tense::Gerund | Tense::Infinitive)
            && groups.iter().any(|g| {
                let within = g.subject.is_some_and(|s| s.0 <= own.head && own.head < s.1);
                let may = g.modal.as_deref().is_some_and(|m| !matches!(m, "will" | "shall" | "must"));
                within && may
            })
    });
    out.doubtful |= imagined || cut || wanted;
    // "With a probability of 30%, the talks collapse and Washington raises the rate."
    out.doubtful |= *view.stances.make_believe.get_or_init(|| make_believe::sentence(view, classes));
    for group in chain.iter().filter_map(|&g| groups.get(g)) {
        out.doubtful = out.doubtful
            || make_believe::unreal(view, classes, group)
            || make_believe::counted_on(view, classes, group);
        out.negated |= make_believe::unproven(view, classes, group);
        out.heard |= make_believe::heard(view, classes, group);
    }
    out.denied |= make_believe::contrary(view, frame) || make_believe::gainsaid(view, classes, frame);
    out.denied |= *view.stances.untrue.get_or_init(|| called_untrue(view, classes));
    out.denied |= never_was(view, start);
    let would = out.doubtful
        && frame.group.and_then(|g| groups.get(g)).is_some_and(|g| {
            g.modal.as_deref() == Some("would")
                && !unreal(view, g)
                && !g.condition
                && chain.len() == 1
                && !frame.nominal
        })
        && !view.words.iter().any(|w| is!(w.lower, "if" | "unless" | "could" | "might"))
        // "Should Oslo tax wine, Lima would raise its duty, the minister said"
        && !opened_by_if(view, frame);
    if out.speaker.is_none() {
        out.speaker = undone::accuser(view, frame)
            .or_else(|| fronted(view, classes, frame))
            .or_else(|| *view.stances.according.get_or_init(|| according(view)))
            .or_else(|| trailing(view, classes, frame))
            .or_else(|| {
                let told = *view.stances.parenthetical.get_or_init(|| parenthetical(view, classes));
                told.filter(|_| !behind_after(view, classes, frame))
            });
    }
    out.doubtful |= out.speaker.is_some_and(|range| undone::hearsay(view, range));
    // "From May on, he wrote, the United States would charge 10%": an announcement in reported speech.
    let official =
        |range: Range| view.who_in(range).any(|w| w.is("official") && w.kind != crate::who::WhoKind::Group);
    // "Under the new order, the duty would be raised", "Under the deal Lima would raise": that decides it.
    if would && (under_measure(view, classes, frame) || out.speaker.is_some_and(official)) {
        (out.doubtful, out.future) = (false, true);
    }
    out
}

/// "Under the new order, the duty would be raised": whether a measure or a deal is what the clause of an act
/// stands under.
fn under_measure(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let subject = frame.group.and_then(|g| view.clauses.groups.get(g)).and_then(|g| g.subject);
    let led = view.words.get(..subject.map_or(0, |s| s.0)).unwrap_or_default();
    let led = led.split(|w| w.lower == ",").next().unwrap_or_default();
    view.words.first().is_some_and(|w| is!(w.lower, "under" | "with"))
        && !led.iter().any(|w| UNDECIDED.has(&w.lemma))
        && led.iter().any(|w| {
            is!(w.lemma, "order" | "decree" | "decision" | "notification" | "announcement")
                || is!(w.lemma, "tariff" | "duty")
                || classes.has("agreement_noun", &w.lemma)
        })
}

/// "Trump wrote on Monday, he would charge 25%": who has the word before a pronoun that is his.
fn fronted(view: View<'_>, classes: &Classes, frame: &Frame) -> Option<Range> {
    let at = frame.group.filter(|_| !frame.nominal)?;
    let own = view.clauses.groups.get(at)?;
    let (start, end) = own.subject?;
    let pronoun = end == start + 1
        && view
            .words
            .get(start)
            .is_some_and(|w| is!(w.lower, "he" | "she" | "it" | "they") && w.tag == Tag::Pron);
    let comma = start.checked_sub(1).and_then(|i| view.words.get(i)).is_some_and(|w| w.lower == ",");
    let before = at.checked_sub(1).and_then(|i| view.clauses.groups.get(i))?;
    let says = before.finite && before.head < start && classes.has("say", &before.lemma);
    before.subject.filter(|_| pronoun && comma && says)
}

/// Whether the subject of a group is nobody who decides for a state.
fn bound(view: View<'_>, group: &Group) -> bool {
    // "Chinese cranes must pay a duty of 25%"
    if is!(group.lemma, "pay" | "bear" | "carry") {
        return true;
    }
    group.subject.is_some_and(|subject| {
        let mut found = view.who_in(subject).peekable();
        found.peek().is_some()
            && found.all(|w| matches!(w.kind, WhoKind::Group | WhoKind::Firm | WhoKind::Place))
    })
}

/// "Under the deal, …": what an accord lays down.
fn under_accord(view: View<'_>, classes: &Classes) -> bool {
    let accord = classes.get("agreement_noun").unwrap_or_default();
    let statement = |i: usize| view.words.get(i).is_some_and(|w| w.lower == "statement");
    let opens = view.words.iter().take_while(|w| w.lower != ",").count();
    view.words.first().is_some_and(|w| w.lower == "under")
        && (0..opens).any(|i| accord.at(view.words, i) || statement(i))
}

/// Words before a deal or an order that is not made yet.
static UNDECIDED: WordList = WordList::new(&[
    "abandon",
    "abandoned",
    "abort",
    "aborted",
    "any",
    "bill",
    "draft",
    "eventual",
    "mooted",
    "offer",
    "planned",
    "possible",
    "potential",
    "propose",
    "proposed",
    "prospective",
]);

/// Nouns of what is only supposed.
static GUESSES: WordList = WordList::new(&[
    "assumption",
    "baseline",
    "bet",
    "concern",
    "danger",
    "expectation",
    "fear",
    "forecast",
    "gossip",
    "guess",
    "hope",
    "hunch",
    "legend",
    "prediction",
    "risk",
    "rumor",
    "rumour",
    "scenario",
    "street",
    "suspicion",
    "wager",
    "worry",
]);

/// "Would have met".
pub(crate) fn unreal(view: View<'_>, group: &Group) -> bool {
    (group.start..group.head).any(|i| view.words.get(i).is_some_and(|w| w.lower == "have"))
}

/// "announced plans to impose", at the infinitive: whoever would act says that he will. "said that a plan to double it
/// would close mills" tells what others think of the plan.
fn plan_announced(view: View<'_>, classes: &Classes, chain: &[usize], start: usize) -> bool {
    let about = |g: &Group| {
        g.finite
            && g.subject.is_some_and(|(from, to)| from < start && start <= to)
            && !(g.passive && classes.has("announce", &g.lemma))
    };
    if view.clauses.groups.iter().any(about) {
        return false;
    }
    // "responded with plans to slap"
    let answers = start.checked_sub(2).and_then(|i| view.words.get(i)).is_some_and(|w| w.lower == "with");
    answers || announced(view, classes, chain, 0)
}

/// What may stand before a verb, as lemmas, for its act not to be done; true where it keeps a noun of action
/// from being done as well: "ruled out a duty".
const SHORT_OF: &[(&[&str], bool)] = &[
    (&["abstain", "from"], false),
    (&["annul"], true),
    (&["avoid"], false),
    (&["back", "away", "from"], false),
    (&["back", "off", "from"], false),
    (&["balk", "at"], true),
    (&["baulk", "at"], true),
    (&["decide", "against"], true),
    (&["desist", "from"], false),
    (&["far", "from"], false),
    (&["flinch", "from"], false),
    (&["forgo"], false),
    (&["hold", "back", "from"], true),
    (&["hold", "back", "on"], false),
    (&["hold", "off"], false),
    (&["hold", "off", "on"], true),
    (&["instead", "of"], true),
    (&["no", "intention", "of"], false),
    (&["no", "thought", "of"], false),
    (&["opt", "against"], false),
    (&["overturn"], true),
    (&["quash"], true),
    (&["rather", "than"], false),
    (&["recoil", "from"], true),
    (&["refrain", "from"], true),
    (&["resist"], false),
    (&["rule", "out"], true),
    (&["shrink", "from"], true),
    (&["shy", "away", "from"], true),
    (&["stay", "away", "from"], true),
    (&["steer", "clear", "of"], true),
    (&["stop", "short", "of"], true),
    (&["strike", "down"], true),
    (&["think", "better", "of"], true),
    (&["without"], false),
];

/// The words those end with.
static SHORT_OF_ENDS: LazyLock<ByWord<()>> = LazyLock::new(|| {
    let mut table = ByWord::new();
    let ends = SHORT_OF.iter().filter_map(|(words, _)| words.last());
    ends.for_each(|word| *table.entry(&Lower::new(word), || ()) = ());
    table
});

/// "the threat of a 25% duty": whether the phrase at `start` is what somebody threatens with.
pub(crate) fn of_a_threat(view: View<'_>, start: usize) -> bool {
    let lower = |back: usize| {
        start.checked_sub(back).and_then(|i| view.words.get(i)).map_or(WordId::NONE, |w| w.lower.id())
    };
    lower(1) == "of" && is!(lower(2), "threat" | "threats")
}

/// "a proposal for a 25% duty": whether the phrase at `start` is what somebody only proposes.
fn proposed(view: View<'_>, classes: &Classes, start: usize) -> bool {
    let word = |back: usize| start.checked_sub(back).and_then(|i| view.words.get(i));
    word(1).is_some_and(|w| is!(w.lower, "for" | "of"))
        && word(2).is_some_and(|w| w.tag == Tag::Noun && classes.has("proposal", &w.lemma))
}

/// "instead of imposing", "rather than raise", "stopped short of lifting": not done.
fn forgone(view: View<'_>, group: &Group, start: usize) -> bool {
    let open = matches!(group.tense, Tense::Gerund | Tense::Infinitive);
    // "have not consulted, let alone reached a deal"
    let alone = group.start.checked_sub(2).and_then(|from| view.words.get(from..group.start));
    alone.is_some_and(|pair| matches!(pair, [a, b] if a.lower == "let" && b.lower == "alone"))
        || open && short_of(view, start, false)
}

/// "ruled out a 12% tariff": the noun phrase from `start` on, past its measure, is of what is not done.
fn ruled_out(view: View<'_>, start: usize) -> bool {
    let measured = |w: &Word| matches!(w.tag, Tag::Num | Tag::Det) || is!(w.lower, "%" | "percent" | "-");
    // "struck down a duty": the particle is none of the noun's words.
    let particle =
        view.words.get(start).is_some_and(|w| is!(w.lower, "down" | "off" | "out" | "back" | "away"));
    let start = start + usize::from(particle);
    let behind = (0..start).rev().find(|&i| view.words.get(i).is_none_or(|w| !measured(w)));
    short_of(view, behind.map_or(0, |i| i + 1), true)
}

/// Whether what keeps an act from being done stands right before its verb or noun at `start`, past a day:
/// "refrained on Monday from".
fn short_of(view: View<'_>, start: usize, noun: bool) -> bool {
    let last = start.checked_sub(1).and_then(|i| view.words.get(i));
    let may = |w: &Word| SHORT_OF_ENDS.get(&w.lemma).is_some() || SHORT_OF_ENDS.get(&w.lower).is_some();
    if !last.is_some_and(may) {
        return false;
    }
    let timed = |w: &&Word| !(w.time || w.lower == "on" && start > 1);
    let near = view.words.get(..start).unwrap_or_default();
    let before = |words: &[&str]| {
        complement::ends_in(near.iter().rev(), words)
            || complement::ends_in(near.iter().rev().filter(timed), words)
    };
    SHORT_OF.iter().any(|(words, nouns)| (*nouns || !noun) && before(words))
}

/// The word that the infinitive ("to …") or gerund ("for …") at `start` hangs on.
fn noun_over(view: View<'_>, start: usize) -> Option<&Word> {
    let before = start.checked_sub(1)?;
    if view.words.get(start).is_some_and(|w| w.tag == Tag::To) {
        return view.words.get(before);
    }
    // "Its calls for lifting the curbs", "the idea of taxing them".
    let gerund = view.words.get(start).is_some_and(|w| w.tag == Tag::Verb(VerbForm::Gerund));
    let linked = view.words.get(before).is_some_and(|w| is!(w.lower, "for" | "of"));
    view.words.get(before.checked_sub(1)?).filter(|_| gerund && linked)
}

/// Whether a noun of action stands in a phrase of time or place of the verb over it.
fn beside(view: View<'_>, frame: &Frame, group: &crate::grammar::clause::Group) -> bool {
    group.preps.iter().any(|(prep, range)| {
        range.0 <= frame.trigger.0
            && frame.trigger.0 < range.1
            && view.words.get(*prep).is_some_and(|w| {
                is!(w.lower, "in" | "during" | "after" | "before" | "at" | "since" | "following")
            })
    })
}

/// "there is no such thing as a halt to supplies", "there had never been any plan to ban them": what is said right
/// before the act at `start` denies it.
fn never_was(view: View<'_>, start: usize) -> bool {
    let lower = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let from = start.saturating_sub(DENIED_BEFORE);
    let no_such_thing = |i: usize| {
        lower(i) == "no" && lower(i + 1) == "such" && lower(i + 2) == "thing" && lower(i + 3) == "as"
    };
    let planned = start.checked_sub(1).is_some_and(|i| {
        is!(lower(i), "plan" | "plans" | "intention" | "intentions" | "thought" | "question")
            || is!(lower(i), "of" | "to")
                && i.checked_sub(1).is_some_and(|i| is!(lower(i), "plan" | "intention" | "thought"))
    });
    (from..start).any(no_such_thing) || planned && (from..start).any(|i| lower(i) == "never")
}

/// How far before an act the words stand that deny it was ever so, in words.
const DENIED_BEFORE: usize = 8;

/// "the report on a cut is fake": what the sentence tells is said not to be so.
fn called_untrue(view: View<'_>, classes: &Classes) -> bool {
    let Some(words) = classes.get("untrue") else { return false };
    let judged = |g: &Group| view.has((g.head + 1, g.head + 4), words);
    // "The report turned out to be wrong", "proved false".
    let turned = |g: &Group| {
        is!(g.lemma, "prove" | "turn")
            && view.words.get(g.head + 1..).is_some_and(|rest| {
                rest.iter()
                    .take(4)
                    .any(|w| is!(w.lower, "wrong" | "false" | "untrue" | "unfounded" | "baseless"))
            })
    };
    // "called a report of a cut “flatly wrong”", "dismissed talk of a waiver as pure invention"
    let branded = |g: &Group| {
        let behind = view.words.get(g.head + 1..).unwrap_or_default();
        let rumour = |w: &Word| {
            is!(
                w.lemma,
                "report" | "rumour" | "rumor" | "talk" | "suggestion" | "claim" | "speculation" | "story"
            )
        };
        let holds_not = |w: &Word| {
            is!(
                w.lower,
                "wrong"
                    | "false"
                    | "fiction"
                    | "invention"
                    | "fantasy"
                    | "fabricated"
                    | "invented"
                    | "baseless"
                    | "groundless"
                    | "unfounded"
            )
        };
        is!(g.lemma, "call" | "brand" | "label" | "describe" | "dismiss" | "term" | "reject")
            // "Reports of a cut were called baseless", "called it untrue that it had cut them", "a story which it
            // dismissed as fiction"
            && (behind.iter().take(5).any(rumour)
                || behind.first().is_some_and(|w| w.lower == "it") && behind.iter().take(4).any(holds_not)
                || g.subject.and_then(|(from, _)| view.words.get(from.checked_sub(3)?..from)).is_some_and(
                    |before| before.last().is_some_and(|w| w.tag == Tag::Rel) && before.iter().any(rumour),
                )
                || g.passive
                    && g.subject.is_some_and(|(from, to)| {
                        view.words.get(from..to).unwrap_or_default().iter().take(3).any(rumour)
                    }))
            && (view.has((g.head + 1, view.words.len()), words) || behind.iter().any(holds_not))
    };
    view.clauses.groups.iter().any(|g| {
        let so = |w: &Word| is!(w.lower, "true" | "correct" | "accurate");
        let behind = view.words.get(g.head + 1..g.head + 4).unwrap_or_default();
        // "It is not true that Oslo has cut it."
        g.negated && g.lemma == "be" && behind.iter().any(so)
            || !g.negated
                && (g.lemma == "be" && judged(g)
                    || turned(g)
                    || branded(g)
                    || make_believe::claim_falls(view, classes, g))
    }) || make_believe::taken_back(view, classes)
}

/// Whether a verb of announcing governs the group at `depth` of the chain.
fn announced(view: View<'_>, classes: &Classes, chain: &[usize], depth: usize) -> bool {
    chain.iter().skip(depth + 1).any(|&g| {
        view.clauses.groups.get(g).is_some_and(|g| {
            // "…, adding that it would": a gerund says it too.
            let told = g.finite || g.tense == Tense::Gerund;
            classes.has("announce", &g.lemma) && told && !g.negated
        })
    })
}

/// "published a list of goods that would be charged", "signed an order that would raise": decided on.
fn decided(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    let words = view.words;
    let opener = (group.start.saturating_sub(1)..=group.start)
        .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Rel && w.lower != "if"));
    let Some(opener) = opener else { return false };
    view.clauses.groups.iter().rev().find(|g| g.finite && g.head < opener).is_some_and(|g| {
        let open =
            (g.head + 1..opener).any(|i| words.get(i).is_some_and(|w| classes.has("proposal", &w.lemma)));
        !open
            && !g.negated
            && g.modal.is_none()
            && matches!(g.tense, Tense::Past | Tense::Perfect)
            && classes.has("decide", &g.lemma)
    })
}

/// "signed an accord under which Lima would lift its duty", "…, while Quito would halve its own": what a
/// deal that was struck provides for.
fn agreed(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    let words = view.words;
    let deals = classes.get("agreement_noun").unwrap_or_default();
    let Some(opener) = words
        .get(..group.start)
        .and_then(|w| w.iter().rposition(|w| is!(w.lower, "which" | "whereby") || w.tag == Tag::Rel))
    else {
        return false;
    };
    let prep =
        opener.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| is!(w.lower, "under" | "by" | "in")));
    let noun = (opener.saturating_sub(4)..prep.unwrap_or(opener))
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| deals.has_word(&w.lemma)));
    // Only clauses of the deal itself stand between.
    let between = view.clauses.groups.iter().filter(|g| g.finite && g.head > opener && g.head < group.head);
    let own = between.clone().all(|g| {
        g.modal.as_deref().is_some_and(|m| matches!(m, "would" | "will"))
            || words.get(g.head + 1).is_some_and(|w| w.tag == Tag::To)
    });
    let made = |noun: usize| !words.iter().take(noun).any(|w| UNDECIDED.has(&w.lemma));
    noun.is_some_and(|noun| {
        own && made(noun)
            && view.clauses.groups.iter().any(|g| {
                let holds = |range: Option<Range>| range.is_some_and(|(from, to)| from <= noun && noun < to);
                g.finite
                    && g.head < opener
                    && !g.negated
                    && g.modal.is_none()
                    && matches!(g.tense, Tense::Past | Tense::Perfect)
                    && (holds(g.theme) || g.passive && holds(g.subject))
                    && (classes.has("strike", &g.lemma) || classes.has("decide", &g.lemma))
            })
    })
}

/// "Had Roe met Doe", but not "Had a good call with Doe", where somebody leaves himself out.
fn had_it_been(words: &[Word]) -> bool {
    let behind = words.iter().skip_while(|w| w.tag == Tag::Punct).skip(1);
    let mut subject = behind.take_while(|w| !matches!(w.tag, Tag::Prep | Tag::Punct));
    subject.any(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be | Tag::Have))
}

/// How far into its sentence the "to" of "Were Oslo to …" stands, in words.
const INVERTED: usize = 8;

/// "If …, the act": the condition before its main clause.
fn opened_by_if(view: View<'_>, frame: &Frame) -> bool {
    let first = view.words.iter().find(|w| w.tag != Tag::Punct);
    let opens = first.is_some_and(|w| {
        is!(w.lower, "if" | "unless" | "should")
            || w.lower == "had" && had_it_been(view.words)
            // "Were Oslo to tax wine, duties would follow."
            || w.lower == "were" && view.words.iter().take(INVERTED).any(|w| w.tag == Tag::To)
    });
    // "Chile has troubles of its own: unless it signs by July 9, it faces a duty."
    let lower = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let later = view.stances.words(view).may_have(few!["if", "unless"])
        && (1..frame.trigger.0).any(|i| {
            is!(lower(i), "if" | "unless")
                && is!(lower(i - 1), ":" | ";" | "—" | "–")
                && !(i..frame.trigger.0).any(|at| is!(lower(at), ";" | ":"))
        });
    later || opens && frame.trigger.0 > 0 && first.is_some_and(|w| w.capital)
}

/// "… if the sale goes ahead", "… should talks fail", but not "even if": a condition behind the act.
fn closed_by_if(view: View<'_>, own: &Group) -> bool {
    let words = view.stances.words(view);
    if !words.may_have(few!["if", "unless", "provided", "providing", "condition", "event", "should"]) {
        return false;
    }
    let lower = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let ends = |i: usize| {
        is!(lower(i), ";" | ":") || view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Conj | Tag::Rel))
    };
    let end = (own.head + 1..view.words.len()).find(|&i| ends(i)).unwrap_or(view.words.len());
    let opens = |i: &usize| {
        is!(lower(*i), "if" | "unless" | "provided" | "providing" | "condition" | "event" | "should")
    };
    let word = |i: usize| view.words.get(i).map_or("", |w| w.lower.as_str());
    (own.head + 1..end).filter(opens).any(|i| match word(i) {
        "if" => !is!(lower(i - 1), "even" | "as" | "see" | "ask" | "asked" | "know" | "decide" | "wonder"),
        "unless" => true,
        "provided" | "providing" => lower(i + 1) == "that",
        "condition" => lower(i - 1) == "on" && lower(i + 1) == "that",
        "event" => lower(i - 1) == "the" && lower(i - 2) == "in",
        "should" => view.clauses.groups.iter().any(|g| g.condition && g.start > i),
        _ => false,
    })
}

/// "Do not be surprised when Brussels hits back": what may come.
fn no_surprise(view: View<'_>, frame: &Frame) -> bool {
    if !view.stances.words(view).may_have(few!["surprised", "surprise"]) {
        return false;
    }
    let words = view.words.get(..frame.trigger.0).unwrap_or_default();
    words.windows(2).any(|pair| match pair {
        [a, b] => is!(a.lower, "surprised" | "surprise") && is!(b.lower, "when" | "if" | "should"),
        _ => false,
    })
}

/// "According to X, …".
fn according(view: View<'_>) -> Option<Range> {
    let may = view.stances.words(view).may_have(few!["according"]);
    let Some(at) = view.words.iter().position(|w| may && w.lower == "according") else {
        return in_view_of(view);
    };
    view.words.get(at + 1).filter(|w| w.tag == Tag::To)?;
    let end = (at + 2..view.words.len())
        .find(|&i| view.words.get(i).is_some_and(|w| is!(w.lower, "," | ".")))
        .unwrap_or(view.words.len());
    // "according to the rules on stacking": nobody's words; "according to a person who knows the plan" is.
    let head = (at + 2..end)
        .find(|&i| view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::Rel | Tag::Verb(_))));
    let rules = (at + 2..head.unwrap_or(end)).any(|i| {
        view.words.get(i).is_some_and(|w| {
            is!(
                w.lemma,
                "rule"
                    | "law"
                    | "plan"
                    | "schedule"
                    | "principle"
                    | "formula"
                    | "origin"
                    | "timetable"
                    | "value"
                    | "understanding"
                    | "agreement"
                    | "treaty"
                    | "statute"
            )
        })
    });
    let named = view.who_in((at + 2, end)).next().is_some();
    (named || !rules).then_some((at + 2, end))
}

/// "In his view", "in the opinion of the trade lawyers", "by the ministry's account", "as Lima tells it":
/// whose view it is; one's own is no report.
fn in_view_of(view: View<'_>) -> Option<Range> {
    let words = view.words;
    let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    let held = |i: usize| {
        is!(lower(i), "view" | "opinion" | "eyes" | "estimation" | "reckoning" | "judgment" | "judgement")
    };
    let owned = |i: usize| is!(lower(i), "his" | "her" | "their" | "the");
    let in_view = |i: &usize| lower(*i) == "in" && owned(i + 1) && held(i + 2);
    let may = view.stances.words(view).may_have(few![
        "view",
        "opinion",
        "eyes",
        "estimation",
        "reckoning",
        "judgment",
        "judgement"
    ]);
    let Some(at) = (0..words.len()).find(|i| may && in_view(i)) else { return by_account_of(view) };
    if lower(at + 1) != "the" {
        return Some((at + 1, at + 2));
    }
    let end = (at + 4..words.len()).find(|&i| is!(lower(i), "," | "."))?;
    (lower(at + 3) == "of").then_some((at + 4, end))
}

/// How many words stand before "account" in "by the economy ministry's account".
const TELLER: usize = 8;

/// "By his telling", "by Downing Street's account", "as Lima tells it", in front of the sentence.
fn by_account_of(view: View<'_>) -> Option<Range> {
    let lower = |i: usize| view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
    if lower(0) == "as" {
        let told = (2..TELLER).find(|&i| {
            is!(lower(i), "tells" | "tell" | "told" | "has" | "had" | "sees" | "see" | "saw" | "puts" | "put")
                && lower(i + 1) == "it"
        })?;
        return Some((1, told));
    }
    // "If the ministry is to be believed, …"
    if lower(0) == "if" {
        let told = (2..TELLER).find(|&i| {
            is!(lower(i), "is" | "are" | "was" | "were") && lower(i + 1) == "to" && lower(i + 3) == "believed"
        })?;
        return Some((1, told));
    }
    // "To hear the ministry tell it, …"
    if lower(0) == "to" && lower(1) == "hear" {
        let told = (3..TELLER).find(|&i| lower(i) == "tell" && lower(i + 1) == "it")?;
        return Some((2, told));
    }
    // "…, by the White House's account."
    let behind = || {
        let by = |&i: &usize| lower(i) == "by" && lower(i - 1) == ",";
        let at = (1..view.words.len()).rev().take(TELLER + 2).find(by)?;
        let told = |i: &usize| is!(lower(*i), "account" | "telling" | "reckoning");
        let account = (at + 2..at + TELLER).find(told)?;
        let whose =
            is!(lower(account - 1), "'s" | "’s" | "'" | "’") || is!(lower(at + 1), "his" | "her" | "their");
        (whose && lower(account + 1) == ".").then_some((at + 1, account))
    };
    if !is!(lower(0), "by" | "in" | "on" | "to") {
        return behind();
    }
    let account = (2..TELLER).find(|&i| {
        is!(
            lower(i),
            "account"
                | "telling"
                | "version"
                | "reckoning"
                | "reading"
                | "description"
                | "view"
                | "opinion"
                | "eyes"
                | "judgement"
                | "judgment"
                | "estimation"
                | "words"
                | "mind"
        )
    })?;
    let own = is!(lower(1), "his" | "her" | "their") && account == 2;
    let whose = is!(lower(account - 1), "'s" | "’s" | "'" | "’");
    // "By the Chinese account"
    let states = || lower(1) == "the" && view.who_in((2, account)).any(|w| w.country.is_some());
    (own || whose || states()).then_some((1, account))
}

/// "…, X said" and "…", said X at the end of the sentence.
fn trailing(view: View<'_>, classes: &Classes, frame: &Frame) -> Option<Range> {
    let groups = &view.clauses.groups;
    let vouches = |g: &Group| g.finite && classes.has("voucher", &g.lemma);
    let vouching = view.stances.vouching.get_or_init(|| groups.iter().rposition(vouches));
    let last = vouching.and_then(|at| groups.get(at))?;
    if last.head <= frame.trigger.1 {
        return None;
    }
    // "…, and in April added a duty of 34%": laid on, not said.
    let object = view.words.get(last.head + 1).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Num));
    if last.lemma == "add" && object && last.theme.is_some() {
        return None;
    }
    let comma = (frame.trigger.1..last.start)
        .rev()
        .find(|&i| view.words.get(i).is_some_and(|w| is!(w.lower, "," | "”" | "\"")))?;
    // Between the comma and the verb stands nothing but the speaker.
    let between = groups.iter().any(|g| g.head > comma && g.head < last.head);
    let that = view.words.get(last.head + 1).is_some_and(|w| is!(w.lower, "that" | "it"));
    let clause = (comma + 1..last.start)
        .any(|i| view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Rel | Tag::Sub)));
    if between || that || clause {
        return None;
    }
    let named = |i: usize| view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Pron));
    if last.start > comma + 1 {
        return (comma + 1..last.start).any(named).then_some((comma + 1, last.start));
    }
    last.theme.or(last.subject)
}

/// "Lima will act, the minister said on Monday, hours after Quito shut its border": what went before is told by the
/// text, not by the minister.
fn behind_after(view: View<'_>, classes: &Classes, frame: &Frame) -> bool {
    let groups = &view.clauses.groups;
    let said = groups.iter().find(|g| g.finite && classes.has("voucher", &g.lemma)).map(|g| g.head);
    let Some(said) = said.filter(|&said| said < frame.trigger.0) else { return false };
    let after = (said..frame.trigger.0).rev().find(|&i| {
        let back = |by: usize| i.checked_sub(by).and_then(|i| view.words.get(i));
        view.words.get(i).is_some_and(|w| w.lower == "after")
            && back(1).is_some_and(|w| {
                w.time
                    || is!(
                        w.lower,
                        "," | "hours" | "hour" | "days" | "day" | "weeks" | "week" | "months" | "month"
                    )
                    || is!(w.lower, "minutes" | "shortly" | "soon" | "just" | "immediately")
            })
    });
    after.is_some_and(|after| {
        let between = groups.iter().filter(|g| g.finite && after < g.head && g.head < frame.trigger.0);
        between.count() == 0
    })
}

/// How many words behind a verb of saying the comma may stand that closes the aside.
const TOLD: usize = 9;

/// "…, X said, …": the speaker set between commas.
fn parenthetical(view: View<'_>, classes: &Classes) -> Option<Range> {
    let mark =
        |i: Option<usize>| i.and_then(|i| view.words.get(i)).is_some_and(|w| is!(w.lower, "," | "”" | "\""));
    // "…, Roe told Oslo Radio on Friday, and": past whoever was told and when.
    let closed = |from: usize| {
        let end = (from..from + TOLD).find(|&i| mark(Some(i)));
        end.is_some_and(|end| {
            end + 1 < view.words.len()
                && (from..end).all(|i| {
                    view.words.get(i).is_some_and(|w| {
                        w.time || matches!(w.tag, Tag::Noun | Tag::Det | Tag::Prep | Tag::Poss)
                    })
                })
        })
    };
    let said = |g: &&crate::grammar::clause::Group| {
        g.finite
            && classes.has("voucher", &g.lemma)
            && (mark(Some(g.head + 1)) || closed(g.head + 1))
            && g.subject.is_some_and(|s| s.1 <= g.start && mark(s.0.checked_sub(1)))
    };
    view.clauses.groups.iter().find(said).and_then(|g| g.subject)
}

/// Factuality by the stance, given whether the speaker is on the actor's own side.
pub(crate) fn factuality(stance: &Stance, own_voice: bool) -> Factuality {
    if stance.denied {
        return Factuality::Denied;
    }
    if stance.doubtful {
        return Factuality::Hypothetical;
    }
    if !own_voice || stance.heard {
        return Factuality::Reported;
    }
    Factuality::Asserted
}
