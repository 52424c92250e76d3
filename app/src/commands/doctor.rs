//! `portico doctor`: everything that the product stands on, looked at from where it runs, and for whatever is not as it
//! should be one sentence about what to do. It changes nothing, but that an object is written and deleted again.

mod address;
mod backup;
mod certificates;
mod database;
mod finding;
mod mail;
mod payments;
mod storage;

use anyhow::bail;
use portico_kernel::Kernel;

use self::finding::{Finding, State};
use super::describe;
use crate::environment::Environment;

/// # Errors
/// When something is broken, and says how much.
pub async fn doctor(environment: &Environment, json: bool) -> anyhow::Result<()> {
    let mut findings = look(environment).await;
    for finding in &mut findings {
        finding.words = environment.without_secrets(&finding.words);
    }
    if json {
        println!("{}", serde_json::json!({ "findings": findings }));
    } else {
        findings.iter().for_each(|finding| println!("{finding}"));
    }
    match findings.iter().filter(|finding| finding.state == State::Broken).count() {
        0 => Ok(()),
        1 => bail!("1 thing is broken"),
        many => bail!("{many} things are broken"),
    }
}

async fn look(environment: &Environment) -> Vec<Finding> {
    let mut findings = Vec::new();
    match environment.configuration(environment.listen) {
        Ok(configuration) => {
            findings.push(storage::disk(&configuration.data));
            findings.extend(payments::findings(configuration.provider_keys.as_ref()));
            findings.extend(address::findings(&configuration.public_url).await);
        }
        Err(error) => {
            let advice = "Correct the variable; `portico serve --help` lists them all.";
            findings.push(Finding::broken("settings", format!("{error:#}"), advice));
            return findings;
        }
    }
    match environment.outside() {
        Ok(outside) => {
            findings.push(storage::objects(&*outside.objects).await);
            findings.extend(mail::findings(environment, &*outside.outbox).await);
        }
        Err(error) => {
            let advice = "Correct STORAGE_URL or SMTP_URL; the README has examples of both.";
            findings.push(Finding::broken("settings", format!("{error:#}"), advice));
        }
    }
    findings.push(documents());
    match opened(environment) {
        Ok(kernel) => findings.extend(of_kernel(environment, &kernel).await),
        Err(error) => {
            let advice = "Start the database, or correct DATABASE_URL or the folder PORTICO_DATA.";
            findings.push(Finding::broken("database", format!("{error:#}"), advice));
        }
    }
    findings
}

/// As it is: whoever looks brings no database to another version.
fn opened(environment: &Environment) -> anyhow::Result<Kernel> {
    let configuration = environment.configuration(environment.listen)?;
    let index = configuration.data.join("search");
    let secret = environment.secret(&configuration.randomness)?;
    let kernel = Kernel::open_as_it_is(configuration, secret, environment.outside()?)?;
    kernel.mount(environment.registry(&index)?);
    Ok(kernel)
}

async fn of_kernel(environment: &Environment, kernel: &Kernel) -> Vec<Finding> {
    let steps = database::steps(kernel);
    if steps.state == State::Broken {
        return vec![steps];
    }
    let mut findings = vec![steps, database::rows(kernel), database::clock(kernel).await];
    findings.extend(certificates::findings(kernel).await);
    findings.extend(storage::files(kernel).await);
    findings.push(storage::index(kernel).await);
    findings.push(backup::finding(environment, kernel).await);
    findings.push(Finding::good("modules", kernel.registry().modules().join(", ")));
    findings
}

fn documents() -> Finding {
    match super::on_path("pdftotext") {
        true => Finding::good("documents", "pdftotext reads PDFs"),
        false => {
            let words = "pdftotext is missing: a simpler reader is used";
            Finding::doubtful("documents", words, "Install the package poppler-utils.")
        }
    }
}

/// An error of the kernel's as what caused it.
fn caused(error: portico_kernel::Error) -> String {
    format!("{:#}", describe(error))
}
