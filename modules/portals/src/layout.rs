//! Whether what a folder holds stands in a list or in a grid of pictures. The address asks for one,
//! and a cookie remembers it for this device: it is nobody's secret, and changes nothing here.

use portico_kernel::{Answer, Visit};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    #[default]
    List,
    Grid,
}

impl Layout {
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Grid => "grid",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::List, Self::Grid].into_iter().find(|layout| layout.name() == name)
    }

    /// As the address asks, or else as this device was asked last.
    pub fn of(visit: &Visit, asked: Option<&str>) -> Self {
        let remembered = visit.layout.as_deref().and_then(Self::named);
        asked.and_then(Self::named).or(remembered).unwrap_or_default()
    }

    /// For an answer to an address that asked.
    pub fn remember(visit: &Visit, asked: Option<&str>, answer: Answer) -> Answer {
        match asked.and_then(Self::named) {
            Some(layout) => answer.header("set-cookie", visit.layout_cookie(layout.name())),
            None => answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_no_layout_asks_for_nothing() {
        assert_eq!(Layout::named("grid"), Some(Layout::Grid));
        for word in ["", "Grid", "grid; Path=/", "list\n"] {
            assert_eq!(Layout::named(word), None);
        }
    }
}
