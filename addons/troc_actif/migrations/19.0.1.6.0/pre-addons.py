"""What was one addon and its portal becomes a core with addons round it.

Records keep their rows and what the network changed of them; only the addon that their
external id names is another one.  The new addons are marked as installed before and to
be updated, not as new: an installation would write mail templates, scheduled actions
and categories anew.
"""

BEFORE = "19.0.1.5.0"
# {addon: {where its records were: their names}}
MOVED = {
    "troc_actif_accounting": {
        "troc_actif": """
            action_balance_confirmation action_booking_export
            action_confirmation_run action_fec_export action_justification
            action_report_confirmation action_report_justification
            action_report_vat action_vat_report action_year_end
            activity_contested cron_confirmations mail_balance_confirmation
            menu_balance_confirmations menu_booking_export menu_confirmation_run
            menu_justification menu_reporting_actif menu_reporting_confirmations
            menu_reporting_fec menu_reporting_justification menu_reporting_vat
            menu_reporting_year_end report_confirmation report_justification
            report_vat report_vat_table rule_balance_confirmation_accountant
            rule_balance_confirmation_network rule_balance_confirmation_portal
            rule_booking_export_own rule_contest_own rule_fec_export_own
            rule_justification_line_own rule_justification_own
            rule_vat_report_line_own rule_vat_report_own rule_year_end_own
            troc_balance_confirmation_accountant
            troc_balance_confirmation_animator troc_balance_confirmation_portal
            troc_balance_confirmation_reader troc_booking_export_manager
            troc_booking_export_reader troc_confirmation_run_manager
            troc_contest_accountant troc_justification_accountant
            troc_justification_line_accountant troc_justification_line_manager
            troc_justification_line_reader troc_justification_manager
            troc_justification_reader troc_vat_report_accountant
            troc_vat_report_line_accountant troc_year_end_accountant
            view_balance_confirmation_form view_balance_confirmation_kanban
            view_balance_confirmation_list view_balance_confirmation_search
            view_booking_export_form view_config_settings_presentation
            view_confirmation_run_form view_contest_form view_justification_form
            view_justification_line_kanban view_justification_line_list
            view_justification_line_search view_member_form_booking
            view_vat_report_form view_vat_report_line_kanban
            view_vat_report_line_list view_year_end_form year_end_preview
        """,
        "troc_actif_portal": """
            bookings bookings_table confirmation confirmation_badge
            confirmations portal_breadcrumbs_accounting statement_accounting
        """,
    },
    "troc_actif_dashboard": {
        "troc_actif": """
            action_dashboard action_dashboard_today action_member_activity
            action_report_month action_trade cron_monthly_report
            mail_month_report menu_dashboard menu_member_activity menu_reports
            menu_trades report_month report_month_lines troc_dashboard_animator
            troc_dashboard_line_animator troc_dashboard_line_reader
            troc_dashboard_reader troc_member_activity_animator
            troc_member_activity_reader troc_trade_animator troc_trade_reader
            view_dashboard_form view_dashboard_line_list
            view_member_activity_kanban view_member_activity_list
            view_member_activity_search view_trade_graph view_trade_list
            view_trade_pivot view_trade_search view_trade_slowest
        """,
    },
    "troc_actif_exchange": {
        "troc_actif": """
            action_export action_export_member action_import action_import_row
            cron_export cron_import mail_export_ready menu_exports menu_imports
            troc_export_manager troc_import_manager troc_import_row_manager
            view_export_form view_export_list view_import_form view_import_list
            view_import_row_form view_import_row_list view_import_row_search
        """,
        "troc_actif_portal": """
            colleagues_data
        """,
    },
    "troc_actif_fees": {
        "troc_actif": """
            action_fee action_fee_policy action_fee_report action_fee_run
            action_waive cron_fees cron_fees_queue menu_fee_lines
            menu_fee_policies menu_fee_report menu_fee_run menu_fees
            rule_fee_accountant rule_fee_network rule_fee_portal
            troc_fee_accountant troc_fee_animator troc_fee_policy_animator
            troc_fee_policy_manager troc_fee_policy_reader troc_fee_portal
            troc_fee_reader troc_fee_run_manager troc_fee_run_reader
            view_fee_form view_fee_graph view_fee_kanban view_fee_list
            view_fee_pivot view_fee_policy_form view_fee_policy_list
            view_fee_run_form view_fee_search view_member_form_fees
            view_member_list_fees view_member_search_fees view_move_form_fees
            view_network_form_fees view_reason_form_fees
            view_territory_form_fees
        """,
    },
    "troc_actif_link": {
        "troc_actif": """
            action_link action_link_entry action_revoke_link menu_link_entries
            menu_links rule_link_entry_network rule_link_entry_portal
            rule_link_network rule_link_portal troc_link_animator
            troc_link_entry_animator troc_link_entry_portal
            troc_link_entry_reader troc_link_portal troc_link_reader
            view_compensation_form_link view_compensation_search_link
            view_link_entry_kanban view_link_entry_list view_link_entry_search
            view_link_form view_link_kanban view_link_list view_link_search
            view_network_form_link view_reason_form_link
        """,
        "troc_actif_portal": """
            bookings_link link portal_breadcrumbs_link statement_link
        """,
    },
    "troc_actif_market": {
        "troc_actif": """
            action_cancel_deal action_category action_deal_waiting_invoice
            action_introduction action_listing action_listing_to_approve
            action_member_without_listing action_need_without_offer
            action_send_back activity_help activity_moderate category_accounting
            category_catering category_cleaning category_communication
            category_events category_hr category_legal category_machines
            category_other category_premises category_printing
            category_prospecting category_reuse category_supplies
            category_training category_transport category_video category_web
            category_wellbeing category_works cron_digest cron_expire cron_lapse
            mail_digest mail_listing_expired mail_listing_expires
            mail_listing_sent_back mail_member_nudge menu_categories menu_deals
            menu_introductions menu_listings menu_listings_to_approve
            menu_market menu_members_without_listing menu_needs
            rule_category_network rule_category_user
            rule_introduction_accountant rule_introduction_animator
            rule_introduction_portal rule_listing_accountant_market
            rule_listing_accountant_own rule_listing_animator
            rule_listing_portal_market rule_listing_trader_own
            rule_picture_accountant_market rule_picture_accountant_own
            rule_picture_animator rule_picture_portal_market
            rule_picture_trader_own rule_saved_search_own
            rule_slot_accountant_market rule_slot_accountant_own
            rule_slot_animator rule_slot_portal_market rule_slot_trader_own
            subtype_deal_note troc_category_manager troc_category_portal
            troc_category_user troc_introduction_accountant
            troc_introduction_animator troc_introduction_portal
            troc_listing_accountant troc_listing_animator troc_listing_manager
            troc_listing_picture_accountant troc_listing_picture_animator
            troc_listing_picture_manager troc_listing_picture_portal
            troc_listing_picture_reader troc_listing_picture_trader
            troc_listing_portal troc_listing_reader troc_listing_slot_accountant
            troc_listing_slot_animator troc_listing_slot_manager
            troc_listing_slot_portal troc_listing_slot_reader
            troc_listing_slot_trader troc_listing_trader
            troc_saved_search_accountant troc_saved_search_portal
            view_category_list view_category_search view_introduction_form
            view_introduction_kanban view_introduction_list
            view_introduction_search view_listing_form view_listing_form_life
            view_listing_kanban view_listing_list view_listing_search
        """,
        "troc_actif_portal": """
            introduction introductions introductions_list listing listing_badges
            listing_button listing_card listing_cards listing_form listings
            market profile public_market suggestion_cards suggestions
            unsubscribed
        """,
    },
}

PORTAL = "troc_actif_portal"


def migrate(cr, version):
    """Give what moved to its addon, and have the addons loaded in the same update."""
    for addon, sources in MOVED.items():
        for source, names in sources.items():
            cr.execute(
                "UPDATE ir_model_data SET module = %s WHERE module = %s AND name IN %s",
                [addon, source, tuple(names.split())],
            )
    # extensions of a view that is written before them do not fit it any more; all of
    # them are written anew in this update
    cr.execute(
        """
        UPDATE ir_ui_view SET arch_db = jsonb_build_object('en_US', '<data/>')
         WHERE inherit_id IS NOT NULL
           AND id IN (SELECT res_id FROM ir_model_data
                       WHERE model = 'ir.ui.view' AND module IN %s)
        """,
        [("troc_actif", PORTAL, *MOVED)],
    )
    cr.execute(
        "UPDATE ir_module_module SET state = 'to upgrade', latest_version = %s"
        " WHERE name IN %s AND state = 'uninstalled'",
        [BEFORE, tuple(MOVED)],
    )
    # the marketplace and the accounting have their pages in it
    cr.execute(
        "UPDATE ir_module_module SET state = 'to install'"
        " WHERE name = %s AND state = 'uninstalled'",
        [PORTAL],
    )
