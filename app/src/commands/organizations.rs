//! The organizations of an installation: one more, and which there are.

use anyhow::Context;
use portico_accounts::NewOrganization;
use portico_ui::Language;

use super::{describe, kernel};
use crate::environment::Environment;

/// What was typed behind `portico organization`.
pub struct Typed<'a> {
    pub name: &'a str,
    pub slug: Option<&'a str>,
    pub owner: &'a str,
    pub language: &'a str,
}

pub async fn add_organization(environment: &Environment, typed: Typed<'_>) -> anyhow::Result<()> {
    let kernel = kernel(environment)?;
    let Typed { name, slug, owner, language } = typed;
    let language = Language::from_code(language).context("--language is en or fr")?;
    let before = kernel.organizations().await.map_err(describe)?;
    let new = NewOrganization { name, slug, owner, language };
    let added = portico_accounts::add_organization(&kernel, new).await.map_err(describe)?;
    println!("{} is at {}", added.organization.name, added.organization.address);
    println!("{owner} sets up their account at {}", added.link);
    if let [alone] = &before[..] {
        let after = kernel.organizations().await.map_err(describe)?;
        let moved = after.iter().find(|each| each.id == alone.id && each.address != alone.address);
        if let Some(moved) = moved {
            println!("{} moved to {}; links to {} lead there", moved.name, moved.address, alone.address);
        }
    }
    Ok(())
}

pub async fn list_organizations(environment: &Environment) -> anyhow::Result<()> {
    let organizations = kernel(environment)?.organizations().await.map_err(describe)?;
    println!("{:<40} {:<30} ADDRESS", "SLUG", "NAME");
    for each in organizations {
        println!("{:<40} {:<30} {}", each.slug, each.name, each.address);
    }
    Ok(())
}
