//! Reminders of what is left to pay: by the calendar and by hand, each of them once (T31).

use std::{collections::BTreeSet, thread, time::Duration};

use super::{export, issued, new_invoice, number, of_client, sent};
use crate::{
    on_both,
    world::{Mail, Page, World, until},
};

on_both! {
    each_step_is_sent_once_on_its_day_to_whoever_can_see_it,
    after_downtime_only_the_latest_step_is_sent,
    what_lies_before_the_sending_or_before_the_rule_is_not_made_up_for,
    t31_a_run_that_is_killed_again_and_again_reminds_of_each_invoice_once,
    what_is_paid_or_credited_or_taken_back_is_not_reminded_of,
    staff_remind_by_hand_of_what_is_due_and_once_a_day,
    p43_steps_that_are_no_days_are_answered_at_their_field,
    p11_reminding_is_for_staff_and_leaves_an_event,
}

mod by_smtp {
    use super::what_is_paid_while_the_mail_waits_is_not_reminded_of;

    crate::on_both! { with_smtp => what_is_paid_while_the_mail_waits_is_not_reminded_of }
}

#[track_caller]
fn set_steps(world: &World, before: &str, after: &str) {
    let form = world.ada().visit("/staff/settings/billing").form_with_button("Save");
    let form = form.fill("Remind so many days before the due date", before);
    form.fill("Remind so many days after the due date", after).submit().follow().assert_ok();
}

/// The next one about this invoice.
#[track_caller]
fn reminder(world: &World, address: &str, invoice: &Page) -> Mail {
    world.mailbox().next_about(address, &format!("Reminder: invoice {}", number(invoice)))
}

/// None about any of these, among the mails that nobody asked for so far.
#[track_caller]
fn assert_no_other(world: &World, address: &str, invoices: &[&Page]) {
    let numbers: Vec<String> = invoices.iter().map(|invoice| number(invoice)).collect();
    let about = |mail: &Mail| numbers.iter().any(|number| mail.subject.contains(number));
    for mail in world.mailbox().so_far_to(address) {
        let reminds = ["Reminder", "Rappel"].iter().any(|word| mail.subject.contains(word));
        assert!(!(reminds && about(&mail)), "{}: {}", mail.subject, mail.text);
    }
}

fn each_step_is_sent_once_on_its_day_to_whoever_can_see_it(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    set_steps(&world, "3", "10, 2");
    // Due in 14 days, and partly paid.
    let invoice = sent(&ada, "Carol Meyer", "120");
    let payment = invoice.press("Record payment").form_with_button("Record payment");
    payment.fill("Amount", "20").submit().follow().assert_shows("Nobody was reminded of it yet.");

    world.clock().advance(11);
    let early = reminder(&world, "carol@acme.test", &invoice);
    assert!(early.text.contains("€100.00 of invoice") && early.text.contains("is due on"), "{}", early.text);
    assert!(early.text.contains("€120.00 invoiced · €20.00 paid") && early.html.contains("€100.00"));
    let page = carol.visit(&early.link("Open the invoice"));
    assert_eq!(page.path(), of_client(&invoice));
    page.assert_shows("€100.00").assert_hides("Reminded");
    until(|| ada.visit(invoice.path()).row("Reminded on").shows("by itself"));

    world.clock().advance(5);
    let late = reminder(&world, "carol@acme.test", &invoice);
    assert!(late.text.contains("was due on") && late.text.contains("2 days ago"), "{}", late.text);
    world.clock().advance(8);
    let last = reminder(&world, "carol@acme.test", &invoice);
    assert!(last.text.contains("10 days ago"), "{}", last.text);

    // That was the last: what comes later is about another invoice.
    world.clock().advance(30);
    let ada = world.sign_in("ada@studio.test");
    let overdue_later = sent(&ada, "Carol Meyer", "7");
    world.clock().advance(16);
    reminder(&world, "carol@acme.test", &overdue_later);
    assert_no_other(&world, "carol@acme.test", &[&invoice]);
    for email in ["cyril@acme.test", "dora@globex.test", "eve@rival.test"] {
        assert_no_other(&world, email, &[&invoice]);
    }
}

fn after_downtime_only_the_latest_step_is_sent(mut world: World) {
    set_steps(&world, "3", "3, 10, 21");
    let invoice = sent(&world.ada(), "Carol Meyer", "120");
    world.server_mut().kill();
    world.clock().advance(14 + 12);
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let mail = reminder(&world, "carol@acme.test", &invoice);
    assert!(mail.text.contains("12 days ago"), "{}", mail.text);
    world.clock().advance(9);
    let next = reminder(&world, "carol@acme.test", &invoice);
    assert!(next.text.contains("21 days ago"), "{}", next.text);
    assert_no_other(&world, "carol@acme.test", &[&invoice]);
}

fn what_lies_before_the_sending_or_before_the_rule_is_not_made_up_for(world: World) {
    let ada = world.ada();
    let before_the_rule = sent(&ada, "Carol Meyer", "1");
    world.clock().advance(14 + 5);
    assert_no_other(&world, "carol@acme.test", &[&before_the_rule]);
    set_steps(&world, "", "3, 10");
    // Due on the same day, five days back: the first step was on the third of them.
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    let draft = super::add_line(&draft, ["Design", "1", "2", "", "No tax"]);
    let head = draft.form_with_button("Save");
    let due = due_day(&world, &before_the_rule);
    let draft = head.fill("Issue date", &due).fill("Due date", &due).submit().follow();
    let late = draft.press("Issue invoice").press("Send").form_with_button("Send").submit().follow();

    world.clock().advance(5);
    // Both have come to their tenth day, and each of them is told of that alone.
    for invoice in [&before_the_rule, &late] {
        let mail = reminder(&world, "carol@acme.test", invoice);
        assert!(mail.text.contains("10 days ago"), "{}", mail.text);
    }
    assert_no_other(&world, "carol@acme.test", &[&before_the_rule, &late]);
}

/// As the accountant reads it.
fn due_day(world: &World, invoice: &Page) -> String {
    let documents = export::rows(&world.ada(), "documents.csv?from=1999-01-01&to=2199-12-31");
    documents.into_iter().find(|row| row["number"] == number(invoice)).unwrap().remove("due_on").unwrap()
}

fn t31_a_run_that_is_killed_again_and_again_reminds_of_each_invoice_once(mut world: World) {
    set_steps(&world, "", "3");
    let first = sent(&world.ada(), "Carol Meyer", "5");
    export::copy(&world, &number(&first), 40);
    let addressed = format!(
        "INSERT INTO billing_recipients (organization_id, document_id, person_id, sent_at, sent_by)
        SELECT r.organization_id, d.id, r.person_id, r.sent_at, r.sent_by
        FROM billing_documents d JOIN billing_documents f ON f.organization_id = d.organization_id
        JOIN billing_recipients r ON r.organization_id = f.organization_id AND r.document_id = f.id
        WHERE d.number LIKE 'COPY-%' AND f.kind = 'invoice' AND f.number = '{}'",
        number(&first)
    );
    assert_eq!(world.database().execute(&addressed), Ok(40));
    world.server_mut().kill();
    world.clock().advance(17);
    for round in 0..4 {
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
        thread::sleep(Duration::from_millis(40 * round));
        world.server_mut().kill();
        // What a dead process had taken is free again after its lease.
        world.clock().advance_seconds(3_600);
    }
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let mut told = BTreeSet::new();
    while told.len() < 40 {
        let mail = world.mailbox().next_about("carol@acme.test", "COPY-");
        told.insert(mail.subject.split_whitespace().nth(2).unwrap().to_owned());
    }
    let count = |statement: &str| world.database().execute(statement).unwrap();
    let copies = "document_id IN (SELECT id FROM billing_documents WHERE number LIKE 'COPY-%')";
    assert_eq!(count(&format!("UPDATE billing_reminders SET occasion = occasion WHERE {copies}")), 40);
    // Each row has its one mail.
    let rows = count("UPDATE billing_reminders SET occasion = occasion");
    assert_eq!(count("UPDATE jobs SET kind = kind WHERE kind = 'billing-reminder-mail'"), rows);
}

fn what_is_paid_or_credited_or_taken_back_is_not_reminded_of(world: World) {
    let ada = world.ada();
    set_steps(&world, "", "3");
    let [paid, credited, shared, open] =
        ["11", "12", "13", "14"].map(|price| sent(&ada, "Carol Meyer", price));
    paid.press("Record payment").form_with_button("Record payment").submit().follow().assert_shows("Paid");
    credited.press("Credit").form_with_button("Issue credit note").submit().follow().assert_ok();
    let form = shared.press("Send").form_with_button("Send").tick("Cyril Dubois cyril@acme.test");
    let shared = form.submit().follow();
    for person in ["Cyril Dubois", "Carol Meyer"] {
        ada.visit(shared.path()).row(person).press("Revoke").assert_ok();
    }
    world.clock().advance(17);
    reminder(&world, "carol@acme.test", &open);
    for email in ["carol@acme.test", "cyril@acme.test"] {
        assert_no_other(&world, email, &[&paid, &credited, &shared]);
    }
    for invoice in [&paid, &credited, &shared] {
        ada.visit(invoice.path()).assert_hides("Reminded");
    }
}

/// The mail's facts are read when it is written, however long it waited.
fn what_is_paid_while_the_mail_waits_is_not_reminded_of(mut world: World) {
    let ada = world.ada();
    let [paid, open] = ["11", "12"].map(|price| issued(&ada, "Carol Meyer", price));
    for invoice in [&paid, &open] {
        invoice.press("Send").form_with_button("Send").submit().follow();
        world.mailbox().next_about("carol@acme.test", &number(invoice));
    }
    world.smtp_trap().close();
    for invoice in [&paid, &open] {
        ada.visit(invoice.path()).press("Remind now").assert_ok();
    }
    let queue = || ada.visit("/staff/settings/queue");
    until(|| queue().texts("main").concat().matches("Will be tried again").count() >= 2);
    paid.press("Record payment").form_with_button("Record payment").submit().follow().assert_shows("Paid");
    world.smtp_trap().open();
    // What goes out meanwhile has no button any more.
    loop {
        let page = queue();
        if !page.has_button("Try again now") {
            break;
        }
        page.press("Try again now");
    }
    reminder(&world, "carol@acme.test", &open);
    until(|| queue().shows("Nothing waits and nothing is stuck."));
    assert_no_other(&world, "carol@acme.test", &[&paid]);
}

fn staff_remind_by_hand_of_what_is_due_and_once_a_day(world: World) {
    let ada = world.ada();
    let unsent = issued(&ada, "Cyril Dubois", "120");
    assert!(!unsent.has_button("Remind now"));
    let remind = |page: &Page| ada.post(&format!("{}/reminders", page.path()), &[]);
    remind(&unsent).assert_status(409).assert_shows("Nobody can see this invoice.");
    let invoice = unsent.press("Send").form_with_button("Send").submit().follow();

    invoice.press("Remind now").assert_ok().row("Reminded on").assert_shows("Cyril Dubois");
    let mail = world.mailbox().next_about("cyril@acme.test", "Rappel");
    assert!(mail.text.contains("120,00") && mail.text.contains(&number(&invoice)), "{}", mail.text);
    assert_eq!(world.cyril().visit(&mail.link("Ouvrir la facture")).path(), of_client(&invoice));
    assert!(!ada.visit(invoice.path()).has_button("Remind now"));
    invoice.form_with_button("Remind now").submit().assert_status(409).assert_shows("reminded today already");
    world.clock().advance(1);
    ada.visit(invoice.path()).press("Remind now").assert_ok();
    world.mailbox().next_about("cyril@acme.test", "Rappel");

    let paid = invoice.press("Record payment").form_with_button("Record payment").submit().follow();
    assert!(!paid.has_button("Remind now"));
    paid.assert_shows("Reminded on");
    remind(&paid).assert_status(409).assert_shows("Nothing is left to pay");
    let draft = new_invoice(&ada, "Cyril Dubois", "EUR");
    remind(&draft).assert_not_found();
    assert!(world.mailbox().so_far_to("cyril@acme.test").iter().all(|mail| !mail.subject.contains("Rappel")));
}

fn p43_steps_that_are_no_days_are_answered_at_their_field(world: World) {
    let form = world.ada().visit("/staff/settings/billing").form_with_button("Save");
    for (field, typed, sentence) in [
        ("Remind so many days before the due date", "61", "from 1 to 60"),
        ("Remind so many days after the due date", "3, soon", "from 1 to 366"),
    ] {
        assert_eq!(form.value(field), "", "nobody is reminded unasked");
        let answer = form.clone().fill(field, typed).submit();
        answer.assert_status(422);
        assert!(answer.field_error(field).contains(sentence), "{}", answer.field_error(field));
        assert_eq!(answer.form_with_button("Save").value(field), typed);
    }
}

fn p11_reminding_is_for_staff_and_leaves_an_event(world: World) {
    let ada = world.ada();
    let invoice = sent(&ada, "Carol Meyer", "120");
    let path = format!("{}/reminders", invoice.path());
    for other in [world.eve(), world.carol(), world.dora()] {
        other.post(&path, &[]).assert_not_found();
    }
    let events = || world.database().snapshot(&["cursors.*", "jobs.*", "sessions.*"]);
    let before = events();
    world.ben().post(&path, &[]).follow().assert_ok();
    let recorded = before.changes_until(&events()).unwrap().to_string();
    assert_eq!(recorded.matches("invoice.reminded").count(), 1, "{recorded}");
}
