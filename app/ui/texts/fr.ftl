# Les mots du kit. Les clés commencent par « ui- ».

ui-cancel = Annuler
ui-close = Fermer
ui-undo = Annuler
ui-retry = Réessayer
ui-optional = facultatif
ui-markdown-hint = **gras**, *italique*, # titre, - liste, [mots](https://adresse)
ui-show = Afficher
ui-hide = Masquer
ui-mail-hello = Bonjour,
ui-mail-hello-name = Bonjour { $name },
ui-mail-refused = Un e-mail à cette adresse a été refusé le { $moment }. Le serveur a répondu : { $answer }
ui-mail-stays = Aucun serveur d’e-mail n’est indiqué : les e-mails ne sont pas envoyés. Ils sont sous « E-mails sortants », d’où leurs liens peuvent être transmis.
ui-mail-stays-open = Ouvrir les e-mails sortants
ui-mail-stays-ask = Demandez au propriétaire.
ui-audience = Qui peut voir ceci ?
ui-activity = Activité
ui-show-password = Afficher le mot de passe
ui-hide-password = Masquer le mot de passe
ui-previous = Précédent
ui-next = Suivant
ui-pages = Pages
ui-breadcrumb = Fil d’Ariane
ui-file = Fichier
ui-files = Fichiers
ui-folder = Dossier
ui-search = Rechercher
ui-search-placeholder = Rechercher
ui-search-everywhere = Rechercher partout
ui-search-hint = Tapez pour chercher. Les flèches choisissent, Entrée ouvre.
ui-search-nothing = Rien n’a été trouvé pour « { $query } ». Essayez moins de mots, ou d’autres.
ui-search-narrow = Affiner les résultats
ui-search-widen = Ne plus limiter à :
ui-search-earlier = Recherches précédentes
ui-search-forget = Oublier ces recherches
ui-section-failed = Cette partie n’a pas pu être affichée. Rechargez la page pour réessayer.
ui-count-items =
    { $count ->
        [one] { $count } élément
       *[other] { $count } éléments
    }

ui-dot-invited = Invité
ui-dot-joined = Inscrit
ui-dot-expired = Expiré
ui-dot-revoked = Révoqué

ui-milestones = Étapes
ui-milestone-done = Terminé
ui-milestone-current = En cours
ui-milestone-planned = Prévu

ui-skip = Aller au contenu
ui-navigation = Principale
ui-menu = Menu
ui-account = Compte
ui-sign-in = Se connecter
ui-sign-out = Se déconnecter
ui-home = Accueil
ui-preview-banner = Vous voyez ce que voit { $name }. Rien ne peut être modifié ici.
ui-preview-leave = Retour aux pages de l’équipe

ui-reorder-handle = Déplacer { $name }
ui-reorder-lifted = Saisi. Les flèches déplacent, Espace pose, Échap annule.
ui-reorder-moved = Position
ui-reorder-dropped = Posé à la position
ui-reorder-into = Dans
ui-reorder-cancelled = Remis à sa place.
ui-move-up = Monter { $name }
ui-move-down = Descendre { $name }

ui-upload-files = Envoyer des fichiers
ui-upload-file = Envoyer le fichier
ui-upload-folder = Envoyer un dossier
ui-upload-waiting = En attente
ui-upload-saving = Enregistrement
ui-upload-done = Envoyé
ui-upload-cancelled = Annulé
ui-upload-failed = Ce fichier n’a pas pu être envoyé. Réessayez.
ui-upload-unread = Lecture impossible, rien n’en a été envoyé. Vérifiez que vous pouvez l’ouvrir, puis déposez-le à nouveau.
ui-upload-left = restant
ui-upload-all-done = Tous les envois sont terminés.
ui-upload-drop = ou déposez-les n’importe où sur cette page
ui-upload-drop-here = ou déposez ici
ui-connection-lost = La connexion a été perdue. Vérifiez-la et réessayez.
ui-request-failed = Cela n’a pas fonctionné. Réessayez dans un instant.

ui-error-403-title = Vous ne pouvez pas ouvrir cette page
ui-error-403 = Votre compte n’y a pas accès. Demandez à la personne qui vous a envoyé le lien.
ui-error-404-title = Il n’y a rien ici
ui-error-404 = Cette page n’existe pas, ou elle n’est pas partagée avec vous.
ui-error-421-title = Adresse inconnue
ui-error-421 = Aucune organisation n’a son portail à cette adresse. Vérifiez l’adresse et réessayez.
ui-error-moved-title = Ce portail a déménagé
ui-error-moved = Il se trouve maintenant à l’adresse { $address }. Ouvrez-le là-bas et recommencez.
ui-error-moved-open = Ouvrir la nouvelle adresse
ui-error-429-title = Trop de tentatives
ui-error-429 = Attendez quelques minutes, puis réessayez.
ui-error-500-title = Une erreur s’est produite
ui-error-500 = L’erreur vient de nous. Réessayez ; si elle se répète, donnez-nous le numéro ci-dessous.
ui-error-503-title = Trop de demandes en ce moment
ui-error-503 = Attendez un instant, puis rechargez la page.
ui-error-507-title = Plus de place
ui-error-507 = Plus rien ne peut être enregistré pour le moment. Ce qui est déjà là reste lisible.
ui-error-other-title = Cela n’a pas fonctionné
ui-error-other = Revenez en arrière et réessayez.
ui-error-request = Demande { $id }
ui-error-home = Aller à l’accueil

ui-moment = { $date } à { $time }
ui-just-now = à l’instant
ui-minutes-ago =
    { $count ->
        [one] il y a { $count } minute
       *[other] il y a { $count } minutes
    }
ui-hours-ago =
    { $count ->
        [one] il y a { $count } heure
       *[other] il y a { $count } heures
    }
ui-days-ago =
    { $count ->
        [one] il y a { $count } jour
       *[other] il y a { $count } jours
    }
ui-month-1 = janvier
ui-month-2 = février
ui-month-3 = mars
ui-month-4 = avril
ui-month-5 = mai
ui-month-6 = juin
ui-month-7 = juillet
ui-month-8 = août
ui-month-9 = septembre
ui-month-10 = octobre
ui-month-11 = novembre
ui-month-12 = décembre
ui-month-short-1 = janv.
ui-month-short-2 = févr.
ui-month-short-3 = mars
ui-month-short-4 = avr.
ui-month-short-5 = mai
ui-month-short-6 = juin
ui-month-short-7 = juil.
ui-month-short-8 = août
ui-month-short-9 = sept.
ui-month-short-10 = oct.
ui-month-short-11 = nov.
ui-month-short-12 = déc.
ui-name-empty = Indiquez un nom.
ui-name-long = Utilisez 200 caractères au plus.
ui-name-characters = Retirez les sauts de ligne et les caractères invisibles qui changent le sens de l’écriture.
ui-words-characters = Il y a ici un caractère de contrôle qui ne peut pas être enregistré. Retirez-le.
ui-error-day = Choisissez un jour entre 1970 et 2199.
ui-email-empty = Indiquez une adresse e-mail.
ui-email-invalid = Cette adresse e-mail n’est pas complète. Un exemple : claire@exemple.fr
ui-error-too-large = C’est trop volumineux. Envoyez-en moins à la fois.
ui-error-foreign-origin = Cette demande ne vient pas d’une page de ce portail. Rouvrez la page et recommencez.
ui-error-only-seen-title = Rien n’a été modifié
ui-error-only-seen = Vous regardez en tant que { $name }. Rien ne peut être modifié ici.
ui-error-slug = Utilisez de 1 à 40 lettres de a à z, chiffres et tirets simples, sans tiret au début ni à la fin.
ui-error-slug-reserved = Ce nom est réservé. Choisissez-en un autre.
ui-error-slug-taken = Ce nom est déjà pris. Choisissez-en un autre.
ui-error-changed-meanwhile = Ceci a changé entre-temps. Rechargez la page et vérifiez.
ui-personal-events =
    { $count ->
        [one] { $count } entrée du journal d’audit.
       *[other] { $count } entrées du journal d’audit.
    }
ui-personal-events-why = Le journal garde ce qui a été fait, sans le nom.
ui-offline-saved = Enregistré le { $date }
ui-offline-contents = Toutes les pages et la recherche
ui-offline-nothing = Rien n’a été trouvé. Essayez moins de mots, ou d’autres.
ui-offline-gone = Ceci a été retiré pendant la copie.
