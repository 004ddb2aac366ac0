//! Words of a sentence with their part of speech, by closed-class lists, verb forms and context.

use crate::document::Document;
use crate::grammar::lemma::{VerbForm, Verbs, same_form, singular};
use crate::grammar::lower::{Lower, WordList, is};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::token::TokenKind;

/// Part of speech, as coarse as the clauses need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tag {
    Det,
    Prep,
    Conj,
    Sub,
    Rel,
    Be,
    Have,
    Do,
    Modal,
    Not,
    To,
    Pron,
    Adv,
    Verb(VerbForm),
    Noun,
    Num,
    Poss,
    Punct,
}

/// One word.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    /// Lower case.
    pub(crate) lower: Lower,
    /// Verb lemma or singular.
    pub(crate) lemma: Lower,
    pub(crate) tag: Tag,
    /// Printed with a capital.
    pub(crate) capital: bool,
    /// Inside the name of somebody or something.
    pub(crate) name: bool,
    /// Inside an expression of time.
    pub(crate) time: bool,
}

const PREPS: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "from",
    "against",
    "between",
    "into",
    "over",
    "under",
    "through",
    "during",
    "within",
    "without",
    "toward",
    "towards",
    "upon",
    "among",
    "via",
    "per",
    "about",
    "above",
    "below",
    "across",
    "behind",
    "beyond",
    "following",
    "including",
    "regarding",
    "concerning",
    "despite",
    "alongside",
    "amid",
    "throughout",
    "around",
    "near",
    "outside",
    "inside",
    "off",
    "onto",
    "besides",
    "than",
    "like",
    "except",
    "till",
    "until",
    "since",
    "after",
    "before",
    "as",
];
const DETS: &[&str] = &[
    "the", "a", "an", "this", "these", "those", "its", "their", "his", "her", "our", "my", "your", "some",
    "any", "each", "every", "no", "another", "all", "both", "several", "many", "most", "other", "such",
    "same", "own", "further", "more", "new", "neither", "either", "few", "certain",
];
const ADVS: &[&str] = &[
    "also",
    "nonetheless",
    "nevertheless",
    "likewise",
    "meantime",
    "instead",
    "moreover",
    "furthermore",
    "thereby",
    "hereby",
    "everywhere",
    "elsewhere",
    "abroad",
    "anywhere",
    "hence",
    "henceforth",
    "thereafter",
    "forthwith",
    "otherwise",
    "anyway",
    "again",
    "already",
    "still",
    "yet",
    "then",
    "now",
    "soon",
    "once",
    "twice",
    "here",
    "there",
    "even",
    "just",
    "only",
    "instead",
    "however",
    "too",
    "ever",
    "always",
    "often",
    "thus",
    "therefore",
    "meanwhile",
    "together",
    "separately",
    "later",
    "earlier",
    "first",
    "never",
    "up",
    "down",
    "back",
    "out",
    "away",
    "ahead",
    "further",
    "far",
    "almost",
    "about",
    "roughly",
    "after all",
    "so",
    "very",
    "well",
];

/// Words of closed classes; a word that stands twice is what it stands for first.
pub(crate) const CLOSED: &[(Tag, &[&str])] = &[
    (Tag::To, &["to"]),
    (Tag::Not, &["not", "never", "n't"]),
    (Tag::Conj, &["and", "or", "but", "nor"]),
    (Tag::Rel, &["which", "who", "whom", "whose"]),
    (
        Tag::Sub,
        &[
            "that", "because", "if", "unless", "although", "though", "while", "when", "where", "whereas",
            "whether", "how", "why", "what", "lest", "provided",
        ],
    ),
    (
        Tag::Be,
        &[
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "am",
            "isn't",
            "aren't",
            "wasn't",
            "weren't",
            "isn’t",
            "aren’t",
            "wasn’t",
            "weren’t",
        ],
    ),
    (
        Tag::Have,
        &["has", "have", "had", "having", "hasn't", "haven't", "hadn't", "hasn’t", "haven’t", "hadn’t"],
    ),
    (Tag::Do, &["do", "does", "did", "don't", "doesn't", "didn't", "don’t", "didn’t", "doesn’t"]),
    (
        Tag::Modal,
        &[
            "will",
            "would",
            "shall",
            "should",
            "may",
            "might",
            "can",
            "could",
            "must",
            "won't",
            "cannot",
            "can't",
            "wouldn't",
            "couldn't",
            "shouldn't",
            "won’t",
            "can’t",
            "wouldn’t",
            "couldn’t",
            "shouldn’t",
        ],
    ),
    (
        Tag::Pron,
        &[
            "he",
            "she",
            "it",
            "they",
            "we",
            "i",
            "you",
            "him",
            "them",
            "us",
            "itself",
            "themselves",
            "himself",
            "herself",
            "ones",
        ],
    ),
    (Tag::Prep, PREPS),
    (Tag::Det, DETS),
    (Tag::Adv, ADVS),
];

/// Words that are what they are here where nothing else is known of them.
pub(crate) const LATE: &[(Tag, &[&str])] = &[
    (
        Tag::Num,
        &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred", "dozen"],
    ),
    (Tag::Det, &["liquefied", "so-called", "semi-finished", "unfinished", "finished", "assorted"]),
];

/// A noun's lemma, where that is not the word itself.
fn noun(word: &Lower) -> Option<Lower> {
    if word.as_str().as_bytes().last() != Some(&b's') {
        return None;
    }
    match singular(word) {
        same if same.len() == word.len() && !word.ends_with("ies") => None,
        other => Some(Lower::new(&other)),
    }
}

/// Ranges of a sentence, each kind in text order.
pub(crate) struct Marked<N, A, T> {
    /// Names: no verb is looked for in them.
    pub(crate) names: N,
    /// Adjectives of states.
    pub(crate) adjectives: A,
    /// Expressions of time: no verb is looked for in them.
    pub(crate) times: T,
}

/// Puts the words of a sentence into `words`, whatever stood there.
pub(crate) fn tag(
    doc: &Document<'_>,
    sentence: &Sentence,
    verbs: &Verbs,
    marked: Marked<impl Iterator<Item = Span>, impl Iterator<Item = Span>, impl Iterator<Item = Span>>,
    words: &mut Vec<Word>,
) {
    words.clear();
    words.reserve(sentence.tokens.len());
    let mut names = Ranges::new(marked.names);
    let mut adjectives = Ranges::new(marked.adjectives);
    let mut times = Ranges::new(marked.times);
    for (token, lower) in sentence.tokens.iter().zip(&sentence.lower) {
        // "Xi–Trump" is joined like "Xi-Trump".
        let joins = token.kind == TokenKind::Sign
            && *lower == "–"
            && words.last().is_some_and(|w| w.span.end == token.span.start)
            && doc.text.get(token.span.end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let lower = if joins { Lower::new("-") } else { lower.clone() };
        let name = names.hold(token.span);
        let time = times.hold(token.span);
        let (tag, lemma) = if adjectives.hold(token.span) {
            // "Chinese" before its noun works like "the".
            (Tag::Det, None)
        } else {
            first_guess(&lower, token.kind, verbs, name, time)
        };
        let plain = tag == Tag::Noun && !token.capital && !name && !time;
        let going = if plain { going_on(words, &lower) } else { None };
        let (tag, lemma) = match going {
            Some(stem) => (Tag::Verb(VerbForm::Gerund), Some(stem)),
            None => (tag, lemma),
        };
        words.push(Word {
            span: token.span,
            kind: token.kind,
            lemma: lemma.unwrap_or_else(|| lower.clone()),
            lower,
            tag,
            capital: token.capital,
            name,
            time,
        });
        match token.kind {
            TokenKind::Sign => drop_number(words),
            _ => join_last(words),
        }
    }
    level_dashes(words);
    set_aside(words);
    for at in 0..words.len() {
        if let Some(tag) = linking(words, at)
            && let Some(word) = words.get_mut(at)
        {
            word.tag = tag;
            continue;
        }
        if !words.get(at).is_some_and(depends) {
            continue;
        }
        if measures(words, at)
            && let Some(word) = words.get_mut(at)
        {
            word.tag = Tag::Adv;
        }
        if let Some(tag) = correct(words, at) {
            let Some(word) = words.get_mut(at) else { continue };
            if tag == Tag::Noun {
                word.lemma = noun(&word.lower).unwrap_or_else(|| word.lower.clone());
            }
            word.tag = tag;
        }
    }
}

/// Whether the words around may make something else of a word: verbs, and the others that `measures` and
/// `correct` look at.
fn depends(word: &Word) -> bool {
    let lower = &word.lower;
    matches!(word.tag, Tag::Verb(_))
        || *lower == "at"
        || *lower == "to"
        || *lower == "than"
        || *lower == "that"
        || *lower == "long"
        || *lower == "further"
}

/// Words of closed classes that are something else here: "because of the ban" names a cause, "once they
/// had met" opens a clause.
fn linking(words: &[Word], at: usize) -> Option<Tag> {
    let word = words.get(at)?;
    let next = words.get(at + 1)?;
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let free = || before.is_some_and(|b| matches!(b.tag, Tag::Modal | Tag::To));
    match word.lower.as_str() {
        "because" => (next.lower == "of").then_some(Tag::Prep),
        "once" => {
            let subject = next.tag == Tag::Pron || is!(next.lower, "the" | "both" | "all" | "its" | "their");
            (subject && words.get(at + 2).is_some_and(|w| !w.time)).then_some(Tag::Sub)
        }
        // "Peru and Chile each signed"
        "each" | "both" | "all" => {
            let verb =
                matches!(next.tag, Tag::Verb(VerbForm::Past | VerbForm::PastOrParticiple | VerbForm::Base));
            let many =
                before.is_some_and(|b| b.tag == Tag::Noun && !b.time && (b.name || b.lower.ends_with('s')));
            (verb && many).then_some(Tag::Adv)
        }
        // "brought forward its ban"
        "forward" => before.is_some_and(|b| matches!(b.tag, Tag::Verb(_))).then_some(Tag::Adv),
        // "has since denied it"
        "since" => {
            let have = before.is_some_and(|b| b.tag == Tag::Have);
            (have && matches!(next.tag, Tag::Verb(_) | Tag::Be)).then_some(Tag::Adv)
        }
        // "would neither confirm nor deny"
        "neither" => free().then_some(Tag::Adv),
        // "would like Washington to publish it"
        "like" if before.is_some_and(|b| b.lower == "would") => Some(Tag::Verb(VerbForm::Base)),
        // "will back that with guarantees"
        "back" if free() && (matches!(next.tag, Tag::Det | Tag::Poss) || is!(next.lower, "that" | "it")) => {
            Some(Tag::Verb(VerbForm::Base))
        }
        _ => None,
    }
}

/// What two words may say between a modal and its verb.
const ASIDES: &[(&str, &str)] = &[
    ("in", "return"),
    ("in", "turn"),
    ("in", "future"),
    ("in", "exchange"),
    ("in", "time"),
    ("for", "now"),
    ("at", "first"),
    ("at", "once"),
    ("at", "last"),
    ("at", "least"),
    ("of", "course"),
    ("by", "then"),
];

/// "must in return lower its levy", "will from May 1 charge 25%": what stands between a modal and its
/// verb is no noun before it.
fn set_aside(words: &mut [Word]) {
    for at in 0..words.len() {
        // "has since Friday blocked", "had by then held": the same behind "have".
        let have = words.get(at).is_some_and(|w| w.tag == Tag::Have);
        if !have && words.get(at).is_none_or(|w| w.tag != Tag::Modal) {
            continue;
        }
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let timed = |i: usize| words.get(i).is_some_and(|w| w.time);
        let likely = lower(at + 1) == "in"
            && lower(at + 2) == "all"
            && matches!(lower(at + 3), "likelihood" | "probability");
        let end = if likely {
            at + 4
        } else if ASIDES.contains(&(lower(at + 1), lower(at + 2))) {
            at + 3
        } else if matches!(lower(at + 1), "from" | "by" | "on" | "in" | "as" | "until" | "since") {
            let first = at + 2 + usize::from(lower(at + 2) == "of");
            (first..words.len()).find(|&i| !timed(i)).filter(|&i| i > first).unwrap_or(at)
        } else {
            at
        };
        let verb = words.get(end).is_some_and(|w| match w.tag {
            Tag::Be => true,
            Tag::Verb(VerbForm::Base) => !have || same_form(&w.lemma),
            Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple) => have,
            _ => false,
        });
        for word in words.get_mut(at + 1..end.max(at + 1)).unwrap_or_default().iter_mut().filter(|_| verb) {
            word.tag = Tag::Adv;
        }
    }
}

/// "Acme—a maker of toys—said": a pair of dashes within a sentence parts as two commas do.
fn level_dashes(words: &mut [Word]) {
    let mut dashes = [0; 2];
    let mut count = 0;
    for (at, _) in words.iter().enumerate().filter(|(_, w)| w.lower == "—" || w.lower == "–") {
        if let Some(slot) = dashes.get_mut(count) {
            *slot = at;
        }
        count += 1;
    }
    let [open, close] = dashes;
    if count != 2 || open == 0 || close - open > 25 || close + 1 >= words.len() {
        return;
    }
    for at in dashes {
        if let Some(word) = words.get_mut(at) {
            word.lower = Lower::new(",");
            word.lemma = Lower::new(",");
        }
    }
}

/// "will (i) modify the duty": the number of an item inside a sentence is no word of it.
fn drop_number(words: &mut Vec<Word>) {
    if words.last().is_none_or(|close| close.lower != ")") {
        return;
    }
    let [.., before, open, number, _] = words.as_slice() else { return };
    if open.lower != "(" {
        return;
    }
    let short = number.lower.len() <= 4
        && number.lower.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'a'..='e' | '1'..='9'));
    let running = !matches!(before.tag, Tag::Num)
        && before.lower != ")"
        && !matches!(before.lower.as_str(), "section" | "subsection" | "paragraph" | "note" | "subdivision");
    if short && running {
        words.truncate(words.len() - 3);
    }
}

/// Ranges in text order, of which the first that may hold a token is at hand.
struct Ranges<I> {
    next: Span,
    rest: I,
}

impl<I: Iterator<Item = Span>> Ranges<I> {
    /// Behind every token.
    const NONE: Span = Span::new(usize::MAX, usize::MAX);

    fn new(mut spans: I) -> Self {
        Self { next: spans.next().unwrap_or(Self::NONE), rest: spans }
    }

    /// Whether a token lies in one of the ranges; tokens come in text order.
    #[inline]
    fn hold(&mut self, token: Span) -> bool {
        // Nearly every token stands before the next range.
        if token.start < self.next.start {
            return false;
        }
        while self.next.end <= token.start {
            self.next = self.rest.next().unwrap_or(Self::NONE);
        }
        self.next.contains(token)
    }
}

/// Tag of a word by itself, and its lemma where that is not the word.
fn first_guess(
    lower: &Lower,
    kind: TokenKind,
    verbs: &Verbs,
    name: bool,
    time: bool,
) -> (Tag, Option<Lower>) {
    match kind {
        TokenKind::Sign => return (Tag::Punct, None),
        TokenKind::Possessive => return (Tag::Poss, None),
        TokenKind::Number => return (Tag::Num, None),
        TokenKind::Word => {}
    }
    // "US" is a name; "us" is a pronoun. "Under Secretary" is an office.
    let known = verbs.known(lower);
    let closed = known.and_then(|known| known.closed);
    let fits = |t| matches!(t, Tag::Pron | Tag::Det | Tag::Adv | Tag::Modal | Tag::To);
    if name && closed.is_none_or(|t| fits(t) || *lower == "under") {
        return (Tag::Noun, noun(lower));
    }
    // "since May" names a month.
    if time && closed.is_none_or(|t| t == Tag::Modal) {
        return (Tag::Noun, noun(lower));
    }
    if let Some(tag) = closed {
        let lemma = match tag {
            Tag::Be => Some(Lower::new("be")),
            Tag::Have => Some(Lower::new("have")),
            Tag::Do => Some(Lower::new("do")),
            _ => None,
        };
        return (tag, lemma);
    }
    if let Some((lemma, form)) = known.and_then(|known| known.verb.as_ref()) {
        return (Tag::Verb(*form), Some(lemma.clone()));
    }
    match known.and_then(|known| known.late) {
        Some(tag) => (tag, None),
        None => by_ending(lower),
    }
}

/// The same for a word that no table has.
fn by_ending(lower: &Lower) -> (Tag, Option<Lower>) {
    let word = lower.as_str();
    if word.ends_with("ly") {
        let none = word.len() <= 4 || matches!(word, "supply" | "july" | "family" | "italy" | "apply");
        return (if none { Tag::Noun } else { Tag::Adv }, None);
    }
    let Some(stem) = word.strip_suffix("ed") else { return (Tag::Noun, noun(lower)) };
    // "Unjustified", "unwarranted": no act.
    let state = word.starts_with("un") && word.len() > 7 && !word.starts_with("under");
    // A verb the table lacks, by its ending.
    if !state && stem.len() > 3 && !stem.ends_with("re") && !stem.ends_with('e') {
        return (Tag::Verb(VerbForm::PastOrParticiple), Some(Lower::new(undoubled(stem))));
    }
    (Tag::Noun, None)
}

/// "Is stocking", "have been trucking": a verb the table lacks, by its ending behind a form of "be".
fn going_on(before: &[Word], lower: &Lower) -> Option<Lower> {
    let stem = lower.strip_suffix("ing").filter(|stem| stem.len() > 2)?;
    let noun = matches!(
        lower.as_str(),
        "nothing"
            | "something"
            | "anything"
            | "everything"
            | "evening"
            | "morning"
            | "missing"
            | "during"
            | "willing"
    );
    let adverb = |w: &&Word| w.tag == Tag::Adv && !matches!(w.lower.as_str(), "all" | "about");
    let behind = before.iter().rev().find(|w| !adverb(w))?;
    (!noun && behind.tag == Tag::Be).then(|| Lower::new(undoubled(stem)))
}

/// "wrapp" as "wrap".
fn undoubled(stem: &str) -> &str {
    let mut back = stem.chars().rev();
    let (last, before) = (back.next(), back.next());
    let doubled = last == before && !matches!(last, Some('l' | 's' | 'z' | 'f' | 'e' | 'o'));
    if doubled { stem.get(..stem.len() - 1).unwrap_or(stem) } else { stem }
}

/// Verbs that are nouns at least as often.
static OFTEN_NOUNS: WordList = WordList::new(&[
    "blacklist",
    "contract",
    "scrap",
    "step",
    "halt",
    "estimate",
    "peak",
    "spike",
    "slump",
    "plunge",
    "dip",
    "drag",
    "squeeze",
    "bounce",
    "route",
    "flood",
    "dispute",
    "load",
    "watch",
    "dump",
    "upgrade",
    "downgrade",
    "call",
    "talk",
    "visit",
    "trade",
    "level",
    "rule",
    "order",
    "tariff",
    "target",
    "project",
    "deal",
    "trust",
    "ship",
    "plant",
    "sanction",
    "export",
    "import",
    "supply",
    "exchange",
    "contact",
    "review",
    "process",
    "state",
    "note",
    "request",
    "report",
    "control",
    "measure",
    "plan",
    "work",
    "move",
    "cut",
    "increase",
    "rise",
    "price",
    "market",
    "charge",
    "list",
    "file",
    "result",
    "change",
    "probe",
    "curb",
    "protest",
    "breach",
    "boycott",
    "rebuke",
    "limit",
    "ban",
    "pause",
    "offer",
    "demand",
    "support",
    "surge",
    "drop",
    "effect",
    "force",
    "forecast",
    "purchase",
    "attack",
    "answer",
    "return",
    "transfer",
    "launch",
    "release",
    "show",
    "swap",
    "table",
    "brief",
    "issue",
    "place",
    "form",
    "phone",
    "block",
    "link",
    "match",
    "guarantee",
    "harm",
    "host",
    "claim",
    "delay",
    "document",
    "impact",
    "term",
    "cap",
    "counter",
    "hike",
    "levy",
    "tax",
    "trim",
    "freeze",
    "truce",
    "tie",
    "appeal",
    "protest",
    "boycott",
    "embargo",
    "raid",
    "strike",
    "vote",
    "pledge",
    "promise",
    "aid",
    "fund",
    "rebel",
    "shell",
    "threat",
    "accord",
    "side",
    "patrol",
    "guard",
    "loan",
    "march",
    "test",
    "bid",
    "influence",
    "total",
    "dispute",
    "conflict",
    "riot",
    "arrest",
    "ambush",
    "assault",
    "siege",
    "credit",
    "finance",
    "debate",
    "challenge",
    "campaign",
    "mistake",
    "veto",
    "journey",
    "permit",
    "reward",
    "respect",
    "silence",
    "welcome",
    "treat",
    "tax",
]);

/// Verbs whose "that" opens a clause.
static THAT_CLAUSE: WordList = WordList::new(&[
    "say",
    "add",
    "tell",
    "note",
    "warn",
    "argue",
    "believe",
    "think",
    "know",
    "hope",
    "expect",
    "agree",
    "announce",
    "confirm",
    "deny",
    "state",
    "stress",
    "emphasize",
    "emphasise",
    "report",
    "claim",
    "show",
    "find",
    "suggest",
    "see",
    "hold",
    "rule",
    "declare",
    "insist",
    "mean",
    "fear",
    "demand",
    "require",
    "write",
    "understand",
    "conclude",
    "indicate",
    "reiterate",
    "reaffirm",
    "estimate",
    "predict",
    "be",
    "ensure",
    "acknowledge",
    "admit",
    "maintain",
    "propose",
    "caution",
    "observe",
    "remember",
    "feel",
    "signal",
    "reveal",
    "threaten",
    "promise",
    "pledge",
    "vow",
    "decide",
    "complain",
    "object",
    "remark",
    "mention",
    "underscore",
    "underline",
    "explain",
    "learn",
    "hear",
    "assume",
    "recall",
    "consider",
]);

/// "took that decision to the court": the word before its noun, where it opens no clause.
fn points(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let opens = match before.map(|b| b.tag) {
        Some(Tag::Verb(_)) => before.is_some_and(|b| THAT_CLAUSE.has(&b.lemma)),
        Some(Tag::Prep | Tag::To | Tag::Conj) | None => false,
        Some(Tag::Punct) => before.is_some_and(|b| b.lower != ","),
        _ => true,
    };
    let noun = words.get(at + 1).is_some_and(|w| {
        !w.name && !w.lower.ends_with('s') && matches!(w.tag, Tag::Noun | Tag::Verb(VerbForm::Base))
    });
    !opens && noun
}

/// "a surcharge of 10% on imports": the noun that the phrase at `at` hangs on in the end.
fn outer_noun(words: &[Word], mut at: usize) -> Option<&Word> {
    for _ in 0..3 {
        let mut before = at;
        while before > 0
            && words.get(before - 1).is_some_and(|w| {
                matches!(w.tag, Tag::Det | Tag::Num | Tag::Poss) || w.lower == "%" || w.lower == "$"
            })
        {
            before -= 1;
        }
        let prep = before.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep));
        match prep.and_then(|i| i.checked_sub(1)) {
            Some(outer) if words.get(outer).is_some_and(|w| w.tag == Tag::Noun || w.lower == "%") => {
                at = outer
            }
            _ => break,
        }
    }
    words.get(at)
}

/// "Will no longer supply"; "25 per cent", "15 pct": the sign of a percentage in words.
fn join_last(words: &mut [Word]) {
    let counted = |w: &Word| w.kind == TokenKind::Number || w.tag == Tag::Num;
    match words {
        [.., no, longer] if longer.lower == "longer" && no.lower == "no" => {
            (no.tag, longer.tag) = (Tag::Not, Tag::Adv);
        }
        [.., number, sign] if counted(number) && matches!(sign.lower.as_str(), "pct" | "pc") => {
            (sign.tag, sign.lemma) = (Tag::Noun, Lower::new("percent"));
        }
        [.., per, cent] if cent.lower == "cent" && per.lower == "per" => {
            for word in [per, cent] {
                (word.tag, word.lemma) = (Tag::Noun, Lower::new("percent"));
            }
        }
        _ => {}
    }
}

/// "will each lower", "must both cut".
fn shared_subject(words: &[Word], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).and_then(|i| words.get(i));
    word(1).is_some_and(|w| matches!(w.lower.as_str(), "each" | "both" | "all" | "further"))
        && word(2).is_some_and(|w| w.name || matches!(w.tag, Tag::Modal | Tag::To))
}

fn is_opening(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.lower == "(") && words.get(at + 1).is_some_and(|w| w.lower.len() <= 3)
}

/// Whether a lower-case word is an adjective by its ending.
fn adjective(word: &Lower) -> bool {
    static NOUNS: WordList = WordList::new(&[
        "republic",
        "public",
        "critic",
        "cleric",
        "music",
        "traffic",
        "fabric",
        "panic",
        "logic",
        "clinic",
        "topic",
        "executive",
        "representative",
        "initiative",
        "native",
        "detective",
        "directive",
        "objective",
        "alternative",
        "perspective",
        "archive",
        "motive",
        "incentive",
        "secretary",
        "military",
        "dignitary",
        "anniversary",
        "boundary",
        "summary",
        "salary",
        "library",
        "commentary",
        "adversary",
        "treasury",
        "medic",
    ]);
    let ends = ["ic", "ous", "ive", "ary", "ical", "ional", "rial", "cial"];
    ends.iter().any(|end| word.ends_with(end)) && word.len() > 5 && !NOUNS.has(word)
}

/// "At least 12 million", "up to 20", "more than 5": the preposition belongs to the number.
fn measures(words: &[Word], at: usize) -> bool {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let counted = |i: usize| {
        words
            .get(i)
            .is_some_and(|w| w.tag == Tag::Num || matches!(w.lower.as_str(), "$" | "€" | "£" | "a" | "some"))
    };
    match lower(at) {
        "at" => matches!(lower(at + 1), "least" | "most") && counted(at + 2),
        "to" => at > 0 && lower(at - 1) == "up" && counted(at + 1),
        "than" => at > 0 && matches!(lower(at - 1), "more" | "less" | "fewer") && counted(at + 1),
        _ => false,
    }
}

/// Participles that tell how a thing is rather than what is done to it.
static HOW: WordList = WordList::new(&[
    "alleged",
    "biting",
    "crippling",
    "dumping",
    "existing",
    "looming",
    "mounting",
    "neighbouring",
    "neighboring",
    "ongoing",
    "outstanding",
    "pending",
    "prevailing",
    "punishing",
    "purported",
    "remaining",
    "supposed",
    "suspected",
    "sweeping",
    "upcoming",
]);

/// Gerunds that name a thing as often as an act.
static GERUND_NOUNS: WordList = WordList::new(&[
    "training",
    "hearing",
    "meeting",
    "gathering",
    "funding",
    "shipping",
    "lending",
    "fighting",
    "bombing",
    "shelling",
    "killing",
    "crossing",
    "trading",
    "fishing",
    "mining",
    "landing",
    "spending",
    "smuggling",
    "trafficking",
    "logging",
    "whaling",
    "briefing",
    "ruling",
    "warning",
    "building",
    "planning",
    "beginning",
    "understanding",
]);

/// Gerunds of a trade, which before a noun say what it is for.
const CRAFTS: &[&str] = &[
    "processing",
    "refining",
    "manufacturing",
    "packaging",
    "testing",
    "farming",
    "smelting",
    "assembling",
    "chipmaking",
    "shipbuilding",
    "steelmaking",
    "licensing",
    "bargaining",
    "fishing",
    "mining",
];

/// "Roe, Doe and Jane Poe meet": several names before the word at `at`.
fn joined_names(words: &[Word], at: usize) -> bool {
    let named = |i: usize| words.get(i).is_some_and(|w| w.name || w.lower == "the");
    let and = (at.saturating_sub(6)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == "and"));
    // "Roe, Doe speak by phone": two names open a headline.
    let headed = || {
        let listed = |i: usize| named(i) || words.get(i).is_some_and(|w| w.lower == ",");
        at > 2 && at < 9 && (0..at).all(listed) && !(0..at).all(named)
    };
    and.is_some_and(|and| and > 0 && named(and - 1) && (and + 1..at).all(named)) || headed()
}

/// The noun that a phrase right before `at` belongs to: "levy" of "levy on toys".
fn head_before(words: &[Word], at: usize) -> Option<&Word> {
    let prep = (at.saturating_sub(5)..at)
        .rev()
        .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep && w.lower != "of"))?;
    words.get(prep.checked_sub(1)?).filter(|w| w.tag == Tag::Noun && !w.name && !w.time)
}

/// Whether a quotation mark stands right behind a modal, "to" or a name.
fn quotes_verb(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| matches!(w.lower.as_str(), "\"" | "“" | "‘" | "'"))
        && at
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| matches!(w.tag, Tag::Modal | Tag::To) || w.name && !w.time)
}

/// Verbs of holding a view whose forms are also nouns.
const VIEWS: &[&str] = &[
    "believe",
    "bet",
    "calculate",
    "claim",
    "estimate",
    "expect",
    "fear",
    "forecast",
    "guess",
    "hope",
    "predict",
    "project",
    "reckon",
    "suspect",
    "warn",
    "worry",
];

/// Whether the word at `at` ends a sentence with whose view it is: "…, the bank's analysts reckon."
fn told_last(words: &[Word], at: usize, form: VerbForm) -> bool {
    let Some(word) = words.get(at) else { return false };
    if !matches!(form, VerbForm::Base | VerbForm::ThirdPerson) || !VIEWS.contains(&word.lemma.as_str()) {
        return false;
    }
    let ends =
        words.get(at + 1).is_none_or(|w| w.tag == Tag::Punct && matches!(w.lower.as_str(), "." | "," | ";"));
    let subject = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|b| {
        b.tag == Tag::Noun && !b.time && (b.lower.ends_with('s') && !b.name) == (form == VerbForm::Base)
    });
    let comma = || (at.saturating_sub(9)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == ","));
    ends && subject
        && comma().is_some_and(|comma| {
            words
                .get(..comma)
                .unwrap_or_default()
                .iter()
                .any(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Verb(_)))
                && !words
                    .get(comma..at)
                    .unwrap_or_default()
                    .iter()
                    .any(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Verb(_) | Tag::Conj))
        })
}

/// "Honda cut output because …": a past form behind the name that opens the sentence, where its
/// clause has no other verb.
fn opens_alone(words: &[Word], at: usize) -> bool {
    let capitals = at > 0
        && at < 4
        && words.get(..at).unwrap_or_default().iter().all(|w| w.capital && w.tag == Tag::Noun && !w.time);
    let clause = words.iter().skip(at + 1).take_while(|w| {
        !matches!(w.tag, Tag::Sub | Tag::Rel) && !matches!(w.lower.as_str(), "," | ";" | ":")
    });
    capitals
        && !clause
            .into_iter()
            .any(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::Verb(_)))
}

/// A better tag for the word at `at`, by its neighbours.
/// "should the side go ahead": the verb at `at` belongs to a "should" before its subject.
pub(crate) fn inverted(words: &[Word], at: usize) -> bool {
    let word = |i: usize| words.get(i);
    let modal = (at.saturating_sub(FAR_SUBJECT)..at).rev().find(|&i| {
        word(i).is_none_or(|w| {
            !matches!(w.tag, Tag::Noun | Tag::Det | Tag::Poss | Tag::Num | Tag::Adv | Tag::Pron | Tag::Prep)
        })
    });
    let Some(modal) = modal.filter(|&i| word(i).is_some_and(|w| w.lower == "should" && w.tag == Tag::Modal))
    else {
        return false;
    };
    let subject = word(modal + 1).is_some_and(|w| {
        matches!(w.tag, Tag::Det | Tag::Pron | Tag::Poss) || w.tag == Tag::Noun && (w.name || w.capital)
    });
    // "that the duties should the ministry …": a clause has only one subject.
    let fresh = modal.checked_sub(1).and_then(word).is_none_or(|w| w.tag != Tag::Pron);
    subject
        && fresh
        && (modal + 1..at).any(|i| word(i).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Pron)))
}

/// Whether the comma at `close` ends an aside behind a noun: "the pact, signed in May,"; gives the noun.
fn aside_noun(words: &[Word], close: usize) -> Option<&Word> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    if lower(close) != "," {
        return None;
    }
    let open = (close.saturating_sub(FAR_ASIDE)..close).rev().find(|&i| {
        lower(i) == ","
            && words.get(i + 1).is_some_and(|w| {
                matches!(w.tag, Tag::Rel | Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Participle))
                    || w.tag == Tag::Verb(VerbForm::Gerund)
                    || w.lower == "where"
                    || is!(w.lower, "in" | "due") && close - i < 10
            })
    })?;
    words.get(open.checked_sub(1)?).filter(|w| w.tag == Tag::Noun && !w.time)
}

/// Whether the phrase that ends at `at` opens with an article right behind a verb or a preposition.
fn taken_phrase(words: &[Word], at: usize) -> bool {
    let inside = |i: usize| {
        words.get(i).is_some_and(|w| {
            !w.time
                && matches!(
                    w.tag,
                    Tag::Noun | Tag::Adv | Tag::Verb(VerbForm::Gerund | VerbForm::PastOrParticiple)
                )
        })
    };
    let mut first = at;
    while first > 0 && at - first < 5 && inside(first - 1) {
        first -= 1;
    }
    let article =
        first.checked_sub(1).filter(|&i| words.get(i).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Poss)));
    article.filter(|_| first < at).and_then(|i| i.checked_sub(1)).and_then(|i| words.get(i)).is_some_and(
        |w| matches!(w.tag, Tag::Prep) || matches!(w.tag, Tag::Verb(_)) && !THAT_CLAUSE.has(&w.lemma),
    )
}

/// How many words an aside between commas may have.
const FAR_ASIDE: usize = 24;

/// How many words a subject between "should" and its verb may have.
const FAR_SUBJECT: usize = 8;

fn correct(words: &[Word], at: usize) -> Option<Tag> {
    let word = words.get(at)?;
    if word.lower == "that" {
        let before = at.checked_sub(1).and_then(|i| words.get(i));
        let after = words.get(at + 1)?;
        // "duties that hit", "goods from Canada that do not": a relative; "said that": a conjunction.
        let behind = at
            .checked_sub(2)
            .and_then(|i| words.get(i))
            .is_some_and(|w| matches!(w.tag, Tag::Prep | Tag::Conj));
        // "said last week that imported lorries"
        let told = before.is_some_and(|b| b.time) && words.iter().take(at).any(|w| THAT_CLAUSE.has(&w.lemma));
        let relative = before.is_some_and(|b| b.tag == Tag::Noun && (!b.name || behind) && !told)
            && matches!(after.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal);
        if relative {
            return Some(Tag::Rel);
        }
        // "a call that morning between X and Y"
        if after.time && after.tag == Tag::Noun && before.is_some_and(|b| b.tag == Tag::Noun) {
            return Some(Tag::Det);
        }
        // "will halve that on pork", "… to 30% and that on cabinets to 50%": stands for a noun told before.
        let stands = matches!(after.lower.as_str(), "on" | "for" | "against")
            && before.is_some_and(|b| matches!(b.tag, Tag::Verb(_) | Tag::Conj) || b.lower == ",")
            && words.get(at + 2).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Det) && !w.time);
        if stands && !before.is_some_and(|b| THAT_CLAUSE.has(&b.lemma)) {
            return Some(Tag::Pron);
        }
        return points(words, at).then_some(Tag::Det);
    }
    // "have long warned"
    let far = matches!(word.lower.as_str(), "long" | "last" | "first")
        && at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| matches!(w.tag, Tag::Have | Tag::Be))
        && words.get(at + 1).is_some_and(|w| matches!(w.tag, Tag::Verb(_)));
    if far {
        return Some(Tag::Adv);
    }
    // "They further agreed to"
    let further = word.lower == "further"
        && at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|b| b.tag == Tag::Pron || b.name)
        && words
            .get(at + 1)
            .is_some_and(|w| matches!(w.tag, Tag::Verb(VerbForm::PastOrParticiple | VerbForm::Past)));
    if further {
        return Some(Tag::Adv);
    }
    let Tag::Verb(form) = word.tag else { return None };
    if form == VerbForm::Base && inverted(words, at) {
        return None;
    }
    // "Some believe Oslo has taxed feed", "few expect Oslo to tax it": what people think.
    let people = form == VerbForm::Base
        && at == 1
        && words.first().is_some_and(|w| is!(w.lower, "few" | "some" | "many" | "most" | "others"))
        && words.get(2).is_some_and(|w| w.name || w.lower == "that")
        && (THAT_CLAUSE.has(&word.lemma) || is!(word.lemma, "expect" | "hope" | "fear" | "doubt" | "think"));
    if people {
        return None;
    }
    // "Suspend, for one year, the fees": an item of a list.
    let paused = form == VerbForm::Base
        && word.capital
        && at <= 1
        && words.get(at + 1).is_some_and(|w| w.lower == ",")
        && words.get(at + 2).is_some_and(|w| w.tag == Tag::Prep)
        && words.get(at + 3).is_some_and(|w| w.time);
    if paused {
        return None;
    }
    // "The curbs announced on October 9 stay suspended".
    let lasts = matches!(word.lower.as_str(), "remain" | "remains" | "stay" | "stays");
    let lasting = |w: &Word| matches!(w.tag, Tag::Verb(VerbForm::Participle | VerbForm::PastOrParticiple));
    if lasts && words.get(at + 1).is_some_and(lasting) {
        return None;
    }
    // "The duties announced on February 10 take effect".
    if matches!(word.lower.as_str(), "take" | "takes")
        && words.get(at + 1).is_some_and(|w| w.lower == "effect")
    {
        return None;
    }
    let mut left = at;
    let before = loop {
        left = match left.checked_sub(1) {
            Some(i) => i,
            None => break None,
        };
        match words.get(left).map(|w| w.tag) {
            Some(Tag::Adv) => {}
            // "It further agreed to"
            _ if form == VerbForm::PastOrParticiple
                && words.get(left).is_some_and(|w| w.lower == "further") => {}
            // "will “correct” it", "China “firmly opposes” it"
            Some(Tag::Punct) if quotes_verb(words, left) => {}
            other => break other.map(|_| left),
        }
    };
    let before = before.and_then(|i| words.get(i));
    let after = words.get(at + 1);
    let after_tag = after.map(|w| w.tag);
    // A license is a thing unless somebody "will license" a sale.
    if word.lemma == "license" && form != VerbForm::PastOrParticiple {
        let acts = form == VerbForm::Base && before.is_some_and(|b| matches!(b.tag, Tag::Modal | Tag::To));
        return if acts { None } else { Some(Tag::Noun) };
    }
    // "additional manufactured goods", "of imported steel"
    let described = matches!(
        word.lower.as_str(),
        "manufactured"
            | "processed"
            | "finished"
            | "refined"
            | "imported"
            | "advanced"
            | "frozen"
            | "chilled"
    );
    if described
        && before.is_some_and(|b| !b.name && !b.lower.ends_with('s'))
        && after.is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && w.lower.ends_with('s'))
    {
        return Some(Tag::Noun);
    }
    // "will buy fuel, and increase purchases of jets"
    let listed = form == VerbForm::Base
        && at > 1
        && matches!(
            word.lemma.as_str(),
            "increase"
                | "expand"
                | "boost"
                | "buy"
                | "lift"
                | "resume"
                | "open"
                | "ease"
                | "reduce"
                | "invest"
                | "raise"
        )
        && words.get(at - 1).is_some_and(|w| w.lower == "and")
        && words.get(at - 2).is_some_and(|w| w.lower == ",")
        && after.is_some_and(|w| w.tag == Tag::Noun && !w.name && !w.time && w.lower.ends_with('s'))
        && words.iter().take(at).any(|w| matches!(w.lower.as_str(), "will" | "would" | "shall"));
    if listed {
        return None;
    }
    // "The two ministers, Roe and Doe, meet in Oslo": hardly ever a noun.
    let many = |b: &Word| matches!(b.lower.as_str(), "," | "two" | "both" | "three" | "sides" | "they");
    if word.lower == "meet" && before.is_some_and(many) && after_tag != Some(Tag::Noun) {
        return None;
    }
    // An item of a list may start with a capital verb after its lead-in's "will" or "to".
    let led = before.is_some_and(|w| matches!(w.tag, Tag::Modal | Tag::To))
        && after.is_some_and(|w| !w.capital && w.tag != Tag::Punct);
    if word.capital && at > 0 && form == VerbForm::Base && !led {
        return Some(Tag::Noun);
    }
    if before.is_some_and(|w| w.lower == "-") {
        return Some(Tag::Noun);
    }
    // "Expansion of End-User Controls"
    let title = word.capital
        && form == VerbForm::ThirdPerson
        && at > 1
        && before.is_some_and(|w| w.capital && w.tag == Tag::Noun && !w.name && !w.time)
        && words.get(at - 2).is_some_and(|w| w.lower == "-" || w.capital && w.tag == Tag::Noun && !w.name);
    if title {
        return Some(Tag::Noun);
    }
    // "Will, for its part, drop": the verb of the modal before the aside.
    let aside = form == VerbForm::Base
        && before.is_some_and(|w| w.lower == ",")
        && (at.saturating_sub(9)..at.saturating_sub(1)).any(|i| {
            words.get(i).is_some_and(|w| w.tag == Tag::Modal)
                && words.get(i + 1).is_some_and(|w| w.lower == ",")
        });
    if aside {
        return None;
    }
    // "exports could", "trade has": no verb stands before an auxiliary.
    if matches!(form, VerbForm::Base | VerbForm::ThirdPerson)
        && matches!(after_tag, Some(Tag::Modal | Tag::Have | Tag::Do))
    {
        return Some(Tag::Noun);
    }
    // "after a Monday telephone call"
    let by_phone = matches!(word.lemma.as_str(), "telephone" | "phone")
        && after.is_some_and(|w| {
            matches!(w.lower.as_str(), "call" | "calls" | "conversation" | "conversations" | "talks")
        });
    if by_phone {
        return Some(Tag::Noun);
    }
    // "The new export controls an act of bullying": nouns, whatever follows.
    let exports = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "export");
    if exports && is!(word.lemma, "control" | "curb" | "rule" | "ban" | "limit" | "check" | "permit")
        || matches!(
            word.lower.as_str(),
            "arms" | "bullying" | "disappointing" | "troubling" | "alarming" | "misleading" | "damaging"
        )
    {
        return Some(Tag::Noun);
    }
    // "Moody's estimates that", "Longi pauses production": a name and its verb.
    let singular = form == VerbForm::ThirdPerson && before.is_some_and(|b| !b.time);
    let house = before.is_some_and(|b| b.tag == Tag::Poss) && after.is_some_and(|w| w.lower == "that");
    let stops = matches!(
        word.lemma.as_str(),
        "pause" | "halt" | "freeze" | "delay" | "switch" | "shift" | "raise" | "cut"
    ) && before.is_some_and(|b| b.capital && b.tag == Tag::Noun)
        && matches!(after_tag, Some(Tag::Noun | Tag::Det | Tag::Poss | Tag::Num));
    if singular && (house || stops) {
        return None;
    }
    // "…, the OECD estimates", "…, analysts fear": whose view ends the sentence.
    if told_last(words, at, form) {
        return None;
    }
    // "Washington, for its part, insists that", "Moody's warned that".
    let claims = THAT_CLAUSE.has(&word.lemma) && after.is_some_and(|w| w.lower == "that");
    if claims
        && before.is_some_and(|b| b.tag == Tag::Poss || b.lower == "," && form == VerbForm::ThirdPerson)
        && (form == VerbForm::ThirdPerson || form == VerbForm::PastOrParticiple)
    {
        return None;
    }
    // "Clothing makers estimate losses at".
    let many = before.is_some_and(|b| b.tag == Tag::Noun && b.lower.ends_with('s'));
    if form == VerbForm::Base && word.lemma == "estimate" && many && after_tag == Some(Tag::Noun) {
        return None;
    }
    // "admit products free of duty"
    if word.lower == "free"
        && after.is_some_and(|w| is!(w.lower, "of" | "from"))
        && before.is_some_and(|b| b.tag == Tag::Noun)
    {
        return Some(Tag::Noun);
    }
    // "Two expedited investigations".
    if matches!(form, VerbForm::PastOrParticiple)
        && before.is_some_and(|b| b.tag == Tag::Num && !b.time && at > 0)
        && after.is_some_and(|w| w.tag == Tag::Noun && w.lower.ends_with('s') && !w.time)
        && words.get(at - 1).is_some_and(|w| w.kind == TokenKind::Word)
    {
        return Some(Tag::Noun);
    }
    // "ended the duties by executive order the same day"
    let back = |n: usize| at.checked_sub(n).and_then(|i| words.get(i));
    let means = back(1).is_some_and(|w| w.lower == "executive")
        || OFTEN_NOUNS.has(&word.lemma)
            && back(1).is_some_and(|w| w.tag == Tag::Noun && !w.name)
            && back(2).is_some_and(|w| w.lower == "by");
    if means && matches!(form, VerbForm::Base | VerbForm::ThirdPerson) {
        return Some(Tag::Noun);
    }
    // "heading 9903.01.63"
    if word.lower == "heading" && after_tag == Some(Tag::Num) {
        return Some(Tag::Noun);
    }
    // "increase the duty" opens an item of a list.
    if at == 0 && !word.capital && form == VerbForm::Base && after_tag == Some(Tag::Det) {
        return None;
    }
    // "a set of goods"
    if word.lower == "set" && after.is_some_and(|w| w.lower == "of") {
        return Some(Tag::Noun);
    }
    // "(b) increase the duty": a command in a list.
    let listed =
        before.is_some_and(|w| w.lower == ")") && at.checked_sub(3).is_some_and(|i| is_opening(words, i));
    if listed && form == VerbForm::Base && after_tag == Some(Tag::Det) {
        return None;
    }
    // "24 percentage points": a unit.
    let counted = before
        .is_some_and(|w| w.tag == Tag::Num || matches!(w.lower.as_str(), "percentage" | "%" | "percent"));
    if word.lemma == "point" && counted {
        return Some(Tag::Noun);
    }
    // "exempted, and residents of the port get a refund": the noun before "of" decides.
    let of = form == VerbForm::Base && !OFTEN_NOUNS.has(&word.lemma) && after_tag == Some(Tag::Det);
    if of
        && let Some(led) =
            (at.saturating_sub(4)..at).rev().find(|&i| words.get(i).is_some_and(|w| w.lower == "of"))
        && let Some(head) = led.checked_sub(1).and_then(|i| words.get(i))
        && head.tag == Tag::Noun
        && !head.name
        && head.lower.ends_with('s')
        && before.is_some_and(|b| b.tag == Tag::Noun && !b.lower.ends_with('s'))
    {
        return None;
    }
    // "The pact, signed in May, takes effect": the verb behind an aside agrees with the noun before it.
    if matches!(form, VerbForm::Base | VerbForm::ThirdPerson)
        && let Some(noun) = at.checked_sub(1).and_then(|close| aside_noun(words, close))
    {
        let many = noun.lower.ends_with('s') && !noun.name;
        let agrees = same_form(&word.lemma) || many == (form == VerbForm::Base);
        let object = matches!(after_tag, Some(Tag::Det | Tag::Num | Tag::Pron | Tag::To | Tag::Adv))
            || after.is_some_and(|w| w.name || w.tag == Tag::Noun && same_form(&word.lemma));
        if agrees && (object || !OFTEN_NOUNS.has(&word.lemma) && after_tag != Some(Tag::Punct)) {
            return None;
        }
    }
    // "the sweeping export rules it had issued"
    let contact = OFTEN_NOUNS.has(&word.lemma)
        && form == VerbForm::ThirdPerson
        && after.is_some_and(|w| is!(w.lower, "it" | "they" | "he" | "she" | "we"))
        && words.get(at + 2).is_some_and(|w| match w.tag {
            Tag::Have | Tag::Be | Tag::Modal => true,
            Tag::Verb(form) => {
                matches!(form, VerbForm::Past | VerbForm::PastOrParticiple | VerbForm::ThirdPerson)
            }
            _ => false,
        });
    if contact {
        return Some(Tag::Noun);
    }
    // "made exports of magnets subject to a licence"
    let made = word.lower == "subject"
        && after_tag == Some(Tag::To)
        && before.is_some_and(|b| b.tag == Tag::Noun)
        && words.get(at.saturating_sub(12)..at).unwrap_or_default().iter().any(|w| {
            matches!(w.tag, Tag::Verb(_)) && is!(w.lemma, "make" | "render" | "leave" | "keep" | "declare")
        });
    if made {
        return Some(Tag::Noun);
    }
    // "unveiled its most sweeping chip curbs yet": the head of a phrase that a verb or a preposition takes.
    if OFTEN_NOUNS.has(&word.lemma)
        && form == VerbForm::ThirdPerson
        && !matches!(after_tag, Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Pron))
        && !after.is_some_and(|w| w.name)
        && taken_phrase(words, at)
    {
        return Some(Tag::Noun);
    }
    // "the magnet controls that Beijing brought in"
    if OFTEN_NOUNS.has(&word.lemma)
        && !THAT_CLAUSE.has(&word.lemma)
        && form == VerbForm::ThirdPerson
        && before.is_some_and(|b| b.tag == Tag::Noun && !b.name)
        && after.is_some_and(|w| is!(w.lower, "that" | "which" | "who"))
    {
        return Some(Tag::Noun);
    }
    // "sweeping controls", "alleged dumping": what tells how a thing is.
    if HOW.has(&word.lower)
        && !before.is_some_and(|b| matches!(b.tag, Tag::Pron | Tag::Be | Tag::Have) || b.name)
        && after.is_some_and(|w| !w.time && matches!(w.tag, Tag::Noun | Tag::Verb(_)))
    {
        return Some(Tag::Noun);
    }
    // "This gravely harms both"
    let how = at
        .checked_sub(1)
        .and_then(|i| words.get(i))
        .is_some_and(|w| w.tag == Tag::Adv && w.lower.ends_with("ly"));
    if form == VerbForm::ThirdPerson && how && before.is_some_and(|b| b.lower == "this") {
        return None;
    }
    // "This gives our exporters a rate"
    if form == VerbForm::ThirdPerson
        && before.is_some_and(|b| is!(b.lower, "this" | "that"))
        && (matches!(after_tag, Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Pron))
            || after.is_some_and(|w| w.lower == "that"))
    {
        return None;
    }
    // "The duty on cranes comes back": hardly ever nouns.
    if form == VerbForm::ThirdPerson
        && is!(
            word.lower,
            "comes"
                | "goes"
                | "becomes"
                | "begins"
                | "expires"
                | "applies"
                | "remains"
                | "takes"
                | "brings"
                | "gives"
                | "makes"
                | "keeps"
                | "looms"
                | "awaits"
                | "persists"
                | "kicks"
                | "lapses"
                | "vanishes"
        )
        && before.is_some_and(|b| b.tag == Tag::Noun || b.tag == Tag::Num && b.time)
    {
        return None;
    }
    // "The deal calls for Jakarta to buy": a call is not made to act.
    if word.lower == "calls"
        && after.is_some_and(|w| w.lower == "for")
        && before.is_some_and(|b| b.tag == Tag::Noun && !b.time && !b.lower.ends_with('s'))
        && words.iter().skip(at + 2).take(8).any(|w| w.tag == Tag::To)
    {
        return None;
    }
    let quantity = before
        .is_some_and(|w| matches!(w.lower.as_str(), "some" | "many" | "others" | "most" | "several" | "few"));
    let noun = match (form, before.map(|w| w.tag)) {
        // "was cut", "has put".
        (VerbForm::Base, Some(Tag::Be | Tag::Have)) if same_form(&word.lemma) => false,
        // "will be run by both".
        (VerbForm::Base, Some(Tag::Be)) if is!(word.lemma, "run" | "overcome") => {
            after.is_none_or(|w| w.lower != "by")
        }
        // "Have come to terms".
        (VerbForm::Base, Some(Tag::Have))
            if matches!(word.lemma.as_str(), "come" | "become" | "run" | "overcome") =>
        {
            false
        }
        // "goods that entered free, become subject to": never a noun.
        (VerbForm::Base, Some(Tag::Punct))
            if matches!(
                word.lemma.as_str(),
                "become" | "begin" | "remain" | "apply" | "expire" | "impose"
            ) =>
        {
            false
        }
        // "will each lower tariffs".
        (VerbForm::Base, Some(Tag::Det)) if shared_subject(words, at) => false,
        // "Some expect the …".
        (VerbForm::Base, Some(Tag::Det)) if quantity && matches!(after_tag, Some(Tag::Det | Tag::Sub)) => {
            false
        }
        (_, Some(Tag::Modal | Tag::Pron | Tag::Not | Tag::Do)) => false,
        (VerbForm::Base, Some(Tag::To)) => {
            // "committed to dialogue" is no infinitive, "to call" is.
            false
        }
        (VerbForm::Gerund, Some(Tag::Det)) => true,
        (VerbForm::Gerund, Some(Tag::Poss)) => true,
        // "Free access to its market".
        (VerbForm::Base, _) if word.lower == "free" && after_tag == Some(Tag::Noun) => {
            !matches!(before.map(|w| w.tag), Some(Tag::To | Tag::Modal))
        }
        // "The multilateral trading system".
        (VerbForm::Gerund, _)
            if word.lower == "trading"
                && after.is_some_and(|w| {
                    matches!(
                        w.lemma.as_str(),
                        "system"
                            | "partner"
                            | "order"
                            | "bloc"
                            | "nation"
                            | "house"
                            | "company"
                            | "rule"
                            | "regime"
                    )
                }) =>
        {
            true
        }
        // "Three working groups".
        (VerbForm::Gerund, _)
            if word.lower == "working"
                && after.is_some_and(|w| {
                    matches!(
                        w.lower.as_str(),
                        "group" | "groups" | "party" | "lunch" | "dinner" | "level" | "meeting" | "visit"
                    )
                }) =>
        {
            true
        }
        // "A trade meeting in Geneva".
        (VerbForm::Gerund, Some(Tag::Noun)) if word.lower == "meeting" => {
            !matches!(after_tag, Some(Tag::Det | Tag::Num | Tag::Pron)) && !after.is_some_and(|w| w.name)
        }
        // "Rare earth processing facilities".
        (VerbForm::Gerund, Some(Tag::Noun)) if CRAFTS.contains(&word.lower.as_str()) => {
            matches!(after_tag, Some(Tag::Noun)) || after.is_some_and(|w| w.lower.ends_with('s'))
        }
        // "Memorandum of understanding", "a consensus or understanding".
        (VerbForm::Gerund, Some(Tag::Prep | Tag::Conj)) if word.lower == "understanding" => true,
        // "An explicit undertaking that".
        (VerbForm::Gerund, _) if word.lower == "undertaking" => {
            before.is_none_or(|b| b.tag != Tag::Be)
                && !matches!(after_tag, Some(Tag::Det | Tag::Poss | Tag::Pron))
        }
        // "military training", "halted lending to": a thing rather than an act.
        (VerbForm::Gerund, Some(Tag::Noun | Tag::Verb(_)))
            if GERUND_NOUNS.has(&word.lower)
                && after.is_none_or(|w| {
                    w.time || matches!(w.tag, Tag::Prep | Tag::To | Tag::Punct | Tag::Conj)
                }) =>
        {
            true
        }
        // "A threatened doubling of duties".
        (VerbForm::Gerund, Some(Tag::Noun | Tag::Num)) if after.is_some_and(|w| w.lower == "of") => {
            matches!(
                word.lemma.as_str(),
                "double" | "triple" | "halve" | "raise" | "lower" | "tighten" | "ease" | "lift" | "scrap"
            )
        }
        (VerbForm::Gerund, Some(Tag::Noun)) => after_tag.is_none_or(|t| matches!(t, Tag::Verb(_) | Tag::Be)),
        (VerbForm::Gerund, _) => false,
        (
            VerbForm::Base | VerbForm::ThirdPerson,
            Some(Tag::Det | Tag::Poss | Tag::Num | Tag::Prep | Tag::To),
        ) => true,
        (
            VerbForm::Base | VerbForm::ThirdPerson,
            Some(Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Conj | Tag::Punct) | None,
        ) => {
            // "held talks", "have talks"; "and call on" keeps its verb when an object follows.
            let object = after_tag.is_some_and(|t| matches!(t, Tag::Det | Tag::Num | Tag::Pron))
                || after.is_some_and(|w| w.name);
            // "and hopes that", "and seeks to": the verb goes on.
            let particle = after
                .is_some_and(|w| matches!(w.lower.as_str(), "off" | "out" | "up" | "back" | "down"))
                && words.get(at + 2).is_some_and(|w| matches!(w.tag, Tag::Det | Tag::Num | Tag::Noun));
            let goes_on = form == VerbForm::ThirdPerson
                && before.is_some_and(|b| b.tag == Tag::Conj)
                && (particle
                    // "opposes this and calls on Lima to act"
                    || word.lower == "calls" && after.is_some_and(|w| is!(w.lower, "on" | "upon"))
                    || matches!(after_tag, Some(Tag::Sub | Tag::To))
                    || after.is_some_and(|w| matches!(w.lower.as_str(), "never" | "not"))
                        && words.get(at + 2).is_some_and(|w| w.tag == Tag::To));
            // "Will pause its controls and commit to buying": a word that is hardly ever a noun.
            let keeps = after.is_some_and(|w| w.lower == "from")
                && matches!(word.lemma.as_str(), "refrain" | "abstain" | "desist");
            let plain = form == VerbForm::Base
                && before.is_some_and(|b| b.tag == Tag::Conj)
                && (keeps
                    || matches!(after_tag, Some(Tag::To | Tag::Det | Tag::Num))
                    // "will abolish duties and accept vehicles", "and take corresponding steps"
                    || (at + 1..at + 3).any(|i| {
                        let plain = |w: &Word| w.tag == Tag::Noun && !w.name && !w.time;
                        words.get(i).is_some_and(|w| plain(w) && w.lower.ends_with('s'))
                            && words.get(at + 1).is_some_and(|w| plain(w) || w.lower.ends_with("ing"))
                    }))
                && !OFTEN_NOUNS.has(&word.lemma)
                && words.iter().take(at).any(|w| w.tag == Tag::Modal);
            // "Solar cells, too, move to 50 percent".
            let aims = after_tag == Some(Tag::To) && words.get(at + 2).is_some_and(|w| w.tag == Tag::Num);
            // "ruled on Friday and set duties": a past form that looks like its noun.
            let joined = same_form(&word.lemma)
                && form == VerbForm::Base
                && before.is_some_and(|b| b.tag == Tag::Conj)
                && after_tag == Some(Tag::Noun)
                && words
                    .get(..at)
                    .unwrap_or_default()
                    .iter()
                    .any(|w| matches!(w.tag, Tag::Verb(VerbForm::Past | VerbForm::PastOrParticiple)));
            // "abolishes its duties on fish and opens quotas", "leaves on Monday and sits down with X"
            let second = form == VerbForm::ThirdPerson
                && before.is_some_and(|b| b.tag == Tag::Conj)
                && !OFTEN_NOUNS.has(&word.lemma)
                && after.is_some_and(|w| {
                    matches!(w.tag, Tag::Prep | Tag::Adv) || w.tag == Tag::Noun && w.lower.ends_with('s')
                })
                && words
                    .get(..at)
                    .unwrap_or_default()
                    .iter()
                    .any(|w| w.tag == Tag::Verb(VerbForm::ThirdPerson));
            let never_noun = form == VerbForm::ThirdPerson
                && before.is_some_and(|b| matches!(b.tag, Tag::Punct | Tag::Verb(_)))
                && (matches!(
                    word.lemma.as_str(),
                    "come" | "go" | "enter" | "become" | "begin" | "remain" | "expire" | "lapse" | "apply"
                ) || word.lower == "runs"
                    && after
                        .is_some_and(|w| matches!(w.lower.as_str(), "out" | "until" | "till" | "through")));
            // "were unveiled in April, put on ice a week later"
            let shared = word.lower == "put"
                && before.is_some_and(|b| b.lower == "," || b.tag == Tag::Conj)
                && after.is_some_and(|w| {
                    matches!(w.lower.as_str(), "on" | "off" | "into" | "at" | "in" | "back")
                });
            // "The package, published on May 2, put 140 firms on a list".
            let set_up = word.lower == "set"
                && after.is_some_and(|w| matches!(w.lower.as_str(), "up" | "out" | "aside" | "off"));
            let past = same_form(&word.lemma) && (object || set_up);
            // "Xi and Trump, joined by aides, agree to a truce": hardly ever a noun.
            let after_aside = form == VerbForm::Base
                && before.is_some_and(|b| b.lower == ",")
                && matches!(
                    word.lemma.as_str(),
                    "agree" | "vow" | "pledge" | "decide" | "begin" | "continue"
                )
                && after_tag == Some(Tag::To);
            !goes_on
                && !after_aside
                && !shared
                && !past
                && !never_noun
                && !joined
                && !second
                && !aims
                && !plain
                && (!object || (form != VerbForm::ThirdPerson && before.is_none_or(|b| b.tag != Tag::Conj)))
        }
        (VerbForm::Base | VerbForm::ThirdPerson, Some(Tag::Noun)) => {
            let object = after_tag.is_some_and(|t| {
                matches!(t, Tag::Det | Tag::Num | Tag::Pron | Tag::Prep | Tag::To | Tag::Sub | Tag::Adv)
            }) || after.is_some_and(|w| w.name || matches!(w.lower.as_str(), "$" | "€" | "£"));
            // "Analysts at the bank expect": the verb agrees with the noun before the preposition.
            let head = (at.saturating_sub(5)..at)
                .rev()
                .find(|&i| words.get(i).is_some_and(|w| w.tag == Tag::Prep && w.lower != "of"))
                .and_then(|i| outer_noun(words, i.checked_sub(1)?))
                .filter(|w| w.tag == Tag::Noun && !w.name && w.lower.ends_with('s'));
            let named = before.is_some_and(|b| b.name) && head.is_none();
            // "Chile and Peru plan to": two names are many.
            let pair = named && left > 1 && {
                // "Peru and the U.S."
                let led = usize::from(words.get(left - 1).is_some_and(|w| w.lower == "the"));
                let back = |n: usize| left.checked_sub(n + led).and_then(|i| words.get(i));
                back(1).is_some_and(|w| w.lower == "and") && back(2).is_some_and(|w| w.name)
            };
            // "The levy on toys comes into effect": the verb agrees with the levy.
            let single = form == VerbForm::ThirdPerson
                && !OFTEN_NOUNS.has(&word.lemma)
                && head_before(words, at).is_some_and(|w| !w.lower.ends_with('s'));
            // "Airbus plans": no plural.
            let many = |w: &str| w.ends_with('s') && !["is", "us", "ss"].iter().any(|end| w.ends_with(end));
            // "Goldman Sachs raises", "TD Economics sees": the end of a longer name.
            let title = before.is_some_and(|b| b.capital)
                && at > 1
                && words.get(at - 2).is_some_and(|w| w.capital && w.tag == Tag::Noun && !w.name);
            // "Our supplier of magnets sources": the noun before "of" decides.
            let led = (at.saturating_sub(4)..at)
                .rev()
                .find(|&i| words.get(i).is_some_and(|w| w.lower == "of"))
                .and_then(|i| words.get(i.checked_sub(1)?))
                .is_some_and(|w| w.tag == Tag::Noun && !w.name && !many(&w.lower));
            let one = led && form == VerbForm::ThirdPerson;
            let plural =
                before.is_some_and(|b| many(&b.lower) && !title && !one && !single) || head.is_some();
            let agrees = same_form(&word.lemma)
                || (form == VerbForm::ThirdPerson) != (plural && !named || pair || joined_names(words, at));
            let gerund = matches!(after_tag, Some(Tag::Verb(VerbForm::Gerund)));
            // "China bans exports of": nothing else in the sentence can be its verb.
            let only = named
                && form == VerbForm::ThirdPerson
                && after.is_some_and(|w| w.tag == Tag::Noun || OFTEN_NOUNS.has(&w.lemma))
                && !words.iter().skip(at + 2).take(40).any(|w| {
                    !OFTEN_NOUNS.has(&w.lemma)
                        && matches!(
                            w.tag,
                            Tag::Be
                                | Tag::Have
                                | Tag::Modal
                                | Tag::Do
                                | Tag::Verb(
                                    VerbForm::ThirdPerson | VerbForm::Past | VerbForm::PastOrParticiple
                                )
                        )
                });
            // "export controls", "trade talks": two nouns, unless the second takes an object.
            let verb = if OFTEN_NOUNS.has(&word.lemma) {
                // "solar cells move to 50 percent"
                let goods = matches!(word.lemma.as_str(), "import" | "export");
                let target = !goods
                    && (after_tag == Some(Tag::To)
                        || after.is_some_and(|w| matches!(w.lower.as_str(), "by" | "from")))
                    && words.get(at + 2).is_some_and(|w| w.tag == Tag::Num);
                // "Ireland plans to supply": an infinitive is an object too.
                let infinitive = after_tag == Some(Tag::To)
                    && words.get(at + 2).is_some_and(|w| w.tag == Tag::Verb(VerbForm::Base));
                let particle =
                    named && after.is_some_and(|w| matches!(w.lower.as_str(), "off" | "back" | "out"));
                let open = particle || !matches!(after_tag, Some(Tag::Prep | Tag::To));
                // "Canada calls on the United States".
                let appeals = named
                    && word.lower == "calls"
                    && after.is_some_and(|w| matches!(w.lower.as_str(), "on" | "upon" | "for"));
                // "Russia cut oil exports": a past form that looks like a noun.
                let past = same_form(&word.lemma)
                    && after_tag == Some(Tag::Noun)
                    && (named || opens_alone(words, at));
                // "holiday orders where they could": no clause is the object of a thing.
                let clause = after.is_some_and(|w| w.tag == Tag::Sub && w.lower != "that");
                // "are pulling handbag orders out of": what the verb before them takes.
                let taken = !named
                    && at.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| {
                        matches!(
                            w.tag,
                            Tag::Verb(VerbForm::Gerund | VerbForm::Past | VerbForm::PastOrParticiple)
                        ) && !THAT_CLAUSE.has(&w.lemma)
                    });
                past || appeals
                    || !taken && agrees && (only || target || infinitive || object && open && !clause)
            } else {
                agrees && (object || gerund || named || plural || after_tag == Some(Tag::Noun))
                    || word.lower == "goes" && matches!(after_tag, Some(Tag::Adv | Tag::To))
            };
            // "the rate for chips climbs to 50 percent"
            let aims = (matches!(after_tag, Some(Tag::To))
                || after.is_some_and(|w| matches!(w.lower.as_str(), "by" | "from")))
                && words.get(at + 2).is_some_and(|w| w.tag == Tag::Num)
                && form == VerbForm::ThirdPerson
                && (!OFTEN_NOUNS.has(&word.lemma)
                    || matches!(word.lemma.as_str(), "rise" | "increase" | "move" | "drop"));
            // "diplomatic ties", "economic sanctions"
            let described =
                !named && form == VerbForm::ThirdPerson && before.is_some_and(|b| adjective(&b.lower));
            !verb && !aims || described
        }
        // "said that demand from brewers was growing"
        (VerbForm::Base | VerbForm::ThirdPerson, Some(Tag::Sub)) => {
            let then = words.get(at + 2).map(|w| w.tag);
            let head = after_tag == Some(Tag::Noun)
                && matches!(then, Some(Tag::Be | Tag::Modal | Tag::Have | Tag::Do | Tag::Verb(_)));
            head || OFTEN_NOUNS.has(&word.lemma)
                && matches!(
                    after_tag,
                    Some(Tag::Prep | Tag::Be | Tag::Modal | Tag::Have | Tag::Do | Tag::Verb(_))
                )
        }
        (VerbForm::PastOrParticiple | VerbForm::Participle, Some(Tag::Det | Tag::Poss)) => true,
        // "more than doubled" compares nothing.
        (VerbForm::PastOrParticiple | VerbForm::Participle, Some(Tag::Prep)) => {
            let than = at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "than");
            let more = at.checked_sub(2).and_then(|i| words.get(i)).is_some_and(|w| w.lower == "more");
            !(than && more)
        }
        // "said that imported lorries would be taxed": a modifier.
        (VerbForm::PastOrParticiple, Some(Tag::Sub)) => {
            let told = at.checked_sub(2).and_then(|i| words.get(i));
            let behind = words.get(at + 1..).unwrap_or_default().iter();
            let verb = behind.take_while(|w| w.tag != Tag::Punct).find(|w| {
                !matches!(w.tag, Tag::Noun | Tag::Adv | Tag::Num | Tag::Prep | Tag::Poss | Tag::Conj)
            });
            before.is_some_and(|w| w.lower == "that")
                && told.is_some_and(|w| matches!(w.tag, Tag::Verb(_)) || w.time)
                && after_tag == Some(Tag::Noun)
                && verb.is_some_and(|w| matches!(w.tag, Tag::Modal | Tag::Be | Tag::Have))
        }
        // "deploying targeted restrictions": a modifier.
        (VerbForm::PastOrParticiple, Some(Tag::Verb(_))) => after_tag == Some(Tag::Noun),
        _ => false,
    };
    noun.then_some(Tag::Noun)
}
