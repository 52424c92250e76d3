//! Asking for approval, and answering.

use poem::{handler, web::Path};
use portico_facts::{ApprovalId, ItemId, PersonId};
use portico_kernel::{
    Answer, Client, ClientTx, Error, Form, Partial, Problems, Result, Side, Staff, Tx, Within,
};
use portico_ui::{Frame, Markup};
use serde::Deserialize;

use crate::{
    approval::{self, DecisionForm},
    file::File,
    store,
    view::{self, approvals as fragments},
    visibility,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskForm {
    #[serde(default)]
    person: Vec<PersonId>,
}

/// The states of one file, which its page fetches again when somebody answers.
#[handler]
pub async fn states(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    let frame = staff.frame();
    let states = staff
        .read(move |tx| {
            let file = store::file(tx, item)?;
            of_file(tx, &frame, &file)
        })
        .await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(states),
        Partial::Page => Answer::go(partial, &view::href(Side::Staff, item)),
    })
}

/// On the page of a file.
pub fn of_file(tx: &mut Tx, frame: &Frame, file: &File) -> Result<Markup> {
    let all = store::approvals_of(tx, file.id())?;
    let zone = tx.organization_profile().time_zone.clone();
    Ok(fragments::states(frame, file, &all, &zone))
}

#[handler]
pub async fn ask(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    ask_for_people(&staff, partial, item, &Problems::default()).await
}

#[handler]
pub async fn create(
    Within(staff): Within,
    partial: Partial,
    Path(item): Path<ItemId>,
    Form(form): Form<AskForm>,
) -> Result<Answer> {
    if form.person.is_empty() {
        let mut problems = Problems::default();
        problems.add("person", "files-approval-nobody");
        return Ok(ask_for_people(&staff, partial, item, &problems).await?.invalid());
    }
    staff.write(move |tx| store::ask(tx, item, &form.person)).await?;
    Ok(Answer::go(partial, &view::href(Side::Staff, item)))
}

async fn ask_for_people(
    staff: &Staff,
    partial: Partial,
    item: ItemId,
    problems: &Problems,
) -> Result<Answer> {
    let (file, people, all) = staff
        .read(move |tx| {
            let file = store::file(tx, item)?;
            let people = store::askable(tx, &file.item)?;
            Ok((file, people, store::approvals_of(tx, item)?))
        })
        .await?;
    let frame = staff.frame();
    let dialog = fragments::ask_dialog(&frame, &file, &people, &all, problems);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(&frame.text.say("files-approval-ask"), dialog),
    })
}

#[handler]
pub async fn withdraw(
    Within(staff): Within,
    partial: Partial,
    Path(approval): Path<ApprovalId>,
) -> Result<Answer> {
    let item = staff.write(move |tx| store::withdraw(tx, approval)).await?;
    Ok(Answer::go(partial, &view::href(Side::Staff, item)))
}

/// What a client is asked on the page of a file, or said there.
pub fn of_client_file(
    tx: &mut ClientTx,
    frame: &Frame,
    file: &File,
    form: &DecisionForm,
    problems: &Problems,
) -> Result<Markup> {
    let all = visibility::client_approvals(tx, file.id())?;
    let (requests, senders): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let Some(current) = approval::that_count(&requests, file.content.sha256()).pop() else {
        return Ok(Markup::default());
    };
    let place = requests.iter().position(|each| each.id == current.id);
    let asked = fragments::Asked {
        current,
        sender: place.and_then(|place| senders[place].as_deref()),
        replaces: requests.iter().find(|each| !each.is_about(file.content.sha256())),
        zone: &tx.organization_profile().time_zone,
    };
    Ok(fragments::question(frame, &asked, form, problems))
}

#[handler]
pub async fn decide(
    client: Client,
    partial: Partial,
    Path(approval): Path<ApprovalId>,
    Form(form): Form<DecisionForm>,
) -> Result<Answer> {
    match form.parse() {
        Ok(decision) => {
            let item = client.write(move |tx| visibility::decide(tx, approval, &decision)).await?;
            Ok(Answer::go(partial, &view::href(Side::Client, item)))
        }
        Err(problems) => ask_client_again(&client, partial, approval, form, problems).await,
    }
}

async fn ask_client_again(
    client: &Client,
    partial: Partial,
    approval: ApprovalId,
    form: DecisionForm,
    problems: Problems,
) -> Result<Answer> {
    let frame = client.frame();
    let (file, question) = client
        .read(move |tx| {
            let file = visibility::file_of_approval(tx, approval)?;
            let question = of_client_file(tx, &frame, &file, &form, &problems)?;
            Ok((file, question))
        })
        .await?;
    if question.0.is_empty() {
        return Err(Error::Conflict("files-approval-decided"));
    }
    let answer = match partial {
        Partial::Fragment => Answer::fragment(question),
        Partial::Page => {
            let page = fragments::question_page(client.text(), &file, question);
            client.page(file.name(), page)
        }
    };
    Ok(answer.invalid())
}
