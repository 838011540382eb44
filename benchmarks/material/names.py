"""Names in the made-up archive: every one is invented, none is that of a place or person we know of."""

from __future__ import annotations

import re

_LETTERS = re.compile("(.)([a-z]+)")

PLACE_HEADS: tuple[tuple[str, str], ...] = tuple(
    (match[1], match[2])
    for match in _LETTERS.finditer(
        "霁ji 澄cheng 岚lan 稷jie 棠tang 岫xiu 璞pu 筠yun 漪yi 麓lu 栩xu 皓hao 穗sui 葭jia 蓼liao 杉shan 槐huai 柚you "
        "枫feng 桐tong 苇wei 荻di 橘ju 茗ming 砚yan 舟zhou 帆fan 犁li 笠lie 磐pan "
    )
)
"""First characters of names of places, each with its letters for ids."""

PLACE_TAILS: tuple[tuple[str, str], ...] = tuple(
    (match[1], match[2])
    for match in _LETTERS.finditer(
        "岭ling 汀ting 壑he 湄mei 埠bu 垣yuan 坞wu 浔xun 津jin 渡du 畈fan 堰yan 埭dai 陂bei 峪yu 墩dun"
    )
)

PROVINCE = "岚汀省"

FAMILY_NAMES = (
    "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦马苗凤方俞任袁柳酆鲍史唐"
)

GIVEN_NAMES = (
    "承砚怀岭铁穗秋禾向汀守砾明渡长岫远帆启棠立墩思堰春杉振麓国槐文筠志苇海笠桂茗素橘晓荻玉蓼兰葭雪霁安澜知稷云柚敬桐"
)

HONOUR_NAMES = (
    "最美退役军人",
    "模范退役军人",
    "二等功",
    "三等功",
    "双拥模范单位",
    "爱国拥军模范",
    "优秀兵支书",
    "创业先锋",
    "见义勇为先进个人",
    "抗洪抢险先进个人",
    "优秀志愿者",
    "学雷锋标兵",
    "优秀共产党员",
    "道德模范",
    "金牌宣讲员",
    "模范军休干部",
    "最美军嫂",
    "先进服务站",
    "示范志愿服务队",
    "国防教育先进学校",
    "技术能手",
    "优秀调解员",
    "护林模范",
    "岗位建功标兵",
)

TERM_NAMES = (
    "退役军人",
    "优待证",
    "光荣牌",
    "双拥共建",
    "返乡报到",
    "适应性培训",
    "常态化联系",
    "军创企业",
    "兵支书",
    "优抚对象",
    "烈属",
    "军休干部",
    "喜报",
    "服务站",
    "志愿服务队",
    "口述历史",
    "纪念设施",
    "应急救助",
    "结对帮扶",
    "创业担保贷款",
    "国防教育日",
    "法律援助",
    "技能培训",
    "宣讲团",
    "民兵",
    "防汛演练",
    "移交安置",
    "权益维护",
    "下士",
    "预备役",
)
"""The first ones are words of the stories, as in a real archive: pages link them to their explanation."""

NEWSPAPERS = ("晨汀日报", "岚汀新闻网", "汀岭晚报", "乡音广播", "老兵之友", "县城通讯", "岚汀拥军网", "青麓周刊")

REVIEWERS = (
    "乔承砚",
    "骆怀岭",
    "展铁穗",
    "冉秋禾",
    "宓向汀",
    "郗守砾",
    "阮明渡",
    "谌长岫",
    "栾远帆",
    "鹿启棠",
    "胥立墩",
    "池思堰",
)
"""Three different ones sign a record."""

ORGANIZATION_SHAPES: tuple[tuple[str, str, str], ...] = (
    ("退役军人事务局", "bureau", "county"),
    ("退役军人服务中心", "service-centre", "county"),
    ("退役军人服务站", "service-station", "township"),
    ("红色故事宣讲团", "lecturers", "county"),
    ("退役军人志愿服务队", "volunteers", "county"),
    ("创业导师团", "mentors", "county"),
    ("退役军人关爱基金会", "foundation", "county"),
    ("军创产业园", "park", "county"),
    ("果品专业合作社", "cooperative", "village"),
    ("实验小学", "school", "county"),
    ("农机服务有限公司", "enterprise", "county"),
    ("新时代文明实践站", "practice-station", "village"),
)

PLACE_SHAPES: tuple[tuple[str, str], ...] = (
    ("烈士纪念园", "memorial"),
    ("国防教育馆", "education-base"),
    ("双拥主题公园", "theme-park"),
    ("双拥主题路", "theme-road"),
    ("双拥书吧", "book-bar"),
    ("老兵调解室", "mediation-room"),
    ("法律援助工作站", "legal-aid"),
    ("主题邮局", "post-office"),
    ("返乡报到大厅", "one-stop-hall"),
    ("红色驿站", "red-inn"),
    ("技能培训基地", "training-base"),
    ("老兵果园", "farm"),
)

FIGURE_SHAPES: tuple[tuple[str, str, tuple[str, str, str]], ...] = (
    ("走访的退役军人家庭", "户", ("城区", "镇上", "村里")),
    ("参加适应性培训的退役军人", "人", ("上半年", "第三季度", "第四季度")),
    ("悬挂光荣牌的家庭", "户", ("烈属", "军属", "退役军人家庭")),
    ("提供给退役军人的岗位", "个", ("制造业", "服务业", "公益性")),
    ("志愿服务的时长", "小时", ("应急救援", "宣讲", "助老")),
    ("发放的应急救助", "万元", ("医疗", "住房", "就学")),
    ("红色宣讲的场次", "场次", ("进学校", "进社区", "进军营")),
    ("办结的法律援助", "件", ("劳动争议", "土地纠纷", "其他")),
)
"""What is counted, its unit, and the three parts that it is counted by."""

SERVICE_NAMES = (
    "返乡报到登记",
    "优待证申领",
    "光荣牌悬挂与更换",
    "应急救助申请",
    "适应性培训报名",
    "创业担保贷款咨询",
    "法律援助申请",
    "喜报送达",
    "军人家属走访",
    "党组织关系转接引导",
    "技能培训报名",
    "就业岗位推荐",
)

SERVICE_CATEGORIES = ("思想政治引领", "就业创业扶持", "困难帮扶", "权益维护", "优待褒扬", "移交接收")

POLICY_NAMES = (
    "困难退役军人应急救助办法",
    "退役军人就业创业扶持措施",
    "返乡报到一站式办理规程",
    "优待证使用优惠目录",
    "光荣牌悬挂服务管理细则",
    "退役军人适应性培训方案",
    "军创企业服务清单",
    "退役军人志愿服务激励办法",
    "常态化联系退役军人制度",
    "纪念设施保护管理规定",
    "立功受奖喜报送达办法",
    "退役军人法律援助工作规程",
)

ACTIVITY_NAMES = (
    "老兵茶话会",
    "退役军人专场招聘会",
    "送喜报上门",
    "新兵欢送仪式",
    "返乡欢迎仪式",
    "清明祭扫",
    "国防教育进校园",
    "老兵体检日",
    "军创产品展",
    "防汛应急演练",
    "口述历史采集",
    "关爱走访周",
)

INITIATIVE_NAMES = ("戎耀家园", "老兵来说", "汀上星火", "归队行动", "一户一灯", "军号又响", "戎归故里", "红岭同心")

LECTURE_NAMES = ("山口的哨位", "一封没有寄出的信", "雨夜里的手电", "三代人的军装", "门上的光荣牌", "老班长的本子")

LESSON_NAMES = ("一块光荣牌的来历", "给老兵写一封信", "哨位在哪里", "身边的英雄", "一张报到单", "怎样读一份成绩单")

ROUTE_NAMES = ("岭上五站", "沿河红色小径", "老兵足迹", "英雄山环线", "城南国防教育线", "纪念园到果园")
