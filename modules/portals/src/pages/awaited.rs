//! Whom staff wait for, gathered from the modules, and the reminder that a button sends.

use poem::{handler, web::Path};
use portico_facts::SubjectId;
use portico_kernel::{Answer, Error, Partial, Registry, Result, Staff, Tx};
use portico_ui::{Frame, Markup};

use super::{Page, staff_fragment, staff_page};
use crate::{
    reminder::{Turn, turn},
    store,
    view::{
        Moments,
        awaited::{self as view, Line, Waiting},
    },
};

/// Of each module.
const MOST: i64 = 100;

fn waiting(tx: &mut Tx, frame: &Frame, registry: &Registry) -> Result<Waiting> {
    let (mut found, mut is_cut) = (Vec::new(), false);
    for awaited in registry.awaited() {
        let of_module = (awaited.list)(tx, frame, MOST)?;
        is_cut |= of_module.len() as i64 >= MOST;
        found.extend(of_module.into_iter().map(|line| (awaited.noun, line)));
    }
    found.sort_by_key(|(_, line)| (line.since, line.subject));
    let reminded = store::reminders::last(tx, &found)?;
    let (now, zone) = (tx.now(), &tx.organization_profile().time_zone);
    let line = |(noun, awaited): (&'static str, portico_kernel::AwaitedLine)| {
        let pressed = reminded.get(&(noun.to_owned(), awaited.subject)).copied();
        Line { noun, turn: turn(pressed.max(awaited.reminded_at), now, zone), awaited }
    };
    let lines = found.into_iter().map(line).collect();
    let topics: Vec<&str> = registry.awaited().iter().map(|awaited| awaited.topics).collect();
    Ok(Waiting { lines, is_cut, topics: topics.join(" ") })
}

/// On the staff's home.
pub fn at_home(tx: &mut Tx, frame: &Frame, registry: &Registry) -> Result<Markup> {
    let waiting = waiting(tx, frame, registry)?;
    Ok(view::at_home(frame, &waiting, &Moments::new(tx, frame.text)))
}

/// All of them; what the home page shows of them, where it asks for that.
#[handler]
pub async fn show(staff: Staff, partial: Partial) -> Result<Answer> {
    match partial {
        Partial::Fragment => Ok(Answer::fragment(staff_fragment(&staff, at_home).await?)),
        Partial::Page => {
            staff_page(&staff, |tx, frame, registry| {
                let waiting = waiting(tx, frame, registry)?;
                let title = frame.text.say("portals-awaited").into_owned();
                let body = view::awaited_page(frame, &waiting, &Moments::new(tx, frame.text));
                Ok(Page { title, body, toast: None })
            })
            .await
        }
    }
}

#[handler]
pub async fn remind(
    staff: Staff,
    partial: Partial,
    Path((noun, subject)): Path<(String, SubjectId)>,
) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let known = kernel.registry().awaited().iter().find(|awaited| awaited.noun == noun);
    let awaited = *known.ok_or(Error::NotFound)?;
    let secret = kernel.secret().clone();
    staff.write(move |tx| store::reminders::remind(tx, awaited, &secret, subject)).await?;
    match partial {
        Partial::Page => Ok(Answer::go(partial, "/staff/awaited")),
        Partial::Fragment => {
            let reminded = staff_fragment(&staff, move |tx, frame, _| {
                let taken = Turn::Taken { at: tx.now() };
                Ok(view::reminding(frame, awaited.noun, subject, taken, &Moments::new(tx, frame.text)))
            });
            Ok(Answer::fragment(reminded.await?))
        }
    }
}
