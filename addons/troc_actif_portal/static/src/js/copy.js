import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A click on a text to copy marks all of it. */
export class Copy extends Interaction {
    static selector = ".troc-copy";
    dynamicContent = {
        _root: { "t-on-click": () => this.el.select() },
    };
}

registry.category("public.interactions").add("troc_actif_portal.copy", Copy);
