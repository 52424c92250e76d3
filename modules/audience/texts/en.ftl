# Who can see what. Keys start with "audience-".

audience-question = Who can see “{ $name }”, and why?
audience-nobody = No client sees it.
audience-seeing = Clients who see it
audience-awaited = Will see it once they have set up an account
audience-team = Your team sees everything
audience-shut = Do not see it
audience-nobody-else = Nobody else sees it, and there is no other way to it. Colleagues of these people see nothing of it unless they are named here.
audience-as-staff = Staff: { $role }
audience-role-owner = Owner
audience-role-admin = Admin
audience-role-member = Member

audience-of-all = Who sees what
audience-of-all-hint = Every person with everything that they can see, as a file
audience-of-all-about = One line for each person and each portal, item and document that they can see at this moment, and why. Your team sees everything and stands there once.
audience-all-settings = Settings
audience-download = Download as CSV
