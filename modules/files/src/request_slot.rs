//! One of the things that a file request wants: exactly one file. Whoever has more puts them into an
//! archive; whoever asks for more writes more lines.

use portico_facts::{ItemId, RequestSlotId, VersionId};
use portico_kernel::{Instant, Name};

/// As typed by staff, one line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub title: String,
    pub hint: String,
    pub need: Need,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    Required,
    Optional,
}

impl From<bool> for Need {
    fn from(required: bool) -> Self {
        if required { Self::Required } else { Self::Optional }
    }
}

/// At the end of a line, in the languages that staff read.
const OPTIONAL: [&str; 2] = ["(optional)", "(facultatif)"];
/// More than this is a project, not a request.
const MOST: usize = 30;

/// A line is a title, then perhaps a colon and a hint, then perhaps "(optional)".
///
/// # Errors
/// The key of a sentence that says what to change.
pub fn parse_wanted(typed: &str) -> Result<Vec<Wanted>, &'static str> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let wanted = lines.map(parse_line).collect::<Result<Vec<_>, _>>()?;
    match wanted.len() {
        0 => Err("files-error-nothing-wanted"),
        many if many > MOST => Err("files-error-too-much-wanted"),
        _ => Ok(wanted),
    }
}

fn parse_line(line: &str) -> Result<Wanted, &'static str> {
    let lower = line.to_lowercase();
    // Lowercasing may change the length of what stands before, never that of these endings.
    let ending = OPTIONAL.iter().find(|ending| lower.ends_with(*ending));
    let (line, need) = match ending {
        Some(ending) => (&line[..line.len() - ending.len()], Need::Optional),
        None => (line, Need::Required),
    };
    let (title, hint) = line.split_once(':').unwrap_or((line, ""));
    let hint = Name::parse_optional(hint)?;
    Ok(Wanted {
        title: Name::parse(title)?.as_str().to_owned(),
        hint: hint.map(|hint| hint.as_str().to_owned()).unwrap_or_default(),
        need,
    })
}

#[derive(Clone, Debug)]
pub struct Slot {
    pub id: RequestSlotId,
    pub title: String,
    pub hint: String,
    pub need: Need,
    /// The file that came last, unless it was deleted since.
    pub file: Option<SentFile>,
    pub accepted_at: Option<Instant>,
    /// Why it is asked for again.
    pub reason: Option<String>,
}

#[derive(Clone, Debug)]
pub struct SentFile {
    pub item: ItemId,
    /// The one that is shown: what staff look at, and accept.
    pub version: VersionId,
    pub name: String,
    pub sent_at: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SlotState {
    Wanted,
    /// Staff have to look at it.
    Sent,
    AskedAgain,
    Accepted,
}

impl Slot {
    pub fn state(&self) -> SlotState {
        match (&self.accepted_at, &self.reason, &self.file) {
            (Some(_), ..) => SlotState::Accepted,
            (None, Some(_), _) => SlotState::AskedAgain,
            (None, None, Some(_)) => SlotState::Sent,
            (None, None, None) => SlotState::Wanted,
        }
    }

    /// Whether the client has done their part.
    pub fn is_filled(&self) -> bool {
        matches!(self.state(), SlotState::Sent | SlotState::Accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(title: &str, hint: &str, need: Need) -> Wanted {
        Wanted { title: title.to_owned(), hint: hint.to_owned(), need }
    }

    #[test]
    fn one_line_is_one_file() {
        let typed = "Bank statements: October to December, as PDF\r\n\r\n  Logo (Optional)\n\
                     Relevé d’identité bancaire : de l’année (facultatif)\nTime: 10:30";
        assert_eq!(
            parse_wanted(typed).unwrap(),
            [
                wanted("Bank statements", "October to December, as PDF", Need::Required),
                wanted("Logo", "", Need::Optional),
                wanted("Relevé d’identité bancaire", "de l’année", Need::Optional),
                wanted("Time", "10:30", Need::Required),
            ]
        );
    }

    #[test]
    fn what_is_no_list_is_answered_in_words() {
        assert_eq!(parse_wanted(" \n\r\n"), Err("files-error-nothing-wanted"));
        assert_eq!(parse_wanted(&"a\n".repeat(31)), Err("files-error-too-much-wanted"));
        assert_eq!(parse_wanted(": only a hint"), Err("ui-name-empty"));
        assert_eq!(parse_wanted("(optional)"), Err("ui-name-empty"));
        assert_eq!(parse_wanted("İ (optional)").unwrap(), [wanted("İ", "", Need::Optional)]);
    }
}
