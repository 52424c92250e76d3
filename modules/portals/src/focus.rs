//! Which part of a cover stays seen, as an owner chooses it.

use portico_kernel::Problems;
use portico_ui::Focus;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FocusForm {
    pub x: String,
    pub y: String,
}

impl FocusForm {
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<Focus, Problems> {
        let mut problems = Problems::default();
        let x = problems.keep("x", parse_percent(&self.x));
        let y = problems.keep("y", parse_percent(&self.y));
        match (x, y) {
            (Some(x), Some(y)) => Ok(Focus { x, y }),
            _ => Err(problems),
        }
    }
}

fn parse_percent(typed: &str) -> Result<u8, &'static str> {
    typed.trim().parse().ok().filter(|percent| *percent <= 100).ok_or("portals-focus-unreadable")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_focus_lies_within_the_picture() {
        let form = |x: &str, y: &str| FocusForm { x: x.into(), y: y.into() };
        assert_eq!(form("0", " 100 ").parse().ok().unwrap(), Focus { x: 0, y: 100 });
        let problems = form("101", "-1").parse().err().unwrap();
        assert_eq!(
            (problems.of("x"), problems.of("y")),
            (Some("portals-focus-unreadable"), Some("portals-focus-unreadable"))
        );
    }
}
