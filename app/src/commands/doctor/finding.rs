use std::fmt;

use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Good,
    /// It could not be asked.
    Unknown,
    /// It works, and somebody should look at it.
    Doubtful,
    /// The product, or a part of it, cannot work.
    Broken,
}

/// What came of one look.
#[derive(Debug, Serialize)]
pub struct Finding {
    pub check: &'static str,
    pub state: State,
    pub words: String,
    /// What to do, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<&'static str>,
}

impl Finding {
    pub fn good(check: &'static str, words: impl Into<String>) -> Self {
        Self { check, state: State::Good, words: words.into(), advice: None }
    }

    pub fn unknown(check: &'static str, words: impl Into<String>, advice: &'static str) -> Self {
        Self { check, state: State::Unknown, words: words.into(), advice: Some(advice) }
    }

    pub fn doubtful(check: &'static str, words: impl Into<String>, advice: &'static str) -> Self {
        Self { check, state: State::Doubtful, words: words.into(), advice: Some(advice) }
    }

    pub fn broken(check: &'static str, words: impl Into<String>, advice: &'static str) -> Self {
        Self { check, state: State::Broken, words: words.into(), advice: Some(advice) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.state {
            State::Good => "",
            State::Unknown => "unknown: ",
            State::Doubtful => "look at this: ",
            State::Broken => "broken: ",
        };
        write!(f, "{:<11} {mark}{}", self.check, self.words)?;
        match self.advice {
            Some(advice) => write!(f, "\n{:<11} {advice}", ""),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_a_line_and_what_to_do_another() {
        assert_eq!(Finding::good("clock", "is right").to_string(), "clock       is right");
        let broken = Finding::broken("objects", "the store is away", "Start it.");
        assert_eq!(broken.to_string(), "objects     broken: the store is away\n            Start it.");
        let json = serde_json::to_string(&broken).unwrap();
        let expected =
            r#"{"check":"objects","state":"broken","words":"the store is away","advice":"Start it."}"#;
        assert_eq!(json, expected);
    }
}
