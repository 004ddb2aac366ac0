//! Which part of a page is the article, and its text.

use super::noise::{is_head, is_head_line, is_noise, is_noise_line};
use super::text::{Block, Shape, blocks};
use super::tree::{Id, Tree};

/// An article's text with what was weighed to find it.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The blocks, in order.
    pub(super) blocks: Vec<Block>,
    /// Words on the whole page.
    pub(super) page_words: usize,
    /// Words in links on the whole page.
    pub(super) page_linked: usize,
}

impl Body {
    /// Words of the article.
    pub(super) fn words(&self) -> usize {
        self.blocks.iter().map(|block| block.words).sum()
    }

    /// The text, paragraphs between empty lines.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut last = None;
        for block in &self.blocks {
            let together = last == Some(block.shape) && matches!(block.shape, Shape::Item | Shape::Row);
            if !text.is_empty() {
                text.push_str(if together { "\n" } else { "\n\n" });
            }
            if block.shape == Shape::Item {
                text.push_str("- ");
            }
            text.push_str(&block.text);
            last = Some(block.shape);
        }
        text
    }
}

/// Finds the article in a page whose title is known, perhaps.
pub(super) fn find(tree: &Tree, title: Option<&str>) -> Body {
    let all = blocks(tree, 0, &|_| false);
    let mut page = Page { tree, title, weights: weigh(tree, &all), dropped: vec![false; tree.len()] };
    let total = page.weight(0);
    page.drop_noise(&all);
    let kept: Vec<Block> = blocks(tree, 0, &|id| page.is_dropped(id));
    page.weights = weigh(tree, &kept);
    let root = page.descend(page.begin());
    let blocks = blocks(tree, root, &|id| page.is_dropped(id));
    let blocks = page.filtered(blocks);
    Body { blocks, page_words: total.words, page_linked: total.linked }
}

/// What lies below an element.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    words: usize,
    linked: usize,
    /// Words of blocks that read as sentences.
    prose: usize,
    /// Headings that are links, as lists of stories have them.
    teasers: usize,
    /// First-level headings.
    titles: usize,
}

fn weigh(tree: &Tree, blocks: &[Block]) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.len()];
    for block in blocks {
        if let Some(weight) = weights.get_mut(block.node) {
            weight.words += block.words;
            weight.linked += block.linked;
            weight.prose += if block.is_prose() { block.words } else { 0 };
            if let Shape::Heading(level) = block.shape {
                weight.teasers += usize::from(level > 1 && block.linked * 2 > block.words);
                weight.titles += usize::from(level == 1);
            }
        }
    }
    for id in (1..tree.len()).rev() {
        let below = weights.get(id).copied().unwrap_or_default();
        if let Some(above) = weights.get_mut(tree.parent(id)) {
            above.words += below.words;
            above.linked += below.linked;
            above.prose += below.prose;
            above.teasers += below.teasers;
            above.titles += below.titles;
        }
    }
    weights
}

struct Page<'a> {
    tree: &'a Tree,
    title: Option<&'a str>,
    weights: Vec<Weight>,
    dropped: Vec<bool>,
}

impl Page<'_> {
    fn weight(&self, id: Id) -> Weight {
        self.weights.get(id).copied().unwrap_or_default()
    }

    fn is_dropped(&self, id: Id) -> bool {
        self.dropped.get(id).copied().unwrap_or(true)
    }

    fn drop(&mut self, id: Id) {
        if let Some(dropped) = self.dropped.get_mut(id) {
            *dropped = true;
        }
    }

    /// Drops what stands around the article, unless it holds what looks like the article itself.
    fn drop_noise(&mut self, all: &[Block]) {
        let holds: Vec<bool> = self.holders(all);
        let mut left = self.weight(0).prose;
        let mut within = vec![false; self.tree.len()];
        for id in 1..self.tree.len() {
            let inside = within.get(self.tree.parent(id)).copied().unwrap_or(false);
            let weight = self.weight(id);
            let small = weight.prose * 10 <= left * 6;
            let comments =
                self.tree.element(id).is_some_and(|e| e.labelled(&["comments", "disqus", "respond"]));
            let held = holds.get(id).copied().unwrap_or(false);
            let noise = !inside
                && ((is_noise(self.tree, id)
                    && (small || comments)
                    && !held
                    && !self.is_figure_of_table(id))
                    || (is_head(self.tree, id) && weight.words <= 30 && weight.titles == 0));
            if noise {
                self.drop(id);
                left = left.saturating_sub(weight.prose);
            }
            if let Some(inside_too) = within.get_mut(id) {
                *inside_too = inside || noise;
            }
        }
    }

    /// Which elements hold the page's title or its marked text.
    fn holders(&self, all: &[Block]) -> Vec<bool> {
        let mut holds = vec![false; self.tree.len()];
        let marked = |id: Id| {
            self.tree.element(id).is_some_and(|element| {
                element.attr("itemprop") == Some("articleBody")
                    || element.name == "main"
                    || element.attr("role") == Some("main")
            })
        };
        let titled =
            all.iter().filter(|block| block.shape == Shape::Heading(1) && self.is_title(&block.text));
        for id in titled.map(|block| block.node).chain((1..self.tree.len()).filter(|id| marked(*id))) {
            for up in self.tree.upwards(id) {
                match holds.get_mut(up) {
                    Some(held) if !*held => *held = true,
                    _ => break,
                }
            }
        }
        holds
    }

    /// A table may stand in a figure, whose caption alone is around the article.
    fn is_figure_of_table(&self, id: Id) -> bool {
        self.tree.name(id) == "figure"
            && self.tree.below(id, &|_| false).any(|id| self.tree.name(id) == "table")
    }

    fn is_title(&self, text: &str) -> bool {
        self.title.is_some_and(|title| same_words(title, text))
    }

    /// Where to begin looking: at what the page itself marks as the text, where that holds enough.
    fn begin(&self) -> Id {
        let total = self.weight(0).prose;
        let marks: [&dyn Fn(Id) -> bool; 3] = [
            &|id| self.attribute(id, "itemprop", "articleBody"),
            &|id| self.tree.name(id) == "article",
            &|id| self.tree.name(id) == "main" || self.attribute(id, "role", "main"),
        ];
        for mark in marks {
            let mut best: Option<Id> = None;
            for id in (1..self.tree.len()).filter(|id| mark(*id) && !self.is_dropped(*id)) {
                let better = best.is_none_or(|best| self.weight(id).prose > self.weight(best).prose);
                if better {
                    best = Some(id);
                }
            }
            let enough = |id: &Id| self.weight(*id).prose * 10 >= total * 6;
            if let Some(id) = best.filter(enough) {
                return id;
            }
        }
        0
    }

    fn attribute(&self, id: Id, name: &str, value: &str) -> bool {
        self.tree.element(id).is_some_and(|element| element.attr(name) == Some(value))
    }

    /// Goes down while one child holds the article alone; children beside it that do not belong to
    /// it are dropped.
    fn descend(&mut self, from: Id) -> Id {
        let mut at = from;
        loop {
            let children: Vec<Id> =
                self.tree.children(at).iter().copied().filter(|id| !self.is_dropped(*id)).collect();
            let Some(best) = self.best(&children) else { return at };
            let whole = self.weight(at).prose;
            let mut beside = 0;
            for child in children.iter().filter(|child| **child != best) {
                if self.is_kin(best, *child) {
                    beside += self.weight(*child).prose;
                } else if self.weight(*child).words > 0 && self.weight(best).prose * 4 > whole {
                    self.drop(*child);
                }
            }
            if beside * 12 > whole || !self.may_enter(best) {
                return at;
            }
            at = best;
        }
    }

    /// The child with the article: one with the title over enough text, or the heaviest.
    fn best(&self, children: &[Id]) -> Option<Id> {
        let holds_title = |id: &&Id| {
            let weight = self.weight(**id);
            weight.titles > 0
                && weight.prose >= 60
                && self
                    .tree
                    .below(**id, &|_| false)
                    .any(|id| self.tree.name(id) == "h1" && self.is_title(&self.tree.plain(id)))
        };
        let heaviest = || children.iter().max_by_key(|id| (self.weight(**id).prose, std::cmp::Reverse(**id)));
        let best = children.iter().find(holds_title).or_else(heaviest).copied();
        best.filter(|id| self.weight(*id).prose > 0)
    }

    fn may_enter(&self, id: Id) -> bool {
        !matches!(
            self.tree.name(id),
            "p" | "ul" | "ol" | "dl" | "li" | "blockquote" | "pre" | "table" | "tr" | ""
        ) || matches!(self.tree.name(id), "table" | "tr") && self.weight(id).prose > 60
    }

    /// Whether a child belongs to the text its sibling holds.
    fn is_kin(&self, best: Id, child: Id) -> bool {
        let (main, weight) = (self.weight(best), self.weight(child));
        let another = weight.titles > 0 && main.titles > 0 && weight.prose > 0;
        let stories =
            weight.teasers >= 2 && main.teasers * weight.prose.max(1) < weight.teasers * main.prose.max(1);
        let linked = weight.linked * 10 > weight.words * 4 && weight.words > 3;
        let cell = self.tree.name(child) == "td" && weight.prose * 5 < main.prose;
        !(another || stories || linked || cell)
    }

    /// Leaves out the title and what stands before it, and lines and lists that are none of the
    /// article.
    fn filtered(&self, mut blocks: Vec<Block>) -> Vec<Block> {
        let text = blocks.iter().position(Block::is_prose).unwrap_or(blocks.len());
        let title = blocks.iter().take(text).rposition(|block| self.is_title(&block.text));
        blocks.drain(..title.map_or(0, |title| title + 1));
        let text = text - title.map_or(0, |title| title + 1);
        let lists = link_lists(self.tree, &blocks);
        let mut kept: Vec<Block> = Vec::new();
        let (mut under_noise, mut under_ad) = (false, None);
        for (at, mut block) in blocks.into_iter().enumerate() {
            let is_ad = block.text.eq_ignore_ascii_case("advertisement");
            let noise = keep_lines(&mut block, at < text)
                || under_ad.is_some_and(|ad| {
                    ad == self.tree.parent(block.node) && !matches!(block.shape, Shape::Heading(_))
                });
            if matches!(block.shape, Shape::Heading(_)) {
                under_noise = noise;
                under_ad = is_ad.then(|| self.tree.parent(block.node));
            }
            let of_list = self.tree.upwards(block.node).take(4).any(|up| lists.contains(&up));
            let item = matches!(block.shape, Shape::Item | Shape::Row);
            let link_alone = block.linked * 10 >= block.words * 8 && !is_sentence(&block) && !item;
            let beside = under_noise && (block.linked * 2 >= block.words || block.words < 8);
            if !(noise || of_list || beside || link_alone) {
                kept.push(block);
            }
        }
        while kept.last().is_some_and(|block| matches!(block.shape, Shape::Heading(_))) {
            kept.pop();
        }
        kept
    }
}

/// Keeps the lines of a block that are the article's; true where none is.
fn keep_lines(block: &mut Block, leads: bool) -> bool {
    let lines: Vec<&str> = block.text.lines().collect();
    let alone = lines.len() == 1;
    let linked = |words: usize| (block.linked * words).checked_div(block.words).unwrap_or(0);
    let kept: Vec<&str> = lines
        .into_iter()
        .filter(|line| {
            let words = line.split_whitespace().count();
            let linked = if alone { block.linked } else { linked(words) };
            !(is_noise_line(line, words, linked) || leads && is_head_line(line, words))
        })
        .collect();
    if kept.len() < block.text.lines().count() {
        block.text = kept.join("\n");
        block.words = block.text.split_whitespace().count();
        block.linked = block.linked.min(block.words);
    }
    block.text.is_empty()
}

/// Lists that are nothing but links.
fn link_lists(tree: &Tree, blocks: &[Block]) -> Vec<Id> {
    let mut lists: Vec<(Id, usize, usize, usize)> = Vec::new();
    for block in blocks.iter().filter(|block| block.shape == Shape::Item) {
        let list = tree.upwards(block.node).find(|up| matches!(tree.name(*up), "ul" | "ol" | "body"));
        let Some(list) = list else { continue };
        match lists.iter_mut().rev().take(4).find(|(id, ..)| *id == list) {
            Some((_, items, words, linked)) => {
                *items += 1;
                *words += block.words;
                *linked += block.linked;
            }
            None => lists.push((list, 1, block.words, block.linked)),
        }
    }
    lists
        .into_iter()
        .filter(|(_, items, words, linked)| linked * 10 >= words * 7 && *words < *items * 16)
        .map(|(id, ..)| id)
        .collect()
}

fn is_sentence(block: &Block) -> bool {
    block.words >= 8 && block.text.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '?', '!'])
}

/// Whether two titles are the same to a reader: letters and digits, or one the other's beginning.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (a, b) = (letters(a), letters(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty()
        && (short == long
            || (short.len() >= 20 && short.len() * 10 >= long.len() * 6 && long.starts_with(short.as_str())))
}
