//! Files for the search index: the name, and the words on the pages of the version that is shown.

use portico_facts::{EventKind, ItemId, SubjectId};
use portico_kernel::{
    ClientTx, Event, Reach, Result, SearchDocument, SearchLine, SearchPage, SearchSource, Sent, Side, Tx,
};

use crate::{file::File, showing::icon_of, store, view, visibility};

pub fn source() -> SearchSource {
    SearchSource { name: "files", touched, document, all, staff_lines, client_lines }
}

fn touched(tx: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    let Some(subject) = event.subject_id else { return Ok(Vec::new()) };
    let files = match event.portal_id {
        _ if is_any(event, &[EventKind::PORTAL_DELETED, EventKind::PORTAL_RESTORED]) => {
            store::of_portal(tx, subject.into())?
        }
        Some(portal) if is_any(event, &[EventKind::ITEM_DELETED, EventKind::ITEM_RESTORED]) => {
            store::of_folder(tx, portal, subject.into())?
        }
        _ if is_any(event, OF_ONE_FILE) => store::only_files(tx, subject.into())?,
        _ => Vec::new(),
    };
    Ok(files.into_iter().map(SubjectId::from).collect())
}

/// What changes one file, or which of its versions is shown.
const OF_ONE_FILE: &[EventKind] = &[
    EventKind::ITEM_ADDED,
    EventKind::ITEM_CHANGED,
    EventKind::ITEM_READ,
    EventKind::ITEM_VERSION_ADDED,
    EventKind::ITEM_VERSION_PINNED,
    EventKind::ITEM_VERSION_UNPINNED,
    EventKind::ITEM_VERSION_DELETED,
    EventKind::ITEM_VERSION_RESTORED,
];

fn is_any(event: &Event, kinds: &[EventKind]) -> bool {
    kinds.iter().any(|kind| event.is(*kind))
}

fn document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let item = ItemId::from(subject);
    let Some(file) = store::among(tx, &[item])?.pop() else { return Ok(None) };
    let (pages, sent) = (store::pages_of(tx, file.content.version)?, tx.sent(item)?);
    let page = |page: store::Page| SearchPage {
        number: u32::try_from(page.number).ok().filter(|number| *number > 0),
        text: page.text,
    };
    Ok(Some(SearchDocument {
        kind: "file",
        title: file.item.name,
        pages: pages.into_iter().map(page).collect(),
        portal: Some(file.item.portal),
        people: sent.and_then(Sent::sole_reader).into_iter().collect(),
        for_colleagues: false,
        reach: Reach::NoFurther,
        changed: file.item.changed_at,
    }))
}

fn all(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    let ids = store::ids_after(tx, after.map(ItemId::from), limit)?;
    Ok(ids.into_iter().map(SubjectId::from).collect())
}

fn staff_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let found = store::among(tx, &items(subjects))?;
    Ok(found.into_iter().map(|file| line(Side::Staff, file)).collect())
}

fn client_lines(tx: &mut ClientTx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let found = visibility::client_files_among(tx, &items(subjects))?;
    Ok(found.into_iter().map(|file| line(Side::Client, file)).collect())
}

fn items(subjects: &[SubjectId]) -> Vec<ItemId> {
    subjects.iter().map(|subject| ItemId::from(*subject)).collect()
}

fn line(side: Side, file: File) -> SearchLine {
    SearchLine {
        subject: file.id().into(),
        href: view::href(side, file.id()),
        icon: icon_of(&file.content.media_type),
        place: Some(file.item.portal_name),
    }
}
