import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Invoices dropped on the form or chosen: what was read in them is shown at once, before
 * they are sent; then how far the sending is.  Without JavaScript the form sends them
 * all the same, and what was read is told after.
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
        this.read = this.el.querySelector(".troc-read");
        this.progress = this.el.querySelector("progress");
        // of the last choice: a slow answer about an earlier one is not shown
        this.choice = 0;
    }

    /** What was chosen while the scripts were still on their way, or before a reload. */
    start() {
        if (this.input.files.length) {
            this.onChange();
        }
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

    async onChange() {
        const choice = ++this.choice;
        this.read.replaceChildren();
        if (!this.input.files.length) {
            return;
        }
        this.busy();
        const page = await this.waitFor(this.readFiles());
        if (choice === this.choice) {
            this.progress.hidden = true;
            this.read.replaceChildren(...page);
        }
    }

    /** Returns what the server says of the files, as nodes; their names if it can't. */
    async readFiles() {
        try {
            const body = new FormData(this.el);
            const answer = await fetch(this.el.dataset.read, { method: "POST", body });
            // to the login page, where the session has ended
            if (answer.ok && !answer.redirected) {
                const parser = new DOMParser();
                const text = await answer.text();
                return [...parser.parseFromString(text, "text/html").body.childNodes];
            }
        } catch {
            // out of reach for now: sending is still possible, and tells what is wrong
        }
        return [...this.input.files].map((file) => {
            const line = document.createElement("div");
            line.textContent = file.name;
            return line;
        });
    }

    busy() {
        this.progress.hidden = false;
        this.progress.removeAttribute("value");
    }

    /** Only XMLHttpRequest tells how much of an upload has left. */
    onSubmit() {
        const sending = new XMLHttpRequest();
        this.busy();
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
