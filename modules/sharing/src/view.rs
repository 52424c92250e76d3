mod client;
mod dialog;
mod invitations;
mod panel;

pub use client::client_grants;
pub use dialog::{Sharing, holders, selection, share_dialog};
pub use invitations::invitation_list;
pub use panel::grants_panel;

use maud::{Markup, html};
use portico_kernel::Instant;
use portico_ui::{
    Frame, Text,
    components::{Button, Form},
};

/// A reader's words, and the clocks of the organization's zone.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub frame: &'a Frame,
    pub zone: &'a str,
    pub now: Instant,
}

impl Reading<'_> {
    pub fn text(&self) -> Text {
        self.frame.text
    }

    fn ago(&self, then: Instant) -> String {
        self.text().ago(then.in_zone(self.zone), self.now.in_zone(self.zone))
    }

    /// Why someone has a portal: who gave it, and when.
    fn given(&self, by: Option<&str>, at: Instant) -> String {
        let date = ("date", self.date(at).into());
        match by {
            Some(name) => self.text().say_with("sharing-given-by", &[("name", name.into()), date]),
            None => self.text().say_with("sharing-given", &[date]),
        }
    }

    fn date(&self, at: Instant) -> String {
        self.text().date(at.in_zone(self.zone).date())
    }
}

/// One button that changes something and whose answer replaces `target`.
fn action(reading: &Reading, action: &str, target: &str, button: Button) -> Markup {
    Form::post(&reading.frame.form_token, action).inline().replaces(target).body(html! { (button) })
}

/// Limited members see as no client.
fn may_see_as(reading: &Reading) -> bool {
    reading.frame.pages.find("/staff/invitations").is_some()
}

/// For a form that leads to what a client sees.
fn see_as(reading: &Reading) -> Button {
    Button::quiet(reading.text().say("sharing-see-as")).icon("eye").small()
}

/// An address in small letters under a name, unless it is the name.
fn email_and_company(name: &str, email: &str, company: Option<&str>) -> Markup {
    let email = (name != email).then_some(email);
    html! {
        @if let Some(email) = email { (email) }
        @if email.is_some() && company.is_some() { " · " }
        @if let Some(company) = company { (company) }
    }
}
