import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** On a phone the tabs scroll sideways: the open one is brought into view. */
export class Tabs extends Interaction {
    static selector = ".troc-tabs";

    start() {
        const open = this.el.querySelector(".active");
        if (open) {
            this.el.scrollLeft = open.offsetLeft - (this.el.clientWidth - open.clientWidth) / 2;
        }
    }
}

registry.category("public.interactions").add("troc_actif_portal.tabs", Tabs);
