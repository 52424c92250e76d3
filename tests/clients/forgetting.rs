//! Erasing one person meets what others do meanwhile, and touches nobody else.

use crate::{
    on_both,
    world::{Line, Person, World},
};

on_both! {
    what_arrives_after_its_sender_was_erased_is_written_nowhere,
}

fn erase(staff: &Person, name: &str) {
    let dialog = staff.visit("/staff/clients").press(name).press("Erase for good");
    let form = dialog.form_with_button("Erase").fill("Name of the client", name).tick("Delete them");
    form.submit().follow().assert_ok().assert_hides(name);
}

fn what_arrives_after_its_sender_was_erased_is_written_nowhere(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let form = Line::form(&carol, "/account", "name=Wilhelmina+Wombat&language=en");
    let (begin, rest) = form.split_at(form.len() - 5);
    let mut line = Line::open(&carol);
    line.send(begin).unwrap();
    carol.visit("/account").assert_ok();
    erase(&ada, "Carol Meyer");
    line.send(rest).unwrap();
    line.hear().unwrap();
    let rest = world.database().at_rest(&[]);
    assert!(!rest.holds("Wombat"), "an erased person has a name again");
}
