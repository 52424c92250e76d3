//! Paying online: to the provider's page, back from it, and what the provider tells by itself.

use poem::{
    Body, IntoResponse, Request, handler,
    http::{HeaderValue, StatusCode},
    web::Path,
};
use portico_facts::{DocumentId, EventKind, PaymentId};
use portico_kernel::{
    Answer, CheckoutOrder, Client, Error, Form, NewEvent, OpenedCheckout, Partial, Problems, ProviderError,
    ProviderKeys, RefundOrder, Reported, Result, Staff, System, Visitor, signed_body,
};
use portico_ui::Text;

use super::{client::invoice_with, dialog_page};
use crate::{
    charging::MethodLook,
    document::Kind,
    online::{Attempt, Mismatch, provider_amount},
    payment::RefundForm,
    provider,
    store::{self, AskedRefund, Taken},
    view::{
        self,
        online::{after_paying, leaving, refund_dialog},
    },
};

/// Leads whoever pays to the provider's page. Pressed twice, it is the same page.
#[handler]
pub async fn pay(client: Client, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let kernel = client.kernel().clone();
    let (attempt, document, email, keys) = client
        .write(move |tx| {
            let keys = provider::keys(tx, &kernel)?.ok_or(Error::Conflict("billing-error-online-off"))?;
            let (document, due, email) = store::client::payable(tx, id)?;
            Ok(store::begin_attempt(tx, id, due, &keys)?.map(|attempt| (attempt, document, email, keys)))
        })
        .await?;
    // The same for everyone who reads it: asked for twice, it is the same checkout.
    let words = view::title(Text::new(client.organization().language), &document);
    match address(&client, &attempt, &keys, &words, email).await {
        Ok(address) => to_provider(&client, &view::title(client.text(), &document), &address),
        Err(error) => {
            let Some(reason) = error.provider() else { return Err(error) };
            tracing::warn!(%error, "a checkout could not be opened");
            let key = provider::problem_for_payer(reason);
            let page = invoice_with(&client, partial, id, Some(key)).await?;
            Ok(page.status(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

async fn address(
    client: &Client,
    attempt: &Attempt,
    keys: &ProviderKeys,
    words: &str,
    email: String,
) -> Result<String> {
    if let Some(address) = &attempt.address {
        return Ok(address.clone());
    }
    let here =
        format!("{}{}", client.organization().address, view::client_address(Kind::Invoice, attempt.document));
    let order = CheckoutOrder {
        reference: attempt.id.to_string(),
        amount: provider_amount(attempt.amount),
        words: words.to_owned(),
        email,
        paid: format!("{here}/payment"),
        left: here,
        expires_at: attempt.expires_at(),
    };
    let OpenedCheckout { session, address } = client.kernel().payments().open_checkout(keys, &order).await?;
    let (id, kept) = (attempt.id, address.clone());
    client.write(move |tx| store::keep_address(tx, id, &session, &kept)).await?;
    Ok(address)
}

/// A browser refuses to follow a form to another site (`form-action`), so the answer is a page that goes on by
/// itself.
pub(super) fn to_provider(client: &Client, words: &str, address: &str) -> Result<Answer> {
    let onward = HeaderValue::try_from(format!("0; url={address}")).map_err(anyhow::Error::from)?;
    Ok(client.page(words, leaving(client.text(), address)).header("Refresh", onward))
}

/// Where the provider sends people back to. That they came back says nothing (P25): the page tells what was
/// reported, and changes when more is.
#[handler]
pub async fn came_back(client: Client, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let (sheet, account, attempts) = client
        .read(move |tx| {
            let (sheet, account) = store::client::invoice(tx, id)?;
            Ok((sheet, account, store::attempts(tx, id)?))
        })
        .await?;
    let account = account.ok_or(Error::NotFound)?;
    let frame = client.frame();
    let title = view::title(frame.text, &sheet.document);
    let body = after_paying(frame.text, &sheet.document, &account, attempts.first());
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&title, body),
    })
}

/// T14: what is not signed, of another account or mode, or of another amount changes nothing.
#[handler]
pub async fn webhook(visitor: Visitor, req: &Request, body: Body) -> Result<Answer> {
    let kernel = visitor.kernel().clone();
    let system = kernel.system(visitor.organization().id).await?;
    let asked = kernel.clone();
    let (keys, is_noted) = system
        .read(move |tx| {
            let keys = provider::keys(tx, &asked)?.ok_or(Error::NotFound)?;
            let is_noted = provider::heard_on(tx, &keys)? == Some(tx.today());
            Ok((keys, is_noted))
        })
        .await?;
    let body = signed_body(body).await?;
    let signature = req.header("stripe-signature").unwrap_or_default();
    let event = match kernel.payments().event(&keys, signature, &body, kernel.now()) {
        Ok(event) if event.account.is_some() => return Ok(refused(&"another account")),
        Ok(event) if event.is_live != keys.is_live() => return Ok(refused(&Mismatch::Mode)),
        Ok(event) => event,
        Err(bad) => return Ok(refused(&bad)),
    };
    if !is_noted {
        system
            .write(move |tx| {
                provider::note_heard(tx, &keys)?;
                Ok(tx.unchanged(()))
            })
            .await?;
    }
    if let Reported::Saved { reference } = &event.about {
        return saved(&system, reference).await;
    }
    Ok(match system.write(move |tx| store::take_event(tx, &event)).await? {
        Taken::Refused(mismatch) => refused(&mismatch),
        Taken::Changed | Taken::Nothing => StatusCode::OK.into_response().into(),
    })
}

/// What was saved stands behind another request, which a job makes.
async fn saved(system: &System, reference: &str) -> Result<Answer> {
    if let Ok(id) = reference.parse::<PaymentId>() {
        system
            .write(move |tx| {
                match store::saving(tx, id) {
                    Ok(saving) if saving.saved_at.is_none() => tx.enqueue(MethodLook::first(id))?,
                    Ok(_) | Err(Error::NotFound) => {}
                    Err(error) => return Err(error),
                }
                Ok(tx.unchanged(()))
            })
            .await?;
    }
    Ok(StatusCode::OK.into_response().into())
}

/// In plain words, as Stripe shows them to whoever looks for what is wrong.
fn refused(reason: &dyn std::fmt::Display) -> Answer {
    tracing::warn!(%reason, "an event that says it is Stripe's was refused");
    (StatusCode::BAD_REQUEST, reason.to_string()).into_response().into()
}

#[handler]
pub async fn ask_refund(staff: Staff, partial: Partial, Path(id): Path<PaymentId>) -> Result<Answer> {
    let (document, input) = staff
        .read(move |tx| {
            let paid = store::online_payment(tx, id)?;
            let reference = tx.new_id(PaymentId::from_bytes).to_string();
            let amount = paid.left.decimal().to_string();
            Ok((paid.document, RefundForm { refund: reference, amount }))
        })
        .await?;
    Ok(show_refund(&staff, partial, id, document, &input, &Problems::default(), None))
}

/// The provider is asked under the form's own id, so that pressed twice it is one refund.
#[handler]
pub async fn refund(
    staff: Staff,
    partial: Partial,
    Path(id): Path<PaymentId>,
    Form(input): Form<RefundForm>,
) -> Result<Answer> {
    let (typed, kernel) = (input.clone(), staff.kernel().clone());
    let (paid, asked, keys, parsed) = staff
        .read(move |tx| {
            let paid = store::online_payment(tx, id)?;
            let asked = store::asked_refund(tx, paid.document, &typed.refund)?;
            let keys = provider::keys(tx, &kernel)?.ok_or(Error::Conflict("billing-error-online-off"))?;
            let parsed = typed.parse(paid.left, asked);
            Ok((paid, asked, keys, parsed))
        })
        .await?;
    let (reference, amount) = match parsed {
        Ok(parsed) => parsed,
        Err(problems) => {
            return Ok(show_refund(&staff, partial, id, paid.document, &input, &problems, None).invalid());
        }
    };
    if asked.is_some() {
        return Ok(Answer::go(partial, &view::invoice_address(paid.document)));
    }
    let order =
        RefundOrder { reference: reference.to_string(), payment: paid.name, amount: provider_amount(amount) };
    match staff.kernel().payments().refund(&keys, &order).await {
        Ok(reported) => {
            let document = paid.document;
            staff
                .write(move |tx| {
                    // Money before events, as everywhere: two transactions that lock both in different orders would
                    // wait for each other.
                    let taken = store::take_refund(tx, &reported)?;
                    // Whoever tells of it first, this is who asked for it, once.
                    if store::asked_refund(tx, document, &reference.to_string())?.is_some() {
                        return Ok(taken);
                    }
                    let data = AskedRefund {
                        amount: amount.minor(),
                        currency: amount.currency().code().to_owned(),
                        refund: reference.to_string(),
                    };
                    let _ = tx.record(NewEvent::new(EventKind::REFUND_ASKED, document).with_data(data))?;
                    Ok(taken)
                })
                .await?;
            Ok(Answer::go(partial, &view::invoice_address(document)))
        }
        Err(error) => {
            tracing::warn!(%error, "a refund was not made");
            let problem = problem_words(staff.text(), &error);
            let nothing = Problems::default();
            let answer = show_refund(&staff, partial, id, paid.document, &input, &nothing, Some(&problem));
            Ok(answer.status(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

/// With the provider's own words where it has some.
pub(super) fn problem_words(text: Text, error: &ProviderError) -> String {
    match error {
        ProviderError::Refused(words) => {
            text.say_with("billing-provider-refused-because", &[("words", words.as_str().into())])
        }
        other => text.say(provider::problem_key(other)).into_owned(),
    }
}

fn show_refund(
    staff: &Staff,
    partial: Partial,
    id: PaymentId,
    document: DocumentId,
    input: &RefundForm,
    problems: &Problems,
    problem: Option<&str>,
) -> Answer {
    let frame = staff.frame();
    let dialog = refund_dialog(&frame, id, document, input, problems, problem);
    dialog_page(staff, partial, &frame.text.say("billing-refund-online"), dialog)
}
