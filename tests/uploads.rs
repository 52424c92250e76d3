//! Resumable uploads, as the tus protocol 1.0.0 says (<https://tus.io/protocols/resumable-upload>): what is
//! acknowledged is kept, whatever happens to the connection or the server.

mod clients;
mod faults;
mod protocol;
mod quota;

use reqwest::{Method, blocking::RequestBuilder};

use crate::{
    steps::new_portal,
    world::{Page, Person, World},
};

/// Somebody who sends files into one portal.
pub struct Sender {
    pub person: Person,
    /// Where uploads are made.
    endpoint: String,
    portal: Page,
}

/// Different in every place, so that a piece that is lost or repeated shows.
pub fn content(size: usize) -> Vec<u8> {
    let words = (0..size as u32 / 4 + 1).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes());
    words.take(size).collect()
}

fn ada_sends(world: &World) -> Sender {
    Sender::into_portal(world.ada(), new_portal(&world.ada(), "Autumn campaign"))
}

impl Sender {
    /// Of the staff.
    pub fn into_portal(person: Person, portal: Page) -> Self {
        Self { person, endpoint: format!("{}/uploads", portal.path()), portal }
    }

    /// With what every request of the protocol carries, from a page of ours.
    fn request(&self, method: &str, address: &str) -> RequestBuilder {
        let request = self.person.request(Method::from_bytes(method.as_bytes()).unwrap(), address);
        request.header("Tus-Resumable", "1.0.0").header("Sec-Fetch-Site", "same-origin")
    }

    pub fn creation(&self, metadata: &str, length: usize) -> RequestBuilder {
        let request = self.request("POST", &self.endpoint).header("Upload-Length", length);
        request.header("Upload-Metadata", metadata)
    }

    /// The address of a new upload.
    #[track_caller]
    pub fn create(&self, metadata: &str, length: usize) -> String {
        let created = self.person.send(self.creation(metadata, length));
        created.assert_status(201).header("location").to_owned()
    }

    pub fn patch(&self, address: &str, offset: usize) -> RequestBuilder {
        let request = self.request("PATCH", address).header("Upload-Offset", offset);
        request.header("Content-Type", "application/offset+octet-stream")
    }

    pub fn append(&self, address: &str, offset: usize, bytes: &[u8]) -> Page {
        self.person.send(self.patch(address, offset).body(bytes.to_owned()))
    }

    /// What the server acknowledges.
    #[track_caller]
    pub fn offset(&self, address: &str) -> usize {
        let state = self.person.send(self.request("HEAD", address));
        state.assert_ok().header("upload-offset").parse().unwrap()
    }

    fn terminate(&self, address: &str) -> Page {
        self.person.send(self.request("DELETE", address))
    }

    /// The portal's listing as it is now.
    fn listing(&self) -> Page {
        self.person.visit(self.portal.path())
    }

    #[track_caller]
    pub fn assert_arrived(&self, name: &str, expected: &[u8]) {
        let download = self.person.get(&format!("{}/download", self.listing().link(name)));
        assert!(download.assert_ok().body == expected, "{name} is not what was sent");
    }
}
