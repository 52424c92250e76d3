//! The forms in which staff write.

use maud::{Markup, html};
use portico_facts::AnnouncementId;
use portico_kernel::{Name, Problems, problem};
use portico_ui::{
    Frame,
    components::{Button, Checked, Field, Form, PageHeader, breadcrumb, form_actions, page_header},
};

use super::staff::{LIST, address};
use crate::{
    announcement::{CorrectionForm, DraftForm, TICKED},
    store::PortalChoice,
};

const FORM: &str = "announcement-form";

/// A draft as it is being written.
pub struct Drafting<'a> {
    /// `None` for a new one.
    pub id: Option<AnnouncementId>,
    pub input: &'a DraftForm,
    pub problems: &'a Problems,
    pub portals: &'a [PortalChoice],
}

/// With the heading that it stands under.
pub fn form_page(frame: &Frame, title: &str, form: Markup) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title,
            breadcrumb: Some(breadcrumb(text, &[(LIST, &text.say("announcements-announcements"))])),
            ..PageHeader::default()
        }))
        (form)
    }
}

pub fn draft_form(frame: &Frame, drafting: &Drafting) -> Markup {
    let (input, problems) = (drafting.input, drafting.problems);
    let action = drafting.id.map_or_else(|| LIST.to_owned(), address);
    let fields = html! {
        (wording(frame, &input.title, &input.message, problems))
        (for_whom(frame, drafting))
    };
    form(frame, &action, &action, fields)
}

pub fn correction_form(
    frame: &Frame,
    id: AnnouncementId,
    input: &CorrectionForm,
    problems: &Problems,
) -> Markup {
    let back = address(id);
    form(frame, &format!("{back}/correction"), &back, wording(frame, &input.title, &input.message, problems))
}

fn form(frame: &Frame, action: &str, back: &str, fields: Markup) -> Markup {
    let text = frame.text;
    Form::post(&frame.form_token, action).id(FORM).replaces(format!("#{FORM}")).body(html! {
        (fields)
        (form_actions(html! {
            (Button::primary(text.say("announcements-save")))
            (Button::quiet(text.say("ui-cancel")).href(back))
        }))
    })
}

fn wording(frame: &Frame, title: &str, words: &str, problems: &Problems) -> Markup {
    let text = frame.text;
    html! {
        (Field::text("title", text.say("announcements-title"))
            .value(title)
            .max_length(Name::LONGEST)
            .required()
            .focus()
            .error(problem(frame, problems, "title")))
        (Field::area("message", text.say("announcements-message"))
            .value(words)
            .rows(12)
            .required()
            .hint(text.say("announcements-markdown"))
            .error(problem(frame, problems, "message")))
    }
}

/// What is wrong is said at the first box, which is always there.
fn for_whom(frame: &Frame, drafting: &Drafting) -> Markup {
    let (text, input) = (frame.text, drafting.input);
    let ticked = |is_ticked: bool| if is_ticked { Checked::Yes } else { Checked::No };
    let everybody = ticked(input.everybody == TICKED);
    html! {
        fieldset.field.announcement-audience {
            legend.field-label { (text.say("announcements-for-whom")) }
            (Field::checkbox("everybody", text.say("announcements-everybody"), everybody)
                .error(problem(frame, drafting.problems, "everybody")))
            @for PortalChoice { id, name } in drafting.portals {
                @let value = id.to_string();
                (Field::checkbox("portal", name, ticked(input.portal.contains(&value)))
                    .id(format!("portal-{id}"))
                    .value(value))
            }
        }
    }
}
