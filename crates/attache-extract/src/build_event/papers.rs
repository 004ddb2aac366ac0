//! What an order did by the papers it cites, on the day of each.

use super::*;
use crate::cited::Paper;

impl Builder<'_> {
    /// "In Proclamation 12 of May 2, I imposed a duty": the papers by which the act was done.
    pub(super) fn papers(&self) -> &[Paper] {
        let kind = self.hit.rule.act.kind();
        let measure = kind == Kind::TariffAction || kind == Kind::Tension && !self.hit.frame.nominal;
        let head = self.own_group().and_then(|g| self.view.words.get(g.head)).map(|w| w.span);
        // "I imposed in Proclamation 12 of May 2, a duty of 10 percent": the noun behind the verb.
        let groups = &self.view.clauses.groups;
        let above = groups.iter().rfind(|g| g.head < self.hit.frame.trigger.0 && self.hit.frame.nominal);
        let above = above.and_then(|g| self.view.words.get(g.head)).map(|w| w.span);
        let does =
            |verb: Span| self.trigger_span().contains(verb) || head == Some(verb) || above == Some(verb);
        let beside = self.cited.beside.iter().find(|(verb, _)| measure && does(*verb));
        match beside {
            Some((_, paper)) => std::slice::from_ref(paper),
            None if measure && self.done_then() => &self.cited.papers,
            None => &[],
        }
    }

    /// "I found … and directed that goods of Chile bear a duty": whoever signs did it at the time told of.
    fn done_then(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let signs = |g: &Group| {
            let mut subject =
                g.subject.into_iter().flat_map(|(a, b)| self.view.words.get(a..b).unwrap_or_default());
            subject.any(|w| is!(w.lower, "i" | "president"))
        };
        // "I determined that it was necessary to suspend": whoever determined it.
        let impersonal = |g: &Group| {
            g.subject
                .is_some_and(|(a, b)| b == a + 1 && self.view.words.get(a).is_some_and(|w| w.lower == "it"))
        };
        let told = |g: &&Group| g.finite && g.tense == Tense::Past && g.modal.is_none() && !impersonal(g);
        let nearest = self
            .hit
            .frame
            .group
            .and_then(|own| self.view.clauses.chain(own).filter_map(|g| groups.get(g)).find(told));
        nearest.is_some_and(|g| signs(g) || self.cited.own && g.passive)
    }

    /// "The suspension is hereby extended", "goods of Chile shall be subject to": the state whose order says so.
    pub(super) fn enacts(&self) -> Option<StateCode> {
        let hereby = self.view.words.iter().any(|w| w.lower == "hereby");
        let shall = self.own_group().is_some_and(|g| g.modal.as_deref() == Some("shall"));
        self.context.voice.filter(|_| self.context.first_person && (hereby || shall))
    }

    /// "… of the Customs Commission on Imposing Duties on Goods of Chile": in the title of a paper.
    pub(super) fn in_paper_title(&self) -> bool {
        let words = self.view.words;
        let at = self.hit.frame.trigger.0;
        let word = |at: usize| words.get(at);
        let led = at
            .checked_sub(1)
            .and_then(word)
            .is_some_and(|w| is!(w.lower, "on" | "for" | "of" | "regarding" | "concerning"));
        let gerund = word(at).is_some_and(|w| w.capital && w.lower.ends_with("ing"));
        let paper = |w: &Word| {
            w.capital
                && is!(
                    w.lower,
                    "announcement"
                        | "notice"
                        | "order"
                        | "decision"
                        | "circular"
                        | "regulation"
                        | "regulations"
                        | "measures"
                        | "act"
                        | "proclamation"
                        | "bill"
                        | "resolution"
                        | "decree"
                )
        };
        led && gerund && (0..at).any(|i| word(i).is_some_and(paper))
    }

    /// "An increase of the tariff is necessary": judged needed, not done.
    pub(super) fn deemed_needed(&self) -> bool {
        let frame = &self.hit.frame;
        frame.nominal
            && self.view.clauses.groups.iter().any(|g| {
                let subject = g.subject.is_some_and(|(a, b)| a <= frame.trigger.0 && frame.trigger.0 < b);
                let (from, to) = g.theme.unwrap_or((g.head + 1, g.head + 2));
                let judged = self.view.words.get(from..to).unwrap_or_default().iter().any(|w| {
                    is!(
                        w.lower,
                        "necessary"
                            | "appropriate"
                            | "needed"
                            | "required"
                            | "warranted"
                            | "advisable"
                            | "desirable"
                    )
                });
                subject && g.lemma == "be" && !g.negated && judged
            })
    }

    /// "The surcharge imposed in this proclamation": told where the paper imposes it.
    pub(super) fn of_this_paper(&self) -> bool {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or("", |w| w.lower.as_str());
        let from = self.hit.frame.trigger.1;
        let described = self.hit.frame.participle
            || self.own_group().is_some_and(|g| g.tense == Tense::Participle && g.passive);
        let paper = |at: usize| {
            lower(at) == "this"
                && matches!(
                    lower(at + 1),
                    "order" | "proclamation" | "notice" | "announcement" | "section" | "action"
                )
        };
        described
            && matches!(lower(from), "in" | "by" | "under" | "pursuant")
            && (from + 1..from + 3).any(paper)
    }

    /// "Goods that are subject to 20 percent shall instead be subject to 10": the old rate only tells which goods.
    pub(super) fn replaced(&self) -> bool {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or("", |w| w.lower.as_str());
        let relative = self.own_group().is_some_and(|g| {
            g.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Rel)
        });
        relative
            && (self.hit.frame.trigger.1..words.len())
                .any(|at| lower(at) == "instead" && lower(at + 1) != "of")
    }

    /// "Should Chile retaliate, I may raise the duty": what sets a condition announces nothing.
    pub(super) fn supposes(&self) -> bool {
        let before = |g: &Group| g.opens().checked_sub(1);
        let opener = self.own_group().and_then(before).and_then(|i| self.view.words.get(i));
        opener.is_some_and(|w| is!(w.lower, "should" | "if" | "unless"))
    }

    /// "Section 12 authorizes the President to impose": what a law allows, nobody has done.
    pub(super) fn lawful(&self) -> bool {
        let words = self.view.words;
        let lower = |at: usize| words.get(at).map_or("", |w| w.lower.as_str());
        let allows = |at: usize| {
            matches!(
                lower(at),
                "authorizes"
                    | "authorises"
                    | "authorized"
                    | "empowers"
                    | "permits"
                    | "allows"
                    | "enables"
                    | "requires"
                    | "directs"
            )
        };
        let law = |at: usize| {
            matches!(lower(at), "section" | "act" | "law" | "statute" | "subsection" | "title" | "code")
        };
        (1..self.hit.frame.trigger.0).any(|at| allows(at) && (at.saturating_sub(LAW)..at).any(law))
    }

    /// "The Secretary, in consultation with the other agencies, shall": no talks are held.
    pub(super) fn consulting(&self) -> bool {
        let (at, end) = self.hit.frame.trigger;
        let lower = |at: usize| self.view.words.get(at).map_or("", |w| w.lower.as_str());
        self.hit.frame.nominal
            && matches!(lower(at), "consultation" | "coordination" | "cooperation" | "discussion")
            && at.checked_sub(1).is_some_and(|i| lower(i) == "in")
            && lower(end) == "with"
            // "Oslo is in consultation with Lima": the two talk.
            && at.checked_sub(2).and_then(|i| self.view.words.get(i)).is_none_or(|w| w.tag != Tag::Be)
    }

    /// "The Presidential Memorandum of May 2": an order, no accord.
    pub(super) fn own_memorandum(&self) -> bool {
        let (at, _) = self.hit.frame.trigger;
        let lower = |at: usize| self.view.words.get(at).map_or("", |w| w.lower.as_str());
        lower(at) == "memorandum" && at.checked_sub(1).is_some_and(|i| lower(i) == "presidential")
    }

    /// "The Secretary, in consultation with …, shall inform me of anything that might call for action": what
    /// an order bids its own agencies do is no event.
    pub(super) fn bids(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let main = groups.iter().find(|g| g.finite);
        let agency = |g: &Group| {
            let mut subject =
                g.subject.into_iter().flat_map(|(a, b)| self.view.words.get(a..b).unwrap_or_default());
            subject.any(|w| {
                is!(
                    w.lemma,
                    "secretary"
                        | "representative"
                        | "commissioner"
                        | "agency"
                        | "department"
                        | "administrator"
                        | "director"
                        | "head"
                        | "attorney"
                        | "chair"
                        | "commission"
                        | "committee"
                )
            })
        };
        let bidden = |g: &Group| {
            g.modal.as_deref() == Some("shall")
                || g.passive && is!(g.lemma, "direct" | "authorize" | "authorise" | "instruct")
        };
        self.context.first_person && main.is_some_and(|g| bidden(g) && agency(g))
    }

    /// "The PRC has committed to suspend its duties": what another side has promised the one who signs.
    pub(super) fn promised_us(&self, sides: &[Side]) -> bool {
        let groups = &self.view.clauses.groups;
        let promises = |g: &Group| {
            g.finite
                && matches!(g.tense, Tense::Past | Tense::Perfect)
                && is!(
                    g.lemma,
                    "commit" | "agree" | "pledge" | "promise" | "undertake" | "vow" | "assure" | "consent"
                )
        };
        let other = |s: &Side| s.party.role != Role::Actor || s.party.country != self.context.voice;
        self.context.first_person
            && sides.iter().all(other)
            && self.hit.frame.group.is_some_and(|own| {
                // "… to lift its curbs, including lifting its duties"
                let before = groups.iter().take(own).rfind(|g| g.finite && g.tense != Tense::Present);
                self.view.clauses.chain(own).filter_map(|g| groups.get(g)).any(promises)
                    || before.is_some_and(promises)
            })
    }

    /// What several papers did was done by each: "In Proclamation 12 of May 2, and Proclamation 13 of May 3, I
    /// raised the duty" tells of two rises.
    pub(super) fn once_per_paper(&self, drafts: &mut Vec<Draft>) {
        let papers = self.papers();
        let [first, rest @ ..] = papers else { return };
        if rest.is_empty() {
            return;
        }
        let by_paper = |d: &Draft| d.event.evidence.fields.get("date") == Some(&first.day);
        let mut out = Vec::with_capacity(drafts.len());
        for draft in drafts.drain(..) {
            if !by_paper(&draft) {
                out.push(draft);
                continue;
            }
            let later = rest.iter().map(|paper| prolonged(done_by(&draft, paper)));
            let first = done_by(&draft, first);
            out.push(first);
            out.extend(later);
        }
        *drafts = out;
    }
}

/// How many words before a verb a law is named by its number.
const LAW: usize = 4;

/// The act as one of the papers did it, on its day and to the states its title names.
fn done_by(draft: &Draft, paper: &Paper) -> Draft {
    let mut own = Draft { paper: Some(paper.number.clone()), ..draft.clone() };
    own.event.date = paper.date;
    own.event.evidence.fields.put("date", Some(paper.day));
    if own.event.parties.iter().any(|p| p.role == Role::Recipient) {
        return own;
    }
    for state in &paper.taxed {
        let at = own.event.parties.len();
        let name = state.name.as_deref().map(str::to_owned);
        own.event.parties.push(Party { name, office: None, country: state.country, role: Role::Recipient });
        own.event.evidence.fields.add(Listed::PartyCountry.path(at), state.span);
        own.event.evidence.fields.add(Listed::PartyName.path(at), state.span);
    }
    own
}

/// What one paper suspended, the next one goes on suspending.
fn prolonged(mut draft: Draft) -> Draft {
    if draft.event.act == Act::TariffAction(TariffAction::Suspend) {
        draft.event.act = Act::TariffAction(TariffAction::ExtendSuspension);
    }
    draft
}
