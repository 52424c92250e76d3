//! The layout of mail: one [`Letter`], written as HTML and as plain text from the same parts.
//!
//! Mail programs drop stylesheets and many ignore custom properties, so this is the one place with
//! inline styles; no page of the portal ever shows it inside itself.

use maud::{DOCTYPE, html};

use crate::colour::{Brand, mail_colours};
use crate::frame::LogoGround;
use crate::texts::Text;

pub struct MailLook<'a> {
    pub text: Text,
    pub organization_name: &'a str,
    pub logo: Option<MailLogo>,
    pub brand: Brand,
    pub way_out: Option<WayOut>,
}

/// How its reader gets no more mails like this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    pub label: String,
    /// The whole address.
    pub href: String,
}

pub struct MailLogo {
    /// The whole address, on the organization's own host.
    pub href: String,
    pub ground: LogoGround,
}

impl MailLogo {
    /// What can be seen on one ground only brings it along: programs in the dark give the sheet another.
    fn style(&self) -> String {
        let ground = match self.ground {
            LogoGround::Any => "",
            LogoGround::Light => "background:#ffffff;padding:6px 8px;border-radius:6px;",
            LogoGround::Dark => "background:#1c1c1f;padding:6px 8px;border-radius:6px;",
        };
        format!("{ground}height:36px;max-width:220px;border:0;vertical-align:middle")
    }
}

/// Content in plain words; nothing here is HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    pub title: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    /// Label and whole address.
    pub button: Option<(String, String)>,
    /// Small print: why this mail came.
    pub footer: String,
}

/// A new client's name is their address until they have told it, and nobody is called that.
pub fn greeting(text: Text, name: &str) -> String {
    match name.contains('@') {
        true => text.say("ui-mail-hello").into_owned(),
        false => text.say_with("ui-mail-hello-name", &[("name", name.into())]),
    }
}

pub fn mail_html(look: &MailLook<'_>, letter: &Letter) -> String {
    let colours = mail_colours(&look.brand);
    let button = format!(
        "display:inline-block;padding:12px 22px;border-radius:8px;background:{};color:{};\
         font-weight:600;text-decoration:none",
        colours.accent, colours.on_accent
    );
    html! {
        (DOCTYPE)
        html lang=(look.text.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (letter.title) }
                style { (maud::PreEscaped(DARK)) }
            }
            body.ground style="margin:0;padding:24px 12px;background:#f4f4f5;color:#1c1c1f" {
                div.sheet style="max-width:560px;margin:0 auto;padding:32px;border-radius:12px;background:#ffffff;\
                                 overflow-wrap:anywhere;font:16px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,\
                                 sans-serif" {
                    p style="margin:0 0 28px;font-weight:600" {
                        @if let Some(logo) = &look.logo {
                            img src=(logo.href) alt=(look.organization_name) height="36" style=(logo.style());
                        } @else {
                            (look.organization_name)
                        }
                    }
                    h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600" { (letter.title) }
                    @if !letter.greeting.is_empty() { p style="margin:0 0 16px" { (letter.greeting) } }
                    @for paragraph in &letter.paragraphs {
                        p style="margin:0 0 16px;white-space:pre-line" { (paragraph) }
                    }
                    @if let Some((label, href)) = &letter.button {
                        p style="margin:28px 0" { a href=(href) style=(button) { (label) } }
                        p.quiet style="margin:0 0 8px;font-size:13px;color:#5c5c66;word-break:break-all" { (href) }
                    }
                }
                p.quiet style="max-width:560px;margin:16px auto 0;padding:0 32px;color:#5c5c66;\
                               font:13px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif" {
                    (letter.footer)
                    @if let Some(WayOut { label, href }) = &look.way_out {
                        " " a.quiet href=(href) style="color:#5c5c66" { (label) }
                    }
                }
            }
        }
    }
    .into_string()
}

/// Mail programs that know dark mode read this; the others stay light.
const DARK: &str = "@media (prefers-color-scheme:dark){\
.ground{background:#141416!important;color:#ececee!important}\
.sheet{background:#1e1e21!important;color:#ececee!important}\
.quiet{color:#a5a5ad!important}}";

/// The same letter for programs without HTML, in lines of any length (RFC 3676 readers wrap).
pub fn mail_text(look: &MailLook<'_>, letter: &Letter) -> String {
    let mut parts: Vec<String> = vec![letter.title.clone()];
    if !letter.greeting.is_empty() {
        parts.push(letter.greeting.clone());
    }
    parts.extend(letter.paragraphs.iter().cloned());
    if let Some((label, href)) = &letter.button {
        parts.push(format!("{label}\n{href}"));
    }
    // The mark that programs take for the start of a signature (RFC 3676, 4.3).
    parts.push(format!("-- \n{}", look.organization_name));
    if !letter.footer.is_empty() {
        parts.push(letter.footer.clone());
    }
    if let Some(WayOut { label, href }) = &look.way_out {
        parts.push(format!("{label}\n{href}"));
    }
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            title: "Your portal is ready".to_owned(),
            greeting: "Hello Carol,".to_owned(),
            paragraphs: vec!["Ada shared <Website & more> with you.".to_owned()],
            button: Some(("Open the portal".to_owned(), "https://studio.test/invitations/abc".to_owned())),
            footer: "You receive this because Ada invited you.".to_owned(),
        }
    }

    fn look() -> MailLook<'static> {
        MailLook {
            text: Text::default(),
            organization_name: "Studio North",
            logo: None,
            brand: Brand::default(),
            way_out: None,
        }
    }

    #[test]
    fn both_twins_lead_out_of_mails_like_this_one() {
        let way_out = WayOut { label: "No more of these".into(), href: "https://studio.test/out/abc".into() };
        let look = MailLook { way_out: Some(way_out), ..look() };
        for twin in [mail_html(&look, &letter()), mail_text(&look, &letter())] {
            assert!(
                twin.contains("No more of these") && twin.contains("https://studio.test/out/abc"),
                "{twin}"
            );
        }
    }

    #[test]
    fn both_twins_say_the_same() {
        let (html, text) = (mail_html(&look(), &letter()), mail_text(&look(), &letter()));
        for part in [
            "Your portal is ready",
            "Hello Carol,",
            "https://studio.test/invitations/abc",
            "Studio North",
            "Open the portal",
        ] {
            assert!(html.contains(part) && text.contains(part), "{part}");
        }
    }

    #[test]
    fn a_logo_stands_in_place_of_the_name_and_says_it() {
        let logo = MailLogo { href: "https://studio.test/brand/logo.png".into(), ground: LogoGround::Light };
        let html = mail_html(&MailLook { logo: Some(logo), ..look() }, &letter());
        assert!(html.contains(r#"src="https://studio.test/brand/logo.png" alt="Studio North""#));
        assert!(html.contains("background:#ffffff;padding"));
    }

    #[test]
    fn what_people_typed_is_escaped() {
        assert!(mail_html(&look(), &letter()).contains("&lt;Website &amp; more&gt;"));
        assert!(mail_text(&look(), &letter()).contains("<Website & more>"));
    }
}
