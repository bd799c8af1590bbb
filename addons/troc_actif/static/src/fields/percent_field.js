import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A share in percent, as the network writes it: 50 %, 33,33 %. Read only. */
export class PercentField extends Component {
    static template = "troc_actif.PercentField";
    static props = { ...standardFieldProps };

    get text() {
        const value = this.props.record.data[this.props.name];
        return `${formatFloat(value, { digits: [5, 2], trailingZeros: false })} %`;
    }
}

registry.category("fields").add("troc_percent", {
    component: PercentField,
    displayName: _t("Share in percent"),
    supportedTypes: ["float"],
});
