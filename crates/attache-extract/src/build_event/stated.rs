//! Whose a statement is, and in whose words it is told.

use super::*;

impl Builder<'_> {
    /// The factuality of a statement, or why it is none of its speaker's.
    pub(super) fn stated(&self, stance: &Stance, parties: &[Side]) -> Result<Factuality, Reason> {
        let codes =
            distinct(parties.iter().filter(|s| s.party.role == Role::Actor).filter_map(|s| s.party.country));
        // "Berlin and Paris said": two of a camp speak as one.
        let camp = codes.len() == 2 && !codes.iter().all(|code| self.context.sides.contains(code));
        if codes.len() > 1 && (!camp || parties.iter().all(|s| s.pair)) {
            return Err("a joint view is no side's statement".into());
        }
        let group = self.own_group();
        if group.is_some_and(|g| g.condition && stance.speaker.is_none()) {
            return Err("supposed, not said".into());
        }
        let block = self.block_kind();
        // "The EU has said that it would wait. What do you say?": words of a third.
        let third = self.hit.rule.actor.first().is_some_and(|place| place == "agent")
            && (self.hit.rule.act.subtype() != "position" || self.told_as_words())
            && self.own_group().is_some_and(|g| {
                // "The court gave its ruling, finding that the duty is unlawful."
                let finds = g.tense == Tense::Gerund && g.subject.is_some();
                (g.finite || finds) && g.modal.is_none()
            });
        if block == Some(BlockKind::Question) {
            return if third && !self.asks() {
                Ok(Factuality::Reported)
            } else {
                Err("put to somebody, not said by him".into())
            };
        }
        // "X said that Y had said": what Y said is hearsay.
        let mut above = Vec::new();
        // "… according to the spokesperson": of whatever house told before.
        let unnamed = stance.speaker.is_some_and(|range| {
            self.view.who_in(range).all(|w| w.kind == WhoKind::Office && w.name.is_none())
        });
        if let Some(range) = stance.speaker.filter(|_| !unnamed) {
            self.collect(range, Role::Actor, &mut above);
        }
        let own = self.view.voice.own.as_deref().filter(|_| above.is_empty()).and_then(|w| w.country);
        let teller = above.iter().find_map(|s| s.party.country).or(own);
        if teller.is_some_and(|t| codes.first().is_some_and(|c| *c != t)) {
            return Err("said at second hand".into());
        }
        // "China and the United States should": asked of both, it is a position.
        let mut asked = Vec::new();
        self.collect(self.hit.frame.agent.unwrap_or((0, 0)), Role::Recipient, &mut asked);
        let both = asked.iter().any(|s| s.party.country == teller)
            && asked.iter().any(|s| s.party.country != teller);
        if self.hit.rule.act.subtype() == "demand" && teller.is_some() && both {
            return Err("asked of both sides".into());
        }
        // "- Minister Roe: “…”": a paper quotes.
        if self.quoted_item() {
            return Ok(Factuality::Reported);
        }
        if block == Some(BlockKind::Turn) || self.view.voice.own.is_some() {
            return Ok(Factuality::Asserted);
        }
        let group = self.own_group();
        let says =
            group.is_none_or(|g| self.context.classes.has("say", &g.lemma)) || stance.speaker.is_some();
        // "The U.S. side has announced a surtax. China urges it to …": not in the words of the U.S. side.
        let carried = self.view.voice.carried.as_deref();
        let carried = carried.is_some_and(|w| codes.first().is_none_or(|code| w.country == Some(*code)));
        let document = self.context.official && self.context.voice.is_some() && !says && !carried;
        // A person's words are told by whoever wrote the text.
        let person =
            parties.iter().any(|s| s.party.role == Role::Actor && self.kind_at(s) == Some(WhoKind::Person));
        let narrated = !document || person || codes.first().copied() != self.context.voice;
        Ok(if narrated { Factuality::Reported } else { Factuality::Asserted })
    }

    /// Whether the sentence is of what an item of a list quotes.
    pub(super) fn quoted_item(&self) -> bool {
        self.block_kind() == Some(BlockKind::Item) && self.view.voice.own.is_some()
    }

    /// "The commissioner said that …": the act is the saying.
    fn told_as_words(&self) -> bool {
        self.own_group().is_some_and(|g| self.context.classes.has("say", &g.lemma))
    }

    /// The day of an official's words in the news to which the text gives none: that of publication.
    pub(super) fn spoken_today(&self, act: &Act, sides: &[Side]) -> Option<EventDate> {
        let words = act.kind() == Kind::Statement || dating::in_words(act);
        // "Brussels has called on Lima to drop it": at some time or other.
        let perfect = self.own_group().is_some_and(|g| g.tense == Tense::Perfect && g.modal.is_none());
        if !words || perfect || self.hours_from() || self.memory.told_contact() && !self.news_of_the_day() {
            return None;
        }
        let official = sides
            .iter()
            .any(|s| s.party.role == Role::Actor && s.party.country.is_some() && self.speaks_for_state(s));
        let back = ["then", "time", "earlier", "previously", "once", "afterwards", "afterward", "later"];
        let past = self.view.words.iter().any(|w| back.contains(&w.lower.as_str()));
        (official && !past).then_some(EventDate::day(self.context.published))
    }

    /// Words told without a day, in a paragraph that has come to none, where they are no background: "The
    /// ministry says it knows nothing".
    fn news_of_the_day(&self) -> bool {
        let perfect = self.own_group().is_some_and(|g| g.tense == Tense::Perfect);
        let past = |date: crate::when::EventDate| date.end() < Some(self.context.published);
        let elsewhere = self.times.iter().filter_map(|t| t.date).any(past);
        let come_to = self.memory.day(self.index, self.sentence.block).is_some_and(|(date, _)| past(date));
        !perfect && !elsewhere && !come_to
    }

    /// "The minister praised the host. Both sides should talk": whoever takes the stance has the word from
    /// an earlier sentence, or says "I" or "we" in this one.
    pub(super) fn words_run_on(&self, sides: &[Side]) -> bool {
        let first_person = |at: Span| matches!(self.context.doc.slice(at), "I" | "We" | "we");
        let told = |s: &Side| self.sentence.span.contains(s.at) && !first_person(s.at);
        let named = sides.iter().any(|s| s.party.role == Role::Actor && told(s));
        self.view.voice.carried.is_some() && !named
    }

    /// A state, its bodies and its people speak for it; courts and firms do not.
    fn speaks_for_state(&self, one: &Side) -> bool {
        let words = self.context.doc.slice(one.at);
        let official = self.view.who.iter().any(|w| w.span == one.at && w.is("official"))
            || self
                .view
                .voice
                .own
                .as_deref()
                .or(self.view.voice.carried.as_deref())
                .is_some_and(|w| w.span == one.at);
        official && !caseless::contains(words, "court")
    }
}
