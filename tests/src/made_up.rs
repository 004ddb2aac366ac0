//! Articles made up by number: of the size and variety of a newsroom's, the same for the same number. One
//! in twelve is another's text at another address, one in twenty a reprint of it, one in twenty its later
//! version.

use serde_json::{Value, json};

/// Numbers that look like chance and are none.
#[derive(Debug, Clone)]
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % most.max(1) as u64).unwrap_or(0)
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let at = self.below(words.len());
        words.get(at).copied().unwrap_or_default()
    }
}

const MEN: [&str; 12] = [
    "U.S. Treasury Secretary Scott Bessent",
    "U.S. Trade Representative Jamieson Greer",
    "U.S. Commerce Secretary Howard Lutnick",
    "U.S. Secretary of State Marco Rubio",
    "EU Trade Commissioner Maros Sefcovic",
    "Canadian Prime Minister Mark Carney",
    "Indian Commerce Minister Piyush Goyal",
    "Japanese Prime Minister Sanae Takaichi",
    "Mexican President Claudia Sheinbaum",
    "British Prime Minister Keir Starmer",
    "Australian Trade Minister Don Farrell",
    "French President Emmanuel Macron",
];
const OTHERS: [&str; 6] = [
    "Chinese Vice Premier He Lifeng",
    "Chinese Commerce Minister Wang Wentao",
    "Chinese Foreign Minister Wang Yi",
    "Chinese Premier Li Qiang",
    "South Korean Trade Minister Yeo Han-koo",
    "Chinese President Xi Jinping",
];
const CITIES: [&str; 12] = [
    "Geneva",
    "Stockholm",
    "Madrid",
    "London",
    "Washington",
    "Beijing",
    "Brussels",
    "Ottawa",
    "Tokyo",
    "Paris",
    "Singapore",
    "Vienna",
];
const GOODS: [&str; 16] = [
    "steel",
    "soybeans",
    "ceramic tiles",
    "electric cars",
    "memory chips",
    "pork",
    "wine",
    "tomatoes",
    "lumber",
    "solar panels",
    "shoes",
    "copper",
    "dairy products",
    "trucks",
    "furniture",
    "fertilizer",
];
const STATES: [&str; 12] = [
    "Brazil",
    "India",
    "Mexico",
    "Canada",
    "Vietnam",
    "Japan",
    "South Korea",
    "Switzerland",
    "Indonesia",
    "Turkey",
    "Thailand",
    "Norway",
];
const WHO: [&str; 16] = [
    "A buyer for a chain of shops",
    "The owner of a mill",
    "An adviser to the ministry",
    "A banker in the city",
    "The head of a growers' union",
    "A former negotiator",
    "A shipping agent",
    "The mayor of a port town",
    "A lawyer for importers",
    "An economist at a bank",
    "A trader in the market hall",
    "The editor of a trade paper",
    "A customs broker",
    "A farmer from the plains",
    "A maker of machine tools",
    "A member of the chamber",
];
const SAID: [&str; 8] = [
    "said that",
    "told reporters that",
    "wrote that",
    "argued that",
    "explained that",
    "warned that",
    "added that",
    "thought that",
];
const WHAT: [&str; 16] = [
    "orders had been moved to the spring",
    "stocks would last until the harvest",
    "prices had begun to climb again",
    "nobody had been asked beforehand",
    "the forms were longer than the contracts",
    "small firms would feel it first",
    "ships were waiting outside the harbour",
    "the old rules had been easier to read",
    "a lower rate would change little",
    "customers had grown used to waiting",
    "two shifts had been cut at the plant",
    "the lawyers were the only winners",
    "insurance now cost twice as much",
    "the next season would show who was right",
    "everyone had bought ahead in the summer",
    "the figures hid more than they told",
];
const WHEN: [&str; 12] = [
    "over the past weeks",
    "since the spring",
    "for most of the year",
    "at the end of the quarter",
    "after the holidays",
    "in the first days of the month",
    "before the vote",
    "during the last season",
    "from one day to the next",
    "as far as anyone remembers",
    "for the second time in a decade",
    "in the quiet months",
];

/// How many articles have one of this number's kind as its model before them.
fn model(number: usize) -> Option<usize> {
    (number > 40).then(|| number - 1 - Dice::new(number as u64 ^ 0xabcd).below(40))
}

fn filler(dice: &mut Dice) -> String {
    let (who, said, what) = (dice.of(&WHO), dice.of(&SAID), dice.of(&WHAT));
    let (when, city, goods) = (dice.of(&WHEN), dice.of(&CITIES), dice.of(&GOODS));
    let number = 2 + dice.below(97);
    match dice.below(5) {
        0 => format!("{who} in {city} {said} {what}, {when}."),
        1 => format!(
            "About {number} in a hundred dealers in {goods} have changed their suppliers {when}, a survey by a chamber in {city} found."
        ),
        2 => format!(
            "{who} {said} {what}, and that the market for {goods} in {city} had not been so thin {when}."
        ),
        3 => format!(
            "In {city}, where {number} firms live on {goods}, {} {when}.",
            what.replacen("had", "has", 1)
        ),
        _ => format!(
            "\"We have seen {number} such letters,\" {} in {city} {said} when asked about {goods}; {what}.",
            who.to_lowercase()
        ),
    }
}

fn news(dice: &mut Dice) -> String {
    let (man, other, city) = (dice.of(&MEN), dice.of(&OTHERS), dice.of(&CITIES));
    let (goods, state) = (dice.of(&GOODS), dice.of(&STATES));
    let rate = 5 * (1 + dice.below(20));
    let day = dice.of(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]);
    match dice.below(6) {
        0 => format!("{man} spoke by phone with {other} on {day} about {goods}."),
        1 => format!("{man} met {other} in {city} on {day} to discuss {goods}."),
        2 => format!("The United States imposed a {rate}% tariff on {goods} from {state} on {day}."),
        3 => format!("China launched an anti-dumping investigation into {goods} from {state} on {day}."),
        4 => format!("The United States lowered its tariff on {goods} from {state} to {rate}% on {day}."),
        _ => format!("{other} said on {day} that talks about {goods} with {state} would go on."),
    }
}

struct MadeUp {
    published: String,
    title: String,
    paragraphs: Vec<String>,
}

fn own(seed: u64, number: usize) -> MadeUp {
    let mut dice = Dice::new(seed.wrapping_mul(1_000_003) ^ number as u64);
    let day = number / 270;
    let published = format!("20{:02}-{:02}-{:02}", 20 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
    let mut paragraphs = vec![news(&mut dice)];
    for _ in 0..5 + dice.below(5) {
        let sentences: Vec<String> = (0..2 + dice.below(3)).map(|_| filler(&mut dice)).collect();
        paragraphs.push(sentences.join(" "));
    }
    let at = 1 + dice.below(paragraphs.len());
    paragraphs.insert(at, news(&mut dice));
    let title = format!("{} and {}: what is known", dice.of(&GOODS), dice.of(&STATES));
    MadeUp { published, title, paragraphs }
}

/// The article of a number, as a line of JSON Lines.
#[must_use]
pub fn article(seed: u64, number: usize) -> String {
    let (kind, of) = (number % 60, model(number));
    let line = |made: &MadeUp, host: &str, number: usize, text: String| -> Value {
        json!({"id": number, "title": made.title, "url": format!("https://{host}.example/news/{number}"),
            "publisher": host, "published": made.published, "text": text})
    };
    let value = match (kind, of) {
        (7 | 19 | 31 | 43 | 55, Some(of)) => {
            let made = own(seed, of);
            line(&made, "copies", number, made.paragraphs.join("\n\n"))
        }
        (11 | 29 | 47, Some(of)) => {
            let mut made = own(seed, of);
            let kept = made.paragraphs.len() * 2 / 3;
            made.paragraphs.truncate(kept.max(3));
            made.title = format!("Briefly: {}", made.title);
            line(
                &made,
                "wire",
                number,
                format!(
                    "LONDON (The Wire) \u{2014} {}\n\n(Reporting by Some One)",
                    made.paragraphs.join("\n\n")
                ),
            )
        }
        (13 | 33 | 53, Some(of)) => {
            let mut made = own(seed, of);
            made.paragraphs.push(filler(&mut Dice::new(number as u64)));
            line(&made, "paper", of, made.paragraphs.join("\n\n"))
        }
        _ => {
            let made = own(seed, number);
            line(&made, "paper", number, made.paragraphs.join("\n\n"))
        }
    };
    value.to_string()
}
