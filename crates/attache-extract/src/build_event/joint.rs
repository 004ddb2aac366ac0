//! Who takes part where an act is done together.

use super::collect::side;
use super::*;

use crate::grammar::lower::{WordList, is};

/// Whoever is sent to a state.
static MISSIONS: WordList = WordList::new(&[
    "ambassador",
    "chamber",
    "commerce",
    "consulate",
    "embassy",
    "envoy",
    "mission",
    "representative",
]);

impl Builder<'_> {
    /// "Met officials headed by X", "the commission met in Lima, led by X and Y": they take part.
    pub(super) fn led_by(&self, out: &mut Vec<Side>) {
        let words = self.view.words;
        let leads = |p: usize| {
            words.get(p).is_some_and(|w| w.lower == "by")
                && p.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| {
                    is!(w.lemma, "lead" | "head" | "chair" | "co-chair" | "represent" | "spearhead")
                })
        };
        for (_, range) in self.hit.frame.preps.iter().filter(|(p, _)| leads(*p)) {
            self.collect(*range, Role::Participant, out);
        }
        let end = self.hit.frame.trigger.1;
        let met = self.hit.rule.act.kind() == Kind::Engagement && !self.hit.frame.nominal;
        let clauses = || self.view.clauses.groups.iter().filter(|g| g.finite && g.head >= end);
        let next = clauses().next().map_or(words.len(), |g| g.start);
        let loose = |p: usize| p.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        let nominal = self.hit.rule.act.kind() == Kind::Engagement && self.hit.frame.nominal;
        if let Some(by) = (end..next).find(|&p| (met || nominal) && leads(p) && loose(p)) {
            self.collect((by + 1, next), Role::Participant, out);
        }
        if self.hit.rule.act.kind() == Kind::Engagement {
            self.heads_aside(out);
            self.at_the_table(out);
        }
    }

    /// "in which the Peruvian side was led by X and the Chilean side by Y", "with X leading the Peruvian side",
    /// "under the co-chairmanship of X and Y": those who do.
    pub(super) fn heads_of_sides(&self, out: &mut Vec<Side>) {
        // Where nobody else is named, both sides are understood.
        if out.is_empty() {
            return;
        }
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let of = |range: Range| self.view.who_in(range).find_map(|w| w.country);
        let mut add = |range: Range, state: Option<StateCode>| {
            let mut found = Vec::new();
            self.collect(range, Role::Participant, &mut found);
            found.retain(|s| self.kind_at(s) == Some(WhoKind::Person));
            // "consultations with a Peruvian delegation headed by Minister Roe": of Peru.
            for known in out.iter_mut().filter(|o| found.iter().any(|s| s.at == o.at)) {
                known.party.country = known.party.country.or(state);
            }
            found.retain(|s| !out.iter().any(|o| o.at == s.at));
            for side in &mut found {
                side.party.country = side.party.country.or(state);
            }
            out.extend(found.into_iter().filter(|s| s.party.country.is_some()));
        };
        for at in 0..words.len() {
            let side = is!(lower(at), "side" | "delegation" | "team");
            // "was led by", and with the verb left out
            let led = usize::from(is!(lower(at + 1), "was" | "were" | "being" | "is"));
            let led = led + usize::from(is!(lower(at + 1 + led), "led" | "headed" | "represented"));
            if side && lower(at + 1 + led) == "by" {
                let from = at + 2 + led;
                let team = |i: &usize| is!(lower(*i), ";" | "side" | "delegation" | "team");
                let stop = (from..words.len()).find(team).unwrap_or(words.len());
                // "by X and the Chilean side by Y": the side begins behind "and".
                let stop = (from..stop).rfind(|&i| lower(i) == "and" && stop < words.len()).unwrap_or(stop);
                add((from, stop), of((at.saturating_sub(2), at + 1)));
            }
            if is!(lower(at), "leading" | "heading" | "representing") {
                let end = (at + 1..(at + 6).min(words.len()))
                    .find(|&i| is!(lower(i), "side" | "delegation" | "team"));
                let with = (at.saturating_sub(16)..at).rfind(|&i| is!(lower(i), "with"));
                if let (Some(with), Some(end)) = (with, end) {
                    add((with + 1, at), of((at + 1, end + 1)));
                }
            }
            let chaired = is!(lower(at), "chairmanship" | "co-chairmanship" | "leadership");
            if chaired && lower(at + 1) == "of" {
                add((at + 2, words.len()), None);
            }
        }
    }

    /// "The delegations, headed respectively by X and by Y, conferred": those who head them.
    fn heads_aside(&self, out: &mut Vec<Side>) {
        let words = self.view.words;
        let trigger = self.hit.frame.trigger.0;
        let subject = self.own_group().and_then(|g| g.subject).or(self.hit.frame.agent);
        let Some((from, _)) = subject.filter(|s| s.1 <= trigger && !self.hit.frame.nominal) else { return };
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let teams = |i: &usize| is!(lower(*i), "delegations" | "sides" | "teams");
        let Some(of) = (from..trigger).find(teams).filter(|&of| lower(of + 1) == ",") else { return };
        let led = (of + 2..of + 5).find(|&i| lower(i) == "by");
        let heads = words.get(of + 2).is_some_and(|w| is!(w.lemma, "lead" | "head" | "chair"));
        if let Some(by) = led.filter(|&by| heads && by < trigger) {
            self.collect((by + 1, trigger), Role::Participant, out);
        }
    }

    /// "Talks resumed on Monday, with X and his counterpart Y at the table": X and Y.
    fn at_the_table(&self, out: &mut Vec<Side>) {
        let next = self.view.words.len();
        let lower = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let opens = |i: &usize| lower(*i) == "with" && i.checked_sub(1).is_some_and(|i| lower(i) == ",");
        let Some(with) = (self.hit.frame.trigger.1..next).find(opens) else { return };
        let seated = |i: usize| {
            is!(lower(i), "at" | "in" | "on") && lower(i + 1) == "the" && is!(lower(i + 2), "table" | "chair")
                || is!(lower(i), "attending" | "presiding" | "participating")
                || lower(i) == "taking" && lower(i + 1) == "part"
        };
        let Some(stop) = (with + 1..next).find(|&i| seated(i)) else { return };
        let mut found = Vec::new();
        self.collect((with + 1, stop), Role::Participant, &mut found);
        found.retain(|s| self.kind_at(s) == Some(WhoKind::Person));
        // "Trade Minister X and his counterpart Y", between two states: each of the one that is left.
        let states = distinct(out.iter().filter_map(|s| s.party.country));
        let taken = distinct(found.iter().filter_map(|s| s.party.country));
        if let [a, b] = *states.as_slice() {
            match (found.as_mut_slice(), taken.as_slice()) {
                ([x, y], []) => (x.party.country, y.party.country) = (Some(a), Some(b)),
                ([x, y], [one]) if *one == a || *one == b => {
                    let other = if *one == a { b } else { a };
                    let free = if x.party.country.is_none() { x } else { y };
                    free.party.country = free.party.country.or(Some(other));
                }
                _ => {}
            }
        }
        found.retain(|s| s.party.country.is_some());
        out.extend(found);
    }

    /// "met X, the head of the department, and Y, state secretary there": those whose list goes on behind what
    /// one of them is.
    pub(super) fn named_on(&self, out: &mut Vec<Side>) {
        if self.hit.frame.nominal {
            return;
        }
        let text = self.context.doc.text;
        let trigger = self.trigger_span().end;
        let behind = |s: &&Side| s.at.start >= trigger && self.kind_at(s) == Some(WhoKind::Person);
        let Some(last) = out.iter().filter(behind).max_by_key(|s| s.at.end) else { return };
        let (mut end, role, mut country) = (last.at.end, last.party.role, last.party.country);
        for who in self.view.who.iter().filter(|w| w.span.start >= trigger) {
            let between = || text.get(end..who.span.start).unwrap_or("");
            let verb = |g: &Group| {
                let at = self.view.words.get(g.head).map_or(0, |w| w.span.start);
                g.finite && end <= at && at < who.span.start
            };
            if who.span.start < end || who.kind != WhoKind::Person {
                continue;
            }
            let joined = between().starts_with(", ")
                && between().trim_end().ends_with(" and")
                && !between().contains(';')
                && !self.view.clauses.groups.iter().any(verb);
            let office = who.office.is_some() || who.country.is_some();
            if !joined || !office || who.apart {
                return;
            }
            if !out.iter().any(|s| s.at == who.span) {
                let mut more = side(who, role);
                more.party.country = more.party.country.or(country);
                country = more.party.country;
                out.push(more);
            }
            end = who.span.end;
        }
    }

    /// "X, accompanied by Y, met Z", "together with Y, X received Z": Y as well, of the same state as X.
    pub(super) fn accompanied(&self, out: &mut Vec<Side>) {
        let words = self.view.words;
        let word = |i: usize| words.get(i);
        let beside = |i: usize| {
            let by = word(i + 1).is_some_and(|w| w.lower == "by");
            let with = word(i).is_some_and(|w| w.lower == "together")
                && word(i + 1).is_some_and(|w| w.lower == "with");
            let joined = by && word(i).is_some_and(|w| is!(w.lower, "accompanied" | "flanked" | "joined"));
            if joined || with {
                return Some(i + 2);
            }
            word(i).is_some_and(|w| w.lower == "alongside").then_some(i + 1)
        };
        for from in (0..words.len()).filter_map(beside) {
            let closed = (from..words.len()).find(|&i| {
                word(i).is_some_and(|w| is!(w.lower, "," | ";" | ")" | "met" | "in" | "on" | "at" | "with"))
                    && !self.view.who.iter().any(|w| w.span.contains(self.span_of((i, i + 1))))
            });
            let mut found = Vec::new();
            self.collect((from, closed.unwrap_or(words.len())), Role::Participant, &mut found);
            found.retain(|s| self.kind_at(s) == Some(WhoKind::Person) && !out.iter().any(|o| o.at == s.at));
            let start = self.word_start(from).unwrap_or(0);
            let person = |s: &&Side| s.party.country.is_some() && self.kind_at(s) == Some(WhoKind::Person);
            let before = out.iter().filter(person).filter(|s| s.at.end <= start).max_by_key(|s| s.at.end);
            let host = before.or_else(|| out.iter().filter(person).min_by_key(|s| s.at.start));
            let Some(host) = host.and_then(|s| s.party.country) else { continue };
            let sides = distinct(out.iter().filter_map(|s| s.party.country));
            for side in &mut found {
                side.party.country = side.party.country.or(Some(host));
            }
            found.retain(|s| s.party.country.is_some_and(|code| sides.contains(&code)));
            out.extend(found);
        }
    }

    /// "The two ministers, X of Peru and Y of Chile, met": the ministers are X and Y.
    fn offices_of_both(&self, sides: &mut Vec<Side>) {
        let spans: SmallVec<[Span; 8]> = sides.iter().map(|s| s.at).collect();
        let of_two = |at: Span| spans.iter().filter(|span| **span == at).count() > 1;
        let nameless = |s: &Side| s.party.name.is_none() && s.party.office.is_some() && of_two(s.at);
        let mut at = 0;
        while let Some(side) = sides.get(at) {
            let (country, office) = (side.party.country, side.party.office.clone());
            let holds = |s: &&mut Side| {
                s.party.country == country
                    && s.party.name.is_some()
                    && s.party.office.is_none()
                    && self.view.who.iter().any(|w| w.span == s.at && w.kind == WhoKind::Person)
            };
            if !nameless(side) || country.is_none() {
                at += 1;
                continue;
            }
            match sides.iter_mut().find(holds) {
                Some(person) => {
                    person.party.office = office;
                    sides.remove(at);
                }
                None => at += 1,
            }
        }
    }

    /// Where people of a state are named, the state itself is no further participant; nor are "economies".
    pub(super) fn drop_states_of_people(&self, sides: &mut Vec<Side>) {
        if sides.len() < 2 {
            return;
        }
        self.offices_of_both(sides);
        let bare = |s: &Side| {
            s.party.office.is_none()
                && s.party.name.is_some()
                && s.party.name.as_deref() == s.party.country.map(self.context.state_name).as_deref()
        };
        let bare: SmallVec<[bool; 8]> = sides.iter().map(bare).collect();
        let mut people: SmallVec<[StateCode; 8]> = SmallVec::new();
        for (side, bare) in sides.iter().zip(&bare) {
            people.extend(side.party.country.filter(|_| !bare));
        }
        let several = distinct(sides.iter().filter_map(|s| s.party.country)).len() >= 2;
        let mut bare = bare.into_iter();
        sides.retain(|s| {
            let bare = bare.next() == Some(true);
            !(bare && s.party.country.is_some_and(|c| people.contains(&c)))
        });
        let nobody = |s: &Side| {
            s.party.country.is_none()
                && s.party.office.is_none()
                && (self.of_group(s)
                    || s.party
                        .name
                        .as_deref()
                        .is_some_and(|n| matches!(n, "Delegations" | "Officials" | "Negotiators" | "Teams"))
                    || s.party.name.as_deref().is_some_and(|n| n.starts_with(char::is_lowercase)))
        };
        if several {
            sides.retain(|s| !nobody(s));
        }
        // "A delegation led by X": X.
        let led = |s: &Side| {
            s.party.name.as_deref() == Some("delegation")
                && people.iter().filter(|c| Some(**c) == s.party.country).count() > 1
        };
        sides.retain(|s| !led(s));
    }

    /// "Wang said that Xi and Trump had agreed": whoever only tells of it is no party.
    pub(super) fn drop_teller(&self, stance: &Stance, sides: &mut Vec<Side>) {
        let Some(range) = stance.speaker.or_else(|| self.who_tells()) else { return };
        let told = self.span_of(range);
        let others: Vec<StateCode> =
            sides.iter().filter(|s| !told.contains(s.at)).filter_map(|s| s.party.country).collect();
        sides.retain(|s| !(told.contains(s.at) && s.party.country.is_some_and(|c| others.contains(&c))));
    }

    /// "Ana Muestra said that they held a meeting in Oslo, which marked a new start": who says so, though
    /// the act hangs on another verb.
    pub(super) fn who_tells(&self) -> Option<Range> {
        let that = |g: &Group| self.view.words.get(g.head + 1).is_some_and(|w| w.lower == "that");
        let tells = |g: &&Group| g.finite && self.context.classes.has("say", &g.lemma) && that(g);
        let mut before = self.view.clauses.groups.iter().filter(|g| g.head < self.hit.frame.trigger.0);
        before.find(tells)?.subject
    }

    /// In an order, its signatory acts where nobody of the state is named.
    pub(super) fn signed(&self, sides: &mut [Side]) {
        let Some(signatory) = &self.context.signatory else { return };
        let measure = matches!(self.hit.rule.act.kind(), Kind::TariffAction | Kind::Tension);
        if !self.context.first_person && !measure {
            return;
        }
        let trigger = self.trigger_span();
        let unnamed = |s: &&mut Side| {
            s.party.role == Role::Actor
                && (s.understood || s.at == trigger)
                && s.party.country == signatory.country
        };
        for side in sides.iter_mut().filter(unnamed) {
            side.party.name.clone_from(&signatory.name);
            side.party.office.clone_from(&signatory.office);
            side.name = signatory.name_span;
            side.office = signatory.office_span;
        }
    }

    /// "Talks between negotiators of both": its own, though no state is named with them.
    pub(super) fn own_people(&self) -> bool {
        let frame = &self.hit.frame;
        frame.nominal
            && frame
                .preps
                .iter()
                .any(|(p, _)| self.view.words.get(*p).is_some_and(|w| is!(w.lower, "between" | "among")))
    }

    /// "A pause agreed during the first round in Oslo": the people of the sentence are of another contact.
    pub(super) fn beside_another(&self) -> bool {
        let words = self.view.words;
        let mut start = crate::grammar::clause::phrase_start(words, self.hit.frame.trigger.0);
        // "The first round of negotiations".
        let of = start.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == "of"));
        if let Some(head) = of.and_then(|i| i.checked_sub(1)) {
            start = crate::grammar::clause::phrase_start(words, head);
        }
        let before = start.checked_sub(1).and_then(|i| words.get(i));
        (self.presupposed() || of.is_some())
            && start > 4
            && before.is_some_and(|w| is!(w.lower, "during" | "in" | "at" | "since" | "after" | "following"))
    }

    /// The persons the sentence names, where they are of both sides and of no other.
    pub(super) fn people_of_both_sides(&self, sides_named: bool) -> Vec<Side> {
        if self.context.sides.len() < 2 {
            return Vec::new();
        }
        // "They agreed that their teams meet": not they.
        let group = self.own_group();
        let by_teams = |(from, to): Range| {
            (from..to).any(|i| {
                self.view.words.get(i).is_some_and(|w| is!(w.lower, "teams" | "team" | "delegations"))
            })
        };
        if self.hit.frame.agent.into_iter().chain(group.and_then(|g| g.subject)).any(by_teams) {
            return Vec::new();
        }
        let text = self.context.doc.text;
        let mut out = Vec::new();
        self.collect((0, self.view.words.len()), Role::Participant, &mut out);
        // A state is its name and no more; so is a person of whom no office is told.
        let person = |s: &Side| s.party.office.is_some() || self.kind_at(s) == Some(WhoKind::Person);
        out.retain(|s| s.name != Some(s.at) || person(s));
        // Whoever only speaks for a government sits at no table.
        let speaks =
            |office: &str| ["spokes", "press secretary"].iter().any(|word| caseless::contains(office, word));
        out.retain(|s| !s.party.office.as_deref().is_some_and(speaks));
        out.retain(|s| {
            s.at.of(text).is_some_and(|w| w.len() > 4 || w.starts_with(char::is_uppercase) && w != "They")
        });
        // Not those of what the contact is about: "talks on carrying out what the presidents agreed".
        let end = self.hit.frame.trigger.1;
        let words = self.view.words;
        let about = |at: Span| {
            self.view.clauses.groups.iter().any(|g| {
                g.head >= end
                    && words.get(g.head).is_some_and(|w| w.span.end <= at.start)
                    && !is!(
                        g.lemma,
                        "lead"
                            | "head"
                            | "chair"
                            | "attend"
                            | "include"
                            | "involve"
                            | "bring"
                            | "feature"
                            | "be"
                            | "take"
                    )
            })
        };
        out.retain(|s| !(sides_named && about(s.at)));
        let states = distinct(out.iter().filter_map(|s| s.party.country));
        let both = states.len() == 2 && states.iter().all(|code| self.context.sides.contains(code));
        if both { out } else { Vec::new() }
    }

    /// "China's mission to the EU", "the ambassador to India": where somebody is sent is not who acts.
    pub(super) fn accredited(&self, who: &Who) -> bool {
        let before = self.before(who.span);
        let before = match before {
            [rest @ .., the] if the.lower == "the" => rest,
            all => all,
        };
        matches!(before, [.., noun, to] if to.tag == Tag::To && MISSIONS.has(&noun.lemma))
    }

    /// "Analysts doubt the truce will last": what is foreseen of a deal both its parties would do.
    pub(super) fn parties_of_joint_act(&self) -> Option<Vec<Side>> {
        let words = self.view.words;
        let deals = self.context.classes.get("agreement_noun").unwrap_or_default();
        let joint = |range: &Range| {
            let head = crate::firm::head_part(self.view, *range);
            let noun = (head.0..head.1).rfind(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun))?;
            // "An extension of the truce"
            let more =
                words.get(noun).is_some_and(|w| is!(w.lower, "extension" | "renewal" | "prolongation"))
                    && self.view.has((noun, range.1), deals);
            (more || deals.at(words, noun)).then_some(*range)
        };
        let own = self.hit.frame.agent.filter(|_| !self.hit.frame.nominal);
        // "More likely is another truce"
        let exists = self.own_group().is_some_and(|g| g.lemma == "be");
        let theme = self.hit.frame.theme.filter(|_| exists);
        let range = own.iter().chain(&theme).chain(&self.foreseen_to_act()).find_map(joint)?;
        let mut out = Vec::new();
        self.collect(range, Role::Participant, &mut out);
        let named = distinct(out.iter().filter_map(|s| s.party.country)).len();
        if named == 0 && self.context.sides.len() == 2 {
            out = self.both_take_part();
        }
        (distinct(out.iter().filter_map(|s| s.party.country)).len() == 2).then_some(out)
    }

    /// The sides that the text is about, together, though none of them is named.
    pub(super) fn both_take_part(&self) -> Vec<Side> {
        let side = |&code: &StateCode| self.state(code, Role::Participant, self.trigger_span());
        self.context.sides.iter().map(|code| Side { pair: true, ..side(code) }).collect()
    }

    /// What one of the two sides promises is promised to the other one, whatever else it names.
    pub(super) fn beneficiary(&self, sides: &mut Vec<Side>) {
        let [a, b] = *self.context.sides.as_slice() else { return };
        let code =
            |role: Role| sides.iter().filter(move |s| s.party.role == role).filter_map(|s| s.party.country);
        // "China will buy U.S. soybeans", told in an article on others.
        let theme = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal).map(|t| self.span_of(t));
        let goods_of = |s: &Side| {
            s.party.role == Role::Recipient
                && s.at != self.trigger_span()
                && theme.is_some_and(|t| t.contains(s.at))
        };
        if sides.iter().any(goods_of) {
            return;
        }
        let gives = code(Role::Actor).any(|c| c == a || c == b);
        let hits = code(Role::Recipient).any(|c| c == a || c == b);
        if gives
            && !hits
            && let Some(other) = self.other(sides, Role::Recipient)
        {
            sides.retain(|s| s.party.role != Role::Recipient);
            sides.push(other);
        } else if gives && hits {
            sides.retain(|s| {
                s.party.role != Role::Recipient || s.party.country.is_some_and(|c| c == a || c == b)
            });
        }
    }
}
