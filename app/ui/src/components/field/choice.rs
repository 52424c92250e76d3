//! Fields that pick from what is offered.

use maud::{Markup, html};

use super::{Checked, Field, Focus, Need};

/// One thing to pick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// Says what picking this one means; radios only.
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = Some(hint.into());
        self
    }
}

pub(super) fn select(field: &Field, id: &str, choices: &[Choice]) -> Markup {
    html! {
        select.field-input id=(id) name=(field.name) required[field.need == Need::Required]
            autofocus[field.focus == Focus::First]
            aria-describedby=[field.described_by(id)] aria-invalid=[field.invalid()] {
            @for choice in choices {
                option value=(choice.value) selected[choice.value == field.value] { (choice.label) }
            }
        }
    }
}

pub(super) fn radios(field: &Field, id: &str, choices: &[Choice]) -> Markup {
    html! {
        @for (index, choice) in choices.iter().enumerate() {
            label.field-radio for={ (id) "-" (index) } {
                input id={ (id) "-" (index) } type="radio" name=(field.name) value=(choice.value)
                    checked[choice.value == field.value] required[field.need == Need::Required];
                span {
                    (choice.label)
                    @if let Some(hint) = &choice.hint { small.field-hint { (hint) } }
                }
            }
        }
    }
}

pub(super) fn checkbox(field: &Field, id: &str, checked: Checked) -> Markup {
    html! {
        input id=(id) type="checkbox" name=(field.name) value=(field.value) checked[checked == Checked::Yes]
            required[field.need == Need::Required]
            aria-describedby=[field.described_by(id)] aria-invalid=[field.invalid()];
    }
}
