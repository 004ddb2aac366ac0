//! What a report says that its event is about, and whether two reports are about one thing.

use crate::record::EventRecord;
use crate::view::tariffs::goods;

/// How what two reports are about goes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Both name it, and one says no more than the other; or one names what the other's sentence has.
    Same,
    /// Neither names it, and at least half of the topics of one are the other's.
    Topics {
        /// How many are.
        shared: usize,
    },
    /// Neither names it nor gives topics.
    Open,
    /// Neither names it, and their topics are others.
    Apart,
    /// One names it, and the other does not speak of that.
    Unclear,
    /// Both name it, and differ.
    Other,
}

/// How what two reports are about goes together.
pub(super) fn fit(a: &EventRecord, b: &EventRecord) -> Fit {
    let (here, there) = (subject(a), subject(b));
    let within = |part: &[String], whole: &[String]| part.iter().all(|word| whole.contains(word));
    match (here.is_empty(), there.is_empty()) {
        (true, true) => by_topics(a, b),
        (false, false) if within(&here, &there) || within(&there, &here) => Fit::Same,
        (false, false) => Fit::Other,
        (false, true) if within(&here, &said(b)) => Fit::Same,
        (true, false) if within(&there, &said(a)) => Fit::Same,
        _ => Fit::Unclear,
    }
}

fn by_topics(a: &EventRecord, b: &EventRecord) -> Fit {
    let (here, there) = (topics(a), topics(b));
    let shared = here.iter().filter(|word| there.contains(word)).count();
    match here.len().min(there.len()) {
        0 => Fit::Open,
        fewer if shared * 2 >= fewer => Fit::Topics { shared },
        _ => Fit::Apart,
    }
}

/// The words of its topics.
fn topics(record: &EventRecord) -> Vec<String> {
    /// What every agreement and every talk is.
    const FORM: [&str; 6] = ["deal", "talk", "agreement", "framework", "memorandum", "war"];
    let words = record.topics.iter().flat_map(|topic| topic.split([' ', '-']));
    let mut words = alike(words.map(str::to_lowercase));
    // What is agreed on trade is agreed on tariffs, for who tells no more.
    for word in &mut words {
        if word == "trade" {
            "tariff".clone_into(word);
        }
    }
    words.retain(|word| !FORM.contains(&word.as_str()));
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of its sentence.
fn said(record: &EventRecord) -> Vec<String> {
    let words = record.quote.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    alike(words.map(str::to_lowercase))
}

/// The words for what it concerns.
fn subject(record: &EventRecord) -> Vec<String> {
    let text = goods(record);
    alike(text.split([' ', '-']).filter(|word| !word.is_empty()).map(str::to_owned))
}

/// Words that mean one thing here, with the one that stands for all of them.
const ONE: [(&str, &[&str]); 4] = [
    (
        "firm",
        &[
            "business",
            "company",
            "corporation",
            "enterprise",
            "entity",
            "group",
            "organisation",
            "organization",
            "supplier",
        ],
    ),
    ("chip", &["semiconductor", "microchip"]),
    ("car", &["auto", "automobile"]),
    ("aluminum", &["aluminium"]),
];

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Words in one form, in order, each once: without plurals, numbers in digits, one of several words for a thing.
fn alike(text: impl Iterator<Item = String>) -> Vec<String> {
    let at = |list: &[&str], word: &str| list.iter().position(|held| *held == word);
    let mut words: Vec<String> = Vec::new();
    let mut tens: Option<usize> = None;
    for word in text {
        let ones = at(&ONES, &word);
        if let (Some(tens), Some(ones @ 1..=9)) = (tens.take(), ones) {
            words.pop();
            words.push((tens + ones).to_string());
            continue;
        }
        tens = at(&TENS, &word).map(|place| (place + 2) * 10);
        let number = tens.or(ones).map(|number| number.to_string());
        let word = number.unwrap_or_else(|| singular(&word));
        let one = ONE.iter().find(|(_, others)| others.contains(&word.as_str()));
        words.push(one.map_or(word, |(one, _)| (*one).to_owned()));
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(scope: Option<&str>, topics: &[&str], quote: &str) -> EventRecord {
        let mut record: EventRecord = serde_json::from_str(crate::record::SAMPLE).unwrap();
        record.scope = scope.map(str::to_owned);
        record.topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
        quote.clone_into(&mut record.quote);
        record
    }

    #[track_caller]
    fn check(a: &EventRecord, b: &EventRecord, expected: Fit) {
        assert_eq!((fit(a, b), fit(b, a)), (expected, expected));
    }

    #[test]
    fn goods_are_the_same_in_one_and_in_many_and_numbers_in_words() {
        let of = |scope: &str| subject(&report(Some(scope), &[], ""));
        assert_eq!(of("23 companies"), of("twenty-three firms"));
        assert_eq!(of("steel cans"), of("steel can"));
        assert_ne!(of("glass"), of("gas"));
        assert_ne!(of("twenty companies"), of("three companies"));
    }

    #[test]
    fn what_one_names_may_stand_in_the_sentence_of_the_other() {
        let named = report(Some("28 drone makers"), &[], "It put 28 drone makers on its list.");
        let bare = |quote: &str| report(None, &["lists"], quote);
        check(&named, &bare("A list of 28 makers was published."), Fit::Unclear);
        check(&named, &bare("The list has twenty-eight names, a drone maker first."), Fit::Same);
        check(&named, &report(Some("seven drone makers"), &[], ""), Fit::Other);
        check(&named, &report(Some("28 makers"), &[], ""), Fit::Same);
    }

    #[test]
    fn topics_say_it_where_nothing_else_does() {
        let about = |topics: &[&str]| report(None, topics, "");
        check(&about(&["trade deal", "tariffs"]), &about(&["tariff", "cotton"]), Fit::Topics { shared: 1 });
        check(&about(&["trade"]), &about(&["tariffs"]), Fit::Topics { shared: 1 });
        check(&about(&["critical minerals"]), &about(&["ai chips"]), Fit::Apart);
        check(&about(&[]), &about(&["ai chips"]), Fit::Open);
    }
}
