"""Names of invented persons, with surnames about as frequent as they are."""

from random import Random
from typing import Final

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史贺陶毛郝顾龚邵万覃武戴"
)
_WOMEN: Final = "秀英玉兰桂芳丽娟敏静霞艳雪梅婷雅琳欣怡晓燕珍慧洁莉萍红玲颖倩云莲惠琴蓉菊文思诗涵梦瑶佳"
_MEN: Final = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯建国志文海东林峰振宁俊宏新亮成康子轩浩然天佑思远"
_OLD: Final = "国建德福荣贵金玉桂秀兰淑珍凤英素芬庆祥林富根生炳坤"


def person_name(rng: Random, woman: bool, old: bool = False) -> str:
    """A surname and one or two characters of given name."""
    surname = _SURNAMES[min(int(rng.expovariate(1 / 22)), len(_SURNAMES) - 1)]
    letters = _OLD if old else _WOMEN if woman else _MEN
    first = rng.choice(letters)
    return surname + first + (rng.choice(letters).replace(first, "") if rng.random() < 0.82 else "")
