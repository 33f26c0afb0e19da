"""The only writers of hot issues."""

from huying.prevent.hot_issues.actions.consolidating import consolidate
from huying.prevent.hot_issues.actions.hearing import hear
from huying.prevent.hot_issues.actions.settling import dismiss, merge, reopen, split

__all__ = ["consolidate", "dismiss", "hear", "merge", "reopen", "split"]
