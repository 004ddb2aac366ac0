//! The people, offices, bodies and states in a stretch of words, each as a side.

use super::*;

use crate::grammar::lower::is;

/// How many words back somebody is sent.
const SENT: usize = 6;

impl Builder<'_> {
    /// The usual name of a state.
    pub(super) fn name_of(&self, code: StateCode) -> SmolStr {
        match (self.context.state_name)(code) {
            Cow::Borrowed(name) => SmolStr::new_static(name),
            Cow::Owned(name) => SmolStr::from(name),
        }
    }

    pub(super) fn state(&self, code: StateCode, role: Role, at: Span) -> Side {
        let name = Some(self.name_of(code));
        Side {
            party: Player { name, office: None, country: Some(code), role },
            name: Some(at),
            office: None,
            at,
            pair: false,
            understood: false,
        }
    }

    /// "China-U.S. relations": the states of a compound do not act.
    pub(super) fn compound(&self, span: Span) -> bool {
        let text = self.context.doc.text;
        let dash = |c: char| matches!(c, '-' | '–');
        text.get(span.end..).is_some_and(|rest| rest.starts_with(dash))
            || text.get(..span.start).is_some_and(|rest| rest.ends_with(dash))
    }

    /// The parties named in a range of words.
    pub(super) fn collect(&self, range: Range, role: Role, out: &mut Vec<Side>) {
        let found: SmallVec<[&Who; 8]> = self.view.who_in(range).collect();
        let engagement = self.hit.rule.act.kind() == Kind::Engagement;
        let accord = self.hit.rule.act.kind() == Kind::Agreement && role == Role::Participant;
        let places = !engagement && !accord || self.hit.rule.act.subtype() == "visit";
        for (number, who) in found.iter().enumerate() {
            if who.kind == WhoKind::Place && (!places || role == Role::Actor) {
                continue;
            }
            let founded = self.hit.rule.act == Act::Agreement(Agreement::Mechanism)
                && who.kind == WhoKind::Body
                && self.hit.frame.theme.is_some_and(|t| self.span_of(t).contains(who.span));
            // "Chile, home to mines run by Peru's firms, pledged": Chile.
            // "Mexico, the target of China's anger, raised duties": Mexico.
            let in_aside = || {
                let between =
                    found.first().and_then(|one| self.context.doc.text.get(one.span.end..who.span.start));
                between.is_some_and(|b| b.starts_with(", ") && !b.contains(" and "))
            };
            let owner = role == Role::Actor
                && number > 0
                && who.kind == WhoKind::State
                && (self.hit.rule.act.kind() == Kind::Agreement || in_aside())
                && self.view.words.iter().any(|w| w.tag == Tag::Poss && w.span.start == who.span.end);
            // "Japan's Toyota": a firm.
            let of_firm = engagement
                && who.kind == WhoKind::State
                && found.get(number + 1).is_some_and(|next| {
                    next.kind == WhoKind::Firm
                        && matches!(
                            self.context.doc.text.get(who.span.end..next.span.start),
                            Some("'s " | "’s ")
                        )
                });
            // "China, the world's top producer of graphite,": what a state is, nobody beside it.
            let apposed = who.kind == WhoKind::Group
                && who.country.is_none()
                && number.checked_sub(1).and_then(|i| found.get(i)).is_some_and(|one| {
                    let between = self.context.doc.text.get(one.span.end..who.span.start);
                    between.is_some_and(|b| b.starts_with(", ") && !b.contains(" and "))
                });
            if self.of_private(who) || self.accredited(who) || self.served(who) {
                continue;
            }
            if founded || of_firm || owner || apposed || engagement && self.of_business(who) {
                continue;
            }
            let holds = |one: &&Who| self.serves(one, who);
            if engagement
                && who.kind == WhoKind::Body
                && self.before(who.span).iter().rev().take(2).any(|w| w.lower == "at")
            {
                continue;
            }
            if found.get(number + 1).is_some_and(|next| self.belongs_to(who, next))
                || number.checked_sub(1).and_then(|i| found.get(i)).is_some_and(holds)
            {
                continue;
            }
            if engagement
                && !places
                && self.hit.frame.nominal
                && self.in_modifiers(who)
                && self.names_place(who)
            {
                continue;
            }
            match who.kind {
                WhoKind::State if role != Role::Participant && self.compound(who.span) => {}
                WhoKind::Adjective if role == Role::Participant => {}
                // A measure against a firm by name.
                WhoKind::Firm
                    if role == Role::Recipient
                        && self.hits_firms()
                        && !self.is_example(who, found.get(..number).unwrap_or_default()) =>
                {
                    out.push(side(who, role));
                }
                // A measure against firms or bodies hits their state.
                WhoKind::Group | WhoKind::Body | WhoKind::Firm
                    if role == Role::Recipient && who.country.is_some() =>
                {
                    if let Some(code) = who.country {
                        out.push(self.state(code, role, who.span));
                    }
                }
                WhoKind::Pair => {
                    // A text about something else has no sides.
                    let own = who.country.as_slice();
                    let sides = self.context.sides.as_slice();
                    for &code in if own.is_empty() || sides.is_empty() { sides } else { own } {
                        let mut side = self.state(code, role, who.span);
                        side.pair = true;
                        out.push(side);
                    }
                }
                WhoKind::State | WhoKind::Adjective | WhoKind::Place => {
                    if let Some(code) = who.country {
                        out.push(self.state(code, role, who.span));
                    }
                }
                _ => out.push(side(who, role)),
            }
        }
        // A person or body speaks for its state: the bare state beside it is no second party.
        if role != Role::Participant {
            let first = out.iter().position(|s| s.party.role == role);
            if let Some((first, head)) = first.and_then(|at| Some((at, out.get(at)?))) {
                let country = head.party.country;
                let bare = || head.party.name.as_deref() == country.map(self.context.state_name).as_deref();
                let fuller = out.iter().position(|s| {
                    s.party.role == role
                        && s.party.country == country
                        && (s.party.office.is_some() || s.party.name != head.party.name && bare())
                });
                let kept = out.remove(fuller.unwrap_or(first));
                // "blacklisted Acme and Example Steel": each of several firms.
                let shift = self.hit.rule.act.kind() == Kind::BusinessShift;
                let several =
                    self.kind_at(&kept) == Some(WhoKind::Firm) && (role == Role::Recipient || shift);
                let firm = |s: &Side| several && self.kind_at(s) == Some(WhoKind::Firm);
                out.retain(|s| s.party.role != role || s.party.country != country || firm(s));
                out.insert(0, kept);
            }
        }
    }

    /// "Chilean shippers, Acme among them": one of many, set off behind them.
    fn is_example(&self, firm: &Who, before: &[&Who]) -> bool {
        before.iter().any(|many| {
            let between = self.context.doc.text.get(many.span.end..firm.span.start);
            matches!(many.kind, WhoKind::Group | WhoKind::Adjective)
                && many.country == firm.country
                && between.is_some_and(|b| b.contains(", ") || b.contains("such as"))
        })
    }

    /// The act is done to firms rather than to their state: a listing, a sanction, an inquiry, an order by
    /// another firm.
    fn hits_firms(&self) -> bool {
        let ordered = || self.is_commitment() && self.hit.rule.actor.iter().any(|a| a == "state of agent");
        matches!(self.hit.rule.act.subtype(), "entity_listing" | "sanction" | "investigation" | "accusation")
            || ordered()
    }

    /// "a spokesman for President Roe", "Doe, an adviser to President Roe": it is not the president who acts.
    fn served(&self, who: &Who) -> bool {
        if !matches!(who.kind, WhoKind::Person | WhoKind::Office) {
            return false;
        }
        let before = self.before(who.span);
        let back = |n: usize| before.len().checked_sub(n).and_then(|i| before.get(i));
        let linked = back(1).is_some_and(|w| is!(w.lower, "for" | "to" | "of"));
        let staff = back(2).is_some_and(|w| {
            is!(
                w.lemma,
                "spokesman"
                    | "spokeswoman"
                    | "spokesperson"
                    | "adviser"
                    | "advisor"
                    | "aide"
                    | "envoy"
                    | "emissary"
                    | "assistant"
                    | "deputy"
                    | "confidant"
                    | "secretary"
                    | "lawyer"
            )
        });
        // "sent an envoy to President Roe"
        let sent = before.iter().rev().take(SENT).any(|w| is!(w.lemma, "send" | "dispatch"));
        linked && staff && !sent || self.has_staff(who)
    }

    /// "Roe's deputy, John Doe", "the president's trade adviser": whoever serves her acts, not she.
    fn has_staff(&self, who: &Who) -> bool {
        let words = self.view.words;
        let from = words.partition_point(|w| w.span.start < who.span.end);
        let owns = words.get(from).is_some_and(|w| w.tag == Tag::Poss);
        let staff = |w: &Word| {
            is!(
                w.lemma,
                "deputy"
                    | "spokesman"
                    | "spokeswoman"
                    | "spokesperson"
                    | "aide"
                    | "adviser"
                    | "advisor"
                    | "lawyer"
            )
        };
        let noun = (from + 1..from + 4)
            .map_while(|i| words.get(i).filter(|w| w.tag != Tag::Punct))
            .find(|w| staff(w));
        // "told the minister's aides": several of them are nobody.
        owns && noun.is_some_and(|w| w.lower == w.lemma)
    }

    /// "U.S. business executives": no party of their state.
    pub(super) fn of_business(&self, who: &Who) -> bool {
        let words = self.view.words;
        let from = words.partition_point(|w| w.span.start < who.span.end);
        matches!(who.kind, WhoKind::State | WhoKind::Adjective | WhoKind::Authority)
            && (from..words.len().min(from + 4))
                .take_while(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time))
                .any(|i| {
                    words.get(i).is_some_and(|w| {
                        is!(
                            w.lower,
                            "executives"
                                | "companies"
                                | "firms"
                                | "businesses"
                                | "investors"
                                | "ceos"
                                | "enterprises"
                                | "farmers"
                                | "journalists"
                                | "students"
                                | "scholars"
                                | "lawmakers'"
                                | "businessmen"
                                | "businesspeople"
                                | "entrepreneurs"
                                | "fans"
                                | "tourists"
                        )
                    })
                })
    }

    /// "Jane Roe of the State Council": the council is where she serves.
    pub(super) fn serves(&self, person: &Who, body: &Who) -> bool {
        person.kind == WhoKind::Person
            && body.kind == WhoKind::Body
            && person.country == body.country
            && self
                .context
                .doc
                .text
                .get(person.span.end..body.span.start)
                .is_some_and(|gap| matches!(gap.trim(), "of" | "of the" | "from the" | "at the" | "("))
    }

    /// "Xi's top adviser, Liu He", "the president's pick for secretary, X": the one named next is meant;
    /// "its chief negotiator, Vice Premier X" is one person.
    pub(super) fn belongs_to(&self, who: &Who, next: &Who) -> bool {
        if !matches!(next.kind, WhoKind::Person | WhoKind::Office)
            || !matches!(who.kind, WhoKind::Person | WhoKind::Office)
        {
            return false;
        }
        let gap = self.context.doc.text.get(who.span.end..next.span.start).unwrap_or("");
        if who.kind == WhoKind::Office && who.name.is_none() && next.name.is_some() && gap == ", " {
            return who.country.is_none() || next.country.is_none() || who.country == next.country;
        }
        let Some(rest) = gap.strip_prefix("'s").or_else(|| gap.strip_prefix("’s")) else { return false };
        let of_another = |word: &str| {
            matches!(
                word,
                "pick"
                    | "choice"
                    | "nominee"
                    | "for"
                    | "as"
                    | "new"
                    | "top"
                    | "own"
                    | "chief"
                    | "former"
                    | "then"
                    | "economic"
                    | "trade"
                    | "senior"
                    | "incoming"
                    | "newly"
                    | "appointed"
                    | "key"
                    | "close"
            )
        };
        rest.split_whitespace().all(of_another)
    }

    /// Stands before the noun of the act, in its phrase.
    pub(super) fn in_modifiers(&self, who: &Who) -> bool {
        let trigger = self.hit.frame.trigger.0;
        let start = crate::grammar::clause::phrase_start(self.view.words, trigger);
        start < trigger && self.span_of((start, trigger)).contains(who.span)
    }
}

/// A party as it is named.
pub(super) fn side(who: &Who, role: Role) -> Side {
    Side {
        party: Player { name: who.name.clone(), office: who.office.clone(), country: who.country, role },
        name: who.name_span,
        office: who.office_span,
        at: who.span,
        pair: false,
        understood: false,
    }
}

/// "The chairman of Example Electronics" speaks for no state.
pub(super) fn of_a_firm(side: &Side) -> bool {
    let Some(office) = side.party.office.as_deref().map(str::to_lowercase) else { return false };
    let chair = office.contains("chairman") && office.contains(' ');
    let public = [
        "committee",
        "commission",
        "council",
        "party",
        "house",
        "senate",
        "reserve",
        "board",
        "congress",
        "bank",
        "vice",
        "parliament",
    ];
    // "Acme boss", but not "EU trade boss".
    let boss = office.ends_with(" boss") || office.starts_with("boss of ");
    let boss = boss && !["trade", "fed", "customs", "treasury"].iter().any(|word| office.contains(word));
    let governs = side.party.country.is_some_and(|c| matches!(c.as_str(), "HK" | "MO"));
    office.contains("chief executive") && !governs
        || boss
        || office.split(' ').any(|w| w == "ceo" || w == "founder")
        || chair && !public.iter().any(|word| office.contains(word))
}

pub(super) fn dedup(sides: &mut Vec<Side>) {
    let same = |a: &Player, b: &Player| {
        a.name == b.name && (a.name.is_some() || a.office == b.office) && a.country == b.country
    };
    let mut at = 0;
    while let Some((before, side)) = sides.get(..at).zip(sides.get(at)) {
        if before.iter().any(|known| same(&known.party, &side.party)) {
            sides.remove(at);
        } else {
            at += 1;
        }
    }
}
