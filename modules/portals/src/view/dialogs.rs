//! The small forms: each is a dialog where it can be, and a page everywhere.

use portico_facts::{ItemId, PersonId, ProjectId};
use portico_kernel::{Name, Problems};
use portico_ui::{
    Frame, Markup,
    components::{
        Button, Choice, Field, NoticeKind, cancel, dialog, dialog_form, form_actions, icon, notice,
    },
    html,
};

use crate::{
    embed::EmbedForm, folder::Tree, item::Item, link::LinkForm, portal::PortalForm,
    store::templates::Template, template::NewPortalForm,
};

/// What all of them need: whose form it is, what is wrong with it, and where it posts and leads.
pub struct Asked<'a> {
    pub frame: &'a Frame,
    pub title: &'a str,
    pub action: &'a str,
    pub back: &'a str,
    pub problems: &'a Problems,
}

impl Asked<'_> {
    fn error(&self, field: &str) -> Option<String> {
        self.problems.of(field).map(|key| self.frame.text.say(key).into_owned())
    }

    fn form(&self, submit: &str, fields: Markup) -> Markup {
        let (text, token) = (self.frame.text, self.frame.form_token.as_str());
        let button = Button::primary(text.say(submit));
        dialog(text, self.title, self.back, dialog_form(text, token, self.action, self.back, button, fields))
    }

    fn name_field(&self, value: &str) -> Field {
        Field::text("name", self.frame.text.say("portals-field-name"))
            .value(value)
            .required()
            .max_length(Name::LONGEST)
            .autocomplete("off")
            .focus()
            .error(self.error("name"))
    }
}

/// Renames an item or a portal.
pub fn name_dialog(asked: &Asked, name: &str) -> Markup {
    asked.form("portals-save", html! { (asked.name_field(name)) })
}

pub fn folder_dialog(asked: &Asked, name: &str, folder: Option<ItemId>) -> Markup {
    asked.form(
        "portals-save",
        html! {
            @if let Some(folder) = folder { input type="hidden" name="folder" value=(folder); }
            (asked.name_field(name))
        },
    )
}

pub fn link_dialog(asked: &Asked, form: &LinkForm, folder: Option<ItemId>) -> Markup {
    let text = asked.frame.text;
    asked.form(
        "portals-save",
        html! {
            @if let Some(folder) = folder { input type="hidden" name="folder" value=(folder); }
            (Field::web_address("address", text.say("portals-field-address")).value(&form.address).required()
                .autocomplete("off").focus().error(asked.error("address")))
            (Field::text("title", text.say("portals-field-title")).value(&form.title).optional(text)
                .max_length(Name::LONGEST).autocomplete("off").error(asked.error("title")))
        },
    )
}

pub fn embed_dialog(asked: &Asked, form: &EmbedForm, folder: Option<ItemId>) -> Markup {
    let text = asked.frame.text;
    asked.form(
        "portals-save",
        html! {
            @if let Some(folder) = folder { input type="hidden" name="folder" value=(folder); }
            // No field of addresses: markup may be pasted, too.
            (Field::text("address", text.say("portals-field-address")).value(&form.address).required()
                .placeholder("https://").autocomplete("off").focus().hint(text.say("portals-embed-hint"))
                .error(asked.error("address")))
            (Field::text("title", text.say("portals-field-title")).value(&form.title).optional(text)
                .max_length(Name::LONGEST).autocomplete("off").error(asked.error("title")))
        },
    )
}

/// Every folder where all of the items may go, indented as they nest. `named` are the hidden fields
/// that say which items, where the address does not.
pub fn move_dialog(
    asked: &Asked,
    items: &[Item],
    named: Markup,
    tree: &Tree,
    portal_name: &str,
    chosen: &str,
) -> Markup {
    let text = asked.frame.text;
    let own: Vec<ItemId> = items.iter().flat_map(|item| tree.subtree(item.id)).collect();
    let top = Choice::new("", portal_name);
    let folders = tree.lines().into_iter().filter(|(_, folder)| !own.contains(&folder.id));
    let indented = folders.map(|(depth, folder)| {
        let indent = "\u{2003}".repeat(depth + 1);
        Choice::new(folder.id.to_string(), format!("{indent}{}", folder.name))
    });
    let choices = std::iter::once(top).chain(indented).collect();
    asked.form(
        "portals-move",
        html! {
            (named)
            (Field::select("folder", text.say("ui-folder"), choices).value(chosen).focus().error(asked.error("folder")))
        },
    )
}

/// What archiving does, before it is done.
pub fn archival_dialog(asked: &Asked, clients: i64) -> Markup {
    let text = asked.frame.text;
    asked.form(
        "portals-archive",
        html! {
            (notice(NoticeKind::Warning, &text.say_with("portals-archive-warning", &[("count", clients.into())])))
            p { (text.say("portals-archive-keeps")) }
        },
    )
}

/// The settings of a portal.
pub fn portal_dialog(asked: &Asked, form: &PortalForm, projects: &[(ProjectId, String)]) -> Markup {
    asked.form(
        "portals-save",
        html! {
            (asked.name_field(&form.name))
            (project_field(asked, &form.project, projects))
        },
    )
}

pub fn new_portal_dialog(
    asked: &Asked,
    form: &NewPortalForm,
    projects: &[(ProjectId, String)],
    templates: &[Template],
) -> Markup {
    let text = asked.frame.text;
    let empty = Choice::new("", text.say("portals-no-template"));
    let kept = templates.iter().map(|template| Choice::new(template.id.to_string(), &template.name));
    let choices = std::iter::once(empty).chain(kept).collect();
    asked.form(
        "portals-save",
        html! {
            (asked.name_field(&form.name))
            (project_field(asked, &form.project, projects))
            @if !templates.is_empty() || asked.problems.of("template").is_some() {
                (Field::select("template", text.say("portals-field-template"), choices).value(&form.template)
                    .optional(text).hint(text.say("portals-template-hint")).error(asked.error("template")))
            }
        },
    )
}

fn project_field(asked: &Asked, chosen: &str, projects: &[(ProjectId, String)]) -> Field {
    let text = asked.frame.text;
    let none = Choice::new("", text.say("portals-no-project"));
    let choices = std::iter::once(none)
        .chain(projects.iter().map(|(id, name)| Choice::new(id.to_string(), name)))
        .collect();
    Field::select("project", text.say("portals-field-project"), choices)
        .value(chosen)
        .optional(text)
        .hint(text.say("portals-project-hint"))
        .error(asked.error("project"))
}

/// As whom to see what is taken home. A form that a browser sends by itself, since what comes is a file.
pub fn offline_dialog(asked: &Asked, clients: &[(PersonId, String)]) -> Markup {
    let text = asked.frame.text;
    let staff = Choice::new("", text.say("portals-offline-as-staff"));
    let of_client = |(id, name): &(PersonId, String)| {
        let label = text.say_with("portals-offline-as-client", &[("name", name.as_str().into())]);
        Choice::new(id.to_string(), label)
    };
    let choices = std::iter::once(staff).chain(clients.iter().map(of_client)).collect();
    let body = html! {
        p { (text.say("portals-offline-about")) }
        form.form method="get" action=(asked.action) {
            (Field::select("as", text.say("portals-offline-seen-by"), choices)
                .hint(text.say("portals-offline-hint")))
            (form_actions(html! {
                button.button.button-primary type="submit" data-download {
                    (icon("download")) span { (text.say("portals-offline-download")) }
                }
                (cancel(text, asked.back))
            }))
        }
    };
    dialog(text, asked.title, asked.back, body)
}

/// What a section of a portal is called; nothing gives it its own name back.
pub fn section_name_dialog(asked: &Asked, name: &str, own: &str) -> Markup {
    let text = asked.frame.text;
    asked.form(
        "portals-save",
        html! {
            (Field::text("name", text.say("portals-field-name")).value(name).optional(text)
                .max_length(Name::LONGEST).placeholder(own).autocomplete("off").focus()
                .hint(text.say_with("portals-section-name-hint", &[("name", own.into())]))
                .error(asked.error("name")))
        },
    )
}
