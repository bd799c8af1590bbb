"""Released versions: the demonstration that each left, kept small, to update from.

A file holds a whole database as SQL, without what an update never reads: the French of
Odoo's own terms (the addons bring theirs again), the contents of attachments, messages
on their way to browsers.  The oldest version's is whole; the others say what differs.
"""

import hashlib
import lzma
import re

from troc_dev import paths
from troc_dev.errors import Stop
from troc_dev.releases import deltas

FOLDER = paths.ROOT / "tests/releases"
SUFFIX = ".sql.xz"
SETTINGS = {"preset": 9 | lzma.PRESET_EXTREME}
# Not understood by servers older than the one that wrote it.
TOO_NEW = re.compile(rb"^(SET transaction_timeout|\\(un)?restrict\b).*\n", re.M)
DIFFERS = re.compile(rb"-- .*\n-- differs from (\w+)\n")

NO_FRENCH = """
DO $$ DECLARE found record; BEGIN
    FOR found IN
        SELECT table_name AS t, column_name AS c
          FROM information_schema.columns JOIN information_schema.tables
               USING (table_schema, table_name)
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
           AND data_type = 'jsonb'
    LOOP
        EXECUTE format(
            'UPDATE %1$I SET %2$I = %2$I - ''fr_FR'''
            ' WHERE jsonb_typeof(%2$I) = ''object'' AND %2$I ? ''en_US''',
            found.t, found.c);
    END LOOP;
END $$
"""
NO_FILES = """
UPDATE ir_attachment
   SET store_fname = NULL, db_datas = NULL, index_content = NULL, file_size = 0
 WHERE type = 'binary'
"""
# What the books rest on: the verification reads each of these files.
PROOFS = """
SELECT id, CASE WHEN res_field = 'document' AND res_model = 'troc.compensation'
                THEN res_id END
  FROM ir_attachment
 WHERE res_model IN ('troc.compensation', 'troc.transfer', 'troc.balance.confirmation')
   AND type = 'binary'
"""
# Odoo makes unaccent() fit for an index by hand, which a dump does not tell, and which
# not everybody may do.
FIT_FOR_AN_INDEX = "ALTER FUNCTION unaccent(text) IMMUTABLE"
NO_UNACCENT = """
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%unaccent(%'
    LOOP
        EXECUTE format('DROP INDEX %I', found.indexname);
    END LOOP;
END $$
"""
# When Odoo itself was installed: else no two files would share a line.
NO_TIMES = """
DO $$ DECLARE found record; BEGIN
    FOR found IN
        SELECT table_name AS t FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name IN ('create_date', 'write_date')
           AND table_name ~ '^(ir|res|account_(account|group|report|tax))_'
           AND table_name !~ '^res_(users|partner)'
      GROUP BY table_name HAVING count(*) = 2
    LOOP
        EXECUTE format(
            'UPDATE %I SET create_date = ''2026-01-01'', write_date = ''2026-01-01''',
            found.t);
    END LOOP;
END $$
"""
IN_ORDER = """
DO $$ DECLARE found record; BEGIN
    FOR found IN
        SELECT indrelid::regclass AS t, indexrelid::regclass::text AS i FROM pg_index
          JOIN pg_class ON pg_class.oid = indrelid
         WHERE indisprimary AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('CLUSTER %s USING %s', found.t, found.i);
        EXECUTE format('ALTER TABLE %s SET WITHOUT CLUSTER', found.t);
    END LOOP;
END $$
"""
LEFT_OUT = (
    "DELETE FROM bus_bus",
    "DELETE FROM ir_attachment WHERE url LIKE '/web/assets/%'",
    *(NO_FILES, NO_FRENCH, NO_UNACCENT, NO_TIMES, IN_ORDER),
)


def versions():
    """Return the versions that are kept, the oldest first."""
    found = [path.name.removesuffix(SUFFIX) for path in FOLDER.glob(f"*{SUFFIX}")]
    return sorted(found, key=_order)


def path_of(version):
    """Return the file of a version."""
    return FOLDER / f"{version}{SUFFIX}"


def keep(databases, name, version, origin):
    """Write a database, which loses what is left out, as the file of a version.

    To write the oldest anew means to write all others anew.
    """
    for query in LEFT_OUT:
        databases.postgres.sql(query, name)
    text = TOO_NEW.sub(b"", databases.postgres.dump(name))
    told = f"-- Troc Actif {version}: {origin}\n"
    oldest = min([version, *versions()[:1]], key=_order)
    if oldest != version:
        base = _read(oldest)
        told += f"-- differs from {_digest(base)}\n"
        text = deltas.against(base, text)
    FOLDER.mkdir(exist_ok=True)
    path_of(version).write_bytes(lzma.compress(told.encode() + text, **SETTINGS))
    return path_of(version)


def restore(databases, name, version):
    """Make a database from the file of a version."""
    databases.create(name)
    databases.postgres.load(name, text_of(version))
    if databases.postgres.embedded:
        databases.postgres.sql(FIT_FOR_AN_INDEX, name)
    rows = databases.postgres.sql(PROOFS, name)
    changes = [query for row in rows for query in _stand_in(*row)]
    databases.postgres.sql("; ".join(changes), name)


def _stand_in(number, compensation):
    """Yield what gives an attachment other contents, and its fingerprints to them."""
    content = f"stands in for attachment {number}".encode()
    yield (
        f"UPDATE ir_attachment SET db_datas = '\\x{content.hex()}',"
        f" file_size = {len(content)},"
        f" checksum = '{hashlib.sha1(content).hexdigest()}' WHERE id = {number}"
    )
    if compensation:
        digest = hashlib.sha256(content).hexdigest()
        yield (
            f"UPDATE troc_compensation SET document_sha256 = '{digest}'"
            f" WHERE id = {compensation} AND document_sha256 IS NOT NULL"
        )


def text_of(version):
    """Return the SQL that makes the database of a version."""
    text = _read(version)
    found = DIFFERS.match(text)
    if not found:
        return text
    base = _read(versions()[0])
    if _digest(base).encode() != found[1]:
        raise Stop(
            f"The demonstration of {version} is told by that of another file than"
            f" {path_of(versions()[0]).name}.",
            f"Run ./scripts/keep-release with the commit of {version}.",
        )
    return deltas.restored(base, text)


def _read(version):
    try:
        return lzma.decompress(path_of(version).read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise Stop(
            f"The demonstration of {version} cannot be read: {error}.",
            f"Take tests/releases/{path_of(version).name} from git again.",
        ) from error


def _digest(text):
    return hashlib.sha256(text).hexdigest()


def _order(version):
    return [int(part) for part in version.split(".")]
