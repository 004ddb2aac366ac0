//! Whose a statement is, and in whose words it is told.

use super::*;

impl Builder<'_> {
    /// The factuality of a statement, or why it is none of its speaker's.
    pub(super) fn stated(&self, stance: &Stance, parties: &[Side]) -> Result<Factuality, String> {
        let codes =
            distinct(parties.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
        if codes.len() > 1 {
            return Err("a joint view is no side's statement".to_owned());
        }
        let block = self.block_kind();
        if block == Some(BlockKind::Question) {
            return Err("put to somebody, not said by him".to_owned());
        }
        // "X said that Y had said": what Y said is hearsay.
        let mut above = Vec::new();
        if let Some(range) = stance.speaker {
            self.collect(range, Role::Actor, &mut above);
        }
        let own = self.view.voice.own.as_ref().filter(|_| above.is_empty()).and_then(|w| w.country);
        let teller = above.iter().find_map(|s| s.party.country).or(own);
        if teller.is_some_and(|t| codes.first().is_some_and(|c| *c != t)) {
            return Err("said at second hand".to_owned());
        }
        if block == Some(BlockKind::Turn) {
            return Ok(Factuality::Asserted);
        }
        let group = self.hit.frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let says =
            group.is_none_or(|g| self.context.classes.has("say", &g.lemma)) || stance.speaker.is_some();
        let document = self.context.official && self.context.voice.is_some() && !says;
        let narrated = !document || codes.first().copied() != self.context.voice;
        Ok(if narrated { Factuality::Reported } else { Factuality::Asserted })
    }
}
