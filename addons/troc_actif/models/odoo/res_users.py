from odoo import api, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import sealed, unsealed

from ... import exceptions
from ..common.managers import keeps_contacts
from ..members.troc_people import GROUPS

# What decides whether a portal user acts for a member, and as whom.
KEPT = frozenset(("active", "company_ids", "group_ids", "login", "partner_id"))


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        # whoever accepts an invitation is nobody yet; his token came by mail
        if not self.env.user._is_public():
            users._troc_check_kept()
        users._troc_ensure_right()
        return users

    def write(self, vals):
        names = KEPT & vals.keys()
        if not names:
            return super().write(vals)
        self._troc_check_kept()
        self.env["troc.people"]._take(self._troc_portal_members())
        done = super().write(vals)
        # he may have been made a member's
        self._troc_check_kept()
        if names & {"group_ids", "partner_id", "active"}:
            self._troc_ensure_right()
            self._troc_refresh_followers()
        return done

    def _troc_portal_members(self):
        """Return the members whose portal users these are (as superuser)."""
        # sudo: who is of which member must not depend on who asks
        portal = self.sudo().filtered("share")
        return portal.partner_id._troc_members()

    def _troc_check_kept(self):
        """Refuse to make or change a member's portal user but through our own pages."""
        if keeps_contacts(self.env):
            return
        for user in self.sudo().filtered("share"):
            if members := user.partner_id._troc_members():
                names = ", ".join(members.mapped("name"))
                error = RuleError("user_kept", member=names)
                exceptions.refuse(self.env, error, user.name)

    def _deactivate_portal_user(self, **post):
        """Close the own account of who acts for a member; his name stays.

        Odoo would delete user and contact, and with them who submitted what.  The last
        one who administers is refused: somebody must remain.
        """
        kept = self.filtered(lambda user: user._troc_portal_members())
        notes = [note for user in kept for note in user._troc_prepare_closing()]
        done = super(ResUsers, self - kept)._deactivate_portal_user(**post)
        super(ResUsers, sealed(kept))._deactivate_portal_user(**post)
        # sudo: Odoo's queue of accounts to delete, which nobody may read
        queue_sudo = self.env["res.users.deletion"].sudo()
        queue_sudo.search([("user_id", "in", kept.ids)]).unlink()
        for member, note in notes:
            member._log(note)
        return done

    def _troc_prepare_closing(self):
        """Return [(member, what to note)] of a user who may close his account."""
        members = self._troc_portal_members()
        people = self.env["troc.people"]
        people._take(members)
        for member in members:
            people._check_not_last(member, self)
        note = self.env._(
            "%(user)s (%(address)s) closed the own access.",
            user=self.name,
            address=self.email,
        )
        return [(member, note) for member in members]

    def _troc_refresh_followers(self):
        """Conversations go on with who trades, and without who no longer does."""
        members = self.env["troc.member"]
        # sudo: what Odoo changed of a user is followed up, whoever changed it
        for user in self.sudo().filtered("share"):
            members._of_user(user)._refresh_followers(user)

    def _troc_ensure_right(self):
        """Give each new portal user of a member a right.

        Where nobody of the company administers yet, he does; else he trades, until an
        administrator of the company, or of Odoo, decides otherwise.
        """
        # sudo: whether the company is a member, and who else is there
        members_sudo = self.env["troc.member"].sudo()
        for user in self.sudo():
            if not (user.active and user._is_portal()):
                continue
            if user.has_group(GROUPS["read"]):
                continue
            member = members_sudo.search(
                [("partner_id", "=", user.partner_id.commercial_partner_id.id)], limit=1
            )
            if member:
                others = member._users() - user
                kept = any(member._right_of(u) == "administer" for u in others)
                user._troc_set_right("trade" if kept else "administer")

    def _troc_set_right(self, right):
        """Give this right and no other one of ours (read, trade, administer)."""
        groups = {name: self.env.ref(xmlid) for name, xmlid in GROUPS.items()}
        # the caller checked who may
        sealed(self).write(
            {
                "group_ids": [
                    *((3, group.id) for group in groups.values()),
                    (4, groups[right].id),
                ]
            }
        )

    def _troc_invite(self):
        """Mail the address where a new user chooses his password (Odoo's own mail)."""
        # sudo: an administrator of a member writes no tokens of Odoo's
        users = unsealed(self.sudo())
        users.partner_id.signup_prepare()
        template_sudo = self.env.ref("auth_signup.portal_set_password_email").sudo()
        for user in users:
            template_sudo.with_context(
                dbname=self.env.cr.dbname, lang=user.lang, medium="portalinvite"
            ).send_mail(user.id)
