//! From the bytes of a web page to an article: what a reader would call its text, its title, who
//! wrote it and when it was published, and from which part of the page each was read.
//!
//! Pure functions: no network, no clock. A page that holds no article is refused with a reason
//! that can be shown; nothing is guessed from a consent wall, a login or a list of headlines.

mod article;
mod decode;
mod guard;
mod refusal;

pub use article::{PageArticle, Published, Source};
pub use refusal::NotAnArticle;

use dom_query::Document;

/// A page as it was fetched.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// Address the bytes came from, after redirects; empty where they came from a file.
    pub url: String,
    /// The `Content-Type` header, where the server sent one.
    pub content_type: Option<String>,
    /// The body, decompressed.
    pub bytes: Vec<u8>,
}

/// Reads the article of a page.
///
/// # Errors
/// When the page holds no article, or is more than is read of a page; see [`NotAnArticle`].
pub fn read(page: &Fetched) -> Result<PageArticle, NotAnArticle> {
    let html = decode::decode(&page.bytes, page.content_type.as_deref());
    guard::check(&html)?;
    let document = Document::from(html);
    let text = document.body().map(|body| body.formatted_text().to_string()).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(NotAnArticle::Empty);
    }
    let title = document.select_single("title").text().trim().to_owned();
    Ok(PageArticle { title: Some(title).filter(|title| !title.is_empty()), text, ..PageArticle::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_title_and_text() {
        let bytes = b"<title>Duties</title><p>The duty rises to 25%.".to_vec();
        let article = read(&Fetched { bytes, ..Fetched::default() }).unwrap();
        assert_eq!(article.title.as_deref(), Some("Duties"));
        assert!(article.text.contains("The duty rises to 25%."));
        let nothing = read(&Fetched { bytes: b"<p> </p>".to_vec(), ..Fetched::default() });
        assert_eq!(nothing, Err(NotAnArticle::Empty));
    }
}
