//! Words that by themselves say what may be named where they stand; each is looked up once, with the
//! phrases of the lexicon.

use crate::time::{calendar_words, is_month, is_weekday};

/// What a token may be, one bit each.
pub(super) mod flag {
    use crate::lexicon::traits;

    pub(in crate::mention) use traits::{BODY, CAPITAL, GROUP, KNOWN, NEAR, STATE};

    /// Opens a phrase though the lexicon does not know it.
    pub(in crate::mention) const OPENER: u32 = traits::LISTED;
    /// Stands between a country and a title, or before a title, and belongs to neither.
    pub(in crate::mention) const MODIFIER: u32 = traits::LISTED << 1;
    /// Opens an office of several.
    pub(in crate::mention) const OFFICES: u32 = traits::LISTED << 2;
    /// Opens a phrase for both sides.
    pub(in crate::mention) const SIDES: u32 = traits::LISTED << 3;
    /// "Mr.", "Dame".
    pub(in crate::mention) const HONORIFIC: u32 = traits::LISTED << 4;
    /// "von", "de".
    pub(in crate::mention) const PARTICLE: u32 = traits::LISTED << 5;
    /// Ends the name of an institution.
    pub(in crate::mention) const INSTITUTION: u32 = traits::LISTED << 6;
    /// Ends the name of a firm, an association, an institute, a court or an authority.
    pub(in crate::mention) const HOUSE: u32 = traits::LISTED << 7;
    /// Ends the phrase before it.
    pub(in crate::mention) const FUNCTION: u32 = traits::LISTED << 8;
    /// Says in "-ed" what firms and people are, where others say what was done to them.
    pub(in crate::mention) const WHICH: u32 = traits::LISTED << 9;
    /// Behind the name of a body, something of it that is no party: "the APEC meeting".
    pub(in crate::mention) const OCCASION: u32 = traits::LISTED << 10;
    /// A day, a month or an opener.
    pub(in crate::mention) const UNNAMED: u32 = traits::LISTED << 11;
}

/// The lists, in whatever capitals.
const LISTS: &[(u32, &[&str])] = &[
    (flag::OPENER | flag::SIDES, &["the", "both", "two", "each", "either"]),
    (flag::SIDES, &["leaders", "presidents"]),
    (flag::MODIFIER, MODIFIERS),
    (flag::OFFICES, OFFICES),
    (flag::HONORIFIC, HONORIFICS),
    (flag::PARTICLE, PARTICLES),
    (flag::INSTITUTION, INSTITUTION_ENDS),
    (flag::HOUSE, HOUSE_ENDS),
    (flag::FUNCTION, FUNCTION),
    (flag::WHICH, WHICH),
    (flag::OCCASION, OCCASIONS),
    (flag::UNNAMED, NO_NAMES),
];

/// Every listed word in lower case, with the lists it is on.
pub(crate) fn listed_words() -> impl Iterator<Item = (String, u32)> {
    let lists =
        LISTS.iter().flat_map(|(flags, words)| words.iter().map(|word| (word.to_lowercase(), *flags)));
    lists.chain(calendar_words().map(|word| (word, flag::UNNAMED)))
}

/// Whether a word as printed is a day, a month or an opener, and no part of a name.
pub(super) fn unnamed(word: &str) -> bool {
    NO_NAMES.contains(&word) || is_month(word) || is_weekday(word)
}

/// Words with a capital that start no name.
const NO_NAMES: &[&str] = &["The", "In", "On", "At", "And", "But", "A", "I", "States"];

const MODIFIERS: &[&str] = &[
    "then",
    "former",
    "ex",
    "newly",
    "new",
    "appointed",
    "elected",
    "incoming",
    "outgoing",
    "current",
    "designate",
    "visiting",
    "veteran",
    "interim",
    "late",
    "nominated",
    "own",
    "long-time",
    "longtime",
    "fellow",
    "newly-appointed",
];

const OFFICES: &[&str] = &[
    "prime",
    "vice",
    "heads",
    "leaders",
    "presidents",
    "premiers",
    "ministers",
    "chancellors",
    "secretaries",
];

const HONORIFICS: &[&str] = &[
    "mr.",
    "mr",
    "mrs.",
    "mrs",
    "ms.",
    "ms",
    "dr.",
    "dr",
    "sir",
    "madam",
    "hon",
    "hon.",
    "datuk",
    "dato",
    "seri",
    "shri",
    "smt.",
    "h.e.",
    "eng.",
    "ir.",
    "prof.",
    "lord",
    "dame",
    "honourable",
];

const PARTICLES: &[&str] =
    &["von", "van", "der", "de", "den", "la", "le", "da", "di", "del", "dos", "bin", "al", "ter"];

/// A name after one of these begins anew.
pub(super) const INSTITUTION_ENDS: &[&str] = &[
    "Affairs",
    "Security",
    "Industry",
    "Energy",
    "Commission",
    "Committee",
    "Council",
    "Department",
    "Ministry",
    "Bureau",
    "Office",
    "Administration",
    "Organization",
    "Treasury",
    "State",
    "Trade",
    "Commerce",
    "Finance",
    "Resources",
    "Development",
    "Technology",
    "Reform",
    "Congress",
    "Union",
    "Agriculture",
    "Defense",
    "Defence",
    "Exchequer",
    "Economy",
    "Policy",
    "Relations",
    "Cooperation",
    "Representative",
    "Fund",
    "Bank",
    "Environment",
    "Services",
    "Growth",
    "Negotiations",
    "Secretariat",
    "Investment",
    "Business",
    "Tourism",
    "Innovation",
    "Transport",
    "Labour",
    "Labor",
    "Planning",
    "Revitalization",
    "Agribusiness",
    "Change",
    "Cohesion",
    "Competition",
    "Competitiveness",
    "Coordination",
    "Digitalisation",
    "Digitalization",
    "Diversification",
    "Enterprises",
    "Fisheries",
    "Food",
    "Forestry",
    "Infrastructure",
    "Integration",
    "Livestock",
    "Production",
    "Promotion",
    "Section",
    "Sector",
    "Transformation",
    "Transition",
    "Worship",
    "Asia",
    "Africa",
    "Europe",
    "Eurasia",
    "Pacific",
    "Hemisphere",
    "Americas",
    "America",
];

pub(super) const HOUSE_ENDS: &[&str] = &[
    "Agency",
    "Airlines",
    "Airways",
    "Alliance",
    "Analytics",
    "Assembly",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Brewery",
    "Bureau",
    "Capital",
    "Center",
    "Centre",
    "Chamber",
    "Chambers",
    "Co.",
    "Coalition",
    "College",
    "Commission",
    "Committee",
    "Company",
    "Confederation",
    "Congress",
    "Consulting",
    "Cooperative",
    "Corp.",
    "Corporation",
    "Council",
    "Court",
    "Electric",
    "Electronics",
    "Exchange",
    "Federation",
    "Foods",
    "Forum",
    "Foundation",
    "Freight",
    "Group",
    "Holding",
    "Holdings",
    "Inc.",
    "Industries",
    "Institute",
    "Institution",
    "Laboratories",
    "League",
    "Lines",
    "Logistics",
    "Ltd.",
    "Maritime",
    "Materials",
    "Mills",
    "Motor",
    "Motors",
    "Organisation",
    "Organization",
    "PLC",
    "Partners",
    "Petroleum",
    "Pharma",
    "Pharmaceuticals",
    "Plc",
    "Research",
    "Securities",
    "Semiconductor",
    "Semiconductors",
    "Services",
    "Shipbuilding",
    "Shipping",
    "Society",
    "Solar",
    "Steel",
    "Syndicate",
    "Technologies",
    "Tribunal",
    "Union",
    "University",
    "Ventures",
];

const FUNCTION: &[&str] = &[
    "and", "or", "but", "our", "its", "their", "his", "her", "the", "a", "an", "from", "of", "in", "on",
    "to", "for", "with", "by", "at", "as", "that", "which", "who", "is", "are", "was", "were", "has", "have",
    "had", "will", "would", "said", "says", "not", "than", "into", "against", "other", "these", "those",
    "this", "told", "tells", "put", "puts", "let", "lets", "gave", "gives", "made", "makes", "forbade",
    "forbids", "bans", "orders", "asks", "urges", "warns", "bars", "hits", "hit", "cut", "cuts", "adds",
    "lists", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several",
    "some", "many", "dozens", "hundreds", "all", "both", "more", "once", "when", "while", "whereas",
    "because", "although", "though", "after", "before", "until", "unless", "if", "where", "what", "how",
    "why",
];

const WHICH: &[&str] = &[
    "based",
    "owned",
    "listed",
    "backed",
    "linked",
    "affiliated",
    "controlled",
    "funded",
    "headquartered",
    "registered",
    "incorporated",
    "flagged",
    "related",
    "invested",
    "operated",
    "educated",
];

const OCCASIONS: &[&str] = &[
    "meeting",
    "meetings",
    "summit",
    "conference",
    "ministerial",
    "session",
    "forum",
    "rules",
    "rule",
    "agreement",
    "framework",
    "members",
    "member",
    "week",
    "gathering",
    "reform",
    "dispute",
    "law",
    "obligations",
    "commitments",
    "principles",
    "system",
];
