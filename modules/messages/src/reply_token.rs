//! What an address for answers carries: of which organization, and that its holder was sent it about one conversation.
//! The secret of the installation makes it of both, so that nothing but a keyed sum of it is written down; the same mail
//! sent again carries the same. Letters are those that no mail server changes: one would write capitals small.

use portico_facts::{ConversationId, OrganizationId, PersonId};
use portico_kernel::Secret;

const MARK: usize = 4;
const PROOF: usize = 20;
/// In letters.
pub const LONGEST_TOKEN: usize = 2 * (MARK + PROOF);

/// 160 bits that nobody can guess, after the end of the organization's id, by which its database is asked alone.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplyToken {
    mark: [u8; MARK],
    proof: [u8; PROOF],
}

impl ReplyToken {
    pub fn of(
        secret: &Secret,
        organization: OrganizationId,
        conversation: ConversationId,
        reader: PersonId,
    ) -> Self {
        let parts: [&[u8]; 4] =
            [b"messages-reply", &organization.bytes(), &conversation.bytes(), &reader.bytes()];
        let sum = secret.token(&parts).hash("messages-reply");
        let mut proof = [0; PROOF];
        proof.copy_from_slice(&sum.bytes()[..PROOF]);
        Self { mark: mark_of(organization), proof }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let bytes = hex::decode(text).ok()?;
        let (mark, proof) = bytes.split_at_checked(MARK)?;
        Some(Self { mark: mark.try_into().ok()?, proof: proof.try_into().ok()? })
    }

    pub fn reveal(&self) -> String {
        hex::encode([&self.mark[..], &self.proof].concat())
    }

    pub fn may_be_of(&self, organization: OrganizationId) -> bool {
        self.mark == mark_of(organization)
    }

    /// What is stored of it.
    pub fn mac(&self, secret: &Secret) -> Vec<u8> {
        secret.token(&[b"messages-reply-row", &self.proof]).hash("messages-reply-row").bytes().to_vec()
    }
}

fn mark_of(organization: OrganizationId) -> [u8; MARK] {
    let mut mark = [0; MARK];
    mark.copy_from_slice(&organization.bytes()[16 - MARK..]);
    mark
}

/// What is stored of a mail that became a message, so that it never becomes another one.
pub fn mail_mac(secret: &Secret, token: &ReplyToken, message_id: &str) -> Vec<u8> {
    secret
        .token(&[b"messages-mail", &token.proof, message_id.as_bytes()])
        .hash("messages-mail")
        .bytes()
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_reader_and_conversation_and_survives_an_address() {
        let secret = Secret::from_bytes([7; 32]);
        let id = |number: u8| [number; 16];
        let of = |secret: &Secret, organization, conversation, reader| {
            ReplyToken::of(
                secret,
                OrganizationId::from_bytes(id(organization)),
                ConversationId::from_bytes(id(conversation)),
                PersonId::from_bytes(id(reader)),
            )
        };
        let token = of(&secret, 1, 2, 3);
        assert!(token == of(&secret, 1, 2, 3));
        for other in [
            of(&secret, 2, 2, 3),
            of(&secret, 1, 3, 3),
            of(&secret, 1, 2, 4),
            of(&Secret::from_bytes([8; 32]), 1, 2, 3),
        ] {
            assert!(token != other && token.mac(&secret) != other.mac(&secret));
        }
        let text = token.reveal();
        assert_eq!(text.len(), LONGEST_TOKEN);
        assert!(ReplyToken::parse(&text.to_uppercase()) == Some(token.clone()));
        assert!(token.may_be_of(OrganizationId::from_bytes(id(1))));
        assert!(!token.may_be_of(OrganizationId::from_bytes(id(2))));
        for wrong in ["", "0", &text[2..], &format!("{text}00"), "äöü", &"x".repeat(48)] {
            assert!(ReplyToken::parse(wrong).is_none(), "{wrong}");
        }
        assert!(mail_mac(&secret, &token, "<1@a>") != mail_mac(&secret, &token, "<2@a>"));
    }
}
