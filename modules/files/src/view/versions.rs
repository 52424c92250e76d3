//! The versions of a file: the list on its page, one of them by itself, and what changed.

use maud::{Markup, html};
use portico_facts::{ItemId, VersionId};
use portico_kernel::{KEPT_DAYS, Side};
use portico_ui::{
    Frame, Text,
    components::{
        Button, NoticeKind, PageHeader, Row, Tone, Undo, badge, breadcrumb, button_form, list, menu,
        menu_divider, menu_form, menu_link, notice, notice_with, page_header, row, row_icon, section_with_id,
        toast,
    },
};

use super::Preview;
use crate::{
    changes::{Changes, Line},
    file::File,
    showing::icon_of,
    store::{History, Version},
};

/// The address of one version's page; below it are `content` and `download`.
pub fn href(item: ItemId, version: VersionId) -> String {
    format!("{}/versions/{version}", super::href(Side::Staff, item))
}

pub fn numbered(text: Text, number: i32) -> String {
    text.say_with("files-version", &[("number", number.into())])
}

pub fn title(text: Text, file: &File) -> String {
    format!("{}, {}", file.name(), numbered(text, file.content.number))
}

/// All versions, on the page of their file.
pub fn history(frame: &Frame, item: ItemId, history: &History, zone: &str) -> Markup {
    html! { (versions(frame, item, history, zone)) (deleted_versions(frame, item, history, zone)) }
}

/// One alone is the file itself.
fn versions(frame: &Frame, item: ItemId, history: &History, zone: &str) -> Markup {
    if history.versions.len() < 2 {
        return Markup::default();
    }
    let text = frame.text;
    section_with_id(
        Some("versions"),
        &text.say("files-versions"),
        Markup::default(),
        html! {
            @if let Some(words) = pinned_words(text, history) {
                (notice_with(NoticeKind::Information, html! { p { (words) } (unpin_form(frame, item)) }))
            }
            (list(html! {
                @for version in &history.versions { (version_row(frame, item, history, version, zone)) }
            }))
        },
    )
}

/// What clients see instead of the newest.
fn pinned_words(text: Text, history: &History) -> Option<String> {
    let pinned = history.numbered(history.pinned?)?;
    let newest = history.versions.first()?.content.number;
    let values = [("number", pinned.into()), ("newest", newest.into())];
    let key = if pinned == newest { "files-pinned-newest" } else { "files-pinned-older" };
    Some(text.say_with(key, &values))
}

fn unpin_form(frame: &Frame, item: ItemId) -> Markup {
    let action = format!("{}/pin/removal", super::href(Side::Staff, item));
    button_form(&frame.form_token, &action, Button::secondary(frame.text.say("files-unpin")).small())
}

fn version_row(frame: &Frame, item: ItemId, history: &History, version: &Version, zone: &str) -> Markup {
    let (text, content) = (frame.text, &version.content);
    let when = text.moment(content.added_at.in_zone(zone));
    row(&Row {
        lead: Some(row_icon(icon_of(&content.media_type))),
        name: &numbered(text, content.number),
        href: Some(&href(item, content.version)),
        detail: Some(html! {
            @if let Some(person) = &version.added_by { (person) " · " }
            (when)
            @if let Some(number) = history.first_with_the_bytes_of(version) {
                " · " (text.say_with("files-version-same-as", &[("number", number.into())]))
            }
        }),
        meta: Some(html! {
            @if content.version == history.shown { (badge(Tone::Good, &text.say("files-version-shown"))) " " }
            (text.bytes(content.size()))
        }),
        actions: Some(version_menu(frame, item, history, version)),
        ..Row::default()
    })
}

fn version_menu(frame: &Frame, item: ItemId, history: &History, version: &Version) -> Markup {
    let (text, token, own) = (frame.text, &frame.form_token, href(item, version.content.version));
    let name = text.say_with("files-version-actions", &[("number", version.content.number.into())]);
    let is_newest =
        history.versions.first().is_some_and(|newest| newest.content.version == version.content.version);
    let is_pinned = history.pinned == Some(version.content.version);
    menu(
        &text.say("files-version-more"),
        &name,
        html! {
            (menu_link(&format!("{own}/download"), Some("download"), &text.say("files-download")))
            @if history.before(version.content.number).is_some() {
                (menu_link(&format!("{own}/changes"), Some("history"), &text.say("files-what-changed")))
            }
            @if !is_newest {
                (menu_form(token, &format!("{own}/renewal"), "undo", &text.say("files-version-restore")))
            }
            @if !is_pinned {
                (menu_form(token, &format!("{own}/pin"), "pin", &text.say("files-pin")))
                (menu_divider())
                (menu_form(token, &format!("{own}/deletion"), "trash", &text.say("files-version-delete")))
            }
        },
    )
}

fn deleted_versions(frame: &Frame, item: ItemId, history: &History, zone: &str) -> Markup {
    if history.deleted.is_empty() {
        return Markup::default();
    }
    section_with_id(
        Some("deleted-versions"),
        &frame.text.say("files-versions-deleted"),
        Markup::default(),
        list(html! { @for version in &history.deleted { (deleted_row(frame, item, version, zone)) } }),
    )
}

fn deleted_row(frame: &Frame, item: ItemId, version: &Version, zone: &str) -> Markup {
    let (text, content) = (frame.text, &version.content);
    let name = numbered(text, content.number);
    let id = format!("deleted-{}", content.version);
    let action = format!("{}/restoration", href(item, content.version));
    row(&Row {
        lead: Some(row_icon(icon_of(&content.media_type))),
        name: &name,
        detail: version.deleted_at.map(|at| {
            let until = text.date(at.plus_days(KEPT_DAYS).in_zone(zone).date());
            let values = [("when", text.moment(at.in_zone(zone)).into()), ("until", until.into())];
            html! { (text.say_with("files-version-deleted-when", &values)) }
        }),
        meta: Some(html! { (text.bytes(content.size())) }),
        actions: Some(button_form(
            &frame.form_token,
            &action,
            Button::secondary(text.say("files-version-bring-back"))
                .icon("undo")
                .small()
                .described_by(id.clone()),
        )),
        id: Some(id),
        ..Row::default()
    })
}

pub fn deletion_toast(frame: &Frame, item: ItemId, (version, number): (VersionId, i32)) -> Markup {
    let message = frame.text.say_with("files-version-deleted", &[("number", number.into())]);
    let action = format!("{}/restoration", href(item, version));
    toast(frame.text, &message, Some(Undo { token: &frame.form_token, action: &action }))
}

/// One version by itself, with what sets it apart from what clients see.
pub fn page(frame: &Frame, preview: &Preview, history: &History) -> Markup {
    let (text, item) = (frame.text, preview.file.id());
    let content = &preview.file.content;
    let shown = history.numbered(history.shown).unwrap_or(content.number);
    let is_shown = content.version == history.shown;
    let values = [("number", content.number.into()), ("shown", shown.into())];
    html! {
        (page_header(&PageHeader {
            title: &title(text, preview.file),
            breadcrumb: Some(above(frame, preview.file)),
            detail: Some(super::facts(text, preview)),
            actions: Some(super::actions(frame, preview)),
        }))
        div.file-preview {
            @if is_shown { (notice(NoticeKind::Information, &text.say("files-version-is-shown"))) }
            @else { (notice(NoticeKind::Warning, &text.say_with("files-version-is-not-shown", &values))) }
            (super::shown(text, preview))
        }
        nav.cluster aria-label=(text.say("files-versions")) {
            (Button::quiet(text.say("files-versions")).icon("chevron-left").href(versions_of(item)))
        }
    }
}

fn versions_of(item: ItemId) -> String {
    format!("{}#versions", super::href(Side::Staff, item))
}

fn above(frame: &Frame, file: &File) -> Markup {
    let portal = super::portal_href(frame, Side::Staff, file.item.portal);
    let portal = portal.as_deref().map(|href| (href, file.item.portal_name.as_str()));
    let own = super::href(Side::Staff, file.id());
    let places: Vec<_> = portal.into_iter().chain([(&*own, file.name())]).collect();
    breadcrumb(frame.text, &places)
}

/// `None` when there is no text to compare.
pub fn changes_page(frame: &Frame, before: &File, after: &File, changes: Option<&Changes>) -> Markup {
    let text = frame.text;
    let between = [("before", before.content.number.into()), ("after", after.content.number.into())];
    html! {
        (page_header(&PageHeader {
            title: &text.say_with("files-changes-between", &between),
            breadcrumb: Some(above(frame, after)),
            detail: changes.map(|changes| html! {
                span { (text.say_with("files-lines-added", &[("count", changes.added.into())])) }
                span { (text.say_with("files-lines-removed", &[("count", changes.removed.into())])) }
            }),
            actions: Some(html! {
                (Button::secondary(text.say("files-versions")).icon("chevron-left").href(versions_of(after.id())))
            }),
        }))
        @match changes {
            None => (notice(NoticeKind::Information, &text.say("files-changes-unknown"))),
            Some(changes) if changes.are_none() => (notice(NoticeKind::Good, &text.say("files-changes-none"))),
            Some(changes) => (changed_lines(text, changes)),
        }
        @if changes.is_some_and(|changes| !changes.is_whole) { p.field-hint { (text.say("files-changes-beginning")) } }
    }
}

fn changed_lines(text: Text, changes: &Changes) -> Markup {
    let (added, removed) = (text.say("files-line-added"), text.say("files-line-removed"));
    let heard = |word: &str| html! { span.visually-hidden { (word) " " } };
    html! {
        // Reachable by keyboard, so that it can be scrolled.
        div.file-changes tabindex="0" role="region" aria-label=(text.say("files-what-changed")) {
            @for line in &changes.lines {
                @match line {
                    Line::Same(line) => p { (line) },
                    Line::Added(line) => ins { (heard(&added)) (line) },
                    Line::Removed(line) => del { (heard(&removed)) (line) },
                    Line::Left(count) => p.file-changes-left {
                        (text.say_with("files-lines-same", &[("count", (*count).into())]))
                    },
                }
            }
        }
    }
}
