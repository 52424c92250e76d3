search-search = Rechercher
search-title = { $query } – Rechercher
search-everything = Rechercher partout
search-in = Rechercher dans { $portal }
search-everywhere = Rechercher partout
search-hint-staff = Tapez quelques lettres. La recherche porte sur les noms, les notes, les liens, les clients et le texte des fichiers.
search-hint-client = Tapez quelques lettres. La recherche porte sur tout ce qui est partagé avec vous, y compris le texte des fichiers.
search-count =
    { $count ->
        [one] { $count } résultat
       *[other] { $count } résultats
    }
search-building = L’index de recherche est en cours de reconstruction ({ $percent } %). D’ici là, tout ne peut pas être trouvé.
search-page = { $what }, page { $page }
search-more = Plus de résultats
search-place = { $first } à { $last } sur { $total }
search-kind-note = Note
search-kind-link = Lien
search-kind-folder = Dossier
search-kind-file = Fichier
search-kind-portal = Portail
search-kind-project = Projet
search-kind-client = Client
search-kind-company = Entreprise
search-files = Fichiers
search-notes = Notes
search-links = Liens
search-folders = Dossiers
search-portals = Portails
search-projects = Projets
search-clients = Clients
search-companies = Entreprises
search-others = Ailleurs
search-chips-portal = Portail
search-chips-kind = Type
search-chips-since = Modifié
search-chips-author = Ajouté par
search-chip-nameless = Une personne
search-since-week = Ces 7 derniers jours
search-since-month = Ces 30 derniers jours
search-since-year = Depuis un an
