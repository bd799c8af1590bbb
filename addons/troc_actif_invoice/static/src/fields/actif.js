import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { formatFloat } from "@web/core/utils/numbers";
import { nbsp } from "@web/core/utils/strings";

/** The figures of an amount in Actifs, as the user's language writes them. */
export function actifNumber(value) {
    return formatFloat(value || 0, { digits: [16, 2] });
}

/** "Actif" or "Actifs", by the plural rules of the user's language (1,50 Actif in French). */
export function actifUnit(value) {
    const rules = new Intl.PluralRules(user.lang);
    return rules.select(Math.abs(value || 0)) === "one" ? _t("Actif") : _t("Actifs");
}

/** An amount with its unit: 1 234,50 Actifs.  It never breaks over two lines. */
export function formatActif(value) {
    return value === false ? "" : `${actifNumber(value)}${nbsp}${actifUnit(value)}`;
}
