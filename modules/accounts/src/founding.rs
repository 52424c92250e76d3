//! `portico organization NAME`: one more organization on this installation, whose owner sets up their account by a link.

use portico_facts::{EventKind, InvitationId};
use portico_kernel::{
    EmailAddress, Error, Kernel, Name, NewEvent, Organization, Result, Slug, foundation::Foundation,
};
use portico_ui::Language;

use crate::{
    letters::{self, INVITATION_SECONDS},
    proof::{self, NewProof, Purpose},
};

/// As it is typed.
pub struct NewOrganization<'a> {
    pub name: &'a str,
    /// Made of the name where nobody says.
    pub slug: Option<&'a str>,
    pub owner: &'a str,
    pub language: Language,
}

pub struct Added {
    pub organization: Organization,
    /// Sets up the owner's account, once.
    pub link: String,
}

/// The colour of `/setup`, until the owner picks one.
const COLOUR: &str = "#3457d5";

/// # Errors
/// [`Error::Conflict`] with the key of a sentence that says what is wrong.
pub async fn add_organization(kernel: &Kernel, new: NewOrganization<'_>) -> Result<Added> {
    if !kernel.public_url().has_names_below() && !kernel.organizations().await?.is_empty() {
        return Err(Error::Conflict("accounts-no-names-below"));
    }
    let name = Name::parse(new.name).map_err(Error::Conflict)?;
    let email = EmailAddress::parse(new.owner).map_err(Error::Conflict)?;
    let slug = match new.slug {
        Some(typed) => Slug::parse(typed).map_err(Error::Conflict)?,
        None => Slug::of_name(name.as_str()),
    };
    let foundation = Foundation {
        slug,
        name: name.as_str().to_owned(),
        colour: COLOUR.to_owned(),
        language: new.language.code(),
        time_zone: "Europe/Paris".to_owned(),
        owner_name: name_of(&email),
        owner_email: email.as_str().to_owned(),
        owner_password: None,
    };
    let founded = kernel.add_organization(foundation).await?;
    let (organization, owner) = (founded.organization, founded.owner);
    let system = kernel.system(organization.id).await?;
    let (secrets, whose) = (kernel.clone(), organization.clone());
    let token = system
        .write(move |tx| {
            let invitation = tx.new_id(InvitationId::from_bytes);
            let token = letters::invitation_token(&secrets, &whose, owner, invitation);
            let proof = NewProof {
                id: invitation,
                purpose: Purpose::Invitation,
                person: owner,
                email: email.as_str(),
                token: &token,
                seconds: INVITATION_SECONDS,
            };
            proof::issue(tx, proof)?;
            Ok(tx.record(NewEvent::new(EventKind::INVITATION_SENT, invitation).about(owner))?.with(token))
        })
        .await?;
    let link = format!("{}/invitations/{}", organization.address, token.reveal());
    Ok(Added { organization, link })
}

/// Until they say in their account what they are called: whoever types the command was not asked.
fn name_of(email: &EmailAddress) -> String {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let words = local.split(['.', '_', '-', '+']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    words.filter_map(capital).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_named_after_the_address_for_a_start() {
        assert_eq!(name_of(&EmailAddress::parse("ada.lovelace@studio.test").unwrap()), "Ada Lovelace");
    }
}
