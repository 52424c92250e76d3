//! Threads that compute hashes, one for each core. They stand back behind those that make pages, so that a flood of
//! sign-ins makes no page slow (T9).

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use argon2::Block;
use crossbeam_channel::{Receiver, Sender};

/// nice(2): a tenth of what a thread gets that makes pages, where both want a core.
const BEHIND_PAGES: i32 = 10;

type Work = Box<dyn FnOnce(&mut Vec<Block>) + Send>;

#[derive(Clone)]
pub struct Lanes(Sender<Work>);

impl Lanes {
    pub fn start() -> anyhow::Result<Self> {
        let (entrance, queue) = crossbeam_channel::unbounded();
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let queue = queue.clone();
            thread::Builder::new().name("hashing".into()).spawn(move || compute(&queue))?;
        }
        Ok(Self(entrance))
    }

    /// `work` gets memory that may hold what a hash before it left.
    pub fn enter(&self, work: impl FnOnce(&mut Vec<Block>) + Send + 'static) {
        // The threads end after this, their only entrance.
        self.0.send(Box::new(work)).ok();
    }
}

fn compute(queue: &Receiver<Work>) {
    // Of this thread alone on Linux; elsewhere it would be the whole program.
    #[cfg(target_os = "linux")]
    rustix::process::nice(BEHIND_PAGES).ok();
    let mut memory = Vec::new();
    loop {
        let next = queue.try_recv().or_else(|_| {
            // Kept while there is work only.
            memory = Vec::new();
            queue.recv()
        });
        let Ok(work) = next else { return };
        // Whoever waits for it learns of a panic, since their answer is dropped with it.
        catch_unwind(AssertUnwindSafe(|| work(&mut memory))).ok();
    }
}
