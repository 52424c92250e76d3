clients-clients = Clients
clients-companies = Companies
clients-lists = Clients and companies
clients-new = New client
clients-edit = Edit
clients-edit-title = Edit { $name }
clients-rename = Rename
clients-delete = Delete
clients-save = Save
clients-name = Name
clients-email = Email
clients-company = Company
clients-company-hint = Choose one that is there already, or type a new name.
clients-language = Language
clients-language-organization = As the organization ({ $language })
clients-not-invited = Not invited
clients-filter = Find a client by name, address or company
clients-place = { $first } to { $last } of { $total }
clients-count =
    { $count ->
        [0] Nobody yet
        [one] { $count } client
       *[other] { $count } clients
    }
clients-empty = The people you work for appear here. Add the first one, then share a portal with them.
clients-nothing = Nothing matches “{ $query }”. Try fewer letters.
clients-deleted = { $name } was deleted and can no longer sign in.

clients-company-new = New company
clients-company-rename-title = Rename company
clients-company-filter = Find a company by name
clients-company-empty = Companies group clients who work at the same place. Add one here, or while adding a client.
clients-company-nobody = Nobody belongs to this company yet. Choose it while adding or editing a client.
clients-company-deleted = { $name } was deleted.
clients-company-in-use =
    { $others ->
        [0] { $company } cannot be deleted while people belong to it: { $names }. Give them another company first.
        [one] { $company } cannot be deleted while people belong to it: { $names } and { $others } more. Give them another company first.
       *[other] { $company } cannot be deleted while people belong to it: { $names } and { $others } more. Give them another company first.
    }

clients-error-email-client = A client with this address is here already.
clients-error-email-deleted = This address belongs to a client who was deleted. Add a new client with it to bring them back.
clients-error-email-staff = This address belongs to someone who works here. Use another one.
clients-error-language = Choose one of the languages.
clients-error-company-taken = A company of this name is here already.

clients-export = Export this person’s data
clients-erase = Erase for good
clients-ending = Delete or erase
clients-ending-delete = Whoever is deleted can no longer sign in. A new client with the same address brings them back.
clients-ending-erase = Erasing cannot be undone: what goes and what stays is said before.
clients-erase-title = Erase { $name } for good
clients-erase-about = This cannot be undone. They are signed out at once and lose access to every portal.
clients-erase-goes = What goes
clients-erase-identity = Name, email address, company, password and all their settings
clients-erase-stays = What stays
clients-erase-work = Files and messages that they sent
clients-erase-work-deleted = Delete them
clients-erase-work-kept = Keep them without their name
clients-erase-typed = Name of the client
clients-erase-typed-hint = Type “{ $name }” to confirm.
clients-erase-for-good = Erase
clients-erased-name = Deleted person
clients-error-erasure-name = Type the name exactly as it stands above.
clients-error-erasure-work = Choose what becomes of their files and messages.
