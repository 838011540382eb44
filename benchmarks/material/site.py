"""The settings and the free pages of the made-up archive."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.material.world import Data, World

_WORDING = (
    ("退伍军人", "退役军人"),
    ("退役军人局", "退役军人事务局"),
    ("双拥模范城市", "双拥模范城"),
    ("兵书记", "兵支书"),
    ("优待卡", "优待证"),
    ("返乡报道", "返乡报到"),
    ("优扶", "优抚"),
    ("军烈属", "烈属、军属"),
)

PAGES: Mapping[str, str] = {
    "about.md": """---
title: 关于本站
summary: 这是测量速度用的档案。
order: 10
---

!!! warning "全是编造的"
    这里的人物、地方和事情都由程序编造，只用来测量生成网站要多久。

## 怎样来的

| 数量 | 做法 |
|---|---|
| 记录 | 按固定的种子生成 |
| 照片 | 由程序画出 |
""",
    "contact.md": "---\ntitle: 联系\nsummary: 没有联系方式。\norder: 40\n---\n\n这是测量速度用的档案，没有联系方式。\n",
    "editorial.md": """---
title: 编辑原则
summary: 怎样编写。
order: 20
---

## 原则

- 全是编造的。
- 只用来测量。
""",
}


def site_config(world: World) -> Data:
    cities = [region.id for region in world.regions if region.level == "city"]
    figures = [made.id for made in world.made.get("figure", [])[:4]]
    return {
        "title": "岚汀荣光",
        "subtitle": "测量用的编造档案",
        "description": "由程序编造的档案，只用来测量生成网站要多久。",
        "url": "https://rongguang.example/",
        "seal": "岚汀",
        "sample": "true",
        "regions": cities,
        "home": {
            "headline": "一座编造的档案",
            "introduction": "人物、地方和事情都由程序编造，只用来测量生成网站要多久。",
            **({"lead_story": world.made["story"][0].id} if "story" in world.made else {}),
            "figures": figures,
            "search_examples": ["老兵", "优待证", "光荣牌"],
        },
        "wording": [{"avoid": avoid, "use": use} for avoid, use in _WORDING],
    }
