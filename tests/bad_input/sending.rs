//! How bad input is sent: byte for byte, which no browser would do.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use reqwest::{Method, blocking::RequestBuilder};

use super::forms::Target;
use crate::world::{Encoding, Entry, Page, World};

pub type Fields = Vec<(String, Vec<u8>)>;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum As {
    Page,
    /// As htmx sends it.
    Fragment,
}

impl Target {
    pub fn filled(&self) -> Fields {
        self.filled.iter().map(|(name, value)| (name.clone(), value.clone().into_bytes())).collect()
    }

    /// Filled well, but for this.
    pub fn with(&self, field: &str, value: &[u8]) -> Fields {
        let mut fields = self.filled();
        match fields.iter_mut().find(|(name, _)| name == field) {
            Some((_, filled)) => *filled = value.to_vec(),
            None => fields.push((field.to_owned(), value.to_vec())),
        }
        fields
    }

    pub fn send(&self, world: &World, fields: &Fields, how: As) -> Page {
        let send = || self.person.send(self.request(fields, how));
        let answer = send();
        match answer.status.as_u16() {
            429 => {
                // Who tries so often waits a quarter of an hour (T9).
                world.clock().advance_seconds(901);
                send()
            }
            // Another of these changed the same at the same moment.
            409 => (0..4).map(|_| send()).find(|answer| answer.status.as_u16() != 409).unwrap_or(answer),
            _ => answer,
        }
    }

    fn request(&self, fields: &Fields, how: As) -> RequestBuilder {
        let request =
            self.person.request(Method::POST, &self.address).header("Sec-Fetch-Site", "same-origin");
        let request = if how == As::Fragment { request.header("HX-Request", "true") } else { request };
        let (kind, body) = match self.encoding {
            Encoding::Urlencoded => ("application/x-www-form-urlencoded", urlencoded(fields)),
            Encoding::Multipart => {
                ("multipart/form-data; boundary=the-end-of-a-part", self.multipart(fields))
            }
        };
        request.header("Content-Type", kind).body(body)
    }

    fn multipart(&self, fields: &Fields) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in fields {
            let is_file = self.fields.iter().any(|field| field.name == *name && field.entry == Entry::Picked);
            body.extend(
                format!("--the-end-of-a-part\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name))
                    .bytes(),
            );
            if is_file {
                body.extend(b"; filename=\"");
                body.extend(value.iter().filter(|byte| !b"\"\r\n".contains(byte)));
                body.extend(b"\"\r\nContent-Type: text/plain\r\n\r\nwords");
            } else {
                body.extend(b"\r\n\r\n");
                body.extend(value);
            }
            body.extend(b"\r\n");
        }
        body.extend(b"--the-end-of-a-part--\r\n");
        body
    }
}

/// HTML, "multipart/form-data encoding algorithm".
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn urlencoded(fields: &Fields) -> Vec<u8> {
    let encode = |bytes: &[u8]| url::form_urlencoded::byte_serialize(bytes).collect::<String>();
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name.as_bytes()), encode(value))).collect();
    pairs.join("&").into_bytes()
}

/// As many as the machine takes at once.
pub fn side_by_side<T: Sync, R: Send>(all: &[T], look: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(finding) = look(one) {
                        found.lock().unwrap().push(finding);
                    }
                }
            });
        }
    });
    found.into_inner().unwrap()
}
