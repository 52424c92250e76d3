//! In what a quantity counts (EN 16931, BT-130): what a small business bills, by the codes of UN/ECE Recommendation 20.

/// In the order in which they are offered.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Measure {
    /// One of whatever the line says, and all that there was once: it stands without a word.
    #[default]
    One,
    Piece,
    Hour,
    Day,
    Week,
    Month,
    Year,
    LumpSum,
    Page,
    Word,
    Kilometre,
    Metre,
    SquareMetre,
    Kilogram,
    Litre,
}

impl Measure {
    pub const ALL: [Measure; 15] = [
        Measure::One,
        Measure::Piece,
        Measure::Hour,
        Measure::Day,
        Measure::Week,
        Measure::Month,
        Measure::Year,
        Measure::LumpSum,
        Measure::Page,
        Measure::Word,
        Measure::Kilometre,
        Measure::Metre,
        Measure::SquareMetre,
        Measure::Kilogram,
        Measure::Litre,
    ];

    /// As stored, as a form sends it, and as programs read it.
    pub fn code(self) -> &'static str {
        match self {
            Measure::One => "C62",
            Measure::Piece => "H87",
            Measure::Hour => "HUR",
            Measure::Day => "DAY",
            Measure::Week => "WEE",
            Measure::Month => "MON",
            Measure::Year => "ANN",
            Measure::LumpSum => "LS",
            Measure::Page => "ZP",
            Measure::Word => "D68",
            Measure::Kilometre => "KMT",
            Measure::Metre => "MTR",
            Measure::SquareMetre => "MTK",
            Measure::Kilogram => "KGM",
            Measure::Litre => "LTR",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }

    /// What a form without the field sends is without a unit, as all lines were once.
    ///
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(chosen: &str) -> Result<Self, &'static str> {
        match chosen {
            "" => Ok(Measure::One),
            code => Self::from_code(code).ok_or("billing-error-measure"),
        }
    }

    /// The text that names `$count` of them; `None` for what needs no name.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Measure::One => None,
            Measure::Piece => Some("billing-measure-piece"),
            Measure::Hour => Some("billing-measure-hour"),
            Measure::Day => Some("billing-measure-day"),
            Measure::Week => Some("billing-measure-week"),
            Measure::Month => Some("billing-measure-month"),
            Measure::Year => Some("billing-measure-year"),
            Measure::LumpSum => Some("billing-measure-lump-sum"),
            Measure::Page => Some("billing-measure-page"),
            Measure::Word => Some("billing-measure-word"),
            Measure::Kilometre => Some("billing-measure-kilometre"),
            Measure::Metre => Some("billing-measure-metre"),
            Measure::SquareMetre => Some("billing-measure-square-metre"),
            Measure::Kilogram => Some("billing-measure-kilogram"),
            Measure::Litre => Some("billing-measure-litre"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_known_by_its_own_code_of_recommendation_20() {
        // As UN/ECE's list names them.
        for (code, measure) in [
            ("C62", Measure::One),
            ("H87", Measure::Piece),
            ("HUR", Measure::Hour),
            ("DAY", Measure::Day),
            ("WEE", Measure::Week),
            ("MON", Measure::Month),
            ("ANN", Measure::Year),
            ("LS", Measure::LumpSum),
            ("ZP", Measure::Page),
            ("D68", Measure::Word),
            ("KMT", Measure::Kilometre),
            ("MTR", Measure::Metre),
            ("MTK", Measure::SquareMetre),
            ("KGM", Measure::Kilogram),
            ("LTR", Measure::Litre),
        ] {
            assert_eq!(Measure::parse(code), Ok(measure), "{code}");
            assert_eq!(measure.code(), code);
        }
    }

    #[test]
    fn what_is_not_on_the_list_is_refused_and_nothing_is_no_unit() {
        assert_eq!(Measure::parse(""), Ok(Measure::One));
        for wrong in ["hour", "hur", "HUR ", "XXX", "C62\0"] {
            assert_eq!(Measure::parse(wrong), Err("billing-error-measure"), "{wrong:?}");
        }
    }
}
