# Notifications : nouvelles par e-mail, et ce qui concerne une personne. Les clés commencent par « notifications- ».

notifications-notifications = Notifications
notifications-new = Nouveau
notifications-mark-all = Tout marquer comme lu
notifications-older = Plus anciennes
notifications-empty-staff = Ce que font vos clients apparaît ici : fichiers envoyés, approbations, réponses aux devis.
notifications-empty-client = Ce qui est nouveau pour vous apparaît ici : fichiers, portails, factures.

notifications-portal-shared = Ce portail a été partagé avec vous
notifications-item-added = Ajouté à { $portal }
notifications-item-sent = Envoyé par { $person } dans { $portal }
notifications-version-added = Nouvelle version dans { $portal }
notifications-approval-asked = Votre approbation est demandée
notifications-approval-given = Approuvé par { $person }
notifications-approval-declined = Refusé par { $person }
notifications-request-added = Des fichiers vous sont demandés dans { $portal }
notifications-invoice-sent = Nouveau dans Facturation
notifications-quote-sent = Nouveau devis pour vous
notifications-quote-accepted = Devis accepté par { $person }
notifications-quote-declined = Devis refusé par { $person }
notifications-person-joined = A créé son compte

notifications-choices = Nouvelles par e-mail
notifications-choices-about = Choisissez quand vous êtes prévenu par e-mail.
notifications-at-once = Tout de suite
notifications-daily = Une fois par jour
notifications-never = Jamais
notifications-hour = Heure de l’e-mail quotidien
notifications-hour-hint = Il n’arrive que s’il y a du nouveau.
notifications-zone = Fuseau horaire
notifications-zone-organization = { $zone } (celui de l’organisation)
notifications-always = Invitations, nouveaux mots de passe, devis, factures, leurs rappels et reçus arrivent toujours tout de suite, de même qu’un rappel envoyé à la main.
notifications-save = Enregistrer
notifications-saved = Votre choix est enregistré.
notifications-error-choice = Choisissez tout de suite, une fois par jour ou jamais.
notifications-error-hour = Choisissez une heure pleine de 00:00 à 23:00.
notifications-error-zone = Choisissez un fuseau horaire dans la liste.

notifications-daily-mails = L’e-mail quotidien
notifications-way-out = Ne plus recevoir d’e-mails de ce type ({ $kind })
notifications-unsubscribe = Se désabonner
notifications-unsubscribe-question = Ne plus recevoir d’e-mails de ce type envoyés par { $organization } : { $kind } ? Vous trouverez tout dans votre portail comme avant.
notifications-unsubscribed = Vous êtes désabonné
notifications-unsubscribed-words = { $organization } ne vous envoie plus d’e-mails de ce type : { $kind }. Connectez-vous pour choisir autrement.

notifications-digest-title =
    { $count ->
        [one] { $organization } : 1 nouveauté
       *[other] { $organization } : { $count } nouveautés
    }
notifications-digest-opening =
    { $count ->
        [one] Depuis votre dernier e-mail quotidien, il y a une nouveauté chez { $organization } :
       *[other] Depuis votre dernier e-mail quotidien, il y a { $count } nouveautés chez { $organization } :
    }
notifications-digest-open = Ouvrir le portail
notifications-digest-footer = Vous recevez cet e-mail parce que vous avez choisi d’être prévenu une fois par jour par { $organization }.
notifications-personal =
    { $count ->
        [one] { $count } notification
       *[other] { $count } notifications
    }
