# Messages entre l’équipe et les clients. Les clés commencent par « messages- ».

messages-messages = Messages
messages-conversation = Conversation
messages-empty-staff = Ce que vous et vos clients vous écrivez apparaît ici. Une conversation commence sur la page d’un portail.
messages-empty-client = Ce que vous et les personnes avec qui vous travaillez vous écrivez apparaît ici. Une conversation commence sur la page d’un portail.
messages-new = Nouveau
messages-open-now = Ouverte :
messages-said = { $author } : { $words }
messages-write = Écrire un message
messages-open = Ouvrir la conversation
messages-none-of-portal = Personne n’a encore écrit au sujet de ce portail.
messages-ask = Une question sur ce que vous trouvez ici ? Écrivez à { $organization }.
messages-to-whom = À qui voulez-vous écrire ?
messages-nobody = Personne n’a encore accès à ce portail. Partagez-le d’abord.
messages-to-portal = Vers le portail

messages-none = Rien n’a encore été écrit.
messages-earlier = Messages précédents
messages-later = Derniers messages
messages-today = Aujourd’hui
messages-yesterday = Hier
messages-edited = modifié
messages-deleted = Ce message a été supprimé.
messages-read = Lu { $moment }
messages-mark-read = Marquer comme lu
messages-message = Message
messages-files = Fichiers
messages-files-limits = Jusqu’à { $most } fichiers de { $size } chacun.
messages-files-many = C’est trop de fichiers pour un seul message. Choisissez-en moins, et envoyez les autres dans un autre message.
messages-files-large = L’un de ces fichiers est trop lourd pour un message. Choisissez-en un plus léger.
messages-files-no-room = Il n’y a pas de place pour ces fichiers. Envoyez votre texte sans eux.
messages-files-broken = Ces fichiers ne sont pas arrivés entiers. Choisissez-les à nouveau.
messages-files-no-store = Les fichiers ne peuvent pas être enregistrés pour le moment. Réessayez dans un instant, en les choisissant à nouveau.
messages-files-again = Votre navigateur a oublié ces fichiers. Choisissez-les à nouveau.
messages-only-files = Fichiers
messages-send = Envoyer
messages-more = Plus
messages-actions = Actions pour votre message de { $moment }
messages-edit = Modifier
messages-edit-title = Modifier le message
messages-save = Enregistrer
messages-delete = Supprimer
messages-delete-title = Supprimer ce message ?
messages-delete-about = Son texte et ses fichiers disparaissent définitivement. On verra encore qu’il y a eu un message.
messages-closed = L’accès à ce portail a été retiré au client, ou le portail est archivé. Ce qui a été écrit reste ici ; rien ne peut être ajouté.
messages-error-empty = Écrivez d’abord quelque chose.
messages-error-long = Utilisez 10 000 caractères au plus.

messages-read-by = Lu par { $name } { $moment }
messages-new-room = Nouveau salon
messages-room-name = Nom
messages-room-portal = Portail
messages-room-portal-about = Un salon rattaché à un portail figure sur la page de celui-ci, pour les personnes du salon. Les clients du salon doivent avoir accès au portail : quand cet accès leur est retiré, le salon leur est fermé, jusqu’à ce qu’ils l’aient de nouveau.
messages-no-portal = Aucun
messages-make-room = Créer le salon
messages-room-about = Seules les personnes que vous choisissez, et vous, lisent ce qui est écrit ici. Les clients d’un même salon voient les noms les uns des autres et tout ce qui y est écrit. Les propriétaires et administrateurs voient que le salon existe et qui s’y trouve ; pour lire, ils doivent y entrer, ce que tout le salon voit.
messages-room-history = Qui arrive plus tard lit tout depuis le début. Qui est retiré ne voit plus rien.
messages-room-readers = Toutes les personnes de ce salon lisent votre message, et celles qui arriveront plus tard aussi.
messages-room-closed = Le portail de ce salon est archivé. Ce qui a été écrit reste ici ; rien ne peut être ajouté.
messages-staff = Équipe
messages-client = Client
messages-clients = Clients
messages-find-people = Trouver des personnes
messages-everybody-in = Toutes les personnes possibles sont déjà dans le salon.
messages-other-rooms = Salons où vous n’êtes pas
messages-other-rooms-about = Vous voyez leurs noms et qui s’y trouve. Pour lire, ajoutez-vous : tout le salon le voit.
messages-people = Personnes
messages-people-of = Personnes dans « { $room } »
messages-add-people = Ajouter des personnes
messages-take-out = Retirer
messages-kept-out = { $kind }, sans accès en ce moment
messages-leave = Quitter le salon
messages-in-room = Dans ce salon : { $people }
messages-error-portal = Ce portail n’existe pas. Choisissez-en un dans la liste.
messages-error-person = L’une de ces personnes n’est plus là. Choisissez à nouveau.
messages-error-nobody = Choisissez au moins une personne.
messages-error-many = Un salon compte 100 personnes au plus. Choisissez-en moins.
messages-error-without-portal = L’un de ces clients n’a pas accès au portail. Partagez-le d’abord avec lui, ou laissez-le de côté.

messages-mail-title =
    { $count ->
        [one] Un nouveau message au sujet de « { $portal } »
       *[other] { $count } nouveaux messages au sujet de « { $portal } »
    }
messages-mail-opening =
    { $count ->
        [one] Un message que vous n’avez pas lu vous attend, au sujet de « { $portal } » :
       *[other] { $count } messages que vous n’avez pas lus vous attendent, au sujet de « { $portal } » :
    }
messages-mail-quoted =
    { $author } :
    { $words }
messages-mail-more =
    { $count ->
        [one] Et encore un.
       *[other] Et encore { $count }.
    }
messages-mail-answer = Lire et répondre
messages-mail-by-mail = Vous pouvez aussi répondre à cet e-mail. Ce que vous écrivez au-dessus de ces lignes est ajouté à la conversation.
messages-mail-by-mail-room = Vous pouvez aussi répondre à cet e-mail. Ce que vous écrivez au-dessus de ces lignes est ajouté dans « { $room } », où tout le monde le lit.
messages-mail-cut = La suite de cet e-mail était trop longue et n’a pas été reprise.
messages-mail-left-out = Une partie des pièces jointes à cet e-mail n’a pas été reprise : trop de fichiers, ou pas assez de place.
messages-mail-footer = Vous recevez cet e-mail parce qu’il y a du nouveau pour vous dans votre portail client chez { $organization }.
messages-personal =
    { $count ->
        [one] { $count } message, selon votre choix ci-dessous
       *[other] { $count } messages, selon votre choix ci-dessous
    }
messages-personal-rooms =
    { $count ->
        [one] { $count } message dans des salons, selon votre choix ci-dessous
       *[other] { $count } messages dans des salons, selon votre choix ci-dessous
    }

messages-offline-deleted = Ce message a été supprimé.
