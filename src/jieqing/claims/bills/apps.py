from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class BillsConfig(RoomConfig):
    name = "jieqing.claims.bills"
    label = "bills"
    verbose_name = "bills"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.bills.received": ("收到承兑汇票", "Acceptance bill received"),
                "claims.bills.endorsed": ("汇票背书转让", "Bill endorsed"),
                "claims.bills.discounted": ("汇票贴现", "Bill discounted"),
                "claims.bills.presented": ("汇票提示付款", "Bill presented for payment"),
                "claims.bills.honoured": ("汇票已兑付", "Bill honoured"),
                "claims.bills.dishonoured": ("汇票被拒付", "Bill dishonoured"),
                "claims.bills.withdrawn": ("撤回汇票登记", "Entry of a bill withdrawn"),
            }
        )
        say_subjects({"claims.bills.bill": SubjectWords("承兑汇票", "Acceptance bill", "bill")})
