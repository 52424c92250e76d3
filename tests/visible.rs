//! T2: what a client may see is one rule for each kind of thing, written once, and every road asks it.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
};

use crate::{
    architecture::{root, sources},
    archives::unpacked,
    billing::issued,
    on_both,
    steps::{note_form, open_form, share, upload_form, wait_for_the_queue},
    walls::addresses_on,
    world::{Page, Person, Upload, World, until},
};

on_both! {
    t2_every_road_agrees_before_a_grant_with_it_and_after_its_revocation,
}

/// The rules about a person: where each stands, and of which table it decides. `""` for a part of one, or for the same
/// in another form.
const PREDICATES: [(&str, &str, &str); 18] = [
    ("app/kernel/src/sent.rs", "sent_by", ""),
    ("app/kernel/src/visibility.rs", "granted", "grants"),
    ("app/kernel/src/visibility.rs", "kept_from", "sent_items"),
    ("app/kernel/src/visibility.rs", "items_not_kept_from", ""),
    ("app/kernel/src/visibility.rs", "client_items", "items"),
    ("app/kernel/src/visibility.rs", "client_items_in", ""),
    ("modules/announcements/src/visibility.rs", "client_announcements", "announcements"),
    ("modules/announcements/src/visibility.rs", "addressed_announcements", ""),
    ("modules/announcements/src/visibility.rs", "granted_by_portals", ""),
    ("modules/billing/src/visibility.rs", "client_documents", "billing_documents"),
    ("modules/billing/src/visibility.rs", "readable", ""),
    ("modules/billing/src/visibility.rs", "client_subscriptions", "billing_subscriptions"),
    ("modules/billing/src/visibility.rs", "ids_of_client_documents", ""),
    ("modules/files/src/visibility.rs", "client_requests", "file_requests"),
    ("modules/messages/src/visibility.rs", "client_conversations", "conversations"),
    ("modules/messages/src/visibility.rs", "client_messages", "messages"),
    ("modules/portals/src/visibility.rs", "client_portals", "portals"),
    ("modules/projects/src/visibility.rs", "client_milestones", "milestones"),
];

/// What names a table on the client's side outside of `visibility.rs`, and why no rule is written a second time there.
const BESIDE: [(&str, &str, &str); 11] = [
    ("modules/billing/src/store/client.rs", "owed", "sums of what `client_documents` lets through"),
    ("modules/billing/src/store/client.rs", "open_quotes", "decisions about what it lets through"),
    ("modules/billing/src/store/client.rs", "of_project", "projects of what it lets through"),
    ("modules/billing/src/store/client.rs", "payable", "the company of the client themselves"),
    ("modules/billing/src/store/companies.rs", "colleagues", "whether theirs is open to its people"),
    ("modules/billing/src/store/methods.rs", "begin_saving", "the client's own way of paying"),
    ("modules/billing/src/store/methods.rs", "remove_method", "the client's own way of paying"),
    ("modules/billing/src/store/quotes.rs", "is_addressed", "whether a quote that they see was sent to them"),
    ("modules/messages/src/search.rs", "client_lines", "names of the portals of `client_messages`"),
    ("modules/portals/src/search.rs", "client_item_lines", "names of the folders around `client_items`"),
    ("modules/portals/src/store/client.rs", "last_views", "the client's own looks"),
];

struct Function<'a> {
    name: &'a str,
    attributes: String,
    signature: &'a str,
    body: &'a str,
}

/// As the formatter leaves them: one ends at the brace below its beginning.
fn functions(source: &str) -> Vec<Function<'_>> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let (mut found, mut attributes, mut at) = (Vec::new(), String::new(), 0);
    for line in source.split_inclusive('\n') {
        let (start, trimmed) = (at, line.trim());
        at += line.len();
        if trimmed.starts_with("#[") {
            attributes.push_str(trimmed);
        } else if !trimmed.starts_with("//") {
            if let Some(name) = name_of(trimmed) {
                let indent = &line[..line.len() - line.trim_start().len()];
                let is_whole = trimmed.ends_with(['}', ';']);
                let rest = &source[start..];
                let end = format!("\n{indent}}}\n");
                let whole = if is_whole { line } else { &rest[..rest.find(&end).unwrap_or(rest.len())] };
                let (signature, body) = whole.split_once('{').unwrap_or((whole, ""));
                found.push(Function { name, attributes: attributes.clone(), signature, body });
            }
            attributes.clear();
        }
    }
    found
}

fn name_of(line: &str) -> Option<&str> {
    let line = ["pub(crate) ", "pub(super) ", "pub "]
        .into_iter()
        .find_map(|word| line.strip_prefix(word))
        .unwrap_or(line);
    let rest = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    Some(&rest[..rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?])
}

/// Functions of the program of which this holds, with the files in which they stand.
fn found(holds: fn(&str, &Function<'_>) -> bool) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for file in sources() {
        let source = fs::read_to_string(&file).unwrap();
        let path = file.strip_prefix(root()).unwrap().to_str().unwrap();
        let holding = functions(&source).into_iter().filter(|function| holds(path, function));
        found.extend(holding.map(|function| (path.to_owned(), function.name.to_owned())));
    }
    found
}

fn listed(list: &[(&str, &str, &str)]) -> BTreeSet<(String, String)> {
    list.iter().map(|(file, name, _)| ((*file).to_owned(), (*name).to_owned())).collect()
}

fn is_about_a_person(_: &str, function: &Function<'_>) -> bool {
    function.attributes.contains("auto_type")
        && ["PersonId", "Who"].iter().any(|word| function.signature.contains(word))
}

fn names_a_table(path: &str, function: &Function<'_>) -> bool {
    function.signature.contains("ClientTx")
        && function.body.contains("::table")
        && !path.ends_with("/visibility.rs")
}

#[test]
fn t2_each_table_has_one_predicate_and_it_stands_in_visibility() {
    assert_eq!(found(is_about_a_person), listed(&PREDICATES));
    let tables = PREDICATES.iter().map(|(.., table)| *table).filter(|table| !table.is_empty());
    let mut decided = BTreeMap::<&str, usize>::new();
    tables.for_each(|table| *decided.entry(table).or_default() += 1);
    let twice: Vec<_> = decided.iter().filter(|(_, rules)| **rules > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn t2_what_loads_for_a_client_begins_at_a_predicate() {
    assert_eq!(found(names_a_table), listed(&BESIDE));
}

#[test]
fn functions_are_found_with_what_stands_above_them() {
    let source = "#[diesel::dsl::auto_type]\npub fn seen(who: Who) -> _ {\n    a::table\n}\n\n\
                  /// Words.\nfn plain() {}\n\
                  impl X {\n    async fn inner(\n        tx: &mut ClientTx,\n    ) {\n        b::table;\n    }\n}\n";
    let all = functions(source);
    assert_eq!(all.iter().map(|function| function.name).collect::<Vec<_>>(), ["seen", "plain", "inner"]);
    assert!(all[0].attributes.contains("auto_type") && all[0].body.contains("a::table"));
    assert!(all[1].attributes.is_empty() && !all[1].body.contains("b::table"));
    assert!(all[2].signature.contains("ClientTx") && all[2].body.contains("b::table"));
}

const PORTAL: &str = "Heron accounts";
const CAROL: &str = "carol@acme.test";
const LOOM: &str = "https://www.loom.com/share/0123456789abcdef0123456789abcdef";

/// A word in each kind of thing.
const CANARIES: [&str; 11] = [
    "Numbatfolder",
    "Numbatfile",
    "numbatbytes",
    "Numbatnote",
    "Numbatlink",
    "Numbatembed",
    "Numbatmilestone",
    "Numbatnews",
    "numbatmessage",
    "Numbatrequest",
    "7,531.42",
];

/// By which words a search finds them.
const SEARCHED: [&str; 6] =
    ["Numbatfile", "numbatbytes", "Numbatnote", "Numbatembed", "Numbatnews", "numbatmessage"];

/// How far the pages are followed that a client begins with.
const DEEPEST: usize = 2;

/// A portal of Carol's project that only Cyril was given, with all that staff put into one; and an invoice to Carol that
/// was not sent.
fn prepared(world: &World) -> (Page, Page) {
    let ada = world.ada();
    let form = ada.visit("/staff/projects").press("New project").form_with_button("Save");
    let project = form.fill("Name", PORTAL).fill("Client", "Carol Meyer").submit().follow();
    let milestone = project.form_with_button("Add milestone").fill("Milestone", "Numbatmilestone");
    milestone.fill("Due date", "2031-01-01").submit().follow().assert_ok();
    let portal = ada.visit(project.path()).form_with_button("Client portal").submit().follow();
    share(&portal, "cyril@acme.test");
    open_form(&portal, "New folder", "Name").fill("Name", "Numbatfolder").submit().follow().assert_ok();
    let file = Upload::text("Numbatfile.txt", "numbatbytes in a vault");
    upload_form(&portal, [file]).submit().follow().assert_ok();
    note_form(&portal, "Numbatnote", "Words.").submit().follow().assert_ok();
    let link = open_form(&portal, "Add link", "Address").fill("Title", "Numbatlink");
    link.fill("Address", "https://staging.example/x").submit().follow().assert_ok();
    let embed = open_form(&portal, "Add embed", "Address").fill("Title", "Numbatembed");
    embed.fill("Address", LOOM).submit().follow().assert_ok();
    let draft = ada.visit("/staff/announcements").press("New announcement").form_with_field("Title");
    let draft = draft.fill("Title", "Numbatnews").fill("Message", "Words.").tick(PORTAL).submit().follow();
    draft.press("Publish").form_with_button("Publish").submit().follow().assert_ok();
    (ada.visit(portal.path()), issued(&ada, "Carol Meyer", "7531.42"))
}

/// Where a client begins to look, and what they could guess who knows every id.
fn starts(portal: &Page, invoice: &Page) -> Vec<String> {
    let of_client = |address: &str| address.replacen("/staff", "", 1);
    let at = of_client(portal.path());
    let own = ["/", "/announcements", "/messages", "/requests", "/billing", "/notifications"];
    let below = ["", "/items", "/messages", "/milestones", "/requests", "/activity", "/download"];
    let below = below.iter().map(|below| format!("{at}{below}"));
    let known = portal.attributes("#items [href^='/staff/']", "href");
    let known = known.iter().map(|href| of_client(href)).flat_map(|address| {
        ["", "/content", "/download", "/thumbnail"].map(|below| format!("{address}{below}"))
    });
    own.map(str::to_owned).into_iter().chain(below).chain(known).chain([of_client(invoice.path())]).collect()
}

/// Which canaries stand in what these addresses answer, and those to which they lead: as pages and as fragments.
fn roads(client: &Person, starts: &[String]) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut roads = BTreeMap::new();
    let mut ahead: VecDeque<(String, usize)> = starts.iter().map(|start| (start.clone(), 0)).collect();
    while let Some((address, depth)) = ahead.pop_front() {
        // Streams have no end, and pictures of pages no words.
        let is_left_out = ["/live", "/pages/", "/sign-out", "/assets/", "/brand/"].iter();
        if roads.contains_key(&address) || is_left_out.clone().any(|part| address.contains(part)) {
            continue;
        }
        let page = client.get(&address);
        let sources = [page.source(), client.partial_get(&address).source()];
        let met = CANARIES.into_iter().filter(|word| sources.iter().any(|source| source.contains(word)));
        roads.insert(address, met.collect());
        if depth < DEEPEST && page.header("content-type").starts_with("text/html") {
            ahead.extend(addresses_on(&page).into_iter().map(|address| (address, depth + 1)));
        }
    }
    roads
}

/// Nothing of it, wherever they look, in no search and in no mail.
#[track_caller]
fn assert_met_nowhere(world: &World, client: &Person, email: &str, starts: &[String]) {
    let roads = roads(client, starts);
    let met: Vec<_> = roads.iter().filter(|(_, words)| !words.is_empty()).collect();
    assert!(met.is_empty(), "{client} meets {met:#?}");
    for word in CANARIES.into_iter().filter(|word| word.starts_with(char::is_alphabetic)) {
        for length in [word.len(), word.len() - 1] {
            let results = client.partial_get(&format!("/search?q={}", &word[..length]));
            assert_eq!(results.assert_ok().count(".search-hit-name"), 0, "{word}: {results}");
        }
    }
    for mail in world.mailbox().so_far_to(email) {
        let word = CANARIES.iter().find(|word| mail.source.contains(**word) || mail.text.contains(**word));
        assert_eq!(word, None, "{}", mail.subject);
    }
}

fn t2_every_road_agrees_before_a_grant_with_it_and_after_its_revocation(world: World) {
    let (ada, carol, dora) = (world.ada(), world.carol(), world.dora());
    let (portal, invoice) = prepared(&world);
    let starts = starts(&portal, &invoice);
    wait_for_the_queue(&world);
    assert_met_nowhere(&world, &carol, CAROL, &starts);

    share(&portal, CAROL);
    let conversation = ada.visit(&format!("{}/messages", portal.path())).press("Carol Meyer");
    conversation.form_with_field("Message").fill("Message", "numbatmessage").submit().follow().assert_ok();
    let request = open_form(&ada.visit(portal.path()), "Request files", "What it is about");
    let request = request.fill("What it is about", "Numbatrequest").fill("Files, one line each", "Papers");
    let request = request.fill("From", "Carol Meyer").fill("Wanted by", "2199-12-31").submit().follow();
    request.assert_ok();
    let sent = invoice.press("Send").form_with_button("Send").submit().follow();
    for word in SEARCHED {
        until(|| carol.partial_get(&format!("/search?q={word}")).count(".search-hit-name") > 0);
    }
    world.mailbox().next_about(CAROL, "Numbatrequest");
    let given = roads(&carol, &starts);
    let met: BTreeSet<&str> = given.values().flatten().copied().collect();
    assert_eq!(met, BTreeSet::from(CANARIES), "the walk has to come by each of them");
    let archive = format!("{}/download", portal.path().replacen("/staff", "", 1));
    assert!(unpacked(&carol.get(&archive)).keys().any(|path| path.ends_with("Numbatfile.txt")));
    // All that Carol came by, for somebody who was given nothing of it.
    let asked = request.path().replacen("/staff", "", 1);
    let everywhere: Vec<String> = given.into_keys().chain([asked]).collect();
    assert_met_nowhere(&world, &dora, "dora@globex.test", &everywhere);

    ada.visit(portal.path()).row(CAROL).press("Revoke").assert_ok();
    let revocation = sent.attributes("form[action$='/revocation']", "action").remove(0);
    ada.post(&revocation, &[]);
    world.mailbox().so_far_to(CAROL);
    world.clock().advance_seconds(300);
    wait_for_the_queue(&world);
    assert_met_nowhere(&world, &carol, CAROL, &everywhere);
    carol.get(&archive).assert_not_found();
    // Who has it still finds it where it was.
    let at = portal.path().replacen("/staff", "", 1);
    assert!(world.cyril().get(&at).assert_ok().source().contains("Numbatnote"));
}
