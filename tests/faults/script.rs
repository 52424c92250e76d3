//! What people do while writes fail: six changes of six modules, in a portal of their own, and what must be left of each.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    billing::{add_line, new_invoice, number},
    steps::{conversation, new_portal, note_form, share, upload_form},
    uploads::{Sender, content},
    world::{Form, Page, Person, Upload, World, until},
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Note,
    Upload,
    /// In two parts.
    Resumed,
    Invoice,
    Message,
    Share,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Left {
    Nothing,
    Whole,
    Torn,
}

const FIRST_PART: usize = 300_000;
const LENGTH: usize = 500_000;

/// Everything up to the last press of each button, which costs no more than reading.
pub struct Script {
    name: String,
    portal: String,
    invoice: String,
    forms: [(Step, Form); 5],
    sender: Sender,
}

/// One that was played, and what of it was acknowledged.
pub struct Played {
    pub script: Script,
    pub acknowledged: Vec<Step>,
}

impl Step {
    pub const ALL: [Self; 6] =
        [Self::Note, Self::Upload, Self::Resumed, Self::Invoice, Self::Message, Self::Share];
}

impl Script {
    /// `name`: one word, which stands in no other.
    #[track_caller]
    pub fn prepare(world: &World, name: &str) -> Self {
        let ada = world.ada();
        let portal = new_portal(&ada, name);
        share(&portal, "cyril@acme.test");
        let portal = ada.visit(portal.path());
        let cyril = conversation(&ada, portal.path(), "Cyril Dubois");
        let draft = add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Design", "1", "1250", "", "No tax"]);
        let upload = Upload::text(&uploaded(name), &words(name, 8_000));
        let dialog = portal.press("Share").form_with_button("Send invitation");
        let forms = [
            (Step::Note, note_form(&portal, &noted(name), &words(name, 40))),
            (Step::Upload, upload_form(&portal, [upload])),
            (Step::Invoice, draft.form_with_button("Issue invoice")),
            (Step::Message, cyril.form_with_field("Message").fill("Message", &written(name))),
            (Step::Share, dialog.fill("Email", "carol@acme.test")),
        ];
        Self {
            name: name.to_owned(),
            portal: portal.path().to_owned(),
            invoice: draft.path().to_owned(),
            forms,
            sender: Sender::into_portal(ada, portal),
        }
    }

    /// The answer to the last request of this step, or to the first one that was refused; none from a server that is gone.
    pub fn take(&self, step: Step) -> Option<Page> {
        match self.forms.iter().find(|(of, _)| *of == step) {
            Some((_, form)) => form.person().try_form(form),
            None => self.send_in_two_parts(),
        }
    }

    fn send_in_two_parts(&self) -> Option<Page> {
        let metadata = format!("filename {}", STANDARD.encode(resumed(&self.name)));
        let created = self.sender.person.try_send(self.sender.creation(&metadata, LENGTH))?;
        if !created.status.is_success() {
            return Some(created);
        }
        let upload = created.header("location");
        let bytes = content(LENGTH);
        let part = |from: usize, to: usize| {
            let request = self.sender.patch(upload, from).body(bytes[from..to].to_owned());
            self.sender.person.try_send(request)
        };
        let first = part(0, FIRST_PART)?;
        if first.status.is_success() { part(FIRST_PART, LENGTH) } else { Some(first) }
    }
}

impl Played {
    /// What was acknowledged is there, and what was refused is there or not, but whole.
    #[track_caller]
    pub fn assert_kept(&self, world: &World) {
        let portal = world.ada().visit(&self.script.portal);
        portal.assert_ok();
        for step in Step::ALL {
            let left = self.script.left(world, &portal, step);
            let is_acknowledged = self.acknowledged.contains(&step);
            assert_ne!(left, Left::Torn, "{step:?} of {}: {portal}", self.script.name);
            assert!(
                left == Left::Whole || !is_acknowledged,
                "{step:?} of {} was acknowledged and is gone: {portal}",
                self.script.name
            );
        }
        world.dora().get(&self.script.portal.replace("/staff", "")).assert_not_found();
    }

    /// By what stands in it.
    #[track_caller]
    pub fn assert_found(&self, world: &World) {
        if self.acknowledged.contains(&Step::Note) {
            let address = format!("/staff/search?q={}", self.script.name);
            let name = noted(&self.script.name);
            until(|| world.ada().partial_get(&address).texts(".search-hit-name").contains(&name));
        }
    }

    /// Of its invoice, if it was issued.
    pub fn invoice_number(&self, world: &World) -> Option<String> {
        let page = world.ada().visit(&self.script.invoice);
        let is_issued = !page.has_button("Issue invoice");
        is_issued.then(|| number(&page))
    }
}

impl Script {
    fn left(&self, world: &World, portal: &Page, step: Step) -> Left {
        let ada = world.ada();
        let name = &self.name;
        match step {
            Step::Note => {
                let is_whole = |page: Page| page.shows(&words(name, 40));
                linked(&ada, portal, &noted(name), "", is_whole)
            }
            Step::Upload => {
                let expected = words(name, 8_000).into_bytes();
                linked(&ada, portal, &uploaded(name), "/download", |file| file.body == expected)
            }
            Step::Resumed => {
                let expected = content(LENGTH);
                linked(&ada, portal, &resumed(name), "/download", |file| file.body == expected)
            }
            Step::Invoice => {
                let page = ada.visit(&self.invoice);
                match page.has_button("Issue invoice") {
                    true => Left::Nothing,
                    false if page.shows("€1,250.00") => Left::Whole,
                    false => Left::Torn,
                }
            }
            Step::Message => whole_if(conversation(&ada, &self.portal, "Cyril Dubois").shows(&written(name))),
            Step::Share => {
                let answer = world.carol().get(&self.portal.replace("/staff", ""));
                assert!([200, 404].contains(&answer.status.as_u16()), "{answer}");
                whole_if(answer.status.is_success())
            }
        }
    }
}

fn linked(ada: &Person, portal: &Page, name: &str, below: &str, is_whole: impl Fn(Page) -> bool) -> Left {
    if !portal.has_link(name) {
        return Left::Nothing;
    }
    if is_whole(ada.visit(&format!("{}{below}", portal.link(name)))) { Left::Whole } else { Left::Torn }
}

fn whole_if(is_there: bool) -> Left {
    if is_there { Left::Whole } else { Left::Nothing }
}

fn noted(name: &str) -> String {
    format!("Note of {name}")
}

fn uploaded(name: &str) -> String {
    format!("{name}.txt")
}

fn resumed(name: &str) -> String {
    format!("{name}.bin")
}

fn written(name: &str) -> String {
    format!("Message of {name}")
}

fn words(name: &str, count: usize) -> String {
    name.to_owned() + &(0..count).map(|word| format!(" word{word}")).collect::<String>()
}
