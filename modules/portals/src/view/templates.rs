//! Templates as staff list them.

use portico_ui::{
    Frame, Markup,
    components::{
        Button, PageHeader, Row, breadcrumb, empty_state, list, menu, menu_dialog, menu_divider, menu_form,
        page_header, row, row_icon,
    },
    html,
};

use super::Moments;
use crate::store::templates::Template;

pub fn templates_page(frame: &Frame, templates: &[Template], moments: &Moments) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("portals-templates"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/portals", &text.say("portals-navigation"))])),
            detail: Some(html! { (text.say("portals-templates-about")) }),
            actions: None,
        }))
        @if templates.is_empty() {
            (empty_state("grid", &text.say("portals-no-templates"), None))
        } @else {
            (list(html! { @for template in templates { (template_row(frame, template, moments)) } }))
        }
    }
}

fn template_row(frame: &Frame, template: &Template, moments: &Moments) -> Markup {
    let (text, id) = (frame.text, template.id);
    let of = |what: &str| format!("/staff/templates/{id}/{what}");
    let row_id = format!("template-{id}");
    let begin = Button::secondary(text.say("portals-new-portal")).icon("plus").small();
    row(&Row {
        lead: Some(row_icon("grid")),
        name: &template.name,
        detail: Some(
            html! { (text.say_with("portals-template-kept", &[("when", moments.ago(template.kept_at).into())])) },
        ),
        actions: Some(html! {
            (begin.dialog(format!("/staff/portals/new?template={id}")).described_by(&row_id))
            (menu(
                &text.say("portals-more"),
                &text.say_with("portals-actions-of", &[("name", template.name.as_str().into())]),
                html! {
                    (menu_dialog(&of("name"), Some("pencil"), &text.say("portals-rename")))
                    (menu_divider())
                    (menu_form(&frame.form_token, &of("deletion"), "trash", &text.say("portals-delete")))
                },
            ))
        }),
        id: Some(row_id.clone()),
        ..Row::default()
    })
}
