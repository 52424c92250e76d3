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
files-nothing-chosen = Choisissez au moins un fichier.
files-no-space = Il n’y a plus de place sur le serveur. Ce qui s’y trouve déjà reste consultable.
files-no-store = Le stockage des fichiers ne répond pas. Réessayez dans quelques minutes.
files-kept =
    { $count ->
        [one] { $count } fichier a été envoyé
       *[other] { $count } fichiers ont été envoyés
    }

files-type-pdf = PDF
files-type-word = Document Word
files-type-archive = Archive
files-type-table = Tableau
files-type-web-page = Page web
files-type-data = Données
files-type-image = Image
files-type-audio = Audio
files-type-video = Vidéo
files-type-text = Texte
files-type-other = Fichier
