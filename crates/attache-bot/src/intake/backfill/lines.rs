//! The lines of a file, one after the other, none longer than what is taken, and the place behind each.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};

use super::place::{PROOF, Place};

/// A file of lines, from some place on.
#[derive(Debug)]
pub(super) struct Lines {
    file: BufReader<File>,
    bytes: u64,
    number: u64,
    /// The last bytes read.
    tail: Vec<u8>,
}

impl Lines {
    /// From the beginning.
    pub(super) fn of(file: File) -> Self {
        Self { file: BufReader::new(file), bytes: 0, number: 0, tail: Vec::new() }
    }

    /// From a place on, behind which the file stands.
    pub(super) fn behind(file: File, place: &Place, tail: Vec<u8>) -> Self {
        Self { file: BufReader::new(file), bytes: place.bytes, number: place.lines, tail }
    }

    /// The next line, or why it is none; `None` at the end. A longer one than `most` is passed over.
    pub(super) fn next(&mut self, most: usize) -> io::Result<Option<Result<String, String>>> {
        let (mut line, mut length) = (Vec::new(), 0_usize);
        loop {
            let held = self.file.fill_buf()?;
            if held.is_empty() {
                break;
            }
            let end = held.iter().position(|byte| *byte == b'\n');
            let part = held.get(..end.map_or(held.len(), |end| end + 1)).unwrap_or(held);
            length += part.len();
            if line.len() <= most {
                line.extend_from_slice(part);
            }
            keep_tail(&mut self.tail, part);
            let used = part.len();
            self.file.consume(used);
            if end.is_some() {
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        self.bytes += u64::try_from(length).unwrap_or(u64::MAX);
        self.number += 1;
        if length > most {
            return Ok(Some(Err(format!("{length} bytes are more than a line may have ({most})"))));
        }
        Ok(Some(String::from_utf8(line).map_err(|error| {
            format!("not UTF-8 text: byte {} does not fit", error.utf8_error().valid_up_to())
        })))
    }

    /// The place behind the last line.
    pub(super) fn place(&self, file: String) -> Place {
        Place::behind(file, self.bytes, self.number, &self.tail)
    }
}

/// The last bytes of everything read.
fn keep_tail(tail: &mut Vec<u8>, part: &[u8]) {
    let most = PROOF as usize;
    if part.len() >= most {
        tail.clear();
        tail.extend_from_slice(part.get(part.len() - most..).unwrap_or_default());
        return;
    }
    let over = (tail.len() + part.len()).saturating_sub(most);
    tail.drain(..over);
    tail.extend_from_slice(part);
}
