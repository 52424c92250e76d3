//! P26: a subscription makes exactly one invoice for each period, by the clock.

use std::{collections::BTreeSet, thread, time::Duration};

use super::{add_line, number};
use crate::{
    on_both,
    world::{Form, Page, Person, World, until},
};

on_both! {
    p26_each_period_gets_one_invoice_that_is_sent_also_after_weeks_of_downtime,
    p26_the_31_of_january_is_followed_by_the_end_of_february_and_the_31_of_march,
    p26_many_attempts_at_once_make_one_invoice,
    p26_a_run_that_is_killed_again_and_again_leaves_no_period_out_and_makes_none_twice,
    what_keeps_an_invoice_from_being_made_is_said_and_nothing_is_lost,
    a_change_holds_from_the_next_invoice_on,
    periods_that_begin_in_a_pause_are_not_invoiced,
    ended_at_the_end_of_its_period_or_at_once_it_makes_no_further_invoice,
    charged_by_the_day_what_is_cut_short_costs_its_days,
    a_draft_invoices_nobody_and_can_be_deleted_but_what_runs_cannot,
}

const FIRST_DAYS: &str = "Start";

/// Filled in, and not yet saved: for Carol, every week from today on.
pub fn weekly(staff: &Person, name: &str) -> Form {
    let form = staff.visit("/staff/subscriptions").press("New subscription").form_with_field("Every");
    form.fill("Name", name).fill("Client", "Carol Meyer").fill("Every", "1").fill("Unit of time", "weeks")
}

/// With one line of this price, not yet started.
#[track_caller]
pub fn drafted(form: &Form, price: &str) -> Page {
    let page = form.submit().follow();
    page.assert_ok().assert_shows("Draft");
    add_line(&page, ["Updates", "1", price, "", "No tax"])
}

/// Running, with the invoice of its first period.
#[track_caller]
pub fn running(staff: &Person, name: &str, price: &str) -> Page {
    let page = drafted(&weekly(staff, name), price).press("Start subscription");
    until(|| invoices(staff, &page).len() == 1);
    staff.visit(page.path())
}

/// The addresses of those that came of it, the latest first.
pub fn invoices(staff: &Person, subscription: &Page) -> Vec<String> {
    staff.visit(subscription.path()).attributes("main a.row-name[href^='/staff/invoices/']", "href")
}

/// What the periods of its invoices are called, the latest first.
fn periods(staff: &Person, subscription: &Page) -> Vec<String> {
    let words = |invoice: &String| staff.visit(invoice).texts(".paper-words").concat();
    invoices(staff, subscription).iter().map(words).collect()
}

/// In the form that changes it.
fn edited(subscription: &Page) -> Form {
    subscription.press("Edit subscription").form_with_field("Every")
}

fn p26_each_period_gets_one_invoice_that_is_sent_also_after_weeks_of_downtime(mut world: World) {
    let ada = world.ada();
    let care = running(&ada, "Weekly care", "50");
    care.assert_shows("Running").assert_shows("Every week").assert_shows("€50.00");
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.subject.contains("Invoice") && mail.text.contains("€50.00"), "{}", mail.text);
    world.carol().visit(&mail.link("Open the document")).assert_shows("Weekly care");

    world.clock().advance(7);
    until(|| invoices(&ada, &care).len() == 2);
    world.server_mut().kill();
    world.clock().advance(21);
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    until(|| invoices(&ada, &care).len() == 5);
    // Tried once more, nothing is due.
    ada.post(&format!("{}/invoices", care.path()), &[]).follow().assert_ok();
    assert_eq!(invoices(&ada, &care).len(), 5);
    assert_eq!(BTreeSet::from_iter(periods(&ada, &care)).len(), 5, "each is for another period");
    // Among those of the demo's own subscription.
    for _ in 0..4 {
        until(|| world.mailbox().next_to("carol@acme.test").text.contains("€50.00"));
    }
    let more = world.mailbox().so_far_to("carol@acme.test");
    assert!(!more.iter().any(|mail| mail.text.contains("€50.00")));
    let kept = world.database().execute("DELETE FROM billing_periods").unwrap_err();
    assert!(kept.contains("what became of a period stays"), "{kept}");
}

fn p26_the_31_of_january_is_followed_by_the_end_of_february_and_the_31_of_march(world: World) {
    let ada = world.ada();
    let form = weekly(&ada, "Monthly care").fill("Unit of time", "months");
    // A start tells the year of today; the next January is in the one after it.
    let year: i32 = form.value(FIRST_DAYS)[..4].parse::<i32>().unwrap() + 1;
    let (short, before) =
        if year % 4 == 0 { ("29 February", "28 February") } else { ("28 February", "27 February") };
    let page = drafted(&form.fill(FIRST_DAYS, &format!("{year}-01-31")), "70");
    let care = page.press("Start subscription");
    let next = care.texts(".billing-beside .section:first-child .row-name");
    let expected = [
        format!("31 January {year}"),
        format!("{short} {year}"),
        format!("31 March {year}"),
        format!("30 April {year}"),
        format!("31 May {year}"),
        format!("30 June {year}"),
    ];
    assert_eq!(next, expected);
    // At most 395 days to the January that is meant; 60 more are to the end of March.
    world.clock().advance(395 + 62);
    let ada = world.sign_in("ada@studio.test");
    until(|| invoices(&ada, &care).len() >= 3 && !ada.visit(care.path()).shows("Due now"));
    let periods = periods(&ada, &care);
    let of = |from: &str, until: &str| format!("Monthly care, {from} {year} to {until} {year}");
    let first: Vec<&String> = periods.iter().rev().take(3).collect();
    assert_eq!(first, [&of("31 January", before), &of(short, "30 March"), &of("31 March", "29 April"),]);
}

fn p26_many_attempts_at_once_make_one_invoice(world: World) {
    let ada = world.ada();
    let care = running(&ada, "Weekly care", "50");
    edited(&care).fill("Billing address", "").submit().follow().assert_ok();
    world.clock().advance(7);
    until(|| ada.visit(care.path()).has_button("Invoice now"));
    let held = ada.visit(care.path());
    let forms: Vec<Form> = (0..8).map(|_| held.form_with_button("Invoice now")).collect();
    edited(&held).fill("Billing address", "Acme\nWeg 1").submit().follow().assert_ok();
    thread::scope(|scope| {
        let all: Vec<_> = forms.iter().map(|form| scope.spawn(|| form.submit())).collect();
        all.into_iter().for_each(|answer| assert_eq!(answer.join().unwrap().status.as_u16(), 303));
    });
    assert_eq!(invoices(&ada, &care).len(), 2);
    assert_eq!(BTreeSet::from_iter(periods(&ada, &care)).len(), 2);
}

fn p26_a_run_that_is_killed_again_and_again_leaves_no_period_out_and_makes_none_twice(mut world: World) {
    let ada = world.ada();
    let care = running(&ada, "Weekly care", "50");
    world.server_mut().kill();
    world.clock().advance(39 * 7);
    for round in 0..5 {
        // What a dead process had taken is free again after its lease.
        world.clock().advance_seconds(3_600);
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
        thread::sleep(Duration::from_millis(20 * round));
        world.server_mut().kill();
    }
    world.clock().advance_seconds(3_600);
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let ada = world.sign_in("ada@studio.test");
    until(|| invoices(&ada, &care).len() == 40);
    assert_eq!(BTreeSet::from_iter(periods(&ada, &care)).len(), 40);
    let count = |invoice: &String| -> u32 {
        number(&ada.visit(invoice)).rsplit('-').next().unwrap().parse().unwrap()
    };
    // P23: in a row, whatever died. The first was issued in another year, perhaps.
    let later: Vec<u32> = invoices(&ada, &care).iter().take(39).map(count).collect();
    assert!(later.is_sorted_by(|later, earlier| *later == earlier + 1), "{later:?}");
}

fn what_keeps_an_invoice_from_being_made_is_said_and_nothing_is_lost(world: World) {
    let ada = world.ada();
    let care = running(&ada, "Weekly care", "50");
    edited(&care).fill("Billing address", "").submit().follow().assert_ok();
    ada.visit("/staff").assert_hides("could not be made");
    world.clock().advance(14);
    let home = || ada.visit("/staff");
    until(|| home().shows("An invoice is due and could not be made."));
    let held = home().press("Weekly care");
    held.assert_shows("Not invoiced").assert_shows("Write the billing address.").assert_shows("Due now");
    held.form_with_button("Invoice now")
        .submit()
        .assert_status(409)
        .assert_shows("Write the billing address.");
    world.eve().visit("/staff").assert_hides("could not be made");
    assert_eq!(invoices(&ada, &care).len(), 1);
    edited(&held).fill("Billing address", "Acme\nWeg 1").submit().follow().assert_ok();
    // Both weeks that waited.
    until(|| invoices(&ada, &care).len() == 3);
    home().assert_hides("could not be made");
    assert_eq!(BTreeSet::from_iter(periods(&ada, &care)).len(), 3);
}

fn a_change_holds_from_the_next_invoice_on(world: World) {
    let ada = world.ada();
    let care = running(&ada, "Weekly care", "50");
    let form = care.row("Updates").press("Edit").form_with_field("Unit price").fill("Unit price", "60");
    form.submit().follow().assert_shows("€60.00");
    let form = edited(&care).fill("Name", "Better care").fill("Days for payment", "3");
    form.fill("Words above the lines", "Thank you!").submit().follow().assert_shows("Better care");
    world.clock().advance(7);
    until(|| invoices(&ada, &care).len() == 2);
    let all = invoices(&ada, &care);
    ada.visit(&all[0]).assert_shows("€60.00").assert_shows("Thank you!").assert_shows("Better care,");
    ada.visit(&all[1]).assert_shows("€50.00").assert_hides("Thank you!").assert_shows("Weekly care,");
}

fn periods_that_begin_in_a_pause_are_not_invoiced(world: World) {
    let ada = world.ada();
    let (resting, beside) = (running(&ada, "Resting", "50"), running(&ada, "Beside it", "60"));
    resting.press("Pause").assert_shows("Paused").assert_shows("No invoice is made until you resume it");
    world.clock().advance(15);
    // The clock has been here.
    until(|| invoices(&ada, &beside).len() == 3);
    assert_eq!(invoices(&ada, &resting).len(), 1);
    let resumed = ada.visit(resting.path()).press("Resume");
    resumed.assert_shows("Running").assert_hides("Due now");
    let passed_over = |page: &Page| page.texts("main .row-name").join("|").matches("it was paused").count();
    assert_eq!(passed_over(&resumed), 2);
    world.clock().advance(7);
    until(|| invoices(&ada, &beside).len() == 4 && invoices(&ada, &resting).len() == 2);
    assert_eq!(passed_over(&ada.visit(resting.path())), 2);
}

/// Ends it at once or later, by the beginning of the choice's words.
pub fn end(page: &Page, when: &str) -> Page {
    let dialog = page.press("End subscription");
    let label = dialog.texts("label").into_iter().find(|label| label.starts_with(when)).unwrap();
    dialog.form_with_button("End subscription").tick(&label).submit().follow()
}

fn charged_by_the_day_what_is_cut_short_costs_its_days(world: World) {
    let ada = world.ada();
    let by_the_day = |name: &str| {
        let form = weekly(&ada, name).tick("Charge by the day");
        let page = drafted(&form, "70").press("Start subscription");
        until(|| invoices(&ada, &page).len() == 1);
        world.mailbox().next_to("carol@acme.test");
        ada.visit(page.path())
    };
    let (until_a_day, left, whole) =
        (by_the_day("Ends on a day"), by_the_day("Ended now"), running(&ada, "Whole weeks", "70"));
    world.mailbox().next_to("carol@acme.test");
    // One day of the second week: 1 of 7, to a thousandth.
    let form = edited(&until_a_day);
    let next = form.value("Next period");
    form.fill("Last day", &next).submit().follow().assert_shows("By the day").assert_shows("€10.01");
    edited(&whole).fill("Last day", &next).submit().follow().assert_hides("€10.01");
    // Three days of seven are used.
    world.clock().advance(2);
    end(&ada.visit(left.path()), "Now, and credit").assert_shows("Ended");
    let credited = ada.visit(&invoices(&ada, &left)[0]);
    credited.assert_shows("Credited -€39.97").assert_shows("Balance €30.03");
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.subject.contains("Credit note"), "{}", mail.subject);
    world.carol().visit(&mail.link("Open the document")).assert_shows("Ended now: not used from");
    // Nothing more is taken back, however often it is ended.
    ada.post(&format!("{}/cancellation", left.path()), &[("when", "now")]).follow().assert_ok();
    ada.visit(credited.path()).assert_shows("Balance €30.03");
    world.clock().advance(5);
    until(|| invoices(&ada, &until_a_day).len() == 2 && invoices(&ada, &whole).len() == 2);
    ada.visit(&invoices(&ada, &until_a_day)[0]).assert_shows("€10.01");
    ada.visit(&invoices(&ada, &whole)[0]).assert_shows("€70.00");
}

fn ended_at_the_end_of_its_period_or_at_once_it_makes_no_further_invoice(world: World) {
    let ada = world.ada();
    let [later, now, beside] = ["Ends later", "Ends now", "Goes on"].map(|name| running(&ada, name, "50"));
    end(&later, "At the end of the current period")
        .assert_shows("Running")
        .assert_shows("No further invoice");
    end(&now, "Now").assert_shows("Ended").assert_shows("No further invoice");
    let unsaid = ada.post(&format!("{}/cancellation", beside.path()), &[("when", "soon")]);
    unsaid.assert_status(422).assert_shows("Choose when it ends.");
    let listed =
        |which: &str| ada.visit(&format!("/staff/subscriptions?which={which}")).texts("main .row-name");
    assert!(
        listed("ended").contains(&"Ends now".to_owned())
            && listed("running").contains(&"Ends later".to_owned())
    );
    world.clock().advance(7);
    until(|| invoices(&ada, &beside).len() == 2);
    for ended in [&later, &now] {
        assert_eq!(invoices(&ada, ended).len(), 1);
        ada.visit(ended.path()).assert_shows("Ended");
    }
    let ended: BTreeSet<String> = listed("ended").into_iter().collect();
    assert!(ended.is_superset(&["Ends later".to_owned(), "Ends now".to_owned()].into()), "{ended:?}");
    assert!(!ended.contains("Goes on"));
}

fn a_draft_invoices_nobody_and_can_be_deleted_but_what_runs_cannot(world: World) {
    let (ada, beside) = (world.ada(), running(&world.ada(), "Beside it", "60"));
    let empty = weekly(&ada, "Nothing in it").submit().follow();
    empty.assert_shows("Add at least one line.");
    empty
        .form_with_button("Start subscription")
        .submit()
        .assert_status(409)
        .assert_shows("Add at least one line.");
    let draft = drafted(&weekly(&ada, "Never started"), "50");
    // Neither among the invoices nor to be issued as one.
    assert!(
        !ada.visit("/staff/invoices?which=drafts")
            .source()
            .contains(draft.path().rsplit('/').next().unwrap())
    );
    let id = draft.path().rsplit('/').next().unwrap().to_owned();
    ada.get(&format!("/staff/invoices/{id}")).assert_not_found();
    ada.post(&format!("/staff/invoices/{id}/issuance"), &[]).assert_not_found();
    world.clock().advance(7);
    until(|| invoices(&ada, &beside).len() == 2);
    assert!(invoices(&ada, &draft).is_empty());
    // Its first week is over by now, and nobody is billed for it by surprise.
    draft.form_with_button("Start subscription").submit().assert_status(409).assert_shows("is over already");

    let deleted = draft.press("Delete");
    deleted.assert_hides("Never started").press("Undo").assert_shows("Never started");
    let id = beside.path().rsplit('/').next().unwrap();
    ada.post(&format!("/staff/documents/{id}/deletion"), &[])
        .assert_status(409)
        .assert_shows("End it instead.");
}
