"""A refusal with values in it is made by ``said``: put together otherwise it has no English."""

import ast
import re
from collections.abc import Iterator

from huying.kernel import errors
from huying.site.translations import NOT_PAGES
from tests.structure.tree import SOURCE, written

CHINESE = re.compile(r"[\u3400-\u9fff]")
NAMES = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.HuyingError)
}


def put_together(source: str) -> list[str]:
    """The texts of refusals in a module that are put together by hand."""
    found = [text for node in ast.walk(ast.parse(source)) for text in _texts(node)]
    return [ast.unparse(text) for text in found if _by_hand(text)]


def _texts(node: ast.AST) -> Iterator[ast.expr]:
    """What a refusal says: its message, and of each field; fields are also gathered under the name ``wrong``."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMES:
        yield from node.args[:1]
        yield from (text for given in node.keywords for text in _of_fields(given.value))
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is not None and any("wrong" in ast.unparse(target) for target in targets):
            yield node.value
            yield from _of_fields(node.value)


def _of_fields(given: ast.expr) -> Iterator[ast.expr]:
    if isinstance(given, ast.Dict):
        yield from given.values
    elif isinstance(given, ast.DictComp):
        yield given.value


def _by_hand(text: ast.expr) -> bool:
    if isinstance(text, ast.Call):
        return getattr(text.func, "attr", "") == "format" and _chinese(text.func)
    return isinstance(text, ast.JoinedStr | ast.BinOp) and _chinese(text)


def _chinese(text: ast.expr) -> bool:
    constants = (node.value for node in ast.walk(text) if isinstance(node, ast.Constant))
    return any(isinstance(value, str) and CHINESE.search(value) for value in constants)


def test_no_refusal_is_put_together_by_hand() -> None:
    pages = [
        path
        for path in written(".py")
        if SOURCE in path.parents and not NOT_PAGES & set(path.relative_to(SOURCE).parts)
    ]
    found = {
        path.relative_to(SOURCE).as_posix(): texts
        for path in pages
        if (texts := put_together(path.read_text(encoding="utf-8")))
    }
    assert found == {}, "say it by kernel.saying.said, then extract and write the English"


def test_every_way_to_put_one_together_is_found() -> None:
    by_hand = [
        'raise Invalid(f"请填{label}。")',
        'raise Denied("请填%s。" % label)',
        'raise Conflict("请填" + label)',
        'raise NotFound("没有{}。".format(code))',
        'raise Invalid(fields={"name": f"最多 {most} 字。"})',
        'raise Invalid("不对。", fields={"name": f"最多 {most} 字。"})',
        'wrong["name"] = f"最多 {most} 字。"',
        'wrong = {name: f"请填{name}。" for name in names}',
    ]
    assert [source for source in by_hand if len(put_together(source)) != 1] == []
    fine = [
        'raise Invalid(said("请填%(what)s。", what=label))',
        'raise Invalid("请选范围。")',
        "raise Invalid(text)",
    ]
    assert [source for source in fine if put_together(source)] == []
