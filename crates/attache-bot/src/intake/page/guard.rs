//! Bounds on markup, checked in one pass over the text before a tree is built from it: the tree
//! builder's work and memory grow with what is counted here.

use super::NotAnArticle;

/// Most bytes of markup read; a news page has a twentieth of it.
pub(super) const MOST: usize = 12 << 20;
/// Deepest nesting; real pages stay below 100.
const DEEPEST: usize = 1000;
/// Most elements; the longest pages have a tenth of it.
const MOST_ELEMENTS: usize = 200_000;
/// Longest tag without its quoted values: attributes are compared with one another.
const LONGEST_TAG: usize = 16 << 10;

/// Elements that have no end tag, or whose end tag is often left out.
const UNCLOSED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "frame", "hr", "img", "input", "keygen", "li", "link",
    "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];
/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Refuses what would cost the tree builder too much.
pub(super) fn check(html: &str) -> Result<(), NotAnArticle> {
    if html.len() > MOST {
        return Err(NotAnArticle::TooLarge { bytes: html.len(), most: MOST });
    }
    let mut scan = Scan { rest: html.as_bytes(), depth: 0, deepest: 0, elements: 0 };
    while scan.step()? {}
    if scan.deepest > DEEPEST {
        return Err(NotAnArticle::TooDeep(scan.deepest));
    }
    if scan.elements > MOST_ELEMENTS {
        return Err(NotAnArticle::TooManyElements { elements: scan.elements, most: MOST_ELEMENTS });
    }
    Ok(())
}

struct Scan<'a> {
    rest: &'a [u8],
    depth: usize,
    deepest: usize,
    elements: usize,
}

impl Scan<'_> {
    /// Goes past the next tag; false at the end.
    fn step(&mut self) -> Result<bool, NotAnArticle> {
        let Some(at) = self.rest.iter().position(|b| *b == b'<') else { return Ok(false) };
        self.skip(at + 1);
        let closing = self.rest.first() == Some(&b'/');
        let name_at = usize::from(closing);
        let name: Vec<u8> = self.rest.iter().skip(name_at).take(16).map(u8::to_ascii_lowercase).collect();
        let end = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = std::str::from_utf8(name.get(..end).unwrap_or_default()).unwrap_or_default();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Ok(true);
        }
        let empty = self.tag()?;
        if closing {
            self.depth = self.depth.saturating_sub(usize::from(!UNCLOSED.contains(&name)));
            return Ok(true);
        }
        self.elements += 1;
        if RAW.contains(&name) {
            self.raw(name);
        } else if !UNCLOSED.contains(&name) && !empty {
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
        Ok(true)
    }

    /// Goes past the end of a tag; whether it ends with a slash in the way of XML, as drawings do.
    fn tag(&mut self) -> Result<bool, NotAnArticle> {
        let (mut quote, mut bare, mut last) = (None, 0_usize, b' ');
        for (at, byte) in self.rest.iter().enumerate() {
            match (quote, byte) {
                (Some(open), _) if open == *byte => quote = None,
                (Some(_), _) => {}
                // A quote opens a value only after its equals sign.
                (None, b'"' | b'\'') if last == b'=' => quote = Some(*byte),
                (None, b'>') => {
                    self.skip(at + 1);
                    return Ok(last == b'/');
                }
                (None, _) => bare += 1,
            }
            if bare > LONGEST_TAG {
                return Err(NotAnArticle::TooManyAttributes);
            }
            if !byte.is_ascii_whitespace() {
                last = *byte;
            }
        }
        self.rest = &[];
        Ok(false)
    }

    /// Goes past content that is not markup.
    fn raw(&mut self, name: &str) {
        let end = self.rest.windows(name.len() + 2).position(|window| {
            window.starts_with(b"</")
                && window.get(2..).is_some_and(|tail| tail.eq_ignore_ascii_case(name.as_bytes()))
        });
        self.skip(end.unwrap_or(self.rest.len()));
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}
