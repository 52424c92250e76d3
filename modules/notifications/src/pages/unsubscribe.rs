//! The way out of a mail (RFC 8058). Looking, as scanners do, changes nothing; what programs for mail send by
//! themselves, and the button on the page, ends mails of one kind.

use poem::{Body, Request, handler, http::header, web::Path};
use portico_kernel::{Answer, Error, Result, Visitor, signed_body};
use portico_ui::{Frame, Language, Markup, Text, signed_out_page};

use crate::{
    store,
    view::unsubscribe as view,
    way_out::{ALL_DAILY, WayOut, is_one_click},
};

#[handler]
pub async fn ask(visitor: Visitor, Path(token): Path<String>) -> Result<Answer> {
    let found = find(&visitor, &token).await?;
    let action = format!("/unsubscribe/{token}");
    let body = view::question(&found.frame, &action, found.label, &visitor.organization().name);
    Ok(answer(&found.frame, "notifications-unsubscribe", body))
}

#[handler]
pub async fn stop(visitor: Visitor, req: &Request, Path(token): Path<String>, body: Body) -> Result<Answer> {
    let found = find(&visitor, &token).await?;
    let body = signed_body(body).await?;
    if !is_one_click(req.header(header::CONTENT_TYPE).unwrap_or_default(), &body) {
        return Err(Error::BadRequest("List-Unsubscribe=One-Click is expected".into()));
    }
    let way_out = found.way_out;
    visitor.write(move |tx| store::stop(tx, &way_out)).await?;
    let body = view::stopped(&found.frame, found.label, &visitor.organization().name);
    Ok(answer(&found.frame, "notifications-unsubscribed", body))
}

struct Found {
    way_out: WayOut,
    /// Of the kind.
    label: &'static str,
    /// In the language of whose mails they are.
    frame: Frame,
}

/// What was forged is what was never there (P11).
async fn find(visitor: &Visitor, token: &str) -> Result<Found> {
    let organization = visitor.organization().id;
    let way_out = WayOut::parse(token, visitor.kernel().secret(), organization).ok_or(Error::NotFound)?;
    let person = way_out.person;
    let language = visitor.read(move |tx| store::reader_language(tx, person)).await?;
    let mut frame = visitor.frame();
    if let Some(language) = language.as_deref().and_then(Language::from_code) {
        frame.text = Text::new(language);
    }
    let kinds = visitor.registry().news_kinds();
    let label = match way_out.kind.as_str() {
        ALL_DAILY => "notifications-daily-mails",
        kind => kinds.iter().find(|each| each.key == kind).ok_or(Error::NotFound)?.label,
    };
    Ok(Found { way_out, label, frame })
}

fn answer(frame: &Frame, title: &str, body: Markup) -> Answer {
    Answer::page(signed_out_page(frame, &frame.text.say(title), body))
}
