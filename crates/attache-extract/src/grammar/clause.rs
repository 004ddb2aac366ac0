//! Clause frames: a verb or a noun of action with who does it, to what, and under which words.
//!
//! An active clause, its passive and its nominal form give the same frame: `agent` does something
//! to `theme`, the rest hangs on prepositions.

use crate::grammar::lemma::VerbForm;
use crate::grammar::lower::{Lower, WordList, is};
use crate::grammar::preps::{Gathered, Phrase, Preps};
use crate::grammar::tag::{Tag, Word, inverted};

/// A half-open range of word indices.
pub(crate) type Range = (usize, usize);

/// When the verb group places the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tense {
    Past,
    Perfect,
    Present,
    Future,
    Infinitive,
    Gerund,
    Participle,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) start: usize,
    pub(crate) head: usize,
    /// Where its clause begins.
    left: usize,
    pub(crate) lemma: Lower,
    pub(crate) tense: Tense,
    pub(crate) modal: Option<Lower>,
    pub(crate) negated: bool,
    pub(crate) passive: bool,
    pub(crate) finite: bool,
    /// The verb group this one is the complement of.
    pub(crate) governor: Option<usize>,
    /// Describes the noun before it without "that": "the duty it announced".
    pub(crate) contact: bool,
    /// Stands in an if-clause, or is inverted ("should the side insist").
    pub(crate) condition: bool,
    pub(crate) subject: Option<Range>,
    pub(crate) theme: Option<Range>,
    pub(crate) preps: Preps,
    /// From the subject to the last complement.
    pub(crate) extent: Range,
}

/// The verb groups of a sentence in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clauses {
    pub(crate) groups: Vec<Group>,
}

/// An act named in the sentence, by a verb or by a noun.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) trigger: Range,
    pub(crate) nominal: bool,
    /// A participle beside its noun: "the duty imposed in March".
    pub(crate) participle: bool,
    pub(crate) agent: Option<Range>,
    pub(crate) theme: Option<Range>,
    /// The object, where a rule reads its theme behind a preposition.
    pub(crate) object: Option<Range>,
    /// Preposition (word index) and what follows it.
    pub(crate) preps: Preps,
    /// The verb group itself, or the one that governs the noun.
    pub(crate) group: Option<usize>,
    /// Words of the act, for dates and rates.
    pub(crate) extent: Range,
}

/// Verbs that tell what follows without "that".
fn reports(lemma: &str) -> bool {
    matches!(lemma, "say" | "announce" | "write" | "post" | "confirm" | "state" | "declare")
}

/// "of Mexico last month imposing", ", with Beijing taxing", "to the United States listing", "Ottawa's
/// banning": a gerund with a subject of its own.
fn own_subject(words: &[Word], start: usize) -> Option<Range> {
    let named = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun && w.name);
    let mut end = start;
    while end > 0 && words.get(end - 1).is_some_and(|w| w.time) {
        end -= 1;
    }
    let owned = end > 0 && words.get(end - 1).is_some_and(|w| w.tag == Tag::Poss && genitive(w));
    end -= usize::from(owned);
    let mut from = end;
    while from > 0 && named(from - 1) {
        from -= 1;
    }
    if from < end && from > 0 && words.get(from - 1).is_some_and(|w| w.lower == "the") {
        from -= 1;
    }
    if owned && from < end {
        return Some((from, end));
    }
    let lower =
        |back: usize| from.checked_sub(back).and_then(|i| words.get(i)).map_or("", |w| w.lower.as_str());
    // "sent a letter to Lula announcing": whoever sent it announces.
    let addressed = lower(1) == "to"
        && matches!(lower(2), "letter" | "letters" | "message" | "note" | "reply" | "notice" | "statement");
    let led = !addressed
        && matches!(lower(1), "of" | "for" | "to" | "over" | "about" | "despite" | "without" | ",")
        || lower(1) == "with" && matches!(lower(2), "," | "—" | "–");
    (from < end && led).then_some((from, end))
}

/// Verbs whose object is blamed, praised or punished for what it does.
static BLAMES_FOR: WordList = WordList::new(&[
    "accuse",
    "attack",
    "blame",
    "blast",
    "castigate",
    "censure",
    "chide",
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "fault",
    "hail",
    "lambast",
    "lambaste",
    "penalise",
    "penalize",
    "praise",
    "punish",
    "rebuke",
    "reproach",
    "scold",
    "slam",
    "suspect",
    "thank",
]);

/// Who is blamed in "Washington for", "Beijing of".
fn blamed(words: &[Word], region: Range) -> Option<Range> {
    let (from, to) = region;
    let last = to.checked_sub(1).filter(|&i| i > from)?;
    let led = words.get(last).is_some_and(|w| is!(w.lower, "for" | "of"));
    let named = |w: &Word| w.tag == Tag::Noun && (w.name || w.capital) || w.tag == Tag::Pron;
    let plain = (from..last).all(|i| {
        words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Pron | Tag::Adv))
    });
    (led && plain && (from..last).any(|i| words.get(i).is_some_and(named))).then_some((from, last))
}

/// "'s", not "their".
fn genitive(word: &Word) -> bool {
    is!(word.lower, "'s" | "’s" | "'" | "’")
}

/// "this week", "a year earlier", "last August": a time and nothing else.
fn only_time(words: &[Word], (from, to): Range) -> bool {
    (from..to).all(|i| {
        words.get(i).is_some_and(|w| {
            w.time || matches!(w.tag, Tag::Det | Tag::Adv) || is!(w.lower, "last" | "next" | "later" | "ago")
        })
    })
}

/// Nouns of deciding and telling, which name who does what hangs on them.
static RESOLVES: WordList = WordList::new(&[
    "agreement",
    "announcement",
    "attempt",
    "bid",
    "choice",
    "commitment",
    "consent",
    "decision",
    "intention",
    "move",
    "offer",
    "order",
    "plan",
    "pledge",
    "practice",
    "promise",
    "proposal",
    "refusal",
    "step",
    "threat",
    "undertaking",
    "vote",
    "vow",
    "willingness",
]);

/// "Washington's decision to raise duties", "the US announcement of adding firms": who decides it.
fn resolver(words: &[Word], start: usize) -> Option<Range> {
    let to = words.get(start).is_some_and(|w| w.tag == Tag::To);
    let of = start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "of");
    let mut noun = start.checked_sub(if to { 1 } else { 2 }).filter(|_| to || of)?;
    // "the Dutch decision of last Friday to require permits"
    let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
    if to && timed(noun) {
        while noun > 0 && timed(noun) {
            noun -= 1;
        }
        let led = words.get(noun).is_some_and(|w| is!(w.lower, "of" | "on" | "in"));
        noun = noun.saturating_sub(usize::from(led));
    }
    let resolves = words.get(noun).is_some_and(|w| w.tag == Tag::Noun && RESOLVES.has(&w.lemma));
    let mut from = phrase_start(words, noun);
    // 'Washington's "unjustified" decision'
    let quote = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "\"" | "“" | "”" | "‘" | "’"));
    if from > 0
        && quote(from - 1)
        && let Some(open) = (from.saturating_sub(5)..from - 1).rev().find(|&i| quote(i))
        && open > 0
    {
        from = phrase_start(words, open - 1).min(open);
    }
    let owned = (from..noun)
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Poss && genitive(w)))
        .unwrap_or(noun);
    let named =
        (from..owned).any(|i| words.get(i).is_some_and(|w| w.capital && !w.time && w.tag == Tag::Noun));
    (resolves && named).then_some((from, owned))
}

static SAYING_OBJECT_CONTROL: WordList = WordList::new(&[
    "ask",
    "urge",
    "call",
    "order",
    "tell",
    "force",
    "want",
    "allow",
    "require",
    "direct",
    "instruct",
    "invite",
    "press",
    "request",
    "push",
    "expect",
    "encourage",
    "see",
    "help",
    "lead",
    "get",
    "oblige",
    "prompt",
    "compel",
    "provoke",
    "like",
    "spur",
    "persuade",
    "convince",
    "cause",
]);

impl Clauses {
    /// Finds the verb groups, their subjects, objects and governors.
    pub(crate) fn read(words: &[Word]) -> Self {
        let mut clauses = Self { groups: find_groups(words) };
        share_modals(words, &mut clauses.groups);
        share_passives(words, &mut clauses.groups);
        for at in 0..clauses.groups.len() {
            let left = clauses.left_boundary(words, at);
            if let Some(group) = clauses.groups.get_mut(at) {
                group.left = left;
            }
        }
        for at in 0..clauses.groups.len() {
            let subject = clauses.subject(words, at);
            let (theme, preps, end) = clauses.complements(words, at);
            let governor = clauses.governor(words, at, subject);
            let condition = clauses.condition(words, at);
            // "The sanctions that China announced this week": the time is no object.
            let timed = |range: &Range| only_time(words, *range);
            let described = clauses.described_object(words, at);
            let theme = theme.filter(|t| described.is_none() || !timed(t)).or(described);
            let told = clauses.told_behind(words, at, theme);
            let Some(group) = clauses.groups.get_mut(at) else { continue };
            group.extent = (subject.map_or(group.start, |s| s.0.min(group.start)), end);
            group.subject = subject;
            group.theme = theme;
            if let Some((subject, object)) = contact(words, group) {
                group.subject = Some(subject);
                group.theme = Some(object);
                group.contact = true;
                group.extent.0 = subject.0;
            }
            group.preps = Preps::from(&preps);
            group.governor = governor;
            group.condition = condition;
            // '"…," said X': the speaker stands behind the verb.
            let quote = group.start.checked_sub(1).and_then(|i| words.get(i));
            let inverted = group.finite
                && group.start == group.head
                && TELLS_BEHIND.has(&group.lemma)
                && (told || quote.is_some_and(|w| is!(w.lower, "”" | "“" | "\"" | "’")));
            if inverted && let Some(speaker) = group.theme {
                group.subject = Some(speaker);
                group.theme = None;
            }
        }
        clauses
    }

    /// "The duties serve the mills, said the Chinese ambassador": who speaks stands behind a whole clause.
    fn told_behind(&self, words: &[Word], at: usize, theme: Option<Range>) -> bool {
        let Some((group, theme)) = self.groups.get(at).zip(theme) else { return false };
        let comma = group.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",");
        if !comma || !TELLS_BEHIND.has(&group.lemma) || theme.0 != group.head + 1 {
            return false;
        }
        let whole = (0..at).any(|i| {
            self.groups.get(i).is_some_and(|g| g.finite && g.subject.is_some()) && !self.in_relative(words, i)
        });
        let person = (theme.0..theme.1)
            .any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time && (w.name || w.capital)));
        // "said China would": what is said follows.
        let own = self.groups.get(at + 1).is_some_and(|next| {
            next.finite && (theme.1..next.start).all(|i| words.get(i).is_some_and(|w| w.tag == Tag::Adv))
        });
        whole && person && !own
    }

    /// "The accord that India and Britain concluded": the object of a relative clause stands before it.
    fn described_object(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|g| g.finite && !g.passive && g.lemma != "be")?;
        if INTRANSITIVE.has(&group.lemma) || COMPLEMENT_TAKERS.has(&group.lemma) {
            return None;
        }
        let left = self.left(at);
        let opener = left
            .checked_sub(1)
            .filter(|&i| words.get(i).is_some_and(|w| is!(w.lower, "that" | "which" | "whom")))?;
        let person = words.get(opener).is_some_and(|w| w.lower == "whom");
        // "The inquiry, which Washington opened in March"
        let comma = opener.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == ","));
        let aside = comma.filter(|_| words.get(opener).is_some_and(|w| w.tag == Tag::Rel)).unwrap_or(opener);
        let before = aside.checked_sub(1).and_then(|i| words.get(i));
        // "Firms from China that Washington had listed", but not "said in China that …"
        let placed = || {
            before.is_some_and(|w| w.tag == Tag::Noun && w.name)
                && antecedent(words, opener).is_some_and(|(from, _)| {
                    from == 0
                        && words.get(from).is_some_and(|w| !w.name)
                        && (from..aside).any(|i| words.get(i).is_some_and(|w| is!(w.lower, "from" | "of")))
                })
        };
        let noun = before.is_some_and(|w| {
            w.tag == Tag::Noun && !w.name && !w.time && !w.capital || is!(w.lower, "%" | "percent")
        }) || placed()
            || person && before.is_some_and(|w| w.tag == Tag::Noun);
        (noun && left < group.start).then(|| antecedent(words, opener))?
    }

    /// Where the clause of group `at` begins: after the nearest word that opens a clause.
    fn left_boundary(&self, words: &[Word], at: usize) -> usize {
        let Some(group) = self.groups.get(at) else { return 0 };
        let mut floor = 0;
        for earlier in self.groups.get(..at).unwrap_or_default().iter().rev() {
            // "Chile, breaking with its past, is to …": the aside between commas ends no clause.
            let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
            let aside = earlier.tense == Tense::Gerund
                && earlier.start.checked_sub(1).is_some_and(comma)
                && group.start.checked_sub(1).is_some_and(comma);
            // "The pause, due to end on Sunday, has been extended".
            let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
            let due = earlier.tense == Tense::Infinitive
                && earlier.start >= 2
                && matches!(
                    word(earlier.start - 1),
                    "due" | "set" | "scheduled" | "meant" | "expected" | "slated" | "supposed"
                )
                && word(earlier.start - 2) == ","
                && group.start.checked_sub(1).is_some_and(comma);
            let aside = aside || due;
            if (earlier.finite || earlier.tense != Tense::Participle) && !aside {
                floor = earlier.head + 1;
                break;
            }
        }
        let mut left = group.start;
        while left > floor {
            let Some(word) = words.get(left - 1) else { break };
            // "The secretariat (SECO) met": past what stands in brackets.
            if word.lower == ")"
                && let Some(open) =
                    (floor..left - 1).rev().take(12).find(|&i| words.get(i).is_some_and(|w| w.lower == "("))
            {
                left = open;
                continue;
            }
            // "should" before its subject opens a condition.
            if matches!(word.tag, Tag::Sub | Tag::Rel)
                || word.tag == Tag::Modal && word.lower == "should"
                || is!(word.lower, ";" | ":" | "—" | "–" | "(")
                || opens_clause(words, left - 1, group.start, floor)
            {
                break;
            }
            left -= 1;
        }
        left
    }

    /// "Goods entering the United States will be taxed": what enters is taxed.
    fn gerund_host(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        let gerund = at.checked_sub(1).and_then(|i| self.groups.get(i))?;
        let behind = (gerund.head + 1, group.start);
        let closed = (behind.0..behind.1).any(|i| {
            words.get(i).is_some_and(|w| {
                matches!(w.tag, Tag::Conj | Tag::Sub | Tag::Rel | Tag::Pron | Tag::Punct) && !w.name
            })
        });
        let noun = gerund.start.checked_sub(1)?;
        let thing = words.get(noun).is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && !w.capital);
        let object = gerund.tense == Tense::Gerund && behind.0 < behind.1 && !closed;
        (object && thing).then_some(())?;
        // "The duty of $80 on each parcel coming from Brazil will end": what the parcels belong to.
        let whole = trim(words, (gerund.left, noun + 1)).and_then(|r| subject_phrase(words, r, false));
        whole.filter(|r| r.1 == noun + 1).or_else(|| Some((phrase_start(words, noun), noun + 1)))
    }

    fn left(&self, at: usize) -> usize {
        self.groups.get(at).map_or(0, |group| group.left)
    }

    fn subject(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        let left = self.left(at);
        let previous =
            self.groups.get(..at).and_then(|before| before.iter().rfind(|g| g.tense != Tense::Participle));
        if !group.finite {
            return self.inherited(words, at);
        }
        let opener = left.checked_sub(1).and_then(|i| words.get(i));
        let elder = || {
            let last = self.groups.get(..at)?.iter().rev().find(|g| g.finite)?;
            // "ruled that brandy had been dumped and set duties": the ruling goes on, not the brandy.
            let above = last.governor.and_then(|g| self.groups.get(g)).filter(|g| g.finite);
            match above {
                Some(above) if last.passive && !group.passive && group.modal.is_none() => above.subject,
                // "found that mills had dumped steel and proposed duties": the finding goes on.
                Some(above)
                    if last.tense == Tense::Perfect
                        && above.tense == Tense::Past
                        && group.tense == Tense::Past
                        && !group.passive =>
                {
                    above.subject
                }
                // "said the channel remained open, and called on X to act": whoever spoke goes on.
                Some(above)
                    if reports(&above.lemma)
                        && group.modal.is_none()
                        && !group.passive
                        && above.tense == group.tense
                        && UTTERS.has(&group.lemma)
                        && (last.tense != group.tense || comma_before_conjunction(words, group.start)) =>
                {
                    above.subject
                }
                _ => last.subject,
            }
        };
        // "X did this and said that": one subject for both verbs.
        let last = (left..group.start).rev().filter_map(|i| words.get(i)).find(|w| w.tag != Tag::Adv);
        if last.is_some_and(|w| w.tag == Tag::Conj)
            && let Some(shared) = elder()
        {
            return Some(shared);
        }
        if let Some(rumour) = self.rumour(words, at) {
            return Some(rumour);
        }
        // "Chile, which had banned the export, will lift the ban": who is described, not what was banned.
        if last.is_some_and(|w| w.lower == ",")
            && let Some(described) = self.aside_host(words, at).or_else(|| self.described(words, at))
        {
            return Some(described);
        }
        // "Announcement No. 5: Imposes controls on …": what is named before the colon.
        let third = words.get(group.head).is_some_and(|w| w.tag == Tag::Verb(VerbForm::ThirdPerson));
        let colon = left.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == ":"));
        if let Some(colon) = colon.filter(|_| left == group.start && third && at == 0)
            && let Some(found) = trim(words, (0, colon))
        {
            return Some(found);
        }
        let region = trim(words, (left, group.start));
        if let Some(host) = self.gerund_host(words, at) {
            return Some(host);
        }
        // "Trump hit Brazil with a duty, announced another on India, and revealed a deal".
        // "…, X, the ministry's spokesman, said on Monday": somebody speaks of what was told.
        let closing = INSERTED.has(&group.lemma)
            && words.get(group.head + 1).is_none_or(|w| w.time || matches!(w.tag, Tag::Punct | Tag::Prep));
        let serial = last.is_some_and(|w| w.lower == ",")
            && !closing
            && !words.get(left.saturating_sub(1)).is_some_and(|w| matches!(w.tag, Tag::Rel | Tag::Sub))
            && previous.is_some_and(|p| {
                let alike = p.tense == group.tense
                    || p.tense == Tense::Perfect && group.tense == Tense::Past && group.start == group.head;
                p.finite && p.head + 1 == left && alike && p.passive == group.passive
            })
            && !at.checked_sub(1).is_some_and(|p| self.in_relative(words, p));
        // "A rise that had been due on New Year's Day was put off": what follows "due" is its complement.
        let complement = region.and_then(|r| words.get(r.0)).is_some_and(|w| {
            matches!(w.tag, Tag::Prep | Tag::To | Tag::Adv) || is!(w.lower, "due" | "set" | "ready")
        });
        // "Beijing, which put duties on corn in April, agreed to"
        let enclosed = last.is_some_and(|w| w.lower == ",");
        // "goods that enter the United States are charged": the object of the relative clause.
        let object = region.is_some()
            && previous.is_some_and(|p| {
                let opener = p.start.checked_sub(1).and_then(|i| words.get(i));
                let inside = p.finite && opener.is_some_and(|w| w.tag == Tag::Rel)
                    // "the duty that was to hit toys on Sunday will not be collected"
                    || p.tense == Tense::Infinitive
                        && matches!(group.modal.as_deref(), Some("will" | "would"))
                        && self.relative_host(words, at).is_some();
                inside && p.head + 1 == left && !COMPLEMENT_TAKERS.has(&p.lemma)
            })
            && !(left..group.start).any(|i| {
                let noun = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time);
                // "phones and toys"
                let pair = i > left && noun(i - 1) && noun(i + 1);
                words
                    .get(i)
                    .is_some_and(|w| w.lower == "," || w.tag == Tag::Sub || w.tag == Tag::Conj && !pair)
            });
        if (complement || enclosed || object)
            && self.relative_host(words, at).is_some()
            && let Some(described) = self.described(words, at)
        {
            return Some(described);
        }
        if serial && let Some(shared) = elder() {
            return Some(shared);
        }
        if let Some((_, speaker)) = inserted(words, group, left) {
            return Some(speaker);
        }
        // "The duties, the ministry said, are unfair."
        if let Some(aside) = at.checked_sub(1)
            && region.is_none()
            && let Some(before) = self.groups.get(aside)
            && let Some((host, _)) = inserted(words, before, self.left(aside))
        {
            return Some(host);
        }
        // "Told customers it would": the pronoun right before the verb, not the object before it.
        // "On the margins he also held talks": past the adverb.
        let to = (left..group.start)
            .rev()
            .take(3)
            .find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Adv))
            .map_or(left, |i| i + 1);
        if to > left + 1
            && words.get(to - 1).is_some_and(|w| {
                is!(w.lower, "it" | "they" | "he" | "she" | "we" | "i") && w.tag == Tag::Pron
            })
            && words.get(to - 2).is_some_and(|w| {
                w.tag == Tag::Noun && !w.time || is!(w.lower, "us" | "me" | "him" | "them" | "you")
            })
        {
            return Some((to - 1, to));
        }
        // "Told reporters the United States was ready": whoever is told is no subject.
        if let Some((from, to)) = region
            && previous
                .is_some_and(|p| p.head + 1 == left && is!(p.lemma, "tell" | "inform" | "assure" | "remind"))
            && words.get(from).is_some_and(|w| w.tag == Tag::Noun && !w.name && w.lower.ends_with('s'))
            && from + 1 < to
            && words.get(from + 1).is_some_and(|w| w.tag == Tag::Det || w.name)
        {
            return Some((from + 1, to));
        }
        if let Some(region) = region {
            // Straight after a verb the first phrase is its object; the subject follows a comma or "and".
            // "said the duty on cars, lumber and medicines would rise": the list is all subject.
            let told = previous.is_some_and(|p| reports(&p.lemma))
                && words.get(region.0).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss));
            let after_verb =
                previous.is_some_and(|p| p.head + 1 == left && p.tense != Tense::Participle) && !told;
            // "gives the mills access and Lima is buying jets": one who buys.
            if after_verb
                && words.get(group.start).is_some_and(|w| is!(w.lower, "is" | "was" | "has"))
                && let Some(and) =
                    (region.0 + 1..region.1).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == "and"))
                && and + 1 < region.1
                && (and + 1..region.1).all(|i| words.get(i).is_some_and(|w| w.name || w.tag == Tag::Det))
            {
                return Some((and + 1, region.1));
            }
            if let Some(found) = subject_phrase(words, region, after_verb) {
                return Some(found);
            }
        }
        if opener.is_some_and(|w| w.tag == Tag::Rel) {
            return antecedent(words, left - 1);
        }
        if let Some(described) = self.described(words, at) {
            return Some(described);
        }
        elder()
    }

    /// The verb of a relative clause right before the verb `at`, past what hangs on it.
    fn relative_host(&self, words: &[Word], at: usize) -> Option<usize> {
        let hangs = |g: &&Group| matches!(g.tense, Tense::Infinitive);
        let back = self.groups.get(..at)?.iter().rev().take_while(hangs).count();
        at.checked_sub(1 + back).filter(|&host| self.in_relative(words, host))
    }

    fn in_relative(&self, words: &[Word], at: usize) -> bool {
        let left = self.left(at);
        left.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| matches!(w.tag, Tag::Rel | Tag::Sub))
    }

    /// "The talks that were planned have ended": what a relative clause right before the verb describes.
    fn described(&self, words: &[Word], at: usize) -> Option<Range> {
        let before = self.relative_host(words, at).or(at.checked_sub(1))?;
        let inner = self.groups.get(before).filter(|g| g.finite)?;
        let left = self.left(before);
        // "The curbs that Beijing brought in have alarmed …": what the inner verb has for its object.
        let object = self.described_object(words, before).is_some();
        let opener =
            left.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| object || w.tag == Tag::Rel))?;
        let group = self.groups.get(at)?;
        let joined = (inner.head + 1..group.start)
            .any(|i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Conj | Tag::Sub)));
        if joined {
            return None;
        }
        let floor = self.groups.get(..before)?.iter().rev().find(|g| g.finite).map_or(0, |g| g.head + 1);
        subject_phrase(words, trim(words, (floor, opener))?, false)
    }

    /// "Reports that Lima will halt all shipments are untrue": what is called so, not what it is about.
    fn rumour(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        let judged = group.passive && JUDGES.has(&group.lemma)
            || group.lemma == "be"
                && words
                    .get(group.head + 1..)
                    .unwrap_or_default()
                    .iter()
                    .take(3)
                    .any(|w| UNTRUE.has(&w.lower));
        let first = self.groups.iter().position(|g| g.finite)?;
        if !judged || first >= at {
            return None;
        }
        let opener =
            self.left(first).checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.lower == "that"))?;
        let noun = opener.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| RUMOURS.has(&w.lemma)))?;
        subject_phrase(words, trim(words, (0, noun + 1))?, false)
    }

    /// "Johnson, annoyed by what Europeans charged, laid a tax": what an aside between commas, the second
    /// of them right before the verb, describes.
    fn aside_host(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|g| !INSERTED.has(&g.lemma) && !TELLS_BEHIND.has(&g.lemma))?;
        let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
        let close = (0..group.start).rev().find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Adv))?;
        if !comma(close) {
            return None;
        }
        for open in (close.saturating_sub(FAR_ASIDE)..close).rev().filter(|&i| comma(i)) {
            let next = words.get(open + 1)?;
            let inner = self.groups.iter().find(|g| g.start > open && g.start < close);
            let opens = match next.tag {
                Tag::Rel => true,
                Tag::Sub => next.lower == "where",
                _ => inner.is_some_and(|g| {
                    g.start == open + 1
                        && matches!(g.tense, Tense::Participle | Tense::Past | Tense::Gerund)
                        && g.subject.is_none_or(|s| s.1 <= open)
                }),
            };
            let noun = open
                .checked_sub(1)
                .and_then(|i| words.get(i))
                .is_some_and(|w| w.tag == Tag::Noun || is!(w.lower, "%" | "percent" | ")"));
            if !opens || !noun {
                continue;
            }
            let before =
                self.groups.iter().rfind(|g| g.head < open && (g.finite || g.tense == Tense::Infinitive));
            let floor = before.map_or(0, |g| g.head + 1);
            let boundary = (floor..open).rev().find(|&i| {
                words.get(i).is_some_and(|w| {
                    matches!(w.tag, Tag::Sub | Tag::Rel) || is!(w.lower, ";" | ":" | "—" | "“")
                })
            });
            let object = boundary.is_none()
                && before.is_some_and(|g| !COMPLEMENT_TAKERS.has(&g.lemma) && !reports(&g.lemma));
            if object {
                return None;
            }
            let region = trim(words, (boundary.map_or(floor, |i| i + 1), open))?;
            return subject_phrase(words, region, false).filter(|r| r.1 == region.1);
        }
        None
    }

    /// The understood subject of an infinitive, a gerund or a participle.
    fn inherited(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at)?;
        if group.tense == Tense::Participle {
            // "Imposed in 2018, the duties remain": what the main clause is about.
            return antecedent(words, group.start).or_else(|| {
                let next = self.groups.get(at + 1..)?.iter().find(|g| g.finite)?;
                let comma =
                    (group.head..next.start).find(|&i| words.get(i).is_some_and(|w| w.lower == ","))?;
                let last =
                    (comma + 1..next.start).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
                let from = last.filter(|&i| i > comma && i + 1 < next.start).unwrap_or(comma);
                subject_phrase(words, trim(words, (from + 1, next.start))?, false)
            });
        }
        if group.tense == Tense::Gerund
            && let Some(own) = own_subject(words, group.start)
        {
            return Some(own);
        }
        if let Some(resolver) = resolver(words, group.start) {
            return Some(resolver);
        }
        let before = self.groups.get(..at)?;
        // "…, with both sides pledging to go on".
        if group.tense == Tense::Gerund {
            let floor = before.last().map_or(0, |g| g.head + 1);
            let with = (floor.max(1)..group.start).rev().take(12).find(|&i| {
                words.get(i).is_some_and(|w| w.lower == "with")
                    && words.get(i - 1).is_some_and(|w| w.lower == ",")
            });
            if let Some(with) = with
                && let Some(found) = trim(words, (with + 1, group.start))
            {
                return Some(found);
            }
        }
        // "committed to lifting the curbs and removing its firms": one who does both.
        let joined = group.tense == Tense::Gerund
            && group.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Conj);
        let twin = || before.iter().rev().take_while(|g| !g.finite).find(|g| g.tense == Tense::Gerund);
        if joined && let Some(subject) = twin().and_then(|g| g.subject) {
            return Some(subject);
        }
        // "criticised Washington for imposing curbs": whoever is blamed imposes them.
        if let Some(previous) = before.last()
            && group.tense == Tense::Gerund
            && BLAMES_FOR.has(&previous.lemma)
            && !previous.passive
            && let Some(found) = blamed(words, (previous.head + 1, group.start))
        {
            return Some(found);
        }
        // "The deal includes India buying jets".
        if let Some(previous) = before.last().filter(|p| {
            group.tense == Tense::Gerund
                && !p.passive
                && matches!(
                    p.lemma.as_str(),
                    "include"
                        | "involve"
                        | "see"
                        | "require"
                        | "mean"
                        | "envisage"
                        | "entail"
                        | "regret"
                        | "oppose"
                        | "deplore"
                        | "condemn"
                        | "criticise"
                        | "criticize"
                        | "welcome"
                        | "follow"
                )
        }) && let Some(found) = trim(words, (previous.head + 1, group.start))
            && words.get(found.1 - 1).is_some_and(|w| w.name)
        {
            return Some(found);
        }
        // "was ordering firms to leave, as well as raising duties"
        let added = group.start.checked_sub(3).and_then(|i| words.get(i..group.start)).is_some_and(
            |w| matches!(w, [a, b, c] if a.lower == "as" && b.lower == "well" && c.lower == "as"),
        );
        if added && let Some(subject) = before.iter().rev().find(|g| g.finite).and_then(|g| g.subject) {
            return Some(subject);
        }
        if let Some(previous) = before.last() {
            let between = words.get(previous.head + 1..group.start).unwrap_or_default();
            // "promised to order jets and to take wheat": whoever orders takes.
            let joined = previous.tense == Tense::Infinitive
                && words.get(group.start).is_some_and(|w| w.tag == Tag::To)
                && between.last().is_some_and(|w| w.tag == Tag::Conj);
            let control =
                SAYING_OBJECT_CONTROL.has(&previous.lemma) && group.tense == Tense::Infinitive && !joined;
            // "called Trump to tell him": whoever called tells him.
            let rings = previous.lemma == "call"
                && matches!(
                    group.lemma.as_str(),
                    "tell"
                        | "say"
                        | "discuss"
                        | "congratulate"
                        | "thank"
                        | "express"
                        | "explain"
                        | "convey"
                        | "warn"
                        | "inform"
                        | "brief"
                );
            if control && !rings && !previous.passive && between.iter().any(|w| w.tag == Tag::Noun) {
                // "called on Beijing to lift its ban"
                let led = between.first().is_some_and(|w| is!(w.lower, "on" | "upon" | "for" | "with"));
                let from = previous.head + 1 + usize::from(led);
                return subject_phrase(words, trim(words, (from, group.start))?, false);
            }
            // "X changes the rate set in Order 3, by suspending a part", "X lifts the duty put on Y, and to
            // charge …": what hangs on the participle ends at the comma.
            let passed = previous.tense == Tense::Participle
                && matches!(group.tense, Tense::Gerund | Tense::Infinitive)
                && between.iter().any(|w| w.lower == ",");
            if !previous.finite && !passed {
                return previous.subject;
            }
        }
        if let Some(subject) = before.iter().rev().find(|g| g.finite).and_then(|g| g.subject) {
            return Some(subject);
        }
        // A gerund before its main clause: "After raising duties, Washington …".
        let next = self.groups.get(at + 1..)?.iter().find(|g| g.finite)?;
        let comma = (group.head..next.start).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","))?;
        trim(words, (comma + 1, next.start))
    }

    /// Object and prepositional complements of a group, and where they end.
    fn complements(&self, words: &[Word], at: usize) -> Complements {
        let Some(group) = self.groups.get(at) else { return (None, Gathered::default(), 0) };
        let mut limit = words.len();
        // "set aside until May the charges"
        let particle =
            words.get(group.head + 1).is_some_and(|w| w.tag == Tag::Adv || is!(w.lower, "aside" | "off"));
        let behind = group.head + 1 + usize::from(particle);
        let from = match past_times(words, behind) {
            same if same == behind => past_times(words, group.head + 1),
            past => past,
        };
        for next in self.groups.get(at + 1..).unwrap_or_default() {
            if next.tense == Tense::Participle || next.head < from {
                continue;
            }
            limit = next.start.min(limit);
            break;
        }
        let (theme, preps, end) =
            behind_rates(words, from, limit).unwrap_or_else(|| phrases(words, from, limit));
        // What stands before the next finite verb is that verb's subject.
        let next_finite =
            self.groups.get(at + 1..).unwrap_or_default().iter().find(|g| g.start == limit && g.finite);
        // "The accord struck by X and Y in Rome eases": all of it describes the accord.
        // "The truce agreed between X and Y holds"
        let done_by = group.tense == Tense::Participle
            && words.get(group.head + 1).is_some_and(|w| is!(w.lower, "by" | "between"));
        let timed = theme.is_none_or(|r| (r.0..r.1).all(|i| words.get(i).is_some_and(|w| w.time)));
        let described = || self.described_object(words, at).is_some() || contact(words, group).is_some();
        let made = timed && described();
        // "The duty that took effect in August was cut": all of it describes the duty.
        let own = group.finite
            && !COMPLEMENT_TAKERS.has(&group.lemma)
            && !reports(&group.lemma)
            && (self.left(at)..group.start).all(|i| words.get(i).is_some_and(|w| w.tag == Tag::Adv))
            && self.left(at).checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Rel)
            && !(from..limit).any(|i| words.get(i).is_some_and(|w| w.lower == "," || w.tag == Tag::Conj));
        if next_finite.is_some() && end == limit && (done_by || made || own) {
            return (theme, preps, end);
        }
        if next_finite.is_some() && end == limit {
            let opens = |w: &Word| {
                w.lower == ","
                    || matches!(w.tag, Tag::Conj | Tag::Modal)
                    || is!(w.lower, "after" | "before" | "since" | "until" | "as" | "so")
            };
            let cut = (from..limit).rev().find(|&i| words.get(i).is_some_and(opens));
            if let Some(cut) = cut {
                let (theme, preps, end) = phrases(words, from, cut);
                return (theme, preps, end);
            }
            // "the duty it announced": the object ends where the subject of the next verb begins.
            let next = next_finite.map(|g| &g.lemma);
            if let Some(cut) = contact_clause(words, group, next, limit) {
                return phrases(words, from, cut);
            }
            return (None, Gathered::default(), from);
        }
        (theme, preps, end)
    }

    fn governor(&self, words: &[Word], at: usize, subject: Option<Range>) -> Option<usize> {
        let group = self.groups.get(at)?;
        let mut previous = at.checked_sub(1)?;
        // "invoked an act, never used before, to order duties": the aside orders nothing.
        if group.tense == Tense::Infinitive
            && let Some(aside) = self.groups.get(previous).filter(|g| g.tense == Tense::Participle)
            && (aside.head..group.start).any(|i| words.get(i).is_some_and(|w| w.lower == ","))
        {
            previous = self.groups.get(..previous)?.iter().rposition(|g| g.tense != Tense::Participle)?;
        }
        let before = self.groups.get(previous)?;
        if group.tense == Tense::Infinitive {
            // A coordinated infinitive hangs on what its elder sibling hangs on.
            let between = words.get(before.head + 1..group.start).unwrap_or_default();
            let coordinated = before.tense == Tense::Infinitive
                && between.last().is_some_and(|w| w.tag == Tag::Conj || w.lower == ",");
            return if coordinated { before.governor.or(Some(previous)) } else { Some(previous) };
        }
        if group.tense == Tense::Gerund {
            let between = words.get(before.head + 1..group.start).unwrap_or_default();
            // "Committed to buying beans and ordering jets".
            let joined = between.last().is_some_and(|w| w.tag == Tag::Conj)
                && matches!(before.tense, Tense::Gerund | Tense::Infinitive)
                && words.get(before.head).is_some_and(|w| w.lower.ends_with("ing"));
            if joined {
                return before.governor;
            }
            // "Might retaliate against the duties by filing": as open as the means it is.
            if between.last().is_some_and(|w| w.lower == "by") {
                return (0..at)
                    .rev()
                    .find(|&i| self.groups.get(i).is_some_and(|g| g.tense != Tense::Participle));
            }
            // "Looks forward to reaching", "refrain from banning".
            let linked = between.len() <= 2
                && between.last().is_none_or(|w| is!(w.lower, "to" | "from" | "of" | "against" | "by"))
                && between.iter().rev().skip(1).all(|w| matches!(w.tag, Tag::Adv) || w.lower == "forward");
            return linked.then_some(previous);
        }
        if !group.finite {
            return None;
        }
        let left = self.left(at);
        let opener = left.checked_sub(1).and_then(|i| words.get(i));
        let that = opener.is_some_and(|w| is!(w.lower, "that" | "whether" | "how"));
        let relative = that && opener.is_some_and(|w| w.tag == Tag::Rel);
        let direct = left == before.head + 1;
        let verb =
            |g: &Group| g.finite || matches!(g.tense, Tense::Infinitive | Tense::Gerund | Tense::Participle);
        // "Talks that led to a deal" stand in the words of whoever tells of the talks.
        if relative {
            let over = (0..at).rev().find(|&i| self.groups.get(i).is_some_and(|g| verb(g) && g.head < left));
            return over.and_then(|i| self.groups.get(i)).and_then(|g| g.governor);
        }
        // "My guess is that it will be fought in court, and that Lima will pay": as far as the clause before.
        let second = that
            && left.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Conj);
        if second {
            let opened = |i: &usize| {
                self.left(*i).checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "that")
            };
            if let Some(elder) = (0..at).rev().find(opened).and_then(|i| self.groups.get(i)) {
                return elder.governor;
            }
        }
        if that {
            return (0..at).rev().find(|&i| self.groups.get(i).is_some_and(|g| verb(g) && g.head < left));
        }
        // "and pledged": the same level as the clause before, the same saying verb above.
        let coordinated = words.get(group.start.saturating_sub(1)).is_some_and(|w| w.tag == Tag::Conj);
        if coordinated {
            let elder = self.groups.get(..at)?.iter().rev().find(|g| g.finite).unwrap_or(before);
            return elder.governor;
        }
        // "Goods that do not qualify were taxed": the subject stands before the clause that describes it.
        if let Some(subject) =
            subject.filter(|s| s.1 <= before.start && self.relative_host(words, at).is_some())
        {
            let above = self.groups.get(..at)?.iter().rposition(|g| g.finite && g.head < subject.0)?;
            let head = self.groups.get(above)?.head;
            let told = (head + 1..subject.0).all(|i| {
                words.get(i).is_some_and(|w| w.lower == "that" || matches!(w.tag, Tag::Adv | Tag::Det))
            });
            return told.then_some(above);
        }
        // Without "that", only a subject right behind the verb makes a complement clause.
        // "said the duty on cars, lumber and medicines would rise": commas within the subject part nothing.
        let listed = direct
            && reports(&before.lemma)
            && words.get(left).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss));
        let comma = !listed
            && words.get(before.head + 1..group.start).unwrap_or_default().iter().any(|w| w.lower == ",");
        if direct && !comma {
            return Some(previous);
        }
        if direct && comma {
            // "Urging Washington to stop, he said …": what stands in front governs nothing behind it.
            let fronted = |g: &Group| g.tense == Tense::Gerund && g.governor.is_none() && g.start < 2;
            return before.governor.filter(|&g| !self.groups.get(g).is_some_and(fronted));
        }
        None
    }

    fn condition(&self, words: &[Word], at: usize) -> bool {
        let Some(group) = self.groups.get(at) else { return false };
        let left = self.left(at);
        let opener = left.checked_sub(1).and_then(|i| words.get(i));
        opener.is_some_and(|w| match w.lower.as_str() {
            // "whether or not assembled": in either case.
            "whether" => words.get(left).is_none_or(|w| w.lower != "or"),
            "if" | "unless" => true,
            // "Except as otherwise provided, …"
            "provided" => {
                let before = left.checked_sub(2).and_then(|i| words.get(i));
                before.is_none_or(|w| !is!(w.lower, "as" | "otherwise"))
            }
            // "will stay until the other side lifts its own"
            "until" | "till" | "once" => group.tense == Tense::Present,
            // "asked for their removal before it will drop its complaint"
            "before" => {
                group.tense == Tense::Present
                    || group.modal.as_ref().is_some_and(|m| matches!(m.as_str(), "will" | "would" | "can"))
            }
            _ => false,
        })
    }

    /// The frame of the verb group `at`, with active and passive made alike.
    pub(crate) fn verb_frame(&self, words: &[Word], at: usize, trigger: Range) -> Option<Frame> {
        let group = self.groups.get(at)?;
        let by =
            group.preps.iter().find(|(p, _)| words.get(*p).is_some_and(|w| w.lower == "by")).map(|(_, r)| *r);
        let mut theme = group.theme;
        // A particle that belongs to the trigger is no complement.
        let own = |(p, _): &Phrase| *p >= trigger.1 || *p < trigger.0;
        let mut preps = group.preps.clone();
        if !preps.iter().all(own) {
            let mut kept = Gathered::default();
            kept.extend(preps.iter().copied().filter(own));
            preps = Preps::from(&kept);
        }
        if let Some((_, end)) = theme.filter(|t| t.0 < trigger.1 && trigger.0 < t.1) {
            theme = (trigger.1 < end).then_some((trigger.1, end));
        }
        if trigger.1 > group.head + 1 {
            let (found, rest, _) = phrases(words, trigger.1, group.extent.1.max(trigger.1));
            theme = found.or(theme);
            preps = Preps::from(&rest);
        }
        let (agent, theme) = match group.passive {
            // "was hit by a duty": the trigger names the whole of it.
            true if trigger.0 < group.head => (group.subject, theme.filter(|_| trigger.1 > group.head + 1)),
            true => (by.or_else(|| self.leaver(words, at)), group.subject),
            false => (group.subject, theme),
        };
        Some(Frame {
            trigger,
            nominal: false,
            participle: group.tense == Tense::Participle || group.contact,
            agent,
            theme,
            object: None,
            preps,
            group: Some(at),
            extent: group.extent,
        })
    }

    /// "China will leave its ban suspended": whoever leaves it so.
    fn leaver(&self, words: &[Word], at: usize) -> Option<Range> {
        let group = self.groups.get(at).filter(|g| g.tense == Tense::Participle)?;
        let above = at.checked_sub(1).and_then(|i| self.groups.get(i))?;
        let object = group.subject.is_some_and(|s| s.0 > above.head);
        let plain = words.get(above.head + 1..group.start)?.iter().all(|w| w.lower != ",");
        (is!(above.lemma, "leave" | "keep") && object && plain).then_some(above.subject)?
    }

    /// "the fees that Washington adopted": who made what the range names, by a clause that describes it.
    pub(crate) fn maker(&self, words: &[Word], theme: Range) -> Option<Range> {
        let by = |g: &Group| {
            let led = |p: usize| words.get(p).is_some_and(|w| w.lower == "by");
            g.preps.iter().find(|(p, _)| led(*p)).map(|(_, r)| *r)
        };
        let described = |g: &&Group| {
            let same = |r: Option<Range>| r.is_some_and(|r| theme.0 <= r.0 && r.1 <= theme.1 || r == theme);
            let close = g.start >= theme.0 && g.start < theme.1 + 12;
            close && (g.tense == Tense::Participle && same(g.subject) || !g.passive && same(g.theme))
        };
        let group = self.groups.iter().find(described)?;
        if group.tense == Tense::Participle { by(group) } else { group.subject }
    }

    /// The frame of a noun of action at `trigger`.
    pub(crate) fn noun_frame(&self, words: &[Word], trigger: Range) -> Frame {
        let start = phrase_start(words, trigger.0);
        let (_, preps, end) = {
            let limit = self
                .groups
                .iter()
                .filter(|g| g.start >= trigger.1 && g.tense != Tense::Participle)
                .map(|g| g.start)
                .min();
            phrases_of_noun(words, trigger.1, limit.unwrap_or(words.len()))
        };
        let of = preps.iter().find(|(p, _)| words.get(*p).is_some_and(|w| w.lower == "of")).map(|(_, r)| *r);
        let mut by =
            preps.iter().find(|(p, _)| words.get(*p).is_some_and(|w| w.lower == "by")).map(|(_, r)| *r);
        let mut of = of;
        // "the introduction by Beijing of controls"
        if of.is_none()
            && let Some((from, to)) = by
            && let Some(inner) = (from + 1..to).find(|&i| words.get(i).is_some_and(|w| w.lower == "of"))
            && words.get(inner - 1).is_some_and(|w| w.name)
        {
            by = Some((from, inner));
            of = trim(words, (inner + 1, to));
        }
        let governs = |g: &Group| {
            (g.head < start && g.extent.1 >= trigger.1)
                || g.subject.is_some_and(|s| s.0 <= trigger.0 && trigger.0 < s.1)
        };
        // "announced a suspension of duties on goods covered by …": what only describes does not govern.
        let describes = |g: &Group| g.tense == Tense::Participle && g.head >= trigger.1;
        // "threatened everything made in Chile with a duty": what only tells which things does not either.
        let within = |at: usize, g: &Group| {
            matches!(g.tense, Tense::Participle | Tense::Past)
                && g.start == g.head
                && matches!(g.lemma.as_str(), "make" | "produce" | "import" | "ship" | "originate" | "grow")
                && self.groups.get(..at).unwrap_or_default().last().is_some_and(|o| {
                    o.finite
                        && !words.get(o.head + 1..g.start).unwrap_or_default().iter().any(|w| w.lower == ",")
                })
        };
        let group = (self.groups.iter().enumerate())
            .rposition(|(at, g)| governs(g) && !describes(g) && !within(at, g))
            .or_else(|| self.groups.iter().rposition(|g| governs(g) && !describes(g)))
            .or_else(|| self.groups.iter().rposition(governs))
            .or_else(|| self.coordinated(words, start));
        let modifiers = (start < trigger.0).then_some((start, trigger.0));
        let mut extent = (start, end);
        if let Some(g) = group.and_then(|g| self.groups.get(g)) {
            extent = (extent.0.min(g.extent.0), extent.1.max(g.extent.1));
        }
        Frame {
            trigger,
            nominal: true,
            participle: false,
            agent: by.or(modifiers),
            theme: of,
            object: None,
            preps: Preps::from(&preps),
            group,
            extent,
        }
    }

    /// "Had breakfast with X on Monday, a working lunch with Y on Tuesday": the verb of the first noun.
    fn coordinated(&self, words: &[Word], start: usize) -> Option<usize> {
        let joins = start
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| matches!(w.lower.as_str(), "," | "and"));
        let at = self.groups.iter().rposition(|g| g.head < start)?;
        let light = self.groups.get(at).is_some_and(|g| {
            g.finite
                && !g.passive
                && matches!(g.lemma.as_str(), "have" | "hold" | "conduct" | "make" | "take" | "attend")
        });
        let opened = words.get(start).is_some_and(|w| w.tag == Tag::Det);
        (joins && light && opened).then_some(at)
    }

    /// The group whose head is at `word`.
    pub(crate) fn at(&self, word: usize) -> Option<usize> {
        self.groups.iter().position(|g| g.head == word)
    }

    /// The group and the verbs it is a complement of, innermost first.
    pub(crate) fn chain(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(group), |&at| self.groups.get(at)?.governor.filter(|&above| above < at))
    }
}

/// How many words there are to a verb group.
const USUAL_CLAUSE: usize = 6;

fn find_groups(words: &[Word]) -> Vec<Group> {
    let mut groups = Vec::with_capacity(words.len() / USUAL_CLAUSE + 1);
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match if opens_group(word.tag) { group_at(words, at) } else { None } {
            Some(group) => {
                at = group.head + 1;
                groups.push(group);
            }
            None => at += 1,
        }
    }
    reduce_relatives(words, &mut groups);
    announce(words, &mut groups);
    groups
}

/// "Trump to visit Oslo in April", "Seoul says talks to resume": in a headline the infinitive is the main
/// verb of what is to come.
fn announce(words: &[Word], groups: &mut [Group]) {
    let first = groups.iter().position(|g| g.finite);
    let at = match first {
        None => 0,
        Some(says) if groups.get(says).is_some_and(|g| g.lemma == "say" && !g.passive) => says + 1,
        Some(_) => return,
    };
    let from = at.checked_sub(1).and_then(|i| groups.get(i)).map_or(0, |g| g.head + 1);
    let Some(group) = groups.get_mut(at).filter(|g| g.tense == Tense::Infinitive && !g.negated) else {
        return;
    };
    let subject = words.get(from..group.start).unwrap_or_default();
    let phrase = subject
        .first()
        .is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Num) || w.tag == Tag::Det && w.capital)
        && subject.iter().all(|w| {
            matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::Conj | Tag::Adv)
                || is!(w.lower, "," | "$" | "%" | "-")
        });
    // "a promise to visit", "the right to regulate": it hangs on a noun.
    let hangs = subject
        .last()
        .is_none_or(|w| RESOLVES.has(&w.lemma) || !w.name && (w.tag != Tag::Noun || !w.lower.ends_with('s')));
    if phrase && !hangs {
        group.tense = Tense::Future;
        group.modal = Some(Lower::new("will"));
        group.finite = true;
    }
}

/// "will suspend its duty but retain a part": the second verb is as much to come as the first.
fn share_modals(words: &[Word], groups: &mut [Group]) {
    let mut elder: Option<(Lower, Tense)> = None;
    for group in groups {
        if group.tense == Tense::Participle {
            continue;
        }
        let at = (0..group.start).rev().find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Adv));
        let before = at.and_then(|i| words.get(i));
        let bare = group.start == group.head
            && group.tense == Tense::Present
            && words.get(group.head).is_some_and(|w| w.tag == Tag::Verb(VerbForm::Base));
        // "Will accept standards, exempt goods and allow imports".
        let listed = before.is_some_and(|w| w.lower == ",")
            && words
                .get(group.head + 1)
                .is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Noun | Tag::Num) && !w.time);
        if bare && (listed || before.is_some_and(|w| w.tag == Tag::Conj)) {
            if let Some((modal, tense)) = &elder {
                group.modal = Some(modal.clone());
                group.tense = *tense;
            }
        } else if group.finite {
            elder = group.modal.clone().map(|modal| (modal, group.tense));
        }
    }
}

/// "were unveiled in April, put on ice a week later and replaced in May": a participle that shares the
/// auxiliary of the passive before it.
fn share_passives(words: &[Word], groups: &mut [Group]) {
    let mut passive: Option<usize> = None;
    for group in groups {
        let bare = group.start == group.head && group.tense == Tense::Past && group.form_allows(words);
        let before = (0..group.start).rev().find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Adv));
        let joined = before.and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Conj || w.lower == ",");
        let object = words.get(group.head + 1).is_some_and(|w| {
            !w.time
                && (matches!(
                    w.tag,
                    Tag::Det | Tag::Num | Tag::Noun | Tag::Pron | Tag::Sub | Tag::To | Tag::Poss
                ) || w.lower == "$")
        });
        if let Some(head) = passive.filter(|_| bare && joined && !object) {
            let clause = |i: usize| {
                words.get(i).is_some_and(|w| {
                    matches!(w.tag, Tag::Sub | Tag::Rel) || is!(w.lower, ";" | ":" | "—" | "”")
                })
            };
            let own = INTRANSITIVE.has(&group.lemma)
                || COMPLEMENT_TAKERS.has(&group.lemma)
                || UTTERS.has(&group.lemma)
                || reports(&group.lemma);
            group.passive = !own && !(head + 1..group.start).any(clause);
        }
        if group.finite {
            passive = group.passive.then_some(group.head);
        }
    }
}

/// Whether a verb group may start with such a word.
const fn opens_group(tag: Tag) -> bool {
    matches!(tag, Tag::Modal | Tag::To | Tag::Not | Tag::Be | Tag::Have | Tag::Do | Tag::Verb(_))
}

/// Whether nothing but a time stands between `at` and the verb behind it.
fn timed_verb(words: &[Word], at: usize) -> bool {
    let prep = words.get(at).is_some_and(|w| w.tag == Tag::Prep && !w.time);
    let from = at + usize::from(prep);
    let next = (from..from + 6).find(|&i| words.get(i).is_none_or(|w| !w.time));
    next.is_some_and(|i| i > from && words.get(i).is_some_and(|w| matches!(w.tag, Tag::Verb(_)) && !w.name))
}

/// "remain" or "stay" at `at`, before a participle of what lasts.
fn lasting(words: &[Word], at: usize) -> bool {
    let lasts = words.get(at).is_some_and(|w| is!(w.lemma, "remain" | "stay"));
    lasts
        && words
            .get(at + 1)
            .is_some_and(|w| matches!(w.tag, Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple)))
}

/// The verb group that starts at `start`.
fn group_at(words: &[Word], start: usize) -> Option<Group> {
    let mut modal = None;
    let (mut be, mut have, mut to, mut negated) = (None, None, false, false);
    let mut helper = None;
    let mut at = start;
    let mut verb = None;
    while let Some(word) = words.get(at) {
        match word.tag {
            Tag::Modal if verb.is_none() && modal.is_none() => {
                modal = Some(word.lower.clone());
                negated |= word.lower.ends_with('t')
                    && (word.lower.contains('\'') || word.lower.contains('’'))
                    || word.lower == "cannot";
            }
            Tag::To if at == start => {
                to = true;
                // "agreed not to impose"
                negated |= at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.tag == Tag::Not);
            }
            // "Are not having talks".
            Tag::Have if be.is_some() && word.lower == "having" => {
                verb = Some((at, VerbForm::Gerund));
                break;
            }
            Tag::Have => have = have.or(Some(at)),
            Tag::Be => be = Some(at),
            Tag::Do => {
                helper = Some(at);
                negated |= word.lower.ends_with('t');
            }
            Tag::Not => negated = true,
            // "has today opened", "had on Monday filed".
            Tag::Prep
                if have.is_some()
                    && word.lower == "by"
                    && words.get(at + 1).is_some_and(|w| is!(w.lower, "then" | "now"))
                    && words.get(at + 2).is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be)) =>
            {
                at += 1;
            }
            Tag::Noun | Tag::Prep
                if at > start
                    && (have.is_some() || be.is_some() || modal.is_some())
                    && timed_verb(words, at) => {}
            // "Will, for its part, drop".
            Tag::Punct if word.lower == "," && at == start + 1 && modal.is_some() => {
                let close = (at + 2..at + 8).find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
                let base = close.and_then(|i| words.get(i + 1));
                match (close, base.map(|w| w.tag)) {
                    (Some(close), Some(Tag::Verb(VerbForm::Base) | Tag::Be | Tag::Have | Tag::Adv)) => {
                        at = close
                    }
                    _ => break,
                }
            }
            // "Would “firmly” respond": a quotation may open within the group.
            Tag::Punct
                if (modal.is_some() || to || have.is_some() || be.is_some())
                    && is!(word.lower, "\"" | "“" | "”" | "‘" | "'")
                    && words
                        .get(at + 1)
                        .is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Adv | Tag::Not)) => {}
            // "Would neither confirm nor deny".
            _ if modal.is_some() && word.lower == "neither" => negated = true,
            Tag::Adv if at > start => {}
            // "Has since notified".
            _ if have.is_some()
                && word.lower == "since"
                && words.get(at + 1).is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Be)) => {}
            Tag::Det if at > start && is!(word.lower, "further" | "more" | "each" | "both" | "all") => {}
            Tag::Adv
                if words
                    .get(at + 1)
                    .is_some_and(|w| matches!(w.tag, Tag::Verb(_) | Tag::Modal | Tag::Be | Tag::Have))
                    && at == start =>
            {
                return None;
            }
            // "remains suspended": as "is suspended".
            Tag::Verb(_) if lasting(words, at) => be = Some(at),
            Tag::Verb(form) => {
                // After "be" only a participle or gerund goes on; after "have" only a participle.
                if be.is_some()
                    && matches!(form, VerbForm::Base | VerbForm::ThirdPerson | VerbForm::Past)
                    && !same_form(&word.lemma)
                    && !is!(word.lower, "run" | "overcome")
                {
                    break;
                }
                verb = Some((at, form));
                break;
            }
            _ => break,
        }
        at += 1;
    }
    let negated_be =
        |i: usize| words.get(i).is_some_and(|w| w.lower.ends_with("n't") || w.lower.ends_with("n’t"));
    negated |= be.is_some_and(negated_be) || have.is_some_and(negated_be);
    let (head, form, lemma) = match (verb, be, have) {
        (Some((head, form)), _, _) => (head, Some(form), words.get(head)?.lemma.clone()),
        (None, Some(head), _) => (head, None, Lower::new("be")),
        (None, None, Some(head)) => (head, None, Lower::new("have")),
        (None, None, None) => (helper?, None, Lower::new("do")),
    };
    let participle = matches!(form, Some(VerbForm::Participle | VerbForm::PastOrParticiple))
        || (be.is_some()
            && form.is_some_and(|f| f == VerbForm::Base)
            && (same_form(&lemma) || is!(lemma, "run" | "overcome")));
    let passive = be.is_some() && be != Some(head) && participle;
    let first = words.get(if to { start + 1 } else { start })?;
    let tense = match (&modal, form) {
        _ if to => Tense::Infinitive,
        (Some(m), _) if matches!(m.as_str(), "will" | "shall" | "won't" | "won’t") => Tense::Future,
        (Some(_), _) => Tense::Future,
        (None, _) if have.is_some() && have != Some(head) => {
            if words.get(have?).is_some_and(|w| w.lower == "having") { Tense::Gerund } else { Tense::Perfect }
        }
        (None, _) if be.is_some() || helper.is_some() || have == Some(head) => {
            if matches!(
                first.lower.as_str(),
                "was"
                    | "were"
                    | "did"
                    | "had"
                    | "wasn't"
                    | "weren't"
                    | "didn't"
                    | "didn’t"
                    | "remained"
                    | "stayed"
            ) {
                Tense::Past
            } else if first.lower == "being" {
                Tense::Participle
            } else if first.lower == "be" && inverted(words, start) {
                // "Should new duties be put on": a condition.
                Tense::Present
            } else if first.lower == "be" || first.lower == "been" || first.lower == "having" {
                Tense::Gerund
            } else {
                Tense::Present
            }
        }
        (None, Some(VerbForm::Gerund)) => Tense::Gerund,
        (None, Some(VerbForm::Participle)) => Tense::Participle,
        (None, Some(VerbForm::Past | VerbForm::PastOrParticiple)) => Tense::Past,
        (None, _) if same_form(&lemma) => Tense::Past,
        (None, _) => Tense::Present,
    };
    let finite = !matches!(tense, Tense::Infinitive | Tense::Gerund | Tense::Participle);
    Some(Group {
        start,
        head,
        left: 0,
        lemma,
        tense,
        passive: passive || tense == Tense::Participle,
        modal,
        negated,
        finite,
        governor: None,
        condition: false,
        contact: false,
        subject: None,
        theme: None,
        preps: Preps::default(),
        extent: (start, head + 1),
    })
}

/// Verbs whose past looks like their base form.
pub(crate) fn same_form(lemma: &str) -> bool {
    matches!(
        lemma,
        "cut"
            | "put"
            | "set"
            | "hit"
            | "let"
            | "shut"
            | "cost"
            | "quit"
            | "split"
            | "spread"
            | "offset"
            | "bid"
            | "read"
    )
}

/// Verbs whose past form describes no noun before it: "the talks ended on Friday".
static INTRANSITIVE: WordList = WordList::new(&[
    "end",
    "climb",
    "jump",
    "drop",
    "expire",
    "lapse",
    "die",
    "happen",
    "occur",
    "arrive",
    "remain",
    "stay",
    "fall",
    "rise",
    "work",
    "fail",
    "last",
    "continue",
    "start",
    "proceed",
    "act",
    "agree",
    "respond",
    "reply",
    "retaliate",
    "react",
    "travel",
    "talk",
    "decline",
    "slump",
    "surge",
    "rally",
    "gain",
    "slip",
    "resume",
]);

/// Verbs whose past form behind a comma and before a preposition describes what was told.
static AIMED: WordList = WordList::new(&[
    "aim", "focus", "centre", "center", "attend", "base", "direct", "gear", "follow", "chair", "lead",
    "mediate", "host",
]);

/// Verbs that a clause without "that" may follow: "said the duty applied".
static COMPLEMENT_TAKERS: WordList = WordList::new(&[
    "say",
    "think",
    "believe",
    "know",
    "mean",
    "ensure",
    "hope",
    "tell",
    "report",
    "claim",
    "note",
    "add",
    "warn",
    "confirm",
    "argue",
    "suggest",
    "insist",
    "state",
    "see",
    "find",
    "feel",
    "fear",
    "acknowledge",
    "deny",
    "reveal",
    "indicate",
    "wish",
    "learn",
    "show",
]);

/// Nouns of what is told, before the clause that tells it.
static RUMOURS: WordList = WordList::new(&[
    "allegation",
    "assertion",
    "claim",
    "idea",
    "news",
    "notion",
    "report",
    "rumor",
    "rumour",
    "speculation",
    "story",
    "suggestion",
    "talk",
    "theory",
    "word",
]);

/// Verbs that say whether what was told holds.
static JUDGES: WordList = WordList::new(&[
    "call",
    "confirm",
    "contradict",
    "deny",
    "describe",
    "dismiss",
    "dispute",
    "reject",
    "refute",
]);

/// Words for what does not hold.
static UNTRUE: WordList = WordList::new(&[
    "baseless",
    "fabricated",
    "false",
    "groundless",
    "inaccurate",
    "incorrect",
    "unfounded",
    "untrue",
    "wrong",
    "exaggerated",
    "premature",
    "invented",
    "nonsense",
]);

/// Verbs of speaking that people do, and things do not.
static UTTERS: WordList = WordList::new(&[
    "accuse",
    "add",
    "argue",
    "call",
    "criticise",
    "criticize",
    "demand",
    "express",
    "insist",
    "note",
    "pledge",
    "promise",
    "reiterate",
    "reject",
    "stress",
    "tell",
    "threaten",
    "urge",
    "vow",
    "warn",
]);

/// ", and called": a comma before the conjunction in front of the verb at `start`.
fn comma_before_conjunction(words: &[Word], start: usize) -> bool {
    let conj = (0..start).rev().find(|&i| words.get(i).is_some_and(|w| w.tag != Tag::Adv));
    conj.and_then(|i| i.checked_sub(1)).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",")
}

/// How many words an aside between commas may have.
const FAR_ASIDE: usize = 40;

/// What something is done by, rather than who does it: "settled by telephone".
static MEANS: WordList =
    WordList::new(&["telephone", "phone", "video", "letter", "mail", "decree", "proclamation", "then"]);

/// "Since they met", "after China answered": a preposition at `at` that opens the clause of the verb
/// at `verb`; `floor` is where the clause before it has had its own verb.
fn opens_clause(words: &[Word], at: usize, verb: usize, floor: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let next = words.get(at + 1);
    let pronoun = next.is_some_and(|w| w.tag == Tag::Pron);
    let phrase = next.is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det | Tag::Num) && !w.time);
    let comma = |i: usize| words.get(i).is_some_and(|w| w.lower == ",");
    // "The visit comes as Ottawa announced a duty"
    // "The thaw came in May, as Trump gave his blessing"
    if word.lower == "as" && at > floor && floor > 0 && words.get(at - 1).is_some_and(|w| w.lower == ",") {
        let subject =
            pronoun || next.is_some_and(|w| w.name || is!(w.lower, "the" | "both" | "its" | "their"));
        return subject && !(at + 1..verb).any(|i| words.get(i).is_some_and(|w| w.lower == ","));
    }
    if word.lower == "as" && at == floor && floor > 0 {
        let comes = words.get(at - 1).is_some_and(|w| is!(w.lemma, "come" | "arrive" | "land"));
        return comes && (pronoun || phrase) && !(at + 1..verb).any(comma);
    }
    if !is!(word.lower, "since" | "after" | "before" | "until") {
        return false;
    }
    let commas = (at + 1..verb).filter(|&i| comma(i)).count();
    // "since the two ministers, Roe and Doe, agreed"
    // "after the court, on February 20, found": an aside of nothing but time.
    let dated = commas == 2
        && comma(verb - 1)
        && (at + 1..verb)
            .skip_while(|&i| !comma(i))
            .all(|i| words.get(i).is_some_and(|w| w.time || w.tag == Tag::Prep || w.lower == ","));
    let broken = commas > 0 && !dated && !(floor > 0 && commas > 1 && comma(verb - 1));
    // "A day after Washington put", "hours before Beijing announced"
    let first = at == 0
        || words.get(at - 1).is_some_and(|w| {
            w.time
                || matches!(
                    w.lower.as_str(),
                    "," | "“" | "\"" | "hours" | "days" | "weeks" | "months" | "minutes" | "shortly" | "soon"
                )
        });
    // "After talks in Oslo on Friday the two ministers signed": no clause is left to be the main one.
    let alone = at == 0
        && !pronoun
        && !words.iter().skip(verb + 1).any(|w| {
            matches!(w.tag, Tag::Be | Tag::Have | Tag::Do | Tag::Modal)
                || matches!(w.tag, Tag::Verb(form) if form != VerbForm::Gerund && form != VerbForm::Base)
        });
    pronoun || phrase && (floor > 0 || first) && !broken && !alone
}

/// Participles that say where a firm is.
const SITED: &[&str] =
    &["based", "domiciled", "headquartered", "incorporated", "located", "registered", "situated"];

/// Turns "the duties imposed by X" into a participle clause where a bare past form is no main verb.
fn reduce_relatives(words: &[Word], groups: &mut [Group]) {
    for at in 0..groups.len() {
        // "products not covered by the pact": a finite verb would say "did not".
        if let Some(group) = groups.get_mut(at)
            && group.tense == Tense::Past
            && group.start + 1 == group.head
            && words.get(group.start).is_some_and(|w| {
                // ", never used before," as well
                let aside = || group.start > 0 && words.get(group.start - 1).is_some_and(|w| w.lower == ",");
                w.lower == "not" || w.lower == "never" && aside()
            })
        {
            group.become_participle();
            continue;
        }
        let Some(group) = groups.get(at) else { continue };
        let bare = group.start == group.head && group.tense == Tense::Past && group.lemma != "be";
        if !bare {
            continue;
        }
        // "companies based in China": tells where they are.
        let word = |i: Option<usize>| i.and_then(|i| words.get(i));
        let sited = word(Some(group.head)).is_some_and(|w| SITED.contains(&w.lower.as_str()))
            && word(group.head.checked_add(1)).is_some_and(|w| is!(w.lower, "in" | "at" | "outside"))
            && word(group.start.checked_sub(1)).is_some_and(|w| w.tag == Tag::Noun);
        if sited && let Some(group) = groups.get_mut(at) {
            group.become_participle();
            continue;
        }
        // "will leave its ban suspended": what is left so.
        let Some(group) = groups.get(at) else { continue };
        let left = at.checked_sub(1).and_then(|i| groups.get(i)).is_some_and(|above| {
            is!(above.lemma, "leave" | "keep")
                && above.head + 1 < group.start
                && words.get(above.head + 1..group.start).unwrap_or_default().iter().all(|w| {
                    matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::To)
                })
                && words.get(group.head + 1).is_none_or(|w| {
                    w.time || matches!(w.tag, Tag::Prep | Tag::Punct | Tag::Conj) || w.lower == "until"
                })
        });
        if left && let Some(group) = groups.get_mut(at) {
            group.become_participle();
            continue;
        }
        let Some(group) = groups.get(at) else { continue };
        let next_word = words.get(group.head + 1);
        // "imposed this month by the United States"
        // "a draft put forward by the Commission"
        let particle = words.get(group.head + 1).is_some_and(|w| {
            is!(w.lower, "forward" | "out" | "down" | "up" | "in" | "on" | "off" | "together")
        }) && words.get(group.head + 2).is_some_and(|w| w.lower == "by");
        let behind = (group.head + 1 + usize::from(particle)..words.len())
            .find(|&i| words.get(i).is_some_and(|w| !w.time))
            .unwrap_or(words.len());
        let by = words
            .get(behind)
            .is_some_and(|w| w.lower == "by" && words.get(behind + 1).is_none_or(|n| n.tag != Tag::Num))
            && !words.get(behind + 1).is_some_and(|w| MEANS.has(&w.lemma));
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        // "a tariff previously imposed over oil"
        let once = group.start.checked_sub(1).filter(|&i| lower(i) == "previously" && i > 0);
        let before = once.or(Some(group.start)).and_then(|i| words.get(i.checked_sub(1)?));
        let after_noun = before.is_some_and(|w| w.tag == Tag::Noun || w.lower == "%");
        // "announced on Wednesday he would delay": what follows is announced.
        let quoted = (COMPLEMENT_TAKERS.has(&group.lemma) || group.lemma == "announce")
            && groups.get(at + 1).is_some_and(|next| {
                next.modal.is_some()
                    && next
                        .start
                        .checked_sub(1)
                        .is_some_and(|i| i > group.head && matches!(lower(i), "he" | "she" | "it" | "they"))
            });
        if quoted {
            continue;
        }
        let object = next_word.filter(|w| !w.time).is_some_and(|w| {
            matches!(w.tag, Tag::Det | Tag::Num | Tag::Noun | Tag::Pron | Tag::Sub | Tag::To)
        }) || next_word.is_some_and(|w| w.lower == "$");
        let comma = before.is_some_and(|w| w.lower == ",");
        // "The accord that India and Britain concluded": the verb of its own relative clause.
        let floor = at.checked_sub(1).and_then(|i| groups.get(i)).map_or(0, |g| g.head + 1);
        let relative = (floor.max(1)..group.start).rev().take(12).any(|i| {
            words.get(i).is_some_and(|w| is!(w.lower, "that" | "which") && w.tag != Tag::Det)
                && words.get(i - 1).is_some_and(|w| w.tag == Tag::Noun)
                && i + 1 < group.start
        });
        if relative && !by {
            continue;
        }
        // "The accord Canada reached with Mexico": the verb of a clause without "that".
        let mut first = group.start;
        while first > 0 && words.get(first - 1).is_some_and(|w| w.name) {
            first -= 1;
        }
        let bare_noun = first
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && !w.capital);
        if first < group.start && bare_noun && MADE.has(&group.lemma) && !by {
            continue;
        }
        // Another finite verb that shares this subject, with nothing to open a clause between.
        let crowded = groups.get(at + 1).is_some_and(|next| {
            next.finite
                && !(group.head..next.start).any(|i| {
                    words.get(i).is_some_and(|w| {
                        // "The accord struck between Peru and Chile caps duties".
                        let pairs =
                            || w.lower == "and" && (group.head..i).any(|between| lower(between) == "between");
                        matches!(w.tag, Tag::Sub | Tag::Rel)
                            || w.tag == Tag::Conj && !pairs()
                            || is!(w.lower, "," | ";" | ":" | "—" | "”" | "\"" | "as" | "while")
                    }) || words.get(i).is_some_and(|w| w.lower == "after")
                        && words
                            .get(i + 1)
                            .is_some_and(|w| !w.time && matches!(w.tag, Tag::Det | Tag::Noun | Tag::Pron))
                        && before.is_some_and(|w| w.name)
                })
        });
        let purpose = next_word.is_some_and(|w| w.tag == Tag::To);
        let trailing = after_noun
            && (!object || purpose)
            && before.is_some_and(|w| !w.name && !w.time)
            && !INTRANSITIVE.has(&group.lemma)
            && at.checked_sub(1).and_then(|i| groups.get(i)).is_some_and(|previous| {
                // "added a 25% duty linked to": what is added is a thing here.
                let adds = previous.lemma == "add"
                    && words.get(previous.head + 1).is_some_and(|w| is!(w.lower, "a" | "an" | "another"));
                (adds || !COMPLEMENT_TAKERS.has(&previous.lemma))
                    && previous.head + 1 < group.start
                    && !(previous.head + 1..group.start).any(|i| {
                        words.get(i).is_some_and(|w| {
                            matches!(w.tag, Tag::Sub | Tag::Rel)
                                || is!(w.lower, "," | ";" | ":" | "—" | "–" | "”" | "\"")
                        })
                    })
            });
        // "Under an agreement struck on Sunday": what hangs on a preposition is nobody's subject.
        let start = group.start.checked_sub(1).map_or(0, |i| phrase_start(words, i));
        let hung = after_noun
            && !object
            && before.is_some_and(|w| !w.name && !w.time)
            && !INTRANSITIVE.has(&group.lemma)
            && words.get(start).is_some_and(|w| w.tag == Tag::Det)
            && start
                .checked_sub(1)
                .and_then(|i| words.get(i))
                .is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To))
            && (start == 1 || words.get(start.wrapping_sub(2)).is_some_and(|w| w.tag == Tag::Punct));
        // "…, with 24 points suspended for 90 days": beside the clause before it.
        let word =
            |back: usize| start.checked_sub(back).and_then(|i| words.get(i)).map_or("", |w| w.lower.as_str());
        let absolute = after_noun
            && !object
            && start < group.start
            && word(1) == "with"
            && matches!(word(2), "," | "—" | "–");
        // "said on Tuesday it would levy" has its subject before it.
        let says = COMPLEMENT_TAKERS.has(&group.lemma);
        // "The pact, signed in January, cut the rate": between commas, before a verb without a subject.
        let enclosed = comma
            && !object
            && !INTRANSITIVE.has(&group.lemma)
            && !COMPLEMENT_TAKERS.has(&group.lemma)
            && group.start >= 2
            && words.get(group.start - 2).is_some_and(|w| w.tag == Tag::Noun && !w.time)
            && groups.get(at + 1).is_some_and(|next| {
                let opened = |w: &Word| matches!(w.tag, Tag::Sub | Tag::Rel | Tag::Conj);
                next.finite
                    && next.start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == ",")
                    && !(group.head..next.start).any(|i| words.get(i).is_some_and(opened))
            });
        // "Held talks with X, aimed at …": no verb of its own where a finite one stands before the comma.
        let loose = comma
            && next_word.is_some_and(|w| w.tag == Tag::Prep)
            && AIMED.has(&group.lemma)
            && groups.get(..at).unwrap_or_default().iter().any(|g| g.finite);
        // "the rate set forth in Order No. 3"
        // "Imposed in 2018, the duties remain": before a clause with a subject of its own.
        let fronted = !object
            && group.start == 0
            && !INTRANSITIVE.has(&group.lemma)
            && groups.get(at + 1..).unwrap_or_default().iter().find(|g| g.finite).is_some_and(|next| {
                let comma = (group.head..next.start).find(|&i| lower(i) == ",");
                comma.is_some_and(|comma| {
                    comma + 1 < next.start
                        && words.get(comma + 1).is_some_and(|w| {
                            matches!(w.tag, Tag::Det | Tag::Poss | Tag::Pron) || w.tag == Tag::Noun && !w.time
                        })
                })
            });
        let laid_down = group.lemma == "set"
            && matches!(lower(group.head + 1), "forth" | "out")
            && matches!(lower(group.head + 2), "in" | "under" | "by");
        // "tariffs scheduled to take effect": nothing schedules by itself.
        let due = purpose
            && after_noun
            && is!(group.lemma, "schedule" | "slate")
            && before.is_some_and(|w| !w.name);
        // "the rule titled Expansion of Controls"
        let titled = is!(group.lemma, "title" | "entitle" | "dub")
            && before.is_some_and(|w| w.tag == Tag::Noun && !w.name);
        let reduced = (fronted || titled || enclosed || loose || due || laid_down)
            && group.form_allows(words)
            || (by || (crowded && !object && !says)) && (after_noun || comma) && group.form_allows(words)
            || (trailing || hung || absolute) && group.form_allows(words);
        if let Some(group) = groups.get_mut(at).filter(|_| reduced) {
            group.become_participle();
        }
    }
}

impl Group {
    /// What looked like a main verb describes a noun: "the duties imposed by X".
    fn become_participle(&mut self) {
        self.tense = Tense::Participle;
        self.finite = false;
        self.passive = true;
    }

    fn form_allows(&self, words: &[Word]) -> bool {
        words
            .get(self.head)
            .is_some_and(|w| matches!(w.tag, Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Participle)))
            || same_form(&self.lemma)
    }
}

/// Verbs of saying whose subject may stand behind them.
static TELLS_BEHIND: WordList = WordList::new(&[
    "say",
    "add",
    "note",
    "warn",
    "write",
    "explain",
    "argue",
    "stress",
    "underline",
    "quip",
    "declare",
    "conclude",
]);

/// Verbs of saying that stand with their speaker between commas.
static INSERTED: WordList =
    WordList::new(&["say", "add", "note", "argue", "warn", "insist", "complain", "declare", "claim"]);

/// The subject of the main clause and the speaker set into it: "The duties, the ministry said, are …".
fn inserted(words: &[Word], group: &Group, left: usize) -> Option<(Range, Range)> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let says = group.finite && group.start == group.head && INSERTED.has(&group.lemma);
    // "…, the minister said on Tuesday, …"
    let timed = |i: &usize| {
        words.get(*i).is_some_and(|w| w.time)
            || lower(*i) == "on" && words.get(*i + 1).is_some_and(|w| w.time)
    };
    let end = (group.head + 1..words.len()).find(|i| !timed(i)).unwrap_or(words.len());
    if !says || lower(end) != "," {
        return None;
    }
    let comma = (left..group.start).rev().find(|&i| lower(i) == ",")?;
    let speaker = trim(words, (comma + 1, group.start))?;
    let host = trim(words, (left, comma))?;
    let named = |range: Range| {
        (range.0..range.1)
            .any(|i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Pron) && !w.time))
    };
    let opens =
        words.get(host.0).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To | Tag::Sub | Tag::Verb(_)));
    let listed = (host.0..speaker.1).any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Conj));
    (comma + 1 < group.start && named(speaker) && named(host) && !opens && !listed).then_some((host, speaker))
}

/// Cuts punctuation, conjunctions and adverbs off both ends; `None` when nothing is left.
pub(crate) fn trim(words: &[Word], range: Range) -> Option<Range> {
    let (mut start, mut end) = range;
    let junk = |i: usize| {
        words.get(i).is_none_or(|w| {
            (matches!(w.tag, Tag::Conj | Tag::Adv | Tag::Not) && !w.name)
                || (w.tag == Tag::Punct && w.lower != "$" && w.lower != "%")
        })
    };
    while start < end && junk(start) {
        start += 1;
    }
    while start < end && junk(end - 1) {
        end -= 1;
    }
    (start < end).then_some((start, end))
}

/// Subject and object of a clause such as "it announced" behind "the duty".
fn contact(words: &[Word], group: &Group) -> Option<(Range, Range)> {
    // "the 25% it already bears"
    let at = (0..group.start).rev().find(|&i| words.get(i).is_none_or(|w| w.tag != Tag::Adv))?;
    let pronoun = words.get(at).is_some_and(|w| is!(w.lower, "it" | "they" | "he" | "she" | "we" | "i"));
    // "The accord the United States reached", "a deal Trump struck".
    let mut first = at;
    let named = words.get(at).is_some_and(|w| w.name);
    while named && first > 0 && words.get(first - 1).is_some_and(|w| w.name) {
        first -= 1;
    }
    if named && first > 0 && words.get(first - 1).is_some_and(|w| w.lower == "the") {
        first -= 1;
    }
    let noun = first
        .checked_sub(1)
        .and_then(|i| words.get(i))
        .is_some_and(|w| w.tag == Tag::Noun && !w.time && !w.name || is!(w.lower, "%" | "percent"));
    let made = named && MADE.has(&group.lemma);
    let timed = |r: Range| (r.0..r.1).all(|i| words.get(i).is_some_and(|w| w.time));
    let gap = group.finite && !group.passive && group.theme.is_none_or(|r| made && timed(r));
    // "told dealers it would": what is told, not which dealers.
    let told = first
        .checked_sub(2)
        .and_then(|i| words.get(i))
        .is_some_and(|w| is!(w.lemma, "tell" | "assure" | "inform" | "remind" | "notify" | "warn"));
    ((pronoun || made) && noun && gap && !told).then_some(())?;
    Some(((first, at + 1), antecedent(words, first)?))
}

/// Verbs of making an accord or a measure, whose object a clause without "that" may describe.
static MADE: WordList = WordList::new(&[
    "reach",
    "strike",
    "sign",
    "seal",
    "conclude",
    "clinch",
    "secure",
    "negotiate",
    "make",
    "impose",
    "levy",
    "announce",
    "introduce",
    "threaten",
    "unveil",
    "charge",
    "collect",
    "decree",
    "proclaim",
    "place",
    "slap",
]);

/// Where a clause without "that" begins behind the object of `group`, if one does; `next` is its verb.
fn contact_clause(words: &[Word], group: &Group, next: Option<&Lower>, limit: usize) -> Option<usize> {
    // "would add a fee to the cars it ships"
    let adds = group.lemma == "add" && words.get(group.head + 1).is_some_and(|w| is!(w.lower, "a" | "an"));
    if COMPLEMENT_TAKERS.has(&group.lemma) && !adds {
        return None;
    }
    let subject = limit.checked_sub(1)?;
    let pronoun = words.get(subject).is_some_and(|w| is!(w.lower, "it" | "they" | "he" | "she" | "we" | "i"));
    // "the tariffs Trump imposed"
    let name = |i: usize| words.get(i).is_some_and(|w| w.name);
    let mut first = subject;
    while name(subject) && first > 0 && name(first - 1) {
        first -= 1;
    }
    let thing = first.checked_sub(1).and_then(|i| words.get(i));
    let bare = thing.is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.capital && !w.time);
    if name(subject) && bare && next.is_some_and(|verb| MADE.has(verb)) && first > group.head + 1 {
        return Some(first);
    }
    let behind = subject.checked_sub(1).and_then(|i| words.get(i));
    let noun = behind.is_some_and(|w| w.tag == Tag::Noun || w.lower == "%" || w.lower == "percent");
    (pronoun && noun && subject > group.head + 1).then_some(subject)
}

/// The noun phrase in `region` that is the subject of the verb behind it.
fn subject_phrase(words: &[Word], region: Range, after_verb: bool) -> Option<Range> {
    let mut first: Option<Range> = None;
    let mut several = false;
    // From the first part that may be a subject to the last, with and without the first part of all.
    let (mut found, mut behind): (Option<Range>, Option<Range>) = (None, None);
    let mut start = region.0;
    let mut depth = 0usize;
    for at in region.0..=region.1 {
        let word = words.get(at);
        if word.is_some_and(|w| is!(w.lower, "(" | "“")) {
            depth += 1;
        } else if word.is_some_and(|w| is!(w.lower, ")" | "”")) {
            depth = depth.saturating_sub(1);
        }
        if at == region.1 || (depth == 0 && word.is_some_and(|w| w.lower == ",")) {
            if let Some(part) = trim(words, (start, at)) {
                let part = after_adverbial(words, part);
                several |= first.is_some();
                let first = *first.get_or_insert(part);
                if subject_like(words, part) {
                    // "A, B and C said" is one subject; "X, the minister, said" starts with X.
                    let joined = |known: Option<Range>| Some((known.map_or(part.0, |k| k.0), part.1));
                    found = joined(found);
                    behind = if part == first { behind } else { joined(behind) };
                }
            }
            start = at + 1;
        }
    }
    if after_verb && several { behind } else { found }
}

/// Whether a part between commas may be what the sentence is about.
fn subject_like(words: &[Word], part: Range) -> bool {
    let named = |w: &Word| matches!(w.tag, Tag::Noun | Tag::Pron | Tag::Num | Tag::Det) && !w.time;
    // "Effective with respect to goods entered on May 1, the rate is 10 percent."
    let hangs = |w: &Word| {
        matches!(w.tag, Tag::Prep | Tag::To | Tag::Verb(_))
            || w.lower == "effective" && part.1 > part.0 + 1
            || FRONTED.has(&w.lower)
                && words.get(part.0 + 1).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To))
    };
    words.get(part.0).is_some_and(|w| !hangs(w)) && (part.0..part.1).any(|i| words.get(i).is_some_and(named))
}

/// What somebody is, before the comma that they follow: "fresh from a meeting, the minister said".
static FRONTED: WordList = WordList::new(&[
    "able",
    "angry",
    "anxious",
    "eager",
    "flush",
    "fresh",
    "keen",
    "loath",
    "mindful",
    "reluctant",
    "unable",
    "unlike",
    "unwilling",
    "wary",
]);

/// What follows an opening phrase of time or place that no comma closes: "In March the ministry".
fn after_adverbial(words: &[Word], part: Range) -> Range {
    let (start, end) = part;
    let word = |at: usize| words.get(at).filter(|_| at < end);
    let prep = word(start).is_some_and(|w| w.tag == Tag::Prep);
    let first = start + usize::from(prep);
    let timed = (first..end).take_while(|&i| {
        word(i).is_some_and(|w| w.time || is!(w.lower, "the" | "of" | "that" | "this" | "same"))
    });
    let after = timed.filter(|&i| word(i).is_some_and(|w| w.time)).last().map(|i| i + 1);
    // "Two days of talks" is what the sentence is about.
    let after = after.filter(|&at| prep || word(at).is_none_or(|w| w.lower != "of"));
    if let Some(rest) = after.and_then(|at| trim(words, (at, end))) {
        return if rest.1 == end { rest } else { part };
    }
    let second = (first + 1..end).find(|&i| {
        // "In the capital the two sides", "In Monday's talks Mr. Roe": a second phrase.
        let opens = word(i).is_some_and(|w| w.tag == Tag::Det || w.name || w.capital && w.tag == Tag::Noun);
        // "For China the rate goes up"
        let article = word(i).is_some_and(|w| is!(w.lower, "the" | "both" | "each" | "its" | "a" | "an"));
        opens
            && word(i - 1).is_some_and(|w| {
                w.tag == Tag::Pron
                    || w.tag == Tag::Noun && (article && w.name || !w.name && !w.capital || w.time)
                    || article && w.tag == Tag::Num
            })
    });
    match second.filter(|_| prep) {
        Some(at) => (at, end),
        None => part,
    }
}

/// The noun phrase that a relative or participle clause starting at `at` describes.
fn antecedent(words: &[Word], at: usize) -> Option<Range> {
    let mut end = at;
    while end > 0 && words.get(end - 1).is_some_and(|w| w.tag == Tag::Punct && w.lower == ",") {
        end -= 1;
    }
    let mut start = end;
    while start > 0 {
        let Some(word) = words.get(start - 1) else { break };
        let inside = matches!(word.tag, Tag::Noun | Tag::Num | Tag::Det | Tag::Poss | Tag::Adv)
            || is!(word.lower, "$" | "%" | "-" | "of" | "on" | "from" | "and" | "in");
        if !inside {
            break;
        }
        start -= 1;
    }
    trim(words, (start, end))
}

/// First word of the noun phrase whose head stands at `head`.
pub(crate) fn phrase_start(words: &[Word], head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let Some(word) = words.get(start - 1) else { break };
        let participle = matches!(word.tag, Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Participle))
            && start >= 2
            && words.get(start - 2).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss));
        let inside = matches!(word.tag, Tag::Noun | Tag::Num | Tag::Det | Tag::Poss | Tag::Adv)
            || is!(word.lower, "-" | "%" | "$" | "/")
            || word.time && word.lower == ","
            || participle;
        if !inside {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether a comma at `at` goes on with a list of nouns.
fn list_comma(words: &[Word], at: usize, limit: usize) -> bool {
    let mut nouns = 0;
    for i in at + 1..limit.min(at + 11) {
        let Some(word) = words.get(i) else { return false };
        match word.tag {
            Tag::Noun | Tag::Num | Tag::Poss => nouns += usize::from(!word.time),
            Tag::Det if nouns == 0 => {}
            Tag::Conj => return word.lower != "but",
            Tag::Punct if is!(word.lower, "$" | "%" | "-") => {}
            Tag::Punct => return nouns > 0 && word.lower == "," && list_comma_tail(words, i, limit),
            Tag::Prep if nouns > 0 && word.lower == "of" => {}
            _ => return false,
        }
        if word.time {
            return false;
        }
    }
    false
}

fn list_comma_tail(words: &[Word], at: usize, limit: usize) -> bool {
    (at + 1..limit.min(at + 24)).any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Conj))
}

/// The object, then each preposition with its phrase, from `from` to the end of the clause.
pub(crate) fn phrases(words: &[Word], from: usize, limit: usize) -> Complements {
    let mut theme = None;
    let mut preps = Gathered::default();
    let mut open: Option<usize> = None;
    let mut start = from;
    let mut at = from;
    let mut close = |open: Option<usize>, start: usize, end: usize, preps: &mut Gathered| {
        if let Some(range) = trim(words, (start, end)) {
            match open {
                None => theme = theme.or(Some(range)),
                Some(prep) => preps.push((prep, range)),
            }
        }
    };
    while at < limit {
        let Some(word) = words.get(at) else { break };
        let stop = match word.tag {
            Tag::Sub | Tag::Rel => true,
            Tag::Punct if is!(word.lower, ";" | ":" | "—" | "–" | "." | "?" | "!") => true,
            Tag::Punct if word.lower == "," => {
                let next = words.get(at + 1);
                let prep = next.is_some_and(|w| w.tag == Tag::Prep || w.tag == Tag::To || w.time);
                !(prep || list_comma(words, at, limit) || described_twice(words, at, limit))
            }
            _ => false,
        };
        if stop {
            break;
        }
        // "of" belongs to its noun, except where it opens the phrase of a noun of action, and in "out of".
        let out = at > from + 1 && words.get(at - 1).is_some_and(|w| w.lower == "out");
        if matches!(word.tag, Tag::Prep | Tag::To)
            && (word.lower != "of" || out)
            && !(word.time && word.lower != "on" && word.lower != "in")
            && !word.name
            && !inside_range(words, at)
            && !(word.lower == "for" && chosen(words, at))
        {
            close(open, start, at, &mut preps);
            open = Some(at);
            start = at + 1;
        }
        at += 1;
    }
    close(open, start, at, &mut preps);
    (theme, preps, at)
}

/// "a cordial, roughly 30-minute call": the comma stands between what describes one noun.
fn described_twice(words: &[Word], at: usize, limit: usize) -> bool {
    let describes =
        at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| DESCRIBING.has(&w.lower) && !w.name);
    let opened = (2..=3).any(|back| {
        at.checked_sub(back)
            .and_then(|i| words.get(i))
            .is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Verb(_) | Tag::Have))
    });
    let goes_on = (at + 1..limit.min(at + 7))
        .take_while(|&i| words.get(i).is_some_and(|w| !matches!(w.tag, Tag::Punct) || w.lower == "-"))
        .any(|i| words.get(i).is_some_and(|w| w.tag == Tag::Noun && !w.time));
    let fresh = words.get(at + 1).is_some_and(|w| !matches!(w.tag, Tag::Det | Tag::Pron) && !w.name);
    describes && opened && goes_on && fresh
}

/// What is said of contacts and accords before a comma and more of the kind.
static DESCRIBING: WordList = WordList::new(&[
    "cordial",
    "frank",
    "candid",
    "long",
    "lengthy",
    "brief",
    "short",
    "productive",
    "constructive",
    "rare",
    "tense",
    "warm",
    "friendly",
    "new",
    "major",
    "broad",
    "sweeping",
    "comprehensive",
    "historic",
    "direct",
    "professional",
    "pragmatic",
    "substantive",
    "informal",
    "formal",
    "private",
    "first",
    "early",
    "great",
    "good",
    "deep",
    "open",
    "honest",
    "fresh",
    "joint",
    "limited",
    "preliminary",
    "tentative",
    "interim",
    "modest",
    "detailed",
    "landmark",
    "respectful",
    "excellent",
    "high-level",
    "face-to-face",
    "in-depth",
    "closed-door",
    "last-minute",
    "surprise",
]);

/// "postponed until May 1 its tariff", "suspends for a year, starting on May 1, the fees": where the
/// object begins behind times; `from` itself where none stand before an object.
fn past_times(words: &[Word], from: usize) -> usize {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
    let mut at = from;
    let mut opened = false;
    loop {
        let comma = lower(at) == ",";
        opened |= comma;
        let mut next = at + usize::from(comma);
        if matches!(lower(next), "starting" | "beginning" | "effective") {
            next += 1;
        }
        if lower(next) == "as" && lower(next + 1) == "of" {
            next += 2;
        }
        if words.get(next).is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::To | Tag::Sub)) && !timed(next) {
            next += 1;
        }
        // "for an initial period of 150 days"
        if let Some(period) = (next..next + 3).find(|&i| lower(i) == "period" && lower(i + 1) == "of") {
            next = period + 2;
        }
        if !timed(next) {
            break;
        }
        while timed(next) {
            next += 1;
        }
        at = next + usize::from(opened && lower(next) == ",");
    }
    let object = words.get(at).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Num | Tag::Noun));
    if at > from && object && lower(at - 1) != "and" { at } else { from }
}

/// "the president's pick for secretary": part of the phrase before it.
fn chosen(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    before.is_some_and(|w| is!(w.lower, "pick" | "choice" | "nominee" | "candidate"))
}

/// An object, phrases with the place of their preposition, and where they end.
type Complements = (Option<Range>, Gathered, usize);

/// "raised to 25 percent the duty on cars", "cut from 10% to 5% its tariffs": the object behind the rates.
fn behind_rates(words: &[Word], from: usize, limit: usize) -> Option<Complements> {
    let sign = |w: &Word| is!(w.lemma, "%" | "percent" | "point" | "percentage");
    let mut preps = Gathered::default();
    let mut at = from;
    while at < limit && words.get(at).is_some_and(|w| is!(w.lower, "from" | "to" | "by" | "at")) {
        let first = at + 1;
        // "removed from the 25% American tariff": a duty, no bare rate.
        if words
            .get(first)
            .is_some_and(|w| w.tag == Tag::Det && is!(w.lower, "the" | "a" | "an" | "its" | "their"))
        {
            break;
        }
        let number =
            (first..limit.min(first + 3)).find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Num))?;
        let mut end = number + 1;
        while end < limit && words.get(end).is_some_and(sign) {
            end += 1;
        }
        preps.push((at, (first, end)));
        at = end;
    }
    let signed = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(sign);
    let object = words.get(at).is_some_and(|w| {
        at < limit && !w.time && (matches!(w.tag, Tag::Det) || w.tag == Tag::Noun && w.name)
    });
    (signed && object).then_some(())?;
    let (theme, rest, end) = phrases(words, at, limit);
    preps.extend(rest.iter().copied());
    Some((theme, preps, end))
}

/// "the 10 to 15 percent duty": one number of two ends.
fn inside_range(words: &[Word], at: usize) -> bool {
    // "the 10% to 15% duties"
    let sign = |i: usize| words.get(i).is_some_and(|w| is!(w.lower, "%" | "percent"));
    let rates = at >= 3
        && sign(at - 1)
        && words.get(at + 1).is_some_and(|w| w.tag == Tag::Num)
        && sign(at + 2)
        && words.get(at + 3).is_some_and(|w| w.tag == Tag::Noun && !w.time)
        && words.get(at - 3).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss | Tag::Verb(_)));
    if rates {
        return true;
    }

    let number = |i: usize| words.get(i).is_some_and(|w| w.tag == Tag::Num);
    let before = at.checked_sub(1).filter(|&i| number(i));
    let from = before.and_then(|i| i.checked_sub(1)).and_then(|i| words.get(i));
    words.get(at).is_some_and(|w| w.tag == Tag::To)
        && before.is_some()
        && number(at + 1)
        && from.is_none_or(|w| w.lower != "from")
}

/// As [`phrases`], for the phrases behind a noun, where "of" counts like any other preposition.
fn phrases_of_noun(words: &[Word], from: usize, limit: usize) -> Complements {
    let (theme, preps, end) = phrases(words, from, limit);
    if words.get(from).is_some_and(|w| w.lower == "of") {
        let stop = preps.first().map_or(end, |(p, _)| *p);
        if let Some(range) = trim(words, (from + 1, stop)) {
            let mut all = Gathered::default();
            all.push((from, range));
            all.extend(preps.iter().copied());
            return (theme, all, end);
        }
    }
    (theme, preps, end)
}
