from jieqing.plumbing.personal import RoomConfig


class AccountsConfig(RoomConfig):
    name = "jieqing.estate.accounts"
    label = "accounts"
    verbose_name = "人员"
