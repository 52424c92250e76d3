use poem::{handler, web::Query};
use portico_kernel::{
    Answer, Error, Form, Kernel, Partial, Problems, Result, SetupToken, Visit, foundation::Foundation,
};
use portico_ui::Text;
use serde::Deserialize;

use super::{enter, welcome};
use crate::{setup::SetupForm, view};

#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

#[handler]
pub async fn show(kernel: Kernel, visit: Visit, Query(link): Query<Link>) -> Result<Answer> {
    find(&kernel, &link.token).await?;
    let empty = SetupForm {
        token: link.token,
        name: String::new(),
        colour: "#3457d5".into(),
        owner_name: String::new(),
        email: String::new(),
        password: String::new(),
        time_zone: "Europe/Paris".into(),
    };
    Ok(page(&visit, &empty, &Problems::default()))
}

#[handler]
pub async fn set_up(
    kernel: Kernel,
    visit: Visit,
    partial: Partial,
    Form(form): Form<SetupForm>,
) -> Result<Answer> {
    let token = find(&kernel, &form.token).await?;
    let done = match form.parse() {
        Ok(done) => done,
        Err(problems) => return Ok(page(&visit, &form, &problems).invalid()),
    };
    let password = kernel.hashing().hash(done.password.into_inner()).await?;
    let foundation = Foundation {
        slug: done.slug,
        name: done.name.as_str().to_owned(),
        colour: done.colour,
        language: visit.language().code(),
        time_zone: done.time_zone,
        owner_name: done.owner_name.as_str().to_owned(),
        owner_email: done.email.as_str().to_owned(),
        owner_password: Some(password),
    };
    let founded = kernel.set_up(token, foundation).await?;
    let system = kernel.system(founded.organization.id).await?;
    let arriving = visit.clone();
    let arrival = system.write(move |tx| enter(tx, founded.owner, &arriving, None)).await?;
    Ok(welcome(partial, &visit, &arrival, "/staff"))
}

/// A used link and a made-up one look alike.
async fn find(kernel: &Kernel, token: &str) -> Result<SetupToken> {
    let token = SetupToken::parse(token).ok_or(Error::NotFound)?;
    if kernel.setup_is_open(&token).await? { Ok(token) } else { Err(Error::NotFound) }
}

fn page(visit: &Visit, form: &SetupForm, problems: &Problems) -> Answer {
    let text = Text::new(visit.language());
    Answer::page(view::setup::page(text, visit.form_token.as_str(), form, problems))
}
