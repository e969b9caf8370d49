from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class ReceptionConfig(RoomConfig):
    name = "jieqing.estate.reception"
    label = "reception"
    verbose_name = "前台"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "estate.reception.enquiry_received": ("收到咨询", "Enquiry received"),
                "estate.reception.enquiry_answered": ("答复咨询", "Enquiry answered"),
                "estate.reception.enquiry_declined": ("咨询不予办理", "Enquiry declined"),
                "estate.reception.enquiry_withdrawn": ("撤回咨询", "Enquiry withdrawn"),
                "estate.reception.enquiry_erased": ("删除咨询内容", "Enquiry erased"),
                "estate.reception.contact_shown": ("查看咨询人联系方式", "Enquirer's contact opened"),
                "estate.reception.sources_forgotten": ("销毁咨询来源摘要", "Digests of sources destroyed"),
                "estate.reception.public_line_set": ("修改公开页面", "Public page changed"),
            }
        )
        say_subjects(
            {
                "estate.reception.enquiry": SubjectWords("咨询", "Enquiry", "enquiry"),
                "estate.reception.public_line": SubjectWords("公开页面", "Public page"),
            }
        )
