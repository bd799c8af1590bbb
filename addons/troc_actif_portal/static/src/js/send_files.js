import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Invoices dropped on the form, the names of those chosen, and how far the sending is.
 * Without JavaScript the form sends them all the same.
 */
export class SendFiles extends Interaction {
    static selector = "form.troc-send";
    dynamicContent = {
        _root: {
            "t-on-dragover.prevent": () => this.over(true),
            "t-on-dragleave": () => this.over(false),
            "t-on-drop.prevent": this.onDrop,
            "t-on-submit.prevent": this.onSubmit,
            "t-att-class": () => ({ "troc-drop-over": this.isOver }),
        },
        "input[type=file]": { "t-on-change": this.onChange },
    };

    setup() {
        this.isOver = false;
        this.input = this.el.querySelector("input[type=file]");
        this.names = this.el.querySelector(".troc-names");
        this.progress = this.el.querySelector("progress");
    }

    over(isOver) {
        this.isOver = isOver;
    }

    onDrop(event) {
        this.isOver = false;
        if (event.dataTransfer.files.length) {
            this.input.files = event.dataTransfer.files;
            this.onChange();
        }
    }

    onChange() {
        this.names.replaceChildren(
            ...[...this.input.files].map((file) => {
                const line = document.createElement("li");
                line.textContent = file.name;
                return line;
            })
        );
    }

    /** Only XMLHttpRequest tells how much of an upload has left. */
    onSubmit() {
        const sending = new XMLHttpRequest();
        this.progress.hidden = false;
        this.el.querySelector("button[type=submit]").disabled = true;
        sending.upload.addEventListener("progress", (event) => {
            this.progress.max = event.total;
            this.progress.value = event.loaded;
        });
        sending.addEventListener("load", () => {
            if (sending.status < 400) {
                window.location.assign(sending.responseText);
            } else {
                this.el.submit();
            }
        });
        sending.addEventListener("error", () => this.el.submit());
        sending.open("POST", this.el.action);
        sending.setRequestHeader("X-Requested-With", "XMLHttpRequest");
        sending.send(new FormData(this.el));
    }
}

registry.category("public.interactions").add("troc_actif_portal.send_files", SendFiles);
