//! The legal and money settings.

use std::thread;

use super::{issued, number, of_client, sent};
use crate::{on_both, world::World};

on_both! {
    p27_without_keys_nothing_offers_to_pay_online,
    every_setting_is_there_again_as_it_was_typed,
    what_several_windows_save_at_once_is_saved,
    what_is_set_stands_on_the_next_invoice_and_not_on_earlier_ones,
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
    let draft = super::add_line(
        &super::new_invoice(&ada, "Carol Meyer", "EUR"),
        ["Book", "1", "100", "", "VAT 5.5 %"],
    );
    let settings = ada.visit("/staff/settings/billing").row("VAT 5.5 %").press("Remove");
    settings.assert_shows("taken off the list");
    assert_eq!(super::new_invoice(&ada, "Carol Meyer", "EUR").texts("#line-tax option").len(), 3);
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
