//! What came in, what was taken back, and where an invoice stands (P24).

use std::thread;

use super::{add_line, issued, new_invoice, of_client, sent, sums::wrong};
use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    p24_an_invoice_is_paid_in_parts_by_hand,
    a_payment_that_is_sent_twice_is_recorded_once,
    p24_overdue_begins_the_day_after_the_due_date,
    credits_in_parts_come_to_the_whole_and_no_further,
    of_many_credits_of_everything_at_once_one_is_issued,
    bad_amounts_are_answered_at_their_field,
    p27_nothing_offers_to_pay_while_nothing_can_be_paid,
}

#[track_caller]
fn pay(invoice: &Page, amount: &str) -> Page {
    let form = invoice.press("Record payment").form_with_button("Record payment");
    form.fill("Amount", amount).submit().follow()
}

fn standing(invoice: &Page) -> Vec<String> {
    invoice.texts(".page-detail .badge")
}

fn p24_an_invoice_is_paid_in_parts_by_hand(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = sent(&ada, "Carol Meyer", "100");
    let at_carols = of_client(&invoice);
    assert_eq!(standing(&invoice), ["Open"]);
    let form = invoice.press("Record payment").form_with_button("Record payment");
    assert_eq!(form.value("Amount"), "100.00", "most payments are of everything");
    let part = pay(&invoice, "40,50");
    assert_eq!(standing(&part), ["Partly paid"]);
    part.assert_shows("€59.50");
    carol.visit(&at_carols).assert_shows("Amount due €59.50").assert_shows("€40.50 paid");
    let paid = pay(&part, "59.50");
    assert_eq!(standing(&paid), ["Paid"]);
    carol.visit(&at_carols).assert_shows("Paid").assert_hides("Amount due");
    let over = pay(&paid, "10");
    assert_eq!(standing(&over), ["Overpaid"]);
    let dialog = over.press("Record refund");
    dialog.assert_shows("Record refund · ");
    let refund = dialog.form_with_button("Record refund").fill("Amount", "10").submit();
    assert_eq!(standing(&refund.follow()), ["Paid"]);

    let mistaken = ada.visit(invoice.path()).row("€59.50").press("Remove");
    assert_eq!(standing(&mistaken), ["Partly paid"]);
    assert_eq!(standing(&mistaken.press("Undo")), ["Paid"]);
}

fn a_payment_that_is_sent_twice_is_recorded_once(world: World) {
    let invoice = issued(&world.ada(), "Carol Meyer", "100");
    let form = invoice.press("Record payment").form_with_button("Record payment");
    form.submit().assert_status(303);
    let twice = form.submit().follow();
    assert_eq!(standing(&twice), ["Paid"]);
    assert_eq!(twice.texts(".row-name").iter().filter(|name| *name == "Payment").count(), 1);
}

fn p24_overdue_begins_the_day_after_the_due_date(world: World) {
    let ada = world.ada();
    let today = ada.visit(issued(&ada, "Carol Meyer", "1").path()).press("Record payment");
    let today = today.form_with_button("Record payment").value("Date of payment");
    let draft = add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Design", "1", "321", "", "No tax"]);
    let draft = draft.form_with_button("Save").fill("Due date", &today).submit().follow();
    let invoice = draft.press("Issue invoice");
    assert_eq!(standing(&invoice), ["Open"]);
    ada.visit("/staff/invoices?which=overdue").assert_hides("€321.00");
    ada.visit("/staff/invoices?which=due").assert_shows("€321.00");
    world.clock().advance(1);
    assert_eq!(standing(&ada.visit(invoice.path())), ["Overdue"]);
    ada.visit("/staff/invoices?which=overdue").assert_shows("€321.00");
    let paid = pay(&ada.visit(invoice.path()), "321");
    assert_eq!(standing(&paid), ["Paid"]);
    ada.visit("/staff/invoices?which=overdue").assert_hides("€321.00");
}

/// Three lines whose tax does not divide.
fn three_lines(ada: &Person) -> Page {
    let mut draft = new_invoice(ada, "Carol Meyer", "EUR");
    for (what, price) in [("One", "0.33"), ("Two", "33.33"), ("Three", "66.67")] {
        draft = add_line(&draft, [what, "3", price, "2.5", "VAT 5.5 %"]);
    }
    draft.press("Issue invoice")
}

fn credits_in_parts_come_to_the_whole_and_no_further(world: World) {
    let ada = world.ada();
    let invoice = three_lines(&ada);
    // By hand: 0.97 + 97.49 + 195.01 = 293.47, and 5.5 % of it is 16.14.
    invoice.assert_shows("€293.47").assert_shows("€309.61");
    let dialog =
        |invoice: &Page| ada.visit(invoice.path()).press("Credit").form_with_button("Issue credit note");
    let refused = dialog(&invoice).fill("Two", "4").fill("Three", "1000000").submit();
    refused.assert_status(422);
    assert!(refused.field_error("Two").contains("No more can be credited than is left."));
    assert!(refused.field_error("Three").contains("below a million"));
    assert_eq!(refused.count("[aria-invalid=true]"), 2, "nothing is wrong with the first line: {refused}");
    let nothing = dialog(&invoice).fill("One", "").fill("Two", "0").fill("Three", "").submit();
    assert!(nothing.assert_status(422).field_error("One").contains("Write at least one quantity to credit."));

    let credit_note =
        dialog(&invoice).fill("One", "1").fill("Two", "").fill("Three", "0,5").submit().follow();
    credit_note.assert_ok().assert_shows("Credit note CN-").assert_shows("Corrects invoice");
    credit_note.assert_shows(&super::number(&invoice));
    dialog(&invoice).fill("One", "").fill("Two", "3").fill("Three", "").submit().assert_status(303);
    let rest = dialog(&invoice);
    assert_eq!([rest.value("One"), rest.value("Two"), rest.value("Three")], ["2", "0", "2.5"]);
    rest.submit().assert_status(303);
    let credited = ada.visit(invoice.path());
    assert_eq!(standing(&credited), ["Credited"]);
    credited.assert_shows("Balance €0.00");
    assert!(!credited.has_link("Credit"), "nothing is left to credit");
    dialog_is_gone(&ada, &invoice);
    assert_eq!(wrong(&world), 0);
}

fn of_many_credits_of_everything_at_once_one_is_issued(world: World) {
    let ada = world.ada();
    let invoice = three_lines(&ada);
    let dialog = invoice.press("Credit").form_with_button("Issue credit note");
    let answers: Vec<u16> = thread::scope(|scope| {
        let windows: Vec<_> =
            (0..8).map(|_| scope.spawn(|| dialog.clone().submit().status.as_u16())).collect();
        windows.into_iter().map(|window| window.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| matches!(status, 303 | 409 | 422)), "{answers:?}");
    let credited = ada.visit(invoice.path());
    assert_eq!(standing(&credited), ["Credited"]);
    credited.assert_shows("Balance €0.00");
    assert_eq!(wrong(&world), 0);
}

/// The form from before finds nothing left.
fn dialog_is_gone(ada: &Person, invoice: &Page) {
    let fields = [("quantity", "1"), ("quantity", ""), ("quantity", ""), ("words", "")];
    ada.post(&format!("{}/credit-notes", invoice.path()), &fields).assert_status(422);
    ada.post(&format!("{}/credit-notes", invoice.path()), &fields[1..]).assert_status(409);
}

fn bad_amounts_are_answered_at_their_field(world: World) {
    let invoice = issued(&world.ada(), "Carol Meyer", "100");
    let form =
        invoice.press("Record payment").form_with_button("Record payment").fill("Remarks", "By <b>wire</b>");
    for (field, typed, sentence) in [
        ("Amount", "", "Write a number"),
        ("Amount", "0", "above 0"),
        ("Amount", "-5", "above 0"),
        ("Amount", "1.005", "no more decimals"),
        ("Amount", "1,005", "read in two ways"),
        ("Date of payment", "", "not after today"),
        ("Date of payment", "2199-01-01", "not after today"),
    ] {
        let answer = form.clone().fill(field, typed).submit();
        answer.assert_status(422);
        assert!(answer.field_error(field).contains(sentence), "{field} {typed:?}: {answer}");
        assert_eq!(answer.form_with_button("Record payment").value("Remarks"), "By <b>wire</b>");
    }
    let paid = form.submit().follow();
    paid.assert_shows("By <b>wire</b>");
    let refund =
        paid.press("Record refund").form_with_button("Record refund").fill("Amount", "100.01").submit();
    assert!(refund.field_error("Amount").contains("No more can be given back"));
}

fn p27_nothing_offers_to_pay_while_nothing_can_be_paid(world: World) {
    let carol = world.carol();
    let invoice = carol.visit(&of_client(&sent(&world.ada(), "Carol Meyer", "100")));
    invoice.assert_shows("Amount due €100.00").assert_shows("IBAN FR76 3000 6000 0112 3456 7890 189");
    for page in [invoice, carol.visit("/billing"), carol.visit("/")] {
        assert!(!page.has_button("Pay") && !page.has_link("Pay"), "{page}");
    }
}
