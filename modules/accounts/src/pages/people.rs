//! Staff members and their sessions.

use poem::{handler, web::Path};
use portico_facts::{EventKind, InvitationId, PersonId, SessionId};
use portico_kernel::{
    Answer, EmailAddress, Error, Form, Name, NewEvent, NewJob, Partial, Permission, Problems, Recorded,
    Result, Role, Staff, Tx,
};
use serde::Deserialize;

use crate::{
    letters::{self, INVITATION_SECONDS, StaffInvited},
    limits,
    proof::{self, NewProof, Purpose},
    second_step, session, store, view,
};

#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct NewStaff {
    pub name: String,
    pub email: String,
    pub role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    role: String,
}

#[handler]
pub async fn list(staff: Staff) -> Result<Answer> {
    let people = staff.read(store::staff).await?;
    let frame = staff.frame();
    Ok(staff.page(&frame.text.say("accounts-people"), view::people::list(&frame, &people)))
}

#[handler]
pub fn new(staff: Staff, partial: Partial) -> Answer {
    new_page(
        &staff,
        partial,
        &NewStaff { role: "member".into(), ..NewStaff::default() },
        &Problems::default(),
    )
}

#[handler]
pub async fn add(staff: Staff, partial: Partial, Form(form): Form<NewStaff>) -> Result<Answer> {
    let mut problems = Problems::default();
    let name = problems.keep("name", Name::parse(&form.name));
    let email = problems.keep("email", EmailAddress::parse(&form.email));
    let role = problems.keep("role", staff_role(&staff, &form.role));
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return Ok(new_page(&staff, partial, &form, &problems).invalid());
    };
    let inviting = staff.clone();
    let added = staff
        .write(move |tx| {
            let _added = store::add_staff(tx, name.as_str(), &email, role)?;
            invite(tx, &inviting, &email)
        })
        .await;
    match added {
        Ok(person) => Ok(Answer::go(partial, &format!("/staff/people/{person}"))),
        Err(Error::Conflict("accounts-email-taken")) => {
            problems.add("email", "accounts-email-taken");
            Ok(new_page(&staff, partial, &form, &problems).invalid())
        }
        Err(error) => Err(error),
    }
}

#[handler]
pub async fn show(staff: Staff, Path(person): Path<PersonId>) -> Result<Answer> {
    person_page(&staff, person, &Problems::default()).await
}

async fn person_page(staff: &Staff, person: PersonId, problems: &Problems) -> Result<Answer> {
    let (row, sessions, limit) = staff
        .read(move |tx| {
            let row = store::find_staff(tx, person)?;
            let sessions = session::open_sessions(tx, person)?;
            let limit = limits::names(tx, &row)?;
            Ok((row, sessions, limit))
        })
        .await?;
    let (frame, mail_stays) = (staff.frame(), staff.mail_stays());
    let shown = view::people::Shown {
        zone: &staff.organization().time_zone,
        person: &row,
        sessions: &sessions,
        limit: limit.as_ref(),
        problems,
        may_reset: staff.may(Permission::Operate) && staff.person().id != person,
        mail_stays: mail_stays.as_ref(),
    };
    Ok(staff.page(&row.name, view::people::show(&frame, &shown)))
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(person): Path<PersonId>,
    Form(form): Form<RoleChange>,
) -> Result<Answer> {
    let mut problems = Problems::default();
    let Some(role) = problems.keep("role", staff_role(&staff, &form.role)) else {
        return Ok(person_page(&staff, person, &problems).await?.invalid());
    };
    let by = staff.person().role;
    staff
        .write(move |tx| {
            owners_only_by_owners(tx, person, by)?;
            store::change_role(tx, person, role)
        })
        .await?;
    Ok(Answer::go(partial, &format!("/staff/people/{person}")))
}

#[handler]
pub async fn remove(staff: Staff, partial: Partial, Path(person): Path<PersonId>) -> Result<Answer> {
    let by = staff.person().role;
    staff
        .write(move |tx| {
            owners_only_by_owners(tx, person, by)?;
            store::remove(tx, person)
        })
        .await?;
    Ok(Answer::go(partial, &format!("/staff/people/{person}")))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(person): Path<PersonId>) -> Result<Answer> {
    let by = staff.person().role;
    staff
        .write(move |tx| {
            owners_only_by_owners(tx, person, by)?;
            store::restore(tx, person)
        })
        .await?;
    Ok(Answer::go(partial, &format!("/staff/people/{person}")))
}

#[handler]
pub async fn invite_again(staff: Staff, partial: Partial, Path(person): Path<PersonId>) -> Result<Answer> {
    let inviting = staff.clone();
    staff
        .write(move |tx| {
            let row = store::find_staff(tx, person)?;
            if row.joined_at.is_some() || row.removed_at.is_some() {
                return Err(Error::Conflict("accounts-joined-already"));
            }
            let email = EmailAddress::parse(&row.email).map_err(Error::Conflict)?;
            invite(tx, &inviting, &email)
        })
        .await?;
    Ok(Answer::go(partial, &format!("/staff/people/{person}")))
}

/// Of a staff member or a client.
#[handler]
pub async fn end_session(staff: Staff, partial: Partial, Path(session): Path<SessionId>) -> Result<Answer> {
    let back = staff
        .write(move |tx| {
            let owner = session::owner(tx, session)?;
            let back = page_of(tx, owner);
            Ok(session::end(tx, session, None)?.with(back))
        })
        .await?;
    Ok(Answer::go(partial, &back))
}

/// Of a staff member or a client who lost their phone. One's own is turned off on one's own page, which asks for a proof.
#[handler]
pub async fn reset_second_step(
    staff: Staff,
    partial: Partial,
    Path(person): Path<PersonId>,
) -> Result<Answer> {
    if staff.person().id == person {
        return Err(Error::Forbidden);
    }
    let back = staff
        .write(move |tx| {
            store::find_person(tx, person)?;
            let back = page_of(tx, person);
            Ok(second_step::reset(tx, person)?.with(back))
        })
        .await?;
    Ok(Answer::go(partial, &back))
}

fn page_of(tx: &mut Tx, person: PersonId) -> String {
    let place = if store::find_staff(tx, person).is_ok() { "people" } else { "clients" };
    format!("/staff/{place}/{person}")
}

fn invite(tx: &mut Tx, staff: &Staff, email: &EmailAddress) -> Result<Recorded<PersonId>> {
    let person = store::find_by_email(tx, email)?;
    let invitation = tx.new_id(InvitationId::from_bytes);
    let token = letters::invitation_token(staff.kernel(), staff.organization(), person, invitation);
    let proof = NewProof {
        id: invitation,
        purpose: Purpose::Invitation,
        person,
        email: email.as_str(),
        token: &token,
        seconds: INVITATION_SECONDS,
    };
    proof::issue(tx, proof)?;
    tx.enqueue(NewJob { kind: letters::STAFF_INVITATION, payload: StaffInvited { person, invitation } })?;
    Ok(tx.record(NewEvent::new(EventKind::INVITATION_SENT, invitation).about(person))?.with(person))
}

/// An admin makes members and admins; only an owner makes an owner.
fn staff_role(staff: &Staff, name: &str) -> Result<Role, &'static str> {
    match Role::from_name(name) {
        Ok(Role::Owner) if staff.person().role == Role::Owner => Ok(Role::Owner),
        Ok(role @ (Role::Admin | Role::Member)) => Ok(role),
        _ => Err("accounts-role-unknown"),
    }
}

fn owners_only_by_owners(tx: &mut Tx, person: PersonId, by: Role) -> Result<()> {
    let row = store::find_staff(tx, person)?;
    if row.role == Role::Owner.name() && by != Role::Owner { Err(Error::Forbidden) } else { Ok(()) }
}

fn new_page(staff: &Staff, partial: Partial, form: &NewStaff, problems: &Problems) -> Answer {
    let frame = staff.frame();
    let dialog = view::people::new(&frame, form, problems);
    match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(&frame.text.say("accounts-people-new"), dialog),
    }
}
