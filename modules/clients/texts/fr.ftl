clients-clients = Clients
clients-companies = Entreprises
clients-lists = Clients et entreprises
clients-new = Nouveau client
clients-edit = Modifier
clients-edit-title = Modifier { $name }
clients-rename = Renommer
clients-delete = Supprimer
clients-save = Enregistrer
clients-name = Nom
clients-email = E-mail
clients-company = Entreprise
clients-company-hint = Choisissez-en une qui existe déjà, ou saisissez un nouveau nom.
clients-language = Langue
clients-language-organization = Comme l’organisation ({ $language })
clients-not-invited = Pas invité
clients-filter = Trouver un client par nom, adresse ou entreprise
clients-place = { $first } à { $last } sur { $total }
clients-count =
    { $count ->
        [0] Personne pour l’instant
        [one] { $count } client
       *[other] { $count } clients
    }
clients-empty = Les personnes pour qui vous travaillez apparaissent ici. Ajoutez la première, puis partagez-lui un portail.
clients-nothing = Rien ne correspond à « { $query } ». Essayez avec moins de lettres.
clients-deleted = { $name } a été supprimé et ne peut plus se connecter.

clients-company-new = Nouvelle entreprise
clients-company-rename-title = Renommer l’entreprise
clients-company-filter = Trouver une entreprise par nom
clients-company-empty = Les entreprises regroupent les clients qui travaillent au même endroit. Ajoutez-en une ici, ou en ajoutant un client.
clients-company-nobody = Personne n’appartient encore à cette entreprise. Choisissez-la en ajoutant ou en modifiant un client.
clients-company-deleted = { $name } a été supprimée.
clients-company-in-use =
    { $others ->
        [0] { $company } ne peut pas être supprimée tant que des personnes y appartiennent : { $names }. Donnez-leur d’abord une autre entreprise.
        [one] { $company } ne peut pas être supprimée tant que des personnes y appartiennent : { $names } et { $others } autre. Donnez-leur d’abord une autre entreprise.
       *[other] { $company } ne peut pas être supprimée tant que des personnes y appartiennent : { $names } et { $others } autres. Donnez-leur d’abord une autre entreprise.
    }

clients-error-email-client = Un client avec cette adresse existe déjà.
clients-error-email-deleted = Cette adresse appartient à un client supprimé. Ajoutez un nouveau client avec elle pour le retrouver.
clients-error-email-staff = Cette adresse appartient à quelqu’un qui travaille ici. Utilisez-en une autre.
clients-error-language = Choisissez l’une des langues.
clients-error-company-taken = Une entreprise de ce nom existe déjà.

clients-export = Exporter ses données
clients-erase = Effacer ses données
clients-ending = Supprimer ou effacer
clients-ending-delete = Une personne supprimée ne peut plus se connecter. Un nouveau client avec la même adresse la fait revenir.
clients-ending-erase = L’effacement est irréversible : ce qui disparaît et ce qui reste est dit avant.
clients-erase-title = Effacer définitivement { $name }
clients-erase-about = C’est irréversible. Cette personne est déconnectée aussitôt et n’a plus accès à aucun portail.
clients-erase-goes = Ce qui disparaît
clients-erase-identity = Nom, adresse e-mail, société, mot de passe et tous ses réglages
clients-erase-stays = Ce qui reste
clients-erase-work = Les fichiers et messages que cette personne a envoyés
clients-erase-work-deleted = Les supprimer
clients-erase-work-kept = Les garder sans son nom
clients-erase-typed = Nom du client
clients-erase-typed-hint = Saisissez « { $name } » pour confirmer.
clients-erase-for-good = Effacer
clients-erased-name = Personne supprimée
clients-error-erasure-name = Saisissez le nom exactement comme ci-dessus.
clients-error-erasure-work = Choisissez ce que deviennent ses fichiers et messages.
