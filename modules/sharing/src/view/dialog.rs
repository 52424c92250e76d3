use maud::{Markup, html};
use portico_facts::PortalId;
use portico_kernel::Problems;
use portico_ui::components::{
    Button, Checked, Field, Row, avatar, dialog, dialog_form, dot, icon, list, row,
};

use super::{Reading, email_and_company};
use crate::{
    offer::{Choice, Offer},
    selection::ShareForm,
    store::{Contents, Holder},
};

/// Everything that the dialog shows.
pub struct Sharing {
    pub portal: PortalId,
    pub name: String,
    pub holders: Vec<Holder>,
    pub offer: Offer,
    pub contents: Contents,
}

pub fn share_dialog(reading: &Reading, sharing: &Sharing, form: &ShareForm, problems: &Problems) -> Markup {
    let text = reading.text();
    let address = format!("/staff/portals/{}/sharing", sharing.portal);
    let back = format!("/staff/portals/{}", sharing.portal);
    let title = text.say_with("sharing-dialog-title", &[("portal", sharing.name.as_str().into())]);
    let problem = |field: &str| problems.of(field).map(|key| text.say(key));
    let holding = sharing.holders.iter().filter(|holder| holds(holder)).count();
    let submit = Button::primary(text.say("sharing-send")).icon("send");
    let fields = html! {
        // One listener for the field and the boxes: both decide who gains the portal.
        div.share-people hx-get={ (address) "/selection" } hx-trigger="input delay:150ms" hx-include="this"
            hx-target="#share-selection" hx-swap="outerMorph" hx-sync="this:replace" {
            (Field::text("email", text.say("sharing-email")).value(&form.email).hint(text.say("sharing-email-hint"))
                .error(problem("email")).autocomplete("off").input_mode("email").focus())
            (selection(reading, &sharing.offer, &sharing.contents))
        }
        (Field::area("message", text.say("sharing-message")).value(&form.message).optional(text).rows(3)
            .error(problem("message")))
    };
    dialog(
        text,
        &title,
        &back,
        html! {
            @if holding > 0 {
                details.share-holders open[holding <= 4] {
                    summary {
                        (icon("chevron-right"))
                        (text.say_with("sharing-already", &[("count", holding.into())]))
                    }
                    (holders(reading, sharing.portal, &sharing.holders))
                }
            }
            (dialog_form(text, &reading.frame.form_token, &address, &back, submit, fields))
        },
    )
}

/// Whom it was taken from can be chosen again instead.
fn holds(holder: &Holder) -> bool {
    holder.standing.revoked_at.is_none()
}

/// Who has the portal, with their dots.
pub fn holders(reading: &Reading, portal: PortalId, holders: &[Holder]) -> Markup {
    let here = format!("/staff/portals/{portal}/sharing/holders");
    html! {
        div id="share-holders" data-live-topic="grant invitation person" data-live-href=(here) {
            (list(html! {
                @for holder in holders.iter().filter(|holder| holds(holder)) {
                    (row(&Row {
                        lead: Some(avatar(&holder.name)),
                        name: &holder.name,
                        meta: Some(dot(reading.text(), holder.standing.dot(reading.now))),
                        ..Row::default()
                    }))
                }
            }))
        }
    }
}

/// Who can be chosen, and what they would gain: the part that follows every keystroke.
pub fn selection(reading: &Reading, offer: &Offer, contents: &Contents) -> Markup {
    html! {
        div.share-selection id="share-selection" {
            (choices(reading, offer))
            (outcome(reading, offer.gaining, contents))
        }
    }
}

fn choices(reading: &Reading, offer: &Offer) -> Markup {
    let text = reading.text();
    if offer.choices.is_empty() && offer.newcomers.is_empty() {
        return html! { p.field-hint { (text.say("sharing-no-match")) } };
    }
    html! {
        fieldset.person-choices {
            legend.visually-hidden { (text.say("sharing-people")) }
            @for address in &offer.newcomers { (newcomer(reading, address)) }
            @for choice in &offer.choices { (person_choice(choice)) }
        }
        @if offer.more > 0 {
            p.field-hint { (text.say_with("sharing-more-people", &[("count", offer.more.into())])) }
        }
    }
}

fn person_choice(choice: &Choice) -> Markup {
    let small = email_and_company(&choice.name, &choice.email, choice.company.as_deref());
    let id = format!("person-{}", choice.person);
    html! {
        label.person-choice for=(id) {
            input id=(id) type="checkbox" name="person" value=(choice.person) checked[choice.checked == Checked::Yes];
            (avatar(&choice.name))
            span.person-choice-words {
                span { (choice.name) }
                @if !small.0.is_empty() { " " small { (small) } }
            }
        }
    }
}

/// Not a box to untick: it is there because of what stands in the field, and goes with it.
fn newcomer(reading: &Reading, address: &str) -> Markup {
    html! {
        p.person-choice.person-choice-new {
            (icon("plus"))
            (avatar(address))
            span.person-choice-words {
                span { (reading.text().say_with("sharing-invite-new", &[("email", address.into())])) }
            }
        }
    }
}

fn outcome(reading: &Reading, gaining: usize, contents: &Contents) -> Markup {
    let text = reading.text();
    let items = usize::try_from(contents.count).unwrap_or_default();
    let key = if gaining == 0 { "sharing-outcome-nobody" } else { "sharing-outcome" };
    let sentence = text.say_with(key, &[("people", gaining.into()), ("items", items.into())]);
    let more = items.saturating_sub(contents.first.len());
    html! {
        div.share-outcome {
            p.share-sentence id="share-outcome" role="status" { (icon("info")) span { (sentence) } }
            @if items > 0 {
                ul.share-items role="list" {
                    @for (kind, name) in &contents.first { li { (icon(icon_of(kind))) span { (name) } } }
                    @if more > 0 { li.share-more { (text.say_with("sharing-more-items", &[("count", more.into())])) } }
                }
            }
        }
    }
}

fn icon_of(kind: &str) -> &'static str {
    match kind {
        "folder" => "folder",
        "note" => "note",
        "link" => "link",
        "embed" => "embed",
        _ => "file",
    }
}
