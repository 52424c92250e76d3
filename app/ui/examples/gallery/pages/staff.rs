//! What staff see all day.

use portico_ui::components::*;
use portico_ui::{Frame, Markup, html, staff_page};

pub fn home(frame: &Frame) -> Markup {
    let waiting = |person, words, since, tone, state| {
        row(&Row {
            lead: Some(avatar(person)),
            name: words,
            href: Some("#"),
            detail: Some(html! { (person) ", since " (since) }),
            meta: Some(badge(tone, state)),
            ..Row::default()
        })
    };
    let lately = |person, words, at| {
        row(&Row {
            lead: Some(avatar(person)),
            name: person,
            detail: Some(html! { (words) }),
            meta: Some(html! { (at) }),
            ..Row::default()
        })
    };
    staff_page(
        frame,
        "Home",
        html! {
            (page_header(&PageHeader {
                title: "Good morning, Ada",
                actions: Some(html! {
                    (Button::secondary("New client").icon("plus").dialog("#"))
                    (Button::primary("New project").icon("plus").dialog("staff-share.html"))
                }),
                ..PageHeader::default()
            }))
            (stats(&[
                Stat { label: "Due", figure: "18,420.00 €", detail: Some("6 invoices"), href: Some("#") },
                Stat { label: "Overdue", figure: "1,200.00 €", detail: Some("1 invoice, 14 days"), href: Some("#") },
                Stat { label: "Waiting for a client", figure: "4", detail: Some("longest 9 days"), href: None },
                Stat { label: "Open projects", figure: "7", detail: None, href: Some("#") },
            ]))
            div.columns {
                (section("Waiting", html! {}, list(html! {
                    (waiting("Carol Jones", "Sign the proposal “Website redesign, phase two”", "14 November", Tone::Waiting, "Sent"))
                    (waiting("Dora Maar", "Pay invoice 2026-0112", "9 November", Tone::Bad, "Overdue"))
                    (waiting("Cyril Roy", "Set up the account", "20 November", Tone::Neutral, "Invited"))
                    (waiting("Élodie Vandenbroucke-Delacroix", "Upload the signed annual accounts of the year 2025 together with the minutes of the general meeting", "2 days ago", Tone::Neutral, "Asked"))
                })))
                (section("Lately", html! { (Button::quiet("All").small().href("#")) }, list(html! {
                    (lately("Carol Jones", "opened Homepage draft.pdf", "14:05"))
                    (lately("Dora Maar", "joined", "11:30"))
                    (lately("Carol Jones", "accepted the proposal “Brand”", "Yesterday"))
                })))
            }
        },
    )
}

pub fn project(frame: &Frame) -> Markup {
    let text = frame.text;
    staff_page(
        frame,
        "Website redesign",
        html! {
            (page_header(&PageHeader {
                title: "Website redesign",
                breadcrumb: Some(breadcrumb(text, &[("#", "Projects"), ("#", "Acme")])),
                detail: Some(html! { (badge(Tone::Good, "Active")) span { "Acme International" } span { "1 October to 18 December 2026" } (avatar_stack(&["Carol Jones", "Cyril Roy"], 3)) }),
                actions: Some(html! {
                    (menu("More", "Actions for Website redesign", html! {
                        (menu_dialog("#", Some("pencil"), "Rename"))
                        (menu_link("#", Some("file-archive"), "Archive"))
                        (menu_divider())
                        (menu_form("token", "#", "trash", "Delete"))
                    }))
                    (Button::primary("Client portal").icon("portal").href("staff-portal.html"))
                }),
            }))
            (milestone_track(text, &milestones()))
            (section("Milestones", html! { (Button::secondary("Add milestone").icon("plus").small().dialog("#")) }, reorder_list(text, "token", "milestones", "/order", &[
                milestone_row("1", "Kick-off"), milestone_row("2", "Design"), milestone_row("3", "Build"), milestone_row("4", "Launch"),
            ])))
            (section("Portals", html! { (Button::secondary("New portal").icon("plus").small().href("#")) }, list(html! {
                (row(&Row { lead: Some(row_icon("portal")), name: "Website redesign", href: Some("staff-portal.html"), detail: Some(html! { "14 items, shared with 2 people" }), meta: Some(html! { (dot(text, Dot::Joined)) (dot(text, Dot::Invited)) }), ..Row::default() }))
            })))
            (section("Details", html! {}, Form::post("token", "#").body(html! {
                (Field::text("name", "Name").value("Website redesign").required())
                (Field::select("company", "Company", vec![Choice::new("1", "Acme International"), Choice::new("2", "Globex")]).value("1"))
                (Field::date("due", "Due date").value("2026-12-18").optional(text))
                (form_actions(html! { (Button::primary("Save")) }))
            })))
        },
    )
}

fn milestone_row<'a>(key: &'a str, name: &'a str) -> ReorderRow<'a> {
    ReorderRow {
        key,
        row: Row { name, meta: Some(html! { "18 Nov" }), ..Row::default() },
        up: Some("#"),
        down: Some("#"),
    }
}

fn milestones() -> [Milestone<'static>; 4] {
    let step = |name, date: &str, state| Milestone { name, date: Some(date.to_owned()), state };
    [
        step("Kick-off", "1 Oct", MilestoneState::Done),
        step("Design", "30 Oct", MilestoneState::Done),
        step("Build", "27 Nov", MilestoneState::Current),
        step("Launch", "18 Dec", MilestoneState::Planned),
    ]
}

pub fn portal(frame: &Frame) -> Markup {
    let text = frame.text;
    staff_page(
        frame,
        "Website redesign",
        html! {
            div data-drop-zone {
            (page_header(&PageHeader {
                title: "Website redesign",
                breadcrumb: Some(breadcrumb(text, &[("#", "Projects"), ("staff-project.html", "Website redesign")])),
                detail: Some(html! { span { "14 items" } (avatar_stack(&["Carol Jones", "Cyril Roy"], 3)) (dot(text, Dot::Joined)) (dot(text, Dot::Invited)) }),
                actions: Some(html! {
                    (Button::quiet("See as client").icon("eye").href("client-portal-grid.html"))
                    (button_menu("Add", Some("plus"), html! {
                        (menu_dialog("#", Some("note"), "Add note")) (menu_dialog("#", Some("link"), "Add link"))
                        (menu_dialog("#", Some("embed"), "Add embed")) (menu_dialog("#", Some("folder-plus"), "New folder"))
                    }))
                    (Button::primary("Share").icon("share").dialog("staff-share.html"))
                }),
            }))
            (note(&Note { title: "Where we are", byline: "Ada, 20 November 2026", words: html! { p { "The second direction is chosen. Next: the build, with a first look on " strong { "27 November" } "." } }, place: NotePlace::Pinned, actions: Some(item_menu("Where we are")), ..Note::default() }))
            (section("Files", html! { (view_switch(true)) (Button::secondary("New folder").icon("folder-plus").small().dialog("#")) }, html! {
                div id="listing" data-live-topic="portal:7" data-live-href="/listing" {
                    (list(html! {
                        (file(text, "Photographs", "folder", "24 items", "18 Nov"))
                        (file(text, "Homepage draft, second direction.pdf", "file-text", "1.2 MB", "20 Nov"))
                        (file(text, "Budget.xlsx", "file-sheet", "48 kB", "12 Nov"))
                        (file(text, "2026-11-18_Acme_International_Website_redesign_workshop_minutes_final_v7_with_comments_by_the_board.docx", "file-text", "310 kB", "18 Nov"))
                        (file(text, "Walkthrough.mp4", "file-video", "84 MB", "9 Nov"))
                    }))
                }
                (upload_form(text, "token", "/upload", "#listing"))
            }))
            (section("Links", html! { (Button::secondary("Add link").icon("plus").small().dialog("#")) }, list(html! {
                (row(&Row { lead: Some(row_icon("link")), name: "Figma: second direction", href: Some("#"), opens: RowOpens::NewTab, detail: Some(html! { "figma.com" }), actions: Some(item_menu("Figma")), ..Row::default() }))
            })))
            }
        },
    )
}

fn view_switch(as_list: bool) -> Markup {
    let way = |label, current| Tab { href: "#", label, current, count: None };
    switch("View", &[("list", way("List", as_list)), ("grid", way("Grid", !as_list))])
}

fn item_menu(name: &str) -> Markup {
    menu(
        "More",
        &format!("Actions for {name}"),
        html! {
            (menu_link("#", Some("download"), "Download")) (menu_dialog("#", Some("pencil"), "Rename"))
            (menu_dialog("#", Some("move"), "Move")) (menu_divider()) (menu_form("token", "#", "trash", "Delete"))
        },
    )
}

fn file(_: portico_ui::Text, name: &str, icon: &'static str, size: &str, date: &str) -> Markup {
    row(&Row {
        lead: Some(row_icon(icon)),
        name,
        href: Some("#"),
        detail: Some(html! { "Added by Ada, " (date) }),
        meta: Some(html! { (size) }),
        actions: Some(item_menu(name)),
        ..Row::default()
    })
}

pub fn clients(frame: &Frame) -> Markup {
    let text = frame.text;
    let cells = |name: &str, email: &str, company: &str, state, due: &str| {
        vec![
            person_cell(name, "#"),
            html! { (email) },
            html! { (company) },
            dot(text, state),
            html! { (due) },
        ]
    };
    staff_page(
        frame,
        "Clients",
        html! {
            (page_header(&PageHeader { title: "Clients", actions: Some(Button::primary("New client").icon("plus").dialog("#").render_now()), ..PageHeader::default() }))
            (tabs("Clients", &[
                Tab { href: "#", label: "People", current: true, count: Some(5) },
                Tab { href: "#", label: "Companies", current: false, count: Some(2) },
                Tab { href: "#", label: "Invitations", current: false, count: Some(1) },
            ]))
            (table("Clients", &[Column::words("Name"), Column::words("Email"), Column::words("Company"), Column::words("State"), Column::numbers("Due")], &[
                cells("Carol Jones", "carol@acme.test", "Acme International", Dot::Joined, "0.00 €"),
                cells("Cyril Roy", "cyril@acme.test", "Acme International", Dot::Invited, "0.00 €"),
                cells("Dora Maar", "dora@globex.test", "Globex", Dot::Joined, "1,200.00 €"),
                cells("Élodie Vandenbroucke-Delacroix", "elodie.vandenbroucke-delacroix@a-rather-long-domain.test", "Vandenbroucke, Delacroix & Associés", Dot::Expired, "12,480.00 €"),
                cells("Max Ernst", "max@ernst.test", "", Dot::Revoked, "0.00 €"),
            ]))
            (pagination(text, None, Some("#"), "1 to 5 of 12"))
        },
    )
}

pub fn empty(frame: &Frame) -> Markup {
    staff_page(
        frame,
        "Billing",
        html! {
            (page_header(&PageHeader { title: "Billing", ..PageHeader::default() }))
            (empty_state("billing", "Quotes, invoices and subscriptions appear here. Start with a quote; it can become an invoice.", Some(Button::primary("New quote").icon("plus").href("#"))))
            (section("Errors look like this", html! {}, html! { (notice(NoticeKind::Warning, "Stripe is not connected, so invoices cannot be paid online yet.")) (broken_section(frame.text)) }))
        },
    )
}

pub fn share(frame: &Frame) -> Markup {
    let text = frame.text;
    let choice = |person_name, email, checked, state| PersonChoice {
        value: email,
        person_name,
        email,
        checked,
        state,
    };
    let body = html! {
        (person_choices("Acme International", "person", &[
            choice("Carol Jones", "carol@acme.test", Checked::No, Some(dot(text, Dot::Joined))),
            choice("Cyril Roy", "cyril@acme.test", Checked::Yes, None),
        ], None))
        (Field::email("email", "Email").hint("Somebody new gets an invitation.").error(Some("Write the whole address, such as dora@globex.test.")).value("dora@globex"))
        (Field::area("message", "Message").optional(text).rows(3))
        (notice(NoticeKind::Information, "1 person will gain these 14 items."))
    };
    let form = dialog_form(
        text,
        "token",
        "/share",
        "staff-portal.html",
        Button::primary("Send invitation").icon("send"),
        body,
    );
    staff_page(frame, "Share", dialog(text, "Share Website redesign", "staff-portal.html", form))
}

pub fn components(frame: &Frame) -> Markup {
    let parts = samples();
    staff_page(
        frame,
        "Components",
        html! {
            (page_header(&PageHeader { title: "Components", ..PageHeader::default() }))
            @for (name, markup) in parts { section.section { h2 { (name) } div { (markup) } } }
        },
    )
}

trait RenderNow {
    fn render_now(self) -> Markup;
}

impl RenderNow for Button {
    fn render_now(self) -> Markup {
        html! { (self) }
    }
}
