"""The words of refusals about parties, documents and the act itself."""

from odoo.addons.troc_actif_invoice.refusals import (
    BOTH,
    BUYER,
    NETWORK,
    SELLER,
    Refusal,
)

CORE_MESSAGES = {
    "share_not_allowed": lambda env, f: env._(
        "%(record)s: an Actif share of %(share)s %% is not allowed in this network. "
        "Choose one of: %(allowed)s.",
        **f,
    ),
    # members and limits
    "seller_may_not_sell": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s may not sell in Actifs (state: %(state)s). Ask the "
            "network manager, or let the invoice be paid in euros.",
            **f,
        ),
        headline=lambda env: env._("Seller may not sell"),
        tells=BOTH,
    ),
    "buyer_may_not_buy": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s may not buy in Actifs (state: %(state)s). Ask the "
            "network manager, or let the invoice be paid in euros.",
            **f,
        ),
        headline=lambda env: env._("Buyer may not buy"),
        tells=BOTH,
    ),
    "same_party": lambda env, f: env._(
        "%(record)s: %(member)s is both seller and buyer. Choose another customer.", **f
    ),
    "credit_limit_exceeded": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s can spend %(room)s Actifs and this purchase takes "
            "%(amount)s: %(missing)s are missing. Sell first, agree on a smaller "
            "share, or let a network manager raise the limit.",
            **f,
        ),
        headline=lambda env: env._("Beyond the credit limit"),
        tells=BUYER,
    ),
    "balance_limit_exceeded": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s can still earn %(headroom)s Actifs and this sale "
            "brings %(amount)s: %(excess)s too many. Spend first, agree on a smaller "
            "share, or let a network manager raise the ceiling.",
            **f,
        ),
        headline=lambda env: env._("Beyond the balance limit"),
        tells=SELLER,
    ),
    "uninstall_loses": lambda env, f: env._(
        "%(record)s is not uninstalled: %(found)s compensations and %(total)s "
        "transfers are posted here. Who agreed to them, their documents and the "
        "balances would be deleted, and books are kept for ten years. Export the "
        "network, then keep this database; a network that ends is archived.",
        **f,
    ),
    # the invoice
    "not_customer_invoice": lambda env, f: env._(
        "%(record)s is not a customer invoice. Only a posted customer invoice can be "
        "submitted for compensation.",
        **f,
    ),
    "not_posted": lambda env, f: env._(
        "%(record)s is not posted yet. Confirm the invoice, then submit it.", **f
    ),
    "no_share": lambda env, f: env._(
        "%(record)s has no Actif share. Choose 50 %% or 100 %% under “Actif share” "
        "first.",
        **f,
    ),
    "seller_not_member": lambda env, f: env._(
        "%(record)s: the company %(company)s is not a member of a network. Ask a "
        "network manager to create the membership.",
        **f,
    ),
    "buyer_not_member": lambda env, f: env._(
        "%(record)s: the customer %(partner)s is not an active member of the network "
        "%(network)s. Remove the Actif share, or ask an animator to admit the "
        "customer.",
        **f,
    ),
    "not_euro": lambda env, f: env._(
        "%(record)s is in %(currency)s. Only invoices in euros can be compensated.", **f
    ),
    "invoice_paid": Refusal(
        lambda env, f: env._(
            "%(record)s: only %(open)s are still open on the invoice, less than the "
            "Actif part of %(amount)s. Undo the payment or lower the Actif share.",
            **f,
        ),
        headline=lambda env: env._("Invoice already paid"),
        tells=BOTH,
    ),
    "credited_before": Refusal(
        lambda env, f: env._(
            "%(record)s: the credit note %(note)s has settled %(credited)s of "
            "%(total)s already, and the Actif part of %(amount)s is that of the "
            "whole. Open the invoice %(number)s and undo the matching of the credit "
            "note: once the invoice is validated, it goes back in the same share. "
            "Where nothing is left to pay, the compensation is refused.",
            **f,
        ),
        headline=lambda env: env._("Credit note before validation"),
        tells=BOTH,
    ),
    "bill_credited_before": Refusal(
        lambda env, f: env._(
            "%(record)s: the credit note %(note)s has settled %(credited)s of "
            "%(total)s of the buyer's bill %(number)s already, and the Actif part "
            "of %(amount)s is that of the whole. Ask the buyer to undo the matching "
            "of the credit note: once the invoice is validated, it goes back in the "
            "same share.",
            **f,
        ),
        headline=lambda env: env._("Credit note before validation"),
        tells=BUYER,
    ),
    "invoice_accounts": Refusal(
        lambda env, f: env._(
            "%(record)s: what is open on the invoice stands on several accounts "
            "(%(found)s), none of which holds the Actif part of %(amount)s. Put the "
            "invoice on one account, or lower the Actif share to what one of them "
            "holds (a submitted invoice is refused first, then reset to draft).",
            **f,
        ),
        headline=lambda env: env._("Invoice open on several accounts"),
        tells=SELLER,
    ),
    "invoice_currency": Refusal(
        lambda env, f: env._(
            "%(record)s is in %(currency)s. Only invoices in euros can be compensated.",
            **f,
        ),
        headline=lambda env: env._("Not in euros"),
        tells=BOTH,
    ),
    "bill_accounts": Refusal(
        lambda env, f: env._(
            "%(record)s: what is open on the bill %(bill)s stands on several accounts "
            "(%(found)s), none of which holds the Actif part of %(amount)s. Ask the "
            "buyer to reset it to draft and to put it on one account.",
            **f,
        ),
        headline=lambda env: env._("Bill open on several accounts"),
        tells=BUYER,
    ),
    "bill_currency": Refusal(
        lambda env, f: env._(
            "%(record)s: the buyer's bill %(bill)s is in %(currency)s, the invoice in "
            "euros. Ask the buyer to reset it to draft and to put it in euros.",
            **f,
        ),
        headline=lambda env: env._("Bill not in euros"),
        tells=BUYER,
    ),
    "bill_paid": Refusal(
        lambda env, f: env._(
            "%(record)s: only %(open)s are still open on the buyer's bill %(bill)s, "
            "less than the Actif part of %(amount)s. Ask the buyer to undo the "
            "payment.",
            **f,
        ),
        headline=lambda env: env._("Bill already paid"),
        tells=BUYER,
    ),
    "date_locked": Refusal(
        lambda env, f: env._(
            "%(record)s: the books of %(company)s are locked until %(lock_date)s, and "
            "the entry would be dated %(date)s. Ask the accountant to reopen the "
            "period, then validate again.",
            **f,
        ),
        headline=lambda env: env._("Locked period"),
        tells=BOTH,
    ),
    "books_not_ready": Refusal(
        lambda env, f: env._(
            "%(record)s: the company %(company)s is not set up for Actifs. An "
            "accountant of that company opens Settings > Invoicing > Troc Actif and "
            "clicks “Set up”.",
            **f,
        ),
        headline=lambda env: env._("Books to set up"),
        tells=BOTH,
    ),
    "register_not_ready": Refusal(
        lambda env, f: env._(
            "%(record)s: the network %(network)s has no register yet. A manager opens "
            "the network and clicks “Set up the register”.",
            **f,
        ),
        headline=lambda env: env._("Register to set up"),
        tells=BOTH,
    ),
    "invoice_unknown": Refusal(
        lambda env, f: env._(
            "%(record)s: no posted invoice %(number)s of %(amount)s was found in the "
            "books of %(company)s. Post it there, or submit it from that invoice.",
            **f,
        ),
        headline=lambda env: env._("Seller's invoice missing"),
        tells=BOTH,
    ),
    "frozen_by_compensation": lambda env, f: env._(
        "%(record)s: neither the invoice nor its Actif share can change, since the "
        "compensation %(compensation)s depends on it. Refuse or reverse that "
        "compensation first.",
        **f,
    ),
    # the act
    "not_animator": Refusal(
        lambda env, f: env._(
            "%(record)s: only an animator or a network manager may do this. %(user)s "
            "is neither.",
            **f,
        ),
        access=True,
    ),
    "own_company": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s belongs to one of the two parties. Another animator "
            "must do this.",
            **f,
        ),
        access=True,
    ),
    "wrong_territory": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s animates neither the seller's nor the buyer's "
            "territory. Ask an animator of %(territories)s or a network manager.",
            **f,
        ),
        access=True,
    ),
    "not_manager": Refusal(
        lambda env, f: env._(
            "%(record)s: only a network manager may do this. %(user)s is none.", **f
        ),
        access=True,
    ),
    "not_party": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s belongs to neither party. Only the seller submits "
            "the invoice.",
            **f,
        ),
        access=True,
    ),
    "same_validator": lambda env, f: env._(
        "%(record)s: %(user)s has given the first of two validations. Above "
        "%(threshold)s Actifs a second animator must validate.",
        **f,
    ),
    "wrong_state": lambda env, f: env._(
        "%(record)s is in state “%(state)s”; this needs “%(needed)s”. Reload the page "
        "to see where it stands.",
        **f,
    ),
    "reason_missing": lambda env, f: env._(
        "%(record)s: write a reason. Both parties will read it.", **f
    ),
    "disputed": Refusal(
        lambda env, f: env._(
            "%(record)s is disputed: “%(reason)s”. Settle the dispute, lift it, then "
            "validate.",
            **f,
        ),
        headline=lambda env: env._("Disputed"),
        tells=BOTH,
    ),
    "duplicate": lambda env, f: env._(
        "%(record)s: invoice %(number)s of %(member)s is already in compensation "
        "%(compensation)s. Open that one instead.",
        **f,
    ),
    "party_not_ready": Refusal(
        lambda env, f: env._(
            "%(record)s: the account of %(member)s does not allow it yet. Nothing is "
            "lost: it can be validated later. Ask %(member)s or an animator.",
            **f,
        ),
        headline=lambda env: env._("Account of a party"),
        tells=BOTH,
    ),
    "network_looks": lambda env, f: env._(
        "%(record)s waits for the network, which reads the reason and looks into it. "
        "Nothing is lost: it can be validated later. Ask an animator.",
        **f,
    ),
    "document_missing": Refusal(
        lambda env, f: env._(
            "%(record)s: the file that was received is not on the disk any more, so "
            "nothing would prove what was validated. Restore it from a backup (SHA-256 "
            "%(sha256)s…), or refuse, and let the seller send it again.",
            **f,
        ),
        headline=lambda env: env._("Document lost"),
        tells=BOTH,
    ),
    "document_changed": Refusal(
        lambda env, f: env._(
            "%(record)s: the file on the disk is another one than was received "
            "(SHA-256 %(sha256)s…). Restore it from a backup, or refuse, and let the "
            "seller send it again.",
            **f,
        ),
        headline=lambda env: env._("Document changed"),
        tells=BOTH,
    ),
    "posting_failed": Refusal(
        lambda env, f: env._(
            "%(record)s could not be posted: %(error)s Nothing was written. Correct "
            "this, then validate again.",
            **f,
        ),
        headline=lambda env: env._("Posting impossible"),
        tells=NETWORK,
    ),
    "limit_below_use": lambda env, f: env._(
        "%(member)s stands at %(balance)s Actifs, beyond this limit. Choose a limit "
        "that covers the balance, or tick “Record the excess as an override”.",
        **f,
    ),
    "limit_negative": lambda env, f: env._(
        "%(member)s: a limit is zero or more; %(value)s is not.", **f
    ),
    # credit notes
    "origin_unknown": Refusal(
        lambda env, f: env._(
            "%(record)s corrects invoice %(number)s, of which no validated "
            "compensation between these two members was found. Name the invoice "
            "exactly; if its compensation still waits, refuse that one instead.",
            **f,
        ),
        headline=lambda env: env._("Its invoice is not compensated"),
        tells=BOTH,
    ),
    "more_than_invoice": Refusal(
        lambda env, f: env._(
            "%(record)s takes back %(amount)s, but only %(open)s Actifs are left of "
            "invoice %(number)s (%(compensation)s). Correct the credit note.",
            **f,
        ),
        headline=lambda env: env._("More than its invoice"),
        tells=BOTH,
    ),
    "has_credit_notes": lambda env, f: env._(
        "%(record)s is taken back by credit notes (%(number)s). Reverse or refuse "
        "those first.",
        **f,
    ),
    "postal_code_invalid": lambda env, f: env._(
        "%(value)s is not a French postal code. Write five digits.", **f
    ),
    "siren_invalid": lambda env, f: env._(
        "%(member)s: %(value)s is not a SIREN. Write its nine digits (or the fourteen "
        "of a SIRET) as on the company's registration.",
        **f,
    ),
}
