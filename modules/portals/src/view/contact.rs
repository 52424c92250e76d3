//! How to reach the organization, as the public page says it.

use portico_ui::{Markup, Text, html};

use crate::public_words::Contact;

pub fn contact(text: Text, contact: &Contact) -> Markup {
    html! {
        section.public-contact {
            h2 { (text.say("portals-contact")) }
            address {
                @if !contact.address.is_empty() { p.public-address { (contact.address) } }
                @if !contact.email.is_empty() { p { a href={ "mailto:" (contact.email) } { (contact.email) } } }
                @if !contact.telephone.is_empty() {
                    p { a href={ "tel:" (contact.dialled()) } { (contact.telephone) } }
                }
            }
        }
    }
}
