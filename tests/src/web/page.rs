//! What a host sends for a path.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::Request;

/// A scripted answer.
#[derive(Clone, Debug)]
pub struct Page {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
    before: Duration,
    etag: Option<String>,
}

/// What stands in an answer.
#[derive(Clone, Debug)]
pub enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes again and again without end, each time after so long.
    Endless(Vec<u8>, Duration),
    /// So many bytes of a length that promises more; then the connection ends.
    Broken(Vec<u8>),
    /// Nothing at all: the connection stays open.
    Silence,
}

impl Page {
    /// Bytes of a type.
    #[must_use]
    pub fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
            body: Body::Bytes(body.into()),
            before: Duration::ZERO,
            etag: None,
        }
    }

    /// A web page.
    #[must_use]
    pub fn html(body: &str) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    /// An answer of another status, with its number in words.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self { status, ..Self::html(&format!("<p>{status}")) }
    }

    /// A redirect.
    #[must_use]
    pub fn to(status: u16, location: &str) -> Self {
        Self::status(status).header("Location", location)
    }

    /// Something other than bytes.
    #[must_use]
    pub fn body(body: Body) -> Self {
        Self { body, ..Self::html("") }
    }

    /// An RSS feed of items: title, path or address, publication.
    #[must_use]
    pub fn rss(items: &[(&str, &str, &str)]) -> Self {
        let items: String = items
            .iter()
            .map(|(title, link, date)| {
                let link = if link.starts_with('/') { format!("HOST{link}") } else { (*link).to_owned() };
                format!("<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate></item>")
            })
            .collect();
        Self::new(
            "application/rss+xml",
            format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Paper</title>{items}</channel></rss>"
            ),
        )
    }

    /// A web page with an article in it.
    #[must_use]
    pub fn article(title: &str, published: &str, paragraphs: &[&str]) -> Self {
        let text: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
        Self::html(&format!(
            "<!doctype html><html lang=\"en\"><head><title>{title}</title>\
             <meta property=\"og:site_name\" content=\"The Paper\">\
             <meta property=\"article:published_time\" content=\"{published}\"></head>\
             <body><article><h1>{title}</h1>{text}</article></body></html>"
        ))
    }

    /// With a further header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With an `ETag`; who names it is told that nothing changed.
    #[must_use]
    pub fn etag(self, etag: &str) -> Self {
        let page = self.header("ETag", etag);
        Self { etag: Some(etag.to_owned()), ..page }
    }

    /// With so long before the first byte.
    #[must_use]
    pub fn slow(self, before: Duration) -> Self {
        Self { before, ..self }
    }

    /// With the body packed so, by its `Content-Encoding`.
    ///
    /// # Panics
    /// If the body is not bytes.
    #[must_use]
    pub fn packed(self, encoding: &str, bytes: Vec<u8>) -> Self {
        let page = self.header("Content-Encoding", encoding);
        Self { body: Body::Bytes(bytes), ..page }
    }

    /// With the body gzipped.
    ///
    /// # Panics
    /// If the body is not bytes.
    #[must_use]
    pub fn gzip(self) -> Self {
        let Body::Bytes(bytes) = &self.body else { panic!("only bytes are packed") };
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("writing to memory");
        let packed = encoder.finish().expect("writing to memory");
        self.packed("gzip", packed)
    }

    /// The page with `HOST` in body and headers replaced.
    pub(super) fn on(mut self, host: &str) -> Self {
        for (_, value) in &mut self.headers {
            *value = value.replace("HOST", host);
        }
        if let Body::Bytes(bytes) = &mut self.body
            && let Ok(text) = std::str::from_utf8(bytes)
            && text.contains("HOST")
        {
            *bytes = text.replace("HOST", host).into_bytes();
        }
        self
    }

    /// Sends it; whether the connection may be used again.
    pub(super) async fn send(self, stream: &mut TcpStream, request: &Request) -> bool {
        tokio::time::sleep(self.before).await;
        let known = self.etag.as_ref().is_some_and(|etag| request.headers.get("if-none-match") == Some(etag));
        let status = if known { 304 } else { self.status };
        let mut head = format!("HTTP/1.1 {status} x\r\n");
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        match self.body {
            _ if known => stream.write_all(format!("{head}\r\n").as_bytes()).await.is_ok(),
            Body::Bytes(bytes) => {
                head.push_str(&format!("Content-Length: {}\r\n\r\n", bytes.len()));
                stream.write_all(head.as_bytes()).await.is_ok() && stream.write_all(&bytes).await.is_ok()
            }
            Body::Broken(bytes) => {
                head.push_str(&format!("Content-Length: {}\r\n\r\n", bytes.len() + 1000));
                let _ = stream.write_all(head.as_bytes()).await;
                let _ = stream.write_all(&bytes).await;
                false
            }
            Body::Endless(bytes, pause) => {
                head.push_str("Connection: close\r\n\r\n");
                let _ = stream.write_all(head.as_bytes()).await;
                while stream.write_all(&bytes).await.is_ok() {
                    tokio::time::sleep(pause).await;
                }
                false
            }
            Body::Silence => {
                tokio::time::sleep(Duration::from_secs(600)).await;
                false
            }
        }
    }
}
