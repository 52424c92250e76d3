//! What an invoice lacks to be read by accounting programs, in words for staff.

use maud::{Markup, html};
use portico_ui::Text;

/// Nothing where nothing is lacking.
pub fn lacking_hint(text: Text, lacking: &[&'static str]) -> Markup {
    html! {
        @if !lacking.is_empty() {
            div.billing-quiet id="lacking" {
                p { (text.say("billing-lacks")) }
                ul { @for key in lacking { li { (text.say(key)) } } }
            }
        }
    }
}
