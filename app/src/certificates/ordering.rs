//! Certificates from an authority (RFC 8555), one host at a time. Of several machines one orders for a host; what the authority
//! asks at the host (http-01, section 8.3) stands in the database, so that any of them answers.

use std::time::Duration;

use instant_acme::{
    Account, AccountBuilder, AccountCredentials, AuthorizationStatus, ChallengeType, Error as AcmeError,
    Identifier, NewAccount, NewOrder, Order, OrderStatus, Problem, RetryPolicy,
};
use portico_kernel::Kernel;

use super::{Authority, reading::Read};

/// How soon it is seen that a host is new.
const POLL: Duration = Duration::from_secs(1);
/// For one order; within the lease.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// For each of an order's steps.
const STEPS: RetryPolicy = RetryPolicy::new().timeout(Duration::from_secs(120)).backoff(1.5);
/// Of an authority's words, as many characters are kept.
const LONGEST_WORDS: usize = 400;

/// Why there is no certificate.
struct Refused {
    words: String,
    is_too_often: bool,
    /// The authority does not know us any more.
    is_about_account: bool,
}

impl Refused {
    fn saying(words: impl Into<String>) -> Self {
        Self { words: words.into(), is_too_often: false, is_about_account: false }
    }
}

impl From<&Problem> for Refused {
    fn from(problem: &Problem) -> Self {
        let kind = problem.r#type.as_deref().and_then(|kind| kind.rsplit(':').next()).unwrap_or_default();
        Self {
            words: problem.detail.clone().unwrap_or_else(|| kind.to_owned()),
            is_too_often: kind == "rateLimited",
            is_about_account: kind == "accountDoesNotExist",
        }
    }
}

impl From<AcmeError> for Refused {
    fn from(error: AcmeError) -> Self {
        match error {
            AcmeError::Api(problem) => Self::from(&problem),
            other => Self::saying(format!("{:#}", anyhow::Error::from(other))),
        }
    }
}

/// Whoever has the domain reads these words, and a database's own may tell where it stands.
impl From<portico_kernel::Error> for Refused {
    fn from(error: portico_kernel::Error) -> Self {
        tracing::warn!(%error, "an order cannot be written down");
        Self::saying("the order could not be written down here")
    }
}

pub async fn order_what_is_due(kernel: Kernel, authority: Authority) {
    loop {
        if let Err(error) = order_one(&kernel, &authority).await {
            tracing::warn!(%error, "no certificate could be ordered");
        }
        if !kernel.goes_on_after(POLL).await {
            return;
        }
    }
}

/// The one that waited longest.
async fn order_one(kernel: &Kernel, authority: &Authority) -> portico_kernel::Result<()> {
    let now = kernel.now();
    let standings = kernel.certificate_standings().await?;
    let due = standings.into_iter().filter(|standing| standing.is_due(now));
    let Some(standing) = due.min_by_key(|standing| standing.try_at) else { return Ok(()) };
    let host = standing.host;
    if !kernel.take_certificate_order(&host).await? {
        return Ok(());
    }
    let ordered = tokio::time::timeout(PATIENCE, order(kernel, authority, &host)).await;
    let refused = match ordered {
        Ok(Ok(())) => {
            tracing::info!(host, "there is a certificate");
            return Ok(());
        }
        Ok(Err(refused)) => refused,
        Err(_) => Refused::saying("it took too long"),
    };
    if refused.is_about_account {
        kernel.keep_authority_account(&authority.directory, None).await?;
    }
    let words = in_one_line(&refused.words);
    tracing::warn!(host, words, "no certificate was issued");
    kernel.note_refused_certificate(&host, words, refused.is_too_often).await
}

async fn order(kernel: &Kernel, authority: &Authority, host: &str) -> Result<(), Refused> {
    let account = account(kernel, authority).await?;
    let identifiers = [Identifier::Dns(host.to_owned())];
    let mut order = account.new_order(&NewOrder::new(&identifiers)).await?;
    answer_challenges(kernel, &mut order, host).await?;
    match order.poll_ready(&STEPS).await {
        Ok(OrderStatus::Ready) => {}
        Ok(_) => return Err(why_invalid(&mut order).await),
        Err(error) => return Err(error.into()),
    }
    let key = order.finalize().await?;
    let chain = order.poll_certificate(&STEPS).await?;
    let read = Read::parse(chain.as_bytes(), key.as_bytes())
        .map_err(|error| Refused::saying(format!("{error:#}")))?;
    if !read.covers(host) {
        return Err(Refused::saying("the certificate is for another name"));
    }
    Ok(kernel.keep_certificate(host, chain, &key, read.times).await?)
}

/// Known, or made now: two machines that make one each have both, and the later is kept.
async fn account(kernel: &Kernel, authority: &Authority) -> Result<Account, Refused> {
    if let Some(kept) = kernel.authority_account(&authority.directory).await?
        && let Ok(credentials) = serde_json::from_str::<AccountCredentials>(&kept)
    {
        return Ok(builder(authority)?.from_credentials(credentials).await?);
    }
    let contact = authority.email.as_ref().map(|email| format!("mailto:{email}"));
    let contact: Vec<&str> = contact.iter().map(String::as_str).collect();
    let wanted = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
    let (account, credentials) =
        builder(authority)?.create(&wanted, authority.directory.clone(), None).await?;
    let written = serde_json::to_string(&credentials).map_err(AcmeError::from)?;
    kernel.keep_authority_account(&authority.directory, Some(&written)).await?;
    Ok(account)
}

fn builder(authority: &Authority) -> Result<AccountBuilder, AcmeError> {
    // It takes what the process has; an error says that it has one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match &authority.root {
        Some(root) => Account::builder_with_root(root),
        None => Account::builder(),
    }
}

async fn answer_challenges(kernel: &Kernel, order: &mut Order, host: &str) -> Result<(), Refused> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let mut challenge = authorization
            .challenge(ChallengeType::Http01)
            .ok_or_else(|| Refused::saying("the authority does not ask by http-01"))?;
        let answer = challenge.key_authorization();
        kernel.keep_challenge(host, &challenge.token, answer.as_str()).await?;
        challenge.set_ready().await?;
    }
    Ok(())
}

/// What the authority found at the host.
async fn why_invalid(order: &mut Order) -> Refused {
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let Ok(state) = authorization.refresh().await else { break };
        if let Some(problem) = state.challenges.iter().find_map(|challenge| challenge.error.as_ref()) {
            return problem.into();
        }
    }
    Refused::saying("the authority did not find what it asked for")
}

/// Somebody else's words, for a page and a log.
fn in_one_line(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|letter| !letter.is_control()).take(LONGEST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(kind: &str, detail: Option<&str>) -> Problem {
        let json = serde_json::json!({ "type": kind, "detail": detail });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn an_authoritys_refusal_is_told_in_its_words() {
        let limited = problem("urn:ietf:params:acme:error:rateLimited", Some("too many certificates"));
        let refused = Refused::from(&limited);
        assert!(refused.is_too_often && !refused.is_about_account);
        assert_eq!(refused.words, "too many certificates");
        let wordless = Refused::from(&problem("urn:ietf:params:acme:error:accountDoesNotExist", None));
        assert!(wordless.is_about_account && !wordless.is_too_often);
        assert_eq!(wordless.words, "accountDoesNotExist");
    }

    #[test]
    fn what_our_own_database_says_is_for_the_log_alone() {
        let away = portico_kernel::Error::Unavailable(anyhow::anyhow!("no connection to db.internal:5432"));
        assert!(!Refused::from(away).words.contains("internal"));
    }

    #[test]
    fn what_it_says_fits_into_one_line() {
        assert_eq!(in_one_line("a\nb\t c\u{7}"), "a b c");
        assert_eq!(in_one_line(&"ä".repeat(10_000)).chars().count(), LONGEST_WORDS);
        assert_eq!(in_one_line(""), "");
    }
}
