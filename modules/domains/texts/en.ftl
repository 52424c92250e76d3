# By which addresses an organization is reached. Keys begin with "domains-".

domains-title = Address and domain
domains-hint = What people type to open the portal
domains-all-settings = Settings
domains-save = Save

domains-slug = Address
domains-slug-now = The portal is at
domains-slug-about = The first part of it can be changed. What follows from that:
domains-slug-links = Every link that is out there keeps working, invitations included: the former address leads to the new one, and nobody else can take it for a year. Mails name the new one from then on.
domains-slug-sessions = Everybody signs in once more, you too: a browser keeps a session for one address alone.
domains-slug-machines = Whatever programs send to the former address is refused. If you take online payments, change the webhook’s address at Stripe.
domains-field-slug = Name in the address
domains-field-current = Type { $slug } to confirm
domains-change = Change address
domains-error-slug-many = Five former names are kept for this portal already. Go back to one of them, or wait until one was left a year ago.
domains-error-current = Type the name that the address has now.

domains-moved = The address has changed
domains-moved-to = From now on the portal is at { $address }. Sign in there.
domains-moved-open = Open the new address

domains-domain = Domain of your own
domains-domain-about = The portal can also answer at a domain that is yours. Enter it here, then set it up at your DNS provider as shown below.
domains-field-domain = Domain
domains-error-missing = Enter a domain, such as portal.example.com.
domains-error-no-name = This is no domain. Enter a name such as portal.example.com, with nothing before or after it.
domains-error-number = Enter a name, not an address of numbers.
domains-error-own = This name is the installation’s own. Enter a domain of yours.
domains-remove-first = The portal has a domain already. Remove it first.
domains-none = The portal has no domain that leads to it yet.

domains-unchecked = Nothing was checked yet. When you have made the entries below, press “Check now”. It is also checked every day.
domains-checked = Checked { $moment }.
domains-not-here = { $domain } does not lead here yet (checked { $moment }).
domains-failure-unknown = Nobody knows this name. A new entry can take some hours to be known everywhere.
domains-failure-inside = It leads to an address inside a network, where this installation is not.
domains-failure-silent = Nothing answers there, or its certificate is not for this name.
domains-failure-other = Something else answers there. Check the entry, and that the proxy passes the name on.
domains-failure-unnamed = No TXT entry says yet that it is yours. Make the one that is shown below.
domains-failure-taken = Another organization of this installation uses it.
domains-check = Check now
domains-remove = Remove

domains-dns = What DNS must say
domains-dns-about = One of the first two entries: the second is for a domain without a part in front, such as example.com, where most providers allow no CNAME. And the third, which says that the domain is yours; it has to stay.
domains-dns-name = Name
domains-dns-kind = Type
domains-dns-leads-to = Value
domains-dns-addresses = the addresses of { $host }
domains-proxy = What the reverse proxy must do
domains-proxy-certificate = Have a certificate for { $domain }. Portico itself asks for none.
domains-proxy-host = Pass requests for { $domain } on with the name they came with, for example in nginx:
domains-facing = What must lead here
domains-facing-ordered = Requests for { $domain } at port 80 and at port 443. Portico gets the certificate itself, as soon as the check is passed, and renews it.
domains-facing-files = Requests for { $domain } at port 80 and at port 443. The certificate in the file TLS_CERTIFICATE has to name { $domain }.
domains-proof-about = Portico then finds itself at this address:

domains-here = The portal answers at
domains-certificate = Its certificate is good until { $moment }, and is renewed before.
domains-certificate-over = Its certificate has run out on { $moment }: browsers warn of the page.
domains-certificate-ordered = Its certificate is being ordered. Until it is there, browsers do not open the page.
domains-certificate-refused = No certificate was issued (tried { $moment }).
domains-certificate-words = The reason:
domains-certificate-again = The next try is on { $moment }.
domains-failing = After a week the domain is taken out, and links name the other address again.
domains-field-use = What the domain is for
domains-use-beside = One more address
domains-use-beside-hint = Links and mails name the other one.
domains-use-links = The address in links and mails
domains-use-links-hint = The other one works as well. Who changes from one to the other signs in once more.
domains-use-only = The only address
domains-use-only-hint = The other one leads there. Everybody signs in once more, you too, and programs such as Stripe need the new address.
domains-error-use = Choose one of these.
domains-remove-about = Without the domain, links that name it no longer lead to this portal.
