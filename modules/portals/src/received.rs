//! The one picture of a form, read whole.

use poem::{Body, Request};
use portico_kernel::{BrokenBody, Error, Parts, Result};
use portico_ui::components::TOKEN_FIELD;

use crate::picture::{LARGEST, Refusal};

/// The field with the picture.
pub const PICTURE: &str = "picture";

/// # Errors
/// What says nothing about the picture: a foreign origin, an unknown field.
pub async fn received(req: &Request, body: Body) -> Result<Result<Vec<u8>, Refusal>> {
    let mut parts = Parts::of(req, body)?;
    match read(&mut parts).await {
        Ok(received) => received,
        Err(broken) => {
            tracing::debug!(%broken, "a picture could not be read");
            Ok(Err(Refusal::Broken))
        }
    }
}

async fn read(parts: &mut Parts) -> Result<Result<Result<Vec<u8>, Refusal>>, BrokenBody> {
    if let Err(foreign) = parts.prove_origin().await? {
        return Ok(Err(foreign));
    }
    let mut picture = Vec::new();
    while let Some(mut part) = parts.next().await? {
        match part.name() {
            TOKEN_FIELD => drop(part.text().await?),
            PICTURE => {
                while let Some(chunk) = part.chunk().await? {
                    if picture.len() + chunk.len() > LARGEST {
                        return Ok(Ok(Err(Refusal::TooLarge)));
                    }
                    picture.extend_from_slice(&chunk);
                }
            }
            other => return Ok(Err(Error::BadRequest(format!("unknown field {other:?}").into()))),
        }
    }
    Ok(Ok(if picture.is_empty() { Err(Refusal::NotChosen) } else { Ok(picture) }))
}
