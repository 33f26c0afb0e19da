"""``docs/settings.md`` from the table of choices: ``python -m huying.site.documents.settings > docs/settings.md``."""

import sys

from huying.site.configuration.choices import TABLE
from huying.site.configuration.setting import Setting

_HEAD = """# 设置 Settings

全部设置来自环境变量，没有配置文件。取值不合规或名称写错，程序不启动并说明原因。
All settings are environment variables; there is no settings file. A value that cannot be used, or a misspelt
name, stops the program at its start and says why.

| 变量 Variable | 默认 Default | 含义 Meaning |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page, in Markdown."""
    return _HEAD + "".join(_row(setting) for setting in TABLE)


def _row(setting: Setting) -> str:
    default = setting.shown or (f"`{setting.default}`" if setting.default else "—")
    meaning = f"{setting.zh}<br>{setting.en}"
    return f"| `{setting.variable}` | {default} | {meaning} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
