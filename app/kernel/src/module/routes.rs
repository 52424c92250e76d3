//! Addresses, and what may be sent to each.

use poem::{Endpoint, EndpointExt, IntoResponse, endpoint::BoxEndpoint, http::Method};
use serde::Serialize;

use super::Additions;
use crate::access::Access;

pub(crate) struct RouteAdded {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    pub body: BodyKind,
    pub endpoint: BoxEndpoint<'static>,
}

/// What a route's body may be, which decides how it can prove its origin (T6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BodyKind {
    /// A small form, read whole before the handler runs.
    Form,
    /// Nothing but the form token.
    Button,
    /// Parts that are read as they come: the handler checks the first one, see `multipart_token`.
    Upload,
    /// Proven by a signature that the handler verifies.
    Signed,
}

impl Additions {
    /// A page or fragment. Paths are poem's: `/portals/:portal`. A GET changes nothing (T6) and
    /// answers HEAD as well.
    pub fn get<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::GET, path, access, BodyKind::Form, endpoint);
    }

    /// A form's target. Verbs are nouns here: `POST /staff/portals/:portal/deletion`.
    pub fn post<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, access, BodyKind::Form, endpoint);
    }

    /// The target of a form that is one button: whatever field it comes with is refused (T16).
    pub fn button<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, access, BodyKind::Button, endpoint);
    }

    /// The target of a form with files. The handler reads the body as it comes, by [`Parts`](crate::Parts), and must
    /// [`prove_origin`](crate::Parts::prove_origin) before it believes anything else.
    pub fn upload<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, access, BodyKind::Upload, endpoint);
    }

    /// Where a machine outside tells us something. Its body is read by [`signed_body`](crate::signed_body), and
    /// proves by its signature where it comes from; the handler believes nothing before.
    pub fn webhook<E>(&mut self, path: &'static str, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, Access::Public, BodyKind::Signed, endpoint);
    }

    /// A method of a machine's protocol, such as PATCH. It proves its origin by headers; GET, HEAD
    /// and OPTIONS change nothing.
    pub fn on<E>(&mut self, method: Method, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(method, path, access, BodyKind::Form, endpoint);
    }

    fn route<E>(&mut self, method: Method, path: &'static str, access: Access, body: BodyKind, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        let endpoint = endpoint.map_to_response().boxed();
        self.routes.push(RouteAdded { method, path, access, body, endpoint });
    }
}
