from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class ExchangeConfig(RoomConfig):
    name = "jieqing.claims.exchange"
    label = "exchange"
    verbose_name = "exchange"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "claims.exchange.currency_set": ("设定报告币种", "Reporting currency set"),
                "claims.exchange.rate_entered": ("登记汇率", "Exchange rate entered"),
            }
        )
        say_subjects({"claims.exchange.rates": SubjectWords("汇率", "Exchange rates")})
