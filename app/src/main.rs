//! The binary: commands, configuration, the server, and the list of modules.

mod certificates;
mod commands;
mod environment;
mod memory;
mod modules;
mod operations;
mod server;

use std::{io::Write, num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use portico_kernel::BackupKeep;
use portico_reading::{DocumentKind, Limits, Sight};

use crate::environment::Environment;

#[derive(Parser)]
#[command(name = "portico", version, about = "A client portal for your business, on your own machine")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the product
    Serve(#[command(flatten)] Box<Environment>),
    /// Bring the database to this version
    Migrate(#[command(flatten)] Box<Environment>),
    /// Fill an empty installation with two example organizations
    Demo {
        #[command(flatten)]
        environment: Box<Environment>,
        /// Print the sign-in data as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write everything to one file, or what is new to a place of several backups, while the product runs; keep it safe,
    /// it opens everything
    Backup {
        #[command(flatten)]
        environment: Box<Environment>,
        /// Write nothing: restore FILE into a place that is thrown away, and compare
        #[arg(long)]
        verify: bool,
        /// Leave so many backups in the place, the newest, and let go of older ones
        #[arg(long, value_name = "NUMBER", conflicts_with_all = ["verify", "keep_days"])]
        keep: Option<NonZeroUsize>,
        /// Let go of backups in the place that are older than so many days
        #[arg(long, value_name = "DAYS", conflicts_with = "verify", value_parser = clap::value_parser!(u32).range(1..=36_500))]
        keep_days: Option<u32>,
        /// A file; or a folder that ends in / or s3://bucket/place?endpoint=…&region=…, where each backup adds what is new
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List the backups of a place: when each was made, how large it is and whether it is whole
    Backups {
        #[command(flatten)]
        environment: Box<Environment>,
        #[arg(value_name = "PLACE")]
        place: PathBuf,
    },
    /// Fill an empty installation with what a backup holds, on whichever database and store
    Restore {
        #[command(flatten)]
        environment: Box<Environment>,
        /// A file; or a place of backups, with @ and the time of one that is not the newest, as `portico backups` lists it
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Build the search index anew (stop the server first; a running one repairs itself)
    Reindex(#[command(flatten)] Box<Environment>),
    /// Check what the product needs to run, and say what to do where something is missing
    Doctor {
        #[command(flatten)]
        environment: Box<Environment>,
        /// Print the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// Make someone the owner and print a link to choose a new password
    Owner {
        #[command(flatten)]
        environment: Box<Environment>,
        email: String,
    },
    /// Print the file by which a shell completes these commands
    Completions { shell: Shell },
    /// Print the manual's page about the program, or about one command, for man(1)
    Manual {
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
    /// Add an organization to this installation and print a link for its owner
    Organization {
        #[command(flatten)]
        environment: Box<Environment>,
        name: String,
        /// The name in its address, <SLUG>.<public host> [default: made of NAME]
        #[arg(long)]
        slug: Option<String>,
        /// The owner's e-mail address
        #[arg(long, value_name = "EMAIL")]
        owner: String,
        /// en or fr
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// List the organizations of this installation
    Organizations(#[command(flatten)] Box<Environment>),
    /// Take one answer to a mail, as a mail server pipes it in
    OpenMail(#[command(flatten)] Box<Environment>),
    /// List the routes, for the tests
    #[command(hide = true)]
    Routes {
        #[arg(long)]
        json: bool,
    },
    /// List the tables about people, for the tests
    #[command(hide = true)]
    PersonalData,
    /// Read one document's text from standard input, in a limited process
    #[command(hide = true)]
    ReadDocument {
        #[arg(long)]
        kind: DocumentKind,
        #[arg(long)]
        limits: Limits,
    },
    /// Draw a picture of a document on standard input, in a limited process
    #[command(hide = true)]
    DrawDocument {
        #[arg(long)]
        sight: Sight,
        #[arg(long)]
        limits: Limits,
    },
    /// Take apart a mail on standard input, in a limited process
    #[command(hide = true)]
    TakeMailApart {
        #[arg(long)]
        most_files: usize,
        #[arg(long)]
        limits: Limits,
    },
}

/// What tells a mail server to keep the mail (`EX_TEMPFAIL` of sysexits(3)): by any other failure it is sent back.
const TRY_AGAIN: i32 = 75;

fn main() {
    let arguments = Arguments::parse();
    // The reader of documents limits itself before it allocates anything or starts a thread.
    match arguments.command {
        Command::ReadDocument { kind, limits } => portico_reading::read_document_main(kind, limits),
        Command::DrawDocument { sight, limits } => portico_reading::draw_document_main(sight, limits),
        Command::TakeMailApart { most_files, limits } => {
            portico_reading::take_mail_apart_main(most_files, limits)
        }
        _ => {}
    }
    let failure = match arguments.command {
        Command::OpenMail(_) => TRY_AGAIN,
        _ => 1,
    };
    let outcome = run(arguments);
    if let Err(error) = &outcome {
        eprintln!("portico: {error:#}");
    }
    end(if outcome.is_err() { failure } else { 0 })
}

/// Ends without what C libraries want done at exit: they take their locks down while the pool may still open
/// a connection on a thread of its own, and Kerberos inside libpq aborts then
/// (<https://github.com/diesel-rs/diesel/issues/3226>).
#[expect(unsafe_code, reason = "_exit has no safe wrapper")]
fn end(code: i32) -> ! {
    let _ = std::io::stdout().flush();
    // SAFETY: takes a number and does not return; nothing else waits for the end of the process.
    unsafe { libc::_exit(code) }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    environment::refuse_unknown_variables()?;
    memory::give_back_what_is_free();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        match arguments.command {
            Command::Serve(environment) => server::serve(*environment).await,
            Command::Migrate(environment) => commands::migrate(&environment),
            Command::Demo { environment, json } => commands::demo(&environment, json).await,
            Command::Backup { environment, verify: true, file, .. } => {
                commands::verify(&environment, &file).await
            }
            Command::Backup { environment, verify: false, keep, keep_days, file } => {
                let keep = keep.map(BackupKeep::Newest).or(keep_days.map(BackupKeep::Days));
                commands::back_up(&environment, &file, keep).await
            }
            Command::Backups { environment, place } => commands::list_backups(&environment, &place).await,
            Command::Restore { environment, file } => commands::restore(&environment, &file).await,
            Command::Reindex(environment) => commands::reindex(&environment).await,
            Command::Doctor { environment, json } => commands::doctor(&environment, json).await,
            Command::Owner { environment, email } => commands::owner(&environment, &email).await,
            Command::Completions { shell } => commands::completions(Arguments::command(), shell),
            Command::Manual { command } => commands::manual(Arguments::command(), command.as_deref()),
            Command::Organization { environment, name, slug, owner, language } => {
                let (name, slug, owner, language) = (&*name, slug.as_deref(), &*owner, &*language);
                let typed = commands::Typed { name, slug, owner, language };
                commands::add_organization(&environment, typed).await
            }
            Command::Organizations(environment) => commands::list_organizations(&environment).await,
            Command::OpenMail(environment) => commands::open_mail(&environment).await,
            Command::Routes { json } => commands::routes(json),
            Command::PersonalData => commands::personal_data(),
            Command::ReadDocument { .. } | Command::DrawDocument { .. } | Command::TakeMailApart { .. } => {
                Ok(())
            }
        }
    });
    // What still runs on a blocking thread is not waited for without an end (T36): a transaction
    // that was not committed is as good as one that never began.
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome
}
