from odoo import fields, models

from ..common.locks import lock_rows


class TrocDispute(models.Model):
    """One dispute of a submitted compensation: who froze it, why, how it was settled.

    Written by the methods of `troc.compensation` alone, one open at a time; who reads
    the compensation reads its disputes.  Who and when are unknown of disputes opened
    before they were recorded.
    """

    _name = "troc.dispute"
    _description = "Dispute of a compensation"
    _inherit = ["troc.kept.mixin"]
    # the last one first: its words are those that the compensation shows
    _order = "id desc"
    _rec_name = "reason"

    compensation_id = fields.Many2one(
        "troc.compensation",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    reason = fields.Char(required=True, readonly=True)
    disputed_by_id = fields.Many2one(
        "res.users",
        "Disputed by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    disputed_on = fields.Datetime(
        "Disputed on", readonly=True, default=fields.Datetime.now
    )
    resolution = fields.Char("How it was settled", readonly=True)
    settled_by_id = fields.Many2one("res.users", "Settled by", readonly=True)
    settled_on = fields.Datetime("Settled on", readonly=True)

    _one_open = models.UniqueIndex(
        "(compensation_id) WHERE settled_on IS NULL",
        "This compensation is already disputed.",
    )

    def _open(self, compensations, reason):
        """Open one of each of these (sealed), in place of one that is open."""
        # two who dispute at once: the second finds the first one's
        lock_rows(self.env, compensations._table, compensations.ids)
        compensations.dispute_ids._settle(self.env._("Disputed anew: %s", reason))
        compensations.env[self._name].create(
            [{"compensation_id": one.id, "reason": reason} for one in compensations]
        )
        # the last one first again: in the cache, Odoo puts a new record at the end
        compensations.invalidate_recordset(["dispute_ids"])

    def _settle(self, resolution):
        """Close the open ones of these (sealed); what was disputed stays to be read."""
        self.filtered(lambda dispute: not dispute.settled_on).write(
            {
                "resolution": resolution,
                "settled_by_id": self.env.uid,
                "settled_on": fields.Datetime.now(),
            }
        )
        # now, before another one opens: the database sees one open at a time
        self.flush_recordset()
