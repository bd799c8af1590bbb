"""Is a file the document of an invoice?  And the invoice's XML put into its PDF."""

import logging

from troc_link.clients.log import logger
from troc_link.invoices.files import File, read

# What is odd about a PDF is of no use to who runs this: its XML goes alone.
for library in ("pypdf", "factur-x"):
    logging.getLogger(library).disabled = True

WHERE = (
    "Écrivez son SIREN, son SIRET ou son numéro de TVA dans Contacts > {name}, puis"
    " relancez."
)


def missing(invoice):
    """Return what keeps an invoice from being sent, and the way out; "" where nothing.

    Told before anything is downloaded or made.
    """
    for party, what in (
        (invoice.seller, "votre société"),
        (invoice.buyer, "le client"),
    ):
        if not party.siren:
            name = f"« {party.name} » (contact {party.id})"
            abroad = party.country not in ("", "FR")
            way_out = WHERE.format(name=party.name)
            if abroad:
                way_out = "Un client étranger ne paie pas en Actifs : changez la part."
            return (
                f"{invoice.number} : {what} {name} n'a pas de SIREN valable.",
                way_out,
            )
    if invoice.kind == "invoice" and not invoice.share:
        return (
            f"{invoice.number} : ses mentions ne disent pas une seule part en Actifs.",
            "Choisissez la condition de paiement du lien, ou corrigez la mention.",
        )
    return "", ""


def against(invoice, name, content):
    """Return why a file is not the document of an invoice, in a sentence; else ""."""
    parsed, faults = read(File(name, content))
    if faults:
        return faults
    said = {
        "numéro": (parsed.number, invoice.number.strip()),
        "total": (parsed.total, invoice.total),
        "SIREN du vendeur": (parsed.seller.siren, invoice.seller.siren),
        "SIREN de l'acheteur": (parsed.buyer.siren, invoice.buyer.siren),
    }
    if invoice.kind == "invoice":
        said["part en Actifs"] = (parsed.actif_claim.share, invoice.share)
    wrong = [what for what, (read_, ours) in said.items() if read_ != ours]
    return f"{name} : autre {', '.join(wrong)}." if wrong else ""


def embedded(pdf, xml):
    """Return the PDF with the XML in it, in the place of any other; b"" if it fails."""
    # It takes half a second to import, and is needed for this alone
    from facturx import generate_from_binary

    try:
        return generate_from_binary(
            pdf,
            xml,
            flavor="factur-x",
            level="basicwl",
            check_xsd=True,
            # the library's own asks a web service
            check_schematron=False,
            lang="fr-FR",
        )
    except Exception as error:
        # whatever is odd about a PDF: the XML alone is the invoice, too
        logger.debug("%s: %s", type(error).__name__, error)
        return b""
