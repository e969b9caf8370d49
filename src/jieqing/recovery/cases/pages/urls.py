"""Addresses of the case room below ``/s/<site>/``; every deed on a case has one, made from the list of deeds."""

from django.urls import path

from jieqing.recovery.cases.pages import frame_parts, importing
from jieqing.recovery.cases.pages.board import board
from jieqing.recovery.cases.pages.bulk import bulk_assign, bulk_export, bulk_snooze, bulk_stage, bulk_undo
from jieqing.recovery.cases.pages.case_page import case
from jieqing.recovery.cases.pages.clocks import clocks
from jieqing.recovery.cases.pages.complaints import complaints
from jieqing.recovery.cases.pages.contact import contact
from jieqing.recovery.cases.pages.debtor_cases import debtor_cases
from jieqing.recovery.cases.pages.deed_views import deed_view
from jieqing.recovery.cases.pages.deeds import DEEDS
from jieqing.recovery.cases.pages.enquiry_cases import enquiry_cases
from jieqing.recovery.cases.pages.item_cases import item_cases
from jieqing.recovery.cases.pages.news import case_news, cases_news
from jieqing.recovery.cases.pages.opening import case_new
from jieqing.recovery.cases.pages.promises import promises
from jieqing.recovery.cases.pages.worklist import cases, cases_export

urlpatterns = [
    path("cases/", cases, name="cases"),
    path("cases.csv", cases_export, name="cases-export"),
    path("cases.xlsx", cases_export, {"kind": "xlsx"}, name="cases-workbook"),
    path("cases/news/", cases_news, name="cases-news"),
    path("cases/board/", board, name="cases-board"),
    path("cases/promises/", promises, name="cases-promises"),
    path("cases/clocks/", clocks, name="cases-clocks"),
    path("cases/complaints/", complaints, name="cases-complaints"),
    path("cases/import/", importing.cases_import, name="cases-import"),
    path("cases/import/template.csv", importing.import_template, name="cases-import-template"),
    path("cases/field-sheet.xlsx", importing.field_sheet, name="cases-field-sheet"),
    path("cases/files/<uuid:file_id>/undo/", importing.file_undo, name="cases-file-undo"),
    path("cases/new/<uuid:debtor_id>/", case_new, name="case-new"),
    path("cases/of/<uuid:debtor_id>/", debtor_cases, name="debtor-cases"),
    path("cases/with/<uuid:item_id>/", item_cases, name="item-cases"),
    path("cases/of-enquiry/<uuid:enquiry_id>/", enquiry_cases, name="enquiry-cases"),
    path("cases/picked/assign/", bulk_assign, name="cases-bulk-assign"),
    path("cases/picked/snooze/", bulk_snooze, name="cases-bulk-snooze"),
    path("cases/picked/stage/", bulk_stage, name="cases-bulk-stage"),
    path("cases/picked/export/", bulk_export, name="cases-bulk-export"),
    path("cases/changes/<uuid:change_id>/undo/", bulk_undo, name="cases-bulk-undo"),
    path("cases/<uuid:case_id>/", case, name="case"),
    path("cases/<uuid:case_id>/news/", case_news, name="case-news"),
    path("cases/<uuid:case_id>/contact/", contact, name="case-contact"),
    *(path(f"cases/<uuid:case_id>/{deed.path}/", deed_view(deed), name=deed.url_name) for deed in DEEDS),
]
frame_parts.register()
