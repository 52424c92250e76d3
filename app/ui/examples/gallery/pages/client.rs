//! What clients see a few times a month.

use portico_ui::components::*;
use portico_ui::{Frame, Markup, client_page, html};

pub fn home(frame: &Frame) -> Markup {
    let waits = |icon, name, detail: &str, label| {
        row(&Row {
            lead: Some(row_icon(icon)),
            name,
            detail: Some(html! { (detail) }),
            actions: Some(html! { (Button::secondary(label).href("#")) }),
            ..Row::default()
        })
    };
    let card = |name, detail, news| PortalCard {
        href: "client-portal.html",
        name,
        cover: None,
        detail: Some(detail),
        news,
    };
    client_page(
        frame,
        "Home",
        html! {
            (page_header(&PageHeader { title: "Good morning, Carol", ..PageHeader::default() }))
            (section("Waiting for you", html! {}, list_raised(html! {
                (waits("pencil", "Proposal “Website redesign, phase two”", "12,400.00 €, valid until 30 November", "Read and accept"))
                (waits("pay", "Invoice 2026-0112", "4,280.00 €, due on 27 November", "Pay"))
                (waits("upload", "Photographs of the team", "Ada asked 2 days ago", "Upload files"))
            })))
            (section("Your portals", html! {}, portal_grid(html! {
                (portal_card(&card("Website redesign", "14 items", Some("3 new"))))
                (portal_card(&card("Brand", "32 items", None)))
                (portal_card(&card("Annual report 2026 for the shareholders of Acme International Holding", "8 items", Some("1 new"))))
                (portal_card(&card("Resources", "5 items", None)))
            })))
        },
    )
}

pub fn empty_home(frame: &Frame) -> Markup {
    client_page(
        frame,
        "Home",
        html! {
            (page_header(&PageHeader { title: "Good morning, Carol", ..PageHeader::default() }))
            (section("Waiting for you", html! {}, quiet_line("check-circle", "Nothing is waiting for you.")))
            (section("Your portals", html! {}, empty_state("portal", "What Studio North shares with you appears here.", None)))
        },
    )
}

fn head(frame: &Frame) -> Markup {
    let step = |name, date: &str, state| Milestone { name, date: Some(date.to_owned()), state };
    html! {
        (page_header(&PageHeader {
            title: "Website redesign",
            breadcrumb: Some(breadcrumb(frame.text, &[("client-home.html", "Home")])),
            detail: Some(html! { "14 items, 3 new since 12 November" }),
            ..PageHeader::default()
        }))
        (milestone_track(frame.text, &[
            step("Kick-off", "1 Oct", MilestoneState::Done),
            step("Design", "30 Oct", MilestoneState::Done),
            step("Build", "27 Nov", MilestoneState::Current),
            step("Launch", "18 Dec", MilestoneState::Planned),
        ]))
    }
}

pub fn portal(frame: &Frame) -> Markup {
    let file = |name, icon, size: &str, date: &str| {
        row(&Row {
            lead: Some(row_icon(icon)),
            name,
            href: Some("#"),
            detail: Some(html! { (date) }),
            meta: Some(html! { (size) }),
            ..Row::default()
        })
    };
    client_page(
        frame,
        "Website redesign",
        html! {
            (head(frame))
            div.section { (note(&Note {
                title: "Where we are",
                byline: "Ada Lovelace, 20 November 2026",
                words: html! { p { "The second direction is chosen, thank you all. Next is the build, with a first look on " strong { "27 November" } "." } ul { li { "Texts: final, except the team page" } li { "Photographs: from Carol by Friday" } } },
                place: NotePlace::Pinned,
                ..Note::default()
            })) }
            div.section { (search_box(frame.text, "client-search.html", "", Some("Search in Website redesign"))) }
            (section("Files", html! { (ways(true)) }, list(html! {
                (file("Photographs", "folder", "24 items", "18 November"))
                (file("Homepage draft, second direction.pdf", "file-text", "1.2 MB", "New, 20 November"))
                (file("Budget.xlsx", "file-sheet", "48 kB", "12 November"))
                (file("2026-11-18_Acme_International_Website_redesign_workshop_minutes_final_v7_with_comments.docx", "file-text", "310 kB", "18 November"))
            })))
            (section("Links", html! {}, list(html! {
                (row(&Row { lead: Some(row_icon("link")), name: "The second direction in Figma", href: Some("#"), opens: RowOpens::NewTab, detail: Some(html! { "figma.com" }), ..Row::default() }))
            })))
            (section("Billing", html! {}, list(html! {
                (row(&Row { lead: Some(row_icon("billing")), name: "Invoice 2026-0112", href: Some("#"), detail: Some(html! { "Due on 27 November" }), meta: Some(html! { strong { "4,280.00 €" } (badge(Tone::Waiting, "Due")) }), ..Row::default() }))
            })))
        },
    )
}

fn ways(as_list: bool) -> Markup {
    let way = |href, label, current| Tab { href, label, current, count: None };
    switch(
        "View",
        &[
            ("list", way("client-portal.html", "List", as_list)),
            ("grid", way("client-portal-grid.html", "Grid", !as_list)),
        ],
    )
}

pub fn portal_grid_view(frame: &Frame) -> Markup {
    let file = |name, icon, detail, thumbnail: Option<&str>| {
        row(&Row {
            lead: Some(thumbnail.map_or_else(|| row_icon(icon), row_thumbnail)),
            name,
            href: Some("#"),
            meta: Some(html! { (detail) }),
            ..Row::default()
        })
    };
    client_page(
        frame,
        "Website redesign",
        html! {
            (head(frame))
            (section("Files", html! { (ways(false)) }, html! { div.item-grid { (list(html! {
                (file("Photographs", "folder", "24 items", None))
                (file("Homepage draft, second direction.pdf", "file-text", "1.2 MB", Some("/thumbnail.svg")))
                (file("Budget.xlsx", "file-sheet", "48 kB", None))
                (file("2026-11-18_Acme_International_workshop_minutes_final_v7_with_comments_by_the_board.docx", "file-text", "310 kB", None))
                (file("Walkthrough.mp4", "file-video", "84 MB", Some("/thumbnail.svg")))
            })) } }))
        },
    )
}

pub fn search(frame: &Frame) -> Markup {
    client_page(
        frame,
        "Search",
        html! {
            (page_header(&PageHeader { title: "Search", ..PageHeader::default() }))
            (search_box(frame.text, "client-search.html", "guide", None))
            (results())
        },
    )
}

fn results() -> Markup {
    let plain = |words: &str| Piece::Plain(words.to_owned());
    let marked = |words: &str| Piece::Marked(words.to_owned());
    search_results(
        "4 results",
        html! {
            (search_group("Website redesign", html! {
                (search_hit(&SearchHit { href: "#1", icon: "file-text", name: &[plain("Brand "), marked("guide"), plain("lines.pdf")], snippet: &[plain("… this "), marked("guide"), plain(" explains how the logo is placed on photographs, how much room it needs and which colours it may have; see also the chapter on …")], place: Some("PDF, page 7") }))
                (search_hit(&SearchHit { href: "#2", icon: "note", name: &[plain("Where we are")], snippet: &[plain("… the style "), marked("guide"), plain(" is final …")], place: Some("Note") }))
            }))
            (search_group("Brand", html! {
                (search_hit(&SearchHit { href: "#3", icon: "link", name: &[marked("Guide"), plain(" to the image library")], snippet: &[], place: Some("Link") }))
                (search_hit(&SearchHit { href: "#4", icon: "messages", name: &[plain("Brand")], snippet: &[plain("Could you send me the "), marked("guide"), plain(" again?")], place: Some("Message by Cyril") }))
            }))
        },
    )
}
