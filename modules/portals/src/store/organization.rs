use diesel::prelude::*;
use portico_facts::EventKind;
use portico_kernel::{Core, NewEvent, Recorded, Result, Tx};

use crate::{
    looks::{Looks, PublicWords},
    schema::organizations,
};

pub fn public_words(tx: &mut Core) -> Result<PublicWords> {
    let (headline, words) = organizations::table
        .find(tx.organization())
        .select((organizations::headline, organizations::words))
        .first(tx.db())?;
    Ok(PublicWords { headline, words })
}

pub fn change_looks(tx: &mut Tx, looks: &Looks) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(organizations::table.find(organization))
        .set((
            organizations::name.eq(looks.name.as_str()),
            organizations::colour.eq(looks.colour.to_string()),
            organizations::language.eq(looks.language.code()),
            organizations::time_zone.eq(&looks.time_zone),
        ))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::ORGANIZATION_CHANGED, organization))
}

pub fn change_public_words(tx: &mut Tx, words: &PublicWords) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(organizations::table.find(organization))
        .set((organizations::headline.eq(&words.headline), organizations::words.eq(&words.words)))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::ORGANIZATION_CHANGED, organization))
}
