"""Words of web pages that are words of meetings too."""

from __future__ import annotations

import pytest

from jiyao.structure.shell import is_chrome


@pytest.mark.parametrize("line", ["登录 注册", "广告", "[打印本页]", "微信扫一扫分享", "无障碍 繁体"])
def test_buttons(line: str) -> None:
    assert is_chrome(line)


@pytest.mark.parametrize(
    "line",
    [
        "4.县住建局牵头加固户外广告牌、塔吊,未加固的一律拆除;县供电公司预置发电车。",
        "收缴高速出口擅立的擎天柱广告牌|城管局、工商局|30日内",
        "(二)市市场监管局简化注册登记,由市残联改造无障碍设施。",
    ],
)
def test_running_text_is_none(line: str) -> None:
    assert not is_chrome(line)
