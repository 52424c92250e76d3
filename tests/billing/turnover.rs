//! Twelve months of business, above the list of invoices: as a drawing and as a table.

use super::{add_line, export, issued, new_invoice};
use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    a_month_shows_what_was_invoiced_less_credits_and_received_less_refunds,
    p20_other_currencies_have_a_table_of_their_own_and_no_bar,
    the_drawing_has_words_and_stands_where_the_list_begins,
}

/// Of the present month, in cents: what was invoiced, and what was received.
fn this_month(staff: &Person) -> [i64; 2] {
    let figures =
        staff.visit("/staff/invoices").texts("#turnover .table-scroll:first-of-type tbody tr:first-child td");
    [cents(&figures[0]), cents(&figures[1])]
}

fn cents(amount: &str) -> i64 {
    let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
    let minor: i64 = digits.parse().unwrap();
    if amount.starts_with(['-', '−']) { -minor } else { minor }
}

#[track_caller]
fn pay(invoice: &Page, what: &str, amount: &str) {
    let form = invoice.press(what).form_with_button(what).fill("Amount", amount);
    form.submit().follow().assert_ok();
}

fn a_month_shows_what_was_invoiced_less_credits_and_received_less_refunds(world: World) {
    let ada = world.ada();
    let before = this_month(&ada);
    let [kept, credited] = ["50", "113.94"].map(|price| issued(&ada, "Carol Meyer", price));
    credited.press("Credit").form_with_button("Issue credit note").submit().follow().assert_ok();
    pay(&kept, "Record payment", "12.34");
    pay(&ada.visit(kept.path()), "Record refund", "2.34");
    let after = this_month(&ada);
    assert_eq!([after[0] - before[0], after[1] - before[1]], [5_000, 1_000]);

    // All that the demo has is of the last twelve months.
    let all = export::rows(&ada, "documents.csv?from=1999-01-01&to=2199-12-31");
    let gross: i64 = all.iter().filter(|row| row["currency"] == "EUR").map(|row| cents(&row["gross"])).sum();
    let received = export::rows(&ada, "payments.csv?from=1999-01-01&to=2199-12-31");
    let received: i64 = received.iter().map(|row| cents(&row["amount"])).sum();
    let sums: Vec<i64> =
        ada.visit("/staff/invoices").texts(".turnover-sums dd").iter().map(|sum| cents(sum)).collect();
    assert_eq!(sums, [gross, received]);
}

fn p20_other_currencies_have_a_table_of_their_own_and_no_bar(world: World) {
    let ada = world.ada();
    let before = this_month(&ada);
    let draft = new_invoice(&ada, "Dora Lindt", "USD");
    add_line(&draft, ["Design", "1", "4711", "", "No tax"]).press("Issue invoice").assert_ok();
    let page = ada.visit("/staff/invoices");
    assert_eq!(this_month(&ada), before);
    assert_eq!(page.texts("#turnover h3"), ["In EUR", "In USD"]);
    let dollars = page.texts("#turnover .table-scroll:last-of-type tbody tr:first-child td");
    assert_eq!(cents(&dollars[0]), 471_100, "{dollars:?}");
    assert_eq!(page.count("#turnover svg"), 1);
    world.eve().visit("/staff/invoices").assert_hides("4,711");
}

fn the_drawing_has_words_and_stands_where_the_list_begins(world: World) {
    let ada = world.ada();
    let page = ada.visit("/staff/invoices");
    assert_eq!(page.attributes("#turnover svg", "role"), ["img"]);
    let sums = page.texts(".turnover-sums dd");
    let about = page.texts("#turnover desc").concat();
    assert!(sums.iter().all(|sum| about.contains(sum.as_str())), "{about}");
    assert_eq!(page.count("#turnover rect"), 24);
    assert_eq!(page.count("#turnover tbody tr"), 12);
    assert_eq!(page.count("[style]"), 0, "the policy of the page forbids it");
    for elsewhere in ["which=due", "page=2"] {
        assert_eq!(ada.visit(&format!("/staff/invoices?{elsewhere}")).count("#turnover"), 0);
    }
    assert_eq!(ada.partial_get("/staff/invoices").count("#turnover"), 0);
}
