use scraper::{ElementRef, Html};
use url::Url;

use super::{
    Page, Person,
    reading::{accessible_name, selector, words},
};

/// A form as it stands on a page: filled by its labels, sent by its own action and method, so that a test survives
/// new addresses and field names.
#[derive(Clone)]
pub struct Form {
    pub(super) person: Person,
    pub(super) action: Url,
    pub(super) method: Method,
    pub(super) encoding: Encoding,
    pub(super) partial: bool,
    controls: Vec<Control>,
    button: Option<(String, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Post,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Urlencoded,
    Multipart,
}

#[derive(Clone)]
struct Control {
    label: String,
    name: String,
    entry: Entry,
    holds: Holds,
}

/// How a person fills a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    Typed,
    /// Typed, and never shown again.
    Secret,
    Chosen,
    Ticked,
    Picked,
    Hidden,
}

/// A field by its name, for a test that knows no labels.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub entry: Entry,
    /// What a browser would send.
    pub value: Option<String>,
    /// What else may be chosen or ticked.
    pub offered: Vec<String>,
}

#[derive(Clone)]
enum Holds {
    Text(String),
    /// Visible words and value of each option, and what is chosen.
    Options {
        options: Vec<(String, String)>,
        chosen: Vec<String>,
    },
    Tick {
        value: String,
        ticked: bool,
        one_of_many: bool,
    },
    Files(Vec<Upload>),
}

/// A file that a person picks.
#[derive(Clone)]
pub struct Upload {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl Upload {
    pub fn new(name: &str, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), content_type: content_type.to_owned(), bytes: bytes.into() }
    }

    pub fn text(name: &str, text: &str) -> Self {
        Self::new(name, "text/plain", text)
    }
}

pub(super) enum Part {
    Text(String, String),
    File(String, Upload),
}

impl Form {
    /// The form that `button` sends.
    pub(super) fn read(
        person: &Person,
        page: &Url,
        document: &Html,
        form: ElementRef<'_>,
        button: Option<ElementRef<'_>>,
    ) -> Self {
        let either =
            |on_button: &str, on_form: &str| button.and_then(|b| b.attr(on_button)).or(form.attr(on_form));
        let action = match either("formaction", "action") {
            None | Some("") => page.clone(),
            Some(action) => page.join(action).unwrap(),
        };
        let is_post =
            either("formmethod", "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        let is_multipart = either("formenctype", "enctype") == Some("multipart/form-data");
        let inside = form.select(&selector("input, select, textarea")).collect::<Vec<_>>();
        let outside = form.attr("id").map(|id| selector(&format!("[form={id:?}]")));
        let outside =
            outside.iter().flat_map(|by_id| document.select(by_id)).filter(|field| !inside.contains(field));
        let controls = inside.iter().copied().filter(|field| field.attr("form").is_none()).chain(outside);
        Self {
            person: person.clone(),
            action,
            method: if is_post { Method::Post } else { Method::Get },
            encoding: if is_multipart { Encoding::Multipart } else { Encoding::Urlencoded },
            partial: false,
            controls: controls.filter_map(|field| Control::read(document, field)).collect(),
            button: button.and_then(|b| {
                Some((b.attr("name")?.to_owned(), b.attr("value").unwrap_or_default().to_owned()))
            }),
        }
    }

    /// Types into the field with this label, or chooses the option with these words.
    #[track_caller]
    pub fn fill(mut self, label: &str, text: &str) -> Self {
        match &mut self.control(label).holds {
            Holds::Text(value) => text.clone_into(value),
            Holds::Options { options, chosen } => {
                let option = options.iter().find(|(words, value)| words == text || value == text);
                let words: Vec<_> = options.iter().map(|(words, _)| words).collect();
                let (_, value) =
                    option.unwrap_or_else(|| panic!("no {text:?} among the choices of {label:?}: {words:?}"));
                *chosen = vec![value.clone()];
            }
            Holds::Tick { .. } | Holds::Files(_) => panic!("{label:?} takes no text"),
        }
        self
    }

    /// Ticks a checkbox, or takes one of several radio buttons.
    #[track_caller]
    pub fn tick(mut self, label: &str) -> Self {
        let control = self.control(label);
        let Holds::Tick { ticked, one_of_many, .. } = &mut control.holds else {
            panic!("{label:?} cannot be ticked")
        };
        *ticked = true;
        if *one_of_many {
            let name = control.name.clone();
            self.controls
                .iter_mut()
                .filter(|other| other.name == name && other.label != label)
                .for_each(Control::untick);
        }
        self
    }

    #[track_caller]
    pub fn untick(mut self, label: &str) -> Self {
        self.control(label).untick();
        self
    }

    #[track_caller]
    pub fn attach(mut self, label: &str, uploads: impl IntoIterator<Item = Upload>) -> Self {
        let Holds::Files(files) = &mut self.control(label).holds else { panic!("{label:?} takes no files") };
        files.extend(uploads);
        self
    }

    /// Adds a field that the form does not have, or repeats one, as someone hostile would.
    pub fn smuggle(mut self, name: &str, value: &str) -> Self {
        let holds = Holds::Text(value.to_owned());
        self.controls.push(Control {
            label: String::new(),
            name: name.to_owned(),
            entry: Entry::Hidden,
            holds,
        });
        self
    }

    /// What stands in the field with this label.
    #[track_caller]
    pub fn value(&self, label: &str) -> String {
        let control = self.controls.iter().find(|control| control.label == label);
        match &control.unwrap_or_else(|| panic!("no field {label:?}: {:?}", self.labels())).holds {
            Holds::Text(text) => text.clone(),
            Holds::Options { chosen, .. } => chosen.join(", "),
            Holds::Tick { ticked, .. } => ticked.to_string(),
            Holds::Files(_) => String::new(),
        }
    }

    pub fn labels(&self) -> Vec<&str> {
        self.controls.iter().map(|control| control.label.as_str()).filter(|label| !label.is_empty()).collect()
    }

    /// All of them, in order, the button's own last.
    pub fn fields(&self) -> Vec<Field> {
        let button = self.button.iter().map(|(name, value)| Field {
            name: name.clone(),
            entry: Entry::Hidden,
            value: Some(value.clone()),
            offered: Vec::new(),
        });
        self.controls.iter().map(Control::field).chain(button).collect()
    }

    pub fn posts(&self) -> Option<Encoding> {
        (self.method == Method::Post).then_some(self.encoding)
    }

    /// As htmx sends it.
    pub fn partial(mut self) -> Self {
        self.partial = true;
        self
    }

    /// The same form in another person's hands: their cookies, their host.
    pub fn by(mut self, person: &Person) -> Self {
        self.action = person.address(&self.action[url::Position::BeforePath..]);
        self.person = person.clone();
        self
    }

    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Where it will be sent.
    pub fn path(&self) -> &str {
        &self.action[url::Position::BeforePath..url::Position::AfterQuery]
    }

    /// Sends it. The answer is as it came: a redirect is not followed.
    pub fn submit(&self) -> Page {
        self.person.send_form(self)
    }

    /// What a browser would send, in order.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for Control { name, holds, .. } in &self.controls {
            match holds {
                Holds::Text(text) => parts.push(Part::Text(name.clone(), text.clone())),
                Holds::Options { chosen, .. } => {
                    parts.extend(chosen.iter().map(|value| Part::Text(name.clone(), value.clone())));
                }
                Holds::Tick { value, ticked: true, .. } => {
                    parts.push(Part::Text(name.clone(), value.clone()))
                }
                Holds::Tick { .. } => {}
                // HTML, "constructing the entry list": a picker with nothing picked sends an empty file.
                Holds::Files(files) if files.is_empty() => {
                    parts.push(Part::File(name.clone(), Upload::new("", "application/octet-stream", [])));
                }
                Holds::Files(files) => {
                    parts.extend(files.iter().map(|file| Part::File(name.clone(), file.clone())));
                }
            }
        }
        parts.extend(self.button.clone().map(|(name, value)| Part::Text(name, value)));
        parts
    }

    #[track_caller]
    fn control(&mut self, label: &str) -> &mut Control {
        let labels = format!("{:?}", self.labels());
        let mut found = self.controls.iter_mut().filter(|control| control.label == label);
        let control = found.next().unwrap_or_else(|| panic!("no field {label:?} in the form: {labels}"));
        assert!(found.next().is_none(), "more than one field {label:?} in the form: {labels}");
        control
    }
}

impl Control {
    fn read(document: &Html, field: ElementRef<'_>) -> Option<Self> {
        let name = field.attr("name").filter(|name| !name.is_empty())?.to_owned();
        if field.attr("disabled").is_some() {
            return None;
        }
        let value = field.attr("value");
        let holds = match (field.value().name(), field.attr("type").unwrap_or("text")) {
            ("input", "submit" | "button" | "reset" | "image") => return None,
            ("input", kind @ ("checkbox" | "radio")) => Holds::Tick {
                value: value.unwrap_or("on").to_owned(),
                ticked: field.attr("checked").is_some(),
                one_of_many: kind == "radio",
            },
            ("input", "file") => Holds::Files(Vec::new()),
            ("select", _) => Holds::options(field),
            // A browser drops the first line break of a text area, and sends CR LF for the others.
            ("textarea", _) => {
                Holds::Text(field.text().collect::<String>().trim_start_matches('\n').to_owned())
            }
            _ => Holds::Text(value.unwrap_or_default().to_owned()),
        };
        let entry = match (&holds, field.attr("type")) {
            (_, Some("hidden")) => Entry::Hidden,
            (_, Some("password")) => Entry::Secret,
            (Holds::Text(_), _) => Entry::Typed,
            (Holds::Options { .. }, _) => Entry::Chosen,
            (Holds::Tick { .. }, _) => Entry::Ticked,
            (Holds::Files(_), _) => Entry::Picked,
        };
        let label = if entry == Entry::Hidden { String::new() } else { accessible_name(document, field) };
        Some(Self { label, name, entry, holds })
    }

    fn field(&self) -> Field {
        let (value, offered) = match &self.holds {
            Holds::Text(text) => (Some(text.clone()), Vec::new()),
            Holds::Options { options, chosen } => {
                (chosen.first().cloned(), options.iter().map(|(_, value)| value.clone()).collect())
            }
            Holds::Tick { value, ticked, .. } => (ticked.then(|| value.clone()), vec![value.clone()]),
            Holds::Files(_) => (None, Vec::new()),
        };
        Field { name: self.name.clone(), entry: self.entry, value, offered }
    }

    fn untick(&mut self) {
        if let Holds::Tick { ticked, .. } = &mut self.holds {
            *ticked = false;
        }
    }
}

impl Holds {
    fn options(select: ElementRef<'_>) -> Self {
        let read = |option: ElementRef<'_>| {
            let shown = words(option);
            let value = option.attr("value").map_or_else(|| shown.clone(), str::to_owned);
            (shown, value, option.attr("selected").is_some())
        };
        let all: Vec<_> = select.select(&selector("option")).map(read).collect();
        let mut chosen: Vec<_> =
            all.iter().filter(|option| option.2).map(|option| option.1.clone()).collect();
        if chosen.is_empty() && select.attr("multiple").is_none() {
            chosen.extend(all.first().map(|option| option.1.clone()));
        }
        Self::Options { options: all.into_iter().map(|(words, value, _)| (words, value)).collect(), chosen }
    }
}
