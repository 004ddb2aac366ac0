//! How true the text tells an act to be.

use super::standing::Standing;
use super::*;

use crate::grammar::lower::is;

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
        // "called a report that Oslo plans a duty pure invention": there is no plan.
        let untrue = kind == Kind::TariffAction && fact == Factuality::Denied;
        if rule.hypothetical && !untrue
            || self.only_vowed()
            || self.lead_act().is_some_and(|lead| lead.factuality == Factuality::Hypothetical)
        {
            fact = Factuality::Hypothetical;
        }
        if kind == Kind::Statement {
            fact = self.stated(stance, sides)?;
        }
        if self.only_words() && (fact == Factuality::Reported || standing.message && !rule.hypothetical) {
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

    pub(super) fn own_voice(&self, stance: &Stance, parties: &[Side]) -> bool {
        let voice = self.view.voice;
        let doers = || parties.iter().filter(|s| s.party.role == Role::Actor);
        let Some(range) = stance.speaker else {
            let quoted = voice.carried.as_deref().filter(|_| voice.quoted);
            let speaker = voice.own.as_deref().or(quoted).and_then(|w| w.country);
            let opens = self.context.doc.slice(self.sentence.span).starts_with(['“', '"']);
            if opens && speaker.is_none() && voice.own.is_none() {
                return false;
            }
            // The guest of a broadcast, of no state, vouches for nobody's acts.
            let guest = voice.own.as_ref().is_some_and(|who| who.country.is_none());
            if guest
                && self.block_kind() == Some(BlockKind::Turn)
                && doers().any(|d| d.party.country.is_some())
            {
                return false;
            }
            // In their own words people vouch for what they and both sides do, not for the others.
            return speaker.is_none()
                || doers().next().is_none()
                || doers().any(|d| d.party.country.is_none() || d.party.country == speaker);
        };
        if self.hit.rule.act.kind() == Kind::Engagement && self.told_by_the_way(range) {
            return true;
        }
        // "Three makers have informed the agency that they are moving": in the agency's own paper.
        let tells = |g: &Group| is!(g.lemma, "inform" | "tell");
        if self.hit.rule.act.kind() == Kind::BusinessShift
            && self.context.official
            && self.view.clauses.groups.iter().any(tells)
        {
            return false;
        }
        // "The mill has moved its orders, its manager said": the firm tells of itself.
        let theirs = self.view.words.get(range.0).is_some_and(|w| is!(w.lower, "its" | "their"));
        if theirs && self.hit.rule.act.kind() == Kind::BusinessShift && !self.context.official {
            return true;
        }
        let mut speakers = Vec::new();
        self.collect(range, Role::Actor, &mut speakers);
        let codes: Vec<StateCode> = speakers.iter().filter_map(|s| s.party.country).collect();
        let pronoun = (range.0..range.1).any(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Pron));
        if doers().next().is_none() {
            // A joint act told by one side only is reported; told by both it is theirs.
            let told = |p: &Side| p.party.country.is_some_and(|c| codes.contains(&c));
            return parties.iter().all(told) || stance.announced && parties.iter().any(told);
        }
        // "A lamp maker has told shops that its prices will rise": of no state, and yet the firm's own word.
        let firm = self.hit.rule.act.kind() == Kind::BusinessShift && codes.is_empty();
        if firm && doers().all(|d| self.span_of(range).contains(d.at)) {
            return true;
        }
        // "Brazil will tax steel from Peru, the government said": its own one, where no other acts.
        let government = codes.is_empty()
            && self.view.words.get(range.0).is_some_and(|w| is!(w.lower, "the" | "its"))
            && range.1 == range.0 + 2
            && self.view.words.get(range.0 + 1).is_some_and(|w| is!(w.lower, "government" | "cabinet"));
        if government && distinct(doers().filter_map(|d| d.party.country)).len() == 1 {
            return true;
        }
        let unnamed = pronoun && codes.is_empty();
        let oneself = |d: &Side| {
            d.party.country.is_some_and(|c| codes.contains(&c))
                || d.party.name.is_some() && speakers.iter().any(|s| s.party.name == d.party.name)
        };
        unnamed && doers().all(|d| d.at == self.span_of(range)) || doers().any(oneself)
    }

    /// "Roe, who travels to Lima next week, said", "Receiving the envoy in May, the president said", "…, a sign
    /// that it keeps the promise made when they met in Lima, traders said": a contact that no speaker vouches for.
    pub(super) fn told_by_the_way(&self, speaker: Range) -> bool {
        let words = self.view.words;
        let groups = &self.view.clauses.groups;
        let Some(group) = self.own_group().filter(|_| !self.hit.frame.nominal) else { return false };
        let opener = group.opens();
        let before = |at: usize| at.checked_sub(1).and_then(|i| words.get(i));
        let who = |at: usize| before(at).is_some_and(|w| w.tag == Tag::Rel && is!(w.lower, "who" | "where"));
        let plain = group.finite && group.modal.is_none();
        let described = plain && (who(opener) || who(group.start));
        let when = plain
            && matches!(group.tense, Tense::Past | Tense::Perfect)
            && before(opener).is_some_and(|w| is!(w.lower, "when" | "after"));
        let main = groups.iter().find(|g| g.finite && g.start > group.head);
        let receiving = group.tense == Tense::Gerund
            && words.iter().position(|w| w.tag != Tag::Punct) == Some(group.start)
            && main.is_some_and(|g| g.subject == Some(speaker));
        described || when || receiving
    }
}
