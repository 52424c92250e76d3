//! Subscriptions: for staff. Their lines are written where those of all documents are.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};
use portico_ui::{Frame, Markup};
use serde::Deserialize;

use super::drafts::{ForWhom, choices, next_line, taxes_of};
use crate::{
    line::LineForm,
    provider,
    store::{self, WhichSubscriptions},
    subscription::SubscriptionForm,
    view::{
        self,
        lines::Adding,
        list::deleted_toast,
        subscription::{Shown, subscription_page},
        subscription_form::{Filled, edit_page, new_page},
        subscriptions::{subscriptions_list, subscriptions_page},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    which: String,
    page: String,
    /// The draft that was just deleted, so that the page can offer to undo it.
    deleted: String,
}

#[handler]
pub async fn list(staff: Staff, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let mut frame = staff.frame();
    let which = WhichSubscriptions::from_name(&wanted.which);
    let page = wanted.page.parse().unwrap_or(1);
    let (found, today, deleted) = staff
        .read(move |tx| {
            let deleted = store::just_deleted(tx, wanted.deleted)?;
            Ok((store::find_subscriptions(tx, which, page)?, tx.today(), deleted))
        })
        .await?;
    if partial == Partial::Fragment {
        return Ok(Answer::fragment(subscriptions_list(frame.text, today, &found, which)));
    }
    frame.toast = deleted.map(|id| deleted_toast(&frame, &id));
    let body = subscriptions_page(&frame, today, &found, which);
    Ok(Answer::page(portico_ui::staff_page(&frame, &frame.text.say("billing-subscriptions"), body)))
}

/// Every month from today on, which is what most are.
#[handler]
pub async fn new(staff: Staff, Query(whom): Query<ForWhom>) -> Result<Answer> {
    let (currency, today) = staff.read(|tx| Ok((store::profile(tx)?.currency, tx.today()))).await?;
    let input = SubscriptionForm {
        client: whom.client,
        project: whom.project,
        currency: currency.code().to_owned(),
        every: "1".to_owned(),
        unit: "month".to_owned(),
        starts_on: today.to_string(),
        ..SubscriptionForm::default()
    };
    show_new(&staff, &input, &Problems::default()).await
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(input): Form<SubscriptionForm>) -> Result<Answer> {
    let added = match input.parse() {
        Ok(terms) => staff.write(move |tx| store::add_subscription(tx, &terms)).await?,
        Err(problems) => Err(problems),
    };
    match added {
        Ok(id) => Ok(Answer::go(partial, &view::subscription_address(id))),
        Err(problems) => Ok(show_new(&staff, &input, &problems).await?.invalid()),
    }
}

async fn show_new(staff: &Staff, input: &SubscriptionForm, problems: &Problems) -> Result<Answer> {
    let choices = staff.read(|tx| choices(tx, None)).await?;
    let frame = staff.frame();
    let title = frame.text.say("billing-new-subscription");
    Ok(staff.page(&title, new_page(&frame, &Filled { input, problems, choices: &choices })))
}

#[handler]
pub async fn show(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let (title, body) = whole(&staff, id, None).await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => staff.page(&title, body),
    })
}

/// With the form for a line as somebody left it.
pub(super) async fn show_whole(
    staff: &Staff,
    id: DocumentId,
    line: Option<(LineForm, Problems)>,
) -> Result<Answer> {
    let (title, body) = whole(staff, id, line).await?;
    Ok(staff.page(&title, body))
}

async fn whole(
    staff: &Staff,
    id: DocumentId,
    line: Option<(LineForm, Problems)>,
) -> Result<(String, Markup)> {
    let (frame, kernel): (Frame, _) = (staff.frame(), staff.kernel().clone());
    let (subscription, periods, taxes, saved, today) = staff
        .read(move |tx| {
            let subscription = store::subscription(tx, id)?;
            let taxes = taxes_of(tx, &subscription.sheet)?;
            let keys = provider::keys(tx, &kernel)?;
            let saved = store::saved_method(tx, subscription.sheet.document.client.0)?
                .filter(|saving| keys.is_some_and(|keys| saving.is_opened_by(&keys)));
            Ok((subscription, store::periods(tx, id)?, taxes, saved, tx.today()))
        })
        .await?;
    let (input, problems) = line.unwrap_or_else(|| (next_line(&subscription.sheet), Problems::default()));
    let adding = Adding { sheet: &subscription.sheet, input: &input, problems: &problems, taxes: &taxes };
    let method = saved.and_then(|saving| saving.words);
    let shown = Shown {
        subscription: &subscription,
        periods: &periods,
        adding: &adding,
        method: method.as_deref(),
        today,
    };
    Ok((subscription.name.clone(), subscription_page(&frame, &shown)))
}

#[handler]
pub async fn edit(staff: Staff, Path(id): Path<DocumentId>) -> Result<Answer> {
    show_edit(&staff, id, None).await
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(input): Form<SubscriptionForm>,
) -> Result<Answer> {
    let changed = match input.parse() {
        Ok(terms) => staff.write(move |tx| store::change_subscription(tx, id, &terms)).await?,
        Err(problems) => Err(problems),
    };
    match changed {
        Ok(()) => Ok(Answer::go(partial, &view::subscription_address(id))),
        Err(problems) => Ok(show_edit(&staff, id, Some((input, problems))).await?.invalid()),
    }
}

async fn show_edit(
    staff: &Staff,
    id: DocumentId,
    left: Option<(SubscriptionForm, Problems)>,
) -> Result<Answer> {
    let (subscription, choices) = staff
        .read(move |tx| {
            let subscription = store::subscription(tx, id)?;
            let choices = choices(tx, Some(&subscription.sheet))?;
            Ok((subscription, choices))
        })
        .await?;
    let (input, problems) = left.unwrap_or_else(|| (subscription.form(), Problems::default()));
    let frame = staff.frame();
    let filled = Filled { input: &input, problems: &problems, choices: &choices };
    Ok(staff.page(&subscription.name, edit_page(&frame, &subscription, &filled)))
}
