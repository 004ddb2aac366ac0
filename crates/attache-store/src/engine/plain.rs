//! Tables in memory: for what is known as of a past day, for trying things out, and as the model
//! that the other engines are held against.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use crate::change::{Change, Seq};
use crate::engine::{CommitFault, Engine, Place, Table, Visit, VisitChange};
use crate::error::ReadError;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// Rows in memory. Nothing outlives it.
#[derive(Debug, Default)]
pub struct Plain {
    held: RwLock<Held>,
}

#[derive(Debug, Default)]
struct Held {
    tables: BTreeMap<Table, Rows>,
    changes: Vec<Change>,
}

impl Held {
    fn apply(&mut self, change: &Change) {
        for put in &change.puts {
            let rows = self.tables.entry(put.table).or_default();
            match &put.value {
                Some(value) => rows.insert(put.key.clone(), value.clone()),
                None => rows.remove(&put.key),
            };
        }
    }
}

impl Engine for Plain {
    fn head(&self) -> Result<Seq, ReadError> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        Ok(held.changes.len() as Seq)
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        Ok(held.tables.get(&table).and_then(|rows| rows.get(key)).cloned())
    }

    fn scan(
        &self,
        table: Table,
        from: &[u8],
        to: &[u8],
        backwards: bool,
        visit: Visit<'_>,
    ) -> Result<(), ReadError> {
        if from >= to {
            return Ok(());
        }
        let rows = {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            held.tables.get(&table).map(|rows| {
                let rows = rows.range(from.to_vec()..to.to_vec());
                rows.map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()
            })
        };
        let mut rows = rows.unwrap_or_default();
        if backwards {
            rows.reverse();
        }
        for (key, value) in &rows {
            if visit(key, value).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn commit(&self, change: &Change, after: Seq) -> Result<(Seq, Vec<Place>), CommitFault> {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.changes.len() as Seq != after {
            return Err(CommitFault::Behind);
        }
        held.apply(change);
        held.changes.push(change.clone());
        Ok((after + 1, vec![Place::default(); change.puts.len()]))
    }

    fn settle(&self, _seq: Seq) -> Result<(), String> {
        Ok(())
    }

    fn changes(&self, after: Seq, take: VisitChange<'_>) -> Result<(), String> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let changes = held.changes.clone();
        drop(held);
        for (seq, change) in (1..).zip(changes).filter(|(seq, _)| *seq > after) {
            let places = vec![Place::default(); change.puts.len()];
            take(seq, change, places)?;
        }
        Ok(())
    }

    fn check(&self) -> Result<Vec<String>, ReadError> {
        Ok(Vec::new())
    }

    fn bytes(&self) -> Result<u64, ReadError> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let rows = held.tables.values().flatten();
        Ok(rows.map(|(key, value)| (key.len() + value.len()) as u64).sum())
    }

    fn close(&self) -> Result<(), String> {
        Ok(())
    }
}
