//! Where an act took place.

use super::*;

use crate::grammar::clause::phrase_start;
use crate::grammar::lower::is;

/// A place named behind "in", "at" or "to", or one more of such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) words: Range,
    pub(super) country: Option<StateCode>,
    /// A city or region rather than a whole country.
    pub(super) local: bool,
}

/// What is too wide, or no place at all, behind "in".
const REGIONS: &[&str] = &[
    "asia",
    "asia-pacific",
    "europe",
    "africa",
    "america",
    "americas",
    "eurasia",
    "congress",
    "parliament",
    "brexit",
    "covid-19",
    "english",
    "mandarin",
    "asean",
    "annex",
    "section",
    "article",
    "chapter",
    "appendix",
    "part",
    "phase",
    "apec",
];

/// How many words back a phrase of coming from somewhere opens.
const FROM: usize = 7;

impl Builder<'_> {
    /// Where the act took place, if the text locates it.
    pub(super) fn place(&self, kind: Kind) -> Option<Span> {
        self.spot(kind).map(|spot| self.span_of(spot.words))
    }

    /// The spot of [`Self::place`].
    pub(super) fn spot(&self, kind: Kind) -> Option<Spot> {
        if kind == self.hit.rule.act.kind() {
            *self.known.spot.get_or_init(|| self.find_spot(kind))
        } else {
            self.find_spot(kind)
        }
    }

    fn find_spot(&self, kind: Kind) -> Option<Spot> {
        let own = match &self.hit.rule.act {
            Act::Engagement(Engagement::Call) if self.spoke_there() => true,
            Act::Engagement(Engagement::Call | Engagement::VideoCall) => return None,
            Act::Engagement(_) => true,
            Act::Agreement(Agreement::Commitment) => false,
            Act::Agreement(_) => false,
            _ => return None,
        };
        let frame = &self.hit.frame;
        if frame.nominal && own {
            let start = phrase_start(self.view.words, frame.trigger.0);
            let named = self.spots_as_modifier((start, frame.trigger.0));
            if named.is_some() {
                return named;
            }
        }
        let preps: &[&str] = if self.visit() { &["in", "at", "to"] } else { &["in", "at"] };
        let (start, end) = frame.extent;
        // "invited Peru's president": not the state of whoever is invited.
        let bids_come = self.hit.rule.act == Act::Engagement(Engagement::Invitation);
        if self.visit()
            && !frame.nominal
            && !bids_come
            && let Some(spot) = frame.theme.and_then(|t| self.spot_at_start(t))
        {
            return Some(spot);
        }
        // A whole country behind "in" says where an agreement works rather than where it was made.
        let fits = |s: &Spot| own && kind == Kind::Engagement || s.local;
        let own_spot = |s: &Spot| fits(s) && !self.beyond_another(self.span_of(s.words));
        let end = self.past_apposed(end);
        let after = self.spots((frame.trigger.1, end), preps).into_iter().find(own_spot);
        let opening = self.view.clauses.groups.first().map_or(self.view.words.len(), |g| g.start);
        after
            .or_else(|| self.spot_of_where())
            .or_else(|| self.dateline_spot())
            .or_else(|| {
                // "Told reporters in Oslo about the visit": where it was told.
                let before = if self.visit() && frame.nominal { start } else { frame.trigger.0 };
                self.spots((start, before), &["in", "at"]).into_iter().rev().find(fits)
            })
            .or_else(|| {
                let subject =
                    frame.group.and_then(|g| self.view.clauses.groups.get(g)).and_then(|g| g.subject);
                let first = subject.map_or(opening, |s| s.0).min(opening);
                self.spots((0, first), &["in", "at"]).into_iter().next()
            })
    }

    /// "met her Thai opposite number, Jane Roe, in Lima": where the phrase ends whose name is set off by commas.
    fn past_apposed(&self, end: usize) -> usize {
        let words = self.view.words;
        let edge = self.word_start(end.min(words.len()).saturating_sub(1)).unwrap_or(0);
        let trigger = self.trigger_span().end;
        let over = self.view.who.iter().find(|w| {
            let behind = self.word_start(end).is_some_and(|at| at <= w.span.end);
            w.kind == WhoKind::Person && trigger < w.span.start && w.span.start <= edge && behind
        });
        let Some(over) = over.filter(|_| end < words.len()) else { return end };
        let name_end = self.word_from(over.span.end);
        let set_off = words.get(name_end).is_some_and(|w| w.lower == ",")
            && words.get(name_end + 1).is_some_and(|w| is!(w.lower, "in" | "at" | "on"));
        if !set_off {
            return end;
        }
        let next = self.view.clauses.groups.iter().find(|g| g.start > name_end);
        let stop = next.map_or(words.len(), |g| g.start);
        (name_end + 1..stop).find(|&i| words.get(i).is_some_and(|w| w.lower == ",")).unwrap_or(stop).max(end)
    }

    /// "flew to Lima, where he met the minister": the place named right before.
    fn spot_of_where(&self) -> Option<Spot> {
        let group = self.own_group().filter(|_| !self.hit.frame.nominal)?;
        let from = group.subject.map_or(group.start, |s| s.0).min(group.start);
        let lower = |i: usize| self.view.words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let at = from.checked_sub(2).filter(|&at| lower(at) == "," && lower(at + 1) == "where")?;
        // "at Lancaster House in London, where"
        let within = |s: &Spot| s.words.1 == at || s.words.1 + 3 >= at && lower(s.words.1) == "in";
        let spot = self.spots((0, at), &["in", "at"]).into_iter().rfind(within);
        let edge = self.span_of((0, at)).end;
        spot.or_else(|| {
            let who = self.view.who.iter().find(|w| w.span.end == edge && w.city)?;
            Some(self.spot_of(who, at))
        })
    }

    /// "spoke for an hour in Lima": those who speak in a town are together there, unless a line joins them.
    pub(super) fn spoke_there(&self) -> bool {
        let frame = &self.hit.frame;
        let words = self.view.words;
        let speaks =
            !frame.nominal && self.own_group().is_some_and(|g| is!(g.lemma, "speak" | "talk" | "converse"));
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let linked = (0..words.len()).any(|i| {
            is!(
                lower(i),
                "phone" | "telephone" | "call" | "line" | "link" | "reporters" | "journalists" | "from"
            )
        });
        if !speaks || linked {
            return false;
        }
        let (from, to) = (frame.trigger.1, frame.extent.1);
        let about =
            |i: &usize| is!(lower(*i), "about" | "on" | "of" | "over" | "that" | "," | "at" | "after");
        let weekday = |i: usize| words.get(i + 1).is_some_and(|w| w.time);
        let stop = (from..to).find(|i| about(i) && !weekday(*i)).unwrap_or(to);
        self.spots((from, stop), &["in"]).into_iter().any(|s| s.local && s.country.is_some())
    }

    /// "Met here on Monday": where the dateline is from.
    fn dateline_spot(&self) -> Option<Spot> {
        let extent = self.hit.frame.extent;
        let here = (extent.0..extent.1.min(self.view.words.len()))
            .any(|i| self.view.words.get(i).is_some_and(|w| w.lower == "here"));
        let prefix = self.context.doc.block_of(self.sentence).and_then(|b| b.prefix).filter(|_| here)?;
        let who = self.view.who.iter().find(|w| prefix.contains(w.span) && w.city)?;
        Some(self.spot_of(who, self.view.words.len()))
    }

    /// "flew to Madrid straight from a summit in Lisbon": whether the place at word `at` is where somebody came
    /// from.
    pub(super) fn left_behind(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).and_then(|i| self.view.words.get(i));
        let led = word(1).is_some_and(|w| is!(w.lower, "in" | "at"));
        let held = |back: usize| {
            word(back).is_some_and(|w| {
                is!(
                    w.lemma,
                    "summit"
                        | "meeting"
                        | "talk"
                        | "talks"
                        | "conference"
                        | "forum"
                        | "gathering"
                        | "session"
                        | "visit"
                        | "stop"
                        | "trip"
                        | "event"
                )
            })
        };
        let described = |w: &Word| matches!(w.tag, Tag::Det | Tag::Noun | Tag::Num);
        led && held(2)
            && (3..=FROM)
                .map_while(word)
                .find(|w| w.lower == "from" || !described(w))
                .is_some_and(|w| w.lower == "from")
    }

    /// Whether the act is one of going somewhere.
    pub(super) fn visit(&self) -> bool {
        matches!(self.hit.rule.act.subtype(), "visit" | "invitation")
    }

    /// "The Geneva talks".
    fn spots_as_modifier(&self, range: Range) -> Option<Spot> {
        let who = self.view.who_in(range).find(|w| self.names_place(w))?;
        let at = (range.0..range.1).find(|&i| self.word_start(i) == Some(who.span.start))?;
        let end = (at..range.1).find(|&i| self.word_start(i).is_none_or(|s| s >= who.span.end));
        Some(Spot { words: (at, end.unwrap_or(range.1)), country: who.country, local: who.city })
    }

    /// A city before the noun of a contact: "the Beijing talks", but not "Beijing's talks" or
    /// "Beijing-Washington talks".
    pub(super) fn names_place(&self, who: &Who) -> bool {
        let words = self.view.words;
        let joined = |w: &&Word| w.tag == Tag::Poss || is!(w.lower, "-" | "–" | "/" | "and");
        let at = words.iter().position(|w| w.span.start >= who.span.end);
        let next = at.and_then(|i| words.get(i)).is_some_and(|w| joined(&w));
        let before = words
            .iter()
            .rposition(|w| w.span.end <= who.span.start)
            .and_then(|i| words.get(i))
            .is_some_and(|w| is!(w.lower, "-" | "–" | "/"));
        who.kind == WhoKind::Place || who.city && !next && !before
    }

    fn spot_at_start(&self, range: Range) -> Option<Spot> {
        let start = self.word_start(range.0)?;
        let who = self
            .view
            .who_in(range)
            .find(|w| w.span.start <= start + 4 && matches!(w.kind, WhoKind::Place | WhoKind::State))?;
        Some(self.spot_of(who, range.1))
    }

    pub(super) fn word_start(&self, at: usize) -> Option<usize> {
        self.view.words.get(at).map(|w| w.span.start)
    }

    fn spot_of(&self, who: &Who, limit: usize) -> Spot {
        let words = self.view.words;
        let at = words.iter().position(|w| w.span.start >= who.span.start).unwrap_or(limit);
        let end =
            (at..limit).find(|&i| self.word_start(i).is_none_or(|s| s >= who.span.end)).unwrap_or(limit);
        Spot { words: (at, end.max(at + 1)), country: who.country, local: who.city }
    }

    /// What stands before `at` belongs to a noun there: "at the U.S. request", "in China-US trade".
    fn modifies(&self, at: usize) -> bool {
        self.view
            .words
            .get(at)
            .is_some_and(|w| is!(w.lower, "-" | "–" | "/") || w.tag == Tag::Noun && !w.time && !w.capital)
    }

    /// The places in a range of words, in text order.
    pub(super) fn spots(&self, range: Range, preps: &[&str]) -> Vec<Spot> {
        let words = self.view.words;
        let lower = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let leads = |lead: WordId| preps.iter().any(|prep| lead == WordId::of(prep));
        let mut out: Vec<Spot> = Vec::new();
        let mut at = range.0;
        let end = range.1.min(words.len());
        while at < end {
            let Some(word) = words.get(at).filter(|w| w.capital) else {
                at += 1;
                continue;
            };
            let before = |back: usize| at.checked_sub(back).map_or(WordId::NONE, lower);
            let the = before(1) == "the";
            let lead = if the { before(2) } else { before(1) };
            let listed = out.last().is_some_and(|last| {
                let gap = at - last.words.1;
                // "In Geneva in May, London in June and Madrid in July".
                let dated = (2..=7).contains(&gap)
                    && is!(lead, "and" | ",")
                    && words.get(at + 1).is_none_or(|w| {
                        w.time || w.tag == Tag::Prep || w.tag == Tag::Punct || w.tag == Tag::Conj
                    })
                    && (last.words.1..at).any(|i| words.get(i).is_some_and(|w| w.time))
                    && (last.words.1..at).all(|i| {
                        words.get(i).is_some_and(|w| w.time || is!(w.lower, "," | "and" | "in" | "on"))
                    });
                (gap == 1 && is!(lead, "and" | ","))
                    || (gap == 2 && lead == "and" && before(2) == ",")
                    || dated
            });
            if !(leads(lead) || listed) || self.left_behind(at) {
                at += 1;
                continue;
            }
            let who = self.view.who.iter().find(|w| {
                w.span.start == word.span.start
                    && matches!(w.kind, WhoKind::Place | WhoKind::State)
                    // "In Beijing's view".
                    && !words.iter().any(|p| p.tag == Tag::Poss && p.span.start == w.span.end)
            });
            let spot = match who {
                // "After the talks in Quito, Peru will lower its duty": Peru acts.
                Some(who) if lead == "," && who.kind == WhoKind::State && !who.city => None,
                Some(who) => Some(self.spot_of(who, end)).filter(|s| !self.modifies(s.words.1)),
                None if lead == "in" && !the && word.capital && !word.name && !word.time => {
                    let stop = (at..end)
                        .find(|&i| words.get(i).is_none_or(|w| !w.capital || w.time || w.name))
                        .unwrap_or(end);
                    let modifier = REGIONS.contains(&word.lower.as_str())
                        || words.get(stop).is_some_and(|w| {
                            w.tag == Tag::Num
                                || w.tag == Tag::Poss
                                || w.tag == Tag::Noun && !w.time && !w.capital
                        });
                    (!modifier).then_some(Spot { words: (at, stop), country: None, local: true })
                }
                None => None,
            };
            let Some(spot) = spot else {
                at += 1;
                continue;
            };
            at = spot.words.1.max(at + 1);
            // "at Lancaster House in London"
            let within = lead == "in"
                && out.last().is_some_and(|l| {
                    spot.words.0 == l.words.1 + 1 + usize::from(the)
                        && (l.country.is_none() || l.country == spot.country)
                });
            // "Geneva, Switzerland" and "Woodside, California" are one place each.
            let region = within
                || listed
                    && lead == ","
                    && out.last().is_some_and(|l| l.country.is_none() || l.country == spot.country);
            if !region {
                out.push(spot);
            }
        }
        out
    }
}
