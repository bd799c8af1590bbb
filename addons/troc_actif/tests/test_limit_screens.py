"""The screens of limits and disputes open for those who may see them."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .limits_case import LimitsCase

ACTIONS = (
    "action_limit_change",
    "action_limit_request",
    "action_member_dormant",
    "action_member_near_limit",
    "action_override_list",
)


@tagged("post_install", "-at_install")
class TestLimitScreens(LimitsCase):
    def shown(self, name, user):
        """Return what an action shows with its default filters, as `user`."""
        action = self.env.ref(f"troc_actif.{name}")
        model = self.by(user, self.env[action.res_model])
        kinds = [(False, kind) for kind in action.view_mode.split(",")]
        views = model.get_views([*kinds, (False, "search")])["views"]
        domain = safe_eval(action.domain or "[]")
        for key in safe_eval(action.context):
            wanted = key.removeprefix("search_default_")
            self.assertIn(f'name="{wanted}"', views["search"]["arch"])
            domain += self.filter_domain(views["search"]["arch"], wanted)
        return model.search(domain)

    def filter_domain(self, arch, name):
        part = arch.partition(f'name="{name}"')[2].partition("/>")[0]
        text = part.partition('domain="')[2].partition('"')[0]
        return safe_eval(text.replace("&gt;", ">").replace("&lt;", "<")) if text else []

    def test_every_list_opens(self):
        for name in ACTIONS:
            for user in (self.manager, self.animator, self.reader):
                with self.subTest(name, user=user.login):
                    self.shown(name, user)

    def test_what_they_show(self):
        beyond = self.uploaded(self.portal2, self.portal, 3000, tax=0)
        self.as_manager(beyond).action_validate_override("Gros chantier")
        self.sealed_write(self.portal2, positive_since=self.days_ago(300))
        accounts = self.env["troc.account"]
        accounts._cron_warn()
        accounts._cron_find_dormant()
        found = self.shown("action_override_list", self.animator)
        self.assertEqual(found.member_id, self.portal)
        near = self.shown("action_member_near_limit", self.animator)
        self.assertEqual(near, self.portal)
        dormant = self.shown("action_member_dormant", self.animator)
        self.assertEqual(dormant, self.portal2)

    def test_forms_of_members_networks_and_compensations(self):
        disputed = self.uploaded(self.portal2, self.portal, 10, tax=0)
        self.by(self.portal_user, disputed).action_dispute("Non livré")
        for user in (self.manager, self.animator, self.reader):
            Form(self.by(user, disputed))
            Form(self.by(user, self.portal))
        Form(self.as_manager(self.network))
        Form(self.by(self.seller_accountant, self.submitted(amount=10)))

    def test_who_opens_the_windows(self):
        for model in ("troc.limits", "troc.limit.decision", "troc.dispute.settlement"):
            for user in (self.reader, self.portal_user, self.seller_accountant):
                with self.assertRaises(AccessError):
                    self.by(user, self.env[model]).create({})
