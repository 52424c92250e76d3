//! Threads that compute hashes, one for each core. They stand back behind those that make pages, so that a flood of
//! sign-ins makes no page slow (T9).

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use argon2::Block;
use crossbeam_channel::{Receiver, Sender};

/// nice(2): a thirtieth of what a thread gets that makes pages, where both want a core.
#[cfg(target_os = "linux")]
const BEHIND_PAGES: i32 = 15;
/// Nanoseconds after which such a thread takes the core at once; the scheduler's own would be some milliseconds.
#[cfg(target_os = "linux")]
const INTERRUPTED_AFTER: u64 = 100_000;

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
    stand_back();
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

/// This thread alone; elsewhere than on Linux it would be the whole program.
fn stand_back() {
    #[cfg(target_os = "linux")]
    {
        let wanted = libc::sched_attr {
            size: size_of::<libc::sched_attr>() as u32,
            sched_policy: libc::SCHED_OTHER as u32,
            sched_flags: 0,
            sched_nice: BEHIND_PAGES,
            sched_priority: 0,
            // Heeded for threads of this policy since Linux 6.12, and passed over by older ones.
            sched_runtime: INTERRUPTED_AFTER,
            sched_deadline: 0,
            sched_period: 0,
        };
        #[expect(
            unsafe_code,
            reason = "neither call has a safe wrapper; one reads a structure, both keep nothing"
        )]
        // SAFETY: thread 0 is this one, and the structure outlives the call and is as large as it says.
        unsafe {
            // A sandbox may know the older call alone.
            if libc::syscall(libc::SYS_sched_setattr, 0, &raw const wanted, 0) != 0 {
                libc::setpriority(libc::PRIO_PROCESS, 0, BEHIND_PAGES);
            }
        }
    }
}
