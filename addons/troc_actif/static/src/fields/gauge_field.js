import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { actifNumber, formatActif } from "@troc_actif_invoice/fields/actif";

/**
 * A member's account as a bar: from how low it may go today (what may be spent is what
 * the field "room" says: what is set aside, on hold or over counts), over zero, to how
 * far above (without a ceiling: somewhat above the balance).  Filled from zero to the
 * balance, with a mark on it.  Positions are in percent of the width.
 */
export class GaugeField extends Component {
    static template = "troc_actif.GaugeField";
    static props = {
        ...standardFieldProps,
        compact: { type: Boolean, optional: true },
    };

    setup() {
        this.actifNumber = actifNumber;
    }

    get data() {
        return this.props.record.data;
    }

    get balance() {
        return this.data.balance || 0;
    }

    get floor() {
        return this.balance - (this.data.room || 0);
    }

    /** The highest balance allowed, or null where there is no ceiling. */
    get ceiling() {
        return this.data.highest_balance || null;
    }

    get scale() {
        const low = Math.min(this.floor, this.balance, 0);
        const open = Math.max(this.balance * 1.25, -low, 1);
        const high = Math.max(this.ceiling ?? open, this.balance, 0);
        return { low, span: high - low || 1 };
    }

    position(value) {
        const { low, span } = this.scale;
        return ((value - low) / span) * 100;
    }

    get zero() {
        return `${this.position(0)}%`;
    }

    get mark() {
        return `${this.position(this.balance)}%`;
    }

    get fill() {
        const [from, to] = [this.position(0), this.position(this.balance)].sort((a, b) => a - b);
        return { x: `${from}%`, width: `${to - from}%` };
    }

    /** Nearly nothing left to spend, or to earn: a tenth of the way. */
    get level() {
        const room = this.data.room || 0;
        const headroom = this.ceiling === null ? Infinity : this.ceiling - this.balance;
        if (room <= Math.max(-this.floor, 0) / 10 || headroom < this.ceiling / 10) {
            return "tight";
        }
        return this.balance < 0 ? "below" : "above";
    }

    get text() {
        const facts = {
            balance: formatActif(this.balance),
            floor: actifNumber(this.floor),
            ceiling: actifNumber(this.ceiling),
            room: formatActif(this.data.room),
        };
        return this.ceiling === null
            ? _t("Balance %(balance)s, may go down to %(floor)s, no ceiling. May spend %(room)s.", facts)
            : _t(
                  "Balance %(balance)s, may go from %(floor)s to %(ceiling)s. May spend %(room)s.",
                  facts
              );
    }
}

registry.category("fields").add("troc_gauge", {
    component: GaugeField,
    displayName: _t("Gauge of an account"),
    supportedTypes: ["monetary"],
    listViewWidth: [140, 200],
    fieldDependencies: [
        { name: "balance", type: "monetary" },
        { name: "room", type: "monetary" },
        { name: "highest_balance", type: "monetary" },
    ],
    extractProps: ({ options, viewType }) => ({
        compact: options.compact || viewType === "list",
    }),
});
