"""The words of refusals about listings, deals, colleagues and joining."""

from odoo.addons.troc_actif_invoice.refusals import register

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
        "%(record)s is delivered: only %(seller)s can give it up now. Write to them, "
        "or ask the animators for help.",
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
    # people
    # joining
    "leaving_deal_beyond": lambda env, f: env._(
        "%(record)s: %(member)s is leaving and only settles the account; a deal of "
        "%(amount)s Actifs goes beyond that. Agree on a smaller share.",
        **f,
    ),
}

register(MARKET_MESSAGES)
