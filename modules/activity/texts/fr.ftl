# Qui a consulté quoi, et ce qui s’est passé. Les clés commencent par « activity- ».

activity-of = Activité : { $name }
activity-about = Consultations et téléchargements par les clients, du plus récent au plus ancien. Vos propres consultations, même en vous mettant à la place d’un client, ne comptent pas. C’est la page elle-même qui signale une consultation : rien n’en est connu pour un navigateur sans JavaScript, alors que les téléchargements le sont toujours. Les programmes qui suivent les liens des courriels n’arrivent jamais jusqu’ici : tout ce qu’ils ouvrent leur demande de se connecter.
activity-about-document = Téléchargements du document par les clients, du plus récent au plus ancien. La lecture de la page n’est pas notée. Les programmes qui suivent les liens des courriels n’arrivent jamais jusqu’ici : tout ce qu’ils ouvrent leur demande de se connecter.
activity-not-opened = Pas encore ouvert
activity-not-downloaded = Pas encore téléchargé
activity-looks = Ouvertures et téléchargements
activity-none = Aucun client ne l’a ouvert ni téléchargé, pour autant qu’on le sache.
activity-when = Quand
activity-who = Qui
activity-what = Quoi
activity-opened-portal = Portail ouvert
activity-looked = Consulté
activity-downloaded = Téléchargé
activity-archived = Archive téléchargée
activity-downloaded-paper = Document téléchargé
activity-version = Version { $number }
activity-by-program = Probablement un programme
activity-older = Activité plus ancienne

activity-what-happened = Ce qui s’est passé
activity-what-happened-about = Nouveaux fichiers, versions, notes et étapes terminées, du plus récent au plus ancien.
activity-portal = Portail
activity-nothing-happened = Les nouveautés de ce portail seront listées ici.
activity-new-file = Nouveau fichier
activity-new-note = Nouvelle note
activity-new-folder = Nouveau dossier
activity-new-link = Nouveau lien
activity-new-item = Nouveau
activity-sent-by-you = Ajouté par vous
activity-renewed = Nouvelle version
activity-renewed-by-you = Nouvelle version envoyée par vous
