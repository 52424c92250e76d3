//! Invoices paid on a page of the provider's: what it reports counts, in whatever order, and nothing else (P25, T14).

use std::thread;

use serde_json::{Value, json};

use super::{add_line, issued, new_invoice, of_client, sent, sums::wrong};
use crate::{
    on_both,
    world::{Page, Person, World, tell, until},
};

const HOUR: i64 = 3_600;

on_both! {
    with_stripe =>
    p25_an_invoice_is_paid_by_card_and_the_page_says_so,
    p24_who_comes_back_is_told_why_this_amount,
    p25_coming_back_from_the_provider_pays_nothing,
    p25_a_bank_debit_is_processing_until_it_arrives_or_fails,
    p25_every_order_and_repetition_of_a_history_ends_in_the_same_state,
    p25_a_sample_of_the_orders_of_a_history_ends_in_the_same_rows,
    p25_what_was_not_told_is_found_by_comparing,
    p25_every_night_what_was_not_told_is_found_without_anybody_asking,
    p25_a_refund_that_failed_untold_leaves_room_for_the_next,
    p25_two_payments_of_one_invoice_show_as_overpaid,
    p25_two_payments_at_the_provider_that_both_succeed_are_a_surplus_that_goes_back_once,
    p20_amounts_of_other_currencies_are_right,
    t14_what_is_not_right_changes_nothing_and_is_logged,
    t14_an_events_id_counts_once_whatever_comes_under_it,
    t14_a_refund_of_more_than_came_changes_nothing,
    t32_stripe_down_or_slow_is_said_in_words_and_nothing_is_double,
    who_comes_back_within_a_day_is_led_to_the_same_page,
    p25_what_is_recorded_by_hand_asks_for_what_is_on_its_way,
    what_is_not_due_any_more_cannot_be_paid,
    what_cannot_be_right_is_shown_until_somebody_looked_into_it,
    an_online_payments_id_is_no_name_for_one_by_hand,
    money_is_given_back_the_way_it_came,
    a_refund_made_at_the_provider_is_taken_in_too,
    what_the_provider_reported_is_not_removed_by_hand,
    p8_only_readers_of_an_invoice_pay_it,
}

/// Presses "Pay" on the client's page of an invoice.
#[track_caller]
pub fn pay(client: &Person, invoice: &str) -> Page {
    let page = client.visit(invoice);
    let label = page.texts("button").into_iter().find(|button| button.starts_with("Pay ")).unwrap();
    page.form_with_button(&label).submit()
}

/// Of one of the provider's pages, as the provider has it.
#[track_caller]
pub fn status_of(world: &World, session: &str) -> String {
    let state = world.stripe().state();
    let sessions = state["sessions"].as_array().unwrap();
    let known = sessions.iter().find(|known| known["id"] == session).unwrap();
    known["status"].as_str().unwrap().to_owned()
}

/// What is told of a checkout that this client pays.
#[track_caller]
pub fn paid(world: &World, invoice: &str, method: &str) -> Vec<Value> {
    pay(&world.carol(), invoice).assert_ok();
    world.stripe().pay(&world.stripe().session(), method)
}

#[track_caller]
fn tell_all(world: &World, events: &[Value]) {
    for event in events {
        world.stripe().tell(&world.stranger(), event).assert_ok();
    }
}

fn p25_an_invoice_is_paid_by_card_and_the_page_says_so(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = sent(&ada, "Carol Meyer", "1234.56");
    let at_carols = of_client(&invoice);
    let leaving = pay(&carol, &at_carols);
    let session = world.stripe().session();
    let address = leaving.link("Go on to the payment page");
    assert!(address.ends_with(&session), "{address}");
    assert_eq!(leaving.header("refresh"), format!("0; url={address}"));
    let known = world.stripe().state()["sessions"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&known["amount_total"], &known["currency"]), (&json!(123_456), &json!("eur")));
    assert_eq!(known["customer_email"], "carol@acme.test");
    let back = carol.visit(&format!("{at_carols}/payment"));
    back.assert_shows("We have not heard of a payment yet.");

    let live = carol.listen("/live");
    tell_all(&world, &world.stripe().pay(&session, "card"));
    // Her page changes by itself.
    while !live.next().data.contains("invoice") {}
    carol.visit(back.path()).assert_shows("Paid. Thank you!").assert_shows("Balance €0.00");
    let page = carol.visit(&at_carols);
    page.assert_shows("Paid").assert_hides("Amount due");
    assert!(!page.texts("button").iter().any(|button| button.starts_with("Pay ")));
    ada.visit(invoice.path()).assert_shows("Paid online");
    let receipt = page.attributes("a[download][href$='/receipt']", "href").remove(0);
    assert!(carol.get(&receipt).assert_ok().body.starts_with(b"%PDF"));
    assert_eq!(wrong(&world), 0);
}

fn p24_who_comes_back_is_told_why_this_amount(world: World) {
    let ada = world.ada();
    let invoice = sent(&ada, "Carol Meyer", "100.00");
    let form = invoice.press("Record payment").form_with_button("Record payment");
    form.fill("Amount", "30").submit().follow().assert_ok();
    let back = world.carol().visit(&format!("{}/payment", of_client(&invoice)));
    back.assert_shows("Balance €70.00").assert_shows("€100.00 invoiced").assert_shows("€30.00 paid");
    // What was credited was not paid.
    let credited = sent(&ada, "Carol Meyer", "50.00");
    credited.press("Credit").form_with_button("Issue credit note").submit().follow().assert_ok();
    let back = world.carol().visit(&format!("{}/payment", of_client(&credited)));
    back.assert_shows("Nothing is left to pay.").assert_hides("Thank you");
}

fn p25_coming_back_from_the_provider_pays_nothing(world: World) {
    let invoice = of_client(&sent(&world.ada(), "Carol Meyer", "10.00"));
    pay(&world.carol(), &invoice).assert_ok();
    for path in ["payment", "payment?session_id=cs_test_1&status=paid", "payment?paid=1"] {
        world.carol().visit(&format!("{invoice}/{path}")).assert_hides("Paid. Thank you!");
    }
    world.carol().visit(&invoice).assert_shows("Amount due €10.00");
}

fn p25_a_bank_debit_is_processing_until_it_arrives_or_fails(world: World) {
    for (ending, says, due) in [
        ("succeed", "Paid. Thank you!", "Balance €0.00"),
        ("fail", "The payment failed, and nothing was charged.", "Balance €10.00"),
    ] {
        let invoice = sent(&world.ada(), "Carol Meyer", "10.00");
        let at_carols = of_client(&invoice);
        tell_all(&world, &paid(&world, &at_carols, "debit"));
        let back = format!("{at_carols}/payment");
        world.carol().visit(&back).assert_shows("Your payment is on its way.").assert_shows("Balance €10.00");
        let page = world.carol().visit(&at_carols);
        page.assert_shows("Processing");
        assert!(!page.texts("button").iter().any(|button| button.starts_with("Pay ")), "not twice");
        world.ada().visit(invoice.path()).assert_shows("Processing");
        let events =
            world.stripe().does(&format!("payments/{}/{ending}", world.stripe().payment()), json!({}));
        tell_all(&world, &events);
        world.carol().visit(&back).assert_shows(says).assert_shows(due);
    }
    assert_eq!(wrong(&world), 0);
}

fn p25_every_order_and_repetition_of_a_history_ends_in_the_same_state(world: World) {
    for turn in 0..6_usize {
        let invoice = sent(&world.ada(), "Carol Meyer", "100.00");
        let mut history = debited_and_partly_refunded(&world, &invoice);
        history.rotate_left(turn);
        if turn % 2 == 1 {
            history.reverse();
        }
        let twice: Vec<_> = history.iter().chain(&history).cloned().collect();
        // From two sides at once.
        thread::scope(|scope| {
            scope.spawn(|| tell_all(&world, &twice));
            tell_all(&world, &history);
        });
        assert_paid_and_partly_refunded(&world.ada().visit(invoice.path()));
    }
    assert_eq!(wrong(&world), 0);
}

fn t14_an_events_id_counts_once_whatever_comes_under_it(world: World) {
    let invoice = sent(&world.ada(), "Carol Meyer", "100.00");
    let begun = paid(&world, &of_client(&invoice), "debit");
    tell_all(&world, &begun);
    let arrived = world.stripe().does(&format!("payments/{}/succeed", world.stripe().payment()), json!({}));
    let mut known = arrived.clone();
    for event in &mut known {
        event["id"] = begun[0]["id"].clone();
    }
    tell_all(&world, &known);
    world.ada().visit(invoice.path()).assert_shows("Processing").assert_hides("Paid -€100.00");
    tell_all(&world, &[&arrived[..], &begun[..], &arrived[..]].concat());
    world.ada().visit(invoice.path()).assert_shows("Paid -€100.00").assert_shows("Balance €0.00");
    assert_eq!(wrong(&world), 0);
}

/// Of an invoice over 100.00, by a bank debit: six events, of which nobody was told yet.
fn debited_and_partly_refunded(world: &World, invoice: &Page) -> Vec<Value> {
    let mut history = paid(world, &of_client(invoice), "debit");
    let payment = world.stripe().payment();
    history.extend(world.stripe().does(&format!("payments/{payment}/succeed"), json!({})));
    let given_back = json!({ "amount": 3_000, "status": "pending" });
    history.extend(world.stripe().does(&format!("payments/{payment}/refund"), given_back));
    let refund = world.stripe().state()["refunds"].as_array().unwrap().last().unwrap()["id"].clone();
    let settled = format!("refunds/{}/succeeded", refund.as_str().unwrap());
    history.extend(world.stripe().does(&settled, json!({})));
    assert_eq!(history.len(), 6);
    history
}

#[track_caller]
fn assert_paid_and_partly_refunded(page: &Page) {
    page.assert_shows("Paid -€100.00").assert_shows("Refunded €30.00").assert_shows("Balance €30.00");
    let rows = |kind: &str| page.texts(".row-name").iter().filter(|name| *name == kind).count();
    assert_eq!((rows("Payment"), rows("Refund")), (1, 1), "{page}");
}

/// Each of the 720 has its number: what is first, what is second among the rest, and so on.
fn in_order(mut history: Vec<Value>, mut number: usize) -> Vec<Value> {
    let mut order = Vec::with_capacity(history.len());
    while !history.is_empty() {
        let place = number % history.len();
        number /= history.len();
        order.push(history.remove(place));
    }
    order
}

fn p25_a_sample_of_the_orders_of_a_history_ends_in_the_same_rows(world: World) {
    // The pure rule is tried with all 720 in online.rs. Here the rows are, with every twelfth of them: others each time.
    let seed = std::env::var("ORDERS_SEED")
        .map_or_else(|_| std::process::id() as usize, |seed| seed.parse().unwrap());
    tell(&format!("60 of 720 orders of six events: ORDERS_SEED={seed}"));
    let numbers = (0..60).map(|place| seed % 12 + 12 * place);
    for number in numbers {
        let invoice = sent(&world.ada(), "Carol Meyer", "100.00");
        let history = debited_and_partly_refunded(&world, &invoice);
        tell_all(&world, &in_order(history, number));
        assert_paid_and_partly_refunded(&world.ada().visit(invoice.path()));
    }
    assert_eq!(wrong(&world), 0);
}

fn p25_what_was_not_told_is_found_by_comparing(world: World) {
    let (lost, failed) =
        (sent(&world.ada(), "Carol Meyer", "21.00"), sent(&world.ada(), "Carol Meyer", "22.00"));
    // Nobody tells of any of this.
    paid(&world, &of_client(&lost), "card");
    let payment = world.stripe().payment();
    paid(&world, &of_client(&failed), "debit");
    world.stripe().does(&format!("payments/{}/fail", world.stripe().payment()), json!({}));
    world.stripe().does(&format!("payments/{payment}/refund"), json!({ "amount": 100 }));
    let settings = world.ada().visit("/staff/settings/payments");
    settings.press("Compare now").assert_ok();
    until(|| world.ada().visit("/staff/settings/payments").shows("3 things were new"));
    world.ada().visit(lost.path()).assert_shows("Refunded €1.00").assert_shows("Balance €1.00");
    let back = world.carol().visit(&format!("{}/payment", of_client(&failed)));
    back.assert_shows("The payment failed, and nothing was charged.");
    // What was told late after all changes nothing.
    tell_all(&world, &world.stripe().events());
    world.ada().visit(lost.path()).assert_shows("Balance €1.00");
    world.ada().visit("/staff/settings/payments").press("Compare now").assert_ok();
    until(|| world.ada().visit("/staff/settings/payments").shows("nothing new"));
    assert_eq!(wrong(&world), 0);
}

fn p25_every_night_what_was_not_told_is_found_without_anybody_asking(world: World) {
    let (lost, refunded) =
        (sent(&world.ada(), "Carol Meyer", "21.00"), sent(&world.ada(), "Carol Meyer", "22.00"));
    tell_all(&world, &paid(&world, &of_client(&refunded), "card"));
    let payment = world.stripe().payment();
    world.stripe().does(&format!("payments/{payment}/refund"), json!({ "amount": 200 }));
    paid(&world, &of_client(&lost), "card");
    // Those would be first to ask: only the night is left.
    world.database().execute("DELETE FROM jobs WHERE kind = 'billing-online-look'").unwrap();
    world.ada().visit(lost.path()).assert_shows("Balance €21.00");
    world.clock().advance(1);
    until(|| world.ada().visit(lost.path()).shows("Balance €0.00"));
    until(|| world.ada().visit(refunded.path()).shows("Refunded €2.00"));
    until(|| world.ada().visit("/staff/settings/payments").shows("2 things were new"));
    // And the night after, nothing is.
    world.clock().advance(1);
    until(|| world.ada().visit("/staff/settings/payments").shows("nothing new"));
    world.ada().visit(lost.path()).assert_shows("Balance €0.00");
    world.ada().visit(refunded.path()).assert_shows("Balance €2.00");
}

fn p25_a_refund_that_failed_untold_leaves_room_for_the_next(world: World) {
    let here = "/staff/settings/payments";
    let (ada, stripe) = (world.ada(), world.stripe());
    let invoice = sent(&ada, "Carol Meyer", "80.00");
    tell_all(&world, &paid(&world, &of_client(&invoice), "card"));
    let give_back = format!("payments/{}/refund", stripe.payment());
    let whole = stripe.does(&give_back, json!({ "amount": 8_000 }));
    tell_all(&world, &whole);
    ada.visit(invoice.path()).assert_shows("Refunded €80.00");
    // Nobody tells of any of this, and Stripe lists the latest first.
    let failed = whole.last().unwrap()["data"]["object"]["id"].as_str().unwrap();
    stripe.does(&format!("refunds/{failed}/failed"), json!({}));
    stripe.does(&give_back, json!({ "amount": 5_000 }));
    ada.visit(here).press("Compare now").assert_ok();
    until(|| ada.visit(here).shows("2 things were new"));
    ada.visit(here).assert_hides("Payments to look into");
    ada.visit(invoice.path()).assert_shows("Refunded €50.00").assert_shows("Balance €50.00");
    assert_eq!(wrong(&world), 0);
}

fn p25_two_payments_at_the_provider_that_both_succeed_are_a_surplus_that_goes_back_once(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = sent(&ada, "Carol Meyer", "50.00");
    let at_carols = of_client(&invoice);
    let first = paid(&world, &at_carols, "card");
    // Stripe is late to say so, even when it is asked.
    let session = world.stripe().session();
    let late = json!({ "status": "open", "payment_status": "unpaid", "payment_intent": null });
    world.stripe().does(&format!("sessions/{session}/change"), late);
    world.clock().advance_seconds(21 * HOUR);
    world.stripe().control("knobs", json!({ "now": 21 * HOUR }));
    let second = paid(&world, &at_carols, "card");
    assert_ne!(world.stripe().session(), session, "a page of its own for whoever comes back so late");
    tell_all(&world, &second);
    ada.visit(invoice.path()).assert_shows("Balance €0.00").assert_hides("Overpaid");
    tell_all(&world, &first);
    let twice: Vec<_> = first.iter().chain(&second).cloned().collect();
    tell_all(&world, &twice);

    let page = ada.visit(invoice.path());
    page.assert_shows("Overpaid").assert_shows("Paid -€100.00").assert_shows("Balance -€50.00");
    let refunds = page.attributes("[href*='/online-refund']", "href");
    assert_eq!(refunds.len(), 2, "either can go back: {page}");
    ada.visit("/staff/invoices").row(&super::number(&invoice)).assert_shows("Overpaid");
    carol.visit(&at_carols).assert_shows("Overpaid");
    assert!(!carol.visit(&at_carols).texts("button").iter().any(|button| button.starts_with("Pay ")));

    let form = ada.visit(&refunds[1]).form_with_field("Amount");
    assert_eq!(form.value("Amount"), "50.00");
    // Pressed twice, it goes back once; and so where it is sent again after that.
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                form.submit().follow().assert_ok();
            });
        }
    });
    form.submit().follow().assert_ok();
    form.clone().fill("Amount", "10.00").submit().assert_status(422);
    tell_all(&world, &world.stripe().events());
    let page = ada.visit(invoice.path());
    page.assert_shows("Refunded €50.00").assert_shows("Balance €0.00").assert_hides("Overpaid");
    assert_eq!(world.stripe().state()["refunds"].as_array().unwrap().len(), 1);
    assert_eq!(wrong(&world), 0);
}

fn p25_two_payments_of_one_invoice_show_as_overpaid(world: World) {
    let invoice = sent(&world.ada(), "Carol Meyer", "50.00");
    let at_carols = of_client(&invoice);
    // What the bank was told has not reached us yet, and Stripe cannot be asked.
    let debited = paid(&world, &at_carols, "debit");
    let debit = world.stripe().payment();
    world.stripe().control("knobs", json!({ "fail": 503 }));
    let form = world.ada().visit(&format!("{}/payments/new", invoice.path())).form_with_field("Amount");
    form.submit().follow().assert_ok();
    world.stripe().control("knobs", json!({ "fail": null }));
    tell_all(&world, &debited);
    tell_all(&world, &world.stripe().does(&format!("payments/{debit}/succeed"), json!({})));
    let page = world.ada().visit(invoice.path());
    page.assert_shows("Overpaid").assert_shows("Balance -€50.00");
}

fn p20_amounts_of_other_currencies_are_right(world: World) {
    for (currency, price, units) in
        [("JPY", "5000", 5_000), ("KWD", "12.340", 12_340), ("ISK", "990", 99_000)]
    {
        let draft = add_line(
            &new_invoice(&world.ada(), "Carol Meyer", currency),
            ["Design", "1", price, "", "No tax"],
        );
        let invoice = draft.press("Issue invoice").press("Send").form_with_button("Send").submit().follow();
        let events = paid(&world, &of_client(&invoice), "card");
        let known = world.stripe().state()["sessions"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(known["amount_total"], units, "{currency}");
        tell_all(&world, &events);
        world.carol().visit(&format!("{}/payment", of_client(&invoice))).assert_shows("Paid. Thank you!");
    }
    // Stripe knows no thousandths of a dinar.
    let draft =
        add_line(&new_invoice(&world.ada(), "Carol Meyer", "KWD"), ["Design", "1", "1.005", "", "No tax"]);
    let invoice = draft.press("Issue invoice").press("Send").form_with_button("Send").submit().follow();
    let refused = pay(&world.carol(), &of_client(&invoice));
    refused.assert_status(503).assert_shows("This amount cannot be paid online.");
    assert_eq!(wrong(&world), 0);
}

fn t14_what_is_not_right_changes_nothing_and_is_logged(world: World) {
    let invoice = sent(&world.ada(), "Carol Meyer", "70.00");
    let events = paid(&world, &of_client(&invoice), "card");
    let (stripe, stranger) = (world.stripe(), world.stranger());
    let right = events.last().unwrap();
    let changed = |path: &[&str], value: Value| {
        let mut event = right.clone();
        let mut place = &mut event;
        for part in path {
            place = &mut place[*part];
        }
        *place = value;
        event
    };
    // Signed, and nothing that we could do something with; that such a thing came at all is noted once a day.
    let foreign = changed(&["data", "object", "client_reference_id"], json!("order-17"));
    for address in [&stranger, &world.stranger_at(crate::world::RIVAL)] {
        stripe.tell(address, &foreign).assert_ok();
    }
    let before = world.database().snapshot(&["jobs.*", "cursors.*", "sessions.*"]);
    stripe.tell_signed(&stranger, right, "whsec_somebody", 0).assert_status(400);
    stripe.tell_signed(&stranger, right, "", 0).assert_status(400);
    stripe.tell_signed(&stranger, right, crate::world::WEBHOOK_SECRET, 301).assert_status(400);
    // Far ahead, since time goes on while it is sent; the bound itself is tried in events.rs.
    stripe.tell_signed(&stranger, right, crate::world::WEBHOOK_SECRET, -600).assert_status(400);
    for wrong in [
        changed(&["data", "object", "amount_total"], json!(1)),
        changed(&["data", "object", "currency"], json!("usd")),
        changed(&["data", "object", "livemode"], json!(true)),
        changed(&["data", "object", "id"], json!("cs_test_other")),
        changed(&["livemode"], json!(true)),
        changed(&["account"], json!("acct_1Other")),
    ] {
        stripe.tell(&stranger, &wrong).assert_status(400);
    }
    stripe.tell(&stranger, &foreign).assert_ok();
    let post = |body: &str, signature: &str| {
        let request = stranger.request(reqwest::Method::POST, "/webhooks/stripe");
        stranger.send(request.header("Stripe-Signature", signature).body(body.to_owned()))
    };
    for (body, signature) in
        [("", ""), ("{}", "t=1,v1=00"), ("\u{0}", "v1"), (&*"x".repeat(2 << 20), "t=1,v1=00")]
    {
        let status = post(body, signature).status.as_u16();
        assert!(matches!(status, 400 | 413), "{status}");
    }
    // At another organization's address, whose keys in this world are the same: it knows no such payment.
    stripe.tell(&world.stranger_at(crate::world::RIVAL), right).assert_ok();
    let after = world.database().snapshot(&["jobs.*", "cursors.*", "sessions.*"]);
    assert!(before.changes_until(&after).is_none(), "something changed");
    let log = world.server().log().join("\n");
    for reason in [
        "the signature is wrong",
        "the signature is too old",
        "another amount or currency",
        "another account",
    ] {
        assert!(log.contains(reason), "{reason} is not in the log");
    }
    stripe.tell(&stranger, right).assert_ok();
    world.ada().visit(invoice.path()).assert_shows("Paid online");
}

fn t32_stripe_down_or_slow_is_said_in_words_and_nothing_is_double(world: World) {
    let invoice = of_client(&sent(&world.ada(), "Carol Meyer", "30.00"));
    let carol = world.carol();
    for knobs in [
        json!({ "fail": 500 }),
        json!({ "fail": 429 }),
        json!({ "fail": null, "drop": true }),
        json!({ "drop": false, "delay": 30 }),
    ] {
        world.stripe().control("knobs", knobs.clone());
        let begun = std::time::Instant::now();
        let answer = pay(&carol, &invoice);
        assert!(begun.elapsed().as_secs_f64() < 5.0, "{knobs}: {:?}", begun.elapsed());
        answer.assert_status(503).assert_shows("Online payment does not answer at the moment.");
        answer.assert_shows("Amount due €30.00");
        carol.visit(&invoice).assert_ok();
    }
    world.stripe().control("knobs", json!({ "delay": 0 }));
    pay(&carol, &invoice).assert_ok();
    let sessions = world.stripe().state()["sessions"].as_array().unwrap().len();
    assert_eq!(sessions, 1, "the same checkout, though it was asked for five times");
}

fn who_comes_back_within_a_day_is_led_to_the_same_page(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = sent(&ada, "Carol Meyer", "40.00");
    let at_carols = of_client(&invoice);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| pay(&carol, &at_carols).assert_ok().path().to_owned());
        }
    });
    assert_eq!(world.stripe().state()["sessions"].as_array().unwrap().len(), 1);
    let first = world.stripe().session();
    // A part of it came by bank: the page for all of it is closed.
    let form = ada.visit(&format!("{}/payments/new", invoice.path())).form_with_field("Amount");
    form.fill("Amount", "15").submit().follow().assert_ok();
    pay(&carol, &at_carols).assert_ok();
    let state = world.stripe().state();
    assert_eq!(state["sessions"].as_array().unwrap().last().unwrap()["amount_total"], 2_500);
    until(|| status_of(&world, &first) == "expired");
}

fn p25_what_is_recorded_by_hand_asks_for_what_is_on_its_way(world: World) {
    let invoice = sent(&world.ada(), "Carol Meyer", "50.00");
    paid(&world, &of_client(&invoice), "debit");
    let form = world.ada().visit(&format!("{}/payments/new", invoice.path())).form_with_field("Amount");
    form.fill("Amount", "15").submit().follow().assert_ok();
    until(|| world.ada().visit(invoice.path()).shows("Processing"));
    let page = world.carol().visit(&of_client(&invoice));
    assert!(!page.texts("button").iter().any(|button| button.starts_with("Pay ")), "not twice");
}

fn what_is_not_due_any_more_cannot_be_paid(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let by_hand = |invoice: &Page| {
        let form = ada.visit(&format!("{}/payments/new", invoice.path())).form_with_field("Amount");
        form.submit().follow().assert_ok();
    };
    let credited = |invoice: &Page| {
        ada.visit(invoice.path())
            .press("Credit")
            .form_with_button("Issue credit note")
            .submit()
            .assert_status(303);
    };
    for settle in [&by_hand as &dyn Fn(&Page), &credited] {
        let invoice = sent(&ada, "Carol Meyer", "40.00");
        pay(&carol, &of_client(&invoice)).assert_ok();
        let session = world.stripe().session();
        settle(&invoice);
        until(|| status_of(&world, &session) == "expired");
        ada.visit(invoice.path()).assert_shows("Balance €0.00");
    }
}

fn what_cannot_be_right_is_shown_until_somebody_looked_into_it(world: World) {
    let here = "/staff/settings/payments";
    let (ada, stripe) = (world.ada(), world.stripe());
    let mut invoices =
        ["31.00", "32.00", "33.00"].map(|amount| sent(&ada, "Carol Meyer", amount)).into_iter();
    let (odd, unreadable, right) =
        (invoices.next().unwrap(), invoices.next().unwrap(), invoices.next().unwrap());
    ada.visit(here).assert_hides("Payments to look into");
    paid(&world, &of_client(&odd), "card");
    stripe.does(&format!("sessions/{}/change", stripe.session()), json!({ "amount_total": 1 }));
    paid(&world, &of_client(&unreadable), "card");
    stripe.does(&format!("sessions/{}/change", stripe.session()), json!({ "payment_status": null }));
    paid(&world, &of_client(&right), "card");
    ada.visit(here).press("Compare now").assert_ok();
    until(|| ada.visit(here).shows("one thing was new"));
    ada.visit(right.path()).assert_shows("Balance €0.00");
    for other in [&odd, &unreadable] {
        ada.visit(other.path()).assert_hides("Paid online");
    }
    let page = ada.visit(here);
    page.assert_shows("Payments to look into").assert_shows("Another amount or currency");
    page.assert_shows(&super::number(&odd)).assert_hides(&super::number(&unreadable));
    page.press("Done").assert_hides("Payments to look into");
    // Found again, it is not shown again.
    ada.visit(here).press("Compare now").assert_ok();
    until(|| ada.visit(here).shows("nothing new"));
    ada.visit(here).assert_hides("Payments to look into");
    let settled = page.attributes("form[action*='/misfits/']", "action").remove(0);
    ada.post(&settled, &[]).assert_not_found();
}

fn an_online_payments_id_is_no_name_for_one_by_hand(world: World) {
    let ada = world.ada();
    let invoice = sent(&ada, "Carol Meyer", "80.00");
    let events = paid(&world, &of_client(&invoice), "card");
    let reference =
        events.last().unwrap()["data"]["object"]["client_reference_id"].as_str().unwrap().to_owned();
    let form = ada.visit(&format!("{}/payments/new", invoice.path())).form_with_field("Amount");
    let by_hand = [
        ("payment", reference.as_str()),
        ("amount", "80"),
        ("paid_on", &form.value("Date of payment")),
        ("words", ""),
    ];
    ada.post(&format!("{}/payments", invoice.path()), &by_hand).assert_status(409);
    tell_all(&world, &events);
    ada.visit(invoice.path()).assert_shows("Paid online").assert_shows("Balance €0.00");
}

fn money_is_given_back_the_way_it_came(world: World) {
    let ada = world.ada();
    let invoice = sent(&ada, "Carol Meyer", "80.00");
    tell_all(&world, &paid(&world, &of_client(&invoice), "card"));
    let dialog = ada.visit(invoice.path()).press("Refund online");
    let form = dialog.form_with_field("Amount");
    assert_eq!(form.value("Amount"), "80.00");
    for wrong in ["80.01", "0", "-1", "x", ""] {
        form.clone().fill("Amount", wrong).submit().assert_status(422);
    }
    let part = form.fill("Amount", "30");
    world.stripe().control("knobs", json!({ "fail": 500 }));
    part.submit().assert_status(503).assert_shows("Stripe does not answer at the moment.");
    world.stripe().control("knobs", json!({ "fail": null }));
    let told = world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"]);
    part.submit().follow().assert_shows("Refunded €30.00");
    let asked =
        told.changes_until(&world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"])).unwrap();
    assert!(asked.to_string().contains("invoice.refund-asked"), "who asked is written down: {asked}");
    // The same form once more is the same refund.
    part.submit().follow().assert_shows("Refunded €30.00");
    tell_all(&world, &world.stripe().events());
    let page = ada.visit(invoice.path());
    page.assert_shows("Balance €30.00");
    assert_eq!(page.press("Refund online").form_with_field("Amount").value("Amount"), "50.00");
    world.carol().visit(&of_client(&invoice)).assert_shows("€30.00 given back");
    assert_eq!(wrong(&world), 0);
}

fn a_refund_made_at_the_provider_is_taken_in_too(world: World) {
    let invoice = sent(&world.ada(), "Carol Meyer", "80.00");
    tell_all(&world, &paid(&world, &of_client(&invoice), "card"));
    let payment = world.stripe().payment();
    let refund = json!({ "amount": 8_000 });
    tell_all(&world, &world.stripe().does(&format!("payments/{payment}/refund"), refund));
    let page = world.ada().visit(invoice.path());
    page.assert_shows("Balance €80.00");
    // The bank sends it back: it was not given back after all.
    let id = world.stripe().state()["refunds"][0]["id"].as_str().unwrap().to_owned();
    tell_all(&world, &world.stripe().does(&format!("refunds/{id}/failed"), json!({})));
    world.ada().visit(invoice.path()).assert_shows("Balance €0.00").assert_hides("Refunded");
    assert_eq!(wrong(&world), 0);
}

fn t14_a_refund_of_more_than_came_changes_nothing(world: World) {
    let invoice = sent(&world.ada(), "Carol Meyer", "80.00");
    tell_all(&world, &paid(&world, &of_client(&invoice), "card"));
    let refund = format!("payments/{}/refund", world.stripe().payment());
    tell_all(&world, &world.stripe().does(&refund, json!({ "amount": 3_000 })));
    let events = world.stripe().does(&refund, json!({ "amount": 5_000 }));
    let before = world.database().snapshot(&["jobs.*", "cursors.*", "sessions.*"]);
    for (field, wrong) in [
        ("amount", json!(5_001)),
        ("amount", json!(0)),
        ("amount", json!(-5_000)),
        ("currency", json!("usd")),
    ] {
        let mut event = events.last().unwrap().clone();
        event["data"]["object"][field] = wrong;
        world.stripe().tell(&world.stranger(), &event).assert_status(400);
    }
    let after = world.database().snapshot(&["jobs.*", "cursors.*", "sessions.*"]);
    assert!(before.changes_until(&after).is_none(), "something changed");
    tell_all(&world, &events);
    world.ada().visit(invoice.path()).assert_shows("Balance €80.00");
    assert_eq!(wrong(&world), 0);
}

fn what_the_provider_reported_is_not_removed_by_hand(world: World) {
    let ada = world.ada();
    let invoice = sent(&ada, "Carol Meyer", "80.00");
    tell_all(&world, &paid(&world, &of_client(&invoice), "card"));
    let page = ada.visit(invoice.path());
    assert!(!page.has_button("Remove"));
    let id = page.attributes("[href*='/online-refund'], [data-dialog*='/online-refund']", "href").remove(0);
    let id = id.split('/').nth(3).unwrap();
    ada.post(&format!("/staff/payments/{id}/deletion"), &[]).assert_not_found();
    ada.post(&format!("/staff/payments/{id}/restoration"), &[]).assert_not_found();
    ada.visit(invoice.path()).assert_shows("Paid online");
}

fn p8_only_readers_of_an_invoice_pay_it(world: World) {
    let sent = of_client(&sent(&world.ada(), "Carol Meyer", "90.00"));
    let draft = of_client(&issued(&world.ada(), "Carol Meyer", "91.00"));
    for other in [world.cyril(), world.dora(), world.eve()] {
        other.post(&format!("{sent}/payment"), &[]).assert_not_found();
        other.get(&format!("{sent}/payment")).assert_not_found();
    }
    world.carol().post(&format!("{draft}/payment"), &[]).assert_not_found();
    let form = world.ada().visit(&format!("/staff{sent}/payments/new")).form_with_field("Amount");
    form.submit().follow().assert_ok();
    let nothing = world.carol().post(&format!("{sent}/payment"), &[]);
    nothing.assert_status(409).assert_shows("Nothing is left to pay.");
}
