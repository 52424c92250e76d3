//! The wrapper around every endpoint: who may not pass learns nothing, and the handler of who may
//! receives the proof.

use std::sync::Arc;

use poem::{
    Endpoint, Request, Response,
    endpoint::BoxEndpoint,
    http::{Method, StatusCode, header},
};

use super::{
    Client, Staff, Visitor,
    scope::{Scope, resolve},
    within::Limited,
};
use crate::{
    access::Access,
    answer::{Reader, RequestId, Visit, answer_errors, wants_json},
    error::Error,
    form::refuse_fields,
    module::{BodyKind, Side},
    origin,
    system::Kernel,
};

/// Around every endpoint: host, session, access and origin, in this order.
pub(crate) struct Guarded(Arc<Entrance>);

struct Entrance {
    kernel: Kernel,
    access: Access,
    body: BodyKind,
    endpoint: BoxEndpoint<'static>,
}

impl Guarded {
    pub fn new(kernel: Kernel, (access, body): (Access, BodyKind), endpoint: BoxEndpoint<'static>) -> Self {
        Self(Arc::new(Entrance { kernel, access, body, endpoint }))
    }
}

impl Endpoint for Guarded {
    type Output = Response;

    async fn call(&self, req: Request) -> poem::Result<Response> {
        let entrance = self.0.clone();
        let visit = Visit::of(&req, &entrance.kernel);
        if entrance.access == Access::Open {
            return entrance.let_in(visit, req).await;
        }
        let side = side_of(entrance.access, req.method());
        let only_reads = matches!(*req.method(), Method::GET | Method::HEAD);
        let partial = visit.partial;
        let kernel = entrance.kernel.clone();
        let answer = |scope| async move { entrance.answer_in_words(&scope, req).await };
        match resolve(&kernel, visit, side, answer).await {
            Err(Error::Moved { target, .. }) if only_reads => Ok(moved_to(&target, partial)),
            outcome => Ok(outcome?),
        }
    }
}

impl Entrance {
    async fn let_in(&self, visit: Visit, mut req: Request) -> poem::Result<Response> {
        let own_address = self.kernel.public_url().root();
        origin::check(&mut req, &self.kernel, &own_address, self.body).await?;
        req.extensions_mut().insert(self.kernel.clone());
        req.extensions_mut().insert(visit.clone());
        let mut response = self.endpoint.call(req).await?;
        visit.remember_form(&mut response);
        Ok(response)
    }

    async fn answer_in_words(&self, scope: &Arc<Scope>, req: Request) -> Response {
        let request_id = req.extensions().get::<RequestId>().cloned().unwrap_or_default();
        let wants_json = wants_json(&req);
        let mut response = match self.answer(scope, req).await {
            Ok(response) => response,
            Err(error) => {
                let frame = scope.frame();
                let reader = Reader {
                    text: frame.text,
                    frame: Some(&frame),
                    partial: scope.visit.partial,
                    wants_json,
                };
                answer_errors(error, &reader, &request_id.0)
            }
        };
        scope.visit.remember_form(&mut response);
        response
    }

    async fn answer(&self, scope: &Arc<Scope>, mut req: Request) -> poem::Result<Response> {
        match (self.access, scope.person()) {
            (Access::Open | Access::Public, _) => {}
            (Access::Client | Access::Staff(_), None) => return Ok(to_sign_in(req.method(), &scope.visit)),
            (access, Some(_)) if scope.owes_second_step() && access != Access::DOOR => {
                return Ok(led_to(&scope.visit, SETTING_UP));
            }
            (Access::Client, Some(person)) if !person.role.is_staff() => {}
            (Access::Staff(permission), Some(person)) if person.role.is_staff() => {
                if !person.role.may(permission) {
                    return Err(Error::Forbidden.into());
                }
                // What is beyond their limit is not there for them (P11).
                if !person.may(permission) {
                    return Err(Error::NotFound.into());
                }
            }
            _ => return Err(Error::NotFound.into()),
        }
        let extensions = req.extensions_mut();
        extensions.insert(Visitor(scope.clone()));
        match scope.person() {
            // On the pages of everybody they are anybody until then.
            Some(_) if scope.owes_second_step() && self.access != Access::DOOR => {}
            Some(person) if person.is_limited => {
                extensions.insert(Limited(scope.clone()));
            }
            Some(person) if person.role.is_staff() => {
                extensions.insert(Staff(scope.clone()));
            }
            Some(_) => {
                extensions.insert(Client(scope.clone()));
            }
            None => {}
        }
        origin::check(&mut req, &self.kernel, &scope.organization.address, self.body).await?;
        if self.body == BodyKind::Button {
            refuse_fields(req.take_body()).await?;
        }
        self.endpoint.call(req).await
    }
}

/// Staff who see as a client are that client on the pages of clients and on those of everybody, but are themselves when
/// they sign out.
fn side_of(access: Access, method: &Method) -> Side {
    match access {
        Access::Staff(_) => Side::Staff,
        Access::Public if !method.is_safe() => Side::Staff,
        Access::Open | Access::Public | Access::Client => Side::Client,
    }
}

/// A whole page is sent to sign-in and comes back afterwards; a fragment or a form takes its page
/// along, so that a sign-in form is never swapped into one and nobody comes back to a form's target,
/// which is no page (P6).
fn to_sign_in(method: &Method, visit: &Visit) -> Response {
    let is_page = !visit.partial && matches!(*method, Method::GET | Method::HEAD);
    let back = if is_page { Some(visit.path.as_str()) } else { visit.current_page.as_deref() };
    let address = match back {
        Some(path) if path != "/" => {
            let query: String =
                url::form_urlencoded::Serializer::new(String::new()).append_pair("return", path).finish();
            format!("/sign-in?{query}")
        }
        _ => "/sign-in".to_owned(),
    };
    led_to(visit, &address)
}

/// To where the organization is now, with the rest of the address as it was, so that an old link, an invitation's too, leads
/// where it led. Kept nowhere: the name may be another's one day.
fn moved_to(target: &str, partial: bool) -> Response {
    let response = Response::builder();
    match partial {
        true => response.header("HX-Redirect", target).finish(),
        false => response.status(StatusCode::PERMANENT_REDIRECT).header(header::LOCATION, target).finish(),
    }
}

/// Where staff set up the second step that they owe.
const SETTING_UP: &str = "/staff/account/second-step";

/// The whole page, also where only a part of one was asked for.
fn led_to(visit: &Visit, address: &str) -> Response {
    if visit.partial {
        Response::builder().status(StatusCode::OK).header("HX-Redirect", address).finish()
    } else {
        Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, address).finish()
    }
}
