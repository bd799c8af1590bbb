from odoo import SUPERUSER_ID, models
from odoo.tools import format_date, formatLang

from odoo.addons.troc_actif_invoice.seal import unsealed

DISPUTE = "troc_actif.activity_dispute"


class TrocNotice(models.AbstractModel):
    """Who is told what of compensations: a note, a mail to both sides, an activity.

    Each method takes the compensations that something happened to (sealed), and
    speaks in the name of the user who acts.
    """

    _name = "troc.notice"
    _description = "Notices on compensations"

    # -- the act --------------------------------------------------------------

    def _submitted(self, compensations):
        """Note the submission; give the animators in charge something to do."""
        self._note(
            compensations, lambda c: c.env._("Submitted by %s.", c.invoked_by_id.name)
        )
        compensations._send("troc_actif.mail_compensation_submitted")
        self._ask_to_validate(compensations)

    def _first_validation(self, compensations):
        self._note(
            compensations,
            lambda c: c.env._(
                "First validation by %s; a second animator must validate.",
                c.first_validator_id.name,
            ),
        )

    def _validated(self, compensations):
        """Tell both sides; of a part taken back in words of its own."""
        parts = compensations.filtered(lambda c: c.document_type == "correction")
        self._posted(compensations - parts)
        if parts:
            self._corrected(parts)

    def _posted(self, compensations):
        self._note(
            compensations,
            lambda c: c.env._(
                "Validated by %(user)s: %(amount)s Actifs on %(date)s.",
                user=c.validated_by_id.name,
                amount=formatLang(c.env, c.actif_amount, digits=2),
                date=format_date(c.env, c.entry_date),
            ),
            on_documents=True,
        )
        self._close_activities(compensations)
        compensations._send("troc_actif.mail_compensation_validated")
        self._dated_later(compensations)

    def _decided(self, compensations):
        """Tell that these were refused, or reversed."""
        self._note(
            compensations,
            lambda c: (
                c.env._("Refused by %(user)s: %(reason)s", **self._decision(c))
                if c.state == "refused"
                else c.env._("Reversed by %(user)s: %(reason)s", **self._decision(c))
            ),
            on_documents=True,
        )
        self._close_activities(compensations)
        for state, group in compensations.grouped("state").items():
            group._send(f"troc_actif.mail_compensation_{state}")
        self._dated_later(compensations.filtered("reversal_date"))

    def _decision(self, compensation):
        return {"user": self.env.user.name, "reason": compensation.decision_reason}

    def _corrected(self, parts):
        """Tell on both, each part and what it is of, that it was taken back."""

        def text(part):
            return part.env._(
                "%(amount)s Actifs taken back by %(user)s (%(name)s): %(reason)s",
                amount=formatLang(part.env, part.actif_amount, digits=2),
                user=self.env.user.name,
                name=part.name,
                reason=part.decision_reason,
            )

        self._note(parts, text)
        for part in parts:
            self._note(part.origin_id, lambda _c, p=part: text(p), on_documents=True)
        self._dated_later(parts)
        parts._send("troc_actif.mail_compensation_corrected")

    def _dated_later(self, compensations):
        """Note of those whose books were locked why their entries bear a later day."""
        later = compensations.filtered("locked_until")
        self._note(later, self._told_lock)

    def _told_lock(self, compensation):
        """Return the sentence that says why the entries are dated later, or ""."""
        if not compensation.locked_until:
            return ""
        dated = compensation.reversal_date or compensation.entry_date
        return self.env._(
            "Books are locked until %(lock_date)s: the entries bear %(date)s, the "
            "first day open in all books.",
            lock_date=format_date(self.env, compensation.locked_until),
            date=format_date(self.env, dated),
        )

    # -- disputes -------------------------------------------------------------

    def _disputed(self, compensations):
        """Tell all concerned; the animators in charge are to settle it."""
        self._note(compensations, lambda c: c.env._("Disputed: %s", c.dispute_reason))
        self._send_to_all(compensations, "troc_actif.mail_dispute_opened")
        # they read the mail above: no second one about their activity
        for compensation in compensations.with_context(mail_activity_quick_update=True):
            self._ask_to_settle(compensation, self._in_charge(compensation))

    def _settled(self, compensations):
        self._note(
            compensations,
            lambda c: c.env._("Dispute settled: %s", c.dispute_resolution),
        )
        self._send_to_all(compensations, "troc_actif.mail_dispute_settled")

    def _send_to_all(self, compensations, template):
        compensations._send(template, lambda c: c._dispute_readers())

    # -- notes and activities -------------------------------------------------

    def _note(self, compensations, text, on_documents=False):
        """Log one note each, `text(compensation)`, in one go.

        `on_documents`: on the hosted parties' invoice and bill as well, in place of
        the changes of their payment state that Odoo would track one by one.
        """
        author = self.env.user.partner_id.id
        notes = {c: text(c) for c in compensations}
        bodies = {c.id: note for c, note in notes.items()}
        compensations._message_log_batch(bodies=bodies, author_id=author)
        documents = compensations.move_id | compensations.bill_id
        if on_documents and documents:
            bodies = {
                document.id: f"{c.name}: {note}"
                for c, note in notes.items()
                for document in c.move_id | c.bill_id
            }
            documents._message_log_batch(bodies=bodies, author_id=author)

    def _ask_to_validate(self, compensations):
        activity_type = self.env.ref("troc_actif.activity_validate")
        model_id = self.env["ir.model"]._get_id(compensations._name)
        # as Odoo itself: animators may not read every portal user who submits
        activities = unsealed(self.env["mail.activity"]).with_user(SUPERUSER_ID)
        activities = activities.with_context(mail_activity_quick_update=True)
        activities.create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "summary": f"{c.seller_id.name} → {c.buyer_id.name}",
                    "res_model_id": model_id,
                    "res_id": c.id,
                    "user_id": user.id,
                }
                for c in compensations
                for user in self._in_charge(c)
            ]
        )

    def _ask_to_settle(self, compensation, users):
        """Give each of `users` the dispute, or what waits, to settle."""
        # as Odoo itself: they may not read every portal user who disputes
        own = unsealed(compensation).with_user(SUPERUSER_ID)
        disputed = compensation.is_disputed
        for user in users:
            own.activity_schedule(
                DISPUTE,
                user_id=user.id,
                summary=f"{compensation.seller_id.name} → {compensation.buyer_id.name}",
                note=compensation.dispute_reason if disputed else False,
            )

    def _nothing_to_settle(self, compensations):
        # sudo: it may be another animator's
        unsealed(compensations).sudo().activity_unlink([DISPUTE])

    def _close_activities(self, compensations):
        # sudo: they may be another animator's
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", compensations._name),
                ("res_id", "in", compensations.ids),
            ]
        ).unlink()

    def _in_charge(self, compensation):
        """Return the animators of both territories who belong to neither party."""
        territories = compensation.seller_territory_id
        territories |= compensation.buyer_territory_id
        own = compensation._parties()._users()
        return territories.animator_ids.filtered("active") - own
