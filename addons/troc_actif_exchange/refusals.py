"""The words of refusals of imports and exports."""

from odoo.addons.troc_actif_invoice.refusals import register

IMPORT_MESSAGES = {
    # the file
    "import_too_large": lambda env, f: env._(
        "%(record)s is larger than %(value)s MB. Split it into several files.", **f
    ),
    "import_damaged": lambda env, f: env._(
        "%(record)s is damaged and cannot be read. Save it again as XLSX or CSV.", **f
    ),
    "import_unknown": lambda env, f: env._(
        "%(record)s is no XLSX, CSV or ZIP of CSV files. Save it as one of these (old "
        "“.xls” files: “Save as”, then XLSX).",
        **f,
    ),
    "import_encrypted": lambda env, f: env._(
        "%(record)s is protected by a password. Save it without one.", **f
    ),
    "import_bomb": lambda env, f: env._(
        "%(record)s would unpack to far more than its size and was not opened. Save it "
        "anew from your software.",
        **f,
    ),
    "import_encoding": lambda env, f: env._(
        "%(record)s: its letters cannot be read for sure, so accents would come out "
        "wrong. Save it as “CSV UTF-8”, or as XLSX.",
        **f,
    ),
    "import_rows": lambda env, f: env._(
        "%(record)s holds more than %(value)s rows. Split it into several files.", **f
    ),
    "import_nothing": lambda env, f: env._(
        "%(record)s holds no row that can be imported. Its first row names the "
        "columns: take those of the template.",
        **f,
    ),
    "import_header": lambda env, f: env._(
        "%(record)s: the sheet “%(name)s” lacks a column. It needs: %(needed)s.", **f
    ),
    "import_sheet": lambda env, f: env._(
        "%(record)s: the sheet “%(name)s” is none of “membres”, “annonces”, "
        "“categories” and was not read.",
        **f,
    ),
    "import_columns": lambda env, f: env._(
        "%(record)s, sheet “%(name)s”: these columns are unknown and were not read: "
        "%(found)s. Rename them as in the template if they matter.",
        **f,
    ),
    # a cell
    "import_missing": lambda env, f: env._(
        "%(record)s: “%(name)s” is empty. Fill it in.", **f
    ),
    "import_formula": lambda env, f: env._(
        "%(record)s: “%(name)s” holds a formula, which is not computed. Paste its "
        "value instead.",
        **f,
    ),
    "import_too_long": lambda env, f: env._(
        "%(record)s: “%(name)s” has more than %(value)s characters. Shorten it.", **f
    ),
    "import_siren": lambda env, f: env._(
        "%(record)s: “%(value)s” is not a SIREN. Write its nine digits as on the "
        "company's registration (format the column as text: zeros at the start stay).",
        **f,
    ),
    "import_mail": lambda env, f: env._(
        "%(record)s, “%(name)s”: “%(value)s” is not a mail address. Correct it.", **f
    ),
    "import_amount": lambda env, f: env._(
        "%(record)s, “%(name)s”: “%(value)s” is not an amount. Write it like 1234,56, "
        "with two decimals at most.",
        **f,
    ),
    "import_negative": lambda env, f: env._(
        "%(record)s, “%(name)s”: “%(value)s” is below zero. Write zero or more.", **f
    ),
    "import_whole": lambda env, f: env._(
        "%(record)s, “%(name)s”: “%(value)s” is not a whole number. Correct it.", **f
    ),
    "import_date": lambda env, f: env._(
        "%(record)s, “%(name)s”: “%(value)s” is not a date. Write it like 31/12/2026.",
        **f,
    ),
    "import_truth": lambda env, f: env._(
        "%(record)s, “%(name)s”: “%(value)s” is neither “oui” nor “non”.", **f
    ),
    "import_choice": lambda env, f: env._(
        "%(record)s, “%(name)s”: “%(value)s” is none of: %(allowed)s.", **f
    ),
    "import_double": lambda env, f: env._(
        "%(record)s is in the file more than once. Keep one of these rows.", **f
    ),
    "import_holds_nothing": lambda env, f: env._(
        "%(record)s, “%(name)s”: a candidate or a member who has left holds no Actifs. "
        "Empty the cell, or correct the state.",
        **f,
    ),
    "import_no_notice": lambda env, f: env._(
        "%(record)s, “%(name)s”: only a leaving member has a notice. Empty the cell, "
        "or correct the state.",
        **f,
    ),
    # a row
    "import_partners": lambda env, f: env._(
        "%(record)s: several contacts have the SIREN %(siren)s (%(partner)s). Merge "
        "them first.",
        **f,
    ),
    "import_member_unknown": lambda env, f: env._(
        "%(record)s: no member of the network has the SIREN %(siren)s. Import the "
        "member first, or correct the number.",
        **f,
    ),
    "import_category": lambda env, f: env._(
        "%(record)s: the category “%(value)s” is unknown. Create it, or take one of "
        "the network's.",
        **f,
    ),
    "import_unexpected": lambda env, f: env._(
        "%(record)s could not be imported: %(error)s Correct this row and import the "
        "file again.",
        **f,
    ),
    # opening balances
    "import_balances_sum": lambda env, f: env._(
        "%(record)s: they sum to %(total)s and not to zero, so none was posted. "
        "Correct the column “Solde d'ouverture”.",
        **f,
    ),
    "import_balances_refused": lambda env, f: env._(
        "%(record)s: none was posted, since rows that hold one were refused "
        "(%(number)s). Correct these and import the file again: what is there already "
        "stays as it is.",
        **f,
    ),
    "import_balances_stand": lambda env, f: env._(
        "%(record)s: the register holds movements already and these members stand "
        "elsewhere than in the file: %(found)s. Empty the column, or correct them by "
        "transfers.",
        **f,
    ),
    "import_second_manager": lambda env, f: env._(
        "%(record)s: a balance of the file reaches %(threshold)s, from where on two "
        "managers decide. %(user)s checked the file: another manager imports it.",
        **f,
    ),
    # the act
    "import_wrong_state": lambda env, f: env._(
        "%(record)s: this can be done to an import that was checked, and only once. "
        "Check the file first.",
        **f,
    ),
    "import_no_file": lambda env, f: env._(
        "%(record)s: choose a file first (XLSX, CSV, or the ZIP of an export).", **f
    ),
    "export_too_often": lambda env, f: env._(
        "%(record)s: the data were asked for several times today already. Take the "
        "file that is there, or come back tomorrow.",
        **f,
    ),
}

register(IMPORT_MESSAGES)
