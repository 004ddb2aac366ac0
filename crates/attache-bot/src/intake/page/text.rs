//! From elements to lines of text: what begins a new block, what belongs together in one.

use super::tree::{Id, Tree};

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Whether an element stands within a line.
pub(super) fn is_inline(name: &str) -> bool {
    name.is_empty() || INLINE.contains(&name) || name.ends_with("-link")
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text.
    Paragraph,
    /// A heading of the level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
}

/// A block of text.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) shape: Shape,
    /// The element it is the text of.
    pub(super) node: Id,
    /// Words.
    pub(super) words: usize,
    /// Words that stand in links.
    pub(super) linked: usize,
    /// Where in the page it stands: the id of its first text.
    pub(super) at: Id,
    /// Whether its line breaks are its author's.
    verbatim: bool,
}

impl Block {
    /// Whether it reads as a sentence rather than as a label.
    pub(super) fn is_prose(&self) -> bool {
        let ends = self
            .text
            .trim_end_matches(['"', '\'', '”', '’', ')', ']', '»'])
            .ends_with(['.', '?', '!', ':', ';', '…', '。']);
        self.linked * 2 <= self.words && (self.words >= 20 || (self.words >= 7 && ends))
    }
}

/// The blocks below a node, in order, without the nodes `skip` names.
pub(super) fn blocks(tree: &Tree, root: Id, skip: &dyn Fn(Id) -> bool) -> Vec<Block> {
    let mut writer = Writer { tree, last: 0, done: Vec::new(), open: None };
    // Each element is met twice: when it opens, and when all below it is done.
    let mut waiting = vec![(root, false)];
    while let Some((id, closes)) = waiting.pop() {
        if closes {
            writer.close(id);
        } else if !skip(id) {
            if is_data_row(tree, id) {
                writer.row(id, skip);
                continue;
            }
            writer.open(id);
            if tree.element(id).is_some() {
                waiting.push((id, true));
                waiting.extend(tree.children(id).iter().rev().map(|child| (*child, false)));
            }
        }
    }
    writer.end();
    writer.done
}

struct Writer<'a> {
    tree: &'a Tree,
    /// The text written last.
    last: Id,
    done: Vec<Block>,
    open: Option<Block>,
}

impl Writer<'_> {
    fn open(&mut self, id: Id) {
        if let Some(text) = self.tree.text(id) {
            self.write(id, text);
            return;
        }
        let name = self.tree.name(id);
        if name == "br" {
            if let Some(block) = &mut self.open {
                block.text.push('\n');
            }
        } else if !is_inline(name) {
            self.end();
        }
    }

    fn close(&mut self, id: Id) {
        if !is_inline(self.tree.name(id)) && self.tree.name(id) != "br" {
            self.end();
        }
    }

    fn write(&mut self, id: Id, text: &str) {
        let block = self.open.get_or_insert_with(|| start(self.tree, id));
        let words = text.split_whitespace().count();
        block.words += words;
        block.linked += if is_linked(self.tree, id) { words } else { 0 };
        if is_note_mark(self.tree, id, text) {
            return;
        }
        if lacks_space(self.tree, self.last, id, &block.text, text) {
            block.text.push(' ');
        }
        self.last = id;
        for letter in text.chars() {
            match letter {
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => {}
                '\n' if block.verbatim => block.text.push('\n'),
                letter if letter.is_whitespace() => {
                    if !block.text.ends_with([' ', '\n']) {
                        block.text.push(' ');
                    }
                }
                letter if letter.is_control() => {}
                letter => block.text.push(letter),
            }
        }
    }

    /// A row of a table that holds data: its cells on one line.
    fn row(&mut self, id: Id, skip: &dyn Fn(Id) -> bool) {
        self.end();
        let mut row = Block { shape: Shape::Row, node: id, ..start(self.tree, id) };
        for cell in self.tree.children(id).iter().filter(|cell| matches!(self.tree.name(**cell), "td" | "th"))
        {
            let parts = blocks(self.tree, *cell, skip);
            let text = parts.iter().map(|block| block.text.replace('\n', " ")).collect::<Vec<_>>().join(" ");
            row.words += parts.iter().map(|block| block.words).sum::<usize>();
            row.linked += parts.iter().map(|block| block.linked).sum::<usize>();
            if !row.text.is_empty() && !text.is_empty() {
                row.text.push_str(" | ");
            }
            row.text.push_str(&text);
        }
        self.open = Some(row);
        self.end();
    }

    fn end(&mut self) {
        let Some(block) = self.open.take() else { return };
        // Two line breaks are how old pages end a paragraph.
        for part in block.text.split("\n\n").flat_map(|part| part.split("\n \n")) {
            let lines: Vec<&str> = part.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let text = if block.verbatim { unwrapped(&lines) } else { lines.join("\n") };
            let words = text.split_whitespace().count();
            if text.chars().any(char::is_alphanumeric) {
                let linked = (block.linked * words).checked_div(block.words).unwrap_or(0);
                self.done.push(Block { text, words, linked, ..block.clone() });
            }
        }
    }
}

/// Lines of a page that was typed: one that fills its width goes on in the next.
fn unwrapped(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        let full = text.rsplit('\n').next().is_some_and(|last| last.len() >= 50);
        text.push_str(match (text.is_empty(), full) {
            (true, _) => "",
            (_, true) => " ",
            _ => "\n",
        });
        text.push_str(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    text
}

/// Whether a text stands in a link, around or within its block.
fn is_linked(tree: &Tree, id: Id) -> bool {
    let link = |up: Id| tree.name(up) == "a" && tree.element(up).is_some_and(|a| a.attr("href").is_some());
    tree.upwards(id).take(8).any(link)
}

/// Whether two texts that are kept apart by their looks alone would run together: a name and a date,
/// each in an element of its own.
pub(super) fn lacks_space(tree: &Tree, last: Id, id: Id, before: &str, text: &str) -> bool {
    let wrapped = tree.parent(last) != tree.parent(id) && !tree.upwards(last).any(|up| up == tree.parent(id));
    let from = before.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let to = text.chars().next().is_some_and(|c| c.is_ascii_digit() || c.is_uppercase());
    let digits =
        before.ends_with(|c: char| c.is_ascii_digit()) && text.starts_with(|c: char| c.is_ascii_digit());
    wrapped && from && to && !digits && last != 0 && !tree.upwards(last).any(|up| tree.name(up) == "sup")
}

fn start(tree: &Tree, id: Id) -> Block {
    let node = tree.upwards(id).find(|up| !is_inline(tree.name(*up))).unwrap_or(0);
    let verbatim = tree.upwards(id).take(6).any(|up| tree.name(up) == "pre");
    let shape = tree
        .upwards(node)
        .take(3)
        .find_map(|up| match tree.name(up) {
            "h1" => Some(Shape::Heading(1)),
            "h2" => Some(Shape::Heading(2)),
            "h3" => Some(Shape::Heading(3)),
            "h4" => Some(Shape::Heading(4)),
            "h5" | "h6" => Some(Shape::Heading(5)),
            "li" => Some(Shape::Item),
            "td" | "th" | "blockquote" | "section" | "article" => Some(Shape::Paragraph),
            _ => None,
        })
        .unwrap_or(Shape::Paragraph);
    Block { text: String::new(), shape, node, words: 0, linked: 0, at: id, verbatim }
}

/// Whether it is a row of a table that holds data, not one that lays out a page: at least two
/// cells, each short and without blocks of its own.
fn is_data_row(tree: &Tree, id: Id) -> bool {
    if tree.name(id) != "tr" {
        return false;
    }
    let cells: Vec<Id> =
        tree.children(id).iter().copied().filter(|cell| matches!(tree.name(*cell), "td" | "th")).collect();
    cells.len() >= 2
        && cells.iter().all(|cell| {
            let heavy = tree.below(*cell, &|_| false).any(|id| {
                matches!(tree.name(id), "table" | "h1" | "h2" | "article" | "form" | "div" | "section")
            });
            let paragraphs = tree.below(*cell, &|_| false).filter(|id| tree.name(*id) == "p").count();
            !heavy && paragraphs <= 2 && tree.plain(*cell).split_whitespace().count() <= 60
        })
}

/// Whether it is the raised mark of a footnote: no reader would read it aloud.
fn is_note_mark(tree: &Tree, id: Id, text: &str) -> bool {
    let mark = text.trim().trim_matches(['[', ']', '(', ')']);
    let short = !mark.is_empty()
        && mark.len() <= 3
        && mark.chars().all(|c| c.is_ascii_digit() || c == '*' || c == '†');
    let up = |name: &str| tree.upwards(id).take(4).any(|up| tree.name(up) == name);
    short && up("sup") && (up("a") || text.contains('['))
}
