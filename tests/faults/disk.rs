//! A disk that loses its power: what was synced is there afterwards, and of the rest nothing, or whatever chance leaves.
//!
//! A file's bytes are there up to its last fsync. A name is there when its folder was synced since it came, and that of a
//! new file when the file itself was, as ext4 and xfs have it; folders have to be synced by themselves, which is more than
//! those two ask for.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::{chance::Chance, journal::Entry};

#[derive(Default)]
pub struct Disk {
    files: Vec<Content>,
    /// As the server sees them.
    names: BTreeMap<PathBuf, Thing>,
    /// As they are after a power loss.
    durable: BTreeMap<PathBuf, Thing>,
    /// What lies between the two, in order.
    pending: Vec<Renaming>,
    /// Which of the files an inode is.
    inodes: HashMap<u64, usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    Folder,
    /// Its number among all files that there ever were.
    File(usize),
}

/// Names that begin or cease to lead to something, all at once.
struct Renaming(Vec<(PathBuf, Option<Thing>)>);

#[derive(Default)]
struct Content {
    durable: Vec<u8>,
    pending: Vec<Edit>,
}

enum Edit {
    Write(usize, Vec<u8>),
    Resize(usize),
    GrowTo(usize),
}

impl Disk {
    /// All of it durable.
    pub fn read(folder: &Path) -> Self {
        let mut disk = Self::default();
        disk.read_below(folder, Path::new(""));
        disk.names = disk.durable.clone();
        disk.learn_inodes(folder);
        disk
    }

    fn read_below(&mut self, root: &Path, folder: &Path) {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                self.durable.insert(name.clone(), Thing::Folder);
                self.read_below(root, &name);
            } else if !name.to_string_lossy().ends_with("-shm") {
                self.durable.insert(name, Thing::File(self.files.len()));
                self.files.push(Content { durable: fs::read(entry.path()).unwrap(), pending: Vec::new() });
            }
        }
    }

    /// In the place of whatever is there.
    pub fn write(&mut self, folder: &Path) {
        fs::remove_dir_all(folder).unwrap();
        fs::create_dir(folder).unwrap();
        // A folder's name is shorter than those in it, and comes first.
        for (name, thing) in &self.durable {
            match thing {
                Thing::Folder => fs::create_dir(folder.join(name)).unwrap(),
                Thing::File(file) => fs::write(folder.join(name), &self.files[*file].durable).unwrap(),
            }
        }
        self.learn_inodes(folder);
    }

    fn learn_inodes(&mut self, folder: &Path) {
        self.inodes.clear();
        for (name, thing) in &self.durable {
            if let Thing::File(file) = thing {
                self.inodes.insert(fs::metadata(folder.join(name)).unwrap().ino(), *file);
            }
        }
    }

    /// As `faults.c` noted it. The server may have been killed over its last entry.
    pub fn replay(&mut self, mut journal: &[u8]) {
        while let Some((entry, rest)) = Entry::read(journal) {
            self.take(&entry);
            journal = rest;
        }
    }

    fn take(&mut self, entry: &Entry<'_>) {
        let path = PathBuf::from(entry.first);
        let number = entry.number as usize;
        match entry.kind {
            'C' => {
                let file = self.files.len();
                self.files.push(Content::default());
                self.inodes.insert(entry.number, file);
                self.rename([(path, Some(Thing::File(file)))]);
            }
            'E' => self.compare(path, entry.number),
            'M' => self.rename([(path, Some(Thing::Folder))]),
            'U' | 'X' => self.rename([(path, None)]),
            'R' | 'L' => {
                // What came around libc is unknown until its folder is synced.
                let Some(thing) = self.names.get(&path).copied() else { return };
                let target = PathBuf::from(std::str::from_utf8(entry.second).unwrap());
                match entry.kind {
                    'L' => self.rename([(target, Some(thing))]),
                    _ => self.rename([(path, None), (target, Some(thing))]),
                }
            }
            'S' => self.sync(&path),
            'W' => self.edit(&path, Edit::Write(number, entry.second.to_owned())),
            'T' => self.edit(&path, Edit::Resize(number)),
            'G' => self.edit(&path, Edit::GrowTo(number)),
            other => panic!("an entry of the unknown kind {other:?}"),
        }
    }

    fn rename(&mut self, names: impl Into<Vec<(PathBuf, Option<Thing>)>>) {
        let renaming = Renaming(names.into());
        renaming.apply_to(&mut self.names);
        self.pending.push(renaming);
    }

    /// What has this inode is called so, whatever was noted of it.
    fn compare(&mut self, name: PathBuf, inode: u64) {
        let Some(file) = self.inodes.get(&inode).map(|file| Thing::File(*file)) else { return };
        if self.names.get(&name) == Some(&file) {
            return;
        }
        let former =
            self.names.iter().filter(|(_, thing)| **thing == file).map(|(name, _)| (name.clone(), None));
        let names: Vec<_> = former.chain([(name, Some(file))]).collect();
        self.rename(names);
    }

    fn edit(&mut self, path: &Path, edit: Edit) {
        if let Some(Thing::File(file)) = self.names.get(path) {
            self.files[*file].pending.push(edit);
        }
    }

    fn sync(&mut self, path: &Path) {
        let synced = match self.names.get(path) {
            Some(Thing::File(file)) => {
                self.files[*file].sync();
                Some(Thing::File(*file))
            }
            Some(Thing::Folder) => None,
            None if path.as_os_str().is_empty() => None,
            None => return,
        };
        let is_meant = |renaming: &Renaming| match synced {
            Some(_) => renaming.makes(synced),
            None => renaming.is_in(path),
        };
        let (durable, pending): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(is_meant);
        self.pending = pending;
        durable.iter().for_each(|renaming| renaming.apply_to(&mut self.durable));
    }

    /// Nothing but what was synced stays, or, by `chance`, some of the rest, too: names as a journal has them, from the
    /// first to some other, and of each file's pieces any, whole or in part.
    pub fn lose_power(&mut self, chance: Option<&mut Chance>) {
        let pending = std::mem::take(&mut self.pending);
        if let Some(chance) = chance {
            let lucky = chance.below(pending.len() as u64 + 1) as usize;
            pending[..lucky].iter().for_each(|renaming| renaming.apply_to(&mut self.durable));
            self.files.iter_mut().for_each(|file| file.settle(chance));
        }
        self.files.iter_mut().for_each(|file| file.pending.clear());
        // What lies in a folder that is gone went with it; a folder comes before what is in it.
        let all = std::mem::take(&mut self.durable);
        for (name, thing) in all {
            let folder = name.parent().unwrap();
            if folder.as_os_str().is_empty() || self.durable.get(folder) == Some(&Thing::Folder) {
                self.durable.insert(name, thing);
            }
        }
        self.names = self.durable.clone();
    }
}

impl Renaming {
    fn apply_to(&self, names: &mut BTreeMap<PathBuf, Thing>) {
        for (name, thing) in &self.0 {
            match thing {
                Some(thing) => names.insert(name.clone(), *thing),
                None => names.remove(name),
            };
        }
    }

    /// Of a new file, and no more than that.
    fn makes(&self, file: Option<Thing>) -> bool {
        matches!(&*self.0, [(_, made)] if *made == file)
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.0.iter().any(|(name, _)| name.parent() == Some(folder))
    }
}

impl Content {
    fn sync(&mut self) {
        for edit in std::mem::take(&mut self.pending) {
            edit.apply_to(&mut self.durable);
        }
    }

    fn settle(&mut self, chance: &mut Chance) {
        for edit in std::mem::take(&mut self.pending) {
            match (chance.below(3), edit) {
                (0, _) => {}
                // A sector is whole.
                (1, Edit::Write(at, bytes)) => {
                    let sectors = bytes.len() as u64 / 512;
                    let taken = chance.below(sectors + 1) as usize * 512;
                    Edit::Write(at, bytes[..taken].to_owned()).apply_to(&mut self.durable);
                }
                (_, edit) => edit.apply_to(&mut self.durable),
            }
        }
    }
}

impl Edit {
    fn apply_to(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(at, written) => {
                let end = at + written.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*at..end].copy_from_slice(written);
            }
            Self::Resize(size) => bytes.resize(*size, 0),
            Self::GrowTo(size) => bytes.resize(bytes.len().max(*size), 0),
        }
    }
}

#[cfg(test)]
mod tests;
