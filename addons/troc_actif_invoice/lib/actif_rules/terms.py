"""On what terms an invoice may be paid in Actifs: a network's, or a company's own."""

from dataclasses import dataclass
from decimal import Decimal

from . import mention, share
from .share import AllowedShares, Split


@dataclass(frozen=True)
class ShareTerms:
    """The words of the mention, the shares allowed, and of what a share is taken.

    `template` is a sentence with {share} in it; `base` is "total" (including VAT) or
    "untaxed", where the VAT is paid in euros.
    """

    template: str
    allowed: AllowedShares = AllowedShares()
    base: str = "total"

    def words(self, percent: Decimal) -> str:
        """The mention for a share, with what it is of where that is not all.

        >>> terms = ShareTerms(mention.DEFAULT_MENTION, base="untaxed")
        >>> terms.words(Decimal(50))
        'Paiement par compensation en 50% Actif du montant HT (TVA en euros)'

        Raises `mention_without_share` and `share_out_of_range`.
        """
        words = mention.render(self.template, percent)
        return mention.of_untaxed(words) if self.base == "untaxed" else words

    def accept(self, percent: Decimal) -> bool:
        """True for a share that these terms allow."""
        return self.allowed.accepts(percent)

    def split(self, total: Decimal, percent: Decimal, untaxed: Decimal) -> Split:
        """The invoice cut in two; raises what `share.split` raises."""
        return share.split(total, percent, base=self.base, untaxed=untaxed)
