//! One example for each route, for the walls: how a request to it looks that would succeed, if the right person sent
//! it. A module that adds a route adds its line here; [`crate::walls`] fails until it does.

use reqwest::Method;

use crate::{
    steps::ask_for_approval,
    world::{Page, Person, Upload, World},
};

pub struct Example {
    pub method: &'static str,
    /// As registered: `/portals/:portal`.
    pub path: &'static str,
    pub whose: Whose,
    pub body: Body,
    /// Why even the right person cannot be shown to succeed with it.
    pub unproven: Option<&'static str>,
}

pub enum Body {
    /// Fields and values; a value such as `:portal` stands for that parameter of the path.
    Form(&'static [(&'static str, &'static str)]),
    /// One small file in a field of this name.
    Upload(&'static str),
    /// None; and the answer has no end.
    Stream,
    /// A piece of a file, with the headers of the tus protocol.
    Piece,
}

/// Where the walls get the real ids from, which foreigners then try.
pub enum Whose {
    /// The victims' pages link to it or hold its form: the walls find it by walking through them.
    Found,
    /// Nothing links to it; the values of its parameters, in their order.
    Given(fn(&World) -> Vec<String>),
    /// Everybody may; and why that gives nothing away.
    Anyones(#[expect(dead_code, reason = "for the reader")] &'static str),
}

/// A page or a fragment.
const fn page(path: &'static str) -> Example {
    Example { method: "GET", path, whose: Whose::Found, body: Body::Form(&[]), unproven: None }
}

/// A form's target, with what a person would have typed.
const fn form(path: &'static str, body: &'static [(&'static str, &'static str)]) -> Example {
    Example { method: "POST", path, whose: Whose::Found, body: Body::Form(body), unproven: None }
}

const fn for_anyone(method: &'static str, path: &'static str, why: &'static str) -> Example {
    Example { method, path, whose: Whose::Anyones(why), body: Body::Form(&[]), unproven: None }
}

/// A form's target that everybody may try.
const fn for_anyone_sending(
    path: &'static str,
    body: &'static [(&'static str, &'static str)],
    why: &'static str,
) -> Example {
    Example { method: "POST", path, whose: Whose::Anyones(why), body: Body::Form(body), unproven: None }
}

/// An event stream.
const fn stream(path: &'static str) -> Example {
    Example { method: "GET", path, whose: Whose::Found, body: Body::Stream, unproven: None }
}

/// A form's target that takes files.
const fn upload(path: &'static str) -> Example {
    Example { method: "POST", path, whose: Whose::Found, body: Body::Upload("files"), unproven: None }
}

/// A form's target that takes a picture.
const fn picture(path: &'static str) -> Example {
    let (body, unproven) = (Body::Upload("picture"), Some("words are no picture; tests/style.rs sends one"));
    Example { method: "POST", path, whose: Whose::Found, body, unproven }
}

/// A request of the tus protocol.
const fn piece(method: &'static str, path: &'static str, parameters: fn(&World) -> Vec<String>) -> Example {
    Example { method, path, whose: Whose::Given(parameters), body: Body::Piece, unproven: None }
}

/// What is done to several items, named by the form or by the address.
const fn selection(method: &'static str, path: &'static str) -> Example {
    let body = Body::Form(&[("item", "00000000000000000000000000000000"), ("folder", "")]);
    let whose = Whose::Given(website_portal);
    Example { method, path, whose, body, unproven: Some("tests/selection.rs names items of the portal") }
}

const fn given(mut example: Example, parameters: fn(&World) -> Vec<String>) -> Example {
    example.whose = Whose::Given(parameters);
    example
}

const fn unproven(mut example: Example, why: &'static str) -> Example {
    example.unproven = Some(why);
    example
}

/// In the order in which the right person can send them one after the other: what undoes, last.
pub const EXAMPLES: &[Example] = &[
    // operations
    for_anyone("GET", "/healthz", "it says one word"),
    for_anyone("GET", "/readyz", "it says one word"),
    for_anyone("GET", "/metrics", "it is not there, unless the operator named a token"),
    for_anyone("GET", "/assets/:file", "the same files in every installation"),
    stream("/live"),
    stream("/staff/live"),
    page("/staff/settings/queue"),
    unproven(
        given(form("/staff/settings/queue/:job/attempts", &[]), |_| vec!["1".to_owned()]),
        "no job of the demo failed for good",
    ),
    page("/staff/settings/backups"),
    page("/staff/settings/components"),
    page("/staff/settings/components/letter"),
    page("/staff/settings/mail"),
    page("/staff/settings/mail/:name"),
    page("/staff/settings/mail/:name/body"),
    // accounts
    for_anyone("GET", "/setup", "the token in the query is the right"),
    for_anyone("POST", "/setup", "the token in the form is the right"),
    for_anyone("GET", "/sign-in", "P7"),
    for_anyone("POST", "/sign-in", "P5"),
    for_anyone("GET", "/sign-in/code", "a right password's cookie is the right"),
    unproven(
        for_anyone_sending("/sign-in/code", &[("code", "000000")], "a right password's cookie is the right"),
        CODE,
    ),
    unproven(
        for_anyone("POST", "/sign-in/passkey-ceremony", "a right password's cookie is the right"),
        PASSKEY,
    ),
    unproven(
        for_anyone_sending(
            "/sign-in/passkey",
            &[("ceremony", "none"), ("credential", "none")],
            "a right password's cookie is the right",
        ),
        PASSKEY,
    ),
    for_anyone("GET", "/sign-in/link", "P7"),
    for_anyone("POST", "/sign-in/link", "P5"),
    for_anyone("GET", "/sign-in/link-code", "the cookie of the browser that asked is the right"),
    for_anyone_sending(
        "/sign-in/link-code",
        &[("code", "7KQM-W2HD")],
        "the cookie of the browser that asked is the right",
    ),
    for_anyone("GET", "/sign-in/link/:token", "the token is the right"),
    for_anyone("POST", "/sign-in/link/:token", "the token is the right"),
    for_anyone("GET", "/sign-out", "it asks about the caller's own session"),
    for_anyone("POST", "/sign-out", "it ends the caller's own session"),
    for_anyone("GET", "/reset", "P7"),
    for_anyone("POST", "/reset", "P5"),
    for_anyone("GET", "/reset/:token", "the token is the right"),
    for_anyone("POST", "/reset/:token", "the token is the right"),
    for_anyone("GET", "/invitations/:token", "the token is the right"),
    for_anyone("POST", "/invitations/:token", "the token is the right"),
    for_anyone("POST", "/invitations/:token/renewal", "it writes to the invited address alone"),
    page("/staff/settings"),
    page("/staff/people"),
    page("/staff/people/new"),
    form("/staff/people", &[("name", "Mina"), ("email", "mina@studio.test"), ("role", "member")]),
    page("/staff/people/:person"),
    given(page("/staff/people/:person/limit"), ben),
    given(form("/staff/people/:person/limit", &[("sees", "everything")]), ben),
    given(form("/staff/people/:person", &[("role", "admin")]), ben),
    page("/account"),
    form("/account", &[("name", "Carol Meyer"), ("language", "en")]),
    form("/account/sessions/:session/ending", &[]),
    page("/staff/account"),
    form("/staff/account", &[("name", "Ada Berg"), ("language", "en")]),
    form("/staff/account/sessions/:session/ending", &[]),
    form("/staff/sessions/:session/ending", &[]),
    page("/account/second-step"),
    form("/account/second-step", &[]),
    unproven(form("/account/second-step/proof", &[("code", "000000")]), CODE),
    unproven(form("/account/second-step/recovery-codes", &[("confirmation", "000000")]), CODE),
    unproven(form("/account/second-step/removal", &[("confirmation", "000000")]), CODE),
    page("/staff/account/second-step"),
    form("/staff/account/second-step", &[]),
    unproven(form("/staff/account/second-step/proof", &[("code", "000000")]), CODE),
    unproven(form("/staff/account/second-step/recovery-codes", &[("confirmation", "000000")]), CODE),
    unproven(form("/staff/account/second-step/removal", &[("confirmation", "000000")]), CODE),
    form("/account/second-step/passkey-ceremony", &[]),
    unproven(form("/account/second-step/passkeys", NEW_PASSKEY), PASSKEY),
    unproven(given(page("/account/second-step/passkeys/:passkey"), nobodys), PASSKEY),
    unproven(
        given(form("/account/second-step/passkeys/:passkey/removal", &[("confirmation", "000000")]), nobodys),
        PASSKEY,
    ),
    form("/staff/account/second-step/passkey-ceremony", &[]),
    unproven(form("/staff/account/second-step/passkeys", NEW_PASSKEY), PASSKEY),
    unproven(given(page("/staff/account/second-step/passkeys/:passkey"), nobodys), PASSKEY),
    unproven(
        given(
            form("/staff/account/second-step/passkeys/:passkey/removal", &[("confirmation", "000000")]),
            nobodys,
        ),
        PASSKEY,
    ),
    unproven(
        given(form("/staff/people/:person/second-step/removal", &[]), ben),
        "nobody in the demo has one; tests/accounts/second_step.rs takes one away",
    ),
    page("/staff/settings/sign-in"),
    form("/staff/settings/sign-in", &[("staff", "optional")]),
    // They end every other session of the same person.
    form("/account/password", NEW_PASSWORD),
    form("/staff/account/password", NEW_PASSWORD),
    given(form("/staff/people/:person/removal", &[]), ben),
    given(form("/staff/people/:person/restoration", &[]), ben),
    unproven(given(form("/staff/people/:person/invitation", &[]), ben), "all staff of the demo have joined"),
    // sharing
    page("/staff/invitations"),
    page("/staff/portals/:portal/sharing"),
    page("/staff/portals/:portal/sharing/holders"),
    page("/staff/portals/:portal/sharing/selection"),
    form("/staff/portals/:portal/sharing", &[("email", "nora@acme.test")]),
    page("/staff/portals/:portal/grants"),
    page("/staff/clients/:person/grants"),
    form("/staff/clients/:person/seeing", &[]),
    form("/staff/portals/:portal/grants/:person/seeing", &[]),
    form("/staff/seeing/ending", &[]),
    // clients
    page("/staff/clients"),
    page("/staff/clients/new"),
    form(
        "/staff/clients",
        &[("name", "Nils"), ("email", "nils@acme.test"), ("company", ""), ("language", "")],
    ),
    page("/staff/clients/:client"),
    page("/staff/clients/:client/edit"),
    given(form("/staff/clients/:client", MEI), mei),
    given(form("/staff/clients/:client/deletion", &[]), mei),
    given(form("/staff/clients/:client/restoration", &[]), mei),
    page("/staff/clients/:client/person.zip"),
    given(page("/staff/clients/:client/erasure"), mei),
    given(form("/staff/clients/:client/erasure", &[("typed", "Mei Tanaka"), ("work", "deleted")]), mei),
    page("/staff/companies"),
    page("/staff/companies/new"),
    form("/staff/companies", &[("name", "Initech")]),
    page("/staff/companies/:company"),
    page("/staff/companies/:company/edit"),
    form("/staff/companies/:company", &[("name", "Acme and Sons")]),
    form("/staff/companies/:company/billing-opening", &[]),
    page("/staff/companies/:company/statement"),
    page("/staff/clients/:client/statement"),
    given(form("/staff/companies/:company/billing-closing", &[]), acme),
    given(form("/staff/companies/:company/deletion", &[]), unused_company),
    given(form("/staff/companies/:company/restoration", &[]), unused_company),
    // projects
    page("/staff/projects"),
    page("/staff/projects/new"),
    form("/staff/projects", PROJECT),
    page("/staff/projects/:project"),
    page("/staff/projects/:project/edit"),
    given(form("/staff/projects/:project", PROJECT), project),
    page("/staff/projects/:project/track"),
    page("/staff/projects/:project/milestones"),
    form("/staff/projects/:project/milestones", &[("name", "Handover"), ("due_on", "")]),
    given(form("/staff/projects/:project/milestones/order", &[]), project),
    page("/staff/milestones/:milestone/edit"),
    form("/staff/milestones/:milestone", &[("name", "Handover"), ("due_on", "")]),
    given(form("/staff/milestones/:milestone/completion", &[]), milestone),
    given(form("/staff/milestones/:milestone/reopening", &[]), milestone),
    given(form("/staff/milestones/:milestone/move-up", &[]), milestone),
    given(form("/staff/milestones/:milestone/move-down", &[]), milestone),
    given(form("/staff/milestones/:milestone/deletion", &[]), milestone),
    given(form("/staff/milestones/:milestone/restoration", &[]), milestone),
    page("/portals/:portal/milestones"),
    // portals
    for_anyone("GET", "/", "P7: the public page shows what staff wrote for everybody"),
    for_anyone("GET", "/brand/:file", "the colours of the public page"),
    for_anyone("GET", "/brand/:version/:picture", "the logo and the cover of the public page"),
    for_anyone("GET", "/manifest.webmanifest", "the name and the icon of the public page"),
    page("/staff"),
    page("/portals/:portal"),
    page("/portals/:portal/items"),
    form("/portals/:portal/views", &[]),
    page("/notes/:item"),
    form("/notes/:item/views", &[]),
    page("/embeds/:item"),
    page("/staff/deleted"),
    page("/staff/portals"),
    page("/staff/portals/new"),
    form("/staff/portals", &[("name", "Resources"), ("project", ""), ("template", "")]),
    page("/staff/awaited"),
    form("/staff/awaited/:noun/:subject/reminder", &[]),
    page("/staff/templates"),
    page("/staff/portals/:portal/templates/new"),
    form("/staff/portals/:portal/templates", &[("name", "For bakeries")]),
    page("/staff/templates/:template/name"),
    form("/staff/templates/:template/name", &[("name", "For breweries")]),
    form("/staff/projects/:project/portal/templates/:template", &[]),
    given(form("/staff/templates/:template/deletion", &[]), template),
    given(form("/staff/templates/:template/restoration", &[]), template),
    page("/staff/portals/:portal/sections"),
    given(form("/staff/portals/:portal/sections/order", &[]), website_portal),
    page("/staff/portals/:portal/sections/:section/name"),
    form("/staff/portals/:portal/sections/:section/name", &[("name", "What we made")]),
    form("/staff/portals/:portal/sections/:section/place/earlier", &[]),
    form("/staff/portals/:portal/sections/:section/place/later", &[]),
    form("/staff/portals/:portal/sections/:section/hiding", &[]),
    given(form("/staff/portals/:portal/sections/:section/hiding/removal", &[]), items_of_website),
    unproven(given(form("/staff/prepared-requests/:prepared/removal", &[]), nobodys), PREPARED),
    unproven(given(form("/staff/prepared-requests/:prepared/restoration", &[]), nobodys), PREPARED),
    form("/staff/projects/:project/portal", &[]),
    page("/staff/portals/:portal"),
    page("/staff/portals/:portal/items"),
    given(form("/staff/portals/:portal/order", &[]), website_portal),
    page("/staff/portals/:portal/name"),
    form("/staff/portals/:portal/name", &[("name", "Website")]),
    page("/staff/portals/:portal/settings"),
    form("/staff/portals/:portal/settings", &[("name", "Website"), ("project", "")]),
    page("/staff/portals/:portal/notes/new"),
    form("/staff/portals/:portal/notes", &[("title", "Recap"), ("note", "Words."), ("folder", "")]),
    page("/staff/notes/:item"),
    page("/staff/notes/:item/edit"),
    form("/staff/notes/:item", &[("title", "Recap"), ("note", "Words.")]),
    form("/staff/notes/:item/pin", &[]),
    form("/staff/notes/:item/pin/removal", &[]),
    page("/staff/portals/:portal/links/new"),
    form("/staff/portals/:portal/links", &[("title", ""), ("address", "https://acme.test"), ("folder", "")]),
    page("/staff/links/:item/edit"),
    form("/staff/links/:item", &[("title", ""), ("address", "https://acme.test")]),
    page("/staff/portals/:portal/embeds/new"),
    form("/staff/portals/:portal/embeds", &[("title", ""), ("address", LOOM), ("folder", "")]),
    page("/staff/embeds/:item"),
    page("/staff/embeds/:item/edit"),
    form("/staff/embeds/:item", &[("title", ""), ("address", LOOM)]),
    page("/staff/portals/:portal/folders/new"),
    form("/staff/portals/:portal/folders", &[("name", "Drafts"), ("folder", "")]),
    page("/staff/items/:item/name"),
    form("/staff/items/:item/name", &[("name", "Another name")]),
    page("/staff/items/:item/folder"),
    form("/staff/items/:item/folder", &[("folder", "")]),
    form("/staff/items/:item/place/earlier", &[]),
    form("/staff/items/:item/place/later", &[]),
    page("/staff/settings/looks"),
    page("/staff/settings/looks/preview"),
    picture("/staff/settings/looks/logo"),
    form("/staff/settings/looks/logo/removal", &[]),
    unproven(form("/staff/settings/looks/logo/restoration", &[]), "there is none in the demo"),
    page("/staff/settings/public-page"),
    form("/staff/settings/public-page", &[("headline", "Hello"), ("words", "Words.")]),
    picture("/staff/settings/public-page/cover"),
    page("/staff/settings/public-page/cover/preview"),
    form("/staff/settings/public-page/cover/focus", &[("x", "30"), ("y", "70")]),
    form("/staff/settings/public-page/cover/removal", &[]),
    unproven(form("/staff/settings/public-page/cover/restoration", &[]), "there is none in the demo"),
    // files
    upload("/staff/portals/:portal/files"),
    selection("GET", "/staff/portals/:portal/selection/folder"),
    selection("POST", "/staff/portals/:portal/selection/folder"),
    selection("POST", "/staff/portals/:portal/selection/folder/removal"),
    selection("POST", "/staff/portals/:portal/selection/deletion"),
    selection("POST", "/staff/portals/:portal/selection/restoration"),
    page("/staff/portals/:portal/download"),
    page("/portals/:portal/download"),
    page("/staff/portals/:portal/offline"),
    page("/staff/portals/:portal/offline/download"),
    page("/portals/:portal/offline/download"),
    piece("OPTIONS", "/staff/portals/:portal/uploads", website_portal),
    piece("POST", "/staff/portals/:portal/uploads", website_portal),
    piece("HEAD", "/staff/uploads/:upload", adas_upload),
    piece("POST", "/staff/uploads/:upload", adas_upload),
    piece("PATCH", "/staff/uploads/:upload", adas_upload),
    piece("DELETE", "/staff/uploads/:upload", adas_upload),
    piece("OPTIONS", "/folders/:folder/uploads", folder_of_clients),
    piece("POST", "/folders/:folder/uploads", folder_of_clients),
    piece("HEAD", "/uploads/:upload", carols_upload),
    piece("POST", "/uploads/:upload", carols_upload),
    piece("PATCH", "/uploads/:upload", carols_upload),
    piece("DELETE", "/uploads/:upload", carols_upload),
    given(form("/staff/folders/:folder/uploads", &[]), folder_of_clients),
    given(upload("/folders/:folder/files"), folder_of_clients),
    given(form("/staff/folders/:folder/uploads/removal", &[]), folder_of_clients),
    page("/staff/files/:item"),
    page("/staff/files/:item/content"),
    page("/staff/files/:item/download"),
    page("/staff/files/:item/thumbnail"),
    given(page("/staff/files/:item/pages/:page"), |world| {
        let portal = world.ada().visit("/staff/portals").press("Acme website relaunch");
        let mut first = last_part(&portal.link("Brand handbook.pdf"));
        first.push("1".to_owned());
        first
    }),
    unproven(
        given(page("/staff/files/:item/versions/:version/pages/:page"), page_of_old_version),
        "the old version in the demo is a table, which has no pages",
    ),
    given(page("/staff/files/:item/versions/:version"), old_version),
    given(page("/staff/files/:item/versions/:version/content"), old_version),
    given(page("/staff/files/:item/versions/:version/download"), old_version),
    given(page("/staff/files/:item/versions/:version/changes"), new_version),
    // Before another version comes.
    given(form("/approvals/:approval/decision", &[("decision", "approve")]), |world| {
        approval(world, "Budget.csv")
    }),
    given(form("/staff/files/:item/versions/:version/renewal", &[]), old_version),
    given(form("/staff/files/:item/versions/:version/pin", &[]), old_version),
    given(form("/staff/files/:item/pin/removal", &[]), |world| old_version(world)[..1].to_vec()),
    given(form("/staff/files/:item/versions/:version/deletion", &[]), old_version),
    given(form("/staff/files/:item/versions/:version/restoration", &[]), old_version),
    given(page("/staff/files/:item/approvals"), |world| old_version(world)[..1].to_vec()),
    given(page("/staff/files/:item/approvals/new"), |world| old_version(world)[..1].to_vec()),
    unproven(
        given(form("/staff/files/:item/approvals", &[]), |world| old_version(world)[..1].to_vec()),
        "it takes the id of a client; the approvals tests send it",
    ),
    given(form("/staff/approvals/:approval/withdrawal", &[]), |world| {
        approval(world, "Proposal for the catalogue.docx")
    }),
    page("/files/:item"),
    page("/files/:item/content"),
    page("/files/:item/download"),
    form("/files/:item/views", &[]),
    page("/files/:item/thumbnail"),
    page("/files/:item/pages/:page"),
    given(form("/staff/files/:item/showing", &[]), sent_file),
    given(form("/staff/files/:item/showing/removal", &[]), sent_file),
    page("/requests"),
    page("/requests/:request"),
    page("/portals/:portal/requests"),
    page("/staff/portals/:portal/requests"),
    page("/staff/portals/:portal/requests/new"),
    unproven(
        form("/staff/portals/:portal/requests", &[("title", "Papers"), ("wanted", "Contract")]),
        "whom to ask is chosen among ids",
    ),
    page("/staff/requests/:request"),
    form("/staff/requests/:request/date", &[("due_on", "2199-12-31")]),
    form("/staff/requests/:request/reminder", &[]),
    form("/staff/requests/:request/versions/:version/return", &[("reason", "A page is missing.")]),
    form("/staff/requests/:request/versions/:version/acceptance", &[]),
    // Into a slot that nothing was accepted for.
    upload("/requests/:request/slots/:slot/file"),
    piece("OPTIONS", "/requests/:request/slots/:slot/uploads", empty_slot),
    piece("POST", "/requests/:request/slots/:slot/uploads", empty_slot),
    form("/staff/requests/:request/withdrawal", &[]),
    page("/staff/settings/storage"),
    form("/staff/settings/storage", &[("limit", "100000")]),
    // billing
    page("/billing"),
    page("/billing/statement"),
    page("/staff/invoices/export"),
    for_anyone(
        "GET",
        "/staff/invoices/export/:file",
        "each organization's own; tests/billing/export.rs looks inside",
    ),
    page("/invoices/:invoice"),
    page("/invoices/:invoice/paper"),
    given(page("/invoices/:invoice/payment"), carols_invoice),
    unproven(
        given(form("/invoices/:invoice/payment", &[]), carols_invoice),
        "tests/billing/online.rs pays at a fake of Stripe",
    ),
    for_anyone("POST", "/webhooks/stripe", "nothing is believed that is not signed: tests/billing/online.rs"),
    page("/payments/:payment/receipt"),
    page("/quotes/:quote"),
    page("/quotes/:quote/paper"),
    form("/quotes/:quote/acceptance", &[("name", "Carol Meyer")]),
    unproven(form("/quotes/:quote/refusal", &[("reason", "")]), "the one quote is accepted by now"),
    page("/staff/quotes"),
    page("/staff/quotes/new"),
    unproven(form("/staff/quotes", &[]), NAMES_A_CLIENT),
    page("/staff/quotes/:quote"),
    page("/staff/quotes/:quote/paper"),
    form("/staff/quotes/:quote/revision", &[]),
    page("/staff/quotes/:quote/template"),
    form("/staff/quotes/:quote/template", &[("name", "Care")]),
    given(form("/staff/quotes/:quote/template/removal", &[]), quote),
    form("/staff/documents/:document/duplicate", &[]),
    form("/staff/quotes/:quote/withdrawal", &[]),
    form("/staff/quotes/:quote/project", &[]),
    form("/staff/quotes/:quote/deposit-invoice", &[]),
    form("/staff/quotes/:quote/invoice", &[]),
    page("/staff/invoices"),
    page("/staff/invoices/new"),
    unproven(form("/staff/invoices", &[]), NAMES_A_CLIENT),
    page("/staff/invoices/:invoice"),
    page("/staff/invoices/:invoice/paper"),
    page("/staff/documents/:document/lines/:line/edit"),
    page("/staff/documents/:document"),
    unproven(given(form("/staff/documents/:document", &[]), draft_invoice), NAMES_A_CLIENT),
    given(form("/staff/documents/:document/lines", LINE), draft_invoice),
    form("/staff/documents/:document/lines/:line", LINE),
    given(form("/staff/documents/:document/deletion", &[]), draft_invoice),
    given(form("/staff/documents/:document/restoration", &[]), draft_invoice),
    given(form("/staff/invoices/:invoice/issuance", &[]), draft_invoice),
    unproven(form("/staff/documents/:document/lines/:line/deletion", &[]), "the one draft is issued by now"),
    page("/staff/documents/:document/recipients"),
    unproven(form("/staff/documents/:document/recipients", &[]), NAMES_A_CLIENT),
    form("/staff/invoices/:invoice/reminders", &[]),
    page("/staff/invoices/:invoice/payments/new"),
    form("/staff/invoices/:invoice/payments", PAYMENT),
    page("/staff/invoices/:invoice/refunds/new"),
    form("/staff/invoices/:invoice/refunds", REFUND),
    page("/staff/invoices/:invoice/credit-notes/new"),
    form("/staff/invoices/:invoice/credit-notes", &[("quantity", "0.5"), ("words", "")]),
    page("/staff/payments/:payment/receipt"),
    form("/staff/payments/:payment/deletion", &[]),
    given(form("/staff/payments/:payment/restoration", &[]), payment),
    unproven(
        given(page("/staff/payments/:payment/online-refund"), payment),
        "tests/billing/online.rs gives back what was paid at a fake of Stripe",
    ),
    unproven(
        given(form("/staff/payments/:payment/online-refund", &[("refund", ""), ("amount", "1")]), payment),
        "tests/billing/online.rs gives back what was paid at a fake of Stripe",
    ),
    unproven(
        given(form("/staff/settings/payments/misfits/:payment/settlement", &[]), payment),
        "tests/billing/online.rs settles what a fake of Stripe said wrongly",
    ),
    unproven(
        given(form("/billing/payment-method", &[]), |_| Vec::new()),
        "tests/billing/charging.rs saves one at a fake of Stripe",
    ),
    given(form("/billing/payment-method/removal", &[]), |_| Vec::new()),
    page("/staff/settings/payments"),
    form("/staff/settings/payments", &[("secret", "sk_test_1"), ("webhook", "whsec_1")]),
    given(form("/staff/settings/payments/reconciliation", &[]), |_| Vec::new()),
    unproven(
        given(form("/staff/settings/payments/check", &[]), |_| Vec::new()),
        "tests/billing/provider.rs checks keys at a fake of Stripe",
    ),
    given(form("/staff/settings/payments/removal", &[]), |_| Vec::new()),
    form("/staff/documents/:document/recipients/:person/revocation", &[]),
    page("/staff/subscriptions"),
    page("/staff/subscriptions/new"),
    unproven(form("/staff/subscriptions", &[]), NAMES_A_CLIENT),
    page("/staff/subscriptions/:subscription"),
    page("/staff/subscriptions/:subscription/edit"),
    unproven(form("/staff/subscriptions/:subscription", &[]), NAMES_A_CLIENT),
    given(form("/staff/subscriptions/:subscription/start", &[]), draft_subscription),
    form("/staff/subscriptions/:subscription/pause", &[]),
    given(form("/staff/subscriptions/:subscription/resumption", &[]), running_subscription),
    given(form("/staff/subscriptions/:subscription/invoices", &[]), running_subscription),
    page("/staff/subscriptions/:subscription/cancellation"),
    form("/staff/subscriptions/:subscription/cancellation", &[("when", "end")]),
    page("/staff/settings/billing"),
    form("/staff/settings/billing", &[]),
    form("/staff/settings/billing/taxes/:tax/removal", &[]),
    given(form("/staff/settings/billing/taxes/:tax/restoration", &[]), tax_rate),
    form("/staff/settings/billing/taxes", &[("name", "VAT 7 %"), ("percent", "7"), ("exemption", "")]),
    // activity
    page("/staff/activity/:noun/:thing"),
    page("/portals/:portal/activity"),
    // audience
    page("/staff/audience/:noun/:thing"),
    page("/staff/settings/audience"),
    for_anyone(
        "GET",
        "/staff/settings/audience.csv",
        "each organization's own; tests/audience.rs looks inside, and who is refused it",
    ),
    // audit
    page("/staff/settings/audit"),
    for_anyone(
        "GET",
        "/staff/settings/audit/audit.csv",
        "each organization's own; tests/audit.rs looks inside, and who is refused it",
    ),
    // domains
    for_anyone(
        "GET",
        "/.well-known/portico/:token",
        "only whoever was shown the token asks for it, and learns a word that opens nothing",
    ),
    page("/staff/settings/address"),
    unproven(
        form("/staff/settings/address", &[("slug", "studio"), ("current", "")]),
        "everybody is elsewhere afterwards; tests/domains.rs changes it",
    ),
    form("/staff/settings/address/domain", &[("domain", "portal.acme.test")]),
    given(form("/staff/settings/address/domain/check", &[]), |_| Vec::new()),
    unproven(
        given(form("/staff/settings/address/domain/use", &[("use_for", "links")]), |_| Vec::new()),
        "no domain leads here; tests/domains.rs has one that does",
    ),
    given(form("/staff/settings/address/domain/removal", &[]), |_| Vec::new()),
    // messages
    page("/staff/messages"),
    page("/staff/messages/unread"),
    page("/staff/portals/:portal/messages"),
    page("/staff/portals/:portal/messages/:client"),
    form("/staff/portals/:portal/messages/:client", &[("message", "Words.")]),
    given(form("/staff/portals/:portal/messages/:client/reading", &[("number", "1")]), |world| {
        adas_message(world)[..2].to_vec()
    }),
    page("/staff/portals/:portal/messages/:client/:message/edit"),
    given(form("/staff/portals/:portal/messages/:client/:message", &[("message", "Others.")]), adas_message),
    page("/staff/portals/:portal/messages/:client/:message/deletion"),
    given(form("/staff/portals/:portal/messages/:client/:message/deletion", &[]), adas_message),
    given(page("/staff/portals/:portal/messages/:client/:message/files/:file/download"), adas_file),
    page("/messages"),
    page("/messages/unread"),
    page("/portals/:portal/messages"),
    form("/portals/:portal/messages", &[("message", "Words.")]),
    page("/portals/:portal/messages/latest"),
    given(form("/portals/:portal/messages/reading", &[("number", "1")]), |world| {
        carols_message(world)[..1].to_vec()
    }),
    page("/portals/:portal/messages/:message/edit"),
    given(form("/portals/:portal/messages/:message", &[("message", "Others.")]), carols_message),
    page("/portals/:portal/messages/:message/deletion"),
    given(form("/portals/:portal/messages/:message/deletion", &[]), carols_message),
    given(page("/portals/:portal/messages/:message/files/:file/download"), carols_file),
    // rooms of chosen people
    page("/staff/messages/rooms/new"),
    unproven(form("/staff/messages/rooms", &[]), NAMES_A_CLIENT),
    page("/staff/messages/rooms/:room"),
    form("/staff/messages/rooms/:room", &[("message", "Words.")]),
    given(form("/staff/messages/rooms/:room/reading", &[("number", "1")]), |world| {
        in_room(&world.ada(), "/staff/messages")[..1].to_vec()
    }),
    page("/staff/messages/rooms/:room/:message/edit"),
    given(form("/staff/messages/rooms/:room/:message", &[("message", "Others.")]), |world| {
        in_room(&world.ada(), "/staff/messages")
    }),
    page("/staff/messages/rooms/:room/:message/deletion"),
    given(form("/staff/messages/rooms/:room/:message/deletion", &[]), |world| {
        in_room(&world.ada(), "/staff/messages")
    }),
    given(page("/staff/messages/rooms/:room/:message/files/:file/download"), |world| {
        file_in_room(&world.ada(), "/staff/messages")
    }),
    page("/messages/rooms/:room"),
    form("/messages/rooms/:room", &[("message", "Words.")]),
    given(form("/messages/rooms/:room/reading", &[("number", "1")]), |world| {
        in_room(&world.carol(), "/messages")[..1].to_vec()
    }),
    page("/messages/rooms/:room/:message/edit"),
    given(form("/messages/rooms/:room/:message", &[("message", "Others.")]), |world| {
        in_room(&world.carol(), "/messages")
    }),
    page("/messages/rooms/:room/:message/deletion"),
    given(form("/messages/rooms/:room/:message/deletion", &[]), |world| in_room(&world.carol(), "/messages")),
    given(page("/messages/rooms/:room/:message/files/:file/download"), |world| {
        file_in_room(&world.carol(), "/messages")
    }),
    page("/staff/messages/rooms/:room/people"),
    unproven(form("/staff/messages/rooms/:room/people", &[]), NAMES_A_CLIENT),
    // Who is taken out first sends nothing there any more.
    form("/staff/messages/rooms/:room/people/:person/removal", &[]),
    for_anyone("POST", "/webhooks/mail", "nothing is believed that is not proven: tests/messages/by_mail.rs"),
    // notifications
    page("/notifications"),
    page("/notifications/unread"),
    form("/notifications/reading", &[]),
    page("/account/notifications"),
    form("/account/notifications", NEWS_OF_CLIENTS),
    page("/staff/notifications"),
    page("/staff/notifications/unread"),
    form("/staff/notifications/reading", &[]),
    page("/staff/account/notifications"),
    form("/staff/account/notifications", NEWS_OF_STAFF),
    for_anyone("GET", "/unsubscribe/:token", "the token is the right"),
    for_anyone("POST", "/unsubscribe/:token", "the token is the right"),
    // announcements
    page("/staff/announcements"),
    page("/staff/announcements/new"),
    form("/staff/announcements", ANNOUNCEMENT),
    page("/staff/announcements/:announcement"),
    page("/staff/announcements/:announcement/edit"),
    given(form("/staff/announcements/:announcement", ANNOUNCEMENT), draft_announcement),
    page("/staff/announcements/:announcement/publication"),
    given(form("/staff/announcements/:announcement/publication", &[]), draft_announcement),
    page("/staff/announcements/:announcement/correction"),
    given(
        form("/staff/announcements/:announcement/correction", &[("title", "News"), ("message", "Words.")]),
        announcement,
    ),
    page("/announcements"),
    page("/announcements/unread"),
    page("/announcements/latest"),
    page("/announcements/:announcement"),
    form("/announcements/:announcement/reading", &[]),
    given(form("/staff/announcements/:announcement/deletion", &[]), announcement),
    given(form("/staff/announcements/:announcement/restoration", &[]), announcement),
    // search
    page("/staff/search"),
    page("/search"),
    // sharing: what sends anew, then what takes away
    form("/staff/portals/:portal/grants/:person/invitation", &[]),
    form("/staff/invitations/:invitation/renewal", &[]),
    form("/staff/portals/:portal/grants/:person/restoration", &[]),
    form("/staff/portals/:portal/grants/:person/revocation", &[]),
    form("/staff/invitations/:invitation/revocation", &[]),
    // projects: what takes away, and what brings back
    given(form("/staff/projects/:project/deletion", &[]), project),
    given(form("/staff/projects/:project/restoration", &[]), project),
    // portals: what takes away, and what brings back
    given(form("/staff/items/:item/deletion", &[]), |world| website_items(world)[5..6].to_vec()),
    given(form("/staff/items/:item/restoration", &[]), website_item),
    page("/staff/portals/:portal/archival"),
    form("/staff/portals/:portal/archival", &[]),
    given(form("/staff/portals/:portal/archival/removal", &[]), website_portal),
    form("/staff/portals/:portal/deletion", &[]),
    given(form("/staff/portals/:portal/restoration", &[]), website_portal),
    // The last: the name is on every page.
    form(
        "/staff/settings/looks",
        &[("name", "Studio"), ("colour", "#3451b2"), ("language", "en"), ("time_zone", "UTC")],
    ),
];

/// A portal with something in it, whatever it is called by now.
fn website(world: &World) -> crate::world::Page {
    let ada = world.ada();
    let portals = ada.visit("/staff/portals").attributes("main a.row-name", "href");
    let mut pages = portals.iter().map(|portal| ada.visit(portal));
    pages.find(|page| page.count("[data-reorder-key]") > 0).unwrap()
}

pub fn website_portal(world: &World) -> Vec<String> {
    vec![website(world).path().rsplit('/').next().unwrap().to_owned()]
}

pub fn website_item(world: &World) -> Vec<String> {
    website_items(world)[..1].to_vec()
}

fn website_items(world: &World) -> Vec<String> {
    website(world).attributes("#items [data-reorder-key]", "data-reorder-key")
}

/// That Carol was asked for.
fn approval(world: &World, file: &str) -> Vec<String> {
    let portal = world.ada().visit("/staff/portals").press("Acme website relaunch");
    let page = portal.press("Contracts").press(file);
    if page.count("#approvals .row") == 0 {
        ask_for_approval(&page, "carol@acme.test").assert_ok();
    }
    let asked = world.ada().visit(page.path()).attributes("#approvals .row", "id").remove(0);
    vec![asked.trim_start_matches("approval-").to_owned()]
}

fn page_of_old_version(world: &World) -> Vec<String> {
    old_version(world).into_iter().chain(["1".to_owned()]).collect()
}

/// The item's id and the first version's, of the demo's file that came twice.
fn old_version(world: &World) -> Vec<String> {
    version(world, |mut versions| versions.pop())
}

fn new_version(world: &World) -> Vec<String> {
    version(world, |versions| versions.into_iter().next())
}

fn version(world: &World, choose: fn(Vec<String>) -> Option<String>) -> Vec<String> {
    let portal = world.ada().visit("/staff/portals").press("Acme website relaunch");
    let versions = portal.press("Contracts").press("Budget.csv").attributes("#versions a.row-name", "href");
    let address = choose(versions).unwrap();
    let parts: Vec<_> = address.split('/').collect();
    vec![parts[3].to_owned(), parts[5].to_owned()]
}

/// Where what clients send for a request goes.
fn page_of_clients_folder(world: &World) -> crate::world::Page {
    world.ada().visit("/staff/portals").press("Acme website relaunch").press("From clients")
}

fn folder_of_clients(world: &World) -> Vec<String> {
    vec![
        page_of_clients_folder(world)
            .url()
            .query_pairs()
            .find(|(name, _)| name == "folder")
            .unwrap()
            .1
            .into(),
    ]
}

/// By Carol.
fn sent_file(world: &World) -> Vec<String> {
    last_part(&page_of_clients_folder(world).link("Prices.csv"))
}

/// What Carol is still asked for.
fn empty_slot(world: &World) -> Vec<String> {
    let actions =
        world.carol().visit("/requests").press("Content for the new website").attributes("form", "action");
    let action = actions.iter().find(|action| action.ends_with("/file")).unwrap();
    let parts: Vec<_> = action.split('/').collect();
    vec![parts[2].to_owned(), parts[4].to_owned()]
}

fn adas_upload(world: &World) -> Vec<String> {
    begun_by(&world.ada(), &format!("/staff/portals/{}/uploads", website_portal(world)[0]))
}

fn carols_upload(world: &World) -> Vec<String> {
    begun_by(&world.carol(), &format!("/folders/{}/uploads", folder_of_clients(world)[0]))
}

/// A new upload of five bytes.
fn begun_by(person: &Person, uploads: &str) -> Vec<String> {
    let request = person.request(Method::POST, uploads).header("Sec-Fetch-Site", "same-origin");
    let begun = person.send(request.header("Tus-Resumable", "1.0.0").header("Upload-Length", "5"));
    last_part(begun.assert_status(201).header("location"))
}

/// Nobody asks for it.
const LOOM: &str = "https://www.loom.com/share/0123456789abcdef0123456789abcdef";
const CODE: &str = "a code is of the moment; tests/accounts/second_step.rs makes some";

const PASSKEY: &str = "a device answers to a question of the moment; tests/accounts/passkeys.rs has one";

const NEW_PASSKEY: &[(&str, &str)] = &[("name", "Phone"), ("ceremony", "none"), ("credential", "none")];

const PREPARED: &str = "a template brings them; tests/templates.rs makes some";

const NEW_PASSWORD: &[(&str, &str)] =
    &[("current", "portico demo, plum tart"), ("password", "a lighthouse keeps seven lamps")];

const PROJECT: &[(&str, &str)] =
    &[("name", "Signs"), ("client", ""), ("status", "planned"), ("starts_on", ""), ("ends_on", "")];

const NAMES_A_CLIENT: &str = "a field names a client by their id; tests/billing fills it in";

const PAYMENT: &[(&str, &str)] = &[
    ("payment", "0190000000007000800000000000000a"),
    ("amount", "1"),
    ("paid_on", "2026-01-01"),
    ("words", ""),
];

const REFUND: &[(&str, &str)] = &[
    ("payment", "0190000000007000800000000000000b"),
    ("amount", "1"),
    ("paid_on", "2026-01-01"),
    ("words", ""),
];

const LINE: &[(&str, &str)] =
    &[("description", "Signs"), ("quantity", "2"), ("unit_price", "45"), ("discount", ""), ("tax", "")];

const NEWS_OF_CLIENTS: &[(&str, &str)] = &[
    ("choice", "portals:at-once"),
    ("choice", "approvals:at-once"),
    ("choice", "requests:at-once"),
    ("choice", "messages:at-once"),
    ("choice", "announcements:at-once"),
    ("hour", "8"),
    ("time_zone", ""),
];

const NEWS_OF_STAFF: &[(&str, &str)] =
    &[("choice", "quote-answers:at-once"), ("choice", "messages:at-once"), ("hour", "8"), ("time_zone", "")];

const ANNOUNCEMENT: &[(&str, &str)] = &[("title", "News"), ("message", "Words."), ("everybody", "yes")];

const MEI: &[(&str, &str)] =
    &[("name", "Mei Tanaka"), ("email", "mei@globex.test"), ("company", ""), ("language", "")];

/// An id of the right form.
fn nobodys(_: &World) -> Vec<String> {
    vec!["0190000000007000800000000000000c".to_owned()]
}

fn ben(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/people").link("Ben Okafor"))
}

/// A client whom no other example needs.
fn mei(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/clients").link("Mei Tanaka"))
}

/// Nobody belongs to it, so that it can be deleted.
fn acme(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/companies").link("Acme"))
}

fn unused_company(world: &World) -> Vec<String> {
    let companies = || world.ada().visit("/staff/companies");
    if !companies().has_link("Hollow") {
        companies().press("New company").form_with_field("Name").fill("Name", "Hollow").submit();
    }
    last_part(&companies().link("Hollow"))
}

fn project(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/projects").link("Acme website relaunch"))
}

fn milestone(world: &World) -> Vec<String> {
    let milestones = world.ada().visit(&format!("/staff/projects/{}/milestones", project(world)[0]));
    let edit = milestones.attributes("a[href^='/staff/milestones/']", "href").remove(0);
    vec![edit.split('/').nth(3).unwrap().to_owned()]
}

fn template(world: &World) -> Vec<String> {
    let rename = world.ada().visit("/staff/templates").attributes("a[href$='/name']", "href").remove(0);
    vec![rename.split('/').nth(3).unwrap().to_owned()]
}

fn items_of_website(world: &World) -> Vec<String> {
    vec![website_portal(world).remove(0), "items".to_owned()]
}

fn carols_invoice(world: &World) -> Vec<String> {
    last_part(&world.carol().visit("/billing").attributes("a.row-name[href^='/invoices/']", "href").remove(0))
}

fn payment(world: &World) -> Vec<String> {
    let ada = world.ada();
    let invoices = ada.visit("/staff/invoices").attributes("main a.row-name", "href");
    let mut pages = invoices.iter().map(|invoice| ada.visit(invoice));
    let deletion = "form[action^='/staff/payments/']";
    let paid = pages.find(|page| page.count(deletion) > 0).unwrap();
    vec![paid.attributes(deletion, "action")[0].split('/').nth(3).unwrap().to_owned()]
}

fn tax_rate(world: &World) -> Vec<String> {
    let settings = world.ada().visit("/staff/settings/billing");
    let removal = settings.attributes("form[action$='/removal']", "action").remove(0);
    vec![removal.split('/').nth(5).unwrap().to_owned()]
}

/// The ids in the address of a message of Ada's: portal, client, message.
fn adas_message(world: &World) -> Vec<String> {
    let conversation =
        world.ada().visit("/staff/portals").press("Acme website relaunch").press("Carol Meyer");
    let edit = conversation.attributes("a[href$='/edit']", "href").remove(0);
    let parts: Vec<_> = edit.split('/').collect();
    vec![parts[3].to_owned(), parts[5].to_owned(), parts[6].to_owned()]
}

/// Of Carol's: portal, message.
fn carols_message(world: &World) -> Vec<String> {
    let conversation = world.carol().visit("/messages").press("Acme website relaunch");
    let edit = conversation.attributes("a[href$='/edit']", "href").remove(0);
    let parts: Vec<_> = edit.split('/').collect();
    vec![parts[2].to_owned(), parts[4].to_owned()]
}

/// The ids in the address of a file that Carol sends with a message: portal, message, file.
fn carols_file(world: &World) -> Vec<String> {
    let conversation = world.carol().visit("/messages").press("Acme website relaunch");
    let parts = file_in_message(&conversation);
    vec![parts[2].clone(), parts[4].clone(), parts[6].clone()]
}

/// Of one that Ada sends: portal, client, message, file.
fn adas_file(world: &World) -> Vec<String> {
    let conversation =
        world.ada().visit("/staff/portals").press("Acme website relaunch").press("Carol Meyer");
    let parts = file_in_message(&conversation);
    vec![parts[3].clone(), parts[5].clone(), parts[6].clone(), parts[8].clone()]
}

fn file_in_message(conversation: &Page) -> Vec<String> {
    let form = conversation.form_with_field("Message").attach("Files", [Upload::text("a.txt", "words")]);
    let address = form.submit().follow().attributes(".message-files a", "href").pop().unwrap();
    address.split('/').map(str::to_owned).collect()
}

/// The ids of a room and of a message that this person writes in it.
fn in_room(person: &Person, list: &str) -> Vec<String> {
    let form = person.visit(list).press("Shop opening").form_with_field("Message");
    let page = form.fill("Message", "Words.").submit().follow();
    let edit = page.attributes("a[href$='/edit']", "href").pop().unwrap();
    let parts: Vec<&str> = edit.split('/').collect();
    vec![parts[parts.len() - 3].to_owned(), parts[parts.len() - 2].to_owned()]
}

/// Of a file in it, too.
fn file_in_room(person: &Person, list: &str) -> Vec<String> {
    let parts = file_in_message(&person.visit(list).press("Shop opening"));
    let from_end = |place: usize| parts[parts.len() - place].clone();
    vec![from_end(5), from_end(4), from_end(2)]
}

fn draft_announcement(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/announcements").link("A second address in Lyon"))
}

fn announcement(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/announcements").link("We are closed between the years"))
}

fn draft_invoice(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/invoices?which=drafts").link("Draft invoice"))
}

fn draft_subscription(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/subscriptions").link("Brand hotline"))
}

fn running_subscription(world: &World) -> Vec<String> {
    last_part(&world.ada().visit("/staff/subscriptions").link("Website care"))
}

fn quote(world: &World) -> Vec<String> {
    let quotes = world.ada().visit("/staff/quotes").attributes("main a.row-name", "href");
    last_part(&quotes[0])
}

fn last_part(address: &str) -> Vec<String> {
    vec![address.rsplit('/').next().unwrap().to_owned()]
}
