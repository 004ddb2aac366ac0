//! Whose own words a text is: an authority's, told by its headline, or the signatory of an order.

use crate::article::Article;
use crate::caseless;
use crate::document::{BlockKind, Document};
use crate::grammar::classes::Classes;
use crate::grammar::lower::Lower;
use crate::lexicon::Lexicon;
use crate::mention::{Entity, Mention, Mentions, mentions};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::state::StateCode;
use crate::surroundings::{in_text, named_in};
use crate::who::{Who, WhoKind};

/// The authority behind a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Author {
    /// A text of an authority in its own voice.
    pub(crate) official: bool,
    /// An order, written in the first person.
    pub(crate) order: bool,
    /// The state of that authority.
    pub(crate) state: Option<StateCode>,
    /// Who says "I" in an order; the body whose announcement or release it is.
    pub(crate) signatory: Option<Who>,
}

/// How many sentences open a text.
const OPENING: usize = 4;
/// Most words of a signature.
const SIGNATURE: usize = 5;

impl Author {
    /// Reads headline, publisher, first sentence and signature.
    pub(crate) fn read(
        article: &Article<'_>,
        doc: &Document<'_>,
        classes: &Classes,
        who: &[Vec<Who>],
        sides: &[StateCode],
    ) -> Self {
        let title = article.title.unwrap_or("");
        let publisher = article.publisher.unwrap_or("");
        let lower = format!("{title} {publisher}").to_lowercase();
        let words: Vec<Lower> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(Lower::new).collect();
        let headed = classes.get("official_title").is_some_and(|phrases| phrases.stand_in(&words));
        let order = preamble(doc).is_some();
        let released = released(doc, who)
            .or_else(|| agency(doc, who))
            .or_else(|| announced(title, doc, &words))
            .or_else(|| issued(doc));
        if !headed && !order && released.is_none() {
            return Self::default();
        }
        let issues = || ISSUES.iter().any(|word| words.iter().any(|w| w == *word));
        let house = || released.clone().or_else(|| house(title, who).filter(|_| issues()));
        let signatory = if order {
            signature(doc).or_else(|| in_own_name(doc)).or_else(|| enacting(doc))
        } else {
            house()
        };
        let speech = ["Remarks by", "Speech by", "Address by", "Testimony of"]
            .iter()
            .any(|lead| title.starts_with(lead));
        let speaker = |w: &&Who| matches!(w.kind, WhoKind::Body | WhoKind::Person | WhoKind::Authority);
        let state = signatory
            .as_ref()
            .and_then(|s| s.country)
            // "By the authority vested in me by the laws of the United States": whose laws they are.
            .or_else(|| if order { lawgiver(doc, who) } else { None })
            .or_else(|| state_in(publisher))
            .or_else(|| body_in(title, who))
            .or_else(|| state_in(title))
            // "Remarks by the Trade Commissioner": not whoever the speech happens to name.
            .or_else(|| {
                let titled = |w: &Who| w.name.as_ref().is_some_and(|name| title.contains(name.as_str()));
                let mut said = who.iter().flatten().filter(|w| speaker(w) && (!speech || titled(w)));
                said.find_map(|w| w.country)
            })
            .or_else(|| {
                let mut sides = sides.iter().copied().filter(|_| !speech);
                sides.find(|code| goods_of(title) != Some(*code))
            });
        Self { official: true, order, state, signatory }
    }
}

/// What an authority calls a paper in which it acts by itself.
const ISSUES: &[&str] = &["announcement", "announces", "notice", "release"];

/// The body that a headline names as the one who announces.
fn house(title: &str, who: &[Vec<Who>]) -> Option<Who> {
    let named = |w: &&Who| {
        w.kind == WhoKind::Body
            && w.is("official")
            && w.country.is_some()
            && w.name.as_ref().is_some_and(|name| name.contains(' '))
            && w.name.as_ref().is_some_and(|name| {
                title.contains(name.as_str())
                    || title.starts_with("USTR ") && name.ends_with("Trade Representative")
            })
    };
    // "The Customs Commission of the State Council", not the council.
    let length = |w: &&Who| w.name.as_ref().map_or(0, |name| name.len());
    who.iter().flatten().filter(named).rev().max_by_key(length).cloned()
}

/// "Today, the Department of Example added …", "The Department of Example today added …": the release of
/// a body of government, which speaks of the day it comes out.
fn released(doc: &Document<'_>, who: &[Vec<Who>]) -> Option<Who> {
    let (sentence, named) = doc.sentences.iter().zip(who).next()?;
    let body = named.iter().find(|w| w.kind == WhoKind::Body && w.is("official") && w.country.is_some())?;
    let lead = doc.slice(Span::new(sentence.span.start, body.span.start)).trim_end();
    let lead = lead.strip_suffix("the").or_else(|| lead.strip_suffix("The")).unwrap_or(lead).trim_end();
    let behind = doc.slice(Span::new(body.span.end, sentence.span.end)).trim_start();
    let behind = match behind.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.trim_start(),
        None => behind,
    };
    let opens = lead.ends_with("Today,") || lead.ends_with("Today") || behind.starts_with("today ");
    opens.then(|| body.clone())
}

/// "AGENCY: Department of Example.": the house whose notice it is, named in one of its first lines.
fn agency(doc: &Document<'_>, who: &[Vec<Who>]) -> Option<Who> {
    let opens = |sentence: &Sentence| {
        let line = doc.slice(sentence.span);
        line.starts_with("AGENCY:") || line.starts_with("Agency:")
    };
    let mut lines = doc.sentences.iter().zip(who).take(OPENING);
    let (_, named) = lines.find(|(sentence, _)| opens(sentence))?;
    named.iter().find(|w| w.kind == WhoKind::Body && w.is("official") && w.country.is_some()).cloned()
}

/// "Issued by the Revenue Authority, Harare, 10 March 2026", on the last line: whose circular it is.
fn issued(doc: &Document<'_>) -> Option<Who> {
    let last = doc.blocks.last()?.span;
    let line = doc.slice(last);
    let signs = ["Issued by ", "Published by ", "By order of "].iter().any(|lead| line.starts_with(lead));
    let house = |w: &Who| w.kind == WhoKind::Body && w.is("official") && w.country.is_some();
    let signed = if signs { named_in(line).into_iter().find(house)? } else { return None };
    let at = signed.name_span.unwrap_or(signed.span);
    Some(in_text(signed, Span::new(last.start + at.start, last.start + at.end)))
}

/// "Chile's Ministry of Transport announced new dues", above a text that lays them down and quotes nobody:
/// whose announcement it is.
fn announced(title: &str, doc: &Document<'_>, words: &[Lower]) -> Option<Who> {
    let tells =
        words.iter().any(|w| ["announced", "issued", "published", "released"].iter().any(|t| w == *t));
    if !tells || !enacts(doc) {
        return None;
    }
    let body = |w: &Who| w.kind == WhoKind::Body && w.is("official") && w.country.is_some();
    let named = named_in(title).into_iter().find(body)?;
    Some(in_text(named, doc.sentences.first()?.span))
}

/// Words by which an authority tells on what its act rests, in a text that reports nobody's words.
fn enacts(doc: &Document<'_>) -> bool {
    const GROUNDS: &[&str] = &[
        "in accordance with the",
        "pursuant to",
        "with the approval of",
        "it has been decided",
        "shall take effect",
    ];
    let words = || doc.sentences.iter().map(|s| doc.slice(s.span));
    let grounds = |words: &str| GROUNDS.iter().any(|ground| caseless::contains(words, ground));
    let quotes = |words: &str| [" said", " told ", " says"].iter().any(|verb| words.contains(verb));
    words().take(OPENING).any(grounds) && !words().any(quotes)
}

/// The state of the body that a headline names without its country, where the text tells it.
pub(crate) fn body_in(title: &str, who: &[Vec<Who>]) -> Option<StateCode> {
    let named = |w: &&Who| {
        w.kind == WhoKind::Body
            && w.country.is_some()
            && w.name.as_ref().is_some_and(|name| name.contains(' ') && title.contains(name.as_str()))
    };
    who.iter().flatten().find(named).and_then(|w| w.country)
}

/// The state a headline speaks for: that of a body, person or office in it, else the one named first.
fn state_in(text: &str) -> Option<StateCode> {
    if text.is_empty() {
        return None;
    }
    // A short line without a sentence's end would count as noise.
    let text = format!("{}.", text.trim_end_matches('.'));
    let doc = Document::read(&text);
    let found = mentions(&doc, None, Lexicon::builtin());
    let state = |m: &Mention| found.parties(m, &text).into_iter().find_map(|n| n.country);
    let speaks = |m: &&Mention| {
        matches!(m.entity, Entity::Body { .. } | Entity::Person { .. } | Entity::Office { .. })
    };
    let acts = |m: &&Mention| !behind_goods(&text, m.span);
    let acting = || found.list.iter().filter(acts);
    acting().filter(speaks).find_map(state).or_else(|| acting().find_map(state))
}

/// "Duty Rates on Products of Vietnam": the state whose goods a headline speaks of, which has not written it.
fn goods_of(title: &str) -> Option<StateCode> {
    named_in(title).into_iter().find(|w| behind_goods(title, w.span)).and_then(|w| w.country)
}

/// Whether a name stands behind "products of", "imports from".
fn behind_goods(text: &str, at: Span) -> bool {
    let before = text.get(..at.start).unwrap_or("").trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let mut back = before.rsplit(' ');
    matches!(back.next(), Some("of" | "from" | "in"))
        && back.next().is_some_and(|noun| GOODS.iter().any(|word| noun.eq_ignore_ascii_case(word)))
}

/// What comes from a state.
const GOODS: &[&str] =
    &["articles", "exports", "goods", "imports", "merchandise", "originating", "products", "shipments"];

/// The words of enactment: below the title of an order, behind the recitals of a proclamation.
fn preamble(doc: &Document<'_>) -> Option<Span> {
    let opening = || doc.sentences.iter().take(OPENING).map(|s| s.span);
    let enacts = |span: &Span| {
        let words = doc.slice(*span);
        words.contains("vested in me") || words.contains("hereby")
    };
    opening().find(enacts).or_else(|| {
        let titled = |span: &Span| {
            let line = doc.slice(*span).trim_end().trim_end_matches('.');
            line.ends_with("PROCLAMATION") || line.ends_with(" a Proclamation") || line == "A Proclamation"
        };
        opening().find(titled)?;
        doc.sentences.iter().map(|s| s.span).find(|span| {
            let words = doc.slice(*span);
            words.contains("vested in me") || words.contains("do hereby proclaim")
        })
    })
}

/// The state named in the words of enactment.
fn lawgiver(doc: &Document<'_>, who: &[Vec<Who>]) -> Option<StateCode> {
    let mut enacting =
        doc.sentences.iter().zip(who).filter(|(s, _)| doc.slice(s.span).contains("vested in me"));
    enacting.find_map(|(_, who)| who.iter().find(|w| w.kind == WhoKind::State)?.country)
}

/// Who signed: a name in capitals on a line of its own near the end.
fn signature(doc: &Document<'_>) -> Option<Who> {
    let capitals = |body: &str| {
        let count = body.split_whitespace().count();
        (2..=SIGNATURE).contains(&count) && body.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    };
    let tail = doc.blocks.iter().rev().take(6);
    tail.filter(|b| b.kind != BlockKind::Item).find_map(|block| {
        let printed = doc.slice(block.span);
        if !capitals(printed) {
            return None;
        }
        let name: String = titled(printed);
        let line = format!("{name}.");
        let read = Document::read(&line);
        let found: Mentions<'_> = mentions(&read, None, Lexicon::builtin());
        let person = found.people.first().filter(|p| p.country.is_some())?;
        let preamble = preamble(doc)?;
        let printed = doc.slice(preamble);
        let office = printed.find("as President").or_else(|| printed.find(", President")).map(|at| {
            let start = preamble.start + at + printed.get(at..).and_then(|s| s.find('P')).unwrap_or(0);
            Span::new(start, start + "President".len())
        });
        Some(Who {
            span: block.span,
            kind: WhoKind::Person,
            name: Some(name.into()),
            name_span: Some(block.span),
            office: office.map(|span| doc.slice(span).into()),
            office_span: office,
            country: person.country,
            city: false,
            apart: false,
        })
    })
}

/// "I, Jane Q. Roe, President of the Republic of Example, do hereby proclaim": who speaks in an order that nobody
/// signs by name.
fn in_own_name(doc: &Document<'_>) -> Option<Who> {
    let span = preamble(doc)?;
    let printed = doc.slice(span);
    let at =
        printed.find("I, ").filter(|&at| at == 0 || printed.get(..at).is_some_and(|p| p.ends_with(' ')))? + 3;
    let length = printed.get(at..)?.find(", President")?;
    let name = printed.get(at..at + length).filter(|name| name.split_whitespace().count() <= SIGNATURE)?;
    let capitals = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let name = if capitals { titled(name) } else { name.to_owned() };
    let line = format!("{name}.");
    let read = Document::read(&line);
    let found: Mentions<'_> = mentions(&read, None, Lexicon::builtin());
    let country = found.people.first()?.country?;
    let start = span.start + at;
    let office = start + length + 2;
    let office = Span::new(office, office + "President".len());
    Some(Who {
        span: Span::new(start, start + length),
        kind: WhoKind::Person,
        name: Some(name.into()),
        name_span: Some(Span::new(start, start + length)),
        office: Some(doc.slice(office).into()),
        office_span: Some(office),
        country: Some(country),
        city: false,
        apart: false,
    })
}

/// "By the authority vested in me as President by the laws of the Republic of Example": who enacts an order
/// that nobody signs by name.
fn enacting(doc: &Document<'_>) -> Option<Who> {
    let span = preamble(doc)?;
    let printed = doc.slice(span);
    let vested = printed.find("vested in me")?;
    let laws = vested + printed.get(vested..)?.find("laws of")?;
    let country = state_in(printed.get(laws..)?)?;
    let at = vested + printed.get(vested..laws)?.find("President")?;
    let office = Span::new(span.start + at, span.start + at + "President".len());
    Some(Who {
        span: office,
        kind: WhoKind::Office,
        name: None,
        name_span: None,
        office: Some(doc.slice(office).into()),
        office_span: Some(office),
        country: Some(country),
        city: false,
        apart: false,
    })
}

/// "JANE Q. ROE" as "Jane Q. Roe".
fn titled(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.push(c)
        }
        inside = c.is_alphabetic();
    }
    out
}
