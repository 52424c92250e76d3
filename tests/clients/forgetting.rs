//! Erasing one person meets what others do meanwhile, and touches nobody else.

use serde_json::Value;

use super::add;
use crate::{
    archives::unpacked,
    on_both,
    seeing::see_as,
    world::{Line, Person, World},
};

on_both! {
    what_arrives_after_its_sender_was_erased_is_written_nowhere,
    what_staff_did_about_somebody_is_not_theirs_to_take_home,
    an_address_within_a_longer_one_is_nobody_elses_to_forget,
    somebody_who_was_deleted_can_still_be_taken_home_and_erased,
    t18_only_an_erasure_lets_words_and_addresses_of_the_audit_log_go,
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

fn what_staff_did_about_somebody_is_not_theirs_to_take_home(world: World) {
    let (ada, carol) = (world.sign_in("ada@studio.test"), world.carol());
    let account = carol.visit("/account").form_with_field("Name");
    account.fill("Name", "Carol Heron").submit().follow().assert_ok();
    see_as(&ada, "Carol Heron");
    let staff = world.ada();
    let address = staff.visit("/staff/clients").press("Carol Heron").path().to_owned();
    let files = unpacked(staff.get(&format!("{address}/person.zip")).assert_ok());
    let activity: Value = serde_json::from_slice(&files["activity.json"]).unwrap();
    let kinds: Vec<&str> =
        activity["events"].as_array().unwrap().iter().filter_map(|row| row["kind"].as_str()).collect();
    assert!(kinds.contains(&"person.changed"), "{kinds:?}");
    let of_staff = ["person.seeing-begun", "person.added", "portal.granted", "person.exported"];
    assert!(!kinds.iter().any(|kind| of_staff.contains(kind)), "{kinds:?}");
}

fn an_address_within_a_longer_one_is_nobody_elses_to_forget(world: World) {
    let ada = world.ada();
    add(&ada, "Bo Numbat", "bo@numbat.test", "").follow().assert_ok();
    for address in ["bo@numbat.test", "jimbo@numbat.test"] {
        let refused = format!(
            "INSERT INTO events (organization_id, kind, at, data) SELECT id, 'message.mail-refused', 1,
             '{{\"answer\":\"550 <{address}>: unknown\"}}' FROM organizations WHERE slug = 'studio'"
        );
        assert_eq!(world.database().execute(&refused), Ok(1));
    }
    erase(&ada, "Bo Numbat");
    let rest = world.database().at_rest(&["jobs.*"]);
    assert!(rest.holds("<jimbo@numbat.test>") && !rest.holds("<bo@numbat.test>"));
}

fn t18_only_an_erasure_lets_words_and_addresses_of_the_audit_log_go(world: World) {
    let (ada, database) = (world.ada(), world.database());
    let refused = "INSERT INTO events (organization_id, kind, at, data) SELECT id, 'message.mail-refused', 1,
         '{\"answer\":\"550 unknown\"}' FROM organizations WHERE slug = 'studio'";
    assert_eq!(database.execute(refused), Ok(1));
    let clear = "UPDATE events SET data = 'null' WHERE kind = 'message.mail-refused'";
    assert!(database.execute(clear).expect_err("nobody was erased").contains("what happened stays"));
    let addresses = |whose: &str| {
        let statement = format!(
            "SELECT e.address AS row FROM events e JOIN people p ON p.id = COALESCE(e.actor_id, e.person_id)
             WHERE e.address IS NOT NULL AND {whose}"
        );
        database.texts(&statement, &statement).len()
    };
    world.carol().visit("/account").assert_ok();
    assert!(addresses("p.name = 'Carol Meyer'") > 0);
    erase(&ada, "Carol Meyer");
    assert_eq!(addresses("p.email LIKE '%@erased.invalid'"), 0);
    assert!(addresses("p.name = 'Ada Berg'") > 0);
    assert_eq!(database.execute(clear), Ok(1));
    let others = "UPDATE events SET address = NULL WHERE address IS NOT NULL";
    assert!(database.execute(others).expect_err("of others").contains("what happened stays"));
}

fn somebody_who_was_deleted_can_still_be_taken_home_and_erased(world: World) {
    let ada = world.ada();
    let page = add(&ada, "Petra Potoroo", "petra@potoroo.test", "").follow();
    let address = page.path().to_owned();
    page.press("Delete").assert_ok().assert_shows("was deleted");
    ada.get(&address).assert_not_found();
    let files = unpacked(ada.get(&format!("{address}/person.zip")).assert_ok());
    let person: Value = serde_json::from_slice(&files["person.json"]).unwrap();
    assert_eq!(person["people"][0]["name"], "Petra Potoroo");
    let dialog = ada.visit(&format!("{address}/erasure"));
    assert!(dialog.attributes("a.button", "href").iter().all(|href| *href != address));
    let form = dialog.form_with_button("Erase").fill("Name of the client", "Petra Potoroo");
    let form = form.tick("Delete them");
    for foreigner in [&world.eve(), &world.ben(), &world.cyril()] {
        assert!(form.clone().by(foreigner).submit().status.is_client_error());
    }
    form.submit().follow().assert_ok();
    form.submit().assert_not_found();
    for below in ["erasure", "person.zip"] {
        ada.get(&format!("{address}/{below}")).assert_not_found();
    }
    assert!(!world.database().at_rest(&["jobs.*"]).holds("potoroo"));
}
