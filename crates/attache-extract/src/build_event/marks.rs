//! Which of several measures an act is about: "suspends those against the 9 firms of Notice No. 4 and ends
//! those of Notice No. 7", "issued notices on May 4 and June 9".

use super::*;

/// What tells one measure from another in the words of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// "Notice No. 4".
    Number(String),
    /// "the 9 firms".
    Count(String),
    /// "the May 4 notice".
    Day(String),
}

/// Most parts of an act that are looked at.
const MOST: usize = 12;

/// Whether the words of two acts name different measures by the same mark.
pub(crate) fn apart(a: &[Mark], b: &[Mark]) -> bool {
    let alike = |x: &Mark, y: &Mark| std::mem::discriminant(x) == std::mem::discriminant(y);
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    pairs().any(|(x, y)| alike(x, y)) && !pairs().any(|(x, y)| x == y)
}

impl Builder<'_> {
    /// The marks of the measure that a verb of easing or listing acts on.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let words = self.view.words;
        let frame = &self.hit.frame;
        if frame.nominal {
            return Vec::new();
        }
        let from = frame.trigger.1;
        let next = |g: &&Group| g.start > from && g.tense != Tense::Participle && !self.of_relative(g);
        let limit =
            self.view.clauses.groups.iter().filter(next).map(|g| g.start).min().unwrap_or(words.len());
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let digits = |i: usize| lower(i).starts_with(|c: char| c.is_ascii_digit());
        let mut out = Vec::new();
        for at in
            (from..limit.min(words.len())).filter(|&i| matches!(lower(i), "no" | "no." | "nos" | "nos."))
        {
            let joined = |i: &usize| digits(*i) || matches!(lower(*i), "." | "," | "and" | "no" | "no.");
            let numbers = (at + 1..limit).take_while(joined).filter(|&i| digits(i));
            out.extend(numbers.map(|i| Mark::Number(lower(i).to_owned())));
        }
        for who in self.view.who_in((from, limit)).filter(|w| w.kind == WhoKind::Group) {
            let at = words.partition_point(|w| w.span.start < who.span.start);
            let count = at.checked_sub(1).filter(|&i| digits(i));
            out.extend(count.map(|i| Mark::Count(lower(i).to_owned())));
        }
        for time in self.times_in((from, limit)) {
            let behind = words.iter().find(|w| w.span.start >= time.span.end);
            if behind
                .is_some_and(|w| is!(w.lemma, "announcement" | "notice" | "order" | "decision" | "decree"))
            {
                out.push(Mark::Day(self.context.doc.slice(time.span).to_owned()));
            }
        }
        out.truncate(MOST);
        out
    }

    /// "the entities that were listed": tells only which.
    fn of_relative(&self, group: &Group) -> bool {
        let from = group.opens();
        let opener = from.checked_sub(1).and_then(|i| self.view.words.get(i));
        opener.is_some_and(|w| w.tag == Tag::Rel)
    }

    /// "has decided to suspend the measures against 9 firms from May 10; and to keep up those against 7 for a
    /// year": the year is of the second act.
    pub(super) fn of_next_act(&self, time: Span) -> bool {
        let words = self.view.words;
        let until = words.partition_point(|w| w.span.start < time.start);
        let from = self.hit.frame.trigger.1;
        let eased = self.hit.rule.act.kind() == Kind::Tension && self.hit.rule.status == Some(Status::Eased);
        let parted = |set: &[Word]| matches!(set, [sign, and, to] if is!(sign.lower, ";" | ",") && and.lower == "and" && to.lower == "to");
        eased && words.get(from..until).is_some_and(|between| between.windows(3).any(parted))
    }

    /// "Issued notices on May 4 and June 9, adding firms": a listing on each day.
    pub(super) fn day_by_day(&self, drafts: &mut Vec<Draft>) {
        const PAPERS: &[&str] =
            &["announcements", "notices", "orders", "decrees", "lists", "batches", "rounds"];
        let several = || self.view.words.iter().any(|w| PAPERS.contains(&w.lower.as_str()));
        let listing = matches!(
            self.hit.rule.act,
            Act::Tension(Tension::EntityListing | Tension::ExportControl | Tension::Sanction)
        );
        if !listing || !several() {
            return;
        }
        let mut more = Vec::new();
        for draft in drafts.iter().filter(|d| d.dated && d.event.status == Some(Status::Open)) {
            let Some(span) = draft.event.evidence.fields.get("date").copied() else { continue };
            let Some(own) = self.times.iter().find(|t| t.span == span) else { continue };
            for other in self.times.iter().filter(|t| self.joined(own.span, t.span)) {
                let back = own.date != Some(draft.event.date) && own.back == Some(draft.event.date);
                let Some(date) = (if back { other.back } else { other.date }) else { continue };
                if date.precision != Precision::Day || date == draft.event.date {
                    continue;
                }
                let mut twin = draft.clone();
                twin.event.date = date;
                twin.event.evidence.fields.insert("date", other.span);
                more.push(twin);
            }
        }
        drafts.extend(more);
    }

    /// "In May and June it imposed duties of 10% and 15%, respectively": each on its day.
    pub(super) fn respectively(&self, drafts: &mut [Draft]) {
        if drafts.len() != 2 || !self.view.words.iter().any(|w| w.lower == "respectively") {
            return;
        }
        let dated: Vec<&Timing> = self.times.iter().filter(|t| t.date.is_some()).collect();
        let [first, second] = *dated.as_slice() else { return };
        let [one, other] = drafts else { return };
        let rates =
            one.event.rate.is_some() && other.event.rate.is_some() && one.event.rate != other.event.rate;
        if !rates || !self.joined(first.span, second.span) {
            return;
        }
        for (draft, time) in [(one, first), (other, second)] {
            draft.event.date = time.date.unwrap_or(draft.event.date);
            draft.event.evidence.fields.insert("date", time.span);
        }
    }

    /// "It will use the probes to impose duties": what they are for, no duty yet.
    pub(super) fn means(&self) -> bool {
        let groups = &self.view.clauses.groups;
        let Some(own) = self.own_group().filter(|g| g.tense == Tense::Infinitive) else { return false };
        let over = own.governor.and_then(|g| groups.get(g));
        self.share.is_empty()
            && over.is_some_and(|g| {
                is!(g.lemma, "use" | "utilize" | "utilise" | "employ" | "exploit" | "explore")
                    && !g.passive
                    && (g.modal.is_some() || g.tense == Tense::Present)
            })
    }

    /// "In talks with the minister, Roe raised the 10% tariff", "raised the tariff with Doe": spoken of, not made
    /// higher.
    pub(super) fn brought_up(&self) -> bool {
        let words = self.view.words;
        let Some(group) = self.own_group().filter(|g| g.lemma == "raise" && !g.passive) else { return false };
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let end = self.hit.frame.trigger.1;
        let known =
            group.theme.is_some_and(|theme| is!(lower(theme.0), "the" | "its" | "their" | "his" | "her"));
        let moved = (end..words.len()).any(|i| {
            is!(lower(i), "to" | "by" | "from") && words.get(i + 1).is_some_and(|w| w.tag == Tag::Num)
        });
        let occasion = |i: &usize| {
            let noun = (i + 1..i + 5).any(|at| {
                is!(lower(at), "talks" | "meeting" | "call" | "conversation" | "consultations" | "summit")
            });
            noun && is!(lower(*i), "in" | "at" | "during")
        };
        let led = (0..1).chain(end..words.len()).any(|i| occasion(&i));
        let met = |w: &Who| matches!(w.kind, WhoKind::Person | WhoKind::Office);
        let heard = self
            .hit
            .frame
            .preps
            .iter()
            .any(|(prep, range)| lower(*prep) == "with" && self.view.who_in(*range).any(met));
        known && !moved && (led || heard)
    }

    /// "May 4 and June 9".
    fn joined(&self, one: Span, other: Span) -> bool {
        let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
        let between = self.context.doc.slice(Span::new(first.end.min(second.start), second.start));
        one != other && matches!(between.trim(), "and" | "," | ", and" | "and on" | "and again on")
    }
}
