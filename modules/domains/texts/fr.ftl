# Les adresses d’une organisation. Les clés commencent par « domains- ».

domains-title = Adresse et domaine
domains-hint = Ce que l’on saisit pour ouvrir le portail
domains-all-settings = Réglages
domains-save = Enregistrer

domains-slug = Adresse
domains-slug-now = Le portail se trouve à
domains-slug-about = Sa première partie peut être changée. Ce qui s’ensuit :
domains-slug-links = Tous les liens déjà envoyés continuent de fonctionner, invitations comprises : l’ancienne adresse mène à la nouvelle, et personne d’autre ne peut la prendre pendant un an. Les e-mails citent désormais la nouvelle.
domains-slug-sessions = Tout le monde se reconnecte une fois, vous aussi : un navigateur garde une session pour une seule adresse.
domains-slug-machines = Ce que des programmes envoient à l’ancienne adresse est refusé. Si vous encaissez en ligne, changez l’adresse du webhook chez Stripe.
domains-field-slug = Nom dans l’adresse
domains-field-current = Saisissez { $slug } pour confirmer
domains-change = Changer l’adresse
domains-error-slug-many = Cinq anciens noms sont déjà réservés à ce portail. Reprenez l’un d’eux, ou attendez que l’un ait été quitté depuis un an.
domains-error-current = Saisissez le nom que porte l’adresse actuelle.

domains-moved = L’adresse a changé
domains-moved-to = Le portail se trouve désormais à { $address }. Connectez-vous là-bas.
domains-moved-open = Ouvrir la nouvelle adresse

domains-domain = Votre propre domaine
domains-domain-about = Le portail peut aussi répondre à un domaine qui vous appartient. Saisissez-le ici, puis configurez-le chez votre fournisseur DNS comme indiqué ci-dessous.
domains-field-domain = Domaine
domains-error-missing = Saisissez un domaine, par exemple portail.exemple.fr.
domains-error-no-name = Ce n’est pas un domaine. Saisissez un nom comme portail.exemple.fr, sans rien avant ni après.
domains-error-number = Saisissez un nom, pas une adresse en chiffres.
domains-error-own = Ce nom est celui de l’installation. Saisissez un domaine à vous.
domains-remove-first = Le portail a déjà un domaine. Retirez-le d’abord.
domains-none = Aucun domaine ne mène encore au portail.

domains-unchecked = Rien n’a encore été vérifié. Une fois les entrées ci-dessous faites, appuyez sur « Vérifier maintenant ». La vérification a aussi lieu chaque jour.
domains-checked = Vérifié { $moment }.
domains-not-here = { $domain } ne mène pas encore ici (vérifié { $moment }).
domains-failure-unknown = Personne ne connaît ce nom. Une nouvelle entrée peut mettre quelques heures à être connue partout.
domains-failure-inside = Il mène à une adresse interne à un réseau, où cette installation ne se trouve pas.
domains-failure-silent = Rien ne répond là-bas, ou le certificat n’est pas pour ce nom.
domains-failure-other = Autre chose répond là-bas. Vérifiez l’entrée, et que le proxy transmet le nom.
domains-failure-unnamed = Aucune entrée TXT ne dit encore qu’il est à vous. Créez celle indiquée ci-dessous.
domains-failure-taken = Une autre organisation de cette installation l’utilise.
domains-check = Vérifier maintenant
domains-remove = Retirer

domains-dns = Ce que le DNS doit dire
domains-dns-about = L’une des deux premières entrées : la deuxième est pour un domaine sans partie devant, comme exemple.fr, où la plupart des fournisseurs n’autorisent pas de CNAME. Et la troisième, qui dit que le domaine est à vous ; elle doit rester.
domains-dns-name = Nom
domains-dns-kind = Type
domains-dns-leads-to = Valeur
domains-dns-addresses = les adresses de { $host }
domains-proxy = Ce que le proxy inverse doit faire
domains-proxy-certificate = Avoir un certificat pour { $domain }. Portico n’en demande pas lui-même.
domains-proxy-host = Transmettre les demandes pour { $domain } avec le nom d’origine, par exemple dans nginx :
domains-facing = Ce qui doit mener ici
domains-facing-ordered = Les demandes pour { $domain } aux ports 80 et 443. Portico obtient lui-même le certificat dès que la vérification a réussi, et le renouvelle.
domains-facing-files = Les demandes pour { $domain } aux ports 80 et 443. Le certificat du fichier TLS_CERTIFICATE doit citer { $domain }.
domains-proof-about = Portico se retrouve alors lui-même à cette adresse :

domains-here = Le portail répond à
domains-certificate = Son certificat est valable jusqu’au { $moment } et sera renouvelé avant.
domains-certificate-over = Son certificat a expiré le { $moment } : les navigateurs mettent en garde contre la page.
domains-certificate-ordered = Son certificat est commandé. En attendant, les navigateurs n’ouvrent pas la page.
domains-certificate-refused = Aucun certificat n’a été délivré (tentative du { $moment }).
domains-certificate-words = Motif :
domains-certificate-again = La prochaine tentative aura lieu le { $moment }.
domains-failing = Au bout d’une semaine, le domaine est désactivé et les liens citent de nouveau l’autre adresse.
domains-field-use = Usage du domaine
domains-use-beside = Une adresse de plus
domains-use-beside-hint = Les liens et les e-mails citent l’autre.
domains-use-links = L’adresse dans les liens et les e-mails
domains-use-links-hint = L’autre fonctionne aussi. Qui passe de l’une à l’autre se reconnecte une fois.
domains-use-only = La seule adresse
domains-use-only-hint = L’autre y mène. Tout le monde se reconnecte une fois, vous aussi, et les programmes comme Stripe ont besoin de la nouvelle adresse.
domains-error-use = Choisissez l’une de ces possibilités.
domains-remove-about = Sans le domaine, les liens qui le citent ne mènent plus à ce portail.
