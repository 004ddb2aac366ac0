//! Duties on all goods over time: one panel for each direction of a pair, the layers on top of each
//! other, a dashed line where suspended points would bring the sum.

use jiff::civil::Date;

use super::canvas::{
    Area, BIG, BadChart, COLOURS, GRID, INK, Mark, PALE, SMALL, WIDTH, WORDS, bold, card, dashes, fill, font,
    hatch, legend, line, months, number, width, write,
};

/// One direction.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its heading.
    pub title: String,
    /// Stretches of time in which nothing changes, in order.
    pub steps: Vec<Step>,
}

/// A stretch of time.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its first day.
    pub from: Date,
    /// The day after its last.
    pub to: Date,
    /// Rate of each layer of [`Chart::layers`], in percent.
    pub rates: Vec<f64>,
    /// Points that are suspended.
    pub suspended: f64,
    /// Whether the sum is known.
    pub known: bool,
}

/// The chart.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// The directions.
    pub panels: Vec<Panel>,
    /// Names of the layers.
    pub layers: Vec<String>,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Where the words come from.
    pub note: String,
}

const LEFT: i32 = 132;
const RIGHT: i32 = 40;
const PANEL: i32 = 480;

/// Draws it.
///
/// # Errors
/// When the font or the picture cannot be made.
pub fn draw(chart: &Chart) -> Result<Vec<u8>, BadChart> {
    let height = 110 + i32::try_from(chart.panels.len()).unwrap_or(1) * PANEL + 220;
    card(u32::try_from(height).unwrap_or(800), |area| {
        write(area, &chart.title, &bold(BIG, INK), (36, 28))?;
        // Both panels have one scale, so that they compare.
        let most = chart.panels.iter().flat_map(|panel| &panel.steps).map(height_of).fold(10.0, f64::max);
        // Room above the highest for its figure.
        let top = most * 1.14;
        for (n, panel) in (0..).zip(&chart.panels) {
            draw_panel(area, chart, panel, 100 + n * PANEL, top)?;
        }
        let mut marks: Vec<_> = chart
            .layers
            .iter()
            .enumerate()
            .map(|(n, name)| (Mark::Box(colour(chart, n)), name.clone()))
            .collect();
        marks.push((Mark::Dashes(INK), "with the suspended points".to_owned()));
        if chart.panels.iter().flat_map(|panel| &panel.steps).any(|step| !step.known) {
            marks.push((Mark::Hatch, "sum not known".to_owned()));
        }
        let base = height - 206;
        let used = legend(area, &marks, 40, base)?;
        write(area, &chart.note, &font(SMALL, PALE), (40, base + used + 6))
    })
}

/// The fentanyl and the reciprocal layer have one colour in all charts; the others take what is left.
fn colour(chart: &Chart, layer: usize) -> plotters::style::RGBColor {
    let fixed = |name: &str| match name {
        name if name.contains("fentanyl") => Some(0),
        name if name.contains("eciprocal") => Some(1),
        _ => None,
    };
    let own = chart.layers.get(layer).and_then(|name| fixed(name));
    let before = chart.layers.iter().take(layer).filter(|name| fixed(name).is_none()).count();
    COLOURS.get(own.unwrap_or(2 + before) % COLOURS.len()).copied().unwrap_or(INK)
}

fn height_of(step: &Step) -> f64 {
    step.rates.iter().sum::<f64>() + step.suspended
}

fn grid_step(most: f64) -> f64 {
    [5.0, 10.0, 20.0, 25.0, 50.0, 100.0].into_iter().find(|step| most / step <= 5.0).unwrap_or(500.0)
}

fn draw_panel(area: &Area<'_>, chart: &Chart, panel: &Panel, top: i32, most: f64) -> Result<(), BadChart> {
    let right = i32::try_from(WIDTH).unwrap_or(0) - RIGHT;
    let (upper, lower) = (top + 62, top + PANEL - 62);
    let (first, last) = (number(chart.first), number(chart.last).max(number(chart.first) + 1));
    let x = |day: Date| {
        let day = number(day).clamp(first, last);
        LEFT + (right - LEFT) * (day - first) / (last - first)
    };
    #[expect(clippy::cast_possible_truncation, reason = "a pixel of a panel")]
    let y = |rate: f64| lower - (f64::from(lower - upper) * (rate / most).min(1.0)).round() as i32;
    write(area, &panel.title, &bold(34, INK), (40, top + 8))?;
    let step = grid_step(most);
    let mut at = 0.0;
    while at <= most + 0.01 {
        line(area, vec![(LEFT, y(at)), (right, y(at))], GRID, 2)?;
        let words = format!("{at}%");
        let style = font(WORDS, PALE);
        write(area, &words, &style, (LEFT - 12 - width(area, &words, &style), y(at) - 17))?;
        at += step;
    }
    for step in panel.steps.iter().filter(|step| step.to > chart.first && step.from < chart.last) {
        let (from, to) = (x(step.from), x(step.to));
        if !step.known {
            hatch(area, (from, upper), (to, lower))?;
        }
        let mut base = 0.0;
        for (n, rate) in step.rates.iter().enumerate().filter(|(_, rate)| **rate > 0.0) {
            fill(area, (from, y(base + rate)), (to, y(base)), colour(chart, n))?;
            base += rate;
        }
    }
    for (from, to, height) in
        runs(panel, chart, &|step| if step.suspended > 0.0 { height_of(step) } else { 0.0 })
    {
        dashes(area, (x(from), y(height)), (x(to), y(height)), INK)?;
    }
    sums(area, panel, chart, &x, &y)?;
    line(area, vec![(LEFT, lower), (right, lower)], INK, 2)?;
    for (day, words) in months(chart.first, chart.last, 9) {
        line(area, vec![(x(day), lower), (x(day), lower + 8)], INK, 2)?;
        let style = font(30, PALE);
        let left = (x(day) - width(area, &words, &style) / 2).min(right - width(area, &words, &style));
        write(area, &words, &style, (left, lower + 14))?;
    }
    Ok(())
}

/// Stretches in which a height stays what it is, and is more than nothing.
fn runs(panel: &Panel, chart: &Chart, height: &dyn Fn(&Step) -> f64) -> Vec<(Date, Date, f64)> {
    let mut runs: Vec<(Date, Date, f64)> = Vec::new();
    for step in panel.steps.iter().filter(|step| step.to > chart.first && step.from < chart.last) {
        let now = height(step);
        match runs.last_mut() {
            Some((_, to, held)) if (*held - now).abs() < 0.001 && *to == step.from => *to = step.to,
            _ => runs.push((step.from, step.to, now)),
        }
    }
    runs.retain(|(_, _, height)| *height > 0.0);
    runs
}

/// The sum above each stretch that has room for it.
fn sums(
    area: &Area<'_>,
    panel: &Panel,
    chart: &Chart,
    x: &dyn Fn(Date) -> i32,
    y: &dyn Fn(f64) -> i32,
) -> Result<(), BadChart> {
    let mut runs = runs(panel, chart, &|step| if step.known { step.rates.iter().sum() } else { 0.0 });
    // The highest first: where two have no room side by side, the lower one goes without.
    runs.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut taken: Vec<(i32, i32)> = Vec::new();
    for (from, to, sum) in runs {
        let words = format!("{}%", (sum * 100.0).round() / 100.0);
        let style = bold(30, INK);
        let wide = width(area, &words, &style);
        let left = (x(from) + x(to)) / 2 - wide / 2;
        let free = taken.iter().all(|(start, end)| left + wide + 8 < *start || left > *end + 8);
        if free {
            write(area, &words, &style, (left, y(sum) - 36))?;
            taken.push((left, left + wide));
        }
    }
    Ok(())
}
