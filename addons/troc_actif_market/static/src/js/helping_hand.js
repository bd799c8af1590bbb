import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A helping hand has no price: what asks for one goes away while it is ticked. */
export class HelpingHand extends Interaction {
    static selector = "form.troc-form";
    dynamicContent = {
        "#is_helping_hand": { "t-on-change": () => {} },
        ".troc-price": { "t-att-class": () => ({ "d-none": this.box.checked }) },
    };

    setup() {
        this.box = this.el.querySelector("#is_helping_hand");
    }
}

registry.category("public.interactions").add("troc_actif_portal.helping_hand", HelpingHand);
