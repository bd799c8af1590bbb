"""What could be wrong before it was prevented is named once; nothing is mended.

A record named twice in a call was posted twice; whoever edits contacts edited those of
members, their people and their bank accounts.
"""

import logging

from odoo import SUPERUSER_ID, api

from odoo.addons.troc_actif.models.common.managers import KEEPERS, all_managers

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Verify every network, and name what others changed of members' contacts."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    # who waited by then is told as before
    cr.execute(
        "UPDATE troc_compensation SET blocked_since = write_date"
        " WHERE blocked_code IS NOT NULL AND blocked_since IS NULL"
    )
    for network in env["troc.network"].search([]):
        verify(in_its_language(network, network))
    for member in env["troc.member"].with_context(active_test=False).search([]):
        member = in_its_language(member, member.network_id)
        tell(member, strange_changes(member) + strange_records(member))


def in_its_language(record, network):
    """Return `record` in the language of those who manage `network`."""
    return record.with_context(lang=network.company_id.partner_id.lang)


def verify(network):
    """Run the invariants; a breach becomes an activity of the managers."""
    run = network.env["troc.verification"]._run(network).sudo()
    if run.all_held:
        return
    for breach in run.line_ids.filtered(lambda line: not line.held).mapped("breaches"):
        _logger.warning("Troc Actif, network %s: %s", network.name, breach)
    run._alert()


def strange_changes(member):
    """Return a sentence for each tracked change by somebody else than the network."""
    contacts = people(member)
    messages = member.env["mail.message"].search(
        [
            ("model", "=", "res.partner"),
            ("res_id", "in", contacts.ids),
            ("tracking_value_ids", "!=", False),
        ]
    )
    told = []
    for message in messages.filtered(lambda m: is_strange(member, m.create_uid)):
        contact = contacts.browse(message.res_id)
        for value in message.tracking_value_ids:
            label = value.field_id.field_description
            before = value.old_value_char or value.old_value_text or "-"
            after = value.new_value_char or value.new_value_text or "-"
            told.append(
                f"{message.date:%Y-%m-%d}, {message.create_uid.name}: {contact.name}, "
                f"{label}: {before} → {after}"
            )
    return told


def strange_records(member):
    """Return a sentence for each person or bank account that somebody else added."""
    company = member.partner_id
    contacts = people(member) - company
    banks = people(member).with_context(active_test=False).bank_ids
    made = [
        f"{record.create_date:%Y-%m-%d}, {record.create_uid.name}: "
        f"{record.display_name}"
        for record in [*contacts, *banks]
        if is_strange(member, record.create_uid)
    ]
    state = []
    if company.parent_id:
        state.append(f"{company.name} < {company.parent_id.name}")
    if company.company_id:
        state.append(f"{company.name}: {company.company_id.name}")
    if not company.active and member.state != "left":
        state.append(f"{company.name}: archived")
    return made + state


def people(member):
    """Return the contact of a member and those below it, archived ones too."""
    contacts = member.env["res.partner"].with_context(active_test=False)
    return contacts.search([("id", "child_of", member.partner_id.ids)])


def is_strange(member, user):
    """Tell whether `user` neither keeps contacts nor is of the member."""
    user = user.with_context(active_test=False)
    keeps = user._is_superuser() or any(map(user.has_group, KEEPERS))
    # a visitor who asked to join made them
    return not (keeps or user._is_public() or member in member._of_user(user))


def tell(member, sentences):
    """Write them on the member, in the log, and to the network's managers."""
    if not sentences:
        return
    title = member.env._("Changed by others before the contacts were kept: check it.")
    member._message_log(body="\n".join([title, *sentences]))
    for sentence in sentences:
        _logger.warning("Troc Actif, member %s: %s", member.name, sentence)
    for manager in all_managers(member.env):
        member.activity_schedule(
            "troc_actif.activity_contact", user_id=manager.id, summary=title
        )
