import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { FileUploader } from "@web/views/fields/file_handler";
import { fileUploadListView } from "@account/views/file_upload_list/file_upload_list_view";
import { FileUploadListController } from "@account/views/file_upload_list/file_upload_list_controller";
import { FileUploadListRenderer } from "@account/views/file_upload_list/file_upload_list_renderer";
import { DocumentFileUploader } from "@account/components/document_file_uploader/document_file_uploader";

function useMayUpload(component) {
    onWillStart(async () => {
        component.mayUpload = await user.hasGroup("troc_actif.group_troc_animator");
    });
}

/** Odoo's uploader, which here stays on the list and tells what became of each file. */
export class InvoiceUploader extends DocumentFileUploader {
    static template = "troc_actif.InvoiceUploader";
    static components = { FileUploader };

    async onUploadComplete() {
        const attachmentIds = this.attachmentIdsToProcess.splice(0);
        const results = await this.orm.call("troc.compensation", "submit_attachments", [
            attachmentIds,
        ]);
        for (const { message, type } of results) {
            this.notification.add(message, { type, sticky: type !== "success" });
        }
        await this.action.doAction("soft_reload");
    }
}

export class CompensationListController extends FileUploadListController {
    static components = { ...FileUploadListController.components, InvoiceUploader };

    setup() {
        super.setup();
        useMayUpload(this);
    }
}

/** The list of compensations: an animator drops Factur-X files on it. */
export class CompensationListRenderer extends FileUploadListRenderer {
    setup() {
        super.setup();
        useMayUpload(this);
        this.dropZoneTitle = _t("Drop Factur-X invoices (PDF or XML)");
        this.dropZoneDescription = _t("Each one becomes a compensation to validate.");
    }

    onDragStart(ev) {
        if (this.mayUpload) {
            super.onDragStart(ev);
        }
    }

    async onPaste(ev) {
        if (this.mayUpload) {
            await super.onPaste(ev);
        }
    }
}

registry.category("views").add("troc_compensation_list", {
    ...fileUploadListView,
    Controller: CompensationListController,
    Renderer: CompensationListRenderer,
    buttonTemplate: "troc_actif.CompensationListView.Buttons",
});
