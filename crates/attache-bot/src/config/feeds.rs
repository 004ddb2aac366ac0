//! `[fetch]`, `[feeds]` and `[[feed]]`: checked, and as the intake takes them.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{BadConfig, Feed, Fetch, Settings};
use crate::intake::feed::{Configured, Plan};
use crate::intake::fetch::{self, Rules};

/// Longest pause between two looks at a feed: a week.
const SELDOM: u64 = 7 * 86_400;

impl Fetch {
    /// The rules of fetching.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules {
            contact: self.contact.clone(),
            longest: Duration::from_secs(self.longest),
            pause: Duration::from_millis(self.pause),
            largest: self.largest,
            ports: self.ports.clone(),
            allow_loopback: self.allow_loopback,
        }
    }
}

impl Settings {
    /// The plan of the feeds.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let rules = self.fetch.rules();
        let configured = |feed: &Feed| Configured {
            // Checked when the configuration was read.
            url: fetch::link(&feed.url, &rules).map_or_else(|_| feed.url.clone(), |url| url.to_string()),
            name: feed.name.clone(),
            every: feed.every.map(Duration::from_secs),
        };
        Plan {
            every: Duration::from_secs(self.feeds.every),
            days: self.feeds.days,
            feeds: self.feed.iter().map(configured).collect(),
        }
    }

    /// The three parts as TOML, `[[feed]]` last but before other sections.
    pub(super) fn shown_feeds(&self) -> String {
        let Fetch { contact, longest, pause, largest, ports, allow_loopback } = &self.fetch;
        let mut shown = format!(
            "[fetch]\ncontact = {contact:?}\nlongest = {longest}\npause = {pause}\nlargest = {largest}\n\
             ports = {ports:?}\nallow_loopback = {allow_loopback}\n\n[feeds]\nevery = {}\ndays = {}\n",
            self.feeds.every, self.feeds.days
        );
        for Feed { url, name, every } in &self.feed {
            shown.push_str(&format!("\n[[feed]]\nurl = {url:?}\n"));
            if let Some(name) = name {
                shown.push_str(&format!("name = {name:?}\n"));
            }
            if let Some(every) = every {
                shown.push_str(&format!("every = {every}\n"));
            }
        }
        shown
    }

    pub(super) fn check_feeds(&self) -> Result<(), BadConfig> {
        let refuse = |key: &str, why: &str| Err(BadConfig(format!("`{key}` {why}")));
        if !(1..=300).contains(&self.fetch.longest) {
            return refuse("fetch.longest", "must lie between 1 and 300 seconds");
        }
        if self.fetch.pause > 60_000 {
            return refuse("fetch.pause", "must lie between 0 and 60000 milliseconds");
        }
        if !(1_000..=100 << 20).contains(&self.fetch.largest) {
            return refuse("fetch.largest", "must lie between 1000 and 104857600 bytes");
        }
        if self.fetch.contact.len() > 200 || !self.fetch.contact.bytes().all(|b| (b' '..=b'~').contains(&b)) {
            return refuse("fetch.contact", "must be at most 200 plain characters, such as a mail address");
        }
        if !(1..=SELDOM).contains(&self.feeds.every) {
            return refuse("feeds.every", "must lie between 1 and 604800 seconds");
        }
        if self.feeds.days > 3650 {
            return refuse("feeds.days", "must lie between 0 and 3650 days");
        }
        let rules = self.fetch.rules();
        let mut seen = BTreeSet::new();
        for (number, feed) in (1..).zip(&self.feed) {
            let named = format!("[[feed]] number {number}");
            let url = fetch::link(&feed.url, &rules)
                .map_err(|why| BadConfig(format!("{named}: url {:?}: {why}", feed.url)))?;
            if !seen.insert(url.to_string()) {
                return Err(BadConfig(format!("{named}: {url} is there twice")));
            }
            if feed.every.is_some_and(|every| !(1..=SELDOM).contains(&every)) {
                return Err(BadConfig(format!("{named}: every must lie between 1 and 604800 seconds")));
            }
        }
        Ok(())
    }
}
