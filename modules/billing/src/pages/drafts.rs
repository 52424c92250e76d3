//! Writing a quote or an invoice.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, Tx};

use super::subscriptions;
use crate::{
    document::{HeadForm, Kind, Sheet},
    line::LineForm,
    store,
    tax::Tax,
    view::{
        self,
        draft::{Choices, Editing, Known, draft_page, draft_words, new_page},
    },
};

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct ForWhom {
    pub client: String,
    pub project: String,
}

#[handler]
pub async fn new(staff: Staff, Query(whom): Query<ForWhom>) -> Result<Answer> {
    ask_new(&staff, Kind::Invoice, whom).await
}

pub(super) async fn ask_new(staff: &Staff, kind: Kind, whom: ForWhom) -> Result<Answer> {
    let currency = staff.read(|tx| Ok(store::profile(tx)?.currency)).await?;
    let input = HeadForm {
        client: whom.client,
        project: whom.project,
        currency: currency.code().to_owned(),
        ..HeadForm::default()
    };
    show_new(staff, kind, &input, &Problems::default()).await
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(input): Form<HeadForm>) -> Result<Answer> {
    add(&staff, partial, Kind::Invoice, input).await
}

pub(super) async fn add(staff: &Staff, partial: Partial, kind: Kind, input: HeadForm) -> Result<Answer> {
    let added = match input.parse() {
        Ok(head) => {
            let add = move |tx: &mut Tx| match (kind, head.template) {
                (Kind::Quote, Some(template)) => store::add_quote_from(tx, &head, template),
                _ => store::add_draft(tx, kind, &head),
            };
            staff.write(add).await?
        }
        Err(problems) => Err(problems),
    };
    match added {
        Ok(id) => Ok(Answer::go(partial, &view::address(kind, id))),
        Err(problems) => Ok(show_new(staff, kind, &input, &problems).await?.invalid()),
    }
}

async fn show_new(staff: &Staff, kind: Kind, input: &HeadForm, problems: &Problems) -> Result<Answer> {
    let choices = staff.read(|tx| choices(tx, None)).await?;
    let frame = staff.frame();
    let title = frame.text.say(draft_words(kind).new);
    Ok(staff.page(&title, new_page(&frame, kind, input, problems, &choices)))
}

/// The page of a document, whatever it is: where forms about all kinds lead back.
#[handler]
pub async fn find(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let kind = staff.read(move |tx| Ok(store::document(tx, id)?.document.kind)).await?;
    Ok(Answer::go(partial, &view::address(kind, id)))
}

pub(super) fn choices(tx: &mut Tx, of: Option<&Sheet>) -> Result<Choices> {
    let own = of.map(|sheet| &sheet.document);
    let clients = store::clients(tx, own.map(|document| document.client.0))?;
    let project = own.and_then(|document| Some(document.project.as_ref()?.0));
    let projects = store::projects_to_choose(tx, project)?;
    let templates = if of.is_none() { store::templates(tx)? } else { Vec::new() };
    Ok(Choices { clients, projects, templates })
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(input): Form<HeadForm>,
) -> Result<Answer> {
    let changed = match input.parse() {
        Ok(head) => staff.write(move |tx| store::change_head(tx, id, &head)).await?,
        Err(problems) => Err(problems),
    };
    match changed {
        Ok(()) => Ok(Answer::go(partial, &view::forms(id))),
        Err(problems) => {
            let left = Left { head: Some((input, problems)), ..Left::default() };
            Ok(show(&staff, id, left).await?.invalid())
        }
    }
}

/// The forms of a draft as somebody left them; without, as they stand.
#[derive(Default)]
pub(super) struct Left {
    pub head: Option<(HeadForm, Problems)>,
    pub line: Option<(LineForm, Problems)>,
}

/// The whole page of a draft, or of a subscription, which can be written on as long as it runs.
pub(super) async fn show(staff: &Staff, id: DocumentId, left: Left) -> Result<Answer> {
    if staff.read(move |tx| Ok(store::document(tx, id)?.document.kind)).await? == Kind::Subscription {
        return subscriptions::show_whole(staff, id, left.line).await;
    }
    let (sheet, choices, taxes, known) = staff
        .read(move |tx| {
            let sheet = store::any(tx, id)?;
            let profile = store::profile(tx)?;
            let lacks_profile = profile.address.is_empty() || profile.tax_number.is_empty();
            let (choices, taxes) = (choices(tx, Some(&sheet))?, taxes_of(tx, &sheet)?);
            let known = Known {
                lacks_profile,
                awaits_deposit: store::awaits_deposit(tx, &sheet.document)?,
                replaces: store::replaced_by(tx, &sheet.document)?,
                template: store::template_name(tx, id)?,
            };
            Ok((sheet, choices, taxes, known))
        })
        .await?;
    let (head, head_problems) = left.head.unwrap_or_else(|| (sheet.document.form(), Problems::default()));
    let (line, line_problems) = left.line.unwrap_or_else(|| (next_line(&sheet), Problems::default()));
    let frame = staff.frame();
    let editing = Editing {
        sheet: &sheet,
        head: &head,
        head_problems: &head_problems,
        line: &line,
        line_problems: &line_problems,
        choices: &choices,
        taxes: &taxes,
        known: &known,
    };
    Ok(staff.page(&view::title(frame.text, &sheet.document), draft_page(&frame, &editing)))
}

/// Those on the list, and those that were taken off it but stand in the draft.
pub(super) fn taxes_of(tx: &mut Tx, sheet: &Sheet) -> Result<Vec<Tax>> {
    let mut taxes = store::taxes(tx)?;
    for tax in sheet.lines.iter().filter_map(|line| line.tax.as_ref()) {
        if !taxes.iter().any(|known| known.id == tax.id) {
            taxes.push(tax.clone());
        }
    }
    Ok(taxes)
}

/// Most lines are one of something, taxed as the line before.
pub(super) fn next_line(sheet: &Sheet) -> LineForm {
    let tax = sheet.lines.last().and_then(|line| line.tax.as_ref());
    LineForm {
        quantity: "1".to_owned(),
        tax: tax.map(|tax| tax.id.to_string()).unwrap_or_default(),
        ..LineForm::default()
    }
}

#[handler]
pub async fn issue(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    match staff.write(move |tx| store::issue_by_hand(tx, id)).await? {
        Ok(()) => Ok(Answer::go(partial, &view::forms(id))),
        Err(problems) => {
            let head = staff.read(move |tx| Ok(store::document(tx, id)?.document.form())).await?;
            let left = Left { head: Some((head, problems)), ..Left::default() };
            Ok(show(&staff, id, left).await?.invalid())
        }
    }
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let kind = staff.write(move |tx| store::delete_draft(tx, id)).await?;
    Ok(Answer::go(partial, &format!("{}?deleted={id}", draft_words(kind).list)))
}

#[handler]
pub async fn duplicate(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let (kind, copy) = staff.write(move |tx| store::duplicate(tx, id)).await?;
    Ok(Answer::go(partial, &view::address(kind, copy)))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    staff.write(move |tx| store::restore_draft(tx, id)).await?;
    Ok(Answer::go(partial, &view::forms(id)))
}
