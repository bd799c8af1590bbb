import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { MonetaryField, monetaryField } from "@web/views/fields/monetary/monetary_field";
import { actifNumber, actifUnit, formatActif } from "./actif";

/**
 * An amount in Actifs.  It is kept in a monetary field, in euros at parity 1:1; the
 * unit after the figures is what tells both apart.
 */
export class ActifAmountField extends MonetaryField {
    static template = "troc_actif_invoice.ActifAmountField";
    static props = { ...MonetaryField.props, blankZero: { type: Boolean, optional: true } };

    get isBlank() {
        return this.props.blankZero && !this.value;
    }

    get currency() {
        return { symbol: actifUnit(this.value), position: "after" };
    }

    get currencyDigits() {
        return [16, 2];
    }

    get formattedValue() {
        return actifNumber(this.value);
    }
}

export const actifAmountField = {
    ...monetaryField,
    component: ActifAmountField,
    displayName: _t("Amount in Actifs"),
    supportedTypes: ["monetary"],
    listViewWidth: [110, 150],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...monetaryField.extractProps(fieldInfo, dynamicInfo),
        blankZero: fieldInfo.options.blank_zero,
    }),
};

registry.category("fields").add("troc_actif_amount", actifAmountField);
registry.category("formatters").add("troc_actif_amount", formatActif);
