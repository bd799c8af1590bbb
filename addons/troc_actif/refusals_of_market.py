"""The words of refusals about listings, deals, colleagues and joining.

Kept apart from `exceptions.py` for its length; no import of Odoo is needed here.
"""

MARKET_MESSAGES = {
    # listings
    "listing_missing": lambda env, f: env._(
        "%(record)s: fill this in before it is published.", **f
    ),
    "listing_too_long": lambda env, f: env._(
        "%(record)s: at most %(value)s characters. Shorten it.", **f
    ),
    "listing_price_negative": lambda env, f: env._(
        "%(record)s: a price is zero or more. Correct it.", **f
    ),
    "listing_price_too_high": lambda env, f: env._(
        "%(record)s: a price is %(value)s at most. Correct it.", **f
    ),
    "listing_price_order": lambda env, f: env._(
        "%(record)s: the highest price is below the lowest one. Exchange them.", **f
    ),
    "listing_share": lambda env, f: env._(
        "%(record)s: this share is not taken in this network. Choose one of: "
        "%(allowed)s, or leave it to agree upon.",
        **f,
    ),
    "listing_quantity": lambda env, f: env._(
        "%(record)s: a quantity is zero or more. Correct it.", **f
    ),
    "picture_too_big": lambda env, f: env._(
        "%(record)s: this picture is too big. Send one under %(value)s MB.", **f
    ),
    "not_a_picture": lambda env, f: env._(
        "%(record)s: this file is not a picture that can be read. Send a JPEG, PNG or "
        "WebP.",
        **f,
    ),
    "pictures_too_many": lambda env, f: env._(
        "%(record)s: at most %(value)s pictures. Remove one first.", **f
    ),
    "files_too_many": lambda env, f: env._(
        "At most %(value)s files at once. Send the others with a second message.", **f
    ),
    "file_too_heavy": lambda env, f: env._(
        "%(record)s: this file is too big. Send one under %(value)s MB.", **f
    ),
    "searches_many": lambda env, f: env._(
        "At most %(value)s searches are kept. Remove one first.", **f
    ),
    "search_unreadable": lambda env, f: env._(
        "%(record)s: this search cannot be read. Search again, then keep it.", **f
    ),
    "own_listing": lambda env, f: env._(
        "%(record)s is a listing of your own company. Choose another one.", **f
    ),
    # conversations and deals
    "message_missing": lambda env, f: env._(
        "%(record)s: write a message, then send it.", **f
    ),
    "terms_missing": lambda env, f: env._(
        "%(record)s: say what is agreed, and for which day, then propose again.", **f
    ),
    "terms_too_long": lambda env, f: env._(
        "%(record)s: say what is agreed in at most %(value)s characters.", **f
    ),
    "terms_past": lambda env, f: env._(
        "%(record)s: %(date)s is in the past. Choose a day to come.", **f
    ),
    "terms_hours": lambda env, f: env._(
        "%(record)s: between 0 and %(value)s hours. Correct it.", **f
    ),
    "delivered_already": lambda env, f: env._(
        "%(record)s is delivered: only %(seller)s can give it up now. Write to him, or "
        "ask the animators for help.",
        **f,
    ),
    "terms_unreadable": lambda env, f: env._(
        "%(record)s: an amount or a date could not be read. Correct it, then propose "
        "again.",
        **f,
    ),
    "terms_none": lambda env, f: env._(
        "%(record)s: no terms are proposed yet. Propose some first.", **f
    ),
    "terms_changed": lambda env, f: env._(
        "%(record)s: the terms have changed since you read them. Read them again, then "
        "accept.",
        **f,
    ),
    "no_room_to_reserve": lambda env, f: env._(
        "%(record)s: this amount cannot be set aside on the account of %(member)s "
        "today. Propose the same without setting it aside, or a lower amount.",
        **f,
    ),
    "other_deal": lambda env, f: env._(
        "%(record)s: this invoice is from %(seller)s to %(buyer)s, and the deal is "
        "between others. Send it from the page of its own deal.",
        **f,
    ),
    "may_not_trade": lambda env, f: env._(
        "%(record)s cannot trade on the marketplace (state: %(state)s). Ask your "
        "animator.",
        **f,
    ),
    "not_accepted": lambda env, f: env._(
        "%(record)s: %(buyer)s has not accepted this invoice yet. He finds it under "
        "“Invoices” of his Actif account.",
        **f,
    ),
    # people
    "not_buyer": lambda env, f: env._(
        "%(record)s: only %(buyer)s, the buyer, accepts it. %(user)s is not of that "
        "company.",
        **f,
    ),
    "not_trader": lambda env, f: env._(
        "%(record)s: %(user)s may read but not trade for this company. Ask a colleague "
        "who administers the account.",
        **f,
    ),
    "not_administrator": lambda env, f: env._(
        "%(record)s: %(user)s does not administer the account of this company. Ask a "
        "colleague who does.",
        **f,
    ),
    "invitation_incomplete": lambda env, f: env._(
        "%(record)s: write the name and the mail address of your colleague.", **f
    ),
    "right_unknown": lambda env, f: env._(
        "“%(value)s” is no right. Choose to read, to trade or to administer.", **f
    ),
    "login_taken": lambda env, f: env._(
        "%(value)s has an account already. Sign in with it, or write another address.",
        **f,
    ),
    "colleague_closed": lambda env, f: env._(
        "%(value)s had an access to this account, which is closed. Reopen it from the "
        "list below.",
        **f,
    ),
    "colleague_unknown": lambda env, f: env._(
        "%(record)s: this user is not a colleague. Reload the page.", **f
    ),
    "last_administrator": lambda env, f: env._(
        "%(record)s: %(user)s is the last one who administers the account. Let another "
        "colleague administer it first.",
        **f,
    ),
    # joining
    "field_missing": lambda env, f: env._("Fill this in."),
    "siret_invalid": lambda env, f: env._(
        "%(value)s is not a SIRET. Write its fourteen digits, as on your registration.",
        **f,
    ),
    "siren_known": lambda env, f: env._(
        "The network knows the SIREN %(siren)s already. Sign in, or ask the animator "
        "of your territory for an access.",
        **f,
    ),
    "email_invalid": lambda env, f: env._(
        "%(value)s is not a mail address. Correct it.", **f
    ),
    "charter_missing": lambda env, f: env._("Read the charter and accept it."),
    "not_admitter": lambda env, f: env._(
        "%(record)s: only an animator of its territory or a network manager admits it. "
        "%(user)s is neither.",
        **f,
    ),
    "too_often": lambda env, f: env._(
        "That was a lot in a short time. Wait an hour, then try again; nothing you "
        "typed is lost."
    ),
}
