//! Naming an organization: what is typed at `/setup`, read into a foundation.

use portico_kernel::{EmailAddress, Name, Problems, Slug};
use serde::Deserialize;

use crate::password::NewPassword;

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct SetupForm {
    pub token: String,
    pub name: String,
    pub colour: String,
    pub owner_name: String,
    pub email: String,
    pub password: String,
    pub time_zone: String,
}

pub struct SetupDone {
    pub slug: Slug,
    pub name: Name,
    pub colour: String,
    pub owner_name: Name,
    pub email: EmailAddress,
    pub password: NewPassword,
    pub time_zone: String,
}

impl SetupForm {
    pub fn parse(&self) -> Result<SetupDone, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let colour = problems.keep("colour", parse_colour(&self.colour));
        let owner_name = problems.keep("owner_name", Name::parse(&self.owner_name));
        let email = problems.keep("email", EmailAddress::parse(&self.email));
        let about = [self.name.as_str(), self.owner_name.as_str(), self.email.as_str(), "portico"];
        let password = problems.keep("password", NewPassword::parse(&self.password, &about));
        let time_zone = problems.keep("time_zone", parse_time_zone(&self.time_zone));
        match (name, colour, owner_name, email, password, time_zone) {
            (Some(name), Some(colour), Some(owner_name), Some(email), Some(password), Some(time_zone)) => {
                Ok(SetupDone {
                    slug: Slug::of_name(name.as_str()),
                    name,
                    colour,
                    owner_name,
                    email,
                    password,
                    time_zone,
                })
            }
            _ => Err(problems),
        }
    }
}

fn parse_colour(text: &str) -> Result<String, &'static str> {
    match text.parse::<portico_ui::Colour>() {
        Ok(_) => Ok(text.trim().to_lowercase()),
        Err(_) => Err("accounts-colour-invalid"),
    }
}

fn parse_time_zone(text: &str) -> Result<String, &'static str> {
    match jiff::tz::TimeZone::get(text.trim()) {
        Ok(_) => Ok(text.trim().to_owned()),
        Err(_) => Err("accounts-time-zone-unknown"),
    }
}
