//! Projects in search, for staff only; what their milestones are called is part of the text.

use diesel::prelude::*;
use portico_facts::{MilestoneId, PersonId, ProjectId, SubjectId};
use portico_kernel::{
    Among, Event, Instant, Reach, Result, SearchDocument, SearchLine, SearchPage, SearchSource, Tx,
};

use crate::{
    schema::{people, projects},
    store::{self, live_projects},
    view,
};

pub fn source() -> SearchSource {
    SearchSource {
        name: "projects",
        touched,
        document,
        all,
        staff_lines,
        client_lines: |_, _| Ok(Vec::new()),
    }
}

fn touched(tx: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    let Some(subject) = event.subject_id else { return Ok(Vec::new()) };
    match event.noun() {
        "project" => Ok(vec![subject]),
        "milestone" => {
            let project = store::project_of_milestone(tx, MilestoneId::from(subject))?;
            Ok(project.map(SubjectId::from).into_iter().collect())
        }
        // The client's name stands in the text.
        "person" => Ok(live_projects(tx.organization())
            .filter(projects::client_id.eq(PersonId::from(subject)))
            .select(projects::id)
            .load(tx.db())?),
        _ => Ok(Vec::new()),
    }
}

fn document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let row: Option<(String, Option<PersonId>, Instant)> = live_projects(tx.organization())
        .filter(projects::id.eq(subject))
        .select((projects::name, projects::client_id, projects::created_at))
        .first(tx.db())
        .optional()?;
    let Some((title, client, changed)) = row else { return Ok(None) };
    let client: Option<String> = people::table
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::id.nullable().eq(client))
        .select(people::name)
        .first(tx.db())
        .optional()?;
    let milestones = store::milestones_of(tx, ProjectId::from(subject))?;
    let names = client.into_iter().chain(milestones.into_iter().map(|milestone| milestone.name));
    let text = names.collect::<Vec<_>>().join("\n");
    let pages = match text.is_empty() {
        true => Vec::new(),
        false => vec![SearchPage { number: None, text }],
    };
    Ok(Some(SearchDocument {
        kind: "project",
        title,
        pages,
        portal: None,
        people: Vec::new(),
        for_colleagues: false,
        reach: Reach::NoFurther,
        changed,
    }))
}

fn all(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    // Ids begin with a time, so none is all zeros.
    let after = after.unwrap_or(SubjectId::from_bytes([0; 16]));
    Ok(live_projects(tx.organization())
        .filter(projects::id.gt(after))
        .order(projects::id)
        .limit(limit)
        .select(projects::id)
        .load(tx.db())?)
}

fn staff_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let rows: Vec<SubjectId> = live_projects(tx.organization())
        .filter(projects::id.among(subjects.iter().copied()))
        .select(projects::id)
        .load(tx.db())?;
    let line = |subject: SubjectId| SearchLine {
        subject,
        href: view::projects::address(subject.into()),
        icon: "project",
        place: None,
    };
    Ok(rows.into_iter().map(line).collect())
}
