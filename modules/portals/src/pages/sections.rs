//! The sections of a client's portal page: their order, their names, and which are not shown.

use poem::{handler, web::Path};
use portico_facts::PortalId;
use portico_kernel::{
    Answer, Error, Form, Name, NamedSection, Partial, Problems, Registry, Result, SectionPlan, SectionStep,
    Staff,
};
use portico_ui::components::replace_partial;
use serde::Deserialize;

use super::{Page, dialog_page, portal::find, staff_fragment, staff_page};
use crate::{
    portal::NameForm,
    store,
    view::{
        dialogs::{Asked, section_name_dialog},
        sections::{ITEMS, ITEMS_ORDER, address, list_id, section_list, sections_page},
    },
};

/// The modules' sections, and the items among them.
pub fn known(registry: &Registry) -> Vec<NamedSection> {
    let own = NamedSection { name: ITEMS, label: "portals-items", order: ITEMS_ORDER };
    let mut known: Vec<_> = registry.portal_sections().chain([own]).collect();
    known.sort_by_key(|section| section.order);
    known
}

pub fn names(known: &[NamedSection]) -> Vec<&'static str> {
    known.iter().map(|section| section.name).collect()
}

/// # Errors
/// [`Error::NotFound`] for a name that no module has.
fn of_name(known: &[NamedSection], name: &str) -> Result<NamedSection> {
    known.iter().copied().find(|section| section.name == name).ok_or(Error::NotFound)
}

#[handler]
pub async fn show(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    match partial {
        Partial::Fragment => Ok(Answer::fragment(fresh_list(&staff, portal).await?)),
        Partial::Page => {
            staff_page(&staff, move |tx, frame, registry| {
                let known = known(registry);
                let name = store::portals::find(tx, portal)?.name;
                let plan = store::sections::plan(tx, portal, &names(&known))?;
                let title = frame.text.say("portals-sections").into_owned();
                let body = sections_page(frame, portal, &name, &known, &plan);
                Ok(Page { title, body, toast: None })
            })
            .await
        }
    }
}

async fn fresh_list(staff: &Staff, portal: PortalId) -> Result<portico_ui::Markup> {
    staff_fragment(staff, move |tx, frame, registry| {
        let known = known(registry);
        let plan = store::sections::plan(tx, portal, &names(&known))?;
        Ok(section_list(frame, portal, &known, &plan))
    })
    .await
}

/// The section must be one that there is; then the list as it is now, or its page.
async fn arrange(
    staff: &Staff,
    partial: Partial,
    (portal, name): (PortalId, String),
    change: impl FnOnce(&mut SectionPlan, &str) + Send + 'static,
) -> Result<Answer> {
    let known = known(staff.kernel().registry());
    let section = of_name(&known, &name)?;
    staff
        .write(move |tx| {
            store::sections::arrange(tx, portal, &names(&known), |plan| change(plan, section.name))
        })
        .await?;
    match partial {
        Partial::Fragment => Ok(Answer::fragment(fresh_list(staff, portal).await?)),
        Partial::Page => Ok(Answer::go(partial, &address(portal))),
    }
}

#[handler]
pub async fn earlier(staff: Staff, partial: Partial, Path(of): Path<(PortalId, String)>) -> Result<Answer> {
    arrange(&staff, partial, of, |plan, name| plan.step(name, SectionStep::Earlier)).await
}

#[handler]
pub async fn later(staff: Staff, partial: Partial, Path(of): Path<(PortalId, String)>) -> Result<Answer> {
    arrange(&staff, partial, of, |plan, name| plan.step(name, SectionStep::Later)).await
}

#[handler]
pub async fn hide(staff: Staff, partial: Partial, Path(of): Path<(PortalId, String)>) -> Result<Answer> {
    arrange(&staff, partial, of, |plan, name| plan.hide(name, true)).await
}

#[handler]
pub async fn unhide(staff: Staff, partial: Partial, Path(of): Path<(PortalId, String)>) -> Result<Answer> {
    arrange(&staff, partial, of, |plan, name| plan.hide(name, false)).await
}

/// All sections, as a person put them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderForm {
    #[serde(default)]
    order: Vec<String>,
}

/// `reorder.js` wants no content back: its rows stand where they were dropped.
#[handler]
pub async fn order(
    staff: Staff,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<OrderForm>,
) -> Result<Answer> {
    let known = names(&known(staff.kernel().registry()));
    staff
        .write(move |tx| store::sections::arrange(tx, portal, &known, |plan| plan.put_in_order(&form.order)))
        .await?;
    Ok(Answer::told(partial, &address(portal)))
}

#[handler]
pub async fn ask_name(
    staff: Staff,
    partial: Partial,
    Path((portal, name)): Path<(PortalId, String)>,
) -> Result<Answer> {
    let known = known(staff.kernel().registry());
    let section = of_name(&known, &name)?;
    let plan = staff.read(move |tx| store::sections::plan(tx, portal, &names(&known))).await?;
    let title = plan.title(section.name).unwrap_or_default();
    Ok(ask_for_name(&staff, partial, portal, section, title, &Problems::default()))
}

#[handler]
pub async fn rename(
    staff: Staff,
    partial: Partial,
    Path((portal, name)): Path<(PortalId, String)>,
    Form(form): Form<NameForm>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    let known = known(staff.kernel().registry());
    let section = of_name(&known, &name)?;
    let mut problems = Problems::default();
    let Some(title) = problems.keep("name", Name::parse_optional(&form.name)) else {
        return Ok(ask_for_name(&staff, partial, portal, section, &form.name, &problems).invalid());
    };
    let of = (portal, name);
    let answer =
        arrange(&staff, Partial::Page, of, move |plan, name| plan.rename(name, title.as_ref())).await?;
    match partial {
        Partial::Page => Ok(answer),
        Partial::Fragment => {
            let list = replace_partial(list_id(), fresh_list(&staff, portal).await?);
            Ok(Answer::fragment(list).trigger("dialog:close"))
        }
    }
}

fn ask_for_name(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    section: NamedSection,
    name: &str,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let own = frame.text.say(section.label);
    let title = frame.text.say_with("portals-rename-of", &[("name", (&*own).into())]);
    let (action, back) = (format!("{}/{}/name", address(portal), section.name), address(portal));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    dialog_page(staff, partial, &title, section_name_dialog(&asked, name, &own))
}
