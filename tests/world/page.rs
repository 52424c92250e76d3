use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};
use scraper::{ElementRef, Html};
use url::Url;

use super::{
    Form, Person,
    reading::{accessible_name, selector, single_spaced, words, words_by_id},
};

/// An answer: status, headers and body, and what a person would read in it.
#[derive(Clone)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub(super) person: Person,
    /// What was asked, for the failure's words: `GET http://…`.
    pub(super) asked: String,
    pub(super) url: Url,
}

impl Page {
    /// The body as it came.
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Everything that is there to read.
    pub fn text(&self) -> String {
        words(self.document().root_element())
    }

    pub fn title(&self) -> String {
        self.texts("title").join("")
    }

    /// Where it was found.
    pub fn url(&self) -> &Url {
        &self.url
    }

    pub fn path(&self) -> &str {
        self.url.path()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or("(not text)"))
    }

    // What a page says about itself.

    #[track_caller]
    pub fn assert_ok(&self) -> &Self {
        self.assert_status(200)
    }

    #[track_caller]
    pub fn assert_not_found(&self) -> &Self {
        self.assert_status(404)
    }

    #[track_caller]
    pub fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{self}");
        self
    }

    /// By `Location`, or for a partial request by `HX-Redirect`. `path` may leave the query out.
    #[track_caller]
    pub fn assert_redirects_to(&self, path: &str) -> &Self {
        let target = self.redirect_target().unwrap_or_else(|| panic!("no redirect to {path}: {self}"));
        let shown = &target[url::Position::BeforePath..];
        assert!(shown == path || target.path() == path, "redirects to {shown}, not to {path}: {self}");
        self
    }

    #[track_caller]
    pub fn assert_signed_in(&self) -> &Self {
        let target =
            self.redirect_target().unwrap_or_else(|| panic!("{} could not sign in: {self}", self.person));
        assert_ne!(target.path(), "/sign-in", "{} could not sign in: {self}", self.person);
        self
    }

    /// Whole words that stand on the page, in one piece.
    #[track_caller]
    pub fn assert_shows(&self, expected: &str) -> &Self {
        assert!(self.shows(expected), "{expected:?} is not to be read: {self}");
        self
    }

    /// Neither to be read nor anywhere in the source.
    #[track_caller]
    pub fn assert_hides(&self, unwanted: &str) -> &Self {
        assert!(!self.shows(unwanted) && !self.source().contains(unwanted), "{unwanted:?} is there: {self}");
        self
    }

    pub fn shows(&self, expected: &str) -> bool {
        self.text().contains(&single_spaced(expected))
    }

    /// What is said at the field with this label, which must be marked as wrong.
    #[track_caller]
    pub fn field_error(&self, label: &str) -> String {
        let document = self.document();
        let fields = selector("input, select, textarea");
        let field = document.select(&fields).find(|field| accessible_name(&document, *field) == label);
        let field = field.unwrap_or_else(|| panic!("no field {label:?}: {self}"));
        assert_eq!(field.attr("aria-invalid"), Some("true"), "{label:?} is not marked as wrong: {self}");
        let ids = field.attr("aria-errormessage").or(field.attr("aria-describedby"));
        words_by_id(&document, ids.unwrap_or_else(|| panic!("nothing is said at {label:?}: {self}")))
    }

    // Finding things.

    /// The words of every element that matches.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.document().select(&selector(css)).map(words).collect()
    }

    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let document = self.document();
        document.select(&selector(css)).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    /// Of attributes with these names, wherever they stand; the page is read once.
    pub fn values_of(&self, names: &[&str]) -> Vec<String> {
        let document = self.document();
        let elements = document.tree.nodes().filter_map(|node| node.value().as_element());
        let values = elements.flat_map(|element| names.iter().filter_map(|name| element.attr(name)));
        values.map(str::to_owned).collect()
    }

    pub fn count(&self, css: &str) -> usize {
        self.document().select(&selector(css)).count()
    }

    /// The first element that matches, as a page of its own.
    #[track_caller]
    pub fn part(&self, css: &str) -> Self {
        let document = self.document();
        let part = document.select(&selector(css)).next().unwrap_or_else(|| panic!("no {css}: {self}"));
        Self { body: part.html().into_bytes(), ..self.clone() }
    }

    /// The smallest row, card or list item that shows these words, as a page of its own.
    #[track_caller]
    pub fn row(&self, expected: &str) -> Self {
        let document = self.document();
        let rows = selector("tr, li, article, section, fieldset, dialog, [role=row], [role=listitem]");
        let holding = document.select(&rows).filter(|row| words(*row).contains(expected));
        let row = holding
            .min_by_key(|row| row.html().len())
            .unwrap_or_else(|| panic!("no row shows {expected:?}: {self}"));
        // A parser drops table rows that stand outside of a table.
        let html = match row.value().name() {
            "tr" => format!("<table>{}</table>", row.html()),
            _ => row.html(),
        };
        Self { body: html.into_bytes(), ..self.clone() }
    }

    /// Where the link with this name leads.
    #[track_caller]
    pub fn link(&self, name: &str) -> String {
        let document = self.document();
        let found = named(&document, "a[href]", name);
        let link = found
            .first()
            .unwrap_or_else(|| panic!("no link {name:?} among {:?}: {self}", self.names("a[href]")));
        link.attr("href").unwrap().to_owned()
    }

    pub fn has_link(&self, name: &str) -> bool {
        !named(&self.document(), "a[href]", name).is_empty()
    }

    pub fn has_button(&self, name: &str) -> bool {
        !named(&self.document(), BUTTONS, name).is_empty()
    }

    /// The form that the button with this name sends.
    #[track_caller]
    pub fn form_with_button(&self, name: &str) -> Form {
        let document = self.document();
        let buttons = named(&document, BUTTONS, name);
        let forms = buttons.iter().filter_map(|button| Some((form_of(&document, *button)?, *button)));
        let (form, button) = forms.into_iter().next().unwrap_or_else(|| {
            panic!("no form with a button {name:?}, only with {:?}: {self}", self.names(BUTTONS))
        });
        Form::read(&self.person, &self.url, &document, form, Some(button))
    }

    /// The form that holds the field with this label, sent by its first button.
    #[track_caller]
    pub fn form_with_field(&self, label: &str) -> Form {
        self.find_form_with_field(label).unwrap_or_else(|| panic!("no form with a field {label:?}: {self}"))
    }

    /// Every form, once for each button that sends it.
    pub fn forms(&self) -> Vec<Form> {
        let document = self.document();
        let (forms, buttons) = (selector("form"), selector(BUTTONS));
        let read = |form, button| Form::read(&self.person, &self.url, &document, form, button);
        let sent_by_button = document
            .select(&buttons)
            .filter_map(|button| Some(read(form_of(&document, button)?, Some(button))));
        let sent_by_script = document.select(&forms).filter(|form| {
            !document.select(&buttons).any(|button| form_of(&document, button) == Some(*form))
        });
        sent_by_button.chain(sent_by_script.map(|form| read(form, None))).collect()
    }

    pub fn find_form_with_field(&self, label: &str) -> Option<Form> {
        let document = self.document();
        let (forms, buttons) = (selector("form"), selector(BUTTONS));
        let all: Vec<_> = document.select(&forms).collect();
        let read = |form| {
            let mut its_buttons =
                document.select(&buttons).filter(|button| form_of(&document, *button) == Some(form));
            Form::read(&self.person, &self.url, &document, form, its_buttons.next())
        };
        all.into_iter().map(read).find(|form| form.labels().contains(&label))
    }

    // Going on.

    /// Presses the link or the button with this name and arrives where a browser would.
    #[track_caller]
    pub fn press(&self, name: &str) -> Self {
        if self.has_link(name) {
            let target = self.url.join(&self.link(name)).unwrap();
            return self.person.visit(target.as_str());
        }
        self.form_with_button(name).submit().follow()
    }

    /// Follows the redirects, if there are any.
    #[track_caller]
    pub fn follow(&self) -> Self {
        match self.redirect_target() {
            Some(target) => self.person.visit(target.as_str()),
            None => self.clone(),
        }
    }

    pub fn redirect_target(&self) -> Option<Url> {
        let by_htmx = self.headers.get("hx-redirect");
        let location = by_htmx.or(self.headers.get("location").filter(|_| self.status.is_redirection()))?;
        Some(self.url.join(location.to_str().unwrap()).unwrap())
    }

    pub(super) fn document(&self) -> Html {
        Html::parse_document(&self.source())
    }

    fn names(&self, css: &str) -> Vec<String> {
        let document = self.document();
        document.select(&selector(css)).map(|element| accessible_name(&document, element)).collect()
    }
}

const BUTTONS: &str = "button:not([type=button]), input[type=submit]";

/// By accessible name, or by the heading of a card that is one link.
fn named<'a>(document: &'a Html, css: &str, name: &str) -> Vec<ElementRef<'a>> {
    let headings = selector("strong, h1, h2, h3, h4");
    let mut found: Vec<_> = document.select(&selector(css)).collect();
    found.retain(|element| {
        accessible_name(document, *element) == name
            || element.select(&headings).any(|heading| words(heading) == name)
    });
    found
}

fn form_of<'a>(document: &'a Html, button: ElementRef<'a>) -> Option<ElementRef<'a>> {
    match button.attr("form") {
        Some(id) => document.select(&selector("form[id]")).find(|form| form.attr("id") == Some(id)),
        None => {
            button.ancestors().filter_map(ElementRef::wrap).find(|ancestor| ancestor.value().name() == "form")
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.text().chars().take(2_000).collect();
        let location = self.redirect_target().map(|target| format!(" to {target}")).unwrap_or_default();
        write!(f, "{} as {}: {}{location}\n{shown}", self.asked, self.person, self.status)
    }
}
