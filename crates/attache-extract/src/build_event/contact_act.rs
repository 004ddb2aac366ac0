//! What a contact was: a journey made for talks is talks, and so is a meeting of several days.

use super::*;

use crate::grammar::lower::{WordList, is};

/// What people bargain at.
static TALKS: WordList = WordList::new(&[
    "bargaining",
    "consultation",
    "consultations",
    "discussions",
    "haggling",
    "negotiation",
    "negotiations",
    "round",
    "rounds",
    "talks",
]);

/// How many words of a purpose stand before its noun: "for the third round of trade negotiations".
const PURPOSE: usize = 8;

/// Most days that people sit together without being on a visit.
const LONGEST: i32 = 5;

impl Builder<'_> {
    /// The contact a rule reads, as the words beside it tell what it was.
    pub(super) fn contact_act(&self, form: &Engagement) -> Engagement {
        match form {
            Engagement::Visit if self.travels_for_talks() => Engagement::Talks,
            Engagement::Meeting if self.bargains() => Engagement::Talks,
            Engagement::Call if self.spoke_there() => Engagement::Meeting,
            form => *form,
        }
    }

    /// "flew to Lima for talks with the minister", "is due in Oslo to negotiate": what the journey is for.
    fn travels_for_talks(&self) -> bool {
        let words = self.view.words;
        let frame = &self.hit.frame;
        if frame.nominal {
            return false;
        }
        let next = self.view.clauses.groups.iter().find(|g| g.start >= frame.trigger.1 && g.finite);
        let limit = next.map_or(words.len(), |g| g.start);
        let lower = |at: usize| words.get(at).map_or("", |w| w.lower.as_str());
        (frame.trigger.1..limit).any(|at| {
            let talks = || {
                let reach = limit.min(at + PURPOSE);
                // "for two days, leaving the talks": another phrase.
                let own = (at + 1..reach).take_while(|&i| !matches!(lower(i), "," | ";" | "with" | "after"));
                let mut nouns = own.filter(|&i| words.get(i).is_some_and(|w| TALKS.has(&w.lower)));
                nouns.next().is_some_and(|i| !of_something(lower(i + 1)))
            };
            let bargain = || {
                let verb = self.view.clauses.groups.iter().find(|g| g.start == at || g.start == at + 1);
                verb.is_some_and(|g| {
                    let aimed = g.tense == Tense::Infinitive && !g.negated;
                    aimed && is!(g.lemma, "negotiate" | "bargain" | "haggle")
                })
            };
            match lower(at) {
                "for" => talks(),
                "to" => bargain(),
                _ => false,
            }
        })
    }

    /// "negotiated face to face", "several negotiating sessions": more than a meeting.
    fn bargains(&self) -> bool {
        let frame = &self.hit.frame;
        let verb = |w: &Word| is!(w.lemma, "negotiate" | "bargain" | "haggle");
        let (start, end) = if frame.nominal {
            (crate::grammar::clause::phrase_start(self.view.words, frame.trigger.0), frame.trigger.1)
        } else {
            frame.trigger
        };
        self.view.words.get(start..end).unwrap_or_default().iter().any(verb)
    }

    /// "sat across from each other on May 10 and 11": who stays for days negotiates; a day's visitor is seen,
    /// and what is called a meeting is one.
    pub(super) fn sits_for_days(&self, event: &Event) -> bool {
        let words = self.view.words;
        let (start, end) = self.hit.frame.trigger;
        let said = |w: &Word| is!(w.lemma, "meet" | "meeting" | "see" | "receive" | "call" | "communication");
        let plain = !words.get(start..end).unwrap_or_default().iter().any(said);
        let days = event.date.interval.and_then(|(first, last)| last.since(first).ok());
        let days = days.map_or(0, |span| span.get_days());
        plain
            && !self.hit.frame.nominal
            && event.date.precision == Precision::Range
            && (1..LONGEST).contains(&days)
            && event.evidence.fields.contains_key("date")
    }
}

/// "for the round of ministers", "for discussion papers": what follows makes it something else.
fn of_something(next: &str) -> bool {
    matches!(next, "table" | "tables" | "trip" | "team" | "papers")
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor, Kind};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = Extractor::builtin().extract(&Article::new(text, jiff::civil::date(2025, 11, 20)));
        let found: Vec<&str> = (read.events.iter())
            .filter(|e| e.act.kind() == Kind::Engagement)
            .map(|e| e.act.subtype())
            .collect();
        assert_eq!(found, [expected], "{text:?}");
    }

    #[test]
    fn a_journey_is_what_it_is_made_for() {
        let roe = "with Norwegian Trade Minister Jan Roe";
        check(&format!("Chilean Trade Minister Ana Paz flies to Oslo on Friday for talks {roe}."), "talks");
        check(
            &format!("Chilean Trade Minister Ana Paz is due in Oslo in June for a sixth round {roe}."),
            "talks",
        );
        check(
            &format!("Chilean Trade Minister Ana Paz will fly to Oslo next week to negotiate {roe}."),
            "talks",
        );
        check("Chile's president Ana Paz came to Oslo on Monday for the first time.", "visit");
        check("Chilean Trade Minister Ana Paz flew to Oslo on Friday for two days.", "visit");
    }

    #[test]
    fn people_without_an_office_meet_as_well() {
        let text = "America and China quarrel over tariffs. On November 4 Mr Biden and Xi Jinping spent two hours on \
                    the telephone.";
        let read = Extractor::builtin().extract(&Article::new(text, jiff::civil::date(2025, 11, 20)));
        let found: Vec<&str> =
            read.events.iter().flat_map(|e| &e.parties).filter_map(|p| p.name.as_deref()).collect();
        assert_eq!(found, ["Biden", "Xi Jinping"]);
    }

    #[test]
    fn a_meeting_of_several_days_is_talks_unless_it_is_called_one() {
        let pair = "Chilean Trade Minister Ana Paz and Norwegian Trade Minister Jan Roe";
        check(&format!("{pair} sat across from each other in Geneva on November 10 and 11."), "talks");
        check(&format!("{pair} sat across from each other in Geneva on November 10."), "meeting");
        check(&format!("{pair} met in Geneva on November 10 and 11."), "meeting");
    }
}
