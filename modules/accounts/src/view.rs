pub mod account;
pub mod invitation;
pub mod limit;
pub mod link;
pub mod passkeys;
pub mod people;
mod qr_code;
pub mod reset;
pub mod second_step;
pub mod settings;
pub mod setup;
pub mod sign_in;

use portico_kernel::Problems;
use portico_ui::Text;

/// The sentence for a field's problem, if it has one.
fn error(text: Text, problems: &Problems, field: &str) -> Option<String> {
    problems.of(field).map(|key| text.say(key).into_owned())
}
