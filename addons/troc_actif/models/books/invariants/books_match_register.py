"""Invariant 3."""

SENTENCE = "Members' books agree with the register"


class BooksMatchRegister:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_books_match_register(self):
        return [*self._breaches_books_in_euros(), *self._breaches_books_differ()]

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
