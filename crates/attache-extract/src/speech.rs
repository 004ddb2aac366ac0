//! Who has the word: turns of a transcript, words that run on behind "X said", and whom "we" means.

use std::sync::Arc;

use crate::grammar::classes::Classes;
use crate::grammar::clause::{Clauses, Range};
use crate::grammar::lower::is;
use crate::grammar::tag::{Tag, Word};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::who::{Who, WhoKind};

/// Whose words a sentence is told in, besides what it says itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    /// The speaker whose own words the sentence is: a turn, a post, remarks.
    pub(crate) own: Option<Arc<Who>>,
    /// Somebody quoted right before, whose words may run on.
    pub(crate) carried: Option<Arc<Who>>,
    /// The text is an authority's document.
    pub(crate) official: bool,
    /// The sentence stands inside quotation marks that an earlier sentence opened, or opens them.
    pub(crate) quoted: bool,
    /// Who has the word in this sentence, where a verb of saying tells it.
    pub(crate) says: Option<Arc<Who>>,
    /// The sentence opens a quotation that goes on in the next one.
    pub(crate) goes_on: bool,
}

/// The narrator's voice alone.
pub(crate) static SILENT: Voice =
    Voice { own: None, carried: None, official: false, quoted: false, says: None, goes_on: false };

/// '"It is a mistake. It must go," X said': what stands before the attribution is in the same words.
pub(crate) fn hear_ahead<'v>(voices: impl Iterator<Item = (&'v mut Voice, usize)>) {
    // From the last sentence to the first: whose words end here, and in which block.
    let mut speaker: Option<(Arc<Who>, usize)> = None;
    for (voice, block) in voices {
        let ends = voice.says.clone().map(|who| (who, block));
        if voice.goes_on && ends.is_none() && voice.own.is_none() && voice.carried.is_none() {
            voice.carried = speaker.as_ref().filter(|(_, at)| *at == block).map(|(who, _)| who.clone());
            continue;
        }
        speaker = ends;
    }
}

/// What the sentences read so far leave behind.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    official: bool,
    /// The authority whose document it is: its "we".
    author: Option<Arc<Who>>,
    saying: Option<(Arc<Who>, usize)>,
    colon: bool,
    open: bool,
    block: Option<usize>,
}

impl Speech {
    /// Nothing heard yet, in an authority's document or in a narrator's text.
    pub(crate) fn new(official: bool, author: Option<Who>) -> Self {
        Self { official, author: author.map(Arc::new), ..Self::default() }
    }

    /// Tells whose words the sentence is, and adds the speaker to `who` where it says "we" or "I".
    pub(crate) fn hear(
        &mut self,
        text: &str,
        sentence: &Sentence,
        (words, clauses): (&[Word], &Clauses),
        who: &mut Vec<Who>,
        own: Option<&Arc<Who>>,
        classes: &Classes,
    ) -> Voice {
        let body = sentence.span.of(text).unwrap_or("");
        let starts_quote = body.starts_with(['“', '"', '‘']);
        if self.block != Some(sentence.block) {
            if !(self.colon && starts_quote) {
                self.saying = None;
            }
            self.open = false;
            self.block = Some(sentence.block);
        }
        let mut voice = Voice {
            own: own.cloned(),
            carried: self.saying.as_ref().map(|(who, _)| who.clone()),
            official: self.official,
            quoted: self.open || starts_quote,
            says: None,
            goes_on: starts_quote && open_end(body),
        };
        let mut added = Vec::new();
        for group in &clauses.groups {
            let Some(subject) = group.subject else { continue };
            let first_person = pronoun(words, subject).filter(|w| is!(w.lower, "we" | "i"));
            let plain = !voice.quoted && !body.starts_with(['“', '"']);
            // "The premier said the talks were useful. I am ready to go on": no "I" of the document's.
            let speaker = voice.says.as_ref().or(voice.carried.as_ref());
            let author = self.author.as_ref().map(|author| speaker.unwrap_or(author));
            let own = own.or(author.filter(|_| plain));
            if let (Some(word), Some(own)) = (first_person, own) {
                added.push(Who { span: word.span, name_span: Some(word.span), ..Who::clone(own) });
            }
            // '"Why now?" the spokesperson asked.'
            let asks = starts_quote && group.lemma == "ask";
            // "The council announced fees": an act, not words that could run on.
            let acts = group.lemma == "announce" && group.theme.is_some();
            // "The other side should acknowledge the progress": not said yet.
            let bidden = matches!(group.modal.as_deref(), Some("should" | "must" | "ought"));
            let may = !group.passive && !acts && !bidden && (group.finite || body.ends_with(':'));
            if may
                && (asks || classes.has("say", &group.lemma))
                && let Some(first) = within(who, words, subject)
            {
                let first = Arc::new(first.clone());
                self.saying = Some((Arc::clone(&first), sentence.block));
                voice.says = Some(first);
                voice.carried = None;
            }
        }
        for extra in added {
            if !who.iter().any(|w| w.span == extra.span) {
                who.push(extra);
            }
        }
        who.sort_by_key(|w| w.span.start);
        let (opened, closed) =
            if body.is_ascii() { (0, 0) } else { (body.matches('“').count(), body.matches('”').count()) };
        self.open = if opened == closed { self.open && opened == 0 } else { opened > closed };
        self.colon = body.ends_with(':');
        voice
    }
}

/// Whether a quotation that the sentence opens is still open at its end.
fn open_end(body: &str) -> bool {
    let count = |mark: char| body.matches(mark).count();
    count('“') > count('”') || body.starts_with('"') && count('"') % 2 == 1
}

/// The one pronoun a subject consists of.
fn pronoun(words: &[Word], subject: Range) -> Option<&Word> {
    let alone = subject.1 == subject.0 + 1;
    words.get(subject.0).filter(|w| alone && w.tag == Tag::Pron)
}

/// The first party that a range of words names.
fn within<'w>(who: &'w [Who], words: &[Word], range: Range) -> Option<&'w Who> {
    let start = words.get(range.0)?.span.start;
    let end = words.get(range.1.checked_sub(1)?)?.span.end;
    let span = Span::new(start, end);
    who.iter().find(|w| span.contains(w.span) && !matches!(w.kind, WhoKind::Adjective | WhoKind::Place))
}
