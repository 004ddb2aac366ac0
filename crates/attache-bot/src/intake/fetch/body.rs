//! The body of an answer: read up to a limit, then unpacked up to a limit.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use reqwest::Response;

use super::FetchError;

/// What was read of a body.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    /// There was more.
    pub(super) cut: bool,
}

/// Reads what is sent, at most so many bytes of it.
pub(super) async fn received(response: &mut Response, most: usize) -> Result<Body, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > most {
            bytes.truncate(most);
            return Ok(Body { bytes, cut: true });
        }
    }
    Ok(Body { bytes, cut: false })
}

/// Unpacks a body as the header says, at most so many bytes of what comes out. One that was cut off
/// gives what its beginning holds.
pub(super) fn unpacked(body: Body, encoding: &str, most: usize) -> Result<Body, FetchError> {
    let layers: Vec<_> = encoding
        .split(',')
        .map(str::trim)
        .filter(|layer| !layer.is_empty() && *layer != "identity")
        .collect();
    let (layer, rest) = match layers.as_slice() {
        [] => return Ok(body),
        [layer] => (*layer, ""),
        [rest, layer] => (*layer, *rest),
        _ => return Err(FetchError::Body(format!("it is packed {} times", layers.len()))),
    };
    let packed = body.bytes.as_slice();
    let unpacked = match layer.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => taken(MultiGzDecoder::new(packed), most),
        "br" => taken(Decompressor::new(packed, 4096), most),
        // Servers mean either by it: RFC 9110 says zlib, many send the bare stream.
        "deflate" if packed.first().is_some_and(|byte| byte & 0x0f == 8) => {
            taken(ZlibDecoder::new(packed), most)
        }
        "deflate" => taken(DeflateDecoder::new(packed), most),
        other => {
            let name: String = other.chars().take(20).collect();
            return Err(FetchError::Body(format!("it is packed as {name:?}, which was not asked for")));
        }
    };
    let (bytes, more, fault) = unpacked;
    match fault {
        Some(error) if !body.cut => Err(FetchError::Body(format!("it does not unpack: {error}"))),
        _ => {
            // Nobody packs twice to save anything; the second layer has the same limit.
            self::unpacked(Body { bytes, cut: body.cut || more }, rest, most)
        }
    }
}

/// What comes out, whether there was more, and what stopped it.
fn taken(reader: impl Read, most: usize) -> (Vec<u8>, bool, Option<io::Error>) {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let fault = reader.take(limit).read_to_end(&mut bytes).err();
    let more = bytes.len() > most;
    bytes.truncate(most);
    (bytes, more, fault.filter(|_| !more))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// "hello, hello, hello!", not made smaller.
    const BROTLI: &[u8] = b"\x8b\x09\x80hello, hello, hello!\x03";

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, expected: Result<(&str, bool), &str>) {
        let body = Body { bytes: bytes.to_vec(), cut: false };
        let unpacked = unpacked(body, encoding, 30);
        match expected {
            Ok((text, cut)) => {
                let body = unpacked.unwrap();
                assert_eq!((std::str::from_utf8(&body.bytes).unwrap(), body.cut), (text, cut));
            }
            Err(why) => {
                let error = unpacked.unwrap_err().to_string();
                assert!(error.contains(why), "{error}");
            }
        }
    }

    #[test]
    fn every_packing_is_unpacked_up_to_the_limit() {
        let text = b"hello, hello, hello!";
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(text).unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::best());
        bare.write_all(text).unwrap();
        let whole = Ok(("hello, hello, hello!", false));
        check(text, "", whole);
        check(text, "identity", whole);
        check(&gzip(text), "GZIP", whole);
        check(&zlib.finish().unwrap(), "deflate", whole);
        check(&bare.finish().unwrap(), "deflate", whole);
        check(&gzip(&gzip(text)), "gzip, gzip", whole);
        check(BROTLI, "br", whole);
        check(&gzip(&[b'a'; 10_000]), "gzip", Ok((&"a".repeat(30), true)));
    }

    #[test]
    fn a_bomb_gives_no_more_than_the_limit() {
        let zeros = vec![0; 50 << 20];
        let bomb = gzip(&gzip(&zeros));
        let body = unpacked(Body { bytes: bomb, cut: false }, "gzip, gzip", 1 << 20).unwrap();
        assert_eq!((body.bytes.len(), body.cut), (1 << 20, true));
    }

    #[test]
    fn what_does_not_unpack_is_said() {
        check(b"hello", "gzip", Err("does not unpack"));
        check(&gzip(b"hello")[..15], "gzip", Err("does not unpack"));
        check(b"hello", "br", Err("does not unpack"));
        check(b"hello", "zstd", Err("packed as \"zstd\""));
        check(b"hello", "gzip, gzip, gzip", Err("packed 3 times"));
    }
}
