"""What an import would do, or did: its rows counted, in words and in percent."""

from odoo import api


class TrocImportReport:
    """A part of TrocImport, where its fields stand."""

    __slots__ = ()

    @api.depends("row_ids.status", "row_ids.result")
    def _compute_counts(self):
        groups = self.env["troc.import.row"]._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "status", "result"],
            ["__count"],
        )
        for record in self:
            own = [g[1:] for g in groups if g[0] == record]

            def count(test, own=own):
                return sum(n for status, result, n in own if test(status, result))

            total = record.row_count = count(lambda s, r: True)
            record.refused_count = count(lambda s, r: s == "refused")
            record.warning_count = count(lambda s, r: s == "warning")
            record.created_count = count(lambda s, r: r == "created")
            record.updated_count = count(lambda s, r: r == "updated")
            record.unchanged_count = count(lambda s, r: r == "unchanged")
            waiting = count(lambda s, r: s == "waiting")
            record.progress = 100.0 * (total - waiting) / total if total else 0.0

    @api.depends("state", "phase", "row_ids.status")
    def _compute_summary(self):
        for record in self:
            record.summary = record._summary()

    def _summary(self):
        if self.state not in ("checked", "done"):
            return ""
        facts = {
            "created": self.created_count,
            "updated": self.updated_count,
            "unchanged": self.unchanged_count,
            "refused": self.refused_count,
        }
        if self.state == "checked":
            return self.env._(
                "Nothing is imported yet. The import would create %(created)s, change "
                "%(updated)s, leave %(unchanged)s as they are and refuse %(refused)s.",
                **facts,
            )
        return self.env._(
            "Created: %(created)s; changed: %(updated)s; as before: %(unchanged)s; "
            "refused: %(refused)s.",
            **facts,
        )
