# Annonces de l’équipe aux clients. Les clés commencent par « announcements- ».

announcements-announcements = Annonces
announcements-announcement = Annonce
announcements-new-announcement = Nouvelle annonce
announcements-empty-staff = Ce que vous dites à tous vos clients à la fois apparaît ici : horaires, nouveautés, changement d’adresse.
announcements-empty-client = Les nouvelles des personnes avec qui vous travaillez apparaissent ici.
announcements-new = Nouveau
announcements-read = Lire
announcements-mark-read = Marquer comme lue
announcements-published-on = Publiée { $moment }
announcements-edited-on = Modifiée { $moment }

announcements-drafts = Brouillons
announcements-draft = Brouillon
announcements-published = Publiées
announcements-deleted-lately = Supprimées ces 30 derniers jours
announcements-restore = Restaurer
announcements-progress = { $read } sur { $count } l’ont lue
announcements-preview = Aperçu : voici à quoi elle ressemblera. Seule votre équipe la voit jusqu’à sa publication.
announcements-publish = Publier
announcements-publish-title = Publier cette annonce ?
announcements-will-read =
    { $count ->
        [0] Personne n’a encore de portail auquel elle s’adresse.
        [one] 1 personne la lira.
       *[other] { $count } personnes la liront.
    }
announcements-publish-about = Quiconque obtient plus tard l’un de ces portails la lira aussi. Qui ne l’a pas lue après cinq minutes reçoit un e-mail.
announcements-edit = Modifier
announcements-edit-title = Modifier l’annonce
announcements-save = Enregistrer
announcements-delete = Supprimer
announcements-deleted = « { $title } » a été supprimée.
announcements-published-meanwhile = Cette annonce a été publiée entre-temps. Ouvrez-la pour modifier son texte.
announcements-nobody = Personne n’a de portail auquel elle s’adresse.
announcements-have-read =
    { $count ->
        [one] 1 personne l’a lue
       *[other] { $count } personnes l’ont lue
    }
announcements-have-not-read =
    { $count ->
        [one] 1 personne ne l’a pas encore lue
       *[other] { $count } personnes ne l’ont pas encore lue
    }

announcements-title = Titre
announcements-message = Message
announcements-markdown = Vous pouvez utiliser Markdown : **gras**, - listes, [liens](https://…).
announcements-for-whom = Pour qui
announcements-everybody = Tous ceux qui ont un portail
announcements-portals-gone = Pour des portails supprimés
announcements-error-empty = Écrivez d’abord quelque chose.
announcements-error-long = Utilisez 20 000 caractères au plus.
announcements-error-nobody = Choisissez à qui elle s’adresse : à tous, ou à ceux de certains portails.
announcements-error-portal = L’un de ces portails n’existe plus. Choisissez à nouveau.

announcements-sight-everybody = Elle s’adresse à tous ceux qui ont un portail
announcements-sight-portal = Cette personne a l’un des portails auxquels elle s’adresse
announcements-sight-draft = Votre équipe seule : c’est un brouillon.
announcements-sight-deleted = Votre équipe seule : elle a été supprimée le { $date }.

announcements-mail-title =
    { $count ->
        [one] { $organization } : { $title }
       *[other] { $organization } : { $count } annonces
    }
announcements-mail-opening =
    { $count ->
        [one] { $organization } a une annonce que vous n’avez pas lue :
       *[other] { $organization } a { $count } annonces que vous n’avez pas lues :
    }
announcements-mail-more =
    { $count ->
        [one] Et encore une.
       *[other] Et encore { $count }.
    }
announcements-mail-read = Lire
announcements-mail-footer = Vous recevez cet e-mail parce qu’il y a du nouveau pour vous dans votre portail client chez { $organization }.
