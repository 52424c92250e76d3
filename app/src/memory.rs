//! What the allocator keeps for itself.

use std::time::Duration;

const MEBIBYTE: i32 = 1024 * 1024;
const BETWEEN_TRIMS: Duration = Duration::from_secs(10);

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
/// load beside other programs it was four times what was used.
pub async fn keep_giving_back() {
    let mut turns = tokio::time::interval(BETWEEN_TRIMS);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        // A panic is not to be had there, and the next turn comes whatever became of this one.
        let _ = tokio::task::spawn_blocking(trim).await;
    }
}

fn trim() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "malloc_trim has no safe wrapper; it takes a number")]
    // SAFETY: malloc_trim(3) is safe to call from any thread at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}
