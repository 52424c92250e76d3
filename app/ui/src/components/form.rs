//! Forms. They work as forms; with [`Form::replaces`] htmx posts the same fields to the same
//! address and puts the answer in place.

use maud::{Markup, html};

use super::{Button, Field};

/// The name of the hidden field that proves a form came from our own page.
pub const TOKEN_FIELD: &str = "form_token";

/// A form that posts and follows the redirect.
pub fn form(token: &str, action: &str, body: Markup) -> Markup {
    Form::post(token, action).body(body)
}

/// A form that is one button, for actions in rows and menus.
pub fn button_form(token: &str, action: &str, button: Button) -> Markup {
    Form::post(token, action).inline().body(html! { (button) })
}

#[derive(Clone)]
pub struct Form<'a> {
    token: &'a str,
    action: &'a str,
    target: Option<String>,
    swap: &'static str,
    id: Option<String>,
    class: &'static str,
    encoding: Option<&'static str>,
}

impl<'a> Form<'a> {
    pub fn post(token: &'a str, action: &'a str) -> Form<'a> {
        Form { token, action, target: None, swap: "outerHTML", id: None, class: "form", encoding: None }
    }

    /// The answer takes the place of what this selector finds, also when it says 422.
    pub fn replaces(mut self, target: impl Into<String>) -> Form<'a> {
        self.target = Some(target.into());
        self
    }

    /// Another way to put the answer in place: "innerHTML", "beforeend", "outerMorph", "none".
    pub fn swap(mut self, swap: &'static str) -> Form<'a> {
        self.swap = swap;
        self
    }

    pub fn id(mut self, id: impl Into<String>) -> Form<'a> {
        self.id = Some(id.into());
        self
    }

    /// Takes no space of its own.
    pub fn inline(mut self) -> Form<'a> {
        self.class = "form-inline";
        self
    }

    /// Fields and button on one line where there is room.
    pub fn row(mut self) -> Form<'a> {
        self.class = "form form-row";
        self
    }

    /// For forms with files in them.
    pub fn multipart(mut self) -> Form<'a> {
        self.encoding = Some("multipart/form-data");
        self
    }

    pub fn body(self, body: Markup) -> Markup {
        let post = self.target.as_ref().map(|_| self.action);
        let swap = self.target.as_ref().map(|_| self.swap);
        // A second press while the first is under way is dropped.
        let sync = self.target.as_ref().map(|_| "this:drop");
        html! {
            form class=(self.class) method="post" action=(self.action) id=[&self.id] enctype=[self.encoding]
                hx-post=[post] hx-target=[&self.target] hx-swap=[swap] hx-sync=[sync] {
                // First, so that the server can refuse a forged upload before reading it.
                (token_field(self.token))
                (body)
            }
        }
    }
}

/// For forms that are not made with [`Form`].
pub fn token_field(token: &str) -> Markup {
    html! { input type="hidden" name=(TOKEN_FIELD) value=(token); }
}

/// Tells that its page was opened, since the GET itself changes nothing (T6). `viewed.js` sends it once, by itself, and
/// it shows nothing.
pub fn viewing(token: &str, action: &str) -> Markup {
    html! { form hidden method="post" action=(action) data-viewed { (token_field(token)) } }
}

/// The line of buttons that ends a form.
pub fn form_actions(buttons: Markup) -> Markup {
    html! { div.form-actions { (buttons) } }
}

pub fn sample() -> Markup {
    Form::post("token", "#").replaces("this").body(html! {
        (Field::text("name", "Name").required())
        (form_actions(html! { (Button::primary("Save")) (Button::quiet("Cancel").href("#")) }))
    })
}
