//! Whom a message names, and what follows from it.

use super::{rest, shared_portal, theirs, with, write};
use crate::{on_both, world::World};

on_both! {
    whoever_is_named_gets_the_mail_without_having_written,
    p10_clients_name_those_of_the_staff_who_wrote_to_them_and_no_client,
    t10_a_mention_is_marked_and_everything_around_it_stays_text,
}

fn whoever_is_named_gets_the_mail_without_having_written(world: World) {
    let portal = shared_portal(&world);
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    let ben_is = ben.visit("/staff/account").form_with_field("Name").value("Name");
    world.mailbox().so_far_to("ben@studio.test");
    let page =
        write(&with(&ada, &portal, "Carol Meyer"), &format!("@{ben_is} knows more about the invoice."));
    assert_eq!(page.texts(".mention"), [format!("@{ben_is}")]);
    assert_eq!(carol.visit(&theirs(&portal)).texts(".mention"), [format!("@{ben_is}")]);
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("ben@studio.test", "Annual accounts");
    assert!(mail.text.contains("knows more about the invoice"), "{}", mail.text);
    // Once; and of what follows they are told like those who wrote.
    world.clock().advance_seconds(400);
    rest(&world);
    assert!(world.mailbox().so_far_to("ben@studio.test").is_empty());
    write(&carol.visit(&theirs(&portal)), "What do you know?");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("ben@studio.test", "Annual accounts");
    assert!(mail.text.contains("What do you know?") && !mail.text.contains("invoice"), "{}", mail.text);
}

fn p10_clients_name_those_of_the_staff_who_wrote_to_them_and_no_client(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let ben_is = world.ben().visit("/staff/account").form_with_field("Name").value("Name");
    world.mailbox().so_far_to("ben@studio.test");
    let words = format!("@{ben_is}, @Cyril Dubois and @Ada Berg: hello");
    assert_eq!(write(&carol.visit(&theirs(&portal)), &words).count(".mention"), 0);
    write(&with(&ada, &portal, "Carol Meyer"), "Good morning, @Cyril Dubois.");
    let page = write(&carol.visit(&theirs(&portal)), &words);
    assert_eq!(page.texts(".mention"), ["@Ada Berg"]);
    world.clock().advance_seconds(400);
    rest(&world);
    assert!(world.mailbox().so_far_to("ben@studio.test").is_empty());
    let to_cyril = world.mailbox().so_far_to("cyril@acme.test");
    assert!(to_cyril.iter().all(|mail| !mail.text.contains("hello")), "{to_cyril:?}");
}

fn t10_a_mention_is_marked_and_everything_around_it_stays_text(world: World) {
    let portal = shared_portal(&world);
    let hostile = "@Ada Berg<script>alert(1)</script> **@ada** `@Ada Berg` x@ada.test \u{fdd4}y";
    let page = write(&with(&world.ben(), &portal, "Carol Meyer"), hostile);
    assert_eq!(page.texts(".message .mention"), ["@Ada Berg", "@ada"]);
    assert_eq!(page.count(".message script"), 0);
    page.assert_shows("<script>alert(1)</script>");
}
