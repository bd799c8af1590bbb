from odoo import models

from .troc_introduction import ALIVE


class TrocInsolvency(models.Model):
    _inherit = "troc.insolvency"

    def _stopped_talks(self):
        """Return the deals and conversations whose payment in Actifs stops."""
        talks = self.member_id._talks(*ALIVE)
        return talks.filtered(lambda talk: not talk.is_helping_hand)

    def _deals(self):
        return [*super()._deals(), *self._stopped_talks().mapped("name")]

    def _told_deals(self):
        """Say in each conversation that it is stopped; none is closed by machine.

        A judgment ends no contract (C. com. L. 622-13): the administrator says which
        go on, and how they are paid.
        """
        for talk in self.sudo()._stopped_talks():  # sudo: of both sides
            talk._note(
                self.env._(
                    "%s is under an opening judgment: from its day on nothing of this "
                    "is paid in Actifs. Ask the network before you go on.",
                    self.member_id.name,
                )
            )
        return super()._told_deals()
