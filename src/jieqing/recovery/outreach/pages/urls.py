from django.urls import path

from jieqing.recovery.outreach.pages.verdicts import contact_verdicts

urlpatterns = [path("cases/<uuid:case_id>/contact-verdicts/", contact_verdicts, name="contact-verdicts")]
