//! The words the time grammar knows, found by one hash look-up per word.

use std::sync::LazyLock;

use crate::grammar::lower::every_byte;

/// What a token of the text is to the time grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A word the grammar does not know.
    Other,
    /// A run of ASCII digits; `value` is meaningless where `len` exceeds nine.
    Digits {
        value: u32,
        len: u8,
    },
    /// One sign that is neither letter, digit nor blank.
    Sign(char),
    /// 1 to 12; `short` where it is an abbreviation.
    Month {
        month: i8,
        short: bool,
    },
    /// Monday is 1, Sunday 7.
    Weekday {
        day: i8,
        plural: bool,
    },
    Unit {
        unit: Unit,
        plural: bool,
    },
    Cardinal(u32),
    Ordinal(u32),
    /// Hundred, thousand.
    Scale(u32),
    Season(Season),
    Part(Part),
    /// A word that moves a unit: this, last, next …
    Shift(Shift),
    /// A word that recurs: daily, monthly …
    Every {
        count: u32,
        unit: Unit,
    },
    Key(Key),
    /// Marks the clause as telling what is to come.
    Future,
    /// Marks the clause as telling what was.
    Past,
}

/// Units of the calendar and the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Seasons of the northern hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// How far a unit is moved, and from where it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    This,
    Last,
    Past,
    Next,
    /// Counted from the date told last.
    Following,
    /// Counted from the date told last.
    Previous,
    /// The unit of the date told last.
    Same,
}

/// Single words that steer the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    The,
    A,
    Of,
    In,
    On,
    At,
    By,
    Until,
    Since,
    From,
    To,
    Through,
    Between,
    And,
    Or,
    Before,
    After,
    During,
    For,
    Within,
    Over,
    As,
    Than,
    Least,
    Up,
    Including,
    Ago,
    Earlier,
    Later,
    Hence,
    Now,
    Then,
    Present,
    /// "present" of "at present", "the present time".
    Nowness,
    Soon,
    Recent,
    Today,
    Tonight,
    Yesterday,
    Tomorrow,
    Early,
    Late,
    Mid,
    Beginning,
    Start,
    End,
    Rest,
    Each,
    Per,
    Once,
    Times,
    Half,
    Few,
    Couple,
    Fiscal,
    Calendar,
    Working,
    Noon,
    Midnight,
    Am,
    Pm,
    P,
    M,
    Oclock,
    Clock,
    Time,
    Local,
    Th,
    S,
    T,
    Z,
    Q,
    H,
    Fy,
    Starting,
    Period,
    About,
    Zone(Zone),
    Percent,
    Had,
    Was,
    Is,
    Set,
    Been,
    Saving,
    /// "another": one more.
    Another,
    /// "all", "whole", "full": one, told as a length.
    All,
    /// "other" of "every other".
    Alternate,
    No,
    Date,
    Ending,
    Retroactive,
    /// Before the day that stands on a paper.
    Dated,
    /// "signing", "publication": what a term may run from.
    Issue,
    /// "take", "come" before "effect", "into force".
    Sets,
    Force,
    /// "begins", "expires".
    Turns,
    /// "runs out on", "runs from": a timetable too.
    Runs,
    /// "rises", "doubles": behind its day, in the present, a timetable.
    Climbs,
    /// "leaves", "hosts": what is told of a weekday in the present is a timetable.
    Leaves,
    /// "met", "imposed": something done, so its day is past.
    Done,
    /// "could": what may come, but for "could not" and "could have".
    Could,
    Have,
    /// "extended": up to a day that lies ahead.
    Deferred,
    Semi,
    Bi,
    /// "Sat", "Mon": a weekday only before a date.
    Brief(i8),
    /// A holiday, or the word its name begins with.
    Feast(Feast),
    Eve,
    /// "seventies": the first year of the decade.
    Tens(i16),
}

/// Holidays that have a day of their own in most calendars of trade news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    Christmas,
    ChristmasEve,
    NewYear,
    NewYearEve,
    Lunar,
    Thanksgiving,
    Easter,
    Independence,
    Labor,
    Juneteenth,
    Halloween,
    Valentine,
    Veterans,
    Memorial,
    Earth,
    Patrick,
    Presidents,
    Columbus,
    Boxing,
    Mothers,
    Fathers,
    BlackFriday,
    CyberMonday,
}

/// A named zone: a fixed offset, or one that follows summer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of UTC.
    Fixed(i16),
    /// North American summer time over this standard offset.
    American(i16),
    /// European summer time over this standard offset.
    European(i16),
    /// A place whose zone counts only with "time" after it.
    City(Place),
}

/// Places whose name goes with "time".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Beijing,
    Tokyo,
    India,
    London,
    Brussels,
    Eastern,
    Central,
    Mountain,
    Pacific,
    Moscow,
}

const fn month(month: i8) -> Word {
    Word::Month { month, short: false }
}
const fn mon(month: i8) -> Word {
    Word::Month { month, short: true }
}
const fn weekday(day: i8) -> Word {
    Word::Weekday { day, plural: false }
}
const fn weekdays(day: i8) -> Word {
    Word::Weekday { day, plural: true }
}
const fn unit(unit: Unit) -> Word {
    Word::Unit { unit, plural: false }
}
const fn units(unit: Unit) -> Word {
    Word::Unit { unit, plural: true }
}
const fn every(count: u32, unit: Unit) -> Word {
    Word::Every { count, unit }
}
const fn zone(zone: Zone) -> Word {
    Word::Key(Key::Zone(zone))
}
const fn city(place: Place) -> Word {
    zone(Zone::City(place))
}

use Key as K;
use Word::{Cardinal as C, Future as F, Key as W, Ordinal as O, Past as P};

/// Every known word in lower case.
const WORDS: &[(&str, Word)] = &[
    ("january", month(1)),
    ("february", month(2)),
    ("march", month(3)),
    ("april", month(4)),
    ("may", month(5)),
    ("june", month(6)),
    ("july", month(7)),
    ("august", month(8)),
    ("september", month(9)),
    ("october", month(10)),
    ("november", month(11)),
    ("december", month(12)),
    ("jan", mon(1)),
    ("feb", mon(2)),
    ("mar", mon(3)),
    ("apr", mon(4)),
    ("jun", mon(6)),
    ("jul", mon(7)),
    ("aug", mon(8)),
    ("sep", mon(9)),
    ("sept", mon(9)),
    ("oct", mon(10)),
    ("nov", mon(11)),
    ("dec", mon(12)),
    ("monday", weekday(1)),
    ("tuesday", weekday(2)),
    ("wednesday", weekday(3)),
    ("thursday", weekday(4)),
    ("friday", weekday(5)),
    ("saturday", weekday(6)),
    ("sunday", weekday(7)),
    ("tue", weekday(2)),
    ("tues", weekday(2)),
    ("wed", weekday(3)),
    ("thu", weekday(4)),
    ("thur", weekday(4)),
    ("thurs", weekday(4)),
    ("fri", weekday(5)),
    ("mondays", weekdays(1)),
    ("tuesdays", weekdays(2)),
    ("wednesdays", weekdays(3)),
    ("thursdays", weekdays(4)),
    ("fridays", weekdays(5)),
    ("saturdays", weekdays(6)),
    ("sundays", weekdays(7)),
    ("minute", unit(Unit::Minute)),
    ("minutes", units(Unit::Minute)),
    ("seconds", units(Unit::Second)),
    ("hour", unit(Unit::Hour)),
    ("hours", units(Unit::Hour)),
    ("day", unit(Unit::Day)),
    ("days", units(Unit::Day)),
    ("night", Word::Part(Part::Night)),
    ("nights", units(Unit::Day)),
    ("weekend", unit(Unit::Weekend)),
    ("weekends", units(Unit::Weekend)),
    ("week", unit(Unit::Week)),
    ("weeks", units(Unit::Week)),
    ("workweek", unit(Unit::Week)),
    ("month", unit(Unit::Month)),
    ("months", units(Unit::Month)),
    ("quarter", unit(Unit::Quarter)),
    ("quarters", units(Unit::Quarter)),
    ("qtr", unit(Unit::Quarter)),
    ("fortnight", unit(Unit::Fortnight)),
    ("fortnights", units(Unit::Fortnight)),
    ("year", unit(Unit::Year)),
    ("years", units(Unit::Year)),
    ("decade", unit(Unit::Decade)),
    ("decades", units(Unit::Decade)),
    ("century", unit(Unit::Century)),
    ("centuries", units(Unit::Century)),
    ("one", C(1)),
    ("two", C(2)),
    ("three", C(3)),
    ("four", C(4)),
    ("five", C(5)),
    ("six", C(6)),
    ("seven", C(7)),
    ("eight", C(8)),
    ("nine", C(9)),
    ("ten", C(10)),
    ("eleven", C(11)),
    ("twelve", C(12)),
    ("thirteen", C(13)),
    ("fourteen", C(14)),
    ("fifteen", C(15)),
    ("sixteen", C(16)),
    ("seventeen", C(17)),
    ("eighteen", C(18)),
    ("nineteen", C(19)),
    ("twenty", C(20)),
    ("thirty", C(30)),
    ("forty", C(40)),
    ("fifty", C(50)),
    ("sixty", C(60)),
    ("seventy", C(70)),
    ("eighty", C(80)),
    ("ninety", C(90)),
    ("single", C(1)),
    ("hundred", Word::Scale(100)),
    ("thousand", Word::Scale(1000)),
    ("first", O(1)),
    ("second", O(2)),
    ("third", O(3)),
    ("fourth", O(4)),
    ("fifth", O(5)),
    ("sixth", O(6)),
    ("seventh", O(7)),
    ("eighth", O(8)),
    ("ninth", O(9)),
    ("tenth", O(10)),
    ("eleventh", O(11)),
    ("twelfth", O(12)),
    ("thirteenth", O(13)),
    ("fourteenth", O(14)),
    ("fifteenth", O(15)),
    ("sixteenth", O(16)),
    ("seventeenth", O(17)),
    ("eighteenth", O(18)),
    ("nineteenth", O(19)),
    ("twentieth", O(20)),
    ("thirtieth", O(30)),
    ("final", O(99)),
    ("spring", Word::Season(Season::Spring)),
    ("summer", Word::Season(Season::Summer)),
    ("autumn", Word::Season(Season::Autumn)),
    ("fall", Word::Season(Season::Autumn)),
    ("winter", Word::Season(Season::Winter)),
    ("morning", Word::Part(Part::Morning)),
    ("afternoon", Word::Part(Part::Afternoon)),
    ("evening", Word::Part(Part::Evening)),
    ("this", Word::Shift(Shift::This)),
    ("current", Word::Shift(Shift::This)),
    ("last", Word::Shift(Shift::Last)),
    ("past", Word::Shift(Shift::Past)),
    ("next", Word::Shift(Shift::Next)),
    ("coming", Word::Shift(Shift::Next)),
    ("upcoming", Word::Shift(Shift::Next)),
    ("following", Word::Shift(Shift::Following)),
    ("subsequent", Word::Shift(Shift::Following)),
    ("previous", Word::Shift(Shift::Previous)),
    ("preceding", Word::Shift(Shift::Previous)),
    ("prior", Word::Shift(Shift::Previous)),
    ("same", Word::Shift(Shift::Same)),
    ("that", Word::Shift(Shift::Same)),
    ("hourly", every(1, Unit::Hour)),
    ("daily", every(1, Unit::Day)),
    ("everyday", every(1, Unit::Day)),
    ("nightly", every(1, Unit::Day)),
    ("weekly", every(1, Unit::Week)),
    ("biweekly", every(2, Unit::Week)),
    ("fortnightly", every(2, Unit::Week)),
    ("monthly", every(1, Unit::Month)),
    ("bimonthly", every(2, Unit::Month)),
    ("quarterly", every(1, Unit::Quarter)),
    ("semiannual", every(6, Unit::Month)),
    ("semiannually", every(6, Unit::Month)),
    ("biannual", every(6, Unit::Month)),
    ("biannually", every(6, Unit::Month)),
    ("annual", every(1, Unit::Year)),
    ("annually", every(1, Unit::Year)),
    ("yearly", every(1, Unit::Year)),
    ("biennial", every(2, Unit::Year)),
    ("the", W(K::The)),
    ("a", W(K::A)),
    ("an", W(K::A)),
    ("of", W(K::Of)),
    ("in", W(K::In)),
    ("on", W(K::On)),
    ("at", W(K::At)),
    ("by", W(K::By)),
    ("until", W(K::Until)),
    ("till", W(K::Until)),
    ("since", W(K::Since)),
    ("from", W(K::From)),
    ("to", W(K::To)),
    ("through", W(K::Through)),
    ("thru", W(K::Through)),
    ("between", W(K::Between)),
    ("and", W(K::And)),
    ("or", W(K::Or)),
    ("before", W(K::Before)),
    ("after", W(K::After)),
    ("during", W(K::During)),
    ("for", W(K::For)),
    ("within", W(K::Within)),
    ("over", W(K::Over)),
    ("throughout", W(K::During)),
    ("as", W(K::As)),
    ("least", W(K::Least)),
    ("up", W(K::Up)),
    ("including", W(K::Including)),
    ("inclusive", W(K::Including)),
    ("than", W(K::Than)),
    ("ago", W(K::Ago)),
    ("earlier", W(K::Earlier)),
    ("later", W(K::Later)),
    ("afterwards", W(K::Later)),
    ("afterward", W(K::Later)),
    ("hence", W(K::Hence)),
    ("now", W(K::Now)),
    ("currently", W(K::Present)),
    ("nowadays", W(K::Present)),
    ("presently", W(K::Present)),
    ("present", W(K::Nowness)),
    ("soon", W(K::Soon)),
    ("recently", W(K::Recent)),
    ("recent", W(K::Recent)),
    ("then", W(K::Then)),
    ("today", W(K::Today)),
    ("tonight", W(K::Tonight)),
    ("yesterday", W(K::Yesterday)),
    ("tomorrow", W(K::Tomorrow)),
    ("tonite", W(K::Tonight)),
    ("tmrw", W(K::Tomorrow)),
    ("early", W(K::Early)),
    ("late", W(K::Late)),
    ("mid", W(K::Mid)),
    ("middle", W(K::Mid)),
    ("beginning", W(K::Beginning)),
    ("start", W(K::Start)),
    ("end", W(K::End)),
    ("close", W(K::End)),
    ("rest", W(K::Rest)),
    ("remainder", W(K::Rest)),
    ("every", W(K::Each)),
    ("each", W(K::Each)),
    ("per", W(K::Per)),
    ("once", W(K::Once)),
    ("twice", W(K::Once)),
    ("times", W(K::Times)),
    ("half", W(K::Half)),
    ("few", W(K::Few)),
    ("several", W(K::Few)),
    ("many", W(K::Few)),
    ("couple", W(K::Couple)),
    ("another", W(K::Another)),
    ("all", W(K::All)),
    ("whole", W(K::All)),
    ("full", W(K::All)),
    ("entire", W(K::All)),
    ("other", W(K::Alternate)),
    ("no", W(K::No)),
    ("not", W(K::No)),
    ("date", W(K::Date)),
    ("ending", W(K::Ending)),
    ("semi", W(K::Semi)),
    ("bi", W(K::Bi)),
    ("mon", W(K::Brief(1))),
    ("sat", W(K::Brief(6))),
    ("sun", W(K::Brief(7))),
    ("christmas", W(K::Feast(Feast::Christmas))),
    ("xmas", W(K::Feast(Feast::Christmas))),
    ("thanksgiving", W(K::Feast(Feast::Thanksgiving))),
    ("easter", W(K::Feast(Feast::Easter))),
    ("independence", W(K::Feast(Feast::Independence))),
    ("labor", W(K::Feast(Feast::Labor))),
    ("labour", W(K::Feast(Feast::Labor))),
    ("new", W(K::Feast(Feast::NewYear))),
    ("lunar", W(K::Feast(Feast::Lunar))),
    ("juneteenth", W(K::Feast(Feast::Juneteenth))),
    ("halloween", W(K::Feast(Feast::Halloween))),
    ("valentine", W(K::Feast(Feast::Valentine))),
    ("valentines", W(K::Feast(Feast::Valentine))),
    ("veterans", W(K::Feast(Feast::Veterans))),
    ("memorial", W(K::Feast(Feast::Memorial))),
    ("earth", W(K::Feast(Feast::Earth))),
    ("patrick", W(K::Feast(Feast::Patrick))),
    ("presidents", W(K::Feast(Feast::Presidents))),
    ("columbus", W(K::Feast(Feast::Columbus))),
    ("boxing", W(K::Feast(Feast::Boxing))),
    ("mother", W(K::Feast(Feast::Mothers))),
    ("mothers", W(K::Feast(Feast::Mothers))),
    ("father", W(K::Feast(Feast::Fathers))),
    ("fathers", W(K::Feast(Feast::Fathers))),
    ("black", W(K::Feast(Feast::BlackFriday))),
    ("cyber", W(K::Feast(Feast::CyberMonday))),
    ("eve", W(K::Eve)),
    ("noughties", W(K::Tens(2000))),
    ("twenties", W(K::Tens(1920))),
    ("thirties", W(K::Tens(1930))),
    ("forties", W(K::Tens(1940))),
    ("fifties", W(K::Tens(1950))),
    ("sixties", W(K::Tens(1960))),
    ("seventies", W(K::Tens(1970))),
    ("eighties", W(K::Tens(1980))),
    ("nineties", W(K::Tens(1990))),
    ("fiscal", W(K::Fiscal)),
    ("calendar", W(K::Calendar)),
    ("financial", W(K::Fiscal)),
    ("business", W(K::Working)),
    ("working", W(K::Working)),
    ("trading", W(K::Working)),
    ("consecutive", W(K::Working)),
    ("straight", W(K::Working)),
    ("noon", W(K::Noon)),
    ("midday", W(K::Noon)),
    ("midnight", W(K::Midnight)),
    ("am", W(K::Am)),
    ("pm", W(K::Pm)),
    ("p", W(K::P)),
    ("m", W(K::M)),
    ("o", W(K::Oclock)),
    ("clock", W(K::Clock)),
    ("time", W(K::Time)),
    ("local", W(K::Local)),
    ("st", W(K::Th)),
    ("nd", W(K::Th)),
    ("rd", W(K::Th)),
    ("th", W(K::Th)),
    ("s", W(K::S)),
    ("t", W(K::T)),
    ("z", W(K::Z)),
    ("q", W(K::Q)),
    ("h", W(K::H)),
    ("fy", W(K::Fy)),
    ("starting", W(K::Starting)),
    ("commencing", W(K::Starting)),
    ("effective", W(K::Starting)),
    ("signing", W(K::Issue)),
    ("signature", W(K::Issue)),
    ("publication", W(K::Issue)),
    ("promulgation", W(K::Issue)),
    ("issuance", W(K::Issue)),
    ("order", W(K::Issue)),
    ("proclamation", W(K::Issue)),
    ("retroactive", W(K::Retroactive)),
    ("retroactively", W(K::Retroactive)),
    ("backdated", W(K::Retroactive)),
    ("dated", W(K::Dated)),
    ("period", W(K::Period)),
    ("about", W(K::About)),
    ("around", W(K::About)),
    ("nearly", W(K::About)),
    ("almost", W(K::About)),
    ("roughly", W(K::About)),
    ("percent", W(K::Percent)),
    ("had", W(K::Had)),
    ("have", W(K::Have)),
    ("utc", zone(Zone::Fixed(0))),
    ("gmt", zone(Zone::Fixed(0))),
    ("est", zone(Zone::Fixed(-300))),
    ("edt", zone(Zone::Fixed(-240))),
    ("et", zone(Zone::American(-300))),
    ("cst", zone(Zone::Fixed(-360))),
    ("cdt", zone(Zone::Fixed(-300))),
    ("mst", zone(Zone::Fixed(-420))),
    ("mdt", zone(Zone::Fixed(-360))),
    ("pst", zone(Zone::Fixed(-480))),
    ("pdt", zone(Zone::Fixed(-420))),
    ("bst", zone(Zone::Fixed(60))),
    ("cet", zone(Zone::Fixed(60))),
    ("cest", zone(Zone::Fixed(120))),
    ("jst", zone(Zone::Fixed(540))),
    ("kst", zone(Zone::Fixed(540))),
    ("hkt", zone(Zone::Fixed(480))),
    ("beijing", city(Place::Beijing)),
    ("shanghai", city(Place::Beijing)),
    ("china", city(Place::Beijing)),
    ("singapore", city(Place::Beijing)),
    ("tokyo", city(Place::Tokyo)),
    ("japan", city(Place::Tokyo)),
    ("seoul", city(Place::Tokyo)),
    ("india", city(Place::India)),
    ("london", city(Place::London)),
    ("brussels", city(Place::Brussels)),
    ("geneva", city(Place::Brussels)),
    ("paris", city(Place::Brussels)),
    ("berlin", city(Place::Brussels)),
    ("eastern", city(Place::Eastern)),
    ("washington", city(Place::Eastern)),
    ("york", city(Place::Eastern)),
    ("ottawa", city(Place::Eastern)),
    ("delhi", city(Place::India)),
    ("central", city(Place::Central)),
    ("mountain", city(Place::Mountain)),
    ("pacific", city(Place::Pacific)),
    ("moscow", city(Place::Moscow)),
    ("take", W(K::Sets)),
    ("takes", W(K::Sets)),
    ("go", W(K::Sets)),
    ("goes", W(K::Sets)),
    ("come", W(K::Sets)),
    ("comes", W(K::Sets)),
    ("enter", W(K::Sets)),
    ("enters", W(K::Sets)),
    ("kick", W(K::Sets)),
    ("kicks", W(K::Sets)),
    ("effect", W(K::Force)),
    ("force", W(K::Force)),
    ("begins", W(K::Turns)),
    ("starts", W(K::Turns)),
    ("expires", W(K::Turns)),
    ("ends", W(K::Turns)),
    ("lapses", W(K::Turns)),
    ("runs", W(K::Runs)),
    ("rises", W(K::Climbs)),
    ("climbs", W(K::Climbs)),
    ("doubles", W(K::Climbs)),
    ("triples", W(K::Climbs)),
    ("halves", W(K::Climbs)),
    ("jumps", W(K::Climbs)),
    ("falls", W(K::Climbs)),
    ("drops", W(K::Climbs)),
    ("increases", W(K::Climbs)),
    ("returns", W(K::Climbs)),
    ("arrives", W(K::Leaves)),
    ("receives", W(K::Leaves)),
    ("reopens", W(K::Leaves)),
    ("convenes", W(K::Leaves)),
    ("departs", W(K::Leaves)),
    ("flies", W(K::Leaves)),
    ("heads", W(K::Leaves)),
    ("hosts", W(K::Leaves)),
    ("leaves", W(K::Leaves)),
    ("meets", W(K::Leaves)),
    ("reconvenes", W(K::Leaves)),
    ("resumes", W(K::Leaves)),
    ("travels", W(K::Leaves)),
    ("visits", W(K::Leaves)),
    ("welcomes", W(K::Leaves)),
    ("will", F),
    ("would", F),
    ("shall", F),
    ("might", F),
    ("could", W(K::Could)),
    ("scheduled", F),
    ("planned", F),
    ("plans", F),
    ("planning", F),
    ("expected", F),
    ("expects", F),
    ("set", W(K::Set)),
    ("been", W(K::Been)),
    ("standard", W(K::Saving)),
    ("daylight", W(K::Saving)),
    ("due", F),
    ("slated", F),
    ("resume", F),
    ("going", F),
    ("ahead", F),
    ("said", P),
    ("says", P),
    ("told", P),
    ("announced", P),
    ("reported", P),
    ("wrote", P),
    ("added", P),
    ("met", W(K::Done)),
    ("held", P),
    ("agreed", P),
    ("signed", P),
    ("released", P),
    ("issued", P),
    ("published", P),
    ("issuing", P),
    ("spoke", W(K::Done)),
    ("arrived", W(K::Done)),
    ("confirmed", P),
    ("statement", P),
    ("was", W(K::Was)),
    ("is", W(K::Is)),
    ("are", W(K::Is)),
    ("were", W(K::Was)),
    ("began", W(K::Done)),
    ("started", P),
    ("imposed", P),
    ("struck", P),
    ("reached", P),
    ("inked", P),
    ("unveiled", P),
    ("clinched", P),
    ("sealed", P),
    ("brokered", P),
    ("concluded", P),
    ("adopted", P),
    ("approved", P),
    ("decided", P),
    ("visited", P),
    ("launched", P),
    ("ordered", P),
    ("drafted", P),
    ("did", P),
    ("ended", P),
    ("closed", P),
    ("introduced", P),
    ("levied", P),
    ("proclaimed", P),
    ("enacted", P),
    ("initiated", P),
    ("raised", P),
    ("doubled", P),
    ("halved", P),
    ("laid", P),
    ("slapped", P),
    ("clapped", P),
    ("lifted", P),
    ("scrapped", P),
    ("dropped", P),
    ("suspended", P),
    ("exempted", P),
    ("reduced", P),
    ("hiked", P),
    ("slashed", P),
    ("removed", P),
    ("abolished", P),
    ("withdrew", P),
    ("retaliated", P),
    ("responded", P),
    ("answered", P),
    ("paused", P),
    ("shelved", P),
    ("froze", P),
    ("waived", P),
    ("restored", P),
    ("reinstated", P),
    ("reimposed", P),
    ("extended", W(K::Deferred)),
    ("postponed", W(K::Deferred)),
    ("deferred", W(K::Deferred)),
    ("delayed", W(K::Deferred)),
    ("pushed", W(K::Deferred)),
    ("collected", P),
    ("applied", P),
    ("charged", P),
    ("trimmed", P),
    ("lowered", P),
    ("brought", P),
    ("threatened", P),
    ("tripled", P),
    ("quadrupled", P),
    ("rolled", P),
    ("kicked", P),
    ("went", P),
    ("ran", P),
    ("ceased", P),
    ("stopped", P),
    ("expired", P),
    ("lapsed", P),
    ("filed", P),
    ("blocked", P),
    ("banned", P),
    ("listed", P),
    ("prolonged", W(K::Deferred)),
    ("revoked", P),
    ("rose", W(K::Done)),
    ("conferred", P),
    ("talked", P),
    ("chatted", P),
    ("lunched", P),
    ("dined", P),
    ("saw", P),
    ("telephoned", P),
    ("phoned", P),
    ("rang", P),
    ("accused", P),
    ("condemned", P),
    ("denounced", P),
    ("toured", P),
    ("gathered", P),
    ("ruled", P),
    ("fell", W(K::Done)),
    ("came", W(K::Done)),
    ("took", W(K::Done)),
    ("made", W(K::Done)),
];

/// The names of months and weekdays, in full and short.
pub(super) fn calendar_words() -> impl Iterator<Item = &'static str> {
    let named = |word: &Word| matches!(word, Word::Month { .. } | Word::Weekday { plural: false, .. });
    WORDS.iter().filter(move |(_, word)| named(word)).map(|(name, _)| *name)
}

const SLOTS: usize = 2048;

/// The words of the table, and a bit for each by another hash: most words of a text are in no table.
struct Table {
    slots: Vec<(Letters, Word)>,
    may: [u64; MAY],
}

const MAY: usize = 64;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { slots: vec![(Letters::NONE, Word::Other); SLOTS], may: [0; MAY] };
    for &(text, word) in WORDS {
        let (letters, _) = Letters::of(text.as_bytes());
        let (part, bit) = letters.first_look();
        if let Some(bits) = table.may.get_mut(part) {
            *bits |= bit;
        }
        let taken = |&(known, _): &(Letters, Word)| known != Letters::NONE && known != letters;
        let mut at = letters.slot();
        while table.slots.get(at).is_some_and(taken) {
            at = (at + 1) % SLOTS;
        }
        if let Some(entry) = table.slots.get_mut(at) {
            *entry = (letters, word);
        }
    }
    table
});

/// Longest word of the table, in bytes.
const LONGEST: usize = 13;

/// The ASCII letters that some bytes start with, in lower case and with zeros behind them, and how
/// many there are; of more than eight the first eight.
#[inline]
fn letters(bytes: &[u8]) -> (u64, usize) {
    let part = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut part = [0; 8];
        part.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        part
    });
    let packed = u64::from_be_bytes(part);
    let small = packed | every_byte(0x20);
    // The high bit of each byte says what it is: the sums carry into no other byte.
    let seven = small & every_byte(0x7f);
    let (reaches_a, passes_z) = (seven + every_byte(0x80 - b'a'), seven + every_byte(0x7f - b'z'));
    let other = (!reaches_a | passes_z | packed) & every_byte(0x80);
    let len = other.leading_zeros() as usize / 8;
    (if other == 0 { small } else { small & !(u64::MAX >> (8 * len)) }, len)
}

/// Up to sixteen ASCII letters in lower case, packed into a number that is zero for no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letters(u64, u64);

impl Letters {
    const NONE: Self = Self(0, 0);

    /// The run of letters that some bytes start with and its length; of a longer one the first sixteen.
    #[inline]
    fn of(bytes: &[u8]) -> (Self, usize) {
        let (first, len) = letters(bytes);
        // Nearly every word is shorter than eight bytes.
        if len < 8 {
            return (Self(first, 0), len);
        }
        let (second, more) = letters(bytes.get(8..).unwrap_or_default());
        (Self(first, second), 8 + more)
    }

    const fn hash(self) -> u64 {
        (self.0 ^ self.1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    const fn slot(self) -> usize {
        (self.hash() >> 53) as usize
    }

    const fn first_look(self) -> (usize, u64) {
        let hash = self.hash() >> 41;
        ((hash >> 6) as usize % MAY, 1 << (hash % 64))
    }
}

/// The words of the table.
#[derive(Clone, Copy)]
pub(super) struct Lexicon(&'static Table);

impl Lexicon {
    pub(super) fn new() -> Self {
        Self(&TABLE)
    }

    /// What a word of ASCII letters alone is, whatever its case.
    pub(super) fn word(self, word: &[u8]) -> Word {
        let (letters, len) = Letters::of(word);
        if len == word.len() { self.find(letters) } else { Word::Other }
    }

    /// What the run of ASCII letters at `at` is, whatever its case, and where it ends.
    #[inline]
    pub(super) fn read(self, bytes: &[u8], at: usize) -> (Word, usize) {
        let (letters, len) = Letters::of(bytes.get(at..).unwrap_or_default());
        let end = at + len;
        if len > LONGEST {
            let more = bytes.get(end..).unwrap_or_default().iter();
            return (Word::Other, end + more.take_while(|byte| byte.is_ascii_alphabetic()).count());
        }
        let (part, bit) = letters.first_look();
        let known = self.0.may.get(part).is_some_and(|bits| bits & bit != 0);
        (if known { self.find(letters) } else { Word::Other }, end)
    }

    fn find(self, letters: Letters) -> Word {
        let mut slot = letters.slot();
        loop {
            match self.0.slots.get(slot) {
                Some(&(found, word)) if found == letters => return word,
                Some(&(Letters::NONE, _)) | None => return Word::Other,
                Some(_) => slot = (slot + 1) % SLOTS,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_in_any_case() {
        for (text, word) in WORDS {
            let (upper, longer) = (text.to_uppercase(), format!("{text} and a line of other words"));
            assert_eq!(Lexicon::new().read(upper.as_bytes(), 0), (*word, text.len()), "{text}");
            assert_eq!(Lexicon::new().read(longer.as_bytes(), 0), (*word, text.len()), "{text}");
            assert!(text.len() <= LONGEST, "{text} is never looked up");
        }
    }

    #[test]
    fn an_unknown_word_is_other() {
        assert_eq!(Lexicon::new().read(b"tariff", 0), (Word::Other, 6));
        assert_eq!(Lexicon::new().read(b"", 0), (Word::Other, 0));
        for sign in u8::MIN..=u8::MAX {
            let text = [b'm', b'a', b'y', sign, b'z'];
            let run = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            assert_eq!(Lexicon::new().read(&text, 0).1, run, "{sign}");
        }
        for len in 12..40 {
            assert_eq!(Lexicon::new().read("a".repeat(len).as_bytes(), 1), (Word::Other, len));
        }
    }
}
