//! Staff make rooms, and say who is in them.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{PersonId, RoomId};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Side, Staff};
use serde::Deserialize;

use crate::{
    conversation::Where,
    room::{PeopleForm, RoomForm},
    store,
    view::{
        lists::list_address,
        rooms::{Making, Managing, people_address, people_page, room_dialog},
    },
};

/// From where somebody makes a room.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Begun {
    portal: String,
}

#[handler]
pub async fn new(staff: Staff, partial: Partial, Query(begun): Query<Begun>) -> Result<Answer> {
    let input = RoomForm { portal: begun.portal, ..RoomForm::default() };
    room_answer(&staff, partial, input, Problems::default()).await
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(input): Form<RoomForm>) -> Result<Answer> {
    let made = match input.parse() {
        Ok(room) => staff.write(move |tx| store::make_room(tx, &room)).await?,
        Err(problems) => Err(problems),
    };
    match made {
        Ok(room) => Ok(Answer::go(partial, &Where::Room(room).address(Side::Staff))),
        Err(problems) => Ok(room_answer(&staff, partial, input, problems).await?.invalid()),
    }
}

/// The dialog as it was left.
async fn room_answer(staff: &Staff, partial: Partial, input: RoomForm, problems: Problems) -> Result<Answer> {
    let (frame, maker) = (staff.frame(), staff.person().id);
    let dialog = staff
        .read(move |tx| {
            let candidates = store::candidates(tx, None)?;
            let portals = store::portals_for_rooms(tx)?;
            let making = Making {
                input: &input,
                problems: &problems,
                candidates: &candidates,
                portals: &portals,
                maker,
            };
            Ok(room_dialog(&frame, &making))
        })
        .await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(&staff.text().say("messages-new-room"), dialog),
    })
}

#[handler]
pub async fn show(staff: Staff, Path(room): Path<RoomId>) -> Result<Answer> {
    people_answer(&staff, room, PeopleForm::default(), Problems::default()).await
}

async fn people_answer(staff: &Staff, room: RoomId, input: PeopleForm, problems: Problems) -> Result<Answer> {
    let (frame, person) = (staff.frame(), staff.person().clone());
    staff
        .read(move |tx| {
            let (row, members) = store::managed_room(tx, person.role, room)?;
            let candidates = store::candidates(tx, row.portal_id)?;
            let present = store::present(tx, &row, members.clone())?;
            let managing = Managing {
                row: &row,
                members: &members,
                present: &present,
                candidates: &candidates,
                input: &input,
                problems: &problems,
                is_member: members.iter().any(|member| member.person == person.id),
            };
            let body = people_page(&frame, &managing);
            Ok(Answer::page(portico_ui::staff_page(&frame, &row.name, body)))
        })
        .await
}

#[handler]
pub async fn add(
    staff: Staff,
    partial: Partial,
    Path(room): Path<RoomId>,
    Form(input): Form<PeopleForm>,
) -> Result<Answer> {
    let role = staff.person().role;
    let added = match input.parse() {
        Ok(people) => staff.write(move |tx| store::add_people(tx, role, room, &people)).await?,
        Err(problems) => Err(problems),
    };
    match added {
        Ok(()) => Ok(Answer::go(partial, &people_address(room))),
        Err(problems) => Ok(people_answer(&staff, room, input, problems).await?.invalid()),
    }
}

/// Whoever took themselves out has nothing to see there any more, unless they are an owner or admin.
#[handler]
pub async fn remove(
    staff: Staff,
    partial: Partial,
    Path((room, person)): Path<(RoomId, PersonId)>,
) -> Result<Answer> {
    let (role, own) = (staff.person().role, staff.person().id);
    staff.write(move |tx| store::remove_person(tx, role, room, person)).await?;
    Ok(match person == own {
        true => Answer::go(partial, list_address(Side::Staff)),
        false => Answer::go(partial, &people_address(room)),
    })
}
