"""`troc-link setup`: account, journal and payment terms in the member's Odoo.

Standard models only; no record that is there is ever changed.  Each is created with its
external id by one `load`, in one transaction: run again, or by two at once, it is there
once, and what a killed run left out is made.
"""

import time
from dataclasses import dataclass, field
from decimal import Decimal

from troc_link.books import refs as where
from troc_link.books import versions
from troc_link.books.ledger import BUSY, ONCE
from troc_link.books.refs import Refs, refs
from troc_link.clients.network import Network
from troc_link.errors import OK, SETTINGS, LinkError, Misconfigured
from troc_link.invoices.cii import mention_of

__all__ = ["Refs", "Step", "ensure", "refs", "run"]

ACCOUNT_NAME = "Actif - compte de compensation"
JOURNAL_NAME = "Compensations en Actifs"
JOURNAL_CODES = ["TROC", *(f"TROC{n}" for n in range(1, 10))]
ACCOUNT_PREFIX, LAST = "4678", 100
NOT_ALLOWED = ("autoris", "allowed", "access", "accès", "droit")
ADMINISTRATOR = (
    "Lancez setup une fois avec un administrateur de la comptabilité (Paramètres >"
    " Utilisateurs > Comptabilité : Administrateur) ; ensuite, la facturation suffit."
)
CLICK = (
    "Troc Actif est installé dans votre Odoo, mais pas paramétré pour cette société :"
    " Paramètres > Facturation > Troc Actif > « Paramétrer », puis relancez setup ;"
    " sinon le lien prend un compte à lui."
)
TRIES, PAUSE = 5, 0.3


@dataclass
class Step:
    """One thing that is needed: `state` is found, created, missing (dry run), note."""

    what: str
    state: str
    name: str
    id: int | None = None
    model: str = ""
    values: dict = field(default_factory=dict)


def run(options, ends):
    """Prepare the member's Odoo; return the exit status."""
    out = options.out
    if not ends.company:
        raise Misconfigured(
            "La société de votre Odoo n'est pas choisie.", "troc-link init la demande."
        )
    hello = Network(ends.network).hello()
    steps = ensure(ends.books, ends.company, hello, options.dry_run)
    for step in steps:
        _show(out, step)
    missing = [step for step in steps if step.state == "missing"]
    out.object([vars(step) for step in steps])
    if missing:
        out.note("Rien n'a été écrit : relancez sans --dry-run.")
    return OK


def ensure(client, company_id, hello, dry_run=False):
    """Create what is missing; return the Steps, what was found too.

    `hello` is what the network told: its mention, its shares, its account.
    Raises LinkError where the user may not.
    """
    return _Setup(client, company_id, hello, dry_run).steps()


def _show(out, step):
    words = {
        "found": ("ok", "est là"),
        "created": ("ok", "créé"),
        "missing": ("warning", f"serait créé dans {step.model}"),
        "note": ("warning", ""),
    }
    mark, said = words[step.state]
    out.line(f"{out.mark(mark)} {step.what} : {step.name}{said and f' ({said})'}")
    if step.state == "missing":
        for name, value in step.values.items():
            out.line(f"    {name} = {value}")


class _Setup:
    """One run of it."""

    def __init__(self, client, company_id, hello, dry_run):
        self._client, self._company_id = client, company_id
        self._hello, self._dry_run = hello, dry_run
        self._major = client.version()[0]
        self._accounts = versions.account_domain(self._major, company_id)

    def steps(self):
        """Return all Steps; see `ensure`."""
        addon = where.addon_account(self._client, self._company_id)
        notes = [Step("À savoir", "note", CLICK)] if addon is False else []
        account = self._account(addon)
        steps = [*notes, account, self._journal(account)]
        if addon is None:
            steps += [self._term(share) for share in self._shares()]
        return steps

    # -- the three things --------------------------------------------------------------

    def _account(self, addon):
        found = addon or self._known_account()
        domain = [("code", "=like", f"{ACCOUNT_PREFIX}%"), self._accounts]
        taken = self._read("account.account", domain, ["code", "name"], order="code")
        if not found:
            alike = (one["id"] for one in taken if "actif" in one["name"].lower())
            found = next(alike, None)
        if found:
            return self._found("Compte", "account.account", found, ["code", "name"])
        code = self._free_code({one["code"] for one in taken})
        values = {"code": code, "name": ACCOUNT_NAME}
        values |= versions.account_columns(self._major, self._company_id)
        return self._made("Compte", "account.account", "account", values)

    def _known_account(self):
        """Return the account that setup made or took before."""
        found = where.find(self._client, "account", self._company_id)
        journal = not found and where.find(self._client, "journal", self._company_id)
        return where.account_of(self._client, journal) if journal else found

    def _free_code(self, taken):
        """Return the network's own code, or the next that is free."""
        first = self._hello["accounts"]["actif"]
        if not first.startswith(ACCOUNT_PREFIX):
            first = f"{ACCOUNT_PREFIX}00"
        codes = (str(int(first) + n) for n in range(LAST))
        free = (c for c in codes if c not in taken and c.startswith(ACCOUNT_PREFIX))
        return _first(free, f"Tous les comptes {ACCOUNT_PREFIX} sont pris.")

    def _journal(self, account):
        found = where.find(self._client, "journal", self._company_id)
        if found:
            return self._found("Journal", "account.journal", found, ["code", "name"])
        domain = [("code", "like", "TROC"), ("company_id", "=", self._company_id)]
        archived = {"active_test": False}
        taken = self._read("account.journal", domain, ["code"], context=archived)
        codes = {one["code"] for one in taken}
        free = (code for code in JOURNAL_CODES if code not in codes)
        values = {
            "name": JOURNAL_NAME,
            "code": _first(free, "Tous les journaux TROC sont pris."),
            "type": "general",
            "company_id/.id": str(self._company_id),
            "default_account_id/.id": str(account.id or f"le compte {account.name}"),
            "restrict_mode_hash_table": "True",
        }
        return self._made("Journal", "account.journal", "journal", values)

    def _shares(self):
        allowed = self._hello["shares"]
        return [s for s in where.SHARES if allowed is None or s in allowed]

    def _term(self, share):
        what = f"Condition de paiement {share} %"
        found = where.find(self._client, f"term_{share}", self._company_id)
        if found:
            return self._found(what, "account.payment.term", found, ["name"])
        words = mention_of(
            self._hello["mention"], Decimal(share), self._hello["share_base"]
        )
        values = {
            "name": words,
            "note": words,
            "company_id/.id": str(self._company_id),
            **versions.term_line_columns(self._major),
        }
        return self._made(what, "account.payment.term", f"term_{share}", values)

    # -- read and written --------------------------------------------------------------

    def _read(self, model, domain, fields, context=None, **options):
        return self._client.call(
            model,
            "search_read",
            context=context,
            domain=domain,
            fields=fields,
            **options,
        )

    def _found(self, what, model, one, fields):
        (record,) = self._client.call(model, "read", [one], fields=fields)
        name = " ".join(str(record[name]) for name in fields)
        return Step(what, "found", name, one, model)

    def _made(self, what, model, name, values):
        title = " ".join(values[n] for n in ("code", "name") if n in values)
        step = Step(what, "missing", title, model=model, values=values)
        if not self._dry_run:
            step.id = self._load(model, name, values, title)
            step.state = "created"
        return step

    def _load(self, model, name, values, title):
        """Create a record with its key; return its id, also if another run was first.

        Raises LinkError with Odoo's reason.
        """
        xmlid = f"{where.MODULE}.{where.key(name, self._company_id)}"
        why = ""
        for _try in range(TRIES):
            told = self._client.call(
                model,
                "load",
                context=ONCE,
                fields=["id", *values],
                data=[[xmlid, *values.values()]],
            )
            if told["ids"]:
                return told["ids"][0]
            why = " ".join(str(m["message"]).strip() for m in told["messages"])
            # the other run is done by now, or soon will be
            time.sleep(PAUSE)
            if found := where.find(self._client, name, self._company_id):
                return found
            if BUSY not in why:
                break
        refused = any(word in why.lower() for word in NOT_ALLOWED)
        raise LinkError(
            f"Votre Odoo n'a pas créé « {title} » : {why}",
            ADMINISTRATOR if refused else "",
            SETTINGS if refused else None,
        )


def _first(found, otherwise):
    one = next(found, None)
    if one is None:
        raise LinkError(otherwise, "Libérez-en un, ou appelez votre animateur.")
    return one
