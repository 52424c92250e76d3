//! The mail of the day: what each piece of news is called, and where it is, by portals.

use portico_kernel::{Organization, OutgoingMail};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};

use crate::{
    happening::{CLIENTS, STAFF},
    jobs::way_out_of_mail,
    store::{DigestReader, Piece},
};

/// The pieces stand in the order of their places.
pub fn letter(reader: &DigestReader, news: &[Piece], organization: &Organization, text: Text) -> Letter {
    let about = [("count", news.len().into()), ("organization", organization.name.as_str().into())];
    let mut paragraphs = vec![text.say_with("notifications-digest-opening", &about)];
    paragraphs.extend(news.chunk_by(|one, next| one.place == next.place).map(by_place));
    let list = if reader.is_staff { STAFF.list } else { CLIENTS.list };
    Letter {
        title: text.say_with("notifications-digest-title", &about),
        greeting: greeting(text, &reader.name),
        paragraphs,
        button: Some((
            text.say("notifications-digest-open").into_owned(),
            format!("{}{list}", organization.address),
        )),
        footer: text.say_with("notifications-digest-footer", &about),
    }
}

fn by_place(pieces: &[Piece]) -> String {
    let place = pieces.first().and_then(|piece| piece.place.clone());
    let lines = pieces.iter().map(|piece| match &piece.href {
        Some(href) => format!("• {}\n{href}", piece.title),
        None => format!("• {}", piece.title),
    });
    place.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

/// Pictures are taken without an installation.
pub fn sample(organization: &Organization, language: Language) -> OutgoingMail {
    let reader = DigestReader {
        to: "carol@acme.test".to_owned(),
        name: "Carol Jones".to_owned(),
        language: None,
        is_staff: false,
    };
    let piece = |place: Option<&str>, title: &str, path: &str| Piece {
        place: place.map(str::to_owned),
        title: title.to_owned(),
        href: Some(format!("{}{path}", organization.address)),
    };
    let portal = Some("Acme website relaunch");
    let news = [
        piece(None, "Studio North: We are closed between the years", "/announcements"),
        piece(portal, "2 new messages about Acme website relaunch", "/messages"),
        piece(portal, "Please approve “Homepage draft.pdf”", "/files/019ab0c1d2e374f5a6b7c8d9e0f1a2b3"),
    ];
    let text = Text::new(language);
    let letter = letter(&reader, &news, organization, text);
    let way_out = way_out_of_mail(organization, text, "sample", "notifications-daily-mails");
    let id = "<sample@example.test>".to_owned();
    organization.news_mail(language, &reader.to, &letter, "example.test", (id, way_out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_one_portal_stands_under_its_name_once() {
        let piece = |place: Option<&str>, title: &str, href: Option<&str>| Piece {
            place: place.map(str::to_owned),
            title: title.to_owned(),
            href: href.map(str::to_owned),
        };
        let pieces =
            [piece(Some("Website"), "One", Some("https://a.test/1")), piece(Some("Website"), "Two", None)];
        assert_eq!(by_place(&pieces), "Website\n• One\nhttps://a.test/1\n• Two");
        assert_eq!(by_place(&[piece(None, "Three", None)]), "• Three");
        assert_eq!(by_place(&[]), "");
    }
}
