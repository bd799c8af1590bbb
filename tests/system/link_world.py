"""Two ends of a link for the tests: a network, and a member's own Odoo.

`Office` is the network's Odoo with the demonstration on it; `Firm` a company in an Odoo
of its own, with the people who keep its books.
"""

import base64
import contextlib
import itertools
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from link_seller import today
from passlib.context import CryptContext

from troc_demo import data
from troc_demo.rpc import Server
from troc_link.books.ledger import Books
from troc_link.clients import settings
from troc_link.clients.network import Network
from troc_link.clients.odoo import connect
from troc_link.ends import End, Secret

ROOT = Path(__file__).parents[2]
KEYS = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=6000)
PASSWORD = data.PASSWORD
NUMBERS = itertools.count(1)


def company(key):
    """Return the demonstration's company of that name."""
    return next(one for one in (*data.HOSTED, *data.PORTAL) if one.key == key)


def api_key(databases, db, login):
    """Give a user an API key, as the server stores it; return the key."""
    key = f"{next(NUMBERS):040x}"[::-1]
    databases.postgres.sql(
        "INSERT INTO res_users_apikeys (name, user_id, scope, key, index)"
        f" SELECT 'test', id, 'rpc', '{KEYS.hash(key)}', '{key[:8]}'"
        f" FROM res_users WHERE login = '{login}'",
        db,
    )
    return key


class Office:
    """The network's side, as its own people use it."""

    def __init__(self, databases, odoo):
        self.databases, self.odoo = databases, odoo
        self.server = Server(odoo.url, odoo.db, {None: PASSWORD, "admin": "admin"})
        self.animator = self.server.connect(f"gestion@{data.DOMAIN}")
        self.admin = self.server.connect("admin")

    def member(self, key):
        """Return the id of a member."""
        found = self.admin["troc.member"].search([("siren", "=", company(key).siren)])
        return found[0]

    def end(self, key, url=None, **options):
        """Return the end of a member's portal user: by password, or `is_key`."""
        own = company(key)
        secret = PASSWORD
        if options.get("is_key"):
            secret = api_key(self.databases, self.odoo.db, own.login)
        options = {"is_key": False, "kind": "odoorpc", **options}
        return End(
            "network",
            url or self.odoo.url,
            self.odoo.db,
            own.login,
            Secret(secret),
            **options,
        )

    def network(self, key, **options):
        """Return the network as a member's user calls it."""
        return Network(connect(self.end(key, **options)))

    def allow(self, key, credit=1_000_000):
        """Let a member buy a lot."""
        member = self.animator["troc.member"]
        member.action_set_limits([self.member(key)], credit, 0, "Pour les tests")

    def upload(self, seller, buyer, amount=1000, share=100, number=None, **values):
        """Let a portal member send an invoice; return its compensation's id."""
        content = factur_x(seller, buyer, amount, share, number, **values)
        own = self.server.connect(company(seller).login)
        told = own["troc.compensation"].submit_document(
            "facture.xml", base64.b64encode(content).decode()
        )
        return told["id"]

    def validate(self, ids):
        """Let the animator validate; return the states."""
        self.animator["troc.compensation"].action_validate(list(ids))
        rows = self.admin["troc.compensation"].read(
            list(ids), ["state", "blocked_reason"]
        )
        assert {row["state"] for row in rows} == {"validated"}, rows
        return ids

    def found(self, number, seller="palissandre"):
        """Return the ids of the compensations of a seller's invoice."""
        domain = [("document_number", "=", number)]
        domain.append(("seller_id", "=", self.member(seller)))
        return self.admin["troc.compensation"].search(domain)

    def entries(self, key):
        """Return what the network knows of a linked member's entries, oldest first."""
        domain = [("member_id", "=", self.member(key))]
        names = ["key", "state", "reason", "detail", "amount", "books_reference"]
        return self.admin["troc.link.entry"].search_read(
            domain, [*names, "reference"], order="item_id"
        )


LINK_PATH = [str(ROOT / "scripts"), str(ROOT / "addons/troc_actif_invoice/lib")]


def settings_file(folder, office, firm, network_url=None, books_url=None):
    """Write the settings of a link, as `troc-link init` does; return the path."""
    config = settings.load(folder / "link.ini", environ={})
    for end in (office.end(firm.key, network_url), firm.end(books_url)):
        config.set(
            end.name,
            url=end.url,
            db=end.db,
            login=end.login,
            password=end.secret.reveal(),
            kind=end.kind,
            company=end.company,
        )
    config.write()
    return config.path


@contextlib.contextmanager
def yesterday(databases, db):
    """Yield the name of a copy of a database as it is now, dropped at the end."""
    copy = f"{db}_yesterday"
    databases.postgres.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{db}' AND pid != pg_backend_pid()"
    )
    databases.clone(db, copy)
    try:
        yield copy
    finally:
        databases.drop(copy)


_XML = (ROOT / "addons/troc_actif/tests/basic_wl.xml").read_text()


def factur_x(seller, buyer, amount, share=100, number=None, **values):
    """Return the smallest Factur-X between two companies, 20 % VAT, as bytes."""
    untaxed = Decimal(str(amount)).quantize(Decimal("0.01"))
    tax = (untaxed * Decimal("0.2")).quantize(Decimal("0.01"))
    return _XML.format(
        number=number or f"T-{next(NUMBERS):05}",
        date=today().replace("-", ""),
        seller=company(seller).name,
        seller_siren=company(seller).siren,
        buyer=company(buyer).name,
        buyer_siren=company(buyer).siren,
        mention=f"Paiement par compensation en {share}% Actif",
        untaxed=untaxed,
        tax=tax,
        total=untaxed + tax,
        currency="EUR",
        type_code=values.get("type_code", "380"),
        preceding=_preceding(values.get("preceding")),
    ).encode()


def _preceding(number):
    """Return the invoice that a credit note names."""
    if not number:
        return ""
    told = f"<ram:IssuerAssignedID>{number}</ram:IssuerAssignedID>"
    name = "ram:InvoiceReferencedDocument"
    return f"<{name}>{told}</{name}>"


class Firm:
    """A company of the demonstration with its books in an Odoo of its own."""

    def __init__(self, databases, odoo, key, name="Test Menuiserie Solidaire"):
        self.databases, self.odoo, self.key = databases, odoo, key
        self.own = company(key)
        self.server = Server(odoo.url, odoo.db, {None: PASSWORD, "admin": "admin"})
        self.admin = self.server.connect("admin")
        self.company_id = self._take_company(name)
        # as `today()` counts the days, on a machine of any time zone
        self.context = {
            "allowed_company_ids": [self.company_id],
            "lang": data.LANGUAGE,
            "tz": data.TIME_ZONE,
        }
        self.login = f"compta-{key}@example.com"
        self._hire()

    def _take_company(self, name):
        companies = self.admin["res.company"]
        # on a copy of the database it has the new name already
        (found,) = companies.search([("name", "in", [name, self.own.name])], limit=1)
        self.admin["res.users"].write(
            [self.admin.user_id],
            {"company_ids": [(4, found)], "tz": data.TIME_ZONE},
        )
        values = {
            "name": self.own.name,
            "company_registry": self.own.siren,
            "vat": self.own.vat,
            "street": self.own.street,
            "zip": self.own.zip,
            "city": self.own.city,
        }
        companies.write([found], values)
        return found

    def _hire(self):
        users = self.admin["res.users"]
        if users.search([("login", "=", self.login)]):
            return
        group = self.admin.ids("account.group_account_invoice")
        users.create(
            {
                "name": "Comptable",
                "login": self.login,
                "password": PASSWORD,
                "lang": data.LANGUAGE,
                "tz": data.TIME_ZONE,
                "company_id": self.company_id,
                "company_ids": [(6, 0, [self.company_id])],
                "group_ids": [(6, 0, list(group.values()))],
            }
        )

    def ask(self, model, method, *args, **kwargs):
        """Call as the administrator, in this company."""
        context = {**self.context, **kwargs.pop("context", {})}
        return self.admin.call(model, method, *args, context=context, **kwargs)

    def end(self, url=None, **options):
        """Return the end of the accountant: by password, or `is_key`."""
        secret = PASSWORD
        if options.get("is_key"):
            secret = api_key(self.databases, self.odoo.db, self.login)
        options = {"is_key": False, "kind": "odoorpc", **options}
        return End(
            "books",
            url or self.odoo.url,
            self.odoo.db,
            self.login,
            Secret(secret),
            company=self.company_id,
            **options,
        )

    def end_of(self, login, password):
        """Return the end of another user, by password."""
        return replace(self.end(), login=login, secret=Secret(password))

    def partner(self, key):
        """Return the id of a partner: made by hand, as an accountant does."""
        other = company(key)
        found = self.ask(
            "res.partner", "search", [("company_registry", "=", other.siren)]
        )
        values = {"name": other.name, "company_registry": other.siren}
        more = {"is_company": True, "zip": other.zip, "city": other.city}
        return (
            found[0]
            if found
            else self.ask(
                "res.partner",
                "create",
                {
                    **values,
                    **more,
                    "country_id": self._id("base.fr"),
                    "street": "1 rue A",
                },
            )
        )

    def _id(self, name):
        return self.admin.ids(name)[name]

    def tax(self, use):
        """Return a 20 % tax."""
        wanted = [("type_tax_use", "=", use), ("amount", "=", 20)]
        return self.ask("account.tax", "search", wanted, limit=1)

    def document(self, other, amount=1000, kind="out_invoice", **values):
        """Return (id, number) of a posted invoice or bill with another company."""
        use = "sale" if kind.startswith("out") else "purchase"
        line = {"name": "Prestation", "quantity": 1, "price_unit": amount}
        taxes = [(6, 0, self.tax(use))]
        values = {
            "move_type": kind,
            "partner_id": self.partner(other),
            "invoice_date": today(),
            "invoice_line_ids": [(0, 0, {**line, "tax_ids": taxes})],
            **values,
        }
        move = self.ask("account.move", "create", values)
        self.ask("account.move", "action_post", [move])
        names = ["name", "ref"]
        (told,) = self.ask("account.move", "read", [move], names)
        return move, told["name"] if use == "sale" else told["ref"]

    def documents(self, other, count, amount, **more):
        """Return [(id, number)] of posted invoices, made together."""
        partner, tax = self.partner(other), self.tax("sale")
        line = {"name": "Prestation", "quantity": 1, "price_unit": amount}
        values = {
            "move_type": "out_invoice",
            "partner_id": partner,
            "invoice_date": today(),
            "invoice_line_ids": [(0, 0, {**line, "tax_ids": [(6, 0, tax)]})],
            **more,
        }
        moves = self.ask("account.move", "create", [values] * count)
        self.ask("account.move", "action_post", moves)
        told = self.ask("account.move", "read", moves, ["name"])
        return [(one["id"], one["name"]) for one in told]

    def entry(self, journal, account, amount, ref):
        """Post an entry by hand against the suspense account; return its id."""
        other = self.ask("account.account", "search", [("code", "=like", "471%")])
        values = {"debit": max(amount, 0), "credit": max(-amount, 0)}
        back = {"debit": values["credit"], "credit": values["debit"]}
        lines = [
            (0, 0, {"account_id": account, "name": ref, **values}),
            (0, 0, {"account_id": other[0], "name": ref, **back}),
        ]
        made = {"journal_id": journal, "ref": ref, "line_ids": lines}
        move = self.ask("account.move", "create", made)
        self.ask("account.move", "action_post", [move])
        return move

    def reverse(self, move):
        """Reverse an entry as an accountant does, with Odoo's wizard."""
        context = {"active_model": "account.move", "active_ids": [move]}
        values = {"journal_id": self.read(move, "journal_id")[0]}
        wizard = self.ask("account.move.reversal", "create", values, context=context)
        self.ask("account.move.reversal", "reverse_moves", [wizard], context=context)
        domain = [("reversed_entry_id", "=", move), ("state", "=", "draft")]
        drafts = self.ask("account.move", "search", domain)
        if drafts:
            self.ask("account.move", "action_post", drafts)

    def read(self, move, *names):
        """Return fields of a document or an entry."""
        (told,) = self.ask("account.move", "read", [move], list(names))
        return told if len(names) > 1 else told[names[0]]

    def keyed(self, refs):
        """Return {key: [balance of the Actif account]} of all entries of the link."""
        lines = self.ask(
            "account.move.line",
            "search_read",
            [
                ("journal_id", "=", refs.journal_id),
                ("account_id", "=", refs.account_id),
                ("parent_state", "=", "posted"),
            ],
            ["move_id", "balance"],
        )
        moves = {line["move_id"][0] for line in lines}
        told = self.ask("account.move", "read", sorted(moves), ["invoice_origin"])
        keys = {one["id"]: one["invoice_origin"] for one in told}
        found = {}
        for line in lines:
            found.setdefault(keys[line["move_id"][0]], []).append(line["balance"])
        return found

    def books(self, refs, **options):
        """Return the books as the link sees them, as the accountant."""
        return Books(connect(self.end(**options)), self.company_id, refs)
