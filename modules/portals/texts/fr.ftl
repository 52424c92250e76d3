portals-navigation = Portails
portals-hello = Bonjour { $name }
portals-settings = Réglages
portals-save = Enregistrer
portals-more = Plus
portals-open = Ouvrir
portals-edit = Modifier
portals-rename = Renommer
portals-move = Déplacer
portals-pin = Épingler en haut
portals-unpin = Détacher
portals-delete = Supprimer
portals-new = Nouveau
portals-takes-files = Reçoit des fichiers des clients
portals-pinned = Épinglée
portals-actions-of = Actions pour { $name }
portals-actions-of-portal = Actions pour ce portail
portals-changed = Dernière modification : { $when }
portals-was-deleted = « { $name } » a été supprimé.

portals-select = Sélectionner « { $name } »
portals-selected = Actions sur la sélection
portals-move-selected = Déplacer la sélection
portals-download-selected = Télécharger la sélection
portals-delete-selected = Supprimer la sélection
portals-nothing-selected = Sélectionnez au moins un élément.
portals-move-many =
    { $count ->
        [one] Déplacer { $count } élément
       *[other] Déplacer { $count } éléments
    }
portals-were-deleted = { $count } éléments ont été supprimés.
portals-was-moved = « { $name } » a été déplacé.
portals-were-moved = { $count } éléments ont été déplacés.
portals-download = Télécharger
portals-download-all = Télécharger tous les fichiers

portals-client-portal = Portail client
portals-new-portal = Nouveau portail
portals-rename-portal = Renommer le portail
portals-portal-settings = Réglages du portail
portals-add-note = Ajouter une note
portals-new-note = Nouvelle note
portals-edit-note = Modifier la note
portals-note-empty = Cette note est encore vide.
portals-add-link = Ajouter un lien
portals-edit-link = Modifier le lien
portals-add-embed = Contenu intégré
portals-edit-embed = Modifier le contenu intégré
portals-embed-hint = Un lien de partage ou un code d’intégration de Loom, YouTube, Vimeo, Wistia, Calendly, Figma, Miro, Airtable, Typeform, Canva ou Google Docs, Sheets, Slides, Forms ou Drive. Toutes les personnes qui ont le portail peuvent aussi le voir là-bas.
portals-embed-unknown = Ceci ne peut pas être affiché dans un portail. Collez un lien de partage ou un code d’intégration de Loom, YouTube, Vimeo, Wistia, Calendly, Figma, Miro, Airtable, Typeform, Canva ou Google Docs, Sheets, Slides, Forms ou Drive, en commençant par https://. Tout le reste peut être ajouté comme lien.
portals-embed-consent = Ce contenu est affiché par { $provider }. Quand vous le chargez, { $provider } apprend votre adresse réseau et peut déposer des cookies.
portals-embed-load = Charger depuis { $provider }
portals-embed-open = Ouvrir chez { $provider }
portals-new-folder = Nouveau dossier
portals-rename-of = Renommer « { $name } »
portals-move-of = Déplacer « { $name } »
portals-layout = Affichage
portals-as-list = Liste
portals-as-grid = Grille
portals-items = Éléments

portals-generic = Sans projet
portals-of-project = Projet { $project }
portals-no-project = Aucun projet
portals-not-shared = Pas encore partagé
portals-count-clients =
    { $count ->
        [one] { $count } client
       *[other] { $count } clients
    }
portals-count-new =
    { $count ->
        [one] { $count } nouveau
       *[other] { $count } nouveaux
    }
portals-recent = Portails récents
portals-lately = Récemment
portals-none-yet = Un portail réunit tout ce qui concerne un travail, ou des ressources pour plusieurs clients. Pour un travail, commencez dans Clients : ajoutez la personne, puis son projet, dont la page crée le portail.
portals-nothing-happened = Quand des clients ouvrent des portails, écrivent et téléchargent des fichiers, cela apparaît ici.
portals-empty-for-staff = Les notes, liens, contenus intégrés, dossiers et fichiers que vous ajoutez ici apparaissent dans l’ordre que vous leur donnez.
portals-empty-for-clients = Il n’y a encore rien ici. Dès que quelque chose sera ajouté, vous le trouverez à cet endroit.

portals-did-view = { $person } a ouvert { $portal }
portals-did-write = { $person } a écrit au sujet de { $portal }
portals-did-download = { $person } a téléchargé { $item }
portals-did-join = { $person } a créé son compte
portals-did-invite = { $by } a invité { $person }
portals-was-invited = { $person } a reçu une invitation

portals-waiting-for-you = À faire de votre côté
portals-nothing-waits = Rien à faire pour le moment
portals-your-portals = Vos portails
portals-nothing-shared = Rien n’est partagé avec vous pour le moment. Vous le trouverez ici dès que ce sera le cas.
portals-search-portal = Chercher dans ce portail
portals-search-everything = Chercher un mot, un fichier…

portals-field-name = Nom
portals-field-title = Titre
portals-field-note = Note
portals-field-address = Adresse
portals-field-project = Projet
portals-field-organization = Organisation
portals-field-colour = Couleur
portals-field-own-sidebar = Donner à la barre latérale sa propre couleur
portals-field-sidebar = Barre latérale
portals-field-language = Langue
portals-field-time-zone = Fuseau horaire
portals-field-headline = Accroche
portals-field-words = Texte
portals-project-hint = Un portail appartient à un projet au plus, et un projet a un portail au plus.
portals-colour-hint = Toutes les nuances en découlent, corrigées jusqu’à ce que le texte y soit lisible.
portals-language-hint = Pour les personnes qui n’en ont pas choisi.
portals-preview = L’aspect des couleurs, en clair et en sombre

portals-looks = Nom et apparence
portals-looks-about = Nom, logo, couleurs, langue et fuseau horaire
portals-public-page = Page publique
portals-public-page-about = Ce que tout le monde voit avant de se connecter

portals-logo = Logo
portals-logo-about = Il figure sur chaque page, dans les e-mails, dans l’onglet du navigateur et sur les téléphones. À défaut, ce sont vos initiales dans votre couleur.
portals-field-picture = Image
portals-logo-hint = PNG, JPEG, WebP ou GIF, 20 Mo au plus. De préférence sur fond transparent ; d’une animation, la première image.
portals-logo-save = Enregistrer le logo
portals-logo-remove = Retirer le logo
portals-logo-removed = Le logo a été retiré.
portals-picture-missing = Choisissez une image.
portals-picture-too-large = Cette image est trop grande. Choisissez-en une de 20 Mo et de 64 mégapixels au plus.
portals-picture-broken = L’envoi s’est interrompu ou n’a pas pu être lu. Réessayez.
portals-picture-unknown = Cette image ne peut pas être affichée sans risque. Enregistrez-la en PNG ou en JPEG, même un SVG, puis choisissez-la.
portals-picture-damaged = Cette image est abîmée. Enregistrez-la de nouveau, puis choisissez-la.

portals-headline-hint = Une ligne en dessous.
portals-title-hint = À défaut, c’est le nom de l’organisation qui s’affiche.
portals-field-contact-email = Adresse e-mail de contact
portals-field-contact-telephone = Téléphone
portals-field-contact-address = Adresse postale
portals-contact = Contact
portals-telephone-unreadable = Écrivez un numéro de téléphone, par exemple +33 1 99 00 12 34.
portals-contact-address-too-long = Utilisez 500 caractères au plus.
portals-cover = Couverture
portals-cover-about = Une image en travers de la page publique et de l’accueil de vos clients. À défaut, c’est un motif discret dans votre couleur.
portals-cover-hint = PNG, JPEG, WebP ou GIF, 20 Mo au plus. Une image large de 1600 pixels ou plus rend le mieux.
portals-cover-save = Enregistrer la couverture
portals-cover-remove = Retirer la couverture
portals-cover-removed = La couverture a été retirée.
portals-field-focus-x = De gauche à droite
portals-field-focus-y = De haut en bas
portals-focus-hint = L’endroit de l’image qui reste visible, sur un téléphone comme sur un bureau.
portals-focus-save = Enregistrer l’endroit
portals-focus-unreadable = Choisissez un endroit entre 0 et 100.

portals-words-too-long = Utilisez 10 000 caractères au plus.
portals-note-too-long = Utilisez 100 000 caractères au plus, ou répartissez le texte en plusieurs notes.
portals-address-missing = Écrivez l’adresse.
portals-address-too-long = Cette adresse dépasse 2 000 caractères. Utilisez-en une plus courte.
portals-address-unreadable = Écrivez une adresse du web, par exemple https://exemple.fr/tarifs.
portals-address-password = N’écrivez pas de nom ni de mot de passe dans l’adresse : toutes les personnes qui ont accès au portail peuvent la lire.
portals-project-gone = Ce projet n’existe plus. Choisissez-en un autre.
portals-project-taken = Ce projet a déjà un portail. Choisissez un autre projet, ou utilisez ce portail.
portals-folder-gone = Ce dossier n’existe plus. Choisissez-en un autre.
portals-folder-taken = Un dossier porte déjà ce nom ici. Choisissez un autre nom ou un autre endroit.
portals-folder-into-itself = Un dossier ne peut pas être déplacé dans lui-même. Choisissez-en un autre.
portals-folder-too-deep = Les dossiers s’emboîtent sur 20 niveaux au plus. Choisissez un endroit plus haut.
portals-order-changed = Quelque chose a été ajouté ou retiré ici entre-temps. Rechargez la page, puis remettez les éléments en ordre.
portals-colour-unreadable = Choisissez une couleur, écrite #rrggbb.
portals-language-unknown = Choisissez une des langues.
portals-time-zone-unknown = Choisissez un des fuseaux horaires.

portals-deleted = Supprimés récemment
portals-deleted-about = Conservés { $days } jours, puis effacés pour de bon. D’ici là, ils comptent dans l’espace utilisé.
portals-nothing-deleted = Rien n’a été supprimé récemment. Ce que vous supprimez peut être rétabli ici.
portals-deleted-by = Supprimé par { $person } { $when }
portals-deleted-when = Supprimé { $when }
portals-deleted-until = peut être rétabli jusqu’au { $date }
portals-restore = Rétablir
portals-page = Page { $page }

portals-sight-given-by = Partagé par { $name } le { $date }
portals-sight-given = Partagé le { $date }
portals-sight-revoked = L’accès a été révoqué le { $date }
portals-sight-kept = Envoyé par { $name }, et montré à personne d’autre
portals-sight-deleted = Personne en dehors de votre équipe : supprimé le { $date }.
portals-sight-portal-deleted = Personne en dehors de votre équipe : son portail a été supprimé le { $date }.
portals-sight-archived = Personne en dehors de votre équipe : archivé le { $date }.
portals-sight-portal-archived = Personne en dehors de votre équipe : son portail a été archivé le { $date }.

portals-archive = Archiver
portals-archive-of = Archiver « { $name } »
portals-archived = Archivés
portals-archive-warning =
    { $count ->
        [0] Les clients ne verront plus ce portail : ni ses pages, ni dans la recherche, ni dans les e-mails. Personne ne l’a en ce moment.
        [one] Les clients ne verront plus ce portail : ni ses pages, ni dans la recherche, ni dans les e-mails. { $count } client l’a en ce moment.
       *[other] Les clients ne verront plus ce portail : ni ses pages, ni dans la recherche, ni dans les e-mails. { $count } clients l’ont en ce moment.
    }
portals-archive-keeps = Rien n’est supprimé, et aucun accès n’est retiré. Vous le trouvez sous « Archivés » dans la liste des portails ; quand vous le remettez en service, tout le monde le revoit comme avant.
portals-archived-since = Archivé le { $date } : les clients ne voient rien de ce portail.
portals-unarchive = Remettre en service

portals-templates = Modèles de portail
portals-templates-about = Un modèle contient les dossiers, notes, liens, contenus intégrés, demandes de fichiers et jalons d’un portail tels qu’ils étaient à l’enregistrement : aucun fichier, et rien sur un client. De nouveaux portails peuvent en partir.
portals-no-templates = Ouvrez un portail qui doit servir de point de départ, et choisissez « Enregistrer comme modèle » sous Plus.
portals-template-kept = Dernier enregistrement : { $when }
portals-keep-template = Enregistrer comme modèle
portals-rename-template = Renommer le modèle
portals-from-template = À partir d’un modèle
portals-field-template = Modèle
portals-no-template = Portail vide
portals-template-hint = Le portail commence avec ce que contient le modèle. Vous pourrez tout modifier ensuite.
portals-template-gone = Ce modèle n’existe plus. Choisissez-en un autre.
portals-template-taken = Un modèle porte déjà ce nom. Choisissez un autre nom.
portals-template-too-large = Ce portail contient trop de choses pour un modèle : au plus 2 000 dossiers, notes, liens et contenus intégrés, avec 4 Mo de texte.

portals-sections = Sections
portals-sections-about = Ce que les clients voient sur la page de ce portail, dans cet ordre et sous ces noms.
portals-sections-protect-nothing = Masquer une section ne protège rien : la page est seulement plus claire. Quiconque a accès au portail peut toujours trouver et ouvrir ce qu’elle contient.
portals-section-hide = Masquer
portals-section-show = Afficher
portals-section-hidden = Masquée
portals-section-name-hint = Sans nom de votre part, elle s’appelle « { $name } », dans la langue de chaque lecteur.

portals-awaited = En attente de clients
portals-awaited-about = Ce qui a été envoyé ou demandé, et reste sans réponse. Un rappel est un message courtois, au plus une fois par jour pour chaque ligne.
portals-awaited-since = depuis le { $date }
portals-awaited-more = et { $count } de plus
portals-awaited-more-than = et plus de { $count } de plus
portals-awaited-cut = Il y en a plus que cette liste n’en contient. La suite viendra quand celles-ci seront réglées.
portals-nobody-awaited = Rien n’est en attente d’un client en ce moment.
portals-remind = Rappeler
portals-reminded = Dernier rappel : { $when }
portals-reminded-today = Un rappel a déjà été envoyé aujourd’hui. Réessayez demain.
portals-awaited-all = Tout ce qui est en attente

portals-offline = Télécharger sous forme de site web
portals-offline-of = Télécharger « { $name } » sous forme de site web
portals-offline-about = Vous recevez une archive ZIP. Décompressez-la et ouvrez index.html : dossiers, notes, fichiers et messages s’y trouvent, sans serveur et sans connexion.
portals-offline-seen-by = Vu par
portals-offline-hint = La copie d’un client contient ce que ce client voit, et rien d’autre.
portals-offline-as-staff = Comme l’équipe le voit
portals-offline-as-client = Comme { $name } le voit
portals-offline-download = Télécharger
portals-offline-take-home = Copie hors ligne
portals-offline-items = Fichiers et notes
portals-offline-folder = Dossier
portals-offline-note = Note
portals-offline-empty = Il n’y a rien dans ce dossier.
