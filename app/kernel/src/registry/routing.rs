//! One poem route for every address.

use std::{collections::BTreeMap, sync::Arc};

use poem::{
    Endpoint, EndpointExt, Route, RouteMethod, endpoint::make, error::MethodNotAllowedError, http::Method,
};

use super::Registry;
use crate::{
    access::Access, error::Error, guard::Guarded, module::BodyKind, system::Kernel, traced::name_request,
};

impl Registry {
    /// One poem route for every address, each endpoint behind its guard. What has no route is
    /// answered by a guard too, in the words and the looks of the organization.
    pub(crate) fn router(&mut self, kernel: &Kernel) -> Route {
        let mut by_path: BTreeMap<&'static str, (RouteMethod, Vec<Method>)> = BTreeMap::new();
        for (line, (method, endpoint)) in self.routes.iter().zip(std::mem::take(&mut self.endpoints)) {
            let guarded = Arc::new(Guarded::new(kernel.clone(), (line.rule, line.body), endpoint));
            let (mut methods, mut allowed) = by_path.remove(line.path).unwrap_or_default();
            if method == Method::GET {
                methods = methods.head(guarded.clone().map_to_response());
                allowed.push(Method::HEAD);
            }
            allowed.push(method.clone());
            methods = methods.method(method, guarded);
            by_path.insert(line.path, (methods, allowed));
        }
        let nothing = make(|_| async { Err::<(), poem::Error>(Error::NotFound.into()) }).map_to_response();
        let nowhere = Guarded::new(kernel.clone(), (Access::Public, BodyKind::Form), nothing.boxed());
        let nowhere = Arc::new(nowhere);
        let mut router = Route::new().at("/:unknown", nowhere.clone()).at("/:unknown/*rest", nowhere);
        for (path, (methods, allowed)) in by_path {
            let allowed = allowed.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
            let methods = methods.around(move |methods, req| {
                name_request(&req, path);
                let allowed = allowed.clone();
                async move {
                    methods.call(req).await.map_err(|error| match error.is::<MethodNotAllowedError>() {
                        true => Error::MethodNotAllowed { allowed }.into(),
                        false => error,
                    })
                }
            });
            router = router.at(path, methods);
        }
        router
    }
}
