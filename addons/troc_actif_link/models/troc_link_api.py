"""What the member's side of a link calls, as a user of the member (docs/api.md).

Every method takes named parameters and no ids: the member is the caller's own.  Amounts
are texts with two decimals, dates ISO, times UTC; all may be called again with the same
effect.
"""

from odoo import api, fields, release

from odoo.addons.troc_actif_invoice.lib.actif_rules import link as rules
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import typed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import (
    Content,
    DayText,
    Flag,
    Rows,
    Text,
    Texts,
    Values,
    Whole,
)

PROTOCOL = 1
HOUR = 1
PAGE = 100
CLIENT = Values(version=Text, odoo=Text, database=Text)
KNOWN = Rows(number=Text, date=DayText, type=Text)
PUSHED = Rows(name=Text, content=Content)
ENTRIES = Rows(
    key=Text, state=Text, reference=Text, date=DayText, detail=Text, reason=Text
)


class TrocLinkApi:
    """A part of TrocLink, where its fields stand."""

    __slots__ = ()

    # -- who calls -------------------------------------------------------------

    @api.model
    def _caller(self):
        """Return the one member whom the caller belongs to; count the call."""
        members = self.env["troc.member"]._of_user(self.env.user)
        if not members:
            self._refuse("link_no_member", members)
        if len(members) > 1:
            names = ", ".join(members.mapped("name"))
            self._refuse("link_several_members", members, value=names)
        self._count_call(members)
        return members.with_env(self.env)

    @api.model
    def _count_call(self, member):
        most = member.network_id.link_calls_per_hour
        tries = self.env["troc.rate.limit"]
        if not tries._allows("link", f"member {member.id}", most, hours=HOUR):
            self._refuse("link_too_often", member, value=most)

    @api.model
    def _enter(self, trade=False):
        """Return the caller's open link; with `trade`, for a user who may trade."""
        member = self._caller()
        if trade:
            member._check_trader()
        link = self._of(member)
        self._check_not_hosted(member)
        if not link:
            self._refuse("link_none", member)
        if link.state == "revoked":
            self._refuse(
                "link_revoked",
                member,
                date=link.revoked_on.date(),
                reason=link.revoked_reason,
            )
        link._heard()
        return link

    @api.model
    def _check_not_hosted(self, member):
        # sudo: where one's own books are kept
        if member.sudo().kind == "hosted":
            self._refuse("link_hosted", member)

    @api.model
    def _batch(self, member, items, most):
        try:
            return rules.check_batch(items, most)
        except RuleError as error:
            return self._refuse(error.code, member, **error.facts)

    @api.model
    def _day(self, member, value):
        try:
            return fields.Date.to_date(value)
        except (TypeError, ValueError):
            return self._refuse("date_unreadable", member, value=str(value)[:20])

    # -- who is there ----------------------------------------------------------

    @api.model
    @typed
    def hello(self, client: CLIENT = None):
        """Return who the caller is, what his network asks for, and how the link is.

        `client`: what the member's side tells of itself, for the network's screen: a
        dict with version, odoo, database, addon.
        """
        member = self._caller()
        link = self._of(member)
        if link and link.state == "active":
            link._heard(client if isinstance(client, dict) else {})
        # sudo: the rules of his network, which a member reads on his pages too
        network = member.sudo().network_id
        return {
            "protocol": PROTOCOL,
            "time": f"{fields.Datetime.now().isoformat()}Z",
            "network": {"name": network.name, "uuid": network.link_uuid},
            "member": self._tell_member(member.sudo()),
            "user": self._tell_user(member),
            "link": link._tell_link() if link else None,
            "mention": network.mention,
            "shares": self._tell_shares(network),
            "share_base": network.share_base,
            "accounts": vars(member.sudo()._booking_accounts()),
            "versions": self._tell_versions(),
        }

    @api.model
    def _tell_member(self, member):
        return {
            "name": member.name,
            "siren": member.siren or "",
            "kind": member.kind,
            "state": member.state,
            "balance": str(dec(member.balance)),
            "room": str(dec(member.room)),
        }

    @api.model
    def _tell_user(self, member):
        user = self.env.user
        return {
            "name": user.name,
            "login": user.login,
            "right": member._right_of(user),
            "portal": user._is_portal(),
        }

    def _tell_link(self):
        return {
            "state": self.state,
            "since": self.since.isoformat(),
            "cursor": self.cursor,
            "waiting": self.waiting_count,
            "failed": self.failed_count,
            "revoked_reason": self.revoked_reason or "",
        }

    @api.model
    def _tell_shares(self, network):
        """Return the shares allowed, as texts; None where any is."""
        if network.allow_free_share:
            return None
        allowed = {"100": network.allow_full_share, "50": network.allow_half_share}
        return [share for share, taken in allowed.items() if taken]

    @api.model
    def _tell_versions(self):
        # sudo: the version of this addon, for the link to know what it may call
        module_sudo = self.env["ir.module.module"].sudo()
        found = module_sudo.search([("name", "=", "troc_actif")], limit=1)
        return {
            "odoo": ".".join(map(str, release.version_info[:2])),
            "troc_actif": found.latest_version or "",
        }

    @api.model
    @typed
    def open(self, since: DayText = None):
        """Open the link, or open it again; administrators of the member only.

        Movements dated before `since` (ISO; today where not said) count as booked by
        hand.  Returns what `hello` returns.
        """
        member = self._caller()
        member._check_administrator()
        self._check_not_hosted(member)
        link = self._of(member)
        if not link:
            day = since and self._day(member, since)
            self._open(member, day or fields.Date.context_today(self))
        elif link.state == "revoked":
            if not link._may_reopen(self.env.user):
                self._enter()
            self._open(member, link.since)
        return self.hello()

    # -- invoices sent ---------------------------------------------------------

    @api.model
    @typed
    def known(self, documents: KNOWN):
        """Return what the network knows of these invoices of the caller's.

        `documents`: at most 500 dicts with number, date (ISO) and type, "invoice" or
        "credit_note".  Returns a list in the same order: None, or a dict with
        compensation, state, sha256 and message (why it waits, or was refused).
        """
        link = self._enter()
        member = link.member_id
        documents = self._batch(member, documents, rules.MAX_ENTRIES)
        wanted = [
            (
                str(one.get("number") or ""),
                self._day(member, one.get("date")).year if one.get("date") else 0,
                one.get("type") or "invoice",
            )
            for one in documents
        ]
        return self.env["troc.compensation"]._known_documents(member, wanted)

    @api.model
    @typed
    def push(self, documents: PUSHED):
        """Send invoices of the caller's to his animators; return what became of each.

        `documents`: at most 20 dicts with name and content (Factur-X, base64).  Returns
        a list in the same order of dicts: result ("submitted", "known", "draft" where
        an animator must choose the share, "refused"), compensation, state, number,
        sha256, message.  One that is refused stops no other; one that is there already
        is told as known.
        """
        link = self._enter(trade=True)
        documents = self._batch(link.member_id, documents, rules.MAX_DOCUMENTS)
        link._queue_up()
        compensations = self.env["troc.compensation"]
        return [
            compensations._push_document(
                link.member_id.with_env(self.env),
                str(one.get("name") or ""),
                one.get("content"),
            )
            for one in documents
        ]

    # -- entries fetched -------------------------------------------------------

    @api.model
    @typed
    def pull(self, after: Whole = 0, limit: Whole = PAGE, everything: Flag = False):
        """Return the entries that the member's books lack, in order.

        Those after the movement `after`, at most `limit` (500); with `everything` also
        what was reported as posted or stood before the link.  Returns a dict: entries,
        after (to go on from) and more.  See docs/api.md for an entry.
        """
        link = self._enter()
        domain = [("link_id", "=", link.id), ("item_id", ">", int(after or 0))]
        if not everything:
            domain.append(("state", "in", ("waiting", "failed")))
        most = max(1, min(int(limit or PAGE), rules.MAX_ENTRIES))
        # sudo: entries of the caller's own link
        entries_sudo = self.env["troc.link.entry"].sudo()
        found = entries_sudo.search(domain, order="item_id", limit=most + 1)
        page = found[:most]
        return {
            "entries": page._tell_entries(),
            "after": page[-1:].item_id or int(after or 0),
            "more": len(found) > most,
        }

    @api.model
    @typed
    def report(self, entries: ENTRIES):
        """Note what became of entries in the member's books; return the cursor.

        `entries`: at most 500 dicts with key, state ("posted" or "failed"), and for
        posted ones reference and date (of the entry in his books) and detail, for
        failed ones reason.
        """
        link = self._enter(trade=True)
        rows = self._batch(link.member_id, entries, rules.MAX_ENTRIES)
        link._queue_up()
        self.env["troc.link.entry"]._report(link, rows)
        return {"cursor": link.cursor}

    @api.model
    @typed
    def unknown(self, keys: Texts):
        """Return those of these keys (at most 500) that this link does not know."""
        link = self._enter()
        rows = [{"key": key} for key in keys] if isinstance(keys, list) else keys
        rows = self._batch(link.member_id, rows, rules.MAX_ENTRIES)
        wanted = [str(row["key"]) for row in rows]
        # sudo: entries of the caller's own link
        entries_sudo = self.env["troc.link.entry"].sudo()
        found = entries_sudo.search([("link_id", "=", link.id), ("key", "in", wanted)])
        known = set(found.mapped("key"))
        return [key for key in wanted if key not in known]

    # -- for members without an Odoo -------------------------------------------

    @api.model
    @typed
    def statement(self, date_from: DayText, date_to: DayText):
        """Return the caller's account of a period (ISO dates, inclusive).

        A dict: opening, closing and lines, oldest first, each with date, reference,
        other, earned, spent, balance (texts).
        """
        member = self._caller()
        first, last = self._period(member, date_from, date_to)
        items = self.env["troc.register.item"]
        own = [("member_id", "=", member.id)]
        before = items._read_group([*own, ("date", "<", first)], [], ["amount:sum"])
        opening = dec(before[0][0])
        found = items.search(
            [*own, ("date", ">=", first), ("date", "<=", last)], order="date, id"
        )
        lines = [self._tell_item(item) for item in found]
        closing = lines[-1]["balance"] if lines else str(opening)
        return {"opening": str(opening), "closing": closing, "lines": lines}

    @api.model
    def _tell_item(self, item):
        # sudo: the name of the other party stands on the invoice they share
        other = item.sudo().counterpart_id.name or ""
        return {
            "date": item.date.isoformat(),
            "reference": item.reference or item.entry_name or "",
            "other": other,
            "earned": str(dec(item.earned)),
            "spent": str(dec(item.spent)),
            "balance": str(dec(item.balance)),
        }

    @api.model
    @typed
    def bookings(self, date_from: DayText, date_to: DayText, form: Text = "csv"):
        """Return the entries to book of a period, as a file: a dict, name and content.

        `form`: "csv" for a French spreadsheet, "fec", or "text" (tabs between columns).
        """
        member = self._caller()
        first, last = self._period(member, date_from, date_to)
        lines = member._bookings(first, last)
        made = {
            "csv": member._bookings_csv,
            "fec": member._bookings_fec,
            "text": member._bookings_text,
        }
        kind = form if form in made else "csv"
        ending = "csv" if kind == "csv" else "txt"
        name = f"actif-{first:%Y%m%d}-{last:%Y%m%d}.{ending}"
        return {"name": name, "content": made[kind](lines)}

    @api.model
    def _period(self, member, date_from, date_to):
        first, last = self._day(member, date_from), self._day(member, date_to)
        if not first or not last:
            self._refuse("date_unreadable", member, value=f"{date_from} {date_to}")
        return first, last
