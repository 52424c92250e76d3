use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, Tx, Within};
use portico_ui::{
    Frame, Markup,
    components::{Button, PageHeader, button_form, page_header},
    html,
};

use super::{
    Page, Place, Sought, folder_named,
    portal::{find, fresh_listing},
    staff_page,
};
use crate::{
    item::{Item, Pinned, ReadNote},
    note::NoteForm,
    store,
    view::{
        Moments,
        note::{Editor, editor, whole_note},
        staff_place,
        staff_portal::staff_places,
    },
};

/// How staff read a note: as a client does, with what can be done to it.
#[handler]
pub async fn show(
    Within(staff): Within,
    Path(note): Path<ItemId>,
    Query(sought): Query<Sought>,
) -> Result<Answer> {
    staff_page(&staff, move |tx, frame, _| {
        let note = store::notes::find(tx, note)?;
        let header = page_header(&PageHeader {
            title: &note.item.name,
            breadcrumb: Some(way_to(tx, frame, &note.item)?),
            detail: Some(html! {
                (frame.text.say_with("portals-changed", &[("when", Moments::new(tx, frame.text).ago(note.item.changed_at).into())]))
            }),
            actions: Some(note_actions(frame, &note)),
        });
        let body = html! { (header) (whole_note(frame.text, &note, &sought.words())) };
        Ok(Page { title: note.item.name.clone(), body, toast: None })
    })
    .await
}

fn note_actions(frame: &Frame, note: &ReadNote) -> Markup {
    let (text, id) = (frame.text, note.item.id);
    html! {
        (Button::primary(text.say("portals-edit")).icon("pencil").href(format!("/staff/notes/{id}/edit")))
        (button_form(&frame.form_token, &format!("/staff/items/{id}/deletion"),
            Button::secondary(text.say("portals-delete")).icon("trash")))
        @if let Some(audience) = frame.audience("item", id) {
            (Button::quiet(text.say("ui-audience")).icon("eye").dialog(audience))
        }
        @if let Some(activity) = frame.activity("item", id) {
            (Button::quiet(text.say("ui-activity")).icon("history").href(activity))
        }
    }
}

pub fn way_to(tx: &mut Tx, frame: &Frame, item: &Item) -> Result<Markup> {
    let portal = store::portals::find(tx, item.portal)?;
    let path = store::folders::path_to(tx, item.portal, item.folder)?;
    Ok(staff_places(frame.text, portal.id, &portal.name, &path))
}

#[handler]
pub async fn new(
    Within(staff): Within,
    Path(portal): Path<PortalId>,
    Query(place): Query<Place>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    Ok(write_new(&staff, portal, place.folder()?, &NoteForm::default(), &Problems::default()))
}

#[handler]
pub async fn create(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<NoteForm>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    let folder = folder_named(&form.folder)?;
    let note = match form.parse() {
        Ok(note) => note,
        Err(problems) => return Ok(write_new(&staff, portal, folder, &form, &problems).invalid()),
    };
    staff.write(move |tx| store::notes::add(tx, portal, folder, &note)).await?;
    Ok(Answer::go(partial, &staff_place(portal, folder)))
}

fn write_new(
    staff: &Staff,
    portal: PortalId,
    folder: Option<ItemId>,
    form: &NoteForm,
    problems: &Problems,
) -> Answer {
    let (action, back) = (format!("/staff/portals/{portal}/notes"), staff_place(portal, folder));
    let editor = Editor { form, problems, action, back, folder };
    editor_page(staff, &staff.text().say("portals-new-note"), &editor)
}

#[handler]
pub async fn edit(Within(staff): Within, Path(note): Path<ItemId>) -> Result<Answer> {
    let note = staff.read(move |tx| store::notes::find(tx, note)).await?;
    let form = NoteForm { title: note.item.name.clone(), note: note.body, folder: String::new() };
    Ok(write_again(&staff, &note.item, &form, &Problems::default()))
}

#[handler]
pub async fn change(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<ItemId>,
    Form(form): Form<NoteForm>,
) -> Result<Answer> {
    let item = staff.read(move |tx| store::notes::find(tx, id)).await?.item;
    let note = match form.parse() {
        Ok(note) => note,
        Err(problems) => return Ok(write_again(&staff, &item, &form, &problems).invalid()),
    };
    staff.write(move |tx| store::notes::change(tx, id, &note)).await?;
    Ok(Answer::go(partial, &staff_place(item.portal, item.folder)))
}

fn write_again(staff: &Staff, item: &Item, form: &NoteForm, problems: &Problems) -> Answer {
    let (action, back) = (format!("/staff/notes/{}", item.id), staff_place(item.portal, item.folder));
    let editor = Editor { form, problems, action, back, folder: None };
    editor_page(staff, &staff.text().say("portals-edit-note"), &editor)
}

fn editor_page(staff: &Staff, title: &str, shown: &Editor) -> Answer {
    let header = page_header(&PageHeader { title, ..PageHeader::default() });
    staff.page(title, html! { div.note-editor { (header) (editor(&staff.frame(), shown)) } })
}

#[handler]
pub async fn pin(Within(staff): Within, partial: Partial, Path(note): Path<ItemId>) -> Result<Answer> {
    set_pin(&staff, partial, note, Pinned::Yes).await
}

#[handler]
pub async fn unpin(Within(staff): Within, partial: Partial, Path(note): Path<ItemId>) -> Result<Answer> {
    set_pin(&staff, partial, note, Pinned::No).await
}

async fn set_pin(staff: &Staff, partial: Partial, note: ItemId, pinned: Pinned) -> Result<Answer> {
    let item = staff.write(move |tx| store::notes::pin(tx, note, pinned)).await?;
    Ok(match partial {
        Partial::Page => Answer::go(partial, &staff_place(item.portal, item.folder)),
        Partial::Fragment => Answer::fragment(fresh_listing(staff, item.portal, item.folder).await?),
    })
}
