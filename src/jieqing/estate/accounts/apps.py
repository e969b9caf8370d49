from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, name_people_by, say_actions, say_subjects


class AccountsConfig(RoomConfig):
    name = "jieqing.estate.accounts"
    label = "accounts"
    verbose_name = "人员"

    def ready(self) -> None:
        super().ready()
        from jieqing.estate.accounts.selectors import display_names

        name_people_by(display_names)
        say_actions(
            {
                "estate.accounts.registered": ("登记人员", "Person registered"),
                "estate.accounts.invited": ("邀请成员", "Member invited"),
                "estate.accounts.joined": ("成员加入", "Member joined"),
                "estate.accounts.membership_ended": ("成员离开", "Membership ended"),
            }
        )
        say_subjects(
            {
                "estate.accounts.user": SubjectWords("人员", "Person"),
                "estate.accounts.invitation": SubjectWords("邀请", "Invitation"),
            }
        )
