//! What is read from a page.

use jiff::Timestamp;
use jiff::civil::Date;

/// The article of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageArticle {
    /// Headline, without the site's name.
    pub title: Option<String>,
    /// Who wrote it, as the page names them.
    pub byline: Option<String>,
    /// The site's or publisher's name.
    pub site: Option<String>,
    /// Language the page states, as a lower-case BCP 47 tag such as `en-us`.
    pub language: Option<String>,
    /// Address the page gives for itself; only http and https ones.
    pub canonical: Option<String>,
    /// When it was published, where the page tells.
    pub published: Option<Published>,
    /// When it was last changed, where the page tells.
    pub modified: Option<Published>,
    /// What a curator may want to know: sources of the publication time that differ.
    pub notes: Vec<String>,
    /// The text: paragraphs between empty lines, items of lists on lines that begin with `- `, rows
    /// of tables on lines with ` | ` between their cells.
    pub text: String,
}

/// A time of publication or change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The publisher's calendar day.
    pub day: Date,
    /// The instant, where a clock time with its zone is given; a day alone stays a day.
    pub instant: Option<Timestamp>,
    /// Where it was read.
    pub source: Source,
}

/// Where a time was read, the most trustworthy first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// `datePublished` of the article's JSON-LD.
    JsonLd,
    /// OpenGraph's `article:published_time`.
    OpenGraph,
    /// `itemprop="datePublished"`.
    Microdata,
    /// Another `<meta>` of a known name.
    Meta,
    /// A `<time datetime>` near the headline.
    TimeElement,
    /// A line near the headline that a reader takes for the date.
    VisibleLine,
    /// The dateline the text begins with.
    Dateline,
    /// The address.
    Url,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::JsonLd => "JSON-LD",
            Self::OpenGraph => "OpenGraph",
            Self::Microdata => "microdata",
            Self::Meta => "a meta element",
            Self::TimeElement => "a time element",
            Self::VisibleLine => "the visible date",
            Self::Dateline => "the dateline",
            Self::Url => "the address",
        })
    }
}
