//! What the child gives up before it looks at the document. A parser that has been taken over
//! still sees no other file than its own, reaches no network, signals no other process and ends
//! with its limits; all it can do is lie about the text of a document its owner chose anyway.
//!
//! The limits must hold, or nothing is read. The other two are as good as the system offers:
//! Linux with seccomp and Landlock (5.13 or later) does both, elsewhere the limits stand alone.

use std::fs::File;
use std::io;

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::Limits;

/// A reader needs the document, a pipe or two and the libraries it loads.
const OPEN_FILES: u64 = 64;

pub fn confine(document: &File, limits: &Limits) -> io::Result<()> {
    limit_resources(limits)?;
    #[cfg(target_os = "linux")]
    {
        // Older kernels and odd containers lack these; the limits above still hold there.
        let _ = linux::hide_files(document);
        let _ = linux::refuse_network();
    }
    #[cfg(not(target_os = "linux"))]
    let _ = document;
    Ok(())
}

/// The number of processes is not among them: the system counts those per user, so that a busy
/// server would keep its own reader from starting `pdftotext`.
fn limit_resources(limits: &Limits) -> io::Result<()> {
    let at_most = |resource, maximum| {
        let limit = Rlimit { current: Some(maximum), maximum: Some(maximum) };
        setrlimit(resource, limit).map_err(io::Error::from)
    };
    at_most(Resource::Core, 0)?;
    at_most(Resource::Fsize, 0)?;
    at_most(Resource::Nofile, OPEN_FILES)?;
    at_most(Resource::As, limits.memory_bytes)?;
    // The soft limit kills with its own signal, by which the parent knows it from a crash; the
    // hard one is for a process that has learnt to ignore it.
    let seconds = Rlimit { current: Some(limits.cpu_seconds), maximum: Some(limits.cpu_seconds + 1) };
    Ok(setrlimit(Resource::Cpu, seconds)?)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;

    use landlock::{
        ABI, Access, AccessFs, PathBeneath, RestrictionStatus, Ruleset, RulesetAttr, RulesetCreatedAttr,
        RulesetError, Scope, path_beneath_rules,
    };
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    /// Programs, their libraries, and the tables `pdftotext` decodes old scripts with.
    const LIBRARIES: [&str; 7] =
        ["/usr", "/bin", "/lib", "/lib64", "/nix/store", "/etc/ld.so.cache", "/etc/fonts"];

    /// No file but the document and the system's libraries, and no signal to another process.
    pub fn hide_files(document: &File) -> Result<RestrictionStatus, RulesetError> {
        let abi = ABI::V6;
        let program = AccessFs::ReadFile | AccessFs::ReadDir | AccessFs::Execute;
        let mut rules = Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .scope(Scope::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules(LIBRARIES, program))?
            .add_rules(path_beneath_rules(["/dev/null"], AccessFs::ReadFile | AccessFs::WriteFile))?;
        // A pipe has no place in the file system, and needs no leave to be read.
        if document.metadata().is_ok_and(|metadata| metadata.is_file()) {
            rules = rules.add_rule(PathBeneath::new(document, AccessFs::ReadFile))?;
        }
        rules.restrict_self()
    }

    /// Calls that answer "not permitted" from here on, in programs started from here too.
    fn refused_calls() -> Vec<i64> {
        vec![
            libc::SYS_socket,
            libc::SYS_socketpair,
            // Does the work of refused calls inside the kernel, where filters do not look.
            libc::SYS_io_uring_setup,
            // Ways into another process of the same user, such as the server.
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_pidfd_getfd,
            libc::SYS_kill,
            libc::SYS_pidfd_send_signal,
            // Leaving the process group would survive the deadline.
            libc::SYS_setsid,
            libc::SYS_setpgid,
            libc::SYS_unshare,
            libc::SYS_setns,
        ]
    }

    /// A refusal instead of a kill, so that a library that merely tries goes on without.
    pub fn refuse_network() -> Result<(), seccompiler::Error> {
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let rules = refused_calls().into_iter().map(|call| (call, Vec::new())).collect();
        let machine = std::env::consts::ARCH.try_into()?;
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, machine)?;
        let program: BpfProgram = filter.try_into()?;
        seccompiler::apply_filter(&program)
    }

    #[cfg(test)]
    mod tests {
        use std::io::ErrorKind;
        use std::net::TcpListener;
        use std::thread;

        use super::*;

        // Both confine the calling thread alone, so a thread of its own stands in for the child.

        #[test]
        fn t12_a_confined_reader_opens_no_socket() {
            let bound = thread::spawn(|| {
                refuse_network().unwrap();
                TcpListener::bind("127.0.0.1:0").map(drop)
            });
            let refusal = bound.join().unwrap().unwrap_err();
            assert_eq!(refusal.kind(), ErrorKind::PermissionDenied);
        }

        #[test]
        fn t12_a_confined_reader_opens_no_file_but_its_document() {
            let folder = tempfile::tempdir().unwrap();
            let [document, secret] = ["document", "secret"].map(|name| folder.path().join(name));
            std::fs::write(&document, "a").unwrap();
            std::fs::write(&secret, "b").unwrap();
            let open = move || {
                let status = hide_files(&File::open(&document).unwrap()).unwrap();
                (status.ruleset, File::open(document).map(drop), File::open(secret).map(drop))
            };
            let (status, own, other) = thread::spawn(open).join().unwrap();
            own.unwrap();
            if status == landlock::RulesetStatus::NotEnforced {
                println!("this kernel has no Landlock: files are not hidden from readers here");
                return;
            }
            assert_eq!(other.unwrap_err().kind(), ErrorKind::PermissionDenied);
        }
    }
}
