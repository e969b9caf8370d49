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
                "estate.accounts.invitation_accepted": ("接受邀请", "Invitation accepted"),
                "estate.accounts.invitation_withdrawn": ("撤回邀请", "Invitation withdrawn"),
                "estate.accounts.clearance_attested": ("核发从业许可", "Clearance attested"),
                "estate.accounts.clearance_ended": ("结束从业许可", "Clearance ended"),
                "estate.accounts.api_token_created": ("创建接口令牌", "API token created"),
                "estate.accounts.api_token_revoked": ("撤销接口令牌", "API token revoked"),
                "estate.accounts.session_ended": ("结束会话", "Session ended"),
                "estate.accounts.every_session_ended": ("结束全部会话", "Every session ended"),
                "estate.accounts.sign_in_method_changed": ("登录方式变更", "Sign-in method changed"),
                "estate.accounts.password_reset_asked": ("申请重设密码", "Password reset asked for"),
                "estate.accounts.sign_in_paused": ("登录暂停", "Sign-in paused"),
            }
        )
        say_subjects(
            {
                "estate.accounts.user": SubjectWords("人员", "Person"),
                "estate.accounts.invitation": SubjectWords("邀请", "Invitation"),
                "estate.accounts.api_token": SubjectWords("接口令牌", "API token"),
                "estate.accounts.lockout": SubjectWords("登录暂停", "Sign-in pause"),
            }
        )
        from jieqing.estate.accounts.pages import adapters

        adapters.listen()
