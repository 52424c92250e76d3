use poem::{Request, http::header};

/// What a program proves itself with (RFC 6750), by whatever case it writes the word before it in (RFC 9110, section 11.1).
pub fn bearer(req: &Request) -> Option<&str> {
    let (scheme, given) = req.header(header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| given.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_before_it_is_of_any_case() {
        let given = |value: &str| {
            let req = Request::builder().header(header::AUTHORIZATION, value).finish();
            bearer(&req).map(str::to_owned)
        };
        for value in ["Bearer a secret", "bearer a secret", "BEARER  a secret "] {
            assert_eq!(given(value).as_deref(), Some("a secret"), "{value}");
        }
        for value in ["", "Bearer", "a secret", "Basic a secret", "Bearera secret"] {
            assert_eq!(given(value), None, "{value}");
        }
        assert_eq!(bearer(&Request::builder().finish()), None);
    }
}
