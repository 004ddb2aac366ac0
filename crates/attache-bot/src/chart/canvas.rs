//! What all charts share: the card, the font, the colours, the legend, the PNG.

use std::sync::OnceLock;

use jiff::civil::{Date, date};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::FontStyle;

/// Colours that differ in lightness too, and for eyes that see few colours (Okabe and Ito 2008).
pub(super) const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(213, 94, 0),
    RGBColor(120, 120, 120),
];
pub(super) const INK: RGBColor = RGBColor(28, 32, 38);
pub(super) const PALE: RGBColor = RGBColor(96, 103, 112);
pub(super) const GRID: RGBColor = RGBColor(222, 225, 230);
pub(super) const CARD: RGBColor = RGBColor(250, 250, 251);

/// The card's width in pixels; a phone shows it at a third of this.
pub(super) const WIDTH: u32 = 1200;

/// Height in pixels of words, a title's and a label's.
pub(super) const BIG: u32 = 44;
pub(super) const WORDS: u32 = 32;
/// Small print.
pub(super) const SMALL: u32 = 27;

/// A picture that could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("the chart could not be drawn: {0}")]
pub struct BadChart(String);

impl BadChart {
    pub(super) fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

pub(super) type Area<'b> = DrawingArea<BitMapBackend<'b>, Shift>;

/// Draws on a card of this height and gives its PNG.
pub(super) fn card(
    height: u32,
    draw: impl FnOnce(&Area<'_>) -> Result<(), BadChart>,
) -> Result<Vec<u8>, BadChart> {
    static FONT: OnceLock<bool> = OnceLock::new();
    let ready = *FONT.get_or_init(|| {
        let plain = plotters::style::register_font("sans-serif", FontStyle::Normal, dejavu::sans::regular());
        let bold = plotters::style::register_font("bold", FontStyle::Normal, dejavu::sans::bold());
        plain.is_ok() && bold.is_ok()
    });
    if !ready {
        return Err(BadChart::of("the font does not read"));
    }
    let mut pixels = vec![0; (WIDTH * height * 3) as usize];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (WIDTH, height)).into_drawing_area();
        area.fill(&CARD).map_err(BadChart::of)?;
        draw(&area)?;
        area.present().map_err(BadChart::of)?;
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(BadChart::of)?;
    writer.write_image_data(&pixels).map_err(BadChart::of)?;
    writer.finish().map_err(BadChart::of)?;
    Ok(bytes)
}

pub(super) fn font(size: u32, colour: RGBColor) -> TextStyle<'static> {
    ("sans-serif", size).into_font().color(&colour)
}

pub(super) fn bold(size: u32, colour: RGBColor) -> TextStyle<'static> {
    ("bold", size).into_font().color(&colour)
}

pub(super) fn write(
    area: &Area<'_>,
    text: &str,
    style: &TextStyle<'_>,
    at: (i32, i32),
) -> Result<(), BadChart> {
    area.draw_text(text, style, at).map_err(BadChart::of)
}

/// Width of words in pixels.
pub(super) fn width(area: &Area<'_>, text: &str, style: &TextStyle<'_>) -> i32 {
    area.estimate_text_size(text, style).map_or(0, |(width, _)| i32::try_from(width).unwrap_or(0))
}

pub(super) fn fill(
    area: &Area<'_>,
    from: (i32, i32),
    to: (i32, i32),
    colour: RGBColor,
) -> Result<(), BadChart> {
    area.draw(&Rectangle::new([from, to], colour.filled())).map_err(BadChart::of)
}

pub(super) fn line(
    area: &Area<'_>,
    points: Vec<(i32, i32)>,
    colour: RGBColor,
    wide: u32,
) -> Result<(), BadChart> {
    area.draw(&PathElement::new(points, colour.stroke_width(wide))).map_err(BadChart::of)
}

/// A horizontal or vertical line of dashes.
pub(super) fn dashes(
    area: &Area<'_>,
    from: (i32, i32),
    to: (i32, i32),
    colour: RGBColor,
) -> Result<(), BadChart> {
    const DASH: i32 = 10;
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.abs().max(dy.abs());
    let mut at = 0;
    while at < length {
        let end = (at + DASH).min(length);
        let point = |n: i32| (from.0 + dx * n / length.max(1), from.1 + dy * n / length.max(1));
        line(area, vec![point(at), point(end)], colour, 4)?;
        at += 2 * DASH;
    }
    Ok(())
}

/// How a legend's mark looks.
pub(super) enum Mark {
    Box(RGBColor),
    Dashes(RGBColor),
    Hatch,
}

/// Marks and their meaning, as many lines as they need; gives the height used.
pub(super) fn legend(
    area: &Area<'_>,
    marks: &[(Mark, String)],
    left: i32,
    top: i32,
) -> Result<i32, BadChart> {
    let style = font(WORDS, INK);
    let right = i32::try_from(WIDTH).unwrap_or(0) - 30;
    let (mut x, mut y) = (left, top);
    for (mark, words) in marks {
        let needed = 50 + width(area, words, &style) + 34;
        if x > left && x + needed > right {
            x = left;
            y += 50;
        }
        match mark {
            Mark::Box(colour) => fill(area, (x, y - 3), (x + 34, y + 29), *colour)?,
            Mark::Dashes(colour) => dashes(area, (x, y + 13), (x + 36, y + 13), *colour)?,
            Mark::Hatch => hatch(area, (x, y - 3), (x + 34, y + 29))?,
        }
        write(area, words, &style, (x + 46, y + 1))?;
        x += needed;
    }
    Ok(y - top + 50)
}

/// Slanted lines: not known.
pub(super) fn hatch(area: &Area<'_>, from: (i32, i32), to: (i32, i32)) -> Result<(), BadChart> {
    let height = to.1 - from.1;
    let mut x = from.0 - height;
    while x < to.0 {
        let (mut a, mut b) = ((x, to.1), (x + height, from.1));
        if a.0 < from.0 {
            a = (from.0, to.1 - (from.0 - x));
        }
        if b.0 > to.0 {
            b = (to.0, from.1 + (b.0 - to.0));
        }
        if a.0 <= b.0 {
            line(area, vec![a, b], RGBColor(176, 181, 189), 2)?;
        }
        x += 12;
    }
    Ok(())
}

/// Days since the year 2000.
pub(super) fn number(day: Date) -> i32 {
    date(2000, 1, 1).until(day).map_or(0, |span| span.get_days())
}

/// Firsts of months between two days, at most `most`, with their words: a year where one begins.
pub(super) fn months(first: Date, last: Date, most: usize) -> Vec<(Date, String)> {
    let all = (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month())
        - i32::from(first.month());
    let step = [1, 2, 3, 6, 12, 24]
        .into_iter()
        .find(|step| all / step < i32::try_from(most).unwrap_or(1))
        .unwrap_or(48);
    let mut found = Vec::new();
    let mut day = first.first_of_month();
    while day <= last {
        let n = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        if day >= first && n % step == 0 {
            let words = if step >= 12 {
                day.strftime("%Y").to_string()
            } else if day.month() == 1 || found.is_empty() {
                day.strftime("%b %Y").to_string()
            } else {
                day.strftime("%b").to_string()
            };
            found.push((day, words));
        }
        let Ok(next) = day.checked_add(jiff::Span::new().months(1)) else { break };
        day = next;
    }
    found
}
