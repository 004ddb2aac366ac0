//! Markdown as its reader sees it: without marks, addresses and pictures.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::intake::{BadArticle, Draft, read_text};

/// Reads Markdown with an optional head; the first heading of the first level is the title where
/// the head gives none.
pub(super) fn read(text: &str, most: usize) -> Result<Draft, BadArticle> {
    let mut draft = read_text(text.as_bytes(), most)?;
    let (heading, text) = plain(&draft.text);
    draft.title = draft.title.or(heading);
    draft.text = text;
    Ok(draft)
}

fn plain(markdown: &str) -> (Option<String>, String) {
    let mut blocks: Vec<String> = vec![String::new()];
    let (mut title, mut hidden, mut in_title) = (None, 0_usize, false);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        let block = |blocks: &mut Vec<String>, lead: &str| {
            if blocks.last().is_some_and(|last| !last.trim_matches(['-', ' ']).is_empty()) {
                blocks.push(lead.to_owned());
            } else if let Some(last) = blocks.last_mut() {
                lead.clone_into(last);
            }
        };
        match event {
            Event::Start(Tag::Image { .. }) => hidden += 1,
            Event::End(TagEnd::Image) => hidden = hidden.saturating_sub(1),
            Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. }) if title.is_none() => {
                block(&mut blocks, "");
                in_title = true;
            }
            Event::End(TagEnd::Heading(_)) if in_title => {
                title = blocks.pop();
                blocks.push(String::new());
                in_title = false;
            }
            Event::Start(Tag::Item) => block(&mut blocks, "- "),
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::TableHead | Tag::TableRow,
            ) => {
                let after_mark = blocks.last().is_some_and(|last| last == "- ");
                block(&mut blocks, if after_mark { "- " } else { "" });
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::Item,
            ) => block(&mut blocks, ""),
            Event::Start(Tag::TableCell) => {
                if let Some(last) = blocks.last_mut().filter(|last| !last.is_empty()) {
                    last.push_str(" | ");
                }
            }
            Event::Text(text) | Event::Code(text) if hidden == 0 => {
                if let Some(last) = blocks.last_mut() {
                    last.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(last) = blocks.last_mut() {
                    last.push(if matches!(event, Event::HardBreak) { '\n' } else { ' ' });
                }
            }
            _ => {}
        }
    }
    blocks.retain(|block| !block.trim_matches(['-', ' ']).is_empty());
    let mut text = String::new();
    for (at, block) in blocks.iter().enumerate() {
        let item = |block: &String| block.starts_with("- ");
        let together =
            item(block) && at.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(item);
        text.push_str(match at {
            0 => "",
            _ if together => "\n",
            _ => "\n\n",
        });
        text.push_str(block.trim_end());
    }
    (title, text)
}
