//! Projects and milestones: what is done for whom, and by when. Holds no content and shares nothing:
//! what a client sees of a project is its milestones, on a portal that another module grants.

mod demo;
mod kept;
mod milestone;
mod offline;
mod pages;
mod personal;
mod project;
mod schema;
mod search;
mod sections;
mod store;
mod view;
mod visibility;

use pages::{milestones, projects};
use portico_facts::EventKind;
use portico_kernel::{Access, Additions, Demo, Happening, Located, Module, Navigation, Permission, Section};
use portico_ui::Language;

pub struct Projects;

const WORK: Access = Access::Staff(Permission::Work);
/// Limited members have it, too.
const ASSIGNED: Access = Access::Staff(Permission::Assigned);

impl Module for Projects {
    fn name(&self) -> &'static str {
        "projects"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.personal_data(personal::data());
        add.offline_part(offline::part());
        add.get("/staff/projects", ASSIGNED, projects::list);
        add.get("/staff/projects/new", WORK, projects::new);
        add.post("/staff/projects", WORK, projects::create);
        add.get("/staff/projects/:project", ASSIGNED, projects::show);
        add.get("/staff/projects/:project/edit", WORK, projects::edit);
        add.post("/staff/projects/:project", WORK, projects::change);
        add.button("/staff/projects/:project/deletion", WORK, projects::delete);
        add.button("/staff/projects/:project/restoration", WORK, projects::restore);
        add.get("/staff/projects/:project/track", ASSIGNED, milestones::staff_track);

        add.get("/staff/projects/:project/milestones", ASSIGNED, milestones::list);
        add.post("/staff/projects/:project/milestones", ASSIGNED, milestones::create);
        add.post("/staff/projects/:project/milestones/order", ASSIGNED, milestones::order);
        add.get("/staff/milestones/:milestone/edit", ASSIGNED, milestones::edit);
        add.post("/staff/milestones/:milestone", ASSIGNED, milestones::change);
        add.button("/staff/milestones/:milestone/completion", ASSIGNED, milestones::complete);
        add.button("/staff/milestones/:milestone/reopening", ASSIGNED, milestones::reopen);
        add.button("/staff/milestones/:milestone/move-up", ASSIGNED, milestones::move_up);
        add.button("/staff/milestones/:milestone/move-down", ASSIGNED, milestones::move_down);
        add.button("/staff/milestones/:milestone/deletion", ASSIGNED, milestones::delete);
        add.button("/staff/milestones/:milestone/restoration", ASSIGNED, milestones::restore);

        add.get("/portals/:portal/milestones", Access::Client, milestones::client_track);

        add.section(Section::ClientPortal {
            name: "milestones",
            label: "projects-milestones",
            order: 10,
            render: sections::client_portal,
        });
        add.assigned_section(Section::StaffPortal { order: 10, render: sections::staff_portal });
        add.assigned_section(Section::StaffHome { order: 20, render: sections::staff_home });
        add.assigned_section(Section::StaffClient { order: 10, render: sections::staff_client });
        add.located(Located { parameter: "milestone", find: store::whereabouts });
        add.navigation(Navigation {
            access: ASSIGNED,
            href: "/staff/projects",
            also: None,
            label: "projects-projects",
            icon: "project",
            order: 10,
        });
        add.project_founder(store::found_project);
        add.happening(Happening {
            kind: EventKind::MILESTONE_COMPLETED,
            words: "projects-milestone-completed",
            icon: "flag",
            seen: store::completed_for_client,
        });
        add.template_part(kept::part());
        add.search_source(search::source());
        add.demo(Demo { fill: |world| Box::pin(demo::fill(world)) });
    }
}
