billing-news-answers = Réponses aux devis
billing-navigation = Facturation
billing-invoices = Factures
billing-all-invoices = Tout ce qui est dû
billing-new-invoice = Nouvelle facture
billing-draft-invoice = Brouillon de facture
billing-quotes = Devis
billing-new-quote = Nouveau devis
billing-draft-quote = Brouillon de devis
billing-quotes-empty = Un devis dit ce que vous feriez, et pour combien. Votre client peut l’accepter ici.
billing-invoice-number = Facture { $number }
billing-credit-note-number = Avoir { $number }
billing-quote-number = Devis { $number }
billing-credit-note = Avoir
billing-save = Enregistrer
billing-edit = Modifier
billing-delete = Supprimer
billing-remove = Retirer
billing-more = Plus
billing-send = Envoyer
billing-revoke = Retirer l’accès
billing-actions = Actions
billing-page = Page { $page }

billing-all = Toutes
billing-drafts = Brouillons
billing-due = À payer
billing-overdue = En retard
billing-all-clients = Tous les clients
billing-search = Chercher une facture
billing-by-standing = Factures selon ce qu’elles attendent
billing-empty = Une facture dit ce que votre client vous doit, et jusqu’à quand.
billing-none-of-these = Il n’y en a aucune.
billing-of-client-empty = Il n’y a pas encore de facture pour ce client.
billing-draft-deleted = Le brouillon a été supprimé.
billing-money-due = Paiements attendus
billing-due-on = À payer avant le { $date } inclus

billing-standing-draft = Brouillon
billing-standing-open = À payer
billing-standing-partly-paid = Payée en partie
billing-standing-paid = Payée
billing-standing-overpaid = Trop-perçu
billing-standing-refunded = Remboursée
billing-standing-credited = Annulée par avoir
billing-standing-overdue = En retard

billing-quote-sent = En attente de réponse
billing-quote-accepted = Accepté
billing-quote-declined = Refusé
billing-quote-withdrawn = Retiré
billing-quote-expired = Expiré
billing-valid-until = Valable jusqu’au { $date } inclus
billing-withdraw = Retirer
billing-invoice-quote = Établir la facture
billing-its-invoice = Sa facture
billing-its-quote = Son devis
billing-invoice-deposit = Établir la facture d’acompte
billing-its-deposit-invoice = Sa facture d’acompte
billing-invoice-rest = Établir la facture de solde
billing-its-final-invoice = Sa facture de solde
billing-found-project = Créer le projet
billing-revise = Réviser
billing-its-revision = Sa révision, un brouillon
billing-replaces = Remplace le devis { $number }
billing-replaced-by = Remplacé par le devis { $number }
billing-will-replace = Quand vous enverrez ce devis, il remplacera
billing-replaced-for-client = Il existe une version plus récente de ce devis.
billing-open-replacement = Ouvrir le devis { $number }
billing-duplicate = Dupliquer
billing-keep-template = Garder comme modèle
billing-release-template = N’est plus un modèle
billing-is-template = Modèle : { $name }
billing-template-about = Un nouveau devis peut partir de ce qui figure sur celui-ci : introduction, lignes et acompte.
billing-no-template = Rien
billing-field-template = Partir de
billing-optional = En option
billing-options-about = Cochez ce que vous souhaitez en plus.
billing-to-answer = Accepter ou refuser
billing-accept-title = Accepter ce devis
billing-accept-hint = Votre nom ici vaut signature.
billing-accept = Accepter
billing-decline-title = Le refuser
billing-decline = Refuser
billing-decided-accepted = Accepté par { $name }, { $moment }
billing-decided-declined = Refusé par { $name }, { $moment }
billing-decided-withdrawn = Retiré par { $name }, { $moment }
billing-decided-address = Depuis l’adresse réseau { $value }
billing-decided-mark = Empreinte de ce qui a été montré (SHA-256) : { $value }
billing-all-quotes = Tous les devis
billing-quotes-to-follow = Devis à suivre
billing-deposit = Acompte
billing-deposit-in = Acompte en
billing-deposit-percent = Pourcentage
billing-deposit-amount = { $currency }, hors taxe
billing-deposit-hint = Ce que vous facturez d’abord, une fois le devis accepté. La facture de solde le déduit ensuite.
billing-deposit-of = Acompte de { $percent } %
billing-deposit-about = À payer une fois le devis accepté
billing-deposit-to-come = Vous n’avez rien à payer avant que { $organization } vous envoie la facture d’acompte.
billing-deposit-on-quote = { $deposit } sur le devis { $number }
billing-deposit-invoiced = Acompte déjà facturé : { $number } du { $date }
billing-deposit-credited = Repris par avoir sur l’acompte { $number } du { $date }
billing-awaits-deposit = La facture d’acompte est un brouillon. Une fois émise, elle sera déduite ici.

billing-head = Client et dates
billing-lines = Lignes
billing-lines-empty = Il n’y a encore rien à payer. Ajoutez la première ligne.
billing-add-line = Ajouter une ligne
billing-edit-line = Modifier la ligne
billing-issue = Émettre la facture
billing-lacks-profile = Votre adresse et votre numéro fiscal ne figurent pas encore sur vos factures. Indiquez-les dans Réglages, Facturation.
billing-days-hint = Sans dates, une facture porte celle du jour où vous l’émettez, et elle est à payer après votre délai habituel.
billing-validity-hint = Sans dernier jour, un devis est valable 30 jours à partir de celui où vous l’envoyez.
billing-no-project = Aucun projet
billing-no-tax = Sans taxe
billing-net = Net
billing-total = Total
billing-reverse-charge = Autoliquidation
billing-intra-community = Livraison intracommunautaire
billing-export-of-goods = Exportation hors de l’UE
billing-not-subject = Hors champ de la TVA
billing-tax-on = { $tax } : { $percent } % sur { $base }
billing-tax-without-rate = { $tax } sur { $base }

billing-field-client = Client
billing-field-project = Projet
billing-field-currency = Monnaie
billing-field-number = Numéro
billing-field-issue-on = Date d’émission
billing-field-due-on = Date d’échéance
billing-field-valid-until = Valable jusqu’au
billing-field-name = Nom
billing-field-section = Section
billing-field-optional = En option : le client peut la choisir
billing-field-buyer = Adresse de facturation
billing-field-buyer-tax-number = Numéro fiscal du client
billing-field-buyer-country = Pays du client
billing-field-delivered-on = Livré le
billing-field-delivery-country = Pays de livraison
billing-delivery-hint = Le jour où les biens sont arrivés dans l’autre pays, ou y sont attendus s’ils sont payés d’avance, et les deux lettres de ce pays, par exemple DE. La facture d’une livraison intracommunautaire exige les deux.
billing-field-words = Mots au-dessus des lignes
billing-field-introduction = Introduction
billing-field-description = Description
billing-field-quantity = Quantité
billing-field-measure = Unité
billing-field-unit-price = Prix unitaire
billing-field-discount = Remise
billing-field-tax = Taxe
billing-field-message = Message
billing-field-amount = Montant
billing-field-paid-on = Date du paiement
billing-field-remarks = Remarques
billing-field-reason = Motif
billing-remarks-example = Virement

billing-no-measure = Sans unité
billing-measure-piece =
    { $count ->
        [one] pièce
       *[other] pièces
    }
billing-measure-hour =
    { $count ->
        [one] heure
       *[other] heures
    }
billing-measure-day =
    { $count ->
        [one] jour
       *[other] jours
    }
billing-measure-week =
    { $count ->
        [one] semaine
       *[other] semaines
    }
billing-measure-month =
    { $count ->
        [one] mois
       *[other] mois
    }
billing-measure-year =
    { $count ->
        [one] an
       *[other] ans
    }
billing-measure-lump-sum =
    { $count ->
        [one] forfait
       *[other] forfaits
    }
billing-measure-page =
    { $count ->
        [one] page
       *[other] pages
    }
billing-measure-word =
    { $count ->
        [one] mot
       *[other] mots
    }
billing-measure-kilometre = km
billing-measure-metre = m
billing-measure-square-metre = m²
billing-measure-kilogram = kg
billing-measure-litre =
    { $count ->
        [one] litre
       *[other] litres
    }

billing-paper-to = Facturé à
billing-paper-for = Pour
billing-paper-tax-number = Numéro fiscal { $value }
billing-paper-corrects = Corrige la facture
billing-paper-bank = À payer à
billing-paper-reference = Référence : { $value }
billing-paper-page = Page { $page } sur { $pages }
billing-download-pdf = Télécharger en PDF

billing-lacks = Les logiciels de comptabilité ne peuvent pas lire ce PDF eux-mêmes (Factur-X). Pour le prochain :
billing-lacks-seller-country = Indiquez votre pays dans Réglages, Facturation.
billing-lacks-tax-number = Indiquez votre numéro fiscal dans Réglages, Facturation.
billing-lacks-vat-number = Indiquez votre numéro de TVA dans Réglages, Facturation, avec les lettres de son pays : les biens pour l’étranger l’exigent.
billing-lacks-buyer-country = Indiquez le pays du client dans « Client et dates ».
billing-lacks-tax = Choisissez un taux pour chaque ligne. Un taux de 0 pour cent peut dire pourquoi rien n’est dû.
billing-lacks-buyer-tax-number = Écrivez le numéro de TVA du client sous « Client et dates », avec les lettres de son pays : l’autoliquidation et la livraison intracommunautaire l’exigent.
billing-lacks-digits = Cette monnaie a plus de décimales que la norme n’en permet.

billing-account = Compte
billing-invoiced = Facturé
billing-credited = Avoirs
billing-paid = Payé
billing-refunded = Remboursé
billing-balance = Solde
billing-payment = Paiement
billing-payments = Paiements
billing-receipt = Reçu
billing-receipt-for = Reçu pour la facture { $number }
billing-receipt-from = Reçu de
billing-receipt-invoice = Facture
billing-receipt-words = Nous avons reçu { $amount } pour la facture { $number } le { $date }. Merci.
billing-receipt-left = Reste à payer
billing-receipt-over = Trop-perçu
billing-refund = Remboursement
billing-record-payment = Noter un paiement
billing-record-refund = Noter un remboursement
billing-refund-hint = Ce que vous rendez est dû de nouveau, sauf si vous établissez aussi un avoir.
billing-payment-removed = L’écriture a été retirée.
billing-credit = Établir un avoir
billing-credit-about = Un avoir reprend ce que vous avez facturé. Diminuez une quantité pour ne reprendre qu’une partie de la ligne, ou videz-la pour laisser la ligne de côté.
billing-credit-left = { $quantity } au plus
billing-issue-credit-note = Émettre l’avoir

billing-reminders = Relances
billing-remind-now = Relancer maintenant
billing-reminded-nobody = Personne n’a encore été relancé.
billing-reminded-on = Relance du { $date }
billing-reminded-by-itself = Relance automatique du { $date }

billing-recipients = Qui peut voir ce document
billing-recipients-empty = Personne à l’extérieur. Appuyez sur « Envoyer » pour choisir qui la reçoit.
billing-send-to = Envoyer à
billing-sent = Envoyé

billing-amount-due = Montant à payer
billing-waits-for-answer = Répondre
billing-waits-for-payment = Voir
billing-nothing-due = Rien n’est à payer.
billing-all-documents = Tous les documents
billing-left-of = { $left } sur { $whole }
billing-owed-in-all = { $amounts } au total
billing-why-invoiced = { $amount } facturés
billing-why-credited = { $amount } en avoir
billing-why-paid = { $amount } payés
billing-why-refunded = { $amount } remboursés

billing-settings = Facturation
billing-settings-about = Votre adresse, vos coordonnées bancaires, vos taux de taxe et la numérotation des factures
billing-all-settings = Réglages
billing-field-address = Adresse de votre entreprise
billing-field-country = Votre pays
billing-country-hint = Deux lettres, par exemple FR. Les factures lisibles par les logiciels en ont besoin.
billing-field-tax-number = Numéro fiscal
billing-field-bank = Coordonnées bancaires
billing-bank-hint = Elles figurent sur chaque facture, avec son numéro comme référence.
billing-field-payment-days = Délai de paiement en jours
billing-field-remind-before = Rappeler tant de jours avant l’échéance
billing-remind-before-hint = Les destinataires d’une facture reçoivent alors un message tant qu’il reste quelque chose à payer. Vide : aucun message.
billing-field-remind-after = Relancer tant de jours après l’échéance
billing-remind-after-hint = Un nombre ou plusieurs. Vide : aucun message.
billing-field-invoice-format = Numéros des factures
billing-field-credit-note-format = Numéros des avoirs
billing-field-quote-format = Numéros des devis
billing-format-hint = { $number } compte, { $year } est l’année d’émission : avec elle, chaque année recommence à 1.
billing-field-footer-en = Pied de page en anglais
billing-field-footer-fr = Pied de page en français
billing-footer-hint = Il figure au bas de chaque document, dans la langue de qui le lit.
billing-taxes = Taux de taxe
billing-taxes-empty = Sans taux, rien n’est taxé sur vos factures.
billing-field-tax-name = Nom de la taxe
billing-tax-example = TVA 20 %
billing-field-percent = Pourcentage
billing-field-exemption = Motif d’exonération
billing-exemption-hint = Seulement avec 0 pour cent, par exemple « Article 132 : formation ».
billing-field-treatment = Cas particulier
billing-treatment-usual = Aucun
billing-treatment-reverse-charge = Autoliquidation : le client doit la taxe
billing-treatment-intra-community = Livraison intracommunautaire : des biens pour un autre pays de l’UE
billing-treatment-export = Exportation : des biens qui quittent l’UE
billing-treatment-not-subject = Hors champ de la TVA
billing-treatment-hint = Seulement avec 0 pour cent. Les factures le mentionnent. L’autoliquidation et la livraison intracommunautaire exigent le numéro de TVA du client, et la livraison aussi son jour. Ce qui est hors champ de la TVA exige une facture à part.
billing-add-tax = Ajouter un taux
billing-tax-removed = Le taux a été retiré de la liste. Les documents qui l’utilisent le gardent.

billing-mail-title = { $document }, par { $organization }
billing-mail-invoice = { $organization } vous a envoyé la facture { $number } de { $amount }, à payer avant le { $date } inclus.
billing-mail-credit-note = { $organization } vous a envoyé l’avoir { $number } de { $amount }.
billing-mail-quote = { $organization } vous a envoyé le devis { $number } de { $amount }. Vous pouvez l’accepter jusqu’au { $date } inclus.
billing-mail-message = { $sender } vous écrit : { $message }
billing-mail-open = Ouvrir le document
billing-mail-open-quote = Ouvrir le devis
billing-mail-replaces = Il remplace le devis { $old }, qui ne peut plus être accepté.
billing-mail-accepted-title = { $name } a accepté le devis { $number }
billing-mail-accepted = { $name } a accepté le devis { $number } de { $amount } le { $moment }.
billing-mail-accepted-next = Sur sa page, vous pouvez établir la facture.
billing-mail-declined-title = { $name } a refusé le devis { $number }
billing-mail-declined = { $name } a refusé le devis { $number } de { $amount } le { $moment }.
billing-mail-declined-reason = Motif indiqué : { $reason }
billing-mail-answer-footer = Vous recevez ce message parce que vous avez envoyé ce devis ou dirigez { $organization }.
billing-mail-reminder-title = Rappel : facture { $number }, à payer avant le { $date } inclus
billing-mail-reminder-title-late = Rappel : facture { $number }, échue le { $date }
billing-mail-reminder = La somme de { $amount } pour la facture { $number }, émise par { $organization }, est à payer avant le { $date } inclus.
billing-mail-reminder-late =
    { $days ->
        [one] La somme de { $amount } pour la facture { $number }, émise par { $organization }, était à payer avant le { $date } inclus, il y a { $days } jour.
       *[other] La somme de { $amount } pour la facture { $number }, émise par { $organization }, était à payer avant le { $date } inclus, il y a { $days } jours.
    }
billing-mail-reminder-thanks = Si vous avez payé entre-temps, vous n’avez plus rien à faire. Merci.
billing-mail-reminder-open = Ouvrir la facture
billing-mail-reminder-footer = Vous recevez ce message parce que { $organization } vous a envoyé cette facture.
billing-mail-footer = Vous recevez ce message parce que { $sender } ({ $organization }) vous l’a adressé.

billing-error-client = Choisissez l’un des clients.
billing-error-project = Choisissez l’un des projets.
billing-error-currency = Choisissez l’une des monnaies.
billing-error-currency-of-lines = Supprimez d’abord les lignes : leurs prix sont dans une autre monnaie.
billing-error-due-before-issue = Choisissez une échéance qui ne précède pas la date d’émission.
billing-error-description = Dites ce qui est facturé.
billing-error-figure = Écrivez un nombre, par exemple 12,50.
billing-error-two-marks = Écrivez le nombre avec une seule virgule et rien entre les milliers, par exemple 1234,50.
billing-error-thousands = Cela peut se lire de deux façons. Écrivez 1234 ou 1.234 sans virgule.
billing-error-quantity = Écrivez une quantité autre que 0, inférieure à un million et avec trois décimales au plus.
billing-error-measure = Choisissez une unité de la liste.
billing-error-price = Écrivez un prix à partir de 0, avec cinq décimales au plus et assez petit pour la somme de la ligne.
billing-error-discount = Écrivez un pourcentage de 0 à 100, avec deux décimales au plus.
billing-error-percent = Écrivez un pourcentage de 0 à 100, avec trois décimales au plus.
billing-error-tax = Choisissez l’un des taux.
billing-error-tax-name = Il y a déjà un taux de ce nom. Choisissez-en un autre.
billing-error-special-case = Dans un cas particulier, vous facturez 0 pour cent.
billing-error-treatment = Choisissez l’un des cas particuliers.
billing-error-exemption = Un motif d’exonération va avec 0 pour cent. Videz l’un des deux champs.
billing-error-lines = Un document a 500 lignes au plus.
billing-error-long = C’est trop long. Raccourcissez.
billing-error-country = Écrivez les deux lettres d’un pays, par exemple FR ou DE.
billing-error-delivered-on = Écrivez le jour où les biens ont été livrés : une livraison intracommunautaire ne peut être facturée sans lui.
billing-error-delivery-union = Écrivez les deux lettres d’un autre État membre de l’Union européenne, par exemple DE (XI pour l’Irlande du Nord) : ce qui va ailleurs n’est pas une livraison intracommunautaire.
billing-error-delivery-country = Écrivez les deux lettres du pays où les biens ont été livrés, par exemple DE.
billing-error-days = Écrivez un nombre de jours de 0 à 366.
billing-error-remind-before = Écrivez un nombre de jours de 1 à 60, ou rien.
billing-error-remind-after = Écrivez des nombres de jours de 1 à 366, par exemple 3, 10, 21, dix au plus ; ou rien.
billing-error-nothing-to-remind = Il ne reste rien à payer : il n’y a rien à rappeler.
billing-error-nobody-to-remind = Personne ne peut voir cette facture. Appuyez d’abord sur « Envoyer ».
billing-error-reminded-today = Tout le monde a déjà été relancé aujourd’hui. Réessayez demain.
billing-error-format = Écrivez des lettres et des chiffres autour d’un seul { "{number}" }, avec 40 caractères au plus.
billing-error-issued = Ce document a été émis et ne peut plus être changé.
billing-error-expired = Ce devis a expiré. Demandez-en un nouveau.
billing-error-withdrawn = Ce devis a été retiré.
billing-error-decided = Quelqu’un a déjà répondu à ce devis. Rouvrez-le pour voir comment.
billing-error-not-accepted = Seul un devis accepté devient une facture.
billing-error-no-deposit = Ce devis ne demande pas d’acompte.
billing-error-deposit-share = Écrivez un pourcentage supérieur à 0, jusqu’à 100, avec deux décimales au plus.
billing-error-deposit-amount = Écrivez un montant supérieur à 0, sans plus de décimales que n’en a la monnaie.
billing-error-final-issued = La facture de solde de ce devis est déjà émise : il n’est plus possible de demander un acompte.
billing-error-deducts = Cette ligne déduit ce qui a été facturé en acompte, et suit cette facture d’elle-même.
billing-error-made-anew = Une autre a été établie à sa place entre-temps.
billing-error-revise-decided = Ce devis a déjà reçu une réponse. Dupliquez-le plutôt.
billing-error-replaced-accepted = Le devis que celui-ci remplace a été accepté entre-temps. Dupliquez celui-ci pour l’envoyer en plus.
billing-error-template = Choisissez l’un des modèles.
billing-error-template-name = Il y a déjà un modèle de ce nom. Choisissez-en un autre.
billing-error-template-currency = Les prix du modèle sont dans une autre monnaie. Choisissez celle-là.
billing-error-recipients = Choisissez au moins un client.
billing-error-paid = Écrivez un montant supérieur à 0, sans plus de décimales que n’en a la monnaie.
billing-error-paid-on = Choisissez un jour qui n’est pas après aujourd’hui.
billing-error-refund = On ne peut pas rendre plus que ce qui a été payé.
billing-error-credit-quantity = On ne peut pas reprendre plus que ce qui reste. Diminuez la quantité.
billing-error-credit-nothing = Écrivez au moins une quantité à reprendre.
billing-obstacle-buyer = Écrivez d’abord l’adresse de facturation, puis émettez la facture.
billing-obstacle-lines = Ajoutez d’abord une ligne, puis émettez la facture.
billing-obstacle-deposit = L’acompte dépasse le montant du devis. Diminuez-le, puis envoyez le devis.
billing-obstacle-delivery = Écrivez sous « Client et dates » quand et dans quel pays les biens ont été livrés, puis émettez la facture.
billing-obstacle-not-subject = Ce qui est hors champ de la TVA ne peut figurer sur une facture avec autre chose. Faites-en un document à part.
billing-obstacle-negative = Une facture ne peut pas être négative. Établissez plutôt un avoir sur une facture antérieure.

billing-subscription = Abonnement
billing-subscriptions = Abonnements
billing-new-subscription = Nouvel abonnement
billing-edit-subscription = Modifier l’abonnement
billing-edit-subscription-about = Vos changements valent à partir de la prochaine facture.
billing-subscription-example = Hébergement mensuel
billing-subscriptions-by-standing = Abonnements selon leur état
billing-subscriptions-empty = Un abonnement établit régulièrement la même facture et l’envoie de lui-même.
billing-subscription-running = En cours
billing-subscription-paused = En pause
billing-subscription-ended = Terminé
billing-subscription-ready = Rien n’est encore facturé. Démarrez l’abonnement quand tout est juste.
billing-start-subscription = Démarrer l’abonnement
billing-pause = Mettre en pause
billing-resume = Reprendre
billing-paused-about = Aucune facture n’est établie jusqu’à la reprise, ni pour les périodes qui commencent entre-temps.
billing-cancel-subscription = Mettre fin à l’abonnement
billing-cancel-about = Ce qui est facturé reste dû. Après la fin, aucune autre facture n’est établie.
billing-cancel-at-end = À la fin de la période en cours, le { $date }
billing-cancel-now = Maintenant
billing-field-prorates = Facturer au jour près
billing-prorates-hint = Une période écourtée par le dernier jour ou par une résiliation n’est facturée que pour ses jours. Sinon, elle l’est en entier.
billing-prorates = Au jour près
billing-period-unused = { $name } : non utilisé du { $from } au { $until }
billing-cancel-now-credited = Maintenant, avec un avoir pour les jours qui restent de ce qui est facturé
billing-held = Non facturé
billing-held-about = Une facture aurait dû être établie et n’a pas pu l’être. Un nouvel essai a lieu chaque jour.
billing-due-about = Une facture est à établir. Elle le sera d’ici un jour.
billing-held-at-home = Une facture aurait dû être établie et n’a pas pu l’être. Ouvrez l’abonnement pour savoir pourquoi.
billing-held-buyer = Écrivez l’adresse de facturation.
billing-held-lines = Ajoutez au moins une ligne.
billing-held-negative = La somme des lignes est négative.
billing-held-delivery = Une livraison intracommunautaire exige le jour de chaque livraison, qu’un abonnement ne connaît pas. Créez ces factures une par une.
billing-held-not-subject = Ce qui est hors champ de la TVA ne peut figurer sur une facture avec autre chose. Faites-en un abonnement à part.
billing-held-recipients = Choisissez qui reçoit chaque facture.
billing-invoice-now = Facturer maintenant
billing-each-invoice = Chaque facture
billing-next-invoices = Prochaines factures
billing-no-more-invoices = Aucune autre facture n’est établie.
billing-due-now = À établir
billing-its-invoices = Factures jusqu’ici
billing-no-invoices-yet = Il n’y en a pas encore.
billing-passed-over = Non facturé : en pause
billing-period = Du { $from } au { $until }
billing-period-of = { $name }, du { $from } au { $until }
billing-next-invoice-on = Prochaine facture le { $date }
billing-ends-on = Jusqu’au { $date }
billing-subscription-recipients = Qui reçoit chaque facture
billing-recipients-hint = Sans choix de votre part, c’est le client.
billing-buyer-hint = Si elle est vide sur un nouvel abonnement, c’est l’adresse du dernier document du client.
billing-periods-hint = Chaque facture vaut pour la période qui commence ce jour-là. La dernière commence au plus tard le dernier jour.
billing-field-every = Tous les
billing-field-unit = Unité de temps
billing-field-starts-on = Début
billing-field-goes-on = Prochaine période
billing-field-ends-on = Dernier jour
billing-field-when = Quand
billing-unit-week = semaines
billing-unit-month = mois
billing-unit-year = ans
billing-every-week =
    { $count ->
        [one] Chaque semaine
       *[other] Toutes les { $count } semaines
    }
billing-every-month =
    { $count ->
        [one] Chaque mois
       *[other] Tous les { $count } mois
    }
billing-every-year =
    { $count ->
        [one] Chaque année
       *[other] Tous les { $count } ans
    }
billing-error-every = Écrivez un nombre entier de 1 à 1200.
billing-error-unit = Choisissez semaines, mois ou ans.
billing-error-no-start = Choisissez le jour où il commence.
billing-error-start-early = La période qui commence ce jour-là est déjà terminée. Choisissez un jour plus tardif.
billing-error-start-twice = Une période antérieure a commencé ce jour-là ou après. Choisissez un jour plus tardif.
billing-error-end = Choisissez un dernier jour qui ne précède pas le premier.
billing-error-when = Choisissez quand il se termine.
billing-error-started = Cet abonnement a été démarré. Mettez-y fin plutôt.
billing-company-closed = Chacun ne voit que ce qui lui a été envoyé.
billing-company-open = Toutes les personnes de cette société voient ce qui a été envoyé à l’une d’elles.
billing-company-open-it = Montrer aux collègues
billing-company-close-it = Destinataires seulement
billing-as-colleague = Comme collègue
billing-colleague-decides = Il a été envoyé à une personne de votre société, qui l’accepte ou le refuse.

billing-statement = Relevé
billing-statement-of = Relevé de { $name }
billing-statement-years = Années
billing-statement-in = Compte en { $currency }
billing-statement-empty = Rien n’a été facturé ni payé cette année.
billing-statement-on = Date
billing-statement-what = Opération
billing-statement-more = Facturé
billing-statement-less = Payé ou crédité
billing-statement-balance = Solde
billing-statement-opening = Report des années précédentes
billing-statement-payment = Paiement de { $number }
billing-statement-refund = Remboursement de { $number }

billing-turnover = Les douze derniers mois
billing-turnover-invoiced = Facturé, avoirs déduits
billing-turnover-received = Reçu, remboursements déduits
billing-turnover-about = De { $from } à { $until } : { $invoiced } facturés, avoirs déduits, et { $received } reçus, remboursements déduits. Le tableau ci-dessous donne chaque mois.
billing-turnover-table = En tableau
billing-turnover-in = En { $currency }
billing-turnover-month = Mois

billing-export = Pour le comptable
billing-export-from = Du
billing-export-to = Au (inclus)
billing-export-show = Afficher
billing-export-empty = Rien n’a été émis pendant cette période.
billing-export-files = Fichiers
billing-export-in = { $count ->
        [one] { $count } document en { $currency }
       *[other] { $count } documents en { $currency }
    }
billing-export-tax = Taxe
billing-export-untaxed = Sans taxe
billing-export-category = Catégorie de TVA
billing-export-by-category = Par catégorie de TVA, en { $currency }
billing-category-standard = taxé
billing-category-zero = taux zéro
billing-category-exempt = exonéré
billing-category-reverse-charge = le client doit la taxe
billing-category-intra-community = biens pour un autre pays de l’UE
billing-category-export = biens qui quittent l’UE
billing-category-not-subject = hors champ de la TVA
billing-export-documents = Factures et avoirs
billing-export-lines = Leurs lignes
billing-export-taxes = Leurs taxes
billing-export-payments = Paiements et remboursements
billing-export-everything = Le tout en un fichier, pour les logiciels
billing-export-papers = Toutes les factures et tous les avoirs en PDF
billing-export-download = Télécharger
billing-error-period = Le dernier jour précède le premier.

# Online payments.
billing-online = Payé en ligne
billing-standing-processing = En cours
billing-pay = Payer { $amount }
billing-pay-unavailable = Le paiement en ligne ne répond pas pour le moment. Rien n’a été débité. Réessayez dans quelques minutes, ou payez par virement.
billing-pay-amount = Ce montant ne peut pas être payé en ligne. Merci de payer par virement.
billing-leaving = Vers la page de paiement
billing-leaving-about = Vous payez sur une page de Stripe, puis vous revenez ici.
billing-leave = Aller à la page de paiement
billing-look-again = Vérifier de nouveau
billing-to-invoice = Voir la facture
billing-online-open = Nous n’avons pas encore connaissance d’un paiement. Si vous venez de payer, cette page le dira d’ici une minute.
billing-online-processing = Votre paiement est en route. Un prélèvement prend quelques jours ; cette page dira quand il est arrivé.
billing-online-expired = Vous n’avez pas terminé le paiement, et rien n’a été débité.
billing-online-failed = Le paiement a échoué, et rien n’a été débité. Vous pouvez réessayer avec un autre moyen de paiement.
billing-online-paid = Payée. Merci !
billing-online-settled = Il ne reste rien à payer.
billing-online-none = Personne n’a commencé à payer cette facture en ligne.
billing-refund-online = Rembourser en ligne
billing-refund-online-about = Stripe rend l’argent par le même chemin. Ce que vous rendez est dû de nouveau, sauf si vous faites aussi un avoir.
billing-error-nothing-due = Il ne reste rien à payer.
billing-error-online-off = Le paiement en ligne n’est pas configuré.
billing-error-secret-key = Une clé secrète de Stripe commence par sk_ ou rk_.
billing-error-webhook-secret = Un secret de signature de Stripe commence par whsec_.
billing-online-payments = Paiements en ligne
billing-payments-about = Vos clients paient leurs factures par carte ou par prélèvement, avec votre compte Stripe
billing-payments-off = Le paiement en ligne n’est pas configuré. Les factures se paient par virement, et vous notez ce qui arrive.
billing-payments-live = Vos clients peuvent payer en ligne.
billing-payments-test = Vos clients peuvent essayer de payer avec les cartes de test de Stripe. Aucun argent ne circule.
billing-payments-environment-live = Vos clients peuvent payer en ligne, avec les clés de cette installation.
billing-payments-environment-test = Vos clients peuvent essayer de payer avec les cartes de test de Stripe, avec les clés de cette installation. Aucun argent ne circule.
billing-field-secret-key = Clé secrète
billing-field-webhook-secret = Secret de signature du webhook
billing-key-known = Il y en a une, qui se termine par { $end }. Laissez vide pour la garder.
billing-check-keys = Vérifier les clés
billing-forget-keys = Oublier les clés
billing-keys-good = La clé secrète est bonne. Elle ouvre le compte { $id } ({ $name }).
billing-webhook = Ce que Stripe nous annonce
billing-webhook-about = Ajoutez cette adresse comme webhook chez Stripe, avec ces événements. Le secret de signature y est affiché.
billing-webhook-heard = Les événements de Stripe arrivent et le secret de signature leur correspond, la dernière fois le { $day }.
billing-webhook-unheard = Aucun événement correspondant à ce secret de signature n’est encore arrivé. Envoyez un événement de test chez Stripe et revenez voir ici : s’il n’arrive pas, recopiez l’adresse et le secret de signature.
billing-reconciliation = Comparaison avec Stripe
billing-reconciliation-about = Chaque nuit, nous demandons à Stripe ce qu’il n’a pas pu nous annoncer.
billing-reconcile = Comparer maintenant
billing-reconciled = Dernière fois le { $moment } : { $changed ->
    [0] rien de nouveau
    [one] une nouveauté
   *[other] { $changed } nouveautés
}.
billing-reconciled-not = Pas faite le { $moment } : { $problem }
billing-provider-unreachable = Stripe ne répond pas pour le moment.
billing-provider-key = Stripe ne connaît pas cette clé secrète. Copiez-la de nouveau depuis le tableau de bord de Stripe.
billing-provider-refused = Stripe a refusé.
billing-provider-refused-because = Stripe a refusé : { $words }
billing-provider-amount = Stripe ne peut pas prendre ce montant.
billing-provider-unreadable = Stripe a répondu quelque chose que Portico ne sait pas lire.
billing-misfits = Paiements à vérifier
billing-misfits-about = Ce que Stripe en dit ne peut pas être juste. Cherchez-les chez Stripe, et notez à la main ce qui est arrivé.
billing-misfits-invoice = Facture
billing-misfits-amount = Montant
billing-misfits-begun = Commencé
billing-misfits-why = Ce qui ne va pas
billing-misfits-answer = Vérification
billing-misfits-settle = Fait
billing-misfit-amount = Un autre montant ou une autre devise
billing-misfit-session = Un autre paiement sous le même nom
billing-misfit-mode = De l’argent fictif pour du vrai, ou l’inverse
billing-automatic = Paiement automatique
billing-method-pays = Les factures de vos abonnements sont payées avec ce moyen dès leur émission.
billing-save-method = Enregistrer un moyen de paiement
billing-save-method-about = Confiez une carte ou un compte bancaire à Stripe, et les factures de vos abonnements sont payées dès leur émission. Vous pouvez le retirer à tout moment.
billing-charged-automatically = Paiement automatique avec { $method }

billing-sight-sent-by = Adressé à cette personne : envoyé par { $name } le { $date }
billing-sight-sent = Adressé à cette personne : envoyé le { $date }
billing-sight-colleague = Collègue de { $name } chez { $company }, dont la facturation est ouverte aux collègues
billing-sight-revoked = Retiré à cette personne le { $date }
billing-sight-draft = Personne en dehors de votre équipe : c’est un brouillon.
billing-sight-deleted = Personne en dehors de votre équipe : supprimé le { $date }.
billing-sight-not-running = Personne en dehors de votre équipe : les clients ne voient un abonnement que tant qu’il court.

billing-awaited-payment = En attente de paiement
billing-error-quote-not-awaited = Plus personne n’a à répondre à ce devis : il a reçu une réponse, a été retiré ou repris, ou n’est plus valable.
billing-mail-quote-reminder-title = Rappel : devis { $number }
billing-mail-quote-reminder = { $organization } vous a envoyé le devis { $number } de { $amount } et serait heureux d’avoir votre réponse. Vous pouvez l’accepter jusqu’au { $date } inclus.
billing-mail-quote-reminder-how = Ouvrez-le pour le relire, puis appuyez sur Accepter ou Refuser. Toute réponse nous convient.
billing-mail-quote-reminder-footer = Vous recevez ce message parce que { $organization } vous a envoyé ce devis.
billing-personal-issued =
    { $count ->
        [one] { $count } document de facturation émis.
       *[other] { $count } documents de facturation émis.
    }
billing-personal-payments =
    { $count ->
        [one] { $count } paiement.
       *[other] { $count } paiements.
    }
billing-personal-why = La loi impose de les conserver tels quels, avec le nom.
billing-personal-drafts =
    { $count ->
        [one] { $count } brouillon ou abonnement terminé
       *[other] { $count } brouillons et abonnements terminés
    }
billing-personal-subscriptions =
    { $count ->
        [one] { $count } abonnement en cours ou en pause : il prend fin aussitôt, et rien n’en est crédité
       *[other] { $count } abonnements en cours ou en pause : ils prennent fin aussitôt, et rien n’en est crédité
    }
billing-personal-methods =
    { $count ->
        [one] { $count } moyen de paiement laissé chez Stripe.
       *[other] { $count } moyens de paiement laissés chez Stripe.
    }
billing-personal-methods-why = Stripe garde son client jusqu’à ce que vous l’y supprimiez : cherchez son adresse.
