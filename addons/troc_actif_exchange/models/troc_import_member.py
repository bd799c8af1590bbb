"""A row of members: found by its SIREN, made where it is missing, never changed
without saying so.
"""

from odoo import fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import member_life
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports.words import KINDS, STATES
from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import Limits
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from .import_outcome import Outcome

OWN = (
    "trade",
    "legal_form",
    "structure",
    "presentation",
    "contact_name",
    "contact_email",
)


class TrocImportRowMember:
    """A part of TrocImportRow, where its fields stand."""

    __slots__ = ()

    def _import_members(self, _archive):
        if self.values.get("own_account"):
            return self._own_account()
        member = self._member(self.values["siren"])
        if member and self.import_id.existing == "skip":
            return Outcome("unchanged", record=member, notes=[self._left_alone()])
        outcome = self._update_member(member) if member else self._create_member()
        self._invite_contact(outcome)
        return outcome

    def _left_alone(self):
        return self.env._("Is in the network already: left as it is.")

    def _own_account(self):
        """The network's own account: made by itself, its balance is the others'."""
        note = self.env._(
            "The network's own account: its balance follows from those of the others."
        )
        return Outcome("unchanged", notes=[note])

    def _member(self, siren):
        network = self.import_id.network_id
        members = self.env["troc.member"].with_context(active_test=False)
        return members.search(
            [("network_id", "=", network.id), ("siren", "=", siren)], limit=1
        )

    # -- new --------------------------------------------------------------------------

    def _create_member(self):
        outcome = Outcome("created")
        partner = self._partner(outcome)
        values = {**self._new_membership(), **self._books(partner, outcome)}
        values |= {n: self.values[n] for n in OWN if n in self.values}
        territory = self._territory(outcome)
        if territory:
            values["territory_id"] = territory.id
        values["partner_id"] = partner.id
        # sealed: a member comes with a history, its state and since when it is one; the
        # right of the manager was checked
        member = sealed(self.env["troc.member"]).create(values)
        if territory:
            member.territory_id = territory
        member._log_state(False, values["state_reason"] or self._reason())
        self._set_limits(member)
        if not member.territory_id:
            outcome.warnings.append(
                self.env._("No territory: its postal code belongs to none.")
            )
        outcome.record = member.with_env(self.env)
        return outcome

    def _new_membership(self):
        network, values = self.import_id.network_id, self.values
        state = values.get("state", "active")
        return {
            "network_id": network.id,
            "siren": values["siren"],
            "state": state,
            "state_reason": self._state_reason(state),
            "notice_end": self._notice_end(state),
            "credit_limit": network.credit_limit,
            "balance_limit": network.balance_limit,
            "hours_promised": float(values.get("hours_promised", 0)),
            **self._prepare_joined(state),
        }

    def _reason(self):
        """Return why all of this is done, as the logs of the network keep it."""
        return self.env._("Import of %s", self.import_id.filename or "–")

    def _state_reason(self, state):
        """Return why; a candidate or a trading member needs no reason on his page."""
        given = self.values.get("state_reason")
        return given or (state not in member_life.FIRST and self._reason())

    def _notice_end(self, state):
        if state != "leaving":
            return False
        today = fields.Date.context_today(self)
        days = self.import_id.network_id.notice_days
        return self.values.get("notice_end") or member_life.notice_end(today, days)

    def _prepare_joined(self, state):
        if state == "candidate":
            return {}
        joined = self.values.get("joined_on")
        return {
            "member_since": joined or fields.Date.context_today(self),
            "admitted_on": joined or fields.Datetime.now(),
            "admitted_by_id": self.env.uid,
        }

    def _set_limits(self, member):
        """Give a new member the limits of the file, as a decision that is logged."""
        wanted = self._wanted_limits(member)
        if wanted != member.account_id._limits():
            member.account_id._change_limits(wanted, "set", self._reason())

    def _wanted_limits(self, member):
        now = member.account_id._limits()
        return Limits(
            dec(self.values.get("credit_limit", now.credit)),
            dec(self.values.get("balance_limit", now.ceiling)),
        )

    def _books(self, partner, outcome):
        """Return who keeps the books.  Hosted: only where they are here and free."""
        kind = self.values.get("kind", "portal")
        if kind != "hosted":
            return {"kind": kind}
        # sudo: which company a contact is, for a manager who imports it
        company = self.env["res.company"].sudo()
        company = company.search([("partner_id", "=", partner.id)], limit=1)
        # one set of books is one member's, in whichever network
        members = self.env["troc.member"].sudo().with_context(active_test=False)
        taken = members.search_count([("company_id", "=", company.id)], limit=1)
        if company and company.troc_journal_id and not taken:
            return {"kind": "hosted", "company_id": company.id}
        outcome.warnings.append(
            self.env._(
                "Its books are not in this database, not set up for Actifs, or those "
                "of another member: imported as a portal member."
            )
        )
        return {"kind": "portal"}

    def _territory(self, outcome):
        name = self.values.get("territory")
        if not name:
            return self.env["troc.territory"]
        found = self.env["troc.territory"].search(
            [("name", "=ilike", self._escaped(name))], limit=1
        )
        if not found:
            outcome.warnings.append(
                self.env._(
                    "The territory “%s” is unknown: the postal code decides.", name
                )
            )
        return found

    # -- there already ---------------------------------------------------------

    def _update_member(self, member):
        outcome = Outcome("unchanged", record=member)
        self._update_contact(member, outcome)
        self._update_own(member, outcome)
        self._update_limits(member, outcome)
        for name, words in (("state", STATES), ("kind", KINDS)):
            value = self.values.get(name)
            if value and value != member[name]:
                before, after = words[member[name]][0], words[value][0]
                outcome.warnings.append(self._stays(name, before, after))
        return outcome

    def _update_own(self, member, outcome):
        for name in OWN:
            value = self.values.get(name)
            if value and value != (member[name] or ""):
                self._write_changed(member, name, value, outcome)
        joined = self.values.get("joined_on")
        before = member.member_since and member.member_since.isoformat()
        if joined and joined != before:
            outcome.notes.append(self._changed("joined_on", before, joined))
            sealed(member).write({"member_since": joined, "admitted_on": joined})
            outcome.result = "updated"
        hours = self.values.get("hours_promised")
        if hours and dec(hours) != dec(member.hours_promised):
            self._write_changed(member, "hours_promised", float(hours), outcome)
        territory = self._territory(outcome)
        if territory and territory != member.territory_id:
            before = member.territory_id.name
            member.territory_id = territory
            outcome.notes.append(self._changed("territory", before, territory.name))
            outcome.result = "updated"

    def _write_changed(self, record, name, value, outcome):
        before = record[name]
        record.write({name: value})
        outcome.notes.append(self._changed(name, before, value))
        outcome.result = "updated"

    def _update_limits(self, member, outcome):
        now, new = member.account_id._limits(), self._wanted_limits(member)
        if new == now:
            return
        member.action_set_limits(float(new.credit), float(new.ceiling), self._reason())
        outcome.result = "updated"
        for name, before, after in (
            ("credit_limit", now.credit, new.credit),
            ("balance_limit", now.ceiling, new.ceiling),
        ):
            if before != after:
                outcome.notes.append(self._changed(name, str(before), str(after)))
