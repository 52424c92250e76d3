//! The legal and money settings.

use std::thread;

use super::{add_line, issued, new_invoice, number, of_client, quotes, sent, subscriptions::weekly};
use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    p27_without_keys_nothing_offers_to_pay_online,
    every_setting_is_there_again_as_it_was_typed,
    what_several_windows_save_at_once_is_saved,
    what_is_set_stands_on_the_next_invoice_and_not_on_earlier_ones,
    changed_bank_details_stand_on_the_next_invoice_and_not_on_earlier_ones,
    the_days_for_payment_decide_when_the_next_invoice_is_due,
    credit_notes_and_quotes_are_numbered_by_patterns_of_their_own,
    a_new_document_begins_with_the_currency_that_is_set,
    a_footer_stands_in_the_language_of_its_reader,
    bad_settings_are_answered_at_their_field,
    a_tax_rate_is_taken_off_the_list_and_stays_where_it_was_used,
    members_do_not_change_settings,
}

fn every_setting_is_there_again_as_it_was_typed(world: World) {
    let ada = world.ada();
    let here = "/staff/settings/billing";
    let typed = [
        ("Address of your business", "Łąka 7 <b>\n00-001 Warszawa"),
        ("Your country", "PL"),
        ("Tax number", "PL 525 000 80 28"),
        ("Bank details", "Bank Łódzki\nIBAN PL61 1090 1014 0000 0712 1981 2874"),
        ("Currency", "PLN"),
        ("Days for payment", "0"),
        ("Remind so many days before the due date", "3"),
        ("Remind so many days after the due date", "1, 8, 30"),
        ("Numbers of invoices", "FV/{year}/{number}"),
        ("Numbers of credit notes", "KOR-{number}"),
        ("Numbers of quotes", "OF {number}"),
        ("Footer in English", "Thanks & regards"),
        ("Footer in French", "À bientôt"),
    ];
    let form = ada.visit(here).form_with_button("Save");
    let labels = form.labels().len();
    assert_eq!(labels, typed.len(), "a setting that is not tried: {:?}", form.labels());
    let filled = typed.iter().fold(form, |form, (label, words)| form.fill(label, words));
    filled.submit().follow().assert_ok();
    let again = ada.visit(here).form_with_button("Save");
    for (label, words) in typed {
        assert_eq!(again.value(label), words, "{label}");
    }
    // Saved again as it is, it stays as it is; and what may be empty can be emptied.
    again.submit().follow().assert_ok();
    let again = ada.visit(here).form_with_button("Save");
    typed.iter().for_each(|(label, words)| assert_eq!(again.value(label), *words, "{label}"));
    let emptied =
        ["Remind so many days before the due date", "Remind so many days after the due date", "Bank details"];
    let form = emptied.iter().fold(again, |form, label| form.fill(label, ""));
    form.submit().follow().assert_ok();
    let again = ada.visit(here).form_with_button("Save");
    emptied.iter().for_each(|label| assert_eq!(again.value(label), "", "{label}"));
    let invoice = issued(&ada, "Carol Meyer", "1");
    invoice
        .assert_shows("Łąka 7 <b> 00-001 Warszawa")
        .assert_shows("PL 525 000 80 28")
        .assert_hides("Bank Łódzki");
    assert!(number(&invoice).starts_with("FV/"), "{}", number(&invoice));
    world.eve().visit(here).assert_hides("Warszawa");
}

fn what_several_windows_save_at_once_is_saved(world: World) {
    let ada = world.ada();
    let here = "/staff/settings/billing";
    for round in 0..10 {
        let windows = ["first", "second", "third", "fourth"].map(|window| {
            let words = format!("{window} {round}");
            ada.visit(here).form_with_button("Save").fill("Footer in English", &words)
        });
        thread::scope(|scope| {
            for window in &windows {
                scope.spawn(|| _ = window.clone().submit().assert_redirects_to(here));
            }
        });
        let saved = ada.visit(here).form_with_button("Save").value("Footer in English").to_owned();
        assert!(windows.iter().any(|window| window.value("Footer in English") == saved), "{saved}");
    }
}

fn what_is_set_stands_on_the_next_invoice_and_not_on_earlier_ones(world: World) {
    let ada = world.ada();
    let earlier = issued(&ada, "Carol Meyer", "1");
    let form = ada.visit("/staff/settings/billing").form_with_button("Save");
    let form =
        form.fill("Numbers of invoices", "R/{number}").fill("Address of your business", "New Street 2");
    form.fill("Days for payment", "30").submit().follow().assert_ok();
    let invoice = issued(&ada, "Carol Meyer", "1");
    assert_eq!(number(&invoice), "R/0001");
    invoice.assert_shows("New Street 2");
    ada.visit(earlier.path()).assert_hides("New Street 2").assert_shows(&number(&earlier));
    world.eve().visit("/staff/settings/billing").assert_hides("New Street 2");
}

#[track_caller]
fn set(staff: &Person, label: &str, words: &str) {
    let form = staff.visit("/staff/settings/billing").form_with_button("Save");
    form.fill(label, words).submit().follow().assert_ok();
}

fn changed_bank_details_stand_on_the_next_invoice_and_not_on_earlier_ones(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let earlier = sent(&ada, "Carol Meyer", "1");
    set(&ada, "Bank details", "Bank Łódzki\nIBAN PL61 1090 1014 0000 0712 1981 2874");
    let invoice = sent(&ada, "Carol Meyer", "1");
    let bank = |invoice: &Page| carol.visit(&of_client(invoice)).texts(".paper-bank .paper-address");
    assert_eq!(bank(&invoice), ["Bank Łódzki IBAN PL61 1090 1014 0000 0712 1981 2874"]);
    assert_eq!(bank(&earlier), ["Banque du Rhône IBAN FR76 3000 6000 0112 3456 7890 189 BIC AGRIFRPP"]);
}

fn the_days_for_payment_decide_when_the_next_invoice_is_due(world: World) {
    let ada = world.ada();
    let due = || {
        let form = new_invoice(&ada, "Carol Meyer", "EUR").form_with_button("Save");
        let draft = form.fill("Issue date", "2001-03-01").submit().follow();
        let invoice = add_line(&draft, ["Design", "1", "1", "", "No tax"]).press("Issue invoice");
        invoice.texts(".paper-facts dd").remove(2)
    };
    assert_eq!(due(), "15 March 2001");
    // By hand: March has 31 days.
    for (days, day) in [("0", "1 March 2001"), ("45", "15 April 2001")] {
        set(&ada, "Days for payment", days);
        assert_eq!(due(), day);
    }
}

fn credit_notes_and_quotes_are_numbered_by_patterns_of_their_own(world: World) {
    let ada = world.ada();
    let invoice = issued(&ada, "Carol Meyer", "1");
    set(&ada, "Numbers of credit notes", "KOR/{number}");
    set(&ada, "Numbers of quotes", "OF-{number}");
    let note = invoice.press("Credit").form_with_button("Issue credit note").submit().follow();
    assert_eq!(number(&note), "KOR/0001");
    let numbers = [(); 2].map(|()| number(&quotes::sent(&ada, "Carol Meyer")));
    assert_eq!(numbers, ["OF-0001", "OF-0002"]);
    let next = number(&issued(&ada, "Carol Meyer", "1"));
    assert!(next.starts_with("INV-"), "{next}");
    let eves = number(&quotes::sent(&world.eve(), "Rita Santos"));
    assert!(eves.starts_with("Q-"), "{eves}");
}

fn a_new_document_begins_with_the_currency_that_is_set(world: World) {
    let ada = world.ada();
    let begun = |staff: &Person, list: &str, button: &str| {
        staff.visit(list).press(button).form_with_field("Client").value("Currency")
    };
    set(&ada, "Currency", "PLN");
    assert_eq!(begun(&ada, "/staff/invoices", "New invoice"), "PLN");
    assert_eq!(begun(&ada, "/staff/quotes", "New quote"), "PLN");
    assert_eq!(weekly(&ada, "Server care").value("Currency"), "PLN");
    assert_eq!(begun(&world.eve(), "/staff/invoices", "New invoice"), "EUR");
    let form = ada.visit("/staff/invoices").press("New invoice").form_with_field("Client");
    let draft = form.fill("Client", "Carol Meyer").submit().follow();
    add_line(&draft, ["Design", "1", "7", "", "No tax"]).assert_shows("PLN 7.00");
}

fn a_footer_stands_in_the_language_of_its_reader(world: World) {
    let ada = world.ada();
    set(&ada, "Footer in English", "Thanks & regards");
    set(&ada, "Footer in French", "À bientôt");
    let form = issued(&ada, "Carol Meyer", "1").press("Send").form_with_button("Send");
    let invoice = form.tick("Cyril Dubois cyril@acme.test").submit().follow();
    let at_clients = of_client(&invoice);
    let footer = |person: &Person, path: &str| person.visit(path).texts(".paper-footer");
    assert_eq!(footer(&ada, invoice.path()), ["Thanks & regards"]);
    assert_eq!(footer(&world.carol(), &at_clients), ["Thanks & regards"]);
    assert_eq!(footer(&world.cyril(), &at_clients), ["À bientôt"]);
    for other in [world.dora(), world.eve()] {
        other.get(&at_clients).assert_not_found();
    }
}

fn bad_settings_are_answered_at_their_field(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/settings/billing").form_with_button("Save").fill("Bank details", "Mine");
    for (field, typed, sentence) in [
        ("Numbers of invoices", "INV", "around one {number}"),
        ("Numbers of quotes", "{number}{number}", "around one {number}"),
        ("Days for payment", "soon", "from 0 to 366"),
        ("Tax number", "a\0", "control character"),
    ] {
        let answer = form.clone().fill(field, typed).submit();
        answer.assert_status(422);
        assert!(answer.field_error(field).contains(sentence), "{field} {typed:?}: {answer}");
        assert_eq!(answer.form_with_button("Save").value("Bank details"), "Mine");
    }
    assert!(form.smuggle("organization_id", "1").submit().status.is_client_error());
    let tax = ada.visit("/staff/settings/billing").form_with_button("Add tax rate");
    let tax = tax.fill("Name of the tax", "VAT 20 %").fill("Percent", "20");
    assert!(tax.submit().field_error("Name of the tax").contains("of this name"));
    let exempt = tax.fill("Name of the tax", "Other").fill("Reason for no tax", "Reverse charge").submit();
    assert!(exempt.field_error("Reason for no tax").contains("belongs to 0 percent"));
}

fn a_tax_rate_is_taken_off_the_list_and_stays_where_it_was_used(world: World) {
    let ada = world.ada();
    let draft = add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Book", "1", "100", "", "VAT 5.5 %"]);
    let settings = ada.visit("/staff/settings/billing").row("VAT 5.5 %").press("Remove");
    settings.assert_shows("taken off the list");
    assert_eq!(new_invoice(&ada, "Carol Meyer", "EUR").texts("#line-tax option").len(), 3);
    ada.visit(draft.path()).assert_shows("€105.50").press("Issue invoice").assert_shows("€105.50");
    settings.press("Undo").assert_ok().assert_shows("VAT 5.5 %");
}

fn members_do_not_change_settings(world: World) {
    let ben = world.ben();
    ben.get("/staff/settings/billing").assert_status(403);
    ben.post("/staff/settings/billing/taxes", &[("name", "x"), ("percent", "1"), ("exemption", "")])
        .assert_status(403);
    issued(&ben, "Carol Meyer", "1").assert_ok();
}

fn p27_without_keys_nothing_offers_to_pay_online(world: World) {
    let invoice = of_client(&sent(&world.ada(), "Carol Meyer", "12.00"));
    let page = world.carol().visit(&invoice);
    assert!(!page.texts("button").iter().any(|button| button.starts_with("Pay ")), "{page}");
    let refused = world.carol().post(&format!("{invoice}/payment"), &[]);
    refused.assert_status(409).assert_shows("Online payment is not set up.");
    world.stranger().post("/webhooks/stripe", &[]).assert_not_found();
    world.ada().visit("/staff/settings/payments").assert_shows("Online payment is not set up.");
    let form = world.ada().visit(&format!("/staff{invoice}/payments/new")).form_with_field("Amount");
    form.submit().follow().assert_shows("Paid");
}
