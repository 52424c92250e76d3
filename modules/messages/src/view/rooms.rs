//! Rooms of chosen people: making one, who is in it, and their page.

use maud::{Markup, html};
use portico_facts::{PersonId, PortalId, RoomId};
use portico_kernel::{Name, Problems, Side, problem};
use portico_ui::{
    Frame, Text,
    components::{
        Button, Checked, Choice, Field, Form, NoticeKind, PageHeader, PersonChoice, Row, avatar, breadcrumb,
        button_form, dialog, dialog_form, form_actions, list, notice, page_header, person_choices,
        person_row, row, section,
    },
};

use super::{Reading, lists::list_address};
use crate::{
    conversation::Where,
    room::{PeopleForm, RoomForm},
    store::{Candidate, EnteredRoom, OtherRoom, RoomMember, RoomRow},
};

/// Where rooms are made.
pub const ROOMS: &str = "/staff/messages/rooms";

pub fn people_address(room: RoomId) -> String {
    format!("{ROOMS}/{room}/people")
}

/// Not for limited members.
pub fn new_room_button(frame: &Frame, portal: Option<PortalId>) -> Option<Markup> {
    let new = frame.pages.find("/staff/messages/rooms/new")?;
    let href = match portal {
        Some(portal) => format!("{new}?portal={portal}"),
        None => new.to_owned(),
    };
    Some(html! { (Button::quiet(frame.text.say("messages-new-room")).icon("plus").dialog(href)) })
}

/// What an owner or admin learns of rooms in which they are not.
pub fn other_rooms(text: Text, rooms: &[OtherRoom]) -> Markup {
    let rows = html! {
        @for room in rooms {
            (row(&Row {
                lead: Some(avatar(&room.name)),
                name: &room.name,
                href: Some(&people_address(room.id)),
                detail: Some(html! { (room.people.join(", ")) }),
                ..Row::default()
            }))
        }
    };
    html! {
        div.other-rooms {
            (section(&text.say("messages-other-rooms"), html! {}, html! {
                p.messages-none { (text.say("messages-other-rooms-about")) }
                (list(rows))
            }))
        }
    }
}

/// A room as it is being made.
pub struct Making<'a> {
    pub input: &'a RoomForm,
    pub problems: &'a Problems,
    pub candidates: &'a [Candidate],
    pub portals: &'a [(PortalId, String)],
    pub maker: PersonId,
}

/// Says before it is made who will read it.
pub fn room_dialog(frame: &Frame, making: &Making) -> Markup {
    let (text, input, problems) = (frame.text, making.input, making.problems);
    let mut portals = vec![Choice::new("", text.say("messages-no-portal"))];
    portals.extend(making.portals.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())));
    let body = html! {
        (Field::text("name", text.say("messages-room-name"))
            .value(&input.name)
            .max_length(Name::LONGEST)
            .required()
            .focus()
            .error(problem(frame, problems, "name")))
        (Field::select("portal", text.say("messages-room-portal"), portals)
            .value(&input.portal)
            .hint(text.say("messages-room-portal-about"))
            .error(problem(frame, problems, "portal")))
        (people_choices(frame, problems, making.candidates, &input.person, &|person| person == making.maker))
        (who_will_read(text))
    };
    let save = Button::primary(text.say("messages-make-room"));
    let form = dialog_form(text, &frame.form_token, ROOMS, list_address(Side::Staff), save, body);
    dialog(text, &text.say("messages-new-room"), list_address(Side::Staff), form)
}

fn who_will_read(text: Text) -> Markup {
    html! {
        (notice(NoticeKind::Information, &text.say("messages-room-about")))
        p.field-hint { (text.say("messages-room-history")) }
    }
}

/// A field that narrows the list for whoever has scripts; without them it is the list alone.
fn people_choices(
    frame: &Frame,
    problems: &Problems,
    candidates: &[Candidate],
    ticked: &[String],
    is_in: &dyn Fn(PersonId) -> bool,
) -> Markup {
    let text = frame.text;
    let mut error = problem(frame, problems, "person");
    let mut lists = Vec::new();
    for (key, of_staff) in [("messages-staff", true), ("messages-clients", false)] {
        let those: Vec<&Candidate> = candidates
            .iter()
            .filter(|candidate| candidate.is_staff == of_staff && !is_in(candidate.person))
            .collect();
        if those.is_empty() {
            continue;
        }
        let values: Vec<String> = those.iter().map(|candidate| candidate.person.to_string()).collect();
        let choices: Vec<PersonChoice> = those
            .iter()
            .zip(&values)
            .map(|(candidate, value)| PersonChoice {
                value,
                person_name: &candidate.name,
                email: &candidate.email,
                checked: if ticked.contains(value) { Checked::Yes } else { Checked::No },
                state: None,
            })
            .collect();
        // What is wrong is said once.
        lists.push(person_choices(&text.say(key), "person", &choices, error.take().as_deref()));
    }
    html! {
        div.room-people {
            @if candidates.len() > FEW {
                label.room-narrow.needs-script {
                    span.field-label { (text.say("messages-find-people")) }
                    input.field-input type="search" autocomplete="off" data-narrows;
                }
            }
            @for list in &lists { (list) }
            @if lists.is_empty() { p.messages-none { (text.say("messages-everybody-in")) } }
            @if let Some(error) = error { p.field-error { (error) } }
        }
    }
}

/// People in a list that nobody wants to search.
const FEW: usize = 8;

/// Who is in a room, and who else could be.
pub struct Managing<'a> {
    pub row: &'a RoomRow,
    pub members: &'a [RoomMember],
    /// Those of them who can come in now.
    pub present: &'a [RoomMember],
    pub candidates: &'a [Candidate],
    pub input: &'a PeopleForm,
    pub problems: &'a Problems,
    pub is_member: bool,
}

pub fn people_page(frame: &Frame, managing: &Managing) -> Markup {
    let (text, row) = (frame.text, managing.row);
    let here = people_address(row.id);
    let room = Where::Room(row.id).address(Side::Staff);
    let messages = text.say("messages-messages");
    let is_in = |person: PersonId| managing.members.iter().any(|member| member.person == person);
    let back = match managing.is_member {
        true => (room.as_str(), row.name.as_str()),
        false => (list_address(Side::Staff), &*messages),
    };
    let action = |member: &RoomMember| {
        let remove = Button::quiet(text.say("messages-take-out")).small().icon("close");
        button_form(&frame.form_token, &format!("{here}/{}/removal", member.person), remove)
    };
    html! {
        (page_header(&PageHeader {
            title: &text.say_with("messages-people-of", &[("room", row.name.as_str().into())]),
            breadcrumb: Some(breadcrumb(text, &[back])),
            ..PageHeader::default()
        }))
        (list(html! {
            @for member in managing.members {
                @let kind = html! { (kind_of(text, managing, member)) };
                (person_row(None, &member.name, &member.email, None, kind, Some(action(member))))
            }
        }))
        (section(&text.say("messages-add-people"), html! {}, html! {
            (Form::post(&frame.form_token, &here).body(html! {
                (people_choices(frame, managing.problems, managing.candidates, &managing.input.person, &is_in))
                (who_will_read(text))
                (form_actions(html! {
                    (Button::primary(text.say("messages-add-people")))
                }))
            }))
        }))
    }
}

fn kind_of(text: Text, managing: &Managing, member: &RoomMember) -> String {
    let kind = text.say(if member.role.is_staff() { "messages-staff" } else { "messages-client" });
    match managing.present.iter().any(|present| present.person == member.person) {
        true => kind.into_owned(),
        false => text.say_with("messages-kept-out", &[("kind", kind.into_owned().into())]),
    }
}

/// Above the messages of a room: who is in it, so that everybody knows who reads.
pub fn room_header(reading: &Reading, side: Side, room: &EnteredRoom, manages: bool) -> Markup {
    let (text, frame) = (reading.text(), reading.frame);
    let before = match side {
        Side::Staff => "/staff/portals/",
        Side::Client => "/portals/",
    };
    let portal = room.row.portal_id.and_then(|portal| frame.address(before, portal));
    let names: Vec<&str> = room.members.iter().map(|member| member.name.as_str()).collect();
    let people = Button::quiet(text.say("messages-people")).icon("clients").href(people_address(room.row.id));
    let leave = format!("{}/{}/removal", people_address(room.row.id), room.reader);
    html! {
        (page_header(&PageHeader {
            title: &room.row.name,
            breadcrumb: Some(breadcrumb(text, &[(list_address(side), &text.say("messages-messages"))])),
            detail: Some(html! {
                span.room-members { (text.say_with("messages-in-room", &[("people", names.join(", ").into())])) }
                @if let Some(name) = &room.portal { " " a href=[portal] { (name) } }
            }),
            actions: match (side, manages) {
                (Side::Staff, true) => Some(html! { (people) }),
                (Side::Staff, false) => {
                    let button = Button::quiet(text.say("messages-leave"));
                    Some(button_form(&frame.form_token, &leave, button))
                }
                (Side::Client, _) => None,
            },
        }))
    }
}
