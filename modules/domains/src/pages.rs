use poem::{Response, handler, web::Path};
use portico_kernel::{
    Answer, DomainUse, Error, Form, Kernel, Partial, Problems, Result, Slug, SlugTaken, Staff, Visit,
};
use serde::Deserialize;

use crate::{
    check,
    domain::DomainName,
    store,
    view::{self, HERE, Shown, Typed},
};

/// What a domain is asked for: the same for everybody, and of no use but here.
#[handler]
pub async fn prove(kernel: Kernel, visit: Visit, Path(token): Path<String>) -> Result<Response> {
    let answer = kernel.domain_answer(&visit, &token).await?.ok_or(Error::NotFound)?;
    Ok(Response::builder().content_type("text/plain; charset=utf-8").body(answer))
}

#[handler]
pub async fn show(staff: Staff) -> Result<Answer> {
    page(&staff, &Typed::default(), &Problems::default()).await
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct SlugForm {
    slug: String,
    current: String,
}

/// Everybody is elsewhere afterwards, so the name that goes is typed once more.
#[handler]
pub async fn change_slug(staff: Staff, partial: Partial, Form(form): Form<SlugForm>) -> Result<Answer> {
    let mut problems = Problems::default();
    let slug = problems.keep("slug", Slug::parse(&form.slug));
    if form.current.trim() != staff.organization().slug {
        problems.add("current", "domains-error-current");
    }
    let taken = match slug {
        Some(slug) if problems.is_empty() => staff.write(move |tx| store::change_slug(tx, &slug)).await?,
        _ => SlugTaken::Already,
    };
    match taken {
        SlugTaken::Refused => problems.add("slug", "ui-error-slug-taken"),
        SlugTaken::TooMany => problems.add("slug", "domains-error-slug-many"),
        SlugTaken::Now { .. } | SlugTaken::Already => {}
    }
    if !problems.is_empty() {
        let typed = Typed { slug: Some(&form.slug), current: &form.current, domain: None };
        return Ok(page(&staff, &typed, &problems).await?.invalid());
    }
    match taken {
        SlugTaken::Now { former, now } => {
            let public_url = staff.kernel().public_url();
            let is_left = staff.organization().address == public_url.of_slug(&former);
            let address = public_url.of_slug(now.as_str());
            Ok(if is_left { moved(&staff, &address) } else { Answer::go(partial, HERE) })
        }
        _ => Ok(Answer::go(partial, HERE)),
    }
}

/// The address at which they were is none any more. No form may lead to another site (`form-action`), so that the answer is a
/// page with a link.
fn moved(staff: &Staff, address: &str) -> Answer {
    Answer::page(view::moved(staff.text(), address))
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct DomainForm {
    domain: String,
}

#[handler]
pub async fn claim_domain(staff: Staff, partial: Partial, Form(form): Form<DomainForm>) -> Result<Answer> {
    let domain = match DomainName::parse(&form.domain, staff.kernel().public_url()) {
        Ok(domain) => domain,
        Err(key) => {
            let mut problems = Problems::default();
            problems.add("domain", key);
            let typed = Typed { domain: Some(&form.domain), ..Typed::default() };
            return Ok(page(&staff, &typed, &problems).await?.invalid());
        }
    };
    staff.write(move |tx| store::claim(tx, &domain)).await?;
    Ok(Answer::go(partial, HERE))
}

/// Asks the domain outside of any transaction, and notes what came of it.
#[handler]
pub async fn check_now(staff: Staff, partial: Partial) -> Result<Answer> {
    if let Some(claim) = staff.write(store::begin_check).await? {
        let outcome = check::ask(staff.kernel(), &claim).await;
        staff.write(move |tx| store::settle_check(tx, &claim, outcome)).await?;
    }
    Ok(Answer::go(partial, HERE))
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct UseForm {
    use_for: String,
}

#[handler]
pub async fn change_use(staff: Staff, partial: Partial, Form(form): Form<UseForm>) -> Result<Answer> {
    let Some(wanted) = DomainUse::from_name(&form.use_for) else {
        let mut problems = Problems::default();
        problems.add("use_for", "domains-error-use");
        let standing = staff.read(store::standing).await?;
        standing.domain.ok_or(Error::Conflict("domains-none"))?;
        return Ok(page(&staff, &Typed::default(), &problems).await?.invalid());
    };
    let domain = staff.write(move |tx| store::change_use(tx, wanted)).await?;
    let address = staff.kernel().public_url().of_domain(&domain);
    let is_left = wanted == DomainUse::Only && staff.organization().address != address;
    Ok(if is_left { moved(&staff, &address) } else { Answer::go(partial, HERE) })
}

#[handler]
pub async fn remove(staff: Staff, partial: Partial) -> Result<Answer> {
    let removed = staff.write(store::remove).await?;
    let (organization, public_url) = (staff.organization(), staff.kernel().public_url());
    let is_left = removed.is_some_and(|domain| organization.address == public_url.of_domain(&domain));
    let address = public_url.of_slug(&organization.slug);
    Ok(if is_left { moved(&staff, &address) } else { Answer::go(partial, HERE) })
}

async fn page(staff: &Staff, typed: &Typed<'_>, problems: &Problems) -> Result<Answer> {
    let standing = staff.read(store::standing).await?;
    let kernel = staff.kernel();
    let certificate = match &standing.domain {
        Some(domain) if kernel.configuration().orders_certificates => {
            Some(kernel.certificate_standing(domain).await?)
        }
        _ => None,
    };
    let frame = staff.frame();
    let shown = Shown {
        standing: &standing,
        certificate: certificate.as_ref(),
        orders_certificates: kernel.configuration().orders_certificates,
        now: kernel.now(),
        typed,
        problems,
        public_url: kernel.public_url(),
        zone: &staff.organization().time_zone,
    };
    Ok(staff.page(&frame.text.say("domains-title"), view::page(&frame, &shown)))
}
