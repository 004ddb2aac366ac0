//! What can be done from an answer: each control stands for a call of a command, and nothing else.
//!
//! A control gives no right. Whoever uses it makes the call it stands for, and is asked for the same
//! rights, in the same place, as if the command had been typed. So a control can be written on a
//! message that anybody sees, and be forged by anybody, without harm.

use crate::command::{Args, Call, Value};
use crate::line;

/// Something to press or to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// A button.
    Button(Button),
    /// A button that opens a page. For the addresses of sources; dropped unless plain http(s).
    Link {
        /// What is on it.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// A list to choose one from.
    Menu(Menu),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What is on it: at most 80 characters.
    pub label: String,
    /// How it looks.
    pub tone: Tone,
    /// What it calls; `None` only takes the controls away, as "Cancel" does.
    pub step: Option<Step>,
    /// Options of the call that a form asks for first, at most five. What the step has for them
    /// already is filled in.
    pub ask: Vec<&'static str>,
    /// Where the answer goes.
    pub show: Show,
}

/// A list to choose one from, with at most 25 choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What stands there before something is chosen.
    pub hint: String,
    /// The choices.
    pub choices: Vec<Choice>,
    /// Where the answer goes.
    pub show: Show,
}

/// One choice of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// At most 100 characters.
    pub label: String,
    /// A second line, at most 100 characters.
    pub about: String,
    /// What it calls.
    pub step: Step,
}

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// One of several.
    Plain,
    /// What most will want.
    Main,
    /// Says yes.
    Good,
    /// Cannot simply be done again the other way round.
    Danger,
}

/// Where the answer to a control goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// In the place of the answer the control stands under.
    Here,
    /// Below it, for whoever sees that one.
    Beside,
    /// To who pressed, alone.
    Alone,
    /// For everybody in the channel, although this answer is not.
    Openly,
}

/// The call of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The command's words, such as `tariffs history`.
    pub path: String,
    /// Its options. Files have no place here.
    pub args: Args,
}

impl Step {
    /// A call without options.
    #[must_use]
    pub fn of(path: &str) -> Self {
        Self { path: path.to_owned(), args: Args::default() }
    }

    /// The same call with other options.
    #[must_use]
    pub fn again(path: &str, args: &Args) -> Self {
        Self { path: path.to_owned(), args: args.clone() }
    }

    /// With a text for an option.
    #[must_use]
    pub fn text(mut self, option: &str, text: impl Into<String>) -> Self {
        self.args.set(option, Value::Text(text.into()));
        self
    }

    /// With a number for an option.
    #[must_use]
    pub fn whole(mut self, option: &str, number: i64) -> Self {
        self.args.set(option, Value::Whole(number));
        self
    }

    /// With yes for an option.
    #[must_use]
    pub fn yes(mut self, option: &str) -> Self {
        self.args.set(option, Value::Flag(true));
        self
    }

    /// Without an option.
    #[must_use]
    pub fn without(mut self, option: &str) -> Self {
        self.args.unset(option);
        self
    }

    /// As it is typed.
    #[must_use]
    pub fn line(&self) -> String {
        line::write(&self.path, &self.args)
    }
}

impl Button {
    /// A button whose answer takes the place of this one.
    #[must_use]
    pub fn here(label: impl Into<String>, step: Step) -> Self {
        Self { label: label.into(), tone: Tone::Plain, step: Some(step), ask: Vec::new(), show: Show::Here }
    }

    /// A button whose answer only the presser sees.
    #[must_use]
    pub fn alone(label: impl Into<String>, step: Step) -> Self {
        Self { show: Show::Alone, ..Self::here(label, step) }
    }

    /// A button whose answer stands beside this one.
    #[must_use]
    pub fn beside(label: impl Into<String>, step: Step) -> Self {
        Self { show: Show::Beside, ..Self::here(label, step) }
    }

    /// A button that takes the controls away and does nothing.
    #[must_use]
    pub fn cancel(label: impl Into<String>) -> Self {
        Self { label: label.into(), tone: Tone::Plain, step: None, ask: Vec::new(), show: Show::Here }
    }

    /// In another tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Asking for these options of its command in a form first.
    #[must_use]
    pub fn asking(mut self, options: &[&'static str]) -> Self {
        self.ask = options.to_vec();
        self
    }
}

impl From<Button> for Control {
    fn from(button: Button) -> Self {
        Self::Button(button)
    }
}

/// Buttons to the page before and the page after, of a command that has an option `page`.
#[must_use]
pub fn pages(path: &str, call: &Call<'_>, page: usize, of: usize) -> Vec<Control> {
    let to = |page: usize| {
        Step::again(path, call.args).without("chart").whole("page", i64::try_from(page).unwrap_or(1))
    };
    let mut controls = Vec::new();
    if page > 1 && of > 1 {
        controls.push(Button::here("◀ Previous", to((page - 1).min(of))).into());
    }
    if page < of {
        controls.push(Button::here(format!("Next ({} of {of}) ▶", page + 1), to(page + 1)).into());
    }
    controls
}

/// What a destructive command offers before it does anything: the same call with `confirm:yes`.
#[must_use]
pub fn confirm(label: impl Into<String>, path: &str, call: &Call<'_>) -> Vec<Control> {
    let step = Step::again(path, call.args).yes("confirm");
    vec![Button::here(label, step).tone(Tone::Danger).into(), Button::cancel("Leave it").into()]
}
