"""The document of a compensation is still there, byte for byte as it was received."""

import hashlib

from ...lib.actif_rules.errors import RuleError

FAULTS = [
    ("document_missing", "The file is gone"),
    ("document_changed", "The file is another one than was received"),
]


class TrocCompensationKeptDocument:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _compute_document_fault(self):
        for compensation in self:
            compensation.document_fault = compensation._document_fault()

    def _document_fault(self):
        """Return the code of what is wrong with the file, False where it is right.

        A part taken back has no document of its own, and no fingerprint.
        """
        if not self.document_sha256:
            return False
        content = self._document_attachment().raw
        if not content:
            return "document_missing"
        same = hashlib.sha256(content).hexdigest() == self.document_sha256
        return False if same else "document_changed"

    def _check_document(self):
        """Raise RuleError where the proof of what would be validated is not there."""
        if fault := self._document_fault():
            raise RuleError(fault, sha256=self.document_sha256[:16])
