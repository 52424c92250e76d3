//! Where we are: the milestones of a project on one line, or under each other where it is narrow.

use maud::{Markup, html};

use super::icon;
use crate::texts::Text;

pub struct Milestone<'a> {
    pub name: &'a str,
    /// Already written in the reader's format.
    pub date: Option<String>,
    pub state: MilestoneState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MilestoneState {
    Done,
    /// The one being worked on.
    Current,
    Planned,
}

impl MilestoneState {
    fn class(self) -> &'static str {
        match self {
            MilestoneState::Done => "milestone milestone-done",
            MilestoneState::Current => "milestone milestone-current",
            MilestoneState::Planned => "milestone milestone-planned",
        }
    }

    fn key(self) -> &'static str {
        match self {
            MilestoneState::Done => "ui-milestone-done",
            MilestoneState::Current => "ui-milestone-current",
            MilestoneState::Planned => "ui-milestone-planned",
        }
    }
}

pub fn milestone_track(text: Text, milestones: &[Milestone<'_>]) -> Markup {
    track(text, milestones, html! { (icon("check")) })
}

/// For a page without the sprite of icons.
pub fn plain_milestone_track(text: Text, milestones: &[Milestone<'_>]) -> Markup {
    track(text, milestones, html! { span aria-hidden="true" { "✓" } })
}

fn track(text: Text, milestones: &[Milestone<'_>], done: Markup) -> Markup {
    html! {
        ol.milestone-track aria-label=(text.say("ui-milestones")) {
            @for milestone in milestones {
                li class=(milestone.state.class())
                    aria-current=[(milestone.state == MilestoneState::Current).then_some("step")] {
                    span.milestone-mark { @if milestone.state == MilestoneState::Done { (done) } }
                    span.milestone-name { (milestone.name) }
                    span.milestone-state {
                        (text.say(milestone.state.key()))
                        @if let Some(date) = &milestone.date { " · " (date) }
                    }
                }
            }
        }
    }
}

pub fn sample() -> Markup {
    let step = |name, state| Milestone { name, date: Some("23 Nov".to_owned()), state };
    milestone_track(
        Text::default(),
        &[
            step("Kick-off", MilestoneState::Done),
            step("Design", MilestoneState::Current),
            step("Build", MilestoneState::Planned),
            step("Launch", MilestoneState::Planned),
        ],
    )
}
