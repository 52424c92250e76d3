//! The address that people type, from outside, as far as one can see that from here, and its certificate.

use std::{error::Error as _, time::Duration};

use portico_kernel::{Clock, PublicUrl};
use reqwest::{Client, redirect::Policy, tls::TlsInfo};
use x509_parser::{certificate::X509Certificate, prelude::FromDer};

use super::finding::Finding;

const PATIENCE: Duration = Duration::from_secs(10);
const DAY: i64 = 86_400;
/// Whoever renews by a clock does so 30 days before the end.
const SOON: i64 = 14;

pub async fn findings(address: &PublicUrl) -> Vec<Finding> {
    let root = address.root();
    let unanswered =
        "Start the server; then look at the proxy, the firewall and the name's entry in the DNS.";
    let client = match client() {
        Ok(client) => client,
        Err(error) => return vec![Finding::unknown("address", error.to_string(), unanswered)],
    };
    match client.get(format!("{root}/healthz")).send().await {
        Ok(answer) => {
            let status = answer.status();
            let certificate = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
            let certificate = certificate.map(|bytes| judged(days_left(bytes)));
            let is_ours = status.is_success() && answer.text().await.is_ok_and(|words| words.trim() == "ok");
            let answers = match is_ours {
                true => Finding::good("address", format!("{root} answers")),
                false => {
                    let words = format!("{root} answers with status {status}, which is not Portico");
                    Finding::doubtful(
                        "address",
                        words,
                        "Let the proxy pass on what is asked for at this name.",
                    )
                }
            };
            [Some(answers), certificate].into_iter().flatten().collect()
        }
        Err(error) => {
            let cause = cause(&error);
            let is_untrusted = cause.contains("certificate");
            let words = format!("{root} does not answer: {cause}");
            vec![match is_untrusted {
                true => {
                    Finding::broken("certificate", words, "Renew the certificate: browsers refuse this one.")
                }
                false => Finding::doubtful("address", words, unanswered),
            }]
        }
    }
}

fn client() -> reqwest::Result<Client> {
    // An error says that the process has one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().timeout(PATIENCE).redirect(Policy::none()).tls_info(true).build()
}

/// reqwest's own words say only that it did not work.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost = error.source();
    while let Some(deeper) = innermost.and_then(|error| error.source()) {
        innermost = Some(deeper);
    }
    innermost.map_or_else(|| error.to_string(), |cause| cause.to_string())
}

/// `None` for what is no certificate.
fn days_left(der: &[u8]) -> Option<i64> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let now = Clock::System.now().micros() / 1_000_000;
    Some((certificate.validity().not_after.timestamp() - now).div_euclid(DAY))
}

fn judged(days: Option<i64>) -> Finding {
    let advice = "Renew it, and see why that did not happen by itself.";
    match days {
        None => Finding::unknown("certificate", "it cannot be read", advice),
        Some(days) if days < 0 => Finding::broken("certificate", "it has run out", advice),
        Some(days) if days < SOON => {
            Finding::doubtful("certificate", format!("it runs out in {days} days"), advice)
        }
        Some(days) => Finding::good("certificate", format!("it is good for {days} days")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::finding::State;

    #[test]
    fn a_certificate_is_told_of_before_it_runs_out() {
        let expected = [
            (None, State::Unknown),
            (Some(-1), State::Broken),
            (Some(0), State::Doubtful),
            (Some(13), State::Doubtful),
            (Some(14), State::Good),
        ];
        for (days, state) in expected {
            assert_eq!(judged(days).state, state, "{days:?}");
        }
        assert_eq!(days_left(b"no certificate"), None);
    }
}
