//! Statements: why somebody owes what they owe.

use super::{add_line, new_invoice, number, sent};
use crate::{
    on_both,
    world::{Page, World},
};

on_both! {
    a_statement_runs_from_year_to_year,
    p8_a_client_has_a_statement_of_what_they_see,
    a_company_is_all_its_people_together,
}

fn pay(invoice: &Page, amount: &str, words: &str) -> Page {
    let form = invoice.press("Record payment").form_with_button("Record payment");
    let page = form.fill("Amount", amount).fill("Remarks", words).submit().follow();
    page.assert_ok();
    page
}

/// A client who never had a bill, and the address of their page.
fn new_client(world: &World) -> String {
    let clients = world.ada().visit("/staff/clients");
    let form = clients.press("New client").form_with_field("Name");
    let page = form.fill("Name", "Mona Adler").fill("Email", "mona@globex.test").submit().follow();
    page.assert_ok();
    page.path().to_owned()
}

fn a_statement_runs_from_year_to_year(world: World) {
    let ada = world.ada();
    let client = new_client(&world);
    let page = format!("{client}/statement");
    ada.visit(&page).assert_ok().assert_shows("Nothing was invoiced or paid this year.");
    let first = sent(&ada, "Mona Adler", "1000");
    pay(&first, "400", "By wire");
    let statement = ada.visit(&page);
    assert_eq!(statement.texts("td:last-child"), ["€1,000.00", "€600.00"]);
    statement.assert_shows("By wire").assert_shows(&format!("Payment of {}", number(&first)));
    assert_eq!(statement.texts(".billing-total dd"), ["€600.00"]);
    assert_eq!(ada.visit(&statement.link(&format!("Invoice {}", number(&first)))).path(), first.path());

    // A currency of its own is an account of its own.
    let yen = add_line(&new_invoice(&ada, "Mona Adler", "JPY"), ["Design", "1", "7000", "", "No tax"]);
    yen.press("Issue invoice").assert_ok();
    assert_eq!(ada.visit(&page).texts(".billing-total dd"), ["€600.00", "¥7,000"]);

    let this_year = statement.texts("nav [aria-current]").into_iter().next_back().unwrap();
    world.clock().advance(366);
    let ada = world.sign_in("ada@studio.test");
    let later = ada.visit(&page);
    later.assert_shows("From the years before");
    assert_eq!(later.texts(".billing-total dd"), ["€600.00", "¥7,000"]);
    let before = ada.visit(&later.link(&this_year));
    before.assert_shows("By wire").assert_hides("From the years before");
    for nonsense in ["1999", "-1", "x", "99999999999"] {
        let page = ada.visit(&format!("{page}?year={nonsense}"));
        assert_eq!(page.texts(".billing-total dd"), later.texts(".billing-total dd"), "{nonsense}");
    }
}

fn p8_a_client_has_a_statement_of_what_they_see(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = sent(&ada, "Carol Meyer", "987.00");
    let link = carol.visit("/billing").link("Statement");
    let statement = carol.visit(&link);
    statement.assert_shows("€987.00").assert_shows(&number(&invoice));
    pay(&invoice, "87", "Between us");
    carol.visit(&link).assert_shows("€87.00").assert_hides("Between us");
    for other in [world.cyril(), world.dora()] {
        other.visit(&link).assert_hides(&number(&invoice)).assert_hides("€987");
    }
    world.eve().get(&link).assert_hides(&number(&invoice));
    let at_carols = world.ada().visit("/staff/clients").link("Carol Meyer") + "/statement";
    world.eve().get(&at_carols).assert_not_found();
    carol.get(&at_carols).assert_not_found();
    invoice.press("Revoke").assert_ok();
    carol.visit(&link).assert_hides(&number(&invoice));
}

fn a_company_is_all_its_people_together(world: World) {
    let ada = world.ada();
    let company = ada.visit("/staff/companies").link("Acme");
    let statement = ada.visit(&company).link("Statement");
    let cents = |amount: &str| amount.replace(['€', ',', '.'], "").parse::<i64>().unwrap();
    let owed = || cents(&ada.visit(&statement).texts(".billing-total dd").concat());
    let before = owed();
    let bills = [sent(&ada, "Carol Meyer", "11"), sent(&ada, "Cyril Dubois", "22")];
    let other = sent(&ada, "Dora Lindt", "33");
    assert_eq!(owed(), before + 1_100 + 2_200);
    let page = ada.visit(&statement);
    for bill in &bills {
        page.assert_shows(&number(bill));
    }
    let balances = page.texts("td:last-child");
    assert_eq!(cents(balances.last().unwrap()), owed());
    page.assert_hides(&number(&other));
    world.eve().get(&statement).assert_not_found();
}
