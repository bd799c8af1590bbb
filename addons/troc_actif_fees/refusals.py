"""The words of refusals about commissions and memberships."""

from odoo.addons.troc_actif_invoice.refusals import BUYER, SELLER, Refusal, register

FEES_MESSAGES = {
    "fee_rate": lambda env, f: env._(
        "%(record)s: a commission lies between 0 and 100 %%; %(value)s does not. "
        "Correct the rate.",
        **f,
    ),
    "fee_negative": lambda env, f: env._(
        "%(record)s: allowance, minimum and membership fee are zero or more. Correct "
        "them.",
        **f,
    ),
    "fee_share_above": lambda env, f: env._(
        "%(record)s: the refundable share (%(value)s) is part of the first year's fee "
        "(%(amount)s) and cannot be more than it. Correct one of them.",
        **f,
    ),
    "fee_no_policy": lambda env, f: env._(
        "%(record)s has no fee policy yet, so there is nothing to invoice. Open the "
        "network and click “Set up the fees”.",
        **f,
    ),
    "fee_no_product": lambda env, f: env._(
        "%(record)s: the policy “%(name)s” has no product for this fee. Ask an "
        "accounting administrator to open it and click “Create the products”.",
        **f,
    ),
    "fee_wrong_state": lambda env, f: env._(
        "%(record)s: only a fee that is due, and no credit, can be waived. For one "
        "that is invoiced, make a credit note on its invoice.",
        **f,
    ),
    "fee_other_network": lambda env, f: env._(
        "%(record)s: the policy “%(name)s” belongs to another network. Choose one of "
        "%(network)s.",
        **f,
    ),
    "not_fee_runner": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s may not invoice fees. A network manager may, or an "
            "accountant of the operator who reads the network.",
            **f,
        ),
        access=True,
    ),
    "seller_fees_unpaid": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s has fees of the network overdue: %(amount)s € on "
            "%(number)s. Once they are paid, validate again.",
            **f,
        ),
        headline=lambda env: env._("Seller's fees unpaid"),
        tells=SELLER,
    ),
    "buyer_fees_unpaid": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s has fees of the network overdue: %(amount)s € on "
            "%(number)s. Once they are paid, validate again.",
            **f,
        ),
        headline=lambda env: env._("Buyer's fees unpaid"),
        tells=BUYER,
    ),
}

register(FEES_MESSAGES)
