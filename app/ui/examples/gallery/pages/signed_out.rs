//! What anyone sees.

use portico_ui::components::*;
use portico_ui::{
    Frame, Markup, PlainMessage, PublicPage, html, plain_message_page, public_page, signed_out_page,
};

pub fn sign_in(frame: &Frame) -> Markup {
    signed_out_page(
        frame,
        "Sign in",
        html! {
            (form("token", "/sign-in", html! {
                (Field::email("email", "Email").required().focus())
                (Field::password(frame.text, "password", "Password").required())
                (Button::primary("Sign in"))
            }))
            p { a href="#" { "Forgot your password?" } }
        },
    )
}

pub fn invitation(frame: &Frame) -> Markup {
    signed_out_page(
        frame,
        "Welcome, Carol",
        html! {
            p { "Ada Lovelace shared " strong { "Website redesign" } " with you. Pick a password and you are in." }
            (form("token", "/invitations/x", html! {
                (Field::text("name", "Name").value("Carol Jones").autocomplete("name").required())
                (Field::password(frame.text, "password", "Password").autocomplete("new-password").required().hint("At least 12 characters. Four random words make a good one.").error(Some("This password is easy to guess. Add another word.")))
                (Button::primary("Set up account"))
            }))
        },
    )
}

pub fn public(frame: &Frame) -> Markup {
    public_page(
        frame,
        &PublicPage {
            title: "Design for people who have better things to do",
            headline: "A small studio for brands and websites",
            contact: None,
            words: html! { p { "We are a studio of nine in Lyon. This is where our clients find everything about their projects: files, proposals, invoices, and us." } },
            cover: None,
            sign_in_href: "sign-in.html",
        },
    )
}

pub fn not_found(frame: &Frame) -> Markup {
    plain_message_page(
        frame.text,
        Some(frame),
        &PlainMessage::for_status(frame.text, 404, Some("0193c5a2-7f3e")),
    )
}
