//! People to choose from, and people who have something.

use maud::{Markup, html};

use super::{Checked, Row, avatar, icon, item_row::row};

pub struct PersonChoice<'a> {
    /// What the form sends under `name`.
    pub value: &'a str,
    pub person_name: &'a str,
    pub email: &'a str,
    pub checked: Checked,
    /// A dot, when the person has it already.
    pub state: Option<Markup>,
}

/// Tick boxes with faces; `name` is the field that is sent once per ticked person. `error` answers who was ticked, or
/// that nobody was.
pub fn person_choices(legend: &str, name: &str, people: &[PersonChoice<'_>], error: Option<&str>) -> Markup {
    let id = error.map(|_| format!("field-{name}-error"));
    html! {
        fieldset.field.field-people aria-describedby=[&id] {
            legend.field-label { (legend) }
            div.person-choices {
                @for (place, person) in people.iter().enumerate() {
                    // The first is where the focus goes.
                    @let wrong = id.as_ref().filter(|_| place == 0);
                    label.person-choice {
                        input type="checkbox" name=(name) value=(person.value) checked[person.checked == Checked::Yes]
                            aria-describedby=[wrong] aria-invalid=[wrong.map(|_| "true")];
                        (avatar(person.person_name))
                        span.person-choice-words { (person.person_name) small { (person.email) } }
                        @if let Some(state) = &person.state { (state) }
                    }
                }
            }
            @if let Some((id, error)) = id.as_ref().zip(error) {
                p.field-error id=(id) { (icon("alert")) span { (error) } }
            }
        }
    }
}

/// A person in a list: initials, name, address, and on the right what `state` says.
pub fn person_row(
    id: Option<String>,
    name: &str,
    email: &str,
    href: Option<&str>,
    state: Markup,
    actions: Option<Markup>,
) -> Markup {
    let detail = (name != email).then(|| html! { (email) });
    row(&Row {
        id,
        lead: Some(avatar(name)),
        name,
        href,
        detail,
        meta: Some(state),
        actions,
        ..Row::default()
    })
}

/// A person in the first column of a table.
pub fn person_cell(name: &str, href: &str) -> Markup {
    html! { span.person-cell { (avatar(name)) a href=(href) { (name) } } }
}

pub fn sample() -> Markup {
    let choice =
        |person_name, email, checked| PersonChoice { value: email, person_name, email, checked, state: None };
    html! {
        (person_choices("People", "person", &[
            choice("Carol Jones", "carol@acme.test", Checked::Yes),
            choice("Cyril Roy", "cyril@acme.test", Checked::No),
        ], None))
        (person_choices("Guests", "guest", &[
            choice("Nora Falk", "nora@example.org", Checked::No),
        ], Some("Choose at least one person.")))
    }
}
