projects-projects = Projects
projects-project = Project
projects-under-way = Projects under way
projects-new = New project
projects-edit = Edit
projects-edit-title = Edit project
projects-delete = Delete
projects-save = Save
projects-more = More
projects-name = Name
projects-client = Client
projects-no-client = No client
projects-status = Status
projects-status-active = Active
projects-status-planned = Planned
projects-status-paused = Paused
projects-status-done = Done
projects-starts-on = Start date
projects-ends-on = End date
projects-from = From { $day }
projects-until = Until { $day }
projects-all = All
projects-all-projects = All projects
projects-next = Next: { $name }
projects-by-status = Projects by status
projects-place = { $first } to { $last } of { $total }
projects-progress =
    { $count ->
        [one] { $done } of { $count } milestone
       *[other] { $done } of { $count } milestones
    }
projects-late = Late
projects-empty = A project holds the work for one client: its dates, its milestones and its portal.
projects-none-of-status = No project has this status.
projects-of-client-empty = There is no project for this client yet.
projects-deleted = “{ $name }” was deleted.

projects-milestones = Milestones
projects-milestone = Milestone
projects-milestones-empty = Milestones show your client where the work stands. Add the first one.
projects-milestone-example = Kick-off
projects-milestone-edit-title = Edit milestone
projects-milestone-actions = Actions for { $name }
projects-milestone-due = Due { $day }
projects-milestone-reached = Reached { $day }
projects-milestone-undated = No due date
projects-milestone-completed = Milestone completed
projects-add-milestone = Add milestone
projects-due-on = Due date
projects-complete = Complete
projects-reopen = Reopen

projects-error-client = Choose one of the clients.
projects-error-status = Choose one of the four.
projects-error-ends-before-start = Choose a day that is not before the start.
