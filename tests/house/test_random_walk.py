"""A seeded random walk over everything people do; the invariants hold all along.

A refusal (UserError) is a possible answer to any step; anything else is a failure.
"""

import random
from collections import Counter, defaultdict

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml
from odoo.addons.troc_actif.tests.walk_accountant import WalkAccountant
from odoo.addons.troc_actif.tests.walk_common import NothingToDo
from odoo.addons.troc_actif.tests.walk_corrections import WalkCorrections
from odoo.addons.troc_actif.tests.walk_limits import WalkLimits
from odoo.addons.troc_actif.tests.walk_member_life import WalkMemberLife
from odoo.addons.troc_actif.tests.walk_transfers import WalkTransfers
from odoo.addons.troc_actif_exchange.tests.walk_import import WalkImport
from odoo.addons.troc_actif_fees.tests.walk_fees import WalkFees
from odoo.addons.troc_actif_link.tests.walk_link import WalkLink

SEED = 20261122
STEPS = 460
TRIES = 60
PARTS = (WalkTransfers, WalkCorrections, WalkFees, WalkLimits, WalkMemberLife)
PARTS += (WalkImport, WalkLink, WalkAccountant)
# operation: how often it is drawn
WEIGHTS = {
    "invoice": 18,
    "upload": 18,
    "credit_note": 8,
    "validate": 20,
    "validate_batch": 6,
    "refuse": 9,
    "reverse": 14,
    "override": 12,
    "limits": 6,
    "post_bill": 8,
    "own_bill": 4,
    "pay_in_euros": 4,
    "dispute": 7,
    "lift": 4,
    "share": 9,
    "unlock": 14,
    "lose_document": 3,
    **{name: weight for part in PARTS for name, weight in part.WEIGHTS.items()},
}


@tagged("post_install", "-at_install")
class TestRandomWalk(*PARTS, TrocCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.network.allow_free_share = True
        self.walked = self.env["troc.compensation"]
        self.done, self.refused = Counter(), Counter()
        self.reached = defaultdict(set)
        for part in PARTS:
            part.start_walk(self)

    def test_invariants_hold_all_along(self):
        while (number := self.done.total() + self.refused.total()) < STEPS:
            self.step(self.drawn(WEIGHTS))
            if not number % 20:
                self.refresh_statistics()
            if not number % 40:
                self.assert_invariants()
        self.try_what_is_missing()
        self.assert_invariants()
        for part in PARTS:
            part.assert_walk_holds(self)
        self.assert_walk_was_worth_it()

    def drawn(self, weights):
        names, numbers = zip(*weights.items(), strict=True)
        return self.random.choices(names, numbers)[0]

    def try_what_is_missing(self):
        """Draw what had no luck so far, among the rest, which makes room for it."""
        for _round in range(TRIES):
            missing = {name: WEIGHTS[name] for name in set(WEIGHTS) - set(self.done)}
            if not missing:
                break
            self.step(self.drawn(dict(sorted(missing.items()))))
            self.step(self.drawn(WEIGHTS))

    def step(self, operation):
        """Do one operation as a request would: a refusal undoes all of it."""
        try:
            with self.env.cr.savepoint():
                getattr(self, f"do_{operation}")()
                self.env.flush_all()
            self.done[operation] += 1
            self.note_what_was_reached()
        except NothingToDo:
            return
        except UserError as refusal:
            self.refused[operation] += 1
            self.assertTrue(str(refusal))
            self.env.invalidate_all()

    def note_what_was_reached(self):
        walked = self.walked.exists()
        for state, found in walked.grouped("state").items():
            self.reached[state].update(found.ids)
        self.reached["blocked"].update(walked.filtered("is_blocked").ids)
        overridden = self.members.filtered("override_reason")
        self.reached["override"].update(overridden.ids)

    def assert_walk_was_worth_it(self):
        """Every operation succeeded, some were refused, all states were reached."""
        told = f"done {self.done}, refused {self.refused}"
        self.assertEqual(set(WEIGHTS) - set(self.done), set(), told)
        self.assertGreater(sum(self.refused.values()), 5, told)
        states = {state: len(ids) for state, ids in self.reached.items()}
        for state in ("submitted", "validated", "refused", "reversed"):
            self.assertGreater(states.get(state, 0), 2, f"{states} {told}")
        self.assertTrue(states.get("override"), told)
        self.assertTrue(states.get("blocked"), told)

    # -- what is drawn ---------------------------------------------------------

    def some(self, *states):
        """Return a compensation in one of these states."""
        return self.one_of(self.walked.filtered(lambda c: c.state in states))

    def one_of(self, records):
        if not records:
            raise NothingToDo
        return records.browse(self.random.choice(records.ids))

    def amount(self):
        return round(
            self.random.choice((0.03, 1, 33.33, 100.05, 400, 1500))
            * self.random.uniform(0.5, 1.5),
            2,
        )

    def share_drawn(self):
        return self.random.choice((100, 50, 50, 33.33, 0.01))

    def by(self, user, records):
        """Callers name a record once, or as often as they like."""
        records = super().by(user, records)
        return records.browse(records.ids * self.random.choice((1, 1, 1, 2, 3)))

    def user(self):
        return self.random.choice(
            (
                self.animator,
                self.animator,
                self.animator2,
                self.manager,
                self.far_animator,
                self.seller_accountant,
            )
        )

    def some_bill(self, state):
        return self.one_of(self.walked.bill_id.filtered(lambda b: b.state == state))

    # -- operations ------------------------------------------------------------

    def do_invoice(self):
        seller = self.one_of(self.seller + self.buyer)
        customer = self.one_of(self.members)
        tax = self.random.choice(("20% S", "20% G", "10% S", ""))
        self.walked += self.submitted(
            amount=self.amount(),
            share=self.share_drawn(),
            tax=tax,
            company=seller.company_id,
            customer=customer,
        )

    def do_upload(self):
        seller = self.one_of(self.portal + self.portal2)
        buyer = self.one_of(self.members)
        self.walked += self.uploaded(
            seller, buyer, amount=self.amount(), share=self.share_drawn()
        )

    def do_credit_note(self):
        sold = self.walked.filtered(
            lambda c: c.state == "validated" and c.document_type == "invoice"
        )
        origin = self.one_of(sold.filtered(lambda c: not c.seller_id.company_id))
        part = self.random.choice((1, 0.5, 0.1, 1.1))
        content = facturx_xml(
            origin.seller_id,
            origin.buyer_id,
            round(origin.untaxed_amount * part, 2),
            type_code="381",
            preceding=origin.document_number,
        )
        self.walked += self.upload(content, self.animator)

    def do_validate(self):
        self.by(self.user(), self.some("submitted", "validated")).action_validate()

    def do_validate_batch(self):
        batch = self.walked.filtered(lambda c: c.state == "submitted")
        self.one_of(batch)
        ids = self.random.sample(batch.ids, min(5, len(batch)))
        self.by(self.animator, batch.browse(ids)).action_validate()

    def do_refuse(self):
        self.by(self.user(), self.some("submitted")).action_refuse("Marche")

    def do_reverse(self):
        compensation = self.some("validated", "submitted")
        user = self.user()
        override = user == self.manager and self.random.random() < 0.5
        self.by(user, compensation).action_reverse("Marche", override)

    def do_override(self):
        blocked = self.one_of(self.walked.filtered("is_blocked"))
        self.by(self.manager, blocked).action_validate_override("Marche")

    def do_limits(self):
        member = self.one_of(self.members)
        credit, balance = (
            self.random.choice((0, 500, 2000)),
            self.random.choice((0, 900)),
        )
        excess = self.random.random() < 0.5
        self.set_limits(member, credit, balance, excess)

    def do_post_bill(self):
        self.post_bill(self.some_bill("draft"))

    def do_own_bill(self):
        waiting = self.walked.filtered(
            lambda c: (
                c.buyer_id.company_id
                and c.bill_id.state in (False, "draft")
                and c.state in ("submitted", "validated")
            )
        )
        self.bill(self.one_of(waiting))

    def do_pay_in_euros(self):
        documents = self.walked.move_id + self.walked.bill_id
        open_ones = documents.filtered(
            lambda m: m.state == "posted" and m.amount_residual > 0
        )
        move, share = self.one_of(open_ones), self.random.choice((1, 0.5, 0.25))
        self.pay_by_bank(move, round(move.amount_residual * share, 2) or 0.01)

    def do_dispute(self):
        self.by(self.user(), self.some("submitted")).action_dispute("Marche")

    def do_lift(self):
        disputed = self.walked.filtered("is_disputed")
        own = self.by(self.user(), self.one_of(disputed))
        own.action_lift_dispute("Marche")

    def do_state(self):
        member = self.one_of(self.members)
        states = ("active",) * 6 + ("on_hold", "stand_by", "leaving")
        self.by(self.manager, member).state = self.random.choice(states)

    def do_share(self):
        move = self.one_of(self.walked.move_id)
        self.by(self.accountant_of(move.company_id), move).actif_share = 50

    def do_lose_document(self):
        """A disk loses a file: nothing is validated on it, and it is named."""
        compensation = self.some("submitted")
        with self.lost(compensation):
            self.by(self.animator, compensation).action_validate()
            self.assertEqual(compensation.state, "submitted")
            run = self.env["troc.verification"]._run(self.network)
            breaches = run.line_ids.filtered(lambda line: not line.held)
            self.assertEqual(breaches.mapped("code"), ["hash_chain_holds"])
            self.assertIn(compensation.name, breaches.breaches)

    def do_unlock(self):
        move = self.one_of(self.walked.move_id)
        own = self.by(self.accountant_of(move.company_id), move)
        own.button_draft()
        own.action_post()
