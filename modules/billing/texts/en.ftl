billing-news-answers = Answers to quotes
billing-navigation = Billing
billing-invoices = Invoices
billing-all-invoices = All that is due
billing-new-invoice = New invoice
billing-draft-invoice = Draft invoice
billing-quotes = Quotes
billing-new-quote = New quote
billing-draft-quote = Draft quote
billing-quotes-empty = A quote says what you would do, and for how much. Your client can accept it here.
billing-invoice-number = Invoice { $number }
billing-credit-note-number = Credit note { $number }
billing-quote-number = Quote { $number }
billing-credit-note = Credit note
billing-save = Save
billing-edit = Edit
billing-delete = Delete
billing-remove = Remove
billing-more = More
billing-send = Send
billing-revoke = Revoke
billing-actions = Actions
billing-page = Page { $page }

billing-all = All
billing-drafts = Drafts
billing-due = Due
billing-overdue = Overdue
billing-all-clients = All clients
billing-search = Search invoices
billing-by-standing = Invoices by what they wait for
billing-empty = An invoice says what your client owes you, and until when.
billing-none-of-these = There is none of these.
billing-of-client-empty = There is no invoice for this client yet.
billing-draft-deleted = The draft was deleted.
billing-money-due = Money due
billing-due-on = Due { $date }

billing-standing-draft = Draft
billing-standing-open = Open
billing-standing-partly-paid = Partly paid
billing-standing-paid = Paid
billing-standing-overpaid = Overpaid
billing-standing-refunded = Refunded
billing-standing-credited = Credited
billing-standing-overdue = Overdue

billing-quote-sent = Waiting for an answer
billing-quote-accepted = Accepted
billing-quote-declined = Declined
billing-quote-withdrawn = Withdrawn
billing-quote-expired = Expired
billing-valid-until = Valid until { $date }
billing-withdraw = Withdraw
billing-invoice-quote = Make invoice
billing-its-invoice = Its invoice
billing-its-quote = Its quote
billing-invoice-deposit = Make deposit invoice
billing-its-deposit-invoice = Its deposit invoice
billing-invoice-rest = Make final invoice
billing-its-final-invoice = Its final invoice
billing-found-project = Make project
billing-revise = Revise
billing-its-revision = Its revision, a draft
billing-replaces = Replaces quote { $number }
billing-replaced-by = Replaced by quote { $number }
billing-will-replace = When you send this quote, it takes the place of
billing-replaced-for-client = There is a newer version of this quote.
billing-open-replacement = Open quote { $number }
billing-duplicate = Duplicate
billing-keep-template = Keep as template
billing-release-template = No template any more
billing-is-template = Template: { $name }
billing-template-about = A new quote can begin from what stands on this one: introduction, lines and deposit.
billing-no-template = Nothing
billing-field-template = Begin from
billing-optional = Optional
billing-options-about = Tick what you would like besides.
billing-to-answer = Accept or decline
billing-accept-title = Accept this quote
billing-accept-hint = Your name here stands for your signature.
billing-accept = Accept
billing-decline-title = Decline it
billing-decline = Decline
billing-decided-accepted = Accepted by { $name }, { $moment }
billing-decided-declined = Declined by { $name }, { $moment }
billing-decided-withdrawn = Withdrawn by { $name }, { $moment }
billing-decided-address = From the network address { $value }
billing-decided-mark = Mark of what was shown (SHA-256): { $value }
billing-all-quotes = All quotes
billing-quotes-to-follow = Quotes to follow up
billing-deposit = Deposit
billing-deposit-in = Deposit in
billing-deposit-percent = Percent
billing-deposit-amount = { $currency }, before tax
billing-deposit-hint = What you invoice first, once the quote is accepted. The final invoice takes it off again.
billing-deposit-of = Deposit of { $percent } %
billing-deposit-about = To be paid once you accept
billing-deposit-to-come = There is nothing to pay until { $organization } sends you the invoice for the deposit.
billing-deposit-on-quote = { $deposit } on quote { $number }
billing-deposit-invoiced = Deposit already invoiced: { $number } of { $date }
billing-deposit-credited = Credited of the deposit { $number } of { $date }
billing-awaits-deposit = The deposit’s invoice is a draft. Once you issue it, this one takes it off.

billing-head = Client and dates
billing-lines = Lines
billing-lines-empty = Nothing to pay for yet. Add the first line.
billing-add-line = Add line
billing-edit-line = Edit line
billing-issue = Issue invoice
billing-lacks-profile = Your address and tax number are not on your invoices yet. Write them under Settings, Billing.
billing-days-hint = Without dates, an invoice is of the day on which you issue it, and due after your usual time for payment.
billing-validity-hint = Without a last day, a quote is valid for 30 days from the day on which you send it.
billing-no-project = No project
billing-no-tax = No tax
billing-net = Net
billing-total = Total
billing-reverse-charge = Reverse charge
billing-intra-community = Intra-Community supply
billing-export-of-goods = Export outside the EU
billing-not-subject = Not subject to VAT
billing-tax-on = { $tax }: { $percent } % on { $base }
billing-tax-without-rate = { $tax } on { $base }

billing-field-client = Client
billing-field-project = Project
billing-field-currency = Currency
billing-field-number = Number
billing-field-issue-on = Issue date
billing-field-due-on = Due date
billing-field-valid-until = Valid until
billing-field-name = Name
billing-field-section = Section
billing-field-optional = Optional: the client may choose it
billing-field-buyer = Billing address
billing-field-buyer-tax-number = Client’s tax number
billing-field-buyer-country = Client’s country
billing-field-delivered-on = Delivered on
billing-field-delivery-country = Delivered to
billing-delivery-hint = The day on which the goods arrived in the other country, or are expected there when they are paid in advance, and the two letters of that country, such as DE. An invoice for an intra-Community supply needs both.
billing-field-words = Words above the lines
billing-field-introduction = Introduction
billing-field-description = Description
billing-field-quantity = Quantity
billing-field-measure = Unit
billing-field-unit-price = Unit price
billing-field-discount = Discount
billing-field-tax = Tax
billing-field-message = Message
billing-field-amount = Amount
billing-field-paid-on = Date of payment
billing-field-remarks = Remarks
billing-field-reason = Reason
billing-remarks-example = Bank transfer

billing-no-measure = No unit
billing-measure-piece =
    { $count ->
        [one] piece
       *[other] pieces
    }
billing-measure-hour =
    { $count ->
        [one] hour
       *[other] hours
    }
billing-measure-day =
    { $count ->
        [one] day
       *[other] days
    }
billing-measure-week =
    { $count ->
        [one] week
       *[other] weeks
    }
billing-measure-month =
    { $count ->
        [one] month
       *[other] months
    }
billing-measure-year =
    { $count ->
        [one] year
       *[other] years
    }
billing-measure-lump-sum =
    { $count ->
        [one] lump sum
       *[other] lump sums
    }
billing-measure-page =
    { $count ->
        [one] page
       *[other] pages
    }
billing-measure-word =
    { $count ->
        [one] word
       *[other] words
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

billing-paper-to = Bill to
billing-paper-for = For
billing-paper-tax-number = Tax number { $value }
billing-paper-corrects = Corrects invoice
billing-paper-bank = Please pay to
billing-paper-reference = Reference: { $value }
billing-paper-page = Page { $page } of { $pages }
billing-download-pdf = Download as PDF

billing-lacks = Accounting programs cannot read this PDF by themselves (Factur-X). For the next one:
billing-lacks-seller-country = Write your country under Settings, Billing.
billing-lacks-tax-number = Write your tax number under Settings, Billing.
billing-lacks-vat-number = Write your VAT number under Settings, Billing, with the letters of its country: goods for abroad need it.
billing-lacks-buyer-country = Write the client’s country under “Client and dates”.
billing-lacks-tax = Choose a tax rate for each line. One of 0 percent can say why nothing is charged.
billing-lacks-buyer-tax-number = Write the client’s VAT number under “Client and dates”, with the letters of its country: a reverse charge and an intra-Community supply need it.
billing-lacks-digits = This currency has more decimals than the standard allows.

billing-account = Account
billing-invoiced = Invoiced
billing-credited = Credited
billing-paid = Paid
billing-refunded = Refunded
billing-balance = Balance
billing-payment = Payment
billing-payments = Payments
billing-receipt = Receipt
billing-receipt-for = Receipt for invoice { $number }
billing-receipt-from = Received from
billing-receipt-invoice = Invoice
billing-receipt-words = We received { $amount } for invoice { $number } on { $date }. Thank you.
billing-receipt-left = Left to pay
billing-receipt-over = Paid too much
billing-refund = Refund
billing-record-payment = Record payment
billing-record-refund = Record refund
billing-refund-hint = What you give back is owed again, unless you credit it too.
billing-payment-removed = The entry was removed.
billing-credit = Credit
billing-credit-about = A credit note takes back what you invoiced. Lower a quantity to take back a part of a line, or empty it to leave the line out.
billing-credit-left = Up to { $quantity }
billing-issue-credit-note = Issue credit note

billing-reminders = Reminders
billing-remind-now = Remind now
billing-reminded-nobody = Nobody was reminded of it yet.
billing-reminded-on = Reminded on { $date }
billing-reminded-by-itself = Reminded on { $date }, by itself

billing-recipients = Who can see it
billing-recipients-empty = Nobody outside. Press “Send” to choose who receives it.
billing-send-to = Send to
billing-sent = Sent

billing-amount-due = Amount due
billing-waits-for-answer = Answer
billing-waits-for-payment = View
billing-nothing-due = Nothing is due.
billing-all-documents = All documents
billing-left-of = { $left } of { $whole }
billing-owed-in-all = { $amounts } in all
billing-why-invoiced = { $amount } invoiced
billing-why-credited = { $amount } credited
billing-why-paid = { $amount } paid
billing-why-refunded = { $amount } given back

billing-settings = Billing
billing-settings-about = Your address, bank details and tax rates, and how invoices are numbered
billing-all-settings = Settings
billing-field-address = Address of your business
billing-field-country = Your country
billing-country-hint = Two letters, such as FR. Invoices that programs can read need it.
billing-field-tax-number = Tax number
billing-field-bank = Bank details
billing-bank-hint = Stand on each invoice, with its number as the reference.
billing-field-payment-days = Days for payment
billing-field-remind-before = Remind so many days before the due date
billing-remind-before-hint = Whoever was sent an invoice gets a mail by itself while something is left to pay. Empty: no mail.
billing-field-remind-after = Remind so many days after the due date
billing-remind-after-hint = One number or several. Empty: no mail.
billing-field-invoice-format = Numbers of invoices
billing-field-credit-note-format = Numbers of credit notes
billing-field-quote-format = Numbers of quotes
billing-format-hint = { $number } counts up, { $year } is the year of issue: with it, each year begins at 1.
billing-field-footer-en = Footer in English
billing-field-footer-fr = Footer in French
billing-footer-hint = Stands below each document, in the language of its reader.
billing-taxes = Tax rates
billing-taxes-empty = Without tax rates, nothing on your invoices is taxed.
billing-field-tax-name = Name of the tax
billing-tax-example = VAT 20 %
billing-field-percent = Percent
billing-field-exemption = Reason for no tax
billing-exemption-hint = Only with 0 percent, such as “Article 132: training”.
billing-field-treatment = Special case
billing-treatment-usual = None
billing-treatment-reverse-charge = Reverse charge: the client owes the tax
billing-treatment-intra-community = Intra-Community supply: goods for another country of the EU
billing-treatment-export = Export: goods that leave the EU
billing-treatment-not-subject = Not subject to VAT
billing-treatment-hint = Only with 0 percent. Invoices name it. A reverse charge and an intra-Community supply need the client’s VAT number, and the supply also its day of delivery. What is not subject to VAT needs an invoice of its own.
billing-add-tax = Add tax rate
billing-tax-removed = The tax rate was taken off the list. Documents that use it keep it.

billing-mail-title = { $document } from { $organization }
billing-mail-invoice = { $organization } has sent you invoice { $number } for { $amount }, due on { $date }.
billing-mail-credit-note = { $organization } has sent you credit note { $number } for { $amount }.
billing-mail-quote = { $organization } has sent you quote { $number } for { $amount }. You can accept it until { $date }.
billing-mail-message = { $sender } writes: { $message }
billing-mail-open = Open the document
billing-mail-open-quote = Open the quote
billing-mail-replaces = It replaces quote { $old }, which can no longer be accepted.
billing-mail-accepted-title = { $name } accepted quote { $number }
billing-mail-accepted = { $name } accepted quote { $number } for { $amount } on { $moment }.
billing-mail-accepted-next = On its page you can make the invoice.
billing-mail-declined-title = { $name } declined quote { $number }
billing-mail-declined = { $name } declined quote { $number } for { $amount } on { $moment }.
billing-mail-declined-reason = The reason given: { $reason }
billing-mail-answer-footer = You receive this because you sent this quote or own { $organization }.
billing-mail-reminder-title = Reminder: invoice { $number } is due on { $date }
billing-mail-reminder-title-late = Reminder: invoice { $number } was due on { $date }
billing-mail-reminder = { $amount } of invoice { $number } from { $organization } is due on { $date }.
billing-mail-reminder-late =
    { $days ->
        [one] { $amount } of invoice { $number } from { $organization } was due on { $date }, yesterday.
       *[other] { $amount } of invoice { $number } from { $organization } was due on { $date }, { $days } days ago.
    }
billing-mail-reminder-thanks = If you have paid in the meantime, nothing more is needed. Thank you.
billing-mail-reminder-open = Open the invoice
billing-mail-reminder-footer = You receive this because { $organization } sent you this invoice.
billing-mail-footer = You receive this because { $sender } addressed it to you at { $organization }.

billing-error-client = Choose one of the clients.
billing-error-project = Choose one of the projects.
billing-error-currency = Choose one of the currencies.
billing-error-currency-of-lines = Delete the lines first: their prices are in another currency.
billing-error-due-before-issue = Choose a due date that is not before the issue date.
billing-error-description = Say what it is for.
billing-error-figure = Write a number, such as 12.50.
billing-error-two-marks = Write the number with one decimal mark and nothing between thousands, such as 1234.50.
billing-error-thousands = This can be read in two ways. Write 1234 or 1.234 without a comma.
billing-error-quantity = Write a quantity other than 0, below a million and with at most three decimals.
billing-error-measure = Choose one of the units of the list.
billing-error-price = Write a price from 0 on with at most five decimals, small enough for the line’s sum.
billing-error-discount = Write a percentage from 0 to 100 with at most two decimals.
billing-error-percent = Write a percentage from 0 to 100 with at most three decimals.
billing-error-tax = Choose one of the tax rates.
billing-error-tax-name = There is a tax rate of this name. Choose another one.
billing-error-special-case = In a special case, you charge 0 percent.
billing-error-treatment = Choose one of the special cases.
billing-error-exemption = A reason for no tax belongs to 0 percent. Empty one of the two.
billing-error-lines = A document has at most 500 lines.
billing-error-long = This is too long. Shorten it.
billing-error-country = Write the two letters of a country, such as FR or DE.
billing-error-delivered-on = Write the day on which the goods were delivered: an intra-Community supply cannot be invoiced without it.
billing-error-delivery-union = Write the two letters of another member state of the European Union, such as DE (XI for Northern Ireland): goods that go anywhere else are no intra-Community supply.
billing-error-delivery-country = Write the two letters of the country that the goods went to, such as DE.
billing-error-days = Write a number of days from 0 to 366.
billing-error-remind-before = Write a number of days from 1 to 60, or nothing.
billing-error-remind-after = Write numbers of days from 1 to 366, such as 3, 10, 21, at most ten; or nothing.
billing-error-nothing-to-remind = Nothing is left to pay, so there is nothing to remind of.
billing-error-nobody-to-remind = Nobody can see this invoice. Press “Send” first.
billing-error-reminded-today = Everyone was reminded today already. Try again tomorrow.
billing-error-format = Write letters and digits around one { "{number}" }, with at most 40 characters.
billing-error-issued = This document was issued and cannot be changed any more.
billing-error-expired = This quote has expired. Ask for a new one.
billing-error-withdrawn = This quote was withdrawn.
billing-error-decided = Somebody has decided about this quote already. Open it again to see how.
billing-error-not-accepted = Only an accepted quote becomes an invoice.
billing-error-no-deposit = This quote asks for no deposit.
billing-error-deposit-share = Write a percentage above 0 and up to 100 with at most two decimals.
billing-error-deposit-amount = Write an amount above 0, with no more decimals than the currency has.
billing-error-final-issued = The final invoice of this quote was issued already, so no deposit can be asked for any more.
billing-error-deducts = This line takes off what was invoiced as a deposit, and follows that invoice by itself.
billing-error-made-anew = Another one was made in its place meanwhile.
billing-error-revise-decided = This quote was decided about. Duplicate it instead.
billing-error-replaced-accepted = The quote that this one replaces was accepted meanwhile. Duplicate this one to send it besides.
billing-error-template = Choose one of the templates.
billing-error-template-name = There is a template of this name. Choose another one.
billing-error-template-currency = The template’s prices are in another currency. Choose that one.
billing-error-recipients = Choose at least one client.
billing-error-paid = Write an amount above 0, with no more decimals than the currency has.
billing-error-paid-on = Choose a day that is not after today.
billing-error-refund = No more can be given back than was paid.
billing-error-credit-quantity = No more can be credited than is left. Lower the quantity.
billing-error-credit-nothing = Write at least one quantity to credit.
billing-obstacle-buyer = Write the billing address first, then issue the invoice.
billing-obstacle-lines = Add a line first, then issue the invoice.
billing-obstacle-deposit = The deposit is more than the quote comes to. Lower it, then send the quote.
billing-obstacle-delivery = Write under “Client and dates” when the goods were delivered and to which country, then issue the invoice.
billing-obstacle-not-subject = What is not subject to VAT cannot stand on one invoice with anything else. Put it on a document of its own.
billing-obstacle-negative = An invoice cannot come to less than nothing. Credit an earlier one instead.

billing-subscription = Subscription
billing-subscriptions = Subscriptions
billing-new-subscription = New subscription
billing-edit-subscription = Edit subscription
billing-edit-subscription-about = What you change here holds from the next invoice on.
billing-subscription-example = Monthly hosting
billing-subscriptions-by-standing = Subscriptions by how they stand
billing-subscriptions-empty = A subscription makes the same invoice again and again, and sends it by itself.
billing-subscription-running = Running
billing-subscription-paused = Paused
billing-subscription-ended = Ended
billing-subscription-ready = Nothing is invoiced yet. Start the subscription once everything is right.
billing-start-subscription = Start subscription
billing-pause = Pause
billing-resume = Resume
billing-paused-about = No invoice is made until you resume it, and none for the periods that begin in the meantime.
billing-cancel-subscription = End subscription
billing-cancel-about = What was invoiced stays due. No further invoice is made after the end.
billing-cancel-at-end = At the end of the current period, { $date }
billing-cancel-now = Now
billing-field-prorates = Charge by the day
billing-prorates-hint = A period that the last day or a cancellation cuts short is charged for its days only. Otherwise it is charged whole.
billing-prorates = By the day
billing-period-unused = { $name }: not used from { $from } to { $until }
billing-cancel-now-credited = Now, and credit the days that are left of what was invoiced
billing-held = Not invoiced
billing-held-about = An invoice is due and could not be made. It is tried again every day.
billing-due-about = An invoice is due. It is made within a day.
billing-held-at-home = An invoice is due and could not be made. Open the subscription to see why.
billing-held-buyer = Write the billing address.
billing-held-lines = Add at least one line.
billing-held-negative = The lines come to less than nothing.
billing-held-delivery = An intra-Community supply needs the day of each delivery, which a subscription does not know. Make these invoices one by one.
billing-held-not-subject = What is not subject to VAT cannot stand on one invoice with anything else. Make a subscription of its own for it.
billing-held-recipients = Choose who gets each invoice.
billing-invoice-now = Invoice now
billing-each-invoice = Each invoice
billing-next-invoices = Next invoices
billing-no-more-invoices = No further invoice is made.
billing-due-now = Due now
billing-its-invoices = Invoices so far
billing-no-invoices-yet = There is none yet.
billing-passed-over = Not invoiced: it was paused
billing-period = { $from } to { $until }
billing-period-of = { $name }, { $from } to { $until }
billing-next-invoice-on = Next invoice on { $date }
billing-ends-on = Until { $date }
billing-subscription-recipients = Who gets each invoice
billing-recipients-hint = If you choose nobody, the client gets it.
billing-buyer-hint = Left empty on a new subscription, it is the address of the client’s last document.
billing-periods-hint = Each invoice is for the period that begins on its day. The last one begins on the last day at the latest.
billing-field-every = Every
billing-field-unit = Unit of time
billing-field-starts-on = Start
billing-field-goes-on = Next period
billing-field-ends-on = Last day
billing-field-when = When
billing-unit-week = weeks
billing-unit-month = months
billing-unit-year = years
billing-every-week =
    { $count ->
        [one] Every week
       *[other] Every { $count } weeks
    }
billing-every-month =
    { $count ->
        [one] Every month
       *[other] Every { $count } months
    }
billing-every-year =
    { $count ->
        [one] Every year
       *[other] Every { $count } years
    }
billing-error-every = Write a whole number from 1 to 1200.
billing-error-unit = Choose weeks, months or years.
billing-error-no-start = Choose the day on which it begins.
billing-error-start-early = The period that begins on this day is over already. Choose a later day.
billing-error-start-twice = An earlier period began on this day or after it. Choose a later day.
billing-error-end = Choose a last day that is not before the first.
billing-error-when = Choose when it ends.
billing-error-started = This subscription was started. End it instead.
billing-company-closed = Each person sees only what was sent to them.
billing-company-open = Everyone at this company sees what was sent to any of them.
billing-company-open-it = Let colleagues see it
billing-company-close-it = Only recipients
billing-as-colleague = As a colleague
billing-colleague-decides = It was sent to a colleague of yours, who accepts or declines it.

billing-statement = Statement
billing-statement-of = Statement of { $name }
billing-statement-years = Years
billing-statement-in = Account in { $currency }
billing-statement-empty = Nothing was invoiced or paid this year.
billing-statement-on = Date
billing-statement-what = What
billing-statement-more = Invoiced
billing-statement-less = Paid or credited
billing-statement-balance = Balance
billing-statement-opening = From the years before
billing-statement-payment = Payment of { $number }
billing-statement-refund = Refund of { $number }

billing-turnover = The last twelve months
billing-turnover-invoiced = Invoiced, less credit notes
billing-turnover-received = Received, less refunds
billing-turnover-about = From { $from } to { $until }: { $invoiced } invoiced less credit notes, { $received } received less refunds. The table below has each month.
billing-turnover-table = As a table
billing-turnover-in = In { $currency }
billing-turnover-month = Month

billing-export = For the accountant
billing-export-from = From
billing-export-to = Up to and including
billing-export-show = Show
billing-export-empty = Nothing was issued in this period.
billing-export-files = Files
billing-export-in = { $count ->
        [one] { $count } document in { $currency }
       *[other] { $count } documents in { $currency }
    }
billing-export-tax = Tax
billing-export-untaxed = Without tax
billing-export-category = VAT category
billing-export-by-category = By VAT category, in { $currency }
billing-category-standard = taxed
billing-category-zero = zero rate
billing-category-exempt = exempt
billing-category-reverse-charge = the client owes the tax
billing-category-intra-community = goods for another country of the EU
billing-category-export = goods that leave the EU
billing-category-not-subject = not subject to VAT
billing-export-documents = Invoices and credit notes
billing-export-lines = Their lines
billing-export-taxes = Their taxes
billing-export-payments = Payments and refunds
billing-export-everything = Everything in one file, for programs
billing-export-papers = All invoices and credit notes as PDF
billing-export-download = Download
billing-error-period = The last day is before the first.

# Online payments.
billing-online = Paid online
billing-standing-processing = Processing
billing-pay = Pay { $amount }
billing-pay-unavailable = Online payment does not answer at the moment. Nothing was charged. Try again in a few minutes, or pay by bank transfer.
billing-pay-amount = This amount cannot be paid online. Please pay by bank transfer.
billing-leaving = On to the payment page
billing-leaving-about = You pay on a page of Stripe, and come back here afterwards.
billing-leave = Go on to the payment page
billing-look-again = Look again
billing-to-invoice = To the invoice
billing-online-open = We have not heard of a payment yet. If you have just paid, this page says so within a minute.
billing-online-processing = Your payment is on its way. A bank debit takes some days; this page says when it has arrived.
billing-online-expired = You did not finish the payment, and nothing was charged.
billing-online-failed = The payment failed, and nothing was charged. You can try again with another way of paying.
billing-online-paid = Paid. Thank you!
billing-online-settled = Nothing is left to pay.
billing-online-none = Nobody has begun to pay this invoice online.
billing-refund-online = Refund online
billing-refund-online-about = Stripe gives the money back the way it came. What you give back is owed again, unless you credit it too.
billing-error-nothing-due = Nothing is left to pay.
billing-error-online-off = Online payment is not set up.
billing-error-secret-key = A secret key of Stripe begins with sk_ or rk_.
billing-error-webhook-secret = A signing secret of Stripe begins with whsec_.
billing-online-payments = Online payments
billing-payments-about = Let clients pay invoices by card or bank debit, through your account at Stripe
billing-payments-off = Online payment is not set up. Invoices can be paid by bank transfer, and you record what arrives.
billing-payments-live = Clients can pay online.
billing-payments-test = Clients can try to pay with Stripe’s test cards. No money moves.
billing-payments-environment-live = Clients can pay online, with the keys of this installation.
billing-payments-environment-test = Clients can try to pay with Stripe’s test cards, with the keys of this installation. No money moves.
billing-field-secret-key = Secret key
billing-field-webhook-secret = Signing secret of the webhook
billing-key-known = There is one, ending in { $end }. Leave this empty to keep it.
billing-check-keys = Check the keys
billing-forget-keys = Forget the keys
billing-keys-good = The secret key is right. It opens the account { $id } ({ $name }).
billing-webhook = What Stripe tells us
billing-webhook-about = Add this address as a webhook at Stripe, with these events. The signing secret is shown there.
billing-webhook-heard = Stripe’s events arrive here and the signing secret fits them, the last time on { $day }.
billing-webhook-unheard = No event that this signing secret fits has come yet. Send a test event at Stripe and look here again: if it does not arrive, copy the address and the signing secret anew.
billing-reconciliation = Comparison with Stripe
billing-reconciliation-about = Every night we ask Stripe for what it could not tell us.
billing-reconcile = Compare now
billing-reconciled = Last on { $moment }: { $changed ->
    [0] nothing new
    [one] one thing was new
   *[other] { $changed } things were new
}.
billing-reconciled-not = Not done on { $moment }: { $problem }
billing-provider-unreachable = Stripe does not answer at the moment.
billing-provider-key = Stripe does not know this secret key. Copy it again from Stripe’s dashboard.
billing-provider-refused = Stripe refused.
billing-provider-refused-because = Stripe refused: { $words }
billing-provider-amount = Stripe cannot take this amount.
billing-provider-unreadable = Stripe answered something that Portico cannot read.
billing-misfits = Payments to look into
billing-misfits-about = What Stripe says of these cannot be right. Look them up at Stripe, and record by hand what has arrived.
billing-misfits-invoice = Invoice
billing-misfits-amount = Amount
billing-misfits-begun = Begun
billing-misfits-why = What does not fit
billing-misfits-answer = Looked into
billing-misfits-settle = Done
billing-misfit-amount = Another amount or currency
billing-misfit-session = Another payment under the same name
billing-misfit-mode = Test money for real money, or the other way round
billing-automatic = Automatic payment
billing-method-pays = Invoices of your subscriptions are paid with it, when they are issued.
billing-save-method = Save a way of paying
billing-save-method-about = Leave a card or a bank account with Stripe, and the invoices of your subscriptions are paid when they are issued. You can remove it at any time.
billing-charged-automatically = Paid automatically with { $method }

billing-sight-sent-by = Addressed to them: sent by { $name } on { $date }
billing-sight-sent = Addressed to them: sent on { $date }
billing-sight-colleague = A colleague of { $name } at { $company }, whose billing is open to colleagues
billing-sight-revoked = Taken back from them on { $date }
billing-sight-draft = Nobody but your team: it is a draft.
billing-sight-deleted = Nobody but your team: it was deleted on { $date }.
billing-sight-not-running = Nobody but your team: clients see a subscription only while it runs.

billing-awaited-payment = Waiting for payment
billing-error-quote-not-awaited = Nobody is asked for an answer to this quote any more: it was answered, withdrawn or taken back, or it is not valid any more.
billing-mail-quote-reminder-title = Reminder: quote { $number }
billing-mail-quote-reminder = { $organization } sent you quote { $number } for { $amount } and would be glad to hear from you. You can accept it until { $date }.
billing-mail-quote-reminder-how = Open it to read it again, and press Accept or Decline. Whatever you decide is fine.
billing-mail-quote-reminder-footer = You receive this because { $organization } sent you this quote.
billing-personal-issued =
    { $count ->
        [one] { $count } issued billing document.
       *[other] { $count } issued billing documents.
    }
billing-personal-payments =
    { $count ->
        [one] { $count } payment.
       *[other] { $count } payments.
    }
billing-personal-why = The law wants them kept unchanged, with the name.
billing-personal-drafts =
    { $count ->
        [one] { $count } draft or ended subscription
       *[other] { $count } drafts and ended subscriptions
    }
billing-personal-subscriptions =
    { $count ->
        [one] { $count } running or paused subscription: it ends at once, and nothing of it is credited
       *[other] { $count } running or paused subscriptions: they end at once, and nothing of them is credited
    }
billing-personal-methods =
    { $count ->
        [one] { $count } way of paying that they left with Stripe.
       *[other] { $count } ways of paying that they left with Stripe.
    }
billing-personal-methods-why = Stripe keeps its customer until you delete it there: look for their address.
