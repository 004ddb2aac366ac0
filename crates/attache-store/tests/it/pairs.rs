//! How well articles and events are known again, measured on pairs and stories of our own writing
//! (`tests/pairs`), through the real extractor.

use std::collections::{BTreeMap, BTreeSet};

use attache_extract::{Article, Extractor};
use attache_store::{EventId, EventQuery, NewArticle, Outcome, Store};
use jiff::civil::{Date, date};
use serde::Deserialize;

use crate::sample::at;

const DAY: Date = date(2026, 9, 15);

#[derive(Deserialize)]
struct Articles {
    base: Vec<Base>,
}

/// An article, and the replacements that make others of it.
#[derive(Deserialize)]
struct Base {
    title: String,
    text: String,
    reprint: Vec<(String, String)>,
    /// Paragraphs kept.
    trimmed: usize,
    update: Vec<(String, String)>,
    lookalike: Vec<(String, String)>,
}

/// Articles of realistic length and what the world makes of them (`prints_*.toml`).
#[derive(Deserialize)]
struct Prints {
    base: Vec<Original>,
}

#[derive(Deserialize)]
struct Original {
    title: String,
    text: String,
    print: Vec<Print>,
}

#[derive(Deserialize)]
struct Print {
    kind: String,
    title: Option<String>,
    /// Days after the original.
    #[serde(default)]
    day: i32,
    /// Paragraphs left out, from 0.
    #[serde(default)]
    drop: Vec<usize>,
    #[serde(default)]
    change: Vec<(String, String)>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    /// Paragraphs put in before the paragraph of that number.
    #[serde(default)]
    insert: Vec<(usize, String)>,
    /// Another text altogether.
    text: Option<String>,
}

#[derive(Deserialize)]
struct Events {
    story: Vec<Story>,
}

#[derive(Deserialize)]
struct Story {
    id: String,
    kind: String,
    /// Day of publication and text of each telling.
    tell: Vec<(Date, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Is {
    Copy,
    Version,
    Other,
}

struct Printed {
    title: String,
    url: String,
    published: Date,
    text: String,
}

impl Printed {
    fn new(title: &str, url: &str, published: Date, text: impl Into<String>) -> Self {
        Self { title: title.to_owned(), url: url.to_owned(), published, text: text.into() }
    }
}

struct Pair {
    kind: &'static str,
    name: String,
    first: Printed,
    second: Printed,
    expected: Is,
}

#[track_caller]
fn replaced(text: &str, changes: &[(String, String)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from:?} is not in {text:?}");
        text.replace(from, to)
    })
}

fn pairs(articles: &str, events: &str) -> Vec<Pair> {
    let articles: Articles = toml::from_str(articles).unwrap();
    let mut pairs = Vec::new();
    let other = "https://other.example/b";
    for base in &articles.base {
        let text = base.text.trim();
        let paragraphs: Vec<&str> = text.lines().collect();
        let mut add = |kind, expected, second| {
            let first = Printed::new(&base.title, "https://paper.example/a", DAY, text);
            pairs.push(Pair { kind, name: base.title.clone(), first, second, expected });
        };
        add("same", Is::Copy, Printed::new(&base.title, other, DAY, text.replace('\n', "\n\n")));
        let dressed = format!(
            "LONDON, Sept 15 (The Wire) - {}\n(Reporting by Ann Other)",
            replaced(text, &base.reprint)
        );
        add("reprint", Is::Copy, Printed::new("Another headline", other, DAY, dressed));
        let cut = paragraphs.get(..base.trimmed).unwrap().join("\n");
        add("trimmed", Is::Copy, Printed::new("In brief", other, DAY.tomorrow().unwrap(), cut));
        let later = replaced(text, &base.update);
        add(
            "update",
            Is::Version,
            Printed::new(&base.title, "http://www.paper.example/a/?utm_source=x", DAY, later),
        );
        let like = replaced(text, &base.lookalike);
        add("lookalike", Is::Other, Printed::new(&base.title, other, DAY.tomorrow().unwrap(), like));
    }
    let events: Events = toml::from_str(events).unwrap();
    for (story, next) in events.story.iter().zip(events.story.iter().skip(1)) {
        let printed = |url: &str, (published, text): &(Date, String)| {
            Printed::new("News", url, *published, text.as_str())
        };
        let (a, b) = (&story.tell[0], &story.tell[1]);
        let mut add = |kind, second| {
            let first = printed("https://paper.example/a", a);
            pairs.push(Pair { kind, name: story.id.clone(), first, second, expected: Is::Other });
        };
        add("other words", printed(other, b));
        add("other event", printed(other, &next.tell[0]));
    }
    pairs
}

fn printed(original: &Original, print: &Print) -> String {
    if let Some(text) = &print.text {
        return text.trim().to_owned();
    }
    let changed = replaced(original.text.trim(), &print.change);
    let mut lines: Vec<&str> = print.before.iter().map(String::as_str).collect();
    for (at, line) in changed.lines().enumerate() {
        lines.extend(print.insert.iter().filter(|(before, _)| *before == at).map(|(_, line)| line.as_str()));
        if !print.drop.contains(&at) {
            lines.push(line);
        }
    }
    lines.extend(print.after.iter().map(String::as_str));
    lines.join("\n")
}

fn prints(toml: &str) -> Vec<Pair> {
    let prints: Prints = toml::from_str(toml).unwrap();
    let mut pairs = Vec::new();
    for original in &prints.base {
        for print in &original.print {
            let (kind, expected, url) = match print.kind.as_str() {
                "same" => ("same", Is::Copy, "https://other.example/b"),
                "reprint" => ("reprint", Is::Copy, "https://other.example/b"),
                "excerpt" => ("excerpt", Is::Copy, "https://other.example/b"),
                "update" => ("update", Is::Version, "https://www.paper.example/a?utm_medium=rss"),
                "words" => ("other words", Is::Other, "https://other.example/b"),
                "follow" => ("follow-up", Is::Other, "https://paper.example/b"),
                "like" => ("lookalike", Is::Other, "https://paper.example/b"),
                other => panic!("unknown kind {other:?}"),
            };
            let first = Printed::new(&original.title, "https://paper.example/a", DAY, original.text.trim());
            let title = print.title.as_ref().unwrap_or(&original.title);
            let day = DAY.checked_add(jiff::Span::new().days(print.day)).unwrap();
            let second = Printed::new(title, url, day, printed(original, print));
            pairs.push(Pair { kind, name: title.clone(), first, second, expected });
        }
    }
    pairs
}

fn take(store: &Store, printed: &Printed) -> Outcome {
    let Printed { title, url, published, text } = printed;
    let (title, url, published) = (Some(title.as_str()), Some(url.as_str()), *published);
    let read = Extractor::builtin().extract(&Article { title, url, publisher: None, published, text });
    let new = NewArticle { title, url, publisher: None, published, text, origin: "test", rules: "0" };
    store.commit_article(&new, &read.events, at(0)).unwrap().outcome
}

/// Precision and recall of "one article", in thousandths, and what went wrong.
#[expect(clippy::print_stdout, reason = "its findings")]
fn measure_articles(set: &str, pairs: &[Pair]) -> (usize, usize) {
    let (mut found, mut right, mut wanted) = (0, 0, 0);
    let mut by_kind: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut alike: BTreeMap<&str, (u16, u16)> = BTreeMap::new();
    for pair in pairs {
        let store = Store::in_memory().unwrap();
        take(&store, &pair.first);
        let outcome = take(&store, &pair.second);
        let is = match outcome {
            Outcome::Known | Outcome::Reprint { .. } => Is::Copy,
            Outcome::Revised { .. } => Is::Version,
            Outcome::New { .. } | Outcome::Aside => Is::Other,
        };
        found += usize::from(is != Is::Other);
        wanted += usize::from(pair.expected != Is::Other);
        right += usize::from(is == pair.expected && is != Is::Other);
        let held = by_kind.entry(pair.kind).or_default();
        held.1 += 1;
        let measured = attache_store::fuzzing::alike(&pair.first.text, &pair.second.text);
        let range = alike.entry(pair.kind).or_insert((1000, 0));
        *range = (range.0.min(measured), range.1.max(measured));
        held.0 += usize::from(is == pair.expected);
        if is != pair.expected {
            println!("  {} {:?}: {is:?}", pair.kind, pair.name);
        }
    }
    let part = |of: usize| right * 1000 / of.max(1);
    println!(
        "{set}: {} pairs of articles, precision {}, recall {} thousandths: {by_kind:?}; alike from and to: {alike:?}",
        pairs.len(),
        part(found),
        part(wanted)
    );
    (part(found), part(wanted))
}

/// B-cubed precision and recall of the events, in thousandths: each telling is an item, its class is its
/// story, its cluster the stored event that it is a source of.
#[expect(clippy::print_stdout, reason = "its findings")]
fn measure_events(set: &str, events: &str) -> f64 {
    let events: Events = toml::from_str(events).unwrap();
    let mut tellings: Vec<(usize, usize)> = Vec::new();
    for (story, told) in events.story.iter().enumerate() {
        tellings.extend((0..told.tell.len()).map(|telling| (story, telling)));
    }
    // As they would come in: by day, the stories mixed.
    tellings.sort_by_key(|(story, telling)| (events.story[*story].tell[*telling].0, *telling, *story));
    let store = Store::in_memory().unwrap();
    let mut clusters: Vec<String> = Vec::new();
    for (story, telling) in &tellings {
        let told = &events.story[*story];
        let (published, text) = &told.tell[*telling];
        let url = format!("https://paper.example/{story}/{telling}");
        let printed = Printed::new("News", &url, *published, text.as_str());
        let outcome = take(&store, &printed);
        if !matches!(outcome, Outcome::New { .. }) {
            println!("  {}: telling {telling} is no article of its own: {outcome:?}", told.id);
        }
        let article = NewArticle {
            title: None,
            url: None,
            publisher: None,
            published: *published,
            text,
            origin: "",
            rules: "",
        }
        .id();
        let rows = store.all_events(&EventQuery::default()).unwrap();
        let own = rows.iter().filter(|row| row.event.kind.0.to_string() == told.kind);
        let mut own: Vec<_> = own
            .filter_map(|row| {
                Some((row.sources.iter().find(|source| source.article == article)?.span, row.id))
            })
            .collect();
        own.sort();
        match own.first() {
            Some((_, id)) => clusters.push(id.to_string()),
            None => {
                println!("  {}: nothing of its kind is read in telling {telling}", told.id);
                clusters.push(format!("{story} {telling}"));
            }
        }
    }
    let mut wrong = BTreeSet::new();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (at, (story, _)) in tellings.iter().enumerate() {
        let together = || clusters.iter().enumerate().filter(|(_, cluster)| **cluster == clusters[at]);
        let both = together().filter(|(other, _)| tellings[*other].0 == *story).count();
        let all = events.story[*story].tell.len();
        precision += both as f64 / together().count() as f64;
        recall += both as f64 / all as f64;
        if both < all || both < together().count() {
            println!("    {}: {}", events.story[*story].id, &clusters[at]);
            if let Some(row) = EventId::parse(&clusters[at]).and_then(|id| store.event(id).unwrap()) {
                println!("      {}", serde_json::to_string(&row.event).unwrap());
            }
            wrong.insert(events.story[*story].id.clone());
        }
    }
    let (precision, recall) = (precision / tellings.len() as f64, recall / tellings.len() as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!(
        "{set}: {} stories told {} times, B-cubed precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}; not whole: {wrong:?}",
        events.story.len(),
        tellings.len()
    );
    f1
}

/// Written after the thresholds were chosen, and not looked at since: told apart, asserted loosely.
#[test]
fn a_second_set_is_known_again_nearly_as_well() {
    let (articles, events) =
        (include_str!("../pairs/articles_later.toml"), include_str!("../pairs/events_later.toml"));
    let (precision, recall) = measure_articles("second set", &pairs(articles, events));
    let f1 = measure_events("second set", events);
    assert!(precision >= 900 && recall >= 800 && f1 >= 0.8, "{precision} {recall} {f1}");
}

/// Whether whole articles and the stories of a set are known again, the stories at least so well.
#[track_caller]
fn check_known_again(set: &str, printed: &str, told: &str, least: f64) {
    let pairs = prints(printed);
    assert!(pairs.len() >= 60);
    let (precision, recall) = measure_articles(set, &pairs);
    let f1 = measure_events(set, told);
    assert!(precision >= 980 && recall >= 950, "precision .{precision}, recall .{recall}");
    assert!(f1 >= least, "{f1}");
}

/// Realistic in length, written without looking at how articles are compared.
#[test]
fn a_third_set_of_whole_articles_is_known_again() {
    let (printed, told) =
        (include_str!("../pairs/prints_third.toml"), include_str!("../pairs/events_third.toml"));
    check_known_again("third set", printed, told, 0.95);
}

/// Written before it was run, after the third had shown what was wrong.
#[test]
fn a_fourth_set_of_whole_articles_is_known_again() {
    let pairs = prints(include_str!("../pairs/prints_fourth.toml"));
    assert!(pairs.len() >= 60);
    let (precision, recall) = measure_articles("fourth set", &pairs);
    assert!(precision >= 980 && recall >= 950, "precision .{precision}, recall .{recall}");
}

#[test]
fn articles_and_events_are_known_again() {
    let (articles, events) = (include_str!("../pairs/articles.toml"), include_str!("../pairs/events.toml"));
    let pairs = pairs(articles, events);
    assert!(pairs.len() >= 120);
    let (precision, recall) = measure_articles("first set", &pairs);
    let f1 = measure_events("first set", events);
    assert!(precision >= 980 && recall >= 950, "precision .{precision}, recall .{recall}");
    assert!(f1 >= 0.95, "{f1}");
}

/// By somebody who had seen neither the other sets nor how articles and events are known again. What holds
/// events apart that are one is mostly what the extractor reads of their sentences.
#[test]
fn a_fifth_set_is_known_again() {
    let (printed, told) =
        (include_str!("../pairs/prints_fifth.toml"), include_str!("../pairs/events_fifth.toml"));
    check_known_again("fifth set", printed, told, 0.89);
}

/// Written with the fifth, and not run before what that one showed of articles was mended.
#[test]
fn a_sixth_set_is_known_again() {
    let (printed, told) =
        (include_str!("../pairs/prints_sixth.toml"), include_str!("../pairs/events_sixth.toml"));
    check_known_again("sixth set", printed, told, 0.9);
}
