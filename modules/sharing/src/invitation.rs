use portico_facts::{InvitationId, OrganizationId, PersonId};
use portico_kernel::{Secret, Token, TokenHash};

/// P3
pub const LIFETIME_DAYS: i64 = 14;

/// The purpose under which tokens are hashed, and the one in `proofs.purpose`.
pub const PURPOSE: &str = "invitation";

/// The token of one invitation. It is derived, so that the job that sends the mail can make it again
/// and only its hash is ever stored: a job that runs twice sends the same link twice.
pub fn token(
    secret: &Secret,
    organization: OrganizationId,
    person: PersonId,
    invitation: InvitationId,
) -> Token {
    secret.token(&[PURPOSE.as_bytes(), &organization.bytes(), &person.bytes(), &invitation.bytes()])
}

pub fn token_hash(
    secret: &Secret,
    organization: OrganizationId,
    person: PersonId,
    invitation: InvitationId,
) -> TokenHash {
    token(secret, organization, person, invitation).hash(PURPOSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invitation_has_a_token_of_its_own_and_always_the_same() {
        let secret = Secret::from_bytes([1; 32]);
        let make = |organization, person, invitation| {
            token(
                &secret,
                OrganizationId::from_bytes([organization; 16]),
                PersonId::from_bytes([person; 16]),
                InvitationId::from_bytes([invitation; 16]),
            )
            .reveal()
        };
        assert_eq!(make(1, 2, 3), make(1, 2, 3));
        for other in [make(9, 2, 3), make(1, 9, 3), make(1, 2, 9)] {
            assert_ne!(make(1, 2, 3), other);
        }
    }
}
