"""One person's browser on the import pages, for the tests of those pages."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast

from jieqing.claims.receivables.models import ImportBatch, Item, StagedRow
from jieqing.plumbing.db.scopes import site_scope

LEDGER = """江南轴承有限公司应收明细表,,,,
截止日期：2026-06-30,,,,
客户名称,发票号,开票日期,到期日,金额
宏达机械,INV-001,2026-05-01,2026-06-01,"10,000.00"
李氏包装,INV-002,2026-05-03,2026-13-01,250.50
远景五金,INV-003,2026-05-04,2026-06-04,99.50
合计,,,,"10,350.00"
"""


class Walk:
    """The owner's browser on the import pages."""

    def __init__(self, cast: Cast, name: str = "owner") -> None:
        self.client: Client = cast.clients[name]
        self.base = f"/s/{cast.site.slug}/ledger/imports/"
        self.site_id = cast.site.id

    def upload(self, data: bytes | str, name: str = "应收.csv"):
        body = data.encode() if isinstance(data, str) else data
        return self.client.post(self.base + "new/", {"file": SimpleUploadedFile(name, body)})

    def columns(self, address: str, **answers: str):
        """Send the page's own form as it stands, with ``answers`` changed."""
        return self.client.post(address, {**inputs_of(self.client.get(address)), "action": "next", **answers})

    def checked(self, data: str = LEDGER, **answers: str) -> str:
        """Upload and confirm the columns; the address of the check."""
        opened = self.upload(data)
        assert opened.status_code == 302, opened.content.decode()
        found = self.columns(opened["Location"], **{"currency": "CNY", **answers})
        assert found.status_code == 302, found.content.decode()
        return str(found["Location"])

    def commit(self, check: str, seen: str | None = None):
        page = self.client.get(check)
        token = seen or inputs_of(page)["seen"]
        return self.client.post(check.replace("/check/", "/commit/"), {"seen": token})

    def batch(self) -> ImportBatch:
        with site_scope(self.site_id):
            return ImportBatch.objects.latest("number")

    def items(self) -> int:
        with site_scope(self.site_id):
            return Item.objects.filter(withdrawn_rev=None).count()

    def staged(self) -> list[StagedRow]:
        with site_scope(self.site_id):
            return list(StagedRow.objects.order_by("line"))


def inputs_of(page) -> dict[str, str]:
    """Names and values of a page's hidden and text inputs and selects, as a browser would send them."""
    text = page.content.decode()
    found = dict(re.findall(r'<input type="(?:hidden|text|number)" name="([^"]+)" value="([^"]*)"', text))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found
