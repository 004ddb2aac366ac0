//! What starts and ends soon: one row each, the nearest first, on a line of days.

use super::canvas::{
    BIG, BadChart, COLOURS, GRID, INK, Mark, PALE, SMALL, WIDTH, bold, card, fill, font, legend, line, width,
    write,
};

/// What happens on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Something is charged, or comes back.
    Starts,
    /// Something is charged no more.
    Ends,
    /// Something else falls due.
    Due,
}

/// One deadline.
#[derive(Debug, Clone)]
pub struct Row {
    /// The day, in words.
    pub day: String,
    /// Days ahead.
    pub days: i32,
    /// What it is about.
    pub what: String,
    /// What happens.
    pub then: String,
    /// Of which sort.
    pub turn: Turn,
}

const ROW: i32 = 122;

/// Rows drawn; the title says how many there are.
const SHOWN: usize = 12;

/// Draws the first rows, and says how many it leaves out.
///
/// # Errors
/// When the font or the picture cannot be made.
pub fn draw(title: &str, rows: &[Row], note: &str) -> Result<Vec<u8>, BadChart> {
    let shown = rows.get(..rows.len().min(SHOWN)).unwrap_or_default();
    let left_out = rows.len() - shown.len();
    let note =
        if left_out > 0 { format!("{note} {left_out} later ones are not drawn.") } else { note.to_owned() };
    let height = 120 + i32::try_from(shown.len()).unwrap_or(0) * ROW + 190;
    let right = i32::try_from(WIDTH).unwrap_or(0) - 40;
    card(u32::try_from(height).unwrap_or(600), |area| {
        write(area, title, &bold(BIG, INK), (36, 28))?;
        let furthest = shown.iter().map(|row| row.days).max().unwrap_or(1).max(1);
        for (n, row) in (0..).zip(shown) {
            let top = 104 + n * ROW;
            let head = format!("{}  ", row.day);
            let style = bold(32, INK);
            write(area, &head, &style, (40, top))?;
            let left = 40 + width(area, &head, &style);
            write(area, &fitted(area, &row.what, right - left - 10), &font(32, INK), (left, top))?;
            let (from, to) = (40, 40 + (right - 40 - 160) * row.days.max(0) / furthest);
            fill(area, (40, top + 52), (right - 160, top + 62), GRID)?;
            fill(area, (from, top + 48), (to.max(from + 8), top + 66), colour(row.turn))?;
            let days = if row.days == 1 { "1 day".to_owned() } else { format!("{} days", row.days) };
            let style = bold(32, INK);
            write(area, &days, &style, (right - width(area, &days, &style), top + 40))?;
            write(area, &fitted(area, &row.then, right - 60), &font(SMALL, PALE), (40, top + 76))?;
        }
        line(area, vec![(40, height - 186), (right, height - 186)], GRID, 2)?;
        let marks = [
            (Mark::Box(colour(Turn::Starts)), "a duty or measure starts or comes back".to_owned()),
            (Mark::Box(colour(Turn::Ends)), "one ends".to_owned()),
            (Mark::Box(colour(Turn::Due)), "other dates".to_owned()),
        ];
        let used = legend(area, &marks, 40, height - 164)?;
        write(area, &note, &font(SMALL, PALE), (40, height - 158 + used))
    })
}

const fn colour(turn: Turn) -> plotters::style::RGBColor {
    match turn {
        Turn::Starts => COLOURS[5],
        Turn::Ends => COLOURS[0],
        Turn::Due => COLOURS[6],
    }
}

/// Words cut to a width.
fn fitted(area: &super::canvas::Area<'_>, words: &str, room: i32) -> String {
    let style = font(32, INK);
    if width(area, words, &style) <= room {
        return words.to_owned();
    }
    // As many characters as fit, found by halving.
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    let cut = |n: usize| {
        let end = starts.get(n).copied().unwrap_or(words.len());
        format!("{}…", words.get(..end).unwrap_or_default().trim_end())
    };
    let (mut fits, mut over) = (0, starts.len());
    while fits + 1 < over {
        let middle = usize::midpoint(fits, over);
        if width(area, &cut(middle), &style) <= room { fits = middle } else { over = middle }
    }
    cut(fits)
}
