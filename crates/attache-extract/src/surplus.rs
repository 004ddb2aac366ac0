//! What a sentence or a text says again in other words, and what counts only where nothing more precise
//! is told: dropped from the events.

use crate::build_event::Draft;
use crate::event::{Act, Factuality, Kind, Role, Statement, Status, TariffAction, Tension};
use crate::frame_match::View;
use crate::state::StateCode;

/// A modal stands no further from its verb, in bytes: "may not now follow".
const SAME_VERB: usize = 12;

/// "Roe met Doe in Oslo, the ministry said": whoever only vouches for the contact states nothing of his own.
pub(crate) fn drop_attributions(view: View<'_>, drafts: &mut Vec<Draft>) {
    let contact = drafts.iter().filter(|d| d.event.act.kind() == Kind::Engagement).map(|d| d.start).min();
    let Some(contact) = contact else { return };
    let vouches = |draft: &Draft| {
        let groups = &view.clauses.groups;
        let says = groups.iter().position(|g| {
            view.words.get(g.head).is_some_and(|w| w.span.start <= draft.start && draft.start < w.span.end)
        });
        let Some((at, group)) = says.and_then(|at| Some((at, groups.get(at)?))) else { return false };
        let comma = group.subject.and_then(|(from, _)| view.words.get(from.checked_sub(1)?));
        // "…, the ministry said in a note that was published later": nothing is said behind the verb.
        let told = groups.iter().skip(at + 1).any(|g| g.finite && g.governor == Some(at));
        draft.event.act.kind() == Kind::Statement
            && contact < draft.start
            && comma.is_some_and(|w| w.lower == ",")
            && !told
    };
    drafts.retain(|draft| !vouches(draft));
}

/// Of what one speaker says in the news the rules that stand back from every other statement read but
/// one view: the rest are the same stance in more words.
pub(crate) fn drop_repeated_views(drafts: &mut Vec<Draft>) {
    let mut heard: Vec<(Option<StateCode>, Option<String>, Statement)> = Vec::new();
    drafts.retain(|d| {
        let Act::Statement(subtype @ (Statement::Position | Statement::Assessment)) = d.event.act else {
            return true;
        };
        if d.general || d.residual.is_empty() || d.event.factuality != Factuality::Reported {
            return true;
        }
        let Some(speaker) = d.event.parties.iter().find(|p| p.role == Role::Actor) else { return true };
        let again = heard
            .iter()
            .any(|(state, name, act)| *state == speaker.country && *name == speaker.name && *act == subtype);
        if !again {
            heard.push((speaker.country, speaker.name.clone(), subtype));
        }
        !(again && d.residual.contains(&Kind::Statement)) || d.carried && d.official
    });
}

/// "The minister stressed patience. Both sides should talk. They should meet": in words that run on
/// behind a speaker a paragraph takes one position, the first, and none where the speaker has taken one.
pub(crate) fn drop_carried_views(drafts: &mut Vec<Draft>) {
    let position = |d: &Draft| d.event.act == Act::Statement(Statement::Position);
    let more = |d: &Draft| d.carried && position(d) && d.residual.contains(&Kind::Statement);
    // What a speaker asks for is a stance as well.
    let takes = |d: &Draft| {
        let stance = matches!(d.event.act, Act::Statement(Statement::Position | Statement::Demand));
        stance && !more(d)
    };
    let mut taken: Vec<(usize, Option<StateCode>)> =
        drafts.iter().filter(|d| takes(d)).map(|d| (d.block, d.event.actor())).collect();
    drafts.retain(|d| {
        let passage = (d.block, d.event.actor());
        let again = more(d) && taken.contains(&passage);
        if more(d) && !again {
            taken.push(passage);
        }
        !again
    });
}

/// "Their steps have harmed our rights. We oppose these actions": what is opposed has just been charged.
pub(crate) fn drop_repeated_blame(drafts: &mut Vec<Draft>, text: &str) {
    let charges = |d: &&Draft| d.event.act == Act::Tension(Tension::Accusation);
    let charged: Vec<(usize, usize, Option<StateCode>)> =
        drafts.iter().filter(charges).map(|d| (d.block, d.sentence + 1, d.event.actor())).collect();
    let points_back = |d: &Draft| {
        let rest = text.get(d.start..).and_then(|rest| rest.split(['.', ',', ';']).next()).unwrap_or("");
        rest.split_whitespace().take(3).any(|word| matches!(word, "this" | "these" | "such" | "that" | "it"))
    };
    drafts.retain(|d| {
        let again = charged.contains(&(d.block, d.sentence, d.event.actor()));
        d.event.act != Act::Tension(Tension::Condemnation) || !again || !points_back(d)
    });
}

/// Of what a speaker holds in one answer the first view counts, and of what is asked of one party the first
/// demand: "China has always opposed walls. … Nobody wins a trade war. … China is ready to talk."
pub(crate) fn drop_formulas(drafts: &mut Vec<Draft>) {
    type View = (usize, Statement, Option<StateCode>, Option<StateCode>, Option<String>);
    let mut heard: Vec<View> = Vec::new();
    drafts.retain(|d| {
        let Act::Statement(stance @ (Statement::Position | Statement::Demand)) = d.event.act else {
            return true;
        };
        let Some(answer) = d.answer.filter(|_| d.event.factuality == Factuality::Asserted) else {
            return true;
        };
        let of = |role| d.event.parties.iter().find(|p| p.role == role).and_then(|p| p.country);
        // Two demands on one party are one; two views are, where they are put in the same way.
        let way = (stance == Statement::Position).then(|| d.event.evidence.rules.first().cloned()).flatten();
        let told = (answer, stance, of(Role::Actor), of(Role::Recipient), way);
        let again = heard.contains(&told);
        heard.push(told);
        !again
    });
}

/// What a sentence has told, for what counts only where it tells nothing more precise.
struct Spoken {
    kind: Kind,
    /// Speaks before a rule that stands back from every statement.
    firm: bool,
    by: Option<StateCode>,
    at: usize,
    blames: bool,
    /// Told as a fact.
    fact: bool,
}

impl Spoken {
    fn of(d: &Draft) -> Self {
        let kind = d.event.act.kind();
        Self {
            kind,
            firm: d.residual.is_empty() || kind == Kind::Statement && !d.residual.contains(&kind),
            by: d.event.actor(),
            at: d.start,
            blames: matches!(d.event.act, Act::Tension(Tension::Condemnation | Tension::Accusation)),
            fact: matches!(d.event.factuality, Factuality::Asserted | Factuality::Reported),
        }
    }
}

/// Drops what counts only where its sentence tells nothing more precise: "X said …", "Y hit back by …".
pub(crate) fn drop_residual(drafts: &mut Vec<Draft>, text: &str) {
    if drafts.len() < 2 {
        return;
    }
    drop_wider_views(drafts);
    let yields = drafts.iter().any(|d| !d.residual.is_empty());
    let told: Vec<Spoken> = if yields { drafts.iter().map(Spoken::of).collect() } else { Vec::new() };
    drop_shifts_planned(drafts);
    drop_foreseen(drafts, text);
    drop_more_blame(drafts);
    drafts.retain(|d| !told.iter().any(|other| stands_back(d, other, text)));
}

/// What one speaker says in one sentence is one view, as the narrowest rule reads it.
fn drop_wider_views(drafts: &mut Vec<Draft>) {
    let view = |d: &Draft| {
        let says = matches!(d.event.act, Act::Statement(Statement::Position | Statement::Assessment));
        says && !d.general
    };
    if drafts.iter().filter(|d| view(d)).count() < 2 {
        return;
    }
    let speaker = |d: &Draft| d.event.parties.first().map(|p| (p.country, p.name.clone()));
    let views: Vec<_> = drafts.iter().map(|d| view(d).then(|| (speaker(d), d.residual.len()))).collect();
    let mut at = 0;
    drafts.retain(|_| {
        let own = views.get(at).and_then(Option::as_ref);
        let narrower = |(index, other): (usize, &Option<_>)| {
            own.zip(other.as_ref()).is_some_and(
                |((by, width), (whose, other)): (&(_, usize), &(_, usize))| {
                    by == whose && (other < width || other == width && index < at)
                },
            )
        };
        let keep = !views.iter().enumerate().any(narrower);
        at += 1;
        keep
    });
}

/// "is dropping plans to build a plant": one shift, as far as it is a fact.
fn drop_shifts_planned(drafts: &mut Vec<Draft>) {
    let shift = |d: &Draft| d.event.act.kind() == Kind::BusinessShift;
    if drafts.iter().filter(|d| shift(d)).count() < 2 {
        return;
    }
    let firm_name = |d: &Draft| d.event.parties.first().and_then(|p| p.name.clone());
    let done: Vec<Option<String>> = (drafts.iter())
        .filter(|d| shift(d) && d.event.factuality != Factuality::Hypothetical)
        .map(firm_name)
        .collect();
    drafts.retain(|d| {
        !(shift(d) && d.event.factuality == Factuality::Hypothetical && done.contains(&firm_name(d)))
    });
}

/// "…, the bank estimates": whose forecast it is makes no second one, and what it foresees is not planned.
fn drop_foreseen(drafts: &mut Vec<Draft>, text: &str) {
    let forecasts: Vec<usize> =
        drafts.iter().filter(|d| d.event.act.kind() == Kind::Forecast).map(|d| d.start).collect();
    if forecasts.is_empty() {
        return;
    }
    let behind_one = |d: &Draft, breaks: &[&str]| {
        forecasts.iter().any(|&first| {
            first < d.start
                && text
                    .get(first..d.start)
                    .is_some_and(|between| !breaks.iter().any(|word| between.contains(word)))
        })
    };
    drafts.retain(|d| {
        d.event.act.kind() != Kind::Forecast
            || !behind_one(d, &[";", " and ", " but ", " while ", " whereas "])
    });
    // "expects both capitals to renew the truce": foreseen, not planned.
    drafts.retain(|d| {
        let eased = matches!(d.event.act, Act::Tension(_))
            && matches!(d.event.status, Some(Status::Eased | Status::Resolved));
        let hoped = (d.event.act.kind() == Kind::Agreement || eased)
            && d.event.factuality == Factuality::Hypothetical;
        !(hoped && behind_one(d, &[";", ", ", " and ", " but ", " while "]))
    });
}

/// One breath of blame by one side.
fn drop_more_blame(drafts: &mut Vec<Draft>) {
    // Of several words of blame by one side the first one counts.
    let mut blamed: Vec<Option<StateCode>> = Vec::new();
    drafts.retain(|d| {
        let blames = d.event.act == Act::Tension(Tension::Condemnation);
        let again = blames && blamed.contains(&d.event.actor());
        blamed.extend((blames && !again).then(|| d.event.actor()));
        !again
    });
    // "warned of a 30% duty": the threat is told.
    let threatens: Vec<Option<StateCode>> = drafts
        .iter()
        .filter(|d| d.event.act == Act::TariffAction(TariffAction::Threaten))
        .map(|d| d.event.actor())
        .collect();
    // "criticised the curbs, warning that they would disrupt trade": one breath of blame.
    drafts.retain(|d| {
        let warns =
            d.event.act == Act::Tension(Tension::Warning) && d.event.factuality == Factuality::Asserted;
        !(warns && (blamed.contains(&d.event.actor()) || threatens.contains(&d.event.actor())))
    });
}

/// Whether what a sentence tells besides leaves no room for an act.
fn stands_back(d: &Draft, other: &Spoken, text: &str) -> bool {
    let kind = d.event.act.kind();
    // "Lee, who met Roe on Monday, denied that the pact was dead": what is denied is not what he did.
    let denies = d.event.act == Act::Statement(Statement::Denial);
    if denies && other.fact && matches!(other.kind, Kind::Engagement | Kind::Agreement | Kind::TariffAction) {
        return false;
    }
    // "… spoke by phone; a day later he told reporters …": two halves of a sentence.
    let apart = || {
        let (from, to) = (d.start.min(other.at), d.start.max(other.at));
        text.get(from..to).is_some_and(|between| between.contains("; "))
    };
    // "voiced concern over the tolls and stressed that Oslo will act": a view beside the blame.
    let adds = || {
        let that = text.get(d.start..).and_then(|rest| rest.split_once(' '));
        d.official
            && d.event.act == Act::Statement(Statement::Position)
            && that.is_some_and(|(_, rest)| rest.starts_with("that "))
            && text.get(other.at..d.start).is_some_and(|between| between.contains(" and "))
    };
    let own = other.by == d.event.actor();
    // "Beijing defended the step, Berlin criticised it": two voices.
    let voices = other.blames && !own;
    (other.firm || other.kind != kind)
        && d.residual.contains(&other.kind)
        && !adds()
        && (own
            || kind == Kind::Statement && !voices && !apart()
            || kind == Kind::Forecast && other.at.abs_diff(d.start) <= SAME_VERB)
}
