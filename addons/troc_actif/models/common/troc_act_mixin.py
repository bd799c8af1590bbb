"""What every act on Actifs shares: locks, rules, guards, overrides, mails."""

import dataclasses
from collections import defaultdict

from odoo import fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import limits, parties, rights
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import sealed, unsealed

from ... import exceptions
from .locks import lock_rows


class TrocActMixin(models.AbstractModel):
    """A record that moves Actifs between two members' accounts by a recorded act.

    The rhythm of such an act: access > lock > rules > guards > post > tell.  A model
    says who the `_parties` are, gives the `_case` for who may decide, and has the
    fields `network_id`, `first_validator_id` and those of an override.
    """

    _name = "troc.act.mixin"
    _description = "Act on members' accounts"

    def _parties(self):
        """Return the members whose accounts these records move."""
        raise NotImplementedError

    def _case(self):
        """Return the rights.Case of this record."""
        raise NotImplementedError

    def _notify_first_validation(self):
        """Tell that a second person is asked for."""
        raise NotImplementedError

    # -- access -------------------------------------------------------------------

    def _check_decision_reason(self, reason):
        self.check_access("read")
        if not (reason or "").strip():
            names = ", ".join(one.name or one.display_name for one in self.sudo())
            exceptions.refuse(self.env, RuleError("reason_missing"), names)

    def _refuse_state(self, needed):
        label = exceptions.state_label
        error = RuleError(
            "wrong_state", state=self.state, needed=label(self.env, needed)
        )
        exceptions.refuse(self.env, error, self._label())

    # -- lock ---------------------------------------------------------------------

    def _take(self, state):
        """Lock these records, then their members and their accounts; return those in
        `state`, each once.

        All in order of id (see `lock_rows`).
        """
        lock_rows(self.env, self._table, self.ids)
        self.invalidate_recordset()
        own = sealed(self.union()).sorted("id")
        taken = own.filtered(lambda record: record.state == state)
        members = taken._parties()
        lock_rows(self.env, members._table, members.ids)
        members.account_id._take()
        return taken

    # -- rules --------------------------------------------------------------------

    def _companies(self):
        """Return the hosted parties' companies."""
        return self._parties()._hosted_companies()

    def _check_solvent(self, day, undone=None):
        """Raise RuleError where a party is under a judgment that counts on `day`.

        `undone`: the day of the entries that this takes back, if it takes any back.
        """
        for member in self._parties():
            parties.check_solvent(member._party(day), undone)

    def _check_register(self):
        """Raise RuleError where the network's register is not set up."""
        if not self.network_id.register_ready:
            raise RuleError("register_not_ready", network=self.network_id.name)

    def _check_books(self):
        """Raise RuleError where a book that takes an entry is not set up."""
        self._check_register()
        for company in self._companies():
            if not company.troc_journal_id:
                raise RuleError("books_not_ready", company=company.name)
            self.env["troc.company.setup"]._check_euros(company)

    def _check_dates(self):
        """Raise RuleError where a book is locked today."""
        today = fields.Date.context_today(self)
        if locks := self._locks(today):
            company = next(iter(locks))
            raise RuleError(
                "date_locked",
                company=company.name,
                date=today,
                lock_date=locks[company],
            )

    def _locks(self, day):
        """Return {company: last locked day} of the books that are closed on `day`."""
        locks = {}
        for company in self._companies() | self.network_id.company_id:
            violated = company._get_violated_lock_dates(
                day, True, company.troc_journal_id
            )
            if violated:
                locks[company] = violated[-1][0]
        return locks

    def _needs_second(self):
        """Record the first of two decisions; tell whether a second one is missing."""
        try:
            if not rights.needs_second(self._case()):
                return False
        except RuleError as error:
            error.facts["user"] = self.first_validator_id.name
            raise
        self.first_validator_id = self.env.uid
        self._notify_first_validation()
        return True

    # -- guards -------------------------------------------------------------------

    def _accounts(self):
        """Return the accounts of all members concerned, as the rules see them."""
        return {m: m.account_id._figures() for m in self._parties()}

    def _move_actifs(self, accounts, giver, taker, amount, override):
        """Check both limits, unless passed over, and move `amount` in `accounts`."""
        if not override:
            limits.check_spend(accounts[giver], amount)
            limits.check_earn(accounts[taker], amount)
        accounts[giver] = self._moved(accounts[giver], -amount)
        accounts[taker] = self._moved(accounts[taker], amount)

    def _moved(self, account, amount):
        """Return `account` after `amount`, with the overrides it then needs."""
        after = dataclasses.replace(account, balance=account.balance + amount)
        credit, balance = limits.overrides_needed(after)
        return dataclasses.replace(
            after, credit_override=credit, balance_override=balance
        )

    def _write_guards(self, accounts):
        """Write the balances before anything is posted; the database checks limits."""
        for member in sorted(accounts, key=lambda m: m.id):
            member.account_id._set_balance(accounts[member])
        self.env["troc.account"].flush_model()

    def _record_override(self, reason):
        self.write(
            {
                "override_by_id": self.env.uid,
                "override_on": fields.Datetime.now(),
                "override_reason": reason,
            }
        )

    # -- tell ---------------------------------------------------------------------

    def _send(self, template, readers=None):
        """Queue the mail of `template` to both sides; Odoo's mail queue sends it.

        One mail a record to both of them, or one each where they read different
        languages: `troc_lang` in the context picks recipients and words.  `readers`
        gives the contacts of a record that the template writes to, where these are
        not both sides alone.
        """
        readers = readers or (lambda act: act._parties().partner_id)
        record = unsealed(self.env.ref(template).sudo())
        for lang, ids in self._ids_by_language(readers).items():
            record.with_context(troc_lang=lang).send_mail_batch(ids)

    def _ids_by_language(self, readers):
        """Return {language: ids of the records with a reader of it}."""
        ids = defaultdict(list)
        for record in self:
            for lang in set(readers(record).mapped("lang")):
                ids[lang].append(record.id)
        return ids
