//! What people do, by the words that they read: the accessible names of ARCHITECTURE.md. Where a thing is done by a
//! link to a form, by a form on the page or in a dialog is the product's choice.

use crate::world::{Form, Page, Person, Upload, World, until};

/// The form that holds `field`: on this page, or behind the link or button `name`.
#[track_caller]
pub fn open_form(page: &Page, name: &str, field: &str) -> Form {
    page.find_form_with_field(field).unwrap_or_else(|| page.press(name).form_with_field(field))
}

/// Ends on the new portal's page.
#[track_caller]
pub fn new_portal(staff: &Person, name: &str) -> Page {
    let page = staff.visit("/staff/portals").press("New portal");
    let portal = page.form_with_field("Name").fill("Name", name).submit().follow();
    portal.assert_ok().assert_shows(name);
    portal
}

#[track_caller]
pub fn note_form(portal: &Page, title: &str, text: &str) -> Form {
    open_form(portal, "Add note", "Note").fill("Title", title).fill("Note", text)
}

#[track_caller]
pub fn upload_form(portal: &Page, uploads: impl IntoIterator<Item = Upload>) -> Form {
    open_form(portal, "Upload files", "Files").attach("Files", uploads)
}

/// Through the Share dialog; what it says before anything is sent is checked by the sharing tests.
#[track_caller]
pub fn share(portal: &Page, email: &str) -> Page {
    let dialog = portal.press("Share");
    let answer = dialog.form_with_button("Send invitation").fill("Email", email).submit().follow();
    answer.assert_ok();
    answer
}

pub fn demand_second_step(owner: &Person) -> Page {
    let form = owner.visit("/staff/settings/sign-in").form_with_button("Save");
    form.tick("Staff must use a second step").submit()
}

/// What staff and one client, who has it, write to each other about the portal at this address.
#[track_caller]
pub fn conversation(staff: &Person, portal: &str, client: &str) -> Page {
    staff.visit(&format!("{portal}/messages")).press(client)
}

/// From the mail to the client's home.
#[track_caller]
pub fn join(stranger: &Person, link: &str, password: &str) -> Page {
    let page = stranger.visit(link);
    let home = page.assert_ok().form_with_field("Password").fill("Password", password).submit().follow();
    home.assert_ok();
    home
}

/// By the dialog on a file's page; ends there again.
#[track_caller]
pub fn ask_for_approval(file: &Page, email: &str) -> Page {
    let form = file.press("Ask for approval").form_with_button("Send request");
    let label = form.labels().into_iter().find(|label| label.contains(email)).unwrap().to_owned();
    form.tick(&label).submit().follow()
}

/// What waits and what is stuck, as staff see it.
#[track_caller]
pub fn queue(world: &World) -> Page {
    world.ada().visit("/staff/settings/queue")
}

/// Until all that is due by the clock is done.
#[track_caller]
pub fn wait_for_the_queue(world: &World) {
    until(|| queue(world).shows("Nothing waits and nothing is stuck."));
}
