//! Forms: one struct for each action that names exactly the fields a person may set; a field that
//! is not in it is refused (T16). What is typed is text until the noun's own rules have read it.

use poem::{FromRequest, Request, RequestBody, http::header};
use portico_ui::Frame;
use serde::de::DeserializeOwned;

use crate::{
    error::{Error, FieldError, Result},
    origin::TokenDemanded,
};

/// Far more than any form of ours needs, files apart.
pub(crate) const FORM_LIMIT: usize = 1024 * 1024;
pub(crate) const TOKEN_FIELD: &str = portico_ui::components::form::TOKEN_FIELD;

/// The fields of an urlencoded form. Structs are `#[serde(deny_unknown_fields)]`.
pub struct Form<T>(pub T);

impl<'a, T: DeserializeOwned> FromRequest<'a> for Form<T> {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let content_type = req.header(header::CONTENT_TYPE).unwrap_or_default();
        if !content_type.starts_with("application/x-www-form-urlencoded") {
            return Err(Error::BadRequest("a form is expected".into()).into());
        }
        let bytes = body.take()?.into_bytes_limit(FORM_LIMIT).await.map_err(|_| Error::TooLarge)?;
        Ok(Form(parse_form(&bytes)?))
    }
}

/// # Errors
/// [`Error::BadRequest`] for a missing or an unknown field.
pub fn parse_form<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(body)
        .filter(|(name, _)| name != TOKEN_FIELD)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let bytes =
        serde_html_form::to_string(&fields).map_err(|error| Error::BadRequest(error.to_string().into()))?;
    serde_html_form::from_str(&bytes).map_err(|error| Error::BadRequest(error.to_string().into()))
}

/// For a form that is one button, which a browser may also send without a body.
///
/// # Errors
/// [`Error::BadRequest`] for any field but the form token, and for what is no form.
pub(crate) async fn refuse_fields(body: poem::Body) -> Result<()> {
    let bytes = body.into_bytes_limit(FORM_LIMIT).await.map_err(|_| Error::TooLarge)?;
    parse_form::<NoFields>(&bytes).map(|NoFields {}| ())
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NoFields {}

/// The body of a webhook as it came: its signature is of these bytes.
///
/// # Errors
/// [`Error::TooLarge`], or [`Error::BadRequest`] for what is no text.
pub async fn signed_body(body: poem::Body) -> Result<String> {
    let bytes = body.into_bytes_limit(FORM_LIMIT).await.map_err(|_| Error::TooLarge)?;
    String::from_utf8(bytes.to_vec()).map_err(|_| Error::BadRequest("text is expected".into()))
}

/// For a streamed body: what the first field, the form token, must be. `None` when the headers
/// proved the origin already.
pub(crate) fn multipart_token(req: &Request) -> Option<crate::FormToken> {
    req.extensions().get::<TokenDemanded>().map(|demanded| demanded.0.clone())
}

/// The sentence at a field, if something is wrong with it.
pub fn problem(frame: &Frame, problems: &Problems, field: &str) -> Option<String> {
    problems.of(field).map(|key| frame.text.say(key).into_owned())
}

/// What is wrong with a form, collected field by field.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<FieldError>);

impl Problems {
    /// The one that there is.
    pub fn at(field: &'static str, key: &'static str) -> Self {
        Self(vec![FieldError { field, key }])
    }

    pub fn add(&mut self, field: &'static str, key: &'static str) {
        self.0.push(FieldError { field, key });
    }

    /// Keeps the value, or notes what is wrong with it.
    pub fn keep<T>(&mut self, field: &'static str, parsed: Result<T, &'static str>) -> Option<T> {
        parsed.map_err(|key| self.add(field, key)).ok()
    }

    pub fn of(&self, field: &str) -> Option<&'static str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.key)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Error::Invalid(problems.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Rename {
        name: String,
        #[serde(default)]
        order: Vec<u32>,
    }

    #[test]
    fn a_form_holds_exactly_its_own_fields() {
        let parsed: Rename = parse_form(b"form_token=x&name=A+b&order=1&order=2").unwrap();
        assert_eq!(parsed, Rename { name: "A b".into(), order: vec![1, 2] });
        assert!(parse_form::<Rename>(b"name=a&role=owner").is_err());
        assert!(parse_form::<Rename>(b"").is_err());
    }
}
