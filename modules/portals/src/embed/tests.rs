//! The addresses are those of the services' own pages and markup; the ids in them are made up.

use super::*;

const LOOM: &str = "0123456789abcdef0123456789abcdef";

#[track_caller]
fn assert_frame(pasted: &str, provider: Provider, frame: &str) {
    let source = Source::parse(pasted).unwrap_or_else(|key| panic!("{key}: {pasted}"));
    assert_eq!((source.provider, source.frame.as_str()), (provider, frame), "{pasted}");
}

#[test]
fn videos_are_framed_as_their_players() {
    let loom = format!("https://www.loom.com/embed/{LOOM}");
    for pasted in [
        format!("https://www.loom.com/share/{LOOM}"),
        format!("https://loom.com/share/{LOOM}?sid=7b1c"),
        format!("www.loom.com/embed/{LOOM}"),
        format!("  https://WWW.LOOM.COM/share/{LOOM}/ "),
        format!(r#"<div class="video"><iframe src="https://www.loom.com/embed/{LOOM}" width="9"></iframe>"#),
    ] {
        assert_frame(&pasted, Provider::Loom, &loom);
    }
    for (pasted, end) in [
        ("https://www.youtube.com/watch?v=abcDEF_12-3", "abcDEF_12-3"),
        ("https://www.youtube.com/watch?app=desktop&v=abcDEF_12-3&list=PL0123456789", "abcDEF_12-3"),
        ("https://m.youtube.com/watch?v=abcDEF_12-3&t=90s", "abcDEF_12-3?start=90"),
        ("https://youtu.be/abcDEF_12-3?si=xyz&t=1h2m3s", "abcDEF_12-3?start=3723"),
        ("https://youtu.be/abcDEF_12-3?t=soon", "abcDEF_12-3"),
        ("youtu.be/abcDEF_12-3", "abcDEF_12-3"),
        ("https://youtube.com/shorts/abcDEF_12-3?feature=share", "abcDEF_12-3"),
        ("https://www.youtube.com/live/abcDEF_12-3", "abcDEF_12-3"),
        ("https://www.youtube-nocookie.com/embed/abcDEF_12-3?start=5", "abcDEF_12-3?start=5"),
        ("https://www.youtube.com/playlist?list=PL0123456789", "videoseries?list=PL0123456789"),
        (
            r#"<iframe width="560" SRC='//www.youtube.com/embed/abcDEF_12-3?a=1&amp;start=7'>"#,
            "abcDEF_12-3?start=7",
        ),
    ] {
        let frame = format!("https://www.youtube-nocookie.com/embed/{end}");
        assert_frame(pasted, Provider::YouTube, &frame);
    }
    for (pasted, end) in [
        ("https://vimeo.com/76979871", "76979871?dnt=1"),
        ("https://vimeo.com/76979871/0123abcdef?share=copy", "76979871?h=0123abcdef&dnt=1"),
        ("https://player.vimeo.com/video/76979871?h=0123abcdef&badge=0", "76979871?h=0123abcdef&dnt=1"),
        ("https://vimeo.com/channels/staffpicks/76979871", "76979871?dnt=1"),
        ("https://vimeo.com/manage/videos/76979871/0123abcdef", "76979871?h=0123abcdef&dnt=1"),
    ] {
        assert_frame(pasted, Provider::Vimeo, &format!("https://player.vimeo.com/video/{end}"));
    }
    for pasted in [
        "https://acme.wistia.com/medias/abc123def4",
        "https://fast.wistia.net/embed/iframe/abc123def4?videoFoam=true",
    ] {
        assert_frame(pasted, Provider::Wistia, "https://fast.wistia.net/embed/iframe/abc123def4");
    }
}

#[test]
fn boards_forms_and_calendars_are_framed() {
    for (pasted, provider, frame) in [
        (
            "https://calendly.com/ada-berg/30min?month=2026-11",
            Provider::Calendly,
            "https://calendly.com/ada-berg/30min",
        ),
        ("calendly.com/ada-berg", Provider::Calendly, "https://calendly.com/ada-berg"),
        (
            "https://www.figma.com/file/AbCdEfGhIjKl/Home?node-id=1%3A2",
            Provider::Figma,
            "https://embed.figma.com/design/AbCdEfGhIjKl?embed-host=portico&node-id=1-2",
        ),
        (
            "https://www.figma.com/proto/AbCdEfGhIjKl/Home?starting-point-node-id=3-4&hide-ui=1",
            Provider::Figma,
            "https://embed.figma.com/proto/AbCdEfGhIjKl?embed-host=portico&starting-point-node-id=3-4",
        ),
        (
            "https://www.figma.com/embed?url=https%3A%2F%2Fwww.figma.com%2Fboard%2FAbCdEfGhIjKl%2FIdeas",
            Provider::Figma,
            "https://embed.figma.com/board/AbCdEfGhIjKl?embed-host=portico",
        ),
        (
            "https://miro.com/app/board/uXjVO_12345=/?share_link_id=1",
            Provider::Miro,
            "https://miro.com/app/live-embed/uXjVO_12345=/",
        ),
        (
            "https://miro.com/app/board/uXjVO_12345%3D/",
            Provider::Miro,
            "https://miro.com/app/live-embed/uXjVO_12345=/",
        ),
        (
            "https://airtable.com/shr0123456789ABCD",
            Provider::Airtable,
            "https://airtable.com/embed/shr0123456789ABCD",
        ),
        (
            "https://airtable.com/embed/app0123456789ABCD/shr0123456789ABCD?backgroundColor=red",
            Provider::Airtable,
            "https://airtable.com/embed/app0123456789ABCD/shr0123456789ABCD",
        ),
        (
            "https://airtable.com/app0123456789ABCD/pag0123456789ABCD/form",
            Provider::Airtable,
            "https://airtable.com/embed/app0123456789ABCD/pag0123456789ABCD/form",
        ),
        (
            "https://acme.typeform.com/to/AbCd12#name=x",
            Provider::Typeform,
            "https://form.typeform.com/to/AbCd12",
        ),
        (
            "https://www.canva.com/design/DAFabc12345/k0_abcDEF123/view?utm_content=x",
            Provider::Canva,
            "https://www.canva.com/design/DAFabc12345/k0_abcDEF123/view?embed",
        ),
    ] {
        assert_frame(pasted, provider, frame);
    }
}

#[test]
fn what_lies_at_google_is_framed_as_it_was_shared() {
    const ID: &str = "1aB2cD3eF4gH5iJ6kL7mN8oP9";
    for (pasted, provider, frame) in [
        ("document/d/ID/edit?usp=sharing", Provider::GoogleDocs, "document/d/ID/preview"),
        ("document/u/1/d/ID/edit#heading=h.1", Provider::GoogleDocs, "document/d/ID/preview"),
        ("document/d/e/ID/pub", Provider::GoogleDocs, "document/d/e/ID/pub?embedded=true"),
        ("spreadsheets/d/ID/edit#gid=0", Provider::GoogleSheets, "spreadsheets/d/ID/preview"),
        (
            "spreadsheets/d/e/ID/pubhtml",
            Provider::GoogleSheets,
            "spreadsheets/d/e/ID/pubhtml?widget=true&headers=false",
        ),
        ("presentation/d/ID/edit", Provider::GoogleSlides, "presentation/d/ID/embed"),
        ("presentation/d/e/ID/pub?start=false", Provider::GoogleSlides, "presentation/d/e/ID/embed"),
        ("forms/d/e/ID/viewform", Provider::GoogleForms, "forms/d/e/ID/viewform?embedded=true"),
    ] {
        let whole = |end: &str| format!("https://docs.google.com/{}", end.replace("ID", ID));
        assert_frame(&whole(pasted), provider, &whole(frame));
    }
    for (pasted, frame) in [
        ("file/d/ID/view?usp=drive_link", "file/d/ID/preview"),
        ("open?id=ID", "file/d/ID/preview"),
        ("drive/folders/ID?usp=sharing", "embeddedfolderview?id=ID#list"),
        ("drive/u/0/folders/ID", "embeddedfolderview?id=ID#list"),
    ] {
        let whole = |end: &str| format!("https://drive.google.com/{}", end.replace("ID", ID));
        assert_frame(&whole(pasted), Provider::GoogleDrive, &whole(frame));
    }
}

#[test]
fn what_was_pasted_as_a_player_opens_outside_as_its_page() {
    let page = |pasted: &str| Source::parse(pasted).unwrap().page;
    let watch = "https://www.youtube.com/watch?v=abcDEF_12-3";
    assert_eq!(page(r#"<iframe src="https://www.youtube.com/embed/abcDEF_12-3?start=5">"#), watch);
    assert_eq!(page("https://youtu.be/abcDEF_12-3"), "https://youtu.be/abcDEF_12-3");
    let share = format!("https://www.loom.com/share/{LOOM}");
    assert_eq!(page(&format!("https://www.loom.com/embed/{LOOM}")), share);
    assert_eq!(page(&format!("{share}?sid=1")), format!("{share}?sid=1"));
}

#[test]
fn t13_nothing_else_is_framed() {
    let loom = |before: &str| format!("{before}/share/{LOOM}");
    for pasted in [
        loom("http://www.loom.com"),
        loom("https://www.loom.com.evil.test"),
        loom("https://evil-loom.com"),
        loom("https://loom.com@evil.test"),
        loom("https://ada@www.loom.com"),
        loom("https://ada:secret@www.loom.com"),
        loom("https://www.loom.com:8443"),
        loom("https://www.loom.com."),
        loom("https://www.www.loom.com"),
        // A Cyrillic o.
        loom("https://www.lооm.com"),
        loom(r"https://evil.test\@www.loom.com"),
        loom("javascript://www.loom.com"),
        loom("https://evil.test/?u=https://www.loom.com"),
        format!("https://www.loom.com/share/{}", LOOM.replace('0', ";")),
        format!("https://www.loom.com/share/..%2f{LOOM}"),
        format!("https://www.loom.com/share/\n{LOOM}"),
        "https://www.youtube.com/watch?v=abc".into(),
        "https://www.youtube.com/watch?v=abcDEF_12-3\"onload".into(),
        "https://www.youtube.com/redirect?q=https://evil.test".into(),
        "https://youtube.com.evil.test/watch?v=abcDEF_12-3".into(),
        "https://vimeo.com/76979871/..;script-src".into(),
        "https://docs.google.com.evil.test/document/d/1aB2cD3eF4gH5iJ6kL7mN8oP9/edit".into(),
        "https://evil.test.typeform.com.evil.test/to/AbCd12".into(),
        "https://a.b.typeform.com/to/AbCd12".into(),
        "https://www.figma.com/embed?url=https%3A%2F%2Fevil.test%2Ffile%2FAbCdEfGhIjKl".into(),
        "https://www.canva.com/design/DAFabc12345/edit".into(),
        "https://calendly.com/login".into(),
        "https://evil.test/".into(),
        "javascript:alert(1)".into(),
        "data:text/html,<iframe src='https://www.loom.com'>".into(),
        "<script src=\"https://www.loom.com/embed.js\"></script>".into(),
        "<iframe srcdoc=\"x\">".into(),
        "<iframe src=https://www.loom.com>".into(),
        "<iframe data-src=\"https://www.loom.com\">".into(),
        "<iframe".into(),
        "Loom".into(),
    ] {
        assert_eq!(Source::parse(&pasted), Err(UNKNOWN), "{pasted}");
    }
    assert_eq!(Source::parse(" "), Err("portals-address-missing"));
    let long = format!("https://www.loom.com/share/{LOOM}?{}", "a".repeat(LONGEST_PASTED));
    assert_eq!(Source::parse(&long), Err("portals-address-too-long"));
}

#[test]
fn an_embed_without_a_title_is_called_after_its_provider() {
    let form = EmbedForm { address: format!("https://www.loom.com/share/{LOOM}"), ..Default::default() };
    assert_eq!(form.parse().ok().unwrap().title.as_str(), "Loom");
    let form = EmbedForm { title: "Tour".into(), address: "nothing".into(), ..Default::default() };
    let problems = form.parse().err().unwrap();
    assert_eq!((problems.of("address"), problems.of("title")), (Some(UNKNOWN), None));
}
