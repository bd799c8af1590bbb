"""The one exception of the rules."""


class RuleError(Exception):
    """A rule said no: a stable `code`, and the `facts` that explain it.

    The code is for programs; `exceptions.py` of the addon turns it into a sentence,
    with the facts as named placeholders. Facts are plain values (texts, `Decimal`,
    dates, tuples of these), never records.
    """

    def __init__(self, code, /, **facts):
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self):
        told = ", ".join(f"{name}={value!s}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code

    def __reduce__(self):
        return _rebuild, (self.code, self.facts)


def _rebuild(code, facts):
    return RuleError(code, **facts)
