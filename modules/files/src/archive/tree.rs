//! What goes into an archive: of everything that somebody may see in a portal, the chosen items with all
//! that lies under them, each under the path that it has from there.

use std::collections::{HashMap, HashSet};

use portico_facts::ItemId;
use portico_kernel::{Error, Instant, Result};

use super::names::Names;
use crate::file::{Content, File};

pub struct Folder {
    pub id: ItemId,
    pub above: Option<ItemId>,
    pub name: String,
    pub changed: Instant,
}

/// Everything that its reader may see in one portal, in the order of the listing.
pub struct Visible {
    /// The portal's.
    pub name: String,
    pub folders: Vec<Folder>,
    pub files: Vec<File>,
    /// Notes, links and embeds, which are no files and do not come along.
    pub others: Vec<ItemId>,
}

/// Where to begin.
pub enum Chosen {
    Everything,
    /// In the order in which they were chosen.
    Items(Vec<ItemId>),
}

/// A file or a folder at its place in the archive.
pub struct Placed<'a> {
    /// With `/` between folders, and at the end of a folder's own.
    pub path: String,
    pub changed: Instant,
    /// Nothing for a folder.
    pub content: Option<&'a Content>,
}

enum Node<'a> {
    Folder(&'a Folder),
    File(&'a File),
}

impl Visible {
    /// # Errors
    /// [`Error::NotFound`] when one of the chosen is not among what this person sees.
    pub fn placed(&self, chosen: &Chosen) -> Result<Vec<Placed<'_>>> {
        let mut inside: HashMap<Option<ItemId>, Vec<Node>> = HashMap::new();
        for folder in &self.folders {
            inside.entry(folder.above).or_default().push(Node::Folder(folder));
        }
        for file in &self.files {
            inside.entry(file.item.folder).or_default().push(Node::File(file));
        }
        let top = match chosen {
            Chosen::Everything => inside.remove(&None).unwrap_or_default(),
            Chosen::Items(items) => self.nodes(items)?,
        };
        let mut placed = Vec::new();
        let mut ahead = vec![(String::new(), top)];
        // Each folder is taken out when it is reached, so that even a ring of folders would end.
        while let Some((path, nodes)) = ahead.pop() {
            let mut names = Names::default();
            for node in nodes {
                match node {
                    Node::Folder(folder) => {
                        let path = format!("{path}{}/", names.give(&folder.name));
                        placed.push(Placed { path: path.clone(), changed: folder.changed, content: None });
                        ahead.push((path, inside.remove(&Some(folder.id)).unwrap_or_default()));
                    }
                    Node::File(file) => {
                        let path = format!("{path}{}", names.give(file.name()));
                        let (changed, content) = (file.item.changed_at, Some(&file.content));
                        placed.push(Placed { path, changed, content });
                    }
                }
            }
        }
        Ok(placed)
    }

    /// What the archive is called: after what is in it.
    pub fn name(&self, chosen: &Chosen) -> &str {
        let Chosen::Items(items) = chosen else { return &self.name };
        let [item] = items.as_slice() else { return &self.name };
        let folders = self.folders.iter().map(|folder| (folder.id, folder.name.as_str()));
        let mut all = folders.chain(self.files.iter().map(|file| (file.id(), file.name())));
        all.find(|(id, _)| id == item).map_or(&self.name, |(_, name)| name)
    }

    /// What was chosen twice, or lies under something else that was chosen, comes once.
    fn nodes(&self, chosen: &[ItemId]) -> Result<Vec<Node<'_>>> {
        let above: HashMap<ItemId, Option<ItemId>> = self
            .folders
            .iter()
            .map(|folder| (folder.id, folder.above))
            .chain(self.files.iter().map(|file| (file.id(), file.item.folder)))
            .collect();
        let mut nodes: HashMap<ItemId, Node> = self.folders.iter().map(|f| (f.id, Node::Folder(f))).collect();
        nodes.extend(self.files.iter().map(|file| (file.id(), Node::File(file))));
        let all: HashSet<ItemId> = chosen.iter().copied().collect();
        if !all.iter().all(|item| nodes.contains_key(item) || self.others.contains(item)) {
            return Err(Error::NotFound);
        }
        let lies_under_another = |item: &ItemId| {
            let ways = std::iter::successors(above.get(item).copied().flatten(), |id| *above.get(id)?);
            ways.take(above.len()).any(|id| all.contains(&id))
        };
        let tops = chosen.iter().filter(|item| !lies_under_another(item));
        Ok(tops.filter_map(|item| nodes.remove(item)).collect())
    }
}
