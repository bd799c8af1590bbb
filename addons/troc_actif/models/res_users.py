from odoo import api, models

from .troc_member_users import GROUPS


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._troc_ensure_right()
        return users

    def write(self, vals):
        done = super().write(vals)
        if {"group_ids", "partner_id", "active"} & vals.keys():
            self._troc_ensure_right()
            self._troc_refresh_followers()
        return done

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
        members = self.env["troc.member"].sudo()
        for user in self.sudo():
            if not (user.active and user._is_portal()):
                continue
            if user.has_group(GROUPS["read"]):
                continue
            member = members.search(
                [("partner_id", "=", user.partner_id.commercial_partner_id.id)], limit=1
            )
            if member:
                others = member._users() - user
                kept = any(member._right_of(u) == "administer" for u in others)
                user._troc_set_right("trade" if kept else "administer")

    def _troc_set_right(self, right):
        """Give this right and no other one of ours (read, trade, administer)."""
        # sudo: the caller checked who may
        groups = {name: self.env.ref(xmlid) for name, xmlid in GROUPS.items()}
        self.sudo().write(
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
        users = self.sudo()
        users.partner_id.signup_prepare()
        template = self.env.ref("auth_signup.portal_set_password_email").sudo()
        for user in users:
            template.with_context(
                dbname=self.env.cr.dbname, lang=user.lang, medium="portalinvite"
            ).send_mail(user.id)
