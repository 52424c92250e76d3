//! What people type comes out as EN 16931 says.

use super::{add_line, add_tax, new_invoice};
use crate::{on_both, world::World};

on_both! {
    p21_sixteen_times_348_35_less_4_percent_at_22_percent_is_6527_81,
    p20_an_invoice_in_yen_has_no_decimals_and_one_in_dinar_has_three,
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
