"""Databases: a template made once, clones of it in half a second.

A database counts as made when it has its final name, which it gets last; its
filestore is in place before.
"""

import ast
import contextlib
import functools
import os
import shutil

from troc_dev import paths, say
from troc_dev.errors import Stop
from troc_dev.needs import server

BASE = "account,portal,l10n_fr_account,account_peppol,account_edi_ubl_cii"
FILESTORE = paths.LOCAL / "odoo-data/filestore"
TEST_COMPANIES = paths.ADDONS / "troc_actif_invoice/tests/companies.py"
NOT_LOADED = ("tests", "__pycache__", "readme", "static/description")


def our_addons():
    """Return the names of the addons of this project."""
    return sorted(path.parent.name for path in paths.ADDONS.glob("*/__manifest__.py"))


@functools.cache
def needs(addon):
    """Return the addons of this project that one needs, itself last, in order."""
    manifest = ast.literal_eval((paths.ADDONS / addon / "__manifest__.py").read_text())
    ours = [name for name in manifest["depends"] if name in our_addons()]
    found = dict.fromkeys(one for name in sorted(ours) for one in needs(name))
    return (*found, addon)


def addons_hash(addons=None):
    """Return a hash of all that an installation of these addons reads, or of all."""
    parts = []
    for addon in addons or our_addons():
        for path in sorted((paths.ADDONS / addon).rglob("*")):
            name = path.relative_to(paths.ADDONS).as_posix()
            skipped = any(f"/{part}/" in f"/{name}" for part in NOT_LOADED)
            if path.is_file() and not skipped:
                parts += [name, path.read_bytes().hex()]
    return paths.digest(*parts)


class Databases:
    """The databases of this clone on one server.

    `for_tests_alone`: what serves them hashes passwords in few rounds, and does not
    wait for the disk.
    """

    for_tests_alone = False

    def __init__(self, odoo, postgres):
        self.odoo = odoo
        self.postgres = postgres

    def exists(self, name):
        """Tell whether a database is there."""
        found = self.postgres.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
        return bool(found)

    def mark(self, name):
        """Return the mark that this project left on a database."""
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        rows = self.postgres.sql(f"{query} WHERE datname = '{name}'")
        return rows[0][0] if rows else ""

    def set_mark(self, name, mark):
        """Leave a mark on a database."""
        self.postgres.sql(f"COMMENT ON DATABASE \"{name}\" IS '{mark}'")

    def drop(self, name):
        """Remove a database and its filestore, if they are there."""
        self.postgres.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        paths.remove(FILESTORE / name)

    def create(self, name):
        """Make an empty database, with the order of words that Odoo's own have."""
        self.drop(name)
        kind = "TEMPLATE template0 ENCODING 'utf8' LC_COLLATE 'C'"
        self.postgres.sql(f'CREATE DATABASE "{name}" {kind}')

    def clone(self, template, name, mark=""):
        """Make a database that is a copy of another, with a mark on it."""
        self.drop(name)
        if (FILESTORE / template).exists():
            # Odoo never changes a stored file, so the copies may share them.
            shutil.copytree(FILESTORE / template, FILESTORE / name, copy_function=_link)
        new = f"{name}_new"
        self.postgres.sql(f'DROP DATABASE IF EXISTS "{new}" WITH (FORCE)')
        self.postgres.sql(f'CREATE DATABASE "{new}" TEMPLATE "{template}"')
        self.set_mark(new, mark)
        self.postgres.sql(f'ALTER DATABASE "{new}" RENAME TO "{name}"')

    def base(self):
        """Return a template with Odoo's own modules and French, made if need be."""
        key = paths.digest(self.odoo.identity, BASE, paths.CLONE_ID)
        title = "Odoo database with French accounting"
        fill = lambda new: self.install(new, BASE, title)  # noqa: E731
        return self.template(f"troc_base_{key}", None, fill)

    def template(self, name, base, fill):
        """Return `name`, a template made from `base` by `fill(name)` if need be.

        The name ends in a hash of all it is made from; older ones are dropped.
        """
        if not self._is_made(name):
            kind = paths.LOCAL / "making" / name.rpartition("_")[0]
            with paths.locked(kind, "the same database to be made"):
                if not self._is_made(name):
                    self._make(name, base, fill)
        return name

    def with_companies(self):
        """Return the base template with the companies that the tests share."""
        base = self.base()
        if not TEST_COMPANIES.exists():
            return base
        key = paths.digest(base, TEST_COMPANIES.read_text(), *server.NO_DELAY)
        return self.template(f"troc_companies_{key}", base, self._make_companies)

    def _make_companies(self, name):
        title = "Companies of the tests (French chart)"
        with say.Step(title):
            status = server.inside(
                self, name, "troc_dev.needs.companies_inside", TEST_COMPANIES
            )
        if status:
            raise Stop(f"{title}: failed.", "See the messages above.")
        self.set_parameter(name, *server.NO_DELAY)

    def installed(self):
        """Return a template with all of our addons installed, made if need be."""
        return self._with_addons("addons", self.base(), our_addons())

    def for_tests(self, addon=None):
        """Return a template with the companies that the tests share, and our addons.

        All of them, or one with what it needs and nothing else.
        """
        if not addon:
            return self._with_addons("tests_all", self.with_companies(), our_addons())
        template = self.with_companies()
        for one in needs(addon):
            template = self._with_addons(f"tests_{one}", template, [one])
        return template

    def _with_addons(self, kind, base, addons):
        """Return a template with these addons, and none that installs itself."""
        if not addons:
            return base
        title = "Our addons" if len(addons) > 1 else addons[0]
        fill = lambda new: self.install(  # noqa: E731
            new, ",".join(addons), title, "--skip-auto-install", "-i"
        )
        key = paths.digest(base, addons_hash(tuple(addons)))
        return self.template(f"troc_{kind}_{key}", base, fill)

    def _is_made(self, name):
        return self.exists(name) and (FILESTORE / name).exists()

    def _make(self, name, template, fill):
        kind = name.rpartition("_")[0]
        made = f"{kind}_making_{paths.CLONE_ID}"
        self._drop_all(f"^{kind}_[0-9a-f]+$")
        if template:
            self.clone(template, made)
        else:
            self.drop(made)  # Odoo creates it
        fill(made)
        (FILESTORE / made).mkdir(parents=True, exist_ok=True)
        paths.remove(FILESTORE / name)
        (FILESTORE / made).rename(FILESTORE / name)
        self.postgres.sql(f'ALTER DATABASE "{made}" RENAME TO "{name}"')

    def install(self, name, modules, title, *how):
        """Install or update modules, make sure of it; return what Odoo said.

        `how`: options of Odoo, the last one "-i" or "-u"; to install without any.
        """
        how = how or ("-i",)
        options = ["--stop-after-init", "--no-http", "--max-cron-threads=0"]
        if "-u" in how:
            options.append("--i18n-overwrite")
        with say.Step(title) as step:
            arguments = ["-d", name, *how, modules, "--load-language=fr_FR", *options]
            said = server.odoo(
                self,
                title,
                arguments,
                follow=lambda text: step.tell(_module_progress(text) or step.detail),
            )
        missing = set(modules.split(",")) - self.installed_modules(name)
        if missing:
            raise Stop(
                f"Odoo did not install {', '.join(sorted(missing))}.",
                f"See {paths.LOGS} for its messages; running again is safe.",
            )
        return said

    def installed_modules(self, name):
        """Return the names of the modules that are installed in a database."""
        query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        return {row[0] for row in self.postgres.sql(query, name)}

    def set_parameter(self, name, key, value):
        """Set a parameter of the Odoo in a database."""
        self.postgres.sql(
            f"INSERT INTO ir_config_parameter (key, value) VALUES ('{key}', '{value}')"
            " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            name,
        )

    def _drop_all(self, pattern):
        query = f"SELECT datname FROM pg_database WHERE datname ~ '{pattern}'"
        for (name,) in self.postgres.sql(query):
            if self.postgres.embedded or (FILESTORE / name).exists():
                self.drop(name)

    @contextlib.contextmanager
    def scratch(self, purpose, template=None):
        """Yield a fresh clone of what `template` returns, dropped at the end."""
        make = template or self.installed
        make()  # which may take minutes, in which others make and clone theirs
        with self.name_of(purpose) as name:
            with paths.locked(FILESTORE):
                self.clone(make(), name)
            yield name

    @contextlib.contextmanager
    def name_of(self, purpose):
        """Yield the name of a database to be made, dropped at the end."""
        name = f"troc_{purpose}_{paths.CLONE_ID}_{os.getpid()}"
        with paths.locked(FILESTORE):
            self._drop_orphans(purpose)
        try:
            yield name
        finally:
            self.drop(name)

    def _drop_orphans(self, purpose):
        prefix = f"troc_{purpose}_{paths.CLONE_ID}_"
        query = f"SELECT datname FROM pg_database WHERE datname LIKE '{prefix}%'"
        for (name,) in self.postgres.sql(query):
            if not os.path.exists(f"/proc/{name.removeprefix(prefix)}"):
                self.drop(name)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _module_progress(text):
    _, found, tail = text.partition("Loading module ")
    return f"module {tail.strip()}" if found else ""
