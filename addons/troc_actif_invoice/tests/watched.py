"""What a company has, to be compared before and after."""

WATCHED = {
    "account.journal": (
        "name",
        "code",
        "type",
        "sequence",
        "default_account_id",
        "restrict_mode_hash_table",
        "suspense_account_id",
    ),
    "account.account": ("code", "name", "account_type", "reconcile", "active"),
    "account.payment.method.line": (
        "name",
        "journal_id",
        "payment_method_id",
        "payment_account_id",
        "sequence",
    ),
    "account.tax": ("name", "amount", "tax_exigibility", "active"),
}


class Watched:
    """Reads what `self.company` has; mixed into the test cases."""

    def facts(self):
        """Return what the company has: {model: {id: values of the watched fields}}."""
        facts = {}
        for model, names in WATCHED.items():
            company = {
                "account.account": "company_ids",
                "account.payment.method.line": "journal_id.company_id",
            }.get(model, "company_id")
            records = self.in_company(self.company)[model].with_context(
                active_test=False
            )
            found = records.search([(company, "=", self.company.id)])
            facts[model] = {row["id"]: row for row in found.read(names)}
        return facts
