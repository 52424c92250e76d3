//! People as their initials, in a tone of their own.

use maud::{Markup, html};

use crate::frame::{LogoShape, OrganizationLook};

/// How many tones `brand_css` derives.
pub const TONES: u32 = 6;

/// Decoration beside a name.
pub fn avatar(name: &str) -> Markup {
    html! { span class={ "avatar tone-" (tone(name)) } aria-hidden="true" { (initials(name)) } }
}

/// A small row of faces; those beyond `shown` become "+3".
pub fn avatar_stack(names: &[&str], shown: usize) -> Markup {
    html! {
        span.avatar-stack {
            @for name in names.iter().take(shown) { (avatar(name)) }
            @if names.len() > shown { span.avatar.avatar-more { "+" (names.len() - shown) } }
        }
    }
}

/// The organization's logo or its initials, and its name beside it. A wide logo says the name itself, for eyes.
pub fn organization_mark(look: &OrganizationLook) -> Markup {
    let (name, logo) = (&look.name, &look.logo);
    let says_name = logo.as_ref().is_some_and(|logo| logo.shape == LogoShape::Wide);
    html! {
        @match logo {
            Some(logo) => img class={ "organization-mark logo-on-" (logo.ground.name()) } src=(logo.href) alt="";,
            None => span.organization-mark.organization-initials aria-hidden="true" { (initials(name)) },
        }
        span.organization-name.visually-hidden[says_name] { (name) }
    }
}

/// Two letters at most: the first of the first and of the last word, "?" for nothing.
pub fn initials(name: &str) -> String {
    // An address stands in for a name until its owner has told theirs.
    let name = name.split('@').next().unwrap_or(name);
    let mut words = name
        .split(|c: char| c.is_whitespace() || c == '.' || c == '_')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let letters: String =
        words.next().into_iter().chain(words.next_back()).flat_map(char::to_uppercase).take(2).collect();
    if letters.is_empty() { "?".to_owned() } else { letters }
}

/// The same name always gets the same tone.
pub fn tone(name: &str) -> u32 {
    // FNV-1a (RFC 9923): spreads short names well and needs no state.
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) % TONES
}

pub fn sample() -> Markup {
    html! {
        div.cluster {
            (avatar("Ada Lovelace")) (avatar("Ben")) (avatar("carol@acme.test"))
            (avatar_stack(&["Ada Lovelace", "Ben Ito", "Carol Jones", "Cyril Roy", "Dora Maar"], 3))
            (organization_mark(&OrganizationLook::of_nobody("Studio North")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_people_addresses_and_nothing() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("Ben"), "B");
        assert_eq!(initials("Jean-Luc van der Berg"), "JB");
        assert_eq!(initials("carol.jones@acme.test"), "CJ");
        assert_eq!(initials("élodie ßtraße"), "ÉS");
        assert_eq!(initials(" "), "?");
    }
}
