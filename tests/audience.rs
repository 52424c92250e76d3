//! P15: who can see a thing, and why, as staff are told; and that it is what the people themselves find.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    billing::issued,
    on_both,
    steps::{new_portal, note_form, share},
    world::{Page, Person, World},
};

on_both! {
    p15_a_portal_is_seen_by_whom_it_was_shared_with_until_it_is_taken_back,
    p15_what_lies_deep_in_a_portal_is_seen_with_it_until_it_is_deleted,
    p15_what_a_client_sent_is_seen_by_them_alone,
    p15_a_draft_is_nobodys_and_an_invoice_is_seen_by_its_reader_until_it_is_taken_back,
    p15_a_companys_invoice_is_seen_by_colleagues_while_it_is_open_to_them,
    p15_a_subscription_is_seen_while_it_runs,
    p15_the_export_equals_what_a_crawl_finds,
    p15_the_export_tells_of_those_who_are_awaited_and_of_the_team,
    p11_who_sees_what_is_told_to_staff_of_the_same_organization,
}

const HERE: &str = "/staff/settings/audience";

const SEEING: &str = "Clients who see it";
const AWAITED: &str = "Will see it once they have set up an account";
const TEAM: &str = "Your team sees everything";
const SHUT: &str = "Do not see it";

/// What stands under a heading of the answer; nothing where there is none.
fn told(answer: &Page, heading: &str) -> String {
    let groups = answer.assert_ok().texts(".audience-group");
    groups.into_iter().find(|group| group.starts_with(heading)).unwrap_or_default()
}

/// By the quiet link on a page, or in the menu of a row.
fn ask(page: &Page) -> Page {
    page.press("Who can see this?")
}

/// The same question once more.
fn again(answer: &Page, person: &Person) -> Page {
    person.visit(answer.path())
}

fn website(world: &World) -> Page {
    world.ada().visit("/staff/portals").press("Acme website relaunch")
}

fn acme(world: &World) -> Page {
    let ada = world.ada();
    ada.visit(&ada.visit("/staff/companies").link("Acme"))
}

#[track_caller]
fn assert_told(group: &str, words: &[&str]) {
    assert!(words.iter().all(|words| group.contains(words)), "{words:?} in {group:?}");
}

fn p15_a_portal_is_seen_by_whom_it_was_shared_with_until_it_is_taken_back(world: World) {
    let (ada, ben) = (world.ada(), world.ben());
    let portal = new_portal(&ada, "Autumn campaign");
    let before = ask(&ben.visit(portal.path()));
    before.assert_shows("Who can see “Autumn campaign”, and why?").assert_shows("No client sees it.");
    assert_eq!(told(&before, SEEING), "");
    assert_told(&told(&before, TEAM), &["Ada Berg", "Staff: Owner", "Ben Okafor", "Staff: Member"]);

    share(&portal, "carol@acme.test, zoe@acme.test");
    let shared = ben.visit(portal.path()).press("Who can see this, and why?");
    assert_eq!(shared.path(), before.path());
    assert_told(&told(&shared, SEEING), &["Carol Meyer carol@acme.test Shared with them by Ada Berg on"]);
    assert_told(&told(&shared, AWAITED), &["zoe@acme.test"]);
    assert!(!told(&shared, SEEING).contains("zoe"));
    shared.assert_hides("Cyril").assert_hides("Dora");

    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    let after = again(&shared, &ben);
    assert_eq!(told(&after, SEEING), "");
    assert_told(&told(&after, SHUT), &["Carol Meyer", "Access was revoked on"]);
    assert!(!told(&after, SHUT).contains("zoe"));

    ada.post(&format!("{}/deletion", portal.path()), &[]);
    let deleted = again(&shared, &ben);
    deleted.assert_shows("Nobody but your team: it was deleted on");
    assert_eq!((told(&deleted, SEEING), told(&deleted, AWAITED)), (String::new(), String::new()));
}

fn p15_what_lies_deep_in_a_portal_is_seen_with_it_until_it_is_deleted(world: World) {
    let ada = world.ada();
    let round = website(&world).press("Designs").press("Round 1");
    let answer = ask(&round.row("Feedback on round 1"));
    answer.assert_shows("Who can see “Feedback on round 1”, and why?");
    assert_told(&told(&answer, SEEING), &["Carol Meyer", "Shared with them by Ada Berg on"]);
    assert_told(&told(&answer, AWAITED), &["ines@acme.test", "paul@globex.test"]);
    assert_eq!(told(&answer, SHUT), "");
    answer.assert_hides("Cyril").assert_hides("Dora");
    // Of the note's own page, and of the folders above.
    assert_eq!(ask(&ada.visit(&round.link("Feedback on round 1"))).path(), answer.path());
    assert_told(&told(&ask(&website(&world).row("Actions for Designs")), SEEING), &["Carol Meyer"]);

    let item = answer.path().rsplit('/').next().unwrap();
    ada.post(&format!("/staff/items/{item}/deletion"), &[]);
    let deleted = again(&answer, &ada);
    deleted.assert_shows("Nobody but your team: it was deleted on").assert_hides("carol@acme.test");
    ada.post(&format!("/staff/items/{item}/restoration"), &[]);
    assert_told(&told(&again(&answer, &ada), SEEING), &["Carol Meyer"]);
    let portal = website(&world);
    ada.post(&format!("{}/deletion", portal.path()), &[]);
    again(&answer, &ada).assert_shows("its portal was deleted on").assert_hides("carol@acme.test");
}

fn p15_what_a_client_sent_is_seen_by_them_alone(world: World) {
    let ada = world.ada();
    share(&website(&world), "dora@globex.test");
    let file = website(&world).press("From clients").press("Prices.csv");
    let answer = ask(&file);
    assert_told(&told(&answer, SEEING), &["Carol Meyer"]);
    assert_told(&told(&answer, SHUT), &["Dora Lindt", "Carol Meyer sent it, and it is shown to nobody else"]);
    assert!(!told(&answer, SEEING).contains("Dora") && !told(&answer, AWAITED).contains("ines"));
    file.press("Show to everyone here").assert_ok();
    let shown = again(&answer, &ada);
    assert_told(&told(&shown, SEEING), &["Carol Meyer", "Dora Lindt"]);
    assert_eq!(told(&shown, SHUT), "");
}

fn p15_a_draft_is_nobodys_and_an_invoice_is_seen_by_its_reader_until_it_is_taken_back(world: World) {
    let ada = world.ada();
    let draft = ask(&ada.visit("/staff/invoices?which=drafts").press("Draft invoice"));
    draft.assert_shows("Nobody but your team: it is a draft.").assert_hides("carol@acme.test");
    let unsent = issued(&ada, "Carol Meyer", "10");
    let answer = ask(&unsent);
    answer.assert_shows("No client sees it.").assert_hides("carol@acme.test");

    let sent = unsent.press("Send").form_with_button("Send").submit().follow();
    let sent_to = again(&answer, &ada);
    assert_told(&told(&sent_to, SEEING), &["Carol Meyer", "Addressed to them: sent by Ada Berg on"]);
    sent_to.assert_hides("Cyril").assert_hides("Dora");
    sent.press("Revoke").assert_ok();
    let taken = again(&answer, &ada);
    assert_eq!(told(&taken, SEEING), "");
    assert_told(&told(&taken, SHUT), &["Carol Meyer", "Taken back from them on"]);
}

fn p15_a_companys_invoice_is_seen_by_colleagues_while_it_is_open_to_them(world: World) {
    let ada = world.ada();
    let invoice = issued(&ada, "Carol Meyer", "10").press("Send").form_with_button("Send").submit().follow();
    let answer = ask(&invoice);
    answer.assert_hides("Cyril");
    acme(&world).press("Let colleagues see it").assert_ok();
    let opened = told(&again(&answer, &ada), SEEING);
    assert_told(&opened, &["Carol Meyer", "Addressed to them"]);
    assert_told(
        &opened,
        &["Cyril Dubois", "A colleague of Carol Meyer at Acme, whose billing is open to colleagues"],
    );
    assert!(!opened.contains("Dora"));
    acme(&world).press("Only recipients").assert_ok();
    again(&answer, &ada).assert_hides("Cyril").assert_shows("carol@acme.test");
}

fn p15_a_subscription_is_seen_while_it_runs(world: World) {
    let ada = world.ada();
    let running = ada.visit("/staff/subscriptions").press("Website care");
    let answer = ask(&running);
    answer.assert_shows("Who can see “Website care”, and why?");
    assert_told(&told(&answer, SEEING), &["Carol Meyer", "Addressed to them: sent by Ada Berg on"]);
    running.press("Pause").assert_ok();
    let paused = again(&answer, &ada);
    paused.assert_shows("clients see a subscription only while it runs");
    assert_eq!(told(&paused, SEEING), "");
    let draft = ask(&ada.visit("/staff/subscriptions").press("Brand hotline"));
    draft.assert_shows("clients see a subscription only while it runs").assert_hides("dora@globex.test");
}

fn rows(person: &Person) -> Vec<BTreeMap<String, String>> {
    let file = person.get(&format!("{HERE}.csv"));
    file.assert_ok();
    csv::Reader::from_reader(file.source().as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// What a thing is, and its id.
type Thing = (&'static str, String);

/// What the file says of somebody.
fn exported(rows: &[BTreeMap<String, String>], email: &str) -> BTreeSet<Thing> {
    let noun = |kind: &str| match kind {
        "portal" => "portal",
        "folder" | "note" | "link" | "embed" | "file" => "item",
        "quote" | "invoice" | "credit-note" | "subscription" => "document",
        "announcement" => "announcement",
        other => panic!("a row about {other:?}"),
    };
    let theirs = rows.iter().filter(|row| row["email"] == email && row["sees"] == "now");
    theirs.map(|row| (noun(&row["kind"]), row["id"].clone())).collect()
}

/// What somebody meets who follows the links to portals, to all that lies in them, to billing and to what is announced.
fn crawled(person: &Person) -> BTreeSet<Thing> {
    let mut found = BTreeSet::new();
    let mut met = BTreeSet::new();
    let mut ahead = vec!["/".to_owned(), "/billing".to_owned(), "/announcements".to_owned()];
    while let Some(address) = ahead.pop() {
        if !met.insert(address.clone()) {
            continue;
        }
        let page = person.get(&address);
        page.assert_ok();
        found.extend(thing_at(page.path()));
        // A link leads out, and a subscription has no page; what is pinned stands above the others.
        for (noun, kind) in [("item", "item"), ("item", "note"), ("document", "subscription")] {
            let ids = page.attributes(&format!("li[id^='{kind}-'], article[id^='{kind}-']"), "id");
            found.extend(ids.iter().map(|id| (noun, id.rsplit('-').next().unwrap().to_owned())));
        }
        ahead.extend(page.attributes("a[href]", "href").into_iter().filter(|href| leads_on(href)));
    }
    found
}

fn thing_at(path: &str) -> Option<Thing> {
    let noun = match path.split('/').collect::<Vec<_>>()[..] {
        ["", "portals", _] => "portal",
        ["", "notes" | "embeds" | "files", _] => "item",
        ["", "invoices" | "quotes", _] => "document",
        ["", "announcements", _] => "announcement",
        _ => return None,
    };
    Some((noun, path.rsplit('/').next().unwrap().to_owned()))
}

fn leads_on(href: &str) -> bool {
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    match query {
        "" => thing_at(path).is_some(),
        query if query.contains('&') => false,
        query => {
            (path.starts_with("/portals/") && query.starts_with("folder="))
                || (path == "/billing" && query.starts_with("page="))
        }
    }
}

fn p15_the_export_equals_what_a_crawl_finds(world: World) {
    let ada = world.ada();
    let assert_equal = |when: &str| {
        let rows = rows(&ada);
        for (person, email) in [
            (world.carol(), "carol@acme.test"),
            (world.cyril(), "cyril@acme.test"),
            (world.dora(), "dora@globex.test"),
        ] {
            let (exported, crawled) = (exported(&rows, email), crawled(&person));
            assert!(!crawled.is_empty(), "{email} {when}");
            let difference: Vec<_> = exported.symmetric_difference(&crawled).collect();
            assert!(difference.is_empty(), "{email} {when}: {difference:#?}");
        }
    };
    assert_equal("in the demo");

    // What a client sent is in a portal that Dora has now; more than one piece of the file is about it.
    share(&website(&world), "dora@globex.test");
    let portal = website(&world);
    for number in 0..60 {
        note_form(&portal, &format!("Note {number}"), "Words.").submit().follow().assert_ok();
    }
    acme(&world).press("Let colleagues see it").assert_ok();
    issued(&ada, "Dora Lindt", "10").press("Send").form_with_button("Send").submit().follow().assert_ok();
    assert_equal("after sharing");

    website(&world).row("carol@acme.test").press("Revoke").assert_ok();
    let designs = ask(&website(&world).row("Actions for Designs"));
    let folder = designs.path().rsplit('/').next().unwrap();
    ada.post(&format!("/staff/items/{folder}/deletion"), &[]);
    acme(&world).press("Only recipients").assert_ok();
    ada.visit("/staff/subscriptions").press("Website care").press("Pause").assert_ok();
    assert_equal("after taking back");
}

fn p15_the_export_tells_of_those_who_are_awaited_and_of_the_team(world: World) {
    let ada = world.ada();
    let file = ada.get(&ada.visit(HERE).link("Download as CSV"));
    assert_eq!(file.assert_ok().header("content-disposition"), "attachment; filename=\"audience.csv\"");
    let rows = rows(&ada);
    let of = |email: &str| rows.iter().filter(|row| row["email"] == email).collect::<Vec<_>>();
    assert!(of("ines@acme.test").iter().all(|row| row["sees"] == "with an account"));
    let portal = of("ines@acme.test").into_iter().find(|row| row["kind"] == "portal").unwrap();
    assert_eq!(portal["name"], "Acme website relaunch");
    let note = of("carol@acme.test").into_iter().find(|row| row["name"] == "Feedback on round 1").unwrap();
    assert_eq!((&*note["kind"], &*note["portal"]), ("note", "Acme website relaunch"));
    assert!(note["reason"].starts_with("Shared with them by Ada Berg on"), "{note:?}");
    let owner = of("ada@studio.test");
    assert_eq!(owner.len(), 1, "{owner:?}");
    assert_eq!((&*owner[0]["kind"], &*owner[0]["reason"]), ("everything", "Staff: Owner"));
    // From whom it was taken.
    let brand = |email: &str| of(email).iter().any(|row| row["name"] == "Globex brand refresh");
    assert!(brand("dora@globex.test") && !brand("cyril@acme.test"));
    ada.visit("/staff/settings/audit").assert_shows("Downloaded who can see what");
}

fn p11_who_sees_what_is_told_to_staff_of_the_same_organization(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    let portal = ask(&website(&world));
    let invoice = ask(&ada.visit("/staff/invoices?which=drafts").press("Draft invoice"));
    let nobodys = format!("/staff/audience/portal/{}", "0".repeat(32));
    for answer in [&portal, &invoice] {
        world.ben().get(answer.path()).assert_ok();
        for other in [world.carol(), world.dora(), eve.clone(), eve.at(&ada)] {
            assert!(!other.get(answer.path()).status.is_success(), "{other}");
        }
        assert_eq!(
            eve.get(answer.path()).assert_not_found().text(),
            eve.get(&nobodys).assert_not_found().text()
        );
    }
    for noun in ["/item/", "/document/", "/nothing/"] {
        ada.get(&portal.path().replace("/portal/", noun)).assert_not_found();
    }
    for address in [HERE.to_owned(), format!("{HERE}.csv")] {
        world.ben().get(&address).assert_status(403);
        for other in [world.carol(), world.stranger()] {
            assert!(!other.get(&address).status.is_success());
        }
        let theirs = eve.get(&address);
        assert!(!["Carol", "Acme", "Ada Berg"].iter().any(|word| theirs.assert_ok().source().contains(word)));
    }
    assert!(rows(&eve).iter().any(|row| row["email"] == "rita@client.test" && row["sees"] == "now"));
}
