//! A piece of XML as a value.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use crate::face::printable;

pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

enum Content {
    Elements(Vec<Element>),
    Text(String),
}

pub fn whole(name: &'static str, parts: impl IntoIterator<Item = Element>) -> Element {
    Element { name, attributes: Vec::new(), content: Content::Elements(parts.into_iter().collect()) }
}

/// Without the characters that XML cannot hold.
pub fn text(name: &'static str, text: impl AsRef<str>) -> Element {
    Element { name, attributes: Vec::new(), content: Content::Text(printable(text.as_ref())) }
}

/// Nothing for nothing: an element that is there must say something.
pub fn optional(name: &'static str, said: &str) -> Option<Element> {
    (!said.trim().is_empty()).then(|| text(name, said.trim()))
}

impl Element {
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// # Errors
    /// None: memory takes every write.
    pub fn document(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        writer.write_event(Event::Start(start))?;
        match &self.content {
            Content::Elements(parts) => parts.iter().try_for_each(|part| part.write(writer))?,
            Content::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}
