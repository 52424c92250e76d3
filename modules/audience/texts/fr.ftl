# Qui peut voir quoi. Les clés commencent par « audience- ».

audience-question = Qui peut voir « { $name } », et pourquoi ?
audience-nobody = Aucun client ne le voit.
audience-seeing = Clients qui le voient
audience-awaited = Le verront après avoir créé leur compte
audience-team = Votre équipe voit tout
audience-shut = Ne le voient pas
audience-nobody-else = Personne d’autre ne le voit, et il n’y a pas d’autre chemin. Les collègues de ces personnes n’en voient rien, sauf s’ils sont nommés ici.
audience-as-staff = Équipe : { $role }
audience-role-owner = Propriétaire
audience-role-admin = Administrateur
audience-role-member = Membre

audience-of-all = Qui voit quoi
audience-of-all-hint = Chaque personne avec tout ce qu’elle peut voir, dans un fichier
audience-of-all-about = Une ligne par personne et par portail, élément et document qu’elle peut voir en ce moment, et pourquoi. Votre équipe voit tout et n’y figure qu’une fois.
audience-all-settings = Réglages
audience-download = Télécharger en CSV
