use portico_kernel::EmailAddress;

/// What stands in the field "Email", which finds people while typing and takes new addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Complete addresses, each once, in the order of typing.
    pub addresses: Vec<EmailAddress>,
    /// Words that are no address.
    pub rest: Vec<String>,
    /// What people are looked for with: the part being typed, in lower case.
    pub search: String,
}

impl Typed {
    /// Addresses stand between commas, semicolons or spaces, and may carry a name as mail programs
    /// write it: `Carol Jones <carol@acme.test>`.
    pub fn read(text: &str) -> Self {
        let mut typed = Self::default();
        let parts: Vec<&str> = text.split([',', ';', '\n']).map(str::trim).collect();
        for part in &parts {
            for word in words(part) {
                match EmailAddress::parse(word) {
                    Ok(address) if typed.addresses.contains(&address) => {}
                    Ok(address) => typed.addresses.push(address),
                    Err(_) => typed.rest.push(word.to_owned()),
                }
            }
        }
        let last = parts.last().copied().unwrap_or_default();
        let search = if last.contains('@') { words(last).pop().unwrap_or_default() } else { last };
        typed.search = search.to_lowercase();
        typed
    }

    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty() && self.rest.is_empty()
    }
}

fn words(part: &str) -> Vec<&str> {
    let address_of_name = part.strip_suffix('>').and_then(|part| part.rsplit_once('<'));
    match address_of_name {
        Some((_, address)) => vec![address.trim()],
        None => part.split_whitespace().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::Typed;

    fn addresses(text: &str) -> Vec<String> {
        Typed::read(text).addresses.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn several_addresses_stand_between_commas_semicolons_spaces_or_lines() {
        assert_eq!(addresses("a@x.test,b@x.test; c@x.test d@x.test\ne@x.test").len(), 5);
        assert_eq!(addresses("a@x.test, A@X.test"), ["a@x.test"]);
    }

    #[test]
    fn a_name_in_front_of_its_address_is_left_out() {
        let typed = Typed::read("Carol Jones <carol@acme.test>, \"Roy, C.\" <cyril@acme.test>");
        assert_eq!(typed.addresses.len(), 2);
        assert_eq!(typed.rest, ["\"Roy"]);
    }

    #[test]
    fn the_last_part_is_what_is_looked_for() {
        assert_eq!(Typed::read("Carol Jo").search, "carol jo");
        assert_eq!(Typed::read("new@x.test, Éric").search, "éric");
        assert_eq!(Typed::read("new@x.test car").search, "car");
        assert_eq!(Typed::read("new@x.test, ").search, "");
        assert_eq!(Typed::read("Carol <carol@acme.test>").search, "carol@acme.test");
    }
}
