"""Transfers outside invoices, in the random walk."""

from .walk_common import WalkPart


class WalkTransfers(WalkPart):
    WEIGHTS = {"transfer": 6, "reverse_transfer": 4}

    def do_transfer(self):
        giver = self.one_of(self.members)
        taker = self.one_of(self.members - giver)
        kind = self.random.choice(("correction", "gift", "void"))
        if kind == "void":
            taker = self.network.sudo()._ensure_own_member()
        transfer = self.transfer(giver, taker, self.amount(), kind=kind, post=False)
        own = self.by(self.manager, transfer)
        if self.random.random() < 0.3:
            own.action_post_override("Marche")
        else:
            own.action_post()

    def do_reverse_transfer(self):
        transfers = self.env["troc.transfer"].search([("state", "=", "posted")])
        self.by(self.manager, self.one_of(transfers)).action_reverse("Marche")
