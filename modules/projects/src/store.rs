//! Every statement about projects and milestones.

mod milestones;
mod projects;

pub use milestones::*;
pub use projects::*;
