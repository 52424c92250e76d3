//! What is known of a person: who they are. Their own row stays, under another name, since what stays leads to it.

use diesel::prelude::*;
use portico_facts::CompanyId;
use portico_kernel::{ERASED_ADDRESS, Erasure, Fate, PersonalData, PersonalTable, Registry, Result, Tx};
use portico_ui::Text;

use crate::schema::people;

pub fn data() -> PersonalData {
    PersonalData { erase, ..PersonalData::rows("person", TABLES) }
}

const TABLES: &[PersonalTable] = &[PersonalTable::of("people", &["id", "email"], "id = $2", Fate::Decided)
    .showing(&["id", "role", "name", "email", "language", "company_id", "created_at", "joined_at"])];

/// Their address is free for somebody new.
fn erase(tx: &mut Tx, _: &Registry, erasure: &Erasure) -> Result<()> {
    let (organization, person, now) = (tx.organization(), erasure.person, tx.now());
    let name = Text::new(tx.organization_profile().language).say("clients-erased-name").into_owned();
    diesel::update(people::table)
        .filter(people::organization_id.eq(organization))
        .filter(people::id.eq(person))
        .set((
            people::name.eq(name),
            people::email.eq(format!("{person}{ERASED_ADDRESS}")),
            people::language.eq(None::<String>),
            people::company_id.eq(None::<CompanyId>),
            people::removed_at.eq(Some(now)),
        ))
        .execute(tx.db())?;
    Ok(())
}
