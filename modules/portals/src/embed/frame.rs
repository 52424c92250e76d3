//! From the address of a page to that of its frame, service by service. Hosts are compared whole, and of a path and a
//! query only ids of allowed letters go on.

use std::ops::RangeInclusive;

use url::Url;

use super::{
    Provider,
    google::{docs, drive},
};

/// `None` for what no service of the list shows in a frame.
pub fn frame_of(url: &Url) -> Option<(Provider, String)> {
    let (host, parts) = place_of(url)?;
    let path = parts.as_slice();
    match host {
        "loom.com" => Some((Provider::Loom, loom(path)?)),
        "youtube.com" | "m.youtube.com" | "music.youtube.com" | "youtube-nocookie.com" => {
            Some((Provider::YouTube, youtube(path, url)?))
        }
        "youtu.be" => Some((Provider::YouTube, short_youtube(path, url)?)),
        "vimeo.com" | "player.vimeo.com" => Some((Provider::Vimeo, vimeo(path, url)?)),
        "calendly.com" => Some((Provider::Calendly, calendly(path)?)),
        "figma.com" | "embed.figma.com" => Some((Provider::Figma, figma(path, url)?)),
        "docs.google.com" => docs(path),
        "drive.google.com" => Some((Provider::GoogleDrive, drive(path, url)?)),
        "miro.com" => Some((Provider::Miro, miro(path)?)),
        "airtable.com" => Some((Provider::Airtable, airtable(path)?)),
        "canva.com" => Some((Provider::Canva, canva(path)?)),
        "fast.wistia.net" | "fast.wistia.com" => Some((Provider::Wistia, wistia(path)?)),
        host if is_account(host, ".wistia.com") => Some((Provider::Wistia, wistia(path)?)),
        host if is_account(host, ".typeform.com") => Some((Provider::Typeform, typeform(path)?)),
        _ => None,
    }
}

/// Where the same opens by itself, for an address that has a frame: a player that was pasted may refuse to stand outside
/// of one.
pub fn page_of(url: &Url) -> String {
    let Some((host, parts)) = place_of(url) else { return url.to_string() };
    match (host, parts.as_slice()) {
        ("loom.com", ["embed", video]) => format!("https://www.loom.com/share/{video}"),
        ("youtube.com" | "youtube-nocookie.com", ["embed", video]) if *video != "videoseries" => {
            format!("https://www.youtube.com/watch?v={video}")
        }
        _ => url.to_string(),
    }
}

/// The host without its "www.", and the parts of the path.
fn place_of(url: &Url) -> Option<(&str, Vec<&str>)> {
    let host = url.host_str()?;
    let parts = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    Some((host.strip_prefix("www.").unwrap_or(host), parts))
}

/// One name in front of the service's own.
fn is_account(host: &str, service: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    host.strip_suffix(service).is_some_and(|name| !name.is_empty() && name.bytes().all(letters))
}

pub(super) fn value(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub(super) fn is_id(text: &str, lengths: RangeInclusive<usize>) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    lengths.contains(&text.len()) && text.bytes().all(letters)
}

fn loom(path: &[&str]) -> Option<String> {
    let ["share" | "embed", video] = path else { return None };
    is_id(video, 32..=32).then(|| format!("https://www.loom.com/embed/{video}"))
}

fn short_youtube(path: &[&str], url: &Url) -> Option<String> {
    let [video] = path else { return None };
    youtube_video(video, url)
}

fn youtube(path: &[&str], url: &Url) -> Option<String> {
    match path {
        ["watch"] if value(url, "v").is_some() => youtube_video(&value(url, "v")?, url),
        ["watch" | "playlist"] | ["embed", "videoseries"] => {
            let list = value(url, "list").filter(|list| is_id(list, 10..=50))?;
            Some(format!("https://www.youtube-nocookie.com/embed/videoseries?list={list}"))
        }
        ["embed" | "shorts" | "live" | "v", video] => youtube_video(video, url),
        _ => None,
    }
}

fn youtube_video(video: &str, url: &Url) -> Option<String> {
    let from = value(url, "t").or_else(|| value(url, "start")).and_then(|from| seconds(&from));
    let start = match from {
        None | Some(0) => String::new(),
        Some(from) => format!("?start={from}"),
    };
    is_id(video, 11..=11).then(|| format!("https://www.youtube-nocookie.com/embed/{video}{start}"))
}

/// `90`, `90s` or `1h2m3s`.
fn seconds(text: &str) -> Option<u32> {
    let (mut whole, mut number) = (0_u32, 0_u32);
    for letter in text.chars() {
        let unit = match letter {
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            digit => {
                number = number.checked_mul(10)?.checked_add(digit.to_digit(10)?)?;
                continue;
            }
        };
        whole = whole.checked_add(number.checked_mul(unit)?)?;
        number = 0;
    }
    whole.checked_add(number)
}

/// What is not listed has a second part, without which it does not play. `dnt` asks Vimeo not to follow whoever looks.
fn vimeo(path: &[&str], url: &Url) -> Option<String> {
    let (video, hash) = match path {
        ["channels", _, video]
        | ["groups", _, "videos", video]
        | ["showcase", _, "video", video]
        | ["manage", "videos", video]
        | ["video", video]
        | [video] => (*video, value(url, "h")),
        ["manage", "videos", video, hash] | [video, hash] => (*video, Some((*hash).to_owned())),
        _ => return None,
    };
    let is_video = is_id(video, 1..=12) && video.bytes().all(|byte| byte.is_ascii_digit());
    match hash {
        None => is_video.then(|| format!("https://player.vimeo.com/video/{video}?dnt=1")),
        Some(hash) => (is_video && is_id(&hash, 6..=20))
            .then(|| format!("https://player.vimeo.com/video/{video}?h={hash}&dnt=1")),
    }
}

/// Somebody's page, or one kind of meeting of theirs.
fn calendly(path: &[&str]) -> Option<String> {
    let is_own = matches!(path.first(), Some(&("app" | "login" | "signup" | "event_types")) | None);
    let is_page = !is_own && path.len() <= 3 && path.iter().all(|part| is_id(part, 1..=100));
    is_page.then(|| format!("https://calendly.com/{}", path.join("/")))
}

fn figma(path: &[&str], url: &Url) -> Option<String> {
    // Older markup carries the page's address within its own.
    if let ["embed"] = path {
        let (provider, frame) = frame_of(&Url::parse(&value(url, "url")?).ok()?)?;
        return (provider == Provider::Figma).then_some(frame);
    }
    let [kind @ ("file" | "design" | "proto" | "board" | "slides" | "deck"), file, ..] = path else {
        return None;
    };
    let kind = if *kind == "file" { "design" } else { *kind };
    let mut frame = format!("https://embed.figma.com/{kind}/{file}?embed-host=portico");
    for name in ["node-id", "starting-point-node-id"] {
        if let Some(node) = value(url, name).map(|node| node.replace(':', "-"))
            && is_id(&node, 1..=40)
        {
            frame.push_str(&format!("&{name}={node}"));
        }
    }
    is_id(file, 10..=64).then_some(frame)
}

fn miro(path: &[&str]) -> Option<String> {
    let ["app", "board" | "live-embed" | "embed", board, ..] = path else { return None };
    let board = board.trim_end_matches("%3D").trim_end_matches('=');
    is_id(board, 8..=40).then(|| format!("https://miro.com/app/live-embed/{board}=/"))
}

/// A view that is shared, or a form.
fn airtable(path: &[&str]) -> Option<String> {
    let shared = path.strip_prefix(&["embed"]).unwrap_or(path);
    let is = |part: &str, kind: &str| part.starts_with(kind) && is_id(part, 17..=17);
    let is_shared = match shared {
        [view] => is(view, "shr"),
        [base, view] => is(base, "app") && is(view, "shr"),
        [base, page, "form"] => is(base, "app") && is(page, "pag"),
        _ => false,
    };
    is_shared.then(|| format!("https://airtable.com/embed/{}", shared.join("/")))
}

fn typeform(path: &[&str]) -> Option<String> {
    let ["to", form] = path else { return None };
    is_id(form, 4..=40).then(|| format!("https://form.typeform.com/to/{form}"))
}

fn canva(path: &[&str]) -> Option<String> {
    let ["design", ids @ .., shown @ ("view" | "watch")] = path else { return None };
    let is_shared = matches!(ids.len(), 1 | 2) && ids.iter().all(|id| is_id(id, 6..=60));
    is_shared.then(|| format!("https://www.canva.com/design/{}/{shown}?embed", ids.join("/")))
}

fn wistia(path: &[&str]) -> Option<String> {
    let (["medias", video] | ["embed", "iframe" | "medias", video]) = path else { return None };
    is_id(video, 10..=10).then(|| format!("https://fast.wistia.net/embed/iframe/{video}"))
}
