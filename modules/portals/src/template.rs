//! Templates: what a new portal can begin with. A template is a snapshot; what becomes of the portal that it was taken of
//! changes nothing in it.

use std::collections::{HashMap, VecDeque};

use portico_facts::{ItemId, TemplateId};
use portico_kernel::Problems;
use serde::{Deserialize, Serialize};

use crate::{
    item::{EMBED, FOLDER, Item, LINK, NOTE},
    portal::{PortalForm, PortalWishes},
};

/// More of them are an archive, not a beginning.
pub const MOST_ITEMS: usize = 2_000;
/// Of all their words and addresses together, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// A new portal, and what it begins with.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPortalForm {
    pub name: String,
    /// Nothing for a generic portal.
    #[serde(default)]
    pub project: String,
    /// Nothing for an empty one.
    #[serde(default)]
    pub template: String,
}

pub struct NewPortal {
    pub wishes: PortalWishes,
    pub template: Option<TemplateId>,
}

impl NewPortalForm {
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<NewPortal, Problems> {
        let mut problems = Problems::default();
        let template = problems.keep("template", parse_template(&self.template));
        let form = PortalForm { name: self.name.clone(), project: self.project.clone() };
        match (form.parse(), template) {
            (Ok(wishes), Some(template)) => Ok(NewPortal { wishes, template }),
            (Err(wrong), Some(_)) => Err(wrong),
            (_, None) => Err(problems),
        }
    }
}

fn parse_template(chosen: &str) -> Result<Option<TemplateId>, &'static str> {
    match chosen {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "portals-template-gone"),
    }
}

/// What portals keeps of a portal.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// A folder stands before what lies in it.
    pub items: Vec<KeptItem>,
    /// How its sections are arranged, as stored.
    #[serde(default)]
    pub sections: String,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptItem {
    pub name: String,
    /// The place of its folder in the list.
    #[serde(default)]
    pub folder: Option<usize>,
    pub content: Content,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    Folder,
    Note { body: String, pinned: bool },
    Link { address: String },
    Embed { provider: String, frame: String, page: String },
}

impl Content {
    pub fn kind(&self) -> &'static str {
        match self {
            Content::Folder => FOLDER,
            Content::Note { .. } => NOTE,
            Content::Link { .. } => LINK,
            Content::Embed { .. } => EMBED,
        }
    }
}

/// Folders before what lies in them, and within a folder in its order. What lies in a folder that is not among them is
/// left out, and so is whatever `content` knows nothing of.
pub fn kept_items(found: Vec<Item>, mut content: impl FnMut(&Item) -> Option<Content>) -> Vec<KeptItem> {
    let mut inside: HashMap<Option<ItemId>, Vec<Item>> = HashMap::new();
    for item in found {
        inside.entry(item.folder).or_default().push(item);
    }
    let mut kept = Vec::new();
    let mut ahead = VecDeque::from([(None, None)]);
    while let Some((folder, place)) = ahead.pop_front() {
        for item in inside.remove(&folder).unwrap_or_default() {
            let Some(content) = content(&item) else { continue };
            if content == Content::Folder {
                ahead.push_back((Some(item.id), Some(kept.len())));
            }
            kept.push(KeptItem { name: item.name, folder: place, content });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use portico_facts::PortalId;
    use portico_kernel::Instant;

    use super::*;

    fn item(id: u8, folder: Option<u8>, kind: &str, name: &str) -> Item {
        Item {
            id: ItemId::from_bytes([id; 16]),
            portal: PortalId::from_bytes([9; 16]),
            folder: folder.map(|id| ItemId::from_bytes([id; 16])),
            kind: kind.to_owned(),
            name: name.to_owned(),
            created_at: Instant::from_micros(0),
            changed_at: Instant::from_micros(0),
        }
    }

    fn content(item: &Item) -> Option<Content> {
        match item.kind.as_str() {
            FOLDER => Some(Content::Folder),
            NOTE => Some(Content::Note { body: String::new(), pinned: false }),
            _ => None,
        }
    }

    #[test]
    fn folders_stand_before_what_lies_in_them_and_everything_keeps_its_order() {
        let found = vec![
            item(1, Some(3), NOTE, "deep"),
            item(2, None, NOTE, "first"),
            item(3, Some(4), FOLDER, "inner"),
            item(4, None, FOLDER, "outer"),
            item(5, None, "file", "plan.pdf"),
            item(6, None, NOTE, "last"),
            item(7, Some(8), NOTE, "lost"),
        ];
        let kept = kept_items(found, content);
        let named: Vec<_> = kept.iter().map(|item| (item.name.as_str(), item.folder)).collect();
        assert_eq!(
            named,
            [("first", None), ("outer", None), ("last", None), ("inner", Some(1)), ("deep", Some(3))]
        );
    }

    #[test]
    fn folders_in_a_ring_are_left_out() {
        let found = vec![item(1, Some(2), FOLDER, "a"), item(2, Some(1), FOLDER, "b")];
        assert!(kept_items(found, content).is_empty());
    }

    #[test]
    fn what_is_kept_is_read_again_as_it_was() {
        let items = vec![
            KeptItem { name: "Contracts".into(), folder: None, content: Content::Folder },
            KeptItem {
                name: "</script> “é”".into(),
                folder: Some(0),
                content: Content::Note { body: "# A\n\"b\"".into(), pinned: true },
            },
        ];
        let kept = Kept { items, sections: "[]".into() };
        let json = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Kept>(&json).unwrap(), kept);
    }

    #[test]
    fn a_new_portal_begins_empty_or_from_a_template() {
        let form = |name: &str, template: &str| NewPortalForm {
            name: name.into(),
            template: template.into(),
            ..NewPortalForm::default()
        };
        assert!(form("Website", "").parse().is_ok_and(|new| new.template.is_none()));
        let id = "0123456789abcdef0123456789abcdef";
        assert!(form("Website", id).parse().is_ok_and(|new| new.template.is_some()));
        let problems = form("Website", "the large one").parse().err().unwrap();
        assert_eq!(problems.of("template"), Some("portals-template-gone"));
        assert_eq!(form(" ", id).parse().err().unwrap().of("name"), Some("ui-name-empty"));
    }
}
