//! Who puts a tariff on whom. Texts leave out half of it: "the duty on Chinese steel", "he made it 15%".

use super::*;
use crate::grammar::lower::WordList;

/// Agencies and papers that stand for nobody but whoever owns them.
const PRESS: &[&str] =
    &["Xinhua", "Xinhua News Agency", "Global Times", "China Daily", "People's Daily", "CCTV"];

/// At most so many states act one by one in a list.
const SEVERAL: usize = 6;

/// Blocs with a tariff of their own that are no state of the lexicon.
const CUSTOMS_UNIONS: &[&str] = &[
    "Mercosur",
    "SACU",
    "Southern African Customs Union",
    "Gulf Cooperation Council",
    "GCC",
    "Eurasian Economic Union",
    "EAEU",
    "East African Community",
    "EAC",
    "ECOWAS",
    "Andean Community",
    "Caricom",
];

/// Papers that move a duty by themselves, printed with a capital where they are official.
static ENACTED: WordList = WordList::new(&[
    "act",
    "announcement",
    "bill",
    "budget",
    "circular",
    "decree",
    "law",
    "notice",
    "notification",
    "order",
    "ordinance",
    "proclamation",
    "regulation",
    "resolution",
]);

impl Builder<'_> {
    /// One imposing side (two where both act) and the states that are hit.
    pub(super) fn tariff_sides(&self, stance: &Stance) -> Result<Vec<Side>, Reason> {
        if self.done_by_others() || self.own_figure() || self.collects() {
            return Err("no state does it".into());
        }
        let mut actors = self.speaking_imposer(stance).map_or_else(|| self.imposers(), |side| vec![side]);
        let mut hit = self.those_hit(&actors);
        if let Some(code) = self.borne_by(stance) {
            actors.retain(|s| s.party.country != Some(code));
            hit = vec![self.state(code, Role::Recipient, self.trigger_span())];
        }
        let renewed = self.hit.rule.act == Act::TariffAction(TariffAction::ExtendSuspension);
        let mutual =
            self.view.has(self.hit.frame.extent, self.context.classes.get("mutual").unwrap_or_default());
        if actors.is_empty() && mutual {
            actors = self.both();
            hit.clear();
        }
        // A paper of one authority, on the goods of two others: its own act.
        let third =
            self.context.voice.is_some_and(|v| self.context.official && !self.context.sides.contains(&v));
        let act = self.context.sides.iter().all(|code| self.context.powers.contains(code));
        let joint = renewed && !self.context.first_person && !third && act;
        if actors.is_empty() && joint && self.measure_owner().is_none() && self.owner_by_name().is_none() {
            actors = self.both();
            hit.clear();
        }
        self.one_of_two(&mut actors, &hit);
        // "Mexico put 30% on shoes, but the duty lapsed": not one on whoever acts in the sentence.
        if let Some(code) = self.acting_here().filter(|_| actors.is_empty() && self.known_measure()) {
            let goods = |s: &Side| self.view.who.iter().any(|w| w.span == s.at && self.of_goods(w));
            hit.retain(|s| s.party.country != Some(code) || goods(s) || self.origin_of_goods(s.at));
        }
        if actors.is_empty() {
            let actor = self.unnamed_imposer(stance, &hit).ok_or("nobody is named who does it")?;
            hit.retain(|s| s.party.country != actor.party.country);
            actors.push(actor);
        }
        let codes = distinct(actors.iter().filter_map(|s| s.party.country));
        if hit.is_empty()
            && let [actor] = codes.as_slice()
        {
            hit.extend(self.unnamed_targets(*actor).into_iter().map(|code| {
                let mut side = self.state(code, Role::Recipient, self.trigger_span());
                side.understood = true;
                side
            }));
        }
        if let [actor] = codes.as_slice()
            && hit.is_empty()
            && self.context.official
            && actors.iter().all(|s| s.understood || s.at == self.trigger_span())
            && self.own_goods(*actor)
        {
            return Err("nobody taxes what comes from his own state".into());
        }
        if hit.is_empty() {
            hit.extend(self.everybody());
        }
        let mut out = actors;
        self.name_who_acts(&mut out);
        out.extend(hit);
        Ok(out)
    }

    /// "Lee struck beef off the goods that pay his surcharge", "Lee signed an order on duties of 10%": who
    /// acts in the sentence, where the duty is only known to be of that state.
    fn name_who_acts(&self, actors: &mut [Side]) {
        let [one] = actors else { return };
        let bare = one.party.office.is_none()
            && one.party.name.as_deref() == one.party.country.map(self.context.state_name).as_deref();
        if !bare || !one.understood && one.at != self.trigger_span() {
            return;
        }
        let (words, trigger) = (self.view.words, self.hit.frame.trigger.0);
        let main = self.view.clauses.groups.iter().find(|g| g.finite);
        let Some(group) = main.filter(|g| g.head < trigger && !g.passive && !g.negated) else { return };
        let his = (group.head..trigger).any(|i| words.get(i).is_some_and(|w| is!(w.lower, "his" | "her")));
        let acts = ["impose", "raise", "reduce", "remove", "suspend", "extend", "issue", "sign", "exempt"];
        let says = self.context.classes.has("say", &group.lemma);
        let does = his || acts.iter().any(|class| self.context.classes.has(class, &group.lemma));
        let Some(subject) = group.subject.filter(|_| does && !says) else { return };
        let named = |w: &&Who| {
            matches!(w.kind, WhoKind::Person | WhoKind::Body | WhoKind::Office)
                && w.is("official")
                && w.country.is_some()
                && w.country == one.party.country
        };
        if let Some(who) = self.view.who_in(subject).find(named) {
            let role = one.party.role;
            *one = crate::build_event::collect::side(who, role);
        }
    }

    /// "which it has been levying", read as if it paid.
    fn collects(&self) -> bool {
        let (start, end) = self.hit.frame.trigger;
        let last = end.checked_sub(1).filter(|last| *last > start).and_then(|i| self.view.words.get(i));
        let is = self.view.words.get(start).is_some_and(|w| w.tag == Tag::Be);
        is && self.told_of_payers() && last.is_some_and(|w| w.lower.ends_with("ing"))
    }

    /// "Hasbro cut its forecast by 10%": a firm does it, to a thing of its own.
    fn done_by_others(&self) -> bool {
        let frame = &self.hit.frame;
        let Some(group) = frame.group.and_then(|g| self.view.clauses.groups.get(g)) else { return false };
        if !self.hit.rule.actor.iter().any(|a| a == "doer") || frame.nominal || group.passive {
            return false;
        }
        let object = group.theme.is_some_and(|(start, end)| {
            (start..end).any(|i| {
                self.view.words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time && w.lemma != "percent")
            })
        });
        object && self.ranges("doer").is_empty()
    }

    /// "Ford tumbled 4.4% and Acme declined 7.4%": figures of firms.
    fn own_figure(&self) -> bool {
        let frame = &self.hit.frame;
        let moves = matches!(
            self.hit.rule.act,
            Act::TariffAction(TariffAction::Increase | TariffAction::Reduce | TariffAction::Remove)
        );
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g));
        let Some(subject) = group.filter(|g| !g.passive && g.finite).and_then(|g| g.subject) else {
            return false;
        };
        // "Acme Inc., which sells little abroad, dropped 6.9%": told of the firm that opens the sentence.
        let house = self.view.who.iter().find(|w| w.kind != WhoKind::Group);
        let opens = house
            .is_some_and(|w| w.kind == WhoKind::Body && w.country.is_none() && !self.of_authority(w.span));
        let last = subject.1.checked_sub(1).and_then(|i| self.view.words.get(i));
        // "Furniture goes to 30%": a capital because it opens the sentence.
        let goods = self.context.classes.get("goods").unwrap_or_default();
        let opening = subject == (0, 1) && goods.at(self.view.words, 0);
        // "The Order reduces the surtax"
        let paper = last.is_some_and(|w| ENACTED.has(&w.lemma));
        let title =
            last.is_some_and(|w| w.capital && !w.name && !w.time && w.tag == Tag::Noun) && !opening && !paper;
        let states = self.view.who_in(frame.extent).any(|w| w.country.is_some() && w.kind != WhoKind::Place);
        if moves && !frame.nominal && !states && (opens || title) {
            return true;
        }
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let rate = |i: usize| self.view.words.get(i).is_some_and(|w| is!(w.lower, "rate" | "%"));
        let head = crate::firm::head_part(self.view, subject);
        moves
            && !frame.nominal
            && !self.view.has(head, measures)
            && !(head.0..head.1).any(rate)
            && !(head.0..head.1).any(|i| self.view.words.get(i).is_some_and(|w| ENACTED.has(&w.lemma)))
            && !self.view.who_in(head).any(|w| w.country.is_some() && w.kind != WhoKind::Firm)
            && crate::firm::named(self.view, self.context.classes, subject)
    }

    /// Whether a name has a word of public office in it.
    fn of_authority(&self, at: Span) -> bool {
        let words = self.context.classes.get("authority_word").unwrap_or_default();
        self.view.has(self.word_range(at), words)
    }

    /// "I am hereby increasing the duty," Trump wrote: whoever speaks.
    fn speaking_imposer(&self, stance: &Stance) -> Option<Side> {
        let (start, end) = self.hit.frame.agent?;
        let own = end == start + 1 && self.view.words.get(start).is_some_and(|w| is!(w.lower, "i" | "we"));
        self.actor_in(stance.speaker.filter(|_| own)?)
    }

    /// "Bern and Washington agreed to lower the American duty on Swiss goods": two agree, one lowers.
    fn one_of_two(&self, actors: &mut Vec<Side>, hit: &[Side]) {
        let codes = distinct(actors.iter().filter_map(|s| s.party.country));
        let ([a, b], true) = (codes.as_slice(), hit.is_empty()) else { return };
        let one = |code: StateCode| (code == *a || code == *b).then_some(code);
        let theme = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal);
        let owner = self.measure_owner().and_then(|span| self.view.who.iter().find(|w| w.span == span));
        let imposed = || self.aside().and_then(|s| s.party.country).and_then(one);
        let acting = owner.and_then(|w| w.country).and_then(one).or_else(imposed).or_else(|| {
            // "the tariff on Japanese cars": the other one puts it on them.
            let origin = theme.and_then(|(start, end)| {
                let end = self.hit.frame.extent.1.max(end);
                self.view.who_in((start, end)).find_map(|w| w.country.and_then(one))
            });
            origin.map(|code| if code == *a { *b } else { *a })
        });
        // "agreed to set the rate at 15%": the rate told before.
        let mutual = self.context.classes.get("mutual").unwrap_or_default();
        let named =
            actors.iter().all(|s| !s.pair && !s.understood) && !self.view.has(self.hit.frame.extent, mutual);
        let other_acted = |code: StateCode| !named || self.memory.has_acted(if code == *a { *b } else { *a });
        let known = || {
            let last = self.memory.last_actor().and_then(one);
            let moves = matches!(
                self.hit.rule.act,
                Act::TariffAction(TariffAction::Impose | TariffAction::Increase | TariffAction::Reduce)
            ) && !self.hit.frame.nominal;
            last.filter(|code| moves && (self.known_measure() || !other_acted(*code)))
        };
        if let Some(code) = acting.or_else(known) {
            actors.retain(|s| s.party.country == Some(code));
        }
    }

    /// "a tariff on all countries": they are named, though no state is.
    fn everybody(&self) -> Option<Side> {
        let groups = self.view.who_in(self.hit.frame.extent);
        let all = groups.filter(|w| w.kind == WhoKind::Group && w.country.is_none()).find(|w| {
            let before = self.before(w.span);
            let states = w.name.as_deref().is_some_and(|name| {
                ["countries", "nations", "trading partners", "partners", "economies"]
                    .iter()
                    .any(|noun| name.eq_ignore_ascii_case(noun))
            });
            states
                && (matches!(before, [.., on, all]
                    if is!(on.lower, "on" | "against") && all.lower.as_str() == "all")
                    || self.eases() && before.iter().any(|w| w.lower == "on"))
        })?;
        let before = self.before(all.span);
        let on = before.iter().rposition(|w| is!(w.lower, "on" | "against"));
        let first = on.and_then(|i| before.get(i + 1)).or(before.last());
        let start = first.map_or(all.span.start, |w| w.span.start).min(all.span.start);
        let at = Span::new(start, all.span.end);
        let understood = !self.eases();
        let name = at.of(self.context.doc.text).map(SmolStr::new);
        let party = Player { name, office: None, country: None, role: Role::Recipient };
        Some(Side { party, name: Some(at), office: None, at, pair: false, understood })
    }

    pub(super) fn eases(&self) -> bool {
        matches!(
            self.hit.rule.act,
            Act::TariffAction(TariffAction::Suspend | TariffAction::Reduce | TariffAction::Remove)
        )
    }

    /// The sides named where the rule expects them, else as the owner of the measure.
    fn imposers(&self) -> Vec<Side> {
        let rule = self.hit.rule;
        if let Some(code) = self.other_way_round() {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return vec![side];
        }
        if let Some(code) = self.its_owner() {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return vec![side];
        }
        // "won a cut in the American duty": whose duty it is tells more than who won.
        if self.hit.frame.nominal
            && let Some(span) = self.measure_owner()
            && let Some(who) = self.view.who.iter().find(|w| w.span == span)
            && who.kind != WhoKind::Group
            && let Some(code) = who.country
        {
            return vec![self.state(code, Role::Actor, span)];
        }
        // "agreed to lift the Trump administration's duties": whose they are tells who lifts them.
        if let Some((code, span)) = self.possessor()
            && !self.acts_alone(code)
            && self.pays_rate() != Some(span)
            && rule.actor.iter().any(|a| a == "owner")
        {
            return vec![self.state(code, Role::Actor, span)];
        }
        if let Some(side) = self.mover_of_bill() {
            return vec![side];
        }
        if let Some((code, span)) = self.freed_from() {
            return vec![self.state(code, Role::Actor, span)];
        }
        if let Some((code, span)) = self.owner_of_replaced() {
            return vec![self.state(code, Role::Actor, span)];
        }
        if let Some((code, span)) = self.decider() {
            return vec![self.state(code, Role::Actor, span)];
        }
        if let Some(side) = self.customs_union() {
            return vec![side];
        }
        if let Some(side) = self.holder() {
            return vec![side];
        }
        let others = self.obtained().is_some() || self.agreed().is_some() || self.only_regarded();
        for place in rule.actor.iter().filter(|p| !(others && *p == "agent")) {
            let mut found = Vec::new();
            for range in self.ranges(place) {
                self.collect(range, Role::Actor, &mut found);
            }
            let people = |s: &Side| {
                s.party.country.is_some()
                    && !self.is_group(s.at)
                    && !self.is_firm(s.at)
                    && !self.charged_by_name(s.at)
                    && !self.origin_of_goods(s.at)
                    && !self.only_bracketed(s.at)
                    && !self.comes_from(s.at)
                    // "Canada's rate went up"
                    && Some(s.at) != self.pays_rate()
            };
            found.retain(people);
            if !found.is_empty() {
                let states = distinct(found.iter().filter_map(|s| s.party.country)).len();
                if (3..=SEVERAL).contains(&states) && found.len() == states && self.enumerated(&found) {
                    return found;
                }
                found.truncate(if states == 2 { 2 } else { 1 });
                return found;
            }
        }
        self.whose().or_else(|| self.signer()).or_else(|| self.aside()).into_iter().collect()
    }

    /// "China, Turkey and the European Union laid duties on them": whether nothing but a list stands between names.
    fn enumerated(&self, sides: &[Side]) -> bool {
        sides.windows(2).all(|two| match two {
            [one, next] => {
                let (from, to) = (self.word_from(one.at.end), self.word_from(next.at.start));
                from <= to && (from..to).all(|i| matches!(self.word(i), "," | "and" | "the"))
            }
            _ => false,
        })
    }

    /// "Chilean salmon will shed its Mercosur duty": that of a bloc, of no state that is told.
    fn customs_union(&self) -> Option<Side> {
        let at = self.measure()?;
        let start = crate::grammar::clause::phrase_start(self.view.words, at);
        let bloc = |w: &&Who| {
            let name = w.name.as_deref();
            w.country.is_none() && name.is_some_and(|name| CUSTOMS_UNIONS.contains(&name))
        };
        let who = self.view.who_in((start, at)).find(bloc)?;
        let party = Player { name: who.name.clone(), office: None, country: None, role: Role::Actor };
        let at = who.span;
        Some(Side { party, name: Some(at), office: None, at, pair: false, understood: false })
    }

    /// "A charge on wire", but not "on its wine".
    fn on_others(&self) -> bool {
        let end = self.hit.frame.trigger.1;
        matches!(self.word(end), "on" | "against")
            && !matches!(self.word(end + 1), "it" | "its" | "them" | "their")
    }

    /// "Peru has had a 25% charge on wire since June": whoever has a duty on goods laid it, but for "a 25% charge
    /// on its wine".
    fn holder(&self) -> Option<Side> {
        let lays = self.hit.rule.act == Act::TariffAction(TariffAction::Impose) && self.hit.frame.nominal;
        let holds = |g: &&Group| {
            lays && !g.passive
                && !g.negated
                && g.modal.is_none()
                && is!(g.lemma, "have" | "maintain" | "keep" | "retain" | "operate" | "run")
        };
        let group = self.own_group().filter(holds)?;
        let start = self.hit.frame.trigger.0;
        group.theme.filter(|theme| theme.0 <= start && start < theme.1)?;
        let head = crate::firm::head_part(self.view, group.subject.filter(|_| self.on_others())?);
        let rules = |w: &Who| {
            w.country.is_some() && matches!(w.kind, WhoKind::State | WhoKind::Body | WhoKind::Person)
        };
        self.view.who_in(head).any(rules).then(|| self.actor_in(head))?
    }

    /// "welcomed a Philippine decision of March 2 to exempt its rice": whose decision it is.
    fn decider(&self) -> Option<(StateCode, Span)> {
        const BETWEEN: usize = 5;
        let words = self.view.words;
        let group = self.own_group().filter(|g| g.tense == Tense::Infinitive && !self.hit.frame.nominal)?;
        let noun = (group.start.saturating_sub(BETWEEN)..group.start).rev().find(|&i| {
            words.get(i).is_some_and(|w| {
                w.tag == Tag::Noun
                    && is!(w.lemma, "decision" | "move" | "order" | "plan" | "pledge" | "promise" | "decree")
            })
        })?;
        let between = words.get(noun + 1..group.start)?;
        between
            .iter()
            .all(|w| w.time || matches!(w.tag, Tag::To | Tag::Num) || is!(w.lower, "of" | "on"))
            .then_some(())?;
        let start = crate::grammar::clause::phrase_start(words, noun);
        self.owner_in((start, noun))
    }

    /// The state or authority named first in a range, as that whose the thing behind it is.
    fn owner_in(&self, range: Range) -> Option<(StateCode, Span)> {
        let owns = |w: &&Who| matches!(w.kind, WhoKind::Adjective | WhoKind::State | WhoKind::Body);
        let who = self.view.who_in(range).find(owns)?;
        Some((who.country?, who.span))
    }

    /// "The exemption of Thai rails from Norway's duty was extended": whose duty it is.
    fn freed_from(&self) -> Option<(StateCode, Span)> {
        if self.hit.rule.act != Act::TariffAction(TariffAction::Exclude) || self.hit.frame.agent.is_some() {
            return None;
        }
        let words = self.view.words;
        let measures = self.context.classes.get("tariff")?;
        let (start, end) = self.hit.frame.theme?;
        let from = (start..end).find(|&i| self.word(i) == "from")?;
        let measure = (from + 1..end).find(|&i| measures.at(words, i))?;
        self.owner_in((from + 1, measure))
    }

    /// "The British safeguard will be replaced by a duty of 50%": whose measure makes way for another.
    fn owner_of_replaced(&self) -> Option<(StateCode, Span)> {
        let group =
            self.own_group().filter(|g| g.passive && is!(g.lemma, "replace" | "succeed" | "supersede"))?;
        let (from, to) = group.subject?;
        let noun = (from..to).find(|&i| {
            self.view.words.get(i).is_some_and(|w| {
                is!(
                    w.lemma,
                    "safeguard" | "quota" | "regime" | "scheme" | "duty" | "tariff" | "surtax" | "levy"
                )
            })
        })?;
        let start = crate::grammar::clause::phrase_start(self.view.words, noun).max(from);
        self.owner_in((start, noun))
    }

    /// "goods listed in Annex A originating in Peru": where goods come from.
    fn comes_from(&self, at: Span) -> bool {
        let mut before = self.before(at).iter().rev().skip_while(|b| b.lower == "the");
        before.next().is_some_and(|b| is!(b.lower, "in" | "from"))
            && before.next().is_some_and(|b| b.lower == "originating")
    }

    /// "Trump doubled India's tariff": nobody moves another's, so India pays it.
    fn acts_alone(&self, owner: StateCode) -> bool {
        let moves = matches!(
            self.hit.rule.act,
            Act::TariffAction(TariffAction::Impose | TariffAction::Increase | TariffAction::Reduce)
        );
        let group = self.own_group();
        let main = group.is_some_and(|g| g.finite && !g.passive && g.governor.is_none());
        let Some(agent) = self.hit.frame.agent.filter(|_| moves && main) else { return false };
        let acting = distinct(self.view.who_in(agent).filter(|w| w.is("official")).filter_map(|w| w.country));
        matches!(acting.as_slice(), [one] if *one != owner)
    }

    /// "For Japan the duty falls": Japan pays it.
    fn charged_by_name(&self, at: Span) -> bool {
        let nearest = self.before(at);
        let next = nearest.iter().rfind(|w| w.tag != Tag::Det);
        // "for products from China"
        let goods = matches!(nearest, [.., led, _, from]
            if is!(led.lower, "for" | "on") && from.lower == "from");
        goods || next.is_some_and(|w| is!(w.lower, "for" | "against"))
    }

    /// "Trump signed a proclamation that extends the duties": whoever signed it.
    fn signer(&self) -> Option<Side> {
        let own = self.hit.frame.group.filter(|_| !self.hit.frame.nominal)?;
        let agent = self.hit.frame.agent?;
        let groups = &self.view.clauses.groups;
        let issues = |g: &&crate::grammar::clause::Group| {
            g.finite
                && !g.passive
                && (self.context.classes.has("issue", &g.lemma) || self.context.classes.has("sign", &g.lemma))
                && g.theme.is_some_and(|t| t.0 < agent.1 && agent.0 < t.1)
        };
        let subject = groups.iter().take(own).rfind(issues)?.subject?;
        self.actor_in(subject)
    }

    /// "Trump, whose 25% on steel was put off", "Washington's own rise has been collected": the owner.
    fn whose(&self) -> Option<Side> {
        let words = self.view.words;
        let (start, end) = self.hit.frame.theme.or(self.hit.frame.agent)?;
        let word = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let acts = |w: &&Who| {
            matches!(w.kind, WhoKind::State | WhoKind::Person | WhoKind::Body) && w.country.is_some()
        };
        let relative = [start, start.wrapping_sub(1)].into_iter().find(|&i| word(i) == "whose");
        // "Peru, whose copper was charged 10%": it pays.
        if relative.is_some() && self.told_of_goods((start, end)) {
            return None;
        }
        if let Some(at) = relative {
            let limit = words.get(at)?.span.start;
            let who = self.view.who.iter().rfind(|w| acts(w) && w.span.end <= limit)?;
            return Some(self.state(who.country?, Role::Actor, who.span));
        }
        let who = self.view.who_in((start, end)).find(acts)?;
        let first = words.get(start).is_some_and(|w| w.span.start == who.span.start);
        let (_, behind) = self.word_range(who.span);
        let genitive = words.get(behind).is_some_and(|w| w.tag == Tag::Poss) && word(behind + 1) == "own";
        (first && genitive).then(|| self.state(who.country?, Role::Actor, who.span).into())?
    }

    /// "Beijing charges 10%, and its own pause runs until May": Beijing's.
    fn its_owner(&self) -> Option<StateCode> {
        let words = self.view.words;
        let trigger = self.hit.frame.trigger.0;
        let start = crate::grammar::clause::phrase_start(words, trigger);
        let its = (start..trigger).any(|i| {
            words.get(i).is_some_and(|w| w.lower == "its")
                && words.get(i + 1).is_some_and(|w| w.lower == "own")
        });
        let before = |g: &&crate::grammar::clause::Group| g.finite && g.head < start && !g.passive;
        let group =
            self.view.clauses.groups.iter().rfind(before).filter(|_| its && self.hit.frame.nominal)?;
        let acts = |w: &&Who| matches!(w.kind, WhoKind::State | WhoKind::Body | WhoKind::Person);
        self.view.who_in(group.subject?).find(acts).and_then(|w| w.country)
    }

    /// The state whose name with "'s" stands before the measure, where others are said to act.
    fn possessor(&self) -> Option<(StateCode, Span)> {
        let words = self.view.words;
        let range = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal)?;
        let end = self.measure().filter(|m| range.0 <= *m && *m < range.1)?;
        let mark = (range.0..end).find(|&i| {
            words.get(i).is_some_and(|w| w.tag == Tag::Poss && is!(w.lower, "'s" | "’s" | "'" | "’"))
        })?;
        let who =
            self.view.who_in((range.0, mark)).find(|w| w.kind != WhoKind::Group && w.country.is_some())?;
        Some((who.country?, who.span))
    }

    /// Whose the measure is by a clause beside it: "the duty imposed by China", "duties China put on …".
    fn aside(&self) -> Option<Side> {
        let (start, end) = self.hit.frame.extent;
        let imposing = self.context.classes.get("impose").unwrap_or_default();
        let groups = &self.view.clauses.groups;
        // "the 50% tariff the White House imposed this week"
        let trigger = self.hit.frame.trigger.0;
        let contact = groups.iter().filter(|g| {
            g.contact
                && g.theme.is_some_and(|t| t.0 <= trigger && trigger < t.1)
                && self.view.has((g.head, g.head + 1), imposing)
        });
        if let Some(range) = contact.filter_map(|g| g.subject).next() {
            return self.actor_in(range);
        }
        // "the surcharge which the president proclaimed"
        let told = groups.iter().find(|g| g.start > trigger).filter(|_| self.hit.frame.nominal);
        if let Some(side) = told
            .filter(|g| !g.passive && self.done_to_it(g))
            .and_then(|g| g.subject)
            .filter(|s| s.0 > trigger)
            .and_then(|range| self.actor_in(range))
        {
            return Some(side);
        }
        let group = groups.iter().find(|g| {
            start <= g.start && g.start < end && g.passive && self.view.has((g.head, g.head + 1), imposing)
        })?;
        let by = group
            .preps
            .iter()
            .find(|(p, _)| self.view.words.get(*p).is_some_and(|w| w.lower == "by"))
            .map(|(_, range)| *range)?;
        self.actor_in(by)
    }

    /// A truce is prolonged by both sides unless the text says otherwise.
    fn both(&self) -> Vec<Side> {
        let [a, b] = self.context.sides.as_slice() else { return Vec::new() };
        let side = |code: StateCode| {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            side
        };
        vec![side(*a), side(*b)]
    }

    /// The first state or official of one that a range names.
    pub(super) fn actor_in(&self, range: Range) -> Option<Side> {
        let mut found = Vec::new();
        self.collect(range, Role::Actor, &mut found);
        found.into_iter().find(|s| s.party.country.is_some() && !self.is_group(s.at))
    }

    fn is_person(&self, at: Span) -> bool {
        self.view.who.iter().any(|w| w.span == at && matches!(w.kind, WhoKind::Person | WhoKind::Office))
    }

    fn is_group(&self, at: Span) -> bool {
        self.view.who.iter().any(|w| w.span == at && matches!(w.kind, WhoKind::Group | WhoKind::Place))
    }

    /// "Laos 20%, Oman and Peru 15%": the states between the rate before and this one.
    fn states_of_rate(&self) -> Vec<Side> {
        let at = self.hit.frame.trigger.0;
        let ends = |i: &usize| {
            self.view.words.get(*i).is_some_and(|w| is!(w.lower, "%" | "percent" | "cent" | ":" | ";"))
        };
        let from = (0..at).rev().find(ends).map_or(0, |i| i + 1);
        let mut found = Vec::new();
        self.collect((from, at), Role::Recipient, &mut found);
        found
    }

    /// "…, it said, of the 25% duty on cars": a firm that speaks of a duty has laid none on.
    fn is_firm(&self, at: Span) -> bool {
        self.view.who.iter().any(|w| w.span == at && w.kind == WhoKind::Firm)
    }

    /// "South Korea's car duty falls too": of a state that is only ever hit, the duty it pays.
    fn other_way_round(&self) -> Option<StateCode> {
        let frame = &self.hit.frame;
        let group = frame.group.and_then(|g| self.view.clauses.groups.get(g)).filter(|_| !frame.nominal)?;
        // "Kenya's tariff was set at 10%"
        let set = self.hit.rule.act == Act::TariffAction(TariffAction::Impose) && group.passive;
        let moves =
            matches!(self.hit.rule.act, Act::TariffAction(TariffAction::Reduce | TariffAction::Increase))
                || set;
        let intransitive = !group.passive && (group.theme.is_none() || frame.theme == group.subject);
        // "Taiwan's rate was cut to 20%": what one state pays is one rate.
        let one = |range: Range| {
            (range.0..range.1)
                .any(|i| self.view.words.get(i).is_some_and(|w| is!(w.lower, "tariff" | "rate" | "duty")))
        };
        let passed = group.passive && frame.agent.is_none() && frame.theme.is_some_and(one);
        let (start, end) = frame.theme.filter(|_| moves && (intransitive || passed))?;
        let owner =
            self.view.who_in((start, end)).find(|w| w.country.is_some() && w.kind != WhoKind::Group)?;
        let code = owner.country?;
        let aimed = (start..end).any(|i| self.view.words.get(i).is_some_and(|w| matches!(w.tag, Tag::Prep)));
        let layers = self.context.classes.get("layer").unwrap_or_default();
        let own = self.owner_by_name().is_some_and(|(state, _)| state == code)
            || self.view.has((start, end), layers);
        if aimed || own || self.memory.has_acted(code) || frame.agent.is_some() {
            return None;
        }
        self.memory.who_hit(code).or_else(|| {
            if passed {
                return None;
            }
            // "Taiwan's rate falls to 15 percent, the White House says."
            let says = |g: &&Group| g.finite && self.context.classes.has("say", &g.lemma);
            let said = self.view.clauses.groups.iter().filter(says).filter_map(|g| g.subject);
            let mut tellers = said.flat_map(|s| self.view.who_in(s)).filter(|w| w.is("official"));
            let teller = tellers.find_map(|w| w.country).filter(|other| *other != code);
            let foreign = self.context.sides.len() == 2 && !self.context.sides.contains(&code);
            teller.or_else(|| self.memory.last_actor().filter(|actor| foreign && *actor != code))
        })
    }

    /// "China's tariff rate would rise to 54%": the rate that what comes from there pays.
    fn pays_rate(&self) -> Option<Span> {
        *self.known.pays_rate.get_or_init(|| self.owner_of_rate())
    }

    fn owner_of_rate(&self) -> Option<Span> {
        let words = self.view.words;
        let frame = &self.hit.frame;
        let measure = self.measure()?;
        // "Canada's rate went up to 35%": the rate that moves stands before the one it goes to.
        let holds = |range: &Range| range.0 <= measure && measure < range.1;
        let whole = frame.theme.filter(holds).or(frame.agent.filter(holds)).or(frame.theme).or(frame.agent);
        let (start, end) = match whole.filter(|_| !frame.nominal) {
            Some(range) => range,
            None => {
                let next = words.get(measure + 1).is_some_and(|w| w.lower == "rate");
                (crate::grammar::clause::phrase_start(words, measure), measure + 1 + usize::from(next))
            }
        };
        (start <= measure && measure < end).then_some(())?;
        let own = self.view.has((start, end), self.context.classes.get("layer").unwrap_or_default())
            || (start..end)
                .any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Prep || w.lower == "retaliatory"));
        // "Kenya's tariff was set at 10% and Uganda's at 12%"
        let set = || self.own_group().is_some_and(|g| g.passive && is!(g.lemma, "set" | "fix" | "peg"));
        let rate = words.get(end.checked_sub(1)?).is_some_and(|w| {
            w.lower == "rate" || frame.agent.is_none() && is!(w.lower, "tariff" | "duty" | "levy") && set()
        });
        let mark =
            (start..end).find(|&i| words.get(i).is_some_and(|w| is!(w.lower, "'s" | "’s" | "'" | "’")))?;
        let owner = self.view.who_in((start, mark)).find(|w| w.kind == WhoKind::State)?;
        let code = owner.country?;
        (rate && !own && !self.memory.has_acted(code)).then_some(owner.span)
    }

    /// "a deal with Indonesia lowers the tariff": whom the deal is with.
    fn agreed(&self) -> Option<Range> {
        let (start, end) = self.hit.frame.agent.filter(|_| !self.hit.frame.nominal)?;
        let words = self.view.words;
        let head = (start..end).find(|&i| {
            words.get(i).is_some_and(|w| w.tag == Tag::Noun)
                && words.get(i + 1).is_none_or(|w| w.tag != Tag::Noun || i + 1 >= end)
        })?;
        let deal = words.get(head).is_some_and(|w| self.context.classes.has("agreement_noun", &w.lemma));
        let with = words.get(head + 1).is_some_and(|w| w.lower == "with");
        (deal && with).then_some((head + 2, end))
    }

    /// "Japan has secured a cut of the tariff": who gets it.
    fn obtained(&self) -> Option<Range> {
        let group = self.own_group()?;
        let got =
            self.hit.frame.nominal && !group.passive && self.context.classes.has("obtain", &group.lemma);
        // "Growers got their 12% duty on Thai rice" have it laid on others.
        let got = got && !(self.lays_more() && self.on_others()) && !self.only_regarded();
        group.subject.filter(|_| got)
    }

    /// States named where the rule expects them, else the origin of goods named in the clause.
    fn those_hit(&self, actors: &[Side]) -> Vec<Side> {
        let acting = distinct(actors.iter().filter_map(|s| s.party.country));
        let owned = self.measure_owner().filter(|_| self.other_way_round().is_none());
        let pays =
            self.pays_rate().and_then(|at| Some((self.view.who.iter().find(|w| w.span == at)?.country?, at)));
        if let Some((code, at)) = pays.filter(|(code, _)| !acting.contains(code)) {
            return vec![self.state(code, Role::Recipient, at)];
        }
        if let Some((code, span)) = self.possessor()
            && !acting.contains(&code)
            && self.acts_alone(code)
        {
            return vec![self.state(code, Role::Recipient, span)];
        }
        let others =
            acting.first().copied().or_else(|| self.owner_nearby()).map(|code| self.both_others(code));
        if let Some(others) = others.filter(|o| !o.is_empty()) {
            let side = |code: &StateCode| self.state(*code, Role::Recipient, self.trigger_span());
            return others.iter().map(side).collect();
        }
        let named = self.named_by_rate(&acting);
        if !named.is_empty() {
            return named;
        }
        if let Some(range) = self.obtained().or_else(|| self.agreed()) {
            let mut found = Vec::new();
            self.collect(range, Role::Recipient, &mut found);
            found.retain(|s| s.party.country.is_some_and(|c| !acting.contains(&c)));
            let found = self.countries_of(found);
            if !found.is_empty() {
                return found;
            }
        }
        if self.own_group().is_none() && self.bare_list() {
            return self.countries_of(self.states_of_rate());
        }
        let places = self.hit.rule.recipient.iter().map(String::as_str).filter(|p| *p != "other");
        for place in places {
            let mut found = Vec::new();
            for range in self.ranges(place) {
                self.collect(range, Role::Recipient, &mut found);
            }
            // "He promised 50%": no person pays.
            if matches!(place, "subject" | "agent" | "clause") {
                found.retain(|s| s.party.office.is_none() && !self.is_person(s.at));
            }
            // "followed Brazil with a levy on shoes from Panama": whose example it is.
            let verb = self.view.words.get(self.hit.frame.trigger.0);
            if verb.is_some_and(|w| w.lemma == "follow") {
                let behind = self.names_origin_behind();
                let hit = |s: &Side| s.party.country.and_then(|c| self.memory.whom_hits(c));
                let struck = |s: &Side| hit(s).is_some_and(|code| acting.contains(&code)) && !behind;
                found.retain(|s| self.word_range(s.at).0 != self.hit.frame.trigger.1 || struck(s));
            }
            let whole = matches!(place, "theme" | "agent" | "object");
            if whole {
                found.retain(|s| !self.is_destination(s.at));
            }
            found.retain(|s| {
                s.party.country.is_some_and(|c| !acting.contains(&c))
                    && Some(s.at) != owned
                    && !self.of_next_rate(s.at)
                    && !self.is_schedule(s.at)
                    && !self.of_its_law(s.at)
                    && !self.spared(s.at)
                    && !self.approves(s.at)
                    && !self.in_reason(s.at)
                    && !self.in_own_aside(s.at)
                    // "the American tariffs, which apply to both": to the other one.
                    && !(s.pair && s.party.country == self.owner_nearby())
            });
            let found = self.countries_of(found);
            if !found.is_empty() {
                return found;
            }
        }
        if acting.len() > 1 {
            return Vec::new();
        }
        if let Some((code, at)) = self.on_its_goods().filter(|(code, _)| !acting.contains(code)) {
            return vec![self.state(code, Role::Recipient, at)];
        }
        // "Seoul still waits: its cars pay 25%".
        let subject = self.hit.frame.agent.or(self.hit.frame.theme);
        let pays = self.hit.rule.recipient.iter().any(|p| p == "agent")
            || self.own_group().is_some_and(|g| g.passive) && subject.is_some_and(|r| self.told_of_goods(r));
        let pronoun = subject
            .and_then(|(start, _)| self.view.words.get(start))
            .filter(|w| pays && w.tag != Tag::Noun && is!(w.lower, "its" | "their"));
        if let Some(word) = pronoun {
            let before = self.view.who.iter().rfind(|w| {
                w.span.end <= word.span.start
                    && matches!(w.kind, WhoKind::State | WhoKind::Body | WhoKind::Person)
                    && w.country.is_some_and(|c| !acting.contains(&c))
            });
            if let Some(code) = before.and_then(|w| Some((w.country?, w.span))) {
                return vec![self.state(code.0, Role::Recipient, code.1)];
            }
        }
        let found = self.countries_of(self.origin(&acting));
        if !found.is_empty() {
            return found;
        }
        let found = self.countries_of(self.behind_rate(&acting));
        if !found.is_empty() {
            return found;
        }
        let found = self.countries_of(self.punished(&acting));
        if !found.is_empty() {
            return found;
        }
        let found = self.countries_of(self.meant_by_it(&acting));
        if !found.is_empty() {
            return found;
        }
        let found = self.countries_of(self.described_origin(&acting));
        if !found.is_empty() {
            return found;
        }
        let note = |w: &Who| {
            let after = self.view.words.iter().find(|x| x.span.start >= w.span.end);
            after.is_some_and(|x| x.lower == "note")
        };
        let origin = |w: &&Who| {
            let told = self.is_schedule(w.span)
                || self.of_its_law(w.span)
                || self.of_next_rate(w.span)
                || self.in_reason(w.span);
            if note(w) || told || self.in_own_aside(w.span) {
                return false;
            }
            let from = self
                .before(w.span)
                .last()
                .is_some_and(|b| is!(b.lower, "on" | "from" | "against" | "of") && w.kind == WhoKind::State);
            (w.kind == WhoKind::Adjective && Some(w.span) != owned) || from
        };
        let found = self
            .view
            .who_in(self.hit.frame.extent)
            .filter(origin)
            .filter(|w| w.country.is_some_and(|c| !acting.contains(&c)))
            .filter_map(|w| Some(self.state(w.country?, Role::Recipient, w.span)))
            .collect();
        let mut found = self.countries_of(found);
        found.truncate(1);
        found
    }

    /// "China is another matter: the duty on its cars stays": the state named last before the goods.
    fn on_its_goods(&self) -> Option<(StateCode, Span)> {
        let at = self.measure()?;
        let its =
            matches!(self.word(at + 1), "on" | "against") && matches!(self.word(at + 2), "its" | "their");
        let start = crate::grammar::clause::phrase_start(self.view.words, at);
        let the = self.view.words.get(start).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Num));
        let verb = self.own_group().is_some_and(|g| g.finite && !g.passive && g.theme.is_some());
        let limit = self.view.words.get(start).filter(|_| its && the && !verb)?.span.start;
        let acts = |w: &&Who| {
            matches!(w.kind, WhoKind::State | WhoKind::Body | WhoKind::Person) && w.span.end <= limit
        };
        let who = self.view.who.iter().rfind(acts)?;
        Some((who.country?, who.span))
    }

    /// Whether the words behind the act name goods that come from somewhere.
    fn names_origin_behind(&self) -> bool {
        let from = self.hit.frame.trigger.1;
        let origin = |w: &Who| {
            w.kind == WhoKind::Adjective
                || self.before(w.span).last().is_some_and(|b| is!(b.lower, "from" | "against"))
        };
        self.view.who_in((from, self.view.words.len())).any(|w| w.country.is_some() && origin(w))
    }

    /// "Japan, a big buyer of Canadian wheat, raised its duty": what an aside tells of who acts is not hit.
    fn in_own_aside(&self, at: Span) -> bool {
        let (start, _) = self.word_range(at);
        self.own_group().is_some_and(|g| g.encloses(start))
    }

    /// "a duty on Indian goods as part of those in April, which were cut to 10%": the one origin named
    /// before the clause that describes the duty.
    fn described_origin(&self, acting: &[StateCode]) -> Vec<Side> {
        let group = self.own_group();
        let Some(group) = group.filter(|_| !self.hit.frame.nominal) else { return Vec::new() };
        let opener = group
            .start
            .checked_sub(1)
            .filter(|&i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Rel && w.lower == "which"));
        let Some(opener) = opener else { return Vec::new() };
        let origin = |w: &&Who| {
            matches!(w.kind, WhoKind::Adjective) && w.country.is_some_and(|c| !acting.contains(&c))
        };
        let named: Vec<&Who> = self.view.who_in((0, opener)).filter(origin).collect();
        match distinct(named.iter().filter_map(|w| w.country)).as_slice() {
            [one] => named.first().map(|w| self.state(*one, Role::Recipient, w.span)).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// "warned that a deal would be met with a 20% duty on all Chilean goods": those that the phrase of the
    /// rate names, whatever clause it stands in.
    fn behind_rate(&self, acting: &[StateCode]) -> Vec<Side> {
        let [one] = self.share.as_slice() else { return Vec::new() };
        let words = self.view.words;
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let on = (one.words.1..words.len().min(one.words.1 + 4))
            .find(|&i| matches!(self.word(i), "on" | "against"));
        let Some(on) = on.filter(|&on| (one.words.1..on).all(|i| measures.at(words, i))) else {
            return Vec::new();
        };
        let ends = |i: &usize| {
            words.get(*i).is_none_or(|w| {
                matches!(w.tag, Tag::Verb(_) | Tag::Punct | Tag::Rel | Tag::Sub) || w.lower == "that"
            })
        };
        let end = (on + 1..).find(ends).unwrap_or(on + 1);
        let mut found = Vec::new();
        self.collect((on + 1, end), Role::Recipient, &mut found);
        found.retain(|s| {
            s.party.country.is_some_and(|c| !acting.contains(&c))
                && !self.is_person(s.at)
                && !self.is_destination(s.at)
                && !self.spared(s.at)
                && !self.in_reason(s.at)
        });
        found
    }

    /// "buys Chilean wine although Oslo has put a duty on it": the goods named last before the pronoun.
    fn meant_by_it(&self, acting: &[StateCode]) -> Vec<Side> {
        let words = self.view.words;
        let (from, to) = self.hit.frame.extent;
        let on = (from.max(self.hit.frame.trigger.1)..to)
            .find(|&i| matches!(self.word(i), "on" | "for") && matches!(self.word(i + 1), "it" | "them"));
        let Some(at) = on.and_then(|i| words.get(i)).map(|w| w.span.start) else { return Vec::new() };
        let before = self.view.who.iter().rfind(|w| {
            let from = || {
                let led = self.before(w.span).last().is_some_and(|b| b.lower == "from");
                w.kind == WhoKind::State && led
            };
            w.span.end <= at && (w.kind == WhoKind::Adjective || from()) && !self.in_own_aside(w.span)
        });
        let other = before.and_then(|w| Some((w.country.filter(|c| !acting.contains(c))?, w.span)));
        other.map(|(code, at)| self.state(code, Role::Recipient, at)).into_iter().collect()
    }

    /// "put duties on wine to punish Chile": whom the measure is to hurt.
    fn punished(&self, acting: &[StateCode]) -> Vec<Side> {
        let from = self.hit.frame.trigger.1;
        let aims = |g: &&crate::grammar::clause::Group| {
            g.start >= from
                && !g.finite
                && is!(
                    g.lemma,
                    "punish" | "penalise" | "penalize" | "coerce" | "pressure" | "target" | "hit" | "squeeze"
                )
        };
        let mut found = Vec::new();
        if let Some(theme) = self.view.clauses.groups.iter().find(aims).and_then(|g| g.theme) {
            self.collect(theme, Role::Recipient, &mut found);
        }
        found.retain(|s| s.party.country.is_some_and(|c| !acting.contains(&c)));
        found
    }

    /// "50% on copper and 25% on goods from Chile": behind a rate that is not the act's own.
    fn of_next_rate(&self, at: Span) -> bool {
        let (start, _) = self.word_range(at);
        (self.hit.frame.trigger.1..start).any(|i| {
            let rate = self.view.words.get(i).is_some_and(crate::slots::is_sign);
            rate && !self.share.is_empty()
                && !self.share.iter().any(|own| own.words.0 <= i && i < own.words.1)
        })
    }

    /// "from anywhere but Mexico and Canada": those that are left out.
    pub(super) fn spared(&self, at: Span) -> bool {
        let words = self.view.words;
        let (mut start, _) = self.word_range(at);
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        while start > 0
            && (words.get(start - 1).is_some_and(|w| w.name)
                || matches!(lower(start - 1), "and" | "or" | "," | "the" | "for"))
        {
            start -= 1;
        }
        let word = |back: usize| start.checked_sub(back).map_or("", lower);
        match word(1) {
            "except" | "excepting" | "excluding" | "barring" | "besides" => true,
            "but" => start > 1 && words.get(start - 2).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Adv)),
            "than" => word(2) == "other",
            "from" => word(2) == "apart",
            _ => false,
        }
    }

    /// "the Harmonized Tariff Schedule of the United States": the tariff book, not those it hits.
    fn is_schedule(&self, at: Span) -> bool {
        let before = self.before(at);
        let mut words = before.iter().rev().map(|w| w.lower.as_str()).skip_while(|w| *w == "the");
        words.next() == Some("of") && words.next() == Some("schedule")
    }

    /// "payable in Indian currency", "under Indian law": of the state that collects, no origin of goods.
    fn of_its_law(&self, at: Span) -> bool {
        let (_, end) = self.word_range(at);
        self.view.words.get(end).is_some_and(|w| {
            is!(
                w.lower,
                "currency"
                    | "rupees"
                    | "pesos"
                    | "dollars"
                    | "law"
                    | "laws"
                    | "customs"
                    | "soil"
                    | "waters"
                    | "ports"
            )
        })
    }

    /// "goods coming from India", "parts made in Vietnam": where the goods of the act come from.
    fn origin(&self, acting: &[StateCode]) -> Vec<Side> {
        let groups = &self.view.clauses.groups;
        let trigger = self.hit.frame.trigger;
        // "cars that originate in Chile", "that are made there"
        let describes = |g: &Group| {
            let before = g.start.checked_sub(1).and_then(|i| self.view.words.get(i));
            g.finite && before.is_some_and(|w| w.tag == Tag::Rel || w.lower == "that")
        };
        let made = |g: &&Group| {
            (!g.finite || describes(g)) && self.context.classes.has("originate", &g.lemma)
                || g.lemma == "come" && describes(g) && self.word(g.head + 1) == "from"
        };
        let behind = groups
            .iter()
            .filter(|g| g.start >= trigger.1)
            .take_while(|g| !g.finite || describes(g))
            .find(made);
        // "A duty on lamps made in Chile enters into force": within what the clause is about.
        let subject = self.hit.frame.agent.or(self.hit.frame.theme).filter(|_| !self.hit.frame.nominal);
        let within = subject.and_then(|(start, end)| {
            groups.iter().filter(|g| start < g.start && g.start <= end && g.start < trigger.0).find(made)
        });
        let mut found = Vec::new();
        if let Some(group) = behind.or(within) {
            for (prep, range) in &group.preps {
                let from = self.view.words.get(*prep).is_some_and(|w| is!(w.lower, "from" | "in"));
                if from {
                    self.collect(*range, Role::Recipient, &mut found);
                }
            }
            let place = group.head + 2;
            if found.is_empty() && matches!(self.word(group.head + 1), "from" | "in") {
                self.collect((place, place + 3), Role::Recipient, &mut found);
            }
        }
        found.retain(|s| s.party.country.is_some_and(|c| !acting.contains(&c)));
        found
    }

    /// "vehicles imported into the United States": where goods go, not where they come from.
    fn is_destination(&self, at: Span) -> bool {
        let before = self.before(at);
        let word = |back: usize| {
            before.len().checked_sub(back).and_then(|i| before.get(i)).map_or("", |w| w.lower.as_str())
        };
        let prep = |w: &str| matches!(w, "into" | "to" | "in" | "by");
        let made = |back: usize| {
            let verb = before.len().checked_sub(back).and_then(|i| before.get(i));
            verb.is_some_and(|w| w.lower != "imported" && self.context.classes.has("originate", &w.lemma))
        };
        // "lorries built in Chile" come from there.
        let far = 1 + usize::from(word(1) == "the");
        let bound = before.len().checked_sub(far).is_some_and(|i| bound_for(before, i));
        bound || prep(word(far)) && !(word(far) == "in" && made(far + 1))
    }

    /// The adjective right at the measure: "American tariffs".
    fn measure_owner(&self) -> Option<Span> {
        *self.known.measure_owner.get_or_init(|| self.adjective_of_measure())
    }

    fn adjective_of_measure(&self) -> Option<Span> {
        let at = self.measure()?;
        let paying = self.pays_rate();
        let words = self.view.words;
        let mut start = crate::grammar::clause::phrase_start(words, at);
        // "For products from China the duty is 20%": the phrase of the duty opens with "the".
        let article = |i: &usize| words.get(*i).is_some_and(|w| w.tag == Tag::Det && w.lower == "the");
        start = (start..at).rev().find(article).unwrap_or(start);
        // "US steel and aluminum tariffs"
        let joint = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "and");
        let plain = words.get(start).is_some_and(|w| w.tag == Tag::Noun && !w.name);
        if joint && plain {
            start = crate::grammar::clause::phrase_start(words, start - 1);
        }
        self.view
            .who_in((start, at))
            .filter(|w| {
                w.country.is_some() && matches!(w.kind, WhoKind::Adjective | WhoKind::State | WhoKind::Body)
            })
            // "China Section 301 duties": those on China.
            .filter(|w| {
                let (_, end) = self.word_range(w.span);
                words.get(end).is_none_or(|next| next.lower != "section")
            })
            .filter(|w| Some(w.span) != paying && !self.names_target(w, at))
            .map(|w| w.span)
            .next()
    }

    /// "The duty that Oslo levied on cod was withdrawn": whoever laid what the act is done to.
    fn who_laid_it(&self) -> Option<(StateCode, Span)> {
        let own = self.own_group()?;
        let subject = own.subject?;
        let laid = self.view.clauses.groups.iter().find(|g| {
            g.finite
                && g.head < own.start
                && subject.0 <= g.theme.map_or(0, |t| t.0)
                && g.theme.is_some_and(|t| t.0 < subject.1 && t.1 <= g.start)
                && self.context.classes.has("impose", &g.lemma)
        })?;
        self.view.who_in(laid.subject?).find_map(|w| Some((w.country?, w.span)))
    }

    fn unnamed_imposer(&self, stance: &Stance, hit: &[Side]) -> Option<Side> {
        let target = hit.first().and_then(|s| s.party.country);
        let answering = self.answered_by();
        let onlooker = self.onlookers();
        let talks = || {
            stance
                .speaker
                .filter(|_| self.under_talks())
                .and_then(|range| self.actor_in(range)?.party.country)
        };
        let bears = self.borne_by(stance).or_else(talks);
        let ministerial = self.minister_speaks(stance);
        let free = |code: &StateCode| {
            bears != Some(*code)
                && (!ministerial || code.has_ministers())
                && !hit.iter().any(|s| s.party.country == Some(*code))
                && answering != Some(*code)
                && !self.only_pays(*code)
                && !onlooker.contains(code)
                && !self.in_breach(*code)
                && !self.only_a_reason(*code)
        };
        if let Some((code, span)) = self.who_laid_it() {
            return Some(self.state(code, Role::Actor, span));
        }
        // "Canada", above "Its rate went from 25% to 35%": of whoever the ledger tells, unless another is named.
        let ledger = self.in_ledger().filter(|(label, one)| {
            let other = |code: StateCode| code != *label && code != *one;
            free(one) && hit.iter().all(|s| !s.party.country.is_some_and(other))
        });
        if let Some((_, code)) = ledger {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        // "And the Americans? – Their tariff is 18%": not that of whoever answers.
        if self.block_kind() == Some(BlockKind::Turn) && self.theirs() {
            let code = self.asked_about().filter(free)?;
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some(code) = self.lead_act().and_then(|lead| lead.actor).filter(free) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some(code) = self.before_colon().or_else(|| self.whose_border()).filter(free) {
            return Some(self.state(code, Role::Actor, self.trigger_span()));
        }
        if let Some(code) = self.enacts().filter(free) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        // "American duties on …"
        if let Some(span) = self.measure_owner()
            && let Some(who) = self.view.who.iter().find(|w| w.span == span)
            && let Some(code) = who.country
            && (free(&code) || hit.len() == 1 && hit.first().is_some_and(|s| s.at == span))
        {
            return Some(self.state(code, Role::Actor, span));
        }
        if let Some(code) =
            self.its_measure().filter(|code| !hit.iter().any(|s| s.party.country == Some(*code)))
        {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some((code, _)) = self.measure_on_goods().filter(|(code, _)| free(code)) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some(code) = self.section().filter(free) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some((code, range)) = self.owner_by_name().filter(|(code, _)| free(code)) {
            let mut side = self.state(code, Role::Actor, self.span_of(range));
            side.understood = true;
            return Some(side);
        }
        if let Some(code) = self.importer().filter(free) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some(code) = self.by_governor().filter(free) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        // "In Norway, the 15% tariff hurts growers" tells of no one who lays it.
        if let Some(code) = self.opened_in().filter(|code| !hit.is_empty() && free(code)) {
            let mut side = self.state(code, Role::Actor, self.trigger_span());
            side.understood = true;
            return Some(side);
        }
        if let Some(range) = stance.speaker.filter(|_| !self.under_talks()) {
            let mut out = Vec::new();
            self.collect(range, Role::Actor, &mut out);
            let own = |s: &Side| {
                s.party.country.is_some_and(|c| free(&c) && !self.own_goods(c))
                    && !self.is_group(s.at)
                    && !self.is_firm(s.at)
            };
            if let Some(first) = out.into_iter().find(own) {
                // "…, according to Xinhua": whose agency it is.
                let press = |name: &SmolStr| PRESS.contains(&name.as_str());
                return match (first.party.name.as_ref().is_some_and(press), first.party.country) {
                    (true, Some(code)) => Some(self.state(code, Role::Actor, first.at)),
                    _ => Some(first),
                };
            }
        }
        // "We will double our own steel duty", said by nobody of a known state.
        if self.context.official && self.ours() {
            let own = self.view.voice.own.as_deref().and_then(|w| w.country);
            let code = own.or(self.context.voice).filter(free)?;
            return Some(self.state(code, Role::Actor, self.trigger_span()));
        }
        // Nobody taxes what comes from his own state, as far as anybody else may do it.
        let foreign = |code: &StateCode| free(code) && !self.own_goods(*code);
        let code = self.likely_imposer(target, &foreign).or_else(|| self.likely_imposer(target, &free))?;
        let mut side = self.state(code, Role::Actor, self.trigger_span());
        side.understood = true;
        Some(side)
    }

    /// "Finance Minister Roe said that the government would scrap the duty": neither Washington nor Brussels has
    /// ministers.
    fn minister_speaks(&self, stance: &Stance) -> bool {
        let minister = |w: &Who| {
            matches!(w.kind, WhoKind::Person | WhoKind::Office)
                && w.country.is_none()
                && w.office.as_deref().is_some_and(|office| caseless::contains(office, "minister"))
        };
        stance.speaker.is_some_and(|range| self.view.who_in(range).any(minister))
    }

    /// "The duty on our steel is folly, the minister said": whoever speaks bears it.
    fn borne_by(&self, stance: &Stance) -> Option<StateCode> {
        let (from, to) = self.hit.frame.extent;
        let ours = (from..to)
            .any(|i| matches!(self.word(i), "on" | "against") && matches!(self.word(i + 1), "our" | "my"));
        let speaker = stance.speaker.filter(|_| ours && stance.speaker != self.hit.frame.agent)?;
        self.actor_in(speaker)?.party.country
    }

    /// "said that talks on the 15% tariff go on": whoever speaks of a duty has not laid it for that.
    fn under_talks(&self) -> bool {
        let start = crate::grammar::clause::phrase_start(self.view.words, self.hit.frame.trigger.0);
        let word = |back: usize| start.checked_sub(back).map_or("", |i| self.word(i));
        self.hit.frame.nominal
            && matches!(word(1), "on" | "over" | "about")
            && matches!(
                word(2),
                "talks" | "negotiations" | "discussions" | "dispute" | "row" | "quarrel" | "worries"
            )
    }

    /// "If Chile does not comply, the duty snaps back": whoever is to keep to something is hit.
    fn in_breach(&self, code: StateCode) -> bool {
        let fails = |g: &&Group| {
            g.condition
                && (g.negated
                    || is!(
                        g.lemma,
                        "fail" | "breach" | "violate" | "break" | "renege" | "refuse" | "default"
                    ))
        };
        let own = self.hit.frame.group;
        let groups = self.view.clauses.groups.iter().enumerate();
        let mut failing =
            groups.filter(|(at, g)| Some(*at) != own && fails(g)).filter_map(|(_, g)| g.subject);
        failing.any(|subject| self.view.who_in(subject).any(|w| w.country == Some(code)))
    }

    /// "Peru's fell to 5%", "goods from Peru face 10%", "Peru pays 10%", "Peru is at 10%": named in the sentence only as one that pays.
    fn only_pays(&self, code: StateCode) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| self.view.words.get(at));
        let pays = |w: &Who| {
            let (start, end) = self.word_range(w.span);
            let own = word(Some(end)).is_some_and(|next| next.tag == Tag::Poss)
                && word(Some(end + 1)).is_some_and(|next| {
                    matches!(next.tag, Tag::Verb(_)) || is!(next.lower, "stayed" | "remained")
                });
            let sent = word(start.checked_sub(1)).is_some_and(|b| is!(b.lower, "from" | "through" | "via"))
                && !word(start.checked_sub(2))
                    .is_some_and(|b| is!(b.lemma, "tariff" | "duty" | "levy" | "tax"));
            // Figures only: "Peru pays a price".
            let rated = |at: usize| self.view.words.get(at).is_some_and(|w| w.tag == Tag::Num);
            let charged = w.kind == WhoKind::State
                && self.view.clauses.groups.iter().any(|g| {
                    let next = g.head + 1;
                    g.subject.is_some_and(|s| s == (start, end))
                        && (is!(g.lemma, "pay" | "face") && rated(next)
                            || g.lemma == "be"
                                && self.view.words.get(next).is_some_and(|w| w.lower == "at")
                                && rated(next + 1))
                });
            own || sent || charged
        };
        let mut named = self.view.who.iter().filter(|w| w.country == Some(code)).peekable();
        named.peek().is_some() && named.all(pays)
    }

    /// "The president put 25% on Indian goods for buying Russian oil": Russia, named for nothing else, lays no duty.
    fn only_a_reason(&self, code: StateCode) -> bool {
        let mut named = self.view.who.iter().filter(|w| w.country == Some(code)).peekable();
        named.peek().is_some() && named.all(|w| self.in_reason(w.span))
    }

    /// "A carve-out covers looms for mills in Ohio": whoever laid on the duty told before spares them.
    fn who_spares(&self) -> Option<StateCode> {
        let exempts = self.hit.rule.act == Act::TariffAction(TariffAction::Exclude);
        let code = self.memory.laid_by(self.index).filter(|_| exempts)?;
        let named = |w: &Who| w.country == Some(code) && w.kind != WhoKind::Place;
        (!self.view.who.iter().any(named)).then_some(code)
    }

    /// Whom the text so far makes the likeliest to impose it, among those that are `free` to.
    fn likely_imposer(
        &self,
        target: Option<StateCode>,
        free: &dyn Fn(&StateCode) -> bool,
    ) -> Option<StateCode> {
        target
            .and_then(|hit| self.memory.who_hit(hit))
            .or_else(|| self.who_spares().filter(|_| target.is_none()))
            .or_else(|| self.own_again())
            .or_else(|| self.who_charged())
            .or_else(|| self.owner_nearby().filter(|code| free(code)))
            .or_else(|| self.approver().filter(|code| free(code)))
            .or_else(|| self.acting_here().filter(|code| free(code)))
            .or_else(|| self.memory.main_actor().filter(|code| target.is_some() && free(code)))
            .or_else(|| self.other_named(free).filter(|_| target.is_some()))
            // "Hanoi drops its duties on American cars, while its shoes pay 20%"
            .or_else(|| {
                let hits = |hit| self.hit_here(hit).pop().or_else(|| self.memory.whom_hits(hit));
                target.and_then(hits).filter(|code| free(code))
            })
            .or_else(|| self.memory.hub().filter(|code| target.is_some() && free(code)))
            .or_else(|| {
                self.memory
                    .named_measure()
                    .map(|(owner, _)| owner)
                    .filter(|code| self.memory.last_actor().is_none() && free(code))
            })
            // "Section 301: the old duties" stands above it.
            .or_else(|| {
                let nobody_yet = self.memory.last_actor().is_none();
                self.memory.owner_by_name().filter(|code| nobody_yet && free(code))
            })
            .or_else(|| self.memory.actor(self.index).filter(|code| target.is_some() && free(code)))
            .or_else(|| self.author_on_others().filter(|code| free(code)))
            .or(match (target, self.bilateral()) {
                (Some(hit), [a, b]) if hit == *a => Some(*b),
                (Some(hit), [a, b]) if hit == *b => Some(*a),
                _ => None,
            })
            .filter(|code| free(code))
            .or_else(|| self.memory.actor(self.index).filter(|code| free(code)))
            .or_else(|| self.memory.announcer().filter(|code| free(code)))
            .or_else(|| self.court().filter(|code| free(code)))
            .or_else(|| self.memory.only_actor().filter(|code| free(code)))
            .or_else(|| self.memory.last_actor().filter(|code| free(code) && self.known_measure()))
            .or_else(|| self.by_subject().filter(|code| free(code)))
            .or_else(|| {
                self.context.sole.filter(|code| free(code) && self.at_the_border() && !self.own_goods(*code))
            })
            .or_else(|| self.context.voice.filter(|v| self.context.official && free(v)))
            .or_else(|| self.memory.last_actor().filter(|code| free(code)))
            .or_else(|| self.teller_of_it(free))
            .or_else(|| self.memory.subject_before(self.index).filter(|code| free(code)))
            .or_else(|| {
                let acts = |code: &StateCode| self.context.powers.contains(code) && free(code);
                self.context.sides.iter().copied().find(acts).filter(|_| self.view.on_tariffs)
            })
    }

    /// A paper of an authority on the goods of others is on its own duties.
    fn author_on_others(&self) -> Option<StateCode> {
        // In a speech "they" may charge it.
        let paper = self.block_kind() != Some(BlockKind::Turn)
            && (self.hit.frame.nominal || self.hit.frame.agent.is_none());
        let voice = self.context.voice.filter(|_| self.context.official && paper);
        voice.filter(|code| !self.context.sides.contains(code))
    }

    /// "Peru made clear that the duties on pork followed an inquiry": whoever speaks of them.
    fn teller_of_it(&self, free: &dyn Fn(&StateCode) -> bool) -> Option<StateCode> {
        let says = |g: &crate::grammar::clause::Group| {
            self.context.classes.has("say", &g.lemma) || g.lemma == "make"
        };
        let first = self.view.clauses.groups.iter().find(|g| g.finite);
        // "Peru's ministry said its exporters face a 20% tariff": of somebody else.
        let own = self.own_group().filter(|g| is!(g.lemma, "face" | "pay" | "bear" | "carry" | "incur"));
        let pays = own.and_then(|g| g.subject).and_then(|(from, _)| self.view.words.get(from));
        if pays.is_some_and(|w| w.tag == Tag::Poss || is!(w.lower, "its" | "their" | "our" | "his" | "her")) {
            return None;
        }
        self.other_named(free).filter(|_| first.is_some_and(says))
    }

    /// "Chilean wine has paid 17% since the day that Canada left the accord": the one state that acts in
    /// the sentence.
    fn other_named(&self, free: &dyn Fn(&StateCode) -> bool) -> Option<StateCode> {
        // "…, while Vietnam pays 20%"
        // "While Britain got away with 10%, Brazil was slapped with 50%"
        let pays = |g: &crate::grammar::clause::Group| {
            g.passive
                || is!(g.lemma, "pay" | "face" | "bear" | "carry" | "enjoy" | "owe" | "escape")
                || is!(g.lemma, "get" | "receive" | "land" | "draw" | "suffer" | "hope" | "fear" | "brace")
        };
        let active = self.view.clauses.groups.iter().filter(|g| g.finite && !pays(g));
        let subjects = active.filter_map(|g| g.subject);
        let acting = subjects.flat_map(|s| self.view.who_in(s));
        let acting = acting.filter(|w| w.is("official") && !self.of_goods(w));
        match distinct(acting.filter_map(|w| w.country).filter(free)).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// "With the approval of the State Council, a duty will be levied": whose approval it has.
    fn approver(&self) -> Option<StateCode> {
        let official = self.view.who.iter().filter(|w| w.is("official"));
        official.filter(|w| self.approves(w.span)).find_map(|w| w.country)
    }

    fn approves(&self, at: Span) -> bool {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let (start, _) = self.word_range(at);
        let start = start - usize::from(start > 0 && lower(start - 1) == "the");
        start > 1
            && lower(start - 1) == "of"
            && is!(lower(start - 2), "approval" | "consent" | "decision" | "order" | "decree")
    }

    /// "America's second duty on Indian goods came on top of the 25% collected since May": whose the other
    /// duty of the sentence is.
    fn owner_nearby(&self) -> Option<StateCode> {
        let words = self.view.words;
        let measures = self.context.classes.get("tariff")?;
        let trigger = self.hit.frame.trigger.0;
        let at = self.view.first((0, words.len()), measures).filter(|&at| at != trigger)?;
        let start = crate::grammar::clause::phrase_start(words, at);
        let owns = |w: &&Who| matches!(w.kind, WhoKind::Adjective | WhoKind::State);
        self.view.who_in((start, at)).find(owns).and_then(|w| w.country)
    }

    /// "China has imported more barley since duties were removed": whoever imports.
    fn importer(&self) -> Option<StateCode> {
        let own = self.hit.frame.group;
        let mut groups = self.view.clauses.groups.iter().enumerate();
        // "If China does not buy wheat, the duty comes back": China lays none.
        let buys = |g: &Group| g.finite && !g.passive && !g.negated && !g.condition;
        let (_, group) =
            groups.find(|(at, g)| Some(*at) != own && buys(g) && is!(g.lemma, "import" | "buy"))?;
        let subject = group.subject?;
        self.view.who_in(subject).find(|w| w.kind == WhoKind::State).and_then(|w| w.country)
    }

    /// "Modi announced that tariffs on Made-in-India goods would fall": nobody taxes his own goods.
    fn own_goods(&self, code: StateCode) -> bool {
        let (start, end) = self.hit.frame.extent;
        // "The ministry said exporters face a 20% duty": those of its own state.
        let seller = |i: usize| {
            self.view.words.get(i).is_some_and(|w| {
                is!(
                    w.lemma,
                    "exporter"
                        | "export"
                        | "producer"
                        | "farmer"
                        | "grower"
                        | "manufacturer"
                        | "maker"
                        | "shipper"
                )
            })
        };
        let governing = self.own_group();
        let payer = match self.hit.frame.nominal {
            true => governing.and_then(|g| g.subject),
            false => self.hit.frame.agent.or(self.hit.frame.theme),
        };
        let foreign = |range: Range| self.view.who_in(range).any(|w| w.country.is_some_and(|c| c != code));
        if payer.is_some_and(|range| (range.0..range.1).any(seller) && !foreign(range)) {
            return true;
        }
        let behind = self.hit.frame.theme.map_or(start, |theme| theme.0.max(start));
        self.view.who_in((behind, self.with_relative(end))).any(|w| {
            let mut before = self.before(w.span).iter().rev().skip_while(|b| b.lower == "the");
            let led = before.next().map_or("", |b| b.lower.as_str());
            let maker = before.next();
            let maker =
                maker.is_some_and(|b| b.lower == "-" || self.context.classes.has("originate", &b.lemma));
            let made = matches!(led, "from" | "-") || led == "in" && maker;
            w.country == Some(code) && (made || w.kind == WhoKind::Adjective && self.origin_of_goods(w.span))
        })
    }

    /// Whether the sentence tells of a duty on what comes from abroad.
    fn at_the_border(&self) -> bool {
        self.view.words.iter().any(|w| {
            is!(
                w.lemma,
                "import"
                    | "tariff"
                    | "customs"
                    | "anti-dumping"
                    | "antidumping"
                    | "safeguard"
                    | "countervailing"
            ) || w.lower == "imported"
        })
    }

    /// "Ankara fixed duties of 12%": whoever does what the verb of the measure says.
    fn by_governor(&self) -> Option<StateCode> {
        let group =
            self.own_group().filter(|g| self.hit.frame.nominal && g.finite && !g.passive && !g.negated)?;
        let sets = is!(
            group.lemma,
            "unveil" | "fix" | "adopt" | "approve" | "decree" | "set" | "introduce" | "lay" | "publish"
        );
        let trigger = self.hit.frame.trigger.0;
        let object = group.theme.is_some_and(|(start, end)| start <= trigger && trigger < end);
        let subject =
            group.subject.filter(|_| object && (sets || self.context.classes.has("impose", &group.lemma)))?;
        self.view.who_in(subject).find(|w| w.is("official")).and_then(|w| w.country)
    }

    /// "Trump unveiled a series of steps, including a 50% tariff on copper": whoever unveils them.
    fn by_subject(&self) -> Option<StateCode> {
        let trigger = self.hit.frame.trigger.0;
        let acts = |g: &&crate::grammar::clause::Group| {
            g.head < trigger && (self.context.classes.has("impose", &g.lemma) || g.lemma == "unveil")
        };
        let group = self.view.clauses.groups.iter().rfind(acts).filter(|_| self.hit.frame.nominal)?;
        let subject = group.subject.filter(|_| !group.passive && !group.negated)?;
        let official = |w: &&Who| {
            matches!(
                w.kind,
                WhoKind::State | WhoKind::Person | WhoKind::Body | WhoKind::Authority | WhoKind::Office
            )
        };
        self.view.who_in(subject).find(official).and_then(|w| w.country)
    }

    /// "Copper imports into the United States will carry 50%": whose border they cross.
    fn whose_border(&self) -> Option<StateCode> {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        self.view.who.iter().find_map(|w| {
            let (start, _) = self.word_range(w.span);
            let start = start - usize::from(start > 0 && lower(start - 1) == "the");
            // "Vietnam's exports to the United States", "goods shipped to the United States"
            let sold = start > 1
                && lower(start - 1) == "to"
                && is!(
                    lower(start - 2),
                    "exports" | "exported" | "shipments" | "shipped" | "sold" | "sent" | "sales"
                );
            let sold = sold || start.checked_sub(1).is_some_and(|i| bound_for(words, i));
            // "Goods of Chile pay 10% in the United States", "duties came into force in the United States"
            let there = start > 0
                && lower(start - 1) == "in"
                && (self.told_of_payers() || self.starts_itself())
                && start > self.hit.frame.trigger.1
                && start < self.hit.frame.extent.1 + 2
                && !w.city;
            if there {
                return w.country;
            }
            // "Lesotho would pay 10% to Washington"
            let paid = start > 1
                && lower(start - 1) == "to"
                && is!(lower(start - 2), "%" | "percent")
                && self.own_group().is_some_and(|g| g.lemma == "pay");
            if paid {
                return w.country;
            }
            let led = sold || start > 0 && is!(lower(start - 1), "into" | "entering");
            let goods = (start.saturating_sub(5)..start).any(|i| {
                is!(
                    lower(i),
                    "import" | "imports" | "imported" | "shipments" | "goods" | "products" | "shipped"
                )
            });
            w.country.filter(|_| led && (goods || sold))
        })
    }

    /// "Peru prolonged its duty on Chilean wine", "Peru, by removing its duty on it, …": of the one state that
    /// acts before it in the sentence.
    fn its_measure(&self) -> Option<StateCode> {
        let words = self.view.words;
        let at = self.measure()?;
        let start = crate::grammar::clause::phrase_start(words, at);
        let own =
            (start..at).any(|i| is!(words.get(i).map_or(WordId::NONE, |w| w.lower.id()), "its" | "their"));
        let on = matches!(self.word(at + 1), "on" | "against");
        let limit = words.get(start).filter(|_| own && on)?.span.start;
        let acts = |w: &&Who| {
            matches!(w.kind, WhoKind::State | WhoKind::Body | WhoKind::Person | WhoKind::Office)
                && w.span.end <= limit
                && !self.of_goods(w)
        };
        match distinct(self.view.who.iter().filter(acts).filter_map(|w| w.country)).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// "The sugar duty had been raised last year", "the levy on chocolate stays": a measure told before, by its
    /// goods, and on whom it is.
    pub(super) fn measure_on_goods(&self) -> Option<(StateCode, &[StateCode])> {
        let words = self.view.words;
        let at = self.measure()?;
        let start = crate::grammar::clause::phrase_start(words, at);
        let known = words.get(start).is_some_and(|w| is!(w.lower, "the" | "this" | "that"));
        let plain = |i: &usize| {
            words.get(*i).is_some_and(|w| {
                w.tag == Tag::Noun
                    && !(w.name || w.time || w.capital)
                    && !is!(w.lower, "percent" | "%" | "import" | "export" | "trade" | "safeguard" | "goods")
            })
        };
        let end = if matches!(self.word(at + 1), "on" | "for") { at + 4 } else { at };
        let told = |w: &&Who| w.country.is_some();
        if !known || self.view.who_in((start, end.max(at + 1))).any(|w| told(&w)) {
            return None;
        }
        let before = (start + 1..at).rev().filter(plain);
        let behind = (at + 2..end).filter(plain).take(1);
        before.chain(behind).find_map(|i| self.memory.on_goods(words.get(i)?.lower.as_str()))
    }

    /// "we will raise it", "our own duty".
    fn ours(&self) -> bool {
        let we = self.hit.frame.agent.is_some_and(|(from, to)| to == from + 1 && self.word(from) == "we");
        let measure = self.measure().filter(|_| !self.hit.frame.nominal || self.own_group().is_some());
        we || measure.is_some_and(|at| {
            let start = crate::grammar::clause::phrase_start(self.view.words, at);
            (start..at).any(|i| self.word(i) == "our")
        })
    }

    /// "their tariff": a measure of somebody spoken of before.
    fn theirs(&self) -> bool {
        let Some(at) = self.measure() else { return false };
        let start = crate::grammar::clause::phrase_start(self.view.words, at);
        (start..at).any(|i| matches!(self.word(i), "their" | "your"))
    }

    /// "In Kenya, the order on Thai tyres was revoked": the state in which the sentence is set, where nobody
    /// of another state speaks in it. What is told of a city may be done by whoever meets there.
    fn opened_in(&self) -> Option<StateCode> {
        let words = self.view.words;
        let at = 1 + usize::from(self.word(1) == "the");
        let start = words.get(at).filter(|_| self.word(0) == "in")?.span.start;
        let who = self.view.who.iter().find(|w| w.span.start == start)?;
        let seat = || {
            let told = format!("{} said so.", self.context.doc.slice(who.span));
            crate::surroundings::named_in(&told).first().is_some_and(|w| w.kind == WhoKind::State)
        };
        let place = matches!(who.kind, WhoKind::Place | WhoKind::State) && (!who.city || seat());
        let (_, end) = self.word_range(who.span);
        let official = |w: &Who| w.is("official") && w.kind != WhoKind::Place && w.country != who.country;
        let alone = !self.view.who.iter().any(|w| w.country.is_some() && official(w) && !self.of_goods(w));
        who.country.filter(|_| place && self.word(end) == "," && alone)
    }

    /// "the tariff on the European Union", "wine from Peru": named for its goods.
    pub(super) fn of_goods(&self, who: &Who) -> bool {
        let mut before = self.before(who.span).iter().rev().skip_while(|b| b.lower == "the");
        before.next().is_some_and(|b| is!(b.lower, "on" | "from" | "against" | "of"))
    }

    /// "The duties took effect": told of the measure, not of anybody who lays it on.
    fn starts_itself(&self) -> bool {
        let measures = self.context.classes.get("tariff").unwrap_or_default();
        let subject = self.own_group().filter(|g| g.finite && !g.passive).and_then(|g| g.subject);
        self.hit.rule.act == Act::TariffAction(TariffAction::Impose)
            && !self.hit.frame.nominal
            && subject.is_some_and(|subject| self.view.has(subject, measures))
    }

    /// "Ankara reacted on Wednesday: 120% on cars, 140% on spirits": who reacted.
    pub(super) fn before_colon(&self) -> Option<StateCode> {
        let words = self.view.words;
        let trigger = self.hit.frame.trigger.0;
        let colon = (0..trigger).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ":"))?;
        // "tried the same: 30% on shoes, because the price fell": what gives a reason is no verb of the list.
        let reason = |g: &Group| {
            let opener = g.opens().checked_sub(1).and_then(|i| words.get(i));
            g.head > trigger && opener.is_some_and(|w| is!(w.lower, "because" | "as" | "since" | "until"))
        };
        let verbless = !self.view.clauses.groups.iter().any(|g| g.finite && g.head > colon && !reason(g));
        let group = self.view.clauses.groups.iter().rfind(|g| g.finite && g.head < colon)?;
        let subject = group.subject.filter(|_| verbless && self.hit.frame.nominal)?;
        self.view.who_in(subject).find(|w| w.kind != WhoKind::Group).and_then(|w| w.country)
    }

    /// "Its own duties were dropped": those of the side that was hit before.
    fn own_again(&self) -> Option<StateCode> {
        let (start, end) = self.hit.frame.theme?;
        let lower = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let own = (start..end).any(|i| is!(lower(i), "its" | "their") && lower(i + 1) == "own");
        self.memory.last_recipient().filter(|_| own && self.hit.frame.agent.is_none())
    }

    /// "The 10% became 25%": whose 10% that was.
    fn who_charged(&self) -> Option<StateCode> {
        let known = |i: &&Percentage| {
            i.part == Part::From
                || i.words
                    .0
                    .checked_sub(1)
                    .and_then(|at| self.view.words.get(at))
                    .is_some_and(|w| w.lower == "the")
        };
        self.share.iter().find(known).and_then(|i| self.memory.who_charges(i.value))
    }

    /// "The rise was carried out after all": a measure told before.
    pub(super) fn known_measure(&self) -> bool {
        let start = match (self.hit.frame.nominal, self.hit.frame.theme) {
            (false, Some(theme)) => theme.0,
            _ => crate::grammar::clause::phrase_start(self.view.words, self.hit.frame.trigger.0),
        };
        self.view.words.get(start).is_some_and(|w| is!(w.lower, "the" | "this" | "these" | "that"))
    }

    /// A court rules on the measures of its own state.
    fn court(&self) -> Option<StateCode> {
        let court =
            |w: &&Who| w.kind == WhoKind::Body && caseless::contains(self.context.doc.slice(w.span), "court");
        self.view.who.iter().find(court).and_then(|w| w.country)
    }

    /// The state whose measures bear a name of the sentence, such as "Section 301".
    pub(super) fn owner_by_name(&self) -> Option<(StateCode, Range)> {
        *self.known.owner_by_name.get_or_init(|| self.bearer_of_name())
    }

    fn bearer_of_name(&self) -> Option<(StateCode, Range)> {
        self.view.owner_by_name(self.context.classes)
    }

    /// The two states the text is about, unless others are named nearly as much.
    pub(super) fn bilateral(&self) -> &[StateCode] {
        if self.context.bilateral { &self.context.sides } else { &[] }
    }

    /// Tariffs hit countries: persons and bodies stand for theirs.
    fn countries_of(&self, found: Vec<Side>) -> Vec<Side> {
        if found.is_empty() {
            return found;
        }
        let mut out: Vec<Side> = Vec::new();
        for side in found {
            let Some(code) = side.party.country else { continue };
            if out.iter().any(|s| s.party.country == Some(code)) {
                continue;
            }
            let name = Some(self.name_of(code));
            out.push(Side { party: Player { name, office: None, ..side.party }, ..side });
        }
        out
    }
}

/// "Chilean goods bound for Canada": whether the word at `at` leads to where they go.
fn bound_for(words: &[Word], at: usize) -> bool {
    let lower = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or(WordId::NONE, |w| w.lower.id());
    lower(Some(at)) == "for" && is!(lower(at.checked_sub(1)), "bound" | "destined" | "headed" | "meant")
}
