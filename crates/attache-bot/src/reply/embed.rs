//! An answer as Discord shows it: embeds within every documented limit, nothing in them live but
//! what an answer marks as such.

use reqwest::Url;
use serde::Serialize;
use serde_json::{Value, json};

use super::inert::{inert, plain, units};
use super::{Answer, Block, Piece, Rich};
use crate::locale::Locale;

/// Characters of an embed's title.
const TITLE: usize = 256;
/// Characters of an embed's description.
const DESCRIPTION: usize = 4096;
/// Characters of an embed's footer.
const FOOTER: usize = 2048;
/// Characters of all embeds of a message together.
const TOTAL: usize = 6000;
/// Longest address that is shown as a link.
const ADDRESS: usize = 1000;
/// Room that a sentence with its source has at least.
const SENTENCE: usize = 160;
/// Kept free for the lines that say how much was left out and how old it is.
const MORE: usize = 100;

/// One embed as Discord takes it; empty parts are not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Embed {
    /// At most 256 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Markdown, at most 4096 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The instant it holds for; Discord shows it in the reader's own zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// Small print.
    #[serde(skip_serializing_if = "Footer::is_empty")]
    pub footer: Footer,
}

/// Small print under an embed: no markdown, at most 2048 characters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Footer {
    /// The lines.
    pub text: String,
}

impl Footer {
    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Lays an answer out as embeds: at least one, at most ten, 6000 characters together. What does
/// not fit is counted in a last line.
#[must_use]
pub fn render(answer: &Answer) -> Vec<Embed> {
    let title = inert(answer.title.trim(), TITLE).0;
    let footer = footer(&answer.notes);
    let mut room = TOTAL - units(&title) - units(&footer) - MORE;
    let mut pages = vec![String::new()];
    let mut blocks = answer.blocks.iter().peekable();
    let mut left_out = 0;
    while let Some(block) = blocks.next() {
        let is_last_of_its_heading =
            matches!(block, Block::Heading(_)) && matches!(blocks.peek(), None | Some(Block::Heading(_)));
        if is_last_of_its_heading {
            continue;
        }
        let text = if left_out > 0 { String::new() } else { entry(block, room.min(DESCRIPTION - MORE)) };
        let size = units(&text) + 1;
        let rest = room.saturating_sub(size);
        // What is said and the sentence it rests on are shown together or not at all.
        let unproven = matches!(block, Block::Item { .. })
            && matches!(blocks.peek(), Some(Block::Quote { .. }))
            && rest < SENTENCE;
        let cut_short = matches!(block, Block::Quote { .. }) && room < SENTENCE;
        if left_out > 0 || size > room || unproven || cut_short {
            left_out += usize::from(!matches!(block, Block::Heading(_) | Block::Quote { .. }));
            continue;
        }
        room = rest;
        place(&mut pages, &text);
    }
    if left_out > 0
        && let Some(page) = pages.last_mut()
    {
        page.push_str(&format!("\n{}", answer.locale.text(&format!("… and {left_out} more"))));
    }
    if let (Some(updated), Some(page)) = (answer.updated, pages.last_mut()) {
        let at = updated.as_second();
        page.push_str(&format!("\n-# {} <t:{at}:R>", answer.locale.text("Last updated")));
    }
    let mut embeds = assemble(title, pages, footer, answer.locale);
    if let (Some(at), Some(last)) = (answer.as_of, embeds.last_mut()) {
        last.timestamp = Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    }
    embeds
}

/// Text for a place where Discord renders no markdown: one line, nothing hidden in it.
#[must_use]
pub(crate) fn no_marks(text: &str, most: usize) -> String {
    plain(text.trim(), most)
}

/// Allows no mention at all; goes with every message and every edit.
#[must_use]
pub fn no_mentions() -> Value {
    json!({ "parse": [] })
}

fn assemble(title: String, pages: Vec<String>, footer: String, locale: Locale) -> Vec<Embed> {
    let last = pages.len() - 1;
    let mut embeds: Vec<_> = pages
        .into_iter()
        .map(|description| Embed {
            title: String::new(),
            description,
            timestamp: None,
            footer: Footer::default(),
        })
        .collect();
    // A description of nothing but a title is refused by no limit, but an empty one is.
    if title.is_empty() && embeds[last].description.is_empty() {
        embeds[last].description = locale.text("Nothing to show.").into_owned();
    }
    embeds[0].title = title;
    embeds[last].footer = Footer { text: footer };
    embeds
}

/// Adds a block to the last page, or begins a new one.
fn place(pages: &mut Vec<String>, text: &str) {
    // A page of nothing would be refused.
    if text.is_empty() {
        return;
    }
    if let Some(page) = pages.last_mut()
        && (page.is_empty() || units(page) + units(text) + 1 + MORE <= DESCRIPTION)
    {
        if !page.is_empty() {
            page.push('\n');
        }
        page.push_str(text);
        return;
    }
    pages.push(text.to_owned());
}

fn footer(notes: &[String]) -> String {
    let lines: Vec<_> = notes.iter().map(|note| plain(note.trim(), FOOTER)).collect();
    // A long footer would starve the answer itself.
    let mut footer = String::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        if units(&footer) + units(line) + 1 > FOOTER {
            break;
        }
        if !footer.is_empty() {
            footer.push('\n');
        }
        footer.push_str(line);
    }
    footer
}

/// One block within `budget` characters.
fn entry(block: &Block, budget: usize) -> String {
    match block {
        Block::Line(rich) => line("", rich, budget),
        Block::Heading(text) => {
            let text = inert(text.trim(), budget.min(TITLE).saturating_sub(4)).0;
            format!("**{text}**")
        }
        Block::Item { head, lines } => {
            let mut out = line("- ", head, budget);
            for rich in lines {
                let rest = budget.saturating_sub(units(&out) + 1);
                if rest < 8 {
                    break;
                }
                out.push('\n');
                out.push_str(&line("  ", rich, rest));
            }
            out
        }
        Block::Quote { text, source } => {
            let quoted = inert(text.trim(), budget.saturating_sub(200).min(1500)).0;
            let mut out = format!("> “{quoted}”");
            let source = line("> — ", source, budget.saturating_sub(units(&out) + 1));
            if units(&source) > units("> — ") {
                out.push('\n');
                out.push_str(&source);
            }
            out
        }
    }
}

/// One line within `budget` characters; cut pieces end in "…".
fn line(prefix: &str, rich: &Rich, budget: usize) -> String {
    let mut out = prefix.to_owned();
    for piece in &rich.0 {
        let rest = budget.saturating_sub(units(&out));
        let (text, whole) = one(piece, rest);
        out.push_str(&text);
        if !whole {
            break;
        }
    }
    out
}

fn one(piece: &Piece, budget: usize) -> (String, bool) {
    let whole = |text: String| if units(&text) <= budget { (text, true) } else { (String::new(), false) };
    match piece {
        Piece::Text(text) => inert(text, budget),
        Piece::Strong(text) => match inert(text.trim(), budget.saturating_sub(4)) {
            (text, complete) if text.is_empty() => (text, complete),
            (text, complete) => (format!("**{text}**"), complete),
        },
        Piece::Struck(text) => match inert(text.trim(), budget.saturating_sub(4)) {
            (text, complete) if text.is_empty() => (text, complete),
            (text, complete) => (format!("~~{text}~~"), complete),
        },
        Piece::Code(text) => {
            let text = plain(text.trim(), budget.saturating_sub(2).min(200)).replace('`', "ˋ");
            if text.is_empty() { (text, true) } else { whole(format!("`{text}`")) }
        }
        // A bare day has no zone: a Discord timestamp would shift it for half of the readers.
        Piece::Day(day) => whole(day.strftime("%-d %B %Y").to_string()),
        Piece::Instant(instant) => whole(format!("<t:{}:f>", instant.as_second())),
        Piece::Link { label, url } => link(label, url, budget),
    }
}

fn link(label: &str, url: &str, budget: usize) -> (String, bool) {
    let Some(address) = address(url) else { return inert(label, budget) };
    let label = match inert(label.trim(), 200).0 {
        label if label.is_empty() => inert(address.host_str().unwrap_or("link"), 200).0,
        label => label,
    };
    let shown = format!("[{label}]({})", sealed(&address));
    if units(&shown) <= budget { (shown, true) } else { inert(&label, budget) }
}

/// An address that may be linked: http or https, with a host, without a user's name.
pub(crate) fn address(url: &str) -> Option<Url> {
    let url = Url::parse(url.trim()).ok()?;
    let fits = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str().len() <= ADDRESS;
    fits.then_some(url)
}

/// The address without characters that could end the link early.
fn sealed(url: &Url) -> String {
    let mut out = String::with_capacity(url.as_str().len());
    for c in url.as_str().chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            '|' => out.push_str("%7C"),
            '*' => out.push_str("%2A"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn answer(blocks: Vec<Block>) -> Answer {
        Answer { title: "Title".to_owned(), blocks, ..Answer::default() }
    }

    #[track_caller]
    fn check(rich: Rich, expected: &str) {
        assert_eq!(render(&answer(vec![Block::Line(rich)]))[0].description, expected);
    }

    #[test]
    fn pieces_are_written_as_discord_reads_them() {
        check(Rich::text("a*b").strong("c_d").code("e`f"), r"a\*b**c\_d**`eˋf`");
        check(Rich::text("on ").day(date(2025, 5, 14)), "on 14 May 2025");
        check(Rich(vec![Piece::Instant("2025-05-14T04:01Z".parse().unwrap())]), "<t:1747195260:f>");
    }

    #[test]
    fn links_lead_only_where_a_browser_may_go() {
        check(
            Rich::default().link("Paper", "https://a.example/x?y=(1)"),
            "[Paper](https://a.example/x?y=%281%29)",
        );
        check(Rich::default().link("Paper", "javascript:alert(1)"), "Paper");
        check(Rich::default().link("Paper", "https://bank.example@evil.example/"), "Paper");
        check(Rich::default().link("[x](y)", "not a url"), r"\[x\](y)");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let item = || Block::Item { head: Rich::text("x".repeat(500)), lines: Vec::new() };
        let embeds = render(&answer((0..40).map(|_| item()).collect()));
        assert!(embeds.last().unwrap().description.ends_with("… and 29 more"), "{embeds:?}");
    }

    #[test]
    fn nothing_is_said_without_its_sentence() {
        let pair = |n: usize| {
            let quote = Block::Quote { text: "y".repeat(300), source: Rich::text("A paper") };
            [Block::Item { head: Rich::text(format!("item {n}")), lines: Vec::new() }, quote]
        };
        let text = |embeds: Vec<Embed>| embeds.into_iter().map(|embed| embed.description).collect::<String>();
        let shown = text(render(&answer((0..30).flat_map(pair).collect())));
        let (items, quotes) = (shown.matches("item ").count(), shown.matches("A paper").count());
        assert_eq!(items, quotes, "{shown}");
        assert!(shown.contains(&format!("… and {} more", 30 - items)), "{shown}");
    }

    #[test]
    fn an_empty_answer_still_says_something() {
        assert_eq!(render(&Answer::default())[0].description, "Nothing to show.");
    }

    #[test]
    fn a_heading_without_content_is_left_out() {
        let blocks =
            vec![Block::Heading("One".into()), Block::Heading("Two".into()), Block::Line("x".into())];
        assert_eq!(render(&answer(blocks))[0].description, "**Two**\nx");
    }

    /// What Discord would see as live once its escapes are taken out; independent of the escaper.
    fn live(markdown: &str) -> Option<&'static str> {
        let mut seen = String::new();
        let mut chars = markdown.chars();
        while let Some(c) = chars.next() {
            if c == '\\' {
                // An escaped sign is a letter for every later reading.
                seen.push(chars.next().map_or('\\', |_| 'x'));
            } else {
                seen.push(c);
            }
        }
        ["<", ">", "@", "://", "](", "*", "_", "~", "|", "`", "[", "]", "/"]
            .into_iter()
            .find(|mark| seen.contains(mark))
            .or_else(|| seen.starts_with(['#', '-', '+']).then_some("line start"))
            .or_else(|| {
                seen.chars().any(|c| c.is_control() || c == '\u{202e}' || c == '\u{200b}').then_some("hidden")
            })
    }

    fn nasty() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            proptest::collection::vec(
                prop_oneof![
                    Just("@everyone"),
                    Just("<@1>"),
                    Just("<#1>"),
                    Just("</a:1>"),
                    Just("https://x.y/z"),
                    Just("[a](https://b.c)"),
                    Just("**"),
                    Just("__"),
                    Just("~~"),
                    Just("||"),
                    Just("```\n"),
                    Just("\\"),
                    Just("\n# "),
                    Just("\n- "),
                    Just("\n> "),
                    Just("<t:1:R>"),
                    Just("\u{202e}"),
                    Just("discord.gg/x"),
                    Just(" "),
                    Just("word. "),
                    Just("汉字。"),
                    Just("😀"),
                    Just("1. "),
                ],
                0..60,
            )
            .prop_map(|parts| parts.concat()),
        ]
    }

    fn rich() -> impl Strategy<Value = Rich> {
        let piece = prop_oneof![
            nasty().prop_map(Piece::Text),
            nasty().prop_map(Piece::Strong),
            nasty().prop_map(Piece::Struck),
            nasty().prop_map(Piece::Code),
            Just(Piece::Day(date(2025, 5, 14))),
            (nasty(), nasty()).prop_map(|(label, url)| Piece::Link { label, url }),
            nasty().prop_map(|label| Piece::Link { label, url: "https://a.example/b".to_owned() }),
        ];
        proptest::collection::vec(piece, 0..5).prop_map(Rich)
    }

    fn block() -> impl Strategy<Value = Block> {
        prop_oneof![
            rich().prop_map(Block::Line),
            nasty().prop_map(Block::Heading),
            (rich(), proptest::collection::vec(rich(), 0..4))
                .prop_map(|(head, lines)| Block::Item { head, lines }),
            (nasty(), rich()).prop_map(|(text, source)| Block::Quote { text, source }),
        ]
    }

    proptest! {
        #[test]
        fn untrusted_text_is_inert(text in nasty(), budget in 0_usize..300) {
            let (shown, _) = inert(&text, budget);
            prop_assert_eq!(live(&shown), None, "{:?}", shown);
            prop_assert!(units(&shown) <= budget.max(1), "{:?}", shown);
            prop_assert!(!shown.contains("@everyone"), "{:?}", shown);
        }

        #[test]
        fn every_answer_fits(
            title in nasty(),
            blocks in proptest::collection::vec(block(), 0..40),
            notes in proptest::collection::vec(nasty(), 0..6),
        ) {
            let embeds = render(&Answer { title, blocks, notes, ..Answer::default() });
            prop_assert!((1..=10).contains(&embeds.len()));
            let mut total = 0;
            for embed in &embeds {
                let (t, d, f) = (units(&embed.title), units(&embed.description), units(&embed.footer.text));
                prop_assert!(t <= TITLE && d <= DESCRIPTION && f <= FOOTER, "{t} {d} {f}");
                prop_assert!(t + d > 0);
                total += t + d + f;
            }
            prop_assert!(total <= TOTAL, "{total}");
        }
    }
}
