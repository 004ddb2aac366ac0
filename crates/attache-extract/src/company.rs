//! Who else took part in the contact told right before: "He was accompanied by …", "On the Chilean side, …
//! also took part", "Also present were …", "The delegation included …".

use smallvec::SmallVec;

use crate::build_event::Draft;
use crate::event::{Kind, Party, Role};
use crate::fields::Listed;
use crate::frame_match::View;
use crate::grammar::clause::{Group, Range};
use crate::grammar::lower::{WordId, WordList, is};
use crate::grammar::tag::Tag;
use crate::state::StateCode;
use crate::who::{Who, WhoKind};

/// How many sentences a contact stays in mind.
const REACH: usize = 4;

/// How far behind "present" or "on" its words reach.
const NEAR: usize = 5;

/// What such a sentence has to name, so that others are not looked at.
static MARKS: WordList = WordList::new(&[
    "accompanied",
    "attendance",
    "attended",
    "comprised",
    "flanked",
    "headed",
    "included",
    "includes",
    "joined",
    "led",
    "part",
    "participated",
    "present",
    "table",
    "with",
]);

/// The contact with those whom the sentence adds, where it adds anybody.
pub(crate) fn company(index: usize, view: View<'_>, contact: &Draft) -> Option<Draft> {
    (index > contact.sentence && index - contact.sentence <= REACH && !contact.other).then_some(())?;
    let line = Line { view, words: view.words.len() };
    (0..line.words).any(|at| view.words.get(at).is_some_and(|w| MARKS.has(&w.lower))).then_some(())?;
    let told = line.told()?;
    let states: SmallVec<[StateCode; 4]> = contact.event.parties.iter().filter_map(|p| p.country).collect();
    let mut draft = contact.clone();
    for who in line.people(told.people) {
        // "On the Chilean side, …; for Peru, …": each of the side named before.
        let side = line.side_before(who.span.start);
        let country = who.country.or(side).or(told.of);
        // Staff are of the side they serve, and a third state's envoy is told as such.
        if told.staff && country.is_none_or(|code| !states.contains(&code)) {
            continue;
        }
        let known = |p: &Party| p.name.as_deref() == who.name.as_deref();
        let event = &mut draft.event;
        if event.parties.iter().any(known) {
            continue;
        }
        let number = event.parties.len();
        event.parties.push(Party {
            name: who.name.as_deref().map(str::to_owned),
            office: who.office.as_deref().map(str::to_owned),
            country,
            role: Role::Participant,
        });
        let spans = [
            (Listed::PartyName, who.name_span.or(Some(who.span))),
            (Listed::PartyOffice, who.office_span.filter(|_| who.office.is_some())),
        ];
        for (field, span) in spans {
            if let Some(span) = span {
                event.evidence.fields.add(field.path(number), span);
            }
        }
    }
    (draft.event.parties.len() > contact.event.parties.len()).then_some(draft)
}

/// Whether a contact may be told of further: one that took place or will, of two states.
pub(crate) fn may_have_company(draft: &Draft) -> bool {
    draft.event.act.kind() == Kind::Engagement
        && !draft.general
        && draft.states() >= 2
        && draft.event.parties.iter().all(|p| p.role == Role::Participant)
}

/// Who is added, and of which state those are of whom none is told.
struct Told {
    people: Range,
    of: Option<StateCode>,
    /// They serve whoever came.
    staff: bool,
}

struct Line<'v> {
    view: View<'v>,
    words: usize,
}

impl<'v> Line<'v> {
    fn lower(&self, at: usize) -> WordId {
        self.view.words.get(at).map_or(WordId::NONE, |w| w.lower.id())
    }

    fn told(&self) -> Option<Told> {
        let main = self.view.clauses.groups.iter().find(|g| g.finite && !g.negated && g.governor.is_none());
        self.with_him().or_else(|| self.also_present()).or_else(|| main.and_then(|group| self.by_verb(group)))
    }

    /// "With him was Jane Roe": of his state.
    fn with_him(&self) -> Option<Told> {
        let pronoun = is!(self.lower(1), "him" | "her" | "them");
        let verb = is!(self.lower(2), "is" | "was" | "were" | "are");
        (self.lower(0) == "with" && pronoun && verb).then_some(())?;
        let of = self.view.who_in((1, 2)).find_map(|w| w.country);
        Some(Told { people: (3, self.stop(3)), of, staff: false })
    }

    /// "Also present were Jane Roe and John Doe", "Also in attendance were …".
    fn also_present(&self) -> Option<Told> {
        is!(self.lower(0), "also" | "present").then_some(())?;
        let present = |at: usize| {
            is!(self.lower(at), "present" | "attending" | "participating" | "attendance" | "hand" | "table")
                || self.lower(at) == "taking" && self.lower(at + 1) == "part"
        };
        let at = (0..NEAR).find(|&at| present(at))?;
        let verb = (at + 1..at + NEAR + 4).find(|&at| is!(self.lower(at), "was" | "were" | "is" | "are"))?;
        Some(Told { people: (verb + 1, self.stop(verb + 1)), of: None, staff: false })
    }

    fn by_verb(&self, group: &Group) -> Option<Told> {
        let subject = group.subject?;
        let behind = group.head + 1;
        let by = group.passive && self.lower(behind) == "by";
        let list = |of, staff| Some(Told { people: (behind + 1, self.stop(behind + 1)), of, staff });
        let owner = || self.view.who_in(subject).find_map(|w| w.country);
        match group.lemma.as_str() {
            // "He was accompanied by Jane Roe"
            "accompany" | "flank" | "join" if by && self.somebody(subject) => {
                let of = owner();
                list(of, of.is_some())
            }
            // "Jane Roe and John Doe accompanied Minister Ana Muestra"
            "accompany" if !group.passive => {
                let of = self.view.who_in(group.theme?).find_map(|w| w.country);
                Some(Told { people: subject, of, staff: true })
            }
            // "Jane Roe joined the Tuesday session by video"
            "join" if !group.passive => {
                let end = (behind..behind + NEAR).find(|&at| {
                    is!(self.lower(at), "session" | "meeting" | "talks" | "discussions" | "them")
                })?;
                let plain = (behind..end).all(|at| !is!(self.lower(at), "," | "in" | "for"));
                plain.then_some(Told { people: subject, of: None, staff: false })
            }
            // "The talks were attended by Jane Roe"
            "attend" if by && self.contact(subject) => list(None, false),
            // "The Indian team was led by Jane Roe"
            "lead" | "head" if by && self.team(subject) => list(owner(), true),
            // "The delegation included Jane Roe"
            "include" | "comprise" if !group.passive && self.team(subject) => {
                Some(Told { people: (behind, self.stop(behind)), of: owner(), staff: false })
            }
            // "Jane Roe and John Doe also took part", "… were present"
            "take" if self.lower(behind) == "part" => self.those(subject, behind + 1),
            "participate" => self.those(subject, behind),
            "attend" if !group.passive => self.those(subject, behind),
            "be" => {
                let at = (behind..behind + 2).find(|&at| !is!(self.lower(at), "also" | "both"))?;
                let seated = is!(self.lower(at), "at" | "in" | "on")
                    && is!(
                        self.lower(at + usize::from(self.lower(at + 1) == "the") + 1),
                        "table" | "room" | "attendance" | "hand"
                    );
                let past = if seated { at + 3 } else { at + 1 };
                (seated || self.lower(at) == "present").then(|| self.those(subject, past))?
            }
            _ => None,
        }
    }

    /// Those named as the subject of "took part" and the like, where nothing else than the contact follows.
    fn those(&self, subject: Range, behind: usize) -> Option<Told> {
        let past = behind + usize::from(is!(self.lower(behind), "in" | "at"));
        let past = past + usize::from(is!(self.lower(past), "the" | "this"));
        let contact =
            is!(self.lower(past), "meeting" | "talks" | "session" | "discussions" | "call" | "meetings");
        let ends = |at: usize| self.view.words.get(at).is_none_or(|w| w.tag == Tag::Punct);
        // "attended on behalf of Pakistan", "attended for the Peruvian side"
        let behalf =
            self.lower(behind) == "on" && self.lower(behind + 1) == "behalf" || self.lower(behind) == "for";
        let there = ends(behind) || contact || behalf || self.lower(behind) == "as";
        let of = self.view.who_in((behind, (behind + NEAR).min(self.words))).filter(|_| behalf);
        let of = of.filter(|w| w.kind == WhoKind::State).find_map(|w| w.country);
        there.then_some(Told { people: subject, of, staff: false })
    }

    /// A pronoun, a person or an office; "the three".
    fn somebody(&self, range: Range) -> bool {
        let counted = |at: usize| is!(self.lower(at), "two" | "three" | "four" | "they" | "ministers");
        (range.0..range.1).any(counted)
            || self.view.who_in(range).any(|w| matches!(w.kind, WhoKind::Person | WhoKind::Office))
    }

    /// "The meeting", "both sessions".
    fn contact(&self, range: Range) -> bool {
        (range.0..range.1).any(|at| {
            is!(
                self.lower(at),
                "meeting"
                    | "meetings"
                    | "talks"
                    | "session"
                    | "sessions"
                    | "discussions"
                    | "consultations"
                    | "call"
                    | "dinner"
                    | "lunch"
                    | "it"
            )
        })
    }

    /// "The delegation", "Roe's team".
    fn team(&self, range: Range) -> bool {
        (range.0..range.1).any(|at| is!(self.lower(at), "delegation" | "team" | "side" | "negotiators"))
    }

    /// Where a list ends: before a clause, or with the sentence.
    fn stop(&self, from: usize) -> usize {
        let ends =
            |at: &usize| is!(self.lower(*at), ";" | "when" | "while" | "as" | "before" | "after" | "during");
        (from..self.words).find(ends).unwrap_or(self.words)
    }

    /// The officials named there.
    fn people(&self, range: Range) -> impl Iterator<Item = &'v Who> {
        self.view.who_in(range).filter(|w| {
            let official = w.office.is_some() || w.country.is_some();
            w.kind == WhoKind::Person && w.name.is_some() && official && !w.apart
        })
    }

    /// "on the Chilean side", "for Peru" before a place in the text: whose side it is.
    fn side_before(&self, start: usize) -> Option<StateCode> {
        let at = self.view.words.iter().position(|w| w.span.start >= start)?;
        let side = (0..at).rev().find(|&i| self.lower(i) == "side")?;
        let opens = (side.saturating_sub(NEAR)..side).any(|i| is!(self.lower(i), "on" | "from" | "for"));
        let mut states = self.view.who_in((side.saturating_sub(3), side + 1)).filter_map(|w| w.country);
        states.next().filter(|_| opens)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor, Kind};

    /// The names of those who took part in the only contact, with their states.
    #[track_caller]
    fn check(more: &str, expected: &[(&str, &str)]) {
        let text = format!(
            "Peru's trade minister, Ana Muestra, met Norway's Foreign Minister Kari Prøve in Oslo on Tuesday. {more}"
        );
        let events = Extractor::builtin().extract(&Article::new(&text, Date::constant(2026, 3, 11))).events;
        let contacts: Vec<_> = events.iter().filter(|e| e.act.kind() == Kind::Engagement).collect();
        assert_eq!(contacts.len(), 1, "{more:?}");
        let others =
            contacts.first().map(|e| e.parties.iter().skip(2).collect::<Vec<_>>()).unwrap_or_default();
        let others: Vec<(&str, &str)> = others
            .iter()
            .map(|p| (p.name.as_deref().unwrap_or(""), p.country.as_ref().map_or("", |c| c.as_str())))
            .collect();
        assert_eq!(others, expected, "{more:?}");
    }

    #[test]
    fn whoever_came_along_took_part() {
        check(
            "She was accompanied by Deputy Minister Juan Modelo and Ambassador Rosa Ejemplo.",
            &[("Juan Modelo", "PE"), ("Rosa Ejemplo", "PE")],
        );
        check("Muestra was joined by chief negotiator Juan Modelo.", &[("Juan Modelo", "PE")]);
        check("The Peruvian delegation was led by Deputy Minister Juan Modelo.", &[("Juan Modelo", "PE")]);
    }

    #[test]
    fn those_present_on_either_side_took_part() {
        check(
            "On the Norwegian side, State Secretary Ola Eksempel also took part.",
            &[("Ola Eksempel", "NO")],
        );
        check("Also present were Norway's State Secretary Ola Eksempel.", &[("Ola Eksempel", "NO")]);
        check(
            "The meeting was attended by Ambassador Rosa Ejemplo and, on the Norwegian side, by State Secretary Ola Eksempel.",
            &[("Rosa Ejemplo", ""), ("Ola Eksempel", "NO")],
        );
        check(
            "Deputy Minister Juan Modelo and Ambassador Rosa Ejemplo attended on behalf of Peru.",
            &[("Juan Modelo", "PE"), ("Rosa Ejemplo", "PE")],
        );
    }

    #[test]
    fn others_did_not() {
        check("She was accompanied by Jane Roe, who runs a mine.", &[]);
        check("Deputy Minister Juan Modelo attended a concert.", &[]);
        check("Deputy Minister Juan Modelo was not present.", &[]);
        check("The delegation included the heads of ten firms.", &[]);
    }
}
