//! What the parts of a page are, for whoever has them read out (PDF/UA).

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{Identifier, Node as KrillaNode, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// One part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part(usize);

#[derive(Clone, Debug)]
pub enum Role {
    Title(String),
    Paragraph,
    /// With what it is about.
    Table(String),
    Head,
    Body,
    Row,
    ColumnHeading,
    /// Of this many columns' width.
    RowHeading(u32),
    Cell,
}

enum Child {
    Part(usize),
    Mark(Identifier),
}

/// Grows from the top in reading order.
#[derive(Default)]
pub struct Structure {
    parts: Vec<(Role, Vec<Child>)>,
    top: Vec<usize>,
}

impl Structure {
    pub fn add(&mut self, role: Role) -> Part {
        self.top.push(self.parts.len());
        self.push(role)
    }

    pub fn add_to(&mut self, whole: Part, role: Role) -> Part {
        let place = self.parts.len();
        self.parts[whole.0].1.push(Child::Part(place));
        self.push(role)
    }

    fn push(&mut self, role: Role) -> Part {
        self.parts.push((role, Vec::new()));
        Part(self.parts.len() - 1)
    }

    /// What was drawn of a part.
    pub fn mark(&mut self, part: Part, drawn: Identifier) {
        self.parts[part.0].1.push(Child::Mark(drawn));
    }

    pub fn tree(&self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for place in &self.top {
            tree.push(self.group(*place));
        }
        tree
    }

    fn group(&self, place: usize) -> TagGroup {
        let (role, children) = &self.parts[place];
        let mut group = TagGroup::new(role.tag());
        for child in children {
            match child {
                Child::Part(place) => group.push(KrillaNode::Group(self.group(*place))),
                Child::Mark(drawn) => group.push(*drawn),
            }
        }
        group
    }
}

impl Role {
    fn tag(&self) -> TagKind {
        match self {
            Role::Title(title) => Tag::Hn(NonZeroU16::MIN, Some(title.clone())).into(),
            Role::Paragraph => Tag::P.into(),
            Role::Table(summary) => Tag::Table.with_summary(Some(summary.clone())).into(),
            Role::Head => Tag::THead.into(),
            Role::Body => Tag::TBody.into(),
            Role::Row => Tag::TR.into(),
            Role::ColumnHeading => Tag::TH(TableHeaderScope::Column).into(),
            Role::RowHeading(columns) => {
                Tag::TH(TableHeaderScope::Row).with_col_span(NonZeroU32::new(*columns)).into()
            }
            Role::Cell => Tag::TD.into(),
        }
    }
}
