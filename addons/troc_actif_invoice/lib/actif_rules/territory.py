"""From a French postal code to its department.

Source: INSEE department codes; Corsica and overseas are the exceptions. A handful of
communes are delivered from the next department: no list of them is kept here.
"""

import re

from .errors import RuleError

_CORSICA_NORTH = 20200


def department_of(postal_code: str) -> str:
    """The department code: "75", "01", "2A", "971", "988".

    Raises `postal_code_invalid` for what is no French postal code.

    >>> [department_of(code) for code in ("75011", "20000", "20200", "97100")]
    ['75', '2A', '2B', '971']
    """
    code = "".join(postal_code.split())
    if not re.fullmatch(r"(0[1-9]|[1-8][0-9]|9[0-578])[0-9]{3}", code):
        raise RuleError("postal_code_invalid", value=postal_code)
    if code.startswith("20"):
        return "2A" if int(code) < _CORSICA_NORTH else "2B"
    return code[:3] if code[:2] in ("97", "98") else code[:2]
