//! How true the text tells an act to be.

use super::standing::Standing;
use super::*;

impl Builder<'_> {
    /// The factuality of the act, or why it is nobody's.
    pub(super) fn fact(&self, standing: &Standing<'_>, sides: &[Side]) -> Result<Factuality, Reason> {
        let rule = self.hit.rule;
        let kind = rule.act.kind();
        let stance = &standing.stance;
        let blames = self.blames();
        let mut fact = factuality(stance, self.own_voice(stance, sides));
        if fact == Factuality::Asserted
            && (standing.question
                || matches!(kind, Kind::TariffAction | Kind::Tension) && self.of_another(sides))
        {
            fact = Factuality::Reported;
        }
        if self.is_commitment() {
            let bound = fact == Factuality::Hypothetical && self.in_return();
            // In an order, what another side has promised is its own word.
            if bound || fact == Factuality::Asserted && self.promised_us(sides) {
                fact = Factuality::Reported;
            }
        }
        if rule.hypothetical
            || self.lead_act().is_some_and(|lead| lead.factuality == Factuality::Hypothetical)
        {
            fact = Factuality::Hypothetical;
        }
        if kind == Kind::Statement {
            fact = self.stated(stance, sides)?;
        }
        if (blames || rule.act.subtype() == "warning")
            && (fact == Factuality::Reported || standing.message && !rule.hypothetical)
        {
            fact = Factuality::Asserted;
        }
        // "The ministry has said that the rule harms trade. What do you say?": at second hand.
        if standing.question && blames && fact != Factuality::Hypothetical {
            fact = Factuality::Reported;
        }
        if let Act::TariffAction(action) = rule.act
            && fact != Factuality::Denied
            && self.threatened_if(action, stance)
        {
            fact = Factuality::Hypothetical;
        }
        Ok(fact)
    }

    /// In a speaker's own voice, what another side did.
    fn of_another(&self, parties: &[Side]) -> bool {
        let spoken = self.block_kind() == Some(BlockKind::Turn) || self.context.first_person;
        let mut actors = parties.iter().filter(|s| s.party.role == Role::Actor);
        let speaker = self.view.voice.own.as_ref().and_then(|who| who.country);
        let voice = speaker.or(self.context.voice);
        spoken && voice.is_some() && actors.all(|s| s.party.country != voice)
    }
}
