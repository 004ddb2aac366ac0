//! The domain model: what happened, who took part, when, on which terms, and which words say so.
//!
//! The vocabulary is that of the project's annotation guideline; next to it stands the event's
//! PLOVER category and mode, so that results can be laid beside other event data.

use std::fmt;

pub use crate::fields::Fields;
use crate::span::Span;
use crate::state::StateCode;
use crate::vocabulary::{Vocabulary as _, vocabulary};
use crate::when::{EventDate, Length, Moment};

vocabulary! {
    /// The seven kinds of event.
    Kind: "kind" {
        /// Officials of two or more governments in contact.
        Engagement = "engagement",
        /// A duty, surcharge, de minimis rule or exclusion changes, or is threatened to.
        TariffAction = "tariff_action",
        /// Warnings, accusations, and measures other than tariffs.
        Tension = "tension",
        /// Something two sides agreed, or one side committed to.
        Agreement = "agreement",
        /// What somebody said, where the saying is all that happened.
        Statement = "statement",
        /// Firms or sectors act differently because of trade policy.
        BusinessShift = "business_shift",
        /// What somebody expects; always hypothetical.
        Forecast = "forecast",
    }
}

vocabulary! {
    /// Channel or form of an engagement.
    Engagement: "engagement subtype" {
        /// By telephone.
        Call = "call",
        /// By video.
        VideoCall = "video_call",
        /// In one room.
        Meeting = "meeting",
        /// Negotiations, a round of them.
        Talks = "talks",
        /// Leaders' meeting.
        Summit = "summit",
        /// One side travels to the other.
        Visit = "visit",
        /// Inviter is the actor, invitee the recipient.
        Invitation = "invitation",
    }
}

vocabulary! {
    /// What happens to a tariff.
    TariffAction: "tariff_action subtype" {
        /// A new duty, or the end of an exemption.
        Impose = "impose",
        /// A higher rate.
        Increase = "increase",
        /// A lower rate.
        Reduce = "reduce",
        /// Not charged for a time, or a planned rise called off.
        Suspend = "suspend",
        /// A running suspension runs on.
        ExtendSuspension = "extend_suspension",
        /// Ended for good.
        Remove = "remove",
        /// Goods exempted, or an exemption prolonged.
        Exclude = "exclude",
        /// Announced for the case that something happens or fails to.
        Threaten = "threaten",
    }
}

vocabulary! {
    /// Form of a tension.
    Tension: "tension subtype" {
        /// Against a product, a firm, an act to come.
        Warning = "warning",
        /// A government criticises a specific measure.
        Condemnation = "condemnation",
        /// Of having done something.
        Accusation = "accusation",
        /// Licences or bans on exports.
        ExportControl = "export_control",
        /// Firms put on a list.
        EntityListing = "entity_listing",
        /// Assets or dealings blocked.
        Sanction = "sanction",
        /// A probe opened.
        Investigation = "investigation",
        /// A case at the World Trade Organization.
        WtoDispute = "wto_dispute",
        /// Special charges on ships.
        PortFees = "port_fees",
        /// A counter-measure other than a tariff.
        Retaliation = "retaliation",
    }
}

vocabulary! {
    /// Form of an agreement.
    Agreement: "agreement subtype" {
        /// A text issued together.
        JointStatement = "joint_statement",
        /// Terms settled.
        Deal = "deal",
        /// Terms to be filled in.
        Framework = "framework",
        /// A common view recorded.
        Consensus = "consensus",
        /// A standing body or channel.
        Mechanism = "mechanism",
        /// One side undertakes something.
        Commitment = "commitment",
    }
}

vocabulary! {
    /// Stance of a statement.
    Statement: "statement subtype" {
        /// What the speaker holds or hopes.
        Position = "position",
        /// What the speaker wants another to do.
        Demand = "demand",
        /// A judgement; court rulings too.
        Assessment = "assessment",
        /// A reported fact is said to be untrue.
        Denial = "denial",
        /// A reported fact is said to be true.
        Confirmation = "confirmation",
        /// The speaker declines to confirm.
        NonConfirmation = "non_confirmation",
    }
}

/// Kind and subtype together, so that no event can carry a subtype of another kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// See [`Kind::Engagement`].
    Engagement(Engagement),
    /// See [`Kind::TariffAction`].
    TariffAction(TariffAction),
    /// See [`Kind::Tension`].
    Tension(Tension),
    /// See [`Kind::Agreement`].
    Agreement(Agreement),
    /// See [`Kind::Statement`].
    Statement(Statement),
    /// See [`Kind::BusinessShift`]; the subtype is free: one lower-case word, `_` between parts.
    BusinessShift(String),
    /// See [`Kind::Forecast`]; the subtype is free, as above.
    Forecast(String),
}

/// A kind with a subtype that it does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSubtype {
    /// The kind.
    pub kind: Kind,
    /// The word that is none of its subtypes.
    pub subtype: String,
}

impl Act {
    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Engagement(_) => Kind::Engagement,
            Self::TariffAction(_) => Kind::TariffAction,
            Self::Tension(_) => Kind::Tension,
            Self::Agreement(_) => Kind::Agreement,
            Self::Statement(_) => Kind::Statement,
            Self::BusinessShift(_) => Kind::BusinessShift,
            Self::Forecast(_) => Kind::Forecast,
        }
    }

    /// The subtype's word.
    #[must_use]
    pub fn subtype(&self) -> &str {
        match self {
            Self::Engagement(subtype) => subtype.as_str(),
            Self::TariffAction(subtype) => subtype.as_str(),
            Self::Tension(subtype) => subtype.as_str(),
            Self::Agreement(subtype) => subtype.as_str(),
            Self::Statement(subtype) => subtype.as_str(),
            Self::BusinessShift(subtype) | Self::Forecast(subtype) => subtype,
        }
    }

    /// The act of a kind and a subtype's word.
    ///
    /// # Errors
    /// When the kind's list has no such word, or a free subtype is not lower-case letters and `_`.
    pub fn new(kind: Kind, subtype: &str) -> Result<Self, BadSubtype> {
        let free = || {
            let fits = !subtype.is_empty() && subtype.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            fits.then(|| subtype.to_owned())
        };
        match kind {
            Kind::Engagement => Engagement::parse(subtype).map(Self::Engagement),
            Kind::TariffAction => TariffAction::parse(subtype).map(Self::TariffAction),
            Kind::Tension => Tension::parse(subtype).map(Self::Tension),
            Kind::Agreement => Agreement::parse(subtype).map(Self::Agreement),
            Kind::Statement => Statement::parse(subtype).map(Self::Statement),
            Kind::BusinessShift => free().map(Self::BusinessShift),
            Kind::Forecast => free().map(Self::Forecast),
        }
        .ok_or_else(|| BadSubtype { kind, subtype: subtype.to_owned() })
    }
}

impl fmt::Display for BadSubtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.kind {
            Kind::Engagement => Engagement::words(),
            Kind::TariffAction => TariffAction::words(),
            Kind::Tension => Tension::words(),
            Kind::Agreement => Agreement::words(),
            Kind::Statement => Statement::words(),
            Kind::BusinessShift | Kind::Forecast => "any lower-case word".to_owned(),
        };
        write!(f, "{} has no subtype {:?}; it has: {words}", self.kind, self.subtype)
    }
}

impl std::error::Error for BadSubtype {}

vocabulary! {
    /// What a party does in the event (PLOVER: actor, recipient).
    Role: "role" {
        /// Does it.
        Actor = "actor",
        /// It is done to, or for.
        Recipient = "recipient",
        /// Does it together with the others.
        Participant = "participant",
    }
}

/// Somebody or something taking part: a person, a body, a state, a group of firms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    /// The fullest name the article gives; `None` where it gives only an office.
    pub name: Option<String>,
    /// The office as printed in the article.
    pub office: Option<String>,
    /// The state the party acts for or belongs to.
    pub country: Option<StateCode>,
    /// What it does in the event.
    pub role: Role,
}

vocabulary! {
    /// How far the text commits itself to the event (after FactBank).
    Factuality: "factuality" {
        /// In the article's own voice, or by an authority of its own act.
        Asserted = "asserted",
        /// Attributed to somebody other than the actor.
        Reported = "reported",
        /// Conditional, possible, proposed, hoped, under negotiation.
        Hypothetical = "hypothetical",
        /// Somebody says it is or was not so.
        Denied = "denied",
    }
}

vocabulary! {
    /// State of the act at publication.
    Status: "status" {
        /// An engagement that took place.
        Occurred = "occurred",
        /// To come.
        Planned = "planned",
        /// Said not to be.
        Denied = "denied",
        /// The text leaves it open.
        Unknown = "unknown",
        /// Made known, not yet effective.
        Announced = "announced",
        /// Signed.
        Signed = "signed",
        /// Effective.
        InForce = "in_force",
        /// Paused.
        Suspended = "suspended",
        /// Ended.
        Removed = "removed",
        /// Only threatened.
        Threatened = "threatened",
        /// A tension that stands.
        Open = "open",
        /// A tension suspended or softened.
        Eased = "eased",
        /// A tension ended.
        Resolved = "resolved",
    }
}

/// A percentage or a number of percentage points, exact to four decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i64);

impl Percent {
    /// From ten-thousandths of a percent: 24 % is 240 000.
    #[must_use]
    pub const fn from_ten_thousandths(value: i64) -> Self {
        Self(value)
    }

    /// In ten-thousandths of a percent.
    #[must_use]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// Reads `24`, `7.5`, `0.125`; at most four decimals, at most 1 000 000 in size, no sign.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || part.len() > 4 || !numeric(whole) || !numeric(part) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let digits = part.bytes().map(|digit| i64::from(digit - b'0')).chain(std::iter::repeat(0));
        let fraction = digits.take(4).fold(0, |sum, digit| sum * 10 + digit);
        (whole <= 1_000_000).then_some(Self(whole * 10_000 + fraction))
    }
}

impl fmt::Display for Percent {
    /// Writes `24`, `7.5`: no sign of percent, no trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 10_000, (self.0 % 10_000).abs());
        if part == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{part:04}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

vocabulary! {
    /// What the numbers of a [`Rate`] count.
    RateUnit: "rate unit" {
        /// Ad valorem rate, or a relative cut.
        Percent = "percent",
        /// Points of duty added, taken off or suspended.
        PercentagePoints = "percentage_points",
    }
}

/// The rate a text gives, part by part; a part it does not give is `None`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate {
    /// The words it was read from.
    pub raw: String,
    /// The rate, or the points added, taken off or suspended.
    pub value: Option<Percent>,
    /// The rate before.
    pub from: Option<Percent>,
    /// The rate after.
    pub to: Option<Percent>,
    /// Percent or points.
    pub unit: RateUnit,
    /// What stays in force beside a suspended part.
    pub retained: Option<Percent>,
}

/// A PLOVER event class. Categories and modes are those of the PLOVER manual, draft 2.0 of
/// 2024-02-04 (repository openeventdata/PLOVER): sixteen categories.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plover {
    /// Category.
    pub category: PloverCategory,
    /// Mode within the category, one of [`PloverCategory::modes`].
    pub mode: Option<String>,
}

vocabulary! {
    /// The PLOVER categories, and `STATEMENT` for what PLOVER leaves uncoded.
    PloverCategory: "PLOVER category" {
        /// Agree to, or express an intention to.
        Agree = "AGREE",
        /// Meet, call, negotiate.
        Consult = "CONSULT",
        /// Express support diplomatically.
        Support = "SUPPORT",
        /// Give in.
        Concede = "CONCEDE",
        /// Cooperate materially.
        Cooperate = "COOPERATE",
        /// Provide aid.
        Aid = "AID",
        /// Withdraw a measure or a position.
        Retreat = "RETREAT",
        /// Demand, call for.
        Request = "REQUEST",
        /// Accuse, criticise, investigate.
        Accuse = "ACCUSE",
        /// Refuse, decline.
        Reject = "REJECT",
        /// Threaten.
        Threaten = "THREATEN",
        /// Demonstrate.
        Protest = "PROTEST",
        /// Reduce relations, impose an embargo or tariff.
        Sanction = "SANCTION",
        /// Show force.
        Mobilize = "MOBILIZE",
        /// Arrest, seize, expel.
        Coerce = "COERCE",
        /// Attack.
        Assault = "ASSAULT",
        /// Said, without an act PLOVER codes.
        Statement = "STATEMENT",
    }
}

impl PloverCategory {
    /// The modes the manual has for the category; none where it has no list.
    #[must_use]
    pub const fn modes(self) -> &'static [&'static str] {
        match self {
            Self::Consult => &["visit", "third-party", "multilateral", "phone"],
            Self::Retreat => &["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
            Self::Request | Self::Reject => &["assist", "change", "yield", "meet"],
            Self::Accuse => &["disapprove", "investigate", "allege"],
            Self::Threaten => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
            Self::Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct"],
            Self::Sanction => &["convict", "expel", "withdraw", "discontinue"],
            Self::Mobilize => &["troops", "weapons", "police", "militia"],
            Self::Coerce => &[
                "seize",
                "restrict",
                "censor",
                "curfew",
                "martial-law",
                "arrest",
                "deport",
                "withhold",
                "misinformation",
                "cyber",
            ],
            Self::Assault => &[
                "abduct",
                "beat",
                "torture",
                "sexual",
                "targeted",
                "destroy",
                "primitive",
                "firearms",
                "explosives",
                "suicide-attack",
                "aerial",
                "drone",
                "heavy-weapons",
                "crowd-control",
                "unconventional",
            ],
            Self::Agree | Self::Support | Self::Concede | Self::Cooperate | Self::Aid | Self::Statement => {
                &[]
            }
        }
    }
}

/// Where an event stands in the text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The sentence [`Event::quote`] repeats.
    pub quote: Span,
    /// The words each filled field was read from, by field path: `date`, `effective`, `expires`,
    /// `duration`, `rate`, `scope`, `place`, `status`, `topics.0`, `parties.0.name`,
    /// `parties.0.office`, `parties.0.country`, `claims.0`.
    pub fields: Fields,
    /// Names of the rules that made the event, the first one first; [`OWN_TEXT`] or [`OWN_ORDER`]
    /// last where it is the actor's own text that tells of it.
    pub rules: Vec<String>,
}

/// Stands among the rules of an act that the actor's own readout, fact sheet or statement tells.
pub const OWN_TEXT: &str = "the actor's own text";

/// Stands among the rules of an act that the actor's own order carries out.
pub const OWN_ORDER: &str = "the actor's own order";

/// Estimated chance that the event is right, in thousandths (0 to 1000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u16);

impl Confidence {
    /// In thousandths; more than 1000 counts as 1000.
    #[must_use]
    pub const fn from_thousandths(value: u16) -> Self {
        Self(if value > 1000 { 1000 } else { value })
    }

    /// In thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

/// One event as a careful reader takes it from the text itself. What the text does not say is
/// `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Kind and subtype.
    pub act: Act,
    /// Who takes part, in text order.
    pub parties: Vec<Party>,
    /// When it happened or was announced.
    pub date: EventDate,
    /// When the measure starts.
    pub effective: Option<Moment>,
    /// When the measure ends.
    pub expires: Option<Moment>,
    /// How long it runs.
    pub duration: Option<Length>,
    /// The rate.
    pub rate: Option<Rate>,
    /// Goods, firms or list concerned, in the text's words.
    pub scope: Option<String>,
    /// Subjects, lower case.
    pub topics: Vec<String>,
    /// City, else country, where the event took place.
    pub place: Option<String>,
    /// How far the text commits itself.
    pub factuality: Factuality,
    /// State at publication; `None` where the kind has none (statements, shifts, forecasts).
    pub status: Option<Status>,
    /// The sentence, verbatim.
    pub quote: String,
    /// Ordinals, views and attributions printed with the event, verbatim.
    pub claims: Vec<String>,
    /// PLOVER class.
    pub plover: Plover,
    /// Estimated chance to be right.
    pub confidence: Confidence,
    /// Spans and rules.
    pub evidence: Evidence,
}

impl Event {
    /// The state that does it, the first where several do.
    pub(crate) fn actor(&self) -> Option<StateCode> {
        self.parties.iter().find(|party| party.role == Role::Actor).and_then(|party| party.country)
    }

    /// Takes from another event the words that some fields rest on, where it has none of its own.
    pub(crate) fn rest_on(&mut self, other: &Self, fields: &[&str]) {
        for &field in fields {
            if let Some(span) = other.evidence.fields.get(field).copied()
                && !self.evidence.fields.contains_key(field)
            {
                self.evidence.fields.insert(field, span);
            }
        }
    }
}

/// What one article gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extraction {
    /// Events in text order.
    pub events: Vec<Event>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_reads_what_it_writes() {
        for text in ["0", "24", "7.5", "0.125", "145", "3.4031", "1000000"] {
            assert_eq!(Percent::parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Percent::parse("7.50").map(|p| p.to_string()).as_deref(), Some("7.5"));
        for text in ["", ".", ".5", "-1", "+1", "1e3", "1,000", "1.23456", "1000001", "٢٤", "24%"] {
            assert_eq!(Percent::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_act_is_its_kind_and_subtype() {
        for (kind, subtype) in [
            (Kind::Engagement, "video_call"),
            (Kind::TariffAction, "extend_suspension"),
            (Kind::Tension, "wto_dispute"),
            (Kind::Agreement, "joint_statement"),
            (Kind::Statement, "non_confirmation"),
            (Kind::BusinessShift, "price_change"),
            (Kind::Forecast, "future_talks"),
        ] {
            let act = Act::new(kind, subtype).unwrap();
            assert_eq!((act.kind(), act.subtype()), (kind, subtype));
        }
    }

    #[test]
    fn an_act_refuses_another_kinds_subtype() {
        let error = Act::new(Kind::Tension, "reduce").unwrap_err();
        assert!(error.to_string().starts_with("tension has no subtype \"reduce\"; it has: warning, "));
        assert!(Act::new(Kind::Forecast, "").is_err());
        assert!(Act::new(Kind::BusinessShift, "Price change").is_err());
    }

    #[test]
    fn words_of_a_list_differ() {
        fn distinct<T: crate::Vocabulary>() {
            let words: std::collections::BTreeSet<_> = T::ALL.iter().map(|value| value.as_str()).collect();
            assert_eq!(words.len(), T::ALL.len(), "{}", T::NAME);
        }
        distinct::<Kind>();
        distinct::<Status>();
        distinct::<PloverCategory>();
    }
}
