//! Form fields: label, hint, what was typed, and the error that answers it, tied together for
//! screen readers.

mod choice;
mod file;

pub use choice::Choice;
use maud::{Markup, Render, html};

use super::icon;
use crate::texts::Text;

/// Finish with `(field)` inside `html!`: it renders itself.
#[derive(Clone, Debug)]
pub struct Field {
    kind: Kind,
    name: String,
    label: String,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    need: Need,
    placeholder: Option<String>,
    autocomplete: Option<&'static str>,
    input_mode: Option<&'static str>,
    id: Option<String>,
    focus: Focus,
    max_length: Option<u32>,
    suggestions: Vec<String>,
    minimum: Option<String>,
    step: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Line(&'static str),
    Password(Text),
    Area { rows: u8 },
    Select(Vec<Choice>),
    Radios(Vec<Choice>),
    Check(Checked),
    File(file::Picker),
}

/// Whether a box is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Yes,
    No,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Need {
    Required,
    /// With the word that says so.
    Optional(String),
    Unsaid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    First,
    Later,
}

impl Field {
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Line("text"), name, label)
    }

    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Field {
        let mut field = Field::new(Kind::Line("email"), name, label);
        field.autocomplete = Some("email");
        field
    }

    /// A line of text: of the kind for addresses, a browser refuses one without a scheme.
    pub fn web_address(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::text(name, label).placeholder("https://").input_mode("url")
    }

    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Line("date"), name, label)
    }

    pub fn colour(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Line("color"), name, label)
    }

    /// A slider from 0 to 100, in tenths.
    pub fn range(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Line("range"), name, label).step("10")
    }

    pub fn number(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Line("number"), name, label)
    }

    /// With a button that shows what was typed. The value is never rendered back.
    pub fn password(text: Text, name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Password(text), name, label).autocomplete("current-password")
    }

    pub fn area(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Area { rows: 4 }, name, label)
    }

    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field::new(Kind::Select(choices), name, label)
    }

    pub fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field::new(Kind::Radios(choices), name, label)
    }

    /// Sends "yes" when ticked and nothing otherwise, unless [`Field::value`] says what to send.
    pub fn checkbox(name: impl Into<String>, label: impl Into<String>, checked: Checked) -> Field {
        Field::new(Kind::Check(checked), name, label).value("yes")
    }

    pub fn files(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::File(file::Picker::Files), name, label)
    }

    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::File(file::Picker::File), name, label)
    }

    /// A picker for a whole folder, in browsers that have one.
    pub fn folder(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::File(file::Picker::Folder), name, label)
    }

    pub fn image(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::File(file::Picker::Image), name, label)
    }

    fn new(kind: Kind, name: impl Into<String>, label: impl Into<String>) -> Field {
        Field {
            kind,
            name: name.into(),
            label: label.into(),
            value: String::new(),
            hint: None,
            error: None,
            need: Need::Unsaid,
            placeholder: None,
            autocomplete: None,
            input_mode: None,
            id: None,
            focus: Focus::Later,
            max_length: None,
            suggestions: Vec::new(),
            minimum: None,
            step: None,
        }
    }

    pub fn value(mut self, value: impl Into<String>) -> Field {
        self.value = value.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = Some(hint.into());
        self
    }

    /// A sentence that says what to do about what was typed.
    pub fn error(mut self, error: Option<impl Into<String>>) -> Field {
        self.error = error.map(Into::into);
        self
    }

    pub fn required(mut self) -> Field {
        self.need = Need::Required;
        self
    }

    /// Says "optional" beside the label.
    pub fn optional(mut self, text: Text) -> Field {
        self.need = Need::Optional(text.say("ui-optional").into_owned());
        self
    }

    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Field {
        self.placeholder = Some(placeholder.into());
        self
    }

    /// A token of HTML's autofill list ("email", "new-password", "one-time-code", "off").
    pub fn autocomplete(mut self, token: &'static str) -> Field {
        self.autocomplete = Some(token);
        self
    }

    pub fn input_mode(mut self, mode: &'static str) -> Field {
        self.input_mode = Some(mode);
        self
    }

    pub fn rows(mut self, rows: u8) -> Field {
        if let Kind::Area { rows: current } = &mut self.kind {
            *current = rows;
        }
        self
    }

    /// Needed when two forms on one page have a field of the same name.
    pub fn id(mut self, id: impl Into<String>) -> Field {
        self.id = Some(id.into());
        self
    }

    /// The first field of a dialog or of a page that is nothing but a form.
    pub fn focus(mut self) -> Field {
        self.focus = Focus::First;
        self
    }

    pub fn max_length(mut self, characters: u32) -> Field {
        self.max_length = Some(characters);
        self
    }

    /// Offered while typing, by the browser.
    pub fn suggestions(mut self, suggestions: Vec<String>) -> Field {
        self.suggestions = suggestions;
        self
    }

    pub fn minimum(mut self, minimum: impl Into<String>) -> Field {
        self.minimum = Some(minimum.into());
        self
    }

    pub fn step(mut self, step: impl Into<String>) -> Field {
        self.step = Some(step.into());
        self
    }

    fn own_id(&self) -> String {
        self.id.clone().unwrap_or_else(|| format!("field-{}", self.name))
    }

    fn described_by(&self, id: &str) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{id}-hint"));
        let error = self.error.as_ref().map(|_| format!("{id}-error"));
        match (error, hint) {
            (None, None) => None,
            (error, hint) => Some([error, hint].into_iter().flatten().collect::<Vec<_>>().join(" ")),
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    fn label(&self, id: &str) -> Markup {
        html! {
            label.field-label for=(id) { (self.label) }
            @if let Need::Optional(word) = &self.need { span.field-optional { (word) } }
        }
    }

    fn below(&self, id: &str) -> Markup {
        html! {
            @if let Some(error) = &self.error { p.field-error id={ (id) "-error" } { (icon("alert")) span { (error) } } }
            @if let Some(hint) = &self.hint { p.field-hint id={ (id) "-hint" } { (hint) } }
        }
    }

    fn line(&self, id: &str, kind: &str) -> Markup {
        let list = (!self.suggestions.is_empty()).then(|| format!("{id}-list"));
        html! {
            input.field-input id=(id) type=(kind) name=(self.name) value=[(kind != "password").then_some(&self.value)]
                placeholder=[&self.placeholder] autocomplete=[self.autocomplete] inputmode=[self.input_mode]
                maxlength=[self.max_length] min=[&self.minimum] step=[&self.step] list=[&list]
                required[self.need == Need::Required] autofocus[self.focus == Focus::First]
                aria-describedby=[self.described_by(id)] aria-invalid=[self.invalid()];
            @if let Some(list) = &list {
                datalist id=(list) { @for suggestion in &self.suggestions { option value=(suggestion) {} } }
            }
        }
    }

    fn control(&self, id: &str) -> Markup {
        match &self.kind {
            Kind::Line(kind) => self.line(id, kind),
            Kind::Password(text) => html! {
                div.field-password {
                    (self.line(id, "password"))
                    button.field-reveal.needs-script type="button" data-reveal=(id) aria-label=(text.say("ui-show-password"))
                        data-show=(text.say("ui-show")) data-show-name=(text.say("ui-show-password"))
                        data-hide=(text.say("ui-hide")) data-hide-name=(text.say("ui-hide-password")) {
                        (text.say("ui-show"))
                    }
                }
            },
            Kind::Area { rows } => html! {
                textarea.field-input id=(id) name=(self.name) rows=(rows) placeholder=[&self.placeholder]
                    maxlength=[self.max_length] required[self.need == Need::Required]
                    autofocus[self.focus == Focus::First]
                    // A leading line break right after the tag is dropped by the parser.
                    aria-describedby=[self.described_by(id)] aria-invalid=[self.invalid()] { "\n" (self.value) }
            },
            Kind::Select(choices) => choice::select(self, id, choices),
            Kind::Radios(choices) => choice::radios(self, id, choices),
            Kind::Check(checked) => choice::checkbox(self, id, *checked),
            Kind::File(picker) => file::input(self, id, *picker),
        }
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        let id = self.own_id();
        match &self.kind {
            Kind::Radios(_) => html! {
                fieldset.field.field-radios aria-describedby=[self.described_by(&id)] {
                    legend.field-label { (self.label) }
                    (self.control(&id))
                    (self.below(&id))
                }
            },
            Kind::Check(_) => html! {
                div.field.field-check { (self.control(&id)) label for=(id) { (self.label) } (self.below(&id)) }
            },
            _ => html! {
                div.field { (self.label(&id)) (self.control(&id)) (self.below(&id)) }
            },
        }
    }
}

pub fn sample() -> Markup {
    let text = Text::default();
    html! {
        div.stack {
            (Field::email("email", "Email").value("carol@acme").error(Some("Write the whole address, such as carol@acme.test.")))
            (Field::password(text, "password", "Password").hint("At least 12 characters."))
            (Field::text("title", "Title").optional(text).placeholder("Kick-off recap"))
            (Field::area("note", "Note").value("First line\nSecond line"))
            (Field::select("project", "Project", vec![Choice::new("1", "Website"), Choice::new("2", "Annual report")]).value("2"))
            (Field::radios("language", "Language", vec![Choice::new("en", "English"), Choice::new("fr", "Français")]).value("en"))
            (Field::colour("colour", "Colour").value("#3451b2"))
            (Field::date("due", "Due date").value("2026-11-23"))
            (Field::checkbox("companywide", "Everyone at Acme may see invoices", Checked::Yes))
            (Field::files("files", "Files"))
        }
    }
}
