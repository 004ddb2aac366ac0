//! An answer in another language: labels, days and words of closed lists. Quotes, links and what is
//! typed stay.

use super::{Answer, Block, Choice, Control, Menu, Piece, Rich};
use crate::locale::Locale;

impl Answer {
    /// The answer in a language.
    #[must_use]
    pub fn localised(mut self, locale: Locale) -> Self {
        if locale == Locale::English {
            return self;
        }
        self.locale = locale;
        let say = |text: &mut String| *text = locale.text(text).into_owned();
        say(&mut self.title);
        self.notes.iter_mut().for_each(say);
        for block in &mut self.blocks {
            match block {
                Block::Line(rich) => rich.localise(locale),
                Block::Heading(text) => say(text),
                Block::Item { head, lines } => {
                    head.localise(locale);
                    lines.iter_mut().for_each(|line| line.localise(locale));
                }
                Block::Quote { source, .. } => source.localise(locale),
            }
        }
        for control in &mut self.controls {
            match control {
                Control::Button(button) => say(&mut button.label),
                Control::Link { .. } => {}
                Control::Menu(Menu { hint, choices, .. }) => {
                    say(hint);
                    for Choice { label, about, .. } in choices {
                        say(label);
                        say(about);
                    }
                }
            }
        }
        self
    }
}

impl Rich {
    fn localise(&mut self, locale: Locale) {
        for piece in &mut self.0 {
            match piece {
                Piece::Text(text) | Piece::Strong(text) | Piece::Struck(text) => {
                    *text = around(text, |bare| locale.text(bare).into_owned())
                }
                Piece::Day(day) => *piece = Piece::Text(locale.day(*day)),
                Piece::Code(_) | Piece::Instant(_) | Piece::Link { .. } => {}
            }
        }
    }
}

/// What stands between the blanks at both ends, said otherwise; the blanks part it from its
/// neighbours.
fn around(text: &str, say: impl Fn(&str) -> String) -> String {
    let bare = text.trim();
    let said = say(text);
    if said != text {
        let (before, behind) = (text.starts_with(' '), text.ends_with(' '));
        let gap = |there: bool, has: bool| if there && !has { " " } else { "" };
        return format!("{}{said}{}", gap(before, said.starts_with(' ')), gap(behind, said.ends_with(' ')));
    }
    let said = say(bare);
    if said == bare { text.to_owned() } else { text.replacen(bare, &said, 1) }
}
