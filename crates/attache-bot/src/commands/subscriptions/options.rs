//! The options of a subscription, and what they make of a filter and a plan.

use attache_extract::Vocabulary as _;
use attache_extract::event::{Factuality, Kind};
use attache_store::record::Word;
use attache_store::view::engagements::Level;
use attache_store::view::tariffs::layer_of;
use attache_store::{EventQuery, Filter, Layout, Mention, Mode, Plan, Quiet};
use jiff::tz::TimeZone;

use crate::app::App;
use crate::command::{Call, FORUM, Fault, Opt, OptKind};
use crate::commands::common::{self, SHORT};

/// Days before a deadline on which a new subscription is reminded.
const REMINDERS: [u16; 3] = [30, 7, 1];
/// Most reminders of one deadline, and the earliest.
const MOST_REMINDERS: usize = 6;
const EARLIEST: u16 = 365;

const fn text(name: &'static str, about: &'static str, complete: Option<crate::command::Complete>) -> Opt {
    Opt { name, about, kind: OptKind::Text { max: SHORT, complete }, required: false }
}

const fn word(name: &'static str, about: &'static str, words: fn() -> Vec<&'static str>) -> Opt {
    Opt { name, about, kind: OptKind::Word(words), required: false }
}

const fn whole(name: &'static str, about: &'static str, min: i64, max: i64) -> Opt {
    Opt { name, about, kind: OptKind::Whole { min, max }, required: false }
}

const fn flag(name: &'static str, about: &'static str) -> Opt {
    Opt { name, about, kind: OptKind::Flag, required: false }
}

const CHANNEL: Opt = Opt {
    name: "channel",
    about: "Where to: a channel, thread or forum; this channel unless given",
    kind: OptKind::Channel,
    required: false,
};

const SHARED: [Opt; 20] = [
    text(
        "kinds",
        "Kinds of event with commas, such as tariff_action, engagement; all unless given",
        Some(kinds),
    ),
    text("countries", "Countries that must take part, such as US, CN", None),
    text("people", "Any of these names or offices, with commas", Some(crate::commands::suggest::people)),
    text("topics", "Any of these subjects, with commas", Some(crate::commands::suggest::topics)),
    text("layers", "Only tariffs of one of these legal layers, such as s301, IEEPA-fentanyl", Some(layers)),
    word("level", "Only contacts at least so high", levels),
    word(
        "include",
        "reported unless given: facts. asserted: only what actors say; threats: plans too",
        includes,
    ),
    whole("confidence", "Least estimated chance of being right, in percent", 0, 100),
    word("mode", "at_once unless given, or collected in a digest", || vec!["at_once", "digest"]),
    whole("hour", "Hour of the digest, 0 to 23; 9 unless given", 0, 23),
    text("days", "Days of the digest, such as mon, fri, or weekdays; every day unless given", None),
    text("zone", "Time zone of hours and days, such as Europe/Berlin; UTC unless given", Some(zones)),
    text("quiet", "Quiet hours, such as 22:00-07:00; what comes is sent at their end", None),
    Opt {
        name: "mention",
        about: "A role to mention; nothing else ever pings",
        kind: OptKind::Role,
        required: false,
    },
    whole("mention_confidence", "Mention only from so many percent sure", 0, 100),
    word("mention_level", "Mention only for contacts at least so high", levels),
    word("layout", "channel unless given; threads: one per story; forum: one post per story", || {
        vec!["channel", "threads", "forum"]
    }),
    text(
        "reminders",
        "Days before a tariff deadline, such as 30, 7, 1, or none; 30, 7, 1 unless given",
        None,
    ),
    flag("corrections", "Tell of corrections in a message of their own; yes unless given"),
    flag("preview", "Only show what it would have sent in the last 30 days"),
];

/// Options of a new subscription.
pub(crate) static NEW: [Opt; 21] = after(CHANNEL);

/// The shared options after another one.
pub(super) const fn with_number(number: Opt) -> [Opt; 21] {
    after(number)
}

const fn after(first: Opt) -> [Opt; 21] {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = SHARED;
    [first, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t]
}

fn levels() -> Vec<&'static str> {
    Level::ALL.iter().map(|level| level.as_str()).collect()
}

fn includes() -> Vec<&'static str> {
    vec!["asserted", "reported", "threats"]
}

/// Completes the last of a list with commas.
fn last_of(typed: &str, words: impl Iterator<Item = String>) -> Vec<String> {
    let (before, last) = typed.rsplit_once(',').map_or(("", typed), |(before, last)| (before, last));
    let head = if before.is_empty() { String::new() } else { format!("{},", before.trim()) };
    let last = last.trim().to_lowercase();
    let fitting = words.filter(|word| word.to_lowercase().contains(&last));
    fitting.map(|word| format!("{head}{word}")).filter(|word| word.len() <= 100).take(25).collect()
}

fn kinds(_: &App, typed: &str) -> Vec<String> {
    last_of(typed, Kind::ALL.iter().map(|kind| kind.as_str().to_owned()))
}

fn layers(app: &App, typed: &str) -> Vec<String> {
    let rows = app.store.events(&EventQuery::of(Kind::TariffAction), None, 500);
    let mut names: Vec<_> =
        rows.map(|page| page.events).unwrap_or_default().iter().map(|row| layer_of(&row.event)).collect();
    names.sort();
    names.dedup();
    last_of(typed, names.into_iter())
}

fn zones(_: &App, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let names = jiff::tz::db().available().map(|name| name.as_str().to_owned());
    names.filter(|name| name.to_lowercase().contains(&typed)).take(25).collect()
}

/// A list that was given; an empty one where it says none.
fn list(call: &Call<'_>, option: &str) -> Option<Vec<String>> {
    call.args.has(option).then(|| {
        let mut list = common::read_list(call, option);
        list.retain(|one| one != "none");
        list
    })
}

/// A filter with what the options say about it.
pub(crate) fn filter(call: &Call<'_>, mut filter: Filter) -> Result<Filter, Fault> {
    if let Some(kinds) = list(call, "kinds") {
        let read = |word: &String| {
            let kind = Kind::parse(&word.to_lowercase().replace(' ', "_"));
            kind.map(Word)
                .ok_or_else(|| Fault::user(format!("kinds: {word:?} is none of: {}", Kind::words())))
        };
        filter.kinds = kinds.iter().map(read).collect::<Result<_, _>>()?;
    }
    if let Some(countries) = list(call, "countries") {
        let read = |name: &String| {
            let code = common::country_of(call.app, name, common::today(call));
            code.map(|code| code.to_string())
                .ok_or_else(|| Fault::user(format!("countries: {name:?} is no country I know")))
        };
        filter.countries = countries.iter().map(read).collect::<Result<_, _>>()?;
    }
    filter.people = list(call, "people").unwrap_or(filter.people);
    filter.topics = list(call, "topics").unwrap_or(filter.topics);
    filter.layers = list(call, "layers").unwrap_or(filter.layers);
    if let Some(level) = call.args.text("level") {
        filter.least_level = Level::parse(level).filter(|level| *level > Level::Working);
    }
    if let Some(include) = call.args.text("include") {
        filter.factualities = match include {
            "asserted" => vec![Word(Factuality::Asserted)],
            "threats" => {
                [Factuality::Asserted, Factuality::Reported, Factuality::Hypothetical].map(Word).to_vec()
            }
            _ => Filter::default().factualities,
        };
    }
    if let Some(percent) = call.args.whole("confidence") {
        filter.least_confidence = u16::try_from(percent * 10).unwrap_or(0);
    }
    Ok(filter)
}

/// The plan of a subscription that says nothing else.
pub(crate) fn new_plan() -> Plan {
    Plan { reminders: REMINDERS.to_vec(), notices: true, ..Plan::default() }
}

/// A plan with what the options say about it.
pub(crate) fn plan(call: &Call<'_>, mut plan: Plan, guild: Option<u64>) -> Result<Plan, Fault> {
    let args = call.args;
    if let Some(zone) = args.text("zone") {
        let known = TimeZone::get(zone.trim());
        let known = known.map_err(|_| {
            Fault::user(format!(
                "zone: {zone:?} is no time zone I know; it is a name such as Europe/Berlin or UTC"
            ))
        })?;
        plan.zone = known.iana_name().unwrap_or(zone.trim()).to_owned();
    }
    let digest = match args.text("mode") {
        Some("digest") => true,
        Some(_) => false,
        None => args.has("hour") || args.has("days") || matches!(plan.mode, Mode::Digest { .. }),
    };
    plan.mode = if digest {
        let (mut hour, mut days) = match plan.mode {
            Mode::Digest { hour, days } => (hour, days),
            Mode::Immediate => (9, Vec::new()),
        };
        hour = args.whole("hour").and_then(|hour| u8::try_from(hour).ok()).unwrap_or(hour);
        if let Some(text) = args.text("days") {
            days = read_days(text).ok_or_else(|| {
                Fault::user(format!(
                    "days: {text:?} is not a list such as mon, wed, fri, nor weekdays, nor daily"
                ))
            })?;
        }
        Mode::Digest { hour, days }
    } else {
        if args.has("hour") || args.has("days") {
            return Err(Fault::user("hour and days belong to mode:digest"));
        }
        Mode::Immediate
    };
    if let Some(text) = args.text("quiet") {
        plan.quiet = match text.trim() {
            "none" => None,
            text => Some(read_quiet(text).ok_or_else(|| {
                Fault::user(format!("quiet: {text:?} is not two times of day such as 22:00-07:00, nor none"))
            })?),
        };
    }
    mention(call, &mut plan, guild)?;
    plan.layout = match args.text("layout") {
        Some("threads") if !args.flag(FORUM) => Layout::Threads,
        Some("forum") => Layout::Forum,
        Some(_) if args.flag(FORUM) => {
            return Err(Fault::user(
                "layout: in a forum each story is a post; layout:forum, or leave it out",
            ));
        }
        Some(_) => Layout::Channel,
        None if args.flag(FORUM) => Layout::Forum,
        None => plan.layout,
    };
    if let Some(text) = args.text("reminders") {
        plan.reminders = read_reminders(text).ok_or_else(|| {
            Fault::user(format!(
                "reminders: {text:?} is not a list of at most {MOST_REMINDERS} numbers of days from 0 to {EARLIEST}, nor none"
            ))
        })?;
    }
    if args.has("corrections") {
        plan.notices = args.flag("corrections");
    }
    Ok(plan)
}

fn mention(call: &Call<'_>, plan: &mut Plan, guild: Option<u64>) -> Result<(), Fault> {
    if let Some(role) = call.args.role("mention") {
        if Some(role) == guild {
            return Err(Fault::user("mention: everyone is never mentioned; choose a role"));
        }
        plan.mention = Some(Mention { role, least_confidence: 0, least_level: None });
    }
    let level = call.args.text("mention_level").and_then(Level::parse);
    let percent = call.args.whole("mention_confidence").and_then(|percent| u16::try_from(percent * 10).ok());
    match &mut plan.mention {
        Some(mention) => {
            mention.least_level = level.or(mention.least_level);
            mention.least_confidence = percent.unwrap_or(mention.least_confidence);
            Ok(())
        }
        None if level.is_some() || percent.is_some() => {
            Err(Fault::user("mention_level and mention_confidence need mention: the role"))
        }
        None => Ok(()),
    }
}

fn read_days(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "daily" | "every day" | "none" => return Some(Vec::new()),
        "weekdays" => return Some((1..=5).collect()),
        _ => {}
    }
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let day = |word: &str| {
        let at = names.iter().position(|name| word.len() >= 3 && word.starts_with(name))?;
        u8::try_from(at + 1).ok()
    };
    let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
    let mut days = words.map(day).collect::<Option<Vec<_>>>().filter(|days| !days.is_empty())?;
    days.sort_unstable();
    days.dedup();
    Some(days)
}

fn read_quiet(text: &str) -> Option<Quiet> {
    let minute = |text: &str| {
        let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    };
    let (from, to) = text.split_once(['-', '–'])?;
    let quiet = Quiet { from: minute(from)?, to: minute(to)? };
    (quiet.from != quiet.to).then_some(quiet)
}

fn read_reminders(text: &str) -> Option<Vec<u16>> {
    if text.trim() == "none" {
        return Some(Vec::new());
    }
    let days = text.split(',').map(|part| part.trim().parse().ok().filter(|days| *days <= EARLIEST));
    let mut days = days.collect::<Option<Vec<u16>>>()?;
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    (days.len() <= MOST_REMINDERS).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_hours_and_reminders_read_as_people_write_them() {
        assert_eq!(read_days("Fri, monday"), Some(vec![1, 5]));
        assert_eq!(read_days("weekdays"), Some(vec![1, 2, 3, 4, 5]));
        assert_eq!((read_days("m"), read_days("")), (None, None));
        assert_eq!(read_quiet("22:00-07:30"), Some(Quiet { from: 1320, to: 450 }));
        assert_eq!(read_quiet("22 – 7"), Some(Quiet { from: 1320, to: 420 }));
        assert_eq!((read_quiet("24:00-07:00"), read_quiet("9-9"), read_quiet("9")), (None, None, None));
        assert_eq!(read_reminders("7, 30,1"), Some(vec![30, 7, 1]));
        assert_eq!((read_reminders("none"), read_reminders("x")), (Some(Vec::new()), None));
        assert_eq!(read_reminders("400"), None);
    }

    #[test]
    fn the_last_of_a_list_is_completed() {
        let words = || ["tariff_action", "engagement"].into_iter().map(str::to_owned);
        assert_eq!(last_of("eng", words()), ["engagement"]);
        assert_eq!(last_of("engagement, tar", words()), ["engagement,tariff_action"]);
    }
}
