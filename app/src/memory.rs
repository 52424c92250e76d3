//! What the allocator keeps for itself.

const MEBIBYTE: i32 = 1024 * 1024;

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
