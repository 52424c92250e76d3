use maud::{Markup, html};
use portico_facts::SessionId;
use portico_kernel::{Instant, Problems};
use portico_ui::{
    Frame, Language, Text,
    components::{
        Button, Choice, Field, PageHeader, Row, button_form, card, form, form_actions, list, page_header,
        row, row_icon, section,
    },
};

use super::error;
use crate::{pages::account::Profile, session::SessionRow};

pub struct Account<'a> {
    pub path: &'a str,
    pub zone: &'a str,
    pub profile: &'a Profile,
    pub problems: &'a Problems,
    pub sessions: &'a [SessionRow],
    pub here: SessionId,
    pub second_step_at: Option<Instant>,
}

pub fn page(frame: &Frame, account: &Account) -> Markup {
    let text = frame.text;
    let Account { path, zone, profile, problems, sessions, here, second_step_at } = *account;
    let title = text.say("accounts-account");
    let email = frame.person.as_ref().map(|person| html! { (person.email) });
    html! {
        (page_header(&PageHeader { title: &title, breadcrumb: None, detail: email, actions: None }))
        (section(&text.say("accounts-profile"), html! {}, card(profile_form(frame, path, profile, problems))))
        (section(&text.say("accounts-password"), html! {}, card(password_form(frame, path, problems))))
        (section(&text.say("accounts-second-step"), html! {}, second_step(text, path, zone, second_step_at)))
        @if let Some(href) = frame.pages.find(&format!("{path}/notifications")) {
            (section(&text.say("accounts-news"), html! {}, news(text, href)))
        }
        (section(&text.say("accounts-sessions"), html! {}, sessions_list(frame, path, zone, sessions, Some(here))))
    }
}

/// Where somebody chooses what they are told by mail.
fn news(text: Text, href: &str) -> Markup {
    card(html! {
        div.form {
            p { (text.say("accounts-news-about")) }
            (form_actions(html! { (Button::secondary(text.say("accounts-news-choose")).href(href)) }))
        }
    })
}

fn second_step(text: Text, path: &str, zone: &str, since: Option<Instant>) -> Markup {
    let (words, way) = match since {
        Some(since) => (second_step_since(text, zone, since), "accounts-second-step-change"),
        None => (text.say("accounts-second-step-about").into_owned(), "accounts-second-step-set-up"),
    };
    card(html! {
        div.form {
            p { (words) }
            (form_actions(html! { (Button::secondary(text.say(way)).href(format!("{path}/second-step"))) }))
        }
    })
}

pub fn second_step_since(text: Text, zone: &str, since: Instant) -> String {
    text.say_with("accounts-second-step-since", &[("moment", text.moment(since.in_zone(zone)).into())])
}

fn profile_form(frame: &Frame, path: &str, profile: &Profile, problems: &Problems) -> Markup {
    let text = frame.text;
    form(
        &frame.form_token,
        path,
        html! {
            (Field::text("name", text.say("accounts-name")).value(&profile.name).required().autocomplete("name")
                .error(error(text, problems, "name")))
            (Field::select("language", text.say("accounts-language"), languages(text)).value(&profile.language))
            (form_actions(html! { (Button::primary(text.say("accounts-save"))) }))
        },
    )
}

fn languages(text: Text) -> Vec<Choice> {
    let organization = Choice::new("", text.say("accounts-language-organization"));
    let all = Language::ALL.into_iter().map(|language| Choice::new(language.code(), language.own_name()));
    std::iter::once(organization).chain(all).collect()
}

fn password_form(frame: &Frame, path: &str, problems: &Problems) -> Markup {
    let text = frame.text;
    form(
        &frame.form_token,
        &format!("{path}/password"),
        html! {
            (Field::password(text, "current", text.say("accounts-password-current")).required()
                .error(error(text, problems, "current")))
            (Field::password(text, "password", text.say("accounts-password-new")).required()
                .autocomplete("new-password").hint(text.say("accounts-password-hint"))
                .error(error(text, problems, "password")))
            (form_actions(html! { (Button::primary(text.say("accounts-password-change"))) }))
        },
    )
}

/// `base`: the address under which a session's ending is posted.
pub fn sessions_list(
    frame: &Frame,
    base: &str,
    zone: &str,
    sessions: &[SessionRow],
    here: Option<SessionId>,
) -> Markup {
    let text = frame.text;
    if sessions.is_empty() {
        return card(html! { p { (text.say("accounts-sessions-none")) } });
    }
    list(html! {
        @for session in sessions {
            @let device = device(text, session.agent.as_deref());
            @let since = text.moment(session.created_at.in_zone(zone));
            @let ending = format!("{base}/sessions/{}/ending", session.id);
            (row(&Row {
                lead: Some(row_icon("lock")),
                name: &device,
                detail: Some(html! {
                    (text.say_with("accounts-session-since", &[("moment", since.into())]))
                    @if let Some(address) = &session.address { " · " (address) }
                }),
                actions: Some(if here == Some(session.id) {
                    html! { (text.say("accounts-session-this")) }
                } else {
                    button_form(&frame.form_token, &ending, Button::secondary(text.say("accounts-session-end")).small())
                }),
                ..Row::default()
            }))
        }
    })
}

/// Browser and system, as far as the agent's own words tell.
fn device(text: Text, agent: Option<&str>) -> String {
    let agent = agent.unwrap_or_default();
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser =
        named(&[("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = named(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS", "macOS"),
        ("Windows", "Windows"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => text.say("accounts-session-unknown").into_owned(),
    }
}
