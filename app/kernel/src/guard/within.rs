//! The guard of what is open to members who are limited to chosen clients and projects.

use std::{collections::BTreeMap, sync::Arc};

use poem::{FromRequest, Request, RequestBody};

use super::{Scope, Staff};
use crate::error::{Error, Result};

/// Staff, limited members among them as long as everything that the address names lies within their limit. Otherwise it is
/// not there (P11). Its handler shows and takes nothing beyond that, however it comes to it: see [`crate::Tx::sees_client`].
pub struct Within(pub Staff);

/// Put into the request in place of [`Staff`], which a limited member does not get.
#[derive(Clone)]
pub(super) struct Limited(pub(super) Arc<Scope>);

/// The limited member who is calling, whatever the address names.
pub(super) fn limited(req: &Request) -> Option<Staff> {
    req.extensions().get::<Limited>().map(|limited| Staff(limited.0.clone()))
}

impl<'a> FromRequest<'a> for Within {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let Some(staff) = limited(req) else {
            return Staff::from_request(req, body).await.map(Self);
        };
        let named = req.path_params::<BTreeMap<String, String>>().map_err(|_| Error::NotFound)?;
        if named.is_empty() {
            return Ok(Self(staff));
        }
        look_at(&staff, named.clone()).await?;
        Ok(Self(Staff(staff.scope().naming(named))))
    }
}

/// # Errors
/// [`Error::NotFound`] for what lies beyond their limit.
async fn look_at(staff: &Staff, named: BTreeMap<String, String>) -> Result<()> {
    let kernel = staff.kernel().clone();
    staff
        .read(move |tx| {
            for (parameter, value) in &named {
                if !tx.sees_named(parameter, value, kernel.registry().located())? {
                    return Err(Error::NotFound);
                }
            }
            Ok(())
        })
        .await
}
