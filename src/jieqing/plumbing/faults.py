"""Broken surroundings, said in words.

A ``Fault`` is what the program raises when the machine around it is not as it must be: a key file that others can
read, a database server that does not start, a data folder in use. It is not for what a user typed (that is a
returned ``Problem``) and not for our own bugs. It always carries one sentence in Chinese and one in English that say
what is wrong and what to do, so the command line can end with a sentence instead of a traceback.
"""


class Fault(Exception):
    """Something outside the program stands in the way; ``zh`` and ``en`` say what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en

    def text(self, lang: str) -> str:
        return self.en if lang.lower().startswith("en") else self.zh
