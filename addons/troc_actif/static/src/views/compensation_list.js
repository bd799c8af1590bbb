import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { fileUploadListView } from "@account/views/file_upload_list/file_upload_list_view";
import { FileUploadListRenderer } from "@account/views/file_upload_list/file_upload_list_renderer";

/** The list of compensations: drop Factur-X files on it, Odoo's own uploader sends them. */
export class CompensationListRenderer extends FileUploadListRenderer {
    setup() {
        super.setup();
        this.dropZoneTitle = _t("Drop Factur-X invoices (PDF or XML)");
        this.dropZoneDescription = _t("Each one becomes a compensation to validate.");
    }
}

registry.category("views").add("troc_compensation_list", {
    ...fileUploadListView,
    Renderer: CompensationListRenderer,
});
