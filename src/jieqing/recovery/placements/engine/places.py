"""Place names that stand before a company's own name, longest first where one begins another.

Provinces whole; of the prefecture-level cities those of Jiangsu and Zhejiang, and the large ones elsewhere. A place that is
missing stays part of the name: two names then differ by it and meet only by a stronger reason. Source: 民政部行政区划代码.
"""

PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东",
    "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏",
    "宁夏", "新疆", "香港", "澳门",
)  # fmt: skip
CITIES = (
    "南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁", "江阴", "宜兴",
    "杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "衢州", "舟山", "台州", "丽水", "义乌", "东阳", "永康", "兰溪",
    "昆山", "常熟", "张家港", "太仓", "广州", "深圳", "东莞", "佛山", "珠海", "厦门", "福州", "泉州", "合肥", "芜湖", "济南",
    "青岛", "郑州", "洛阳", "武汉", "长沙", "成都", "西安", "沈阳", "大连", "哈尔滨", "长春", "石家庄", "太原", "南昌", "昆明",
)  # fmt: skip
_ENDINGS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "区", "县")
_NAMES = tuple(sorted((*PROVINCES, *CITIES), key=len, reverse=True))


def split_place(text: str) -> tuple[str, str]:
    """Return the place a name begins with and the rest; without a place, and where nothing else would be left, ``""``.

    Example:
        >>> split_place("江苏省无锡市宏达机械"), split_place("宏达机械"), split_place("无锡")
        (('江苏无锡', '宏达机械'), ('', '宏达机械'), ('', '无锡'))
    """
    place, rest = "", text
    while True:
        name = next((one for one in _NAMES if rest.startswith(one)), "")
        after = rest[len(name) :]
        for ending in _ENDINGS if name else ():
            if after.startswith(ending):
                after = after[len(ending) :]
                break
        # Two characters are the shortest name a company has; "上海银行" keeps its place because "银行" is no name.
        if not name or len(after) < 2 or after in _NO_NAMES:
            return place, rest
        place, rest = place + name, after


_NO_NAMES = frozenset({"银行", "集团", "公司", "机械", "贸易", "实业", "电力", "建设"})
