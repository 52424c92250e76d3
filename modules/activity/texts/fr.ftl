# Qui a consulté quoi, et ce qui s’est passé. Les clés commencent par « activity- ».

activity-of = Activité : { $name }
activity-about = Ce que les clients ont ouvert et téléchargé, du plus récent au plus ancien. Ce que votre équipe ouvre ne compte pas, même en vue client. Les téléchargements sont toujours remarqués, une ouverture seulement dans un navigateur avec JavaScript. Les programmes qui suivent les liens des e-mails n’arrivent pas jusqu’ici : il leur faudrait se connecter.
activity-about-document = Quels clients ont téléchargé le PDF, du plus récent au plus ancien. La lecture de la page n’est pas enregistrée. Les programmes qui suivent les liens des e-mails n’arrivent pas jusqu’ici : il leur faudrait se connecter.
activity-not-opened = Pas encore ouvert
activity-not-downloaded = Pas encore téléchargé
activity-looks = Ouvertures et téléchargements
activity-none = Pour autant qu’on le sache, aucun client ne l’a encore ouvert ni téléchargé.
activity-when = Quand
activity-who = Qui
activity-what = Quoi
activity-opened-portal = Portail ouvert
activity-looked = Consulté
activity-downloaded = Téléchargé
activity-archived = Archive téléchargée
activity-downloaded-paper = PDF téléchargé
activity-version = Version { $number }
activity-by-program = Probablement un programme
activity-older = Activité plus ancienne

activity-what-happened = Ce qui s’est passé
activity-what-happened-about = Nouveaux fichiers, versions, notes et étapes terminées, du plus récent au plus ancien.
activity-nothing-happened = Les nouveaux fichiers, notes et étapes terminées seront listés ici.
activity-new-file = Nouveau fichier
activity-new-note = Nouvelle note
activity-new-folder = Nouveau dossier
activity-new-link = Nouveau lien
activity-new-item = Nouveau
activity-sent-by-you = Ajouté par vous
activity-renewed = Nouvelle version
activity-renewed-by-you = Nouvelle version envoyée par vous
