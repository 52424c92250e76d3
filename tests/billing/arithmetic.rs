//! What people type comes out as EN 16931 says.

use super::{add_line, add_tax, new_invoice, of_client};
use crate::{
    on_both,
    world::{Page, World},
};

on_both! {
    p21_sixteen_times_348_35_less_4_percent_at_22_percent_is_6527_81,
    p20_an_invoice_in_yen_has_no_decimals_and_one_in_dinar_has_three,
    p21_the_rows_of_each_rate_add_up_wherever_they_are_shown,
}

fn p21_sixteen_times_348_35_less_4_percent_at_22_percent_is_6527_81(world: World) {
    add_tax(&world, "VAT 22 %", "22");
    let draft = new_invoice(&world.ada(), "Carol Meyer", "EUR");
    let draft = add_line(&draft, ["Consulting", "16", "348.35", "4", "VAT 22 %"]);
    draft.assert_shows("€5,350.66").assert_shows("€1,177.15").assert_shows("€6,527.81");
    draft.press("Issue invoice").assert_ok().assert_shows("€6,527.81").assert_shows("€1,177.15");
}

fn p20_an_invoice_in_yen_has_no_decimals_and_one_in_dinar_has_three(world: World) {
    let ada = world.ada();
    let yen =
        add_line(&new_invoice(&ada, "Carol Meyer", "JPY"), ["Photographs", "3", "33.5", "", "VAT 20 %"]);
    // 100.5 is 101, and 20 % of it 20.2.
    yen.assert_shows("¥101").assert_shows("¥20").assert_shows("¥121");
    let dinar =
        add_line(&new_invoice(&ada, "Carol Meyer", "KWD"), ["Photographs", "1", "1.0005", "", "No tax"]);
    dinar.assert_shows("KWD 1.001");
    let wrong = dinar.form_with_button("Save").fill("Currency", "EUR").submit();
    wrong.assert_status(422);
    assert!(wrong.field_error("Currency").contains("Delete the lines first"));
}

/// In cents, without what stands around the figure.
fn cents(amount: &str) -> i64 {
    let sign = if amount.contains('-') { -1 } else { 1 };
    let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
    sign * digits.parse::<i64>().unwrap_or_else(|_| panic!("{amount:?}"))
}

/// The lines and what they come to, in a part of a page. Returns the total.
#[track_caller]
fn assert_adds_up(page: &Page, part: &str) -> i64 {
    let figures = |css: &str| -> Vec<i64> {
        page.texts(&format!("{part} {css}")).iter().map(|figure| cents(figure)).collect()
    };
    let (lines, sums) = (figures("td[data-label=Net]"), figures(".billing-totals dd"));
    let [net, taxes @ .., total] = sums.as_slice() else { panic!("no sums in {page}") };
    assert_eq!(lines.iter().sum::<i64>(), *net, "the lines of {page}");
    assert_eq!(net + taxes.iter().sum::<i64>(), *total, "the sums of {page}");
    // "VAT 20 %: 20 % on €5,350.66", perhaps with a reason behind it.
    let labels = page.texts(&format!("{part} .billing-totals dt"));
    let bases = labels
        .iter()
        .filter_map(|label| label.split_once(" on "))
        .map(|(_, base)| cents(base.split_once(' ').map_or(base, |(base, _)| base)));
    let bases: Vec<i64> = bases.collect();
    assert_eq!((bases.len(), bases.iter().sum()), (taxes.len(), *net), "{labels:?}");
    *total
}

fn p21_the_rows_of_each_rate_add_up_wherever_they_are_shown(world: World) {
    let ada = world.ada();
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    let draft = add_line(&draft, ["Consulting", "16", "348.35", "4", "VAT 20 %"]);
    let draft = add_line(&draft, ["Print", "3", "33.335", "", "VAT 5.5 %"]);
    let draft = add_line(&draft, ["Translation", "7", "12.345", "2.5", "Reverse charge"]);
    let draft = add_line(&draft, ["Travel", "1", "0.03", "", "VAT 20 %"]);
    // By hand: 5350.66 + 100.01 + 84.25 + 0.03; a fifth of 5350.69 is 1070.14, and 5.5 % of 100.01 is 5.50.
    assert_eq!(assert_adds_up(&draft, "#lines"), 661_059);
    let sent = draft.press("Issue invoice").press("Send").form_with_button("Send").submit().follow();
    assert_eq!(assert_adds_up(&sent, ".paper"), 661_059);
    assert_eq!(assert_adds_up(&world.carol().visit(&of_client(&sent)), ".paper"), 661_059);
    // Taken back in two parts: each adds up, and both together are what was invoiced.
    let credit = || ada.visit(sent.path()).press("Credit").form_with_button("Issue credit note");
    let first = credit().fill("Print", "1").fill("Travel", "").submit().follow();
    let rest = credit().submit().follow();
    assert_eq!([&first, &rest].map(|note| assert_adds_up(note, ".paper")).iter().sum::<i64>(), 661_059);
    ada.visit(sent.path()).assert_shows("Balance €0.00");
}
