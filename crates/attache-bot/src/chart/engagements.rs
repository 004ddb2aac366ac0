//! Contacts a month, by level: columns, the highest level at the bottom.

use jiff::civil::Date;

use super::canvas::{
    BIG, BadChart, COLOURS, GRID, INK, Mark, PALE, SMALL, WIDTH, WORDS, bold, card, fill, font, legend, line,
    width, write,
};

/// A month's contacts.
#[derive(Debug, Clone)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// Contacts of each level of the chart.
    pub counts: Vec<u32>,
}

const HEIGHT: i32 = 840;

/// Draws the months.
///
/// # Errors
/// When the font or the picture cannot be made.
pub fn draw(title: &str, levels: &[&str], months: &[Month], note: &str) -> Result<Vec<u8>, BadChart> {
    card(u32::try_from(HEIGHT).unwrap_or(0), |area| {
        write(area, title, &bold(BIG, INK), (36, 28))?;
        let (left, right, upper, lower) = (90, i32::try_from(WIDTH).unwrap_or(0) - 40, 120, HEIGHT - 290);
        let most = months.iter().map(|month| month.counts.iter().sum::<u32>()).max().unwrap_or(1).max(4);
        let step = most.div_ceil(5).max(1);
        let most = i32::try_from(most.div_ceil(step) * step).unwrap_or(1);
        let y = |count: u32| lower - (lower - upper) * i32::try_from(count).unwrap_or(0) / most;
        let style = font(WORDS, PALE);
        for count in (0..=u32::try_from(most).unwrap_or(0)).step_by(step as usize) {
            line(area, vec![(left, y(count)), (right, y(count))], GRID, 2)?;
            let words = count.to_string();
            write(area, &words, &style, (left - 14 - width(area, &words, &style), y(count) - 17))?;
        }
        let number = i32::try_from(months.len()).unwrap_or(1).max(1);
        let slot = (right - left) / number;
        let room = number * 104 / (right - left) + 1;
        let every = [1, 2, 3, 4, 6, 12].into_iter().find(|every| *every >= room).unwrap_or(12);
        for (n, month) in (0..).zip(months) {
            let at = left + (right - left) * n / number;
            let mut base = 0;
            for (level, count) in month.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let (from, to) = ((at + slot / 8, y(base + count)), (at + slot - slot / 8, y(base) - 2));
                fill(area, from, to, colour(level, levels.len()))?;
                base += count;
            }
            if (i32::from(month.first.month()) - 1) % every == 0 {
                let first = month.first.month() == 1 || n < every;
                let form = if first { "%b\n%Y" } else { "%b" };
                let words = month.first.strftime(form).to_string();
                for (row, word) in (0..).zip(words.lines()) {
                    let style = font(30, PALE);
                    write(
                        area,
                        word,
                        &style,
                        (at + slot / 2 - width(area, word, &style) / 2, lower + 12 + 34 * row),
                    )?;
                }
            }
        }
        line(area, vec![(left, lower), (right, lower)], INK, 2)?;
        let marks: Vec<_> = levels
            .iter()
            .enumerate()
            .map(|(n, name)| (Mark::Box(colour(n, levels.len())), (*name).to_owned()))
            .collect();
        let used = legend(area, &marks, 40, HEIGHT - 186)?;
        write(area, note, &font(SMALL, PALE), (40, HEIGHT - 180 + used))
    })
}

/// The last level is the unknown one: grey.
fn colour(level: usize, levels: usize) -> plotters::style::RGBColor {
    let at = if level + 1 == levels { COLOURS.len() - 1 } else { level % (COLOURS.len() - 1) };
    COLOURS.get(at).copied().unwrap_or(INK)
}
