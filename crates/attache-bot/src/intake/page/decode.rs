//! From a page's bytes to text: the byte order mark, then the header, then the page's own word,
//! then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes at the beginning that are searched for a declared charset.
const SEARCHED: usize = 4096;

/// The text of a page. What does not fit the charset becomes U+FFFD; null bytes are left out.
pub(super) fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| declared(bytes, content_type))
        .unwrap_or_else(|| guessed(bytes));
    let (text, _, _) = encoding.decode(bytes);
    if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() }
}

fn declared(bytes: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    let head = bytes.get(..SEARCHED).unwrap_or(bytes);
    let of_header = content_type.and_then(|header| charset(header.as_bytes()));
    of_header.map(|found| plausible(found, bytes)).or_else(|| {
        // A page that can be searched for its charset is not UTF-16, whatever it says.
        let found =
            charset(head).map(|found| if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found });
        found.map(|found| plausible(found, bytes))
    })
}

/// A server that says one thing for all its pages is wrong for some: text that is well-formed UTF-8
/// with letters beyond ASCII is UTF-8.
fn plausible(found: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    if found == UTF_8 || bytes.is_ascii() || std::str::from_utf8(bytes).is_err() { found } else { UTF_8 }
}

/// The first `charset=` (or XML's `encoding=`) that names a known one.
fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let lower = bytes.to_ascii_lowercase();
    for key in [&b"charset"[..], b"encoding"] {
        for (at, _) in lower.windows(key.len()).enumerate().filter(|(_, window)| *window == key) {
            let Some(rest) = lower.get(at + key.len()..) else { continue };
            let rest = rest.trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest
                .iter()
                .position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))
                .unwrap_or(rest.len());
            if let Some(found) = rest.get(..end).and_then(Encoding::for_label) {
                return Some(found);
            }
        }
    }
    None
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], header: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, header), expected);
    }

    #[test]
    fn a_charset_is_found_where_pages_state_it() {
        check(b"\xef\xbb\xbfa\xe2\x80\x94b", Some("text/html; charset=gbk"), "a\u{2014}b");
        check(b"\x93duty\x94", Some("text/html; charset=\"windows-1252\""), "\u{201c}duty\u{201d}");
        check(b"<meta charset=gb2312>\xb9\xd8\xcb\xb0", None, "<meta charset=gb2312>\u{5173}\u{7a0e}");
        check(
            b"<meta http-equiv=Content-Type content='text/html; charset = big5'>\xb5|",
            None,
            "<meta http-equiv=Content-Type content='text/html; charset = big5'>\u{7a05}",
        );
        check(b"<?xml encoding='iso-8859-1'?>\xe9", None, "<?xml encoding='iso-8859-1'?>\u{e9}");
        check("<meta charset=utf-16>\u{e9}".as_bytes(), None, "<meta charset=utf-16>\u{e9}");
    }

    #[test]
    fn a_wrong_or_missing_charset_is_mended_where_the_bytes_tell() {
        check("caf\u{e9}".as_bytes(), Some("text/html; charset=iso-8859-1"), "caf\u{e9}");
        check("caf\u{e9}".as_bytes(), None, "caf\u{e9}");
        check(b"the \x93truce\x94 \x96 until", None, "the \u{201c}truce\u{201d} \u{2013} until");
        check(b"a\0b", None, "ab");
        check(b"\xff\xfea\0b\0", None, "ab");
    }
}
