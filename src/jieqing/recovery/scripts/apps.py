from jieqing.plumbing.personal import RoomConfig
from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class ScriptsConfig(RoomConfig):
    name = "jieqing.recovery.scripts"
    label = "scripts"
    verbose_name = "话术"

    def ready(self) -> None:
        super().ready()
        say_actions(
            {
                "recovery.scripts.loaded": ("载入平台话术", "Shipped scripts loaded"),
                "recovery.scripts.written": ("编写话术", "Script written"),
                "recovery.scripts.revised": ("修改话术", "Script revised"),
                "recovery.scripts.submitted": ("话术提交备案", "Script submitted"),
                "recovery.scripts.stopped": ("话术未通过措辞扫描", "Script stopped by the scanner"),
                "recovery.scripts.key_made": ("生成审查员签名密钥", "Reviewer's key made"),
                "recovery.scripts.key_rotated": ("更换审查员签名密钥", "Reviewer's key replaced"),
                "recovery.scripts.key_revoked": ("吊销审查员签名密钥", "Reviewer's key revoked"),
                "recovery.scripts.key_admitted": (
                    "准许审查员重新生成密钥",
                    "Reviewer admitted to another key",
                ),
                "recovery.scripts.filed": ("话术备案", "Script filed"),
                "recovery.scripts.returned": ("话术退回", "Script returned"),
                "recovery.scripts.used": ("使用话术", "Script used"),
                "recovery.scripts.complained": ("话术引起投诉", "Script complained of"),
                "recovery.scripts.withdrawn": ("话术停用", "Script withdrawn"),
            }
        )
        say_subjects(
            {
                "recovery.scripts.script": SubjectWords("话术", "Script", "script"),
                "recovery.scripts.library": SubjectWords("话术库", "Script library"),
                "recovery.scripts.reviewer_key": SubjectWords("审查员签名密钥", "Reviewer's signing key"),
            }
        )
