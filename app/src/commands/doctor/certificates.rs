//! The certificates that Portico orders itself, as the database has them.

use portico_kernel::{CertificateStanding, Instant, Kernel, Result};

use super::{caused, finding::Finding};

pub async fn findings(kernel: &Kernel) -> Vec<Finding> {
    if !kernel.configuration().orders_certificates {
        return Vec::new();
    }
    match looked_at(kernel).await {
        Ok(findings) => findings,
        Err(error) => {
            let advice = "Start the database, and look again.";
            vec![Finding::unknown("certificates", caused(error), advice)]
        }
    }
}

async fn looked_at(kernel: &Kernel) -> Result<Vec<Finding>> {
    let standings = kernel.certificate_standings().await?;
    let issued = standings.iter().filter(|standing| standing.issued_at.is_some());
    let issued: Vec<String> = issued.map(|standing| standing.host.clone()).collect();
    let opened = kernel.certificates_of(issued.clone()).await?;
    let mut findings = judged(&standings, kernel.now());
    let is_shut = |host: &&String| opened.iter().all(|certificate| certificate.host != **host);
    findings.extend(issued.iter().filter(is_shut).map(|host| {
        let words = format!("{host}: the key to its certificate was sealed with another secret");
        Finding::broken("certificates", words, "Put the file `secret` back that the installation had.")
    }));
    Ok(findings)
}

/// A line for each host that has none, or may soon have none, and one for all others.
fn judged(standings: &[CertificateStanding], now: Instant) -> Vec<Finding> {
    let advice = "Port 80 of the host has to lead to PORTICO_LISTEN; the next try comes by itself.";
    let mut findings = Vec::new();
    for standing in standings {
        let CertificateStanding { host, expires_at, failure, .. } = standing;
        match (failure, expires_at) {
            (Some(failure), Some(until)) if standing.is_good(now) => {
                let words = format!("{host}: good until {}, and not renewed: {failure}", day(*until));
                findings.push(Finding::doubtful("certificates", words, advice));
            }
            (Some(failure), _) => {
                findings.push(Finding::broken("certificates", format!("{host}: {failure}"), advice));
            }
            (None, Some(until)) if !standing.is_good(now) => {
                let words = format!("{host}: it has run out on {}", day(*until));
                findings.push(Finding::broken("certificates", words, "Start the server, which renews it."));
            }
            (None, Some(_)) => {}
            (None, None) => {
                let words = format!("{host}: none yet");
                findings.push(Finding::doubtful("certificates", words, "Start the server, which orders it."));
            }
        }
    }
    let good: Vec<Instant> = standings
        .iter()
        .filter(|standing| standing.failure.is_none() && standing.is_good(now))
        .filter_map(|standing| standing.expires_at)
        .collect();
    if let Some(first) = good.iter().min() {
        let words = format!("{} are good, the first until {}", good.len(), day(*first));
        findings.push(Finding::good("certificates", words));
    }
    findings
}

fn day(at: Instant) -> String {
    at.in_zone("UTC").date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::finding::State;

    const NOW: Instant = Instant::from_micros(0);

    fn standing(expires_at: Option<Instant>, failure: Option<&str>) -> CertificateStanding {
        CertificateStanding {
            host: "portal.example".into(),
            issued_at: expires_at.map(|_| NOW),
            expires_at,
            failure: failure.map(str::to_owned),
            failed_at: failure.map(|_| NOW),
            try_at: Some(NOW),
            leased_until: None,
        }
    }

    #[test]
    fn a_host_is_told_of_before_browsers_refuse_it() {
        let (later, before) = (Some(NOW.plus_days(1)), Some(NOW.plus_days(-1)));
        let expected = [
            (standing(later, None), State::Good),
            (standing(later, Some("refused")), State::Doubtful),
            (standing(None, None), State::Doubtful),
            (standing(before, None), State::Broken),
            (standing(before, Some("refused")), State::Broken),
            (standing(None, Some("refused")), State::Broken),
        ];
        for (standing, state) in expected {
            let findings = judged(std::slice::from_ref(&standing), NOW);
            let states: Vec<State> = findings.iter().map(|finding| finding.state).collect();
            assert_eq!(states, [state], "{standing:?}");
        }
        assert!(judged(&[], NOW).is_empty());
    }
}
