//! Buttons, and links that look like them. Always with a word: an icon only joins it.

use maud::{Markup, Render, html};

use super::icon;

/// Finish with `(button)` inside `html!`: it renders itself.
#[derive(Clone, Debug, Default)]
pub struct Button {
    label: String,
    look: Look,
    size: Size,
    icon: Option<&'static str>,
    icon_after: Option<&'static str>,
    word: Word,
    href: Option<String>,
    opens: Opens,
    name: Option<&'static str>,
    value: Option<String>,
    form: Option<String>,
    hx_get: Option<String>,
    hx_target: Option<String>,
    id: Option<String>,
    described_by: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Look {
    Primary,
    #[default]
    Secondary,
    Quiet,
    Danger,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Primary => "button-primary",
            Look::Secondary => "button-secondary",
            Look::Quiet => "button-quiet",
            Look::Danger => "button-danger",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Size {
    #[default]
    Usual,
    Small,
    Wide,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Word {
    #[default]
    Shown,
    Heard,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Opens {
    #[default]
    Page,
    Dialog,
    Download,
    NewTab,
}

impl Button {
    /// The one thing to do here: at most one of these per section.
    pub fn primary(label: impl Into<String>) -> Button {
        Button::new(label, Look::Primary)
    }

    pub fn secondary(label: impl Into<String>) -> Button {
        Button::new(label, Look::Secondary)
    }

    /// Without an outline, for toolbars and menus.
    pub fn quiet(label: impl Into<String>) -> Button {
        Button::new(label, Look::Quiet)
    }

    /// Takes something away.
    pub fn danger(label: impl Into<String>) -> Button {
        Button::new(label, Look::Danger)
    }

    fn new(label: impl Into<String>, look: Look) -> Button {
        Button { label: label.into(), look, ..Button::default() }
    }

    pub fn icon(mut self, name: &'static str) -> Button {
        self.icon = Some(name);
        self
    }

    /// Behind the word, where it points on ("Next").
    pub fn icon_after(mut self, name: &'static str) -> Button {
        self.icon_after = Some(name);
        self
    }

    /// The word is read aloud and shown on hover, the icon stands for it. Only for icons whose
    /// meaning is universal (close, more).
    pub fn icon_only(mut self, name: &'static str) -> Button {
        self.icon = Some(name);
        self.word = Word::Heard;
        self
    }

    pub fn small(mut self) -> Button {
        self.size = Size::Small;
        self
    }

    /// As wide as its container.
    pub fn wide(mut self) -> Button {
        self.size = Size::Wide;
        self
    }

    /// Becomes a link.
    pub fn href(mut self, href: impl Into<String>) -> Button {
        self.href = Some(href.into());
        self
    }

    /// Becomes a link whose page opens as a dialog (`dialog.js`), and as a page without it.
    pub fn dialog(mut self, href: impl Into<String>) -> Button {
        self.href = Some(href.into());
        self.opens = Opens::Dialog;
        self
    }

    /// Becomes a link that saves a file.
    pub fn download(mut self, href: impl Into<String>) -> Button {
        self.href = Some(href.into());
        self.opens = Opens::Download;
        self
    }

    /// Becomes a link to another place on the web.
    pub fn new_tab(mut self, href: impl Into<String>) -> Button {
        self.href = Some(href.into());
        self.opens = Opens::NewTab;
        self
    }

    /// What a submit button adds to its form.
    pub fn value(mut self, name: &'static str, value: impl Into<String>) -> Button {
        self.name = Some(name);
        self.value = Some(value.into());
        self
    }

    /// Submits the form with this id from outside of it.
    pub fn form(mut self, id: impl Into<String>) -> Button {
        self.form = Some(id.into());
        self
    }

    /// A link that replaces `target` by what its address answers, and is followed without
    /// JavaScript.
    pub fn replaces(mut self, target: impl Into<String>) -> Button {
        self.hx_get = self.href.clone();
        self.hx_target = Some(target.into());
        self
    }

    pub fn id(mut self, id: impl Into<String>) -> Button {
        self.id = Some(id.into());
        self
    }

    pub fn described_by(mut self, id: impl Into<String>) -> Button {
        self.described_by = Some(id.into());
        self
    }

    fn classes(&self) -> String {
        let size = match self.size {
            Size::Usual => "",
            Size::Small => " button-small",
            Size::Wide => " button-wide",
        };
        let word = match self.word {
            Word::Shown => "",
            Word::Heard => " button-icon",
        };
        format!("button {}{size}{word}", self.look.class())
    }

    fn content(&self) -> Markup {
        html! {
            @if let Some(name) = self.icon { (icon(name)) }
            span.visually-hidden[self.word == Word::Heard] { (self.label) }
            @if let Some(name) = self.icon_after { (icon(name)) }
        }
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let title = (self.word == Word::Heard).then_some(self.label.as_str());
        let swap = self.hx_target.as_ref().map(|_| "outerHTML");
        let described_by = self.described_by.as_deref();
        let id = self.id.as_deref();
        match &self.href {
            Some(href) => html! {
                a class=(self.classes()) href=(href) id=[id] title=[title] aria-describedby=[described_by]
                    data-dialog[self.opens == Opens::Dialog]
                    download[self.opens == Opens::Download]
                    target=[(self.opens == Opens::NewTab).then_some("_blank")]
                    rel=[(self.opens == Opens::NewTab).then_some("noopener noreferrer")]
                    hx-get=[&self.hx_get] hx-target=[&self.hx_target] hx-swap=[swap] {
                    (self.content())
                }
            },
            None => html! {
                button class=(self.classes()) type="submit" id=[id] title=[title] aria-describedby=[described_by]
                    name=[self.name] value=[&self.value] form=[&self.form] {
                    (self.content())
                }
            },
        }
    }
}

pub fn sample() -> Markup {
    html! {
        div.cluster {
            (Button::primary("Share").icon("share"))
            (Button::secondary("Rename"))
            (Button::quiet("Cancel").href("#"))
            (Button::danger("Delete").icon("trash"))
            (Button::secondary("Download").icon("download").download("#"))
            (Button::secondary("Previous").small())
            (Button::quiet("Close").icon_only("close"))
        }
    }
}
