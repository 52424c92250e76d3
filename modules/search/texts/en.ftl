search-search = Search
search-title = { $query } – Search
search-everything = Search everything
search-in = Search in { $portal }
search-everywhere = Search everywhere
search-hint-staff = Type a few letters. Names, notes, links, clients and the words inside files are searched.
search-hint-client = Type a few letters. Everything shared with you is searched, also the words inside files.
search-count =
    { $count ->
        [one] { $count } result
       *[other] { $count } results
    }
search-building = The search index is being rebuilt ({ $percent }%). Until that is done, not everything is found.
search-page = { $what }, page { $page }
search-more = More results
search-place = { $first } to { $last } of { $total }
search-kind-note = Note
search-kind-link = Link
search-kind-folder = Folder
search-kind-file = File
search-kind-portal = Portal
search-kind-project = Project
search-kind-client = Client
search-kind-company = Company
search-files = Files
search-notes = Notes
search-links = Links
search-folders = Folders
search-portals = Portals
search-projects = Projects
search-clients = Clients
search-companies = Companies
search-others = Elsewhere
search-chips-portal = Portal
search-chips-kind = Kind
search-chips-since = Changed
search-chips-author = Added by
search-chip-nameless = One person
search-since-week = In the last 7 days
search-since-month = In the last 30 days
search-since-year = In the last year
