//! Items of a list that name goods, a firm or a state and a rate: "Chile: 20%". What is done, by whom and
//! from when, stands in the line above.

use super::dating::Dated;
use super::*;
use crate::grammar::lower::is;
use crate::grammar::rule::Need;
use crate::memory::Told;

/// How far behind its sign a rate may stand, in words.
const CLOSE: usize = 5;
/// How many sentences before a list the tariff it spells out may be told.
const ABOVE: usize = 4;
/// How long a line of a list without marks is at most, in bytes, and how many there may be.
const LINE: usize = 72;
const LINES: usize = 40;
/// How long the name of an item is at most, in words.
const NAME: usize = 24;

impl Builder<'_> {
    /// Whether the rule reads items of lists.
    pub(super) fn of_list(&self) -> bool {
        self.hit.rule.needs.contains(&Need::Listed)
    }

    /// Whether the act is an item without a verb, below a line or heading that names a tariff.
    pub(super) fn listed(&self, sides: &[Side]) -> bool {
        let sign = self.hit.frame.trigger.0;
        let close = self.share.iter().any(|i| i.words.0 > sign && i.words.0 <= sign + CLOSE);
        let word = |at: usize| self.view.words.get(at);
        let noun = |at: usize| word(at).is_some_and(|w| !w.time && matches!(w.tag, Tag::Noun | Tag::Verb(_)));
        let named =
            self.item_name().is_some_and(|(start, end)| end - start <= NAME && (start..end).any(noun));
        // "The rates are as follows: 10% in May, 18% in June".
        let leads = word(sign.saturating_sub(1))
            .is_some_and(|w| is!(w.lower, "follows" | "following" | "below" | "steps" | "stages"));
        let named = named && !leads || self.period_of_row().is_some();
        // The second rate of a row is that of another column.
        let row = word(sign).is_some_and(|w| w.lower == "|");
        let again =
            row && (0..sign).any(|at| word(at).is_some_and(|w| is!(w.lower, "%" | "percent" | "cent")));
        let of = |role: Role| sides.iter().filter(move |s| s.party.role == role);
        let both = of(Role::Actor).any(|a| of(Role::Recipient).any(|r| r.party.country == a.party.country));
        // "Cranes: from zero to 25 percent" tells by itself that a rate moves.
        let moves = [Part::From, Part::To].iter().all(|part| self.share.iter().any(|i| i.part == *part))
            && self.memory.above(self.index, ABOVE).is_some();
        close && named && !again && !both && !self.verb_of_item() && (moves || self.list_of_tariffs())
    }

    /// The words before the sign, behind the rate of the item before.
    pub(super) fn item_name(&self) -> Option<Range> {
        let sign = self.hit.frame.trigger.0;
        let words = self.view.words;
        let word = |i: usize| words.get(i).map_or(WordId::NONE, |w| w.lower.id());
        let rate = (0..sign).rev().find(|&i| is!(word(i), "%" | "percent" | "cent"));
        let verb = self.view.clauses.groups.iter().filter(|g| g.finite && g.head < sign).map(|g| g.head);
        let bracket = |at: usize| {
            let last = (0..at).rev().find(|&i| is!(word(i), "(" | ")"));
            last.is_some_and(|i| word(i) == "(")
        };
        let verb = verb.filter(|&at| !bracket(at)).max();
        let from = rate.max(verb).map_or(0, |at| at + 1);
        crate::grammar::clause::trim(words, (from, sign))
    }

    /// Whether a verb outside brackets tells something else.
    fn verb_of_item(&self) -> bool {
        let sign = self.hit.frame.trigger.0;
        // "Cranes: 25% (was 10%)"
        let behind = |g: &&crate::grammar::clause::Group| {
            g.finite && g.head > sign && (self.bracketed(sign) || !self.bracketed(g.head))
        };
        self.view.clauses.groups.iter().any(|g| behind(&g))
    }

    /// Whether the line above the list, or its heading, names a tariff.
    fn list_of_tariffs(&self) -> bool {
        let names = |text: &str| {
            let lower = text.to_lowercase();
            ["tariff", "duty", "duties", "levies", "levy", "surtax", "surcharge"]
                .iter()
                .any(|noun| lower.contains(noun))
        };
        let doc = self.context.doc;
        let above = self.context.occasions.list(self.index).and_then(|at| doc.sentences.get(at));
        let heading = doc.block_of(self.sentence).and_then(|b| b.section);
        let rates = |text: &str| text.contains("rate") && self.memory.above(self.index, ABOVE).is_some();
        // "The ruling reaches the following measures:" under "Which duties are affected".
        let points = |text: &str| {
            let lower = text.to_lowercase();
            ["following", "these", "measure", "rate"].iter().any(|word| lower.contains(word))
        };
        let under = above.filter(|_| heading.is_some_and(|s| names(doc.slice(s))));
        let inline = above.is_none() && self.view.clauses.groups.iter().any(|g| g.finite);
        above.is_some_and(|s| names(doc.slice(s.span)) || rates(doc.slice(s.span)))
            || under.is_some_and(|s| points(doc.slice(s.span)))
            || above.is_none()
                && heading.is_some_and(|s| names(doc.slice(s)) || rates(&doc.slice(s).to_lowercase()))
            || inline && names(doc.slice(self.sentence.span))
            || above.is_none() && !inline && self.first_line().is_some_and(names)
    }

    /// The line above lines such as "Chile: 20%" that stand one below the other without any mark.
    fn first_line(&self) -> Option<&str> {
        let doc = self.context.doc;
        let item = |text: &str| {
            text.len() < LINE && text.contains(':') && (text.contains('%') || text.contains("percent"))
        };
        let own = doc.slice(self.sentence.span);
        let lines = (self.index.saturating_sub(LINES)..self.index).rev();
        let mut above = lines.filter_map(|at| doc.sentences.get(at)).map(|s| doc.slice(s.span));
        above.find(|text| !item(text)).filter(|_| item(own))
    }

    /// The tariff told in or right before the line above the list.
    pub(super) fn lead_act(&self) -> Option<&Told> {
        let line = self.context.occasions.list(self.index).unwrap_or(self.index);
        self.memory.above(line, ABOVE).filter(|_| self.of_list())
    }

    /// What is done, and the rate of the item.
    pub(super) fn listed_act(&self, action: TariffAction) -> (TariffAction, &[Percentage]) {
        let moves = |act: &TariffAction| {
            matches!(
                act,
                TariffAction::Impose | TariffAction::Increase | TariffAction::Reduce | TariffAction::Threaten
            )
        };
        (self.lead_act().map(|lead| lead.act).filter(moves).unwrap_or(action), &self.share)
    }

    /// "21 Apr 2025 – 20 Apr 2026 | 12%": from when to when the rate of a row holds.
    pub(super) fn period_of_row(&self) -> Option<(Moment, Moment, Span)> {
        let sign = self.view.words.get(self.hit.frame.trigger.0)?;
        let time = self.times.iter().find(|t| t.span.end <= sign.span.start && t.ends.is_some())?;
        let (first, last) = time.ends.filter(|_| self.of_list() && sign.lower == "|")?;
        Some((first, last, time.span))
    }

    /// "Steel | 25% | May 1": the day in a row of its own.
    pub(super) fn day_of_row(&self) -> Option<(Moment, Span)> {
        let sign = self.view.words.get(self.hit.frame.trigger.0)?.span.end;
        let row = self.of_list() && self.view.words.iter().filter(|w| w.lower == "|").count() > 1;
        let time = self.times.iter().filter(|_| row).find(|t| t.span.start >= sign && t.length.is_none())?;
        Some((time.moment?, time.span))
    }

    /// The day of the tariff that the list spells out, where the item has none.
    pub(super) fn day_of_lead(&self, told: &Dated, lead: &Told) -> Option<Dated> {
        let (date, span) = lead.day.filter(|_| !told.own)?;
        Some(Dated { date, span, own: true })
    }
}

impl Terms {
    /// Start and end of the tariff that the list spells out, where the item has none.
    pub(super) fn take_from(&mut self, lead: &Told) {
        if self.effective.is_none()
            && let Some((moment, span)) = lead.start
        {
            (self.effective, self.effective_span) = (Some(moment), span);
            self.told_elsewhere = true;
        }
        if self.expires.is_none()
            && let Some((moment, span)) = lead.end
        {
            (self.expires, self.expires_span) = (Some(moment), span);
        }
        if self.duration.is_none()
            && let Some((length, span)) = lead.length
        {
            (self.duration, self.duration_span) = (Some(length), span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor};

    /// Recipient, goods, rates and start of each tariff, `-` where there is none.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let published = jiff::civil::Date::constant(2026, 2, 20);
        let events = Extractor::builtin().extract(&Article::new(text, published)).events;
        let told = events.iter().map(|e| {
            let hit =
                e.parties.iter().find(|p| p.role == crate::event::Role::Recipient).and_then(|p| p.country);
            let rate = e.rate.as_ref();
            let part = |p: Option<crate::event::Percent>| p.map_or_else(|| "-".to_owned(), |p| p.to_string());
            format!(
                "{} {} {} {} {}",
                hit.map_or_else(|| "-".to_owned(), |c| c.to_string()),
                e.scope.as_deref().unwrap_or("-"),
                part(rate.and_then(|r| r.from)),
                part(rate.and_then(|r| r.value.or(r.to))),
                e.effective.map_or_else(|| "-".to_owned(), |m| m.to_string()),
            )
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn each_item_is_a_tariff_of_its_own() {
        let lead =
            "The European Union will charge provisional duties on Chinese tyres. The rates from March 4 are:";
        check(
            &format!("{lead}\n\n- Linglong: 17.4%\n- Sailun: 20%\n- All other firms: 38.1%\n"),
            &[
                "CN Linglong - 17.4 2026-03-04",
                "CN Sailun - 20 2026-03-04",
                "CN All other firms - 38.1 2026-03-04",
            ],
        );
        check(
            "Washington's new tariff rates, effective March 1:\n\nVietnam – 20%\nSwitzerland – 39%\n",
            &["VN - - 20 2026-03-01", "CH - - 39 2026-03-01"],
        );
        check(
            "The United States raised its tariffs on China. Cranes: from 0 percent to 25 percent.",
            &["CN Cranes 0 25 -"],
        );
    }

    #[test]
    fn nobody_taxes_his_own_exporters() {
        check("Vietnam's trade ministry said its exporters face a 20% tariff.", &[]);
        check("Germany's cabinet agreed on a levy of 5% on domestic air tickets.", &[]);
        check(
            "China's commerce ministry said American farm exports to China would face a 15% tariff from March 1.",
            &["US American farm exports - 15 2026-03-01"],
        );
    }

    #[test]
    fn goods_sold_to_a_state_pay_its_tariff() {
        check(
            "Vietnam's exports to the United States will be subject to a 20% tariff from March 7.",
            &["VN Vietnam's exports - 20 2026-03-07"],
        );
        check(
            "Washington imposed a 32% tariff on Peru in April. Peru's tariff was reduced from 32% to 20% on Thursday.",
            &["PE - - 32 -", "PE - 32 20 -"],
        );
    }

    #[test]
    fn a_list_under_a_heading_that_names_duties() {
        check(
            "The United States put a 10% tariff on Kenya on Monday.\n\nWhich duties are hit\n\nThe ruling reaches the \
             following measures:\n\n- Peru: 20 percent since May 2, 2025.\n\n- Chile: 25 percent since March 4, \
             2025.\n",
            &["KE - - 10 -", "PE - - 20 2025-05-02", "CL - - 25 2025-03-04"],
        );
    }

    #[test]
    fn the_other_side_s_measure_stands_before_its_rate() {
        check(
            "The truce cut US tariffs on Chinese goods to 30% from 145% and Chinese duties on American goods to \
             10% from 125%.",
            &["CN Chinese goods 145 30 -", "US American goods 125 10 -"],
        );
        check(
            "Washington agreed to cut its levy on Chinese goods to 30% and Beijing its own to 10%.",
            &["CN Chinese goods - 30 -", "US - - 10 -"],
        );
    }

    #[test]
    fn the_rate_of_a_state_is_what_it_pays() {
        let news = "The United States put a 10% tariff on Chile on Monday.";
        check(&format!("{news} Canada's rate went up to 35% from 25%."), &["CL - - 10 -", "CA - 25 35 -"]);
        check(
            &format!("{news} While Britain got away with 10%, Brazil was slapped with 50%."),
            &["CL - - 10 -", "GB - - 10 -", "BR - - 50 -"],
        );
        check(
            &format!("{news} Swiss goods now face 15% instead of 39%."),
            &["CL - - 10 -", "CH Swiss goods 39 15 -"],
        );
    }

    #[test]
    fn shares_and_prices_are_no_tariffs() {
        check("China's exports fell in January. By destination:\n\n- Japan: 20%\n- Peru: 3%\n", &[]);
        check("Canada sells much to Japan. Its best buyers:\n\n- Japan: 20%\n- Peru: 3%\n", &[]);
    }
}
