//! The people of the demo who are no staff.

use portico_facts::PersonId;
use portico_kernel::{DemoWorld, Error, Result};
use portico_ui::Language;

use crate::{client::ClientForm, store};

/// Organization, who adds them, and then as the form takes it.
const CLIENTS: [(&str, &str, &str, &str, &str, &str); 9] = [
    ("studio", "ada@studio.test", "Carol Meyer", "carol@acme.test", "Acme", "en"),
    ("studio", "ada@studio.test", "Cyril Dubois", "cyril@acme.test", "Acme", "fr"),
    ("studio", "ada@studio.test", "Dora Lindt", "dora@globex.test", "Globex", ""),
    ("studio", "ben@studio.test", "Hugo Lefèvre", "hugo@lefevre.test", "Lefèvre & Fils", "fr"),
    ("studio", "ben@studio.test", "Ines Amara", "ines@umbra.test", "Umbra Architects", ""),
    ("studio", "ben@studio.test", "Jonas Lindqvist", "jonas@lindqvist.test", "", ""),
    ("studio", "ada@studio.test", "Mei Tanaka", "mei@globex.test", "Globex", ""),
    ("rival", "eve@rival.test", "Rita Santos", "rita@client.test", "Santos Foods", ""),
    ("rival", "eve@rival.test", "Sven Holm", "sven@client.test", "", ""),
];

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    for (slug, actor, name, email, company, language) in CLIENTS {
        let form = ClientForm {
            name: name.into(),
            email: email.into(),
            company: company.into(),
            language: Language::from_code(language).map(Language::code).unwrap_or_default().into(),
        };
        let details = form.parse()?;
        let acting = world.acting_for(slug, actor).await?;
        let added: Result<PersonId, _> = acting.write(move |tx| store::add_client(tx, &details)).await?;
        let id = added.map_err(Error::from)?;
        world.remember(format!("{slug}/person/{email}"), id);
    }
    Ok(())
}
