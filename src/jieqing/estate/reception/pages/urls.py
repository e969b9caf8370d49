"""Addresses below ``/s/<site>/``: the public pages, the visitor's own page, the members' inbox."""

from django.urls import path

from jieqing.estate.reception.pages import consultation, inbox, landing, public_lines, receipt, verifying

urlpatterns = [
    path("", landing.home, name="site-home"),
    path("genuine/", landing.genuine, name="site-genuine"),
    path("privacy/", landing.privacy, name="site-privacy"),
    path("verify/", verifying.verify, name="site-verify"),
    path("verify/log.policy", verifying.policy, name="site-policy"),
    path("consultation/", consultation.consultation, name="consultation"),
    path("consultation/<str:token>/", receipt.receipt, name="receipt"),
    path("consultation/<str:token>/withdraw/", receipt.withdraw, name="receipt-withdraw"),
    path("consultation/<str:token>/erase/", receipt.erase, name="receipt-erase"),
    path("consultation/<str:token>/proof/", receipt.proof, name="receipt-proof"),
    path("enquiries/", inbox.enquiries, name="enquiries"),
    path("enquiries/<uuid:enquiry_id>/", inbox.enquiry, name="enquiry"),
    path("enquiries/<uuid:enquiry_id>/answer/", inbox.answer, name="enquiry-answer"),
    path("enquiries/<uuid:enquiry_id>/decline/", inbox.decline, name="enquiry-decline"),
    path("enquiries/<uuid:enquiry_id>/contact/", inbox.contact, name="enquiry-contact"),
    path("public-page/", public_lines.public_page, name="public-page"),
]
