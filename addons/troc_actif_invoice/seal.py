"""A key that only Python code of this addon can hold.

Balances, states and proofs are written by the one path alone.  The key is an object
compared by identity: no RPC call, import or server action can put it in a context,
since all they can send is data (the idea is OCA queue_job's EDIT_SENTINEL).
"""

_KEY = "troc_seal"
_SEAL = object()


def sealed(records):
    """Return `records` as superuser, allowed to write what the one path writes."""
    # sudo: nobody has write access to these models; the caller checked the right.
    return records.sudo().with_context(**{_KEY: _SEAL})


def unsealed(records):
    """Return `records` without the key, for what calls code outside this addon."""
    context = {k: v for k, v in records.env.context.items() if k != _KEY}
    return records.with_env(records.env(context=context))


def is_sealed(env):
    """Tell whether `env` holds the key."""
    return env.context.get(_KEY) is _SEAL


def is_ours(field):
    """Tell whether a field of a record belongs to this addon or one built on it."""
    return (field._module or "").startswith("troc_actif")
