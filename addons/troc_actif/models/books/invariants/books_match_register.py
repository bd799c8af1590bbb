"""Invariant 3."""

SENTENCE = "Members' books agree with the register"


class BooksMatchRegister:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_books_match_register(self):
        return [
            *self._breaches_books_in_euros(),
            *self._breaches_accounts_set_up(),
            *self._breaches_books_differ(),
            *self._breaches_entries_by_hand(),
        ]

    def _breaches_accounts_set_up(self):
        """The two accounts of Actifs are what the set-up made them."""
        rows = self._query(
            """
            SELECT company.id, account.id
              FROM troc_member member
              JOIN res_company company ON company.id = member.company_id
              JOIN account_account account ON account.id = company.troc_account_id
             WHERE member.network_id = %(network)s AND member.kind = 'hosted'
               AND (account.reconcile OR account.account_type != 'asset_current')
             UNION
            SELECT company.id, account.id
              FROM troc_network network
              JOIN res_company company ON company.id = network.company_id
              JOIN account_account account ON account.id = network.register_account_id
             WHERE network.id = %(network)s
               AND (account.reconcile OR account.account_type != 'off_balance')
            """
        )
        companies, accounts = self.env["res.company"], self.env["account.account"]
        return [
            self.env._(
                "%(company)s: the account %(account)s has another type, or may be "
                "reconciled. Put its type back (current asset, off balance for the "
                "register) and untick the reconciliation.",
                company=companies.browse(company).name,
                account=f"{account.code} {account.name}",
            )
            for company, account in (
                (company, accounts.browse(number).with_company(company))
                for company, number in rows
            )
        ]

    def _breaches_entries_by_hand(self):
        """An entry by hand counts until it is reversed: together they are none."""
        rows = self._query(
            """
            SELECT company.name, MIN(move.name), SUM(item.balance)
              FROM troc_member member
              JOIN res_company company ON company.id = member.company_id
              JOIN account_move_line item
                ON item.account_id = company.troc_account_id
               AND item.company_id = company.id AND item.parent_state = 'posted'
              JOIN account_move move ON move.id = item.move_id
             WHERE member.network_id = %(network)s AND member.kind = 'hosted'
               AND move.troc_compensation_id IS NULL AND move.troc_transfer_id IS NULL
          GROUP BY company.id, COALESCE(move.reversed_entry_id, move.id)
            HAVING SUM(item.balance) != 0
             UNION ALL
            SELECT company.name, MIN(move.name), SUM(item.balance)
              FROM troc_network network
              JOIN res_company company ON company.id = network.company_id
              JOIN account_move_line item
                ON item.account_id = network.register_account_id
               AND item.parent_state = 'posted'
              JOIN account_move move ON move.id = item.move_id
             WHERE network.id = %(network)s
               AND item.journal_id != network.register_journal_id
          GROUP BY company.id, item.partner_id,
                   COALESCE(move.reversed_entry_id, move.id)
            HAVING SUM(item.balance) != 0
            """
        )
        return [
            self.env._(
                "%(company)s: %(entry)s moves the Actif account by %(balance)s without "
                "a compensation or a transfer. Reverse that entry.",
                company=company,
                entry=entry,
                balance=balance,
            )
            for company, entry, balance in rows
        ]

    def _breaches_books_in_euros(self):
        rows = self._query(
            """
            SELECT member.name, currency.name
              FROM troc_member member
              JOIN res_company company ON company.id = member.company_id
              JOIN res_currency currency ON currency.id = company.currency_id
             WHERE member.network_id = %(network)s AND currency.name != 'EUR'
            """
        )
        return [
            self.env._(
                "%(member)s keeps its books in %(currency)s: an Actif is a euro.",
                member=member,
                currency=currency,
            )
            for member, currency in rows
        ]

    def _breaches_books_differ(self):
        rows = self._query(
            """
            WITH books AS (
                SELECT member.id AS member_id, move.troc_compensation_id AS comp_id,
                       move.troc_transfer_id AS transfer_id, item.date, item.balance
                  FROM troc_member member
                  JOIN res_company company ON company.id = member.company_id
                  JOIN account_move_line item
                    ON item.account_id = company.troc_account_id
                   AND item.company_id = company.id
                   AND item.parent_state = 'posted'
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN troc_compensation comp ON comp.id = move.troc_compensation_id
             LEFT JOIN troc_transfer transfer ON transfer.id = move.troc_transfer_id
                 WHERE member.network_id = %(network)s AND member.kind = 'hosted'
                   AND (comp.id IS NOT NULL OR transfer.id IS NOT NULL)
                   AND COALESCE(comp.network_id, transfer.network_id,
                                member.network_id) = member.network_id
            ), register AS (
                SELECT item.member_id, item.compensation_id AS comp_id,
                       item.transfer_id, item.date, item.amount AS balance
                  FROM %(register)s item
                  JOIN troc_member member ON member.id = item.member_id
                 WHERE item.network_id = %(network)s AND member.kind = 'hosted'
            ), differences AS (
                (SELECT * FROM books EXCEPT ALL SELECT * FROM register)
                UNION ALL
                (SELECT * FROM register EXCEPT ALL SELECT * FROM books)
            )
            SELECT member.name, COALESCE(comp.name, transfer.name, '-'), d.date,
                   d.balance
              FROM differences d
              JOIN troc_member member ON member.id = d.member_id
         LEFT JOIN troc_compensation comp ON comp.id = d.comp_id
         LEFT JOIN troc_transfer transfer ON transfer.id = d.transfer_id
            """
        )
        return [
            self.env._(
                "%(member)s: %(balance)s on %(date)s (%(compensation)s) stands in only "
                "one of books and register.",
                member=member,
                compensation=compensation,
                date=date,
                balance=balance,
            )
            for member, compensation, date, balance in rows
        ]
