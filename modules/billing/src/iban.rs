//! The account that stands somewhere in an organization's bank details, so that nobody types it twice.

/// The first that is right (ISO 13616: the remainder by 97 is 1), without spaces.
pub fn find_iban(words: &str) -> Option<String> {
    let starts = words.char_indices().filter(|(at, _)| {
        let before = words[..*at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric())
    });
    starts.map(|(at, _)| &words[at..]).find_map(iban_at_start)
}

/// As long as its country has it: the longest run of letters and digits, spaces between them, that is right.
fn iban_at_start(words: &str) -> Option<String> {
    let line = words.lines().next()?;
    let run: String = line
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '\u{a0}'))
        .filter(|letter| letter.is_ascii_alphanumeric())
        .collect();
    let longest = run.len().min(34);
    (15..=longest).rev().map(|length| &run[..length]).find(|iban| is_right(iban)).map(str::to_owned)
}

fn is_right(iban: &str) -> bool {
    let (country, rest) = iban.split_at(2);
    let (check, account) = rest.split_at(2);
    let is_formed = country.bytes().all(|byte| byte.is_ascii_uppercase())
        && check.bytes().all(|byte| byte.is_ascii_digit())
        && account.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let digits = [account, country, check].concat();
    let remainder = digits.chars().filter_map(|digit| digit.to_digit(36)).fold(0, |rest, value| {
        let shift = if value < 10 { 10 } else { 100 };
        (rest * shift + value) % 97
    });
    is_formed && remainder == 1
}

#[cfg(test)]
mod tests {
    use super::find_iban;

    // The examples of the IBAN registry of SWIFT.
    #[test]
    fn an_account_is_found_in_whatever_stands_around_it() {
        for (words, iban) in [
            ("Banque\nIBAN FR14 2004 1010 0505 0001 3M02 606\nBIC PSSTFRPP", "FR1420041010050500013M02606"),
            ("DE89370400440532013000", "DE89370400440532013000"),
            ("Account GB29 NWBK 6016 1331 9268 19 at NatWest", "GB29NWBK60161331926819"),
            ("IBAN:\u{a0}NO93 8601 1117 947", "NO9386011117947"),
        ] {
            assert_eq!(find_iban(words).as_deref(), Some(iban), "{words:?}");
        }
    }

    #[test]
    fn a_number_with_a_slip_is_no_account() {
        for words in
            ["", "FR14 2004 1010 0505 0001 3M02 607", "Account 12345678, sort code 60-16-13", "é IBAN"]
        {
            assert_eq!(find_iban(words), None, "{words:?}");
        }
    }
}
