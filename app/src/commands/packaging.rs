//! What a package of the program brings beside it, made of the definition of the commands.

use std::io::{self, Write};

use anyhow::Context;
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

/// The file by which a shell completes what somebody types.
///
/// # Errors
/// When nobody takes it.
pub fn completions(mut program: Command, shell: Shell) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program, "portico", &mut script);
    Ok(io::stdout().write_all(&script)?)
}

/// The page of the manual about the program, or about one of its commands.
///
/// # Errors
/// When there is no such command.
pub fn manual(mut program: Command, of: Option<&str>) -> anyhow::Result<()> {
    // Gives every command its whole name.
    program.build();
    let (page, title) = match of {
        None => (program, "portico".to_owned()),
        Some(name) => {
            let command = program.find_subcommand(name).filter(|command| !command.is_hide_set());
            let command = command.with_context(|| format!("there is no command {name:?}"))?;
            (command.clone(), format!("portico-{name}"))
        }
    };
    let mut written = Vec::new();
    Man::new(page).title(title).render(&mut written)?;
    Ok(io::stdout().write_all(&written)?)
}
