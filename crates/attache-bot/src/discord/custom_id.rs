//! What is written on a control, so that a press can be understood by any later process.
//!
//! `1.USER.N.SHOW.ASK.CALL`: the version; who was answered, in base 36 (0: the message is for all);
//! the control's number, which makes it differ from its neighbours; `h`, `b`, `a`, `o` or `x` for where
//! the answer goes; the options a form asks for, with commas; and the call as it is typed, without
//! its slash, or `~` and the name it is kept under in the store when it is too long. A menu has no
//! call of its own: each of its values is one. A form carries the id of the button that opened it.
//!
//! Nothing here is a secret or a right: whoever forges an id gets what the command itself would give.

use crate::reply::Show;

/// Characters Discord takes for an id or a value.
pub(super) const LONGEST: usize = 100;

const VERSION: &str = "1";

/// Stands for who is answered on what is laid out before that is known. It is the longest id, and nobody's:
/// an id begins with the instant it was made, which here lies in 2154.
pub(super) const ANYBODY: u64 = u64::MAX;

/// Writes a message's JSON with whoever is answered in the place of [`ANYBODY`] on its controls. Text
/// cannot be taken for a control: in JSON its quotation marks are escaped.
pub(super) fn address(message: &str, owner: u64, out: &mut String) {
    let start = |owner| format!("\"custom_id\":\"{VERSION}.{}.", base36(owner));
    let (anybodys, mine) = (start(ANYBODY), start(owner));
    let mut parts = message.split(anybodys.as_str());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(&mine);
        out.push_str(part);
    }
}

/// An id, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id {
    /// Who was answered; `None` on a message for all.
    pub(super) owner: Option<u64>,
    /// The control's number on its message.
    pub(super) number: usize,
    /// Where the answer goes; `None` where there is none but to take the controls away.
    pub(super) show: Option<Show>,
    /// Options to ask for first.
    pub(super) ask: Vec<String>,
    /// What is called, as [`Called`] writes it; empty on a menu.
    pub(super) call: String,
}

impl Id {
    /// As it is written. Too long a call is to be kept first, which whoever writes it sees to.
    pub(super) fn write(&self) -> String {
        let show = match self.show {
            Some(Show::Here) => 'h',
            Some(Show::Beside) => 'b',
            Some(Show::Alone) => 'a',
            Some(Show::Openly) => 'o',
            None => 'x',
        };
        let owner = base36(self.owner.unwrap_or(0));
        let number = base36(self.number as u64);
        format!("{VERSION}.{owner}.{number}.{show}.{}.{}", self.ask.join(","), self.call)
    }

    /// Reads one; `None` for one of another version, or of nobody's making.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(6, '.');
        let mut next = || parts.next();
        if next()? != VERSION {
            return None;
        }
        let owner = u64::from_str_radix(next()?, 36).ok()?;
        let number = usize::from_str_radix(next()?, 36).ok()?;
        let show = match next()? {
            "h" => Some(Show::Here),
            "b" => Some(Show::Beside),
            "a" => Some(Show::Alone),
            "o" => Some(Show::Openly),
            "x" => None,
            _ => return None,
        };
        let ask = next()?.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let call = next()?.to_owned();
        Some(Self { owner: Some(owner).filter(|owner| *owner > 0), number, show, ask, call })
    }
}

/// A call on a control: written out, or the name it is kept under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Called {
    /// The line, with its slash.
    Line(String),
    /// The name in the store.
    Kept(String),
}

impl Called {
    pub(super) fn read(text: &str) -> Self {
        match text.strip_prefix('~') {
            Some(name) => Self::Kept(name.to_owned()),
            None => Self::Line(format!("/{text}")),
        }
    }

    /// A line as it is written where `room` characters are left; `keep` gives a long one its name.
    pub(super) fn write<E>(
        line: &str,
        room: usize,
        keep: impl FnOnce(&str) -> Result<String, E>,
    ) -> Result<String, E> {
        let short = line.trim_start_matches('/');
        // Discord counts characters in a way it does not document; bytes are never fewer.
        let written =
            short.len() <= room && short.chars().all(|c| matches!(c, ' '..='~')) && !short.starts_with('~');
        if written {
            return Ok(short.to_owned());
        }
        keep(line).map(|name| format!("~{name}"))
    }
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_id_is_read_as_it_was_written(
            owner in proptest::option::of(1..=u64::MAX),
            number in 0_usize..25,
            show in 0_usize..5,
            ask in proptest::collection::vec("[a-z]{1,9}", 0..3),
            call in "\\PC{0,80}",
        ) {
            let show = [None, Some(Show::Here), Some(Show::Beside), Some(Show::Alone), Some(Show::Openly)][show];
            let id = Id { owner, number, show, ask, call };
            prop_assert_eq!(Id::read(&id.write()), Some(id));
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,120}") {
            let _ = (Id::read(&text), Called::read(&text));
        }
    }

    #[test]
    fn a_long_call_is_kept_and_a_short_one_is_not() {
        let never = |_: &str| -> Result<String, ()> { Err(()) };
        assert_eq!(Called::write("/brief", 80, never), Ok("brief".to_owned()));
        let kept = Called::write("/brief period:week", 8, |line| Ok::<_, ()>(line.len().to_string()));
        assert_eq!(kept, Ok("~18".to_owned()));
        assert_eq!(Called::read("~18"), Called::Kept("18".to_owned()));
        assert_eq!(Called::read("brief"), Called::Line("/brief".to_owned()));
    }

    #[test]
    fn a_message_is_addressed_on_its_controls_alone() {
        let id =
            |owner| Id { owner, number: 3, show: Some(Show::Here), ask: vec![], call: "brief".to_owned() };
        let text = serde_json::json!({"content": "\"custom_id\":\"1.3w5e11264sgsf.3", "components":
            [{"custom_id": id(Some(ANYBODY)).write()}, {"custom_id": id(None).write()}]});
        let mut sent = String::new();
        address(&text.to_string(), 77, &mut sent);
        let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
        assert_eq!(sent["content"], text["content"]);
        let read = |n: usize| Id::read(sent["components"][n]["custom_id"].as_str().unwrap()).unwrap();
        assert_eq!((read(0), read(1)), (id(Some(77)), id(None)));
    }

    #[test]
    fn other_versions_and_rubbish_are_not_read() {
        for text in
            ["", "1", "0.1.0.h..brief", "2.1.0.h..brief", "1.-1.0.h..brief", "1.1.0.q..brief", "1.1.0.h."]
        {
            assert_eq!(Id::read(text), None, "{text}");
        }
    }
}
