//! The frame of a trigger, made once for all rules that share it.

use crate::event::Kind;
use crate::frame_match::View;
use crate::grammar::clause::{Frame, Group, Range};
use crate::grammar::lower::is;
use crate::grammar::rule::{Form, Rule};
use crate::grammar::tag::Tag;

/// How the words of a trigger stand in the sentence, whatever the rule.
pub(crate) struct TriggerFrame {
    frame: Frame,
    kind: TriggerKind,
}

/// What kind of word a trigger starts with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TriggerKind {
    Verb,
    Modal,
    Noun,
}

/// Whether a rule that reads this form may read an act in a trigger whose first word is this.
pub(crate) const fn may_read(form: Form, first: Tag) -> bool {
    match first {
        Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal => !matches!(form, Form::Noun),
        Tag::Noun | Tag::Punct => !matches!(form, Form::Verb),
        _ => false,
    }
}

/// Whether any rule may read an act in a trigger whose first word is this.
pub(crate) const fn may_be_read(first: Tag) -> bool {
    matches!(first, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Noun | Tag::Punct)
}

impl TriggerFrame {
    /// The reading of a trigger, where it can name an act.
    pub(crate) fn of(view: View<'_>, trigger: Range) -> Option<Self> {
        let word = view.words.get(trigger.0)?;
        // "352 expired exclusions": what tells which things they are is no act.
        let at = |i: Option<usize>| i.and_then(|i| view.words.get(i));
        let describes = || {
            word.lower.ends_with("ed")
                && trigger.1 == trigger.0 + 1
                && at(trigger.0.checked_sub(1))
                    .is_some_and(|w| matches!(w.tag, Tag::Num | Tag::Det | Tag::Poss))
                && at(Some(trigger.1)).is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time)
        };
        // "in the year ended June 30"
        let closed = || {
            word.lemma == "end"
                && at(trigger.0.checked_sub(1)).is_some_and(|w| {
                    is!(w.lemma, "year" | "month" | "quarter" | "period" | "half" | "week" | "season")
                })
        };
        match word.tag {
            Tag::Verb(_) if describes() || closed() => None,
            Tag::Do if trigger.1 == trigger.0 + 1 => None,
            Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do => {
                // "are charged", "was hit by": the trigger opens with the auxiliary.
                let auxiliary = || {
                    let groups = &view.clauses.groups;
                    groups
                        .iter()
                        .position(|g| g.start <= trigger.0 && trigger.0 < g.head && g.head < trigger.1)
                };
                let group = view.clauses.at(trigger.0).or_else(auxiliary)?;
                let frame = view.clauses.verb_frame(view.words, group, trigger)?;
                Some(Self { frame, kind: TriggerKind::Verb })
            }
            Tag::Modal => {
                let group =
                    view.clauses.groups.iter().position(|g| g.start <= trigger.0 && trigger.0 < g.head)?;
                let head = view.clauses.groups.get(group)?.head;
                let frame = view.clauses.verb_frame(view.words, group, (head, head + 1))?;
                Some(Self { frame: Frame { trigger, ..frame }, kind: TriggerKind::Modal })
            }
            Tag::Noun | Tag::Punct => {
                let head = view.words.get(trigger.1 - 1)?;
                // A noun before another noun is a modifier: "call centre", "summit venue".
                let next = view.words.get(trigger.1);
                let modifier = next.is_some_and(|n| n.tag == Tag::Noun && !n.time && !n.name && !n.capital);
                if modifier || head.name {
                    return None;
                }
                let frame = view.clauses.noun_frame(view.words, trigger);
                Some(Self { frame, kind: TriggerKind::Noun })
            }
            _ => None,
        }
    }

    /// What `each` makes of the frame as a rule reads it; `None` where the rule reads none.
    pub(crate) fn tried<T>(
        &mut self,
        view: View<'_>,
        rule: &Rule,
        each: impl FnOnce(&Frame) -> Option<T>,
    ) -> Option<T> {
        let (agent, theme, object) = (self.frame.agent, self.frame.theme, self.frame.object);
        let read = match self.kind {
            TriggerKind::Verb => self.as_verb(view, rule),
            TriggerKind::Modal => Some(()),
            TriggerKind::Noun => {
                self.as_noun(view, rule);
                Some(())
            }
        };
        let found = read.and_then(|()| each(&self.frame));
        (self.frame.agent, self.frame.theme, self.frame.object) = (agent, theme, object);
        found
    }

    fn as_verb(&mut self, view: View<'_>, rule: &Rule) -> Option<()> {
        let frame = &mut self.frame;
        let group = frame.group.and_then(|g| view.clauses.groups.get(g));
        // "All the duties that it has announced": which duties are meant, told by the main clause.
        let passive = group.is_some_and(|g| g.passive);
        if rule.act.kind() == Kind::TariffAction && !passive {
            // "the 50% that customs has been charging": the bare rate is told by this verb alone.
            let bare = |t: Range| {
                (t.0..t.1).all(|i| {
                    view.words.get(i).is_none_or(|w| {
                        matches!(w.tag, Tag::Num | Tag::Det | Tag::Adv)
                            || is!(w.lower, "%" | "percent" | "per" | "cent")
                    })
                })
            };
            // "the duties that India had put on them in June", "the levy, which Lima lifted on May 3": with a
            // time of its own it is told here.
            let timed = group
                .is_some_and(|g| (g.head + 1..g.extent.1).any(|i| view.words.get(i).is_some_and(|w| w.time)));
            frame.theme = frame.theme.filter(|t| t.1 > frame.trigger.0 || bare(*t) || timed);
        }
        // "The tariff rises": what the verb happens to stands before it.
        let themed = |r: Option<Range>| r.is_some_and(|r| view.has(r, &rule.theme));
        // "The tariff sets a baseline" has an object of its own.
        let free = || frame.theme.is_none_or(|r| view.measures_only(r));
        // "…, and 25% from January, Trump decreed": what is decreed does not decree.
        let decrees = || view.words.get(frame.trigger.0).is_some_and(|w| w.lemma == "decree");
        if !rule.theme.is_empty()
            && rule.agent.is_empty()
            && (passive || !decrees())
            && (free() || group.is_some_and(links))
            && !themed(frame.theme)
            && frame.agent.is_some_and(|r| {
                // The Tariff Commission is no tariff.
                let mut named = view.opened.places(r, &rule.theme);
                named.any(|i| view.words.get(i).is_some_and(|w| !w.name))
            })
        {
            frame.theme = frame.agent.take();
        }
        if !rule.behind.is_empty() {
            let fits =
                |p: usize| view.words.get(p).is_some_and(|w| rule.behind.iter().any(|b| w.lower == *b));
            let named = |r: Range| rule.theme.is_empty() || view.has(r, &rule.theme);
            let (_, range) = frame.preps.iter().find(|(p, r)| fits(*p) && named(*r))?;
            frame.object = frame.theme.replace(*range);
        }
        Some(())
    }

    fn as_noun(&mut self, view: View<'_>, rule: &Rule) {
        let frame = &mut self.frame;
        // "an increase in tariffs"
        let themed = |r: Range| view.has(r, &rule.theme);
        if !rule.theme.is_empty() && !frame.theme.is_some_and(themed) {
            let behind = frame.preps.iter().find(|(p, range)| {
                *p == frame.trigger.1
                    && view.words.get(*p).is_some_and(|w| is!(w.lower, "in" | "to"))
                    && themed(*range)
            });
            frame.theme = behind.map(|(_, range)| *range).or(frame.theme);
        }
    }
}

/// "is 25%", "remain valid": what follows says how the subject is.
fn links(group: &Group) -> bool {
    is!(group.lemma, "be" | "remain" | "stay" | "become" | "stand" | "run")
}
