sharing-news = Portals that are shared with me
sharing-share = Share
sharing-send = Send invitation
sharing-resend = Resend
sharing-revoke = Revoke
sharing-restore = Restore access
sharing-see-as = See as client

sharing-shared-with = Shared with
sharing-nobody-yet = Only your team sees this portal. The people you share it with appear here.
sharing-why = Who can see this, and why?
sharing-invited-when = Invited { $when }
sharing-shared-when = Shared { $when }
sharing-revoked-when = Revoked { $when }

sharing-dialog-title = Share “{ $portal }”
sharing-already =
    { $count ->
        [one] Shared with { $count } person already
       *[other] Shared with { $count } people already
    }
sharing-email = Email
sharing-email-hint = Type a name to find a client, or the address of someone new. Several addresses are separated by commas.
sharing-people = People to share with
sharing-no-match = Nobody matches. Write a whole address to invite someone new.
sharing-more-people =
    { $count ->
        [one] { $count } more person: type to find them.
       *[other] { $count } more people: type to find them.
    }
sharing-invite-new = Invite { $email }
sharing-message = Message
sharing-outcome =
    { $people ->
        [one] { $people } person
       *[other] { $people } people
    } will gain { $items ->
        [0] this portal, which is still empty
        [one] this { $items } item
       *[other] these { $items } items
    }
sharing-outcome-nobody =
    { $items ->
        [0] Choose who will gain this portal. It is still empty.
        [one] Choose who will gain this { $items } item.
       *[other] Choose who will gain these { $items } items.
    }
sharing-more-items = and { $count } more
sharing-shared =
    { $count ->
        [0] They can see this portal already.
        [one] Shared with { $count } person. The mail is on its way.
       *[other] Shared with { $count } people. The mails are on their way.
    }
sharing-shared-here =
    { $count ->
        [one] Shared with { $count } person.
       *[other] Shared with { $count } people.
    }

sharing-problem-nobody = Choose someone from the list, or write an e-mail address.
sharing-problem-address = Choose people from the list, or write whole addresses such as name@example.com.
sharing-problem-beyond-limit = You can share with the clients whom you see. Ask an owner or an admin to invite somebody else.
sharing-problem-unknown-person = One of these people is no longer among your clients. Look at the list again.
sharing-problem-too-many = Share with at most 50 people at once.
sharing-problem-staff = One of these addresses belongs to your team, who see every portal already. Remove it.
sharing-problem-removed = One of these addresses belongs to a client who was deleted. Add them again under Clients, then share.
sharing-problem-message-long = Keep the message under 5,000 characters.
sharing-archived = This portal is archived. Bring it back before you share it.
sharing-already-joined = This person has set up an account meanwhile and needs no invitation.
sharing-nothing-shared = Nothing is shared with this person any more. Share a portal to invite them again.

sharing-was-revoked = Access was revoked.
sharing-was-restored = Access was restored.
sharing-was-sent = A new invitation is on its way. The earlier link no longer works.
sharing-was-written = A new invitation was written. The earlier link no longer works.
sharing-invitation-was-revoked = The invitation was revoked. Its link no longer works.

sharing-invitations = Invitations
sharing-waiting = Invited, not here yet
sharing-no-invitations = Nobody is waited for. Invitations that are still open appear here.
sharing-no-portal = Nothing any more
sharing-column-person = Person
sharing-column-portals = Portals
sharing-column-sent = Sent
sharing-column-expires = Expires
sharing-column-state = State
sharing-column-actions = Actions

sharing-portals = Shared portals
sharing-no-portals = No portal is shared with this person. Open a portal and press Share.
sharing-given-by = { $name } gave access on { $date }
sharing-given = Access was given on { $date }

sharing-mail-title = { $organization } shared “{ $portal }” with you
sharing-mail-invitation = { $sender } opened “{ $portal }” for you: one private place for everything about your work with { $organization }. Choose a password, and you are in.
sharing-mail-portal = { $sender } opened “{ $portal }” for you. You find it beside your other portals at { $organization }.
sharing-mail-message =
    { $sender } writes:
    { $message }
sharing-mail-others = Also waiting for you there: { $portals }
sharing-mail-expiry = The link works once, until { $date }. It is for you alone: please do not pass it on.
sharing-mail-set-up = Set up your account
sharing-mail-open = Open the portal
sharing-mail-footer = You receive this mail because { $sender } at { $organization } shared something with you. If you did not expect it, you can ignore it.
sharing-personal-grants =
    { $count ->
        [one] Access to { $count } portal
       *[other] Access to { $count } portals
    }
