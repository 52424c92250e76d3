use poem::handler;
use portico_kernel::{Answer, Staff};

use crate::view;

/// Composed from what the modules registered.
#[handler]
pub fn index(staff: Staff) -> Answer {
    let frame = staff.frame();
    let pages: Vec<_> = staff.registry().settings(staff.person().role).copied().collect();
    staff.page(&frame.text.say("accounts-settings"), view::settings::index(&frame, &pages))
}
