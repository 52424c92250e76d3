//! Whom staff wait for, for what and since when, with a button that reminds them.

use portico_facts::SubjectId;
use portico_kernel::AwaitedLine;
use portico_ui::{
    Frame, Markup, Text,
    components::{
        Button, Form, PageHeader, Row, avatar, breadcrumb, list, page_header, quiet_line, row, section,
    },
    html,
};

use super::Moments;
use crate::reminder::Turn;

/// The id of the list.
pub const AWAITED: &str = "awaited";
pub const ADDRESS: &str = "/staff/awaited";
/// As many as the home page has room for.
const FEW: usize = 8;

pub struct Waiting {
    /// The longest waiting first.
    pub lines: Vec<Line>,
    /// There are more than modules list.
    pub is_cut: bool,
    /// Of live updates.
    pub topics: String,
}

pub struct Line {
    pub noun: &'static str,
    pub awaited: AwaitedLine,
    pub turn: Turn,
}

/// On the staff's home. Hidden when nobody is waited for, so that the next one can appear by itself.
pub fn at_home(frame: &Frame, waiting: &Waiting, moments: &Moments) -> Markup {
    let text = frame.text;
    let more = waiting.lines.len().saturating_sub(FEW);
    let all = html! { (Button::quiet(text.say("portals-awaited-all")).small().href(ADDRESS)) };
    html! {
        div id=(AWAITED) data-live-topic=(waiting.topics) data-live-href=(ADDRESS)
            hidden[waiting.lines.is_empty()] {
            (section(&text.say("portals-awaited"), all, html! {
                (lines(frame, &waiting.lines[..waiting.lines.len() - more], moments))
                @if more > 0 {
                    p.awaited-more {
                        a href=(ADDRESS) { (more_words(text, more, waiting.is_cut)) }
                    }
                }
            }))
        }
    }
}

fn more_words(text: Text, more: usize, is_cut: bool) -> String {
    let key = if is_cut { "portals-awaited-more-than" } else { "portals-awaited-more" };
    text.say_with(key, &[("count", more.into())])
}

pub fn awaited_page(frame: &Frame, waiting: &Waiting, moments: &Moments) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("portals-awaited"),
            breadcrumb: Some(breadcrumb(text, &[("/staff", &text.say("ui-home"))])),
            detail: Some(html! { (text.say("portals-awaited-about")) }),
            actions: None,
        }))
        @if waiting.lines.is_empty() { (quiet_line("check-circle", &text.say("portals-nobody-awaited"))) }
        (lines(frame, &waiting.lines, moments))
        @if waiting.is_cut { p.awaited-more { (text.say("portals-awaited-cut")) } }
    }
}

fn lines(frame: &Frame, lines: &[Line], moments: &Moments) -> Markup {
    list(html! { @for line in lines { (line_row(frame, line, moments)) } })
}

fn line_row(frame: &Frame, line: &Line, moments: &Moments) -> Markup {
    let (awaited, row_id) = (&line.awaited, format!("{AWAITED}-{}-{}", line.noun, line.awaited.subject));
    let since = [("date", moments.day(awaited.since).into())];
    row(&Row {
        lead: Some(avatar(&awaited.who)),
        name: &awaited.who,
        href: awaited.href.as_deref(),
        detail: Some(html! {
            span { (awaited.what) } " · " span { (frame.text.say_with("portals-awaited-since", &since)) }
        }),
        actions: Some(reminding(frame, line.noun, awaited.subject, line.turn, moments)),
        id: Some(row_id),
        ..Row::default()
    })
}

/// The button, or when it was pressed; each is put in place by itself.
pub fn reminding(frame: &Frame, noun: &str, subject: SubjectId, turn: Turn, moments: &Moments) -> Markup {
    let text = frame.text;
    let id = format!("reminder-{noun}-{subject}");
    let action = format!("{ADDRESS}/{noun}/{subject}/reminder");
    let reminded = |at| text.say_with("portals-reminded", &[("when", moments.ago(at).into())]);
    html! {
        div.awaited-reminder id=(id) {
            @match turn {
                Turn::Taken { at } => span.field-hint { (reminded(at)) },
                Turn::Open { last } => {
                    @if let Some(at) = last { span.field-hint { (reminded(at)) } }
                    (Form::post(&frame.form_token, &action).inline().replaces(format!("#{id}")).body(html! {
                        (Button::secondary(text.say("portals-remind")).icon("mail").small()
                            .described_by(format!("{AWAITED}-{noun}-{subject}")))
                    }))
                }
            }
        }
    }
}
