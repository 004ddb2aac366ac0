//! An answer's controls as Discord takes them: rows of buttons and menus within every limit.

use serde_json::{Value, json};

use super::custom_id::{ANYBODY, Called, Id, LONGEST};
use crate::command::{Body, Command, OptKind};
use crate::line;
use crate::reply::embed::{address, no_marks};
use crate::reply::{Button, Choice, Control, Menu, Tone};

/// Rows under a message, and buttons in a row.
const ROWS: usize = 5;
const BUTTONS: usize = 5;
/// Choices of a menu.
const CHOICES: usize = 25;
/// Characters of a button, of a choice, of a menu's hint, of a form's title and labels, of what a
/// person may type into a form.
const LABEL: usize = 80;
const CHOICE: usize = 100;
const HINT: usize = 150;
const TITLE: usize = 45;
const INPUT: u16 = 4000;
/// Fields of a form.
const FIELDS: usize = 5;
/// Longest address of a button.
const ADDRESS: usize = 512;

/// Keeps a call that is too long and gives its name.
pub(crate) type Keep<'k, E> = &'k dyn Fn(&str) -> Result<String, E>;

/// The rows, for [`ANYBODY`] until they are addressed.
///
/// # Errors
/// Those of `keep`.
pub(crate) fn rows<E>(controls: &[Control], keep: Keep<'_, E>) -> Result<Vec<Value>, E> {
    let mut rows: Vec<(bool, Vec<Value>)> = Vec::new();
    for (number, control) in controls.iter().enumerate() {
        let (wide, made) = match control {
            Control::Button(one) => (false, Some(button(one, number, keep)?)),
            Control::Link { label, url } => (false, link(label, url)),
            Control::Menu(one) => (true, menu(one, number, keep)?),
        };
        let Some(made) = made else { continue };
        match rows.last_mut() {
            Some((false, row)) if !wide && row.len() < BUTTONS => row.push(made),
            _ => rows.push((wide, vec![made])),
        }
    }
    let row = |(_, components): (bool, Vec<Value>)| json!({ "type": 1, "components": components });
    Ok(rows.into_iter().take(ROWS).map(row).collect())
}

fn button<E>(button: &Button, number: usize, keep: Keep<'_, E>) -> Result<Value, E> {
    let style = match button.tone {
        Tone::Main => 1,
        Tone::Plain => 2,
        Tone::Good => 3,
        Tone::Danger => 4,
    };
    let ask = button.ask.iter().take(FIELDS).map(|name| (*name).to_owned()).collect();
    let show = button.step.as_ref().map(|_| button.show);
    let mut id = Id { owner: Some(ANYBODY), number, show, ask, call: String::new() };
    if let Some(step) = &button.step {
        id.call = Called::write(&step.line(), LONGEST.saturating_sub(id.write().len()), keep)?;
    }
    Ok(json!({ "type": 2, "style": style, "label": label(&button.label, LABEL), "custom_id": id.write() }))
}

fn link(text: &str, url: &str) -> Option<Value> {
    let url = address(url).filter(|url| url.as_str().len() <= ADDRESS)?;
    Some(json!({ "type": 2, "style": 5, "label": label(text, LABEL), "url": url.as_str() }))
}

fn menu<E>(menu: &Menu, number: usize, keep: Keep<'_, E>) -> Result<Option<Value>, E> {
    let id = Id { owner: Some(ANYBODY), number, show: Some(menu.show), ask: Vec::new(), call: String::new() };
    let mut options: Vec<Value> = Vec::new();
    for Choice { label: text, about, step } in &menu.choices {
        let value = Called::write(&step.line(), LONGEST, keep)?;
        if options.len() == CHOICES || options.iter().any(|one| one["value"] == value.as_str()) {
            continue;
        }
        let mut option = json!({ "label": label(text, CHOICE), "value": value });
        let about = no_marks(about, CHOICE);
        if !about.is_empty() {
            option["description"] = about.into();
        }
        options.push(option);
    }
    Ok((!options.is_empty()).then(|| {
        json!({ "type": 3, "custom_id": id.write(), "placeholder": label(&menu.hint, HINT), "options": options })
    }))
}

fn label(text: &str, most: usize) -> String {
    Some(no_marks(text, most)).filter(|text| !text.is_empty()).unwrap_or_else(|| "…".to_owned())
}

/// The form that asks for options of a command; `line` is the call so far.
pub(super) fn form(id: &Id, name: &str, command: &Command, args: &crate::command::Args) -> Option<Value> {
    let Body::Run { options, .. } = command.body else { return None };
    let fields: Vec<Value> = id
        .ask
        .iter()
        .take(FIELDS)
        .filter_map(|wanted| options.iter().find(|opt| opt.name == wanted))
        .map(|opt| {
            let (most, long) = match opt.kind {
                OptKind::Text { max, .. } => (max.min(INPUT), max > 100),
                _ => (100, false),
            };
            let mut input = json!({
                "type": 4, "custom_id": opt.name, "label": label(opt.name, TITLE), "style": if long { 2 } else { 1 },
                "placeholder": label(opt.about, CHOICE), "required": opt.required, "max_length": most,
            });
            if let Some(text) = args.iter().find(|(name, _)| *name == opt.name).and_then(|(_, v)| line::plain(v)) {
                input["value"] = text.chars().take(usize::from(most)).collect::<String>().into();
            }
            json!({ "type": 1, "components": [input] })
        })
        .collect();
    (!fields.is_empty()).then(|| {
        json!({ "custom_id": id.write(), "title": label(&format!("/{name}"), TITLE), "components": fields })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::{Show, Step};

    fn kept(_: &str) -> Result<String, ()> {
        Ok("0123456789abcdef".to_owned())
    }

    fn menu_of(count: usize) -> Control {
        let choice = |n: usize| Choice {
            label: "x".repeat(300),
            about: "y".repeat(300),
            step: Step::of("event").text("id", n.to_string()),
        };
        Control::Menu(Menu {
            hint: "h".repeat(300),
            choices: (0..count).map(choice).collect(),
            show: Show::Alone,
        })
    }

    #[test]
    fn controls_fit_discord_at_every_edge() {
        let long = Step::of("ask").text("question", "九".repeat(500));
        let mut controls: Vec<Control> =
            (0..12).map(|n| Button::here(format!("{n}{}", "z".repeat(200)), long.clone()).into()).collect();
        controls.push(menu_of(40));
        controls.push(menu_of(0));
        controls.extend((0..9).map(|_| Control::from(Button::cancel(""))));
        let rows = rows(&controls, &kept).unwrap();
        assert_eq!(rows.len(), 5);
        let counts: Vec<_> = rows.iter().map(|row| row["components"].as_array().unwrap().len()).collect();
        assert_eq!(counts, [5, 5, 2, 1, 5]);
        let mut ids = std::collections::BTreeSet::new();
        for part in rows.iter().flat_map(|row| row["components"].as_array().unwrap()) {
            let id = part["custom_id"].as_str().unwrap();
            assert!((1..=100).contains(&id.len()) && ids.insert(id.to_owned()), "{id}");
            let label = part["label"].as_str().unwrap_or("x");
            assert!((1..=80).contains(&label.encode_utf16().count()), "{label}");
        }
        let options = rows[3]["components"][0]["options"].as_array().unwrap();
        assert_eq!(options.len(), 25);
        assert!(options.iter().all(|one| one["label"].as_str().unwrap().chars().count() == 100));
    }

    #[test]
    fn a_link_leads_to_a_page_or_is_left_out() {
        let link = |url: &str| Control::Link { label: "Source".to_owned(), url: url.to_owned() };
        let made = |url: &str| rows(&[link(url)], &kept).unwrap();
        assert_eq!(made("https://a.example/x")[0]["components"][0]["url"], "https://a.example/x");
        for url in ["javascript:alert(1)", "discord://x", "https://u:p@evil.example/", "x"] {
            assert!(made(url).is_empty(), "{url}");
        }
        assert!(made(&format!("https://a.example/{}", "x".repeat(512))).is_empty());
    }
}
