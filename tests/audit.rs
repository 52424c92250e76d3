//! T18: who did what, when and from where, as owners and admins read it.

use std::fs;

use crate::{
    accounts::ask_for_reset,
    architecture::{root, sources},
    billing::issued,
    on_both,
    steps::{new_portal, share, upload_form},
    world::{Backend, Page, Person, Route, Upload, World},
};

on_both! {
    t18_what_happened_is_told_with_who_did_it_and_from_where,
    t18_the_log_is_narrowed_by_topic_person_and_day,
    t18_the_file_holds_what_all_pages_hold_and_who_took_it,
    t18_what_happened_cannot_be_changed_not_even_by_sql,
    t18_what_the_rule_names_is_written_with_who_and_from_where,
    t15_no_table_that_is_taken_home_holds_a_formula,
    p11_the_log_is_for_owners_and_admins_of_their_own_organization,
}

const HERE: &str = "/staff/settings/audit";

fn lines(log: &Page) -> Vec<String> {
    log.assert_ok().texts("tbody tr")
}

#[track_caller]
fn assert_tells(log: &Page, words: &[&str]) {
    let is_told = |line: &String| words.iter().all(|words| line.contains(words));
    assert!(lines(log).iter().any(is_told), "no {words:?} in {:#?}", lines(log));
}

fn t18_what_happened_is_told_with_who_did_it_and_from_where(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    let listing = upload_form(&portal, [Upload::text("Plan.txt", "words")]).submit().follow();
    share(&portal, "dora@globex.test");
    let dora = world.dora();
    let file = listing.link("Plan.txt").replace("/staff", "");
    let theirs = dora.visit(&portal.path().replace("/staff", ""));
    dora.partial_post(&theirs.attributes("form[data-viewed]", "action")[0], &[]).assert_status(204);
    dora.get(&format!("{file}/download")).assert_ok();
    let log = ada.visit(HERE);
    assert_tells(&log, &["Ada Berg", "Added a portal: Autumn campaign", "127.0.0.1"]);
    assert_tells(
        &log,
        &["Ada Berg", "Gave access to a portal", "Dora Lindt", "Autumn campaign", "127.0.0.1"],
    );
    ask_for_reset(&world.stranger(), "dora@globex.test").assert_ok();
    let doers = ada.visit(&format!("{HERE}?topic=sign-ins")).texts("tbody tr > :nth-child(2)");
    assert_eq!(doers[..2], ["Somebody not signed in", "Dora Lindt"]);
    assert_tells(&log, &["Dora Lindt", "Opened a portal", "Autumn campaign", "127.0.0.1"]);
    assert_tells(&log, &["Dora Lindt", "Downloaded a file", "Plan.txt", "127.0.0.1"]);
    assert!(lines(&log)[0].contains("Plan.txt"), "the newest is first");
}

fn t18_the_log_is_narrowed_by_topic_person_and_day(world: World) {
    let ada = world.ada();
    world.carol();
    world.database().at_rest(&["jobs.*"]);
    let at = |query: &str| ada.visit(&format!("{HERE}?{query}"));
    let form = ada.visit(HERE).form_with_button("Show").fill("What", "Sign-ins").fill("Who", "CAROL@");
    let narrowed = lines(&form.submit());
    assert!(!narrowed.is_empty());
    assert!(
        narrowed.iter().all(|line| line.contains("Carol Meyer") && !line.contains("portal")),
        "{narrowed:#?}"
    );
    for nothing in
        ["who=nobody+of+this+name", "from=2199-01-01", "to=2001-01-01", "before=1", "topic=settings&who=dora"]
    {
        at(nothing).assert_ok().assert_shows("No entry fits.");
    }
    for everything in ["topic=nonsense", "before=x", "from=2001-01-01&to=2199-01-01"] {
        assert_eq!(lines(&at(everything)), lines(&ada.visit(HERE)), "{everything}");
    }
    let refused = ada.get(&format!("{HERE}?from=2026-11-28&to=2026-11-27"));
    refused.assert_status(422);
    assert!(refused.field_error("Until").contains("not before the first"));
    ada.get(&format!("{HERE}?from=2026-02-30")).assert_status(422);
    ada.get(&format!("{HERE}/audit.csv?from=2026-02-30")).assert_not_found();
}

fn t18_the_file_holds_what_all_pages_hold_and_who_took_it(world: World) {
    let ada = world.ada();
    world.database().at_rest(&["jobs.*"]);
    let file = ada.get(&format!("{HERE}/audit.csv"));
    assert_eq!(file.assert_ok().header("content-disposition"), "attachment; filename=\"audit.csv\"");
    let rows = file.source().lines().count() - 1;
    let mut log = ada.visit(HERE);
    assert_tells(&log, &["Ada Berg", "Downloaded the audit log"]);
    let mut shown = lines(&log).len();
    while log.has_link("Older entries") {
        log = log.press("Older entries");
        shown += lines(&log).len();
    }
    assert!(shown > 50, "{shown}");
    assert_eq!(rows, shown);
    let kinds = ["organization.audit-exported", "portal.added", "session.started"];
    assert!(kinds.iter().all(|kind| file.source().contains(&format!(",{kind},"))));
    // Every kind has its words.
    assert!(!file.source().contains(",audit-"));
    let narrowed = ada.get(&format!("{HERE}/audit.csv?topic=sign-ins"));
    assert!(!narrowed.source().contains("portal.added") && narrowed.source().contains("session.started"));
}

fn t18_what_happened_cannot_be_changed_not_even_by_sql(world: World) {
    world.database().at_rest(&["jobs.*"]);
    let before = lines(&world.ada().visit(HERE));
    let and_otherwise = match world.database().backend() {
        Backend::Sqlite => "INSERT OR REPLACE INTO events SELECT * FROM events",
        Backend::Postgres => "TRUNCATE events",
    };
    for statement in ["UPDATE events SET address = NULL", "DELETE FROM events", and_otherwise] {
        let refused = world.database().execute(statement).expect_err(statement);
        assert!(refused.contains("what happened stays"), "{refused}");
    }
    assert_eq!(lines(&world.ada().visit(HERE)), before);
}

/// One of each that the rule lists, as it stands in the database.
fn t18_what_the_rule_names_is_written_with_who_and_from_where(world: World) {
    let ada = world.sign_in("ada@studio.test");
    let portal = new_portal(&ada, "Autumn campaign");
    let listing = upload_form(&portal, [Upload::text("Plan.txt", "words")]).submit().follow();
    share(&portal, "zoe@heron.test");
    share(&portal, "dora@globex.test");
    let file = listing.link("Plan.txt").replace("/staff", "");
    world.dora().get(&format!("{file}/download")).assert_ok();
    ada.visit(portal.path()).row("dora@globex.test").press("Revoke").assert_ok();
    ada.get(&format!("{HERE}/audit.csv")).assert_ok();
    let profile = ada.visit("/staff/account").form_with_field("Name").fill("Name", "Ada Heron");
    profile.submit().follow().assert_ok();
    let invoice = issued(&ada, "Carol Meyer", "100");
    let payment = invoice.press("Record payment").form_with_button("Record payment");
    payment.fill("Amount", "40").submit().follow().assert_ok();
    let settings = ada.visit("/staff/settings/looks").form_with_field("Time zone");
    settings.fill("Time zone", "Asia/Tokyo").submit().follow().assert_ok();
    let written =
        "SELECT DISTINCT kind AS row FROM events WHERE actor_id IS NOT NULL AND address = '127.0.0.1'
         OR kind = 'session.started' AND person_id IS NOT NULL AND address = '127.0.0.1'";
    let written = world.database().texts(written, written);
    for kind in [
        "session.started",
        "invitation.sent",
        "grant.given",
        "grant.revoked",
        "item.downloaded",
        "organization.audit-exported",
        "person.changed",
        "invoice.payment-recorded",
        "organization.changed",
    ] {
        assert!(written.iter().any(|known| known == kind), "no {kind} in {written:?}");
    }
}

/// Of a line such as `ITEM_DOWNLOADED = "item.downloaded";`.
fn name_of_kind(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("    ")?.strip_suffix("\";")?.split_once(" = \"")?;
    (!name.contains(' ')).then_some(name)
}

/// A kind that nothing writes is a line of the log that never comes.
#[test]
fn t18_no_kind_of_event_is_written_by_nobody() {
    let kinds = root().join("modules/facts/src/event.rs");
    let audit = root().join("modules/audit");
    let listed = fs::read_to_string(&kinds).unwrap();
    let names: Vec<&str> = listed.lines().filter_map(name_of_kind).collect();
    assert!(names.len() > 100, "{names:?}");
    let others = sources().into_iter().filter(|file| *file != kinds && !file.starts_with(&audit));
    let used: String = others.map(|file| fs::read_to_string(file).unwrap()).collect();
    let is_used = |name: &str| {
        let whole = format!("EventKind::{name}");
        let ends =
            |at: usize| !used[at + whole.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        used.match_indices(&whole).any(|(at, _)| ends(at))
    };
    let unused: Vec<&str> = names.into_iter().filter(|name| !is_used(name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// What the accountant takes home is looked at in `tests/billing/export.rs`.
fn t15_no_table_that_is_taken_home_holds_a_formula(world: World) {
    const TABLES: [&str; 2] = ["/staff/settings/audience.csv", "/staff/settings/audit/audit.csv"];
    let mut routes: Vec<_> =
        Route::all().into_iter().map(|route| route.path).filter(|path| path.ends_with(".csv")).collect();
    routes.sort();
    assert_eq!(routes, TABLES, "each table stands here");
    let ada = world.ada();
    let client = ada.visit("/staff/clients").press("New client").form_with_button("Save");
    let client = client.fill("Name", "@SUM(2,3)").fill("Email", "zed@formula.test").fill("Company", "+Heron");
    client.submit().follow().assert_ok();
    let portal = new_portal(&ada, "=HYPERLINK(1)");
    share(&portal, "zed@formula.test");
    for table in TABLES {
        let file = ada.get(table).assert_ok().source();
        assert!(file.contains("=HYPERLINK(1)"), "{table} does not tell of it");
        for cell in file.lines().flat_map(|line| line.split(',')) {
            let begins = cell.trim_start_matches('"');
            assert!(!begins.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell} in {table}");
        }
    }
}

fn p11_the_log_is_for_owners_and_admins_of_their_own_organization(world: World) {
    world.carol();
    for address in [HERE.to_owned(), format!("{HERE}/audit.csv")] {
        world.ben().get(&address).assert_status(403);
        for other in [world.carol(), world.stranger()] {
            assert!(!other.get(&address).status.is_success());
        }
        let others: &Person = &world.eve();
        let page = others.get(&address);
        assert!(page.assert_ok().source().contains("Eve"));
        assert!(!["Carol", "Acme", "Ada Berg"].iter().any(|word| page.source().contains(word)));
    }
}
