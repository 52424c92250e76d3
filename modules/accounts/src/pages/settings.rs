use poem::handler;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};
use serde::Deserialize;

use crate::{
    staff_rule::{self, StaffRule},
    view,
};

/// Composed from what the modules registered.
#[handler]
pub fn index(staff: Staff) -> Answer {
    let frame = staff.frame();
    let pages: Vec<_> = staff.registry().settings(staff.person().role).copied().collect();
    staff.page(&frame.text.say("accounts-settings"), view::settings::index(&frame, &pages))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffRuleForm {
    staff: String,
}

#[handler]
pub fn ask_staff_rule(staff: Staff) -> Answer {
    staff_rule_page(&staff, &Problems::default())
}

#[handler]
pub async fn change_staff_rule(
    staff: Staff,
    partial: Partial,
    Form(form): Form<StaffRuleForm>,
) -> Result<Answer> {
    let mut problems = Problems::default();
    let Some(rule) = problems.keep("staff", StaffRule::parse(&form.staff)) else {
        return Ok(staff_rule_page(&staff, &problems).invalid());
    };
    staff.write(move |tx| staff_rule::set(tx, rule)).await?;
    Ok(Answer::go(partial, "/staff/settings/sign-in"))
}

fn staff_rule_page(staff: &Staff, problems: &Problems) -> Answer {
    let (frame, rule) = (staff.frame(), StaffRule::of(staff.organization()));
    let body = view::settings::staff_rule(&frame, rule, problems);
    staff.page(&frame.text.say("accounts-sign-in-settings"), body)
}
