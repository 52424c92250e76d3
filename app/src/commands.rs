//! The commands beside `serve`. Each prints what it did, and ends non-zero with one clear line
//! when it could not.

mod backups;
mod doctor;
mod organizations;
mod packaging;

use std::io::Read;

use portico_kernel::{DemoWorld, Kernel, MissingInDemo, Registry};
use portico_ui::Text;

pub use self::{
    backups::{back_up, list as list_backups, restore, verify},
    doctor::doctor,
    organizations::{Typed, add_organization, list_organizations},
    packaging::{completions, manual},
};
use crate::{environment::Environment, modules::modules, operations::Operations};

/// The kernel with its modules, without a server.
pub fn kernel(environment: &Environment) -> anyhow::Result<Kernel> {
    let configuration = environment.configuration(environment.listen)?;
    let index = configuration.data.join("search");
    let secret = environment.secret(&configuration.randomness)?;
    let kernel = Kernel::open(configuration, secret, environment.outside()?)?;
    kernel.mount(environment.registry(&index)?);
    Ok(kernel)
}

pub fn migrate(environment: &Environment) -> anyhow::Result<()> {
    kernel(environment)?;
    println!("The database is at step {}.", portico_kernel::schema_version());
    Ok(())
}

pub async fn demo(environment: &Environment, json: bool) -> anyhow::Result<()> {
    let kernel = kernel(environment)?;
    if !kernel.organizations().await?.is_empty() {
        anyhow::bail!("this installation is not empty: the demo wants one of its own (PORTICO_DATA)");
    }
    let mut world = DemoWorld::new(kernel.clone());
    for demo in kernel.registry().demos() {
        match (demo.fill)(&mut world).await.map_err(describe) {
            // A module was taken out of the list: the others' demos go without what built on it.
            Err(error) if error.is::<MissingInDemo>() => eprintln!("{error}, so its part is left out"),
            outcome => outcome?,
        }
    }
    let organizations = kernel.organizations().await?;
    if json {
        let organizations: Vec<_> = organizations
            .iter()
            .map(|each| serde_json::json!({ "slug": each.slug, "url": each.address }))
            .collect();
        println!("{}", serde_json::json!({ "organizations": organizations, "people": world.people() }));
        return Ok(());
    }
    println!("{:<10} ADDRESS", "SLUG");
    for each in &organizations {
        println!("{:<10} {}", each.slug, each.address);
    }
    println!("\n{:<14} {:<8} {:<20} {:<34} ORGANIZATION", "NAME", "ROLE", "EMAIL", "PASSWORD");
    for each in world.people() {
        println!(
            "{:<14} {:<8} {:<20} {:<34} {}",
            each.name, each.role, each.email, each.password, each.organization
        );
    }
    Ok(())
}

pub async fn reindex(environment: &Environment) -> anyhow::Result<()> {
    let folder = environment.configuration(environment.listen)?.data.join("search");
    let show = |percent| println!("{percent} % of the search index are built.");
    portico_search::reindex(kernel(environment)?, &folder, show).await.map_err(describe)?;
    println!("The search index was built anew.");
    Ok(())
}

pub async fn owner(environment: &Environment, email: &str) -> anyhow::Result<()> {
    let kernel = kernel(environment)?;
    let links = portico_accounts::make_owner(&kernel, email).await.map_err(describe)?;
    if links.is_empty() {
        anyhow::bail!("nobody has the address {email}");
    }
    for link in links {
        println!("{link}");
    }
    Ok(())
}

/// What was refused or left out is no failure: a mail server would send it back to an address that may be forged.
pub async fn open_mail(environment: &Environment) -> anyhow::Result<()> {
    let kernel = kernel(environment)?;
    if kernel.configuration().inbound.is_none() {
        anyhow::bail!("PORTICO_INBOUND_MAIL is not set: no answers are expected");
    }
    let mut mail = Vec::new();
    std::io::stdin().lock().take(portico_messages::LARGEST_MAIL as u64 + 1).read_to_end(&mut mail)?;
    if mail.len() > portico_messages::LARGEST_MAIL {
        println!("{}", portico_messages::Opened::TOO_LARGE);
        return Ok(());
    }
    println!("{}", portico_messages::open_mail(&kernel, mail).await.map_err(describe)?);
    Ok(())
}

pub fn routes(json: bool) -> anyhow::Result<()> {
    let registry = Registry::build(&modules(&std::env::temp_dir(), Operations::default()));
    if json {
        println!("{}", serde_json::to_string(registry.routes())?);
        return Ok(());
    }
    for route in registry.routes() {
        println!("{:<5} {:<55} {:<20} {}", route.method, route.path, route.access, route.module);
    }
    Ok(())
}

/// As JSON, in the order in which their rows go.
pub fn personal_data() -> anyhow::Result<()> {
    let registry = Registry::build(&modules(&std::env::temp_dir(), Operations::default()));
    let tables: Vec<_> = registry.personal_data().iter().flat_map(|data| data.tables).collect();
    println!("{}", serde_json::to_string(&tables)?);
    Ok(())
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn describe(error: portico_kernel::Error) -> anyhow::Error {
    match error {
        portico_kernel::Error::Internal(inner) | portico_kernel::Error::Unavailable(inner) => inner,
        portico_kernel::Error::Conflict(key) => anyhow::anyhow!("{}", Text::default().say(key)),
        other => other.into(),
    }
}
