//! What only the headline of an official text says: that it is the readout of a call or a meeting, or
//! a joint statement. The quote is a sentence of the text; the headline names channel and parties.

use std::borrow::Cow;

use crate::build_event::Draft;
use crate::event::{
    Act, Agreement, Confidence, Event, Evidence, Factuality, Kind, Party, Plover, PloverCategory, Role,
    Status,
};
use crate::span::Span;
use crate::state::StateCode;
use crate::states::States;
use crate::when::EventDate;
use crate::who::{Who, WhoKind};

/// Sentences of the text that may stand for what the headline tells.
#[derive(Debug, Default)]
pub(crate) struct Carriers {
    /// The first one that names people of two states.
    people: Option<Carrier>,
    /// The first one that speaks of both sides.
    sides: Option<Carrier>,
    /// The first one in which both undertake something.
    undertaking: Option<Carrier>,
}

#[derive(Debug, Clone)]
struct Carrier {
    index: usize,
    span: Span,
    who: Vec<Who>,
}

impl Carriers {
    /// Looks at a sentence.
    pub(crate) fn see(&mut self, index: usize, span: Span, words: &str, who: &[Who]) {
        let official = |w: &&Who| w.kind == WhoKind::Person && w.name.is_some() && w.country.is_some();
        let carrier = || Carrier { index, span, who: who.iter().filter(official).cloned().collect() };
        if self.people.is_none() && states(who.iter().filter(official).filter_map(|w| w.country)).len() >= 2 {
            self.people = Some(carrier());
        }
        let both = who.iter().any(|w| w.kind == WhoKind::Pair)
            || states(who.iter().filter_map(|w| w.country)).len() >= 2;
        if self.sides.is_none() && both {
            self.sides = Some(carrier());
        }
        if self.undertaking.is_none() && ["commit", "agree", "will "].iter().any(|w| words.contains(w)) {
            self.undertaking = Some(carrier());
        }
    }

    /// The readout's contact, where the text itself does not tell it.
    pub(crate) fn contact(&self, told: &Draft, known: &[Draft], day: jiff::civil::Date) -> Option<Draft> {
        let event = &told.event;
        let named = states(event.parties.iter().filter_map(|p| p.country));
        let occurred = event.status == Some(Status::Occurred) && event.factuality == Factuality::Asserted;
        if event.act.kind() != Kind::Engagement || !occurred || named.len() != 2 {
            return None;
        }
        let is_told = known.iter().any(|d| {
            let e = &d.event;
            e.act.kind() == Kind::Engagement
                && e.status == Some(Status::Occurred)
                && e.date.interval.is_some_and(|(a, b)| {
                    // The same people meet rarely.
                    let people = e.parties.iter().filter(|p| {
                        p.name.is_some()
                            && event.parties.iter().any(|q| {
                                q.name
                                    .as_deref()
                                    .zip(p.name.as_deref())
                                    .is_some_and(|(short, full)| full.ends_with(short))
                            })
                    });
                    let hours = if people.count() >= 2 { 24 * 7 } else { 48 };
                    let near = |x: jiff::civil::Date| x.duration_until(day).as_hours().abs() <= hours;
                    near(a) || near(b)
                })
                && states(e.parties.iter().filter_map(|p| p.country)) == named
        });
        if is_told {
            return None;
        }
        let carrier = self.people.as_ref().or(self.sides.as_ref())?;
        let of_both: Vec<&Who> =
            carrier.who.iter().filter(|w| w.country.is_some_and(|c| named.contains(&c))).collect();
        let both = states(of_both.iter().filter_map(|w| w.country)).len() == 2;
        let mut out = told.clone();
        out.event.date = EventDate::day(day);
        out.event.evidence.fields.clear();
        if both {
            out.event.parties.clear();
            for who in of_both {
                let party = Party {
                    name: who.name.as_deref().map(str::to_owned),
                    office: who.office.as_deref().map(str::to_owned),
                    country: who.country,
                    role: Role::Participant,
                };
                if out.event.parties.iter().any(|p| p.country == party.country && p.name == party.name) {
                    continue;
                }
                let number = out.event.parties.len();
                for (field, span) in
                    [("name", who.name_span), ("office", who.office_span), ("country", Some(who.span))]
                {
                    if let Some(span) = span {
                        out.event.evidence.fields.insert(format!("parties.{number}.{field}"), span);
                    }
                }
                out.event.parties.push(party);
            }
        }
        out.event.place = None;
        out.event.topics.clear();
        out.event.claims.clear();
        Some(carrier.place(out))
    }

    /// The joint statement that the text is.
    pub(crate) fn joint_statement(
        &self,
        sides: &[StateCode],
        name: fn(StateCode) -> Cow<'static, str>,
        day: jiff::civil::Date,
    ) -> Option<Draft> {
        let [a, b] = *sides else { return None };
        let carrier = self.undertaking.as_ref().or(self.sides.as_ref())?;
        let party = |code: StateCode| Party {
            name: Some(name(code).into_owned()),
            office: None,
            country: Some(code),
            role: Role::Participant,
        };
        let event = Event {
            act: Act::Agreement(Agreement::JointStatement),
            parties: vec![party(a), party(b)],
            date: EventDate::day(day),
            effective: None,
            expires: None,
            duration: None,
            rate: None,
            scope: None,
            topics: Vec::new(),
            place: None,
            factuality: Factuality::Asserted,
            status: Some(Status::Announced),
            quote: String::new(),
            claims: Vec::new(),
            plover: Plover { category: PloverCategory::Agree, mode: None },
            confidence: Confidence::from_thousandths(800),
            evidence: Evidence {
                quote: carrier.span,
                fields: Default::default(),
                rules: vec!["the headline: a joint statement".to_owned()],
            },
        };
        Some(carrier.place(Draft::of(event)))
    }
}

impl Carrier {
    fn place(&self, mut draft: Draft) -> Draft {
        draft.sentence = self.index;
        draft.start = self.span.start;
        draft.event.evidence.quote = self.span;
        draft
    }
}

/// Whether a headline announces a joint statement.
pub(crate) fn names_joint_statement(title: &str) -> bool {
    let title = title.to_lowercase();
    ["joint statement", "joint communiqué", "joint communique", "joint declaration"]
        .iter()
        .any(|w| title.contains(w))
}

/// Whether a headline announces the account of a contact.
pub(crate) fn names_readout(title: &str) -> bool {
    let title = title.to_lowercase();
    ["readout", "the following", "release", "statement"].iter().any(|w| title.contains(w))
}

fn states(codes: impl Iterator<Item = StateCode>) -> States {
    codes.collect::<States>().sorted()
}
