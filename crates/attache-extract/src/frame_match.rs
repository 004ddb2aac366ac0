//! Which rules fit the acts named in a sentence.

use crate::demands::{around, fits};
use crate::event::Kind;
use crate::factuality::Stances;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Clauses, Frame, Range};
use crate::grammar::lower::is;
use crate::grammar::openings::Opened;
use crate::grammar::phrases::Set;
use crate::grammar::rule::{Rule, RuleSet};
use crate::grammar::tag::{Tag, Word};
use crate::slots::may_name_rates;
use crate::span::Span;
use crate::speech::{SILENT, Voice};
use crate::state::StateCode;
use crate::trigger_frame::TriggerFrame;
use crate::who::{Who, WhoKind};

/// A rule on a frame.
#[derive(Debug)]
pub(crate) struct Hit<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) frame: Frame,
    /// Less demanding rules on the same words, for where this one finds no parties.
    pub(crate) others: Vec<(&'r Rule, Frame)>,
}

/// Everything a rule may look at in a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'v> {
    pub(crate) words: &'v [Word],
    pub(crate) clauses: &'v Clauses,
    pub(crate) who: &'v [Who],
    /// What the words open.
    pub(crate) opened: &'v Opened<'v>,
    /// The sentences right before, the nearest one last.
    pub(crate) before: &'v [Past<'v>],
    pub(crate) voice: &'v Voice,
    pub(crate) stances: &'v Stances,
    /// The whole text is on tariffs, so that a rate alone tells of one.
    pub(crate) on_tariffs: bool,
}

/// The words of an earlier sentence, and what they open.
#[derive(Debug, Default)]
pub(crate) struct Past<'o> {
    pub(crate) words: Vec<Word>,
    pub(crate) opened: Opened<'o>,
}

impl<'v> View<'v> {
    /// A sentence by itself, told by nobody.
    pub(crate) const fn alone(
        words: &'v [Word],
        clauses: &'v Clauses,
        who: &'v [Who],
        opened: &'v Opened<'v>,
        stances: &'v Stances,
    ) -> Self {
        Self { words, clauses, who, opened, before: &[], voice: &SILENT, stances, on_tariffs: false }
    }

    /// Whether one of the phrases stands in the range.
    pub(crate) fn has(&self, range: Range, phrases: &Set) -> bool {
        self.opened.has(range, phrases)
    }

    /// Whether one of the phrases starts at a word.
    pub(crate) fn names_at(&self, at: usize, phrases: &Set) -> bool {
        self.opened.has((at, at + 1), phrases)
    }

    /// Where in the range the first of the phrases stands.
    pub(crate) fn first(&self, range: Range, phrases: &Set) -> Option<usize> {
        self.opened.places(range, phrases).next()
    }

    /// The state whose measures bear a name of the sentence, such as "Section 301", and where it stands.
    pub(crate) fn owner_by_name(&self, classes: &Classes) -> Option<(StateCode, Range)> {
        let named = classes.measures().filter(|(_, phrases)| self.opened.names(phrases));
        let named = named.filter_map(|(state, phrases)| {
            let at = self.first((0, self.words.len()), phrases)?;
            Some((state, (at, at + phrases.find(self.words, at)?.len())))
        });
        let (state, range) = named.min_by_key(|(_, (at, _))| *at)?;
        Some((self.president_else(state, range).unwrap_or(state), range))
    }

    /// "President Ferdinand Marcos Jr. signed Executive Order No. 105": the one other state whose president
    /// the sentence names, where the paper is one that presidents elsewhere issue as well.
    fn president_else(&self, state: StateCode, (at, _): Range) -> Option<StateCode> {
        self.words.get(at).filter(|w| w.lower == "executive")?;
        let presidents = self.who.iter().filter(|w| {
            w.kind == WhoKind::Person && w.office.as_deref().is_some_and(|o| o.ends_with("President"))
        });
        let mut states = presidents.filter_map(|w| w.country);
        let first = states.next().filter(|code| *code != state)?;
        states.all(|code| code == first).then_some(first)
    }

    /// Whether a range names nothing but amounts and times.
    pub(crate) fn measures_only(&self, range: Range) -> bool {
        (range.0..range.1).all(|i| {
            self.words.get(i).is_none_or(|w| {
                w.tag != Tag::Noun
                    || w.time
                    || is!(
                        w.lemma,
                        "percent" | "percentage" | "point" | "half" | "third" | "effect" | "force"
                    )
            })
        })
    }

    /// The mentions that lie in a range of words, in text order.
    pub(crate) fn who_in(&self, range: Range) -> impl Iterator<Item = &'v Who> + use<'v> {
        let stretch = self.stretch(range);
        self.who.iter().filter(move |w| w.span.overlaps(stretch))
    }

    /// From the start of the first word of a range to the end of the last one; ends before it starts where one of them
    /// does not stand.
    pub(crate) fn stretch(&self, range: Range) -> Span {
        let start = self.words.get(range.0).map_or(usize::MAX, |w| w.span.start);
        let end = range.1.checked_sub(1).and_then(|i| self.words.get(i)).map_or(0, |w| w.span.end);
        Span::new(start, end)
    }
}

/// A rule whose trigger stands in the sentence, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chance<'r> {
    rule: &'r Rule,
    trigger: Range,
}

/// Adds the rules that may fit to `out`, by the words of the sentence and those right before it alone, those on
/// general diplomacy only where `general` asks for them.
pub(crate) fn chances<'r>(
    rules: &'r RuleSet,
    line: &Past<'_>,
    general: bool,
    before: &[Past<'_>],
    out: &mut Vec<Chance<'r>>,
) {
    let before = Opened::union(before.iter().map(|past| &past.opened));
    rules.openings.triggers(&line.words, &line.opened, general, &before, |rule, trigger| {
        out.extend(rules.rules.get(rule).map(|rule| Chance { rule, trigger }));
    });
}

/// Lists that each sentence fills anew.
#[derive(Default)]
pub(crate) struct Tried<'r> {
    /// What fits the words at hand, and how well.
    best: Vec<(usize, Hit<'r>)>,
    /// The frames of triggers that start there.
    readings: Vec<(Range, Option<TriggerFrame>)>,
}

/// For each act of the sentence the rule that fits it best, in text order.
///
/// A weak rule tells nothing where the sentence has no rate, and is not tried there, unless its trigger is
/// of several words: those it keeps from other rules.
pub(crate) fn hits<'r>(
    classes: &Classes,
    view: View<'_>,
    chances: &[Chance<'r>],
    Tried { best, readings }: &mut Tried<'r>,
) -> Vec<Hit<'r>> {
    let mut out: Vec<Hit<'r>> = Vec::new();
    let rated = chances.iter().any(|chance| chance.rule.weak) && may_name_rates(view.words);
    for chances in chances.chunk_by(|a, b| a.trigger.0 == b.trigger.0) {
        readings.clear();
        for &Chance { rule, trigger } in chances {
            if rule.weak && !rated && trigger.1 == trigger.0 + 1 {
                continue;
            }
            let Some(around) = around(view, rule, trigger) else { continue };
            let known = readings.iter().position(|(known, _)| *known == trigger).unwrap_or(readings.len());
            if known == readings.len() {
                readings.push((trigger, TriggerFrame::of(view, trigger)));
            }
            let Some((_, Some(reading))) = readings.get_mut(known) else { continue };
            let tried =
                reading.tried(view, rule, |frame| Some((fits(view, classes, rule, frame)?, frame.clone())));
            if let Some((weight, frame)) = tried {
                best.push((
                    around + weight + (trigger.1 - trigger.0) * 4,
                    Hit { rule, frame, others: Vec::new() },
                ));
            }
        }
        if best.is_empty() {
            continue;
        }
        // One act per word and kind: the most demanding rule speaks.
        best.sort_by(|a, b| {
            (a.1.rule.weak.cmp(&b.1.rule.weak))
                .then(stands_back(a.1.rule).cmp(&stands_back(b.1.rule)))
                .then(b.0.cmp(&a.0))
                .then_with(|| a.1.rule.name.cmp(&b.1.rule.name))
        });
        for (_, hit) in best.drain(..) {
            let taken = out.iter_mut().find(|h| {
                !h.rule.general
                    && !hit.rule.general
                    && h.rule.act.kind() == hit.rule.act.kind()
                    && h.frame.trigger.0 < hit.frame.trigger.1
                    && hit.frame.trigger.0 < h.frame.trigger.1
            });
            match taken {
                None => out.push(hit),
                Some(first) if second_choice(first, &hit) => first.others.push((hit.rule, hit.frame)),
                Some(_) => {}
            }
        }
    }
    out.sort_by_key(|h| h.rule.general);
    out
}

/// A rule that speaks only where no other tells of a statement, or of what a firm changes.
fn stands_back(rule: &Rule) -> bool {
    let kind = rule.act.kind();
    matches!(kind, Kind::Statement | Kind::BusinessShift) && rule.residual.contains(&kind)
}

/// All but tariffs, whose rates are shared out, are tried again by the next rule.
fn second_choice(first: &Hit<'_>, next: &Hit<'_>) -> bool {
    next.rule.act.kind() != Kind::TariffAction
        && first.frame.trigger.0 == next.frame.trigger.0
        && !next.rule.weak
        && first.others.len() < 3
}
