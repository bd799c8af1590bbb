"""The link posts in a member's own Odoo what the network validates: once, reconciled.

Two real servers: the network with the demonstration, and a member's Odoo without any
addon of ours.
"""

from link_fixtures import BUYER, SELLER, sold
from link_seller import today


def test_a_sale_is_posted_and_reconciled(office, firm, refs, puller, verify):
    whole, number = sold(office, firm)
    half, _number = sold(office, firm, share=50)
    pulled = puller.pull()
    assert [r.state for r in pulled.results] == ["posted", "posted"], [
        r.reason for r in pulled.results
    ]
    assert (pulled.posted, pulled.failed) == (2, 0)
    assert firm.read(whole, "payment_state", "amount_residual")["amount_residual"] == 0
    assert firm.read(whole, "payment_state") == "paid"
    told = firm.read(half, "payment_state", "amount_residual")
    assert (told["payment_state"], told["amount_residual"]) == ("partial", 600.0)
    assert number in pulled.results[0].entry.reference
    # nothing more, however often
    again = puller.pull()
    assert (again.posted, again.there, again.failed) == (0, 0, 0)
    assert [e["state"] for e in office.entries(SELLER)][-2:] == ["posted"] * 2


def test_a_purchase_waits_for_its_bill(office, firm, puller, verify):
    number = "ACH-1"
    office.validate([office.upload(BUYER, SELLER, 500, number=number)])
    (result,) = puller.pull().results
    assert (result.state, result.entry.role) == ("posted", "supplier")
    assert "introuvable" in result.detail
    bill, _ref = firm.document(BUYER, 500, "in_invoice", ref=f" {number.lower()} ")
    assert puller.pull().late == 1
    assert firm.read(bill, "payment_state") == "paid"
    assert puller.pull().late == 0


def test_a_reversal_opens_the_invoice_again(office, firm, puller, verify):
    move, number = sold(office, firm, share=50)
    puller.pull()
    (compensation,) = office.found(number)
    office.animator["troc.compensation"].action_reverse([compensation], "Erreur")
    (result,) = puller.pull().results
    assert (result.state, result.detail) == ("posted", "")
    told = firm.read(move, "payment_state", "amount_residual")
    assert (told["payment_state"], told["amount_residual"]) == ("not_paid", 1200.0)
    # sent and validated again, it is paid again
    office.validate([office.upload(SELLER, BUYER, 1000, 50, number)])
    puller.pull()
    assert firm.read(move, "amount_residual") == 600.0


def test_parts_taken_back(office, firm, puller, verify):
    move, number = sold(office, firm)
    puller.pull()
    (compensation,) = office.found(number)
    take_back = office.animator["troc.compensation"].action_reverse_part
    take_back([compensation], 200, "Remise")
    puller.pull()
    assert firm.read(move, "amount_residual") == 200.0
    take_back([compensation], 100, "Remise encore")
    (result,) = puller.pull().results
    assert firm.read(move, "amount_residual") == 300.0, result
    # and one of them taken back in turn
    parts = office.found(f"{number}/R1")
    office.animator["troc.compensation"].action_reverse(parts, "Finalement non")
    puller.pull()
    assert firm.read(move, "amount_residual") == 100.0


def test_verify_finds_what_differs(office, firm, refs, puller, verify):
    move, number = sold(office, firm)
    (missing,) = verify(heal=False).differences
    assert (missing.kind, missing.register) == ("missing", 1200)
    healed = verify()
    assert (healed.healed, healed.differences) == (1, [])
    assert firm.read(move, "payment_state") == "paid"
    hand = firm.entry(refs.journal_id, refs.account_id, 5, "À la main")
    (found,) = verify().differences
    assert (found.kind, found.reference, found.books) == ("by_hand", "À la main", 5)
    firm.reverse(hand)
    assert verify().differences == []


def test_a_seller_who_is_no_contact_yet(office, firm, puller, verify):
    """Who may only bill makes no contacts: it says which one is missing."""
    office.allow(SELLER)
    office.validate([office.upload("facades", SELLER, 50, number="NEUF-1")])
    (result,) = puller.pull().results
    assert result.state == "failed"
    assert "SIREN 000020123" in result.reason
    assert "droit de créer des contacts" in result.reason
    firm.partner("facades")
    (result,) = puller.pull().results
    assert result.state == "posted"


def test_a_credit_note_that_odoo_set_off_already(office, firm, puller, verify):
    """Nothing is open of it: a person is told, once, and not again at each run."""
    move, number = sold(office, firm, share=50)
    puller.pull()
    context = {"active_model": "account.move", "active_ids": [move]}
    journal = firm.read(move, "journal_id")[0]
    values = {"journal_id": journal, "date": today()}
    wizard = firm.ask("account.move.reversal", "create", values, context=context)
    firm.ask("account.move.reversal", "reverse_moves", [wizard], context=context)
    (note,) = firm.ask("account.move", "search", [("reversed_entry_id", "=", move)])
    lines = firm.ask(
        "account.move.line", "search", [("move_id", "=", note), ("price_unit", ">", 0)]
    )
    firm.ask("account.move.line", "write", lines, {"price_unit": 100})
    firm.ask("account.move", "action_post", [note])
    name = firm.read(note, "name")
    values = {"number": name, "type_code": "381", "preceding": number}
    office.validate([office.upload(SELLER, BUYER, 100, 50, **values)])
    (result,) = puller.pull().results
    assert (result.state, result.entry.side) == ("posted", "spent")
    told = firm.read(note, "amount_residual")
    assert "lettrez" in result.detail or told == 60.0, (result, told)
    assert puller.pull().late == 0
    assert puller.pull().late == 0


def test_an_accountant_at_the_other_end_of_the_world(
    office, firm, refs, puller, verify
):
    """The entry bears the network's date, whatever time it is where it is posted."""
    users = firm.admin["res.users"]
    (user,) = users.search([("login", "=", firm.login)])
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        users.write([user], {"tz": zone})
        sold(office, firm, amount=10)
        (result,) = puller.pull().results
        assert result.date == result.entry.date
    users.write([user], {"tz": "Europe/Paris"})


def test_two_suppliers_who_number_alike(office, firm, refs, puller, verify):
    """What is taken back of the one leaves the other's payment alone."""
    office.allow(SELLER)
    other, _second = [firm.partner(one) for one in (BUYER, "facades")]
    ids = [office.upload(one, SELLER, 50, number="A_1") for one in (BUYER, "facades")]
    office.validate(ids)
    assert [one.state for one in puller.pull().results] == ["posted"] * 2
    office.animator["troc.compensation"].action_reverse(ids[1:], "Erreur")
    puller.pull()
    lines = firm.ask(
        "account.move.line",
        "search_read",
        [("journal_id", "=", refs.journal_id), ("move_id.ref", "like", "A_1 - ")],
        ["account_id", "partner_id", "reconciled"],
    )
    paid = [one for one in lines if one["account_id"][0] != refs.account_id]
    assert {one["reconciled"] for one in paid if one["partner_id"][0] != other} == {
        True
    }
    assert [one["reconciled"] for one in paid if one["partner_id"][0] == other] == [
        False
    ]
