use diesel::prelude::*;
use portico_facts::EventKind;
use portico_kernel::{Core, NewEvent, Recorded, Result, Tx};

use crate::{
    looks::Looks,
    public_words::{Contact, PublicWords},
    schema::organizations,
};

pub fn public_words(tx: &mut Core) -> Result<PublicWords> {
    let (title, headline, words, email, telephone, address) = organizations::table
        .find(tx.organization())
        .select((
            organizations::title,
            organizations::headline,
            organizations::words,
            organizations::contact_email,
            organizations::contact_telephone,
            organizations::contact_address,
        ))
        .first(tx.db())?;
    Ok(PublicWords { title, headline, words, contact: Contact { email, telephone, address } })
}

pub fn change_looks(tx: &mut Tx, looks: &Looks) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(organizations::table.find(organization))
        .set((
            organizations::name.eq(looks.name.as_str()),
            organizations::colour.eq(looks.colour.to_string()),
            organizations::sidebar.eq(looks.sidebar.map(|colour| colour.to_string())),
            organizations::language.eq(looks.language.code()),
            organizations::time_zone.eq(&looks.time_zone),
        ))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::ORGANIZATION_CHANGED, organization))
}

pub fn change_public_words(tx: &mut Tx, words: &PublicWords) -> Result<Recorded<()>> {
    let organization = tx.organization();
    diesel::update(organizations::table.find(organization))
        .set((
            organizations::title.eq(&words.title),
            organizations::headline.eq(&words.headline),
            organizations::words.eq(&words.words),
            organizations::contact_email.eq(&words.contact.email),
            organizations::contact_telephone.eq(&words.contact.telephone),
            organizations::contact_address.eq(&words.contact.address),
        ))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::ORGANIZATION_CHANGED, organization))
}
