//! How far the text commits itself to an act: modality, negation and attribution around its frame.

use crate::event::Factuality;
use crate::frame_match::View;
use crate::grammar::classes::Classes;
use crate::grammar::clause::{Frame, Group, Range, Tense};
use crate::grammar::lemma::VerbForm;
use crate::grammar::tag::{Tag, Word};

/// What surrounds an act.
#[derive(Debug, Clone, Default)]
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
}

/// "a bill to raise duties", "a proposal to suspend them": what a noun of proposing leads to.
fn tabled(view: View<'_>, classes: &Classes, group: &Group) -> bool {
    noun_over(view, group.start).is_some_and(|w| w.tag == Tag::Noun && classes.has("proposal", &w.lemma))
}

/// Reads the stance of a frame.
pub(crate) fn stance(view: View<'_>, classes: &Classes, frame: &Frame) -> Stance {
    let mut out = Stance::default();
    let groups = &view.clauses.groups;
    let chain = frame.group.map(|g| view.clauses.chain(g)).unwrap_or_default();
    let mut saying = false;
    for (depth, &index) in chain.iter().enumerate() {
        let Some(group) = groups.get(index) else { continue };
        let own = depth == 0 && !frame.nominal;
        let lemma = group.lemma.as_str();
        let say = !own && classes.has("say", &group.lemma);
        let complement =
            depth > 0 && chain.get(depth - 1).and_then(|&below| groups.get(below)).is_some_and(|b| b.finite);
        if !own && classes.has("deny", &group.lemma) && (depth > 0 || frame.nominal) {
            out.denied = true;
            out.speaker = out.speaker.or(group.subject);
            saying = true;
            continue;
        }
        if say && complement {
            out.speaker = out.speaker.or(group.subject);
            out.announced |= !saying && classes.has("declare", &group.lemma);
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
        let set = own || beside || lemma == "plan" && group.passive;
        if !set && classes.has("doubt", &group.lemma) {
            out.doubtful = true;
        }
        out.negated |= group.negated;
        out.doubtful |= group.condition || depth == 0 && not_yet(view, classes, group.start);
        out.doubtful |= depth == 0 && tabled(view, classes, group);
        if let Some(modal) = group.modal.as_deref() {
            match modal {
                "will" | "shall" => out.future = true,
                "won't" | "won’t" => out.negated = true,
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
                "would" if !group.condition && announced(view, classes, &chain, depth) => out.future = true,
                _ => out.doubtful = true,
            }
        }
        if lemma == "be" && depth > 0 {
            out.future = true;
        }
        if depth == 0 || frame.nominal {
            out.past |= matches!(group.tense, Tense::Past | Tense::Perfect);
        }
        if matches!(lemma, "schedule" | "set" | "due" | "expect" | "plan") && group.passive && !own {
            out.future = true;
        }
    }
    out.negated |= frame.group.and_then(|g| groups.get(g)).is_some_and(|g| forgone(view, g));
    let no = |range: Option<Range>| {
        range.is_some_and(|(start, end)| {
            (start..end.min(start + 3)).any(|i| {
                view.words
                    .get(i)
                    .is_some_and(|w| matches!(w.lower.as_str(), "no" | "neither" | "nobody" | "none" | "any"))
            })
        })
    };
    let start = crate::grammar::clause::phrase_start(view.words, frame.trigger.0);
    out.negated |= no(frame.agent)
        || no(frame.theme)
        || (frame.nominal && no(Some((start, frame.trigger.0.max(start + 1)))));
    if let Some(subject) = frame.group.and_then(|g| groups.get(g)).and_then(|g| g.subject) {
        out.negated |= no(Some(subject));
    }
    // "A bill to raise duties to 50% is in committee": the duties are only those of the bill.
    let told = frame.group.and_then(|g| groups.get(g)).and_then(|g| g.subject);
    out.doubtful |= groups.iter().any(|g| {
        let object = told.is_some_and(|subject| subject.0 == g.head + 1);
        let inside = frame.nominal && g.head < frame.trigger.0 && frame.trigger.1 <= g.extent.1;
        (object || inside) && tabled(view, classes, g)
    });
    out.doubtful |= frame.nominal
        && (start..frame.trigger.0).any(|i| {
            view.words.get(i).is_some_and(|w| {
                matches!(w.lower.as_str(), "future" | "possible" | "potential" | "eventual" | "hypothetical")
            })
        });
    // "And if you import steel, remember that the duty doubled": told as done all the same.
    let done = frame.group.and_then(|g| groups.get(g)).is_some_and(|g| {
        g.finite && !g.condition && g.modal.is_none() && matches!(g.tense, Tense::Past | Tense::Perfect)
    });
    out.doubtful |= (frame.nominal || !done) && opened_by_if(view, frame);
    out.denied |= called_untrue(view, classes);
    if out.speaker.is_none() {
        out.speaker = according(view)
            .or_else(|| trailing(view, classes, frame))
            .or_else(|| parenthetical(view, classes));
    }
    out
}

/// "his threat to impose", "the power to raise": the noun before an infinitive leaves it open.
fn not_yet(view: View<'_>, classes: &Classes, start: usize) -> bool {
    noun_over(view, start).is_some_and(|w| classes.has("open_noun", &w.lemma))
}

/// "instead of imposing", "rather than raise", "without lifting": not done.
fn forgone(view: View<'_>, group: &Group) -> bool {
    let back = |by: usize| group.start.checked_sub(by).and_then(|i| view.words.get(i));
    let lower = |by: usize| back(by).map_or("", |w| w.lower.as_str());
    let open = matches!(group.tense, Tense::Gerund | Tense::Infinitive);
    open && (lower(1) == "without"
        || lower(1) == "of" && lower(2) == "instead"
        || lower(1) == "than" && lower(2) == "rather")
}

/// The word that the infinitive ("to …") or gerund ("for …") at `start` hangs on.
fn noun_over(view: View<'_>, start: usize) -> Option<&Word> {
    let before = start.checked_sub(1)?;
    if view.words.get(start).is_some_and(|w| w.tag == Tag::To) {
        return view.words.get(before);
    }
    // "Its calls for lifting the curbs", "the idea of taxing them".
    let gerund = view.words.get(start).is_some_and(|w| w.tag == Tag::Verb(VerbForm::Gerund));
    let linked = view.words.get(before).is_some_and(|w| matches!(w.lower.as_str(), "for" | "of"));
    view.words.get(before.checked_sub(1)?).filter(|_| gerund && linked)
}

/// Whether a noun of action stands in a phrase of time or place of the verb over it.
fn beside(view: View<'_>, frame: &Frame, group: &crate::grammar::clause::Group) -> bool {
    group.preps.iter().any(|(prep, range)| {
        range.0 <= frame.trigger.0
            && frame.trigger.0 < range.1
            && view.words.get(*prep).is_some_and(|w| {
                matches!(
                    w.lower.as_str(),
                    "in" | "during" | "after" | "before" | "at" | "since" | "following"
                )
            })
    })
}

/// "the report on a cut is fake": what the sentence tells is said not to be so.
fn called_untrue(view: View<'_>, classes: &Classes) -> bool {
    let Some(words) = classes.get("untrue") else { return false };
    let judged = |head: usize| (head + 1..head + 4).any(|i| words.at(view.words, i));
    view.clauses.groups.iter().any(|g| g.lemma == "be" && !g.negated && judged(g.head))
}

/// Whether a verb of announcing governs the group at `depth` of the chain.
fn announced(view: View<'_>, classes: &Classes, chain: &[usize], depth: usize) -> bool {
    chain.iter().skip(depth + 1).any(|&g| {
        view.clauses
            .groups
            .get(g)
            .is_some_and(|g| classes.has("announce", &g.lemma) && g.finite && !g.negated)
    })
}

/// "If …, the act": the condition before its main clause.
fn opened_by_if(view: View<'_>, frame: &Frame) -> bool {
    let first = view.words.iter().find(|w| w.tag != Tag::Punct);
    let opens = first.is_some_and(|w| matches!(w.lower.as_str(), "if" | "unless" | "should"));
    opens && frame.trigger.0 > 0 && first.is_some_and(|w| w.capital)
}

/// "According to X, …".
fn according(view: View<'_>) -> Option<Range> {
    let at = view.words.iter().position(|w| w.lower == "according")?;
    view.words.get(at + 1).filter(|w| w.tag == Tag::To)?;
    let end = (at + 2..view.words.len())
        .find(|&i| view.words.get(i).is_some_and(|w| matches!(w.lower.as_str(), "," | ".")))
        .unwrap_or(view.words.len());
    Some((at + 2, end))
}

/// "…, X said" and "…", said X at the end of the sentence.
fn trailing(view: View<'_>, classes: &Classes, frame: &Frame) -> Option<Range> {
    let groups = &view.clauses.groups;
    let last = groups.iter().rev().find(|g| g.finite && classes.has("voucher", &g.lemma))?;
    if last.head <= frame.trigger.1 {
        return None;
    }
    let comma = (frame.trigger.1..last.start)
        .rev()
        .find(|&i| view.words.get(i).is_some_and(|w| matches!(w.lower.as_str(), "," | "”" | "\"")))?;
    // Between the comma and the verb stands nothing but the speaker.
    let between = groups.iter().any(|g| g.head > comma && g.head < last.head);
    let that = view.words.get(last.head + 1).is_some_and(|w| matches!(w.lower.as_str(), "that" | "it"));
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

/// "…, X said, …": the speaker set between commas.
fn parenthetical(view: View<'_>, classes: &Classes) -> Option<Range> {
    let mark = |i: Option<usize>| {
        i.and_then(|i| view.words.get(i)).is_some_and(|w| matches!(w.lower.as_str(), "," | "”" | "\""))
    };
    let said = |g: &&crate::grammar::clause::Group| {
        g.finite
            && classes.has("voucher", &g.lemma)
            && mark(Some(g.head + 1))
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
    if !own_voice {
        return Factuality::Reported;
    }
    Factuality::Asserted
}
