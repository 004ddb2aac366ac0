//! Why a page is no article, in words for whoever gave its address.

/// Why a page is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAnArticle {
    /// Not HTML.
    #[error("it is not a web page but {0}")]
    NotHtml(String),
    /// More markup than is read.
    #[error("the page is too large: {bytes} bytes of markup, at most {most} are read")]
    TooLarge {
        /// Given.
        bytes: usize,
        /// Read.
        most: usize,
    },
    /// Elements within elements without end.
    #[error("the page's elements are nested {0} deep, which no article needs")]
    TooDeep(usize),
    /// More elements than are read.
    #[error("the page has {elements} elements, at most {most} are read")]
    TooManyElements {
        /// Given.
        elements: usize,
        /// Read.
        most: usize,
    },
    /// A tag without end.
    #[error("the page has a tag with attributes without end")]
    TooManyAttributes,
    /// Nothing to read.
    #[error("the page holds no text")]
    Empty,
    /// The text comes by script.
    #[error("the page shows its text only by running scripts, which are not run")]
    ScriptOnly,
    /// Only the beginning is given to those who do not pay.
    #[error("the text is behind a paywall; only its beginning is on the page")]
    Paywall,
    /// A consent question stands in place of the text.
    #[error("a cookie or consent question stands in place of the article")]
    ConsentWall,
    /// A login stands in place of the text.
    #[error("the page asks to log in")]
    Login,
    /// A check for robots stands in place of the text.
    #[error("the site checks for robots in place of the article")]
    RobotCheck,
    /// An error page, though the server said all is well.
    #[error("it is an error page: {0:?}")]
    ErrorPage(String),
    /// A list of articles.
    #[error("it is a list of headlines, not an article; give the address of one article")]
    Listing,
    /// Too little to be an article.
    #[error("the page holds only {0} words, too few for an article")]
    TooShort(usize),
}
