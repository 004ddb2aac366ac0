//! Firms, ministries and people who act without a name.

use super::*;

use crate::grammar::lower::WordList;

/// People who speak for nobody but themselves or their trade.
static PRIVATE: WordList = WordList::new(&[
    "academic",
    "analyst",
    "broadcaster",
    "businessman",
    "businesswoman",
    "citizen",
    "columnist",
    "commentator",
    "company",
    "consumer",
    "daily",
    "economist",
    "entrepreneur",
    "executive",
    "expert",
    "exporter",
    "farmer",
    "firm",
    "giant",
    "grower",
    "historian",
    "importer",
    "investor",
    "journalist",
    "lawyer",
    "magazine",
    "maker",
    "manufacturer",
    "netizen",
    "newspaper",
    "observer",
    "paper",
    "professor",
    "reader",
    "researcher",
    "resident",
    "retailer",
    "scholar",
    "scientist",
    "startup",
    "student",
    "trader",
    "worker",
]);

impl Builder<'_> {
    /// A firm that only its words or its pronoun name; a forecaster of no state.
    pub(super) fn unnamed_actor(&self, out: &mut Vec<Side>) {
        let rule = self.hit.rule;
        let range = match rule.act.kind() {
            // "told shops that its prices will rise": whoever tells them.
            Kind::BusinessShift if rule.actor == ["speaker"] => {
                stance(self.view, self.context.classes, &self.hit.frame)
                    .speaker
                    .filter(|&range| crate::firm::named(self.view, self.context.classes, range))
            }
            Kind::BusinessShift => crate::firm::acting(self.view, self.context.classes, &self.hit.frame),
            Kind::Forecast if rule.actor == ["agent"] => self.hit.frame.agent,
            // "The appeals court found", "the guild, whose members build pumps, called it".
            Kind::Statement if rule.actor == ["agent"] => self.hit.frame.agent.filter(|&range| {
                let court = (range.0..range.1).any(|i| self.word(i) == "court" || self.word(i) == "tribunal");
                let outsiders = rule.agent.iter().any(|kind| kind == "group");
                court && rule.agent.is_empty()
                    || outsiders && crate::firm::named(self.view, self.context.classes, range)
            }),
            _ => None,
        };
        let Some(range) = range.map(|range| self.firm_alone(range)) else { return };
        self.collect(range, Role::Actor, out);
        if out.iter().all(|s| s.party.role != Role::Actor) {
            out.extend(self.unnamed_firm(range));
        }
    }

    /// "German toolmakers" are toolmakers, of Germany; "a mill in Santos" is one of Brazil.
    pub(super) fn firm_of_its_state(&self, out: &mut Vec<Side>) {
        let Some(range) = crate::firm::acting(self.view, self.context.classes, &self.hit.frame) else {
            return;
        };
        let home = crate::firm::home(self.view, range);
        let inside = self.span_of(range);
        // "Importers of Colombian coffee": Colombia does nothing.
        let head = self.span_of(crate::firm::head_part(self.view, range));
        let others = out.iter().any(|s| s.party.role == Role::Actor && head.contains(s.at));
        let goods = |at: Span| {
            let who = self.view.who.iter().find(|w| w.span == at);
            others
                && inside.contains(at)
                && !head.contains(at)
                && who.is_some_and(|w| w.kind == WhoKind::Adjective)
        };
        out.retain(|s| s.party.role != Role::Actor || !goods(s.at));
        for one in out.iter_mut().filter(|s| s.party.role == Role::Actor && inside.contains(s.at)) {
            let adjective = self
                .view
                .who
                .iter()
                .any(|w| w.span == one.at && matches!(w.kind, WhoKind::Adjective | WhoKind::State));
            if adjective && let Some(firm) = self.unnamed_firm(self.firm_alone(range)) {
                let country = one.party.country;
                *one = firm;
                one.party.country = country;
            }
            one.party.country = one.party.country.or(home);
            if let Some(name) = self.firm_described(one, range) {
                one.party.name = Some(SmolStr::new(self.context.doc.slice(name)));
                one.name = Some(name);
            }
        }
    }

    /// "toymaker Acme Brands", "Acme Brands, a distributor in Lima": the name beside what the firm is.
    fn firm_described(&self, firm: &Side, range: Range) -> Option<Span> {
        let word = |i: usize| self.view.words.get(i);
        let titled = |i: &usize| word(*i).is_some_and(|w| w.capital && w.tag == Tag::Noun || w.lower == "&");
        (self.kind_at(firm)? == WhoKind::Group).then_some(())?;
        let (start, end) = self.word_range(firm.at);
        let behind = (end..range.1).take_while(titled).count();
        if behind > 0 {
            return Some(self.span_of((end, end + behind)));
        }
        let named = (range.0..start).take_while(titled).count();
        let apposed = word(range.0 + named).is_some_and(|w| w.lower == ",")
            && word(range.0 + named + 1).is_some_and(|w| w.tag == Tag::Det);
        (named > 0 && apposed).then(|| self.span_of((range.0, range.0 + named)))
    }

    /// "A toy company in Ohio": a firm without a name, of the state its phrase names.
    pub(super) fn unnamed_firm(&self, range: Range) -> Option<Side> {
        let word = |i: usize| self.view.words.get(i);
        let start = (range.0..range.1).find(|&i| word(i).is_some_and(|w| w.tag != Tag::Det || w.name))?;
        let end = (start..range.1).find(|&i| word(i).is_some_and(|w| w.tag == Tag::Prep)).unwrap_or(range.1);
        // "Most of the cost" names nobody.
        (start < end).then_some(())?;
        let at = self.span_of((start, end));
        let country = match self.hit.rule.act.kind() {
            Kind::BusinessShift | Kind::Statement => crate::firm::home(self.view, range),
            _ => crate::firm::home(self.view, range)
                .or_else(|| self.view.who_in(range).find_map(|w| w.country)),
        };
        let name = Some(SmolStr::new(self.context.doc.slice(at)));
        let party = Player { name, office: None, country, role: Role::Actor };
        Some(Side { party, name: Some(at), office: None, at, pair: false, understood: false })
    }

    /// "said a US entrepreneur", "a GM executive in China": the state only tells where somebody private is.
    pub(super) fn of_private(&self, who: &Who) -> bool {
        let says = matches!(
            self.hit.rule.act.subtype(),
            "warning" | "condemnation" | "accusation" | "position" | "assessment" | "demand" | "denial"
        );
        if !says || !matches!(who.kind, WhoKind::State | WhoKind::Adjective) {
            return false;
        }
        let (_, end) = self.word_range(who.span);
        let noun = |i: usize| {
            self.view.words.get(i).filter(|w| w.tag == Tag::Noun && !w.name && !w.time && !w.capital)
        };
        let head = (end..end + 3).take_while(|&i| noun(i).is_some()).last().and_then(noun);
        head.is_some_and(|w| PRIVATE.has(&w.lemma))
    }
}
