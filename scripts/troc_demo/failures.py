"""One clear sentence for what goes wrong; the trace with TROC_DEBUG=1."""

import os
import traceback

from troc_demo.progress import line
from troc_demo.rpc import Refused, Unreachable


def told(function):
    """Return the exit status of `function`, 1 after a failure that is told."""
    try:
        return function()
    except KeyboardInterrupt:
        line("\nInterrompu. La même commande reprend où celle-ci s'est arrêtée.")
        return 130
    except Exception as error:
        if os.environ.get("TROC_DEBUG"):
            traceback.print_exc()
        line(f"\n✗ {_sentence(error)}")
        line("→ La même commande reprend où celle-ci s'est arrêtée.")
        return 1


def _sentence(error):
    if isinstance(error, Refused):
        return f"Odoo a refusé : {error}"
    if isinstance(error, Unreachable):
        return str(error)
    kind = type(error).__name__
    return f"Erreur imprévue ({kind} : {error}) ; TROC_DEBUG=1 en montre la trace."
