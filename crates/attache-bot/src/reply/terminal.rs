//! An answer as text for a terminal. Pure: width and colour are given.

use super::{Answer, Block, Button, Control, Piece, Rich};

/// How the terminal is.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether it understands colours.
    pub colour: bool,
}

/// Renders an answer, ending with a line break.
#[must_use]
pub fn render(answer: &Answer, look: Look) -> String {
    let mut out = String::new();
    let mut line = |text: &str, first: &str, rest: &str| {
        let options =
            textwrap::Options::new(look.width.max(20)).initial_indent(first).subsequent_indent(rest);
        out.push_str(&textwrap::fill(text, options));
        out.push('\n');
    };
    line(&paint(&clean(&answer.title), "1", look), "", "");
    for block in &answer.blocks {
        match block {
            Block::Line(rich) => line(&flat(rich, look), "", "  "),
            Block::Heading(text) => {
                line("", "", "");
                line(&paint(&clean(text), "1;36", look), "", "");
            }
            Block::Item { head, lines } => {
                line(&flat(head, look), "• ", "  ");
                for text in lines {
                    line(&flat(text, look), "    ", "    ");
                }
            }
            Block::Quote { text, source } => {
                line(&paint(&format!("“{}”", clean(text)), "3", look), "    ", "    ");
                line(&format!("— {}", flat(source, look)), "    ", "      ");
            }
        }
    }
    for note in &answer.notes {
        line(&paint(&clean(note), "2", look), "", "");
    }
    for (label, typed) in answer.controls.iter().filter_map(typed) {
        line(
            &format!("{}: {}", paint(&clean(&label), "2", look), paint(&clean(&typed), "33", look)),
            "",
            "  ",
        );
    }
    out
}

/// What can be typed instead of using a control; a terminal has no need to cancel.
fn typed(control: &Control) -> Option<(String, String)> {
    match control {
        Control::Button(Button { label, step: Some(step), ask, .. }) => {
            let asked: String =
                ask.iter().filter(|name| !step.args.has(name)).map(|name| format!(" {name}:…")).collect();
            Some((label.clone(), step.line() + &asked))
        }
        Control::Button(_) | Control::Link { .. } => None,
        Control::Menu(menu) => menu.choices.first().map(|first| (menu.hint.clone(), first.step.line())),
    }
}

fn flat(Rich(pieces): &Rich, look: Look) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => clean(text),
        Piece::Strong(text) => paint(&clean(text), "1", look),
        Piece::Struck(text) => paint(&clean(text), "9", look),
        Piece::Code(text) => paint(&clean(text), "33", look),
        Piece::Day(day) => day.strftime("%-d %b %Y").to_string(),
        Piece::Instant(instant) => instant.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Piece::Link { label, url } if label == url => clean(url),
        Piece::Link { label, url } => format!("{} <{}>", clean(label), clean(url)),
    };
    pieces.iter().map(piece).collect()
}

/// Text from outside may carry escape sequences; a terminal would obey them.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn paint(text: &str, code: &str, look: Look) -> String {
    if look.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_wrapped_and_escape_sequences_are_gone() {
        let answer = Answer {
            title: "Title".to_owned(),
            blocks: vec![Block::Item {
                head: Rich::text("a \u{1b}[31mred\u{7} word").code("/event id:1"),
                lines: vec![Rich::text("and a second line that is long")],
            }],
            ..Answer::default()
        };
        let text = render(&answer, Look { width: 24, colour: false });
        assert_eq!(
            text,
            "Title\n• a  [31mred  word/event\n  id:1\n    and a second line\n    that is long\n"
        );
    }
}
