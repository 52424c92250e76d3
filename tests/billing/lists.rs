//! The list of invoices, and what it is narrowed to.

use std::collections::BTreeSet;

use super::{add_line, issued, new_invoice, number, sent};
use crate::{
    on_both,
    world::{Page, Person, World, until},
};

on_both! {
    what_is_paid_is_a_list_of_its_own,
    a_list_is_of_one_client_and_its_tabs_too,
    the_box_above_the_list_leads_to_the_search_page,
    what_is_due_first_stands_first_before_a_client_with_why_so_much_is_left,
    the_home_of_staff_shows_the_eight_invoices_that_are_due_first_until_nothing_is_left,
    p20_what_is_due_in_all_is_said_of_each_currency_by_itself,
}

/// The numbers of what is listed; a draft has none.
fn listed(staff: &Person, query: &str) -> BTreeSet<String> {
    let names = staff.visit(&format!("/staff/invoices{query}")).texts("#invoices a.row-name");
    names.iter().map(|name| name.rsplit(' ').next().unwrap().to_owned()).collect()
}

#[track_caller]
fn paid(invoice: &Page, amount: &str) {
    let form = invoice.press("Record payment").form_with_button("Record payment").fill("Amount", amount);
    form.submit().follow().assert_ok();
}

fn what_is_paid_is_a_list_of_its_own(world: World) {
    let ada = world.ada();
    let [whole, twice, half, open, credited, rest] = [(); 6].map(|()| issued(&ada, "Carol Meyer", "100"));
    paid(&whole, "100");
    paid(&twice, "200");
    paid(&half, "50");
    credited.press("Credit").form_with_button("Issue credit note").submit().follow().assert_ok();
    // The half that was not credited was paid.
    let form = rest.press("Credit").form_with_button("Issue credit note").fill("Design", "0.5");
    form.submit().follow().assert_ok();
    paid(&ada.visit(rest.path()), "50");

    let of =
        |invoices: &[&Page]| -> BTreeSet<String> { invoices.iter().map(|invoice| number(invoice)).collect() };
    let own = of(&[&whole, &twice, &half, &open, &credited, &rest]);
    let among =
        |query: &str| -> BTreeSet<String> { listed(&ada, query).intersection(&own).cloned().collect() };
    assert_eq!(among("?which=paid"), of(&[&whole, &twice, &rest]));
    assert_eq!(among("?which=due"), of(&[&half, &open]));
    assert_eq!(among(""), own);
    assert_eq!(among("?which=drafts"), BTreeSet::new());
    ada.visit("/staff/invoices").press("Paid").assert_shows(&number(&whole)).assert_hides(&number(&open));
}

fn a_list_is_of_one_client_and_its_tabs_too(world: World) {
    let ada = world.ada();
    let (carols, doras) = (sent(&ada, "Carol Meyer", "5"), sent(&ada, "Dora Lindt", "6"));
    new_invoice(&ada, "Dora Lindt", "EUR");
    let narrow = ada.visit("/staff/invoices").form_with_field("Client");
    assert_eq!(narrow.value("Client"), "");
    let of_dora = narrow.fill("Client", "Dora Lindt").submit();
    of_dora.assert_ok().assert_shows(&number(&doras)).assert_hides(&number(&carols));
    assert_eq!(of_dora.count("#turnover"), 0, "the months are of everybody");
    let due = of_dora.press("Due");
    due.assert_shows(&number(&doras)).assert_hides(&number(&carols)).assert_hides("Draft invoice");
    let drafts = due.press("Drafts");
    drafts.assert_shows("Draft invoice").assert_hides(&number(&doras));
    // What the list fetches again when something happens is as narrow.
    let again = due.attributes("#invoices", "data-live-href").remove(0);
    ada.partial_get(&again).assert_shows(&number(&doras)).assert_hides(&number(&carols));

    ada.visit("/staff/invoices?client=nobody").assert_shows(&number(&carols));
    let id = narrow_value(&of_dora);
    world
        .eve()
        .visit(&format!("/staff/invoices?client={id}"))
        .assert_shows("There is none of these.")
        .assert_hides("Dora");
}

fn what_is_due_first_stands_first_before_a_client_with_why_so_much_is_left(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let due = |day: &str, price: &str| {
        let form = new_invoice(&ada, "Carol Meyer", "EUR").form_with_button("Save");
        let draft = form.fill("Issue date", "2001-01-01").fill("Due date", day).submit().follow();
        let invoice = add_line(&draft, ["Design", "1", price, "", "No tax"]).press("Issue invoice");
        invoice.press("Send").form_with_button("Send").submit().follow()
    };
    let (later, first, between) =
        (due("2001-03-01", "300"), due("2001-01-02", "100"), due("2001-02-01", "200"));
    let settled = due("2001-01-01", "50");
    paid(&settled, "50");
    paid(&between, "60");
    let form = ada.visit(between.path()).press("Credit").form_with_button("Issue credit note");
    form.fill("Design", "0.25").submit().follow().assert_ok();

    for address in ["/billing", "/"] {
        let page = carol.visit(address);
        let names = page.texts("main .row-name");
        let place = |invoice: &Page| {
            let number = number(invoice);
            names
                .iter()
                .position(|name| name.ends_with(&number))
                .unwrap_or_else(|| panic!("{number}: {names:?}"))
        };
        let order = [&first, &between, &later].map(place);
        assert!(order.is_sorted() && order[2] - order[0] == 2, "{order:?}: {names:?}");
        let row = page.row(&number(&between));
        // P24: what is left, and why.
        row.assert_shows("€200.00 invoiced · €50.00 credited · €60.00 paid").assert_shows("€90.00");
        page.row(&number(&later)).assert_hides("invoiced").assert_shows("€300.00");
    }
    let due_list = carol.visit("/billing").texts("main section").remove(0);
    assert!(!due_list.contains(&number(&settled)), "{due_list}");
    carol.visit("/billing").assert_shows(&number(&settled));
    // Staff read the same of it.
    for address in ["/staff/invoices?which=due", "/staff/invoices?which=overdue"] {
        let row = ada.visit(address).row(&number(&between));
        row.assert_shows("€90.00 of €200.00")
            .assert_shows("€200.00 invoiced · €50.00 credited · €60.00 paid");
    }
}

fn the_home_of_staff_shows_the_eight_invoices_that_are_due_first_until_nothing_is_left(world: World) {
    let ada = world.ada();
    let drafted = |day: u32| {
        let form = new_invoice(&ada, "Carol Meyer", "EUR").form_with_button("Save");
        let form = form.fill("Issue date", "2001-01-01").fill("Due date", &format!("2001-02-0{day}"));
        add_line(&form.submit().follow(), ["Design", "1", "100", "", "No tax"])
    };
    let draft = drafted(1);
    // The latest is issued first, and all of them are due before what is in the demo.
    let mut invoices: Vec<Page> = (1..=9).rev().map(|day| drafted(day).press("Issue invoice")).collect();
    invoices.reverse();
    let by_due_day: Vec<String> = invoices.iter().map(number).collect();
    let section = |staff: &Person| staff.visit("/staff").row("Money due");
    let at_home = |staff: &Person| -> Vec<String> {
        let names = section(staff).texts("a.row-name");
        names.iter().map(|name| name.rsplit(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(at_home(&ada), by_due_day[..8]);
    assert_eq!(at_home(&world.ben()), by_due_day[..8]);
    section(&ada).assert_hides(draft.path()).press("All that is due").assert_shows(&by_due_day[8]);

    paid(&invoices[0], "100");
    assert_eq!(at_home(&ada), by_due_day[1..]);
    invoices[1].press("Credit").form_with_button("Issue credit note").submit().follow().assert_ok();
    paid(&invoices[2], "40");
    assert_eq!(at_home(&ada)[..7], by_due_day[2..]);
    // P24, here too: what is left, and why.
    let row = section(&ada).row(&by_due_day[2]);
    row.assert_shows("€60.00 of €100.00").assert_shows("€100.00 invoiced · €40.00 paid");

    let eves = world.eve().visit("/staff");
    eves.assert_shows("Money due");
    for invoice in &invoices {
        eves.assert_hides(invoice.path()).assert_hides(&number(invoice));
    }
}

fn p20_what_is_due_in_all_is_said_of_each_currency_by_itself(world: World) {
    let ada = world.ada();
    let due = |currency: &str, price: &str| {
        let draft =
            add_line(&new_invoice(&ada, "Carol Meyer", currency), ["Design", "1", price, "", "No tax"]);
        draft.press("Issue invoice")
    };
    // No document of the demo is in yen or pounds.
    let yen = due("JPY", "5000");
    due("JPY", "300");
    let pounds = due("GBP", "20");
    paid(&yen, "1000");
    let amounts = |staff: &Person| -> Vec<String> {
        let in_all = staff.visit("/staff").row("Money due").texts("p.billing-quiet").remove(0);
        in_all.strip_suffix(" in all").unwrap().split(" · ").map(str::to_owned).collect()
    };
    let before = amounts(&ada);
    assert!(before.contains(&"¥4,300".to_owned()) && before.contains(&"£20.00".to_owned()), "{before:?}");
    // What is settled, or credited as a whole, is in no sum.
    paid(&pounds, "20");
    yen.press("Credit").form_with_button("Issue credit note").submit().follow().assert_ok();
    let after = amounts(&ada);
    assert_eq!(before.len(), after.len() + 1);
    assert!(
        after.contains(&"¥300".to_owned()) && after.iter().all(|amount| !amount.contains('£')),
        "{after:?}"
    );
    let eves = world.eve().visit("/staff");
    eves.row("Money due").assert_hides("¥").assert_hides("£");
}

/// The id of the client to whom a page is narrowed.
fn narrow_value(page: &Page) -> String {
    page.attributes("select[name=client] option[selected]", "value").remove(0)
}

fn the_box_above_the_list_leads_to_the_search_page(world: World) {
    let ada = world.ada();
    let invoice = issued(&ada, "Carol Meyer", "5");
    let search = || {
        ada.visit("/staff/invoices")
            .form_with_field("Search invoices")
            .fill("Search invoices", &number(&invoice))
            .submit()
    };
    until(|| search().attributes("a.search-hit", "href").iter().any(|hit| hit.starts_with(invoice.path())));
    let found = search();
    assert_eq!(found.path(), "/staff/search");
    // Of invoices alone, and under their own word.
    assert_eq!(found.texts("#results .search-group h2"), ["Invoices"], "{found}");
}
