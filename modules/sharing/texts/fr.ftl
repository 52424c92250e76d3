sharing-news = Portails partagés avec moi
sharing-share = Partager
sharing-send = Envoyer l’invitation
sharing-resend = Renvoyer
sharing-revoke = Révoquer
sharing-restore = Rétablir l’accès
sharing-see-as = Voir comme le client

sharing-shared-with = Partagé avec
sharing-nobody-yet = Seule votre équipe voit ce portail. Les personnes avec qui vous le partagez apparaissent ici.
sharing-why = Qui peut voir ceci, et pourquoi ?
sharing-invited-when = Invitation envoyée { $when }
sharing-shared-when = Partagé { $when }
sharing-revoked-when = Révoqué { $when }

sharing-dialog-title = Partager « { $portal } »
sharing-already =
    { $count ->
        [one] Déjà partagé avec { $count } personne
       *[other] Déjà partagé avec { $count } personnes
    }
sharing-email = E-mail
sharing-email-hint = Tapez un nom pour trouver un client, ou l’adresse d’une nouvelle personne. Séparez plusieurs adresses par des virgules.
sharing-people = Personnes avec qui partager
sharing-no-match = Personne ne correspond. Écrivez une adresse complète pour inviter quelqu’un de nouveau.
sharing-more-people =
    { $count ->
        [one] { $count } autre personne : tapez pour la trouver.
       *[other] { $count } autres personnes : tapez pour les trouver.
    }
sharing-invite-new = Inviter { $email }
sharing-message = Message
sharing-outcome =
    { $people ->
        [one] { $people } personne aura accès
       *[other] { $people } personnes auront accès
    } { $items ->
        [0] à ce portail, encore vide
        [one] à cet élément
       *[other] à ces { $items } éléments
    }
sharing-outcome-nobody =
    { $items ->
        [0] Choisissez qui aura accès à ce portail. Il est encore vide.
        [one] Choisissez qui aura accès à cet élément.
       *[other] Choisissez qui aura accès à ces { $items } éléments.
    }
sharing-more-items =
    { $count ->
        [one] et { $count } autre
       *[other] et { $count } autres
    }
sharing-shared =
    { $count ->
        [0] Ces personnes voient déjà ce portail.
        [one] Partagé avec { $count } personne. L’e-mail est en route.
       *[other] Partagé avec { $count } personnes. Les e-mails sont en route.
    }
sharing-shared-here =
    { $count ->
        [one] Partagé avec { $count } personne.
       *[other] Partagé avec { $count } personnes.
    }

sharing-problem-nobody = Choisissez quelqu’un dans la liste, ou écrivez une adresse e-mail.
sharing-problem-address = Choisissez des personnes dans la liste, ou écrivez des adresses complètes comme nom@exemple.fr.
sharing-problem-beyond-limit = Vous pouvez partager avec les clients que vous voyez. Demandez à un propriétaire ou à un administrateur d’inviter quelqu’un d’autre.
sharing-problem-unknown-person = L’une de ces personnes ne fait plus partie de vos clients. Revoyez la liste.
sharing-problem-too-many = Partagez avec 50 personnes au plus à la fois.
sharing-problem-staff = L’une de ces adresses appartient à votre équipe, qui voit déjà tous les portails. Retirez-la.
sharing-problem-removed = L’une de ces adresses appartient à un client supprimé. Ajoutez-le à nouveau sous Clients, puis partagez.
sharing-problem-message-long = Le message doit compter moins de 5 000 caractères.
sharing-archived = Ce portail est archivé. Remettez-le en service avant de le partager.
sharing-already-joined = Cette personne a créé son compte entre-temps et n’a plus besoin d’invitation.
sharing-nothing-shared = Plus rien n’est partagé avec cette personne. Partagez un portail pour l’inviter à nouveau.

sharing-was-revoked = L’accès a été révoqué.
sharing-was-restored = L’accès a été rétabli.
sharing-was-sent = Une nouvelle invitation est en route. L’ancien lien ne fonctionne plus.
sharing-was-written = Une nouvelle invitation est prête. L’ancien lien ne fonctionne plus.
sharing-invitation-was-revoked = L’invitation a été révoquée. Son lien ne fonctionne plus.

sharing-invitations = Invitations
sharing-waiting = Invitation envoyée, pas encore acceptée
sharing-no-invitations = Personne n’est attendu. Les invitations encore ouvertes apparaissent ici.
sharing-no-portal = Plus rien
sharing-column-person = Personne
sharing-column-portals = Portails
sharing-column-sent = Envoyée
sharing-column-expires = Expire le
sharing-column-state = État
sharing-column-actions = Actions

sharing-portals = Portails partagés
sharing-no-portals = Aucun portail n’est partagé avec cette personne. Ouvrez un portail et appuyez sur Partager.
sharing-given-by = { $name } a donné l’accès le { $date }
sharing-given = L’accès a été donné le { $date }

sharing-mail-title = { $organization } a partagé « { $portal } » avec vous
sharing-mail-invitation = { $sender } vous a ouvert « { $portal } » : un lieu privé qui réunit tout ce qui concerne votre travail avec { $organization }. Choisissez un mot de passe, et vous y êtes.
sharing-mail-portal = { $sender } vous a ouvert « { $portal } ». Vous le trouverez à côté de vos autres portails chez { $organization }.
sharing-mail-message =
    { $sender } vous écrit :
    { $message }
sharing-mail-others = Vous y trouverez aussi : { $portals }
sharing-mail-expiry = Le lien fonctionne une seule fois, jusqu’au { $date }. Il n’est que pour vous : merci de ne pas le transmettre.
sharing-mail-set-up = Créer votre compte
sharing-mail-open = Ouvrir le portail
sharing-mail-footer = Vous recevez cet e-mail parce que { $sender } ({ $organization }) a partagé quelque chose avec vous. Si vous ne l’attendiez pas, ignorez-le.
sharing-personal-grants =
    { $count ->
        [one] L’accès à { $count } portail
       *[other] L’accès à { $count } portails
    }
