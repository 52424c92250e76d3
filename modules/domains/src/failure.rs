use portico_kernel::NoAnswer;

/// Why a domain is not served.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// Nobody knows the name.
    Unknown,
    /// It leads inside some network, where we ask nobody.
    Inside,
    /// Nobody answers there, or not with a certificate for this name.
    Silent,
    /// Somebody else answers.
    Other,
    /// It leads here, and its DNS does not say that it is this organization's.
    Unnamed,
    /// Another organization has it.
    Taken,
}

impl Failure {
    pub const ALL: [Self; 6] =
        [Self::Unknown, Self::Inside, Self::Silent, Self::Other, Self::Unnamed, Self::Taken];

    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Inside => "inside",
            Self::Silent => "silent",
            Self::Other => "other",
            Self::Unnamed => "unnamed",
            Self::Taken => "taken",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.name() == name)
    }

    /// The key of a sentence that says what is wrong, and what to do.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unknown => "domains-failure-unknown",
            Self::Inside => "domains-failure-inside",
            Self::Silent => "domains-failure-silent",
            Self::Other => "domains-failure-other",
            Self::Unnamed => "domains-failure-unnamed",
            Self::Taken => "domains-failure-taken",
        }
    }
}

impl From<NoAnswer> for Failure {
    fn from(answer: NoAnswer) -> Self {
        match answer {
            NoAnswer::UnknownName => Self::Unknown,
            NoAnswer::Unreachable(_) => Self::Silent,
            NoAnswer::Other => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_stored_by_its_name() {
        for failure in Failure::ALL {
            assert_eq!(Failure::from_name(failure.name()), Some(failure));
        }
        assert_eq!(Failure::from_name("Unknown"), None);
    }
}
