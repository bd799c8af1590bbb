"""A neutralised copy of the database, made inside a test."""

from odoo.modules.neutralize import get_neutralization_queries


def neutralize(env, *modules):
    """Do what Odoo does to a copy, for these modules alone."""
    env.flush_all()
    for query in get_neutralization_queries(modules):
        env.cr.execute(query)
    env.invalidate_all()
