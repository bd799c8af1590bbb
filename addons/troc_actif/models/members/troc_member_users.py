"""A member's people: what each may do, and how they come and go.

The right is a group of Odoo's: read, trade, administer, each with the one before.
Users of a company hosted here have the rights that company's own Odoo gives them:
who keeps its invoices administers its account.
"""

from odoo import fields
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from ... import exceptions
from ...lib.actif_rules.errors import RuleError
from ...lib.actif_rules.text import clean
from ...public import each_once
from ..common.locks import lock_rows
from ..common.seal import sealed, unsealed

INVITATIONS_A_DAY = 3
GROUPS = {
    "read": "troc_actif.group_member_read",
    "trade": "troc_actif.group_member_trade",
    "administer": "troc_actif.group_member_administer",
}
TRADERS = ("trade", "administer")
ACCOUNTANT = "account.group_account_invoice"


class TrocMemberUsers:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    def _right_of(self, user):
        """Return "read", "trade" or "administer"; None for who is not of the member."""
        self.ensure_one()
        return self._right_by_groups(user) if self in self._of_user(user) else None

    def _right_by_groups(self, user):
        """Return the right of a user who is known to be of this member."""
        if user.has_group(ACCOUNTANT):
            return "administer"
        for right in ("administer", "trade"):
            if user.has_group(GROUPS[right]):
                return right
        return "read"

    def _check_trader(self):
        """Refuse a user of the member who may only read, and everybody else."""
        self.check_access("read")
        if self._right_of(self.env.user) not in TRADERS:
            error = RuleError("not_trader", user=self.env.user.name)
            exceptions.refuse(self.env, error, self.sudo().name)

    def _check_administrator(self):
        self.check_access("read")
        if self._right_of(self.env.user) != "administer":
            error = RuleError("not_administrator", user=self.env.user.name)
            exceptions.refuse(self.env, error, self.sudo().name)

    def _traders(self):
        """Return the users who act for these members: whom mail about trade goes to."""
        return self._users().filtered(
            lambda user: any(m._right_of(user) not in (None, "read") for m in self)
        )

    def _colleagues(self):
        """Return the portal users of this member (as superuser)."""
        self.ensure_one()
        return self._users().filtered("share")

    def _former_colleagues(self):
        """Return the portal users whose access was closed (as superuser)."""
        self.ensure_one()
        users = self.with_context(active_test=False)._users()
        return users.filtered(
            lambda user: (
                user.share
                and not user.active
                # closed by himself, and for good (see `_deactivate_portal_user`)
                and not user.login.startswith("__deleted_user_")
            )
        )

    def _refresh_followers(self, user):
        """Let a user follow what his right lets him read; for other addons."""

    # -- in and out ------------------------------------------------------------------

    def _take_people(self):
        """Lock the people of these members until the transaction ends.

        Two administrators who remove each other at once: the row is written, so that
        the second one waits, and Odoo runs his call again on what the first one left.
        """
        own = sealed(self).sorted("id")
        lock_rows(self.env, own._table, own.ids)
        own.write({"people_changed_on": fields.Datetime.now()})

    @each_once
    def action_invite(self, name, email, right):
        """Make a user of this member and mail him the invitation; administrators only.

        `right`: read, trade or administer.  Returns the id of the user.
        """
        self.ensure_one()
        self._check_administrator()
        return self._invite(name, email, right).id

    def _invite(self, name, email, right):
        name, address = clean(name or "", 100), email_normalize(email or "")
        self._check_invitation(name, address, right)
        # a member's administrator makes no users otherwise; the user made has no right
        # but those of a portal user of this company
        users = sealed(self.env["res.users"])
        partner = users.partner_id.create(
            {
                "name": name,
                "email": address,
                "parent_id": self.sudo().partner_id.id,
                "lang": self.env.lang or self.env.user.lang,
            }
        )
        user = users.with_context(no_reset_password=True)._create_user_from_template(
            {
                "login": address,
                "email": address,
                "partner_id": partner.id,
                "company_id": self.sudo().network_id.company_id.id,
                "company_ids": [(6, 0, self.sudo().network_id.company_id.ids)],
            }
        )
        user = unsealed(user)
        user._troc_set_right(right)
        user._troc_invite()
        right = self._right_label(right)
        self._log(self.env._("%(user)s was invited: %(right)s", user=name, right=right))
        return user

    def _right_label(self, right):
        # sudo: the name of a group, for a note
        return self.env.ref(GROUPS[right]).sudo().name

    def _check_invitation(self, name, address, right):
        if not name or not address:
            error = RuleError("invitation_incomplete")
            exceptions.refuse(self.env, error, self.sudo().name)
        if right not in GROUPS:
            exceptions.refuse(self.env, RuleError("right_unknown", value=right))
        # sudo: only whether the address is taken
        users = self.env["res.users"].sudo().with_context(active_test=False)
        taken = users.search([("login", "=ilike", escape_psql(address))], limit=1)
        if taken:
            closed = taken in self._former_colleagues()
            code = "colleague_closed" if closed else "login_taken"
            error = RuleError(code, value=address)
            exceptions.refuse(self.env, error, self.sudo().name)

    @each_once
    def action_set_right(self, user_id, right):
        """Change what a colleague may do; administrators only."""
        self._check_administrator()
        if right not in GROUPS:
            exceptions.refuse(self.env, RuleError("right_unknown", value=right))
        user = self._colleague(user_id)
        if right != "administer":
            self._check_not_last(user)
        user._troc_set_right(right)
        label = self._right_label(right)
        self._log(
            self.env._("%(user)s may now: %(right)s", user=user.name, right=label)
        )
        return True

    @each_once
    def action_remove_colleague(self, user_id):
        """Close a colleague's access; what he did stays in his name."""
        self._check_administrator()
        user = self._colleague(user_id)
        self._check_not_last(user)
        sealed(user).active = False
        self._log(self.env._("The access of %s was closed", user.name))
        return True

    @each_once
    def action_reopen_colleague(self, user_id):
        """Give a former colleague back the access and the right that he had."""
        self._check_administrator()
        user = self._colleague(user_id, self._former_colleagues())
        sealed(user).active = True
        self._log(self.env._("The access of %s was opened again", user.name))
        return True

    @each_once
    def action_invite_again(self, user_id):
        """Mail the invitation anew to who never came; administrators only."""
        self._check_administrator()
        user = self._colleague(user_id)
        tries = self.env["troc.rate.limit"]
        if not tries._allows("invite", f"user {user.id}", INVITATIONS_A_DAY, hours=24):
            exceptions.refuse(self.env, RuleError("too_often"))
        user._troc_invite()
        self._log(self.env._("%s was invited again", user.name))
        return True

    def _colleague(self, user_id, among=None):
        among = self._colleagues() if among is None else among
        user = among.filtered(lambda u: u.id == user_id)
        if not user:
            error = RuleError("colleague_unknown")
            exceptions.refuse(self.env, error, self.sudo().name)
        return user

    def _check_not_last(self, user):
        """Someone must remain who can invite."""
        if not self._administrators() - user:
            error = RuleError("last_administrator", user=user.name)
            exceptions.refuse(self.env, error, self.sudo().name)

    def _administrators(self):
        """Return who administers, as the database says it now.

        `has_group` answers from a cache that all transactions of a process share.
        """
        needed = self.env.ref(GROUPS["administer"]) | self.env.ref(ACCOUNTANT)
        users = self._users()
        users.invalidate_recordset(["group_ids", "all_group_ids"])
        return users.filtered(lambda user: user.all_group_ids & needed)

    def _log(self, text):
        self.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)
