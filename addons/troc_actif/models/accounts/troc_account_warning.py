"""Members who come near a limit, and those whose credit lies unspent."""

from odoo import api
from odoo.fields import Domain

from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import (
    idle_since,
    is_dormant,
    limits_near,
)
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ...scheduled import each_alone
from .troc_member_limit_notify import mail_each

NEAR = {"credit": "near_credit_since", "ceiling": "near_ceiling_since"}
# Whose credit may be spent (see parties.BUYER_STATES), but who is not on his way out.
SPENDING = ("active", "stand_by")


class TrocAccountWarning:
    """A part of TrocAccount, where its fields stand."""

    __slots__ = ()

    # -- near a limit -------------------------------------------------------------

    def _limits_near(self):
        """Return the limits that this account nears: of {"credit", "ceiling"}."""
        # sudo: a percentage that the network sets for all
        percent = self.sudo().member_ids.network_id.warning_percent
        return limits_near(self._figures(), dec(percent))

    @api.model
    def _cron_warn(self):
        """Warn, once a crossing, members who come near a limit, and their animators."""
        below = Domain("balance", "<", 0)
        under_a_ceiling = Domain("balance", ">", 0) & Domain("balance_limit", ">", 0)
        warned = Domain.OR(Domain(name, "!=", False) for name in NEAR.values())
        near = (below | under_a_ceiling | warned) & self._of_members()
        each_alone(self.search(near), lambda account: account._warn())

    def _of_members(self):
        """Return the domain without the accounts of the networks themselves."""
        networks = self.env["troc.network"].search([("own_member_id", "!=", False)])
        own = networks.own_member_id.account_id
        return Domain("member_ids.active", "=", True) & Domain("id", "not in", own.ids)

    def _warn(self):
        near, member = self._limits_near(), self.member_ids
        known = {limit for limit, name in NEAR.items() if self[name]}
        if near == known:
            return
        sealed(self).write(
            {
                name: (self[name] or self._today()) if limit in near else False
                for limit, name in NEAR.items()
            }
        )
        if near - known:
            mail_each(member, "troc_actif.mail_limit_near")
            told = self._near_told()
            member._ask("troc_actif.activity_limit", member._animators(), told)
        elif not near:
            member._asked_no_more("troc_actif.activity_limit")

    def _near_told(self):
        if self.near_credit_since:
            return self.env._("Near the credit limit")
        return self.env._("Near the balance limit")

    # -- dormant credit -----------------------------------------------------------

    @api.model
    def _cron_find_dormant(self):
        """Mark the members whose credit is dormant; suggest purchases to them, once."""
        spending = Domain("balance", ">", 0)
        spending &= Domain("member_ids.state", "in", SPENDING)
        marked = Domain("dormant_since", "!=", False)
        accounts = self.search((spending | marked) & self._of_members())
        bought = accounts._last_purchases()
        each_alone(accounts, lambda account: account._mark_dormant(bought))

    def _last_purchases(self):
        """Return {member id: date of his last validated purchase}."""
        groups = self.env["troc.compensation"]._read_group(
            [
                ("buyer_id", "in", self.member_ids.ids),
                ("state", "=", "validated"),
                ("document_type", "=", "invoice"),
            ],
            ["buyer_id"],
            ["entry_date:max"],
        )
        return {buyer.id: day for buyer, day in groups}

    def _mark_dormant(self, bought):
        member = self.member_ids
        if self.balance > 0 and not self.positive_since:
            # of before this was kept: counted from today on
            sealed(self).positive_since = self._today()
        since = self._idle_since(bought) if member.state in SPENDING else None
        if not is_dormant(since, self._today(), member.network_id.dormant_days):
            since = None
        known = self.dormant_since
        if (known or None) != since:
            sealed(self).dormant_since = since or False
        if since and not known:
            mail_each(member, "troc_actif.mail_credit_dormant")

    def _idle_since(self, bought):
        last = bought.get(self.member_ids.id)
        return idle_since(dec(self.balance), self.positive_since or None, last)
