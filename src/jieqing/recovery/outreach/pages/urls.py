"""Addresses of outreach, below ``/s/<site>/``."""

from django.urls import path

from jieqing.recovery.outreach.pages import approvals, frame_parts
from jieqing.recovery.outreach.pages.debtor_verdicts import debtor_verdicts
from jieqing.recovery.outreach.pages.retries import retry_rules
from jieqing.recovery.outreach.pages.row_verdicts import row_verdicts
from jieqing.recovery.outreach.pages.verdicts import contact_verdicts

frame_parts.register()

urlpatterns = [
    path("cases/contact-verdicts/", row_verdicts, name="cases-contact-verdicts"),
    path("cases/<uuid:case_id>/contact-verdicts/", contact_verdicts, name="contact-verdicts"),
    path("debtors/<uuid:debtor_id>/contact-verdicts/", debtor_verdicts, name="debtor-contact-verdicts"),
    path("cases/<uuid:case_id>/approvals/new/", approvals.ask, name="approval-new"),
    path("retry-rules/", retry_rules, name="retry-rules"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<uuid:approval_id>/", approvals.approval, name="approval"),
    path("approvals/<uuid:approval_id>/answer/", approvals.answer, name="approval-answer"),
    path("approvals/<uuid:approval_id>/permit/", approvals.permit, name="approval-permit"),
]
