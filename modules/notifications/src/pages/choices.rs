//! When each kind of news comes, and at which hour the mail of the day.

use poem::{handler, web::Query};
use portico_kernel::{Answer, Form, Member, Partial, Problems, Result};
use serde::Deserialize;

use super::{kinds, places};
use crate::{choice::ChoicesForm, store, view::choices as view};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Left {
    saved: String,
}

#[handler]
pub async fn show(member: Member, Query(left): Query<Left>) -> Result<Answer> {
    let (person, kinds) = (member.person().id, kinds(&member));
    let choices = member.read(move |tx| store::choices(tx, person, &kinds)).await?;
    Ok(page(&member, &ChoicesForm::of(&choices), &Problems::default(), left.saved == "yes"))
}

#[handler]
pub async fn change(member: Member, partial: Partial, Form(input): Form<ChoicesForm>) -> Result<Answer> {
    let choices = match input.parse(&kinds(&member)) {
        Ok(choices) => choices,
        Err(problems) => return Ok(page(&member, &input, &problems, false).invalid()),
    };
    let person = member.person().id;
    member.write(move |tx| store::choose(tx, person, &choices)).await?;
    Ok(Answer::go(partial, &format!("{}?saved=yes", places(&member).choices)))
}

fn page(member: &Member, input: &ChoicesForm, problems: &Problems, is_saved: bool) -> Answer {
    let mut frame = member.frame();
    if is_saved {
        frame.toast = Some(view::saved_toast(&frame));
    }
    let kinds = kinds(member);
    let shown = view::Shown {
        places: places(member),
        kinds: &kinds,
        input,
        problems,
        zone: &member.organization().time_zone,
    };
    let title = frame.text.say("notifications-choices");
    let body = view::page(&frame, &shown);
    match member {
        Member::Staff(_) => Answer::page(portico_ui::staff_page(&frame, &title, body)),
        Member::Client(_) => Answer::page(portico_ui::client_page(&frame, &title, body)),
    }
}
