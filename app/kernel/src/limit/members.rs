//! What is asked of several members at once, by whoever tells the staff of something.

use diesel::prelude::*;
use portico_facts::PersonId;

use super::{Whereabouts, seen::seen_by};
use crate::{access::Role, error::Result, schema::people, transaction::Core};

impl Core<'_> {
    /// Those of the staff who are limited: for what is told to none of them.
    ///
    /// # Errors
    /// The database's.
    pub fn limited_members(&mut self) -> Result<Vec<PersonId>> {
        let organization = self.organization();
        Ok(people::table
            .filter(people::organization_id.eq(organization))
            .filter(people::role.eq(Role::Member.name()))
            .filter(people::limited_at.is_not_null())
            .select(people::id)
            .load(self.db())?)
    }

    /// THE predicate of news: those of these people who may be told what happened in a place, which are all but the
    /// limited members who do not see it at this moment (P12). `None` stands for what leads to a page that is closed to
    /// them. In one statement, and five more where any of them is limited, however many they are.
    ///
    /// # Errors
    /// The database's.
    pub fn who_sees(
        &mut self,
        mut people: Vec<PersonId>,
        place: Option<Whereabouts>,
    ) -> Result<Vec<PersonId>> {
        let mut limited = self.limited_members()?;
        limited.retain(|member| people.contains(member));
        if limited.is_empty() {
            return Ok(people);
        }
        let Some(place) = place else {
            people.retain(|person| !limited.contains(person));
            return Ok(people);
        };
        let organization = self.organization();
        let seen = seen_by(self.db(), organization, &limited)?;
        people.retain(|person| seen.get(person).is_none_or(|seen| seen.includes(place)));
        Ok(people)
    }
}
