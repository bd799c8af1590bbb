"""Who is told what: a note in the chatter, a mail to both sides, an activity."""

from odoo import SUPERUSER_ID
from odoo.tools import format_date, formatLang

from ..common.seal import unsealed


class TrocCompensationNotify:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _notify_submitted(self):
        """Note the submission; give the animators in charge something to do."""
        self._note(lambda c: c.env._("Submitted by %s.", c.invoked_by_id.name))
        self._send("troc_actif.mail_compensation_submitted")
        self._schedule_validation()

    def _schedule_validation(self):
        activity_type = self.env.ref("troc_actif.activity_validate")
        model_id = self.env["ir.model"]._get_id(self._name)
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
                for c in self
                for user in c._animators_in_charge()
            ]
        )

    def _animators_in_charge(self):
        """Return the animators of both territories who belong to neither party."""
        territories = self.seller_territory_id | self.buyer_territory_id
        own = (self.seller_id | self.buyer_id)._users()
        return territories.animator_ids.filtered("active") - own

    def _notify_first_validation(self):
        self._note(
            lambda c: c.env._(
                "First validation by %s; a second animator must validate.",
                c.first_validator_id.name,
            )
        )

    def _notify_validated(self):
        """Tell both sides; of a part taken back in words of its own."""
        parts = self.filtered(lambda c: c.document_type == "correction")
        (self - parts)._notify_posted()
        parts._notify_corrected()

    def _notify_posted(self):
        self._note(
            lambda c: c.env._(
                "Validated by %(user)s: %(amount)s Actifs on %(date)s.",
                user=c.validated_by_id.name,
                amount=formatLang(c.env, c.actif_amount, digits=2),
                date=format_date(c.env, c.entry_date),
            ),
            on_documents=True,
        )
        self._close_activities()
        self._send("troc_actif.mail_compensation_validated")
        self.filtered("locked_until")._note(lambda c: c._told_lock())

    def _notify_decided(self):
        self._note(
            lambda c: (
                c.env._("Refused by %(user)s: %(reason)s", **c._decision())
                if c.state == "refused"
                else c.env._("Reversed by %(user)s: %(reason)s", **c._decision())
            ),
            on_documents=True,
        )
        self._close_activities()
        for state, group in self.grouped("state").items():
            group._send(f"troc_actif.mail_compensation_{state}")
        dated = self.filtered(lambda c: c.locked_until and c.reversal_date)
        dated._note(lambda c: c._told_lock())

    def _decision(self):
        return {"user": self.env.user.name, "reason": self.decision_reason}

    def _note(self, text, on_documents=False):
        """Log one note each, in one go, in the name of the user who acts.

        `on_documents`: on the hosted parties' invoice and bill as well, in place of
        the changes of their payment state that Odoo would track one by one.
        """
        author = self.env.user.partner_id.id
        notes = {c: text(c) for c in self}
        bodies = {c.id: note for c, note in notes.items()}
        self._message_log_batch(bodies=bodies, author_id=author)
        documents = self.move_id | self.bill_id
        if on_documents and documents:
            bodies = {
                document.id: f"{c.name}: {note}"
                for c, note in notes.items()
                for document in c.move_id | c.bill_id
            }
            documents._message_log_batch(bodies=bodies, author_id=author)

    def _close_activities(self):
        # sudo: they may be another animator's
        self.env["mail.activity"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
