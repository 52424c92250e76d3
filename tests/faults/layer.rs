//! What `faults.c` is told, and what it tells.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
    path::PathBuf,
};

use crate::{full_disk::lay_under, world::World};

/// Of the system's errors, as Linux numbers them.
pub const EIO: u64 = 5;
pub const ENOSPC: u64 = 28;

/// What becomes of the bytes of a write; whatever else a call does is refused.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    Refused,
    /// Half of them are taken, and it is said so: whoever writes goes on with the rest.
    Halved,
    /// Half of them are taken, and it is said that none were.
    Torn,
}

#[derive(Clone, Copy, Debug)]
pub enum When {
    Once(u64),
    EveryNth(u64),
}

#[derive(Clone, Copy, Debug)]
pub struct Fault {
    pub when: When,
    pub error: u64,
    pub way: Way,
}

/// Below all files of a world's data that the server writes.
pub struct Layer {
    /// Six numbers, shared with the server; their order is `struct orders` of `faults.c`.
    orders: File,
    journal: PathBuf,
}

impl Layer {
    /// From the server's next start on.
    pub fn under(world: &mut World) -> Self {
        lay_under(world, "faults.c");
        let beside = |name: &str| world.data().with_file_name(name);
        let (orders, journal) = (beside("orders"), beside("journal"));
        let below = fs::canonicalize(world.data()).unwrap();
        fs::write(&orders, [0_u8; 6 * 8]).unwrap();
        world.server_mut().set("FAULTS_ORDERS", orders.to_str().unwrap());
        world.server_mut().set("FAULTS_BELOW", below.to_str().unwrap());
        let orders = File::options().read(true).write(true).open(orders).unwrap();
        Self { orders, journal }
    }

    /// It slows the server down, so it is kept only where somebody replays it.
    pub fn keep_journal(&self, world: &mut World) {
        world.server_mut().set("FAULTS_JOURNAL", self.journal.to_str().unwrap());
    }

    /// What was noted since the last time.
    pub fn take_journal(&self) -> Vec<u8> {
        let journal = fs::read(&self.journal).unwrap_or_default();
        let _ = fs::remove_file(&self.journal);
        journal
    }

    pub fn arm(&self, Fault { when, error, way }: Fault) {
        self.disarm();
        let (at, every) = match when {
            When::Once(at) => (at, 0),
            When::EveryNth(at) => (at, 1),
        };
        for (place, number) in [(1, every), (2, error), (3, way as u64), (4, 0), (5, 0)] {
            self.write(place, number);
        }
        // Last: from now on it counts.
        self.write(0, at);
    }

    pub fn disarm(&self) {
        self.write(0, 0);
    }

    /// Since it was armed.
    pub fn calls(&self) -> u64 {
        self.read(4)
    }

    pub fn refused(&self) -> u64 {
        self.read(5)
    }

    fn write(&self, place: u64, number: u64) {
        self.orders.write_all_at(&number.to_ne_bytes(), place * 8).unwrap();
    }

    fn read(&self, place: u64) -> u64 {
        let mut number = [0; 8];
        self.orders.read_exact_at(&mut number, place * 8).unwrap();
        u64::from_ne_bytes(number)
    }
}
