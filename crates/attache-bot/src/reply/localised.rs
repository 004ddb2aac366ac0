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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use attache_store::{EventQuery, Pace, Store};
    use jiff::Timestamp;

    use super::*;
    use crate::app::App;
    use crate::command::{Body, Call, Caller};

    /// Commands that between them show every kind of answer.
    const SHOWN: &[&str] = &[
        "/brief",
        "/brief period:all",
        "/ask question:\"who met He Lifeng in 2025?\"",
        "/ask question:\"How many calls were there between leaders in 2025?\"",
        "/ask question:\"When did Phase One take effect?\"",
        "/ask question:\"port fees suspended until when\"",
        "/ask question:\"What is Trump's approval rating?\"",
        "/ask question:\"Is the fentanyl tariff still in force?\"",
        "/ask question:\"is nexperia still a dispute as of 1 december 2025\"",
        "/ask question:\"did besent meet he lifeng after geneva\"",
        "/ask question:\"lorem ipsum\"",
        "/ask question:\"Did Trump and Xi meet in Busan?\"",
        "/ask question:\"Has Quebec retaliated?\"",
        "/engagements with:CN",
        "/engagements with:BR",
        "/engagements with:CN sources:yes",
        "/tariffs status imposer:US on:CN as_of:2025-05-23",
        "/tariffs status imposer:US",
        "/tariffs status imposer:CN on:US as_of:2026-10-05T09:00+08:00",
        "/tariffs history imposer:US on:CN until:2026-06-01",
        "/tariffs deadlines within:400 as_of:2025-06-01",
        "/tariffs deadlines within:1 as_of:2018-01-02",
        "/compare as_of_a:2025-05-01 as_of_b:2025-06-01",
        "/compare as_of_a:2025-10-01 as_of_b:2026-01-01 imposer:CN on:US",
        "/tensions status:all as_of:2026-06-01",
        "/tensions as_of:2025-11-20",
        "/tensions party:BR",
        "/tension id:cn-re-oct9 as_of:2025-12-01",
        "/tension id:cn-re-oct9 as_of:2026-11-20",
        "/event id:c912b289",
        "/person name:\"He Lifeng\"",
        "/search words:tariff",
        "/search words:nothingofthekind",
        "/subscriptions list",
        "/admin stats",
        "/admin history",
        "/admin review",
        "/admin feeds list",
    ];

    fn app(folder: &std::path::Path) -> App {
        let store = Store::open(folder).unwrap();
        store.load_chronology(Timestamp::UNIX_EPOCH).unwrap();
        let app = App {
            store,
            extractor: attache_extract::Extractor::builtin(),
            largest_article: 1 << 20,
            largest_file: 1 << 20,
            clock: Box::new(crate::clock::System),
            pace: Pace::one_by_one(),
            world: Default::default(),
            feeds: Default::default(),
            watch: None,
            backups: Default::default(),
        };
        crate::sample::load(&app, Timestamp::UNIX_EPOCH).unwrap();
        app
    }

    fn words(text: &str) -> impl Iterator<Item = String> {
        let typed = |part: &&str| part.starts_with('/') || part.contains(':') && !part.ends_with(": ");
        let ours = |word: &&str| word.len() > 3 && word.chars().any(|c| c.is_ascii_lowercase());
        let parts =
            text.split([' ', '；', '，', '：']).filter(move |part| !typed(part) && !part.contains('-'));
        parts
            .flat_map(|part| part.split(|c: char| !c.is_ascii_alphabetic()))
            .filter(ours)
            .map(str::to_lowercase)
    }

    /// Words of names, goods, subjects, places and publishers: they stay as texts print them.
    fn printed(app: &App) -> BTreeSet<String> {
        let mut held = BTreeSet::new();
        for row in app.store.all_events(&EventQuery::default()).unwrap() {
            let event = &row.event;
            let parties = event.parties.iter().flat_map(|party| [&party.name, &party.office]).flatten();
            let texts =
                parties.chain(&event.scope).chain(&event.place).chain(&event.topics).chain(&event.claims);
            texts.for_each(|text| held.extend(words(text)));
            let rate = event.rate.as_ref().map(|rate| format!("{rate:?}")).unwrap_or_default();
            held.extend(words(&rate));
            for source in &row.sources {
                let Some(article) = app.store.article(source.article).unwrap() else { continue };
                for text in [article.publisher, article.title, article.url].into_iter().flatten() {
                    held.extend(words(&text));
                }
            }
        }
        for command in crate::commands::ALL {
            if let Body::Group(subs) = &command.body {
                held.extend(subs.iter().map(|sub| sub.name.to_owned()));
            }
        }
        held.extend(["link", "discord", "attach", "ieepa", "section"].map(str::to_owned));
        held
    }

    /// Every text of ours in an answer.
    fn texts(answer: &Answer) -> Vec<String> {
        fn rich(rich: &Rich, out: &mut Vec<String>) {
            for piece in &rich.0 {
                if let Piece::Text(text) | Piece::Strong(text) | Piece::Struck(text) = piece {
                    out.push(text.clone());
                }
            }
        }
        let mut out = vec![answer.title.clone()];
        out.extend(answer.notes.iter().cloned());
        for block in &answer.blocks {
            match block {
                Block::Line(line) => rich(line, &mut out),
                Block::Heading(text) => out.push(text.clone()),
                Block::Item { head, lines } => {
                    rich(head, &mut out);
                    lines.iter().for_each(|line| rich(line, &mut out));
                }
                Block::Quote { source, .. } => rich(source, &mut out),
            }
        }
        for control in &answer.controls {
            match control {
                Control::Button(button) => out.push(button.label.clone()),
                Control::Link { .. } => {}
                Control::Menu(menu) => out.push(menu.hint.clone()),
            }
        }
        out
    }

    #[test]
    fn every_label_is_said_in_chinese() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(folder.path());
        let printed = printed(&app);
        let quotes: Vec<String> = app
            .store
            .all_events(&EventQuery::default())
            .unwrap()
            .into_iter()
            .map(|row| row.event.quote)
            .collect();
        let mut left: BTreeSet<String> = BTreeSet::new();
        for line in SHOWN {
            let (command, args) = crate::line::read(line).unwrap();
            let Body::Run { run, .. } = command.body else { panic!("{line}") };
            let now = "2026-11-25T09:00:00Z".parse().unwrap();
            let answer = run(&Call { app: &app, caller: &Caller::Operator, args: &args, now }).unwrap();
            let asked: BTreeSet<_> = words(line).collect();
            for mut text in texts(&answer.localised(Locale::Chinese)) {
                for quote in &quotes {
                    text = text.replace(quote.as_str(), "");
                }
                let ours = |word: &String| !printed.contains(word) && !asked.contains(word);
                if words(&text).any(|word| ours(&word)) {
                    left.insert(format!("{line} | {text}"));
                }
            }
        }
        assert!(
            left.is_empty(),
            "{} texts are not said in Chinese:\n{}",
            left.len(),
            left.iter().cloned().collect::<Vec<_>>().join("\n")
        );
    }
}
