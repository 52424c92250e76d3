use maud::{Markup, html};
use portico_kernel::{Fate, PersonalCount, Problems};
use portico_ui::{
    Frame, Text,
    components::{Button, Choice, Field, dialog, dialog_form},
};

use super::{clients::address, problem};
use crate::{erasure::ErasureForm, store::BeforeErasure};

/// Says first what goes and what stays.
pub fn erasure_dialog(
    frame: &Frame,
    before: &BeforeErasure,
    title: &str,
    (input, problems): (&ErasureForm, &Problems),
) -> Markup {
    let text = frame.text;
    let BeforeErasure { client, is_deleted, counts } = before;
    let here = address(client.id);
    let back = if *is_deleted { "/staff/clients" } else { here.as_str() };
    let erase = Button::danger(text.say("clients-erase-for-good")).icon("trash");
    let works = vec![
        Choice::new("deleted", text.say("clients-erase-work-deleted")),
        Choice::new("kept", text.say("clients-erase-work-kept")),
    ];
    let body = html! {
        p { (text.say("clients-erase-about")) }
        (what_goes(text, counts))
        (what_stays(text, counts))
        (Field::radios("work", text.say("clients-erase-work"), works).value(&input.work)
            .error(problem(frame, problems, "work")))
        (Field::text("typed", text.say("clients-erase-typed")).value(&input.typed).required().autocomplete("off")
            .hint(text.say_with("clients-erase-typed-hint", &[("name", (&client.name).into())]))
            .error(problem(frame, problems, "typed")))
    };
    let action = format!("{here}/erasure");
    dialog(text, title, back, dialog_form(text, &frame.form_token, &action, back, erase, body))
}

fn what_goes(text: Text, counts: &[PersonalCount]) -> Markup {
    html! {
        h2 { (text.say("clients-erase-goes")) }
        ul.erasure {
            li { (text.say("clients-erase-identity")) }
            @for each in counts.iter().filter(|each| !is_kept(each.fate)) {
                li { (said(text, each)) }
            }
        }
    }
}

fn what_stays(text: Text, counts: &[PersonalCount]) -> Markup {
    html! {
        h2 { (text.say("clients-erase-stays")) }
        ul.erasure {
            @for each in counts {
                @if let Fate::Kept(why) = each.fate { li { (said(text, each)) " " (text.say(why)) } }
            }
        }
    }
}

fn is_kept(fate: Fate) -> bool {
    matches!(fate, Fate::Kept(_))
}

fn said(text: Text, each: &PersonalCount) -> String {
    text.say_with(each.label, &[("count", each.count.into())])
}
