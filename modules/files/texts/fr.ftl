# Fichiers : envoi, aperçus, téléchargements. Les clés commencent par « files- ».

files-download = Télécharger
files-open = Ouvrir dans un nouvel onglet
files-back = Retour au portail
files-only-download = Ce type de fichier ne peut pas être affiché ici. Téléchargez-le pour l’ouvrir.
files-only-beginning = Seul le début est affiché. Téléchargez le fichier pour le lire en entier.
files-words-inside = Texte du document
files-neighbours = Autres fichiers ici
files-reading = lecture du texte
files-reading-pending = Le texte du document est en cours de lecture. D’ici là, seul son nom permet de le trouver.
files-unreadable-encrypted = Le texte du document n’a pas pu être lu : un mot de passe est demandé. Seul son nom permet de le trouver.
files-unreadable-damaged = Le texte du document n’a pas pu être lu : le fichier est endommagé. Seul son nom permet de le trouver.
files-unreadable-too-large = Le texte du document n’a pas pu être lu : le fichier est trop volumineux. Seul son nom permet de le trouver.
files-unreadable-timed-out = Le texte du document n’a pas pu être lu : la lecture a duré trop longtemps. Seul son nom permet de le trouver.

files-too-large = Ce fichier dépasse { $limit }. Choisissez-en un plus petit.
files-quota-used-up = L’espace de stockage de votre organisation est épuisé. Demandez-en davantage à son propriétaire.
files-upload-unreadable = L’envoi s’est interrompu ou n’a pas pu être lu. Réessayez.
files-upload-interrupted = Le transfert a été interrompu. Réessayez : il reprendra là où il s’est arrêté.
files-nothing-chosen = Choisissez au moins un fichier.
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
files-type-mail = Courriel
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
files-version-is-only = C’est la seule version. Supprimez plutôt le fichier.
files-version-is-pinned = Cette version est épinglée, donc visible par les clients. Détachez-la d’abord.
files-version-is-shown = C’est la version que voient les clients.
files-version-is-not-shown = Ceci est la version { $number }. Les clients voient la version { $shown }.
files-pin = Épingler : toujours montrer cette version
files-unpin = Détacher et montrer la dernière
files-pinned-older = La version { $number } est épinglée. Les clients la voient, et non la version { $newest }, plus récente.
files-pinned-newest = La version { $number } est épinglée. Les clients continueront de la voir quand une autre arrivera.
files-what-changed = Ce qui a changé
files-changes-between = Ce qui a changé de la version { $before } à la version { $after }
files-changes-none = Le texte des deux versions est le même.
files-changes-unknown = Il n’y a pas de texte à comparer : l’une des deux versions n’en a pas, ou il n’a pas encore été lu.
files-changes-beginning = Seul le début des deux versions a été comparé.
files-line-added = Ajouté :
files-line-removed = Retiré :
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
files-approval-ask-about = Les personnes choisies reçoivent un mail et trouvent la question sur leur page d’accueil : « { $name } » convient-il tel quel ?
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
files-approval-said-from = { $when }, depuis { $address }
files-approval-open = En attente d’approbation
files-approval-waits = Approuver « { $name } »
files-approval-look = Voir et répondre
files-approval-question = { $sender } demande : ce fichier convient-il tel quel ?
files-approval-reason = Qu’est-ce qui devrait changer ?
files-approval-reason-hint = Nécessaire seulement si vous refusez.
files-approval-approve = Approuver
files-approval-decline = Refuser
files-approval-you-approved = Vous avez approuvé ce fichier le { $when }.
files-approval-you-declined = Vous avez refusé ce fichier le { $when } : « { $reason } »
files-approval-decided = Une réponse a été donnée ou la demande retirée entre-temps. Rechargez la page pour voir où en sont les choses.
files-approval-outdated = Une version plus récente de ce fichier est arrivée entre-temps. Regardez-la avant de répondre.
files-approval-replaces-approved = La version { $number } remplace la version { $earlier }, que vous aviez approuvée.
files-approval-replaces-declined = La version { $number } remplace la version { $earlier }, que vous aviez refusée.
files-approval-replaces-open = La version { $number } remplace la version { $earlier }, sur laquelle vous aviez été sollicité.
files-reason-empty = Dites ce qui devrait changer.
files-reason-long = Utilisez au plus 2 000 caractères.
files-decision-missing = Appuyez sur Approuver ou sur Refuser.
files-mail-approval-title = Merci d’approuver « { $file } »
files-mail-hello = Bonjour,
files-mail-hello-name = Bonjour { $name },
files-mail-approval = { $sender } vous demande de regarder « { $file } » (version { $number }) dans « { $portal } » et de dire s’il convient tel quel.
files-mail-approval-how = Ouvrez-le, puis appuyez sur Approuver ou sur Refuser sous son nom.
files-mail-approval-open = Ouvrir le fichier
files-mail-approval-footer = Vous recevez ce mail parce que { $sender }, de { $organization }, partage « { $portal } » avec vous.
