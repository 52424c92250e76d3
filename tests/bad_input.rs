//! P43, T10, T16: whatever is sent to a form is answered in words, and becomes nobody's markup.
//!
//! The forms are those of the program's own list of routes. A form's fields are read from the page that holds it and
//! from its example, so that whoever adds one has nothing to add here.

mod answers;
mod forms;
mod markup;
mod sending;
mod values;

use std::sync::atomic::{AtomicBool, Ordering};

use answers::{fault, not_in_words, shown};
use forms::Target;
use sending::{As, Fields, side_by_side};
use values::Bad;

use crate::{
    on_both, style,
    world::{Entry, Field, Page, Route, World, tell},
};

on_both! {
    p43_whatever_is_typed_into_any_form_is_answered_in_words_and_never_becomes_markup,
}

fn p43_whatever_is_typed_into_any_form_is_answered_in_words_and_never_becomes_markup(world: World) {
    let routes = Route::all();
    style::put_cover(&world.ada());
    let targets = forms::all(&world, &routes);
    let mut bad = values::of_every_kind();
    bad.extend(values::ids(&real_ids(&world)));
    let mut count = Count::default();
    let mut failures = Vec::new();
    // Who changes their password or ends their session is out.
    let (mut leaving, staying): (Vec<_>, Vec<_>) =
        targets.iter().partition(|target| when_leaving(target).is_some());
    leaving.sort_by_key(|target| when_leaving(target));
    let taken_away = staying.iter().position(|target| target.route.ends_with("/grants/:person/revocation"));
    let (giving, taking) = staying.split_at(taken_away.unwrap());
    for target in giving {
        failures.extend(probe(&world, target, &bad, &mut count));
    }
    for person in [world.ada(), world.carol()] {
        let (showing, hostile) = markup::pages_with_typed_words(&person, &routes);
        tell(&format!("bad input: {showing} pages of {person} show what was typed"));
        failures.extend(hostile);
        assert!(showing > 0, "no page of {person} shows it:\n{}", failures.join("\n"));
    }
    for target in taking.iter().chain(&leaving) {
        failures.extend(probe(&world, target, &bad, &mut count));
    }
    let empty = World::empty(world.database().backend());
    failures.extend(probe(&empty, &forms::set_up(&empty, &routes), &bad, &mut count));
    tell(&format!("bad input: {} forms, {} fields, {} requests", count.forms, count.fields, count.requests));

    let (mails, hostile) = markup::mails_with_typed_words(&world);
    failures.extend(hostile);
    assert!(mails > 0, "no mail shows what was typed:\n{}", failures.join("\n"));
    assert!(failures.is_empty(), "{} answers and pages:\n{}", failures.len(), failures.join("\n"));
}

/// After all others, and in this order.
fn when_leaving(target: &Target) -> Option<usize> {
    ["/account/password", "/sessions/:session/ending", "/sign-out"]
        .iter()
        .position(|end| target.route.ends_with(end))
}

/// What fields are called in which a thing gets its name.
const NAMES: [&str; 4] = ["name", "title", "headline", "wanted"];

/// Answers that are otherwise on purpose: of which route, in which words of this test, and why.
const OTHERWISE: [(&str, &str, &str); 15] = [
    ("POST /sign-in ", "422 says nothing at a field", "P5: nobody is told which of the two is wrong"),
    ("POST /reset/:token ", "422 says nothing at a field", USED_UP),
    ("POST /invitations/:token ", "422 says nothing at a field", USED_UP),
    (
        "POST /invitations/:token/renewal",
        "no answer shows",
        "only one that has expired is renewed: tests/accounts/proofs.rs",
    ),
    ("POST /sign-in/link/:token", "no answer shows", "a new password ended it: tests/accounts/links.rs"),
    ("POST /account/sessions/:session/ending", "no answer shows", OVER),
    ("POST /staff/account/sessions/:session/ending", "no answer shows", OVER),
    (
        "POST /staff/portals/:portal/files takes \"folder\"",
        "303",
        "an upload is read as it comes: the last folder that it names is the one",
    ),
    ("POST /quotes/:quote/acceptance", "409", DECIDED),
    ("POST /quotes/:quote/acceptance", "422 says nothing at a field", DECIDED),
    ("POST /quotes/:quote/refusal", "409", DECIDED),
    ("POST /quotes/:quote/refusal", "422 says nothing at a field", DECIDED),
    ("POST /staff/quotes/:quote/revision", "no answer shows", DECIDED),
    ("POST /staff/quotes/:quote/withdrawal", "no answer shows", DECIDED),
    (
        "POST /staff/invoices/:invoice/credit-notes takes \"quantity\"",
        "409",
        "one for each line: with more of them the invoice is another",
    ),
];

const USED_UP: &str = "the first that was good used the link up: tests/accounts/proofs.rs";
const OVER: &str = "a new password ended the session: tests/accounts/sessions.rs";
const DECIDED: &str = "the first name that was good accepted the quote: tests/billing/quotes.rs";

#[derive(Default)]
struct Count {
    forms: usize,
    fields: usize,
    requests: usize,
}

/// A word for each id is what its kind is.
fn real_ids(world: &World) -> Vec<(&'static str, String)> {
    let first = |page: Page| {
        let met = page.attributes("main a[href]", "href");
        let mut parts = met.iter().flat_map(|address| address.split('/'));
        parts.find(|part| part.len() >= 32).unwrap().to_owned()
    };
    let (ada, eve) = (world.ada(), world.eve());
    vec![
        ("a portal's id", first(ada.visit("/staff/portals"))),
        ("a client's id", first(ada.visit("/staff/clients"))),
        ("another organization's portal", first(eve.visit("/staff/portals"))),
        ("another organization's client", first(eve.visit("/staff/clients"))),
    ]
}

struct Probe<'a> {
    field: &'a str,
    what: &'a str,
    sent: Fields,
    how: As,
}

/// The answers that are not as they must be.
fn probe(world: &World, target: &Target, bad: &[Bad], count: &mut Count) -> Vec<String> {
    let mut failures = refuses_other_fields(world, target, count);
    let mut probes: Vec<_> = target.fields.iter().flat_map(|field| probes(target, field, bad)).collect();
    if !probes.is_empty() {
        let all =
            |value: &[u8]| target.filled().into_iter().map(|(name, _)| (name, value.to_vec())).collect();
        probes.push(Probe { field: "", what: "no fields", sent: Vec::new(), how: As::Page });
        for Bad { what, bytes, .. } in bad.iter().filter(|bad| bad.bytes.len() < 1_000) {
            probes.push(Probe { field: "", what, sent: all(bytes), how: As::Page });
        }
    }
    let reached = AtomicBool::new(false);
    let look = |probe: &Probe<'_>| {
        let answer = target.send(world, &probe.sent, probe.how);
        reached.fetch_or(answer.status.as_u16() < 400 || answer.status.as_u16() == 422, Ordering::Relaxed);
        let markup = markup::typed_markup(&answer.source()).join(" ");
        let fault = fault(target, probe.field, &probe.sent, &answer)
            .or_else(|| (!markup.is_empty()).then(|| format!("holds {markup}")))
            .or_else(|| not_said_at(probe, &answer))?;
        let fault = format!("{} {:?} = {}: {fault}", target.route, probe.field, probe.what);
        Some(fault)
    };
    failures.extend(side_by_side(&probes, look));
    // Two tabs at once, and once more: whoever is late is told so.
    let again = || Probe { field: "", what: "the same again", sent: target.filled(), how: As::Page };
    failures.extend(side_by_side(&[again(), again()], look));
    failures.extend(look(&again()));
    if !reached.load(Ordering::Relaxed) && !target.unproven {
        let (route, address) = (&target.route, &target.address);
        failures.push(format!("{route}: no answer shows that the form was read, at {address}"));
    }
    count.forms += 1;
    count.fields += target.fields.len();
    count.requests += probes.len() + 3;
    failures.retain(|fault| {
        !OTHERWISE.iter().any(|(beginning, words, _)| fault.starts_with(beginning) && fault.contains(words))
    });
    failures
}

/// What is no name is answered at the very field, of whatever thing it is the name.
fn not_said_at(probe: &Probe<'_>, answer: &Page) -> Option<String> {
    let is_name = NAMES.contains(&probe.field) && values::no_names().iter().any(|bad| bad.what == probe.what);
    let said = || answer.count(&format!("[name={:?}][aria-invalid=true]", probe.field)) > 0;
    (is_name && !(answer.status.as_u16() == 422 && said()))
        .then(|| format!("{}, not answered at the name: {}", answer.status, shown(answer)))
}

fn probes<'a>(target: &'a Target, known: &'a Field, bad: &'a [Bad]) -> Vec<Probe<'a>> {
    let (field, mut probes) = (known.name.as_str(), Vec::new());
    for Bad { what, bytes, .. } in bad.iter().filter(|bad| bad.is_for(known.entry)) {
        probes.push(Probe { field, what, sent: target.with(field, bytes), how: As::Page });
    }
    for bad in bad.iter().filter(|bad| bad.holds_markup()).take(1) {
        probes.push(Probe { field, what: bad.what, sent: target.with(field, &bad.bytes), how: As::Fragment });
    }
    let mut missing = target.filled();
    missing.retain(|(name, _)| name != field);
    probes.push(Probe { field: "", what: "missing", sent: missing, how: As::Page });
    probes
}

fn refuses_other_fields(world: &World, target: &Target, count: &mut Count) -> Vec<String> {
    let others = ["role", "organization_id", "id", "person_id", "is_owner", "name[]", "\"><portico-canary>"];
    let others: Vec<_> =
        others.into_iter().filter(|other| target.fields.iter().all(|field| field.name != *other)).collect();
    let mut sent: Vec<_> = others.iter().map(|other| (*other, target.with(other, b"owner"))).collect();
    let is_list = |field: &&Field| {
        matches!(field.entry, Entry::Ticked | Entry::Picked)
            || target.filled.iter().filter(|(name, _)| *name == field.name).count() > 1
    };
    for field in target.fields.iter().filter(|field| !is_list(field)) {
        let mut twice = target.with(&field.name, b"twice");
        twice.push((field.name.clone(), b"again".to_vec()));
        sent.push((&field.name, twice));
    }
    count.requests += sent.len();
    side_by_side(&sent, |(field, sent)| {
        let answer = target.send(world, sent, As::Page);
        let refused = answer.status.as_u16() == 400 && not_in_words(&answer).is_none();
        (!refused).then(|| {
            format!("{} takes {field:?} beside its own: {} {}", target.route, answer.status, shown(&answer))
        })
    })
}
