//! What somebody wrote themselves in a mail: without what their program quotes below or between, and without what it
//! adds at the end. There is no standard for either (RFC 3676, section 4.3 names "-- " alone), so the forms of Gmail,
//! Outlook, Apple Mail and Thunderbird are known by their words, English and French. What is in doubt stays.

/// A program breaks the line above a quotation into no more lines than this.
const LONGEST_HEADING: usize = 4;
/// How far below the first line of an Outlook heading the others are looked for.
const OUTLOOK_LINES: usize = 6;

pub fn own_words(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\u{a0}', '\u{202f}'], " ");
    let all: Vec<&str> = text.split('\n').collect();
    let lines = before_signature(&all);
    let last_quoted = lines.iter().rposition(|line| is_quoted(line));
    let mut own = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match cut_at(&lines[at..], last_quoted.and_then(|last| last.checked_sub(at))) {
            Cut::Nothing => {
                own.push(lines[at].trim_end());
                at += 1;
            }
            Cut::Lines(count) => at += count,
            Cut::Rest => break,
        }
    }
    without_greeting_of_a_program(&own)
}

enum Cut {
    Nothing,
    /// So many lines from here on.
    Lines(usize),
    Rest,
}

/// `last_quoted`: of these lines.
fn cut_at(lines: &[&str], last_quoted: Option<usize>) -> Cut {
    if is_quoted(lines[0]) {
        return Cut::Lines(1);
    }
    if let Some(count) = heading_of_quotation(lines) {
        // Marked line by line, words of their own may stand between; otherwise all below is the other mail.
        return match last_quoted.is_some_and(|last| last >= count) {
            true => Cut::Lines(count),
            false => Cut::Rest,
        };
    }
    match is_divider(lines[0]) || is_outlook_heading(lines) {
        true => Cut::Rest,
        false => Cut::Nothing,
    }
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// "On Thu, 26 Nov 2026 at 10:12, Studio <portal@…> wrote:", over one line or several.
fn heading_of_quotation(lines: &[&str]) -> Option<usize> {
    let first = lines[0].trim();
    if !["On ", "Le "].iter().any(|beginning| first.starts_with(beginning)) {
        return None;
    }
    let mut heading = String::new();
    for (count, line) in lines.iter().take(LONGEST_HEADING).enumerate() {
        heading.push_str(line.trim());
        heading.push(' ');
        let said = heading.trim_end();
        let ends = ["wrote:", "a écrit :", "a écrit:"].iter().any(|end| said.ends_with(end));
        if ends && said.contains(|c: char| c.is_ascii_digit()) {
            return Some(count + 1);
        }
        if line.trim().is_empty() {
            return None;
        }
    }
    None
}

/// "-----Original Message-----", "-------- Message transféré --------", and Outlook's line of underscores.
fn is_divider(line: &str) -> bool {
    let line = line.trim();
    if line.len() >= 20 && line.chars().all(|c| c == '_') {
        return true;
    }
    let words = line.trim_matches('-').trim().to_lowercase();
    let is_framed = line.starts_with("-----") && line.ends_with("-----");
    is_framed
        && [
            "original message",
            "forwarded message",
            "message d'origine",
            "message d’origine",
            "message original",
            "message transféré",
        ]
        .contains(&words.as_str())
}

/// "From:" with "Sent:" and "Subject:" below it.
fn is_outlook_heading(lines: &[&str]) -> bool {
    let named = |line: &str, names: &[&str]| {
        let line = line.trim().trim_start_matches('*').to_lowercase();
        names
            .iter()
            .any(|name| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':')))
    };
    let below = &lines[1..lines.len().min(OUTLOOK_LINES)];
    let has = |names: &[&str]| below.iter().any(|line| named(line, names));
    named(lines[0], &["from", "de"]) && has(&["sent", "date", "envoyé"]) && has(&["subject", "objet"])
}

fn before_signature<'a>(lines: &'a [&'a str]) -> &'a [&'a str] {
    let is_mark = |line: &&str| *line == "-- " || *line == "--";
    // Within a quotation it is the other's.
    let end = lines.iter().position(is_mark).unwrap_or(lines.len());
    &lines[..end]
}

/// What a phone signs with.
const SIGNED_BY: [&str; 8] = [
    "sent from my ",
    "sent from outlook for ",
    "get outlook for ",
    "sent from mail for windows",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir de ",
    "télécharger outlook pour ",
];

fn without_greeting_of_a_program(lines: &[&str]) -> String {
    let mut lines = lines;
    while let [before @ .., last] = lines {
        let said = last.trim().to_lowercase();
        if !said.is_empty() && !SIGNED_BY.iter().any(|beginning| said.starts_with(beginning)) {
            break;
        }
        lines = before;
    }
    lines.join("\n").trim_start_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "The shop in Lyon opens at nine.\n\nEverything else is right.";

    #[test]
    fn what_programs_quote_below_an_answer_is_cut() {
        for quotation in [
            // Gmail
            "On Thu, Nov 26, 2026 at 10:12 AM Studio <portal@studio.test> wrote:\n\n> Could you check\n> the hours?",
            "On Thu, Nov 26, 2026 at 10:12 AM Studio <\nportal@studio.test> wrote:\n\n> Could you check?",
            "Le jeu. 26 nov. 2026 à 10:12, Studio <portal@studio.test> a écrit\u{a0}:\n\n> Les heures ?",
            "Le jeu. 26 nov. 2026 à 10:12, Studio <portal@studio.test> a\nécrit :\n> Les heures ?",
            // Of HTML alone
            "On Thu, Nov 26, 2026 at 10:12 AM Studio <portal@studio.test> wrote:\n\nCould you check the hours?",
            // Apple
            "> On 26 Nov 2026, at 10:12, Studio <portal@studio.test> wrote:\n> \n> Could you check?",
            "Le 26 nov. 2026 à 10:12, Studio <portal@studio.test> a écrit :\n\n\u{feff}Les heures ?",
            // Outlook
            "From: Studio <portal@studio.test>\nSent: Thursday, November 26, 2026 10:12\nTo: Carol\nSubject: A message\n\nCould",
            "*From:* Studio\n*Date:* Thursday\n*To:* Carol\n*Subject:* A message\n\nCould you check?",
            "De : Studio <portal@studio.test>\nEnvoyé : jeudi 26 novembre 2026 10:12\nÀ : Carol\nObjet : Un message\n\nLes",
            "________________________________\nFrom: Studio\nSent: Thursday\nCould you check?",
            "-----Original Message-----\nFrom: Studio\nCould you check?",
            "-----Message d'origine-----\nDe : Studio\nLes heures ?",
            // Thunderbird
            "On 26/11/2026 10:12, Studio wrote:\n> Could you check?",
            "Le 26/11/2026 à 10:12, Studio a écrit :\n> Les heures ?",
        ] {
            assert_eq!(own_words(&format!("{ANSWER}\n\n{quotation}\n")), ANSWER, "{quotation}");
            let with_crlf = format!("{ANSWER}\n\n{quotation}\n").replace('\n', "\r\n");
            assert_eq!(own_words(&with_crlf), ANSWER, "{quotation}");
        }
    }

    #[test]
    fn what_is_written_between_and_below_quotations_stays() {
        let between = "On 26 Nov 2026, Studio wrote:\n> The hours?\nNine.\n> The map?\n\nYes, please.\n";
        assert_eq!(own_words(between), "Nine.\n\nYes, please.");
    }

    #[test]
    fn signatures_and_what_phones_add_are_cut() {
        for end in [
            "-- \nCarol Meyer\nAcme",
            "--\nCarol Meyer",
            "Sent from my iPhone",
            "Envoyé de mon iPhone\n",
            "Get Outlook for iOS<https://aka.ms/o0ukef>",
            "Envoyé à partir de Outlook pour Android\n\nOn 26 Nov 2026 Studio wrote:\n> Could you?",
        ] {
            assert_eq!(own_words(&format!("{ANSWER}\n\n{end}")), ANSWER, "{end}");
        }
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for words in [
            "On Monday she wrote:\nnothing at all.",
            "From: the shop to the station it is a mile.",
            "Le 3 mai nous fermons.",
            "On 3 May we close.\n\nYou wrote: nine o'clock.",
            "a -- b\n---\n_____",
            "Sent from my desk were two parcels.\nThey are here.",
        ] {
            assert_eq!(own_words(words), words);
        }
        for nothing in ["", "\n\n", "> only\n> quoted", "-- \nCarol"] {
            assert_eq!(own_words(nothing), "", "{nothing:?}");
        }
    }

    #[test]
    fn nothing_makes_it_slow() {
        for line in ["On 1 ", "On 1 wrote:", "> ", "From:", "_", "--x", "\n"] {
            own_words(&(format!("{line}\n").repeat(100_000) + "> x"));
        }
    }
}
