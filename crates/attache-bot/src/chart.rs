//! Pictures of answers: drawn from data that is computed already, as PNG, with a font that is part
//! of the program. Dark words on an opaque light card read the same on a dark and a light screen.

pub mod deadlines;
pub mod engagements;
pub mod rates;

mod canvas;

pub use canvas::BadChart;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Width, height, and how many pixels are not the card's colour.
    #[track_caller]
    fn look(png: &[u8]) -> (u32, u32, usize) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, pixels.chunks(3).filter(|pixel| pixel[2] < 240).count())
    }

    fn chart(steps: Vec<rates::Step>) -> rates::Chart {
        rates::Chart {
            title: "Duties".to_owned(),
            panels: vec![rates::Panel { title: "US on CN".to_owned(), steps }],
            layers: vec!["One".to_owned()],
            first: date(2025, 1, 1),
            last: date(2025, 12, 31),
            note: "A note.".to_owned(),
        }
    }

    #[test]
    fn a_duty_is_drawn_and_nothing_is_drawn_where_there_is_none() {
        let step = |rate: f64, suspended: f64, known: bool| rates::Step {
            from: date(2025, 3, 1),
            to: date(2025, 9, 1),
            rates: vec![rate],
            suspended,
            known,
        };
        let inked = |steps: Vec<rates::Step>| look(&rates::draw(&chart(steps)).unwrap());
        let (width, height, none) = inked(Vec::new());
        assert_eq!((width, height), (1200, 810));
        let (.., duty) = inked(vec![step(10.0, 0.0, true)]);
        let (.., paused) = inked(vec![step(10.0, 24.0, true)]);
        let (.., unknown) = inked(vec![step(10.0, 0.0, false)]);
        assert!(duty > none + 10_000 && paused != duty && unknown > none, "{none} {duty} {paused} {unknown}");
    }

    #[test]
    fn every_chart_is_drawn_with_nothing_and_with_much() {
        for n in [0_u32, 1, 40] {
            let rows: Vec<_> = (0..n)
                .map(|n| deadlines::Row {
                    day: "10 Nov 2026".to_owned(),
                    days: i32::try_from(n).unwrap(),
                    what: "Ein sehr langer Name, ".repeat(20),
                    then: "€ 日本 it ends".to_owned(),
                    turn: deadlines::Turn::Ends,
                })
                .collect();
            look(&deadlines::draw("Title", &rows, "note").unwrap());
            let month = |n: u32| engagements::Month { first: date(2025, 1, 1), counts: vec![n, 1] };
            look(
                &engagements::draw("Title", &["a", "b"], &(0..n).map(month).collect::<Vec<_>>(), "note")
                    .unwrap(),
            );
        }
    }
}
