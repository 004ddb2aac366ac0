//! The parts of a text: paragraphs, list items, dated entries, turns of a transcript, and what is
//! no news at all (bylines, contact blocks, share buttons).
//!
//! In goes an article's text, out comes a [`Document`] of blocks and sentences, all byte ranges of
//! that text. Nothing here knows what an event is.

use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memchr2_iter};

use crate::caseless;
use crate::grammar::lower::Lower;
use crate::sentence::{SHORT, Sentence, sentences};
use crate::span::Span;
use crate::time::is_month;
use crate::token::{Token, TokenKind};

/// What a block of text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// Running text.
    Body,
    /// An item of a list.
    Item,
    /// A line without a sentence: a title between paragraphs, a label.
    Heading,
    /// An entry of a live report, with its own clock time.
    Entry,
    /// What a speaker of a transcript or interview says.
    Turn,
    /// A reporter's question in a transcript.
    Question,
    /// Bylines, captions, contact blocks, share buttons, tags: nothing is read from these.
    Noise,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Byte range of the block with its prefix.
    pub span: Span,
    /// What it is for.
    pub kind: BlockKind,
    /// Dateline, clock time, speaker or list sign that precedes the sentences.
    pub prefix: Option<Span>,
    /// The speaker whose turn this block belongs to, as printed; may stand in an earlier block.
    pub speaker: Option<Span>,
    /// The clock time of the entry this block belongs to, as printed.
    pub time: Option<Span>,
    /// The heading or run-in label above this block.
    pub section: Option<Span>,
    /// Its sentences: a range of [`Document::sentences`].
    pub sentences: (usize, usize),
}

/// A text cut into blocks and sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'a> {
    /// The text all spans refer to.
    pub text: &'a str,
    /// Blocks in text order.
    pub blocks: Vec<Block>,
    /// Sentences of all blocks but [`BlockKind::Noise`], in text order.
    pub sentences: Vec<Sentence>,
}

impl<'a> Document<'a> {
    /// Cuts a text up. Never fails; takes time linear in the length of the text.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let spans = paragraphs(text);
        let mut blocks: Vec<Block> = spans.iter().map(|&span| block(text, span)).collect();
        let flash = text_of_lines(text, &mut blocks);
        if !flash {
            silence_tail(text, &mut blocks);
        }
        entries_below_heads(text, &mut blocks);
        carry(text, &mut blocks);
        let small = text.to_ascii_lowercase();
        let mut found = Vec::with_capacity(text.len() / SHORT + blocks.len());
        for (index, block) in blocks.iter_mut().enumerate() {
            let first = found.len();
            if block.kind != BlockKind::Noise {
                let start = block.prefix.map_or(block.span.start, |p| p.end);
                for span in sentences(text, Span::new(start, block.span.end)) {
                    found.push(Sentence::read(text, &small, span, index));
                }
                // A dateline or speaker is printed with its sentence, and is quoted with it; a label is not.
                let label = block.section.is_some() && block.section == block.prefix;
                let quoted =
                    !label && matches!(block.kind, BlockKind::Body | BlockKind::Turn | BlockKind::Question);
                let own = |s: &Span| block.kind == BlockKind::Item && block.span.contains(*s);
                let spoken = block.speaker.filter(own);
                if let (Some(speaker), Some(sentence)) = (spoken, found.get_mut(first)) {
                    sentence.span.start = speaker.start;
                } else if let (true, Some(prefix), Some(sentence)) =
                    (quoted, block.prefix, found.get_mut(first))
                {
                    sentence.span.start = prefix.start;
                }
            }
            block.sentences = (first, found.len());
        }
        complete(text, &blocks, &mut found);
        Self { text, blocks, sentences: found }
    }

    /// Takes a text as running sentences, without looking for a layout: a question, an option.
    #[must_use]
    pub fn prose(text: &'a str) -> Self {
        let span = Span::new(0, text.len());
        let small = text.to_ascii_lowercase();
        let found: Vec<Sentence> =
            sentences(text, span).into_iter().map(|span| Sentence::read(text, &small, span, 0)).collect();
        let block = Block {
            span,
            kind: BlockKind::Body,
            prefix: None,
            speaker: None,
            time: None,
            section: None,
            sentences: (0, found.len()),
        };
        Self { text, blocks: vec![block], sentences: found }
    }

    /// The text of a span; empty where the span is none of the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a str {
        span.of(self.text).unwrap_or("")
    }

    /// The label that runs into a block: "**Turkey.** Its duties …", "- Turkey: its duties …".
    #[must_use]
    pub fn run_in(&self, block: &Block) -> Option<Span> {
        let start = block.prefix.map_or(block.span.start, |p| p.end).min(block.span.end);
        // No further than a label reaches.
        let mut reach = block.span.end.min(start + RUN_IN + SIGNS);
        while reach > start && !self.text.is_char_boundary(reach) {
            reach -= 1;
        }
        let head = self.slice(Span::new(start, reach));
        let marks = if head.starts_with("**") { 2 } else { 0 };
        let inner = head.get(marks..)?;
        let end = if marks > 0 {
            inner.find("**")?
        } else if block.kind == BlockKind::Item {
            first_of(inner, [b':', b' '], &[": ", " – ", " — "])?
        } else {
            return None;
        };
        let label = inner.get(..end)?.trim_end_matches([':', '.', ' ']);
        let short = !label.is_empty() && label.len() <= RUN_IN && !label.contains(['.', ',', ';', '“', '"']);
        let goes_on = block.span.end - start > 2 * label.len() + SIGNS;
        (short && goes_on).then(|| Span::new(start + marks, start + marks + label.len()))
    }

    /// The block a sentence stands in.
    #[must_use]
    pub fn block_of(&self, sentence: &Sentence) -> Option<&Block> {
        self.blocks.get(sentence.block)
    }
}

/// Where the first of `signs` stands in a text; each of them starts with one of `bytes`.
fn first_of(text: &str, bytes: [u8; 2], signs: &[&str]) -> Option<usize> {
    memchr2_iter(bytes[0], bytes[1], text.as_bytes())
        .find(|&at| text.get(at..).is_some_and(|rest| signs.iter().any(|sign| rest.starts_with(sign))))
}

/// Most bytes of a label that runs into its paragraph.
const RUN_IN: usize = 48;
/// Bytes of the signs around one.
const SIGNS: usize = 8;

/// The date of an entry stands within this many characters.
const ENTRY: usize = 28;

/// Most words that lead in to a list.
const LEAD: usize = 60;

/// Splits at blank lines, and at line ends that do not wrap a running line.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    for end in ends.chain(std::iter::once(text.len())) {
        let line = text.get(start..end).unwrap_or("");
        let at = std::mem::replace(&mut start, end);
        let body = line.trim();
        if body.is_empty() {
            out.extend(open.take());
            continue;
        }
        let lead = line.len() - line.trim_start().len();
        let span = Span::new(at + lead, at + lead + body.len());
        open = match open.take() {
            Some(before) if wraps(before.of(text).unwrap_or(""), body) => {
                Some(Span::new(before.start, span.end))
            }
            before => {
                out.extend(before);
                Some(span)
            }
        };
    }
    out.extend(open);
    out
}

/// Whether the line `next` goes on with the paragraph `before`, which ends in a long line.
fn wraps(before: &str, next: &str) -> bool {
    let last = before.rsplit('\n').next().unwrap_or("");
    let long = last.len() >= 50 && last.len() <= 120;
    let row = |line: &str| line.matches('|').count() > 1;
    let said = last.ends_with(['.', '!', '?', ':', '”', '"']) && last.len() < 60;
    long && !said
        && !row(last)
        && !row(next)
        && item_sign(next).is_none()
        && !opens_entry(next)
        && !opens_turn(next)
        && (next.starts_with(char::is_lowercase) || !last.ends_with(['.', '!', '?', ':']) || last.len() >= 60)
}

/// "A: …" below "Q: …": a line of its own.
fn opens_turn(line: &str) -> bool {
    let name = speaker(line).and_then(|(len, _)| line.get(..len));
    name.is_some_and(|name| asks(name) || matches!(name, "A" | "Answer" | "ANSWER"))
}

/// "4 Feb 2025 | …", "July 6 – …": a row of a table or an entry of a chronicle is a line of its own.
fn opens_entry(line: &str) -> bool {
    let end = line.char_indices().nth(ENTRY).map_or(line.len(), |(at, _)| at);
    let head = line.get(..end).unwrap_or(line);
    let dated = || {
        head.split([' ', ',']).take(3).any(|word| {
            let name = word.trim_end_matches([':', '.']);
            is_month(name) || is_month(&format!("{name}."))
        })
    };
    first_of(head, [b':', b' '], &[" | ", ": ", " - ", " – ", " — "]).is_some() && dated()
}

/// Length of a list sign with the space after it.
fn item_sign(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    if matches!(first, '-' | '*' | '•' | '·' | '–' | '—' | '▪' | '◦' | '‣') {
        let rest = line.get(first.len_utf8()..)?;
        let trimmed = rest.trim_start();
        let space = rest.len() - trimmed.len();
        return (space > 0).then_some(first.len_utf8() + space);
    }
    if let Some(inner) = line.strip_prefix('(').and_then(|rest| rest.split(')').next())
        && (1..=4).contains(&inner.len())
        && inner.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    {
        let rest = line.get(inner.len() + 2..)?;
        let space = rest.len() - rest.trim_start().len();
        return (space > 0).then_some(inner.len() + 2 + space);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) && matches!(line.as_bytes().get(digits), Some(b'.' | b')')) {
        let rest = line.get(digits + 1..)?;
        let space = rest.len() - rest.trim_start().len();
        return (space > 0).then_some(digits + 1 + space);
    }
    None
}

fn block(text: &str, span: Span) -> Block {
    let body = span.of(text).unwrap_or("");
    let at = |len: usize| Some(Span::new(span.start, span.start + len));
    let plain = |kind, prefix| Block {
        span,
        kind,
        prefix,
        speaker: None,
        time: None,
        section: None,
        sentences: (0, 0),
    };
    let sign = item_sign(body);
    if sign.is_none() && rated(body) {
        return plain(BlockKind::Item, None);
    }
    if noise(body) {
        return plain(BlockKind::Noise, None);
    }
    if let Some(len) = sign {
        let quoted = body
            .get(len..)
            .and_then(speaker)
            .filter(|&(_, colon)| body.get(len + colon..).is_some_and(|rest| rest.starts_with(['“', '"'])));
        return match quoted {
            Some((name, colon)) => Block {
                speaker: Some(Span::new(span.start + len, span.start + len + name)),
                ..plain(BlockKind::Item, at(len + colon))
            },
            None => plain(BlockKind::Item, at(len + body.get(len..).map_or(0, topic))),
        };
    }
    if let Some(len) = label(body) {
        return Block { section: at(len), ..plain(BlockKind::Body, at(len)) };
    }
    if let Some((clock, len)) = entry(body) {
        return Block { time: at(clock), ..plain(BlockKind::Entry, at(len)) };
    }
    if let Some((name, len)) = speaker(body) {
        let asks = body.get(..name).is_some_and(asks);
        let kind = if asks { BlockKind::Question } else { BlockKind::Turn };
        return Block { speaker: at(name), ..plain(kind, at(len)) };
    }
    if heading(body) && !opens_entry(body) || body.starts_with('#') && body.len() < 200 {
        return plain(BlockKind::Heading, None);
    }
    plain(BlockKind::Body, dateline(body).and_then(at))
}

/// A short line without a sentence's end.
fn heading(body: &str) -> bool {
    let ended =
        body.trim_end_matches(['”', '"', '’', ')', ']']).ends_with(['.', '!', '?', ':', ';', '。', '…', ',']);
    !ended && fewer_words(body, 12)
}

/// Whether a text has fewer words than `most`.
fn fewer_words(text: &str, most: usize) -> bool {
    let (mut words, mut inside) = (0, false);
    for c in text.chars() {
        let space = c.is_whitespace();
        words += usize::from(!space && !inside);
        if words >= most {
            return false;
        }
        inside = !space;
    }
    true
}

/// "Chile: 20%", "Steel – 25 percent": a row of a table of rates.
fn rated(body: &str) -> bool {
    let ends_in_rate = |words: &str| {
        let words = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | ';' | ',' | '.'));
        ["%", "percent", "per cent", "pct"].iter().any(|sign| words.ends_with(sign))
    };
    let rate = |words: &str| {
        let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | ';' | ',' | '.'));
        ends_in_rate(words)
            && words.split_whitespace().count() <= 4
            && words.chars().filter(char::is_ascii_digit).count() > 0
    };
    let name = |words: &str| words.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    if body.len() >= 2 * ROW || memchr(b'|', body.as_bytes()).is_none() && !ends_in_rate(body) {
        return false;
    }
    let row = body.trim_matches(['|', ' ']);
    // "Steel | 25% | May 1 | 10% |"
    let mut cells = row.split('|');
    let columns = cells.next().is_some_and(name) && cells.any(rate);
    columns
        || body.len() < ROW
            && [": ", " – ", " — ", " - ", "|"]
                .iter()
                .any(|sign| row.split_once(sign).is_some_and(|(head, rest)| name(head) && rate(rest)))
}

/// A row of a table is no longer than this.
const ROW: usize = 100;

const NOISE_STARTS: &[&str] = &[
    "photo:",
    "photo by",
    "image:",
    "image credit",
    "caption:",
    "file photo",
    "share this",
    "share on",
    "follow us",
    "subscribe",
    "sign up",
    "read more",
    "read also",
    "see also",
    "related:",
    "related articles",
    "tags:",
    "tag:",
    "filed under",
    "advertisement",
    "all rights reserved",
    "©",
    "copyright",
    "call us",
    "contact us",
    "contact:",
    "email:",
    "e-mail:",
    "tel:",
    "tel.",
    "phone:",
    "fax:",
    "send a message",
    "get in touch",
    "media contact",
    "###",
    "source:",
    "click here",
    "book a ",
    "download ",
    "print this",
    "skip to",
    "cookie",
    "written by",
    "edited by",
    "reporting by",
    "editing by",
    "about the author",
    "disclaimer",
    "press contact",
    "keywords:",
    "view all",
    "by line:",
    "video:",
    "graphic:",
    "gallery:",
    "hashtags",
    "labels:",
    "category:",
    "categories:",
    "press office",
    "media enquiries",
    "media inquiries",
    "for media enquiries",
    "for media inquiries",
    "our standards",
    "additional reporting",
    "(reporting",
    "(editing",
    "editors:",
    "editor:",
    "in pictures",
    "privacy policy",
    "terms of use",
    "sponsored",
    "you may also like",
    "also read",
    "related stories",
    "related coverage",
    "copy link",
    "linkedin",
    "whatsapp",
    "facebook",
    "tweet",
    "share",
    "print ",
    "leave a comment",
    "comments",
    "like us",
    "join our",
    "join us",
    "follow @",
    "forward this",
    "newsletter",
    "updated on",
    "last updated",
    "watch:",
    "listen to",
    "recommended",
    "most read",
    "more on this",
    "pictured:",
    "picture:",
    "[picture",
    "(photo",
    "[caption",
    "[image",
    "[photo",
    "topic:",
    "topics:",
];

/// Those by their first byte.
static NOISE_BY_FIRST: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let with = |first: u8| {
        NOISE_STARTS.iter().copied().filter(move |start| start.as_bytes().first() == Some(&first))
    };
    (u8::MIN..=u8::MAX).map(|first| with(first).collect()).collect()
});

fn noise(body: &str) -> bool {
    let first = body.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    let mut starts = NOISE_BY_FIRST.get(usize::from(first)).into_iter().flatten();
    if body.len() < 400 && starts.any(|start| caseless::starts_with(body, start)) {
        return true;
    }
    body.len() < 160 && contact(body) || byline(body)
}

/// A line with an address of the net, or more digits than letters.
fn contact(body: &str) -> bool {
    let bytes = body.as_bytes();
    // Nearly no line has one of these anywhere.
    let likely =
        memchr(b'@', bytes).is_some() || bytes.windows(4).any(|part| part == b"http" || part == b"www.");
    if likely
        && body.split_whitespace().any(|w| w.contains('@') || w.starts_with("http") || w.starts_with("www."))
    {
        return true;
    }
    if stamp(body) {
        return true;
    }
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && body.chars().filter(|c| c.is_alphabetic()).count() < digits
}

/// "2h ago", "Updated at 14:20 EDT", "5 minutes ago".
fn stamp(body: &str) -> bool {
    if body.ends_with('.') || !fewer_words(body, 8) {
        return false;
    }
    let lower = body.to_lowercase();
    lower.ends_with(" ago")
        || lower.starts_with("updated ") && body.contains(|c: char| c.is_ascii_digit())
        || lower.starts_with("published ") && body.contains(|c: char| c.is_ascii_digit())
}

/// "By Jane Doe", "By Jane Doe and John Roe in Geneva".
fn byline(body: &str) -> bool {
    let Some(rest) = body.strip_prefix("By ").or_else(|| body.strip_prefix("BY ")) else { return false };
    let capital =
        |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "and" | "in" | "of" | "for" | "|");
    !rest.ends_with('.') && rest.split_whitespace().count() <= 10 && rest.split_whitespace().all(capital)
}

/// The first byte of a dash beyond ASCII, and of a wide colon.
const LONG_DASH: u8 = 0xe2;
const WIDE_COLON: u8 = 0xef;

/// The first of the first `most` characters that `fits`; each such character starts with one of `bytes`.
fn among_first(
    most: usize,
    body: &str,
    bytes: [u8; 2],
    fits: impl Fn(usize, char) -> bool,
) -> Option<(usize, char)> {
    // Nearly no paragraph has one, and bytes are told apart faster than characters.
    let head = body.as_bytes().get(..4 * most).unwrap_or(body.as_bytes());
    let (at, c) = memchr2_iter(bytes[0], bytes[1], head).find_map(|at| {
        let c = body.get(at..)?.chars().next()?;
        fits(at, c).then_some((at, c))
    })?;
    let near = body.get(..at)?.chars().count() < most;
    near.then_some((at, c))
}

/// Length of a dateline with its dash: "GENEVA, May 12 (Agency) — ".
fn dateline(body: &str) -> Option<usize> {
    let head = among_first(70, body, [b'-', LONG_DASH], |at, c| {
        matches!(c, '—' | '–')
            || (c == '-' && body.get(at..).is_some_and(|r| r.starts_with("- ") || r.starts_with("--")))
    })?;
    let city =
        body.split(|c: char| !(c.is_uppercase() || matches!(c, ' ' | '.' | '/' | '-' | '\''))).next()?;
    let caps = city.chars().filter(|c| c.is_uppercase()).count();
    let before = body.get(..head.0)?;
    let rest = body.get(head.0..)?;
    let dash =
        rest.chars().take_while(|c| matches!(c, '—' | '–' | '-' | ' ')).map(char::len_utf8).sum::<usize>();
    let month = |word: &str| is_month(word) || is_month(word.trim_end_matches(|c: char| !c.is_alphabetic()));
    let dated = body.starts_with(char::is_uppercase)
        && before.split(|c: char| c.is_whitespace() || c == '(').any(month);
    let fits = (caps >= 3 || dated && before.contains(','))
        && before.ends_with([' ', ')'])
        && before.split_whitespace().count() <= 8;
    fits.then_some(head.0 + dash)
}

/// Lengths of a clock time at the start, and of it with its separator.
fn entry(body: &str) -> Option<(usize, usize)> {
    if let Some(inner) = body.strip_prefix('[') {
        let (clock, _) = entry_clock(inner.get(..inner.find(']')?)?)?;
        let close = 1 + inner.find(']')? + 1;
        let rest = body.get(close..)?;
        return Some((1 + clock, close + rest.len() - rest.trim_start().len()));
    }
    entry_clock(body)
}

fn entry_clock(body: &str) -> Option<(usize, usize)> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let minutes = body.get(digits + 1..)?.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits)
        || minutes != 2
        || !matches!(body.as_bytes().get(digits), Some(b':' | b'.' | b'h'))
    {
        return None;
    }
    let mut clock = digits + 3;
    loop {
        let rest = body.get(clock..)?;
        let word = rest.split_whitespace().next().unwrap_or("");
        let trimmed = word.trim_end_matches([':', '|', '—', '–', '-', ',']);
        let zone = matches!(trimmed, "a.m." | "p.m." | "am" | "pm" | "AM" | "PM" | "a.m" | "p.m" | "hrs")
            || ((2..=4).contains(&trimmed.len())
                && trimmed.bytes().all(|b| b.is_ascii_uppercase())
                && trimmed.ends_with('T'));
        if !zone {
            let gap =
                rest.chars().take_while(|c| c.is_whitespace() || matches!(c, ':' | '|' | '—' | '–' | '-'));
            let len = gap.map(char::len_utf8).sum::<usize>();
            let separated = rest.get(..len)?.contains([':', '|', '—', '–', '-', '\n']) || rest.is_empty();
            return separated.then_some((clock, clock + len));
        }
        clock += rest.find(word)? + trimmed.len();
    }
}

/// Most bytes of the topic in front of what is quoted in an item.
const TOPIC: usize = 80;

/// Length of the topic in front of what is quoted: "On prices: “They will fall.”".
fn topic(item: &str) -> usize {
    let mut near = memchr_iter(b':', item.as_bytes()).take_while(|&at| at <= TOPIC);
    let at = near
        .find(|&at| item.get(at..).is_some_and(|rest| rest.starts_with(": “") || rest.starts_with(": \"")));
    let label = at.and_then(|at| item.get(..at)).filter(|label| !label.contains(['“', '"', '.']));
    label.map_or(0, |label| label.len() + 2)
}

/// Lengths of a speaker's name at the start, and of it with its colon.
fn speaker(body: &str) -> Option<(usize, usize)> {
    let colon = among_first(60, body, [b':', WIDE_COLON], |_, c| matches!(c, ':' | '：'))?;
    let name = body.get(..colon.0)?;
    let rest = body.get(colon.0 + colon.1.len_utf8()..)?;
    if !rest.starts_with(char::is_whitespace) || rest.trim().is_empty() {
        return None;
    }
    let words = name.split_whitespace().count();
    let known = asks(name) || matches!(name, "A" | "Answer" | "ANSWER");
    let caps = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let titled = name
        .split_whitespace()
        .all(|w| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "for" | "and"))
        && name.starts_with(char::is_uppercase);
    let person = (caps || titled) && words <= 5 && words > 0 && name.split_whitespace().any(|w| w.len() > 1);
    (known || person)
        .then(|| (name.len(), colon.0 + colon.1.len_utf8() + (rest.len() - rest.trim_start().len())))
}

/// Whether a speaker's name is that of somebody who asks.
fn asks(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let reporters = ["reporter", "journalist", "correspondent", "question", "q", "moderator", "press"];
    let numbered = name.split(' ').next().unwrap_or(name);
    let one_of = |word: &str| reporters.iter().any(|known| word.eq_ignore_ascii_case(known));
    one_of(last) || last.chars().count() == 1 && one_of(numbered)
}

/// What transcripts in capitals print before a speaker's name.
const SPOKEN_TITLES: &[&str] = &[
    "AMBASSADOR",
    "CHAIR",
    "CHAIRMAN",
    "CHANCELLOR",
    "COMMISSIONER",
    "DEPUTY",
    "DIRECTOR",
    "DR",
    "FOREIGN",
    "GOVERNOR",
    "MINISTER",
    "MR",
    "MRS",
    "MS",
    "PREMIER",
    "PRESIDENT",
    "PRIME",
    "REPRESENTATIVE",
    "SECRETARY",
    "SENATOR",
    "SPOKESMAN",
    "SPOKESPERSON",
    "SPOKESWOMAN",
    "TRADE",
    "TREASURY",
    "UNDER",
    "VICE",
];

/// Length of a label in capitals that runs into its paragraph, with its colon.
fn label(body: &str) -> Option<usize> {
    let colon = among_first(120, body, [b':'; 2], |_, c| c == ':')?.0;
    let words = body.get(..colon)?;
    let rest = body.get(colon + 1..)?;
    let capitals = words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    // "AMBASSADOR ROE:" has the word.
    let first = words.split_whitespace().next().unwrap_or("");
    let person =
        SPOKEN_TITLES.contains(&first.trim_end_matches('.')) && words.split_whitespace().count() <= 5;
    (!person && capitals && letters > 5 && words.split_whitespace().count() >= 2 && rest.trim().len() > 40)
        .then(|| colon + 1 + (rest.len() - rest.trim_start().len()))
}

/// Gives the items of a list the words that lead in to them: "China will:" and "suspend duties".
fn complete(text: &str, blocks: &[Block], found: &mut [Sentence]) {
    let mut lead: Option<Lead> = None;
    for block in blocks {
        let (first, end) = block.sentences;
        let last = |found: &[Sentence]| {
            end.checked_sub(1).filter(|_| first < end).and_then(|at| leading(text, found.get(at)?))
        };
        if block.kind != BlockKind::Item {
            lead = last(found);
            continue;
        }
        let own = last(found);
        if let Some(lead) = &lead
            && let Some(sentence) = found.get_mut(first).filter(|_| first < end && block.speaker.is_none())
            && (lead.whole || bare_verb(text, sentence))
        {
            let item = std::mem::take(&mut sentence.tokens);
            sentence.tokens = lead.tokens.iter().copied().chain(item).collect();
            let item = std::mem::take(&mut sentence.lower);
            sentence.lower = lead.lower.iter().cloned().chain(item).collect();
        }
        lead = own.or(lead);
    }
}

/// The words of a sentence that an item goes on with: its last clause, up to its "will" or "to".
/// Where more follows ("will take these steps:"), only an item that begins with a verb goes on.
fn leading(text: &str, sentence: &Sentence) -> Option<Lead> {
    let word = |token: &Token| token.span.of(text).unwrap_or("");
    let (last, rest) = sentence.tokens.split_last()?;
    if !matches!(word(last), ":" | "：") {
        return None;
    }
    let open = |t: &Token| matches!(word(t), "to" | "will" | "shall" | "would" | "must");
    let end = rest.iter().rposition(open)? + 1;
    let comma = rest.get(..end)?.iter().rposition(|t| word(t) == ",").map_or(0, |comma| comma + 1);
    let clause = if end - comma >= 3 { comma } else { 0 };
    let start = clause + usize::from(rest.get(clause).is_some_and(|t| matches!(word(t), "What" | "what")));
    let tokens = rest.get(start..end).filter(|lead| lead.len() <= LEAD)?.to_vec();
    let lower = sentence.lower.get(start..end)?.to_vec();
    Some(Lead { tokens, lower, whole: end == rest.len() })
}

/// What leads in to a list.
struct Lead {
    tokens: Vec<Token>,
    lower: Vec<Lower>,
    /// Whether the items go on with its very last word.
    whole: bool,
}

/// Whether an item begins with a bare verb: a small letter, or a capital before an article.
fn bare_verb(text: &str, item: &Sentence) -> bool {
    let word = |at: usize| item.tokens.get(at).and_then(|t| t.span.of(text)).unwrap_or("");
    let article = |w: &str| {
        matches!(
            w,
            "the" | "a" | "an" | "all" | "its" | "their" | "any" | "certain" | "some" | "each" | "every"
        )
    };
    let first = word(0).to_lowercase();
    let closed = article(&first)
        || matches!(
            first.as_str(),
            "in" | "on"
                | "for"
                | "by"
                | "from"
                | "of"
                | "to"
                | "and"
                | "or"
                | "that"
                | "this"
                | "these"
                | "no"
                | "both"
                | "it"
                | "they"
                | "we"
                | "under"
                | "with"
                | "at"
                | "after"
        );
    !closed && (word(0).starts_with(char::is_lowercase) || article(word(1)))
}

/// A flash is told in a few lines without a full stop: where a text has nothing else, they are the text.
fn text_of_lines(text: &str, blocks: &mut [Block]) -> bool {
    let told = |block: &Block| {
        let mark = block.span.of(text).is_some_and(|body| body.starts_with('#'));
        block.kind == BlockKind::Heading && block.span.len() < LINE && !mark
    };
    let flash = (1..=FLASH).contains(&blocks.len()) && blocks.iter().all(told);
    if flash {
        blocks.iter_mut().for_each(|block| block.kind = BlockKind::Body);
    }
    flash
}

/// Most lines of a flash.
const FLASH: usize = 3;
/// How long such a line may be, in bytes.
const LINE: usize = 200;

/// Below the last sentence of a text, short lines are contact blocks and buttons.
fn silence_tail(text: &str, blocks: &mut [Block]) {
    for block in blocks.iter_mut().rev() {
        match block.kind {
            BlockKind::Noise => {}
            BlockKind::Heading => block.kind = BlockKind::Noise,
            _ if block.span.len() < 40 && block.span.of(text).is_some_and(|b| b.ends_with('?')) => {
                block.kind = BlockKind::Noise;
            }
            _ => return,
        }
    }
}

/// Most bytes of a heading that opens with the hour.
const TIMED: usize = 90;
/// Fewer such headings make no live report.
const TIMED_HEADS: usize = 3;

/// "09:10 And they are off": a line of its own that opens with the hour.
fn timed_head(body: &str) -> Option<usize> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let clock = digits + 3;
    let minutes = body.get(digits + 1..clock)?.bytes().all(|b| b.is_ascii_digit());
    let sign = matches!(body.as_bytes().get(digits), Some(b':' | b'.' | b'h'));
    let title = body.get(clock..)?.strip_prefix(' ')?.starts_with(char::is_uppercase);
    let short = body.len() <= TIMED && !body.ends_with('.') && !body.contains('\n');
    ((1..=2).contains(&digits) && minutes && sign && title && short).then_some(clock)
}

/// In a live report whose entries have the hour in their headings, what stands below each is an entry.
fn entries_below_heads(text: &str, blocks: &mut [Block]) {
    let clock = |block: &Block| block.span.of(text).and_then(timed_head);
    if blocks.iter().filter(|b| clock(b).is_some()).count() < TIMED_HEADS {
        return;
    }
    let mut time = None;
    for block in blocks.iter_mut() {
        if let Some(len) = clock(block) {
            block.kind = BlockKind::Heading;
            time = Some(Span::new(block.span.start, block.span.start + len));
        } else if block.kind == BlockKind::Heading {
            time = None;
        } else if time.is_some() && block.kind == BlockKind::Body {
            block.kind = BlockKind::Entry;
            block.time = time;
        }
    }
}

/// Hands speaker and clock time on to the blocks that follow within the same turn or entry.
fn carry(text: &str, blocks: &mut [Block]) {
    let turns = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Turn | BlockKind::Question)).count();
    let entries = blocks.iter().filter(|b| b.kind == BlockKind::Entry).count();
    let mut speaker: Option<(Span, BlockKind)> = None;
    let mut time = None;
    let mut section = None;
    for block in blocks.iter_mut() {
        match block.kind {
            BlockKind::Heading => section = Some(block.span),
            _ if block.section.is_some() => section = block.section,
            BlockKind::Noise => {}
            _ => block.section = section,
        }
        // In a transcript, whoever ends with a question asks.
        if turns >= 2
            && block.kind == BlockKind::Turn
            && block.speaker.is_some()
            && block.span.of(text).is_some_and(|body| body.trim_end().ends_with('?'))
        {
            block.kind = BlockKind::Question;
        }
        if let Some(name) = block.speaker {
            speaker = Some((name, block.kind));
        } else if turns >= 2
            && matches!(block.kind, BlockKind::Body)
            && let Some((name, kind)) = speaker
        {
            block.speaker = Some(name);
            block.kind = kind;
        }
        if block.time.is_some() {
            time = block.time;
        } else if entries >= 2 {
            block.time = time;
        }
        // A heading in capitals before a colon names no speaker.
        if turns < 2 && block.kind == BlockKind::Turn && !spoken(text, block) {
            block.kind = BlockKind::Body;
            block.speaker = None;
        }
    }
}

fn spoken(text: &str, block: &Block) -> bool {
    let body = block.span.of(text).unwrap_or("");
    body.split_whitespace().any(|w| matches!(w, "I" | "we" | "We" | "our" | "my" | "I’m" | "I'm"))
}

/// Number of words of a sentence.
#[must_use]
pub fn words(sentence: &Sentence) -> usize {
    sentence.tokens.iter().filter(|t| t.kind == TokenKind::Word).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(BlockKind, &str)]) {
        let doc = Document::read(text);
        let found: Vec<_> = doc
            .blocks
            .iter()
            .map(|b| (b.kind, doc.slice(Span::new(b.prefix.map_or(b.span.start, |p| p.end), b.span.end))))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_topic_of_what_is_quoted_is_set_aside() {
        let doc = Document::read("Minister Roe told reporters:\n\n- On prices: “They will fall.”\n");
        let quoted: Vec<&str> = doc.sentences.iter().map(|s| doc.slice(s.span)).collect();
        assert_eq!(quoted.last(), Some(&"“They will fall.”"));
    }

    #[test]
    fn contact_blocks_are_noise() {
        check(
            "The talks ended.\n\nCall Us\n\n+86 10 5555 0100\n\nEmail\n\ninfo@firm.example",
            &[
                (BlockKind::Body, "The talks ended."),
                (BlockKind::Noise, "Call Us"),
                (BlockKind::Noise, "+86 10 5555 0100"),
                (BlockKind::Noise, "Email"),
                (BlockKind::Noise, "info@firm.example"),
            ],
        );
    }

    #[test]
    fn prefixes_are_set_aside() {
        check("LIMA, March 3 (Wire) — Talks opened today.", &[(BlockKind::Body, "Talks opened today.")]);
        check("14:05 GMT — Talks opened.", &[(BlockKind::Entry, "Talks opened.")]);
        let live = "08:05 Good morning\n\nTalks open.\n\n09:10 And they are off\n\nDoors close.\n\n10:30 A break\n\nTea is served.";
        let read = Document::read(live);
        let entries = read.blocks.iter().filter(|b| b.kind == BlockKind::Entry).count();
        assert_eq!(entries, 3, "{live:?}");
        check("- China will lower duties.", &[(BlockKind::Item, "China will lower duties.")]);
        check(
            "Q: Did they meet?\n\nA: We have no information.",
            &[(BlockKind::Question, "Did they meet?"), (BlockKind::Turn, "We have no information.")],
        );
    }
}
