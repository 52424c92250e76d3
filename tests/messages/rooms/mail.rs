//! What is written in a room, by mail.

use super::{BEN, CAROL, CYRIL, room_of, take_out, theirs};
use crate::{
    messages::{
        by_mail::{answer, opened, with_inbound},
        rest, write,
    },
    on_both,
    world::World,
};

on_both! {
    what_is_unread_in_it_becomes_one_mail_that_can_be_left_out,
    only_who_is_in_it_is_named_and_mailed_of_it,
    an_answer_by_mail_comes_into_the_room_while_its_sender_is_in_it,
}

fn what_is_unread_in_it_becomes_one_mail_that_can_be_left_out(world: World) {
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    let room = room_of(&ada, &[CAROL, CYRIL, BEN]);
    write(&room, "The first thing.");
    world.clock().advance_seconds(60);
    write(&room, "The second thing.");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("carol@acme.test", "about “Quiet corner”");
    assert!(mail.text.contains("first") && mail.text.contains("second"), "{}", mail.text);
    assert!(mail.link("Read and answer").ends_with(&format!("{}#latest", theirs(&room))));
    world.mailbox().next_about("cyril@acme.test", "Quiet corner");
    // Staff who wrote nothing there and are not named are left alone.
    world.clock().advance_seconds(400);
    rest(&world);
    for (email, times) in [("ben@studio.test", 0), ("carol@acme.test", 0)] {
        let mails = world.mailbox().so_far_to(email);
        assert_eq!(
            mails.iter().filter(|mail| mail.subject.contains("Quiet corner")).count(),
            times,
            "{email}"
        );
    }
    // Whoever has read is not mailed.
    write(&ben.visit(room.path()), "The third thing.");
    carol.visit(&theirs(&room)).form_with_button("Mark as read").submit().follow().assert_ok();
    world.clock().advance_seconds(300);
    world.mailbox().next_about("ada@studio.test", "Quiet corner");
    rest(&world);
    let mails = world.mailbox().so_far_to("carol@acme.test");
    assert!(mails.iter().all(|mail| !mail.text.contains("third")), "{mails:?}");
}

fn only_who_is_in_it_is_named_and_mailed_of_it(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    let room = room_of(&ada, &[CYRIL, CAROL]);
    write(&room, "@Cyril, and @Ben, who is not here: look.");
    let page = cyril.visit(&theirs(&room));
    assert_eq!(page.texts(".mention"), ["@Cyril"]);
    world.clock().advance_seconds(300);
    world.mailbox().next_about("cyril@acme.test", "Quiet corner");
    rest(&world);
    let mails = world.mailbox().so_far_to("ben@studio.test");
    assert!(mails.iter().all(|mail| !mail.subject.contains("Quiet corner")), "{mails:?}");
}

fn an_answer_by_mail_comes_into_the_room_while_its_sender_is_in_it(mut world: World) {
    with_inbound(&mut world);
    let ada = world.ada();
    let room = room_of(&ada, &[CAROL, CYRIL]);
    write(&room, "When do the shops open?");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("carol@acme.test", "Quiet corner");
    // To all of them, whoever wrote.
    assert!(mail.text.contains("added to “Quiet corner”, and everybody there reads it."), "{}", mail.text);
    let of_cyril = world.mailbox().next_about("cyril@acme.test", "Quiet corner");
    assert_ne!(mail.reply_to, of_cyril.reply_to);
    let raw = answer("carol@acme.test", &mail.reply_to, "1", "Nine, not ten.");
    assert!(opened(&world, &raw).contains("was added"));
    assert!(opened(&world, &raw).contains("there already"));
    let foreign = answer("dora@globex.test", &mail.reply_to, "2", "Never");
    assert!(opened(&world, &foreign).contains("refused"));
    ada.visit(room.path()).assert_shows("Nine, not ten.").assert_hides("Never");
    take_out(&ada, &room, "carol@acme.test");
    let late = answer("carol@acme.test", &mail.reply_to, "3", "Too late");
    assert!(opened(&world, &late).contains("refused"));
    ada.visit(room.path()).assert_hides("Too late");
}
