from odoo import fields, models
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean
from odoo.addons.troc_actif_invoice.seal import sealed, unsealed

from ... import exceptions
from ..common.locks import lock_rows

INVITATIONS_A_DAY = 3
INVITED_AN_HOUR = 20
ACCOUNTANT = "account.group_account_invoice"
GROUPS = {
    "read": "troc_actif.group_member_read",
    "trade": "troc_actif.group_member_trade",
    "administer": "troc_actif.group_member_administer",
}


class TrocPeople(models.AbstractModel):
    """How the portal users of a member come, go and change their right.

    Called by the public methods of `troc.member`, which check who may.
    """

    _name = "troc.people"
    _description = "A member's people"

    # -- in -----------------------------------------------------------------------

    def _invite(self, member, name, email, right):
        """Make a user of this member and mail him the invitation; return the user."""
        name, address = clean(name or "", 100), email_normalize(email or "")
        self._check_invitation(member, name, address, right)
        self._check_pace("invite for", f"member {member.id}", INVITED_AN_HOUR, hours=1)
        user = unsealed(self._new_user(member, name, address))
        user._troc_set_right(right)
        user._troc_invite()
        right = self._right_label(right)
        told = self.env._("%(user)s was invited: %(right)s", user=name, right=right)
        member._log(told)
        return user

    def _check_invitation(self, member, name, address, right):
        if not name or not address:
            self._refuse(member, RuleError("invitation_incomplete"))
        self._check_right(right)
        if taken := self._who_logs_in_by(address)[:1]:
            closed = taken in member._former_colleagues()
            code = "colleague_closed" if closed else "login_taken"
            self._refuse(member, RuleError(code, value=address))

    def _who_logs_in_by(self, address):
        # sudo: only whether the address is taken
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return users.search([("login", "=ilike", escape_psql(address))])

    def _new_user(self, member, name, address):
        # a member's administrator makes no users otherwise; the user made has no right
        # but those of a portal user of this company
        users = sealed(self.env["res.users"])
        own = member.with_env(users.env)
        partner = users.partner_id.create(
            {
                "name": name,
                "email": address,
                "parent_id": own.partner_id.id,
                "lang": self.env.lang or self.env.user.lang,
            }
        )
        return users.with_context(no_reset_password=True)._create_user_from_template(
            {
                "login": address,
                "email": address,
                "partner_id": partner.id,
                "company_id": own.network_id.company_id.id,
                "company_ids": [(6, 0, own.network_id.company_id.ids)],
            }
        )

    def _invite_again(self, member, user_id):
        """Mail the invitation anew to who never came, a few times a day."""
        user = self._colleague(member, user_id)
        self._check_pace("invite", f"user {user.id}", INVITATIONS_A_DAY)
        user._troc_invite()
        member._log(self.env._("%s was invited again", user.name))

    def _check_pace(self, action, who, times, hours=24):
        tries = self.env["troc.rate.limit"]
        if not tries._allows(action, who, times, hours):
            exceptions.refuse(self.env, RuleError("too_often"))

    def _change(self, member, user_id, name, email):
        user = self._colleague(member, user_id)
        name, address = clean(name or "", 100), email_normalize(email or "")
        if not name or not address:
            self._refuse(member, RuleError("invitation_incomplete"))
        values = {"name": name}
        if address != email_normalize(user.email or ""):
            values.update(self._new_address(member, user, address))
        sealed(user).write(values)

    def _new_address(self, member, user, address):
        """Return the values of another mail address, refuse one that is taken."""
        if self._who_logs_in_by(address) - user:
            self._refuse(member, RuleError("login_taken", value=address))
        by_mail = email_normalize(user.login) == email_normalize(user.email or "")
        return {"email": address, **({"login": address} if by_mail else {})}

    # -- what each may do -----------------------------------------------------------

    def _set_right(self, member, user_id, right):
        self._check_right(right)
        user = self._colleague(member, user_id)
        if right != "administer":
            self._check_not_last(member, user)
        user._troc_set_right(right)
        told = {"user": user.name, "right": self._right_label(right)}
        member._log(self.env._("%(user)s may now: %(right)s", **told))

    def _check_right(self, right):
        if right not in GROUPS:
            exceptions.refuse(self.env, RuleError("right_unknown", value=right))

    def _right_label(self, right):
        # sudo: the name of a group, for a note
        return self.env.ref(GROUPS[right]).sudo().name

    # -- out ------------------------------------------------------------------------

    def _close(self, member, user_id):
        user = self._colleague(member, user_id)
        self._check_not_last(member, user)
        sealed(user).active = False
        member._log(self.env._("The access of %s was closed", user.name))

    def _reopen(self, member, user_id):
        user = self._colleague(member, user_id, member._former_colleagues())
        sealed(user).active = True
        member._log(self.env._("The access of %s was opened again", user.name))

    def _colleague(self, member, user_id, among=None):
        among = member._colleagues() if among is None else among
        user = among.filtered(lambda u: u.id == user_id)
        if not user:
            self._refuse(member, RuleError("colleague_unknown"))
        return user

    def _check_not_last(self, member, user):
        """Someone must remain who can invite."""
        if not self._administrators(member) - user:
            self._refuse(member, RuleError("last_administrator", user=user.name))

    def _administrators(self, member):
        """Return who administers, as the database says it now.

        `has_group` answers from a cache that all transactions of a process share.
        """
        needed = self.env.ref(GROUPS["administer"]) | self.env.ref(ACCOUNTANT)
        users = member._users()
        users.invalidate_recordset(["group_ids", "all_group_ids"])
        return users.filtered(lambda user: user.all_group_ids & needed)

    def _take(self, members):
        """Lock the people of these members until the transaction ends.

        Two administrators who remove each other at once: the row is written, so that
        the second one waits, and Odoo runs his call again on what the first one left.
        """
        own = sealed(members).sorted("id")
        lock_rows(self.env, own._table, own.ids)
        own.write({"people_changed_on": fields.Datetime.now()})

    def _refuse(self, member, error):
        # sudo: the name of the member whose people these are
        exceptions.refuse(self.env, error, member.sudo().name)
