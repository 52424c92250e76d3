//! On a company's page: whether its people see each other's documents.

use maud::{Markup, html};
use portico_facts::CompanyId;
use portico_ui::{
    Frame,
    components::{Button, button_form, section},
};

pub fn company_section(frame: &Frame, company: CompanyId, is_open: bool) -> Markup {
    let text = frame.text;
    let (sentence, verb, label) = match is_open {
        true => ("billing-company-open", "closing", "billing-company-close-it"),
        false => ("billing-company-closed", "opening", "billing-company-open-it"),
    };
    let action = format!("/staff/companies/{company}/billing-{verb}");
    let actions = html! {
        (Button::quiet(text.say("billing-statement")).small().href(format!("/staff/companies/{company}/statement")))
        (button_form(&frame.form_token, &action, Button::secondary(text.say(label)).small()))
    };
    section(&text.say("billing-navigation"), actions, html! { p.billing-quiet { (text.say(sentence)) } })
}
