//! The event of an act that is told: its fields, each with the words it rests on.

use super::goods::Variant;
use super::*;

use crate::grammar::lower::is;

/// How many fields of an event mostly have words of their own.
const FIELDS: usize = 12;

/// Of so many parties the paths stand in the order of their numbers: "parties.10" comes before "parties.2".
const IN_ORDER: usize = 10;

/// Sets the words of the next field, where it has any.
fn put(fields: &mut Fields, field: &'static str, span: Option<Span>) {
    if let Some(span) = span {
        fields.push(SmolStr::new_static(field), span);
    }
}

impl Builder<'_> {
    /// The event of one rate and its sides.
    pub(super) fn draft(
        &self,
        act: &Act,
        fact: Factuality,
        stance: &Stance,
        sides: &[Side],
        variant: &Variant,
    ) -> Draft {
        let rule = self.hit.rule;
        let kind = act.kind();
        // "announced that cars would face 25%": a threat is of what is not yet so.
        let open = *act == Act::TariffAction(TariffAction::Threaten) && fact != Factuality::Denied;
        let fact = if open { Factuality::Hypothetical } else { fact };
        let text = self.context.doc.text;
        let moves = matches!(act, Act::TariffAction(TariffAction::Increase | TariffAction::Reduce));
        let rate = rate(&variant.items, self.view.words, text).map(|(mut rate, span)| {
            // "dropped its 25% duty": what was to be a move takes the rate away.
            if let (false, None, None, Some(from)) = (moves, rate.value, rate.to, rate.from) {
                (rate.value, rate.from) = (Some(from), None);
            }
            (rate, span)
        });
        let measure = matches!(kind, Kind::TariffAction | Kind::Tension | Kind::Agreement);
        let mut terms = if measure { self.terms() } else { Terms::default() };
        if let Some((day, span)) = self.day_of_row() {
            (terms.effective, terms.effective_span) = (Some(day), Some(span));
        }
        if let Some((first, last, span)) = self.period_of_row() {
            (terms.effective, terms.effective_span) = (Some(first), Some(span));
            (terms.expires, terms.expires_span) = (Some(last), Some(span));
        }
        let lead = self.lead_act();
        if let Some(lead) = lead {
            terms.take_from(lead);
        }
        // What is agreed on is no measure that starts, but where it is said to, and only a deal lapses.
        if let Act::Agreement(form) = act {
            let [start, end] = self.run_of_accord();
            (terms.effective, terms.effective_span) = start.unzip();
            if let (Some((moment, span)), None) = (end, terms.expires) {
                (terms.expires, terms.expires_span) = (Some(Moment { by: false, ..moment }), Some(span));
            }
            if *form != Agreement::Deal {
                (terms.expires, terms.expires_span) = (None, None);
            }
        }
        // "will stop collecting the duty for 90 days": it comes back.
        let paused = Act::TariffAction(TariffAction::Suspend);
        let for_a_time = *act == Act::TariffAction(TariffAction::Remove)
            && terms.duration.is_some()
            && !self.step_by_step();
        let act = if for_a_time { &paused } else { act };
        // "The 10% surcharge, in force since May 3, expired on July 1": the surcharge with its two ends.
        let laid = Act::TariffAction(TariffAction::Impose);
        let act = if self.ended_with_start(act, &mut terms) { &laid } else { act };
        let told = self.date(&terms, stance, fact, kind);
        let told = self.with_the_duty(act, sides, told, &mut terms);
        let told = lead.and_then(|lead| self.day_of_lead(&told, lead)).unwrap_or(told);
        let told = self.day_of_bargain(act, sides, &told, terms.effective_span).unwrap_or(told);
        terms.settle(&told, self.context.doc);
        self.drop_older_start(&told, &mut terms);
        let date = match told.date.interval {
            None => {
                let there = self.said_there(act, sides).or_else(|| self.agreed_there(act, sides));
                there.or_else(|| self.spoken_today(act, sides)).unwrap_or(told.date)
            }
            Some(_) => match self.not_before_contact(act, sides, &told) {
                Some(there) => there,
                None => told.date,
            },
        };
        // "the deadline of July 21, set after they met in Rome": whoever met has met.
        let met = kind == Kind::Engagement
            && !self.hit.frame.nominal
            && !stance.future
            && self.own_group().is_some_and(|g| g.finite && g.modal.is_none() && g.tense == Tense::Past)
            && date.start().is_some_and(|day| day > self.context.published);
        let date = if met { EventDate::UNKNOWN } else { date };
        // "The American escalation of duties is a mistake", in another's paper: of no day told here.
        let theirs = kind == Kind::TariffAction
            && self.context.official
            && self.hit.frame.nominal
            && told.span.is_none()
            && self.context.voice.is_some()
            && sides.iter().all(|s| s.party.role != Role::Actor || s.party.country != self.context.voice);
        let date = if theirs { EventDate::UNKNOWN } else { date };
        let date = if self.of_a_day_untold(kind, &told, &date) { EventDate::UNKNOWN } else { date };
        // "Recent calls" were on no day told here.
        let date =
            if kind == Kind::Engagement && !told.own && self.recent() { EventDate::UNKNOWN } else { date };
        let scope = self.scope(kind, variant);
        let spot = self.spot(kind);
        let place = spot.map(|spot| self.span_of(spot.words));
        let mut topics: SmallVec<[(&'static str, Span); 4]> = SmallVec::new();
        for &(topic, span) in self.context.topics.get(self.index).into_iter().flatten() {
            if !topics.iter().any(|(known, _)| *known == topic) && topics.len() < 4 {
                topics.push((topic, span));
            }
        }
        let claims = self.claims(kind);
        let foreign = self.context.official
            && sides.iter().any(|s| s.party.role == Role::Actor && s.party.country != self.context.voice);
        // "Fees will be levied on ships built in China": told by China, on no day of its own paper.
        let of_paper = foreign
            && *act == Act::Tension(Tension::PortFees)
            && told.span.is_none()
            && date.interval == EventDate::day(self.context.published).interval;
        let date = if of_paper { EventDate::UNKNOWN } else { date };
        let status = self.status(act, fact, stance, &terms, &date, foreign);
        let mut fields = Fields::with_capacity(FIELDS);
        for (number, span) in claims.iter().enumerate() {
            fields.push(Listed::Claim.path(number), *span);
        }
        put(&mut fields, "date", told.span.filter(|_| !met));
        put(&mut fields, "duration", terms.duration_span);
        put(&mut fields, "effective", terms.effective_span);
        put(&mut fields, "expires", terms.expires_span);
        for (number, side) in sides.iter().enumerate() {
            let add = if number < IN_ORDER { Fields::push } else { Fields::add };
            add(&mut fields, Listed::PartyCountry.path(number), side.at);
            for (field, span) in [(Listed::PartyName, side.name), (Listed::PartyOffice, side.office)] {
                if let Some(span) = span {
                    add(&mut fields, field.path(number), span);
                }
            }
        }
        // "In the Peruvian capital": the city is not named, and another account names it.
        let place = place.filter(|span| !span.of(text).is_some_and(|words| words.ends_with(" capital")));
        put(&mut fields, "place", place);
        put(&mut fields, "rate", rate.as_ref().map(|(_, span)| *span));
        put(&mut fields, "scope", scope);
        put(&mut fields, "status", status.map(|_| self.trigger_span()));
        for (number, (_, span)) in topics.iter().enumerate() {
            fields.push(Listed::Topic.path(number), *span);
        }
        let words = |span: Span| span.of(text).unwrap_or("").to_owned();
        let published = date.interval == EventDate::day(self.context.published).interval;
        // In a participle of an official text, "today" points at the main act.
        let pointer = self.hit.frame.participle && self.context.official && published;
        let dated = told.own && !pointer;
        let doubt = if sides.iter().any(|s| s.pair) { 50 } else { 0 }
            + if fact == Factuality::Asserted { 0 } else { 50 };
        let event = Event {
            act: act.clone(),
            parties: sides.iter().map(|side| side.party.party()).collect(),
            date,
            effective: terms.effective,
            expires: terms.expires,
            duration: terms.duration,
            rate: rate.map(|(rate, _)| rate),
            scope: scope.map(words),
            topics: topics.iter().map(|(topic, _)| (*topic).to_owned()).collect(),
            place: place.map(words),
            factuality: fact,
            status,
            quote: words(self.sentence.span),
            claims: claims.into_iter().map(words).collect(),
            plover: general::plover(&rule.plover, act, fact, stance.future),
            confidence: Confidence::from_thousandths(rule.confidence.saturating_sub(doubt)),
            evidence: Evidence { quote: self.sentence.span, fields, rules: vec![rule.name.clone()] },
        };
        Draft {
            event,
            sentence: self.index,
            start: self.trigger_span().start,
            block: self.sentence.block,
            carried: stance.speaker.is_none() && self.words_run_on(sides),
            definite: self.definite(),
            dated,
            retells: false,
            anaphoric: self.anaphoric(),
            pointer: kind == Kind::Engagement && self.presupposed()
                || kind == Kind::Tension && self.hit.frame.participle,
            other: kind == Kind::Engagement && (self.another() || self.often()),
            elaborates: self.elaborates(),
            particular: kind == Kind::TariffAction && self.particular(),
            general: rule.general,
            official: self.context.official,
            depth: self.depth(),
            residual: rule.residual.clone(),
            threatened: match rule.act {
                Act::TariffAction(action) if *act == Act::TariffAction(TariffAction::Threaten) => {
                    Some(action).filter(|action| *action != TariffAction::Threaten)
                }
                _ => None,
            },
            paper: None,
            promised: self.promised_us(sides),
            amends: rule.weak
                && self
                    .view
                    .words
                    .get(self.hit.frame.trigger.0)
                    .is_some_and(|w| is!(w.lemma, "delete" | "strike" | "substitute")),
            effect: kind == Kind::TariffAction && self.comes_to(),
            seat: spot.and_then(|s| s.country),
            local: spot.is_some_and(|s| s.local),
            answer: self.answer(),
            odds: 0,
            question: Some(self.sentence.block).filter(|_| self.block_kind() == Some(BlockKind::Question)),
            marks: if kind == Kind::Tension { self.marks() } else { Vec::new() },
        }
    }
}
