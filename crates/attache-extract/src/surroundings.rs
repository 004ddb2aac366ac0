//! Mentions and times of a text, brought into the shape the event builder reads.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::article::Article;
use crate::author::body_in;
use crate::caseless;
use crate::document::{Block, BlockKind, Document};
use crate::lexicon::{Lexicon, StateForm};
use crate::mention::{Entity, Mention, Mentions, Named, Person, Use, mentions};
use crate::sentence::Sentence;
use crate::span::Span;
use crate::state::StateCode;
use crate::time::{Reference, Timex, timexes_below};
use crate::timing::Timing;
use crate::who::{self, Who, WhoKind};

/// What is named where, per sentence.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) who: Vec<Vec<Who>>,
    pub(crate) times: Vec<Vec<Timing>>,
    /// Topics per sentence, with the words that name them.
    pub(crate) topics: Vec<Vec<(&'static str, Span)>>,
    /// Per sentence of a list, the one state that the heading above it names.
    pub(crate) sections: Vec<Option<StateCode>>,
    /// Per sentence, the one state by which its passage is labelled.
    pub(crate) labels: Vec<Option<StateCode>>,
    /// Whose duties the passages labelled by states tell of, where whoever pays is each the label.
    pub(crate) ledger: Option<StateCode>,
    /// The two states the article is about.
    pub(crate) sides: Vec<StateCode>,
    /// Per sentence of a briefing, the two states that its question is about.
    pub(crate) exchanges: Vec<Option<[StateCode; 2]>>,
    /// Who has the word in each block of a transcript, where it is somebody of a state.
    pub(crate) speakers: Vec<Option<Arc<Who>>>,
}

/// Everything named in the document and its headline.
pub(crate) fn read(doc: &Document<'_>, article: &Article<'_>) -> Seen {
    let found = mentions(doc, article.title, Lexicon::builtin());
    let count = doc.sentences.len();
    let mut seen = Seen {
        who: Vec::with_capacity(count),
        times: times(doc, article),
        topics: Vec::with_capacity(count),
        sides: found.sides.map(|s| s.to_vec()).unwrap_or_default(),
        exchanges: found.exchanges.clone(),
        ..Seen::default()
    };
    let mut topics = found.topics.as_slice();
    for index in 0..count {
        let mentioned = found.of_sentence(index);
        let mut named = Vec::with_capacity(mentioned.len());
        mentioned.iter().for_each(|m| add_named(&found, m, article.text, &mut named));
        // "US$100" is a sum.
        named.retain(|w| !article.text.get(w.span.end..).is_some_and(|rest| rest.starts_with('$')));
        both_of(&mut named);
        seen.who.push(named);
        let own = taken(&mut topics, |t| t.sentence <= index);
        seen.topics.push(own.iter().map(|topic| (topic.name, topic.span)).collect());
    }
    let named = |code: &StateCode| seen.who.iter().flatten().any(|w| w.country == Some(*code));
    if !seen.sides.iter().all(named) {
        seen.sides.clear();
    }
    let mut others = crate::namesake::part_of_a_name(article.text, &mut seen.who);
    others.extend(crate::namesake::set_aside(article.text, &mut seen.who));
    if seen.sides.iter().any(|code| others.contains(code)) {
        seen.sides.clear();
    }
    seen.speakers = speakers(doc, article.title.unwrap_or(""), &found, &seen);
    seen.labels = by_block(doc, |sentence| label(doc, sentence, &seen.who));
    seen.ledger = ledger(article.title.unwrap_or(""), &seen);
    seen.sections = by_block(doc, |sentence| section(doc, sentence, &seen.who));
    seen
}

/// "The Commission has called on Washington to keep to what the two sides agreed": where a sentence names
/// two states before it speaks of both, it means these.
fn both_of(named: &mut [Who]) {
    let Some(pair) = named.iter().find(|w| w.kind == WhoKind::Pair).map(|w| w.span) else { return };
    let mut told: Vec<StateCode> = Vec::new();
    for one in named.iter().filter(|w| w.span.end <= pair.start) {
        let acts = matches!(one.kind, WhoKind::State | WhoKind::Person | WhoKind::Body | WhoKind::Authority);
        let Some(code) = one.country.filter(|_| acts) else { continue };
        if !told.contains(&code) {
            told.push(code);
        }
    }
    let [a, b] = *told.as_slice() else { return };
    let of_pair = named.iter().filter(|w| w.kind == WhoKind::Pair && w.span == pair);
    if of_pair.count() != 2 {
        return;
    }
    let halves = named.iter_mut().filter(|w| w.kind == WhoKind::Pair && w.span == pair);
    for (half, code) in halves.zip([a, b]) {
        if half.country != Some(code) {
            half.country = Some(code);
            half.name = Some(state_name(code).into_owned().into());
        }
    }
}

/// Who has the word in each block.
fn speakers(doc: &Document<'_>, title: &str, found: &Mentions<'_>, seen: &Seen) -> Vec<Option<Arc<Who>>> {
    let headline = || named_in(title);
    if !doc.blocks.iter().any(|b| b.kind == BlockKind::Turn || quoted_item(doc, b)) {
        let speaker = if remarks(doc, title) { answerer(title, &headline(), seen) } else { None };
        let speaker = speaker.filter(|w| w.country.is_some());
        let speaks = |b: &Block| {
            let first = doc.sentences.get(b.sentences.0).filter(|_| b.kind != BlockKind::Noise)?;
            Some(Arc::new(in_text(speaker.clone()?, first.span)))
        };
        return doc.blocks.iter().map(speaks).collect();
    }
    let cast = found.cast();
    let headline = headline();
    let mut named: BTreeMap<&str, &Who> = BTreeMap::new();
    for who in seen.who.iter().flatten().chain(&headline).filter(|w| w.country.is_some()) {
        if let Some(name) = who.name.as_deref() {
            named.entry(name).or_insert(who);
        }
    }
    let answerer = answerer(title, &headline, seen)
        .filter(|w| w.country.is_some())
        .or_else(|| asked(doc, seen))
        .or_else(|| briefs(title, &headline));
    let person = |printed: &str| cast.find(printed).and_then(|at| found.people.get(at));
    doc.blocks
        .iter()
        .map(|block| {
            let spoken = turn(doc, block, answerer.as_ref(), &person, &named);
            spoken.or_else(|| led_in(doc, block, &seen.who)).map(Arc::new)
        })
        .collect()
}

/// Most bytes of the label in front of what is quoted in an item.
const TOPIC: usize = 80;

/// "- Minister Roe: “We have agreed.”", "- On prices: “They will fall.”": an item that quotes somebody.
fn quoted_item(doc: &Document<'_>, block: &Block) -> bool {
    let Some(sign) = block.prefix.filter(|_| block.kind == BlockKind::Item) else { return false };
    let label = doc.slice(Span::new(sign.start, block.span.end));
    let at = [": “", ": \""].iter().filter_map(|mark| label.find(mark)).min();
    at.is_some_and(|at| at <= TOPIC && label.get(..at).is_some_and(|label| !label.contains(['“', '"', '.'])))
}

/// "Minister Roe then told reporters: / - On prices: “They will fall.”": who is quoted by topic is the one
/// official whom the line above the list names.
fn led_in(doc: &Document<'_>, block: &Block, who: &[Vec<Who>]) -> Option<Who> {
    let topic = block.speaker.is_none() && quoted_item(doc, block);
    let line = doc.blocks.iter().rfind(|b| b.span.end <= block.span.start && b.kind != BlockKind::Item)?;
    let leads = topic && doc.slice(line.span).ends_with(':');
    let last = line.sentences.1.checked_sub(1).filter(|_| leads)?;
    let mut people = who.get(last)?.iter().filter(|w| w.kind == WhoKind::Person && w.country.is_some());
    let speaker = people.next()?;
    people.all(|other| other.name == speaker.name).then(|| speaker.clone())
}

/// Who answers in a text that names no speaker: whom the headline names.
fn answerer(title: &str, headline: &[Who], seen: &Seen) -> Option<Who> {
    let rank = |w: &&Who| match w.kind {
        WhoKind::Person => 0,
        WhoKind::Office => 1,
        WhoKind::Body => 2,
        _ => 3,
    };
    let head =
        headline.iter().filter(|w| rank(w) < 3 && (rank(w) > 0 || w.country.is_some())).min_by_key(rank)?;
    // "A Ministry of Mines spokesperson answers questions on the ruling of a Peruvian court": of the house
    // named next to the office.
    let gap = |w: &Who| w.span.start.max(head.span.start).saturating_sub(w.span.end.min(head.span.end));
    let house = headline.iter().filter(|w| w.kind == WhoKind::Body && w.country.is_some());
    let house = house.min_by_key(|w| gap(w)).and_then(|w| w.country);
    let country = head.country.or(house).or_else(|| body_in(title, &seen.who));
    Some(Who { country, ..head.clone() })
}

/// "Trade Ministry Spokesperson's Remarks on the New Dues", above a text that quotes nobody: a speech of
/// one voice.
fn remarks(doc: &Document<'_>, title: &str) -> bool {
    let spoken = ["spokesperson", "spokesman", "spokeswoman"].iter().any(|w| caseless::contains(title, w))
        && ["remarks", "statement", "comment"].iter().any(|w| caseless::contains(title, w));
    let quotes = |s: &Sentence| {
        [" said", " told ", " says", " stated", "“We"].iter().any(|verb| doc.slice(s.span).contains(verb))
    };
    spoken && !doc.sentences.iter().any(quotes)
}

/// Who answers where no headline tells it: whom the first question is put to. "What is Chile's comment?",
/// "Does the Ministry of Mines have a comment?"
fn asked(doc: &Document<'_>, seen: &Seen) -> Option<Who> {
    let question = |s: &&Sentence| {
        doc.block_of(s).is_some_and(|b| b.kind == BlockKind::Question) && doc.slice(s.span).ends_with('?')
    };
    let all = doc.sentences.iter().enumerate().filter(|(_, s)| question(s));
    all.filter_map(|(at, s)| seen.who.get(at).map(|who| (s, who))).find_map(|(sentence, who)| {
        let put = |w: &&Who| {
            let before = doc.slice(Span::new(sentence.span.start, w.span.start)).trim_end();
            let before = before.strip_suffix("the").unwrap_or(before).trim_end();
            let behind = doc.slice(Span::new(w.span.end, sentence.span.end)).trim_start();
            let opens = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
            let owns = behind.strip_prefix("'s ").or_else(|| behind.strip_prefix("’s "));
            let has = behind.strip_prefix("have any ").or_else(|| behind.strip_prefix("have a "));
            let view = |rest: &str| {
                rest.split([' ', '?']).take(3).any(|word| VIEWS.contains(&word.trim_matches(',')))
            };
            owns.is_some_and(view) && opens(&["is", "are", "What's", "what's"])
                || has.is_some_and(view) && opens(&["Does", "does"])
        };
        let speaks = |w: &&Who| matches!(w.kind, WhoKind::State | WhoKind::Body) && w.country.is_some();
        who.iter().find(|w| speaks(w) && put(w)).cloned()
    })
}

/// "Press briefing, Islamabad, May 5": the one seat of government that a headline names beside a briefing is
/// that of whoever answers there.
fn briefs(title: &str, headline: &[Who]) -> Option<Who> {
    let briefing = ["briefing", "press conference"].iter().any(|noun| caseless::contains(title, noun));
    let [one] = headline else { return None };
    let seat = named_in(&format!("{} said so.", one.span.of(title)?));
    let seat = seat.into_iter().find(|w| w.kind == WhoKind::State && w.country.is_some());
    seat.filter(|_| briefing).map(|w| Who { country: one.country.or(w.country), ..w })
}

/// What an authority is asked for.
const VIEWS: &[&str] = &[
    "assessment",
    "comment",
    "comments",
    "consideration",
    "considerations",
    "position",
    "reaction",
    "reply",
    "response",
    "stance",
    "take",
    "view",
    "views",
];

/// The speaker of a turn: a person or body of the text, or whom the headline names.
fn turn<'p>(
    doc: &Document<'_>,
    block: &Block,
    answerer: Option<&Who>,
    person: &impl Fn(&str) -> Option<&'p Person>,
    named: &BTreeMap<&str, &Who>,
) -> Option<Who> {
    let at = block.speaker.filter(|_| block.kind == BlockKind::Turn || quoted_item(doc, block))?;
    let printed = doc.slice(at);
    let here = |who: Who| in_text(who, at);
    let lower = printed.to_lowercase();
    let answers = matches!(lower.as_str(), "a" | "answer" | "official" | "the official")
        || ["spokesperson", "spokesman", "spokeswoman"].iter().any(|word| lower.ends_with(word));
    if answers {
        // "Ministry of Commerce Spokesperson: …" tells whose; "A: …" does not.
        let house = named_in(printed).into_iter().find(|w| w.country.is_some());
        return house.or_else(|| answerer.cloned()).map(here);
    }
    // "Secretary Roe": a title and one part of the name.
    let last = printed.rsplit(' ').next().filter(|part| *part != printed);
    if let Some(person) = person(printed).or_else(|| last.and_then(person)) {
        let office = person.office.clone();
        let printed = office.as_ref().map(|(words, _)| words.as_str());
        return Some(Who {
            span: at,
            kind: WhoKind::Person,
            apart: who::apart(WhoKind::Person, None, printed),
            name: Some(SmolStr::new(&person.name)),
            name_span: Some(at),
            office_span: office.as_ref().and_then(|(_, span)| *span),
            office: office.map(|(words, _)| words.into()),
            country: person.country,
            city: false,
        });
    }
    // "AMBASSADOR ROE" in the briefing of Jane Roe: the one person of that surname.
    let surname = |who: &&&Who| {
        let own = who.name.as_deref().and_then(|name| name.rsplit(' ').next());
        who.kind == WhoKind::Person
            && own.zip(last).is_some_and(|(own, last)| own.to_lowercase() == last.to_lowercase())
    };
    let mut namesakes = named.values().filter(surname);
    let only = namesakes.next().filter(|one| namesakes.all(|other| other.name == one.name));
    named
        .get(printed)
        .or(only)
        .map(|who| (*who).clone())
        .or_else(|| named_in(&uncapitalised(printed)).into_iter().find(|w| w.country.is_some()))
        .map(here)
}

/// "AMBASSADOR ROE" as "Ambassador Roe": transcripts print who speaks in capitals.
fn uncapitalised(printed: &str) -> Cow<'_, str> {
    if printed.chars().any(char::is_lowercase) {
        return Cow::Borrowed(printed);
    }
    let mut out = String::with_capacity(printed.len());
    for word in printed.split_inclusive([' ', '-', '.']) {
        let mut letters = word.chars();
        out.extend(letters.next());
        out.extend(letters.flat_map(char::to_lowercase));
    }
    Cow::Owned(out)
}

/// What goes for each sentence, read once for all of the same block.
fn by_block<T: Copy>(doc: &Document<'_>, read: impl Fn(&Sentence) -> T) -> Vec<T> {
    let mut last = None;
    let told = |sentence: &Sentence| {
        let known = last.filter(|(block, _)| *block == sentence.block);
        let (_, told) = *last.insert(known.unwrap_or_else(|| (sentence.block, read(sentence))));
        told
    };
    doc.sentences.iter().map(told).collect()
}

/// The one state named in the heading above an item.
fn section(doc: &Document<'_>, sentence: &Sentence, who: &[Vec<Who>]) -> Option<StateCode> {
    let block = doc.block_of(sentence).filter(|b| b.kind == BlockKind::Item)?;
    let line = doc.blocks.get(..sentence.block)?.iter().rfind(|b| b.kind != BlockKind::Item);
    let colon = |b: &&Block| doc.slice(b.span).ends_with(':');
    let leads = line.filter(colon).and_then(|b| Some((b.sentences.1.checked_sub(1)?, b.sentences.1)));
    let headed = || {
        let above = block.section?;
        let at = doc.blocks.partition_point(|b| b.span.start < above.start);
        let heading = doc.blocks.get(at).filter(|b| b.kind == BlockKind::Heading && b.span == above)?;
        Some(heading.sentences)
    };
    let only = |(from, to): (usize, usize)| one_state(who.get(from..to)?.iter().flatten());
    leads.and_then(only).or_else(|| headed().and_then(only))
}

/// The one state that the label of a passage names: "**Turkey.** Its duties …".
fn label(doc: &Document<'_>, sentence: &Sentence, who: &[Vec<Who>]) -> Option<StateCode> {
    let block = doc.block_of(sentence)?;
    if let Some(code) = named_line(doc, block, who).or_else(|| headed_by(doc, block, who)) {
        return Some(code);
    }
    let label = doc.run_in(block)?;
    one_state(who.get(block.sentences.0)?.iter().filter(|w| label.contains(w.span)))
}

/// "What Washington charges, country by country", above passages each labelled by a state: the one state named
/// before the first label that is none of the labels.
fn ledger(title: &str, seen: &Seen) -> Option<StateCode> {
    let labels = || seen.labels.iter().flatten();
    let mut distinct: Vec<StateCode> = labels().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < LEDGER {
        return None;
    }
    let first = seen.labels.iter().position(Option::is_some)?;
    let lead = seen.who.get(..first)?.iter().flatten().filter_map(|w| w.country);
    let headline = named_in(title);
    let named = lead.chain(headline.iter().filter_map(|w| w.country));
    let mut named = named.filter(|code| distinct.binary_search(code).is_err());
    let one = named.next()?;
    named.all(|code| code == one).then_some(one)
}

/// How many states label passages of a ledger at least.
const LEDGER: usize = 3;

/// "Turkey. Its duties …": a state and no more, in front of what a passage tells.
fn named_line(doc: &Document<'_>, block: &Block, who: &[Vec<Who>]) -> Option<StateCode> {
    let (from, to) = block.sentences;
    let first = doc.sentences.get(from).filter(|_| from + 1 < to)?;
    let line = doc.slice(first.span).trim_end_matches(['.', ':']);
    let line = line.strip_prefix("The ").unwrap_or(line);
    let named = who.get(from)?.iter().find(|w| !w.city && doc.slice(w.span) == line)?;
    named.country
}

/// The state that alone makes up the heading above a paragraph.
fn headed_by(doc: &Document<'_>, block: &Block, who: &[Vec<Who>]) -> Option<StateCode> {
    let above = block.section.filter(|_| block.kind == BlockKind::Body)?;
    let at = doc.blocks.partition_point(|b| b.span.start < above.start);
    let heading = doc.blocks.get(at).filter(|b| b.kind == BlockKind::Heading && b.span == above)?;
    let line = doc.slice(above).trim();
    let line = line.strip_prefix("The ").unwrap_or(line);
    let named = who.get(heading.sentences.0)?.iter().find(|w| !w.city && doc.slice(w.span) == line)?;
    named.country
}

/// The one state of all that are named.
fn one_state<'w>(named: impl Iterator<Item = &'w Who>) -> Option<StateCode> {
    let mut states = named.filter_map(|w| w.country);
    let first = states.next()?;
    states.all(|other| other == first).then_some(first)
}

/// Words that make a collective an authority.
const AUTHORITIES: &[&str] = &[
    "authorities",
    "officials",
    "government",
    "administration",
    "regulators",
    "negotiators",
    "lawmakers",
    "side",
    "ministers",
    "diplomats",
    "leaders",
    "customs",
    "delegation",
    "delegations",
    "teams",
    "envoys",
    "emissaries",
    "presidents",
    "premiers",
    "commissioners",
    "governments",
    "staff",
    "envoys",
    "commissioners",
    "representatives",
];

/// Whether a collective is an authority, by its noun as printed or else by its words.
fn authority(noun: Option<&str>, words: &str) -> bool {
    match noun {
        Some(noun) => AUTHORITIES.iter().any(|a| noun.ends_with(a)),
        None => AUTHORITIES.iter().any(|a| caseless::ends_with(words, a)),
    }
}

/// Words behind "the Chinese" that show it to be the nation itself.
const OF_PEOPLE: &[&str] = &[
    "have",
    "had",
    "are",
    "were",
    "will",
    "would",
    "did",
    "do",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "also",
    "agreed",
    "said",
    "say",
    "want",
    "wanted",
    "insist",
    "insisted",
    "offered",
    "promised",
    "pledged",
    "committed",
    "retaliated",
    "responded",
    "replied",
    "refused",
    "accepted",
    "began",
    "met",
    "took",
    "gave",
    "made",
    "bought",
    "sold",
    "asked",
    "called",
    "came",
    "know",
    "knew",
    "undertook",
    "consented",
    "vowed",
];

/// "The Chinese have agreed": the nation, not something of it.
fn as_people(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|before| before.split_whitespace().next_back());
    let the = before.is_some_and(|word| word.trim_start_matches(['“', '"', '(']).eq_ignore_ascii_case("the"));
    let after = || text.get(span.end..).and_then(|after| after.split([' ', '\n']).nth(1)).unwrap_or("");
    the && text.get(span.end..).is_some_and(|after| after.starts_with(' ')) && OF_PEOPLE.contains(&after())
}

/// Adds whom a mention names to `out`.
fn add_named(found: &Mentions<'_>, mention: &Mention, text: &str, out: &mut Vec<Who>) {
    let whole = found.whole(mention, text);
    let parties = if whole.is_some() { Vec::new() } else { found.parties(mention, text) };
    let words = mention.span.of(text).unwrap_or("");
    let kind = match &mention.entity {
        // "the Chinese side" is China.
        Entity::State { form: StateForm::Adjective, .. } if caseless::ends_with(words, " side") => {
            WhoKind::State
        }
        Entity::State { form: StateForm::Adjective, .. } if as_people(text, mention.span) => WhoKind::State,
        Entity::State { form: StateForm::Adjective, .. } => WhoKind::Adjective,
        Entity::State { form: StateForm::People, .. } => WhoKind::State,
        Entity::State { .. } if mention.used == Use::Place => WhoKind::Place,
        Entity::State { .. } => WhoKind::State,
        Entity::Body { name, .. } if Lexicon::builtin().companies.contains(name) => WhoKind::Firm,
        Entity::Body { .. } => WhoKind::Body,
        Entity::Office { .. } if parties.iter().all(|p| p.name.is_none()) => WhoKind::Office,
        Entity::Office { .. } | Entity::Person { .. } => WhoKind::Person,
        Entity::Group { noun, .. } if authority(noun.and_then(|n| n.of(text)), words) => WhoKind::Authority,
        // "between the countries": those named before, no party of its own.
        Entity::Group { country: None, .. }
            if words.eq_ignore_ascii_case("countries") || words.eq_ignore_ascii_case("nations") =>
        {
            return;
        }
        Entity::Group { .. } => WhoKind::Group,
        Entity::Sides { .. } if parties.is_empty() => WhoKind::Pair,
        Entity::Sides { office: None, .. } => return out.extend(parties.into_iter().map(side)),
        Entity::Sides { .. } => return out.extend(parties.into_iter().map(office_of_side)),
        Entity::Place { .. } => WhoKind::Place,
    };
    let (name, office, told, name_span, office_span) = match (whole, parties.into_iter().next()) {
        (Some((name, country)), _) => (name.map(SmolStr::from), None, country, Some(mention.span), None),
        (None, Some(one)) => (
            one.name.map(SmolStr::from),
            one.office.map(SmolStr::from),
            one.country,
            Some(one.span),
            one.office_span,
        ),
        (None, None) => (None, None, None, None, None),
    };
    let american = || caseless::starts_with(words, "united states").then_some(StateCode::US);
    let country = match &mention.entity {
        Entity::Place { country, .. } => *country,
        _ => told.or_else(american),
    };
    let city =
        matches!(&mention.entity, Entity::Place { .. } | Entity::State { form: StateForm::Capital, .. });
    let apart = who::apart(kind, name.as_deref(), office.as_deref());
    out.push(Who { span: mention.span, kind, name, name_span, office, office_span, country, city, apart });
}

/// "both sides": each of the two.
fn side(one: Named) -> Who {
    Who { kind: WhoKind::Pair, ..office_of_side(one) }
}

/// "the two presidents": each is a party of its own.
fn office_of_side(one: Named) -> Who {
    let kind = if one.name.is_some() { WhoKind::Person } else { WhoKind::Office };
    Who {
        span: one.span,
        kind,
        apart: who::apart(kind, None, one.office.as_deref()),
        name_span: one.name.as_ref().map(|_| one.span),
        name: one.name.map(SmolStr::from),
        office: one.office.map(SmolStr::from),
        office_span: one.office_span,
        country: one.country,
        city: false,
    }
}

/// Somebody whom no word of the text names, and whom what stands at `span` rests on.
pub(crate) fn in_text(who: Who, span: Span) -> Who {
    Who { span, name_span: Some(span), office_span: None, ..who }
}

/// Whom a short text names; the spans are those of that text.
pub(crate) fn named_in(text: &str) -> Vec<Who> {
    // A short line without a sentence's end would count as noise.
    let text = format!("{}.", text.trim_end_matches('.'));
    let doc = Document::read(&text);
    let found = mentions(&doc, None, Lexicon::builtin());
    let mut named = Vec::new();
    found.list.iter().for_each(|m| add_named(&found, m, &text, &mut named));
    named
}

/// The usual English name of a state.
pub(crate) fn state_name(code: StateCode) -> Cow<'static, str> {
    Lexicon::builtin().state_name(code).map_or_else(|| Cow::Owned(code.to_string()), Cow::Borrowed)
}

/// Takes the first ones that fit off a list.
fn taken<'t, T>(list: &mut &'t [T], fits: impl Fn(&T) -> bool) -> &'t [T] {
    let count = list.iter().take_while(|one| fits(one)).count();
    let (own, later) = list.split_at(count);
    *list = later;
    own
}

/// The times of a text by sentence.
fn times(doc: &Document<'_>, article: &Article<'_>) -> Vec<Vec<Timing>> {
    let title = article.title.unwrap_or("");
    let found = timexes_below(title, doc.text, &Reference::on(article.published));
    let mut next = found.as_slice();
    doc.sentences
        .iter()
        .map(|sentence| {
            taken(&mut next, |t| t.span.start < sentence.span.start);
            let own = taken(&mut next, |t| t.span.end <= sentence.span.end);
            // "10:15 Peru lowers its duty on beans.": when that was written.
            let written = |t: &Timex| {
                let first = doc.block_of(sentence).is_some_and(|b| b.span.start == t.span.start);
                let next = doc.text.get(t.span.end..).and_then(|rest| rest.strip_prefix(' '));
                t.is_bare_clock() && first && next.is_some_and(|rest| rest.starts_with(char::is_uppercase))
            };
            let timing = |t: &Timex| {
                let date = Some(t.event_date()).filter(|d| d.interval.is_some() && t.length().is_none());
                let faces = (date.is_some() && t.may_turn()).then(|| (t.turned(false), t.turned(true)));
                let faces = faces.filter(|(back, ahead)| back.event_date() != ahead.event_date());
                // "from August 1 of last year"
                let faces = faces.filter(|_| !doc.slice(t.span).ends_with("last year"));
                Timing {
                    span: t.span,
                    date,
                    moment: t.moment().filter(|_| date.is_some() && !written(t)),
                    bare_clock: t.is_bare_clock(),
                    ends: t.ends(),
                    length: t.length(),
                    relation: t.relation,
                    ahead: faces.as_ref().map(|(_, ahead)| (ahead.event_date(), ahead.moment())),
                    back: faces.map(|(back, _)| back.event_date()),
                }
            };
            own.iter().map(timing).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::{Article, Extractor};

    #[test]
    fn an_item_is_in_the_words_of_whom_it_quotes() {
        let text = "The United States and Norway announced a trade deal on salmon tariffs.\n\nSecretary of Commerce Howard Lutnick spoke to reporters:\n\n- On prices: “This rate gives our fishermen room to work.”\n\n- Ambassador Jamieson Greer: “We want to make sure that our supply chains for fish never fail again.”";
        let read = Extractor::builtin().extract(&Article::new(text, Date::constant(2025, 5, 23)));
        let said = read.events.iter().filter(|e| e.act.kind() == crate::event::Kind::Statement);
        let told: Vec<String> = said
            .map(|e| {
                let speaker = e.parties.first().and_then(|p| p.name.clone()).unwrap_or_default();
                format!("{} {speaker} {}", e.act.subtype(), e.factuality)
            })
            .collect();
        assert_eq!(told, ["assessment Howard Lutnick reported", "position Jamieson Greer reported"]);
    }
}
