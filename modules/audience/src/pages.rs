use futures_util::{Stream, StreamExt, stream};
use poem::{handler, http::Method, web::Path};
use portico_facts::SubjectId;
use portico_kernel::{Answer, Error, Partial, Result, Sight, Staff, csv_rows};
use portico_ui::Text;

use crate::{
    audience::{Audience, Line, Someone, Standing},
    store,
    view::{self, as_staff},
};

const COLUMNS: [&str; 8] = ["person", "email", "sees", "kind", "name", "portal", "reason", "id"];

#[handler]
pub async fn show(
    staff: Staff,
    partial: Partial,
    Path((noun, thing)): Path<(String, SubjectId)>,
) -> Result<Answer> {
    let sight = staff.registry().sights().iter().find(|sight| sight.noun == noun).copied();
    let (sight, text) = (sight.ok_or(Error::NotFound)?, staff.text());
    let (audience, team) =
        staff.read(move |tx| Ok((store::audience(tx, sight, thing, text)?, store::team(tx)?))).await?;
    let frame = staff.frame();
    let answer = view::answer(&frame, &audience, &team);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(answer),
        Partial::Page => staff.page(&view::question(text, &audience), answer),
    })
}

#[handler]
pub async fn of_all(staff: Staff) -> Result<Answer> {
    let text = staff.text();
    Ok(staff.page(&text.say("audience-of-all"), view::of_all(text)))
}

/// Everybody with everything that they can see, written while it is sent.
#[handler]
pub async fn download(staff: Staff, method: Method) -> Result<Answer> {
    if method == Method::GET {
        staff.write_in_passing(store::record_export).await?;
    }
    Ok(Answer::written("audience.csv", "text/csv; charset=utf-8", rows(staff)))
}

fn rows(staff: Staff) -> impl Stream<Item = Result<Vec<u8>>> + Send {
    let sights = staff.registry().sights().to_vec();
    let head = stream::iter([Ok(csv_rows([COLUMNS]))]);
    let team = stream::once(rows_of_team(staff.clone()));
    let things = stream::iter(sights).flat_map(move |sight| rows_of_things(staff.clone(), sight));
    head.chain(team).chain(things)
}

async fn rows_of_team(staff: Staff) -> Result<Vec<u8>> {
    let text = staff.text();
    let (team, limited) = staff.read(|tx| Ok((store::team(tx)?, store::limited(tx)?))).await?;
    let team = team.iter().map(|someone| row_of_team(text, someone, "everything"));
    let limited = limited.iter().map(|someone| row_of_team(text, someone, "what was chosen for them"));
    Ok(csv_rows(team.chain(limited)))
}

fn rows_of_things(staff: Staff, sight: Sight) -> impl Stream<Item = Result<Vec<u8>>> + Send {
    let text = staff.text();
    staff.pieces(None, move |tx, after| {
        let (audiences, last) = store::next_audiences(tx, sight, after, text)?;
        Ok((csv_rows(audiences.iter().flat_map(rows_of)), last.map(Some)))
    })
}

fn rows_of(audience: &Audience) -> impl Iterator<Item = [String; 8]> {
    audience.viewers().map(move |line| row(audience, line))
}

fn row(audience: &Audience, Line { someone, standing, why }: &Line) -> [String; 8] {
    [
        someone.name.clone(),
        someone.email.clone(),
        when(*standing).to_owned(),
        audience.kind.clone(),
        audience.name.clone(),
        audience.portal.clone().unwrap_or_default(),
        why.clone(),
        audience.subject.to_string(),
    ]
}

fn row_of_team(text: Text, someone: &Someone, what: &str) -> [String; 8] {
    let nothing = String::new;
    [
        someone.name.clone(),
        someone.email.clone(),
        when(someone.standing()).to_owned(),
        what.to_owned(),
        nothing(),
        nothing(),
        as_staff(text, someone),
        nothing(),
    ]
}

/// For programs, like the other words of the file that are nobody's.
fn when(standing: Standing) -> &'static str {
    match standing {
        Standing::Sees => "now",
        Standing::Awaited => "with an account",
        Standing::Shut => "not",
    }
}
