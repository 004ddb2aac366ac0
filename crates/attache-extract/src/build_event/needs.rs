//! What a rule asks of an act besides its words.

use super::*;

use crate::grammar::clause::phrase_start;
use crate::grammar::lower::is;

/// Most words of the name of a deal's partner.
const PARTNER: usize = 5;

impl Builder<'_> {
    /// What the rule asks of the act besides its words.
    pub(super) fn needs(&self, stance: &Stance, sides: &[Side]) -> Result<(), Reason> {
        for need in &self.hit.rule.needs {
            let met = match need {
                Need::Definite => self.definite() || self.possessed(),
                Need::Placed => self.place(self.hit.rule.act.kind()).is_some(),
                Need::Located => self.has_day() || self.place(self.hit.rule.act.kind()).is_some(),
                Need::Named => sides.iter().all(|s| !s.pair),
                Need::Retold => self.points_back(),
                Need::Dated => self.dated_noun(),
                // Seen to where the rule is chosen.
                Need::Onesided | Need::Joint => true,
                Need::Policy => self.on_policy(),
                Need::Apart => self.apart(),
                Need::Clause => self.has_clause(),
                Need::Denied => stance.denied,
                Need::Asked => self.asks_other(sides),
                Need::Bare => !self.has_infinitive(),
                Need::Infinitive => self.has_infinitive(),
                Need::Unqualified => self.unqualified(),
                Need::Listed => self.listed(sides),
                Need::Changing => self.changing(),
                Need::Elsewhere => self.place_behind(),
                Need::Quoted => self.quoted_item(),
                Need::Charged => self.charged_with(sides),
                Need::Present => {
                    let group = self.own_group();
                    group.is_some_and(|g| g.tense == Tense::Present)
                }
                Need::Promised => {
                    (!stance.doubtful || self.in_return())
                        && (self.will(stance) || self.promised() || self.by_its_terms())
                        && !self.enabled()
                        && !self.forgone()
                }
            };
            if !met {
                return Err(Reason::Unmet(*need));
            }
        }
        Ok(())
    }

    /// "Said the letter was wrong": a clause with a verb of its own hangs on the act.
    fn has_clause(&self) -> bool {
        let Some(own) = self.hit.frame.group.filter(|_| !self.hit.frame.nominal) else { return false };
        self.view.clauses.groups.iter().any(|g| g.finite && g.governor == Some(own))
    }

    /// "The July 30 accord", "the pact of last May".
    fn dated_noun(&self) -> bool {
        let (from, to) = self.hit.frame.trigger;
        let words = self.view.words;
        let start = phrase_start(words, from);
        let told = |t: &Timing| t.date.is_some_and(|d| d.interval.is_some());
        let led = words.get(to).is_some_and(|w| is!(w.lower, "of" | "from"));
        self.hit.frame.nominal
            && (self.times_in((start, from)).any(told)
                || led
                    && self
                        .times_in((to, words.len().min(to + 6)))
                        .any(|t| told(t) && words.get(to + 1).is_some_and(|w| t.span.start <= w.span.end)))
    }

    /// "Laos is worst off, with 40%": the clause names who or what pays the rate.
    fn charged_with(&self, sides: &[Side]) -> bool {
        let words = self.view.words;
        let from = self.hit.frame.trigger.0;
        let hit_here = sides.iter().any(|s| s.party.role == Role::Recipient && !s.understood);
        if self.own_group().is_none() {
            return self.view.on_tariffs && hit_here && self.bare_list();
        }
        let Some(group) = self.own_group().filter(|_| self.view.on_tariffs) else { return false };
        let plain = self.share.iter().all(|i| matches!(i.part, Part::Value | Part::At));
        let range = group.subject.filter(|s| s.1 <= from).or(group.theme);
        let Some((start, end)) = range.filter(|_| plain) else { return false };
        // "Seoul confirmed them, at up to 34%", "the agency wants a duty starting at 12%": it pays nothing.
        let holds = |(from, to): Range| from <= self.hit.frame.trigger.0 && self.hit.frame.trigger.0 < to;
        let stands =
            is!(group.lemma, "be" | "stand" | "sit" | "rank" | "come" | "end" | "find" | "see" | "lie");
        let acts = !group.passive && !stands && group.theme.is_some_and(|t| !holds(t));
        let rules = |w: &Who| {
            matches!(w.kind, WhoKind::Body | WhoKind::Person | WhoKind::Office | WhoKind::Authority)
        };
        if acts && group.theme != Some((start, end)) || self.view.who_in((start, end)).any(rules) {
            return false;
        }
        // "Lorries get 25% from October": goods, whosever they are.
        let sectors = self.context.classes.get("sector").unwrap_or_default();
        let goods = self.view.has((start, end), sectors)
            || (start..end).any(|i| {
                words.get(i).is_some_and(|w| {
                    is!(w.lemma, "good" | "product" | "import" | "lorry" | "timber" | "wine")
                })
            });
        (hit_here || goods) && !group.negated
    }

    /// "From Monday: Laos 20%, Oman and Peru 15%": a sentence without a verb in which states stand before
    /// their rates.
    pub(super) fn bare_list(&self) -> bool {
        let words = self.view.words;
        let rated = |w: &Who| {
            let next = words.iter().position(|x| x.span.start >= w.span.end);
            w.kind == WhoKind::State
                && next.is_some_and(|i| {
                    words.get(i).is_some_and(|x| x.tag == Tag::Num)
                        && words.get(i + 1).is_some_and(|x| is!(x.lower, "%" | "percent" | "per"))
                })
        };
        // "Chile and Peru 12%.": nothing else stands in the sentence.
        let mut rates = 0;
        let only = words.iter().all(|w| {
            rates += usize::from(w.tag == Tag::Num && !w.time);
            w.name
                || w.tag == Tag::Num
                || is!(w.lower, "and" | "the" | "," | "." | "%" | "percent" | "per" | "cent" | "too")
        });
        let rated = self.view.who.iter().filter(|w| rated(w)).count();
        !self.view.clauses.groups.iter().any(|g| g.finite) && (rated > 1 || rated == 1 && only && rates == 1)
    }

    /// The text or the sentence names a measure of trade policy.
    fn on_policy(&self) -> bool {
        let causes = self.context.classes.get("trade_cause");
        // "A Swiss maker raises its American prices. The duty left it no choice": firms need no government.
        let business = self.hit.rule.act.kind() == Kind::BusinessShift;
        self.context.on_policy && (self.context.governed || business)
            || self.memory.told_measure()
            || causes.is_some_and(|c| self.view.has((0, self.view.words.len()), c))
            || self.on_relations()
            || self.on_exports()
            || self.words_on_policy()
    }

    /// "Beijing tightens its grip on rare earths": laid on all the world, so that no other state is named.
    fn on_exports(&self) -> bool {
        let controls = Act::Tension(Tension::ExportControl);
        self.hit.rule.act == controls && self.context.controls && self.context.governed
    }

    /// "The bank expects the trade truce to hold. It may last", "The trade minister saw no hurry": words whose own
    /// sentence, or one right before, names trade policy or, between states, those who make it.
    fn words_on_policy(&self) -> bool {
        let words = matches!(self.hit.rule.act.kind(), Kind::Statement | Kind::Forecast);
        let near = |class: &str| {
            self.context.classes.get(class).is_some_and(|set| {
                self.view.has((0, self.view.words.len()), set)
                    || self.view.before.iter().any(|past| past.opened.has((0, past.words.len()), set))
            })
        };
        words
            && !self.context.utility
            && (near("policy_word") || self.context.abroad && near("policy_office"))
    }

    /// "The ministers met in Oslo. The Peruvian side is ready to deepen cooperation": in the account of a
    /// contact what is said of relations, trade or technology is policy.
    fn on_relations(&self) -> bool {
        let matters = self.context.classes.get("trade_matter");
        self.hit.rule.act.kind() == Kind::Statement
            && self.context.official
            && self.memory.opens_with_contact()
            && matters.is_some_and(|m| self.view.has((0, self.view.words.len()), m))
    }

    /// "Has moved", "is moving", "now makes": no mere habit.
    fn changing(&self) -> bool {
        let Some(group) = self.own_group() else { return false };
        let lower = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let plain = group.tense == Tense::Present && group.start == group.head && !group.passive;
        let (start, end) = self.hit.frame.extent;
        // "Moves to Hanoi in March": a timetable.
        let ahead = self
            .times
            .iter()
            .any(|t| t.date.and_then(|d| d.end()).is_some_and(|day| day > self.context.published));
        let more = self.view.words.windows(3).any(|w| {
            let word = |i: usize| w.get(i).map_or(WordId::NONE, |w| w.lower.id());
            word(0) == "more" && word(1) == "and" && word(2) == "more"
        });
        !plain
            || more
            || ahead
            || (start..end).any(|i| {
                // "exempt for now": how things stand.
                let as_it_is = lower(i) == "now" && i.checked_sub(1).is_some_and(|at| lower(at) == "for");
                is!(lower(i), "now" | "already" | "instead" | "increasingly" | "meanwhile" | "again")
                    && !as_it_is
                    || lower(i) == "no" && lower(i + 1) == "longer"
            })
    }

    /// "In Ohio", "at Penang", "for its Arizona plants": a place behind the act.
    fn place_behind(&self) -> bool {
        let words = self.view.words;
        let from = self.hit.frame.trigger.1;
        let stops = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, ";" | ":"));
        let end = (from..words.len()).find(|&i| stops(i)).unwrap_or(words.len());
        let led = |i: usize| {
            words.get(i).is_some_and(|w| {
                w.tag == Tag::Prep
                    && is!(w.lower, "in" | "at" | "to" | "near" | "from" | "outside" | "into" | "for")
            }) || words.get(i).is_some_and(|w| w.tag == Tag::To)
        };
        let printed = (from..end).any(|i| {
            let i = i + usize::from(led(i) && words.get(i + 1).is_some_and(|w| w.lower == "the"));
            (led(i) || i > 0 && led(i - 1))
                && words.get(i + 1).is_some_and(|w| w.capital && !w.time && matches!(w.tag, Tag::Noun))
        });
        let kind = |w: &Who| matches!(w.kind, WhoKind::Place | WhoKind::State | WhoKind::Adjective);
        printed || from < end && self.view.who_in((from, end)).any(kind)
    }

    /// "Hoped that India would act": another state is the subject of what is hoped.
    fn asks_other(&self, sides: &[Side]) -> bool {
        let actor = sides.iter().find(|s| s.party.role == Role::Actor).and_then(|s| s.party.country);
        let groups = &self.view.clauses.groups;
        self.hit.frame.group.is_some_and(|own| {
            groups.iter().filter(|g| g.finite && g.governor == Some(own)).filter_map(|g| g.subject).any(
                |range| {
                    let mut found = self.view.who_in(range).filter(|w| w.is("official"));
                    found.next().is_some_and(|w| w.country != actor)
                },
            )
        })
    }

    /// Who acts is not the one who has the word.
    fn apart(&self) -> bool {
        let pronoun = |at: usize| self.view.words.get(at).is_some_and(|w| w.tag == Tag::Pron);
        self.hit.frame.agent.is_none_or(|(start, end)| end > start + 1 || !pronoun(start))
    }

    /// "Specifically, …": the sentence spells out the one before.
    pub(super) fn elaborates(&self) -> bool {
        let first = self.view.words.iter().find(|w| w.tag != Tag::Punct);
        let second = self.view.words.get(1).map_or("", |w| w.lower.as_str());
        first.is_some_and(|w| {
            is!(w.lower, "specifically" | "namely")
                || w.lower == "in" && second == "particular"
                || is!(w.lower, "this" | "these" | "they") && second.starts_with("include")
        })
    }

    /// "The duty on walnuts rises to 20%", "walnuts will pay 20%", "apples, 10%": told as it stands or is to be,
    /// with no time of its own.
    pub(super) fn particular(&self) -> bool {
        let own = self.own_group();
        let now = own.is_none_or(|g| {
            matches!(g.tense, Tense::Present | Tense::Future)
                && !g.condition
                && g.modal.as_deref() != Some("would")
        });
        let still = self.view.words.iter().any(|w| {
            is!(
                w.lower,
                "still" | "already" | "remain" | "remains" | "stay" | "stays" | "unchanged" | "existing"
            )
        });
        now && !still && !self.times.iter().any(|t| t.date.is_some() || t.moment.is_some())
    }

    /// "Will buy"; "would buy" where somebody announced it.
    fn will(&self, stance: &Stance) -> bool {
        let group = self.own_group();
        match group.and_then(|g| g.modal.as_deref()) {
            Some("will" | "shall") => true,
            Some("must") => self.in_return(),
            Some("would") => stance.future || self.in_return(),
            _ => false,
        }
    }

    /// "In return, China would buy", "under the deal, it would open": told as part of a bargain.
    pub(super) fn in_return(&self) -> bool {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let first = usize::from(words.first().is_some_and(|w| w.tag == Tag::Punct));
        let opens = match lower(first) {
            "in" => matches!(lower(first + 1), "return" | "exchange" | "turn"),
            "under" | "as" => (first..words.len().min(first + 10)).any(|i| {
                self.context.classes.get("agreement_noun").is_some_and(|p| p.at(words, i))
                    || lower(i) == "framework"
            }),
            _ => false,
        };
        opens
            || (0..words.len()).any(|i| {
                lower(i) == "in" && matches!(lower(i + 1), "return" | "exchange") && lower(i + 2) != "for"
                    // "must buy 12 million tons under the deal"
                    || lower(i) == "under"
                        && matches!(lower(i + 1), "the" | "their" | "that" | "this" | "its")
                        && (i + 2..i + 5).any(|at| {
                            self.context.classes.get("agreement_noun").is_some_and(|p| p.at(words, at))
                        })
            })
    }

    /// An infinitive hangs on the act.
    fn has_infinitive(&self) -> bool {
        self.hit.frame.group.is_some_and(|own| {
            self.view.clauses.groups.iter().any(|g| g.governor == Some(own) && g.tense == Tense::Infinitive)
        })
    }

    /// "called Roe last night", not "called Roe reckless" or "called Roe “a friend”".
    fn unqualified(&self) -> bool {
        let Some(theme) = self.hit.frame.theme.filter(|_| !self.hit.frame.nominal) else { return true };
        let Some(object) = self.view.who_in(theme).next() else { return true };
        let after = self.view.words.partition_point(|w| w.span.start < object.span.end);
        self.view.words.get(after).is_none_or(|w| {
            w.time
                || matches!(
                    w.tag,
                    Tag::Prep | Tag::To | Tag::Conj | Tag::Sub | Tag::Adv | Tag::Verb(_) | Tag::Rel
                )
                || w.tag == Tag::Punct && !is!(w.lower, "\"" | "“" | "‘" | "'" | "«" | "”")
        })
    }

    /// "Under its pact with Lima, Quito takes 40,000 tons a year".
    fn by_its_terms(&self) -> bool {
        let group = self.own_group();
        self.in_return()
            && group.is_some_and(|g| {
                g.finite && g.tense == Tense::Present && g.start == g.head && g.modal.is_none() && !g.negated
            })
    }

    /// "an agreement with Chile that will open markets": the agreement will, not Chile.
    pub(super) fn of_its_partner(&self) -> bool {
        let words = self.view.words;
        let deals = self.context.classes.get("agreement_noun").unwrap_or_default();
        let opener = self
            .own_group()
            .and_then(|g| g.start.checked_sub(1))
            .filter(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Rel && is!(w.lower, "that" | "which")));
        let with = |end: usize| {
            (end.saturating_sub(PARTNER)..end).rfind(|&i| words.get(i).is_some_and(|w| w.lower == "with"))
        };
        opener.and_then(with).is_some_and(|at| at.checked_sub(1).is_some_and(|i| deals.at(words, i)))
    }

    /// "Signed agreements to buy".
    pub(super) fn contracted(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let lemma = |at: Option<usize>| at.and_then(|i| self.view.words.get(i)).map(|w| w.lemma.as_str());
        self.hit.frame.group.and_then(|own| groups.get(own)).is_some_and(|own| {
            let above = own.governor.and_then(|g| groups.get(g));
            above.is_some_and(|g| is!(g.lemma, "sign" | "conclude" | "ink") && !g.negated)
                && matches!(
                    lemma(own.start.checked_sub(1)),
                    Some("agreement" | "deal" | "contract" | "memorandum" | "accord")
                )
        })
    }

    /// "Intends to import" in the paper of an authority, "vows to buy" anywhere.
    pub(super) fn laid_down(&self) -> bool {
        let groups = &self.view.clauses.groups;
        self.hit.frame.group.is_some_and(|own| {
            let above = groups.get(own).and_then(|g| g.governor).and_then(|g| groups.get(g));
            above.is_some_and(|g| {
                let lists =
                    is!(g.lemma, "intend" | "plan") && self.context.official && g.tense == Tense::Present;
                (lists || g.lemma == "vow") && g.modal.is_none() && !g.negated && g.finite
            })
        })
    }

    /// "Agreed to stop buying": the opposite is promised.
    fn forgone(&self) -> bool {
        let groups = &self.view.clauses.groups;
        self.hit.frame.group.is_some_and(|own| {
            self.view.clauses.chain(own).skip(1).any(|g| {
                groups.get(g).is_some_and(|g| {
                    is!(
                        g.lemma,
                        "stop"
                            | "halt"
                            | "cease"
                            | "end"
                            | "quit"
                            | "refrain"
                            | "avoid"
                            | "limit"
                            | "forgo"
                            | "delay"
                    )
                })
            })
        })
    }

    /// "Agreed to buy", "is to buy", "is going to buy".
    pub(super) fn promised(&self) -> bool {
        let groups = &self.view.clauses.groups;
        // "The deal includes India buying jets".
        let term = self.hit.frame.group.is_some_and(|own| {
            own.checked_sub(1).and_then(|i| groups.get(i)).is_some_and(|above| {
                let accord = self.context.classes.get("agreement_noun").unwrap_or_default();
                groups.get(own).is_some_and(|g| g.tense == Tense::Gerund)
                    && is!(above.lemma, "include" | "involve" | "see" | "require" | "envisage" | "entail")
                    && above.modal.as_deref().is_none_or(|m| m == "will")
                    && !above.negated
                    && above.subject.is_some_and(|s| self.view.has(s, accord))
            })
        });
        if term {
            return true;
        }
        self.hit.frame.group.is_some_and(|own| {
            let start = groups.get(own).map_or(0, |g| g.start);
            // "The Participants intend to import", "Lot is ordering jets": what a government's paper lists.
            let listed = self.context.official
                && groups.get(own).is_some_and(|g| {
                    let word = self.view.words.get(g.head);
                    g.finite
                        && g.tense == Tense::Present
                        && g.start < g.head
                        && !g.passive
                        && is!(g.lemma, "order" | "buy" | "purchase" | "acquire" | "procure")
                        && word.is_some_and(|w| w.lower.ends_with("ing"))
                });
            listed
                || self.contracted()
                || self.view.clauses.chain(own).skip(1).any(|g| {
                    groups.get(g).is_some_and(|g| {
                        self.context.classes.has("promise", &g.lemma)
                            || g.lemma == "be"
                                && (g.head + 1..start)
                                    .all(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Adv))
                            || g.tense == Tense::Present
                                && !g.negated
                                && self.view.words.get(g.head).is_some_and(|w| w.lower == "going")
                            || is!(g.lemma, "intend" | "plan") && (self.context.official || self.in_return())
                    })
                })
        })
    }

    pub(super) fn possessed(&self) -> bool {
        let start = phrase_start(self.view.words, self.hit.frame.trigger.0);
        (start..self.hit.frame.trigger.0)
            .any(|i| self.view.words.get(i).is_some_and(|w| w.tag == Tag::Poss || w.lower == "their"))
    }

    /// "It was their first meeting since …".
    pub(super) fn points_back(&self) -> bool {
        let frame = &self.hit.frame;
        let inside = |r: Option<Range>| r.is_some_and(|r| r.0 <= frame.trigger.0 && frame.trigger.0 < r.1);
        frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                g.lemma == "be"
                    && g.head < frame.trigger.0
                    && inside(g.theme)
                    && g.subject
                        .and_then(|s| self.view.words.get(s.0))
                        .is_some_and(|w| is!(w.lower, "it" | "this"))
            })
    }
}
