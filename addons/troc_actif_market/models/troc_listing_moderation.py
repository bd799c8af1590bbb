"""Listings that animators see first, where the network wants that."""

from odoo import SUPERUSER_ID

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Text

# What an animator looks at; a change of it is shown to him again.
MODERATED = ("name", "description", "kind", "category_id", "is_helping_hand")


class TrocListingModeration:
    """A part of TrocListing, where its fields stand."""

    __slots__ = ()

    def _moderated_values(self):
        return [self[name] for name in MODERATED]

    def _review_again(self):
        """Note a change; take it offline until it is seen, where animators look."""
        sealed(self).to_review = True
        for listing in self.filtered(lambda x: x.state == "published"):
            if listing._needs_moderation():
                sealed(listing).state = "pending"
                listing._ask_animators()

    def _needs_moderation(self):
        # sudo: the network's setting
        moderated = self.sudo().network_id.listing_moderation and self.to_review
        return moderated and not self.env.user.has_group(
            "troc_actif.group_troc_animator"
        )

    def _ask_animators(self):
        activity_type = self.env.ref("troc_actif_market.activity_moderate")
        # as Odoo itself: members read no activities, and animators not every member
        listing = self.with_user(SUPERUSER_ID)
        listing._close_activities()
        for user in listing.territory_id.animator_ids.filtered("active"):
            listing.activity_schedule(
                activity_type_id=activity_type.id,
                user_id=user.id,
                summary=listing.member_id.name,
            )

    def _close_activities(self):
        # sudo: they may be another animator's
        self.sudo().activity_unlink(["troc_actif_market.activity_moderate"])

    @each_once
    def action_approve(self):
        """Let a listing that waits be seen (animators)."""
        self._check_animator()
        waiting = self.filtered(lambda x: x.state == "pending")
        for listing in waiting:
            listing._put_online()
        waiting._close_activities()
        return True

    @each_once
    def action_send_back(self, reason: Text):
        """Send it back to its member as a draft, with a reason he reads (animators)."""
        self._check_animator()
        for listing in self:
            listing.sudo().member_id._check_reason(reason)
        # published again, it is looked at again: also where nothing was changed
        sealed(self).write(
            {"state": "draft", "moderation_reason": reason, "to_review": True}
        )
        self._close_activities()
        self._send("troc_actif_market.mail_listing_sent_back")
        return True

    def _check_animator(self):
        if not self.env.user.has_group("troc_actif.group_troc_animator"):
            error = RuleError("not_animator", user=self.env.user.name)
            exceptions.refuse(self.env, error, ", ".join(self.mapped("name")))

    @each_once
    def action_write_to(self):
        """Write to the members of these listings."""
        return self.member_id.action_write_to()
