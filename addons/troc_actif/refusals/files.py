"""The words of the refusals of a document; like `exceptions`, but without Odoo.

`env` needs nothing but `_`, so that `scripts/read-invoice` says the same sentences.
"""

# What is found in place of an invoice when there is no other document to name.
DAMAGED = ("damaged_xml", "doctype", "not_xml")


def _not_pdf_nor_xml(env, f):
    if f.get("reason") == "damaged":
        return env._(
            "%(record)s is damaged and cannot be read. Export the invoice again from "
            "your software.",
            **f,
        )
    return env._(
        "%(record)s is neither a PDF nor an XML file. Send the Factur-X invoice that "
        "your software produces.",
        **f,
    )


def _not_cii(env, f):
    if f.get("found") in DAMAGED:
        return env._(
            "%(record)s holds an invoice whose XML is damaged or unsafe. Export the "
            "invoice again from your software.",
            **f,
        )
    return env._(
        "%(record)s contains another kind of document (%(found)s). Only Factur-X, "
        "ZUGFeRD 2 or XRechnung invoices in CII can be read.",
        **f,
    )


FILE_MESSAGES = {
    "sender_unknown": lambda env, f: env._(
        "%(record)s is not the address of a user of this network. Write from the "
        "address of your account, or ask your animator to add it.",
        **f,
    ),
    "no_attachment": lambda env, f: env._(
        "“%(record)s”: no invoice is attached. Attach the Factur-X invoice (PDF or "
        "XML) that your software produces.",
        **f,
    ),
    "not_pdf_nor_xml": _not_pdf_nor_xml,
    "encrypted": lambda env, f: env._(
        "%(record)s is protected by a password. Send the invoice without protection.",
        **f,
    ),
    "no_invoice_inside": lambda env, f: env._(
        "%(record)s is a PDF without an electronic invoice inside. Export it as "
        "Factur-X from your software.",
        **f,
    ),
    "several_invoices": lambda env, f: env._(
        "%(record)s contains several invoices. Send one file for each.", **f
    ),
    "too_big": lambda env, f: env._(
        "%(record)s is too big (10 MB for a file, 1 MB for the XML inside, at most). "
        "Send a lighter file.",
        **f,
    ),
    "too_slow": lambda env, f: env._(
        "%(record)s could not be read within the allowed time and memory. Export the "
        "invoice again from your software.",
        **f,
    ),
    "encoding_unknown": lambda env, f: env._(
        "%(record)s is written in an encoding that is not read (%(encoding)s). Export "
        "the invoice as UTF-8 from your software.",
        **f,
    ),
    "encoding_mismatch": lambda env, f: env._(
        "%(record)s is not properly written in %(encoding)s: another program could "
        "read another amount in it. Export the invoice as UTF-8 from your software.",
        **f,
    ),
    "not_cii": _not_cii,
    "profile_unsupported": lambda env, f: env._(
        "%(record)s follows an unknown profile (%(profile)s). Export the invoice as "
        "Factur-X BASIC WL, BASIC, EN 16931 or EXTENDED.",
        **f,
    ),
    "xsd_invalid": lambda env, f: env._(
        "%(record)s does not follow the Factur-X standard: %(error)s. Export the "
        "invoice again, or tell your software's maker.",
        **f,
    ),
    "inconsistent": lambda env, f: env._(
        "%(record)s: the figures do not add up (%(rule)s). Correct the invoice in your "
        "software and send it again.",
        **f,
    ),
    "type_unsupported": lambda env, f: env._(
        "%(record)s is of type %(type_code)s; only an invoice (380) or a credit note "
        "(381) can be compensated.",
        **f,
    ),
    "date_implausible": lambda env, f: env._(
        "%(record)s carries an implausible date (%(date)s). Correct the invoice and "
        "send it again.",
        **f,
    ),
    "no_preceding": lambda env, f: env._(
        "%(record)s is a credit note that names no invoice. Name the invoice it "
        "corrects in your software and send it again.",
        **f,
    ),
    "untaxed_above_total": lambda env, f: env._(
        "%(record)s: the amount without VAT (%(untaxed)s) is above the total "
        "(%(total)s). Correct the invoice and send it again.",
        **f,
    ),
    "unknown_seller": lambda env, f: env._(
        "%(record)s: the seller %(name)s (SIREN %(siren)s) is not a member. Check the "
        "SIREN on the invoice and on the member's page.",
        **f,
    ),
    "unknown_buyer": lambda env, f: env._(
        "%(record)s: the buyer %(name)s (SIREN %(siren)s) is not a member. Check the "
        "SIREN on the invoice and on the member's page.",
        **f,
    ),
    "no_claim": lambda env, f: env._(
        "%(record)s does not say which part is paid in Actifs. Write “Paiement par "
        "compensation en 50%% Actif” (or 100%%) in the payment terms, or choose the "
        "share here.",
        **f,
    ),
    "ambiguous_claim": lambda env, f: env._(
        "%(record)s states its Actif share in different ways. Choose the share that "
        "was agreed.",
        **f,
    ),
}
