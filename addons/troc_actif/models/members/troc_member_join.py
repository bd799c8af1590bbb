"""How a company becomes a member: it asks, an animator admits, an invitation leaves."""

from odoo import SUPERUSER_ID, fields

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean_lines
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed

from ... import exceptions
from ..common.managers import all_managers


class TrocMemberJoin:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    # -- asking (troc.application) ----------------------------------------------------

    def _add_wishes(self, values):
        """Keep what else the form says; for other addons."""

    def _notify_application(self):
        template = self.env.ref("troc_actif.mail_candidate_received")
        template.send_mail(self.id)
        activity_type = self.env.ref("troc_actif.activity_admit")
        # as Odoo itself: animators may not read the visitor who would have made it
        own = self.with_user(SUPERUSER_ID)
        for user in self._admitters():
            own.activity_schedule(
                activity_type_id=activity_type.id,
                user_id=user.id,
                summary=clean_lines(self.trade or self.name, 80),
            )

    def _admitters(self):
        """Return the animators of the territory; the managers where there is none."""
        animators = self.territory_id.animator_ids.filtered("active")
        return animators or all_managers(self.env)

    # -- admitting --------------------------------------------------------------------

    @each_once
    def action_activate(self):
        """Admit candidates and invite their contacts; animators of their territory."""
        candidates = self.filtered(lambda m: m.state == "candidate")
        for member in candidates:
            member._check_admitter()
        for member in candidates:
            member._change_state("active", self.env._("Admitted"))
        return True

    def _admitted(self):
        """Record who admitted these, and invite their contacts; however it was done."""
        sealed(self).write(
            {"admitted_by_id": self.env.uid, "admitted_on": fields.Datetime.now()}
        )
        # sudo: another animator may have been asked
        self.sudo().activity_unlink(["troc_actif.activity_admit"])
        for member in self:
            member._invite_contact()

    def _check_admitter(self):
        user = self.env.user
        if user.has_group("troc_actif.group_troc_manager"):
            return
        mine = self.env["troc.territory"]._mine()
        animator = user.has_group("troc_actif.group_troc_animator")
        if not (animator and self.territory_id and self.territory_id in mine):
            error = RuleError("not_admitter", user=user.name)
            exceptions.refuse(self.env, error, self.name)

    def _invite_contact(self):
        """Invite who asked, unless the company has users already."""
        if not self.contact_email or self._users():
            return
        if self.env["troc.application"]._is_login(self.contact_email):
            # admitted all the same: an administrator of Odoo joins the two
            self._log(
                self.env._(
                    "%s has an account already, of no or another company: no "
                    "invitation left. Link this user's contact to the company.",
                    self.contact_email,
                )
            )
            return
        people = self.env["troc.people"]
        people._invite(self, self.contact_name, self.contact_email, "administer")
