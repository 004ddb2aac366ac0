//! When a page was published: every place that tells, and which of them is believed.

mod address;
mod labels;

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _};
use regex::Regex;

use super::article::{Published, Source};
use super::body::{Body, same_words};
use super::dates::{self, Habits, Written};
use super::meta::{Meta, field};
use super::noise::is_elsewhere;
use super::text::{Block, Shape, blocks};
use super::tree::{Id, Tree};
use address::{of_url, year_of_url};
use labels::{is_change, is_today, split_at_change};

pub(super) use labels::is_labelled;

/// What a page tells of its times.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) published: Option<Published>,
    pub(super) modified: Option<Published>,
    pub(super) notes: Vec<String>,
}

/// What is looked at.
pub(super) struct Page<'a> {
    pub(super) url: &'a str,
    pub(super) meta: &'a Meta,
    pub(super) tree: &'a Tree,
    pub(super) body: &'a Body,
    pub(super) title: Option<&'a str>,
    pub(super) habits: Habits,
}

/// Names of `<meta>` that hold the time of publication, lower case.
const PUBLISHED: &[&str] = &[
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publishtime",
    "publish-time",
    "publicationdate",
    "publication_date",
    "publication-date",
    "published",
    "published_time",
    "published-date",
    "publisheddate",
    "published_at",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "dc.date.published",
    "dc.issued",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "article_date_original",
    "article.created",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "citation_date",
    "citation_publication_date",
    "citation_online_date",
    "bt:pubdate",
    "displaydate",
    "release_date",
    "releasedate",
    "firstpublishedat",
    "govuk:first-published-at",
    "creationdate",
    "issued",
    "rnews:datepublished",
    "prism.publicationdate",
    "iso-8601-publish-date",
    "vr:published_time",
    "lastpubdate",
    "timestamp",
    "dateissued",
    "datecreated",
    "created",
    "pub_date",
    "og:pubdate",
    "ptime",
    "nb:pubdate",
    "createtime",
];
/// Names of `<meta>` that hold the time of the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "revised",
    "govuk:public-updated-at",
    "updated",
    "moddate",
];

struct Finder<'a> {
    page: &'a Page<'a>,
    found: Vec<(Source, Written)>,
    changed: Vec<(Source, Written)>,
}

/// Gathers all that tell, and chooses.
pub(super) fn find(page: &Page<'_>) -> Times {
    let mut finder = Finder { page, found: Vec::new(), changed: Vec::new() };
    finder.head();
    finder.time_elements();
    finder.visible();
    finder.dateline();
    if let Some(day) = of_url(page.url) {
        finder.found.push((Source::Url, Written { day, instant: None, utc: false }));
    }
    finder.found.sort_by_key(|(source, _)| *source);
    finder.choose()
}

impl Finder<'_> {
    fn add(&mut self, source: Source, text: Option<&str>) {
        let read = text.and_then(|text| dates::read(text, self.page.habits));
        self.found.extend(read.map(|read| (source, read)));
    }

    fn add_change(&mut self, source: Source, text: Option<&str>) {
        let read = text.and_then(|text| dates::read(text, self.page.habits));
        self.changed.extend(read.map(|read| (source, read)));
    }

    fn head(&mut self) {
        let meta = self.page.meta;
        let nodes = [meta.article(self.page.url), meta.page()];
        for node in nodes.into_iter().flatten() {
            let published = field(node, "datePublished").or_else(|| field(node, "dateCreated"));
            self.add(Source::JsonLd, published.as_deref());
            self.add_change(Source::JsonLd, field(node, "dateModified").as_deref());
        }
        self.add(
            Source::OpenGraph,
            meta.get(&[
                "article:published_time",
                "og:published_time",
                "og:article:published_time",
                "article:published",
            ]),
        );
        self.add(Source::Microdata, meta.get(&["datepublished"]));
        for name in PUBLISHED {
            self.add(Source::Meta, meta.get(&[name]));
        }
        self.add_change(Source::Meta, meta.get(MODIFIED));
        for id in 0..self.page.tree.len() {
            let Some(element) = self.page.tree.element(id) else { continue };
            let value = || {
                element
                    .attr("datetime")
                    .or_else(|| element.attr("content"))
                    .map_or_else(|| self.page.tree.plain(id), str::to_owned)
            };
            match element.attr("itemprop") {
                Some("datePublished") if !self.in_noise(id) => self.add(Source::Microdata, Some(&value())),
                Some("dateModified") if !self.in_noise(id) => {
                    self.add_change(Source::Microdata, Some(&value()))
                }
                _ => {}
            }
        }
    }

    fn in_noise(&self, id: Id) -> bool {
        let tree = self.page.tree;
        tree.upwards(id).any(|up| is_elsewhere(tree, up))
    }

    /// `<time datetime>` from the title on, the first of each kind.
    fn time_elements(&mut self) {
        let tree = self.page.tree;
        let title = self.title_node().unwrap_or(0);
        let near = tree
            .upwards(title)
            .skip(1)
            .take(3)
            .filter(|up| !matches!(tree.name(*up), "body" | "main"))
            .last()
            .unwrap_or(title);
        let times = (0..tree.len()).filter(|id| tree.name(*id) == "time" && *id >= near.min(title));
        for id in times {
            let Some(element) = tree.element(id) else { continue };
            let text = element.attr("datetime").map_or_else(|| tree.plain(id), str::to_owned);
            if self.in_noise(id) || dates::read(&text, self.page.habits).is_none() {
                continue;
            }
            let mut around = tree.upwards(id).take(3).filter_map(|up| tree.element(up));
            let changed = around.any(|element| {
                element.labelled(&["updated", "update", "modified", "lastmod", "revised"])
                    && !element.labelled(&["published", "entry", "pubdate"])
            }) || is_change(&before(tree, id));
            let full = dates::read(&format!("{text} "), self.page.habits)
                .filter(|read| read.instant.is_none())
                .is_some();
            let shown = tree.plain(id);
            if changed {
                self.add_change(Source::TimeElement, Some(&text));
            } else if !self.found.iter().any(|(source, _)| *source == Source::TimeElement) {
                self.add(Source::TimeElement, Some(&text));
                if full && shown != text {
                    self.add(Source::VisibleLine, Some(&shown));
                }
            }
        }
    }

    fn title_node(&self) -> Option<Id> {
        let tree = self.page.tree;
        let is_heading = |id: &Id| matches!(tree.name(*id), "h1" | "h2" | "h3");
        let named = |id: &Id| self.page.title.is_some_and(|title| same_words(title, &tree.plain(*id)));
        (0..tree.len())
            .filter(is_heading)
            .find(named)
            .or_else(|| (0..tree.len()).find(|id| tree.name(*id) == "h1"))
    }

    /// Short lines with a date around the title, or that call it the date of publication.
    fn visible(&mut self) {
        let tree = self.page.tree;
        let lines = blocks(tree, 0, &|_| false);
        let title = self.title_node();
        let at = lines.iter().position(|line| {
            title.is_some_and(|title| tree.upwards(line.node).any(|up| up == title))
                || self.page.title.is_some_and(|title| same_words(title, &line.text))
        });
        let home: Vec<Id> = at
            .and_then(|at| lines.get(at))
            .map(|line| tree.upwards(line.node).take(4).filter(|up| tree.name(*up) != "body").collect())
            .unwrap_or_default();
        let text_at = self.page.body.blocks.first().map(|block| block.at);
        let (mut best, mut prose): (Option<(Written, bool)>, _) = (None, 0);
        for (index, line) in lines.iter().enumerate() {
            let after = at.is_some_and(|at| index > at && index <= at + 12);
            prose += usize::from(at.is_none_or(|at| index > at) && line.is_prose() && line.words > 20);
            let before = at.is_some_and(|at| index < at && index + 6 >= at)
                && tree.upwards(line.node).any(|up| home.contains(&up));
            let first = at.is_none()
                && text_at.is_some_and(|text| line.at >= text || line.at + 60 >= text)
                && prose < 2;
            let labelled = is_labelled(&line.text);
            let near = (after && prose < 2) || before || first;
            if line.words > 30
                || !(near || labelled)
                || (line.is_prose() && line.words > 20)
                || self.in_noise(line.node) && !labelled
            {
                continue;
            }
            for (read, changed) in self.dates_of(line) {
                if changed {
                    self.changed.push((Source::VisibleLine, read));
                } else if labelled && best.is_none_or(|(_, named)| !named) || best.is_none() {
                    best = Some((read, labelled));
                }
            }
        }
        let ends = || {
            self.page
                .body
                .blocks
                .last()
                .filter(|block| block.words <= 8 && block.shape == Shape::Paragraph)
                .and_then(|block| dates::first(&block.text, self.page.habits))
        };
        self.found.extend(best.map(|(read, _)| read).or_else(ends).map(|read| (Source::VisibleLine, read)));
    }

    /// The dates of a line, each with whether it tells of a change.
    fn dates_of(&self, line: &Block) -> Vec<(Written, bool)> {
        let mut all = Vec::new();
        // The clock time may stand in the next part, and the zone behind it tell the order of a day in digits.
        let whole = dates::all(&line.text, self.page.habits);
        for part in line.text.split(['\n', '|', '·', '•']).flat_map(split_at_change) {
            if is_today(part) {
                continue;
            }
            let reads = dates::all(part, self.page.habits);
            for read in reads {
                let fuller =
                    whole.iter().find(|other| other.day == read.day && other.instant.is_some()).copied();
                all.push((
                    if read.instant.is_some() || whole.len() > 1 { read } else { fuller.unwrap_or(read) },
                    is_change(part),
                ));
            }
        }
        if all.is_empty() && !is_today(&line.text) {
            all.extend(whole.into_iter().map(|read| (read, is_change(&line.text))));
        }
        all
    }

    /// The date of a wire's dateline; without a year where the address gives it.
    fn dateline(&mut self) {
        static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r"^[^.!?]{0,60}?\b(?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s+(?P<d>\d{1,2})\b(?:,?\s+(?P<y>20\d\d))?[^.!?]{0,40}?(?:--|[–—-]|\))").ok()
        });
        let Some(line) = LINE.as_ref() else { return };
        for block in self.page.body.blocks.iter().filter(|block| block.is_prose()).take(2) {
            let begin: String = block.text.chars().take(140).collect();
            let Some(found) = line.captures(&begin) else { continue };
            let head = found.get(0).map_or("", |whole| whole.as_str());
            let capitals = head.chars().take(60).filter(|c| c.is_uppercase()).count() >= 3;
            if !capitals {
                continue;
            }
            let part = |name: &str| found.name(name).map(|part| part.as_str());
            let year = part("y").map(str::to_owned).or_else(|| year_of_url(self.page.url));
            if let (Some(month), Some(day), Some(year)) = (part("m"), part("d"), year) {
                let read = dates::read(&format!("{month} {day}, {year}"), self.page.habits);
                self.found.extend(read.map(|read| (Source::Dateline, read)));
                return;
            }
        }
    }

    fn choose(self) -> Times {
        let Some(first) = self.found.first().copied() else {
            return Times { modified: self.modified(), ..Times::default() };
        };
        let (source, chosen) = self.outvoted(first).unwrap_or(first);
        let mut day = chosen.day;
        if chosen.utc {
            // A machine's UTC says the instant; what the publisher shows says the day.
            let local = self.found.iter().find(|(_, other)| !other.utc && agree(&chosen, other));
            day = local.map_or(day, |(_, other)| other.day);
        }
        let finer =
            self.found.iter().find(|(_, other)| other.instant.is_some() && other.day == day && !other.utc);
        let finer = finer
            .or_else(|| self.found.iter().find(|(_, other)| other.instant.is_some() && other.day == day));
        let (source, instant) = match (chosen.instant, finer) {
            (None, Some((finer, read))) => (*finer, read.instant),
            (instant, _) => (source, instant),
        };
        let mut notes: Vec<String> = Vec::new();
        for (other, read) in self.found.iter().filter(|(_, read)| read.day != day && !agree(&chosen, read)) {
            let note = format!("published {} by {other}, against {day} by {source}", read.day);
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        Times { published: Some(Published { day, instant, source }), modified: self.modified(), notes }
    }

    /// Two other sources that agree on an earlier day, while none agrees with the most trustworthy:
    /// a page that was moved or printed anew carries the day of that.
    fn outvoted(&self, first: (Source, Written)) -> Option<(Source, Written)> {
        let mut others = self.found.iter().filter(|(source, _)| *source != first.0);
        if others.any(|(_, read)| agree(&first.1, read)) {
            return None;
        }
        let others =
            || self.found.iter().filter(|(source, read)| *source != first.0 && read.day < first.1.day);
        others()
            .find(|(source, read)| others().any(|(other, second)| other != source && agree(read, second)))
            .copied()
    }

    fn modified(&self) -> Option<Published> {
        let (source, read) =
            self.changed.iter().max_by_key(|(source, read)| (read.day, std::cmp::Reverse(*source)))?;
        Some(Published { day: read.day, instant: read.instant, source: *source })
    }
}

/// Whether two dates can be of one moment: the same day, or days apart by no more than zones are.
fn agree(a: &Written, b: &Written) -> bool {
    if a.day == b.day {
        return true;
    }
    match (a.instant, b.instant) {
        (Some(one), Some(two)) => one.duration_since(two).abs() <= SignedDuration::from_mins(10),
        (Some(instant), None) if a.utc => covers(b.day, instant),
        (None, Some(instant)) if b.utc => covers(a.day, instant),
        _ => false,
    }
}

/// Whether an instant is on a day somewhere on earth.
fn covers(day: Date, instant: jiff::Timestamp) -> bool {
    let at = |zone: i8| jiff::tz::Offset::constant(zone).to_datetime(instant).date();
    day >= at(-12).min(at(14)) && day <= at(14).max(at(-12)) && day.checked_add(1.day()).is_ok()
}

/// The words before an element, of the text it stands in.
fn before(tree: &Tree, id: Id) -> String {
    let parent = tree.parent(id);
    let siblings = tree.children(parent);
    let at = siblings.iter().position(|child| *child == id).unwrap_or(0);
    siblings.iter().take(at).rev().take(2).map(|child| tree.plain(*child)).collect::<Vec<_>>().join(" ")
}
