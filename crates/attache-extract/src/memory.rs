//! What the text last told of a tariff, for sentences that leave it out.

use crate::event::{Act, Event, Role};
use crate::state::StateCode;

/// Who acted against whom in the tariff told last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    actor: Option<StateCode>,
    recipient: Option<StateCode>,
    sentence: usize,
}

/// How many sentences a measure stays in mind.
const REACH: usize = 4;

impl Memory {
    /// Keeps what the events of a sentence say.
    pub(crate) fn keep<'e>(&mut self, sentence: usize, events: impl Iterator<Item = &'e Event>) {
        for event in events.filter(|e| matches!(e.act, Act::TariffAction(_))) {
            let state = |role| event.parties.iter().find(|p| p.role == role).and_then(|p| p.country);
            if let Some(actor) = state(Role::Actor) {
                self.actor = Some(actor);
                self.recipient = state(Role::Recipient);
                self.sentence = sentence;
            }
        }
    }

    /// The side that acted, where it is near.
    pub(crate) fn actor(&self, sentence: usize) -> Option<StateCode> {
        self.actor.filter(|_| sentence - self.sentence.min(sentence) <= REACH)
    }

    /// The side that was hit by what `actor` did, where it is near.
    pub(crate) fn recipient(&self, sentence: usize, actor: Option<StateCode>) -> Option<StateCode> {
        self.recipient.filter(|_| self.actor(sentence) == actor)
    }
}
