# Fichiers : envoi, aperçus, téléchargements. Les clés commencent par « files- ».

files-news-approvals = Fichiers à approuver
files-news-requests = Demandes de fichiers
files-download = Télécharger
files-open = Ouvrir dans un nouvel onglet
files-back = Retour au portail
files-only-download = Ce type de fichier ne peut pas être affiché ici. Téléchargez-le pour l’ouvrir.
files-only-beginning = Seul le début est affiché. Téléchargez le fichier pour le lire en entier.
files-words-inside = Texte du document
files-pages = Pages
files-page = Page
files-of-pages = sur { $pages }
files-page-of = Page { $page } sur { $pages }
files-page-previous = Page précédente
files-page-next = Page suivante
files-words-of-page = Texte de cette page
files-zoom-in = Agrandir
files-zoom-out = Réduire
files-not-drawn = Ce fichier ne peut pas être affiché ici. Ouvrez-le dans un nouvel onglet ou téléchargez-le.
files-not-drawn-yet = Les pages sont en cours de préparation. Rechargez cette page dans un instant, ou ouvrez le fichier dans un nouvel onglet.
files-neighbours = Autres fichiers ici
files-reading = lecture du texte
files-unreadable = texte illisible
files-reading-pending = Le texte du document est en cours de lecture. D’ici là, seul son nom permet de le trouver.
files-unreadable-encrypted = Le texte du document n’a pas pu être lu : un mot de passe est demandé. Seul son nom permet de le trouver.
files-unreadable-damaged = Le texte du document n’a pas pu être lu : le fichier est endommagé. Seul son nom permet de le trouver.
files-unreadable-too-large = Le texte du document n’a pas pu être lu : le fichier est trop volumineux. Seul son nom permet de le trouver.
files-unreadable-timed-out = Le texte du document n’a pas pu être lu : la lecture a duré trop longtemps. Seul son nom permet de le trouver.

files-too-large = Ce fichier dépasse { $limit }. Choisissez-en un plus petit.
files-quota-used-up = L’espace de stockage de votre organisation est épuisé. Demandez-en davantage à son propriétaire.
files-quota-used-up-for-client = Il n’y a plus de place pour ce fichier. Prévenez la personne à qui vous vouliez l’envoyer.
files-upload-unreadable = L’envoi s’est interrompu ou n’a pas pu être lu. Réessayez.
files-upload-interrupted = Le transfert a été interrompu. Réessayez : il reprendra là où il s’est arrêté.
files-nothing-chosen = Choisissez au moins un fichier.
files-folder-empty = Un dossier vide ne contient rien à envoyer.
files-nothing-to-download = Votre choix ne contient aucun fichier.
files-no-space = Il n’y a plus de place sur le serveur. Ce qui s’y trouve déjà reste consultable.
files-no-store = Le stockage des fichiers ne répond pas. Réessayez dans quelques minutes.
files-kept =
    { $count ->
        [one] { $count } fichier a été envoyé
       *[other] { $count } fichiers ont été envoyés
    }

files-type-pdf = PDF
files-type-word = Document Word
files-type-document = Document
files-type-presentation = Présentation
files-type-mail = E-mail
files-type-archive = Archive
files-type-table = Tableau
files-type-web-page = Page web
files-type-data = Données
files-type-image = Image
files-type-audio = Audio
files-type-video = Vidéo
files-type-text = Texte
files-type-other = Fichier

files-versions = Versions
files-version = Version { $number }
files-version-shown = Visible par les clients
files-version-same-as = identique à la version { $number }
files-version-more = Plus
files-version-actions = Actions pour la version { $number }
files-version-restore = Rétablir comme dernière version
files-version-delete = Supprimer cette version
files-version-deleted = La version { $number } a été supprimée.
files-versions-deleted = Versions supprimées
files-version-deleted-when = Supprimée le { $when } · peut être rétablie jusqu’au { $until }
files-version-bring-back = Rétablir
files-version-is-only = C’est la seule version. Supprimez plutôt le fichier.
files-version-is-pinned = Cette version est épinglée, donc visible par les clients. Détachez-la d’abord.
files-version-is-shown = C’est la version que voient les clients.
files-version-is-not-shown = Ceci est la version { $number }. Les clients voient la version { $shown }.
files-pin = Épingler : toujours montrer cette version
files-unpin = Détacher et montrer la dernière
files-pinned-older = La version { $number } est épinglée. Les clients la voient, et non la version { $newest }, plus récente.
files-pinned-newest = La version { $number } est épinglée. Les clients continueront de la voir quand une autre arrivera.
files-what-changed = Ce qui a changé
files-changes-between = Ce qui a changé de la version { $before } à la version { $after }
files-changes-none = Le texte des deux versions est le même.
files-changes-unknown = Il n’y a pas de texte à comparer : l’une des deux versions n’en a pas, ou il n’a pas encore été lu.
files-changes-beginning = Seul le début des deux versions a été comparé.
files-line-added = Ajouté :
files-line-removed = Retiré :
files-lines-added =
    { $count ->
        [one] { $count } ligne ajoutée
       *[other] { $count } lignes ajoutées
    }
files-lines-removed =
    { $count ->
        [one] { $count } ligne retirée
       *[other] { $count } lignes retirées
    }
files-lines-same =
    { $count ->
        [one] { $count } ligne identique
       *[other] { $count } lignes identiques
    }

files-approval = Approbation
files-approval-ask = Demander une approbation
files-approval-ask-about = Les personnes choisies reçoivent un e-mail et trouvent la question sur leur page d’accueil : « { $name } » convient-il tel quel ?
files-approval-people = Clients qui ont accès à ce portail
files-approval-send = Envoyer la demande
files-approval-nobody = Choisissez au moins une personne.
files-approval-not-shared = Aucun client n’a encore accès à ce portail. Partagez-le d’abord.
files-approval-nobody-asked = Personne n’a encore été sollicité.
files-approval-withdraw = Retirer la demande
files-approval-waiting = En attente
files-approval-approved = Approuvé
files-approval-declined = Refusé
files-approval-withdrawn = Retirée
files-approval-asked-when = demandé { $when }
files-approval-asked-on = demandé le { $when }
files-approval-said-from = { $when }, depuis { $address }
files-approval-open = En attente d’approbation
files-approval-waits = Approuver « { $name } »
files-approval-look = Voir et répondre
files-approval-question = { $sender } demande : ce fichier convient-il tel quel ?
files-approval-reason = Qu’est-ce qui devrait changer ?
files-approval-reason-hint = Nécessaire seulement si vous refusez.
files-approval-approve = Approuver
files-approval-decline = Refuser
files-approval-you-approved = Vous avez approuvé ce fichier le { $when }.
files-approval-you-declined = Vous avez refusé ce fichier le { $when } : « { $reason } »
files-approval-decided = Une réponse a été donnée ou la demande retirée entre-temps. Rechargez la page pour voir où en sont les choses.
files-approval-outdated = Une version plus récente de ce fichier est arrivée entre-temps. Regardez-la avant de répondre.
files-approval-replaces-approved = La version { $number } remplace la version { $earlier }, que vous aviez approuvée.
files-approval-replaces-declined = La version { $number } remplace la version { $earlier }, que vous aviez refusée.
files-approval-replaces-open = La version { $number } remplace la version { $earlier }, sur laquelle vous aviez été sollicité.
files-reason-empty = Dites ce qui devrait changer.
files-reason-long = Utilisez au plus 2 000 caractères.
files-decision-missing = Appuyez sur Approuver ou sur Refuser.
files-mail-approval-title = Merci d’approuver « { $file } »
files-mail-approval = { $sender } vous demande de regarder « { $file } » (version { $number }) dans « { $portal } » et de dire s’il convient tel quel.
files-mail-approval-how = Ouvrez-le, puis appuyez sur Approuver ou sur Refuser sous son nom.
files-mail-approval-open = Ouvrir le fichier
files-mail-approval-footer = Vous recevez cet e-mail parce que { $sender } ({ $organization }) partage « { $portal } » avec vous.

files-take-from-clients = Laisser les clients envoyer des fichiers ici
files-taken-from-clients = Les clients peuvent envoyer des fichiers dans ce dossier.
files-take-no-more = Ne plus recevoir de fichiers
files-send-here = Envoyer des fichiers
files-send-about = { $organization } reçoit ce que vous envoyez ici. Les autres clients ne le voient pas, sauf si { $organization } le leur montre.
files-from = Envoyé par { $name }
files-private = non montré aux autres clients
files-sent-by-you = Envoyé par vous
files-show-to-everyone = Montrer à tous ici
files-show-to-sender = Montrer à { $name } seulement

# Demandes de fichiers.
files-folder-of-clients = Reçu des clients
files-request = Demander des fichiers
files-requests = Demandes de fichiers
files-request-title = De quoi il s’agit
files-request-title-example = Pièces pour les comptes annuels
files-request-person = À qui
files-request-due = Pour le
files-request-wanted = Fichiers, un par ligne
files-request-wanted-hint = Après deux-points, vous pouvez préciser. Terminez une ligne par (facultatif) quand le fichier n’est pas indispensable.
files-request-wanted-example = Relevés bancaires : d’octobre à décembre, en PDF
files-request-message = Message
files-request-folder-new = Reçu des clients
files-request-folder-hint = Ce qui arrive n’est vu que par vous et par la personne qui l’a envoyé.
files-request-send = Envoyer la demande
files-request-nobody = Personne n’a encore ce portail. Partagez-le d’abord, puis demandez des fichiers.
files-request-by = attendu pour le { $date }
files-request-was-by = était attendu pour le { $date }
files-request-from = Demandé à { $name }
files-request-progress = { $done } sur { $of }
files-request-complete = Complète
files-request-withdrawn = Retirée
files-request-to-look-at =
    { $count ->
        [one] { $count } fichier à regarder
       *[other] { $count } fichiers à regarder
    }
files-request-waits-since = demandé { $when }
files-request-remind = Relancer
files-request-withdraw = Retirer
files-request-save-date = Enregistrer
files-requests-waiting = Fichiers des clients
files-request-closed = Cette demande est complète ou a été retirée.
files-nothing-to-remind = Il ne manque rien : il n’y a rien à relancer.
files-slot-changed = Un autre fichier est arrivé entre-temps. Regardez celui-là.
files-slot-accepted = Ce fichier a déjà été accepté. Rien d’autre n’est nécessaire.
files-slot-wanted = Manquant
files-slot-sent = À regarder
files-slot-again = Redemandé
files-slot-taken = Accepté
files-slot-optional = facultatif
files-slot-accept = Accepter
files-slot-ask-again = Redemander
files-slot-reason = Ce qui ne va pas
files-slot-reason-hint = { $name } le lit sur la page et dans un e-mail.
files-slot-reason-was = Redemandé : { $reason }

files-asked-title = Fichiers pour { $organization }
files-asked-none = Rien n’est attendu de vous.
files-asked-send = Envoyer des fichiers
files-asked-for = { $organization } vous demande ces fichiers.
files-asked-seen = Ce que vous envoyez ici est vu par { $organization } et par vous, par aucun autre client.
files-asked-done = Merci, tout y est.
files-asked-checking = Merci, tout ce qui est indispensable est arrivé. { $organization } s’en occupe.
files-slot-missing = Manquant
files-slot-came = Envoyé
files-slot-again-client = À envoyer de nouveau
files-slot-replace = Vous pouvez envoyer un autre fichier à la place tant que celui-ci n’est pas accepté.
files-asked-back = Retour à la demande

files-error-nobody = Choisissez une personne qui a ce portail.
files-error-day = Choisissez une date, par exemple 2026-12-31.
files-error-day-past = Choisissez aujourd’hui ou un jour à venir.
files-error-nothing-wanted = Indiquez au moins un fichier, un par ligne.
files-error-too-much-wanted = Demandez au plus 30 fichiers à la fois.
files-error-words-long = Utilisez au plus 2 000 caractères.
files-error-reason = Dites ce qui ne va pas, pour que le bon fichier puisse venir.
files-error-folder = Choisissez un dossier de ce portail.

files-mail-asked-title = { $organization } vous demande des fichiers : { $title }
files-mail-asked = { $sender } vous demande ces fichiers pour le { $date } :
files-mail-reminder-title = Il manque encore : { $title }
files-mail-reminder = { $organization } n’a pas encore ces fichiers. Ils sont attendus pour le { $date } :
files-mail-reminder-late = { $organization } n’a pas encore ces fichiers. Ils étaient attendus pour le { $date } :
files-mail-again-title = À envoyer de nouveau : { $file }
files-mail-again = Merci pour « { $file } ». { $sender } l’a regardé et vous demande de l’envoyer de nouveau :
files-mail-send = Envoyer les fichiers
files-mail-footer = Vous recevez ce message parce que { $organization } vous a demandé des fichiers dans votre portail client.
files-settings = Réglages
files-save = Enregistrer
files-storage = Espace de stockage
files-storage-hint = Ce qui est utilisé, sur combien, et si chaque fichier est bien à sa place
files-storage-used = Espace de stockage
files-storage-of = { $used } utilisés sur { $limit }
files-storage-counts = Chaque version de chaque fichier compte. Ce qui a été supprimé compte aussi, jusqu’à son effacement au bout de { $days } jours.
files-storage-full = L’espace est épuisé : aucun envoi n’est possible tant qu’il n’est pas agrandi ou allégé.
files-storage-limit = Limite en Mo
files-storage-limit-hint = 1 000 Mo font 1 Go. Ce qui est déjà là reste, même au-delà de la limite.
files-storage-limit-invalid = Indiquez un nombre entier de mégaoctets, au moins 1.
files-store-check = Stockage des fichiers
files-store-agrees = Lors de la dernière vérification, chaque fichier était à sa place. Elle a lieu une fois par jour.
files-store-missing =
    { $count ->
        [one] { $count } fichier manque dans le stockage. Rétablissez-le depuis une sauvegarde.
       *[other] { $count } fichiers manquent dans le stockage. Rétablissez-les depuis une sauvegarde.
    }
files-store-orphans =
    { $count ->
        [one] { $count } objet du stockage n’appartient à aucun fichier. Il est supprimé à l’âge de { $days } jours.
       *[other] { $count } objets du stockage n’appartiennent à aucun fichier. Ils sont supprimés à l’âge de { $days } jours.
    }
files-store-object = Objet
files-store-written = Écrit
files-store-missing-since = Constaté
files-store-size = Taille

files-prepared = Demandes préparées
files-prepared-about = Elles viennent du modèle. Personne n’a encore reçu de demande.
files-prepared-ask = Demander à un client
files-prepared-remove = Retirer
files-prepared-removed = « { $title } » a été retirée.
files-approval-not-awaited = La réponse est arrivée ou la demande a été retirée entre-temps. Plus personne n’a à répondre.
files-mail-approval-reminder-title = Rappel : « { $file } » attend votre approbation
files-mail-approval-reminder = { $sender } n’a pas encore de réponse de votre part à propos de « { $file } » dans { $portal }, version { $number }. Quand cela vous conviendra : ce fichier vous convient-il tel quel ?
files-personal-sent =
    { $count ->
        [one] { $count } fichier envoyé, selon votre choix ci-dessous
       *[other] { $count } fichiers envoyés, selon votre choix ci-dessous
    }
files-personal-requests =
    { $count ->
        [one] { $count } demande de fichiers
       *[other] { $count } demandes de fichiers
    }

files-offline-approvals = Validations
files-offline-waiting = En attente
files-offline-approved = Validé
files-offline-declined = Refusé
files-offline-withdrawn = Retiré
files-offline-asked-again = Redemandé
