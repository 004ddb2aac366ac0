//! What would make a PDF's reader run out of memory, stack or time, found before it is read.

use std::collections::HashMap;
use std::io::{self, Read as _};

use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId};

/// Most bytes all streams may have when they are unpacked.
const UNPACKED: u64 = 256 << 20;
/// Deepest nesting of forms within forms, and of the tree of pages.
const DEEPEST: usize = 32;
/// Most forms drawn on a page, those within forms counted as often as they are drawn.
const DRAWN: u64 = 20_000;

/// Measures the streams of a file as it stands, before anything unpacks them.
pub(super) fn streams(bytes: &[u8]) -> Result<(), String> {
    let mut left = UNPACKED;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let rest = bytes.get(at + 6..).unwrap_or_default();
        let data = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .or_else(|| rest.strip_prefix(b"\r"));
        // Only what looks like zlib: others do not grow.
        let Some(data) = data.filter(|data| data.first().is_some_and(|b| b & 0x0f == 8)) else { continue };
        let unpacked = io::copy(&mut ZlibDecoder::new(data).take(left + 1), &mut io::sink()).unwrap_or(0);
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| format!("its streams unpack to more than {} MB", UNPACKED >> 20))?;
    }
    let lzw = memchr::memmem::find(bytes, b"LZWDecode").is_some() && bytes.len() > 2 << 20;
    let twice = memchr::memmem::find(bytes, b"FlateDecode/FlateDecode")
        .or_else(|| memchr::memmem::find(bytes, b"FlateDecode /FlateDecode"))
        .is_some();
    if lzw || twice { Err("its streams are packed in a way that may have no end".to_owned()) } else { Ok(()) }
}

/// Looks for forms that draw themselves, and for pages that hang in a circle.
pub(super) fn structure(document: &Document) -> Result<(), String> {
    let mut forms = Forms { document, done: HashMap::new() };
    for page in document.get_pages().into_values() {
        let mut node = document.get_dictionary(page).map_err(|error| error.to_string())?;
        let mut depth = 0;
        let mut drawn = 0;
        loop {
            drawn = u64::max(drawn, forms.below(node, 0)?);
            let parent =
                node.get(b"Parent").and_then(Object::as_reference).and_then(|id| document.get_dictionary(id));
            let Ok(parent) = parent else { break };
            depth += 1;
            if depth > DEEPEST {
                return Err("its pages hang in a circle".to_owned());
            }
            node = parent;
        }
        let contents = document.get_page_content(page).unwrap_or_default();
        if draws(&contents).saturating_mul(drawn.max(1)) > DRAWN {
            return Err("a page draws forms without end".to_owned());
        }
    }
    Ok(())
}

struct Forms<'a> {
    document: &'a Document,
    /// What a form comes to; none while it is being looked at.
    done: HashMap<ObjectId, Option<u64>>,
}

impl Forms<'_> {
    /// The most that one form among a dictionary's resources comes to.
    fn below(&mut self, dictionary: &Dictionary, depth: usize) -> Result<u64, String> {
        if depth > DEEPEST {
            return Err("its forms are nested without end".to_owned());
        }
        let document = self.document;
        let follow = |object: &'_ Object| match object {
            Object::Reference(id) => document.get_object(*id).ok().cloned(),
            other => Some(other.clone()),
        };
        let resources = dictionary.get(b"Resources").ok().and_then(follow);
        let objects = resources
            .as_ref()
            .and_then(|resources| resources.as_dict().ok())
            .and_then(|resources| resources.get(b"XObject").ok())
            .and_then(follow);
        let Some(objects) = objects.as_ref().and_then(|objects| objects.as_dict().ok()) else { return Ok(0) };
        let mut most = 0;
        for (_, object) in objects.iter() {
            let Ok(id) = object.as_reference() else { continue };
            match self.done.get(&id) {
                Some(Some(known)) => most = most.max(*known),
                Some(None) => return Err("a form draws itself".to_owned()),
                None => {
                    let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { continue };
                    if !stream
                        .dict
                        .get(b"Subtype")
                        .and_then(Object::as_name)
                        .is_ok_and(|name| name == b"Form")
                    {
                        continue;
                    }
                    self.done.insert(id, None);
                    let within = self.below(&stream.dict, depth + 1)?;
                    let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                    let comes_to = draws(&content).saturating_mul(within).saturating_add(1);
                    self.done.insert(id, Some(comes_to));
                    most = most.max(comes_to);
                }
            }
        }
        Ok(most)
    }
}

/// How often a content draws a form or picture.
fn draws(content: &[u8]) -> u64 {
    let drawn = memchr::memmem::find_iter(content, b"Do").count();
    u64::try_from(drawn).unwrap_or(u64::MAX)
}
