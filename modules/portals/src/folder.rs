//! The folders of one portal as a tree: where something is, what lies under it, where it may go.

use std::collections::{HashMap, HashSet};

use portico_facts::ItemId;
use portico_kernel::{Error, Result};

/// How deep folders nest.
pub const DEEPEST: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    pub id: ItemId,
    /// `None` at the top of the portal.
    pub parent: Option<ItemId>,
    pub name: String,
}

pub struct Tree {
    /// In the order of the listing.
    folders: Vec<Folder>,
    by_id: HashMap<ItemId, usize>,
}

impl Tree {
    pub fn new(folders: Vec<Folder>) -> Self {
        let by_id = folders.iter().enumerate().map(|(index, folder)| (folder.id, index)).collect();
        Self { folders, by_id }
    }

    pub fn find(&self, id: ItemId) -> Option<&Folder> {
        self.by_id.get(&id).map(|index| &self.folders[*index])
    }

    /// From the top down to this folder itself; empty for one that is not there.
    pub fn path(&self, id: ItemId) -> Vec<Folder> {
        let mut path = Vec::new();
        let mut next = Some(id);
        // Bounded, should rows of the database ever form a ring.
        while let Some(folder) =
            next.and_then(|id| self.find(id)).filter(|_| path.len() <= self.folders.len())
        {
            path.push(folder.clone());
            next = folder.parent;
        }
        path.reverse();
        path
    }

    /// # Errors
    /// [`Error::NotFound`] for a folder that is not there.
    pub fn path_to(&self, id: ItemId) -> Result<Vec<Folder>> {
        let path = self.path(id);
        if path.is_empty() { Err(Error::NotFound) } else { Ok(path) }
    }

    /// This folder and every folder under it.
    pub fn subtree(&self, id: ItemId) -> Vec<ItemId> {
        let mut found = vec![id];
        let mut seen = HashSet::from([id]);
        let mut next = 0;
        while let Some(parent) = found.get(next).copied() {
            next += 1;
            for child in self.folders.iter().filter(|folder| folder.parent == Some(parent)) {
                if seen.insert(child.id) {
                    found.push(child.id);
                }
            }
        }
        found
    }

    /// Whether a new folder still fits into this one.
    ///
    /// # Errors
    /// The key of the sentence that says why not.
    pub fn may_hold_new(&self, parent: Option<ItemId>) -> Result<(), &'static str> {
        match self.depth(parent) < DEEPEST {
            true => Ok(()),
            false => Err("portals-folder-too-deep"),
        }
    }

    /// Whether this item may go there: not into itself, nor so deep that its own folders go deeper
    /// than folders may.
    ///
    /// # Errors
    /// The key of the sentence that says why not.
    pub fn may_move(&self, item: ItemId, into: Option<ItemId>) -> Result<(), &'static str> {
        let Some(into) = into else { return Ok(()) };
        if self.find(into).is_none() {
            return Err("portals-folder-gone");
        }
        if self.find(item).is_none() {
            return Ok(());
        }
        let below = self.subtree(item);
        if below.contains(&into) {
            return Err("portals-folder-into-itself");
        }
        let own = self.depth(Some(item));
        let height = below.iter().map(|id| self.depth(Some(*id)) + 1 - own).max().unwrap_or(1);
        match self.depth(Some(into)) + height <= DEEPEST {
            true => Ok(()),
            false => Err("portals-folder-too-deep"),
        }
    }

    /// Every folder with its depth (0 at the top), each under its own parent, for a picker.
    pub fn lines(&self) -> Vec<(usize, &Folder)> {
        let mut children: HashMap<Option<ItemId>, Vec<&Folder>> = HashMap::new();
        for folder in self.folders.iter().rev() {
            children.entry(folder.parent).or_default().push(folder);
        }
        let mut lines = Vec::new();
        let mut waiting: Vec<(usize, &Folder)> = Vec::new();
        let mut next = Some((0, None));
        while let Some((depth, parent)) = next {
            waiting.extend(children.remove(&parent).into_iter().flatten().map(|folder| (depth, folder)));
            next = waiting.pop().map(|(depth, folder)| {
                lines.push((depth, folder));
                (depth + 1, Some(folder.id))
            });
        }
        lines
    }

    fn depth(&self, id: Option<ItemId>) -> usize {
        id.map_or(0, |id| self.path(id).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> ItemId {
        ItemId::from_bytes([n; 16])
    }

    fn tree(edges: &[(u8, u8)]) -> Tree {
        let folder = |(child, parent): &(u8, u8)| Folder {
            id: id(*child),
            parent: (*parent != 0).then(|| id(*parent)),
            name: format!("{child}"),
        };
        Tree::new(edges.iter().map(folder).collect())
    }

    #[test]
    fn a_folder_never_goes_into_itself_or_below_itself() {
        let tree = tree(&[(1, 0), (2, 1), (3, 2), (4, 0)]);
        for into in [1, 2, 3] {
            assert_eq!(tree.may_move(id(1), Some(id(into))), Err("portals-folder-into-itself"));
        }
        assert_eq!(tree.may_move(id(1), Some(id(4))), Ok(()));
        assert_eq!(tree.may_move(id(3), None), Ok(()));
        assert_eq!(tree.may_move(id(3), Some(id(9))), Err("portals-folder-gone"));
        // A note is no folder, and may go into any.
        assert_eq!(tree.may_move(id(99), Some(id(3))), Ok(()));
    }

    #[test]
    fn folders_nest_twenty_deep() {
        let chain: Vec<(u8, u8)> = (1..=20).map(|n| (n, n - 1)).chain([(30, 0), (31, 30)]).collect();
        let tree = tree(&chain);
        assert_eq!(tree.may_hold_new(Some(id(19))), Ok(()));
        assert_eq!(tree.may_hold_new(Some(id(20))), Err("portals-folder-too-deep"));
        assert_eq!(tree.may_move(id(30), Some(id(18))), Ok(()));
        assert_eq!(tree.may_move(id(30), Some(id(19))), Err("portals-folder-too-deep"));
    }

    #[test]
    fn the_way_to_a_folder_and_what_is_under_it() {
        let tree = tree(&[(1, 0), (2, 1), (3, 2), (4, 1), (5, 0)]);
        let names = |folders: Vec<Folder>| folders.into_iter().map(|folder| folder.name).collect::<Vec<_>>();
        assert_eq!(names(tree.path(id(3))), ["1", "2", "3"]);
        assert_eq!(tree.subtree(id(1)), [id(1), id(2), id(4), id(3)]);
        let lines: Vec<_> = tree.lines().iter().map(|(depth, f)| (*depth, f.name.clone())).collect();
        let expected = [(0, "1"), (1, "2"), (2, "3"), (1, "4"), (0, "5")];
        assert_eq!(lines, expected.map(|(depth, name)| (depth, name.to_owned())));
    }

    #[test]
    fn a_ring_ends() {
        let ring = tree(&[(1, 2), (2, 1)]);
        assert!(ring.path(id(1)).len() <= 3);
        assert_eq!(ring.subtree(id(1)).len(), 2);
        assert!(ring.lines().is_empty());
    }
}
