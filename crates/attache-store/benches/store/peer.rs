//! The same rows in SQLite: an event's bytes, and index rows by time, kind, country and person.

use std::path::Path;

use attache_store::record::EventRecord;
use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::Side;
use crate::made_up::{Ask, KINDS, Report, mixed};

pub(crate) struct Peer {
    db: Connection,
}

fn number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

impl Peer {
    pub(crate) fn open(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{error}"));
        let db = Connection::open(folder.join("db")).unwrap_or_else(|error| panic!("{error}"));
        db.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -262144;
             create table if not exists article (id integer primary key, text blob);
             create table if not exists event (id integer primary key, body blob);
             create table if not exists by_time (day integer, id integer, primary key (day, id)) without rowid;
             create table if not exists by_country (kind integer, country text, day integer, id integer,
                 primary key (kind, country, day, id)) without rowid;
             create table if not exists by_topic (topic text, day integer, id integer, primary key (topic, day, id)) without rowid;
             create table if not exists by_person (person text, day integer, id integer,
                 primary key (person, day, id)) without rowid;",
        )
        .unwrap_or_else(|error| panic!("{error}"));
        Self { db }
    }

    fn insert(&mut self, batch: &[Report]) -> rusqlite::Result<()> {
        let tx = self.db.transaction()?;
        {
            let mut article = tx.prepare_cached("insert or replace into article values (?, ?)")?;
            let mut event = tx.prepare_cached("insert or replace into event values (?, ?)")?;
            let mut time = tx.prepare_cached("insert or replace into by_time values (?, ?)")?;
            let mut country = tx.prepare_cached("insert or replace into by_country values (?, ?, ?, ?)")?;
            let mut topic = tx.prepare_cached("insert or replace into by_topic values (?, ?, ?)")?;
            let mut person = tx.prepare_cached("insert or replace into by_person values (?, ?, ?)")?;
            for report in batch {
                let hash = blake3::hash(report.text.as_bytes());
                let [a, b, c, d, e, f, g, h, ..] = *hash.as_bytes();
                let id = i64::from_be_bytes([a, b, c, d, e, f, g, h]);
                article.execute(params![id, report.text.as_bytes()])?;
                for (place, one) in (0_u64..).zip(&report.events) {
                    let record = EventRecord::from(one);
                    let body = postcard::to_stdvec(&record).unwrap_or_default();
                    let own = mixed(id.cast_unsigned() ^ place).cast_signed();
                    let day = record.date.start.map_or(0, number);
                    let kind = KINDS.iter().position(|(kind, ..)| **kind == *word(&record)).unwrap_or(0);
                    event.execute(params![own, body])?;
                    time.execute(params![day, own])?;
                    for party in &record.parties {
                        country.execute(params![kind as i64, party.country, day, own])?;
                        person.execute(params![party.name, day, own])?;
                    }
                    for about in &record.topics {
                        topic.execute(params![about, day, own])?;
                    }
                }
            }
        }
        tx.commit()
    }
}

fn word(record: &EventRecord) -> String {
    use attache_extract::Vocabulary as _;
    record.kind.0.as_str().to_owned()
}

impl Side for Peer {
    fn commit(&mut self, batch: &[Report]) {
        self.insert(batch).unwrap_or_else(|error| panic!("{error}"));
    }

    fn latest(&self, ask: &Ask) -> usize {
        let sql =
            "select body from by_country join event using (id) where kind = ? and country = ? and day <= ?
                   order by day desc, id desc limit 50";
        let run = || {
            let mut rows = self.db.prepare_cached(sql)?;
            let rows = rows.query_map(params![ask.kind as i64, ask.country, number(ask.until)], |row| {
                row.get::<_, Vec<u8>>(0)
            })?;
            // Both sides give events, not bytes.
            let records: Result<Vec<_>, _> = rows
                .map(|body| Ok::<_, rusqlite::Error>(postcard::from_bytes::<EventRecord>(&body?).ok()))
                .collect();
            Ok::<_, rusqlite::Error>(records?.len())
        };
        run().unwrap_or_else(|error| panic!("{error}"))
    }

    fn count(&self, ask: &Ask) -> usize {
        let sql = "select count(*) from by_country where kind = ? and country = ? and day between ? and ?";
        let run = || {
            self.db.prepare_cached(sql)?.query_row(
                params![ask.kind as i64, ask.country, number(ask.since), number(ask.until)],
                |row| row.get::<_, i64>(0),
            )
        };
        usize::try_from(run().unwrap_or_else(|error| panic!("{error}"))).unwrap_or(0)
    }
}
