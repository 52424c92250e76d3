operations-queue = File d’attente
operations-queue-hint = E-mails et lectures de documents en attente ou en échec
operations-queue-empty = Rien n’attend et rien n’est bloqué.
operations-queue-job = Travail
operations-queue-state = État
operations-queue-attempts = Essais
operations-queue-since = Depuis
operations-queue-action = Action
operations-queue-waiting = En attente
operations-queue-again = Sera réessayé
operations-queue-given-up = Abandonné
operations-queue-try = Réessayer maintenant
operations-backups = Sauvegardes
operations-backups-hint = Quand tout a été sauvegardé pour la dernière fois
operations-backups-last = Dernière sauvegarde
operations-backups-none = Aucune sauvegarde pour l’instant.
operations-backups-plain = Elle n’est pas chiffrée : qui la possède peut tout lire. Avec PORTICO_BACKUP_KEY, les suivantes le seront.
operations-backups-failed = La dernière sauvegarde a échoué. Le journal du serveur dit pourquoi, et un nouvel essai a lieu chaque heure.
operations-backups-daily =
    { $kept ->
        [one] Le serveur fait une sauvegarde chaque jour et garde la plus récente.
       *[other] Le serveur fait une sauvegarde chaque jour et garde les { $kept } plus récentes.
    }
operations-backups-off = Le serveur n’en fait pas de lui-même. Indiquez un dossier ou un espace S3 dans PORTICO_BACKUP, et il en fera une chaque jour.
operations-mail = E-mails sortants
operations-mail-hint = Tant qu’aucun serveur d’e-mail n’est indiqué, rien ne part : tout se lit ici
operations-mail-server = Un serveur d’e-mail est indiqué : les e-mails partent par lui et ne sont pas gardés ici.
operations-mail-subject = Objet
operations-mail-to = À
operations-mail-sent = Envoyé
operations-mail-plain = Texte brut
operations-mail-none = Aucun e-mail. Les invitations et autres e-mails apparaissent ici tant que SMTP_URL n’indique pas de serveur.
