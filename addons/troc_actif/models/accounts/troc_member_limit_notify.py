"""Who is told of limits: mails to the member, activities for his animators."""

from odoo import SUPERUSER_ID

from odoo.addons.troc_actif_invoice.seal import unsealed


def mail_each(records, template):
    """Queue the mail of `template` for each of these records; Odoo's queue sends it."""
    # sudo: templates are Odoo's settings; recipients stand in them
    unsealed(records.env.ref(template).sudo()).send_mail_batch(records.ids)


class TrocMemberLimitNotify:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    def _animators(self):
        """Return who animates this member, of no company of his own."""
        return self._admitters() - self._users()

    def _ask(self, activity_type, users, summary):
        """Give each of `users` an activity on this member."""
        # as Odoo itself: animators may not read every portal user who asks
        own = unsealed(self).with_user(SUPERUSER_ID)
        for user in users:
            own.activity_schedule(activity_type, user_id=user.id, summary=summary)

    def _asked_no_more(self, activity_type):
        """Close the activities of this type on these members."""
        # sudo: another animator may have been asked
        unsealed(self).sudo().activity_unlink([activity_type])
