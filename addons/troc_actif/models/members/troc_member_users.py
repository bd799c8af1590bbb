"""A member's people: what each may do (how they come and go: `troc.people`).

The right is a group of Odoo's: read, trade, administer, each with the one before.
Users of a company hosted here have the rights that company's own Odoo gives them:
who keeps its invoices administers its account.
"""

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.typed import Id, Text

from ... import exceptions
from .troc_people import ACCOUNTANT, GROUPS

TRADERS = ("trade", "administer")


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

    @each_once
    def action_invite(self, name: Text, email: Text, right: Text):
        """Make a user of this member and mail him the invitation; administrators only.

        `right`: read, trade or administer.  Returns the id of the user.
        """
        self.ensure_one()
        self._check_administrator()
        return self.env["troc.people"]._invite(self, name, email, right).id

    @each_once
    def action_set_right(self, user_id: Id, right: Text):
        """Change what a colleague may do; administrators only."""
        self._check_administrator()
        self.env["troc.people"]._set_right(self, user_id, right)
        return True

    @each_once
    def action_change_colleague(self, user_id: Id, name: Text, email: Text):
        """Change a colleague's name and mail address; administrators only.

        Where the address is also the login, that changes with it.  Odoo tells the old
        address of it.
        """
        self._check_administrator()
        self.env["troc.people"]._change(self, user_id, name, email)
        return True

    @each_once
    def action_remove_colleague(self, user_id: Id):
        """Close a colleague's access; what he did stays in his name."""
        self._check_administrator()
        self.env["troc.people"]._close(self, user_id)
        return True

    @each_once
    def action_reopen_colleague(self, user_id: Id):
        """Give a former colleague back the access and the right that he had."""
        self._check_administrator()
        self.env["troc.people"]._reopen(self, user_id)
        return True

    @each_once
    def action_invite_again(self, user_id: Id):
        """Mail the invitation anew to who never came; administrators only."""
        self._check_administrator()
        self.env["troc.people"]._invite_again(self, user_id)
        return True

    def _log(self, text):
        self.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)
