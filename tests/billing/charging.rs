//! Invoices of subscriptions that are paid by themselves, with what a client left at a fake of Stripe.

use serde_json::{Value, json};

use super::{
    of_client,
    subscriptions::{drafted, invoices, running, weekly},
};
use crate::{
    on_both,
    steps::wait_for_the_queue,
    world::{World, until},
};

on_both! {
    with_stripe =>
    an_invoice_of_a_subscription_is_paid_with_what_its_client_saved,
    what_cannot_be_charged_is_to_be_paid_by_hand_and_is_not_tried_again,
    p25_stripe_down_when_an_invoice_is_made_charges_it_later_and_once,
    p25_a_charge_whose_answer_and_events_are_lost_is_found_by_its_reference,
    nothing_is_charged_after_a_way_of_paying_was_removed,
    nobody_is_charged_who_is_no_client_any_more,
    nobody_looks_for_what_an_erased_client_was_about_to_save,
}

/// Carol leaves her card, and Stripe tells of it.
#[track_caller]
pub fn save_card(world: &World) {
    let carol = world.carol();
    carol.visit("/billing").press("Save a way of paying").assert_shows("Go on to the payment page");
    for event in world.stripe().pay(&world.stripe().session(), "card") {
        world.stripe().tell(&world.stranger(), &event).assert_ok();
    }
    until(|| carol.visit("/billing").shows("Visa •••• 4242"));
}

pub fn payments(world: &World) -> Vec<Value> {
    world.stripe().state()["intents"].as_array().unwrap().clone()
}

fn an_invoice_of_a_subscription_is_paid_with_what_its_client_saved(world: World) {
    let ada = world.ada();
    save_card(&world);
    let care = running(&ada, "Server care", "49.90");
    let invoice = invoices(&ada, &care).remove(0);
    until(|| ada.visit(&invoice).shows("Paid online"));
    ada.visit(&invoice).assert_shows("Balance €0.00");
    ada.visit(care.path()).assert_shows("Paid automatically with Visa •••• 4242");
    let charged = payments(&world);
    assert_eq!(charged.len(), 1, "{charged:?}");
    assert_eq!(charged[0]["amount"], 4_990);
    let asked = world.stripe().state()["requests"].as_array().unwrap().last().unwrap()["form"].clone();
    assert_eq!((&asked["off_session"], &asked["confirm"]), (&json!("true"), &json!("true")), "{asked}");
    // What Stripe tells besides changes nothing.
    for event in world.stripe().events() {
        world.stripe().tell(&world.stranger(), &event).assert_ok();
    }
    ada.visit(&invoice).assert_shows("Balance €0.00");
    // A second card takes the place of the first.
    world.carol().visit("/billing").press("Remove").assert_hides("Visa");
    save_card(&world);
    // It is nobody else's.
    for other in [world.cyril(), world.dora()] {
        other.get("/billing").assert_hides("Visa");
    }
}

fn what_cannot_be_charged_is_to_be_paid_by_hand_and_is_not_tried_again(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    save_card(&world);
    world.stripe().control("knobs", json!({ "decline": true }));
    let care = running(&ada, "Server care", "49.90");
    let invoice = of_client(&ada.visit(&invoices(&ada, &care).remove(0)));
    until(|| {
        carol.visit(&format!("{invoice}/payment")).shows("The payment failed, and nothing was charged.")
    });
    carol.visit(&invoice).assert_shows("Amount due €49.90");
    world.stripe().control("knobs", json!({ "decline": false }));
    carol.visit(&invoice).press("Pay €49.90").assert_ok();
    for event in world.stripe().pay(&world.stripe().session(), "card") {
        world.stripe().tell(&world.stranger(), &event).assert_ok();
    }
    carol.visit(&invoice).assert_shows("Paid");
    assert_eq!(payments(&world).iter().filter(|payment| payment["status"] == "succeeded").count(), 1);
}

/// The invoice of a subscription: Stripe does what it is asked, and its answer is lost.
fn charged_without_an_answer(world: &World) -> String {
    let ada = world.ada();
    save_card(world);
    world.stripe().control("knobs", json!({ "drop": true }));
    let care = running(&ada, "Server care", "49.90");
    let invoice = invoices(&ada, &care).remove(0);
    until(|| !payments(world).is_empty());
    invoice
}

fn p25_stripe_down_when_an_invoice_is_made_charges_it_later_and_once(world: World) {
    let (ada, invoice) = (world.ada(), charged_without_an_answer(&world));
    ada.visit(&invoice).assert_shows("Balance €49.90");
    world.stripe().control("knobs", json!({ "drop": false }));
    until(|| ada.visit(&invoice).shows("Paid online"));
    assert_eq!(payments(&world).len(), 1);
    ada.visit(&invoice).assert_shows("Balance €0.00");
}

fn p25_a_charge_whose_answer_and_events_are_lost_is_found_by_its_reference(world: World) {
    let (ada, invoice) = (world.ada(), charged_without_an_answer(&world));
    // Down for longer than it remembers what was ordered under a reference.
    world.stripe().control("knobs", json!({ "drop": false, "fail": 503 }));
    world.clock().advance_seconds(21 * 3_600);
    world.stripe().control("knobs", json!({ "fail": null }));
    until(|| ada.visit(&invoice).shows("Paid online"));
    ada.visit(&invoice).assert_shows("Balance €0.00");
    assert_eq!(payments(&world).len(), 1);
}

fn nobody_is_charged_who_is_no_client_any_more(world: World) {
    let ada = world.ada();
    save_card(&world);
    // Her colleague gets the invoices, too.
    let form =
        weekly(&ada, "Server care").tick("Carol Meyer carol@acme.test").tick("Cyril Dubois cyril@acme.test");
    let care = drafted(&form, "49.90");
    ada.visit("/staff/clients").press("Carol Meyer").press("Delete").assert_ok();
    ada.visit(care.path()).press("Start subscription").assert_ok();
    world.mailbox().next_to("cyril@acme.test");
    ada.visit(&invoices(&ada, &care).remove(0)).assert_shows("Balance €49.90");
    assert!(payments(&world).is_empty());
}

fn nothing_is_charged_after_a_way_of_paying_was_removed(world: World) {
    let ada = world.ada();
    save_card(&world);
    let care = drafted(&weekly(&ada, "Server care"), "49.90");
    world.carol().visit("/billing").press("Remove").assert_shows("Save a way of paying");
    care.press("Start subscription").assert_ok();
    until(|| invoices(&ada, &care).len() == 1);
    world.mailbox().next_to("carol@acme.test");
    ada.visit(&invoices(&ada, &care)[0]).assert_shows("Balance €49.90");
    assert!(payments(&world).is_empty());
}

fn nobody_looks_for_what_an_erased_client_was_about_to_save(world: World) {
    let ada = world.ada();
    world.carol().visit("/billing").press("Save a way of paying").assert_shows("Go on to the payment page");
    let dialog = ada.visit("/staff/clients").press("Carol Meyer").press("Erase for good");
    dialog.assert_hides("left with Stripe");
    let form = dialog.form_with_button("Erase").fill("Name of the client", "Carol Meyer");
    form.tick("Delete them").submit().follow().assert_ok().assert_hides("Carol Meyer");
    world.clock().advance_seconds(61);
    wait_for_the_queue(&world);
}
