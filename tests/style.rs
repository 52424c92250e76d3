//! The organization's own style: logo, icons, cover, colours, and what its public page says.

use std::thread;

use crate::{
    billing::issued,
    on_both,
    steps::{new_portal, share},
    world::{Page, Person, RIVAL, Upload, World},
};

on_both! {
    a_logo_stands_on_every_page_and_can_be_brought_back,
    of_two_logos_at_once_one_is_taken_whole,
    a_logo_stands_on_what_is_issued_from_then_on,
    a_logo_stands_in_mails_and_others_may_show_it_there,
    t12_what_is_no_picture_is_answered_at_its_field,
    p33_nothing_of_a_logo_but_its_pixels_comes_out_again,
    a_portal_is_installed_under_the_organizations_name_and_icon,
    a_cover_is_cut_around_its_focus,
    a_sidebar_takes_a_colour_of_its_own,
    p7_the_public_page_says_how_to_reach_the_organization,
    p11_the_style_is_for_owners_and_admins_to_change,
}

const LOOKS: &str = "/staff/settings/looks";
const PUBLIC_PAGE: &str = "/staff/settings/public-page";

/// As PNG wants it (third edition, sections 5.3 and 10): one compressed stream, here of stored blocks only.
pub fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let mut lines = Vec::new();
    for y in 0..height {
        lines.push(0);
        (0..width).for_each(|x| lines.extend(pixel(x, y)));
    }
    let mut stream = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = lines.chunks(65_535).collect();
    for (place, block) in blocks.iter().enumerate() {
        let length = u16::try_from(block.len()).unwrap();
        stream.push(u8::from(place + 1 == blocks.len()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(*block);
    }
    let (low, high) = lines.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stream.extend((high << 16 | low).to_be_bytes());
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let parts = [chunk(b"IHDR", &header), chunk(b"eXIf", b"MM\0\x2aGPS 48.8584"), chunk(b"IDAT", &stream)];
    [&b"\x89PNG\r\n\x1a\n"[..], &parts.concat(), &chunk(b"IEND", b"")].concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [kind, data].concat();
    let sum = !named.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    });
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &named, &sum.to_be_bytes()].concat()
}

/// A black square on nothing.
fn mark() -> Vec<u8> {
    png(60, 60, |x, y| [0, 0, 0, if x > 9 && y > 9 && x < 50 && y < 50 { 255 } else { 0 }])
}

fn picture(bytes: impl Into<Vec<u8>>) -> [Upload; 1] {
    [Upload::new("picture.png", "image/png", bytes)]
}

/// The answer to a picture in the form on `page` that `button` sends.
fn send(ada: &Person, page: &str, button: &str, bytes: impl Into<Vec<u8>>) -> Page {
    ada.visit(page).form_with_button(button).attach("Picture", picture(bytes)).submit()
}

pub fn put_logo(ada: &Person) {
    send(ada, LOOKS, "Save logo", mark()).follow().assert_ok();
}

pub fn put_cover(ada: &Person) {
    let fading = png(900, 300, |x, _| [(x % 255) as u8, 90, 90, 255]);
    send(ada, PUBLIC_PAGE, "Save cover", fading).follow().assert_ok();
}

fn logo_of(page: &Page) -> Option<String> {
    page.attributes("img.organization-mark", "src").into_iter().next()
}

fn a_logo_stands_on_every_page_and_can_be_brought_back(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    assert_eq!(logo_of(&stranger.visit("/")), None);
    send(&ada, LOOKS, "Save logo", mark()).follow().assert_ok();
    let address = logo_of(&stranger.visit("/")).unwrap();
    let pages = [
        stranger.visit("/sign-in"),
        stranger.get("/brand/nothing"),
        ada.visit("/staff"),
        world.carol().visit("/"),
        world.cyril().visit("/"),
        world.dora().visit("/account"),
    ];
    for page in pages {
        assert_eq!(logo_of(&page).as_deref(), Some(address.as_str()), "{}", page.path());
        assert_eq!(page.count("img.logo-on-light"), 1, "black is seen on light grounds");
        page.assert_shows("Studio");
    }
    let logo = stranger.get(&address);
    assert_eq!(logo.assert_ok().header("content-type"), "image/webp");
    assert!(logo.header("cache-control").contains("immutable"));

    // Another organization has neither the logo nor its address.
    let rival = world.stranger_at(RIVAL);
    assert_eq!(logo_of(&rival.visit("/")), None);
    rival.get(&address).assert_not_found();

    let removed = ada.visit(LOOKS).form_with_button("Remove logo").submit().follow();
    assert!(!removed.has_button("Remove logo"));
    assert_eq!(logo_of(&stranger.visit("/")), None);
    stranger.get(&address).assert_not_found();
    stranger.get("/brand/logo.png").assert_not_found();
    removed.press("Undo").assert_ok();
    assert_eq!(logo_of(&stranger.visit("/")), Some(address.clone()));

    // Another picture has another address, and the first one's is nobody's.
    send(&ada, LOOKS, "Save logo", png(300, 60, |_, _| [200, 30, 30, 255])).follow().assert_ok();
    let page = stranger.visit("/");
    assert_ne!(logo_of(&page), Some(address.clone()));
    assert_eq!((page.count("img.logo-on-any"), page.count(".organization-name.visually-hidden")), (1, 1));
    stranger.get(&address).assert_not_found();
}

fn of_two_logos_at_once_one_is_taken_whole(world: World) {
    let ada = world.ada();
    for _ in 0..5 {
        thread::scope(|scope| {
            for logo in [mark(), png(300, 60, |_, _| [200, 30, 30, 255])] {
                let form = ada.visit(LOOKS).form_with_button("Save logo").attach("Picture", picture(logo));
                scope.spawn(move || form.submit().follow().assert_ok().path().to_owned());
            }
        });
        let address = logo_of(&ada.visit(LOOKS)).unwrap();
        world.stranger().get(&address).assert_ok();
    }
}

fn a_logo_stands_on_what_is_issued_from_then_on(world: World) {
    let ada = world.ada();
    let pictures = |pdf: &[u8]| pdf.windows(14).filter(|window| *window == b"/Subtype/Image").count();
    let paper = |invoice: &Page| ada.get(&format!("{}/paper", invoice.path())).assert_ok().body.clone();
    let before = issued(&ada, "Carol Meyer", "10");
    let plain = paper(&before);
    send(&ada, LOOKS, "Save logo", mark()).follow().assert_ok();
    let painted = paper(&issued(&ada, "Carol Meyer", "10"));
    assert!(pictures(&plain) == 0 && pictures(&painted) > 0);
    assert!(paper(&before) == plain, "what was issued stays as it was");
}

fn a_logo_stands_in_mails_and_others_may_show_it_there(world: World) {
    let ada = world.ada();
    share(&new_portal(&ada, "Plain"), "zoe@acme.test");
    assert!(!world.mailbox().next_to("zoe@acme.test").html.contains("<img"));
    send(&ada, LOOKS, "Save logo", mark()).follow().assert_ok();
    share(&new_portal(&ada, "Painted"), "yves@acme.test");
    let html = world.mailbox().next_to("yves@acme.test").html;
    let address = format!("{}/brand/logo.png", world.stranger().origin());
    assert!(html.contains(&format!(r#"<img src="{address}" alt="Studio"#)), "{html}");
    let logo = world.stranger().get("/brand/logo.png");
    assert_eq!(logo.assert_ok().header("content-type"), "image/png");
    assert!(logo.body.starts_with(b"\x89PNG"));
    assert_eq!(logo.header("cross-origin-resource-policy"), "cross-origin");
}

fn t12_what_is_no_picture_is_answered_at_its_field(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#;
    let mut bomb = png(8, 8, |_, _| [1, 2, 3, 255]);
    bomb[16..33].copy_from_slice(&{
        let header = [&60_000_u32.to_be_bytes()[..], &60_000_u32.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        chunk(b"IHDR", &header)[8..].to_vec()
    });
    let whole = mark();
    let refused: [(&str, Vec<u8>, &str); 6] = [
        ("words", b"words".to_vec(), "no picture"),
        ("an SVG", svg.to_vec(), "no picture"),
        ("nothing", Vec::new(), "Choose a picture"),
        ("half of one", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("60,000 by 60,000", bomb, "too large"),
        ("20 MiB and more", vec![0; 21 * 1024 * 1024], "too large"),
    ];
    for (what, bytes, words) in refused {
        for (page, button) in [(LOOKS, "Save logo"), (PUBLIC_PAGE, "Save cover")] {
            let answer = send(&ada, page, button, bytes.clone());
            assert!(answer.assert_status(422).field_error("Picture").contains(words), "{what}: {answer}");
        }
    }
    assert_eq!(logo_of(&stranger.visit("/")), None);

    // An animation stands still: two frames of one pixel (GIF89a, appendix A).
    let frame = b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\xff";
    let animation = [&head[..], frame, frame, b"\x3b"].concat();
    send(&ada, LOOKS, "Save logo", animation).follow().assert_ok();
    let logo = stranger.get(&logo_of(&stranger.visit("/")).unwrap());
    assert!(!logo.assert_ok().body.windows(4).any(|four| four == b"ANIM"));
}

fn p33_nothing_of_a_logo_but_its_pixels_comes_out_again(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let sent = mark();
    assert!(sent.windows(7).any(|seven| seven == b"48.8584"));
    send(&ada, LOOKS, "Save logo", sent).follow().assert_ok();
    let page = stranger.visit("/");
    let icons = page.attributes("link[rel=icon], link[rel=apple-touch-icon]", "href");
    let addresses = icons.into_iter().chain(logo_of(&page)).chain(["/brand/logo.png".to_owned()]);
    for address in addresses {
        let picture = stranger.get(&address);
        picture.assert_ok();
        for trace in [&b"48.8584"[..], b"eXIf", b"EXIF", b"tEXt"] {
            assert!(!picture.body.windows(trace.len()).any(|window| window == trace), "{address}");
        }
        assert_eq!(picture.header("x-content-type-options"), "nosniff");
        assert!(picture.header("content-security-policy").contains("default-src 'none'"));
    }
}

fn a_portal_is_installed_under_the_organizations_name_and_icon(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let manifest = || -> serde_json::Value {
        let href = stranger.visit("/").attributes("link[rel=manifest]", "href").remove(0);
        let manifest = stranger.get(&href);
        assert!(manifest.assert_ok().header("content-type").starts_with("application/manifest+json"));
        serde_json::from_slice(&manifest.body).unwrap()
    };
    let before = manifest();
    let name = stranger.visit("/").texts(".organization-name").remove(0);
    assert_eq!((&before["name"], &before["start_url"]), (&name.as_str().into(), &"/".into()));
    assert_eq!(before["display"], "standalone");
    // Without a logo: the initials, in the organization's colour.
    let icon = stranger.get(before["icons"][0]["src"].as_str().unwrap());
    assert_eq!(icon.assert_ok().header("content-type"), "image/svg+xml");
    assert!(String::from_utf8_lossy(&icon.body).contains("<text"));
    assert_eq!(
        stranger.visit("/").attributes("link[rel=icon]", "href"),
        [before["icons"][0]["src"].as_str().unwrap()]
    );

    send(&ada, LOOKS, "Save logo", mark()).follow().assert_ok();
    let after = manifest();
    let sizes: Vec<_> =
        after["icons"].as_array().unwrap().iter().map(|icon| icon["sizes"].as_str().unwrap()).collect();
    assert_eq!(sizes, ["192x192", "512x512", "512x512"]);
    for icon in after["icons"].as_array().unwrap() {
        let picture = stranger.get(icon["src"].as_str().unwrap());
        assert_eq!(picture.assert_ok().header("content-type"), "image/png");
        // PNG, section 11.2.1: width and height.
        let side = u32::from_be_bytes(picture.body[16..20].try_into().unwrap());
        assert_eq!(format!("{side}x{side}"), icon["sizes"]);
        assert_eq!(picture.body[16..20], picture.body[20..24]);
    }
    let touch = stranger.visit("/sign-in").attributes("link[rel=apple-touch-icon]", "href").remove(0);
    assert_eq!(stranger.get(&touch).assert_ok().body[16..20], 180_u32.to_be_bytes());
    // What led to the initials leads nowhere now.
    stranger.get(before["icons"][0]["src"].as_str().unwrap()).assert_not_found();
}

fn a_cover_is_cut_around_its_focus(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let cover = |page: &Page| page.attributes("[class*='focus-x-']", "class");
    assert!(cover(&stranger.visit("/")).is_empty() && cover(&world.carol().visit("/")).is_empty());
    put_cover(&ada);
    let settings = ada.visit(PUBLIC_PAGE);
    let form = settings.form_with_button("Save place");
    assert_eq!(form.value("From left to right"), "50");
    let wrong = form.clone().fill("From left to right", "101").submit();
    assert!(wrong.assert_status(422).field_error("From left to right").contains("between 0 and 100"));
    assert_eq!(wrong.form_with_button("Save place").value("From left to right"), "101");
    form.fill("From left to right", "20").fill("From top to bottom", "80").submit().follow().assert_ok();
    for page in [stranger.visit("/"), world.carol().visit("/"), world.dora().visit("/")] {
        assert_eq!(cover(&page), ["cover focus-x-2 focus-y-8"], "{}", page.path());
        assert_eq!(page.count(".cover > img[src$='/cover-large.webp']"), 1);
    }
    let preview = ada.partial_get(&format!("{PUBLIC_PAGE}/cover/preview?x=70&y=0"));
    assert_eq!(preview.count(".focus-x-7.focus-y-0"), 2);

    let page = stranger.visit("/");
    let large = page.attributes(".cover > img", "src").remove(0);
    let small = large.replace("large", "small");
    for address in [&large, &small] {
        assert_eq!(stranger.get(address).assert_ok().header("content-type"), "image/webp");
        world.stranger_at(RIVAL).get(address).assert_not_found();
    }
    let removed = ada.visit(PUBLIC_PAGE).form_with_button("Remove cover").submit().follow();
    assert!(cover(&stranger.visit("/")).is_empty() && cover(&world.carol().visit("/")).is_empty());
    stranger.get(&large).assert_not_found();
    // The forms may still be open in another window.
    assert_eq!(ada.partial_get(&format!("{PUBLIC_PAGE}/cover/preview?x=70&y=0")).count(".focus-x-7"), 0);
    settings.form_with_button("Save place").submit().follow().assert_ok();
    removed.press("Undo").assert_ok();
    assert_eq!(cover(&stranger.visit("/")), ["cover focus-x-2 focus-y-8"]);
}

fn a_sidebar_takes_a_colour_of_its_own(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let sheet = || {
        let sheets = stranger.visit("/").attributes("link[rel=stylesheet]", "href");
        sheets.into_iter().find(|href| href.starts_with("/brand/")).unwrap()
    };
    let before = sheet();
    assert!(!stranger.get(&before).text().contains(".sidebar"));
    let form = ada.visit(LOOKS).form_with_field("Sidebar").tick("Give the sidebar a colour of its own");
    let wrong = form.clone().fill("Sidebar", "night").submit();
    assert!(wrong.assert_status(422).field_error("Sidebar").contains("#rrggbb"));
    form.fill("Sidebar", "#10243e").submit().follow().assert_ok();
    let css = stranger.get(&sheet());
    assert!(sheet().ends_with("-10243e.css") && css.source().contains(".sidebar{--ground:#10243e;"));
    stranger.get(&before).assert_not_found();
    let form = ada.visit(LOOKS).form_with_field("Sidebar");
    assert_eq!(form.value("Sidebar"), "#10243e");
    form.untick("Give the sidebar a colour of its own").submit().follow().assert_ok();
    assert_eq!(sheet(), before);
    let preview =
        ada.partial_get(&format!("{LOOKS}/preview?colour=%23ffee00&own_sidebar=yes&sidebar=%23777777"));
    assert!(preview.source().contains("#ffee00") && preview.count("svg") == 1);
}

fn p7_the_public_page_says_how_to_reach_the_organization(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let form = ada.visit(PUBLIC_PAGE).form_with_field("Telephone");
    let wrong = form.clone().fill("Telephone", "call me").fill("Contact email", "hello").submit();
    assert!(wrong.assert_status(422).field_error("Telephone").contains("telephone number"));
    assert!(!wrong.field_error("Contact email").is_empty());
    assert_eq!(wrong.form_with_field("Telephone").value("Telephone"), "call me");
    form.fill("Title", "Studio & Söhne")
        .fill("Headline", "Since <1998>")
        .fill("Telephone", "+44 (20) 7946-0958")
        .fill("Contact email", "hello@studio.test")
        .fill("Postal address", "1 Mill Lane\nBristol")
        .submit()
        .follow()
        .assert_ok();
    let page = stranger.visit("/");
    assert_eq!(
        (page.texts("h1").concat(), page.texts(".public-headline").concat()),
        ("Studio & Söhne".into(), "Since <1998>".into())
    );
    assert_eq!(page.attributes("address a", "href"), ["mailto:hello@studio.test", "tel:+442079460958"]);
    page.assert_shows("1 Mill Lane");
    world.stranger_at(RIVAL).visit("/").assert_hides("hello@studio.test");
    let empty = ada.visit(PUBLIC_PAGE).form_with_field("Telephone");
    let empty = ["Telephone", "Contact email", "Postal address"]
        .iter()
        .fold(empty, |form, label| form.fill(label, ""));
    empty.submit().follow().assert_ok();
    assert_eq!(stranger.visit("/").count("address"), 0);
}

fn p11_the_style_is_for_owners_and_admins_to_change(world: World) {
    let ben = world.ben();
    for page in [LOOKS, PUBLIC_PAGE] {
        ben.get(page).assert_status(403);
    }
    for (address, forms) in [("looks/logo", LOOKS), ("public-page/cover", PUBLIC_PAGE)] {
        let address = format!("/staff/settings/{address}");
        let [upload] = picture(mark());
        ben.upload(&address, &[], vec![("picture", upload)]).assert_status(403);
        for verb in ["removal", "restoration"] {
            ben.post(&format!("{address}/{verb}"), &[]).assert_status(403);
            let nobodys = world.carol().post("/staff/nothing", &[]);
            assert_eq!(
                world.carol().post(&format!("{address}/{verb}"), &[]).text(),
                nobodys.assert_not_found().text()
            );
        }
        // There is nothing to bring back yet.
        world.ada().post(&format!("{address}/restoration"), &[]).assert_not_found();
        world.ada().visit(forms).assert_ok();
    }
}
