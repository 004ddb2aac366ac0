//! A store of made-up events: many countries, people, kinds and days, the same each time.

use std::path::Path;

use attache_extract::event::{
    Act, Confidence, Engagement, Evidence, Factuality, Kind, Plover, PloverCategory, Status,
};
use attache_extract::when::EventDate;
use attache_extract::{Event, Party, Role, Span, StateCode};
use attache_store::{NewArticle, Store};
use jiff::ToSpan as _;
use jiff::civil::date;

/// Events an article brings.
const IN_ONE: usize = 4;
pub(crate) const COUNTRIES: [&str; 10] = ["US", "CN", "JP", "DE", "BR", "IN", "MX", "CA", "GB", "KR"];
const OFFICES: [&str; 5] =
    ["Minister of Commerce", "Trade Representative", "President", "Vice Minister", "Ambassador"];
const TOPICS: [&str; 6] = ["rare earths", "steel", "semiconductors", "soybeans", "port fees", "tariffs"];
const CALLS: [Engagement; 4] = [Engagement::Call, Engagement::Meeting, Engagement::Talks, Engagement::Visit];

pub(crate) fn fill(folder: &Path, events: usize) {
    let store = Store::open(folder).unwrap();
    let mut chance = Chance(7);
    let articles = events.div_ceil(IN_ONE);
    let now = jiff::Timestamp::UNIX_EPOCH;
    for first in (0..articles).step_by(500) {
        let made: Vec<_> = (first..articles.min(first + 500)).map(|n| article(n, &mut chance)).collect();
        let batch: Vec<(NewArticle<'_>, &[Event])> = made
            .iter()
            .map(|made| {
                let new = NewArticle {
                    title: Some(&made.title),
                    url: Some(&made.url),
                    publisher: Some("The Trade Courier"),
                    published: made.published,
                    text: &made.text,
                    origin: "made up",
                    rules: "1",
                };
                (new, made.events.as_slice())
            })
            .collect();
        store.commit_articles(&batch, now).unwrap();
    }
}

struct Made {
    title: String,
    url: String,
    text: String,
    published: jiff::civil::Date,
    events: Vec<Event>,
}

fn article(n: usize, chance: &mut Chance) -> Made {
    let published = date(2018, 1, 1).saturating_add((chance.below(2_800) as i64).days());
    let mut text = String::new();
    let mut events = Vec::new();
    for m in 0..IN_ONE {
        let (a, b) = (chance.below(10), chance.below(9));
        let b = if b >= a { b + 1 } else { b };
        let kind = chance.below(10);
        let sentence = format!(
            "Article {n}, sentence {m}: Minister {} of {} and Minister {} of {} dealt with {} on that day.",
            chance.below(300),
            COUNTRIES[a],
            chance.below(300),
            COUNTRIES[b],
            TOPICS[chance.below(6)]
        );
        let start = text.len();
        text.push_str(&sentence);
        text.push(' ');
        events.push(event(&sentence, start, kind, (a, b), published, chance));
    }
    let (title, url) = (format!("Article {n} on trade"), format!("https://courier.example/{n}"));
    Made { title, url, text, published, events }
}

fn event(
    sentence: &str,
    start: usize,
    kind: usize,
    (a, b): (usize, usize),
    published: jiff::civil::Date,
    chance: &mut Chance,
) -> Event {
    let act = match kind {
        0..=5 => Act::Engagement(CALLS[chance.below(4)]),
        6 | 7 => Act::new(Kind::TariffAction, "impose").unwrap(),
        8 => Act::new(Kind::Tension, "warning").unwrap(),
        _ => Act::new(Kind::Statement, "statement").or_else(|_| Act::new(Kind::Tension, "warning")).unwrap(),
    };
    let both = matches!(act, Act::Engagement(_));
    let mut party = |at: usize, role| Party {
        name: both.then(|| format!("Minister {}", chance.below(300))),
        office: both.then(|| OFFICES[chance.below(5)].to_owned()),
        country: COUNTRIES[at].parse::<StateCode>().ok(),
        role,
    };
    let roles = if both { [Role::Participant; 2] } else { [Role::Actor, Role::Recipient] };
    let parties = vec![party(a, roles[0]), party(b, roles[1])];
    let day = published.saturating_sub((chance.below(3) as i64).days());
    Event {
        act,
        parties,
        date: EventDate::day(day),
        effective: None,
        expires: None,
        duration: None,
        rate: None,
        scope: None,
        topics: vec![TOPICS[chance.below(6)].to_owned()],
        place: both.then(|| "Geneva".to_owned()),
        factuality: if chance.below(6) == 0 { Factuality::Reported } else { Factuality::Asserted },
        status: both.then_some(Status::Occurred),
        quote: sentence.to_owned(),
        claims: Vec::new(),
        plover: Plover { category: PloverCategory::Consult, mode: None },
        confidence: Confidence::from_thousandths(500 + u16::try_from(chance.below(500)).unwrap_or(0)),
        evidence: Evidence {
            quote: Span::new(start, start + sentence.len()),
            fields: Default::default(),
            rules: vec!["made up".to_owned()],
        },
    }
}

/// A generator that says the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        // Steele and Vigna's splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % most as u64).unwrap_or(0)
    }
}
