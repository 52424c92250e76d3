//! What the allocator keeps for itself.

use std::{io, thread, time::Duration};

const MEBIBYTE: i32 = 1024 * 1024;
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// 8 MiB where a page has 4 KiB.
const GROWN_PAGES: u64 = 2_048;

/// glibc gives threads heaps of their own and holds on to what was freed in it. Work here moves
/// from thread to thread, so that after some transfers each heap has kept the largest of them. With few
/// heaps, the threads that make pages would wait for one another.
pub fn give_back_what_is_free() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "mallopt has no safe wrapper; it takes two numbers and keeps no pointer")]
    // SAFETY: called before any other thread exists, with parameters that mallopt(3) names.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 32);
        libc::mallopt(libc::M_TRIM_THRESHOLD, MEBIBYTE);
        // Setting one threshold fixes the other, and pages from the kernel for every piece of a file
        // or of an index are slow.
        libc::mallopt(libc::M_MMAP_THRESHOLD, 4 * MEBIBYTE);
    }
}

/// The thresholds see the end of a heap alone. What is free below something that is used stays: after minutes of a mixed
/// load beside other programs it was six times what was used. So it is given back whenever much was added.
pub fn keep_giving_back() -> io::Result<()> {
    if cfg!(not(all(target_os = "linux", target_env = "gnu"))) {
        return Ok(());
    }
    let looking = || {
        let mut kept = 0;
        loop {
            thread::sleep(BETWEEN_LOOKS);
            // Where nothing says how much there is, nothing is to be done.
            let Some(now) = own_pages() else { return };
            if now > kept + GROWN_PAGES {
                trim();
                kept = own_pages().unwrap_or(now);
            } else {
                kept = kept.min(now);
            }
        }
    };
    thread::Builder::new().name("giving-back".to_owned()).spawn(looking).map(drop)
}

/// Resident, and of no file (`proc_pid_statm(5)`: what is resident less what is shared).
fn own_pages() -> Option<u64> {
    let counts = std::fs::read_to_string("/proc/self/statm").ok()?;
    let mut counts = counts.split(' ').map_while(|count| count.parse::<u64>().ok());
    let (resident, shared) = (counts.nth(1)?, counts.next()?);
    resident.checked_sub(shared)
}

fn trim() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "malloc_trim has no safe wrapper; it takes a number")]
    // SAFETY: malloc_trim(3) may be called from any thread at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_between_what_is_used_goes_back() {
        let blocks: Vec<Vec<u8>> = (0..4_000).map(|_| vec![1; 16 * 1024]).collect();
        // Every hundredth stays, and the last of all.
        let blocks: Vec<_> = blocks.into_iter().skip(99).step_by(100).collect();
        let before = own_pages().unwrap();
        trim();
        let freed = before.saturating_sub(own_pages().unwrap());
        assert!(freed > 10_000, "{freed} of some 16,000 pages, beside {} blocks", blocks.len());
    }
}
