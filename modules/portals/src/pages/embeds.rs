use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, Within};

use super::{
    Place, dialog_page, folder_named,
    portal::{after_dialog, find},
};
use crate::{
    embed::EmbedForm,
    item::ReadEmbed,
    store,
    view::{
        dialogs::{Asked, embed_dialog},
        staff_place,
    },
};

#[handler]
pub async fn new(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Query(place): Query<Place>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    Ok(ask_for_new(&staff, partial, portal, place.folder()?, &EmbedForm::default(), &Problems::default()))
}

#[handler]
pub async fn create(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<EmbedForm>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    let folder = folder_named(&form.folder)?;
    let embed = match form.parse() {
        Ok(embed) => embed,
        Err(problems) => return Ok(ask_for_new(&staff, partial, portal, folder, &form, &problems).invalid()),
    };
    staff.write(move |tx| store::embeds::add(tx, portal, folder, &embed)).await?;
    after_dialog(&staff, partial, portal, folder).await
}

fn ask_for_new(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    folder: Option<ItemId>,
    form: &EmbedForm,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-add-embed");
    let (action, back) = (format!("/staff/portals/{portal}/embeds"), staff_place(portal, folder));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    dialog_page(staff, partial, &title, embed_dialog(&asked, form, folder))
}

#[handler]
pub async fn edit(Within(staff): Within, partial: Partial, Path(embed): Path<ItemId>) -> Result<Answer> {
    let ReadEmbed { item, source } = staff.read(move |tx| store::embeds::find(tx, embed)).await?;
    let form = EmbedForm { title: item.name, address: source.page, folder: String::new() };
    let back = staff_place(item.portal, item.folder);
    Ok(ask_for_change(&staff, partial, embed, &back, &form, &Problems::default()))
}

#[handler]
pub async fn change(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<ItemId>,
    Form(form): Form<EmbedForm>,
) -> Result<Answer> {
    let item = staff.read(move |tx| store::embeds::find(tx, id)).await?.item;
    let embed = match form.parse() {
        Ok(embed) => embed,
        Err(problems) => {
            let back = staff_place(item.portal, item.folder);
            return Ok(ask_for_change(&staff, partial, id, &back, &form, &problems).invalid());
        }
    };
    staff.write(move |tx| store::embeds::change(tx, id, &embed)).await?;
    after_dialog(&staff, partial, item.portal, item.folder).await
}

fn ask_for_change(
    staff: &Staff,
    partial: Partial,
    embed: ItemId,
    back: &str,
    form: &EmbedForm,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-edit-embed");
    let action = format!("/staff/embeds/{embed}");
    let asked = Asked { frame: &frame, title: &title, action: &action, back, problems };
    dialog_page(staff, partial, &title, embed_dialog(&asked, form, None))
}
