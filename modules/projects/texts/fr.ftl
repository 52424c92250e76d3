projects-projects = Projets
projects-project = Projet
projects-under-way = Projets en cours
projects-new = Nouveau projet
projects-edit = Modifier
projects-edit-title = Modifier le projet
projects-delete = Supprimer
projects-save = Enregistrer
projects-more = Plus
projects-name = Nom
projects-client = Client
projects-no-client = Aucun client
projects-status = État
projects-status-active = En cours
projects-status-planned = Prévu
projects-status-paused = En pause
projects-status-done = Terminé
projects-starts-on = Date de début
projects-ends-on = Date de fin
projects-from = À partir du { $day }
projects-until = Jusqu’au { $day }
projects-all = Tous
projects-all-projects = Tous les projets
projects-next = Ensuite : { $name }
projects-by-status = Projets par état
projects-place = { $first } à { $last } sur { $total }
projects-progress =
    { $count ->
        [one] { $done } sur { $count } étape
       *[other] { $done } sur { $count } étapes
    }
projects-late = En retard
projects-empty = Un projet réunit le travail pour un client : ses dates, ses étapes et son portail.
projects-none-of-status = Aucun projet n’est dans cet état.
projects-of-client-empty = Il n’y a pas encore de projet pour ce client.
projects-deleted = « { $name } » a été supprimé.

projects-milestones = Étapes
projects-milestone = Étape
projects-milestones-empty = Les étapes montrent à votre client où en est le travail. Ajoutez la première.
projects-milestone-example = Lancement
projects-milestone-edit-title = Modifier l’étape
projects-milestone-actions = Actions pour { $name }
projects-milestone-due = Échéance : { $day }
projects-milestone-reached = Atteinte : { $day }
projects-milestone-undated = Sans échéance
projects-milestone-completed = Étape terminée
projects-add-milestone = Ajouter une étape
projects-due-on = Échéance
projects-complete = Marquer comme atteinte
projects-reopen = Rouvrir

projects-error-client = Choisissez l’un des clients.
projects-error-status = Choisissez l’un des quatre.
projects-error-ends-before-start = Choisissez un jour qui n’est pas avant le début.
